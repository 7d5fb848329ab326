"""Decides between several rosters when a table has the required columns of all of them, by its other columns.

A column speaks for a roster and against another if the first one takes it and the other does not, or only because the
headings look alike. Columns that every list of people has speak for none. The number of columns decides only if one of the
rosters requires no column. If nothing decides, the message says what would; nothing is read by chance.
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
"""Columns by which a person is found or paid. Every list of people has some of them, so they tell no rosters apart."""
_CERTAIN = frozenset(level.how for level in LEVELS if level.strict)
_TOLD = 3
UNSETTLED = "分不清是哪一种名册"
"""What messages say of such a table."""


def says_who(field: Field) -> bool:
    """Whether a column only says who somebody is or where somebody lives."""
    return field.kind in _WHO or field.heading in _WHERE


class RosterFit(NamedTuple):
    """A roster that a table may be, with its columns. name: the key of the roster in `wanted`."""

    name: str
    wanted: Wanted[Any]
    matching: Matching

    @property
    def is_open(self) -> bool:
        """Whether the roster requires no column at all."""
        return not any(field.needed for field in self.wanted.fields)

    @property
    def claims(self) -> dict[int, tuple[Field, bool]]:
        """The field of each column, and whether that is certain. For tied columns it is certain that they are this roster's,
        although not which field each of them is."""
        read_for = {
            match.column: (match.field, match.how in _CERTAIN) for match in self.matching.matches.values()
        }
        return {column: (field, True) for column, field in self.matching.tied.items()} | read_for

    def speaking(self, other: "RosterFit") -> list[Field]:
        """The fields whose columns in the table speak for this roster and against the other."""
        theirs = {column: certain for column, (_, certain) in other.claims.items()}
        return [
            field
            for column, (field, certain) in self.claims.items()
            if _tells(field) and (column not in theirs or (certain and not theirs[column]))
        ]

    def beats(self, other: "RosterFit") -> bool:
        """Whether the table is certainly this roster, if it is one of the two."""
        against = other.speaking(self)
        if self.is_open or other.is_open:
            more = len(self.matching.matches) > len(other.matching.matches)
            return more and not any(field.needed for field in against)
        return bool(self.speaking(other)) and not against

    def is_near(self, other: "RosterFit") -> bool:
        """Whether the table may rather be this roster although a required column is missing, perhaps because of an odd
        heading. Its other columns then speak for this roster alone."""
        return not other.is_open and self.beats(other)


def _tells(field: Field) -> bool:
    """Whether a column of this field tells its roster from others."""
    return (field.needed and not field.from_sender) or not says_who(field)


def best(complete: Sequence[RosterFit], near: Sequence[RosterFit] = ()) -> list[RosterFit]:
    """The roster that beats every other, alone in the list; if none does, all those among which nobody can tell.

    near: rosters of which the table lacks a required column; they follow the winner in the list if the table may rather be one of them.
    """
    # Two rosters with the same fields cannot be told apart by the table, and need not be: the first stands for both.
    apart = [fit for at, fit in enumerate(complete) if fit.wanted.fields not in _fields(complete[:at])]
    for winner in apart:
        if all(winner.beats(other) for other in apart if other is not winner):
            return [winner, *(other for other in near if other.is_near(winner))]
    unbeaten = [candidate for candidate in apart if not any(other.beats(candidate) for other in apart)]
    return unbeaten if len(unbeaten) > 1 else apart


def _fields(fits: Iterable[RosterFit]) -> list[tuple[Field, ...]]:
    return [fit.wanted.fields for fit in fits]


@dataclass(frozen=True)
class Unsettled:
    """A table that is one of several rosters, and nobody can tell which. name and matching are those of the first."""

    place: Place
    area: Area
    rivals: tuple[RosterFit, ...]

    @property
    def name(self) -> str:
        """The name of the first roster."""
        return self.rivals[0].name

    @property
    def matching(self) -> Matching:
        """The columns as the first roster has them."""
        return self.rivals[0].matching

    @property
    def message(self) -> str:
        """The rosters it may be, each with the columns that speak for it, or with those that would."""
        first, *others = map(self._in_words, self.rivals)
        return f"这张表既像{first}，又像{'，又像'.join(others)}，{UNSETTLED}"

    @property
    def mend(self) -> str:
        """How to settle it, with the line for a --columns file ready to be copied."""
        line = f'"{self.place.book} {self.place.sheet}" = "{self.rivals[0].wanted.title}"'
        return f"在 --columns 文件里写明是哪一种，例如：{line}；或照那种名册的模板（sanchuang template）改好列标题"

    def __str__(self) -> str:
        return f"{self.place}：{self.message}。{self.mend}。"

    def _in_words(self, fit: RosterFit) -> str:
        """One of the rosters, with the columns that only this one has; if there are none, those that would decide it."""
        others = [other for other in self.rivals if other is not fit]
        title = f"“{fit.wanted.title}”"
        missing = f"；缺必需的列：{_listed(fit.matching.missing)}" if fit.matching.missing else ""
        if has := _shared([fit.speaking(other) for other in others]):
            return f"{title}（有它独有的列：{_listed(has)}{missing}）"
        lacks = [field for field in fit.wanted.fields if _is_own(field, others) and not _is_taken(field, fit)]
        return f"{title}（没有它独有的列，如{_listed(lacks)}）" if lacks else title


def _shared(lists: Sequence[Sequence[Field]]) -> list[Field]:
    """The fields that are in all of the lists."""
    return [field for field in lists[0] if all(field in other for other in lists)]


def _is_own(field: Field, others: Sequence[RosterFit]) -> bool:
    """Whether a column of this field would tell its roster from the others, whichever of its headings it had."""
    theirs = {
        name for other in others for wanted_field in other.wanted.fields for name in _keys(wanted_field)
    }
    return _tells(field) and theirs.isdisjoint(_keys(field))


def _is_taken(field: Field, fit: RosterFit) -> bool:
    return field in [claimed for claimed, _ in fit.claims.values()]


def _keys(field: Field) -> list[str]:
    return [key(name) for name in known_headings(field)]


def _listed(fields: Sequence[Field]) -> str:
    return "、".join(field.heading for field in fields[:_TOLD]) + ("等" if len(fields) > _TOLD else "")


def named(pinned: Mapping[str, str], place: Place, wanted: Mapping[str, Wanted[Any]]) -> str:
    """The name of the roster that a --columns file gives for the table at `place`, "" if it gives none.

    A line may be for the table (by its row), for its sheet or for its whole book; the narrowest one counts.
    """
    titles = {key(words): title for words, title in pinned.items()}
    books = (place.book, place.book.rpartition("/")[2])
    for rest in (f"{place.sheet}第{place.row}行", place.sheet, ""):
        for book in books:
            title = titles.get(key(f"{book}{rest}"))
            if roster := next(
                (name for name, wanted_roster in wanted.items() if wanted_roster.title == title), ""
            ):
                return roster
    return ""
