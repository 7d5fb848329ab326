"""Finding tables in sheets made at random: every row has one answer, wherever the table stands."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.roster.grid import Area, Merge, Sheet
from sanchuang_cli.roster.tables.sheet_layout import layout
from tests.roster.sheets import HEAD, NUMBER, only, person

CELL = st.one_of(
    st.just(""),
    st.sampled_from(
        [
            "姓名",
            "合计",
            "小计",
            "序号",
            "注：",
            "富路镇（3个）",
            "张三",
            "男",
            "示例",
            "(1)",
            "1990.1",
            NUMBER,
            " ",
            "单位：元",
            "审核人：",
        ]
    ),
    st.floats(allow_nan=False, width=32),
    st.text(max_size=6),
    st.dates(),
    st.booleans(),
)
ROWS = st.lists(st.lists(CELL, max_size=7), max_size=25)
MERGES = st.lists(
    st.tuples(st.integers(1, 25), st.integers(1, 7), st.integers(0, 6), st.integers(0, 4)).map(
        lambda m: (m[0], m[1], m[0] + m[2], m[1] + m[3])
    ),
    max_size=6,
)


def assert_rows_are_accounted_for(areas: Sequence[Area], height: int) -> None:
    """Header, records and skipped rows of a table lie apart, and leave out no row between its first and last."""
    for area in areas:
        headed = set(range(area.header_rows[0], area.header_rows[1] + 1))
        skipped = [row for first, last, _ in area.skipped for row in range(first, last + 1)]
        rows = [*headed, *area.records, *skipped]
        assert len(rows) == len(set(rows))
        assert set(rows) == set(range(min(rows), max(rows) + 1))
        assert min(rows) >= 1 and max(rows) <= height
        assert list(area.records) == sorted(area.records)


@settings(max_examples=300, deadline=None)
@given(ROWS, MERGES)
def test_every_row_has_exactly_one_answer_whatever_the_sheet(
    rows: list[list[Any]], merges: list[Merge]
) -> None:
    page = Sheet("表", rows, tuple(merges))
    result = layout(page, "a.xlsx")
    assert_rows_are_accounted_for(result.areas, len(rows))
    for area in result.areas:
        for row in area.records:
            assert len(area.cells(row)) >= len(rows[row - 1])
    if not result.areas and any(str(cell).strip() for row in rows for cell in row):
        assert result.findings


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(0, 6), st.integers(0, 4), st.booleans(), st.booleans())
def test_a_plain_roster_is_read_whole_wherever_it_stands(
    people: int, down: int, right: int, titled: bool, totalled: bool
) -> None:
    margin: list[Any] = [""] * right
    rows: list[list[Any]] = [[] for _ in range(down)]
    if titled:
        rows.append([*margin, "困难党员花名册"])
    rows.append([*margin, *HEAD])
    first = len(rows) + 1
    rows += [[*margin, *person(n + 1)] for n in range(people)]
    if totalled:
        rows.append([*margin, "合计", "", "", "", "", 1200.0 * people])
    area = only(rows)
    assert area.left == right + 1
    assert list(area.records) == list(range(first, first + people))
