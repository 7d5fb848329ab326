"""Who asks for a benefit at all: whoever a claim may concern in some month is paid or refused, never left out."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from sanchuang_cli.domain.entitlement import conditions
from sanchuang_cli.domain.entitlement.blocks import Condition
from sanchuang_cli.domain.entitlement.conditions import RuleColumns
from sanchuang_cli.domain.entitlement.policy import ExtraColumn
from sanchuang_cli.domain.people import Member
from tests.programmes.people import HARDSHIP, TWENTY, changed, codes, day, member, run

COLUMNS = [
    {"heading": "在册", "kind": "flag"},
    {"heading": "户数", "kind": "count"},
    {"heading": "说明", "kind": "text"},
    {"heading": "登记日期", "kind": "date"},
    {"heading": "注销日期", "kind": "date"},
]
GONE = day("2026-05-10")


def claimed(test: dict[str, Any], cells: dict[str, Any]) -> bool:
    """Whether somebody with these cells is paid or refused where `test` is the only claim."""

    def change(edition: dict[str, Any]) -> None:
        edition["benefit"] = [block for block in edition["benefit"] if block["name"] == HARDSHIP]
        edition["benefit"][0]["claim"] = [{"name": "在册", "clause": "第一条", **test}]
        edition |= {"column": COLUMNS, "exclusive": []}

    result = run(member(more=cells), policy=changed(change))
    assert result.tally.read == 1
    return result.outside == 0


@pytest.mark.parametrize(
    ("test", "cells"),
    [
        ({"column": "在册", "must_be": True}, {"在册": False}),
        ({"column": "登记日期", "filled": True}, {"登记日期": None}),
        ({"column": "户数", "at_least": 1}, {"户数": 0}),
        (
            {"column": "登记日期", "below": date(2010, 1, 1), "blank": "refuse"},
            {"登记日期": day("2020-01-01")},
        ),
    ],
)
def test_somebody_struck_off_on_a_day_is_judged_for_the_months_before(
    test: dict[str, Any], cells: dict[str, Any]
) -> None:
    test = test | {"since": "注销日期", "stop": "month_after"}
    assert claimed(test, cells | {"注销日期": GONE})
    assert not claimed(test, cells | {"注销日期": None})


@pytest.mark.parametrize(("written", "asks"), [(None, False), (0, False), (1, True)])
def test_nought_in_a_cell_asks_for_nothing(written: int | None, asks: bool) -> None:
    assert claimed({"column": "户数", "filled": True}, {"户数": written}) is asks


@pytest.mark.parametrize(
    ("written", "asks"),
    [
        (None, False),
        ("2009-12-31", False),
        ("2010-01-01", True),
        ("2019-12-31", True),
        ("2020-01-01", False),
        ("2009", False),
        ("2019", True),
        ("2020", False),
    ],
)
@pytest.mark.parametrize("blank", ["refuse", "accept"])
def test_a_day_within_edges_asks_by_its_earliest_reading(blank: str, written: str | None, asks: bool) -> None:
    test = {"column": "登记日期", "at_least": date(2010, 1, 1), "below": date(2020, 1, 1), "blank": blank}
    expected = asks or (written is None and blank == "accept")
    assert claimed(test, {"登记日期": written and day(written)}) is expected
    open_ended = {"column": "登记日期", "at_least": date(2010, 1, 1), "blank": "refuse"}
    if written:
        assert claimed(open_ended, {"登记日期": day(written)}) is (written >= "2010")


CELLS = RuleColumns(
    {heading: ExtraColumn(**column).field for column in COLUMNS if (heading := column["heading"])}
)
DATES = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(lambda d: day(d.isoformat()))
PEOPLE = st.fixed_dictionaries(
    {
        "在册": st.sampled_from([None, True, False]),
        "户数": st.none() | st.integers(0, 3),
        "说明": st.sampled_from([None, "", "无", "是", "有"]),
        "登记日期": DATES,
        "注销日期": DATES,
    }
)
TESTS = st.sampled_from(
    [
        {"column": "在册", "must_be": True},
        {"column": "在册", "must_be": False},
        {"column": "户数", "at_least": 2},
        {"column": "户数", "filled": True},
        {"column": "说明", "filled": True},
        {"column": "说明", "filled": False},
        {"column": "说明", "accept": ["是"]},
        {"column": "说明", "refuse": ["有"]},
        {"column": "登记日期", "filled": True},
        {"column": "登记日期", "below": date(2015, 1, 1)},
        {"column": "登记日期", "at_least": date(2015, 1, 1)},
    ]
)
STOPS = st.sampled_from(
    [
        {},
        {"stop": "month_after", "since": "注销日期"},
        {"stop": "month_after", "since": "注销日期", "undated": "set_aside"},
    ]
)


@given(TESTS, st.sampled_from(["accept", "refuse", "set_aside"]), STOPS, PEOPLE)
def test_the_quick_answer_is_what_the_whole_judgement_says_of_some_month(
    test: dict[str, Any], blank: str, stop: dict[str, Any], cells: dict[str, Any]
) -> None:
    asked = conditions.Test(Condition(name="例", clause="例", blank=blank, **test, **stop), CELLS)
    record = member(more=cells)
    clause, trouble = asked.judged(*(read(record) for read in asked.reads))
    read, will_do = asked.may_hold()
    assert will_do(read(record)) == (trouble is not None or clause.first <= clause.last)


@pytest.mark.parametrize(
    ("spells", "left", "holds"), [(TWENTY, None, True), ("", GONE, True), ("", None, False)]
)
def test_service_that_must_be_there_may_be_refused_from_a_day_on(spells: str, left: Any, holds: bool) -> None:
    rule = Condition(
        name="例", clause="例", column="任职经历", filled=True, stop="month_after", since="注销日期"
    )
    spells_field = member().declared()
    cells = RuleColumns(CELLS.fields | {field.heading: field for field in spells_field})
    read, will_do = conditions.Test(rule, cells).may_hold()
    assert will_do(read(member(spells=spells, more={"注销日期": left}))) is holds


def unread(heading: str, written: str) -> Member:
    """Somebody of whom only one cell says that he may ask for something, and nobody can read it."""
    field = next(field for field in Member.declared() if field.heading == heading)
    blank: dict[str, Any] = {} if field.name == "spells" else {field.name: None}
    person = member(**blank)
    place = person.row.source.columns[field.name][0] - 1
    cells = tuple(written if i == place else cell for i, cell in enumerate(person.row.cells))
    return structs.replace(person, row=structs.replace(person.row, cells=cells, unread=(field.name,)))


@pytest.mark.parametrize(
    ("heading", "written", "code"),
    [
        ("困难台账", "待定", "subsidies.unread"),
        ("列入台账日期", "2014.13", "subsidies.unread"),
        ("入党日期", "1949.13", "subsidies.unread"),
        ("任职经历", "当过几年", "subsidies.unread"),
    ],
)
def test_who_would_ask_by_a_cell_that_nobody_can_read_is_set_aside(
    heading: str, written: str, code: str
) -> None:
    result = run(unread(heading, written))
    assert (result.outside, result.set_aside) == (0, 1)
    assert code in codes(result)


@pytest.mark.parametrize("written", ["无", "—", "暂无", "空", "否"])
def test_a_cell_that_says_nothing_yet_asks_for_nothing(written: str) -> None:
    assert run(unread("列入台账日期", written)).outside == 1
