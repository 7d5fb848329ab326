"""Months of the last period that are paid afterwards, and decisions as a run tells them."""

from datetime import date

import pytest

from sanchuang_cli.domain.entitlement.decisions import Payment
from sanchuang_cli.domain.verdict import Clause
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    VETERAN,
    Result,
    member,
    months_of,
    only,
    paid_line,
    refused,
    run,
    yuan_of,
)
from tests.programmes.subsidies.decided import (
    BOTH,
    at,
    dearer,
    decision_on,
    limited,
    paid,
    set_off,
    shown,
    two,
    unchanged,
)


def why(result: Result, benefit: str) -> list[str]:
    """The words of the failing clauses of the first person."""
    return [str(clause.said) for clause in (result.refused + result.paid)[0].refused()[benefit]]


@pytest.mark.parametrize(
    ("pages", "arrears"),
    [
        (("2026-01", "2026-02", "2026-03"), []),
        (("2026-01", "2026-03"), ["2026-02"]),
        (("2026-02",), ["2026-01", "2026-03"]),
        ((), ["2026-01", "2026-02", "2026-03"]),
    ],
)
def test_months_that_the_last_pages_do_not_show_are_arrears(
    pages: tuple[str, ...], arrears: list[str]
) -> None:
    person = member(spells=TWENTY)
    decision = decision_on(person, previous=shown(person, *pages))
    assert [(month, yuan) for _, month, yuan, late in paid(decision) if late] == [
        (month, 525) for month in arrears
    ]
    assert [month for _, month, _, late in paid(decision) if not late] == ["2026-04", "2026-05", "2026-06"]
    assert decision.prior == {CADRE: {at(f"2026-0{month}"): 52_500 for month in (1, 2, 3)}}


def test_pages_of_somebody_else_or_another_benefit_show_nothing_of_this_one() -> None:
    person = member(spells=TWENTY)
    for pages in (
        shown(member(2), "2026-01", "2026-02", "2026-03"),
        shown(person, "2026-01", "2026-02", "2026-03", benefit=VETERAN),
        [],
    ):
        assert decision_on(person, previous=pages).fen == 6 * 52_500


def test_without_the_last_pages_nothing_is_made_good() -> None:
    decision = decision_on(member(spells=TWENTY))
    assert (decision.fen, decision.prior) == (3 * 52_500, {})


def test_a_month_that_an_approval_makes_good_is_not_paid_again_as_arrears() -> None:
    person = member(spells=TWENTY, approved_on="2026-05-11")
    decision = decision_on(person, only(CADRE, limited(3)), previous=[])
    assert [month for _, month, _, _ in paid(decision)] == [f"2026-0{month}" for month in range(2, 7)]
    assert decision.prior == {CADRE: {at("2026-02"): 52_500, at("2026-03"): 52_500}}


def test_months_of_the_last_period_are_judged_by_the_edition_that_ruled_them() -> None:
    decision = decision_on(member(spells=TWENTY), two(unchanged, dearer, date(2026, 3, 1)), previous=[])
    assert [(month, yuan) for _, month, yuan, late in paid(decision) if late] == [
        ("2026-01", 525),
        ("2026-02", 525),
        ("2026-03", 600),
    ]
    assert decision.prior == {CADRE: {at("2026-01"): 52_500, at("2026-02"): 52_500, at("2026-03"): 60_000}}


def test_what_was_excluded_in_the_last_period_is_not_made_good() -> None:
    decision = decision_on(BOTH, previous=[])
    assert {name for name, _, _, late in paid(decision) if late} == {CADRE}
    assert decision.prior == {
        CADRE: {at(f"2026-0{month}"): 52_500 for month in (1, 2, 3)},
        HARDSHIP: {},
    }
    assert decision.notes == {
        HARDSHIP: [(f"2026-04至2026-06 与{CADRE}不重复享受", "第四条")],
        CADRE: [("补发：上期名册没有", "第一条")],
    }


def test_what_is_set_off_in_the_last_period_is_not_made_good() -> None:
    person = member(born="1965-12-15", spells=TWENTY, pension=70_000)
    decision = decision_on(person, set_off(), previous=[])
    assert [(p.month, p.fen) for p in sorted(decision.payments) if p.arrears] == [
        (at("2026-02"), 35_000),
        (at("2026-03"), 52_500),
    ]
    assert decision.prior == {CADRE: {at("2026-02"): 35_000, at("2026-03"): 52_500}}
    assert decision.notes == {CADRE: [("补发：上期名册没有", "第一条")]}


def test_nothing_is_made_good_to_somebody_of_whom_something_is_doubtful() -> None:
    decision = decision_on(member(spells=TWENTY, reason="被群众赶走"), previous=[])
    assert (decision.payments, decision.prior) == ((), {})
    assert [len(verdict.troubles) for verdict in decision.verdicts] == [1]


def test_who_died_in_the_last_period_is_paid_the_months_that_were_left_out() -> None:
    person = member(spells=TWENTY, died_on="2026-02-10")
    before = [paid_line(person, CADRE, "2026-01", 52_500)]
    result = run(person, previous=before)
    assert months_of(result) == ["2026-02"]
    assert result.paid[0].payments == (Payment(CADRE, at("2026-02"), 52_500, True),)
    assert result.paid[0].prior == {CADRE: {at("2026-01"): 52_500, at("2026-02"): 52_500}}


# ---------------------------------------------------------------- in a run


def test_who_has_all_but_a_month_to_be_paid_for_is_told_why() -> None:
    result = run(BOTH)
    assert refused(result, HARDSHIP) == ["本期应发"]
    assert why(result, HARDSHIP) == [f"2026-04至2026-06 与{CADRE}不重复享受"]
    assert [yuan_of(result, CADRE), yuan_of(result, HARDSHIP)] == [3 * 525, 0]


def test_a_verdict_that_pays_or_fails_gets_no_further_clause() -> None:
    def names(clauses: tuple[Clause, ...]) -> list[str]:
        return [clause.name for clause in clauses]

    decision = decision_on(member(born="1990-01-01", spells=TWENTY), only(CADRE, limited(3)))
    assert "本期应发" not in names(decision.verdicts[0].clauses)
    decision = decision_on(BOTH)
    assert ["本期应发" in names(verdict.clauses) for verdict in decision.verdicts] == [False, True]


@pytest.mark.parametrize(
    ("pages", "told"), [("2026-01", True), ("2026-01至2026-02", False)], ids=["arrears", "nothing late"]
)
def test_arrears_of_somebody_dead_are_paid_and_told(pages: str, told: bool) -> None:
    who = member(spells=TWENTY, died_on="2026-02-20")
    found = run(who, previous=(paid_line(who, CADRE, pages, 52_500 * len(pages.split("至"))),))
    said = [one.message for one in found.findings if one.code == "subsidies.to-heirs"]
    assert [line.endswith("2026-02-20 身故，补发身故以前的 525.00 元，发到本人账户") for line in said] == [
        True
    ] * told
