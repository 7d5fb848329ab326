"""What a roster's rows are: each field declared once, with its Chinese heading and its kind.

The reader, templates, `inspect` and the JSON Schema all come from these declarations.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, Generic, NamedTuple, TypeVar, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from sanchuang_cli.finding import Finding, Place
from sanchuang_cli.kind import NO_VALUE, Kind, mask
from sanchuang_cli.period import Period

Cell = Any
"""A cell as the reader library gives it: str, float, int, bool, date, datetime, time, timedelta or None."""


class ErrorCell(str):
    """A cell that holds a formula's error, such as #N/A, told apart from text that looks like one."""


NOT_WORKED_OUT = "公式没有算出结果"
"""What stands as an ErrorCell for a formula that no spreadsheet program has worked out yet."""
PICTURE = "单元格里是图片"
"""What stands as an ErrorCell for a cell with a picture and no text (WPS writes =DISPIMG)."""


@dataclass(frozen=True)
class Field:
    """A column of a roster. Written in a Record as `name: Annotated[type, Field("标题", Kind.…)] = default`.

    required: the column must be there and every row filled; a blank is an error that sets the row aside. headed: the
    column must be there, its cells may be blank: by it a table is known.
    aliases: headings it also goes by, beside those that columns.aliases lists for `heading`.
    choices: the words a CHOICE may be, each with the words that also mean it; of a FLAG, those that also mean 是 and 否.
    maximum: the largest SCORE allowed; above it is an error.
    partial: of a number of which some characters are hidden or lost, those that are there are kept.
    from_sender: a table without the column is its sender's: the township that sent the book stands for it.
    heard: free words in which a clerk may say that somebody has died or left the post, as beside the fields.
    idle: it bears on nothing that the programme decides: an unread cell sets nobody aside, and of rows that count once
    one may say more in it than the others.
    none: words that say that there is nothing to fill in, beside those for none (至今, in a column of ends).
    ahead: a DATE that may lie after the day of judgement (an end, a limit, a plan).
    note: what a template tells the person who fills it in. asked: whether a template has the column, or only says
    that it may be added.
    """

    heading: str
    kind: Kind = Kind.TEXT
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    maximum: int | None = None
    note: str = ""
    example: str = ""
    from_sender: bool = False
    partial: bool = False
    asked: bool = True
    headed: bool = False
    heard: bool = False
    idle: bool = False
    ahead: bool = False
    none: frozenset[str] = frozenset()
    name: str = ""

    @property
    def needed(self) -> bool:
        """Whether a table without the column is none of the roster's."""
        return self.required or self.headed


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row has beside its values. comments: by column. struck: the columns struck through, True where all of the
    cell is, False where a part."""

    comments: Mapping[int, str] = field(default_factory=dict)
    struck: Mapping[int, bool] = field(default_factory=dict)

    def and_(self, other: "Beside") -> "Beside":
        """What two rows of one person have together."""
        comments = dict(self.comments)
        for column, text in other.comments.items():
            comments[column] = f"{comments[column]}；{text}" if column in comments else text
        return Beside(comments, {**self.struck, **other.struck})


class SentPlace(NamedTuple):
    """A table of a sender's book that was merged: its first and last row there, and by the heading of the merged roster
    each column's number and heading there."""

    first: int
    last: int
    columns: Mapping[str, tuple[int, str]]

    def under(self, heading: str) -> tuple[int, str]:
        """The column that the merged roster has under a heading, and its own heading; (0, "") where there is none. What a
        wide page repeats above its columns may be taken for a part of them: 名册（续）/姓名."""
        parts = heading.split("/")
        ends = ("/".join(parts[n:]) for n in range(len(parts)))
        return next((self.columns[end] for end in ends if end in self.columns), (0, ""))


class Origins(NamedTuple):
    """Where the rows of a merged roster came from. file, sheet, row: its columns that say so, from 1. tables: those that
    were merged, by the sender's file and sheet."""

    file: int
    sheet: int
    row: int
    tables: Mapping[tuple[str, str], Sequence[SentPlace]]

    def place(self, cells: Sequence[Cell], heading: str) -> Place | None:
        """Where the row of `cells` came from, and the cell under `heading` of it; None where the row does not say. The
        whole row where its sheet had several tables beside each other, or the sender had no such column."""
        file, sheet, row = (cells[at - 1] if at <= len(cells) else None for at in self[:3])
        if not (isinstance(file, str) and isinstance(sheet, str) and isinstance(row, int | float)):
            return None
        tables = [table for table in self.tables.get((file, sheet), ()) if table.first <= row <= table.last]
        column, heading_there = tables[0].under(heading) if len(tables) == 1 else (0, "")
        return Place(file, sheet, int(row), column, heading_there)


@dataclass(frozen=True, slots=True)
class Source:
    """The table a row came from: its book and sheet, and for each field its column (from 1) and heading there.

    remarks: the columns that hold remarks, whatever they are called, with their headings. beside: by row number, for
    the few rows that have comments or are struck through; empty where the format tells of no such thing.
    sender: the township that sent the book, where the table lacks a column that it stands for. origins: of a merged
    roster, where its rows came from.
    """

    book: str
    sheet: str
    columns: Mapping[str, tuple[int, str]]
    remarks: tuple[tuple[int, str], ...] = ()
    beside: Mapping[int, Beside] = field(default_factory=dict)
    sender: str = ""
    origins: Origins | None = None


class Row(Struct, frozen=True, gc=False):
    """One data row as it stood: `cells` in sheet order, starting at the sheet's first column.

    unread: fields that got no value although their cell is not empty. joined: further rows of the same person, whose
    cells `cells` has too.
    """

    source: Source
    number: int
    cells: tuple[Cell, ...]
    unread: tuple[str, ...] = ()
    joined: "tuple[Row, ...]" = ()

    def place(self, name: str = "") -> Place:
        """Where the field `name` stands; the whole row without one, or where the table has no such column."""
        return self._at(*self.source.columns.get(name, (0, "")))

    def _at(self, column: int, heading: str) -> Place:
        origins = self.source.origins
        sent = origins.place(self.cells, heading) if origins else None
        return Place(self.source.book, self.source.sheet, self.number, column, heading, sent)

    @property
    def line(self) -> tuple[str, str, int]:
        """Its book, its sheet and its number: the same as of a place in it."""
        return self.source.book, self.source.sheet, self.number

    def at(self, column: int) -> Place:
        """The cell in `column`, under its heading where that is known."""
        headings = {**dict(self.source.remarks), **dict(self.source.columns.values())}
        return self._at(column, headings.get(column, ""))

    @property
    def remarks(self) -> list[tuple[int, str, str]]:
        """What stands in the columns of remarks: column, heading, text; those that are blank are left out."""
        cells = self.cells
        return [
            (column, heading, shown(cells[column - 1]))
            for column, heading in self.source.remarks
            if column <= len(cells) and cells[column - 1] not in ("", None)
        ]

    @property
    def beside(self) -> Beside:
        """The row's comments, and what of it is struck through."""
        together = self.source.beside.get(self.number, _NOTHING_BESIDE)
        for row in self.joined:
            together = together.and_(row.beside)
        return together

    def written(self, name: str, kind: Kind = Kind.TEXT) -> str:
        """The cell of `name` as a reader would see it, masked by `kind`; "" when blank or no such column."""
        column, _ = self.source.columns.get(name, (0, ""))
        if not 0 < column <= len(self.cells):
            return ""
        return mask(kind, shown(self.cells[column - 1]))

    def illegible(self, field: Field) -> str:
        """What stands in a field's cell that nobody could read, masked; "" where it was read, or says nothing."""
        written = self.written(field.name, field.kind) if field.name in self.unread else ""
        return "" if written in NO_VALUE | field.none else written


_NOTHING_BESIDE = Beside()


def shown(cell: Cell) -> str:
    """A cell's value as text: whole floats without `.0`, dates as ISO, blanks as ""."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if hasattr(cell, "isoformat"):
        return (
            str(cell.isoformat(" "))
            if hasattr(cell, "hour") and hasattr(cell, "year")
            else str(cell.isoformat())
        )
    return str(cell).strip()


class Record(Struct, frozen=True, kw_only=True, gc=False):
    """Base of every roster record: frozen, with the row it was read from. Subclasses say frozen=True, kw_only=True again.

    A Struct and no pydantic model: the cells' parsers have seen to the types, a hundred thousand records take a third
    of the memory, and rules read their fields three times as fast.
    `more` holds the columns that a policy declares and the class cannot know (indicators, criteria).
    """

    row: Row
    more: Mapping[str, Any] = {}

    @property
    def called(self) -> str:
        """What messages call whom the row is about."""
        return str(self.row.place())

    def said_beside(self) -> Sequence[Finding]:
        """What stands beside the fields (remarks, comments, lines struck through) and bears on whoever the row is about."""
        return ()

    @classmethod
    @cache
    def declared(cls) -> tuple[Field, ...]:
        """The fields in the order they are written, each with its name."""
        hints = get_type_hints(cls, include_extras=True)
        return tuple(
            replace(mark, name=name)
            for name in cls.__struct_fields__
            for mark in getattr(hints[name], "__metadata__", ())
            if isinstance(mark, Field)
        )

    @classmethod
    @cache
    def defaults(cls) -> dict[str, Any]:
        """What stands in each field where a cell is blank; None where the declaration gives no default."""
        return {field.name: None if field.default is NODEFAULT else field.default for field in fields(cls)}


class Asks(NamedTuple):
    """What a blank roster says of a column. words: that a policy knows there. rare: most people have nothing to fill in."""

    words: tuple[str, ...] = ()
    rare: bool = False


def _asked(field: Field, asks: Asks | None) -> Field:
    if asks is None:
        return replace(field, asked=field.required)
    choices = field.choices or dict.fromkeys(asks.words, ())
    return replace(field, asked=True, choices=choices, example=RARELY if asks.rare else field.example)


R = TypeVar("R", bound=Record)
RARELY = "没有的留空"
"""The example of a column in which most people have nothing to fill in."""
Keys = tuple[tuple[str, ...], ...]
"""Fields that tell rows apart, by name: the first group of which something is filled."""


def keyed(value: Callable[[str], Any], keys: Keys) -> tuple[Any, ...] | None:
    """What tells a row apart, after the number of the key that it goes by; None where none is filled. value: of a field."""
    for number, key in enumerate(keys):
        values = tuple([value(name) for name in key])
        if any(values):
            return number, *values
    return None


def _no_lines(page: str) -> Iterator[tuple[Place, Mapping[str, Cell]]]:
    return iter(())


@dataclass(frozen=True)
class Origin:
    """The run whose result a roster was read from, as its 来源 tells. book: its name. policy: the SHA-256 of its policy
    file, editions: those of the file by the day of force, each with its mark (see PolicyFile.marks), "" if unknown.
    lines: a page's numbered lines, by headings, each with its place."""

    book: str
    period: Period
    policy: str
    editions: Mapping[str, str]
    lines: Callable[[str], Iterator[tuple[Place, Mapping[str, Cell]]]] = _no_lines


@dataclass(frozen=True)
class Roster(Generic[R]):
    """名册: the records that could be read, and the rows that had to be set aside (their findings say why). origin: where
    it was read from a result."""

    records: tuple[R, ...] = ()
    set_aside: tuple[Row, ...] = ()
    origin: Origin | None = None

    @property
    def rows_read(self) -> int:
        return len(self.records) + len(self.set_aside) + len(self.joined)

    @cached_property
    def joined(self) -> tuple[Row, ...]:
        """The rows that were read together with the one above them, which is among the records or set aside."""
        rows = (*(record.row for record in self.records), *self.set_aside)
        return tuple(below for row in rows for below in row.joined)


@dataclass(frozen=True)
class Wanted(Generic[R]):
    """One roster a programme reads: its record, its title, and columns the policy adds.

    optional: the run goes on when no table of this shape is found. sheet: of a workbook that a run
    of this tool wrote, only the sheets whose names end so are read for it. whole: any of its columns may bear on the
    outcome, so one that nobody understands is told. reread: what a run wrote is as good as what it was given.
    once: the fields that tell its rows apart: of several rows with the same, no one knows which counts. or_once: those
    that do where the first are blank; rows that are the same by them are never taken for one.
    called: headings that the programme has for fields whose record words them more generally, by the field's name.
    A column of `more` that has a field's name takes its place: what a CHOICE may be is then the policy's to say.
    """

    record: type[R]
    title: str
    more: tuple[Field, ...] = ()
    optional: bool = False
    sheet: str = ""
    whole: bool = False
    reread: bool = False
    once: tuple[str, ...] = ()
    or_once: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)

    def with_more(self, more: Iterable[Field]) -> "Wanted[R]":
        """The same with the columns that a policy adds."""
        return replace(self, more=(*self.more, *more))

    def asking(self, columns: Mapping[str, Asks]) -> "Wanted[R]":
        """The same as a blank roster has it that has these columns, by name; the others may be added to it."""
        return replace(self, more=tuple(_asked(field, columns.get(field.name)) for field in self.fields))

    @property
    def keys(self) -> Keys:
        """What tells its rows apart, the first that is filled."""
        return tuple(key for key in (self.once, self.or_once) if key)

    @property
    def fields(self) -> tuple[Field, ...]:
        own = self.record.declared()
        if self.called:
            own = tuple([replace(one, heading=self.called.get(one.name, one.heading)) for one in own])
        instead = {one.name: one for one in self.more}
        kept = tuple([instead.pop(one.name, one) for one in own])
        return kept + tuple([one for one in self.more if one.name in instead])
