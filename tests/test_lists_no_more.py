"""A list that says of itself that it does not hold any more is warned of, once for each sheet, whatever the programme and the period."""

from pathlib import Path

import pytest

from sanchuang_cli.finding import Severity
from sanchuang_cli.period import Period
from sanchuang_cli.record import Roster, Row, Source
from sanchuang_cli.roster.titles import asked
from tests.command import Sanchuang, book
from tests.test_another_year import REVIEWED, reviewed

PERIODS = (Period.year(2026), Period.parse("2026-03"))


def said(sheet: str, *titles: str, period: Period = PERIODS[1]) -> list[str]:
    row = Row(Source("册.xlsx", sheet, {}, titles=titles), 3, ())
    found = list(asked([Roster((), (row, row))], period))
    assert all((one.severity, str(one.place)) == (Severity.WARNING, f"册.xlsx {sheet}") for one in found)
    return [one.message for one in found]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("word", ["作废", "已取消资格人员", "党员名册（旧）", "旧名册", "旧", "停用", "历史台账", "已作废的", "废弃"])  # fmt: skip
def test_a_sheet_or_a_title_that_says_that_it_does_not_hold_is_a_warning(word: str, period: Period) -> None:
    message = [f"表名是“{word}”，像是不再用的表，仍照现在的名册读了"]
    assert said(word, "党员名册", period=period) == message == said("表1", word, period=period)


@pytest.mark.parametrize(
    "word",
    ["党员名册", "旧街乡", "旧县镇离任干部花名册", "离任村干部花名册", "名册（不含已取消资格人员）", "历史遗留问题人员补贴", "《旧台账管理办法》附表", "停发人员名单"],
)  # fmt: skip
def test_names_of_places_and_of_what_is_left_out_are_none(word: str) -> None:
    assert said(word, word) == []


def test_the_year_in_the_name_of_a_sheet_is_asked_like_that_of_a_title() -> None:
    messages = said("2019年旧台账", period=PERIODS[0])
    assert messages == [
        "表名是“2019年旧台账”，这次运行的却是2026年",
        "表名是“2019年旧台账”，像是不再用的表，仍照现在的名册读了",
    ]


def test_the_run_tells_of_it(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "册.xlsx", reviewed("青禾镇"), REVIEWED, title="已取消资格人员")
    ran = sanchuang("reviews", "册.xlsx", "--period", "2026")
    assert "表名是“已取消资格人员”，像是不再用的表" in "".join(ran.err.split())
