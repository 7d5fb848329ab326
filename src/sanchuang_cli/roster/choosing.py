"""Decides which roster a table is. If it is none, its `Stranger` names the nearest roster and the columns it lacks.

Reading, `check` and `inspect` all ask here, so that they give a table the same name. Nothing is read from the rows, except
that cells are searched for identity numbers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz

from sanchuang_cli.finding import Finding, Place, Severity, UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.account_columns import settled
from sanchuang_cli.roster.checks.by_heading import PAYMENTS
from sanchuang_cli.roster.columns.headings import key
from sanchuang_cli.roster.columns.matching import Matching, known_headings, match
from sanchuang_cli.roster.grid import Area
from sanchuang_cli.roster.rivals import RosterFit, Unsettled, best, named, says_who
from sanchuang_cli.roster.tables.oddities import letters

_ALIASES_TOLD = 4
_NEAREST_TOLD = 5
_LOOKED_AT = 20
_IDENTITY = re.compile(r"[1-9]\d{16}[\dXx]")
_SIGNED = ("签字", "签名", "签章", "签领", "领款人", "领取人", "代领人")
PAID_LIST = "发放签领表"


@dataclass(frozen=True)
class Choice:
    """The roster that a table is, by its name in `wanted`, and which columns are which fields."""

    name: str
    matching: Matching


@dataclass(frozen=True)
class Stranger:
    """A table that is none of the rosters. name, title: of the nearest one. paid: it is a list of what was paid out."""

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
        """The finding that says the table was not read. read: the tables that were.

        It is an error if the table shows that it should have been that roster: nobody in it is counted. It is a warning if
        the table stands beside one of them, because it may be its missing columns, or if it holds identity numbers under
        another heading. Otherwise it is a note.
        """
        beside = any(_on_the_same_lines(self.area, other) for other in read)
        if self.paid:
            return Finding(
                "roster.paid-list",
                Severity.NOTE,
                f"这张表没有读：是{PAID_LIST}，不是“{self.title}”，不算重复",
                self.place,
                mend="确是名册的，请补上名册的栏目（如任职经历），或删去发放和签领的列。",
            )
        if self._is_the_roster():
            return Finding(
                "roster.unreadable",
                Severity.ERROR,
                f"这张表没有读，里面的人一个也没有算：看来是“{self.title}”，缺 {self.lacking()}",
                self.place,
                "名册里的每个人都要有着落",
                "请补上所缺的列，或改列标题，或用 --columns 指定；确不是要报的表，请移到别的文件。",
                brief="看来是名册，缺必需的列",
            )
        return Finding(
            "roster.unrecognised",
            Severity.WARNING if beside or self._holds_people() else Severity.NOTE,
            f"{f'与名册同行的 {self._letters()} 列' if beside else '这张表'}没有读：最接近“{self.title}”，缺 {self.lacking()}",
            self.place,
            mend="不是要报的表可不理会；是的话请改列标题，或用 --columns 指定。",
        )

    def _is_the_roster(self) -> bool:
        """Whether the table has rows and most required columns of the roster, or its title and one of them."""
        has = sum(match.field.needed for match in self.matching.matches.values())
        most = has > len(self.matching.missing)
        called = any(key(self.title) in key(text) for text in _titles(self.area))
        return bool(self.area.records) and has > 0 and (most or called)

    def _holds_people(self) -> bool:
        """Whether the first rows hold identity numbers although the table has no such heading. Then it may be a roster whose
        header was misread."""
        first = self.area.left - 1
        rows = (self.area.sheet.rows[row - 1] for row in self.area.records[:_LOOKED_AT])
        cells = (cell for row in rows for cell in row[first : first + len(self.area.columns)])
        return any(field.kind is Kind.IDENTITY for field in self.matching.missing) and any(
            isinstance(cell, str) and _IDENTITY.fullmatch(cell.strip()) for cell in cells
        )

    def _letters(self) -> str:
        return letters(self.area.left + j for j, name in enumerate(self.area.columns) if name)

    def lacking(self) -> str:
        """The headings of the missing columns, in one line."""
        return "、".join(field.heading for field in self.matching.missing) or "能说明是它的列"

    def _nearest(self) -> list[str]:
        """The headings of the table that are most like the missing ones, to show what may be a slip of the pen."""
        wanted = [key(name) for field in self.matching.missing for name in known_headings(field)]
        headings = list(dict.fromkeys(self.matching.unmatched or filter(None, self.area.columns)))
        return sorted(headings, key=lambda heading: -_likeness(key(heading), wanted))[:_NEAREST_TOLD]


def _on_the_same_lines(area: Area, other: Area) -> bool:
    """Whether both tables stand side by side: their headers begin in one row, and they share most rows of the other one."""
    if area.sheet is not other.sheet or area.header_rows[0] != other.header_rows[0]:
        return False
    return 2 * len({*area.records} & {*other.records}) > len(other.records)


def _likeness(heading: str, wanted: list[str]) -> float:
    return max((fuzz.ratio(heading, word) for word in wanted), default=0.0)


def how_to_mend(file: str) -> str:
    """What to do when no roster was recognised in the file, with the commands ready to be copied."""
    return (
        f"请核对列标题；或先运行 sanchuang inspect {file} --save-columns 列对照.toml，"
        "在里面写明“列标题 = 栏目”，再给原来的命令加上 --columns 列对照.toml。"
    )


def ranked(
    area: Area, book: str, wanted: Mapping[str, Wanted[Any]], pinned: Mapping[str, str] | None = None
) -> Choice | Stranger | Unsettled:
    """The roster whose required columns the table has, even if some are tied.

    Unsettled when nobody can tell which of several rosters it is; Stranger when it is none, or only a list of payments.
    """
    place = Place(book, area.sheet.name, area.header_rows[1])
    if pinned and (pinned_name := named(pinned, place, wanted)):
        wanted = {pinned_name: wanted[pinned_name]}
    matchings = {
        name: match(area.headings, roster.fields, place, area.left, pinned) for name, roster in wanted.items()
    }
    fits = [RosterFit(name, wanted[name], matchings[name]) for name in wanted]
    complete = [fit for fit in fits if _is_complete(fit.name, fit.matching, wanted)]
    if not complete:
        near = max(matchings, key=lambda name: len(matchings[name].matches) - len(matchings[name].missing))
        return Stranger(place, area, near, wanted[near].title, matchings[near])
    rivals = best(complete, [fit for fit in fits if fit.matching.missing])
    if len(rivals) > 1:
        rivals = _called(area, complete) or rivals
    first = rivals[0]
    if all(_is_paid_list(area, rival.matching) for rival in rivals):
        return Stranger(place, area, first.name, first.wanted.title, first.matching, paid=True)
    return Choice(first.name, first.matching) if len(rivals) == 1 else Unsettled(place, area, tuple(rivals))


def chosen(
    area: Area, book: str, wanted: Mapping[str, Wanted[Any]], pinned: Mapping[str, str] | None = None
) -> Choice | Stranger:
    """The roster that the table is, with every column decided, or a Stranger.

    Raises UserError for tied columns, and for a table with records when nobody can tell which roster it is.
    """
    choice = decided(ranked(area, book, wanted, pinned))
    if isinstance(choice, Choice) and choice.matching.ties:
        ties = choice.matching.ties
        raise UserError("\n".join(f"{tie.place}：{tie.message}。{tie.mend}" for tie in ties))
    if isinstance(choice, Choice):
        return replace(choice, matching=settled(choice.matching, wanted[choice.name].fields))
    return choice


def decided(choice: Choice | Stranger | Unsettled) -> Choice | Stranger:
    """The first of several rosters that an empty table may be, since it does not matter which. Raises UserError when the
    table has records. A choice that is settled is returned as it is."""
    if not isinstance(choice, Unsettled):
        return choice
    if choice.area.records:
        raise UserError(str(choice))
    return Choice(choice.name, choice.matching)


def _is_complete(name: str, matching: Matching, wanted: Mapping[str, Wanted[Any]]) -> bool:
    """Whether the table has all required columns of the roster. If it requires none, the table must have a column that no
    other roster has."""
    if matching.missing or not (matching.matches or matching.ties):
        return False
    if len(wanted) == 1 or any(field.needed for field in wanted[name].fields):
        return True
    others = {field.heading for other, roster in wanted.items() if other != name for field in roster.fields}
    return any(column.field.heading not in others for column in matching.matches.values())


def _is_paid_list(area: Area, matching: Matching) -> bool:
    """Whether the table is only a list of payments: who was paid what and signed for it, without any reason for it."""
    if not all(says_who(column.field) for column in matching.matches.values()):
        return False
    lowest = [heading.rpartition("/")[2] for heading in matching.unmatched]
    paid = any(key(heading) in _PAYMENT_KEYS for heading in lowest)
    signed = any(word in heading for heading in lowest for word in _SIGNED)
    named = any("签领" in text or "发放" in text for text in _titles(area))
    return paid and (signed or named)


def _titles(area: Area) -> Iterator[str]:
    """The name of the table's sheet, and what stands above its header."""
    yield area.sheet.name
    for row in area.sheet.rows[: area.header_rows[0] - 1]:
        yield from (cell for cell in row if isinstance(cell, str))


def _called(area: Area, rivals: Sequence[RosterFit]) -> list[RosterFit]:
    """Among rosters between which the columns do not decide, the one that the sheet's name or the title names; none where they
    name several, or one whose required columns the table lacks."""
    titles = [key(text) for text in _titles(area)]
    called = [fit for fit in rivals if any(key(fit.wanted.title) in text for text in titles)]
    whole = [
        fit
        for fit in called
        if not any(key(fit.wanted.title) in key(other.wanted.title) for other in called if other is not fit)
    ]
    return whole if len(whole) == 1 and not whole[0].matching.missing else []


_PAYMENT_KEYS = frozenset(map(key, PAYMENTS))


def told_once(strangers: list[Stranger]) -> Iterator[Stranger]:
    """The strangers without repetition: of tables of one book with the same headings, only the first."""
    seen = set()
    for stranger in strangers:
        lack = (stranger.place.book, stranger.area.columns, stranger.title)
        if lack not in seen:
            seen.add(lack)
            yield stranger
