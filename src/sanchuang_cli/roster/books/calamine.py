"""The first reader of .xlsx, .xlsb and .ods: python-calamine, with its panics caught and kept off the screen.

Callers make sure beforehand that cells do not reach too far: there it aborts the interpreter.
"""

import contextlib
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.grid import Sheet


class UnreadableError(Exception):
    """python-calamine gave up on the file."""


def calamine_sheets(content: bytes) -> list[Sheet]:
    """All sheets in order. Raises UnreadableError when python-calamine fails on any of them."""
    import python_calamine

    try:
        with _stderr_muted(), python_calamine.load_workbook(BytesIO(content)) as book:
            return [_sheet(book, about) for about in book.sheets_metadata if _holds_cells(about)]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as trouble:  # pyo3's PanicException is no Exception
        raise UnreadableError(str(trouble)) from None


def _holds_cells(sheet: Any) -> bool:
    return str(sheet.typ).rpartition(".")[2] == "WorkSheet"


_SHORT = 11


def _share_words(rows: list[list[Cell]]) -> None:
    """Short words stand in many cells: each is kept once, which is a fifth of a roster's memory, and found quicker."""
    known: dict[str, str] = {}
    share = known.setdefault
    for row in rows:
        row[:] = [share(cell, cell) if type(cell) is str and len(cell) < _SHORT else cell for cell in row]


def _sheet(book: Any, about: Any) -> Sheet:
    sheet = book.get_sheet_by_name(about.name)
    start = sheet.start or (0, 0)
    margin = [""] * start[1]
    rows: list[list[Cell]] = (
        [margin + row for row in sheet.iter_rows()] if margin else list(sheet.iter_rows())
    )
    _share_words(rows)
    merges = tuple(
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    hidden = str(about.visible).rpartition(".")[2] != "Visible"
    return Sheet(about.name, rows, merges, hidden)


@contextlib.contextmanager
def _stderr_muted() -> Iterator[None]:
    """Rust prints a panic's backtrace to the real standard error before Python sees the exception."""
    try:
        saved = os.dup(2)
    except OSError:
        yield
        return
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)
