"""Writes a 公示 or a letter as a .docx in the layout of official documents (GB/T 9704-2012), with its list as
attachment.

The same notice gives the same bytes. Fonts are named and not embedded.
"""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from sanchuang_cli import __version__
from sanchuang_cli.report import gridlines, shown, specimen, zips
from sanchuang_cli.report.cells import clean
from sanchuang_cli.report.notice import Posted

TITLE, HEADING, BODY, FOOTER = "方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"
_SECOND, _THIRD, _FOURTH = Pt(22), Pt(16), Pt(14)
"""Type sizes 2号, 3号 and 4号."""
_LINE = Pt(28.95)
"""The distance of lines: 22 of them fill the 225 mm of the type area."""
_CHARACTER = Pt(16)
_TITLE_LINE, _CONDENSED, _BETWEEN_SCRIPTS = 40, 0.88, 2
"""For titles: the half-width characters that fill a line of 156 mm, how far they may be condensed to fit, and
the space that programs add beside figures among Chinese characters."""
_RED, _LARGEST, _ACROSS = RGBColor(0xFF, 0, 0), 42, 430
"""For the letterhead: its colour, its largest type size, and the points that it may take of the 442 of a
line."""
_EPOCH = datetime(2000, 1, 1)


def write(target: Path, posted: Posted) -> None:
    """Write the notice or letter and replace `target` if it exists. Raises OSError."""
    document = Document()
    _set_up(document, posted)
    if posted.letterhead:
        head(document, posted.letterhead)
    if posted.number:
        _plain(document, posted.number, BODY).alignment = WD_ALIGN_PARAGRAPH.CENTER
        _paragraph(document)
    _title(document, posted.title)
    if posted.to:
        _plain(document, f"{posted.to}：", BODY)
    for heading, words in posted.paragraphs:
        last = _prose(document, heading, words)
    last.paragraph_format.keep_with_next = True  # a page must not have only the signature and the date
    _sign(document, posted)
    document.add_section(WD_SECTION.NEW_PAGE)
    _plain(document, "附件1" if posted.attached else "附件", HEADING)
    _title(document, posted.table.title)
    if posted.table.unit:
        _plain(document, f"单位：{posted.table.unit}", BODY).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.element.body.insert_element_before(OxmlElement("w:tbl"), "w:sectPr")
    _plain_notes(document, posted)
    loose = BytesIO()
    document.save(loose)
    sizes = gridlines.SMALL if posted.working else gridlines.SIZES
    zips.settle(loose, target, gridlines.PLACE, gridlines.xml(posted.table, sizes))


def _set_up(document: Any, posted: Posted) -> None:
    """Set paper, margins, the grid of lines, page numbers and the font of the body, and remove the library's
    defaults."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    of_section = document.element.body.find(qn("w:sectPr"))
    grid = of_section.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        of_section.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(_LINE.pt * 20)))
    # GB/T 9704 puts the page number outside: at the right on odd pages, at the left on even ones.
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], even=False)
    _page_number(section.even_page_footer.paragraphs[0], even=True)
    if posted.draft:
        specimen.mark_document(section)
    typed(document.styles["Normal"], BODY, _THIRD)
    describe(document, posted.title)


def describe(document: Any, title: str) -> None:
    """Set the properties of the document: no person, no time, nothing of the library's template."""
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = title, "", ""
    facts.comments, facts.revision = f"sanchuang {__version__}", 1
    facts.created = facts.modified = _EPOCH
    package = document.part.package
    # The thumbnail shows a page of the library's template and not of this document.
    for key, link in list(package.rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def typed(target: Any, font: str, size: Any) -> None:
    """Set one font for Chinese and Latin characters of a run or a style."""
    target.font.name, target.font.size = font, size
    properties = target.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), font)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _paragraph(document: Any) -> Paragraph:
    made: Paragraph = document.add_paragraph()
    looks = made.paragraph_format
    looks.space_before = looks.space_after = Pt(0)
    looks.line_spacing_rule, looks.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE
    return made


def _run(paragraph: Paragraph, words: str, font: str, size: Any = _THIRD) -> None:
    typed(paragraph.add_run(clean(words)), font, size)


def head(document: Any, words: str) -> None:
    """Add the letterhead: the issuer in red, as large as one line allows, above a red line."""
    made = _paragraph(document)
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    size = Pt(min(_LARGEST, int(2 * _ACROSS / shown.width(words))))
    made.paragraph_format.line_spacing, made.paragraph_format.space_after = Pt(size.pt * 1.4), _LINE
    _off_the_grid(made)
    _run(made, words, TITLE, size)
    made.runs[0].font.color.rgb = _RED
    edge, edges = OxmlElement("w:bottom"), OxmlElement("w:pBdr")
    for key, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", str(_RED))):
        edge.set(qn(f"w:{key}"), value)
    edges.append(edge)
    properties = made.paragraph_format.element.get_or_add_pPr()
    properties.insert_element_before(edges, "w:snapToGrid", "w:spacing", "w:ind", "w:jc")


def _off_the_grid(paragraph: Paragraph) -> None:
    loose = OxmlElement("w:snapToGrid")
    loose.set(qn("w:val"), "0")
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    properties.insert_element_before(loose, "w:spacing", "w:ind", "w:jc")


def _title(document: Any, words: str) -> None:
    """Add the title. A title that is slightly too long is condensed to fit on one line.

    It does not follow the grid of lines, which would pull the lines of a longer title apart.
    """
    made = _paragraph(document)
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.paragraph_format.line_spacing = Pt(36)
    _off_the_grid(made)
    _run(made, words, TITLE, _SECOND)
    needed = shown.width(words) + _BETWEEN_SCRIPTS * len(re.findall("[0-9]+", words))
    if _TITLE_LINE < needed <= _TITLE_LINE / _CONDENSED:
        scale = OxmlElement("w:w")
        scale.set(qn("w:val"), str(int(100 * _TITLE_LINE / needed)))
        properties = made.runs[0]._r.get_or_add_rPr()
        properties.insert_element_before(scale, "w:sz", "w:szCs")
    _paragraph(document)


def _plain(document: Any, words: str, font: str) -> Paragraph:
    made = _paragraph(document)
    _run(made, words, font)
    return made


def _prose(document: Any, heading: str, words: str) -> Paragraph:
    made = _paragraph(document)
    made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    made.paragraph_format.first_line_indent = _CHARACTER * 2
    if heading:
        _run(made, heading, HEADING)
    _run(made, words, BODY)
    return made


def _sign(document: Any, posted: Posted) -> None:
    """Add the list of attachments, space for a seal, and the issuer and the date at the right margin."""
    for made in (_paragraph(document), *_attached(document, posted), _paragraph(document)):
        made.paragraph_format.keep_with_next = True
    issuer = _plain(document, f"{posted.issuer}（盖章）", BODY)
    dated = _plain(document, posted.dated, BODY)
    issuer.paragraph_format.keep_with_next = True
    for made, characters in ((issuer, 2), (dated, 4)):
        made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        made.paragraph_format.right_indent = _CHARACTER * characters
    if posted.note:
        dated.paragraph_format.keep_with_next = True
        _plain(document, f"（{posted.note}）", BODY).paragraph_format.left_indent = _CHARACTER * 2


def _attached(document: Any, posted: Posted) -> list[Paragraph]:
    """Add the attachments, 附件：1．… 2．…, each on its own line."""
    titles = [posted.table.title, *posted.attached]
    if len(titles) == 1:
        return [_prose(document, "", f"附件：{titles[0]}")]
    lines = [f"{'附件：' if n == 1 else '　　　'}{n}．{title}" for n, title in enumerate(titles, 1)]
    return [_prose(document, "", line) for line in lines]


def _plain_notes(document: Any, posted: Posted) -> None:
    for note in posted.table.notes:
        made = _paragraph(document)
        made.paragraph_format.line_spacing = Pt(20)
        _run(made, f"注：{note}", BODY, Pt(12))


def _page_number(paragraph: Paragraph, *, even: bool) -> None:
    """Add the page number, — 1 — in 4号 宋体: at the right on odd pages, at the left on even pages, one
    character in."""
    looks = paragraph.paragraph_format
    if even:
        paragraph.alignment, looks.left_indent = WD_ALIGN_PARAGRAPH.LEFT, _FOURTH
    else:
        paragraph.alignment, looks.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, _FOURTH
    _run(paragraph, "— ", FOOTER, _FOURTH)
    for kind, words in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "1"), ("end", "")):
        run = paragraph.add_run()
        typed(run, FOOTER, _FOURTH)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText" if words == "PAGE" else "w:t")
            mark.text = words
        run._r.append(mark)
    _run(paragraph, " —", FOOTER, _FOURTH)
