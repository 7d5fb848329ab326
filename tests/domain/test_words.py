"""The lists of words: each stands once, says one thing to everybody who asks, and no two say opposite things."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain import words
from sanchuang_cli.domain.contracts.records import REASONS
from sanchuang_cli.domain.words import ALIVE, DEAD, EMPTY, NO, NOTHING, STILL, YES
from sanchuang_cli.roster.cells.names import choice_parser

SOURCE = Path(words.__file__).parents[1]


def test_no_word_is_in_two_lists_that_say_opposite_things() -> None:
    assert not YES & (NO | NOTHING)
    assert not (DEAD | words.DEAD_ALONE) & (ALIVE | STILL | NOTHING)
    assert not STILL & NOTHING
    assert EMPTY < NOTHING < words.NO_VALUE
    assert not any(words.dead(word) for word in ALIVE | STILL | YES | NO | NOTHING)
    plain = ALIVE | STILL | YES | NO | NOTHING | DEAD
    assert not any(said in word for word in plain for said in words.MOVED | words.STOPPED)


@pytest.mark.parametrize(
    "text",
    ["病故", "2026年5月 病 故", "已于２０２６年去世", "亡", "2026.5亡", "故（2019）", "人已不在世", "殁"],
)
def test_a_death_is_heard_however_it_is_written(text: str) -> None:
    assert words.dead(text)


@pytest.mark.parametrize(
    "text", ["", "健在", "在世", "王故乡", "故乡", "亡羊补牢村", "事故", "死记硬背", "一般", "流动党员"]
)
def test_a_character_within_another_word_is_no_death(text: str) -> None:
    assert not words.dead(text)


@pytest.mark.parametrize(
    "text",
    ["未撤销", "没有合并", "尚未注销", "拟撤并", "不解散", "现有党员12名", "今年由一村、二村党支部合并成立"],
)
def test_an_organisation_is_not_gone_where_that_is_denied_or_only_planned_or_it_came_of_others(
    text: str,
) -> None:
    assert words.gone(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "已撤销",
        "2025年并入河东村",
        "未央村支部注销",
        "没报材料，已于上月撤并",
        "已合并，新支部尚未成立",
        "未撤销但已合并",
        "未 撤销\n已合 并",
    ],
)
def test_an_organisation_that_is_no_more_is_heard(text: str) -> None:
    assert words.gone(text)


GONE, DENIALS = st.sampled_from(sorted(words.GONE)), st.sampled_from(sorted(words.DENIED))
CLAUSES = st.sampled_from(["，", ",", "；", "。", "（", "\n", "，2026年", "，但", "；村部", "，未央村"])


@given(GONE, DENIALS, st.sampled_from(["", "被", "曾经"]), CLAUSES, GONE)
def test_each_word_is_denied_within_its_own_clause_alone(
    first: str, denial: str, between: str, clause: str, second: str
) -> None:
    denied = denial + between + first
    assert words.gone(denied) == ""
    assert words.gone(f"{denied}{clause}{second}") == second
    assert words.gone(f"{second}{clause}{denied}") == second
    assert words.gone(f"{denied}{clause.strip('0123456789年，')}，{denied}") == ""
    assert words.gone(f"{denial}{clause}{second}") == second


@given(GONE, DENIALS, st.sampled_from(["或", "和", "及", "与", "、", "或者"]), GONE)
def test_a_denial_goes_for_all_the_words_that_it_stands_before(
    first: str, denial: str, joined: str, second: str
) -> None:
    assert words.gone(f"{denial}{first}{joined}{second}") == ""


def test_words_that_deny_stand_in_one_list() -> None:
    """Remarks have a grammar of their own, in which a denial is more than a character."""
    listed = re.compile(r"\[(?=[^]]*没)[未没不拟尚无非]+\]")
    elsewhere = {path.name for path in SOURCE.rglob("*.py") if listed.search(path.read_text("utf-8"))}
    assert elsewhere == set()


def test_no_other_module_lists_words_for_a_death() -> None:
    """A second list would soon say something else."""
    elsewhere = {
        (path.name, node.value)
        for path in SOURCE.rglob("*.py")
        if path.name != "words.py" or path.parent.name != "domain"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in DEAD
    }
    assert elsewhere == {(name, "死亡") for name in ("lines.py", "changes.py", "records.py")} | {
        ("remarks.py", "去世")
    }, "there it is the name of a state on a page, of a choice in a cell, or of a matter in a message"


def test_every_word_for_a_death_is_read_as_the_reason_for_which_nothing_is_paid_back() -> None:
    read = choice_parser(REASONS)
    assert {read(word) for word in DEAD} == {"死亡"}


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "9", "10", "11", "100"],
        ["记-9", "记-10", "记-10补", "记-11", "转-1"],
        ["2025-12-31", "2026-2-9", "2026-2-10", "2026-10-1"],
        ["01", "1", "02", "10", "99999999999999999999"],
    ],
)
def test_numbers_of_papers_are_in_the_order_in_which_one_counts(numbers: list[str]) -> None:
    backwards = [*reversed(numbers)]
    assert sorted(backwards, key=words.by_number) == numbers


@pytest.mark.parametrize(
    "text",
    ["本年发生较大安全事故，一票否决", "书记被留党察看", "不参评", "弄虚作假，取消评星资格", "书记空缺已半年", "列入软弱涣散整顿对象"],
)  # fmt: skip
def test_what_may_decide_how_an_organisation_is_graded_is_heard(text: str) -> None:
    assert words.grave(text)


@pytest.mark.parametrize(
    "text", ["未发生安全事故", "没有一票否决情形", "书记未空缺", "无事故", "示范支部", "2024年换届"]
)
def test_what_is_denied_decides_nothing(text: str) -> None:
    assert words.grave(text) == ()
