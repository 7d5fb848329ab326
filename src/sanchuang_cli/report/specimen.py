"""Prints 样张 across every page of a specimen notice, so that nobody posts it. It works on documents in
memory."""

from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml
from docx.section import Section
from xlsxwriter.worksheet import Worksheet

SPECIMEN = "样张"
_GREY = "BFBFBF"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_ACROSS = (
    "position:absolute;margin-left:0;margin-top:0;width:400pt;height:200pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)


def mark_document(section: Section) -> None:
    """Put a grey, slanted watermark behind the text of every page of a .docx."""
    for header in (section.header, section.even_page_header):
        header.paragraphs[0]._p.append(parse_xml(_shape()))


def _shape() -> str:
    return (
        f'<w:r {_NAMESPACES}><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136" style="{_ACROSS}" o:allowincell="f" '
        f'fillcolor="#{_GREY}" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string={quoteattr(SPECIMEN)}/>'
        "</v:shape></w:pict></w:r>"
    )


def mark_sheet(sheet: Worksheet) -> None:
    """Put large grey words above the text of every page of an .xlsx.

    They stand in the header, since spreadsheet programs print backgrounds of cells in different ways or not
    at all.
    """
    words = "　　".join([SPECIMEN] * 3)
    sheet.set_header(f'&C&"黑体,Regular"&54&K{_GREY}{words}', {"margin": 0.5})
