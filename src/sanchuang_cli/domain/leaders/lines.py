"""Makes the lines of pages besides the verdicts: reasons for a change, candidates to be filed, and deadlines."""

from typing import NamedTuple

from sanchuang_cli.deadlines import BY_ITSELF, DueDay
from sanchuang_cli.domain.leaders.nominations import READY, Nomination
from sanchuang_cli.domain.leaders.records import Nominee, Secretary
from sanchuang_cli.domain.leaders.tenures import PROPOSED, Tenure
from sanchuang_cli.domain.leaders.together import CANDIDATES, SECRETARIES
from sanchuang_cli.domain.process.pages import nodes
from sanchuang_cli.domain.process.telling import coming
from sanchuang_cli.judging import Reason, Whole


class Hit(NamedTuple):
    """A situation for which the change of a secretary is proposed."""

    tenure: Tenure
    reason: Reason

    @property
    def record(self) -> Secretary:
        """The row of the secretary."""
        return self.tenure.record

    @property
    def cells(self) -> str:
        """The cells that say so, in the roster or in the result of another programme."""
        return "；".join(self.reason.cells(self.record))


class Filing(NamedTuple):
    """A line of 调整备案表: a candidate of whom nothing lacks, and who held the post of the village last."""

    nomination: Nomination
    before: Tenure | None

    @property
    def record(self) -> Nominee:
        """The row of the candidate."""
        return self.nomination.record


def hits(whole: Whole) -> list[Hit]:
    """All reasons of all proposals."""
    return [Hit(one, reason) for one in whole.of((PROPOSED,)) for reason in one.hits]


def filings(whole: Whole) -> list[Filing]:
    """All candidates of whom nothing lacks."""
    return [Filing(one, whole.more.before.get(one.record.key)) for one in whole.of((READY,), CANDIDATES)]


def due(whole: Whole) -> list[DueDay]:
    """What is to be done for every village and candidate, by township and day. That a term ends by itself stands elsewhere."""
    at, rule = whole.at, whole.at.policy
    dated = [
        (at.occasion.rank(verdict.record.township), one.latest, verdict.record.village, number, one)
        for roster, process in ((SECRETARIES, rule.process), (CANDIDATES, rule.candidates.process))
        for verdict in whole.of((), roster)
        for number, one in enumerate(coming(verdict.record, verdict.steps, nodes(process), at.occasion.on))
        if one.latest and (one.state != BY_ITSELF or roster == CANDIDATES)
    ]
    return [one for *_, one in sorted(dated, key=lambda item: item[:4])]
