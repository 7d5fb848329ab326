"""What stands at the edge of a rule, and which cell and words tell it."""

from typing import Any

import pytest

from sanchuang_cli.domain.rating.lint import faults
from tests.programmes.rate.test_sayable import BANDS, GRADES, STARS, edition, good, limit, run, situation
from tests.programmes.ratings import codes, grades, organisation, scores, stars


def test_a_blank_that_limits_stars_is_told_at_its_cell_with_the_situation() -> None:
    low = limit(situation(test="satisfaction-below", share="0.8")) | {"blank": "set-aside"}
    result = run(edition(limits=[low]), organisation(more=scores(90), ballots_valid=None))
    (told,) = [one for one in result.findings if one.code == "rate.limit-blank"]
    assert told.message.endswith("空着，是否“某情形”没有写，不能据以评星")
    assert told.basis == "限"


@pytest.mark.parametrize(("total", "grade"), [(0, "差"), (1, "中"), (2, "中")])
def test_whoever_has_no_point_at_all_is_below_a_grade_of_one_point(total: int, grade: str) -> None:
    bands = [*BANDS[:1], {"name": "中", "at_least": 1}, *BANDS[1:]]
    assert grades(
        run(edition(grades=GRADES | {"bands": bands}), organisation(more=scores(*[total] * 5)))
    ) == [grade]


def test_a_quota_of_nobody_leaves_nobody_the_star() -> None:
    quota = {"clause": "额", "stars": 5, "number": 0, "beyond": "cap"}
    assert stars(run(edition(quotas=[quota]), organisation(more=scores(95)))) == [4]


def test_the_lowest_level_must_be_scored_and_a_higher_one_need_not() -> None:
    levels: dict[str, Any] = {
        "stars": STARS | {"model": "levels", "unscored": "stops"},
        "goods": [good("三级", stars=3), good("四级", stars=4)],
    }
    higher = organisation(1, more={"评定分/三级": 90})
    lowest = organisation(2, more={"评定分/四级": 90})
    result = run(edition(**levels), higher, lowest)
    assert (stars(result), len(codes(result.findings))) == ([3], 1)


def test_situations_of_either_list_that_are_written_twice_are_named() -> None:
    twice = [
        situation(test="yes", column="违纪"),
        situation(test="yes", column="违纪") | {"name": "另一情形"},
    ]
    for block in (
        {"rectify": {"clause": "整", "criteria": twice}},
        {"secretaries": {"clause": "调", "triggers": twice}},
    ):
        assert "情形“另一情形”（条）与“某情形”一样，从来决定不了什么" in [*faults(edition(**block), ())]
