"""From when and until when: the clauses of age, events, approval and suspension, word for word."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.blocks import Blank, Event, Payable
from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.conditions import RuleColumns
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble
from sanchuang_cli.domain.entitlement.timing import ApprovalRule, EventRule
from sanchuang_cli.domain.months import EVER, NEVER, When
from sanchuang_cli.domain.people import columns
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field
from tests.programmes.people import member
from tests.programmes.subsidies.timed import CELLS, age, at, event, told


def approval(**fields: Any) -> ApprovalRule:
    return ApprovalRule(Payable.model_validate({"clause": "丙条", **fields}), CELLS)


def limited(limit: int, **fields: Any) -> ApprovalRule:
    return approval(start="fulfilled", retroactive_limit=limit, **fields)


@pytest.mark.parametrize(
    ("sex", "born", "clause"),
    [
        (
            "男",
            date(1966, 2, 10),
            ("年满60周岁", "甲条", ("identity",), at("2026-03"), NEVER, "男，1966-02-10生，自2026-03起"),
        ),
        (
            "女",
            date(1966, 2, 10),
            ("年满55周岁", "甲条", ("identity",), at("2021-03"), NEVER, "女，1966-02-10生，自2021-03起"),
        ),
    ],
)
def test_age_says_whose_and_from_which_month(sex: str, born: date, clause: tuple[Any, ...]) -> None:
    assert told(age().clauses(Born(born, sex))[0]) == clause


@pytest.mark.parametrize(
    ("mode", "first"),
    [
        ({"first": "month_of"}, "2026-02"),
        ({"first": "month_after"}, "2026-03"),
        ({"first": "next_quarter"}, "2026-04"),
        ({"first": "next_half_year"}, "2026-07"),
        ({"first": "next_year"}, "2027-01"),
        ({"mode": "year_difference"}, "2026-01"),
    ],
)
def test_age_runs_from_the_month_that_the_document_makes_of_the_birthday(
    mode: dict[str, Any], first: str
) -> None:
    clause = age(**mode).clauses(Born(date(1966, 2, 10), "男"))[0]
    assert (clause.first, clause.last) == (at(first), NEVER)
    assert str(clause.said) == f"男，1966-02-10生，自{first}起"


@pytest.mark.parametrize(
    ("leap_day", "first"), [("february", "2025-03"), ("march", "2025-04")], ids=["february", "march"]
)
def test_whoever_was_born_on_a_leap_day_is_of_age_as_the_document_says(leap_day: str, first: str) -> None:
    clause = age(male=61, leap_day=leap_day).clauses(Born(date(1964, 2, 29), "男"))[0]
    assert told(clause) == (
        "年满61周岁",
        "甲条",
        ("identity",),
        at(first),
        NEVER,
        f"男，1964-02-29生，自{first}起",
    )


@pytest.mark.parametrize(
    ("sex", "name", "as_of", "first", "last"),
    [
        ("男", "年满60周岁", date(2026, 2, 9), NEVER, EVER),
        ("男", "年满60周岁", date(2026, 2, 10), EVER, NEVER),
        ("女", "年满55周岁", date(2021, 2, 9), NEVER, EVER),
        ("女", "年满55周岁", date(2021, 2, 10), EVER, NEVER),
    ],
)
def test_age_by_a_fixed_day_holds_in_every_month_or_in_none(
    sex: str, name: str, as_of: date, first: int, last: int
) -> None:
    clause = age(mode="as_of", as_of=as_of).clauses(Born(date(1966, 2, 10), sex))[0]
    seen = f"{sex}，1966-02-10生，截至{as_of}"
    assert told(clause) == (name, "甲条", ("identity",), first, last, seen)


def test_people_born_alike_share_one_clause_of_age_and_others_do_not() -> None:
    rule, same = age(), Born(date(1966, 2, 10), "男")
    assert rule.clauses(same) is rule.clauses(Born(date(1966, 2, 10), "男"))
    assert rule.clauses(Born(date(1966, 2, 10), "女"))[0].name == "年满55周岁"
    assert rule.clauses(Born(date(1966, 3, 10), "男"))[0].first == at("2026-04")


@pytest.mark.parametrize(
    ("first", "month"),
    [
        ("month_of", "2026-05"),
        ("month_after", "2026-06"),
        ("next_quarter", "2026-07"),
        ("next_year", "2027-01"),
    ],
)
@pytest.mark.parametrize("blank", ["accept", "refuse", "set_aside"])
def test_an_event_has_effect_from_the_month_that_the_document_makes_of_its_day(
    blank: Blank, first: When, month: str
) -> None:
    troubles: list[RowTrouble] = []
    clause = event(blank=blank, first=first).clause(member(ledger_on="2026-05-20"), troubles)
    seen = f"2026-05-20，自{month}起"
    assert told(clause) == ("列入台账", "乙条", ("ledger_on",), at(month), NEVER, seen)
    assert troubles == []


def test_an_event_known_to_its_month_or_year_counts_from_the_earliest_day() -> None:
    rule = event(first="month_of")
    for written, month, seen in (
        ("2026-05", "2026-05", "2026-05，自2026-05起"),
        ("2026", "2026-01", "2026年，自2026-01起"),
    ):
        clause = rule.clause(member(ledger_on=written), [])
        assert (clause.first, str(clause.said)) == (at(month), seen)


@pytest.mark.parametrize(
    ("blank", "first", "last"), [("accept", EVER, NEVER), ("refuse", NEVER, EVER), ("set_aside", NEVER, EVER)]
)
def test_an_event_left_blank_holds_always_or_never(blank: Blank, first: int, last: int) -> None:
    clause = event(blank=blank).clause(member(), [])
    assert told(clause) == ("列入台账", "乙条", ("ledger_on",), first, last, "未填")


@pytest.mark.parametrize("blank", ["accept", "refuse"])
def test_an_event_left_blank_is_no_trouble_where_the_document_says_what_it_means(blank: Blank) -> None:
    troubles: list[RowTrouble] = []
    event(blank=blank).clause(member(), troubles)
    assert troubles == []


def test_an_event_left_blank_that_nobody_can_tell_is_a_trouble_in_its_cell() -> None:
    troubles: list[RowTrouble] = []
    event(blank="set_aside").clause(member(), troubles)
    assert troubles == [
        RowTrouble(
            "unclear",
            "ledger_on",
            "“列入台账日期”未填，不知从何时起发",
            "乙条",
            "请补填“列入台账日期”。",
        )
    ]


def test_an_event_may_stand_in_a_column_of_the_documents_own() -> None:
    fields = {**columns(), "备案日期": Field("备案日期", Kind.DATE, name="备案日期")}
    rule = EventRule(Event(name="备案", clause="乙条", column="备案日期"), RuleColumns(fields))
    known = rule.clause(member(more={"备案日期": VagueDate.on(date(2026, 5, 20))}), [])
    assert told(known) == (
        "备案",
        "乙条",
        ("备案日期",),
        at("2026-06"),
        NEVER,
        "2026-05-20，自2026-06起",
    )
    assert str(rule.clause(member(), []).said) == "未填"


@pytest.mark.parametrize(
    ("limit", "until", "first", "seen"),
    [
        (0, "2026-06", "2026-05", "2026-05审批"),
        (1, "2026-06", "2026-04", "2026-05审批，最多补发此前 1 个月"),
        (3, "2026-06", "2026-02", "2026-05审批，最多补发此前 3 个月"),
        (12, "2026-07", "2025-05", "2026-05审批，最多补发此前 12 个月"),
    ],
)
def test_approval_holds_from_the_limits_months_before_it(
    limit: int, until: str, first: str, seen: str
) -> None:
    troubles: list[RowTrouble] = []
    clause = limited(limit).clause(member(approved_on="2026-05-11"), at(until), troubles)
    assert told(clause) == ("审批", "丙条", ("approved_on",), at(first), NEVER, seen)
    assert troubles == []


@pytest.mark.parametrize("limit", [0, 3])
@pytest.mark.parametrize("until", ["2026-05", "2026-04"])
def test_an_approval_after_the_period_holds_in_none_of_its_months(limit: int, until: str) -> None:
    clause = limited(limit).clause(member(approved_on="2026-05-11"), at(until), [])
    assert told(clause) == ("审批", "丙条", ("approved_on",), NEVER, NEVER, "2026-05审批，在本期之后")


def test_approval_is_remembered_by_its_month_and_the_end_of_the_period() -> None:
    rule, person = limited(3), member(approved_on="2026-05-11")
    now = rule.clause(person, at("2026-07"), [])
    assert now is rule.clause(member(number=2, approved_on="2026-05-30"), at("2026-07"), [])
    assert rule.clause(member(approved_on="2026-06-01"), at("2026-07"), []).first == at("2026-03")
    assert rule.clause(person, at("2026-05"), []).first == NEVER
    assert rule.clause(person, at("2026-07"), []) is now


@pytest.mark.parametrize(
    ("blank", "first", "last"), [("accept", EVER, NEVER), ("refuse", NEVER, EVER), ("set_aside", NEVER, EVER)]
)
def test_who_is_not_approved_may_be_paid_always_or_never(blank: Blank, first: int, last: int) -> None:
    clause = approval(unapproved=blank).clause(member(), at("2026-07"), [])
    assert told(clause) == ("审批", "丙条", ("approved_on",), first, last, "未填")


@pytest.mark.parametrize(
    ("blank", "troubles"),
    [
        ("accept", []),
        ("refuse", []),
        (
            "set_aside",
            [RowTrouble("unclear", "approved_on", "“审批日期”未填", "丙条", "请补填“审批日期”。")],
        ),
    ],
)
def test_an_approval_left_blank_is_a_trouble_where_nobody_can_tell(
    blank: Blank, troubles: list[RowTrouble]
) -> None:
    found: list[RowTrouble] = []
    approval(unapproved=blank).clause(member(), at("2026-07"), found)
    assert found == troubles


def test_an_approval_is_no_trouble_where_blanks_would_be() -> None:
    found: list[RowTrouble] = []
    approval(unapproved="set_aside").clause(member(approved_on="2026-05-11"), at("2026-07"), found)
    assert found == []


@pytest.mark.parametrize(
    ("written", "month"), [("2026-05-11", "2026-05"), ("2026", "2026-01"), ("2026-05", "2026-05")]
)
def test_the_month_of_approval_is_that_of_its_earliest_day(written: str, month: str) -> None:
    assert approval().month(member(approved_on=written)) == at(month)


def test_without_an_approval_there_is_no_month_of_it() -> None:
    assert approval().month(member()) is None


def test_another_column_may_hold_the_approval() -> None:
    rule = approval(approval="列入台账日期", unapproved="set_aside")
    troubles: list[RowTrouble] = []
    person = member(approved_on="2026-05-11")
    assert rule.clause(person, at("2026-07"), troubles).columns == ("ledger_on",)
    assert troubles == [
        RowTrouble("unclear", "ledger_on", "“列入台账日期”未填", "丙条", "请补填“列入台账日期”。")
    ]
    clause = rule.clause(member(ledger_on="2026-06-11"), at("2026-07"), troubles)
    assert told(clause) == ("审批", "丙条", ("ledger_on",), at("2026-06"), NEVER, "2026-06审批")
