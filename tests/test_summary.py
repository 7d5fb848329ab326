"""A summary by itself: its lines stand for all that it counts, and its shares, means and totals are of those."""

from collections.abc import Sequence
from fractions import Fraction
from types import SimpleNamespace
from typing import Annotated, Any

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.judging import Verdict
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, PageFrame
from sanchuang_cli.record import Field, Record, Row, Source
from sanchuang_cli.summary import Measure, Section, Summary, percentages
from sanchuang_cli.table import Table

WENT, STAYED = PARTS = ("去", "不去")


class Person(Record, frozen=True, kw_only=True):
    township: Annotated[str, Field("乡镇")]
    points: Annotated[Fraction | None, Field("得分", Kind.SCORE)] = None


people = st.lists(
    st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(PARTS), st.none() | st.integers(0, 100)), max_size=30
)


def drawn(given: Sequence[tuple[str, str, int | None]], **says: Any) -> Table:
    """The page of a summary over people, each with a township, a part and points."""
    row = Row(Source("名册.xlsx", "表", {}), 2, ())
    verdicts = [
        Verdict(
            record=Person(row=row, township=township, points=None if points is None else Fraction(points)),
            part=part,
        )
        for township, part, points in given
    ]
    whole: Any = SimpleNamespace(of=lambda parts, roster: verdicts, title="2026年")
    summary = Summary("汇总", "汇总表", **{"by": (), "number": False, **says})
    (table,) = summary.tables(whole, PageFrame({"people": Person}, ()))
    return table


def line_of(table: Table, *words: str) -> dict[str, Any]:
    (line,) = [row for row in table.rows if row[: len(words)] == words]
    return dict(zip((column.name for column in table.columns), line, strict=True))


EACH = (Measure("went", "去", of=(WENT,), share=True), Measure("stayed", "不去", of=(STAYED,), share=True))
SECTIONS = (Section("全县"), Section("按乡镇", "township"), Section("按去向", Col("part", "去向")))


@given(people)
def test_each_section_counts_everybody_once_and_its_shares_are_a_hundred_per_cent(given: Any) -> None:
    table = drawn(given, sections=SECTIONS, measures=(Measure("all", "人数"), *EACH))
    for section in SECTIONS:
        lines = [line_of(table, *row[:2]) for row in table.rows if row[0] == section.title]
        assert sum(line["all"] for line in lines) == len(given)
        for line in lines:
            assert line["went"] + line["stayed"] == line["all"] > 0
            assert line["share_went"] + line["share_stayed"] == 1
    assert not table.grand_total


@given(people)
def test_a_mean_is_of_those_that_have_a_figure_and_is_never_added_up(given: Any) -> None:
    mean = Measure("mean", "平均得分", kind=Kind.SCORE, mean=lambda person: person.record.points)
    table = drawn(given, by=("township",), measures=(Measure("all", "人数"), mean))
    for township, many, value in table.rows:
        points = [p for place, _, p in given if place == township and p is not None]
        assert value == (Fraction(sum(points), len(points)) if points else None)
        assert many == sum(place == township for place, _, _ in given)
    assert [column.total for column in table.columns] == [False, True, False]


@given(people)
def test_known_words_have_a_line_each_in_their_order_and_no_others_do(given: Any) -> None:
    table = drawn(given, by=("township",), known=("丙", "丁", "甲"), measures=(Measure("all", "人数"),))
    assert [row[0] for row in table.rows] == ["丙", "丁", "甲"]
    assert [row[1] for row in table.rows] == [
        sum(place == word for place, _, _ in given) for word in ("丙", "丁", "甲")
    ]


def test_what_is_not_to_be_added_up_has_no_total_and_a_title_may_go_without_the_period() -> None:
    table = drawn(
        [("甲", WENT, 1)], by=("township",), measures=(Measure("n", "数", total=False),), dated=False
    )
    assert (table.grand_total, table.title) == (False, "汇总表")


@given(st.lists(st.integers(0, 999), max_size=8))
def test_percentages_are_a_hundred_together_and_none_of_nothing(counts: list[int]) -> None:
    shares = percentages(counts)
    known = [share for share in shares if share is not None]
    assert sum(known) == (1 if sum(counts) else 0)
    assert all(
        abs(share - Fraction(count, sum(counts))) < Fraction(1, 1000)
        for share, count in zip(known, counts, strict=False)
    )
