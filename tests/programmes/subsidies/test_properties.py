"""What holds for every roster: nobody lost, totals true, order irrelevant, periods and books may be cut anywhere."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from sanchuang_cli.domain.payroll import transfer
from sanchuang_cli.domain.people import Member
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes import subsidies
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.record import Roster
from sanchuang_cli.table import Table
from tests.compared.subsidies import as_member
from tests.oracle.people import person
from tests.programmes.people import CADRE, cadre, member, policies, run

ACCOUNTS = ["", "10203040506070", "10203040506071", "6228480000000000001"]


@st.composite
def rosters(draw: st.DrawFn) -> list[Member]:
    """Random people, some of them twice, some with one account, none, or a wrong one."""
    dice = random.Random(draw(st.integers(0, 2**32)))
    people = []
    changes: list[dict[str, Any]] = [{}, {"phone": "13900001111"}, {"spells": ()}]
    for number in range(draw(st.integers(1, 12))):
        record = as_member(person(dice, 2026), number)
        place = {
            "township": dice.choice(["青禾镇", "白石乡", ""]),
            "account": dice.choice([*ACCOUNTS, str(10**11 + number)]),
        }
        people.append(structs.replace(record, **place))
        if dice.random() < 0.15:
            below = structs.replace(people[-1].row, number=1000 + number)
            people.append(structs.replace(people[-1], row=below, **dice.choice(changes)))
    return people


def pages(
    people: list[Member], period: str = "2026Q2", policy: PolicyFile[Subsidies] | None = None
) -> tuple[Table, ...]:
    when = Period.parse(period)
    by_name: dict[str, Roster[Any]] = {"members": Roster(tuple(people))}
    return subsidies.PROGRAMME.run(by_name, policy or policies(), Occasion(when, when.last)).tables


def total(table: Table, column: str = "amount") -> int:
    return sum(row[table.index(column)] for row in table.rows)


@settings(max_examples=60, deadline=None)
@given(rosters())
def test_everybody_is_in_one_part_and_all_sums_agree(people: list[Member]) -> None:
    result = run(*people)
    assert result.tally.read == len(people)
    assert len(result.paid) + len(result.refused) + result.outside + result.doubles + result.set_aside == len(
        people
    )
    tables = {table.name: table for table in pages(people)}
    of_benefits = sum(total(tables[f"{benefit.name}花名册"]) for benefit in result.benefits)
    bank, without = transfer.payments(result.whole), tables["无有效账户名单"]
    assert (
        result.fen
        == of_benefits
        == total(tables["分乡镇汇总表"])
        == total(tables["分档人数"])
        == sum(map(total, bank)) + total(without)
    )
    sent = {row[table.index("identity")] for table in bank for row in table.rows}
    assert len(sent) + len(without.rows) == len(result.paid)
    assert all(line.state for benefit in result.benefits for line in result.lines[benefit.name])


@settings(max_examples=30, deadline=None)
@given(rosters(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(people: list[Member], dice: random.Random) -> None:
    shuffled = dice.sample(people, len(people))
    for one, other in zip(pages(people), pages(shuffled), strict=True):
        assert one == other


@settings(max_examples=30, deadline=None)
@given(rosters(), st.sampled_from(["2026Q2", "2026H1", "2025", "2012H2"]))
def test_months_add_up_to_the_period(people: list[Member], period: str) -> None:
    """Where nobody is in doubt: a doubt may lie in one month and not in another."""
    whole = run(*people, period=period)
    certain = [d.record for d in (*whole.paid, *whole.refused)]
    months = [run(*certain, period=str(month)) for month in Period.parse(period).each_month()]
    paid = sorted(
        (d.record.identity, p.benefit, p.month, p.fen) for r in months for d in r.paid for p in d.payments
    )
    assert paid == sorted(
        (d.record.identity, p.benefit, p.month, p.fen) for d in whole.paid for p in d.payments
    )


@settings(max_examples=30, deadline=None)
@given(rosters(), st.integers(0, 12))
def test_books_may_be_cut_anywhere_between_people(people: list[Member], cut: int) -> None:
    whole = run(*people)
    people = [d.record for d in (*whole.paid, *whole.refused)]
    one, two = run(*people[:cut]), run(*people[cut:])
    assert one.fen + two.fen == whole.fen
    assert len(one.paid) + len(two.paid) == len(whole.paid)


@given(st.integers(1, 500), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_longer_service_is_never_paid_less(months: int, more: int) -> None:
    def paid(length: int) -> int:
        end = Month(2010, 12)
        return run(
            member(born="1930-01-01", spells=f"{end.plus(1 - length)}…{end} 书记"), period="2026-04"
        ).fen

    assert paid(months) <= paid(months + more)


@given(st.integers(1930, 1975), st.integers(1, 12), st.integers(0, 20))
@settings(max_examples=60, deadline=None)
def test_older_people_are_never_paid_less(year: int, month: int, older: int) -> None:
    def paid(born: int) -> int:
        return run(member(born=f"{born}-{month:02d}-15", spells="1980-01…1999-12 书记"), period="2026").fen

    assert paid(year) <= paid(year - older)


@given(st.integers(1, 9_999_99), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_a_yearly_sum_may_be_cut_into_any_months(fen: int, cut: int) -> None:
    amount = {"per": "year", "year_paid": "monthly", "tier": [{"at_least": 10, "rate": f"{fen}/100"}]}
    policy, who = cadre(amount=amount), member(spells="1980-01…1999-12 书记")
    parts = [run(who, period=f"2026-{m:02d}", policy=policy).fen for m in range(1, 13)]
    assert sum(parts[:cut]) + sum(parts[cut:]) == run(who, period="2026", policy=policy).fen == fen


def test_no_page_names_two_sums_for_one_person() -> None:
    dice = random.Random(7)
    people = [as_member(person(dice, 2026), number) for number in range(200)]
    table = pages(people)[0]
    assert table.name == f"{CADRE}花名册"
    identities = [row[table.index("identity")] for row in table.rows]
    assert len(identities) == len(set(identities)) > 20
