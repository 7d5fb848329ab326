"""Ten workbooks with the eighteen features, each written as another program writes them."""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from tests.roster.copies.builder import SHEET, Parts, everything, parts, put, zipped
from tests.roster.returned_copies import returned_copy

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XML = ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/comments1.xml")


def without_macros(files: Parts) -> Parts:
    """An .xlsx: no project of macros, and no types and links of one."""
    files = {name: data for name, data in files.items() if "vba" not in name}
    links = files["xl/_rels/workbook.xml.rels"]
    files["xl/_rels/workbook.xml.rels"] = re.sub(rb"<Relationship [^>]*vbaProject[^>]*/>", b"", links)
    types = files["[Content_Types].xml"]
    types = re.sub(rb"<Override [^>]*vbaProject[^>]*/>", b"", types)
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    files["[Content_Types].xml"] = types.replace(
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", plain
    )
    return files


def with_prefixes(files: Parts) -> Parts:
    """Every element of spreadsheets has a prefix, as some programs of banks write it."""
    files = dict(files)
    for name in files:
        if name in _XML or name.startswith("xl/worksheets/sheet"):
            head, root, body = files[name].partition(b"?>")
            body = re.sub(rb"<(/?)(?=[A-Za-z]\w*[\s/>])", rb"<\1x:", body)
            files[name] = head + root + body.replace(b'xmlns="' + _MAIN, b'xmlns:x="' + _MAIN)
    return files


def with_links_from_the_root(files: Parts) -> Parts:
    """Links name their targets from the root of the package, as openpyxl writes them."""
    files = dict(files)
    for name in files:
        if name.endswith(".rels") and name != "_rels/.rels":
            folder = name.partition("_rels/")[0]
            text = files[name].decode()
            text = re.sub(r'Target="\.\./', 'Target="/xl/', text)
            files[name] = re.sub(r'Target="(?![/\w]*:|/)', f'Target="/{folder}', text).encode()
    return files


def in_utf16(files: Parts) -> Parts:
    """Parts in another coding than nearly all have."""
    files = dict(files)
    for name in (*_XML, SHEET):
        if name == "xl/sharedStrings.xml":
            continue  # no copy changes it, and calamine does not read it so
        text = files[name].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
        files[name] = text.encode("utf-16")
    return files


def without_references(files: Parts) -> Parts:
    """Cells that do not say where they stand, where each follows the one before."""
    files = dict(files)
    rows = re.compile(rb'<row r="[2-7]".*?</row>', re.DOTALL)
    files[SHEET] = rows.sub(lambda row: re.sub(rb'<c r="\w+"', b"<c", row[0]), files[SHEET])
    return files


def with_texts_in_place(files: Parts) -> Parts:
    """Texts stand in the cells, and no part of shared texts is there."""
    files = dict(files)
    items = re.findall(rb"<si>(.*?)</si>", files.pop("xl/sharedStrings.xml"), re.DOTALL)
    for name in files:
        if name.startswith("xl/worksheets/sheet"):
            files[name] = re.sub(
                rb't="s"><v>(\d+)</v>',
                lambda cell: b't="inlineStr"><is>' + items[int(cell[1])] + b"</is>",
                files[name],
            )
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        files[name] = re.sub(rb"<\w+ [^>]*sharedStrings[^>]*/>", b"", files[name])
    return files


def with_oddities(files: Parts) -> Parts:
    """A wrong size, a shared formula, and controls in alternate content."""
    files = dict(files)
    put(files, SHEET, '<dimension ref="A1:H10"/>', '<dimension ref="A1"/>')
    shared = '<c r="H3"><f t="shared" ref="H3:H4" si="0">E3*2</f><v>241</v></c></row><row r="4"'
    files[SHEET] = re.sub(rb'</row><row r="4"', shared.encode(), files[SHEET], count=1)
    files[SHEET] = re.sub(
        rb'</row><row r="5"',
        b'<c r="H4"><f t="shared" si="0"/><v>480</v></c></row><row r="5"',
        files[SHEET],
        count=1,
    )
    controls = (
        '<mc:AlternateContent><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent><extLst>'
    )
    files[SHEET] = files[SHEET].replace(b'<extLst><ext uri="{CCE', controls.encode() + b'<ext uri="{CCE')
    return files


def through_openpyxl(files: Parts) -> Parts:
    """What openpyxl writes of it, which is less."""
    target = BytesIO()
    load_workbook(BytesIO(zipped(files)), keep_vba=True, rich_text=True).save(target)
    return parts(target.getvalue())


def shown_twice(files: Parts) -> Parts:
    """Two windows on the book, and every sheet selected in one of them."""
    files = dict(files)
    text = files["xl/workbook.xml"].decode()
    files["xl/workbook.xml"] = re.sub(r"(<workbookView [^>]*/>)", r"\1<workbookView/>", text).encode()
    for name in (SHEET, "xl/worksheets/sheet2.xml"):
        views = '<sheetView tabSelected="1" workbookViewId="1"/></sheetViews>'
        put(files, name, "</sheetViews>", views)
    return files


VARIANTS: Mapping[str, Callable[[Parts], Parts]] = {
    "as XlsxWriter writes it": dict,
    "without macros": without_macros,
    "with prefixes": with_prefixes,
    "with links from the root": with_links_from_the_root,
    "in UTF-16": in_utf16,
    "without references": without_references,
    "with texts in place": with_texts_in_place,
    "with oddities": with_oddities,
    "through openpyxl": through_openpyxl,
    "shown twice": shown_twice,
}


def made(folder: Path, variant: str) -> Path:
    """One of the ten workbooks as a file."""
    path = folder / ("名册.xlsx" if variant == "without macros" else "名册.xlsm")
    path.write_bytes(zipped(VARIANTS[variant](everything())))
    return path


def read(path: Path) -> Parts:
    return parts(path.read_bytes())


def returned_once(folder: Path) -> Path:
    """A workbook that was returned before."""
    path = made(folder, "as XlsxWriter writes it")
    copy = returned_copy(path).saved.path
    again = folder / "再报.xlsm"
    again.write_bytes(copy.read_bytes())
    with zipfile.ZipFile(again) as package:
        assert package.testzip() is None
    return again
