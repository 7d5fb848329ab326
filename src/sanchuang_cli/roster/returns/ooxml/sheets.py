"""Finds the cells of a sheet's part and gives some of them another style; cells and rows that are missing are made.

Values only. Promise: no value, formula or attribute of any other cell changes, nor what stands before and behind the cells.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from sanchuang_cli.finding import column_letters, column_number
from sanchuang_cli.roster.returns.ooxml.spans import Edits, Node, named, parsed, prefix, quoted, require

Place = tuple[int, int]
"""The row and the column of a cell, numbered from 1."""
Restyle = Callable[[int], int]
"""Gives the new style of a cell by the style that it has."""
OnCell = Callable[[Place, Node], None]
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_LATE = (
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""What stands behind the drawings of a sheet, in its order (ECMA-376 part 1, 18.3.1.99)."""
_VIEW = re.compile(rb"<(?:\w+:)?sheetView\b[^>]*>")
_SELECTED = re.compile(rb"\s+tabSelected\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def place_of(reference: str) -> Place | None:
    """The row and column of a reference such as B3 or $B$3."""
    found = _REFERENCE.fullmatch(reference)
    return (int(found[2]), column_number(found[1].upper())) if found else None


def reference_of(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"


class Rows:
    """Counts rows and cells while a sheet is read, because neither need say its number."""

    def __init__(
        self, on_cell: OnCell, on_row: Callable[[int, Node], None] = lambda number, row: None
    ) -> None:
        self._on_cell, self._on_row = on_cell, on_row
        self._number = 0

    def __call__(self, row: Node) -> None:
        self._number = int(row.get("r") or self._number + 1)
        column = 0
        for cell in row.children:
            if cell.name == "c":
                place = place_of(cell.get("r"))
                column = place[1] if place else column + 1
                self._on_cell((self._number, column), cell)
        self._on_row(self._number, row)


def read(data: bytes, on_cell: OnCell) -> Node:
    """Goes through the cells of a sheet; gives the root without the rows."""
    return parsed(data, {"row": Rows(on_cell)})


class _Missing(NamedTuple):
    """A cell that is to be made in a row: before which byte, None for its end."""

    row: Node
    before: int | None
    place: Place


class Restyled:
    """A sheet with other styles for some of its cells.

    They change while it is read. Missing cells and rows are made when all is read, because only then the columns are known.
    """

    def __init__(self, data: bytes, restyle: Mapping[Place, Restyle]) -> None:
        self._data, self._restyle = data, restyle
        self._edits = Edits(data)
        self._wanted = sorted(restyle)
        self._missing: list[_Missing] = []
        self._rows: list[tuple[int | None, Place]] = []
        self._seen: dict[int, Node] = {}
        self._before = 0
        self._root = parsed(data, {"row": Rows(self._cell, self._row)})
        self._finish()

    @property
    def drawing(self) -> str:
        """The key of the link to the drawing of the comments, "" without one."""
        node = self._root.child("legacyDrawing")
        return node.get("id") if node else ""

    def draw(self, key: str, space: str) -> None:
        """Links the drawing of the comments, in its place among the others. space: the namespace of links."""
        markup = f'<legacyDrawing xmlns:r="{space}" r:id="{quoted(key)}"/>'
        written = named(markup, prefix(self._data, self._root))
        late = next((node for node in self._root.children if _is_late(node)), None)
        if late is None:
            self._edits.append(self._root, written)
        else:
            self._edits.replace(late.start, late.start, written)

    def result(self) -> bytes:
        return self._edits.result()

    def _cell(self, place: Place, cell: Node) -> None:
        self._seen[place[1]] = cell
        change = self._restyle.get(place)
        if change:
            self._edits.tag(cell, "s", str(change(int(cell.get("s") or 0))))

    def _row(self, number: int, row: Node) -> None:
        """Notes which cells are missing in a row, and which rows before it."""
        seen, self._seen = self._seen, {}
        first, last = bisect_left(self._wanted, (number, 0)), bisect_left(self._wanted, (number + 1, 0))
        self._rows += ((row.start, place) for place in self._wanted[self._before : first])
        self._before = max(last, self._before)
        for place in self._wanted[first:last]:
            if place[1] not in seen:
                behind = (cell.start for column, cell in sorted(seen.items()) if column > place[1])
                self._missing.append(_Missing(row, next(behind, None), place))

    def _finish(self) -> None:
        """Makes the missing cells, and rows with them."""
        columns = self._root.child("cols")
        for row, before, place in self._missing:
            own = row.get("s") if row.get("customFormat") in ("1", "true") else ""
            self._edits.tag(row, "spans", None)  # it may be left out, but must not be wrong
            self._insert(row, before, self._made(place, own or _style_of(columns, place[1])))
        self._rows += ((None, place) for place in self._wanted[self._before :])
        for (before, number), places in groupby(self._rows, lambda missing: (missing[0], missing[1][0])):
            cells = b"".join(self._made(place, _style_of(columns, place[1])) for _, place in places)
            row_markup = named(f'<row r="{number}">|</row>', prefix(self._data, self._root))
            self._insert(require(self._root.child("sheetData")), before, row_markup.replace(b"|", cells))

    def _insert(self, inside: Node, before: int | None, markup: bytes) -> None:
        if before is None:
            self._edits.append(inside, markup)
        else:
            self._edits.replace(before, before, markup)

    def _made(self, place: Place, style: str) -> bytes:
        new = self._restyle[place](int(style))
        return named(f'<c r="{reference_of(place)}" s="{new}"/>', prefix(self._data, self._root))


def _style_of(columns: Node | None, column: int) -> str:
    """The style of a column, "0" if it has none."""
    of = (
        each
        for each in (columns.children if columns else ())
        if int(each.get("min")) <= column <= int(each.get("max"))
    )
    return next((each.get("style") for each in of if each.get("style")), "0")


def _is_late(node: Node) -> bool:
    """Whether an element stands behind the drawings, also where it is one of several alternatives."""
    names: Iterable[str] = (node.name,)
    if node.name == "AlternateContent":
        names = (inner.name for alternative in node.children for inner in alternative.children)
    return any(name in _LATE for name in names)


def unselected(data: bytes) -> bytes:
    """The sheet without being selected: whoever types into one of several selected sheets changes all of them."""
    return _VIEW.sub(lambda view: _SELECTED.sub(b"", view[0]), data)
