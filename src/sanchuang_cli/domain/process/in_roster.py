"""Declares the columns of a roster that hold the days of a process's steps, and takes a record's days as the process asks
for them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sanchuang_cli.domain.process.days import Dated
from sanchuang_cli.domain.process.meetings import Meeting
from sanchuang_cli.domain.process.nodes import Process
from sanchuang_cli.domain.process.telling import StepTrouble, told
from sanchuang_cli.finding import Doubts, Place
from sanchuang_cli.judging import Company, Joint, Odd, Told
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record


def columns(process: Process, known: Mapping[str, object], headed: str = "") -> tuple[Field, ...]:
    """A column for each step and for each number beside the steps, under their own names.

    known: steps whose day is no column's to say. headed: the step by whose column the roster is known.
    """
    steps = [node for node in process.nodes if node.name not in known]
    return (
        *(
            Field(node.name, Kind.DATE, name=node.name, ahead=node.lies_ahead, headed=node.name == headed)
            for node in steps
        ),
        *(Field(name, Kind.COUNT, name=name) for name in process.numbers),
    )


def dated(record: Record, process: Process, known: Mapping[str, VagueDate | None]) -> Dated:
    """The days of a record. A step whose column the roster lacks is left out. known: days that no column says; None for a
    step of which only the deadline is wanted."""
    there = record.row.source.columns
    stated = {node.name: record.more.get(node.name) for node in process.nodes if node.name in there}
    numbers = {name: record.more.get(name) for name in process.numbers if name in there}
    return Dated({**stated, **known}, numbers)


def impossible(record: Record, process: Process, born: date, on: date, odd: Odd) -> None:
    """Tell of days that lie before the birth, and of those of steps said to be done that have not come yet."""
    if born > on:
        odd.add("before-birth", "identity", f"{record.called}：出生日期 {born} 在判定日 {on} 以后")
    for node in process.nodes:
        day: VagueDate | None = record.more.get(node.name)
        if day and day.latest < born:
            odd.add("before-birth", node.name, f"{record.called}：{node.name} {day} 在出生日期 {born} 之前")
        elif day and day.earliest > on and not node.lies_ahead:
            odd.add("not-yet", node.name, f"{record.called}：{node.name} {day} 在判定日 {on} 以后")


def after_end(
    record: Record, process: Process, ended: VagueDate | None, but: Collection[str], odd: Odd
) -> None:
    """Tell of steps said to be done after the end, which the field `ended` says. but: those that are done after it too, such as
    the filing of papers."""
    for node in process.nodes if ended else ():
        day: VagueDate | None = record.more.get(node.name)
        if day and ended and day.earliest > ended.latest and not (node.lies_ahead or node.name in but):
            said = f"{record.called}：终止日期 {ended}，以后还办了{node.name}（{day}）"
            odd.add("after-end", "ended", said)
            return


def lacking(
    doubts: Doubts,
    records: Iterable[Record],
    process: Process,
    known: Mapping[str, object],
    meetings: Sequence[Meeting] = (),
) -> Iterator[Told]:
    """For each sheet, the steps whose columns it lacks, so that they are not judged, none that may be left out; and the meetings
    whose votes it has no columns for, so that nobody knows whether they carried."""
    sheets = {(record.row.source.book, record.row.source.sheet): record.row.source for record in records}
    for (book, sheet), source in sorted(sheets.items()):
        steps = [node for node in process.nodes if not (node.optional or node.falls)]
        lacks = [node.name for node in steps if node.name not in {**source.columns, **known}]
        held = [one for one in meetings if one.step in source.columns]
        votes = [one.step for one in held if not any(of in source.columns for of in one.headings)]
        message = [f"名册没有这些栏，没有判断：{'、'.join(lacks)}"] * bool(lacks)
        message += [f"没有{'、'.join(votes)}的票数，不知道通过没有，不写批复"] * bool(votes)
        if message:
            yield Told(doubts.at("no-column", Place(book, sheet), "；".join(message)))


def told_together(
    company: Company,
    roster: str,
    process: Process,
    cells: Mapping[str, str],
    besides: Callable[[Any], Sequence[StepTrouble]],
    meetings: Sequence[Meeting],
) -> Joint:
    """What is wrong with each row that stands, told at its cell, so that it sets nobody aside; and what each sheet lacks. besides:
    what is wrong with something else than the steps, such as a notice that is asked for. meetings: those whose votes are asked
    for."""
    doubts = company.at.doubts
    found = [
        one
        for who in company.standing(roster)
        for one in told(doubts, who.record, (*who.troubles, *besides(who)), cells)
    ]
    records = [judged.record for judged in company.judged[roster]]
    return Joint(told=[*found, *lacking(doubts, records, process, cells, meetings)])
