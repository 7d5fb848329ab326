"""What holds of any attendance: what is said to be enough is enough, nothing is counted twice, and nothing is lost at New Year."""

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counts import FULL
from tests.programmes.trainees import Sheet, column, default, hours, outcome, register, trainee, with_keys

UNITS = {"天": 8, "半天": 4, "小时": 1}
amounts = st.tuples(
    st.sampled_from([*UNITS]), st.fractions(0, 1, max_denominator=60), st.sampled_from(["自学", "远程"])
)
rows = st.lists(amounts, max_size=6)


def studied(*given_rows: tuple[str, Fraction, str], called: str = "党校") -> Sheet:
    """Each row on a day of its own."""
    sheet = Sheet(called)
    for at, (unit, amount, method) in enumerate(given_rows, 1):
        sheet.add(amount, unit, f"2026-01-{at:02d}", method=method, course=f"第{at}讲")
    return sheet


def capped(at_most: int) -> Any:
    """The default policy with so many hours of 自学."""
    methods = [{**one.model_dump(), "at_most": at_most if one.name == "自学" else None} for one in default().editions[-1].methods]  # fmt: skip
    return with_keys(methods=methods)


@settings(max_examples=200 if FULL else 25)
@given(rows, st.integers(0, 12))
def test_what_is_said_to_be_enough_is_enough_and_one_less_is_not(
    given_rows: list[tuple[str, Fraction, str]], at_most: int
) -> None:
    before = outcome(trainee(), sheets=[studied(*given_rows)], by=capped(at_most))
    assert register(before, "part") == ["未达标"] or not column(before, "未达标名单", "name")
    for at, unit in enumerate(UNITS):
        for need in column(before, "未达标名单", f"need{at}"):
            for times, part in ((need, "达标"), (need - 1, "未达标")):
                more = Sheet("补学").days(times, 1, unit, 6, method="远程")
                after = outcome(trainee(), sheets=[studied(*given_rows), more], by=capped(at_most))
                assert register(after, "part") == [part], (unit, times)


@settings(max_examples=200 if FULL else 40)
@given(rows)
def test_a_second_copy_of_a_sheet_adds_no_hour(given_rows: list[tuple[str, Fraction, str]]) -> None:
    one, two = studied(*given_rows), studied(*given_rows, called="乡镇")
    assert hours(one, two) == hours(two, one) == hours(one)


@given(st.integers(1, 40), st.integers(0, 39), st.fractions(0, 5, max_denominator=12))
def test_the_two_years_of_a_course_have_all_its_hours(days: int, before: int, amount: Fraction) -> None:
    """A course of so many days, of which some lie before New Year."""
    start = date(2026, 1, 1) - timedelta(days=min(before, days - 1))
    end = start + timedelta(days=days - 1)
    sheet = Sheet().add(amount, "天", start.isoformat(), end=end.isoformat())
    in_all = min(8 * amount, 8 * days)
    assert hours(sheet, year=2025) + hours(sheet, year=2026) == in_all


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_proposal_is_made_on_the_exact_rate(met: int, short: int) -> None:
    made = default().editions[-1].proposal(met, met + short)
    rate = Fraction(100 * met, met + short) if met + short else Fraction(100)
    expected = "约谈" if rate < 60 else "通报" if rate < 80 else "限期整改" if rate < 90 else ""
    assert (made.proposal if made else "") == expected


@given(st.fractions(0, 60, max_denominator=16))
def test_how_many_of_a_unit_are_needed(lacking: Fraction) -> None:
    table = default().editions[-1].hours
    for each in table.units:
        need = each.needed(lacking)
        assert each.of(Fraction(need)) >= lacking
        assert need == 0 or each.of(Fraction(need - 1)) < lacking
    assert table.units[0].needed(lacking) == ceil(lacking / 8)
