"""A run on the terminal: what a clerk takes in at a glance, at most a screenful, numbers masked.

Every glyph of its own can be written in GBK, the code page of Chinese Windows consoles; what cannot be encoded is
replaced, never a crash. Everything goes to stderr: stdout is for data.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence, Set
from itertools import accumulate
from typing import Any

from rich import box
from rich.cells import cell_len, chop_cells
from rich.console import Console, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from sanchuang_cli.finding import Finding, Severity, in_order
from sanchuang_cli.kind import Kind, hidden
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.report import shown
from sanchuang_cli.report.files import Saved
from sanchuang_cli.report.run import Run
from sanchuang_cli.table import Column, Table

_BY_WEIGHT = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_NUMBERS = (Kind.COUNT, Kind.STARS, Kind.SCORE, Kind.PERCENT, Kind.MONEY)
_FULL, _FEWEST = 3, 3
"""Findings of a kind that are said in full, and rows below which a table is not begun."""
_BAR, _SHORTEST_BAR = 30, 6
_EDGES = -1
"""Of a table's width: a line at the left, and no blanks at either edge."""
_FRAME = 5
"""Lines that a table takes beside its rows: title, heads, and three rules."""
_SMALLEST, _PIPED = 24, 50
"""Lines of the smallest screen, and of none at all."""
_SHARE = 3
"""The part of a screen that findings may take."""
_OTHERS = 2
"""Lines of a screen that are not ours: the opening, and the prompt that follows."""


def console(*, quiet: bool = False) -> Console:
    """The terminal on stderr, which takes any text whatever its encoding."""
    reconfigure = getattr(sys.stderr, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")
    return Console(stderr=True, highlight=False, soft_wrap=False, quiet=quiet)


def open_with(screen: Console, title: str, occasion: Occasion, note: str = "") -> None:
    """The first line of every run: which programme, for which period, judged on which day; and a note, if any."""
    screen.print(f"{title} {occasion.period.title}（判定日 {occasion.on.isoformat()}）", style="bold")
    if note:
        screen.print(f"提示：{note}")


def show(screen: Console, run: Run, saved: Saved | None, *, unmask: Set[str] = frozenset()) -> None:
    """Show a finished run: policy, tables, findings, where every row went, and where the workbook is.

    On a quiet screen, only that the workbook is not where it was asked for.
    """
    if screen.quiet:
        if saved:
            tell_instead(saved)
        return
    height = max(_SMALLEST, screen.height) if screen.is_terminal else _PIPED
    policy = Text("按" + "、".join(f"《{edition.title}》{edition.document}" for edition in run.editions))
    ending = _ending(run, saved)
    findings = _findings(run.outcome.findings, screen, height // _SHARE, saved is not None)
    left = height - _OTHERS - _lines([policy, *findings, *ending], screen)
    _say([policy], screen)
    for waiting, table in reversed(list(enumerate(reversed(run.outcome.screen)))):
        drawn, taken = _drawn(table, left - waiting, screen, unmask)
        screen.print(drawn)
        left -= taken
    _say([*findings, *ending], screen)


def tell_instead(saved: Saved) -> None:
    """Say why a file is not where it was asked for, to those too who asked for quiet."""
    if saved.instead:
        console().print(Text(saved.instead, style=_BY_WEIGHT[Severity.WARNING]))


def _say(texts: Sequence[Text], screen: Console) -> None:
    for text in texts:
        for line in _folded(text, screen):
            screen.print(line, no_wrap=True, overflow="ignore", crop=False)


def _lines(texts: Sequence[Text], screen: Console) -> int:
    """Lines that texts take on the screen."""
    return sum(len(_folded(text, screen)) for text in texts)


def _folded(text: Text, screen: Console) -> list[Text]:
    """A text in lines of the screen's width, broken anywhere, as Chinese is; further lines stand under the first."""
    indent = len(text.plain) - len(text.plain.lstrip())
    first, *more = chop_cells(text.plain, screen.width)
    if not more:
        return [text]
    rest = chop_cells(text.plain[len(first) :], max(1, screen.width - indent))
    breaks = list(accumulate(map(len, [first, *rest])))[:-1]
    head, *tail = text.divide(breaks)
    return [head, *(Text(" " * indent).append_text(line) for line in tail)]


def _ending(run: Run, saved: Saved | None) -> list[Text]:
    lines = [*map(Text, run.books.lines), Text(f"守恒：{run.outcome.tally}")]
    if run.caution:
        lines.append(Text(run.caution, style=_BY_WEIGHT[Severity.ERROR]))
    if saved and saved.instead:
        lines.append(Text(saved.instead, style=_BY_WEIGHT[Severity.WARNING]))
    if saved:
        lines.append(Text(f"工作簿：{saved.path}", style="bold"))
    return lines


def _drawn(table: Table, left: int, screen: Console, unmask: Set[str]) -> tuple[RenderableType, int]:
    """A table in at most `left` lines, and the lines it takes. With a chart, its first series is drawn as bars."""
    fitting = left - _FRAME
    if fitting < min(_FEWEST, len(table.rows)):
        return Text(f"{table.title}：{len(table.rows)} 行，见工作簿", style="bold"), 1
    rows = table.rows if len(table.rows) <= fitting else table.rows[: fitting - 1]
    cells = [
        [_cell(column, value, unmask) for column, value in zip(table.columns, row, strict=True)]
        for row in rows
    ]
    columns = table.columns[: _whole(table, cells, screen.width)]
    if len(columns) < len(table.columns) and len(rows) == fitting:
        rows, cells = rows[:-1], cells[:-1]  # the line that says so
    grid = Grid(
        title=table.title,
        title_justify="left",
        title_style="bold",
        caption=_left_out(len(table.columns) - len(columns), len(table.rows) - len(rows)),
        caption_justify="left",
        box=box.ASCII2 if screen.options.ascii_only else box.SQUARE,
        pad_edge=False,
    )
    for column in columns:
        right = column.kind in _NUMBERS
        grid.add_column(
            column.title.rpartition("/")[2],
            justify="right" if right else "left",
            no_wrap=True,
            overflow="ellipsis",
        )
    bars = _bars(table, rows, screen, _taken(table, cells))
    if bars:
        grid.add_column("", no_wrap=True)
    for i, row in enumerate(cells):
        grid.add_row(*map(Text, row[: len(columns)]), *bars[i : i + 1])
    return grid, _FRAME + len(rows) + (grid.caption is not None)


def _left_out(columns: int, rows: int) -> str | None:
    parts = [f"{columns} 栏"] * (columns > 0) + [f"{rows} 行"] * (rows > 0)
    return f"另有 {'、'.join(parts)}，见工作簿" if parts else None


def _whole(table: Table, cells: Sequence[Sequence[str]], width: int) -> int:
    """How many columns, from the left, can be shown whole on a screen of that width: a figure is never cut."""
    upto = list(accumulate(_widths(table, cells), initial=_EDGES))
    return max(1, sum(edge <= width for edge in upto[1:]))


def _taken(table: Table, cells: Sequence[Sequence[str]]) -> int:
    """Columns of the screen that the cells, their heads and the frame take."""
    return 4 + sum(_widths(table, cells))


def _widths(table: Table, cells: Sequence[Sequence[str]]) -> list[int]:
    """Columns of the screen that each column takes, with the line beside it."""
    heads = [column.title.rpartition("/")[2] for column in table.columns]
    return [3 + max(map(cell_len, column)) for column in zip(heads, *cells, strict=True)]


def _cell(column: Column, value: Any, unmask: Set[str]) -> str:
    """A value as the terminal shows it. 星 rather than ★, whose width terminals do not agree about."""
    if column.kind is Kind.STARS and isinstance(value, int):
        return f"{value}星"
    words = " ".join(shown.text(column.kind, value).split())
    return words if column.called(unmask) else hidden(column.kind, words)


def _bars(table: Table, rows: Sequence[tuple[Any, ...]], screen: Console, taken: int) -> list[Text]:
    """A bar for each row's value of the chart's first series; any value above nothing shows at least one mark.

    None without a chart, or where the table leaves no room for them.
    """
    room = min(_BAR, screen.width - taken)
    if table.chart is None or room < _SHORTEST_BAR:
        return []
    at = table.index(table.chart.values[0])
    values = [row[at] or 0 for row in rows]
    longest = max(values, default=0)
    glyph = "#" if screen.options.ascii_only else "█"
    lengths = [max(1, round(room * value / longest)) if value > 0 else 0 for value in values]
    return [Text(glyph * length, style="cyan") for length in lengths]


def _findings(findings: Sequence[Finding], screen: Console, room: int, saved: bool) -> list[Text]:
    """Findings by kind, who vanished and then the gravest first: how many, and the first few in full; in about `room` lines. saved: in a
    workbook they are all listed."""
    if not findings:
        return [Text("没有疑点。")]
    kinds: dict[tuple[Severity, str], list[Finding]] = defaultdict(list)
    for found in in_order(findings):
        kinds[found.severity, found.code].append(found)
    ordered = sorted(kinds.items(), key=_gravest)
    where = "（全部列在工作簿的“疑点”页）" if saved else ""
    texts = [Text(f"疑点 {len(findings)} 条{where}：", style="bold")]
    full = max(1, min(_FULL, room // len(ordered) - 1))
    for shown_kinds, ((severity, code), members) in enumerate(ordered):
        entry = [_heading(severity, code, members)]
        entry += [Text(f"    {found.place}：{found.message}") for found in members[:full]]
        room -= _lines(entry, screen)
        if shown_kinds and room < 0:
            texts.append(Text(f"  ……还有 {len(ordered) - shown_kinds} 类" + ("，见工作簿" if saved else "")))
            break
        texts += entry
    return texts


def _gravest(kind: tuple[tuple[Severity, str], list[Finding]]) -> tuple[bool, int, int, str]:
    (severity, code), members = kind
    return not members[0].vanished, list(Severity).index(severity), -len(members), code


def _heading(severity: Severity, code: str, members: Sequence[Finding]) -> Text:
    mend = next((found.mend for found in members if found.mend), "")
    line = Text("  ")
    line.append(severity.label, style=_BY_WEIGHT[severity])
    return line.append(f" {code} {len(members)} 条" + (f"，{mend}" if mend else ""))
