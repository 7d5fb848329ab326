"""Judges what came of each loan by the day of judgement: what is out, when it is due, the interest and what of it is
subsidised.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from msgspec import structs

from sanchuang_cli.domain.beside import said_beside
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.loans.account import EXTENDED, Account, LoanTerms, replayed
from sanchuang_cli.domain.loans.daycount import LoanTerm
from sanchuang_cli.domain.loans.events import not_yet
from sanchuang_cli.domain.loans.interest import DAY, Bearing, Instalment, between, earned, schedule
from sanchuang_cli.domain.loans.policy import LoanPolicy
from sanchuang_cli.domain.loans.rosters import Loan, LoanEvent
from sanchuang_cli.domain.loans.rules import Interest, LadderStep
from sanchuang_cli.domain.remarks import Matter, heard
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.judging import At, Odd, Reason, Verdict
from sanchuang_cli.money import yuan
from sanchuang_cli.outcome import Due, Occasion
from sanchuang_cli.period import VagueDate

BENEFIT = "创业贷款贴息"
OUT, OVERDUE, SETTLED, WRITTEN_OFF, NOT_LENT = PARTS = ("在贷", "逾期", "已结清", "已核销", "未发放")
WINDOWS = (30, 60, 90)
"""Days before a day by which something is to be paid, from which it is told."""


class Lending(Verdict[Loan], frozen=True, kw_only=True, eq=False):
    """The result of one loan; all sums are fen. policy: the edition that it keeps to. bearing: how it bears interest;
    subsidised: how it bears subsidy, None where it bears none. due: the subsidy of the period by month."""

    policy: LoanPolicy
    account: Account
    bearing: Bearing
    subsidised: Bearing | None
    occasion: Occasion
    due: tuple[Due, ...] = ()

    @property
    def overdue(self) -> int:
        """Days since it was due."""
        return self.account.overdue(self.occasion.on)

    @property
    def step(self) -> LadderStep | None:
        """The class that it is overdue by; None where it is not."""
        return self.policy.ladder.step(self.overdue)

    @property
    def action(self) -> str:
        """What is to be done."""
        return self.step.action if self.step else ""

    @property
    def grade(self) -> str:
        """Its class; "" where nothing is out."""
        return self.step.grade if self.step else self.policy.ladder.normal if self.account.balance else ""

    @property
    def call(self) -> int:
        """What the fund has to pay the lender."""
        guarantee = self.policy.guarantee
        return guarantee.call(self.account, self.bearing, self.occasion.on) if guarantee else 0

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day of the period, up to the day of judgement, that bore interest."""
        ended, period = self.account.ended, self.occasion.period
        first = max(period.first, self.account.terms.term.lent)
        last = min(period.last, self.occasion.on, *([ended - DAY] if ended else []))
        return (first, last) if first <= last else None

    @property
    def days(self) -> int:
        """Of the period, on which it bore interest."""
        return (self.span[1] - self.span[0]).days + 1 if self.span else 0

    @property
    def owed(self) -> int:
        """The subsidy since the day of lending."""
        return self.before + self.subsidy

    @property
    def interest(self) -> int:
        """Of the period."""
        return between(self.account, self.bearing, *self.span) if self.span else 0

    @property
    def accrued(self) -> int:
        """Interest since the day of lending."""
        return earned(self.account, self.bearing, self.occasion.on)

    @property
    def subsidy(self) -> int:
        """Of the period."""
        return sum(part.fen for part in self.due)

    def subsidy_through(self, day: date) -> int:
        """Subsidy since the day of lending."""
        rule, bearing = self.policy.subsidy, self.subsidised
        return rule.due(self.account, bearing, day) if rule and bearing else 0

    @property
    def before(self) -> int:
        """The subsidy of earlier periods."""
        return self.subsidy_through(self.occasion.period.first - DAY)

    @property
    def shares(self) -> Mapping[str, int]:
        """The subsidy of the period by who bears it, split month by month."""
        sums = Counter[str]()
        if rule := self.policy.subsidy:
            for part in self.due:
                sums.update(rule.funding.by_payer(part.fen))
        return sums

    @property
    def plan(self) -> list[Instalment]:
        """What is to be paid, and when, with what is out now."""
        return schedule(self.account, self.bearing, self.policy.interest.every)

    @property
    def planned(self) -> Iterator["Planned"]:
        """The same as lines of a page."""
        return (Planned(self.record, *part) for part in self.plan)

    @property
    def deadlines(self) -> Iterator["LoanDeadline"]:
        """The next payment of interest that comes before the end, and the end."""
        coming = [part.day for part in self.plan if part.day >= self.occasion.on and not part.principal]
        interest, ladder = self.policy.interest, self.policy.ladder
        yield from (LoanDeadline(self, "付息", day, interest.clause) for day in coming[:1])
        clause = ladder.clause if self.overdue else interest.clause
        yield from (LoanDeadline(self, "还本", part.day, clause) for part in self.plan if part.principal)


class Planned(NamedTuple):
    """A line of 还款计划: what is to be paid on a day, in fen."""

    record: Loan
    day: date
    principal: int
    interest: int


class LoanDeadline(NamedTuple):
    """A day by which something is to be paid on a loan, as `deadlines.DueDay` has it."""

    verdict: Lending
    matter: str
    day: date
    basis: str
    earliest: None = None
    last: None = None
    responsible: str = "借款人"

    @property
    def record(self) -> Loan:
        """The loan's row, as pages ask for it."""
        return self.verdict.record

    @property
    def what(self) -> str:
        """With the loan's number: somebody may have several."""
        return f"{self.matter} {self.record.loan_number}"

    @property
    def latest(self) -> VagueDate:
        return VagueDate.on(self.day)

    @property
    def left(self) -> int:
        """Days from the day of judgement; below nought when it has passed."""
        return (self.day - self.verdict.occasion.on).days

    @property
    def state(self) -> str:
        """How soon, in words; "" where nobody needs to know yet."""
        soon = (f"{days}天内" for days in WINDOWS if self.left <= days)
        return "逾期" if self.left < 0 else next(soon, "")

    @property
    def note(self) -> str:
        """What is to be done where it is late."""
        return self.verdict.action


def judge(who: Loan, at: At[LoanPolicy], odd: Odd) -> Lending | None:
    """Asked in turn: by which rules, what is out, whether it is overdue, and what interest is subsidised."""
    policy = _edition(who, at, odd)
    if policy is not None:
        _odd_terms(who, policy, odd)
    if policy is None or odd.grave:
        return None
    account = _account(who, at, odd)
    subsidised = _subsidised(who, policy, account, odd) if account else None
    if account is None or odd.grave:
        return None
    made = Lending(
        record=who,
        part=NOT_LENT if who.lent.earliest > at.occasion.on else _part(account, at.occasion.on),
        policy=policy,
        account=account,
        bearing=Bearing(account.terms.rate, policy.interest.day_count),
        subsidised=subsidised,
        occasion=at.occasion,
    )
    if account.interest_paid > made.accrued:
        message = f"{who.called}：已付利息 {yuan(account.interest_paid)} 元，应计只有 {yuan(made.accrued)} 元"
        odd.add("interest-over", "loan_number", message)
    made = structs.replace(made, due=tuple(_due(made)))
    return structs.replace(made, reasons=tuple(_reasons(made, at)))


def _subsidised(who: Loan, policy: LoanPolicy, account: Account, odd: Odd) -> Bearing | None:
    if policy.subsidy is None or (policy.conditions.other_subsidy and who.other):
        return None
    bearing = policy.subsidy.bearing(account, policy.interest)
    if bearing is None:
        message = f"{who.called}：政策没有 {who.lent} 的基准利率（interest.base），贴息算不出"
        odd.add("base-unknown", "lent", message, policy.interest.clause)
    return bearing


def _part(account: Account, on: date) -> str:
    if account.balance:
        return OVERDUE if account.overdue(on) else OUT
    return WRITTEN_OFF if account.written_off else SETTLED


def _edition(who: Loan, at: At[LoanPolicy], odd: Odd) -> LoanPolicy | None:
    """The rules of the day on which it was lent."""
    lent = who.lent.earliest
    in_force = [edition for edition in at.editions.editions if edition.effective <= lent]
    if not who.lent.exact:
        odd.add("day-vague", "lent", f"{who.called}：发放日只写到 {who.lent}")
    elif not_yet(lent, at):
        odd.add("event-later", "lent", f"{who.called}：发放日 {lent} 在判定日 {at.occasion.on} 以后")
    elif not in_force:
        first = at.editions.editions[0].effective
        odd.add("edition-none", "lent", f"{who.called}：发放日 {lent} 早于最早的一版（{first} 起施行）")
    return None if odd.grave else in_force[-1]


def _odd_terms(who: Loan, policy: LoanPolicy, odd: Odd) -> None:
    """What is odd about a loan by itself."""
    if not who.principal or not who.months:
        odd.add("incomplete", "months" if who.principal else "principal", f"{who.called}：本金或期限是 0")
    if who.rate is None:
        odd.add("rate-odd", "rate", f"{who.called}：没有填年利率")
    else:
        _odd_rate(who, who.rate, policy.interest, odd)
    if who.approved is not None and who.principal > who.approved:
        message = f"{who.called}：本金 {yuan(who.principal)} 元，批准额 {yuan(who.approved)} 元"
        odd.add("principal-over", "principal", message)


def _odd_rate(who: Loan, rate: Fraction, rule: Interest, odd: Odd) -> None:
    percent, base = f"{plain(rate * 100)}%", rule.base_on(who.lent.earliest)
    if not rule.sensible(rate):
        message = f"{who.called}：年利率 {percent} 不合常理，像是写成了厘或月利率"
        odd.add("rate-odd", "rate", message, rule.clause)
    elif base is not None and rule.base_times and rate > base * rule.base_times:
        most = f"基准 {plain(base * 100)}% 的 {plain(rule.base_times)} 倍"
        odd.add("rate-over", "rate", f"{who.called}：年利率 {percent}，高于{most}", rule.clause)


def _account(who: Loan, at: At[LoanPolicy], odd: Odd) -> Account | None:
    """What its events make of it; an error at the loan, and one at each event that is wrong."""
    number = narrow(who.loan_number)
    assert who.rate is not None, "a loan without a rate is set aside"
    terms = LoanTerms(who.principal, who.rate, LoanTerm(who.lent.earliest, who.months))
    found = replayed(terms, at.ready.of.get(number, ()), at.occasion.on)
    where = at.ready.spoiled.get(number, "")
    if isinstance(found, tuple):
        for fault in found:
            event: LoanEvent = fault.event.source
            message = f"编号 {who.loan_number}（{who.called}）：{fault.event}，{fault.said}"
            place = event.row.place(_FIELDS.get(fault.code, "day"))
            odd.found.append(at.doubts.at(fault.code, place, message))
        where = where or str(found[0].event.source.row.place())
    if where:
        message = f"{who.called}：编号 {who.loan_number} 的贷款事件有错（{where}），余额、利息、贴息都没有算"
        odd.add("events-wrong", "loan_number", message)
    if isinstance(found, tuple) or where:
        return None
    _remarked(who, found, at, odd)
    return found


_MISSING = "属实的，请在“贷款事件”里补上结清、核销或展期；不属实的，请删改这一句。"


def _remarked(who: Loan, account: Account, at: At[LoanPolicy], odd: Odd) -> None:
    """What a remark says of the loan and no event does: that it was settled, written off or extended."""
    extended = any(event.kind == EXTENDED for event in at.ready.of.get(narrow(who.loan_number), ()))
    for said in said_beside(who.row, who.name):
        for one in heard(said.text, who.name, said.heading):
            known = extended if EXTENDED in one.word else not account.balance
            if one.matter is Matter.SETTLED and not one.doubt and not known:
                message = f"{who.called}：{said.where}说“{one.word}”，贷款事件里没有，余额说不准"
                odd.add("events-wrong", "loan_number", message, mend=_MISSING)


_FIELDS = {
    "over-balance": "amount",
    "incomplete": "amount",
    "settled-differs": "amount",
    "reversal": "of_day",
}
"""The field of an event at which a fault stands, where that is not its day."""


def _due(made: Lending) -> Iterator[Due]:
    """The subsidy of each month of the period: the difference of two cumulative sums, so that no period changes it."""
    on, edition = made.occasion.on, made.policy.effective.isoformat()
    months = [month for month in made.occasion.period.each_month() if month.first <= on]
    sums = [made.before, *(made.subsidy_through(min(month.last, on)) for month in months)]
    for month, (before, through) in zip(months, pairwise(sums), strict=True):
        if fen := through - before:
            yield Due(BENEFIT, "", month, fen, edition)


def _reasons(made: Lending, at: At[LoanPolicy]) -> Iterator[Reason]:
    """The steps to its balance, its class, its interest and its subsidy."""
    who, account, policy, on = made.record, made.account, made.policy, at.occasion.on
    if made.part == NOT_LENT:
        yield Reason("发放", f"发放日 {who.lent} 在判定日 {on} 以后", "", False, ("lent",))
        return
    events = at.ready.of.get(narrow(who.loan_number), ())
    happened = tuple(event.source for event in events if event.day <= on)
    said = f"本金 {yuan(who.principal)} − 还本 {yuan(account.repaid)} − 核销 {yuan(account.written_off)}"
    said += f" = 余额 {yuan(account.balance)} 元"
    yield Reason("余额", said, "", None, ("loan_number", "principal"), happened)
    said = f"{who.lent} 发放，{who.months} 个月，首次到期 {account.first_due}"
    said += f"，展期 {account.extended} 个月，到期 {account.due}" if account.extended else ""
    said += f"；逾期 {made.overdue} 天，{made.grade}" if made.overdue else ""
    yield Reason("到期", said, policy.ladder.clause, None, ("lent", "months"))
    said = f"年利率 {plain(account.terms.rate * 100)}%，计息方式 {policy.interest.day_count}，发放至 {on} 应计 {yuan(made.accrued)} 元"
    yield Reason("利息", f"{said}，本期 {yuan(made.interest)} 元", policy.interest.clause, None, ("rate",))
    if policy.subsidy and made.subsidised:
        said = f"{_subsidy_terms(made.subsidised)}：以前各期 {yuan(made.before)} 元，本期 {yuan(made.subsidy)} 元"
        yield Reason("贴息", said, policy.subsidy.clause, None, ("other",))
    elif policy.conditions.other_subsidy and who.other:
        yield Reason(
            "贴息", "已享受其他贴息，不重复贴", policy.conditions.other_subsidy.clause, False, ("other",)
        )
    if policy.guarantee and made.call:
        said = f"逾期 {made.overdue} 天，代偿到期未还本息的 {plain(policy.guarantee.percent)}%：{yuan(made.call)} 元"
        yield Reason("代偿", said, policy.guarantee.clause)


def _subsidy_terms(bearing: Bearing) -> str:
    """How the subsidy is counted, in words."""
    most = "" if bearing.principal_most is None else f"余额至多 {yuan(bearing.principal_most)} 元，"
    share = "" if bearing.share == 1 else f"贴 {plain(bearing.share * 100)}%，"
    return f"{most}年利率 {plain(bearing.rate * 100)}%，{share}到 {bearing.until} 前一天为止"
