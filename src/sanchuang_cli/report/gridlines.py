"""A table inside a .docx: thin lines, heads on every page, rows never torn.

It is written as text and put into the document when that is zipped: as a tree a long list would take minutes.
"""

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from sanchuang_cli.report import layout
from sanchuang_cli.report.cells import clean
from sanchuang_cli.report.layout import Fit, Head
from sanchuang_cli.report.lines import Line, body
from sanchuang_cli.report.table import Table

PLACE = b"<w:tbl/>"
_WIDTH = 8844
"""Twips: the 156 mm of the type area."""
_LARGE, _SMALL, _CHARACTERS_OF_LARGE = 24, 21, 73
"""Half-points: 小四 and 五号; and how many narrow characters of 小四 fit across the page."""
_CROWDED = 1.3
"""How far the natural widths may exceed the page in 小四 before 五号 is taken; the longest texts then wrap."""
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def xml(table: Table) -> Iterator[str]:
    """`table` as the element that takes the place of PLACE in the document's XML."""
    _, fits = layout.fits(table)
    widths = _widths(fits)
    size = _LARGE if sum(fit.width for fit in fits) <= _CHARACTERS_OF_LARGE * _CROWDED else _SMALL
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    yield from _heads(table, widths, size)
    yield from _body(body(table), fits, widths, size)
    yield "</w:tbl>"


def _widths(fits: Sequence[Fit]) -> list[int]:
    whole = sum(fit.width for fit in fits)
    return [int(_WIDTH * fit.width / whole) for fit in fits]


def _heads(table: Table, widths: Sequence[int], size: int) -> Iterator[str]:
    depth, heads = layout.heads(table.columns)
    for level in range(depth):
        cells = "".join(
            _head(head, level, widths, size)
            for head in sorted(heads, key=lambda h: h.first)
            if head.top <= level <= head.bottom
        )
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _head(head: Head, level: int, widths: Sequence[int], size: int) -> str:
    merge = ""
    if head.bottom > head.top:
        merge = '<w:vMerge w:val="restart"/>' if level == head.top else "<w:vMerge/>"
    width = sum(widths[head.first : head.last + 1])
    words = head.text if level == head.top else ""
    return _cell(words, width, "center", size, "黑体", span=head.last - head.first + 1, merge=merge)


def _body(lines: Iterable[Line], fits: Sequence[Fit], widths: Sequence[int], size: int) -> Iterator[str]:
    for line in lines:
        font = "黑体" if line.label else "仿宋_GB2312"
        cells = (
            [_cell(line.label, sum(widths[: line.span]), "center", size, font, span=line.span)]
            if line.span
            else []
        )
        cells += [
            _cell(words, width, fit.align, size, font)
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
