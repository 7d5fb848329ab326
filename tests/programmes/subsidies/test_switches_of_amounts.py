"""Switches of amounts, approvals and conditions."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.finding import Severity
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    cadre,
    changed,
    codes,
    member,
    months_of,
    only,
    refused,
    run,
    yuan_of,
)


@pytest.mark.parametrize(
    ("figures", "rate", "yuan"), [("multiple", "1/2", 500), ("multiple", 2, 2000), ("percent", 25, 250)]
)
def test_multiples_and_percentages_of_a_base(figures: str, rate: Any, yuan: int) -> None:
    def change(edition: dict[str, Any]) -> None:
        values = [
            {"effective": date(2012, 1, 1), "amount": 900},
            {"effective": date(2026, 5, 1), "amount": 1000},
        ]
        edition["base"] = [{"name": "收入", "clause": "例", "values": values}]
        own = {"figures": figures, "base": "收入", "tier": [{"at_least": 10, "rate": rate}]}
        edition["benefit"][0]["amount"][0].update(own)

    policy, person = changed(change), member(spells=TWENTY)
    assert yuan_of(run(person, period="2026-05", policy=policy)) == yuan
    assert yuan_of(run(person, period="2026-04", policy=policy)) == Decimal(yuan) * 9 / 10


@pytest.mark.parametrize(
    ("period", "since"),
    [("2026-05", []), ("2026-06", []), ("2026-07", ["2025-06-01"]), ("2027Q1", ["2025-06-01"])],
)
def test_a_figure_of_a_base_that_is_older_than_a_year_is_noted(period: str, since: list[str]) -> None:
    def change(edition: dict[str, Any]) -> None:
        values = [{"effective": date(2025, month, 1), "amount": 900 + month} for month in (1, 6)]
        edition["base"] = [{"name": "收入", "clause": "第八条", "values": values}]
        own = {"figures": "percent", "base": "收入", "tier": [{"at_least": 10, "rate": 10}], "round": "up"}
        edition["benefit"][0]["amount"][0].update(own)

    result = run(member(spells=TWENTY), period=period, policy=changed(change))
    notes = [found for found in result.findings if found.code == "subsidies.old-base"]
    assert [(n.severity, n.message, n.basis) for n in notes] == [
        (Severity.NOTE, f"基数“收入”用的还是 {day} 起的 906 元", "第八条") for day in since
    ]


@pytest.mark.parametrize(
    ("effective", "yuan"), [(date(2026, 5, 1), [100, 110, 110]), (date(2026, 5, 2), [100, 100, 110])]
)
def test_an_index_has_effect_from_the_first_whole_month(effective: date, yuan: list[int]) -> None:
    index = [{"clause": "例", "effective": effective, "percent": 10}]
    policy = cadre(amount={"tier": [{"at_least": 10, "rate": 100}], "index": index})
    result = run(member(spells=TWENTY), policy=policy)
    assert [p.fen for p in sorted(result.paid[0].payments)] == [100 * y for y in yuan]


def test_a_supplement_for_age_begins_in_the_month_after_the_birthday() -> None:
    more = [{"name": "高龄", "clause": "例", "rate": 30, "age_at_least": 80}]
    policy = cadre(amount={"tier": [{"at_least": 10, "rate": 100}], "supplement": more})
    result = run(member(born="1946-04-30", spells=TWENTY), policy=policy)
    assert [p.fen for p in sorted(result.paid[0].payments)] == [10_000, 13_000, 13_000]


@pytest.mark.parametrize(("times", "yuan"), [(None, 100), (0, 100), (1, 110), (4, 140), (5, 145), (9, 145)])
def test_a_supplement_for_each_honour_up_to_a_limit(times: int | None, yuan: int) -> None:
    def change(edition: dict[str, Any]) -> None:
        edition["column"] = [{"heading": "表彰次数", "kind": "count"}]
        more = [{"name": "表彰", "clause": "例", "rate": 10, "times_column": "表彰次数", "most": 45}]
        edition["benefit"][0]["amount"][0].update(tier=[{"at_least": 10, "rate": 100}], supplement=more)

    person = member(spells=TWENTY, more={"表彰次数": times})
    assert yuan_of(run(person, period="2026-04", policy=changed(change))) == yuan


@pytest.mark.parametrize(("limit", "first"), [(0, "2026-05"), (1, "2026-04"), (2, "2026-03"), (3, "2026-03")])
def test_months_before_the_approval_are_made_good_up_to_the_limit_and_not_before_the_right(
    limit: int, first: str
) -> None:
    person = member(born="1966-02-10", spells=TWENTY, approved_on="2026-05-11")
    policy = cadre(payable={"start": "fulfilled", "retroactive_limit": limit})
    assert months_of(run(person, policy=policy))[0] == first


@pytest.mark.parametrize(
    ("blank", "outcome"), [("accept", (1, 0)), ("refuse", (0, 0)), ("set_aside", (0, 1))]
)
def test_those_who_are_not_approved(blank: str, outcome: tuple[int, int]) -> None:
    result = run(member(spells=TWENTY), policy=cadre(payable={"unapproved": blank}))
    assert (len(result.paid), result.set_aside) == outcome


def test_the_month_after_the_approval() -> None:
    later = [{"name": "审批次月", "clause": "例", "column": "审批日期", "first": "month_after"}]
    person = member(spells=TWENTY, approved_on="2026-05-31")
    assert months_of(run(person, policy=cadre(payable={"events": later}))) == ["2026-06"]
    assert months_of(run(person)) == ["2026-05", "2026-06"]


@pytest.mark.parametrize(
    ("first", "resume", "months"),
    [
        ("month_of", "month_after", ["2026-01", "2026-06"]),
        ("month_after", "month_after", ["2026-01", "2026-02", "2026-06"]),
        ("month_of", "month_of", ["2026-01", "2026-05", "2026-06"]),
        ("next_quarter", "next_quarter", ["2026-01", "2026-02", "2026-03"]),
    ],
)
def test_from_when_a_suspension_runs_and_when_it_is_over(first: str, resume: str, months: list[str]) -> None:
    def change(benefit: dict[str, Any]) -> None:
        benefit["suspension"][0].update(first=first, resume=resume)

    person = member(spells=TWENTY, suspended_from="2026-02-10", suspended_to="2026-05-03")
    assert months_of(run(person, period="2026H1", policy=only(CADRE, change))) == months


def test_what_a_suspension_withholds_is_told_and_the_line_adds_up() -> None:
    person = member(spells=TWENTY, suspended_from="2026-04-10", suspended_to="2026-05-03")
    line = run(person).lines[CADRE][0]
    assert (line.months, line.withheld, line.fen) == (3, 2 * 52_500, 52_500)
    assert 52_500 * line.months + line.arrears - line.withheld == line.fen


def test_a_sum_that_is_paid_once_waits_for_the_end_of_a_suspension() -> None:
    once = cadre(amount={"per": "once", "tier": [{"at_least": 10, "rate": 800}]})
    person = member(born="1966-01-10", spells=TWENTY, suspended_from="2026-02", suspended_to="2026-04")
    assert months_of(run(person, period="2026H1", policy=once)) == ["2026-05"]
    free = structs.replace(person, suspended_from=None, suspended_to=None)
    assert months_of(run(free, period="2026H1", policy=once)) == ["2026-02"]


@pytest.mark.parametrize(
    ("income", "veteran", "outcome"),
    [
        (143_999, None, (1, 0)),
        (144_000, None, (0, 0)),
        (144_000, True, (1, 0)),
        (None, True, (1, 0)),
        (None, None, (0, 1)),
        (144_000, False, (0, 0)),
    ],
)
def test_one_of_several_conditions_is_enough(
    income: int | None, veteran: bool | None, outcome: tuple[int, int]
) -> None:
    def change(benefit: dict[str, Any]) -> None:
        same = {"clause": "第一条", "either": "困难情形"}
        benefit["condition"] += [
            {"name": "收入", "column": "家庭年人均收入", "below": 1440, "blank": "set_aside", **same},
            {"name": "优抚", "column": "优抚对象", "must_be": True, "blank": "refuse", **same},
        ]

    result = run(member(hardship=True, income=income, veteran=veteran), policy=only(HARDSHIP, change))
    assert (len(result.paid), result.set_aside) == outcome
    if result.refused:
        clause = result.refused[0].refused()[HARDSHIP][0]
        assert (clause.name, clause.columns) == ("困难情形", ("income", "veteran"))
        assert "家庭年人均收入 1440，应为 1440 以下" in str(clause.said)


@pytest.mark.parametrize(
    ("either", "complaint"),
    [
        ({"either": "困难"}, "只有一条"),
        ({"either": "困难", "stop": "month_after", "since": "死亡日期"}, "不能再写 stop"),
    ],
)
def test_an_either_that_cannot_be_is_refused(either: dict[str, Any], complaint: str) -> None:
    test = {"name": "优抚", "clause": "例", "column": "优抚对象", "must_be": True, **either}
    with pytest.raises(ValueError, match=complaint):
        only(HARDSHIP, lambda benefit: benefit["condition"].append(test))


@pytest.mark.parametrize(
    ("rounding", "complaint"),
    [
        ({"round_at": ["end"]}, "就要写 round（怎样取整）"),
        ({"round": "up", "round_at": ["index"]}, "要有 index（上调）"),
        ({"round": "up", "round_at": ["before_top_up", "end"]}, "top_up（补差）"),
    ],
)
def test_rounding_after_a_step_that_is_not_there_is_refused(rounding: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        only(CADRE, lambda benefit: benefit["amount"][0].update(rounding))


def set_off(amount: Callable[[dict[str, Any]], object] = lambda block: None) -> PolicyFile[Subsidies]:
    def change(benefit: dict[str, Any]) -> None:
        block = benefit["amount"][0]
        block["set_off"] = [{"name": "一次性补助", "clause": "第六条", "column": "已领养老金"}]
        amount(block)

    return only(CADRE, change)


@pytest.mark.parametrize(
    ("received", "paid_fen"),
    [
        (0, [52_500] * 3),
        (52_499, [1, 52_500, 52_500]),
        (52_500, [52_500, 52_500]),
        (157_500, []),
        (157_501, []),
    ],
)
def test_what_was_received_before_is_set_off_from_the_first_month_on(
    received: int, paid_fen: list[int]
) -> None:
    person = member(born="1966-03-15", spells=TWENTY, pension=received)
    result = run(person, policy=set_off())
    assert [p.fen for d in result.paid for p in sorted(d.payments)] == paid_fen
    if not paid_fen:
        assert refused(result) == ["本期应发"]
    else:
        line = result.lines[CADRE][0]
        assert 52_500 * line.months - line.withheld == line.fen


def test_setting_off_does_not_depend_on_how_the_time_is_cut() -> None:
    person = member(born="1966-03-15", spells=TWENTY, pension=200_000)
    whole = run(person, period="2026", policy=set_off()).fen
    assert whole == 9 * 52_500 - 200_000
    for kind, parts in (("Q", range(1, 5)), ("-", range(1, 13))):
        periods = [f"2026Q{n}" if kind == "Q" else f"2026-{n:02d}" for n in parts]
        assert sum(run(person, period=p, policy=set_off()).fen for p in periods) == whole
    assert run(person, period="2027Q1", policy=set_off()).fen == 3 * 52_500


def test_a_sum_to_be_set_off_or_topped_up_that_cannot_be_read_sets_the_row_aside() -> None:
    for policy in (set_off(), "city-topup"):
        person = member(spells=TWENTY, pension=None)
        cells = list(person.row.cells)
        cells[person.row.source.columns["pension"][0] - 1] = "约600元"
        person = structs.replace(
            person, row=structs.replace(person.row, cells=tuple(cells), unread=("pension",))
        )
        assert "subsidies.unread" in codes(run(person, period="2026", policy=policy))


@pytest.mark.parametrize(
    "amount",
    [
        {"top_up": [{"clause": "例", "column": "已领养老金", "per": "month"}]},
        {"set_off": [{"name": "一次性补助", "clause": "例", "column": "已领养老金"}]},
        {"by": "column", "column": "已领养老金", "tier": [{"rate": 100}]},
    ],
)
def test_who_has_received_a_sum_below_nought_is_set_aside(amount: dict[str, Any]) -> None:
    result = run(member(spells=TWENTY, pension=-1), policy=cadre(amount=amount))
    assert (result.fen, result.set_aside) == (0, 1)
    assert any("“已领养老金”是负数，无法确定标准" in found.message for found in result.findings)
