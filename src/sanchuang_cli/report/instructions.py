"""Writes 填报说明, the one page (.docx) of instructions that goes to the townships with the blank rosters."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from sanchuang_cli.report import gridlines, zips
from sanchuang_cli.report.cells import clean
from sanchuang_cli.report.official import BODY, HEADING, TITLE

_HOW = (
    "从“例1、例2”两行下面填起，一人或一个党组织一行。这两行不计入，可以保留也可以删除。",
    "标题行的文字不要改；列的先后可以调整。各栏填什么，见每本名册的“填表说明”页。",
    "有下拉的从下拉里选，没有合适的照实写。日期写 2012-06-02，只知道月份的写 2012-06。",
    "身份证号、账号、电话各列已设成文本，照证件和存折录入；从别处粘贴时选“只粘贴数值”。",
    "没有的留空，不写“同上”；看不清、定不下来的在备注里写明，不要猜。",
    "文件名前面加上乡镇名，报电子表格，不报图片和 PDF。",
)
_EPOCH = datetime(2000, 1, 1)
_SIZE, _LINES = Pt(12), 1.75


class BlankRoster(NamedTuple):
    """A blank roster of the set. matter: the work it is for, such as 生活补贴."""

    file: str
    matter: str
    title: str


def write(target: Path, county: str, sheets: Sequence[BlankRoster], telephone: str = "") -> None:
    """Write the page and replace `target` if it exists. telephone: for questions, "" leaves a blank. Raises
    OSError."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(22)
    section.left_margin = section.right_margin = Mm(25)
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by, facts.comments = "填报说明", "", "", ""
    facts.created = facts.modified = _EPOCH
    _add(document, f"{county}名册填报说明", TITLE, Pt(20)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for heading, lines in _parts(sheets, telephone):
        _add(document, heading, HEADING, _SIZE)
        for line in lines:
            _add(document, line, BODY, _SIZE).paragraph_format.first_line_indent = _SIZE * 2
    loose = BytesIO()
    document.save(loose)
    zips.settle(loose, target, gridlines.PLACE, ())


def _parts(sheets: Sequence[BlankRoster], telephone: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Each heading with the lines below it."""
    yield "一、有哪些表", [f"{sheet.matter}：{sheet.title}，文件“{sheet.file}”" for sheet in sheets]
    yield "二、怎样填", [f"{number}. {words}" for number, words in enumerate(_HOW, 1)]
    yield "三、什么时候报", ["报送时间：________年____月____日前；报后有变动的随时补报。"]
    yield "四、有疑问找谁", [f"联系人：__________________    电话：{telephone or '__________________'}"]


def _add(document: Any, words: str, font: str, size: Any) -> Any:
    """Add a paragraph in one font for Chinese and Latin characters."""
    made = document.add_paragraph()
    looks = made.paragraph_format
    looks.space_before = looks.space_after = Pt(0)
    looks.line_spacing = Pt(size.pt * _LINES)
    run = made.add_run(clean(words))
    run.font.name, run.font.size = font, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return made
