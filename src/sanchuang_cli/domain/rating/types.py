"""Declares types of organisation, and tells which one the word in a roster means. A type may have indicators and a pass mark
of its own.
"""

from collections.abc import Sequence

from pydantic import Field

from sanchuang_cli.policy import Rule

OTHERS = "其他"
"""How rows are counted whose type no policy word names."""


class OrganisationType(Rule, title="组织类型"):
    """A type of organisation, and the words in a roster that mean it."""

    synonyms = ("aliases",)

    name: str = Field(description="类型的名称，如“村”；别处写 types 时用它")
    aliases: tuple[str, ...] = Field(default=(), description="名册里也这样写的说法，都算这一类")


def type_of(types: Sequence[OrganisationType], text: str | None) -> str:
    """The type that a roster's word means: by its name or alias, then by the only type whose word it contains; "" when
    there is none."""
    word = (text or "").strip()
    for kind in types:
        if word == kind.name or word in kind.aliases:
            return kind.name
    contained = [kind.name for kind in types for w in (kind.name, *kind.aliases) if w in word]
    return contained[0] if len(set(contained)) == 1 else ""
