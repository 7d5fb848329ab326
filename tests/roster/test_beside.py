"""Comments, lines struck through and columns of remarks reach the rows, from every format that keeps them."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from xlsxwriter import Workbook

from sanchuang_cli.finding import Severity
from sanchuang_cli.record import Beside
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.books.comments import RETURNED, spoken
from sanchuang_cli.roster.books.oldxls import _comments
from sanchuang_cli.roster.checks.audit import Audit
from tests.roster.file_formats import ods, ods_cell, rewritten, saved

from .books import Person, audited, book, people, table

STRUCK = Font(strike=True)
THREAD = b"""<?xml version="1.0"?><ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">
<threadedComment ref="A2" id="{1}"><text>\xe4\xb9\xa1\xe9\x95\x87\xe9\x97\xae</text></threadedComment>
<threadedComment ref="A2" id="{2}" parentId="{1}"><text>\xe5\xb7\xb2\xe5\x8e\xbb\xe4\xb8\x96</text></threadedComment></ThreadedComments>"""


def beside(path: Path) -> dict[int, Beside]:
    return dict(open_book(path).sheets[0].beside)


def test_a_book_without_any_has_none(tmp_path: Path) -> None:
    assert beside(saved(tmp_path / "a.xlsx")) == {}


def test_comments_are_read_without_their_authors_name(tmp_path: Path) -> None:
    def say(sheet: Any) -> None:
        sheet["A2"].comment = Comment("管理员:\n2026年4月去世，停发", "管理员")
        sheet["C3"].comment = Comment("号码已核对", "x")

    assert beside(saved(tmp_path / "a.xlsx", say)) == {
        2: Beside({1: "2026年4月去世，停发"}),
        3: Beside({3: "号码已核对"}),
    }


def test_a_thread_is_read_with_its_replies_and_without_the_words_for_old_programs(tmp_path: Path) -> None:
    old = "[线程批注]\n\n你的 Excel 版本可读取此线程批注; 所作的任何改动都将被删除。\n\n注释:\n    乡镇问"
    path = saved(tmp_path / "a.xlsx", lambda sheet: setattr(sheet["A2"], "comment", Comment(old, "tc={1}")))
    assert beside(path) == {2: Beside({1: "乡镇问"})}

    def threaded(part: str, content: bytes) -> bytes:
        link = (
            b'<Relationship Id="t9" Target="../threadedComments/threadedComment1.xml"'
            b' Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/></Relationships>'
        )
        return content.replace(b"</Relationships>", link) if "sheet1.xml.rels" in part else content

    new = rewritten(path, tmp_path / "b.xlsx", threaded)
    with zipfile.ZipFile(new, "a") as package:
        package.writestr("xl/threadedComments/threadedComment1.xml", THREAD)
    assert beside(new) == {2: Beside({1: "乡镇问\n已去世"})}


def test_what_a_returned_copy_said_is_no_comment_of_the_clerks() -> None:
    assert spoken(f"{RETURNED}\n错误：备注“已去世”。") == ""
    assert spoken(f"号码已核对\n\n{RETURNED}\n错误：已去世。") == "号码已核对"


def test_cells_struck_through_are_told_from_those_that_take_the_line_back(tmp_path: Path) -> None:
    def strike(sheet: Any) -> None:
        for cell in sheet[2]:
            cell.font = STRUCK
        sheet["A3"].font = Font(strike=False)

    assert beside(saved(tmp_path / "a.xlsx", strike)) == {2: Beside({}, {1: True, 2: True, 3: True})}


@pytest.mark.parametrize("shared", [True, False])
def test_runs_of_rich_text_struck_through_are_seen(tmp_path: Path, shared: bool) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(str(path), {"constant_memory": not shared}) as made:
        line, plain = made.add_format({"font_strikeout": True}), made.add_format({"bold": True})
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "金额"])
        sheet.write_rich_string(1, 0, line, "王", line, "刚")
        sheet.write_rich_string(2, 0, line, "王刚", plain, "王岗")
        sheet.write_rich_string(3, 0, plain, "王", line, "　", plain, "冈")
    assert beside(path) == {2: Beside({}, {1: True}), 3: Beside({}, {1: False})}


def test_the_second_reader_of_xlsx_sees_them_too(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["A2"].font = STRUCK
        sheet["A2"].comment = Comment("已去世", "x")
        sheet["XFD1000000"] = "角"

    path = saved(tmp_path / "a.xlsx", change)
    assert beside(path)[2] == Beside({1: "已去世"}, {1: True})


def test_comments_that_cannot_be_read_say_nothing_and_stop_nothing(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["A2"].font = STRUCK
        sheet["B2"].comment = Comment("已去世", "x")

    def spoil(part: str, content: bytes) -> bytes:
        return content[:-9] if "comments/comment" in part else content

    path = rewritten(saved(tmp_path / "a.xlsx", change), tmp_path / "b.xlsx", spoil)
    assert beside(path) == {2: Beside({}, {1: True})}


def test_an_ods_tells_them(tmp_path: Path) -> None:
    note = (
        "<office:annotation><dc:creator xmlns:dc='d'>管理员</dc:creator><text:p>2026年4月</text:p>"
        "<text:p>去世</text:p></office:annotation>"
    )
    cells = ods_cell("王刚", 'table:style-name="s"').replace("<text:p>", note + "<text:p>", 1) + ods_cell(
        "男"
    )
    path = tmp_path / "a.ods"
    style = (
        b'<office:automatic-styles xmlns:style="urn:s"><style:style style:name="s" style:family="table-cell">'
        b'<style:text-properties style:text-line-through-style="solid"/></style:style>'
        b'<style:style style:name="t" style:family="table-cell">'
        b'<style:text-properties style:text-line-through-style="none"/></style:style></office:automatic-styles>'
    )
    rows = f"<table:table-row>{ods_cell('姓名')}</table:table-row><table:table-row>{cells}</table:table-row>"
    path.write_bytes(ods(rows))
    rewritten(path, tmp_path / "b.ods", lambda part, c: c.replace(b"<office:body>", style + b"<office:body>"))
    assert beside(tmp_path / "b.ods") == {2: Beside({1: "2026年4月\n去世"}, {1: True})}


def test_an_old_workbook_tells_them(tmp_path: Path) -> None:
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    fonts = b"".join(
        record(0x0231, struct.pack("<HHHB", 200, line, 0x7FFF, 1) + b"A") for line in (0, 0x0008)
    )
    styles = b"".join(record(0x0443, bytes([at == 1]) + bytes(11)) for at in range(16))
    cells = b"".join(
        record(0x0204, struct.pack("<HHHH", row, 0, row == 1, 4) + text.encode("gbk"))
        for row, text in enumerate(("姓名", "王刚", "李明"))
    )
    path = tmp_path / "a.xls"
    start = record(0x0409, struct.pack("<HHH", 4, 0x10, 0)) + record(0x42, struct.pack("<H", 936))
    path.write_bytes(start + fonts + styles + cells + record(0x0A, b""))
    assert beside(path) == {2: Beside({}, {1: True})}
    note = SimpleNamespace(text="管理员:\n已去世")
    assert _comments(SimpleNamespace(cell_note_map={(1, 0): note})) == {(2, 1): "已去世"}


# ---------------------------------------------------------------- what a check makes of them


def worst(result: Audit) -> list[tuple[str, str, str]]:
    return [(f.code, f.severity.value, f.place.cell) for f in result.findings if f.code.startswith("remarks")]


@pytest.mark.parametrize(
    "heading", ["备注", "说明", "情况说明", "备注（其他需要说明的情况）", "核实情况", "备 注"]
)
def test_a_column_of_remarks_is_heard_whatever_it_is_called(tmp_path: Path, heading: str) -> None:
    rows = [
        {key: person[key] for key in person if key != "备注"} | {heading: "已去世"} for person in people({})
    ]
    result = audited(table(tmp_path / "甲.xlsx", rows))
    assert [code for code, *_ in worst(result)] == ["remarks.dead"]
    assert str(result.tally) == "读取 1 = 采用 0 + 待核实 1"
    assert not any(f.code == "columns.not-understood" for f in result.findings)


def test_two_columns_of_remarks_are_both_heard(tmp_path: Path) -> None:
    rows = [person | {"备注": "老党员", "其他说明": "已去世"} for person in people({})]
    assert [code for code, *_ in worst(audited(table(tmp_path / "甲.xlsx", rows)))] == ["remarks.dead"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"备注": "2026年5月病故"}, "remarks.dead"),
        ({"备注": "2026年5月病故", "死亡日期": "2026-05-03"}, None),
        ({"备注": "病故", "死亡日期": "2026-05-03"}, None),
        ({"备注": "2026年5月病故", "死亡日期": "2026-06-03"}, "remarks.differs"),
        ({"备注": "2026年5月病故，停发", "死亡日期": "2026-05"}, None),
        ({"备注": "停发", "健在情况": "死亡"}, None),
        ({"备注": "老伴去世"}, "remarks.of-others"),
        ({"备注": "老伴去世", "死亡日期": "2026-06-03"}, None),
        ({"姓名": "王甲（去世）"}, "remarks.dead"),
        ({"姓名": "王甲（身故）"}, "remarks.dead"),
        ({"姓名": "王甲去世"}, "remarks.dead"),
        ({"姓名": "王甲（配偶去世）"}, "remarks.of-others"),
        ({"姓名": "王甲（曾用名王钢）"}, None),
        ({"姓名": "石新亡"}, None),
        ({"姓名": "韩迁出"}, None),
    ],
)
def test_what_the_fields_say_themselves_is_not_said_again(
    tmp_path: Path, cells: dict[str, Any], code: str | None
) -> None:
    result = audited(book(tmp_path / "甲.xlsx", cells))
    assert [remark for remark, *_ in worst(result)] == ([code] if code else [])


def changed(path: Path, change: Callable[[Any], object]) -> Path:
    workbook = openpyxl.load_workbook(path)
    change(workbook.worksheets[0])
    workbook.save(path)
    return path


def struck(*columns: int) -> Callable[[Any], None]:
    def strike(sheet: Any) -> None:
        for column in columns:
            sheet.cell(3, column).font = STRUCK

    return strike


def test_a_row_counts_as_struck_by_the_cells_that_say_who_it_is_or_by_most_of_them(tmp_path: Path) -> None:
    path = book(tmp_path / "甲.xlsx", {"备注": "老党员"}, {})
    headings = [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][2]]
    name, identity = headings.index("姓名") + 1, headings.index("身份证号") + 1
    assert worst(audited(changed(path, struck(name, identity)))) == [
        ("remarks.struck-row", "error", f"{'ABCDEFGHIJKLMN'[name - 1]}3")
    ]
    path = book(tmp_path / "乙.xlsx", {"备注": "老党员"}, {})
    assert [remark[:2] for remark in worst(audited(changed(path, struck(name))))] == [
        ("remarks.struck-cell", "warning")
    ]
    path = book(tmp_path / "丙.xlsx", {"备注": "老党员"}, {})
    most = [at for at, heading in enumerate(headings, 1) if heading != "姓名"]
    assert [remark[0] for remark in worst(audited(changed(path, struck(*most))))] == ["remarks.struck-row"]
    path = book(tmp_path / "丁.xlsx", {"备注": "老党员"}, {})
    result = audited(changed(path, struck(headings.index("备注") + 1)))
    assert [(f.code, f.severity, f.place.heading) for f in result.findings] == [
        ("remarks.struck-cell", Severity.WARNING, "备注")
    ]


def test_a_blank_cell_that_is_struck_says_nothing(tmp_path: Path) -> None:
    assert worst(audited(changed(book(tmp_path / "甲.xlsx", {}), struck(30, 31)))) == []


def test_a_name_struck_in_part_sets_nobody_aside(tmp_path: Path) -> None:
    path = book(tmp_path / "甲.xlsx", {})

    def strike(sheet: Any) -> None:
        place = next(cell for cell in sheet[2] if cell.value == "姓名")
        run = TextBlock(InlineFont(strike=True), "王")
        sheet.cell(3, place.column).value = CellRichText(run, "甲")

    assert [remark[:2] for remark in worst(audited(changed(path, strike)))] == [
        ("remarks.struck-cell", "warning")
    ]
    assert [record.name for record in audited(path).rosters["persons"].records] == ["王甲"]


def test_a_comment_on_any_cell_of_the_row_is_heard_at_its_place(tmp_path: Path) -> None:
    path = book(tmp_path / "甲.xlsx", {}, {})
    changed(path, lambda sheet: setattr(sheet["A3"], "comment", Comment("2026年4月去世，停发", "x")))
    result = audited(path)
    assert worst(result) == [("remarks.dead", "error", "A3")]
    assert result.tally.set_aside == 1
    assert isinstance(result.rosters["persons"].records[0], Person)
