"""What each matter of a remark comes to on each roster of people: it sets the row aside, is only told, or is nobody's business.

A new roster, and a new matter, have to be given their place in the table.
"""

from typing import Any

import pytest

from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.entitlement.remarked import beside_fields
from sanchuang_cli.domain.people import Member, SpellRow
from sanchuang_cli.domain.remarks import Matter, heard
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.record import Record
from sanchuang_cli.roster.checks.beside_fields import said_beside
from sanchuang_cli.roster.checks.by_heading import Listing
from tests.programmes.test_remarks import NAME, made

SAID = (
    ("已去世", Matter.DEAD),
    ("停发", Matter.STOPPED),
    ("减半发", Matter.REDUCED),
    ("已迁出", Matter.MOVED),
    ("在押", Matter.CUSTODY),
    ("由儿子代领", Matter.PAYEE),
    ("作废", Matter.VOID),
    ("已退款", Matter.UNDONE),
    ("退党", Matter.OUT_OF_PARTY),
    ("开除党籍", Matter.OUT_OF_PARTY),
    ("组织关系已转出", Matter.TRANSFERRED),
    ("本人放弃", Matter.WITHDRAWN),
    ("政审不合格", Matter.REFUSED),
    ("已参加职工养老", Matter.INSURED),
    ("受过处分", Matter.DISCIPLINED),
    ("公务员", Matter.ON_PAYROLL),
    ("辞职", Matter.LEFT),
    ("撤职", Matter.LEFT),
    ("停职", Matter.SUSPENDED),
    ("现任会计", Matter.SERVING),
    ("非党员", Matter.NOT_MEMBER),
    ("发生安全事故", Matter.ACCIDENT),
    ("贷款已结清", Matter.SETTLED),
    ("失联", Matter.LOST),
    ("与李某系兄弟", Matter.RELATED),
    ("待核实", Matter.UNDECIDED),
)
OF_OTHERS, IN_TURN = "remarks.of-others", (Member, SpellRow)


def rosters() -> dict[str, type[Record]]:
    """The records of all rosters with a person in each row of which remarks are heard, by programme and name."""
    found = {}
    for programme in PROGRAMMES:
        loaded = programme.load()
        for wanted in (*(main.wanted for main in loaded.mains.values()), *loaded.serving.values()):
            kind = wanted.record
            deaf = kind.said_beside in (Record.said_beside, Entry.said_beside) and kind not in IN_TURN
            if not deaf and any(one.heading == "姓名" for one in kind.declared()):
                found[f"{programme.name} {kind.__name__}"] = kind
    return found


def told(kind: type[Record], remark: str) -> list[Any]:
    who = made(Member, "" if kind is SpellRow else remark) if kind in IN_TURN else None
    lines = {NAME: [made(SpellRow, remark)]} if kind is SpellRow else {}
    return list(beside_fields(who, lines) if who else made(kind, remark).said_beside())


def outcome(remark: str, matter: Matter, found: list[Any]) -> str:
    """● sets the row aside, ◆ does so as another matter, ○ is told, · is nobody's business."""
    codes = [one.code for one in found if one.code.startswith("remarks.")]
    if not codes or codes == [OF_OTHERS]:
        return "○" if codes else "·"
    assert len(codes) == 1, codes
    return "●" if codes == [f"remarks.{matter.name.lower()}"] else "◆"


TABLE = {
    "subsidies Member": "●●●●●●●·●●○●··●●○◆○····○·●",
    "subsidies SpellRow": "●●●●●●●·●●○●··●●○◆○····○·●",
    "pay Cadre": "●●●●●●●·○○○●···●●●●····○·●",
    "pension Insured": "●●●●●●●·○◆○●·●●·●●●····○·●",
    "graduates Graduate": "●●●●●●●·○○○●···●●●●····○·●",
    "secretaries Secretary": "●●·●●●●·●●●○····●●●····○·●",
    "secretaries Nominee": "●●·●●●●·●●○●●·●·○○○····○·●",
    "checkups Secretary": "●●·●●●●·○○○○····●●●····○·●",
    "dues Payer": "●●·●●●●·●●●○····○○○····○·●",
    "fund Applicant": "●●·●●●●·●●○●●···○○○····○·●",
    "fund Loan": "●●·●●●●●○○○○····○○○····○·●",
    "development Candidate": "●●·●●●●·●●●●●·●·○○○····○·●",
    "pairing MemberInNeed": "●●·●●●●·●●●●····○○○····○○●",
    "pairing Helper": "●●·●●●●·○○○○····●●●····○○●",
    "visits Recipient": "●●●●●●●●●●○●····○○○····○·●",
    "reviews Reviewed": "●●·●●●●·●●●○··●·○○○····○·●",
    "training Trainee": "●●·●●●●·●●●○····○○○····○·●",
    "training Attendance": "●●·●●●●●○○○○····○○○····○·●",
    "honors Recommended": "●●·●●●●·●●●●●·●·○○○·●··○·●",
}
"""In the order of SAID."""


def test_the_table_has_every_roster_and_every_matter() -> None:
    assert TABLE.keys() == rosters().keys()
    assert {matter for _, matter in SAID} == {*Matter} - {Matter.REMOVED}
    assert all([one.matter for one in heard(remark)] == [matter] for remark, matter in SAID)


@pytest.mark.parametrize("name", sorted(TABLE.keys() - {"subsidies SpellRow"}))
def test_every_record_of_a_person_states_what_it_heeds(name: str) -> None:
    """Lines of 任职经历 are heard as the roster of members is."""
    assert any("heeds" in vars(base) for base in rosters()[name].__mro__ if base is not Record)


@pytest.mark.parametrize("name", TABLE)
def test_what_each_matter_comes_to_on_a_roster_is_what_the_table_says(name: str) -> None:
    kind = rosters()[name]
    assert "".join(outcome(*one, told(kind, one[0])) for one in SAID) == TABLE[name]


@pytest.mark.parametrize("name", sorted(TABLE.keys() - {"subsidies SpellRow"}))
def test_check_says_the_same_as_a_run_of_the_programme(name: str) -> None:
    """Whatever columns the policy adds, and however the programme calls those of the record."""
    kind = rosters()[name]
    mains = {main.wanted.record: main.wanted for one in PROGRAMMES for main in one.load().mains.values()}
    fields = mains[kind].fields if kind in mains else kind.declared()
    for remark, matter in SAID:
        checked = list(said_beside(Listing("名册", fields, [made(kind, remark)])))
        assert outcome(remark, matter, checked) == outcome(remark, matter, told(kind, remark)), remark
