"""Holds an .xlsx package in memory: its parts, what is linked from each, and what is changed, added or taken out.

It reads and writes bytes only. Promise: a part that is not changed has the same bytes in the package that is written, and the
same changes always give the same package.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from sanchuang_cli.roster.books.content import named_parts
from sanchuang_cli.roster.returns.ooxml.spans import Edits, Node, check, named, parsed, prefix, quoted, utf8

_EPOCH = (1980, 1, 1, 0, 0, 0)
_TYPES = "[content_types].xml"
_STRICT = "http://purl.oclc.org/ooxml/"
_RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    f"{_STRICT}officeDocument/relationships",
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", f"{_STRICT}spreadsheetml/main"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_NO_LINKS = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


@dataclass(frozen=True)
class Link:
    """What is linked from a part. kind: the last word of its type. target: a part in small letters, or an address outside."""

    key: str
    kind: str
    target: str
    outside: bool
    node: Node


class Package:
    """Parts are called by their path in small letters with slashes, because some programs write them otherwise."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(content))
        self._entries = named_parts(self._zip)
        self._changed: dict[str, bytes] = {}
        self._added: dict[str, str] = {}
        self._removed: set[str] = set()
        start = next(link for link in self.links("") if link.kind == "officeDocument")
        self.workbook = start.target
        data = self.read("_rels/.rels")
        self.strict = data[start.node.start : start.node.inside].count(_STRICT.encode()) > 0
        self.relationships, self.main = _RELATIONSHIPS[self.strict], _MAIN[self.strict]

    def __contains__(self, name: str) -> bool:
        return name not in self._removed and (name in self._entries or name in self._added)

    def __iter__(self) -> Iterator[str]:
        return (name for name in (*self._entries, *self._added) if name in self)

    def read(self, name: str) -> bytes:
        """The bytes of a part as they are now."""
        if name in self._changed:
            return self._changed[name]
        return self._zip.read(self._entries[name])

    def text(self, name: str) -> bytes:
        """The bytes of a part of XML, in UTF-8."""
        return utf8(self.read(name))

    def write(self, name: str, data: bytes) -> None:
        """Changes a part that is there."""
        self._changed[name] = data

    def add(self, path: str, data: bytes, content_type: str) -> None:
        """Adds a part and says what it is; a .vml file is known by its ending."""
        self._added[path.lower()], self._changed[path.lower()] = path, data
        if path.endswith(".vml"):
            self._declare("Default", "Extension", "vml", content_type)
        elif not path.endswith(".rels"):
            self._declare("Override", "PartName", f"/{path}", content_type)

    def remove(self, name: str) -> None:
        """Takes a part out, with what is linked from it in its own folder and what is said about it."""
        beside = [
            link.target
            for link in self.links(name)
            if posixpath.dirname(link.target) == posixpath.dirname(name)
        ]
        self._removed |= {name, _links_of(name)}
        for target in beside:
            if target in self:
                self.remove(target)
        data = self.text(_TYPES)
        edits = Edits(data)
        for said in parsed(data).children:
            if said.get("PartName").lower().lstrip("/") == name:
                edits.remove(said)
        self.write(_TYPES, edits.result())

    def unused(self, path: str) -> str:
        """The path with the first number for which there is no part; path: with {} for the number."""
        return next(name for n in range(1, 1 << 20) if (name := path.format(n)).lower() not in self)

    def links(self, name: str) -> list[Link]:
        """What is linked from a part; "" for the package itself."""
        rels = _links_of(name)
        if rels not in self:
            return []
        folder = posixpath.dirname(name)
        links = []
        for node in parsed(self.text(rels)).children:
            target, outside = node.get("Target").replace("\\", "/"), node.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
            links.append(Link(node.get("Id"), node.get("Type").rpartition("/")[2], target, outside, node))
        return links

    def linked(self, name: str, kind: str) -> list[str]:
        """The parts of a kind that are linked from a part."""
        return [link.target for link in self.links(name) if link.kind == kind and link.target in self]

    def relate(self, name: str, kind: str, path: str, base: str = "") -> str:
        """Links a part to another and gives the key of the link. base: the beginning of its type, if not the usual one."""
        rels = _links_of(name)
        if rels not in self:
            self.add(self._path_of_links(name), _NO_LINKS, "")
        keys = {link.key for link in self.links(name)}
        key = next(key for n in range(len(keys) + 1, 1 << 20) if (key := f"rId{n}") not in keys)
        target = posixpath.relpath(path, posixpath.dirname(self.path(name)) or ".")
        self._append(
            rels,
            f'<Relationship Id="{key}" Type="{base or self.relationships}/{kind}" Target="{quoted(target)}"/>',
        )
        return key

    def unrelate(self, name: str, keys: set[str]) -> None:
        """Takes links off a part."""
        data = self.text(_links_of(name))
        edits = Edits(data)
        for node in parsed(data).children:
            if node.get("Id") in keys:
                edits.remove(node)
        self.write(_links_of(name), edits.result())

    def beside_workbook(self, path: str) -> str:
        """The path of a part in the folder of the workbook."""
        return posixpath.join(posixpath.dirname(self.path(self.workbook)), path)

    def drop(self, name: str, *kinds: str) -> bool:
        """Takes out what is linked from a part by links of these kinds. Tells whether there is any."""
        links = [link for link in self.links(name) if link.kind in kinds]
        if links:
            self.unrelate(name, {link.key for link in links})
        for link in links:
            if link.target in self:
                self.remove(link.target)
        return bool(links)

    def path(self, name: str) -> str:
        """A part's path as its author wrote it."""
        return self._added.get(name) or self._entries[name].filename.replace("\\", "/")

    def _path_of_links(self, name: str) -> str:
        folder, base = posixpath.split(self.path(name))
        return posixpath.join(folder, "_rels", f"{base}.rels")

    def _declare(self, element: str, key: str, value: str, content_type: str) -> None:
        said = parsed(self.text(_TYPES)).children
        if not any(node.name == element and node.get(key).lower() == value.lower() for node in said):
            self._append(_TYPES, f'<{element} {key}="{quoted(value)}" ContentType="{content_type}"/>')

    def _append(self, name: str, markup: str) -> None:
        data = self.text(name)
        edits, root = Edits(data), parsed(data)
        edits.append(root, named(markup, prefix(data, root)))
        self.write(name, edits.result())

    def retype(self, name: str, content_type: str) -> None:
        """Says that a part is of another type."""
        data = self.text(_TYPES)
        edits = Edits(data)
        for node in parsed(data).children:
            if node.get("PartName").lower().lstrip("/") == name and node.get("ContentType") != content_type:
                edits.tag(node, "ContentType", content_type)
        self.write(_TYPES, edits.result())

    def packed(self) -> bytes:
        """The bytes of the package. Raises ExpatError if a changed part is no XML any more."""
        result = BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as written:
            for name in self:
                data = self.read(name)
                if name in self._changed and not name.endswith(".vml"):
                    check(data)
                path = self._added.get(name) or self._entries[name].filename
                written.writestr(zipfile.ZipInfo(path, _EPOCH), data, zipfile.ZIP_DEFLATED)
        return result.getvalue()


def _links_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")
