"""What a vote is told when its figures cannot all be true, and what never changes its outcome."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sanchuang_cli.domain.ballots.counts import (
    BallotFigures,
    Ballots,
    Counting,
    Percentage,
    percentage,
    sound,
)
from sanchuang_cli.domain.ballots.voting import Vote, VoteOutcome, decided
from sanchuang_cli.domain.doubtful import Doubtful
from tests.domain.ballots.doubted import doubts

HALF = {"needs": "more_than", "share": "1/2"}
BASE = st.sampled_from(["entitled", "present", "given_out", "returned", "valid"])
NEEDS = st.sampled_from(["more_than", "at_least"])
SHARE = st.sampled_from(["1/2", "1/3", "2/3", "4/5", "0.3"])


def rule(**more: Any) -> Vote:
    return Vote.model_validate({"clause": "例", "base": "valid", **HALF, **more})


def papers(yes: int | None, no: int | None, abstained: int | None = 0, **more: Any) -> Ballots:
    return Ballots(marks={"赞成": yes, "反对": no}, abstained=abstained, **more)


def outcome(ballots: Ballots, by: Vote) -> VoteOutcome:
    found = decided(ballots, by)
    assert isinstance(found, VoteOutcome), str(found)
    return found


SOUND = {
    "entitled": 30,
    "present": 28,
    "given_out": 28,
    "returned": 27,
    "valid": 25,
    "void": 1,
    "blank": 1,
    "written": 0,
}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({}, []),
        ({"present": 31}, [("exceeds", ("实到", "应到"), "实到 31 多于应到 30")]),
        ({"given_out": 29}, [("exceeds", ("发出", "实到"), "发出 29 多于实到 28")]),
        ({"given_out": 26}, [("exceeds", ("收回", "发出"), "收回 27 多于发出 26")]),
        (
            {"returned": 24},
            [("exceeds", ("有效", "收回"), "有效 25 多于收回 24")],
        ),
        (
            {"valid": 24},
            [
                ("not-the-sum", ("有效", "赞成", "反对", "弃权"), "赞成+反对+弃权＝25，有效 24"),
                ("not-the-sum", ("收回", "有效", "空白", "无效"), "有效+空白+无效＝26，收回 27"),
            ],
        ),
        (
            {"valid": 24, "void": None},
            [("not-the-sum", ("有效", "赞成", "反对", "弃权"), "赞成+反对+弃权＝25，有效 24")],
        ),
        ({"void": None, "blank": 3}, [("exceeds", ("收回", "有效", "空白"), "有效+空白＝28，多于收回 27")]),
        ({"written": 3}, [("exceeds", ("书面赞成", "应到", "实到"), "实到与书面赞成共 31，多于应到 30")]),
        ({"written": 2}, []),
        ({"void": -1}, [("negative", ("无效",), "无效 -1，不能是负数")]),
        (
            {"present": None, "given_out": 31},
            [("exceeds", ("发出", "应到"), "发出 31 多于应到 30")],
        ),
        (
            {"valid": None, "returned": None, "given_out": 20},
            [("exceeds", ("收回", "发出"), "收回 27 多于发出 20")],
        ),
        (
            {"valid": None, "returned": None, "void": None, "given_out": 20},
            [("exceeds", ("赞成+反对+弃权+空白", "发出"), "赞成+反对+弃权+空白 26 多于发出 20")],
        ),
        (
            {"returned": None, "void": None, "blank": None, "given_out": 20},
            [("exceeds", ("有效", "发出"), "有效 25 多于发出 20")],
        ),
        (
            {"entitled": 19, "present": 20, "given_out": None, "returned": None, "void": None, "blank": None},
            [
                ("exceeds", ("实到", "应到"), "实到 20 多于应到 19"),
                ("exceeds", ("有效", "实到"), "有效 25 多于实到 20"),
            ],
        ),
    ],
)
def test_figures_that_cannot_all_be_true_are_told(wrong: dict[str, int | None], told: list[Any]) -> None:
    found = sound(papers(15, 8, 2, **(SOUND | wrong)), Counting())
    assert (doubts(found) if told else isinstance(found, BallotFigures)) == (told or True)


def test_a_figure_that_is_not_given_is_never_nought() -> None:
    found = decided(papers(15, 8, None), rule())
    assert doubts(found) == [("missing", ("有效",), "没有有效数，不知是否通过")]
    found = decided(papers(None, 8, 2, valid=20), rule())
    assert doubts(found) == [("missing", ("赞成",), "没有赞成数，不知是否通过")]
    unwritten = rule(base="entitled", counting={"written": "counted"})
    found = decided(papers(15, 8, 2, entitled=30), unwritten)
    assert doubts(found) == [("missing", ("书面赞成",), "没有书面赞成数，不知是否通过")]
    found = decided(papers(15, 8, 2), rule(quorum=HALF))
    assert doubts(found) == [("missing", ("应到", "实到"), "没有应到、实到数，不知到会人数够不够")]


def test_a_share_of_nought_is_no_share() -> None:
    assert doubts(decided(papers(0, 0), rule())) == [("no-base", ("有效",), "有效 0，算不出比例")]
    found = decided(papers(0, 0, entitled=0, present=0), rule(quorum=HALF))
    assert doubts(found) == [("no-base", ("应到",), "应到 0，不知到会人数够不够")]


def test_a_meeting_that_is_not_quorate_is_invalid_whatever_the_votes() -> None:
    by = rule(quorum=HALF)
    assert outcome(papers(None, None, None, entitled=25, present=12), by).result == "no_quorum"


def test_more_papers_back_than_given_out_make_the_vote_void_or_doubtful() -> None:
    ballots = papers(11, 0, given_out=10, returned=11)
    found = outcome(ballots, rule(counting={"surplus": "void"}))
    assert (found.result, found.votes) == ("void", None)
    assert [(clause.name, str(clause.said)) for clause in found.clauses] == [("收回票数", "发出 10，收回 11")]
    assert doubts(decided(ballots, rule())) == [("exceeds", ("收回", "发出"), "收回 11 多于发出 10")]
    unreturned = papers(11, 0, None, given_out=10)
    assert outcome(unreturned, rule(counting={"surplus": "void"})).result == "void"
    assert outcome(papers(10, 0, given_out=10, returned=10), rule()).result == "carried"
    assert [c.name for c in outcome(papers(10, 0, given_out=10), rule()).clauses] == ["赞成票"]
    assert [c.name for c in outcome(papers(10, 0, returned=10), rule()).clauses] == ["赞成票"]


@pytest.mark.parametrize(
    ("counting", "of"),
    [
        ({}, 12),
        ({"abstained": "apart"}, 10),
        ({"blank": "abstained"}, 15),
        ({"abstained": "apart", "blank": "abstained"}, 10),
    ],
)
def test_what_abstains_and_what_is_blank_counts_as_the_rule_says(counting: dict[str, str], of: int) -> None:
    ballots = papers(6, 4, 2, blank=3, void=1)
    found = outcome(ballots, rule(counting=counting))
    assert (found.of, found.result) == (of, "carried" if of < 12 else "not_carried")
    figures = sound(ballots, Counting.model_validate(counting))
    assert isinstance(figures, BallotFigures)
    assert figures.bases["returned"] == 16


def test_every_reason_and_its_base_is_told() -> None:
    found = outcome(papers(15, 8, 2, **SOUND), rule(base="present", quorum=HALF, quorum_clause="第二十条"))
    assert [(c.name, c.citation, c.columns, str(c.said)) for c in found.clauses] == [
        ("到会人数", "第二十条", ("应到", "实到"), "实到 28，应到 30，应超过 1/2（至少 16）"),
        ("收回票数", "例", ("发出", "收回"), "发出 28，收回 27"),
        ("赞成票", "例", ("赞成", "实到"), "赞成 15，实到 28，应超过实到的 1/2（至少 15）"),
    ]
    assert all(clause.first <= clause.last for clause in found.clauses)


def test_a_percentage_is_shown_with_its_base() -> None:
    figures = sound(papers(15, 8, 2, **SOUND), Counting())
    assert isinstance(figures, BallotFigures)
    found = percentage(figures, "赞成", "returned")
    assert isinstance(found, Percentage)
    assert (str(found), found.exact) == ("55.6%（15 ÷ 收回 27）", Fraction(5, 9))
    assert doubts(percentage(figures, "优秀", "valid")) == [
        ("missing", ("优秀",), "没有优秀票数，算不出比例")
    ]
    unknown = sound(papers(15, 8, 2), Counting())
    assert isinstance(unknown, BallotFigures)
    assert doubts(percentage(unknown, "赞成", "present")) == [
        ("missing", ("实到",), "没有实到数，算不出比例")
    ]


FULL = st.lists(st.integers(0, 9), min_size=7, max_size=7)


def held(numbers: list[int], **more: Any) -> Ballots:
    """A vote that can have taken place."""
    yes, no, abstained, void, lost, kept, away = numbers
    valid = yes + no + abstained
    back = valid + void
    return papers(
        yes,
        no,
        abstained,
        valid=valid,
        void=void,
        blank=0,
        returned=back,
        given_out=back + lost,
        present=back + lost + kept,
        entitled=back + lost + kept + away,
        **more,
    )


@given(FULL, BASE, NEEDS, SHARE, st.booleans())
def test_one_more_in_favour_never_turns_a_vote_against(
    numbers: list[int], base: str, needs: str, share: str, converted: bool
) -> None:
    by = rule(base=base, needs=needs, share=share, quorum=HALF)
    before = decided(held(numbers), by)
    yes, no, *others = numbers
    assume(no or not converted)
    after = decided(held([yes + 1, no - converted, *others]), by)
    assert isinstance(after, VoteOutcome)
    if isinstance(before, VoteOutcome) and before.result == "carried":
        assert after.result == "carried"


@given(FULL, BASE, NEEDS, SHARE)
def test_twice_the_ballots_have_the_same_outcome(
    numbers: list[int], base: str, needs: str, share: str
) -> None:
    by = rule(base=base, needs=needs, share=share, quorum=HALF)
    once, twice = decided(held(numbers), by), decided(held([2 * n for n in numbers]), by)
    if isinstance(once, VoteOutcome):
        assert isinstance(twice, VoteOutcome)
        assert once.result == twice.result
    else:
        assert isinstance(twice, Doubtful)
