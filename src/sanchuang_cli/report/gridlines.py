"""Writes a table for a .docx as XML text: thin lines, headings on every page, no row split between pages.

zips.py puts the text into the document when it is zipped. With the library's own objects a long list would
take minutes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from sanchuang_cli.report import geometry, shown
from sanchuang_cli.report.cells import clean
from sanchuang_cli.report.geometry import ColumnFit, SpanningHead
from sanchuang_cli.report.paper_size import ANY_FIGURE
from sanchuang_cli.report.printed_lines import PrintedLine, body
from sanchuang_cli.table import Column, Table

PLACE = b"<w:tbl/>"
_WIDTH = 8844
"""Twips: the 156 mm of the type area."""
_TWIPS, _FIGURE, _BESIDE = 5, 10 * ANY_FIGURE, 130
"""Twips of a half-width character for each half-point of type size; of a figure in the widest font that may
replace ours, so that no number is broken on any machine; and of the space beside the text of a cell."""
SIZES, SMALL = (24, 21, 18), (18,)
"""Type sizes in half-points: 小四, 五号 and 小五. The largest is used in which short texts stay on one line.
A working list has long texts and always uses the smallest."""
_HEAD, _LONG = 8, 18
"""The most half-width characters for which a column makes room: of its heading, and of texts that wrap."""
_MEETING = re.compile("[0-9A-Za-z](?=[^\x00-\u2fff])|[^\x00-\u2fff](?=[0-9A-Za-z])")
"""Places where programs add a quarter of a character between figures and Chinese characters."""
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def xml(table: Table, sizes: Sequence[int] = SIZES) -> Iterator[str]:
    """The table as XML, which replaces PLACE in the document."""
    _, fits = geometry.fits(table)
    lines = list(body(table))
    size, widths = _measures(table, lines, fits, sizes)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    yield from _heads(table, widths, size)
    yield from _body(lines, fits, widths, size)
    yield "</w:tbl>"


def _measures(
    table: Table, lines: Sequence[PrintedLine], fits: Sequence[ColumnFit], sizes: Sequence[int]
) -> tuple[int, list[int]]:
    """The type size, and the widths of the columns in twips; together they fill the page. Labels of totals do
    not count."""
    needed = [_needed(column, lines, j, fits[j]) for j, column in enumerate(table.columns)]
    for size in sizes:
        widths = [int(count * size) + _BESIDE for count in needed]
        if sum(widths) <= _WIDTH:
            break
    spare, wrapping = _WIDTH - sum(widths), sum(fit.wraps for fit in fits)
    if wrapping and spare > 0:
        return size, [width + spare // wrapping * fit.wraps for width, fit in zip(widths, fits, strict=True)]
    # Numbers keep their width, since a broken number is misread; texts share what is missing and wrap more often.
    kept = [column.kind in geometry.NUMBERS and spare < 0 for column in table.columns]
    left = sum(width for width, stays in zip(widths, kept, strict=True) if not stays)
    factor = (left + spare) / left if left else 1
    return size, [width if stays else int(width * factor) for width, stays in zip(widths, kept, strict=True)]


def _needed(column: Column, lines: Sequence[PrintedLine], j: int, fit: ColumnFit) -> float:
    """The width that a column needs, in twips for each half-point of type size."""
    longest = max((_breadth(line.cells[j]) for line in lines if j >= line.span), default=0)
    head = min(_HEAD, shown.width(column.title.rpartition("/")[2])) * _TWIPS
    if column.kind in geometry.NUMBERS:
        return max(longest * _FIGURE, head)
    return max((min(_LONG, longest) if fit.wraps else longest) * _TWIPS, head)


def _breadth(words: str) -> int:
    return shown.breadth(words) + (len(_MEETING.findall(words)) + 1) // 2


def _heads(table: Table, widths: Sequence[int], size: int) -> Iterator[str]:
    depth, heads = geometry.heads(table.columns)
    for level in range(depth):
        cells = "".join(
            _head(head, level, widths, size)
            for head in sorted(heads, key=lambda h: h.first)
            if head.top <= level <= head.bottom
        )
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _head(head: SpanningHead, level: int, widths: Sequence[int], size: int) -> str:
    merge = ""
    if head.bottom > head.top:
        merge = '<w:vMerge w:val="restart"/>' if level == head.top else "<w:vMerge/>"
    width = sum(widths[head.first : head.last + 1])
    words = head.text if level == head.top else ""
    return _cell(words, width, "center", size, "黑体", span=head.last - head.first + 1, merge=merge)


def _body(
    lines: Iterable[PrintedLine], fits: Sequence[ColumnFit], widths: Sequence[int], size: int
) -> Iterator[str]:
    for line in lines:
        cells = (
            [_cell(line.label, sum(widths[: line.span]), "center", size, "黑体", span=line.span)]
            if line.span
            else []
        )
        cells += [
            _cell(words, width, fit.align, size, "仿宋_GB2312")
            for words, fit, width in zip(
                line.cells[line.span :], fits[line.span :], widths[line.span :], strict=True
            )
        ]
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(words: str, width: int, align: str, size: int, font: str, *, span: int = 1, merge: str = "") -> str:
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    broken = escape(clean(words)).replace("\n", "</w:t><w:br/><w:t>")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="30" w:after="30"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{broken}</w:t></w:r></w:p></w:tc>'
    )
