"""Finding headers: which row heads a table, how many rows it has, and what only looks like one."""

import datetime
from typing import Any

import pytest

from tests.roster.sheets import HEAD, NUMBER, layout_of, only, person, why


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


def test_a_column_without_a_heading_under_a_merged_one_does_not_end_the_level_below() -> None:
    area = only(
        [
            ["序号", "党组织名称", "评定", "", "", "", "成立日期"],
            ["", "", "五项得分", "", "", "", ""],
            ["", "", "领导班子", "", "党员队伍", "工作机制", ""],
            [1.0, "红旗村党支部", 74.2, "√", 80.2, 59.6, "1968-07-19"],
            [2.0, "东风村党支部", 65.9, "", 65.4, 86.9, "1957-11-07"],
        ],
        (1, 3, 1, 6),
        (2, 3, 2, 6),
    )
    assert area.header_rows == (1, 3)
    assert area.columns[2:6:2] == ("评定/五项得分/领导班子", "评定/五项得分/党员队伍")


def test_an_upper_heading_stands_over_all_columns_of_a_merged_one_below_it() -> None:
    area = only(
        [
            ["序号", "基本情况", "", "任职情况", "", "月标准", "", "困难党员"],
            ["", "姓名", "身份证号码", "任职起止时间", "", "", "", "年人均收入"],
            [1.0, "黄静", NUMBER, "1988-06—2004-04 村会计", "", 450.0, 300.0, 5205.0],
            [2.0, "张三", NUMBER, "1981-10—1986-02 村会计", "", 300.0, 300.0, 5200.0],
        ],
        (1, 6, 1, 7),
        *((row, 4, row, 5) for row in (2, 3, 4)),
    )
    assert area.columns[3:5] == ("任职情况/任职起止时间",) * 2  # or the empty one would be the spells


def test_what_must_be_filled_in_is_no_level_of_a_header_though_a_note_stands_beside_it() -> None:
    area = only(
        [
            ["序号", "村", "基本情况", "", "", "", "任职情况", "签字", "", ""],
            ["", "", "姓名", "身份证号码", "入党年月", "", "最后任职", "", "", "说明："],
            ["选填", "必填", "必填", "必填", "选填", "", "选填", "选填", "", "红色为新增人员"],
            [1.0, "向阳村", "张三", NUMBER, "1984-03-24", "√", "村会计", "", "", "黄色为待核实人员"],
            [2.0, "向阳村", "李四", NUMBER, "2000-09-06", "", "村委会主任", "", "", ""],
        ],
        (1, 3, 1, 5),
    )
    assert area.header_rows == (1, 2)
    assert list(area.records) == [4, 5]


def test_a_wide_heading_keeps_the_columns_below_it_together_though_one_of_them_is_empty() -> None:
    scores = ["领导班子", "", "党员队伍", "工作机制", "工作业绩", "群众反映"]
    area = only(
        [
            ["序号", "乡镇", "党组织名称", "评定", "", "", "", "", "", "综合得分", "上年星级"],
            ["", "", "", "五项得分", *[""] * 7],
            ["", "", "", *scores, "", ""],
            [1.0, "松塘镇", "长岭村党支部", 87.3, "", 91.9, 84.8, 85.1, 76.4, 74.8, 5.0],
            [2.0, "松塘镇", "合计村党支部", 93.1, "", 76.6, 88.3, 80.0, 75.7, 61.6, 3.0],
        ],
        (1, 4, 1, 9),
        (2, 4, 2, 9),
    )
    assert area.header_rows == (1, 3)
    assert [name.rpartition("/")[2] for name in area.columns[3:9] if name != "评定/五项得分"] == [
        *filter(None, scores)
    ]


def test_numbers_among_the_headings_beyond_an_empty_column_do_not_part_them_from_the_table() -> None:
    area = only(
        [
            ["序号", "党组织名称", "五项得分", "", "", "备注", 1.0, 2.0, "名次", "核对"],
            ["", "", "领导班子", "党员队伍", "", "", "", "", "", ""],
            [1.0, "红旗村党支部", 74.2, 80.2, "", "合并组建", "", "", 3.0, "√"],
            [2.0, "东风村党支部", 65.9, 65.4, "", "", "", "", 1.0, ""],
        ],
        (1, 3, 1, 4),
    )
    assert area.columns[4:] == ("", "备注", "1", "2", "名次", "核对")


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
    result = layout_of(rows)
    assert not result.areas
    assert [f.code for f in result.findings] == ["layout.no-table"]
    assert "审批表" in result.findings[0].message and result.findings[0].mend


def test_a_header_is_never_invented() -> None:
    result = layout_of([["张三", 1.0, "男"], ["李四", 2.0, "女"], ["王五", 3.0, "男"]])
    assert not result.areas and result.findings[0].code == "layout.no-table"
    assert not layout_of([[], [""], ["", " "]]).findings


def test_a_header_repeated_on_every_page_is_left_out() -> None:
    area = only(
        [["名单"], HEAD, person(1), person(2), ["第1页 共2页"], ["名单"], HEAD, person(3), ["第2页 共2页"]]
    )
    assert list(area.records) == [3, 4, 8]
    assert why(area, 7) == "repeated header" and why(area, 9) == "note"


def test_a_form_that_nobody_filled_in_is_a_table_without_records() -> None:
    area = only([["花名册"], ["填报单位："], HEAD, [1.0], [2.0], [3.0], ["负责人：", "", "填表人："]])
    assert area.header_rows == (3, 3) and not area.records


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


@pytest.mark.parametrize(
    "second", [["Year", "Total", "Male"], ["", "万人", "万人"], ["（年）", "（万人）", "（万人）"]]
)
def test_a_second_language_or_units_below_the_header_are_no_record(second: list[str]) -> None:
    area = only([["年份", "总人口", "男"], second, [2001.0, 127627.0, 65672.0], [2002.0, 128453.0, 66115.0]])
    assert list(area.records) == [3, 4] and why(area, 2) == "units"


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


def test_a_header_with_one_heading_misspelt_comes_again_on_the_next_page() -> None:
    wide = [*HEAD, "年龄", "民族", "开户行", "备注"]
    full = [*person(1), 60.0, "汉", "农商行", ""]
    area = only([wide, full, [], [*wide[:9], "备注"], full])
    assert list(area.records) == [2, 5]


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


@pytest.mark.parametrize("merges", [[], [(1, 3, 1, 5), (1, 6, 1, 7)]], ids=["none", "upper headings"])
def test_a_total_right_below_that_reads_as_a_year_is_no_level_of_a_header(merges: list[Any]) -> None:
    rows: list[list[Any]] = [
        ["序号", "村", "基本情况", "", "", "任职情况", "", "原定补标准", "备注"],
        ["", "", "姓名", "身份证号码", "入党日期", "任职经历", "离任时间", "", ""],
        ["总计", "", "", "", "", "", "", 1920.0, ""],
        *[
            [float(n), "河口村", f"张{n}", NUMBER, "1974-09", "村会计", "2008年9月", 640.0, ""]
            for n in range(1, 4)
        ],
    ]
    area = only(rows, *merges, (3, 1, 3, 7))
    assert area.header_rows == (1, 2) and list(area.records) == [4, 5, 6]


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
    first, second = layout_of(rows, *merges).areas
    assert first.header_rows == (1, 3) and list(first.records) == [4, 5]
    assert first.columns[:3] == ("序号", "党员信息/姓名", "党员信息/身份证号")
    assert list(second.records) == [9]
