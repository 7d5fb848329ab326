"""The arithmetic of a year: nothing is lost or made by rounding, by honours, by villages, by months; and documents that cannot be
meant are refused."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.contributions.policy import CostSharing, Relief
from sanchuang_cli.domain.contributions.reckoning import of_year, relieved, split
from sanchuang_cli.finding import UserError
from sanchuang_cli.period import Month
from tests.programmes.insured import changed, column, insured, outcome

percents = (
    st.lists(st.integers(0, 2000), min_size=2, max_size=6)
    .filter(lambda some: sum(some) <= 100 * 100)
    .map(lambda some: [Fraction(one, 100) for one in some])
)


def rule(shares: list[Fraction], rounded: str) -> CostSharing:
    own, *others = shares
    payers = [{"name": f"方{n}", "percent": str(share)} for n, share in enumerate(others)]
    payers[0]["without_income"] = payers[-1]["name"]
    given: dict[str, Any] = {"clause": "一", "bases": {2025: 1}, "individual": str(own)}
    return CostSharing.model_validate(given | {"payers": payers, "rounded": rounded})


@given(percents, st.integers(0, 10**9), st.sampled_from(["sides", "total"]), st.booleans())
def test_what_is_rounded_is_the_sum_of_the_parts(
    shares: list[Fraction], base: int, rounded: str, income: bool
) -> None:
    year = of_year(rule(shares, rounded), base, income)
    exact = [base * share / 100 for share in shares]
    if rounded == "total":
        assert abs(year.own + year.subsidy - sum(exact, Fraction(0))) <= Fraction(1, 2)
    else:
        assert abs(year.own - exact[0]) <= Fraction(1, 2)
        assert abs(year.subsidy - sum(exact[1:], Fraction(0))) <= Fraction(1, 2)
    assert all(part >= 0 for part in (year.own, *year.payers))
    assert income or not year.payers[0] or len(year.payers) == 1


@given(percents, st.integers(0, 10**9), st.fractions(Fraction(1, 60), 1, max_denominator=60))
def test_an_honour_a_village_or_discipline_moves_fen_and_makes_none(
    shares: list[Fraction], base: int, share: Fraction
) -> None:
    of = rule(shares, "sides")
    year = of_year(of, base)
    whole = year.own + year.subsidy
    honour = Relief(clause="二", of="person", levels=("市",), months=6, share=share, by=of.names[-1])
    for other in (relieved(year, honour, of.names), year.alone(), of_year(of, base, income=False)):
        assert other.own + other.subsidy == whole
    assert abs(relieved(year, honour, of.names).own - year.own * (1 - share)) < 1
    months = [year.of_month(Month(2025, month)) for month in range(1, 13)]
    assert sum(month.own for month in months) == year.own
    assert [sum(parts) for parts in zip(*(month.payers for month in months), strict=True)] == [*year.payers]


def test_of_equal_remainders_the_larger_weight_is_first_and_then_the_first() -> None:
    assert split(1, [Fraction(1), Fraction(1)]) == [1, 0]
    assert split(3, [Fraction(1), Fraction(3), Fraction(2)]) == [0, 2, 1]
    assert split(5, [Fraction(1), Fraction(3)]) == [1, 4]
    assert split(2, [Fraction(1), Fraction(3)]) == [0, 2], (
        "half and one and a half: the fen goes to the larger"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('{ name = "县", percent = 14 }', '{ name = "县", percent = 14, yuan = 100 }', "也只能写一样"),
        ('{ name = "县", percent = 14 }', '{ name = "县" }', "也只能写一样"),
        ('{ name = "县", percent = 14 }', '{ name = "村", percent = 14 }', "不能重复"),
        ('without_income = "县"', 'without_income = "市"', "“市”不是 payers 里的一方"),
        ("individual = 16", "individual = 90", "加起来超过 100"),
        ("individual = 16", "individual = 16\ngrades = {}", "按档次（grades）缴的"),
        ("2025 = 6000", "20255 = 6000", "bases 的键是年度"),
        ('by = "县"', 'by = "市"', "不是 payers 里的一方"),
        ('levels = ["市", "市级"]', 'levels = ["市", "省"]', "不能重复"),
        ("month = 12\nday = 30", "month = 2\nday = 30", "没有 2 月 30 日"),
        ('subsidised = ["城乡居民", "灵活就业"]', 'subsidised = ["商业保险"]', "商业保险"),
    ],
)
def test_a_document_that_cannot_be_meant_is_refused_with_what_is_wrong(old: str, new: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        changed(old, new)


def test_a_year_of_shared_and_own_months_comes_to_the_fen_of_a_whole_year() -> None:
    by = changed("2025 = 6000", "2025 = 345.67", ("individual = 16", 'per = "month"\nindividual = 16'))
    people = insured(1), insured(2, disciplined="2025-07-10"), insured(3, ended="2025-07-15", continued=True)
    run = outcome(*people, by=by)
    assert column(run, "参保补贴人员名册", "alone") == [0, 5, 5]
    assert column(run, "参保补贴人员名册", "whole") == [1_659_22] * 3
