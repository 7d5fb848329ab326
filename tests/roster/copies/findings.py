"""Makes a workbook in which a finding about somebody's health stands in every place that may remember it."""

import re
from io import BytesIO
from typing import Any

import xlsxwriter

from tests.roster.copies.builder import HEADINGS, SHEET, Parts, parts, png, put, relate, rows

WORD = "龘症待查"
PRESSURE = 158.25
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
THREAD = "{8D4C1E3A-0000-4000-8000-0000000000B1}"


def planted() -> Parts:
    """The parts of the workbook. Two columns are findings: 主要异常 and 血压; 汇总 and 透视 repeat them."""
    files = parts(_written())
    _plant_in_sheet(files)
    _plant_pivot(files)
    _plant_thread(files)
    _plant_beside(files)
    return files


def _written() -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("名册")
    sheet.write_row("A1", [*HEADINGS, "主要异常", "血压"])
    for at, row in enumerate(rows(), 1):
        sheet.write_row(at, 0, [*row, f"{WORD}{at}", PRESSURE + at])
    sheet.write_rich_string("G4", "前", book.add_format({"bold": True}), WORD)
    sheet.write_formula("G5", "=B5", None, WORD)
    sheet.write_url("G6", f"https://example.org/{WORD}", None, f"{WORD}看这里", WORD)
    sheet.write_comment("G2", f"医院说{WORD}")
    sheet.write_comment("A3", "本人来电")
    sheet.write_comment("G4", f"[线程批注]\n{WORD}", {"author": f"tc={THREAD}"})
    sheet.autofilter("A1:H6")
    _repeat(book)
    chart = book.add_chart({"type": "column"})
    series = {"categories": "=名册!$G$2:$G$6", "values": "=名册!$H$2:$H$6", "name": "=名册!$G$2"}
    cached = {"categories_data": [WORD] * 5, "values_data": [PRESSURE] * 5}
    chart.add_series(series | cached)
    chart.add_series(
        {
            "categories": "=名册!$A$2:$A$6",
            "values": "=名册!$E$2:$E$6",
            "categories_data": ["王甲"],
            "values_data": [120.5],
        }
    )
    sheet.insert_chart("K2", chart)
    sheet.insert_textbox("K20", WORD, {"textlink": "=名册!$G$2"})
    sheet.insert_textbox("K26", "盖章处")
    sheet.insert_image("K30", "章.png", {"image_data": BytesIO(png())})
    book.set_custom_property("情况", WORD)
    book.define_name("异常", "=名册!$G$2:$G$6")
    book.define_name("提示", f'="{WORD}"')
    book.close()
    return target.getvalue()


def _repeat(book: Any) -> None:
    """A sheet of formulas: over the cell, over that formula, by a name, as an array, shared down, and two that do not depend."""
    sheet = book.add_worksheet("汇总")
    sheet.write_formula("A1", "=A2", None, f"{WORD}传")
    sheet.write_formula("A2", "=名册!G2", None, f"{WORD}一")
    sheet.write_formula("A3", "=INDEX(异常,1)", None, f"{WORD}二")
    sheet.write_array_formula("B1:B2", "{=名册!G2:G3}", None, f"{WORD}三")
    sheet.write_string("B2", f"{WORD}四")
    sheet.write_formula("C1", "=SUM(名册!E2:E6)", None, 1800.5)
    sheet.write_formula("C2", '="说明"&C1', None, "说明1800.5")
    sheet.write_formula("D1", "=VLOOKUP(名册!A2,名册!A:H,7,FALSE)", None, f"{WORD}五")
    book.add_worksheet("透视").write_column("A1", ["主要异常", f"{WORD}1", f"{WORD}2", "总计"])


def _plant_in_sheet(files: Parts) -> None:
    chosen = f'<filterColumn colId="6"><filters><filter val="{WORD}1"/></filters></filterColumn>'
    files[SHEET] = re.sub(
        rb'<autoFilter ref="A1:H6"/>', f'<autoFilter ref="A1:H6">{chosen}</autoFilter>'.encode(), files[SHEET]
    )
    view = f'<customSheetView guid="{THREAD}"><autoFilter ref="A1:H6">{chosen}</autoFilter></customSheetView>'
    put(files, SHEET, "</autoFilter>", f"</autoFilter><customSheetViews>{view}</customSheetViews>")
    shared = f'<row r="8"><c r="I8"><f t="shared" ref="I8:I9" si="7">G2</f><v>{PRESSURE}</v></c></row>'
    shared += f'<row r="9"><c r="I9" t="str"><f t="shared" si="7"/><v>{WORD}六</v></c></row></sheetData>'
    part = "xl/worksheets/sheet2.xml"
    put(files, part, "</sheetData>", shared.replace(">G2<", ">名册!G2<"))
    assert files[SHEET].count(b"<filterColumn") == 2


def _plant_pivot(files: Parts) -> None:
    fields = "".join(f'<cacheField name="{name}"><sharedItems/></cacheField>' for name in HEADINGS)
    items = f'<sharedItems count="2"><s v="{WORD}1"/><s v="{WORD}2"/></sharedItems>'
    number = f'<sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1" count="1"><n v="{PRESSURE}"/></sharedItems>'
    fields += f'<cacheField name="主要异常">{items}</cacheField><cacheField name="血压">{number}</cacheField>'
    source = '<cacheSource type="worksheet"><worksheetSource ref="A1:H6" sheet="名册"/></cacheSource>'
    head = f'xmlns="{_MAIN}" xmlns:r="{_OFFICE[:-1]}" r:id="rId1" recordCount="1"'
    files["xl/pivotCache/pivotCacheDefinition1.xml"] = (
        f'{DECLARED}<pivotCacheDefinition {head}>{source}<cacheFields count="8">{fields}</cacheFields></pivotCacheDefinition>'
    ).encode()
    record = f'<r>{"<m/>" * 6}<s v="{WORD}"/><n v="{PRESSURE}"/></r>'
    files["xl/pivotCache/pivotCacheRecords1.xml"] = (
        f'{DECLARED}<pivotCacheRecords xmlns="{_MAIN}" count="1">{record}</pivotCacheRecords>'.encode()
    )
    rows_of = '<pivotFields count="8">' + "<pivotField/>" * 6
    rows_of += '<pivotField axis="axisRow"><items count="2"><item x="0"/><item x="1"/></items></pivotField><pivotField/></pivotFields>'
    files["xl/pivotTables/pivotTable1.xml"] = (
        f'{DECLARED}<pivotTableDefinition xmlns="{_MAIN}" name="透视表1" cacheId="1" dataCaption="值">'
        f'<location ref="A1:A4" firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/>{rows_of}'
        '<rowFields count="1"><field x="6"/></rowFields></pivotTableDefinition>'
    ).encode()
    relate(
        files,
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels",
        "rId1",
        _OFFICE + "pivotCacheRecords",
        "pivotCacheRecords1.xml",
    )
    relate(
        files,
        "xl/pivotTables/_rels/pivotTable1.xml.rels",
        "rId1",
        _OFFICE + "pivotCacheDefinition",
        "../pivotCache/pivotCacheDefinition1.xml",
    )
    relate(
        files,
        "xl/worksheets/_rels/sheet3.xml.rels",
        "rId1",
        _OFFICE + "pivotTable",
        "../pivotTables/pivotTable1.xml",
    )
    relate(
        files,
        "xl/_rels/workbook.xml.rels",
        "rIdPivot",
        _OFFICE + "pivotCacheDefinition",
        "pivotCache/pivotCacheDefinition1.xml",
    )
    put(
        files,
        "xl/workbook.xml",
        "</workbook>",
        f'<pivotCaches><pivotCache cacheId="1" xmlns:r="{_OFFICE[:-1]}" r:id="rIdPivot"/></pivotCaches></workbook>',
    )
    for name in ("pivotCache/pivotCacheDefinition", "pivotCache/pivotCacheRecords", "pivotTables/pivotTable"):
        declare(files, f"/xl/{name}1.xml", f"{_TYPE}.{name.partition('/')[2]}+xml")


def _plant_thread(files: Parts) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    said = f'<threadedComment ref="G4" dT="2026-03-01T08:00:00.00" id="{THREAD}"><text>{WORD}</text></threadedComment>'
    files["xl/threadedComments/threadedComment1.xml"] = (
        f'{DECLARED}<ThreadedComments xmlns="{space}">{said}</ThreadedComments>'.encode()
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    relate(
        files,
        "xl/worksheets/_rels/sheet1.xml.rels",
        "rIdThread",
        kind,
        "../threadedComments/threadedComment1.xml",
    )
    declare(
        files, "/xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml"
    )


def _plant_beside(files: Parts) -> None:
    """Custom XML, a thumbnail, what another book said, a chain of formulas, and the log of a shared book."""
    files["customXml/item1.xml"] = (
        f"<人><情况>{WORD}</情况><血压>{PRESSURE + 1}</血压><镇>青禾镇</镇></人>".encode()
    )
    files["docProps/thumbnail.jpeg"] = WORD.encode("utf-16-le")
    relate(
        files,
        "_rels/.rels",
        "rIdThumb",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
        "docProps/thumbnail.jpeg",
    )
    outside = f'<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>{WORD}</v></cell></row></sheetData></sheetDataSet>'
    book = f'<externalBook xmlns:r="{_OFFICE[:-1]}" r:id="rId1"><sheetNames><sheetName val="S"/></sheetNames>{outside}</externalBook>'
    files["xl/externalLinks/externalLink1.xml"] = (
        f'{DECLARED}<externalLink xmlns="{_MAIN}">{book}</externalLink>'.encode()
    )
    relate(
        files,
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        "rId1",
        _OFFICE + "externalLinkPath",
        "另一本.xlsx",
    )
    relate(
        files,
        "xl/_rels/workbook.xml.rels",
        "rIdOutside",
        _OFFICE + "externalLink",
        "externalLinks/externalLink1.xml",
    )
    put(
        files,
        "xl/workbook.xml",
        "<definedNames>",
        f'<externalReferences><externalReference xmlns:r="{_OFFICE[:-1]}" r:id="rIdOutside"/></externalReferences><definedNames>',
    )
    files["xl/calcChain.xml"] = f'{DECLARED}<calcChain xmlns="{_MAIN}"><c r="G5" i="1"/></calcChain>'.encode()
    relate(files, "xl/_rels/workbook.xml.rels", "rIdChain", _OFFICE + "calcChain", "calcChain.xml")
    files["xl/revisions/revisionHeaders.xml"] = (
        f'{DECLARED}<headers xmlns="{_MAIN}" guid="{THREAD}"/>'.encode()
    )
    files["xl/revisions/revisionLog1.xml"] = (
        f'{DECLARED}<revisions xmlns="{_MAIN}"><rcc rId="1" sId="1"><nc r="G2"><v>{WORD}</v></nc></rcc></revisions>'.encode()
    )
    relate(
        files,
        "xl/revisions/_rels/revisionHeaders.xml.rels",
        "rId1",
        _OFFICE + "revisionLog",
        "revisionLog1.xml",
    )
    relate(
        files,
        "xl/_rels/workbook.xml.rels",
        "rIdLog",
        _OFFICE + "revisionHeaders",
        "revisions/revisionHeaders.xml",
    )
    for name, kind in (
        ("externalLinks/externalLink1", "externalLink"),
        ("calcChain", "calcChain"),
        ("revisions/revisionHeaders", "revisionHeaders"),
        ("revisions/revisionLog1", "revisionLog"),
    ):
        declare(files, f"/xl/{name}.xml", f"{_TYPE}.{kind}+xml")
    put(
        files,
        "[Content_Types].xml",
        "</Types>",
        '<Default Extension="jpeg" ContentType="image/jpeg"/></Types>',
    )


def declare(files: Parts, name: str, kind: str) -> None:
    put(
        files,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="{name}" ContentType="{kind}"/></Types>',
    )
