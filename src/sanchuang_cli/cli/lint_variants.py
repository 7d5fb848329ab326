"""Tries over a roster that was read what a policy decides: a block that can be left out and changes nobody's result decides
nothing.

Every block that has a clause is left out in turn; what else is tried a programme says (Lints). It writes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import ValidationError

from sanchuang_cli.cli.made import Begun, ReadBooks
from sanchuang_cli.contrast import Change, Contrast
from sanchuang_cli.finding import UserError
from sanchuang_cli.judging import Whole
from sanchuang_cli.period import Period
from sanchuang_cli.policy import Policy, Rule

_PAIR = 2
Path = tuple[str | int, ...]
"""Where a block stands in an edition: keys, and places in lists."""


class Placed(NamedTuple):
    """A block of an edition, with the blocks around it, the outermost first."""

    path: Path
    block: Rule
    around: tuple[Rule, ...]

    @property
    def said(self) -> str:
        """“离任补贴”的条件“健在”（第五条）."""
        names = [name for one in self.around if (name := getattr(one, "name", ""))]
        title = type(self.block).model_config.get("title") or ""
        own, clause = getattr(self.block, "name", ""), self.clause
        of = "".join(f"“{name}”的" for name in names)
        return f"{of}{title}{f'“{own}”' if own else ''}{f'（{clause}）' if clause else ''}"

    @property
    def clause(self) -> str:
        """Its own clause, else the nearest around it."""
        said = (getattr(one, "clause", "") for one in (self.block, *reversed(self.around)))
        return next(filter(None, said), "")


def placed(
    block: Rule, period: Period | None = None, path: Path = (), around: tuple[Rule, ...] = ()
) -> Iterator[Placed]:
    """All blocks within one that can bear on a result; with a period those alone that are in force in it."""
    for key in type(block).model_fields:
        value = getattr(block, key)
        items = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for at, item in items:
            beside = value if isinstance(value, tuple) else ()
            if isinstance(item, Rule) and item.decides and _in_force(item, beside, period):
                where = (*path, key) if at is None else (*path, key, at)
                yield Placed(where, item, around)
                yield from placed(item, period, where, (*around, item))


def _in_force(block: Rule, beside: Sequence[Any], period: Period | None) -> bool:
    """Whether it is switched on, and no dated block that is over, is still to come, or that a later one has replaced."""
    if period is None:
        return True
    begins, ends = getattr(block, "effective", None), getattr(block, "until", None)
    later = [other.effective for other in beside if getattr(other, "effective", None)]
    replaced = any((begins or date.min) < other <= period.first for other in later) and not hasattr(
        block, "percent"
    )
    over = (begins is not None and begins > period.last) or (ends is not None and ends < period.first)
    return not (replaced or over) and getattr(block, "active", True)


def changed(edition: Policy, changes: Mapping[Path, Any]) -> Policy | None:
    """The edition with other values at some places; None takes one out. None where the document would be none any more."""
    data = _lists(edition.model_dump(exclude_unset=True))
    try:
        for path, value in sorted(changes.items(), key=lambda change: change[0], reverse=True):
            within = data
            for part in path[:-1]:
                within = within[part]
            if value is None:
                del within[path[-1]]
            else:
                within[path[-1]] = value
        return type(edition).model_validate(data)
    except (ValidationError, KeyError, IndexError, TypeError):
        return None


def _lists(value: Any) -> Any:
    """Plain data that can be changed."""
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, tuple | list) else value


@dataclass(frozen=True)
class OverRoster:
    """A document and the books that were read by it, ready to be judged with another text."""

    start: Begun
    given: ReadBooks

    @cached_property
    def whole(self) -> Whole:
        """What comes of the document as it is. Raises UserError where it has no figure for a month."""
        return self.start.programme.judge(self.given.rosters, self.start.policy, self.start.when)

    @property
    def edition(self) -> Policy:
        """The one in force at the end of the period."""
        edition: Policy = self.whole.at.policy
        return edition

    def otherwise(self, changes: Mapping[Path, Any]) -> Whole | None:
        """What comes of the edition with this changed in it; None where that makes no document."""
        other = changed(self.edition, changes)
        if other is None:
            return None
        editions = tuple(other if one is self.edition else one for one in self.start.policy.editions)
        policy = replace(self.start.policy, editions=editions)
        try:
            return self.start.programme.judge(self.given.rosters, policy, self.start.when)
        except UserError:
            return None

    def changes(self, changes: Mapping[Path, Any]) -> list[Change] | None:
        """Whose result is another with this changed; None where that makes no document."""
        whole = self.otherwise(changes)
        return None if whole is None else Contrast(self.whole, whole, self.start.programme.compared).changes

    def _is_idle(self, changes: Mapping[Path, Any], block: Rule) -> bool:
        """Whether nobody's result is another; and of a block that only warns, no warning either."""
        whole = self.otherwise(changes)
        if whole is None or (
            getattr(block, "beyond", "") == "warn" and whole.findings != self.whole.findings
        ):
            return False
        return not Contrast(self.whole, whole, self.start.programme.compared).changes

    def idle(self) -> Iterator[str]:
        """What never decides anything on these rosters."""
        for one in placed(self.edition, self.start.when.period):
            if _is_cited(one.block) and self._is_idle(self._without(one), one.block):
                yield f"{one.said}这一期决定不了什么：去掉它，名册上没有一个结果不同"
            for said, values in self._tried(one.block):
                if self._is_idle({(*one.path, key): value for key, value in values.items()}, one.block):
                    yield f"{one.said}：{said}"

    def _without(self, one: Placed) -> Mapping[Path, Any]:
        """The block left out; of two that are each enough (either), the other stands alone then."""
        changes: dict[Path, Any] = {one.path: None}
        group = getattr(one.block, "either", "")
        beside = [
            other
            for other in placed(self.edition)
            if group and other.path[:-1] == one.path[:-1] and getattr(other.block, "either", "") == group
        ]
        if len(beside) == _PAIR:
            changes |= {(*other.path, "either"): None for other in beside if other.path != one.path}
        return changes

    def _tried(self, block: Rule) -> Sequence[tuple[str, Mapping[str, Any]]]:
        tried = self.start.programme.lints.tried
        return [
            found
            for kind, of in tried.items()
            if isinstance(block, kind)
            for found in of(block, self.edition)
        ]


def _is_cited(block: Rule) -> bool:
    """Whether it has a clause and no date: a dated block is left out by no one."""
    return hasattr(block, "clause") and getattr(block, "effective", None) is None
