"""The samples' results, read page by page, for the tests of first pages."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command import SAMPLES, run_in

Page = list[list[Any]]
Facts = dict[tuple[str, str], tuple[Any, ...]]
ASKED = {
    "subsidies": ("members.xlsx", "--period", "2026Q3", "--on", "2026-09-30"),
    "rate": ("orgs.xlsx", "--period", "2026", "--on", "2026-12-31"),
    "checkups": ("checkups.xlsx", "--period", "2025"),
    "dues": ("dues.xlsx", "--period", "2026", "--on", "2026-11-28"),
    "budget": ("budget.xlsx", "--period", "2026", "--on", "2026-11-28"),
    "fund": ("fund.xlsx", "--period", "2026", "--on", "2026-11-28"),
    "pay": ("pay.xlsx", "--period", "2026-02"),
    "development": ("development.xlsx", "--period", "2026", "--on", "2026-11-28"),
    "graduates": ("graduates.xlsx", "--period", "2026-10"),
    "pairing": ("pairing.xlsx", "--period", "2026", "--on", "2026-11-28"),
    "visits": ("visits.xlsx", "--period", "2026", "--on", "2026-11-28"),
    "pension": ("pension.xlsx", "--period", "2025"),
    "appraise": ("appraise.xlsx", "--period", "2025"),
    "reviews": ("reviews.xlsx", "--period", "2025"),
    "secretaries": ("secretaries.xlsx", "--period", "2026", "--on", "2026-11-28"),
    "training": ("training.xlsx", "--period", "2025"),
    "honors": ("honors.xlsx", "--period", "2025"),
    "catalogue": ("catalogue.xlsx", "--period", "2026", "--on", "2026-11-28"),
}
Written = Callable[[str], dict[str, Page]]


def pages(path: Path) -> dict[str, Page]:
    """Each sheet's lines, as they stand there."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    found = {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
    }
    book.close()
    return found


def run(folder: Path, programme: str, *more: str) -> Path:
    """The sample's result; it has rows that wait."""
    roster, *asked = ASKED[programme]
    out = folder / f"{programme}{len(more)}.xlsx"
    ran = run_in(folder)(programme, SAMPLES / roster, *asked, *more, "--out", out, "--quiet")
    assert ran.code in (0, 1), ran.err
    return out


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The sample of a programme as it was written, pages by name."""
    done: dict[str, dict[str, Page]] = {}

    def of(programme: str) -> dict[str, Page]:
        if programme not in done:
            done[programme] = pages(run(tmp_path_factory.mktemp(programme), programme))
        return done[programme]

    return of


def facts(book: dict[str, Page]) -> Facts:
    """What the first page says, by block and item: how many, and how much."""
    found: Facts = {}
    block = ""
    heads = next(i for i, line in enumerate(book["首页"]) if line[0] == "类别")
    for line in book["首页"][heads + 1 :]:
        if line[1] is None:
            break
        block = line[0] or block
        found[block, line[1]] = (*line[2:], None)[:2]
    return found


def lines(page: Page) -> Iterator[dict[str, Any]]:
    """The numbered lines of a page by its headings; nested ones by the lower."""
    top = next(i for i, line in enumerate(page) if line[0] in ("序号", "乡镇"))
    heads = [lower or upper for upper, lower in zip(page[top], page[top + 1], strict=True)]
    if isinstance(page[top + 1][0], int):
        heads = page[top]
    for line in page[top + 1 :]:
        if isinstance(line[0], int):
            yield dict(zip(map(str, heads), line, strict=True))


def total(page: Page, heading: str) -> Any:
    """What the 合计 row says below a heading."""
    top = next(line for line in page if line[0] == "序号")
    sums = next(line for line in page if re.fullmatch(r"合计(（\d+人）)?", str(line[0])))
    return sums[top.index(heading)]
