"""A verdict as a page: each clause with the cell it read, true or false, then the arithmetic.

What stands on it is the verdict that the rule returned; nothing is judged again.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.entitlement.decisions import Among, Decision, Payment
from sanchuang_cli.domain.entitlement.policy import Entitlements
from sanchuang_cli.domain.entitlement.reasons import BY, Looked
from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.entitlement.rules import Verdict
from sanchuang_cli.domain.payroll.assessment import Assessment, assessed
from sanchuang_cli.domain.payroll.scheme import Scheme
from sanchuang_cli.domain.people import Member, SpellRow
from sanchuang_cli.domain.verdict import Clause, Step
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.outcome import Explained, Occasion, Rosters, Subject
from sanchuang_cli.period import Month
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.record import Row
from sanchuang_cli.table import Column, Table

_COLUMNS = (
    Column("item", "项目"),
    Column("holds", "成立"),
    Column("said", "内容", wide=True),
    Column("cell", "读取的单元格", wide=True),
    Column("written", "原文", wide=True),
    Column("basis", "依据", wide=True),
)


Line = tuple[str | None, ...]


class Cited(NamedTuple):
    """Where a person's cells stand. spells: the rows of a 任职经历 sheet on the person."""

    record: Member
    spells: Sequence[SpellRow] = ()

    def line(self, item: str, holds: str | None, said: str, columns: Sequence[str], basis: str) -> Line:
        """A row of the page: what was read, where it stands and what stands there, numbers masked."""
        row = self.record.row
        apart = self.spells if "spells" in columns else ()
        here = [name for name in columns if row.source.columns.get(name)]
        cells = [_cells(self.record, here), *(str(line.row.place()) for line in apart)]
        written = [row.written(name, _KINDS.get(name, Kind.TEXT)) for name in here]
        written += [" ".join(line.row.written(name) for name in ("start", "end", "post")) for line in apart]
        place, told = ("；".join(filter(None, parts)) or None for parts in (cells, written))
        return item, holds, said, place, told, basis


_KINDS = {field.name: field.kind for field in Member.declared()}


def explanation_pages(
    decision: Decision, spells: Sequence[SpellRow] = (), aside: bool = False
) -> tuple[Table, ...]:
    """One page for each benefit and edition that concerns the person. spells: the rows of a 任职经历 sheet on it. aside:
    whether the row is set aside."""
    cited = Cited(decision.record, spells)
    return tuple(
        Table(
            f"{i}-{verdict.benefit.name}",
            f"{decision.record.name}：{verdict.benefit.name}（{months_text(list(verdict.asked))}）",
            _COLUMNS,
            [
                *(_clause_row(clause, verdict, cited) for clause in verdict.clauses),
                *_tier_rows(verdict, cited),
                *(_looked_row(looked, cited) for looked in verdict.looks()),
                *_span_rows(verdict),
                *(("算式", None, str(step), None, None, None) for step in verdict.steps),
                *_money_rows(verdict, decision, aside),
                *(
                    ("说明", None, note.text, None, None, note.clause)
                    for note in decision.notes.get(verdict.benefit.name, [])
                ),
                *_account_rows(verdict, decision, cited),
            ],
        )
        for i, verdict in enumerate(decision.verdicts, 1)
    )


def _clause_row(clause: Clause, verdict: Verdict, cited: Cited) -> Line:
    holds = "是" if clause.holds(verdict.asked) else "否"
    return cited.line(clause.name, holds, str(clause.said), clause.columns, clause.citation)


def _looked_row(looked: Looked, cited: Cited) -> Line:
    """Something that bore on the sum, or did not: it is no condition of being paid, so it neither holds nor fails."""
    clause = looked.clause
    item = looked.part if clause.name == looked.part else f"{looked.part}：{clause.name}"
    said = f"{'适用' if looked.applies else '不适用'}：{clause.said}"
    return cited.line(item, None, said, clause.columns, clause.citation)


def _span_rows(verdict: Verdict) -> list[tuple[str | None, ...]]:
    """How many months each stretch of counted service makes, from its own first and last month."""
    service, history = verdict.benefit.service, verdict.history
    if service is None or history is None or service.months == "days":
        return []
    rows: list[tuple[str | None, ...]] = []
    for run in history.stretches:
        for piece in run:
            first, last = Month.at(piece.start), Month.at(piece.end - 1)
            sum_ = f"({last.year} − {first.year}) × 12 + {last.month} − {first.month} + 1"
            step = Step(f"{first}至{last}", sum_, str(piece.end - piece.start), "个月")
            rows.append(("算式", None, str(step), None, None, None))
    return rows


def _cells(record: Member, names: Sequence[str]) -> str:
    """Where the fields stand: 名册.xlsx 青禾镇 Q22（财政供养）、R22（录用时间）."""
    source = record.row.source
    places = (replace(record.row.place(name), book="", sheet="") for name in names)
    return f"{source.book} {source.sheet} {'、'.join(map(str, places))}" if names else ""


def _tier_rows(verdict: Verdict, cited: Cited) -> list[Line]:
    """The tier of the latest month, with the cells that the tiers go by, and the clause of the table."""
    if not verdict.standards:
        return []
    latest = max(verdict.standards)
    amount = verdict.benefit.amount_in_force(Month.at(latest).first)
    assert amount, "a month without an amount has no standard"
    names = [
        name for name, heading in _headings(cited.record).items() if heading and heading == amount.column
    ]
    basis = f"{amount.clause}（{amount.mark}）" if amount.mark else amount.clause
    return [cited.line("档次", None, verdict.standards[latest].label, BY.get(amount.by, names), basis)]


def _headings(record: Member) -> dict[str, str]:
    """Fields of the roster and of the policy by name, each with the heading that a policy calls it by."""
    return {name: name for name in record.more} | {field.name: field.heading for field in Member.declared()}


def _account_rows(verdict: Verdict, decision: Decision, cited: Cited) -> list[Line]:
    """Where the money goes, or why it stays on the roster."""
    name = verdict.benefit.name
    later = [other for other in decision.verdicts if other.benefit.name == name][-1]
    if verdict is not later or not any(payment.benefit == name for payment in decision.payments):
        return []
    flawed = flaw(cited.record.account)
    said = f"{flawed}，留在花名册上，不进银行代发文件" if flawed else "进银行代发文件"
    return [cited.line("银行账号", None, said, ("account", "bank"), "银行代发须有有效账号")]


def _money_rows(verdict: Verdict, decision: Decision, aside: bool) -> list[tuple[str | None, ...]]:
    """What falls to each month, what is made good, and what they come to: the amount on the 花名册."""
    name = verdict.benefit.name
    mine = [payment for payment in decision.payments if payment.benefit == name]
    later = [other for other in decision.verdicts if other.benefit.name == name][-1]
    due = [payment for payment in mine if payment.month in verdict.due and not payment.arrears]
    arrears = [payment for payment in mine if payment.arrears] if verdict is later else []
    rows: list[tuple[str | None, ...]] = []
    kept = [Payment(name, at, fen, False) for at, fen in verdict.withheld if at in verdict.asked]
    for what, payments in (("应发", due), ("补发", arrears), ("扣发", kept)):
        if payments:
            rows.append((what, None, f"{_sum(payments)} 元（{_months(payments)}）", None, None, None))
    if verdict is later and mine:
        what = "按所写应发" if aside else "本期金额"
        rows.append((what, None, f"{yuan(sum(p.fen for p in mine))} 元", None, None, None))
    return rows


def _sum(payments: Sequence[Payment]) -> str:
    total = yuan(sum(payment.fen for payment in payments))
    return f"{' + '.join(str(yuan(payment.fen)) for payment in payments)} = {total}"


def _months(payments: Sequence[Payment]) -> str:
    return months_text(sorted(payment.month for payment in payments))


def explained(
    scheme: Scheme, rosters: Rosters, policy: PolicyFile[Entitlements], occasion: Occasion
) -> Explained:
    """Every row of the roster with what came of it in the run; a row that could not be read has no pages."""
    assessment = assessed(scheme, rosters, policy, occasion)
    paid, refused = Among(assessment.paid), Among(assessment.refused)
    spells: dict[str, list[SpellRow]] = defaultdict(list)
    for line in rosters["spells"].records:
        spells[line.identity].append(line)
    judged = [
        Subject(
            decision.record.row,
            decision.record.name,
            decision.record.identity,
            (decision.record.township, decision.record.village),
            _outcome(assessment, decision, paid, refused),
            partial(
                explanation_pages,
                decision,
                spells.get(decision.record.identity, ()),
                decision in assessment.aside,
            ),
        )
        for decision in assessment.decisions
    ]
    unread = [_unread(row) for row in rosters["members"].set_aside]
    return Explained((*judged, *unread), assessment.findings)


def _outcome(assessment: Assessment, decision: Decision, paid: Among, refused: Among) -> str:
    if decision in paid:
        return f"发放 {yuan(decision.fen)} 元"
    if decision in refused:
        return "不予发放"
    if decision in assessment.aside:
        return "待核实，不发放"
    return (
        "与另一处重复，合并发一份" if decision.verdicts else f"不属于任何一项{assessment.scheme.noun}的对象"
    )


def _unread(row: Row) -> Subject:
    about = row.written("township"), row.written("village")
    return Subject(
        row, row.written("name"), row.written("identity"), about, "待核实，名册这一行没有读成", lambda: ()
    )
