"""A cell that nobody can read, and a word that nobody knows, never pays anybody: anywhere that a rule looks."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.words import DEAD
from sanchuang_cli.finding import Severity
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.record import NOT_WORKED_OUT
from tests.compared.policies import COLUMNS, bases, by_measure, by_service
from tests.compared.subsidies import DEFAULT, PACKS, as_member
from tests.counts import FULL
from tests.oracle import documents, measures
from tests.oracle.people import legible_person
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    Result,
    codes,
    document,
    member,
    of_editions,
    only,
    paid_line,
    run,
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
        ("离任日期", "无", 0),
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


@pytest.mark.parametrize("said", ["至今", "现任", "在任", " 在 任"])
@pytest.mark.parametrize(
    ("spells", "aside"), [(TWENTY, 1), ("1980-01…1999-12 书记; 2005-01… 主任", 0), ("", 0)]
)
def test_who_is_said_to_serve_still_and_whose_terms_all_have_an_end_waits(
    said: str, spells: str, aside: int
) -> None:
    result = run(spoilt(member(spells=spells), "离任日期", said=said))
    assert result.set_aside == aside
    assert ("任职经历的各段却都有止点" in "".join(one.message for one in result.findings)) is bool(aside)


@pytest.mark.parametrize("said", ["无", "没有", " 无 "])
def test_none_is_no_state_that_somebody_can_be_in(said: str) -> None:
    assert run(member(spells=TWENTY, health=said)).set_aside == 1
    assert run(member(spells=TWENTY, household=said)).set_aside == 1
    assert run(member(spells=TWENTY, health="—", household="/")).paid


NONE = ["×", "0", "未", "无。", "否。", "无{}", "未受{}", "没有受过{}", "未受过任何{}。"]


@pytest.mark.parametrize("said", NONE)
def test_a_sign_or_a_sentence_says_no_as_well_as_the_word_does(said: str) -> None:
    plain = yuan_of(run(member(spells=TWENTY, penalty="否", sentence="否")))
    same = run(member(spells=TWENTY, penalty=said.format("处分"), sentence=said.format("刑罚")))
    assert (yuan_of(same), same.set_aside) == (plain, 0)
    dated = member(spells=TWENTY, penalty=said.format("处分"), penalty_on="2026-03")
    assert run(dated).set_aside == (said != "否。")


@pytest.mark.parametrize("said", ["健在。", "在册。", "换届。"])
def test_a_stop_behind_a_listed_word_changes_nothing(said: str) -> None:
    field = {"健": "health", "在": "household", "换": "reason"}[said[0]]
    assert yuan_of(run(spoken(field, said))) == yuan_of(run(spoken(field, said[:-1]))) > 0


@pytest.mark.parametrize("said", ["×", "0", "错", "未", "无。"])
def test_a_sign_is_no_answer_where_the_list_does_not_take_no(said: str) -> None:
    assert run(spoken("health", said)).set_aside == 1


def spoken(field: str, said: str) -> Member:
    return structs.replace(member(spells=TWENTY), **{field: said})


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
    result = run(structs.replace(who, row=structs.replace(who.row, cells=cells)))
    assert (result.set_aside, "remarks.dead" in codes(result)) == (1, True)


@pytest.mark.parametrize("word", sorted(DEAD))
def test_every_word_for_a_death_is_heard_after_a_name(word: str) -> None:
    who = member(spells=TWENTY)
    cells = tuple(f"村民1（{word}）" if cell == "村民1" else cell for cell in who.row.cells)
    assert run(structs.replace(who, row=structs.replace(who.row, cells=cells))).set_aside == 1
