"""Finds which formulas of a book depend on some of its cells, directly or through others.

Values only. Promise: a formula that may depend on them counts as one that does.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from sanchuang_cli.finding import column_number
from sanchuang_cli.roster.returns.ooxml.sheets import Place

_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_ROUNDS = 20
"""So often the formulas are looked through; those of a longer chain that runs upwards all count as dependent."""
_DEEP = 9
"""So deep names may stand for other names."""


class Area(NamedTuple):
    """A rectangle of cells, both ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def has(self, place: Place) -> bool:
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right

    def meets(self, other: "Area") -> bool:
        """Whether they have a cell in common. Names of sheets are compared as spreadsheet programs do."""
        return (
            self.sheet.lower() == other.sheet.lower()
            and self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


@dataclass(frozen=True)
class Formula:
    """A formula of a cell. text: that of the first cell for a formula that several share. over: how many rows and columns
    those cells reach, by which its references may lie elsewhere. fills: how many more rows and columns its result takes."""

    sheet: str
    place: Place
    text: str
    over: Place = (0, 0)
    fills: Place = (0, 0)


_STRING = re.compile(r'"[^"]*"')
_OUTSIDE = re.compile(r"(?:'[^']*\[[^\]]+\][^']*'|\[\d+\][^\s!'(),;+*/^&=<>-]*)!?[$\w:.]*")
_SHEET = r"(?:'((?:[^']|'')+)'!|([^\s'!(),;:+*/^&=<>\-{}\"%\[\]]+)!)?"
_CELLS = re.compile(
    _SHEET
    + r"(?<![\w.])(?:\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?"
    + r"|\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})|\$?(\d{1,7}):\$?(\d{1,7}))(?![\w(.])"
)
_WORD = re.compile(r"[^\W\d][\w.]*(?!\w*[(!])")
_ANYWHERE = re.compile(r"\b(?:INDIRECT|OFFSET|EVALUATE|CELL)\s*\(", re.IGNORECASE)
_SEVERAL_SHEETS = re.compile(r":'?[^!(),:;+*/^&=<>\"-]*!|'[^']*:[^']*'!")


def areas(text: str, sheet: str, names: Mapping[str, str], deep: int = _DEEP) -> Iterator[Area] | None:
    """The cells that a formula names; None if it may mean any: by a table, through a text, over several sheets."""
    plain = _OUTSIDE.sub("", _STRING.sub('""', text))
    found = list(_plain_areas(plain, sheet))
    if "[" in plain or _ANYWHERE.search(plain) or _SEVERAL_SHEETS.search(plain):
        return None
    for word in _WORD.findall(_CELLS.sub(" ", plain)):
        meant = names.get(word.lower())
        inner = areas(meant, sheet, names, deep - 1) if meant is not None and deep else ()
        if inner is None:
            return None
        found += inner
    return iter(found)


def _plain_areas(text: str, sheet: str) -> Iterator[Area]:
    for quoted, plain, left, top, right, bottom, first, last, start, end in _CELLS.findall(text):
        where = quoted.replace("''", "'") or plain or sheet
        if left:
            rows = sorted((int(top), int(bottom or top)))
            columns = sorted((_column(left), _column(right or left)))
        elif first:
            rows, columns = [1, _LAST_ROW], sorted((_column(first), _column(last)))
        else:
            rows, columns = sorted((int(start), int(end))), [1, _LAST_COLUMN]
        yield Area(where, rows[0], columns[0], rows[1], columns[1])


def _column(letters: str) -> int:
    return column_number(letters.upper())


class Dependent:
    """The cells that depend on some areas. Formulas are asked again and again, because one may depend on another."""

    def __init__(self, gone: Sequence[Area], names: Mapping[str, str]) -> None:
        self._gone, self._names = gone, names
        self._rows: dict[tuple[str, int], list[int]] = {}

    def among(self, formulas: Sequence[Formula]) -> set[tuple[str, Place]]:
        """The cells of those formulas that depend on the areas."""
        open_ones = [(formula, self._reach(formula)) for formula in formulas]
        found: set[tuple[str, Place]] = set()
        for _ in range(_ROUNDS):
            new = [formula for formula, reach in open_ones if self._depends(formula, reach)]
            if not new:
                return found
            found |= {(formula.sheet, place) for formula in new for place in _filled(formula)}
            open_ones = [each for each in open_ones if (each[0].sheet, each[0].place) not in found]
        return found | {(formula.sheet, place) for formula, _ in open_ones for place in _filled(formula)}

    def touches(self, text: str, sheet: str) -> bool:
        """Whether a formula outside the cells, as that of a chart, names one of them."""
        reach = areas(text, sheet, self._names)
        return reach is None or any(self._hit(area) for area in reach)

    def _reach(self, formula: Formula) -> list[Area] | None:
        named = areas(formula.text, formula.sheet, self._names)
        down, right = formula.over
        return (
            None
            if named is None
            else [
                Area(a.sheet, max(1, a.top - down), max(1, a.left - right), a.bottom + down, a.right + right)
                for a in named
            ]
        )

    def _depends(self, formula: Formula, reach: Sequence[Area] | None) -> bool:
        """Whether a formula depends on what is known to be gone; then its own cell is, for those that come after it."""
        if reach is not None and not any(self._hit(area) for area in reach):
            return False
        for row, column in _filled(formula):
            insort(self._rows.setdefault((formula.sheet.lower(), column), []), row)
        return True

    def _hit(self, area: Area) -> bool:
        return any(area.meets(gone) for gone in self._gone) or any(
            sheet == area.sheet.lower() and area.left <= column <= area.right and _within(rows, area)
            for (sheet, column), rows in self._rows.items()
        )


def _filled(formula: Formula) -> Iterator[Place]:
    """The cells that hold the result of a formula."""
    row, column = formula.place
    down, right = formula.fills
    return product(range(row, row + down + 1), range(column, column + right + 1))


def _within(rows: Sequence[int], area: Area) -> bool:
    at = bisect_left(rows, area.top)
    return at < len(rows) and rows[at] <= area.bottom
