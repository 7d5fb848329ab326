"""Every filled cell of a sheet is in a table, left out for a stated reason, or named in a finding."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.finding import Finding
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.read import read
from sanchuang_cli.roster.tables.accounting import left_over
from sanchuang_cli.roster.tables.layout import Layout
from tests.command import book

from .books import Person
from .test_layout import HEAD, found, person, sheet


def told(layout: Layout) -> list[str]:
    return [one.message for one in layout.findings if one.code == "layout.not-accounted"]


def records(layout: Layout) -> list[list[int]]:
    return [list(area.records) for area in layout.areas]


def test_a_table_below_two_blocks_of_people_is_read() -> None:
    """Also where its headings are those of the first block, and where it is wider than that block."""
    for head in (HEAD, ["序号", "姓名", "乡镇", "身份证号码", "性别", "民族", "备注", "联系电话"]):
        rows = [
            ["某村名册"],
            HEAD + HEAD,
            person(1) + person(3),
            person(2) + person(4),
            [],
            ["某镇另一名册"],
            head,
        ]
        rows += [
            [float(n), "王刚", "富路镇", NUMBER, "男", "汉族", "无", "无"][: len(head)] for n in (1, 2, 3)
        ]
        assert records(found(rows)) == [[3, 4], [3, 4], [8, 9, 10]]


NUMBER = "230227195308151013"


def test_lists_side_by_side_of_which_each_goes_on_alone_are_read_each_by_itself() -> None:
    short = [[*person(1), *person(3)], [*person(2), *person(4)]]
    beside = [[""] * 6 + person(n) for n in (5, 6)]
    assert records(found([HEAD + HEAD, *short, *beside])) == [[2, 3], [2, 3, 4, 5]]


def test_a_second_table_below_an_empty_template_is_told_by_headings_it_shares() -> None:
    first = ["序号", "乡镇", "姓名", "领导班子好", "队伍过硬", "群众满意", "去年", "今年"]
    second = ["序号", "乡镇", "名字", "领导班子好", "队伍硬", "群众满意", "机制", "业绩"]
    rows = [first, ["审核：      经办：      制表："], [], ["柳泉乡申报表"], second]
    rows += [[float(n), "柳泉乡", "王刚", 80.0, 81.0, 82.0, 83.0, 84.0] for n in (1, 2)]
    assert records(found(rows)) == [[], [6, 7]]


def test_what_stands_below_one_of_two_tables_side_by_side_is_told_by_row_and_column() -> None:
    head = ["姓名", "身份证号", "金额"]
    one = ["王刚", NUMBER, 1.0]
    rows = [[*head, "", "", "", "单位", "人数", "经费"], [*one, "", "", "", "甲村", 1.0, 2.0]]
    rows += [[*one, "", "", "", "乙村", 2.0, 2.0]]
    layout = found(rows)
    assert told(layout) == []


def test_content_that_no_table_has_is_one_warning_with_its_rows_and_columns() -> None:
    rows = [HEAD, person(1), person(2), person(3)]
    whole = sheet(rows)
    assert left_over(whole, [(1, 4, 1, 6)]) == []
    assert left_over(whole, [(1, 2, 1, 6)]) == [(3, 4, (1, 2, 3, 4, 5, 6))]
    assert left_over(whole, [(1, 4, 1, 2), (1, 3, 5, 6)]) == [(1, 3, (3, 4)), (4, 4, (3, 4, 5, 6))]


@given(
    st.lists(st.lists(st.sampled_from(["", " ", "甲", 1.0]), max_size=6), max_size=8),
    st.lists(
        st.tuples(*[st.integers(1, 8), st.integers(0, 8), st.integers(1, 6), st.integers(0, 6)]), max_size=4
    ),
)
def test_a_filled_cell_is_left_over_exactly_where_no_table_reaches(
    rows: list[list[Any]], tables: list[tuple[int, int, int, int]]
) -> None:
    left = {
        (row, column)
        for first, last, columns in left_over(sheet(rows), tables)
        for row in range(first, last + 1)
        for column in columns
    }
    filled = {(r, c) for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1) if str(cell).strip()}
    reached = {
        (r, c)
        for top, bottom, first, last in tables
        for r in range(top, bottom + 1)
        for c in range(first, last + 1)
    }
    assert filled - reached <= left
    assert not left & reached


def findings(folder: Path, rows: Sequence[Sequence[Any]], heading: Sequence[str]) -> list[Finding]:
    found = read([book(folder / "名册.xlsx", rows, heading)], {"people": Wanted(Person, "名册")})
    return [one for one in found.findings if one.code.startswith("roster.")]
