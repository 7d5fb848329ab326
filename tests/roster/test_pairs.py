"""Values by name, 经办人 beside 王德福, in the middle of a sheet: told and no records; a person's poor row is a record all the same."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sanchuang_cli.roster.grid import Sheet
from sanchuang_cli.roster.tables.sheet_layout import SheetLayout, layout

HEAD = ["序号", "乡镇", "党组织名称", "领导班子好", "党员队伍", "工作机制好", "党员人数", "备注"]
PLAIN = HEAD[1:]
PAIRS: list[list[Any]] = [
    ["经办人", "王德福"],
    ["联系电话", "0600-5512345"],
    ["开户单位", "青禾镇财政所"],
    ["发放总额", 7575.0],
    ["填报日期", "2026-06-30"],
    ["审核", "李四"],
    ["健在", "12人"],
]
NO_FORMS_WORD = PAIRS[-1:]
"""Alone under a column of names it may as well be somebody of that name, of whom only a number is written."""
BREAKS: list[list[list[Any]]] = [
    [[]],
    [[], []],
    [["审核：王德福", "", "", "制表：王德福"]],
    [["合计", "", "", 99.0, 99.0, 99.0, 30.0]],
    [["注：本表一式两份。"], []],
]


def found(rows: list[list[Any]]) -> SheetLayout:
    return layout(Sheet("表", rows), "a.xlsx")


def organisation(number: int, head: list[str] = HEAD) -> list[Any]:
    row = [float(number), "青禾镇", f"红旗村第{number}党支部", 80.0 + number, 71.5, 66.0, 30.0 + number]
    return row if head is HEAD else row[1:]


def names(layout: SheetLayout) -> list[Any]:
    """What stands under 党组织名称 in the records of all tables."""
    return [
        (*area.cells(row), *HEAD)[area.columns.index("党组织名称") + area.left - 1]
        for area in layout.areas
        if "党组织名称"
        in area.columns  # 经办人, 王德福 over 审核, 李四 may pass for a table of its own, which is told
        for row in area.records
    ]


def reasons(layout: SheetLayout, rows: range) -> set[str]:
    """Why these rows are no records."""
    skipped = [run for area in layout.areas for run in area.skipped]
    return {why for first, last, why in skipped for row in rows if first <= row <= last}


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([HEAD, PLAIN]),
    st.lists(st.sampled_from(PAIRS), min_size=1, max_size=5, unique_by=lambda pair: pair[0]),
    st.integers(0, 2),
    st.sampled_from(BREAKS),
    st.integers(1, 3),
    st.sampled_from([[], [["柳泉乡党组织名册"]], [["二、柳泉乡"]]]),
)
def test_pairs_between_two_tables_with_the_same_headings_are_told_and_no_records(
    head: list[str],
    pairs: list[list[Any]],
    at: int,
    above: list[list[Any]],
    blank: int,
    title: list[list[Any]],
) -> None:
    assume(pairs != NO_FORMS_WORD or head[at] != "党组织名称")
    first, second = ([organisation(n, head) for n in numbers] for numbers in ((1, 2), (3, 4)))
    inset = [[""] * at + pair for pair in pairs]
    rows = [["名册"], head, *first, *above, *inset, *[[]] * blank, *title, head, *second]
    read = found(rows)
    assert names(read) == [f"红旗村第{n}党支部" for n in (1, 2, 3, 4)]
    start = 5 + len(above)
    told = {"below", "after total", "total", "statistic", "group", "signature", "note"}
    assert reasons(read, range(start, start + len(pairs))) <= told


def test_where_pairs_stand_in_the_middle_is_said_with_their_rows() -> None:
    rows = [HEAD, organisation(1), [], ["", *PAIRS[0]], ["", *PAIRS[1]], [], HEAD, organisation(2)]
    (finding,) = found(rows).findings
    assert (finding.code, finding.place.row) == ("layout.below", 4)
    assert "第4至5行" in finding.message and "最后一行以下" not in finding.message


def test_pairs_below_the_signature_of_an_empty_template_are_told_and_no_records() -> None:
    read = found([["汇总表"], HEAD, ["审核：", "", "", "制表："], [], *[["", *pair] for pair in PAIRS[:3]]])
    assert names(read) == []
    assert [(one.code, one.place.row) for one in read.findings] == [("layout.below", 5)]


@pytest.mark.parametrize("head", [HEAD, PLAIN])
def test_an_organisation_without_anything_but_its_name_stays_a_record_between_two_breaks(
    head: list[str],
) -> None:
    poor = ["云岭乡", "兴隆村党支部"] if head is PLAIN else ["", "云岭乡", "兴隆村党支部"]
    subtotal = ["小计", "", "", 80.0, 71.5]
    for above, below in (([], []), (subtotal, subtotal), (["青禾镇（1个）"], ["柳泉乡（1个）"])):
        read = found([["名册"], head, organisation(1, head), above, poor, below, organisation(2, head)])
        assert names(read) == ["红旗村第1党支部", "兴隆村党支部", "红旗村第2党支部"]


def test_a_numbered_row_and_one_with_an_identity_number_stay_records_whatever_they_are_called() -> None:
    head = ["序号", "姓名", "身份证号", "性别", "年龄", "民族", "金额"]
    person = [1.0, "王刚", "230227195308151013", "男", 73.0, "汉", 500.0]
    for poor in ([2.0, "张量"], ["", "张量", "230227195308151021"]):
        (area,) = found([head, person, [], poor, [], [3.0, *person[1:]]]).areas
        assert list(area.records) == [2, 4, 6]


def test_a_roster_of_two_columns_has_nothing_but_pairs() -> None:
    rows = [["项目", "负责人"], ["种植数量", "王刚"], [], ["养殖数量", "李四"], [], ["用工人员", "赵六"]]
    (area,) = found(rows).areas
    assert list(area.records) == [2, 4, 6]


def test_a_row_of_a_group_beside_full_ones_stays_a_record() -> None:
    rows = [HEAD, organisation(1), [], ["", "云岭乡", "统计数量"], organisation(2), [], organisation(3)]
    (area,) = found(rows).areas
    assert list(area.records) == [2, 4, 5, 7]


def test_a_gap_names_the_records_below_it_and_not_what_was_left_out() -> None:
    rows = [HEAD, organisation(1), [], [], [], ["", *PAIRS[0]], [], [], [], HEAD, organisation(2)]
    told = {one.code: one for one in found(rows).findings}
    assert told.keys() == {"layout.gap", "layout.below"}
    assert told["layout.gap"].place.row == 11 and "第11行也读了" in told["layout.gap"].message
