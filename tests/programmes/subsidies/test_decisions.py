"""What one person is owed: which months, whether they are arrears, what is excluded or set off, and the words of it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.decisions import Decision, Payment, decided
from sanchuang_cli.domain.entitlement.prior import prior
from sanchuang_cli.domain.entitlement.rulebook import Rulebook
from sanchuang_cli.domain.months import EVER, NEVER, number
from sanchuang_cli.domain.payroll.company import place
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    VETERAN,
    Result,
    changed,
    document,
    member,
    months_of,
    of_editions,
    only,
    paid_line,
    policies,
    refused,
    result_of,
    run,
    yuan_of,
)

Change = Callable[[dict[str, Any]], object]
OLD = "1920-01-01"
PARTY = "1949-01-01"


def at(text: str) -> int:
    """2026-04 as a month's number."""
    return number(date.fromisoformat(f"{text}-01"))


def decision_on(
    record: Member,
    policy: PolicyFile[Subsidies] | None = None,
    period: str = "2026Q2",
    previous: Sequence[Paid] | None = None,
) -> Decision:
    file, when = policy or policies(), Period.parse(period)
    book = Rulebook(file, when)
    born = Born.of(record.identity)
    assert born
    before = None if previous is None else prior(result_of(previous, when.before(), file), book, "补贴项目")
    return decided(book, record, born, before)


def paid(decision: Decision) -> list[tuple[str, str, int, bool]]:
    """Benefit, month, yuan, whether arrears; in order."""
    return [
        (p.benefit, f"{p.month // 12}-{p.month % 12 + 1:02d}", p.fen // 100, p.arrears)
        for p in sorted(decision.payments)
    ]


def why(result: Result, benefit: str) -> list[str]:
    """The words of the failing clauses of the first person."""
    return [str(clause.said) for clause in (result.refused + result.paid)[0].refused()[benefit]]


def two(first: Change, second: Change, effective: date = date(2026, 5, 1)) -> PolicyFile[Subsidies]:
    """The rule for cadres alone in two editions."""
    editions = [document()["edition"][0] for _ in range(2)]
    for edition, change in zip(editions, (first, second), strict=True):
        edition["benefit"], edition["exclusive"] = edition["benefit"][:1], []
        change(edition["benefit"][0])
    editions[1]["effective"] = effective
    return of_editions(*editions)


def unchanged(benefit: dict[str, Any]) -> None:
    """Leaves a benefit as it is."""


def limited(limit: int) -> Change:
    return lambda benefit: benefit["payable"].update(start="fulfilled", retroactive_limit=limit)


def dearer(benefit: dict[str, Any]) -> None:
    benefit["amount"][0]["tier"] = [{"at_least": 10, "rate": 600}]


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


def unpaid(decision: Decision, benefit: str) -> list[tuple[str, str, tuple[str, ...], int, int, str]]:
    return [
        (c.name, c.citation, c.columns, c.first, c.last, str(c.said)) for c in decision.refused()[benefit]
    ]


# ---------------------------------------------------------------- what excludes what


BOTH = member(spells=TWENTY, hardship=True)


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


# ---------------------------------------------------------------- what was received before


def set_off(*more: dict[str, Any], change: Change = unchanged) -> PolicyFile[Subsidies]:
    once = {"name": "一次性补助", "clause": "第六条", "column": "已领养老金"}

    def with_it(benefit: dict[str, Any]) -> None:
        benefit["amount"][0]["set_off"] = [once, *more]
        change(benefit)

    return only(CADRE, with_it)


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


# ---------------------------------------------------------------- months of the last period


def shown(record: Member, *months: str, benefit: str = CADRE) -> list[Paid]:
    return [paid_line(record, benefit, "、".join(months), 52_500 * len(months))] if months else []


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
