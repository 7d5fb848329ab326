"""Who may not help whom, for which reason, by which cell; and how villages and relatives are read."""

from typing import Any

import pytest

from sanchuang_cli.domain.pairs.barring import HOUSEHOLD, KIN, NAMED, SAME, Bar, Barring
from sanchuang_cli.domain.pairs.best import Aide
from sanchuang_cli.domain.pairs.policy import Avoidance
from sanchuang_cli.domain.pairs.records import Relatives, relatives
from sanchuang_cli.domain.words import village
from tests.programmes.pairs import helper, member, name, number

ALL, NUMBERS = Avoidance(clause="回避"), Avoidance(clause="回避", household=False, names=False)
HIM: dict[str, Any] = {"identity": number(501), "name": name(501)}


@pytest.mark.parametrize(
    ("who", "other", "bar"),
    [
        ({}, {}, None),
        (HIM | {"kin": number(501), "household": "7"}, {"household": "7"}, Bar(SAME, ("identity",))),
        ({"kin": f"子{number(501)}"}, {"kin": number(1)}, Bar(KIN, ("kin",))),
        ({"kin": name(501)}, {"kin": f"父 {number(1)}", "household": "7"}, Bar(KIN, ("identity",))),
        ({"household": " 7", "kin": name(501)}, {"household": "７"}, Bar(HOUSEHOLD, ("household",))),
        ({"household": ""}, {"household": ""}, None),
        ({"kin": f"儿子{name(501)}"}, {"kin": name(1)}, Bar(NAMED, ("kin",))),
        ({"kin": f"{name(502)}、女婿{name(501)}"}, {}, Bar(NAMED, ("kin",))),
        ({}, {"kin": f"母亲王某；{name(1)}（父）"}, Bar(NAMED, ("name",))),
        ({"kin": f"{name(501)} {number(502)}"}, {}, None),
    ],
)
def test_the_gravest_reason_is_told_with_the_cell_that_says_it(
    who: dict[str, Any], other: dict[str, Any], bar: Bar | None
) -> None:
    """A name beside a number that is somebody else's bars nobody of that name."""
    helpers = [helper(3), helper(1, **other)]
    assert Barring(ALL, helpers).of(member(1, **who)) == ({1: bar} if bar else {})


def test_a_document_may_leave_households_and_names_out_but_not_numbers() -> None:
    helpers = [helper(1, household="7"), helper(2), helper(3, kin=name(1)), helper(4)]
    who = member(1, household="7", kin=f"{name(502)}、{number(504)}")
    assert Barring(NUMBERS, helpers).of(who) == {3: Bar(KIN, ("kin",))}
    assert set(Barring(ALL, helpers).of(who)) == {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("向阳村", "向阳"),
        (" 向 阳 村 ", "向阳"),
        ("向阳村委会", "向阳"),
        ("向阳村民委员会", "向阳"),
        ("站前社区", "站前"),
        ("站前居委会", "站前"),
        ("新村", "新村"),
        ("村", "村"),
    ],
)
def test_a_village_is_one_with_and_without_the_word_for_its_kind(written: str, read: str) -> None:
    assert village(written) == read


@pytest.mark.parametrize(
    ("written", "numbers", "said", "unclear"),
    [
        (f"{number(1)}，{number(2)}", {number(1), number(2)}, (), False),
        (f"{number(1)}/{number(2)}；无", {number(1), number(2)}, (), False),
        (f"{number(1)[:-1]}x", set(), (), True),
        (number(1)[:17], set(), (number(1)[:17],), True),
        (f"{number(1)}1", set(), (f"{number(1)}1",), True),
        ("230227530815101", {"230227195308151013"}, (), False),
        ("230299●●●●●●", set(), ("230299●●●●●●",), True),
        ("12345", set(), ("12345",), False),
        ("妻王某\n子李某", set(), ("妻王某", "子李某"), False),
    ],
)
def test_a_cell_of_relatives(written: str, numbers: set[str], said: tuple[str, ...], unclear: bool) -> None:
    assert relatives(written) == Relatives(frozenset(numbers), said, unclear)


def test_a_helper_is_linked_with_a_village_by_its_name_or_by_that_of_its_township_and_its_own() -> None:
    own, far = (Aide(town, frozenset({"向阳"}), False, 1) for town in ("青禾镇", ""))
    whole = Aide("望河乡", frozenset({"青禾镇向阳"}), False, 1)
    for aide, here, there in ((own, True, False), (far, True, True), (whole, True, False)):
        assert (aide.linked("青禾镇", "向阳"), aide.linked("望河乡", "向阳")) == (here, there)
        assert not aide.linked("青禾镇", "") and not aide.linked("青禾镇", "东湾")
    assert own.within() and own.within("青禾镇") and not own.within("望河乡")
    assert own.within("青禾镇", "向阳") and not own.within("青禾镇", "东湾")
