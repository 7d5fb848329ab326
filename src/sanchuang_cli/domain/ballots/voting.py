"""Decides whether a vote carries: enough people came, the papers are in order, and enough of the base are in favour."""

from typing import Literal, Self

from msgspec import Struct
from pydantic import Field, model_validator

from sanchuang_cli.domain.ballots.bars import BASES, Bar, Majority
from sanchuang_cli.domain.ballots.counts import WRITTEN, YES, BallotFigures, Ballots, Counting, sound
from sanchuang_cli.domain.doubtful import Doubtful, Objection, doubt, doubtful
from sanchuang_cli.domain.verdict import Clause, Sentence, Step, always, never
from sanchuang_cli.policy import Citation

Result = Literal["carried", "not_carried", "no_quorum", "void"]

RESULTS: dict[Result, str] = {
    "carried": "通过",
    "not_carried": "未通过",
    "no_quorum": "到会人数不足，会议无效",
    "void": "收回票多于发出票，投票无效",
}


class Vote(Majority, title="表决"):
    """A vote on one matter, and how many in favour carry it."""

    clause: Citation
    quorum: Bar | None = Field(default=None, description="到会人数占应到的要求；不写时不看到会人数")
    quorum_clause: str = Field(default="", description="到会人数要求的依据；不写时用 clause")
    counting: Counting = Field(default=Counting(), description="怎样计票；不写时各项取缺省")

    def asks_at_least(self, other: "Vote") -> bool:
        """Whether nothing carries by it that does not carry by the other rule."""
        quorum = other.quorum is None or (self.quorum is not None and self.quorum.as_strict_as(other.quorum))
        return quorum and self.base == other.base and self.as_strict_as(other)

    @model_validator(mode="after")
    def _written_votes_have_a_base(self) -> Self:
        if self.counting.written == "counted" and self.base != "entitled":
            raise ValueError(
                '书面意见计票（written = "counted"）的人不在会场，base 只能是 "entitled"（应到）'
            )
        if self.quorum_clause and self.quorum is None:
            raise ValueError("写了 quorum_clause，还要写 quorum（到会人数的规定）")
        return self


class VoteOutcome(Struct, frozen=True):
    """The result of a vote, with every clause that was looked at and the arithmetic.

    votes, of: the votes in favour and the base, in people or papers; None where the meeting or the vote is void.
    """

    result: Result
    clauses: tuple[Clause, ...]
    votes: int | None = None
    of: int | None = None
    steps: tuple[Step, ...] = ()


def decided(ballots: Ballots, rule: Vote) -> VoteOutcome | Doubtful:
    """The result of a vote, or why it cannot be told."""
    figures = sound(ballots, rule.counting)
    if isinstance(figures, Doubtful):
        return figures
    came = attended(ballots, rule.quorum, rule.quorum_clause or rule.clause)
    if isinstance(came, Doubtful):
        return came
    if not all(clause.first <= clause.last for clause in came):
        return VoteOutcome("no_quorum", came)
    papers = papers_back(figures, rule.clause)
    if figures.surplus:
        return VoteOutcome("void", (*came, *papers))
    return _majority(figures, rule, (*came, *papers))


def attended(ballots: Ballots, quorum: Bar | None, clause: str) -> tuple[Clause, ...] | Doubtful:
    """Whether enough of those entitled are present. Nothing is asked where there is no quorum."""
    if quorum is None:
        return ()
    present, entitled = ballots.present, ballots.entitled
    if present is None or entitled is None:
        lacking = [name for name, number in (("应到", entitled), ("实到", present)) if number is None]
        return doubtful("missing", tuple(lacking), "没有{}数，不知到会人数够不够", "、".join(lacking))
    if not entitled:
        return doubtful("no-base", ("应到",), "应到 0，不知到会人数够不够")
    sentence = Sentence(
        "实到 {}，应到 {}，应{}（至少 {}）", (present, entitled, quorum, quorum.least(entitled))
    )
    return (_clause("到会人数", clause, ("应到", "实到"), sentence, quorum.met(present, entitled)),)


def papers_back(figures: BallotFigures, clause: str) -> tuple[Clause, ...]:
    """Whether as many papers came back as were given out, or fewer, where both numbers are known."""
    given = figures.ballots.given_out
    if given is None or (figures.bases["returned"] is None and not figures.surplus):
        return ()
    sentence = Sentence("发出 {}，收回 {}", (given, figures.back))
    return (_clause("收回票数", clause, ("发出", "收回"), sentence, not figures.surplus),)


def _majority(figures: BallotFigures, rule: Vote, before: tuple[Clause, ...]) -> VoteOutcome | Doubtful:
    ballots, of = figures.ballots, figures.bases[rule.base]
    base = BASES[rule.base]
    asked = {YES: ballots.marks.get(YES), base: of}
    if rule.counting.written == "counted":
        asked[WRITTEN] = ballots.written
    doubts = tuple(_lacking(asked)) or (() if of else (doubt("no-base", (base,), "{} 0，算不出比例", base),))
    if doubts:
        return Doubtful(doubts)
    yes, written = ballots.marks[YES] or 0, asked.get(WRITTEN) or 0
    votes, of = yes + written, of or 0
    sentence = Sentence("赞成 {}，{} {}，应{}（至少 {}）", (votes, base, of, rule, rule.least(of)))
    columns = (YES, *((WRITTEN,) if written else ()), base)
    carried = rule.met(votes, of)
    steps = (Step("赞成票", f"{yes} + {written}" if written else str(yes), str(votes), "票"),)
    clauses = (*before, _clause("赞成票", rule.clause, columns, sentence, carried))
    return VoteOutcome("carried" if carried else "not_carried", clauses, votes, of, steps)


def _lacking(asked: dict[str, int | None]) -> list[Objection]:
    return [
        doubt("missing", (heading,), "没有{}数，不知是否通过", heading)
        for heading, number in asked.items()
        if number is None
    ]


def _clause(name: str, citation: str, columns: tuple[str, ...], sentence: Sentence, holds: bool) -> Clause:
    return (always if holds else never)(name, citation, columns, sentence)
