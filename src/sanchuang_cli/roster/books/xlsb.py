"""Finds out how far the cells of a binary workbook (.xlsb) reach, before they are read, so that they fit into memory."""

import zipfile
from io import BytesIO

_ROW = 0
_CELLS = range(1, 12)


def xlsb_area(content: bytes) -> int:
    """The largest area of any sheet, in rows times columns. Raises whatever a broken archive raises."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [
            name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".bin")
        ]
        return max((_area(archive.read(name)) for name in sheets), default=0)


def _area(records: bytes) -> int:
    """The area of one sheet in rows times columns.

    A record has its kind in 1 or 2 bytes, its length in 1 to 4 bytes, and then its content, which begins with the row or
    the column.
    """
    at, rows, columns, end = 0, 0, 0, len(records)
    while at + 1 < end:
        kind = records[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | records[at] << 7
            at += 1
        length = shift = 0
        while at < end:
            byte = records[at]
            length |= (byte & 0x7F) << shift
            shift += 7
            at += 1
            if not byte & 0x80 or shift > 21:
                break
        if kind == _ROW:
            rows = max(rows, int.from_bytes(records[at : at + 4], "little") + 1)
        elif kind in _CELLS:
            columns = max(columns, int.from_bytes(records[at : at + 4], "little") + 1)
        at += length
    return rows * columns
