"""Works out 联考: the yearly figure of a unit, of what the roster says and of what approved results of other programmes say.

It may look at one unit and at the lines that were joined. A figure that was asked for and is not there is never nought: then there
is no yearly figure, and the reason says which one is missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any, ClassVar, NamedTuple, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.appraisal.rosters import AppraisedUnit
from sanchuang_cli.domain.exact_numbers import half_up, operand, plain, summed
from sanchuang_cli.join import FromResult, Join, Taken
from sanchuang_cli.judging import At, Odd, Reason
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Period
from sanchuang_cli.policy import Citation, Exact, NotNegative, Rule
from sanchuang_cli.record import Field

STARS, SCORE, REVIEW, HONORS = "stars", "star_score", "review", "honors"
"""The names of the joins."""
_FULL = 100
Points = Annotated[NotNegative, Setting(le=_FULL)]


class Counted(Rule, title="取自结果的一项"):
    """A figure that is taken from another programme's result, for units of some types."""

    source: ClassVar[str]
    reads: ClassVar[tuple[str, ...]] = ("township", "name")

    clause: Citation
    types: tuple[str, ...] = Setting(
        default=(), description="哪些类型的单位看这一项，写 types 里的名称；不写时都看"
    )

    def asks(self, kind: str) -> bool:
        """Whether it is about units of this type."""
        return not self.types or kind in self.types


class StarsCounted(Counted, title="联考：星级"):
    """The stars of the organisation, or its score, as the rating of the same year has them."""

    source = "星级评定"

    weight: Exact = Setting(gt=0, le=1, description="在年度考核得分里占多少")
    points: dict[str, Points] = Setting(
        default_factory=dict, description='几星折几分，如 { "5" = 100, "4" = 90 }；不写时照评定的综合得分'
    )

    @property
    def join(self) -> str:
        """Which column of the rating is taken."""
        return STARS if self.points else SCORE


class ReviewCounted(Counted, title="联考：书记的民主评议"):
    """The grade of the secretary in the review of members of the same year; found by the number, never by the name."""

    source = "民主评议"
    reads = ("secretary_identity",)

    weight: Exact = Setting(gt=0, le=1, description="在年度考核得分里占多少")
    points: dict[str, Points] = Setting(
        min_length=1, description='各等次折几分，如 { "优秀" = 100, "合格" = 85 }'
    )
    join: ClassVar[str] = REVIEW


class HonorsCounted(Counted, title="联考：表彰"):
    """The honours of the organisation in the same year, which add points."""

    source = "表彰推荐"

    points: dict[str, Points] = Setting(
        min_length=1, description='受哪一类表彰加几分，写表彰结果里的类别，如 { "先进组织" = 3 }'
    )
    most: Points | None = Setting(default=None, description="几类合起来至多加几分；不写时不限")


class Yearly(Rule, title="联考"):
    """The yearly assessment of cadres, and what party-building counts for in it."""

    decides = False

    clause: Citation
    share: Exact = Setting(ge=0, le=1, description="党建在干部年度考核里占多少，如 0.3；只列出，不改综合得分")
    stars: StarsCounted | None = Setting(
        default=None, description="年度考核得分里看星级评定的结果；不写时不看"
    )
    review: ReviewCounted | None = Setting(
        default=None, description="年度考核得分里看书记本人民主评议的等次；不写时不看"
    )
    honors: HonorsCounted | None = Setting(
        default=None, description="受表彰的党组织，年度考核得分加分，加到 100 分为止；不写时不加"
    )
    results: FromResult = Setting(
        default=FromResult(must="approved"), description="所取的星级、评议、表彰的结果；不写时须已审批"
    )

    @model_validator(mode="after")
    def _within_the_whole(self) -> Self:
        if (weight := sum(rule.weight for rule in self.weighed)) > 1:
            raise ValueError(f"stars、review 的 weight 合计 {plain(weight)}，不能超过 1")
        return self

    @property
    def weighed(self) -> tuple[StarsCounted | ReviewCounted, ...]:
        """The figures that have a weight; what they leave is that of the roster's figure."""
        return tuple(rule for rule in (self.stars, self.review) if rule)

    @property
    def taken(self) -> Mapping[str, Counted]:
        """What it takes from results, by the name of the join."""
        honored = {HONORS: self.honors} if self.honors else {}
        return {**{rule.join: rule for rule in self.weighed}, **honored}


class YearlyItem(NamedTuple):
    """One figure of a unit. score: None where it is missing; then `said` tells why. word: what the result says."""

    rule: Counted
    weight: Fraction
    score: Fraction | None
    said: str
    word: Any = None
    rests_on: tuple[Taken, ...] = ()


class YearlyFigure(NamedTuple):
    """What the yearly figures of a unit come to. own: what the roster's figure counts for. extra: points for honours. score: None
    where something is missing."""

    items: Mapping[str, YearlyItem]
    own: Fraction
    extra: Fraction
    score: Fraction | None
    said: str

    @property
    def how(self) -> str:
        """The arithmetic; what is missing where there is none."""
        missing = [item.said for item in self.items.values() if item.score is None]
        return self.said.removesuffix(" = ") or "；".join(missing) or "名册没有年度考核得分"

    def word(self, *names: str) -> Any:
        """What the result of the first of these joins that was asked says."""
        return next((self.items[name].word for name in names if name in self.items), None)


def yearly_figure(unit: AppraisedUnit, kind: str, at: At[Any], odd: Odd) -> YearlyFigure | None:
    """The yearly figure of a unit; None where nothing is taken from results for units of its type."""
    rule: Yearly | None = at.policy.yearly
    asked = {name: own for name, own in rule.taken.items() if own.asks(kind)} if rule else {}
    if rule is None or not asked:
        return None
    items = {name: _item(own, unit, at, odd) for name, own in asked.items()}
    figure = _composed(items, unit)
    if not figure.own and figure.score is not None and unit.yearly not in (None, figure.score):
        said = f"{unit.called}：由结果算出 {half_up(figure.score)} 分，年度考核得分写的是 {plain(unit.yearly or 0)} 分"
        odd.add("yearly-differs", "yearly", said, rule.clause)
    return figure


def _composed(items: Mapping[str, YearlyItem], unit: AppraisedUnit) -> YearlyFigure:
    own = 1 - summed(item.weight for item in items.values())
    parts = [(item.weight, item.score) for item in items.values() if item.weight]
    parts = [(own, unit.yearly), *parts] if own else parts
    extra = items[HONORS].score if HONORS in items else Fraction(0)
    if extra is None or any(score is None for _, score in parts):
        return YearlyFigure(items, own, extra or Fraction(0), None, "")
    total = summed(weight * (score or 0) for weight, score in parts) + extra
    terms = " + ".join(f"{operand(weight)} × {operand(score or 0)}" for weight, score in parts)
    said = f"{terms}{f' + 加分 {plain(extra)}' if extra else ''}{'，至多 100' if total > _FULL else ''} = "
    return YearlyFigure(items, own, extra, min(total, Fraction(_FULL)), said)


def _item(rule: Counted, unit: AppraisedUnit, at: At[Any], odd: Odd) -> YearlyItem:
    """What the one line of a result that is about the unit, or about its secretary, comes to; of honours, all of its lines."""
    if isinstance(rule, HonorsCounted):
        return _honored(rule, unit, at, odd)
    assert isinstance(rule, StarsCounted | ReviewCounted)
    got = _line(rule, unit, at, odd)
    if isinstance(got, str):
        return YearlyItem(rule, rule.weight, None, got)
    word = f"{got.value} 星" if rule.join == STARS else f"“{got.value}”"
    score = got.value if rule.join == SCORE else rule.points.get(str(got.value))
    if score is None:
        said = f"{rule.source}的结果是{word}，政策没有写折几分"
        odd.add("not-joined", rule.reads[-1], f"{unit.called}：{said}", rule.clause)
        return YearlyItem(rule, rule.weight, None, said, got.value, (got,))
    converted = "" if rule.join == SCORE else f"{word}，折 "
    said = f"{converted}{half_up(score)} 分，占 {plain(rule.weight * _FULL)}%"
    return YearlyItem(rule, rule.weight, score, said, got.value, (got,))


def _line(rule: StarsCounted | ReviewCounted, unit: AppraisedUnit, at: At[Any], odd: Odd) -> Taken | str:
    """The value and its cell; in words why there is none."""
    if rule.join not in at.rosters:
        return f"没有给出{rule.source}的结果"
    missing = Odd(odd.doubts, odd.row)
    got = at.taken(rule.join, unit, missing)
    if got is not None:
        return got
    why = missing.found[0].message.removesuffix("，待核实")
    odd.add("not-joined", rule.reads[-1], f"{unit.called}：{why}", rule.clause)
    return why


def _honored(rule: HonorsCounted, unit: AppraisedUnit, at: At[Any], odd: Odd) -> YearlyItem:
    """The honours of the unit. One that is not on the list got none; of one without a township nobody can tell."""
    if HONORS not in at.rosters:
        return YearlyItem(rule, Fraction(0), None, f"没有给出{rule.source}的结果")
    if not unit.township:
        said = "乡镇空着，不知道有没有受表彰"
        odd.add("not-joined", "township", f"{unit.called}：{said}", rule.clause)
        return YearlyItem(rule, Fraction(0), None, said)
    lines = at.partners[HONORS].all_of(unit)
    counted = {str(line.value): rule.points[line.value] for line in lines if line.value in rule.points}
    extra = summed(counted.values())
    most = extra if rule.most is None else min(extra, rule.most)
    said = "、".join(f"{word}加 {plain(points)} 分" for word, points in counted.items()) or "没有加分的表彰"
    said += f"，合起来至多 {plain(most)} 分" if most < extra else ""
    return YearlyItem(rule, Fraction(0), most, said, "、".join(counted), lines)


def reasons_of(figure: YearlyFigure, counts: bool) -> Iterator[Reason]:
    """A reason for each figure that is taken from a result. counts: whether the yearly figure has a weight in the whole."""
    for item in figure.items.values():
        lacks = False if item.score is None and counts else None
        rule = item.rule
        yield Reason(f"年度考核：{rule.source}", item.said, rule.clause, lacks, rule.reads, item.rests_on)


def of_no_unit(at: At[Any], units: Sequence[AppraisedUnit]) -> Iterator[tuple[Taken, str]]:
    """Lines of the honours that would add points and are about no unit of the roster, each with what is said of it."""
    rule: HonorsCounted | None = at.policy.yearly.honors if at.policy.yearly else None
    if rule is None or HONORS not in at.rosters:
        return
    for key, lines in at.partners[HONORS].of_nobody(units).items():
        for line in lines:
            if line.value in rule.points:
                yield line, f"{''.join(key)}受“{line.value}”表彰，名册里没有这个单位，没有加分"


def _joined(name: str, programme: str, page: str, on: Mapping[str, str], column: Field, **more: Any) -> Join:
    """A column of the result of the same year, where the policy's yearly figures ask for it."""
    return Join(
        name,
        programme,
        page,
        on,
        column,
        wanted=lambda edition: bool(edition.yearly and name in edition.yearly.taken),
        must=lambda edition: edition.yearly.results.must if edition.yearly else None,
        of=lambda period: Period.year(period.start.year),
        optional=True,
        **more,
    )


_RATED = {"township": "乡镇", "name": "党组织名称"}
_HONORED = {"township": "乡镇", "name": "姓名或组织"}
JOINS = (
    _joined(STARS, "rate", "分类定级汇总表", _RATED, Field("星级", Kind.STARS)),
    _joined(SCORE, "rate", "分类定级汇总表", _RATED, Field("综合得分", Kind.SCORE)),
    _joined(REVIEW, "reviews", "等次名册", {"secretary_identity": "身份证号"}, Field("等次")),
    _joined(HONORS, "honors", "推荐名册", _HONORED, Field("类别"), adds=True),
)
