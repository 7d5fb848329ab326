"""What one person is owed: which months, whether they are arrears, what is excluded or set off, and the words of it."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.decisions import Decision, Payment
from sanchuang_cli.domain.payroll.company import place
from sanchuang_cli.finding import Severity
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    NOWHERE,
    TWENTY,
    VETERAN,
    changed,
    member,
    only,
    run,
)
from tests.programmes.subsidies.decided import (
    OLD,
    PARTY,
    Change,
    at,
    dearer,
    decision_on,
    limited,
    paid,
    two,
    unchanged,
)

# ---------------------------------------------------------------- payments


def test_each_month_of_the_period_is_a_payment_and_none_is_arrears() -> None:
    assert decision_on(member(spells=TWENTY)).payments == (
        Payment(CADRE, at("2026-04"), 52_500, False),
        Payment(CADRE, at("2026-05"), 52_500, False),
        Payment(CADRE, at("2026-06"), 52_500, False),
    )


def test_the_sum_of_a_decision_is_that_of_all_its_payments() -> None:
    decision = decision_on(member(born=OLD, spells=TWENTY, joined=PARTY))
    assert decision.fen == 3 * (52_500 + 73_000)
    assert Decision(decision.record).fen == 0


@pytest.mark.parametrize("number", ["", "23029919500315", f"{NOWHERE}195013150038"])
def test_whose_birth_no_number_tells_waits_and_is_neither_paid_nor_refused(number: str) -> None:
    result = run(member(1, spells=TWENTY, identity=number), member(2, spells=TWENTY))
    assert [decision.record.name for decision in result.paid] == ["村民2"]
    assert (result.refused, result.set_aside) == ([], 1)
    told = [finding for finding in result.findings if finding.code == "subsidies.identity"]
    assert [(one.severity, one.message) for one in told] == [(Severity.ERROR, "村民1：身份证号不能识别")]


def test_payments_go_by_benefit_then_month() -> None:
    first, second, third = (
        Payment("A", 2, 9, True),
        Payment("A", 3, 1, False),
        Payment("B", 1, 5, False),
    )
    assert sorted([third, second, first]) == [first, second, third]


def test_decisions_stand_by_township_village_name_and_number_then_where_their_row_is() -> None:
    record = member(3, book="甲.xlsx")
    assert place(record) == (
        "青禾镇",
        "河西村",
        "村民3",
        record.identity,
        "甲.xlsx",
        "Sheet1",
        6,
    )


def test_people_are_told_in_the_order_of_pages() -> None:
    people = [
        member(1, spells=TWENTY, township="丙"),
        member(2, spells=TWENTY, village="丙"),
        member(3, spells=TWENTY, village="丁", name="乙"),
        member(4, spells=TWENTY, village="丁", name="丁"),
    ]
    result = run(*people)
    assert [d.record.row.number for d in result.paid] == [4, 7, 6, 5]


def test_a_month_made_good_is_arrears_and_one_of_the_period_is_not() -> None:
    decision = decision_on(member(spells=TWENTY, approved_on="2026-05-11"), only(CADRE, limited(3)))
    assert paid(decision) == [
        (CADRE, "2026-02", 525, True),
        (CADRE, "2026-03", 525, True),
        (CADRE, "2026-04", 525, False),
        (CADRE, "2026-05", 525, False),
        (CADRE, "2026-06", 525, False),
    ]


@pytest.mark.parametrize(
    ("approved_on", "limit", "first"),
    [
        ("2026-03-31", 3, "2026-04"),
        ("2026-04-01", 3, "2026-01"),
        ("2026-06-30", 3, "2026-03"),
        ("2026-06-30", 2, "2026-04"),
        ("2026-06-30", 1, "2026-05"),
        ("2026-07-01", 3, None),
        (None, 3, "2026-04"),
        ("2020-05-01", 3, "2026-04"),
    ],
)
def test_only_an_approval_in_the_period_reaches_back(
    approved_on: str | None, limit: int, first: str | None
) -> None:
    person = member(spells=TWENTY, approved_on=approved_on)
    decision = decision_on(person, only(CADRE, limited(limit)))
    assert [month for _, month, _, _ in paid(decision)][:1] == ([first] if first else [])
    assert all(arrears is (month < "2026-04") for _, month, _, arrears in paid(decision))


@pytest.mark.parametrize(
    ("approved_on", "asked"),
    [
        ("2026-05-11", range(at("2026-02"), at("2026-07"))),
        ("2026-06-11", range(at("2026-03"), at("2026-07"))),
        ("2026-03-31", range(at("2026-04"), at("2026-07"))),
        (None, range(at("2026-04"), at("2026-07"))),
    ],
)
def test_the_months_asked_are_the_periods_and_those_made_good(approved_on: str | None, asked: range) -> None:
    decision = decision_on(member(spells=TWENTY, approved_on=approved_on), only(CADRE, limited(3)))
    assert [verdict.asked for verdict in decision.verdicts] == [asked]


def test_one_benefit_that_reaches_back_does_not_take_another_with_it() -> None:
    policy = changed(lambda edition: limited(3)(edition["benefit"][0]))
    person = member(born=OLD, spells=TWENTY, joined=PARTY, approved_on="2026-05-11")
    decision = decision_on(person, policy)
    assert {(verdict.benefit.name, verdict.asked) for verdict in decision.verdicts} == {
        (CADRE, range(at("2026-02"), at("2026-07"))),
        (VETERAN, range(at("2026-04"), at("2026-07"))),
    }
    assert [(name, month) for name, month, _, _ in paid(decision)] == [
        *((CADRE, f"2026-0{month}") for month in range(2, 7)),
        (VETERAN, "2026-05"),
        (VETERAN, "2026-06"),
    ]
    assert set(decision.verdicts[1].due) == {at("2026-05"), at("2026-06")}


def test_months_made_good_are_judged_by_the_edition_that_ruled_them() -> None:
    def change(benefit: dict[str, Any]) -> None:
        limited(3)(benefit)
        dearer(benefit)

    person = member(spells=TWENTY, approved_on="2026-05-11")
    decision = decision_on(person, two(limited(3), change, date(2026, 3, 1)))
    assert paid(decision) == [
        (CADRE, "2026-02", 525, True),
        (CADRE, "2026-03", 600, True),
        (CADRE, "2026-04", 600, False),
        (CADRE, "2026-05", 600, False),
        (CADRE, "2026-06", 600, False),
    ]
    assert [verdict.asked for verdict in decision.verdicts] == [
        range(at("2026-02"), at("2026-03")),
        range(at("2026-03"), at("2026-07")),
    ]


def test_an_edition_of_which_no_month_can_be_paid_leaves_no_verdict() -> None:
    """Under one edition three months are made good, under the other one only: January belongs to neither."""

    def change(benefit: dict[str, Any]) -> None:
        limited(1)(benefit)
        dearer(benefit)

    policy = two(limited(1), change, date(2026, 4, 1))
    decision = decision_on(member(spells=TWENTY, approved_on="2026-06-11"), policy)
    assert [verdict.asked for verdict in decision.verdicts] == [range(at("2026-04"), at("2026-07"))]
    assert [month for _, month, _, _ in paid(decision)] == ["2026-05", "2026-06"]


@pytest.mark.parametrize("limit", [1, 3])
def test_a_period_that_no_edition_cuts_has_one_verdict(limit: int) -> None:
    policy = two(unchanged, dearer)
    assert len(decision_on(member(spells=TWENTY), policy, "2026-05").verdicts) == 1
    assert len(decision_on(member(spells=TWENTY), policy).verdicts) == 2
    assert paid(decision_on(member(spells=TWENTY), policy)) == [
        (CADRE, "2026-04", 525, False),
        (CADRE, "2026-05", 600, False),
        (CADRE, "2026-06", 600, False),
    ]
    assert len(decision_on(member(spells=TWENTY), only(CADRE, limited(limit))).verdicts) == 1


# ---------------------------------------------------------------- refusals


def test_whoever_is_paid_a_benefit_in_one_edition_is_not_refused_it_in_another() -> None:
    def never(benefit: dict[str, Any]) -> None:
        benefit["age"].update(male=99, female=99)

    decision = decision_on(member(spells=TWENTY), two(never, unchanged))
    assert [month for _, month, _, _ in paid(decision)] == ["2026-05", "2026-06"]
    assert decision.refused() == {}


def test_a_refusal_tells_the_failing_clauses_of_the_latest_edition() -> None:
    def never(years: int) -> Change:
        return lambda benefit: benefit["age"].update(male=years, female=years)

    decision = decision_on(member(spells=TWENTY), two(never(98), never(99)))
    assert [[clause.name for clause in failing] for failing in decision.refused().values()] == [
        ["年满99周岁"]
    ]
    assert list(decision.refused()) == [CADRE]


def test_each_benefit_that_is_asked_for_is_paid_or_refused() -> None:
    decision = decision_on(
        member(born="1990-01-01", spells="1980-01…1999-12 书记", hardship=True, joined=PARTY)
    )
    assert {name for name, _, _, _ in paid(decision)} == {VETERAN}
    assert {name: [clause.name for clause in failing] for name, failing in decision.refused().items()} == {
        CADRE: ["年满60周岁"],
        HARDSHIP: ["年满60周岁"],
    }


def test_whom_no_benefit_concerns_gets_neither_payment_nor_refusal() -> None:
    decision = decision_on(member())
    assert (decision.verdicts, decision.payments, decision.refused(), decision.fen) == ((), (), {}, 0)
    assert (decision.notes, decision.prior) == ({}, {})
