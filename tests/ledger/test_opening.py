"""A paid list taken over as opening entries: month by month, or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.opening import PaidRow, TakenOver, months_in, take_over
from sanchuang_cli.record import Row, Source
from tests.ledger import county
from tests.ledger.county import (
    BENEFIT,
    MAKER,
    account,
    claimant,
    entitled,
    in_parts,
    number,
    paid,
    propose,
    sound,
)

pytestmark = pytest.mark.usefixtures("database")


def row(who: int, months: str, fen: int) -> PaidRow:
    return PaidRow(
        row=Row(Source("已发.xlsx", "花名册", {}), who + 4, ()),
        name=f"村民{who}",
        identity=number(who),
        benefit=BENEFIT,
        months=months,
        account=account(who),
        amount=fen,
    )


def taken(ledger: Ledger, *rows: PaidRow, inputs: str = "[]", paid_outside: bool = True) -> TakenOver:
    return take_over(
        ledger, "subsidies", rows, inputs, replace(MAKER, note="银行回单"), paid_outside=paid_outside
    )


def with_accounts(who: int, card: object) -> PaidRow:
    """A row of a list that has a column of accounts."""
    source = Source("已发.xlsx", "花名册", {"account": (1, "银行账号")})
    return structs.replace(
        row(who, "2026-07", 100_00),
        row=Row(source, who + 4, (card,)),
        account=card if str(card).isdigit() else "",
    )


def test_components_of_a_paid_list_count_each_by_itself(tmp_path: Path) -> None:
    ledger = county.new(tmp_path, "2026-05")
    basic, more = (
        structs.replace(row(1, "2026-06", fen), component=part)
        for part, fen in (("基本", 200_00), ("绩效", 100_00))
    )
    taken(ledger, basic, more)
    both_months = entitled(in_parts(claimant(1, {"2026-06": 300_00, "2026-07": 300_00})))
    comparison = propose(ledger, "2026-07", both_months).comparison
    assert {(change.month, change.component) for change in comparison.pay} == {
        ("2026-07", "基本"),
        ("2026-07", "绩效"),
    }
    sound(ledger)


def test_opening_entries_are_by_month_and_count_as_paid(tmp_path: Path) -> None:
    ledger = county.new(tmp_path, "2026-05")
    taken(ledger, row(1, "2026-05至2026-07", 300_00))
    assert paid(ledger) == {(number(1), f"2026-0{m}"): 100_00 for m in (5, 6, 7)}
    both_months = entitled(claimant(1, {"2026-06": 100_00, "2026-07": 130_00}))
    comparison = propose(ledger, "2026-07", both_months).comparison
    assert [(change.month, change.fen) for change in comparison.pay] == [("2026-07", 30_00)]
    sound(ledger)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([row(1, "2026-05至2026-07", 100_00)], "不能平均分到 3 个月"),
        ([row(1, "五月", 100_00)], "看不懂"),
        ([row(1, "2026-05", 100_00), row(1, "2026-05", 100_00)], "写了两次"),
    ],
)
def test_a_row_that_cannot_be_taken_stops_all_of_the_list(
    tmp_path: Path, rows: list[PaidRow], message: str
) -> None:
    ledger = county.new(tmp_path)
    before = county.content(ledger)
    with pytest.raises(UserError, match=message):
        taken(ledger, row(2, "2026-05", 100_00), *rows)
    assert county.content(ledger) == before


def test_another_list_with_the_same_month_is_refused(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    taken(ledger, row(1, "2026-05", 100_00))
    with pytest.raises(UserError, match="已经导入过"):
        taken(ledger, row(1, "2026-05", 100_00))
    with pytest.raises(UserError, match="已经有了"):
        taken(ledger, row(1, "2026-05", 100_00), inputs='["another"]')
    sound(ledger)


def test_months_that_the_ledger_keeps_itself_are_not_paid_because_a_list_has_them(tmp_path: Path) -> None:
    ledger = county.new(tmp_path, "2026-06")
    before = county.content(ledger)
    of_july = row(1, "2026-06至2026-07", 200_00)
    with pytest.raises(UserError, match=r"2026-07 起.*--paid-outside"):
        taken(ledger, row(2, "2026-06", 100_00), of_july, paid_outside=False)
    with pytest.raises(UserError, match="依据"):
        take_over(ledger, "subsidies", [of_july], "[]", MAKER, paid_outside=True)
    assert county.content(ledger) == before
    assert taken(ledger, row(2, "2026-06", 100_00), paid_outside=False, inputs='[["甲", "1"]]').rows == 1
    assert taken(ledger, of_july).rows == 1


def test_what_an_open_batch_is_about_to_pay_is_not_taken_over(tmp_path: Path) -> None:
    ledger = county.new(tmp_path, "2026-06")
    propose(ledger, "2026-07", entitled(claimant(1, {"2026-07": 100_00})))
    before = county.content(ledger)
    with pytest.raises(UserError, match=r"批次 1 里已经有了.*sanchuang batch cancel 1"):
        taken(ledger, row(1, "2026-07", 100_00))
    assert county.content(ledger) == before


def test_rows_without_a_valid_account_are_never_booked_as_paid(tmp_path: Path) -> None:
    ledger = county.new(tmp_path, "2026-06")
    wrong = account(2)[:-1] + str((int(account(2)[-1]) + 1) % 10)
    rows = [
        with_accounts(1, account(1)),
        with_accounts(2, wrong),
        with_accounts(3, ""),
        with_accounts(4, "6217***0045"),
    ]
    made = taken(ledger, *rows)
    assert (made.rows, [left.name for left in made.left]) == (2, ["村民2", "村民3"])
    assert paid(ledger) == {(number(who), "2026-07"): 100_00 for who in (1, 4)}
    with pytest.raises(UserError, match="都没有有效账户"):
        taken(ledger, with_accounts(5, ""), inputs="[2]")
    sound(ledger)


def test_months_are_read_as_this_tool_writes_them() -> None:
    assert [str(m) for m in months_in("2025-12至2026-01、2026-05")] == ["2025-12", "2026-01", "2026-05"]
    for wrong in ("", "2026-13", "2026-05至2026-04", "2026-03至2026-01、2026-05", "去年"):
        with pytest.raises(ValueError):
            months_in(wrong)


def test_what_was_brought_in_under_a_name_that_the_run_does_not_know_is_told(tmp_path: Path) -> None:
    ledger = county.new(tmp_path, "2026-06")
    taken(ledger, structs.replace(row(1, "2026-07", 100_00), benefit="别名"))
    due = entitled(claimant(1, {"2026-07": 100_00}), claimant(2, {"2026-07": 100_00}))
    (said,) = [
        one
        for one in propose(ledger, "2026-07", due).comparison.findings
        if one.code == "ledger.unknown-benefit"
    ]
    assert f"期初里的“别名”本次没有一个人有，本次的是“{BENEFIT}”" in said.message
    (tmp_path / "另").mkdir()
    right = county.new(tmp_path / "另", "2026-06")
    taken(right, row(1, "2026-07", 100_00))
    assert propose(right, "2026-07", due).comparison.findings == ()
