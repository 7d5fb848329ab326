"""Which section the results of a programme belong to, for commands over the results of several programmes."""

from collections.abc import Sequence
from typing import TypeVar

from pydantic import Field

from sanchuang_cli.policy import Rule


class Section(Rule, title="一类"):
    """Works that stand together."""

    decides = False

    name: str = Field(description="类的名称，如“发放”")
    programmes: tuple[str, ...] = Field(description="哪些程序的结果归到这一类，写程序名，如 subsidies")


S = TypeVar("S", bound=Section)


def section_of(sections: Sequence[S], programme: str) -> S | None:
    """The section that names the programme, None where none does."""
    return next((section for section in sections if programme in section.programmes), None)
