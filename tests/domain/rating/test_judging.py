"""One organisation judged by itself: its type, the year before, its age, the ladder; what is an error leaves no rating."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.rating.doubts import DOUBTS
from sanchuang_cli.domain.rating.judging import judged
from sanchuang_cli.domain.rating.verdict import LastRating
from sanchuang_cli.judging import At
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import PREVIOUS
from sanchuang_cli.programmes.rate.judging import ready
from sanchuang_cli.programmes.rate.pages import LastYear
from sanchuang_cli.record import Roster
from tests.programmes.rate.test_sayable import FLAGGED, GRADES, STARS, VETO, edition, good, limit, situation
from tests.programmes.ratings import ON, last_year, organisation, scores

TYPES = [{"name": "村"}, {"name": "机关"}]
LEVELS: dict[str, Any] = {
    "goods": [good(name, stars=stars) for name, stars in (("三级", 3), ("四级", 4), ("五级", 5))],
    "stars": STARS | {"model": "levels"},
}
STOPS: dict[str, Any] = LEVELS | {"stars": LEVELS["stars"] | {"unscored": "stops"}}


def judge(one: Any, before: Sequence[LastYear] = (), on: date = ON, **blocks: Any) -> tuple[Any, list[Any]]:
    """The rating by a document of these blocks, and what is told: the code, the heading, the message and the clause."""
    policy = edition(**blocks)
    file = PolicyFile("试.toml", "0" * 64, (policy,))
    at = At(policy, file, Occasion(Period.year(on.year), on), {PREVIOUS: Roster(tuple(before))}, DOUBTS)
    (found,) = judged([one], replace(at, ready=ready(at)))
    return found.verdict, [(f.code, f.place.heading, f.message, f.basis) for f in found.findings]


def codes(told: list[Any]) -> list[str]:
    return [code for code, *_ in told]


@pytest.mark.parametrize(
    ("types", "written", "kind"),
    [
        (TYPES, "村", "村"), (TYPES, "县直机关", "机关"), (TYPES, "学校", "其他"), (TYPES, None, "其他"),
        ([], "村", "村"), ([], "学校", "学校"), ([], None, ""), ([], "", ""),
    ],
)  # fmt: skip
def test_an_organisation_counts_under_its_type_or_as_others_and_without_types_as_written(
    types: Any, written: str | None, kind: str
) -> None:
    rating, told = judge(organisation(type=written, more=scores(90)), types=types)
    assert rating.type == kind
    assert codes(told) == ["unknown-type"] * (kind == "其他")


NOT_LISTED = "类型“学校”不在政策所列类型之内"
OF_VILLAGES = [good(name, passes_for={"村": 95} if name == "领导班子" else {}) for name in scores(0)]


def by_type(**says: Any) -> dict[str, Any]:
    return {"types": TYPES, "goods": [good("甲", **says)]}


def low(**says: Any) -> dict[str, Any]:
    return {"rectify": {"clause": "整", "criteria": [FLAGGED | {"types": ["机关"]} | says]}}


@pytest.mark.parametrize(
    ("blocks", "cells", "apart"),
    [
        (by_type(), {}, []),
        (by_type(passes_for={"村": 95}), {}, ["村"]),
        (by_type(passes_for={"村": 95, "机关": 95}), {}, ["村", "机关"]),
        (by_type(passes_for={"村": 70}), {}, []),
        (by_type() | low(), {"违纪": True}, ["机关"]),
        (by_type() | low(), {"违纪": False}, []),
        (by_type() | {"limits": [limit(FLAGGED | {"types": ["村"]}, at_most=0)]}, {"违纪": True}, ["村"]),
        (by_type() | {"limits": [limit(FLAGGED | {"types": ["村"]}, at_most=1)]}, {"违纪": True}, []),
        (
            by_type(indicators=[{"heading": "基", "method": "given", "points": 100, "types": ["村"]}, {"heading": "础", "method": "given", "points": 100, "types": ["机关"]}]),
            {"基": Fraction(90), "础": None},
            [],
        ),
        (
            by_type(indicators=[{"heading": "基", "method": "given", "points": 100, "types": ["村"]}, {"heading": "础", "method": "given", "points": 100, "types": ["机关"]}]),
            {"基": Fraction(91), "础": None},
            ["村"],
        ),
        (by_type(), {"评定分/甲": None}, None),
    ],
)  # fmt: skip
def test_a_type_in_no_list_is_an_error_where_one_of_the_listed_would_have_another_result(
    blocks: Any, cells: dict[str, Any], apart: list[str] | None
) -> None:
    one = organisation(type="学校", more={"评定分/甲": Fraction(90)} | cells)
    rating, told = judge(one, **blocks)
    others = [line for line in told if line[1] == "type"]
    if apart:
        said = f"{NOT_LISTED}，而按“{'”“'.join(apart)}”认定结果不同"
        assert (rating, others) == (None, [("type-decides", "type", said, "某文")])
    else:
        said = f"{NOT_LISTED}，按“其他”统计"
        assert (rating is None, others) == (apart is None, [("unknown-type", "type", said, "某文")])


@pytest.mark.parametrize("portion", [{"within": "type"}, {"types": ["村"]}])
@pytest.mark.parametrize(("written", "said"), [("学校", "“学校”"), (None, "空白")])
def test_where_quotas_or_shares_go_by_types_whoever_has_none_is_set_aside(
    portion: dict[str, Any], written: str | None, said: str
) -> None:
    quota = {"quotas": [{"clause": "额", "stars": 1, "number": 1, "beyond": "warn"} | portion]}
    share = {"rectify": {"clause": "整", "lowest": [{"clause": "末", "number": 1} | portion]}}
    message = f"类型{said}不在政策所列类型之内，而名额、比例按类型算"
    for blocks in (quota, share):
        rating, told = judge(organisation(type=written), types=TYPES, **blocks)
        assert (rating, told) == (None, [("type-decides", "type", message, "某文")])


def test_a_blank_type_is_told_and_counts_as_others_whatever_the_types_would_give() -> None:
    rating, told = judge(
        organisation(type=None, more={"评定分/甲": Fraction(90)}), **by_type(passes_for={"村": 95})
    )
    assert (rating.stars, told) == (
        1,
        [("unknown-type", "type", "类型空白不在政策所列类型之内，按“其他”统计", "某文")],
    )


def test_a_type_that_cannot_be_read_is_one_error_and_no_unknown_type() -> None:
    rating, told = judge(organisation(unread={"type": "#N/A"}), types=TYPES)
    said = "这一格写的是“#N/A”，看不出意思，不能当作没有填写"
    assert (rating, told) == (None, [("unread", "type", said, "某文")])


VETOING: dict[str, Any] = {"veto": VETO, "stars": STARS | {"veto": "no-star", "veto_clause": "否"}}


@pytest.mark.parametrize(
    ("cell", "told"),
    [("无", False), (" 没有 ", False), ("未发生", False), ("", False), (None, False), ("安全", True), ("待查", True)],
)  # fmt: skip
def test_a_veto_that_no_rule_is_about_is_told_and_decides_nothing(cell: str | None, told: bool) -> None:
    rating, found = judge(organisation(veto=cell))
    said = f"名册填了否决情形“{cell}”，政策没有否决一节，没有据此处理"
    assert found == [("veto-without-rule", "veto", said, "某文")] * told
    assert (rating.stars, rating.veto) == (5, "")


def test_a_veto_takes_the_stars_and_one_that_is_left_open_leaves_no_rating() -> None:
    rating, _ = judge(organisation(veto="安全"), **VETOING)
    assert (rating.stars, rating.veto) == (0, "安全")
    assert judge(organisation(veto="待查"), **VETOING)[0] is None


@pytest.mark.parametrize(
    ("secretary", "told"), [("李明", []), (None, ["no-secretary"]), ("", ["no-secretary"])]
)
def test_where_secretaries_are_rated_a_row_without_one_has_no_rating(
    secretary: str | None, told: list[str]
) -> None:
    rating, found = judge(organisation(secretary=secretary), rates="secretaries")
    assert (rating is None, codes(found)) == (bool(told), told)
    if told:
        assert found == [("no-secretary", "secretary", "书记一栏空着，不知道评的是谁", "某文")]
    assert judge(organisation(secretary=secretary))[0].stars == 5


def test_a_printed_total_is_compared_only_where_there_is_a_total() -> None:
    assert codes(judge(organisation(stated_total=Fraction(1)))[1]) == ["total-differs"]
    rating, told = judge(organisation(more={"评定分/三级": Fraction(70)}, stated_total=Fraction(1)), **LEVELS)
    assert (rating.total, told) == (None, [])


@pytest.mark.parametrize(
    ("points", "stars", "told"),
    [
        ((80, None, None), 3, []),
        ((80, 80, None), 4, []),
        ((80, 80, 80), 5, []),
        ((80, 79, None), 3, []),
        ((None, None, None), None, ["三级"]),
        ((None, 80, 80), None, ["三级"]),
        ((80, None, 80), None, ["四级"]),
    ],
)
def test_levels_that_were_not_applied_for_stop_above_the_lowest(
    points: Any, stars: int | None, told: list[str]
) -> None:
    cells = {
        f"评定分/{name}": p and Fraction(p) for name, p in zip(("三级", "四级", "五级"), points, strict=True)
    }
    rating, found = judge(organisation(more=cells), **STOPS)
    assert rating is None if stars is None else rating.stars == stars
    assert [(code, heading) for code, heading, *_ in found] == [
        ("no-score", f"评定分/{name}") for name in told
    ]


def test_unless_the_document_says_that_they_stop_unscored_levels_are_missing_scores() -> None:
    for cells, at in (({"评定分/三级": Fraction(80)}, "四级"), ({}, "三级")):
        blank = dict.fromkeys(("评定分/三级", "评定分/四级", "评定分/五级"))
        rating, found = judge(organisation(more=blank | cells), **LEVELS)
        assert (rating, [heading for _, heading, *_ in found]) == (None, [f"评定分/{at}"])


def test_goods_are_scored_all_of_them_and_not_level_by_level_unless_the_document_has_levels() -> None:
    goods = [good("甲", stars=3), good("乙", stars=4)]
    for stars in (STARS, STARS | {"unscored": "stops"}):
        rating, _ = judge(
            organisation(more={"评定分/甲": Fraction(70), "评定分/乙": Fraction(90)}),
            goods=goods,
            stars=stars,
        )
        assert (rating.stars, rating.total, len(rating.goods)) == (1, 80, 2)
        rating, told = judge(
            organisation(more={"评定分/甲": Fraction(90), "评定分/乙": None}), goods=goods, stars=stars
        )
        assert (rating, codes(told)) == (None, ["no-score"])
    graded: dict[str, Any] = {"stars": None, "grades": GRADES}
    rating, told = judge(organisation(more=dict.fromkeys(("评定分/甲", "评定分/乙"))), goods=goods, **graded)
    assert (rating, codes(told)) == (None, ["no-score"] * 2)


GATED: dict[str, Any] = {"grades": GRADES | {"gate": "0.9", "gated": "差", "gate_clause": "满"}}
POLLED = situation(test="satisfaction-below", share="0.6")


@pytest.mark.parametrize(
    ("blocks", "looked"),
    [
        ({}, None), ({"grades": GRADES}, None), ({"limits": [limit(FLAGGED)]}, None),
        (GATED, "满"), ({"limits": [limit(FLAGGED, POLLED)]}, "条"),
        ({"secretaries": {"clause": "调", "triggers": [FLAGGED, POLLED | {"clause": "低"}]}}, "低"),
        (GATED | {"limits": [limit(POLLED)]}, "满"),
        ({"grades": GRADES, "limits": [limit(POLLED)]}, "条"),
    ],
)  # fmt: skip
def test_a_poll_is_looked_at_where_a_gate_or_a_situation_goes_by_it_and_by_its_clause(
    blocks: Any, looked: str | None
) -> None:
    rating, told = judge(organisation(ballots_valid=None, stated_satisfaction=Fraction("0.95")), **blocks)
    assert codes(told) == ["satisfaction-as-stated"] * bool(looked)
    assert rating.satisfaction == Fraction("0.95")
    for field in ("ballots_valid", "ballots_satisfied", "stated_satisfaction"):
        votes: dict[str, Any] = {"ballots_valid": None} if field == "stated_satisfaction" else {}
        rating, told = judge(organisation(unread={field: "#N/A"}, **votes), **blocks)
        assert [(code, at, by) for code, at, _, by in told] == [("unread", field, looked)] * bool(looked)
        assert (rating is None) is bool(looked)


NEW: dict[str, Any] = {"new_organisations": {"clause": "新", "years": 1}}


@pytest.mark.parametrize(
    ("founded", "unrated", "told"),
    [
        (VagueDate.on(date(2025, 6, 3)), "成立不满 1 年", []),
        (VagueDate.on(date(2025, 6, 2)), "", []),
        (VagueDate(date(2025, 6, 3), date(2025, 12, 31)), "成立不满 1 年", []),
        (VagueDate(date(2025, 6, 2), date(2025, 6, 3)), "", ["founding-date-vague"]),
        (VagueDate(date(2025, 6, 1), date(2025, 6, 2)), "", []),
        (None, "", ["no-founding-date"]),
    ],
)
def test_whoever_is_younger_than_the_years_is_scored_and_not_rated(
    founded: VagueDate | None, unrated: str, told: list[str]
) -> None:
    rating, found = judge(organisation(founded=founded), **NEW, grades=GRADES)
    assert (rating.unrated, codes(found), rating.total) == (unrated, told, 85)
    assert (rating.stars, rating.grade) == ((None, None) if unrated else (5, "差"))
    assert rating.part == (f"只评分不定级（{unrated}）" if unrated else "参评定级")
    assert judge(organisation(founded=founded))[1] == []


def test_nobody_is_too_young_for_a_document_of_no_years_and_two_years_are_two() -> None:
    one = organisation(founded=VagueDate.on(date(2024, 6, 3)))
    for years, unrated in ((0, ""), (1, ""), (2, "成立不满 2 年")):
        assert judge(one, new_organisations={"clause": "新", "years": years})[0].unrated == unrated


def before_(**says: Any) -> tuple[LastYear, ...]:
    return (last_year(**says),)


def test_the_year_before_is_known_from_its_workbook_or_else_from_the_roster() -> None:
    one = organisation(last_stars=2, last_grade="中")
    assert judge(one)[0].last == LastRating(2, "中", None)
    assert judge(one, before_(number=2, stars=4))[0].last == LastRating(2, "中", None)
    rating, told = judge(one, before_(stars=4, grade="好"))
    said = "表上上年二星，上年汇总表是四星，以上年汇总表为准"
    assert (rating.last.stars, rating.last.grade) == (4, "好")
    assert told == [("last-year-differs", "last_stars", said, "上年已公示的评定结果")]
    assert judge(one, before_(stars=2))[1] == []
    assert codes(judge(one, before_(stars=None))[1]) == ["last-year-differs"]
    assert judge(organisation(last_stars=None), before_(stars=4))[1] == []
    zero, told = judge(organisation(last_stars=0), before_(stars=4))
    assert (zero.last.stars, codes(told)) == (4, ["last-year-differs"])


@pytest.mark.parametrize(
    ("cells", "kind", "missed"),
    [
        ({"甲": 79, "乙": 80}, "机关", {"甲"}),
        ({"甲": 80, "乙": 79}, "机关", {"乙"}),
        ({"甲": 79, "乙": 79}, "机关", {"甲", "乙"}),
        ({"甲": 80, "乙": 80}, "机关", set()),
        ({"甲": 79, "乙": 80}, "村", set()),
        ({"甲": 79}, "机关", None),
        ({"甲": 79, "乙": None}, "机关", None),
        ({}, "机关", None),
    ],
)
def test_last_years_goods_were_missed_below_the_mark_or_nothing_is_known_of_them(
    cells: dict[str, Any], kind: str, missed: set[str] | None
) -> None:
    """The third good earns no star, and its score is not asked for."""
    goods = [good("甲", passes_for={"村": 60}), good("乙"), good("丙", passes=None)]
    more = {f"各项得分/{name}": score and Fraction(score) for name, score in cells.items()}
    now = {f"评定分/{name}": Fraction(90) for name in "甲乙丙"}
    rating, _ = judge(
        organisation(type=kind, more=now), before_(stars=2, more=more), types=TYPES, goods=goods
    )
    assert rating.last.missed == (None if missed is None else frozenset(missed))


LADDER: dict[str, Any] = {
    "ladder": {"clause": "升", "step": 1, "honours": ["省级", "市级"], "honours_clause": "荣"}
}


@pytest.mark.parametrize(
    ("last", "honour", "honoured", "stars", "told"),
    [
        (None, None, None, 5, ["last-stars-blank"]),
        (4, None, None, 5, []),
        (3, None, None, 4, []),
        (0, None, None, 1, []),
        (3, "市级", VagueDate.on(ON), 5, []),
        (3, "县级", VagueDate.on(ON), 4, []),
        (3, "县级", None, 4, []),
        (3, "省级", None, None, ["honour-undated"]),
        (4, "省级", None, 5, []),
        (3, "省级", VagueDate.on(date(2026, 1, 1)), 5, []),
        (3, "省级", VagueDate.on(date(2025, 12, 31)), 4, []),
        (3, "省级", VagueDate.on(date(2026, 12, 31)), 5, []),
        (3, "省级", VagueDate(date(2025, 12, 31), date(2026, 1, 2)), None, ["honour-undated"]),
        (3, "省级", VagueDate(date(2026, 12, 30), date(2027, 1, 1)), None, ["honour-undated"]),
        (3, "省级", VagueDate.within(2026), 5, []),
    ],
)
def test_stars_rise_by_the_ladder_unless_an_honour_of_the_period_frees_from_it(
    last: int | None, honour: str | None, honoured: VagueDate | None, stars: int | None, told: list[str]
) -> None:
    """Whoever was honoured on a day of which nobody can tell whether it is of the period waits."""
    one = organisation(last_stars=last, honour=honour, honoured=honoured)
    rating, found = judge(one, on=date(2026, 12, 31), **LADDER)
    assert (rating and rating.stars, codes(found)) == (stars, told)
    if honour and told:
        when = f"获得时间只写到“{honoured}”" if honoured else "没有获得时间"
        said = f"有{honour}荣誉但{when}，是不是本期内获得说不准，不能据以认定能否破格"
        assert found == [("honour-undated", "honoured", said, "荣")]
    elif told:
        assert found == [("last-stars-blank", "last_stars", "上年星级没有填，一年至多升 1 星没有限制", "升")]


BELOW: dict[str, Any] = {
    "veto": VETO,
    "stars": STARS | {"veto": "one-below-last-year", "veto_clause": "降"},
}


def test_what_led_to_the_stars_is_told_in_the_order_in_which_it_is_decided() -> None:
    """Five by the goods, four by a limit, three by a veto, two by the ladder."""
    one = organisation(more=scores(90) | {"违纪": True}, last_stars=4, veto="安全")
    rating, _ = judge(one, **BELOW, limits=[limit(FLAGGED, at_most=4)])
    assert [(step.result, step.clause) for step in rating.star_steps] == [
        ("5", "星"),
        ("4", "限"),
        ("3", "降"),
    ]
    risen = organisation(more=scores(90) | {"违纪": True}, last_stars=1)
    rating, _ = judge(risen, limits=[limit(FLAGGED, at_most=4)], **LADDER)
    assert [(step.result, step.clause) for step in rating.star_steps] == [
        ("5", "星"),
        ("4", "限"),
        ("2", "升"),
    ]
