"""Every filled cell of a sheet is in a table, left out for a stated reason, or named in a finding."""

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.finding import Severity
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.read import read
from sanchuang_cli.roster.tables.accounting import left_over
from sanchuang_cli.roster.tables.sheet_layout import SheetLayout
from tests.command import book
from tests.roster.sheets import HEAD, NUMBER, layout_of, only, person, sheet

from .books import Person


def warnings(layout: SheetLayout) -> list[str]:
    return [finding.message for finding in layout.findings if finding.code == "layout.not-accounted"]


def records(layout: SheetLayout) -> list[list[int]]:
    return [list(area.records) for area in layout.areas]


def test_a_table_below_two_blocks_of_people_is_read() -> None:
    """Also where its headings are those of the first block, and where it is wider than that block."""
    for head in (HEAD, ["序号", "姓名", "乡镇", "身份证号码", "性别", "民族", "备注", "联系电话"]):
        rows: list[list[Any]] = [
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
        assert records(layout_of(rows)) == [[3, 4], [3, 4], [8, 9, 10]]


def test_lists_side_by_side_of_which_each_goes_on_alone_are_read_each_by_itself() -> None:
    short = [[*person(1), *person(3)], [*person(2), *person(4)]]
    beside = [[""] * 6 + person(n) for n in (5, 6)]
    assert records(layout_of([HEAD + HEAD, *short, *beside])) == [[2, 3], [2, 3, 4, 5]]


def test_a_header_below_an_empty_template_is_told_from_a_record_by_the_headings_they_share() -> None:
    first = ["序号", "乡镇", "姓名", "领导班子好", "队伍过硬", "群众满意", "去年", "今年"]
    second = ["序号", "乡镇", "名字", "领导班子好", "队伍硬", "群众满意", "机制", "业绩"]
    rows: list[list[Any]] = [first, ["审核：      经办：      制表："], [], ["柳泉乡申报表"], second]
    rows += [[float(n), "柳泉乡", "王刚", 80.0, 81.0, 82.0, 83.0, 84.0] for n in (1, 2)]
    assert records(layout_of(rows)) == [[], [6, 7]]


def test_helpers_right_of_a_column_behind_a_gap_do_not_part_it_from_its_table() -> None:
    """Of whichever depth the header is: a column of the roster would be lost."""
    rows = [[*HEAD, "", "联系人", "备注"], *([*person(n), "", "李四", "无", 505.0, 450.0] for n in (1, 2, 3))]
    assert only(rows).columns == (*HEAD[:2], "姓名", *HEAD[3:], "", "联系人", "备注")
    deep = [
        [*HEAD[:5], "金额", "", "测评", "联系人"],
        ["", "", "", "", "", "标准", "", "满意票"],
        *([*person(n), "", 47.0, "李四", "王刚（公式）"] for n in (1, 2, 3)),
    ]
    assert only(deep).columns[-2:] == ("测评/满意票", "联系人")


def test_a_row_of_white_space_is_a_blank_row_among_full_ones() -> None:
    rows = [HEAD, *(person(n) for n in range(1, 7)), [" "] * 6, person(7)]
    area = only(rows)
    assert list(area.records) == [2, 3, 4, 5, 6, 7, 9]
    assert area.skipped == ((8, 8, "blank"),)


def test_what_stands_beside_a_table_above_its_records_is_told_by_row_and_column() -> None:
    side = [["名册", *[""] * 8, "甲村", 12.0], ["", *[""] * 8, "乙村", 15.0], []]
    layout = layout_of([*side, HEAD, *(person(n) for n in (1, 2, 3))])
    assert records(layout) == [[5, 6, 7]]
    assert warnings(layout) == ["第1至2行的 J、K 列有内容，不在认出的表格里，没有读取"]


def test_a_title_a_signature_and_a_day_beside_a_table_are_no_left_over() -> None:
    side = [["名册", *[""] * 8, "单位：元"], HEAD]
    below = [[], [*[""] * 9, "2026年6月30日"], [*[""] * 9, "审核人：", "李四"]]
    layout = layout_of([*side, *([*person(n), "", "", "", "对"] for n in (1, 2, 3)), *below])
    assert warnings(layout) == []


def test_content_that_no_table_has_is_one_warning_with_its_rows_and_columns() -> None:
    rows = [HEAD, person(1), person(2), person(3)]
    full_sheet = sheet(rows)
    assert left_over(full_sheet, [(1, 4, 1, 6)]) == []
    assert left_over(full_sheet, [(1, 2, 1, 6)]) == [(3, 4, (1, 2, 3, 4, 5, 6))]
    assert left_over(full_sheet, [(1, 4, 1, 2), (1, 3, 5, 6)]) == [(1, 3, (3, 4)), (4, 4, (3, 4, 5, 6))]


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


def test_a_table_not_read_on_the_lines_of_a_roster_is_a_warning_with_its_columns(tmp_path: Path) -> None:
    """It may be the roster's own columns that were parted from it; a table elsewhere in the sheet is a note."""
    lines = [["王刚", NUMBER, "", "", "", 1.0, 50.0], ["李四", NUMBER, "", "", "", 2.0, 60.0]]
    beside: list[list[Any]] = [["姓名", "身份证号", "", "", "", "序号", "满意票数"], *lines]
    counts: list[list[Any]] = [
        ["统计表"],
        ["序号", "单位", "负责人", "人数"],
        [1.0, "甲村", "王刚", 2.0],
        [2.0, "乙村", "李四", 3.0],
    ]
    below: list[list[Any]] = [HEAD, person(1), person(2), [], *counts]
    for rows, severity, columns in ((beside, Severity.WARNING, "F、G 列"), (below, Severity.NOTE, "")):
        path = book(tmp_path / "名册.xlsx", rows[1:], rows[0])
        reading = read([path], {"people": Wanted(Person, "名册")})
        strangers = [finding for finding in reading.findings if finding.code == "roster.unrecognised"]
        assert [finding.severity for finding in strangers] == [severity]
        assert columns in strangers[0].message
        assert len(reading.rosters["people"].records) == 2


def test_a_table_not_read_that_holds_identity_numbers_under_another_heading_is_a_warning(
    tmp_path: Path,
) -> None:
    """Its header was misread, or it is a roster under other words; a list without such numbers is a note."""
    for number, severity in ((NUMBER, Severity.WARNING), ("0452-6123456", Severity.NOTE)):
        other: list[list[Any]] = [["党员表"], ["序号", "党员", "档案", "金额"], [1.0, "王刚", number, 50.0]]
        path = book(tmp_path / "名册.xlsx", [person(1), person(2), [], *other], HEAD)
        reading = read([path], {"people": Wanted(Person, "名册")})
        strangers = [finding for finding in reading.findings if finding.code == "roster.unrecognised"]
        assert [finding.severity for finding in strangers] == [severity]
        assert len(reading.rosters["people"].records) == 2


def test_pairs_below_the_blank_rows_of_an_empty_template_are_no_records_and_told() -> None:
    head = ["所在乡镇", "党组织名称", "领导班子好", "党员队伍", "工作机制好", "党员人数", "有效票", "备注"]
    pairs = [["经办人", "王德福"], ["开户单位", "青禾镇财政所"], ["联系电话", "0600-5512345"]]
    layout = layout_of([["汇总表"], head, [], [], [], *pairs])
    assert records(layout) == [[]]
    assert [finding.code for finding in layout.findings] == ["layout.below"]
