"""The rating of one organisation: a pure function of its row, last year's, the policy and the day of judgement.

What comes back carries every step that led to it, so that the pages explain a star by printing it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sanchuang_cli.domain.scoring import Points, plain
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.period import Month
from sanchuang_cli.programme import Occasion
from sanchuang_cli.programmes.rate.policy import (
    AtLeast,
    Flagged,
    Good,
    Graded,
    MonthsOver,
    RatePolicy,
    SatisfactionBelow,
    Trigger,
)
from sanchuang_cli.programmes.rate.roster import LastYear, Organisation
from sanchuang_cli.report.shown import cut

NO_VETO = frozenset({"", "无", "没有", "否", "未发生", "不存在", "/", "-", "—", "——", "0"})
YES = frozenset({"是", "有", "√", "1"})


def assessed(good: Good) -> str:
    """The heading of a good's 评定分 column."""
    return f"评定分/{good.heading}"


def self_assessed(good: Good) -> str:
    """The heading of a good's 自评分 column."""
    return f"自评分/{good.heading}"


@dataclass(frozen=True)
class Line:
    """One line of 得分明细: an indicator, or the good's own column; what stood in the cell, and what it gave."""

    what: str
    column: str
    points: Points
    clause: str


@dataclass(frozen=True)
class GoodScore:
    """A good's score of `good.full`, the lines it adds up from, and whether it passes for this type."""

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


@dataclass(frozen=True)
class Step:
    """One step on the way to the stars or the grade: what came out, why, and the clause."""

    result: str
    why: str
    clause: str


@dataclass(frozen=True)
class Last:
    """Last year's result as far as it is known: stars, grade, and the goods whose star was missed (None: unknown)."""

    stars: int | None = None
    grade: str | None = None
    missed: frozenset[str] | None = None


@dataclass(frozen=True)
class Rating:
    """评定结果 of one organisation. stars and grade are None when it is scored but not rated (`unrated` says why)."""

    organisation: Organisation
    type: str
    goods: tuple[GoodScore, ...]
    total: Fraction
    satisfaction: Fraction | None
    veto: str
    last: Last
    stars: int | None
    grade: str | None
    star_steps: tuple[Step, ...]
    grade_steps: tuple[Step, ...]
    unrated: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.organisation.township, self.organisation.name


def warning(
    code: str, organisation: Organisation, field: str, message: str, basis: str, mend: str
) -> Finding:
    return Finding(f"rate.{code}", Severity.WARNING, message, organisation.row.place(field), basis, mend)


def error(code: str, organisation: Organisation, field: str, message: str, basis: str, mend: str) -> Finding:
    return Finding(f"rate.{code}", Severity.ERROR, message, organisation.row.place(field), basis, mend)


def rating(
    organisation: Organisation, previous: LastYear | None, policy: RatePolicy, occasion: Occasion
) -> tuple[Rating | None, list[Finding]]:
    """The rating before the county's quotas, and what is odd; no rating when a score is missing (an error says so)."""
    findings: list[Finding] = []
    kind = policy.type_of(organisation.type)
    if not kind:
        written = f"“{organisation.type}”" if organisation.type else "空白"
        findings.append(
            warning(
                "unknown-type",
                organisation,
                "type",
                f"类型{written}不在政策所列类型之内，按“其他”统计",
                policy.document,
                f"改成 {'、'.join(t.name for t in policy.types)} 之一",
            )
        )
    scores = [good_score(organisation, good, kind, policy, findings) for good in policy.goods]
    goods = tuple(score for score in scores if score is not None)
    if len(goods) < len(policy.goods):
        return None, findings
    weights = sum(g.good.weight for g in goods)
    total = sum((g.score / g.good.full * g.good.weight for g in goods), Fraction(0)) * 100 / weights
    findings += stated_total_findings(organisation, total)
    satisfaction = satisfaction_of(organisation, findings)
    veto = veto_of(organisation, policy, findings)
    last = last_year(organisation, previous, policy, findings)
    unrated = too_young(organisation, policy, occasion.on, findings)
    star_steps = () if unrated else stars(organisation, goods, total, veto, last, policy, occasion, findings)
    grade_steps = () if unrated else grade(total, satisfaction, veto, policy)
    return Rating(
        organisation=organisation,
        type=kind or "其他",
        goods=goods,
        total=total,
        satisfaction=satisfaction,
        veto=veto,
        last=last,
        stars=int(star_steps[-1].result) if star_steps else None,
        grade=grade_steps[-1].result if grade_steps else None,
        star_steps=star_steps,
        grade_steps=grade_steps,
        unrated=unrated,
    ), findings


def good_score(
    organisation: Organisation, good: Good, kind: str, policy: RatePolicy, findings: list[Finding]
) -> GoodScore | None:
    """A good's score from its indicators, else from its own column; None, with an error, when it has neither."""
    passes = good.passes_for.get(kind, good.passes)
    own = own_column(organisation, good, policy, findings)
    sheet = good.sheet(kind)
    more = organisation.more
    filled = [i for i in sheet if any(more.get(c.name) is not None for c in i.columns())]
    if not filled:
        if own is None:
            findings.append(
                error(
                    "no-score",
                    organisation,
                    assessed(good),
                    f"“{good.name}”没有得分：评定分、自评分和指标都是空白",
                    good.clause,
                    "补填得分后重新运行；本行待核实，未列入评定",
                )
            )
            return None
        column, score = own
        return GoodScore(
            good,
            score,
            (Line(good.name, column, Points(score, good.full, "按所填得分"), good.clause),),
            passes,
        )
    lines = []
    for indicator in sheet:
        points = indicator.score(more)
        column = next(
            (c.name for c in indicator.columns() if more.get(c.name) is not None), indicator.heading
        )
        if points is None:
            findings.append(
                error(
                    "indicator-blank",
                    organisation,
                    column,
                    f"“{good.name}”的指标“{indicator.heading}”是空白，其他指标已填",
                    indicator.clause or good.clause,
                    "补填这一格（确实为零就填 0）后重新运行；本行待核实，未列入评定",
                )
            )
        else:
            lines.append(Line(indicator.heading, column, points, indicator.clause or good.clause))
    if len(lines) < len(sheet):
        return None
    score = min(sum((line.points.got for line in lines), Fraction(0)), good.full)
    if own is not None and own[1] != score:
        findings.append(
            warning(
                "good-not-sum",
                organisation,
                own[0],
                f"“{good.name}”所填 {cut(own[1])} 分，各项指标相加是 {cut(score)} 分，按指标计",
                good.clause,
                "核对指标或改正得分",
            )
        )
    return GoodScore(good, score, tuple(lines), passes)


def own_column(
    organisation: Organisation, good: Good, policy: RatePolicy, findings: list[Finding]
) -> tuple[str, Fraction] | None:
    """The good's own column that counts, and its score: the preferred one, else the other with a warning."""
    columns = [assessed(good), self_assessed(good)]
    if policy.prefer == "self":
        columns.reverse()
    for column in columns:
        score = organisation.more.get(column)
        if score is not None:
            if column != columns[0]:
                findings.append(
                    warning(
                        "other-score-used",
                        organisation,
                        columns[0],
                        f"“{good.name}”没有{columns[0].split('/')[0]}，按{column.split('/')[0]} {cut(score)} 计",
                        policy.prefer_clause,
                        f"补填{columns[0].split('/')[0]}后重新运行",
                    )
                )
            return column, score
    return None


def stated_total_findings(organisation: Organisation, total: Fraction) -> list[Finding]:
    """A printed 综合得分 that is not what the goods give, to the two decimals that are shown."""
    stated = organisation.stated_total
    if stated is None or abs(stated - total) <= Fraction(1, 100):
        return []
    return [
        warning(
            "total-differs",
            organisation,
            "stated_total",
            f"表上综合得分 {cut(stated)}，各项计得 {cut(total)}，按计得的算",
            "综合得分＝各项得分的加权平均",
            "核对各项得分，或改正综合得分",
        )
    ]


def satisfaction_of(organisation: Organisation, findings: list[Finding]) -> Fraction | None:
    """满意 ÷ 有效 exactly, else the printed rate, else None with a warning."""
    o = organisation
    basis = "群众满意率＝满意票÷有效票"
    for more, less, field in (
        (o.ballots_sent, o.ballots_back, "ballots_back"),
        (o.ballots_back, o.ballots_valid, "ballots_valid"),
        (o.ballots_valid, o.ballots_satisfied, "ballots_satisfied"),
    ):
        if more is not None and less is not None and less > more:
            findings.append(
                warning(
                    "ballots-do-not-add-up",
                    o,
                    field,
                    f"票数 {less} 多于上一栏的 {more}",
                    basis,
                    "核对测评票数",
                )
            )
    stated = o.stated_satisfaction
    if o.ballots_valid and o.ballots_satisfied is not None and o.ballots_satisfied <= o.ballots_valid:
        counted = Fraction(o.ballots_satisfied, o.ballots_valid)
        # A printed rate is right when it is the exact one at the precision of a tenth of a per cent.
        if stated is not None and abs(stated - counted) >= Fraction(1, 1000):
            findings.append(
                warning(
                    "satisfaction-differs",
                    o,
                    "stated_satisfaction",
                    f"表上满意率 {cut(stated * 100)}%，按票数应为 {cut(counted * 100)}%，按票数计",
                    basis,
                    "核对票数或改正满意率",
                )
            )
        return counted
    if stated is not None:
        findings.append(
            warning(
                "satisfaction-as-stated",
                o,
                "stated_satisfaction",
                f"没有可用的票数，按表上满意率 {cut(stated * 100)}% 计",
                basis,
                "补填有效票和满意票",
            )
        )
        return stated
    findings.append(
        warning(
            "no-satisfaction",
            o,
            "ballots_valid",
            "没有测评票数和满意率，不作满意率限制",
            basis,
            "补填测评票数",
        )
    )
    return None


def veto_of(organisation: Organisation, policy: RatePolicy, findings: list[Finding]) -> str:
    """The veto as written, "" when there is none. A situation the policy does not list still counts, with a warning."""
    text = (organisation.veto or "").strip()
    if text in NO_VETO:
        return ""
    if text not in YES and not any(situation in text for situation in policy.veto.situations):
        findings.append(
            warning(
                "veto-not-listed",
                organisation,
                "veto",
                f"否决情形“{text}”不在政策列举之内，仍按否决处理",
                policy.veto.clause,
                f"核实是否属于：{'、'.join(policy.veto.situations)}；不是否决情形就把这一格改为“无”",
            )
        )
    return text


def last_year(
    organisation: Organisation, previous: LastYear | None, policy: RatePolicy, findings: list[Finding]
) -> Last:
    """Last year's result: from the workbook of that year where it is given, else from this roster's columns."""
    if previous is None:
        return Last(organisation.last_stars, organisation.last_grade)
    if organisation.last_stars is not None and organisation.last_stars != previous.stars:
        findings.append(
            warning(
                "last-year-differs",
                organisation,
                "last_stars",
                f"表上上年 {organisation.last_stars} 星，上年汇总表是 {'无星' if not previous.stars else f'{previous.stars} 星'}，"
                "以上年汇总表为准",
                "上年已公示的评定结果",
                "核对上年星级",
            )
        )
    kind = policy.type_of(organisation.type)
    scores = [(good, previous.more.get(last_year_column(policy, good))) for good in policy.goods]
    known = all(score is not None for _, score in scores)
    missed = frozenset(
        g.heading for g, score in scores if score is not None and score < g.passes_for.get(kind, g.passes)
    )
    return Last(previous.stars, previous.grade, missed if known else None)


def last_year_column(policy: RatePolicy, good: Good) -> str:
    """The heading of a good's score in 分类定级汇总表."""
    return f"{policy.goods_title}/{good.heading}"


def too_young(organisation: Organisation, policy: RatePolicy, on: date, findings: list[Finding]) -> str:
    """Why it is scored but not rated, "" when it is rated."""
    founded = organisation.founded
    rule = policy.new_organisations
    if founded is None:
        findings.append(
            warning(
                "no-founding-date",
                organisation,
                "founded",
                "没有成立日期，按成立已满期限参评",
                rule.clause,
                "补填成立日期",
            )
        )
        return ""
    if on >= months_after(founded.latest, 12 * rule.years):
        return ""
    if on >= months_after(founded.earliest, 12 * rule.years):
        findings.append(
            warning(
                "founding-date-vague",
                organisation,
                "founded",
                f"成立日期只写到“{founded}”，是否满 {rule.years} 年说不准，按已满参评",
                rule.clause,
                "把成立日期补写到日",
            )
        )
        return ""
    return f"成立不满 {rule.years} 年"


def months_after(day: date, months: int) -> date:
    """The same day `months` months later, or that month's last day."""
    month = Month.of(day).plus(months)
    return date(month.year, month.month, min(day.day, month.last.day))


def stars(
    organisation: Organisation,
    goods: Sequence[GoodScore],
    total: Fraction,
    veto: str,
    last: Last,
    policy: RatePolicy,
    occasion: Occasion,
    findings: list[Finding],
) -> tuple[Step, ...]:
    """The steps to the stars: earned, veto, ladder. Empty when the policy gives none."""
    rule = policy.stars
    if rule.model == "none":
        return ()
    if rule.model == "per-good":
        passed = [g.good.heading for g in goods if g.passed]
        steps = [Step(str(len(passed)), f"得星：{'、'.join(passed) or '无'}", rule.clause)]
    else:
        reached = next((band for band in rule.bands if total >= band.at_least), None)
        why = f"综合得分 {cut(total)}" + (
            f"，达到 {plain(reached.at_least)}" if reached else "，未达最低一档"
        )
        steps = [Step(str(reached.stars if reached else 0), why, rule.clause)]
    earned = int(steps[-1].result)
    if veto and rule.veto == "no-star":
        steps.append(Step("0", f"否决：{veto}，不得星", rule.veto_clause))
    elif veto:
        # Never more than was earned: a veto must not raise anybody.
        lowered = min(earned, max((last.stars or 0) - 1, 0))
        steps.append(
            Step(str(lowered), f"否决：{veto}，比上年{stars_in_words(last.stars)}降一星", rule.veto_clause)
        )
    ladder = policy.ladder
    now = int(steps[-1].result)
    if ladder and last.stars is not None and now > last.stars + ladder.step:
        if exempt(organisation, policy, occasion, findings):
            steps.append(Step(str(now), f"获{organisation.honour}综合荣誉，可破格", ladder.honours_clause))
        else:
            limit = last.stars + ladder.step
            why = f"上年{stars_in_words(last.stars)}，一年至多升 {ladder.step} 星"
            steps.append(Step(str(limit), why, ladder.clause))
    return tuple(steps)


def stars_in_words(number: int | None) -> str:
    return f"{'〇一二三四五'[number]}星" if number else "无星"


def exempt(
    organisation: Organisation, policy: RatePolicy, occasion: Occasion, findings: list[Finding]
) -> bool:
    """Whether an honour of a listed level, won within the period, frees it from the ladder."""
    if policy.ladder is None or organisation.honour not in policy.ladder.honours:
        return False
    won = organisation.honoured
    if won is None:
        findings.append(
            warning(
                "honour-undated",
                organisation,
                "honoured",
                f"有{organisation.honour}荣誉但没有获得时间，按本期内获得处理",
                policy.ladder.honours_clause,
                "补填获荣誉时间，并附表彰文件",
            )
        )
        return True
    return occasion.period.first <= won.earliest and won.latest <= occasion.period.last


def grade(total: Fraction, satisfaction: Fraction | None, veto: str, policy: RatePolicy) -> tuple[Step, ...]:
    """The steps to the grade: bands, gate, veto."""
    rule = policy.grades
    names = rule.names()
    at = next(i for i, band in enumerate(rule.bands) if total >= band.at_least)
    edge = rule.bands[at].at_least
    reached = f"达到 {plain(edge)}" if edge else f"不满 {plain(rule.bands[at - 1].at_least)}"
    steps = [Step(rule.bands[at].name, f"综合得分 {cut(total)}，{reached}", rule.clause)]

    def cap(limit: str, why: str, clause: str) -> None:
        if names.index(steps[-1].result) < names.index(limit):
            steps.append(Step(limit, why, clause))

    if satisfaction is not None and satisfaction < rule.gate:
        cap(
            rule.gated, f"满意率 {cut(satisfaction * 100)}%，低于 {plain(rule.gate * 100)}%", rule.gate_clause
        )
    if veto:
        cap(rule.vetoed, f"否决：{veto}，最高定为{rule.vetoed}", rule.veto_clause)
    return tuple(steps)


def trigger_hit(trigger: Trigger, rating: Rating, on: date, findings: list[Finding]) -> str:
    """What in the row meets the trigger, in words; "" when nothing does."""
    if trigger.types and rating.type not in trigger.types:
        return ""
    more = rating.organisation.more
    if isinstance(trigger, Flagged):
        return "表上填“是”" if more.get(trigger.column) else ""
    if isinstance(trigger, AtLeast):
        count = more.get(trigger.column)
        return f"{count} 年" if count is not None and count >= trigger.count else ""
    if isinstance(trigger, SatisfactionBelow):
        share = rating.satisfaction
        return f"满意率 {cut(share * 100)}%" if share is not None and share < trigger.share else ""
    if isinstance(trigger, Graded):
        return f"综合得分 {cut(rating.total)}" if rating.grade == trigger.grade else ""
    if isinstance(trigger, MonthsOver):
        since = more.get(trigger.column)
        if since is None or on <= months_after(since.earliest, trigger.months):
            return ""
        if on > months_after(since.latest, trigger.months):
            return f"自 {since}"
        findings.append(
            warning(
                "date-vague",
                rating.organisation,
                trigger.column,
                f"“{trigger.column}”只写到“{since}”，是否超过 {trigger.months} 个月说不准，未列入",
                trigger.clause,
                "把日期补写到日",
            )
        )
        return ""
    missed_now = any(g.good.heading == trigger.good and not g.passed for g in rating.goods)
    missed_last = rating.last.missed is not None and trigger.good in rating.last.missed
    if missed_now and (trigger.years == 1 or missed_last):
        now = next(g.score for g in rating.goods if g.good.heading == trigger.good)
        return f"本年 {cut(now)} 分"
    return ""
