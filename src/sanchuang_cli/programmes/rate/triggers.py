"""Whether an organisation meets a situation that a policy lists: for 整顿, or for its secretary's post."""

from datetime import date

from sanchuang_cli.domain.numbers import cut
from sanchuang_cli.finding import Finding
from sanchuang_cli.programmes.rate.doubts import doubt
from sanchuang_cli.programmes.rate.policy import (
    AtLeast,
    Flagged,
    GoodMissed,
    Graded,
    MonthsOver,
    SatisfactionBelow,
    Trigger,
)
from sanchuang_cli.programmes.rate.rules import Rating, months_after


def evidence(trigger: Trigger, rating: Rating, on: date, findings: list[Finding]) -> str:
    """What meets the trigger, in words; "" when nothing does."""
    if trigger.types and rating.type not in trigger.types:
        return ""
    more = rating.organisation.more
    match trigger:
        case Flagged():
            return "表上填“是”" if more.get(trigger.column) else ""
        case AtLeast():
            count = more.get(trigger.column)
            return f"{count} 年" if count is not None and count >= trigger.count else ""
        case SatisfactionBelow():
            share = rating.satisfaction
            return f"满意率 {cut(share * 100)}%" if share is not None and share < trigger.share else ""
        case Graded():
            return f"综合得分 {cut(rating.total)}" if rating.grade == trigger.grade else ""
        case MonthsOver():
            return months_over(trigger, rating, on, findings)
        case GoodMissed():
            return good_missed(trigger, rating)


def months_over(trigger: MonthsOver, rating: Rating, on: date, findings: list[Finding]) -> str:
    """Since when, if more months have passed; a date too vague to tell is a warning and no hit."""
    since = rating.organisation.more.get(trigger.column)
    if since is None or on <= months_after(since.earliest, trigger.months):
        return ""
    if on > months_after(since.latest, trigger.months):
        return f"自 {since}"
    message = (
        f"“{trigger.column}”只写到“{since}”，是否超过 {trigger.months} 个月说不准，未列入“{trigger.name}”"
    )
    findings.append(doubt("date-vague", rating.organisation, trigger.column, message, trigger.clause))
    return ""


def good_missed(trigger: GoodMissed, rating: Rating) -> str:
    """This year's score, if the good's star was missed this year and, for two years running, last year as well."""
    now = next(g for g in rating.goods if g.good.heading == trigger.good)
    missed_last = rating.last.missed is not None and trigger.good in rating.last.missed
    return f"本年 {cut(now.score)} 分" if not now.passed and (trigger.years == 1 or missed_last) else ""
