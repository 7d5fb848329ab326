"""Judges one row: which months count and for whom they are borne, what each bears, and what was paid in."""

from collections.abc import Mapping, Sequence, Set
from datetime import date
from itertools import product

from sanchuang_cli.domain.contributions.grounds import ReliefSpan, honoured_as
from sanchuang_cli.domain.contributions.paid_in import held_back, paid_in
from sanchuang_cli.domain.contributions.policy import PensionPolicy
from sanchuang_cli.domain.contributions.reasons import reasons_of
from sanchuang_cli.domain.contributions.reckoning import (
    FirstMonths,
    InsuredDays,
    first_months,
    of_year,
    relieved,
)
from sanchuang_cli.domain.contributions.records import Insured
from sanchuang_cli.domain.contributions.verdict import (
    ContributionMonth,
    Pension,
    due_of,
    part_of,
    twelve_months,
)
from sanchuang_cli.domain.months import NEVER, number
from sanchuang_cli.domain.pays import DOUBTS as PAYING
from sanchuang_cli.domain.posts import listed
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import At, Odd, Reason
from sanchuang_cli.money import fen, yuan
from sanchuang_cli.period import Month, VagueDate

_E, _W, _AGAIN = Severity.ERROR, Severity.WARNING, "请核实改正后重新运行；本行待核实，没有补贴。"
_YEAR = 12

DOUBTS = Doubts(
    {
        "post-unknown": Doubt(_E, "", "请改成政策所列的职务，或在政策的 posts、others 里加上这种写法。", "职务不在政策所列之内"),
        "ends-before-start": Doubt(_E, "任职终止不早于任职起始", _AGAIN, "任职终止早于任职起始"),
        "date-vague": Doubt(_E, "日期写到月", _AGAIN, "日期不详，哪些月份补贴说不准"),
        "base-missing": Doubt(_E, "", "请在政策的 sharing 的 bases 里写上这一年的缴费基数。", "政策没有这一年的缴费基数"),
        "grade-missing": Doubt(_E, "", "请补填或改正缴费档次；文件有这一档的，写进政策的 grades 的 allowed。", "缴费档次空着或不在所列之内"),
        "village-missing": Doubt(_E, "", "请在“村情表”里补上这个村有无集体收入，村名与名册一致。", "村情表里没有这个村"),
        "honour-dubious": Doubt(_E, "荣誉减轻个人的负担", "请先改正荣誉名册的那一行。", "荣誉有一行说不准"),
        "honour-vague": Doubt(_E, "从次年 1 月起", "请把日期写到年；所说的村、人都待核实。", "荣誉是哪一年的说不准"),
        "honour-level": Doubt(_E, "", "请改成政策所列的级别，或在政策的 honours 的 levels 里加上；所说的村、人都待核实。", "荣誉的级别不在政策所列之内"),
        "honour-unknown": Doubt(_W, "", "村写乡镇和村名，与名册一致；人写身份证号。没有据以减轻谁的负担。"),
        "receipt-unknown": Doubt(_W, "", "请核对身份证号；这一张没有记到谁名下。"),
        "receipt-waits": Doubt(_W, "看不懂的不据以认定", "请先改正缴费凭证的那一行，再重新运行；在此以前按没有缴，补贴等着。"),
        "receipt-name": Doubt(_E, "身份证号和姓名是同一个人", "请核对凭证的姓名和身份证号；这一张没有计入。", "凭证的身份证号与姓名对不上"),
        "paid-after-death": Doubt(_W, "", "身故以后缴的不抵以前的，列入“身故应退”，由经办的人退还。"),
        "on-list": Doubt(_E, "核查名单上的人不补贴", "请核实后改正名册。", "在核查名单上"),
        "like-list": Doubt(_W, "", "请核对是否本人。"),
        **PAYING,
    }
)  # fmt: skip


def judge(who: Insured, at: At[PensionPolicy], odd: Odd) -> Pension | None:
    """Asked in turn: a listed post, an insurance that is helped, the months that count, what each bears, what was paid in."""
    rule = at.ready.last
    readings = _readings(who, at)
    asked = _asked(readings, at)
    posts = [_post(who, edition, at, odd) for edition in asked]
    insurances = [_insurance(who, edition) for edition in asked]
    if who.ended and who.ended.latest < who.started.earliest:
        odd.add("ends-before-start", "ended", f"{who.name}：任职 {who.started}至{who.ended}")
    if odd.grave:
        return None
    each = zip(asked, posts, insurances, strict=True)
    helped = frozenset(one.effective for one, post, insurance in each if post.holds and insurance.holds)
    reasons = [_of_all(asked, posts, bool(helped)), _of_all(asked, insurances, bool(helped))]
    if not helped:
        return Pension(record=who, part=part_of(()), reasons=tuple(reasons), paid_up=paid_in(who, (), at))
    counted = _counted(who, readings, helped, at, odd)
    months = [] if odd.grave else _months(who, counted, helped, at, odd)
    if odd.grave:
        return None
    paid_up = paid_in(who, months, at)
    if paid_up and paid_up.waiting and paid_up.lacking > 0:
        where = "、".join(str(row.place()) for row in paid_up.waiting)
        said = f"有缴费凭证待核实（{where}），没有计入；还差的 {yuan(paid_up.lacking)} 元可能就是它"
        odd.add("receipt-waits", "identity", f"{who.name}：{said}")
    of_period = tuple(one for one in held_back(months, paid_up, at) if one.month in at.occasion.period)
    to_go = max(0, _aged(who, rule) - number(at.occasion.on))
    lacks = None if who.months_paid is None or who.died else rule.countdown.months - who.months_paid - to_go
    reasons += reasons_of(who, counted[rule.effective], of_period, paid_up, at)
    return Pension(
        record=who,
        part=part_of(of_period),
        reasons=tuple(reasons),
        months=of_period,
        due=due_of(of_period),
        paid_up=paid_up,
        to_go=to_go,
        lacks=lacks,
    )


def _post(who: Insured, rule: PensionPolicy, at: At[PensionPolicy], odd: Odd) -> Reason:
    which = f" {rule.effective} 起的" if len(at.ready.editions) > 1 else ""
    return listed(who, rule.entitled, "职务", odd, which)


NOT_HELPED = "不在补贴之列"


def _insurance(who: Insured, rule: PensionPolicy) -> Reason:
    helped = who.insurance in rule.insurances.subsidised
    said = f"参保类型“{who.insurance}”{'' if helped else NOT_HELPED}"
    return Reason("参保类型", said, rule.insurances.clause, helped, ("insurance",))


def _asked(readings: Mapping[date, Sequence[FirstMonths]], at: At[PensionPolicy]) -> list[PensionPolicy]:
    """The editions that say of some month of somebody whether it is helped; the last one where no month counts by the days.
    Months outside the period matter only where receipts are compared with the year."""
    asked = {
        edition.effective: edition
        for edition, months in at.ready.stretches
        if any(
            one.start <= month < one.stop
            for one in readings[edition.effective]
            for month in months
            if at.ready.given or month in at.occasion.period
        )
    }
    return [*asked.values()] or [at.ready.last]


def _of_all(asked: Sequence[PensionPolicy], said: Sequence[Reason], helped: bool) -> Reason:
    """What several editions say of one thing; where they differ, from when which of them says what."""
    if len({reason.holds for reason in said}) == 1:
        return said[-1]
    each = zip(asked, said, strict=True)
    told = "；".join(f"{one.effective} 起的一版{'补贴' if reason.holds else '不补'}" for one, reason in each)
    return said[-1]._replace(said=f"{said[-1].said.removesuffix(NOT_HELPED)}：{told}", holds=helped)


def _aged(who: Insured, rule: PensionPolicy) -> int:
    """The month of the birthday with which months end."""
    years = rule.age.male if who.sex == "男" else rule.age.female
    return number(who.born) + _YEAR * years


def back_pay_start(who: Insured, rule: PensionPolicy) -> int:
    """The first month before the insurance that may be paid for later."""
    back = rule.back_pay
    return max(number(back.not_before), _aged(who, rule) - _YEAR * back.years) if back else NEVER


def _readings(who: Insured, at: At[PensionPolicy]) -> dict[date, list[FirstMonths]]:
    """By edition, the first months of everything, with vague days read at both ends."""
    every = [
        InsuredDays._make(some)
        for some in product(*(_ends(getattr(who, name)) for name in InsuredDays._fields))
    ]
    made: dict[date, list[FirstMonths]] = {}
    for edition in at.ready.editions:
        how = {"aged": _aged(who, edition), "back": back_pay_start(who, edition)}
        made[edition.effective] = [
            first_months(each, edition, at.occasion.on, **how, continued=bool(who.continued))
            for each in every
        ]
    return made


def _counted(
    who: Insured,
    readings: Mapping[date, Sequence[FirstMonths]],
    helped: Set[date],
    at: At[PensionPolicy],
    odd: Odd,
) -> dict[date, FirstMonths]:
    """By edition, the first months of everything; what vague days change is not concluded."""
    stretches = at.ready.stretches
    first, last = stretches[0][1][0], stretches[-1][1][-1]
    for edition, made in readings.items():
        differ = edition in helped and len({one.within(first, last) for one in made}) > 1
        if differ and not odd.grave:
            _vague(who, at, odd)
    return {edition: made[0] for edition, made in readings.items()}


def _vague(who: Insured, at: At[PensionPolicy], odd: Odd) -> None:
    headings = {field.name: field.heading for field in who.declared()}
    days = {name: getattr(who, name) for name in InsuredDays._fields}
    vague = {name: day for name, day in days.items() if day and not day.exact}
    said = "、".join(f"{headings[name]} {day}" for name, day in vague.items())
    title = at.occasion.period.title
    odd.add("date-vague", next(iter(vague)), f"{who.name}：{said}，{title}哪些月份补贴说不准")


def _ends(day: VagueDate | None) -> Sequence[date | None]:
    return (None,) if day is None else day if day.earliest != day.latest else day[:1]


def _months(
    who: Insured, counted: dict[date, FirstMonths], helped: Set[date], at: At[PensionPolicy], odd: Odd
) -> list[ContributionMonth]:
    """The months of the calendar year that count, with what each bears. Errors where something is not known."""
    grounds, made = at.ready, list[ContributionMonth]()
    for edition, months in grounds.stretches:
        span = counted[edition.effective]
        inside = [
            month for month in months if span.start <= month < span.stop and edition.effective in helped
        ]
        if inside and not _known(who, inside[0], edition, inside[0] < span.alone, at, odd):
            return []
        reliefs = grounds.reliefs(who, edition)
        for month in inside:
            alone = month >= span.alone
            relief = _relief(reliefs, month) if reliefs and not alone else None
            made.append(_alike(who, month, edition, alone, relief, at)[month.month - 1])
    return made


def _known(
    who: Insured, month: Month, edition: PensionPolicy, helped: bool, at: At[PensionPolicy], odd: Odd
) -> bool:
    """Whether everything is known that the months of a year need, of which any may be helped."""
    rule, grounds = edition.sharing, at.ready
    if rule.grades and (who.grade is None or not rule.grades.has(who.grade)):
        said = "没有填缴费档次" if who.grade is None else f"缴费档次 {yuan(who.grade)} 元不在所列之内"
        odd.add("grade-missing", "grade", f"{who.name}：{said}", rule.clause)
    elif rule.by_base and month.year not in rule.bases:
        said = f"政策没有 {month.year} 年的缴费基数（sharing 的 bases）"
        odd.add("base-missing", "village", f"{who.name}：{said}", rule.clause)
    elif rule.by_village and helped and not grounds.villages.get((who.township, who.village)):
        said = f"村情表里没有{who.township}{who.village}，或那一行待核实"
        odd.add("village-missing", "village", f"{who.name}：{said}", rule.clause)
    elif helped and (
        row := next((grounds.dubious[key] for key in honoured_as(who) if key in grounds.dubious), None)
    ):
        said = f"本人或本村的荣誉有一行说不准，见 {row.place('honoured')}"
        odd.add("honour-dubious", "name", f"{who.name}：{said}")
    return not odd.grave


def _relief(reliefs: Sequence[Sequence[ReliefSpan]], month: Month) -> ReliefSpan | None:
    """The person's own honours first, then the village's; of several the one with the largest share."""
    for spans in reliefs:
        if standing := [span for span in spans if span.first <= month < span.after]:
            return max(standing, key=lambda span: span.relief.share)
    return None


def _alike(
    who: Insured,
    month: Month,
    edition: PensionPolicy,
    alone: bool,
    relief: ReliefSpan | None,
    at: At[PensionPolicy],
) -> Sequence[ContributionMonth]:
    """The twelve months of the year of a month as everybody alike has them, worked out once."""
    rule, known = edition.sharing, at.ready.alike
    village = at.ready.villages.get((who.township, who.village)) if rule.by_village else None
    income = village is None or village.income
    key = (edition.effective, month.year, who.grade, income, alone, id(relief))
    if key not in known:
        year = of_year(rule, (who.grade or 0) if rule.grades else base_of(edition, month.year), income)
        if relief:
            year = relieved(year, relief.relief, rule.names)
        known[key] = twelve_months(edition, month.year, year, alone, relief)
    twelve: Sequence[ContributionMonth] = known[key]
    return twelve


def base_of(edition: PensionPolicy, year: int) -> int:
    """The base of a year, in fen; 0 where nothing goes by one."""
    rule = edition.sharing
    return fen(rule.bases[year]) * (_YEAR if rule.per == "month" else 1) if rule.by_base else 0
