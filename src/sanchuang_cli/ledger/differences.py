"""Compares a workbook that came back with the copy that was kept, cell by cell. It reads these two files only.

Values are compared, not bytes, because every program that saves a workbook rewrites the file.
"""

from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineWorkbook

from sanchuang_cli.finding import Place, UserError
from sanchuang_cli.record import shown
from sanchuang_cli.report.publishing import scrubbed


def differences(copy: Path, other: Path) -> list[str]:
    """A message for each differing cell with both values, long numbers left out. Raises UserError for an unreadable book."""
    before, after = _sheets(copy), _sheets(other)
    same_formula = _SameFormulas(copy, other)
    differing = [f"{other.name}：没有工作表“{name}”" for name in before if name not in after]
    differing += [f"{other.name}：多了工作表“{name}”" for name in after if name not in before]
    for name in before:
        for i, (row, changed) in enumerate(
            zip_longest(before[name], after.get(name, before[name]), fillvalue=()), 1
        ):
            for j, (was, now) in enumerate(zip_longest(row, changed, fillvalue=""), 1):
                if _text(was) != _text(now) and not (now == "" and same_formula.at(name, i, j)):
                    place = Place(other.name, name, i, j)
                    differing.append(f"{place}：原为“{scrubbed(_text(was))}”，现为“{scrubbed(_text(now))}”")
    return differing


class _SameFormulas:
    """Tells whether two cells have the same formula.

    Some programs save a formula without its result. Then both books are read once more, for their formulas.
    """

    def __init__(self, *books: Path) -> None:
        self._books, self._read = books, cache(load_workbook)

    def at(self, sheet: str, row: int, column: int) -> bool:
        was, now = (self._read(book)[sheet].cell(row, column).value for book in self._books)
        return isinstance(was, str) and was.startswith("=") and was == now


def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }
    except (CalamineError, OSError):
        raise UserError(f"{path} 打不开，或不是工作簿。请核对 --check 的文件。") from None


def _text(cell: object) -> str:
    return shown(cell)
