"""Base pay beside the budget, as it is typed: results of several months, unchanged, of the year, approved."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.test_ledger_command import Office, office
from tests.cli.test_results_command import saved
from tests.command import book
from tests.ledger.county import account, number

__all__ = ["office"]

CADRES = ("乡镇", "村", "姓名", "身份证号", "职务", "任职起始", "任职文件", "银行卡号")
BODIES = ("乡镇", "村", "类型", "是否贫困村", "转入党员数", "新批支部数", "缴纳党费")
ASKED = ("村.xlsx", "--period", "2026", "--on", "2026-12-31")


def cadre(who: int, village: str, post: str, township: str = "青禾镇") -> list[str]:
    name = ("王德福", "李长林", "张宝山")[who]
    return [township, village, name, number(who), post, "2021-01-10", "青组〔2021〕1号", account(who)]


@pytest.fixture
def paid(office: Office) -> Office:
    """July and August of three cadres in two villages, of which one is not on the roster of the budget."""
    people = [cadre(0, "河西村", "书记"), cadre(1, "河西村", "副主任"), cadre(2, "河口村", "书记")]
    book(Path("干部.xlsx"), people, CADRES, sheet="在职村干部花名册")
    book(
        Path("村.xlsx"),
        [["青禾镇", village, "村", "否", "", "", ""] for village in ("河西村", "河东村")],
        BODIES,
    )
    for month in ("2026-07", "2026-08"):
        ran = office(
            "pay", "干部.xlsx", "--period", month, "--on", f"{month}-28", "--out", f"{month}.xlsx", "-q"
        )
        assert ran.code == 0, ran.err
    return office


def taking(*results: str) -> list[str]:
    return [word for result in results for word in ("--result", result)]


def test_an_approved_batch_lets_the_budget_take_its_pay_and_the_rest_is_told(paid: Office) -> None:
    ran = paid("budget", *ASKED, *taking("2026-07.xlsx"))
    assert ran.code == 2 and "台账 county.db 里没有审批过 2026-07.xlsx，不能取它的基本报酬" in ran.err
    assert "sanchuang batch approve" in ran.err
    for batch, month in enumerate(("2026-07", "2026-08"), 1):
        job = ("干部.xlsx", "--period", month, "--on", f"{month}-28")
        assert paid("batch", "propose", "pay", *job, "--by", "张三").code == 0
        assert paid("batch", "approve", str(batch), "--by", "李四").code == 0
    both = (*ASKED, *taking("2026-07.xlsx", "2026-08.xlsx"))
    ran = paid("budget", *both, "--out", "预算.xlsx")
    assert ran.code == 0, ran.err
    assert "2026-07至2026-08的报酬结果里没有这个村的行" in ran.err and "河东村" in ran.err
    assert "青禾镇“河口村”：报酬结果里有，名册里没有，2 行 4000.00 元没有列到哪个村" in ran.err
    rows = {row[2]: row for row in load_workbook("预算.xlsx")["年度预算表"].iter_rows(values_only=True)}
    at = [str(cell) for cell in rows["村"]].index("基本报酬（另列）")
    assert (rows["河西村"][at], rows["河东村"][at]) == (2 * (2000 + 1400), None)
    told = paid("explain", "budget", "河西村", *both)
    assert "2026-07.xlsx 报酬发放表" in told.out and "6800.00" in told.out, told.err


def test_a_result_that_cannot_be_used_is_refused_with_what_to_give(paid: Office) -> None:
    own = Path("政策.toml")
    own.write_text(
        paid("policy", "show", "budget").out.replace(
            "[edition.base_pay]", '[edition.base_pay]\nmust = "result"'
        ),
        "utf-8",
    )

    def refused(*results: str, year: str = "2026") -> str:
        period = ("--period", year, "--on", f"{year}-12-31", "--policy", str(own))
        ran = paid("budget", "村.xlsx", *period, *taking(*results))
        assert ran.code == 2, ran.err
        return ran.err

    assert "2026-07.xlsx 是2026年7月的结果，不在2025年里。请换成2025年里各期的" in refused(
        "2026-07.xlsx", year="2025"
    )
    paid("pay", "干部.xlsx", "--period", "2026Q3", "--on", "2026-09-28", "--out", "季.xlsx", "-q")
    assert "季.xlsx 和 2026-07.xlsx 都有 2026-07，会算两次" in refused("季.xlsx", "2026-07.xlsx")
    book(Path("别县.xlsx"), [cadre(0, "河西村", "书记", "红旗镇")], CADRES, sheet="在职村干部花名册")
    paid("pay", "别县.xlsx", "--period", "2026-09", "--on", "2026-09-28", "--out", "别.xlsx", "-q")
    assert "乡镇（红旗镇）名册里一个也没有，像是别的县的结果" in refused("别.xlsx")

    def raised(whole: Any) -> None:
        cells = [cell for row in whole["报酬发放表"].iter_rows() for cell in row if cell.value == 1400]
        cells[0].value = 2400

    saved("2026-07.xlsx", raised)
    assert "工作表“报酬发放表”" in (told := refused("2026-07.xlsx")) and "和写出时不一样" in told
