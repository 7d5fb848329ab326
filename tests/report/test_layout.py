"""Where things go on a page."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.kind import Kind
from sanchuang_cli.report import geometry, shown
from sanchuang_cli.report.geometry import RowBlock, SpanningHead
from sanchuang_cli.report.wrapping import lines
from sanchuang_cli.table import Column, Table
from tests.report import made_up


def columns(*titles: str) -> list[Column]:
    return [Column(f"c{i}", title) for i, title in enumerate(titles)]


def test_neighbours_share_a_head_and_shorter_titles_reach_down() -> None:
    depth, heads = geometry.heads(
        columns("乡镇", "测评/发出", "测评/满意/票", "测评/满意/率", "星级", "得分/一", "得分/二")
    )
    assert depth == 3
    assert heads == [
        SpanningHead("乡镇", 0, 2, 0, 0),
        SpanningHead("测评", 0, 0, 1, 3),
        SpanningHead("星级", 0, 2, 4, 4),
        SpanningHead("得分", 0, 0, 5, 6),
        SpanningHead("发出", 1, 2, 1, 1),
        SpanningHead("满意", 1, 1, 2, 3),
        SpanningHead("一", 1, 2, 5, 5),
        SpanningHead("二", 1, 2, 6, 6),
        SpanningHead("票", 2, 2, 2, 2),
        SpanningHead("率", 2, 2, 3, 3),
    ]


def test_heads_that_agree_but_are_no_neighbours_stay_apart() -> None:
    _, heads = geometry.heads(columns("得分/甲/一", "星级", "得分/甲/二", "得分", "得分"))
    assert [(h.text, h.first, h.last) for h in heads if h.text in ("得分", "甲")] == [
        ("得分", 0, 0),
        ("得分", 2, 2),
        ("得分", 3, 3),
        ("得分", 4, 4),
        ("甲", 0, 0),
        ("甲", 2, 2),
    ]


@given(
    st.lists(st.lists(st.sampled_from("甲乙"), min_size=1, max_size=3).map("/".join), min_size=1, max_size=8)
)
def test_heads_cover_every_cell_of_the_header_once(titles: list[str]) -> None:
    depth, heads = geometry.heads(columns(*titles))
    covered = [(i, j) for h in heads for i in range(h.top, h.bottom + 1) for j in range(h.first, h.last + 1)]
    assert sorted(covered) == [(i, j) for i in range(depth) for j in range(len(titles))]


def test_each_township_is_a_block_with_its_subtotal() -> None:
    table = Table("表", "题", tuple(columns("乡镇")), [("甲",), ("甲",), ("乙",)], group="c0")
    assert geometry.blocks(table) == [RowBlock(0, 2, "甲小计"), RowBlock(2, 3, "乙小计")]


def test_rows_that_are_not_sorted_by_township_are_our_bug() -> None:
    table = Table("表", "题", tuple(columns("乡镇")), [("甲",), ("乙",), ("甲",)], group="c0")
    with pytest.raises(AssertionError, match="not sorted"):
        geometry.blocks(table)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=6), st.integers(2, 9))
def test_blocks_dealt_to_sheets_keep_every_row_and_every_subtotal(sizes: list[int], room: int) -> None:
    whole, start = [], 0
    for number, size in enumerate(sizes):
        whole.append(RowBlock(start, start + size, f"{number}小计"))
        start += size
    dealt = geometry.sheets(whole, room)
    pieces = [block for part in dealt for block in part]
    assert [n for block in pieces for n in range(block.start, block.stop)] == list(range(start))
    assert [block.subtotal for block in pieces if block.subtotal] == [block.subtotal for block in whole]
    assert all(sum(b.stop - b.start + bool(b.subtotal) for b in part) <= room for part in dealt)


Drawn = list[tuple[Kind, list[Any]]]
DRAWN = st.lists(
    st.one_of(
        st.tuples(st.just(Kind.MONEY), st.lists(st.integers(-(10**12), 10**12), min_size=3, max_size=3)),
        st.tuples(st.just(Kind.COUNT), st.lists(st.integers(0, 10**9), min_size=3, max_size=3)),
        st.tuples(st.just(Kind.SCORE), st.lists(st.fractions(-1000, 1000), min_size=3, max_size=3)),
        st.tuples(st.just(Kind.DATE), st.lists(st.dates(), min_size=3, max_size=3)),
        st.tuples(st.just(Kind.TEXT), st.lists(st.text("字a1", max_size=100), min_size=3, max_size=3)),
    ),
    min_size=1,
    max_size=25,
)


def table_of(drawn: Drawn) -> Table:
    return Table(
        "表",
        "标题",
        tuple(
            Column(f"c{j}", f"列{j}", kind, total=kind in (Kind.MONEY, Kind.COUNT))
            for j, (kind, _) in enumerate(drawn)
        ),
        list(zip(*(values for _, values in drawn), strict=True)),
    )


@given(DRAWN)
def test_every_column_is_as_wide_as_its_longest_text_or_wraps(drawn: Drawn) -> None:
    table = table_of(drawn)
    _, fits = geometry.fits(table)
    for j, (fit, (kind, values)) in enumerate(zip(fits, drawn, strict=True)):
        total = [sum(values)] if table.columns[j].total else []
        longest = max(shown.breadth(shown.text(kind, value)) for value in [*values, *total])
        assert fit.width > longest or (fit.wraps and kind is Kind.TEXT)


@given(DRAWN)
def test_columns_fit_alike_however_many_rows_are_looked_at_at_once(drawn: Drawn) -> None:
    table = table_of(drawn)
    whole = geometry.fits(table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sanchuang_cli.table._STRETCH", 1)
        assert geometry.fits(table) == whole


def test_a_wide_table_lies_and_a_narrow_one_stands() -> None:
    assert geometry.fits(made_up.roster())[0]
    assert not geometry.fits(made_up.stars())[0]


def test_long_texts_give_way_on_a_crowded_page() -> None:
    table = Table("表", "题", tuple(columns("甲", "乙", "丙", "丁", "戊", "己")), [("很长的说明" * 10,) * 6])
    landscape, fits = geometry.fits(table)
    assert landscape
    assert sum(fit.width for fit in fits) == pytest.approx(170, abs=1)
    assert all(fit.wraps for fit in fits)


def filled(columns: tuple[Column, ...], *row: Any) -> dict[str, geometry.ColumnFit]:
    """How columns fit on a page of two such rows, by their titles."""
    _, fits = geometry.fits(Table("表", "题", columns, [row, row]))
    return dict(zip((column.title for column in columns), fits, strict=True))


def test_on_a_crowded_page_the_widest_texts_give_way_first() -> None:
    names = tuple(Column(f"n{j}", f"名{j}") for j in range(7))
    fits = filled((*names, Column("why", "说明", wide=True)), *["青禾镇卫生院党支部"] * 7, "长" * 40)
    assert sum(fit.width for fit in fits.values()) <= 170
    assert all(not fit.wraps for title, fit in fits.items() if title != "说明")
    assert fits["说明"].wraps


def test_on_a_full_page_short_texts_take_two_lines_and_numbers_stay_whole() -> None:
    numbers = tuple(Column(f"i{j}", f"号{j}", Kind.IDENTITY) for j in range(10))
    bank = Column("bank", "开户行")
    fits = filled((*numbers, bank), *["230299199001010000"] * 10, "农村信用合作联社")
    assert fits["开户行"].wraps
    assert lines("农村信用合作联社", fits["开户行"].width) == 2
    assert all(not fits[c.title].wraps and fits[c.title].width > 18 for c in numbers)


def test_lines_that_are_lines_already_stay_whole_on_a_full_page() -> None:
    numbers = tuple(Column(f"i{j}", f"号{j}", Kind.IDENTITY) for j in range(9))
    spells = "1998-11至2001-10 村会计\n2002-05至2020-04 村党支部书记"
    fits = filled((*numbers, Column("spells", "任职经历", wide=True)), *["230299199001010000"] * 9, spells)
    assert lines(spells, fits["任职经历"].width) == 2


def test_columns_to_be_filled_in_by_hand_have_room_for_it() -> None:
    columns = (Column("n", "名称"), Column("who", "责任人"), Column("what", "整顿措施", wide=True))
    fits = filled(columns, "向阳村党支部", None, None)
    assert fits["责任人"].width >= 12
    assert fits["整顿措施"].width >= 24


def test_everyone_who_signs_has_room_to_sign() -> None:
    stretches = list(geometry.segments([5, 7, 30, 9, 5, 5, 5, 5, 6, 62], 4))
    assert stretches == [(0, 2), (3, 5), (6, 8), (9, 9)]


@given(st.text("字a \n", min_size=1, max_size=200), st.integers(6, 60))
def test_a_row_is_high_enough_for_its_lines(words: str, room: int) -> None:
    count = lines(words, room)
    assert count * room >= shown.width(words.replace("\n", ""))
    assert count >= words.count("\n") + 1
    assert geometry.height(count) <= geometry.TALLEST


@given(st.lists(st.integers(4, 60), min_size=1, max_size=20), st.integers(1, 4))
def test_segments_cover_all_columns_from_left_to_right(widths: list[int], count: int) -> None:
    found = list(geometry.segments(widths, count))
    assert [j for first, last in found for j in range(first, last + 1)] == list(range(len(widths)))
    assert len(found) == min(count, len(widths))


widths = st.tuples(st.floats(3, 60), st.floats(0, 60)).map(
    lambda pair: geometry.ColumnFit(max(pair), False, "left", min(pair))
)


@given(st.lists(widths, min_size=1, max_size=12), st.floats(0, 200), st.sampled_from((0, 18, 30.5)))
def test_columns_give_way_as_if_the_widest_were_cut_step_by_step(
    fits: list[geometry.ColumnFit], page: float, floor: float
) -> None:
    level, cut = max(fit.width for fit in fits), [fit.width for fit in fits]
    while sum(cut) > page and level > floor:
        level -= 0.1
        cut = [max(fit.least, min(fit.width, level)) for fit in fits]
    assert [fit.width for fit in geometry.squeezed(fits, page, floor)] == [round(one, 1) for one in cut]
