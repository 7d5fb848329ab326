"""Returned copies for the tests: made from a book, and read again."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from msgspec import structs
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sanchuang_cli.roster.checks.audit import Audit, audit, texts
from sanchuang_cli.roster.returns.returning import ReturnedCopy, returned
from tests.roster.books import PERSONS, book, card, number, people, sheet_rows

RED = "FFFFC7CE"
YELLOW = "FFFFEB9C"
WRONG = number()[:-1] + "4"


def returned_from(result: Audit, folder: Path, passwords: Sequence[str] = ()) -> list[ReturnedCopy]:
    return returned(result, texts(result, {"persons": PERSONS}), folder, passwords)


def returned_copy(path: Path, passwords: Sequence[str] = ()) -> ReturnedCopy:
    result = audit([path], {"persons": PERSONS}, passwords=passwords)
    assert not result.files[0].error
    (copy,) = returned_from(result, path.parent / "退回", passwords)
    return copy


def drawn(path: Path, sheet: str = "名册") -> Worksheet:
    return load_workbook(path)[sheet]


def records(path: Path, passwords: Sequence[str] = ()) -> list[Any]:
    """The records without their row, which knows the file's name."""
    result = audit([path], {"persons": PERSONS}, passwords=passwords)
    return [structs.asdict(structs.replace(record, row=None)) for record in result.rosters["persons"].records]


def two_rows(folder: Path) -> Path:
    """One row with an error and a warning, one without a doubt."""
    wrong = {"身份证号": WRONG, "出生日期": "2008.6.31", "银行账号": card()}
    return book(folder / "青禾.xlsx", wrong, {"出生日期": "1953-08-15"})


def with_formula(path: Path) -> Path:
    """XlsxWriter keeps the result of a formula beside it, as spreadsheet programs do."""
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("名册")
    rows = sheet_rows(people({"身份证号": WRONG, "发放金额": 1}, {"发放金额": 1}))
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    sheet.write_formula("C2", "=1200.1+0.2", None, 1200.3000000000002)
    sheet.write_formula("C3", "=0", None, 0)
    if path.suffix == ".xlsm":
        workbook.add_vba_project(BytesIO(b"macros"), True)
    workbook.close()
    return path


def locked(path: Path, password: str) -> Path:
    from msoffcrypto.format.ooxml import OOXMLFile

    content = path.read_bytes()
    with path.open("wb") as target:
        OOXMLFile(BytesIO(content)).encrypt(password, target)
    return path
