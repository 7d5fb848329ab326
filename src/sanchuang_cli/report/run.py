"""Holds a run as the writers see it: what was asked, what was read, and what came of it. No time of day is in
it.

It holds plain values, and no writer may look at anything else.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.report.printing import Printing
from sanchuang_cli.report.whom import Named
from sanchuang_cli.tally import Books, Input, Sort


@dataclass(frozen=True)
class Disclosure:
    """Columns, by name or title, that are published although they identify a person, and the reason."""

    columns: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True)
class Run:
    """One run of the programme called `name` with the title `title` (星级评定).

    part: which of its workbooks this is; "" if there is one for the whole county. books: what each of the
    given workbooks is. named: who stands in the places of findings, and who is set aside.
    """

    name: str
    title: str
    occasion: Occasion
    policy: PolicyFile[Any]
    inputs: tuple[Input, ...]
    outcome: Outcome
    disclosure: Disclosure = Disclosure()
    part: str = ""
    books: Books = field(default_factory=Books)
    printing: Printing = field(default_factory=Printing)
    named: Named = field(default_factory=Named)

    @property
    def editions(self) -> tuple[Policy, ...]:
        """The editions in force on any day of the period, the oldest first. The last is in force at the
        end."""
        return self.policy.during(self.occasion.period)

    @property
    def caution(self) -> str:
        """What stands above a signature line if records were set aside or workbooks not understood; otherwise
        ""."""
        rows, books = self.outcome.tally.set_aside, self.books.count(Sort.NOT_UNDERSTOOD)
        parts = [f"{rows} 条待核实"] * bool(rows) + [f"{books} 个文件没有读懂"] * bool(books)
        return f"另有 {'、'.join(parts)}，未列入" if parts else ""

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return Counter(finding.severity for finding in self.outcome.findings)[severity]
