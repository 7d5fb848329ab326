"""A verdict as a page: each clause with the cell it read, true or false, then the arithmetic.

What stands on it is the verdict that the rule returned; nothing is judged again.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.entitlement.decisions import Decision, Payment
from sanchuang_cli.domain.entitlement.reasons import BY, Looked
from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.entitlement.rules import Verdict
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.people import Member, SpellRow
from sanchuang_cli.domain.verdict import Clause, Step
from sanchuang_cli.explaining import EXPLAINED, cited
from sanchuang_cli.judging import Whole
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Month
from sanchuang_cli.record import Roster
from sanchuang_cli.table import Table


class Line(NamedTuple):
    """A line of an explanation, a field for each of its columns."""

    item: str
    holds: str | None = None
    said: str | None = None
    cell: str | None = None
    written: str | None = None
    basis: str | None = None


_KINDS = {field.name: field.kind for field in Member.declared()}


class Cited(NamedTuple):
    """Where a person's cells stand. spells: the rows of a 任职经历 sheet on the person."""

    record: Member
    spells: Sequence[SpellRow] = ()

    def line(self, item: str, holds: str | None, said: str, columns: Sequence[str], basis: str) -> Line:
        """A line of the page: what was read, where it stands and what stands there, numbers masked."""
        place, told = cited(self.record.row, columns, _KINDS)
        apart = [line.row for line in self.spells] if "spells" in columns else []
        places = _joined(place, *(str(row.place()) for row in apart))
        written = (" ".join(row.written(name) for name in ("start", "end", "post")) for row in apart)
        return Line(item, holds, said, places, _joined(told, *written), basis)


def _joined(*parts: str | None) -> str | None:
    return "；".join(filter(None, parts)) or None


def explanation_pages(
    decision: Decision, spells: Sequence[SpellRow] = (), aside: bool = False
) -> tuple[Table, ...]:
    """One page for each benefit and edition that concerns the person. spells: the rows of a 任职经历 sheet on it. aside:
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
                *(Line("算式", said=str(step)) for step in verdict.steps),
                *_money_rows(verdict, decision, aside),
                *(
                    Line("说明", said=note.text, basis=note.clause)
                    for note in decision.notes.get(verdict.benefit.name, ())
                ),
                *_account_rows(verdict, decision, where),
            ],
        )
        for i, verdict in enumerate(decision.verdicts, 1)
    )


def _clause_row(clause: Clause, verdict: Verdict, where: Cited) -> Line:
    holds = "是" if clause.holds(verdict.asked) else "否"
    return where.line(clause.name, holds, str(clause.said), clause.columns, clause.citation)


def _looked_row(looked: Looked, where: Cited) -> Line:
    """Something that bore on the sum, or did not: it is no condition of being paid, so it neither holds nor fails."""
    clause = looked.clause
    item = looked.part if clause.name == looked.part else f"{looked.part}：{clause.name}"
    said = f"{'适用' if looked.applies else '不适用'}：{clause.said}"
    return where.line(item, None, said, clause.columns, clause.citation)


def _span_rows(verdict: Verdict) -> list[Line]:
    """How many months each stretch of counted service makes, from its own first and last month."""
    service, history = verdict.benefit.service, verdict.history
    if service is None or history is None or service.months == "days":
        return []
    rows: list[Line] = []
    for run in history.stretches:
        for piece in run:
            first, last = Month.at(piece.start), Month.at(piece.end - 1)
            sum_ = f"({last.year} − {first.year}) × 12 + {last.month} − {first.month} + 1"
            step = Step(f"{first}至{last}", sum_, str(piece.end - piece.start), "个月")
            rows.append(Line("算式", said=str(step)))
    return rows


def _tier_rows(verdict: Verdict, where: Cited) -> list[Line]:
    """The tier of the latest month, with the cells that the tiers go by, and the clause of the table."""
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
    """Fields of the roster and of the policy by name, each with the heading that a policy calls it by."""
    return {name: name for name in record.more} | {field.name: field.heading for field in Member.declared()}


def _account_rows(verdict: Verdict, decision: Decision, where: Cited) -> list[Line]:
    """Where the money goes, or why it stays on the roster."""
    name = verdict.benefit.name
    later = [other for other in decision.verdicts if other.benefit.name == name][-1]
    if verdict is not later or not any(payment.benefit == name for payment in decision.payments):
        return []
    flawed = flaw(where.record.account)
    said = f"{flawed}，留在花名册上，不进银行代发文件" if flawed else "进银行代发文件"
    return [where.line("银行账号", None, said, ("account", "bank"), "银行代发须有有效账号")]


def _money_rows(verdict: Verdict, decision: Decision, aside: bool) -> list[Line]:
    """What falls to each month, what is made good, and what they come to: the amount on the 花名册."""
    name = verdict.benefit.name
    mine = [payment for payment in decision.payments if payment.benefit == name]
    later = [other for other in decision.verdicts if other.benefit.name == name][-1]
    due = [payment for payment in mine if payment.month in verdict.due and not payment.arrears]
    arrears = [payment for payment in mine if payment.arrears] if verdict is later else []
    rows: list[Line] = []
    kept = [Payment(name, at, fen, False) for at, fen in verdict.withheld if at in verdict.asked]
    for what, payments in (("应发", due), ("补发", arrears), ("扣发", kept)):
        if payments:
            rows.append(Line(what, said=f"{_sum(payments)} 元（{_months(payments)}）"))
    if verdict is later and mine:
        what = "按所写应发" if aside else "本期金额"
        rows.append(Line(what, said=f"{yuan(sum(p.fen for p in mine))} 元"))
    return rows


def _sum(payments: Sequence[Payment]) -> str:
    total = yuan(sum(payment.fen for payment in payments))
    return f"{' + '.join(str(yuan(payment.fen)) for payment in payments)} = {total}"


def _months(payments: Sequence[Payment]) -> str:
    return months_text(sorted(payment.month for payment in payments))


def outcome(decision: Decision, whole: Whole) -> str:
    """What came of a row that is not set aside."""
    payroll: Payroll = whole.more
    if not decision.verdicts:
        return f"不属于任何一项{payroll.scheme.noun}的对象"
    if id(decision.record.row) in payroll.merged:
        return "与另一处重复，合并发一份"
    return f"发放 {yuan(decision.fen)} 元" if decision.payments else decision.part


def pages(decision: Decision, whole: Whole) -> tuple[Table, ...]:
    """The verdict on a row of the roster."""
    sheet = whole.at.rosters.get("spells", Roster())
    spells = [line for line in sheet.records if line.identity == decision.record.identity]
    aside = any(row is decision.record.row for row in whole.aside)
    return explanation_pages(decision, spells, aside)
