"""What a good weighs, what two years of stars say, and who is rated and listed by them."""

from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.exact_numbers import cut
from sanchuang_cli.period import VagueDate
from tests.programmes.rate.test_sayable import FLAGGED, edition, good, run, situation
from tests.programmes.ratings import ON, column, last_year, organisation, scores, stars


@pytest.mark.parametrize(
    ("goods", "total"),
    [
        ([good("甲"), good("乙")], "70.00"),
        ([good("甲", weight=3), good("乙")], "51.16"),
        ([good("甲", weight=3), good("乙", weight=1)], "80.00"),
        ([good("甲", full=300, weight=1), good("乙", weight=1)], "40.00"),
        ([good("甲", full=300), good("乙")], "35.00"),
        ([good("甲"), good("乙", bonus=True, passes=None)], "140.00"),
    ],
)
def test_a_good_counts_in_the_total_by_its_weight_or_by_its_full_score(goods: Any, total: str) -> None:
    """90 of the first and 50 of the second."""
    result = run(
        edition(goods=goods), organisation(more={"评定分/甲": Fraction(90), "评定分/乙": Fraction(50)})
    )
    assert [str(cut(one)) for one in column(result, "分类定级汇总表", "total")] == [total]


@pytest.mark.parametrize(
    ("years", "points", "before", "why"),
    [
        (1, 70, 5, "本年无星"),
        (1, 90, 0, ""),
        (2, 70, 0, "本年无星，上年无星"),
        (2, 70, 1, ""),
        (2, 90, 0, ""),
        (2, 70, None, ""),
    ],
)
def test_too_few_stars_put_on_a_list_where_they_are_too_few_in_each_of_the_years(
    years: int, points: int, before: int | None, why: str
) -> None:
    low = situation(test="stars-below", stars=1, years=years)
    policy = edition(secretaries={"clause": "调", "triggers": [low]})
    result = run(policy, organisation(more=scores(points), last_stars=before))
    assert column(result, "书记调整建议", "reasons") == ([f"某情形（{why}）"] if why else [])


@pytest.mark.parametrize(("kind", "proposed"), [("村", []), ("机关", ["某情形（本年 50.00 分）"])])
def test_a_star_of_last_year_was_missed_by_the_pass_mark_of_the_organisations_type(
    kind: str, proposed: list[str]
) -> None:
    missed = situation(test="good-missed", good="甲", years=2)
    policy = edition(
        types=[{"name": "村"}, {"name": "机关"}],
        goods=[good(passes_for={"村": 60})],
        goods_title="五项得分",
        secretaries={"clause": "调", "triggers": [missed]},
    )
    before = last_year(stars=1, more={"五项得分/甲": Fraction(70)})
    result = run(policy, organisation(type=kind, more={"评定分/甲": Fraction(50)}), previous=(before,))
    assert column(result, "书记调整建议", "reasons") == proposed


@pytest.mark.parametrize(
    ("kind", "points", "earned", "proposed"),
    [
        ("村", 60, 1, []),
        ("村", 59, 0, ["某情形（本年 59.00 分）"]),
        ("机关", 59, 0, []),
        ("机关", 100, 0, []),
    ],
)
def test_a_good_with_pass_marks_of_types_alone_earns_their_star_and_is_missed_by_no_other(
    kind: str, points: int, earned: int, proposed: list[str]
) -> None:
    missed = situation(test="good-missed", good="甲", years=1)
    policy = edition(
        types=[{"name": "村"}, {"name": "机关"}],
        goods=[good(passes=None, passes_for={"村": 60})],
        secretaries={"clause": "调", "triggers": [missed]},
    )
    result = run(policy, organisation(type=kind, more={"评定分/甲": Fraction(points)}))
    assert (stars(result), column(result, "书记调整建议", "reasons")) == ([earned], proposed)


def test_where_secretaries_are_rated_nobody_is_rated_whose_name_cannot_be_read() -> None:
    unread = organisation(1, more=scores(90), unread={"secretary": "#N/A"})
    rows = unread, organisation(2, more=scores(90), secretary="李明")
    assert stars(run(edition(), *rows)) == [5, 5]
    result = run(edition(rates="secretaries"), *rows)
    assert column(result, "分类定级汇总表", "name") == ["第2村党支部"]
    (told,) = [f for f in result.findings if f.code == "rate.unread"]
    assert (told.place.heading, told.basis) == ("secretary", "某文")


@pytest.mark.parametrize(
    ("weak", "told"),
    [(0, []), (1, []), (2, ["整顿名单 2 个，超过参评 10 个的 10%（另有 1 个待核实未计入）"])],
)
def test_more_to_be_rectified_than_the_document_expects_are_told_and_stay_listed(
    weak: int, told: list[str]
) -> None:
    """Of ten that are rated one is a tenth, which is not over it; whoever is too young or set aside counts in neither."""
    rectify = {"clause": "整", "criteria": [FLAGGED], "warns_over": "0.1"}
    policy = edition(rectify=rectify, new_organisations={"clause": "新", "years": 1})
    old, young = VagueDate.within(1995), VagueDate.on(ON)
    rows = [
        organisation(n, more=scores(90) | {"违纪": n <= weak}, founded=young if n == 11 else old)
        for n in range(1, 12)
    ]
    result = run(policy, *rows, organisation(12, more=scores(None), founded=old))
    many = [f for f in result.findings if f.code == "rate.many-to-rectify"]
    assert ([f.message for f in many], [f.basis for f in many]) == (told, ["整"] * len(told))
    assert len(column(result, "后进整顿台账", "name")) == weak
