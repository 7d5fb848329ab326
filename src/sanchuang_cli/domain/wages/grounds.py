"""Gathers what rows are judged by: standards, the other rosters by their keys, the editions by month. Made once for a run."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sanchuang_cli.domain.identity import as_written
from sanchuang_cli.domain.wages.policy import OfficePost, Wages
from sanchuang_cli.domain.wages.records import Appraisal, UnclaimedCard, Village
from sanchuang_cli.domain.wages.standards import Standards
from sanchuang_cli.finding import UserError
from sanchuang_cli.judging import At
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import PREVIOUS
from sanchuang_cli.record import Row


class Span(NamedTuple):
    """The days of a month, from `first` to `last`, on which an edition is in force."""

    edition: Wages
    first: int
    last: int

    def within(self, days: Iterable[int]) -> int:
        """How many of these days of the month are its own."""
        return sum(self.first <= day <= self.last for day in days)


class PayGrounds(NamedTuple):
    """appraisals: by identity number and year; illegible: those whose row may not be gone by. unclaimed: by card and by
    identity number. spans: of each month of the run, the editions that rule its days. ruled: by year, the edition that
    says what performance of it is. years: the months of each with their editions. posts: by edition, words, township and village, as they are understood."""

    standards: Standards
    appraisals: Mapping[tuple[str, int], Appraisal]
    illegible: Mapping[tuple[str, str], Row]
    unclaimed: Mapping[str, UnclaimedCard]
    spans: Mapping[Month, Sequence[Span]]
    ruled: Mapping[int, Wages | None]
    years: Mapping[int, Sequence[tuple[Month, Wages]]]
    stars_of: int | None
    posts: dict[tuple[date, str, str, str], list[OfficePost]]

    def edition(self, month: Month) -> Wages:
        """The one in force on the month's first day."""
        return self.spans[month][0].edition


def ready(at: At[Wages]) -> PayGrounds:
    """What every row of a run is judged by. Raises UserError where the last period's result is another county's."""
    _same_county(at)
    months = at.occasion.period.each_month()
    years = {month.year - 1 for month in months}
    ruled = {year: at.editions.in_force(date(year, 12, 31)) for year in years}
    served = [Month(year, number) for year, rule in ruled.items() if rule for number in range(1, 13)]
    for month in months:
        at.editions.on(month.first)  # raises UserError where there is none
    rosters = at.rosters
    spans = {month: own for month in (*served, *months) if (own := _spans(at.editions, month))}
    stars = rosters["stars"].origin if "stars" in rosters else None
    return PayGrounds(
        Standards(_villages(rosters["villages"].records, at.dropped.get("villages", ()))),
        {(row.identity, row.year): row for row in rosters["appraisals"].records},
        {
            (as_written(row.written("identity")), row.written("year")): row
            for row in at.dropped.get("appraisals", ())
        },
        _cards(rosters["unclaimed"].records),
        spans,
        ruled,
        {
            year: [
                (month, spans[month][0].edition) for month in served if month.year == year and month in spans
            ]
            for year in ruled
        },
        stars.period.start.year if stars else None,
        {},
    )


def _villages(records: Iterable[Village], dropped: Iterable[Row]) -> dict[tuple[str, str], Village | None]:
    villages: dict[tuple[str, str], Village | None] = {(row.township, row.village): row for row in records}
    return villages | {(row.written("township"), row.written("village")): None for row in dropped}


def _cards(records: Iterable[UnclaimedCard]) -> dict[str, UnclaimedCard]:
    return {key: row for row in records for key in (row.identity, row.account) if key}


def _spans(editions: PolicyFile[Wages], month: Month) -> tuple[Span, ...]:
    """The edition of the month's first day; where a later one of the month says so, each for its own days."""
    first, last = editions.in_force(month.first), month.last.day
    later = [edition for edition in editions.editions if month.first < edition.effective <= month.last]
    by_days = [edition for edition in later if edition.months.raised == "days"]
    if first is None:
        return ()
    starts = [(first, 1), *((edition, edition.effective.day) for edition in by_days)]
    ends = [(edition.effective - timedelta(days=1)).day for edition in by_days] + [last]
    return tuple(Span(edition, start, end) for (edition, start), end in zip(starts, ends, strict=True))


def ruling(period: Period, editions: PolicyFile[Wages]) -> list[Wages]:
    """The editions by which the days of a period are paid, each once, the oldest first."""
    spans = (span for month in period.each_month() for span in _spans(editions, month))
    return list({span.edition.effective: span.edition for span in spans}.values())


def _same_county(at: At[Wages]) -> None:
    previous = at.rosters.get(PREVIOUS)
    if previous is None or not previous.records:
        return
    before = {str(line.more.get("township")) for line in previous.records}
    here = {record.township for record in at.rosters["cadres"].records}
    if here and not before & here:
        book = previous.origin.book if previous.origin else "上期结果"
        raise UserError(
            f"{book} 里的乡镇（{'、'.join(sorted(before)[:3])}）本期名册里一个也没有，像是别的县的结果。"
            "请用 --previous 给出本县上期的结果。"
        )
