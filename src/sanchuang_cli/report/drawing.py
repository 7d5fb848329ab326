"""Draws a table on the terminal, the same for every command: figures at the right, 合计 at the foot, numbers
masked.

It may look at one table and the width of the terminal. If the terminal is too narrow, text is cut first; then
columns are left out, money last of all. A figure is never cut.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import Any, NamedTuple

from rich import box
from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from sanchuang_cli.kind import MASKED, Kind, hidden
from sanchuang_cli.report import shown
from sanchuang_cli.report.lacking import suited
from sanchuang_cli.table import Column, Table

FIGURES = (Kind.COUNT, Kind.STARS, Kind.SCORE, Kind.PERCENT, Kind.MONEY)
_WHOLE = (*FIGURES, Kind.DATE, Kind.FLAG)
"""Kinds that mean nothing if they are cut."""
_LEAST = 8
"""So many columns of the terminal a text keeps when it is cut."""
_EDGES, _BESIDE = -1, 3
"""Of a table's width: a line at the left and no blanks at either edge; and the line beside each column."""
_TOTAL = "合计"
_CLOSING = frozenset("，。；：、！？）〕》”’…")
"""Signs that must not stand at the beginning of a line."""


class TextCells(NamedTuple):
    """What stands in a table, as words: headings, rows, and the 合计 at the foot (empty if nothing is
    summed)."""

    heads: list[str]
    rows: list[list[str]]
    total: list[str]

    @property
    def lines(self) -> list[list[str]]:
        """The headings, the rows and the 合计 together."""
        return [*self.rows, self.total] if self.total else self.rows


class ShownColumn(NamedTuple):
    """A column that is shown: its position, and its width in columns of the terminal."""

    at: int
    width: int


def frame(terminal: Console, title: str) -> Grid:
    """Return an empty table in the look that all our tables have."""
    return Grid(
        title=Text(suited(title, terminal.encoding)),
        title_justify="left",
        title_style="bold",
        caption_justify="left",
        box=box.ASCII2 if terminal.options.ascii_only else box.SQUARE,
        pad_edge=False,
    )


def cells(table: Table, rows: Sequence[tuple[Any, ...]], terminal: Console, unmask: Set[str]) -> TextCells:
    """Return some rows of a table in characters that the terminal has, with the 合计 of all of them."""

    def said(row: Sequence[Any]) -> list[str]:
        pairs = zip(table.columns, row, strict=True)
        return [suited(words(column, value, unmask), terminal.encoding) for column, value in pairs]

    heads = [suited(column.title.rpartition("/")[2], terminal.encoding) for column in table.columns]
    total = total_of(table)
    return TextCells(heads, [said(row) for row in rows], said(total) if total else [])


def total_of(table: Table) -> list[Any]:
    """Return the row 合计 of a table that has one and more than one row; otherwise []."""
    if not table.grand_total or len(table.rows) < 2:  # one row is its own sum
        return []
    sums: list[Any] = [
        sum(row[j] or 0 for row in table.rows) if column.total else None
        for j, column in enumerate(table.columns)
    ]
    at = next((j for j, column in enumerate(table.columns) if column.kind not in FIGURES), None)
    if at is not None:
        sums[at] = _TOTAL
    return sums


def words(column: Column, value: Any, unmask: Set[str] = frozenset()) -> str:
    """Return a value as the terminal shows it. 星 is used for ★, because terminals do not agree about the
    width of that sign."""
    if column.kind is Kind.STARS and isinstance(value, int):
        return f"{value}星"
    whole = " ".join(shown.text(column.kind, value).split())
    return whole if column.called(unmask) else hidden(column.kind, whole)


def fits(table: Table, of: TextCells, room: int) -> list[ShownColumn]:
    """Return the columns that a terminal of `room` columns shows, from left to right, with their widths."""
    wanted = [max(map(cell_len, column)) for column in zip(of.heads, *of.lines, strict=True)]
    least = [
        width if column.kind in _WHOLE else min(width, _LEAST)
        for column, width in zip(table.columns, wanted, strict=True)
    ]
    kept = list(range(len(table.columns)))
    while len(kept) > 1 and taken(least[j] for j in kept) > room:
        kept.remove(min(kept, key=lambda j: _worth(table, j)))
    spare = room - taken(least[j] for j in kept)
    widths = dict(zip(kept, (least[j] for j in kept), strict=True))
    for j in kept:  # a column further left says more
        more = min(wanted[j] - least[j], spare)
        widths[j], spare = widths[j] + more, spare - more
    return [ShownColumn(j, widths[j]) for j in kept]


def taken(widths: Iterable[int]) -> int:
    """Return how many columns of the terminal columns of these widths take, with their frame."""
    return _EDGES + sum(width + _BESIDE for width in widths)


def _worth(table: Table, at: int) -> tuple[int, int]:
    """Return how important a column is beside the others.

    The most important ones say what the row is about; then comes money, then who it is, then other figures. A
    running number is less important, and a masked one least of all. Of equally important columns those at the
    left come first.
    """
    column = table.columns[at]
    if column.name == "number":
        return 0, 1
    if at == 0 or at == _subject(table):
        return len(_WORTHS), -at
    return next((n for n, holds in enumerate(_WORTHS) if holds(column)), 1), -at


def _subject(table: Table) -> int:
    """Return the first column of words, such as the township of a line, or the benefit."""
    return next((j for j, column in enumerate(table.columns) if column.kind not in FIGURES), 0)


_WORTHS: tuple[Callable[[Column], bool], ...] = (
    lambda column: column.kind in MASKED,
    lambda column: column.kind not in FIGURES and column.name != "name",
    lambda column: column.kind in FIGURES and column.kind is not Kind.MONEY,
    lambda column: column.name == "name",
    lambda column: column.kind is Kind.MONEY,
)
"""From the column that is left out first to the one that is left out last."""


def fill(
    grid: Grid, table: Table, of: TextCells, columns: Sequence[ShownColumn], bars: Sequence[Text] = ()
) -> None:
    """Put the columns, the rows and the 合计 into a frame. bars: what stands at the end of each row."""
    for j, width in columns:
        right = table.columns[j].kind in FIGURES
        grid.add_column(
            of.heads[j],
            justify="right" if right else "left",
            no_wrap=True,
            overflow="ellipsis",
            width=width,
        )
    if bars:
        grid.add_column("", no_wrap=True)
    for i, row in enumerate(of.rows):
        grid.add_row(*(Text(row[j]) for j, _ in columns), *bars[i : i + 1])
    if of.total:
        grid.add_row(*(Text(of.total[j], style="bold") for j, _ in columns))


def folded(text: Text, terminal: Console) -> list[Text]:
    """Return a text in lines as wide as the terminal. Further lines stand under the first.

    Chinese may be broken anywhere, but not before a closing sign.
    """
    indent = len(text.plain) - len(text.plain.lstrip())
    head, *tail = text.divide(_breaks(text.plain, terminal.width, indent))
    return [head, *(Text(" " * indent).append_text(line) for line in tail)]


def _breaks(plain: str, width: int, indent: int) -> Iterator[int]:
    """Return where each further line begins."""
    at, room = 0, max(2, width)
    while at < len(plain):
        end = at + max(1, len(chop_cells(plain[at : at + room], room)[0]))
        if end >= len(plain):
            return
        while end - 1 > at and plain[end] in _CLOSING:
            end -= 1
        yield end
        at, room = end, max(2, width - indent)


def tell(terminal: Console, text: Text) -> None:
    """Print a text in folded lines."""
    for line in folded(text, terminal):
        terminal.print(line, no_wrap=True, overflow="ignore", crop=False)


def draw(terminal: Console, table: Table) -> None:
    """Draw a whole table by itself: the answer of a command that lists something."""
    if not table.rows:
        tell(terminal, Text(f"{table.title}：没有", style="bold"))
        return
    filled = _filled(table)
    cells_of = cells(filled, filled.rows, terminal, frozenset())
    columns = fits(filled, cells_of, terminal.width)
    grid = frame(terminal, table.title + (f"（单位：{table.unit}）" if table.unit else ""))
    fill(grid, filled, cells_of, columns)
    terminal.print(grid)
    for note in table.notes:
        tell(terminal, Text(note))
    there = {fit.at for fit in columns}
    if missing := [column.title for j, column in enumerate(filled.columns) if j not in there]:
        note_left = (
            f"另有 {len(missing)} 栏放不下：{'、'.join(missing)}。加宽窗口，或在命令后加 | more 全部列出。"
        )
        tell(terminal, Text(note_left))


def _filled(table: Table) -> Table:
    """Return the table without columns in which nothing stands."""
    used = [j for j in range(len(table.columns)) if any(row[j] not in (None, "") for row in table.rows)]
    rows = [tuple(row[j] for j in used) for row in table.rows]
    return replace(table, columns=tuple(table.columns[j] for j in used), rows=rows, group="", chart=None)
