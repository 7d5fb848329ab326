"""Marks a workbook that goes back to its sender: coloured cells, comments that say what to do, and a list with links.

Changes only the copy in memory. Promise: no value of the sender is changed, and marks of an earlier return are removed first.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.roster.books.comments import RETURNED
from sanchuang_cli.roster.grid import Book, Merge, Sheet
from sanchuang_cli.roster.returns.copying import Copy
from sanchuang_cli.roster.returns.list_sheet import COLOURS, LIST, Entry, list_sheet
from sanchuang_cli.roster.returns.ooxml import notes as boxes
from sanchuang_cli.roster.returns.ooxml import threads
from sanchuang_cli.roster.returns.ooxml.package import SPREADSHEET, Package
from sanchuang_cli.roster.returns.ooxml.sheets import Place, Restyle, Restyled, reference_of
from sanchuang_cli.roster.returns.ooxml.styles import Styles
from sanchuang_cli.roster.returns.ooxml.workbook import put_last, sheet_parts, views

_OURS = frozenset(COLOURS.values())


def mark(copy: Copy, book: Book, findings: Sequence[Finding], texts: Mapping[Finding, str]) -> None:
    """Marks the place of every finding and adds the list. texts: the content of each place, masked."""
    package, styles = copy.package, Styles(copy.package)
    told = [replace(finding, message=copy.told(finding.message)) for finding in findings]
    quotes = [copy.told(texts.get(finding, "")) for finding in findings]
    places = _places(book, told)
    about: dict[str, dict[Place, list[Finding]]] = {copy.titles[sheet.name]: {} for sheet in book.sheets}
    for finding, place in places.items():
        about[copy.titles[finding.place.sheet]].setdefault(place, []).append(finding)
    for title, part in sheet_parts(package).items():
        if title != LIST and part in package:
            _mark_sheet(package, styles, part, about.get(title, {}))
    entries = [
        Entry(finding, quote, _target(copy.titles.get(finding.place.sheet, ""), places.get(finding)))
        for finding, quote in zip(told, quotes, strict=True)
    ]
    put_last(package, LIST, list_sheet(entries, copy.notes, styles, package.main, views(package)))
    styles.save()


def _places(book: Book, findings: Iterable[Finding]) -> dict[Finding, Place]:
    """The cell to mark for each finding that is about a row of a sheet."""
    by_sheet: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.place.row:
            by_sheet[finding.place.sheet].append(finding)
    return {
        finding: place
        for sheet in book.sheets
        for finding, place in anchors(sheet, by_sheet[sheet.name]).items()
    }


def anchors(sheet: Sheet, findings: Sequence[Finding]) -> dict[Finding, Place]:
    """The cell that gets the mark of each finding: in a merged block its top left cell, and without a column the first filled
    cell of the row."""
    merges = _merges_by_row(sheet.merges, sorted({finding.place.row for finding in findings}))
    return {
        finding: _corner(
            (finding.place.row, finding.place.column or _first(sheet, finding.place.row)), merges
        )
        for finding in findings
    }


def _first(sheet: Sheet, row: int) -> int:
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    return next((column for column, cell in enumerate(cells, 1) if cell not in (None, "")), 1)


def _merges_by_row(merges: Iterable[Merge], rows: Sequence[int]) -> dict[int, list[Merge]]:
    """The merged blocks that reach into each of the rows."""
    by_row: dict[int, list[Merge]] = defaultdict(list)
    for merge in merges:
        for row in rows[bisect_left(rows, merge[0]) : bisect_right(rows, merge[2])]:
            by_row[row].append(merge)
    return by_row


def _corner(place: Place, merges: Mapping[int, Sequence[Merge]]) -> Place:
    row, column = place
    around = (merge for merge in merges.get(row, ()) if merge[1] <= column <= merge[3])
    return next(((top, left) for top, left, _, _ in around), place)


def _mark_sheet(
    package: Package, styles: Styles, part: str, about: Mapping[Place, Sequence[Finding]]
) -> None:
    """Colours the cells of a sheet, writes their comments, and takes off what an earlier return left."""
    there = package.linked(part, "comments")
    comments = package.text(there[0]) if there else boxes.blank(package.main)
    before = boxes.returned_before(comments) if RETURNED.encode() in comments else set()
    if not about and not before:
        return
    restyle: dict[Place, Restyle] = {place: partial(_uncoloured, styles) for place in before}
    restyle |= {place: partial(styles.filled, colour=_colour(findings)) for place, findings in about.items()}
    sheet = Restyled(package.text(part), restyle)
    words = {place: _words(findings) for place, findings in about.items()}
    noted = boxes.noted(comments, words)
    _write_comments(package, part, there, noted)
    _draw(package, part, sheet, noted)
    threads.answer(package, part, words)
    package.write(part, sheet.result())


def _uncoloured(styles: Styles, style: int) -> int:
    return styles.filled(style, "") if styles.marked(style, _OURS) else style


def _colour(findings: Sequence[Finding]) -> str:
    """The colour of the worst finding."""
    return COLOURS[min((finding.severity for finding in findings), key=list(Severity).index)]


def _words(findings: Sequence[Finding]) -> str:
    """What the comment of a cell says of all its findings."""
    said = (f"{finding.severity.label}：{finding.message}。\n改法：{finding.mend}" for finding in findings)
    return "\n".join((RETURNED, *said))


def _write_comments(package: Package, sheet: str, there: Sequence[str], noted: boxes.Noted) -> None:
    if there:
        package.write(there[0], noted.part)
        return
    path = package.unused(package.beside_workbook("comments{}.xml"))
    package.add(path, noted.part, f"{SPREADSHEET}comments+xml")
    package.relate(sheet, "comments", path)


def _draw(package: Package, part: str, sheet: Restyled, noted: boxes.Noted) -> None:
    """Draws the boxes of the comments, in a drawing of its own where the sheet has none."""
    there = next((link.target for link in package.links(part) if link.key == sheet.drawing), "")
    if there in package:
        package.write(there, boxes.drawn(package.text(there), noted))
    elif noted.made:
        taken = {
            block for name in package if name.endswith(".vml") for block in boxes.blocks(package.read(name))
        }
        path = package.unused(package.beside_workbook("drawings/vmlDrawing{}.vml"))
        package.add(path, boxes.drawn(boxes.blank_drawing(max(taken, default=0) + 1), noted), boxes.DRAWING)
        sheet.draw(package.relate(part, "vmlDrawing", path), package.relationships)


def _target(title: str, place: Place | None) -> str:
    """The address of a cell, "" without one."""
    return "'" + title.replace("'", "''") + f"'!{reference_of(place)}" if title and place else ""
