"""Reads books into rosters of typed records. A row that cannot become a record is set aside with findings that say why.

This is where commands begin to read; it opens files through sorting.py and writes nothing. Conservation holds for each
book: records and rows set aside together are the data rows of the tables that were read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import sub
from pathlib import Path
from typing import Any, NamedTuple

from sanchuang_cli.finding import Finding, UserError
from sanchuang_cli.record import Roster, Row, Source, Wanted
from sanchuang_cli.roster.checks.totals import totals
from sanchuang_cli.roster.checks.unheard import unheard
from sanchuang_cli.roster.choosing import Choice, Stranger, how_to_mend, told_once
from sanchuang_cli.roster.columns.matching import check_pinned, unused_pins
from sanchuang_cli.roster.grid import Book
from sanchuang_cli.roster.records import Rows, source, typed_rows
from sanchuang_cli.roster.sorting import (
    RESULT,
    WHAT_OF_A_RESULT,
    Sorted,
    is_result,
    of_a_run,
    result_of,
    sort_books,
    sort_of,
)
from sanchuang_cli.tally import Input, Sort


@dataclass(frozen=True)
class ReadRosters:
    """What was read. rosters: by the names in `wanted`; every name is there, with an empty roster if nothing was read."""

    rosters: dict[str, Roster[Any]]
    findings: tuple[Finding, ...]
    books: tuple[Input, ...]


def read(
    paths: Sequence[Path],
    wanted: Mapping[str, Wanted[Any]],
    *,
    pinned: Mapping[str, str] | None = None,
    passwords: Sequence[str] = (),
    every: bool = False,
) -> ReadRosters:
    """Reads the books one after another.

    Raises UserError for a book that cannot be opened, when no roster is recognised, and for a tie. every: also for any book
    that is not understood. A pinned column that is in no table gets no warning here, because it may be in another book.
    """
    _check(wanted, pinned)
    books = sort_books(paths, wanted, pinned=pinned, passwords=passwords)
    reading = _read_all(books, wanted, None)
    if every and (refusals := [book.refusal for book in books if book.refusal]):
        raise UserError("\n".join(refusals))
    return reading


def read_books(
    books: Iterable[Book], wanted: Mapping[str, Wanted[Any]], *, pinned: Mapping[str, str] | None = None
) -> ReadRosters:
    """The same as `read` for books that are open. A book without any of the rosters is not an error, nor is a result of
    this tool whose pages have no row: then there was nothing to list."""
    _check(wanted, pinned)
    given = [sort_of(Path(book.name), book, wanted, pinned=pinned) for book in books]
    _refuse_results([one for one in given if one.book and is_result(one.book, wanted)])
    return read_tables(given, wanted, pinned)


def read_given(
    books: Sequence[Sorted], wanted: Mapping[str, Wanted[Any]], *, pinned: Mapping[str, str] | None = None
) -> ReadRosters:
    """Reads the books that are used; for each of the others a finding says what it is.

    Raises UserError if no book is used, or if a required roster is in none of them.
    """
    _check(wanted, pinned)
    if not any(given.sort is Sort.USED for given in books):
        return _read_all(books, wanted, pinned)
    reading = read_tables([given for given in books if given.sort in (Sort.USED, Sort.BLANK)], wanted)
    aside = [finding for given in books if (finding := given.finding())]
    return replace(reading, findings=(*aside, *reading.findings, *unused(books, pinned)))


def _check(wanted: Mapping[str, Wanted[Any]], pinned: Mapping[str, str] | None) -> None:
    """Raises UserError for a --columns file that names no field."""
    check_pinned(pinned or {}, wanted.values())


def _read_all(
    books: Sequence[Sorted], wanted: Mapping[str, Wanted[Any]], pinned: Mapping[str, str] | None
) -> ReadRosters:
    """Reads all the books. Raises UserError if one cannot be opened, or is a result of this tool that may not be read."""
    refusals = [given.refusal for given in books if given.refusal and not given.book]
    none_used = not any(given.sort is Sort.USED for given in books)
    _refuse_results(
        [
            given
            for given in books
            if given.book and (is_result(given.book, wanted) or (none_used and given.what.startswith(RESULT)))
        ],
        refusals,
    )
    return read_tables(books, wanted, pinned)


def _refuse_results(results: Sequence[Sorted], others: Sequence[str] = ()) -> None:
    """Raises UserError where a book is a result that may not be read as a roster, or there are other refusals."""
    said = [
        f"{given.name}：这是{result_of(given.book)}，不是名册。{WHAT_OF_A_RESULT}"
        for given in results
        if given.book
    ]
    if refusals := [*others, *said]:
        raise UserError("\n".join(refusals))


def read_tables(
    books: Sequence[Sorted],
    wanted: Mapping[str, Wanted[Any]],
    pinned: Mapping[str, str] | None = None,
) -> ReadRosters:
    """Reads the tables of books that were opened and sorted. Raises UserError if a required roster is missing."""
    collected = {name: _Collected() for name in wanted}
    findings: list[Finding] = []
    inputs: list[Input] = []
    sources: dict[object, Source] = {}
    for given in books:
        book = given.book
        assert book, f"{given.name} was not opened"
        before = {name: rows_of.counts for name, rows_of in collected.items()}
        findings += (*given.odd, *book.findings, *_read_book(given, book, wanted, collected, sources))
        counts = {
            name: _Counts(*map(sub, rows_of.counts, before[name])) for name, rows_of in collected.items()
        }
        inputs.append(_input(book, wanted, counts))
    findings += unused(books, pinned)
    tables = [table for given in books for table in given.tables]
    strangers = [choice for _, choice in tables if isinstance(choice, Stranger)]
    _all_found(wanted, collected, strangers, [given.book for given in books if given.book])
    areas = [area for area, choice in tables if isinstance(choice, Choice)]
    findings += [stranger.note(areas) for stranger in strangers]
    rosters = {name: rows_of.roster() for name, rows_of in collected.items()}
    return ReadRosters(rosters, tuple(findings), tuple(inputs))


def _read_book(
    given: Sorted,
    book: Book,
    wanted: Mapping[str, Wanted[Any]],
    collected: Mapping[str, "_Collected"],
    sources: dict[object, Source],
) -> list[Finding]:
    """Adds the rows of a book's rosters to `collected` and returns their findings. sources: those of all books so far."""
    findings: list[Finding] = []
    of_run = bool(of_a_run(book, wanted))
    for area, choice in given.tables:
        if isinstance(choice, Stranger):
            continue
        roster = wanted[choice.name]
        origin = source(book, area, choice.matching, roster.fields)
        # Tables stacked in one sheet with the same columns share one source, so that they count as one list.
        key = (origin.book, origin.sheet, *origin.columns.items(), *origin.remarks)
        origin = sources.setdefault(key, origin)
        if of_run:
            # This tool wrote the workbook, so a column that is no field needs no warning.
            roster = replace(roster, whole=False)
        rows_of = typed_rows(area, roster, choice.matching, origin)
        findings += (*rows_of.findings, *totals(area, choice.matching, book.name))
        findings += unheard(rows_of.records) if _is_heard(roster) and not of_run else ()
        collected[choice.name].add(rows_of)
    return findings


def _is_heard(wanted: Wanted[Any]) -> bool:
    """Whether remarks on the rows of a roster may be quoted."""
    return not any(field.withheld for field in wanted.fields)


def unused(books: Sequence[Sorted], pinned: Mapping[str, str] | None) -> list[Finding]:
    """A warning for each line of a --columns file that concerns nothing in the books."""
    tables = [area for given in books for area, _ in given.tables]
    return unused_pins(pinned or {}, tables, [given.name for given in books])


class _Counts(NamedTuple):
    """How many rows were read, and how many of them were set aside."""

    rows: int
    set_aside: int


_NONE = _Counts(0, 0)


@dataclass
class _Collected:
    """What has been read of one roster so far. tables: how many tables it was read from."""

    tables: int = 0
    records: list[Any] = field(default_factory=list)
    set_aside: list[Row] = field(default_factory=list)
    doubtful: list[Any] = field(default_factory=list)
    counts: _Counts = _NONE

    def add(self, rows: Rows) -> None:
        self.tables += 1
        self.records += rows.records
        self.set_aside += rows.set_aside
        self.doubtful += rows.doubtful
        read = Roster(tuple(rows.records), tuple(rows.set_aside)).rows_read
        self.counts = _Counts(self.counts.rows + read, len(self.set_aside))

    def roster(self) -> Roster[Any]:
        """The rows as a roster."""
        return Roster(tuple(self.records), tuple(self.set_aside), doubtful=tuple(self.doubtful))


def _input(book: Book, wanted: Mapping[str, Wanted[Any]], counts: Mapping[str, _Counts]) -> Input:
    """A book with what was read of it. counts: of each roster in this book."""
    by_title = tuple((wanted[name].title, count.rows) for name, count in counts.items() if count.rows)
    rows = sum(count.rows for count in counts.values())
    set_aside = sum(count.set_aside for count in counts.values())
    return Input(book.name, book.sha256, rows, set_aside, by_title)


def _all_found(
    wanted: Mapping[str, Wanted[Any]],
    collected: Mapping[str, _Collected],
    strangers: Sequence[Stranger],
    books: Sequence[Book],
) -> None:
    """Raises UserError when a required roster has no row, or none of several that may each be left out has one, with the
    nearest tables and how to mend it."""
    empty = {name for name, rows_of in collected.items() if not (rows_of.records or rows_of.set_aside)}
    results = bool(books) and all(of_a_run(book, wanted) for book in books)  # whose pages may list nobody
    any_will_do = not results and len(wanted) > 1 and all(roster.optional for roster in wanted.values())
    for name, roster in wanted.items():
        if name not in empty or (roster.optional and not (any_will_do and len(empty) == len(wanted))):
            continue
        if collected[name].tables:
            raise UserError(
                f"“{roster.title}”有表头，但一行数据也没有读到。请核对是不是空白表，或数据是否在另一个工作表、另一个文件里。"
            )
        needed = [field.heading for field in roster.fields if field.needed]
        some = "" if needed else "中的几列"
        columns = "、".join(needed or [field.heading for field in roster.fields])
        lines = [f"没有找到“{roster.title}”：需要有这些列{some}的表：{columns}。"]
        lines += [f"  {stranger}" for stranger in told_once(list(strangers))]
        beside = [wanted[other].title for other, rows_of in collected.items() if rows_of.tables]
        lines += [f"  读到的只有随名册一起用的附表：{'、'.join(beside)}。请连同名册一起给出"] * bool(beside)
        if not strangers and not beside:
            lines += [
                f"  {book.name}：工作表 {'、'.join(sheet.name for sheet in book.sheets)} 里没有认出表格"
                for book in books
            ]
        lines.append(how_to_mend(books[0].name if books else "名册"))
        raise UserError("\n".join(lines))
