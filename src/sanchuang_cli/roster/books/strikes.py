"""What of a .xlsx is struck through: cells by their style, and texts of which all runs, or some, have a line.

Promise: a book without such a style and such a text costs one look at its styles and its texts, and no sheet is searched.
"""

import contextlib
import re
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from xml.etree import ElementTree

from sanchuang_cli.roster.books.content import named_parts
from sanchuang_cli.roster.books.xlsx import Struck, column_number

_CHUNK = 1 << 20
_WORD = b"strike"
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_SHARED = re.compile(rb'<c ([^>]*\bt="s"[^>]*)>\s*<v>(\d+)</v>')
_INLINE = re.compile(rb"<c ([^>]*)>\s*(<is>.*?</is>)", re.DOTALL)


def strikes(content: bytes) -> Callable[[bytes], Struck] | None:
    """What finds the struck cells in a piece of a sheet's XML; None where the book can have none. Raises whatever a
    broken archive raises."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = named_parts(archive)
        styles = _struck_styles(
            archive.read(part) for name, part in parts.items() if name.endswith("/styles.xml")
        )
        texts = next((part for name, part in parts.items() if name.endswith("/sharedstrings.xml")), None)
        shared = _struck_texts(archive.read(texts)) if texts and _mentions(archive, texts) else {}

    def find(piece: bytes) -> Struck:
        return {**_by_style(styles, piece), **_by_text(shared, piece), **_inline(piece)}

    # texts may also stand in the sheets themselves, where only a search can tell
    return find if styles or shared or texts is None else None


def _mentions(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether the word stands anywhere in a part, which is read as a stream."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if _WORD in rest + chunk:
                return True
            rest = chunk[-len(_WORD) :]
    return False


def _struck_styles(parts: Iterable[bytes]) -> re.Pattern[bytes] | None:
    """What finds the cell styles whose font has a line through it; None where there is no such font."""
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
    """Whether a font, or the properties of a run, say strike and do not take it back."""
    return any(_tag(one) == "strike" and one.get("val", "1") not in ("0", "false") for one in font.iter())


def _struck_texts(part: bytes) -> dict[int, bool]:
    texts = ElementTree.fromstring(part)  # noqa: S314
    found = ((number, _struck(text)) for number, text in enumerate(texts))
    return {number: whole for number, whole in found if whole is not None}


def _struck(text: ElementTree.Element) -> bool | None:
    """True where all that can be seen of a text has a line through it, False where a part has, None where nothing."""
    lines = [
        _tag(run) == "r" and _has_line(run)
        for run in text
        if _tag(run) in ("r", "t") and "".join(run.itertext()).strip()
    ]
    return all(lines) if any(lines) else None


def _by_style(styles: re.Pattern[bytes] | None, piece: bytes) -> Struck:
    found: Struck = {}
    for style in styles.finditer(piece) if styles else ():
        tag = piece[piece.rfind(b"<", 0, style.start()) : piece.find(b">", style.end())]
        if tag.startswith(b"<c ") and not tag.endswith(b"/") and (place := _place(tag)):
            found[place] = True
    return found


def _by_text(shared: dict[int, bool], piece: bytes) -> Struck:
    found: Struck = {}
    for attributes, number in _SHARED.findall(piece) if shared else ():
        if (whole := shared.get(int(number))) is not None and (place := _place(attributes)):
            found[place] = whole
    return found


def _inline(piece: bytes) -> Struck:
    found: Struck = {}
    mentioned = b"k" in piece and _WORD in piece  # a single byte is found, or not, ten times as soon
    for attributes, text in _INLINE.findall(piece) if mentioned else ():
        place = _place(attributes) if _WORD in text else None
        with contextlib.suppress(ElementTree.ParseError):
            whole = _struck(ElementTree.fromstring(text)) if place else None  # noqa: S314
            if place and whole is not None:
                found[place] = whole
    return found


def _place(tag: bytes) -> tuple[int, int] | None:
    reference = _REFERENCE.search(tag)
    return (int(reference[2]), column_number(reference[1].decode())) if reference else None
