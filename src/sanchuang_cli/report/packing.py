"""Finishes a workbook of XlsxWriter: it is packed as tightly as spreadsheet programs do, and a full disk is
an OSError.

It may look at no cell.
"""

import contextlib
from collections.abc import Iterator
from functools import partial
from zipfile import ZipFile

import xlsxwriter.workbook
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError


@contextlib.contextmanager
def _quickly() -> Iterator[None]:
    """Pack with a lower level of compression while our own workbook is packed.

    XlsxWriter sets no level. The default of zlib takes as long as all the rest of writing and saves a quarter
    of the size; spreadsheet programs themselves pack at about this level. Everybody else who writes with
    XlsxWriter in this process gets the same bytes as ever.
    """
    usual = xlsxwriter.workbook.ZipFile
    xlsxwriter.workbook.ZipFile = partial(ZipFile, compresslevel=1)
    try:
        yield
    finally:
        xlsxwriter.workbook.ZipFile = usual


def pack(book: Workbook) -> None:
    """Finish the workbook. Whatever happens, no temporary file of a sheet stays open, because Windows could
    not delete it."""
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
