"""工作报告 says on which day each result was judged, and warns of one that was judged long before its own period was over."""

from datetime import date
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.stated.given import COPY, COUNTED, EARLIER, WAITING, GivenFile
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.report import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.report.test_comparing import EDITIONS, figure, file, says


def of(period: str, on: date | None, part: str = COUNTED, county: str = "") -> GivenFile:
    """A result of dues for a period that was judged on a day."""
    known = file(says("dues", "党费", period, figure("交清", 1)), part)
    return structs.replace(known, judged=on, county=county)


def outcome(*files: GivenFile, on: date) -> Outcome:
    rosters: dict[str, Roster[Any]] = {"files": Roster(files), "budget": Roster(()), "plan": Roster(())}
    return PROGRAMME.run(rosters, EDITIONS, Occasion(Period.parse(f"{on:%Y-%m}"), on))


def told(run: Outcome) -> list[str]:
    return [finding.message for finding in run.findings if finding.code == "report.judged-early"]


def test_the_page_of_files_says_the_day_of_every_result() -> None:
    run = outcome(of("2026", date(2026, 11, 28)), of("2025", None, EARLIER), on=date(2026, 12, 1))
    (table,) = (table for table in run.tables if table.name == "文件")
    at = table.index("judged")
    assert table.columns[at].title == "判定日"
    assert [row[at] for row in table.rows] == [None, date(2026, 11, 28)]


@pytest.mark.parametrize(
    ("period", "judged", "on", "early"),
    [
        ("2026", date(2026, 11, 30), date(2026, 12, 31), True),
        ("2026", date(2026, 12, 1), date(2026, 12, 31), False),
        ("2026", date(2026, 11, 30), date(2027, 3, 1), True),
        ("2026", date(2026, 12, 31), date(2027, 3, 1), False),
        ("2026-02", date(2026, 2, 28), date(2026, 12, 31), False),
        ("2026", date(2027, 2, 1), date(2027, 3, 1), False),
    ],
)
def test_a_result_is_told_of_that_was_judged_long_before_its_period_ended_or_the_day_of_the_report(
    period: str, judged: date, on: date, early: bool
) -> None:
    said = f"有的结果判定得早，那以后办了的、改了的没有算入：{judged}（党费）"
    assert told(outcome(of(period, judged), on=on)) == [said] * early


@pytest.mark.parametrize("part", [WAITING, EARLIER, COPY])
def test_only_results_that_count_are_told_of(part: str) -> None:
    assert told(outcome(of("2026", date(2026, 1, 1), part), on=date(2026, 12, 31))) == []


def test_of_several_counties_the_county_is_named() -> None:
    files = (of("2026", date(2026, 1, 1), county=county) for county in ("甲县", "乙县"))
    (said,) = told(outcome(*files, on=date(2026, 12, 31)))
    assert said.endswith("2026-01-01（甲县党费、乙县党费）")
