"""Compares what a clause says in words with the figures of its block: numbers that the block does not have, and limits that
the words include and the figures do not, or the other way round. It looks at a policy only.

By the civil code (article 1259) 以上, 以下, 以内 and 届满 include the number, 不满, 超过 and 以外 do not. A document may use them
otherwise, or use 5至10年 and 10至15年 side by side: then both readings are computed, and whoever stands on the edge is named.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain
from typing import Any, NamedTuple

from sanchuang_cli.cli.lint_variants import Path, Placed
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.policy import Policy, Rule
from sanchuang_cli.roster.cells.numerals import decimal_in

ABOVE, BELOW = "above", "below"
"""On which side of an edge the number itself lies."""
_LITTLE = Fraction(1, 10**6)
_YEAR, _PERCENT, _CALENDAR = 12, 100, 100
_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[一二三四五六七八九十百千两]+)"
_UNIT = r"(万元|元|周岁|岁|年|个月|分|%|届|人|星|次)?"
_BEFORE = (
    r"(不超过|不高于|不多于|不大于|不低于|不少于|不小于|不满|未满|不足|未到|低于|少于|小于|超过|高于|大于|多于|年满|已满|满|达到|达"
    r"|至|到|—|－|-|~|～)?"
)
_AFTER = r"(\((?:不含|含)[^)]*\))?(以上|以下|以内|及以上|及以下|起|至|到|—|－|-|~|～)?(\((?:不含|含)[^)]*\))?"
_MENTION = re.compile(_BEFORE + _NUMBER + _UNIT + _AFTER)
_RANGE = frozenset("至到—－-~～")
_BEFORE_ABOVE = frozenset(
    (
        "不低于",
        "不少于",
        "不小于",
        "不满",
        "未满",
        "不足",
        "未到",
        "低于",
        "少于",
        "小于",
        "年满",
        "已满",
        "满",
        "达到",
        "达",
    )
)
_AFTER_ABOVE = frozenset(("以上", "及以上", "起"))


_DAY = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日(\((?:不含|含)[^)]*\))?(及?以前|之前|前|及?以后|之后|后|起)?(\((?:不含|含)[^)]*\))?"
)


class Mention(NamedTuple):
    """A number or a day in a text. side: on which side of the edge the words put it, "" where they say nothing."""

    value: Fraction | date
    unit: str
    side: str
    said: str


def mentions(text: str) -> list[Mention]:
    """The numbers and the days of a clause; a number without a unit has that of the next (5至10年)."""
    found: list[Mention] = []
    text, at = narrow(text), 0
    while match := _MENTION.search(text, at):
        # what stands between two numbers belongs to both
        at = match.end() - (len(match[5] or "") if match[5] in _RANGE and not match[6] else 0)
        before, number, unit, aside, after, behind = match.groups()
        value = decimal_in(number)
        if value is not None:
            times = 10_000 if unit == "万元" else 1
            side = _side(before or "", after or "", f"{aside or ''}{behind or ''}")
            unit = (unit or "").removeprefix("万").replace("周岁", "岁")
            found.append(Mention(Fraction(value) * times, unit, side, match[0]))
    for i in range(len(found) - 2, -1, -1):
        if not found[i].unit and found[i].said[-1:] in _RANGE:
            found[i] = found[i]._replace(unit=found[i + 1].unit)
    return [*(one for one in found if one.unit and not _is_calendar(one)), *_days(text)]


def _is_calendar(mention: Mention) -> bool:
    """2018年, and 一年 in 每满一年."""
    return mention.unit == "年" and not (
        isinstance(mention.value, Fraction) and 1 < mention.value < _CALENDAR
    )


def _days(text: str) -> Iterator[Mention]:
    for match in _DAY.finditer(text):
        year, month, day, aside, after, behind = match.groups()
        excluded = "不含" in f"{aside or ''}{behind or ''}"
        before = bool(after) and after.endswith("前")
        side = "" if not after else ABOVE if before == excluded else BELOW
        try:
            yield Mention(date(int(year), int(month), int(day)), "日", side, match[0])
        except ValueError:
            continue


def _side(before: str, after: str, aside: str) -> str:
    excluded, included = "不含" in aside, "(含" in aside
    if after in _AFTER_ABOVE:
        return BELOW if excluded else ABOVE
    if after in ("以下", "以内", "及以下"):
        return ABOVE if excluded else BELOW
    if before in _BEFORE_ABOVE:
        return ABOVE
    if before in _RANGE:
        return ABOVE if excluded else BELOW
    if before:
        return BELOW
    if after in _RANGE and after:
        return BELOW if excluded else ABOVE
    return BELOW if included and not after else ""


# ---------------------------------------------------------------------------------- figures

_REASONS: Mapping[str, frozenset[str]] = {
    "元": frozenset(
        (
            *("rate", "each", "cap", "minimum", "amount", "most", "rate_at_least", "rate_at_most"),
            *("base_at_least", "base_at_most", "month", "year", "each_month", "each_year"),
        )
    ),
    "岁": frozenset(("male", "female", "until_male", "until_female", "age_at_least")),
    "年": frozenset(("at_least_months", "years")),
    "个月": frozenset(("at_least_months", "gap_months", "retroactive_limit")),
    "分": frozenset(("passes", "at_least", "points", "per", "full")),
    "%": frozenset(("percent", "gate", "share")),
    "人": frozenset(("people",)),
    "日": frozenset(("effective", "until", "as_of", "left_before", "before", "since")),
}
"""By unit, the keys that hold such figures: without one of them a clause may tell what it likes."""
EDGED = ("at_least", "below", "after")


def figures_apart(blocks: Sequence[Placed]) -> Iterator[str]:
    """Numbers and days of clauses that the block beside them has not."""
    for one in blocks:
        text = getattr(one.block, "clause", "")
        told = mentions(text) if text else []
        leaves = dict.fromkeys(leaves_of(one.block)) if told else {}
        around = [leaf for block in one.around for leaf in leaves_of(block)] if told else []
        for mention in told:
            kind = (*_REASONS.get(mention.unit, ()), *EDGED)
            figures = (*leaves, *(leaf for leaf in around if leaf[0] in kind))
            known = {figure for key, value in figures for figure in _forms(key, value, mention.side)}
            if mention.value not in known and _must_have(one.block, mention.unit, {key for key, _ in leaves}):
                value = mention.value if isinstance(mention.value, date) else plain(mention.value)
                unit = "" if mention.unit == "日" else f" {mention.unit}"
                yield f"{one.said}：条文里写的 {value}{unit}，这一节里没有这个数（有 {_some(leaves, mention.unit)}）"


def _must_have(block: Rule, unit: str, keys: Set[str]) -> bool:
    """Whether a block has figures of this kind, so that one of its clause should be among them."""
    by = {"tenure": "年", "years_since": "年", "age": "岁"}.get(getattr(block, "by", ""), "")
    ranged = getattr(block, "test", "") == "range" and unit in ("元", "%", "人", "分", "日")
    return (
        bool(keys & _REASONS.get(unit, frozenset())) or ranged or (unit == by and not keys.isdisjoint(EDGED))
    )


def _some(leaves: Mapping[tuple[str, Fraction | date], None], unit: str) -> str:
    own = [value for key, value in leaves if key in _REASONS.get(unit, ()) or key in ("at_least", "below")]
    return "、".join(dict.fromkeys(str(one) if isinstance(one, date) else plain(one) for one in own[:6]))


def leaves_of(value: Any, key: str = "") -> Iterator[tuple[str, Fraction | date]]:
    """All numbers of a block, with their keys."""
    if isinstance(value, Rule):
        for name in type(value).model_fields:
            yield from leaves_of(getattr(value, name), name)
    elif isinstance(value, tuple):
        yield from chain.from_iterable(leaves_of(item, key) for item in value)
    elif isinstance(value, dict):
        yield from chain.from_iterable(
            leaves_of(item, "amount" if key == "amounts" else key) for item in value.values()
        )
    elif isinstance(value, date):
        yield key, value
    elif isinstance(value, int | Fraction) and not isinstance(value, bool):
        yield key, Fraction(value)


def _forms(key: str, value: Fraction | date, side: str) -> tuple[Fraction | date, ...]:
    """What a figure is in words: years for months, per cent for a share; and where the words do not put the number itself
    above the edge, the last whole number or day below it."""
    if isinstance(value, date):
        return value, value - timedelta(days=1)
    near = (
        ()
        if side == ABOVE
        else (
            (value - Fraction(1, 100), value - 1)
            if key == "below"
            else (value - 1,)
            if key == "at_least"
            else ()
        )
    )
    return value, value * _YEAR, value / _YEAR, value * _PERCENT, abs(value), *near


# ------------------------------------------------------------------------------------ edges

_AGES = ("male", "female", "until_male", "until_female", "age_at_least")
_EDGES: Mapping[str, Fraction] = {
    **dict.fromkeys(("at_least", "below", "passes", "gate", "share", "left_before", "before"), _LITTLE),
    **dict.fromkeys(("at_least_months", "count", *_AGES), Fraction(1)),
}
"""By key, by how much an edge moves for the number itself to lie on the other side; a day by one day."""


class Edge(NamedTuple):
    """An edge of which the words say otherwise. faint: it is told only where somebody stands on it. other: the changes that
    make the other reading."""

    said: str
    faint: bool
    other: Mapping[Path, Any]


def edges(edition: Policy, blocks: Sequence[Placed]) -> Iterator[Edge]:
    """The edges of a document whose wording puts the number itself on the other side, or on both, or does not say. That an age
    is reached on its birthday goes without saying."""
    seen: set[tuple[object, ...]] = set()
    for one in blocks:
        for key in _EDGES.keys() & type(one.block).model_fields.keys():
            value, where = getattr(one.block, key), (*one.path[:-1], getattr(one.block, key))
            if not isinstance(value, int | Fraction | date) or where in seen or _is_of_all(one.block, key):
                continue
            meant = "岁" if key in _AGES else ""
            told = [
                mention
                for mention in _words_of(one, key)
                if mention.value in _units(key, value) and meant in ("", mention.unit)
            ]
            sides = {mention.side for mention in told} - {""}
            if BELOW in sides:
                seen.add(where)
                yield Edge(
                    _both(one, key, value, told), isinstance(value, date), _moved(blocks, one, key, value)
                )
            elif not sides and not meant:
                seen.add(where)
                yield Edge(_unsaid(one, key, value), True, _moved(blocks, one, key, value))


def _is_of_all(block: Rule, key: str) -> bool:
    """Whether it is a share of all of them, on which nobody lies."""
    return key == "share" and not hasattr(block, "test")


def _both(one: Placed, key: str, value: int | Fraction | date, told: Sequence[Mention]) -> str:
    """The edge, what the words say, and how the policy reads them."""
    words = "、".join(dict.fromkeys(f"“{mention.said}”" for mention in told if mention.side))
    agreed = all(mention.side != ABOVE for mention in told)
    reading = "照通常的用法是另一边" if agreed else "含不含本数两样都读得出来"
    return f"{one.said}的 {_shown(key, value)}：条文写{words}，{reading}，政策按{_inside(key)}"


def _unsaid(one: Placed, key: str, value: int | Fraction | date) -> str:
    return f"{one.said}的 {_shown(key, value)}：条文没有写含不含本数，政策按{_inside(key)}"


def _shown(key: str, value: int | Fraction | date) -> str:
    return str(value) if isinstance(value, date) else plain(_units(key, value)[0])  # type: ignore[arg-type]


def _inside(key: str) -> str:
    """On which side of an edge the policy puts the number itself."""
    outside = key in ("below", "gate", "share", "left_before", "before")
    return "本数不算在内（不含）" if outside else "本数算够（含）"


def _words_of(one: Placed, key: str) -> list[Mention]:
    """What its own name, label and clause say; the clause around it where it has none."""
    own = [getattr(one.block, name, "") for name in ("name", "label", f"{key}_clause")]
    texts = dict.fromkeys((*own, one.clause))
    return [mention for text in texts if text for mention in mentions(text)]


def _units(key: str, value: int | Fraction | date) -> tuple[Fraction | date, ...]:
    if isinstance(value, date):
        return (value,)
    if key == "at_least_months":
        return (Fraction(value, _YEAR), Fraction(value))
    return (Fraction(value) * _PERCENT, Fraction(value)) if key in ("gate", "share") else (Fraction(value),)


def _next(key: str, value: Any) -> Any:
    if isinstance(value, date):
        return value + timedelta(days=1)
    return value + int(_EDGES[key]) if isinstance(value, int) else value + _EDGES[key]


def _moved(blocks: Sequence[Placed], one: Placed, key: str, value: Any) -> Mapping[Path, Any]:
    """The edge of the block and of those beside it that share it, as the other reading has it."""
    changes: dict[Path, Any] = {(*one.path, key): _next(key, value)}
    shared = ("at_least", "below") if key in ("at_least", "below") else _AGES if key in _AGES else ()
    beside = [
        other for other in blocks if other.path[:-1] == one.path[:-1] and isinstance(other.path[-1], int)
    ]
    for other in (one, *(beside if key in ("at_least", "below") else ())):
        same = (edge for edge in shared if getattr(other.block, edge, None) == value)
        changes |= {(*other.path, edge): _next(edge, value) for edge in same}
    return changes
