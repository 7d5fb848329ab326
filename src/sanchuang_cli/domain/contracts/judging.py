"""Judges one contract by itself, and as it stands among the others of the same person."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise, product

from sanchuang_cli.deadlines import days_left
from sanchuang_cli.domain.contracts.policy import GraduatePolicy, Renewal
from sanchuang_cli.domain.contracts.reckoning import (
    ALLOWANCE,
    BENEFIT,
    LEFT,
    SERVING,
    SETTLING,
    ContractDays,
    ContractStanding,
    Reckoned,
    reckoned,
)
from sanchuang_cli.domain.contracts.records import Graduate
from sanchuang_cli.domain.pays import DOUBTS as PAYING
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import At, Odd, Reason, Verdict
from sanchuang_cli.money import yuan
from sanchuang_cli.outcome import Due, Occasion
from sanchuang_cli.period import Month, VagueDate

_E, _W, _AGAIN = Severity.ERROR, Severity.WARNING, "请核实改正后重新运行；本行待核实，没有发放。"

DOUBTS = Doubts(
    {
        "class-unknown": Doubt(_E, "", "请改成政策所列的县类别，或在政策的 allowance 的 classes 里加上。", "县类别不在政策所列之内"),
        "no-figure": Doubt(_E, "", "请在政策的 allowance 的 classes 里给这一类写上 yearly（每年多少元）。", "本类县没有补贴标准"),
        "ends-before-start": Doubt(_E, "合同止不早于合同起", _AGAIN, "合同止早于合同起"),
        "left-outside": Doubt(_E, "解除日期在合同起止之内", _AGAIN, "解除日期不在合同起止之内"),
        "left-unclear": Doubt(_E, "解除原因要有解除日期", "请补填解除日期；没有解除的，请删去解除原因。", "有解除原因，没有解除日期"),
        "date-vague": Doubt(_E, "日期写到日", _AGAIN, "日期不详，状态或金额说不准"),
        "settled-unknown": Doubt(_E, "", "请填“已发安家费”（没有发过的填 0）。", "当时发了多少安家费不详"),
        "overlap": Doubt(_E, "同一人的合同不重叠", _AGAIN, "同一人的合同重叠"),
        "other-row": Doubt(_E, "同一人的合同一起认定", "请先核实本人的另一行。", "本人另一行待核实"),
        "gap": Doubt(_W, "续聘的合同前后相接", "请核实两份合同之间是否在岗；空档没有发放。"),
        "grade-missing": Doubt(_W, "续聘看考核等次", "请补填考核等次，再提续聘意见。"),
        "left-before": Doubt(_W, "离岗的当期列出应退安家费", "以前列过的不用再列；没有列过的，请照这个数收回，或用 --previous 给出上期结果，由本期列出。"),
        "reason-missing": Doubt(_W, "", "请补填解除原因；死亡等不退的情形，应退为 0。"),
        **PAYING,
    }
)  # fmt: skip


class Contract(Verdict[Graduate], frozen=True, kw_only=True, eq=False):
    """What came of one contract. change: what happened to it in the period. window: how near its end is, "" where it is far,
    or where the next contract is there. unlisted: fen that somebody who left before the period may still have to give back.
    waits: what the row says nothing of (see Claimant)."""

    standing: ContractStanding
    reckoned: Reckoned
    change: str
    window: str
    unlisted: int = 0
    waits: frozenset[tuple[str, Month, str]] = frozenset()

    @property
    def due(self) -> tuple[Due, ...]:
        """What is paid in the period, month by month."""
        return self.reckoned.due

    @property
    def back(self) -> int:
        """Fen of settling-in to give back."""
        return self.reckoned.back

    @property
    def months(self) -> int:
        """Months of the period for which the allowance is paid."""
        return sum(due.component == ALLOWANCE for due in self.due)

    def of(self, *components: str) -> int:
        """Fen of the period."""
        return sum(due.fen for due in self.due if due.component in components)


def judge(who: Graduate, at: At[GraduatePolicy], odd: Odd) -> Contract | None:
    """By the contract alone: the first of its person, unless the row says which one it is."""
    if who.ended.latest < who.started.earliest:
        odd.add("ends-before-start", "ended", f"{who.name}：合同 {who.started}至{who.ended}")
    if who.left and (who.left.latest < who.started.earliest or who.left.earliest > who.ended.latest):
        odd.add("left-outside", "left", f"{who.name}：{who.left} 解除，合同 {who.started}至{who.ended}")
    if who.reason and not who.left:
        odd.add("left-unclear", "left", f"{who.name}：解除原因“{who.reason}”，没有解除日期")
    if not all(edition.allowance.of(who.county_class) for edition in at.editions.during(at.occasion.period)):
        said = f"{who.name}：县类别“{who.county_class}”不在政策所列之内"
        odd.add("class-unknown", "county_class", said, at.policy.allowance.clause)
    return None if odd.grave else judged_as(who, _alone(who), at, odd)


def judged_as(who: Graduate, standing: ContractStanding, at: At[GraduatePolicy], odd: Odd) -> Contract | None:
    """The contract as it stands among the others. Vague days are tried at both ends, and the first of the service, of which
    any month may decide, in every month: what they change is not concluded."""
    left, before = (tuple(day) if day else (None,) for day in (who.left, standing.before))
    since = tuple(_months(standing.since)) if standing.since else (None,)
    every = product(who.started, who.ended, left, since, before)
    found = {reckoned(ContractDays(*days), who, standing, at) for days in every}
    what, *others = {one._replace(nth=()) for one in found}
    what = what._replace(nth=tuple(sorted({nth for one in found for nth in one.nth})))
    if others:
        said = f"合同 {who.started}至{who.ended}，解除 {who.left or '无'}，状态或金额说不准"
        odd.add("date-vague", "started", f"{who.name}：{said}")
        return None
    if what.wrong:
        field, said = _WRONG[what.wrong]
        odd.add(what.wrong, field, f"{who.name}：{said.format(who)}")
        return None
    unlisted = what.back if what.before and not at.of_last(who) else 0
    if what.before and not _reported_now(who, at):
        what = what._replace(back=0, nth=(), percent=Fraction(0))
    return Contract(
        record=who,
        part=what.part,
        unlisted=unlisted,
        standing=standing,
        reckoned=what,
        change=_change(who, standing, at),
        window=_window(who, what.part, standing, at),
        waits=frozenset(_of_the_former(who, standing, what, at)),
        reasons=tuple(_reasons(who, standing, what, at)),
    )


_WRONG = {
    "no-figure": ("county_class", "县类别“{0.county_class}”没有补贴标准"),
    "settled-unknown": ("settled", "{0.started} 发了多少安家费，政策里没有那时的版本"),
}
"""What is not known, by its code: the field concerned, and what is said of the row."""


def _of_the_former(
    who: Graduate, standing: ContractStanding, what: Reckoned, at: At[GraduatePolicy]
) -> Iterator[tuple[str, Month, str]]:
    """What was paid up to the month in which a contract began, where the row says that it is not the first and the roster
    does not have the one before: it was rightly paid, as far as anybody can tell."""
    due = {part.month for part in what.due}
    for month in at.occasion.period.each_month() if standing.term > 1 and not standing.before else ():
        if month <= Month.of(who.started.latest) and month not in due:
            yield from ((BENEFIT, month, component) for component in (ALLOWANCE, SETTLING))


def _months(day: VagueDate) -> Iterator[date]:
    """The first of each month in which a vague day may lie."""
    return (month.first for month in day.months)


def _reported_now(who: Graduate, at: At[GraduatePolicy]) -> bool:
    """Whether a departure before the period is known since the last result, so that this period is the first to say what is
    given back. A result of the same period is made again as it was."""
    last = at.of_last(who)
    return bool(last) and (last.get("part") != LEFT or (at.again and bool(last.get("back"))))


def _alone(who: Graduate) -> ContractStanding:
    return ContractStanding(who.term or 1, None if (who.term or 1) > 1 else who.started)


def _window(who: Graduate, part: str, standing: ContractStanding, at: At[GraduatePolicy]) -> str:
    """How near the end of a contract is that nothing follows yet."""
    left, limits = days_left(who.ended, at.occasion.on) or 0, (-1, *at.policy.renewal.warn)
    near = (f"{low + 1}至{high}天" for low, high in pairwise(limits) if left <= high)
    return next(near, "") if part == SERVING and not standing.renewed else ""


def _change(who: Graduate, standing: ContractStanding, at: At[GraduatePolicy]) -> str:
    """What happened in the period, up to the day of judgement."""
    begun = "到岗" if standing.term == 1 else "续聘"
    over = "离岗" if who.left else "" if standing.renewed else "期满"
    happened = [
        word for word, day in ((begun, who.started), (over, who.until)) if _happened(day, at.occasion)
    ]
    return "、".join(filter(None, happened))


def _happened(day: VagueDate, occasion: Occasion) -> bool:
    return day.latest <= occasion.on and Month.of(day.latest) in occasion.period


def proposal(who: Graduate, rule: Renewal) -> str:
    """Whether a renewal is proposed, by the last appraisal; people decide."""
    if not who.grade:
        return "考核等次未填，续聘待定"
    return f"考核{who.grade}，{'不提' if who.grade in rule.refused else '建议'}续聘"


def _reasons(
    who: Graduate, standing: ContractStanding, what: Reckoned, at: At[GraduatePolicy]
) -> Iterator[Reason]:
    policy = at.policy
    until = f"，{who.left} 解除（{who.reason or '原因未写'}）" if who.left else ""
    said = f"第 {standing.term} 份合同，{who.started}至{who.ended}{until}：{at.occasion.on} {what.part}"
    yield Reason("合同", said, policy.allowance.clause, None, ("started", "ended", "term", "left", "reason"))
    sums = "；".join(f"{due.month} {yuan(due.fen)}" for due in what.due if due.component == ALLOWANCE)
    said = f"{who.county_class}，每月是全年的 1/12，累计舍去不足一分：{sums or '本期不发'}"
    yield Reason(ALLOWANCE, said, policy.allowance.clause, None, ("county_class",))
    for due in what.due:
        if due.component == SETTLING and policy.settling_in:
            yield Reason(
                SETTLING, f"第一份合同的第一个月 {due.month}，{yuan(due.fen)} 元", policy.settling_in.clause
            )
    if what.nth and policy.settling_in:
        nth = "至".join(map(str, dict.fromkeys((what.nth[0], what.nth[-1]))))
        said = f"在第 {nth} 个自然月离岗，退回 {what.percent}%，{yuan(what.back)} 元；不从生活补贴里扣"
        yield Reason("应退安家费", said, policy.settling_in.clause, None, ("left", "reason", "settled"))
    if what.part == SERVING:
        yield Reason("续聘", proposal(who, policy.renewal), policy.renewal.clause, None, ("grade",))
