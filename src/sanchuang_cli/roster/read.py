"""Books in, typed rosters out: every data row becomes a record or is set aside with findings that say why.

Conservation holds for each book: records and rows set aside together are the data rows of the tables that were read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import Finding, UserError
from sanchuang_cli.programme import Input
from sanchuang_cli.record import Roster, Row, Source, Wanted
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.checks.totals import totals
from sanchuang_cli.roster.choosing import Stranger, chosen, how_to_mend, told_once
from sanchuang_cli.roster.columns.matching import check_pinned, unused_pins
from sanchuang_cli.roster.grid import Area, Book, Sheet
from sanchuang_cli.roster.paths import labels
from sanchuang_cli.roster.records import Rows, source, typed_rows
from sanchuang_cli.roster.tables.layout import layout

OWN_PAGES = frozenset({"填表说明", "疑点", "来源", "退回修改", "待核实"})
"""Sheets that this tool adds to its workbooks, templates and returned copies; no roster stands on them."""


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
) -> Reading:
    """Read the books one after another. Raises UserError: a book that cannot be opened, no roster recognised, a tie."""
    opened = (
        open_book(path, passwords).called(name) for path, name in zip(paths, labels(paths), strict=True)
    )
    return read_books(opened, wanted, pinned=pinned)


def read_books(
    books: Iterable[Book], wanted: Mapping[str, Wanted[Any]], *, pinned: Mapping[str, str] | None = None
) -> Reading:
    """`read` for books that are open."""
    tables, odd = [], []
    for book in books:
        areas, findings = tables_of(book, wanted)
        tables.append((book, areas))
        odd += findings
    reading = read_tables(tables, wanted, pinned)
    return replace(reading, findings=(*odd, *reading.findings))


def tables_of(book: Book, wanted: Mapping[str, Wanted[Any]]) -> tuple[list[Area], list[Finding]]:
    """The tables of the sheets that may hold a roster, and what was odd about those sheets."""
    layouts = [layout(sheet, book.name) for sheet in _sheets(book, wanted)]
    areas = [area for found in layouts for area in found.areas]
    findings = [f for found in layouts for f in found.findings]
    return areas, findings


def read_tables(
    tables: Sequence[tuple[Book, Sequence[Area]]],
    wanted: Mapping[str, Wanted[Any]],
    pinned: Mapping[str, str] | None = None,
) -> Reading:
    """`read` for books that are open, with the tables found in them."""
    check_pinned(pinned or {}, (field for one in wanted.values() for field in one.fields))
    collected = {name: _Collected() for name in wanted}
    findings: list[Finding] = []
    told: list[Input] = []
    strangers: list[Stranger] = []
    read_ones: list[Area] = []
    sources: dict[object, Source] = {}
    for book, found in tables:
        findings += book.findings
        of_a_run = bool(_of_a_run(book, wanted))
        before = _counts(collected)
        for area in found:
            choice = chosen(area, book.name, wanted, pinned)
            if isinstance(choice, Stranger):
                strangers.append(choice)
                continue
            read_ones.append(area)
            origin = source(book.name, area, choice.matching)
            # tables stacked in one sheet with the same columns are one source
            origin = sources.setdefault(
                (origin.book, origin.sheet, *origin.columns.items(), *origin.remarks), origin
            )
            one = wanted[choice.name]
            if of_a_run:  # its own columns are no riddle
                one = replace(one, whole=False)
            rows_of = typed_rows(area, one, choice.matching, origin)
            findings += (*rows_of.findings, *totals(area, choice.matching, book.name))
            collected[choice.name].add(rows_of)
        rows, set_aside = (after - was for after, was in zip(_counts(collected), before, strict=True))
        told.append(Input(book.name, book.sha256, rows, set_aside))
    findings += unused_pins(pinned or {}, [area for _, found in tables for area in found])
    _all_found(wanted, collected, strangers, [book for book, _ in tables])
    findings += [stranger.note(read_ones) for stranger in strangers]
    rosters = {name: Roster(tuple(c.records), tuple(c.set_aside)) for name, c in collected.items()}
    return Reading(rosters, tuple(findings), tuple(told))


def _sheets(book: Book, wanted: Mapping[str, Wanted[Any]]) -> list[Sheet]:
    """The sheets to look for rosters on: of a workbook that a run wrote, only those that rosters name."""
    ours = _of_a_run(book, wanted)
    if ours and any(one.whole and not one.reread for one in wanted.values()):
        raise UserError(
            f"{book.name}：这是本程序写出的结果，不是名册。请给出乡镇报来的名册；上一期的结果用 --previous 给出。"
        )
    return ours or [sheet for sheet in book.sheets if _page(sheet) not in OWN_PAGES]


def _of_a_run(book: Book, wanted: Mapping[str, Wanted[Any]]) -> list[Sheet]:
    """The sheets that rosters name, where a run wrote the workbook."""
    ends = tuple(one.sheet for one in wanted.values() if one.sheet)
    if "来源" not in map(_page, book.sheets):
        return []
    return [sheet for sheet in book.sheets if ends and _page(sheet).endswith(ends)]


def _page(sheet: Sheet) -> str:
    """A long page goes on as 名称(2)."""
    return sheet.name.partition("(")[0]


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
    return sum(len(c.records) for c in collected.values()) + aside, aside


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
        needed = [field.heading for field in one.fields if field.required]
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
