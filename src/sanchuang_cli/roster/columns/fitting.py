"""Measures how well the heading of a column fits a field, on eight levels from certain to doubtful.

It compares texts only; matching.py decides which column is taken.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from sanchuang_cli.record import Field
from sanchuang_cli.roster.columns import headings
from sanchuang_cli.roster.columns.aliases import ALIASES, GENERAL
from sanchuang_cli.roster.columns.headings import bare_key, key

How = Literal["pinned", "exact", "alias", "nested", "part", "trimmed", "general", "fuzzy"]

FUZZY = 0.8
"""The least likeness at which a heading is taken for another, always with a warning. Likeness is the share of characters
in the same order, those of both headings counted."""

# Two headings that differ in one of these characters mean different things (入党日期, 出党日期), however alike they look.
_TELLING = frozenset(
    "上下本去今前后起止始终自互他男女正副满有无应实发收补扣入离出转现原新旧年月日大小单双一二三四五六七八九十"
)


class SplitHeading(NamedTuple):
    """The heading of a column, divided into its levels.

    at: its index in the table. column: its number in the sheet. parts: its levels as `key` gives them. bare: its levels as
    `bare_key` gives them. pinned: the field heading that a --columns file gives it, None when the file does not name it.
    """

    at: int
    column: int
    written: str
    parts: tuple[str, ...]
    bare: tuple[str, ...]
    pinned: str | None


class Level(NamedTuple):
    """One way of comparing. fits: gives the confidence, 0 where the heading does not fit the field.

    strict: a tie is an error even if no field of it is required.
    """

    how: How
    fits: Callable[[Field, SplitHeading], float]
    strict: bool


def taken_apart(index: int, column: int, written: str, pinned: str | None) -> SplitHeading:
    """Divides a heading into its levels."""
    parts = headings.parts(written)
    return SplitHeading(index, column, written, _keys(parts, key), _keys(parts, bare_key), pinned)


def _keys(parts: Sequence[str], by: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(part for part in map(by, parts) if part)


@lru_cache(maxsize=2048)
def _synonyms(part: str, own_aliases: tuple[str, ...] = ()) -> frozenset[str]:
    """The keys that mean the same as one part of a field's heading, without the general words."""
    group = [part, *own_aliases, *ALIASES.get(part, ())]
    if part not in ALIASES:
        for canonical, aliases in ALIASES.items():
            if part in aliases:
                group += [canonical, *aliases]
    return frozenset(key(word.replace("/", "")) for word in group if word == part or word not in GENERAL)


def _field_parts(field: Field) -> tuple[frozenset[str], ...]:
    """For each part of the field's heading, the keys that fit it. The field's own aliases stand for its whole heading."""
    parts = headings.parts(field.heading)
    return tuple(_synonyms(part, field.aliases if len(parts) == 1 else ()) for part in parts)


def _pinned(field: Field, head: SplitHeading) -> float:
    return float(head.pinned == field.heading)


def _exact(field: Field, head: SplitHeading) -> float:
    return float("".join(head.parts) == key(field.heading.replace("/", "")))


def _alias(field: Field, head: SplitHeading) -> float:
    return 0.95 * _same(_field_parts(field), head.parts, whole=True, aliases=field.aliases)


def _nested(field: Field, head: SplitHeading) -> float:
    """The column's heading ends in the field's whole heading, or in an alias of several levels: 基本情况/姓名."""
    ends = {"".join(head.parts[-levels:]) for levels in (2, 3) if len(head.parts) > levels}
    aliases = (
        {key(alias.replace("/", "")) for alias in field.aliases if "/" in alias} if ends else frozenset()
    )
    return 0.9 * bool(_same(_field_parts(field), head.parts, whole=False) or not ends.isdisjoint(aliases))


def _part(field: Field, head: SplitHeading) -> float:
    """The field's heading ends in the column's: 领导班子 for 评定分/领导班子."""
    wanted = _field_parts(field)
    if len(head.parts) >= len(wanted):
        return 0.0
    return 0.85 * _same(wanted[-len(head.parts) :], head.parts, whole=True)


def _trimmed(field: Field, head: SplitHeading) -> float:
    """The headings are the same without what stands in brackets: 姓名（与身份证一致）."""
    if not head.bare:
        return 0.0
    return 0.85 * max(
        _same(_field_parts(field), head.bare, whole=False, aliases=field.aliases),
        float("".join(head.bare) == bare_key(field.heading.replace("/", ""))),
    )


def _general(field: Field, head: SplitHeading) -> float:
    """The column's heading is a general word, which counts only where nothing better is there: 单位 for 村."""
    group = {key(word) for word in ALIASES.get(headings.parts(field.heading)[-1], ()) if word in GENERAL}
    return 0.8 * float(bool(head.parts) and head.parts[-1] in group)


def _alike(field: Field, head: SplitHeading) -> float:
    """The headings look alike although they differ in a few characters."""
    ours = {key(field.heading.replace("/", ""))}
    if "/" not in field.heading:
        ours |= _synonyms(field.heading, field.aliases)
    theirs = "".join(head.bare)
    likeness = max((_likeness(word, theirs) for word in ours), default=0.0)
    return likeness if likeness >= FUZZY else 0.0


def _likeness(ours: str, theirs: str) -> float:
    """The likeness of two headings, 0 below the least one or where a telling character differs."""
    # In headings of one or two characters one different character is half of the word.
    if min(len(ours), len(theirs)) < 3:
        return 0.0
    likeness = fuzz.ratio(ours, theirs, score_cutoff=100 * FUZZY) / 100
    if likeness and any(ours.count(character) != theirs.count(character) for character in _TELLING):
        return 0.0
    return likeness


def _same(
    wanted: tuple[frozenset[str], ...], parts: tuple[str, ...], whole: bool, aliases: tuple[str, ...] = ()
) -> bool:
    """Whether the parts of a column's heading are the wanted ones, level by level from the lowest.

    whole: the column's heading may have no further levels above. aliases: other names for the whole heading.
    """
    if whole and parts and "".join(parts) in {key(alias.replace("/", "")) for alias in aliases}:
        return True
    if not parts or len(parts) < len(wanted):
        return False
    if whole and len(wanted) == 1 and "".join(parts) in wanted[0]:
        return True
    if whole and len(parts) != len(wanted):
        return False
    return all(part in words for part, words in zip(parts[-len(wanted) :], wanted, strict=True))


LEVELS = (
    Level("pinned", _pinned, True),
    Level("exact", _exact, True),
    Level("alias", _alias, True),
    Level("nested", _nested, True),
    Level("part", _part, False),
    Level("trimmed", _trimmed, False),
    Level("general", _general, False),
    Level("fuzzy", _alike, False),
)
