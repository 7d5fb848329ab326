"""Keeps where the rows of a merged roster came from: writes it for `merge`, and reads it from a merged roster again.

Each row names its file, its sheet and its number. The page 来源栏目 says which column of each file had which field.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sanchuang_cli.finding import Finding, Place, Severity, column_letters, column_number
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Cell, Field, Origins, Row, SentPlace, Source
from sanchuang_cli.roster.grid import Area, Book
from sanchuang_cli.table import Column, Table

ROW = (
    Column("from_file", "来源文件"),
    Column("from_sheet", "来源工作表"),
    Column("from_row", "来源行", Kind.COUNT),
)
"""The columns of a merged roster that say where each row came from."""
PAGE = "来源栏目"
NOT_MERGED = "待核实（没有并入）"
"""How the title of the page of rows that are not in a merged roster goes on after the roster's own title."""
_COLUMNS = (
    Column("file", "文件"),
    Column("sheet", "工作表"),
    Column("first", "首行", Kind.COUNT),
    Column("last", "末行", Kind.COUNT),
    Column("heading", "栏目"),
    Column("column", "所在列", Kind.CHOICE),
    Column("own", "原来的列标题"),
)


def page(merged: Iterable[tuple[Sequence[Field], Iterable[Row]]]) -> Table:
    """The page that says which column of each merged table had which field. merged: the fields of each roster, and its rows."""
    lines = dict.fromkeys(line for fields, rows in merged for line in _lines(fields, rows))
    return Table(PAGE, "各文件的栏目在哪一列", _COLUMNS, list(lines))


def _lines(fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[tuple[Cell, ...]]:
    """A line for each table and each of its fields. Rows of one table share one Source, so its identity tells the table."""
    numbers: dict[int, list[int]] = defaultdict(list)
    sources: dict[int, Source] = {}
    for row in rows:
        numbers[id(row.source)].append(row.number)
        sources[id(row.source)] = row.source
    for key, source in sources.items():
        where = (source.book, source.sheet, min(numbers[key]), max(numbers[key]))
        for field in fields:
            if field.name in source.columns:
                column, heading = source.columns[field.name]
                yield (*where, field.heading, column_letters(column), heading)


def origins(book: Book, area: Area) -> Origins | None:
    """Where the rows of a table came from, None if no `merge` wrote the table."""
    at = {name.rpartition("/")[2]: area.left + j for j, name in enumerate(area.columns)}
    file, sheet, row = (at.get(column.title, 0) for column in ROW)
    return Origins(file, sheet, row, _tables(book)) if file and sheet and row else None


def left_out(book: Book, area: Area) -> Iterator[Finding]:
    """The warning that rows of the senders are not in a merged roster: whoever reads it reads nothing of them."""
    title, at = area.sheet.name.partition("(")[0] + NOT_MERGED, len(ROW) - 1
    for sheet in book.sheets:
        below = sheet.rows[1:] if sheet.rows and title in sheet.rows[0][:1] else ()
        if rows := sum(isinstance(row[at], int | float) for row in below if len(row) > at):
            yield Finding(
                "roster.merged-without",
                Severity.WARNING,
                f"合并时另有 {rows} 行待核实，没有并入，这一次没有读到它们",
                Place(book.name, sheet.name),
                "读到的每一行都要有下落",
                "请照这一页改正各单位报来的名册，重新合并后再运行；在此以前，个数、名额、比例里都没有它们。",
            )


def _tables(book: Book) -> Mapping[tuple[str, str], Sequence[SentPlace]]:
    """The tables that were merged, by file and sheet."""
    by_place: dict[tuple[str, str], dict[tuple[int, int], dict[str, tuple[int, str]]]] = {}
    for row in _written_lines(book):
        file, sheet, first, last, heading, letters, original = map(str, row)
        span = int(float(first)), int(float(last))
        columns = by_place.setdefault((file, sheet), {}).setdefault(span, {})
        columns[heading] = (column_number(letters), original)
    return {
        where: [SentPlace(*span, columns) for span, columns in spans.items()]
        for where, spans in by_place.items()
    }


def _written_lines(book: Book) -> Iterator[Sequence[Cell]]:
    """The lines of the page that still have the form in which they were written; somebody may have changed others."""
    for sheet in book.sheets:
        if sheet.name.partition("(")[0] == PAGE:
            for row in sheet.rows:
                cells = [*row[: len(_COLUMNS)], *[""] * (len(_COLUMNS) - len(row))]
                if _is_line(cells):
                    yield [cell if cell is not None else "" for cell in cells]


def _is_line(cells: Sequence[Cell]) -> bool:
    """Whether the row numbers are numbers and the column is given in letters."""
    numbers = all(isinstance(cell, int | float) for cell in cells[2:4])
    letters = isinstance(cells[5], str) and cells[5].isascii() and cells[5].isupper()
    return numbers and letters
