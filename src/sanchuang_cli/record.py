"""Declares the rows of a roster: each field once, with its Chinese heading and its kind.

The reader, templates, `inspect` and the JSON Schema are all made from these declarations. It reads no file
itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, ClassVar, Generic, Literal, NamedTuple, TypeVar, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from sanchuang_cli.finding import Finding, Place
from sanchuang_cli.kind import NO_VALUE, Kind, mask, narrow
from sanchuang_cli.period import Period

Cell = Any
"""A cell as the reader library gives it: str, float, int, bool, date, datetime, time, timedelta or None."""


class ErrorCell(str):
    """A cell with the error of a formula, such as #N/A. It is not the same as text that looks like one."""


NOT_WORKED_OUT = "公式没有算出结果"
"""The text of an ErrorCell for a formula that no spreadsheet program has calculated yet."""
PICTURE = "单元格里是图片"
"""The text of an ErrorCell for a cell with a picture and no text (WPS writes =DISPIMG)."""


@dataclass(frozen=True)
class Field:
    """A column of a roster. In a Record it is written as `name: Annotated[type, Field("标题", Kind.…)] =
    default`.

    required: the column must exist and every row must fill it; a blank is an error that sets the row aside.
    headed: the column must exist, but its cells may be blank; the table is recognised by it.

    aliases: other headings of the column, besides those that columns.aliases lists for `heading`.

    choices: the words that a CHOICE may be, each with words that also mean it; for a FLAG, words that also
    mean 是 and 否.

    maximum: the largest SCORE, or the most STARS, allowed; a larger one is an error.

    partial: of a number with hidden or lost characters, those that are there are kept.

    from_sender: if a table lacks the column, the township that sent the workbook stands for it.

    heard: text in which a clerk may write that somebody has died, moved away, is in custody or has left the post, as he
    may beside the fields.

    idle: nothing that the programme decides depends on it. An unread cell sets nobody aside, and of rows that
    count once one may say more in it than the others.

    none: words which say that there is nothing to fill in, besides the usual ones (至今, in a column of
    ends).

    ahead: a DATE that may lie after the day of judgement (an end, a limit, a plan). of_period: one that may not
    lie before the period, because it is of what was done for that.

    withheld: what stands in the cell is no message's to quote. "row": the row may be named, as of the ballots of
    a group; "sheet": not even the row, for it is one person's ballot.

    note: what a template tells the person who fills it in. asked: whether a template has the column, or only
    says that it may be added.
    """

    heading: str
    kind: Kind = Kind.TEXT
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    maximum: int | Fraction | None = None
    note: str = ""
    example: str = ""
    from_sender: bool = False
    partial: bool = False
    asked: bool = True
    headed: bool = False
    heard: bool = False
    idle: bool = False
    ahead: bool = False
    of_period: bool = False
    none: frozenset[str] = frozenset()
    withheld: Literal["", "row", "sheet"] = ""
    name: str = ""

    @property
    def needed(self) -> bool:
        """Whether a table without the column cannot be this roster."""
        return self.required or self.headed

    def cited(self, place: Place) -> Place:
        """Return the place as a message may name it."""
        if not self.withheld:
            return place
        sent = self.cited(place.sent) if place.sent else None
        return replace(place, row=place.row if self.withheld == "row" else 0, column=0, heading="", sent=sent)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row has besides its values. comments: by column. struck: the struck-through columns; True if the
    whole cell is, False if a part of it is."""

    comments: Mapping[int, str] = field(default_factory=dict)
    struck: Mapping[int, bool] = field(default_factory=dict)

    def and_(self, other: "Beside") -> "Beside":
        """Return what two rows of one person have together."""
        comments = dict(self.comments)
        for column, text in other.comments.items():
            comments[column] = f"{comments[column]}；{text}" if column in comments else text
        return Beside(comments, {**self.struck, **other.struck})


class SentPlace(NamedTuple):
    """A table of a sender's workbook that was merged.

    It holds the first and last row there and, by the heading of the merged roster, the number and heading of
    each column there.
    """

    first: int
    last: int
    columns: Mapping[str, tuple[int, str]]

    def under(self, heading: str) -> tuple[int, str]:
        """Return the number and heading of the sender's column for a heading of the merged roster; (0, "") if
        there is none.

        Text that a wide page repeats above its columns may be part of the heading: 名册（续）/姓名.
        """
        parts = heading.split("/")
        ends = ("/".join(parts[n:]) for n in range(len(parts)))
        return next((self.columns[end] for end in ends if end in self.columns), (0, ""))


class Origins(NamedTuple):
    """Where the rows of a merged roster came from.

    file, sheet, row: the columns of the merged roster that say so, from 1. tables: the merged ones, by the
    sender's file and sheet. aside: the column that says why a row was set aside when it was merged, 0 if there is none.
    """

    file: int
    sheet: int
    row: int
    tables: Mapping[tuple[str, str], Sequence[SentPlace]]
    aside: int = 0

    def place(self, cells: Sequence[Cell], heading: str) -> Place | None:
        """Return where the row of `cells` came from, at the cell under `heading`; None if the row does not
        say.

        It is the whole row if its sheet had several tables side by side, or if the sender had no such column.
        """
        file, sheet, row = (cells[at - 1] if at <= len(cells) else None for at in self[:3])
        if not (isinstance(file, str) and isinstance(sheet, str) and isinstance(row, int | float)):
            return None
        tables = [table for table in self.tables.get((file, sheet), ()) if table.first <= row <= table.last]
        column, heading_there = tables[0].under(heading) if len(tables) == 1 else (0, "")
        return Place(file, sheet, int(row), column, heading_there)


@dataclass(frozen=True, slots=True)
class Source:
    """The table from which a row came: its workbook and sheet, and for each field its column (from 1) and
    heading there.

    remarks: the columns of remarks, however they are called, with their headings. beside: by row number, for
    the few rows with comments or struck-through cells; empty if the file format cannot have any. sender: the
    township that sent the workbook, if the table lacks that column. origins: for a merged roster, where its
    rows came from. titles: the lines above the headings that stand alone in their row. headings: of all
    columns, by their number.
    """

    book: str
    sheet: str
    columns: Mapping[str, tuple[int, str]]
    remarks: tuple[tuple[int, str], ...] = ()
    beside: Mapping[int, Beside] = field(default_factory=dict)
    sender: str = ""
    origins: Origins | None = None
    titles: tuple[str, ...] = ()
    headings: Mapping[int, str] = field(default_factory=dict)


class Row(Struct, frozen=True, gc=False):
    """One data row as it stood: `cells` in sheet order, starting at the sheet's first column.

    unread: fields without a value although their cell is not empty. joined: further rows of the same person;
    `cells` has their cells too.
    """

    source: Source
    number: int
    cells: tuple[Cell, ...]
    unread: tuple[str, ...] = ()
    joined: "tuple[Row, ...]" = ()

    def place(self, name: str = "") -> Place:
        """Return where the field `name` stands; the whole row without a name, or if the table has no such
        column."""
        return self._at(*self.source.columns.get(name, (0, "")))

    def _at(self, column: int, heading: str) -> Place:
        origins = self.source.origins
        sent = origins.place(self.cells, heading) if origins else None
        return Place(self.source.book, self.source.sheet, self.number, column, heading, sent)

    @property
    def line(self) -> tuple[str, str, int]:
        """Its workbook, its sheet and its number: the same as of a place in it."""
        return self.source.book, self.source.sheet, self.number

    def at(self, column: int) -> Place:
        """Return the cell in `column`, with its heading if that is known."""
        headings = {**self.source.headings, **dict(self.source.remarks), **dict(self.source.columns.values())}
        return self._at(column, headings.get(column, ""))

    @property
    def remarks(self) -> list[tuple[int, str, str]]:
        """What stands in the columns of remarks: column, heading and text. Blank ones are left out."""
        cells = self.cells
        return [
            (column, heading, shown(cells[column - 1]))
            for column, heading in self.source.remarks
            if column <= len(cells) and cells[column - 1] not in ("", None)
        ]

    @property
    def beside(self) -> Beside:
        """The comments of the row, and what is struck through in it."""
        together = self.source.beside.get(self.number, _NOTHING_BESIDE)
        for row in self.joined:
            together = together.and_(row.beside)
        return together

    def written(self, name: str, kind: Kind = Kind.TEXT) -> str:
        """Return the cell of `name` as a reader sees it, masked by `kind`; "" if it is blank or there is no
        such column."""
        column, _ = self.source.columns.get(name, (0, ""))
        if not 0 < column <= len(self.cells):
            return ""
        return mask(kind, shown(self.cells[column - 1]))

    def illegible(self, field: Field) -> str:
        """Return what stands in a cell that nobody could read, numbers masked; "" if it was read or says nothing."""
        written = self.written(field.name) if field.name in self.unread else ""
        if written in NO_VALUE | field.none:
            return ""
        return mask(field.kind, written) if any(map(str.isdigit, written)) else written


_NOTHING_BESIDE = Beside()


def shown(cell: Cell) -> str:
    """Return the value of a cell as text: whole numbers without `.0`, dates in ISO form, blanks as ""."""
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
    """The base of every roster record: unchangeable, with the row it was read from. Subclasses repeat
    frozen=True, kw_only=True.

    It is a Struct and not a pydantic model, because the parsers of cells have already checked the types. A
    hundred thousand records take a third of the memory, and rules read fields three times as fast. `more`
    holds the columns that a policy declares and the class cannot know (indicators, criteria).
    """

    heeds: ClassVar[Set[str]] = frozenset()
    """The matters (domain/remarks) that set a person's row aside if a remark says them, besides those that always do."""

    row: Row
    more: Mapping[str, Any] = {}

    @property
    def called(self) -> str:
        """The words with which messages name whom the row is about."""
        return str(self.row.place())

    @property
    def cited(self) -> Sequence[str]:
        """The fields that an explanation cites where a reason of another row rests on this one; by default all that say
        something."""
        return [one.name for one in self.declared()]

    def said_beside(self) -> Sequence[Finding]:
        """Return findings on what stands beside the fields (remarks, comments, struck-through cells) and
        concerns the person of the row."""
        return ()

    @classmethod
    @cache
    def declared(cls) -> tuple[Field, ...]:
        """Return the fields in the order in which they are written, each with its name."""
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
        """Return the value of each field for a blank cell; None if the declaration gives no default."""
        return {field.name: None if field.default is NODEFAULT else field.default for field in fields(cls)}


class Asks(NamedTuple):
    """What a blank roster says about a column. words: those that a policy knows there. rare: most people have
    nothing to fill in."""

    words: tuple[str, ...] = ()
    rare: bool = False


def _asked(field: Field, asks: Asks | None) -> Field:
    if asks is None:
        return replace(field, asked=field.required)
    choices = field.choices or dict.fromkeys(asks.words, ())
    return replace(field, asked=True, choices=choices, example=RARELY if asks.rare else field.example)


R = TypeVar("R", bound=Record)
RARELY = "没有的留空"
"""The example in a column in which most people have nothing to fill in."""
Keys = tuple[tuple[str, ...], ...]
"""Names of fields that tell rows apart: the first group that is filled in counts (see keyed)."""


def keyed(value: Callable[[str], Any], keys: Keys) -> tuple[Any, ...] | None:
    """Return what tells a row apart, after the number of the key that counts; None if none is filled in.
    value: gives the value of a field.

    The first key counts whose fields are all filled in, otherwise the last one: a kind of award and a blank
    number are no key of their own. Something must be filled in even there. How it is typed (（筹） or (筹), a
    blank in a name) tells nothing apart.
    """
    for number, key in enumerate(keys):
        values = tuple([narrow(one) if isinstance(one := value(name), str) else one for name in key])
        if all(values) or (number + 1 == len(keys) and any(values)):
            return number, *values
    return None


def _no_lines(page: str) -> Iterator[tuple[Place, Mapping[str, Cell]]]:
    return iter(())


@dataclass(frozen=True)
class Origin:
    """The run whose result a roster was read from, as the page 来源 of that result tells it.

    book: its name. policy: the SHA-256 of its policy file. editions: those of that file by the day of force,
    each with its mark (see PolicyFile.marks), "" if unknown. lines: gives the numbered lines of a page by
    their headings, each with its place. periods: all of them, in order, where results of several were read.
    """

    book: str
    period: Period
    policy: str
    editions: Mapping[str, str]
    lines: Callable[[str], Iterator[tuple[Place, Mapping[str, Cell]]]] = _no_lines
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True)
class Roster(Generic[R]):
    """名册: the records that could be read, and the rows that had to be set aside; findings say why. origin:
    given if it was read from a result. doubtful: what was read of the rows set aside, of which nothing may be concluded."""

    records: tuple[R, ...] = ()
    set_aside: tuple[Row, ...] = ()
    origin: Origin | None = None
    doubtful: tuple[R, ...] = ()

    @property
    def rows_read(self) -> int:
        """How many rows were read, including those set aside."""
        return len(self.records) + len(self.set_aside) + len(self.joined)

    @cached_property
    def joined(self) -> tuple[Row, ...]:
        """The rows that were read together with the row above them. That one is among the records or is set
        aside."""
        rows = (*(record.row for record in self.records), *self.set_aside)
        return tuple(below for row in rows for below in row.joined)


@dataclass(frozen=True)
class Wanted(Generic[R]):
    """One roster that a programme reads: its record, its title, and the columns that a policy adds.

    optional: the run goes on if no table of this shape is found. sheet: of a workbook that a run of this
    program wrote, only sheets whose names end so are read for it. whole: any column may matter, so a column
    that nobody understands is reported. reread: what a run wrote may be read instead of what the run was
    given. once: the fields that tell rows apart; of several rows with the same ones, nobody knows which
    counts. or_once: the fields that do so where the first are blank; rows that agree by these are never taken
    for one. called: the headings that the programme has for fields whose record words them more generally, by
    the field's name. A column of `more` with the name of a field replaces it; then the policy says what a
    CHOICE may be.
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
        """Return the same with the columns that a policy adds."""
        return replace(self, more=(*self.more, *more))

    def asking(self, columns: Mapping[str, Asks]) -> "Wanted[R]":
        """Return the same for a blank roster with these columns, by name; the others may be added to it."""
        return replace(self, more=tuple(_asked(field, columns.get(field.name)) for field in self.fields))

    @property
    def keys(self) -> Keys:
        """The keys that tell its rows apart. The first one that is filled in counts."""
        return tuple(key for key in (self.once, self.or_once) if key)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return all its fields, those of the policy last."""
        own = self.record.declared()
        if self.called:
            own = tuple([replace(one, heading=self.called.get(one.name, one.heading)) for one in own])
        instead = {one.name: one for one in self.more}
        kept = tuple([instead.pop(one.name, one) for one in own])
        return kept + tuple([one for one in self.more if one.name in instead])
