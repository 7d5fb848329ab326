"""Ratings for the tests of the rules that look at them, as they are before or after there are stars."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.doubts import DOUBTS
from sanchuang_cli.domain.rating.goods import Good, GoodScore
from sanchuang_cli.domain.rating.verdict import LastRating, Rating
from sanchuang_cli.judging import Odd
from tests.programmes.rate.test_sayable import good
from tests.programmes.ratings import organisation


def scored(name: str, score: int | str, stars: int = 0) -> GoodScore:
    """A score of a good that passes with 80."""
    points = Fraction(score)
    one = Good.model_validate(good(name, stars=stars))
    return GoodScore(one, (), points, Fraction(80), points >= 80, max(Fraction(80) - points, Fraction(0)))


def rated(
    number: int = 1, more: Mapping[str, Any] | None = None, township: str = "青禾镇", **says: Any
) -> Rating[Organisation]:
    """A rating of organisation `number`; a number as its total may be written plainly."""
    total = says.pop("total", 85)
    blank: dict[str, Any] = {
        "type": "村",
        "goods": (),
        "satisfaction": None,
        "veto": "",
        "last": LastRating(),
    }
    record = organisation(number, more=dict(more or {}), township=township)
    return Rating(record=record, total=None if total is None else Fraction(total), **blank | says)


def odd(rating: Rating[Organisation]) -> Odd:
    """Where what is odd about it is noted."""
    return Odd(DOUBTS, rating.record.row)
