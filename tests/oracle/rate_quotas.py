"""What becomes of one organisation, and what only a group of them decides: quotas and the lowest. See rate.py for the readings."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any

Organisation = dict[str, Any]
LOWEST = "lowest"


@dataclass
class Verdict:
    """What became of one organisation.

    set_aside, not_rated: the reason, None when it was not. banded: the grade by total alone. earned: the stars by
    score alone. gate: satisfaction is below the gate. veto: one stands. ladder, cap: that step took stars away.
    rectify: why it is on the 整顿 list, criteria by name and LOWEST; empty when it is not.
    """

    set_aside: str | None = None
    not_rated: str | None = None
    passed: tuple[str, ...] = ()
    total: Fraction | None = None
    satisfaction: Fraction | None = None
    banded: str | None = None
    grade: str | None = None
    earned: int | None = None
    stars: int | None = None
    gate: bool = False
    veto: bool = False
    limit: bool = False
    ladder: bool = False
    cap: bool = False
    rectify: list[str] = field(default_factory=list)


@dataclass
class Quota:
    """One quota when its turn came: how many stood there, how many may, and who dropped."""

    star: int
    count: int
    allowed: int
    over: int
    dropped: list[str]


def group(one: Organisation, which: dict[str, Any]) -> str | None:
    """Which group of a portion an organisation is in; None where it counts in none."""
    if which["types"] and one["type"] not in which["types"]:
        return None
    return str({"all": "", "type": one["type"], "township": one["township"]}[which["within"]])


def quota(rated: dict[str, Verdict], by_key: dict[str, Organisation], which: dict[str, Any]) -> list[Quota]:
    """Count one quota among the rated, group by group; under "cap" those beyond it lose a star, here and now."""
    groups: dict[str, list[str]] = {}
    for key in rated:
        named = group(by_key[key], which)
        if named is not None:
            groups.setdefault(named, []).append(key)
    return [of_group(rated, keys, which) for keys in groups.values()]


def of_group(rated: dict[str, Verdict], keys: list[str], which: dict[str, Any]) -> Quota:
    star, share, number = which["star"], which["share"], which["number"]
    holders = [(rated[key].total, key) for key in keys if rated[key].stars == star]
    allowed = floor(len(keys) * share) if number is None else number
    over = max(len(holders) - allowed, 0)
    dropped = []
    if over and which["mode"] == "cap":
        first_beyond = sorted((total or Fraction(0) for total, _ in holders), reverse=True)[allowed]
        dropped = [key for total, key in holders if total is not None and total <= first_beyond]
        for key in dropped:
            rated[key].stars = star - 1
            rated[key].cap = True
    return Quota(star, len(holders), allowed, over, dropped)


def add_lowest(verdicts: dict[str, Verdict], by_key: dict[str, Organisation], which: dict[str, Any]) -> None:
    """Fill the 整顿 list from the bottom of each group, ties included."""
    groups: dict[str, list[Verdict]] = {}
    for key, verdict in verdicts.items():
        named = group(by_key[key], which)
        if named is not None and not verdict.set_aside:
            groups.setdefault(named, []).append(verdict)
    for own in groups.values():
        rated = [verdict for verdict in own if not verdict.not_rated]
        listed = sum(1 for verdict in own if verdict.rectify)
        many = ceil(which["share"] * len(rated)) if which["number"] is None else which["number"]
        others = sorted(
            (verdict for verdict in rated if not verdict.rectify), key=lambda verdict: verdict.total or 0
        )
        if many > listed and others:
            last_taken = others[min(many - listed, len(others)) - 1].total
            assert last_taken is not None
            for verdict in others:
                if verdict.total is not None and verdict.total <= last_taken:
                    verdict.rectify.append(LOWEST)
