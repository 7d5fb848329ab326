"""Returned copies: every wrong cell marked, nothing else changed, the same records when they are read again."""

import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from sanchuang_cli.finding import UserError
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.checks.audit import Audit, audit, texts
from sanchuang_cli.roster.returns import copying
from sanchuang_cli.roster.returns.copying import copy_of, unlocked
from sanchuang_cli.roster.returns.returning import Returned, _bytes, returned
from tests.counts import FULL
from tests.roster.books import PERSONS, audited, book, card, codes, number, people, sheet_rows, table

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
WRONG = number()[:-1] + "4"
MOST_ROWS = 20_000 if FULL else 1_000
CORPUS = Path(__file__).parents[3] / "shared" / "workbooks"


def returned_from(found: Audit, folder: Path, passwords: Sequence[str] = ()) -> list[Returned]:
    return returned(found, texts(found, {"persons": PERSONS}), folder, passwords)


def returned_copy(path: Path, passwords: Sequence[str] = ()) -> Returned:
    found = audit([path], {"persons": PERSONS}, passwords=passwords)
    assert not found.files[0].error
    (copy,) = returned_from(found, path.parent / "退回", passwords)
    return copy


def drawn(path: Path, sheet: str = "名册") -> Worksheet:
    return load_workbook(path)[sheet]


def records(path: Path, passwords: Sequence[str] = ()) -> list[Any]:
    """The records without their row, which knows the file's name."""
    found = audit([path], {"persons": PERSONS}, passwords=passwords)
    return [structs.asdict(structs.replace(record, row=None)) for record in found.rosters["persons"].records]


def two_rows(folder: Path) -> Path:
    """One row with an error and a warning, one without a doubt."""
    wrong = {"身份证号": WRONG, "出生日期": "2008.6.31", "银行账号": card()}
    return book(folder / "青禾.xlsx", wrong, {"出生日期": "1953-08-15"})


def test_wrong_cells_are_coloured_by_weight_and_say_what_to_do(tmp_path: Path) -> None:
    sheet = drawn(returned_copy(two_rows(tmp_path)).saved.path)
    assert [sheet[cell].fill.fgColor.rgb for cell in ("B3", "C3")] == [RED, YELLOW]
    assert sheet["B4"].fill.fill_type is None
    words = sheet["B3"].comment.text
    assert "错误：身份证号“230227************”校验码不对" in words
    assert "改法：多半错了一位或两位颠倒，照证件核对后重填" in words


def test_no_full_number_stands_in_comments_or_on_the_list(tmp_path: Path) -> None:
    path = book(tmp_path / "甲.xlsx", {"身份证号": WRONG}, {"银行账号": card()}, {"银行账号": card()})
    workbook = load_workbook(returned_copy(path).saved.path)
    said = [cell.comment.text for row in workbook["名册"].iter_rows() for cell in row if cell.comment]
    said += [str(cell.value) for row in workbook["退回修改"].iter_rows() for cell in row]
    assert not any(secret in words for words in said for secret in (WRONG, card()))
    assert workbook["名册"]["B3"].value == WRONG  # it is their book


def test_the_list_names_each_place_with_a_link_to_its_cell(tmp_path: Path) -> None:
    sheet = drawn(returned_copy(two_rows(tmp_path)).saved.path, "退回修改")
    assert sheet["A1"].value == "退回修改：错误 1 处、警告 1 处"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0] == ["序号", "级别", "工作表", "位置", "栏目", "原来填的", "问题", "依据", "怎么改"]
    assert rows[1][1:6] == ["错误", "名册", "B3", "身份证号", "230227************"]
    links = [sheet.cell(row, 4).hyperlink for row in (4, 5)]
    assert [link.location for link in links if link] == ["'名册'!B3", "'名册'!C3"]


def test_a_finding_about_a_whole_row_marks_its_first_cell(tmp_path: Path) -> None:
    path = book(tmp_path / "甲.xlsx", {"姓名": None, "身份证号": None, "乡镇": "青禾镇"}, {})
    sheet = drawn(returned_copy(path).saved.path)
    assert sheet["A3"].fill.fgColor.rgb == RED


def test_reading_a_copy_gives_the_same_records_and_findings(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    copy = returned_copy(path).saved.path
    assert records(copy) == records(path) != []
    assert codes(audited(copy)) == codes(audited(path))


@pytest.mark.parametrize("names", [("_CELLS",), ("_VALUE",), ("_CELLS", "_VALUE")])
def test_without_the_private_names_of_openpyxl_a_copy_has_the_same_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: Sequence[str]
) -> None:
    path = book(tmp_path / "甲.xlsx", {"姓名": None, "身份证号": None, "乡镇": "青禾镇"}, {"身份证号": WRONG})
    before = said_in(returned_copy(path).saved.path)
    for name in names:
        monkeypatch.setattr(copying, name, "_no_such_name")
    path.with_name("退回").rename(path.with_name("退回前"))
    assert said_in(returned_copy(path).saved.path) == before


def said_in(path: Path) -> list[Any]:
    """Every cell with its colour and its comment."""
    return [
        (sheet.title, cell.coordinate, cell.value, cell.fill.fgColor.rgb, cell.comment and cell.comment.text)
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]


def test_the_installed_openpyxl_has_the_private_names() -> None:
    sheet: Any = Workbook().active
    assert hasattr(sheet, copying._CELLS) and hasattr(sheet["A1"], copying._VALUE)


def test_a_corrected_copy_is_read_without_a_finding(tmp_path: Path) -> None:
    copy = returned_copy(two_rows(tmp_path)).saved.path
    workbook = load_workbook(copy)
    workbook["名册"]["B3"] = number()
    workbook["名册"]["C3"] = "1953-08-15"
    workbook.save(copy)
    assert audited(copy).findings == ()


def test_marks_of_an_earlier_return_go_when_the_cell_is_right(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    workbook = load_workbook(path)
    workbook["名册"]["B3"].comment = Comment("镇里核过", "镇文书")
    workbook.save(path)
    first = returned_copy(path).saved.path
    workbook = load_workbook(first)
    workbook["名册"]["B3"] = number()
    workbook.save(first)
    second = load_workbook(returned_copy(first).saved.path)
    sheet = second["名册"]
    assert sheet["B3"].fill.fill_type is None
    assert sheet["B3"].comment.text == "镇里核过"
    assert sheet["C3"].comment.text.count("【退回修改】") == 1
    assert second.sheetnames == ["名册", "退回修改"]


def test_a_comment_that_was_there_is_kept_and_extended(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    workbook = load_workbook(path)
    workbook["名册"]["B3"].comment = Comment("镇里核过", "镇文书")
    workbook["名册"]["A4"].comment = Comment("本人来电", "镇文书")
    workbook.save(path)
    sheet = drawn(returned_copy(path).saved.path)
    assert sheet["B3"].comment.text.startswith("镇里核过\n\n【退回修改】")
    assert sheet["A4"].comment.text == "本人来电"


def test_layout_is_kept(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    workbook = load_workbook(path)
    sheet = workbook["名册"]
    sheet.column_dimensions["B"].width = 31
    sheet.row_dimensions[4].height = 44
    sheet["B4"].fill = PatternFill("solid", fgColor="FF00B050")
    workbook.create_sheet("说明")["A1"] = "填表说明"
    workbook.save(path)
    copy = load_workbook(returned_copy(path).saved.path)
    sheet = copy["名册"]
    assert copy.sheetnames == ["名册", "说明", "退回修改"]
    assert (sheet.column_dimensions["B"].width, sheet.row_dimensions[4].height) == (31, 44)
    assert sheet["B4"].fill.fgColor.rgb == "FF00B050"
    assert [str(merge) for merge in sheet.merged_cells.ranges] == ["A1:C1"]


def with_formula(path: Path) -> Path:
    """XlsxWriter keeps the result of a formula beside it, as spreadsheet programs do."""
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("名册")
    rows = sheet_rows(people({"身份证号": WRONG, "发放金额": 1}, {"发放金额": 1}))
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    sheet.write_formula("C2", "=1200.1+0.2", None, 1200.3000000000002)
    sheet.write_formula("C3", "=0", None, 0)
    if path.suffix == ".xlsm":
        workbook.add_vba_project(BytesIO(b"macros"), True)
    workbook.close()
    return path


def test_formulas_become_what_they_gave_and_this_is_said(tmp_path: Path) -> None:
    copy = returned_copy(with_formula(tmp_path / "甲.xlsx"))
    sheet = drawn(copy.saved.path)
    assert (sheet["C2"].value, sheet["C3"].value) == (1200.3000000000002, 0)
    assert any("C2:C3 原是公式（2 格）" in note for note in copy.notes)
    assert "原是公式" in sheet["C3"].comment.text
    notes = [row[0].value for row in drawn(copy.saved.path, "退回修改").iter_rows(max_row=4)]
    assert copy.notes[0] in notes


def test_macros_stay_in_an_xlsm(tmp_path: Path) -> None:
    copy = returned_copy(with_formula(tmp_path / "甲.xlsm")).saved.path
    assert copy.name == "甲-退回修改.xlsm"
    with zipfile.ZipFile(copy) as package:
        assert package.read("xl/vbaProject.bin") == b"macros"
    assert records(copy) == records(tmp_path / "甲.xlsm")


def test_what_the_copy_loses_is_said(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("名册")
    for at, row in enumerate(sheet_rows(people({"身份证号": WRONG}))):
        sheet.write_row(at, 0, row)
    sheet.insert_textbox("F2", "盖章处")
    sheet.add_sparkline("E2", {"range": "名册!A1:B2"})
    workbook.close()
    copy = returned_copy(path)
    (note,) = copy.notes
    assert note.startswith("这份副本没有保留：")
    assert "文本框和图形 1 处" in note
    assert "迷你图 1 处" in note
    assert any(
        "文本框" in str(row[0].value) for row in drawn(copy.saved.path, "退回修改").iter_rows(max_row=4)
    )


def locked(path: Path, password: str) -> Path:
    from msoffcrypto.format.ooxml import OOXMLFile

    content = path.read_bytes()
    with path.open("wb") as target:
        OOXMLFile(BytesIO(content)).encrypt(password, target)
    return path


def test_the_copy_of_a_locked_book_is_locked_with_its_password(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    before = records(path)
    copy = returned_copy(locked(path, "qinghe"), ["qinghe"]).saved.path
    with pytest.raises(UserError, match="密码"):
        open_book(copy)
    assert records(copy, ["qinghe"]) == before != []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_file_comes_back_as_a_workbook_that_says_so(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "青禾.csv"
    rows = sheet_rows(people({"身份证号": WRONG, "备注": "=1+1"}, {"备注": "007"}))
    path.write_text("\n".join(",".join(str(cell or "") for cell in row) for row in rows), encoding)
    copy = returned_copy(path)
    assert copy.saved.path.name == "青禾-退回修改.xlsx"
    assert "文本文件" in copy.notes[0]
    sheet = drawn(copy.saved.path, "青禾")
    assert (sheet["C2"].value, sheet["C2"].data_type, sheet["C3"].value) == ("=1+1", "s", "007")
    assert records(copy.saved.path) == records(path) != []


MANIFEST = """<?xml version="1.0" encoding="UTF-8"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:automatic-styles><style:style style:name="wide" style:family="table-column">
<style:table-column-properties style:column-width="5.7cm"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="名册">
<table:table-column table:style-name="wide" table:number-columns-repeated="2"/>{rows}
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_ods_comes_back_with_its_merges_and_widths(tmp_path: Path) -> None:
    def row(*cells: str, span: str = "") -> str:
        body = "".join(
            f'<table:table-cell office:value-type="string"{span}><text:p>{cell}</text:p></table:table-cell>'
            for cell in cells
        )
        return f"<table:table-row>{body}</table:table-row>"

    title = row("青禾镇党员名册", span=' table:number-columns-spanned="2" table:number-rows-spanned="1"')
    rows = title + row("姓名", "身份证号") + row("王甲", WRONG) + row("王乙", number("19600101"))
    path = tmp_path / "甲.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr("content.xml", ODS.format(rows=rows))
    copy = returned_copy(path)
    sheet = drawn(copy.saved.path)
    assert sheet.column_dimensions["B"].width == pytest.approx(30, abs=0.1)
    assert [str(merge) for merge in sheet.merged_cells.ranges] == ["A1:B1"]
    assert "ODF 工作簿" in copy.notes[0]
    assert "合并和列宽相同" in copy.notes[0]
    assert records(copy.saved.path) == records(path) != []


def test_comments_and_struck_cells_come_back_with_a_copy_made_anew(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>2026年4月去世</text:p></office:annotation>"
    style = (
        '<office:automatic-styles><style:style xmlns:style="urn:s" style:name="s" style:family="table-cell">'
    )
    style += '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'

    def row(*cells: str, more: str = "", note: str = "") -> str:
        body = "".join(
            f'<table:table-cell office:value-type="string"{more}>{note}<text:p>{cell}</text:p></table:table-cell>'
            for cell in cells
        )
        return f"<table:table-row>{body}</table:table-row>"

    rows = row("姓名", "身份证号") + row("王甲", number(), more=' table:style-name="s"')
    rows += row("王乙", number("19600101"), note=note)
    path = tmp_path / "甲.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr(
            "content.xml", ODS.format(rows=rows).replace("<office:body>", style + "<office:body>")
        )
    before = audited(path)
    after = audited(returned_copy(path).saved.path)
    assert codes(before) == ["error remarks.struck-row 2", "error remarks.dead 3", "error remarks.dead 3"]
    assert codes(after) == codes(before)


def test_what_a_returned_copy_says_is_not_heard_when_it_comes_back(tmp_path: Path) -> None:
    path = book(tmp_path / "甲.xlsx", {"备注": "2026年5月病故"})
    copy = returned_copy(path).saved.path
    assert [(f.code, f.place.cell) for f in audited(copy).findings] == [
        (f.code, f.place.cell) for f in audited(path).findings
    ]


def test_a_book_without_error_or_warning_is_not_returned(tmp_path: Path) -> None:
    found = audited(book(tmp_path / "甲.xlsx", {}), two_rows(tmp_path))
    assert [copy.name for copy in returned_from(found, tmp_path / "退回")] == ["青禾.xlsx"]


def test_books_of_one_name_get_a_copy_each(tmp_path: Path) -> None:
    paths = []
    for folder in ("青禾", "白杨"):
        (tmp_path / folder).mkdir()
        paths.append(book(tmp_path / folder / "名册.xlsx", {"身份证号": WRONG}))
    paths.append(book(tmp_path / "名册.xlsm", {"身份证号": WRONG}))
    copies = returned_from(audited(*paths), tmp_path / "退回")
    assert len({copy.saved.path for copy in copies}) == 3
    assert {path.name for path in (tmp_path / "退回").iterdir()} >= {
        "青禾-名册-退回修改.xlsx",
        "白杨-名册-退回修改.xlsx",
    }


def test_nothing_is_overwritten_and_the_same_copy_gives_the_same_bytes(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    before = path.read_bytes()
    first = returned_copy(path).saved.path
    content = first.read_bytes()
    assert returned_copy(path).saved.path.read_bytes() == content
    workbook = load_workbook(first)
    workbook["名册"]["B3"] = number()
    workbook.save(first)
    third = returned_copy(path).saved
    assert third.path.name == "青禾-退回修改-2.xlsx"
    assert third.instead
    assert path.read_bytes() == before


def test_blank_runs_of_rich_text_stay() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    font = InlineFont(b=True)
    sheet["A1"] = CellRichText(TextBlock(font, " "), "王", TextBlock(font, "  "), TextBlock(font, "刚"), " ")
    again = load_workbook(BytesIO(_bytes(workbook)))
    assert again.active["A1"].value == " 王  刚 "  # type: ignore[index]


@pytest.mark.parametrize("kind", ["files", "nasty"])
def test_a_copy_of_every_real_book_holds_the_same_cells(tmp_path: Path, kind: str) -> None:
    """Of those that can be read; the large ones are left to the full run."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real workbooks is not beside the repository (../shared/workbooks)")
    compared = 0
    for path in sorted((CORPUS / kind).iterdir()):
        try:
            book_there = open_book(path)
        except UserError:
            continue
        if path.name in _TRIMMED or sum(len(s.rows) + len(s.merges) for s in book_there.sheets) > MOST_ROWS:
            continue
        content, _ = unlocked(path, [])
        copy = copy_of(book_there, content)
        target = tmp_path / f"copy{copy.suffix}"
        target.write_bytes(_bytes(copy.workbook))
        sheets = {sheet.name: sheet for sheet in open_book(target).sheets}
        for sheet in book_there.sheets:
            same = sheets[copy.titles[sheet.name]]
            assert cells(sheet.rows) == cells(same.rows), path.name
            assert sorted(sheet.merges) == sorted(same.merges), path.name
            assert (sheet.hidden, sheet.hidden_rows) == (same.hidden, same.hidden_rows), path.name
        compared += 1
    assert compared >= {"files": 30, "nasty": 20}[kind]


_TRIMMED = {"tafia__calamine__whitespace_trim.xlsx"}
"""python-calamine trims what is written without xml:space, openpyxl keeps it: the records are the same."""


def cells(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Without blank cells at the right and blank rows at the end."""
    kept = []
    for row in rows:
        line = [None if cell in ("", None) else cell for cell in row]
        while line and line[-1] is None:
            line.pop()
        kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


DIRTY = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "无",
            " 王　刚 ",
            "2008.6.31",
            "1985.06",
            "230227********1013",
            "#N/A",
            "壹仟贰佰元整",
            "1.2万",
            "是",
            "0",
        ]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="=")
    ),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.floats(0, 1e18),
    st.integers(-5, 10**17),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.just(number()),
    st.just(card()),
)
HEADINGS = [field.heading for field in PERSONS.fields]


@settings(max_examples=500 if FULL else 10)  # each example writes and reads several workbooks
@given(rows=st.lists(st.lists(DIRTY, min_size=len(HEADINGS), max_size=len(HEADINGS)), min_size=1, max_size=6))
def test_whatever_stands_in_the_cells_a_copy_is_read_like_the_original(rows: list[list[Any]]) -> None:
    with TemporaryDirectory() as folder:
        path = table(Path(folder) / "甲.xlsx", [dict(zip(HEADINGS, row, strict=True)) for row in rows])
        before = audited(path)
        for copy in returned_from(before, Path(folder) / "退回"):
            after = audited(copy.saved.path)
            assert codes(after) == codes(before)
            assert records(copy.saved.path) == records(path)
            assert str(after.tally) == str(before.tally)
