"""A cell that is not empty and gives no value is marked as unread in its row, whatever the kind of its column."""

from typing import Annotated, Any

import pytest
from msgspec.structs import replace

from sanchuang_cli.kind import NO_VALUE, Kind
from sanchuang_cli.record import NOT_WORKED_OUT, Cell, ErrorCell, Field, Record, Row, Source, Wanted
from tests.roster.parsing import read_cell
from tests.roster.test_read import area, reading


class Line(Record, frozen=True, kw_only=True):
    """A field of every kind that a rule may look at."""

    text: Annotated[str, Field("文字")] = ""
    choice: Annotated[str, Field("选项", Kind.CHOICE, choices={"甲": (), "乙": ()})] = ""
    flag: Annotated[bool | None, Field("是否", Kind.FLAG)] = None
    count: Annotated[int | None, Field("个数", Kind.COUNT)] = None
    money: Annotated[int | None, Field("金额", Kind.MONEY)] = None
    percent: Annotated[Any, Field("比例", Kind.PERCENT)] = None
    day: Annotated[Any, Field("日期", Kind.DATE)] = None
    spells: Annotated[tuple[Any, ...], Field("任职经历", Kind.SPELLS)] = ()


LINES = {"lines": Wanted(Line, "表")}
FIELDS = Line.declared()
HEAD = [field.heading for field in FIELDS]
JUNK: dict[str, list[Cell]] = {
    "choice": ["丙"],
    "flag": ["待定", "？"],
    "count": ["若干", "-3"],
    "money": ["若干", "一千多"],
    "percent": ["一半多"],
    "day": ["2026.6.31", "2014.13", "二月份", "不详"],
    "spells": ["当过几年", "1990.13-1991.2"],
}
ERRORS: list[Cell] = [
    ErrorCell("#N/A"),
    ErrorCell(NOT_WORKED_OUT),
    "#REF!",
    "#DIV/0!",
    "Err:508",
    "#GETTING_DATA",
    "#name?",
]
CELLS = [(field.name, cell) for field in FIELDS for cell in (*ERRORS, *JUNK.get(field.name, []))]


@pytest.mark.parametrize(("name", "cell"), CELLS)
def test_what_cannot_be_read_is_marked(name: str, cell: Cell) -> None:
    row = [cell if field.name == name else "" for field in FIELDS]
    (line,) = reading(area(HEAD, [row]), wanted=LINES).rosters["lines"].records
    assert line.row.unread == (name,)
    assert getattr(line, name) == Line.defaults()[name]
    assert line.row.written(name) == str(cell)


@pytest.mark.parametrize("cell", ["#3号楼", "#", "Error", "Err"])
def test_text_that_only_begins_like_an_error_is_text(cell: str) -> None:
    assert read_cell(Kind.TEXT, cell).value == cell


@pytest.mark.parametrize("kind", [Kind.IDENTITY, Kind.ACCOUNT, Kind.DATE, Kind.MONEY])
@pytest.mark.parametrize("written", sorted(NO_VALUE - {""}))
def test_a_word_for_nothing_is_an_answer_and_no_cell_that_nobody_can_read(kind: Kind, written: str) -> None:
    """A number that is not written out is masked only where it is one: 无 as “*” was none of the words."""
    field = Field("号码", kind, name="number")
    row = Row(Source("册.xlsx", "表", {"number": (1, "号码")}), 1, (written,), ("number",))
    assert row.illegible(field) == ""
    assert replace(row, cells=("待补",)).illegible(field) == "待补"
