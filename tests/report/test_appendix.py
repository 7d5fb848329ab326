"""来源, and the sheets of a workbook: nothing is left out, and nothing tells the time."""

import re

import pytest

from sanchuang_cli import __version__
from sanchuang_cli.report import appendix
from sanchuang_cli.report.run import Run
from tests.report import made_up


def test_the_sources_name_every_input_the_policy_and_where_rows_went(run: Run) -> None:
    facts: dict[str, str] = dict(appendix.sources(run).rows)
    assert facts["期间"] == "2026年（2026）"
    assert facts["判定日"] == "2026-12-31"
    assert (facts["政策"], facts["文号"], facts["版本"]) == (
        "星级评定办法",
        "某组发〔2020〕8号",
        "2020-07-01 起施行",
    )
    assert facts["政策文件 SHA-256"] == "a1" * 32
    assert (facts["名册1"], facts["名册1 SHA-256"]) == ("青山镇.xlsx", "b2" * 32)
    assert facts["名册1 行数"] == "读取 81，其中待核实 2"
    assert facts["名册2"] == "白水乡.xls"
    assert facts["守恒"] == "读取 162 = 评定 156 + 成立不满一年未评 4 + 待核实 2"
    assert facts["疑点"] == "错误 4，警告 4，提示 4"
    assert facts["程序版本"] == f"sanchuang {__version__}"
    assert not re.search(r"\d:\d\d", str(facts))


def test_a_period_under_two_editions_names_both() -> None:
    rows = appendix.sources(made_up.run_of((), (), year=2020)).rows
    assert [value for item, value in rows if item == "文号"] == ["某组发〔2012〕6号", "某组发〔2020〕8号"]


@pytest.mark.parametrize("by", ["township", "乡镇"])
def test_a_sheet_for_each_township_keeps_every_row_and_its_total(by: str) -> None:
    roster = made_up.roster(60)
    parts = appendix.apart(roster, by)
    assert [part.name for part in parts] == [f"{township}发放花名册" for township in made_up.TOWNSHIPS]
    assert [row for part in parts for row in part.rows] == list(roster.rows)
    assert all(part.grand_total and part.signed and not part.group for part in parts)
    assert parts[0].title.endswith("（青山镇）")


def test_a_table_that_compares_the_townships_stays_whole() -> None:
    assert appendix.apart(made_up.stars(), "township") == [made_up.stars()]


def test_a_table_without_the_column_stays_whole(run: Run) -> None:
    names = [table.name for table in appendix.pages(run, by="村")]
    assert names[-5:] == ["星级分布", "等次分布", "不予发放", "疑点", "来源"]
    assert appendix.apart(made_up.refusals(), "township") == [made_up.refusals()]
