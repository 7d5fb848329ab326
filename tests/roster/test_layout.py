"""Finding tables: one small sheet for each rule, each read as a person would read it."""

from typing import Any

import pytest

from tests.roster.sheets import HEAD, NUMBER, layout_of, only, person, why


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


def test_stacked_tables_are_two_tables_with_their_own_titles() -> None:
    areas = layout_of(
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
    left, right = layout_of(
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
    result = layout_of([["姓名", "性别", "金额"], ["张三", "男", 1.0], [], [], [], [], ["李四", "女", 2.0]])
    assert list(result.areas[0].records) == [2, 7]
    assert [(f.code, f.place.row) for f in result.findings] == [("layout.gap", 7)]
    assert "空行以下的第7" in result.findings[0].message


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
    result = layout_of(
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


def test_rows_prefilled_with_number_and_township_are_no_people() -> None:
    area = only([HEAD, *[person(n) for n in range(1, 5)], *[[float(n), "富路镇"] for n in range(5, 40)]])
    assert list(area.records) == [2, 3, 4, 5] and why(area, 20) == "prefilled"


def test_data_right_of_the_last_heading_is_said() -> None:
    result = layout_of([["姓名", "性别", "金额"], ["张三", "男", 1.0, "已故"], ["李四", "女", 2.0]])
    assert [(f.code, f.place.cell) for f in result.findings] == [("layout.unnamed-column", "D2")]


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
    assert [area.header_rows for area in layout_of(rows).areas] == [(2, 2), (5, 5)]


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
    left, right = layout_of(
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


def test_a_seal_below_a_table_does_not_hide_the_header_of_the_next() -> None:
    head = ["乡镇", "组织名称", "", "领导班子", "党员队伍", "工作机制", "群众反映", "书记"]
    narrow = [cell for cell in head if cell]
    full = ["青禾镇", "红旗村党支部", "", 81.0, 72.0, 63.0, 54.0, "王刚"]
    opinion = [["审核意见："], [*[""] * 7, "（盖章）"], [], ["柳泉乡党组织名册"]]
    rows: list[list[Any]] = [head, full, full, *opinion, narrow, [cell for cell in full if cell != ""]]
    first, second = layout_of(rows, (1, 2, 1, 3)).areas
    assert list(first.records) == [2, 3] and list(second.records) == [9]


def test_a_header_whose_headings_have_moved_is_another_table_and_no_new_page() -> None:
    head = [*HEAD, "民族", "学历", "党龄", "职务", "开户行", "", "账号", "备注"]
    full = [*person(1), "汉", "高中", 30.0, "书记", "农商行", "", "6217001234567890123", ""]
    narrow = [*head[:11], "账号"]
    rows = [head, full, full, [], narrow, [*full[:11], full[12]]]
    first, second = layout_of(rows, (1, 11, 1, 12)).areas
    assert list(first.records) == [2, 3] and list(second.records) == [6]
    assert second.columns == tuple("姓名" if name == "姓 名" else name for name in narrow)


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


def test_below_a_template_that_nobody_filled_in_another_table_begins_though_few_of_its_headings_are_known() -> (
    None
):
    goods = ["领导班子好", "党员队伍好", "工作机制好", "工作业绩好", "群众反映好"]
    head = ["乡镇", "党组织名称", *goods, "类型", "书记"]
    empty, second = layout_of(
        [
            ["序号", "乡镇", "党组织名称", *goods, "有效票"],
            *[[float(n)] for n in range(1, 4)],
            [],
            ["柳泉乡五星级党组织评定汇总表"],
            head,
            *[["云岭乡", f"第{n}党支部", 85.1, 73.9, 88.9, 73.9, 80.8, "村", "张宝山"] for n in range(1, 4)],
        ],
        (6, 1, 6, 9),
    ).areas
    assert not empty.records
    assert second.columns == tuple(head) and list(second.records) == [8, 9, 10]


def test_a_numbered_row_of_a_count_and_its_figure_is_none_though_nothing_adds_up_to_it() -> None:
    head = ["序号", "姓名", "身份证号码", "乡镇", "村", "备注"]
    rows = [[float(n), f"张{n}", NUMBER, "白桦镇", "永发村", ""] for n in range(1, 4)]
    area = only([head, *rows, [5.0, "", "人数", "3人", "", ""], [4.0, "李四", NUMBER, "〃", "永发村", ""]])
    assert list(area.records) == [2, 3, 4, 6] and why(area, 5) == "statistic"


def test_lists_side_by_side_end_where_a_wider_table_begins_below_them() -> None:
    head = ["序号", "乡镇", "党组织名称", "领导班子", "党员队伍", "工作机制好", "成立时间", "收回票", "备注"]
    one = [1.0, "新垦乡", "合心村党支部", 62.3, 67.1, 64.7, "1964-04-17", 54.0, ""]
    below = ["所在乡镇", "组织名称", "领导班子好", "类型", "书记", "成立时间", "党员数", "发出票", "满意票"]
    below += ["总分", "去年星级", "去年等次", "备 注"]
    second = [
        "松塘镇",
        "第二党支部",
        58.0,
        "村",
        "韩平",
        "2007.07.08",
        30.0,
        66.0,
        51.0,
        96.2,
        3.0,
        "一般",
        "",
    ]
    rows: list[list[Any]] = [[*head, *head], *[[*one, *one]] * 2, ["柳泉乡党组织名册"], below, *[second] * 3]
    first, beside, wide = layout_of(rows).areas
    assert [list(area.records) for area in (first, beside, wide)] == [[2, 3], [2, 3], [6, 7, 8]]
    assert wide.columns[-4:] == ("总分", "去年星级", "去年等次", "备注")
