"""Reads each of the eighteen features out of the XML parts of a package, so that an original and its copy can be compared.

It shares no code with what writes the copies. Names of namespaces, prefixes and places of parts do not count, only what is
said.
"""

import posixpath
import re
from collections.abc import Iterator, Set
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.roster.copies.builder import Parts

Feature = list[str]
Marks = Set[tuple[str, str]]
LIST = "退回修改"
OURS = "【退回修改】"


def local(name: str) -> str:
    return name.rpartition("}")[2]


def told(element: Element, without: tuple[str, ...] = ()) -> str:
    """An element as text, without namespaces. without: attributes that do not count."""
    words = sorted(
        f"{local(name)}={value}" for name, value in element.attrib.items() if local(name) not in without
    )
    inside = "".join(told(child, without) for child in element)
    return f"<{local(element.tag)} {' '.join(words)}>{(element.text or '').strip()}{inside}</>"


def found(root: Element, *names: str) -> Iterator[Element]:
    return (element for element in root.iter() if local(element.tag) in names)


class Opened:
    """A package, its sheets without the list of a returned copy, and what is linked from each part."""

    def __init__(self, files: Parts) -> None:
        self.files = {name.replace("\\", "/").lower(): data for name, data in files.items()}
        self.book = self.xml("xl/workbook.xml")
        links = self.links("xl/workbook.xml")
        self.sheets = {
            sheet.get("name", ""): links[next(v for k, v in sheet.attrib.items() if local(k) == "id")][1]
            for sheet in found(self.book, "sheet")
            if sheet.get("name") != LIST
        }

    def xml(self, name: str) -> Element:
        return ElementTree.fromstring(self.files[name.lower()])

    def links(self, name: str) -> dict[str, tuple[str, str]]:
        """The kind and the target of each link of a part, by its number."""
        folder, base = posixpath.split(name)
        rels = f"{folder}/_rels/{base}.rels".lower()
        result = {}
        for link in self.xml(rels) if rels in self.files else ():
            target = link.get("Target", "").replace("\\", "/")
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
            result[link.get("Id", "")] = (link.get("Type", "").rpartition("/")[2], target)
        return result

    def linked(self, name: str, kind: str) -> list[str]:
        return sorted(target for what, target in self.links(name).values() if what == kind)

    def drawings(self) -> Iterator[Element]:
        for sheet in self.sheets.values():
            for part in self.linked(sheet, "drawing"):
                yield self.xml(part)

    def of_sheets(self, *names: str, without: tuple[str, ...] = ()) -> Feature:
        """The elements of these names on all sheets."""
        return [
            f"{title} {told(element, without)}"
            for title, part in self.sheets.items()
            for element in found(self.xml(part), *names)
        ]


def features(files: Parts, marked: Marks = frozenset()) -> dict[str, Feature]:
    """What the package says of each feature. marked: the cells whose fill does not count."""
    opened = Opened(files)
    return {
        "formats": _formats(opened, marked),
        "merges": opened.of_sheets("mergeCell"),
        "filters": opened.of_sheets("autoFilter"),
        "panes": opened.of_sheets("pane", "selection"),
        "validation": opened.of_sheets("dataValidation"),
        "conditional formats": opened.of_sheets("conditionalFormatting")
        + _all(opened, "xl/styles.xml", "dxf"),
        "charts": _kinds(opened, "graphicFrame") + _parts(opened, "xl/charts/"),
        "pictures": _kinds(opened, "pic") + _parts(opened, "xl/media/"),
        "shapes": _kinds(opened, "sp", "cxnSp", "grpSp"),
        "sparklines": opened.of_sheets("sparklineGroup"),
        "links": _links(opened),
        "names": [told(name) for name in found(opened.book, "definedName")],
        "comments": list(_comments(opened)),
        "hidden": _hidden(opened),
        "print": _print(opened),
        "protection": opened.of_sheets("sheetProtection", "protectedRange"),
        "macros": _parts(opened, "xl/vbaproject") + _codes(opened),
        "theme": _parts(opened, "xl/theme/"),
    }


def _all(opened: Opened, part: str, *names: str) -> Feature:
    return [told(element) for element in found(opened.xml(part), *names)] if part in opened.files else []


def _parts(opened: Opened, folder: str) -> Feature:
    return sorted(
        str(hash(data))
        for name, data in opened.files.items()
        if name.startswith(folder) and "_rels" not in name
    )


def _kinds(opened: Opened, *names: str) -> Feature:
    return [
        told(element, ("embed", "id")) for drawing in opened.drawings() for element in found(drawing, *names)
    ]


def cells(opened: Opened, title: str) -> Iterator[tuple[str, Element]]:
    """The cells of a sheet with their references, which need not be written."""
    at = 0
    for row in found(opened.xml(opened.sheets[title]), "row"):
        at = int(row.get("r", at + 1))
        column = 0
        for cell in row:
            reference = cell.get("r")
            if reference:
                letters = re.sub(r"\d", "", reference)
                column = sum((ord(letter) - 64) * 26**place for place, letter in enumerate(reversed(letters)))
            else:
                column += 1
            yield f"{_letters(column)}{at}", cell


def _letters(column: int) -> str:
    before, last = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(65 + last)


def _formats(opened: Opened, marked: Marks) -> Feature:
    """Of each cell the style it has, without its fill where the copy marks it; and the sizes of rows and columns."""
    part = "xl/styles.xml"
    styles = {local(group.tag): list(group) for group in (opened.xml(part) if part in opened.files else ())}
    codes = {form.get("numFmtId"): form.get("formatCode") for form in styles.get("numFmts", [])}
    result = []
    for title in opened.sheets:
        for reference, cell in cells(opened, title):
            xfs = styles.get("cellXfs", [])
            xf = xfs[int(cell.get("s", "0"))] if xfs else Element("xf")
            of = {
                name: told(styles[f"{name}s"][int(xf.get(f"{name}Id", "0"))])
                for name in ("font", "fill", "border")
                if f"{name}s" in styles
            }
            if (title, reference) in marked:
                of.pop("fill", None)
            number = codes.get(xf.get("numFmtId"), xf.get("numFmtId"))
            result.append(f"{title}!{reference} {number} {sorted(of.items())} {''.join(map(told, xf))}")
    return result + opened.of_sheets("col") + _rows(opened, "ht", "customHeight")


def _rows(opened: Opened, *attributes: str) -> Feature:
    return [
        f"{title} {row.get('r')} {[row.get(name) for name in attributes]}"
        for title, part in opened.sheets.items()
        for row in found(opened.xml(part), "row")
        if any(row.get(name) for name in attributes)
    ]


def marks(files: Parts) -> Marks:
    """The cells that a copy marks: those whose comment has words of ours."""
    opened = Opened(files)
    return {
        (title, comment.get("ref", ""))
        for title, part in opened.sheets.items()
        for notes in opened.linked(part, "comments")
        for comment in found(opened.xml(notes), "comment")
        if OURS in "".join(comment.itertext())
    }


def _links(opened: Opened) -> Feature:
    result = []
    for title, part in opened.sheets.items():
        links = opened.links(part)
        for link in found(opened.xml(part), "hyperlink"):
            key = next((value for name, value in link.attrib.items() if local(name) == "id"), "")
            result.append(f"{title} {links.get(key)} {told(link, ('id',))}")
    return result


def _comments(opened: Opened) -> Iterator[str]:
    """The comments without what the copy adds, with their authors and how they are drawn; and the threads."""
    for title, part in opened.sheets.items():
        for notes in opened.linked(part, "comments"):
            root = opened.xml(notes)
            authors = ["".join(author.itertext()) for author in found(root, "author")]
            for comment in found(root, "comment"):
                text = "".join(t.text or "" for t in found(comment, "t")).partition(OURS)[0].rstrip()
                if text:
                    yield f"{title}!{comment.get('ref')} {authors[int(comment.get('authorId', '0'))]} {text}"
        for vml in opened.linked(part, "vmlDrawing"):
            drawn = opened.files[vml].decode().split("ObjectType=")[1:]
            yield from sorted(
                f"{title} drawn {kind[1:5]} {'Visible' in kind}"
                for kind in drawn
                if "Button" in kind or "Visible" in kind
            )
        for threads in opened.linked(part, "threadedComment"):
            for said in found(opened.xml(threads), "threadedComment"):
                if OURS not in "".join(said.itertext()):
                    yield f"{title} thread {told(said)}"
    yield from (
        told(person)
        for name in opened.files
        if "persons/" in name
        for person in found(opened.xml(name), "person")
        if person.get("displayName") != "sanchuang"
    )


def _hidden(opened: Opened) -> Feature:
    sheets = [
        f"{s.get('name')} {s.get('state')}" for s in found(opened.book, "sheet") if s.get("name") != LIST
    ]
    return sheets + _rows(opened, "hidden")


_PRINT = ("pageMargins", "pageSetup", "headerFooter", "printOptions", "rowBreaks", "pageSetUpPr")


def _print(opened: Opened) -> Feature:
    printers = [
        str(opened.files[part])
        for sheet in opened.sheets.values()
        for part in opened.linked(sheet, "printerSettings")
    ]
    headers = [name for sheet in opened.sheets.values() for name in opened.linked(sheet, "vmlDrawing")]
    pictures = [str(len(opened.links(name))) for name in headers if opened.links(name)]
    return opened.of_sheets(*_PRINT, without=("id",)) + printers + pictures


def _codes(opened: Opened) -> Feature:
    names = [
        f"{title} {element.get('codeName')}"
        for title, part in opened.sheets.items()
        for element in found(opened.xml(part), "sheetPr")
    ]
    return [*names, *(str(element.get("codeName")) for element in found(opened.book, "workbookPr"))]
