"""Rows that are no records: sums however they are written, lines nobody filled in, and what stands around a table."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.roster.grid import Area, Merge, Sheet
from sanchuang_cli.roster.tables.sheet_layout import SheetLayout, layout

HEAD = ["序号", "乡镇", "党组织名称", "党员数", "得分"]
PEOPLE = ["序号", "乡镇", "村", "姓名", "身份证号", "性别", "年龄", "开户行", "银行账号", "金额"]
TOTALS = ["合计", "总计", "小计", "共计", "累计", "本页合计", "本页小计", "全县合计", "总人数"]
STATISTICS = ["平均分", "平均", "平均值", "人均", "占比", "比例", "所占比例", "最高分", "最低", "百分比"]
VILLAGES = ["红旗", "东风", "合计", "前进", "胜利", "平均", "永发", "总合", "太平", "长岭"]


def read(rows: list[list[Any]], *merges: Merge) -> SheetLayout:
    return layout(Sheet("表", rows, merges), "a.xlsx")


def only(rows: list[list[Any]], *merges: Merge) -> Area:
    (area,) = read(rows, *merges).areas
    return area


def organisations(count: int) -> list[list[Any]]:
    return [
        [float(n), "青禾镇", f"{VILLAGES[n % 10]}村第{n}党支部", 10.0 + 7 * n, 60.0 + 3 * n]
        for n in range(1, count + 1)
    ]


def people(count: int) -> list[list[Any]]:
    return [
        [
            *(float(n), "青禾镇", f"{VILLAGES[n % 10]}村", f"王{'甲乙丙丁戊己庚辛壬癸'[n % 10]}"),
            *(
                f"2302271953081510{n:02}",
                "男女"[n % 2],
                60.0 + n,
                "农商行",
                f"62170012345678900{n:02}",
                100.0 * n,
            ),
        ]
        for n in range(1, count + 1)
    ]


@settings(max_examples=300, deadline=None)
@given(
    st.integers(3, 20),
    st.sampled_from(TOTALS + STATISTICS),
    st.booleans(),
    st.sampled_from(["first", "township", "third", "prefixed"]),
    st.booleans(),
)
def test_a_row_that_sums_up_is_no_record_whatever_stands_before_its_word(
    count: int, word: str, numbered: bool, where: str, in_the_middle: bool
) -> None:
    records = organisations(count)
    figures = [float(sum(row[3] for row in records)), float(sum(row[4] for row in records))]
    labels: dict[str, list[Any]] = {
        "first": [word, "", ""],
        "township": [float(count + 1) if numbered else "", "青禾镇", word],
        "third": [float(count + 1) if numbered else "", "", word],
        "prefixed": [float(count + 1) if numbered else "", "青禾镇", f"青禾镇{word}"],
    }
    rows = [["名册"], HEAD, *records, [*labels[where], *figures]]
    if in_the_middle:
        rows += organisations(2)
    area = only(rows)
    assert count + 3 not in area.records
    assert len(area.records) == count + 2 * in_the_middle


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 12), st.sampled_from([*TOTALS, *STATISTICS]), st.integers(0, 11), st.integers(1, 3))
def test_a_word_never_drops_a_row_whose_identity_number_is_filled(
    count: int, word: str, at: int, column: int
) -> None:
    records = people(count)
    records[at % count][column] = word
    area = only([["名册"], PEOPLE, *records])
    assert list(area.records) == list(range(3, count + 3))


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 15), st.booleans(), st.booleans())
def test_numbers_without_a_name_below_the_records_are_their_sum_and_are_said_to_be(
    count: int, right: bool, mean: bool
) -> None:
    amounts = [row[-1] for row in people(count)]
    figure = sum(amounts) / (count if mean else 1) + (0.0 if right else 1.0)
    result = read([["名册"], PEOPLE, *people(count), [""] * 9 + [figure]])
    assert len(result.areas[0].records) == count
    assert [f.code for f in result.findings] == ["layout.sum-row"]


@settings(max_examples=100, deadline=None)
@given(st.integers(3, 15), st.sampled_from(["全镇", "青禾镇全镇", "所有支部"]))
def test_a_last_row_that_adds_up_in_several_columns_is_a_sum_whatever_it_is_called(
    count: int, name: str
) -> None:
    records = organisations(count)
    figures = [float(sum(row[3] for row in records)), float(sum(row[4] for row in records))]
    result = read([["名册"], HEAD, *records, [float(count + 1), "青禾镇", name, *figures]])
    assert len(result.areas[0].records) == count
    assert [f.code for f in result.findings] == ["layout.sum-row"]


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 8),
    st.integers(3, 40),
    st.sampled_from(["女", ""]),
    st.sampled_from([126.0, "", "#VALUE!", 0.0]),
    st.booleans(),
    st.booleans(),
)
def test_lines_prefilled_with_formulas_are_blank_lines(
    count: int, blank: int, sex: str, age: Any, numbered: bool, placed: bool
) -> None:
    lines = [
        [
            float(count + n + 1) if numbered else "",
            "青禾镇" if placed else "",
            "",
            "",
            "",
            sex,
            age,
            "",
            "",
            "",
        ]
        for n in range(blank)
    ]
    area = only([["名册"], PEOPLE, *people(count), *lines])
    assert len(area.records) == count


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 8),
    st.integers(0, 3),
    st.sampled_from(
        [
            [["", "", "", "", "", "", "", "中共青禾镇委员会"], ["", "", "", "", "", "", "", "2026年4月20日"]],
            [["", "", "", "", "", "", "二〇二六年四月二十日"]],
            [["联系人", "张三"], ["联系电话", "0452-6123456"]],
            [["填报人", "", "张三"], ["审核", "", "李四"]],
            [["健在", "12人"], ["去世", "3人"]],
            [["核查时间", "年", "月", "日", "时", "分"]],
            [["乡镇党委意见："], ["", "", "（盖章）"]],
        ]
    ),
)
def test_what_stands_below_a_table_is_not_of_it(count: int, blank: int, below: list[list[Any]]) -> None:
    blank = max(blank, 1) if len(below[0]) == 2 or below[0][0] == "填报人" else blank
    area = only([["名册"], PEOPLE, *people(count), *[[]] * blank, *below])
    assert list(area.records) == list(range(3, count + 3))


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 12), st.integers(1, 12), st.integers(0, 3), st.integers(2, 3))
def test_lists_side_by_side_are_each_a_table(count: int, last: int, gap: int, blocks: int) -> None:
    last = min(last, count)
    parts = [people(count)] * (blocks - 1) + [people(last)]
    rows: list[list[Any]] = [["名册"]]
    rows.append([cell for _ in parts for cell in [*PEOPLE, *[""] * gap]])
    for n in range(count):
        rows.append(
            [
                cell
                for part in parts
                for cell in [*(part[n] if n < len(part) else [""] * len(PEOPLE)), *[""] * gap]
            ]
        )
    areas = read(rows).areas
    assert [len(area.records) for area in areas] == [count] * (blocks - 1) + [last]
    assert all(area.columns[: len(PEOPLE)] == tuple(PEOPLE) for area in areas)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 2), st.booleans())
def test_two_titled_tables_stay_two(first: int, second: int, blank: int, same: bool) -> None:
    head = PEOPLE if same else [*PEOPLE[:5], "离任职务", *PEOPLE[7:]]
    below = people(second) if same else [[*row[:5], "书记", *row[7:]] for row in people(second)]
    rows = [
        ["青禾镇在册人员名册"],
        PEOPLE,
        *people(first),
        *[[]] * blank,
        ["青禾镇新增人员名册"],
        head,
        *below,
    ]
    areas = read(rows).areas
    assert [len(area.records) for area in areas] == [first, second]


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 9), st.sampled_from([0, 3, 7, 9]), st.booleans())
def test_a_column_without_a_heading_is_told_with_its_letter_wherever_it_stands(
    count: int, at: int, last: bool
) -> None:
    at = len(PEOPLE) if last else at
    head = [*PEOPLE[:at], "", *PEOPLE[at:]]
    rows = [[*row[:at], "√", *row[at:]] for row in people(count)]
    result = read([["名册"], head, *rows])
    (warning,) = [f for f in result.findings if f.code == "layout.unnamed-column"]
    assert warning.message.startswith(f"{'ABCDEFGHIJK'[at]} 列") and len(result.areas[0].records) == count


def test_a_sum_is_none_of_the_records_however_far_right_its_name_stands() -> None:
    head = ["序号", "乡镇", "一月", "二月", "三月", "党组织名称", "党员数", "得分"]
    body = [[float(n), "青禾镇", 1.0, 2.0, 3.0, f"第{n}党支部", 10.0 + n, 60.0 + 3 * n] for n in range(1, 7)]
    for word in ("合 计", "平均", "占比"):
        area = only([head, *body, ["", "青禾镇", 9.0, 9.0, 9.0, word, 99.0, 99.0], [7.0, *body[0][1:]]])
        assert list(area.records) == [2, 3, 4, 5, 6, 7, 9]


@pytest.mark.parametrize(
    "named",
    [["", "青禾镇合计：1个"], ["青禾镇小计", "1个"]],
    ids=["in the place of a name", "of the township"],
)
def test_a_numbered_subtotal_called_after_the_group_above_it_is_none_though_the_group_has_one_record(
    named: list[str],
) -> None:
    rows = [
        HEAD,
        *organisations(3),
        [4.0, *named, 31.0, 69.0],
        [4.0, "柳泉乡", "东风村党支部", 9.0, 8.0],
    ]
    area = only(rows)
    assert list(area.records) == [2, 3, 4, 6]


def test_a_line_with_two_signatures_is_no_record_though_a_telephone_number_stands_under_the_account() -> None:
    head = ["乡镇", "村", "姓名", "身份证号", "离任日期", "开户行", "", "卡号", "备注"]
    person = [
        "青禾镇",
        "红旗村",
        "王刚",
        "230227195308151013",
        "2020-10",
        "农业银行",
        "",
        "6217001234567890123",
        "",
    ]
    signed = [
        "单位负责人：",
        "王德福",
        "审核人：",
        "王德福",
        "填表人：",
        "王德福",
        "联系电话：",
        "0600-5512345",
    ]
    area = only([head, person, person, signed])
    assert list(area.records) == [2, 3]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 6),
    st.sampled_from(("发展党员：预备党员", "报酬: 基本", "办公经费：水电")),
    st.integers(1, 4),
)
def test_a_full_line_with_a_number_is_a_record_though_its_name_has_a_colon(
    at: int, name: str, count: int
) -> None:
    """In a table of two columns a full line looks like 填报单位：青禾镇, but a number is no remark."""
    rows: list[list[Any]] = [["甲项", 3.0], ["乙项", 4.0], ["丙项", 5.0]][:count]
    rows.insert(min(at, len(rows)), [name, 10.0])
    (area,) = layout(Sheet("预算", [["项目", "金额"], *rows]), "预算.xlsx").areas
    assert list(area.records) == list(range(2, len(rows) + 2))


def test_a_label_with_its_value_below_a_table_of_two_columns_is_no_record() -> None:
    rows: list[list[Any]] = [
        ["项目", "金额"],
        ["甲项", 3.0],
        ["乙项", 4.0],
        ["填报单位：青禾镇", "填报日期：2026年4月"],
    ]
    (area,) = layout(Sheet("预算", rows), "预算.xlsx").areas
    assert list(area.records) == [2, 3]
