"""Finds the last row of a header of several levels, once headers.py knows its first row.

The signs are merged cells, gaps in one row that the next one fills, known words, and values below. Reads the sheet only.
"""

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.tables.band import ColumnBand
from sanchuang_cli.roster.tables.form_words import (
    column_numbers,
    is_label,
    is_period,
    is_value,
    squeezed,
    sum_word,
)
from sanchuang_cli.roster.tables.rowwords import KNOWN, Filled, in_order, words_of

DEEPEST = 3
_NEAR, _FEW = 8, 4
"""_NEAR: the first records stand within so many rows below a header; notes, column numbers and blank rows may come before.
_FEW: a row with one value holds values only if it has more filled cells than this."""


def last_row(band: ColumnBand, row: int, bottom: int) -> int:
    """The last row of the header that begins in `row`.

    It goes on down where cells are merged downwards, where headings stand under a merged one, and where the next row
    completes the one above it.
    """
    last = row
    while last < min(row + DEEPEST - 1, bottom):
        reach = max(
            (b for r in range(row, last + 1) for _, _, b, _ in band.merges(r) if b < row + DEEPEST),
            default=last,
        )
        below = range(last + 1, min(reach, bottom) + 1)
        if below and all(_may_continue(_not_beyond(band, row, band.filled(r))) for r in below):
            last = below[-1]
        elif (
            _has_subheadings(band, last)
            or (last == row and _completes(band, row))
            or (_is_next_level(band, last) and _is_poorer(band, last + 1))
        ):
            last += 1
        else:
            break
    return last


def _not_beyond(band: ColumnBand, row: int, filled: Filled) -> Filled:
    """The cells of a lower row without those of another block, which a gap parts from the last heading merged downwards."""
    down = [right for _, _, bottom, right in band.merges(row) if bottom > row]
    taken = {column for column, _ in band.filled(row)}
    taken |= {column for _, left, _, right in band.merges(row) for column in range(left, right + 1)}
    if not down or max(down) + 1 in taken:
        return filled
    return [(column, cell) for column, cell in filled if column <= max(down)]


def _has_subheadings(band: ColumnBand, row: int) -> bool:
    """Whether the row below holds the headings of a second level, under merged headings of this row."""
    upper = band.filled(row)
    below = _not_beside(band.filled(row + 1), _right_end(band, row)) if upper else []
    if not below or not (_may_continue(below) or _names_values(band, row + 1, below)):
        return False
    if _is_total(below, upper):
        return False
    wide = [(left, right) for _, left, bottom, right in band.merges(row) if right > left and bottom == row]
    if any((left, right) in wide for _, left, _, right in band.merges(row + 1)):
        return True
    if not any(sum(left <= column <= right for column, _ in below) >= 2 for left, right in wide):
        return False
    # A second level stands under wide headings or under nothing. Records would stand under narrow headings too; but so
    # does a heading under a group of one column, so the rows further down must decide.
    single = {column for column, _ in upper} - {c for first, end in wide for c in range(first, end + 1)}
    if not any(column in single for column, _ in below) or _is_next_level(band, row):
        return True
    return not _value_rows(band, row + 1) and not column_numbers(below)


def _is_total(below: Filled, upper: Filled) -> bool:
    """Whether a row sums up, right below the header: 总计, 1920. Its word stands no further right than any heading above."""
    (column, cell), *others = below
    if not others or not any(sum_word(squeezed(cell))) or (upper and column > upper[0][0]):
        return False
    return not any(is_label(other) for _, other in others)


def _names_values(band: ColumnBand, row: int, filled: Filled) -> bool:
    """Whether the row holds almost only labels, with values below them: 领导班子, 10, 党员队伍, 工作机制, 工作业绩."""
    labels = [(column, cell) for column, cell in filled if is_label(cell)]
    return 5 * len(labels) >= 4 * len(filled) and _over_values(band, row, labels) >= 2


def _is_next_level(band: ColumnBand, row: int) -> bool:
    """Whether the row below names columns too: it holds known words, or fills gaps of this row above columns of values.

    A row of units (元, 人) right below a header does neither, so it is not taken for a level.
    """
    upper = {column for column, _ in band.filled(row)}
    below = _not_beside(band.filled(row + 1), _right_end(band, row) if upper else band.right)
    columns = {column for column, _ in below}
    if not below or not _may_continue(below) or upper == columns or column_numbers(below):
        return False
    if len(below) == 1 and any(sum_word(squeezed(below[0][1]))):
        return False
    if _is_total(below, band.filled(row)):
        return False
    words = words_of(below)
    if words.known >= KNOWN or words.share >= 0.5:
        return True
    return not columns <= upper and _over_values(band, row + 1, below) >= 2


def _is_poorer(band: ColumnBand, row: int) -> bool:
    """Whether the records below fill columns that this row leaves blank, as below a second level of headings."""
    here = {column for column, _ in band.filled(row)}
    # The first of them may be a total without a label.
    return bool({column for line in _value_rows(band, row)[:2] for column in line} - here)


def _right_end(band: ColumnBand, row: int) -> int:
    """The last column over which a heading of the row stands: a merged one stands over columns without a heading of their own
    too."""
    return max((*(column for column, _ in band.filled(row)), *(right for *_, right in band.merges(row))))


def _not_beside(filled: Filled, right: int) -> Filled:
    """The cells up to the first gap to the right of column `right`. What stands beyond the gap is another block."""
    reach = right
    for column, _ in filled:
        if column == reach + 1:
            reach = column
    return [(column, cell) for column, cell in filled if column <= reach]


def _value_rows(band: ColumnBand, row: int) -> list[dict[int, Cell]]:
    """The rows not far below that hold values, as the first records of a table do: cells by column."""
    following = map(band.filled, range(row + 1, min(row + _NEAR, band.height) + 1))
    return [dict(line) for line in following if _holds_values(line)]


def _holds_values(filled: Filled) -> bool:
    values = sum(is_value(cell) for _, cell in filled)
    return values >= 2 or (values == 1 and len(filled) > _FEW)


def _over_values(band: ColumnBand, row: int, filled: Filled) -> int:
    """How many cells of the row have a value below them in each of the next two rows that hold values."""
    lines = _value_rows(band, row)[:2]
    return sum(bool(lines) and all(is_value(line.get(column)) for line in lines) for column, _ in filled)


def _completes(band: ColumnBand, row: int) -> bool:
    """Whether the next row completes this one where no cells are merged (a text file): it fills the gaps and little else."""
    if band.merges(row):
        return False
    upper = {column for column, _ in band.filled(row)}
    below = _not_beside(band.filled(row + 1), max(upper))
    lower = {column for column, _ in below}
    gaps = {column for column in range(min(upper), max(upper | lower) + 1) if column not in upper}
    starts = {column for column in upper if column + 1 in gaps}
    if not gaps or not gaps <= lower <= gaps | starts or not starts <= lower or upper <= lower:
        return False
    if not all(is_label(cell) or is_period(cell) for _, cell in below):
        return False
    following = {column for column, _ in band.filled(row + 2)}
    return not following or not following <= lower


def _may_continue(filled: Filled) -> bool:
    """Whether a row may be a lower level of a header: it holds labels, years, months, or days in order."""
    others = [cell for _, cell in filled if not is_label(cell) and not is_period(cell)]
    few = 5 * len(others) <= len(filled) and words_of(filled).known > 1
    return not others or in_order(others) or few
