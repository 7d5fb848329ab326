"""The rating of one organisation: a pure function of its row, last year's, the policy and the day of judgement.

What comes back carries every step that led to it, so that the pages explain a star by printing it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sanchuang_cli.domain.numbers import cut, plain
from sanchuang_cli.domain.words import NO, NOTHING, YES
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.period import Month
from sanchuang_cli.programme import Occasion
from sanchuang_cli.programmes.rate.doubts import doubt
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.programmes.rate.roster import LastYear, Organisation
from sanchuang_cli.programmes.rate.scores import (
    GoodScore,
    good_scores,
    last_year_column,
    satisfaction_of,
    total_of,
)
from sanchuang_cli.programmes.rate.unread import freeing, illegible, unread

NO_VETO = NOTHING | NO | {"未发生", "不存在"}

_UNCLEAR_VETO = re.compile(
    "^(?:无|没有|没(?!收)|未(?:发生|发现|出现|涉及|受|有)|不存在|不涉及|不属|否(?!决))|不详|不清|不明|未知|疑似|存疑|[?？]"
    "|待(?:定|查|核|确|认|调|处|议|补)|未定(?!期)"
)
"""Words that deny a veto and yet are none of NO_VETO, or that leave it open."""


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
        return self.organisation.key


def rating(
    organisation: Organisation, kind: str, previous: LastYear | None, policy: RatePolicy, occasion: Occasion
) -> tuple[Rating | None, list[Finding]]:
    """The rating as an organisation of `kind` before the county's quotas, and what is odd; no rating where that is an
    error: a cell that cannot be read, a missing score, figures that contradict each other."""
    findings: list[Finding] = []
    veto = veto_of(organisation, policy, findings)
    if illegible_cells := unread(organisation, previous, kind, policy, vetoed=bool(veto)):
        return None, findings + illegible_cells
    goods = good_scores(organisation, kind, policy, findings)
    if goods is None:
        return None, findings
    total = total_of(goods, organisation, findings)
    satisfaction = satisfaction_of(organisation, findings)
    last = last_year(organisation, previous, policy, findings)
    unrated = too_young(organisation, policy, occasion.on, findings)
    star_steps: tuple[Step, ...] = ()
    grade_steps: tuple[Step, ...] = ()
    if not unrated:
        star_steps = on_ladder(
            stars(goods, total, veto, last, policy), organisation, last, policy, occasion, findings
        )
        grade_steps = grade(total, satisfaction, veto, policy)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return None, findings
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


def veto_of(organisation: Organisation, policy: RatePolicy, findings: list[Finding]) -> str:
    """The veto as written, "" when there is none.

    A situation the policy does not list still counts, with a warning: the column says that there is one. Words that
    deny or doubt (无违纪情况, 待查) do not say it, and are an error.
    """
    text = (organisation.veto or "").strip()
    if text in NO_VETO:
        return ""
    if text not in YES and _UNCLEAR_VETO.search(text):
        message = f"否决情形“{text}”看不出是有还是没有，不能按有、也不能按没有认定"
        findings.append(doubt("veto-unclear", organisation, "veto", message, policy.veto.clause))
    elif text not in YES and not any(situation in text for situation in policy.veto.situations):
        message = f"否决情形“{text}”不在政策列举之内，仍按否决处理"
        findings.append(doubt("veto-not-listed", organisation, "veto", message, policy.veto.clause))
    return text


def last_year(
    organisation: Organisation, previous: LastYear | None, policy: RatePolicy, findings: list[Finding]
) -> Last:
    """Last year's result: from the workbook of that year where it is given, else from this roster's columns."""
    if previous is None:
        return Last(organisation.last_stars, organisation.last_grade)
    if organisation.last_stars is not None and organisation.last_stars != previous.stars:
        message = (
            f"表上上年{stars_in_words(organisation.last_stars)}，上年汇总表是{stars_in_words(previous.stars)}，"
            "以上年汇总表为准"
        )
        findings.append(
            doubt("last-year-differs", organisation, "last_stars", message, "上年已公示的评定结果")
        )
    kind = policy.type_of(organisation.type)
    scores = [(good, previous.more.get(last_year_column(policy, good))) for good in policy.goods]
    known = all(score is not None for _, score in scores)
    missed = frozenset(
        g.heading for g, score in scores if score is not None and score < g.passes_for.get(kind, g.passes)
    )
    return Last(previous.stars, previous.grade, missed if known else None)


def too_young(organisation: Organisation, policy: RatePolicy, on: date, findings: list[Finding]) -> str:
    """Why it is scored but not rated, "" when it is rated."""
    founded = organisation.founded
    rule = policy.new_organisations
    if founded is None:
        message = "没有成立日期，按成立已满期限参评"
        findings.append(doubt("no-founding-date", organisation, "founded", message, rule.clause))
        return ""
    if on < months_after(founded.earliest, 12 * rule.years):
        return f"成立不满 {rule.years} 年"
    if on < months_after(founded.latest, 12 * rule.years):
        message = f"成立日期只写到“{founded}”，是否满 {rule.years} 年说不准，按已满参评"
        findings.append(doubt("founding-date-vague", organisation, "founded", message, rule.clause))
    return ""


def months_after(day: date, months: int) -> date:
    """The same day `months` months later, or that month's last day."""
    month = Month.of(day).plus(months)
    return date(month.year, month.month, min(day.day, month.last.day))


def stars(
    goods: Sequence[GoodScore], total: Fraction, veto: str, last: Last, policy: RatePolicy
) -> tuple[Step, ...]:
    """The steps to the stars that the score earns and a veto leaves. Empty when the policy gives none."""
    rule = policy.stars
    if rule.model == "none":
        return ()
    if rule.model == "per-good":
        passed = [g.good.heading for g in goods if g.passed]
        earned = Step(str(len(passed)), f"得星：{'、'.join(passed) or '无'}", rule.clause)
    else:
        reached = next((band for band in rule.bands if total >= band.at_least), None)
        why = f"综合得分 {cut(total)}，" + (f"达到 {plain(reached.at_least)}" if reached else "未达最低一档")
        earned = Step(str(reached.stars if reached else 0), why, rule.clause)
    if not veto:
        return (earned,)
    if rule.veto == "no-star":
        return earned, Step("0", f"否决：{veto}，不得星", rule.veto_clause)
    # Never more than was earned: a veto must not raise anybody.
    left = min(int(earned.result), max((last.stars or 0) - 1, 0))
    return earned, Step(
        str(left), f"否决：{veto}，比上年{stars_in_words(last.stars)}降一星", rule.veto_clause
    )


def on_ladder(
    steps: tuple[Step, ...],
    organisation: Organisation,
    last: Last,
    policy: RatePolicy,
    occasion: Occasion,
    findings: list[Finding],
) -> tuple[Step, ...]:
    """The steps, and one more where they lead further up than the ladder goes in a year."""
    ladder = policy.ladder
    if not steps or ladder is None or last.stars is None:
        return steps
    now, limit = int(steps[-1].result), last.stars + ladder.step
    if now <= limit:
        return steps
    findings += illegible(organisation, freeing(organisation, policy))
    if exempt(organisation, policy, occasion, findings):
        return *steps, Step(str(now), f"获{organisation.honour}综合荣誉，可破格", ladder.honours_clause)
    why = f"上年{stars_in_words(last.stars)}，一年至多升 {ladder.step} 星"
    return *steps, Step(str(limit), why, ladder.clause)


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
        message = f"有{organisation.honour}荣誉但没有获得时间，按本期内获得处理"
        findings.append(
            doubt("honour-undated", organisation, "honoured", message, policy.ladder.honours_clause)
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
