"""What the ledger is told: months due with their edition, a sign that changes with whatever is judged, and only what must be
judged again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.people import Member
from sanchuang_cli.outcome import Claimant, Entitled, Occasion, Settled
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.record import Beside, Roster
from tests.programmes.people import (
    CADRE,
    TWENTY,
    changed,
    member,
    only,
    paid_line,
    policies,
    result_of,
    spell_row,
    spoilt,
)
from tests.programmes.subsidies.test_prior import editions

SUMMER = Period.parse("2026Q2")


def owed(
    *people: Member,
    settled: dict[str, Settled] | None = None,
    policy: PolicyFile[Any] | None = None,
    period: Period = SUMMER,
    **others: Any,
) -> Entitled:
    rosters: dict[str, Roster[Any]] = {"members": Roster(people)}
    rosters |= {name: one if isinstance(one, Roster) else Roster(tuple(one)) for name, one in others.items()}
    return PROGRAMME.entitled(rosters, policy or policies(), Occasion(period, period.last), settled or {})


def only_one(*people: Member, **how: Any) -> Claimant:
    (claimant,) = owed(*people, **how).claimants
    return claimant


def who(number: int = 1, **fields: Any) -> Member:
    return member(number, spells=TWENTY, **fields)


def months(claimant: Claimant) -> list[str]:
    return [str(due.month) for due in claimant.due]


def test_each_month_says_by_which_edition_it_is_due() -> None:
    claimant = only_one(who(), policy=editions(date(2012, 1, 1), date(2026, 5, 1), rates=(500, 600)))
    assert [(due.benefit, due.component, str(due.month), due.fen, due.edition) for due in claimant.due] == [
        (CADRE, "", "2026-04", 500_00, "2012-01-01"),
        (CADRE, "", "2026-05", 600_00, "2026-05-01"),
        (CADRE, "", "2026-06", 600_00, "2026-05-01"),
    ]
    assert (claimant.payee.key, claimant.payee.name) == (who().identity, "村民1")
    assert claimant.since is None


def test_what_a_benefit_is_a_part_of_is_the_benefit_and_it_the_component() -> None:
    policy = only(CADRE, lambda benefit: benefit.update(part_of="生活补贴"))
    claimant = only_one(who(), policy=policy)
    assert {(due.benefit, due.component) for due in claimant.due} == {("生活补贴", CADRE)}


def test_the_last_pages_are_not_looked_at_for_the_ledger_knows_what_was_paid() -> None:
    line = paid_line(who(), CADRE, "2026-01", 52_500)
    before = result_of([line], SUMMER.before(), policies())
    assert months(only_one(who(), previous=before)) == ["2026-04", "2026-05", "2026-06"]


def test_whoever_is_set_aside_is_listed_and_claims_nothing_and_whoever_is_refused_claims_nothing_due() -> (
    None
):
    waits, refused, outside = spoilt(who(2), "任职经历"), who(3, employed=True), member(4)
    found = owed(who(), waits, refused, outside)
    assert {one.payee.name: len(one.due) for one in found.claimants} == {"村民1": 3, "村民3": 0, "村民4": 0}
    assert found.listed == {one.identity for one in (who(), waits, refused, outside)}
    assert [one.code for one in found.findings if one.severity == "error"] == ["subsidies.unread"]


@pytest.mark.parametrize(("reach", "firm"), [(0, "2026-06"), (3, "2026-03")])
def test_months_are_firm_that_no_approval_reaches_any_more(reach: int, firm: str) -> None:
    def change(benefit: dict[str, Any]) -> None:
        benefit["payable"].update(start="fulfilled" if reach else "approval", retroactive_limit=reach)

    policy = only(CADRE, change) if reach else policies()
    assert str(owed(who(), policy=policy).firm) == firm


@pytest.mark.parametrize("overpaid", ["deduct", "claim"])
def test_what_was_overpaid_is_deducted_or_asked_back_as_the_document_says(overpaid: str) -> None:
    policy = changed(lambda edition: edition.update(overpaid=overpaid))
    assert owed(who(), policy=policy).deduct is (overpaid == "deduct")


# ---------------------------------------------------------------- signs


def remarked(one: Member, text: str) -> Member:
    at = len(one.row.cells) + 1
    source = replace(one.row.source, remarks=((at, "备注"),))
    return structs.replace(one, row=structs.replace(one.row, source=source, cells=(*one.row.cells, text)))


def commented(one: Member) -> Member:
    source = replace(one.row.source, beside={one.row.number: Beside({1: "见批注"}, {})})
    return structs.replace(one, row=structs.replace(one.row, source=source))


def sign(one: Member, **how: Any) -> str:
    return only_one(one, **how).sign


def test_a_sign_is_of_the_person_and_the_policy_and_not_of_the_place_in_the_book() -> None:
    same = sign(who())
    assert len(same) == 32 and sign(who(book="另一本.xlsx")) == same
    others = [
        sign(who(account="10203040506070")),
        sign(who(left="2000-01-05")),
        sign(remarked(who(), "见附件")),
        sign(commented(who())),
        sign(spoilt(who(), "联系电话")),
        sign(who(), policy=replace(policies(), sha256="f" * 64)),
        sign(who(), spells=spell_row(who(), TWENTY)),
        sign(who(), spells=spell_row(who(), f"{TWENTY}; 2001-01…2002-12 书记")),
        sign(who(), spells=spell_row(who(), "1980-01…1999-11 书记; 1999-12…1999-12 书记")),
        sign(who(), spells=spell_row(who(), "1980-01…1999-12 主任")),
    ]
    assert len({same, *others}) == 1 + len(others)
    assert sign(who(), spells=spell_row(who(2), TWENTY)) == same, "spells of another change nothing"


def test_a_number_on_two_rows_has_no_sign_so_that_nothing_of_it_is_remembered() -> None:
    found = owed(who(), who(book="另一本.xlsx"), who(2))
    assert {one.payee.name: bool(one.sign) for one in found.claimants} == {"村民1": False, "村民2": True}


# ---------------------------------------------------------------- settled months


def settled(*people: Member, through: str = "2026-04", sign_of: str = "") -> dict[str, Settled]:
    year, month = map(int, through.split("-"))
    signs = {one.payee.key: one.sign for one in owed(*people).claimants}
    return {key: Settled(sign_of or own, Month(year, month), 1) for key, own in signs.items()}


def since(found: Entitled) -> dict[str, tuple[str, list[str]]]:
    return {one.payee.name: (str(one.since or ""), months(one)) for one in found.claimants}


ALL = ["2026-04", "2026-05", "2026-06"]


def test_whoever_is_settled_is_judged_from_the_next_month_and_the_others_for_the_whole_period() -> None:
    people = who(1), who(2), who(3)
    found = owed(*people, settled=settled(who(1), who(2)))
    assert since(found) == {
        "村民1": ("2026-05", ["2026-05", "2026-06"]),
        "村民2": ("2026-05", ["2026-05", "2026-06"]),
        "村民3": ("", ALL),
    }


@pytest.mark.parametrize(
    ("known", "first"),
    [
        (settled(who(), sign_of="another"), ""),
        (settled(who(), through="2026-03"), ""),
        (settled(who(), through="2026-04"), "2026-05"),
        (settled(who(), through="2026-05"), "2026-06"),
        (settled(who(), through="2026-06"), ""),
        (settled(who(), through="2025-12"), ""),
        (settled(who(2)), ""),
    ],
    ids=[
        "another sign",
        "before",
        "the first month",
        "the second",
        "the last",
        "long before",
        "somebody else",
    ],
)
def test_what_is_settled_within_the_period_with_the_same_sign_is_not_judged_again(
    known: dict[str, Settled], first: str
) -> None:
    claimant = only_one(who(), settled=known)
    assert str(claimant.since or "") == first
    assert months(claimant) == [month for month in ALL if month >= first]


def test_of_several_months_the_one_up_to_which_most_are_settled_counts() -> None:
    people = who(1), who(2), who(3)
    known = settled(who(1), who(2), through="2026-05") | settled(who(3), through="2026-04")
    assert since(owed(*people, settled=known)) == {
        "村民1": ("2026-06", ["2026-06"]),
        "村民2": ("2026-06", ["2026-06"]),
        "村民3": ("", ALL),
    }


def test_whoever_is_set_aside_beside_the_others_claims_nothing_though_not_settled() -> None:
    """An account of two people, one of whom is settled: both wait, and are told once."""
    two = who(1, account="10203040506070"), who(2, account="10203040506070")
    known = settled(who(3)) | {two[0].identity: Settled(sign(two[0]), Month(2026, 4), 1)}
    found = owed(*two, who(3), settled=known)
    assert since(found) == {"村民3": ("2026-05", ["2026-05", "2026-06"])}
    assert [one.code for one in found.findings].count("subsidies.shared-account") == 2
