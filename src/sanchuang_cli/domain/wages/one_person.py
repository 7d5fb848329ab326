"""Puts together what several rows of one person come to: in each month the higher post, or by days where the document counts
by days; a yearly sum stands on one row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from operator import attrgetter
from typing import Any

from msgspec import structs

from sanchuang_cli.domain.contradictions import repeated
from sanchuang_cli.domain.wages.grounds import PayGrounds
from sanchuang_cli.domain.wages.judging import shortened, with_dual
from sanchuang_cli.domain.wages.months import NONE, ONE, Stretch, share
from sanchuang_cli.domain.wages.records import Cadre
from sanchuang_cli.domain.wages.verdict import MonthPay, Wage, YearMonth, YearPay, wage
from sanchuang_cli.judging import Reason


def once_each(standing: Sequence[Wage], grounds: PayGrounds) -> list[Wage]:
    """The verdicts, of which those of one person are put together."""
    again: dict[int, Wage] = {}
    for own in repeated(standing, attrgetter("record.identity")):
        again |= {id(verdict): made for verdict, made in zip(own, _put_together(own, grounds), strict=True)}
    return [again.get(id(verdict), verdict) for verdict in standing] if again else list(standing)


def _put_together(own: Sequence[Wage], grounds: PayGrounds) -> Iterator[Wage]:
    """A person's rows: each month and each yearly sum goes to one of them, or by days to several."""
    every = [(verdict.record, month) for verdict in own for month in verdict.months]
    months, years = _kept(every, partial(shortened, grounds=grounds)), _years(own)
    for verdict in own:
        kept = [month for record, month in months if record is verdict.record]
        yearly = [year for record, year in years if record is verdict.record]
        made = wage(verdict.record, verdict.reasons, kept, yearly, verdict.unruled)
        lost = bool(verdict.due) and not made.due
        yield structs.replace(made, reasons=(*made.reasons, _LOWER)) if lost else made


_LOWER = Reason(
    "就高", "本人另一行的职务报酬更高，只发一份", "一人几个职务的就高，只发一份", False, ("post",)
)
OfRow = tuple[Cadre, Any]
"""A month of pay, or a month of a year for which a yearly sum is paid, with the row whose it is."""
Cut = Callable[[Cadre, Any, Stretch, Fraction], Any]
"""The same month, of which only some days go to the row, and so much counts."""


def _kept(months: Iterable[OfRow], cut: Cut) -> list[OfRow]:
    """Of a person's months the highest of each, and where days count those days of the others that it leaves."""
    by_month: dict[int, list[OfRow]] = defaultdict(list)
    for record, month in months:
        by_month[month.stretch.month].append((record, month))
    kept: list[OfRow] = []
    for own in by_month.values():
        kept += _chosen(sorted(own, key=_higher), cut) if len(own) > 1 else own
    return kept


def _higher(of_row: OfRow) -> tuple[Any, ...]:
    """The post worth most first, then the longer, then the earlier row."""
    record, month = of_row
    return -month.worth, -len(month.stretch.days), record.row.line


def _chosen(ordered: Sequence[OfRow], cut: Cut) -> Iterator[OfRow]:
    """The highest first. By days, the others keep the days that no higher post has, all together one month at most; else
    they fall away."""
    counting = [(record, month) for record, month in ordered if month.share]
    if not counting:
        return
    record, highest = counting[0]
    rule = highest.edition.months.joining
    if rule not in ("days", "thirtieths"):
        both = _also_held(record, highest, counting)
        yield record, _of_two_posts(highest, ONE if both else NONE)
        return
    taken: set[int] = set()
    used = NONE
    for record, month in counting:
        left = month.stretch.without(taken)
        if left.runs:
            counted = min(share(left, rule), ONE - used)
            used += counted
            whole = left == month.stretch and counted == month.share
            kept = month if whole else cut(record, month, left, counted)
            both = _also_held(record, month, counting) & left.days
            yield record, _of_two_posts(kept, Fraction(len(both), len(left.days)))
        taken |= left.days


def _also_held(record: Cadre, month: Any, counting: Sequence[OfRow]) -> set[int]:
    """The days of a row's month on which the person holds another post as well. The day of a handover is none of them."""
    days: set[int] = set()
    for other, one in counting:
        if one.post.name != month.post.name and overlap(record, other):
            days |= month.stretch.days & one.stretch.days
    return days


def _of_two_posts(month: Any, part: Fraction) -> Any:
    """The month, with what a second post in so much of it adds; nothing is added to a yearly sum."""
    return with_dual(month, month.edition.dual, part) if isinstance(month, MonthPay) else month


def _years(own: Sequence[Wage]) -> list[tuple[Cadre, YearPay]]:
    """Each yearly sum of a person on the row that held a post last in that year."""
    by_sum: dict[tuple[str, int], list[tuple[Cadre, YearPay]]] = defaultdict(list)
    for verdict in own:
        for year in verdict.years:
            by_sum[year.component, year.year].append((verdict.record, year))
    return [_one_sum(sums) for sums in by_sum.values()]


def _year_cut(record: Cadre, month: YearMonth, left: Stretch, counted: Fraction) -> YearMonth:
    return month._replace(stretch=left, share=counted)


def _one_sum(sums: Sequence[tuple[Cadre, YearPay]]) -> tuple[Cadre, YearPay]:
    months = _kept([(record, month) for record, year in sums for month in year.months], _year_cut)
    record, last = max(
        sums, key=lambda of_row: max((month.stretch for month in of_row[1].months), default=())
    )
    unknown = (year.coefficient for _, year in sums if year.waits)
    ordered = sorted((month for _, month in months), key=lambda month: month.stretch)
    return record, last.of(tuple(ordered), next(unknown, last.coefficient))


def overlap(first: Cadre, second: Cadre) -> bool:
    """Whether two spells certainly have more than a day in common: the same day is a handover."""
    return _begins_in(first, second) and _begins_in(second, first)


def _begins_in(first: Cadre, second: Cadre) -> bool:
    return second.ended is None or first.started.latest < second.ended.earliest
