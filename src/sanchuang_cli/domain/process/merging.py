"""Checks of one step under several editions, where its day is too vague to tell which was in force."""

from collections.abc import Mapping, Sequence
from itertools import chain

from sanchuang_cli.domain.process.nodes import Key
from sanchuang_cli.domain.process.verdict import Check, State, Why
from sanchuang_cli.period import VagueDate


def merged(slices: Sequence[Mapping[Key, Check]]) -> tuple[Check, ...]:
    """Each check once: what it says where all say the same, else that nobody can tell. One that an edition lacks is no
    breach there."""
    keys = dict.fromkeys(chain.from_iterable(slices))
    return tuple(_one(key, [checks[key] for checks in slices if key in checks], len(slices)) for key in keys)


def _one(key: Key, checks: Sequence[Check], slices: int) -> Check:
    said = checks[0]
    if len(checks) == slices == 1:
        return said
    both = said._replace(
        opens=_hull([one.opens for one in checks]),
        closes=_hull([one.closes for one in checks]),
        last=_hull([one.last for one in checks]),
        days=(min(one.days[0] for one in checks), max(one.days[1] for one in checks)),
        between=any(one.between for one in checks),
        guessed=tuple(sorted({year for one in checks for year in one.guessed})),
    )
    states = {one.state for one in checks}
    bound = states - {State.UNBOUND}
    if len(states) == 1 and (len(checks) == slices or bound <= {State.KEPT}):
        return both
    if bound <= {State.KEPT}:
        return both._replace(state=State.KEPT)
    return both._replace(state=State.UNCLEAR, why=Why.VAGUE, days=(0, 0))


def _hull(days: Sequence[VagueDate | None]) -> VagueDate | None:
    known = [day for day in days if day]
    return VagueDate(min(d.earliest for d in known), max(d.latest for d in known)) if known else None
