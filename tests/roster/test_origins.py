"""A merged roster leads back to the file, sheet and cell that each of its rows came from."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook
from xlsxwriter import Workbook

from sanchuang_cli.finding import Place, column_letters, column_number
from sanchuang_cli.record import Record
from sanchuang_cli.report import workbook
from sanchuang_cli.roster.checks.audit import Audit
from sanchuang_cli.roster.returns.merging import merged
from tests import members
from tests.command import Sanchuang, book
from tests.counts import FULL
from tests.roster.books import PERSONS, audited, number

PAIRS = 300 if FULL else 25
FIELDS = ("name", "sex", "identity", "born", "account", "remarks")
HEADINGS = {
    "name": ("姓名", "党员姓名"),
    "sex": ("性别",),
    "identity": ("身份证号", "公民身份号码"),
    "born": ("出生日期", "出生年月"),
    "account": ("银行账号", "一卡通账号"),
    "remarks": ("备注",),
}


def written(dice: Random, path: Path, start: int) -> Path:
    """A book of one or two sheets, each with columns in an order of its own, under headings of its own, somewhere on it."""
    with Workbook(str(path)) as made:
        for at in range(dice.randint(1, 2)):
            sheet = made.add_worksheet(dice.choice(["名册", "Sheet", "人员"]) + str(at))
            optional = dice.sample(["sex", "born", "account", "remarks"], dice.randint(1, 4))
            fields = dice.sample(["name", "identity", *optional], len(optional) + 2)
            top, left = dice.randint(0, 4), dice.randint(0, 2)
            sheet.write_row(top, left, [dice.choice(HEADINGS[field]) for field in fields])
            for row in range(dice.randint(1, 5)):
                person = start + 10 * at + row
                cells = {"name": f"王{'甲乙丙丁戊'[row]}", "identity": number(sequence=person), "sex": "男"}
                cells |= {"born": "1953-08-15", "account": "", "remarks": f"第{person}号"}
                sheet.write_row(top + 1 + row, left, [cells[field] for field in fields])
    return path


def people(result: Audit) -> Sequence[Any]:
    return result.rosters["persons"].records


def by_number(records: Sequence[Any]) -> dict[str, Record]:
    return {record.identity: record for record in records}


def test_each_cell_of_a_merged_pair_of_books_leads_back_to_the_senders_cell(tmp_path: Path) -> None:
    for seed in range(PAIRS):
        dice = Random(seed)
        pair = [
            written(dice, tmp_path / f"{town}.xlsx", 100 + 40 * n) for n, town in enumerate(("青禾", "望河"))
        ]
        before = audited(*pair)
        target = tmp_path / "全县.xlsx"
        workbook.write(target, merged(before, {"persons": PERSONS}, {}), on=date(2026, 6, 30))
        after = audited(target)
        before_rows, after_rows = by_number(people(before)), by_number(people(after))
        assert before_rows.keys() == after_rows.keys() and before_rows
        for who, record in before_rows.items():
            for field in (*FIELDS, ""):
                place, again = record.row.place(field), after_rows[who].row.place(field)
                assert again.sent == place, (seed, field)
                assert str(again) == str(place)
                assert again.line == ("全县.xlsx", "人员名册", after_rows[who].row.number)


def test_a_run_on_a_merged_book_cites_the_senders_file_sheet_and_cell(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    towns = {"青禾镇": members.HEADINGS, "望河乡": tuple(reversed(members.HEADINGS))}
    for town, headings in towns.items():
        of_town = [person for person in members.people() if person["乡镇"] == town]
        book(
            tmp_path / f"{town}.xlsx",
            [[person.get(head, "") for head in headings] for person in of_town],
            headings,
            f"{town}册",
        )
    sanchuang("merge", "青禾镇.xlsx", "望河乡.xlsx", "--as", "members", "--out", "全县.xlsx")
    asked = ("--period", "2026Q2", "--on", "2026-06-30")
    ran = sanchuang("subsidies", "全县.xlsx", *asked, "--out", "册.xlsx")
    at = towns["望河乡"].index("任职经历") + 1
    row = 3 + [person["姓名"] for person in members.people() if person["乡镇"] == "望河乡"].index("冯海涛")
    cell = f"{column_letters(at)}{row}"
    assert f"（望河乡.xlsx 望河乡册 {cell}）" in ran.err
    assert "还出现在 望河乡.xlsx 望河乡册" in ran.err  # what a message names is the sender's too
    direct = sanchuang("subsidies", "青禾镇.xlsx", "望河乡.xlsx", *asked, "--out", "直接.xlsx")
    assert f"（望河乡.xlsx 望河乡册 {cell}）" in direct.err
    for page in ("待核实名单", "疑点"):
        merged_page, page_of_both = (
            [[str(value or "") for value in line] for line in load_workbook(tmp_path / name)[page].values]
            for name in ("册.xlsx", "直接.xlsx")
        )
        assert merged_page == page_of_both
        (line,) = [line for line in merged_page if "冯海涛" in line]
        assert f"望河乡.xlsx 望河乡册 {cell}" in line


def test_a_row_that_does_not_say_where_it_came_from_stands_where_it_is(tmp_path: Path) -> None:
    first = book(
        tmp_path / "甲.xlsx",
        [("王甲", number(), "", "", "")],
        ("姓名", "身份证号", "来源文件", "来源工作表", "来源行"),
    )
    (record,) = people(audited(first))
    assert record.row.place("name").origin == Place("甲.xlsx", "名册", 3, 1, "姓名")


def test_without_the_page_of_columns_a_row_leads_back_to_its_line(tmp_path: Path) -> None:
    headings = ("姓名", "身份证号", "来源文件", "来源工作表", "来源行")
    first = book(tmp_path / "甲.xlsx", [("王甲", number(), "青禾.xlsx", "名册", 7)], headings)
    (record,) = people(audited(first))
    assert str(record.row.place("name")) == "青禾.xlsx 名册 第7行"


def test_a_book_merged_again_is_its_sender_s(tmp_path: Path) -> None:
    first = book(tmp_path / "村.xlsx", [("王甲", number())], ("姓名", "身份证号"))
    for name in ("镇.xlsx", "县.xlsx"):
        tables = merged(audited(first), {"persons": PERSONS}, {})
        workbook.write(tmp_path / name, tables, on=date(2026, 6, 30))
        first = tmp_path / name
    (record,) = people(audited(first))
    assert str(record.row.place("name")) == "镇.xlsx 人员名册 A3（姓名）"


def test_letters_of_columns_are_read_as_they_are_written() -> None:
    assert [column_number(column_letters(n)) for n in range(1, 20_000)] == list(range(1, 20_000))
