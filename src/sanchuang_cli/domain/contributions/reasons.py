"""Puts into words why months count or do not, what each bears of them and by which arithmetic."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from sanchuang_cli.domain.contributions.policy import ContributionPayer, PensionPolicy
from sanchuang_cli.domain.contributions.reckoning import Borne, FirstMonths
from sanchuang_cli.domain.contributions.records import Honour, Insured
from sanchuang_cli.domain.contributions.verdict import ContributionMonth, PaidUp
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.months import EVER, NEVER, effect, number
from sanchuang_cli.judging import At, Reason
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Month

OWN = "个人"


def reasons_of(
    who: Insured,
    span: FirstMonths,
    months: Sequence[ContributionMonth],
    paid_up: PaidUp | None,
    at: At[PensionPolicy],
) -> list[Reason]:
    """All reasons about months, in the order in which a clerk asks."""
    return [
        *_of_months(who, span, at),
        *_of_village(who, months, at),
        *_of_shares(months, at),
        *_of_receipts(paid_up, at.policy),
    ]


def _of_months(who: Insured, span: FirstMonths, at: At[PensionPolicy]) -> Iterator[Reason]:
    rule, period = at.ready.last, at.occasion.period
    first, last = period.start, Month.of(period.last)
    goes_on = "，续保" if who.ended and span.left == NEVER else ""
    if span.joined == NEVER:
        goes_on = f"，{at.occasion.on} 还没有到任"
    held = span.joined <= last and span.left > first
    yield Reason(
        "任职",
        f"{who.started}至{who.ended or '今'}{goes_on}",
        rule.office.clause,
        held,
        ("started", "ended", "continued"),
    )
    if span.insured != EVER:
        said = f"{who.insured_since} 起参保，{Month.at(span.insured)} 起的月份算"
        clause = rule.back_pay.clause if rule.back_pay else rule.insurances.clause
        yield Reason("参保起始", said, clause, span.insured <= last, ("insured_since",))
    said = f"{who.sex}，到龄的月份 {Month.at(span.aged - 1)}"
    yield Reason("到龄", said, rule.age.clause, span.aged > first, ("identity",))
    for what, day, since, block, field in (
        ("死亡日期", who.died, span.dead, rule.office, "died"),
        ("判刑", who.sentenced, span.sentenced, rule.sentence, "sentenced"),
    ):
        if day and block:
            yield Reason(what, f"{day}，{Month.at(since)} 起不补贴", block.clause, since > first, (field,))
    if who.disciplined and rule.discipline:
        since = effect(number(who.disciplined.latest), rule.discipline.from_month)
        said = f"{who.disciplined}，{Month.at(since)} 起全部由个人承担"
        yield Reason("处分", said, rule.discipline.clause, None, ("disciplined",))


def _of_village(who: Insured, months: Sequence[ContributionMonth], at: At[PensionPolicy]) -> Iterator[Reason]:
    village = at.ready.villages.get((who.township, who.village))
    if village and any(one.edition.sharing.by_village and not one.alone for one in months):
        said = f"{who.village}{'有' if village.income else '没有'}集体收入"
        yield Reason("村集体收入", said, months[0].edition.sharing.clause, None, ("village",), (village,))


def _of_shares(months: Sequence[ContributionMonth], at: At[PensionPolicy]) -> Iterator[Reason]:
    """Months of which alike is borne together; most people have the same, so that the words are put together once."""
    told: dict[tuple[int, Month, Month], Reason] = at.ready.told
    for year, some in groupby(months, key=lambda one: id(one.year)):
        first, *others = some
        key = year, first.month, others[-1].month if others else first.month
        if key not in told:
            told[key] = _shared((first, *others))
        yield told[key]


def _shared(months: Sequence[ContributionMonth]) -> Reason:
    """The arithmetic of a year, and what each bears of some months of it."""
    one, rule = months[0], months[0].edition.sharing
    how, clause, rests_on = "按比例", rule.clause, tuple[Honour, ...]()
    if one.alone:
        how = "全部由个人承担"
    elif one.relief:
        (*_, relief, honour), clause = one.relief, one.relief.relief.clause
        share = "全部" if relief.share == 1 else f"的 {plain(relief.share)} "
        how, rests_on = f"“{honour.level}”，个人部分{share}由{relief.by}承担", (honour,)
    payers = zip(*(month.borne.payers for month in months), strict=True)
    sums = Borne(sum(month.borne.own for month in months), tuple(map(sum, payers)))
    until = f"至{months[-1].month}" if months[1:] else ""
    of_year, of_months = _listed(one.year, rule.payers), _listed(sums, rule.payers)
    said = f"{_base(one)}；全年 {of_year}；{len(months)} 个月 {of_months}"
    return Reason("分担", f"{one.month}{until}（{how}）：{said}", clause, None, (), rests_on)


def _base(one: ContributionMonth) -> str:
    rule, year = one.edition.sharing, one.month.year
    shares = [f"{OWN} {plain(rule.individual)}%"] if rule.individual is not None else []
    for payer in rule.payers:
        fixed = f"{plain(payer.yuan or 0)} 元" if payer.percent is None else f"{plain(payer.percent)}%"
        shares.append(f"{payer.name} {fixed}")
    each = "每月" if rule.per == "month" else ""
    base = f"{year} 年{each}基数 {plain(rule.bases[year])} 元，" if rule.by_base else ""
    base = f"档次 {yuan(one.year.own + one.year.subsidy)} 元，" if rule.grades else base
    return base + "、".join(shares)


def _listed(borne: Borne, payers: Sequence[ContributionPayer]) -> str:
    names = (OWN, *(payer.name for payer in payers))
    return "、".join(
        f"{name} {yuan(fen)}" for name, fen in zip(names, (borne.own, *borne.payers), strict=True)
    )


def _of_receipts(paid_up: PaidUp | None, rule: PensionPolicy) -> Iterator[Reason]:
    if paid_up is None:
        return
    said = f"应缴 {yuan(paid_up.due)} 元，已缴 {yuan(paid_up.paid)} 元（{paid_up.told or '没有凭证'}）"
    clause = rule.receipts.clause if rule.receipts else ""
    rows = (*paid_up.receipts, *paid_up.refunded)
    yield Reason("缴费凭证", said, clause, None, (), rows)
