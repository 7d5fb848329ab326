"""`ledger reconcile`: one year of the ledger compared with the bank's statement."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from openpyxl import load_workbook

from sanchuang_cli.ledger import batches, file, restoring, returns, sending
from sanchuang_cli.ledger.chain import Deed
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.return_list import ReturnRow
from sanchuang_cli.record import Row, Source
from sanchuang_cli.report.banklayout import layouts
from tests.command import Ran, typed
from tests.command import book as workbook
from tests.ledger.county import CHECKER, MAKER, ON, account, claimant, entitled, new, run

PEOPLE, FEN = 4, 50500
HEADINGS = ("交易日期", "借方发生额", "贷方发生额", "余额", "对方户名", "对方账号", "摘要", "流水号")
Line = tuple[str, int, str, str, str]
"""Day, fen (what goes out is negative), name, account, text."""
NEW_CARD = account(3, 5)


def on(deed: Deed, day: str) -> Deed:
    return replace(deed, at=f"{day}T09:00:00")


def pay(
    ledger: Ledger, folder: Path, month: str, months: Sequence[str], day: str, card: str = account(3)
) -> int:
    people = [
        claimant(i, dict.fromkeys(months, FEN), township="青禾镇" if i % 2 else "河口乡")
        for i in range(PEOPLE - 1)
    ]
    people.append(claimant(3, dict.fromkeys(months, FEN), township="青禾镇", account=card))
    made = batches.propose(ledger, run(month), entitled(*people), on(MAKER, day))
    return go(ledger, folder, made.batches["payment"], day)


def go(ledger: Ledger, folder: Path, number: int, day: str) -> int:
    batches.approve(ledger, number, on(CHECKER, day))
    sending.send(ledger, number, layouts("generic").on(ON), folder / "银行", on(MAKER, day), ON)
    return number


def one_by_one(day: str, card: str = account(3)) -> list[Line]:
    cards = [*(account(i) for i in range(PEOPLE - 1)), card]
    return [(day, -FEN, f"村民{i}", number, "代发补贴") for i, number in enumerate(cards)]


@pytest.fixture
def year(lived: Path, tmp_path: Path) -> Ledger:
    """July in one sum with 村民3 sent back and paid again, August one by one a day later, in September."""
    shutil.copytree(lived, tmp_path, dirs_exist_ok=True)
    return file.opened(tmp_path / "county.db")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of that year, to be copied."""
    folder = tmp_path_factory.mktemp("year")
    ledger = new(folder)
    pay(ledger, folder, "2026-07", ["2026-07"], "2026-07-24")
    bad = ReturnRow(
        row=Row(Source("退票.xlsx", "Sheet1", {}), 2, ()), name="村民3", account=account(3), amount=FEN,
        reason="账户已销户", new_account=NEW_CARD,
    )  # fmt: skip
    made = returns.take_back(ledger, 1, [bad], on(MAKER, "2026-08-03"))
    go(ledger, folder, made.reissue, "2026-08-05")
    pay(ledger, folder, "2026-08", ["2026-07", "2026-08"], "2026-08-31", NEW_CARD)
    return folder


ALL: list[Line] = [
    ("20260705", 1_000_000, "望川县财政局", "22010001234567", "拨款"),
    ("20260724", -PEOPLE * FEN, "", "", "批量代发 批次1"),
    ("20260724", -1500, "", "", "代发手续费"),
    ("20260727", FEN, "村民3", account(3), "退汇 账户已销户"),
    ("20260806", -FEN, "村民3", NEW_CARD, "代发"),
    *one_by_one("20260901", NEW_CARD),
    ("20260921", 123, "", "", "结息"),
]

Reconcile = Callable[..., Ran]


@pytest.fixture
def reconcile(
    year: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Reconcile:
    """`sanchuang ledger reconcile` with a statement of these lines, in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SANCHUANG_LEDGER", str(year.path))
    monkeypatch.setenv("COLUMNS", "120")
    command = typed(monkeypatch, capsys)

    def reconciled(
        lines: Sequence[Line], *words: str, files: int = 1, period: str = "2026", by: Any = len
    ) -> Ran:
        statements(tmp_path, lines, files, by)
        books = [f"单{n}.xlsx" for n in range(files)]
        return command("ledger", "reconcile", *books, "--period", period, "--out", "对账.xlsx", *words)

    return reconciled


def statements(folder: Path, lines: Sequence[Line], files: int, by: Any = len) -> None:
    """The lines as the bank lists them, one below the other, or sorted by a column afterwards."""
    balance, rows = 0, []
    for number, (day, fen, name, card, text) in enumerate(lines):
        balance += fen
        sums = [f"{-fen / 100:.2f}" if fen < 0 else "", f"{fen / 100:.2f}" if fen > 0 else ""]
        rows.append([day, *sums, f"{balance / 100:,.2f}", name, card, text, f"S{number}"])
    rows.sort(key=by)
    size = -(-len(rows) // files)
    for number in range(files):
        part = rows[number * size : (number + 1) * size]
        workbook(folder / f"单{number}.xlsx", part, HEADINGS, "明细", title="账户交易明细")


def written(folder: Path, sheet: str) -> list[Any]:
    """The rows of a page, each the values of its cells."""
    book = load_workbook(folder / "对账.xlsx", data_only=True, read_only=True)
    rows = list(book[sheet].iter_rows(values_only=True))
    book.close()
    return rows


def opened(folder: Path) -> list[tuple[str, str, str, float, float]]:
    """未达账项: what, month, name, and the sums of both sides."""
    rows = written(folder, "未达账项")
    head = next(i for i, row in enumerate(rows) if "类别" in row)
    lines = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :] if isinstance(row[0], int)]
    return [(r["类别"], r["月份"], r["户名"], r["台账金额"] or 0, r["银行金额"] or 0) for r in lines]


def months(folder: Path) -> dict[str, list[float]]:
    """年度对账表: by month the figures behind it, without months of nothing."""
    rows = [row for row in written(folder, "年度对账表") if str(row[0])[:2] == "20" and row[1] is not None]
    return {row[0]: list(row[1:]) for row in rows if any(row[1:])}


TIMING = [
    ("时间差", "2026-07", "村民3", 0, -505.0),
    ("时间差", "2026-08", "村民3", -505.0, 0),
    ("时间差", "2026-08", "村民0 等 4 个户名", 2020.0, 0),
    ("时间差", "2026-09", "村民0 等 4 个户名", 0, 2020.0),
]


def test_a_year_that_agrees_says_so_and_changes_nothing(
    reconcile: Reconcile, year: Ledger, tmp_path: Path
) -> None:
    before = year.path.read_bytes()
    ran = reconcile(ALL)
    assert (ran.code, ran.err.splitlines()[0]) == (0, "2026年度对账表：全部对上。")
    assert "台账 10 笔：发放 4,545.00 元，退回 505.00 元" in ran.err
    assert "银行 7 笔：支出 4,545.00 元，退回 505.00 元；另有手续费、利息、拨入 3 笔" in ran.err
    assert sorted(opened(tmp_path)) == sorted(TIMING)
    assert months(tmp_path) == {
        "2026-07": [4, 2020, 0, 2, 2020, 505, 505, 505, 0],
        "2026-08": [6, 2525, 505, 1, 505, 0, 1515, 1515, 0],
        "2026-09": [0, 0, 0, 4, 2020, 0, -2020, -2020, 0],
    }
    assert year.path.read_bytes() == before
    (balance,) = [row[0] for row in written(tmp_path, "银行收支") if "期初余额" in str(row[0])]
    totals = "期初余额 0.00 ＋ 收入 10,506.23 － 支出 4,560.00 ＝ 期末余额 5,946.23。"
    assert balance == f"单0.xlsx 明细（2026-07-05 至 2026-09-21）：{totals}"


@pytest.mark.parametrize("names", ["批次9", "批次号：0009", "批次3"])
def test_a_line_that_names_a_batch_that_we_do_not_have_then_is_for_no_other(
    reconcile: Reconcile, tmp_path: Path, names: str
) -> None:
    ran = reconcile([(*line[:4], line[4].replace("批次1", names)) for line in ALL])
    assert ran.code == 1
    wrong = {row[0] for row in opened(tmp_path)} - {"时间差"}
    assert wrong == {"银行付了、台账没有", "台账发了、银行没有"}


@pytest.mark.parametrize("number", ["批次号20260724001", "2026年7月批次"])
def test_a_number_that_the_bank_gave_names_no_batch_of_ours(reconcile: Reconcile, number: str) -> None:
    assert reconcile([(*line[:4], line[4].replace("批次1", number)) for line in ALL]).code == 0


def test_a_return_that_was_late_is_matched_and_one_that_was_taken_back_never_was(
    reconcile: Reconcile, year: Ledger
) -> None:
    batches.confirm(year, 3, on(MAKER, "2026-09-10"))
    late = ReturnRow(
        row=Row(Source("退票.xlsx", "Sheet1", {}), 2, ()), name="村民0", account=account(0), amount=FEN,
        reason="户名不符",
    )  # fmt: skip
    lines = [*ALL, ("20260912", FEN, "村民0", account(0), "退汇")]
    made = returns.take_back(year, 3, [late], on(MAKER, "2026-09-14"))
    assert reconcile(lines).code == 0
    batches.cancel(year, made.reissue, on(MAKER, "2026-09-15"))
    restoring.restore(
        year, 3, [structs.replace(late, reason="交易成功")], replace(on(MAKER, "2026-09-16"), note="没有退")
    )
    assert reconcile(ALL).code == 0
    assert "台账没有登记" in reconcile(lines).err


CHANGES: dict[str, tuple[Callable[[list[Line]], list[Line]], tuple[str, str, str, float, float]]] = {
    "paid twice": (
        lambda lines: [*lines, ("20260903", -FEN, "村民1", account(1), "代发补贴")],
        ("重复付款（疑）", "2026-09", "村民1", 0, 1010),
    ),
    "a batch paid twice": (
        lambda lines: [*lines, ("20260728", -PEOPLE * FEN, "", "", "批量代发")],
        ("重复付款（疑）", "2026-07", "", 0, 2020),
    ),
    "not at the bank": (
        lambda lines: [line for line in lines if line[0] != "20260901" or line[2] != "村民2"],
        ("台账发了、银行没有", "2026-08", "村民2", 505, 0),
    ),
    "a whole batch not at the bank": (
        lambda lines: [line for line in lines if line[0] != "20260901"],
        ("台账发了、银行没有", "2026-08", "村民0 等 4 个户名", 2020, 0),
    ),
    "not in the ledger": (
        lambda lines: [*lines, ("20260911", -8800, "某某打印店", "123456789012", "印刷费")],
        ("银行付了、台账没有", "2026-09", "某某打印店", 0, 88),
    ),
    "another amount": (
        lambda lines: [(d, -50000 if (d, n) == ("20260901", "村民0") else f, n, a, t) for d, f, n, a, t in lines],
        ("金额不符", "2026-09", "村民0", 0, 500),
    ),
    "a batch of another amount": (
        lambda lines: [(d, f - 1 if "批次1" in t else f, n, a, t) for d, f, n, a, t in lines],
        ("金额不符", "2026-07", "村民0 等 4 个户名", 2020, 2020.01),
    ),
    "returned and not registered": (
        lambda lines: [*lines, ("20260907", FEN, "村民1", account(1), "退汇")],
        ("银行收到、台账没有登记", "2026-09", "村民1", 0, -505),
    ),
    "registered and not returned": (
        lambda lines: [line for line in lines if line[0] != "20260727"],
        ("台账登记退回、银行没有", "2026-08", "村民3", -505, 0),
    ),
    "to another account": (
        lambda lines: [(d, f, n, account(8) if a == account(1) else a, t) for d, f, n, a, t in lines],
        ("银行付了、台账没有", "2026-09", "村民1", 0, 505),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_what_does_not_agree_is_told_line_by_line_and_adds_up(
    case: str, reconcile: Reconcile, tmp_path: Path
) -> None:
    change, expected = CHANGES[case]
    ran = reconcile(change(ALL))
    assert ran.code == 1 and "没有对上" in ran.err
    lines = opened(tmp_path)
    assert [line for line in lines if line[:2] == expected[:2] and line[3:] == expected[3:]], lines
    explained = round(sum(line[3] - line[4] for line in lines), 2)
    assert explained == round(sum(row[-3] for row in months(tmp_path).values()), 2)
    by_month = {
        at: round(sum(line[3] - line[4] for line in lines if line[1] == at), 2) for at in months(tmp_path)
    }
    assert by_month == {at: round(row[-3], 2) for at, row in months(tmp_path).items()}


def test_neither_the_order_of_rows_nor_how_many_files_they_stand_in_changes_anything(
    reconcile: Reconcile, tmp_path: Path
) -> None:
    lines = [*ALL, ("20260911", -8800, "某某打印店", "123456789012", "印刷费")]
    output, pages = reconcile(lines).err, (opened(tmp_path), months(tmp_path))
    split = reconcile(lines, files=3)
    assert split.err.replace("3 份", "1 份") == output and split.code == 1
    assert (opened(tmp_path), months(tmp_path)) == pages
    sorted_by_name = reconcile(lines, by=itemgetter(4))  # balances no longer follow, and that is told
    assert (opened(tmp_path), months(tmp_path)) == pages and "余额接不上" in sorted_by_name.err


def test_an_unread_amount_is_told_and_stands_above_the_signatures(
    reconcile: Reconcile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    statements(tmp_path, ALL, 1)
    page = load_workbook(tmp_path / "单0.xlsx")
    page["明细"]["B4"] = "2O20.00元x"
    page.save(tmp_path / "改.xlsx")
    ran = typed(monkeypatch, capsys)(
        "ledger", "reconcile", "改.xlsx", "--period", "2026", "--out", "对账.xlsx"
    )
    assert ran.code == 1 and "1 行读不出，对账单可能缺行" in ran.err
    assert "错误 改.xlsx 明细 第4行：借方发生额读不出" in ran.err and "余额接不上" in ran.err
    cells = [str(cell) for row in written(tmp_path, "年度对账表") for cell in row if cell]
    assert "另有 1 行对账单读不出，未列入" in cells
    assert [cell for cell in cells if cell.endswith("：")][-4:] == [
        "制表人：",
        "审核人：",
        "财务：",
        "银行：",
    ]


def test_no_whole_account_is_shown(reconcile: Reconcile, tmp_path: Path) -> None:
    lines = [line for line in ALL if line[2] != "村民2"]
    ran = reconcile([*lines, ("20260911", -8800, "某某打印店", "123456789012", "印刷费")])
    pages = load_workbook(tmp_path / "对账.xlsx", data_only=True)
    cells = [str(cell) for page in pages for row in page.iter_rows(values_only=True) for cell in row]
    numbers = [number for number in [*(account(i) for i in range(PEOPLE)), "123456789012"] if any(number in cell for cell in cells)]  # fmt: skip
    assert numbers == [] and not any(account(i) in ran.err + ran.out for i in range(PEOPLE))
    assert any(cell == f"*{account(2)[-4:]}" for cell in cells)


def test_what_is_sent_in_one_year_and_paid_in_the_next_is_open_until_both_statements_are_given(
    reconcile: Reconcile, year: Ledger, tmp_path: Path
) -> None:
    paid_so_far = ["2026-07", "2026-08", "2026-12"]
    pay(year, tmp_path, "2026-12", paid_so_far, "2026-12-30", NEW_CARD)
    ran = reconcile(ALL)
    assert ran.code == 1
    assert ("台账发了、银行没有", "2026-12", "村民0 等 4 个户名", 2020, 0) in opened(tmp_path)
    both = [*ALL, *one_by_one("20270104", NEW_CARD)]
    assert reconcile(both).code == 0
    assert ("时间差", "2026-12", "村民0 等 4 个户名", 2020, 0) in opened(tmp_path)
    assert reconcile(both, period="2027").code == 0
    assert opened(tmp_path) == [("时间差", "2027-01", "村民0 等 4 个户名", 0, 2020)]
    assert reconcile(one_by_one("20270104", NEW_CARD), period="2027").code == 0


def test_the_days_within_which_the_bank_pays_are_the_countys_to_say(reconcile: Reconcile) -> None:
    late = [
        (f"{date(2026, 9, 1) + timedelta(19):%Y%m%d}" if d == "20260901" else d, *rest) for d, *rest in ALL
    ]
    lines = [(d, f, n, a, t) for d, f, n, a, t in late]
    assert reconcile(lines).code == 1
    assert reconcile(lines, "--days", "20").code == 0


def test_what_the_bank_paid_before_the_ledger_began_is_said_to_be_that(reconcile: Reconcile) -> None:
    lines = [("20260324", -PEOPLE * FEN, "", "", "批量代发"), *ALL]
    ran = reconcile(lines)
    assert ran.code == 1 and "台账从 2026-07 起发放，那以前银行的 1 笔不在台账里" in ran.err
    assert reconcile(lines, period="2026H2").code == 0


def test_it_cannot_run_without_a_statement_a_period_or_a_ledger_that_holds(
    reconcile: Reconcile, year: Ledger, tmp_path: Path
) -> None:
    assert reconcile(ALL, period="去年").code == 2
    assert "没有可对的" in reconcile(ALL, period="2026Q1").err
    assert reconcile(ALL, "--out", "对账.pdf").code == 2
    workbook(tmp_path / "单0.xlsx", [["王甲", "男"]] * 3, ("姓名", "性别"), "明细")
    statement_of_nothing = reconcile([("20260705", 1, "", "", "")], files=1)
    assert statement_of_nothing.code == 1
    with year.writing() as connection:
        connection.exec_driver_sql("UPDATE line SET fen = fen + 1 WHERE batch = 1")
    ran = reconcile(ALL)
    assert ran.code == 2 and "与提请时不同" in ran.err
