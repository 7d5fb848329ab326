"""A result that two people have approved is not written over by a night; the morning's page says that it waits for somebody."""

from pathlib import Path

import pytest

from tests.cli.test_as_known import Clock, set_clock
from tests.cli.test_run_command import County, county, log
from tests.command import book
from tests.command import county as organisations

__all__ = ["county", "set_clock"]

ORGANISATIONS, RATING = Path("收件/党组织/党组织.xlsx"), Path("结果/rate-2026.xlsx")
NIGHT = ("run", "jobs.toml", "--only", "星级评定")
BY = ("--ledger", "台账.db", "--by")


def approve(county: County) -> bytes:
    """A night rates twenty organisations, and two people approve it. Gives the bytes of the result."""
    book(ORGANISATIONS, organisations())
    assert county(*NIGHT).code in (0, 1)
    assert county("ledger", "propose", RATING, *BY, "张三").code == 0
    assert county("ledger", "approve", RATING, *BY, "李四").code == 0
    return RATING.read_bytes()


def test_an_approved_result_stays_although_the_roster_changed(county: County) -> None:
    before = approve(county)
    assert "没有变动，跳过" in county(*NIGHT).err
    book(ORGANISATIONS, organisations()[:-1])
    for force in ((), ("--force",)):
        ran = county(*NIGHT, *force)
        assert ran.code == 1 and "rate-2026.xlsx 已由 李四 于 " in ran.err and "没有重做" in ran.err
        assert RATING.read_bytes() == before
    assert log()[-1]["skipped"] == "approved"
    assert "已由 李四" in Path("夜间摘要.html").read_text("utf-8")


def test_once_it_is_put_elsewhere_the_night_rates_again(county: County) -> None:
    before = approve(county)
    book(ORGANISATIONS, organisations()[:-1])
    RATING.rename("审批过的.xlsx")
    assert county(*NIGHT).code in (0, 1)
    assert RATING.read_bytes() != before


def test_a_result_that_is_only_proposed_is_made_anew(county: County) -> None:
    book(ORGANISATIONS, organisations())
    county(*NIGHT)
    assert county("ledger", "propose", RATING, *BY, "张三").code == 0
    before = RATING.read_bytes()
    book(ORGANISATIONS, organisations()[:-1])
    county(*NIGHT)
    assert RATING.read_bytes() != before


def test_the_night_judges_anew_as_days_pass_until_the_period_is_over(
    county: County, set_clock: Clock
) -> None:
    book(ORGANISATIONS, organisations())
    said = {}
    for day in ("2026-08-03", "2026-08-04", "2026-12-31", "2027-01-01", "2027-02-01"):
        set_clock(day)
        checked = "没有变动，跳过" in county(*NIGHT, "--check").err
        said[day] = "没有变动，跳过" in county(*NIGHT).err
        assert checked == said[day]
    assert list(said.values()) == [False, False, False, True, True]


@pytest.mark.parametrize("also_approved", [False, True])
def test_a_result_that_somebody_has_proposed_is_not_made_anew_because_days_pass(
    county: County, set_clock: Clock, also_approved: bool
) -> None:
    book(ORGANISATIONS, organisations())
    set_clock("2026-08-03")
    county(*NIGHT)
    assert county("ledger", "propose", RATING, *BY, "张三").code == 0
    if also_approved:
        assert county("ledger", "approve", RATING, *BY, "李四").code == 0
    before = RATING.read_bytes()
    set_clock("2026-08-04")
    for words in ((*NIGHT, "--check"), NIGHT):
        ran = county(*words)
        assert ran.code == 0 and "只是日子过去，rate-2026.xlsx 已由 张三 于 " in ran.err
    assert RATING.read_bytes() == before and log()[-1]["skipped"] == "unchanged"
    book(ORGANISATIONS, organisations()[:-1])
    assert ("没有重做" in county(*NIGHT).err) == also_approved
