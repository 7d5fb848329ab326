"""What limits stars: which situation, down to how many, and when it cannot be told so that nothing is starred."""

from fractions import Fraction
from typing import Any

import pytest
from msgspec import structs
from pydantic import ValidationError

from sanchuang_cli.domain.rating.limits import StarLimit, limited
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Row, Source
from tests.domain.rating.rated import odd, rated, scored
from tests.programmes.rate.test_sayable import FLAGGED, VACANT, limit, situation
from tests.programmes.ratings import ON

OTHER = situation(test="yes", column="上访") | {"name": "又一情形"}
LOW = situation(test="satisfaction-below", share="0.8")
VAGUE = {"书记空缺起始日期": VagueDate.within(2026, 3)}
LONG = {"书记空缺起始日期": VagueDate.within(2026, 1)}


def block(*when: dict[str, Any], at_most: int = 2, **says: Any) -> StarLimit:
    return StarLimit.model_validate(limit(*when, at_most=at_most) | says)


def steps(earned: int, rating: Any, *limits: StarLimit) -> tuple[list[tuple[str, str, str]], list[Any]]:
    """The steps that take stars away, and what is told."""
    noted = odd(rating)
    taken = limited(earned, limits, rating, ON, noted)
    return [(step.result, step.why, step.clause) for step in taken], [
        (one.code, one.place, one.message, one.basis) for one in noted.found
    ]


@pytest.mark.parametrize(
    ("earned", "at_most", "taken"),
    [
        (5, 2, [("2", "某情形（表上填“是”），最高二星", "限")]),
        (3, 2, [("2", "某情形（表上填“是”），最高二星", "限")]),
        (2, 2, []),
        (1, 2, []),
        (1, 0, [("0", "某情形（表上填“是”），不得评星", "限")]),
        (0, 0, []),
    ],
)
def test_a_limit_takes_only_stars_beyond_it(earned: int, at_most: int, taken: list[Any]) -> None:
    rating = rated(more={"违纪": True})
    assert steps(earned, rating, block(FLAGGED, at_most=at_most)) == (taken, [])
    assert steps(earned, rated(more={"违纪": False}), block(FLAGGED, at_most=at_most)) == ([], [])


def test_of_several_limits_each_takes_from_what_the_one_before_left() -> None:
    rating = rated(more={"违纪": True, "上访": True})
    three, two = block(FLAGGED, at_most=3), block(OTHER, at_most=2)
    first, second = (
        ("3", "某情形（表上填“是”），最高三星", "限"),
        ("2", "又一情形（表上填“是”），最高二星", "限"),
    )
    assert steps(5, rating, three, two) == ([first, second], [])
    assert steps(5, rating, two, three) == ([second], [])


def test_one_situation_that_is_met_is_enough_and_the_first_one_is_told() -> None:
    both = block(FLAGGED, OTHER)
    for cells, name in (((True, True), "某情形"), ((False, True), "又一情形"), ((True, False), "某情形")):
        rating = rated(more=dict(zip(("违纪", "上访"), cells, strict=True)))
        assert steps(5, rating, both) == ([("2", f"{name}（表上填“是”），最高二星", "限")], [])


def test_a_situation_of_other_types_limits_nobody_and_its_cells_are_not_asked_about() -> None:
    villages = block(FLAGGED | {"types": ["村"]}, VACANT | {"types": ["村"]}, blank="set-aside")
    rating = rated(more={"违纪": True, **LONG}, type="机关")
    assert steps(5, rating, villages) == ([], [])
    for cells in (VAGUE | {"违纪": None}, {}):
        assert steps(5, rated(more=cells, type="机关"), villages) == ([], [])


def unclear(rating: Any) -> tuple[Any, ...]:
    said = "“书记空缺起始日期”写得太略，是否“某情形”说不准，不能据以评星"
    return "limit-unclear", rating.record.row.place("书记空缺起始日期"), said, "限"


def test_a_day_too_vague_to_tell_is_an_error_only_where_no_situation_is_met() -> None:
    rating = rated(more=VAGUE | {"违纪": False})
    for blank in ("none", "set-aside"):
        assert steps(5, rating, block(VACANT, FLAGGED, blank=blank)) == ([], [unclear(rating)])
        assert steps(5, rating, block(FLAGGED, VACANT, blank=blank)) == ([], [unclear(rating)])
    met = rated(more=VAGUE | {"违纪": True})
    assert steps(5, met, block(VACANT, FLAGGED))[1] == []
    assert steps(2, rating, block(VACANT))[1] == []


def blank_told(rating: Any, column: str, heading: str, name: str = "某情形") -> tuple[Any, ...]:
    said = f"“{heading}”空着，是否“{name}”没有写，不能据以评星"
    return "limit-blank", rating.record.row.place(column), said, "限"


def test_a_blank_is_taken_for_none_unless_the_document_says_that_it_is_not() -> None:
    rating = rated(more={"违纪": None, "上访": False})
    assert steps(5, rating, block(FLAGGED, OTHER)) == ([], [])
    assert steps(5, rating, block(FLAGGED, OTHER, blank="none")) == ([], [])
    assert steps(5, rating, block(FLAGGED, OTHER, blank="set-aside")) == (
        [],
        [blank_told(rating, "违纪", "违纪")],
    )


def test_a_column_that_a_roster_has_not_is_as_blank_as_an_empty_cell() -> None:
    rating = rated(more={"违纪": False})
    aside = block(FLAGGED, OTHER, blank="set-aside")
    assert steps(5, rating, aside)[1] == [blank_told(rating, "上访", "上访", "又一情形")]


def test_of_several_columns_of_a_situation_each_blank_one_is_told() -> None:
    halves = situation(test="all-yes", all_of=["上半年", "下半年"])
    rating = rated(more={"上半年": None, "下半年": None})
    assert steps(5, rating, block(halves, blank="set-aside"))[1] == [
        blank_told(rating, column, column) for column in ("上半年", "下半年")
    ]


@pytest.mark.parametrize(
    ("satisfaction", "taken", "blank"),
    [
        (Fraction("0.79"), [("2", "某情形（满意率 79.00%），最高二星", "限")], False),
        (Fraction("0.8"), [], False),
        (None, [], True),
    ],
)
def test_a_poll_that_was_not_held_is_a_blank_at_the_cell_of_the_valid_votes(
    satisfaction: Fraction | None, taken: list[Any], blank: bool
) -> None:
    rating = rated(satisfaction=satisfaction)
    told = [blank_told(rating, "ballots_valid", "ballots_valid")] if blank else []
    assert steps(5, rating, block(LOW, blank="set-aside")) == (taken, told)
    assert steps(5, rating, block(LOW)) == (taken, [])


def test_a_poll_of_which_only_the_printed_rate_is_known_was_held() -> None:
    rating = rated(satisfaction=Fraction("0.85"))
    assert rating.record.more == {}
    assert steps(5, rating, block(LOW, blank="set-aside")) == ([], [])


@pytest.mark.parametrize(
    ("score", "taken"), [(80, []), (79, [("2", "某情形（本年 79.00 分），最高二星", "限")])]
)
def test_a_good_that_is_missed_has_no_cell_that_may_be_blank(score: int, taken: list[Any]) -> None:
    missed = block(situation(test="good-missed", good="甲", years=1), blank="set-aside")
    assert steps(5, rated(goods=(scored("甲", score),)), missed) == (taken, [])


@pytest.mark.parametrize("says", [{"when": []}, {"at_most": 21}, {"at_most": -1}])
def test_a_limit_has_a_situation_and_a_number_of_stars_that_there_may_be(says: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        block(FLAGGED, **says)


def test_a_poll_of_which_a_roster_has_no_column_is_named_as_a_clerk_calls_it() -> None:
    rating = rated()
    bare = structs.replace(rating.record, row=Row(Source("名册.xlsx", "Sheet1", {}), 4, ()))
    (told,) = steps(5, structs.replace(rating, record=bare), block(LOW, blank="set-aside"))[1]
    assert told[2] == "“有效票”空着，是否“某情形”没有写，不能据以评星"
