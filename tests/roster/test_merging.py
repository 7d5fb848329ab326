"""Many books in one roster: every row once, with where it came from, and read again just as it was."""

from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import pytest
from msgspec import structs
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.record import NOT_WORKED_OUT, Field, Record, Wanted
from sanchuang_cli.report import workbook
from sanchuang_cli.roster.checks.audit import Audit
from sanchuang_cli.roster.returns.merging import merged
from tests.roster.books import PERSONS, audited, book, card, number, table


class Everything(Record, frozen=True, kw_only=True):
    """A field of every kind."""

    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    sex: Annotated[str, Field("性别", Kind.CHOICE, choices={"男": (), "女": ()})] = ""
    joined: Annotated[VagueDate | None, Field("入党日期", Kind.DATE)] = None
    spells: Annotated[tuple[Spell, ...], Field("任职经历", Kind.SPELLS)] = ()
    poor: Annotated[bool | None, Field("困难台账", Kind.FLAG)] = None
    income: Annotated[int | None, Field("家庭年人均收入", Kind.MONEY)] = None
    score: Annotated[Fraction | None, Field("综合得分", Kind.SCORE)] = None
    content: Annotated[Fraction | None, Field("满意率", Kind.PERCENT)] = None
    stars: Annotated[int | None, Field("上年星级", Kind.STARS)] = None
    members: Annotated[int | None, Field("党员数", Kind.COUNT)] = None
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""
    phone: Annotated[str, Field("联系电话", Kind.PHONE)] = ""
    remarks: Annotated[str, Field("备注")] = ""


EVERYTHING = Wanted(Everything, "名册")

FIRST: dict[str, Any] = {
    "身份证号": number("19300101"),
    "姓名": "买买提·阿不都拉",
    "任职经历": "1984.5—1995.4；1998年6月-至今 任村主任",
    "入党日期": "1985.06",
    "困难台账": "√",
    "家庭年人均收入": "1,234.05元",
    "备注": "=不是公式",
}
SECOND: dict[str, Any] = {
    "联系电话": "139 0000 1234",
    "银行账号": card(),
    "满意率": "93.337%",
    "综合得分": "88.125",
    "上年星级": "四星",
    "党员数": 35,
    "性别": "男",
    "姓名": "王刚",
    "身份证号": number("19310101"),
    "入党日期": "1955年",
}


def written(result: Audit, wanted: Wanted[Any], target: Path) -> Path:
    workbook.write(target, merged(result, {"persons": wanted}, {}), on=date(2026, 6, 30))
    return target


def told(result: Audit) -> Counter[tuple[str, str, str]]:
    """What was found, and where the sender wrote it."""
    return Counter((one.code, one.severity.value, str(one.place)) for one in result.findings)


def test_every_kind_of_value_is_read_again_as_it_was_and_only_a_remark_not_worked_out_is_told(
    tmp_path: Path,
) -> None:
    paths = [table(tmp_path / f"{at}.xlsx", [row]) for at, row in enumerate((FIRST, SECOND))]
    before = audited(*paths, persons=EVERYTHING)
    after = audited(written(before, EVERYTHING, tmp_path / "all.xlsx"), persons=EVERYTHING)
    assert [one.code for one in after.findings] == ["remarks.unheard"]
    records = [
        [structs.replace(r, row=None) for r in result.rosters["persons"].records]
        for result in (before, after)
    ]
    formula, plain = records[0]
    assert records[1] == [structs.replace(formula, remarks=NOT_WORKED_OUT), plain], (
        "what is unread is not blank"
    )


def test_a_cell_that_cannot_be_read_is_merged_as_it_was_written_and_is_unread_again(tmp_path: Path) -> None:
    odd = {"入党日期": "2026.6.31", "困难台账": "不详", "家庭年人均收入": "#N/A", "党员数": "约三十"}
    before = audited(table(tmp_path / "1.xlsx", [{**SECOND, **odd}]), persons=EVERYTHING)
    after = audited(written(before, EVERYTHING, tmp_path / "all.xlsx"), persons=EVERYTHING)
    first, again = (result.rosters["persons"].records[0].row for result in (before, after))
    assert set(again.unread) == set(first.unread) == {"joined", "poor", "income", "members"}
    assert [again.written(name) for name in first.unread] == [first.written(name) for name in first.unread]


@pytest.mark.parametrize(
    "odd",
    [
        {"任职经历": "约1990—2001 村支部书记"},
        {"任职经历": "1984.5—1995年上半年 村主任；1998年6月-至今 任村主任"},
        {"入党日期": "约1985年"},
        {"入党日期": "1985.1"},
    ],
)
def test_a_day_that_is_known_loosely_is_read_again_as_it_was(tmp_path: Path, odd: dict[str, str]) -> None:
    before = audited(table(tmp_path / "1.xlsx", [{**FIRST, **odd, "备注": ""}]), persons=EVERYTHING)
    after = audited(written(before, EVERYTHING, tmp_path / "all.xlsx"), persons=EVERYTHING)
    first, again = (result.rosters["persons"].records[0] for result in (before, after))
    assert (first.joined, first.spells) == (again.joined, again.spells)


def test_columns_stand_in_declared_order_and_each_row_says_where_it_came_from(tmp_path: Path) -> None:
    first = table(tmp_path / "青禾.xlsx", [{"身份证号": number(), "姓名": "王甲"}])
    second = table(
        tmp_path / "白杨.xlsx", [{"姓名": "李乙", "性别": "女", "证件号码": number("19600101", 102)}]
    )
    sheet = load_workbook(written(audited(first, second), PERSONS, tmp_path / "all.xlsx"))["人员名册"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = rows.index(["姓名", "性别", "身份证号", "来源文件", "来源工作表", "来源行"])
    assert rows[head + 1 : head + 3] == [
        ["王甲", None, number(), "青禾.xlsx", "名册", 3],
        ["李乙", "女", number("19600101", 102), "白杨.xlsx", "名册", 3],
    ]


def test_rows_set_aside_are_listed_with_why_and_counted_by_file(tmp_path: Path) -> None:
    wrong = number()[:-1] + "4"
    first = book(tmp_path / "青禾.xlsx", {"身份证号": wrong}, {}, {})
    second = book(tmp_path / "白杨.xlsx", {"姓名": "另一人", "身份证号": number(sequence=103)})
    checked = audited(first, second)
    assert str(checked.tally) == "读取 4 = 采用 1 + 待核实 3"
    result = load_workbook(written(checked, PERSONS, tmp_path / "all.xlsx"))
    aside = [[cell.value for cell in row] for row in result["待核实"].iter_rows(min_row=2)]
    assert [row[:4] for row in aside if row[2] in (3, 4)] == [
        ["青禾.xlsx", "名册", 3, "B3"],
        ["青禾.xlsx", "名册", 4, "B4"],
        ["白杨.xlsx", "名册", 3, "B3"],
    ]
    assert "校验码不对" in str(aside[1][4])
    assert "重复，且姓名不一致" in str(aside[2][4])
    assert not any(secret in str(row) for row in aside for secret in (wrong, number(sequence=103)))
    sources = [[cell.value for cell in row] for row in result["来源"].iter_rows()]
    assert [row[:4] for row in sources if str(row[0]).endswith(".xlsx")] == [
        ["青禾.xlsx", 3, 1, 2],
        ["白杨.xlsx", 1, 0, 1],
    ]


def test_a_merged_roster_is_read_without_a_word_about_its_other_pages(tmp_path: Path) -> None:
    before = audited(book(tmp_path / "甲.xlsx", {}))
    again = audited(written(before, PERSONS, tmp_path / "all.xlsx"))
    assert again.findings == ()
    assert again.tally.read == 1


def test_a_row_that_could_not_be_read_is_set_aside_again_until_somebody_has_looked_at_it(
    tmp_path: Path,
) -> None:
    path = book(tmp_path / "甲.xlsx", {"身份证号": "1"}, {}, {"身份证号": "2"})
    before = audited(path)
    target = written(before, PERSONS, tmp_path / "all.xlsx")
    again = audited(target)
    assert told(again) == told(before)
    assert (again.tally.read, again.tally.set_aside) == (3, 2)
    mended = load_workbook(target)
    sheet = mended["人员名册"]
    (cell,) = [cell for line in sheet.iter_rows() for cell in line if cell.value == "1"]
    cell.value = number(sequence=109)
    mended.save(target)
    (doubt,) = [one for one in audited(target).findings if one.code == "roster.merged-aside"]
    assert "合并时待核实：" in doubt.message and "身份证号" in doubt.message
    (why,) = [one for one in sheet[cell.row] if str(one.value).startswith("身份证号")]
    why.value = None
    mended.save(target)
    assert audited(target).tally.set_aside == 1


def test_rows_that_an_older_merge_left_out_are_told(tmp_path: Path) -> None:
    before = audited(book(tmp_path / "甲.xlsx", {"身份证号": "1"}, {}))
    target = written(before, PERSONS, tmp_path / "all.xlsx")
    older = load_workbook(target)
    older["待核实"]["A1"] = "人员名册待核实（没有并入）"
    older.save(target)
    assert "book.not-understood" in [one.code for one in audited(target).findings]


def test_rows_of_one_person_that_contradict_one_another_are_set_aside_again(tmp_path: Path) -> None:
    """They are one row in the merged roster, in which nothing contradicts any more."""
    path = table(tmp_path / "甲.xlsx", [{**FIRST, "备注": ""}, {**FIRST, "姓名": "王乙", "备注": ""}, SECOND])
    sent = load_workbook(path)
    sheet = sent.worksheets[0]
    (column,) = [cell.column_letter for cell in sheet[2] if cell.value == "身份证号"]
    sheet.merge_cells(f"{column}3:{column}4")
    sent.save(path)
    before = audited(path, persons=EVERYTHING)
    again = audited(written(before, EVERYTHING, tmp_path / "all.xlsx"), persons=EVERYTHING)
    assert [one.code for one in before.findings] == ["roster.rows-joined-differ"]
    (doubt,) = again.findings
    assert doubt.code == "roster.merged-aside" and "各行的姓名不一致" in doubt.message
    assert (before.tally.set_aside, again.tally.set_aside) == (1, 1)


def test_an_account_that_was_not_used_is_not_used_of_the_merged_roster(tmp_path: Path) -> None:
    """Its holder is somebody else, or it is closed, by a column which the merged roster has not."""
    holders = {"银行账号": card(), "户名": "李四"}, {"银行账号": card(2), "已注销账号": card(2)}
    before = audited(book(tmp_path / "甲.xlsx", *holders, {"银行账号": card(3)}))
    again = audited(written(before, PERSONS, tmp_path / "all.xlsx"))
    for result in (before, again):
        assert [person.account for person in result.rosters["persons"].records] == ["", "", card(3)]


def test_what_stands_beside_the_fields_is_not_lost(tmp_path: Path) -> None:
    """Comments, other columns of remarks and struck cells stand in one more column, which is heard when it is read."""
    path = table(
        tmp_path / "甲.xlsx",
        [{"身份证号": number(), "姓名": "王甲", "性别": "男", "备注": "老党员", "情况说明": "老伴去世"}],
    )
    sent = load_workbook(path)
    sheet = sent.worksheets[0]
    (name,) = [cell for cell in sheet[3] if cell.value == "王甲"]
    name.comment = Comment("号码已核对", "乡镇")
    (sex,) = [cell for cell in sheet[3] if cell.value == "男"]
    sex.font = Font(strike=True)
    sent.save(path)
    before = audited(path)
    again = audited(written(before, PERSONS, tmp_path / "all.xlsx"))
    assert [f.code for f in before.findings] == ["remarks.struck-cell", "remarks.of-others"]
    assert [f.code for f in again.findings] == ["remarks.of-others"]
    merged_sheet = load_workbook(tmp_path / "all.xlsx")["人员名册"]
    cells = [cell.value for row in merged_sheet.iter_rows() for cell in row]
    assert "情况说明：老伴去世；批注：号码已核对；原表划了删除线：性别" in cells and "老党员" in cells


def test_a_row_set_aside_is_listed_with_what_stood_beside_it(tmp_path: Path) -> None:
    path = table(
        tmp_path / "甲.xlsx",
        [{"身份证号": number(), "姓名": "王甲"}, {"身份证号": number(sequence=103), "姓名": "李乙"}],
    )
    sent = load_workbook(path)
    (name,) = [cell for cell in sent.worksheets[0][3] if cell.value == "王甲"]
    name.comment = Comment("2026年4月去世", "乡镇")
    sent.save(path)
    result = load_workbook(written(audited(path), PERSONS, tmp_path / "all.xlsx"))
    (row,) = [row for row in result["待核实"].iter_rows(min_row=3, values_only=True) if row[0] == "甲.xlsx"]
    assert "批注：2026年4月去世" in str(row[-1])
