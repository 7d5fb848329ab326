"""Where a verdict looks: a cell there that cannot be made out is an error by the clause that looks at it, elsewhere it is none."""

from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.rating.unread import asked, cannot_be_read
from tests.domain.rating.test_judging import LADDER, LEVELS, NEW, POLLED, TYPES, VETOING, judge
from tests.programmes.rate.test_sayable import FLAGGED, GRADES, STARS, VETO, edition, good, limit, situation
from tests.programmes.ratings import last_year, organisation, scores

HERE = "这一格写的是“优”，看不出意思，不能当作没有填写"
BELOW: dict[str, Any] = {"veto": VETO, "stars": STARS | {"veto": "one-below-last-year", "veto_clause": "降"}}
NO_STAR: dict[str, Any] = {"veto": VETO, "stars": STARS | {"veto": "no-star", "veto_clause": "否"}}
BANDED = [{"name": "好", "at_least": 1}, {"name": "差", "at_least": 0}]
NO_STARS: dict[str, Any] = {"stars": None, "grades": GRADES}


def proposed(*triggers: dict[str, Any]) -> dict[str, Any]:
    return {"secretaries": {"clause": "调", "triggers": list(triggers)}}


def two_years(**says: Any) -> dict[str, Any]:
    return proposed(situation(test="stars-below", stars=2, years=2, **says) | {"clause": "连"})


@pytest.mark.parametrize(
    ("blocks", "field", "clause"),
    [
        ({"types": TYPES}, "type", "某文"), ({}, "type", None),
        (NEW, "founded", "新"), ({}, "founded", None),
        (VETOING, "veto", "否"), ({}, "veto", None),
        ({"rates": "secretaries"}, "secretary", "某文"), ({}, "secretary", None),
        ({}, "评定分/党员队伍", "项"), ({}, "自评分/党员队伍", None), ({}, "评定分/别的", None),
        (LADDER, "last_stars", "升"), ({}, "last_stars", None), (NO_STARS | LADDER, "last_stars", None),
        (BELOW, "last_stars", None), (LADDER | BELOW, "last_stars", "升"),
        (two_years(), "last_stars", "连"), (two_years(types=["机关"]) | {"types": TYPES}, "last_stars", None),
        (two_years(types=["村"]) | {"types": TYPES}, "last_stars", "连"), (LADDER | two_years(), "last_stars", "升"),
        (proposed(situation(test="stars-below", stars=2)), "last_stars", None),
        (proposed(FLAGGED), "违纪", "条"), ({"limits": [limit(FLAGGED)]}, "违纪", "条"),
        ({"rectify": {"clause": "整", "criteria": [FLAGGED | {"clause": "列"}]}}, "违纪", "列"),
        (proposed(FLAGGED | {"types": ["机关"]}) | {"types": TYPES}, "违纪", None),
        (proposed(FLAGGED | {"types": ["村"]}) | {"types": TYPES}, "违纪", "条"),
        (LADDER, "last_grade", None), (LADDER, "stated_total", None), (LADDER, "remarks", None),
    ],
)  # fmt: skip
def test_an_unread_cell_is_an_error_where_a_verdict_looks_by_the_clause_that_looks(
    blocks: dict[str, Any], field: str, clause: str | None
) -> None:
    says: dict[str, Any] = {"secretary": "李明"} | ({"more": scores(85)} if field.startswith("评") else {})
    rating, told = judge(organisation(unread={field: "优"}, **says), **blocks)
    found = [line for line in told if line[0] == "unread"]
    assert found == ([("unread", field, HERE, clause)] if clause else [])
    assert (rating is None) is bool(clause)


def test_two_clauses_that_look_at_one_cell_make_one_error() -> None:
    twice = proposed(FLAGGED) | {"limits": [limit(FLAGGED | {"clause": "上"})]}
    _, told = judge(organisation(unread={"违纪": "优"}), **twice)
    assert told == [("unread", "违纪", HERE, "上")]


def test_every_unread_cell_at_which_a_verdict_looks_is_an_error_of_its_own() -> None:
    _, told = judge(organisation(unread={"评定分/领导班子": "优", "评定分/党员队伍": "优", "remarks": "优"}))
    assert told == [("unread", f"评定分/{name}", HERE, "项") for name in ("领导班子", "党员队伍")]


@pytest.mark.parametrize(("veto", "clause"), [("安全", "降"), (None, None), ("无", None)])
def test_the_stars_of_last_year_matter_to_a_veto_that_goes_by_them(
    veto: str | None, clause: str | None
) -> None:
    one = organisation(veto=veto, unread={"last_stars": "优"})
    rating, told = judge(one, **BELOW)
    assert told == ([("unread", "last_stars", HERE, clause)] if clause else [])
    assert (rating is None) is bool(clause)
    assert judge(organisation(veto=veto, unread={"last_stars": "优"}), **NO_STAR)[1] == []


MISSED = situation(test="good-missed", good="领导班子", years=2)


@pytest.mark.parametrize(
    ("blocks", "field", "clause"),
    [
        (LADDER, "stars", "升"), ({}, "stars", None), (two_years(), "stars", "连"), (LADDER, "grade", None),
        (proposed(MISSED), "各项得分/领导班子", "条"), (proposed(MISSED), "各项得分/党员队伍", "条"),
        (proposed(MISSED), "stars", None), ({}, "各项得分/领导班子", None),
        (proposed(MISSED | {"years": 1}), "各项得分/领导班子", None),
        (proposed(MISSED | {"types": ["机关"]}) | {"types": TYPES}, "各项得分/领导班子", None),
    ],
)  # fmt: skip
def test_an_unread_cell_of_last_years_workbook_is_an_error_of_this_years_row(
    blocks: dict[str, Any], field: str, clause: str | None
) -> None:
    before = last_year(more=scores(85, column="各项得分"), unread={field: "优"})
    rating, told = judge(organisation(), (before,), **blocks)
    place = before.row.place(field)
    said = f"上年汇总表 {place} 写的是“优”，看不出意思，不能当作没有记录"
    assert told == ([("last-year-unread", "name", said, clause)] if clause else [])
    assert (rating is None) is bool(clause)


def test_where_last_years_workbook_is_given_the_rosters_own_column_of_it_decides_nothing() -> None:
    one = organisation(unread={"last_stars": "优"})
    assert judge(one, (last_year(stars=4),), **LADDER)[0].stars == 5
    assert judge(one, (last_year(2, stars=4),), **LADDER)[0] is None


@pytest.mark.parametrize(
    ("last", "says", "unread"),
    [
        (3, {"honour": "省级"}, "honoured"),
        (3, {"honour": "县级"}, None),
        (4, {"honour": "省级"}, None),
        (None, {"honour": "省级"}, None),
    ],
)
def test_the_day_of_an_honour_matters_where_the_honour_may_free_from_the_ladder(
    last: int | None, says: dict[str, Any], unread: str | None
) -> None:
    one = organisation(last_stars=last, unread={"honoured": "优"}, **says)
    _, told = judge(one, **LADDER)
    assert [line for line in told if line[0] == "unread"] == (
        [("unread", unread, HERE, "荣")] if unread else []
    )


@pytest.mark.parametrize("word", ["无", " 无 ", "/", "——"])
def test_a_word_for_nothing_is_read_wherever_it_stands(word: str) -> None:
    one = organisation(unread={"last_stars": word, "评定分/甲": "优"})
    assert not cannot_be_read(one.row, "last_stars")
    assert cannot_be_read(one.row, "评定分/甲")
    assert not cannot_be_read(one.row, "name")
    assert judge(one, **LADDER)[0].stars == 5


@pytest.mark.parametrize(
    ("blocks", "some", "none"),
    [
        ({}, ["last_stars", "stated_total"], ["type", "founded", "veto", "last_grade", "honour", "honoured", "ballots_valid"]),
        (NO_STARS, ["last_grade", "stated_total"], ["last_stars"]),
        ({"types": TYPES}, ["type"], ["founded"]),
        (NEW, ["founded"], ["type"]),
        (VETOING, ["veto"], ["type"]),
        (LADDER, ["honour", "honoured"], ["veto"]),
        ({"ladder": {"clause": "升", "step": 1}}, ["last_stars"], ["honour", "honoured"]),
        (LEVELS, ["last_stars"], ["stated_total"]),
        (LEVELS | {"grades": GRADES | {"by": "stars", "bands": BANDED}}, ["last_grade"], ["stated_total"]),
        (proposed(POLLED), ["ballots_sent", "ballots_back", "ballots_valid", "ballots_satisfied", "stated_satisfaction"], ["veto"]),
    ],
)  # fmt: skip
def test_a_blank_roster_has_a_column_where_a_block_of_the_document_looks(
    blocks: dict[str, Any], some: list[str], none: list[str]
) -> None:
    columns = asked(edition(**blocks).rules())
    assert set(some) <= set(columns)
    assert not set(none) & set(columns)
    assert {"township", "name", "secretary", "members", "remarks"} <= set(columns)
    assert [name for name, asks in columns.items() if asks.words] == (["type"] if "types" in blocks else [])
    if "types" in blocks:
        assert columns["type"].words == ("村", "机关")


INDICATORS = [
    {"heading": "基础", "method": "given", "points": 60},
    {"heading": "参训", "of": "应训", "method": "ratio", "points": 40},
]
SHEET = {"基础": Fraction(60), "参训": 1, "应训": 2}


@pytest.mark.parametrize(
    ("cells", "field", "looked"),
    [
        ({}, "评定分/甲", True), ({}, "自评分/甲", True),
        ({"评定分/甲": Fraction(90)}, "自评分/甲", False), ({"自评分/甲": Fraction(90)}, "评定分/甲", True),
        ({"评定分/甲": Fraction(90)}, "应训", True), (SHEET, "评定分/甲", False), (SHEET, "自评分/甲", False),
        (SHEET, "应训", True), ({"基础": Fraction(0)}, "评定分/甲", False),
    ],
)  # fmt: skip
def test_of_a_good_all_indicators_are_looked_at_and_its_own_columns_as_far_as_they_count(
    cells: dict[str, Any], field: str, looked: bool
) -> None:
    blank = dict.fromkeys(("评定分/甲", "自评分/甲", *SHEET))
    _, told = judge(
        organisation(more=blank | cells, unread={field: "优"}), goods=[good("甲", indicators=INDICATORS)]
    )
    found = [line for line in told if line[0] == "unread"]
    assert found == ([("unread", field, HERE, "项")] if looked else [])


def test_a_level_with_a_cell_that_cannot_be_read_was_applied_for() -> None:
    stops = LEVELS | {"stars": LEVELS["stars"] | {"unscored": "stops"}}
    passed = {"评定分/三级": Fraction(80)}
    _, told = judge(organisation(more=passed, unread={"评定分/五级": "优"}), **stops)
    assert told == [("no-score", "", "“四级”没有得分：评定分、自评分和指标都是空白", "项")]
    _, told = judge(organisation(more=passed, unread={"评定分/四级": "优"}), **stops)
    assert told == [("unread", "评定分/四级", HERE, "项")]
