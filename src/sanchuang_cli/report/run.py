"""A run as the writers see it: what was asked, what was read, and what came of it. No time of day is in it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sanchuang_cli.finding import Severity
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.programme import Input, Occasion, Outcome


@dataclass(frozen=True)
class Disclosure:
    """Columns, by name or title, that are published although they identify a person, and why."""

    columns: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True)
class Run:
    """One run of the programme called `name`, titled `title` (星级评定). part: which of its workbooks this is, "" where it
    has one for the whole county."""

    name: str
    title: str
    occasion: Occasion
    policy: PolicyFile[Any]
    inputs: tuple[Input, ...]
    outcome: Outcome
    disclosure: Disclosure = Disclosure()
    part: str = ""

    @property
    def editions(self) -> tuple[Policy, ...]:
        """The editions in force on any day of the period, oldest first; the last is the one the run ends under."""
        period = self.occasion.period
        begun = [edition for edition in self.policy.editions if edition.effective <= period.last]
        before = [edition for edition in begun if edition.effective <= period.first]
        return tuple(before[-1:] + begun[len(before) :])

    @property
    def caution(self) -> str:
        """What stands above a signature line when records were set aside; "" when none were."""
        count = self.outcome.tally.set_aside
        return f"另有 {count} 条待核实，未列入" if count else ""

    def count(self, severity: Severity) -> int:
        return Counter(finding.severity for finding in self.outcome.findings)[severity]
