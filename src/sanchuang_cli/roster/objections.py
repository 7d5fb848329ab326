"""Reads a filled-in 异议登记表. A line that cannot be read is refused: an objection must not be lost."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.roster.read import read
from sanchuang_cli.roster.sorting import sort_books
from sanchuang_cli.tally import Sort

UPHELD = "成立"
_REJECTED = re.compile(r"不成立(?!\w)")
"""The word by itself, or before a stop: 不成立的理由不充分 says neither."""


class Objection(Record, frozen=True, kw_only=True):
    """A line of the register."""

    day: Annotated[VagueDate, Field("日期", Kind.DATE, required=True)]
    said: Annotated[str, Field("内容", required=True)]
    outcome: Annotated[str, Field("处理结果", headed=True)] = ""
    answered: Annotated[VagueDate | None, Field("答复日期", Kind.DATE)] = None

    @property
    def is_upheld(self) -> bool:
        """Whether the outcome begins by saying so; 不成立 does not."""
        return self.outcome.startswith(UPHELD)

    @property
    def is_open(self) -> bool:
        """Whether no outcome is written that says either."""
        return not (self.is_upheld or _REJECTED.match(self.outcome))

    @property
    def is_answered_before(self) -> bool:
        """Whether the answer is said to have been given before anybody objected."""
        return self.answered is not None and self.answered.latest < self.day.earliest


@dataclass(frozen=True)
class Objections:
    """The objections of a register; none is given where `given` is false."""

    all: tuple[Objection, ...] = ()
    given: bool = False

    @property
    def upheld(self) -> list[Objection]:
        """Those that were upheld."""
        return [one for one in self.all if one.is_upheld]

    @property
    def open(self) -> list[Objection]:
        """Those that nobody has settled."""
        return [one for one in self.all if one.is_open]

    @property
    def counted(self) -> int | None:
        """How many there are, None where there is no register or one of them is not settled."""
        return len(self.all) if self.given and not self.open else None

    @property
    def said(self) -> str:
        """The sentence that says how many are settled and where the others stand."""
        places = "；".join(str(one.row.place()) for one in self.open)
        left = (
            f"，没有处理结果的 {len(self.open)} 条（{places}）：处理结果写“成立”或“不成立”"
            if self.open
            else ""
        )
        return f"异议 {len(self.all)} 条{left}"


def read_objections(path: Path) -> Objections:
    """The register in a file; one that nobody filled in has no objection. Raises UserError for a file that is no register, and
    for a line that is not understood: neither says that nobody objected."""
    wanted = {"objections": Wanted(Objection, "异议登记表")}
    book, *_ = sort_books([path], wanted)
    if book.sort is Sort.BLANK:
        return Objections(given=True)
    if book.sort is not Sort.USED:
        raise UserError(book.refusal or f"{path} 不是异议登记表，是{book.what}。请给出填好的异议登记表。")
    reading = read([path], wanted)
    wrong = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
    if wrong:
        places = "；".join(f"{finding.place}：{finding.message}" for finding in wrong)
        raise UserError(f"异议登记表有读不懂的行，什么都没有写出：{places}。请改正后再运行。")
    return Objections(tuple(reading.rosters["objections"].records), given=True)
