"""Compares the heading of a column with the names of a field: how sure the match is, from 0 to 1, on each of eight levels from
certain to doubtful.

It compares texts only; matching.py decides which column is taken.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

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


class Words(NamedTuple):
    """What a heading says, level by level, wherever it stands. parts: as `key` gives them. bare: as `bare_key` does."""

    parts: tuple[str, ...]
    bare: tuple[str, ...]


class SplitHeading(NamedTuple):
    """The heading of a column, divided into its levels.

    at: its index in the table. column: its number in the sheet. pinned: the field heading that a --columns file gives it,
    None when the file does not name it.
    """

    at: int
    column: int
    written: str
    words: Words
    pinned: str | None


class Names(NamedTuple):
    """What a field is called: all of it that a heading is compared with."""

    heading: str
    aliases: tuple[str, ...]


class Level(NamedTuple):
    """One way of comparing. fits: gives the confidence, 0 where the heading does not fit the field; None where only a person
    pins a heading to a field.

    strict: a tie is an error even if no field of it is required.
    """

    how: How
    fits: Callable[[Names, Words], float] | None
    strict: bool


def taken_apart(index: int, column: int, written: str, pinned: str | None) -> SplitHeading:
    """Divides a heading into its levels."""
    parts = headings.parts(written)
    return SplitHeading(index, column, written, Words(_keys(parts, key), _keys(parts, bare_key)), pinned)


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


def fitting(fields: Sequence[Field], head: SplitHeading) -> list[tuple[int, tuple[float, ...]]]:
    """Which of the fields a heading fits on some of LEVELS, by their index, each with its confidence on every level."""
    by_words = dict(_by_words(tuple(Names(field.heading, field.aliases) for field in fields), head.words))
    return [
        (at, (float(pinned), *by_words.get(at, _NO_WORDS)))
        for at, field in enumerate(fields)
        if (pinned := head.pinned == field.heading) or at in by_words
    ]


@lru_cache(maxsize=32768)
def _by_words(fields: tuple[Names, ...], head: Words) -> tuple[tuple[int, tuple[float, ...]], ...]:
    """Which of the fields the words of a heading fit, and how well. Remembered, since many sheets have the same headings."""
    found = ((at, confidences(fields[at], head)) for at in sorted(_near(_index(fields), head)))
    return tuple((at, on_levels) for at, on_levels in found if any(on_levels))


def confidences(field: Names, head: Words) -> tuple[float, ...]:
    """How well the words of a heading fit a field, on each level that compares words."""
    return tuple(level.fits(field, head) for level in LEVELS if level.fits)


@lru_cache(maxsize=256)
def _index(fields: tuple[Names, ...]) -> Mapping[str, list[int]]:
    """The fields that have a word, by the word: every sheet is held against every roster, and most fields share none."""
    index: dict[str, list[int]] = {}
    for at, field in enumerate(fields):
        for word in _words(field):
            index.setdefault(word, []).append(at)
    return index


def _near(index: Mapping[str, list[int]], head: Words) -> set[int]:
    """The fields that have a word in common with the heading, or one that looks alike; no other field fits on any level."""
    said = {"".join(head.bare), *head.bare[-1:], *("".join(head.parts[-levels:]) for levels in (0, 1, 2, 3))}
    alike = process.extract(
        "".join(head.bare), index.keys(), scorer=fuzz.ratio, score_cutoff=100 * FUZZY, limit=None
    )
    return {at for word in (*said, *(word for word, _, _ in alike)) for at in index.get(word, ())}


def _words(field: Names) -> frozenset[str]:
    """All words that some level compares with a heading or its last part."""
    whole = field.heading.replace("/", "")
    aliases = (key(alias.replace("/", "")) for alias in field.aliases)
    return frozenset(
        {key(whole), bare_key(whole), *aliases, *_general_words(field)}.union(*_field_parts(field))
    )


def _field_parts(field: Names) -> tuple[frozenset[str], ...]:
    """For each part of the field's heading, the keys that fit it. The field's own aliases stand for its whole heading."""
    parts = headings.parts(field.heading)
    if len(parts) == 1:
        return (_synonyms(field.heading, field.aliases),)
    # 其他 below another heading is no remark, so that 备注 is none of its other words
    return tuple(
        frozenset((key(part),)) if headings.holds_remarks(part) else _synonyms(part) for part in parts
    )


def _exact(field: Names, head: Words) -> float:
    return float("".join(head.parts) == key(field.heading.replace("/", "")))


def _alias(field: Names, head: Words) -> float:
    return 0.95 * _same(_field_parts(field), head.parts, whole=True, aliases=field.aliases)


def _nested(field: Names, head: Words) -> float:
    """The column's heading ends in the field's whole heading, or in an alias of several levels: 基本情况/姓名."""
    ends = {"".join(head.parts[-levels:]) for levels in (2, 3) if len(head.parts) > levels}
    aliases = (
        {key(alias.replace("/", "")) for alias in field.aliases if "/" in alias} if ends else frozenset()
    )
    return 0.9 * bool(_same(_field_parts(field), head.parts, whole=False) or not ends.isdisjoint(aliases))


def _part(field: Names, head: Words) -> float:
    """The field's heading ends in the column's: 领导班子 for 评定分/领导班子."""
    wanted = _field_parts(field)
    if len(head.parts) >= len(wanted) or headings.holds_remarks("".join(head.parts)):
        return 0.0
    return 0.85 * _same(wanted[-len(head.parts) :], head.parts, whole=True)


def _trimmed(field: Names, head: Words) -> float:
    """The headings are the same without what stands in brackets: 姓名（与身份证一致）."""
    if not head.bare:
        return 0.0
    return 0.85 * max(
        _same(_field_parts(field), head.bare, whole=False, aliases=field.aliases),
        float("".join(head.bare) == bare_key(field.heading.replace("/", ""))),
    )


def _general(field: Names, head: Words) -> float:
    """The column's heading is a general word, which counts only where nothing better is there: 单位 for 村."""
    return 0.8 * float(bool(head.parts) and head.parts[-1] in _general_words(field))


def _general_words(field: Names) -> set[str]:
    return {key(word) for word in ALIASES.get(headings.parts(field.heading)[-1], ()) if word in GENERAL}


def _alike(field: Names, head: Words) -> float:
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
    if min(len(ours), len(theirs)) < 3 or headings.holds_remarks(ours) != headings.holds_remarks(theirs):
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
    Level("pinned", None, True),
    Level("exact", _exact, True),
    Level("alias", _alias, True),
    Level("nested", _nested, True),
    Level("part", _part, False),
    Level("trimmed", _trimmed, False),
    Level("general", _general, False),
    Level("fuzzy", _alike, False),
)
_NO_WORDS = (0.0,) * sum(level.fits is not None for level in LEVELS)
