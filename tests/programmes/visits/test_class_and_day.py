"""A gift is for the holiday of the period, and a class is held against the number and the day of joining."""

import pytest

from tests.programmes.people import identity
from tests.programmes.visited import changed, column, outcome, recipient, supply, told

GIFTS = "慰问发放表"


@pytest.mark.parametrize("on", ["2025-01-20", "2023-01-10", "2025-11-16", "2025", "2025-11"])
def test_a_gift_of_another_years_holiday_waits_and_hides_no_visit(on: str) -> None:
    rows = [recipient(1, "建国前老党员", on), recipient(2)]
    run = outcome(recipients=rows, supplies=[supply(yuan=2000)], on="2026-11-20")
    assert (told(run), run.tally.set_aside) == (["other-holiday"], 1)
    assert column(run, "资金来源表", "handed") == [50_000]
    (notice,) = run.notices()
    assert len(notice.table.rows) == 1


@pytest.mark.parametrize("on", ["2025-11-17", "2025-12-25", "2025-12", "2026-01-05", "2026-02-16"])
def test_a_gift_in_the_last_months_before_the_holiday_is_for_it(on: str) -> None:
    run = outcome(recipients=[recipient(1, on=on)])
    assert (told(run), column(run, GIFTS, "part")) == ([], ["已慰问"])


def test_a_gift_after_the_period_may_be_late_but_not_already_for_the_next_holiday() -> None:
    def run(on: str) -> list[str]:
        return told(outcome(recipients=[recipient(1, on=on)], period="2026Q1", on="2026-12-31"))

    assert run("2026-11-05") == ["after-holiday"]
    assert run("2026-11-06") == ["other-holiday"]


def test_before_the_first_of_july_of_a_half_year_that_begins_on_it() -> None:
    by = changed(
        'holidays = [{ name = "元旦春节"', 'holidays = [{ name = "七一", clause = "七一前", solar = "07-01" }, { name = "元旦春节"',
        ('"老党员", amounts = { "元旦春节" = 500 }', '"老党员", amounts = { "元旦春节" = 500, "七一" = 200 }'),
    )  # fmt: skip
    rows = [recipient(1, on="2026-06-25"), recipient(2, on="2025-06-25")]
    assert told(outcome(recipients=rows, by=by, period="2026H2")) == ["other-holiday"]


def test_whoever_was_a_child_in_1949_had_not_joined_before() -> None:
    def run(born: str) -> list[str]:
        who = recipient(1, "建国前老党员", identity=identity(born))
        return told(outcome(recipients=[who]))

    assert run("1956-01-01") == ["not-of-class"]
    assert run("1938-01-01") == ["not-of-class"]
    assert run("1937-12-31") == []


def test_a_day_of_joining_decides_whether_it_was_before_1949() -> None:
    def run(joined: str) -> list[str]:
        return told(outcome(recipients=[recipient(1, "建国前老党员", joined=joined)]))

    assert run("1949-10-01") == ["not-of-class"]
    assert run("1952-07") == ["not-of-class"]
    assert run("1949-09-30") == []
    assert run("1949") == ["not-of-class"]


@pytest.mark.parametrize("category", ["老党员", "生活困难党员", "离任书记", "其他、老党员"])
def test_a_child_is_of_no_class_of_members(category: str) -> None:
    rows = [recipient(1, category, identity=identity("2010-01-01")), recipient(2)]
    run = outcome(recipients=rows)
    assert (told(run), run.tally.set_aside) == (["not-of-class"], 1)


def test_whoever_is_young_for_a_class_is_told_and_given() -> None:
    def run(born: str) -> tuple[list[str], list[int]]:
        run = outcome(recipients=[recipient(1, identity=identity(born))])
        return told(run), column(run, GIFTS, "fen")

    assert run("1966-02-18") == (["young-for-class"], [50_000])
    assert run("1966-02-17") == ([], [50_000])


def test_the_family_of_a_cadre_who_died_may_be_a_child() -> None:
    who = recipient(1, "因公殉职家属", identity=identity("2015-01-01"))
    assert told(outcome(recipients=[who])) == []
