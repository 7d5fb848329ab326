"""What the shipped samples give, as it leaves the office: paper, columns, and what may be published."""

import math
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.command import SAMPLES, run_in
from tests.counts import FULL
from tests.report.conftest import Convert, ConvertAll
from tests.report.readers import assert_agreement, without_cached_values

PAGES = {
    "rate": {
        "首页": (1, 1), "分类定级汇总表": (6, 6), "等次分布统计表": (1, 1), "星级分布": (1, 1), "两年星级对比": (1, 1),
        "后进整顿台账": (1, 2), "晋位升级对照表": (4, 4), "书记调整建议": (1, 1), "疑点": (1, 1), "来源": (1, 1),
    },
    "subsidies": {
        "首页": (1, 1), "离任村干部生活补贴花名册": (5, 5), "生活困难党员补贴花名册": (5, 5), "老党员定期补助花名册": (1, 1),
        "分乡镇汇总表": (1, 1), "两期对比": (1, 1), "不予发放名单": (4, 4), "动态变更汇总表": (1, 1), "动态变更表": (2, 2),
        "无有效账户名单": (1, 1), "待核实名单": (2, 2), "疑点": (3, 4), "来源": (1, 2),
    },
}  # fmt: skip
"""Sheets of paper for each worksheet, twice as many where a strip has room in 仿宋 alone and another type takes its place."""
MOST = {"rate": 49, "subsidies": 30}
"""Sheets of paper of a whole result without details; with them it was 98 and 39 when few columns were legible."""
SIGNATURES = ("单位负责人：", "审核人：", "制表人：", "联系电话：")
LINE, MORE = 15.75, 15
"""Points of a row of one line, and of each further line."""
Written = Callable[[str], Path]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The folder in which the sample of a programme was run: its workbook is 册.xlsx."""
    done: dict[str, Path] = {}

    def run(programme: str) -> Path:
        if programme not in done:
            folder = done[programme] = tmp_path_factory.mktemp(programme)
            office = run_in(folder)
            beside = ("--notice", "公示", "--draft", "--html", "页.html", "--out", "册.xlsx", "--quiet")
            if programme == "rate":
                office("rate", SAMPLES / "orgs.xlsx", "--period", "2026", "--on", "2026-12-31", *beside)
            else:
                roster = SAMPLES / "members.xlsx"
                office("subsidies", roster, "--period", "2026Q2", "--out", "上期.xlsx", "--quiet")
                office("subsidies", roster, "--period", "2026Q3", "--previous", "上期.xlsx", *beside)
        return done[programme]

    return run


@pytest.fixture(scope="module")
def prints(written: Written, all_converted: ConvertAll) -> dict[str, Path]:
    """The result of each programme as PDF; LibreOffice starts once for both."""
    return dict(zip(PAGES, all_converted([written(one) / "册.xlsx" for one in PAGES], "pdf"), strict=True))


def sheets(folder: Path) -> list[Worksheet]:
    book = openpyxl.load_workbook(folder / "册.xlsx", data_only=True)
    return [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]


def squeezed(words: object) -> str:
    return "".join(str(words).split())


def heads(sheet: Worksheet) -> tuple[int, int]:
    """The first and the last header row, which are those that repeat."""
    first, last = re.findall(r"\d+", str(sheet.print_title_rows))
    return int(first), int(last)


def by_sheet(paper: list[str], book: list[Worksheet]) -> dict[str, list[str]]:
    """The pages of each sheet; one begins with the page that has its title."""
    titles = [next(squeezed(cell.value) for cell in sheet[1] if cell.value) for sheet in book]
    starts = [next(i for i, page in enumerate(paper) if title in page) for title in titles]
    assert starts == sorted(set(starts))
    return {
        sheet.title: paper[start:stop]
        for sheet, start, stop in zip(book, starts, [*starts[1:], len(paper)], strict=True)
    }


def titles(sheet: Worksheet, last: int) -> set[str]:
    """What stands in the heads of the columns up to the last, from 1."""
    top, bottom = heads(sheet)
    cells = (cell for line in sheet.iter_rows(top, bottom, max_col=last) for cell in line)
    return {squeezed(cell.value) for cell in cells if cell.value}


@pytest.mark.parametrize("programme", PAGES)
def test_a_sample_is_printed_whole_with_titles_heads_and_signatures(
    written: Written, prints: dict[str, Path], programme: str
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext 没有安装：打印的检查没有做")
    folder = written(programme)
    pdf = prints[programme]
    facts = subprocess.run(["pdfinfo", "-l", "999", pdf], check=True, capture_output=True, text=True).stdout
    sizes = {
        tuple(map(round, map(float, found))) for found in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", facts)
    }
    assert sizes == {(595, 842), (842, 595)}
    done = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True)
    paper = [squeezed(page) for page in done.stdout.split("\f")[:-1]]
    assert not [number for number, page in enumerate(paper, 1) if "###" in page]
    assert all(f"第{number}页共{len(paper)}页" in page for number, page in enumerate(paper, 1))
    book = sheets(folder)
    pages = by_sheet(paper, book)
    counts = {name: len(own) for name, own in pages.items()}
    assert sum(counts.values()) <= MOST[programme]
    assert counts.keys() == PAGES[programme].keys()
    assert {
        n: c for n, c in counts.items() if not PAGES[programme][n][0] <= c <= PAGES[programme][n][1]
    } == {}
    for sheet in book:
        own = pages[sheet.title]
        printed = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))[2] or 0
        told = str(sheet.print_title_cols or "").rpartition("$")[2]
        repeated = column_index_from_string(told) if told else printed
        assert all(word in page for word in titles(sheet, repeated) for page in own), sheet.title
        assert all(word in "".join(own) for word in titles(sheet, printed)), sheet.title
        if "填报单位（盖章）：" in {cell.value for cell in sheet[heads(sheet)[0] - 1]}:
            beside = len(own) // (len(sheet.row_breaks.brk) + 1)
            last = own[-beside:]
            assert all(any(word in page for word in SIGNATURES) for page in last), sheet.title
            places = ["".join(last).find(words) for words in SIGNATURES]
            assert -1 not in places
            assert places == sorted(places)


def shown(cell: Cell) -> str:
    """A cell as its number format shows it."""
    value, looks = cell.value, cell.number_format
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float):
        if looks.startswith("0%") or looks == "0.0%":
            return f"{value:.1%}"
        return {"#,##0.00": f"{value:,.2f}", "0.00": f"{value:.2f}", '0"★"': f"{value:.0f}★"}.get(
            looks, f"{value:.0f}"
        )
    return str(value or "")


def breadth(words: str) -> int:
    """Narrow characters that words are wide."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in words)


def widths(sheet: Worksheet) -> dict[int, float]:
    """Characters of the book's own type that a column holds; the file counts the cell's edges too."""
    edges, rounded = 5 / 7, 0.01
    return {
        j: column.width - edges + rounded
        for column in sheet.column_dimensions.values()
        for j in range(column.min or 1, (column.max or 0) + 1)
    }


def cut_off(sheet: Worksheet) -> Iterator[tuple[str, str, Any]]:
    """Cells of the body whose text is wider than the column, or takes more lines than the row is high, among those that
    are printed."""
    printed = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))[2]
    merged = {place for area in sheet.merged_cells.ranges for row in area.rows for place in row}
    room, bottom = widths(sheet), heads(sheet)[1]
    for line in sheet.iter_rows(bottom + 1, max_col=printed):
        for cell in line:
            if not isinstance(cell, Cell) or (cell.row, cell.column) in merged:
                continue
            words, width = shown(cell), room[cell.column]
            height = sheet.row_dimensions[cell.row].height or 0
            fitting = (height - LINE) / MORE + 1 if cell.alignment.wrap_text else 1
            if sum(max(1, math.ceil(breadth(part) / width)) for part in words.split("\n")) > fitting:
                yield cell.coordinate, words, width


@pytest.mark.parametrize("programme", PAGES)
def test_every_column_of_a_sample_is_as_wide_as_the_longest_text_it_shows(
    written: Written, programme: str
) -> None:
    for sheet in sheets(written(programme)):
        assert not list(cut_off(sheet)), sheet.title


def parts(path: Path) -> dict[str, str]:
    """A file's bytes as text: those of its parts where it is a package."""
    if path.suffix == ".html":
        return {path.name: path.read_text("utf-8")}
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8", "ignore") for name in package.namelist()}


@pytest.mark.parametrize("programme", PAGES)
def test_no_byte_of_a_samples_notices_and_web_page_names_a_person_by_number_or_birthday(
    written: Written, programme: str
) -> None:
    folder = written(programme)
    roster = SAMPLES / ("orgs.xlsx" if programme == "rate" else "members.xlsx")
    numbers = {
        re.sub(r"\D", "", number)
        for source in (roster, folder / "册.xlsx")
        for words in parts(source).values()
        for number in re.findall(r"(?<=>)[\d ]{11,22}(?=X?<)", words)
    }
    assert (len(numbers) > 1000) == (programme == "subsidies")
    born = {f"{n[6:10]}-{n[10:12]}-{n[12:14]}" for n in numbers if len(n) >= 17 and n.startswith("230299")}
    published = [*(folder / "公示").iterdir(), folder / "页.html"]
    assert len(published) == (3 if programme == "rate" else 7)
    for path in published:
        for name, words in parts(path).items():
            runs = set(re.findall(r"\d{11,}", words))
            assert not [run for run in runs if any(number in run for number in numbers)], (path, name)
            assert not re.findall(r"(\d{4}-\d\d-\d\d)生", words), (path, name)
            if path.suffix != ".html":
                assert not [day for day in born if day in words], (path, name)


@pytest.mark.skipif(not FULL, reason="make verify：样例的工作簿由三种程序读出来对比")
@pytest.mark.parametrize("programme", PAGES)
def test_readers_agree_on_every_value_of_a_sample(
    written: Written, converted: Convert, programme: str
) -> None:
    path = written(programme) / "册.xlsx"
    assert_agreement(path, converted(without_cached_values(path), "xlsx"))
