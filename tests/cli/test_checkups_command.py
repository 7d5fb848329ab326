"""`sanchuang checkups` with rosters as clerks write them, with last year's result, and with columns missing or empty."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command import Sanchuang, book, own_policy, typed
from tests.programmes.examined import identity

HEADINGS = (
    "乡镇", "村", "姓名", "身份证号", "职务", "任职时间", "上次体检时间", "是否参检", "体检时间", "体检医院", "套餐", "体检费", "未检原因",
)  # fmt: skip


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Sanchuang:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys)


def line(number: int, **cells: Any) -> list[Any]:
    plain = {
        "乡镇": "青禾镇", "村": "向阳村", "姓名": f"赵{'一二三四五六七八九'[number - 1]}", "身份证号": identity(number),
        "职务": "村支书", "任职时间": "2015.3", "是否参检": "已检", "体检时间": "2025.5.12", "体检医院": "县医院", "体检费": 170,
    }  # fmt: skip
    return [(plain | cells).get(heading, "") for heading in HEADINGS]


def roster(path: Path, *lines: Sequence[Any]) -> Path:
    return book(path, lines, HEADINGS, title="村党组织书记体检名册")


def listed(result: Path, sheet: str, heading: str) -> list[Any]:
    """What stands under a heading of a page, without 小计 and 合计."""
    rows = list(openpyxl.load_workbook(result)[sheet].iter_rows(values_only=True))
    head = next(row for row in rows if row[0] == "序号")
    return [row[head.index(heading)] for row in rows if isinstance(row[0], int)]


def test_the_last_full_year_is_told_first_and_words_of_clerks_are_understood(
    office: Sanchuang, tmp_path: Path
) -> None:
    roster(
        tmp_path / "册.xlsx",
        line(1, 套餐="男性", 体检费="180元"),
        line(2, 是否参检="√", 套餐="男套餐"),
        line(3, 是否参检="未检", 体检时间="", 体检费="", 未检原因="外出"),
    )
    ran = office("checkups", "册.xlsx", "--on", "2025-12-31", "--period", "2025")
    assert ran.code == 0 and ran.err.startswith("免费体检 2025年")
    result = tmp_path / "册-免费体检-2025.xlsx"
    columns = [listed(result, "体检名册", heading) for heading in ("姓名", "参检情况", "套餐")]
    assert set(zip(*columns, strict=True)) == {
        ("赵一", "已体检", "男"), ("赵二", "已体检", "男"), ("赵三", "未体检", None),
    }  # fmt: skip


def test_whoever_the_last_result_has_examined_is_not_due_though_the_roster_does_not_say_so(
    office: Sanchuang, tmp_path: Path
) -> None:
    roster(tmp_path / "上年.xlsx", line(1), line(2, 是否参检="否", 体检时间="", 体检费="", 未检原因="外出"))
    assert office("checkups", "上年.xlsx", "--period", "2025", "--out", "上期.xlsx").code == 0
    away = {"是否参检": "", "体检时间": "", "体检费": "", "未检原因": "外出"}
    roster(tmp_path / "今年.xlsx", line(1, **away), line(2, **away))
    options = ("--period", "2026", "--on", "2026-11-28", "--previous", "上期.xlsx", "--out", "本期.xlsx")
    assert office("checkups", "今年.xlsx", *options).code == 0
    assert listed(tmp_path / "本期.xlsx", "体检名册", "姓名") == ["赵一", "赵二"]
    assert listed(tmp_path / "本期.xlsx", "体检名册", "参检情况") == ["本期不应检", "未体检"]
    assert listed(tmp_path / "本期.xlsx", "体检名册", "上次体检日期")[0] == "2025-05-12"
    assert listed(tmp_path / "本期.xlsx", "与上期对比", "变动") == ["变动"]


def test_the_check_up_before_the_last_result_is_not_forgotten_by_a_result_in_between(
    office: Sanchuang, tmp_path: Path
) -> None:
    away = {"是否参检": "", "体检时间": "", "体检费": "", "未检原因": "外出"}
    roster(tmp_path / "一.xlsx", line(1))
    roster(tmp_path / "二.xlsx", line(1, **away))
    assert office("checkups", "一.xlsx", "--period", "2025", "--out", "2025.xlsx").code == 0
    for year, before in (("2026", "2025"), ("2027", "2026")):
        options = ("--period", year, "--on", f"{year}-12-31", "--previous", f"{before}.xlsx")
        assert office("checkups", "二.xlsx", *options, "--out", f"{year}.xlsx").code == 0
    assert listed(tmp_path / "2026.xlsx", "体检名册", "参检情况") == ["本期不应检"]
    assert listed(tmp_path / "2027.xlsx", "体检名册", "上次体检日期") == ["2025-05-12"]


def test_the_hospitals_days_may_stand_in_a_book_of_their_own_with_headings_of_their_own(
    office: Sanchuang, tmp_path: Path
) -> None:
    roster(tmp_path / "册.xlsx", line(1), line(2))
    book(tmp_path / "安排.xlsx", [("县医院", "2025.5.12", "1人")], ("体检医院", "体检时间", "每日名额"))
    ran = office("checkups", "册.xlsx", "安排.xlsx", "--period", "2025", "--out", "果.xlsx")
    assert ran.code == 0 and "县医院 2025-05-12：体检 2 人，名额 1" in ran.err


def test_a_notice_tells_people_of_one_name_apart_by_place_then_by_year_of_birth(
    office: Sanchuang, tmp_path: Path
) -> None:
    numbers = [identity(n, born=born) for n, born in ((1, "19700115"), (2, "19800115"), (3, "19700115"))]
    lines = [line(n, 姓名="赵同名", 身份证号=number) for n, number in enumerate(numbers, 1)]
    lines[2][1] = "东湾村"
    roster(tmp_path / "册.xlsx", *lines)
    posted = ("--notice", "公示", "--policy", own_policy(tmp_path, "checkups"))
    ran = office("checkups", "册.xlsx", "--period", "2025", "--out", "果.xlsx", *posted)
    assert ran.code == 0 and "same-name" not in ran.err
    rows = openpyxl.load_workbook(tmp_path / "公示" / "免费体检公示-2025.xlsx").worksheets[0].values
    named = {row[2:4] for row in rows if row[3] and "赵同名" in str(row[3])}
    assert named == {
        ("东湾村", "赵同名"),
        ("向阳村", "赵同名（1970年生）"),
        ("向阳村", "赵同名（1980年生）"),
    }


def test_a_roster_without_people_is_refused_or_gives_empty_pages(office: Sanchuang, tmp_path: Path) -> None:
    roster(tmp_path / "空.xlsx")
    ran = office("checkups", "空.xlsx", "--period", "2025")
    assert ran.code in (0, 2) and ran.err.strip()


def test_a_roster_without_a_required_heading_is_refused(office: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "缺.xlsx", [line(1)[:5]], HEADINGS[:5], title="村党组织书记体检名册")
    ran = office("checkups", "缺.xlsx", "--period", "2025")
    assert ran.code == 2 and "任职起始" in ran.err


def test_the_year_before_or_after_the_roster_s_sets_every_examination_aside(
    office: Sanchuang, tmp_path: Path
) -> None:
    roster(tmp_path / "册.xlsx", line(1), line(2))
    ran = office("checkups", "册.xlsx", "--period", "2024", "--on", "2025-12-31")
    assert ran.code == 1 and re.search(r"错误 2 条.*day-outside）", ran.err)
    ran = office("checkups", "册.xlsx", "--period", "2026", "--on", "2026-06-30")
    assert ran.code == 1 and re.search(r"错误 2 条.*day-outside）", ran.err)
