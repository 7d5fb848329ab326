"""Whose the rows of a serving roster are."""

from types import SimpleNamespace
from typing import Any

import pytest

from sanchuang_cli.domain.named import another_name, by_person


def person(name: str, identity: str = "", township: str = "青禾镇", branch: str = "河西村党支部") -> Any:
    return SimpleNamespace(name=name, identity=identity, township=township, branch=branch, row=object())


def row(name: str, identity: str = "", branch: str = "", township: str = "") -> Any:
    return SimpleNamespace(name=name, identity=identity, branch=branch, township=township)


ZHANG, LI, OTHER_LI = person("张建国", "甲"), person("李秀英"), person("李秀英", branch="机关党支部")
FAR_LI = person("李秀英", township="望河乡")


@pytest.mark.parametrize(
    ("named", "whose"),
    [
        (row("张建国"), ZHANG),
        (row("写错了", "甲"), ZHANG),
        (row("张建国", "乙"), None),
        (row("李秀英"), None),
        (row("李秀英", branch="机关党支部"), OTHER_LI),
        (row("李秀英", branch="河西村党支部"), None),
        (row("李秀英", branch="河西村党支部", township="望河乡"), FAR_LI),
        (row("王无此"), None),
    ],
)
def test_a_number_says_whose_a_row_is_or_a_name_that_one_person_has_there(named: Any, whose: Any) -> None:
    found, strange = by_person([named], [ZHANG, LI, OTHER_LI, FAR_LI])
    assert (found, strange) == (({id(whose.row): [named]}, []) if whose else ({}, [named]))


def test_whoever_stands_in_the_roster_twice_has_the_row_both_times() -> None:
    again, named = person("张建国", "甲"), row("张建国")
    found, strange = by_person([named], [ZHANG, again])
    assert (found, strange) == ({id(ZHANG.row): [named], id(again.row): [named]}, [])


def test_two_people_of_one_name_without_numbers_are_two_people() -> None:
    found, strange = by_person([row("李秀英")], [LI, person("李秀英")])
    assert (dict(found), len(strange)) == ({}, 1)


def test_a_name_beside_another_persons_number_is_told_apart_where_it_is_asked_for() -> None:
    """The same rule for everybody who reads both: who of the two is meant is not known."""
    wrong, right, unnamed = row("写错了", "甲"), row("张建国", "甲"), row("", "甲")
    assert [another_name(each, ZHANG) for each in (wrong, right, unnamed)] == [True, False, False]
    found, strange = by_person([wrong, right, unnamed], [ZHANG, LI], alike=True)
    assert (found, strange) == ({id(ZHANG.row): [right, unnamed]}, [wrong])
