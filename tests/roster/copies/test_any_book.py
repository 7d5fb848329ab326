"""Whatever stands in a book, its returned copy differs from it only where it is marked."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree import ElementTree

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.roster.grid import Book, Sheet
from sanchuang_cli.roster.returns.copying import own_copy
from sanchuang_cli.roster.returns.marking import mark
from tests.counts import FULL
from tests.roster.copies.builder import Parts, parts
from tests.roster.copies.features import LIST, Opened, cells, found, marks, told

ROWS, COLUMNS = 12, 6
VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=8),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.sampled_from(["=SUM(A1:A3)", "<t>&", "【", " 前后 ", "\n"]),
)
PLACES = st.tuples(st.integers(1, ROWS + 3), st.integers(1, COLUMNS + 2))


class Made(NamedTuple):
    """A sheet in the making: its cells, the styled ones, comments, columns with a style, a merged block, and what is marked."""

    cells: Mapping[tuple[int, int], Any]
    styled: Sequence[tuple[int, int]]
    comments: Mapping[tuple[int, int], str]
    columns: Sequence[int]
    merged: bool
    marked: Sequence[tuple[int, int]]


SHEETS = st.builds(
    Made,
    cells=st.dictionaries(PLACES, VALUES, max_size=20),
    styled=st.lists(PLACES, max_size=8),
    comments=st.dictionaries(PLACES, st.sampled_from(["镇里核过", "本人\n来电", " "]), max_size=4),
    columns=st.lists(st.integers(1, COLUMNS), max_size=3),
    merged=st.booleans(),
    marked=st.lists(PLACES, max_size=6),
)


def written(sheets: Sequence[Made], constant: bool) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "constant_memory": constant, "strings_to_formulas": False}
    )
    styles = [
        book.add_format({"bold": True, "num_format": "@"}),
        book.add_format({"bg_color": "#FFC7CE", "border": 1}),
    ]
    for number, made in enumerate(sheets, 1):
        sheet = book.add_worksheet(f"表{number}")
        for column in made.columns:
            sheet.set_column(column - 1, column - 1, 12, styles[column % 2])
        for (row, column), value in sorted(made.cells.items()):
            style = styles[row % 2] if (row, column) in made.styled else None
            sheet.write(row - 1, column - 1, value, style)
        if not constant:
            for row, column in made.styled:
                if (row, column) not in made.cells:
                    sheet.write_blank(row - 1, column - 1, None, styles[row % 2])
        for (row, column), text in made.comments.items():
            sheet.write_comment(row - 1, column - 1, text)
        if made.merged:
            sheet.merge_range(ROWS + 5, 0, ROWS + 6, 2, "合并", styles[1])
    book.close()
    return target.getvalue()


def findings(sheets: Sequence[Made]) -> list[Finding]:
    return [
        Finding(
            "x",
            Severity.ERROR if row % 2 else Severity.WARNING,
            f"第{row}行有误",
            Place("书", f"表{number}", row, column),
        )
        for number, made in enumerate(sheets, 1)
        for row, column in made.marked
    ]


def copied(content: bytes, sheets: Sequence[Made]) -> Parts:
    book = Book("书.xlsx", "", tuple(Sheet(f"表{number}", []) for number in range(1, len(sheets) + 1)))
    copy = own_copy(book, content)
    mark(copy, book, findings(sheets), {})
    return parts(copy.package.packed())


@settings(max_examples=400 if FULL else 30)
@given(sheets=st.lists(SHEETS, min_size=1, max_size=3), constant=st.booleans())
def test_every_cell_that_is_not_marked_is_the_same_and_a_marked_one_has_its_value(
    sheets: list[Made], constant: bool
) -> None:
    content = written(sheets, constant)
    before, after = Opened(parts(content)), Opened(copied(content, sheets))
    assert list(before.sheets) == list(after.sheets)
    for number, (title, made) in enumerate(zip(before.sheets, sheets, strict=True), 1):
        old, new = (dict(cells(opened, title)) for opened in (before, after))
        wanted = {f"{chr(64 + column)}{row}" for row, column in made.marked}
        assert set(new) == set(old) | wanted, number
        for reference, cell in old.items():
            marked = ("s",) if reference in wanted else ()
            assert told(cell, marked) == told(new[reference], marked)
    assert {reference for _, reference in marks(copied(content, sheets))} == {
        f"{chr(64 + column)}{row}" for made in sheets for row, column in made.marked
    }


@settings(max_examples=400 if FULL else 30)
@given(sheets=st.lists(SHEETS, min_size=1, max_size=3))
def test_every_part_that_is_not_meant_to_change_has_the_same_bytes(sheets: list[Made]) -> None:
    content = written(sheets, False)
    before, after = parts(content), copied(content, sheets)
    meant = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    for number, made in enumerate(sheets, 1):
        if made.marked or number == 1:  # the first one was the one that is shown
            meant.add(f"xl/worksheets/sheet{number}.xml")
        if made.marked:
            meant.add(f"xl/worksheets/_rels/sheet{number}.xml.rels")
    if any(made.marked and made.comments for made in sheets):
        meant |= {name for name in before if "comments" in name or "vmlDrawing" in name}
    assert {name for name in before if before[name] != after[name]} <= meant
    assert [name for name in after if name not in before and "sheet" not in name] == [
        name for name in after if name not in before and ("comments" in name or "vmlDrawing" in name)
    ]


@settings(max_examples=200 if FULL else 20)
@given(sheets=st.lists(SHEETS, min_size=1, max_size=2))
def test_styles_that_were_there_keep_their_numbers_and_a_marked_cell_keeps_all_of_its_own_but_the_fill(
    sheets: list[Made],
) -> None:
    content = written(sheets, False)
    before, after = Opened(parts(content)), Opened(copied(content, sheets))
    old, new = (list(next(found(opened.xml("xl/styles.xml"), "cellXfs"))) for opened in (before, after))
    assert [told(xf) for xf in new[: len(old)]] == [told(xf) for xf in old]
    for title in before.sheets:
        changed = dict(cells(after, title))
        for reference, cell in cells(before, title):
            fills = ("fillId", "applyFill")
            assert told(new[int(changed[reference].get("s", "0"))], fills) == told(
                old[int(cell.get("s", "0"))], fills
            )


@given(sheets=st.lists(SHEETS, min_size=1, max_size=2))
@settings(max_examples=200 if FULL else 20)
def test_a_copy_of_a_copy_without_findings_has_no_mark_and_the_comments_of_the_clerk(
    sheets: list[Made],
) -> None:
    content = written(sheets, False)
    book = Book("书.xlsx", "", tuple(Sheet(f"表{number}", []) for number in range(1, len(sheets) + 1)))
    first = own_copy(book, content)
    mark(first, book, findings(sheets), {})
    second = own_copy(book, first.package.packed())
    mark(second, book, [], {})
    before, after = parts(content), parts(second.package.packed())
    assert marks(after) == set()
    assert said(after) == said(before)
    assert [sheet.get("name") for sheet in found(Opened(after).book, "sheet")].count(LIST) == 1


def said(files: Parts) -> list[tuple[str, str]]:
    """The comments of all sheets, without the blanks that a copy may take off their ends."""
    comments = [
        (comment.get("ref", ""), "".join(comment.itertext()).rstrip())
        for name, data in sorted(files.items())
        if "comments" in name and name.endswith(".xml")
        for comment in found(ElementTree.fromstring(data), "comment")
    ]
    return sorted(comment for comment in comments if comment[1])
