"""`policy diff` on the command line: two files or two editions of one, what it writes, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.policy_diff import perform
from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import source
from tests.cli.test_policy_check import FLAT, roster, written

ROOT = Path(__file__).parents[2]


def diff(folder: Path, old: str, new: str, *rows: dict[str, str], **more: Any) -> Path:
    out = folder / "变动.xlsx"
    book = roster(folder, *rows)
    perform(Asked(programme="subsidies", old=old, new=new, books=[str(book)], out=out, **more))
    return out


def two_editions(folder: Path) -> Path:
    first = written(folder).read_text("utf-8")
    second = written(folder, amount=FLAT.replace("100", "130.5")).read_text("utf-8")
    file = folder / "两版.toml"
    file.write_text(first + second.replace("2020-01-01", "2024-01-01"), "utf-8")
    return file


def test_two_editions_of_one_file_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = two_editions(tmp_path)
    out = diff(tmp_path, f"{file}@2020-01-01", f"{file}@2024-01-01", {}, {"健在情况": "去世"}, quiet=True)
    book = openpyxl.load_workbook(out, data_only=True)
    assert book.sheetnames == ["政策变动一览", "分乡镇变动", "分档变动", "逐行变动"]
    rows = [
        [cell for cell in row if cell is not None] for row in book["政策变动一览"].iter_rows(values_only=True)
    ]
    assert ["变动", "提高", 1, 30.5, 366] in rows
    assert ["没有变动", 1] in rows


def test_rows_that_wait_by_both_documents_are_not_counted_as_unchanged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = two_editions(tmp_path)
    waits, dead = {"健在情况": "说不清"}, {"健在情况": "去世"}
    out = diff(tmp_path, f"{file}@2020-01-01", f"{file}@2024-01-01", {}, dead, waits, quiet=True)
    page = openpyxl.load_workbook(out, data_only=True)["政策变动一览"]
    rows = [[cell for cell in row if cell is not None] for row in page.iter_rows(values_only=True)]
    assert ["没有变动", 1] in rows
    assert ["两份文件下都待核实，变不变还不知道", 1] in rows


def test_the_json_is_valid_and_masks_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = two_editions(tmp_path)
    diff(tmp_path, f"{file}@2020-01-01", f"{file}@2024-01-01", {}, json=True, quiet=True)
    text = capsys.readouterr().out
    told = json.loads(text)
    jsonschema.validate(told, json.loads((ROOT / "docs/schema/policy-diff.schema.json").read_text("utf-8")))
    assert (told["old"]["edition"], told["policy"]["edition"]) == ("2020-01-01", "2024-01-01")
    (line,) = told["tables"][-1]["rows"]
    assert "230299************" in line
    assert "19500310" not in text


def test_an_edition_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    file = two_editions(tmp_path)
    with pytest.raises(UserError, match=r"没有 2021-01-01 起施行的一版。可以写 .*@2020-01-01、.*@2024-01-01"):
        diff(tmp_path, f"{file}@2021-01-01", str(file), {})


def test_two_documents_that_say_the_same_are_refused(tmp_path: Path) -> None:
    copy = tmp_path / "同.toml"
    copy.write_bytes(source("subsidies", "jurong-2018")[1])
    with pytest.raises(UserError, match="说的一样，没有可比的"):
        diff(tmp_path, "jurong-2018", str(copy), {})
