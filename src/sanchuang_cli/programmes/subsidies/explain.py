"""A verdict as a page: each clause with the cell it read, true or false, then the arithmetic.

What stands on it is the verdict that the rule returned; nothing is judged again.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sanchuang_cli.domain.entitlement import Clause, Step
from sanchuang_cli.domain.months import month
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Explained, Occasion, Rosters, Subject
from sanchuang_cli.programmes.subsidies.assessment import assessed
from sanchuang_cli.programmes.subsidies.decisions import Decision, Payment
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.programmes.subsidies.records import Member, SpellRow
from sanchuang_cli.programmes.subsidies.rulebook import months_text
from sanchuang_cli.programmes.subsidies.rules import Verdict
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


def explanation_pages(decision: Decision, spells: Sequence[SpellRow] = ()) -> tuple[Table, ...]:
    """One page for each benefit and edition that concerns the person. spells: the rows of a 任职经历 sheet on it."""
    return tuple(
        Table(
            f"{i}-{verdict.benefit.name}",
            f"{decision.record.name}：{verdict.benefit.name}（{months_text(list(verdict.asked))}）",
            _COLUMNS,
            [
                *(_clause_row(clause, verdict, decision.record, spells) for clause in verdict.clauses),
                *_tier_rows(verdict),
                *_span_rows(verdict),
                *(("算式", None, str(step), None, None, None) for step in verdict.steps),
                *_money_rows(verdict, decision),
                *(
                    ("说明", None, note.text, None, None, note.clause)
                    for note in decision.notes.get(verdict.benefit.name, [])
                ),
            ],
        )
        for i, verdict in enumerate(decision.verdicts, 1)
    )


def _clause_row(
    clause: Clause, verdict: Verdict, record: Member, spells: Sequence[SpellRow]
) -> tuple[str | None, ...]:
    kinds = {field.name: field.kind for field in Member.declared()}
    apart = spells if "spells" in clause.columns else ()
    here = [name for name in clause.columns if record.row.source.columns.get(name)]
    cells = [_cells(record, here), *(str(line.row.place()) for line in apart)]
    written = [record.row.written(name, kinds.get(name, Kind.TEXT)) for name in here]
    written += [" ".join(line.row.written(name) for name in ("start", "end", "post")) for line in apart]
    holds = "是" if clause.holds(verdict.asked) else "否"
    told = "；".join(filter(None, written))
    return (
        clause.name,
        holds,
        str(clause.said),
        "；".join(filter(None, cells)) or None,
        told or None,
        clause.citation,
    )


def _span_rows(verdict: Verdict) -> list[tuple[str | None, ...]]:
    """How many months each stretch of counted service makes, from its own first and last month."""
    service, history = verdict.benefit.service, verdict.history
    if service is None or history is None or service.months == "days":
        return []
    rows: list[tuple[str | None, ...]] = []
    for run in history.stretches:
        for piece in run:
            first, last = month(piece.start), month(piece.end - 1)
            sum_ = f"({last.year} − {first.year}) × 12 + {last.month} − {first.month} + 1"
            step = Step(f"{first}至{last}", sum_, str(piece.end - piece.start), "个月")
            rows.append(("算式", None, str(step), None, None, None))
    return rows


def _cells(record: Member, names: Sequence[str]) -> str:
    """Where the fields stand: 名册.xlsx 青禾镇 Q22（财政供养）、R22（录用时间）."""
    source = record.row.source
    places = (replace(record.row.place(name), book="", sheet="") for name in names)
    return f"{source.book} {source.sheet} {'、'.join(map(str, places))}" if names else ""


def _tier_rows(verdict: Verdict) -> list[tuple[str | None, ...]]:
    """The tier of the latest month, with the columns that it and what is set off go by, and the clause of the table."""
    if not verdict.standards:
        return []
    latest = max(verdict.standards)
    amount, record = verdict.benefit.amount_in_force(month(latest).first), verdict.record
    assert amount, "a month without an amount has no standard"
    headings = {
        amount.column,
        *(top.column for top in amount.top_up),
        *(i.when.column for i in amount.instead),
        *(once.column for once in amount.set_off),
    }
    by = [field.name for field in Member.declared() if field.heading in headings]
    here = [name for name in by if record.row.source.columns.get(name)]
    written = "；".join(filter(None, map(record.row.written, here)))
    basis = f"{amount.clause}（{amount.mark}）" if amount.mark else amount.clause
    return [
        ("档次", None, verdict.standards[latest].label, _cells(record, here) or None, written or None, basis)
    ]


def _money_rows(verdict: Verdict, decision: Decision) -> list[tuple[str | None, ...]]:
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
        what = "按所写应发" if decision.set_aside else "本期金额"
        rows.append((what, None, f"{yuan(sum(p.fen for p in mine))} 元", None, None, None))
    return rows


def _sum(payments: Sequence[Payment]) -> str:
    total = yuan(sum(payment.fen for payment in payments))
    return f"{' + '.join(str(yuan(payment.fen)) for payment in payments)} = {total}"


def _months(payments: Sequence[Payment]) -> str:
    return months_text(sorted(payment.month for payment in payments))


def explained(rosters: Rosters, policy: PolicyFile[Subsidies], occasion: Occasion) -> Explained:
    """Every row of the roster with what came of it in the run; a row that could not be read has no pages."""
    assessment = assessed(rosters, policy, occasion)
    outcomes = {id(d): f"发放 {yuan(d.fen)} 元" for d in assessment.paid}
    outcomes |= {id(d): "不予发放" for d in assessment.refused}
    spells: dict[str, list[SpellRow]] = defaultdict(list)
    for line in rosters["spells"].records:
        spells[line.identity].append(line)
    judged = [
        Subject(
            decision.record.row,
            decision.record.name,
            decision.record.identity,
            (decision.record.township, decision.record.village),
            outcomes.get(id(decision)) or _neither(decision),
            partial(explanation_pages, decision, spells.get(decision.record.identity, ())),
        )
        for decision in assessment.decisions
    ]
    unread = [_unread(row) for row in rosters["members"].set_aside]
    return Explained((*judged, *unread), assessment.findings)


def _neither(decision: Decision) -> str:
    if decision.set_aside:
        return "待核实，不发放"
    return "与另一处重复，合并发一份" if decision.verdicts else "不属于任何一项补贴的对象"


def _unread(row: Row) -> Subject:
    about = row.written("township"), row.written("village")
    return Subject(
        row, row.written("name"), row.written("identity"), about, "待核实，名册这一行没有读成", lambda: ()
    )
