"""What stands at the edge of a rule on votes, and what a document does not say."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.ballots.bars import Bar, Cap, Majority
from sanchuang_cli.domain.ballots.counts import Ballots, Counting
from sanchuang_cli.domain.ballots.election import Elected, Election, elected
from sanchuang_cli.domain.ballots.groups import Composed, Weights, by_groups, by_marks, composed
from sanchuang_cli.domain.ballots.in_roster import ballots, columns
from sanchuang_cli.domain.ballots.places import Placing, chosen, places, points
from sanchuang_cli.domain.ballots.points import Item, Ratios, Scored, adds_up, by_ratios, earned, left_of
from sanchuang_cli.domain.ballots.raters import BallotSheet, Limit, Marks, Trim, trimmed
from sanchuang_cli.domain.ballots.voting import Vote
from sanchuang_cli.kind import Kind
from tests.domain.ballots.doubted import doubts

HALF = {"needs": "more_than", "share": "1/2"}


def bar(needs: str, share: str) -> Bar:
    return Bar.model_validate({"needs": needs, "share": share})


def vote(base: str = "valid", **says: Any) -> Vote:
    return Vote.model_validate({"clause": "例", "base": base, **HALF, **says})


@pytest.mark.parametrize(
    ("one", "other", "as_strict"),
    [
        (("more_than", "1/2"), ("more_than", "1/2"), True),
        (("more_than", "1/2"), ("at_least", "1/2"), True),
        (("at_least", "1/2"), ("at_least", "1/2"), True),
        (("at_least", "1/2"), ("more_than", "1/2"), False),
        (("at_least", "2/3"), ("more_than", "1/2"), True),
        (("more_than", "1/2"), ("at_least", "2/3"), False),
    ],
)
def test_a_bar_is_as_strict_as_another_where_nothing_comes_up_to_it_alone(
    one: Any, other: Any, as_strict: bool
) -> None:
    assert bar(*one).as_strict_as(bar(*other)) is as_strict
    assert vote(needs=one[0], share=one[1]).asks_at_least(vote(needs=other[0], share=other[1])) is as_strict


QUORUM, LESS = {"needs": "at_least", "share": "2/3"}, {"needs": "at_least", "share": "1/2"}


@pytest.mark.parametrize(
    ("one", "other", "at_least"),
    [
        (vote(), vote(), True),
        (vote(quorum=QUORUM), vote(), True),
        (vote(), vote(quorum=QUORUM), False),
        (vote(quorum=QUORUM), vote(quorum=QUORUM), True),
        (vote(quorum=QUORUM), vote(quorum=LESS), True),
        (vote(quorum=LESS), vote(quorum=QUORUM), False),
        (vote("present"), vote("valid"), False),
        (vote(share="1/3", quorum=QUORUM), vote(quorum=LESS), False),
    ],
)
def test_a_vote_asks_at_least_as_much_by_its_quorum_its_base_and_its_share(
    one: Vote, other: Vote, at_least: bool
) -> None:
    assert one.asks_at_least(other) is at_least


def test_a_majority_says_of_what_it_is_a_share() -> None:
    assert str(Majority.model_validate(HALF | {"base": "entitled"})) == "超过应到的 1/2"
    assert str(bar("at_least", "0.8")) == "不少于 4/5"


@pytest.mark.parametrize(("needs", "share"), [("more_than", 0), ("at_least", 1)])
def test_more_than_nothing_and_no_less_than_all_can_be_meant(needs: str, share: int) -> None:
    edge = Bar.model_validate({"needs": needs, "share": share})
    assert (edge.met(10, 10), edge.met(0, 10)) == (True, False)


def test_what_a_document_on_votes_does_not_say() -> None:
    assert Counting() == Counting(abstained="valid", blank="void", written="not_counted", surplus="doubt")
    assert (Cap(clause="例", share=1).round, Cap(clause="例", share=1).tie) == ("down", "ask")
    majority = HALF | {"base": "present"}
    election = Election.model_validate({"clause": "例", "quorum": HALF, "majority": majority})
    assert election.counting == Counting(surplus="void")
    assert Marks.model_validate({"clause": "例", "worth": {"好": 1}}).counting == Counting(abstained="apart")
    assert (Trim(clause="例", over=2).drop, BallotSheet(clause="例").all_alike) == (1, "valid")


def held(votes: dict[str, int], seats: int, papers: int = 10) -> Any:
    majority = HALF | {"base": "present"}
    rule = Election.model_validate({"clause": "例", "quorum": HALF, "majority": majority})
    return elected(Ballots(entitled=papers, present=papers), votes, seats, rule)


@pytest.mark.parametrize(
    ("votes", "seats", "fates", "open_seats", "contested"),
    [
        ({"甲": 10, "乙": 10}, 2, ["elected", "elected"], 0, 0),
        ({"甲": 10, "乙": 5}, 2, ["elected", "below"], 1, 0),
        ({"甲": 6, "乙": 6, "丙": 6}, 2, ["again"] * 3, 0, 2),
        ({"甲": 8, "乙": 6, "丙": 6}, 2, ["elected", "again", "again"], 0, 1),
        ({"甲": 7, "乙": 7, "丙": 6}, 2, ["elected", "elected", "beyond"], 0, 0),
        ({"甲": 6}, 3, ["elected"], 2, 0),
        ({}, 2, [], 2, 0),
    ],
)
def test_seats_are_filled_tied_for_or_left_open(
    votes: dict[str, int], seats: int, fates: list[str], open_seats: int, contested: int
) -> None:
    found = held(votes, seats)
    assert isinstance(found, Elected) and not found.void
    assert (list(found.fates.values()), found.open_seats, found.contested) == (fates, open_seats, contested)


def test_as_many_votes_as_papers_can_name_are_possible_and_one_more_is_not() -> None:
    assert isinstance(held({"甲": 10, "乙": 0}, 1), Elected)
    assert doubts(held({"甲": 11, "乙": 0}, 2)) == [("exceeds", ("票", "实到"), "甲得票 11，多于实到 10")]
    assert isinstance(held({"甲": 6, "乙": 4}, 1), Elected)
    assert doubts(held({"甲": 6, "乙": 5}, 1)) == [
        ("exceeds", ("票", "实到"), "各人得票共 11，实到 10 张每张至多选 1 人，至多 10 票")
    ]


@pytest.mark.parametrize(
    ("says", "marks", "broken"),
    [
        ({"at_least": 90, "most": 1}, (90, 89), ""),
        ({"at_least": 90, "most": 1}, (90, 90), "不低于 90 分的有 2 个，至多 1 个"),
        ({"at_least": 90, "least": 1}, (90, 89), ""),
        ({"at_least": 90, "least": 1}, (89, 89), "不低于 90 分的有 0 个，至少 1 个"),
        ({"below": 70, "most": 1}, (69, 70), ""),
        ({"below": 70, "most": 0}, (69, 70), "低于 70 分的有 1 个，至多 0 个"),
        ({"below": 70, "least": 1}, (69, 70), ""),
        ({"below": 70, "least": 2}, (69, 70), "低于 70 分的有 1 个，至少 2 个"),
        ({"below": 0, "least": 0}, (0,), ""),
    ],
)
def test_a_limit_on_a_paper_is_kept_at_its_edge_and_broken_beyond(
    says: dict[str, int], marks: tuple[int, ...], broken: str
) -> None:
    assert Limit.model_validate(says).broken(marks) == broken


@pytest.mark.parametrize("says", [{"most": 1}, {"below": 1}, {"at_least": 1, "most": 1, "least": 1}, {}])
def test_a_limit_has_one_edge_and_one_number(says: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match="应写且只写"):
        Limit.model_validate(says)


def test_marks_are_trimmed_where_they_are_more_than_so_many() -> None:
    two = Trim(clause="例", over=4, drop=2)
    assert [trimmed([1, 2, 3, 10], two), trimmed([1, 2, 3, 10, 100], two)] == [4, 3]
    assert trimmed([Fraction(1, 3)], two) == Fraction(1, 3)


@pytest.mark.parametrize(
    ("ties", "given"), [("skip", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3]), ("mean", [1, Fraction(5, 2), Fraction(5, 2), 4])]
)  # fmt: skip
def test_equal_scores_have_one_place(ties: Any, given: list[Any]) -> None:
    assert places([9, 8, 8, 7], ties) == given
    assert places([7, 8, 9, 8], ties) == [given[3], given[1], given[0], given[2]]
    assert places([], ties) == []
    if ties == "skip":
        assert places([9, 8, 8, 7]) == given


@pytest.mark.parametrize(("ties", "lacking"), [("skip", 3), ("dense", 2), ("mean", 4)])
def test_points_are_needed_for_the_places_that_are_taken(ties: str, lacking: int) -> None:
    """Two tied for the third of four places: the fourth has points of its own only where these are shared."""
    scores = [9, 8, 8, 8] if ties == "dense" else [9, 8, 7, 7]

    def given(many: int) -> Any:
        return points(scores, Placing.model_validate({"clause": "例", "points": [10] * many, "ties": ties}))

    assert given(lacking) == [10] * 4
    said = f"有 {lacking} 个名次，政策只写了前 {lacking - 1} 名的分值"
    assert doubts(given(lacking - 1)) == [("missing", ("名次",), said)]


def test_nobody_stands_within_a_line_of_nought_or_less() -> None:
    for most in (0, -1):
        assert chosen({"甲": 2, "乙": 1}, most, "all_in") == ((), (), ("甲", "乙"))
    assert chosen({"甲": 1, "乙": 2}, 2, "ask") == (("乙", "甲"), (), ())
    assert chosen({"甲": 1, "乙": 2, "丙": 0}, 2, "ask") == (("乙", "甲"), (), ("丙",))


@pytest.mark.parametrize(
    ("item", "times", "worth"),
    [
        ({"each": 2, "most": 12}, 6, 12), ({"each": 2, "most": 12}, 7, 12), ({"each": 2, "most": 12}, 5, 10),
        ({"each": -2}, 3, -6), ({"each": 2}, 0, 0), ({"each": 2, "most": 0}, 3, 0),
    ],
)  # fmt: skip
def test_an_item_is_worth_its_times_up_to_its_most(item: dict[str, int], times: int, worth: int) -> None:
    of = Item.model_validate({"name": "会议"} | item)
    assert [of.points(times), earned([of], {"会议": times}), earned([of], {})] == [worth, worth, 0]


def test_what_is_left_and_what_adds_up() -> None:
    assert [left_of(5, [2, 3]), left_of(5, []), left_of(5, [6])] == [0, 5, 0]
    told = adds_up("满分", 3, {"甲": 1, "乙": 1})
    assert told and told.columns == ("满分", "甲", "乙")


@pytest.mark.parametrize(
    ("part", "reached", "of", "points", "over", "short"),
    [
        ({}, 5, 10, 5, (), ()), ({}, 10, 10, 10, (), ()), ({}, 11, 10, 10, ("甲",), ()), ({}, 0, 10, 0, (), ()),
        ({"over": "uncapped"}, 11, 10, 11, ("甲",), ()), ({"full": 5}, 5, 10, 10, (), ()), ({"full": 5}, 5, None, 10, (), ()),
        ({"least": 5}, 5, 10, 5, (), ()), ({"least": 5}, 4, 10, 4, (), ("甲",)), ({"least": 0}, 0, 10, 0, (), ()),
    ],
)  # fmt: skip
def test_a_component_has_points_by_its_ratio(
    part: dict[str, Any], reached: int, of: int | None, points: int, over: Any, short: Any
) -> None:
    rule = Ratios.model_validate({"clause": "例", "part": [{"name": "甲", "worth": 10} | part]})
    found = by_ratios({"甲": reached}, {"甲": of}, rule)
    assert found == Scored(Fraction(points), over, short)
    assert isinstance(found, Scored) and found.eligible is not bool(short)


@pytest.mark.parametrize("of", [0, -1, None])
def test_a_ratio_has_something_to_be_a_share_of(of: int | None) -> None:
    rule = Ratios.model_validate({"clause": "例", "part": [{"name": "甲", "worth": 10}]})
    assert doubts(by_ratios({"甲": 1}, {"甲": of}, rule)) == [
        ("no-base", ("甲",), "甲没有可比的总数，算不出比例")
    ]


def weights(*part: dict[str, Any], absent: str = "renormalise", **says: Any) -> Weights:
    return Weights.model_validate({"clause": "例", "part": list(part), "absent": absent} | says)


THREE = [{"name": name, "weight": weight} for name, weight in (("甲", "0.5"), ("乙", "0.3"), ("丙", "0.2"))]


@pytest.mark.parametrize(
    ("absent", "scores", "score", "step"),
    [
        ("renormalise", (90, 80, None), "86.25", "(0.5 × 90 + 0.3 × 80) ÷ 0.8 = 86.25 分"),
        ("nought", (90, 80, None), 69, "0.5 × 90 + 0.3 × 80 = 69.00 分"),
        ("renormalise", (90, 80, 70), 83, "0.5 × 90 + 0.3 × 80 + 0.2 × 70 = 83.00 分"),
        ("refuse", (90, 80, 70), 83, "0.5 × 90 + 0.3 × 80 + 0.2 × 70 = 83.00 分"),
        ("renormalise", (None, None, 0), 0, "(0.2 × 0) ÷ 0.2 = 0.00 分"),
    ],
)
def test_the_arithmetic_of_a_score_says_what_was_done_with_the_absent(
    absent: str, scores: Any, score: Any, step: str
) -> None:
    found = composed(dict(zip("甲乙丙", scores, strict=True)), weights(*THREE, absent=absent))
    assert isinstance(found, Composed)
    assert (found.score, str(found.step)) == (Fraction(score), f"加权得分：{step}")
    assert found.absent == tuple(name for name, own in zip("甲乙丙", scores, strict=True) if own is None)


def test_a_score_that_is_not_whole_cents_is_rounded_on_the_page_alone() -> None:
    found = composed({"甲": 90, "乙": Fraction(1, 3), "丙": 0}, weights(*THREE))
    assert isinstance(found, Composed)
    assert found.score == Fraction(451, 10)
    thirds = composed({"甲": Fraction(100, 3), "乙": 0, "丙": 0}, weights(*THREE))
    assert isinstance(thirds, Composed)
    assert str(thirds.step) == "加权得分：⌊(0.5 × (100/3) + 0.3 × 0 + 0.2 × 0) × 100 + 1/2⌋ ÷ 100 = 16.67 分"


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ([{"name": "甲", "into": "甲"}, {"name": "乙"}], "“甲”的 into 应是另一组的名称"),
        ([{"name": "甲", "weight": "0.6"}, {"name": "乙", "weight": "0.5"}], "各组权重之和应为 1，现为 1.1"),
        ([{"name": "甲", "weight": 0}], "各组权重之和应为 1，现为 0"),
        ([{"name": "甲", "into": "丙"}, {"name": "甲"}], "“甲”的 into 应是另一组的名称；各组的名称不能重复"),
    ],
)
def test_weights_that_cannot_be_meant_are_told_all_at_once(part: list[Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        weights(*part)
    assert [one["msg"] for one in refused.value.errors()] == [f"Value error, {said}"]


@pytest.mark.parametrize(("many", "merged"), [(4, True), (5, False)])
def test_a_group_of_as_many_as_it_needs_stands_by_itself(many: int, merged: bool) -> None:
    by = weights({"name": "甲"}, {"name": "乙"}, merge_below=5)
    worth = Marks.model_validate({"clause": "例", "worth": {"好": 100, "差": 0}})
    papers = {"甲": Ballots(marks={"好": many, "差": 0}), "乙": Ballots(marks={"好": 0, "差": 6})}
    for found in (by_groups(papers, worth, by), by_marks({"甲": [100] * many, "乙": [0] * 6}, None, by)):
        assert isinstance(found, Composed)
        assert [names for names, _, _ in found.parts] == ([("甲", "乙")] if merged else [("甲",), ("乙",)])


def test_a_roster_has_a_column_for_each_figure_of_a_vote() -> None:
    names = ["应到", "实到", "赞成", "反对", "弃权", "书面赞成"]
    assert [(one.heading, one.name, one.kind, one.aliases) for one in columns()] == [
        (name, name, Kind.COUNT, ()) for name in names
    ]
    of = columns("转正", "党员大会")
    assert [(one.heading, one.name) for one in of] == [(f"转正{name}", f"转正{name}") for name in names]
    assert of[0].aliases == ("党员大会/应到", "党员大会票数/应到", "党员大会表决/应到")


def test_the_figures_of_a_vote_are_taken_as_they_stand_and_no_written_opinion_is_none() -> None:
    given = dict(zip(("应到", "实到", "赞成", "反对", "弃权", "书面赞成"), (9, 8, 7, 0, 1, 2), strict=True))
    marks = {"赞成": 7, "反对": 0}
    assert ballots(given) == Ballots(entitled=9, present=8, marks=marks, abstained=1, written=2)
    assert ballots({f"转正{name}": number for name, number in given.items()}, "转正") == ballots(given)
    assert ballots({}) == Ballots(marks={"赞成": None, "反对": None}, written=0)
    assert ballots(given | {"书面赞成": None}).written == 0
