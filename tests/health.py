"""Rosters with columns of findings anywhere, a secret word of its own in each of their cells."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from sanchuang_cli.roster.grid import Merge, Sheet
from tests.programmes.people import identity
from tests.roster.file_formats import biff4, ods, ods_rows

SECRET = "龘"
PERSON = ("乡镇", "村", "姓名", "身份证号")
MORE = ("性别", "健在情况", "离任职务", "任职经历", "备注")
ALWAYS = (
    *("主要异常", "复查建议", "异常指标", "诊断", "体检结果", "体检结论", "检查结果"),
    *("主 要 异 常", "主要异常（项）", "主要異常", "診斷", "体检结果反馈", "初步诊断", "主要异常及复查建议"),
)
BESIDE_A_CHECKUP = ("结果", "结论", "建议", "血压", "B超")


@dataclass
class Page:
    """A sheet in the making. columns: those of findings, a table's each for itself."""

    name: str
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    columns: list[int] = field(default_factory=list)

    def put(self, row: int, column: int, value: Any) -> None:
        """Row and column from 1, as a spreadsheet program has them."""
        self.rows.extend([] for _ in range(row - len(self.rows)))
        line = self.rows[row - 1]
        line.extend([""] * (column - len(line)))
        line[column - 1] = value

    def secret(self, row: int, column: int, comment: bool = False) -> None:
        word = f"{SECRET}{self.name}第{len(self.secrets) + 1}密"
        self.secrets.append(word)
        if comment:
            self.comments[row, column] = word
        else:
            self.put(row, column, word)

    def sheet(self, *, blank: bool = False) -> Sheet:
        rows = [["" if blank and cell in self.secrets else cell for cell in row] for row in self.rows]
        return Sheet(self.name, rows, tuple(self.merges))


@dataclass(frozen=True)
class Table:
    """columns: from left to right, each with whether it is of findings. nested: those stand under one head."""

    columns: tuple[tuple[str, bool], ...]
    nested: bool
    people: int
    total: bool
    again: bool
    over: bool

    @property
    def found(self) -> list[int]:
        return [at for at, (_, finding) in enumerate(self.columns) if finding]

    def place(self, page: Page, row: int, column: int, first: int = 0) -> int:
        """Put the table on the page and give the row below it. first: which person comes first."""
        page.columns += [column + at for at in self.found]
        page.put(row, column, f"{page.name}{first}名册")
        row = self.head(page, row + 1, column)
        for number in range(first, first + self.people):
            if self.again and number == first + 2:
                row = self.head(page, row, column)
            row = self.person(page, row, column, number)
        if self.total:
            page.put(row, column, "合计")
            self.secrets(page, row, column)
            row += 1
        return row

    def head(self, page: Page, row: int, column: int) -> int:
        last = row + self.nested
        for at, (heading, finding) in enumerate(self.columns, column):
            page.put(last if finding else row, at, heading)
            if self.nested and not finding:
                page.merges.append((row, at, last, at))
        if self.nested:
            left, right = column + self.found[0], column + self.found[-1]
            page.put(row, left, "体检")
            page.merges += [(row, left, row, right)] if right > left else []
        return last + 1

    def person(self, page: Page, row: int, column: int, number: int) -> int:
        given = {
            "乡镇": "青禾镇", "村": "河西村", "姓名": "王" + "甲乙丙丁戊己庚辛"[number % 8], "性别": "男", "健在情况": "健在",
            "身份证号": identity(f"195{number % 8}-03-15", "男", number), "任职经历": "1990.1—2001.12 村支部书记",
            "离任职务": "村支部书记", "体检日期": "2026-03-01", "备注": "",
        }  # fmt: skip
        for at, (heading, finding) in enumerate(self.columns, column):
            if not finding:
                page.put(row, at, given[heading])
        self.secrets(page, row, column)
        return row + 1

    def secrets(self, page: Page, row: int, column: int) -> None:
        for at in self.found:
            page.secret(row, column + at)
        if self.found and page.name == "甲":
            page.secret(row, column + self.found[0], comment=True)
        if self.over:
            page.secret(row, column + len(self.columns))


def tables(person: tuple[str, ...] = PERSON, more: tuple[str, ...] = MORE) -> st.SearchStrategy[Table]:
    return st.builds(
        _table,
        st.lists(st.sampled_from(more), unique=True),
        st.lists(st.sampled_from((*ALWAYS, *BESIDE_A_CHECKUP)), min_size=1, max_size=3),
        st.integers(0, len(person)),
        nested=st.booleans(),
        people=st.integers(3, 5),
        total=st.booleans(),
        again=st.booleans(),
        over=st.booleans(),
        person=st.just(person),
    )


def _table(
    more: list[str], found: list[str], at: int, person: tuple[str, ...], over: bool, **how: Any
) -> Table:
    """Those of findings stand side by side where they are nested; else each where it falls."""
    columns = [(heading, False) for heading in (*person, "体检日期", *more)]
    if how["nested"]:
        columns[at:at] = [(heading, True) for heading in found]
    else:
        for step, heading in enumerate(found):
            columns.insert((at + 3 * step) % (len(columns) + 1), (heading, True))
    return Table(tuple(columns), over=over and columns[-1][1], **how)


@st.composite
def pages(draw: Any, name: str, first: int = 0, several: bool = True) -> Page:
    """A sheet with one table, or two of them one below the other or side by side."""
    page, where = Page(name), draw(st.sampled_from(("alone", "below", "beside") if several else ("alone",)))
    one, column = draw(tables()), draw(st.integers(1, 3))
    below = one.place(page, 1, column, first)
    if where == "below":
        draw(tables()).place(page, below + 1, column, first + 10)
    if where == "beside":
        one.place(page, 1, column + len(one.columns) + 2 + one.over, first + 10)
    return page


def _xlsx(path: Path, pages: list[Page]) -> None:
    book = Workbook()
    for page in pages:
        sheet = book.create_sheet(page.name)
        for row in page.rows:
            sheet.append(row)
        for top, left, bottom, right in page.merges:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for (at, column), text in page.comments.items():
            sheet.cell(at, column).comment = Comment(text, "医院")
    book.remove(book.worksheets[0])
    book.save(path)


def _csv(path: Path, pages: list[Page]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(pages[0].rows)


def _packed(pack: Callable[[list[list[Any]]], bytes], path: Path, pages: list[Page]) -> None:
    path.write_bytes(pack(pages[0].rows))


WRITERS: Mapping[str, Callable[[Path, list[Page]], None]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "xls": partial(_packed, biff4),
    "ods": partial(_packed, lambda rows: ods(ods_rows(rows))),
}
"""By format. Only a workbook has several sheets, merged cells and comments; a nested head needs none of them."""
