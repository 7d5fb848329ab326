"""An organisation is one however its name is typed, and last year's result says how far it may rise."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.period import VagueDate
from tests.programmes.ratings import codes, last_year, organisation, outcome, scores, stars

WRITTEN = [
    ("甲村党支部（筹）", "甲村党支部(筹)"),
    ("红星 村党支部", "红星村党支部"),
    ("１组党支部", "1组党支部"),
]
OLD = VagueDate.on(date(2000, 1, 1))


@pytest.mark.parametrize(("one", "other"), WRITTEN)
def test_names_that_differ_in_width_and_blanks_alone_are_one_organisation_listed_twice(
    one: str, other: str
) -> None:
    result = outcome(organisation(1, name=one), organisation(2, name=other, more=scores(70)), organisation(3))
    assert codes(result.findings).count("rate.listed-twice") == 2
    assert (result.tally.set_aside, stars(result)) == (2, [5])


@pytest.mark.parametrize(("one", "other"), WRITTEN)
def test_last_years_stars_are_an_organisations_however_its_name_is_typed(one: str, other: str) -> None:
    result = outcome(organisation(name=one, founded=OLD), previous=(last_year(name=other, stars=2),))
    assert stars(result) == [3]
    assert not {"rate.gone-since-last-year", "rate.not-in-last-year"} & {*codes(result.findings)}


def test_two_lines_of_last_year_about_one_organisation_set_it_aside() -> None:
    both = tuple(last_year(n, name=name, stars=n) for n, name in enumerate(WRITTEN[0], 1))
    result = outcome(organisation(name=WRITTEN[0][0], founded=OLD), previous=both)
    assert codes(result.findings).count("rate.last-year-twice") == 1
    assert (result.tally.set_aside, stars(result)) == (1, [])


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ({}, ["一年至多升 1 星没有限制"]),
        ({"founded": None}, ["一年至多升 1 星没有限制"]),
        ({"last_stars": 5}, ["一年至多升 1 星按表上上年五星限制"]),
        ({"founded": VagueDate.on(date(2026, 1, 1))}, []),
        ({"honour": "市级", "honoured": VagueDate.on(date(2026, 5, 1))}, []),
        ({"more": scores(80, 70, 70, 70, 70)}, []),
    ],
)
def test_an_old_organisation_that_last_years_result_does_not_know_is_told(
    says: dict[str, Any], told: list[str]
) -> None:
    new = organisation(1, **{"founded": OLD} | says)
    known = organisation(2, founded=OLD)
    result = outcome(new, known, previous=(last_year(2, stars=5),))
    found = [one.message for one in result.findings if one.code == "rate.not-in-last-year"]
    assert found == [f"上年汇总表里没有它，{words}" for words in told]
    assert "rate.not-in-last-year" not in codes(outcome(new).findings)
