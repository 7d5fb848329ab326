"""What holds for every loan: days and periods may be cut anywhere, order within a day means nothing, and a pot is never overdrawn."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.domain.funding import Funding, Share
from sanchuang_cli.domain.loans.account import KINDS, Account, AccountEvent, LoanTerms, replayed
from sanchuang_cli.domain.loans.daycount import DayCount, LoanTerm, place
from sanchuang_cli.domain.loans.granting import LendingPot, LoanCandidate, granted
from sanchuang_cli.domain.loans.interest import DAY, Bearing, between, earned, schedule
from sanchuang_cli.domain.loans.rules import FundFigure, LoanPool
from tests.counts import FULL

many = settings(max_examples=2_000 if FULL else 60, deadline=None)
DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))
COUNTS = st.sampled_from(get_args(DayCount))
FEN = st.integers(1, 100_000_00)
TERMS = st.builds(
    LoanTerms,
    FEN,
    st.fractions(Fraction(1, 100), Fraction(24, 100), max_denominator=10_000),
    st.builds(LoanTerm, st.dates(date(2023, 1, 1), date(2025, 12, 31)), st.integers(1, 36)),
)
BEARING = st.builds(
    Bearing,
    st.fractions(0, Fraction(1, 5), max_denominator=10_000),
    COUNTS,
    st.none() | st.integers(0, 60_000_00),
    st.sampled_from((Fraction(1), Fraction(1, 2), Fraction(1, 3))),
    st.none() | DAYS,
    st.none() | st.integers(0, 2_000_00),
)
EVENTS = st.lists(
    st.builds(
        AccountEvent,
        DAYS,
        st.sampled_from(KINDS),
        st.none() | st.integers(1, 40_000_00),
        st.none() | st.integers(1, 12),
        st.none() | DAYS,
    ),
    max_size=6,
)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """A loan with repayments that can be."""
    terms = draw(TERMS)
    events, left, day = [], terms.principal, terms.term.lent
    for share in draw(st.lists(st.integers(1, 99), max_size=4)):
        day += timedelta(draw(st.integers(0, 200)))
        if fen := left * share // 100:
            events.append(AccountEvent(day, "还本", fen))
            left -= fen
    found = replayed(terms, events, date(2030, 1, 1))
    assert isinstance(found, Account)
    return found


@many
@given(COUNTS, TERMS, st.lists(DAYS, min_size=3, max_size=3))
def test_a_stretch_of_days_is_as_long_as_its_parts(
    count: DayCount, terms: LoanTerms, days: list[date]
) -> None:
    first, middle, last = (place(count, day, terms.term) for day in sorted(days))
    assert first <= middle <= last and (middle - first) + (last - middle) == last - first


@many
@given(accounts(), BEARING, st.lists(DAYS, min_size=2, max_size=6, unique=True))
def test_periods_cut_anyhow_sum_to_the_whole_to_the_fen(
    account: Account, bearing: Bearing, days: list[date]
) -> None:
    cuts = sorted(days)
    parts = [between(account, bearing, first, last - DAY) for first, last in pairwise(cuts)]
    assert sum(parts) == between(account, bearing, cuts[0], cuts[-1] - DAY)
    assert min(parts) >= 0


@many
@given(accounts(), BEARING, DAYS)
def test_a_subsidy_with_every_cap_is_never_more_than_the_interest(
    account: Account, bearing: Bearing, on: date
) -> None:
    interest = Bearing(max(bearing.rate, account.terms.rate), bearing.day_count)
    assert 0 <= earned(account, bearing, on) <= earned(account, interest, on)


@many
@given(TERMS, EVENTS, st.randoms(use_true_random=False), DAYS)
def test_the_order_of_events_in_the_list_changes_nothing(
    terms: LoanTerms, events: list[AccountEvent], dice: object, on: date
) -> None:
    turned = events[::-1]
    dice.shuffle(turned)  # type: ignore[attr-defined]
    first, second = replayed(terms, events, on), replayed(terms, turned, on)
    if isinstance(first, Account):
        assert first == second
    else:
        assert not isinstance(second, Account)
        assert Counter(fault.code for fault in first) == Counter(fault.code for fault in second)


@many
@given(TERMS, EVENTS, DAYS)
def test_a_balance_is_what_was_lent_less_what_came_back_and_was_lost(
    terms: LoanTerms, events: list[AccountEvent], on: date
) -> None:
    found = replayed(terms, events, on)
    if isinstance(found, Account) and terms.term.lent <= on:
        assert found.balance == terms.principal - found.repaid - found.written_off >= 0
        sums = [balance for _, balance in found.balances]
        assert sums == sorted(sums, reverse=True) and len(set(sums)) == len(sums)


@many
@given(TERMS, EVENTS, DAYS)
def test_what_was_reversed_has_never_been(terms: LoanTerms, events: list[AccountEvent], on: date) -> None:
    plain = [event for event in events if event.kind != "冲正" and event.day <= on]
    if not plain:
        return
    wrong = AccountEvent(plain[0].day, "还本", 123)
    back = AccountEvent(on, "冲正", None, None, wrong.day, "还本")
    if any((event.day, event.kind) == (wrong.day, "还本") for event in plain):
        return
    assert replayed(terms, [*plain, wrong, back], on) == replayed(terms, plain, on)


@many
@given(accounts(), BEARING, st.integers(0, 6))
def test_the_instalments_of_a_plan_are_the_balance_and_all_the_interest_to_its_end(
    account: Account, bearing: Bearing, every: int
) -> None:
    plan = schedule(account, bearing, every)
    assert sum(part.principal for part in plan) == account.balance
    if plan:
        assert plan[-1].day == account.due and [part.day for part in plan] == sorted(
            {part.day for part in plan}
        )
        assert sum(part.interest for part in plan) == earned(account, bearing, account.due - DAY)


CANDIDATES = st.lists(
    st.builds(
        LoanCandidate,
        st.tuples(st.integers(0, 3)),
        st.integers(1, 100),
        st.sampled_from("甲乙丙"),
        st.frozensets(st.sampled_from("abcdefgh"), min_size=1, max_size=2),
    ),
    max_size=10,
)
POTS = st.builds(
    LendingPot, st.integers(0, 400), st.none() | st.integers(0, 200), st.none() | st.integers(1, 3)
)


@many
@given(CANDIDATES, POTS)
def test_a_pot_is_never_overdrawn_and_a_household_served_once(
    candidates: list[LoanCandidate], pot: LendingPot
) -> None:
    served = [one for one, why in zip(candidates, granted(candidates, pot), strict=True) if not why]
    assert pot.holds(served)
    for township in "甲乙丙":
        assert pot.holds_of_township([one for one in served if one.township == township])
    people = Counter(person for one in served for person in one.people)
    assert all(times == 1 for times in people.values())


@many
@given(CANDIDATES, POTS, st.randoms(use_true_random=False))
def test_who_is_lent_to_does_not_depend_on_the_order_of_the_list(
    candidates: list[LoanCandidate], pot: LendingPot, dice: object
) -> None:
    order = list(range(len(candidates)))
    dice.shuffle(order)  # type: ignore[attr-defined]
    turned = granted([candidates[at] for at in order], pot)
    assert [granted(candidates, pot)[at] for at in order] == turned


@many
@given(CANDIDATES, st.integers(0, 400))
def test_without_limits_of_townships_nobody_is_lent_to_below_somebody_who_waits_for_money(
    candidates: list[LoanCandidate], free: int
) -> None:
    answers = granted(candidates, LendingPot(free))
    short = [one.rank for one, why in zip(candidates, answers, strict=True) if why.startswith("可贷")]
    served = [one.rank for one, why in zip(candidates, answers, strict=True) if not why]
    assert not short or not served or max(served) < min(short)


@many
@given(st.integers(0, 10**9), st.integers(0, 10**9), st.fractions(1, 10, max_denominator=10))
def test_what_may_be_out_is_never_below_nought(fund: int, lost: int, leverage: Fraction) -> None:
    pool = LoanPool(
        clause="一", total=(FundFigure(effective=date(2020, 1, 1), yuan=Fraction(1)),), leverage=leverage
    )
    assert pool.limit(fund, lost) == max(0, (fund - lost) * leverage.numerator // leverage.denominator)


@many
@given(st.integers(0, 10**7), st.lists(st.integers(1, 50), min_size=1, max_size=4))
def test_a_split_between_levels_loses_nothing(fen: int, weights: list[int]) -> None:
    total = sum(weights)
    shares = tuple(Share(who=f"第{at}级", percent=Fraction(100 * n, total)) for at, n in enumerate(weights))
    assert sum(Funding(clause="一", shares=shares).by_payer(fen).values()) == fen
