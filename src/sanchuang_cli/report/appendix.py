"""Puts all sheets of a workbook in their order: 首页 first, and last 来源, which says what the figures came
from.

It may look at a finished run and its tables. It gives tables and writes no file.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sanchuang_cli import __version__
from sanchuang_cli.finding import Severity
from sanchuang_cli.report import drafts, front_page, sealing, worklists
from sanchuang_cli.report.picked import BESIDE, UNDRAWN, picked
from sanchuang_cli.report.run import Run
from sanchuang_cli.table import Column, Table

PART = "分册"
"""The name of the line of 来源 which says which township's workbook this is, and of how many."""


def pages(run: Run, by: str = "") -> tuple[Table, ...]:
    """Return all sheets of a run's workbook in order. by: the name or title of a column; each of its values
    gets a sheet of its own."""
    chosen, details = run.printing.columns, run.printing.details
    chosen_pages = [
        picked(part, chosen.get(table.name), details=details)
        for table in run.outcome.tables
        for part in apart(table, by)
    ]
    chosen_pages += worklists.pages(run)
    facts = [fact for page in chosen_pages for fact in page.facts]
    facts += _undrawn(run, facts)
    return (front_page.page(run), *(page.table for page in chosen_pages), sources(run, facts))


def _undrawn(run: Run, facts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Return what was left out to keep the workbook short, and how to get it."""
    names = "、".join(run.outcome.undrawn)
    if names:
        yield UNDRAWN, f"{names}：加 --details 就写出（任务文件里写 details = true）"
    if not run.printing.details and any(item == BESIDE for item, _ in facts):
        yield BESIDE, "以上各栏在各表的右侧，打印区以外；加 --details 就打印，只有表名已经说明的栏除外"


def sealed(run: Run, by: str = "") -> tuple[Table, ...]:
    """Return the same sheets, with the digest over all of them as the last lines of 来源. This is what a
    workbook holds."""
    own = _with_drafts(run, by)
    blank = (None,) * (len(own[-1].columns) - 2)
    seal = [(*line, *blank) for line in sealing.lines(run.policy, own)]
    told = replace(own[-1], rows=[*own[-1].rows, *seal])
    return (*own[:-1], told)


def _with_drafts(run: Run, by: str) -> tuple[Table, ...]:
    """Return the sheets with the drafts of the run's notices on the last, 来源."""
    own = pages(run, by)
    return (*own[:-1], drafts.beside(own[-1], run))


def digests(*runs: Run, by: str = "") -> list[str]:
    """Return the SHA-256 of the digest of each of these runs, by which the ledger knows their workbooks. All
    go by one policy."""
    return [
        digest.sha256 for digest in sealing.digests(runs[0].policy, *(_with_drafts(run, by) for run in runs))
    ]


def apart(table: Table, by: str) -> list[Table]:
    """Return a table for each value of the column called `by`, in the order in which the values come.

    It is the table itself if there is no such column, or if a chart of it compares these values.
    """
    at = next((j for j, column in enumerate(table.columns) if column.called({by})), None)
    if at is None or (table.chart and table.chart.categories == table.columns[at].name):
        return [table]
    rows: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for row in table.rows:
        rows[row[at]].append(row)
    parts = [(value or "未填", own) for value, own in rows.items()]
    return [
        replace(table.part(table.columns[at].name, own, said), name=f"{said}{table.name}")
        for said, own in parts
    ] or [table]


def sources(run: Run, unprinted: Sequence[tuple[str, str]] = ()) -> Table:
    """Return 来源: what was asked, the policy, each input with its hash, and where every row went.

    unprinted: what it says about columns that are not printed.
    """
    columns = (Column("item", "项目"), Column("value", "内容", wide=True))
    return Table(
        "来源",
        f"{run.title}来源（{run.occasion.period.title}）",
        columns,
        [*_facts(run), *unprinted],
    )


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    outcome, occasion = run.outcome, run.occasion
    yield "事项", f"{run.title}（{run.name}）"
    yield "期间", f"{occasion.period.title}（{occasion.period}）"
    yield "判定日", occasion.on.isoformat()
    if run.part:
        yield PART, run.part
    for edition in run.editions:
        yield "政策", edition.title
        yield "文号", edition.document
        yield "版本", f"{edition.effective.isoformat()} 起施行"
        yield from (("政策出处", source) for source in edition.sources)
        yield from (("政策备注", remark) for remark in edition.remarks)
    yield "政策文件", run.policy.name
    yield "政策文件 SHA-256", run.policy.sha256
    for number, book in enumerate(run.inputs, 1):
        yield f"名册{number}", book.file
        yield f"名册{number} SHA-256", book.sha256
        yield f"名册{number} 行数", book.said
    if len(run.books.lines) > 1:
        yield from (("文件", line.strip()) for line in run.books.lines)
    yield "守恒", str(outcome.tally)
    yield "疑点", "，".join(f"{severity.label} {run.count(severity)}" for severity in Severity)
    if run.disclosure.columns:
        yield "公布时不遮盖的栏目", "、".join(sorted(run.disclosure.columns))
        yield "不遮盖的理由", run.disclosure.reason
    yield "程序版本", f"sanchuang {__version__}"
