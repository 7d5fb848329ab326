"""What a policy is made into for the months of a run: months in words, and dates that are known well enough."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.rulebook import DateUse, Rulebook, months_in, months_text
from sanchuang_cli.period import Period, VagueDate
from tests.domain.entitlement.test_lint_holds import document
from tests.programmes.people import day, member, of_editions
from tests.programmes.subsidies.serving import at

# ------------------------------------------------------------------ months in words


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("", []),
        ("2026-04", ["2026-04"]),
        ("2026-04、2026-06", ["2026-04", "2026-06"]),
        ("2026-04至2026-05", ["2026-04", "2026-05"]),
        ("2025-11至2026-01、2026-03、2026-05至2026-06", ["2025-11", "2025-12", "2026-01", "2026-03", "2026-05", "2026-06"]),
    ],
)  # fmt: skip
def test_months_are_written_as_spans_and_read_as_they_were_written(text: str, months: list[str]) -> None:
    numbers = [at(one) for one in months]
    assert months_text(numbers) == text
    assert months_in(text) == set(numbers)


def test_months_may_stand_between_commas_with_blanks_beside_them() -> None:
    assert months_in(" 2026-04至2026-05 ，2026-08、、2026-10，") == months_in(
        "2026-04至2026-05、2026-08、2026-10"
    )


@pytest.mark.parametrize(
    "text", ["一季度", "2026", "2026-4", "2026-13", "至2026-04", "2026-04 至 2026-05", "、 、"]
)
def test_what_was_not_written_so_is_no_months(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        months_in(text)


# ------------------------------------------------------------------ dates that are known well enough

JULY = date(2026, 7, 10)


@pytest.mark.parametrize(
    ("use", "written", "vague"),
    [
        (DateUse(True, frozenset()), "2026-07-09", False),
        (DateUse(True, frozenset()), "2026-07", False),
        (DateUse(True, frozenset()), "2026", True),
        (DateUse(False, frozenset()), "2026", False),
        (DateUse(False, frozenset({JULY})), "2026-07-10", False),
        (DateUse(False, frozenset({JULY})), "2026-07", True),
        (DateUse(False, frozenset({JULY})), "2026-06", False),
        (DateUse(False, frozenset({JULY})), "2026-08", False),
        (DateUse(False, frozenset({JULY})), "2026", True),
        (DateUse(False, frozenset({date(2026, 7, 1)})), "2026-07", False),
        (DateUse(False, frozenset({date(2026, 7, 31)})), "2026-07", True),
        (DateUse(False, frozenset({date(2026, 8, 1)})), "2026-07", False),
        (DateUse(False, frozenset({date(2020, 1, 1), JULY})), "2026-07", True),
        (DateUse(True, frozenset({JULY})), "2026-07", True),
    ],
)  # fmt: skip
def test_a_date_is_too_vague_where_its_month_or_its_side_of_a_day_counts_and_is_not_known(
    use: DateUse, written: str, vague: bool
) -> None:
    assert use.too_vague(day(written)) is vague


def test_a_date_of_one_month_in_two_years_is_too_vague_for_its_month() -> None:
    assert DateUse(True, frozenset()).too_vague(VagueDate(date(2025, 7, 1), date(2026, 7, 31)))


# ------------------------------------------------------------------ dates that the rules look at

DAY = date(1990, 5, 1)
WHEN = {"name": "甲", "clause": "乙", "column": "列入台账日期"}
EVENT = {"name": "甲", "clause": "乙", "column": "列入台账日期"}
FLAG = {"name": "甲", "clause": "乙", "column": "优抚对象", "must_be": False, "stop": "month_of"}


def by_day(column: str) -> dict[str, Any]:
    tiers = [
        {"below": DAY, "rate": 1},
        {"at_least": DAY, "below": date(1995, 6, 1), "rate": 2},
        {"at_least": date(1995, 6, 1), "rate": 3},
    ]
    return {"clause": "六", "per": "month", "by": "column", "column": column, "tier": tiers}


FLAT = {"clause": "六", "per": "month", "by": "nothing", "tier": [{"rate": 1}]}


@pytest.mark.parametrize(
    ("says", "month", "edges"),
    [
        ({"condition": [WHEN | {"at_least": DAY}]}, False, {DAY}), ({"condition": [WHEN | {"below": DAY}]}, False, {DAY}),
        ({"condition": [WHEN | {"at_least": DAY, "below": date(1995, 6, 1)}]}, False, {DAY, date(1995, 6, 1)}),
        ({"condition": [WHEN | {"filled": True}]}, False, set()), ({"condition": [WHEN | {"stop": "month_of"}]}, True, set()),
        ({"condition": [FLAG | {"since": "列入台账日期"}]}, True, set()), ({"claim": [WHEN | {"below": DAY}]}, False, {DAY}),
        ({"payable": {"clause": "五", "events": [EVENT]}}, True, set()), ({"payable": {"clause": "五", "approval": "列入台账日期"}}, True, set()),
        ({"suspension": [{"name": "甲", "clause": "乙", "start": "列入台账日期", "end": "暂停止"}]}, True, set()),
        ({"suspension": [{"name": "甲", "clause": "乙", "start": "暂停起", "end": "列入台账日期"}]}, True, set()),
        ({"amount": [by_day("列入台账日期")]}, False, {DAY, date(1995, 6, 1)}),
        ({"amount": [FLAT | {"by": "years_since", "column": "列入台账日期"}]}, True, set()),
        ({"amount": [FLAT | {"supplement": [{"name": "另加", "clause": "七", "rate": 1, "when": WHEN | {"below": DAY}}]}]}, False, {DAY}),
        ({"condition": [WHEN | {"at_least": DAY}], "payable": {"clause": "五", "events": [EVENT]}}, True, {DAY}),
        ({"condition": [WHEN | {"at_least": DAY}], "claim": [WHEN | {"below": date(1995, 6, 1)}]}, False, {DAY, date(1995, 6, 1)}),
    ],
)  # fmt: skip
def test_of_each_date_that_a_document_looks_at_it_is_known_what_of_it_counts(
    says: dict[str, Any], month: bool, edges: set[date]
) -> None:
    book = Rulebook(of_editions(document({}) | {"benefit": [benefit(**says)]}), Period.parse("2026Q2"))
    known = [edge for edge in (DAY, date(1995, 6, 1)) if book.too_vague({"ledger_on": day(str(edge.year))})]
    far = day("1970")
    assert known == ([DAY, date(1995, 6, 1)] if month else sorted(edges))
    assert book.too_vague({"ledger_on": far}) == ([("ledger_on", far, frozenset(edges))] if month else [])
    assert book.dates(member(ledger_on="1970", born="1950-03-15")) == {"ledger_on": far}


def benefit(**says: Any) -> dict[str, Any]:
    whole = {"name": "补贴", "clause": "一", "page": "cadre", "payable": {"clause": "五"}, "amount": [FLAT]}
    return whole | says


def test_who_is_asked_about_several_times_in_a_row_has_one_answer_and_the_next_person_another() -> None:
    claim = {"name": "甲", "clause": "乙", "column": "优抚对象", "must_be": True, "blank": "refuse"}
    book = Rulebook(of_editions(document({}) | {"benefit": [benefit(claim=[claim])]}), Period.parse("2026Q2"))
    (edition,), veteran, other = book.editions, member(1, veteran=True), member(2, veteran=False)
    assert [rule.benefit.name for rule in edition.concerned(veteran)] == ["补贴"]
    assert edition.concerned(veteran) is edition.concerned(veteran)
    assert edition.concerned(other) == []
    assert len(edition.concerned(veteran)) == 1
    assert (book.concerns(veteran), book.concerns(other)) == (True, False)
