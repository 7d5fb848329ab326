"""Finds what to show for characters that the terminal's encoding lacks. No other module knows about this.

A Chinese Windows console in GBK has no − and no ⌊ ⌋, with which the arithmetic is written. Nothing that can
be shown another way becomes a question mark, and nothing crashes.
"""

import codecs
from typing import TextIO

NEAREST = "sanchuang-nearest"
"""The name under which Python's streams know this way of encoding."""
_INSTEAD = {
    "−": ("-",),
    "×": ("x",),
    "÷": ("/",),
    "⌊": ("取整(", "int("),
    "⌋": (")",),
    "…": ("~",),
    "¥": ("￥", "Y"),
    "★": ("*",),
    "⭐": ("★", "*"),
    "•": ("·", "."),
    "‧": ("·", "."),
    "・": ("·", "."),
    "✓": ("√",),
    "✔": ("√",),
}
"""What means the same, the best first."""
_NOTHING_LIKE_IT = ("〓", "?")
"""Printers set 〓 where they have no type. It is as wide as the Chinese character that it stands for."""
_BOTH_WIDTHS = 0x1100
"""Characters below this are narrow; a question mark is wide enough for them."""


def suited(text: str, encoding: str) -> str:
    """Return the text in characters that the encoding has."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(nearest(character, encoding) for character in text)
    return text


def nearest(character: str, encoding: str) -> str:
    """Return the character if the encoding has it, and otherwise the most similar one that it has."""
    wide = _NOTHING_LIKE_IT if ord(character) >= _BOTH_WIDTHS else _NOTHING_LIKE_IT[1:]
    known = (character, *_INSTEAD.get(character, ()), *wide)
    return next((choice for choice in known if _has(encoding, choice)), "?")


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _replaced(trouble: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(trouble, UnicodeEncodeError):
        raise trouble
    lost = trouble.object[trouble.start : trouble.end]
    instead = "".join(nearest(character, trouble.encoding) for character in lost)
    # As bytes, because as text an error handler of UTF-8 may only return ASCII.
    return instead.encode(trouble.encoding), trouble.end


codecs.register_error(NEAREST, _replaced)


def never_crashing(stream: TextIO) -> TextIO:
    """Make the stream write the most similar character for one that its encoding lacks, from now on, and
    return it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors=NEAREST)
    return stream
