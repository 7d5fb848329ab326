"""Of several documents in one year each month, each receipt and each gift goes by the one of its own day, and none by a later one."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.dues.policy import DuesPolicy
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.dues import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.payers import column, outcome, payer, receipt, told, with_keys

COUNTY = {"clause": "三", "to": "县委"}
FIRST: dict[str, Any] = {
    "upward": [{**COUNTY, "percent": 30}],
    "returned": {"clause": "六", "types": ["非公企业"], "percent": 100},
    "gift": {"clause": "四", "to": "中央", "above": 1000},
    "arrears_months": 6,
}
SECOND: dict[str, Any] = {
    "upward": [{**COUNTY, "percent": 40}, {"clause": "三", "to": "市委", "percent": 10}],
    "returned": None,
    "gift": (),
    "arrears_months": 3,
}
COMPANY: dict[str, Any] = {"base": 200_000, "branch": "甲公司", "kind": "非公企业"}
"""Of a base of 2,000 yuan ten yuan a month are owed."""
JUNE, JULY, YEAR = date(2026, 6, 30), date(2026, 7, 31), date(2026, 12, 31)


def two(since: date = date(2026, 7, 1), **keys: Any) -> PolicyFile[DuesPolicy]:
    """The first document from January and the second from a day in the year."""
    first = with_keys(effective=date(2026, 1, 1), **FIRST).editions[0]
    second = with_keys(**{"effective": since, "title": "修订", **SECOND, **keys}).editions[0]
    return PolicyFile("试.toml", "0" * 64, (first, second))


def slips(run: Outcome, to: str) -> list[int]:
    lines = zip(column(run, "季度上缴单", "to"), column(run, "季度上缴单", "up"), strict=True)
    return [up for whom, up in lines if whom == to]


def test_each_quarter_is_handed_up_and_returned_by_its_own_document() -> None:
    run = outcome(payer(paid=[1000] * 12, **COMPANY), by=two(), on=YEAR)
    assert (slips(run, "县委"), slips(run, "市委")) == ([900, 900, 1200, 1200], [0, 0, 300, 300])
    assert [column(run, "年度公示", name) for name in ("up0", "up1", "back")] == [[4200], [600], [6000]]


def test_a_quarter_in_which_another_document_begins_goes_by_the_months() -> None:
    run = outcome(payer(paid=[1000] * 12, **COMPANY), by=two(date(2026, 5, 15)), on=YEAR)
    assert slips(run, "县委") == [900, 300 + 300 + 400, 1200, 1200], "May by the document of its first day"
    assert column(run, "年度公示", "back") == [5000]


@pytest.mark.parametrize("on", [JUNE, YEAR])
def test_a_document_that_comes_later_changes_nothing_before_it(on: date) -> None:
    who = payer(paid=[1000] * 6, gift=150_000, gift_day="2026-06-30", **COMPANY)
    run, alone = (
        outcome(who, by=by, on=on) for by in (two(), PolicyFile("试.toml", "0" * 64, two().editions[:1]))
    )
    assert slips(run, "县委") == slips(alone, "县委") == [900, 900, 0, 0]
    for name in ("gift", "to"):
        assert column(run, "大额党费", name) == column(alone, "大额党费", name)
    assert column(run, "返还台账", "back") == [6000]


def test_what_is_handed_up_is_rounded_once_for_all_months_so_that_quarters_make_the_year() -> None:
    """1.55 yuan a quarter by thirty per cent is 46.5 fen, by forty per cent 62 fen."""
    run = outcome(payer(paid=[155, 0, 0] * 4, **COMPANY), by=two(), on=YEAR)
    assert slips(run, "县委") == [47, 46, 62, 62]
    assert column(run, "年度公示", "up0") == [217]


@pytest.mark.parametrize(
    ("day", "on", "to"),
    [
        ("2026-06-30", YEAR, ["中央"]),
        ("2026-07-01", YEAR, ["留本级"]),
        ("2026-06", YEAR, ["中央"]),
        (None, JUNE, ["中央"]),
        (None, YEAR, []),
        ("2026", YEAR, []),
    ],
)
def test_a_gift_goes_by_the_document_of_its_day(day: str | None, on: date, to: list[str]) -> None:
    """Without a day, by those of the year up to the day of judgement; where these do not agree, it waits."""
    run = outcome(payer(gift=150_000, gift_day=day, **COMPANY), by=two(), on=on)
    assert column(run, "大额党费", "to") == to
    assert told(run) == ([] if to else ["gift-undated"])


def test_a_gift_that_all_documents_treat_alike_needs_no_day() -> None:
    run = outcome(payer(gift=100_000, **COMPANY), by=two(), on=YEAR)
    assert (column(run, "大额党费", "to"), told(run)) == (["留本级"], [])


@pytest.mark.parametrize(("day", "late"), [("2026-06-30", 0), ("2026-07-01", 1)])
def test_arrears_are_late_by_the_document_of_the_day_of_payment(day: str, late: int) -> None:
    """Four months are open before June, five before July; six may be, from July on three."""
    run = outcome(
        payer(base=200_000, admitted="2026-02-01"), receipts=[receipt("1", day, 5000)], by=two(), on=JULY
    )
    assert told(run).count("late") == late


def test_a_receipt_of_the_year_before_that_names_a_month_asks_no_document_of_its_day() -> None:
    given = [receipt("1", "2025-12-20", 1000, month="2026-01")]
    assert told(outcome(payer(base=200_000), receipts=given, by=two(), on=JUNE)) == []


@pytest.mark.parametrize(("on", "silent"), [(JUNE, []), (JULY, ["甲1"])])
def test_how_many_months_running_is_what_the_document_of_the_last_month_says(
    on: date, silent: list[str]
) -> None:
    who = payer(base=200_000, admitted="2026-04-01", paid=[0, 0, 0, 1000])
    assert column(outcome(who, by=two(), on=on), "六个月未交", "name") == silent


FORCE = pytest.mark.parametrize(
    ("on", "titles"),
    [(JUNE, ["党费收缴办法（缺省，2008年4月起）"]), (JULY, ["党费收缴办法（缺省，2008年4月起）", "修订"])],
)


@FORCE
def test_whoever_owes_nothing_yet_is_told_so_by_the_document_in_force(on: date, titles: list[str]) -> None:
    rosters = {"payers": Roster((payer(left="2025-12-31"),)), "receipts": Roster(()), "pay": Roster(())}
    (one,) = PROGRAMME.judge(rosters, two(), Occasion(Period.year(2026), on)).of()
    assert one.reasons[0].basis == titles[-1]


@FORCE
def test_a_notice_rests_on_the_documents_that_are_in_force(on: date, titles: list[str]) -> None:
    rosters = {"payers": Roster((payer(base=200_000),)), "receipts": Roster(()), "pay": Roster(())}
    (notice,) = PROGRAMME.run(rosters, two(), Occasion(Period.year(2026), on)).notices()
    assert [basis[1 : basis.index("》")] for basis in notice.basis] == titles
