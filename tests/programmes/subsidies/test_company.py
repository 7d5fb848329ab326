"""A row gets one judgement: alone, in any company and in any order; and what no rule looks at changes nothing of it."""

from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.judging import Grounds, judged
from sanchuang_cli.domain.entitlement.prior import prior
from sanchuang_cli.domain.entitlement.rulebook import Rulebook
from sanchuang_cli.domain.people import Member
from sanchuang_cli.judging import Judged
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.compared.subsidies import DEFAULT, PACKS, as_member, by_measure, by_service, one_policy
from tests.oracle import people as generator
from tests.oracle.documents import document
from tests.oracle.measures import measure
from tests.programmes.people import TWENTY, cadre, member, policies, result_of

DICE = st.integers(0, 2**32 - 1).map(Random)


def any_policy(dice: Random) -> tuple[PolicyFile[Subsidies], str]:
    """A pack, or a random document, with a period of it."""
    if dice.random() < 0.5:
        pack = dice.choice([DEFAULT, *PACKS.values()])
        return pack.policy(), dice.choice(pack.periods)
    benefit = (
        by_service(document(dice))
        if dice.random() < 0.5
        else by_measure(replace(measure(dice), class_base=(), lines=()))
    )
    return one_policy(benefit), "2026Q2"


def people(dice: Random, period: str, count: int) -> list[Member]:
    return [as_member(generator.person(dice, int(period[:4])), number) for number in range(count)]


def asked(policy: PolicyFile[Subsidies], period: str, *records: Member, before: Any = None) -> list[Judged]:
    """Rows asked about by rules that have never been asked anything."""
    book = Rulebook(policy, Period.parse(period))
    return judged(records, Grounds.of(book, None, before))


def said(one: Judged) -> tuple[Any, ...]:
    """All that a judgement says, in words and figures."""
    return of_decision(one.verdict), one.findings


def of_decision(decision: Decision) -> tuple[Any, ...]:
    verdicts = [
        (
            verdict.benefit.name,
            verdict.asked,
            [(clause.name, clause.first, clause.last, str(clause.said)) for clause in verdict.clauses],
            verdict.troubles,
            verdict.first,
            dict(verdict.due),
            {at: str(standard) for at, standard in verdict.standards.items()},
            [str(step) for step in verdict.steps],
            verdict.withheld,
            [(look.part, look.applies, str(look.clause.said)) for look in verdict.looks()],
        )
        for verdict in decision.verdicts
    ]
    notes = {name: [str(note) for note in told] for name, told in decision.notes.items()}
    return verdicts, decision.payments, notes


@given(dice=DICE)
def test_a_row_is_judged_alike_alone_and_in_any_company(dice: Random) -> None:
    policy, period = any_policy(dice)
    rows = people(dice, period, 12)
    alone = [said(asked(policy, period, row)[0]) for row in rows]
    order = dice.sample(range(len(rows)), len(rows))
    together = asked(policy, period, *(rows[i] for i in order))
    assert [said(one) for one in together] == [alone[i] for i in order]


NEVER_LOOKED_AT = {
    "name": "别的姓名",
    "branch": "第九支部",
    "bank": "另一家银行",
    "account": "6222000000000000",
    "phone": "13900000000",
    "remarks": "",
    "cause": "因病",
    "petition": True,
    "income": 1,
}
"""Fields that no rule of these policies goes by."""


@given(dice=DICE, field=st.sampled_from(sorted(NEVER_LOOKED_AT)))
def test_what_no_rule_looks_at_changes_nothing(dice: Random, field: str) -> None:
    policy, period = any_policy(dice)
    (row,) = people(dice, period, 1)
    looked_at = {
        heading
        for edition in policy.editions
        for benefit in edition.benefit
        for heading in (*benefit.columns, *(c for amount in benefit.amount for c in amount.columns))
    }
    heading = next(one.heading for one in Member.declared() if one.name == field)
    if heading in looked_at:
        return
    other = structs.replace(row, **{field: NEVER_LOOKED_AT[field]})
    first, second = asked(policy, period, row, other)
    assert of_decision(first.verdict) == of_decision(second.verdict)


LOOKED_AT: dict[str, tuple[str, list[Any]]] = {
    "已领养老金": ("pension", [0, 50_00, 99_999_00]),
    "地方定补标准": ("local", [0, 50_00, 99_999_00]),
    "优抚对象": ("veteran", [True, False, None]),
    "任职经历": ("spells", [()]),
    "死亡日期": ("died_on", [None]),
}


@given(dice=DICE)
def test_people_who_differ_in_one_thing_that_is_looked_at_never_share_what_differs(dice: Random) -> None:
    """The rules that judged others first say of everybody what rules do that judged nobody."""
    policy, period = any_policy(dice)
    (row,) = people(dice, period, 1)
    field, values = LOOKED_AT[dice.choice(sorted(LOOKED_AT))]
    rows = [row, *(structs.replace(row, **{field: value}) for value in values)]
    rows += [structs.replace(row, spells=other.spells) for other in people(dice, period, 4)]
    together = asked(policy, period, *rows)
    assert [said(one) for one in together] == [said(asked(policy, period, one)[0]) for one in rows]


def test_the_last_period_is_part_of_what_a_row_is_judged_by() -> None:
    """With it, too, a row is judged alike alone and in company."""
    policy, period = policies(), Period.parse("2026Q2")
    rows = people(Random(4), "2026Q2", 20)
    result = result_of([], period.before(), policy)

    def with_it(*some: Member) -> list[Any]:
        book = Rulebook(policy, period)
        return [said(one) for one in judged(some, Grounds.of(book, None, prior(result, book, "补贴项目")))]

    assert with_it(*rows) == [with_it(row)[0] for row in rows]


def paid(policy: PolicyFile[Subsidies], *records: Member) -> list[list[tuple[str, int]]]:
    """What falls to each month of a quarter to each of some people."""
    return [
        [(str(Month.at(one.month)), one.fen) for one in each.verdict.payments]
        for each in asked(policy, "2026Q2", *records)
    ]


def test_people_of_equal_service_who_may_be_paid_for_other_months_do_not_share_them() -> None:
    dead, late = (
        member(1, spells=TWENTY, died_on="2026-05-09"),
        member(2, spells=TWENTY, approved_on="2026-05-09"),
    )
    assert paid(cadre(), dead, late) == [
        [("2026-04", 525_00), ("2026-05", 525_00)],
        [("2026-05", 525_00), ("2026-06", 525_00)],
    ]


def test_a_sum_paid_once_falls_to_the_first_month_of_each() -> None:
    once = {"per": "once", "by": "nothing", "tier": [{"rate": 800}], "round": "exact"}
    early, late = (member(i, spells=TWENTY, approved_on=f"2026-0{2 + i}-09") for i in (1, 2))
    policy = cadre(amount=once)
    assert paid(policy, early, late) == [[], [("2026-04", 800_00)]]
