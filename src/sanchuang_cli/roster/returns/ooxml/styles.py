"""Adds cell styles to the styles part of a package: a cell's own style with another fill, and styles of the list.

Values only. Promise: no style that is there changes or gets another number.
"""

from sanchuang_cli.roster.returns.ooxml.package import SPREADSHEET, Package
from sanchuang_cli.roster.returns.ooxml.spans import Edits, Node, named, parsed, prefix, with_attribute

_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
"""The order in which the groups must stand (ECMA-376 part 1, 18.8.39)."""
_FIRST = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
}
_NORMAL = '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
_FIRST_COUNT = {"fonts": 1, "fills": 2, "borders": 1, "cellXfs": 1}
"""What number 0 means where a book does not say it."""


class Styles:
    """The styles of a package. The changes are written by `save`."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = _part(package)
        self._data = package.text(self._part)
        self._root = parsed(self._data)
        self._prefix = prefix(self._data, self._root)
        self._new: dict[str, list[str | bytes]] = {name: [] for name in _FIRST}
        self._filled: dict[tuple[int, str], int] = {}
        self._solid = {
            at: {colour.get("rgb").upper() for colour in fill.all("fgColor")}
            for at, fill in enumerate(self._there("fills"))
        }

    def marked(self, style: int, colours: frozenset[str]) -> bool:
        """Whether the fill of a style has one of the colours."""
        return not colours.isdisjoint(self._solid.get(self._fill_of(style), ()))

    def filled(self, style: int, colour: str) -> int:
        """The style that is like another but for its fill; colour "" for none."""
        if (style, colour) not in self._filled:
            fill = self.fill(colour) if colour else 0
            self._filled[style, colour] = self._add("cellXfs", self._like(style, fill))
        return self._filled[style, colour]

    def font(self, markup: str) -> int:
        return self._add("fonts", f"<font>{markup}</font>")

    def fill(self, colour: str) -> int:
        pattern = (
            f'<patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/></patternFill>'
        )
        return self._add("fills", f"<fill>{pattern}</fill>")

    def border(self, markup: str) -> int:
        return self._add("borders", f"<border>{markup}</border>")

    def style(self, font: int, fill: int, border: int, alignment: str, number_format: int = 0) -> int:
        applied = " ".join(
            f'apply{what}="1"' for what in ("NumberFormat", "Font", "Fill", "Border", "Alignment")
        )
        ids = f'numFmtId="{number_format}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
        return self._add("cellXfs", f"<xf {ids} {applied}><alignment {alignment}/></xf>")

    def save(self) -> None:
        """Writes the styles into the package if any was added."""
        edits = Edits(self._data)
        for group, markup in self._new.items():
            if markup:
                written = b"".join(
                    each if isinstance(each, bytes) else named(each, self._prefix) for each in markup
                )
                self._insert(edits, group, written)
        self._package.write(self._part, edits.result())

    def _insert(self, edits: Edits, group: str, written: bytes) -> None:
        """Adds markup to a group, and the group itself where the part has none."""
        node = self._root.child(group)
        if node is not None:
            first = b"" if node.children else named(_FIRST[group], self._prefix)
            edits.append(node, first + written)
            edits.tag(node, "count", str(self._count(group)))
            return
        whole = named(f"<{group}>{_FIRST[group]}|</{group}>", self._prefix).replace(b"|", written)
        behind = _ORDER[_ORDER.index(group) + 1 :]
        follower = next((child for child in self._root.children if child.name in behind), None)
        if follower is None:
            edits.append(self._root, whole)
        else:
            edits.replace(follower.start, follower.start, whole)

    def _add(self, group: str, markup: str | bytes) -> int:
        """The number of what is added to a group. What was added already is not added again."""
        new = self._new[group]
        if markup not in new:
            new.append(markup)
        return self._count(group) - len(new) + new.index(markup)

    def _count(self, group: str) -> int:
        return (len(self._there(group)) or _FIRST_COUNT[group]) + len(self._new[group])

    def _there(self, group: str) -> list[Node]:
        node = self._root.child(group)
        return node.children if node else []

    def _like(self, style: int, fill: int) -> bytes:
        """The markup of a style with another fill."""
        there = self._there("cellXfs")
        if style >= len(there):
            return with_attribute(named(_FIRST["cellXfs"], self._prefix), "fillId", str(fill))
        node = there[style]
        tag = with_attribute(self._data[node.start : node.inside], "fillId", str(fill))
        return with_attribute(tag, "applyFill", "1" if fill else "0") + self._data[node.inside : node.end]

    def _fill_of(self, style: int) -> int:
        there = self._there("cellXfs")
        return int(there[style].get("fillId") or 0) if style < len(there) else 0


def _part(package: Package) -> str:
    """The part of the styles, which is made where a book has none."""
    there = package.linked(package.workbook, "styles")
    if there:
        return there[0]
    path = package.beside_workbook("styles.xml")  # openpyxl looks for no other name
    first = "".join(f"<{group}>{markup}</{group}>" for group, markup in _FIRST.items())
    base = f"<cellStyleXfs>{_FIRST['cellXfs']}</cellStyleXfs>"
    first = first.replace("<cellXfs>", f"{base}<cellXfs>") + _NORMAL
    declared = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<styleSheet xmlns="{package.main}">{first}</styleSheet>'
    )
    package.add(path, declared.encode(), f"{SPREADSHEET}styles+xml")
    package.relate(package.workbook, "styles", path)
    return path.lower()
