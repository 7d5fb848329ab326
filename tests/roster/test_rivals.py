"""A table is one roster only where no other has as good a claim to it; else it is told, with the line that settles it."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.roster.choosing import Choice, Stranger, chosen, ranked
from sanchuang_cli.roster.grid import Area, Sheet
from sanchuang_cli.roster.rivals import Unsettled

WORDS = {"甲乙丙": "子丑寅", "丁戊己": "卯辰巳", "庚辛壬": "午未申", "金木水": "酉戌亥", "火土日": "春夏秋"}
"""Columns that may tell rosters apart, each under two headings."""
PEOPLE = {"联系电话": Kind.PHONE, "开户行": Kind.TEXT}
"""Columns that tell nothing."""


class Drawn(NamedTuple):
    """A roster: whether it requires each of its columns. second: those that it has under the second heading."""

    columns: Mapping[str, bool]
    second: frozenset[str]

    def wanted(self, title: str) -> Wanted[Any]:
        return Wanted(Record, title, tuple(self._field(word) for word in self.columns))

    def _field(self, word: str) -> Field:
        names = (word, WORDS[word]) if word in WORDS else (word, word)
        heading, other = reversed(names) if word in self.second else names
        kind = PEOPLE.get(word, Kind.TEXT)
        return Field(heading, kind, required=self.columns[word], aliases=(other,), name=word)

    def fits(self, table: frozenset[str]) -> bool:
        return {word for word, required in self.columns.items() if required} <= table

    def is_near(self, other: "Drawn", table: frozenset[str]) -> bool:
        """Whether the table lacks a required column of this one, while the others speak for it alone."""
        return not self.fits(table) and self.tells(other, table) and not other.tells(self, table)

    def tells(self, other: "Drawn", table: frozenset[str]) -> bool:
        """Whether the table has a column of this one that the other has not."""
        own_columns = (self.columns.keys() & table) - other.columns.keys()
        return any(word in WORDS or self.columns[word] for word in own_columns)


@st.composite
def rosters(draw: st.DrawFn, least: int = 2) -> list[Drawn]:
    words = st.sampled_from([*WORDS, *PEOPLE])
    columns = st.dictionaries(words, st.booleans(), min_size=1).filter(
        lambda drawn_roster: any(drawn_roster.values())
    )
    drawn_roster = st.builds(Drawn, columns, st.frozensets(st.sampled_from([*WORDS])))
    return draw(st.lists(drawn_roster, min_size=least, max_size=3))


TABLES = st.frozensets(st.sampled_from([*WORDS, *PEOPLE]), min_size=1)


def area(words: frozenset[str]) -> Area:
    head = sorted(words)
    rows = [[word * 2 for word in head]] * 3
    sheet = Sheet("表", [head, *rows])
    return Area(
        sheet, (1, 1), 1, tuple(head), range(2, 5), cells=lambda number: tuple(sheet.rows[number - 1])
    )


def known(drawn: list[Drawn]) -> dict[str, Wanted[Any]]:
    return {f"r{at}": roster.wanted(f"名册{at}") for at, roster in enumerate(drawn)}


@given(rosters(), TABLES)
def test_a_table_is_a_roster_only_where_no_other_has_as_good_a_claim(
    drawn: list[Drawn], table: frozenset[str]
) -> None:
    wanted = known(drawn)
    choice = ranked(area(table), "册.xlsx", wanted)
    fitting = {f"r{at}": roster for at, roster in enumerate(drawn) if roster.fits(table)}
    sure = [
        name
        for name, roster in fitting.items()
        if all(
            (roster.tells(other, table) and not other.tells(roster, table))
            or wanted[name].fields == wanted[rival].fields
            for rival, other in fitting.items()
            if rival != name
        )
        and not any(other.is_near(roster, table) for other in drawn)
    ]
    if isinstance(choice, Choice):
        assert choice.name == sure[0]
    elif isinstance(choice, Unsettled):
        assert not sure and len(choice.rivals) > 1 and choice.name in fitting
    else:
        assert not fitting


@given(rosters(), TABLES)
def test_the_order_in_which_rosters_are_declared_decides_nothing(
    drawn: list[Drawn], table: frozenset[str]
) -> None:
    def read_as(wanted: dict[str, Wanted[Any]]) -> Any:
        choice = ranked(area(table), "册.xlsx", wanted)
        if isinstance(choice, Choice):
            return wanted[choice.name].fields
        return None if isinstance(choice, Stranger) else {str(rival.wanted.fields) for rival in choice.rivals}

    wanted = known(drawn)
    assert read_as(wanted) == read_as(dict(reversed(wanted.items())))


@given(rosters(), TABLES)
def test_the_line_that_is_told_settles_it_for_each_of_the_rivals(
    drawn: list[Drawn], table: frozenset[str]
) -> None:
    wanted, area_drawn = known(drawn), area(table)
    unsettled = ranked(area_drawn, "册.xlsx", wanted)
    if not isinstance(unsettled, Unsettled):
        return
    with pytest.raises(UserError) as stopped:
        chosen(area_drawn, "册.xlsx", wanted)
    message = str(stopped.value)
    assert message.startswith("册.xlsx 表 第1行：")
    line = re.search(r'"册.*" = ".*?"', message)
    assert line and tomllib.loads(line[0]) == {"册.xlsx 表": unsettled.rivals[0].wanted.title}
    complete = [rival for rival in unsettled.rivals if not rival.matching.missing]
    for rival in complete:
        assert f"“{rival.wanted.title}”" in message
        for words in ("册.xlsx", "册.xlsx 表", "册.xlsx 表 第1行"):
            choice = chosen(area_drawn, "甲/册.xlsx", wanted, {words: rival.wanted.title})
            assert isinstance(choice, Choice) and choice.name == rival.name


def fields(*headings: str, required: str = "") -> tuple[Field, ...]:
    return tuple(Field(heading, required=heading in required.split(), name=heading) for heading in headings)


LOANS = Wanted(Record, "贷款台账", fields("编号", "本金", "担保人", required="编号 本金"))
ASKED = Wanted(
    Record, "申请表", fields("编号", "项目", "开办日期", "带动户数", "信用", "自有资金", required="编号")
)


def answer(wanted: Mapping[str, Wanted[Any]], *words: str) -> str:
    choice = ranked(area(frozenset(words)), "册.xlsx", wanted)
    return str(choice) if isinstance(choice, Unsettled) else choice.name


def test_many_columns_do_not_outweigh_a_required_one_that_tells() -> None:
    many = ("编号", "本金", "项目", "开办日期", "带动户数", "信用", "自有资金")
    message = answer({"asked": ASKED, "loans": LOANS}, *many)
    assert "“申请表”（有它独有的列：项目、开办日期、带动户数等）" in message
    assert "“贷款台账”（有它独有的列：本金）" in message
    assert answer({"asked": ASKED, "loans": LOANS}, "编号", "本金") == "loans"
    assert answer({"asked": ASKED, "loans": LOANS}, "编号", "信用") == "asked"


def test_where_nothing_tells_the_columns_that_would_are_named() -> None:
    other = Wanted(Record, "事件", fields("编号", "日期", required="编号"))
    message = answer({"asked": ASKED, "events": other}, "编号", "其他")
    assert "“申请表”（没有它独有的列，如项目、开办日期、带动户数等）" in message
    assert "“事件”（没有它独有的列，如日期）" in message


def test_a_tied_column_tells_a_roster_too() -> None:
    wanted = {"loans": LOANS, "asked": ASKED}
    assert answer(wanted, "编号", "本金（元）", "本金", "信用").startswith("册.xlsx 表 第1行：这张表既像")
    with pytest.raises(UserError, match="分不清该读哪一列"):
        chosen(area(frozenset(("编号", "本金（元）", "本金"))), "册.xlsx", wanted)


def test_a_roster_with_an_odd_heading_is_not_read_as_another_that_asks_for_less() -> None:
    helped = Wanted(Record, "困难党员", fields("编号", "困难程度", required="编号"))
    message = answer({"helped": helped, "loans": LOANS}, "编号", "担保人", "本钱数目")
    assert "“贷款台账”（有它独有的列：担保人；缺必需的列：本金）" in message
    helpers = Wanted(Record, "帮扶人", fields("编号", "帮扶单位", "名额", required="编号 帮扶单位 名额"))
    message = answer({"helped": helped, "helpers": helpers}, "编号", "帮扶单位", "几个名")
    assert "“困难党员”（没有它独有的列，如困难程度）" in message
    assert "“帮扶人”（有它独有的列：帮扶单位；缺必需的列：名额）" in message
    assert answer({"helped": helped, "helpers": helpers}, "编号", "帮扶单位", "困难程度") == "helped"


def test_one_roster_under_two_names_is_one() -> None:
    assert answer({"asked": ASKED, "again": ASKED}, "编号", "信用") == "asked"


def test_a_table_without_a_record_is_blank_whichever_it_is() -> None:
    blank = Area(Sheet("表", [["编号"]]), (1, 1), 1, ("编号",), range(2, 2), cells=lambda number: ())
    other = Wanted(Record, "事件", fields("编号", "日期", required="编号"))
    assert isinstance(chosen(blank, "册.xlsx", {"asked": ASKED, "events": other}), Choice)
