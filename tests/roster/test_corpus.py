"""Workbooks other people made, read where they lie beside the repository; nothing of them is kept here."""

import importlib.util
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.roster.tables.inspection import inspection

WORKBOOKS = Path(__file__).resolve().parents[2].parent / "shared" / "workbooks"
pytestmark = pytest.mark.skipif(
    not WORKBOOKS.is_dir(), reason=f"needs the workbooks of other people in {WORKBOOKS}"
)
TABLES, ENOUGH = 39, 39


@cache
def inspected(path: Path) -> dict[str, Any]:
    """What the reader sees in a file, which nobody here changes."""
    return inspection(path)


def truths() -> list[dict[str, Any]]:
    books: list[dict[str, Any]] = json.loads((WORKBOOKS / "truth.json").read_text("utf-8"))
    return books


def scored() -> tuple[int, list[tuple[str, str, str]]]:
    """How many tables the scorer asks about, and those that are not exact, with why."""
    spec = importlib.util.spec_from_file_location("score", WORKBOOKS / "score.py")
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    wrong, total = [], 0
    for truth in truths():
        answer = {"files": [inspected(WORKBOOKS / "files" / truth["file"])]}
        for sheet, why in score.compare(truth, answer):
            total += 1
            if why:
                wrong.append((truth["file"], sheet, why))
    return total, wrong


def test_the_scorer_finds_all_39_tables_exact() -> None:
    total, wrong = scored()
    assert total == TABLES
    assert total - len(wrong) >= ENOUGH, wrong


def phantoms() -> list[str]:
    """Tables found where the truth has none: on its sheets, and in files that nobody can read."""
    tables = []
    for truth in truths():
        true = {
            (sheet_truth["sheet"].strip(), *sheet_truth["header_rows"])
            for sheet_truth in truth["sheets"]
            if sheet_truth.get("header_rows")
        }
        sheets = {sheet_truth["sheet"].strip() for sheet_truth in truth["sheets"]}
        for sheet in inspected(WORKBOOKS / "files" / truth["file"])["sheets"]:
            name = "csv" if truth["file"].endswith(".csv") else sheet["sheet"].strip()
            heads = [(name, *table["header_rows"]) for table in sheet["tables"]]
            tables += [f"{truth['file']} {head}" for head in heads if name in sheets and head not in true]
    for nasty in json.loads((WORKBOOKS / "nasty.json").read_text("utf-8")):
        answer = inspected(WORKBOOKS / "nasty" / nasty["file"])
        if re.search("refuse|ask for password|clean error|bounded", nasty["expect"]):
            tables += [] if answer["error"] and not answer["sheets"] else [f"{nasty['file']} 没有拒绝"]
        if re.search("do not invent|0 records", nasty["expect"]):
            tables += [f"{nasty['file']} {sheet['sheet']}" for sheet in answer["sheets"] if sheet["tables"]]
    return tables


def test_no_table_is_found_where_there_is_none() -> None:
    assert not phantoms()


def test_no_file_quotes_a_whole_number_in_what_it_says() -> None:
    for path in sorted((WORKBOOKS / "files").iterdir()):
        for sheet in inspected(path)["sheets"]:
            for finding in sheet["findings"]:
                assert not re.search(r"\d{15}", finding["message"]), finding
