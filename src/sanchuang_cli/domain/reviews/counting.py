"""Works out the figures of one member: the votes, points by items and by ratios, and pledges made and kept. No grade follows
from them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec.structs import replace

from sanchuang_cli.domain.ballots.counts import (
    ABSTAINED,
    BallotFigures,
    Ballots,
    Percentage,
    percentage,
    sound,
)
from sanchuang_cli.domain.ballots.papers import AddedUp
from sanchuang_cli.domain.ballots.points import Item, Scored, by_ratios, earned
from sanchuang_cli.domain.doubtful import Doubtful
from sanchuang_cli.domain.exact_numbers import half_up, plain
from sanchuang_cli.domain.reviews.policy import ReviewPolicy, of_votes
from sanchuang_cli.domain.reviews.rosters import Pledge, PointsRow, Reviewed
from sanchuang_cli.judging import At, Odd

_FIELDS = {"收回": "returned", "发出": "given_out", ABSTAINED: "abstained"}
STAGES = ("proposed", "examined", "announced", "kept", "appraised")
UNSURE, NONE = "待核实", "—"


class Counted(NamedTuple):
    """A member's votes. of_papers: whether they were added up from single papers."""

    figures: BallotFigures
    share: Percentage
    of_papers: bool

    @property
    def marks(self) -> dict[str, int]:
        """The votes for each grade."""
        return {mark: number or 0 for mark, number in self.figures.ballots.marks.items()}

    @property
    def valid(self) -> int | None:
        """The valid papers."""
        return self.figures.bases["valid"]

    @property
    def said(self) -> str:
        """The votes in words. Of single papers nothing but their sums is ever said."""
        votes = "，".join(f"{mark} {number}" for mark, number in self.marks.items())
        return f"{'评议票加总：' * self.of_papers}{votes}"


def counted(who: Reviewed, at: At[ReviewPolicy], odd: Odd) -> Counted | None:
    """The votes by single papers where there are any, else as the branch added them up; None where they cannot be right."""
    policy, papers = at.policy, at.ready.papers.get(id(who.row))
    if (papers and papers.unclear) or at.ready.is_unsure("papers", who):
        said = f"{who.name}：评议票里有看不懂等次、没有票号、划掉的，同一张票前后不一，或同一人评了两次"
        odd.add("papers-unclear", "name", said, policy.votes.clause)
        return None
    handed_in = at.ready.handed_in.get(id(who.row), 0)
    if who.given_out is not None and handed_in > who.given_out:
        said = f"{who.name}：支部的评议票共 {handed_in} 张，多于发出 {who.given_out}"
        odd.add("papers-too-many", "given_out", said, policy.votes.clause)
    ballots = _of_papers(who, papers, policy, odd) if papers else _stated(who, policy, odd)
    if odd.grave:
        return None
    figures = sound(ballots, policy.votes.counting)
    share = figures if isinstance(figures, Doubtful) else percentage(figures, policy.best, policy.votes.base)
    if isinstance(figures, Doubtful) or isinstance(share, Doubtful):
        _told("votes-wrong", share, who, odd)
        return None
    return Counted(figures, share, bool(papers))


def _stated(who: Reviewed, policy: ReviewPolicy, odd: Odd) -> Ballots:
    """As the row has them. A cell that may be blank is 0 where the other votes make all papers that came back."""
    votes: dict[str, int | None] = {mark: who.more.get(of_votes(mark)) for mark in policy.grades.marks}
    full = sum(filter(None, votes.values())) + (who.abstained or 0) == who.returned
    there = who.row.source.columns
    votes |= {
        mark: 0
        for mark in policy.grades.may_be_blank
        if votes[mark] is None and (full or of_votes(mark) not in there)
    }
    figures = {of_votes(mark): number for mark, number in votes.items()}
    figures |= {"given_out": who.given_out, "returned": who.returned}
    headings = {field.name: field.heading for field in who.declared()}
    if lacking := [name for name, number in figures.items() if number is None]:
        said = f"{who.name}：没有填{'、'.join(headings.get(name, name) for name in lacking)}"
        odd.add("votes-missing", lacking[0], said, policy.votes.clause)
    return Ballots(marks=votes, given_out=who.given_out, returned=who.returned, abstained=who.abstained)


def _of_papers(who: Reviewed, papers: AddedUp, policy: ReviewPolicy, odd: Odd) -> Ballots:
    """The sums of single papers, which must be what the row says where it says something."""
    ballots = papers.ballots
    returned = ballots.returned or 0
    sums = {of_votes(mark): {number} for mark, number in ballots.marks.items()}
    sums |= {"abstained": {ballots.abstained}, "returned": {returned, returned + papers.own}}
    stated = {name: getattr(who, name, who.more.get(name)) for name in sums}
    differing = [name for name, number in stated.items() if number not in {None, *sums[name]}]
    if differing:
        said = f"{who.name}：名册填的票数与评议票加总不一致（自己评自己的不计）"
        odd.add("votes-differ", differing[0], said, policy.votes.clause)
    return replace(ballots, given_out=who.given_out)


def _told(code: str, wrong: Any, who: Reviewed, odd: Odd) -> None:
    """All that is wrong with some figures, at the first cell that it is about."""
    columns = [name for doubt in wrong.doubts for column in doubt.columns for name in column.split("+")]
    fields = [_FIELDS.get(name, of_votes(name)) for name in columns] + columns
    field = next((name for name in fields if name in who.row.source.columns), "name")
    odd.add(code, field, f"{who.name}：{wrong}")


def scored(who: Reviewed, votes: Counted, policy: ReviewPolicy, odd: Odd) -> Scored | None:
    """The points by ratios; None where the policy has none, or where they cannot be told."""
    rule = policy.ratios
    if not rule:
        return None
    reached = {name: who.more.get(name) for name in rule.others} | {rule.votes: votes.marks[policy.best]}
    points = by_ratios(reached, {rule.votes: votes.valid}, rule)
    if isinstance(points, Doubtful):
        _told("score-missing", points, who, odd)
        return None
    return points


class ItemPoints(NamedTuple):
    """The sum of somebody's points, and in words what each item gave."""

    sum: Fraction
    said: str


def points(who: Reviewed, at: At[ReviewPolicy], odd: Odd) -> ItemPoints | None:
    """The points by items, each no more than its cap; None where there are none, or where a row cannot be right."""
    rows: Sequence[PointsRow] = at.ready.points.get(id(who.row), ())
    if not rows or at.ready.is_unsure("points", who):
        return None
    known = {item.name: item for item in at.policy.points.items}
    items: dict[str, Item] = {}
    times: Counter[str] = Counter()
    for row in rows:
        own = Item(name=row.item, each=row.each, most=row.most)
        item = items.setdefault(row.item, known.get(row.item, own))
        strange = known and row.item not in known
        if strange or _differs(own, item):
            what = "不在政策的积分项目里" if strange else "与别处写的不一致"
            said = f"{who.name}：“{row.item}”{what}（{row.row.place('item')}），积分没有计"
            odd.add("points-unclear", "name", said, at.policy.points.clause)
            return None
        times[row.item] += row.times
    total = earned(items.values(), times)
    assert not isinstance(total, Doubtful), (
        "every row has its item, and no reader gives a number below nought"
    )
    return ItemPoints(total, "；".join(_item_said(items[name], times[name]) for name in sorted(items)))


def _item_said(item: Item, times: int) -> str:
    full, counts = item.each * times, item.points(times)
    capped = f"，计 {plain(counts)}" if counts != full else ""
    return f"{item.name} {times} × {plain(item.each)} = {plain(full)}{capped}"


def _differs(row: Item, item: Item) -> bool:
    """Whether a row says something else of an item; a blank cap says nothing."""
    return row.each != item.each or (row.most is not None and row.most != item.most)


class Pledged(NamedTuple):
    """Pledges of somebody, or of a branch. unsure: whether there are rows that nobody may use."""

    made: int
    kept: int
    unsure: bool = False

    @property
    def rate(self) -> str:
        """The share that was kept; a dash where none was made."""
        if self.unsure:
            return UNSURE
        return f"{half_up(Fraction(100 * self.kept, self.made), 1)}%" if self.made else NONE


def pledged(who: Reviewed, at: At[ReviewPolicy]) -> Pledged:
    """A member's pledges, and how many of them were kept."""
    own: Sequence[Pledge] = at.ready.pledges.get(id(who.row), ())
    return Pledged(len(own), sum(one.kept is not None for one in own), at.ready.is_unsure("pledges", who))


def together(many: Iterable[Pledged]) -> Pledged:
    """The pledges of several people."""
    every = list(many)
    return Pledged(
        sum(one.made for one in every), sum(one.kept for one in every), any(one.unsure for one in every)
    )


def out_of_order(pledge: Pledge) -> Iterator[tuple[str, str]]:
    """The stages of a pledge that lie before the one before them, each with that one."""
    done = [name for name in STAGES if getattr(pledge, name)]
    for before, name in pairwise(done):
        if getattr(pledge, name).latest < getattr(pledge, before).earliest:
            yield name, before
