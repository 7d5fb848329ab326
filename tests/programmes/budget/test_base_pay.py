"""The base pay of cadres beside the budget: taken from results of `pay`, line by line, and nobody's line lost."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from sanchuang_cli.finding import Place, UserError
from sanchuang_cli.join import Partner
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.budget import PROGRAMME
from sanchuang_cli.programmes.budget.policy import FundedBody
from sanchuang_cli.record import Origin, Roster, Row, Source
from tests.programmes.bodies import body, column, granted, pack, told

PAGE = Source(
    "一月.xlsx", "报酬发放表", {"township": (2, "乡镇"), "村": (3, "村"), "基本报酬": (8, "基本报酬")}
)
MONTHS = ("2026-01", "2026-02", "2026-04")


def line(number: int, village: str, fen: int, township: str = "青禾镇") -> Partner:
    row = Row(PAGE, number, ("", township, village, "", "", "", "", f"{fen / 100:.2f}"))
    return Partner(row=row, township=township, more={"村": village, "基本报酬": fen})


def outcome(
    bodies: Sequence[FundedBody],
    lines: Sequence[Partner] | None,
    waiting: Sequence[str] = (),
    unread: Sequence[FundedBody] = (),
) -> Outcome:
    """waiting: of whose cadres the results set one aside, by village. unread: bodies whose rows nobody could read."""
    listed = Roster(tuple(bodies), tuple(one.row for one in unread))
    rosters: Rosters = {"bodies": listed, "vouchers": Roster(()), "payments": Roster(())}
    if lines is not None:
        aside: list[tuple[Place, dict[str, Any]]] = [
            (Place("一月.xlsx"), {"乡镇": "青禾镇", "村": name}) for name in waiting
        ]
        periods = tuple(map(Period.parse, MONTHS))
        origin = Origin("一月.xlsx", periods[0], "", {}, lambda page: iter(aside), periods)
        rosters = {**rosters, "base_pay": Roster(tuple(lines), origin=origin)}
    return PROGRAMME.run(rosters, pack(), Occasion(Period.year(2026), date(2026, 11, 28)))


LINES = (line(5, "向阳村", 200_000), line(6, "向阳村", 140_001), line(7, "草原村", 200_000))


def test_the_lines_of_a_village_are_added_up_beside_its_standard_and_change_nothing_else() -> None:
    villages = body(), body("草原村")
    run = outcome(villages, LINES)
    sums = dict(zip(column(run, "年度预算表", "name"), column(run, "年度预算表", "base_pay"), strict=True))
    assert sums == {"向阳村": 340_001, "草原村": 200_000}
    assert granted(run) == granted(outcome(villages, None)) and "no-base-pay" not in told(run)
    (page,) = (table for table in run.tables if table.name == "年度预算表")
    assert "基本报酬取自2026-01至2026-02、2026年4月的在职报酬结果，单列，不计入核定标准。" in page.notes


def test_explain_cites_every_cell() -> None:
    rosters: Rosters = {"bodies": Roster((body(),)), "vouchers": Roster(()), "payments": Roster(())}
    origin = Origin("一月.xlsx", Period.parse("2026-01"), "", {}, periods=(Period.parse("2026-01"),))
    given = {**rosters, "base_pay": Roster(LINES[:2], origin=origin)}
    occasion = Occasion(Period.year(2026), date(2026, 11, 28))
    whole = PROGRAMME.judge(given, pack(), occasion)
    (budget,) = whole.of()
    (table,) = PROGRAMME.explains.pages(budget, whole)
    (row,) = (row for row in table.rows if row[0] == "基本报酬")
    assert str(row[table.index("cell")]).endswith("一月.xlsx 报酬发放表 H5、H6（基本报酬）")
    assert str(row[table.index("written")]).endswith("2000.00；1400.01")


def test_a_village_without_a_line_is_told_and_has_a_blank_and_an_association_is_not_asked() -> None:
    run = outcome(
        [body(), body("河东村"), body("甲协会", kind="社会组织", 转入党员数=0, 新批支部数=0, 缴纳党费=0)],
        LINES[:2],
    )
    assert told(run).count("no-base-pay") == 1
    assert dict(
        zip(column(run, "年度预算表", "name"), column(run, "年度预算表", "base_pay"), strict=True)
    ) == {
        "向阳村": 340_001,
        "河东村": None,
        "甲协会": None,
    }


def test_lines_of_a_village_that_is_not_on_the_roster_are_told_with_their_cell_and_sum() -> None:
    run = outcome([body()], LINES)
    (finding,) = (each for each in run.findings if each.code.endswith("base-pay-elsewhere"))
    assert (finding.place.cell, finding.place.book) == ("H7", "一月.xlsx")
    assert "青禾镇“草原村”" in finding.message and "1 行 2000.00 元" in finding.message and finding.mend


def test_a_village_of_another_township_beside_our_own_is_told_and_stops_nothing() -> None:
    run = outcome([body()], [LINES[0], line(9, "东风村", 100, township="红旗镇")])
    assert column(run, "年度预算表", "base_pay") == [200_000]
    (finding,) = (each for each in run.findings if each.code.endswith("base-pay-elsewhere"))
    assert "红旗镇“东风村”" in finding.message


def test_lines_of_a_village_whose_row_was_not_read_are_not_said_to_be_missing_from_the_roster() -> None:
    spoilt = body("草原村")
    assert "base-pay-elsewhere" not in told(outcome([body()], LINES, unread=[spoilt]))
    assert "base-pay-elsewhere" in told(outcome([body()], LINES))


def test_cadres_whom_the_results_set_aside_are_told_of_at_their_village() -> None:
    run = outcome([body(), body("草原村")], LINES, waiting=("向阳村", "向阳村"))
    (finding,) = (each for each in run.findings if each.code.endswith("base-pay-waits"))
    assert "向阳村" in finding.message and "2 人" in finding.message


def test_another_countys_results_are_refused() -> None:
    with pytest.raises(UserError, match="红旗镇）名册里一个也没有，像是别的县"):
        outcome([body()], [line(5, "向阳村", 100, township="红旗镇")])


def test_without_a_result_there_is_no_column_and_a_note_says_why() -> None:
    run = outcome([body()], None)
    (page,) = (table for table in run.tables if table.name == "年度预算表")
    assert any("没有用 --result 给出在职报酬的结果" in note for note in page.notes)
    assert "base_pay" not in {each.name for each in page.columns}


def test_of_another_countys_townships_the_first_three_are_named() -> None:
    lines = [
        line(n, "向阳村", 100, township=town) for n, town in enumerate(("丁镇", "乙镇", "甲镇", "丙镇"), 5)
    ]
    with pytest.raises(UserError, match="乡镇（丁镇、丙镇、乙镇）名册里一个也没有"):
        outcome([body()], lines)
