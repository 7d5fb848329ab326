"""Keeps where the rows of a merged roster came from: writes it for `merge`, and reads it from a merged roster again.

Each row names its file, its sheet and its number. The page 来源栏目 says which column of each file had which field.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from sanchuang_cli.finding import Finding, Severity, column_letters, column_number
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Cell, Field, Origins, Row, SentPlace, Source, shown
from sanchuang_cli.roster.grid import Area, Book
from sanchuang_cli.table import Column, Table
from sanchuang_cli.tally import Sort

ROW = (
    Column("from_file", "来源文件"),
    Column("from_sheet", "来源工作表"),
    Column("from_row", "来源行", Kind.COUNT),
)
"""The columns of a merged roster that say where each row came from."""
ASIDE = Column("aside", "合并时待核实", wide=True)
"""The column of a merged roster that says why a row was set aside when it was merged."""
PAGE, BOOKS = "来源栏目", "来源"
NOT_UNDERSTOOD = f"{Sort.NOT_UNDERSTOOD}："
"""How the page 来源 of a merged roster begins to say why a book is not in it."""
_LEFT_OUT = "待核实（没有并入）"
"""How the title of a page ends whose rows an older `merge` left out."""
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
    known = file and sheet and row
    return Origins(file, sheet, row, _tables(book), at.get(ASIDE.title, 0)) if known else None


def aside(rows: Sequence[Row], spoilt: Set[int]) -> Iterator[tuple[int, Finding]]:
    """An error for each row of a merged roster that was set aside when it was merged, with its index, unless it is among those
    that are spoilt anyway: nothing may be concluded on it until somebody has looked at it."""
    for at, row in enumerate(rows):
        column = row.source.origins.aside if row.source.origins else 0
        why = shown(row.cells[column - 1]) if 0 < column <= len(row.cells) else ""
        if why and at not in spoilt:
            yield (
                at,
                Finding(
                    "roster.merged-aside",
                    Severity.ERROR,
                    f"合并时待核实：{why}",
                    row.at(column),
                    "合并时待核实的行，核实以前不能采用",
                    f"请照原因改正，再删去这一行“{ASIDE.title}”里的话；或改正报来的名册，重新合并。",
                    "合并时待核实",
                ),
            )


def not_merged(book: Book) -> Iterator[tuple[str, str]]:
    """What was given to `merge` and is not in a merged roster, and why: books, or the rows on a page of an older one."""
    own = [(sheet.name.partition("(")[0], sheet) for sheet in book.sheets]
    lines = [row for name, sheet in own if name == BOOKS for row in sheet.rows if row]
    for file, why in [(shown(row[0]), shown(row[-1])) for row in lines if PAGE in dict(own)]:
        if file and why.startswith(NOT_UNDERSTOOD):
            yield file, why.removeprefix(NOT_UNDERSTOOD)
    for name, sheet in own:
        if any(shown(cell).endswith(_LEFT_OUT) for row in sheet.rows[:1] for cell in row[:1]):
            yield f"“{name}”页", "这一页的行没有并入"


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
