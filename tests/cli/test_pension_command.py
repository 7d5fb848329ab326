"""`sanchuang pension` as it is typed: a year through the ledger, what is known late, and books that cannot be."""

from pathlib import Path
from typing import Any

import openpyxl

from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import opened
from tests.cli.test_fund_command import Office
from tests.cli.test_graduates_command import office
from tests.command import Ran, book
from tests.goldens.test_pension import HONOURS, INSURED, RECEIPTS, VILLAGES
from tests.ledger.county import account
from tests.programmes.people import identity

__all__ = ["office"]

WHO = {"周勇": identity("1980-02-03", number=1), "吴刚": identity("1980-02-03", number=2)}
HERE = ["青禾镇", "河西村", "有"]


def row(name: str = "周勇", **cells: Any) -> list[Any]:
    plain = {
        "乡镇": "青禾镇", "村": "河西村", "姓名": name, "身份证号": WHO[name], "职务": "村支书", "任职时间": "2021-01-12",
        "参保类型": "城乡居民", "银行账号": account(list(WHO).index(name) + 1),
    }  # fmt: skip
    return [(plain | cells).get(heading, "") for heading in INSURED]


def given(*rows: list[Any], villages: Any = (HERE,), receipts: Any = ()) -> list[str]:
    """The books of the office, by name."""
    book(Path("名册.xlsx"), rows, INSURED, title="参保补贴人员名册")
    book(Path("村情.xlsx"), villages, VILLAGES, title="村情表")
    book(Path("凭证.xlsx"), receipts, RECEIPTS, title="缴费凭证")
    return ["名册.xlsx", "村情.xlsx", *(["凭证.xlsx"] if receipts else [])]


def paid(office: Office, batch: int, books: list[str], period: str) -> Ran:
    """Propose, approve, send and settle what a period owes; what was said of it."""
    ran = office("batch", "propose", "pension", *books, "--period", period, "--by", "张三")
    assert ran.code in (0, 1), ran.err
    assert office("batch", "approve", batch, "--by", "李四").code == 0
    assert office("batch", "send", batch, "--bank", f"银行{batch}").code == 0
    assert office("batch", "paid", batch).code == 0
    return ran


def sums() -> dict[str, int]:
    """Fen by payer, as the ledger has posted them."""
    by_payer: dict[str, int] = {}
    with opened(Path("county.db")).reading() as connection:
        for key, one in posted(connection, "pension").items():
            by_payer[key.component] = by_payer.get(key.component, 0) + one.fen
    return by_payer


def test_a_year_is_paid_by_payer_and_what_becomes_known_is_made_good(office: Office) -> None:
    assert office("ledger", "init", "--paid-through", "2024-12").code == 0
    both = (row(), row("吴刚"))
    paid(office, 1, given(*both), "2025")
    assert sums() == {"村": 48_000, "县": 168_000, "自治区": 72_000}
    again = office("batch", "propose", "pension", *given(*both), "--period", "2025", "--by", "张三")
    assert "没有变动" in again.err
    # the village turns out to have no income, and one of the two to have left in September
    known = given(row(任职终止="2025-09-20"), row("吴刚"), villages=[["青禾镇", "河西村", "无"]])
    said = paid(office, 2, known, "2025").err
    assert "补发：更正后应多发 21 项 420.00 元" in said and "更正后应少发" in said
    assert office("batch", "approve", 3, "--by", "李四").code == 0
    assert office("batch", "recovered", 3).code == 0
    assert sums() == {"村": 0, "县": 108_000 + 81_000, "自治区": 36_000 + 27_000}
    assert office("ledger", "verify").code == 0


def test_what_waits_for_a_receipt_is_paid_when_it_comes_and_a_refund_is_listed_and_not_netted(
    office: Office,
) -> None:
    assert office("ledger", "init", "--paid-through", "2024-12").code == 0
    first = ["001", WHO["周勇"], 2025, 960, "2025-11-01"]
    paid(office, 1, given(row(), row("吴刚"), receipts=[first]), "2025")
    assert sum(sums().values()) == 144_000
    late = [
        first,
        ["002", WHO["吴刚"], 2025, 480, "2025-03-01"],
        ["003", WHO["吴刚"], 2025, 480, "2025-09-01"],
    ]
    books = given(row(), row("吴刚", 死亡日期="2025-06-18"), receipts=late)
    said = paid(office, 2, books, "2025").err
    assert "2025-09-01 还缴了 480.00 元" in said
    assert "吴刚：2025-06-18 身故，发放身故以前的 720.00 元，发到本人账户" in said and "由谁领" in said
    assert sum(sums().values()) == 144_000 + 72_000, (
        "six months of the dead, whose later receipt is netted nowhere"
    )
    assert office("pension", *books, "--period", "2025", "--out", "册.xlsx").code == 0
    pages = openpyxl.load_workbook("册.xlsx", read_only=True)
    refund = [line for line in pages["身故应退"].iter_rows(values_only=True) if line[3] == "吴刚"]
    assert [line[5:8] for line in refund] == [(480, 0, 480)]


def test_months_of_one_year_are_paid_one_by_one_and_the_year_owes_no_more(office: Office) -> None:
    assert office("ledger", "init", "--paid-through", "2024-12").code == 0
    for batch, month in ((1, 1), (2, 3)):
        paid(office, batch, given(row()), f"2025-{month:02d}")
    assert sum(sums().values()) == 36_000
    paid(office, 3, given(row()), "2025")
    assert sum(sums().values()) == 144_000


def test_a_year_before_the_rosters_year_is_left_as_it_is(office: Office) -> None:
    assert office("ledger", "init", "--paid-through", "2023-12").code == 0
    paid(office, 1, given(row()), "2024")
    poor = given(row(), villages=[["青禾镇", "河西村", "无"]])
    paid(office, 2, poor, "2025")
    assert sums()["村"] == 12 * 1_866 + 8, "560 yuan x 4 % of 2024 stay the village's"


def test_a_roster_without_a_heading_that_is_needed_is_refused_with_its_name(office: Office) -> None:
    heading = "参保类型"
    at = INSURED.index(heading)
    heads = [*INSURED[:at], *INSURED[at + 1 :]]
    book(Path("缺.xlsx"), [[*row()[:at], *row()[at + 1 :]]], heads, title="参保补贴人员名册")
    ran = office("pension", "缺.xlsx", "--period", "2025")
    assert (ran.code, heading in ran.err) == (2, True)


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "张空白": ({"参保类型": ""}, "参保类型"),
    "李商业": ({"参保类型": "商业保险"}, "商业保险"),
    "王两样": ({"参保类型": "城乡居民、职工养老"}, "城乡居民、职工养老"),
    "赵日期": ({"任职时间": "2021.13.1"}, "2021.13.1"),
    "钱将来": ({"处分日期": "2026-08-01"}, "2026-08-01"),
    "孙数字": ({"已缴月数": "一百来个"}, "一百来个"),
    "周职务": ({"职务": "护林员"}, "护林员"),
    "吴村名": ({"村": "无名村"}, "无名村"),
    "郑去世": ({"备注": "已去世"}, "去世"),
    "冯续保": ({"续保": "也许"}, "也许"),
    "陈颠倒": ({"任职终止": "2020-01-01"}, "2020-01-01"),
}


def test_a_bad_cell_sets_its_row_aside_at_its_place_and_the_others_are_worked_out(office: Office) -> None:
    heads = [*INSURED, "备注"]
    rows = [
        [
            *row(
                姓名=name, 身份证号=identity("1981-02-03", number=n), **{"银行账号": account(100 + n)} | cells
            ),
            cells.get("备注", ""),
        ]
        for n, (name, (cells, _)) in enumerate(BAD.items(), 1)
    ]
    book(Path("名册.xlsx"), [*rows, [*row(), ""]], heads, title="名册")
    book(Path("村情.xlsx"), [HERE], VILLAGES, title="村情表")
    ran = office("pension", "名册.xlsx", "村情.xlsx", "--period", "2025", "--out", "册.xlsx")
    assert (ran.code, "补贴 1" in ran.err, f"待核实 {len(BAD)}" in ran.err) == (1, True, True), ran.err
    pages = openpyxl.load_workbook("册.xlsx", read_only=True)
    waiting = {str(line[3]): str(line) for line in pages["待核实名单"].iter_rows(values_only=True) if line[3]}
    assert not [name for name, (_, said) in BAD.items() if said not in waiting.get(name, "")], waiting


def test_a_village_or_an_honour_that_cannot_be_read_lets_wait_only_those_whom_it_concerns(
    office: Office,
) -> None:
    elsewhere = row("吴刚", 村="三合村")
    books = given(row(), elsewhere, villages=[["青禾镇", "河西村", "不清楚"], ["青禾镇", "三合村", "有"]])
    ran = office("pension", *books, "--period", "2025")
    assert (ran.code, "不清楚" in ran.err, "补贴 1" in ran.err, "待核实 1" in ran.err) == (
        1,
        True,
        True,
        True,
    )
    books = given(row(), elsewhere, villages=[HERE, ["青禾镇", "三合村", "有"]])
    book(Path("荣誉.xlsx"), [["青禾镇河西村", "县级先进党组织", "某年"]], HONOURS, title="荣誉")
    ran = office("pension", *books, "荣誉.xlsx", "--period", "2025")
    assert (ran.code, "某年" in ran.err, "补贴 1" in ran.err, "待核实 1" in ran.err) == (1, True, True, True)


def test_without_the_list_of_villages_everybody_waits_and_is_told_what_is_missing(office: Office) -> None:
    books = given(row())[:1]
    ran = office("pension", *books, "--period", "2025")
    assert (ran.code, "村情表" in ran.err, "待核实 1" in ran.err) == (1, True, True)


def test_a_base_that_was_not_renewed_names_its_key(office: Office) -> None:
    ran = office("pension", *given(row(任职时间="2015-01-12")), "--period", "2020")
    assert (ran.code, "2020 年的缴费基数" in ran.err, "bases" in ran.err) == (1, True, True)


def test_explain_shows_the_arithmetic_the_clause_and_the_cells(office: Office) -> None:
    books = given(row(处分日期="2025-05-16"), receipts=[["001", WHO["周勇"], 2025, 1800, "2025-12-01"]])
    ran = office("explain", "pension", "周勇", *books, "--period", "2025", "--all")
    assert ran.code == 0
    for said in (
        "2025-06至2025-12",
        "村 100.00",
        "400.00",
        "从次月起",
        "名册.xlsx",
        "凭证.xlsx",
        "村情.xlsx",
        "1800.00",
    ):
        assert said in ran.out + ran.err, said
    assert WHO["周勇"] not in ran.out + ran.err
