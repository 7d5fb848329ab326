"""Decides who may be lent how much: the limits of one loan, the score sheet, and the money that is shared out by rank."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.judging import Reason
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import fen
from sanchuang_cli.policy import Citation, NotNegative, Number, Rule, Yuan
from sanchuang_cli.record import Field as Column
from sanchuang_cli.record import Record

_WHOLE = 100
WAITS_FOR_MONEY, TIED, SAME_HOUSEHOLD, TOWNSHIP_FULL = (
    "可贷资金不够，排在后面",
    "并列在能贷与不能贷之间，由人定",
    "本人或配偶另有一笔申请已列入拟批",
    "本乡镇本批的名额或金额已满",
)
"""Why somebody who meets all conditions waits."""


class LoanLimit(Rule, title="每笔限额"):
    """What one loan may be at most."""

    clause: Citation
    most: tuple[Yuan, ...] = Field(
        description="第一笔、第二笔……各至多多少元，以后各笔按最后一个数；由县里填的空着，符合条件的申请待核实"
    )
    per_household: Yuan | None = Field(default=None, description="每带动一户至多多少元；不写时不看户数")
    over: Literal["cut", "refuse"] = Field(
        default="cut", description="申请超过限额的：cut 按限额批，refuse 不批"
    )

    def of(self, earlier: int, households: int) -> int | None:
        """Fen of the next loan of somebody who had so many before, and leads so many households; None where the county has
        not said it."""
        if not self.most:
            return None
        most = fen(self.most[min(earlier, len(self.most) - 1)])
        return most if self.per_household is None else min(most, fen(self.per_household) * households)


class ScoreItem(Rule, title="评分的一项"):
    """A line of the score sheet, which is a column of the roster."""

    column: str = Field(description="申请表的栏名，如“项目前景分”")
    most: Number = Field(description="满分")


class ApplicationScores(Rule, title="评分表"):
    """The points that rank applicants, a hundred in all."""

    clause: Citation
    items: tuple[ScoreItem, ...] = Field(description="各项，满分合计 100")
    least: NotNegative = Field(description="总分低于多少的不批")

    @model_validator(mode="after")
    def _hundred(self) -> Self:
        if (total := sum(item.most for item in self.items)) != _WHOLE:
            raise ValueError(f"各项满分合计应为 100，现为 {total}")
        return self

    def scored(self, who: Record) -> tuple[Fraction, tuple[Reason, ...]]:
        """The points together, and each with its reason."""
        points = {item.column: Fraction(who.more[item.column]) for item in self.items}
        each = (
            Reason(
                item.column,
                f"{plain(points[item.column])} 分，满分 {item.most}",
                self.clause,
                None,
                (item.column,),
            )
            for item in self.items
        )
        score = sum(points.values(), Fraction(0))
        said = f"{' + '.join(map(plain, points.values()))} = {plain(score)} 分，须至少 {plain(self.least)} 分"
        return score, (*each, Reason("总分", said, self.clause, score >= self.least, (*points, "score_note")))


def score_columns(sheet: ApplicationScores | None) -> tuple[Column, ...]:
    """The columns of the roster that a score sheet asks for; a blank, or more than the most, sets a row aside."""
    items = sheet.items if sheet else ()
    return tuple(Column(item.column, Kind.SCORE, True, maximum=item.most, name=item.column) for item in items)


class Caps(Rule, title="总量限制"):
    """What may be lent at most beside what the pool allows."""

    clause: Citation
    year: Yuan | None = Field(default=None, description="一个公历年至多发放多少元，连同本批；不写时不限")
    township: Yuan | None = Field(default=None, description="每个乡镇本批至多多少元；不写时不限")
    township_loans: Number | None = Field(default=None, description="每个乡镇本批至多几笔；不写时不限")


class LoanCandidate(NamedTuple):
    """Somebody who meets all conditions. rank: the better comes first; whoever has the same is tied. fen: what would be
    lent. people: whose loan it is, with the spouse."""

    rank: tuple[Any, ...]
    fen: int
    township: str
    people: frozenset[str]


class LendingPot(NamedTuple):
    """What can be given away: fen in all, and for a township fen and loans; None where there is no limit."""

    fen: int
    township_fen: int | None = None
    township_loans: int | None = None

    def holds(self, candidates: Sequence[LoanCandidate]) -> bool:
        """Whether all of these can be lent to."""
        return sum(candidate.fen for candidate in candidates) <= self.fen

    def holds_of_township(self, candidates: Sequence[LoanCandidate]) -> bool:
        """Whether all of these, who are of one township, can be lent to as far as the township's limits go."""
        fits = self.township_loans is None or len(candidates) <= self.township_loans
        return fits and (self.township_fen is None or LendingPot(self.township_fen).holds(candidates))


def pot_of(free: int, caps: Caps | None, lent_this_year: int) -> LendingPot:
    """What can be given away of what the pool has free, in fen."""
    if caps is None:
        return LendingPot(free)
    if caps.year is not None:
        free = max(0, min(free, fen(caps.year) - lent_this_year))
    return LendingPot(free, None if caps.township is None else fen(caps.township), caps.township_loans)


def granted(candidates: Sequence[LoanCandidate], pot: LendingPot) -> list[str]:
    """For each candidate why it waits; "" where it is lent to.

    From the top as long as the whole sum fits, and the first that does not fit ends the list; in a township, that of the
    township. Of those tied across a line nobody is preferred, and they end it too. Of a household one is lent to.
    """
    giving = _Giving(pot)
    ranked = sorted(range(len(candidates)), key=lambda at: candidates[at].rank)
    for _, tied in groupby(ranked, key=lambda at: candidates[at].rank):
        giving.ask({at: candidates[at] for at in tied})
    return [giving.answers[at] for at in range(len(candidates))]


class _Giving:
    """The pot as it is shared out, those of one rank at a time."""

    def __init__(self, pot: LendingPot) -> None:
        self.pot = pot
        self.served: list[LoanCandidate] = []
        self.answers: dict[int, str] = {}
        self.closed: set[str] = set()
        self.ended = False

    def ask(self, tied: dict[int, LoanCandidate]) -> None:
        """Answer those of one rank."""
        self._households(tied)
        for township in sorted({one.township for one in tied.values()}):
            of_township = {at: one for at, one in self._open(tied).items() if one.township == township}
            served = [one for one in self.served if one.township == township]
            if township in self.closed:
                self._answer(of_township, TOWNSHIP_FULL)
            elif not self.pot.holds_of_township([*served, *of_township.values()]):
                self.closed.add(township)
                some = any(self.pot.holds_of_township([*served, one]) for one in of_township.values())
                self._answer(of_township, TIED if some else TOWNSHIP_FULL)
        rest = self._open(tied)
        if self.ended:
            self._answer(rest, WAITS_FOR_MONEY)
        elif not self.pot.holds([*self.served, *rest.values()]):
            self.ended = True
            some = any(self.pot.holds([*self.served, one]) for one in rest.values())
            self._answer(rest, TIED if some else WAITS_FOR_MONEY)
        else:
            self.served += rest.values()
            self._answer(rest, "")

    def _households(self, tied: dict[int, LoanCandidate]) -> None:
        """Answer those whose household is served, or has two of one rank."""
        taken = {person for one in self.served for person in one.people}
        self._answer({at: one for at, one in tied.items() if one.people & taken}, SAME_HOUSEHOLD)
        rest = self._open(tied)
        twice = Counter(person for one in rest.values() for person in one.people)
        self._answer({at: one for at, one in rest.items() if any(twice[who] > 1 for who in one.people)}, TIED)

    def _open(self, tied: dict[int, LoanCandidate]) -> dict[int, LoanCandidate]:
        return {at: one for at, one in tied.items() if at not in self.answers}

    def _answer(self, tied: dict[int, LoanCandidate], why: str) -> None:
        self.answers |= dict.fromkeys(tied, why)
