"""Writes application forms as a .docx, one A4 page for each person. The space to sign fills the rest of the
page.

The tables are written as XML text and put into the document when it is zipped, as in gridlines.py. With the
library's own objects five hundred forms would take minutes instead of a second. The same forms give the same
bytes.
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
"""Columns of the grid that all rows share, and how many of them a label is wide."""
_UNIT = _WIDTH // _UNITS
_TITLE, _LINE, _NOTE, _SPARE = 900, 420, 300, 500
"""Twips of the title, of the line below it, of a line of notes, and of the reserve for differences between
programs."""
_ROW, _AROUND, _SIDES = 440, 100, 160
"""Twips: the least height of a row, the space above and below a text, and the space beside it."""
_SIGNING, _MOST = 1250, 2900
"""Twips: the least and the greatest height of a row to sign in."""
_BORDERS = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


class Type(NamedTuple):
    """A type size. half: in half-points. line: the distance of lines in twips."""

    half: int
    line: int


_TYPES = (Type(21, 290), Type(18, 250), Type(16, 220))
"""五号, 小五 and eight points. The largest is used that leaves enough room to sign on the page."""


def write(target: Path, title: str, forms: Sequence[Form], unmask: Set[str] = frozenset()) -> None:
    """Write the forms and replace `target` if it exists. Raises OSError.

    unmask: names or headings of the boxes whose numbers are not masked.
    """
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
    """The page of one person as XML."""
    rows = [[box._replace(words=_words(box, unmask)) for box in row] for row in form.rows]
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
        cells = "".join(_box(box, span, kind) for box, span in zip(row, _spans(row), strict=True))
        yield (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>{cells}</w:tr>'
        )
    yield "</w:tbl>"
    for note in notes or [""]:
        yield _paragraph(note, "left", 18, BODY, 240)


def _words(box: Box, unmask: Set[str]) -> str:
    return clean(box.words if box.column.called(unmask) else hidden(box.column.kind, box.words))


def _spans(row: Sequence[Box]) -> list[int]:
    """How many columns of the grid the text of each box takes, without its label."""
    room, shares = _UNITS - _LABEL * len(row), sum(box.share for box in row)
    # The last box takes what rounding leaves, so that all rows are equally wide.
    spans = [room * box.share // shares for box in row]
    return [*spans[:-1], room - sum(spans[:-1])]


def _measured(rows: Sequence[Sequence[Box]], notes: Sequence[str]) -> tuple[Type, list[int]]:
    """The type size, and the height of each row in twips. The rows to sign in share the space that is left on
    the page."""
    below = sum(_NOTE * lines(note, _WIDTH / 90) for note in notes)
    room = _HEIGHT - _TITLE - _LINE - _SPARE - below
    for kind in _TYPES:
        heights = [
            max(_height(box, span, kind) for box, span in zip(row, _spans(row), strict=True)) for row in rows
        ]
        signed = [n for n, row in enumerate(rows) if any(box.signed for box in row)]
        left = room - sum(height for n, height in enumerate(heights) if n not in signed)
        each = left // max(1, len(signed))
        if each >= max([_SIGNING, *(heights[n] for n in signed)]):
            break
    for n in signed:
        heights[n] = max(heights[n], min(each, _MOST))
    return kind, heights


def _height(box: Box, span: int, kind: Type) -> int:
    """The least height of a box in twips."""
    narrow = kind.half * 5  # twips of a character of half width
    texts = [box.words] if box.words or not box.signed else []
    words = sum(lines(text, (span * _UNIT - _SIDES) / narrow) for text in (*texts, *box.signed))
    label = lines(box.column.title, (_LABEL * _UNIT - _SIDES) / narrow)
    return max(_ROW, max(words, label) * kind.line + _AROUND)


def _box(box: Box, span: int, kind: Type) -> str:
    """The cells of a box: its label and its text. The lines to sign on stand at the bottom of the cell."""
    label = "".join(_line(words, "center", kind, HEADING) for words in box.column.title.split("\n"))
    short = (
        not box.signed
        and "\n" not in box.words
        and shown.width(box.words) <= (span * _UNIT - _SIDES) / kind.half / 5
    )
    words = box.words.split("\n") if box.words or not box.signed else []
    paragraphs = [_line(text, "center" if short else "left", kind, BODY) for text in words]
    paragraphs += [_line(text, "right" if n else "left", kind, BODY) for n, text in enumerate(box.signed)]
    foot = "bottom" if box.signed else "center"
    return _cell(label, _LABEL, "center") + _cell("".join(paragraphs), span, foot)


def _cell(content: str, span: int, align: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{span * _UNIT}" w:type="dxa"/><w:gridSpan w:val="{span}"/>'
        f'<w:vAlign w:val="{align}"/></w:tcPr>{content}</w:tc>'
    )


def _line(words: str, align: str, kind: Type, font: str) -> str:
    return _paragraph(words, align, kind.half, font, kind.line)


def _paragraph(words: str, align: str, half: int, font: str, line: int, *, before: bool = False) -> str:
    """A paragraph as XML. before: it begins a new page."""
    page = "<w:pageBreakBefore/>" if before else ""
    return (
        f'<w:p><w:pPr>{page}<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{half}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'
    )
