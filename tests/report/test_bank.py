"""银行代发文件: nothing lost, nothing rounded, in the bank's own layout."""

import csv
import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.finding import UserError
from sanchuang_cli.money import in_words, yuan
from sanchuang_cli.report import bank
from sanchuang_cli.report.banklayout import BankLayout, layouts
from sanchuang_cli.table import Table
from tests.report.postings import many_payments, payments
from tests.sums import all_true

ON = date(2026, 6, 30)

COUNTY = """
[[edition]]
title = "某农商行代发模板"
document = "某农商行〔2020〕3号"
effective = 2020-01-01
format = "{format}"
encoding = "{encoding}"
separator = "|"
quoting = "{quoting}"
headings = false
most_rows = 3
amount = "{amount}"
summary_at = "first"
summary = ["date", "count", "amount"]
columns = [
    {{ heading = "序号", shows = "row-number" }},
    {{ heading = "账号", shows = "account" }},
    {{ heading = "户名", shows = "name" }},
    {{ heading = "金额", shows = "amount" }},
    {{ heading = "币种", text = "CNY" }},
    {{ heading = "开户行", shows = "bank", optional = true }},
]
"""


def county(folder: Path, **changes: str) -> BankLayout:
    words = {"format": "txt", "encoding": "gb18030", "quoting": "never", "amount": "yuan"} | changes
    path = folder / "bank.toml"
    path.write_text(COUNTY.format(**words), "utf-8")
    return layouts(str(path)).on(ON)


def generic() -> BankLayout:
    return layouts("generic").on(ON)


def write(folder: Path, layout: BankLayout, *tables: Table) -> list[Path]:
    return [saved.path for saved in bank.write(folder, tables, layout, on=ON, title="离任补贴")]


def cells(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_file_holds_five_thousand_payments_and_the_next_goes_on(tmp_path: Path) -> None:
    table = many_payments(5_001)
    *batches, check = write(tmp_path, generic(), table)
    assert [path.name for path in batches] == [
        "20260630_离任村干部生活补贴_01.xlsx",
        "20260630_离任村干部生活补贴_02.xlsx",
    ]
    assert check.name == "20260630_离任补贴_核对单.xlsx"
    first, second = map(cells, batches)
    assert (len(first), len(second)) == (1 + 5_000, 1 + 1)
    amounts = [row[4] for rows in (first, second) for row in rows[1:]]
    assert sum(Decimal(str(text)) for text in amounts) == yuan(sum(row[2] for row in table.rows))


def test_every_cell_is_text_so_that_accounts_and_decimals_stay(tmp_path: Path) -> None:
    path, _ = write(
        tmp_path, generic(), payments(("王伟", "6217000000000012345", 100), ("李强", "0012", 123450))
    )
    rows = cells(path)
    assert rows[0] == ["序号", "收款账号", "收款账号名称", "收款账号开户行", "金额", "汇款用途", "备注"]
    assert rows[1][:5] == ["1", "6217000000000012345", "王伟", None, "1.00"]
    assert rows[2][:5] == ["2", "0012", "李强", None, "1234.50"]


def test_what_the_bank_refuses_is_replaced_and_a_names_dot_stays_as_written(tmp_path: Path) -> None:
    names = ["阿卜杜拉·买买提", "阿卜杜拉•买买提", "阿卜杜拉．买买提", "A&B#"]
    path, _ = write(tmp_path, generic(), payments(*((name, "62", 1) for name in names)))
    assert [row[2] for row in cells(path)[1:]] == [*names[:3], "A＆B＃"]


def test_a_text_file_follows_its_layout_to_the_byte(tmp_path: Path) -> None:
    people = (
        ("王伟", "62170001", 100),
        ("李强", "62170002", 5),
        ("张敏", "62170003", 12_345_678),
        ("赵𠮷", "62170004", 1),
    )
    first, second, _ = write(tmp_path, county(tmp_path), payments(*people))
    assert first.read_bytes().decode("gb18030") == (
        "20260630|3|123457.83\r\n"
        "1|62170001|王伟|1.00|CNY|\r\n2|62170002|李强|0.05|CNY|\r\n3|62170003|张敏|123456.78|CNY|\r\n"
    )
    assert second.read_bytes().decode("gb18030") == "20260630|1|0.01\r\n1|62170004|赵𠮷|0.01|CNY|\r\n"


def test_amounts_may_be_whole_fen(tmp_path: Path) -> None:
    path, _ = write(tmp_path, county(tmp_path, amount="fen"), payments(("王伟", "6217", 12_345)))
    assert path.read_text("gb18030").splitlines() == ["20260630|1|12345", "1|6217|王伟|12345|CNY|"]


def test_a_separator_in_a_name_is_quoted_or_refused_as_the_layout_says(tmp_path: Path) -> None:
    table = payments(("王|伟", "6217", 100))
    path, _ = write(tmp_path, county(tmp_path, quoting="when-needed", format="csv"), table)
    assert list(csv.reader(StringIO(path.read_text("gb18030")), delimiter="|"))[1][2] == "王|伟"
    with pytest.raises(UserError, match=r"王\|伟.*分隔符"):
        write(tmp_path, county(tmp_path), table)


def test_a_character_that_the_encoding_lacks_is_refused_with_the_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"赵𠮷.*𠮷.*gbk"):
        write(tmp_path, county(tmp_path, encoding="gbk"), payments(("赵𠮷", "6217", 100)))


def test_the_check_list_restates_every_file_and_the_whole(tmp_path: Path) -> None:
    one, two = many_payments(5_002), payments(("王伟", "6217", 100), project="定补/2026 Q2")
    *batches, check = write(tmp_path, generic(), one, two)
    assert batches[-1].name == "20260630_定补2026Q2_01.xlsx"
    rows = [row for row in cells(check) if row[0] in (1, 2, 3)]
    assert [row[2] for row in rows] == [path.name for path in batches]
    assert [row[6] for row in rows] == [hashlib.sha256(path.read_bytes()).hexdigest() for path in batches]
    assert [row[3] for row in rows] == [5_000, 2, 1]
    total = sum(row[2] for table in (one, two) for row in table.rows)
    everything = " ".join(str(cell) for row in cells(check) for cell in row if cell is not None)
    assert in_words(total) in everything
    assert in_words(100) in everything


def test_a_file_that_cannot_be_read_back_is_not_in_a_check_list_but_told(tmp_path: Path) -> None:
    made = bank.batches(payments(("王伟", "6217", 100)), generic(), ON)
    with pytest.raises(UserError, match=r"写好后读不回来.*这批文件不要送银行"):
        bank.check_list(made, [tmp_path / "gone.xlsx"], "补贴", generic())


def test_written_again_the_same_payments_leave_the_same_files(tmp_path: Path) -> None:
    for layout in (generic(), county(tmp_path)):
        before = {path: path.read_bytes() for path in write(tmp_path, layout, many_payments(7))}
        again = write(tmp_path, layout, many_payments(7))
        assert {path: path.read_bytes() for path in again} == before


def test_other_payments_never_replace_a_text_file_that_may_be_at_the_bank(tmp_path: Path) -> None:
    (first, _) = write(tmp_path, county(tmp_path), many_payments(2))
    kept = first.read_bytes()
    (second, _) = write(tmp_path, county(tmp_path), many_payments(3))
    assert second.name == "20260630_离任村干部生活补贴_01-2.txt"
    assert first.read_bytes() == kept


@given(
    st.lists(st.integers(1, 10**10), min_size=1, max_size=40),
    st.integers(1, 7),
    st.sampled_from(["yuan", "fen"]),
)
def test_the_files_sum_to_the_payments_for_any_amounts_and_cut(
    amounts: list[int], most: int, unit: str
) -> None:
    layout = generic().model_copy(update={"most_rows": most, "amount": unit})
    table = payments(*((f"人员{n}", f"62{n}", amount) for n, amount in enumerate(amounts)))
    made = bank.batches(table, layout, ON)
    assert all(len(batch.rows) <= most for batch in made)
    assert [row[2] for batch in made for row in batch.rows] == [row[0] for row in table.rows]
    scale = 1 if unit == "fen" else 100
    assert [Decimal(row[4]) * scale for batch in made for row in batch.rows] == amounts


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("most_rows = 3", "most_rows = 6000"),
        ('amount = "yuan"', 'amount = "yuna"'),
        ("headings = false", "heading = false"),
        ('shows = "name"', 'shows = "project"'),
        ('summary_at = "first"', 'summary_at = "none"'),
    ],
)
def test_a_mistake_in_a_layout_is_said_before_anything_is_written(
    tmp_path: Path, wrong: str, said: str
) -> None:
    text = COUNTY.format(format="txt", encoding="gbk", quoting="never", amount="yuan")
    assert wrong in text
    (tmp_path / "bank.toml").write_text(text.replace(wrong, said), "utf-8")
    with pytest.raises(UserError, match=r"bank\.toml 有 . 处错误"):
        layouts(str(tmp_path / "bank.toml"))


def test_a_column_that_the_payments_lack_is_said_with_those_they_have(tmp_path: Path) -> None:
    text = COUNTY.format(format="txt", encoding="gbk", quoting="never", amount="yuan")
    (tmp_path / "bank.toml").write_text(text.replace(", optional = true", ""), "utf-8")
    with pytest.raises(UserError, match=r"开户行.*bank.*name、account、amount"):
        write(tmp_path, layouts(str(tmp_path / "bank.toml")).on(ON), many_payments(1))


def test_an_unknown_layout_names_those_there_are() -> None:
    with pytest.raises(UserError, match="generic"):
        layouts("icbc")


@pytest.mark.parametrize("row", [("", "6217", 1), ("王伟", "", 1), ("王伟", "6217", 0), ("王伟", "6217", -1)])
def test_a_programme_that_hands_over_what_no_bank_can_pay_is_our_bug(
    tmp_path: Path, row: tuple[str, str, int]
) -> None:
    with pytest.raises(AssertionError, match="no bank can pay"):
        write(tmp_path, generic(), payments(row))
    assert not list(tmp_path.iterdir())


def test_the_check_list_says_of_every_project_how_much_is_due_and_where_it_is(tmp_path: Path) -> None:
    some = replace(many_payments(3), besides=(("无有效账户", 2, 1_050),))
    none = replace(payments(project="定补"), besides=(("无有效账户", 1, 100),))
    *batches, check = write(tmp_path, generic(), some, none)
    assert len(batches) == 1
    told = all_true(str(cell) for row in cells(check) for cell in row if cell)
    paid = f"{yuan(sum(row[2] for row in some.rows)):,.2f}"
    assert told[0].endswith(f"= 代发 3 笔 {paid} 元 + 无有效账户 2 笔 10.50 元")
    assert told[1] == "花名册 1 笔 1.00 元 = 代发 0 笔 0.00 元 + 无有效账户 1 笔 1.00 元"
    assert told[2].startswith("花名册 6 笔 ") and told[2].endswith("+ 无有效账户 3 笔 11.50 元")
