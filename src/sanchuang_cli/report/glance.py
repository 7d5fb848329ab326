"""Gives what is seen first of a run, as plain values with numbers masked: 首页, and the first findings of each kind.

It may look at a finished run, or at findings. The desk shows it; everything else is in the workbook.
"""

from collections.abc import Sequence
from typing import Any

from sanchuang_cli.finding import Finding, by_weight
from sanchuang_cli.kind import hidden
from sanchuang_cli.report import front_page, shown
from sanchuang_cli.report.drawing import FIGURES
from sanchuang_cli.report.run import Run
from sanchuang_cli.report.whom import Named
from sanchuang_cli.table import Table
from sanchuang_cli.tally import Tally

_MOST = 20
"""How many findings of a kind are told in full."""


def of_run(run: Run) -> dict[str, Any]:
    """What is seen first of a run."""
    told = of_findings(run.outcome.findings, run.named, run.outcome.tally)
    return told | {"first": _table(front_page.page(run)), "caution": run.caution, "books": run.books.lines}


def of_findings(findings: Sequence[Finding], named: Named, tally: Tally) -> dict[str, Any]:
    """What is seen first of a check: how many wait, where every row went, and the findings by kind, the gravest first."""
    return {
        "waiting": tally.set_aside,
        "tally": str(tally),
        "many": len(findings),
        "kinds": [_kind(members, named) for members in by_weight(findings)],
    }


def _kind(members: Sequence[Finding], named: Named) -> dict[str, Any]:
    first = members[0]
    return {
        "severity": first.severity,
        "label": first.severity.label,
        "many": len(members),
        "basis": first.basis,
        "mend": next((finding.mend for finding in members if finding.mend), ""),
        "told": [_line(finding, named) for finding in members[:_MOST]],
    }


def _line(finding: Finding, named: Named) -> dict[str, str]:
    whom = named.of(finding)
    return {"whom": str(whom), "said": whom.said(finding), "where": str(finding.place)}


def _table(table: Table) -> dict[str, Any]:
    """The words of a table. glance: the cells of its first column reach down over the blank ones below."""
    return {
        "title": table.title,
        "unit": table.unit,
        "heads": [column.title for column in table.columns],
        "figures": [column.kind in FIGURES for column in table.columns],
        "rows": [
            [
                hidden(column.kind, shown.text(column.kind, value))
                for column, value in zip(table.columns, row, strict=True)
            ]
            for row in table.rows
        ],
        "notes": list(table.notes),
    }
