"""Joins the checks of one step under several editions, where its day is too vague to tell which edition was in force."""

from collections.abc import Mapping, Sequence
from itertools import chain

from sanchuang_cli.domain.process.nodes import Key
from sanchuang_cli.domain.process.verdict import Check, StepState, Why
from sanchuang_cli.period import VagueDate


def merged(slices: Sequence[Mapping[Key, Check]]) -> tuple[Check, ...]:
    """Each check once: its state where all editions say the same, otherwise unclear. A check that an edition does not have
    is no breach under that edition."""
    keys = dict.fromkeys(chain.from_iterable(slices))
    return tuple(_together([checks[key] for checks in slices if key in checks], len(slices)) for key in keys)


def _together(checks: Sequence[Check], slices: int) -> Check:
    """The same check of several editions as one. slices: how many editions there are."""
    first = checks[0]
    if len(checks) == slices == 1:
        return first
    both = first._replace(
        opens=_hull([check.opens for check in checks]),
        closes=_hull([check.closes for check in checks]),
        last=_hull([check.last for check in checks]),
        days=(min(check.days[0] for check in checks), max(check.days[1] for check in checks)),
        between=any(check.between for check in checks),
        guessed=tuple(sorted({year for check in checks for year in check.guessed})),
    )
    states = {check.state for check in checks}
    bound = states - {StepState.UNBOUND}
    if len(states) == 1 and (len(checks) == slices or bound <= {StepState.KEPT}):
        return both
    if bound <= {StepState.KEPT}:
        return both._replace(state=StepState.KEPT)
    return both._replace(state=StepState.UNCLEAR, why=Why.VAGUE, days=(0, 0))


def _hull(days: Sequence[VagueDate | None]) -> VagueDate | None:
    known = [day for day in days if day]
    return VagueDate(min(d.earliest for d in known), max(d.latest for d in known)) if known else None
