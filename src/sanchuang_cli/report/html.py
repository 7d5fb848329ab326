"""Writes a run, or a few tables, as one web page in a file that needs no network and no script. It works from a
USB stick and prints on A4.

It may look at a finished run. The promise: it shows what `publishing.public` allows and nothing else; the
same run gives the same bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sanchuang_cli.finding import Severity
from sanchuang_cli.report import appendix, geometry, svg, worklists
from sanchuang_cli.report.geometry import ColumnFit, SpanningHead
from sanchuang_cli.report.printed_lines import PrintedLine, body
from sanchuang_cli.report.publishing import public
from sanchuang_cli.report.run import Run
from sanchuang_cli.report.templates import template
from sanchuang_cli.table import Table

_PRINTED_TYPE, _ROOM = (9.0, 8.0), {False: 1020, True: 1500}
"""Points that a table is printed in, the largest that fits, and never less; points times narrow characters
across A4, upright or lying."""
_BESIDE = 0.6
"""The characters that a printed cell keeps free besides its text. The figures of a browser's font are wider
than half a character."""
_NARROW = 14
"""The characters that a column of long text keeps on a crowded page."""


class _Section(NamedTuple):
    """A table as the page shows it.

    size: points of type in print. shares: the part of the paper's width of each column, in per cent. heads:
    by header row, from left to right. lines: made when they are asked for.
    """

    name: str
    kinds: str
    table: Table
    chart: svg.Drawing | None
    fits: list[ColumnFit]
    size: float
    shares: list[float]
    heads: list[list[SpanningHead]]
    lines: Iterator[PrintedLine]


def write(target: Path, run: Run) -> None:
    """Write the page and replace `target` if it exists. Raises OSError."""
    allowed = run.disclosure.columns
    brief = [replace(public(table, allowed), signed=False) for table in run.outcome.on_terminal]
    whole = [public(table, allowed) for table in appendix.pages(run)]
    title = f"{run.occasion.period.title}{run.title}"
    _write(target, title, list(_summary(run)), run.caution, brief, whole)


def write_brief(
    target: Path, title: str, facts: Sequence[str], caution: str, tables: Sequence[Table]
) -> None:
    """Write a short page of tables and replace `target` if it exists. Raises OSError."""
    _write(target, title, facts, caution, [public(table) for table in tables], [])


def _write(
    target: Path,
    title: str,
    facts: Sequence[str],
    caution: str,
    brief: Sequence[Table],
    whole: Sequence[Table],
) -> None:
    """Write a page. brief: tables that stand together. whole: tables that each have a sheet of paper of their
    own and a link."""
    parts = template("page.html").generate(
        title=title,
        facts=facts,
        caution=caution,
        brief=[_section(f"b{n}", table, "brief") for n, table in enumerate(brief)],
        whole=[_section(f"t{n}", table) for n, table in enumerate(whole)],
    )
    with target.open("w", encoding="utf-8", newline="\n") as page:
        page.writelines(parts)


def _summary(run: Run) -> Iterator[str]:
    occasion = run.occasion
    yield f"期间：{occasion.period.title}（判定日 {occasion.on.isoformat()}）"
    yield "依据：" + "、".join(f"《{edition.title}》{edition.document}" for edition in run.editions)
    yield f"守恒：{run.outcome.tally}"
    yield "疑点：" + "，".join(f"{severity.label} {run.count(severity)}" for severity in Severity)
    if run.disclosure.columns:
        yield f"公布的栏目：{'、'.join(sorted(run.disclosure.columns))}（理由：{run.disclosure.reason}）"
    else:
        yield "本页不含证件号、账号、电话，也不含出生日期、困难情况和不予发放的原因。"
        if worklists.about_people(run):
            yield "疑点只列出处和处理办法，说明见工作簿。"


def _section(name: str, table: Table, kinds: str = "") -> _Section:
    lying, fits = geometry.fits(table)
    spaced = [fit if fit.wraps else replace(fit, width=fit.width + _BESIDE) for fit in fits]
    size, shares = printed(spaced, _ROOM[lying])
    chart = svg.Drawing(table, table.chart) if table.chart and table.rows else None
    kinds = kinds or ("lying" if lying else "")
    return _Section(name, kinds, table, chart, fits, size, shares, _heads(table), body(table))


def printed(fits: Sequence[ColumnFit], room: float) -> tuple[float, list[float]]:
    """Return the points of type, and the width of each column in per cent of the page. Long text gives way to
    short text."""
    short = sum(fit.width for fit in fits if not fit.wraps)
    long = sum(fit.width for fit in fits if fit.wraps)
    least = sum(min(fit.width, _NARROW) for fit in fits if fit.wraps)
    size = next((s for s in _PRINTED_TYPE if short + least <= room / s), _PRINTED_TYPE[-1])
    left = max(least, room / size - short)
    widths = [
        max(min(fit.width, _NARROW), fit.width * min(1.0, left / long)) if fit.wraps else fit.width
        for fit in fits
    ]
    return size, [100 * width / sum(widths) for width in widths]


def _heads(table: Table) -> list[list[SpanningHead]]:
    depth, heads = geometry.heads(table.columns)
    ordered = sorted(heads, key=lambda head: head.first)
    return [[head for head in ordered if head.top == level] for level in range(depth)]
