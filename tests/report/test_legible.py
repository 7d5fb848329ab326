"""What is printed can be read: nothing below eight points on A4, and a table that is wider goes on in strips.

`make verify` prints every paper of every programme. `make test-installed` prints every result, and of the other papers those
that do not say themselves how large their print is; of notices, which all do, it prints those of two programmes.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from sanchuang_cli.kind import Kind
from sanchuang_cli.programmes import PROGRAMMES, listed
from sanchuang_cli.report import strips, workbook
from sanchuang_cli.report.paper_size import A3, A4, ANY_FIGURE, LEGIBLE, OWN_FIGURE
from sanchuang_cli.report.picked import picked
from sanchuang_cli.report.printing import Printing
from sanchuang_cli.table import Column, Table
from tests.command import SAMPLES, run_in
from tests.counts import FULL
from tests.report import made_up, printed
from tests.report.conftest import ConvertAll

DAY = date(2026, 6, 30)
ROUNDED = 0.05
"""Points by which a printed size may be rounded."""
ROSTERS = {
    "rate": ("orgs.xlsx", "2026"),
    "subsidies": ("members.xlsx", "2026Q3"),
    "checkups": ("checkups.xlsx", "2025"),
    "dues": ("dues.xlsx", "2026"),
    "budget": ("budget.xlsx", "2026"),
    "fund": ("fund.xlsx", "2026"),
    "pay": ("pay.xlsx", "2026-02"),
    "development": ("development.xlsx", "2026"),
    "graduates": ("graduates.xlsx", "2026-10"),
    "pairing": ("pairing.xlsx", "2026"),
    "visits": ("visits.xlsx", "2026"),
    "pension": ("pension.xlsx", "2025"),
    "appraise": ("appraise.xlsx", "2025"),
    "reviews": ("reviews.xlsx", "2025"),
    "secretaries": ("secretaries.xlsx", "2026"),
    "training": ("training.xlsx", "2025"),
    "honors": ("honors.xlsx", "2025"),
    "catalogue": ("catalogue.xlsx", "2026"),
}
JUDGED = "2026-11-28"
"""A day on which there are people to be posted on a notice of candidates."""
NOTICES = ("rate", "fund")
"""Whose notices `make test-installed` prints: one of a list, and two, of lists that are short."""
Papers = Callable[[str], list[Path]]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """All that a programme has printed: its sample's result, its blank roster, and its notices."""
    done: dict[str, list[Path]] = {}

    def of(programme: str) -> list[Path]:
        if programme not in done:
            folder = tmp_path_factory.mktemp(programme)
            office = run_in(folder)
            roster, period = ROSTERS[programme]
            notice = ("--notice", "公示", "--draft") if "notice" in listed(programme).can else ()
            when = (
                ("--period", period, "--on", JUDGED) if programme == "secretaries" else ("--period", period)
            )
            office(programme, SAMPLES / roster, *when, "--out", "册.xlsx", *notice, "--quiet")
            office("template", programme, "--out", "空白.xlsx")
            done[programme] = [folder / "册.xlsx", folder / "空白.xlsx", *sorted(folder.glob("公示/*"))]
        return done[programme]

    return of


def sheets(path: Path) -> list[Worksheet]:
    return [sheet for sheet in openpyxl.load_workbook(path).worksheets if isinstance(sheet, Worksheet)]


def is_fitted(sheet: Worksheet) -> bool:
    """Whether nobody knows how large a sheet is printed before it is: it is made as small as its page asks, and may grow."""
    setup = sheet.sheet_properties.pageSetUpPr
    return not sheet.print_area and bool(setup and setup.fitToPage)


def only_print_shows(path: Path) -> bool:
    return path.suffix == ".xlsx" and any(map(is_fitted, sheets(path)))


def said(path: Path) -> list[float]:
    """Points of every text of a document and of its styles, as it says itself."""
    with zipfile.ZipFile(path) as package:
        words = [package.read(name).decode("utf-8") for name in package.namelist() if name.endswith(".xml")]
    return [int(size) / 2 for part in words for size in re.findall(r'<w:sz w:val="(\d+)"', part)]


def drawn(path: Path, *tables: Table, **how: Any) -> list[Worksheet]:
    workbook.write(path, tables, on=DAY, **how)
    return sheets(path)


def test_every_programme_has_a_sample_whose_print_is_measured() -> None:
    assert {one.name for one in PROGRAMMES} == set(ROSTERS)


@pytest.fixture(scope="module")
def prints(papers: Papers, all_converted: ConvertAll) -> dict[str, list[Path]]:
    """The papers of each programme as PDF."""
    of = [
        (programme, path)
        for programme in ROSTERS
        for path in papers(programme)
        if FULL or path.stem == "册" or programme in NOTICES or only_print_shows(path)
    ]
    done: dict[str, list[Path]] = {programme: [] for programme in ROSTERS}
    for (programme, _), pdf in zip(of, all_converted([path for _, path in of], "pdf"), strict=True):
        done[programme].append(pdf)
    return done


@pytest.mark.parametrize("programme", ROSTERS)
def test_no_page_is_printed_smaller_than_eight_points(prints: dict[str, list[Path]], programme: str) -> None:
    for pdf in prints[programme]:
        sizes = printed.sizes(pdf)
        assert sizes
        assert {n: size for n, size in enumerate(sizes, 1) if size < LEGIBLE - ROUNDED} == {}


@pytest.mark.parametrize("programme", ROSTERS)
def test_no_sheet_says_that_it_is_printed_smaller_or_wider_than_its_page(
    papers: Papers, programme: str
) -> None:
    for path in papers(programme):
        if path.suffix == ".docx":
            assert min(said(path)) >= LEGIBLE, path.name
            continue
        for sheet in sheets(path):
            if sheet.print_area:
                assert printed.told(sheet, printed.OWN) >= LEGIBLE, sheet.title
                assert printed.told(sheet, printed.WIDEST) >= LEGIBLE - ROUNDED, sheet.title
                assert not list(printed.overfull(sheet, printed.OWN)), sheet.title
            elif not is_fitted(sheet):  # a blank roster, to which rows are added
                assert printed.told(sheet, printed.OWN) >= LEGIBLE, sheet.title


def columns(count: int, kind: Kind = Kind.IDENTITY) -> tuple[Column, ...]:
    who = (Column("number", "序号", Kind.COUNT), Column("name", "姓名", Kind.NAME))
    return (*who, *(Column(f"c{j}", f"栏{j}", kind) for j in range(count)))


def wide(count: int, rows: int = 3, **more: Any) -> Table:
    """A table that is wider than any page, with so many identity numbers a line."""
    body = [(n, "张三", *["230299199001010000"] * count) for n in range(1, rows + 1)]
    return Table("宽表", "一张宽表", columns(count), body, **more)


@given(st.integers(0, 30), st.sampled_from([A4, A3]))
def test_every_column_is_in_one_strip_and_every_strip_fits_its_page(count: int, paper: Any) -> None:
    table = wide(count)
    plan = strips.planned(table, paper)
    assert [j for one in plan.strips for j in range(one.first, one.last + 1)] == list(range(count + 2))
    assert plan.widest <= paper.room(plan.landscape, plan.figure) + ROUNDED * len(table.columns)
    assert plan.figure in ((ANY_FIGURE, OWN_FIGURE) if len(plan.strips) == 1 else (ANY_FIGURE,))
    assert plan.repeated == (2 if len(plan.strips) > 1 or plan.figure == OWN_FIGURE else 0)


def test_a_wide_table_goes_on_in_strips_where_number_and_name_stand_again(tmp_path: Path) -> None:
    (sheet,) = drawn(tmp_path / "a.xlsx", wide(12, signed=True))
    assert len(printed.strips(sheet)) == 2
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$B", "$3:$3")
    assert sheet.page_setup.pageOrder == "overThenDown"
    assert sheet.freeze_panes == "C4"
    assert printed.told(sheet, printed.OWN) >= LEGIBLE
    assert not list(printed.overfull(sheet, printed.WIDEST))


def test_every_strip_has_its_title_and_its_signatures(tmp_path: Path) -> None:
    (sheet,) = drawn(tmp_path / "a.xlsx", wide(12, signed=True))
    second = printed.strips(sheet)[1].start
    told = [str(cell.value) for cell in sheet[1] if cell.value]
    assert told == ["一张宽表", "一张宽表（续）"]
    assert sheet.cell(1, second).value == "一张宽表（续）"
    signed = [str(cell.value) for cell in sheet[sheet.max_row] if cell.value]
    assert signed.count("单位负责人：") == 2
    assert [value for value in (sheet.cell(1, 1).value, sheet.cell(1, 2).value) if value] == []


def test_columns_under_one_head_stay_on_one_strip() -> None:
    table = wide(12)
    heads = tuple(
        replace(one, title=f"证件/{one.title}") if 5 <= j <= 8 else one for j, one in enumerate(table.columns)
    )
    plan = strips.planned(replace(table, columns=heads), A4)
    assert not [one for one in plan.strips if 5 < one.first <= 8]


def test_a_table_of_one_strip_more_on_a4_is_one_strip_on_a3(tmp_path: Path) -> None:
    (sheet,) = drawn(tmp_path / "a.xlsx", wide(11), printing=Printing(A3))
    assert int(sheet.page_setup.paperSize or 0) == 8
    assert [len(printed.strips(one)) for one in (*drawn(tmp_path / "b.xlsx", wide(11)), sheet)] == [2, 1]


def test_no_page_has_nothing_but_what_closes_the_table(tmp_path: Path) -> None:
    for rows in range(20, 60):
        table = wide(3, rows, signed=True, notes=("一条说明。",))
        (sheet,) = drawn(tmp_path / "a.xlsx", table)
        body = rows + 3  # below title, line for unit and date, and heads
        assert all(one.id <= body - 3 for one in sheet.row_breaks.brk), rows
    assert sheet.row_breaks.brk


def test_a_long_list_says_where_its_pages_begin_by_either_path(tmp_path: Path) -> None:
    table = wide(12, 1200, signed=True)
    breaks = [
        [one.id for one in drawn(tmp_path / f"{bulk}.xlsx", table, bulk=bulk)[0].row_breaks.brk]
        for bulk in (True, False)
    ]
    assert breaks[0]
    assert breaks[0] == breaks[1]


def test_the_print_of_the_made_up_run_is_legible(tmp_path: Path) -> None:
    for sheet in drawn(tmp_path / "a.xlsx", made_up.roster(), made_up.stars(), made_up.grades()):
        assert printed.told(sheet, printed.WIDEST) >= LEGIBLE, sheet.title


def long_list(*texts: int, rows: int = 300) -> Table:
    """A list with number, name and identity number, and a column of text of each of these breadths."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        Column("name", "姓名", Kind.NAME),
        Column("identity", "身份证号", Kind.IDENTITY),
        *(Column(f"text{j}", f"说明{j}", wide=breadth > 18) for j, breadth in enumerate(texts)),
    )
    said = tuple("说" * (breadth // 2) for breadth in texts)
    return Table("名单", "名单", columns, [(n, "张建国", "230299195503150034", *said) for n in range(rows)])


def test_a_long_list_stands_or_lies_as_takes_fewer_sheets() -> None:
    assert strips.planned(long_list(18, 18, 10), A4).landscape is False
    assert strips.planned(long_list(56, 40), A4).landscape is True


def test_a_text_that_has_more_width_than_it_needs_gives_it_to_one_that_lacks_it() -> None:
    table = long_list(60, 40)
    plan = strips.planned(replace(table, rows=[*table.rows[:-1], (*table.rows[-1][:-1], "短" * 10)]), A4)
    plain = strips.planned(long_list(60, 60), A4)
    assert plan.fits[3].width >= 61.5
    assert plan.fits[3].width > plain.fits[3].width


def test_columns_that_are_not_printed_make_no_line_higher(tmp_path: Path) -> None:
    table = long_list(18, 60, rows=3)
    columns = (*table.columns[:-1], replace(table.columns[-1], detail=True))
    (whole,) = drawn(tmp_path / "a.xlsx", table)
    (short,) = drawn(tmp_path / "b.xlsx", picked(replace(table, columns=columns), details=False).table)
    assert short.max_column == whole.max_column
    assert short.row_dimensions[3].height == 15.75


def test_a_page_to_be_taken_in_at_a_glance_is_printed_larger_on_one_sheet(tmp_path: Path) -> None:
    columns = (Column("block", "类别"), Column("item", "项目"), Column("many", "数量", Kind.COUNT))
    rows = [("发放", "合计", 8), (None, "其中补发", 1), ("待核实", "一人一份", 2)]
    (sheet,) = drawn(tmp_path / "a.xlsx", Table("首页", "总表", columns, rows, signed=True, glance=True))
    assert int(sheet.page_setup.scale or 0) > 100
    assert sheet.page_setup.orientation != "landscape"
    assert [str(one) for one in sheet.merged_cells.ranges if str(one).startswith("A4")] == ["A4:A5"]
    assert not sheet.row_breaks.brk
