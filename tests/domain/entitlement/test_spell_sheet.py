"""The sheet of spells: in which order they stand, and whose cannot all be read."""

from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.entitlement.spell_sheet import SpellSheet
from sanchuang_cli.domain.people import SpellRow
from sanchuang_cli.period import Spell
from sanchuang_cli.record import Roster, Row
from tests.programmes.people import identity, member, served, spell_row

FIRST, SECOND = member(1), member(2)


def sheet(*lines: SpellRow, set_aside: tuple[Row, ...] = ()) -> SpellSheet:
    return SpellSheet.of(Roster(lines, set_aside=set_aside))


def saying(line: SpellRow, name: str, said: str, unread: bool = True) -> SpellRow:
    """The line with a cell that says something, by which nothing is known where nobody could read it."""
    row = line.row
    source = replace(row.source, columns={**row.source.columns, name: (len(row.cells) + 1, name)})
    cells = structs.replace(row, source=source, cells=(*row.cells, said), unread=(name,) if unread else ())
    return structs.replace(line, row=cells)


def told(spells: tuple[Spell, ...]) -> list[str]:
    return [f"{one.start}…{one.end or ''} {one.post}" for one in spells]


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("1990-01…1999-12 书记; 1980-01…1989-12 主任", ["1980-01…1989-12 主任", "1990-01…1999-12 书记"]),
        ("1990-01… 书记; 1990-01…1999-12 主任", ["1990-01…1999-12 主任", "1990-01… 书记"]),
        ("1990-01…1999-12 书记; 1990-01…1995-12 主任", ["1990-01…1995-12 主任", "1990-01…1999-12 书记"]),
        ("1990-01…1999-12 书记; 1990-01…1999-12 主任", ["1990-01…1999-12 主任", "1990-01…1999-12 书记"]),
        ("1990-01… 书记; 1990-01… 主任", ["1990-01… 主任", "1990-01… 书记"]),
    ],
)  # fmt: skip
def test_spells_stand_in_the_order_of_their_start_then_their_end_and_those_that_go_on_last(
    written: str, order: list[str]
) -> None:
    assert told(sheet(*spell_row(FIRST, written)).spells[FIRST.identity]) == order


def test_each_person_has_the_spells_of_the_own_lines() -> None:
    lines = [*spell_row(FIRST, "1990-01…1999-12 书记"), *spell_row(SECOND, "1980-01…1989-12 主任"), *spell_row(FIRST, "1970-01…1979-12 会计")]  # fmt: skip
    found = sheet(*lines)
    assert {who: told(spells) for who, spells in found.spells.items()} == {
        FIRST.identity: ["1970-01…1979-12 会计", "1990-01…1999-12 书记"],
        SECOND.identity: ["1980-01…1989-12 主任"],
    }
    assert found.troubles == {}
    assert SpellSheet.of(None) == ({}, {}, {})


@pytest.mark.parametrize(
    ("name", "said", "doubtful"),
    [
        ("end", "说不清", True), ("end", "健在", True), ("end", "至今", False), ("end", " 在 任", False), ("end", "无", False),
        ("end", "", False), ("post", "说不清", False),
    ],
)  # fmt: skip
def test_an_end_that_nobody_can_read_leaves_service_unknown_and_a_word_for_none_does_not(
    name: str, said: str, doubtful: bool
) -> None:
    (line,) = spell_row(FIRST, "1990-01… 书记")
    found = sheet(saying(line, name, said))
    assert [*found.troubles] == [FIRST.identity] * doubtful
    assert sheet(saying(line, "end", said, unread=False)).troubles == {}


def of(line: SpellRow) -> dict[str, Any]:
    return sheet(set_aside=(line.row,)).troubles


def test_a_line_that_was_set_aside_leaves_the_service_of_its_person_unknown() -> None:
    (line,) = spell_row(FIRST, "1990-01… 书记")
    (trouble,) = of(line).values()
    assert (trouble.code, trouble.column) == ("unread", "spells")
    assert trouble.message == (
        f"任职经历表里本人的一段（{line.row.place()}）有看不清或没有填的内容，任职时间不能认定"
    )
    assert trouble.mend == "请在任职经历表里把这一段改正、补全。"


@pytest.mark.parametrize(
    "written",
    [
        FIRST.identity, f" {FIRST.identity[:6]} {FIRST.identity[6:]} ",
        FIRST.identity[:6] + FIRST.identity[8:17],
    ],
)  # fmt: skip
def test_the_person_of_such_a_line_is_known_by_the_number_however_it_is_written(written: str) -> None:
    (line,) = spell_row(structs.replace(FIRST, identity=written), "1990-01… 书记")
    assert [*of(line)] == [FIRST.identity]


def test_a_number_that_ends_in_x_may_be_written_small() -> None:
    number = next(one for one in (identity("1950-03-15", number=n) for n in range(1, 99)) if one[-1] == "X")
    (line,) = spell_row(structs.replace(FIRST, identity=number.lower()), "1990-01… 书记")
    assert [*of(line)] == [number]


def test_a_number_that_nobody_can_read_is_kept_as_it_stands() -> None:
    (line,) = spell_row(structs.replace(FIRST, identity="不详"), "1990-01… 书记")
    assert [*of(line)] == ["不详"]


def test_of_several_doubtful_lines_of_a_person_the_first_is_told() -> None:
    first, second = spell_row(FIRST, "1980-01… 主任; 1990-01… 书记")
    lines = [saying(one, "end", "说不清") for one in (first, second)]
    assert str(first.row.place()) in sheet(*lines).troubles[FIRST.identity].message
    aside = sheet(lines[1], set_aside=(first.row,)).troubles[FIRST.identity]
    assert str(second.row.place()) in aside.message


def test_what_the_sheet_tells_is_read_as_spells() -> None:
    spells = "1980-01…1989-12 主任; 1990-01… 书记"
    assert sheet(*spell_row(FIRST, spells)).spells[FIRST.identity] == served(spells)


def test_a_line_with_somebodys_number_and_another_name_says_nothing_sure_of_either() -> None:
    (line,) = spell_row(FIRST, "1970-01…1979-12 会计")
    for name, sure in (("", True), (FIRST.name, True), (SECOND.name, False)):
        found = sheet(structs.replace(line, name=name))
        assert (found.trouble_of(FIRST) is None, found.trouble_of(SECOND)) == (sure, None)
