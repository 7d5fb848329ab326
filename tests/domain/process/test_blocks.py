"""What a policy may write of steps, and how what is wrong with it is said."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.process.lengths import Length, ReadyLength
from sanchuang_cli.domain.process.nodes import Process
from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import Policy, load
from tests.domain.process.development import Block, deadline, earliest, node, process


class Trial(Policy):
    """A policy that is nothing but a process."""

    process: Process


HEAD = """
[[edition]]
title = "细则"
document = "细则"
effective = 2026-05-11
process.numbers = ["延长月数"]
"""


def said(body: str) -> str:
    with pytest.raises(UserError) as refused:
        load(Trial, "试.toml", (HEAD + body).encode())
    return str(refused.value)


def test_a_policy_embeds_a_process() -> None:
    body = """
    [[edition.process.nodes]]
    name = "申请"
    [[edition.process.nodes]]
    name = "谈话"
    clause = "第七条"
    after = ["申请"]
    limits = [{ kind = "deadline", after = "申请", clause = "第七条", within = { months = 1 } }]
    [[edition.process.nodes]]
    name = "公示止"
    falls = [{ after = "谈话", clause = "第十三条", length = { working_days = 5, first_day = "counted" } }]
    """
    file = load(Trial, "试.toml", (HEAD + body).encode())
    table = Timetable([(one.effective, one.process) for one in file.editions])
    assert table.steps == ("申请", "谈话", "公示止")


LIMIT = '[[edition.process.nodes]]\nname = "甲"\n[[edition.process.nodes]]\nname = "乙"\nlimits = [{ %s }]\n'


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ('kind = "deadlin", after = "甲", clause = "", within = { days = 1 }', "是不是“deadline”？"),
        ('kind = "deadline", after = "甲", clause = "", wait = { days = 1 }', "wait：不认识的键"),
        ('kind = "deadline", after = "丙", clause = "", within = { days = 1 }', "“乙”：没有步骤“丙”"),
        ('kind = "deadline", after = "甲", clause = "", within = { days = 1, months = 1 }', "要写、且只写一个"),
        ('kind = "deadline", after = "甲", clause = "", within = { }', "要写、且只写一个"),
        ('kind = "deadline", after = "甲", clause = "", within = { working_days = 5 }', "要同时写明 first_day"),
        ('kind = "deadline", after = "甲", clause = "", within = { months = 1, first_day = "counted" }', "只用于 days、working_days"),
        ('kind = "deadline", after = "甲", clause = "", within = { days = 1, month_end = "last_day" }', "按天数计算时不能写"),
        ('kind = "deadline", after = "甲", clause = "", within = { working_days = 0, first_day = "counted" }', "至少是 1 天"),
        ('kind = "deadline", after = "甲", clause = "", within = { days = 0, first_day = "counted" }', "至少是 1 天"),
        ('kind = "deadline", after = "甲", clause = "", within = { months = 3 }, at_most = { months = 3 }', "at_most（特殊情况）3个月 应长于 within 3个月"),
        ('kind = "window", after = "甲", clause = "", opens = { years = 1 }, closes = { months = 6 }', "opens 1年 应不长于 closes 6个月"),
        ('kind = "deadline", after = "甲", clause = "", within = { months = 1, plus = ["延期月数"] }', "numbers 里没有“延期月数”（是不是“延长月数”？）"),
        ('kind = "deadline", after = "甲", clause = "", within = { days = 1 }, when = "延期"', "既不是步骤，也不在 numbers 里"),
        ('kind = "deadline", after = "甲", clause = "", within = { days = 1 }, exempt = [{ first = 1977-08-18, last = 1969-04-01 }]', "在 last 1969-04-01 之后"),
        ('kind = "deadline", after = "甲", clause = "", within = { months = 1, rounded = "year_end", day_before = true }', "只能写一个"),
        ('kind = "deadline", after = "甲", clause = "", within = { days = -1 }', "应不小于 0"),
    ],
)  # fmt: skip
def test_a_slip_in_a_limit_is_told_with_its_place(limit: str, words: str) -> None:
    assert words in said(LIMIT % limit)


def refused(*nodes: Block) -> str:
    with pytest.raises(ValidationError) as invalid:
        process(list(nodes))
    return str(invalid.value)


def test_a_circle_is_refused_and_shown() -> None:
    circle = (
        node("甲", "丙"),
        node("乙", "甲"),
        node("丙", limits=(deadline("乙", "", days=1),)),
        node("丁", "丙"),
    )
    assert "步骤绕成了一圈，谁也不能在先：丙 → 乙 → 甲 → 丙" in refused(*circle)
    assert "甲 → 甲" in refused(node("甲", "甲"))


def test_steps_are_named_once() -> None:
    assert "步骤“甲”写了两次" in refused(node("甲"), node("甲"))


def test_the_same_limit_is_written_once() -> None:
    twice = (deadline("甲", "", days=1), deadline("甲", "", days=2))
    assert "“乙”在“甲”之后的 deadline 写了两次" in refused(node("甲"), node("乙", limits=twice))


def falls(after: str, **length: Any) -> list[Block]:
    return [{"after": after, "clause": "", "length": length}]


def test_a_conclusion_of_a_person_never_falls_by_itself() -> None:
    assert "结论不会自己到来" in refused(node("甲"), node("乙", by_hand=True, falls=falls("甲", days=1)))


def test_what_must_be_there_cannot_be_optional() -> None:
    assert "写了 required（必须有）" in refused(node("甲", required=True, optional=True))


def test_days_that_follow_from_one_another_in_a_circle_through_two_editions_are_refused() -> None:
    first = process([node("甲"), node("乙", falls=falls("甲", days=1))])
    then = process([node("甲", falls=falls("乙", days=1)), node("乙")])
    with pytest.raises(UserError, match="乙 → 甲 → 乙"):
        Timetable([(date(2014, 1, 1), first), (date(2026, 1, 1), then)])


@pytest.mark.parametrize(
    ("rounded", "end"),
    [
        ("month_start", date(2026, 2, 1)),
        ("month_end", date(2026, 2, 28)),
        ("year_start", date(2026, 1, 1)),
        ("year_end", date(2026, 12, 31)),
    ],
)
def test_a_length_to_the_edge_of_a_month_or_year(rounded: Any, end: date) -> None:
    assert ReadyLength.of(Length(months=1, rounded=rounded), (), ()).end(date(2026, 1, 31)) == end
    assert not Length(months=1, rounded=rounded).as_long_as(Length(months=1))


def test_lengths_in_words() -> None:
    assert str(Length(years=2, rounded="year_end")) == "2年（到当年末）"
    assert str(Length(years=1, plus=("延长月数",))) == "1年加“延长月数”"
    assert str(Length(months_in="期限月")) == "“期限月”所填月数"
    assert str(Length(months=6, month_end="next_day")) == "6个月，遇无此日顺延到次月一日"


@pytest.mark.parametrize(
    ("since", "months", "last", "then"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28), date(2025, 3, 1)),
        (date(2024, 1, 31), 1, date(2024, 2, 29), date(2024, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28), date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29), date(2028, 2, 29)),
        (date(2024, 10, 31), 1, date(2024, 11, 30), date(2024, 12, 1)),
        (date(2024, 11, 30), 3, date(2025, 2, 28), date(2025, 3, 1)),
        (date(2024, 12, 31), 0, date(2024, 12, 31), date(2024, 12, 31)),
    ],
)
def test_a_day_that_its_month_lacks(since: date, months: int, last: date, then: date) -> None:
    assert months_after(since, months) == last
    assert months_after(since, months, "next_day") == then


DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(DAYS, st.integers(0, 600))
def test_months_keep_the_day_or_end_on_the_last_of_the_month(since: date, months: int) -> None:
    reached, put_off = months_after(since, months), months_after(since, months, "next_day")
    assert (reached.year - since.year) * 12 + reached.month - since.month == months
    assert reached.day <= since.day
    assert reached == put_off or ((put_off - reached).days, put_off.day) == (1, 1)


@given(DAYS, DAYS, st.integers(0, 600), st.sampled_from(("last_day", "next_day")))
def test_what_begins_later_never_ends_sooner(one: date, other: date, months: int, end: Any) -> None:
    first, later = sorted((one, other))
    assert months_after(first, months, end) <= months_after(later, months, end)


@pytest.mark.parametrize(
    "length", [{"years": 999}, {"days": 999}, {"working_days": 999, "first_day": "counted"}]
)
def test_at_the_end_of_the_calendar_nothing_crashes(length: dict[str, Any]) -> None:
    measure = ReadyLength.of(Length.model_validate(length), (), ())
    assert measure.end(date(9999, 12, 30)) == date.max
    table = Timetable(
        [(date(2014, 1, 1), process([node("甲"), node("乙", limits=(earliest("甲", "", **length),))]))]
    )
    assert table.steps == ("甲", "乙")
