"""Single papers added up."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.ballots.counts import Ballots
from sanchuang_cli.domain.ballots.papers import AddedUp, Paper, added_up

MARKS = ("优秀", "合格", "不合格")
PAPERS = st.lists(
    st.builds(
        Paper,
        st.sampled_from(["", *map(str, range(30))]),
        st.sampled_from([*MARKS, "弃权", "空白", "无效", "很好"]),
        st.booleans(),
    )
)


def one(papers: list[Paper]) -> AddedUp:
    return added_up({"甲": papers}, MARKS)["甲"]


def test_marks_are_added_up_and_what_somebody_marked_about_himself_is_not() -> None:
    said = ["优秀", "优秀", "合格", "弃权", "空白", "无效"]
    papers = [Paper(str(n), mark) for n, mark in enumerate(said)] + [Paper("9", "优秀", own=True)]
    marks = {"优秀": 2, "合格": 1, "不合格": 0}
    assert one(papers) == AddedUp(Ballots(marks=marks, returned=6, abstained=1, blank=1, void=1), 1, 0)


def test_a_paper_listed_twice_counts_once_and_one_that_says_two_things_is_unclear() -> None:
    twice = one([Paper("1", "优秀"), Paper("1", "优秀")])
    assert (twice.ballots.marks["优秀"], twice.unclear) == (1, 0)
    twofold = one([Paper("1", "优秀"), Paper("1", "合格")])
    assert (sum(filter(None, twofold.ballots.marks.values())), twofold.unclear) == (0, 1)


def test_a_mark_that_nobody_knows_and_a_paper_without_a_number_are_unclear() -> None:
    assert one([Paper("1", "很好")]).unclear == one([Paper("", "优秀")]).unclear == 1


def test_a_rater_who_is_named_has_one_paper_and_those_who_are_not_have_any_number() -> None:
    twice = [Paper("1", "优秀", rater="乙"), Paper("2", "优秀", rater="乙"), Paper("3", "合格", rater="丙")]
    assert (one(twice).unclear, one(twice[1:]).unclear) == (1, 0)
    assert one([Paper(str(n), "优秀") for n in range(3)]).unclear == 0


@given(PAPERS, st.randoms())
def test_the_order_of_papers_changes_nothing(papers: list[Paper], random: Random) -> None:
    turned = list(papers)
    random.shuffle(turned)
    assert one(turned) == one(papers)


@given(PAPERS)
def test_no_paper_is_lost(papers: list[Paper]) -> None:
    """Each number is counted once, as a mark of others, as one's own, or as unclear."""
    sums = one(papers)
    numbered = {paper.number for paper in papers if paper.number}
    strange = sum(paper.mark == "很好" and not paper.own for paper in _single(papers))
    assert (sums.ballots.returned or 0) - strange + sums.own + sums.unclear == len(numbered) + sum(
        not paper.number for paper in papers
    )


def _single(papers: list[Paper]) -> list[Paper]:
    return [
        paper
        for paper in set(papers)
        if paper.number and sum(other.number == paper.number for other in set(papers)) == 1
    ]
