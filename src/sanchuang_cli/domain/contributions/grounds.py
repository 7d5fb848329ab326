"""Gathers what rows are judged by: the months with their editions, villages, honours by whom they were given, receipts. Made
once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sanchuang_cli.domain.contributions.policy import PensionPolicy, Relief
from sanchuang_cli.domain.contributions.records import ContributionReceipt, Honour, Insured, VillageIncome
from sanchuang_cli.domain.identity import as_written, is_well_formed
from sanchuang_cli.domain.named import another_name
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.judging import At, Reason
from sanchuang_cli.period import Month, Period
from sanchuang_cli.record import Row

_YEAR = re.compile(r"(\d{4})年?", re.ASCII)


class ReliefSpan(NamedTuple):
    """The months from `first` to before `after`, as numbers, in which an honour lightens what is the person's own."""

    first: int
    after: int
    relief: Relief
    honour: Honour


class ContributionGrounds(NamedTuple):
    """stretches: the months of the calendar years of the run, by edition and year; editions: each of them once; last: the one
    of the last month of the period. villages: those that one can go by.
    spans: by the day of an edition and whom the honour was given to. dubious: whom honours name that nobody can go by. receipts:
    by identity number, of the years of the run. waiting: those that nobody may use, by the number or the name that they give.
    misnamed: those of them that write another name beside somebody's number. given: whether there are receipts at all. alike: the twelve months of a year as
    everybody alike has them, as far as they were worked out; told: what is said of some of them."""

    stretches: Sequence[tuple[PensionPolicy, Sequence[Month]]]
    editions: Sequence[PensionPolicy]
    last: PensionPolicy
    villages: Mapping[tuple[str, str], VillageIncome]
    spans: Mapping[date, Mapping[str, Sequence[ReliefSpan]]]
    dubious: Mapping[str, Row]
    receipts: Mapping[str, Sequence[ContributionReceipt]]
    waiting: Mapping[str, Sequence[Row]]
    misnamed: Sequence[ContributionReceipt]
    given: bool
    alike: dict[tuple[object, ...], Sequence[Any]]
    told: dict[tuple[int, Month, Month], Reason]

    def reliefs(self, who: Insured, edition: PensionPolicy) -> list[Sequence[ReliefSpan]]:
        """The honours of a person, and those of the village, where there are any."""
        spans = self.spans[edition.effective]
        return [spans[key] for key in honoured_as(who) if key in spans] if spans else []


def key_of(written: str) -> str:
    """Whom an honour was given to, as it is compared."""
    return narrow(written).upper()


def honoured_as(who: Insured) -> tuple[str, str]:
    """How honours name a person, and the person's village."""
    return who.identity, key_of(who.township + who.village)


def ready(at: At[PensionPolicy]) -> ContributionGrounds:
    """What every row of a run is judged by."""
    period, rosters = at.occasion.period, at.rosters
    begun = at.editions.editions[0].effective
    first, last = period.start.year, period.last.year
    years = Period(Month(first, 1), 12 * (last - first + 1)).each_month()
    months = [month for month in years if month in period or month.first >= begun]
    stretches: dict[tuple[date, int], tuple[PensionPolicy, list[Month]]] = {}
    for month in months:
        edition = at.editions.on(month.first)
        stretches.setdefault((edition.effective, month.year), (edition, []))[1].append(month)
    editions = [*{edition.effective: edition for edition, _ in stretches.values()}.values()]
    dropped = {(row.written("township"), row.written("village")) for row in at.dropped.get("villages", ())}
    villages: Sequence[VillageIncome] = rosters["villages"].records
    honours: Sequence[Honour] = rosters["honours"].records
    people = {who.identity: who for who in rosters["insured"].records}
    receipts: dict[str, list[ContributionReceipt]] = {}
    misnamed: list[ContributionReceipt] = []
    for receipt in rosters["receipts"].records:
        if first <= receipt.year <= last:
            who = people.get(receipt.identity)
            other = who is not None and another_name(receipt, who)
            (misnamed if other else receipts.setdefault(receipt.identity, [])).append(receipt)
    return ContributionGrounds(
        stretches=[*stretches.values()],
        editions=editions,
        last=at.editions.on(Month.of(period.last).first),
        villages={key: row for row in villages if (key := (row.township, row.village)) not in dropped},
        spans={edition.effective: _spans(edition, honours) for edition in at.editions.editions},
        dubious=_dubious(at, honours, editions),
        receipts=receipts,
        waiting=_waiting(
            [
                *(row for row in at.dropped.get("receipts", ()) if _may_be_of(row, first, last)),
                *(one.row for one in misnamed),
            ]
        ),
        misnamed=misnamed,
        given=bool(rosters["receipts"].records or at.dropped.get("receipts")),
        alike={},
        told={},
    )


def _may_be_of(row: Row, first: int, last: int) -> bool:
    """Whether a receipt that nobody could use may be of one of the years."""
    year = _YEAR.fullmatch(narrow(row.written("year")))
    return year is None or first <= int(year[1]) <= last


def _waiting(rows: Iterable[Row]) -> dict[str, list[Row]]:
    waiting: dict[str, list[Row]] = {}
    for row in rows:
        number = "" if "identity" in row.unread else as_written(row.written("identity"))
        for key in filter(None, (number, row.written("name"))):
            waiting.setdefault(key, []).append(row)
    return waiting


def _dubious(
    at: At[PensionPolicy], honours: Sequence[Honour], editions: Sequence[PensionPolicy]
) -> dict[str, Row]:
    if not any(edition.honours for edition in editions):
        return {}
    rows = [*at.dropped.get("honours", ()), *(one.row for one in honours if wrong(one, editions))]
    return {key_of(row.written("honoured")): row for row in rows}


def _spans(edition: PensionPolicy, honours: Sequence[Honour]) -> dict[str, list[ReliefSpan]]:
    spans: dict[str, list[ReliefSpan]] = {}
    for honour in honours:
        for relief in _reliefs(honour, edition):
            first = Month(honour.day.latest.year + 1, 1)
            spans.setdefault(key_of(honour.honoured), []).append(
                ReliefSpan(first, first + relief.months, relief, honour)
            )
    return spans


def _reliefs(honour: Honour, edition: PensionPolicy) -> Iterator[Relief]:
    kind, level = "person" if is_well_formed(key_of(honour.honoured)) else "village", narrow(honour.level)
    yield from (one for one in edition.honours if one.of == kind and level in map(narrow, one.levels))


def wrong(honour: Honour, editions: Sequence[PensionPolicy]) -> tuple[str, str, str] | None:
    """Why nobody can go by an honour: the code, the field and what is said; None where one can, by any of the editions."""
    if honour.day.earliest.year != honour.day.latest.year:
        return "honour-vague", "day", f"日期 {honour.day}，从哪一年起说不准"
    if not any(relief for edition in editions for relief in _reliefs(honour, edition)):
        return "honour-level", "level", f"级别“{honour.level}”不在政策所列的（村、本人各有各的）之内"
    return None
