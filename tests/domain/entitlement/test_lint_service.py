"""What the check of a document knows of the years and the ages of everybody who is paid, and of ways of service that are idle."""

from datetime import date
from typing import Any

import pytest

from tests.domain.entitlement.test_lint import SERVICE, aged, faults, paid

UNION, LONGEST, LAST = (
    {"count": count, "at_least_months": 60} for count in ("union", "longest", "continuous")
)
TERM = {"since": date(1949, 10, 1), "months": 36}
HALF = {"posts": [{"name": "书记"}, {"name": "主任", "discount": "1/2"}]}


def short(below: Any) -> dict[str, Any]:
    """Two tiers by service, of which one is for whoever has served less."""
    tiers = [{"below": below, "rate": 100, "label": "不满"}, {"at_least": below, "rate": 200}]
    return paid(by="tenure", tier=tiers)


@pytest.mark.parametrize(
    ("service", "least", "reached"),
    [
        ({"ways": [UNION]}, "5", "5.01"),
        ({"ways": [LONGEST]}, "5", "5.01"),
        ({"ways": [UNION | {"at_least_months": 71}]}, "5", "5.01"),
        ({"ways": [UNION | {"at_least_months": 72}]}, "6", "6.01"),
        ({"ways": [UNION | {"at_least_months": 120}, LONGEST]}, "5", "5.01"),
        ({"ways": [LONGEST], "accumulate": "longest"}, "5", "5.01"),
        ({"ways": [LAST], "accumulate": "continuous"}, "5", "5.01"),
        ({"ways": [UNION | {"at_least_months": 66}], "rounding": "pro_rata"}, "5.5", "5.51"),
        ({"ways": [UNION | {"at_least_months": 66}], "rounding": "half_up", "half_up_from": 6}, "5", "5.01"),
        ({"ways": [UNION | {"at_least_months": 72}], "rounding": "terms", "terms": [TERM]}, "2", "2.01"),
        ({"ways": [UNION | {"at_least_months": 107}], "rounding": "terms", "terms": [TERM]}, "2", "2.01"),
    ],
)  # fmt: skip
def test_a_tier_below_the_service_that_everybody_has_is_named(
    service: dict[str, Any], least: str, reached: str
) -> None:
    said = f"的一档“不满”（六）没有人够得到：任职年限（四）已经要求不少于 {least}"
    assert faults(service=SERVICE | service, **short(least)) == [said]
    assert faults(service=SERVICE | service, **short(reached)) == []


@pytest.mark.parametrize(
    "service",
    [
        {"ways": []},
        {"ways": [UNION], "accumulate": "longest"},
        {"ways": [LONGEST], "accumulate": "continuous"},
        {"ways": [LONGEST, UNION], "accumulate": "longest"},
        {"ways": [UNION, LONGEST], "accumulate": "longest"},
        {"ways": [UNION | {"posts": ["书记"]}]},
        {"ways": [UNION, UNION | {"posts": ["主任"], "at_least_months": 50}]},
        {"ways": [UNION | {"discounted": True}], **HALF},
        {"ways": [UNION], **HALF},
        {"ways": [UNION], "rate_post": "each_post"},
        {"ways": [UNION], "rounding": "year_difference"},
        {"ways": [UNION | {"at_least_months": 720}], "rounding": "terms", "terms": [TERM, {"since": date(2018, 1, 1), "months": 60}]},
    ],
)  # fmt: skip
def test_where_the_ways_do_not_tell_how_long_everybody_has_served_no_tier_is_called_out_of_reach(
    service: dict[str, Any],
) -> None:
    assert not [
        fault for fault in faults(service=SERVICE | service, **short("0.5")) if "没有人够得到" in fault
    ]


def test_only_tiers_that_go_by_service_are_held_against_it() -> None:
    by_age = paid(by="age", tier=[{"below": 5, "rate": 100}, {"at_least": 5, "rate": 200}])
    assert faults(service=SERVICE | {"ways": [UNION]}, **by_age) == []


# ------------------------------------------------------------------ ways of which one follows from another


@pytest.mark.parametrize(
    ("weak", "strong"),
    [
        (UNION, UNION | {"at_least_months": 61}), (UNION, LONGEST), (UNION, LAST), (LONGEST, LAST), (UNION, UNION),
        (UNION, UNION | {"posts": ["书记"]}), (UNION | {"posts": ["书记", "主任"]}, LONGEST | {"posts": ["书记"]}),
        (UNION | {"posts": ["书记"]}, UNION | {"posts": ["书记"], "at_least_months": 61}),
        (UNION | {"discounted": True}, LAST | {"discounted": True, "posts": ["书记"]}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_a_way_of_service_that_only_those_go_who_go_another_is_named(
    weak: dict[str, Any], strong: dict[str, Any], turned: bool
) -> None:
    ways = [strong, weak] if turned else [weak, strong]
    (fault,) = faults(service=SERVICE | HALF | {"ways": ways})
    words = {"union": "累计", "longest": "最长连续", "continuous": "离任前连续"}

    def named(way: dict[str, Any]) -> str:
        which = "、".join([*way.get("posts", []), *(["折算后"] if way.get("discounted") else [])])
        return f"“{words[way['count']]}{f'（{which}）' if which else ''}满 {way['at_least_months']} 个月”"

    said = f"的任职年限（四）里{named(strong)}从来决定不了什么：够它的都够{named(weak)}"
    assert fault == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (UNION, LONGEST | {"at_least_months": 59}), (LONGEST, LAST | {"at_least_months": 59}),
        (UNION | {"posts": ["书记"]}, UNION | {"posts": ["主任"]}), (UNION | {"posts": ["书记"]}, LONGEST),
        (UNION | {"posts": ["书记"]}, UNION | {"posts": ["书记", "主任"], "at_least_months": 61}),
        (UNION, UNION | {"discounted": True}), (UNION | {"posts": ["书记"], "at_least_months": 59}, UNION),
    ],
)  # fmt: skip
def test_a_way_of_service_that_somebody_can_go_by_itself_is_let_be(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert faults(service=SERVICE | HALF | {"ways": [one, other]}) == []
    assert faults(service=SERVICE | HALF | {"ways": [other, one]}) == []


# ------------------------------------------------------------------ ages


def young(below: int) -> dict[str, Any]:
    tiers = [{"below": below, "rate": 100, "label": "低龄"}, {"at_least": below, "rate": 200}]
    return paid(by="age", tier=tiers)


@pytest.mark.parametrize(
    ("says", "full"),
    [
        ({"condition": [aged("甲", 60, 0)]}, 0), ({"condition": [aged("甲", 0, 60)]}, 0), ({"condition": [aged("甲", 60, 1)]}, 1),
        ({"condition": [aged("甲", 1, 60)]}, 1), ({"age": {"clause": "三", "male": 60, "female": 0}}, 0),
        ({"age": {"clause": "三", "male": 0, "female": 60}}, 0), ({"age": {"clause": "三", "male": 60, "female": 55}}, 55),
        ({"age": {"clause": "三", "male": 60, "female": 55, "mode": "year_difference"}}, 54),
        ({"age": {"clause": "三", "male": 60, "female": 55, "first": "month_of"}}, 54),
        ({"age": {"clause": "三", "male": 60, "female": 55, "mode": "as_of", "as_of": date(2026, 1, 1)}}, 0),
        ({"age": {"clause": "三", "male": 60, "female": 55}, "condition": [aged("甲", 70, 70, first="month_of")]}, 69),
        ({"condition": [aged("甲", 60, 55) | {"active": False}]}, 0), ({"condition": [aged("甲", 60, 55, either="或"), aged("乙", 70, 70, either="或")]}, 0), ({}, 0),
    ],
)  # fmt: skip
def test_a_tier_below_the_age_that_everybody_has_is_named_and_the_next_is_not(
    says: dict[str, Any], full: int
) -> None:
    def unreached(below: int) -> bool:
        return any("“低龄”（六）没有人够得到" in fault for fault in faults(**says, **young(below)))

    assert not unreached(full + 1)
    assert unreached(full) or not full


@pytest.mark.parametrize(
    ("age", "nobody"),
    [
        ({"until_male": 80, "until_female": 75}, 80), ({"until_male": 75, "until_female": 80}, 80),
        ({"until_male": 80, "until_female": 80, "stop": "month_of"}, 80), ({"until_male": 80, "until_female": 80, "stop": "next_year"}, 81),
        ({"until_male": 80, "until_female": 80, "leap_day": "march"}, 81), ({"until_male": 80, "until_female": 80, "leap_day": "march", "stop": "month_of"}, 80),
        ({"until_male": 80, "female": 999}, 80), ({"until_female": 80, "male": 999}, 80),
    ],
)  # fmt: skip
def test_what_begins_at_the_age_by_which_everybody_has_stopped_is_named(
    age: dict[str, Any], nobody: int
) -> None:
    whole = {"clause": "三", "male": 60, "female": 60} | age
    last = max(value for key, value in age.items() if key.startswith("until"))
    for at, named in ((nobody, True), (nobody - 1, False)):
        more = paid(supplement=[{"name": "高龄", "clause": "七", "rate": 5, "age_at_least": at}])
        said = f"的“高龄”（七）满 {at} 周岁没有人够得到：年龄（三）到 {last} 周岁为止"
        assert faults(age=whole, **more) == [said] * named
        tiers = [{"below": at, "rate": 1}, {"at_least": at, "rate": 2, "label": "高龄"}]
        told = f"的一档“高龄”（六）没有人够得到：年龄（三）到 {last} 周岁为止"
        assert faults(age=whole, **paid(by="age", tier=tiers)) == [told] * named


@pytest.mark.parametrize("age", [{"until_male": 80}, {"until_female": 80}, {}])
def test_where_one_sex_is_paid_for_life_nothing_is_out_of_reach_by_age(age: dict[str, Any]) -> None:
    whole = {"clause": "三", "male": 60, "female": 60} | age
    more = paid(supplement=[{"name": "高龄", "clause": "七", "rate": 5, "age_at_least": 120}])
    assert faults(age=whole, **more) == []


@pytest.mark.parametrize(
    ("male", "female", "said"),
    [
        (0, 60, "的条件“年满”（年满款）从来决定不了什么：年龄（三）已经要求满 0 周岁"), (0, 59, "的条件“年满”（年满款）从来决定不了什么：年龄（三）已经要求满 0 周岁"),
        (0, 61, "的年龄（三）从来决定不了什么：条件“年满”（年满款）要求的年龄更高"), (1, 60, "的年龄（三）从来决定不了什么：条件“年满”（年满款）要求的年龄更高"), (1, 59, None),
    ],
)  # fmt: skip
def test_an_age_that_only_women_must_have_is_held_against_a_condition_on_ages(
    male: int, female: int, said: str | None
) -> None:
    age = {"clause": "三", "male": 0, "female": 60}
    assert faults(age=age, condition=[aged("年满", male, female)]) == ([said] if said else [])
