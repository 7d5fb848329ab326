"""Copies of what other programs write: strict packages, books without styles, templates, drawings that are no XML, threads."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from sanchuang_cli.roster.returns.ooxml.notes import blank_drawing, drawn, noted
from sanchuang_cli.roster.returns.ooxml.package import Package
from sanchuang_cli.roster.returns.ooxml.sheets import Restyled
from sanchuang_cli.roster.returns.ooxml.spans import UneditableError, parsed, utf8
from tests.roster.books import number
from tests.roster.copies.books import made, read, with_texts_in_place, without_macros
from tests.roster.copies.builder import ROOT, SHEET, THREAD, Parts, everything, put, relate, zipped
from tests.roster.copies.features import OURS, Opened, features, found, marks
from tests.roster.copies.findings import declare
from tests.roster.returned_copies import RED, records, returned_copy

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/"
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*will be removed:UserWarning"
)  # openpyxl, about what it does not know
SPACES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": f"{_STRICT}spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": f"{_STRICT}officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/": f"{_STRICT}drawingml/",
}


def saved(folder: Path, files: Parts, name: str = "名册.xlsx") -> Path:
    path = folder / name
    path.write_bytes(zipped(files))
    return path


def test_a_strict_package_stays_strict(tmp_path: Path) -> None:
    files = without_macros(everything())
    for name, data in files.items():
        for usual, strict in SPACES.items():
            data = data.replace(usual.encode(), strict.encode())
        files[name] = data
    path = saved(tmp_path, files)
    copy = returned_copy(path)
    after = read(copy.saved.path)
    assert copy.notes == ()
    assert features(after, marks(after)) == features(files, marks(after))
    assert not [name for name in after if name.endswith(".xml") and _MAIN.encode() in after[name]]
    assert records(copy.saved.path) == records(path) != []


def test_a_book_without_styles_gets_some_and_its_marks_are_coloured(tmp_path: Path) -> None:
    files = with_texts_in_place(without_macros(everything()))
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        files[name] = re.sub(rb"<\w+ [^>]*styles[^>]*/>", b"", files[name])
    del files["xl/styles.xml"]
    for name in files:
        if name.startswith("xl/worksheets/sheet"):
            files[name] = re.sub(rb' s="\d+"', b"", files[name])
            files[name] = re.sub(rb"<conditionalFormatting.*</conditionalFormatting>", b"", files[name])
    path = saved(tmp_path, files)
    copy = returned_copy(path)
    assert copy.notes == ()
    sheet = load_workbook(copy.saved.path)["名册"]
    assert (sheet["B5"].fill.fgColor.rgb, sheet["A3"].fill.fill_type) == (RED, None)
    assert records(copy.saved.path) == records(path) != []


def test_a_template_comes_back_as_a_workbook(tmp_path: Path) -> None:
    files = without_macros(everything())
    put(files, "[Content_Types].xml", "spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")
    copy = returned_copy(saved(tmp_path, files, "名册.xltx")).saved.path
    assert copy.suffix == ".xlsx"
    assert b"template" not in read(copy)["[Content_Types].xml"]


def test_a_signature_that_the_copy_would_break_goes_and_this_is_said(tmp_path: Path) -> None:
    files = without_macros(everything())
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/"
    relate(files, "_rels/.rels", "rIdSigned", f"{origin}origin", "_xmlsignatures/origin.sigs")
    relate(files, "_xmlsignatures/_rels/origin.sigs.rels", "rId1", f"{origin}signature", "sig1.xml")
    files |= {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"}
    declare(
        files,
        "/_xmlsignatures/sig1.xml",
        "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
    )
    put(files, "[Content_Types].xml", "</Types>", '<Default Extension="sigs" ContentType="a/b"/></Types>')
    copy = returned_copy(saved(tmp_path, files))
    assert [note for note in copy.notes if "数字签名" in note] == list(copy.notes) != []
    assert not [name for name in read(copy.saved.path) if "signature" in name]


def test_parts_named_with_backslashes_are_found(tmp_path: Path) -> None:
    files = {
        name.replace("/", "\\") if "sheet" in name else name: data for name, data in everything().items()
    }
    copy = returned_copy(saved(tmp_path, files))
    assert copy.notes == ()
    assert records(copy.saved.path) == records(tmp_path / "名册.xlsx") != []


def test_a_thread_is_answered_and_the_answer_goes_with_the_next_return(tmp_path: Path) -> None:
    first = returned_copy(made(tmp_path, "as XlsxWriter writes it")).saved.path
    (answer,) = answers(read(first))
    assert (answer.get("ref"), answer.get("parentId")) == ("B7", ROOT)
    assert "".join(answer.itertext()).startswith(OURS)
    people = {
        person.get("id"): person.get("displayName")
        for person in found(Opened(read(first)).xml("xl/persons/person.xml"), "person")
    }
    assert people[answer.get("personId")] == "sanchuang"
    assert len(answers(read(returned_copy(first).saved.path))) == 1
    mended = read(first)
    mended[SHEET] = re.sub(
        rb'(<c r="B7"[^>]*>)<v>\d+</v>',
        rb"\1<v>%d</v>" % shared(mended, number("19530815", 107)),
        mended[SHEET],
    )
    again = returned_copy(saved(tmp_path, mended, "再报.xlsm")).saved.path
    assert answers(read(again)) == []


def answers(files: Parts) -> list[ElementTree.Element]:
    said = found(ElementTree.fromstring(files[THREAD]), "threadedComment")
    return [each for each in said if OURS in "".join(each.itertext())]


def shared(files: Parts, text: str) -> int:
    """The number of a new shared text."""
    count = files["xl/sharedStrings.xml"].count(b"<si>")
    put(files, "xl/sharedStrings.xml", "</sst>", f"<si><t>{text}</t></si></sst>")
    return count


EXCELS = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="3"/></o:shapelayout>
<v:shape id="_x0000_s3073" type="#_x0000_t202" style='position:absolute;width:96pt;height:55pt;visibility:hidden'>
<v:textbox><div><br></div></v:textbox><x:ClientData ObjectType="Note"><x:Anchor>1, 15, 1, 10</x:Anchor><x:Row>1</x:Row>
<x:Column>0</x:Column></x:ClientData></v:shape><v:shape id="_x0000_s3074" style="width:9pt"><x:ClientData ObjectType="Button">
<x:Anchor>1, 1, 1, 1</x:Anchor></x:ClientData></v:shape></xml>"""


def comments(*references: str) -> bytes:
    each = "".join(
        f'<comment ref="{ref}" authorId="0"><text><t>核过</t></text></comment>' for ref in references
    )
    return f'<comments xmlns="{_MAIN}"><authors><author>文书</author></authors><commentList>{each}</commentList></comments>'.encode()


def test_boxes_are_added_to_a_drawing_that_is_no_xml_and_other_shapes_stay() -> None:
    after = drawn(EXCELS, noted(comments("A2"), {(2, 1): "一", (9, 3): "二"}))
    shapes = re.findall(rb"<v:shape\b.*?</v:shape>", after, re.DOTALL)
    assert re.findall(rb'<v:shape [^>]*id="_x0000_s(\d+)"', after) == [b"3073", b"3074", b"3075"]
    assert b"width:340px" in shapes[0] and b"Anchor" not in shapes[0] and b"<br>" in shapes[0]
    assert shapes[1] in EXCELS
    assert b"<x:Row>8</x:Row><x:Column>2</x:Column>" in shapes[2]


def test_a_longer_comment_without_a_box_gets_one() -> None:
    after = drawn(blank_drawing(2), noted(comments("A2"), {(2, 1): "一"}))
    assert b"<x:Row>1</x:Row><x:Column>0</x:Column>" in after and b'id="_x0000_s2049"' in after


def test_a_comment_of_ours_alone_goes_with_its_box() -> None:
    first = noted(comments(), {(2, 1): f"{OURS}\n改"})
    second = noted(first.part, {})
    assert b"<comment " not in second.part
    assert b"<v:shape " not in drawn(drawn(blank_drawing(1), first), second)


def test_a_comment_that_is_not_concerned_keeps_every_byte() -> None:
    part = comments("A2", "B7")
    rest = part[part.index(b"<comment ref") : part.index(b"</commentList>")]
    assert rest in noted(part, {(9, 9): "二"}).part


@pytest.mark.parametrize(
    ("row", "style"),
    [('<row r="3" s="7" customFormat="1">', 107), ('<row r="3" s="7">', 104), ("", 104)],
)
def test_a_cell_that_is_made_is_styled_like_its_row_or_else_its_column(row: str, style: int) -> None:
    there = f'{row}<c r="A3" s="1"/></row>' if row else ""
    columns = '<cols><col min="2" max="9" style="4"/></cols>'
    data = (
        f'<worksheet xmlns="{_MAIN}">{columns}<sheetData>{there}<row r="5"/></sheetData></worksheet>'.encode()
    )
    after = Restyled(data, {(3, 2): lambda style: style + 100}).result()
    (cell,) = (cell for cell in parsed(after).all("c") if cell.get("r") == "B3")
    assert cell.get("s") == str(style)
    assert [row.get("r") for row in parsed(after).all("row")] == ["3", "5"]


def test_only_the_list_is_selected_in_every_window_so_that_nobody_types_into_two_sheets(
    tmp_path: Path,
) -> None:
    opened = Opened(read(returned_copy(made(tmp_path, "shown twice")).saved.path))
    selected = [view for part in opened.sheets.values() for view in found(opened.xml(part), "sheetView")]
    assert len(selected) == 5 and not any(view.get("tabSelected") for view in selected)
    assert [view.get("activeTab") for view in found(opened.book, "workbookView")] == ["3", "3"]


@pytest.mark.parametrize("late", ["<controls/>", "<tableParts/>", "<extLst/>"])
def test_the_drawing_of_comments_is_linked_before_what_must_stand_behind_it(late: str) -> None:
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    alternative = f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="x14">{late}</mc:Choice></mc:AlternateContent>'
    for behind in (late, alternative):
        data = f'<worksheet xmlns="{_MAIN}"><sheetData/><pageMargins/>{behind}</worksheet>'.encode()
        sheet = Restyled(data, {})
        sheet.draw("rId9", "r")
        names = [node.name for node in parsed(sheet.result()).children]
        assert names[:3] == ["sheetData", "pageMargins", "legacyDrawing"] and len(names) == 4


def test_a_part_with_entities_is_refused() -> None:
    with pytest.raises(UneditableError):
        parsed(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "gb18030"])
def test_parts_in_other_codings_are_read_in_utf8(coding: str) -> None:
    name = coding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{name}"?><a>王刚</a>'.encode(coding)
    assert parsed(utf8(data)).text == "王刚"


def test_the_same_book_gives_the_same_copy(tmp_path: Path) -> None:
    path = made(tmp_path, "as XlsxWriter writes it")
    first = returned_copy(path).saved.path.read_bytes()
    assert returned_copy(path).saved.path.read_bytes() == first


def test_a_package_that_is_not_changed_keeps_every_part() -> None:
    files = everything()
    again = Package(Package(zipped(files)).packed())
    assert {again.path(name): again.read(name) for name in again} == files
    sheets = CalamineWorkbook.from_filelike(BytesIO(Package(zipped(files)).packed())).sheet_names
    assert sheets == ["名册", "字典", "底稿"]
