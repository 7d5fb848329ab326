"""A roster of another year is no roster of this one: by the days of its rows, and by the line above its headings."""

from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from sanchuang_cli.domain.appraisal.rosters import AppraisedUnit
from sanchuang_cli.domain.reviews.rosters import Pledge, Reviewed
from sanchuang_cli.finding import Severity
from sanchuang_cli.judging import COMMON, looked_over
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.record import Roster, Row, Source
from sanchuang_cli.roster.titles import of_another_year
from tests.command import Sanchuang, book
from tests.programmes.reviewed import member, outcome, told

YEAR = Period.year(2026)


def said(*titles: str, period: Period = YEAR) -> list[str]:
    row = Row(Source("册.xlsx", "表", {}, titles=titles), 3, ())
    found = list(of_another_year([Roster((), (row, row))], period))
    assert all((one.severity, str(one.place)) == (Severity.WARNING, "册.xlsx 表") for one in found)
    return [one.message for one in found]


@pytest.mark.parametrize(
    "title",
    [
        "望川县2025年民主评议党员汇总表",
        "望川县二〇二五年度基层党组织分类定级申报汇总表",
        "２０２５年度表彰推荐名册",
        "2024—2025年度考核汇总表",
        "2025年上半年民主评议汇总表",
        "2027年述评考汇总",
    ],
)
def test_a_title_of_another_year_is_a_warning_on_its_sheet(title: str) -> None:
    assert said("附件2", title) == [f"表名是“{title}”，这次运行的却是2026年"]


@pytest.mark.parametrize(
    "title",
    [
        "望川县2026年民主评议党员汇总表",
        "望川县二〇二六年度申报汇总表",
        "2025-2026年度考核汇总表",
        "2024年至2027年任期一览",
        "2026年评议（对照2025年结果）",
        "上年度（2025年）考核结果",
        "2025年底党员、党支部数",
        "2018年以前离任村干部名册",
        "截至2025年12月在职干部花名册",
        "二〇二五年十二月花名册",
        "根据《民主评议办法（2019年修订）》填报",
        "评议办法2019年版附表",
        "某组发〔2025〕12号附件",
        "民主评议党员汇总表",
    ],
)
def test_a_title_of_this_year_of_a_day_or_of_what_went_before_is_none(title: str) -> None:
    assert said(title) == []


def test_of_a_part_of_a_year_no_title_is_asked() -> None:
    """The roster of a quarter or a month is often the last one that was handed in."""
    assert [said("2025年花名册", period=Period.parse(text)) for text in ("2026Q1", "2026-01")] == [[], []]


REVIEWED = (
    "乡镇",
    "支部",
    "姓名",
    "人员类别",
    "优秀票",
    "合格票",
    "基本合格票",
    "不合格票",
    "发出票",
    "收回票",
    "支委评定",
)


def reviewed(town: str) -> list[tuple[object, ...]]:
    """Three members of a branch of the township, each with a review that can be concluded."""
    return [(town, "河西村党支部", f"张建{n}", "正式党员", 0, 3, 0, 0, 3, 3, "合格") for n in "国民军"]


def test_the_reader_keeps_the_title_and_the_run_tells_of_it(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "册.xlsx", reviewed("青禾镇"), REVIEWED, title="望川县 2025 年民主评议党员汇总表")
    ran = sanchuang("reviews", "册.xlsx", "--period", "2026")
    assert "表名是“望川县2025年民主评议党员汇总表”，这次运行的却是2026年" in "".join(ran.err.split())
    assert "表名是" not in sanchuang("reviews", "册.xlsx", "--period", "2025").err


def test_a_merged_roster_keeps_the_years_of_its_parts(sanchuang: Sanchuang, tmp_path: Path) -> None:
    for town in ("青禾镇", "望河乡"):
        book(tmp_path / f"{town}.xlsx", reviewed(town), REVIEWED, title=f"{town}2025年民主评议党员汇总表")
    sanchuang("merge", "青禾镇.xlsx", "望河乡.xlsx", "--as", "reviewed", "--out", "合并.xlsx")
    ran = sanchuang("reviews", "合并.xlsx", "--period", "2026")
    assert "表名是“民主评议汇总（2025年，合并）”，这次运行的却是2026年" in "".join(ran.err.split())
    assert "表名是" not in sanchuang("reviews", "合并.xlsx", "--period", "2025").err


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (VagueDate.on(date(2024, 12, 31)), ["before-period"]),
        (VagueDate.within(2024, 12), ["before-period"]),
        (VagueDate.on(date(2025, 1, 1)), []),
        (VagueDate(date(2024, 12, 1), date(2025, 1, 31)), []),
        (VagueDate.on(date(2026, 1, 15)), []),
        (VagueDate.on(date(2026, 1, 16)), ["not-yet"]),
    ],
)
def test_a_day_of_the_period_may_lie_in_it_or_later_up_to_the_day_of_judgement(
    day: VagueDate, codes: list[str]
) -> None:
    """A review of 2025 may be held in January 2026; one of December 2024 was of another year."""
    who = structs.replace(member(1), decided=day)
    found = looked_over(who, COMMON, Occasion(Period.year(2025), date(2026, 1, 15))).found
    assert [one.code for one in found] == codes


def test_a_row_of_another_year_is_set_aside_at_its_cell() -> None:
    run = outcome(member(1, decided="2024-12-20"), member(2, decided="2025-12-20"))
    (found,) = run.findings
    assert (found.code, run.tally.set_aside) == ("reviews.before-period", 1)
    assert found.message.endswith("评定日期 2024-12-20 在2025年（2025-01-01 起）以前") and found.mend
    assert found.place.heading == "评定日期"


def test_a_day_after_the_day_of_judgement_is_no_day_of_a_review_yet() -> None:
    run = outcome(member(1, "不合格", (0, 1, 2, 7), decided="2027-05-01"), on=date(2026, 1, 15), year=2025)
    assert (told(run), run.tally.set_aside) == (["not-yet"], 1)


def test_what_is_done_for_the_year_is_declared_so() -> None:
    own = {
        (record.__name__, one.heading)
        for record in (Reviewed, Pledge, AppraisedUnit)
        for one in record.declared()
        if one.of_period
    }
    assert own == {("Reviewed", "评定日期"), ("Pledge", "兑现日期"), ("AppraisedUnit", "述职日期")}
