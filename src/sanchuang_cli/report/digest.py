"""Works out the digest of a result from the values in its tables, never from formats or bytes. Values in, text out.

A spreadsheet program that saves a workbook changes its bytes and keeps its values, and so the digest. Beside it each
sheet has a few sums by which the one row or column that was changed is found, without any value being kept twice.

A value is one of three things, whatever its kind was: nothing; a number, to six decimals, a day being the serial
number of its cell; or a text, composed (NFC), without blanks at its ends and with line ends as \\n.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import compress, repeat
from operator import mul
from typing import Any, NamedTuple, Self
from zlib import crc32

_CELL, _ROW, _NUMBER, _WORD = "\x01", "\x02", "\x03", "\x04"
"""No cell holds these characters: they part cells and rows, and tell numbers and truth values from texts."""
_PARTED = _CELL.encode()
_PRIME = 2**31 - 1
_DECIMALS = 6
"""Nothing that a workbook shows has more than three; sums of them in binary differ in the twelfth."""
_DAY_ZERO = datetime(1899, 12, 30)
_SECONDS_OF_A_DAY = 86_400


def canonical(cell: Any) -> str:
    """What a cell says, in the one form that its value has."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        words = unicodedata.normalize("NFC", cell).replace("\r\n", "\n").replace("\r", "\n").strip()
        return words if type(cell) is str else f"{_WORD}{words}"
    if isinstance(cell, bool) or not isinstance(cell, int | float | date):
        return f"{_WORD}{cell}"
    return _NUMBER + _plain(cell)


def _plain(number: float | date) -> str:
    if isinstance(number, date):
        moment = number if isinstance(number, datetime) else datetime.combine(number, time())
        number = (moment - _DAY_ZERO).total_seconds() / _SECONDS_OF_A_DAY
    if number == int(number):
        return str(int(number))
    return f"{number:.{_DECIMALS}f}".rstrip("0").rstrip(".")


def column(cells: Sequence[Any]) -> list[str]:
    """The canonical form of each of many cells; a column repeats itself a great deal."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return texts(cells)
    if bool in kinds or not kinds <= {str, int, float, date, datetime, type(None)}:
        return [canonical(cell) for cell in cells]  # True equals 1
    return _by_value(cells)


def texts(cells: Sequence[str]) -> list[str]:
    """The canonical forms of cells that all hold texts."""
    whole = _CELL.join(cells)
    if "\r" not in whole and unicodedata.is_normalized("NFC", whole):
        return list(map(str.strip, cells))
    return _by_value(cells)


def _by_value(cells: Sequence[Any]) -> list[str]:
    distinct = set(cells)
    if len(distinct) == len(cells):
        return list(map(canonical, cells))
    known = {cell: canonical(cell) for cell in distinct}
    return list(map(known.__getitem__, cells))


def whole_numbers(cells: Iterable[int]) -> list[str]:
    """The canonical forms of cells that all hold whole numbers."""
    return [f"{_NUMBER}{cell}" for cell in cells]


class Sums(NamedTuple):
    """Of the hashes of rows and of columns, once plain and once each times its place: where one has changed, the
    quotient of the two differences is its place."""

    rows: int
    placed_rows: int
    columns: int
    placed_columns: int

    def changed(self, now: "Sums", lines: int) -> tuple[int, int] | None:
        """The row and the column that differ in `now`, 0 where more than one does; None when nothing differs."""
        if self == now:
            return None
        row = _place(now.rows - self.rows, now.placed_rows - self.placed_rows, lines)
        return row, _place(now.columns - self.columns, now.placed_columns - self.placed_columns, _WIDEST)


_WIDEST = 16_384
_TOTAL = re.compile(r".*(?:小计|合计)(?:（(?:\d+[人户笔])+）)?", re.DOTALL)
"""The first cell of a row that sums up others: 青禾镇小计（37人）."""


@dataclass
class _Summing:
    """Sums in the making. A column without a value counts nothing, however many of them there are."""

    rows: int = 0
    placed_rows: int = 0
    columns: list[int] = field(default_factory=list)
    filled: list[bool] = field(default_factory=list)

    def take(self, rows: Sequence[bytes], places: Iterable[int], columns: Sequence[Sequence[str]]) -> None:
        """Further rows, once as such and once by columns."""
        hashes = list(map(crc32, rows))
        self.rows += sum(hashes)
        self.placed_rows += sum(map(mul, hashes, places))
        before = self.columns or repeat(None)
        texts = ((_CELL.join(own).encode(), was) for own, was in zip(columns, before, strict=False))
        self.columns = [crc32(text) if was is None else crc32(_PARTED + text, was) for text, was in texts]
        self.filled = [
            was or any(own) for own, was in zip(columns, self.filled or repeat(False), strict=False)
        ]

    @property
    def sums(self) -> Sums:
        by_column = [total if filled else 0 for total, filled in zip(self.columns, self.filled, strict=True)]
        placed = sum(map(mul, by_column, range(1, len(by_column) + 1)))
        sums = self.rows, self.placed_rows, sum(by_column), placed
        return Sums(*(total % _PRIME for total in sums))


def _place(plain: int, placed: int, most: int) -> int:
    """Where the one change is, if it is one; 0 otherwise."""
    if not plain % _PRIME:
        return 0
    at = placed * pow(plain, -1, _PRIME) % _PRIME
    return at if 0 < at <= most else 0


@dataclass(frozen=True)
class Sealed:
    """What is kept of a sheet. first: the row (from 1) on which its table's heads begin; lines: how many rows from
    there on are the table's. sums, totals: of its heads and rows, and of the rows that sum them up, apart because a
    spreadsheet program changes those along with the one value that somebody changes. sha256: of all its values; only
    the whole workbook's is kept."""

    name: str
    first: int
    lines: int
    sums: Sums
    totals: Sums
    sha256: str = ""

    @classmethod
    def of(cls, name: str, first: int, columns: Sequence[Sequence[str]]) -> "Sealed":
        """From the columns of a table in canonical form."""
        seal = Seal()
        seal.take(columns)
        return seal.set(name, first)

    def __str__(self) -> str:
        totals = self.totals if any(self.totals) else ()  # most sheets have none, and 来源 is printed
        return f"{self.name}:{self.first}.{self.lines}." + ".".join(
            f"{total:08x}" for total in (*self.sums, *totals)
        )

    def changed(self, now: "Sealed") -> tuple[int, int] | None:
        """The row and the column (from 1, of the sheet) of the value that differs in `now`, 0 where more than one does;
        None when nothing differs. What sums up others is named only where nothing else differs."""
        place = self.sums.changed(now.sums, self.lines) or self.totals.changed(now.totals, self.lines)
        return place and (place[0] and place[0] + self.first - 1, place[1])


class Seal:
    """What seals a sheet: it takes the columns of its table in canonical form, a stretch of rows after the other, and keeps
    nothing of them."""

    def __init__(self) -> None:
        self._lines = 0
        self._whole = hashlib.sha256()
        self._others, self._totals = _Summing(), _Summing()

    def take(self, columns: Sequence[Sequence[str]]) -> None:
        """The next rows, one at least."""
        texts = [text.rstrip(_CELL) for text in map(_CELL.join, zip(*columns, strict=True))]
        text = _ROW.join(texts).encode()
        self._whole.update(_ROW.encode() + text if self._lines else text)
        rows, places = text.split(_ROW.encode()), range(self._lines + 1, self._lines + len(texts) + 1)
        self._lines += len(texts)
        summing = ["计" in word and bool(_TOTAL.fullmatch(word)) for word in columns[0]]
        if not any(summing):
            self._others.take(rows, places, columns)
            return
        others = [not sums_up for sums_up in summing]
        for sums, which in ((self._others, others), (self._totals, summing)):
            if any(which):
                parts = [list(compress(own, which)) for own in columns]
                sums.take(list(compress(rows, which)), compress(places, which), parts)

    def set(self, name: str, first: int) -> Sealed:
        """The sheet sealed, under its name and with the row on which its table's heads begin."""
        sums, totals = self._others.sums, self._totals.sums
        return Sealed(name, first, self._lines, sums, totals, self._whole.hexdigest())


_NAMED = re.compile(r"SHA-256 ([0-9a-f]{64}) 政策 (\S*) 表 (.*)", re.DOTALL)
_SEALED = re.compile(r"([^:]+):(\d+)\.(\d+)((?:(?:\.[0-9a-f]{8}){4}){1,2})")
_DATED = re.compile(r"(\d{4}-\d\d-\d\d):([0-9a-f]*)")
_BETWEEN = "/"
"""No sheet's name holds it, nor the colon that ends a name."""


@dataclass(frozen=True)
class Digest:
    """What the last lines of 来源 hold. editions: those of the policy file, by the day from which they are in force, each
    with its mark (see PolicyFile.marks). sha256: over the editions and all sheets."""

    sha256: str
    editions: Mapping[str, str]
    sheets: tuple[Sealed, ...]

    @classmethod
    def of(cls, editions: Mapping[str, str], sheets: Iterable[Sealed]) -> Self:
        """From sheets that were sealed now, in any order: moving a sheet changes no value."""
        sealed = tuple(sheets)
        lines = sorted(f"{sheet.name}\t{sheet.first}\t{sheet.lines}\t{sheet.sha256}" for sheet in sealed)
        text = "\n".join([_dated(editions), *lines])
        return cls(hashlib.sha256(text.encode()).hexdigest(), dict(editions), sealed)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From what __str__ wrote; None for anything else."""
        named = _NAMED.fullmatch(text)
        if named is None:
            return None
        sheets = [_SEALED.fullmatch(sheet) for sheet in named[3].split(_BETWEEN)]
        read = [_sealed(sheet) for sheet in sheets if sheet]
        if len(read) < len(sheets):
            return None
        return cls(named[1], dict(_DATED.findall(named[2])), tuple(read))

    def __str__(self) -> str:
        return f"SHA-256 {self.sha256} 政策 {_dated(self.editions)} 表 {_BETWEEN.join(map(str, self.sheets))}"


def _sealed(match: re.Match[str]) -> Sealed:
    """From what Sealed.__str__ wrote. A sheet without rows that sum up others has four sums only."""
    sums = [int(number, 16) for number in match[4][1:].split(".")]
    plain, totals = Sums(*sums[:4]), Sums(*(sums[4:] or (0, 0, 0, 0)))
    return Sealed(match[1], int(match[2]), int(match[3]), plain, totals)


def _dated(editions: Mapping[str, str]) -> str:
    return ",".join(f"{day}:{mark}" for day, mark in editions.items())


def pieces(text: str, room: int) -> Iterator[str]:
    """A text that one cell cannot hold, in pieces; put together again they are the text."""
    for start in range(0, len(text), room):
        yield text[start : start + room]
