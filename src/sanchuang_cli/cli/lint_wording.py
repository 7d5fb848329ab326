"""What a clause says in words beside the figures of its block: numbers that the block has not, and edges that read otherwise.

By the civil code (article 1259) 以上, 以下, 以内 and 届满 include the number, 不满, 超过 and 以外 do not. A document may use them
otherwise, or use 5至10年 and 10至15年 side by side: then both readings are computed, and whoever stands on the edge is named.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
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
_NUMBER = r"(\d+(?:\.\d+)?|[一二三四五六七八九十百千两]+)"
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


class Mention(NamedTuple):
    """A number in a text. side: on which side of the edge the words put it, "" where they say nothing."""

    value: Fraction
    unit: str
    side: str
    said: str


def mentions(text: str) -> list[Mention]:
    """The numbers of a clause; a number without a unit has that of the next (5至10年)."""
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
            found.append(
                Mention(
                    Fraction(value) * times,
                    (unit or "").removeprefix("万").replace("周岁", "岁"),
                    side,
                    match[0],
                )
            )
    for i in range(len(found) - 2, -1, -1):
        if not found[i].unit and found[i].said[-1:] in _RANGE:
            found[i] = found[i]._replace(unit=found[i + 1].unit)
    return [one for one in found if one.unit and not (one.unit == "年" and not 1 < one.value < _CALENDAR)]


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
    "分": frozenset(("passes", "stars")),
    "%": frozenset(("percent", "gate", "share")),
    "人": frozenset(("people",)),
}
"""By unit, the keys that hold such figures: without one of them a clause may tell what it likes."""


def figures_apart(blocks: Iterator[Placed] | list[Placed]) -> Iterator[str]:
    """Numbers of clauses that the block beside them has not."""
    for one in blocks:
        text = getattr(one.block, "clause", "")
        told = mentions(text) if text else []
        leaves = dict.fromkeys(_leaves(one.block)) if told else {}
        known = {figure for key, value in leaves for figure in _forms(key, value)}
        for mention in told:
            reasons = {key for key, _ in leaves} & _REASONS.get(mention.unit, frozenset())
            ranged = mention.unit == "元" and getattr(one.block, "test", "") == "range"
            if (reasons or ranged) and mention.value not in known:
                yield f"{one.said}：条文里写的 {plain(mention.value)} {mention.unit}，这一节里没有这个数（有 {_some(leaves, mention.unit)}）"


def _some(leaves: Mapping[tuple[str, Fraction], None], unit: str) -> str:
    own = [value for key, value in leaves if key in _REASONS[unit] or key in ("at_least", "below")]
    return "、".join(dict.fromkeys(map(plain, own[:6])))


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, Fraction]]:
    """All numbers of a block, with their keys."""
    if isinstance(value, Rule):
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name), name)
    elif isinstance(value, tuple):
        yield from chain.from_iterable(_leaves(item, key) for item in value)
    elif isinstance(value, dict):
        yield from chain.from_iterable(
            _leaves(item, "amount" if key == "amounts" else key) for item in value.values()
        )
    elif isinstance(value, int | Fraction) and not isinstance(value, bool):
        yield key, Fraction(value)


def _forms(key: str, value: Fraction) -> tuple[Fraction, ...]:
    """What a figure is in words: years for months, per cent for a share, the last whole number below an edge."""
    near = (
        (value - Fraction(1, 100), value - 1) if key == "below" else (value - 1,) if key == "at_least" else ()
    )
    return value, value * _YEAR, value / _YEAR, value * _PERCENT, abs(value), *near


# ------------------------------------------------------------------------------------ edges

_EDGES: Mapping[str, Fraction] = {
    **dict.fromkeys(("at_least", "below", "passes", "gate", "share"), _LITTLE),
    **dict.fromkeys(("at_least_months", "count"), Fraction(1)),
}
"""By key, by how much an edge moves for the number itself to lie on the other side."""


class Edge(NamedTuple):
    """An edge of which the words say otherwise. clear: the words agree with one another, and not with the figure. other: the
    changes that make the other reading."""

    said: str
    clear: bool
    other: Mapping[Path, Any]


def edges(edition: Policy, blocks: list[Placed]) -> Iterator[Edge]:
    """The edges of a document whose wording puts the number itself on the other side, or on both."""
    seen: set[tuple[object, ...]] = set()
    for one in blocks:
        for key in _EDGES.keys() & type(one.block).model_fields.keys():
            value = getattr(one.block, key)
            if value is None or isinstance(value, date | str | dict | tuple):
                continue
            if key == "share" and not hasattr(one.block, "test"):
                continue  # a share of all of them, which nobody lies on
            told = [
                mention for mention in _words_of(one, key) if mention.value in _units(key, Fraction(value))
            ]
            sides = {mention.side for mention in told} - {""}
            where = (*one.path[:-1], value)
            if BELOW in sides and where not in seen:
                seen.add(where)
                words = "、".join(
                    f"“{said}”" for said in dict.fromkeys(mention.said for mention in told if mention.side)
                )
                yield Edge(
                    f"{one.said}的 {plain(_units(key, Fraction(value))[0])}：条文写{words}，"
                    + (
                        "照法律的用法是另一边，政策按"
                        if sides == {BELOW}
                        else "含不含本数两样都读得出来，政策按"
                    )
                    + ("本数算在上面（含）" if key != "below" else "本数不算在下面（不含）"),
                    sides == {BELOW},
                    _moved(blocks, one, key, value),
                )


def _words_of(one: Placed, key: str) -> list[Mention]:
    """What its own name, label and clause say; the clause around it where it has none."""
    own = [getattr(one.block, name, "") for name in ("name", "label", f"{key}_clause")]
    texts = dict.fromkeys((*own, one.clause))
    return [mention for text in texts if text for mention in mentions(text)]


def _units(key: str, value: Fraction) -> tuple[Fraction, ...]:
    if key == "at_least_months":
        return (value / _YEAR, value)
    return (value * _PERCENT, value) if key in ("gate", "share") else (value,)


def _moved(blocks: list[Placed], one: Placed, key: str, value: Any) -> Mapping[Path, Any]:
    """The edge of the block and of those beside it that share it, as the other reading has it."""
    step = _EDGES[key]
    changes = {(*one.path, key): value + int(step) if isinstance(value, int) else value + step}
    if key in ("at_least", "below"):
        for other in blocks:
            if other.path[:-1] == one.path[:-1] and isinstance(other.path[-1], int):
                for edge in ("at_least", "below"):
                    if getattr(other.block, edge, None) == value:
                        changes[(*other.path, edge)] = value + step
    return changes
