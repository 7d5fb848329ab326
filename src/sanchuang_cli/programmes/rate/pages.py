"""What stands on the pages of a rating, on its notice, and what of it next year reads back."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from operator import attrgetter
from typing import Annotated

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.details import DETAILS
from sanchuang_cli.domain.rating.goods import Total
from sanchuang_cli.domain.rating.steps import stars_in_words
from sanchuang_cli.domain.rating.verdict import RATED
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Drawn, Page, Post
from sanchuang_cli.programmes.rate.judging import Rated
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.programmes.rate.statistics import STARS_BY_TOWNSHIP, distribution, stars_compared
from sanchuang_cli.record import Record, Wanted

SUMMARY = "分类定级汇总表"
WHO: Cols = ("township", "name", Col("type", of=attrgetter("type")))
STARS, GRADE = Col("stars", "星级", Kind.STARS), Col("grade", "本年等次")
TOTAL = Col("total", "综合得分", Kind.SCORE)
LAST_STARS, LAST_GRADE = attrgetter("last.stars"), attrgetter("last.grade")


class LastYear(Record, frozen=True, kw_only=True):
    """上年评定结果: what is read of a row of the 分类定级汇总表 that this programme wrote for the year before."""

    township: Annotated[str, Col("township").read_back(Organisation, required=True)]
    name: Annotated[str, Col("name").read_back(Organisation, required=True)]
    stars: Annotated[int | None, STARS.read_back(Organisation, required=False)] = None
    grade: Annotated[str | None, GRADE.read_back(Organisation, required=False)] = None

    @property
    def key(self) -> tuple[str, str]:
        """As Organisation.key."""
        return self.township, self.name


PREVIOUS_YEAR = Wanted(LastYear, f"上年{SUMMARY}", optional=True, sheet=SUMMARY)


def movement(rating: Rated) -> str:
    """升降 against last year's stars, "" when either year has none on record."""
    if rating.stars is None or rating.last.stars is None:
        return ""
    change = rating.stars - rating.last.stars
    return "持平" if change == 0 else f"{'升' if change > 0 else '降'}{abs(change)}星"


MOVEMENT = Col("movement", "升降", of=movement)


def summary(policy: RatePolicy) -> Page:
    """分类定级汇总表: what next year reads as last year's result."""
    assessed, own = zip(*(policy.columns(good).own for good in policy.goods), strict=True)
    columns: Cols = (
        *(Col("secretary", detail=True), Col("members", detail=True)),
        Col("self", "自评分", Kind.SCORE, of=_mean(policy, own), detail=True),
        Col("assessed", "党委评分", Kind.SCORE, of=_mean(policy, assessed)),
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
    basis = f"依据：{policy.document}。综合得分为各项得分的加权平均，保留两位小数，只舍不入。"
    return Page(SUMMARY, f"基层党组织{SUMMARY}", columns, notes=lambda whole: (basis, *whole.left_out))


def _good(number: int, heading: str) -> Col:
    return Col(f"good{number}", heading, Kind.SCORE, of=lambda rating: rating.goods[number].score)


def _mean(policy: RatePolicy, headings: Iterable[str]) -> Callable[[Rated], Fraction | None]:
    """The weighted mean of the goods' scores in columns of the roster; None where one is blank."""
    total, columns = Total(policy.goods), tuple(headings)

    def mean(rating: Rated) -> Fraction | None:
        scores = [score for score in map(rating.record.more.get, columns) if score is not None]
        return total.of(scores) if len(scores) == len(columns) else None

    return mean


def _remarks(rating: Rated) -> str:
    unrated = rating.unrated and f"{rating.unrated}，只评分不定级"
    return "；".join(filter(None, (unrated, rating.record.remarks)))


def _why(rating: Rated) -> str:
    """What changed the stars or the grade after they were first earned."""
    steps = (*rating.star_steps[1:], *rating.grade_steps[1:])
    return "；".join(dict.fromkeys(step.why for step in steps)) or rating.unrated


PROMOTIONS = Page(
    "晋位升级对照表",
    "基层党组织晋位升级对照表",
    columns=(
        Col("last_grade", "等次/上年", of=LAST_GRADE),
        Col("grade", "等次/本年"),
        Col("last_stars", "星级/上年", of=LAST_STARS),
        Col("stars", "星级/本年", Kind.STARS),
        MOVEMENT,
        Col("why", "说明", of=_why, wide=True),
    ),
)


def _reasons(heading: str) -> tuple[Col, Col]:
    """The situations that put an organisation on a list, and their clauses."""
    return (
        Col("reasons", heading, of=lambda rating: "；".join(one.why for one in rating.reasons), wide=True),
        Col("clauses", "条款", of=lambda rating: "；".join(one.clause for one in rating.reasons), wide=True),
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
    notes=lambda whole: (whole.at.policy.rectify.clause, *whole.left_out),
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
    ),
)


def pages(whole: Whole) -> tuple[Drawn, ...]:
    """All of a workbook, in its order."""
    policy = whole.at.policy
    counted = (distribution(policy), STARS_BY_TOWNSHIP, stars_compared(whole))
    return summary(policy), *counted, TO_RECTIFY, PROMOTIONS, DETAILS, SECRETARIES


def notices(whole: Whole) -> tuple[Post, ...]:
    """Which organisation got which grade and, where the policy gives any, how many stars; nothing about how."""
    grades, stars = whole.at.policy.grades, whole.at.policy.stars
    columns, clauses = [Col("grade", "等次")], [grades.clause]
    matter = "基层党组织分类定级结果"
    if stars.model != "none":
        matter = "基层党组织分类定级和星级评定结果"
        columns.append(Col("stars", "星级", of=lambda rating: stars_in_words(rating.stars)))
        clauses.append(stars.clause)
    standard = "；".join(filter(None, clauses)) + "。"
    said = (f"{matter}公示", matter, (RATED,), columns, lambda policy: standard)
    return (Post(*said, title=matter, counted="个党组织"),)
