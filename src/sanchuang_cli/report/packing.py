"""Finishing a workbook of xlsxwriter: packed as tightly as spreadsheet programs do, and a full disk is an OSError."""

import contextlib
from collections.abc import Iterator
from functools import partial
from zipfile import ZipFile

import xlsxwriter.workbook
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError


@contextlib.contextmanager
def _quickly() -> Iterator[None]:
    """XlsxWriter names no level of compression. Its own, zlib's default, takes as long as all the rest of writing does
    and saves a quarter of the size; spreadsheet programs themselves pack at about this one. Only while our own book is
    packed: whoever else writes with XlsxWriter in this process gets the bytes that it always gave."""
    usual = xlsxwriter.workbook.ZipFile
    xlsxwriter.workbook.ZipFile = partial(ZipFile, compresslevel=1)
    try:
        yield
    finally:
        xlsxwriter.workbook.ZipFile = usual


def pack(book: Workbook) -> None:
    """Finish the book; whatever happens, no temporary file of a sheet stays open, for Windows could not delete it."""
    try:
        with _quickly():
            book.close()
    except FileCreateError as trouble:
        raise trouble.args[0] from None
    finally:
        for sheet in book.worksheets():
            with contextlib.suppress(OSError):
                if sheet.fh is not None:
                    sheet.fh.close()
