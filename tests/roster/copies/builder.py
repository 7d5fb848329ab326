"""Makes a workbook of people that has all eighteen features which a returned copy must keep.

XlsxWriter writes what it can; threads, rules of 2010, shapes and printer settings are put into the package by hand.
"""

import zipfile
import zlib
from io import BytesIO
from struct import pack
from typing import Any

import xlsxwriter

from tests.roster.books import card, number
from tests.roster.returned_copies import WRONG

HEADINGS = ("姓名", "身份证号", "入党日期", "银行账号", "发放金额", "备注")
Parts = dict[str, bytes]


def rows() -> list[list[Any]]:
    """The third person has an error and a warning, the fourth an error in a cell with a comment, the fifth in a thread."""
    return [
        ["王甲", number("19530815", 101), "1975-07-01", card(1), 120.5, "家住河西"],
        ["王乙", number("19530815", 103), "1976-07-01", card(2), 240, ""],
        ["王丙", WRONG, "1976.6.31", card(3), 360, "张刚"],
        ["王丁", number("19530815", 105)[:-2] + "00", "1976-01-01", card(4), 480, ""],
        ["王戊", number("19530815", 107)[:-2] + "00", "1976-02-01", card(5), 600, ""],
    ]


def png(red: int = 200) -> bytes:
    """A picture of 40 by 24 points in one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    line = b"\0" + bytes((red, 60, 60)) * 40
    header = pack(">IIBBBBB", 40, 24, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(line * 24))
        + chunk(b"IEND", b"")
    )


def written() -> bytes:
    """The workbook as XlsxWriter writes it."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("名册")
    _fill(book, sheet)
    _rules(book, sheet)
    _drawings(book, sheet)
    _print(sheet)
    hidden = book.add_worksheet("字典")
    hidden.write_column("A1", ["是", "否"])
    hidden.hide()
    very = book.add_worksheet("底稿")
    very.very_hidden()
    book.define_name("人数", "=名册!$E$3:$E$7")
    book.define_name("名册!本页", "=名册!$A$2")
    book.add_vba_project(BytesIO(b"macros of the county"), True)
    book.set_vba_name("ThisWorkbook")
    sheet.set_vba_name("Sheet1")
    book.close()
    return target.getvalue()


def _fill(book: Any, sheet: Any) -> None:
    money = book.add_format(
        {"num_format": '#,##0.00"元"', "font_name": "仿宋", "border": 1, "font_color": "#003366"}
    )
    bold = book.add_format(
        {"bold": True, "bg_color": "#D9E1F2", "locked": True, "align": "center", "rotation": 15}
    )
    sheet.merge_range(
        "A1:F1", "青禾镇党员名册", book.add_format({"bold": True, "font_size": 18, "align": "center"})
    )
    sheet.write_row("A2", HEADINGS, bold)
    for at, row in enumerate(rows(), 2):
        sheet.write_row(at, 0, row[:4], book.add_format({"locked": False, "num_format": "@"}))
        sheet.write_number(at, 4, row[4], money)
        sheet.write(at, 5, row[5])
    sheet.write_rich_string("F4", "张", book.add_format({"italic": True}), "刚", " ")
    sheet.write_formula("E8", "=SUM(E3:E7)", money, 1800.5)
    sheet.write_array_formula("G3:G4", "{=E3:E4*2}", None, 241)
    sheet.set_column("B:B", 24)
    sheet.set_column("H:H", 9, None, {"hidden": True})
    sheet.set_row(1, 33)
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.freeze_panes(2, 1)
    sheet.autofilter("A2:F7")
    sheet.write_url("F3", "https://www.gov.cn/", None, "家住河西", "说明")
    sheet.write_url("F7", "internal:'字典'!A1")
    sheet.write_comment("B6", "镇里核过", {"author": "镇文书", "visible": True, "color": "#DDEEFF"})
    sheet.write_comment("A3", "本人来电", {"author": "镇文书"})
    sheet.write_comment("B7", LEGACY, {"author": f"tc={ROOT}"})
    sheet.protect("1234", {"format_cells": True, "autofilter": True})
    sheet.unprotect_range("F3:F7", "备注可改")


def _rules(book: Any, sheet: Any) -> None:
    sheet.data_validation("F8:F20", {"validate": "list", "source": ["是", "否"], "input_title": "请选"})
    sheet.data_validation(
        "E3:E7", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 9999}
    )
    red = book.add_format({"font_color": "#9C0006", "bg_color": "#FFE0E0"})
    sheet.conditional_format("E3:E7", {"type": "cell", "criteria": ">", "value": 500, "format": red})
    sheet.conditional_format("E3:E7", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    sheet.add_sparkline("I3", {"range": "名册!E3:E7", "type": "column", "markers": True})


def _drawings(book: Any, sheet: Any) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"name": "发放", "categories": "=名册!$A$3:$A$7", "values": "=名册!$E$3:$E$7"})
    chart.set_title({"name": "各人发放"})
    sheet.insert_chart("K2", chart)
    sheet.insert_image("K20", "章.png", {"image_data": BytesIO(png()), "description": "印章"})
    sheet.insert_textbox("K26", "盖章处", {"width": 120, "height": 40})
    sheet.insert_button("K30", {"macro": "汇总", "caption": "汇总"})


def _print(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    sheet.print_area("A1:R40")
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.set_header("&L&G&C青禾镇", {"image_left": "头.png", "image_data_left": BytesIO(png(30))})
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.set_h_pagebreaks([20])
    sheet.center_horizontally()


def parts(content: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(files: Parts) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
THREAD = "xl/threadedComments/threadedComment1.xml"
PERSONS = "xl/persons/person.xml"
PRINTER = "xl/printerSettings/printerSettings1.bin"
_MS = "http://schemas.microsoft.com/office/2017/10/relationships/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TC = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
PERSON = "{8D4C1E3A-0000-4000-8000-000000000001}"
ROOT = "{8D4C1E3A-0000-4000-8000-0000000000A1}"
THREADS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<ThreadedComments xmlns="{_TC}"><threadedComment ref="B7" dT="2026-03-01T08:00:00.00" personId="{PERSON}" id="{ROOT}">
<text>请再核对一次</text></threadedComment><threadedComment ref="B7" dT="2026-03-02T08:00:00.00" personId="{PERSON}"
 id="{ROOT[:-2]}2}}" parentId="{ROOT}"><text>已核</text></threadedComment></ThreadedComments>"""
LEGACY = "[线程批注]\n\n你的Excel版本可读取此线程批注。\n\n注释:\n    请再核对一次\n答复:\n    已核"
SHAPE = """<xdr:twoCellAnchor><xdr:from><xdr:col>10</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>34</xdr:row><xdr:rowOff>0</xdr:rowOff>
</xdr:from><xdr:to><xdr:col>12</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>38</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>
<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice
 xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" Requires="a14"><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr
 id="77" name="五角星"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="star5"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp>
</mc:Choice><mc:Fallback/></mc:AlternateContent><xdr:clientData/></xdr:twoCellAnchor>"""
X14_VALIDATION = """<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">
<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list"
 allowBlank="1"><x14:formula1><xm:f>字典!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>J3:J7</xm:sqref></x14:dataValidation>
</x14:dataValidations></ext>"""


def with_what_is_put_in_by_hand(files: Parts) -> Parts:
    """A thread with a reply, a shape in alternate content, a list of 2010, printer settings and a theme of their own."""
    files = dict(files)
    files[THREAD], files[PRINTER] = THREADS.encode(), b"\1\2printer of the township\3"
    person = f'<person displayName="镇文书" id="{PERSON}" userId="w" providerId="None"/>'
    files[PERSONS] = (
        f'<?xml version="1.0" encoding="UTF-8"?><personList xmlns="{_TC}">{person}</personList>'.encode()
    )
    drawing = next(name for name in files if name.startswith("xl/drawings/drawing"))
    put(files, drawing, "</xdr:wsDr>", SHAPE + "</xdr:wsDr>")
    put(files, SHEET, "</extLst></worksheet>", X14_VALIDATION + "</extLst></worksheet>")
    put(files, SHEET, "<pageSetup ", '<pageSetup r:id="rIdPrinter" ')
    relate(
        files,
        "xl/worksheets/_rels/sheet1.xml.rels",
        "rIdThread",
        _MS + "threadedComment",
        "../threadedComments/threadedComment1.xml",
    )
    relate(
        files,
        "xl/worksheets/_rels/sheet1.xml.rels",
        "rIdPrinter",
        _OFFICE + "printerSettings",
        "../printerSettings/printerSettings1.bin",
    )
    relate(files, "xl/_rels/workbook.xml.rels", "rIdPersons", _MS + "person", "persons/person.xml")
    types = '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/>'
    for name, kind in ((THREAD, "threadedcomments"), (PERSONS, "person")):
        types += f'<Override PartName="/{name}" ContentType="application/vnd.ms-excel.{kind}+xml"/>'
    put(files, "[Content_Types].xml", "</Types>", types + "</Types>")
    types = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    own = (
        '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    put(files, "[Content_Types].xml", types, "")
    put(files, "[Content_Types].xml", "</Types>", own)
    put(files, "xl/theme/theme1.xml", 'name="Office Theme"', 'name="县里的主题"')
    files["customXml/item1.xml"] = "<county>富裕</county>".encode()
    return files


def put(files: Parts, name: str, old: str, new: str) -> None:
    text = files[name].decode()
    assert text.count(old) == 1, (name, old, text.count(old))
    files[name] = text.replace(old, new).encode()


def relate(files: Parts, name: str, key: str, kind: str, target: str) -> None:
    """Adds a link to a part of links, which is made where there is none."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    files.setdefault(
        name,
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{space}"></Relationships>'.encode(),
    )
    link = f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/></Relationships>'
    put(files, name, "</Relationships>", link)


def everything() -> Parts:
    """The parts of a workbook that has all eighteen features."""
    return with_what_is_put_in_by_hand(parts(written()))
