"""The later models as they are shipped: what their documents say comes out, on paper and read back."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.outcome import Outcome
from tests.oracle.rate_settings import HENAN, LEVELS, NINE, NONE_OF_FOUR, TEN
from tests.programmes.ratings import codes, column, grades, last_year, organisation, outcome, stars, table

HENAN_PACK, NINE_PACK, TEN_PACK = "henan-five-star-2022", "nine-star-qingshan", "ten-star-2016"
LEVELS_PACK, SECRETARIES_PACK = "three-levels", "secretaries-honghu"
CLEAR: dict[str, Any] = dict.fromkeys(NONE_OF_FOUR, False)


def scored(goods: Sequence[str], *points: Any) -> dict[str, Any]:
    """A score for each good; None is a blank cell."""
    return {
        f"评定分/{good}": None if each is None else Fraction(each)
        for good, each in zip(goods, points, strict=True)
    }


def with_stars(goods: Sequence[str], many: int, number: int = 1, **fields: Any) -> Organisation:
    """An organisation that passes just so many of the goods."""
    points = [80] * many + [Fraction("79.9")] * (len(goods) - many)
    return organisation(number, more=scored(goods, *points), **fields)


@pytest.mark.parametrize(
    ("points", "earned"),
    [
        ((80, 80, 80, 80, 80), 5),
        ((80, 80, 80, 80, 79), 4),
        ((79, 90, 90, 90, 90), 3),
        ((79, 90, 90, 90, 70), 3),
        ((79, 90, 90, 70, 70), 2),
    ],
)
def test_in_henan_nobody_has_more_than_three_stars_without_a_sound_branch(
    points: tuple[int, ...], earned: int
) -> None:
    result = outcome(organisation(more=scored(HENAN, *points)), pack=HENAN_PACK)
    assert stars(result) == [earned]
    assert not codes(result.findings)
    if points[0] < 80 and sum(each >= 80 for each in points) > 3:
        assert column(result, "晋位升级对照表", "why") == ["未得支部过硬星（本年 79.00 分），最高三星"]


@pytest.mark.parametrize(
    ("many", "grade"),
    [(9, "上浮"), (8, "上浮"), (7, "全额"), (6, "全额"), (5, "减半"), (4, "减半"), (3, "取消"), (0, "取消")],
)
def test_nine_stars_say_how_the_pay_by_results_is_given(many: int, grade: str) -> None:
    result = outcome(with_stars(NINE, many), pack=NINE_PACK)
    assert (stars(result), grades(result)) == ([many], [grade])


@pytest.mark.parametrize(("pack", "goods"), [(NINE_PACK, NINE), (TEN_PACK, TEN)])
def test_every_number_of_stars_is_counted_wherever_stars_are_counted(pack: str, goods: Sequence[str]) -> None:
    most = len(goods)
    before = [last_year(n, stars=n - 1) for n in range(1, most + 2)]
    result = outcome(
        *(with_stars(goods, n, n + 1) for n in range(most + 1)), pack=pack, previous=tuple(before)
    )
    assert stars(result) == list(range(most + 1))
    names = [f"stars{n}" for n in range(most, -1, -1)]
    for page in (table(result, "星级分布"), _distribution(result)):
        assert [column.name for column in page.columns if column.name.startswith("stars")] == names
        assert [page.rows[0][page.index(name)] for name in names] == [1] * (most + 1)
    assert [row[1:3] for row in table(result, "两年星级对比").rows] == [(1, 1)] * (most + 1)
    assert column(result, "晋位升级对照表", "movement") == ["持平"] * (most + 1)
    (bars,) = [page for page in result.on_terminal if page.name == "星级"]
    assert [row[1] for row in bars.rows] == [1] * (most + 1)
    (notice,) = result.notices()
    assert {"九星", "无星"} <= {row[-1] for row in notice.table.rows}


def _distribution(result: Outcome) -> Any:
    return next(page for page in result.tables if page.name in ("等次分布统计表", "星级分布统计表"))


@pytest.mark.parametrize(
    ("points", "level"),
    [
        ((80, 80, 80), 5),
        ((80, 80, 79), 4),
        ((80, 79, 100), 3),
        ((79, 100, 100), 0),
        ((85, None, None), 3),
        ((79, None, None), 0),
    ],
)
def test_levels_are_passed_one_after_the_other_and_a_failed_one_stops(
    points: tuple[Any, ...], level: int
) -> None:
    result = outcome(organisation(more=scored(tuple(LEVELS), *points) | CLEAR), pack=LEVELS_PACK)
    assert stars(result) == [level]
    assert column(result, "分类定级汇总表", "total") == [None]


def test_a_blank_level_below_one_that_is_scored_is_not_taken_for_not_applied_for() -> None:
    result = outcome(organisation(more=scored(tuple(LEVELS), 85, None, 90) | CLEAR), pack=LEVELS_PACK)
    assert (stars(result), codes(result.findings)) == ([], ["rate.no-score"])


def test_a_level_above_a_failed_one_may_be_unreadable_and_one_that_is_looked_at_may_not() -> None:
    levels = tuple(LEVELS)
    above = {"评定分/五星级标准": "优"}
    failed = organisation(more=scored(levels, 80, 79, None) | CLEAR, unread=above)
    reached = organisation(more=scored(levels, 80, 80, None) | CLEAR, unread=above)
    assert stars(outcome(failed, pack=LEVELS_PACK)) == [3]
    result = outcome(reached, pack=LEVELS_PACK)
    assert (stars(result), codes(result.findings)) == ([], ["rate.unread"])


@pytest.mark.parametrize("situation", NONE_OF_FOUR)
def test_each_of_the_four_voids_all_stars_and_a_blank_one_is_not_taken_for_none(situation: str) -> None:
    passed = scored(tuple(LEVELS), 90, 90, 90)
    happened = organisation(more=passed | CLEAR | {situation: True})
    assert stars(outcome(happened, pack=LEVELS_PACK)) == [0]
    for cell in (
        organisation(more=passed | CLEAR | {situation: None}),
        organisation(more=passed | CLEAR, unread={situation: "详见附件"}),
    ):
        result = outcome(cell, pack=LEVELS_PACK)
        assert (stars(result), result.tally.set_aside) == ([], 1)


@pytest.mark.parametrize(
    ("points", "more", "grade"),
    [
        ("95", "5", "特优"),
        ("100", None, "特优"),
        ("95", "4.9", "优秀"),
        ("90", None, "优秀"),
        ("89.5", None, "良好"),
        ("70", "9.9", "称职"),
        ("60", None, "基本称职"),
        ("59", "0.5", "不称职"),
        ("59", None, "不称职"),
    ],
)
def test_secretaries_are_graded_from_a_hundred_up_by_their_bonus(
    points: str, more: str | None, grade: str
) -> None:
    cells = scored(("星级化考核", "加分"), points, more)
    result = outcome(organisation(more=cells, secretary="张建国"), pack=SECRETARIES_PACK)
    assert grades(result) == [grade]
    assert column(result, "分类定级汇总表", "total") == [Fraction(points) + Fraction(more or 0)]
    assert not codes(result.findings)


def test_secretaries_are_named_and_one_that_is_not_named_is_set_aside() -> None:
    cells = scored(("星级化考核", "加分"), 88, None)
    named, vacant = (organisation(n, more=cells, secretary=who) for n, who in ((1, "张建国"), (2, None)))
    result = outcome(named, vacant, pack=SECRETARIES_PACK)
    assert codes(result.findings) == ["rate.no-secretary"]
    assert table(result, "分类定级汇总表").title.endswith("党组织书记分类定级汇总表")
    (notice,) = result.notices()
    heads = ["序号", "乡镇", "党组织名称", "类型", "书记", "等次"]
    assert [column.title for column in notice.table.columns] == heads
    assert notice.table.rows[0][3:] == ("村", "张建国", "良好")


def test_a_new_secretary_does_not_inherit_the_last_ones_result() -> None:
    cells = scored(("星级化考核", "加分"), 88, None)
    now = organisation(more=cells, secretary="张建国")
    of_another, own = (last_year(secretary=who, grade="特优") for who in ("李建军", "张建国"))
    for before, known in ((of_another, None), (own, "特优")):
        result = outcome(now, pack=SECRETARIES_PACK, previous=(before,))
        assert column(result, "分类定级汇总表", "last_grade") == [known]


@pytest.mark.parametrize("pack", [HENAN_PACK, NINE_PACK, TEN_PACK])
def test_a_document_without_a_poll_types_or_lists_asks_for_none_and_warns_of_none(pack: str) -> None:
    goods = {HENAN_PACK: HENAN, NINE_PACK: NINE, TEN_PACK: TEN}[pack]
    bare = with_stars(goods, 3, type=None, ballots_valid=None, ballots_satisfied=41, founded=None)
    result = outcome(bare, pack=pack)
    assert not codes(result.findings)
    assert not {"后进整顿台账", "书记调整建议"} & {page.name for page in result.tables}
