"""Turns the rows of a table whose columns are known into records, or sets them aside with findings that say why.

Works on one table in memory. Conservation: records and rows set aside together are the table's data rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat, zip_longest
from typing import Any, NamedTuple

from msgspec.structs import replace

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import PICTURE, Cell, Field, Record, Row, Source, Wanted
from sanchuang_cli.roster import account_columns, holders
from sanchuang_cli.roster.cells import ditto, parsers
from sanchuang_cli.roster.cells.measures import unit_of
from sanchuang_cli.roster.cells.troubles import CellTrouble, Parsed, Undecided, finding
from sanchuang_cli.roster.columns.matching import Match, Matching
from sanchuang_cli.roster.grid import Area, Book
from sanchuang_cli.roster.joined import joined
from sanchuang_cli.roster.origins import aside, origins
from sanchuang_cli.roster.sender import sender
from sanchuang_cli.tally import told


class Rows(NamedTuple):
    """What became of the data rows of a table. doubtful: what was read of those set aside."""

    records: list[Any]
    set_aside: list[Row]
    findings: list[Finding]
    doubtful: list[Any]


_ODD = frozenset({Parsed, Undecided})


def source(book: Book, area: Area, matching: Matching, fields: Iterable[Field]) -> Source:
    """Where a table comes from: the columns of its fields and remarks, the comments of its sheet, who sent it, and for the
    rows of a merged roster, where each of them came from."""
    lacks = any(field.from_sender and field.name not in matching.matches for field in fields)
    return Source(
        book.name,
        area.sheet.name,
        {name: (area.left + match.column, match.heading) for name, match in matching.matches.items()},
        tuple((area.left + column, heading) for column, heading in matching.remarks),
        area.sheet.beside,
        sender(area, book.name) if lacks else "",
        origins(book, area),
        area.titles,
        dict(enumerate(area.columns, area.left)),
    )


def typed_rows(area: Area, wanted: Wanted[Any], matching: Matching, source: Source) -> Rows:
    """The table read column by column and then put together row by row.

    A roster has many equal cells in a column, so each different cell is read only once (see `parsers.column`).
    """
    data_rows = [Row(source, number, area.cells(number)) for number in area.records]
    area, rows, spoilt, several = joined(area, data_rows, wanted, matching)
    columns = list(zip_longest(*(row.cells for row in rows)))
    beside = account_columns.Accounts.among(matching.unknown)
    held = holders.columns(area.headings, matching)

    def cells_of(column: int) -> Sequence[Cell]:
        index = area.left + column - 1
        return columns[index] if index < len(columns) else (None,) * len(rows)

    values, troubled, unread = _values(area, rows, matching, beside, held, cells_of)
    findings = [*matching.findings, *several, *(doubt for _, doubt in troubled)]
    spoilt |= {at for at, doubt in troubled if doubt.severity is Severity.ERROR}
    for at, names in unread.items():
        rows[at] = replace(rows[at], unread=tuple(names))
    where = Place(source.book, source.sheet)
    for field in wanted.fields:
        if field.from_sender and field.name not in matching.matches:
            values[field.name] = [source.sender] * len(rows)
            findings.append(_from_sender(field, source.sender, where))
    filled = [(at, heading) for at, heading in matching.unknown if _is_filled(cells_of(at))]
    findings += account_columns.not_read(beside, filled, matching, wanted.fields, where)
    strange = [column for column in filled if column not in beside.all and column[0] not in held]
    findings += _not_understood(strange, where) if wanted.whole else []
    records = _built(wanted, rows, values)
    before = list(aside(rows, spoilt))
    findings += [doubt for _, doubt in before]
    spoilt |= {at for at, _ in before}
    doubtful = [records[at] for at in sorted(spoilt)]
    set_aside = [record.row for record in doubtful]
    told(set_aside, findings)
    kept = [record for at, record in enumerate(records) if at not in spoilt]
    return Rows(kept, set_aside, findings, doubtful)


def _values(
    area: Area,
    rows: Sequence[Row],
    matching: Matching,
    beside: account_columns.Accounts,
    held: Sequence[int],
    cells_of: Callable[[int], Sequence[Cell]],
) -> tuple[dict[str, list[Any]], list[tuple[int, Finding]], dict[int, list[str]]]:
    """The values of each field, the findings about cells with the index of their row, and the fields that each row has
    unread. beside: further columns of accounts. held: columns of account holders."""
    findings: list[tuple[int, Finding]] = []
    unread: dict[int, list[str]] = {}
    values: dict[str, list[Any]] = {}
    for name, match in matching.matches.items():
        cells = cells_of(match.column)
        values[name], troubled, unclear = _column(match, cells, area)
        if match.field.kind is Kind.ACCOUNT:
            values[name], more = _usable(values[name], beside, held, matching, cells_of)
            troubled, unclear = [*troubled, *more], True
        findings += [
            (at, finding(trouble, match.field, cells[at], rows[at].place(name))) for at, trouble in troubled
        ]
        for at in _without_value(values[name], cells) if unclear else ():
            unread.setdefault(at, []).append(name)
    return values, findings, unread


def _usable(
    values: list[Any],
    beside: account_columns.Accounts,
    held: Sequence[int],
    matching: Matching,
    cells_of: Callable[[int], Sequence[Cell]],
) -> tuple[list[Any], list[tuple[int, CellTrouble]]]:
    """The accounts that are in use and belong to the person of the row, and the trouble of each row that lost one."""
    values, old = account_columns.current(values, beside, cells_of) if beside.all else (values, [])
    values, others = holders.own_values(values, held, matching, cells_of) if held else (values, [])
    return values, [*old, *others]


NOT_UNDERSTOOD = "columns.not-understood"
"""The code of the warning that filled columns are read by nobody."""


def _is_filled(cells: Sequence[Cell]) -> bool:
    return any(cell not in ("", None, PICTURE) for cell in cells)


def _not_understood(filled: Sequence[tuple[int, str]], where: Place) -> list[Finding]:
    """A warning for the filled columns that no field took and that no roster knows."""
    if not filled:
        return []
    return [
        Finding(
            NOT_UNDERSTOOD,
            Severity.WARNING,
            f"这些列不认识，没有读：{'、'.join(heading for _, heading in filled)}",
            where,
            "列标题要与本程序的栏目对得上",
            "与结果有关的，请把列标题改成名册模板里的写法，或用 --columns 指定；无关的可不理会。",
        )
    ]


def _from_sender(field: Field, town: str, place: Place) -> Finding:
    """The warning that every row of a table counts as of the township that sent it."""
    return Finding(
        "roster.no-township",
        Severity.WARNING,
        f"没有“{field.heading}”一列，整张表按“{town}”计",
        place,
        "一个乡镇报一份的，以填报单位或文件名为准",
        f"不是{town}的，请加上“{field.heading}”一列",
    )


def _column(
    match: Match, cells: Sequence[Cell], area: Area
) -> tuple[list[Any], list[tuple[int, CellTrouble]], bool]:
    """The values of one column, its troubles with the index of their cell, and whether a filled cell may have no value.

    Most columns are clean and are done after the first lines; only the others are gone through cell by cell.
    """
    unit = unit_of(match.field.kind, match.heading, area.unit)
    values, differing, meant = parsers.column(match.field, cells, unit, area.sheet.date1904)
    if _ODD.isdisjoint(map(type, meant)) and not ditto.among_clean(differing, meant):
        return values, [], bool(_without_value(meant, differing))
    if any(map(ditto.is_ditto, differing)):
        for at, above in ditto.repeated(match.field.kind, cells, area.apart, values).items():
            values[at] = above
    troubled: list[tuple[int, CellTrouble]] = []
    for at in [at for at, value in enumerate(values) if type(value) in _ODD]:
        value = values[at]
        if type(value) is Undecided:
            value = value.settle(area.sheet.number_format(area.records[at], area.left + match.column))
        if type(value) is Parsed:
            troubled += [(at, trouble) for trouble in value.troubles]
            value = value.value
        values[at] = value
    return values, troubled, True


def _without_value(values: Sequence[Any], cells: Sequence[Cell]) -> list[int]:
    """The indices of filled cells that gave no value."""
    none = [at for at, value in enumerate(values) if value is None]
    return [at for at in none if cells[at] is not None and cells[at] != ""]


def _built(wanted: Wanted[Any], rows: Sequence[Row], values: Mapping[str, list[Any]]) -> list[Record]:
    """Records from columns of values. Fields that the record has no name for go into its `more`."""
    model, defaults = wanted.record, wanted.record.defaults()
    plain = [name for name in values if name in defaults]
    more = [name for name in values if name not in defaults]
    names = ("row", "more", *plain)
    further: Iterable[Mapping[str, Any]] = repeat({})
    if more:
        rows_of_more = zip(*(values[name] for name in more), strict=True)
        further = [dict(zip(more, row_values, strict=True)) for row_values in rows_of_more]
    columns = (_filled(values[name], defaults[name]) for name in plain)
    return [
        model(**dict(zip(names, arguments, strict=True)))
        for arguments in zip(rows, further, *columns, strict=False)
    ]


def _filled(values: list[Any], default: Any) -> list[Any]:
    """The values of a field, with its default for each blank."""
    return values if default is None else [default if value is None else value for value in values]
