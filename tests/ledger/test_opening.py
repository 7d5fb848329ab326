"""A paid list taken over as opening entries: month by month, or not at all."""

from pathlib import Path

import pytest
from msgspec import structs

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.opening import PaidRow, months_in, take_over
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


def taken(ledger: Ledger, *rows: PaidRow, inputs: str = "[]") -> int:
    return take_over(ledger, "subsidies", rows, inputs, MAKER)


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


def test_months_are_read_as_this_tool_writes_them() -> None:
    assert [str(m) for m in months_in("2025-12至2026-01、2026-05")] == ["2025-12", "2026-01", "2026-05"]
    for wrong in ("", "2026-13", "2026-05至2026-04", "去年"):
        with pytest.raises(ValueError):
            months_in(wrong)
