"""Adds up single papers: how many of each mark somebody got. Nobody can see from the sums who cast what.

What somebody marked on a paper about himself does not count. A mark that cannot be counted is never left out in silence: the
sums say how many there are.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from sanchuang_cli.domain.ballots.counts import ABSTAINED, BLANK, VOID, Ballots

K = TypeVar("K", bound=Hashable)


class Paper(NamedTuple):
    """What one paper says of somebody. number: of the paper; the same paper may have marks for others too. mark: a mark, or
    弃权, 无效 or 空白. own: whether it is about whoever filled it in. rater: who that is, "" where nobody is named."""

    number: str
    mark: str
    own: bool = False
    rater: str = ""


class AddedUp(NamedTuple):
    """The marks that one person got. own: how many were of his own hand and do not count. unclear: marks that nobody knows,
    papers without a number, papers that say two things about him, and further papers of one rater."""

    ballots: Ballots
    own: int
    unclear: int


def added_up(papers: Mapping[K, Iterable[Paper]], marks: Collection[str]) -> dict[K, AddedUp]:
    """The sums of everybody. marks: those that a paper may bear. A paper that stands in the list twice counts once."""
    return {whom: _of_one(own, marks) for whom, own in papers.items()}


def _of_one(papers: Iterable[Paper], marks: Collection[str]) -> AddedUp:
    said: dict[str, set[Paper]] = defaultdict(set)
    unnumbered = 0
    for paper in papers:
        unnumbered += not paper.number
        said[paper.number].add(paper)
    said.pop("", None)
    single = [paper for (paper, *others) in said.values() if not others]
    counts = Counter(paper.mark for paper in single if not paper.own)
    known = (*marks, ABSTAINED, BLANK, VOID)
    strange = sum(number for mark, number in counts.items() if mark not in known)
    ballots = Ballots(
        marks={mark: counts[mark] for mark in marks},
        returned=sum(counts.values()),
        abstained=counts[ABSTAINED],
        blank=counts[BLANK],
        void=counts[VOID],
    )
    raters = [paper.rater for paper in single if paper.rater and not paper.own]
    twofold = len(said) - len(single) + len(raters) - len(set(raters))
    return AddedUp(ballots, sum(paper.own for paper in single), unnumbered + twofold + strange)
