"""A run as the writers see it: what was asked, what was read, and what came of it. No time of day is in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.report.paper import A4, Paper
from sanchuang_cli.tally import Books, Input, Sort


@dataclass(frozen=True)
class Disclosure:
    """Columns, by name or title, that are published although they identify a person, and why."""

    columns: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True)
class Printing:
    """How pages are printed: on what paper, and, of a page by its name, which columns where the county chooses. details:
    whether whoever asked wants those too that few read."""

    paper: Paper = A4
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    details: bool = False


@dataclass(frozen=True)
class Run:
    """One run of the programme called `name`, titled `title` (星级评定). part: which of its workbooks this is, "" where it
    has one for the whole county. books: what each of the books that were given is."""

    name: str
    title: str
    occasion: Occasion
    policy: PolicyFile[Any]
    inputs: tuple[Input, ...]
    outcome: Outcome
    disclosure: Disclosure = Disclosure()
    part: str = ""
    books: Books = field(default_factory=Books)
    printing: Printing = Printing()

    @property
    def editions(self) -> tuple[Policy, ...]:
        """The editions in force on any day of the period, oldest first; the last is the one the run ends under."""
        period = self.occasion.period
        begun = [edition for edition in self.policy.editions if edition.effective <= period.last]
        before = [edition for edition in begun if edition.effective <= period.first]
        return tuple(before[-1:] + begun[len(before) :])

    @property
    def caution(self) -> str:
        """What stands above a signature line when records were set aside or books not understood; "" when none were."""
        rows, books = self.outcome.tally.set_aside, self.books.count(Sort.NOT_UNDERSTOOD)
        parts = [f"{rows} 条待核实"] * bool(rows) + [f"{books} 个文件没有读懂"] * bool(books)
        return f"另有 {'、'.join(parts)}，未列入" if parts else ""

    def count(self, severity: Severity) -> int:
        return Counter(finding.severity for finding in self.outcome.findings)[severity]
