"""Adds words to the comments of a sheet, takes words of an earlier return off them, and draws their boxes.

Values only: parts in, parts out. Promise: a comment that gets no words of ours, and loses none, keeps every byte.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sanchuang_cli.roster.books.comments import RETURNED
from sanchuang_cli.roster.returns.ooxml.sheets import Place, place_of, reference_of
from sanchuang_cli.roster.returns.ooxml.spans import Edits, Node, named, parsed, prefix, quoted, require

AUTHOR = "sanchuang"
_LINES_FIT = 24
_LINE_HEIGHT = 19
_WIDTH = 340


@dataclass(frozen=True)
class Noted:
    """A part of comments after the change. made, longer, gone: the cells whose comment is new, has more words, or is no more;
    texts: what the first two say now."""

    part: bytes
    made: tuple[Place, ...]
    longer: tuple[Place, ...]
    gone: tuple[Place, ...]
    texts: Mapping[Place, str]


def blank(space: str) -> bytes:
    """A part of comments without any."""
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{declared}<comments xmlns="{space}"><authors/><commentList/></comments>'.encode()


def returned_before(part: bytes) -> set[Place]:
    """The cells with words of an earlier return."""
    comments = parsed(part).all("comment")
    return {
        place
        for comment in comments
        if RETURNED in _text(comment) and (place := place_of(comment.get("ref")))
    }


def nowhere(place: Place) -> bool:
    """No cell is dropped."""
    return False


def noted(part: bytes, words: Mapping[Place, str], dropped: Callable[[Place], bool] = nowhere) -> Noted:
    """The comments with our words at some cells, and without our earlier ones; without any at the cells `dropped`."""
    writing = _Writing(part, words)
    for comment in writing.root.all("comment"):
        place = place_of(comment.get("ref"))
        if place is not None:
            writing.change(place, comment, dropped(place))
    made = tuple(place for place in words if place not in writing.there)
    for place in made:
        writing.make(place)
    return Noted(writing.edits.result(), made, tuple(writing.longer), tuple(writing.gone), writing.texts)


class _Writing:
    """The changes to one part of comments."""

    def __init__(self, part: bytes, words: Mapping[Place, str]) -> None:
        self.part, self.words = part, words
        self.root = parsed(part)
        self.prefix = prefix(part, self.root)
        self.edits = Edits(part)
        self.there: set[Place] = set()
        self.longer: list[Place] = []
        self.gone: list[Place] = []
        self.texts: dict[Place, str] = {}
        self._author = -1

    def change(self, place: Place, comment: Node, dropped: bool) -> None:
        """Takes our earlier words off a comment, and adds the new ones, if there are any of either."""
        text, words = _text(comment), self.words.get(place)
        kept = "" if dropped else text.partition(RETURNED)[0].rstrip()
        if kept:
            self.there.add(place)
        elif dropped or RETURNED in text:
            self.gone.append(place)
            self.edits.remove(comment)
            return
        if words is None and RETURNED not in text:
            return
        runs = (
            self._kept(require(comment.child("text")), len(kept)) if RETURNED in text else self._runs(comment)
        )
        self.texts[place] = kept
        if words is not None:
            self.texts[place] = f"{kept}\n\n{words}"
            runs += self._run(f"\n\n{words}")
            self.longer.append(place)
        body = require(comment.child("text"))
        self.edits.replace(body.inside, body.close, runs)

    def make(self, place: Place) -> None:
        """Adds a comment of ours."""
        self.texts[place] = self.words[place]
        inside = self._run(self.words[place])
        head = f'<comment ref="{reference_of(place)}" authorId="{self._ours()}" shapeId="0"><text>|</text></comment>'
        markup = named(head, self.prefix).replace(b"|", inside)
        self.edits.append(require(self.root.child("commentList")), markup)

    def _ours(self) -> int:
        """Our number among the authors."""
        authors = require(self.root.child("authors"))
        names = [author.text for author in authors.children]
        if self._author < 0 and AUTHOR not in names:
            self.edits.append(authors, named(f"<author>{AUTHOR}</author>", self.prefix))
        self._author = names.index(AUTHOR) if AUTHOR in names else len(names)
        return self._author

    def _runs(self, comment: Node) -> bytes:
        """The inside of a comment as runs, so that another can follow. What is told of its sound is left out."""
        runs = [
            self._as_run(node, node.text)
            for node in require(comment.child("text")).children
            if node.name == "t"
        ]
        runs += [self.part[n.start : n.end] for n in require(comment.child("text")).children if n.name == "r"]
        return b"".join(runs)

    def _kept(self, text: Node, room: int) -> bytes:
        """The first characters of a comment, in the runs that they stand in."""
        runs = b""
        for node in text.children:
            said = node.text if node.name == "t" else "".join(t.text for t in node.children if t.name == "t")
            if room <= 0 or node.name not in ("r", "t"):
                continue
            whole = len(said) <= room and node.name == "r"
            runs += self.part[node.start : node.end] if whole else self._as_run(node, said[:room])
            room -= len(said)
        return runs

    def _as_run(self, node: Node, text: str) -> bytes:
        """A run with other text, in the same letters."""
        letters = node.child("rPr")
        return self._run(text, self.part[letters.start : letters.end] if letters else b"")

    def _run(self, text: str, letters: bytes = b"") -> bytes:
        start, end = named("<r>", self.prefix), named('<t xml:space="preserve">', self.prefix)
        closed = named("</t></r>", self.prefix)
        return start + letters + end + quoted(text).encode() + closed


def _text(comment: Node) -> str:
    """All that a comment says."""
    text = comment.child("text")
    runs = (node for node in (text.children if text else ()) if node.name in ("r", "t"))
    return "".join(node.text if node.name == "t" else "".join(t.text for t in node.all("t")) for node in runs)


DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{block}"/></o:shapelayout></xml>'
)
_TYPE = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202"'
    ' style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;{size};z-index:1;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_DRAWN = re.compile(rb"<((?:\w+:)?)shape\b.*?</\1shape>", re.DOTALL)
_NUMBER = re.compile(rb"_x0000_s(\d+)")
_IDMAP = re.compile(rb"<(?:\w+:)?idmap\b[^>]*?\bdata=[\"']([\d,]+)")
_ANCHOR = re.compile(rb"<((?:\w+:)?)Anchor>.*?</\1Anchor>", re.DOTALL)
_STYLE = re.compile(rb"(\bstyle\s*=\s*[\"'])")
_SIZE = re.compile(rb"(?<![-\w])(width|height)\s*:[^;\"']*")


def blocks(vml: bytes) -> set[int]:
    """The blocks of numbers of shapes that a drawing uses; no other drawing of the book should."""
    return {int(block) for found in _IDMAP.findall(vml) for block in found.split(b",") if block}


def blank_drawing(block: int) -> bytes:
    return _VML.format(block=block).encode()


def drawn(vml: bytes, after: Noted) -> bytes:
    """The drawing with a box for each new comment, larger boxes for longer ones, and none for those that are gone.

    It is searched for shapes and not read as XML, because Excel itself does not always write XML here.
    """

    boxed: set[Place | None] = set()

    def change(shape: re.Match[bytes]) -> bytes:
        place = _place(shape[0])
        boxed.add(place)
        if place in after.longer:
            return _resized(shape[0], _size(after.texts[place]))
        return b"" if place in after.gone else shape[0]

    vml = _DRAWN.sub(change, vml)
    unboxed = [*after.made, *(place for place in after.longer if place not in boxed)]
    first = max([*map(int, _NUMBER.findall(vml)), 1024 * min(blocks(vml), default=1)]) + 1
    shapes = [
        _SHAPE.format(number=number, size=_size(after.texts[row, column]), row=row - 1, column=column - 1)
        for number, (row, column) in enumerate(unboxed, first)
    ]
    if shapes and b'id="_x0000_t202"' not in vml:
        shapes.insert(0, _TYPE)
    end = vml.rindex(b"</")
    return vml[:end] + "".join(shapes).encode() + vml[end:]


def _place(shape: bytes) -> Place | None:
    """The cell of a comment's box; None for another shape."""
    numbers = [re.search(rb"<(?:\w+:)?%s>\s*(\d+)" % name, shape) for name in (b"Row", b"Column")]
    if b"Note" not in shape or None in numbers:
        return None
    row, column = (int(found[1]) for found in numbers if found)
    return row + 1, column + 1


def _resized(shape: bytes, size: str) -> bytes:
    """A shape of another size. Where it stood in cells is left out, because programs would go by that alone."""
    tag_end = shape.index(b">")
    tag = _STYLE.sub(rb"\1" + f"{size};".encode(), _SIZE.sub(b"", shape[:tag_end]), count=1)
    return tag + _ANCHOR.sub(b"", shape[tag_end:])


def _size(text: str) -> str:
    """The size that a text needs."""
    lines = sum(1 + len(line) // _LINES_FIT for line in text.split("\n"))
    return f"width:{_WIDTH}px;height:{20 + _LINE_HEIGHT * lines}px"
