"""Takes away what other parts of a package remember of emptied cells: filters, links, charts, shapes, names, properties.

Values only: it changes the package in memory. What the clerk typed elsewhere (comments, text boxes, rules) stays.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import unescape

from sanchuang_cli.roster.returns.ooxml.package import Package
from sanchuang_cli.roster.returns.ooxml.pivots import area_of
from sanchuang_cli.roster.returns.ooxml.references import Area, Dependent
from sanchuang_cli.roster.returns.ooxml.sheets import place_of
from sanchuang_cli.roster.returns.ooxml.spans import Edits, Node, parsed, quoted

_CACHES = frozenset({"strCache", "numCache", "multiLvlStrCache", "dlblRangeCache", "lvl"})
_FREE = (
    "customxml/",
    "docprops/",
    "xl/externallinks/",
    "xl/pivotcache/",
    "xl/pivottables/",
    "xl/slicer",
    "xl/querytables/",
)
_FREE_TOO = (
    "xl/richdata/",
    "xl/webextensions/",
    "xl/connections",
    "xl/xmlmaps",
    "xl/tables/",
    "xl/metadata",
    "xl/timeline",
)
"""Parts that may repeat texts of cells, and in which no clerk types."""
_OWN_DATA = ("customxml/", "docprops/custom")
_SHORTEST = 2
_LITERAL = re.compile(r'"([^"]*)"')
_TOLD = re.compile(r'(?<=>)[^<>]+(?=<)|(?<==")[^"<]*(?=")|(?<==\')[^\'<]*(?=\')')
"""Texts and values of attributes."""


class Gone:
    """What emptied cells held. kept: what other cells hold: what stands there too, even as a part, is no secret."""

    def __init__(self, texts: set[str], kept: set[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for text in texts - kept:
            if len(text) >= _SHORTEST:
                self._by_start.setdefault(text[:_SHORTEST], []).append(text)
        self._kept = "\n".join(kept)
        self._known: dict[str, bool] = {}

    def secrets_in(self, text: str, figures: bool = False) -> list[str]:
        """The secrets that a text tells, the longest first. figures: also figures and plain letters, which may stand in a text
        for something else."""
        found = {
            secret
            for at in range(len(text) - 1)
            for secret in self._by_start.get(text[at : at + _SHORTEST], ())
            if text.startswith(secret, at) and (figures or not secret.isascii()) and self._is_secret(secret)
        }
        return sorted(found, key=lambda secret: (-len(secret), secret))

    def _is_secret(self, text: str) -> bool:
        if text not in self._known:
            self._known[text] = text not in self._kept
        return self._known[text]

    def untold(self, text: str) -> str:
        """A text without the secrets in it."""
        for secret in self.secrets_in(text):
            text = text.replace(secret, "……")
        return text


def clear_sheet(package: Package, part: str, root: Node, edits: Edits, areas: Sequence[Area]) -> None:
    """Takes from a sheet what its settings remember of emptied cells: values of filters, shown texts of links, scenarios."""
    for node in root.all("autoFilter"):  # those of views that a clerk saved too
        _clear_filter(edits, node, areas)
    for node in root.children:
        if node.name == "hyperlinks":
            _clear_links(package, part, edits, node, areas)
        if node.name == "scenarios":
            edits.remove(node)
    for name in package.linked(part, "table"):
        _clear_table(package, name, areas)


def _clear_filter(edits: Edits, node: Node, areas: Sequence[Area]) -> None:
    """Takes the choice of values off the columns; all of it where the filter has no plain area."""
    over = area_of(areas[0].sheet, node.get("ref"))
    for column in node.children:
        at = over.left + int(column.get("colId") or 0) if over else 0
        if column.name == "filterColumn" and any(area.left <= at <= area.right or not over for area in areas):
            edits.remove(column)


def _clear_links(package: Package, part: str, edits: Edits, node: Node, areas: Sequence[Area]) -> None:
    """Takes the links off the columns, and what they lead to. A group without any link must not stay."""
    gone = [link for link in node.children if _lies_in(link.get("ref"), areas)]
    keys = {link.get("id") for link in gone if link.get("id")}
    if keys:
        package.unrelate(part, keys)
    for link in [node] if len(gone) == len(node.children) else gone:
        edits.remove(link)


def _lies_in(reference: str, areas: Sequence[Area]) -> bool:
    place = place_of(reference.partition(":")[0])
    return place is not None and any(area.has(place) for area in areas)


def _clear_table(package: Package, name: str, areas: Sequence[Area]) -> None:
    data = package.text(name)
    edits = Edits(data)
    for node in parsed(data).all("autoFilter"):
        _clear_filter(edits, node, areas)
    package.write(name, edits.result())


def clear(package: Package, parts: Mapping[str, str], dependent: Dependent, gone: Gone) -> None:
    """Takes away what the parts beside the sheets remember."""
    package.drop("", "thumbnail")
    package.drop(package.workbook, "revisionHeaders", "usernames")
    for title, part in parts.items():
        for drawing in package.linked(part, "drawing"):
            _clear_drawing(package, drawing, title, dependent)
    for name in [name for name in package if name.startswith("xl/charts/") and name.endswith(".xml")]:
        _clear_chart(package, name, dependent)
    for name in [
        name for name in package if name.startswith((*_FREE, *_FREE_TOO)) and name.endswith((".xml", ".rels"))
    ]:
        _clear_texts(package, name, gone)
    _clear_names(package, gone)


def _clear_drawing(package: Package, name: str, sheet: str, dependent: Dependent) -> None:
    """Blanks shapes that show what stands in emptied cells."""
    data = package.text(name)
    edits = Edits(data)
    for shape in parsed(data).all("sp"):
        if shape.get("textlink") and dependent.touches(shape.get("textlink"), sheet):
            for text in shape.all("t"):
                edits.replace(text.inside, text.close, b"")
    _write(package, name, data, edits)


def _clear_chart(package: Package, name: str, dependent: Dependent) -> None:
    """Takes from a chart what it remembers of emptied cells; it is drawn from the cells when the book is opened."""
    data = package.text(name)
    root, edits = parsed(data), Edits(data)
    for reference in _referring(root):
        formula = next(node.text for node in reference.children if node.name == "f")
        if dependent.touches(formula, ""):
            for cache in reference.children:
                if cache.name in _CACHES:
                    edits.remove(cache)
    _write(package, name, data, edits)


def _referring(node: Node) -> Iterator[Node]:
    """The elements in a chart that have a formula."""
    if any(child.name == "f" for child in node.children):
        yield node
    for child in node.children:
        yield from _referring(child)


def _clear_texts(package: Package, name: str, gone: Gone) -> None:
    """Takes texts of the cells out of a part; where only the clerk's own data stands, also plain figures and letters."""
    data = package.text(name).decode()
    secrets = gone.secrets_in(unescape(data), figures=name.startswith(_OWN_DATA))
    if secrets:
        package.write(name, _TOLD.sub(lambda told: _without(told[0], secrets), data).encode())


def _without(told: str, secrets: Sequence[str]) -> str:
    """A text without the secrets. A figure goes only where it stands alone."""
    plain = unescape(told)
    kept = "" if plain.strip() in secrets else plain
    for secret in secrets:
        if not secret.isascii():
            kept = kept.replace(secret, "")
    return told if kept == plain else quoted(kept)


def _clear_names(package: Package, gone: Gone) -> None:
    """Takes texts of the cells out of names that stand for a text."""
    data = package.text(package.workbook)
    edits = Edits(data)
    for name in parsed(data).all("definedName"):
        kept = _LITERAL.sub(partial(_literal_without, gone.secrets_in(name.text)), name.text)
        if kept != name.text:
            edits.replace(name.inside, name.close, quoted(kept).encode())
    _write(package, package.workbook, data, edits)


def _literal_without(secrets: Sequence[str], literal: re.Match[str]) -> str:
    return f'"{unescape(_without(literal[1], secrets))}"'


def _write(package: Package, name: str, data: bytes, edits: Edits) -> None:
    changed = edits.result()
    if changed != data:
        package.write(name, changed)
