"""合并: many books with columns of their own in one clean roster, each row with where it came from.

Promise: reading the result gives the same records, and every row that was read is in it once. A cell that could not be
read stands there as it was written, for blank it would mean something else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sanchuang_cli.domain.numbers import PERCENT_PLACES, SCORE_PLACES, cut
from sanchuang_cli.finding import column_letters
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Record, Row, Wanted
from sanchuang_cli.roster.cells.troubles import quoted
from sanchuang_cli.roster.checks.audit import Audit
from sanchuang_cli.roster.checks.listing import value
from sanchuang_cli.roster.origins import ROW, page
from sanchuang_cli.table import Column, Table

_BESIDE = Column("beside", "批注及其他说明", wide=True)
"""Its heading makes it a column of remarks when the merged roster is read."""


def merged(
    audit: Audit, wanted: Mapping[str, Wanted[Any]], beside: Mapping[str, Wanted[Any]]
) -> tuple[Table, ...]:
    """The first of the rosters wanted, the others of them and those beside them as far as there are any, the rows set
    aside with why, which column of each book had what, and where every row of those wanted went."""
    first = next(iter(wanted))
    known = {**wanted, **beside}
    there = {name: one for name, one in known.items() if name == first or audit.rosters[name].rows_read}
    pages = [_roster(audit.rosters[other].records, one) for other, one in there.items()]
    pages += [
        _set_aside(audit, audit.rosters[other].set_aside, one, "" if other == first else f"({one.title})")
        for other, one in there.items()
        if audit.rosters[other].set_aside
    ]
    rows = {other: [record.row for record in audit.rosters[other].records] for other in there}
    origin = page((one.fields, rows[other]) for other, one in there.items())
    return (*pages, origin, _sources(audit.only(*wanted)))


def _roster(records: Sequence[Record], wanted: Wanted[Any]) -> Table:
    """The fields that any book had, or stood for, in declared order."""
    given = {name for record in records for name in record.row.source.columns}
    sent = any(record.row.source.sender for record in records)
    fields = [f for f in wanted.fields if f.needed or f.name in given or (f.from_sender and sent)]
    columns = [_column(field, [value(record, field) for record in records]) for field in fields]
    rows = [
        (
            *(
                _cell(column.kind, _said(record, field))
                for column, field in zip(columns, fields, strict=True)
            ),
            *record.row.line,
        )
        for record in records
    ]
    beside = [_beside(record.row, fields) for record in records]
    also = (_BESIDE,) if any(beside) else ()
    if also:
        rows = [(*row, text or None) for row, text in zip(rows, beside, strict=True)]
    has_money = any(column.kind is Kind.MONEY for column in columns)
    title = f"{wanted.title}（合并）"
    return Table(wanted.title, title, (*columns, *ROW, *also), rows, unit="元" if has_money else "")


def _said(record: Record, field: Field) -> Any:
    """A field's value, or the words of its cell where those could not be read."""
    unread = field.name in record.row.unread
    return record.row.written(field.name) if unread else value(record, field)


def _beside(row: Row, fields: Sequence[Field]) -> str:
    """What no field holds: other columns of remarks, comments, cells struck through. Most rows have nothing."""
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
    """A column of the field's kind; of text where a page would show less than was read."""
    kind = Kind.TEXT if field.kind in _CUT and any(map(_CUT[field.kind], values)) else field.kind
    return Column(field.name, field.heading, kind)


def _loses(places: int) -> Callable[[Any], bool]:
    return lambda exact: exact is not None and cut(exact, places) != exact


_CUT = {Kind.SCORE: _loses(SCORE_PLACES), Kind.PERCENT: _loses(PERCENT_PLACES)}


def _cell(kind: Kind, found: Any) -> Any:
    return _exactly(found) if kind is Kind.TEXT and isinstance(found, Fraction) else found


def _exactly(number: Fraction) -> str:
    """All decimals of a number that was written in decimals."""
    places = next((n for n in range(20) if (number * 10**n).denominator == 1), 20)
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
        f"{wanted.title}待核实（没有并入）",
        columns,
        [(*row.line, *_reasons(audit, row), _content(row, wanted)) for row in rows],
    )


def _reasons(audit: Audit, row: Row) -> tuple[str, str, str]:
    found = audit.errors.get(row.line, [])
    return (
        "、".join(dict.fromkeys(f.place.cell for f in found if f.place.cell)),
        "；".join(f.message for f in found),
        "；".join(dict.fromkeys(f.mend.rstrip("。") for f in found if f.mend)),
    )


def _content(row: Row, wanted: Wanted[Any]) -> str:
    """The cells that were matched, by heading, numbers masked: the row itself is in the sender's book."""
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
        Column("used", "并入", Kind.COUNT, total=True),
        Column("set_aside", "待核实", Kind.COUNT, total=True),
        Column("sha256", "SHA-256"),
        Column("error", "没有采用的原因", wide=True),
    )
    return Table("来源", "合并来源", columns, list(_counts(audit)), grand_total=True)


def _counts(audit: Audit) -> Iterator[tuple[Any, ...]]:
    for file in audit.files:
        tally = file.tally
        yield (
            file.name,
            tally.read,
            tally.used,
            tally.set_aside,
            file.book.sha256 if file.book else "",
            file.unused,
        )
