"""`sanchuang graduates` as it is typed: months through the ledger, an exit that is known late, and books that cannot be."""

from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import opened
from tests.cli.test_fund_command import Office
from tests.command import book, typed
from tests.goldens.test_graduates import CONTRACTS
from tests.ledger.county import account
from tests.programmes.people import identity


def row(number: int = 1, **cells: Any) -> list[Any]:
    plain = {
        "乡镇": "青禾镇", "村": "河西村", "姓名": "周勇", "身份证号": identity("1999-02-03", number=number), "县类别": "三类",
        "合同起": "2026-01-12", "合同止": "2029-01-11", "银行账号": account(number),
    }  # fmt: skip
    return [(plain | cells).get(heading, "") for heading in CONTRACTS]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """`sanchuang WORDS…` in an office with a ledger; in this process, to be quick."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SANCHUANG_LEDGER", "county.db")
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys)


def paid(office: Office, batch: int, month: int, *rows: list[Any]) -> str:
    """Propose, approve and send what is owed by the end of a month; what was said of it."""
    book(Path("台账.xlsx"), rows, CONTRACTS, title="大学生村官合同台账")
    ran = office(
        "batch", "propose", "graduates", "台账.xlsx", "--period", f"2026-{month:02d}", "--by", "张三"
    )
    assert ran.code in (0, 1), ran.err
    assert office("batch", "approve", str(batch), "--by", "李四").code == 0
    assert office("batch", "send", str(batch), "--bank", f"银行{batch}").code == 0
    return ran.err


def test_what_is_paid_is_what_is_owed_and_settling_in_is_never_asked_back_by_the_ledger(
    office: Office,
) -> None:
    assert office("ledger", "init", "--paid-through", "2025-12").code == 0
    for month in (1, 2, 3):
        paid(office, month, month, row(), row(2, 姓名="吴刚"))
    left = row(解除日期="2026-02-20", 解除原因="辞职")
    said = paid(office, 4, 4, left, row(2, 姓名="吴刚"))
    assert "2026-03 多发了" in said, "March was paid to somebody who left in February"
    with opened(Path("county.db")).reading() as connection:
        sums: dict[str, int] = {}
        for key, one in posted(connection, "graduates").items():
            sums[key.component] = sums.get(key.component, 0) + one.fen
    assert sums == {"安家费": 400_000, "生活补贴": 266_666 + 200_000}, (
        "four months of one, three of the other"
    )
    assert office("ledger", "verify").code == 0


def test_a_roster_without_a_heading_that_is_needed_is_refused_with_its_name(office: Office) -> None:
    heads = [heading for heading in CONTRACTS if heading != "合同止"]
    book(Path("缺.xlsx"), [row()[:-1]], heads, title="大学生村官合同台账")
    ran = office("graduates", "缺.xlsx", "--period", "2026-06")
    assert (ran.code, "合同止" in ran.err) == (2, True)


def test_a_word_for_leaving_that_nobody_knows_sets_the_row_aside_at_its_cell(office: Office) -> None:
    rows = [row(解除日期="2026-02-20", 解除原因="不想干了"), row(2, 姓名="吴刚", 考核等次="合格")]
    book(Path("台账.xlsx"), rows, CONTRACTS, title="大学生村官合同台账")
    ran = office("graduates", "台账.xlsx", "--period", "2026-03")
    assert (ran.code, "不想干了" in ran.err, "待核实 1" in ran.err) == (1, True, True)


def test_explain_shows_each_month_and_what_is_given_back(office: Office) -> None:
    rows = [row(解除日期="2026-08-03", 解除原因="考录")]
    book(Path("台账.xlsx"), rows, CONTRACTS, title="大学生村官合同台账")
    ran = office("explain", "graduates", "周勇", "台账.xlsx", "--period", "2026-08", "--on", "2026-08-31")
    assert ran.code == 0
    for said in ("2026-08 666.67", "第 8 个自然月", "50%", "1000.00"):
        assert said in ran.out + ran.err, said
