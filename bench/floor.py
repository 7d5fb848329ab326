"""F_io, the floor of a run: every cell of its input read, as many formatted cells written as it wrote, no work between.

`python bench/floor.py INPUT TARGET ROWSxCOLUMNS…` with a workbook or a folder of them, and one word for each sheet that the
run wrote, as `python bench/floor.py --shapes WORKBOOK` tells them. The cells written are
those that were read, over and over; each has a border and a number format. Writing goes row by row as XML, with
XlsxWriter around it: its public calls would take five times as long and flatter whoever is measured against them.
"""

import gc
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_DAY_ZERO = date(1899, 12, 30)


class FloorSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows are given as an iterator and are put into XML when it is packed."""

    def fill(self, rows: Iterable[list[Any]], height: int, width: int, looks: dict[type, Any]) -> None:
        self._check_dimensions(0, 0)
        self._check_dimensions(max(0, height - 1), max(0, width - 1))
        self._body, self._looks, self._width = rows, looks, width

    def _write_rows(self) -> None:
        text, number, dated = (self._looks[kind]._get_xf_index() for kind in (str, float, date))
        openings = [f'<c r="{xl_col_to_name(j)}' for j in range(self._width)]
        inline, kept = f'" s="{text}" t="inlineStr"><is><t>', f'" s="{text}"/>'
        plain, day = f'" s="{number}"><v>', f'" s="{dated}"><v>'
        write = self.fh.write
        for n, row in enumerate(self._body, 1):
            pieces = [f'<row r="{n}">']
            for opening, value in zip(openings, row, strict=False):
                if value == "":
                    pieces.append(f"{opening}{n}{kept}")
                elif type(value) is str:
                    if "&" in value or "<" in value:
                        value = value.replace("&", "&amp;").replace("<", "&lt;")
                    pieces.append(f"{opening}{n}{inline}{value}</t></is></c>")
                elif isinstance(value, date):
                    pieces.append(f"{opening}{n}{day}{value.toordinal() - _DAY_ZERO.toordinal()}</v></c>")
                else:
                    pieces.append(f"{opening}{n}{plain}{value}</v></c>")
            pieces.append("</row>")
            write("".join(pieces))


def cells(source: str) -> list[list[Any]]:
    """Every row of every sheet, read to the end."""
    given = Path(source)
    found: list[list[Any]] = []
    for path in sorted(given.iterdir()) if given.is_dir() else [given]:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        found += (row for name in book.sheet_names for row in book.get_sheet_by_name(name).iter_rows())
    return found


def of_width(rows: list[list[Any]], width: int) -> Iterator[list[Any]]:
    """Those rows without end, made as wide as the sheet."""
    for row in cycle(rows):
        yield row if len(row) == width else row[:width] + list(islice(cycle(row), max(0, width - len(row))))


def main(source: str, target: str, *shapes: str) -> None:
    gc.disable()
    read = cells(source)
    body = [row for row in read if sum(cell != "" for cell in row) * 2 > len(row)] or read
    book = xlsxwriter.Workbook(target)
    looks = {
        kind: book.add_format({"border": 1, "num_format": code})
        for kind, code in ((str, "@"), (float, "#,##0.00"), (date, "yyyy-mm-dd"))
    }
    for shape in shapes:
        height, width = map(int, shape.split("x"))
        sheet = book.add_worksheet(worksheet_class=FloorSheet)
        sheet.fill(islice(of_width(body, width), height), height, width, looks)
    book.close()


def shapes(workbook: str) -> list[str]:
    """The used rows and columns of each sheet of a workbook, as `main` takes them."""
    book = python_calamine.CalamineWorkbook.from_path(workbook)
    sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
    return [f"{sheet.total_height}x{sheet.total_width}" for sheet in sheets]


if __name__ == "__main__":
    if sys.argv[1] == "--shapes":
        print(*shapes(sys.argv[2]))
    else:
        main(*sys.argv[1:])
