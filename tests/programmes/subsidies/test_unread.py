"""A cell that nobody can read, and a word that nobody knows, never pays anybody: anywhere that a rule looks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from sanchuang_cli.domain.people import Member, SpellRow
from sanchuang_cli.domain.words import DEAD
from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.record import NOT_WORKED_OUT, Roster
from tests.compared.subsidies import COLUMNS, DEFAULT, PACKS, as_member, bases, by_measure, by_service
from tests.counts import FULL
from tests.oracle import documents, measures
from tests.oracle.people import legible_person
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    Result,
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

HEADINGS = {field.heading: field.name for field in Member.declared()}
_NAMING = (
    *("column", "since", "start", "end", "approval"),
    *("times_column", "rate_column", "base_column", "credited_column"),
)
SAID = ("#N/A", NOT_WORKED_OUT, "2026.6.31", "待定", "？？", "***", "看附件")


def looked_at(block: Any) -> Iterator[str]:
    """Every column that a policy's plain data names where a rule would look, but for rules that are not in use."""
    if isinstance(block, dict) and block.get("active", True):
        if "posts" in block:
            yield from ("任职经历", "离任职务", "村", "离任日期")
        for key, value in block.items():
            if key in _NAMING and isinstance(value, str):
                yield value
            elif key == "by" and isinstance(value, list):
                yield from value
            else:
                yield from looked_at(value)
    elif isinstance(block, list | tuple):
        for part in block:
            yield from looked_at(part)


def worded(block: Any) -> Iterator[str]:
    """The columns in which a policy's plain data lists words."""
    if isinstance(block, dict) and block.get("active", True):
        if "accept" in block or "refuse" in block:
            yield block["column"]
        for value in block.values():
            yield from worded(value)
    elif isinstance(block, list | tuple):
        for part in block:
            yield from worded(part)


def any_document(dice: Random) -> tuple[PolicyFile[Subsidies], list[dict[str, Any]], str]:
    """A shipped policy, or one put together from the switches; its benefits as plain data, and a period."""
    name = dice.choice([None, None, *PACKS, "any", "any", "any", "any"])
    if name == "any":
        rules = measures.measure(dice)
        both, base = [by_service(documents.document(dice)), by_measure(rules)], bases(rules)
        benefits = dice.choice([both, both[:1], both[1:]])
        edition = {"title": "试", "document": "试", "effective": date(1990, 1, 1), "column": COLUMNS}
        group = {
            "name": "两项",
            "clause": "六",
            "benefits": [CADRE, HARDSHIP],
            "keep": dice.choice(["all", "first"]),
        }
        edition |= {"benefit": benefits, "base": base, "exclusive": [group] if benefits[1:] else []}
        return of_editions(edition), [*benefits, *base], dice.choice(DEFAULT.periods)
    shipped = PACKS[name] if name else DEFAULT
    benefits = [benefit for edition in document(name)["edition"] for benefit in edition["benefit"]]
    return shipped.policy(), benefits, dice.choice(shipped.periods)


def money(result: Result) -> dict[str, list[Any]]:
    """What everybody is paid who is paid anything, by identity number."""
    return {decision.record.identity: sorted(decision.payments) for decision in result.paid}


def some_people(dice: Random, period: str) -> list[Member]:
    return [as_member(legible_person(dice, int(period[:4])), number) for number in range(4)]


@settings(max_examples=2_500 if FULL else 120, deadline=None)
@given(st.integers(0, 2**32))
def test_no_cell_that_nobody_can_read_raises_money_wherever_a_rule_looks(seed: int) -> None:
    dice = Random(seed)
    policy, benefits, period = any_document(dice)
    people = some_people(dice, period)
    heading = dice.choice([*sorted(set(looked_at(benefits)) - {"approval", "age"}), "审批日期"])
    prior = str(Period.parse(period).before().start)
    previous = dice.choice([None, [paid_line(member(400), CADRE, prior, 1)]])
    before = money(run(*people, period=period, policy=policy, previous=previous))
    who = dice.choice([one for one in people if one.identity in before] or people)
    others = [spoilt(one, heading, said=dice.choice(SAID)) if one is who else one for one in people]
    after = money(run(*others, period=period, policy=policy, previous=previous))
    assert after.pop(who.identity, []) in ([], before.pop(who.identity, []))
    assert after == before


@settings(max_examples=1_000 if FULL else 60, deadline=None)
@given(st.integers(0, 2**32))
def test_no_word_that_the_document_does_not_list_raises_money(seed: int) -> None:
    dice = Random(seed)
    policy, benefits, period = any_document(dice)
    people = some_people(dice, period)
    headings = sorted(set(worded(benefits)))
    if not headings:
        return
    heading, said = dice.choice(headings), dice.choice(["说不清的说法", "否", "孤老、说不清的说法", "是？"])
    if said == "否" and heading in ("处分情况", "刑罚情况"):
        return  # an answer that the shipped lists know
    before = money(run(*people, period=period, policy=policy))
    who = dice.choice([one for one in people if one.identity in before] or people)
    name = HEADINGS.get(heading)
    cell = {name: said} if name else {"more": {**who.more, heading: said}}
    others = [structs.replace(one, **cell) if one is who else one for one in people]
    after = money(run(*others, period=period, policy=policy))
    assert after.pop(who.identity, []) in ([], before.pop(who.identity, []))
    assert after == before


@pytest.mark.parametrize("heading", sorted(set(looked_at(document()["edition"][0]["benefit"][0]))))
@pytest.mark.parametrize("said", ["#N/A", NOT_WORKED_OUT])
def test_every_column_that_the_rule_for_cadres_names_sets_the_row_aside(heading: str, said: str) -> None:
    if heading not in HEADINGS:  # `start` says of an approval how it is counted
        return
    assert run(member(spells=TWENTY, village="河西村")).paid
    result = run(spoilt(member(spells=TWENTY), heading, said=said))
    (error,) = [f for f in result.findings if f.severity is Severity.ERROR]
    assert (error.code, error.place.heading, result.set_aside) == ("subsidies.unread", heading, 1)


def test_a_column_that_no_rule_looks_at_sets_nobody_aside() -> None:
    for heading in ("联系电话", "备注", "所在党支部", "开户行", "入党日期"):
        policy = only(CADRE)
        assert run(spoilt(member(spells=TWENTY), heading), policy=policy).paid, heading


@pytest.mark.parametrize(
    ("heading", "said", "aside"),
    [
        ("离任日期", "至今", 0),
        ("离任日期", "在任", 0),
        ("暂停止", "至今", 0),
        ("死亡日期", "健在", 0),
        ("死亡日期", "无", 0),
        ("死亡日期", "至今", 1),
        ("户籍迁出日期", "健在", 1),
        ("审批日期", "至今", 1),
        ("处分日期", "现任", 1),
    ],
)
def test_a_word_for_what_has_not_happened_counts_only_where_it_can_mean_that(
    heading: str, said: str, aside: int
) -> None:
    assert run(spoilt(member(spells=TWENTY), heading, said=said)).set_aside == aside


def test_no_is_an_answer_that_the_document_must_know_and_never_a_blank() -> None:
    """是否健在：否 was once taken for not filled in, and paid."""
    assert run(member(spells=TWENTY, health="否")).set_aside == 1
    assert run(member(spells=TWENTY, household="否")).set_aside == 1
    assert run(member(spells=TWENTY, penalty="否", sentence="否")).paid
    assert run(member(spells=TWENTY, penalty="无", sentence="没有", health="")).paid


@pytest.mark.parametrize(
    "aside",
    ["（离世）", "（身故）", "（已亡）", "（不在世）", "（亡）", "(2026.5亡)", "（故", "已故", "〔已去世〕"],
)
def test_a_name_that_says_its_bearer_is_dead_sets_the_row_aside(aside: str) -> None:
    who = member(spells=TWENTY)
    cells = tuple(f"村民1{aside}" if cell == "村民1" else cell for cell in who.row.cells)
    result = run(structs.replace(who, row=replace(who.row, cells=cells)))
    assert (result.set_aside, "remarks.dead" in codes(result)) == (1, True)


@pytest.mark.parametrize("word", sorted(DEAD))
def test_every_word_for_a_death_is_heard_after_a_name(word: str) -> None:
    who = member(spells=TWENTY)
    cells = tuple(f"村民1（{word}）" if cell == "村民1" else cell for cell in who.row.cells)
    assert run(structs.replace(who, row=replace(who.row, cells=cells))).set_aside == 1


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
        ({"active": False}, "没有启用（active = false），不看这一条，人人都算"),
    ],
)
@pytest.mark.parametrize("where", ["supplement", "tier", "instead"])
def test_a_policy_spells_out_what_a_blank_means_to_each_condition_within_an_amount(
    where: str, when: dict[str, Any], told: str
) -> None:
    (edition,) = with_when(where, **when).editions
    assert f"“{CADRE}”标准里的“照顾”：{told}" in edition.spelt_out()


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
    row = replace(last.row, source=source, cells=cells, unread=tuple(unreadable))
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
    same = structs.replace(other, name=asks.name)
    assert run(asks, same).paid
