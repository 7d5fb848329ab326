"""The policy of a fund that docs/policies/fund.md builds from a printed document works as the document says."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

from sanchuang_cli.domain.loans.policy import LoanPolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.borrowers import applicant, application, event, failed, lending, loan
from tests.programmes.people import identity

TEXT = (Path(__file__).parents[3] / "docs" / "policies" / "fund.md").read_text("utf-8")
WIFE = identity("1982-03-04", "女", 7)


def example() -> PolicyFile[LoanPolicy]:
    found = re.search(r"```toml\n([^`]*\[edition\.conditions\.member\].*?)```", TEXT, re.DOTALL)
    assert found
    return load(LoanPolicy, "例子.toml", found[1].encode())


def test_the_example_takes_probationary_members_who_own_30_per_cent_for_two_years() -> None:
    who = applicant(category="预备党员", own=30_000, months=24, day="2026-03-01", asked=50_000)
    found = application(who, by=example(), period="2026", on=date(2026, 4, 1))
    assert (found.part, found.granted, found.score) == ("拟批", 50_000_00, None)


def test_the_example_lends_by_households_up_to_50_000_first_and_100_000_then() -> None:
    who = applicant(asked=200_000, households=4, day="2026-03-01")
    assert application(who, by=example(), period="2026", on=date(2026, 4, 1)).granted == 50_000_00
    before = loan(1, identity=who.identity, lent="2026-01-05")
    again = application(
        who, before, events=[event(1, "2026-02-01", "结清")], by=example(), period="2026", on=date(2026, 4, 1)
    )
    assert again.granted == 80_000_00


def test_the_example_lends_nothing_while_a_loan_of_the_spouse_is_out() -> None:
    who = applicant(day="2026-03-01", spouse=WIFE)
    out = loan(1, identity=WIFE, lent="2026-01-05")
    assert failed(application(who, out, by=example(), period="2026", on=date(2026, 4, 1))) == ["名下贷款"]


def test_the_example_bears_70_per_cent_at_the_base_by_360_days_and_three_levels_share_it() -> None:
    found = lending(
        of=loan(1, 120_000, lent="2026-01-01", months=24),
        by=example(),
        period="2026-01",
        on=date(2026, 1, 31),
    )
    assert found.subsidy == round(Fraction(100_000_00 * 31 * 3 * 70, 360 * 100 * 100))
    assert sum(found.shares.values()) == found.subsidy
    assert list(found.shares) == ["省", "市", "县"]


def test_the_example_calls_the_fund_after_sixty_days() -> None:
    late = loan(1, lent="2026-01-01", months=1, rate=3.6)
    calls = [
        lending(of=late, by=example(), period="2026", on=date(2026, 2, 1)).call,
        lending(of=late, by=example(), period="2026", on=date(2026, 4, 1)).call,
        lending(of=late, by=example(), period="2026", on=date(2026, 4, 2)).call,
    ]
    interest = round(Fraction(50_000_00 * 31 * 36, 360 * 1000))
    assert calls == [0, 0, round(Fraction((50_000_00 + interest) * 80, 100))]
