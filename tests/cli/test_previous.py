"""--previous takes only an unchanged result of the same programme for the period just before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.report import appendix, files
from tests.cli.test_subsidies_command import PAGES, fen, page
from tests.command import Ran, Sanchuang, book, county, typed
from tests.members import HEADINGS, people, roster

WHO = "张建国"
DUE = 485_00


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sanchuang:
    """Commands in a folder with a roster of 2026, where WHO was doubtful until now."""
    monkeypatch.chdir(tmp_path)
    roster(tmp_path)
    before = [
        person | ({"任职经历": "1990—2000 村支部书记"} if person["姓名"] == WHO else {})
        for person in people()
    ]
    book(tmp_path / "当时.xlsx", [[person.get(head, "") for head in HEADINGS] for person in before], HEADINGS)
    return typed(monkeypatch, capsys)


def subsidies(office: Sanchuang, roster: str, period: str, *more: str) -> Ran:
    return office("subsidies", roster, "--period", period, "--out", f"{period}.xlsx", "--quiet", *more)


def arrears(path: str) -> dict[str, int]:
    """Who gets arrears, in fen."""
    return {
        row["姓名"]: fen(row["补发"])
        for name in PAGES
        for row in page(Path(path).resolve(), name)
        if row["补发"]
    }


def saved(path: str, change: Callable[[Any], object] = lambda book: None) -> None:
    workbook = load_workbook(path)
    change(workbook)
    workbook.save(path)


@pytest.mark.parametrize(
    ("before", "period", "months"),
    [("2026-06", "2026Q3", 1), ("2026Q2", "2026-07", 3), ("2026H1", "2026Q3", 6)],
)
def test_only_the_months_of_the_last_result_are_made_good(
    office: Sanchuang, before: str, period: str, months: int
) -> None:
    subsidies(office, "当时.xlsx", before)
    subsidies(office, "名册.xlsx", period, "--previous", f"{before}.xlsx")
    assert arrears(f"{period}.xlsx") == {WHO: months * DUE}


def test_a_result_that_a_spreadsheet_library_has_saved_is_still_one(office: Sanchuang) -> None:
    subsidies(office, "当时.xlsx", "2026Q2")
    saved("2026Q2.xlsx")
    subsidies(office, "名册.xlsx", "2026Q3", "--previous", "2026Q2.xlsx")
    assert arrears("2026Q3.xlsx") == {WHO: 3 * DUE}
    ran = office("explain", WHO, "名册.xlsx", "--period", "2026Q3", "--previous", "2026Q2.xlsx", "--json").out
    assert "发放 2910.00 元" in ran
    assert "上期待核实（2026Q2.xlsx 疑点 第" in ran


def without(book: Any, name: str) -> None:
    """Blank a person's line."""
    for row in book[PAGES[0]].iter_rows():
        if any(cell.value == name for cell in row):
            for cell in row:
                cell.value = None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda book: without(book, "李秀英"), f"工作表“{PAGES[0]}”第 5 行和写出时不一样"),
        (lambda book: setattr(book[PAGES[0]]["V5"], "value", 1), f"工作表“{PAGES[0]}”V5 和写出时不一样"),
        (
            lambda book: setattr(book["来源"]["B4"], "value", "2026年6月（2026-06）"),
            "工作表“来源”B4 和写出时不一样",
        ),
    ],
    ids=["line", "sum", "period"],
)
def test_a_changed_value_is_refused_with_its_cell(
    office: Sanchuang, change: Callable[[Any], object], message: str
) -> None:
    subsidies(office, "名册.xlsx", "2026Q2")
    saved("2026Q2.xlsx", change)
    ran = subsidies(office, "名册.xlsx", "2026Q3", "--previous", "2026Q2.xlsx")
    assert (ran.code, message in ran.err) == (2, True), ran.err
    assert not Path("2026Q3.xlsx").exists()


@pytest.mark.parametrize(
    ("given", "period", "message"),
    [
        ("2026Q1", "2026Q3", "和2026年第三季度（2026-07-01 起）接不上。请换成到 2026-06 为止的那一期的结果"),
        ("2026Q3", "2026Q3", "2026年第三季度自己的结果"),
        ("2026H1", "2026Q2", "接不上"),
        ("2026Q3", "2026Q2", "接不上"),
    ],
)
def test_a_result_of_another_period_is_refused(
    office: Sanchuang, given: str, period: str, message: str
) -> None:
    office("subsidies", "名册.xlsx", "--period", given, "--out", "上期.xlsx", "--quiet")
    ran = subsidies(office, "名册.xlsx", period, "--previous", "上期.xlsx")
    assert (ran.code, message in ran.err) == (2, True), ran.err


def test_what_is_no_result_of_this_programme_is_refused(office: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "党组织.xlsx", county())
    office("rate", "党组织.xlsx", "--period", "2025", "--on", "2025-12-31", "--out", "星级.xlsx", "--quiet")
    heads = ("姓名", "身份证号", "补贴项目", "发放月份", "本期金额")
    book(tmp_path / "手工.xlsx", [["张三", "230299195503150034", "补贴", "2025-12", 485]], heads)
    for given, message in (
        ("星级.xlsx", "是星级评定（rate）的结果，不是 subsidies 的。请换成 subsidies 上一期的结果"),
        ("手工.xlsx", "这不是本程序写出的结果"),
        ("名册.xlsx", "这不是本程序写出的结果"),
    ):
        ran = subsidies(office, "名册.xlsx", "2026Q1", "--previous", given)
        assert (ran.code, message in ran.err) == (2, True), ran.err
    ran = office("rate", "党组织.xlsx", "--period", "2026", "--previous", "手工.xlsx", "--quiet")
    assert (ran.code, "这不是本程序写出的结果" in ran.err) == (2, True)


def test_a_last_result_in_which_nobody_was_paid_is_one(office: Sanchuang, tmp_path: Path) -> None:
    rows = [[one.get(head, "") for head in HEADINGS] for one in people() if one["姓名"] == "褚文斌"]
    book(tmp_path / "无人.xlsx", rows, HEADINGS)
    assert subsidies(office, "无人.xlsx", "2026-04").code == 0
    ran = subsidies(office, "名册.xlsx", "2026-05", "--previous", "2026-04.xlsx")
    assert ran.code == 1, ran.err


def test_last_years_stars_that_were_changed_are_refused(office: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "党组织.xlsx", county())
    office("rate", "党组织.xlsx", "--period", "2025", "--on", "2025-12-31", "--out", "2025.xlsx", "--quiet")
    asked = ("rate", "党组织.xlsx", "--period", "2026", "--previous", "2025.xlsx", "--quiet")
    saved("2025.xlsx")
    assert office(*asked).code in (0, 1)
    sheet = load_workbook("2025.xlsx")["分类定级汇总表"]
    place = next(cell for row in sheet.iter_rows(min_row=4) for cell in row if cell.number_format == '0"★"')
    saved("2025.xlsx", lambda workbook: setattr(workbook[sheet.title][place.coordinate], "value", 5))
    ran = office(*asked)
    assert (ran.code, f"{place.coordinate} 和写出时不一样" in ran.err) == (2, True), ran.err


def test_a_result_from_before_the_digest_is_taken_while_nobody_has_saved_it(
    office: Sanchuang, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(appendix, "sealed", appendix.pages)
        subsidies(office, "当时.xlsx", "2026Q2")
    assert files.is_ours(Path("2026Q2.xlsx"))
    asked = ("2026Q3", "--previous", "2026Q2.xlsx")
    assert subsidies(office, "名册.xlsx", *asked).code == 1
    assert arrears("2026Q3.xlsx") == {WHO: 3 * DUE}
    saved("2026Q2.xlsx")
    ran = subsidies(office, "名册.xlsx", *asked)
    assert (ran.code, "请用当时的名册重新做一份" in ran.err) == (2, True)


def test_an_edition_added_since_is_told_and_not_paid(office: Sanchuang, tmp_path: Path) -> None:
    from sanchuang_cli import policy

    text = policy.source("subsidies", None)[1].decode()
    Path("县.toml").write_text(text, "utf-8")
    subsidies(office, "当时.xlsx", "2026Q2", "--policy", "县.toml")
    edition = text[text.index("[[edition]]") :]
    more = edition.replace("2012-01-01", "2026-05-01", 1).replace("= 485", "= 985")
    assert more != edition
    Path("县.toml").write_text(f"{text}\n{more}", "utf-8")
    ran = subsidies(office, "名册.xlsx", "2026Q3", "--policy", "县.toml", "--previous", "2026Q2.xlsx")
    assert ran.code == 1
    assert arrears("2026Q3.xlsx") == {WHO: 3 * DUE}
    messages = [
        row["说明"] for row in page(Path("2026Q3.xlsx").resolve(), "疑点") if row["代码"] == "subsidies.risen"
    ]
    assert len(messages) == 1
    assert "--previous 不补发" in messages[0]


def test_a_townships_part_is_no_result_without_the_others(office: Sanchuang, tmp_path: Path) -> None:
    office("subsidies", "名册.xlsx", "--period", "2026Q2", "--out", "上期/{township}.xlsx", "--quiet")
    parts = sorted(path.name for path in (tmp_path / "上期").iterdir())
    assert parts == ["望河乡.xlsx", "青禾镇.xlsx"]
    asked = ("subsidies", "名册.xlsx", "--period", "2026Q3", "--out", "本期.xlsx", "--quiet", "--previous")
    ran = office(*asked, "上期/青禾镇.xlsx")
    assert (ran.code, "共 2 份，这里只有 1 份" in ran.err) == (2, True), ran.err
    assert office(*asked, "上期").code == 1
    assert {row["补发"] for row in page(tmp_path / "本期.xlsx", PAGES[0])} == {0}
