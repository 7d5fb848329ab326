"""Organisations with an error in a word column, and stars written in words and signs."""

import json
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from sanchuang_cli.finding import column_letters
from tests.command import Sanchuang
from tests.wild import wild

PERIOD = ("--period", "2026", "--on", "2026-06-30")


def rated(sanchuang: Sanchuang, roster: Path, folder: Path) -> tuple[Any, dict[str, tuple[Any, ...]]]:
    """The run's JSON document, and 本年等次, 上年星级 and 星级 by name from its workbook."""
    ran = sanchuang("rate", roster, *PERIOD, "--out", "结果.xlsx", "--json")
    assert ran.code == 1
    rows = list(load_workbook(folder / "结果.xlsx")["分类定级汇总表"].iter_rows(values_only=True))
    heads = next(row for row in rows if "党组织名称" in row)
    at = [heads.index(word) for word in ("本年等次", "上年星级", "星级")]
    name = heads.index("党组织名称")
    return json.loads(ran.out), {
        str(row[name]): tuple(row[i] for i in at) for row in rows if isinstance(row[0], int)
    }


def errors(document: Any) -> list[str]:
    found = [one for one in document["findings"] if one["severity"] == "error"]
    return sorted(f"{column_letters(one['column'])}{one['row']}" for one in found)


def test_an_error_in_the_veto_or_in_a_criterion_leaves_everybody_to_be_verified(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    document, found = rated(sanchuang, wild("20-error-in-a-word-column") / "orgs-na.xlsx", tmp_path)
    assert (document["summary"]["read"], document["summary"]["set_aside"], found) == (6, 6, {})
    assert errors(document) == ["N3", "O8", "Q4", "R5", "S6", "T7"]


def test_stars_in_words_and_signs_are_read_and_what_is_no_star_or_score_is_verified(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    document, found = rated(sanchuang, wild("23-star-words") / "stars.xlsx", tmp_path)
    assert {name: last for name, (_, last, _) in found.items()} == dict.fromkeys(
        ("甲村党支部", "乙村党支部", "丙村党支部", "戊村党支部"), 3
    )
    assert {(grade, now) for grade, _, now in found.values()} == {("好", 4)}
    assert errors(document) == ["H6", "H8", "N6"]
    page = next(table for table in document["tables"] if table["name"] == "分类定级汇总表")
    at = [column["name"] for column in page["columns"]].index("satisfaction")
    assert {str(row[at]) for row in page["rows"]} == {"0.9500"}
