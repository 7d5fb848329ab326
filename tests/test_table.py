"""Rows that are made when they are looked at are the rows that a list would hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.table import Column, MadeRows, Table, stretches

Rows = list[tuple[int, int]]


def made(counts: list[int]) -> tuple[MadeRows, Rows]:
    """For each owner so many rows, and the same in a list."""

    def of(owner: int) -> Rows:
        return [(owner, n) for n in range(counts[owner])]

    owners = range(len(counts))
    return MadeRows(owners, of), [row for owner in owners for row in of(owner)]


@given(st.lists(st.integers(0, 4), max_size=8), st.integers(-12, 12), st.integers(-12, 12))
def test_any_stretch_and_any_row_is_that_of_the_list(counts: list[int], start: int, stop: int) -> None:
    rows, listed = made(counts)
    assert (len(rows), list(rows)) == (len(listed), listed)
    assert list(rows[start:stop]) == listed[start:stop]
    assert len(rows[start:stop]) == len(listed[start:stop])
    assert list(rows[1:][start:stop]) == listed[1:][start:stop]
    assert [rows[i] for i in range(-len(listed), len(listed))] == listed * 2


def test_there_is_no_row_beyond_the_last() -> None:
    rows, _ = made([2, 1])
    for at in (3, -4):
        with pytest.raises(IndexError):
            rows[at]


def test_a_large_page_comes_in_stretches_that_leave_no_row_out() -> None:
    rows, listed = made([3] * 1500)
    parts = [list(part) for part in stretches(rows)]
    assert [row for part in parts for row in part] == listed
    assert [len(part) for part in parts] == [2000, 2000, 500]


@pytest.mark.parametrize("wrong", [(1,), (1, 2, 3)])
def test_a_row_of_another_width_is_refused_made_or_listed(wrong: tuple[int, ...]) -> None:
    columns = (Column("a", "甲"), Column("b", "乙"))
    for rows in ([(1, 2), wrong], MadeRows([(1, 2), wrong], lambda row: [row])):
        with pytest.raises(AssertionError, match="too many or too few"):
            Table("表", "题", columns, rows)
