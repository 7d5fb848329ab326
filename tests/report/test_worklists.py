"""待核实名单 and 疑点: each row set aside once, whom it is about, the gravest first, and no number whole."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.cli import by_township
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import Made, begun, made
from sanchuang_cli.finding import ALL, Finding, Place, Severity
from sanchuang_cli.programmes import listed
from sanchuang_cli.record import Roster, Row, Source
from sanchuang_cli.report import worklists
from sanchuang_cli.report.whom import Towns, named
from sanchuang_cli.table import Table
from tests.command import SAMPLES, Sanchuang, book
from tests.members import HEADINGS, people, roster
from tests.report import made_up

RUNS = {
    "subsidies": ("members.xlsx", "2026Q2", "2026-06-30"),
    "rate": ("orgs.xlsx", "2026", "2026-12-31"),
    "checkups": ("checkups.xlsx", "2026", "2026-11-28"),
    "pay": ("pay.xlsx", "2026-03", "2026-03-31"),
}


def ran(programme: str, path: Path, period: str, on: str) -> Made:
    asked = Asked(books=[str(path)], period=period, on=on)
    return made(begun(listed(programme), asked), asked)


@cache
def sample(programme: str) -> Made:
    file, period, on = RUNS[programme]
    return ran(programme, SAMPLES / file, period, on)


def set_aside(one: Made) -> Counter[tuple[str, str, int]]:
    """The rows of the main rosters that are set aside, as those say that set them aside."""
    mains = [one.given.rosters[name] for name in one.begun.programme.mains]
    rows = (*one.run.outcome.set_aside, *(row for main in mains for row in main.set_aside))
    return Counter(row.line for row in rows)


def column(table: Table, title: str) -> list[Any]:
    at = next(j for j, one in enumerate(table.columns) if one.title == title)
    return [row[at] for row in table.rows]


@pytest.mark.parametrize("programme", RUNS)
def test_every_row_of_a_sample_that_is_set_aside_stands_in_the_list_once(programme: str) -> None:
    one = sample(programme)
    tally, lines = one.run.outcome.tally, [waits.row.line for waits in one.run.named.waiting]
    assert Counter(lines) == set_aside(one)
    page = worklists.waiting(one.run)
    assert len(page.rows) == len(lines) == tally.set_aside
    assert column(page, "序号") == list(range(1, tally.set_aside + 1))
    assert (tally.set_aside > 0) == (programme != "rate")


@pytest.mark.parametrize("programme", ["subsidies", "checkups"])
def test_each_line_says_who_where_why_and_what_to_do(programme: str) -> None:
    page = worklists.waiting(sample(programme).run)
    for title in ("乡镇", "村", "姓名", "出处", "原因", "处理办法"):
        assert all(column(page, title)), title
    assert all(re.search(r"[A-Z]+\d+$", place) for place in column(page, "出处"))


def test_the_list_goes_by_township_in_the_order_of_pages() -> None:
    one = sample("subsidies")
    towns = column(worklists.waiting(one.run), "乡镇")
    order = [*one.run.occasion.townships]
    assert [order.index(town) for town in towns] == sorted(order.index(town) for town in towns)
    assert len(set(towns)) == 8


def test_the_townships_own_lists_are_together_the_countys() -> None:
    one = sample("subsidies")
    mains = [*one.begun.programme.mains]
    parts = list(by_township.parts(one.run, mains, one.given.rosters, Path("{township}.xlsx")))
    waiting = [waits for part in parts for waits in part.run.named.waiting]
    assert Counter(waits.row.line for waits in waiting) == set_aside(one)
    for part in parts:
        assert len(part.run.named.waiting) == part.run.outcome.tally.set_aside
        assert {waits.whom.township for waits in part.run.named.waiting} <= {part.target.stem}


def test_a_row_with_several_errors_is_one_line_with_all_of_them(tmp_path: Path) -> None:
    one = people()[0] | {"身份证号": "123", "姓名": ""}
    path = book(tmp_path / "册.xlsx", [[one.get(head, "") for head in HEADINGS]], HEADINGS)
    run = ran("subsidies", path, "2026Q2", "2026-06-30").run
    (line,) = worklists.waiting(run).rows
    assert line[4] == "名册 C3、E3"
    assert "姓名没有填写" in line[5] and "；" in line[5] and "是 3 位" in line[5]
    assert len(line[6].split("；")) == 2
    assert run.outcome.tally.set_aside == 1


def test_who_is_set_aside_for_nothing_leaves_no_page(tmp_path: Path) -> None:
    path = book(tmp_path / "册.xlsx", [[people()[0].get(head, "") for head in HEADINGS]], HEADINGS)
    run = ran("subsidies", path, "2026Q2", "2026-06-30").run
    assert [one.table.name for one in worklists.pages(run)] == ["疑点"]


@pytest.mark.parametrize("programme", RUNS)
def test_no_line_of_the_lists_has_a_number_whole(programme: str) -> None:
    run = sample(programme).run
    cells = [str(cell) for one in worklists.pages(run) for row in one.table.rows for cell in row]
    assert cells
    assert not [cell for cell in cells if re.search(r"\d{11}", cell)]


@pytest.mark.parametrize("programme", RUNS)
def test_each_finding_about_a_row_names_whom_it_is_about(programme: str) -> None:
    one = sample(programme)
    page = worklists.findings(one.run)
    heading = "党组织名称" if programme == "rate" else "姓名"
    said = dict(zip(column(page, "序号"), column(page, heading), strict=True))
    known = {record.name for main in one.begun.programme.mains for record in one.given.rosters[main].records}
    about = [n for n, found in enumerate(_ordered(one), 1) if one.run.named.by_line.get(found.place.line)]
    of_rows = [found for found in _ordered(one) if found.place.row]  # and not of a whole sheet
    assert len(about) >= len(of_rows) - 3
    assert all(said[number] for number in about)
    unread = {waits.whom.name for waits in one.run.named.waiting}
    assert {said[number] for number in about} <= known | unread


def _ordered(one: Made) -> list[Finding]:
    codes = column(worklists.findings(one.run), "代码")
    left = list(one.run.outcome.findings)
    found = []
    for code, place in zip(codes, column(worklists.findings(one.run), "出处"), strict=True):
        it = next(f for f in left if f.code == code and worklists.where([f.place]).endswith(place))
        left.remove(it)
        found.append(it)
    return found


def test_errors_stand_before_warnings_and_of_each_the_most_first_codes_last() -> None:
    found = (
        *(Finding("a.few", Severity.WARNING, "甲", Place("a.xlsx", "一", n)) for n in range(1, 3)),
        *(Finding("b.many", Severity.WARNING, "乙", Place("a.xlsx", "一", n)) for n in range(1, 6)),
        Finding("c.note", Severity.NOTE, "丙", Place("a.xlsx", "一", 1)),
        *(Finding("z.error", Severity.ERROR, "丁", Place(f"{n}.xlsx", "一", 9)) for n in "ba"),
        Finding("y.gone", Severity.WARNING, "戊", Place("台账批次 1", "青禾镇"), vanished=True),
    )
    page = worklists.findings(made_up.run_of((), found * 100))
    assert list(dict.fromkeys(column(page, "代码"))) == ["y.gone", "z.error", "b.many", "a.few", "c.note"]
    assert len(page.rows) == 1100 and column(page, "序号") == list(range(1, 1101))
    assert page.columns[-1].title == "代码" and page.columns[5].title == "说明"
    assert list(dict.fromkeys(column(page, "出处")))[:3] == [
        "台账批次 1 青禾镇",
        "a.xlsx 一 第9行",
        "b.xlsx 一 第9行",
    ]


def test_what_concerns_every_row_stands_before_the_errors_of_some() -> None:
    rows = [Finding("z.error", Severity.ERROR, "丁", Place("a.xlsx", "一", n)) for n in range(3, 9)]
    beside = (
        Finding("a.all", Severity.WARNING, "甲", ALL),
        Finding("b.edition", Severity.WARNING, "乙", Place("本县.toml")),
        Finding("c.book", Severity.NOTE, "丙", Place("a.xlsx")),
    )
    page = worklists.findings(made_up.run_of((), (*rows, *beside)))
    assert list(dict.fromkeys(column(page, "代码"))) == ["b.edition", "z.error", "a.all", "c.book"]
    assert page.notes[0].startswith("关系到每一行的在前，其余从重到轻：")
    assert worklists.findings(made_up.run_of((), tuple(rows))).notes[0].startswith("从重到轻：")


def test_codes_and_headings_stand_beside_what_is_printed_unless_the_county_chooses() -> None:
    run = made_up.whole_run()
    (page,) = worklists.pages(run)
    printed = [one.title for one in page.table.columns[: page.table.printed]]
    assert printed[-1] == "处理办法"
    assert ("不打印的栏", "疑点：依据、栏目、代码") in page.facts


def test_a_finding_on_a_line_of_two_tables_is_about_the_row_that_has_its_cell() -> None:
    def row(name: str, first: int) -> Row:
        columns = {"name": (first, "姓名"), "identity": (first + 1, "身份证号")}
        cells = ["", "", "", ""]
        cells[first - 1] = name
        return Row(Source("a.xlsx", "一", columns), 3, tuple(cells))

    left, right = row("王甲", 1), row("李乙", 3)
    wrong = [
        Finding("x.y", Severity.ERROR, f"{n}错", one.place("identity"))
        for n, one in (("甲", left), ("乙", right))
    ]
    whole = Finding("x.z", Severity.WARNING, "整行", Place("a.xlsx", "一", 3))
    found = named([Roster((), (left, right))], (), (), [*wrong, whole], Towns())
    assert [(one.whom.name, [error.message for error in one.errors]) for one in found.waiting] == [
        ("王甲", ["甲错"]),
        ("李乙", ["乙错"]),
    ]
    assert [found.of(one).name for one in (*wrong, whole)] == ["王甲", "李乙", ""]


def test_a_line_of_a_serving_roster_is_about_whoever_has_its_number_in_the_main_one(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    roster(tmp_path, "人员.xlsx")
    who = people()[0]["身份证号"]
    spells = [("", who, "1990.13", "2001.12", "村支部书记")]
    book(
        tmp_path / "经历.xlsx",
        spells,
        ("姓名", "身份证号", "任职起始", "任职终止", "担任职务"),
        "经历",
        "任职经历",
    )
    sanchuang(
        "subsidies", "人员.xlsx", "经历.xlsx", "--period", "2026Q2", "--on", "2026-06-30", "--out", "册.xlsx"
    )
    sheet = load_workbook(tmp_path / "册.xlsx")["疑点"]
    lines = [[str(cell.value or "") for cell in line] for line in sheet.iter_rows(min_row=3)]
    there = [line for line in lines if line[4].startswith("经历.xlsx")]
    assert {(line[2], line[3]) for line in there if line[4].endswith("C3")} == {("青禾镇", "张建国")}
