"""Declares types of organisation, and tells which one the word in a roster means. A type may have indicators and a pass mark
of its own.
"""

import re
from collections.abc import Sequence
from functools import cache

from pydantic import Field

from sanchuang_cli.domain.words import narrow
from sanchuang_cli.policy import Rule

OTHERS = "其他"
"""How rows are counted whose type no policy word names."""


class OrganisationType(Rule, title="组织类型"):
    """A type of organisation, and the words in a roster that mean it."""

    synonyms = ("aliases",)

    name: str = Field(description="类型的名称，如“村”；别处写 types 时用它")
    aliases: tuple[str, ...] = Field(default=(), description="名册里也这样写的说法，都算这一类")


def type_of(types: Sequence[OrganisationType], text: str | None) -> str:
    """The type that a roster's word means; "" when there is none.

    A word is a type's if it is the name or an alias, or is made of such words of one type alone and says besides only whose
    it is and that it is a class or a party organisation (县直机关, 村级, 村党支部, 国企（县属）). Anything else around them may
    turn the meaning: 非行政村, 村改居. How wide a bracket is, a space, and quotes around it say nothing.
    """
    word = narrow(text or "").strip(_MARKS)
    for kind in types:
        if word in map(narrow, (kind.name, *kind.aliases)):
            return kind.name
    made_of = [kind.name for kind in types if _made_of((kind.name, *kind.aliases)).fullmatch(word)]
    return made_of[0] if len(made_of) == 1 else ""


@cache
def _made_of(words: tuple[str, ...]) -> re.Pattern[str]:
    said, classes, party = (
        "|".join(map(re.escape, listed)) for listed in (map(narrow, words), _CLASSES, _PARTY)
    )
    whose = rf"(?:{_WHOSE})"
    return re.compile(rf"{whose}?(?:{said})+(?:\((?:{whose}|{said})\))?(?:{classes})*(?:{party})?")


_MARKS = "。.;,\"'“”‘’「」"
_WHOSE = "[省市州县区](?:直属|[直属级])|(?:乡镇|[乡镇]|街道)[直属级]|直属"
_CLASSES = ("级", "类", "类型", "领域", "组织", "委会", "委", "两委", "民委员会", "村民委员会", "居民委员会")
"""村民委员会 is 村 with the rest of its full name."""
_PARTY = ("党组织", "基层党组织", "党支部", "党总支", "党委", "支部", "总支", "党支部委员会", "党总支委员会")
