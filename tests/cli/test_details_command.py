"""--details: long pages and columns that few read are written and printed only where somebody asks for them."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from sanchuang_cli.report.picked import BESIDE, UNDRAWN
from tests.command import SAMPLES, Sanchuang

ROSTERS = {
    "rate": ("orgs.xlsx", "--period", "2026", "--on", "2026-12-31"),
    "subsidies": ("members.xlsx", "--period", "2026Q2"),
}
DETAILS = {"rate": {"得分明细"}, "subsidies": {"分档人数", "年龄分布"}}


def result(sanchuang: Sanchuang, programme: str, *more: str) -> Any:
    """The sample's workbook."""
    roster, *asked = ROSTERS[programme]
    ran = sanchuang(programme, SAMPLES / roster, *asked, *more, "--out", "册.xlsx", "--quiet")
    assert ran.code in (0, 1), ran.err


def sources(path: Path) -> list[tuple[str, str]]:
    sheet = openpyxl.load_workbook(path)["来源"]
    return [(str(row[0]), str(row[1])) for row in sheet.iter_rows(values_only=True)]


def printed(path: Path, name: str) -> tuple[set[str], set[str]]:
    """The headings that are printed, and those that stand beside them."""
    sheet = openpyxl.load_workbook(path)[name]
    last = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))[2]
    heads: tuple[set[str], set[str]] = (set(), set())
    top = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "序号")
    for column in range(1, sheet.max_column + 1):
        heads[column > (last or 0)].add(str(sheet.cell(top, column).value))
    return heads


@pytest.mark.parametrize("programme", ROSTERS)
def test_pages_of_details_are_written_only_when_they_are_asked_for(
    sanchuang: Sanchuang, tmp_path: Path, programme: str
) -> None:
    result(sanchuang, programme)
    names = set(openpyxl.load_workbook(tmp_path / "册.xlsx").sheetnames)
    (told,) = [said for item, said in sources(tmp_path / "册.xlsx") if item == UNDRAWN]
    assert not names & DETAILS[programme]
    assert "--details" in told and all(name in told for name in DETAILS[programme])
    result(sanchuang, programme, "--details")
    whole = set(openpyxl.load_workbook(tmp_path / "册.xlsx").sheetnames)
    assert whole - names == DETAILS[programme]
    assert UNDRAWN not in dict(sources(tmp_path / "册.xlsx"))


def test_columns_of_details_stand_beside_what_is_printed_and_nothing_is_lost(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    result(sanchuang, "subsidies")
    roster = "离任村干部生活补贴花名册"
    short, beside = printed(tmp_path / "册.xlsx", roster)
    assert {"姓名", "身份证号", "补贴标准", "本期月数", "本期金额", "银行账号"} <= short
    assert {"任职经历", "档次", "发放月份", "开户行", "状态", "补发", "扣发"} <= beside
    assert any(item == BESIDE and "--details" in said for item, said in sources(tmp_path / "册.xlsx"))
    result(sanchuang, "subsidies", "--details")
    whole, rest = printed(tmp_path / "册.xlsx", roster)
    assert whole | rest == short | beside
    assert rest == {"补贴项目"}


def test_what_the_county_chooses_to_print_is_printed(sanchuang: Sanchuang, tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_text(
        '[county]\nname = "某县"\n[[page]]\nname = "离任村干部生活补贴花名册"\ncolumns = ["任职经历", "状态"]\n',
        "utf-8",
    )
    result(sanchuang, "subsidies")
    short, beside = printed(tmp_path / "册.xlsx", "离任村干部生活补贴花名册")
    assert {"任职经历", "状态", "本期金额"} <= short
    assert {"档次", "发放月份"} <= beside


def test_the_next_period_reads_the_same_from_a_result_without_details(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    roster = SAMPLES / "members.xlsx"
    found = []
    for more in ((), ("--details",)):
        sanchuang("subsidies", roster, "--period", "2026Q2", *more, "--out", "上期.xlsx", "--quiet")
        asked = ("--period", "2026Q3", "--on", "2026-09-30", "--previous", "上期.xlsx", "--out", "本期.xlsx")
        assert sanchuang("subsidies", roster, *asked, "--quiet").code == 1
        book = openpyxl.load_workbook(tmp_path / "本期.xlsx", data_only=True)
        found.append([list(sheet.values) for sheet in book.worksheets if sheet.title not in ("来源", "疑点")])
    assert found[0] == found[1]


def test_a_job_asks_for_them_by_the_same_word(sanchuang: Sanchuang, tmp_path: Path) -> None:
    job = f"""
maker = "张三"
[[job]]
name = "评星"
programme = "rate"
inputs = ["{(SAMPLES / "orgs.xlsx").as_posix()}"]
period = "2026"
out = "册.xlsx"
"""
    for more, written in (("", False), ("details = true\n", True)):
        (tmp_path / "jobs.toml").write_text(job + more, "utf-8")
        ran = sanchuang("run", "jobs.toml")
        assert ran.code in (0, 1), ran.err
        assert ("得分明细" in openpyxl.load_workbook(tmp_path / "册.xlsx").sheetnames) is written
