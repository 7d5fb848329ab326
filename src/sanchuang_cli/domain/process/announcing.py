"""Says who may be posted before a step: whoever stands before it, has no error, and is not too early for it.

A notice asks everybody whether they object. Whoever cannot be decided on yet, or any more, is not put to them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sanchuang_cli.domain.process.telling import StepTrouble
from sanchuang_cli.domain.process.verdict import JudgedStep, StepState
from sanchuang_cli.finding import Doubt, Doubts, Severity

POSTING_DOUBTS = Doubts(
    {
        "not-posted": Doubt(
            Severity.ERROR,
            mend="没有写进公示。请先把这些改好、办好，再重新运行；不该公示的，清空这一格。",
            brief="不能公示",
        )
    }
)


class Announced(NamedTuple):
    """A notice of people. kind: its word in the register. matter: as what they are posted. of: the part in which they then
    are. before: the step that the notice goes before."""

    kind: str
    matter: str
    of: str
    before: str

    def amiss(
        self, part: str, steps: Mapping[str, JudgedStep], wrong: Sequence[StepTrouble], own: str, field: str
    ) -> Iterator[StepTrouble]:
        """Why somebody is not to be posted. own: the step on which the notice itself ends, which need not have come. field: the
        column that asks for the notice."""
        errors = [one.said for one in wrong if one.severity is Severity.ERROR]
        early = [
            str(check)
            for check in steps[self.before].checks
            if check.state is StepState.TOO_SOON and check.after != own
        ]
        why = ""
        if part != self.of:
            why = f"现在是{part}，{self.kind}公示的是{self.of}"
        elif errors:
            why = f"有 {len(errors)} 个错误没有查清，如：{errors[0]}"
        elif early:
            why = f"{self.before}{early[0]}"
        if why:
            yield StepTrouble(
                "not-posted", Severity.ERROR, self.before, field, f"不能作{self.kind}公示：{why}"
            )
