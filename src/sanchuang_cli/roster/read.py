"""Books in, typed rosters out: every data row becomes a record or is set aside with findings that say why.

Conservation holds for each book: records and rows set aside together are the data rows of the tables that were read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import Finding, UserError
from sanchuang_cli.record import Roster, Row, Source, Wanted
from sanchuang_cli.roster.checks.totals import totals
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
class Reading:
    """rosters: by the names of `wanted`, each one there, empty where nothing was found."""

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
) -> Reading:
    """Read the books one after another. Raises UserError: a book that cannot be opened, no roster recognised, a tie; with
    `every`, any book that is not understood. That a pinned column is in no table is not told: it may be in another book."""
    _check(wanted, pinned)
    books = sort_books(paths, wanted, pinned=pinned, passwords=passwords)
    reading = _read_all(books, wanted, None)
    if every and (refusals := [one.refusal for one in books if one.refusal]):
        raise UserError("\n".join(refusals))
    return reading


def read_books(
    books: Iterable[Book], wanted: Mapping[str, Wanted[Any]], *, pinned: Mapping[str, str] | None = None
) -> Reading:
    """`read` for books that are open; one that has none of the rosters is no trouble."""
    _check(wanted, pinned)
    return _read_all(
        [sort_of(Path(book.name), book, wanted, pinned=pinned) for book in books], wanted, pinned
    )


def read_given(
    books: Sequence[Sorted], wanted: Mapping[str, Wanted[Any]], *, pinned: Mapping[str, str] | None = None
) -> Reading:
    """Read those of the books that are used; of the others findings say what they are. Raises UserError where not one is
    used, and where a roster that must be there is in none."""
    _check(wanted, pinned)
    if not any(one.sort is Sort.USED for one in books):
        return _read_all(books, wanted, pinned)
    reading = read_tables([one for one in books if one.sort in (Sort.USED, Sort.BLANK)], wanted)
    aside = [finding for one in books if (finding := one.finding())]
    return replace(reading, findings=(*aside, *reading.findings, *unused(books, pinned)))


def _check(wanted: Mapping[str, Wanted[Any]], pinned: Mapping[str, str] | None) -> None:
    """Raises UserError for a --columns file that names no field."""
    check_pinned(pinned or {}, wanted.values())


def _read_all(
    books: Sequence[Sorted], wanted: Mapping[str, Wanted[Any]], pinned: Mapping[str, str] | None
) -> Reading:
    """Raises UserError where one cannot be opened or read, or a run wrote it and it is not asked for."""
    refusals = [one.refusal for one in books if one.refusal and not one.book]
    none = not any(one.sort is Sort.USED for one in books)
    refusals += [
        f"{one.name}：这是{result_of(one.book)}，不是名册。{WHAT_OF_A_RESULT}"
        for one in books
        if one.book and (is_result(one.book, wanted) or (none and one.what.startswith(RESULT)))
    ]
    if refusals:
        raise UserError("\n".join(refusals))
    return read_tables(books, wanted, pinned)


def read_tables(
    books: Sequence[Sorted],
    wanted: Mapping[str, Wanted[Any]],
    pinned: Mapping[str, str] | None = None,
) -> Reading:
    """What stands in books that were opened and sorted, each with the tables that were found in it."""
    collected = {name: _Collected() for name in wanted}
    findings: list[Finding] = []
    told: list[Input] = []
    strangers: list[Stranger] = []
    sources: dict[object, Source] = {}
    for given in books:
        book = given.book
        assert book, f"{given.name} was not opened"
        findings += (*given.odd, *book.findings)
        of_run = bool(of_a_run(book, wanted))
        before = _counts(collected)
        for area, choice in given.tables:
            if isinstance(choice, Stranger):
                strangers.append(choice)
                continue
            origin = source(book.name, area, choice.matching, wanted[choice.name].fields)
            # tables stacked in one sheet with the same columns are one source
            origin = sources.setdefault(
                (origin.book, origin.sheet, *origin.columns.items(), *origin.remarks), origin
            )
            one = wanted[choice.name]
            if of_run:  # its own columns are no riddle
                one = replace(one, whole=False)
            rows_of = typed_rows(area, one, choice.matching, origin)
            findings += (*rows_of.findings, *totals(area, choice.matching, book.name))
            collected[choice.name].add(rows_of)
        rows, set_aside = (after - was for after, was in zip(_counts(collected), before, strict=True))
        told.append(Input(book.name, book.sha256, rows, set_aside))
    findings += unused(books, pinned)
    _all_found(wanted, collected, strangers, [one.book for one in books if one.book])
    areas = [area for one in books for area, choice in one.tables if isinstance(choice, Choice)]
    findings += [stranger.note(areas) for stranger in strangers]
    rosters = {name: Roster(tuple(c.records), tuple(c.set_aside)) for name, c in collected.items()}
    return Reading(rosters, tuple(findings), tuple(told))


def unused(books: Sequence[Sorted], pinned: Mapping[str, str] | None) -> list[Finding]:
    """A warning for each line of a --columns file that says something of nothing in the books."""
    tables = [area for one in books for area, _ in one.tables]
    return unused_pins(pinned or {}, tables, [one.name for one in books])


@dataclass
class _Collected:
    tables: int = 0
    records: list[Any] = field(default_factory=list)
    set_aside: list[Row] = field(default_factory=list)

    def add(self, rows: Rows) -> None:
        self.tables += 1
        self.records += rows.records
        self.set_aside += rows.set_aside


def _counts(collected: Mapping[str, _Collected]) -> tuple[int, int]:
    """Rows read so far, and those of them set aside."""
    aside = sum(len(c.set_aside) for c in collected.values())
    return sum(Roster(tuple(c.records), tuple(c.set_aside)).rows_read for c in collected.values()), aside


def _all_found(
    wanted: Mapping[str, Wanted[Any]],
    collected: Mapping[str, _Collected],
    strangers: Sequence[Stranger],
    books: Sequence[Book],
) -> None:
    """Raises UserError when a roster that must be there is not."""
    for name, one in wanted.items():
        if one.optional or collected[name].records or collected[name].set_aside:
            continue
        if collected[name].tables:
            raise UserError(
                f"“{one.title}”有表头，但一行数据也没有读到。请核对是不是空白表，或数据是否在另一个工作表、另一个文件里。"
            )
        needed = [field.heading for field in one.fields if field.needed]
        some = "" if needed else "中的几列"
        columns = "、".join(needed or [field.heading for field in one.fields])
        lines = [f"没有找到“{one.title}”：需要有这些列{some}的表：{columns}。"]
        lines += [f"  {stranger}" for stranger in told_once(list(strangers))]
        if not strangers:
            lines += [
                f"  {book.name}：工作表 {'、'.join(s.name for s in book.sheets)} 里没有认出表格"
                for book in books
            ]
        lines.append(how_to_mend(books[0].name if books else "名册"))
        raise UserError("\n".join(lines))
