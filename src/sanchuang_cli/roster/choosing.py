"""Which roster a found table is; a table that is none is told with the nearest one and what it lacks.

Reading, `check` and `inspect` all ask here, so that they call a table by one name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz

from sanchuang_cli.finding import Finding, Place, Severity, UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.accounts import settled
from sanchuang_cli.roster.checks.listing import PAYMENTS
from sanchuang_cli.roster.columns.headings import key
from sanchuang_cli.roster.columns.matching import Matching, known_headings, match
from sanchuang_cli.roster.grid import Area
from sanchuang_cli.roster.rivals import Fit, Unsettled, best, named, says_who
from sanchuang_cli.roster.tables.oddities import letters

_ALIASES_TOLD = 4
_NEAREST_TOLD = 5
_LOOKED_AT = 20
_IDENTITY = re.compile(r"[1-9]\d{16}[\dXx]")
_SIGNED = ("签字", "签名", "签章", "签领", "领款人", "领取人", "代领人")
PAID_LIST = "发放签领表"


@dataclass(frozen=True)
class Choice:
    """The roster a table belongs to, by its name in `wanted`."""

    name: str
    matching: Matching


@dataclass(frozen=True)
class Stranger:
    """A table that is none of the rosters, with the one it is nearest to. paid: it is a list of what was paid out."""

    place: Place
    area: Area
    name: str
    title: str
    matching: Matching
    paid: bool = False

    def __str__(self) -> str:
        if self.paid:
            return f"{self.place}：这是{PAID_LIST}，不是“{self.title}”"
        looked = "；".join(
            f"“{first}”" + (f"（也认 {'、'.join(others[:_ALIASES_TOLD])}）" if others else "")
            for first, *others in map(known_headings, self.matching.missing)
        )
        lacking = f"找不到必需的列{looked}" if looked else "没有一列能说明是它"
        near = "、".join(f"“{heading}”" for heading in self._nearest()) or "（没有列标题）"
        return f"{self.place}：最接近“{self.title}”，但{lacking}；表里相近的列标题：{near}"

    def note(self, read: Sequence[Area] = ()) -> Finding:
        """A note; a warning where the table stands on the lines of one of those `read`, whose columns it may be, and where
        identity numbers stand in it under no heading that says so."""
        beside = any(_on_the_same_lines(self.area, other) for other in read)
        if self.paid:
            return Finding(
                "roster.paid-list",
                Severity.NOTE,
                f"这张表没有读：是{PAID_LIST}，不是“{self.title}”，不算重复",
                self.place,
                mend="确是名册的，请补上名册的栏目（如任职经历），或删去发放和签领的列。",
            )
        return Finding(
            "roster.unrecognised",
            Severity.WARNING if beside or self._holds_people() else Severity.NOTE,
            f"{f'与名册同行的 {self._letters()} 列' if beside else '这张表'}没有读：最接近“{self.title}”，缺 {self.lacking()}",
            self.place,
            mend="不是要报的表可不理会；是的话请改列标题，或用 --columns 指定。",
        )

    def _holds_people(self) -> bool:
        """Whether identity numbers are among the cells although their heading is missing: a misread header has cost a roster."""
        first = self.area.left - 1
        rows = (self.area.sheet.rows[row - 1] for row in self.area.records[:_LOOKED_AT])
        cells = (cell for row in rows for cell in row[first : first + len(self.area.columns)])
        return any(field.kind is Kind.IDENTITY for field in self.matching.missing) and any(
            isinstance(cell, str) and _IDENTITY.fullmatch(cell.strip()) for cell in cells
        )

    def _letters(self) -> str:
        return letters(self.area.left + j for j, name in enumerate(self.area.columns) if name)

    def lacking(self) -> str:
        return "、".join(field.heading for field in self.matching.missing) or "能说明是它的列"

    def _nearest(self) -> list[str]:
        """The unmatched headings that are most like what is missing, else the first ones."""
        wanted = [key(name) for field in self.matching.missing for name in known_headings(field)]
        headings = list(dict.fromkeys(self.matching.unmatched or filter(None, self.area.columns)))
        return sorted(headings, key=lambda heading: -_likeness(key(heading), wanted))[:_NEAREST_TOLD]


def _on_the_same_lines(area: Area, other: Area) -> bool:
    """Whether both tables stand side by side: their headers begin together, and most lines of the other one are lines of both."""
    if area.sheet is not other.sheet or area.header_rows[0] != other.header_rows[0]:
        return False
    return 2 * len({*area.records} & {*other.records}) > len(other.records)


def _likeness(heading: str, wanted: list[str]) -> float:
    return max((fuzz.ratio(heading, word) for word in wanted), default=0.0)


def how_to_mend(file: str) -> str:
    """What to do where no roster was recognised in the file: the commands, ready to be copied."""
    return (
        f"请核对列标题；或先运行 sanchuang inspect {file} --save-columns 列对照.toml，"
        "在里面写明“列标题 = 栏目”，再给原来的命令加上 --columns 列对照.toml。"
    )


def ranked(
    area: Area, book: str, wanted: Mapping[str, Wanted[Any]], pinned: Mapping[str, str] | None = None
) -> Choice | Stranger | Unsettled:
    """The roster that the table is, all required columns present, tied or not; which one is not left to chance."""
    place = Place(book, area.sheet.name, area.header_rows[1])
    if pinned and (said := named(pinned, place, wanted)):
        wanted = {said: wanted[said]}
    matchings = {
        name: match(area.headings, one.fields, place, area.left, pinned) for name, one in wanted.items()
    }
    fits = [Fit(name, wanted[name], matchings[name]) for name in wanted]
    complete = [one for one in fits if _is_complete(one.name, one.matching, wanted)]
    if not complete:
        near = max(matchings, key=lambda name: len(matchings[name].matches) - len(matchings[name].missing))
        return Stranger(place, area, near, wanted[near].title, matchings[near])
    found = best(complete, [one for one in fits if one.matching.missing])
    first = found[0]
    if all(_is_paid_list(area, one.matching) for one in found):
        return Stranger(place, area, first.name, first.wanted.title, first.matching, paid=True)
    return Choice(first.name, first.matching) if len(found) == 1 else Unsettled(place, area, tuple(found))


def chosen(
    area: Area, book: str, wanted: Mapping[str, Wanted[Any]], pinned: Mapping[str, str] | None = None
) -> Choice | Stranger:
    """As `ranked`. Raises UserError for a tie in the best, which would leave a column to chance, and for a table with
    records of which nobody can tell which roster it is."""
    choice = decided(ranked(area, book, wanted, pinned))
    if isinstance(choice, Choice) and choice.matching.ties:
        ties = choice.matching.ties
        raise UserError("\n".join(f"{tie.place}：{tie.message}。{tie.mend}" for tie in ties))
    if isinstance(choice, Choice):
        return replace(choice, matching=settled(choice.matching, wanted[choice.name].fields))
    return choice


def decided(choice: Choice | Stranger | Unsettled) -> Choice | Stranger:
    """The same, where it does not matter which of several a table is: it has no record. Raises UserError where it does."""
    if not isinstance(choice, Unsettled):
        return choice
    if choice.area.records:
        raise UserError(str(choice))
    return Choice(choice.name, choice.matching)


def _is_complete(name: str, matching: Matching, wanted: Mapping[str, Wanted[Any]]) -> bool:
    """Whether all required columns are there; where none is required, one that tells the roster apart from the others."""
    if matching.missing or not (matching.matches or matching.ties):
        return False
    if len(wanted) == 1 or any(field.needed for field in wanted[name].fields):
        return True
    others = {f.heading for other, one in wanted.items() if other != name for f in one.fields}
    return any(one.field.heading not in others for one in matching.matches.values())


def _is_paid_list(area: Area, matching: Matching) -> bool:
    """Whether the table only says who was paid what and signed for it, and nothing by which anybody is owed it."""
    if not all(map(says_who, (one.field for one in matching.matches.values()))):
        return False
    lowest = [heading.rpartition("/")[2] for heading in matching.unmatched]
    paid = any(key(heading) in _PAYMENT_KEYS for heading in lowest)
    signed = any(word in heading for heading in lowest for word in _SIGNED)
    titles = (
        cell for row in area.sheet.rows[: area.header_rows[0] - 1] for cell in row if isinstance(cell, str)
    )
    named = any("签领" in text or "发放" in text for text in (area.sheet.name, *titles))
    return paid and (signed or named)


_PAYMENT_KEYS = frozenset(map(key, PAYMENTS))


def told_once(strangers: list[Stranger]) -> Iterator[Stranger]:
    """Of tables with the same headings that are nearest to one roster, the first: a book repeats what it lacks."""
    seen = set()
    for stranger in strangers:
        said = (stranger.place.book, stranger.area.columns, stranger.title)
        if said not in seen:
            seen.add(said)
            yield stranger
