"""Suspended months, and edges of months in a run."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.blocks import Age, Suspension
from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.timing import AgeRule, SuspensionRule
from sanchuang_cli.domain.months import EVER, NEVER
from sanchuang_cli.domain.verdict import Sentence
from sanchuang_cli.period import VagueDate
from tests.programmes.people import CADRE, HARDSHIP, TWENTY, cadre, member, months_of, only, run
from tests.programmes.subsidies.timed import CELLS, age, at, event, told


def suspension(**fields: Any) -> SuspensionRule:
    whole = {"name": "暂停发放", "clause": "丁条", "start": "暂停起", "end": "暂停止", **fields}
    return SuspensionRule(Suspension.model_validate(whole), CELLS)


HALF_YEAR = range(at("2026-01"), at("2026-07"))


@pytest.mark.parametrize(
    ("switches", "start", "end", "left", "seen"),
    [
        ({}, "2026-02-10", "2026-05-03", ["01", "06"], "自2026-02起暂停，2026-06恢复"),
        ({"first": "month_after"}, "2026-02-10", "2026-05-03", ["01", "02", "06"], "自2026-03起暂停，2026-06恢复"),
        ({"resume": "month_of"}, "2026-02-10", "2026-05-03", ["01", "05", "06"], "自2026-02起暂停，2026-05恢复"),
        ({"resume": "next_quarter"}, "2026-02-10", "2026-03-03", ["01", "04", "05", "06"], "自2026-02起暂停，2026-04恢复"),
        ({}, "2026-06-30", "2026-07-01", ["01", "02", "03", "04", "05"], "自2026-06起暂停，2026-08恢复"),
        ({}, "2025-06-30", "2026-01-31", ["02", "03", "04", "05", "06"], "自2025-06起暂停，2026-02恢复"),
        ({}, "2026-04", None, ["01", "02", "03"], "自2026-04起暂停，尚未恢复"),
    ],
)  # fmt: skip
def test_a_suspension_leaves_the_other_months(
    switches: dict[str, Any], start: str, end: str | None, left: list[str], seen: str
) -> None:
    person = member(suspended_from=start, suspended_to=end)
    paid, clause = suspension(**switches).left(person, HALF_YEAR)
    assert list(paid) == [at(f"2026-{month}") for month in left]
    assert clause
    assert told(clause) == ("暂停发放", "丁条", ("suspended_from", "suspended_to"), EVER, NEVER, seen)


@pytest.mark.parametrize(
    ("end", "seen"),
    [(None, "自2026-01起暂停，尚未恢复"), ("2026-06-01", "自2026-01起暂停，2026-07恢复")],
)
def test_a_suspension_that_leaves_no_month_fails(end: str | None, seen: str) -> None:
    paid, clause = suspension().left(member(suspended_from="2026-01-31", suspended_to=end), HALF_YEAR)
    assert list(paid) == []
    assert clause
    assert told(clause) == ("暂停发放", "丁条", ("suspended_from", "suspended_to"), NEVER, EVER, seen)


@pytest.mark.parametrize("end", [None, "2026-03-01"])
def test_where_nothing_began_there_is_no_suspension(end: str | None) -> None:
    assert suspension().left(member(suspended_to=end), HALF_YEAR) == (HALF_YEAR, None)


@pytest.mark.parametrize(
    ("month", "resumed"),
    [
        ("2026-01", "2026-01"),
        ("2026-02", "2026-06"),
        ("2026-05", "2026-06"),
        ("2026-06", "2026-06"),
        ("2026-07", "2026-07"),
    ],
)
def test_a_month_under_suspension_gives_way_to_the_one_in_which_payment_resumes(
    month: str, resumed: str
) -> None:
    person = member(suspended_from="2026-02-10", suspended_to="2026-05-03")
    assert suspension().resumed(person, at(month)) == at(resumed)


@pytest.mark.parametrize(("month", "resumed"), [("2026-01", at("2026-01")), ("2026-02", NEVER)])
def test_without_an_end_payment_never_resumes(month: str, resumed: int) -> None:
    assert suspension().resumed(member(suspended_from="2026-02-10"), at(month)) == resumed


def test_an_event_that_nobody_can_tell_sets_the_row_aside_in_its_own_cell() -> None:
    policy = only(HARDSHIP, lambda benefit: benefit["payable"]["events"][0].update(blank="set_aside"))
    result = run(member(hardship=True, ledger_on=None), policy=policy)
    found = result.findings[0]
    assert (result.set_aside, len(result.findings), found.place.heading) == (1, 1, "列入台账日期")
    assert (found.code, found.message, found.basis, found.mend) == (
        "subsidies.unclear",
        "村民1：“列入台账日期”未填，不知从何时起发",
        "第二条第三款",
        "请补填“列入台账日期”。",
    )


def test_an_approval_that_nobody_can_tell_sets_the_row_aside_in_its_own_cell() -> None:
    person = member(spells=TWENTY, approved_on=None)
    result = run(person, policy=cadre(payable={"unapproved": "set_aside"}))
    found = result.findings[0]
    assert (result.set_aside, len(result.findings), found.place.heading) == (1, 1, "审批日期")
    assert (found.code, found.message, found.basis, found.mend) == (
        "subsidies.unclear",
        "村民1：“审批日期”未填",
        "第一条第三款",
        "请补填“审批日期”。",
    )


@pytest.mark.parametrize(
    ("approved_on", "limit", "months"),
    [
        ("2026-06-30", 0, ["2026-06"]),
        ("2026-06-30", 5, [f"2026-0{month}" for month in range(1, 7)]),
        ("2026-07-01", 0, []),
        ("2026-07-01", 5, []),
    ],
)
def test_an_approval_in_the_last_month_counts_and_one_in_the_next_does_not(
    approved_on: str, limit: int, months: list[str]
) -> None:
    policy = cadre(payable={"start": "fulfilled", "retroactive_limit": limit})
    result = run(member(spells=TWENTY, approved_on=approved_on), policy=policy)
    assert months_of(result) == months
    if not months:
        failing = result.refused[0].refused()[CADRE]
        assert [str(clause.said) for clause in failing] == ["2026-07审批，在本期之后"]


def test_words_with_months_in_them_are_templates() -> None:
    clause = event().clause(member(ledger_on="2026-05-20"), [])
    assert isinstance(clause.said, Sentence)
    assert clause.said.values == (VagueDate.on(date(2026, 5, 20)), at("2026-06"))


def test_an_age_until_which_it_is_paid_ends_with_the_month_that_the_document_makes_of_the_birthday() -> None:
    both = age(until_male=70, until_female=65).clauses(Born(date(1966, 2, 10), "男"))
    assert [(clause.name, clause.first, clause.last) for clause in both] == [
        ("年满60周岁", at("2026-03"), NEVER),
        ("到70周岁为止", EVER, at("2036-02")),
    ]
    (only,) = AgeRule(
        Age.model_validate({"clause": "甲条", "until_male": 60, "until_female": 55, "stop": "next_year"})
    ).clauses(Born(date(1966, 2, 10), "女"))
    assert told(only) == (
        "到55周岁为止",
        "甲条",
        ("identity",),
        EVER,
        at("2021-12"),
        "女，1966-02-10生，到2021-12止",
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"male": 60}, "男、女都要写"),
        ({"until_male": 60}, "男、女都要写"),
        ({}, "男、女都要写"),
        (
            {"male": 60, "until_female": 55, "mode": "as_of", "as_of": date(2026, 1, 1)},
            "只能用 mode",
        ),
    ],
)
def test_an_age_that_leaves_open_what_is_meant_is_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Age.model_validate({"clause": "甲条", **fields})
