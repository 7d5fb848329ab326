"""The printed page, as LibreOffice lays it out: nothing cut off, heads on every page, signatures at the end."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sanchuang_cli.kind import Kind
from sanchuang_cli.report import appendix, workbook
from sanchuang_cli.report.run import Run
from sanchuang_cli.table import Column, Table
from tests.report import made_up
from tests.report.conftest import Convert

LONG = 4
"""Pages of the roster, one below the other: where they begin is said in the workbook. In 仿宋 its columns are beside each
other on one; a wider type that takes its place puts the last of them on a second."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, converted: Convert) -> list[str]:
    """The text of every page of the made-up run's workbook."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext 没有安装：打印的检查没有做")
    run = made_up.whole_run()
    path = tmp_path_factory.mktemp("printed") / "样.xlsx"
    workbook.write(path, appendix.pages(run), on=run.occasion.on, caution=run.caution)
    pdf = converted(path, "pdf")
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
    return done.stdout.split("\f")[:-1]


def pages_with(printed: list[str], words: str) -> list[int]:
    return [number for number, page in enumerate(printed, 1) if words in page]


def wide(printed: list[str]) -> int:
    """Pages that the roster's columns take beside each other."""
    return (len(printed) - len(appendix.pages(made_up.whole_run())) + 1) // LONG


def test_every_table_begins_a_page_and_only_the_roster_needs_more(printed: list[str], run: Run) -> None:
    first, roster, *tables = appendix.pages(run)
    assert wide(printed) in (1, 2)
    assert len(printed) == 1 + LONG * wide(printed) + len(tables)
    starts = (printed[:2], printed[1 + LONG * wide(printed) :])
    for page, table in zip([*starts[0], *starts[1]], (first, roster, *tables), strict=True):
        assert table.title in page.replace(" ", "")


def test_no_number_is_too_wide_for_its_column(printed: list[str]) -> None:
    assert pages_with(printed, "###") == []


def test_heads_repeat_on_every_page_of_a_table_and_titles_do_not(printed: list[str]) -> None:
    roster = range(2, LONG * wide(printed) + 2)
    assert pages_with(printed, "身份证号") == list(roster[:: wide(printed)])
    assert pages_with(printed, "序号")[: len(roster)] == list(roster)
    assert pages_with(printed, "姓名")[: len(roster)] == list(roster)
    assert max(pages_with(printed, "生活补贴发放花名册")) <= 1 + wide(printed)


def test_every_number_is_printed_whole(printed: list[str], run: Run) -> None:
    roster = run.outcome.tables[0]
    everything = "".join(printed)
    for row in roster.rows:
        for name in ("identity", "account", "phone"):
            assert row[roster.index(name)] in everything


def test_totals_words_caution_and_signatures_close_the_table(printed: list[str], run: Run) -> None:
    beside = wide(printed)
    last = "".join("".join(printed[1 + (LONG - 1) * beside : 1 + LONG * beside]).split())
    words = "合计（大写）：人民币柒万捌仟零壹拾玖元捌角"
    places = [
        last.find(part)
        for part in ("合计", words, "依据：", "另有2条待核实，未列入", "单位负责人：", "审核人：")
    ]
    assert -1 not in places
    assert places == sorted(places)


def test_pages_are_numbered(printed: list[str]) -> None:
    for number, page in enumerate(printed, 1):
        assert f"第{number}页共{len(printed)}页" in "".join(page.split())


@pytest.mark.parametrize(
    "table", [made_up.roster(), made_up.stars(), made_up.refusals()], ids=lambda t: t.name
)
def test_paper_is_a4_with_heads_repeated_and_frozen(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "a.xlsx"
    workbook.write(path, [table], on=made_up.whole_run().occasion.on)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    setup = sheet.page_setup
    assert int(setup.paperSize or 0) == 9
    assert (setup.orientation == "landscape") == (table.name == "发放花名册")
    several = table.name == "发放花名册"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert bool(sheet.sheet_properties.pageSetUpPr.fitToPage) != several
    assert {setup.fitToWidth, setup.fitToHeight} == {None}  # one page
    depth = 1 if table.name == "不予发放" else 2
    assert sheet.print_title_rows == f"$3:${2 + depth}"
    assert sheet.freeze_panes == f"{'E' if several else 'A'}{3 + depth}"
    assert sheet.print_area.endswith(str(sheet.max_row))
    assert bool(sheet.auto_filter.ref) == (table.name == "星级分布")


def test_a_list_of_many_columns_lies_on_a4(tmp_path: Path) -> None:
    columns = tuple(Column(f"c{j}", f"身份证号{j}", Kind.IDENTITY) for j in range(12))
    wide = Table("宽表", "宽表", columns, [("230299199001010000",) * 12])
    workbook.write(tmp_path / "a.xlsx", [wide], on=made_up.whole_run().occasion.on)
    setup = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].page_setup
    assert (int(setup.paperSize or 0), setup.orientation) == (9, "landscape")


def test_a_working_copy_hides_nothing(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "a.xlsx"
    workbook.write(path, appendix.pages(run), on=run.occasion.on)
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        assert not any(d.hidden for d in [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()])
    with zipfile.ZipFile(path) as package:
        assert not [name for name in package.namelist() if "comment" in name or "vml" in name.lower()]
