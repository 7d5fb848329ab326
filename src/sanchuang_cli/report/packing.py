"""Finishes the file of a workbook that XlsxWriter made: it is packed as tightly as spreadsheet programs do, and a full disk is
an OSError.

It may look at no cell.
"""

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from zipfile import ZipFile

import xlsxwriter.workbook
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError


@contextlib.contextmanager
def _quickly() -> Iterator[None]:
    """Pack with a lower level of compression while our own workbook is packed, and leave no package open.

    XlsxWriter sets no level. The default of zlib takes as long as all the rest of writing and saves a quarter
    of the size; spreadsheet programs themselves pack at about this level. Everybody else who writes with
    XlsxWriter in this process gets the same bytes as ever. A package that is still open was stopped in the
    middle and is thrown away: it is let go without its directory.
    """
    usual = xlsxwriter.workbook.ZipFile
    tighter: Callable[..., ZipFile] = partial(ZipFile, compresslevel=1)
    begun: list[ZipFile] = []

    def begin(*args: Any, **options: Any) -> ZipFile:
        begun.append(tighter(*args, **options))
        return begun[-1]

    xlsxwriter.workbook.ZipFile = begin
    try:
        yield
    finally:
        xlsxwriter.workbook.ZipFile = usual
        for package in begun:
            file, package.fp = package.fp, None
            with contextlib.suppress(OSError):
                if file is not None:
                    file.close()


def pack(book: Workbook) -> None:
    """Finish the workbook. Whatever happens, neither the package nor a temporary file of a sheet stays open,
    because Windows could not delete it."""
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
