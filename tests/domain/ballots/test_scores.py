"""Lines, elections, groups of raters and points: what cannot be worked out is told, ties go as the rule says."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.ballots.bars import Cap
from sanchuang_cli.domain.ballots.counts import Ballots
from sanchuang_cli.domain.ballots.election import Elected, Election, elected
from sanchuang_cli.domain.ballots.groups import Composed, Weights, by_groups, by_marks, composed
from sanchuang_cli.domain.ballots.places import Placing, capped, chosen, points
from sanchuang_cli.domain.ballots.points import Item, Ratios, by_ratios, earned
from sanchuang_cli.domain.ballots.raters import Marks, Trim, marked, trimmed
from tests.domain.ballots.doubted import doubts

HALF = {"needs": "more_than", "share": "1/2"}


@given(st.dictionaries(st.integers(0, 99), st.integers(0, 4)), st.integers(-1, 9), st.randoms())
def test_a_line_takes_the_highest_and_asks_about_a_tie(
    scores: dict[int, int], most: int, random: Any
) -> None:
    asked = chosen(scores, most, "ask")
    everybody = (*asked.inside, *asked.tied, *asked.outside)
    assert sorted(everybody) == sorted(scores)
    assert [scores[one] for one in everybody] == sorted(scores.values(), reverse=True)
    assert len(asked.inside) <= max(most, 0) < len(asked.inside) + len(asked.tied) or not asked.tied
    assert asked.tied or len(asked.inside) == min(max(most, 0), len(scores))
    assert set(chosen(scores, most, "all_out").outside) == {*asked.tied, *asked.outside}
    assert set(chosen(scores, most, "all_in").inside) == {*asked.inside, *asked.tied}
    mixed = list(scores.items())
    random.shuffle(mixed)
    assert [set(part) for part in chosen(dict(mixed), most, "ask")] == [set(part) for part in asked]


@pytest.mark.parametrize(
    ("tie", "found"),
    [
        ("ask", (("甲",), ("乙", "丙"), ())),
        ("all_out", (("甲",), (), ("乙", "丙"))),
        ("all_in", (("甲", "乙", "丙"), (), ())),
    ],
)
def test_a_third_of_seven_and_a_tie_across_it(tie: str, found: tuple[tuple[str, ...], ...]) -> None:
    cap = Cap.model_validate({"clause": "例", "share": "1/3", "tie": tie})
    assert capped({"甲": Fraction(6, 7), "乙": Fraction(5, 7), "丙": Fraction(10, 14)}, 7, cap) == found


def test_a_second_score_settles_a_tie() -> None:
    assert chosen({"甲": (9, 1), "乙": (9, 2), "丙": (8, 9)}, 1, "ask") == (("乙",), (), ("甲", "丙"))


def election(**more: Any) -> Election:
    majority = {"base": "present", **HALF}
    return Election.model_validate({"clause": "例", "quorum": HALF, "majority": majority, **more})


def test_votes_that_cannot_be_are_told() -> None:
    ballots = Ballots(entitled=12, present=10, given_out=10, returned=10, valid=9)
    assert doubts(elected(ballots, {"甲": 10, "乙": -1}, 1, election())) == [
        ("exceeds", ("票", "有效"), "甲得票 10，多于有效 9"),
        ("negative", ("票",), "乙得票 -1，不能是负数"),
    ]
    assert doubts(elected(ballots, {"甲": 9, "乙": 9, "丙": 1}, 2, election())) == [
        ("exceeds", ("票", "有效"), "各人得票共 19，有效 9 张每张至多选 2 人，至多 18 票")
    ]
    by = election(majority={"base": "returned", **HALF})
    assert doubts(elected(Ballots(entitled=12, present=10), {"甲": 9}, 1, by)) == [
        ("missing", ("收回",), "没有收回数，算不出比例")
    ]
    assert doubts(elected(Ballots(entitled=12), {"甲": 9}, 1, by)) == [
        ("missing", ("实到",), "没有实到数，不知到会人数够不够")
    ]
    assert doubts(elected(Ballots(entitled=12, present=13), {"甲": 9}, 1, by)) == [
        ("exceeds", ("实到", "应到"), "实到 13 多于应到 12")
    ]


@pytest.mark.parametrize(
    ("ballots", "name"),
    [
        (Ballots(entitled=12, present=6), "到会人数"),
        (Ballots(entitled=12, present=10, given_out=10, returned=11), "收回票数"),
    ],
)
def test_an_election_is_void_before_anything_is_counted(ballots: Ballots, name: str) -> None:
    found = elected(ballots, {"甲": 6}, 1, election())
    assert isinstance(found, Elected)
    assert (found.void, found.fates) == (True, {})
    assert [c.name for c in found.clauses if c.first > c.last] == [name]


def test_more_than_the_seats_above_half_and_no_branch_of_delegates() -> None:
    votes = {"甲": 9, "乙": 8, "丙": 7, "丁": 0}
    found = elected(Ballots(entitled=12, present=12), votes, 2, election())
    assert isinstance(found, Elected)
    assert list(found.fates.values()) == ["elected", "elected", "beyond", "below"]
    assert not election().delegates_may(5000)


WORTH = Marks.model_validate({"clause": "例", "worth": {"好": 100, "差": 40}})


def groups(*names: str, **more: Any) -> Weights:
    parts = [{"name": name} for name in names]
    return Weights.model_validate({"clause": "例", "part": parts, "absent": "renormalise", **more})


@pytest.mark.parametrize(
    ("ballots", "told"),
    [
        (Ballots(marks={"好": 1, "中": 1}), ("unknown", ("中",), "“中”没有折算的分值")),
        (Ballots(marks={"好": 1}), ("missing", ("差",), "没有“差”的票数，算不出得分")),
        (
            Ballots(marks={"好": 1, "差": 1}, valid=3, abstained=0),
            ("not-the-sum", ("有效", "好", "差"), "好+差＝2，有效 3"),
        ),
        (Ballots(marks={"好": 0, "差": 0}), ("no-base", ("有效",), "有效 0，没有得分")),
    ],
)
def test_papers_that_give_no_score_are_told(ballots: Ballots, told: tuple[str, tuple[str, ...], str]) -> None:
    assert doubts(marked(ballots, WORTH)) == [told]


def test_abstentions_that_are_valid_must_be_given() -> None:
    by = Marks.model_validate({"clause": "例", "worth": {"好": 100}, "counting": {"abstained": "valid"}})
    ballots = Ballots(marks={"好": 4})
    assert doubts(marked(ballots, by)) == [("missing", ("有效",), "没有有效票数，算不出得分")]
    assert doubts(by_groups({"上级": ballots}, by, groups("上级"))) == [
        ("missing", ("有效",), "上级没有有效票数")
    ]
    assert marked(Ballots(marks={"好": 4}, abstained=1), by) == 80


def test_groups_without_weights_count_alike() -> None:
    found = composed({"上级": 90, "同级": 80, "下级": 70}, groups("上级", "同级", "下级"))
    assert isinstance(found, Composed)
    assert found.score == 80
    assert str(found.step) == "加权得分：(1/3) × 90 + (1/3) × 80 + (1/3) × 70 = 80.00 分"


def test_a_small_group_is_not_shown_by_itself() -> None:
    by = groups("上级", "同级", "下级", merge_below=5)
    papers = {
        "上级": Ballots(marks={"好": 4, "差": 0}),
        "同级": Ballots(marks={"好": 0, "差": 6}),
        "下级": Ballots(marks={"好": 5, "差": 0}),
    }
    found = by_groups(papers, WORTH, by)
    assert isinstance(found, Composed)
    assert [(names, weight, score) for names, weight, score in found.parts] == [
        (("上级", "同级"), Fraction(2, 3), Fraction(64)),
        (("下级",), Fraction(1, 3), Fraction(100)),
    ]
    few = by_groups({"上级": papers["上级"]}, WORTH, by)
    assert doubts(few) == [("too-few", ("有效",), "各组合起来有效票只有 4 张，不足 5 张")]


@pytest.mark.parametrize(
    ("into", "numbers", "together"),
    [
        ({}, (4, 9, 9), [("上级", "同级"), ("下级",)]),
        ({}, (9, 4, 9), [("上级",), ("同级", "下级")]),
        ({}, (9, 9, 4), [("上级",), ("下级", "同级")]),
        ({"上级": "下级"}, (4, 9, 9), [("同级",), ("上级", "下级")]),
        ({"下级": "上级"}, (9, 9, 4), [("下级", "上级"), ("同级",)]),
        ({"上级": "下级", "下级": "同级"}, (2, 9, 2), [("上级", "下级", "同级")]),
        ({"上级": "下级"}, (9, 4, 9), [("上级",), ("同级", "下级")]),
        ({"上级": "下级"}, (4, 9, 0), [("上级", "同级")]),
    ],
)
def test_a_small_group_goes_where_its_rule_says_else_to_the_next_and_the_last_to_the_one_before(
    into: dict[str, str], numbers: tuple[int, ...], together: list[tuple[str, ...]]
) -> None:
    names = ("上级", "同级", "下级")
    part = [{"name": name, "into": into.get(name, "")} for name in names]
    papers = {name: Ballots(marks={"好": many, "差": 0}) for name, many in zip(names, numbers, strict=True)}
    found = by_groups(papers, WORTH, groups(part=part, merge_below=5))
    assert isinstance(found, Composed)
    assert [of for of, _, _ in found.parts] == together


def test_marks_of_a_small_group_are_merged_before_the_best_and_the_worst_are_left_out() -> None:
    by = groups("上级", "同级", "下级", merge_below=5)
    marks = {"上级": [100, 0], "同级": [90, 80, 85, 95], "下级": [70] * 5}
    found = by_marks(marks, Trim(clause="例", over=5), by)
    assert isinstance(found, Composed)
    assert [(names, weight, score) for names, weight, score in found.parts] == [
        (("上级", "同级"), Fraction(2, 3), Fraction(350, 4)),
        (("下级",), Fraction(1, 3), Fraction(70)),
    ]
    untrimmed = by_marks(marks, None, by)
    assert isinstance(untrimmed, Composed)
    assert untrimmed.parts[0][2] == 75
    assert doubts(by_marks({"外单位": [90]}, None, by))[0][0] == "unknown"
    assert doubts(by_marks({"上级": [90]}, None, by))[0][0] == "too-few"
    assert doubts(by_marks({"上级": []}, None, by))[0][0] == "absent"


def test_a_group_that_nobody_knows_and_groups_that_all_stay_away() -> None:
    by = groups("上级")
    told = [("unknown", ("外单位",), "“外单位”不在政策所列各组里")]
    assert doubts(composed({"外单位": 90}, by)) == told
    assert doubts(by_groups({"外单位": Ballots(marks={"好": 1, "差": 1})}, WORTH, by)) == told
    assert doubts(composed({}, groups("上级", absent="nought"))) == [("absent", ("上级",), "上级没有得分")]


def test_a_component_that_weighs_nothing_may_be_absent() -> None:
    parts = [{"name": "述职", "weight": 1}, {"name": "考", "weight": 0}]
    by = Weights.model_validate({"clause": "例", "part": parts, "absent": "refuse"})
    found = composed({"述职": 91}, by)
    assert isinstance(found, Composed)
    assert found.score == 91
    assert found.absent == ("考",)
    assert doubts(composed({}, by)) == [("absent", ("述职",), "述职没有得分")]


def test_points_that_cannot_be_given_are_told() -> None:
    items = [Item.model_validate({"name": "会议", "each": 2})]
    assert doubts(earned(items, {"讲课": 1})) == [("unknown", ("讲课",), "“讲课”不在积分项目里")]
    assert doubts(earned(items, {"会议": -1})) == [("negative", ("会议",), "“会议”的次数不能是负数")]
    by = Placing.model_validate({"clause": "例", "points": [60, 57], "ties": "skip"})
    assert points([9, 9, 9], by) == [Fraction(60)] * 3
    assert doubts(points([9, 8, 7], by)) == [("missing", ("名次",), "有 3 个名次，政策只写了前 2 名的分值")]
    assert doubts(trimmed([], Trim(clause="例", over=5))) == [("no-base", ("分数",), "没有分数")]
    ratios = Ratios.model_validate({"clause": "例", "part": [{"name": "得票", "worth": 30}]})
    assert doubts(by_ratios({}, {}, ratios)) == [
        ("missing", ("得票",), "没有得票，算不出得分"),
        ("no-base", ("得票",), "得票没有可比的总数，算不出比例"),
    ]
    assert doubts(by_ratios({"得票": -1}, {"得票": 9}, ratios)) == [
        ("negative", ("得票",), "得票 -1，不能是负数")
    ]
