"""A programme made for tests that has two main rosters, those who are helped and those who help. It is not shipped.

`python -m tests.mains WORDS…` is `sanchuang WORDS…` with it.
"""

import sys
from types import ModuleType
from typing import Annotated, Any

from sanchuang_cli import programmes
from sanchuang_cli.judging import At, Odd, Reason, Verdict, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Page
from sanchuang_cli.period import Period
from sanchuang_cli.policy import Policy
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.programmes import ListedProgramme
from sanchuang_cli.record import Field, Record, Wanted


class Helped(Record, frozen=True, kw_only=True):
    """Somebody who is helped."""

    township: Annotated[str, Field("乡镇", from_sender=True)] = ""
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    hardship: Annotated[str, Field("困难程度")] = ""
    phone: Annotated[str, Field("联系电话", Kind.PHONE)] = ""


class Helper(Record, frozen=True, kw_only=True):
    """Somebody who helps."""

    township: Annotated[str, Field("乡镇", from_sender=True)] = ""
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    unit: Annotated[str, Field("帮扶单位")] = ""


class Visit(Record, frozen=True, kw_only=True):
    """A visit, beside them."""

    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    what: Annotated[str, Field("走访内容", required=True)]


class Paired(Policy):
    """Nothing that it could say otherwise."""


def judge(who: Any, at: At[Paired], odd: Odd) -> Verdict[Any]:
    return Verdict(record=who, part="列入", reasons=(Reason("列入", "都列入", at.policy.title),))


HELPED, HELPERS = Wanted(Helped, "困难党员名册"), Wanted(Helper, "帮扶人名册")
PROGRAMME = Programme(
    name="pairs",
    policy=Paired,
    default_period=lambda today: Period.year(today.year),
    mains={
        name: Main(one, each(judge), ("列入",)) for name, one in (("helped", HELPED), ("helpers", HELPERS))
    },
    serving={"visits": Wanted(Visit, "走访记录", optional=True)},
    who=("township", "name"),
    pages=(Page(HELPED.title, HELPED.title, ()), Page(HELPERS.title, HELPERS.title, (), roster="helpers")),
)


def register() -> None:
    """Put it beside those that are shipped, in this process; before the command line is imported."""
    one = ListedProgramme("pairs", "结对帮扶", "结对帮扶", "helped", frozenset(), "收件", "this-year")
    programmes.PROGRAMMES = (*programmes.PROGRAMMES, one)
    module = ModuleType("sanchuang_cli.programmes.pairs")
    module.PROGRAMME = PROGRAMME  # type: ignore[attr-defined]
    sys.modules[module.__name__] = module
