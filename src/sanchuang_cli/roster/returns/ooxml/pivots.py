"""Takes emptied columns out of pivot tables: what they remember of the cells, and where it is shown.

Values only. A pivot table stays where it is and is filled again when the book is opened.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from sanchuang_cli.roster.returns.ooxml.package import Package
from sanchuang_cli.roster.returns.ooxml.references import Area, areas
from sanchuang_cli.roster.returns.ooxml.sheets import place_of
from sanchuang_cli.roster.returns.ooxml.spans import Edits, Node, named, parsed, prefix, require

_KEY = re.compile(rb"\s([\w]+:id)\s*=")


def shown(
    package: Package, parts: Mapping[str, str], columns: Sequence[Area], names: Mapping[str, str]
) -> list[Area]:
    """Where pivot tables show what stood in the columns. parts: of the sheets, by their titles. names: of areas."""
    remembering = {name for name in _caches(package) if _fields(package, name, columns, names)}
    return [
        _shown_by(title, package.text(table))
        for title, part in parts.items()
        for table in package.linked(part, "pivotTable")
        if remembering.intersection(package.linked(table, "pivotCacheDefinition"))
    ]


def _shown_by(title: str, table: bytes) -> Area:
    """The cells of a pivot table, with the filters above it."""
    location = require(parsed(table).child("location"))
    area = area_of(title, location.get("ref")) or Area(title, 1, 1, 1, 1)
    above = int(location.get("rowPageCount") or 0)
    return area._replace(top=max(1, area.top - above - 1)) if above else area


def area_of(title: str, reference: str) -> Area | None:
    """The area of a reference such as A3:G20."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    return Area(title, *start, *end) if start and end else None


def clear(package: Package, columns: Sequence[Area], names: Mapping[str, str]) -> None:
    """Blanks what pivot tables remember of the columns, and their records."""
    for name in _caches(package):
        fields = _fields(package, name, columns, names)
        if fields:
            package.drop(name, "pivotCacheRecords")
            package.write(name, _cleared(package.text(name), fields))


def _caches(package: Package) -> list[str]:
    return package.linked(package.workbook, "pivotCacheDefinition")


def _fields(package: Package, name: str, columns: Sequence[Area], names: Mapping[str, str]) -> set[int]:
    """The fields of a pivot table's memory that come from the columns; all of them where its source is not plain."""
    root = parsed(package.text(name))
    fields = require(root.child("cacheFields")).children
    source = next(root.all("worksheetSource"), None)
    area = _source(source, names) if source else None
    if area is None:
        return set(range(len(fields)))
    own = {at for at in range(len(fields)) if at <= area.right - area.left and _meets(area, at, columns)}
    derived = {at for at, field in enumerate(fields) if field.get("databaseField") == "0"}
    return own | derived if own else set()


def _source(source: Node, names: Mapping[str, str]) -> Area | None:
    """Where a pivot table has its rows from, None where that is no plain area."""
    if source.get("ref"):
        return area_of(source.get("sheet"), source.get("ref"))
    found = areas(names.get(source.get("name").lower(), ""), "", {})
    return next(found, None) if found else None


def _meets(area: Area, at: int, columns: Sequence[Area]) -> bool:
    field = area._replace(left=area.left + at, right=area.left + at)
    return any(field.meets(column) for column in columns)


def _cleared(data: bytes, fields: set[int]) -> bytes:
    """The memory without what some of its fields held, and without a link to its records."""
    root, edits = parsed(data), Edits(data)
    key = _KEY.search(data[root.start : root.inside])
    if key:
        edits.tag(root, key[1].decode(), None)
    edits.tag(root, "saveData", "0")
    edits.tag(root, "refreshOnLoad", "1")
    edits.tag(root, "recordCount", None)
    for at, field in enumerate(require(root.child("cacheFields")).children):
        if at in fields:
            for items in _remembered(field):
                edits.replace(items.start, items.end, _nameless(data, items))
    return edits.result()


def _remembered(field: Node) -> Iterator[Node]:
    yield from field.all("sharedItems")
    yield from field.all("groupItems")


def _nameless(data: bytes, items: Node) -> bytes:
    """As many items, because the tables count them, but numbered only."""
    count = len(items.children)
    inside = "".join(f'<s v="{number}"/>' for number in range(1, count + 1))
    said = f' count="{count}"' if count else ""
    return named(f"<{items.name}{said}>{inside}</{items.name}>", prefix(data, items))
