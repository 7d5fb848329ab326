"""What `make mutants` changes is what runs, and its shares are right. Skips where mutmut is not installed."""

from datetime import date

import pytest

from sanchuang_cli.domain.months import complete_month

pytest.importorskip("mutmut")
pytest.importorskip("coverage")

from tools import mutants
from tools.mutating import module


def test_a_change_is_run_by_whoever_holds_the_function(monkeypatch: pytest.MonkeyPatch) -> None:
    months = module("src/sanchuang_cli/domain/months.py")
    (later,) = (one for one in months.mutants() if "(day.day >= 1)" in months.text_of(one))
    monkeypatch.setattr(complete_month, "__code__", complete_month.__code__)  # put back at the end
    first = complete_month(date(2026, 3, 1))
    months.put_in(later)
    assert complete_month(date(2026, 3, 1)) == first + 1


def test_no_two_mutants_have_one_key() -> None:
    keys = [one.key for one in module("src/sanchuang_cli/period.py").mutants()]
    assert keys and len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(8, 10, 49.0, 94.3), (0, 15, 0.0, 20.4), (15, 15, 79.6, 100.0)]
)
def test_a_share_of_a_sample_says_how_far_it_may_be_off(hits: int, of: int, low: float, high: float) -> None:
    assert mutants.wilson(hits, of) == pytest.approx((low, high), abs=0.05)
