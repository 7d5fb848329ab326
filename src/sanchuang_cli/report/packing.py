"""Finishing a workbook of xlsxwriter, so that a full disk is what it is everywhere else: an OSError."""

import contextlib

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError


def pack(book: Workbook) -> None:
    """Finish the book; whatever happens, no temporary file of a sheet stays open, for Windows could not delete it."""
    try:
        book.close()
    except FileCreateError as trouble:
        raise trouble.args[0] from None
    finally:
        for sheet in book.worksheets():
            with contextlib.suppress(OSError):
                if sheet.fh is not None:
                    sheet.fh.close()
