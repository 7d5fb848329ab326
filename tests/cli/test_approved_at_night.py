"""A result that two people have approved is not written over by a night; the morning's page says that it waits for somebody."""

from pathlib import Path

from tests.cli.test_run_command import County, county, log
from tests.command import book
from tests.command import county as organisations

__all__ = ["county"]

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
