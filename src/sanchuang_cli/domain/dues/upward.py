"""Works out what goes up to the committees of the dues that were paid, branch by branch and quarter by quarter, and what
comes back.

Sums are worked out once for the county and split, so that the branches make the committees, and the quarters the year.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sanchuang_cli.domain.dues.judging import Dues
from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.judging import Whole, grouped
from sanchuang_cli.money import shares


class Branch(NamedTuple):
    """The dues of a branch, in fen. up: of what was paid, what goes up; back: what comes back to it."""

    township: str
    branch: str
    people: int
    due: int
    got: int
    up: int
    back: int


class Quarter(NamedTuple):
    """What a committee hands up for a quarter."""

    township: str
    quarter: str
    got: int
    up: int


def branches(whole_run: Whole) -> list[Branch]:
    """Branch by branch; what goes up is worked out once for the county and split, so that the parts make the whole."""
    groups = grouped(whole_run.of(), "township", "branch")
    got = [sum(dues.got for dues in group) for group in groups.values()]
    up = _split(_upward(sum(got), whole_run), got)
    return [
        Branch(
            key[0], key[1], len(group), sum(dues.due for dues in group), paid, part, _back(group, whole_run)
        )
        for (key, group), paid, part in zip(groups.items(), got, up, strict=True)
    ]


def _upward(fen: int, whole_run: Whole) -> int:
    rule = whole_run.at.policy.upward
    return whole(fen * rule.percent / 100, "half_up") if rule else 0


def _split(fen: int, weights: list[int]) -> list[int]:
    return shares(fen, weights) if any(weights) else [0] * len(weights)


def _back(group: list[Dues], whole_run: Whole) -> int:
    rule = whole_run.at.policy.returned
    own = sum(dues.got for dues in group if rule and dues.record.kind in rule.types)
    return whole(own * rule.percent / 100, "half_up") if rule else 0


def quarters(whole_run: Whole) -> Iterator[Quarter]:
    """Committee by committee and quarter by quarter. What goes up by a quarter's end, less what went before: so the quarters
    make the year, and the committees the county."""
    groups, before = grouped(whole_run.of(), "township"), 0
    sums: dict[str, list[int]] = {}
    for number in range(4):
        upto = [_got(group, 3 * number + 3) for group in groups.values()]
        total = _upward(sum(upto), whole_run)
        own = [now - _got(group, 3 * number) for now, group in zip(upto, groups.values(), strict=True)]
        for (township,), fen, part in zip(groups, own, _split(total - before, own), strict=True):
            sums.setdefault(township, []).extend((fen, part))
        before = total
    for township, parts in sums.items():
        for number, word in enumerate("一二三四"):
            yield Quarter(township, f"第{word}季度", *parts[2 * number : 2 * number + 2])


def _got(group: list[Dues], upto: int) -> int:
    return sum(fen for dues in group for month, fen in dues.paid.items() if month.month <= upto)
