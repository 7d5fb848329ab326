"""Bank statements of every layout are read alike, and what cannot be read becomes a finding."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.reconciling import IN, OUT
from sanchuang_cli.ledger.statement import (
    COLUMNS_OF_BANKS,
    Payees,
    Statement,
    StatementLine,
    StatementRow,
    may_be_a_list,
    other,
    statement,
)
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.read import read
from tests.command import book
from tests.ledger.county import account

CARD, OTHER = account(1), account(2)
FACTS = [
    (date(2026, 7, 24), OUT, 50500, "王甲", CARD),
    (date(2026, 7, 27), IN, 50500, "王甲", CARD),
    (date(2026, 9, 21), IN, 123, "", ""),
    (date(2026, 9, 22), OUT, 200000, "李乙", OTHER),
]
BALANCES = [949500, 1000000, 1000123, 800123]
COLUMNS = (
    "交易日期", "借方发生额", "贷方发生额", "余额", "对方户名", "对方账号", "摘要", "流水号"
)  # fmt: skip


def given(*paths: Path) -> Statement:
    reading = read(paths, {"statement": Wanted(StatementRow, "银行对账单")}, pinned=COLUMNS_OF_BANKS)
    return statement(reading.rosters["statement"], reading.findings)


def yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}"


def two_columns(day: date, way: str, fen: int, name: str, card: str, balance: int) -> list[Any]:
    return [
        f"{day}",
        yuan(fen) if way == OUT else "",
        yuan(fen) if way == IN else "",
        yuan(balance),
        name,
        card,
    ]


def income_first(day: date, way: str, fen: int, name: str, card: str, balance: int) -> list[Any]:
    sums = [fen / 100 if way == IN else None, fen / 100 if way == OUT else None, balance / 100]
    return [1, f"{day} 10:11:12", *sums, name, card]


def with_a_word(day: date, way: str, fen: int, name: str, card: str, balance: int) -> list[Any]:
    return [f"{day:%Y/%m/%d}", fen / 100, "借" if way == OUT else "贷", balance / 100, card, name]


def with_a_letter(day: date, way: str, fen: int, name: str, card: str, balance: int) -> list[Any]:
    return [f"{day:%Y年%m月%d日}", "D" if way == OUT else "C", yuan(fen), yuan(balance), card, name]


def with_a_sign(day: date, way: str, fen: int, name: str, card: str, balance: int) -> list[Any]:
    return [f"{day:%Y-%m-%d}", (fen if way == IN else -fen) / 100, balance / 100, name, card]


def with_noughts(day: date, way: str, fen: int, name: str, card: str, balance: int) -> list[Any]:
    sums = ["0.00" if way == IN else yuan(fen), "0.00" if way == OUT else yuan(fen)]
    return [f"{day}", name, card, *sums, yuan(balance)]


def with_two_days(day: date, way: str, fen: int, name: str, card: str, balance: int) -> list[Any]:
    sums = [yuan(fen) if way == OUT else "", yuan(fen) if way == IN else "", yuan(balance)]
    return [
        "22010009",
        "某部",
        f"{day:%Y%m%d} 10:11:12",
        *sums,
        "人民币元",
        name,
        card,
        f"{day:%Y%m%d}",
        "代发",
    ]


def with_an_hour(day: date, way: str, fen: int, name: str, card: str, balance: int) -> list[Any]:
    sums = [fen / 100 if way == OUT else "", fen / 100 if way == IN else "", balance / 100]
    return [f"{day:%Y%m%d}", "101112", f"{day:%Y%m%d}", "代发", *sums, name, card]


def with_both_accounts(day: date, way: str, fen: int, name: str, card: str, balance: int) -> list[Any]:
    sums = [yuan(fen if way == OUT else 0), yuan(fen if way == IN else 0)]
    return [
        "0",
        "22010009",
        card,
        f"{day} 10:11:12.123",
        "借" if way == OUT else "贷",
        *sums,
        name,
        yuan(balance),
    ]


LAYOUTS = {
    two_columns: COLUMNS[:6],
    income_first: ("序号", "交易时间", "收入", "支出", "账户余额", "对方户名", "对方账号"),
    with_a_word: ("记账日期", "交易金额", "借贷标志", "余额", "对方账号", "对方名称"),
    with_a_letter: ("日期", "借贷方向", "发生额（元）", "余额（元）", "对方账户", "对方账户名称"),
    with_a_sign: ("交易日", "发生额", "余额", "对方户名", "对方账号"),
    with_two_days: (
        "账号", "账户名称", "交易时间", "借方发生额（支取）", "贷方发生额（收入）", "余额", "币种", "对方户名", "对方账号",
        "记账日期", "摘要",
    ),
    with_an_hour: (
        "交易日", "交易时间", "起息日", "交易类型", "借方金额", "贷方金额", "余额", "收(付)方名称", "收(付)方账号",
    ),
    with_both_accounts: (
        "凭证号", "本方账号", "对方账号", "交易时间", "借/贷", "借方发生额", "贷方发生额", "对方单位名称", "余额",
    ),
    with_noughts: ("交易日期", "收(付)方名称", "收(付)方账号", "付款金额", "收款金额", "账户余额"),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("turned", [False, True], ids=["oldest-first", "newest-first"])
def test_every_layout_says_the_same(layout: Any, turned: bool, tmp_path: Path) -> None:
    rows = [layout(*facts, balance) for facts, balance in zip(FACTS, BALANCES, strict=True)]
    made = given(
        book(tmp_path / "单.xlsx", rows[::-1] if turned else rows, LAYOUTS[layout], title="交易明细")
    )
    assert sorted(line[1:6] for line in made.lines) == sorted(FACTS)
    (sheet,) = made.sheets
    assert (sheet.opening, sheet.received, sheet.paid, sheet.closing) == (1000000, 50623, 250500, 800123)
    assert (made.lost, made.findings, sheet.breaks) == (0, [], ())


def test_a_text_file_in_the_code_page_of_chinese_windows_is_read(tmp_path: Path) -> None:
    rows = [two_columns(*facts, balance) for facts, balance in zip(FACTS, BALANCES, strict=True)]
    lines = [COLUMNS[:6], *([str(cell).replace(",", "") for cell in row] for row in rows)]
    path = tmp_path / "单.csv"
    path.write_bytes("\r\n".join("\t,".join(line) for line in lines).encode("gb18030"))
    assert sorted(statement_line[1:6] for statement_line in given(path).lines) == sorted(FACTS)


def rows_of(*cells: dict[str, Any]) -> list[list[Any]]:
    plain = {"交易日期": "20260724", "借方发生额": "505.00", "对方户名": "王甲", "对方账号": CARD}
    return [[(plain | changed).get(heading, "") for heading in COLUMNS] for changed in cells]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"借方发生额": "5O5.00x"}, "借方发生额读不出"),
        ({"交易日期": "二十四号"}, "交易日期读不出"),
        ({"交易日期": ""}, "没有交易日期"),
        ({"交易日期": "2026年7月"}, "写不到日"),
        ({"贷方发生额": "505.00"}, "借方和贷方都有金额"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_is_no_movement(
    cells: dict[str, Any], why: str, tmp_path: Path
) -> None:
    made = given(book(tmp_path / "单.xlsx", rows_of(cells, {}), COLUMNS))
    assert (len(made.lines), made.lost) == (1, 1)
    (finding,) = [odd for odd in made.findings if odd.code == "statement.unread"]
    assert why in finding.message and finding.place.row == 3


def test_an_amount_without_a_sign_or_a_word_for_it_is_no_movement(tmp_path: Path) -> None:
    made = given(
        book(tmp_path / "单.xlsx", [["20260724", 505, CARD]] * 2, ("交易日期", "发生额", "对方账号"))
    )
    assert (made.lines, made.lost) == ([], 2)


def test_a_row_that_only_says_a_balance_moves_nothing(tmp_path: Path) -> None:
    opening = {
        "交易日期": "",
        "借方发生额": "",
        "对方户名": "",
        "对方账号": "",
        "余额": "505.00",
        "摘要": "承前页",
    }
    made = given(book(tmp_path / "单.xlsx", rows_of(opening, {"余额": "0.00"}), COLUMNS))
    assert (len(made.lines), made.lost, made.findings) == (1, 0, [])


def test_a_red_figure_is_what_goes_the_other_way(tmp_path: Path) -> None:
    made = given(book(tmp_path / "单.xlsx", rows_of({"借方发生额": "-505.00"}), COLUMNS))
    assert [(line.way, line.fen) for line in made.lines] == [(IN, 50500)]


def test_a_balance_that_does_not_follow_is_told_with_its_place(tmp_path: Path) -> None:
    rows = rows_of({"余额": "1000.00"}, {"余额": "495.00"}, {"余额": "90.00"}, {"余额": "-415.00"})
    made = given(book(tmp_path / "单.xlsx", rows, COLUMNS))
    (finding,) = made.findings
    assert "应为 -10.00 元，写的是 90.00 元" in finding.message and finding.place.row == 5
    assert made.is_broken


def test_a_total_of_the_banks_that_differs_from_its_lines_is_told_and_a_balance_beside_it_is_not(
    tmp_path: Path,
) -> None:
    rows = rows_of({"余额": "1000.00"}, {"余额": "495.00"})
    total = ["合计", "1,010.00", "0.00", "495.00", "", "", "", ""]
    assert not given(book(tmp_path / "单.xlsx", [*rows, total], COLUMNS)).is_broken
    total[1] = "1,515.00"
    assert given(book(tmp_path / "单.xlsx", [*rows, total], COLUMNS)).is_broken


def test_a_line_of_figures_alone_that_passes_for_a_sum_is_told(tmp_path: Path) -> None:
    made = given(
        book(tmp_path / "单.xlsx", [*rows_of({}, {}), ["20260921", "", 1.23, 10.5, "", "", "", ""]], COLUMNS)
    )
    assert made.is_broken and made.findings[0].code == "layout.sum-row"


def test_accounts_that_the_bank_has_starred_are_counted(tmp_path: Path) -> None:
    made = given(book(tmp_path / "单.xlsx", rows_of({"对方账号": f"6217****{CARD[-4:]}"}), COLUMNS))
    assert made.lines[0].account == f"6217****{CARD[-4:]}"
    assert [finding.message for finding in made.findings] == [
        "有 1 个对方账号打了星号或读不出，按户名和露出的几位对"
    ]


def test_a_file_that_is_missing_between_two_is_told(tmp_path: Path) -> None:
    first = book(tmp_path / "1.xlsx", rows_of({"余额": "1000.00"}), COLUMNS)
    second = book(tmp_path / "2.xlsx", rows_of({"余额": "395.00", "交易日期": "20260801"}), COLUMNS)
    (finding,) = given(first, second).findings
    assert "期初余额 900.00 元与 1.xlsx 名册 的期末余额 1,000.00 元接不上" in finding.message


def test_the_countys_own_books_are_no_statement(tmp_path: Path) -> None:
    rows = rows_of({"余额": "505.00"}, {"余额": "1010.00", "交易日期": "20260725"})
    with pytest.raises(UserError, match="不是银行的对账单"):
        given(book(tmp_path / "日记账.xlsx", rows, COLUMNS))


def test_what_two_files_both_have_is_counted_once_and_what_one_has_twice_is_two(tmp_path: Path) -> None:
    once = {"流水号": "7", "余额": "100.00"}
    twice = {"流水号": "8"}  # a bank gives a list one number
    first = book(tmp_path / "1.xlsx", rows_of(once, twice, twice), COLUMNS)
    second = book(tmp_path / "2.xlsx", rows_of(twice, twice, {"流水号": "9"}), COLUMNS)
    made = given(first, second)
    assert sorted(line.serial for line in made.lines) == ["7", "8", "8", "9"]
    assert [finding.message for finding in made.findings] == [
        "有 2 笔在几份对账单里都有（流水号、余额等都相同），只计一次"
    ]
    bare = [book(tmp_path / f"无{n}.xlsx", rows_of({}), COLUMNS) for n in (1, 2)]
    assert len(given(*bare).lines) == 2  # nothing tells that they are one


def line(**cells: Any) -> StatementLine:
    plain = {
        "place": None,
        "day": date(2026, 7, 24),
        "way": OUT,
        "fen": 505,
        "name": "",
        "account": "",
        "text": "",
    }
    return StatementLine(**(plain | {"balance": None, "serial": ""} | cells))


def test_a_line_is_a_payees_by_account_or_by_what_the_bank_shows_of_it() -> None:
    cards = [(CARD, "王甲"), (OTHER, "李乙"), (account(3), "李乙"), (account(4), "赵丙丁")]
    payees = Payees(cards, [(OUT, OTHER, 505)])

    def of(written: str, name: str = "", **cells: Any) -> str:
        return payees.account_of(line(account=written, name=name, **cells))

    assert of(CARD) == CARD and of(account(9), "王甲") == ""
    assert of(f"{CARD[:6]}****{CARD[-4:]}", "王甲") == of("", "王甲") == of("", "王*") == CARD
    assert of(f"{CARD[:6]}****0000", "王甲") == of(f"{CARD[:6]}****{CARD[-4:]}") == ""
    assert of("", "李乙") == OTHER and of("", "李乙", fen=1) == ""
    assert of("", "*丙丁") == account(4) and of("", "**") == ""


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"text": "代发手续费"}, "手续费"),
        ({"text": "结息", "way": IN}, "利息"),
        ({"name": "望川县财政局", "way": IN}, "拨入"),
        ({"name": "望川县财政局"}, ""),
        ({"text": "财政补贴代发退回", "way": IN}, ""),
    ],
)
def test_what_an_account_has_beside_payments_is_known_by_its_words(cells: dict[str, Any], what: str) -> None:
    assert other(line(**cells)) == what


@pytest.mark.parametrize(
    ("cells", "may"),
    [
        ({}, True),
        ({"name": "待划转代发款项", "account": "22010001", "text": "批量代发"}, True),
        ({"account": "22010001", "text": "印刷费"}, False),
        ({"name": "某某打印店", "text": "代发"}, False),
        ({"name": "王甲", "account": CARD, "text": "代发"}, False),
    ],
)
def test_a_list_is_of_nobodys_name_but_the_banks(cells: dict[str, Any], may: bool) -> None:
    assert may_be_a_list(line(**cells)) is may
