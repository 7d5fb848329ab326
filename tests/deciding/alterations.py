"""What a clause is altered to, to see whether it decides: taken out, an edge moved by one, a yes made a no, a word struck out or
made another of those that may stand there.

It walks the typed blocks of an edition (docs/decisions/0009-rules-as-blocks.md) and knows no programme.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal, NamedTuple, get_args, get_origin

from sanchuang_cli.cli.lint_variants import Path, Placed, placed
from sanchuang_cli.period import Period
from sanchuang_cli.policy import Policy, Rule

NOT_JUDGED_BY = {
    "clause",
    "name",
    "title",
    "effective",
    "until",
    "sources",
    "remarks",
    "example",
    "printed",
    "page",
}
"""Keys that name, cite or date a block."""
DAY = timedelta(days=1)


class Alteration(NamedTuple):
    """A clause of an edition, and what stands in its place. key: the key that is altered, "" where the whole block goes."""

    of: Placed
    key: str
    changes: tuple[Mapping[Path, Any], ...]

    @property
    def said(self) -> str:
        """The clause, as `policy check` names it, with the key."""
        return f"{self.of.said}{f' {self.key}' if self.key else ''}"

    @property
    def kind(self) -> str:
        """What of a clause it is: the block, an edge or figure, a day, a yes or no, a word."""
        return KINDS.get(type(_leaf(self)), "figure") if self.key else "clause"


KINDS = {bool: "yes or no", date: "day", str: "word"}


def _leaf(one: Alteration) -> Any:
    value = getattr(one.of.block, one.key.split(".")[0])
    return value[0] if isinstance(value, tuple) else value


def alterations(edition: Policy, period: Period | None = None) -> Iterator[Alteration]:
    """All clauses, each once; with a period those alone that are in force in it."""
    for one in placed(edition, period):
        if hasattr(one.block, "clause") and getattr(one.block, "effective", None) is None:
            yield Alteration(one, "", (left_out(edition, one),))
        for key in sorted(one.block.model_fields_set - NOT_JUDGED_BY):
            yield from _of_key(one, key, getattr(one.block, key))


def left_out(edition: Policy, one: Placed) -> Mapping[Path, Any]:
    """The block taken out; of two that are each enough (either), the other stands alone then."""
    changes: dict[Path, Any] = {one.path: None}
    group = getattr(one.block, "either", "")
    beside = [
        other
        for other in placed(edition)
        if group and other.path[:-1] == one.path[:-1] and getattr(other.block, "either", "") == group
    ]
    if len(beside) == 2:
        changes |= {(*other.path, "either"): None for other in beside if other.path != one.path}
    return changes


def compensated(edition: Policy, one: Alteration) -> Iterator[Mapping[Path, Any]]:
    """The alterations of a clause of which the figures come to a sum with those beside it, with one of these changed the other way."""
    siblings = [
        other for other in placed(edition) if other.path[:-1] == one.of.path[:-1] != () and other != one.of
    ]
    for other in siblings:
        for key in (
            [one.key] if one.key else sorted(one.of.block.model_fields_set & other.block.model_fields_set)
        ):
            own, beside = getattr(one.of.block, key, None), getattr(other.block, key, None)
            if own is None or beside is None or not (_is_figure(own) and _is_figure(beside)):
                continue
            for changes in one.changes:
                less = changes[*one.of.path, key] if one.key else 0
                yield {**changes, (*other.path, key): beside + own - less}


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def _of_key(one: Placed, key: str, value: Any) -> Iterator[Alteration]:
    if isinstance(value, Mapping):
        for name, own in value.items():
            if others := tuple(_moved(own)):
                yield Alteration(one, f"{key}.{name}", tuple({(*one.path, key, name): new} for new in others))
        return
    beside = _neighbour(one, key)
    words = [word for word in _choices(type(one.block).model_fields[key].annotation) if word != value]
    moved = words if isinstance(value, str) else _moved(value)
    changes = (dict.fromkeys([(*one.path, key), *beside], new) for new in moved)
    if found := tuple(changes):
        yield Alteration(one, key, found)


def _neighbour(one: Placed, key: str) -> list[Path]:
    """The edge of the tier before or after, which is moved with an edge, since tiers join."""
    step = {"at_least": -1, "below": 1}.get(key)
    if step is None or not one.around or not isinstance(one.path[-1], int):
        return []
    siblings, at = getattr(one.around[-1], str(one.path[-2])), one.path[-1] + step
    other = {"at_least": "below", "below": "at_least"}[key]
    joins = 0 <= at < len(siblings) and getattr(siblings[at], other, None) == getattr(one.block, key)
    return [(*one.path[:-1], at, other)] if joins else []


def _moved(value: Any) -> Iterator[Any]:
    """What stands in place of a value, near enough that only who stands at the edge comes out otherwise."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | Fraction):
        share = (value / 2, (value + 1) / 2) if value else (1,)
        yield from (value + 1, value - 1) if value >= 1 else (value + 1, *share)
    elif isinstance(value, date):
        yield from (value + DAY * 31, value - DAY * 31)
    elif isinstance(value, tuple) and value and not isinstance(value[0], Rule):
        yield list(value[1:]) or None
        if _is_figure(value[0]):
            yield from ([moved, *value[1:]] for moved in _moved(value[0]))
        if isinstance(value[0], str):
            yield [f"不是{value[0]}", *value[1:]]
        yield list(reversed(value))


def _choices(annotation: Any) -> Iterator[str]:
    """The words of which a key may be one; none where it may be any."""
    if get_origin(annotation) is Literal:
        yield from (word for word in get_args(annotation) if isinstance(word, str))
    else:
        for part in get_args(annotation):
            yield from _choices(part)


def values(block: Rule) -> Iterator[Any]:
    """Every plain value that stands in a block or in those within it, with words of lists one by one."""
    for key in sorted(type(block).model_fields):
        if key not in NOT_JUDGED_BY - {"name"}:
            yield from _plain(getattr(block, key))


def _plain(value: Any) -> Iterator[Any]:
    if isinstance(value, Rule):
        yield from values(value)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _plain(item)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield name
            yield from _plain(item)
    elif value is not None:
        yield value
