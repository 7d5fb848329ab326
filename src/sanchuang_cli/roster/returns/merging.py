"""Makes one clean roster from many books with different columns (合并); each row says where it came from.

It makes tables and writes no file. Promise: reading the result gives the same records and the same rows set aside, and every
row that was read is in it once. A cell that could not be read is copied as it was written, because a blank would mean something
else; a row that could not be read says why. Rows of one person in several books are all there: whoever reads them judges.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from fractions import Fraction
from typing import Any

from sanchuang_cli.domain.exact_numbers import PERCENT_PLACES, SCORE_PLACES, cut
from sanchuang_cli.finding import column_letters
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.record import Field, Record, Roster, Row, Wanted
from sanchuang_cli.roster.cells.parsers import column as readable
from sanchuang_cli.roster.cells.troubles import Parsed, quoted
from sanchuang_cli.roster.checks.audit import Audit
from sanchuang_cli.roster.checks.by_heading import value
from sanchuang_cli.roster.origins import ASIDE, BOOKS, NOT_UNDERSTOOD, ROW, page
from sanchuang_cli.roster.titles import named
from sanchuang_cli.table import Column, Table

_BESIDE = Column("beside", "批注及其他说明", wide=True)
"""By this heading the column is one of remarks when the merged roster is read again."""
_NOT_USED = "（原表没有采用）"


def merged(
    audit: Audit, wanted: Mapping[str, Wanted[Any]], beside: Mapping[str, Wanted[Any]]
) -> tuple[Table, ...]:
    """The pages of the merged workbook.

    First the rosters, the wanted ones and those beside them (the first wanted one always, the others only if they have rows),
    then why rows are set aside, the columns of each book, and the counts of each book.
    """
    first = next(iter(wanted))
    known = {**wanted, **beside}
    there = {name: roster for name, roster in known.items() if name == first or audit.rosters[name].rows_read}
    pages = [_roster(audit, audit.read[other], roster) for other, roster in there.items()]
    pages += [
        _set_aside(
            audit, audit.rosters[other].set_aside, roster, "" if other == first else f"({roster.title})"
        )
        for other, roster in there.items()
        if audit.rosters[other].set_aside
    ]
    rows = {other: [record.row for record in _in_order(audit, audit.read[other])] for other in there}
    origin = page((roster.fields, rows[other]) for other, roster in there.items())
    return (*pages, origin, _sources(audit.only(*wanted)))


def _in_order(audit: Audit, roster: Roster[Any]) -> list[Record]:
    """Everything that was read, in the order in which it stood."""
    books = {file.name: at for at, file in enumerate(audit.files)}
    sheets = {
        (file.book.name, sheet.name): at
        for file in audit.files
        if file.book
        for at, sheet in enumerate(file.book.sheets)
    }

    def stood(record: Record) -> tuple[int, int, int]:
        book, sheet, number = record.row.line
        return books[book], sheets[book, sheet], number

    return sorted((*roster.records, *roster.doubtful), key=stood)


def _roster(audit: Audit, roster: Roster[Any], wanted: Wanted[Any]) -> Table:
    """The page of one roster: the fields that any of the books had, in their declared order. Its title keeps the years that
    their titles name."""
    records = _in_order(audit, roster)
    odd = {(finding.place.line, finding.place.column) for finding in audit.findings}
    given = {name for record in records for name in record.row.source.columns}
    sent = any(record.row.source.sender for record in records)
    fields = [
        field
        for field in wanted.fields
        if field.needed or field.name in given or (field.from_sender and sent)
    ]
    columns = [_column(field, [value(record, field) for record in records]) for field in fields]
    rows = [
        (
            *(
                _cell(column.kind, _said(record, field, odd))
                for column, field in zip(columns, fields, strict=True)
            ),
            *record.row.line,
        )
        for record in records
    ]
    waiting = set(map(id, roster.doubtful))
    why = [_reasons(audit, record.row)[1] if id(record) in waiting else "" for record in records]
    also = {ASIDE: why, _BESIDE: [_beside(record.row, fields) for record in records]}
    also = {column: texts for column, texts in also.items() if any(texts)}
    if also:
        rows = [
            (*row, *(text or None for text in more)) for row, *more in zip(rows, *also.values(), strict=True)
        ]
    has_money = any(column.kind is Kind.MONEY for column in columns)
    said = {title for record in records for title in record.row.source.titles}
    years = sorted({year for title in said for years in named(title) for year in years})
    title = f"{wanted.title}（{''.join(f'{year}年，' for year in years)}合并）"
    return Table(wanted.title, title, (*columns, *ROW, *also), rows, unit="元" if has_money else "")


def _said(record: Record, field: Field, odd: Set[tuple[Any, int]]) -> Any:
    """The value of a field; the text of its cell if that says more than the value, or could not be read: then with a remark where
    that text alone would be read, because what stands beside it in the book forbids to use it.

    odd: the cells of which something was found.
    """
    read, row = value(record, field), record.row
    column, _ = row.source.columns.get(field.name, (0, ""))
    unread, loose = field.name in row.unread, _is_loose(read)
    # of rows joined under one number, no one cell has all that they say
    if not unread and (row.joined or not (loose or (row.line, column) in odd)):
        return read
    written = row.written(field.name)
    (again,) = readable(field, [written]).values
    says = again.value if isinstance(again, Parsed) else again
    if unread:
        return written if says is None or field.kind is Kind.TEXT else f"{written}{_NOT_USED}"
    return written if loose or says == read else read


def _days(read: Any) -> Iterator[VagueDate]:
    """The days in a value that was read: its own, or those of its spells."""
    if isinstance(read, VagueDate):
        yield read
    elif isinstance(read, tuple):
        spells = (part for part in read if isinstance(part, Spell))
        yield from (day for spell in spells for day in (spell.start, spell.end) if day)


def _is_loose(read: Any) -> bool:
    """Whether a day is known to something else than a day, a month or a year: 约1990年 has no date that says the same."""
    firsts = ((day, day.earliest) for day in _days(read))
    return any(
        day not in (VagueDate.on(one), VagueDate.within(one.year, one.month), VagueDate.within(one.year))
        for day, one in firsts
    )


def _beside(row: Row, fields: Sequence[Field]) -> str:
    """What stands in a row outside the fields: remarks, comments, struck cells. Most rows have nothing."""
    taken = {row.source.columns[field.name][0] for field in fields if field.name in row.source.columns}
    parts = [f"{heading}：{text}" for column, heading, text in row.remarks if column not in taken]
    if row.source.beside:
        parts += [f"批注：{text}" for text in row.beside.comments.values()]
        parts += [f"原表划了删除线：{_called(row, column)}" for column in row.beside.struck]
    return "；".join(parts)


def _called(row: Row, column: int) -> str:
    place = row.at(column)
    return place.heading or place.cell


def _column(field: Field, values: Sequence[Any]) -> Column:
    """The column for a field. It is a column of text if a page would show fewer decimals than were read."""
    kind = Kind.TEXT if field.kind in _CUT and any(map(_CUT[field.kind], values)) else field.kind
    return Column(field.name, field.heading, kind)


def _loses(places: int) -> Callable[[Any], bool]:
    return lambda exact: exact is not None and cut(exact, places) != exact


_CUT = {Kind.SCORE: _loses(SCORE_PLACES), Kind.PERCENT: _loses(PERCENT_PLACES)}


def _cell(kind: Kind, value_read: Any) -> Any:
    return _exactly(value_read) if kind is Kind.TEXT and isinstance(value_read, Fraction) else value_read


def _exactly(number: Fraction) -> str:
    """A number with all its decimals."""
    places = next((places for places in range(20) if (number * 10**places).denominator == 1), 20)
    return str(cut(number, places))


def _set_aside(audit: Audit, rows: Sequence[Row], wanted: Wanted[Any], of: str) -> Table:
    columns = (
        *ROW,
        Column("cells", "单元格"),
        Column("why", "原因", wide=True),
        Column("mend", "处理办法", wide=True),
        Column("row", "原行内容", wide=True),
    )
    return Table(
        f"待核实{of}",
        f"{wanted.title}待核实",
        columns,
        [(*row.line, *_reasons(audit, row), _content(row, wanted)) for row in rows],
    )


def _reasons(audit: Audit, row: Row) -> tuple[str, str, str]:
    findings = audit.errors.get(row.line, [])
    return (
        "、".join(dict.fromkeys(finding.place.cell for finding in findings if finding.place.cell)),
        "；".join(finding.message for finding in findings),
        "；".join(dict.fromkeys(finding.mend.rstrip("。") for finding in findings if finding.mend)),
    )


def _content(row: Row, wanted: Wanted[Any]) -> str:
    """The matched cells of a row with their headings. Numbers are masked, because the full row is in the sender's book."""
    kinds = {field.name: field.kind for field in wanted.fields}
    parts = [
        f"{heading or column_letters(column)}：{text}"
        for name, (column, heading) in row.source.columns.items()
        if column <= len(row.cells) and (text := quoted(kinds[name], row.cells[column - 1]))
    ]
    if beside := _beside(row, wanted.fields):
        parts.append(quoted(Kind.TEXT, beside))
    return "；".join(parts)


def _sources(audit: Audit) -> Table:
    columns = (
        Column("file", "文件"),
        Column("read", "读取", Kind.COUNT, total=True),
        Column("used", "采用", Kind.COUNT, total=True),
        Column("set_aside", "待核实", Kind.COUNT, total=True),
        Column("sha256", "SHA-256"),
        Column("error", "没有采用的原因", wide=True),
    )
    return Table(BOOKS, "合并来源", columns, list(_counts(audit)), grand_total=True)


def _counts(audit: Audit) -> Iterator[tuple[Any, ...]]:
    for file in audit.files:
        tally = file.tally
        yield (
            file.name,
            tally.read,
            tally.used,
            tally.set_aside,
            file.book.sha256 if file.book else "",
            f"{NOT_UNDERSTOOD if file.error else ''}{file.unused}",
        )
