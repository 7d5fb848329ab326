"""Stars and grade, step by step: each edge from both sides, what the blocks refuse, and the words of every step."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.rating.goods import Good
from sanchuang_cli.domain.rating.steps import Grades, Ladder, RatingStep, StarRule, stars_in_words
from tests.domain.rating.rated import scored
from tests.programmes.rate.test_sayable import good

BANDS = [{"name": "好", "at_least": 90}, {"name": "中", "at_least": 60}, {"name": "差", "at_least": 0}]
BY_STARS = [{"name": "好", "at_least": 4}, {"name": "中", "at_least": 1}, {"name": "差", "at_least": 0}]
TOTALS = [{"at_least": "90.5", "stars": 5}, {"at_least": 60, "stars": 2}]
GATE: dict[str, Any] = {"gate": "0.9", "gated": "中", "gate_clause": "满"}
VETOED: dict[str, Any] = {"vetoed": "中", "veto_clause": "否"}


def graded(**says: Any) -> Grades:
    return Grades.model_validate({"clause": "等", "bands": BANDS} | says)


def starred(model: str = "per-good", **says: Any) -> StarRule:
    return StarRule.model_validate({"clause": "星", "model": model} | says)


def goods(*says: dict[str, Any]) -> list[Good]:
    return [Good.model_validate(one) for one in says]


def told(steps: Sequence[RatingStep]) -> list[tuple[str, str, str]]:
    return [(step.result, step.why, step.clause) for step in steps]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (None, "无星"), (0, "无星"), (1, "一星"), (2, "二星"), (3, "三星"), (5, "五星"), (9, "九星"),
        (10, "十星"), (11, "十一星"), (12, "十二星"), (19, "十九星"), (20, "二十星"),
    ],
)  # fmt: skip
def test_every_number_of_stars_that_there_may_be_has_its_word(number: int | None, words: str) -> None:
    assert stars_in_words(number) == words


@pytest.mark.parametrize(
    ("total", "grade", "why"),
    [
        (100, "好", "综合得分 100.00，达到 90"),
        (90, "好", "综合得分 90.00，达到 90"),
        ("89.999", "中", "综合得分 89.99，达到 60"),
        (60, "中", "综合得分 60.00，达到 60"),
        ("59.99", "差", "综合得分 59.99，不满 60"),
        (0, "差", "综合得分 0.00，不满 60"),
    ],
)
def test_a_grade_goes_by_the_total_unless_the_document_says_by_stars(
    total: Any, grade: str, why: str
) -> None:
    assert told(graded().steps(Fraction(total), 5, None, "")) == [(grade, why, "等")]


@pytest.mark.parametrize(
    ("stars", "grade", "why"),
    [
        (5, "好", "五星，达到 4 星"),
        (4, "好", "四星，达到 4 星"),
        (3, "中", "三星，达到 1 星"),
        (1, "中", "一星，达到 1 星"),
        (0, "差", "无星，不满 1 星"),
    ],
)
def test_a_grade_by_stars_goes_by_them_whatever_the_total(stars: int, grade: str, why: str) -> None:
    by_stars = graded(by="stars", bands=BY_STARS)
    for total in (None, Fraction(0), Fraction(99)):
        assert told(by_stars.steps(total, stars, None, "")) == [(grade, why, "等")]


@pytest.mark.parametrize(
    ("satisfaction", "steps"),
    [
        (None, []),
        ("0.9", []),
        ("0.8999", [("中", "满意率 89.99%，低于 90%", "满")]),
        ("0", [("中", "满意率 0.00%，低于 90%", "满")]),
    ],
)
def test_a_satisfaction_below_the_gate_lowers_the_grade_and_one_that_is_not_known_does_not(
    satisfaction: str | None, steps: list[Any]
) -> None:
    share = None if satisfaction is None else Fraction(satisfaction)
    first = ("好", "综合得分 95.00，达到 90", "等")
    assert told(graded(**GATE).steps(Fraction(95), None, share, "")) == [first, *steps]
    assert told(graded().steps(Fraction(95), None, share, "")) == [first]


@pytest.mark.parametrize(
    ("total", "gated", "vetoed", "results"),
    [
        (95, "中", "差", ["好", "中", "差"]),
        (95, "差", "中", ["好", "差"]),
        (95, "中", "中", ["好", "中"]),
        (95, "好", "差", ["好", "差"]),
        (70, "中", "差", ["中", "差"]),
        (10, "中", "中", ["差"]),
    ],
)
def test_a_low_satisfaction_and_a_veto_each_only_lower_what_the_one_before_left(
    total: int, gated: str, vetoed: str, results: list[str]
) -> None:
    both = graded(**GATE | {"gated": gated}, **VETOED | {"vetoed": vetoed})
    steps = both.steps(Fraction(total), None, Fraction(1, 2), "安全")
    assert [step.result for step in steps] == results


def test_a_veto_lowers_the_grade_only_where_the_document_says_how_far() -> None:
    first = ("好", "综合得分 95.00，达到 90", "等")
    assert told(graded(**VETOED).steps(Fraction(95), None, None, "安全")) == [
        first,
        ("中", "否决：安全，最高定为中", "否"),
    ]
    assert told(graded(**VETOED).steps(Fraction(95), None, None, "")) == [first]
    assert told(graded().steps(Fraction(95), None, None, "安全")) == [first]


NOT_IN_ORDER = "bands 应从高到低排列，至少两档，最后一档的 at_least 应为 0，否则有的得分没有等次"


@pytest.mark.parametrize(
    ("says", "why"),
    [
        *(
            ({"bands": [{"name": str(n), "at_least": edge} for n, edge in enumerate(edges)]}, NOT_IN_ORDER)
            for edges in ([], [0], [90], [90, 60], [60, 90, 0], [0, 90], [90, 90, 0], [90, 0, 0], [0, -1])
        ),
        (GATE | {"gate_clause": ""}, "写了 gate，还要写它的依据 gate_clause"),
        (GATE | {"gate": 0, "gate_clause": ""}, "写了 gate，还要写它的依据 gate_clause"),
        (VETOED | {"veto_clause": ""}, "写了 vetoed，还要写它的依据 veto_clause"),
        (GATE | {"gated": "优"}, "等次“优”不在 bands 之内"),
        (GATE | {"gated": ""}, "等次“”不在 bands 之内"),
        (VETOED | {"vetoed": "优"}, "等次“优”不在 bands 之内"),
    ],
)
def test_grades_that_leave_something_without_an_answer_are_refused(says: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        graded(**says)
    assert [one["msg"] for one in refused.value.errors()] == [f"Value error, {why}"]


def test_two_grades_are_enough_and_what_limits_nobody_needs_no_clause() -> None:
    two = graded(bands=BANDS[1:], gate_clause="满", gated="优", veto_clause="否")
    assert (two.names(), two.by, two.gate) == (["中", "差"], "total", None)
    assert told(two.steps(Fraction(59), None, Fraction(0), "安全")) == [
        ("差", "综合得分 59.00，不满 60", "等")
    ]


@pytest.mark.parametrize(
    ("total", "step"),
    [
        ("90.5", ("5", "综合得分 90.50，达到 90.5", "星")),
        ("90.499", ("2", "综合得分 90.49，达到 60", "星")),
        ("60", ("2", "综合得分 60.00，达到 60", "星")),
        ("59.99", ("0", "综合得分 59.99，未达最低一档", "星")),
        ("0", ("0", "综合得分 0.00，未达最低一档", "星")),
    ],
)
def test_stars_by_the_total_are_those_of_the_highest_band_that_it_reaches(total: str, step: Any) -> None:
    by_total = starred("total-bands", bands=TOTALS)
    assert told([by_total.earned([scored("甲", 90)], Fraction(total))]) == [step]


def test_stars_good_by_good_go_by_those_that_are_passed_and_by_no_total() -> None:
    three = [scored("甲", 80), scored("乙", "79.99"), scored("丙", 100)]
    assert told([starred().earned(three, Fraction(5))]) == [("2", "得星：甲、丙", "星")]
    assert told([starred().earned(three[1:2], Fraction(100))]) == [("0", "得星：无", "星")]


@pytest.mark.parametrize(
    ("levels", "step"),
    [
        ([(80, 3)], ("3", "甲 80.00 分，达标")),
        ([(79, 3)], ("0", "甲 79.00 分，未达标，以上各级不再评")),
        ([(80, 3), (80, 4)], ("4", "甲 80.00 分，达标；乙 80.00 分，达标")),
        ([(80, 3), (79, 4)], ("3", "甲 80.00 分，达标；乙 79.00 分，未达标，以上各级不再评")),
        ([(80, 3), (79, 4), (80, 4)], ("3", "甲 80.00 分，达标；乙 79.00 分，未达标，以上各级不再评；丙 80.00 分，达标")),
        ([(80, 3), (80, 4), (79, 4)], ("3", "甲 80.00 分，达标；乙 80.00 分，达标；丙 79.00 分，未达标，以上各级不再评")),
        ([], ("0", "")),
    ],
)  # fmt: skip
def test_a_level_is_reached_where_every_sheet_of_it_is_passed(levels: Any, step: Any) -> None:
    row = [scored(name, points, stars) for name, (points, stars) in zip("甲乙丙", levels, strict=False)]
    assert told([starred("levels").earned(row, None)]) == [(*step, "星")]


@pytest.mark.parametrize(
    ("rule", "earned", "last", "steps"),
    [
        ("nothing", 5, 4, []),
        ("no-star", 5, 4, [("0", "否决：安全，不得星", "否")]),
        ("one-below-last-year", 5, 4, [("3", "否决：安全，比上年四星降一星", "否")]),
        ("one-below-last-year", 3, 4, [("3", "否决：安全，比上年四星降一星", "否")]),
        ("one-below-last-year", 2, 4, [("2", "否决：安全，比上年四星降一星", "否")]),
        ("one-below-last-year", 5, 1, [("0", "否决：安全，比上年一星降一星", "否")]),
        ("one-below-last-year", 5, 0, [("0", "否决：安全，比上年无星降一星", "否")]),
        ("one-below-last-year", 5, None, [("0", "否决：安全，上年没有评星，不得星", "否")]),
    ],
)
def test_what_a_veto_leaves_of_the_stars(rule: str, earned: int, last: int | None, steps: Any) -> None:
    stars = starred(veto=rule, veto_clause="否")
    assert told(stars.after_veto(earned, "安全", last)) == steps
    assert stars.after_veto(earned, "", last) == ()


ONLY_BANDS = "model 为 total-bands 时要写 bands，其他 model 不写"


@pytest.mark.parametrize(
    ("model", "says", "why"),
    [
        ("total-bands", {}, ONLY_BANDS),
        *((model, {"bands": TOTALS}, ONLY_BANDS) for model in ("per-good", "levels", "none")),
        ("total-bands", {"bands": TOTALS[::-1]}, "bands 应按 at_least 从高到低排列"),
        ("total-bands", {"bands": [TOTALS[0]] * 2}, "bands 应按 at_least 从高到低排列"),
        ("per-good", {"veto": "no-star"}, "写了 veto，还要写它的依据 veto_clause"),
        ("per-good", {"veto": "one-below-last-year"}, "写了 veto，还要写它的依据 veto_clause"),
    ],
)
def test_stars_that_leave_something_without_an_answer_are_refused(
    model: str, says: dict[str, Any], why: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        starred(model, **says)
    assert [one["msg"] for one in refused.value.errors()] == [f"Value error, {why}"]


def test_what_a_document_of_stars_does_not_say() -> None:
    assert (starred().veto, starred("levels").unscored, starred("total-bands", bands=TOTALS[:1]).veto) == (
        "nothing",
        "set-aside",
        "nothing",
    )


@pytest.mark.parametrize(
    ("stars", "of", "most"),
    [
        (starred(), [good(), good("乙", passes=None), good("丙", passes=None, passes_for={"村": 70})], 2),
        (starred(), [good(passes=0)], 1),
        (starred("levels"), [good(stars=3), good("乙", stars=5), good("丙", stars=4)], 5),
        (starred("total-bands", bands=TOTALS[::-1][:1]), [good(stars=9)], 2),
        (starred("none"), [good(stars=9)], 0),
    ],
)
def test_the_most_stars_that_there_can_be(stars: StarRule, of: list[dict[str, Any]], most: int) -> None:
    assert stars.most(goods(*of)) == most


@pytest.mark.parametrize(
    ("earned", "last", "stops"), [(3, 1, False), (4, 1, True), (1, 3, False), (2, 0, False)]
)
def test_the_ladder_stops_whoever_would_rise_further_than_it_allows(
    earned: int, last: int, stops: bool
) -> None:
    ladder = Ladder(clause="升", step=2)
    assert ladder.stops(earned, last) is stops
    assert told([ladder.step_down(1)]) == [("3", "上年一星，一年至多升 2 星", "升")]


def test_an_honour_frees_from_the_ladder_only_by_a_clause_of_its_own() -> None:
    free = Ladder(clause="升", step=1, honours=("省级",), honours_clause="荣")
    assert told([free.step_past("5", "省级")]) == [("5", "获省级综合荣誉，可破格", "荣")]
    assert Ladder(clause="升", step=1).honours == ()
    with pytest.raises(ValidationError) as refused:
        Ladder(clause="升", step=1, honours=("省级",))
    assert [one["msg"] for one in refused.value.errors()] == [
        "Value error, 写了 honours，还要写它的依据 honours_clause"
    ]


@pytest.mark.parametrize(("step", "taken"), [(0, False), (1, True), (20, True), (21, False)])
def test_a_ladder_has_steps_of_one_star_at_least_and_no_more_than_there_are(step: int, taken: bool) -> None:
    if taken:
        assert Ladder(clause="升", step=step).step == step
    else:
        with pytest.raises(ValidationError):
            Ladder(clause="升", step=step)
