"""Judges what each body is granted and may deduct; over all of them, what their figures say beside each other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace as changed
from math import floor

from msgspec.structs import replace

from sanchuang_cli.domain.grants import base_pay, granting
from sanchuang_cli.domain.grants.granting import Grant, applies
from sanchuang_cli.domain.grants.spending import told
from sanchuang_cli.domain.payroll.sure_payees import OF_PAYEES
from sanchuang_cli.domain.pays import Pays, organisation
from sanchuang_cli.finding import ALL, Doubt, Doubts, Severity
from sanchuang_cli.judging import At, Company, Joint, Odd, Reason, Told
from sanchuang_cli.money import fen, yuan
from sanchuang_cli.programmes.budget.policy import BudgetPolicy, FundedBody

_W = Severity.WARNING
DOUBTS = Doubts(
    {
        **granting.DOUBTS,
        **base_pay.DOUBTS,
        **OF_PAYEES,
        "stated-differs": Doubt(_W, "标准按文件算出", "请核对表上的数；结果用的是算出的数。"),
        "below-average": Doubt(_W, mend="请核对各项标准；不足的请追加。"),
    }
)


class Budget(Grant[FundedBody], frozen=True, kw_only=True, eq=False):
    """What a body has for the year. deductible, beyond: of a company's expenses in fen, what it can deduct and what not.
    base_pay: of its cadres, None where no result says it."""

    deductible: int | None = None
    beyond: int | None = None
    base_pay: int | None = None


PAYS = Pays(lambda budget: budget.due, organisation, yearly=True)
TO_BANK = changed(PAYS, due=lambda budget: budget.unpaid)


def ready(at: At[BudgetPolicy]) -> Counter[tuple[str, str]]:
    """How many cadres of each body wait in the results of `pay`. Raises UserError for a period that is no year."""
    granting.whole_year(at)
    return base_pay.waiting(at)


def judge(body: FundedBody, at: At[BudgetPolicy], odd: Odd) -> Budget | None:
    """What is granted to the body by itself, what it may deduct, and beside it the base pay of its cadres."""
    made = granting.granted(body, at, odd, Budget)
    if made is None:
        return None
    pay = base_pay.base_pay(body, made.type, at, odd)
    return _deducted(replace(made, base_pay=pay.fen, reasons=(*made.reasons, *pay.reasons)), at, odd)


def _deducted(made: Budget, at: At[BudgetPolicy], odd: Odd) -> Budget:
    rule, body = at.policy.deductible, made.record
    if rule is None or made.type not in rule.types or body.overhead is None:
        return made
    if body.payroll is None:
        odd.add("needed", "payroll", f"{body.called}：工资总额空着，管理费列支算不出", rule.clause)
        return made
    limit = floor(body.payroll * rule.percent / 100)
    within = min(body.overhead, limit)
    share = f"{yuan(body.payroll)} × {rule.percent}% = {yuan(limit)}"
    said = f"支出 {yuan(body.overhead)}，限额 {share}，可列支 {yuan(within)} 元"
    reason = Reason("管理费列支", said, rule.clause, None, ("payroll", "overhead"))
    return replace(made, deductible=within, beyond=body.overhead - within, reasons=(*made.reasons, reason))


def together(company: Company) -> Joint:
    """The pots, what was paid out and what was spent; and what a county's figures say beside each other."""
    beside, at = granting.beside(company, "bodies", "vouchers", "payments"), company.at
    notes = [*beside.told, *_stated(beside.grants, at), *base_pay.left_over(company, "bodies")]
    notes += _average(beside.grants, at) if beside.complete else ()
    return Joint({"bodies": beside.grants, "vouchers": beside.vouchers}, notes, more=beside.left_out)


def _stated(budgets: Sequence[Budget], at: At[BudgetPolicy]) -> Iterator[Told]:
    for budget in budgets:
        stated = budget.record.stated
        if stated is not None and stated != budget.standard:
            said = f"表上核定 {yuan(stated)} 元，按文件是 {yuan(budget.standard)} 元"
            yield told("stated-differs", budget.record, "stated", said, at, at.policy.document)


def _average(budgets: Sequence[Budget], at: At[BudgetPolicy]) -> Iterator[Told]:
    rule = at.policy.average
    counted = [budget.standard for budget in budgets if rule and applies(rule, budget.type)]
    if rule and (lacking := fen(rule.at_least) * len(counted) - sum(counted)) > 0:
        said = f"{len(counted)} 个合计 {yuan(sum(counted))} 元，平均不到 {rule.at_least} 元，差 {yuan(lacking)} 元"
        yield Told(at.doubts.at("below-average", ALL, said, rule.clause))
