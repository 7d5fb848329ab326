"""What was paid in goes to the month named, or to the oldest that is open, and what is too much stays where it was paid."""

from collections.abc import Sequence

import pytest

from sanchuang_cli.domain.dues.receipts import PaymentReceipt, settled
from sanchuang_cli.period import Month
from sanchuang_cli.record import Row, Source
from tests.programmes.incumbents import day

OWED = {Month(2026, n): 10 for n in (1, 2, 3, 4)}
OVER = Month(2026, 12)
Given = tuple[str, int] | tuple[str, int, str]


def receipts(*given: Given) -> list[PaymentReceipt]:
    """By day, fen, and the month named, if any; numbered as they come."""
    row = Row(Source("票.xlsx", "表", {}), 4, ())
    return [
        PaymentReceipt(
            row=row, ticket=f"{at}", name="张三", day=day(on), amount=fen, month=day(named[0]) if named else None
        )
        for at, (on, fen, *named) in enumerate(given, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        ([("2026-01-05", 10)], [("1", 1, 10)]),
        ([("2026-03-05", 10)], [("1", 1, 10)]),
        ([("2026-03-05", 25)], [("1", 1, 10), ("1", 2, 10), ("1", 3, 5)]),
        ([("2026-03-05", 5), ("2026-03-06", 10)], [("1", 1, 5), ("2", 1, 5), ("2", 2, 5)]),
        ([("2026-03-06", 10), ("2026-03-05", 10)], [("2", 1, 10), ("1", 2, 10)]),
        ([("2026-03-05", 10), ("2026-03-05", 10)], [("1", 1, 10), ("2", 2, 10)]),
        ([("2026-03-05", 10, "2026-02")], [("1", 2, 10)]),
        ([("2026-03-05", 15, "2026-02"), ("2026-03-06", 20)], [("1", 2, 15), ("2", 1, 10), ("2", 3, 10)]),
        ([("2026-02-05", 45)], [("1", 1, 10), ("1", 2, 10), ("1", 3, 10), ("1", 4, 10), ("1", 2, 5)]),
        ([("2026-07-05", 45)], [("1", 1, 10), ("1", 2, 10), ("1", 3, 10), ("1", 4, 10), ("1", 4, 5)]),
        ([("2025-12-05", 45, "2025-12")], [("1", 0, 45)]),
    ],
)
def test_a_receipt_settles_its_own_month_or_the_oldest_and_never_what_another_has(
    given: Sequence[Given], parts: list[tuple[str, int, int]]
) -> None:
    """Ten are owed for each of January to April."""
    paid = settled(OWED, receipts(*given), OVER)
    named = [(receipt.ticket, month - Month(2025, 12), fen) for receipt, month, fen in paid.parts]
    assert named == parts
    assert paid.fen == sum(fen for _, fen, *_ in given)
    by_month = {month: sum(fen for _, of, fen in paid.parts if of == month) for _, month, _ in paid.parts}
    assert {month: fen for month, fen in paid.months.items() if fen} == by_month


def test_of_one_day_the_receipts_count_by_their_numbers_as_one_counts_and_not_as_text() -> None:
    days = [("2026-01-05", 10)] * 8 + [("2026-03-05", 10), ("2026-03-05", 25)]
    parts = settled({Month(2026, 3): 10}, receipts(*days)[8:], Month(2026, 12)).parts
    assert [(receipt.ticket, fen) for receipt, _, fen in parts] == [("9", 10), ("10", 25)]


@pytest.mark.parametrize(("through", "rest"), [(4, 5), (5, 4)])
def test_what_is_paid_in_a_month_that_may_not_be_owed_yet_is_for_that_month(through: int, rest: int) -> None:
    """April is the last that is owed; May is not over, or is over and nothing is owed for it."""
    paid = settled(OWED, receipts(("2026-05-05", 47)), Month(2026, through))
    assert paid.parts[-1][1:] == (Month(2026, rest), 7)


def test_where_nothing_is_owed_a_receipt_stays_in_its_month() -> None:
    assert settled({}, receipts(("2026-02-05", 7)), OVER).months == {Month(2026, 2): 7}


def test_a_receipt_that_settles_open_months_before_its_own_is_named_with_how_many() -> None:
    """In March January and February are open, after it February, and in no case March itself."""
    given = receipts(("2026-03-05", 10), ("2026-03-06", 10), ("2026-03-07", 10))
    assert [(one.ticket, months) for one, months in settled(OWED, given, OVER).late] == [("1", 2), ("2", 1)]


def test_a_receipt_is_called_by_its_number_and_who_paid() -> None:
    assert receipts(("2026-03-05", 10))[0].called == "票号 1（张三）"
