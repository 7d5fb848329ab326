"""Empties cells of a package so that nothing in it tells what they held: findings about somebody's health.

Values only: it changes the package in memory. Promise: the cells, their texts, comments and filters, and the results of formulas
that depend on them are gone; a package with parts that nobody can search is refused.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sanchuang_cli.roster.grid import Sheet
from sanchuang_cli.roster.returns.ooxml import notes, pivots, threads, traces
from sanchuang_cli.roster.returns.ooxml.package import Package
from sanchuang_cli.roster.returns.ooxml.references import Area, Dependent, Formula
from sanchuang_cli.roster.returns.ooxml.sheets import Place, place_of, read
from sanchuang_cli.roster.returns.ooxml.spans import (
    Edits,
    Node,
    UneditableError,
    named,
    parsed,
    prefix,
    quoted,
)
from sanchuang_cli.roster.returns.ooxml.workbook import defined_names, recalculated, sheet_parts

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_UNSEARCHABLE = ("xl/model/", "xl/embeddings/", "xl/customdata/", "xl/activex/")
"""Parts in which the same cells may stand once more, in forms that are not XML."""


@dataclass
class _Seen:
    """What is known of the book. gone, kept: what the emptied and the other cells held. used: the shared texts of the others."""

    gone: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    formulas: list[Formula] = field(default_factory=list)
    worked_out: bool = False
    """Whether one of the emptied cells has a formula."""


@dataclass(frozen=True)
class Emptied:
    """What was done. results: how many formulas elsewhere lost their result. gone: what nobody may be told any more."""

    results: int
    gone: traces.Gone


def empty(package: Package, sheets: Sequence[Sheet]) -> Emptied:
    """Empties the dropped cells of the sheets."""
    if any(name.startswith(_UNSEARCHABLE) for name in package):
        raise UneditableError("parts that cannot be searched")
    emptying = _Emptying(package, sheets)
    for title, part in emptying.parts.items():
        emptying.look(title, part)
    dependent = Dependent(emptying.areas, emptying.names)
    results = dependent.among(emptying.seen.formulas)
    for title, part in emptying.parts.items():
        emptying.clear(title, part, {place for sheet, place in results if sheet == title})
    emptying.clear_texts()
    gone = traces.Gone(emptying.seen.gone, emptying.seen.kept)
    pivots.clear(package, emptying.columns, emptying.names)
    traces.clear(package, emptying.parts, dependent, gone)
    if emptying.seen.worked_out:
        package.drop(package.workbook, "calcChain")
    if results:
        recalculated(package)
    return Emptied(len(results), gone)


class _Emptying:
    """The areas to empty, and what was seen on the way. columns: those that the reader dropped. shown: where a pivot table
    shows them."""

    def __init__(self, package: Package, sheets: Sequence[Sheet]) -> None:
        self.package, self.seen = package, _Seen()
        self.parts = {title: part for title, part in sheet_parts(package).items() if part in package}
        self.names = {**defined_names(package), **_tables(package, self.parts)}
        self.sheets = {sheet.name: sheet for sheet in sheets}
        self.columns = [
            Area(s.name, d.row + 1, d.column, d.last, d.column) for s in sheets for d in s.dropped
        ]
        self.shown = pivots.shown(package, self.parts, self.columns, self.names)
        self.texts, self.shared = _shared_texts(package)

    @property
    def areas(self) -> list[Area]:
        return [*self.columns, *self.shown]

    def look(self, title: str, part: str) -> None:
        """Notes the formulas of a sheet."""
        data = self.package.text(part)
        if not _FORMULA.search(data):
            return
        groups: dict[str, Formula] = {}
        going = self._going(title)

        def cell(place: Place, node: Node) -> None:
            formula = node.child("f")
            if formula is None:
                return
            told = _formula(title, place, formula, groups)
            if going(place, node):
                self.seen.worked_out = True
            else:
                self.seen.formulas.append(told)

        read(data, cell)

    def _going(self, title: str) -> "_Going":
        columns = [area for area in self.columns if area.sheet == title]
        return _Going(columns, [area for area in self.shown if area.sheet == title], self.sheets.get(title))

    def note(self, node: Node, going: bool) -> None:
        """Notes what a cell holds."""
        text, shared = self._text(node), node.get("t") == "s"
        if text:
            (self.seen.gone if going else self.seen.kept).add(text)
        if shared and not going and _value(node).isdigit():
            self.seen.used.add(int(_value(node)))

    def _text(self, node: Node) -> str:
        """What a cell holds, as text."""
        value = _value(node)
        if node.get("t") == "s":
            return self.texts[int(value)] if value.isdigit() and int(value) < len(self.texts) else ""
        if node.get("t") == "inlineStr":
            return "".join(text.text for text in node.all("t")).strip()
        return value

    def clear(self, title: str, part: str, results: set[Place]) -> None:
        """Empties the cells of a sheet, takes off the results, and what else tells of the cells."""
        data = self.package.text(part)
        edits = Edits(data)
        clearing = _Clearing(edits, self._going(title), results, self.note)
        root = read(data, clearing)
        areas = [area for area in self.areas if area.sheet == title]
        if areas:
            traces.clear_sheet(self.package, part, root, edits, areas)
            self._clear_comments(title, part)
        changed = edits.result()
        if changed != data:
            self.package.write(part, changed)

    def _clear_comments(self, title: str, part: str) -> None:
        """Takes off the comments of the columns, those on the headings too."""
        sheet = self.sheets.get(title)
        columns = sheet.dropped if sheet else ()

        def gone(place: Place) -> bool:
            return any(d.column == place[1] and d.row <= place[0] <= d.last for d in columns)

        for name in self.package.linked(part, "comments"):
            after = notes.noted(self.package.text(name), {}, gone)
            self.package.write(name, after.part)
            for drawing in self.package.linked(part, "vmlDrawing"):
                self.package.write(drawing, notes.drawn(self.package.text(drawing), after))
        threads.answer(self.package, part, {}, gone)

    def clear_texts(self) -> None:
        """Blanks the shared texts that no cell uses any more."""
        if not self.shared:
            return
        data = self.package.text(self.shared)
        root, edits = parsed(data), Edits(data)
        blank = named("<si><t/></si>", prefix(data, root))
        for at, node in enumerate(_items(root)):
            if at not in self.seen.used:
                edits.replace(node.start, node.end, blank)
        self.package.write(self.shared, edits.result())


class _Going:
    """Whether a cell is to be emptied: it lies in one of the columns and the reader has dropped it too, or a pivot shows it."""

    def __init__(self, columns: Sequence[Area], shown: Sequence[Area], sheet: Sheet | None) -> None:
        self._shown, self._rows = shown, sheet.rows if sheet else ()
        self._columns: dict[int, list[Area]] = {}
        for area in columns:
            self._columns.setdefault(area.left, []).append(area)

    def __call__(self, place: Place, node: Node) -> bool:
        if not node.children:
            return False
        if any(area.has(place) for area in self._shown):
            return True
        return any(area.has(place) for area in self._columns.get(place[1], ())) and not self._stays(place)

    def _stays(self, place: Place) -> bool:
        """Whether the reader has something there all the same: the heading on the next page, a line above the next table."""
        row = self._rows[place[0] - 1] if place[0] <= len(self._rows) else ()
        return place[1] <= len(row) and row[place[1] - 1] not in ("", None)


class _Clearing:
    """Empties cells and takes off results while a sheet is read. A formula that several cells share goes from all of them where
    the cell that has it is emptied."""

    def __init__(
        self, edits: Edits, going: _Going, results: set[Place], note: Callable[[Node, bool], None]
    ) -> None:
        self._edits, self._going, self._results, self._note = edits, going, results, note
        self._orphans: set[str] = set()

    def __call__(self, place: Place, node: Node) -> None:
        formula, going = node.child("f"), self._going(place, node)
        self._note(node, going or place in self._results)
        if going:
            self._edits.replace(node.start, node.end, self._blank(node))
        elif place in self._results:
            self._take_result(node)
        if formula and formula.get("t") == "shared":
            self._settle(formula, going)

    def _take_result(self, node: Node) -> None:
        self._edits.tag(node, "t", None)
        for child in node.children:
            if child.name in ("v", "is"):
                self._edits.remove(child)

    def _settle(self, formula: Node, going: bool) -> None:
        """Takes a shared formula off a cell where the cell that has it is gone."""
        if going and formula.text:
            self._orphans.add(formula.get("si"))
        elif not going and formula.get("si") in self._orphans:
            self._edits.remove(formula)

    def _blank(self, node: Node) -> bytes:
        data = self._edits.data
        said = "".join(f' {name}="{quoted(node.get(name))}"' for name in ("r", "s") if node.get(name))
        return named(f"<c{said}/>", prefix(data, node))


def _value(node: Node) -> str:
    value = node.child("v")
    return value.text.strip() if value else ""


def _formula(sheet: str, place: Place, node: Node, groups: dict[str, Formula]) -> Formula:
    """The formula of a cell. groups: the formulas that several cells share, by their numbers, as far as they are known."""
    shared = node.get("t") == "shared"
    if shared and not node.text:
        first = groups.get(node.get("si"))
        return Formula(sheet, place, first.text if first else "INDIRECT()", first.over if first else (0, 0))
    start, _, end = node.get("ref").partition(":")
    over = place_of(end or start) or place
    reach = (max(0, over[0] - place[0]), max(0, over[1] - place[1]))
    formula = (
        Formula(sheet, place, node.text, reach) if shared else Formula(sheet, place, node.text, fills=reach)
    )
    if shared:
        groups[node.get("si")] = formula
    return formula


def _tables(package: Package, parts: Mapping[str, str]) -> dict[str, str]:
    """The cells of each table, by its name in small letters."""
    return {
        table.get("displayName").lower(): f"'{title}'!{table.get('ref')}"
        for title, part in parts.items()
        for name in package.linked(part, "table")
        for table in (parsed(package.text(name)),)
    }


def _shared_texts(package: Package) -> tuple[list[str], str]:
    """The texts that cells share, and the part they stand in, "" without one."""
    for name in package.linked(package.workbook, "sharedStrings"):
        items = _items(parsed(package.text(name)))
        return ["".join(text.text for text in item.all("t")).strip() for item in items], name
    return [], ""


def _items(root: Node) -> list[Node]:
    return [node for node in root.children if node.name == "si"]
