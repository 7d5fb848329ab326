"""Forms as a .docx, a page of A4 on each person: boxes with labels, and room to sign that takes what the page has left.

The tables are written as text and put into the document when that is zipped, as a list is (gridlines): five hundred
people are a matter of a second. The same forms give the same bytes.
"""

from collections.abc import Iterator, Sequence, Set
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt

from sanchuang_cli.kind import hidden
from sanchuang_cli.papers import Box, Form
from sanchuang_cli.report import gridlines, shown, zips
from sanchuang_cli.report.cells import clean
from sanchuang_cli.report.official import BODY, HEADING, TITLE, describe, typed
from sanchuang_cli.report.wrapping import lines

_MM = 1440 / 25.4
"""Twips of a millimetre."""
_TOP, _BOTTOM, _LEFT, _RIGHT = 22, 18, 25, 20
_WIDTH, _HEIGHT = int(165 * _MM), int((297 - _TOP - _BOTTOM) * _MM)
_UNITS, _LABEL = 12, 2
"""Columns of the grid that all rows share, and how many of them a label takes."""
_UNIT = _WIDTH // _UNITS
_TITLE, _LINE, _NOTE, _SPARE = 900, 420, 300, 500
"""Twips of the title, of the line below it, of a line of notes, and of what programs differ by."""
_ROW, _AROUND, _SIDES = 440, 100, 160
"""Twips of a row of one line at the least, above and below a text, and beside it."""
_SIGNING, _MOST = 1250, 2900
"""Twips of a row in which somebody signs, at the least and at the most."""
_BORDERS = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


class Type(NamedTuple):
    """half: half-points of its size; line: twips from line to line."""

    half: int
    line: int


_TYPES = (Type(21, 290), Type(18, 250), Type(16, 220))
"""五号, 小五 and eight points: the largest in which the page has room to sign is taken."""


def write(target: Path, title: str, forms: Sequence[Form], unmask: Set[str] = frozenset()) -> None:
    """Write the forms at `target`, over whatever is there. unmask: names or titles of boxes whose numbers stand whole.
    Raises OSError."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    typed(document.styles["Normal"], BODY, Pt(10.5))
    describe(document, title)
    document.element.body.insert_element_before(OxmlElement("w:tbl"), "w:sectPr")
    loose = BytesIO()
    document.save(loose)
    pages = chain.from_iterable(_page(form, unmask, first=not n) for n, form in enumerate(forms))
    zips.settle(loose, target, gridlines.PLACE, pages)


def _page(form: Form, unmask: Set[str], *, first: bool) -> Iterator[str]:
    rows = [[one._replace(words=_words(one, unmask)) for one in row] for row in form.rows]
    notes = [clean(note) for note in form.notes]
    kind, heights = _measured(rows, notes)
    yield _paragraph(form.title, "center", 44, TITLE, 700, before=not first)
    yield _paragraph(
        f"乡镇：{form.township}　　　　　　填表日期：　　　　年　　月　　日", "left", 21, BODY, _LINE
    )
    grid = f'<w:gridCol w:w="{_UNIT}"/>' * _UNITS
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_UNIT * _UNITS}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    for row, height in zip(rows, heights, strict=True):
        cells = "".join(_box(one, span, kind) for one, span in zip(row, _spans(row), strict=True))
        yield (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>{cells}</w:tr>'
        )
    yield "</w:tbl>"
    for note in notes or [""]:
        yield _paragraph(note, "left", 18, BODY, 240)


def _words(one: Box, unmask: Set[str]) -> str:
    return clean(one.words if one.column.called(unmask) else hidden(one.column.kind, one.words))


def _spans(row: Sequence[Box]) -> list[int]:
    """Units that the boxes' own words take, beside their labels."""
    room, shares = _UNITS - _LABEL * len(row), sum(one.share for one in row)
    spans = [room * one.share // shares for one in row]
    return [*spans[:-1], room - sum(spans[:-1])]


def _measured(rows: Sequence[Sequence[Box]], notes: Sequence[str]) -> tuple[Type, list[int]]:
    """The type, and the height of each row: those to sign in share what the page has left."""
    below = sum(_NOTE * lines(note, _WIDTH / 90) for note in notes)
    room = _HEIGHT - _TITLE - _LINE - _SPARE - below
    for kind in _TYPES:
        heights = [
            max(_height(one, span, kind) for one, span in zip(row, _spans(row), strict=True)) for row in rows
        ]
        signed = [n for n, row in enumerate(rows) if any(one.signed for one in row)]
        left = room - sum(height for n, height in enumerate(heights) if n not in signed)
        each = left // max(1, len(signed))
        if each >= max([_SIGNING, *(heights[n] for n in signed)]):
            break
    for n in signed:
        heights[n] = max(heights[n], min(each, _MOST))
    return kind, heights


def _height(one: Box, span: int, kind: Type) -> int:
    """Twips that a box takes at the least."""
    narrow = kind.half * 5  # twips of a narrow character
    told = [one.words] if one.words or not one.signed else []
    words = sum(lines(text, (span * _UNIT - _SIDES) / narrow) for text in (*told, *one.signed))
    label = lines(one.column.title, (_LABEL * _UNIT - _SIDES) / narrow)
    return max(_ROW, max(words, label) * kind.line + _AROUND)


def _box(one: Box, span: int, kind: Type) -> str:
    """Its label and its words; what is to be signed stands at the foot of its own."""
    label = "".join(_line(words, "center", kind, HEADING) for words in one.column.title.split("\n"))
    short = (
        not one.signed
        and "\n" not in one.words
        and shown.width(one.words) <= (span * _UNIT - _SIDES) / kind.half / 5
    )
    words = one.words.split("\n") if one.words or not one.signed else []
    own = [_line(text, "center" if short else "left", kind, BODY) for text in words]
    own += [_line(text, "right" if n else "left", kind, BODY) for n, text in enumerate(one.signed)]
    foot = "bottom" if one.signed else "center"
    return _cell(label, _LABEL, "center") + _cell("".join(own), span, foot)


def _cell(content: str, span: int, align: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{span * _UNIT}" w:type="dxa"/><w:gridSpan w:val="{span}"/>'
        f'<w:vAlign w:val="{align}"/></w:tcPr>{content}</w:tc>'
    )


def _line(words: str, align: str, kind: Type, font: str) -> str:
    return _paragraph(words, align, kind.half, font, kind.line)


def _paragraph(words: str, align: str, half: int, font: str, line: int, *, before: bool = False) -> str:
    """before: it begins a page."""
    page = "<w:pageBreakBefore/>" if before else ""
    return (
        f'<w:p><w:pPr>{page}<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{half}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'
    )
