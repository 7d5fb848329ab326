"""A second opinion on contracts: month by month, by walking the calendar a day at a time, from the words of the document.

A contract is a dict of plain values: start, end, left (dates, left may be None), reason. The contracts of a person are a list.
Only class three, 8,000 yuan a year, and 2,000 once.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

YEARLY, ONCE = 800_000, 200_000
SPARED = ("死亡", "解聘", "单位解除")
Month = tuple[int, int]
Person = Sequence[Mapping[str, Any]]


def _last(one: Mapping[str, Any]) -> date:
    last: date = one["left"] or one["end"]
    return last


def served(one: Mapping[str, Any]) -> set[Month]:
    """The months of which any day was served."""
    day, months = one["start"], set()
    while day <= _last(one):
        months.add((day.year, day.month))
        day += timedelta(days=1)
    return months


def monthly(month: Month) -> int:
    """Fen of one month: what a twelfth for each month comes to by then, cut to whole fen, less what it came to before."""
    upto, before = (Fraction(YEARLY * k, 12) for k in (month[1], month[1] - 1))
    return upto.numerator // upto.denominator - before.numerator // before.denominator


def stands(one: Mapping[str, Any], on: date) -> str:
    """The word for a contract on a day."""
    if one["left"]:
        return "离岗"
    if on < one["start"]:
        return "未到岗"
    return "在岗" if on <= one["end"] else "期满"


def paid(person: Person, months: Sequence[Month], on: date) -> list[tuple[int, int]]:
    """For each contract, in order of its start, the allowance and the settling-in of the months."""
    counted: set[Month] = set()
    sums = []
    for n, one in enumerate(sorted(person, key=lambda each: each["start"])):
        mine = served(one) - counted
        counted |= mine
        if stands(one, on) == "未到岗":
            sums.append((0, 0))
            continue
        first = (one["start"].year, one["start"].month)
        once = ONCE if n == 0 and first in months else 0
        sums.append((sum(monthly(month) for month in months if month in mine), once))
    return sums


def given_back(person: Person, months: Sequence[Month]) -> list[int]:
    """For each contract, in order of its start, fen of settling-in to give back by whoever left in the months, in a service
    unbroken from the first contract, and did not go on the next day."""
    own = sorted(person, key=lambda each: each["start"])
    begun = own[0]["start"]
    gaps = [later["start"] - _last(one) > timedelta(days=1) for one, later in pairwise(own)]
    sums = []
    for n, one in enumerate(own):
        left, goes_on = one["left"], n < len(gaps) and not gaps[n]
        asked = left and (left.year, left.month) in months and not goes_on and not any(gaps[:n])
        nth = 12 * (left.year - begun.year) + left.month - begun.month + 1 if left else 0
        share = 2 if nth <= 6 else 1 if nth <= 12 else 0
        sums.append(ONCE * share // 2 if asked and one["reason"] not in SPARED else 0)
    return sums
