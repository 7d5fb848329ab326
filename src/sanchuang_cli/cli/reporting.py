"""Sorts the files of some folders for `report`: what counts, what waits for a signature, what is of an earlier period.

It reads what the results state and, with a ledger, whether they are approved. It writes nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from msgspec import structs

from sanchuang_cli.cli.gathering import (
    NO_RESULT,
    Gathered,
    by_period,
    open_results,
    refuse_twice,
    result_files,
)
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.programmes import OVER_RESULTS
from sanchuang_cli.programmes.report import COPY, COUNTED, EARLIER, UNKNOWN, WAITING, GivenFile
from sanchuang_cli.record import Roster, Row, Source, Wanted
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.read import ReadRosters, read_books
from sanchuang_cli.roster.results import Result
from sanchuang_cli.roster.stated import stated
from sanchuang_cli.tally import Books, Input, Sort

_TARGETS = ("budget", "plan")


def reported(
    words: Sequence[str],
    wanted: Mapping[str, Wanted[Any]],
    passwords: Sequence[str],
    ledger: LedgerPlace | None,
) -> Gathered:
    """Every file that the words name as a record of the roster `files`, and budget and plan. Raises UserError."""
    given = result_files(words)
    opened = open_results(given, passwords)
    records = list(_of_results(opened.results, ledger))
    records += [_file(name, COPY, why) for name, why in opened.copies]
    known = []
    for name, path in opened.strangers.items():
        readings = _targets(name, path, wanted, passwords)
        records.append(_file(name, COUNTED, _said(readings)) if readings else _file(name, UNKNOWN, NO_RESULT))
        known += readings
    hashes = {result.book.name: result.book.sha256 for result in opened.results}
    looked_at = [record.name for record in records if _counts(record)]
    inputs = [Input(name, hashes[name], 0, 0) for name in looked_at if name in hashes]
    return Gathered(
        tuple(given),
        (*inputs, *(book for reading in known for book in reading.books)),
        {"files": Roster(tuple(records)), **{name: _together(known, name) for name in _TARGETS}},
        tuple(finding for reading in known for finding in reading.findings),
        Books(len(given), tuple(map(_sort, records))),
    )


def _counts(file: GivenFile) -> bool:
    """Whether something of a file stands in the report: its figures, or what they are compared with."""
    return file.part == COUNTED or (file.part == EARLIER and file.before)


def _sort(file: GivenFile) -> tuple[str, Sort, str]:
    return (file.name, Sort.USED, "") if _counts(file) else (file.name, Sort.OTHER, file.why)


def _of_results(results: Sequence[Result], ledger: LedgerPlace | None) -> Iterator[GivenFile]:
    """The records of all results: of each programme the newest period, the one before it and older ones."""
    of_programme: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        of_programme[result.programme].append(result)
    for programme, own in of_programme.items():
        if any(programme == entry.name for entry in OVER_RESULTS):
            yield from (
                _file(each.book.name, UNKNOWN, f"{each.title}是由别的结果做成的", each) for each in own
            )
            continue
        newest, *older = by_period(own)
        refuse_twice(newest)
        for period in (newest, *older):
            before = period is not newest and period[0].period == newest[0].period.before()
            if before:
                refuse_twice(period)
            yield from (_sorted(each, ledger, newest=period is newest, before=before) for each in period)


def _sorted(result: Result, ledger: LedgerPlace | None, *, newest: bool, before: bool) -> GivenFile:
    """A result in its part. One that is not approved is not summed, nor compared with."""
    state, approved = _standing(result, ledger)
    if (newest or before) and not approved:
        file = _file(result.book.name, WAITING, "没有审批，没有计入", result)
    elif newest:
        file = _file(result.book.name, COUNTED, "", result)
    else:
        why = "作上期对照" if before else "不是紧接着的上一期，没有用"
        file = _file(result.book.name, EARLIER, why, result)
    return structs.replace(file, state=state, before=before, says=stated(result))


def _standing(result: Result, ledger: LedgerPlace | None) -> tuple[str, bool]:
    """How far a result has come in the ledger, and whether it may be summed. Without a ledger every one may."""
    if ledger is None:
        return "", True
    from sanchuang_cli.ledger.file import opened  # the ledger takes long to import
    from sanchuang_cli.ledger.unpaid_results import UNPROPOSED, Stated, stage, standing, waiting

    asked, book = Stated.of(result), opened(ledger)
    state, stale = stage(book, asked)
    (known,) = standing(book, [asked])
    proposed = [f"{one.who} 提请，等另一个人审批" for one in waiting(book) if one.digest == asked.digest]
    unproposed = ["等经办人提请"] if state == UNPROPOSED else []
    return "，".join(filter(None, (state, stale, *proposed, *unproposed))), known.approved and not stale


def _file(name: str, part: str, why: str, result: Result | None = None) -> GivenFile:
    return GivenFile(
        row=Row(Source(name, "", {}), 0, ()),
        name=name,
        work=result.title if result else "",
        when=result.period.title if result else "",
        part=part,
        why=why,
    )


def _targets(
    name: str, path: Path, wanted: Mapping[str, Wanted[Any]], passwords: Sequence[str]
) -> list[ReadRosters]:
    """The budget and the plan of a workbook, as far as it has pages called so."""
    book = open_book(path, passwords).called(name)
    readings = []
    for roster in _TARGETS:
        word = wanted[roster].title
        sheets = tuple(sheet for sheet in book.sheets if word in sheet.name or word in name)
        readings.append(read_books([replace(book, sheets=sheets)], {roster: wanted[roster]}))
    return [reading for reading in readings if any(book.rows for book in reading.books)]


def _said(readings: Sequence[ReadRosters]) -> str:
    return "、".join(
        f"{title} {rows} 行" for reading in readings for book in reading.books for title, rows in book.each
    )


def _together(readings: Sequence[ReadRosters], name: str) -> Roster[Any]:
    own = [reading.rosters[name] for reading in readings if name in reading.rosters]
    return Roster(
        tuple(record for roster in own for record in roster.records),
        tuple(row for roster in own for row in roster.set_aside),
    )
