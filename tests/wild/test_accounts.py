"""Ditto marks, accounts in two columns and odd characters, in made-up workbooks after what users report."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.command import Sanchuang
from tests.wild import wild

QUARTER = ("--period", "2026Q2", "--on", "2026-06-30", "--quiet")


def sheet(path: Path, name: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(path)[name].iter_rows(values_only=True))


def accounts(path: Path) -> set[str]:
    """The accounts of a workbook's column of that heading."""
    return {
        str(cell) for row in sheet(path, "Sheet") for cell in row if isinstance(cell, str) and cell.isdigit()
    }


def test_ditto_marks_are_no_townships_and_no_banks(sanchuang: Sanchuang, tmp_path: Path) -> None:
    ran = sanchuang(
        "subsidies", wild("19-ditto-marks") / "ditto.xlsx", *QUARTER, "--out", "o.xlsx", "--bank", "b"
    )
    assert ran.code == 0
    for path in (tmp_path / "o.xlsx", *(tmp_path / "b").glob("*.xlsx")):
        cells = {
            cell for page in load_workbook(path) for row in page.iter_rows(values_only=True) for cell in row
        }
        assert not cells & {"同上", "〃", '"', "″"}


@pytest.mark.parametrize("name", ["old-new", "new-old", "card-new", "stopped", "pension"])
def test_the_bank_gets_the_newer_account_and_never_the_older(
    sanchuang: Sanchuang, tmp_path: Path, name: str
) -> None:
    book = wild("26-two-account-columns") / f"{name}.xlsx"
    headings = next(row for row in sheet(book, "Sheet") if "姓名" in row)
    rows = [row for row in sheet(book, "Sheet") if row and str(row[headings.index("姓名")])[0] in "赵钱孙"]
    newer = next((h for h in headings if h in ("现银行账号", "变更后银行账号")), "银行账号")
    ran = sanchuang("subsidies", book, *QUARTER, "--out", "o.xlsx", "--bank", "b")
    assert ran.code == 0, ran.err
    (sent,) = (path for path in (tmp_path / "b").glob("*.xlsx") if "核对单" not in path.name)
    cells = {
        str(cell) for page in load_workbook(sent) for row in page.iter_rows(values_only=True) for cell in row
    }
    wanted = {str(row[headings.index(newer)]) for row in rows}
    others = {
        str(row[at]) for row in rows for at, h in enumerate(headings) if h and "账号" in h and h != newer
    } - wanted
    assert wanted <= cells and not others & cells


@pytest.mark.parametrize(
    ("name", "named"), [("only-old", "原银行账号"), ("two-banks", "农行卡号、信用社账号")]
)
def test_a_bank_file_without_anybody_names_the_columns_that_were_not_read(
    sanchuang: Sanchuang, name: str, named: str
) -> None:
    ran = sanchuang("subsidies", wild("26-two-account-columns") / f"{name}.xlsx", *QUARTER, "--bank", "b")
    assert (ran.code, named in ran.err) == (2, True)


def test_a_lost_character_and_a_private_one_are_told(sanchuang: Sanchuang) -> None:
    ran = sanchuang(
        "subsidies", wild("28-private-use-character") / "pua.xlsx", "--period", "2026Q2", "--on", "2026-06-30"
    )
    assert "（name.lost）" in ran.err and "（name.rare）" in ran.err
