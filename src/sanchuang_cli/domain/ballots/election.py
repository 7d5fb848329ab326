"""Decides elections: which papers are valid, and which candidates are elected, tied, or short of the majority."""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct
from pydantic import Field

from sanchuang_cli.domain.ballots.bars import BASES, Bar, Majority
from sanchuang_cli.domain.ballots.counts import BallotFigures, Ballots, Counting, based, sound
from sanchuang_cli.domain.ballots.places import chosen
from sanchuang_cli.domain.ballots.voting import attended, papers_back
from sanchuang_cli.domain.doubtful import Doubtful, Objection, doubt
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.policy import Citation, Number, Rule

Paper = Literal["valid", "void", "waste", "blank"]
PAPERS: dict[Paper, str] = {"valid": "有效票", "void": "无效票", "waste": "废票", "blank": "空白票"}

Fate = Literal["elected", "again", "below", "beyond"]
FATES: dict[Fate, str] = {
    "elected": "当选",
    "again": "并列再选",
    "below": "未过半",
    "beyond": "得票较少，未当选",
}
"""The result of a candidate. beyond: enough votes, but others have more and take all the seats."""


class Election(Rule, title="选举"):
    """An election: those who have the majority fill the seats from the top, and a tie across the last seat is voted on
    again."""

    clause: Citation
    quorum: Bar = Field(description="到会人数占应到的要求")
    majority: Majority = Field(description="得多少票才能当选")
    delegates_from: Number | None = Field(
        default=None, description="党员满多少人的，可以由代表开会选举；不写时不可以"
    )
    counting: Counting = Field(
        default=Counting(surplus="void"), description="怎样计票；不写时收回多于发出的，选举无效"
    )

    def delegates_may(self, members: int) -> bool:
        """Whether a meeting of delegates may elect in place of `members`."""
        return self.delegates_from is not None and members >= self.delegates_from


class Elected(Struct, frozen=True):
    """The result of an election.

    void: it failed before anything was counted; the fates are empty then, and the clauses say why. open_seats: seats that
    are neither filled nor tied for, to be voted on again or left open. contested: seats for which those tied stand again.
    """

    void: bool
    clauses: tuple[Clause, ...]
    fates: Mapping[str, Fate]
    open_seats: int = 0
    contested: int = 0


def paper(names: int, seats: int, *, marked: bool = False) -> Paper:
    """What a paper is that names so many for so many seats. marked: it bears a number or a sign of its own."""
    if marked:
        return "waste"
    if not names:
        return "blank"
    return "void" if names > seats else "valid"


def elected(ballots: Ballots, votes: Mapping[str, int], seats: int, rule: Election) -> Elected | Doubtful:
    """The result of an election. votes: of each candidate. A valid paper names at most `seats` of them."""
    figures = sound(ballots, rule.counting)
    if isinstance(figures, Doubtful):
        return figures
    came = attended(ballots, rule.quorum, rule.clause)
    if isinstance(came, Doubtful):
        return came
    reasons = (*came, *papers_back(figures, rule.clause))
    if figures.surplus or not all(clause.first <= clause.last for clause in came):
        return Elected(True, reasons, {})
    of = based(figures, rule.majority.base)
    if isinstance(of, Doubtful):
        return of
    wrong = tuple(_impossible(figures, votes, seats))
    return Doubtful(wrong) if wrong else _filled(votes, seats, rule.majority, of, reasons)


def _filled(
    votes: Mapping[str, int], seats: int, majority: Majority, of: int, reasons: tuple[Clause, ...]
) -> Elected:
    """Seats filled from the top by those who have the majority of `of`."""
    enough = {name: number for name, number in votes.items() if majority.met(number, of)}
    within = chosen(enough, seats, "ask")
    fates: dict[str, Fate] = dict.fromkeys(votes, "below")
    fates |= dict.fromkeys(within.inside, "elected") | dict.fromkeys(within.tied, "again")
    fates |= dict.fromkeys(within.outside, "beyond")
    left = seats - len(within.inside)
    contested = left if within.tied else 0
    return Elected(False, reasons, fates, left - contested, contested)


def _impossible(figures: BallotFigures, votes: Mapping[str, int], seats: int) -> Iterator[Objection]:
    """Votes below 0, more votes for one than there are papers, or more for all than the papers can name."""
    known = [(base, number) for base, number in figures.bases.items() if number is not None]
    base, papers = known[-1]  # the bases come from the largest, so the last known one is the closest bound
    for name, number in votes.items():
        if number < 0:
            yield doubt("negative", ("票",), "{}得票 {}，不能是负数", name, number)
        elif number > papers:
            yield doubt(
                "exceeds", ("票", BASES[base]), "{}得票 {}，多于{} {}", name, number, BASES[base], papers
            )
    total = sum(votes.values())
    if total > papers * seats:
        message = "各人得票共 {}，{} {} 张每张至多选 {} 人，至多 {} 票"
        yield doubt(
            "exceeds", ("票", BASES[base]), message, total, BASES[base], papers, seats, papers * seats
        )
