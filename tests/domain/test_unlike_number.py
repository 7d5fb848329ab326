"""Sex and birth are taken from the identity number. Where a roster of people says otherwise beside it, that is told, in every programme."""

import pytest

from sanchuang_cli.domain.dues.payer import Payer
from sanchuang_cli.domain.people import Person
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.programmes import PROGRAMMES
from tests.programmes.candidates import candidate, of_rows, outcome


def beside(**cells: str) -> list[Finding]:
    found = outcome(candidate(1, born="19900115", sex="男", 申请="2026-11-01", **cells))
    assert found.tally.set_aside == 0
    return [one for one in of_rows(found) if one.code == "remarks.unlike-number"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"性别": "女"}, "性别写的是“女”，身份证号是男性的"),
        ({"出生日期": "1991-01-15"}, "出生日期写的是 1991-01-15，身份证号里是 1990-01-15"),
        ({"出生日期": "1990-02"}, "出生日期写的是 1990-02，身份证号里是 1990-01-15"),
    ],
)
def test_what_the_number_says_otherwise_is_told_at_its_cell(cells: dict[str, str], said: str) -> None:
    (one,) = beside(**cells)
    assert one.severity is Severity.WARNING and said in one.message and one.place.heading in cells


@pytest.mark.parametrize("cells", [{"性别": "男"}, {"出生日期": "1990-01-15"}, {"出生日期": "1990-01"}, {"性别": "男", "出生日期": "1990"}])  # fmt: skip
def test_what_the_number_says_too_is_not(cells: dict[str, str]) -> None:
    assert beside(**cells) == []


def test_a_row_without_a_number_says_nothing_against_it() -> None:
    known = candidate(1, 性别="女")
    assert type(known)(**{name: getattr(known, name) for name in known.__struct_fields__} | {"identity": ""}).said_beside() == []  # fmt: skip


def test_every_roster_of_people_has_both_columns() -> None:
    mains = [main.wanted.record for entry in PROGRAMMES for main in entry.load().mains.values()]
    rosters = [record for record in mains if issubclass(record, Person | Payer)]
    assert len(rosters) > 8
    for record in rosters:
        headings = {field.heading for field in record.declared()}
        assert {"性别", "出生日期"} <= headings, record
