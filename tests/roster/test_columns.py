"""A column is read as its cells are, one by one: the quick ways say nothing of their own."""

from collections.abc import Sequence
from datetime import date, datetime, time
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.words import NOTHING
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Cell, ErrorCell, Field
from sanchuang_cli.roster.cells.ditto import WORDS, is_ditto
from sanchuang_cli.roster.cells.parsers import _CLEAN, column, parser
from sanchuang_cli.roster.cells.troubles import Parsed, Undecided
from tests.domain.test_identity import numbers
from tests.roster.dirty_cells import SHAPES

DIRTY = st.builds(
    lambda kind, at, seed: SHAPES[kind][at % len(SHAPES[kind])](Random(seed)).cell,
    st.sampled_from(sorted(SHAPES, key=str)),
    st.integers(0, 100),
    st.integers(0, 10**6),
)
PLAIN = st.one_of(
    numbers,
    st.from_regex(r"\A1[2-9][0-9]{9}\Z"),
    st.from_regex(r"\A[0-9]{15,20}\Z"),
    st.text("王李某同上前仝无没有暂明国一·", max_size=5),
    st.sampled_from(sorted(NOTHING | WORDS)),
)
AROUND = st.sampled_from(
    ["{}", "{}", "{}", " {}", "{}\n", "\u3000{}", "{}\u200b", "'{}", "{}（补）", "{}.0", "{}、某"]
)
WRITTEN = st.one_of(PLAIN, st.builds(str.format, AROUND, PLAIN), st.text(max_size=6))
OTHERS = st.one_of(
    st.sampled_from([None, "", True, False, 0, 1, 1.0, 0.0, 13812345678, 13812345678.0, 2.5, time(1, 2)]),
    st.dates(date(1900, 1, 1), date(2030, 1, 1)),
    st.datetimes(datetime(1900, 1, 1), datetime(2030, 1, 1)),
)
CELLS = st.one_of(WRITTEN, WRITTEN.map(ErrorCell), DIRTY, OTHERS)


@given(st.sampled_from(sorted(_CLEAN, key=str)), WRITTEN)
def test_a_text_that_is_surely_clean_is_read_as_it_stands(kind: Kind, text: str) -> None:
    """Also where it is a mark for what stands above it, which is looked for among the other cells only."""
    if _CLEAN[kind](text):
        for field in (Field("标题", kind), Field("标题", kind, required=True, partial=True)):
            assert parser(field)(text) == text
            assert not is_ditto(text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.IDENTITY, "230227195308151013"),
        (Kind.NAME, "王建国"),
        (Kind.PHONE, "13812345678"),
        (Kind.ACCOUNT, "6217001234567890122"),
    ],
)
def test_what_nearly_every_cell_holds_is_surely_clean(kind: Kind, text: str) -> None:
    assert _CLEAN[kind](text)


@given(st.sampled_from(list(Kind)), st.lists(CELLS, max_size=8), st.booleans())
def test_a_column_is_read_as_its_cells_are_one_by_one(kind: Kind, cells: list[Cell], required: bool) -> None:
    cells = cells + cells[:3]
    field = Field("标题", kind, required=required)
    read = column(field, cells, "万元")
    one_by_one = list(map(parser(field, cells, "万元"), cells))
    assert _told(read.values) == _told(one_by_one)
    odd = [value for value in read.values if type(value) in (Parsed, Undecided)]
    assert all(value in read.meant for value in odd)
    assert all(cell in read.cells for cell in cells if is_ditto(cell))


def _told(values: Sequence[Any]) -> list[Any]:
    """Values that can be compared: what a cell's number format would settle is a function, a new one each time."""
    return [
        (type(value), *(repr(value.settle(form)) for form in ("", "0.00", "yyyy-m-d", "0%")))
        if type(value) is Undecided
        else (type(value), repr(value))
        for value in values
    ]
