"""The quick look at a row says "surely nothing" only where no check finds a contradiction, and says it of ordinary rows."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.clear import clear
from sanchuang_cli.domain.entitlement.conditions import RuleColumns
from sanchuang_cli.domain.entitlement.consistency import found_in
from sanchuang_cli.domain.entitlement.readings import PeriodBounds, Prepared, Seen
from sanchuang_cli.domain.people import Member
from sanchuang_cli.period import Period, Spell, VagueDate
from tests.programmes.people import CADRE, HARDSHIP, VETERAN, day, member, policies

EDITION = policies().editions[0]
PREPARED = {
    benefit.name: Prepared.of(benefit, RuleColumns(EDITION.fields()))
    for benefit in EDITION.benefit
    if benefit.name in (CADRE, HARDSHIP, VETERAN)
}
DATED = [field.name for field in Member.declared() if field.kind.value == "date"]
SPELLS = "1985-03…1990-05 会计; 1990-05…2001-07 书记"
PLAIN: dict[str, Any] = {
    "joined": "1975-07-01", "spells": SPELLS, "post": "书记", "left": "2001-07-15", "health": "健在", "household": "在册",
}  # fmt: skip


def ordinary(sex: str = "男", born: str = "1950-03-15", **said: Any) -> Member:
    """A row that agrees with itself, but for what it is to say instead; its number is of a man of March 1950."""
    return structs.replace(member(**{**PLAIN, **said}), sex=sex, born=day(born))


def seen(record: Member, prepared: Prepared, period: str = "2026Q2") -> Seen:
    born = Born.of(record.identity)
    assert born
    dates = {name: value for name in DATED if (value := getattr(record, name)) is not None and name != "born"}
    return Seen(record, born, (), prepared, dates, PeriodBounds.of(Period.parse(period)))


def days() -> st.SearchStrategy[VagueDate]:
    exact = st.dates(date(1948, 1, 1), date(2050, 12, 31)).map(VagueDate.on)
    near = st.builds(VagueDate.within, st.integers(1949, 1970) | st.integers(1984, 2003), st.integers(0, 12))
    wide = st.tuples(exact, exact).map(lambda two: VagueDate(min(two)[0], max(two)[0]))
    return exact | near | wide


POSTS = st.sampled_from(["", "书记", "会计", "会计兼文书", "河西村书记", "队长", "干部"])
CHANGES: dict[str, st.SearchStrategy[Any]] = {
    **{name: days() for name in DATED},
    "sex": st.sampled_from(["男", "女", ""]),
    "post": POSTS,
    "years": st.sampled_from(["", "16", "5年", "很久"]),
    "spells": st.lists(st.builds(Spell, days(), st.none() | days(), POSTS), max_size=3).map(tuple),
    "health": st.sampled_from(["健在", "死亡", ""]),
    "household": st.sampled_from(["在册", "迁出"]),
}


@st.composite
def rows(draw: st.DrawFn) -> Member:
    """An ordinary row with some cells that say something else."""
    spells = list(ordinary().spells)
    if draw(st.booleans()):
        at, moved = draw(st.integers(0, 1)), draw(days())
        one = spells[at]
        spells[at] = one._replace(start=moved) if draw(st.booleans()) else one._replace(end=moved)
    names = draw(st.lists(st.sampled_from(sorted(CHANGES)), max_size=2, unique=True))
    changes = {name: draw(CHANGES[name]) for name in names}
    return structs.replace(ordinary(), **{"spells": tuple(spells), **changes})


@settings(max_examples=600, deadline=None)
@given(rows(), st.sampled_from(sorted(PREPARED)), st.sampled_from(["2026Q2", "2012", "2001-07"]))
def test_where_it_says_surely_nothing_nothing_is_found(record: Member, benefit: str, period: str) -> None:
    one = seen(record, PREPARED[benefit], period)
    assert not clear(one) or not found_in(one)


@pytest.mark.parametrize("benefit", sorted(PREPARED))
def test_ordinary_rows_are_not_looked_at_twice(benefit: str) -> None:
    assert clear(seen(ordinary(), PREPARED[benefit]))
    assert clear(seen(member(), PREPARED[benefit]))


@pytest.mark.parametrize(
    "said",
    [
        {"born": "1951-03-15"}, {"sex": "女"}, {"joined": "1960-07-01"}, {"died_on": "2000-01-01"}, {"years": "3"},
        {"left": "2003-07-15"}, {"post": "文书"}, {"spells": "1990-03…1985-05 书记"}, {"spells": "1955-03…2001-07 书记"},
        {"spells": "1985-03…2060-07 书记"}, {"moved_on": "2020-01-01"}, {"suspended_to": "2020-01-01"},
    ],
)  # fmt: skip
def test_what_can_be_found_is_looked_at_closely(said: dict[str, str]) -> None:
    assert not clear(seen(ordinary(**said), PREPARED[CADRE]))


@pytest.mark.parametrize(
    ("said", "surely"),
    [
        ({"born": "1950-03-14"}, False), ({"born": "1950-03-16"}, False), ({"born": "1950-03"}, True), ({"born": "1950"}, True),
        ({"sex": ""}, True), ({"joined": "1968-12-31"}, False), ({"joined": "1968"}, False), ({"joined": "1969"}, True),
        ({"joined": "1969-01-01"}, True), ({"joined": None}, True), ({"health": ""}, True), ({"suspended_from": "2020-01"}, True),
        ({"approved_on": "1950-03-14"}, False), ({"approved_on": "1950-03-15"}, True), ({"approved_on": "1950-03"}, True),
        ({"approved_on": "1950-02"}, False), ({"approved_on": "2046-12-31"}, True), ({"approved_on": "2046"}, True),
        ({"approved_on": "2047-01-01"}, False), ({"approved_on": "2047"}, False), ({"employed_on": "2020-01"}, False),
        ({"penalty_on": "2020-01"}, False), ({"left": None}, True), ({"left": "2001-07-01"}, True), ({"left": "2001-07-31"}, True),
        ({"left": "2001"}, True), ({"left": "2001-06-30"}, False), ({"left": "2001-08-01"}, False), ({"left": "2001-06"}, False),
        ({"post": ""}, True), ({"post": "会计"}, False),
    ],
)  # fmt: skip
def test_a_cell_is_in_order_up_to_the_last_day_on_which_nothing_would_be_found(
    said: dict[str, Any], surely: bool
) -> None:
    assert clear(seen(ordinary(**said), PREPARED[CADRE])) is surely


@pytest.mark.parametrize(
    ("spells", "surely"),
    [
        ("1962-01…2001-07 书记", True), ("1962…2001-07 书记", True), ("1961-12-31…2001-07 书记", False), ("1961…2001-07 书记", False),
        ("1990-05-03…1990-05-03 书记", True), ("1990-05-03…1990-05-02 书记", False), ("1990-05…1990-05 书记", True),
        ("2026-06-30…2026-07-01 书记", True),
        ("2026…2026-12 书记", True), ("2026-07-01…2026-07-02 书记", False), ("1990-05…2046-12-31 书记", True),
        ("1990-05…2046 书记", True), ("1990-05…2047-01-01 书记", False), ("1990-05… 书记", False),
        ("1985-03…1990-05 会计; 1986-03…1990-06 书记", True), ("1985-03…1990-05 会计; 1986-03…1990-05 书记", False),
        ("1985-03…1990-05 会计; 1986-03…1990-04 书记", False), ("1985-03…1990-05 书记; 1990-06…1995-05 会计", False),
        ("1985-03… 会计; 1990-06…1995-05 书记", False), ("1995-03…1999-05 会计; 1990-06…2001-05 书记", True),
    ],
)  # fmt: skip
def test_spells_are_in_order_that_each_end_after_the_one_before_in_the_post_left(
    spells: str, surely: bool
) -> None:
    assert clear(seen(ordinary(spells=spells, left=None), PREPARED[CADRE])) is surely
