"""A line of the roll: how the payment stands, for which months it is, what of it is arrears, and what is noted beside it."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.payroll.lines import PaymentLine
from sanchuang_cli.domain.payroll.pages import roster_page
from sanchuang_cli.domain.people import Member
from tests.programmes.people import CADRE, HARDSHIP, TWENTY, Result, changed, member, paid_line, run
from tests.programmes.subsidies.test_prior import NEW, OLD, editions, of

LAST = "2026-01至2026-03"


def who(**fields: Any) -> Member:
    return member(spells=TWENTY, **fields)


def before(months: str, fen: int = 1575_00) -> dict[str, Any]:
    return {"previous": [paid_line(who(), CADRE, months, fen)]}


def line(result: Result, benefit: str = CADRE) -> PaymentLine:
    (one,) = result.lines[benefit]
    return one


def cells(result: Result, benefit: str = CADRE) -> dict[str, Any]:
    """The line as the roll shows it, by the headings."""
    (found,) = [one for one in result.benefits if one.name == benefit]
    table = result.drawn(lambda payroll: roster_page(payroll, found))
    (row,) = table.rows
    return {column.title: cell for column, cell in zip(table.columns, row, strict=True)}


@pytest.mark.parametrize(
    ("fields", "last", "state"),
    [
        ({}, {}, "在享"),
        ({"born": "1966-04-15"}, {}, "新增"),
        ({"born": "1966-03-15"}, {}, "新增"),
        ({"born": "1966-02-15"}, {}, "在享"),
        ({}, {"previous": []}, "新增"),
        ({}, before(LAST), "在享"),
        ({"died_on": "2026-05-02"}, before(LAST), "死亡"),
        ({"health": "死亡", "died_on": "2026-05-02"}, {}, "死亡"),
        ({"employed": True, "employed_on": "2026-05-02"}, {}, "停发"),
        ({"employed": True, "employed_on": "2026-05-02", "died_on": "2026-05-02"}, {}, "死亡"),
        ({"employed": True, "employed_on": "2026-06-02"}, {}, "在享"),
    ],
)
def test_a_line_says_whether_it_is_new_goes_on_or_ends(
    fields: dict[str, Any], last: dict[str, Any], state: str
) -> None:
    result = run(who(**fields), **last)
    assert (line(result).state, cells(result)["状态"]) == (state, state)


def test_arrears_are_told_apart_by_months_and_noted_with_their_reason() -> None:
    shown = cells(run(who(), **before("2026-01", 525_00)))
    names = ("起发月", "发放月份", "本期月数", "补发", "本期金额", "备注")
    assert [shown[name] for name in names] == [
        "2012-01",
        "2026-02至2026-06",
        3,
        1050_00,
        2625_00,
        "补发：上期没有发足（第一条）",
    ]
    plain = cells(run(who(remarks="住院"), **before(LAST)))
    assert [plain[name] for name in names[1:]] == ["2026-04至2026-06", 3, 0, 1575_00, "住院"]


def test_notes_are_of_the_benefit_of_the_line() -> None:
    both = member(born="1940-01-01", spells=TWENTY, hardship=True, joined="1970-01-01")
    policy = changed(lambda edition: edition.update(exclusive=[]))
    last = of([paid_line(both, CADRE, LAST, 1575_00)], policy=policy)
    result = run(both, policy=policy, previous=last)
    assert [str(note) for note in line(result, HARDSHIP).notes] == ["补发：上期没有发这一项（第二条）"]
    assert list(line(result).notes) == []
    assert (line(result, HARDSHIP).benefit, line(result).benefit) == (HARDSHIP, CADRE)


def test_sums_that_differ_by_month_are_told_apart_and_the_standard_is_the_last() -> None:
    result = run(who(), policy=editions(OLD, date(2026, 5, 1), rates=(500, 600)))
    shown = cells(result)
    assert (shown["补贴标准"], shown["本期金额"]) == (600_00, 1700_00)
    assert shown["备注"] == "2026-04 每月500.00元；2026-05至2026-06 每月600.00元"
    ended = run(who(died_on="2026-05-02"), policy=editions(OLD, NEW, rates=(500, 600)))
    assert (line(ended).fen, line(ended).months, line(ended).last % 12) == (1200_00, 2, 5)
