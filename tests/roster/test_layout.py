"""Finding tables: one small sheet for each rule, each read as a person would read it."""

import datetime
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.roster.grid import Area, Merge, Sheet
from sanchuang_cli.roster.tables.layout import Layout, layout

NUMBER = "230227195308151013"
HEAD = ["序号", "乡镇", "姓 名", "性别", "身份证号码", "金额"]


def person(number: int, town: str = "富路镇") -> list[Any]:
    return [float(number), town, "王刚", "男", NUMBER, 1200.0]


def sheet(rows: Sequence[Sequence[Any]], *merges: Merge) -> Sheet:
    return Sheet("表", [["" if cell is None else cell for cell in row] for row in rows], merges)


def found(rows: Sequence[Sequence[Any]], *merges: Merge) -> Layout:
    return layout(sheet(rows, *merges), "a.xlsx")


def only(rows: Sequence[Sequence[Any]], *merges: Merge) -> Area:
    areas = found(rows, *merges).areas
    assert len(areas) == 1, [area.header_rows for area in areas]
    return areas[0]


def why(area: Area, row: int) -> str:
    return next((why for first, last, why in area.skipped if first <= row <= last), "")


def test_titles_unit_lines_totals_and_signatures_are_no_records() -> None:
    area = only(
        [
            ["附件1"],
            ["离 任 村 干 部 补 贴 花 名 册"],
            ["填报单位（盖章）：富路镇", "", "填报时间：2012年6月2日", "", "", "单位：万元"],
            HEAD,
            person(1),
            person(2),
            ["合  计", "", "", "", "", 2400.0],
            ["单位负责人：李四", "", "审核人：", "", "制表人：", "联系电话："],
        ]
    )
    assert area.header_rows == (4, 4)
    assert area.columns == ("序号", "乡镇", "姓名", "性别", "身份证号码", "金额")
    assert list(area.records) == [5, 6]
    assert area.unit == "万元"
    assert [why(area, row) for row in (1, 2, 3, 7, 8)] == ["title", "title", "note", "total", "signature"]


def test_column_numbers_a_leading_total_groups_subtotals_and_bare_numbers_are_left_out() -> None:
    area = only(
        [
            HEAD,
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(5)×12"],
            ["合计", "", "3人", "", "", 3600.0],
            ["富路镇（2个）"],
            person(1),
            person(2),
            ["小计", "", "", "", "", 2400.0],
            ["二道湾镇（1个）"],
            person(3, "二道湾镇"),
            ["", "小计", "", "", "", 1200.0],
            [4.0],
            [5.0],
            [6.0],
        ]
    )
    assert list(area.records) == [5, 6, 9]
    assert [why(area, row) for row in (2, 3, 4, 7, 8, 10)] == [
        "column numbers",
        "total",
        "group",
        "subtotal",
        "group",
        "subtotal",
    ]
    assert why(area, 11) == why(area, 13) == "prefilled"


def test_one_bare_number_is_named_so() -> None:
    area = only([HEAD, person(1), person(2), [3.0], person(4)])
    assert list(area.records) == [2, 3, 5] and why(area, 4) == "number only"


def test_merged_headers_of_two_and_three_rows_are_joined() -> None:
    two = only(
        [
            ["花名册"],
            ["序号", "姓名", "基本情况", "", "备注"],
            ["", "", "性别", "出生年月", ""],
            [1.0, "张三", "男", "1950.1", ""],
            [2.0, "李四", "女", "1951.2", ""],
        ],
        (1, 1, 1, 5),
        (2, 1, 3, 1),
        (2, 2, 3, 2),
        (2, 3, 2, 4),
        (2, 5, 3, 5),
    )
    assert two.header_rows == (2, 3)
    assert two.columns == ("序号", "姓名", "基本情况/性别", "基本情况/出生年月", "备注")
    three = only(
        [
            ["序号", "党组织", "测评情况", "", "", ""],
            ["", "", "班子", "", "队伍", ""],
            ["", "", "优", "良", "优", "良"],
            [1.0, "红旗村党支部", 1.0, 2.0, 3.0, 4.0],
        ],
        (1, 1, 3, 1),
        (1, 2, 3, 2),
        (1, 3, 1, 6),
        (2, 3, 2, 4),
        (2, 5, 2, 6),
    )
    assert three.header_rows == (1, 3)
    assert three.columns[2:] == (
        "测评情况/班子/优",
        "测评情况/班子/良",
        "测评情况/队伍/优",
        "测评情况/队伍/良",
    )


def test_a_single_merged_head_above_some_columns_belongs_to_the_header() -> None:
    area = only(
        [
            ["考核表"],
            ["", "", "五项得分", "", ""],
            ["序号", "党组织", "班子", "队伍", "星级"],
            [1.0, "红旗村党支部", 90.0, 80.0, "三星"],
        ],
        (2, 3, 2, 4),
    )
    assert area.header_rows == (2, 3)
    assert area.columns == ("序号", "党组织", "五项得分/班子", "五项得分/队伍", "星级")


def test_two_levels_without_merges_are_completed_from_above() -> None:
    area = only(
        [
            ["姓名", "基本情况", "", "补贴", "", "备注"],
            ["", "性别", "出生年月", "标准", "金额", ""],
            ["张三", "男", "1950.1", "100", "1200", "无"],
            ["李四", "女", "1951.1", "100", "1200", "无"],
        ]
    )
    assert area.columns == ("姓名", "基本情况/性别", "基本情况/出生年月", "补贴/标准", "补贴/金额", "备注")
    assert list(area.records) == [3, 4]


def test_a_table_may_start_at_any_row_and_column() -> None:
    area = only(
        [
            [],
            [],
            [],
            ["", "", "姓名", "性别", "金额"],
            ["", "", "张三", "男", 3.0],
            ["", "", "李四", "女", 4.0],
        ]
    )
    assert (area.header_rows, area.left, list(area.records)) == ((4, 4), 3, [5, 6])


def test_vertical_and_diagonal_headings_lose_their_line_breaks() -> None:
    area = only([["序\n号", "    指标\n乡镇", "年\n 龄"], [1.0, "富路镇", 50.0], [2.0, "二道湾镇", 60.0]])
    assert area.columns == ("序号", "指标乡镇", "年龄")


def test_months_as_numbers_are_headings() -> None:
    area = only([["姓名", "基数", 1.0, 2.0, 3.0, 4.0, "合计"], ["张三", 0.0, 0.2, 0.2, 0.2, 0.2, 0.8]])
    assert area.columns == ("姓名", "基数", "1", "2", "3", "4", "合计")


@pytest.mark.parametrize(
    "pairs",
    [
        ["填报单位", "富路镇", "填表人", "张三"],
        ["填报单位：", "富路镇", "填报时间：", "2012年6月"],
        ["开始时间", "2019-12-04", "结束时间", "2019-12-08"],
    ],
)
def test_pairs_above_the_header_are_no_header(pairs: list[str]) -> None:
    area = only(
        [
            ["名册"],
            pairs,
            ["序号", "姓名", "性别", "金额"],
            [1.0, "张三", "男", 2.0],
            [2.0, "李四", "女", 3.0],
        ]
    )
    assert area.header_rows == (3, 3) and list(area.records) == [4, 5]


def test_stacked_tables_are_two_tables_with_their_own_titles() -> None:
    areas = found(
        [
            ["一、在职"],
            ["姓名", "职务", "报酬"],
            ["张三", "书记", 1200.0],
            ["合计", "", 1200.0],
            [],
            ["二、离任"],
            ["姓名", "离任时间", "年限", "补贴"],
            ["王五", "2001.5", 12.0, 300.0],
        ]
    ).areas
    assert [(a.header_rows, list(a.records)) for a in areas] == [((2, 2), [3]), ((7, 7), [8])]
    assert why(areas[0], 4) == "total" and why(areas[1], 6) == "title"


def test_tables_side_by_side_are_two_tables() -> None:
    left, right = found(
        [
            ["两张表"],
            ["序号", "姓名", "金额", "", "序号", "姓名", "金额"],
            [1.0, "张三", 1.0, "", 9.0, "李四", 2.0],
            [2.0, "王五", 1.0, "", 10.0, "赵六", 2.0],
            [3.0, "孙七", 1.0],
        ]
    ).areas
    assert (left.left, list(left.records)) == (1, [3, 4, 5])
    assert (right.left, right.columns, list(right.records)) == (5, ("序号", "姓名", "金额"), [3, 4])


def test_an_empty_column_does_not_part_a_table() -> None:
    area = only(
        [["姓名", "性别", "", "金额", "备注"], ["张三", "男", "", 1.0, "无"], ["李四", "女", "", 2.0, "无"]]
    )
    assert area.columns == ("姓名", "性别", "", "金额", "备注")


def test_two_lists_under_one_header_stay_one_table() -> None:
    rows: list[list[Any]] = [
        ["流动资产：", "", "", "流动负债：", "", ""],
        ["现金", 1.0, 5.0, "借款", 9.0, 6.0],
    ]
    area = only(
        [
            ["资产", "行次", "金额", "负债", "行次", "金额"],
            *rows,
            ["资产合计", 2.0, 5.0, "负债合计", 10.0, 6.0],
        ]
    )
    assert list(area.records) == [2, 3, 4]


@pytest.mark.parametrize("filled", [True, False])
def test_an_approval_form_is_no_table(filled: bool) -> None:
    rows = [
        ["离任村干部生活补贴审批表"],
        ["姓名", "王刚", "性别", "男", "出生年月", "1950.1"],
        ["民族", "汉", "政治面貌", "中共党员", "学历", "初中"],
        ["家庭住址", "富路镇红旗村", "", "身份证号", NUMBER, ""],
        ["离任职务", "书记", "", "累计年限", "12年", ""],
        ["乡镇党委意见", "", "", "县委组织部意见", "", ""],
        ["      年   月   日"],
    ]
    if not filled:
        rows = [[cell if i % 2 == 0 else "" for i, cell in enumerate(row)] for row in rows[:3]] + rows[5:]
    result = found(rows)
    assert not result.areas
    assert [f.code for f in result.findings] == ["layout.no-table"]
    assert "审批表" in result.findings[0].message and result.findings[0].mend


def test_a_header_is_never_invented() -> None:
    result = found([["张三", 1.0, "男"], ["李四", 2.0, "女"], ["王五", 3.0, "男"]])
    assert not result.areas and result.findings[0].code == "layout.no-table"
    assert not found([[], [""], ["", " "]]).findings


def test_a_merged_township_is_filled_down_and_a_blank_is_not_guessed() -> None:
    rows: list[list[Any]] = [
        ["乡镇", "村", "人数"],
        ["富路镇", "红旗村", 1.0],
        ["", "东风村", 2.0],
        ["二道湾镇", "前进村", 3.0],
        ["", "胜利村", 4.0],
    ]
    area = only(rows, (2, 1, 3, 1))
    assert [area.cells(row)[0] for row in area.records] == ["富路镇", "富路镇", "二道湾镇", ""]


def test_records_go_on_after_a_gap_and_the_gap_is_said() -> None:
    result = found([["姓名", "性别", "金额"], ["张三", "男", 1.0], [], [], [], [], ["李四", "女", 2.0]])
    assert list(result.areas[0].records) == [2, 7]
    assert [(f.code, f.place.row) for f in result.findings] == [("layout.gap", 7)]
    assert "空行以下的第7" in result.findings[0].message


def test_a_header_repeated_on_every_page_is_left_out() -> None:
    area = only(
        [["名单"], HEAD, person(1), person(2), ["第1页 共2页"], ["名单"], HEAD, person(3), ["第2页 共2页"]]
    )
    assert list(area.records) == [3, 4, 8]
    assert why(area, 7) == "repeated header" and why(area, 9) == "note"


@pytest.mark.parametrize(
    "example", [["示例", "富路镇", "张三"], [1.0, "富路镇", "张三（示例）"], ["例：", "某镇", "张某"]]
)
def test_example_rows_are_left_out(example: list[Any]) -> None:
    area = only([HEAD, [*example, "男", NUMBER, 1.0], person(1), person(2)])
    assert list(area.records) == [3, 4] and why(area, 2) == "example"


@pytest.mark.parametrize(
    "word", ["例会", "样板村", "示范村", "会计", "统计员", "计生专干", "总务", "注册会计师", "说明会"]
)
def test_words_that_only_resemble_examples_notes_and_totals_stay_records(word: str) -> None:
    pair: list[list[Any]] = [["张三", word, 1.0], [word, "书记", 2.0]]
    area = only([["姓名", "职务", "金额"], *pair * 4])
    assert len(area.records) == 8


def test_notes_below_a_table_are_left_out_to_the_last_line() -> None:
    area = only(
        [HEAD, person(1), person(2), ["注：1.此表一式三份；"], ["　　2.由乡镇填写。"], ["3.按时上报"]]
    )
    assert list(area.records) == [2, 3] and why(area, 4) == why(area, 6) == "note"


def test_a_person_with_nothing_but_a_name_is_a_record() -> None:
    area = only([["姓名", "性别", "金额"], ["张三", "男", 1.0], ["李四"], ["王五", "女", 2.0]])
    assert list(area.records) == [2, 3, 4]


def test_a_full_record_below_the_total_is_kept_and_a_stray_line_is_said() -> None:
    kept = only([HEAD, person(1), person(2), ["合计", "", "", "", "", 2.0], person(3)])
    assert list(kept.records) == [2, 3, 5]
    result = found(
        [HEAD, person(1), person(2), ["合计", "", "", "", "", 2.0], ["", "", "张三", "", NUMBER, ""]]
    )
    assert list(result.areas[0].records) == [2, 3]
    assert [(f.code, f.place.row) for f in result.findings] == [("layout.after-total", 5)]


def test_a_total_in_capitals_is_a_total() -> None:
    area = only(
        [
            ["姓名", "卡号", "金额"],
            ["张三", "6217001234567890123", 100.0],
            ["合计（大写）：壹佰元整", "", 100.0],
        ]
    )
    assert list(area.records) == [2] and why(area, 3) == "total"


def test_a_form_that_nobody_filled_in_is_a_table_without_records() -> None:
    area = only([["花名册"], ["填报单位："], HEAD, [1.0], [2.0], [3.0], ["负责人：", "", "填表人："]])
    assert area.header_rows == (3, 3) and not area.records


def test_rows_prefilled_with_number_and_township_are_no_people() -> None:
    area = only([HEAD, *[person(n) for n in range(1, 5)], *[[float(n), "富路镇"] for n in range(5, 40)]])
    assert list(area.records) == [2, 3, 4, 5] and why(area, 20) == "prefilled"


def test_data_right_of_the_last_heading_is_said() -> None:
    result = found([["姓名", "性别", "金额"], ["张三", "男", 1.0, "已故"], ["李四", "女", 2.0]])
    assert [(f.code, f.place.cell) for f in result.findings] == [("layout.unnamed-column", "D2")]


def test_days_as_numbers_stand_below_a_merged_heading() -> None:
    days = [float(day) for day in range(1, 6)]
    area = only(
        [["序号", "姓名", "日期", "", "", "", "", "出勤"], ["", "", *days, ""], [1.0, "张三", *"√√√√√", 5.0]],
        (1, 1, 2, 1),
        (1, 2, 2, 2),
        (1, 3, 1, 7),
        (1, 8, 2, 8),
    )
    assert area.header_rows == (1, 2) and area.columns[2:4] == ("日期/1", "日期/2")


def test_pay_slips_with_the_header_above_each_person_are_one_table() -> None:
    head = ["姓名", "部门", "基本工资", "实发"]
    area = only(
        [
            head,
            ["张三", "组织部", 1.0, 2.0],
            head,
            ["李四", "宣传部", 1.0, 2.0],
            head,
            ["王五", "纪委", 1.0, 2.0],
        ]
    )
    assert area.header_rows == (1, 1) and list(area.records) == [2, 4, 6]


@pytest.mark.parametrize(
    "second", [["Year", "Total", "Male"], ["", "万人", "万人"], ["（年）", "（万人）", "（万人）"]]
)
def test_a_second_language_or_units_below_the_header_are_no_record(second: list[str]) -> None:
    area = only([["年份", "总人口", "男"], second, [2001.0, 127627.0, 65672.0], [2002.0, 128453.0, 66115.0]])
    assert list(area.records) == [3, 4] and why(area, 2) == "units"


def test_averages_and_best_marks_are_no_records() -> None:
    area = only(
        [
            ["学号", "姓名", "语文"],
            [1.0, "张三", 90.0],
            [2.0, "李四", 80.0],
            [3.0, "王五", 70.0],
            ["平均分", "", 80.0],
            ["最高分", "", 90.0],
        ]
    )
    assert list(area.records) == [2, 3, 4] and why(area, 5) == why(area, 6) == "statistic"


def test_an_office_alone_under_the_name_heads_a_group_in_a_contact_list() -> None:
    area = only(
        [
            ["姓名", "职务", "手机"],
            ["县委办公室"],
            ["张三", "主任", "13800000000"],
            ["李四"],
            ["组织部"],
            ["王五", "部长", ""],
        ]
    )
    assert list(area.records) == [3, 4, 6] and why(area, 2) == why(area, 5) == "group"


def test_an_organisation_alone_under_its_own_heading_is_a_record() -> None:
    area = only(
        [
            ["支部名称", "书记", "党员数"],
            ["红旗村党支部", "张三", 12.0],
            ["东风村党支部"],
            ["前进村党支部", "李四", 9.0],
        ]
    )
    assert list(area.records) == [2, 3, 4]


def test_other_headings_after_a_section_title_start_another_table() -> None:
    rows: list[list[Any]] = [
        ["一、户数"],
        ["村名", "户数", "人口"],
        ["红旗村", 1.0, 3.0],
        ["二、党员"],
        ["村名", "男党员", "女党员"],
        ["红旗村", 2.0, 1.0],
    ]
    assert [area.header_rows for area in found(rows).areas] == [(2, 2), (5, 5)]


@pytest.mark.parametrize(
    "months",
    [
        [1.0, 2.0, 3.0],
        [2024.0, 2023.0, 2022.0],
        [datetime.date(2024, 1, 1), datetime.date(2024, 2, 1), datetime.date(2024, 3, 1)],
        ["2024年1月", "2024年2月", "2024年3月"],
        ["1月", "2月", "3月"],
    ],
)
def test_months_and_years_in_order_are_headings(months: list[Any]) -> None:
    area = only([["姓名", *months, "合计"], ["张三", 0.2, 0.2, 0.2, 0.6], ["李四", 0.2, 0.2, 0.2, 0.6]])
    assert area.header_rows == (1, 1) and len(area.columns) == 5 and all(area.columns)


def test_headings_may_end_with_a_colon() -> None:
    area = only([["姓 名：", "性 别：", "民族："], ["张三", "男", "汉"], ["李四", "女", "汉"]])
    assert list(area.records) == [2, 3]


def test_rows_that_end_left_of_the_table_are_no_trouble() -> None:
    margin: list[Any] = [""] * 4
    rows = [
        [*margin, "姓名", "性别", "金额"],
        *[[*margin, "张三", "男", 1.0]] * 5,
        ["甲", "乙", "丙"],
        [*margin, "李四", "女", 2.0],
    ]
    area = only(rows)
    assert area.left == 5 and {2, 3, 4, 5, 6, 8} <= set(area.records)


def test_tables_side_by_side_may_begin_in_different_rows() -> None:
    left, right = found(
        [
            ["甲表", "", "", "", "", ""],
            ["姓名", "性别", "金额", "", "", ""],
            ["张三", "男", 1.0, "", "乙表", ""],
            ["李四", "女", 2.0, "", "村名", "户数"],
            ["王五", "男", 3.0, "", "红旗村", 100.0],
            ["", "", "", "", "东风村", 90.0],
        ]
    ).areas
    assert (left.header_rows, list(left.records)) == ((2, 2), [3, 4, 5])
    assert (right.header_rows, right.left, list(right.records)) == ((4, 4), 5, [5, 6])


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


def test_columns_headed_1_and_2_cost_neither_the_table_nor_a_level_of_its_header() -> None:
    people = [[float(n), "富路镇", "王刚", NUMBER, 80.0, 90.0, "√", "", "无"] for n in (1, 2, 3)]
    lower = only(
        [
            ["序号", "乡镇", "基本情况", "", "得分", "", "", "", "备注"],
            ["", "", "姓名", "身份证号码", "工作", "学习", 1.0, 2.0, ""],
            *people,
        ],
        (1, 3, 1, 4),
        (1, 5, 1, 8),
    )
    assert (lower.header_rows, list(lower.records)) == ((1, 2), [3, 4, 5])
    assert lower.columns[6:] == ("得分/1", "得分/2", "备注")
    upper = only(
        [
            ["序号", "所在乡镇", "党员信息", "", "补贴信息", "", 1.0, 2.0, "备注"],
            ["", "", "姓名", "身份证号码", "工作", "学习", "", "", ""],
            *people,
        ],
        (1, 3, 1, 4),
        (1, 5, 1, 6),
    )
    assert (upper.header_rows, list(upper.records)) == ((1, 2), [3, 4, 5])


@pytest.mark.parametrize("numbers", ["（{}）", "({})", "{}"])
def test_numbers_of_columns_above_a_blank_row_do_not_hide_what_a_header_heads(numbers: str) -> None:
    months = [f"{n}月" for n in range(1, 13)]
    head = ["编号", "乡镇", "党组织", "五项得分", "", "", *months, "书记", "测评"]
    lower = ["", "", "", "领导班子", "党员队伍", "工作机制", *[""] * 12, "", "满意票"]
    body = [[float(n), "青禾镇", f"第{n}党支部", *[80.0 + n] * 15, "王刚", 9.0] for n in (1, 2)]
    area = only([["申报表"], head, lower, [numbers.format(n) for n in range(1, 21)], [], *body])
    assert area.header_rows == (2, 3) and list(area.records) == [6, 7]


def test_a_seal_below_a_table_does_not_hide_the_header_of_the_next() -> None:
    head = ["乡镇", "组织名称", "", "领导班子", "党员队伍", "工作机制", "群众反映", "书记"]
    narrow = [cell for cell in head if cell]
    full = ["青禾镇", "红旗村党支部", "", 81.0, 72.0, 63.0, 54.0, "王刚"]
    opinion = [["审核意见："], [*[""] * 7, "（盖章）"], [], ["柳泉乡党组织名册"]]
    rows: list[list[Any]] = [head, full, full, *opinion, narrow, [cell for cell in full if cell != ""]]
    first, second = found(rows, (1, 2, 1, 3)).areas
    assert list(first.records) == [2, 3] and list(second.records) == [9]


def test_a_header_whose_headings_have_moved_is_another_table_and_no_new_page() -> None:
    head = [*HEAD, "民族", "学历", "党龄", "职务", "开户行", "", "账号", "备注"]
    full = [*person(1), "汉", "高中", 30.0, "书记", "农商行", "", "6217001234567890123", ""]
    narrow = [*head[:11], "账号"]
    rows = [head, full, full, [], narrow, [*full[:11], full[12]]]
    first, second = found(rows, (1, 11, 1, 12)).areas
    assert list(first.records) == [2, 3] and list(second.records) == [6]
    assert second.columns == tuple("姓名" if name == "姓 名" else name for name in narrow)


def test_a_header_with_one_heading_misspelt_comes_again_on_the_next_page() -> None:
    wide = [*HEAD, "年龄", "民族", "开户行", "备注"]
    full = [*person(1), 60.0, "汉", "农商行", ""]
    area = only([wide, full, [], [*wide[:9], "备注"], full])
    assert list(area.records) == [2, 5]


def test_numbers_of_columns_are_none_for_what_stands_beside_the_table() -> None:
    """Nor do numbers that only begin a row make it one: a record has words among them."""
    wide = [*HEAD, "年龄", "党龄", "", "说明："]
    full = [*person(1), 60.0, 30.0, "", ""]
    numbered = ["甲", "乙", "丙", "丁", *(float(n) for n in range(1, 5)), "", "红色为新增人员"]
    area = only([wide, numbered, full, full])
    assert list(area.records) == [3, 4] and why(area, 2) == "column numbers"
    part = [1.0, 2.0, 3.0, 4.0, NUMBER, 6.0]
    area = only([HEAD, part, person(2), person(3)])
    assert list(area.records) == [2, 3, 4]


def test_a_template_with_a_heading_merged_over_two_columns_is_a_table_without_records() -> None:
    head = [
        "乡镇",
        "党组织",
        "班子好",
        "队伍好",
        "机制好",
        "业绩好",
        "群众反映",
        "党员数",
        "",
        "月标准",
        "",
        "收回票",
        "有效票",
        "联系人",
    ]
    area = only([["汇总表"], head, [], [], ["填表人：", "王德福"]], (2, 10, 2, 11))
    assert area.header_rows == (2, 2) and not area.records


@pytest.mark.parametrize("odd", [10.0, "2026.5.1", "30%"])
def test_one_odd_heading_among_others_below_a_merged_one_costs_no_level_of_a_header(odd: Any) -> None:
    rows: list[list[Any]] = [
        ["乡镇", "组织名称", "评定", "", "", "", "", "", "备注"],
        ["", "", "五项得分"],
        ["", "", "领导班子", odd, "党员队伍", "工作机制", "工作业绩", "群众反映"],
        *[["青禾镇", f"第{n}党支部", 68.4, "√", 87.7, 85.9, 98.3, 92.0 + n] for n in range(4)],
    ]
    area = only(rows, (1, 3, 1, 8), (2, 3, 2, 8))
    assert area.header_rows == (1, 3) and list(area.records) == [4, 5, 6, 7]
    assert area.columns[4] == "评定/五项得分/党员队伍"


def test_a_total_without_a_label_right_below_costs_no_level_of_a_header() -> None:
    rows: list[list[Any]] = [
        ["编号", "乡镇", "基本情况", "五项得分", "", "", "基本情况", "", "上年结果"],
        ["", "", "组织名称", "领导班子", "党员队伍", "工作机制", "类型", "党员人数", "去年星级"],
        ["", "", "", 240.0, 210.0, 180.0, "", 90.0],
        *[[float(n), "青禾镇", f"第{n}党支部", 80.0, 70.0, 60.0, "村", 30.0, 2.0] for n in range(1, 4)],
    ]
    assert only(rows).header_rows == (1, 2)


def test_a_template_with_nothing_but_numbers_of_columns_is_a_table_without_records() -> None:
    head = [
        "序号",
        "所在乡镇",
        "组织名称",
        "班子",
        "队伍",
        "机制",
        "业绩",
        "群众反映",
        "发出票",
        "有效票",
        "星级",
    ]
    numbers = [f"（{n}）" for n in range(1, 12)]
    area = only([["申报表"], head, numbers, *[[float(n)] for n in range(1, 9)]])
    assert area.header_rows == (2, 2) and not area.records


def test_a_block_beside_the_lower_levels_of_a_header_costs_none_of_them() -> None:
    """The table below it takes all columns, so that nothing else parts the block from the table."""
    rows: list[list[Any]] = [
        ["序号", "党员信息", "", "", "金额", "", "乡镇", "人数"],
        ["", "姓名", "身份证号", "性别", "", "", "青禾镇", 6.0],
        ["", "", "", "", "", "", "望河乡", 0.0],
        *[[float(n), "王刚", NUMBER, "男", 505.0] for n in (1, 2)],
        [],
        ["柳泉乡名册"],
        ["序号", "姓名", "身份证号", "性别", "金额", "职务", "民族", "学历"],
        [1.0, "王刚", NUMBER, "男", 505.0, "书记", "汉", "高中"],
    ]
    merges = ((1, 1, 3, 1), (1, 2, 1, 4), (2, 2, 3, 2), (2, 3, 3, 3), (2, 4, 3, 4), (1, 5, 3, 5))
    first, second = found(rows, *merges).areas
    assert first.header_rows == (1, 3) and list(first.records) == [4, 5]
    assert first.columns[:3] == ("序号", "党员信息/姓名", "党员信息/身份证号")
    assert list(second.records) == [9]
