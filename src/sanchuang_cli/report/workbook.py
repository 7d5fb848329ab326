"""Writes tables as a new Excel workbook, into a file or into memory; the same tables give the same bytes.

It may look at tables only. A workbook is a working document of the office: identity and account numbers stand
in it whole, as text.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from sanchuang_cli import __version__
from sanchuang_cli.report import chart, files, geometry, strips
from sanchuang_cli.report.geometry import RowBlock
from sanchuang_cli.report.packing import pack
from sanchuang_cli.report.printing import AS_EVER, Printing
from sanchuang_cli.report.rows import BULK_FROM, BulkSheet, bulk_available
from sanchuang_cli.report.strips import Plan
from sanchuang_cli.report.styles import DEFAULT, Styles
from sanchuang_cli.report.worksheet import Range, SheetPage, Signing, totals
from sanchuang_cli.table import Table

_ROWS_OF_A_SHEET = 1_048_576
_KEPT_FREE = 60
"""Lines of a sheet that are kept for title, headings, totals, notes and signatures."""
ROOM = _ROWS_OF_A_SHEET - _KEPT_FREE
"""Lines of the body that one sheet takes."""
_LONGEST_NAME = 31


class _Package(BytesIO):
    """The unfinished package, in memory and never closed.

    If the disk fills up while a sheet's temporary file is written, the half-made ZipFile is dropped in any
    order. It would then complain on stderr about a file that is closed or full.
    """

    def close(self) -> None:
        pass


def write(
    target: Path,
    tables: Sequence[Table],
    *,
    on: date,
    caution: str = "",
    bulk: bool = True,
    room: int = ROOM,
    printing: Printing = AS_EVER,
) -> None:
    """Write `tables` as the sheets of a new workbook and replace `target` if it exists. Raises OSError.

    on: the day that stands as the workbook's date of creation. caution: stands above every signature line.
    bulk: large tables may take the fast path. room: the lines of the body that one sheet takes; the rest
    follows on another. printing: on what paper, and who signs.
    """
    with files.workspace() as folder:
        package = _packed(tables, {"tmpdir": folder}, on, caution, bulk and bulk_available(), room, printing)
    target.write_bytes(package.getbuffer())


def in_memory(tables: Sequence[Table], *, on: date) -> bytes:
    """Return the same workbook as bytes; no part of it is written to a disk."""
    return _packed(tables, {"in_memory": True}, on, "", False, ROOM, AS_EVER).getvalue()


def _packed(
    tables: Sequence[Table],
    options: Mapping[str, Any],
    on: date,
    caution: str,
    bulk: bool,
    room: int,
    printing: Printing,
) -> _Package:
    assert tables, "a workbook needs a sheet"
    package = _Package()
    book = Workbook(package, {**options, "default_format_properties": dict(DEFAULT)})
    book.set_properties(
        {
            "title": tables[0].title,
            "created": datetime(on.year, on.month, on.day),
            "comments": f"sanchuang {__version__}",
        }
    )
    styles, signing = Styles(book), Signing(caution, printing.office.signature)
    names = sheet_names([table.name for table in tables])
    for name, table in zip(names, tables, strict=True):
        plan = strips.planned(table, printing.paper)
        _draw(book, styles, plan, sheets_of(name, table, room), table, signing, bulk)
    pack(book)
    return package


def _draw(
    book: Workbook,
    styles: Styles,
    plan: Plan,
    dealt: Sequence[tuple[str, list[RowBlock]]],
    table: Table,
    signing: Signing,
    bulk: bool,
) -> None:
    """Draw a table on as many sheets as it needs."""
    fast = bulk and len(table.rows) >= BULK_FROM and table.chart is None
    bodies: list[Range] = []
    cut: list[Range] = []  # the ranges of a block that goes on on the next sheet
    start = 0
    for number, (sheet_name, part) in enumerate(dealt, 1):
        sheet = book.add_worksheet(sheet_name, worksheet_class=BulkSheet if fast else None)
        page = SheetPage(sheet, sheet_name, table, styles, plan)
        page.open()
        first = page.row
        for block in part:
            cut += page.rows(block)
            if block.subtotal:
                page.total(
                    block.subtotal, totals(table.columns, table.rows[start : block.stop]), cut, nested=True
                )
                cut, start = [], block.stop
        if table.rows:
            bodies.append(Range(sheet_name, first, page.row - 1))
            page.close_body(bodies[-1], filtered=not table.group and len(dealt) == 1)
        page.closing = page.row
        if number == len(dealt):
            _close(book, page, bodies, signing)
        page.finish()


def sheets_of(name: str, table: Table, room: int) -> list[tuple[str, list[RowBlock]]]:
    """Return the sheets that a table fills, each with its name and its blocks."""
    dealt = geometry.sheets(geometry.blocks(table), room)
    return [(name if number == 1 else _numbered(name, number), part) for number, part in enumerate(dealt, 1)]


def _close(book: Workbook, page: SheetPage, bodies: Sequence[Range], signing: Signing) -> None:
    """Draw what stands once, below the last row: totals, notes, the chart, signatures."""
    table = page.table
    if not bodies:
        page.nothing()
    if table.grand_total:
        sums = totals(table.columns, table.rows)
        page.total(geometry.grand_total(table), sums, bodies, nested=bool(table.group))
        if table.unit == "元":
            page.words(sums)
    page.notes()
    if table.chart and bodies:
        page.picture(
            chart.native(book, table.chart, table, bodies[0], page.pixels),
            chart.height(table.chart, table),
        )
    if table.signed:
        page.sign(signing)


_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Return names that a workbook accepts: at most 31 characters, none of []:*?/\\, no two alike."""
    names: list[str] = []
    for word in wanted:
        name = stem = _FORBIDDEN.sub("_", word).strip("' ")[:_LONGEST_NAME] or "表"
        number = 1
        while name.lower() in {known.lower() for known in names}:
            number += 1
            name = _numbered(stem, number)
        names.append(name)
    return names


def _numbered(name: str, number: int) -> str:
    suffix = f"({number})"
    return name[: _LONGEST_NAME - len(suffix)] + suffix
