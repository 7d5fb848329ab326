"""Works out what goes up to the committees of the dues that were paid, branch by branch and quarter by quarter, and what
comes back.

Sums are worked out once for the county and each level, and split, so that the branches make the committees, and the quarters the year.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sanchuang_cli.domain.dues.judging import Dues
from sanchuang_cli.domain.dues.policy import Upward
from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.judging import Whole, grouped
from sanchuang_cli.money import shares


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


def branches(whole_run: Whole) -> list[Branch]:
    """Branch by branch; what goes up is worked out once for the county and split, so that the parts make the whole."""
    groups = grouped(whole_run.of(), "township", "branch")
    got = [sum(dues.got for dues in group) for group in groups.values()]
    levels = whole_run.at.policy.upward
    up = {level.to: shares(_upward(sum(got), level), got) for level in levels}
    return [
        Branch(
            *(township, branch, len(group), sum(dues.due for dues in group), paid),
            {to: parts[at] for to, parts in up.items()},
            _back(group, whole_run),
        )
        for at, (((township, branch), group), paid) in enumerate(zip(groups.items(), got, strict=True))
    ]


def _upward(fen: int, level: Upward) -> int:
    return whole(fen * level.percent / 100, "half_up")


def _back(group: Sequence[Dues], whole_run: Whole) -> int:
    rule = whole_run.at.policy.returned
    own = sum(dues.got for dues in group if rule and dues.record.kind in rule.types)
    return whole(own * rule.percent / 100, "half_up") if rule else 0


def quarters(whole_run: Whole) -> Iterator[Quarter]:
    """Committee by committee, quarter by quarter and level by level. What goes up by a quarter's end, less what went before: so
    the quarters make the year, and the committees the county."""
    groups = grouped(whole_run.of(), "township")
    upto = [[_got(group, 3 * number) for group in groups.values()] for number in range(5)]
    own = [[b - a for a, b in zip(*pair, strict=True)] for pair in pairwise(upto)]
    handed = {
        level.to: [*_by_quarter(level, list(map(sum, upto)), own)] for level in whole_run.at.policy.upward
    }
    for at, (township,) in enumerate(groups):
        for number, word in enumerate("一二三四"):
            for level, (to, parts) in enumerate(handed.items()):
                got = None if level else own[number][at]
                yield Quarter(township, f"第{word}季度", to, got, parts[number][at])


def _by_quarter(level: Upward, upto: Sequence[int], own: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """What each committee hands up, quarter by quarter. upto: what the county had got before each quarter, and in the end."""
    for (before, after), weights in zip(pairwise(upto), own, strict=True):
        yield shares(_upward(after, level) - _upward(before, level), weights)


def _got(group: Sequence[Dues], upto: int) -> int:
    return sum(fen for dues in group for month, fen in dues.paid.items() if month.month <= upto)
