"""Finds which steps the rules put before others although none stands after the other: a deadline that is over before the
other may be done at all.

Whoever keeps to the rules has an approval within six months of the meeting, and is admitted in full a year after it: who was
admitted was approved, though nobody wrote down when.
"""

from collections.abc import Callable, Iterator, Mapping

from sanchuang_cli.domain.process.lengths import Length
from sanchuang_cli.domain.process.nodes import Falls, Limit, Node

_LEAST, _MOST = 28, 31
"""Days of a month."""

Nodes = Mapping[str, Node]
After = dict[str, int]
"""How many days after each other step."""


def beyond(nodes: Nodes) -> dict[str, frozenset[str]]:
    """By step, those that may only be done when its last day is past."""
    soonest: dict[str, After] = {}
    latest: dict[str, After] = {}
    for name in nodes:
        _soonest(nodes, name, soonest)
        _latest(nodes, name, latest)
    return {
        name: frozenset(other for other in nodes if other != name and _past(latest[name], soonest[other]))
        for name in nodes
    }


def _past(last: After, first: After) -> bool:
    return any(first.get(base, -1) > days for base, days in last.items())


def _latest(nodes: Nodes, name: str, known: dict[str, After]) -> After:
    """By each step that it has a deadline after, by how many days after it it must be done."""
    if name not in known:
        found = {name: 0}
        for rule in _always(nodes[name]):
            if (most := _most(rule)) is not None:
                _add(found, _latest(nodes, rule.after, known), most, min)
        known[name] = found
    return known[name]


def _soonest(nodes: Nodes, name: str, known: dict[str, After]) -> After:
    """By each step that it stands after, after how many days it may be done at the soonest."""
    if name not in known:
        node, found = nodes[name], {name: 0}
        waits = dict.fromkeys(node.stands_after, 0)
        for rule in _always(node):
            waits[rule.after] = max(waits[rule.after], _least(rule.bounds.opens))
        for before, days in waits.items():
            _add(found, _soonest(nodes, before, known), days, max)
        known[name] = found
    return known[name]


def _add(found: After, further: After, days: int, better: Callable[[int, int], int]) -> None:
    for base, more in further.items():
        found[base] = better(found.get(base, more + days), more + days)


def _always(node: Node) -> Iterator[Limit | Falls]:
    """Its rules that hold for everybody."""
    return (rule for rule in (*node.limits, *node.falls) if not rule.asked)


def _most(rule: Limit | Falls) -> int | None:
    """The days that a rule gives at most; None where it sets no last day, or the record or a calendar lengthens it."""
    last = rule.bounds.at_most or rule.bounds.closes
    if last is None or last.numbers or last.rounded or last.unit == "working_days":
        return None
    return last.amount if last.in_days else last.whole_months * _MOST


def _least(wait: Length | None) -> int:
    """The days that a length has at the least."""
    if wait is None or wait.rounded:
        return 0
    return max(0, (wait.amount if wait.in_days else wait.whole_months * _LEAST) - 1)
