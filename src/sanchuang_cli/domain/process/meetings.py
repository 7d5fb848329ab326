"""Judges steps at which a vote is taken: the figures of a record, whether the vote carried, and what is wrong with it."""

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import Field as Setting

from sanchuang_cli.domain.ballots.counts import Ballots, Counting, sound
from sanchuang_cli.domain.ballots.in_roster import ENTITLED, HEADINGS, ballots
from sanchuang_cli.domain.ballots.voting import RESULTS, Vote, VoteOutcome, decided
from sanchuang_cli.domain.doubtful import Doubtful
from sanchuang_cli.domain.process.telling import StepTrouble
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import Odd, Reason
from sanchuang_cli.period import VagueDate
from sanchuang_cli.policy import Citation, Rule
from sanchuang_cli.record import Record

_E, _W = Severity.ERROR, Severity.WARNING
VOTE_DOUBTS = Doubts(
    {
        "votes-wrong": Doubt(_E, "票数不能自相矛盾", "请对照会议记录核对票数；本行待核实。", "票数自相矛盾"),
        "vote": Doubt(
            _E,
            mend="请核对票数和会议记录；确是这样的，由党委按规定研究处理，本程序不作结论，本行不动。",
            brief="表决没有通过",
        ),
        "vote-missing": Doubt(_W, "表决要有应到、实到和票数", "请对照会议记录补填；补填以前不知道是否通过。"),
        "entitled": Doubt(_W, mend="请核对应到人数，以及哪些人不计入。"),
        "excluded": Doubt(_W, mend="请核对：只有规定的情形可以不计入应到。"),
    }
)
_CONTRADICTION = {"negative", "exceeds", "not-the-sum"}
"""What is wrong with figures that cannot all be true; other doubts are about figures that are not given."""


class NotCounted(Rule, title="不计入应到"):
    """Members who need not come, and why."""

    clause: Citation
    reasons: tuple[str, ...] = Setting(description="哪些情形的正式党员可以不计入应到")

    def troubles(
        self, step: str, entitled: int | None, members: int | None, out: int, why: str
    ) -> Iterator[StepTrouble]:
        """Where those entitled are not all members but `out`, and where the reason `why` of the latter is none of the rule's.

        The columns are 应到 and 不计入原因, called entitled and excluded_why.
        """
        if members is not None and entitled is not None and members - out != entitled:
            said = f"应到 {entitled}，正式党员 {members} − 不计入 {out} = {members - out}"
            yield StepTrouble("entitled", _W, step, ENTITLED, said, self.clause, str(entitled))
        if out and why not in self.reasons:
            said = f"不计入应到 {out} 人，原因“{why}”不在政策所列之内"
            yield StepTrouble("excluded", _W, step, "excluded_why", said, self.clause, why)


class Meeting(NamedTuple):
    """A step that votes. of: what stands before the headings of its figures, such as 转正."""

    step: str
    of: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns of its figures."""
        return tuple(self.of + heading for heading in HEADINGS)

    def outcome(self, record: Record, rule: Vote | None, odd: Odd) -> VoteOutcome | Doubtful | None:
        """The result of the vote, None where the meeting was not held or no rule says what carries it. Figures that
        contradict each other are told, as votes-wrong, whether or not there was a meeting."""
        figures = ballots(record.more, self.of)
        outcome = decided(figures, rule) if rule else _contradicted(figures)
        wrong = (
            [one for one in outcome.doubts if one.code in _CONTRADICTION]
            if isinstance(outcome, Doubtful)
            else []
        )
        for doubt in wrong[:1]:
            said = "；".join(str(one.said) for one in wrong)
            field = self.of + doubt.columns[0].split("+")[0]
            odd.add("votes-wrong", field, f"{record.called}：{self.step}表决，{said}")
        return outcome if record.more.get(self.step) else None

    def troubles(self, record: Record, outcome: VoteOutcome | Doubtful | None) -> Iterator[StepTrouble]:
        """That it did not carry, or that nobody can say so; columns that the roster lacks are told elsewhere."""
        day: VagueDate | None = record.more.get(self.step)
        if isinstance(outcome, VoteOutcome) and outcome.result != "carried":
            failed = next(clause for clause in outcome.clauses if clause.first > clause.last)
            said, limit = f"{self.step} {day} 的表决{RESULTS[outcome.result]}", str(failed.said)
            yield StepTrouble(
                "vote", _E, self.step, self.of + failed.columns[0], f"{said}：{limit}",
                failed.citation, str(day), limit,
            )  # fmt: skip
        elif isinstance(outcome, Doubtful):
            fields = [self.of + doubt.columns[0] for doubt in outcome.doubts]
            for field in [field for field in fields if field in record.row.source.columns][:1]:
                said = f"{self.step} {day} 的表决：{outcome}"
                yield StepTrouble("vote-missing", _W, self.step, field, said, read=str(day))

    def reasons(self, outcome: VoteOutcome | Doubtful | None) -> Iterator[Reason]:
        """Each thing that was looked at, with its arithmetic."""
        for clause in outcome.clauses if isinstance(outcome, VoteOutcome) else ():
            reads = tuple(self.of + column for column in clause.columns)
            holds = clause.first <= clause.last
            yield Reason(f"{self.step}表决：{clause.name}", str(clause.said), clause.citation, holds, reads)


def is_carried(outcome: VoteOutcome | Doubtful | None) -> bool:
    """Whether a meeting that was held decided in favour: its vote is known to have carried, or no rule asks for one."""
    return outcome is None or (isinstance(outcome, VoteOutcome) and outcome.result == "carried")


def _contradicted(figures: Ballots) -> Doubtful | None:
    counted = sound(figures, Counting())
    return counted if isinstance(counted, Doubtful) else None
