"""What an organisation scored: each good from its indicators or its own column, and the satisfaction rate."""

from dataclasses import dataclass
from fractions import Fraction

from sanchuang_cli.domain.numbers import cut
from sanchuang_cli.domain.scoring import Points
from sanchuang_cli.finding import Finding
from sanchuang_cli.programmes.rate.doubts import doubt
from sanchuang_cli.programmes.rate.policy import Good, RatePolicy
from sanchuang_cli.programmes.rate.roster import Organisation

TENTH_OF_A_PER_CENT = Fraction(1, 1000)
"""The precision to which rates are printed."""
HUNDREDTH = Fraction(1, 100)
"""The precision to which scores are printed."""


def assessed(good: Good) -> str:
    """The heading of a good's 评定分 column."""
    return f"评定分/{good.heading}"


def self_assessed(good: Good) -> str:
    """The heading of a good's 自评分 column."""
    return f"自评分/{good.heading}"


def own_columns(good: Good, policy: RatePolicy) -> tuple[str, str]:
    """The headings of a good's own score, the one that counts first."""
    columns = assessed(good), self_assessed(good)
    return columns if policy.prefer == "assessed" else (columns[1], columns[0])


def last_year_column(policy: RatePolicy, good: Good) -> str:
    """The heading of a good's score in 分类定级汇总表."""
    return f"{policy.goods_title}/{good.heading}"


def by_indicators(organisation: Organisation, good: Good, kind: str) -> bool:
    """Whether the good's score comes from its indicators: one of those for `kind` is filled in."""
    more = organisation.more
    return any(more.get(column.name) is not None for i in good.sheet(kind) for column in i.columns())


@dataclass(frozen=True)
class Line:
    """One line of 得分明细: an indicator, or the good's own column; the column it was read from, and what it gave."""

    what: str
    column: str
    points: Points
    clause: str


@dataclass(frozen=True)
class GoodScore:
    """A good's score of `good.full`, the lines it adds up from, and the score that passes for this type."""

    good: Good
    score: Fraction
    lines: tuple[Line, ...]
    passes: Fraction

    @property
    def passed(self) -> bool:
        return self.score >= self.passes

    @property
    def missing(self) -> Fraction:
        """How far it is from its star; 0 when it has it."""
        return max(self.passes - self.score, Fraction(0))


def good_scores(
    organisation: Organisation, kind: str, policy: RatePolicy, findings: list[Finding]
) -> tuple[GoodScore, ...] | None:
    """The score of every good; None when one cannot be had (an error is among the findings)."""
    scores = [good_score(organisation, good, kind, policy, findings) for good in policy.goods]
    known = tuple(score for score in scores if score is not None)
    return known if len(known) == len(scores) else None


def good_score(
    organisation: Organisation, good: Good, kind: str, policy: RatePolicy, findings: list[Finding]
) -> GoodScore | None:
    """A good's score from its indicators, where any is filled in, else from its own column."""
    passes = good.passes_for.get(kind, good.passes)
    own = own_column(organisation, good, policy, findings)
    if by_indicators(organisation, good, kind):
        return from_indicators(organisation, good, kind, own, passes, findings)
    if own is None:
        message = f"“{good.name}”没有得分：评定分、自评分和指标都是空白"
        findings.append(doubt("no-score", organisation, assessed(good), message, good.clause))
        return None
    column, score = own
    line = Line(good.name, column, Points(score, good.full, "按所填得分"), good.clause)
    return GoodScore(good, score, (line,), passes)


def own_column(
    organisation: Organisation, good: Good, policy: RatePolicy, findings: list[Finding]
) -> tuple[str, Fraction] | None:
    """The good's own column that counts, and its score: the preferred one, else the other with a warning."""
    columns = own_columns(good, policy)
    for column in columns:
        score = organisation.more.get(column)
        if score is None:
            continue
        if column != columns[0]:
            wanted, used = (c.split("/")[0] for c in (columns[0], column))
            message = f"“{good.name}”没有{wanted}，按{used} {cut(score)} 计"
            findings.append(
                doubt("other-score-used", organisation, columns[0], message, policy.prefer_clause)
            )
        return column, score
    return None


def from_indicators(
    organisation: Organisation,
    good: Good,
    kind: str,
    own: tuple[str, Fraction] | None,
    passes: Fraction,
    findings: list[Finding],
) -> GoodScore | None:
    """The sum of the sheet's indicators, at most the full score; a good's own column that differs is told."""
    more = organisation.more
    lines = []
    blank = False
    for indicator in good.sheet(kind):
        points = indicator.score(more)
        column = next(
            (c.name for c in indicator.columns() if more.get(c.name) is not None), indicator.heading
        )
        clause = indicator.clause or good.clause
        if points is None:
            blank = True
            message = f"“{good.name}”的指标“{indicator.heading}”是空白，其他指标已填"
            findings.append(doubt("indicator-blank", organisation, column, message, clause))
        else:
            lines.append(Line(indicator.heading, column, points, clause))
    if blank:
        return None
    score = min(sum((line.points.got for line in lines), Fraction(0)), good.full)
    if own is not None and own[1] != score:
        message = f"“{good.name}”所填 {cut(own[1])} 分，各项指标相加是 {cut(score)} 分，按指标计"
        findings.append(doubt("good-not-sum", organisation, own[0], message, good.clause))
    return GoodScore(good, score, tuple(lines), passes)


def total_of(goods: tuple[GoodScore, ...], organisation: Organisation, findings: list[Finding]) -> Fraction:
    """综合得分: the weighted mean of the goods in hundredths of their full score; a printed one that differs is told."""
    weights = sum(g.good.weight for g in goods)
    total = sum((g.score / g.good.full * g.good.weight for g in goods), Fraction(0)) * 100 / weights
    stated = organisation.stated_total
    if stated is not None and abs(stated - total) > HUNDREDTH:
        message = f"表上综合得分 {cut(stated)}，各项计得 {cut(total)}，按计得的算"
        findings.append(
            doubt("total-differs", organisation, "stated_total", message, "综合得分＝各项得分的加权平均")
        )
    return total


def counted_satisfaction(organisation: Organisation) -> Fraction | None:
    """满意 ÷ 有效 exactly; None where a figure is missing, none are valid, or more are satisfied than valid."""
    valid, satisfied = organisation.ballots_valid, organisation.ballots_satisfied
    if not valid or satisfied is None or satisfied > valid:
        return None
    return Fraction(satisfied, valid)


def satisfaction_of(organisation: Organisation, findings: list[Finding]) -> Fraction | None:
    """满意 ÷ 有效 exactly, else the printed rate, else None; the last two with a warning.

    More satisfied than valid is an error: one of the two figures is wrong, and nobody knows which.
    """
    o = organisation
    basis = "群众满意率＝满意票÷有效票"
    for more, less, field in (
        (o.ballots_sent, o.ballots_back, "ballots_back"),
        (o.ballots_back, o.ballots_valid, "ballots_valid"),
    ):
        if more is not None and less is not None and less > more:
            message = f"票数 {less} 多于上一栏的 {more}"
            findings.append(doubt("ballots-do-not-add-up", o, field, message, basis))
    valid, satisfied = o.ballots_valid, o.ballots_satisfied
    if valid is not None and satisfied is not None and satisfied > valid:
        message = f"满意票 {satisfied} 多于有效票 {valid}，满意率算不出来"
        findings.append(doubt("more-satisfied-than-valid", o, "ballots_satisfied", message, basis))
    stated, counted = o.stated_satisfaction, counted_satisfaction(o)
    if counted is not None:
        if stated is not None and abs(stated - counted) >= TENTH_OF_A_PER_CENT:
            message = f"表上满意率 {cut(stated * 100)}%，按票数应为 {cut(counted * 100)}%，按票数计"
            findings.append(doubt("satisfaction-differs", o, "stated_satisfaction", message, basis))
        return counted
    if stated is not None:
        message = f"没有可用的票数，按表上满意率 {cut(stated * 100)}% 计"
        findings.append(doubt("satisfaction-as-stated", o, "stated_satisfaction", message, basis))
        return stated
    findings.append(
        doubt("no-satisfaction", o, "ballots_valid", "没有测评票数和满意率，不作满意率限制", basis)
    )
    return None
