"""Works out what goes up to the committees of the dues that were paid, branch by branch and quarter by quarter, and what
comes back; each month by the document of that month.

Sums are worked out once for the county and each level, and split, so that the branches make the committees, and the quarters the year.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from sanchuang_cli.domain.dues.judging import Dues
from sanchuang_cli.domain.dues.policy import DuesPolicy
from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.judging import At, Whole, grouped
from sanchuang_cli.money import shares
from sanchuang_cli.period import Month


class Branch(NamedTuple):
    """The dues of a branch, in fen. up: of what was paid, what goes up, by level; back: what comes back to it."""

    township: str
    branch: str
    people: int
    due: int
    got: int
    up: Mapping[str, int]
    back: int

    @property
    def handed_up(self) -> int:
        """What goes up to all levels."""
        return sum(self.up.values())


class Quarter(NamedTuple):
    """What a committee hands up to one level for a quarter. got: what it had, on the line of the first level only, so that
    it is added up once."""

    township: str
    quarter: str
    to: str
    got: int | None
    up: int


Sums = Mapping[Month, int]
"""Fen by the month for which they count."""


def levels(at: At[DuesPolicy]) -> list[str]:
    """To whom anything goes up by the document of any month of the year, in their order."""
    each = (at.editions.in_force(month.first) for month in at.occasion.period.each_month())
    return list(dict.fromkeys(level.to for edition in each if edition for level in edition.upward))


def branches(whole_run: Whole) -> list[Branch]:
    """Branch by branch; what goes up is worked out once for the county and split, so that the parts make the whole."""
    at, groups = whole_run.at, grouped(whole_run.of(), "township", "branch")
    paid = [_paid(group) for group in groups.values()]
    up = {}
    for to in levels(at):
        parts = [_upward(own, to, at) for own in paid]
        up[to] = shares(whole(sum(parts, Fraction(0)), "half_up"), parts)
    return [
        Branch(
            *(township, branch, len(group), sum(dues.due for dues in group), sum(paid[at_].values())),
            {to: parts[at_] for to, parts in up.items()},
            _back(group, at),
        )
        for at_, ((township, branch), group) in enumerate(groups.items())
    ]


def _paid(group: Sequence[Dues]) -> Sums:
    paid: dict[Month, int] = defaultdict(int)
    for dues in group:
        for month, fen in dues.paid.items():
            paid[month] += fen
    return paid


def _upward(paid: Sums, to: str, at: At[DuesPolicy]) -> Fraction:
    """What goes up to a level, each month by its own document, before it is rounded."""
    return sum((fen * at.editions.on(month.first).up_to(to) for month, fen in paid.items()), Fraction(0))


def _back(group: Sequence[Dues], at: At[DuesPolicy]) -> int:
    """What comes back, each month by its own document."""
    parts = (
        fen * at.editions.on(month.first).back_to(kind)
        for (kind,), own in grouped(group, "kind").items()
        for month, fen in _paid(own).items()
    )
    return whole(sum(parts, Fraction(0)), "half_up")


def quarters(whole_run: Whole) -> Iterator[Quarter]:
    """Committee by committee, quarter by quarter and level by level. What goes up by a quarter's end, less what went before: so
    the quarters make the year, and the committees the county."""
    at, groups = whole_run.at, grouped(whole_run.of(), "township")
    paid = [[_of_quarter(_paid(group), number) for group in groups.values()] for number in range(4)]
    handed = {to: [*_by_quarter(to, paid, at)] for to in levels(at)}
    for place, (township,) in enumerate(groups):
        for number, word in enumerate("一二三四"):
            for level, (to, parts) in enumerate(handed.items()):
                got = None if level else sum(paid[number][place].values())
                yield Quarter(township, f"第{word}季度", to, got, parts[number][place])


def _of_quarter(paid: Sums, number: int) -> Sums:
    return {month: fen for month, fen in paid.items() if (month.month - 1) // 3 == number}


def _by_quarter(to: str, paid: Sequence[Sequence[Sums]], at: At[DuesPolicy]) -> Iterator[list[int]]:
    """What each committee hands up to a level, quarter by quarter."""
    before = Fraction(0)
    for quarter in paid:
        parts = [_upward(own, to, at) for own in quarter]
        after = before + sum(parts)
        yield shares(whole(after, "half_up") - whole(before, "half_up"), parts)
        before = after
