"""Remarks of which nothing is understood are told in one note for each table, and set no row aside."""

from pathlib import Path

import pytest

from sanchuang_cli.finding import Severity
from sanchuang_cli.roster.read import read
from tests.roster.books import PERSONS, book

from .books import audited


def told(path: Path, *remarks: str) -> list[str]:
    made = book(path / "册.xlsx", *({"乡镇": "青禾镇", "备注": one} for one in remarks))
    result = audited(made)
    found = [one for one in result.findings if one.code == "remarks.unheard"]
    assert all(one.severity is Severity.NOTE for one in found)
    assert len(read([made], {"persons": PERSONS}).rosters["persons"].records) == len(remarks)
    return [one.message for one in found]


def test_what_nobody_understood_is_told_once_for_a_table_equal_texts_together(tmp_path: Path) -> None:
    assert told(tmp_path, "农转非", "户口不在本村", "换卡", "农转非", "") == [
        "备注未读懂，没有据以判断：第3、6行“农转非”；第4行“户口不在本村”"
    ]


def test_no_more_than_five_texts_are_quoted_and_the_rest_is_counted(tmp_path: Path) -> None:
    (message,) = told(tmp_path, *(f"说不清的{'甲' * at}" for at in range(1, 13)))
    assert message.count("“") == 5 and message.endswith("；另有 7 种")


@pytest.mark.parametrize(
    "remark",
    [
        *("低保户", "五保", "换卡", "新卡", "已核实", "已核对", "补录", "新增", "无", "青禾镇", "电话13900000000", "党员，低保户"),
        *("2026年7月换卡", "王甲", "同上", "外出务工", "以此为准", "村书记兼主任"),
        *("已去世", "老伴去世", "待核实", "请假", "一票否决", "已并入东村"),
    ],
)  # fmt: skip
def test_a_harmless_remark_and_one_in_which_something_is_heard_need_no_note(
    tmp_path: Path, remark: str
) -> None:
    assert told(tmp_path, remark) == []
