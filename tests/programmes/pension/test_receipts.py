"""Receipts of 养老保险补贴: matched to people, what waits for them, what is late, and what is paid after a death."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.papers import WrittenFor
from tests.programmes.insured import (
    borne,
    changed,
    column,
    entitled,
    honour,
    insured,
    outcome,
    parts,
    receipt,
    told,
)
from tests.programmes.people import identity

PAGE, ROLL = "缴费核对", "参保补贴人员名册"
NO_FEE = changed(
    '[edition.late]\nclause = "12月30日前缴入，逾期每天千分之二"\nmonth = 12\nday = 30\npermille = 2\n', ""
)


def lines(run: Any, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(column(run, PAGE, name) for name in names), strict=True))


def test_without_receipts_nobody_waits_and_there_is_no_page() -> None:
    run = outcome(insured())
    assert (parts(run), column(run, PAGE, "name")) == (["补贴"], [])


@pytest.mark.parametrize(("paid", "part"), [(960, "补贴"), (959.99, "待缴费"), (1000, "补贴")])
def test_the_subsidy_waits_until_the_persons_own_part_is_paid_in(paid: float, part: str) -> None:
    who = insured()
    run = outcome(who, receipts=[receipt(who, paid, "2025-12-01")])
    assert parts(run) == [part]
    waits = part == "待缴费"
    assert borne(run, "own", "subsidy", "waiting", "whole") == [
        [96_000, 0 if waits else 144_000, 144_000 if waits else 0, 240_000]
    ]


def test_what_is_to_be_paid_in_on_a_day_to_come_releases_nothing() -> None:
    who = insured()
    run = outcome(who, receipts=[receipt(who, 960, "2026-01-01")])
    assert (parts(run), told(run)) == (["待缴费"], ["not-yet", "receipt-waits"])
    assert column(run, PAGE, "paid") == [0]


def test_several_receipts_count_together_and_those_of_another_year_do_not() -> None:
    who, other = insured(1), insured(2)
    given = [
        receipt(who, 500, "2025-03-01", ticket="001"),
        receipt(who, 460, "2025-09-01", ticket="002"),
        receipt(other, 960, "2024-09-01", year=2024, ticket="003"),
    ]
    run = outcome(who, other, receipts=given, by=NO_FEE)
    assert lines(run, "name", "tickets", "due", "paid", "lacking", "state") == [
        ("甲02", "", 96_000, 0, 96_000, "没有凭证"),
        ("甲01", "001、002", 96_000, 96_000, 0, "缴清"),
    ]
    assert (parts(run), told(run)) == (["补贴", "待缴费"], [])
    (page,) = (table for table in run.tables if table.name == PAGE)
    assert "另有 1 张凭证写的是别的年度，没有计入。" in page.notes


def test_a_receipt_of_somebody_whom_nobody_helps_is_listed_too() -> None:
    who = insured(1, insurance="职工养老")
    run = outcome(who, insured(2), receipts=[receipt(who, 960)], by=NO_FEE)
    assert lines(run, "name", "due", "paid", "state") == [
        ("甲02", 96_000, 0, "没有凭证"),
        ("甲01", 0, 96_000, "多缴"),
    ]


def test_a_receipt_of_nobody_on_the_roster_is_told_and_listed() -> None:
    who = insured()
    strange = receipt(identity("1970-01-01", number=77), 960, "2025-03-01", ticket="009")
    run = outcome(who, receipts=[receipt(who, 960, "2025-03-01"), strange])
    assert told(run) == ["receipt-unknown"]
    names = ("township", "village", "name", "tickets", "due", "paid", "lacking", "state", "days_late", "fee")
    assert lines(run, *names) == [
        ("", "", "", "009", 0, 96_000, -96_000, "名册上没有此人", 0, 0),
        ("青禾镇", "向阳村", "甲01", "001", 96_000, 96_000, 0, "缴清", 0, 0),
    ]


def test_a_receipt_of_somebody_whose_row_was_not_read_is_not_told_as_nobodys() -> None:
    unread = insured(2).row
    run = outcome(insured(1), unread=[unread], receipts=[receipt(insured(2), 960, ticket="002")])
    assert told(run) == []


def test_whoever_has_nothing_to_pay_waits_for_nothing() -> None:
    who = insured(1)
    given: dict[str, Any] = {
        "receipts": [receipt(insured(2), 1, ticket="002")],
        "honours": [honour(who, "省", "2024-05-04")],
    }
    run = outcome(who, insured(2), **given)
    assert parts(run) == ["补贴", "待缴费"]


def test_a_document_may_compare_receipts_without_waiting_for_them() -> None:
    by = changed('[edition.receipts]\nclause = "个人部分缴清后，其余各方的补贴拨付"\n', "")
    who = insured()
    run = outcome(who, receipts=[receipt(who, 1)], by=by)
    assert (parts(run), column(run, PAGE, "state")) == (["补贴"], ["欠缴"])


def test_by_month_the_part_up_to_the_day_is_enough_and_a_month_does_not_depend_on_the_period() -> None:
    who = insured()
    given: dict[str, Any] = {"receipts": [receipt(who, 240, "2025-03-05")]}
    march = outcome(who, period="2025-03", **given)
    assert (parts(march), lines(march, "due", "paid")) == (["补贴"], [(24_000, 24_000)])
    assert parts(outcome(who, period="2025-04", **given)) == ["待缴费"]
    (claimant,) = entitled(who, period="2025-03", **given).claimants
    assert sum(due.fen for due in claimant.due) == 12_000
    # an outlook on the year on a day in March: months to come wait for what is still to be paid
    year = outcome(who, period="2025", on=date(2025, 3, 31), **given)
    assert borne(year, "subsidy", "waiting") == [[36_000, 108_000]]


def test_what_waits_is_neither_paid_nor_asked_back_by_the_ledger() -> None:
    who = insured()
    (claimant,) = entitled(who, receipts=[receipt(who, 1)]).claimants
    assert claimant.due == ()
    assert len(claimant.waits) == 36
    assert {component for _, _, component in claimant.waits} == {"村", "县", "自治区"}


@pytest.mark.parametrize(
    ("paid", "on", "days", "fee"),
    [
        ([(960, "2025-12-30")], None, 0, 0),
        ([(960, "2025-12-31")], None, 1, 192),
        ([(960, "2026-01-09")], date(2026, 1, 31), 10, 1_920),
        ([(500, "2025-12-30"), (460, "2026-01-09")], date(2026, 1, 31), 10, 920),
        ([(500, "2025-12-30")], date(2026, 1, 9), 10, 920),
        ([(333.33, "2025-12-31")], None, 1, 192),
        ([(960, None)], None, 0, 0),
    ],
)
def test_a_late_fee_is_told_by_the_day_and_enters_no_sum(
    paid: list[tuple[float, str | None]], on: date | None, days: int, fee: int
) -> None:
    who = insured()
    given = [receipt(who, amount, day, ticket=f"00{n}") for n, (amount, day) in enumerate(paid, 1)]
    run = outcome(who, receipts=given, on=on)
    assert lines(run, "days_late", "fee") == [(days, fee)]
    assert column(run, ROLL, "whole") == [240_000]
    (page,) = (table for table in run.tables if table.name == PAGE)
    assert not page.columns[page.index("fee")].total


def test_what_is_not_paid_in_yet_stands_with_the_day_by_which_it_must_be() -> None:
    people = [insured(1), insured(2), insured(3), insured(4, died="2025-06-10")]
    given = [receipt(people[1], 500, ticket="001"), receipt(people[2], 960, ticket="002")]
    names = ("name", "what", "latest", "left", "state", "responsible", "note")
    for on, left, state in ((date(2025, 12, 30), 0, "待缴"), (date(2026, 1, 2), -3, "逾期")):
        run = outcome(*people, receipts=given, on=on)
        told_of = list(zip(*(column(run, "期限", name) for name in names), strict=True))
        assert told_of == [
            ("甲01", "缴个人部分", "2025-12-30", left, state, "本人", "还差 960.00 元"),
            ("甲02", "缴个人部分", "2025-12-30", left, state, "本人", "还差 460.00 元"),
        ], "nobody who has paid, and nobody who is dead"
    for run in (outcome(*people, receipts=given, by=NO_FEE), outcome(*people)):
        assert "期限" not in [table.name for table in run.tables]


def test_what_is_paid_after_a_death_is_listed_for_refund_and_not_netted() -> None:
    who = insured(died="2025-06-10")
    given = [
        receipt(who, 300, "2025-03-01", ticket="001"),
        receipt(who, 660, "2025-06-11", ticket="002"),
    ]
    run = outcome(who, receipts=given)
    assert told(run) == ["paid-after-death"]
    assert lines(run, "due", "paid", "lacking") == [(48_000, 30_000, 18_000)], (
        "the later receipt pays for nothing"
    )
    assert parts(run) == ["待缴费"]
    assert [column(run, "身故应退", name) for name in ("after_death", "too_much", "refund")] == [
        [66_000],
        [0],
        [66_000],
    ]


def test_what_was_paid_for_months_that_did_not_come_is_given_back_too() -> None:
    who = insured(died="2025-06-10")
    run = outcome(who, receipts=[receipt(who, 960, "2025-03-01")])
    assert (parts(run), column(run, "身故应退", "refund")) == (["补贴"], [48_000])
    assert borne(run) == [[48_000, 12_000, 42_000, 18_000]]
    assert column(outcome(insured(), receipts=[receipt(insured(), 999)]), "身故应退", "refund") == []


def test_nothing_is_given_back_to_whoever_lives_paid_less_or_of_whom_nothing_is_known() -> None:
    dead, alive = insured(1, died="2025-06-10"), insured(2)
    assert column(outcome(dead), "身故应退", "name") == [], "no receipts were given"
    short = [receipt(dead, 479.99, "2025-03-01", ticket="001"), receipt(alive, 999, ticket="002")]
    assert column(outcome(dead, alive, receipts=short), "身故应退", "name") == []
    fen = [receipt(dead, 480.01, "2025-03-01", ticket="001")]
    assert column(outcome(dead, alive, receipts=fen), "身故应退", "refund") == [1]


def test_who_has_an_account_signs_no_list_unless_lists_are_asked_for_everybody() -> None:
    run = outcome(insured(1), insured(2, account=""))
    names = {
        everybody: [row[table.index("name")] for _, table in run.papers(WrittenFor(everybody)).receipts for row in table.rows]
        for everybody in (False, True)
    }  # fmt: skip
    assert names == {False: ["甲02"], True: ["甲01", "甲02"]}


def test_a_receipt_that_nobody_can_read_is_told_beside_the_person_who_seems_not_to_have_paid() -> None:
    paid, owing = insured(1), insured(2)
    lost = receipt(owing, 960, "2025-12-01", ticket="002").row
    other_year = receipt(owing, 960, year=2023, ticket="003").row
    run = outcome(paid, owing, receipts=[receipt(paid, 960, "2025-12-01")], lost=[lost, other_year])
    assert (parts(run), told(run)) == (["补贴", "待缴费"], ["receipt-waits"])
    assert run.findings[0].message.endswith("没有计入；还差的 960.00 元可能就是它")
    assert lines(run, "name", "tickets", "lacking") == [
        ("甲02", "另有 1 张待核实", 960_00),
        ("甲01", "001", 0),
    ]


def test_a_receipt_with_somebodys_number_and_another_name_counts_for_nobody() -> None:
    who, other = insured(1), insured(2)
    given = [
        receipt(who, 960, "2025-12-01", ticket="001", name="甲02"),
        receipt(other, 960, "2025-12-01", ticket="002", name="甲02"),
    ]
    run = outcome(who, other, receipts=given)
    assert parts(run) == ["待缴费", "补贴"]
    assert sorted(told(run)) == ["receipt-name", "receipt-waits"]
