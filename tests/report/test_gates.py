"""What a notice must not give away although it does not print it: causes told by a value, and small counts told by subtraction."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col
from sanchuang_cli.posting import Notice
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme
from sanchuang_cli.report import notice
from sanchuang_cli.report.publishing import FEW, HIDDEN, Telling, telling, without_small_counts
from sanchuang_cli.table import Column, Table
from tests.report import postings

HARDSHIP = (
    Column("village", "村"),
    Column("name", "姓名", Kind.NAME),
    Column("cause", "困难情况", private=True),
    Column("tier", "档次"),
    Column("rate", "标准", Kind.MONEY),
    Column("months", "发放月数", Kind.COUNT),
    Column("amount", "金额", Kind.MONEY, total=True),
)


def people(*rows: tuple[str, str, int, int]) -> Table:
    """Cause, tier, rate in yuan, months."""
    names = ("张建国", "李志强", "王桂兰", "赵德福", "钱秀英", "孙明远")
    told = [
        ("河西村", name, cause, tier, rate * 100, months, rate * months * 100)
        for name, (cause, tier, rate, months) in zip(names, rows, strict=False)
    ]
    return Table("公示名单", "困难党员名单", HARDSHIP, told)


def test_a_tier_that_only_people_of_one_cause_have_tells_the_cause() -> None:
    table = people(("因病", "重点", 100, 3), ("因病", "一般", 50, 3), ("因灾", "一般", 50, 3))
    assert telling(table) == [Telling("档次", "重点", "困难情况", (1,))]


def test_a_standard_that_several_of_one_cause_have_tells_it_and_that_of_one_person_does_not() -> None:
    plain = ("因灾", "一般", 50, 3)
    assert telling(people(("因病", "一般", 100, 3), plain, plain, ("因病", "一般", 50, 3))) == []
    several = people(("因病", "一般", 100, 3), ("因病", "一般", 100, 2), plain, ("因病", "一般", 50, 3))
    assert telling(several) == [Telling("标准", "100.00", "困难情况", (1, 2))]


def test_how_many_months_somebody_is_paid_tells_nothing() -> None:
    assert (
        telling(
            people(
                ("因病", "一般", 50, 2),
                ("因病", "一般", 50, 2),
                ("因灾", "一般", 50, 3),
                ("因病", "一般", 50, 3),
            )
        )
        == []
    )


@pytest.mark.parametrize("causes", [("因病", "因病"), ("", "")])
def test_a_cause_that_is_everybodys_or_nobodys_tells_nothing_of_anybody(causes: tuple[str, str]) -> None:
    assert telling(people((causes[0], "重点", 100, 3), (causes[1], "一般", 50, 3))) == []


def of(table: Table, **posting: Any) -> Notice:
    return replace(postings.notice(table, **posting), apart=("village",))


def test_a_list_that_tells_a_cause_is_refused_with_column_and_lines_unless_a_document_wants_it() -> None:
    table = people(("因病", "重点", 100, 3), ("因病", "一般", 50, 3), ("因灾", "一般", 50, 3))
    with pytest.raises(UserError, match="“档次”写着“重点”的（名单第 1 行），“困难情况”都是同一种"):
        notice.posted(of(table), None)
    wanted = of(table, required=[{"column": "档次", "clause": "办法第七条"}])
    assert notice.posted(wanted, None)[0].table.rows[0][-4:] == ("重点", 10000, 3, 30000)


BRANCHES = (
    Column("number", "序号", Kind.COUNT),
    Column("branch", "支部"),
    Column("went", "达标", Kind.COUNT, total=True),
    Column("short", "未达标", Kind.COUNT, total=True),
    Column("fen", "应交", Kind.MONEY, total=True),
    Column("share", "完成率", Kind.PERCENT),
)


def branches(counts: Sequence[tuple[int, int]]) -> Table:
    rows = [
        (
            n,
            f"第{n}党支部",
            went,
            short,
            went * 1000 + 7,
            Fraction(went, went + short) if went + short else None,
        )
        for n, (went, short) in enumerate(counts, 1)
    ]
    return Table("支部", "支部完成率", BRANCHES, rows, grand_total=True)


def test_a_line_of_few_keeps_its_name_alone_and_the_smallest_other_goes_with_it() -> None:
    rows = without_small_counts(branches([(30, 2), (12, 6), (40, 0)])).rows
    assert rows[0] == (1, "第1党支部", HIDDEN, FEW, HIDDEN, HIDDEN)
    assert rows[1] == (2, "第2党支部", HIDDEN, HIDDEN, HIDDEN, HIDDEN)
    assert rows[2][2:4] == (40, 0)


def test_nought_and_five_are_said() -> None:
    table = branches([(5, 0), (0, 7)])
    assert without_small_counts(table) is table


def deduced(printed: Table) -> list[tuple[int, int]]:
    """The hidden counts that whoever knows all the sums can work out: cells whose column has no other hidden one, or whose line
    has its other counts and its share."""
    counts = [2, 3]
    known = []
    for j in counts:
        hidden = [i for i, row in enumerate(printed.rows) if isinstance(row[j], str)]
        sums = [c.total for c in printed.columns]
        # Even somebody who knows the sum of a column from elsewhere learns a cell only if it is the only one hidden.
        if len(hidden) == 1 and len(printed.rows) > 1:
            known.append((hidden[0], j))
        assert not (hidden and sums[j]), "the sum of a column with hidden cells is printed"
    for i, row in enumerate(printed.rows):
        figures = [value for value in row[2:] if value is not None]
        if any(isinstance(value, str) for value in figures) and not all(isinstance(v, str) for v in figures):
            known.append((i, 0))
    return known


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=8))
def test_no_small_count_can_be_had_by_subtraction(counts: list[tuple[int, int]]) -> None:
    true = branches(counts)
    printed = without_small_counts(true)
    assert not any(row[j] in range(1, 5) for row in printed.rows for j in (2, 3))
    assert deduced(printed) == []
    # And nothing is hidden without need: a table without small counts stays as it is.
    small = any(value in range(1, 5) for pair in counts for value in pair)
    assert small == (printed is not true)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=8))
def test_what_fits_the_printed_table_leaves_every_hidden_count_more_than_one_value(
    counts: list[tuple[int, int]],
) -> None:
    """With the true sum of every column known: of two hidden cells of a column, each can be one more and the other one less."""
    printed = without_small_counts(branches(counts))
    for j in (2, 3):
        hidden = [i for i, row in enumerate(printed.rows) if isinstance(row[j], str)]
        for a, _ in combinations(hidden, 2):
            others = [i for i in hidden if i != a]
            total = sum(counts[i][j - 2] for i in hidden)
            fits = {value for value in range(total + 1) if total - value >= 0 and others}
            assert len(fits) > 1 or total == 0


@pytest.mark.parametrize("one", PROGRAMMES, ids=lambda one: one.name)
def test_no_notice_declares_a_column_that_must_not_be_published(one: ListedProgramme) -> None:
    """A column of a notice that identifies or exposes somebody is there to tell people apart, marked private, and never printed."""
    programme = one.load()
    forbidden = (
        "身份证",
        "账号",
        "卡号",
        "电话",
        "手机",
        "住址",
        "出生日期",
        "健康",
        "病",
        "处分",
        "刑",
        "困难情况",
        "原因",
    )
    for post in () if callable(programme.notices) else programme.notices:
        record = programme.paper.record(post.roster)
        for column in post.columns:
            if not isinstance(column, str | Col):
                continue  # those that follow from what was given
            shown: Any = column.shown(record) if not isinstance(column, str) else None
            title = (
                shown.column.title if shown else {f.name: f.heading for f in record.declared()}[str(column)]
            )
            private = bool(shown and shown.column.private)
            assert private or not any(word in title for word in forbidden), (post.name, title)


@pytest.mark.parametrize("one", PROGRAMMES, ids=lambda one: one.name)
def test_what_a_notice_is_of_is_not_called_a_list_twice(one: ListedProgramme) -> None:
    """The list takes its title from what is posted, with 名单 behind it."""
    programme = one.load()
    for post in () if callable(programme.notices) else programme.notices:
        assert "名单" not in post.matter, post.matter
