"""A year of two editions: each holiday, and each visit, goes by the edition of its day."""

from datetime import date

import pytest

from sanchuang_cli.domain.visiting.policy import VisitPolicy
from sanchuang_cli.outcome import Due
from sanchuang_cli.period import Month
from sanchuang_cli.policy import PolicyFile
from tests.programmes.visited import changed, column, entitled, outcome, pair, recipient, told, visit

SUMMER = ('holidays = [{', 'holidays = [{ name = "七一", clause = "七一前", solar = "07-01" }, {')  # fmt: skip
ACCOUNT = "6222021234567890128"


def pot(yuan: int) -> tuple[str, str]:
    block = f'[[edition.allocations]]\nclause = "分"\nmethod = "largest_remainder"\nholiday = "元旦春节"\namount = {yuan}\n'
    return "[edition.notice]", f"{block}[edition.notice]"


def two(since: date = date(2026, 6, 1)) -> PolicyFile[VisitPolicy]:
    """The first: 500 yuan in spring, 200 in summer, 9 yuan shared out, two months. The second: 800 and 400, nothing, one."""
    old, new = (
        changed(*SUMMER, ('"老党员", amounts = { "元旦春节" = 500 }', f'"老党员", amounts = {{ "元旦春节" = {spring}, "七一" = {summer} }}'), *more).editions[0]
        for spring, summer, more in ((500, 200, (pot(9), ("months = 1", "months = 2"))), (800, 400, ()))
    )  # fmt: skip
    return PolicyFile("两版.toml", "0" * 64, (old, new.model_copy(update={"effective": since})))


def test_each_holiday_gives_what_the_edition_of_its_day_says() -> None:
    rows = [
        recipient(1, holiday="春节", on=None),
        recipient(2, holiday="七一", on="2026-06-25"),
        recipient(3, holiday="七一", on="2026-06-25", amount=200),
    ]
    run = outcome(recipients=rows, by=two())
    given = zip(column(run, "慰问发放表", "holiday"), column(run, "慰问发放表", "fen"), strict=True)
    assert sorted(given) == [("七一", 200_00), ("七一", 400_00), ("元旦春节", 500_00)]
    assert told(run) == ["not-standard"]


@pytest.mark.parametrize("period", ["2026Q1", "2026H1", "2026"])
def test_what_is_owed_of_a_holiday_is_the_same_in_every_period(period: str) -> None:
    (claimant,) = entitled(recipient(holiday="春节", account=ACCOUNT), by=two(), period=period).claimants
    assert claimant.due == (Due("慰问金", "", Month(2026, 2), 500_00, "2012-01-01"),)


def test_a_sum_is_shared_out_by_the_edition_of_its_holiday() -> None:
    rows = [recipient(1, holiday="春节"), recipient(2, holiday="七一", on="2026-06-25")]
    assert column(outcome(recipients=rows, by=two()), "资金分配表", "fen") == [9_00]
    later = outcome(recipients=rows, by=two(date(2026, 2, 1)))
    assert "资金分配表" not in {table.name for table in later.tables}


def test_the_longest_interval_is_that_of_the_day_of_the_visit_before() -> None:
    seen = [visit(day) for day in ("2026-02-25", "2026-04-20", "2026-06-15", "2026-08-10")]
    run = outcome(*seen, pairs=[pair()], by=two(), on="2026-08-20")
    assert column(run, "结对走访情况", "late") == ["2026-08-10 应于 2026-07-15 前，晚 26 天"]
    assert column(run, "结对走访情况", "due") == [date(2026, 9, 10)]
    assert "several-editions" not in told(run)
