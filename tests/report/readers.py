"""A written workbook as three programs read it: openpyxl, python-calamine, and LibreOffice after calculating it anew."""

import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine


def without_cached_values(path: Path) -> Path:
    """A copy whose formulas have no value, so that whoever shows one must have calculated it."""
    bare = path.with_stem(f"{path.stem}-bare")
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(bare, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", package.read(name)))
    return bare


def plain(value: Any) -> Any:
    """A value as every reader can tell it: dates without a time, whole floats as ints, blanks as None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 9)
    return None if value == "" else value


def values_of(book: python_calamine.CalamineWorkbook, name: str) -> dict[tuple[int, int], Any]:
    return {
        (i, j): plain(value)
        for i, line in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for j, value in enumerate(line)
        if plain(value) is not None
    }


def assert_agreement(path: Path, calculated: Path) -> None:
    """Every cell of every sheet has one value, whoever reads it. calculated: what LibreOffice made of the workbook without
    cached values."""
    calamine = python_calamine.CalamineWorkbook.from_path(path)
    libreoffice = python_calamine.CalamineWorkbook.from_path(calculated)
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        expected = {
            (i, j): plain(value)
            for i, line in enumerate(sheet.iter_rows(values_only=True))
            for j, value in enumerate(line)
            if plain(value) is not None
        }
        assert expected
        assert values_of(calamine, sheet.title) == expected
        assert values_of(libreoffice, sheet.title) == expected
