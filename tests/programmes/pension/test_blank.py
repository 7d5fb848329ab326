"""A blank roster of 养老保险补贴 asks for what the document looks at; a run is for the year that is over."""

from datetime import date

import pytest

from sanchuang_cli.period import Period
from sanchuang_cli.programmes.pension import PROGRAMME
from tests.programmes.insured import pack

ALWAYS = {"township", "village", "name", "identity", "post", "started", "ended", "insurance", "months_paid"}
RARE = {"disciplined", "sentenced", "continued"}
TO_PAY = {"bank", "account"}


@pytest.mark.parametrize(
    ("name", "more"), [(None, set()), ("mianxian-2010", {"grade"}), ("yixian", {"insured_since"})]
)
def test_a_blank_roster_asks_for_a_grade_or_the_first_insurance_where_they_count(
    name: str | None, more: set[str]
) -> None:
    blank = PROGRAMME.asks(pack(name).editions[0])
    assert set(blank) == {"insured"}
    assert set(blank["insured"]) == ALWAYS | RARE | TO_PAY | more
    assert {column for column, ask in blank["insured"].items() if ask.rare} == RARE


def test_a_run_is_for_the_year_before() -> None:
    assert PROGRAMME.default_period(date(2026, 1, 1)) == Period.year(2025)
