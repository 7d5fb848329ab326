"""How well a column's heading fits a field, level by level from certain to doubtful. Nothing is chosen here."""

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
"""The least likeness (of characters in the same order, those of both headings counted) at which a heading is taken for another, always with a warning."""

# Headings that differ in one of these mean different things, however alike they look.
_TELLING = frozenset(
    "上下本去今前后起止始终自互他男女正副满有无应实发收补扣入离出转现原新旧年月日大小单双一二三四五六七八九十"
)


class Head(NamedTuple):
    """A column's heading taken apart. pinned: the field heading it is pinned to; None when it is not."""

    at: int
    column: int
    written: str
    parts: tuple[str, ...]
    bare: tuple[str, ...]
    pinned: str | None


class Level(NamedTuple):
    """fits gives the confidence, 0 where the heading does not fit. strict: a tie is an error even if not required."""

    how: How
    fits: Callable[[Field, Head], float]
    strict: bool


def taken_apart(index: int, column: int, written: str, pinned: str | None) -> Head:
    """A heading taken apart."""
    parts = headings.parts(written)
    return Head(index, column, written, _keys(parts, key), _keys(parts, bare_key), pinned)


def _keys(parts: Sequence[str], by: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(part for part in map(by, parts) if part)


@lru_cache(maxsize=2048)
def _synonyms(part: str, own: tuple[str, ...] = ()) -> frozenset[str]:
    """Keys that mean the same as one part of a field's heading, general words left out."""
    group = [part, *own, *ALIASES.get(part, ())]
    if part not in ALIASES:
        for canonical, aliases in ALIASES.items():
            if part in aliases:
                group += [canonical, *aliases]
    return frozenset(key(word.replace("/", "")) for word in group if word == part or word not in GENERAL)


def _field_parts(field: Field) -> tuple[frozenset[str], ...]:
    """For each part of the heading, the keys that will do; a field's own aliases are for its whole heading."""
    parts = headings.parts(field.heading)
    return tuple(_synonyms(part, field.aliases if len(parts) == 1 else ()) for part in parts)


def _pinned(field: Field, head: Head) -> float:
    return float(head.pinned == field.heading)


def _exact(field: Field, head: Head) -> float:
    return float("".join(head.parts) == key(field.heading.replace("/", "")))


def _alias(field: Field, head: Head) -> float:
    return 0.95 * _same(_field_parts(field), head.parts, whole=True, own=field.aliases)


def _nested(field: Field, head: Head) -> float:
    """The field's whole heading, or an alias of several levels, is the lower end of the column's: 基本情况/姓名."""
    ends = {"".join(head.parts[-levels:]) for levels in (2, 3) if len(head.parts) > levels}
    aliases = (
        {key(alias.replace("/", "")) for alias in field.aliases if "/" in alias} if ends else frozenset()
    )
    return 0.9 * bool(_same(_field_parts(field), head.parts, whole=False) or not ends.isdisjoint(aliases))


def _part(field: Field, head: Head) -> float:
    """The column's heading is the lower end of the field's: 领导班子 for 评定分/领导班子."""
    wanted = _field_parts(field)
    if len(head.parts) >= len(wanted):
        return 0.0
    return 0.85 * _same(wanted[-len(head.parts) :], head.parts, whole=True)


def _trimmed(field: Field, head: Head) -> float:
    """Alike once whatever stands in brackets is gone: 姓名（与身份证一致）."""
    if not head.bare:
        return 0.0
    return 0.85 * max(
        _same(_field_parts(field), head.bare, whole=False, own=field.aliases),
        float("".join(head.bare) == bare_key(field.heading.replace("/", ""))),
    )


def _general(field: Field, head: Head) -> float:
    """A word so general that it counts only where nothing better is there: 单位 for 村, 标准 for 补贴标准."""
    group = {key(word) for word in ALIASES.get(headings.parts(field.heading)[-1], ()) if word in GENERAL}
    return 0.8 * float(bool(head.parts) and head.parts[-1] in group)


def _alike(field: Field, head: Head) -> float:
    ours = {key(field.heading.replace("/", ""))}
    if "/" not in field.heading:
        ours |= _synonyms(field.heading, field.aliases)
    theirs = "".join(head.bare)
    likeness = max((_likeness(word, theirs) for word in ours), default=0.0)
    return likeness if likeness >= FUZZY else 0.0


def _likeness(ours: str, theirs: str) -> float:
    if min(len(ours), len(theirs)) < 3:
        return 0.0
    likeness = fuzz.ratio(ours, theirs, score_cutoff=100 * FUZZY) / 100
    if likeness and any(ours.count(one) != theirs.count(one) for one in _TELLING):
        return 0.0
    return likeness


def _same(
    wanted: tuple[frozenset[str], ...], parts: tuple[str, ...], whole: bool, own: tuple[str, ...] = ()
) -> bool:
    if whole and parts and "".join(parts) in {key(alias.replace("/", "")) for alias in own}:
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
