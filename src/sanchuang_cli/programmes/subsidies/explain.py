"""A verdict as a page: each clause with the cell it read, true or false, then the arithmetic.

What stands on it is the verdict that the rule returned; nothing is judged again.
"""

from sanchuang_cli.domain.entitlement import Clause
from sanchuang_cli.programmes.subsidies.decisions import Decision
from sanchuang_cli.programmes.subsidies.records import Member
from sanchuang_cli.programmes.subsidies.rulebook import months_text
from sanchuang_cli.programmes.subsidies.rules import Verdict
from sanchuang_cli.report.table import Column, Table

_COLUMNS = (
    Column("item", "项目"),
    Column("holds", "成立"),
    Column("said", "内容", wide=True),
    Column("cell", "读取的单元格", wide=True),
    Column("written", "原文", wide=True),
    Column("basis", "依据", wide=True),
)


def explanation_pages(decision: Decision) -> tuple[Table, ...]:
    """One page for each benefit and edition that concerns the person."""
    return tuple(
        Table(
            f"{i}-{verdict.benefit.name}",
            f"{decision.record.name}：{verdict.benefit.name}（{months_text(list(verdict.asked))}）",
            _COLUMNS,
            [
                *(_clause_row(clause, verdict, decision.record) for clause in verdict.clauses),
                *(("算式", None, str(step), None, None, None) for step in verdict.steps),
                *_month_rows(verdict),
                *(
                    ("说明", None, note, None, None, None)
                    for note in decision.notes.get(verdict.benefit.name, [])
                ),
            ],
        )
        for i, verdict in enumerate(decision.verdicts, 1)
    )


def _clause_row(clause: Clause, verdict: Verdict, record: Member) -> tuple[str | None, ...]:
    kinds = {field.name: field.kind for field in Member.declared()}
    read = [name for name in clause.columns if record.row.source.columns.get(name)]
    cells = "；".join(str(record.row.place(name)) for name in read)
    written = "；".join(
        record.row.written(name, kinds[name]) if name in kinds else record.row.written(name) for name in read
    )
    holds = "是" if clause.holds(verdict.asked) else "否"
    return clause.name, holds, str(clause.said), cells or None, written or None, clause.citation


def _month_rows(verdict: Verdict) -> list[tuple[str | None, ...]]:
    """What falls to each month, and their sum."""
    if not verdict.due:
        return []
    written = [f"{fen // 100}.{fen % 100:02d}" for fen in verdict.due.values()]
    total = sum(verdict.due.values())
    line = (
        f"{' + '.join(written)} = {total // 100}.{total % 100:02d} 元（{months_text(sorted(verdict.due))}）"
    )
    return [("应发", None, line, None, None, None)]
