"""What a rating document may say and what it may leave out: each switch by itself, and what cannot be meant together."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.rate import PROGRAMME
from sanchuang_cli.programmes.rate.pages import LastYear
from sanchuang_cli.programmes.rate.policy import RatePolicy, asks, policy_columns
from sanchuang_cli.record import Roster
from tests.programmes.ratings import (
    GOODS,
    ON,
    codes,
    column,
    grades,
    last_year,
    organisation,
    policies,
    scores,
    stars,
)  # fmt: skip
from tests.roster.parsing import read_cell

HEAD = {"title": "办法", "document": "某文", "effective": date(2020, 1, 1)}
STARS = {"clause": "星", "model": "per-good"}
BANDS = [{"name": "好", "at_least": 90}, {"name": "差", "at_least": 0}]
GRADES = {"clause": "等", "bands": BANDS}
VETO = {"clause": "否", "situations": ["安全"]}


def good(name: str = "甲", **says: Any) -> dict[str, Any]:
    return {"name": name, "heading": name, "passes": 80, "clause": "项", **says}


def edition(**blocks: Any) -> RatePolicy:
    """A document with these blocks; five goods and stars unless told otherwise. None leaves a block out."""
    said = HEAD | {"goods": [good(name) for name in GOODS], "stars": STARS} | blocks
    return RatePolicy.model_validate({key: block for key, block in said.items() if block is not None})


def run(policy: RatePolicy, *organisations: Any, previous: tuple[LastYear, ...] = ()) -> Outcome:
    rosters = {"organisations": Roster(organisations), "previous": Roster[Any](previous)}
    file = PolicyFile("试.toml", "0" * 64, (policy,))
    return PROGRAMME.run(rosters, file, Occasion(Period.year(ON.year), ON))


def situation(**says: Any) -> dict[str, Any]:
    return {"name": "某情形", "clause": "条"} | says


def limit(*when: dict[str, Any], at_most: int = 2) -> dict[str, Any]:
    return {"clause": "限", "at_most": at_most, "when": list(when)}


VACANT = situation(test="months-over", column="书记空缺起始日期", months=3)
FLAGGED = situation(test="yes", column="违纪")
FAULT = {"heading": "缺课", "per": 2}
DEDUCTS: dict[str, Any] = {"heading": "制度", "method": "deduct", "points": 100, "faults": [FAULT]}
EACH: dict[str, Any] = {"heading": "学习", "method": "each", "per": 2, "points": 100}


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ({"stars": None}, "至少要有一节"),
        ({"stars": None, "grades": GRADES | {"by": "stars"}}, "不评星"),
        ({"stars": None, "grades": GRADES, "limits": [limit(FLAGGED)]}, "不能有 limits"),
        ({"veto": VETO}, "否决了怎样办"),
        ({"stars": STARS | {"veto": "no-star", "veto_clause": "否"}}, "还要有 veto 一节"),
        ({"stars": STARS | {"veto": "no-star"}, "veto": VETO}, "veto_clause"),
        ({"grades": GRADES | {"gate": "0.9", "gated": "差"}}, "gate_clause"),
        ({"grades": GRADES | {"vetoed": "中", "veto_clause": "否"}, "veto": VETO}, "“中”不在 bands 之内"),
        ({"goods": [good(passes=None)]}, "至少有一项要写得星的分数线"),
        ({"goods": [good(bonus=True)]}, "加分项"),
        ({"goods": [good(), good()]}, "各项的栏名要不同"),
        (
            {"quotas": [{"clause": "额", "stars": 0, "beyond": "cap", "share": 1}]},
            "greater than or equal to 1",
        ),
        ({"goods": [good(at_most=90)]}, "at_most 不应少于满分 100"),
        ({"limits": [limit(situation(test="stars-below", stars=2))]}, "等评出星级才知道"),
        ({"limits": [limit(situation(test="good-missed", good="乙", years=1))]}, "不是本政策的一项"),
        ({"limits": [limit(situation(test="good-missed", good="领导班子", years=2))]}, "只能看本年"),
        ({"quotas": [{"clause": "额", "stars": 5, "beyond": "warn"}]}, "share 和 number 写一个"),
        (
            {"quotas": [{"clause": "额", "stars": 5, "beyond": "warn", "share": 1, "types": ["村"]}]},
            "组织类型“村”没有在 types 里列出",
        ),
        (
            {"rectify": {"clause": "整", "share": 1, "lowest": [{"clause": "整", "number": 1}]}},
            "share 和 lowest 只写一个",
        ),
        ({"goods": [good(stars=4), good("乙", stars=3)], "stars": STARS | {"model": "levels"}}, "从低到高"),
        (
            {"goods": [good(stars=3)], "stars": STARS | {"model": "levels"}, "grades": GRADES},
            "逐级达标的没有综合得分",
        ),
        ({"ladder": {"clause": "阶", "step": 1, "honours": ["省级"]}}, "honours_clause"),
        ({"goods": [good(passes=-1)]}, "greater than or equal to 0"),
        ({"grades": GRADES | {"gate": 90, "gated": "差", "gate_clause": "满"}}, "less than or equal to 1"),
        ({"limits": [limit(situation(test="satisfaction-below", share=60))]}, "less than or equal to 1"),
        ({"grades": GRADES | {"bands": [*BANDS, *BANDS[1:]]}}, "从高到低排列"),
        ({"grades": GRADES | {"bands": [BANDS[0], BANDS[0] | {"at_least": 0}]}}, "有两档都叫“好”"),
        ({"veto": VETO | {"situations": []}}, "at least 1 item"),
        ({"veto": VETO | {"situations": [""]}}, "at least 1 character"),
        ({"goods": [good(indicators=[DEDUCTS | {"faults": [FAULT | {"per": -2}]}])]}, "greater than 0"),
        ({"goods": [good(indicators=[DEDUCTS | {"faults": []}])]}, "at least 1 item"),
        ({"goods": [good(indicators=[EACH | {"per": 0}])]}, "greater than 0"),
        ({"goods": [good(indicators=[EACH | {"points": -100}])]}, "greater than or equal to 0"),
        ({"limits": [limit(FLAGGED | {"column": "党员数"})]}, "“党员数”一栏名册本来就有"),
        ({"limits": [limit(FLAGGED | {"column": "有效票"})]}, "“有效票”一栏名册本来就有（民主测评/有效票）"),
        ({"rectify": {"clause": "整", "criteria": [FLAGGED | {"column": "备注"}]}}, "换一个栏名"),
        ({"limits": [limit(FLAGGED | {"column": "领导班子"})]}, "“领导班子”一栏名册本来就有"),
        ({"goods": [good(indicators=[EACH | {"heading": "去年星级"}])]}, "（上年星级）"),
        ({"limits": [limit(FLAGGED, VACANT | {"column": "违纪"})]}, "填是否、有的地方填数或日期"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anybody_is_rated(blocks: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        edition(**blocks)


def test_a_document_of_grades_alone_gives_no_stars_and_has_no_page_of_them() -> None:
    policy = edition(goods=[good(passes=None)], stars=None, grades=GRADES)
    result = run(policy, organisation(more={"评定分/甲": 95}))
    assert (grades(result), stars(result), codes(result.findings)) == (["好"], [None], [])
    assert not {"星级分布", "两年星级对比", "后进整顿台账"} & {page.name for page in result.tables}
    assert [page.name for page in result.on_terminal] == ["各乡镇"]


@pytest.mark.parametrize("limits", [None, [limit(situation(test="satisfaction-below", share="0.8"))]])
def test_a_poll_that_does_not_add_up_matters_only_where_a_rule_looks_at_it(limits: Any) -> None:
    odd = organisation(more=scores(90), ballots_valid=40, ballots_satisfied=41)
    result = run(edition(limits=limits), odd)
    told = ["rate.more-satisfied-than-valid", "rate.satisfaction-differs", "rate.no-satisfaction"]
    assert [code for code in codes(result.findings) if code in told[:1]] == (told[:1] if limits else [])
    assert stars(result) == ([] if limits else [5])


@pytest.mark.parametrize(
    ("since", "left"),
    [(VagueDate.within(2026, 1), [2]), (VagueDate.within(2026, 3), []), (VagueDate.within(2026, 4), [5])],
)
def test_a_day_too_vague_to_tell_whether_a_limit_holds_sets_the_row_aside(
    since: VagueDate, left: list[int]
) -> None:
    vacant = organisation(more=scores(90) | {"书记空缺起始日期": since})
    result = run(edition(limits=[limit(VACANT)]), vacant)
    assert (stars(result), "rate.limit-unclear" in codes(result.findings)) == (left, not left)


def test_where_a_blank_is_not_taken_for_none_neither_is_a_poll_that_was_not_held() -> None:
    low = limit(situation(test="satisfaction-below", share="0.8"))
    unpolled = organisation(more=scores(90), ballots_valid=None)
    for blank, left in (("none", [5]), ("set-aside", [])):
        result = run(edition(limits=[low | {"blank": blank}]), unpolled)
        assert (stars(result), "rate.limit-blank" in codes(result.findings)) == (left, not left)


def test_a_vague_day_stops_nobody_whom_another_situation_limits_or_who_has_no_more_stars() -> None:
    vague = {"书记空缺起始日期": VagueDate.within(2026, 3)}
    policy = edition(limits=[limit(VACANT, FLAGGED)])
    flagged = organisation(1, more=scores(90) | vague | {"违纪": True})
    low = organisation(2, more=scores(90, 90, 70, 70, 70) | vague | {"违纪": None})
    assert stars(run(policy, flagged, low)) == [2, 2]


def test_a_column_of_a_limit_that_no_roster_has_is_told_once() -> None:
    policy = edition(limits=[limit(FLAGGED)])
    without = [organisation(n, more=scores(90)) for n in (1, 2)]
    result = run(policy, *without)
    assert [f.message for f in result.findings] == ["名册没有“违纪”一栏，没有一个据此限制星级"]
    assert not codes(run(policy, organisation(more=scores(90) | {"违纪": None})).findings)


def test_limits_are_told_with_what_was_met_and_their_clause() -> None:
    result = run(edition(limits=[limit(FLAGGED)]), organisation(more=scores(90) | {"违纪": True}))
    assert column(result, "晋位升级对照表", "why") == ["某情形（表上填“是”），最高二星"]


def test_a_veto_in_a_roster_under_a_document_without_vetoes_is_told_and_takes_nothing() -> None:
    result = run(edition(), organisation(more=scores(90), veto="安全事故"))
    assert (stars(result), codes(result.findings)) == ([5], ["rate.veto-without-rule"])


def test_a_blank_bonus_of_any_method_is_none_and_a_good_may_go_beyond_its_full_score() -> None:
    indicators = [
        {"heading": "基础", "method": "given", "points": 100},
        {"heading": "表彰", "method": "given", "points": 20, "bonus": True},
        {"heading": "示范", "method": "yes-no", "points": 5, "bonus": True},
    ]
    policy = edition(goods=[good(at_most=110, indicators=indicators)])
    cells = ({"基础": 95}, {"基础": 95, "表彰": 8}, {"基础": 95, "表彰": 20, "示范": True})
    result = run(policy, *(organisation(n, more=more) for n, more in enumerate(cells, 1)))
    assert column(result, "分类定级汇总表", "good0") == [95, 103, 110]


@pytest.mark.parametrize(("goods", "most"), [(GOODS, 5), ([f"第{n}项" for n in range(12)], 12)])
def test_last_years_stars_are_read_up_to_what_the_policy_gives(goods: list[str], most: int) -> None:
    added = policy_columns(edition(goods=[good(name) for name in goods]))
    read = {field.name: field.maximum for fields in added.values() for field in fields}
    assert (read["last_stars"], read["stars"]) == (most, most)


def test_a_quota_of_a_number_in_each_township_is_told_township_by_township() -> None:
    quota = {"clause": "额", "stars": 5, "number": 1, "within": "township", "beyond": "cap"}
    rows = [
        organisation(n, more=scores(90 + n), township="青禾镇" if n < 3 else "望河乡") for n in range(1, 6)
    ]
    result = run(edition(quotas=[quota]), *rows)
    named = dict(zip(column(result, "分类定级汇总表", "name"), stars(result), strict=True))
    assert [named[f"第{n}村党支部"] for n in range(1, 6)] == [4, 5, 4, 4, 5]
    assert {f.message for f in result.findings} == {
        "青禾镇：5 星 2 个，超过名额 1 个（参评 2 个），已将名额之外的 1 个各降一星",
        "望河乡：5 星 3 个，超过名额 1 个（参评 3 个），已将名额之外的 2 个各降一星",
    }


@pytest.mark.parametrize("listed", [(5, 4), (4, 5)])
def test_whoever_a_quota_takes_a_star_counts_in_the_quota_below_however_they_are_listed(
    listed: tuple[int, ...],
) -> None:
    bands = [{"at_least": 80, "stars": 5}, {"at_least": 70, "stars": 4}, {"at_least": 0, "stars": 3}]
    banded = {"clause": "星", "model": "total-bands", "veto": "nothing", "bands": bands}
    quotas = [{"clause": "额", "stars": star, "number": 1, "beyond": "cap"} for star in listed]
    rows = [organisation(n, more=scores(total)) for n, total in enumerate((95, 90, 75), 1)]
    result = run(edition(stars=banded, quotas=quotas), *rows)
    assert stars(result) == [5, 4, 3]
    assert len(result.findings) == len(listed)


def test_a_star_less_by_a_quota_is_another_grade_where_grades_go_by_the_stars() -> None:
    grades_by_stars = {"clause": "等", "by": "stars"}
    bands = [{"name": "优", "at_least": 5}, {"name": "良", "at_least": 0}]
    quota = {"clause": "额", "stars": 5, "share": "0.5", "beyond": "cap"}
    policy = edition(grades=grades_by_stars | {"bands": bands}, quotas=[quota])
    result = run(policy, organisation(1, more=scores(95)), organisation(2, more=scores(90)))
    assert (stars(result), grades(result)) == ([5, 4], ["优", "良"])


def test_whoever_loses_a_star_has_the_reason_beside_it_before_what_the_roster_remarks() -> None:
    quota = {"clause": "额", "stars": 5, "share": "0.5", "beyond": "cap"}
    rows = [organisation(1, more=scores(95)), organisation(2, more=scores(90), remarks="合并")]
    result = run(edition(quotas=[quota]), *rows)
    why = "超出 5 星名额，按综合得分排在名额之外；合并"
    assert column(result, "分类定级汇总表", "remarks") == ["", why]


@pytest.mark.parametrize("rounding", ["down", "half_up", "up"])
def test_what_is_left_over_of_a_share_is_rounded_as_the_document_says(rounding: str) -> None:
    quota = {"clause": "额", "stars": 5, "share": "0.5", "beyond": "cap", "rounding": rounding}
    rows = [organisation(n, more=scores(90 + n)) for n in range(1, 4)]
    kept = {"down": 1, "half_up": 2, "up": 2}[rounding]
    assert stars(run(edition(quotas=[quota]), *rows)).count(5) == kept


def test_twelve_goods_give_twelve_stars_with_words_for_each() -> None:
    names = [f"第{n}项" for n in range(1, 13)]
    policy = edition(goods=[good(name) for name in names])
    result = run(policy, organisation(more={f"评定分/{name}": Fraction(80) for name in names}))
    assert stars(result) == [12]
    heads = next(page.columns for page in result.tables if page.name == "星级分布")
    assert [head.title for head in heads][1:4] == ["十二星", "十一星", "十星"]


def test_a_blank_roster_asks_for_what_the_policy_looks_at_and_for_nothing_else() -> None:
    poll = {"ballots_sent", "ballots_back", "ballots_valid", "ballots_satisfied", "stated_satisfaction"}
    bare = asks(edition(limits=[limit(FLAGGED)]))["organisations"]
    assert {"township", "name", "secretary", "last_stars", "评定分/领导班子", "违纪"} <= set(bare)
    assert not {"type", "founded", "veto", "honour", "honoured", "last_grade", *poll} & set(bare)
    full = asks(policies().editions[0])["organisations"]
    assert {"type", "founded", "veto", "honour", "honoured", "last_grade", *poll} <= set(full)
    assert full["type"].words[:2] == ("村", "社区")
    assert "班子配备健全" not in full


def test_a_bonus_of_two_cells_of_which_one_is_blank_is_not_none() -> None:
    ratio = {"heading": "参训", "of": "应训", "method": "ratio", "points": 10, "bonus": True}
    indicators = [{"heading": "基础", "method": "given", "points": 100}, ratio]
    policy = edition(goods=[good(at_most=110, indicators=indicators)])
    cells = {"基础": 90, "参训": 5}
    whole, half, none = (organisation(n, more=cells | {"应训": of}) for n, of in ((1, 10), (2, None), (3, 5)))
    result = run(policy, whole, half, none)
    assert (column(result, "分类定级汇总表", "good0"), codes(result.findings)) == (
        [95, 100],
        ["rate.indicator-blank"],
    )


@pytest.mark.parametrize(
    ("stars", "goods", "most"),
    [
        (STARS | {"model": "total-bands", "bands": [{"at_least": 90, "stars": 7}]}, [good()], 7),
        (STARS | {"model": "levels"}, [good(stars=3), good("乙", stars=4)], 4),
        (STARS, [good(), good("乙", passes=None), good("丙", passes=None, bonus=True)], 1),
    ],
)
def test_the_most_stars_are_those_that_the_document_gives(stars: Any, goods: Any, most: int) -> None:
    assert edition(stars=stars, goods=goods).stars_down == tuple(range(most, -1, -1))


def test_whoever_is_too_young_to_be_rated_counts_in_no_quota() -> None:
    quota = {"clause": "额", "stars": 5, "share": "0.1", "beyond": "cap"}
    policy = edition(quotas=[quota], new_organisations={"clause": "新", "years": 1})
    founded = {n: VagueDate.on(ON) if n == 1 else VagueDate.within(1995) for n in range(1, 11)}
    rows = [organisation(n, more=scores(90 + n % 9), founded=day) for n, day in founded.items()]
    assert stars(run(policy, *rows)).count(5) == 0
    assert stars(run(policy, *rows, organisation(11, more=scores(99), founded=founded[2]))).count(5) == 1


def test_a_level_that_nobody_got_to_because_the_one_below_was_failed_is_missed_without_a_score() -> None:
    levels = {"stars": STARS | {"model": "levels"}, "goods": [good("三级", stars=3), good("四级", stars=4)]}
    missed = situation(test="good-missed", good="四级", years=1)
    policy = edition(**levels, secretaries={"clause": "调", "triggers": [missed]})
    points = enumerate(((70, 90), (80, 70), (80, 80)), 1)
    rows = [organisation(n, more={"评定分/三级": three, "评定分/四级": four}) for n, (three, four) in points]
    result = run(policy, *rows)
    assert sorted(stars(result), key=str) == [0, 3, 4]
    listed = zip(
        column(result, "书记调整建议", "name"), column(result, "书记调整建议", "reasons"), strict=True
    )
    assert dict(listed) == {"第1村党支部": "某情形（本年没有评到）", "第2村党支部": "某情形（本年 70.00 分）"}


@pytest.mark.parametrize(("last", "proposed"), [(70, True), (90, False), (None, False)])
def test_a_level_not_got_to_is_missed_two_years_running_only_where_it_was_missed_last_year(
    last: int | None, proposed: bool
) -> None:
    levels = {"stars": STARS | {"model": "levels"}, "goods": [good("三级", stars=3), good("四级", stars=4)]}
    missed = situation(test="good-missed", good="四级", years=2)
    policy = edition(**levels, secretaries={"clause": "调", "triggers": [missed]})
    before = last_year(
        stars=3, more={"各项得分/三级": Fraction(90), "各项得分/四级": last and Fraction(last)}
    )
    result = run(policy, organisation(1, more={"评定分/三级": 70, "评定分/四级": 90}), previous=(before,))
    assert bool(column(result, "书记调整建议", "reasons")) is proposed


def test_a_score_beyond_a_full_score_that_is_not_whole_is_unread() -> None:
    """Of a good, and of an indicator, which would count as full."""
    given = [{"heading": heading, "points": "6.25", "method": "given"} for heading in ("会议", "台账")]
    policy = edition(goods=[good(full="12.5", passes=10, indicators=given)])
    columns = {field.heading: field for field in policy_columns(policy)["organisations"]}
    for heading, most in (("评定分/甲", "12.5"), ("自评分/甲", "12.5"), ("会议", "6.25")):
        assert read_cell(columns[heading], most).value == Fraction(most)
        (beyond,) = read_cell(columns[heading], f"{most}1").codes
        assert beyond == "score.out-of-range"
        assert f"超过满分 {most} 分" in read_cell(columns[heading], 125).findings[0].message
        assert read_cell(columns[heading], -1).codes == ("score.out-of-range",)
