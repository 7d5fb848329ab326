"""Knows the sheets of a workbook's own part, puts a sheet at their end and opens the book on it.

Values only: it changes the package in memory. Promise: no other sheet gets another name, number or place.
"""

from collections.abc import Mapping

from sanchuang_cli.roster.returns.ooxml.package import SPREADSHEET, Package
from sanchuang_cli.roster.returns.ooxml.sheets import unselected
from sanchuang_cli.roster.returns.ooxml.spans import Edits, Node, named, parsed, prefix, quoted, require

_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_START = 1 << 16
"""Whether a sheet is selected stands in its first bytes, before its cells."""
_FILTER = "_xlnm._FilterDatabase"


def sheet_parts(package: Package) -> dict[str, str]:
    """The part of each sheet, by the name of the sheet, in order."""
    targets = {link.key: link.target for link in package.links(package.workbook)}
    book = parsed(package.text(package.workbook))
    return {
        sheet.get("name"): targets.get(sheet.get("id"), "")
        for sheet in require(book.child("sheets")).children
    }


def has_macros(package: Package) -> bool:
    return bool(package.linked(package.workbook, "vbaProject"))


def settle_type(package: Package) -> None:
    """Says that the package is a workbook, and not a template from which a new one is made."""
    package.retype(package.workbook, _MACROS if has_macros(package) else f"{SPREADSHEET}sheet.main+xml")


def defined_names(package: Package) -> dict[str, str]:
    """What each name of the book stands for, by the name in small letters."""
    names = parsed(package.text(package.workbook)).child("definedNames")
    meant: dict[str, str] = {}
    for name in names.children if names else ():
        key = name.get("name").lower()  # a sheet may have a name of its own that another has too
        meant[key] = f"{meant[key]},{name.text}" if key in meant else name.text
    return meant


def recalculated(package: Package) -> None:
    """Has every formula worked out when the book is opened."""
    book = package.text(package.workbook)
    root, edits = parsed(book), Edits(book)
    told = root.child("calcPr")
    if told is not None:
        edits.tag(told, "fullCalcOnLoad", "1")
    else:
        behind = (
            root.child("definedNames") or root.child("externalReferences") or require(root.child("sheets"))
        )
        edits.replace(behind.end, behind.end, named('<calcPr fullCalcOnLoad="1"/>', prefix(book, root)))
    package.write(package.workbook, edits.result())


def put_last(package: Package, title: str, data: bytes) -> None:
    """Puts a sheet behind the others, or in the place of the one of that name, and opens the book on it."""
    parts = sheet_parts(package)
    _select_none(package, parts)
    if title in parts:
        _replace(package, parts[title], data)
    else:
        _append(package, title, data)
    _open_on(package, title)


def views(package: Package) -> int:
    """In how many windows the book is shown."""
    shown = parsed(package.text(package.workbook)).child("bookViews")
    return max(1, len(shown.children)) if shown else 1


def _select_none(package: Package, parts: Mapping[str, str]) -> None:
    for part in parts.values():
        if part in package:
            start = package.read(part)[:_START]
            if b"tabSelected" in start.replace(b"\0", b""):
                package.write(part, unselected(package.text(part)))


def _replace(package: Package, part: str, data: bytes) -> None:
    package.write(part, data)
    links = {link.key for link in package.links(part)}
    if links:
        package.unrelate(part, links)


def _append(package: Package, title: str, data: bytes) -> None:
    path = package.unused(package.beside_workbook("worksheets/sheet{}.xml"))
    package.add(path, data, f"{SPREADSHEET}worksheet+xml")
    key = package.relate(package.workbook, "worksheet", path)
    book = package.text(package.workbook)
    root = parsed(book)
    sheets = require(root.child("sheets"))
    number = 1 + max((int(sheet.get("sheetId") or 0) for sheet in sheets.children), default=0)
    where = f'xmlns:r="{package.relationships}" r:id="{key}"'
    edits = Edits(book)
    edits.append(
        sheets, named(f'<sheet name="{quoted(title)}" sheetId="{number}" {where}/>', prefix(book, root))
    )
    package.write(package.workbook, edits.result())


def _open_on(package: Package, title: str) -> None:
    """Opens the book on a sheet, in every window, and forgets the filter that an earlier list had there."""
    book = package.text(package.workbook)
    root, edits = parsed(book), Edits(book)
    sheets = require(root.child("sheets"))
    at = next(n for n, sheet in enumerate(sheets.children) if sheet.get("name") == title)
    edits.tag(sheets.children[at], "state", None)
    shown = root.child("bookViews")
    for view in shown.children if shown else ():
        edits.tag(view, "activeTab", str(at))
    if shown is None:
        start = named(f'<bookViews><workbookView activeTab="{at}"/></bookViews>', prefix(book, root))
        edits.replace(sheets.start, sheets.start, start)
    _forget_filter(edits, root.child("definedNames"), at)
    package.write(package.workbook, edits.result())


def _forget_filter(edits: Edits, names: Node | None, at: int) -> None:
    """Takes out the name of the filtered cells of a sheet. A group without any name must not stay."""
    said = names.children if names else []
    filters = [name for name in said if name.get("localSheetId") == str(at) and name.get("name") == _FILTER]
    if names and filters == said:
        edits.remove(names)
        return
    for name in filters:
        edits.remove(name)
