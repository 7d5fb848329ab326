"""The rows of a table whose columns are known: each becomes a record, or is set aside with findings that say why.

Conservation: records and rows set aside together are the table's data rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import repeat, zip_longest
from typing import Any, NamedTuple

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import PICTURE, Cell, Field, Record, Row, Source, Wanted
from sanchuang_cli.roster import accounts, holders
from sanchuang_cli.roster.cells import ditto, parsers
from sanchuang_cli.roster.cells.troubles import Parsed, Trouble, Undecided, finding
from sanchuang_cli.roster.columns.headings import money_unit
from sanchuang_cli.roster.columns.matching import Match, Matching
from sanchuang_cli.roster.grid import Area, Book
from sanchuang_cli.roster.joined import joined
from sanchuang_cli.roster.origins import origins
from sanchuang_cli.roster.sender import sender
from sanchuang_cli.tally import told


class Rows(NamedTuple):
    """What became of a table's data rows."""

    records: list[Any]
    set_aside: list[Row]
    findings: list[Finding]


_ODD = frozenset({Parsed, Undecided})


def source(book: Book, area: Area, matching: Matching, fields: Iterable[Field]) -> Source:
    """Where the table's fields and remarks stand, what its sheet has beside its values, who sent it, and, of a merged
    roster, where its rows came from."""
    lacks = any(field.from_sender and field.name not in matching.matches for field in fields)
    return Source(
        book.name,
        area.sheet.name,
        {n: (area.left + m.column, m.heading) for n, m in matching.matches.items()},
        tuple((area.left + column, heading) for column, heading in matching.remarks),
        area.sheet.beside,
        sender(area, book.name) if lacks else "",
        origins(book, area),
    )


def typed_rows(area: Area, wanted: Wanted[Any], matching: Matching, source: Source) -> Rows:
    """The table read column by column, then put together row by row."""
    each = [Row(source, number, area.cells(number)) for number in area.records]
    area, rows, spoilt, several = joined(area, each, wanted, matching)
    columns = list(zip_longest(*(row.cells for row in rows)))
    findings = [*matching.findings, *several]
    unread: dict[int, list[str]] = {}
    values: dict[str, list[Any]] = {}
    beside = accounts.Accounts.among(matching.unknown)
    held = holders.columns(area.headings, matching)

    def cells_of(column: int) -> Sequence[Cell]:
        index = area.left + column - 1
        return columns[index] if index < len(columns) else (None,) * len(rows)

    for name, found in matching.matches.items():
        cells = cells_of(found.column)
        values[name], troubled, unclear = _column(found, cells, area)
        if found.field.kind is Kind.ACCOUNT:
            values[name], more = _usable(values[name], beside, held, matching, cells_of)
            troubled, unclear = [*troubled, *more], True
        for at, trouble in troubled:
            one = finding(trouble, found.field, cells[at], rows[at].place(name))
            findings.append(one)
            if one.severity is Severity.ERROR:
                spoilt.add(at)
        for at in _without_value(values[name], cells) if unclear else ():
            unread.setdefault(at, []).append(name)
    for at, names in unread.items():
        rows[at] = replace(rows[at], unread=tuple(names))
    where = Place(source.book, source.sheet)
    for field in wanted.fields:
        if field.from_sender and field.name not in matching.matches:
            values[field.name] = [source.sender] * len(rows)
            findings.append(_from_sender(field, source.sender, where))
    filled = [(at, heading) for at, heading in matching.unknown if _is_filled(cells_of(at))]
    findings += accounts.not_read(beside, filled, matching, wanted.fields, where)
    strange = [one for one in filled if one not in beside.all and one[0] not in held]
    findings += _not_understood(strange, where) if wanted.whole else []
    records = _built(wanted, rows, values)
    set_aside = [rows[at] for at in sorted(spoilt)]
    told(set_aside, findings)
    return Rows([record for at, record in enumerate(records) if at not in spoilt], set_aside, findings)


def _usable(
    values: list[Any],
    beside: accounts.Accounts,
    held: Sequence[int],
    matching: Matching,
    cells_of: Callable[[int], Sequence[Cell]],
) -> tuple[list[Any], list[tuple[int, Trouble]]]:
    """The accounts that are in use and one's own; and by row, why another is not."""
    values, old = accounts.current(values, beside, cells_of) if beside.all else (values, [])
    values, others = holders.own_values(values, held, matching, cells_of) if held else (values, [])
    return values, [*old, *others]


def _is_filled(cells: Sequence[Cell]) -> bool:
    return any(cell not in ("", None, PICTURE) for cell in cells)


def _not_understood(filled: Sequence[tuple[int, str]], where: Place) -> list[Finding]:
    """A warning for the columns with something in them that no field took and that nobody knows."""
    if not filled:
        return []
    return [
        Finding(
            "columns.not-understood",
            Severity.WARNING,
            f"这些列不认识，没有读：{'、'.join(heading for _, heading in filled)}",
            where,
            "列标题要与本程序的栏目对得上",
            "与结果有关的，请把列标题改成名册模板里的写法，或用 --columns 指定；无关的可不理会。",
        )
    ]


def _from_sender(field: Field, town: str, place: Place) -> Finding:
    return Finding(
        "roster.no-township",
        Severity.WARNING,
        f"没有“{field.heading}”一列，整张表按“{town}”计",
        place,
        "一个乡镇报一份的，以填报单位或文件名为准",
        f"不是{town}的，请加上“{field.heading}”一列",
    )


def _column(
    found: Match, cells: Sequence[Cell], area: Area
) -> tuple[list[Any], list[tuple[int, Trouble]], bool]:
    """The values of one column, its troubles with the index of their cell, and whether a cell that is not empty may have
    given no value."""
    unit = money_unit(found.heading) or area.unit
    values, differing, meant = parsers.column(found.field, cells, unit, area.sheet.date1904)
    if _ODD.isdisjoint(map(type, meant)) and not ditto.among_clean(differing, meant):
        return values, [], bool(_without_value(meant, differing))
    if any(map(ditto.is_ditto, differing)):
        for at, above in ditto.repeated(found.field.kind, cells, area.apart, values).items():
            values[at] = above
    troubled: list[tuple[int, Trouble]] = []
    for at in [at for at, value in enumerate(values) if type(value) in _ODD]:
        value = values[at]
        if type(value) is Undecided:
            value = value.settle(area.sheet.number_format(area.records[at], area.left + found.column))
        if type(value) is Parsed:
            troubled += [(at, trouble) for trouble in value.troubles]
            value = value.value
        values[at] = value
    return values, troubled, True


def _without_value(values: Sequence[Any], cells: Sequence[Cell]) -> list[int]:
    """The indices of cells that are not empty and gave no value. An empty cell never gives one."""
    none = [at for at, value in enumerate(values) if value is None]
    return [at for at in none if cells[at] is not None and cells[at] != ""]


def _built(wanted: Wanted[Any], rows: Sequence[Row], values: Mapping[str, list[Any]]) -> list[Record]:
    """Records from columns of values. A blank leaves the field at its default."""
    model, defaults = wanted.record, wanted.record.defaults()
    own = [name for name in values if name in defaults]
    more = [name for name in values if name not in defaults]
    names = ("row", "more", *own)
    apart: Iterable[Mapping[str, Any]] = repeat({})
    if more:
        apart = [dict(zip(more, one, strict=True)) for one in zip(*(values[n] for n in more), strict=True)]
    columns = (_filled(values[name], defaults[name]) for name in own)
    return [model(**dict(zip(names, one, strict=True))) for one in zip(rows, apart, *columns, strict=False)]


def _filled(values: list[Any], default: Any) -> list[Any]:
    """A blank is the field's default."""
    return values if default is None else [default if value is None else value for value in values]
