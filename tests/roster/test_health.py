"""Findings of check-ups: no step after the tables are known has one, and all else is read as if they had not been sent."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.finding import Severity
from sanchuang_cli.record import Beside
from sanchuang_cli.roster.columns.aliases import ALIASES
from sanchuang_cli.roster.columns.health import findings_among, may_be_another
from sanchuang_cli.roster.grid import Book, Merge, Sheet
from sanchuang_cli.roster.tables.dropped import LaidOut, laid_out
from tests.health import ALWAYS, PERSON, SECRET, Page, pages

WHO = list(PERSON)


def laid(rows: Sequence[Sequence[Any]], *merges: Merge, **sheet: Any) -> LaidOut:
    return laid_out(Book("a.xlsx", "", (Sheet("名册", rows, merges, **sheet),)))


def person_row(number: int, *more: Any) -> list[Any]:
    return ["青禾镇", "河西村", "王" + "甲乙丙丁"[number], f"23029919530815101{number}", *more]


def everything(result: LaidOut) -> str:
    """All that a later step could say of the book."""
    sheets = [(list(map(list, s.rows)), dict(s.beside), s.merges) for s in result.book.sheets]
    cells = [
        area.cells(row)
        for sheet_layout in result.layouts.values()
        for area in sheet_layout.areas
        for row in area.records
    ]
    return repr((sheets, cells, result.layouts, result.book.findings))


def columns(result: LaidOut) -> list[str]:
    """The columns that notes name."""
    assert all((f.code, f.severity) == ("roster.health", Severity.NOTE) for f in result.book.findings)
    return [f"{f.place.cell} {f.place.heading}" for f in result.book.findings]


def shapes(result: LaidOut) -> list[Any]:
    return [
        (area.header_rows, area.left, area.columns, list(area.records), area.skipped)
        for sheet_layout in result.layouts.values()
        for area in sheet_layout.areas
    ]


@given(st.one_of(pages("甲"), pages("乙")))
def test_no_step_has_a_finding_and_all_else_is_read_as_if_it_had_been_sent_blank(page: Page) -> None:
    sheet = page.sheet()
    comments = {row: Beside({column: text}, {column: True}) for (row, column), text in page.comments.items()}
    result = laid(sheet.rows, *sheet.merges, beside=comments)
    assert SECRET not in everything(result)
    assert sorted(finding.place.column for finding in result.book.findings) == sorted(page.columns)
    blank = page.sheet(blank=True)
    assert shapes(result) == shapes(laid(blank.rows, *blank.merges))


@given(st.one_of(pages("甲"), pages("乙")))
def test_no_step_has_a_finding_where_the_format_keeps_no_merged_cells(page: Page) -> None:
    result = laid(page.sheet().rows)
    assert SECRET not in everything(result)
    assert {finding.place.column for finding in result.book.findings} == set(page.columns)


@pytest.mark.parametrize("heading", ALWAYS)
def test_a_heading_of_findings_is_known_however_it_is_written(heading: str) -> None:
    result = laid([[*WHO, heading, "备注"], person_row(0, SECRET, "好"), person_row(1, SECRET, "好")])
    assert SECRET not in everything(result) and "好" in everything(result)
    assert len(columns(result)) == 1


def test_a_general_word_is_of_findings_only_in_a_table_about_check_ups() -> None:
    assert findings_among([*WHO, "结果"]) == findings_among(["对象", "走访人", "结果"]) == []
    assert findings_among([*WHO, "结果", "体检日期"]) == findings_among([*WHO, "结果"], ["2026年体检"]) == [4]
    assert findings_among([*WHO, "检查结果"]) == [4]
    assert findings_among(["党组织名称", "书记姓名", "检查结果"]) == []


MEASURED = (
    *("收缩压", "舒张压", "血压（mmHg）", "空腹血糖", "血糖(mmol/L)", "餐后2小时血糖", "血脂", "总胆固醇", "甘油三酯", "低密度脂蛋白", "尿酸"),
    *("血红蛋白", "白细胞", "尿常规", "谷丙转氨酶", "体重指数", "BMI", "腰围", "心电图", "B超", "腹部B超", "彩超", "胸片", "CT", "甲状腺彩超"),
    *("肝功能", "眼底检查", "幽门螺杆菌", "乙肝", "乙肝五项", "乙肝表面抗原", "丙肝抗体", "肿瘤标志物", "甲胎蛋白", "CEA", "CA125", "前列腺彩超"),
)  # fmt: skip
OF_CHECKUPS = (
    *("检出疾病", "慢性病", "疾病", "高血压", "是否患高血压", "糖尿病", "脂肪肝", "肿瘤", "结节", "既往病史", "家族史", "身高", "体重", "心率"),
    *("视力", "听力", "内科", "外科检查", "妇科", "肝胆脾肾", "甲状腺", "乳腺", "前列腺", "查出疾病", "确诊疾病", "症状", "过敏史", "口腔"),
)  # fmt: skip


@pytest.mark.parametrize("heading", MEASURED)
def test_what_is_measured_or_looked_at_is_a_finding_in_any_table_about_people(heading: str) -> None:
    assert findings_among([*WHO, heading, "备注"]) == [4]
    assert findings_among([*WHO, f"体检项目/{heading}", "体检日期"]) == [4]
    assert findings_among([*WHO, heading, "结果"]) == [4, 5]
    assert findings_among(["党组织名称", heading]) == []


@pytest.mark.parametrize("heading", OF_CHECKUPS)
def test_organs_and_what_somebody_suffers_from_are_findings_in_a_table_about_check_ups(heading: str) -> None:
    assert findings_among([*WHO, heading, "体检日期"]) == [4]
    assert findings_among([*WHO, heading, "血压"]) == [4, 5]
    assert findings_among([*WHO, heading]) == []


def test_what_other_programmes_read_is_no_finding_even_beside_a_check_up() -> None:
    others = [name for heading, more in ALIASES.items() for name in (heading, *more)]
    assert (
        findings_among(
            [
                *others,
                "体检日期",
                "体检机构",
                "套餐",
                "费用",
                "体检费",
                "复查日期",
                "未检原因",
                "上次体检日期",
                "是否参检",
                "参检情况",
            ]
        )
        == []
    )


def test_when_and_where_a_check_up_was_made_is_no_finding_though_its_head_says_so() -> None:
    heads = ["体检结果/姓名", "体检结果/体检日期", "体检结果/血压", "体检/结果", "诊断日期", "诊断医院"]
    assert findings_among(heads) == [2, 3]


def test_a_total_and_the_next_page_hide_nothing() -> None:
    heading = [*WHO, "主要异常"]
    result = laid(
        [heading, person_row(0, SECRET), ["合计", "", "", "", SECRET], heading, person_row(1, SECRET)]
    )
    assert SECRET not in everything(result)
    assert columns(result) == ["E1 主要异常"]


def test_what_ran_over_into_a_column_without_a_heading_goes_too() -> None:
    result = laid([[*WHO, "主要异常"], person_row(0, "", SECRET), person_row(1, SECRET)])
    assert SECRET not in everything(result) and columns(result) == ["E1 主要异常"]


def test_a_table_below_keeps_its_own_columns_and_what_stands_above_it() -> None:
    below = [
        ["离任名册"],
        ["", "", "", "", "单位：元"],
        [*WHO, "银行账号"],
        person_row(2, "6230"),
        person_row(3, "6231"),
    ]
    result = laid([[*WHO, "主要异常"], person_row(0, SECRET), person_row(1, SECRET), [], *below])
    assert [list(row) for row in result.book.sheets[0].rows[4:]] == below
    assert SECRET not in everything(result)
    assert result.layouts["名册"].areas[1].unit == "元"


def test_a_header_that_passed_for_a_record_hides_nothing() -> None:
    rows: list[list[Any]] = [
        ["乡镇", "姓名", "项目", "金额"],
        ["青禾镇", "王甲", "药", 300.0],
        ["青禾镇", "王乙", "药", 300.0],
    ]
    rows += [["乡镇", "姓名", "年龄", "主要异常"], ["青禾镇", "王丙", 50.0, SECRET]]
    result = laid(rows)
    assert len(result.layouts["名册"].areas[0].records) == 4
    assert SECRET not in everything(result) and columns(result) == ["D4 主要异常"]


def test_a_lower_level_that_stands_alone_is_a_heading() -> None:
    rows = [
        ["乡镇", "体检", "姓名", "身份证号"],
        ["", "主要异常"],
        ["青禾镇", SECRET, "王甲", person_row(0)[3]],
    ]
    result = laid([*rows, ["青禾镇", SECRET, "王乙", person_row(1)[3]]])
    assert SECRET not in everything(result) and columns(result) == ["B1 体检/主要异常"]


def test_a_word_of_a_record_is_no_heading() -> None:
    rows: list[list[Any]] = [
        ["乡镇", "姓名", "项目", "金额"],
        ["青禾镇", "王甲", "诊断", 300.0],
        ["青禾镇", "王乙", "检查结果", 90.0],
    ]
    result = laid(rows)
    assert result.book.findings == () and result.book.sheets[0].rows == rows


@pytest.mark.parametrize(
    "rows",
    [
        [["审批表"], ["姓名", "王甲", "性别", "男"], ["主要异常", SECRET, "复查建议", SECRET]],
        [
            ["主要异常：", f"无{SECRET}异常指标", "其他", ""],
            ["诊断", f"诊断{SECRET}", "诊断", f"{SECRET}诊断"],
        ],
        [["姓名", "王甲", "主要异常", SECRET], ["一", 1.0, "二", 2.0], ["三", 1.0, "四", 2.0]],
        [["王甲", "主要异常"], ["", SECRET], [1.0, SECRET]],
        [["说明"], ["某某", "体检", "情况"], ["", "主要异常", "诊断"], ["", SECRET, SECRET]],
    ],
)
def test_a_sheet_that_is_not_understood_hides_nothing(rows: list[list[Any]]) -> None:
    assert SECRET not in everything(laid(rows))


def test_a_title_that_speaks_of_findings_costs_no_column() -> None:
    rows = [["村书记体检结果表"], ["填报单位：青禾镇", "", "", "体检结果"], WHO, person_row(0), person_row(1)]
    result = laid(rows, (1, 1, 1, 4))
    assert [list(row) for row in result.book.sheets[0].rows] == rows


def test_a_comment_and_a_formula_go_with_their_cell() -> None:
    beside = {2: Beside({5: SECRET, 1: "已去世"}, {5: True, 3: True}), 1: Beside({5: SECRET})}
    rows = [[*WHO, "主要异常"], person_row(0, SECRET), person_row(1, SECRET)]
    result = laid(rows, beside=beside, formula=lambda row, column: f'"{SECRET}"')
    sheet = result.book.sheets[0]
    assert sheet.beside[2] == Beside({1: "已去世"}, {3: True}) and sheet.beside[1] == Beside()
    assert (sheet.formula(2, 5), sheet.formula(2, 4)) == ("", f'"{SECRET}"')


def test_a_book_without_findings_is_handed_on_as_it_is() -> None:
    book = Book(
        "a.xlsx", "", (Sheet("名册", [[*WHO, "健康状况"], person_row(0, "良好"), person_row(1, "去世")]),)
    )
    assert laid_out(book).book is book


def test_what_may_as_well_say_who_went_or_hold_remarks_is_an_error_and_no_note() -> None:
    assert [may_be_another(head) for head in ("上次体检情况", "体检情况备注", "未体检情况说明")] == [True] * 3
    assert [may_be_another(head) for head in ("主要异常", "复查建议", "体检结果")] == [False] * 3
