"""What last year's stars decide where nobody says how many there were."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.period import VagueDate
from tests.domain.rating.test_judging import BELOW, LADDER, judge
from tests.programmes.ratings import organisation, scores


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ({"founded": VagueDate.on(date(2026, 1, 1))}, []),
        ({"honour": "市级"}, []),
        ({"more": scores(80, 70, 70, 70, 70)}, []),
        ({"unread": {"last_stars": "/"}}, ["上年星级写的是“/”，等于没有填，一年至多升 1 星没有限制"]),
    ],
)
def test_blank_stars_of_last_year_are_told_of_an_old_organisation_that_gains_more_than_the_ladder_lets_it(
    says: dict[str, Any], told: list[str]
) -> None:
    _, found = judge(organisation(**{"last_stars": None} | says), on=date(2026, 12, 31), **LADDER)
    assert [message for code, _, message, _ in found if code == "last-stars-blank"] == told


@pytest.mark.parametrize(
    ("says", "stars"),
    [
        ({}, None),
        ({"last_stars": 0}, 0),
        ({"more": scores(10)}, 0),
        ({"founded": VagueDate.on(date(2026, 1, 1))}, 0),
        ({"veto": None}, 5),
    ],
)
def test_a_star_less_than_a_year_of_which_nothing_is_said_sets_aside(
    says: dict[str, Any], stars: int | None
) -> None:
    rating, found = judge(organisation(**{"veto": "安全", "last_stars": None} | says), **BELOW)
    assert (rating and rating.stars) == stars
    message = "有否决情形“安全”，应比上年降一星，而上年星级没有写"
    assert found == ([("veto-last-year", "last_stars", message, "降")] if rating is None else [])
