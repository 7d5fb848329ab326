"""Each situation that puts an organisation on a list or limits its stars: what meets it, what just does not, and in which words."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sanchuang_cli.domain.rating.doubts import DOUBTS
from sanchuang_cli.domain.rating.triggers import LISTED, Trigger, evidence, listed_by
from sanchuang_cli.domain.rating.verdict import LastRating
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from tests.domain.rating.rated import odd, rated, scored
from tests.programmes.rate.test_sayable import situation
from tests.programmes.ratings import ON

_TRIGGER: TypeAdapter[Any] = TypeAdapter(Trigger)


def trigger(test: str, **says: Any) -> Any:
    return _TRIGGER.validate_python(situation(test=test, **says))


VACANT = trigger("months-over", column="空缺日期", months=3)
BOTH = trigger("all-yes", all_of=["上半年", "下半年"])
YEARS = trigger("at-least", column="年数", count=2)


@pytest.mark.parametrize(
    ("one", "cells", "hit"),
    [
        (trigger("yes", column="违纪"), {"违纪": True}, "表上填“是”"),
        (trigger("yes", column="违纪"), {"违纪": False}, ""),
        (trigger("yes", column="违纪"), {"违纪": None}, ""),
        (trigger("yes", column="违纪"), {}, ""),
        (BOTH, {"上半年": True, "下半年": True}, "上半年、下半年都填“是”"),
        (BOTH, {"上半年": True, "下半年": False}, ""),
        (BOTH, {"上半年": None, "下半年": True}, ""),
        (BOTH, {}, ""),
        (YEARS, {"年数": 3}, "3 年"),
        (YEARS, {"年数": 2}, "2 年"),
        (YEARS, {"年数": 1}, ""),
        (YEARS, {"年数": None}, ""),
        (YEARS, {}, ""),
        (trigger("at-least", column="年数", count=0), {"年数": 0}, "0 年"),
        (trigger("at-least", column="年数", count=0), {}, ""),
    ],
)
def test_a_cell_meets_a_situation_where_it_says_so_and_a_blank_one_never_does(
    one: Any, cells: dict[str, Any], hit: str
) -> None:
    rating = rated(more=cells)
    assert one.met(rating, ON, odd(rating)) == hit


@pytest.mark.parametrize(
    ("since", "hit", "vague"),
    [
        (VagueDate.on(date(2026, 3, 2)), "", False),
        (VagueDate.on(date(2026, 3, 1)), "自 2026-03-01", False),
        (VagueDate.within(2026, 4), "", False),
        (VagueDate(date(2026, 3, 2), date(2026, 3, 31)), "", False),
        (VagueDate(date(2026, 3, 1), date(2026, 3, 2)), "", True),
        (VagueDate.within(2026, 2), "自 2026-02", False),
        (None, "", False),
    ],
)
def test_more_months_have_passed_from_the_day_after_they_are_full_on(
    since: VagueDate | None, hit: str, vague: bool
) -> None:
    rating = rated(more={"空缺日期": since})
    noted = odd(rating)
    assert VACANT.met(rating, ON, noted) == hit
    place = rating.record.row.place("空缺日期")
    assert [(f.code, f.place, f.basis) for f in noted.found] == [("date-vague", place, "条")] * vague
    if vague:
        assert noted.found[0].message == f"“空缺日期”只写到“{since}”，是否超过 3 个月说不准，未列入“某情形”"


@pytest.mark.parametrize(
    ("satisfaction", "hit"),
    [("0.5999", "满意率 59.99%"), ("0", "满意率 0.00%"), ("0.6", ""), ("1", ""), (None, "")],
)
def test_a_satisfaction_meets_a_situation_where_it_is_known_and_below(
    satisfaction: str | None, hit: str
) -> None:
    rating = rated(satisfaction=None if satisfaction is None else Fraction(satisfaction))
    assert trigger("satisfaction-below", share="0.6").met(rating, ON, odd(rating)) == hit


@pytest.mark.parametrize(
    ("says", "hit"),
    [
        ({"grade": "差", "total": "55.559", "stars": 1}, "综合得分 55.55"),
        ({"grade": "差", "total": 0, "stars": 1}, "综合得分 0.00"),
        ({"grade": "差", "total": None, "stars": 1}, "一星"),
        ({"grade": "好", "total": 55}, ""),
        ({"grade": None, "total": 55}, ""),
    ],
)
def test_a_grade_is_told_with_the_total_or_the_stars_that_led_to_it(says: dict[str, Any], hit: str) -> None:
    rating = rated(**says)
    assert trigger("grade", grade="差").met(rating, ON, odd(rating)) == hit


@pytest.mark.parametrize(
    ("years", "now", "last", "hit"),
    [
        (1, 1, None, "本年一星"),
        (1, 2, 0, ""),
        (1, None, 0, ""),
        (2, 1, 1, "本年一星，上年一星"),
        (2, 0, 0, "本年无星，上年无星"),
        (2, 1, 2, ""),
        (2, 2, 1, ""),
        (2, 1, None, ""),
        (2, None, 1, ""),
    ],
)
def test_stars_are_too_few_in_each_of_the_years_or_the_situation_is_not_met(
    years: int, now: int | None, last: int | None, hit: str
) -> None:
    rating = rated(stars=now, last=LastRating(last))
    assert trigger("stars-below", stars=2, years=years).met(rating, ON, odd(rating)) == hit


MISSED, HAD = frozenset({"甲"}), frozenset[str]()


@pytest.mark.parametrize(
    ("years", "goods", "last", "hit"),
    [
        (1, [("甲", "79.99")], None, "本年 79.99 分"),
        (1, [("甲", 80)], MISSED, ""),
        (1, [("乙", 80), ("甲", 79)], HAD, "本年 79.00 分"),
        (1, [("乙", 79), ("甲", 80)], MISSED, ""),
        (1, [("乙", 80)], None, "本年没有评到"),
        (2, [("甲", 79)], MISSED, "本年 79.00 分"),
        (2, [("甲", 79)], HAD, ""),
        (2, [("甲", 79)], frozenset({"乙"}), ""),
        (2, [("甲", 79)], None, ""),
        (2, [("甲", 80)], MISSED, ""),
        (2, [("乙", 80)], MISSED, "本年没有评到"),
        (2, [("乙", 80)], None, ""),
    ],
)
def test_a_good_is_missed_this_year_and_for_two_years_last_year_as_well(
    years: int, goods: list[tuple[str, Any]], last: frozenset[str] | None, hit: str
) -> None:
    rating = rated(goods=tuple(scored(*one) for one in goods), last=LastRating(missed=last))
    assert trigger("good-missed", good="甲", years=years).met(rating, ON, odd(rating)) == hit


@pytest.mark.parametrize(
    ("says", "columns"),
    [
        ({"test": "yes", "column": "违纪"}, [("违纪", Kind.FLAG)]),
        ({"test": "all-yes", "all_of": ["上", "下"]}, [("上", Kind.FLAG), ("下", Kind.FLAG)]),
        ({"test": "months-over", "column": "日期", "months": 3}, [("日期", Kind.DATE)]),
        ({"test": "at-least", "column": "年数", "count": 2}, [("年数", Kind.COUNT)]),
        ({"test": "satisfaction-below", "share": 1}, []),
        ({"test": "grade", "grade": "差"}, []),
        ({"test": "stars-below", "stars": 2}, []),
        ({"test": "good-missed", "good": "甲", "years": 1}, []),
    ],
)
def test_each_situation_adds_the_columns_that_it_names_to_a_roster(says: Any, columns: list[Any]) -> None:
    found = trigger(**says).columns()
    assert [(field.name, field.kind) for field in found] == columns
    assert all(field.heading == field.name for field in found)


@pytest.mark.parametrize(
    "says",
    [
        {"test": "all-yes", "all_of": ["上"]},
        {"test": "stars-below", "stars": 21},
        {"test": "stars-below", "stars": -1},
        {"test": "stars-below", "stars": 2, "years": 0},
        {"test": "stars-below", "stars": 2, "years": 3},
        {"test": "good-missed", "good": "甲", "years": 0},
        {"test": "good-missed", "good": "甲", "years": 3},
        {"test": "good-missed", "good": "甲"},
    ],
)
def test_situations_over_more_years_than_are_known_or_without_their_columns_are_refused(says: Any) -> None:
    with pytest.raises(ValidationError):
        trigger(**says)


def test_stars_are_looked_at_of_this_year_alone_unless_the_document_says_two() -> None:
    assert trigger("stars-below", stars=0).years == 1


def test_a_situation_concerns_its_types_and_without_types_everybody() -> None:
    some, every = trigger("yes", column="违纪", types=["村"]), trigger("yes", column="违纪")
    for kind, ours in (("村", [some, every]), ("机关", [every]), ("", [every])):
        rating = rated(more={"违纪": True}, type=kind)
        assert evidence([some, every], rating, ON, odd(rating)) == [(one, "表上填“是”") for one in ours]


def test_a_list_has_those_who_meet_a_situation_in_their_order_with_every_reason() -> None:
    flagged = trigger("yes", column="违纪")
    rows = [
        rated(1, {"违纪": True, "年数": 1}),
        rated(2, {"违纪": False, "年数": 1}),
        rated(3, {"违纪": True, "年数": 5}),
    ]
    listed, told = listed_by(rows, [flagged, YEARS], ON, DOUBTS)
    assert [one.record.name for one in listed] == ["第1村党支部", "第3村党支部"]
    assert [[(s.result, s.why, s.clause) for s in one.reasons] for one in listed] == [
        [(LISTED, "某情形（表上填“是”）", "条")],
        [(LISTED, "某情形（表上填“是”）", "条"), (LISTED, "某情形（5 年）", "条")],
    ]
    assert told == []


def test_what_was_too_vague_to_tell_is_told_of_each_row_whether_or_not_it_is_listed() -> None:
    vague = {"空缺日期": VagueDate.within(2026, 3)}
    rows = [rated(1, vague | {"违纪": True}), rated(2, vague), rated(3, {"违纪": None})]
    listed, told = listed_by(rows, [VACANT, trigger("yes", column="违纪")], ON, DOUBTS)
    assert [one.record.name for one in listed] == ["第1村党支部"]
    assert [one.finding.code for one in told] == ["date-vague"] * 2
    assert [one.row for one in told] == [rating.record.row for rating in rows[:2]]
