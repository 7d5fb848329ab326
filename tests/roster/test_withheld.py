"""A cell that is withheld, as the ballots of a group are, is quoted nowhere and cited no further than its field allows."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pytest

from sanchuang_cli.explaining import explanation
from sanchuang_cli.finding import Finding, Place
from sanchuang_cli.judging import COMMON, Reason, looked_over
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.roster.read import read
from tests.command import book


class WithheldBallots(Record, frozen=True, kw_only=True):
    """The ballots of a group, and the words on one person's paper."""

    unit: Annotated[str, Field("单位", required=True)]
    good: Annotated[int | None, Field("好票数", Kind.COUNT, withheld="row")] = None
    needed: Annotated[int, Field("有效票数", Kind.COUNT, required=True, withheld="row")]
    paper: Annotated[Any, Field("评分", Kind.SCORE, withheld="sheet")] = None


AT = Occasion(Period.year(2026), date(2026, 1, 1))
HEADS = ("单位", "好票数", "有效票数", "评分", "差")


def of(folder: Path, *cells: str) -> tuple[list[Finding], list[WithheldBallots]]:
    """What the reader and then the kernel say of one row."""
    path = book(folder / "票.xlsx", [["青禾镇", *cells]], HEADS, title="测评票")
    reading = read(
        [path],
        {"ballots": Wanted(WithheldBallots, "测评票", (Field("差", Kind.COUNT, name="差", withheld="row"),))},
    )
    records = reading.rosters["ballots"].records
    beside = [odd for record in records for odd in looked_over(record, COMMON, AT).found]
    return [*reading.findings, *beside], list(records)


@pytest.mark.parametrize(
    ("cells", "codes", "row"),
    [
        (("三张半", "4", ""), ["count.unreadable", "unread"], 3),
        (("3", "三张半", ""), ["count.unreadable"], 3),
        (("3", "4", "三张半"), ["score.unreadable", "unread"], 0),
        (("3", "4", "", "三张半"), ["count.unreadable", "unread"], 3),
    ],
)
def test_no_message_quotes_it_or_names_more_than_its_row_or_its_sheet(
    tmp_path: Path, cells: tuple[str, ...], codes: list[str], row: int
) -> None:
    found, _ = of(tmp_path, *cells)
    assert [finding.code for finding in found] == codes
    assert not [finding for finding in found if "三张半" in finding.message]
    assert {(finding.place.row, finding.place.column, finding.place.heading) for finding in found} == {
        (row, 0, "")
    }


def test_a_written_sum_of_it_is_not_set_beside_the_rows(tmp_path: Path) -> None:
    rows = [["青禾镇", 3, 4, ""], ["小计", 2, 9, ""]]
    path = book(tmp_path / "票.xlsx", rows, HEADS, title="测评票")
    assert not read([path], {"ballots": Wanted(WithheldBallots, "测评票")}).findings


def test_what_the_sender_of_a_merged_roster_is_told_names_no_more() -> None:
    field = Field("好票数", withheld="row")
    merged = Place("合并.xlsx", "票", 9, 2, "好票数", Place("青禾镇.xlsx", "票", 4, 3, "好"))
    assert field.cited(merged).origin == Place("青禾镇.xlsx", "票", 4)


def test_an_explanation_that_rests_on_it_quotes_the_other_cells(tmp_path: Path) -> None:
    _, (record,) = of(tmp_path, "3", "4", "")
    unit = Record(row=record.row)
    (line,) = explanation(unit, [Reason("测评", "合并计算", "", None, (), (record,))], "已评").rows
    assert line[3:5] == ("票.xlsx 名册 A3（单位）", "青禾镇")
