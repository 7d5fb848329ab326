"""Places, shares of a list and what an honour asks, at their edges."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.awards.judging import Honor, ListShares
from sanchuang_cli.domain.awards.places import digits
from sanchuang_cli.domain.awards.policy import Award, Candidates, GradeNeeded, ListStructure, StarsNeeded
from sanchuang_cli.domain.ballots.bars import Cap
from tests.programmes.nominees import BRANCH, base, branch, judged, numbered, person


@pytest.mark.parametrize(
    ("exact", "printed"),
    [
        (Fraction(3), "3"),
        (Fraction(1, 2), "0.5"),
        (Fraction(1, 64), "0.015625"),
        (Fraction(1, 128), "0.007812…"),
        (Fraction(1, 3), "0.333333…"),
        (Fraction(20, 3), "6.666666…"),
    ],
)
def test_a_quotient_is_printed_whole_or_cut_with_a_sign_that_more_follows(
    exact: Fraction, printed: str
) -> None:
    assert digits(exact) == printed


@pytest.mark.parametrize(
    ("many", "front", "leaders"), [(0, 0, 0), (1, 1, 0), (4, 2, 0), (5, 3, 1), (9, 5, 1), (10, 5, 2)]
)
def test_of_a_list_half_rounded_up_are_of_the_front_line_and_a_fifth_rounded_down_may_lead(
    many: int, front: int, leaders: int
) -> None:
    rule = ListStructure(clause="结构", front=Fraction(1, 2), leaders=Fraction(1, 5))
    assert (rule.least(many), rule.most(many), rule.asks) == (front, leaders, ("front", "leader"))


def test_a_share_that_is_not_asked_for_asks_for_no_column() -> None:
    front, leaders = (ListStructure(clause="结构", **{name: Fraction(1, 2)}) for name in ("front", "leaders"))
    assert (front.asks, front.least(3), front.most(3)) == (("front",), 2, 3)
    assert (leaders.asks, leaders.least(3), leaders.most(3)) == (("leader",), 0, 1)


def shares(*people: tuple[bool, bool]) -> ListShares | None:
    """Of a list of these: of the front line, leading."""
    structure = ListStructure(clause="结构", front=Fraction(1, 2), leaders=Fraction(1, 5))
    award = Award(name="党务工作者", clause="表彰", number=9, structure=structure)
    listed = [
        Honor(record=person(front=front, leader=leads), part="拟表彰", rank=0) for front, leads in people
    ]
    return ListShares.of(award, listed)


@pytest.mark.parametrize(
    ("people", "lacking"),
    [
        ([(True, False), (False, False)], ""),
        ([(False, False), (False, False)], "一线 0，应不少于 1"),
        ([(True, True)] * 2, "领导 2，应不超过 0"),
        ([(False, True)], "一线 0，应不少于 1；领导 1，应不超过 0"),
        ([(True, True), *[(True, False)] * 4], ""),
    ],
)
def test_what_a_list_lacks(people: Sequence[tuple[bool, bool]], lacking: str) -> None:
    found = shares(*people)
    assert found is not None and (found.lacking, found.clause) == (lacking, "结构")


def test_an_honour_asks_only_what_its_document_says() -> None:
    plain = Award(name="先进组织", clause="表彰", number=2)
    assert (ListShares.of(plain, []), plain.joined, plain.places(999)) == (None, {}, 2)
    grade = GradeNeeded(clause="等次", grades=("优秀", "合格"))
    stars = StarsNeeded(clause="星级", least=4)
    both = Award(name="优秀党员", clause="表彰", reviewed=grade, starred=stars)
    assert (both.joined, both.places(999)) == ({"grade": grade, "stars": stars}, None)
    assert (grade.wanted, grade.met("合格"), grade.met("基本合格")) == ("优秀或合格", True, False)
    assert (stars.wanted, stars.met(4), stars.met(3)) == ("不低于 4 星", True, False)


@pytest.mark.parametrize(("members", "places"), [(0, 0), (99, 0), (100, 1), (199, 1), (200, 2)])
def test_places_by_a_share_of_the_members_have_no_fractions(members: int, places: int) -> None:
    share = Cap(clause="1%", share=Fraction(1, 100), round="down")
    assert Award(name="优秀党员", clause="表彰", share=share).places(members) == places


@pytest.mark.parametrize(("places", "names"), [(0, 0), (1, 2), (5, 6), (6, 8)])
def test_a_township_puts_forward_a_fifth_more_names_than_it_has_places(places: int, names: int) -> None:
    assert Candidates(clause="人选", share=Fraction(6, 5), round="up").of(places) == names


TIED: dict[str, Any] = {"sharing": {"clause": "分", "method": "largest_remainder", "tie": "ask"}}


def test_a_place_for_which_townships_are_tied_is_told_on_each_line_and_given_to_none() -> None:
    two = [base(1, "青禾镇", 1, 50), base(2, "望河乡", 1, 50)]
    whole = judged([branch(1), branch(2, township="望河乡")], two, by=numbered({BRANCH: 1}, **TIED))
    places = whole.at.ready.places
    assert [(place.part.number, place.most, place.candidates) for place in places.values() if place.category.name == BRANCH] == [(0, 1, 2)] * 2  # fmt: skip
    said = str(places[BRANCH, "青禾镇"])
    assert said.startswith("青禾镇：⌊1 × 50 ÷ 100⌋ = 0 个") and said.endswith(
        "，另有 1 个与别的乡镇相持不下，没有定"
    )
