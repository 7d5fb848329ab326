"""Declares what an application must meet, as blocks of a policy. Each condition says what was found, what is asked, and what
is lacking.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import ceil

from pydantic import Field

from sanchuang_cli.domain.age import full_years
from sanchuang_cli.domain.exact_numbers import half_up, plain
from sanchuang_cli.domain.loans.rosters import Applicant
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.judging import Odd, Reason
from sanchuang_cli.money import yuan
from sanchuang_cli.policy import Citation, Count, NotNegative, Number, Rule

_WHOLE = 100


class AllowedWords(Rule, title="按名册上的词"):
    """Which words of a column are accepted. A word in neither list is not understood."""

    clause: Citation
    accept: tuple[str, ...] = Field(min_length=1, description="符合的写法")
    refuse: tuple[str, ...] = Field(default=(), description="不符合的写法；两处都没有的，整行待核实")


class Ages(Rule, title="年龄"):
    """From which age to which, in full years on the day of the application."""

    clause: Citation
    least: Number = Field(description="满多少周岁")
    most: Number = Field(description="不超过多少周岁，含本数")


class Least(Rule, title="至少"):
    """A figure that must be reached."""

    clause: Citation
    least: NotNegative = Field(description="至少多少，含本数")


class Most(Rule, title="至多"):
    """A figure that must not be passed."""

    clause: Citation
    most: Count = Field(description="至多多少，含本数")


class Freeze(Rule, title="停贷"):
    """After what nobody is lent to any more."""

    clause: Citation
    days: Number = Field(description="本人或配偶有贷款逾期满几天的不批；有核销的也不批")


class Ban(Rule, title="不得"):
    """Something that rules an application out."""

    clause: Citation


class LoanConditions(Rule, title="申请条件"):
    """The conditions of a document; one that it does not name is not asked."""

    member: AllowedWords | None = Field(default=None, description="“人员类别”：哪些人可以申请")
    age: Ages | None = Field(default=None, description="申请日的年龄")
    own_percent: Least | None = Field(default=None, description="自有资金占总投资的百分之几")
    running_months: Least | None = Field(default=None, description="到申请日项目已开办几个月")
    households: Least | None = Field(default=None, description="带动几户")
    credit: AllowedWords | None = Field(default=None, description="“信用”：哪些算良好")
    term: Most | None = Field(default=None, description="期限几个月")
    other_subsidy: Ban | None = Field(default=None, description="已享受其他贴息的不批")
    open_loans: Most | None = Field(default=None, description="本人和配偶名下没有还清的贷款几笔")
    freeze: Freeze | None = Field(default=None, description="有逾期或核销的，停贷")

    def reasons(self, who: Applicant, odd: Odd) -> Iterator[Reason]:
        """What the row itself says to each condition; the loans of a household are another's to look at."""
        yield from self._words(who, odd)
        on = who.day.earliest
        if self.age:
            age, rule = full_years(who.born, on), self.age
            said = f"{on} 为 {age} 周岁，须满 {rule.least}、不超过 {rule.most} 周岁"
            yield Reason("年龄", said, rule.clause, rule.least <= age <= rule.most, ("identity", "day"))
        if self.own_percent:
            yield _own(who, self.own_percent, odd)
        if self.running_months:
            yield _running(who, self.running_months, on, odd)
        if self.households:
            lacking = ceil(self.households.least) - who.households
            said = f"{who.households} 户，须至少 {plain(self.households.least)} 户{_short(f'{lacking} 户', lacking > 0)}"
            yield Reason("带动户数", said, self.households.clause, lacking <= 0, ("households",))
        if self.term:
            said = f"申请 {who.months} 个月，至多 {self.term.most} 个月"
            yield Reason("期限", said, self.term.clause, 0 < who.months <= self.term.most, ("months",))
        if self.other_subsidy:
            said = {None: "没有填其他贴息", True: "已享受其他贴息", False: "没有其他贴息"}[who.other]
            yield Reason("不重复贴息", said, self.other_subsidy.clause, not who.other, ("other",))

    def _words(self, who: Applicant, odd: Odd) -> Iterator[Reason]:
        asked = (("人员类别", "category", self.member), ("信用", "credit", self.credit))
        for what, name, rule in asked:
            word = getattr(who, name)
            if rule and word not in (*rule.accept, *rule.refuse):
                message = f"{who.name}：{what}“{word}”不在政策所列之内"
                odd.add("word-unknown", name, message, rule.clause)
            if rule:
                said = f"“{word}”，须是{'、'.join(rule.accept)}"
                yield Reason(what, said, rule.clause, word in rule.accept, (name,))


def _short(what: str, short: bool) -> str:
    return f"，还差 {what}" if short else ""


def _own(who: Applicant, rule: Least, odd: Odd) -> Reason:
    """The shares are compared as whole numbers, never on the rounded per cent that is shown."""
    if not who.total or who.own > who.total:
        odd.add(
            "own-over-total", "own", f"{who.name}：自有资金 {yuan(who.own)} 元，总投资 {yuan(who.total)} 元"
        )
    lacking = ceil(rule.least * who.total / _WHOLE) - who.own
    share = half_up(Fraction(who.own * _WHOLE, who.total or 1), 1)
    said = f"{yuan(who.own)} 元，占总投资 {yuan(who.total)} 元的 {share}%，须至少 {plain(rule.least)}%"
    said += _short(f"{yuan(lacking)} 元", lacking > 0)
    return Reason("自有资金", said, rule.clause, lacking <= 0, ("own", "total"))


def _running(who: Applicant, rule: Least, on: date, odd: Odd) -> Reason:
    """So many months are complete on the day of the month on which it began."""
    reached = [months_after(day, ceil(rule.least)) for day in who.opened]
    met = {day <= on for day in reached}
    if len(met) > 1:
        message = f"{who.name}：开办日期只写到 {who.opened}，到 {on} 满不满 {plain(rule.least)} 个月说不准"
        odd.add("opened-vague", "opened", message, rule.clause)
    said = f"{who.opened} 开办，到 {on} 须满 {plain(rule.least)} 个月" + (
        "" if met == {True} else f"，{reached[-1]} 才满"
    )
    return Reason("项目运行", said, rule.clause, met == {True}, ("opened", "day"))
