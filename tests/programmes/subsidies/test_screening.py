"""Lists to screen against: numbers that are whole, masked or damaged, with and without the name."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.domain import partial
from sanchuang_cli.domain.identity import check_digit
from sanchuang_cli.domain.people import ScreenedPerson
from sanchuang_cli.finding import Severity
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.cells.identities import identity_part
from sanchuang_cli.roster.read import read
from tests.command import Sanchuang, book
from tests.members import HEADINGS, people
from tests.programmes.people import TWENTY, Result, identity, listed, member, run

OWN = identity("1950-03-15", "男", 1)
"""The number of person 1."""
STRANGER = "410122196411237" + "81"
STRANGER += check_digit(STRANGER)
"""A number that begins and ends otherwise than anybody's on the roster."""
Draw = Any


def damaged(draw: Draw, number: str) -> object:
    """A cell that shows some of a number's characters: masked, shortened, rounded or mistyped."""
    how = draw(
        st.sampled_from(("stars", "crosses", "dots", "shown", "stored", "zeros", "fifteen", "lacks", "wrong"))
    )
    front = draw(st.integers(3, 6))
    if how in ("stars", "crosses"):
        sign = "X" if how == "crosses" else draw(st.sampled_from("*＊●#□?-_"))
        return number[:front] + sign * (14 - front) + number[14:]
    if how == "dots":
        return number[:front] + draw(st.sampled_from(("…", "...", "****", "……"))) + number[14:]
    if how == "shown":
        held = float(number[:17] + "0")
        return draw(st.sampled_from((f"{held!r}", *(f"{held:.{digits}E}" for digits in range(1, 18)))))
    if how == "stored":
        return float(number[:17] + "0")
    if how == "zeros":
        return number[:15] + "000"
    if how == "fifteen":
        return number[:15]
    at = draw(st.integers(6, 16))
    if how == "lacks":
        return number[:at] + number[at + 1 :]
    return number[:at] + str((int(number[at]) + draw(st.integers(1, 9))) % 10) + number[at + 1 :]


def line(name: str, cell: object) -> ScreenedPerson:
    """A line of a list as the reader gives it."""
    read_ = identity_part(cell)
    value = getattr(read_, "value", read_)
    assert isinstance(value, str), cell
    return listed(name, value)


def told(result: Result, code: str = "subsidies.screened") -> list[Severity]:
    return [finding.severity for finding in result.findings if finding.code == code]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_nobody_is_paid_whose_name_and_readable_digits_stand_on_a_list(data: st.DataObject) -> None:
    person = member(spells=TWENTY)
    cell = data.draw(st.one_of(st.just(OWN), st.builds(lambda: damaged(data.draw, OWN))))
    others = [line(name, STRANGER) for name in data.draw(st.lists(st.sampled_from(["村民1", "别名"])))]
    lines = data.draw(st.permutations([*others, line(person.name, cell)]))
    result = run(person, member(2, spells=TWENTY), screen=lines)
    hits = [finding for finding in result.findings if finding.message.startswith("村民1：")]
    assert [(hit.code, hit.severity) for hit in hits] == [("subsidies.screened", Severity.ERROR)], cell
    assert [decision.record.name for decision in result.paid] == ["村民2"]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_nobody_is_set_aside_for_a_number_that_is_not_theirs(data: st.DataObject) -> None:
    person = member(spells=TWENTY)
    cell = data.draw(st.one_of(st.just(STRANGER), st.builds(lambda: damaged(data.draw, STRANGER))))
    result = run(person, screen=[line(person.name, cell)])
    assert (result.set_aside, told(result)) == (0, [Severity.NOTE]), cell


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_whole_number_says_nothing_of_a_part_that_it_cannot_be(data: st.DataObject) -> None:
    cell = damaged(data.draw, OWN)
    part = line("某人", cell).identity
    assert partial.agrees(part, OWN)
    assert not partial.agrees(part, STRANGER)


@pytest.mark.parametrize(
    "cell", [f"230***********{OWN[-4:]}", f"{OWN[:14]}****", OWN[:15], OWN[:10] + OWN[11:]]
)
def test_digits_alone_are_a_warning_that_names_both_places(cell: str) -> None:
    result = run(member(spells=TWENTY), screen=[line("别名", cell)])
    assert (result.set_aside, told(result)) == (0, [Severity.WARNING])
    hit = next(finding for finding in result.findings if finding.code == "subsidies.screened")
    assert "核查名单.xlsx" in hit.message
    assert "不完整的身份证号对得上，姓名不同或没有写" in hit.message
    assert (hit.place.book, hit.place.heading) == ("名册.xlsx", "身份证号")


@pytest.mark.parametrize("at", [0, 4, 10, 17])
def test_a_number_with_one_digit_too_many_is_the_person_s_if_it_is_without_one_of_them(at: int) -> None:
    person, cell = member(spells=TWENTY), OWN[:at] + "7" + OWN[at:]
    assert run(person, screen=[line(person.name, cell)]).set_aside == 1
    assert told(run(person, screen=[line("别名", cell)])) == [Severity.WARNING]
    assert not partial.agrees(cell, STRANGER)


def test_a_number_with_two_digits_too_many_says_nothing_and_leaves_the_name() -> None:
    person, cell = member(spells=TWENTY), OWN + "77"
    assert told(run(person, screen=[line(person.name, cell)])) == [Severity.WARNING]
    assert told(run(person, screen=[line("别名", cell)])) == []


def test_the_digits_that_a_spreadsheet_keeps_may_be_rounded() -> None:
    """Excel cuts off what follows the fifteenth; LibreOffice rounds it, and writes so into the file that Excel opens."""
    for many in (14, 15):
        for add, fits in ((-1, False), (0, True), (1, True), (2, False)):
            assert partial.agrees(f"{int(OWN[:many]) + add}{partial.ROUNDED}", OWN) is fits


def test_nobody_is_paid_whose_number_on_a_list_was_rounded_by_libreoffice() -> None:
    """It writes 2.30299195112272E+017 for 230299195112271680 into the file that Excel opens."""
    people = [one for one in (member(n, spells=TWENTY) for n in range(70, 101)) if one.identity.isdecimal()]
    rounded = [f"{float(one.identity):.15G}" for one in people]
    lists = [line(one.name, float(cell)) for cell, one in zip(rounded, people, strict=True)]
    assert run(*people, screen=lists).set_aside == len(people)


@pytest.mark.parametrize("cell", ["2.30299E+17", "230299************", "23029919**********"])
def test_digits_that_a_whole_county_shares_point_at_nobody(cell: str) -> None:
    assert told(run(member(spells=TWENTY), screen=[line("别名", cell)])) == []


def test_each_line_of_a_list_is_looked_at_though_another_has_the_same_name() -> None:
    person = member(spells=TWENTY)
    for lines in (
        [listed("村民1", OWN), listed("村民1")],
        [line("村民1", OWN[:15]), listed("村民1", STRANGER)],
    ):
        for order in (lines, lines[::-1]):
            assert run(person, screen=order).set_aside == 1


def test_a_name_without_a_number_is_a_warning_though_somebody_elses_number_stands_beside_the_same_name() -> (
    None
):
    result = run(member(spells=TWENTY), screen=[listed("村民1", STRANGER), listed("村民1")])
    assert told(result) == [Severity.WARNING]


def test_how_many_numbers_of_a_list_are_not_whole_is_said_once() -> None:
    lines = [line(f"别人{i}", f"410122********{i:04d}") for i in range(3)]
    result = run(member(spells=TWENTY), screen=[*lines, listed("某某", STRANGER)])
    assert told(result, "subsidies.list-partial") == [Severity.NOTE]
    assert any("有 3 个身份证号不完整" in finding.message for finding in result.findings)


def test_names_on_a_list_are_read_as_the_roster_reads_them(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["阿依古丽 · 买买提", "230***********1234"],
        ["某某", 510123195001011230.0],
        ["张　建 国", "5.1E+17"],
    ]
    path = Path(book(tmp_path / "核查.xlsx", [*rows], ("姓名", "身份证号")))
    found = read([path], {"screen": Wanted(ScreenedPerson, "核查名单")})
    assert [(one.name, one.identity) for one in found.rosters["screen"].records] == [
        ("阿依古丽·买买提", "230***********1234"),
        ("某某", "51012319500101…"),
        ("张建国", "51≈"),
    ]
    assert [finding.code for finding in found.findings] == ["name.placeholder"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["某某", f"{OWN}、{STRANGER}", "死亡人员"], "identity.two"),
        (["", "不详", "死亡人员"], "subsidies.list-unread"),
    ],
)
def test_a_row_of_a_list_that_cannot_be_used_makes_the_exit_code_1(
    sanchuang: Sanchuang, tmp_path: Path, row: list[str], code: str
) -> None:
    headings = ("姓名", "身份证号", "名单类别")
    good = [[f"别人{sign}", "", "死亡人员"] for sign in "甲乙丙"]
    few = book(tmp_path / "名册.xlsx", [[one.get(h, "") for h in HEADINGS] for one in people()[:3]], HEADINGS)
    asked = (few, "--period", "2026Q2", "--screen")
    assert sanchuang("subsidies", *asked, book(tmp_path / "好.xlsx", good, headings)).code == 0
    ran = sanchuang(
        "subsidies", *asked, book(tmp_path / "坏.xlsx", [good[0], row, *good[1:]], headings), "--json"
    )
    assert ran.code == 1
    assert f'"{code}"' in ran.out
