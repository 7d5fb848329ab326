"""Finds the elements of an XML part by their places in its bytes, so that one can be changed while all others stay as they are.

Values only. Promise: what is not edited comes out byte for byte, with the prefixes, the order and the spaces of its author.
A part with a document type, and so with entities, is refused.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from sanchuang_cli.report.cells import clean

_TAG = re.compile(rb"<[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")
_NAME = re.compile(rb"</?((?:[^\s/>:]+:)?)([^\s/>]+)")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)["'][^>]*\?>""")
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class UneditableError(Exception):
    """A part is not what it should be, so it is not edited."""


class Node:
    """An element and where it stands: its start tag is data[start:inside], its end tag data[close:end].

    An element without an end tag has inside == close == end.
    """

    __slots__ = ("attributes", "children", "close", "end", "inside", "name", "start", "text")

    def __init__(self, name: str, attributes: dict[str, str], start: int, inside: int) -> None:
        self.name, self.attributes = name, attributes
        self.start, self.inside = start, inside
        self.close = self.end = inside
        self.children: list[Node] = []
        self.text = ""

    def child(self, name: str) -> "Node | None":
        """The first element of this name right inside."""
        return next((node for node in self.children if node.name == name), None)

    def all(self, name: str) -> Iterator["Node"]:
        """The elements of this name, however deep."""
        for node in self.children:
            if node.name == name:
                yield node
            yield from node.all(name)

    def get(self, name: str) -> str:
        """An attribute by its name without a prefix, "" if there is none."""
        return self.attributes.get(name, "")


def utf8(data: bytes) -> bytes:
    """The part in UTF-8, which it nearly always is."""
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8)[:200])
    coding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    coding = coding or (declared[1].decode().lower() if declared else "utf-8")
    if coding in ("utf-8", "utf8", "us-ascii", "ascii"):
        return data
    again = data.decode(coding).encode()
    return _DECLARED.sub(b'<?xml version="1.0" encoding="UTF-8"?>', again, count=1)


def parsed(data: bytes, each: Mapping[str, Callable[[Node], None]] | None = None) -> Node:
    """The root of a part in UTF-8. each: what is called for every element of a name when it ends; such elements are not kept,
    because a sheet may have a million rows."""
    reader = _Reader(data, each or {})
    reader.parser.Parse(data, True)
    return reader.top.children[0]


def check(data: bytes) -> None:
    """Raises ExpatError unless the part is whole XML."""
    expat.ParserCreate().Parse(data, True)


class _Reader:
    """Builds the tree while expat goes through the bytes."""

    def __init__(self, data: bytes, each: Mapping[str, Callable[[Node], None]]) -> None:
        self.data, self.each = data, each
        self.top = Node("", {}, 0, 0)
        self.open = [self.top]
        parser = self.parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        tag = _TAG.match(self.data, at)
        assert tag is not None
        for key in [key for key in attributes if " " in key]:
            attributes[key.rpartition(" ")[2]] = attributes.pop(key)
        self.open.append(Node(name.rpartition(" ")[2], attributes, at, tag.end()))

    def _end(self, name: str) -> None:
        node = self.open.pop()
        if self.data[node.inside - 2] != ord("/"):
            node.close = self.parser.CurrentByteIndex
            node.end = self.data.index(b">", node.close) + 1
        done = self.each.get(node.name)
        if done:
            done(node)
        else:
            self.open[-1].children.append(node)

    def _text(self, text: str) -> None:
        self.open[-1].text += text


def _refuse(*_: Any) -> None:
    raise UneditableError("a document type")


def require(node: Node | None) -> Node:
    """The element, which a package cannot do without."""
    if node is None:
        raise UneditableError("an element is missing")
    return node


def prefix(data: bytes, node: Node) -> bytes:
    """The namespace prefix of an element with its colon, b"" without one."""
    named = _NAME.match(data, node.start)
    return named[1] if named else b""


def named(markup: str, of: bytes) -> bytes:
    """Markup of elements without a prefix, with the prefix `of`."""
    return re.sub(rb"<(/?)(?=\w)", rb"<\1" + of, markup.encode()) if of else markup.encode()


def quoted(text: str) -> str:
    """Text as it may stand in an element or an attribute."""
    return escape(clean(text), {'"': "&quot;"})


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """A start tag with an attribute changed or added; None takes it off."""
    there = re.search(rb"\s+" + name.encode() + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", tag)
    if there is None and value is None:
        return tag
    written = b"" if value is None else f' {name}="{quoted(value)}"'.encode()
    if there:
        return tag[: there.start()] + written + tag[there.end() :]
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + written + tag[end:]


class Edits:
    """The changes to one part, collected and made at once."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._changes: list[tuple[int, int, bytes]] = []
        self._tags: dict[int, tuple[Node, bytes, list[bytes]]] = {}

    def replace(self, start: int, end: int, by: bytes) -> None:
        self._changes.append((start, end, by))

    def remove(self, node: Node) -> None:
        self.replace(node.start, node.end, b"")

    def tag(self, node: Node, name: str, value: str | None) -> None:
        """Changes an attribute of an element."""
        _, tag, inside = self._of(node)
        self._tags[node.start] = node, with_attribute(tag, name, value), inside

    def append(self, node: Node, content: bytes) -> None:
        """Adds content as the last inside an element."""
        self._of(node)[2].append(content)

    def _of(self, node: Node) -> tuple[Node, bytes, list[bytes]]:
        return self._tags.setdefault(node.start, (node, self.data[node.start : node.inside], []))

    def result(self) -> bytes:
        """The part with all changes. Those at one place come in the order in which they were made."""
        changes = [*self._changes]
        for node, tag, inside in self._tags.values():
            changes += self._of_element(node, tag, b"".join(inside))
        parts, at = [], 0
        for start, end, by in sorted(changes, key=lambda change: change[:2]):
            if start < at:
                raise UneditableError("two changes at one place")
            parts += [self.data[at:start], by]
            at = end
        return b"".join([*parts, self.data[at:]])

    def _of_element(self, node: Node, tag: bytes, inside: bytes) -> Iterator[tuple[int, int, bytes]]:
        if node.close != node.inside or self.data[node.inside - 2] != ord("/"):
            yield node.start, node.inside, tag
            if inside:
                yield node.close, node.close, inside
        elif inside:
            name = _NAME.match(tag)
            assert name is not None
            yield node.start, node.end, tag[:-2].rstrip() + b">" + inside + b"</" + name[1] + name[2] + b">"
        else:
            yield node.start, node.end, tag
