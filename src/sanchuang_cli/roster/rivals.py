"""Between several rosters whose required columns a table has: the one that its other columns tell apart, or none.

A column speaks for a roster against another where the one takes it and the other does not, or only by likeness. Columns
that every list of people has speak for none. How many columns a roster takes decides only where a list that requires
no column is among them. What is not decided is told, with what would decide it; nothing is read by chance.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sanchuang_cli.finding import Place
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Wanted
from sanchuang_cli.roster.columns.fitting import LEVELS
from sanchuang_cli.roster.columns.headings import key
from sanchuang_cli.roster.columns.matching import Matching, known_headings
from sanchuang_cli.roster.grid import Area

_WHO = frozenset({Kind.NAME, Kind.IDENTITY, Kind.ACCOUNT, Kind.PHONE})
_WHERE = frozenset({"乡镇", "村", "所在党支部", "性别", "出生日期", "开户行", "备注"})
"""Columns by which a person is found or paid: every list of people has some of them, and they tell none apart."""
_CERTAIN = frozenset(level.how for level in LEVELS if level.strict)
_TOLD = 3
UNSETTLED = "分不清是哪一种名册"
"""What is said of a table of which nobody can tell."""


def says_who(field: Field) -> bool:
    """Whether a column only says who somebody is, or where."""
    return field.kind in _WHO or field.heading in _WHERE


class Fit(NamedTuple):
    """A roster that a table may be. name: in what was wanted."""

    name: str
    wanted: Wanted[Any]
    matching: Matching

    @property
    def is_open(self) -> bool:
        """Whether it requires no column at all."""
        return not any(field.needed for field in self.wanted.fields)

    @property
    def claims(self) -> dict[int, tuple[Field, bool]]:
        """By column, the field that it is read for, and whether that is certain. Tied columns are certainly its own."""
        found = {one.column: (one.field, one.how in _CERTAIN) for one in self.matching.matches.values()}
        return {column: (field, True) for column, field in self.matching.tied.items()} | found

    def speaking(self, other: "Fit") -> list[Field]:
        """The fields whose columns in the table tell it from the other."""
        theirs = {column: certain for column, (_, certain) in other.claims.items()}
        return [
            field
            for column, (field, certain) in self.claims.items()
            if _tells(field) and (column not in theirs or (certain and not theirs[column]))
        ]

    def beats(self, other: "Fit") -> bool:
        """Whether the table is this one for certain, if it is one of the two."""
        against = other.speaking(self)
        if self.is_open or other.is_open:
            more = len(self.matching.matches) > len(other.matching.matches)
            return more and not any(field.needed for field in against)
        return bool(self.speaking(other)) and not against

    def is_near(self, other: "Fit") -> bool:
        """Whether the table may rather be this one although it lacks a required column, perhaps by an odd heading: its
        other columns speak for this one alone."""
        return not other.is_open and self.beats(other)


def _tells(field: Field) -> bool:
    return (field.needed and not field.from_sender) or not says_who(field)


def best(complete: Sequence[Fit], near: Sequence[Fit] = ()) -> list[Fit]:
    """The one that beats every other; where none does, those among which nobody can tell. near: rosters of which the
    table lacks a required column."""
    apart = [fit for at, fit in enumerate(complete) if fit.wanted.fields not in _fields(complete[:at])]
    for one in apart:
        if all(one.beats(other) for other in apart if other is not one):
            return [one, *(other for other in near if other.is_near(one))]
    unbeaten = [one for one in apart if not any(other.beats(one) for other in apart)]
    return unbeaten if len(unbeaten) > 1 else apart


def _fields(fits: Iterable[Fit]) -> list[tuple[Field, ...]]:
    return [fit.wanted.fields for fit in fits]


@dataclass(frozen=True)
class Unsettled:
    """A table that is one of several rosters, and nobody can tell which: the first of them stands for all."""

    place: Place
    area: Area
    rivals: tuple[Fit, ...]

    @property
    def name(self) -> str:
        return self.rivals[0].name

    @property
    def matching(self) -> Matching:
        return self.rivals[0].matching

    @property
    def message(self) -> str:
        """What it may be, what speaks for each, or what would."""
        first, *others = map(self._told, self.rivals)
        return f"这张表既像{first}，又像{'，又像'.join(others)}，{UNSETTLED}"

    @property
    def mend(self) -> str:
        """The line that settles it, ready to be copied."""
        line = f'"{self.place.book} {self.place.sheet}" = "{self.rivals[0].wanted.title}"'
        return f"在 --columns 文件里写明是哪一种，例如：{line}；或照那种名册的模板（sanchuang template）改好列标题"

    def __str__(self) -> str:
        return f"{self.place}：{self.message}。{self.mend}。"

    def _told(self, one: Fit) -> str:
        others = [other for other in self.rivals if other is not one]
        title = f"“{one.wanted.title}”"
        missing = f"；缺必需的列：{_listed(one.matching.missing)}" if one.matching.missing else ""
        if has := _shared([one.speaking(other) for other in others]):
            return f"{title}（有它独有的列：{_listed(has)}{missing}）"
        lacks = [field for field in one.wanted.fields if _is_own(field, others) and not _is_taken(field, one)]
        return f"{title}（没有它独有的列，如{_listed(lacks)}）" if lacks else title


def _shared(lists: Sequence[Sequence[Field]]) -> list[Field]:
    """What is in all of the lists."""
    return [field for field in lists[0] if all(field in other for other in lists)]


def _is_own(field: Field, others: Sequence[Fit]) -> bool:
    """Whether a column would tell its roster from the others, by all headings that it goes by."""
    theirs = {name for other in others for one in other.wanted.fields for name in _keys(one)}
    return _tells(field) and theirs.isdisjoint(_keys(field))


def _is_taken(field: Field, one: Fit) -> bool:
    return field in [own for own, _ in one.claims.values()]


def _keys(field: Field) -> list[str]:
    return [key(name) for name in known_headings(field)]


def _listed(fields: Sequence[Field]) -> str:
    return "、".join(field.heading for field in fields[:_TOLD]) + ("等" if len(fields) > _TOLD else "")


def named(pinned: Mapping[str, str], place: Place, wanted: Mapping[str, Wanted[Any]]) -> str:
    """The name of the roster that a --columns file says the table at `place` is, "" where it says nothing of it: the
    table by its place, or its sheet, or all that its book holds."""
    said = {key(words): title for words, title in pinned.items()}
    books = (place.book, place.book.rpartition("/")[2])
    for rest in (f"{place.sheet}第{place.row}行", place.sheet, ""):
        for book in books:
            title = said.get(key(f"{book}{rest}"))
            if found := next((name for name, one in wanted.items() if one.title == title), ""):
                return found
    return ""
