"""Finds in the bytes of an .xlsx which cells have a line through them, wholly or in part, and gives a function that looks through
a sheet piece by piece. It opens no file.

Where nothing in the book has such a line, only the styles and the shared texts are looked at.
"""

import contextlib
import re
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from xml.etree import ElementTree

from sanchuang_cli.finding import column_number
from sanchuang_cli.roster.books.content import named_parts
from sanchuang_cli.roster.books.xlsx import Struck

_CHUNK = 1 << 20
_WORD = b"strike"
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_SHARED = re.compile(rb'<c ([^>]*\bt="s"[^>]*)>\s*<v>(\d+)</v>')
_INLINE = re.compile(rb"<c ([^>]*)>\s*(<is>.*?</is>)", re.DOTALL)


def strikes(content: bytes) -> Callable[[bytes], Struck] | None:
    """Makes the function that finds struck cells in a piece of a sheet's XML; None if the book can have none.

    Raises whatever a broken archive raises.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = named_parts(archive)
        styles = _struck_styles(
            archive.read(part) for name, part in parts.items() if name.endswith("/styles.xml")
        )
        texts = next((part for name, part in parts.items() if name.endswith("/sharedstrings.xml")), None)
        shared = _struck_texts(archive.read(texts)) if texts and _mentions(archive, texts) else {}

    def find(piece: bytes) -> Struck:
        return {**_by_style(styles, piece), **_by_text(shared, piece), **_inline(piece)}

    # In a book without a part of shared texts, the texts stand in the sheets, so the sheets must be searched.
    return find if styles or shared or texts is None else None


def _mentions(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether the word "strike" stands in a part. It is read as a stream, so the end of each chunk is kept for the next."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if _WORD in rest + chunk:
                return True
            rest = chunk[-len(_WORD) :]
    return False


def _struck_styles(parts: Iterable[bytes]) -> re.Pattern[bytes] | None:
    """A pattern for the cell styles whose font has a line through it, None if there is no such font."""
    numbers: list[int] = []
    for part in parts:
        if _WORD not in part:
            continue
        styles = ElementTree.fromstring(part)  # noqa: S314
        fonts = [_has_line(font) for font in _inside(styles, "fonts")]
        for number, style in enumerate(_inside(styles, "cellXfs")):
            font = int(style.get("fontId", "0"))
            if font < len(fonts) and fonts[font]:
                numbers.append(number)
    return re.compile(rb' s="(?:%s)"' % b"|".join(b"%d" % number for number in numbers)) if numbers else None


def _inside(styles: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return next((list(group) for group in styles if _tag(group) == name), [])


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _has_line(font: ElementTree.Element) -> bool:
    """Whether a font, or the properties of a run, have strike and do not switch it off."""
    strikes = (element for element in font.iter() if _tag(element) == "strike")
    return any(element.get("val", "1") not in ("0", "false") for element in strikes)


def _struck_texts(part: bytes) -> dict[int, bool]:
    """The shared texts with strikes by number; True if all of the text is struck."""
    texts = ElementTree.fromstring(part)  # noqa: S314
    judged = ((number, _struck(text)) for number, text in enumerate(texts))
    return {number: throughout for number, throughout in judged if throughout is not None}


def _struck(text: ElementTree.Element) -> bool | None:
    """True if all visible text has a line through it, False if a part of it has, None if nothing has."""
    lines = [
        _tag(run) == "r" and _has_line(run)
        for run in text
        if _tag(run) in ("r", "t") and "".join(run.itertext()).strip()
    ]
    return all(lines) if any(lines) else None


def _by_style(styles: re.Pattern[bytes] | None, piece: bytes) -> Struck:
    """The cells in a piece that have a struck style and a value."""
    struck: Struck = {}
    for style in styles.finditer(piece) if styles else ():
        tag = piece[piece.rfind(b"<", 0, style.start()) : piece.find(b">", style.end())]
        if tag.startswith(b"<c ") and not tag.endswith(b"/") and (place := _place(tag)):
            struck[place] = True
    return struck


def _by_text(shared: dict[int, bool], piece: bytes) -> Struck:
    """The cells in a piece that hold one of the struck shared texts."""
    struck: Struck = {}
    for attributes, number in _SHARED.findall(piece) if shared else ():
        if (throughout := shared.get(int(number))) is not None and (place := _place(attributes)):
            struck[place] = throughout
    return struck


def _inline(piece: bytes) -> Struck:
    """The cells in a piece whose text stands in the sheet itself and is struck."""
    struck: Struck = {}
    # Looking for a single byte is ten times as fast as for the word, and most pieces have no k.
    mentioned = b"k" in piece and _WORD in piece
    for attributes, text in _INLINE.findall(piece) if mentioned else ():
        place = _place(attributes) if _WORD in text else None
        with contextlib.suppress(ElementTree.ParseError):
            throughout = _struck(ElementTree.fromstring(text)) if place else None  # noqa: S314
            if place and throughout is not None:
                struck[place] = throughout
    return struck


def _place(tag: bytes) -> tuple[int, int] | None:
    """The row and column in the start tag of a cell."""
    reference = _REFERENCE.search(tag)
    return (int(reference[2]), column_number(reference[1].decode())) if reference else None
