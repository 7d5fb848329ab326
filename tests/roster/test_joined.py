"""A person whose number is merged down over several rows is one person: his spells are put together, nothing is lost."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period
from sanchuang_cli.programmes import subsidies
from sanchuang_cli.roster.checks.audit import audit
from sanchuang_cli.roster.read import ReadRosters, read
from tests import members
from tests.command import run_in
from tests.programmes.people import policies, served

SPELLS = ("1990.1—1996.12 村主任", "1997.1—2001.12 村支部书记")
JOINED = "roster.rows-joined"
DIFFER = "roster.rows-joined-differ"


def book(
    path: Path, rows: Sequence[Mapping[str, Any]], down: int = 2, apart: Sequence[str] = ("任职经历",)
) -> Path:
    """The rows as a workbook; the first `down` are one person's: all of his columns are merged but for `apart`."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(list(members.HEADINGS))
    for row in rows:
        sheet.append([row.get(heading, "") or None for heading in members.HEADINGS])
    for column, heading in enumerate(members.HEADINGS, 1):
        if heading not in apart:
            sheet.merge_cells(start_row=2, end_row=1 + down, start_column=column, end_column=column)
    workbook.save(path)
    return path


def rows(*of_the_first: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A person on as many rows, and two others."""
    first, *others = members.people()[:3]
    return [*({**first, **row_of_first} for row_of_first in of_the_first), *others]


def spells(*texts: str) -> list[dict[str, Any]]:
    return rows(*({"任职经历": text} for text in texts))


def read_one(path: Path) -> ReadRosters:
    return read([path], subsidies.PROGRAMME.reads)


def run(reading: ReadRosters) -> Outcome:
    quarter = Period.parse("2026Q3")
    return subsidies.PROGRAMME.run(reading.rosters, policies(), Occasion(quarter, quarter.last))


def test_rows_under_one_merged_number_are_one_person_with_all_their_spells(tmp_path: Path) -> None:
    reading = read_one(book(tmp_path / "a.xlsx", spells(*SPELLS)))
    first, *others = reading.rosters["members"].records
    assert len(others) == 2 and not reading.rosters["members"].set_aside
    assert first.spells == served("1990-01…1996-12 村主任; 1997-01…2001-12 村支部书记")
    (note,) = [finding for finding in reading.findings if finding.code == JOINED]
    assert note.severity is Severity.NOTE and note.place.row == 2 and "2-3" in note.message


def test_such_a_person_is_paid_as_if_his_spells_stood_in_one_cell(tmp_path: Path) -> None:
    apart = run(read_one(book(tmp_path / "a.xlsx", spells(*SPELLS))))
    together = run(read_one(book(tmp_path / "b.xlsx", spells("；".join(SPELLS)), down=1)))
    assert [table.rows for table in apart.tables[:1]] == [table.rows for table in together.tables[:1]]
    assert "duplicates" not in " ".join(finding.code for finding in apart.findings)


def test_every_row_that_was_read_is_counted(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", spells(*SPELLS, "2002.1—2003.12 村支部书记"), down=3)
    reading = read_one(path)
    tally = run(reading).tally
    assert tally.read == 5 == reading.books[0].rows == reading.rosters["members"].rows_read
    assert dict(tally.parts)["同一人的其余行"] == 2
    (file,) = audit([path], {"members": subsidies.PROGRAMME.reads["members"]}).files
    assert (file.tally.read, file.tally.used, file.tally.set_aside) == (5, 5, 0)


@pytest.mark.parametrize(
    ("heading", "first", "other"),
    [("健在情况", "健在", "去世"), ("银行账号", members.account(1), members.account(2))],
)
def test_rows_that_contradict_one_another_set_the_person_aside(
    tmp_path: Path, heading: str, first: str, other: str
) -> None:
    rows_of_person = rows({"任职经历": SPELLS[0], heading: first}, {"任职经历": SPELLS[1], heading: other})
    reading = read_one(book(tmp_path / "a.xlsx", rows_of_person, apart=("任职经历", heading)))
    (aside,) = reading.rosters["members"].set_aside
    (error,) = [finding for finding in reading.findings if finding.code == DIFFER]
    assert (aside.number, error.place.row, error.place.heading) == (2, 2, heading)
    tally = run(reading).tally
    assert (tally.read, tally.set_aside, dict(tally.parts)["同一人的其余行"]) == (4, 1, 1)


def test_a_blank_below_contradicts_nothing_and_remarks_are_all_kept(tmp_path: Path) -> None:
    rows_of_person = rows(
        {"任职经历": SPELLS[0], "健在情况": "健在", "备注": ""},
        {"任职经历": SPELLS[1], "健在情况": "", "备注": "已去世"},
    )
    reading = read_one(book(tmp_path / "a.xlsx", rows_of_person, apart=("任职经历", "健在情况", "备注")))
    first = reading.rosters["members"].records[0]
    assert (first.health, first.remarks) == ("健在", "已去世")


def test_a_spell_that_cannot_be_read_is_never_left_out(tmp_path: Path) -> None:
    reading = read_one(book(tmp_path / "a.xlsx", spells(SPELLS[0], "看不清")))
    assert reading.rosters["members"].records[0].spells == ()
    assert "spells" in reading.rosters["members"].records[0].row.unread


def test_rows_without_a_merged_number_stay_rows_of_their_own(tmp_path: Path) -> None:
    apart = ("任职经历", "身份证号")
    reading = read_one(book(tmp_path / "a.xlsx", spells(*SPELLS), apart=apart))
    assert len(reading.rosters["members"].records) == 4


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    workbook = load_workbook(path)
    change(workbook.active)
    workbook.save(path)
    return path


def test_a_spell_struck_through_among_the_rows_of_a_person_sets_him_aside(tmp_path: Path) -> None:
    def strike(sheet: Any) -> None:
        sheet.cell(3, members.HEADINGS.index("任职经历") + 1).font = Font(strike=True)

    reading = read_one(changed(book(tmp_path / "a.xlsx", spells(*SPELLS)), strike))
    assert [row.number for row in reading.rosters["members"].set_aside] == [2]
    assert [
        finding.place.row for finding in reading.findings if finding.code == "roster.rows-joined-struck"
    ] == [2]


def test_a_comment_beside_any_row_of_a_person_is_his(tmp_path: Path) -> None:
    def comment(sheet: Any) -> None:
        sheet.cell(3, members.HEADINGS.index("任职经历") + 1).comment = Comment("2026年4月去世", "民政")

    reading = read_one(changed(book(tmp_path / "a.xlsx", spells(*SPELLS)), comment))
    assert "2026年4月去世" in "".join(reading.rosters["members"].records[0].row.beside.comments.values())


def test_the_townships_parts_count_every_row_too(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", spells(*SPELLS))
    ran = run_in(tmp_path)("subsidies", "a.xlsx", "--period", "2026Q3", "--out", "{township}.xlsx")
    assert (tmp_path / "青禾镇.xlsx").exists(), ran.err


def test_every_row_of_a_spell_sheet_with_a_merged_number_is_a_spell(tmp_path: Path) -> None:
    headings = ["姓名", "身份证号", "任职起始", "任职终止", "担任职务"]
    who = members.people()[0]
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        headings,
        [who["姓名"], who["身份证号"], "1990-01", "1996-12", "村主任"],
        [None, None, "1997-01", "2001-12", "村支部书记"],
        ["李秀英", members.people()[1]["身份证号"], "1992-01", "2012-06", "村会计"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    workbook.save(tmp_path / "任职经历.xlsx")
    reading = read([members.roster(tmp_path), tmp_path / "任职经历.xlsx"], subsidies.PROGRAMME.reads)
    assert len(reading.rosters["spells"].records) == 3
