"""A line without a whole number goes into somebody's file only where nobody else can be meant: two men of one name never share an
illness."""

from pathlib import Path
from typing import Any

import pytest

from tests.command import book
from tests.programmes.people import identity
from tests.programmes.person.test_person import asked, lines, written

OLDER, YOUNGER = identity("1960-03-05", number=11), identity("1960-03-05", number=13)
HEADS = ("乡镇", "村", "姓名", "身份证号", "困难情况")
HERE = ("青禾镇", "向阳村", "王建国")
MASKED = f"{OLDER[:6]}********{OLDER[-4:]}"
WRONG = OLDER[:-1] + next(one for one in "0123456789" if one not in (OLDER[-1], YOUNGER[-1]))


def given(folder: Path, known: list[tuple[Any, ...]], ill: tuple[Any, ...]) -> Path:
    """A roster of those who are known, and a list on which somebody of the name is ill."""
    (folder / "册").mkdir()
    book(folder / "册" / "甲.xlsx", known, HEADS)
    book(folder / "册" / "乙.xlsx", [ill], HEADS)
    return folder


def filed(folder: Path, who: str) -> tuple[int, list[str]]:
    """How many lines are the person's own, and by what the others may be; the second list is only looked for where it is."""
    ran = asked(folder, who)
    assert ran.code == 0, ran.err
    own, perhaps = written(folder), []
    if any("患癌症" in str(cell) for row in own for cell in row):
        return len(own), ["own"]
    try:
        perhaps = lines(folder, "疑似")
    except KeyError:
        return len(own), []
    return len(own), [row[-1] for row in perhaps]


BOTH = [(*HERE, OLDER, ""), (*HERE, YOUNGER, "")]
ONE = [(*HERE, YOUNGER, "")]


@pytest.mark.parametrize("who", [OLDER, YOUNGER])
def test_a_line_without_a_number_is_nobodys_where_two_of_the_name_live_there(
    who: str, tmp_path: Path
) -> None:
    folder = given(tmp_path, BOTH, (*HERE, "", "患癌症"))
    assert filed(folder, who) == (1, ["没有身份证号，同名同村（支部）的不止一个人"])


def test_a_village_of_the_same_name_in_another_township_is_another_village(tmp_path: Path) -> None:
    folder = given(tmp_path, ONE, ("望河乡", "向阳村", "王建国", "", "患癌症"))
    assert filed(folder, YOUNGER) == (1, ["没有身份证号，只有姓名相同"])


@pytest.mark.parametrize("heads", [("", "向阳村"), ("青禾镇", "向阳")])
def test_a_line_without_a_number_is_the_persons_where_nobody_else_can_be_meant(
    heads: tuple[str, str], tmp_path: Path
) -> None:
    elsewhere = ("望河乡", "三合村", "王建国", OLDER, "")
    folder = given(tmp_path, [*ONE, elsewhere], (*heads, "王建国", "", "患癌症"))
    assert filed(folder, YOUNGER) == (2, ["own"])


@pytest.mark.parametrize(
    "other",
    [("望河乡", "向阳村", "王建国", "", ""), ("望河乡", "向阳村", "王建国", OLDER, ""), ("", "", "王建国", OLDER, "")],
)  # fmt: skip
def test_a_line_without_a_township_may_be_of_whoever_of_the_name_lives_in_a_village_so_called(
    other: tuple[str, ...], tmp_path: Path
) -> None:
    folder = given(tmp_path, [*ONE, other], ("", "向阳村", "王建国", "", "患癌症"))
    assert "没有身份证号，同名同村（支部）的不止一个人" in filed(folder, YOUNGER)[1]


def test_a_branch_called_after_a_village_may_be_where_the_other_one_is(tmp_path: Path) -> None:
    (tmp_path / "册").mkdir()
    branch = ("乡镇", "支部", "姓名", "身份证号", "困难情况")
    book(tmp_path / "册" / "甲.xlsx", [(*HERE, OLDER, "")], HEADS)
    book(tmp_path / "册" / "丙.xlsx", [("青禾镇", "向阳村党支部", "王建国", YOUNGER, "")], branch)
    book(tmp_path / "册" / "乙.xlsx", [("青禾镇", "向阳村党支部", "王建国", "", "患癌症")], branch)
    assert filed(tmp_path, YOUNGER) == (1, ["没有身份证号，同名同村（支部）的不止一个人"])


@pytest.mark.parametrize("number", [MASKED, WRONG])
def test_what_is_left_of_a_number_tells_two_of_one_name_apart(number: str, tmp_path: Path) -> None:
    folder = given(tmp_path, BOTH, (*HERE, number, "患癌症"))
    assert filed(folder, YOUNGER) == (1, [])
    assert filed(folder, OLDER) == (2, ["own"])


@pytest.mark.parametrize("number", [MASKED, WRONG])
def test_a_number_that_contradicts_the_persons_own_is_never_filed_under_it(
    number: str, tmp_path: Path
) -> None:
    folder = given(tmp_path, ONE, (*HERE, number, "患癌症"))
    assert filed(folder, YOUNGER) == (1, ["号码不全或有误，不能认定是本人的，只有姓名相同"])


def test_a_number_masked_so_far_that_it_fits_anybody_says_nothing(tmp_path: Path) -> None:
    folder = given(tmp_path, BOTH, (*HERE, f"{OLDER[:6]}************", "患癌症"))
    assert filed(folder, OLDER) == (1, ["没有身份证号，同名同村（支部）的不止一个人"])


def test_somebody_is_found_by_the_number_of_fifteen_digits_too(tmp_path: Path) -> None:
    old = OLDER[:6] + OLDER[8:17]
    folder = given(tmp_path, [(*HERE, OLDER, "")], (*HERE, old, "患癌症"))
    assert filed(folder, old) == (2, ["own"])
    assert filed(folder, OLDER.lower()) == (2, ["own"])


def test_lines_without_numbers_from_two_townships_may_be_two_people_though_their_villages_are_called_alike(
    tmp_path: Path,
) -> None:
    folder = given(tmp_path, [(*HERE, "", "")], ("望河乡", "向阳村", "王建国", "", "患癌症"))
    ran = asked(folder, "王建国")
    assert ran.code == 2 and "不知是不是一个人" in ran.err
