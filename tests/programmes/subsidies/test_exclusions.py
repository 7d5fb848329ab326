"""What one benefit excludes of another, and what was received before and is set off."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.months import EVER, NEVER
from sanchuang_cli.domain.people import Member
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    VETERAN,
    changed,
    document,
    member,
    of_editions,
)
from tests.programmes.subsidies.decided import BOTH, OLD, PARTY, at, dearer, decision_on, paid, set_off, two


def unpaid(decision: Decision, benefit: str) -> list[tuple[str, str, tuple[str, ...], int, int, str]]:
    return [
        (c.name, c.citation, c.columns, c.first, c.last, str(c.said)) for c in decision.refused()[benefit]
    ]


def test_a_benefit_that_another_excludes_says_with_which_and_for_which_months() -> None:
    decision = decision_on(BOTH)
    assert paid(decision) == [(CADRE, f"2026-0{month}", 525, False) for month in (4, 5, 6)]
    assert decision.notes == {HARDSHIP: [(f"2026-04至2026-06 与{CADRE}不重复享受", "第四条")]}
    assert unpaid(decision, HARDSHIP) == [
        (
            "本期应发",
            "第四条",
            (),
            NEVER,
            EVER,
            f"2026-04至2026-06 与{CADRE}不重复享受",
        )
    ]
    verdict = next(v for v in decision.verdicts if v.benefit.name == HARDSHIP)
    assert (verdict.due, verdict.standards) == ({}, {})


def test_a_benefit_excluded_in_some_months_is_paid_in_the_others() -> None:
    decision = decision_on(replace(BOTH, suspended_from=None, spells=BOTH.spells, ledger_on=None))
    assert {name for name, _, _, _ in paid(decision)} == {CADRE}
    young = member(born="1966-04-10", spells=TWENTY, hardship=True)
    result = decision_on(young, changed(lambda edition: edition["benefit"][1]["age"].update(male=50)))
    assert paid(result) == [
        (HARDSHIP, "2026-04", 50, False),
        (CADRE, "2026-05", 525, False),
        (CADRE, "2026-06", 525, False),
    ]
    assert result.notes == {HARDSHIP: [(f"2026-05至2026-06 与{CADRE}不重复享受", "第四条")]}
    assert result.refused() == {}


def rivals(keep: str, *rates: int, **hardship: Any) -> PolicyFile[Subsidies]:
    """Cadres, people in hardship and old members exclude one another; each has one rate."""

    def change(edition: dict[str, Any]) -> None:
        names = [benefit["name"] for benefit in edition["benefit"]]
        edition["exclusive"] = [{"name": "三者", "clause": "第九条", "benefits": names, "keep": keep}]
        for benefit, rate in zip(edition["benefit"], rates, strict=True):
            benefit["amount"] = [
                {"clause": "例", "per": "month", "by": "nothing", "tier": [{"rate": rate}]},
            ]
        edition["benefit"][1]["amount"][0].update(hardship)

    return changed(change)


ALL = member(born=OLD, spells=TWENTY, hardship=True, joined=PARTY)


@pytest.mark.parametrize(
    ("keep", "rates", "kept"),
    [
        ("first", (1, 2, 3), CADRE),
        ("highest", (1, 2, 3), VETERAN),
        ("highest", (1, 3, 2), HARDSHIP),
        ("highest", (3, 2, 1), CADRE),
        ("highest", (2, 2, 2), CADRE),
        ("highest", (1, 2, 2), HARDSHIP),
        ("first", (0, 2, 3), HARDSHIP),
        ("first", (0, 0, 3), VETERAN),
    ],
)
def test_of_three_that_exclude_one_another_one_is_kept(keep: str, rates: tuple[int, ...], kept: str) -> None:
    decision = decision_on(ALL, rivals(keep, *rates), "2026-04")
    names = [CADRE, HARDSHIP, VETERAN]
    assert [name for name, _, _, _ in paid(decision)] == [kept]
    lost = [name for name, rate in zip(names, rates, strict=True) if name != kept and rate]
    rate_of = dict(zip(names, rates, strict=True))
    both = {name: f"：本项 {rate_of[name]} 元/月，那一项 {rate_of[kept]} 元/月" for name in lost}
    shown = both if keep == "highest" else dict.fromkeys(lost, "")
    assert decision.notes == {name: [(f"2026-04 与{kept}不重复享受{shown[name]}", "第九条")] for name in lost}


def test_all_benefits_are_paid_where_a_group_excludes_none() -> None:
    decision = decision_on(ALL, rivals("all", 1, 2, 3), "2026-04")
    assert {name: yuan for name, _, yuan, _ in paid(decision)} == {CADRE: 1, HARDSHIP: 2, VETERAN: 3}
    assert decision.notes == {}


def test_a_sum_paid_once_gives_way_to_what_is_paid_again_and_again_and_excludes_in_its_own_month_alone() -> (
    None
):
    person = member(born="1966-04-10", spells=TWENTY, hardship=True)
    monthly = decision_on(person, rivals("highest", 10, 800, 1, per="once"), "2026Q2")
    assert paid(monthly) == [(CADRE, "2026-05", 10, False), (CADRE, "2026-06", 10, False)]
    both = "本项 800 元（一次性），那一项 10 元/月"
    assert monthly.notes == {HARDSHIP: [(f"2026-05 与{CADRE}不重复享受：{both}", "第九条")]}

    def once_first(edition: dict[str, Any]) -> None:
        names = [HARDSHIP, CADRE]
        edition["exclusive"] = [{"name": "二者", "clause": "第九条", "benefits": names, "keep": "first"}]
        once = {"clause": "例", "per": "once", "by": "nothing", "tier": [{"rate": 800}]}
        edition["benefit"][1]["amount"] = [once]

    once = decision_on(person, changed(once_first), "2026Q2")
    assert paid(once) == [(HARDSHIP, "2026-05", 800, False), (CADRE, "2026-06", 525, False)]
    assert once.notes == {CADRE: [(f"2026-05 与{HARDSHIP}不重复享受", "第九条")]}


def test_of_two_sums_paid_once_in_one_month_the_higher_is_kept() -> None:
    def change(edition: dict[str, Any]) -> None:
        group = {"name": "二者", "clause": "第九条", "benefits": [CADRE, HARDSHIP], "keep": "highest"}
        edition["exclusive"] = [group]
        for benefit, rate in zip(edition["benefit"][:2], (700, 800), strict=True):
            once = {"clause": "例", "per": "once", "by": "nothing", "tier": [{"rate": rate}]}
            benefit["amount"] = [once]

    person = member(born="1966-04-10", spells=TWENTY, hardship=True)
    assert paid(decision_on(person, changed(change), "2026Q2")) == [(HARDSHIP, "2026-05", 800, False)]


def test_months_that_are_lost_here_and_there_are_told_apart() -> None:
    person = member(spells=TWENTY, hardship=True, suspended_from="2026-02", suspended_to="2026-03")

    def change(edition: dict[str, Any]) -> None:
        edition["benefit"][1]["suspension"] = []

    decision = decision_on(person, changed(change), "2026H1")
    assert decision.notes == {
        HARDSHIP: [(f"2026-01、2026-04至2026-06 与{CADRE}不重复享受", "第四条")],
    }
    assert [(name, month) for name, month, _, _ in paid(decision)] == [
        *((HARDSHIP, month) for month in ("2026-02", "2026-03")),
        *((CADRE, month) for month in ("2026-01", "2026-04", "2026-05", "2026-06")),
    ]


def test_what_two_groups_exclude_is_told_twice() -> None:
    decision = decision_on(ALL, None, "2026-04")
    assert decision.notes == {HARDSHIP: [(f"2026-04 与{CADRE}不重复享受", "第四条")]}
    assert {name for name, _, _, _ in paid(decision)} == {CADRE, VETERAN}

    def change(edition: dict[str, Any]) -> None:
        groups = [
            {"name": "甲", "clause": "第七条", "benefits": [HARDSHIP, VETERAN], "keep": "first"},
            {"name": "乙", "clause": "第八条", "benefits": [CADRE, HARDSHIP], "keep": "first"},
        ]
        edition["exclusive"] = groups

    chain = decision_on(ALL, changed(change), "2026-04")
    assert {name for name, _, _, _ in paid(chain)} == {CADRE}
    assert chain.notes == {
        VETERAN: [(f"2026-04 与{HARDSHIP}不重复享受", "第七条")],
        HARDSHIP: [(f"2026-04 与{CADRE}不重复享受", "第八条")],
    }


def test_notes_of_both_editions_of_a_period_are_told_together() -> None:
    editions = [document()["edition"][0] for _ in range(2)]
    editions[1]["effective"] = date(2026, 5, 1)
    editions[1]["exclusive"][0]["clause"] = "第五条"
    decision = decision_on(BOTH, of_editions(*editions))
    assert decision.notes == {
        HARDSHIP: [
            (f"2026-04 与{CADRE}不重复享受", "第四条"),
            (f"2026-05至2026-06 与{CADRE}不重复享受", "第五条"),
        ]
    }
    (clause,) = unpaid(decision, HARDSHIP)
    assert (clause[1], clause[-1]) == (
        "第四条、第五条",
        "；".join(note.text for note in decision.notes[HARDSHIP]),
    )


def pensioner(fen: int, **fields: Any) -> Member:
    """Somebody of sixty in March 2026, first paid for April, who has received so many fen before."""
    return member(born="1966-03-15", spells=TWENTY, pension=fen, **fields)


@pytest.mark.parametrize(
    ("period", "fen", "months", "withheld", "told"),
    [
        (
            "2026Q2",
            70_000,
            {"2026-05": 35_000, "2026-06": 52_500},
            {"2026-04": 52_500, "2026-05": 17_500},
            "一次性补助 700.00 元，此前已抵 0.00 元，本期抵 700.00 元，尚余 0.00 元",
        ),
        (
            "2026-05",
            70_000,
            {"2026-05": 35_000},
            {"2026-05": 17_500},
            "一次性补助 700.00 元，此前已抵 525.00 元，本期抵 175.00 元，尚余 0.00 元",
        ),
        (
            "2026Q2",
            200_000,
            {},
            {"2026-04": 52_500, "2026-05": 52_500, "2026-06": 52_500},
            "一次性补助 2000.00 元，此前已抵 0.00 元，本期抵 1575.00 元，尚余 425.00 元",
        ),
        (
            "2026Q3",
            200_000,
            {"2026-07": 10_000, "2026-08": 52_500, "2026-09": 52_500},
            {"2026-07": 42_500},
            "一次性补助 2000.00 元，此前已抵 1575.00 元，本期抵 425.00 元，尚余 0.00 元",
        ),
        ("2026Q3", 157_500, {"2026-07": 52_500, "2026-08": 52_500, "2026-09": 52_500}, {}, None),
        ("2026Q3", 157_499, {"2026-07": 52_500, "2026-08": 52_500, "2026-09": 52_500}, {}, None),
        (
            "2026Q3",
            157_501,
            {"2026-07": 52_499, "2026-08": 52_500, "2026-09": 52_500},
            {"2026-07": 1},
            "一次性补助 1575.01 元，此前已抵 1575.00 元，本期抵 0.01 元，尚余 0.00 元",
        ),
    ],
)
def test_what_is_set_off_is_kept_back_and_told_to_the_fen(
    period: str, fen: int, months: dict[str, int], withheld: dict[str, int], told: str | None
) -> None:
    decision = decision_on(pensioner(fen), set_off(), period)
    (verdict,) = decision.verdicts
    assert {p.month: p.fen for p in decision.payments} == {at(month): sum_ for month, sum_ in months.items()}
    assert verdict.due == {at(month): sum_ for month, sum_ in months.items()}
    assert dict(verdict.withheld) == {at(month): sum_ for month, sum_ in withheld.items()}
    assert decision.notes == ({CADRE: [(told, "第六条")]} if told else {})


def test_what_earlier_editions_have_set_off_is_used_up() -> None:
    """Three months at 525 under the first edition, two at 600 under the second: 2,775 of 3,000 yuan are gone."""
    once = {"name": "一次性补助", "clause": "第六条", "column": "已领养老金"}

    def with_it(benefit: dict[str, Any]) -> None:
        benefit["amount"][0]["set_off"] = [once]

    def dearer_with_it(benefit: dict[str, Any]) -> None:
        dearer(benefit)
        with_it(benefit)

    policy = two(with_it, dearer_with_it, date(2026, 7, 1))
    decision = decision_on(pensioner(300_000), policy, "2026-09")
    assert decision.notes == {
        CADRE: [("一次性补助 3000.00 元，此前已抵 2775.00 元，本期抵 225.00 元，尚余 0.00 元", "第六条")]
    }
    assert [(p.month, p.fen) for p in decision.payments] == [(at("2026-09"), 37_500)]


def test_where_nothing_was_received_nothing_is_told() -> None:
    for fen in (0, None):
        decision = decision_on(replace(pensioner(0), pension=fen), set_off())
        assert (decision.fen, decision.notes) == (3 * 52_500, {})
        assert decision.verdicts[0].withheld == ()


def test_several_sums_are_set_off_together_and_named() -> None:
    other = {"name": "安置费", "clause": "第七条", "column": "地方定补标准"}
    decision = decision_on(pensioner(10_000, local=20_000), set_off(other), "2026-04")
    assert decision.notes == {
        CADRE: [
            (
                "一次性补助、安置费 300.00 元，此前已抵 0.00 元，本期抵 300.00 元，尚余 0.00 元",
                "第六条、第七条",
            )
        ]
    }
    assert decision.fen == 22_500
    assert decision_on(pensioner(0, local=20_000), set_off(other), "2026-04").notes == {
        CADRE: [("安置费 200.00 元，此前已抵 0.00 元，本期抵 200.00 元，尚余 0.00 元", "第七条")]
    }


def test_who_gets_nothing_because_all_is_set_off_is_told_so() -> None:
    decision = decision_on(pensioner(200_000), set_off())
    seen = "一次性补助 2000.00 元，此前已抵 0.00 元，本期抵 1575.00 元，尚余 425.00 元"
    assert unpaid(decision, CADRE) == [("本期应发", "第六条", ("pension",), NEVER, EVER, seen)]


def test_suspended_months_and_those_set_off_are_both_withheld() -> None:
    person = pensioner(10_000, suspended_from="2026-04", suspended_to="2026-04")
    decision = decision_on(person, set_off())
    assert dict(decision.verdicts[0].withheld) == {at("2026-04"): 52_500, at("2026-05"): 10_000}
    assert decision.fen == 42_500 + 52_500


def test_what_another_benefit_has_excluded_uses_up_nothing() -> None:
    """Only what the benefit itself owed before counts as set off; another benefit's months do not."""

    def change(edition: dict[str, Any]) -> None:
        block = edition["benefit"][0]["amount"][0]
        block["set_off"] = [{"name": "一次性补助", "clause": "第六条", "column": "已领养老金"}]

    person = member(born="1926-03-15", spells=TWENTY, joined=PARTY, pension=9_999_900)
    decision = decision_on(person, changed(change), "2026-04")
    before = (at("2026-04") - at("2012-01")) * 525
    told = f"一次性补助 99999.00 元，此前已抵 {before}.00 元，本期抵 525.00 元，尚余 {99_999 - before - 525}.00 元"
    assert decision.notes == {CADRE: [(told, "第六条")]}
    assert paid(decision) == [(VETERAN, "2026-04", 730, False)]
