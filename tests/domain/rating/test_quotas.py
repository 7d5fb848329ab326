"""What takes all rows together: how many a portion is and of whom, who loses a star to a quota, and who fills up a list."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.rating.doubts import DOUBTS
from sanchuang_cli.domain.rating.lists import Rectify
from sanchuang_cli.domain.rating.quotas import Lowest, Quota, filled_up, from_the_top, within_quotas
from sanchuang_cli.domain.rating.steps import Grades
from sanchuang_cli.domain.rating.triggers import LISTED
from tests.domain.rating.rated import rated

YOUNG = "成立不满 1 年"


def quota(stars: int = 5, beyond: str = "cap", **says: Any) -> Quota:
    measure = {} if {"number", "share"} & says.keys() else {"number": 1}
    return Quota.model_validate({"clause": "额", "stars": stars, "beyond": beyond} | measure | says)


def lowest(**says: Any) -> Lowest:
    return Lowest.model_validate({"clause": "末"} | says)


def starred(*totals: Any, stars: int = 5, **says: Any) -> list[Any]:
    """Ratings of so many stars with these totals."""
    return [rated(n, total=total, stars=stars, **says) for n, total in enumerate(totals, 1)]


def after(ratings: list[Any], *quotas: Quota, grades: Grades | None = None, aside: int = 0) -> Any:
    """The stars of each after the quotas, and what is told."""
    current, told = within_quotas(ratings, quotas, grades, DOUBTS, aside)
    return [one.stars for one in current], [one.finding.message for one in told]


@pytest.mark.parametrize("block", [quota, lowest])
@pytest.mark.parametrize("says", [{"share": "0.1", "number": 2}, {"share": None, "number": None}])
def test_a_portion_is_a_share_or_a_number(block: Any, says: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="share 和 number 写一个，只写一个"):
        block(**says)


@pytest.mark.parametrize(
    ("says", "taken"),
    [
        ({"share": 0}, True), ({"share": 1}, True), ({"share": "1.01"}, False), ({"share": "-0.01"}, False),
        ({"stars": 1}, True), ({"stars": 20}, True), ({"stars": 0}, False), ({"stars": 21}, False),
    ],
)  # fmt: skip
def test_a_quota_is_of_stars_that_there_may_be_and_of_no_more_than_all(
    says: dict[str, Any], taken: bool
) -> None:
    if taken:
        assert quota(**says).clause == "额"
    else:
        with pytest.raises(ValidationError):
            quota(**says)


@pytest.mark.parametrize(
    ("portion", "many"),
    [
        (quota(share="0.25"), [0, 0, 1, 1, 1, 2]),
        (quota(share="0.25", rounding="half_up"), [0, 1, 1, 1, 2, 2]),
        (quota(share="0.25", rounding="up"), [1, 1, 1, 2, 2, 2]),
        (lowest(share="0.25"), [1, 1, 1, 2, 2, 2]),
        (lowest(share="0.25", rounding="down"), [0, 0, 1, 1, 1, 2]),
        (quota(share=0), [0] * 6),
        (quota(share=1), [1, 2, 4, 5, 6, 8]),
        (quota(number=3), [3] * 6),
        (quota(number=0), [0] * 6),
    ],
)
def test_of_a_share_of_those_rated_a_quota_drops_what_is_left_over_and_a_list_takes_it(
    portion: Any, many: list[int]
) -> None:
    assert [portion.of(rated, portion.rounding) for rated in (1, 2, 4, 5, 6, 8)] == many


@pytest.mark.parametrize(
    ("portion", "words"),
    [(quota(share="0.1"), "10%"), (quota(share="0.125"), "12.5%"), (quota(number=2), "2 个"), (quota(number=0), "0 个"), (quota(share=0), "0%")],
)  # fmt: skip
def test_a_portion_in_words(portion: Quota, words: str) -> None:
    assert portion.in_words == words


MIXED = [
    rated(1, type="村"),
    rated(2, type="社区", township="望河乡"),
    rated(3, type="机关"),
    rated(4, type="村", township="望河乡"),
]


@pytest.mark.parametrize(
    ("says", "groups"),
    [
        ({}, {"": [0, 1, 2, 3]}),
        ({"within": "type"}, {"村": [0, 3], "社区": [1], "机关": [2]}),
        ({"within": "township"}, {"青禾镇": [0, 2], "望河乡": [1, 3]}),
        ({"types": ["村", "社区"]}, {"村、社区": [0, 1, 3]}),
        ({"types": ["村", "社区"], "within": "type"}, {"村": [0, 3], "社区": [1]}),
        ({"types": ["村", "社区"], "within": "township"}, {"青禾镇村、社区": [0], "望河乡村、社区": [1, 3]}),
    ],
)
def test_a_portion_is_of_all_of_each_type_or_of_each_township_and_of_its_types_alone(
    says: dict[str, Any], groups: dict[str, list[int]]
) -> None:
    assert quota(**says).groups(MIXED) == groups


def test_quotas_are_filled_from_the_most_stars_down() -> None:
    listed = [quota(3), quota(5), quota(4)]
    assert [one.stars for one in from_the_top(listed)] == [5, 4, 3]


ONE_TOO_MANY = "5 星 2 个，超过名额 1 个（参评 2 个），"


@pytest.mark.parametrize(
    ("totals", "says", "left", "told"),
    [
        ([90], {}, [5], []),
        ([90, 95], {}, [4, 5], [ONE_TOO_MANY + "已将名额之外的 1 个各降一星"]),
        ([90, 90], {}, [4, 4], [ONE_TOO_MANY + "已将名额之外的 2 个各降一星"]),
        ([90, 95], {"beyond": "warn"}, [5, 5], [ONE_TOO_MANY + "只提示，未调整"]),
        ([90], {"beyond": "warn"}, [5], []),
        ([90], {"beyond": "warn", "share": "0"}, [5], ["5 星 1 个，超过 0% 的名额 0 个（参评 1 个），只提示，未调整"]),
        ([90], {"beyond": "warn", "number": 0}, [5], ["5 星 1 个，超过名额 0 个（参评 1 个），只提示，未调整"]),
        ([90], {"number": 0}, [4], ["5 星 1 个，超过名额 0 个（参评 1 个），已将名额之外的 1 个各降一星"]),
        ([90, 95], {"share": "0.5"}, [4, 5], ["5 星 2 个，超过 50% 的名额 1 个（参评 2 个），已将名额之外的 1 个各降一星"]),
        ([90, 95, 91, 92], {"share": "0.5"}, [4, 5, 4, 5], ["5 星 4 个，超过 50% 的名额 2 个（参评 4 个），已将名额之外的 2 个各降一星"]),
        ([90, 95], {"stars": 4}, [5, 5], []),
        ([90, 95], {"within": "type"}, [4, 5], ["村：" + ONE_TOO_MANY + "已将名额之外的 1 个各降一星"]),
        ([90, 95], {"types": ["社区"]}, [5, 5], []),
    ],
)  # fmt: skip
def test_whoever_is_beyond_a_quota_has_a_star_less_or_is_told_of(
    totals: list[int], says: dict[str, Any], left: list[int], told: list[str]
) -> None:
    assert after(starred(*totals), quota(**says)) == (left, told)


def test_what_is_told_of_a_quota_is_about_the_whole_roster_by_its_clause() -> None:
    _, (told,) = within_quotas(starred(90, 95), [quota()], None, DOUBTS)
    assert (told.finding.code, str(told.finding.place), told.finding.basis, told.row) == (
        "over-quota",
        "全部名册",
        "额",
        None,
    )


@pytest.mark.parametrize(
    ("says", "of"),
    [
        ({}, "参评 2 个，另有 3 个待核实未计入"),
        ({"within": "type"}, "参评 2 个，全名册另有 3 个待核实未计入"),
    ],
)
def test_a_quota_says_how_many_are_set_aside_and_count_in_none(says: dict[str, Any], of: str) -> None:
    _, (told,) = after(starred(90, 95), quota(**says), aside=3)
    assert f"（{of}）" in told


def test_whoever_is_not_rated_neither_counts_in_a_quota_nor_fills_it() -> None:
    half = quota(share="0.5")
    young = rated(3, total=99, stars=5, unrated=YOUNG)
    assert after([*starred(90, 95), young], half)[0] == [4, 5, 5]
    assert after([*starred(90), young], half)[0] == [4, 5]


def test_whoever_loses_a_star_has_a_step_that_says_so_and_another_grade_only_where_grades_go_by_stars() -> (
    None
):
    bands = [{"name": "优", "at_least": 5}, {"name": "良", "at_least": 0}]
    for by, grade in (("stars", "良"), ("total", "优")):
        grades = Grades.model_validate({"clause": "等", "by": by, "bands": bands})
        (first, _), _ = within_quotas(starred(90, 95, grade="优"), [quota()], grades, DOUBTS)
        (step,) = first.star_steps
        assert (step.result, step.why, step.clause) == ("4", "超出 5 星名额，按综合得分排在名额之外", "额")
        assert (first.stars, first.grade, bool(first.grade_steps)) == (4, grade, by == "stars")
    (first, _), _ = within_quotas(starred(90, 95, grade="优"), [quota()], None, DOUBTS)
    assert (first.stars, first.grade) == (4, "优")


@pytest.mark.parametrize(
    ("says", "grades"),
    [({}, ["良"]), ({"satisfaction": Fraction(1, 2)}, ["良", "中"]), ({"veto": "安全"}, ["良", "差"])],
)
def test_the_grade_by_fewer_stars_is_lowered_by_a_low_satisfaction_and_a_veto_as_before(
    says: dict[str, Any], grades: list[str]
) -> None:
    bands = [{"name": name, "at_least": edge} for name, edge in (("优", 5), ("良", 4), ("中", 1), ("差", 0))]
    limits = {"gate": "0.9", "gated": "中", "gate_clause": "满", "vetoed": "差", "veto_clause": "否"}
    by = Grades.model_validate({"clause": "等", "by": "stars", "bands": bands} | limits)
    (first, _), _ = within_quotas(starred(90, 95, **says), [quota()], by, DOUBTS)
    assert [step.result for step in first.grade_steps] == grades
    assert first.grade == grades[-1]


def listed(ratings: list[Any], portion: Lowest, already: tuple[int, ...] = ()) -> list[tuple[str, list[str]]]:
    """Who is on the list, by name, with the reasons."""
    known = [one for n, one in enumerate(ratings, 1) if n in already]
    return [
        (one.record.name[1], [step.why for step in one.reasons]) for one in filled_up(known, ratings, portion)
    ]


def why(total: str, portion: str = "2 个", of: str = "") -> list[str]:
    return [f"综合得分倒排，列入{of}末尾 {portion}（{total} 分）"]


FOUR = [rated(n, total=total) for n, total in enumerate((70, 60, 60, 50), 1)]


@pytest.mark.parametrize(
    ("says", "already", "found"),
    [
        ({"number": 0}, (), []),
        ({"number": 1}, (), [("4", why("50.00", "1 个"))]),
        ({"number": 2}, (), [("4", why("50.00")), ("2", why("60.00")), ("3", why("60.00"))]),
        ({"number": 2}, (1,), [("1", []), ("4", why("50.00"))]),
        ({"number": 2}, (1, 2), [("1", []), ("2", [])]),
        ({"number": 2}, (1, 2, 3), [("1", []), ("2", []), ("3", [])]),
        ({"number": 9}, (1, 2, 3), [("1", []), ("2", []), ("3", []), ("4", why("50.00", "9 个"))]),
        ({"number": 9}, (1, 2, 3, 4), [(n, []) for n in "1234"]),
        ({"share": "0.25"}, (), [("4", why("50.00", "25%"))]),
        ({"share": "0.2"}, (), [("4", why("50.00", "20%"))]),
        ({"share": "0.2", "rounding": "down"}, (), []),
        ({"number": 1, "types": ["村"]}, (), [("4", why("50.00", "1 个", "村"))]),
        ({"number": 1, "types": ["社区"]}, (), []),
    ],
)
def test_the_lowest_totals_fill_a_list_up_to_its_portion_ties_included(
    says: dict[str, Any], already: tuple[int, ...], found: list[Any]
) -> None:
    assert listed(FOUR, lowest(**says), already) == found


def test_a_list_is_filled_up_in_each_type_or_township_by_itself() -> None:
    rows = [
        rated(1, total=50, type="村"),
        rated(2, total=60, type="村"),
        rated(3, total=70, type="社区", township="望河乡"),
        rated(4, total=80, type="社区", township="望河乡"),
    ]
    for within, (first, second) in (("type", ["村", "社区"]), ("township", ["青禾镇", "望河乡"])):
        each = lowest(number=1, within=within)
        assert listed(rows, each) == [("1", why("50.00", "1 个", first)), ("3", why("70.00", "1 个", second))]
        assert listed(rows, each, (2,)) == [("2", []), ("3", why("70.00", "1 个", second))]


def test_whoever_is_not_rated_neither_counts_for_a_list_nor_fills_it_up() -> None:
    rows = [*FOUR, rated(5, total=10, unrated=YOUNG)]
    assert listed(rows, lowest(share="0.25")) == [("4", why("50.00", "25%"))]


def test_a_place_at_the_end_is_a_reason_by_the_portions_clause() -> None:
    (last,) = filled_up([], FOUR, lowest(number=1))
    (step,) = last.reasons
    assert (step.result, step.clause) == (LISTED, "末")


def test_without_a_total_everybody_is_alike() -> None:
    rows = [rated(1, total=None), rated(2, total=None)]
    assert [name for name, _ in listed(rows, lowest(number=1))] == ["1", "2"]


def test_a_list_fills_up_by_its_share_or_by_its_portions_or_not_at_all() -> None:
    def portions(**says: Any) -> list[tuple[Any, ...]]:
        block = Rectify.model_validate({"clause": "整"} | says)
        return [(one.clause, one.share, one.number, one.rounding, one.within) for one in block.portions]

    assert portions() == portions(share=0) == []
    assert portions(share="0.05") == [("整", Fraction(1, 20), None, "up", "all")]
    own = [{"clause": "末", "number": 1}, {"clause": "尾", "share": "0.1", "within": "township"}]
    assert portions(lowest=own) == portions(share=0, lowest=own) == [
        ("末", None, 1, "up", "all"),
        ("尾", Fraction(1, 10), None, "up", "township"),
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="share 和 lowest 只写一个"):
        portions(share="0.05", lowest=own)


@pytest.mark.parametrize("key", ["share", "warns_over"])
def test_a_list_is_filled_up_and_told_of_by_a_share_of_all_at_most(key: str) -> None:
    for share in (0, 1):
        assert getattr(Rectify.model_validate({"clause": "整", key: share}), key) == share
    for beyond in ("-0.01", "1.01"):
        with pytest.raises(ValidationError):
            Rectify.model_validate({"clause": "整", key: beyond})
    assert Rectify(clause="整").warns_over == 1
