"""Cells that say something which could not be read: never taken for blank, so nothing is paid on the strength of them.

The promise: 死亡日期 2026.6.31 or 困难台账 待定 sets the row aside instead of passing for not filled in.
"""

from collections.abc import Iterable, Iterator

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.programmes.subsidies.conditions import Trouble, illegible
from sanchuang_cli.programmes.subsidies.decisions import Decision
from sanchuang_cli.programmes.subsidies.doubts import finding
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.programmes.subsidies.records import Member

_TEXTUAL = frozenset(
    field.name for field in Member.declared() if field.kind not in (Kind.DATE, Kind.FLAG, Kind.MONEY)
)
"""Text is always read as it stands; spells that cannot be read are missed where they are counted."""
_BY_HEADING = {field.heading: field.name for field in Member.declared()}


def unread(decision: Decision) -> Iterator[Finding]:
    """Errors for what the verdicts looked at and the reader could not make out."""
    record = decision.record
    if record.row.unread:
        read = {
            name for verdict in decision.verdicts for clause in verdict.clauses for name in clause.columns
        }
        read |= {
            _BY_HEADING.get(heading, heading)
            for verdict in decision.verdicts
            if verdict.standards
            for amount in verdict.benefit.amount
            for heading in amount.columns
        }
        read |= {
            _BY_HEADING.get(heading, heading)
            for verdict in decision.verdicts
            for claim in verdict.benefit.claim
            if claim.active
            for heading in (claim.column, claim.since)
        }
        for name in illegible(record):
            if name in read and name not in _TEXTUAL:
                said = record.row.written(name)
                yield _finding(record, name, f"这一格写的是“{said}”，看不出意思，不能当作没有填写")


def missing_columns(editions: Iterable[Subsidies], records: Iterable[Member]) -> Iterator[Finding]:
    """Warnings for tables without a column that the document itself declares and goes by: all of it counts as blank."""
    needed = {heading: where for edition in editions for heading, where in edition.columns_needed().items()}
    if not needed:
        return
    tables = {(source.book, source.sheet): source for record in records for source in (record.row.source,)}
    for source in tables.values():
        for heading, where in needed.items():
            if heading not in source.columns:
                yield Finding(
                    "subsidies.no-column",
                    Severity.WARNING,
                    f"这张表没有“{heading}”一列，全部按未填处理",
                    Place(source.book, source.sheet),
                    f"政策的“{where}”要看这一列",
                    f"请加上“{heading}”一列并填写；确实都没有的，可不理会。",
                )


def _finding(record: Member, name: str, message: str) -> Finding:
    basis, mend = "看不清的内容不作为发放的依据", "请核实后改成规定的写法。"
    return finding(record, Severity.ERROR, Trouble("subsidies.unread", name, message, basis, mend))
