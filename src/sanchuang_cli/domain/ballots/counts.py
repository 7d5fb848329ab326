"""Holds the figures of one vote, and checks whether they can all be true.

Where they cannot, all contradictions are named at once and nothing is worked out. A figure that is not given never counts
as 0. One that is the sum of others is that sum where all the others are given.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from msgspec import Struct
from pydantic import Field

from sanchuang_cli.domain.ballots.bars import BASES, Base
from sanchuang_cli.domain.doubtful import Doubtful, Objection, doubt, doubtful
from sanchuang_cli.domain.exact_numbers import half_up
from sanchuang_cli.policy import Rule

YES, ABSTAINED, BLANK, VOID, WRITTEN = "赞成", "弃权", "空白", "无效", "书面赞成"


class Counting(Rule, title="计票办法"):
    """How papers are counted."""

    abstained: Literal["valid", "apart"] = Field(
        default="valid", description="弃权票：valid 算有效票，apart 另计"
    )
    blank: Literal["void", "abstained"] = Field(
        default="void", description="空白票：void 无效，abstained 算弃权"
    )
    written: Literal["counted", "not_counted"] = Field(
        default="not_counted", description="没有到会的人会前的书面意见：counted 计票，not_counted 不计"
    )
    surplus: Literal["void", "doubt"] = Field(
        default="doubt", description="收回多于发出时：void 投票无效，doubt 当作数字有误，请人核实"
    )


class Ballots(Struct, frozen=True, kw_only=True):
    """The figures of one vote in people or papers. None is not given; what a vote cannot have is 0 and not None.

    marks: papers by what stands on them, such as 赞成 and 反对; none where papers bear names. abstained, blank, void: papers
    that count in none of the marks, each in one of the three only. written: opinions in favour of members who are absent.
    """

    marks: Mapping[str, int | None] = {}
    entitled: int | None = None
    present: int | None = None
    given_out: int | None = None
    returned: int | None = None
    valid: int | None = None
    abstained: int | None = None
    blank: int | None = None
    void: int | None = None
    written: int | None = None


class BallotFigures(NamedTuple):
    """The figures of a vote in which nothing contradicts anything else.

    bases: each base in people or papers, None where it is unknown. back: how many papers came back at least. surplus:
    whether more came back than were given out, where that makes the vote void.
    """

    ballots: Ballots
    counting: Counting
    bases: Mapping[Base, int | None]
    back: int
    surplus: bool


class Percentage(NamedTuple):
    """A share of the ballots with its base by name. Compare `exact`, print the rest."""

    votes: int
    of: int
    base: Base

    @property
    def exact(self) -> Fraction:
        """The share of 1."""
        return Fraction(self.votes, self.of)

    def __str__(self) -> str:
        return f"{half_up(self.exact * 100, 1)}%（{self.votes} ÷ {BASES[self.base]} {self.of}）"


class _Whole(NamedTuple):
    """A number of papers: as it is stated, and as the sum of its parts."""

    heading: str
    stated: int | None
    parts: Mapping[str, int | None]

    @property
    def known(self) -> int:
        """The sum of the parts that are given; it may lack some."""
        return sum(part or 0 for part in self.parts.values())

    @property
    def value(self) -> int | None:
        """The stated number, otherwise the sum of the parts where all are given."""
        if self.stated is None and self.parts and None not in self.parts.values():
            return self.known
        return self.stated

    @property
    def least(self) -> int:
        """How many there must be at least."""
        return self.known if self.value is None else self.value

    @property
    def terms(self) -> str:
        """The names of the parts that are above 0, as a sum."""
        return "+".join(self.given)

    @property
    def given(self) -> tuple[str, ...]:
        return tuple(name for name, part in self.parts.items() if part)

    def doubts(self) -> Iterator[Objection]:
        """Where the parts cannot make what is stated."""
        if self.stated is None or not self.parts or self.known == self.stated:
            return
        columns = (self.heading, *self.given)
        values = (self.terms or "各项之和", self.known, self.heading, self.stated)
        if None not in self.parts.values():
            yield doubt("not-the-sum", columns, "{}＝{}，{} {}", *values)
        elif self.known > self.stated:
            yield doubt("exceeds", columns, "{}＝{}，多于{} {}", *values)


def sound(ballots: Ballots, counting: Counting) -> BallotFigures | Doubtful:
    """The figures of a vote, or everything in which they contradict one another."""
    below = tuple(_negative(ballots))
    if below:
        return Doubtful(below)
    valid, returned = _wholes(ballots, counting)
    bases: dict[Base, int | None] = {
        "entitled": ballots.entitled,
        "present": ballots.present,
        "given_out": ballots.given_out,
        "returned": returned.value,
        "valid": valid.value,
    }
    given = ballots.given_out
    surplus = counting.surplus == "void" and given is not None and given < returned.least
    rising = list(_rising(bases, (returned, valid), "发出" if surplus else ""))
    sums = (*valid.doubts(), *(() if rising else returned.doubts()))
    doubts = (*rising, *sums, *_written(ballots, returned.least))
    return Doubtful(doubts) if doubts else BallotFigures(ballots, counting, bases, returned.least, surplus)


def based(figures: BallotFigures, base: Base) -> int | Doubtful:
    """The number of a base, at least 1, so that a share of it can be worked out."""
    of = figures.bases[base]
    if of is None:
        return doubtful("missing", (BASES[base],), "没有{}数，算不出比例", BASES[base])
    return of or doubtful("no-base", (BASES[base],), "{} 0，算不出比例", BASES[base])


def percentage(figures: BallotFigures, mark: str, base: Base) -> Percentage | Doubtful:
    """The papers with a mark as a share of the base named."""
    votes, of = figures.ballots.marks.get(mark), based(figures, base)
    if isinstance(of, Doubtful):
        return of
    if votes is None:
        return doubtful("missing", (mark,), "没有{}票数，算不出比例", mark)
    return Percentage(votes, of, base)


def _negative(ballots: Ballots) -> Iterator[Objection]:
    numbers: dict[str, int | None] = {BASES[base]: getattr(ballots, base) for base in BASES}
    numbers |= {ABSTAINED: ballots.abstained, BLANK: ballots.blank, VOID: ballots.void}
    numbers |= {WRITTEN: ballots.written, **ballots.marks}
    for heading, number in numbers.items():
        if number is not None and number < 0:
            yield doubt("negative", (heading,), "{} {}，不能是负数", heading, number)


def _wholes(ballots: Ballots, counting: Counting) -> tuple[_Whole, _Whole]:
    """The valid papers and all papers that were returned, each with its parts."""
    papers = {ABSTAINED: ballots.abstained, BLANK: ballots.blank, VOID: ballots.void}
    good = [ABSTAINED] if counting.abstained == "valid" else []
    good += [BLANK] if good and counting.blank == "abstained" else []
    parts = {**ballots.marks, **{name: papers[name] for name in good}} if ballots.marks else {}
    valid = _Whole("有效", ballots.valid, parts)
    others = {name: number for name, number in papers.items() if name not in good}
    # where the number of valid papers is not given, the papers that came back are made up of its parts
    held = valid.parts if parts and ballots.valid is None else {"有效": ballots.valid}
    return valid, _Whole("收回", ballots.returned, {**held, **others})


def _rising(bases: Mapping[Base, int | None], wholes: Sequence[_Whole], allowed: str) -> Iterator[Objection]:
    """Figures that are more than the nearest known one that includes them.

    Where the number of papers is not given, its known parts are compared, and are not told again one by one. allowed: the
    heading that may be exceeded.
    """
    sums = {papers.heading: papers for papers in wholes}
    above, most, told = "", 0, False
    for base, number in bases.items():
        heading, least = BASES[base], number
        if number is None and heading in sums:
            heading, least = sums[heading].terms, sums[heading].known
        if least is not None and above and least > most and above != allowed and not told:
            yield doubt("exceeds", (heading, above), "{} {} 多于{} {}", heading, least, above, most)
            told = number is None
        if number is not None:
            above, most, told = heading, number, False


def _written(ballots: Ballots, papers: int) -> Iterator[Objection]:
    """More members present or writing than are entitled. papers: how many must have come back at least."""
    there = next((n for n in (ballots.present, ballots.given_out) if n is not None), papers)
    together = there + (ballots.written or 0)
    if ballots.written and ballots.entitled is not None and together > ballots.entitled:
        message = "实到与书面赞成共 {}，多于应到 {}"
        yield doubt("exceeds", (WRITTEN, "应到", "实到"), message, together, ballots.entitled)
