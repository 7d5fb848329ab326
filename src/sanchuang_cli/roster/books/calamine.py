"""Reads .xlsx, .xlsb and .ods with python-calamine, the fast reader. Its panics are caught and not shown to the user.

If cells reach too far, python-calamine aborts the interpreter, so callers make sure beforehand that they do not.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
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
    except BaseException as trouble:  # a panic of Rust is a BaseException, not an Exception
        raise UnreadableError(str(trouble)) from None


def _holds_cells(sheet: Any) -> bool:
    return str(sheet.typ).rpartition(".")[2] == "WorkSheet"


_CHUNK = 2000


class _Words:
    """The words of one column, each kept in memory only once although it stands in many cells.

    This saves a fifth of the memory of a roster. In a column where most cells differ, nothing would be saved, so the cells
    stay as they are.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._seen = 0

    def shared(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The cells with each text replaced by the equal one that is already known."""
        if 2 * len(self._known) > self._seen:
            return cells
        share = self._known.setdefault
        if _all_text(cells):
            self._seen += len(cells)
            return list(map(share, cells, cells))
        shared = [share(cell, cell) if type(cell) is str else cell for cell in cells]
        self._seen += len(cells) if self._known else 0
        return shared


def _all_text(cells: Sequence[Cell]) -> bool:
    """Whether all cells are texts; three times as fast as asking each."""
    try:
        "".join(cells)
    except TypeError:
        return False
    return True


def _rows(lines: Iterable[list[Cell]], margin: int) -> Iterator[tuple[Cell, ...]]:
    """The rows of a sheet with `margin` blank cells before each."""
    left = iter(lines)
    words: list[_Words] = []
    while chunk := list(islice(left, _CHUNK)):
        columns = list(zip(*chunk, strict=True))
        words = words or [_Words() for _ in columns]
        shared = [known.shared(column) for known, column in zip(words, columns, strict=True)]
        blank = ("",) * len(chunk)
        yield from zip(*[blank] * margin, *shared, strict=True)


def _sheet(book: Any, about: Any) -> Sheet:
    """One sheet. python-calamine counts from 0 and leaves out blank columns on the left, which are added again here."""
    sheet = book.get_sheet_by_name(about.name)
    start = sheet.start or (0, 0)
    rows = list(_rows(sheet.iter_rows(), start[1]))
    merges = tuple(
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    hidden = str(about.visible).rpartition(".")[2] != "Visible"
    return Sheet(about.name, rows, merges, hidden)


@contextlib.contextmanager
def _stderr_muted() -> Iterator[None]:
    """Silences standard error. Rust prints the trace of a panic there before Python sees the exception."""
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
