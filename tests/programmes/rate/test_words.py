"""What a clerk reads: of each oddity where it is, what is wrong and by which rule; of each star and grade why."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.programmes.rate import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.ratings import (
    GOODS,
    ON,
    codes,
    column,
    last_year,
    organisation,
    outcome,
    policies,
    scores,
    table,
)

LONG_AGO = VagueDate.on(date(1995, 7, 1))
FIRST = "评定分/领导班子"
SATISFACTION = "群众满意率＝满意票÷有效票"
FIRST_GOOD = "五个好之一：领导班子好，满 80 分得一星"
NEW = "成立不满一年的，只评分，不定级、不评星"
SHEET = {"班子配备健全": True, "按期换届": False, "书记履职评价": Fraction(25), "班子集中学习次数": 10}
BLANK = SHEET | {"书记履职评价": None}
VACANT = {"书记空缺起始日期": VagueDate.within(2026, 3)}

ODDITIES: list[tuple[dict[str, Any], str, str, str, str]] = [
    (
        {"type": "合作社"},
        *("unknown-type", "type", "类型“合作社”不在政策所列类型之内，按“其他”统计", "组厅字〔2012〕6号"),
    ),
    (
        {"type": None},
        *("unknown-type", "type", "类型空白不在政策所列类型之内，按“其他”统计", "组厅字〔2012〕6号"),
    ),
    (
        {"more": scores(90) | {FIRST: None}},
        *("no-score", FIRST, "“领导班子好”没有得分：评定分、自评分和指标都是空白", FIRST_GOOD),
    ),
    (
        {"more": scores(90) | {FIRST: None, "自评分/领导班子": Fraction(85)}},
        *("other-score-used", FIRST, "“领导班子好”没有评定分，按自评分 85.00 计", "有党委评定分的按评定分"),
    ),
    (
        {"more": scores(90) | SHEET},
        *("good-not-sum", FIRST, "“领导班子好”所填 90.00 分，各项指标相加是 70.00 分，按指标计", FIRST_GOOD),
    ),
    (
        {"more": scores(90) | BLANK},
        *(
            "indicator-blank",
            "书记履职评价",
            "“领导班子好”的指标“书记履职评价”是空白，其他指标已填",
            FIRST_GOOD,
        ),
    ),
    (
        {"stated_total": Fraction("85.02")},
        *(
            "total-differs",
            "stated_total",
            "表上综合得分 85.02，各项计得 85.00，按计得的算",
            "综合得分＝各项得分的加权平均",
        ),
    ),
    (
        {"ballots_sent": 90, "ballots_back": 95},
        *("ballots-do-not-add-up", "ballots_back", "票数 95 多于上一栏的 90", SATISFACTION),
    ),
    (
        {"ballots_back": 99},
        *("ballots-do-not-add-up", "ballots_valid", "票数 100 多于上一栏的 99", SATISFACTION),
    ),
    (
        {"ballots_satisfied": 101},
        *("more-satisfied-than-valid", "ballots_satisfied"),
        *("满意票 101 多于有效票 100，满意率算不出来", SATISFACTION),
    ),
    (
        {"stated_satisfaction": Fraction("0.949")},
        *("satisfaction-differs", "stated_satisfaction"),
        *("表上满意率 94.90%，按票数应为 95.00%，按票数计", SATISFACTION),
    ),
    (
        {"ballots_valid": None, "stated_satisfaction": Fraction("0.899")},
        *(
            "satisfaction-as-stated",
            "stated_satisfaction",
            "没有可用的票数，按表上满意率 89.90% 计",
            SATISFACTION,
        ),
    ),
    (
        {"ballots_valid": None},
        *("no-satisfaction", "ballots_valid", "没有测评票数和满意率，不作满意率限制", SATISFACTION),
    ),
    (
        {"veto": "其他重大问题"},
        *(
            "veto-not-listed",
            "veto",
            "否决情形“其他重大问题”不在政策列举之内，是不是否决不能认定",
            "计划生育、社会治安",
        ),
    ),
    (
        {"founded": VagueDate.within(2025)},
        *("founding-date-vague", "founded", "成立日期只写到“2025年”，是否满 1 年说不准，按已满参评", NEW),
    ),
    ({"founded": None}, "no-founding-date", "founded", "没有成立日期，按成立已满期限参评", NEW),
    (
        {"honour": "市级", "honoured": None, "last_stars": 1},
        *(
            "honour-undated",
            "honoured",
            "有市级荣誉但没有获得时间，是不是本期内获得说不准，不能据以认定能否破格",
            "本期内获市级以上综合荣誉的，可以破格",
        ),
    ),
    (
        {"more": scores(85) | VACANT},
        *("date-vague", "书记空缺起始日期"),
        *(
            "“书记空缺起始日期”只写到“2026-03”，是否超过 3 个月说不准，未列入“书记空缺三个月以上”",
            "列入情形之一",
        ),
    ),
]


@pytest.mark.parametrize(
    ("fields", "code", "heading", "message", "basis"),
    ODDITIES,
    ids=[f"{one[1]}-{i}" for i, one in enumerate(ODDITIES)],
)
def test_an_oddity_is_told_with_its_cell_its_words_and_its_rule(
    fields: dict[str, Any], code: str, heading: str, message: str, basis: str
) -> None:
    made = organisation(**{"founded": LONG_AGO, **fields})
    found = next(f for f in outcome(made).findings if f.code == f"rate.{code}")
    assert (found.message, found.place) == (message, made.row.place(heading))
    assert found.basis.startswith(basis)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"stated_total": Fraction("85.01")}, "total-differs"),
        ({"stated_satisfaction": Fraction("0.9505")}, "satisfaction-differs"),
        ({"ballots_sent": 100, "ballots_back": 100}, "ballots-do-not-add-up"),
        ({"founded": VagueDate.within(2024)}, "founding-date-vague"),
        ({"veto": "安全生产责任事故"}, "veto-not-listed"),
        ({"veto": "是"}, "veto-not-listed"),
        ({"more": scores(70) | SHEET}, "good-not-sum"),
        ({"honour": "县级", "last_stars": 1}, "honour-undated"),
        ({"honour": "市级", "last_stars": 5}, "honour-undated"),
    ],
)
def test_what_is_as_it_should_be_is_not_told(fields: dict[str, Any], code: str) -> None:
    result = outcome(organisation(**{"founded": LONG_AGO, **fields}))
    assert f"rate.{code}" not in {finding.code for finding in result.findings}


def lines(*organisations: Any, of: str, pack: str | None = None) -> list[tuple[Any, Any, Any]]:
    """What 得分明细 says of the first organisation's 等次 or 星级: the result, why, the clause."""
    page = table(outcome(*organisations, pack=pack), "得分明细")
    name, good, what, how, clause = (page.index(n) for n in ("name", "good", "what", "how", "clause"))
    first = organisations[0].name
    return [(row[what], row[how], row[clause]) for row in page.rows if (row[name], row[good]) == (first, of)]


BANDS = "90 分以上为好，80 分以上不满 90 分为较好，60 分以上不满 80 分为一般，不满 60 分为差"
EACH = "每一项满 80 分得一星，最多五星"
ALL_FIVE = "得星：领导班子、党员队伍、工作机制、工作业绩、群众反映"


def test_a_grade_is_told_step_by_step() -> None:
    gated = organisation(more=scores(95), ballots_valid=1000, ballots_satisfied=899, founded=LONG_AGO)
    assert lines(gated, of="等次") == [
        ("好", "综合得分 95.00，达到 90", BANDS),
        ("一般", "满意率 89.90%，低于 90%", "群众满意率低于 90% 的，不得定为好、较好"),
    ]
    vetoed = organisation(more=scores(81), veto="安全生产责任事故", founded=LONG_AGO)
    assert lines(vetoed, of="等次") == [
        ("较好", "综合得分 81.00，达到 80", BANDS),
        ("一般", "否决：安全生产责任事故，最高定为一般", "有否决情形的，等次最高定为一般"),
    ]
    poor = organisation(more=scores(55), veto="安全生产责任事故", founded=LONG_AGO)
    assert lines(poor, of="等次") == [("差", "综合得分 55.00，不满 60", BANDS)]


def test_stars_are_told_step_by_step() -> None:
    four = scores(*map(Fraction, ("86", "81", "79.5", "90", "83")))
    earned = ("4 星", "得星：领导班子、党员队伍、工作业绩、群众反映", EACH)
    ladder = ("3 星", "上年二星，一年至多升 1 星", "星级逐级晋升，一年至多升一星")
    assert lines(organisation(more=four, last_stars=2, founded=LONG_AGO), of="星级") == [earned, ladder]
    assert lines(organisation(more=four, last_stars=3, founded=LONG_AGO), of="星级") == [earned]
    honoured = organisation(
        more=four, last_stars=2, honour="市级", honoured=VagueDate.on(ON), founded=LONG_AGO
    )
    free = ("4 星", "获市级综合荣誉，可破格", "本期内获市级以上综合荣誉的，可以破格")
    assert lines(honoured, of="星级") == [earned, free]
    none = organisation(more=scores(50), founded=LONG_AGO)
    assert lines(none, of="星级") == [("0 星", "得星：无", EACH)]
    vetoed = organisation(more=scores(95), veto="群体上访", founded=LONG_AGO)
    assert lines(vetoed, of="星级")[1] == ("0 星", "否决：群体上访，不得星", "有否决情形的，不得星")


def test_an_honour_frees_from_the_ladder_only_if_it_was_won_within_the_period() -> None:
    def stars(honoured: VagueDate) -> Any:
        made = organisation(more=scores(95), last_stars=1, honour="市级", honoured=honoured, founded=LONG_AGO)
        return column(outcome(made, on=date(2026, 12, 31)), "分类定级汇总表", "stars")

    assert stars(VagueDate.on(date(2026, 1, 1))) == stars(VagueDate.on(date(2026, 12, 31))) == [5]
    assert stars(VagueDate.on(date(2025, 12, 31))) == [2]
    assert stars(VagueDate(date(2026, 12, 31), date(2027, 1, 1))) == []
    assert stars(VagueDate(date(2025, 12, 1), date(2026, 1, 31))) == []


@pytest.mark.parametrize(
    ("last", "left", "words"),
    [(4, "3 星", "比上年四星降一星"), (0, "0 星", "比上年无星降一星")],
)
def test_a_star_less_than_last_year_after_a_veto(last: int, left: str, words: str) -> None:
    vetoed = organisation(more=scores(95), veto="安全事故", last_stars=last, founded=LONG_AGO)
    told = lines(vetoed, of="星级", pack="m4-shengzhou-2016")
    assert told[:2] == [
        ("5 星", ALL_FIVE, EACH),
        (left, f"否决：安全事故，{words}", "有否决情形的，比上年降一星"),
    ]


def test_stars_by_the_total_and_those_that_a_quota_takes_are_told() -> None:
    ten = [organisation(n, more=scores(96), founded=LONG_AGO) for n in range(1, 11)]
    bands = "综合得分 95 分以上五星，90 分以上四星，85 分以上三星，80 分以上二星，不满 80 分不定星"
    taken = "超出的按综合得分从低到高各降一星"
    assert lines(*ten, of="星级", pack="m3-quota") == [
        ("5 星", "综合得分 96.00，达到 95", bands),
        ("4 星", "超出 5 星名额，按综合得分排在名额之外", f"五星不超过 10%，{taken}"),
        ("3 星", "超出 4 星名额，按综合得分排在名额之外", f"四星不超过 20%，{taken}"),
    ]
    low = organisation(more=scores(79), founded=LONG_AGO)
    assert lines(low, of="星级", pack="m3-quota") == [("0 星", "综合得分 79.00，未达最低一档", bands)]


def test_the_county_is_told_of_quotas_and_of_a_long_list() -> None:
    ten = [organisation(n, more=scores(96), founded=LONG_AGO) for n in range(1, 11)]
    said = {f.code: (f.message, f.basis, str(f.place)) for f in outcome(*ten).findings}
    assert said["rate.over-quota"] == (
        "5 星 10 个，超过 10% 的名额 1 个（参评 10 个），只提示，未调整",
        "五星不超过参评总数的 10%",
        "全部名册",
    )
    assert said["rate.many-to-rectify"][0] == "整顿名单 10 个，超过参评 10 个的 10%"
    capped = [f.message for f in outcome(*ten, pack="m3-quota").findings if f.code == "rate.over-quota"]
    assert capped[0] == "5 星 10 个，超过 10% 的名额 1 个（参评 10 个），已将名额之外的 10 个各降一星"


def test_why_an_organisation_is_to_be_put_right_and_its_secretary_replaced() -> None:
    more = {"书记不胜任": True, "连续未发展党员年数": 2, "书记空缺起始日期": VagueDate.on(date(2026, 2, 20))}
    made = organisation(more=scores(55) | more, ballots_valid=1000, ballots_satisfied=599, founded=LONG_AGO)
    before = last_year(more={f"五项得分/{good}": Fraction(70) for good in GOODS}, stars=0, grade="差")
    result = outcome(made, previous=(before,))
    assert column(result, "后进整顿台账", "reasons") == [
        "书记空缺三个月以上（自 2026-02-20）；书记不胜任（表上填“是”）；连续两年没有发展对象（2 年）；"
        "群众满意率低于 60%（满意率 59.90%）"
    ]
    assert column(result, "书记调整建议", "reasons") == [
        "本年定为差（综合得分 55.00）；领导班子连续两年未得星（本年 55.00 分）；书记空缺三个月以上（自 2026-02-20）；"
        "群众满意率低于 60%（满意率 59.90%）"
    ]
    assert column(outcome(made), "书记调整建议", "reasons")[0].count("连续两年未得星") == 0
    alone = outcome(organisation(founded=LONG_AGO))
    assert column(alone, "后进整顿台账", "reasons") == ["综合得分倒排，列入末尾 5%（85.00 分）"]


def test_last_years_workbook_counts_before_this_rosters_columns() -> None:
    made = organisation(last_stars=4, last_grade="好", founded=LONG_AGO)
    result = outcome(made, previous=(last_year(stars=2, grade="一般"),))
    assert column(result, "分类定级汇总表", "last_stars") == [2]
    assert column(result, "分类定级汇总表", "last_grade") == ["一般"]
    (told,) = [f for f in result.findings if f.code == "rate.last-year-differs"]
    assert told.message == "表上上年四星，上年汇总表是二星，以上年汇总表为准"
    assert (told.place, told.basis) == (made.row.place("last_stars"), "上年已公示的评定结果")
    same = outcome(organisation(last_stars=2, founded=LONG_AGO), previous=(last_year(stars=2),))
    assert "rate.last-year-differs" not in {f.code for f in same.findings}


def test_indicators_are_told_each_with_its_cell_and_clause() -> None:
    made = organisation(more=scores(70) | SHEET, founded=LONG_AGO)
    page = table(outcome(made), "得分明细")
    told = [
        tuple(row[page.index(name)] for name in ("what", "points", "full", "clause", "place"))
        for row in page.rows
        if row[page.index("good")] == "领导班子好"
    ]
    assert told[:4] == [
        (heading, points, full, FIRST_GOOD, str(made.row.place(heading)))
        for heading, points, full in (
            ("班子配备健全", 20, 20),
            ("按期换届", 0, 20),
            ("书记履职评价", 25, 30),
            ("班子集中学习次数", 25, 30),
        )
    ]
    assert told[4][:3] == ("小计", 70, 100)


def test_an_organisation_that_is_set_aside_beside_another_has_no_stars_explained() -> None:
    """Each of the two rows by itself would have stars; which of them is right nobody knows."""
    first, second = organisation(1), organisation(2, scores(90), name="第1村党支部")
    rosters: Rosters = {"organisations": Roster((first, second, organisation(3))), "previous": Roster(())}
    explained = PROGRAMME.explain(rosters, policies(), Occasion(Period.year(ON.year), ON))
    aside, also, alone = explained.subjects
    assert [aside.outcome, also.outcome] == ["待核实，不参评"] * 2
    assert (aside.pages(), also.pages()) == ((), ())
    (page,) = alone.pages()
    assert page.title == "第3村党支部：评定明细"
    assert codes(explained.findings).count("rate.listed-twice") == 2
