"""Files from other readers' test suites: what nasty.json expects of each, asserted file by file."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.record import ErrorCell, shown
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.books.encryption import PasswordNeededError
from sanchuang_cli.roster.grid import Area, Book
from sanchuang_cli.roster.tables.sheet_layout import layout

NASTY = Path(__file__).resolve().parents[2].parent / "shared" / "workbooks" / "nasty"
pytestmark = pytest.mark.skipif(not NASTY.is_dir(), reason=f"needs the workbooks of other people in {NASTY}")


def book(name: str, *passwords: str) -> Book:
    return open_book(NASTY / name, passwords)


def tables(opened: Book, sheet: int = 0) -> tuple[Area, ...]:
    return layout(opened.sheets[sheet], opened.name).areas


def column(opened: Book, number: int, sheet: int = 0) -> list[str]:
    return [shown(row[number - 1]) for row in opened.sheets[sheet].rows if len(row) >= number]


def used_rows(opened: Book, sheet: int = 0) -> int:
    return sum(any(shown(cell) for cell in row) for row in opened.sheets[sheet].rows)


def heights(opened: Book) -> list[int]:
    return [len(sheet.rows) for sheet in opened.sheets]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("SheetJS__test_files__write.slk", "SYLK"),
        ("SheetJS__test_files__biff5_password_2002_40_xor.xls", "有密码.*另存为不带密码的文件"),
        ("apache__poi__clusterfuzz-testcase-minimized-POIHSSFFuzzer-5816431116615680.xls", "已损坏"),
        ("apache__poi__64130.xls", "已损坏"),
        ("apache__poi__poc-xmlbomb.xlsx", "实体定义"),
        ("tafia__calamine__issue_594_dos.ods", "铺得太远"),
        ("okfn__messytables__characters.csv", "Big5"),
    ],
)
def test_refused_with_what_it_is_and_what_to_do(name: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as refusal:
        book(name)
    assert "请" in str(refusal.value)


@pytest.mark.parametrize(
    "name",
    [
        "SheetJS__test_files__password_2002_40_xor.xls",
        "apache__poi__xor-encryption-abc.xls",
        "apache__poi__password.xls",
        "tafia__calamine__pass_protected.xlsx",
        "tafia__calamine__pass_protected.xlsb",
    ],
)
def test_a_password_is_asked_for(name: str) -> None:
    with pytest.raises(PasswordNeededError, match="--password-file"):
        book(name)
    with pytest.raises(PasswordNeededError, match="都打不开"):
        book(name, "不是这个")


@pytest.mark.parametrize(
    ("name", "password", "rows"),
    [
        ("apache__poi__xor-encryption-abc.xls", "abc", 3),
        ("apache__poi__password.xls", "password", 1),
        ("tafia__calamine__pass_protected.xlsx", "123", 0),
    ],
)
def test_the_password_given_opens_it(name: str, password: str, rows: int) -> None:
    assert len(book(name, password).sheets[0].rows) >= rows


def test_a_right_password_to_an_encryption_that_cannot_be_undone_says_so() -> None:
    with pytest.raises(UserError, match="另存为不带密码的文件"):
        book("SheetJS__test_files__password_2002_40_xor.xls", "password")


def test_the_password_excel_tries_itself_opens_it() -> None:
    card = book("apache__poi__58616.xlsx")
    assert [sheet.name for sheet in card.sheets] == [
        "Template",
        "DE",
        "Scoring",
        "Score Card",
        "Categories",
        "Upversion",
    ]
    assert heights(book("okfn__messytables__encrypted_no_password.xls")) == [7]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("SheetJS__test_files__write.et", [4]),
        ("apache__poi__testEXCEL_3.xls", [35]),
        ("apache__poi__xlsx-corrupted.xlsx", [3, 2]),
        ("apache__poi__SampleSS.strict.xlsx", [4, 7, 0]),
        ("apache__poi__57893-many-merges.xlsx", [0]),
        ("tafia__calamine__minimal_package.xlsx", [196]),
        ("tafia__calamine__strict_iso_paths.xlsx", [76]),
        ("tafia__calamine__sst_continue.xls", [136]),
        ("tidyverse__readxl__missing-v-node-xlsx.xlsx", [2]),
        ("tidyverse__readxl__utf8-sheet-names.xlsx", [2, 2]),
        ("python-excel__xlrd__ragged.xls", [5, 0, 0]),
    ],
)
def test_every_row_is_there(name: str, rows: list[int]) -> None:
    assert heights(book(name)) == rows


@pytest.mark.parametrize(
    ("name", "sheet", "header", "records"),
    [
        ("tafia__calamine__temperature-in-middle.xlsx", 0, (4, 4), 2),
        ("tidyverse__readxl__clippy.xlsx", 1, (1, 1), 1),
        ("tidyverse__readxl__style-only-cells.xlsx", 0, (1, 1), 3),
        ("tafia__calamine__strict_iso_paths.xlsx", 0, (1, 1), 75),
        ("tafia__calamine__minimal_package.xlsx", 0, (3, 3), 193),
        ("apache__poi__SampleSS.strict.xlsx", 1, (6, 6), 1),
        ("okfn__messytables__bian-anal-mca-2005-dols-eng-1011-0312-tab3.xlsm", 0, (47, 47), 10),
    ],
)
def test_the_table_is_found(name: str, sheet: int, header: tuple[int, int], records: int) -> None:
    area = tables(book(name), sheet)[0]
    assert (area.header_rows, len(area.records)) == (header, records)


@pytest.mark.parametrize(
    "name",
    [
        "apache__poi__57893-many-merges.xlsx",
        "tidyverse__readxl__missing-first-column.xlsx",
        "apache__poi__60825.xlsx",
    ],
)
def test_no_table_is_invented(name: str) -> None:
    assert not tables(book(name))


def test_a_value_in_the_very_last_cell_is_reported() -> None:
    corner = book("nacnudus__tidyxl__xfd1048576.xlsx")
    rows = corner.sheets[0].rows
    assert len(rows) == 1048576 and len(rows[-1]) == 16384 and shown(rows[-1][-1])
    findings = layout(corner.sheets[0], corner.name).findings
    assert [str(f.place.cell) for f in findings] == ["XFD1048576"]


def test_dates_of_1904_are_not_four_years_off() -> None:
    sheet = book("nacnudus__tidyxl__1904.xlsx").sheets[0]
    assert sheet.date1904 and sheet.rows[0][0] == datetime.date(1998, 7, 5)


def test_a_missing_relationship_is_fallen_back_from() -> None:
    assert [sheet.name for sheet in book("apache__poi__60825.xlsx").sheets] == ["Sheet1"]


def test_the_hidden_sheet_is_reported() -> None:
    opened = book("apache__poi__TwoSheetsOneHidden.xlsx")
    assert [(f.code, f.place.sheet) for f in opened.findings] == [("book.hidden-sheet", "Sheet1")]


def test_subtotals_without_a_header_make_no_table_but_the_hidden_row_is_said() -> None:
    opened = book("apache__poi__SubtotalsNested.xls")
    assert len(opened.sheets[0].rows) == 27
    assert [f.code for f in opened.findings] == ["book.hidden-rows"]
    assert [f.code for f in layout(opened.sheets[0], opened.name).findings] == ["layout.no-table"]


def test_errors_are_errors_and_no_blanks() -> None:
    cells = [row[0] for row in book("tafia__calamine__errors.xlsx").sheets[0].rows]
    assert all(isinstance(cell, ErrorCell) for cell in cells)
    assert "#DIV/0!" in cells and "#N/A" in cells and len(set(cells)) == 7


CELLS: list[tuple[str, Callable[[Book], object], object]] = [
    ("tafia__calamine__rph.xlsx", lambda b: column(b, 1), ["課きく　毛こ"]),
    ("tafia__calamine__merge_cells.xls", lambda b: b.sheets[0].merges[0], (1, 1, 1, 2)),
    (
        "tafia__calamine__whitespace_trim.xlsx",
        lambda b: [column(b, 1, 0)[0], column(b, 1, 1)[0]],
        ["trimmed value"] * 2,
    ),
    (
        "tidyverse__readxl__texty-dates-xlsx.xlsx",
        lambda b: column(b, 1),
        ["a", "1985-03-11 13:00:00", "1985-03-11 13:23:32"],
    ),
    ("tidyverse__readxl__utf8-sheet-names.xlsx", lambda b: [s.name for s in b.sheets], ["µ", "∂"]),
    ("tidyverse__readxl__missing-v-node-xlsx.xlsx", lambda b: column(b, 3), ["A + B", ""]),
    ("tafia__calamine__sst_continue.xls", lambda b: "\ufffd" in "".join(column(b, 1)), False),
    (
        "tidyverse__readxl__big-texty-numbers-xlsx.xlsx",
        lambda b: [[*row[:2]] for row in b.sheets[0].rows[3:]],
        [[n * 1.0, str(n)] for n in (2147483648, 2147483649, -2147483648, -2147483649)],
    ),
]


@pytest.mark.parametrize(("name", "seen", "expected"), CELLS, ids=[name for name, _, _ in CELLS])
def test_cells_are_as_they_were_written(name: str, seen: Callable[[Book], object], expected: object) -> None:
    assert seen(book(name)) == expected
