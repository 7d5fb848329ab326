"""Clauses over months, what they say, and the lines of arithmetic."""

import pytest

from sanchuang_cli.domain.months import EVER, NEVER
from sanchuang_cli.domain.verdict import Clause, Sentence, Step, always, never


def clause(first: int, last: int) -> Clause:
    return Clause("名称", "第一条", ("born",), first, last, Sentence(""))


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (10, 12, True),
        (12, 20, True),
        (0, 10, True),
        (13, 20, False),
        (0, 9, False),
        (11, 11, True),
        (12, 11, False),
    ],
)
def test_a_clause_holds_where_one_of_the_months_lies_within_it(first: int, last: int, holds: bool) -> None:
    assert clause(first, last).holds(range(10, 13)) is holds


def test_always_and_never_keep_their_words_and_hold_in_every_month_or_in_none() -> None:
    said = Sentence("看到的")
    yes, no = always("名称", "第一条", ("born",), said), never("名称", "第一条", ("born",), said)
    assert yes == Clause("名称", "第一条", ("born",), EVER, NEVER, said)
    assert no == Clause("名称", "第一条", ("born",), NEVER, EVER, said)
    for months in (range(1), range(24149, 24152)):
        assert yes.holds(months) and not no.holds(months)


def test_what_is_said_writes_months_as_months_and_leaves_the_rest() -> None:
    assert str(Sentence("{!m}离任，自{!m}起，{}", (24149, 24150, 24149))) == "2012-06离任，自2012-07起，24149"
    assert str(Sentence("{!r}", ("男",))) == "'男'"
    assert str(Sentence("未填")) == "未填"


def test_a_step_shows_its_arithmetic_only_where_there_is_some() -> None:
    assert str(Step("认定年限", "⌊132 ÷ 12⌋", "11", "年")) == "认定年限：⌊132 ÷ 12⌋ = 11 年"
    assert str(Step("标准", "485", "485", "元/月")) == "标准：485 元/月"
