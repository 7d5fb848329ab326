"""Sets side by side what two documents make of the same rows: two wholes of one programme, row by row.

Nothing is judged here. A row is known by its place in its book, so that both wholes speak of the same one.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from sanchuang_cli.judging import Reason, Whole
from sanchuang_cli.tally import ASIDE

ENTERS, LEAVES, MORE, LESS, OTHERWISE = "新进", "退出", "提高", "降低", "其他变动"
DOUBTED, CLEARED = "转为待核实", "不再待核实"
CHANGES = (ENTERS, LEAVES, MORE, LESS, OTHERWISE, DOUBTED, CLEARED)
Sums = Mapping[tuple[str, int], int]
"""Fen by benefit (or component of one) and month."""
NO_SUMS: Sums = MappingProxyType({})


@dataclass(frozen=True)
class Compares:
    """What of a verdict is set beside the verdict by another document. sums: what it pays, of the main roster `of` ("" is the
    first) or, with None, of all. stars, grade: what it rates.
    tier: by which pages group it, in words. lists: of a whole, its verdicts that stand on a list, each with the list's name
    as `what` and why. reasons: the steps that led there, the arithmetic among them; a step that holds in some months only,
    or is no condition, holds None."""

    sums: Callable[[Any], Sums] = lambda verdict: NO_SUMS
    stars: Callable[[Any], int | None] = lambda verdict: None
    grade: Callable[[Any], str] = lambda verdict: ""
    tier: Callable[[Any], str] = lambda verdict: ""
    lists: Callable[[Whole], Iterable[tuple[Any, Reason]]] = lambda whole: ()
    reasons: Callable[[Any], Iterable[Reason]] = attrgetter("reasons")
    of: str | None = None


class Standing(NamedTuple):
    """What came of a row under one document. part: ASIDE where it waits, "" where no page of verdicts has it. lists: the
    names of those on which it stands; listed: why."""

    part: str = ""
    sums: Sums = NO_SUMS
    stars: int | None = None
    grade: str = ""
    lists: tuple[str, ...] = ()
    listed: tuple[Reason, ...] = ()
    verdict: Any = None

    @property
    def result(self) -> tuple[object, ...]:
        """All of it that another document could change."""
        return self[:5]

    @property
    def worth(self) -> int | None:
        """By which more is told from less: stars, else fen; None where there are neither."""
        return self.stars if self.stars is not None else sum(self.sums.values()) if self.sums else None

    def fen(self, month: int | None = None) -> int:
        """What it pays in a month, or altogether."""
        return sum(fen for (_, at), fen in self.sums.items() if month in (None, at))


class Change(NamedTuple):
    """A row of which the two documents say something else. roster: which main roster it is of."""

    kind: str
    roster: str
    record: Any
    old: Standing
    new: Standing


Line = tuple[str, tuple[str, str, int]]
"""A main roster, and the book, sheet and number of a row of it."""


@dataclass(frozen=True)
class Contrast:
    """The rows of two wholes that were made of the same books, beside each other."""

    old: Whole
    new: Whole
    compares: Compares

    @cached_property
    def changes(self) -> list[Change]:
        """In the order of pages by the new document, then those that it has on no page."""
        before, after = self._standings
        records = _records(self.old) | _records(self.new)
        lines = dict.fromkeys((*after, *before))
        pairs = ((line, before.get(line, Standing()), after.get(line, Standing())) for line in lines)
        return [
            Change(kind, line[0], records.get(line), old, new)
            for line, old, new in pairs
            if (kind := change_of(old, new))
        ]

    @cached_property
    def _standings(self) -> tuple[dict[Line, Standing], dict[Line, Standing]]:
        return standings(self.old, self.compares), standings(self.new, self.compares)

    @property
    def rows(self) -> int:
        """How many rows were looked at."""
        before, after = self._standings
        return len(before.keys() | after.keys())

    @property
    def waiting(self) -> int:
        """How many rows wait by both documents: nobody knows yet whether they change."""
        before, after = self._standings
        return sum(
            one.part == ASIDE and after.get(line, Standing()).part == ASIDE for line, one in before.items()
        )

    def why(self, change: Change) -> str:
        """The clauses that make the difference: what each document says there, with its citation."""
        old, new = self._reasons(change.old), self._reasons(change.new)
        if not old or not new:
            return _only_one(change, old or new)
        told = [f"{_what(*pair)}：{' → '.join(map(_told, pair))}" for pair in _apart(old, new)]
        more = [f"等 {len(told)} 处"] if len(told) > _MOST else []
        return "；".join([*told[:_MOST], *more]) or _OF_ALL_ROWS

    def clause(self, change: Change) -> str:
        """The first of them by name and citations, the same for everybody of whom it decides."""
        old, new = self._reasons(change.old), self._reasons(change.new)
        if not old or not new:
            return "；".join((*_silent(change), *(f"{one.what}（{one.basis}）" for one in (old or new)[:1])))
        for was, now in _apart(old, new):
            cited = dict.fromkeys(one.basis if one else "没有" for one in (was, now))
            return f"{_what(was, now)}（{' → '.join(cited)}）"
        return _OF_ALL_ROWS

    def _reasons(self, standing: Standing) -> list[Reason]:
        own = self.compares.reasons(standing.verdict) if standing.verdict else ()
        return [*own, *standing.listed]


def standings(whole: Whole, compares: Compares) -> dict[Line, Standing]:
    """What came of every row of the main rosters, those that could not be read among them."""
    listed: dict[int, tuple[Reason, ...]] = {}
    for verdict, reason in compares.lists(whole):
        row = id(verdict.record.row)
        listed[row] = (*listed.get(row, ()), reason)
    found: dict[Line, Standing] = {}
    paid = {compares.of or next(iter(whole.verdicts))} if compares.of is not None else set(whole.verdicts)
    for roster, verdicts in whole.verdicts.items():
        for verdict in verdicts:
            row = verdict.record.row
            reasons = listed.get(id(row), ())
            found[roster, row.line] = Standing(
                verdict.part,
                compares.sums(verdict) if roster in paid else NO_SUMS,
                compares.stars(verdict),
                compares.grade(verdict),
                tuple(dict.fromkeys(reason.what for reason in reasons)),
                reasons,
                verdict,
            )
    aside = {id(row) for row in whole.aside}
    for roster, judged in whole.judged.items():
        for one in judged:
            waits = id(one.record.row) in aside
            found.setdefault((roster, one.record.row.line), Standing(ASIDE) if waits else Standing())
        unread = whole.at.rosters[roster].set_aside
        found |= {(roster, row.line): Standing(ASIDE) for row in unread}
    return found


def _records(whole: Whole) -> dict[Line, Any]:
    pairs = chain.from_iterable(
        zip([name] * len(rows), rows, strict=True) for name, rows in whole.judged.items()
    )
    return {(roster, one.record.row.line): one.record for roster, one in pairs}


def change_of(old: Standing, new: Standing) -> str:
    """What kind of change it is, "" where both documents say the same."""
    if old.result == new.result:
        return ""
    if ASIDE in (old.part, new.part):
        return DOUBTED if new.part == ASIDE else CLEARED
    before, after = old.worth, new.worth
    if before is None or after is None:
        return OTHERWISE if before is after else ENTERS if before is None else LEAVES
    return MORE if before < after else LESS if before > after else OTHERWISE


def _apart(old: Sequence[Reason], new: Sequence[Reason]) -> Sequence[tuple[Reason | None, Reason | None]]:
    """The steps on which they differ: those that one fails and the other does not; else figures, and steps that hold in
    other months; else any whose words are others, or whose clause is."""
    before, after = ({_FIGURE.sub("", one.what): one for one in reasons} for reasons in (old, new))
    steps = [(before.get(what), after.get(what)) for what in dict.fromkeys((*before, *after))]
    said = [pair for pair in steps if _part(pair[0], "said", "holds") != _part(pair[1], "said", "holds")]
    levels = (
        [pair for pair in steps if _fails(pair[0]) != _fails(pair[1])],
        [pair for pair in said if any(one is not None and one.holds is None for one in pair)],
        said,
        [pair for pair in steps if _part(pair[0], "basis") != _part(pair[1], "basis")],
    )
    return next(filter(None, levels), [])


def _what(was: Reason | None, now: Reason | None) -> str:
    return next(one.what for one in (was, now) if one)


def _part(reason: Reason | None, *names: str) -> tuple[object, ...]:
    return tuple(getattr(reason, name, None) for name in names)


def _fails(reason: Reason | None) -> bool:
    return reason is not None and reason.holds is False


def _told(reason: Reason | None) -> str:
    if reason is None:
        return "没有这一条"
    return f"{'不成立，' if reason.holds is False else ''}{reason.said}（{reason.basis}）"


def _only_one(change: Change, reasons: Sequence[Reason]) -> str:
    """Of a row of which one document says nothing, or sets it aside."""
    decided = [one for one in reasons if one.holds is False] or [*reasons[-1:]]
    return "；".join((*_silent(change), *(f"{one.what}：{_told(one)}" for one in decided[:_MOST])))


def _silent(change: Change) -> list[str]:
    both = (("原", change.old), ("新", change.new))
    return [f"{name}文件{_SILENT[one.part]}" for name, one in both if one.part in _SILENT]


_FIGURE = re.compile(r"\d+")
"""Steps are the same whose names differ in a figure alone: 年满60周岁, 年满65周岁."""
_MOST = 2
"""So many steps are said of a row."""
_SILENT = {ASIDE: "待核实", "": "不涉及这一行"}
_OF_ALL_ROWS = "各行放在一起算的（名额、名次、重复等），这一行自己的各条没有变"
