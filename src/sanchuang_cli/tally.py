"""Counts where everything went: every workbook given is of one sort, and every row read is in exactly one
part.

It may look at rows and their places. It looks for each row by itself and finds nothing by subtraction, so no
row can be lost without notice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.record import Roster, Row

ASIDE = "待核实"
"""The name for a row that is set aside."""
JOINED = "同一人的其余行"
"""The name for rows that were read together with the row above them."""


@dataclass(frozen=True)
class Input:
    """A workbook that was read. file: its name without the folder. rows: rows read, including those set
    aside. each: how many of each roster, by its title."""

    file: str
    sha256: str
    rows: int
    set_aside: int
    each: tuple[tuple[str, int], ...] = ()

    @property
    def said(self) -> str:
        """The sentence 读取 1010 = 名册 877 + 任职经历 133，其中待核实 32."""
        parts = " + ".join(f"{title} {rows}" for title, rows in self.each)
        of = f" = {parts}" if len(self.each) > 1 else "".join(f"（{title}）" for title, _ in self.each)
        return f"读取 {self.rows}{of}，其中{ASIDE} {self.set_aside}"


class Sort(StrEnum):
    """What a workbook that was given is: exactly one of these."""

    USED = "采用"
    BLANK = "空白"
    OTHER = "其他"
    NOT_UNDERSTOOD = "没有读懂"


@dataclass(frozen=True)
class Books:
    """守恒 of workbooks: every one that was given is of exactly one sort. sorts: of each one its name, its
    sort, and which known sheet it is if it is another one."""

    given: int = 0
    sorts: tuple[tuple[str, Sort, str], ...] = ()

    def __post_init__(self) -> None:
        names = {name for name, _, _ in self.sorts}
        assert self.given == len(self.sorts) == len(names), f"books were lost: {self.given}, {self.sorts}"

    def count(self, sort: Sort) -> int:
        """Return how many workbooks are of this sort."""
        return sum(own is sort for _, own, _ in self.sorts)

    def __str__(self) -> str:
        """Return the sentence 文件 12 = 采用 9 + 空白 1 + 其他 1 + 没有读懂 1."""
        return f"文件 {self.given} = " + " + ".join(f"{sort} {self.count(sort)}" for sort in Sort)

    @property
    def lines(self) -> list[str]:
        """The lines that are said about them; none if one workbook was given and is used."""
        if self.given == self.count(Sort.USED) <= 1:
            return []
        unused = [sort for sort in Sort if sort is not Sort.USED and self.count(sort)]
        return [str(self), *(f"  {sort}：{'、'.join(self._named(sort))}" for sort in unused)]

    def _named(self, sort: Sort) -> list[str]:
        return [f"{name}（{what}）" if what else name for name, own, what in self.sorts if own is sort]


@dataclass(frozen=True)
class Tally:
    """守恒 of rows: every row that was read is in exactly one part.

    `parts` are pairs of what and how many; rows set aside are counted separately. each: if there are several
    main rosters, the tally of each one by its title.
    """

    read: int
    parts: tuple[tuple[str, int], ...]
    set_aside: int
    each: "tuple[tuple[str, Tally], ...]" = ()

    def __post_init__(self) -> None:
        assert self.read == self.set_aside + sum(count for _, count in self.parts), f"rows were lost: {self}"

    @property
    def used(self) -> int:
        """The rows in all parts together: those that were not set aside."""
        return sum(count for _, count in self.parts)

    @classmethod
    def of(cls, each: "Mapping[str, Tally]") -> "Tally":
        """Return the tally of all main rosters together."""
        tallies = tuple(each.values())
        if len(tallies) == 1:
            return tallies[0]
        parts = tuple(part for tally in tallies for part in tally.parts)
        return cls(
            sum(tally.read for tally in tallies),
            parts,
            sum(tally.set_aside for tally in tallies),
            tuple(each.items()),
        )

    def __str__(self) -> str:
        if self.each:
            return "；".join(f"{title}：{tally}" for title, tally in self.each)
        parts = "".join(f" + {what} {count}" for what, count in (*self.parts, (ASIDE, self.set_aside)))
        return f"读取 {self.read} = {parts[3:]}"


def filed(
    roster: Roster[Any],
    parts: Mapping[str, Iterable[Row]],
    set_aside: Iterable[Row],
    findings: Iterable[Finding],
) -> Tally:
    """Return the tally of a roster whose rows a programme has put into `parts` or set aside, besides those
    the reader set aside.

    Each row is looked for by itself; nothing is found by subtraction. Raises AssertionError, with the row,
    for one that was lost, filed twice or never read, or that was set aside without an error at its place.
    That is a fault of ours.
    """
    aside = tuple(set_aside)
    told(aside, findings)
    files = {what: tuple(rows) for what, rows in parts.items()}
    files |= {JOINED: roster.joined} if roster.joined else {}
    parted = {**files, ASIDE: (*files.get(ASIDE, ()), *aside, *roster.set_aside)}
    read = (*(record.row for record in roster.records), *roster.set_aside, *roster.joined)
    ids, ids_read = [id(row) for rows in parted.values() for row in rows], set(map(id, read))
    if not len(ids) == len(read) == len(ids_read) or set(ids) != ids_read:
        raise AssertionError(_wrongly_filed(parted, read))
    counts = tuple((what, len(rows)) for what, rows in files.items())
    return Tally(len(read), counts, len(aside) + len(roster.set_aside))


def _wrongly_filed(parts: Mapping[str, Iterable[Row]], read: Iterable[Row]) -> str:
    """Which row was lost, filed twice, or never read."""
    filed_in: dict[int, str] = {}
    for what, rows in parts.items():
        for row in rows:
            if id(row) in filed_in:
                return f"{row.place()} was filed twice: {filed_in[id(row)]}, {what}"
            filed_in[id(row)] = what
    for row in read:
        if filed_in.pop(id(row), None) is None:
            return f"{row.place()} was lost"
    return f"rows were filed that nobody read: {filed_in}"


def told(set_aside: Iterable[Row], findings: Iterable[Finding]) -> None:
    """Raise AssertionError for a row that is set aside although no error stands at its place."""
    lines = {f.place.line for f in findings if f.severity is Severity.ERROR}
    for row in set_aside:
        if row.line not in lines:
            raise AssertionError(f"{row.place()} was set aside without an error finding")
