"""Sorts the events of all loans as they are written, and finds those that cannot be used."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sanchuang_cli.domain.loans.account import AccountEvent
from sanchuang_cli.domain.loans.rosters import LoanEvent
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.finding import Finding
from sanchuang_cli.judging import At
from sanchuang_cli.record import Row


class LoanEvents(NamedTuple):
    """What happened, by the number of the loan. spoiled: the loans of which something cannot be gone by, with its place.
    told: what is wrong with events by themselves."""

    of: Mapping[str, list[AccountEvent]]
    spoiled: Mapping[str, str]
    told: tuple[Finding, ...]


def not_yet(day: date, at: At[Any]) -> bool:
    """Whether a day that has not come is a slip. In a run on a period that is over, the books may go on after it."""
    return at.occasion.on < day and at.occasion.on < at.occasion.period.last


def read_events(at: At[Any]) -> LoanEvents:
    """All events, of which those that nobody can go by spoil their loan."""
    loans = at.rosters["loans"]
    rows: list[Row] = [*(loan.row for loan in loans.records), *loans.set_aside]
    known = {narrow(row.written("loan_number")) for row in rows}
    spoiled = {narrow(row.written("loan_number")): str(row.place()) for row in at.dropped.get("events", ())}
    of: dict[str, list[AccountEvent]] = {}
    told: list[Finding] = []
    for record in at.rosters["events"].records if "events" in at.rosters else ():
        number = narrow(record.loan_number)
        if wrong := _wrong(record, number in known, at):
            code, field, said = wrong
            told.append(at.doubts.at(code, record.row.place(field), f"编号 {record.loan_number}：{said}"))
            spoiled[number] = str(record.row.place(field))
        of.setdefault(number, []).append(record.event)
    return LoanEvents(of, spoiled, tuple(told))


def _wrong(record: LoanEvent, known: bool, at: At[Any]) -> tuple[str, str, str] | None:
    """What is wrong with an event by itself: the code, the field, and what is said of it."""
    if not known:
        return "event-unknown", "loan_number", f"贷款台账里没有这一笔（{record.day} {record.kind}）"
    for field, day in (("day", record.day), ("of_day", record.of_day)):
        if day and not day.exact:
            return "day-vague", field, f"{record.kind}的日期只写到 {day}"
    if not_yet(record.day.earliest, at):
        return "event-later", "day", f"{record.kind}的日期 {record.day} 在判定日 {at.occasion.on} 以后"
    return None
