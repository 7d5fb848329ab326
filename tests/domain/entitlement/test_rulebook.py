"""What a policy is made into for the months of a run: months in words, and dates that are known well enough."""

from datetime import date

import pytest

from sanchuang_cli.domain.entitlement.rulebook import DateUse, months_in, months_text
from sanchuang_cli.period import VagueDate
from tests.programmes.people import day
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
