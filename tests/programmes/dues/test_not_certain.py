"""What is not certain about what a member owes and paid: nobody is called behind, free or paid up on it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from sanchuang_cli.domain.dues.policy import QUARTERS
from sanchuang_cli.outcome import Outcome
from sanchuang_cli.period import VagueDate
from sanchuang_cli.programmes.dues import PROGRAMME
from tests.programmes.payers import column, outcome, pay, payer, receipt, told

PAGE = "党费收缴表"
TALK = "六个月未交"
THOUSAND: dict[str, Any] = {"base": 100_000}
"""A base of 1,000 yuan, of which 5 yuan a month are owed."""
FREED: dict[str, Any] = {"reduced": 0, "decision": "青发〔2026〕1号"}


def shown(run: Outcome, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(column(run, PAGE, name) for name in names), strict=True))


@pytest.mark.parametrize(
    ("on", "fields", "part"),
    [
        (date(2026, 1, 20), {}, "未到期"),
        (date(2026, 1, 31), {}, "欠交"),
        (date(2026, 5, 20), {"admitted": "2026-05-10"}, "未到期"),
        (date(2026, 5, 31), {"admitted": "2026-05-10"}, "欠交"),
        (date(2026, 1, 20), {"left": "2026-01-10"}, "未到期"),
        (date(2026, 1, 20), {"left": "2025-12-31"}, "免交"),
        (date(2026, 1, 31), FREED, "免交"),
        (date(2026, 1, 20), FREED, "未到期"),
    ],
)
def test_whose_first_month_is_not_over_is_not_let_off(on: date, fields: dict[str, Any], part: str) -> None:
    run = outcome(payer(**THOUSAND | fields), on=on)
    assert shown(run, "part", "lacking", "over") == [(part, 500 if part == "欠交" else 0, 0)]


def test_what_is_paid_in_a_month_for_that_month_is_not_too_much() -> None:
    """By the columns, and by receipts that settle what is open and then the month in which they are paid."""
    on = date(2026, 2, 20)
    by_columns = payer(1, paid=[500, 500], **THOUSAND)
    run = outcome(by_columns, payer(2, **THOUSAND), receipts=[receipt("1", "2026-02-10", 1000, 2)], on=on)
    assert shown(run, "paid1", "paid2", "got", "over", "part") == [(500, 500, 1000, 0, "交清")] * 2
    assert column(outcome(by_columns, on=date(2026, 2, 28)), PAGE, "part") == ["交清"]


def test_whoever_left_and_pays_later_paid_too_much_in_the_last_month_owed() -> None:
    who = payer(left="2026-03-10", **THOUSAND)
    run = outcome(who, receipts=[receipt("1", "2026-06-10", 1700)])
    assert column(run, "补缴明细", "beyond") == ["3月 2.00"]


@pytest.mark.parametrize("month", ["2026", "2026年上半年"])
def test_a_receipt_for_a_month_that_is_known_to_a_year_alone_waits(month: str) -> None:
    """2026 is no January, nor is the first half of the year."""
    given = receipt("1", "2026-03-10", 500)
    half = VagueDate(date(2026, 1, 1), date(2026, 6, 30))
    vague = replace(given, month=half if "半" in month else VagueDate.within(2026))
    assert told(outcome(payer(**THOUSAND), receipts=[vague])) == ["receipt-vague"]
    assert told(outcome(payer(**THOUSAND), receipts=[replace(given, month=VagueDate.within(2026, 1))])) == []


def test_a_receipt_without_a_month_waits_where_its_own_day_is_known_to_a_year_alone() -> None:
    vague = replace(receipt("1", "2026-03-10", 500), day=VagueDate.within(2026))
    run = outcome(payer(**THOUSAND), receipts=[vague])
    assert (told(run), column(run, PAGE, "part")) == (["receipt-vague"], [])
    own = replace(vague, month=VagueDate.within(2026, 2))
    assert told(outcome(payer(**THOUSAND), receipts=[own])) == []


def test_a_receipt_that_may_be_of_this_year_is_not_taken_for_one_of_another() -> None:
    turn = VagueDate(date(2025, 12, 1), date(2026, 1, 31))
    vague = replace(receipt("1", "2026-01-10", 500), month=turn)
    assert told(outcome(payer(**THOUSAND), receipts=[vague])) == ["receipt-vague"]


@pytest.mark.parametrize("name", ["reduced_from", "reduced_to"])
def test_who_is_let_off_from_or_to_an_unknown_month_of_the_year_waits(name: str) -> None:
    who = payer(**THOUSAND, **FREED)
    assert told(outcome(replace(who, **{name: VagueDate.within(2026)}))) == ["reduced-unclear"]
    assert told(outcome(replace(who, **{name: VagueDate.within(2026, 12)}))) == []
    assert told(outcome(replace(payer(**THOUSAND), **{name: VagueDate.within(2026)}))) == []


def test_of_several_rows_of_pay_none_may_begin_in_an_unknown_month() -> None:
    january, vague = pay({"岗位工资": 300_000}, since="2026-01"), pay({"岗位工资": 400_000})
    vague = replace(vague, since=VagueDate.within(2026))
    assert told(outcome(payer(), pay=[january, vague])) == ["base-waits"]
    assert told(outcome(payer(), pay=[vague])) == []


@pytest.mark.parametrize(
    ("on", "codes"), [(date(2026, 2, 28), ["month-ahead"]), (date(2026, 3, 1), []), (date(2026, 3, 31), [])]
)
def test_a_sum_in_the_column_of_a_month_that_has_not_begun_sets_the_row_aside(
    on: date, codes: list[str]
) -> None:
    run = outcome(payer(paid=[500, 500, 500], **THOUSAND), on=on)
    assert (told(run), run.tally.set_aside) == (codes, len(codes))


def test_all_such_columns_of_a_row_are_told_at_once() -> None:
    (found,) = outcome(payer(paid=[500] * 5, **THOUSAND), on=date(2026, 2, 20)).findings
    assert found.message == "甲1：3月、4月、5月栏填了金额，判定日 2026-02-20 还没有到"
    assert found.place.heading == "3月"


def test_what_is_paid_ahead_by_a_receipt_that_names_the_month_is_neither_too_much_nor_an_error() -> None:
    ahead = receipt("1", "2026-02-10", 500, month="2026-05")
    run = outcome(payer(**THOUSAND), receipts=[ahead], on=date(2026, 2, 28))
    assert (told(run), shown(run, "paid5", "got", "over", "part")) == ([], [(500, 500, 0, "欠交")])


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"base": 0}, ["base-nought"]),
        ({"base": 1}, []),
        ({"base": 0, **FREED}, []),
        ({"base": None, **FREED}, []),
        ({"base": 0, "reduced": 0}, ["base-nought"]),
        ({"base": 0, **FREED, "reduced": 1}, ["base-nought"]),
        ({"base": 0, **FREED, "reduced_to": "2026-11"}, ["base-nought"]),
        ({"base": 0, "category": "农民"}, []),
        ({"category": "个体", **dict.fromkeys(QUARTERS, 0)}, ["base-nought"]),
        ({"category": "个体", **dict.fromkeys(QUARTERS, 30_000), "三季度净收入": -1}, ["base-nought"]),
        ({"category": "聘用", **FREED}, ["category-unknown"]),
    ],
)
def test_a_base_of_nought_frees_nobody_who_has_no_decision(fields: dict[str, Any], codes: list[str]) -> None:
    run = outcome(payer(**fields))
    assert (told(run), run.tally.set_aside) == (codes, len(codes))


def test_a_pay_file_that_comes_to_nothing_frees_nobody() -> None:
    assert told(outcome(payer(**THOUSAND), pay=[pay({"岗位工资": 0})])) == ["base-nought"]


@pytest.mark.parametrize(
    ("fen", "codes"), [(-1, ["amount"]), (0, []), (1, []), (10**12, ["maybe-gift"]), (10**12 + 1, ["amount"])]
)
def test_a_month_has_no_sum_below_nought_and_none_that_is_another_number(fen: int, codes: list[str]) -> None:
    assert told(outcome(payer(paid=[fen], **THOUSAND))) == codes


WAITS: list[tuple[list[Any], str]] = [
    ([receipt("1", "2026-12-31", 500), receipt("1", "2026-12-30", 500)], "listed twice, apart"),
    ([receipt("1", "2026-12-30", 500), receipt("2", "2027-01-01", 500)], "in the future"),
    ([receipt("1", "2026-12-30", -1)], "below nought"),
]


@pytest.mark.parametrize("receipts", [rows for rows, _ in WAITS], ids=[why for _, why in WAITS])
@pytest.mark.parametrize("numbered", [True, False], ids=["by number", "by name"])
def test_whoever_has_a_receipt_in_error_waits_and_is_on_no_list_of_those_behind(
    receipts: Sequence[Any], numbered: bool
) -> None:
    if not numbered:
        receipts = [receipt(one.ticket, str(one.day), one.amount, identity="") for one in receipts]
    run = outcome(payer(1, **THOUSAND), payer(2, **THOUSAND), receipts=receipts)
    assert column(run, PAGE, "name") == column(run, TALK, "name") == ["甲2"]
    assert "receipt-waits" in told(run) and run.tally.set_aside == 1


def test_a_number_under_another_name_is_credited_to_nobody_and_its_holder_waits() -> None:
    run = outcome(payer(**THOUSAND), receipts=[receipt("9", "2026-05-10", 500, name="别人")])
    assert (told(run), column(run, PAGE, "name"), column(run, "收据登记", "fen")) == (
        ["receipt-name"],
        [],
        [],
    )
    (found,) = run.findings
    assert "票号 9" in found.message and "别人" in found.message


@pytest.mark.parametrize(
    ("day", "month", "codes", "got"),
    [
        ("2025-12-31", "", ["receipt-before"], []),
        ("2026-01-01", "", [], [500]),
        ("2025-12-31", "2026-01", [], [500]),
        ("2026-05-10", "2025-12", ["receipt-elsewhere"], [0]),
        ("2026-05-10", "2027-01", ["receipt-elsewhere"], [0]),
        ("2025-12-10", "2025-12", ["receipt-elsewhere"], [0]),
    ],
)
def test_a_sum_counts_in_the_year_of_the_month_for_which_it_is(
    day: str, month: str, codes: list[str], got: list[int]
) -> None:
    named: dict[str, Any] = {"month": month} if month else {}
    given = receipt("1", day, 500, **named)
    run = outcome(payer(**THOUSAND), receipts=[given])
    assert (told(run), column(run, PAGE, "got")) == (codes, got)
    assert column(run, "收据登记", "fen") == [fen for fen in got if fen]
    assert column(run, PAGE, "over") == [0 for _ in got]


def test_a_receipt_of_another_year_is_told_with_its_sum() -> None:
    given = receipt("7", "2026-05-10", 500, month="2025-12")
    (found,) = outcome(payer(**THOUSAND), receipts=[given]).findings
    assert found.message == "票号 7（甲1）：所属月 2025-12 不在2026年，5.00 元没有计入"
    assert found.place.heading == "所属月"


def test_the_parts_are_those_of_the_programme() -> None:
    assert PROGRAMME.mains["payers"].parts == ("交清", "欠交", "多交", "免交", "未到期")


def test_whose_row_of_the_pay_file_waits_waits_too_and_owes_nothing_by_the_roster() -> None:
    """Two rows of one month that differ: nobody knows which holds; the base of the roster is not what the document asks for."""
    twice = [pay({"岗位工资": fen}, since="2025-12") for fen in (300_000, 400_000)]
    run = outcome(payer(1, base=100_000), payer(2, base=100_000), pay=twice)
    assert column(run, PAGE, "name") == ["甲2"] and run.tally.set_aside == 1
    assert "base-waits" in told(run)
    fixed = outcome(payer(1, category="农民", base=100_000), pay=twice)
    assert column(fixed, PAGE, "name") == ["甲1"], "a fixed sum asks for no base"
