"""A verdict goes by the organisation's own cells: whoever stands beside it, in whatever order, changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.doubts import DOUBTS
from sanchuang_cli.domain.rating.judging import judged
from sanchuang_cli.judging import At, Judged
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.programme import PREVIOUS
from sanchuang_cli.programmes.rate.judging import ready
from sanchuang_cli.programmes.rate.pages import LastYear
from sanchuang_cli.programmes.rate.policy import policy_columns
from sanchuang_cli.record import ErrorCell, Field, Roster
from tests.programmes.ratings import ON, SETTLED, last_year, organisation, policies

PACKS = (None, "m1-badong-2010", "m3-quota", "m4-shengzhou-2016", "henan-five-star-2022", "three-levels")
packs, seeds = st.sampled_from(PACKS), st.integers()
DAYS = (VagueDate.on(ON), VagueDate.within(2026, 3), VagueDate.within(1998, 7))
FIELDS: dict[str, Sequence[Any]] = {
    "type": ("村", "机关", "怪型", None),
    "founded": (None, *DAYS),
    "ballots_valid": (None, 100),
    "ballots_satisfied": (50, 89, 90),
    "veto": (None, None, "安全生产事故", "待查"),
    "last_stars": (None, 1, 4),
    "honour": (None, "市级"),
    "honoured": (None, *DAYS),
}
CELLS: dict[Kind, Sequence[Any]] = {
    Kind.SCORE: (10, 79, 80, 90),
    Kind.COUNT: (0, 1, 2),
    Kind.FLAG: (True, False, False),
    Kind.DATE: (None, None, *DAYS),
}
"""Few values, so that organisations often share the cells of a good."""
NOWHERE = {"secretary": "张三", "members": 40, "last_grade": "好", "remarks": "示范点", "ballots_sent": 200}
"""Fields at which no verdict looks, with something to write there."""


def added(pack: str | None) -> list[Field]:
    """The columns that a policy adds to those that every roster of organisations has."""
    own = Organisation.__struct_fields__
    return [one for one in policy_columns(policies(pack).on(ON))["organisations"] if one.name not in own]


def drawn(dice: Random, number: int, pack: str | None, **fields: Any) -> Organisation:
    """An organisation that has its own scores, most indicators or none, and now and then a cell that says nothing."""
    columns = added(pack)
    blank = dice.choice((0, 0, 0.1, 1))
    more = {one.name: None if dice.random() < blank else dice.choice(CELLS[one.kind]) for one in columns}
    more |= {name: dice.choice(CELLS[Kind.SCORE]) for name in more if name.startswith("评定分/")}
    own = {name: dice.choice(values) for name, values in FIELDS.items()}
    unread = {dice.choice([*own, *more]): ErrorCell("#N/A")} if dice.random() < 0.1 else {}
    return organisation(number, more=more, unread=unread, **(own | fields))


def county(dice: Random, pack: str | None) -> tuple[list[Organisation], tuple[LastYear, ...]]:
    """Organisations, with last year's results of about half of them."""
    some = range(1, 21)
    years = [last_year(n, stars=dice.choice((None, 1, 4))) for n in some if dice.random() < 0.5]
    return [drawn(dice, n, pack) for n in some], tuple(years)


def fresh(pack: str | None, years: tuple[LastYear, ...] = ()) -> At[Any]:
    """By what is judged, with rules that have judged nobody yet."""
    when, file = Occasion(Period.year(ON.year), ON), policies(pack)
    at = At(file.on(ON), file, when, {PREVIOUS: Roster(years)}, DOUBTS)
    return replace(at, ready=ready(at))


def said(one: Judged) -> str:
    """All of a verdict: every score, line and step, and every finding."""
    return repr(one)


@given(packs, seeds)
def test_alone_or_in_any_company_and_order_the_verdict_is_the_same(pack: str | None, seed: int) -> None:
    dice = Random(seed)
    all_of_them, years = county(dice, pack)
    together = fresh(pack, years)
    for company in (all_of_them, dice.sample(all_of_them, 12), all_of_them[::-1]):
        found = judged(company, together)
        assert [one.record for one in found] == company
        alone = [judged([one], fresh(pack, years))[0] for one in company]
        assert list(map(said, found)) == list(map(said, alone))


@given(packs, seeds)
def test_equal_cells_give_equal_scores_which_are_one_value(pack: str | None, seed: int) -> None:
    one, other = (drawn(Random(seed), number, pack) for number in (1, 2))
    first, second = (found.verdict for found in judged([one, other], fresh(pack)))
    assert (first is None) == (second is None)
    if first and second:
        assert all(a is b for a, b in zip(first.goods, second.goods, strict=True))
        assert first.star_steps is second.star_steps
        assert (first.total, first.grade, first.veto) == (second.total, second.grade, second.veto)


@pytest.mark.parametrize("pack", PACKS)
def test_rules_that_have_judged_others_judge_a_changed_cell_as_new_ones_do(pack: str | None) -> None:
    used = fresh(pack)
    for seed in range(40):
        dice = Random(seed)
        one = drawn(dice, 1, pack)
        name, kind = dice.choice([(f.name, f.kind) for f in added(pack)])
        cells = dict(one.more) | {name: dice.choice((None, *CELLS[kind]))}
        fields = {field: getattr(one, field) for field in FIELDS}
        changed = organisation(1, more=cells, **fields)
        assert said(judged([one, changed], used)[1]) == said(judged([changed], fresh(pack))[0])


@given(packs, seeds, st.sampled_from(sorted(NOWHERE)))
def test_a_cell_at_which_no_verdict_looks_changes_nothing(pack: str | None, seed: int, field: str) -> None:
    one, other = (drawn(Random(seed), 1, pack, **more) for more in ({}, {field: NOWHERE[field]}))
    first, second = judged([one, other], fresh(pack))
    assert (first.verdict is None) == (second.verdict is None)
    if first.verdict and second.verdict:
        told = (
            "type",
            "goods",
            "total",
            "satisfaction",
            "veto",
            "stars",
            "star_steps",
            "grade_steps",
            "unrated",
        )
        assert [repr(getattr(first.verdict, name)) for name in told] == [
            repr(getattr(second.verdict, name)) for name in told
        ]


@pytest.mark.parametrize(
    ("field", "value"),
    [("veto", "安全生产事故"), ("last_stars", 1), ("ballots_satisfied", 50), ("founded", VagueDate.on(ON))],
)
def test_a_cell_at_which_one_looks_may_change_it(field: str, value: Any) -> None:
    fields = SETTLED | {field: value}
    before, after = judged([organisation(1), organisation(1, **fields)], fresh(None))
    assert before.verdict and after.verdict
    assert (before.verdict.stars, before.verdict.grade) != (after.verdict.stars, after.verdict.grade)
