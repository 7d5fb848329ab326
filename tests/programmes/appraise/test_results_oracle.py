"""The yearly figures that `appraise` takes from results, against an oracle that shares no code with it."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.counts import FULL
from tests.oracle import appraise as oracle
from tests.programmes.appraise.test_oracle import NAMES, drawn, sheets
from tests.programmes.people import identity
from tests.programmes.units import changed, column, honored, outcome, reviewed, stars, unit

BOOKS, UNITS = (500, 50) if FULL else (10, 25)
BY = changed(name="results")


def with_results(dice: Random) -> dict[str, Any]:
    """A unit of which any result may be silent; the roster says the yearly figure of those that are no villages."""
    one = drawn(dice)
    one["yearly"] = (
        Fraction(dice.choice((60, 81, 99))) if one["kind"] != "村" and dice.random() < 0.9 else None
    )
    one["stars"] = dice.choice((0, 1, 2, 3, 4, 5, 5, None))
    one["review"] = dice.choice((*oracle.REVIEW_POINTS, "优秀", "优良", None))
    one["honors"] = dice.choice((0, 0, 1, 2))
    return one


def compared(seed: int) -> list[str]:
    """The units of one county on which the two do not agree: totals, places, grades and yearly figures."""
    dice = Random(seed)
    county = {name: with_results(dice) for name in NAMES[:UNITS]}
    numbers = {name: identity("1970-01-01", number=n) for n, name in enumerate(county)}
    units = [
        unit(name, n, type=one["kind"], daily=None if one["items"] else one["daily"], report_score=one["report"], accident=one["accident"], last_grade=one["last"], yearly=one["yearly"], secretary_identity=numbers[name])
        for n, (name, one) in enumerate(county.items(), 1)
    ]  # fmt: skip
    rows = [row for n, (name, one) in enumerate(county.items()) for row in sheets(name, one, 10 * n)]
    results = {
        **stars({name: one["stars"] for name, one in county.items() if one["stars"] is not None}),
        **reviewed({numbers[name]: one["review"] for name, one in county.items() if one["review"]}),
        **honored(*((name, "先进组织") for name, one in county.items() for _ in range(one["honors"]))),
    }
    run = outcome(units, *rows, by=BY, results=results)
    assert not run.tally.set_aside, [str(finding) for finding in run.findings][:2]
    names = ("name", "total", "place", "grade", "proposals")
    mine = {name: said for name, *said in zip(*(column(run, "排名", each) for each in names), strict=True)}
    expected = dict(zip(county, oracle.graded([*county.values()], oracle.score_with_results), strict=True))
    figures = dict(zip(*(column(run, "年度考核得分表", each) for each in ("name", "yearly")), strict=True))
    return [
        f"{seed} {name}: {mine.get(name)} {expected[name]} {figures[name]} {oracle.yearly(one)}"
        for name, one in county.items()
        if _said(mine.get(name)) != expected[name] or figures[name] != oracle.yearly(one)
    ]


def _said(mine: list[Any] | None) -> tuple[int, int, str, bool] | None:
    return (int(mine[0] * 100), mine[1], mine[2], bool(mine[3])) if mine else None


def test_an_independent_oracle_agrees_on_figures_that_are_taken_from_results() -> None:
    apart = [said for seed in range(BOOKS) for said in compared(seed)]
    assert not apart, apart[:5]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("STAR_POINTS", {**oracle.STAR_POINTS, 4: 91}),
        ("REVIEW_POINTS", {**oracle.REVIEW_POINTS, "合格": 84}),
        ("SHARES", (5, 5)),
        ("HONOR", 2),
    ],
)
def test_the_comparison_sees_another_rule(name: str, other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    monkeypatch.setattr(oracle, name, other)
    assert any(compared(seed) for seed in range(4))
