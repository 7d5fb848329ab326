"""同上, 〃 and their like are what the cell above says, or unread; they are never values."""

from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.roster.cells.ditto import is_ditto, repeated
from sanchuang_cli.roster.cells.troubles import Parsed
from sanchuang_cli.roster.read import ReadRosters, read
from tests.command import book

MARKS = ["同上", "同 上", " 〃 ", "″", '"', "”", "''", "々", "仝"]


class Person(Record, frozen=True, kw_only=True):
    """Somebody with columns of several kinds."""

    township: Annotated[str, Field("乡镇", required=True)]
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    alive: Annotated[bool | None, Field("健在", Kind.FLAG)] = None
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""
    amount: Annotated[int | None, Field("金额", Kind.MONEY)] = None


HEADINGS = ("乡镇", "姓名", "健在", "银行账号", "金额")


def reading(folder: Path, *rows: tuple[Any, ...]) -> ReadRosters:
    return read([book(folder / "名册.xlsx", rows, HEADINGS)], {"people": Wanted(Person, "名册")})


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_in_a_column_of_words_is_what_stands_above_with_a_note(tmp_path: Path, mark: str) -> None:
    result = reading(
        tmp_path, ("青禾镇", "张一", "是", "", 1), (mark, "李二", mark, "", 2), (mark, "王三", "", "", 3)
    )
    assert [(record.township, record.alive) for record in result.rosters["people"].records] == [
        ("青禾镇", True),
        ("青禾镇", True),
        ("青禾镇", None),
    ]
    assert {(record.code, record.severity.value) for record in result.findings} == {("cell.ditto", "note")}
    assert len(result.findings) == 3


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_where_no_two_people_share_a_value_is_unread(tmp_path: Path, mark: str) -> None:
    account = "6217000000000000000"
    result = reading(tmp_path, ("青禾镇", "张一", "", account, 100), ("青禾镇", "李二", "", mark, mark))
    record = result.rosters["people"].records[1]
    assert (record.account, record.amount, set(record.row.unread)) == ("", None, {"account", "amount"})
    named = reading(tmp_path, ("青禾镇", "张一", "", "", 1), ("青禾镇", mark, "", "", 2))
    assert [row.number for row in named.rosters["people"].set_aside] == [4]


def test_a_mark_with_nothing_above_it_or_below_a_total_is_unread(tmp_path: Path) -> None:
    first = reading(tmp_path, ("同上", "张一", "", "", 1), ("青禾镇", "李二", "", "", 2))
    assert [row.number for row in first.rosters["people"].set_aside] == [3]
    gap = reading(
        tmp_path, ("青禾镇", "张一", "", "", 1), ("小计", "", "", "", 1), ("同上", "李二", "", "", 2)
    )
    assert [record.township for record in gap.rosters["people"].records] == ["青禾镇"]
    assert [row.number for row in gap.rosters["people"].set_aside] == [5]


PAGE = ("", "", "第 1 页 共 2 页", "", "")


@pytest.mark.parametrize("between", [[("",) * 5], [(" ", "", " ", "", "")], [HEADINGS], [PAGE, HEADINGS]])
def test_a_blank_row_or_the_header_again_on_a_page_does_not_part_a_mark_from_what_it_repeats(
    tmp_path: Path, between: list[tuple[Any, ...]]
) -> None:
    rows = [("青禾镇", f"张{n}", "", "", n) for n in "一二三四"]
    result = reading(tmp_path, *rows, *between, ("同上", "李二", "", "", 2))
    people = result.rosters["people"]
    assert [record.township for record in people.records] == ["青禾镇"] * 5
    assert not people.set_aside


@given(st.lists(st.sampled_from(["青禾镇", "望河乡", None, *MARKS]), max_size=12))
def test_a_mark_is_never_a_value_and_never_anything_but_what_stands_above(cells: list[str | None]) -> None:
    values = [cell if not is_ditto(cell) else "MARK" for cell in cells]
    meanings = repeated(Kind.TEXT, cells, (), values)
    read = [meanings[at].value if at in meanings else value for at, value in enumerate(values)]
    assert set(meanings) == {at for at, cell in enumerate(cells) if is_ditto(cell)}
    assert "MARK" not in read
    for at in meanings:
        assert read[at] in (None, read[at - 1] if at else None)
        assert isinstance(meanings[at], Parsed)
