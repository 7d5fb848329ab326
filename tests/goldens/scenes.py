"""Small companies of made-up rows, each for one thing that can happen, and what is said of them: what is odd, at which cell and by which
clause, where each row ends, and the steps that none before it took."""

from collections.abc import Iterator, Mapping

from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Outcome
from sanchuang_cli.table import Column, Table
from tests.goldens.test_explained import step


def told(scenes: Mapping[str, Whole], but: str = "") -> Iterator[str]:
    """Each scene, without the findings of the code `but`."""
    seen: set[tuple[object, ...]] = set()
    for name, whole in scenes.items():
        yield f"== {name}"
        for one in whole.findings:
            if (code := one.code.partition(".")[2]) == but:
                continue
            yield " | ".join(
                filter(None, (f"{one.severity.label} {code}", str(one.place), one.message, one.basis))
            )
        for verdict in (verdict for verdicts in whole.verdicts.values() for verdict in verdicts):
            fresh = [reason for reason in verdict.reasons if (reason[:5], len(reason.rests_on)) not in seen]
            seen |= {(reason[:5], len(reason.rests_on)) for reason in fresh}
            yield f"{verdict.part}：{verdict.record.row.place()}"
            yield from (f"  {step(reason, verdict.record)}" for reason in fresh)


def pages(scenes: Mapping[str, Outcome]) -> Iterator[str]:
    """What stands on each page of each scene, its columns by the names that --json gives them; what the first page counts; the notices."""
    for name, run in scenes.items():
        yield f"== {name}"
        for table in run.tables:
            yield from _drawn(table)
        for fact in (fact for figures in run.front for fact in figures.facts(run.tables)):
            yield f"首页：{fact.block} {fact.item} {fact.many}"
        for notice in run.notices():
            words = notice.name, notice.title, *notice.basis, notice.what, notice.standard, notice.period
            yield " | ".join((*words, notice.counted))
            yield from _drawn(notice.table)


def _drawn(table: Table) -> Iterator[str]:
    yield f"-- {table.name}：{table.title} {'；'.join(table.notes)}".rstrip()
    yield " | ".join(f"{one.name} {one.title}{''.join(_flags(one))}" for one in table.columns)
    for row in table.rows:
        yield " | ".join("" if cell is None else str(cell) for cell in row).rstrip(" |")


def _flags(column: Column) -> Iterator[str]:
    """Signs of what else is said of a column."""
    signs = {"total": "＋", "wide": "↔", "private": "密", "by_hand": "手", "detail": "细", "if_any": "？"}
    yield from (sign for flag, sign in signs.items() if getattr(column, flag))
    if column.kind is not Kind.TEXT:
        yield f"（{column.kind.value}）"
