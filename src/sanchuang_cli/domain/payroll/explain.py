"""Makes the pages of `explain`: each clause of a verdict with the cell it read and whether it holds, then the arithmetic.

It makes tables from verdicts that the rules have returned, and judges nothing again.
"""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.entitlement.decisions import Decision, Payment
from sanchuang_cli.domain.entitlement.reasons import BY, AmountReason
from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.entitlement.rules import BenefitVerdict
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.payroll.wording import joined
from sanchuang_cli.domain.people import Member, SpellRow
from sanchuang_cli.domain.verdict import Clause, Step
from sanchuang_cli.explaining import EXPLAINED, cited
from sanchuang_cli.judging import Whole
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Month
from sanchuang_cli.record import Roster
from sanchuang_cli.table import Table


class ExplainedLine(NamedTuple):
    """A line of an explanation, with a field for each column."""

    item: str
    holds: str | None = None
    said: str | None = None
    cell: str | None = None
    written: str | None = None
    basis: str | None = None


_KINDS = {field.name: field.kind for field in Member.declared()}


class Cited(NamedTuple):
    """A person's row, to cite its cells. spells: the person's rows on the 任职经历 sheet."""

    record: Member
    spells: Sequence[SpellRow] = ()

    def line(
        self, item: str, holds: str | None, said: str, columns: Sequence[str], basis: str
    ) -> ExplainedLine:
        """A line of the page: what the clause says, in which cells, and what is written there, with numbers masked."""
        place, written = cited(self.record.row, columns, _KINDS)
        spells = [line.row for line in self.spells] if "spells" in columns else []
        places = joined((place, *(str(row.place()) for row in spells)))
        of_spells = (" ".join(row.written(name) for name in ("start", "end", "post")) for row in spells)
        return ExplainedLine(item, holds, said, places, joined((written, *of_spells)), basis)


def explanation_pages(
    decision: Decision, spells: Sequence[SpellRow] = (), aside: bool = False
) -> tuple[Table, ...]:
    """A page for each benefit and edition that concerns the person. spells: the person's rows on the 任职经历 sheet. aside:
    whether the row is set aside."""
    where = Cited(decision.record, spells)
    return tuple(
        Table(
            f"{i}-{verdict.benefit.name}",
            f"{decision.record.name}：{verdict.benefit.name}（{months_text(list(verdict.asked))}）",
            EXPLAINED,
            [
                *(_clause_row(clause, verdict, where) for clause in verdict.clauses),
                *_tier_rows(verdict, where),
                *(_looked_row(looked, where) for looked in verdict.looks()),
                *_span_rows(verdict),
                *(ExplainedLine("算式", said=str(step)) for step in verdict.steps),
                *_money_rows(verdict, decision, aside),
                *(
                    ExplainedLine("说明", said=note.text, basis=note.clause)
                    for note in decision.notes.get(verdict.benefit.name, ())
                ),
                *_account_rows(verdict, decision, where),
            ],
        )
        for i, verdict in enumerate(decision.verdicts, 1)
    )


def _payments(verdict: BenefitVerdict, decision: Decision) -> list[Payment]:
    """What is paid of the benefit, by any edition."""
    return [payment for payment in decision.payments if payment.benefit == verdict.benefit.name]


def _is_last(verdict: BenefitVerdict, decision: Decision) -> bool:
    """Whether no later edition has a page on the same benefit. Only the last page has the total and the account."""
    of_benefit = [other for other in decision.verdicts if other.benefit.name == verdict.benefit.name]
    return verdict is of_benefit[-1]


def _clause_row(clause: Clause, verdict: BenefitVerdict, where: Cited) -> ExplainedLine:
    holds = "是" if clause.holds(verdict.asked) else "否"
    return where.line(clause.name, holds, str(clause.said), clause.columns, clause.citation)


def _looked_row(looked: AmountReason, where: Cited) -> ExplainedLine:
    """Something that changes the sum, or would have. It is no condition of being paid, so it is neither 是 nor 否."""
    clause = looked.clause
    item = looked.part if clause.name == looked.part else f"{looked.part}：{clause.name}"
    said = f"{'适用' if looked.applies else '不适用'}：{clause.said}"
    return where.line(item, None, said, clause.columns, clause.citation)


def _span_rows(verdict: BenefitVerdict) -> list[ExplainedLine]:
    """How many months each stretch of counted service has, worked out from its first and last month."""
    service, history = verdict.benefit.service, verdict.history
    if service is None or history is None or service.months == "days":
        return []
    rows: list[ExplainedLine] = []
    for piece in chain.from_iterable(history.stretches):
        first, last = Month.at(piece.start), Month.at(piece.end - 1)
        difference = f"({last.year} − {first.year}) × 12 + {last.month} − {first.month} + 1"
        step = Step(f"{first}至{last}", difference, str(piece.end - piece.start), "个月")
        rows.append(ExplainedLine("算式", said=str(step)))
    return rows


def _tier_rows(verdict: BenefitVerdict, where: Cited) -> list[ExplainedLine]:
    """The tier of the latest month, with the cells on which the tiers depend, and the clause of the table."""
    if not verdict.shown:
        return []
    latest = max(verdict.shown)
    amount = verdict.benefit.amount_in_force(Month.at(latest).first)
    assert amount, "a month without an amount has no standard"
    names = [
        name for name, heading in _headings(where.record).items() if heading and heading == amount.column
    ]
    basis = f"{amount.clause}（{amount.mark}）" if amount.mark else amount.clause
    return [where.line("档次", None, verdict.shown[latest].label, BY.get(amount.by, names), basis)]


def _headings(record: Member) -> dict[str, str]:
    """Fields of the roster and of the policy by name, with the headings that a policy uses for them."""
    return {name: name for name in record.more} | {field.name: field.heading for field in Member.declared()}


def _account_rows(verdict: BenefitVerdict, decision: Decision, where: Cited) -> list[ExplainedLine]:
    """Whether the money goes to the bank's list, or why it stays on the roster only."""
    if not _is_last(verdict, decision) or not _payments(verdict, decision):
        return []
    flawed = flaw(where.record.account)
    result = f"{flawed}，留在花名册上，不进银行代发文件" if flawed else "进银行代发文件"
    return [where.line("银行账号", None, result, ("account", "bank"), "银行代发须有有效账号")]


def _money_rows(verdict: BenefitVerdict, decision: Decision, aside: bool) -> list[ExplainedLine]:
    """The sums of the months, the arrears, what is withheld, and the total: the amount on the 花名册."""
    paid, last = _payments(verdict, decision), _is_last(verdict, decision)
    due = [payment for payment in paid if payment.month in verdict.due and not payment.arrears]
    arrears = [payment for payment in paid if payment.arrears] if last else []
    withheld = [
        Payment(verdict.benefit.name, at, fen, False) for at, fen in verdict.withheld if at in verdict.asked
    ]
    rows = [
        ExplainedLine(item, said=f"{_sum(payments)} 元（{_months(payments)}）")
        for item, payments in (("应发", due), ("补发", arrears), ("扣发", withheld))
        if payments
    ]
    if last and paid:
        item = "按所写应发" if aside else "本期金额"
        rows.append(ExplainedLine(item, said=f"{yuan(sum(payment.fen for payment in paid))} 元"))
    return rows


def _sum(payments: Sequence[Payment]) -> str:
    total = yuan(sum(payment.fen for payment in payments))
    return f"{' + '.join(str(yuan(payment.fen)) for payment in payments)} = {total}"


def _months(payments: Sequence[Payment]) -> str:
    return months_text(sorted(payment.month for payment in payments))


def outcome(decision: Decision, whole: Whole) -> str:
    """What happens to a row that is not set aside, in one phrase."""
    payroll: Payroll = whole.more
    if not decision.verdicts:
        return f"不属于任何一项{payroll.scheme.noun}的对象"
    if id(decision.record.row) in payroll.merged:
        return "与另一处重复，合并发一份"
    return f"发放 {yuan(decision.fen)} 元" if decision.payments else decision.part


def pages(decision: Decision, whole: Whole) -> tuple[Table, ...]:
    """The pages on a row of the roster."""
    sheet = whole.at.rosters.get("spells", Roster())
    spells = [line for line in sheet.records if line.identity == decision.record.identity]
    aside = any(row is decision.record.row for row in whole.aside)
    return explanation_pages(decision, spells, aside)
