"""Cells that decide within an amount, and sheets of spells, that nobody can read."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.people import Member, SpellRow
from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.record import Roster
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    Result,
    cadre,
    changed,
    codes,
    day,
    document,
    member,
    of_editions,
    only,
    paid_line,
    policies,
    run,
    spell_row,
    spoilt,
    yuan_of,
)
from tests.programmes.subsidies.sayable import RURAL_TOO, VETERAN_TOO

CARED = [{"heading": "照顾类别", "kind": "text"}, {"heading": "享受至", "kind": "date"}]


def with_when(where: str, **when: Any) -> PolicyFile[Subsidies]:
    """The rule for cadres with a condition on 照顾类别 in a supplement, a tier, or a sum that is paid instead."""
    test = {
        "name": "照顾",
        "clause": "四",
        "column": "照顾类别",
        "accept": ["孤老"],
        "refuse": ["一般"],
        **when,
    }

    def change(edition: dict[str, Any]) -> None:
        edition["column"] = CARED
        edition["benefit"] = edition["benefit"][:1]
        edition["exclusive"] = []
        amount = edition["benefit"][0]["amount"][0]
        if where == "tier":
            amount["tier"] = [{"rate": 300, "when": test}, {"rate": 100}]
            amount["by"] = "nothing"
        elif where == "supplement":
            amount["supplement"] = [{"name": "照顾", "clause": "四", "rate": 50, "when": test}]
        else:
            amount["instead"] = [{"name": "照顾", "clause": "四", "rate": 999, "when": test}]

    return changed(change)


@pytest.mark.parametrize("where", ["supplement", "tier", "instead"])
@pytest.mark.parametrize(
    ("said", "when", "paid"),
    [
        ("孤老", {}, True),
        ("一般", {}, False),
        ("说不清", {}, None),
        ("孤老、说不清", {}, None),
        ("", {}, False),
        ("无", {}, False),
        ("", {"blank": "refuse"}, False),
        ("", {"blank": "accept"}, True),
        ("", {"blank": "set_aside"}, None),
        ("孤老", {"blank": "set_aside"}, True),
    ],
)
def test_within_an_amount_a_condition_means_what_it_means_outside_but_a_blank_is_a_no(
    where: str, said: str, when: dict[str, str], paid: bool | None
) -> None:
    """None: nobody can tell, and the row is set aside."""
    policy = with_when(where, **when)
    result = run(member(spells=TWENTY, more={"照顾类别": said}), policy=policy, period="2026-04")
    if paid is None:
        assert (result.set_aside, "subsidies.unclear" in codes(result)) == (1, True)
        return
    with_it, without = {"supplement": (575, 525), "tier": (300, 100), "instead": (999, 525)}[where]
    assert yuan_of(result) == (with_it if paid else without)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ({}, "“照顾类别”空白算不满足（没有写 blank，照缺省）"),
        ({"blank": "refuse"}, "“照顾类别”空白算不满足"),
        ({"blank": "accept"}, "“照顾类别”空白算满足"),
        ({"blank": "set_aside"}, "“照顾类别”空白整行待核实"),
        ({"accept": [], "refuse": [], "filled": True}, "“照顾类别”空白就是没有填"),
    ],
)
@pytest.mark.parametrize("where", ["supplement", "tier", "instead"])
def test_a_policy_spells_out_what_a_blank_means_to_each_condition_within_an_amount(
    where: str, when: dict[str, Any], told: str
) -> None:
    (edition,) = with_when(where, **when).editions
    assert f"“{CADRE}”标准里的“照顾”：{told}" in edition.spelt_out()


@pytest.mark.parametrize("where", ["supplement", "tier", "instead"])
def test_conditions_that_are_all_switched_off_would_be_for_everybody_and_are_refused(where: str) -> None:
    with pytest.raises(ValueError, match="的 when“照顾”写了 active = false，没有别的条件，就成了人人都算"):
        with_when(where, active=False)


def test_of_several_conditions_one_may_be_switched_off() -> None:
    when = [VETERAN_TOO | {"active": False}, RURAL_TOO]
    policy = cadre(amount={"supplement": [{"name": "照顾", "clause": "四", "rate": 10, "when": when}]})
    assert (
        f"“{CADRE}”标准里的“优抚”：没有启用（active = false），不看这一条" in policy.editions[0].spelt_out()
    )
    for rural, yuan in (("农村", 535), ("城镇", 525)):
        assert yuan_of(run(member(spells=TWENTY, rural=rural), policy=policy, period="2026-04")) == yuan


def test_claims_that_are_all_switched_off_are_refused() -> None:
    with pytest.raises(ValueError, match=r"的 claim“.+”写了 active = false"):
        only(CADRE, lambda benefit: [claim.update(active=False) for claim in benefit["claim"]])


@pytest.mark.parametrize("where", ["supplement", "instead"])
def test_a_condition_within_an_amount_is_not_asked_of_those_who_are_not_entitled(where: str) -> None:
    policy = with_when(where, blank="set_aside")
    result = run(member(born="1990-01-01", spells=TWENTY, more={"照顾类别": ""}), policy=policy)
    assert (len(result.refused), result.set_aside) == (1, 0)


def test_a_tier_of_another_post_or_another_length_asks_nothing() -> None:
    policy = with_when("supplement")

    def change(edition: dict[str, Any]) -> None:
        edition["column"] = CARED
        test = {
            "name": "照顾",
            "clause": "四",
            "column": "照顾类别",
            "accept": ["孤老"],
            "blank": "set_aside",
        }
        for tier in edition["benefit"][0]["amount"][0]["tier"][:1]:
            tier["when"] = test

    policy = changed(change)
    assert run(member(spells=TWENTY, more={"照顾类别": "说不清"}), policy=policy).paid
    short = member(spells="1990-01…2001-12 书记", more={"照顾类别": "说不清"})
    assert run(short, policy=policy).set_aside == 1


def test_a_supplement_of_an_age_not_reached_asks_nothing() -> None:
    def change(edition: dict[str, Any]) -> None:
        edition["column"] = CARED
        test = {"name": "照顾", "clause": "四", "column": "照顾类别", "accept": ["孤老"]}
        more = {"name": "高龄", "clause": "四", "rate": 50, "age_at_least": 80, "when": test}
        edition["benefit"][0]["amount"][0]["supplement"] = [more]

    policy, said = changed(change), {"照顾类别": "说不清"}
    assert run(member(born="1950-03-15", spells=TWENTY, more=said), policy=policy).paid
    assert run(member(born="1940-03-15", spells=TWENTY, more=said), policy=policy).set_aside == 1


def claiming(**claim: Any) -> PolicyFile[Subsidies]:
    """The subsidy for members in hardship, claimed by a word or by the ledger."""

    def change(edition: dict[str, Any]) -> None:
        edition["column"] = CARED
        edition["benefit"] = [block for block in edition["benefit"] if block["name"] == HARDSHIP]
        edition["exclusive"] = []
        by_word = {
            "name": "照顾",
            "clause": "二",
            "column": "照顾类别",
            "accept": ["孤老"],
            "refuse": ["一般"],
        }
        in_ledger = {"name": "台账", "clause": "二", "column": "困难台账", "must_be": True, "blank": "refuse"}
        edition["benefit"][0]["claim"] = [by_word | claim, in_ledger]
        edition["benefit"][0]["condition"] = []

    return changed(change)


@pytest.mark.parametrize(
    ("said", "claim", "in_ledger", "part"),
    [
        ("孤老", {}, None, "paid"),
        ("一般", {}, None, "outside"),
        ("说不清", {}, None, "aside"),
        ("说不清", {}, True, "paid"),
        ("", {}, None, "paid"),
        ("", {"blank": "refuse"}, None, "outside"),
        ("", {"blank": "set_aside"}, None, "aside"),
        ("", {"blank": "set_aside"}, True, "paid"),
    ],
)
def test_a_claim_of_which_nobody_can_tell_sets_the_row_aside_unless_another_clearly_holds(
    said: str, claim: dict[str, str], in_ledger: bool | None, part: str
) -> None:
    who = member(hardship=in_ledger, more={"照顾类别": said})
    result = run(who, policy=claiming(**claim))
    parts = {"paid": len(result.paid), "outside": result.outside, "aside": result.set_aside}
    assert parts == {name: int(name == part) for name in parts}


def test_a_date_of_an_end_within_an_amount_is_a_no_where_it_is_blank() -> None:
    """享受至: whose cell is empty is not known to have it at all."""
    policy = with_when("supplement", column="享受至", accept=[], refuse=[], stop="month_after")
    for until, yuan in ((None, 525), ("2026-04", 575), ("2026-03", 525)):
        who = member(spells=TWENTY, more={"享受至": until and day(until)})
        result = run(who, policy=policy, period="2026-04")
        assert yuan_of(result) == yuan


def test_a_cell_that_only_a_month_before_the_period_needs_makes_nothing_good_and_is_told() -> None:
    """What --previous would make good is not paid on the strength of it, nor dropped without a word."""

    def change(edition: dict[str, Any]) -> None:
        edition["benefit"] = edition["benefit"][:1]
        edition["exclusive"] = []

    first = document()["edition"][0]
    change(first)
    second = {**first, "effective": date(2026, 4, 1)}
    second["benefit"] = [
        {
            **first["benefit"][0],
            "condition": [c for c in first["benefit"][0]["condition"] if c["column"] != "离任原因"],
        }
    ]
    policy = of_editions(first, second)
    who = spoilt(member(spells=TWENTY), "离任原因")
    assert run(who, policy=policy).paid
    result = run(who, policy=policy, previous=[paid_line(member(2), CADRE, "2026-01", 1)])
    assert result.fen == run(who, policy=policy).fen
    (told,) = [one for one in result.findings if one.code == "subsidies.unread"]
    assert "上期的没有补发" in told.message


def lines(who: Member, text: str, **unreadable: str) -> list[SpellRow]:
    """The 任职经历 sheet of somebody, with cells of the last line that cannot be read."""
    *rest, last = spell_row(who, text)
    source, cells = last.row.source, last.row.cells
    for name, said in unreadable.items():
        columns = {**source.columns, name: (len(cells) + 1, name)}
        source, cells = replace(source, columns=columns), (*cells, said)
    row = structs.replace(last.row, source=source, cells=cells, unread=tuple(unreadable))
    return [*rest, structs.replace(last, row=row)]


def test_a_line_of_the_sheet_of_spells_that_cannot_be_read_sets_its_person_aside() -> None:
    who, twenty = member(), "1980-01…1989-12 书记; 1990-01…1999-12 书记"
    assert run(who, spells=spell_row(who, twenty)).paid
    good = lines(who, twenty)
    assert run(who, spells=good).paid
    for said, aside in (("2026.13", 1), ("#N/A", 1), ("至今", 0), ("无", 0)):
        assert run(who, member(2), spells=lines(who, twenty, end=said)).set_aside == aside


@pytest.mark.parametrize("cell", ["", TWENTY])
def test_a_line_of_the_sheet_of_spells_that_the_reader_set_aside_sets_its_person_aside(cell: str) -> None:
    who = member(spells=cell)
    row = spell_row(who, TWENTY)[0].row
    quarter = Period.parse("2026Q2")
    rosters: dict[str, Roster[Any]] = {"members": Roster((who,)), "spells": Roster((), (row,))}
    result = Result(PROGRAMME.judge(rosters, policies(), Occasion(quarter, quarter.last)))
    (error,) = [f for f in result.findings if f.severity is Severity.ERROR]
    assert (result.set_aside, error.code) == (1, "subsidies.unread")
    assert "任职经历.xlsx" in error.message


def test_joining_before_eighteen_is_told_where_a_rule_goes_by_the_day() -> None:
    def by_years_in_the_party(benefit: dict[str, Any]) -> None:
        benefit["amount"] = [
            {
                "clause": "四",
                "per": "month",
                "by": "years_since",
                "column": "入党日期",
                "tier": [{"rate": 50}],
            }
        ]

    policy = only(HARDSHIP, by_years_in_the_party)
    for joined, told in (("1968-05-31", True), ("1968-06-01", False)):
        result = run(member(born="1950-06-01", hardship=True, rural="农村", joined=joined), policy=policy)
        assert result.paid
        assert any("不满 18 周岁" in found.message for found in result.findings) is told


def test_an_account_under_another_name_pays_nobody_though_that_other_asks_for_nothing() -> None:
    asks, other = member(1, spells=TWENTY, account="10203040506070"), member(2, account="10203040506070")
    result = run(asks, other)
    assert (result.set_aside, result.outside, codes(result)) == (1, 1, ["subsidies.shared-account"])
    number_differs = structs.replace(other, name=asks.name, village="河东村")
    assert run(asks, number_differs).set_aside == 1
    assert run(structs.replace(asks, account=""), number_differs).set_aside == 0


def test_a_column_of_the_amount_is_not_looked_at_where_no_post_counts() -> None:
    supplement = [{"name": "照顾", "clause": "四", "rate": 10, "when": VETERAN_TOO}]
    policy = cadre(service={"leaving": "not_required", "ways": []}, amount={"supplement": supplement})
    for spells, set_aside in (("1980-01…1999-12 村民小组长", 0), (TWENTY, 1)):
        assert run(spoilt(member(spells=spells), "优抚对象"), policy=policy).set_aside == set_aside
