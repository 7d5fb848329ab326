"""Whether a number that is not known may be another one of somebody who is; and which parts of numbers fit a whole one."""

import pytest

from sanchuang_cli.domain.partial import agrees, is_whole, shapes
from sanchuang_cli.domain.same_person import Homes, another_number, born
from tests.programmes.people import identity

NUMBER = identity("1952-03-04", number=11)
KNOWN, ACCOUNTS = {("张三", "1952-03-04"): 1}, {"10203040": 1}


@pytest.mark.parametrize(
    ("name", "account", "doubt"),
    [
        ("张三", "", "known-birth"),
        ("张三", "10203040", "known-birth"),
        ("李四", "10203040", "known-account"),
        ("李四", "10203041", ""),
        ("李四", "", ""),
    ],
)
def test_name_and_birth_date_or_the_account_may_be_somebody_elses(
    name: str, account: str, doubt: str
) -> None:
    assert another_number(name, NUMBER, account, KNOWN, {**ACCOUNTS, "": 1}) == doubt


@pytest.mark.parametrize("number", ["", "12345", f"{NUMBER[:6]}19520230{NUMBER[14:]}", f"{NUMBER[:-1]}A"])
def test_a_number_without_a_birth_date_says_none(number: str) -> None:
    assert (born(number), born(NUMBER)) == ("", "1952-03-04")


@pytest.mark.parametrize(
    ("township", "village", "found"),
    [
        ("青禾镇", "河西村", ["甲", "丙", "丁"]),
        ("青禾镇", "河东村", ["乙", "丙"]),
        ("望河乡", "河西村", ["丁"]),
        ("望河乡", "河东村", []),
        ("", "河西村", ["甲", "丙", "丁"]),
        ("", "", ["甲", "乙", "丙", "丁"]),
        ("青禾 镇", "河西", ["甲", "丙", "丁"]),
        ("青禾镇", "河西村委会", ["甲", "丙", "丁"]),
    ],
)
def test_namesakes_may_live_where_one_side_does_not_say(
    township: str, village: str, found: list[str]
) -> None:
    homes: Homes[str] = Homes()
    for who, of, at in (
        ("甲", "青禾镇", "河西村"),
        ("乙", "青禾镇", "河东村"),
        ("丙", "青禾镇", ""),
        ("丁", "", "河西村"),
    ):
        homes.add("张三", of, at, who)
    assert homes.namesakes("张三", township, village) == found
    assert homes.namesakes("李四", township, village) == []


def other(place: int, by: int = 1) -> str:
    """The number with another digit at a place."""
    return f"{NUMBER[:place]}{(int(NUMBER[place]) + by) % 10}{NUMBER[place + 1 :]}"


WRONG = NUMBER[:9] + NUMBER[10] + NUMBER[9] + NUMBER[11:]
FITTING = {
    "whole": [NUMBER],
    "masked star for character": [NUMBER[:6] + "*" * 8 + NUMBER[14:], "*" * 17 + NUMBER[17]],
    "masked at any length": [NUMBER[:6] + "****" + NUMBER[14:], f"{NUMBER[:3]}…", f"…{NUMBER[-4:]}", f"{NUMBER[:10]}*…{NUMBER[-4:]}"],
    "cut short": [NUMBER[:17], NUMBER[1:], NUMBER[:8] + NUMBER[10:], NUMBER[:4], NUMBER[-4:]],
    "one too many": [NUMBER[:5] + "7" + NUMBER[5:], "9" + NUMBER, NUMBER[:17] + "5" + NUMBER[17]],
    "one wrong": [other(0), other(8), other(16)],
    "two that changed places": [WRONG],
    "rounded by a spreadsheet": [f"{NUMBER[:15]}000", f"{other(14)[:15]}000", f"{NUMBER[:5]}≈", f"{int(NUMBER[:5]) + 1}≈", f"{NUMBER[:15]}≈"],
}  # fmt: skip
STRANGE = {
    "whole": [identity("1952-03-04", number=12), identity("1961-07-08", number=11)],
    "masked star for character": [other(5)[:6] + "*" * 8 + NUMBER[14:], "*" * 17 + str((int(NUMBER[16]) + 5) % 10)],
    "masked at any length": [other(5)[:6] + "****" + NUMBER[14:], f"…{other(16)[-4:]}"],
    "cut short": [other(3)[:17], NUMBER[:7] + NUMBER[11:13] + NUMBER[9:11]],
    "one too many": [other(3) + "55", other(3)[:9] + "77" + other(3)[9:17]],
    "two wrong": [other(0)[:8] + other(8)[8:]],
    "rounded by a spreadsheet": [f"{other(14, 2)[:15]}000", f"{int(NUMBER[:5]) + 2}≈", f"{int(NUMBER[:5]) - 1}≈", f"{other(14, 9)[:15]}≈"],
    "nothing": ["", "张三", "*", "12-34", "≈", f"{NUMBER}12"],
}  # fmt: skip


@pytest.mark.parametrize("part", [part for parts in FITTING.values() for part in parts])
def test_a_part_fits_the_number_of_which_it_was_made(part: str) -> None:
    assert agrees(part, NUMBER)
    assert is_whole(part) is (part == NUMBER)


@pytest.mark.parametrize("part", [part for parts in STRANGE.values() for part in parts])
def test_a_part_that_says_something_else_or_nothing_fits_no_number(part: str) -> None:
    assert not agrees(part, NUMBER)


@pytest.mark.parametrize(
    ("part", "tells"),
    [
        (NUMBER, True),
        (f"{NUMBER[:8]}…", False),
        (f"{NUMBER[:11]}…", False),
        (f"{NUMBER[:12]}…", True),
        (f"…{NUMBER[-3:]}", False),
        (f"…{NUMBER[-4:]}", True),
        (f"{NUMBER[:9]}…{NUMBER[-2:]}", False),
        (f"{NUMBER[:9]}…{NUMBER[-3:]}", True),
    ],
)
def test_a_part_tells_of_few_people_with_four_characters_beside_those_of_the_whole_county(
    part: str, tells: bool
) -> None:
    assert any(shape.tells for shape in shapes(part)) is tells
