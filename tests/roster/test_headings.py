"""Headers among odd headings: what is known of a row outweighs what is odd in it, and a template is a template."""

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.roster.grid import Merge, Sheet
from sanchuang_cli.roster.tables.sheet_layout import SheetLayout, layout

NUMBER = "230227195308151013"
COLUMNS: dict[str, Any] = {
    "序号": 1.0,
    "乡镇": "青禾镇",
    "村": "红旗村",
    "姓名": "王刚",
    "性别": "男",
    "身份证号": NUMBER,
    "入党日期": "1985.06",
    "离任职务": "书记",
    "任职经历": "1988.3—1999.12 书记",
    "离任原因": "届满",
    "户籍状况": "在村",
    "健在情况": "健在",
    "审批日期": "2010.5",
    "开户行": "农商行",
    "银行账号": "6217001234567890123",
    "联系电话": "13800000000",
    "备注": "",
}
ODD: list[Any] = [
    "2026年4月",
    "202604",
    202604.0,
    2025.0,
    "2025年度",
    1.0,
    datetime.date(2026, 4, 1),
    datetime.datetime(2026, 4, 1, 8, 0),
    "备注：",
    "12月",
    "100",
    True,
]


def read(rows: list[list[Any]], *merges: Merge) -> SheetLayout:
    return layout(Sheet("表", rows, merges), "a.xlsx")


@st.composite
def headings(draw: st.DrawFn) -> list[str]:
    """Some of a roster's columns in any order, 姓名 and 身份证号 among them."""
    more = draw(st.lists(st.sampled_from([*COLUMNS]), min_size=3, max_size=15, unique=True))
    return draw(st.permutations(list(dict.fromkeys(["姓名", "身份证号", *more]))))


@settings(max_examples=200, deadline=None)
@given(headings(), st.sampled_from(ODD), st.integers(0, 17), st.integers(1, 6), st.booleans())
def test_one_odd_heading_never_costs_the_table(
    head: list[str], odd: Any, at: int, people: int, titled: bool
) -> None:
    rows: list[list[Any]] = [["某县离任村干部名册"]] if titled else []
    rows.append([*head[:at], odd, *head[at:]])
    for _ in range(people):
        cells = [COLUMNS[heading] for heading in head]
        rows.append([*cells[:at], 50.0, *cells[at:]])
    areas = read(rows).areas
    assert [len(area.records) for area in areas] == [people]
    assert [name for name in areas[0].columns if name in COLUMNS] == head
    assert len(areas[0].columns) == len(head) + 1 and all(areas[0].columns)


@settings(max_examples=150, deadline=None)
@given(headings(), st.integers(0, 15), st.integers(1, 6))
def test_a_heading_merged_over_two_columns_used_apart_never_costs_the_table(
    head: list[str], at: int, people: int
) -> None:
    at = min(at, len(head))
    rows: list[list[Any]] = [["名册"], [*head[:at], "开户行及账号", "", *head[at:]]]
    for n in range(people):
        cells = [COLUMNS[heading] for heading in head]
        rows.append([*cells[:at], "农商行", f"621700123456789012{n}", *cells[at:]])
    (area,) = read(rows, (2, at + 1, 2, at + 2)).areas
    assert len(area.records) == people
    assert area.columns[at : at + 2] == ("开户行及账号",) * 2


@settings(max_examples=150, deadline=None)
@given(
    headings(),
    st.sampled_from([[2025.0, 2026.0], ["2025", "2026"], ["2025年", "2026年"], [202603.0, 202604.0]]),
    st.integers(0, 15),
    st.booleans(),
    st.booleans(),
)
def test_years_below_a_wide_heading_are_its_subheadings(
    head: list[str], years: list[Any], at: int, down: bool, wide: bool
) -> None:
    at = min(at, len(head))
    rows: list[list[Any]] = [
        [*head[:at], "补贴标准", "", *head[at:]],
        [*[""] * at, *years, *[""] * (len(head) - at)],
    ]
    for _ in range(3):
        cells = [COLUMNS[heading] for heading in head]
        rows.append([*cells[:at], 485.0, 505.0, *cells[at:]])
    singles = [column for column in range(1, len(head) + 3) if column not in (at + 1, at + 2)]
    merges = ([(1, at + 1, 1, at + 2)] if wide or down else []) + [(1, c, 2, c) for c in singles if down]
    (area,) = read(rows, *merges).areas
    assert area.header_rows == (1, 2) and len(area.records) == 3
    assert all(name.startswith("补贴标准/") for name in area.columns[at : at + 2])


@settings(max_examples=150, deadline=None)
@given(headings(), st.integers(1, 8), st.booleans(), st.integers(1, 5))
def test_helper_columns_without_headings_never_cost_the_table(
    head: list[str], helpers: int, gap: bool, people: int
) -> None:
    rows: list[list[Any]] = [["名册"], list(head)]
    for n in range(people):
        rows.append([*(COLUMNS[heading] for heading in head), *[""] * gap, *[float(n)] * helpers])
    result = read(rows)
    assert [len(area.records) for area in result.areas] == [people]
    assert [f.code for f in result.findings] == ["layout.unnamed-column"]


@settings(max_examples=200, deadline=None)
@given(
    headings(),
    st.integers(0, 4),
    st.sampled_from(
        [
            [],
            ["负责人：", "", "审核人：", "", "填表人："],
            ["单位负责人：张三", "制表人：李四", "联系电话：0452-6123456"],
            ["审核：", "经办：", "", "2026年4月20日"],
            ["注：本表一式三份"],
            ["说明：1.只填在册人员。", "2.一人一行。"],
            ["", "", "", "2026年  月  日"],
        ]
    ),
    st.booleans(),
)
def test_a_template_that_nobody_filled_in_has_no_records(
    head: list[str], blank: int, below: list[Any], numbered: bool
) -> None:
    lines = [[float(n + 1)] if numbered and head[0] == "序号" else [] for n in range(blank)]
    (area,) = read([["名册"], list(head), *lines, below]).areas
    assert area.header_rows == (2, 2) and not list(area.records)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([*COLUMNS]), min_size=4, unique=True), st.integers(1, 40))
def test_a_blank_roster_of_any_width_is_a_template(known: list[str], unknown: int) -> None:
    unknown = min(unknown, 2 * len(known))
    head = [*known, *(f"自设栏{chr(0x4E00 + n)}" for n in range(unknown))]
    (area,) = read([["名册"], head]).areas
    assert len(area.columns) == len(head) and not list(area.records)


@pytest.mark.parametrize(
    "line",
    [
        ["检查时间", "年月日时分", "检查人"],
        ["检查时间", "", "年 月 日 时 分", "检查人", ""],
        ["检查时间", "____年__月__日", "检查单位", ""],
    ],
)
def test_a_line_of_a_form_heads_no_table(line: list[Any]) -> None:
    assert not read([["安全检查记录"], line, ["检查内容"], ["存在问题"]]).areas
