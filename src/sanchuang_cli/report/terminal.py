"""Prints a run to stderr, shortened to about one screen; numbers are masked unless --unmask names their column.

It may look at a finished run. The answer comes first: how much for how many, what changed, what waits. Then
come the tables, then findings by severity, and last what it was made from and where the workbook is. All of
our own signs can be written in GBK, the code page of Chinese Windows consoles; for other signs lacking.py
finds a similar one. Everything goes to stderr, because stdout is for data.
"""

import re
import sys
from collections.abc import Sequence, Set
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.console import Console, RenderableType
from rich.text import Text

from sanchuang_cli.finding import Finding, Severity, by_weight
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.report import drawing, shown
from sanchuang_cli.report.files import Saved
from sanchuang_cli.report.lacking import never_crashing
from sanchuang_cli.report.run import Run
from sanchuang_cli.report.worklists import where
from sanchuang_cli.table import Column, Table

_BY_WEIGHT = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_FULL, _FEWEST = 3, 3
"""Findings of a kind that are said in full, and rows below which a table is not begun."""
_BAR, _SHORTEST_BAR = 30, 6
_BESIDE_BAR = 5
"""So many columns of the terminal bars keep free besides those of the table."""
_FRAME = 5
"""Lines that a table takes besides its rows: title, headings, and three rules."""
_SMALLEST, _PIPED = 24, 50
"""Lines of the smallest terminal, and of none at all."""
_ROOMY = 30
"""A terminal with so many lines shows the full name of the policy."""
_SHARE = 4
"""The part of the terminal for findings (one in so many). They get more if the tables leave room."""
_OTHERS = 2
"""Lines of the terminal that are not ours: the opening line, and the prompt that follows."""
_COUNTED = re.compile("^(.)数$")
"""A heading that says what is counted: 人数, 项数."""
_SHORT, _NARROW = 6, 3
"""Rows and columns of a table that is said in one sentence."""


def console(*, quiet: bool = False) -> Console:
    """Return the terminal on stderr. It takes any text, whatever its encoding."""
    never_crashing(sys.stderr)
    return Console(stderr=True, highlight=False, soft_wrap=False, quiet=quiet)


def open_with(terminal: Console, title: str, occasion: Occasion, note: str = "") -> None:
    """Print the first line of every run: the programme, the period, the day of judgement, and a note if there
    is one."""
    terminal.print(f"{title} {occasion.period.title}（判定日 {occasion.on.isoformat()}）", style="bold")
    if note:
        terminal.print(f"提示：{note}")


def show(terminal: Console, run: Run, saved: Saved | None, *, unmask: Set[str] = frozenset()) -> None:
    """Show a finished run: the answer, tables, findings, what it was made from, and where the workbook is.

    A quiet terminal only says so if the workbook is not where it was asked for.
    """
    if terminal.quiet:
        if saved:
            tell_instead(saved)
        return
    height = max(_SMALLEST, terminal.height) if terminal.is_terminal else _PIPED
    answer, ending = _answer(run), [_policy(run, terminal, height), *_ending(run, saved)]
    tables = [table for table in run.outcome.on_terminal if not _is_short(table)]
    left = height - _OTHERS - _lines([*answer, *ending], terminal)
    room = max(height // _SHARE, left - sum(map(_wanted, tables)))
    findings = _findings(run, terminal, room, saved is not None)
    left -= _lines(findings, terminal)
    _say(answer, terminal)
    for waiting, table in reversed(list(enumerate(reversed(tables)))):
        notes = list(map(Text, table.notes))
        below = _lines(notes, terminal)
        drawn, taken = _drawn(table, left - waiting - below, terminal, unmask, saved=saved is not None)
        terminal.print(drawn)
        left -= taken
        if taken > 1:
            _say(notes, terminal)
            left -= below
    _say([*findings, *ending], terminal)


def _answer(run: Run) -> list[Text]:
    """Return what came of it: the sum and for how many, what changed, where every row went."""
    lines = [Text(line, style="bold") for line in (_total(run.outcome.on_terminal),) if line]
    lines += [Text(_sentence(table)) for table in run.outcome.on_terminal if _is_short(table)]
    lines.append(Text(f"守恒：{run.outcome.tally}"))
    if run.caution:
        lines.append(Text(run.caution, style=_BY_WEIGHT[Severity.ERROR]))
    return lines


def _total(tables: Sequence[Table]) -> str:
    """Write 合计：人数 511，金额 432,675.00 元, of the table that sums people and money; "" if none does."""
    for table in tables:
        sums = {column.name: j for j, column in enumerate(table.columns) if column.total}
        if table.grand_total and {"people", "amount"} <= sums.keys():
            people, fen = (sum(row[sums[name]] or 0 for row in table.rows) for name in ("people", "amount"))
            heading = table.columns[sums["people"]].title
            return f"合计：{heading} {people}，金额 {shown.text(Kind.MONEY, fen)} 元"
    return ""


def _is_short(table: Table) -> bool:
    """Whether a table is so small that one sentence says it, and sums up nothing. Mostly that is what
    changed."""
    what, *figures = table.columns
    plain = not table.grand_total and table.chart is None and what.kind not in drawing.FIGURES
    counted = 0 < len(figures) < _NARROW and all(column.kind in drawing.FIGURES for column in figures)
    return plain and counted and 0 < len(table.rows) <= _SHORT


def _sentence(table: Table) -> str:
    """Write 与台账比较：本期 513 项 432,675.00 元；无变动 20 项."""
    rows = (
        " ".join(filter(None, (_worded(c, value) for c, value in zip(table.columns, row, strict=True))))
        for row in table.rows
    )
    return f"{table.title}：{'；'.join(rows)}"


def _worded(column: Column, value: Any) -> str:
    words = drawing.words(column, value)
    unit = "元" if column.kind is Kind.MONEY else "".join(_COUNTED.findall(column.title))
    return f"{words} {unit}".strip() if words and column.kind in drawing.FIGURES else words


def _policy(run: Run, terminal: Console, height: int) -> Text:
    """Return the policy that it was judged by; on a small terminal in one line, because the workbook has all
    of it."""
    text = "按" + "、".join(f"《{edition.title}》{edition.document}" for edition in run.editions)
    if height >= _ROOMY or cell_len(text) <= terminal.width:
        return Text(text)
    return Text(f"{set_cell_size(text, terminal.width - 2).rstrip()}…")


def tell_instead(saved: Saved) -> None:
    """Say why a file is not where it was asked for, even to those who asked for quiet."""
    if saved.instead:
        console().print(Text(saved.instead, style=_BY_WEIGHT[Severity.WARNING]))


def _say(texts: Sequence[Text], terminal: Console) -> None:
    for text in texts:
        drawing.tell(terminal, text)


def _lines(texts: Sequence[Text], terminal: Console) -> int:
    """Return how many lines of the terminal these texts take."""
    return sum(len(drawing.folded(text, terminal)) for text in texts)


def _ending(run: Run, saved: Saved | None) -> list[Text]:
    lines = [*map(Text, run.books.lines)]
    if saved and saved.instead:
        lines.append(Text(saved.instead, style=_BY_WEIGHT[Severity.WARNING]))
    if saved:
        lines.append(Text(f"工作簿：{saved.path}", style="bold"))
    return lines


def _wanted(table: Table) -> int:
    """Return how many lines the whole table takes."""
    return _FRAME + len(table.rows) + bool(drawing.total_of(table)) + len(table.notes)


def _drawn(
    table: Table, left: int, terminal: Console, unmask: Set[str], *, saved: bool
) -> tuple[RenderableType, int]:
    """Return a table in at most `left` lines, and the lines that it takes. If it has a chart, the first
    series is drawn as bars."""
    fitting = left - _FRAME - bool(drawing.total_of(table))
    where = "，见工作簿" if saved else ""
    if fitting < min(_FEWEST, len(table.rows)):
        return Text(f"{table.title}：{len(table.rows)} 行{where}", style="bold"), 1
    rows = table.rows if len(table.rows) <= fitting else table.rows[: fitting - 1]
    cells = drawing.cells(table, rows, terminal, unmask)
    columns = drawing.fits(table, cells, terminal.width)
    if len(columns) < len(table.columns) and len(rows) == fitting:
        rows = rows[:-1]  # one row gives way to the line which says that columns are left out
        cells = cells._replace(rows=cells.rows[:-1])
    grid = drawing.frame(terminal, table.title)
    missing = _left_out(len(table.columns) - len(columns), len(table.rows) - len(rows))
    grid.caption = f"{missing}{where}" if missing else None
    drawing.fill(grid, table, cells, columns, _bars(table, rows, terminal, columns))
    return grid, _FRAME + len(cells.lines) + (grid.caption is not None)


def _left_out(columns: int, rows: int) -> str:
    parts = [f"{columns} 栏"] * (columns > 0) + [f"{rows} 行"] * (rows > 0)
    return f"另有 {'、'.join(parts)}" if parts else ""


def _bars(
    table: Table, rows: Sequence[tuple[Any, ...]], terminal: Console, columns: Sequence[drawing.ShownColumn]
) -> list[Text]:
    """Return a bar for each row's value of the first series of the chart. A value above zero has at least one
    mark.

    There are none without a chart, or if the table leaves no room for them.
    """
    room = min(_BAR, terminal.width - drawing.taken(fit.width for fit in columns) - _BESIDE_BAR)
    if table.chart is None or room < _SHORTEST_BAR:
        return []
    at = table.index(table.chart.values[0])
    values = [row[at] or 0 for row in rows]
    longest = max(values, default=0)
    glyph = "#" if terminal.options.ascii_only else "█"
    lengths = [max(1, round(room * value / longest)) if value > 0 else 0 for value in values]
    return [Text(glyph * length, style="cyan") for length in lengths]


def _findings(run: Run, terminal: Console, room: int, saved: bool) -> list[Text]:
    """Return the findings by kind, who has vanished first and then the most serious: how many, and the first
    few in full.

    They take about `room` lines. saved: there is a workbook that lists them all.
    """
    kinds = by_weight(run.outcome.findings)
    if not kinds:
        return [Text("没有疑点。")]
    listed = "（全部列在工作簿的“疑点”页）" if saved else ""
    texts = [Text(f"疑点 {len(run.outcome.findings)} 条{listed}：", style="bold")]
    full = max(1, min(_FULL, room // len(kinds) - 1))
    for shown_kinds, members in enumerate(kinds):
        entry = [_heading(members), *(_member(run, found) for found in members[:full])]
        room -= _lines(entry, terminal)
        if shown_kinds and room < 0:
            texts.append(Text(f"  ……还有 {len(kinds) - shown_kinds} 类" + ("，见工作簿" if saved else "")))
            break
        texts += entry
    return texts


def _heading(members: Sequence[Finding]) -> Text:
    """Write 错误 2 条，请删去重复的一行（subsidies.duplicate）."""
    severity = members[0].severity
    mend = next((found.mend for found in members if found.mend), "").rstrip("。")
    line = Text("  ")
    line.append(severity.label, style=_BY_WEIGHT[severity])
    return line.append(f" {len(members)} 条" + (f"，{mend}" if mend else "") + f"（{members[0].code}）")


def _member(run: Run, found: Finding) -> Text:
    """Return whom a finding is about, what it is, and where; only the place if it is about nobody."""
    whom = run.named.of(found)
    if not whom.name:
        return Text(f"    {found.place}：{found.message}")
    return Text(f"    {whom}：{whom.said(found)}（{where([found.place])}）")
