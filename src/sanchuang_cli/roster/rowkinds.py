"""Each row below a header: a record, or why it is none. Every row gets exactly one answer.

A full row whose first cells hold no suspicious word is a record at once; the rest is looked at closely.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sanchuang_cli.roster import words
from sanchuang_cli.roster.grid import Sheet
from sanchuang_cli.roster.headers import Band, Header, header_at
from sanchuang_cli.roster.schema import Cell
from sanchuang_cli.roster.words import is_label, is_ordinal, squeezed

_TYPICAL_SAMPLE = 60
_LEAD = 4
_MOST_FILLS = 2_000_000
_LONG_TEXT = 30

Filled = list[tuple[int, Cell]]
Fills = Mapping[int, list[tuple[int, Cell]]]


def fills_downwards(sheet: Sheet) -> Fills:
    """For each row, the columns that a cell merged downwards also covers there, with its value."""
    fills: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    height = len(sheet.rows)
    spent = 0
    for top, left, bottom, _ in sheet.merges:
        if bottom == top or top > height or left > len(sheet.rows[top - 1]):
            continue
        value = sheet.rows[top - 1][left - 1]
        if value == "" or value is None:
            continue
        for row in range(top + 1, min(bottom, height) + 1):
            fills[row].append((left, value))
            spent += 1
        if spent > _MOST_FILLS:
            break
    return fills


@dataclass
class Body:
    """The rows below one header. next_row: where another table's rows begin, or one past the last."""

    records: list[int] = field(default_factory=list)
    skipped: list[tuple[int, int, str]] = field(default_factory=list)
    next_row: int = 0

    def skip(self, row: int, why: str) -> None:
        if self.skipped and self.skipped[-1][1] == row - 1 and self.skipped[-1][2] == why:
            self.skipped[-1] = (self.skipped[-1][0], row, why)
        else:
            self.skipped.append((row, row, why))


class _Table:
    """What is known of the table while its rows are read."""

    def __init__(self, band: Band, header: Header, fills: Fills, bottom: int) -> None:
        self.band, self.header, self.fills, self.bottom = band, header, fills, bottom
        self.headings = [
            {column: squeezed(cell) for column, cell in band.filled(row)}
            for row in range(header.first, header.last + 1)
        ]
        self.twin = _is_twin(header.names)
        self.serials = [
            header.left + j for j, name in enumerate(header.names) if words.SERIAL.fullmatch(name.rpartition("/")[2])
        ]
        counts = sorted(
            len(filled)
            for filled in islice(
                (band.filled(row) for row in range(header.last + 1, min(bottom, header.last + 400) + 1)),
                4 * _TYPICAL_SAMPLE,
            )
            if len(filled) > 1
        )
        self.typical = counts[len(counts) // 2] if counts else 1
        self.enough = max(2, min(3, self.typical), (self.typical + 1) // 2)
        self.noting = False
        self.totalled = False


def _is_twin(names: tuple[str, ...]) -> bool:
    """Two lists side by side under one header: 资产|行次|…|负债|行次|…"""
    half = len(names) // 2
    return half >= 2 and len(names) % 2 == 0 and sum(a == b for a, b in zip(names, names[half:], strict=False)) >= 2


def body(band: Band, header: Header, fills: Fills, bottom: int) -> Body:
    """All rows under `header` up to the next table in the band."""
    table = _Table(band, header, fills, bottom)
    result = Body(next_row=bottom + 1)
    rows, whole, enough = band.rows, band.whole, table.enough
    lead = header.left - 1 if whole else header.left - band.left
    suspect = words.SUSPECT.search
    close = 3
    row = header.last
    while row < bottom:
        row += 1
        cells = rows[row - 1]
        if not whole:
            cells = cells[band.left - 1 : band.right]
        if not close and len(cells) - cells.count("") >= enough:
            first = cells[lead]
            if first.__class__ is float or not any(
                cell.__class__ is str and suspect(cell) for cell in cells[lead : lead + _LEAD]
            ):
                if first != "" and not (first.__class__ is str and _repeats(table, first, row)):
                    result.records.append(row)
                    continue
        why = _why_not(table, row, result)
        if why == "header":
            result.next_row = row
            break
        if why:
            result.skip(row, why)
            close = 1
        else:
            result.records.append(row)
            table.noting = table.totalled = False
            close = max(0, close - 1)
    _settle(table, result)
    return result


def _repeats(table: _Table, first: Cell, row: int) -> bool:
    """Whether the row says the header again; `first` is its leading cell."""
    return any(heading.get(table.header.left) == squeezed(first) for heading in table.headings) and _is_header_again(
        table, table.band.filled(row)
    )


def _is_header_again(table: _Table, filled: Filled) -> bool:
    if len(filled) < 2:
        return False
    return any(
        sum(headings.get(column) == squeezed(cell) for column, cell in filled) >= 0.6 * len(filled)
        for headings in table.headings
    )


def _why_not(table: _Table, row: int, result: Body) -> str:
    """"" for a record, else why the row is none; "header" where another table starts."""
    own = table.band.filled(row)
    if not own:
        return "blank"
    texts = [squeezed(cell) for _, cell in own]
    if _is_header_again(table, own):
        return "repeated header"
    if not result.records and _is_column_numbers(table, own):
        return "column numbers"
    if not result.records and len(own) > 1 and all(text[:1] in "（(" and text[-1:] in "）)" for text in texts):
        return "units"
    why = _worded(table, own, texts, len(own) + _covered(table, row, own))
    if why:
        if why == "note":
            table.noting = True
        if why in ("total", "subtotal"):
            table.totalled = True
        return why
    if _starts_table(table, row, own, result):
        return "header"
    return _shape(table, row, own, result)


def _is_column_numbers(table: _Table, own: Filled) -> bool:
    if len(own) < 3 or len(own) < 0.5 * sum(map(bool, table.header.names)):
        return False
    if not all(is_ordinal(cell) for _, cell in own):
        return False
    numbers = [int(text) for text in (squeezed(cell).strip("（()）") for _, cell in own) if text.isdigit()]
    steps = [later - earlier for earlier, later in zip(numbers, numbers[1:], strict=False)]
    return all(step == 1 for step in steps) and (not numbers or numbers[0] <= 2 or len(numbers) < len(own))


def _covered(table: _Table, row: int, own: Filled) -> int:
    """How many more cells of the row a cell merged downwards fills."""
    return len({column for column, _ in table.fills.get(row, ())} - {column for column, _ in own})


def _worded(table: _Table, own: Filled, texts: list[str], full: int) -> str:
    """Rows that say by a word what they are. full: how many cells they have with the merged ones."""
    said = next((text for (_, cell), text in zip(own, texts, strict=True) if isinstance(cell, str)), "")
    at = next((column for column, cell in own if isinstance(cell, str)), 0)
    total = _total(table, own, said, at)
    if total:
        return total
    few = full <= max(2, table.typical // 2)
    if words.EXAMPLE.fullmatch(said) and not (len(own) == 1 and said == "例"):
        return "example"
    if not few and not words.KEYED.search(said):
        return ""
    if words.NOTE.match(said) and few:
        return "note"
    if words.PAGE.search(said) and full <= 2:
        return "note"
    if any(words.SIGNATURE.search(text) for text in texts[:3]) or (full == 1 and words.DATE_LINE.fullmatch(said)):
        return "signature"
    labels = [text for text in texts if not words.is_value(text)]
    if few and said == texts[0] and not table.twin and labels and all(map(words.KEY.match, labels)):
        return "note" if not said.endswith(("：", ":")) else _section(own)
    return ""


def _section(own: Filled) -> str:
    """流动资产： heads a group of rows; 审核人： beside other labels signs the form."""
    return "group" if len(own) == 1 else "signature"


def _total(table: _Table, own: Filled, said: str, at: int) -> str:
    why = "subtotal" if words.SUBTOTAL.search(said) else "total"
    if words.EXACT_TOTAL.fullmatch(said):
        return why
    if not words.PREFIXED_TOTAL.fullmatch(said) or at - table.header.left >= _LEAD:
        return ""
    numbered = any(column in table.serials and not isinstance(cell, str) for column, cell in own)
    other_texts = sum(is_label(cell) for column, cell in own if column != at)
    return "" if numbered or (other_texts > 1 and not table.twin) else why


def _starts_table(table: _Table, row: int, own: Filled, result: Body) -> bool:
    """A header after a break: a blank row, a title, a total, a note."""
    after_break = result.skipped and result.skipped[-1][1] == row - 1
    if not after_break or row == table.header.last + 1 or len(own) < 2 or row in table.fills:
        return False
    found = header_at(table.band, row, table.bottom, inner=True)
    return found is not None and found.first == row


def _shape(table: _Table, row: int, own: Filled, result: Body) -> str:
    """Rows told by how little stands in them."""
    header = table.header
    wide = max((right - left + 1 for _, left, _, right in table.band.merges(row)), default=1)
    if len(own) <= 2 and isinstance(own[-1][1], str) and wide * 2 > len(header.names) > 2:
        return "note" if table.noting or len(own) == 2 else "group"
    if table.totalled and result.records and len(own) * 2 <= table.typical:
        return "note"
    if table.totalled and len(result.records) > 2 and not _has_key(table, row, own, result):
        return "note"
    if len(own) > 1:
        return ""
    column, cell = own[0]
    if table.twin or _covered(table, row, own):
        return ""
    if column - header.left < 2 and (isinstance(cell, int | float) or squeezed(cell).isdigit()):
        return "number only" if len(header.names) > 1 else ""
    if not isinstance(cell, str) or column - header.left >= 2 or len(header.names) == 1:
        return ""
    if table.noting or len(squeezed(cell)) > _LONG_TEXT:
        table.noting = True
        return "note"
    return "" if _is_person(header, column, cell) else "group"


def _is_person(header: Header, column: int, cell: Cell) -> bool:
    """A lone name under 姓名 is someone whose other cells were left blank, not the head of a group."""
    text = squeezed(cell)
    j = column - header.left
    named = 0 <= j < len(header.names) and ("姓名" in header.names[j] or header.names[j] in ("户主", "name"))
    return named and len(text) <= 4 and text[-1:] not in "镇乡村街区县组"


def _has_key(table: _Table, row: int, own: Filled, result: Body) -> bool:
    """Whether the first column is filled here as it is in every record so far."""
    key = table.header.left
    present = {c for c, _ in own} | {c for c, _ in table.fills.get(row, ())}
    if key in present:
        return True
    return not all(table.band.cells(number)[key - table.band.left : key - table.band.left + 1] != [""] for number in result.records[-20:])


def _settle(table: _Table, result: Body) -> None:
    """What only the end shows: groups with nothing below are notes, prefilled rows are no records."""
    _drop_prefilled(table, result)
    last = result.records[-1] if result.records else 0
    settled = [
        (first, end, "note" if why == "group" and first > last else why) for first, end, why in result.skipped
    ]
    if result.next_row <= table.bottom:
        # What stands right above the next header is that table's title.
        while settled and settled[-1][0] > last and settled[-1][2] in ("note", "blank", "group"):
            result.next_row = settled.pop()[0]
    while settled and settled[-1][2] == "blank" and settled[-1][1] >= table.bottom:
        settled.pop()
    result.skipped = settled


def _drop_prefilled(table: _Table, result: Body) -> None:
    """Template rows that hold only what every row holds (a unit), a running number, or a formula's zero."""
    if table.typical > 3:
        return
    groups = [row for row, why in _each(result.skipped) if why == "group"]
    thin = [row for row in result.records if len(table.band.filled(row)) <= 2] + groups
    if len(thin) < 3:
        return
    constant = dict(_constants(table.band, result.records + groups))
    hollow = {row for row in thin if row not in table.fills and _is_hollow(table, row, constant)}
    if len(hollow) < 3:
        return
    result.records = [row for row in result.records if row not in hollow]
    why_of = dict(_each(result.skipped)) | dict.fromkeys(hollow, "prefilled")
    result.skipped = []
    for row in sorted(why_of):
        result.skip(row, why_of[row])


def _is_hollow(table: _Table, row: int, constant: Mapping[int, Cell]) -> bool:
    return all(
        constant.get(column) == cell if isinstance(cell, str) else cell == 0 or column in table.serials
        for column, cell in table.band.filled(row)
    )


def _each(skipped: list[tuple[int, int, str]]) -> Iterator[tuple[int, str]]:
    for first, last, why in skipped:
        for row in range(first, last + 1):
            yield row, why


def _constants(band: Band, records: list[int]) -> Iterator[tuple[int, Cell]]:
    """Columns that hold the same text in every record that has any."""
    seen: dict[int, Cell] = {}
    mixed: set[int] = set()
    for row in records:
        for column, cell in band.filled(row):
            if column not in mixed and seen.setdefault(column, cell) != cell:
                mixed.add(column)
    yield from ((column, cell) for column, cell in seen.items() if column not in mixed)
