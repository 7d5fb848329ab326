"""Makes the pages of a rating and its notice, and declares the columns that next year's run reads back."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from operator import attrgetter
from typing import Annotated

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.details import DETAILS
from sanchuang_cli.domain.rating.goods import Total
from sanchuang_cli.domain.rating.steps import stars_in_words
from sanchuang_cli.domain.rating.unasked import without_last_year
from sanchuang_cli.domain.rating.verdict import RATED
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Drawn, Page, Post
from sanchuang_cli.programmes.rate.judging import Rated
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.programmes.rate.statistics import counted
from sanchuang_cli.record import Record, Wanted

SUMMARY = "分类定级汇总表"
WHO: Cols = ("township", "name", Col("type", of=attrgetter("type")))
STARS, GRADE = Col("stars", "星级", Kind.STARS), Col("grade", "本年等次")
TOTAL = Col("total", "综合得分", Kind.SCORE)
LAST_STARS, LAST_GRADE = attrgetter("last.stars"), attrgetter("last.grade")


class LastYear(Record, frozen=True, kw_only=True):
    """Last year's result: a row of the 分类定级汇总表 that this programme wrote for the year before."""

    township: Annotated[str, Col("township").read_back(Organisation, required=True)]
    name: Annotated[str, Col("name").read_back(Organisation, required=True)]
    secretary: Annotated[str | None, Col("secretary").read_back(Organisation, required=False)] = None
    stars: Annotated[int | None, STARS.read_back(Organisation, required=False)] = None
    grade: Annotated[str | None, GRADE.read_back(Organisation, required=False)] = None


PREVIOUS_YEAR = Wanted(LastYear, f"上年{SUMMARY}", optional=True, sheet=SUMMARY)


def movement(rating: Rated) -> str:
    """升降 compared with last year's stars, "" when there are none on record for either year."""
    if rating.stars is None or rating.last.stars is None:
        return ""
    change = rating.stars - rating.last.stars
    return "持平" if change == 0 else f"{'升' if change > 0 else '降'}{abs(change)}星"


MOVEMENT = Col("movement", "升降", of=movement)


def summary(policy: RatePolicy) -> Page:
    """The page 分类定级汇总表, which next year's run reads as last year's result."""
    adds_up = not policy.by_levels
    assessed, given = zip(*(policy.columns(good).own for good in policy.goods), strict=True)
    means = (
        Col("self", "自评分", Kind.SCORE, of=_mean(policy, given), detail=True),
        Col("assessed", "党委评分", Kind.SCORE, of=_mean(policy, assessed)),
    )
    columns: Cols = (
        *(Col("secretary", detail=policy.rates != "secretaries"), Col("members", detail=True)),
        *(means if adds_up else ()),
        *(Col(f"ballots_{what}", detail=True) for what in ("sent", "back", "valid", "satisfied")),
        Col("satisfaction", "民主测评/满意率", Kind.PERCENT),
        TOTAL,
        *(_good(number, policy.columns(good).before) for number, good in enumerate(policy.goods)),
        Col("veto", of=attrgetter("veto"), wide=True),
        Col("last_grade", of=LAST_GRADE),
        GRADE,
        Col("last_stars", of=LAST_STARS),
        STARS,
        MOVEMENT,
        Col("remarks", of=_remarks, wide=True),
    )
    basis = f"依据：{policy.document}。"
    if adds_up:
        more = "，另加加分" if any(good.bonus for good in policy.goods) else ""
        basis += f"综合得分为各项得分的加权平均{more}，保留两位小数，只舍不入。"
    return Page(
        SUMMARY, f"{policy.about.title}{SUMMARY}", columns, notes=lambda whole: (basis, *whole.left_out)
    )


def _good(number: int, heading: str) -> Col:
    """The score of a good; blank for a level above one that was failed."""
    return Col(f"good{number}", heading, Kind.SCORE, of=lambda rating: _score(rating, number))


def _score(rating: Rated, number: int) -> Fraction | None:
    return rating.goods[number].score if number < len(rating.goods) else None


def _mean(policy: RatePolicy, headings: Iterable[str]) -> Callable[[Rated], Fraction | None]:
    """The total by the goods' scores in columns of the roster, None where one of them is blank that is no bonus."""
    total, columns = Total(policy.goods), tuple(headings)
    blanks = [Fraction(0) if good.bonus else None for good in policy.goods]

    def mean(rating: Rated) -> Fraction | None:
        cells = map(rating.record.more.get, columns)
        scores = [blank if cell is None else cell for cell, blank in zip(cells, blanks, strict=True)]
        known = [score for score in scores if score is not None]
        return total.of(known) if len(known) == len(columns) else None

    return mean


def _remarks(rating: Rated) -> str:
    unrated = rating.unrated and f"{rating.unrated}，只评分不定级"
    return "；".join(filter(None, (unrated, *rating.out_of_quota, rating.record.remarks)))


def _why(rating: Rated) -> str:
    """The steps that changed the stars or the grade after they were first earned."""
    steps = (*rating.star_steps[1:], *rating.grade_steps[1:])
    return "；".join(dict.fromkeys(step.why for step in steps)) or rating.unrated


PROMOTIONS: Cols = (
    Col("last_grade", "等次/上年", of=LAST_GRADE),
    Col("grade", "等次/本年"),
    Col("last_stars", "星级/上年", of=LAST_STARS),
    Col("stars", "星级/本年", Kind.STARS),
    MOVEMENT,
    Col("why", "说明", of=_why, wide=True),
)


def _reasons(heading: str) -> tuple[Col, Col]:
    """The situations that put an organisation on a list, and their clauses."""
    return (
        Col("reasons", heading, of=lambda rating: "；".join(step.why for step in rating.reasons), wide=True),
        Col(
            "clauses", "条款", of=lambda rating: "；".join(step.clause for step in rating.reasons), wide=True
        ),
    )


def _by_hand(name: str, heading: str, *, wide: bool = False) -> Col:
    """A column to be filled in by hand."""
    return Col(name, heading, of=lambda rating: None, wide=wide, by_hand=True)


TO_RECTIFY = Page(
    "后进整顿台账",
    "后进党组织整顿台账",
    rows=lambda whole: whole.more.rectify,
    columns=(
        TOTAL,
        GRADE,
        *_reasons("列入情形"),
        _by_hand("problems", "主要问题", wide=True),
        _by_hand("measures", "整顿措施", wide=True),
        _by_hand("county_leader", "县级联系领导"),
        _by_hand("township_leader", "乡镇责任人"),
        _by_hand("resident", "驻村干部"),
        _by_hand("term", "起止时间"),
        _by_hand("turned", "转化情况"),
        _by_hand("accepted_on", "验收日期"),
        _by_hand("accepted", "验收结论"),
    ),
    notes=lambda whole: (
        whole.at.policy.rectify.clause,
        *without_last_year(whole.at.policy.rectify.criteria, whole.at.ready),
        *whole.left_out,
    ),
)
SECRETARIES = Page(
    "书记调整建议",
    "党组织书记调整建议",
    rows=lambda whole: whole.more.secretaries,
    columns=(
        "secretary",
        *_reasons("触发情形"),
        _by_hand("opinion", "乡镇党委意见", wide=True),
        _by_hand("review", "联审意见", wide=True),
    ),
    notes=lambda whole: (
        "本表只按政策所列情形提出建议，不作决定；是否调整由党委研究。",
        whole.at.policy.secretaries.clause,
        *without_last_year(whole.at.policy.secretaries.triggers, whole.at.ready),
    ),
)


def pages(whole: Whole) -> tuple[Drawn, ...]:
    """All pages of a workbook, in their order."""
    policy: RatePolicy = whole.at.policy
    promotions = Page("晋位升级对照表", f"{policy.about.title}晋位升级对照表", PROMOTIONS)
    return (
        summary(policy),
        *counted(whole),
        *((TO_RECTIFY,) if policy.rectify else ()),
        *(promotions, DETAILS),
        *((SECRETARIES,) if policy.secretaries else ()),
    )


def notices(whole: Whole) -> tuple[Post, ...]:
    """Which organisation, or which secretary, got which grade and how many stars, where the policy gives any; nothing
    about how."""
    policy: RatePolicy = whole.at.policy
    columns: list[Col | str] = ["secretary"] if policy.rates == "secretaries" else []
    matters, clauses = [], []
    if policy.grades:
        matters, clauses = ["分类定级"], [policy.grades.clause]
        columns.append(Col("grade", "等次"))
    if policy.gives_stars and policy.stars:
        matters.append("星级评定")
        clauses.append(policy.stars.clause)
        columns.append(Col("stars", "星级", of=lambda rating: stars_in_words(rating.stars)))
    matter = f"{policy.about.title}{'和'.join(matters)}结果"
    standard = "；".join(filter(None, clauses)) + "。"
    said = (f"{matter}公示", matter, (RATED,), columns, lambda policy: standard)
    return (Post(*said, title=matter, counted=policy.about.counted),)
