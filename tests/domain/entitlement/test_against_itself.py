"""Where a row contradicts itself beside its spells: what is said of it, and how else the row can be read."""

from datetime import date
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.conditions import RuleColumns
from sanchuang_cli.domain.entitlement.consistency import found_in
from sanchuang_cli.domain.entitlement.readings import Against, PeriodBounds, Prepared
from sanchuang_cli.domain.people import Member
from sanchuang_cli.period import Period
from tests.programmes.people import CADRE, HARDSHIP, VETERAN, member, only
from tests.programmes.subsidies.test_clear import EDITION, PREPARED, ordinary, seen

BORN = "（身份证号上 1950-03-15 出生）"


def found(prepared: Prepared | None = None, **said: Any) -> list[tuple[str, Against]]:
    """All that is found in an ordinary row that says something else in some cells."""
    return found_in(seen(ordinary(**said), prepared or PREPARED[CADRE]))


def told(found: list[tuple[str, Against]]) -> list[tuple[str, str, str]]:
    return [(code, one.column, one.message) for code, one in found]


def read(against: Against, *names: str) -> list[tuple[str, ...]]:
    """What these cells say in each other reading."""
    return [tuple(str(getattr(other.record, name)) for name in names) for other in against.others]


def with_condition(*conditions: dict[str, Any]) -> Prepared:
    """What is gone by where the document has these conditions alone."""
    tests = [{"name": "甲", "clause": "乙", **one} for one in conditions]
    edition = only(CADRE, lambda benefit: benefit.update(condition=tests)).editions[0]
    return Prepared.of(edition.benefit[0], RuleColumns(edition.fields()))


# ------------------------------------------------------------------ birth and sex


@pytest.mark.parametrize(
    ("written", "said", "days"),
    [
        ("1951-03-15", "1951-03-15", [date(1951, 3, 15)]),
        ("1951-03", "1951-03", [date(1951, 3, 1), date(1951, 3, 31)]),
        ("1951", "1951年", [date(1951, 1, 1), date(1951, 12, 31)]),
    ],
)
def test_another_birth_is_read_as_the_first_and_the_last_day_that_is_written(
    written: str, said: str, days: list[date]
) -> None:
    ((code, one),) = found(born=written)
    assert (code, one.column) == ("birth-differs", "born")
    assert one.message == f"出生日期写的是 {said}，身份证号是 1950-03-15"
    assert [other.born for other in one.others] == [Born(day, "男") for day in days]
    assert {other.record.name for other in one.others} == {"村民1"}
    assert found(born="1950-03") == found(born="1950-03-15") == []


def test_another_sex_is_read_as_written() -> None:
    ((code, one),) = found(sex="女")
    assert (code, one.column, one.message) == ("sex-differs", "sex", "性别写的是“女”，身份证号是“男”")
    assert [other.born for other in one.others] == [Born(date(1950, 3, 15), "女")]
    assert found(sex="") == found(sex="男") == []


# ------------------------------------------------------------------ days that cannot be


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1950-03-14", f"审批日期 1950-03-14 早于出生{BORN}"), ("1949", f"审批日期 1949年 早于出生{BORN}"),
        ("2047-01-01", f"审批日期 2047-01-01 还没有到{BORN}"), ("2047", f"审批日期 2047年 还没有到{BORN}"),
    ],
)  # fmt: skip
def test_a_day_before_birth_or_long_after_the_period_may_be_any_day_or_none(written: str, said: str) -> None:
    ((code, one),) = found(approved_on=written)
    assert (code, one.column, one.message) == ("contradiction", "approved_on", said)
    assert read(one, "approved_on") == [("1950-03-15",), ("2026-06-30",), ("None",)]


@pytest.mark.parametrize("written", ["1950-03-15", "1950-03", "1950", "2046-12-31", "2046", "2026-07-01"])
def test_a_day_that_may_be_one_on_which_it_could_be_is_let_be(written: str) -> None:
    assert found(approved_on=written) == []


def test_each_impossible_day_is_told() -> None:
    told_of = told(found(approved_on="1949-01-01", suspended_from="2047-01-01", ledger_on="2020-01-01"))
    assert [column for _, column, _ in told_of] == ["suspended_from", "approved_on"]


@pytest.mark.parametrize(
    ("joined", "said", "days"),
    [
        ("1968-03-14", "时不满 18 周岁（1950-03-15 出生）", ["1968-03-15"]),
        ("1962-01-01", "时不满 18 周岁（1950-03-15 出生）", ["1968-03-15"]),
        ("1961-12-31", "时不满 18 周岁（1950-03-15 出生）", ["1968-03-15", "2026-06-30", "None"]),
        ("1956-09-30", "时不满 12 岁（1950-03-15 出生）", ["1968-03-15", "2026-06-30", "None"]),
        ("1950-03-15", "时不满 12 岁（1950-03-15 出生）", ["1968-03-15", "2026-06-30", "None"]),
    ],
)  # fmt: skip
def test_who_joined_too_young_joined_at_eighteen_and_a_child_on_any_day_or_never(
    joined: str, said: str, days: list[str]
) -> None:
    ((code, one),) = found(joined=joined)
    assert (code, one.column, one.message) == ("contradiction", "joined", f"入党日期 {joined} {said}")
    assert read(one, "joined") == [(day,) for day in days]


def test_who_was_born_on_a_leap_day_is_eighteen_on_the_last_day_of_february() -> None:
    row = structs.replace(member(born="1952-02-29", joined="1969-05-01"), born=None)
    ((_, one),) = found_in(seen(row, PREPARED[CADRE]))
    assert read(one, "joined") == [("1970-02-28",)]


def test_who_joined_before_birth_is_told_so_once() -> None:
    assert told(found(joined="1950-03-14")) == [
        ("contradiction", "joined", f"入党日期 1950-03-14 早于出生{BORN}")
    ]
    assert found(joined="1968-03-15") == found(joined=None) == []


# ------------------------------------------------------------------ a death, and what came after it


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ({"died_on": "1990-01"}, "2001-07-15"),
        ({"died_on": "2001-06-30"}, "2001-07-15"),
        ({"died_on": "2001-06-30", "left": None}, "2001-07"),
        ({"died_on": "2000", "left": "2001-01-01"}, "2001-07"),
        ({"died_on": "1980-01", "spells": "1985-03… 书记", "left": None}, "1985-03"),
        ({"died_on": "1990-01", "spells": "", "left": "1990-02-01"}, "1990-02-01"),
        ({"died_on": "1950-03-15"}, "2001-07-15"),
    ],
)
def test_a_death_before_the_end_of_what_somebody_did_may_not_have_been(
    said: dict[str, Any], until: str
) -> None:
    one = next(one for _, one in found(health="", **said) if one.column == "died_on")
    died = str(ordinary(**said).died_on)
    assert one.message == f"死亡日期 {died}，任职却到 {until}"
    assert read(one, "died_on") == [("None",)]


@pytest.mark.parametrize("died", ["2001-07", "2001-07-01", "2001", "2001-08", "2020"])
def test_a_death_in_the_month_of_the_end_or_later_is_let_be(died: str) -> None:
    assert found(health="", died_on=died) == []


def test_a_death_before_birth_is_told_as_such_alone() -> None:
    assert told(found(health="", died_on="1950-03-14")) == [
        ("contradiction", "died_on", f"死亡日期 1950-03-14 早于出生{BORN}")
    ]


# ------------------------------------------------------------------ what has not happened, and the day of it


@pytest.mark.parametrize(
    ("said", "message", "without", "happened"),
    [
        ({"employed": False, "employed_on": "2020-05"}, "财政供养写的是“否”，却填了录用日期 2020-05", ("False", "None"), ("True", "2020-05")),
        ({"penalty": "无", "penalty_on": "2020-05"}, "处分情况写的是“无”，却填了处分日期 2020-05", ("无", "None"), ("留党察看", "2020-05")),
        ({"penalty": " 没 有", "penalty_on": "2020"}, "处分情况写的是“ 没 有”，却填了处分日期 2020年", (" 没 有", "None"), ("留党察看", "2020年")),
        ({"household": "在册", "moved_on": "2020-05"}, "户籍状况写的是“在册”，却填了户籍迁出日期 2020-05", ("在册", "None"), ("迁出", "2020-05")),
        ({"health": "健在", "died_on": "2026-05"}, "健在情况写的是“健在”，却填了死亡日期 2026-05", ("健在", "None"), ("死亡", "2026-05")),
    ],
)  # fmt: skip
def test_where_one_cell_says_no_and_another_when_either_may_be_wrong(
    said: dict[str, Any], message: str, without: tuple[str, ...], happened: tuple[str, ...]
) -> None:
    ((code, one),) = found(**said)
    state, day = said
    assert (code, one.column, one.message) == ("contradiction", state, message)
    assert read(one, state, day) == [without, happened]


@pytest.mark.parametrize(
    "said",
    [
        {"employed": True, "employed_on": "2020-05"}, {"employed": None, "employed_on": "2020-05"}, {"employed": False},
        {"penalty": "警告", "penalty_on": "2020-05"}, {"penalty": "开除党籍", "penalty_on": "2020-05"}, {"penalty": "无"},
        {"penalty": "", "penalty_on": "2020-05"}, {"household": "迁出", "moved_on": "2020-05"}, {"health": "", "died_on": "2020-05"},
        {"health": "已去世", "died_on": "2020-05"}, {"penalty": "否", "penalty_on": "2020-05"},
    ],
)  # fmt: skip
def test_a_cell_that_is_blank_or_says_something_of_the_kind_agrees_with_a_day(said: dict[str, Any]) -> None:
    assert found(**said) == []


def test_a_flag_that_has_to_be_yes_says_so_where_it_denies_what_has_a_day() -> None:
    prepared = with_condition({"column": "财政供养", "must_be": True})
    ((_, one),) = found(prepared, employed=True, employed_on="2020-05")
    assert one.message == "财政供养写的是“是”，却填了录用日期 2020-05"
    assert read(one, "employed", "employed_on") == [("True", "None"), ("False", "2020-05")]
    assert found(prepared, employed=False, employed_on="2020-05") == []


WORDS = {
    "column": "处分情况",
    "accept": ["未处分"],
    "refuse": ["受处分"],
    "since": "审批日期",
    "stop": "month_of",
}


@pytest.mark.parametrize(
    ("conditions", "denied"),
    [
        ([WORDS], False),
        ([WORDS, {"column": "审批日期", "stop": "month_of"}], True),
        ([WORDS, {"column": "审批日期", "stop": "month_of", "active": False}], False),
        ([WORDS | {"active": False}, {"column": "审批日期", "stop": "month_of"}], False),
        ([WORDS, {"column": "审批日期", "filled": False}], False),
    ],
)
def test_accepted_words_deny_what_a_day_tells_where_the_day_alone_stops_payment(
    conditions: list[dict[str, Any]], denied: bool
) -> None:
    """The day is that of the document, in the place of the roster's own."""
    said = found(with_condition(*conditions), penalty="未处分", approved_on="2020-05", penalty_on="2020-05")
    assert [one.message for _, one in said] == ["处分情况写的是“未处分”，却填了审批日期 2020-05"] * denied


@pytest.mark.parametrize(
    "condition",
    [
        {"column": "离任原因", "accept": ["无"], "refuse": ["免职"]},
        {"column": "处分情况", "accept": ["无"]},
        {"column": "处分情况", "filled": False},
    ],
)
def test_a_condition_without_a_day_or_without_words_for_what_happened_denies_nothing(
    condition: dict[str, Any],
) -> None:
    assert with_condition(condition).states == ()


# ------------------------------------------------------------------ suspensions


@pytest.mark.parametrize(
    ("said", "message", "readings"),
    [
        ({"suspended_to": "2026-04"}, "填了暂停的止期 2026-04，没有填起期", [("1950-03-15", "2026-04")]),
        ({"suspended_from": "2026-05", "suspended_to": "2026-04"}, "暂停到 2026-04 止，早于起期 2026-05", [("2026-04", "2026-05"), ("2026-05", "None")]),
        ({"suspended_from": "2026-04-02", "suspended_to": "2026-04-01"}, "暂停到 2026-04-01 止，早于起期 2026-04-02", [("2026-04-01", "2026-04-02"), ("2026-04-02", "None")]),
    ],
)  # fmt: skip
def test_a_suspension_that_ends_before_it_begins_or_only_ends_is_read_in_each_way(
    said: dict[str, Any], message: str, readings: list[tuple[str, str]]
) -> None:
    ((code, one),) = found(**said)
    assert (code, one.column, one.message) == ("contradiction", "suspended_to", message)
    assert read(one, "suspended_from", "suspended_to") == readings


@pytest.mark.parametrize(
    "said",
    [
        {"suspended_from": "2026-04"}, {"suspended_from": "2026-04", "suspended_to": "2026-04"}, {},
        {"suspended_from": "2026-04-01", "suspended_to": "2026-04-01"}, {"suspended_from": "2026-04-15", "suspended_to": "2026-04"},
    ],
)  # fmt: skip
def test_a_suspension_that_can_be_is_let_be(said: dict[str, Any]) -> None:
    assert found(**said) == []


# ------------------------------------------------------------------ what it goes by


@pytest.mark.parametrize(
    ("period", "bounds"),
    [
        ("2026Q2", (date(2026, 4, 1), date(2026, 6, 30), date(2046, 12, 31))),
        ("2025", (date(2025, 1, 1), date(2025, 12, 31), date(2045, 12, 31))),
        ("9979", (date(9979, 1, 1), date(9979, 12, 31), date(9999, 12, 31))),
        ("9990-02", (date(9990, 2, 1), date(9990, 2, 28), date(9999, 12, 31))),
    ],
)
def test_no_event_lies_more_than_twenty_years_after_the_period(period: str, bounds: tuple[date, ...]) -> None:
    assert PeriodBounds.of(Period.parse(period)) == bounds


def test_what_several_benefits_go_by_is_put_together_each_thing_once() -> None:
    cells = RuleColumns(EDITION.fields())
    one = {
        benefit.name: Prepared.of(benefit, cells)
        for benefit in EDITION.benefit
        if benefit.name in (CADRE, HARDSHIP, VETERAN)
    }
    both = Prepared.together([one[VETERAN], one[HARDSHIP], one[CADRE], one[CADRE]])
    assert both.posts is one[CADRE].posts
    assert both.pauses == (("suspended_from", "suspended_to"),)
    assert set(both.states) == {*one[VETERAN].states, *one[HARDSHIP].states, *one[CADRE].states}
    assert len(both.states) == len(set(both.states))
    assert Prepared.together([]) == (None, (), ())


def test_a_reading_changes_the_rows_own_cells_and_those_that_the_document_added() -> None:
    row: Member = ordinary(more={"军龄": 3, "考核": "好"})
    other = seen(row, PREPARED[CADRE]).with_(name="乙", 军龄=4)
    assert (other.record.name, other.record.more) == ("乙", {"军龄": 4, "考核": "好"})
    assert other.born == Born(date(1950, 3, 15), "男")
    assert seen(row, PREPARED[CADRE]).with_(name="乙").record.more == row.more
