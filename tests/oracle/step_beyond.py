"""Of the oracle of steps: which of them may only be done when the last day of another is past, by every way of waits and
deadlines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tests.oracle.process import Case, Rules, Step


def beyond(rules: Rules, one: str, name: str) -> bool:
    """Whether the shortest way to a step by waits is longer than some way to another by deadlines, both from one step."""
    if one == name:
        return False
    waits, deadlines = list(ways(rules, one, waiting)), list(ways(rules, name, closing))
    bases = {base for base, _ in deadlines} & {base for base, _ in waits}
    return any(
        max(days for at, days in waits if at == base) > min(days for at, days in deadlines if at == base)
        for base in bases
    )


def was_late(judge: Case, name: str, day: date) -> bool:
    """Whether whoever does a blank step on a day is late, for each of its last days in any edition; one that is counted from a
    blank step is over when that is."""
    return all(
        was_late(judge, limit.after, day)
        if judge.day(limit.after).why == "blank"
        else judge.limit(limit, rules, day) in ({"超期"}, {"不受限制"})
        for rules in judge.editions
        for step in rules.steps
        if step.name == name
        for limit in step.limits
        if limit.closes or limit.at_most
    )


def ways(
    rules: Rules, name: str, hops: Callable[[Step], Iterator[tuple[str, int]]], so_far: int = 0
) -> Iterator[tuple[str, int]]:
    """Every step that it goes back to, by every way, with the days of that way."""
    yield name, so_far
    for step in (step for step in rules.steps if step.name == name):
        for before, days in hops(step):
            yield from ways(rules, before, hops, so_far + days)


def waiting(step: Step) -> Iterator[tuple[str, int]]:
    """Each step that it stands after, and how many days after that it may be done at the soonest."""
    for before in step.after:
        yield before, 0
    for rule in (*step.limits, *([step.falls] if step.falls else ())):
        span = rule.opens
        least = 0 if not span else span.amount * 28 - 1 if span.unit == "months" else span.amount - 1
        yield rule.after, max(0, least)


def closing(step: Step) -> Iterator[tuple[str, int]]:
    """Each step from which a last day is counted in days or months that no record lengthens, with the days at the most."""
    falls = [step.falls] if step.falls and not step.longer else []
    for rule in (*step.limits, *falls):
        span = rule.at_most or rule.closes or (rule.opens if rule is step.falls else None)
        if span and span.unit != "working_days" and not span.plus:
            yield rule.after, span.amount * (31 if span.unit == "months" else 1)
