"""The workbook: what three independent readers see in it, and that nothing in a roster can harm it."""

import gc
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import pytest
import xlsxwriter.workbook
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.report import appendix, rows, workbook
from sanchuang_cli.report.cells import ROOM
from sanchuang_cli.report.files import save
from sanchuang_cli.table import Column, Table
from tests.report import made_up
from tests.report.conftest import ConvertAll
from tests.report.readers import assert_agreement, without_cached_values

DAY = date(2026, 6, 30)


def written(path: Path, *tables: Table, **how: Any) -> Path:
    workbook.write(path, tables, on=DAY, **how)
    return path


def only_column(kind: Kind, values: list[Any], **how: Any) -> Table:
    return Table("表", "标题", (Column("a", "甲", kind, **how),), [(value,) for value in values])


def sheet_of(path: Path, name: str = "表") -> Worksheet:
    sheet = openpyxl.load_workbook(path)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def below_head(path: Path, count: int) -> list[Any]:
    """The first column's values under a one-row head, as openpyxl reads them."""
    return [cell.value for cell in sheet_of(path)["A"][2 : 2 + count]]


@pytest.mark.parametrize(
    ("kind", "value", "read", "number_format"),
    [
        (Kind.MONEY, 123456789, 1234567.89, "#,##0.00"),
        (Kind.MONEY, -1, -0.01, "#,##0.00"),
        (Kind.COUNT, 12, 12, "0"),
        (Kind.STARS, 5, 5, '0"★"'),
        (Kind.SCORE, Fraction(899_999, 10_000), 89.99, "0.00"),
        (Kind.PERCENT, Fraction(8999, 10_000), 0.899, "0.0%"),
        (Kind.DATE, date(1953, 8, 15), datetime(1953, 8, 15), "yyyy-mm-dd"),
        (Kind.DATE, VagueDate.on(date(1953, 8, 15)), datetime(1953, 8, 15), "yyyy-mm-dd"),
        (Kind.DATE, VagueDate.within(1985, 6), "1985-06", "yyyy-mm-dd"),
        (Kind.DATE, VagueDate.within(1985), "1985年", "yyyy-mm-dd"),
        (Kind.DATE, date(1899, 5, 4), "1899-05-04", "yyyy-mm-dd"),
        (Kind.IDENTITY, "230299195308151013", "230299195308151013", "@"),
        (Kind.ACCOUNT, "0621700000000000001", "0621700000000000001", "@"),
        (Kind.PHONE, "013900000000", "013900000000", "@"),
        (Kind.FLAG, True, "是", "@"),
        (Kind.FLAG, False, "否", "@"),
        (Kind.SPELLS, (Spell(VagueDate.within(1984, 5), None, "书记"),), "1984-05至今 书记", "@"),
        (Kind.TEXT, "", None, "@"),
        (Kind.MONEY, None, None, "#,##0.00"),
    ],
)
def test_each_kind_is_written_as_itself_with_its_format(
    tmp_path: Path, kind: Kind, value: Any, read: Any, number_format: str
) -> None:
    path = written(tmp_path / "a.xlsx", only_column(kind, [value, value]))
    cell = sheet_of(path)["A3"]
    assert (cell.value, cell.number_format) == (read, number_format)
    assert cell.border.left.style == "thin"


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t", "\r", "＝"])
@pytest.mark.parametrize("count", [2, rows.BULK_FROM])
def test_text_that_looks_like_a_formula_stays_text_even_after_editing(
    tmp_path: Path, opening: str, count: int
) -> None:
    text = f'{opening}cmd|"/c calc"!A1'
    sheet = sheet_of(written(tmp_path / "a.xlsx", only_column(Kind.TEXT, [text] * count)))
    cell = sheet["A3"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\r", "\n")
    assert cell.quotePrefix


@pytest.mark.parametrize("count", [2, rows.BULK_FROM])
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("王\x00刚\x1b[31m\x7f", "王刚[31m"),
        ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
        ("\ud800孤立\ufffe", "孤立"),
        ("_x0041_", "＿x0041_"),
        ("<r>&amp;</r>", "＜r>&amp;</r>"),
        ("  前后空格  ", "  前后空格  "),
        ("𠮷野家😀", "𠮷野家😀"),
        ("\ue000私用区", "\ue000私用区"),
        ("a & b < c > \"d\" 'e'", "a & b < c > \"d\" 'e'"),
    ],
)
def test_odd_text_comes_back_as_it_was_and_control_characters_do_not(
    tmp_path: Path, text: str, kept: str, count: int
) -> None:
    path = written(tmp_path / "a.xlsx", only_column(Kind.TEXT, [text] * count))
    assert below_head(path, count) == [kept] * count


@pytest.mark.parametrize("count", [2, rows.BULK_FROM])
@pytest.mark.parametrize("letter", ["字", "😀", "x"])
def test_text_too_long_for_a_cell_is_cut_and_says_so(tmp_path: Path, letter: str, count: int) -> None:
    length = 40_000
    path = written(tmp_path / "a.xlsx", only_column(Kind.TEXT, [letter * length] + ["短"] * (count - 1)))
    text = below_head(path, 1)[0]
    assert len(text.encode("utf-16-le")) // 2 <= ROOM
    assert text.endswith(f"（此处截断：原文共 {length} 字，一格只容得下 {ROOM} 字，其余没有保存）")
    assert text.startswith(letter * 16_000)


def test_text_that_just_fits_a_cell_is_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", only_column(Kind.TEXT, ["字" * ROOM]))
    assert below_head(path, 1) == ["字" * ROOM]


VALUES = {
    Kind.TEXT: st.none() | st.text(max_size=40) | st.sampled_from(["=1", "_x000D_", " a ", "多行\n文字" * 9]),
    Kind.COUNT: st.none() | st.integers(-(10**9), 10**9),
    Kind.MONEY: st.none() | st.integers(-(10**13), 10**13),
    Kind.SCORE: st.none() | st.fractions(-1000, 1000),
    Kind.PERCENT: st.none() | st.fractions(0, 1),
    Kind.DATE: st.none()
    | st.dates(date(1900, 1, 1), date(2100, 1, 1))
    | st.builds(VagueDate.within, st.integers(1920, 2030), st.integers(0, 12)),
    Kind.IDENTITY: st.none() | st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True),
    Kind.FLAG: st.none() | st.booleans(),
}


def everything_in(path: Path) -> list[list[Any]]:
    """Every cell with its value, type and looks, and every row's height, of the first sheet."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    looks: dict[int, Any] = {}

    def drawn(cell: Any) -> Any:
        if cell.style_id not in looks:
            parts = (cell.number_format, cell.quotePrefix, cell.font, cell.border, cell.fill, cell.alignment)
            looks[cell.style_id] = tuple(map(repr, parts))
        return looks[cell.style_id]

    return [
        [sheet.row_dimensions[number].height] + [(c.value, c.data_type, drawn(c)) for c in cells]
        for number, cells in enumerate(sheet.iter_rows(), 1)
    ]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_bulk_path_writes_the_same_cells_as_the_public_one(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    kinds = data.draw(st.lists(st.sampled_from(list(VALUES)), min_size=1, max_size=6))
    drawn = data.draw(st.lists(st.tuples(*(VALUES[kind] for kind in kinds)), min_size=1, max_size=30))
    columns = tuple(
        Column(f"c{j}", f"列{j}", kind, total=kind in (Kind.MONEY, Kind.COUNT), wide=j % 2 == 1)
        for j, kind in enumerate(kinds)
    )
    table = Table("表", "标题", columns, drawn, grand_total=True, unit="元", signed=True, notes=("注",))
    folder = tmp_path_factory.mktemp("both")
    with mock.patch.object(workbook, "BULK_FROM", 1):
        fast = written(folder / "fast.xlsx", table)
    public = written(folder / "public.xlsx", table, bulk=False)
    assert everything_in(fast) == everything_in(public)


def test_a_large_grouped_roster_is_the_same_by_both_paths(tmp_path: Path) -> None:
    table = made_up.roster(rows.BULK_FROM)
    fast = written(tmp_path / "fast.xlsx", table)
    public = written(tmp_path / "public.xlsx", table, bulk=False)
    with zipfile.ZipFile(fast) as package:
        assert b"inlineStr" in package.read("xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(public) as package:
        assert b"inlineStr" not in package.read("xl/worksheets/sheet1.xml")
    assert everything_in(fast) == everything_in(public)


def test_every_private_name_the_bulk_path_touches_is_there() -> None:
    assert rows.bulk_available()


def test_without_the_private_names_large_tables_take_the_public_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "BULK_FROM", 100)
    table = made_up.roster(100)
    before = everything_in(written(tmp_path / "a.xlsx", table))
    monkeypatch.setitem(rows._TOUCHED, rows.BulkSheet, ("_no_such_name",))
    path = written(tmp_path / "b.xlsx", table)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert b"inlineStr" in package.read("xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(path) as package:
        assert b"inlineStr" not in package.read("xl/worksheets/sheet1.xml")
    assert everything_in(path) == before


def test_writing_leaves_xlsxwriter_as_it_was_for_whoever_else_uses_it(tmp_path: Path) -> None:
    before = dict(vars(xlsxwriter.workbook))
    path = written(tmp_path / "a.xlsx", made_up.grades())
    assert dict(vars(xlsxwriter.workbook)) == before
    loose = zipfile.ZipFile(path).infolist()[0]
    assert loose.compress_size < loose.file_size


@pytest.mark.parametrize("count", [60, rows.BULK_FROM])
def test_the_same_tables_give_the_same_bytes(tmp_path: Path, count: int) -> None:
    run = made_up.run_of((made_up.roster(count), made_up.stars()), made_up.some_findings())
    first, second = (
        written(tmp_path / name, *appendix.pages(run), caution=run.caution).read_bytes()
        for name in ("1.xlsx", "2.xlsx")
    )
    assert first == second


def formulas_and_values(path: Path, sheet: str = "") -> list[tuple[str, Any, Any]]:
    """Place, formula and cached value of every formula on a sheet, or on all of them."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return [
        (cell.coordinate, cell.value, values[name][cell.coordinate].value)
        for name in ([sheet] if sheet else formulas.sheetnames)
        for line in formulas[name].iter_rows()
        for cell in line
        if cell.data_type == "f"
    ]


@pytest.fixture(scope="module")
def calculated(
    tmp_path_factory: pytest.TempPathFactory, all_converted: ConvertAll
) -> dict[str, tuple[Path, Path]]:
    """Workbooks, each with what LibreOffice makes of it without cached values; it starts once for both."""
    folder, run = tmp_path_factory.mktemp("calculated"), made_up.whole_run()
    paths = [
        written(folder / "run.xlsx", *appendix.pages(run), caution=run.caution),
        written(folder / "sheets.xlsx", made_up.roster(60), room=25),
    ]
    anew = all_converted([without_cached_values(path) for path in paths], "xlsx")
    return {path.stem: both for path, both in zip(paths, zip(paths, anew, strict=True), strict=True)}


def test_subtotals_and_totals_are_formulas_with_their_value_cached(tmp_path: Path) -> None:
    table = made_up.roster(60)
    path = written(tmp_path / "a.xlsx", table)
    found = formulas_and_values(path, table.name)
    amount = table.index("amount")
    sums = [(place, value) for place, formula, value in found if formula.startswith("=SUBTOTAL(9,")]
    assert len(sums) == 2 * (len(made_up.TOWNSHIPS) + 1)
    *by_township, grand = [value for place, value in sums if place.startswith("O")]
    assert [round(v * 100) for v in by_township] == [
        sum(row[amount] for row in table.rows if row[1] == township) for township in made_up.TOWNSHIPS
    ]
    assert round(grand * 100) == sum(row[amount] for row in table.rows)


def test_a_total_of_what_is_shown_cut_is_the_sum_of_what_is_shown(tmp_path: Path) -> None:
    thirds = only_column(Kind.SCORE, [Fraction(1, 3)] * 3, total=True)
    path = written(tmp_path / "a.xlsx", replace(thirds, grand_total=True))
    assert formulas_and_values(path, "表") == [("A6", "=SUM(A3:A5)", 0.99)]


def test_a_table_larger_than_a_sheet_goes_on_and_its_totals_reach_back(
    calculated: dict[str, tuple[Path, Path]],
) -> None:
    table = made_up.roster(60)
    path, anew = calculated["sheets"]
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["发放花名册", "发放花名册(2)", "发放花名册(3)"]
    numbers = [cell.value for sheet in book.worksheets for cell in sheet["A"] if isinstance(cell.value, int)]
    assert numbers == list(range(1, 61))
    place, formula, value = formulas_and_values(path, "发放花名册(3)")[-1]
    assert "'发放花名册(2)'!" in formula or "发放花名册(2)!" in formula
    assert round(value * 100) == sum(row[table.index("amount")] for row in table.rows)
    again = openpyxl.load_workbook(anew, data_only=True)
    assert again["发放花名册(3)"][place].value == pytest.approx(value, abs=1e-6)


def test_readers_agree_on_every_value_and_libreoffice_calculates_the_cached_ones(
    calculated: dict[str, tuple[Path, Path]],
) -> None:
    path, anew = calculated["run"]
    assert len(formulas_and_values(path)) == 60 + 2 * (len(made_up.TOWNSHIPS) + 1) + 6 + 1
    assert_agreement(path, anew)


def test_sheet_names_are_accepted_and_told_apart() -> None:
    names = workbook.sheet_names(["青山镇/白水乡", "青山镇_白水乡", "甲" * 40, "甲" * 40, "''", "Ab", "aB"])
    assert names == [
        "青山镇_白水乡",
        "青山镇_白水乡(2)",
        "甲" * 31,
        "甲" * 28 + "(2)",
        "表",
        "Ab",
        "aB(2)",
    ]


def test_a_failed_write_raises_what_the_system_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        written(tmp_path / "no such folder" / "a.xlsx", made_up.grades())


@pytest.mark.parametrize("raised", [KeyboardInterrupt, MemoryError])
def test_whatever_stops_a_write_in_the_middle_leaves_no_file_and_no_temporary_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: type[BaseException]
) -> None:
    def stopped(content: str, quote: bool) -> str:
        raise raised

    monkeypatch.setattr(rows, "escape", stopped)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(raised) as stopping:
        save(tmp_path / "a.xlsx", lambda path: workbook.write(path, [made_up.roster(rows.BULK_FROM)], on=DAY))
    packages = [one for one in gc.get_objects() if isinstance(one, zipfile.ZipFile) and one.mode == "w"]
    assert stopping.traceback and not [one for one in packages if one.fp], "Windows deletes no open file"
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, sys
from pathlib import Path
from sanchuang_cli.finding import UserError
from sanchuang_cli.report import workbook
from sanchuang_cli.report.files import save
from tests.report import made_up
table, day = made_up.roster(2000), made_up.whole_run().occasion.on
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    save(Path(sys.argv[1]), lambda path: workbook.write(path, [table], on=day))
except UserError as told:
    sys.stdout.buffer.write(str(told).encode())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows 上不能限制文件大小：写满的磁盘没有试")
@pytest.mark.parametrize("limit", [500, 100_000])
def test_a_disk_that_fills_up_while_writing_is_said_once_and_quietly(tmp_path: Path, limit: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "a.xlsx"), str(limit)],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    assert "磁盘空间不够" in done.stdout.decode()
    assert done.stderr == b""
    assert list(tmp_path.iterdir()) == []


def test_totals_of_nothing_are_not_put_into_words(tmp_path: Path) -> None:
    columns = tuple(
        Column(name, title, Kind.MONEY, total=True) for name, title in (("a", "补发"), ("b", "金额"))
    )
    table = Table("表", "题", columns, [(0, 145_500)], grand_total=True, unit="元")
    words = [str(row[0]) for row in sheet_of(written(tmp_path / "a.xlsx", table)).iter_rows(values_only=True)]
    assert "合计（大写）：金额 人民币壹仟肆佰伍拾伍元整" in words
    nothing = written(tmp_path / "b.xlsx", replace(table, rows=[(0, 0)]))
    assert "合计（大写）：金额 人民币零元整" in [str(cell.value) for cell in sheet_of(nothing)["A"]]


def test_a_page_and_a_little_more_is_printed_on_one(tmp_path: Path) -> None:
    columns = tuple(Column(f"c{j}", f"列{j}", Kind.COUNT) for j in range(14))

    def pages_high(rows: int) -> int:
        table = Table("表", "题", columns, [tuple(range(14))] * rows, signed=True)
        sheet = sheet_of(written(tmp_path / "a.xlsx", table))
        return len(sheet.row_breaks.brk) + 1

    assert [pages_high(rows) for rows in (20, 40, 60)] == [1, 1, 2]


def test_a_month_is_never_turned_into_a_day(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", only_column(Kind.DATE, [VagueDate.within(1990, 10)]))
    assert below_head(path, 1) == ["1990-10"]
