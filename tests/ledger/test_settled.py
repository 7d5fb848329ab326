"""What is settled is not judged again, and is judged again as soon as anything about it changes."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.domain.payroll.months_due import entitled
from sanchuang_cli.domain.people import Member
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches
from sanchuang_cli.ledger.batches import Proposed
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.ledger.proof import troubles
from sanchuang_cli.ledger.settled import by_number, hold
from sanchuang_cli.outcome import Occasion, Settled
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.record import Roster
from tests.compared.subsidies import PACKS, as_member
from tests.counts import FULL
from tests.ledger import county
from tests.ledger.county import MAKER, account, returned, sound
from tests.oracle.people import person
from tests.programmes.people import changed, member, policies

SPELLS = "1980-01…1996-12 书记"
RATE = 505_00


def cadre(who: int, **fields: Any) -> Member:
    known = {"spells": SPELLS, "approved_on": "2015-01-10", "reason": "正常离任", "account": account(who)}
    return member(who, born="1940-05-05", **(known | fields))


class Office:
    """A ledger opened at June and its monthly runs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ledger = folder, county.new(folder)
        self.policy = policies()

    def known(self) -> dict[str, Settled]:
        with self.ledger.reading() as connection:
            return by_number(connection, "subsidies")

    def proposes(self, month: str, *people: Member) -> Proposed:
        period = Period.parse(month)
        entitled_now = entitled(
            PROGRAMME.judge,
            {"members": Roster(people)},
            self.policy,
            Occasion(self.ledger.open_period(period), period.last),
            self.known(),
        )
        self.since = {claimant.payee.key: claimant.since for claimant in entitled_now.claimants}
        made = replace(county.run(month), policy=self.policy)
        return batches.propose(self.ledger, made, entitled_now, MAKER)

    def pays(self, month: str, *people: Member, done: bool = True) -> Proposed:
        """Propose and send; done: the bank has told all."""
        made = self.proposes(month, *people)
        for batch in made.batches.values():
            county.send(self.ledger, batch, self.folder / f"out{batch}")
            if done:
                batches.confirm(self.ledger, batch, MAKER)
        return made


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """July and August are paid to two people; September's run has not been."""
    office = Office(tmp_path)
    office.pays("2026-07", cadre(1), cadre(2))
    office.pays("2026-08", cadre(1), cadre(2))
    return office


def test_a_month_is_settled_once_it_was_found_as_it_should_be(office: Office) -> None:
    assert {now.through for now in office.known().values()} == {Month(2026, 7)}
    made = office.proposes("2026-09", cadre(1), cadre(2))
    assert set(office.since.values()) == {Month(2026, 8)}
    assert (len(made.comparison.pay), made.comparison.unchanged) == (2, 4)
    assert {now.through for now in office.known().values()} == {Month(2026, 8)}


def test_a_death_told_late_is_found_in_settled_months(office: Office) -> None:
    dead = cadre(1, died_on="2026-06")
    made = office.proposes("2026-09", dead, cadre(2))
    assert office.since == {dead.identity: None, cadre(2).identity: Month(2026, 8)}
    assert [(change.month, change.fen) for change in made.comparison.claim] == [
        ("2026-07", -RATE),
        ("2026-08", -RATE),
    ]


def test_corrected_tenure_is_found_in_settled_months(office: Office) -> None:
    longer = cadre(1, spells="1970-01…1996-12 书记")
    made = office.proposes("2026-09", longer, cadre(2))
    arrears = [change for change in made.comparison.pay if change.month < "2026-09"]
    assert [(change.month, change.fen, change.payee.name) for change in arrears] == [
        ("2026-07", 20_00, longer.name),
        ("2026-08", 20_00, longer.name),
    ]


def test_another_policy_is_held_against_all_months(office: Office) -> None:
    office.policy = replace(office.policy, sha256="f" * 64)
    office.proposes("2026-09", cadre(1), cadre(2))
    assert set(office.since.values()) == {None}


def test_money_that_comes_back_for_a_settled_month_is_paid_again(tmp_path: Path) -> None:
    office = Office(tmp_path)
    for month in ("2026-07", "2026-08"):
        office.pays(month, cadre(1), cadre(2), done=False)
    office.proposes("2026-09", cadre(1), cadre(2))
    back = returned(office.ledger, 1, [(cadre(1).name, account(1), RATE)])
    batches.cancel(office.ledger, back.reissue, MAKER)
    assert list(office.known()) == [cadre(2).identity]
    batches.cancel(office.ledger, 3, MAKER)
    made = office.proposes("2026-09", cadre(1), cadre(2))
    assert ("2026-07", RATE, "补发：退票或追回后应发") in [
        (change.month, change.fen, change.reason) for change in made.comparison.pay
    ]


def test_joined_persons_are_held_against_all_months(office: Office) -> None:
    with office.ledger.writing() as connection:
        Register(connection).join(
            cadre(1).identity, cadre(2).identity, replace(MAKER, note="一个人"), sure=True
        )
    assert office.known() == {}
    made = office.proposes("2026-09", cadre(1))
    assert [(change.month, change.fen) for change in made.comparison.claim] == [
        ("2026-07", -RATE),
        ("2026-08", -RATE),
    ]


def test_a_ledger_that_moved_while_a_run_judged_is_not_written(office: Office) -> None:
    period = Period.parse("2026-09")
    months = office.ledger.open_period(period)
    entitled_now = entitled(
        PROGRAMME.judge,
        {"members": Roster((cadre(1), cadre(2)))},
        office.policy,
        Occasion(months, period.last),
        office.known(),
    )
    with office.ledger.writing() as connection:
        Register(connection).join(
            cadre(1).identity, cadre(2).identity, replace(MAKER, note="一个人"), sure=True
        )
    before = county.content(office.ledger)
    with pytest.raises(UserError, match="请重新运行"):
        batches.propose(office.ledger, county.run("2026-09"), entitled_now, MAKER)
    assert county.content(office.ledger) == before


def test_a_period_before_what_is_settled_is_judged_whole(office: Office) -> None:
    made = office.proposes("2026-07", cadre(1), cadre(2))
    assert set(office.since.values()) == {None} and made.batches == {}


def test_verify_tells_of_a_settled_month_that_entries_do_not_bear_out(office: Office) -> None:
    sound(office.ledger)
    with office.ledger.writing() as connection:
        connection.exec_driver_sql("update settled set through = '2026-08' where rowid = 1")
    (trouble,) = troubles(office.ledger)
    assert "subsidies 已结清月份的记录" in trouble
    with pytest.raises(UserError, match="被人改过"):
        office.proposes("2026-09", cadre(1), cadre(2))
    with office.ledger.writing() as connection:
        hold(connection, ["subsidies"])
    (trouble,) = troubles(office.ledger)
    assert "2026-08 及以前记为结清 1 项，分录有 2 项" in trouble


def dues(policy: PolicyFile[Subsidies], people: list[Member], period: Period) -> dict[str, dict[str, int]]:
    """Fen by item of everybody who is not set aside."""
    entitled_now = entitled(
        PROGRAMME.judge, {"members": Roster(tuple(people))}, policy, Occasion(period, period.last), {}
    )
    return {
        claimant.payee.key: {f"{due.benefit} {due.month}": due.fen for due in claimant.due}
        for claimant in entitled_now.claimants
    }


def ahead(who: Member, last: Month) -> bool:
    """Whether a spell begins or ends after a month, which nobody can know by then: such a row waits."""
    dates = [one.latest for spell in who.spells for one in spell[:2] if one]
    return any(Month.of(day) > last for day in dates)


RETROACTIVE: dict[str, Callable[[], PolicyFile[Subsidies]]] = {
    "default": policies,
    "补发三个月": lambda: changed(
        lambda edition: [
            b["payable"].update(start="fulfilled", retroactive_limit=3) for b in edition["benefit"]
        ]
    ),
}


@pytest.mark.parametrize("name", sorted({*PACKS, *RETROACTIVE}))
def test_what_a_month_is_due_does_not_depend_on_the_months_around_it(name: str) -> None:
    """What the ledger's memory rests on: judged in two parts, everybody is due the same as judged at once."""
    policy = RETROACTIVE[name]() if name in RETROACTIVE else PACKS[name].policy()
    dice = random.Random(name)
    first = (
        Month(2024, 9) if name in RETROACTIVE else max(Month.of(policy.editions[0].effective), Month(2012, 6))
    )
    reach = max(benefit.payable.retroactive_limit for benefit in policy.editions[0].benefit)
    people = [as_member(person(dice, first.year + 1), i) for i in range(2000 if FULL else 60)]
    cut, end = 7, 14
    before = dues(policy, people, Period(first, cut))
    at_once = dues(policy, people, Period(first, end))
    after = dues(policy, people, Period(first.plus(cut - reach), end - cut + reach))
    assert at_once and any(at_once.values())
    for who in before.keys() & after.keys():
        firm = {item: fen for item, fen in before[who].items() if item[-7:] < str(first.plus(cut - reach))}
        assert at_once.get(who) == firm | after[who]
    lost = at_once.keys() - (before.keys() & after.keys())
    assert all(ahead(who, first.plus(cut - 1)) for who in people if who.identity in lost)
