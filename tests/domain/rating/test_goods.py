"""The score of a good and the total of all: which column counts, which cell is named, and each bound from both sides."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.rating.doubts import DOUBTS
from sanchuang_cli.domain.rating.goods import Columns, Good, ScoreSheet, Total, differing
from sanchuang_cli.judging import Odd
from sanchuang_cli.kind import Kind
from tests.programmes.rate.test_sayable import good
from tests.programmes.ratings import organisation

COLUMNS = Columns(("评定分/甲", "自评分/甲"), 0, "各项得分/甲", "先用评定分")
OWN_FIRST = COLUMNS._replace(first=1)
BASE = {"heading": "基础", "method": "given", "points": 60}
RATIO = {"heading": "参训", "of": "应训", "method": "ratio", "points": 40, "clause": "训"}
FAULTS = [{"heading": "缺课", "per": 5, "counted": True}, {"heading": "无计划", "per": 10}]
DEDUCTED = {"heading": "制度", "method": "deduct", "points": 40, "faults": FAULTS}
FULL = {"基础": Fraction(60), "参训": 1, "应训": 1}


def a_good(**says: Any) -> Good:
    return Good.model_validate(good(**says))


def sheet(columns: Columns = COLUMNS, kind: str = "", **says: Any) -> ScoreSheet:
    return ScoreSheet(a_good(**says), kind, columns)


def scored(of: ScoreSheet, cells: dict[str, Any]) -> tuple[Any, list[tuple[str, str, str, str]]]:
    """The score, and what is told: the code, the heading, the message and the clause."""
    odd = Odd(DOUBTS, organisation(more=cells).row)
    score = of.score(cells, odd)
    return score, [(one.code, one.place.heading, one.message, one.basis) for one in odd.found]


@pytest.mark.parametrize(
    ("columns", "cells", "column", "got", "told"),
    [
        (COLUMNS, (70, 90), "评定分/甲", 70, None),
        (COLUMNS, (0, 90), "评定分/甲", 0, None),
        (COLUMNS, (70, None), "评定分/甲", 70, None),
        (COLUMNS, (None, 90), "自评分/甲", 90, "“甲”没有评定分，按自评分 90.00 计"),
        (COLUMNS, (None, 0), "自评分/甲", 0, "“甲”没有评定分，按自评分 0.00 计"),
        (OWN_FIRST, (70, 90), "自评分/甲", 90, None),
        (OWN_FIRST, (None, 90), "自评分/甲", 90, None),
        (OWN_FIRST, (70, None), "评定分/甲", 70, "“甲”没有自评分，按评定分 70.00 计"),
    ],
)
def test_the_column_that_counts_first_counts_and_the_other_one_is_told(
    columns: Columns, cells: Sequence[int | None], column: str, got: int, told: str | None
) -> None:
    values = {name: None if n is None else Fraction(n) for name, n in zip(COLUMNS.own, cells, strict=True)}
    score, found = scored(sheet(columns), values)
    (line,) = score.lines
    assert (score.score, line.what, line.column, line.clause) == (got, "甲", column, "项")
    assert (line.points.got, line.points.full, line.points.how) == (got, 100, "按所填得分")
    assert found == ([("other-score-used", columns.counting[0], told, "先用评定分")] if told else [])


def test_the_headings_are_gone_through_from_the_one_that_counts_first() -> None:
    three = Columns(("一", "二", "三"), 1, "前", "据")
    assert three.counting == ("二", "一", "三")
    assert (COLUMNS.counting, OWN_FIRST.counting) == (("评定分/甲", "自评分/甲"), ("自评分/甲", "评定分/甲"))


@pytest.mark.parametrize("columns", [COLUMNS, OWN_FIRST])
def test_a_good_without_any_score_is_an_error_at_its_first_column(columns: Columns) -> None:
    message = "“甲”没有得分：评定分、自评分和指标都是空白"
    assert scored(sheet(columns), {"评定分/甲": None}) == (None, [("no-score", "评定分/甲", message, "项")])


def test_a_bonus_without_any_score_is_none_and_one_with_a_score_is_what_it_says() -> None:
    bonus = sheet(bonus=True, passes=None, full=5)
    none, told = scored(bonus, {})
    (line,) = none.lines
    assert (none.score, line.column, line.points.full, line.points.how, told) == (
        0,
        "评定分/甲",
        5,
        "未填，不加分",
        [],
    )
    some, _ = scored(bonus, {"评定分/甲": Fraction(3)})
    assert (some.score, some.lines[0].points.how) == (3, "按所填得分")
    assert (some.passes, some.passed, some.missing) == (None, False, 0)


@pytest.mark.parametrize(
    ("kind", "score", "passed", "missing"),
    [
        ("", 80, True, 0), ("", "79.5", False, "0.5"), ("", 100, True, 0),
        ("村", 70, True, 0), ("村", 69, False, 1), ("机关", 79, False, 1),
    ],
)  # fmt: skip
def test_a_star_is_missed_by_what_is_short_of_the_pass_mark_of_the_type(
    kind: str, score: Any, passed: bool, missing: Any
) -> None:
    found, _ = scored(sheet(kind=kind, passes_for={"村": 70}), {"评定分/甲": Fraction(score)})
    assert (found.passed, found.missing) == (passed, Fraction(missing))
    assert found.passes == (70 if kind == "村" else 80)


def test_a_good_may_earn_its_star_for_some_types_alone() -> None:
    some = a_good(passes=None, passes_for={"村": 0})
    assert [some.passes_as("村"), some.passes_as("机关"), a_good(passes=0).passes_as("村")] == [0, None, 0]
    nobody, _ = scored(sheet(passes=0), {"评定分/甲": Fraction(0)})
    assert (nobody.passed, nobody.missing) == (True, 0)


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ({"参训": 1, "应训": 2}, ["基础", "参训"]),
        ({"参训": 0, "应训": 2}, ["基础", "参训"]),
    ],
)
def test_a_line_names_the_first_of_its_columns_that_is_filled_in(
    cells: dict[str, Any], columns: list[str]
) -> None:
    score, told = scored(sheet(indicators=[BASE, RATIO]), {"基础": Fraction(60), **cells})
    assert ([line.column for line in score.lines], told) == (columns, [])
    assert [line.what for line in score.lines] == ["基础", "参训"]
    assert [line.clause for line in score.lines] == ["项", "训"]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"缺课": 2, "无计划": True}, "缺课"), ({"缺课": 0, "无计划": True}, "缺课"),
        ({"无计划": True}, "无计划"), ({"无计划": False}, "无计划"), ({}, "制度"),
    ],
)  # fmt: skip
def test_a_deduction_names_the_first_fault_that_is_filled_in_and_itself_where_none_is(
    cells: dict[str, Any], column: str
) -> None:
    score, _ = scored(sheet(indicators=[BASE, DEDUCTED]), {"基础": Fraction(60), **cells})
    assert score.lines[1].column == column


@pytest.mark.parametrize(
    ("cells", "at"),
    [({"参训": 1}, "应训"), ({"应训": 2}, "参训"), ({}, "参训")],
)
def test_a_blank_indicator_is_told_at_the_first_of_its_cells_that_is_blank(
    cells: dict[str, Any], at: str
) -> None:
    blank = dict.fromkeys(("参训", "应训"))
    score, told = scored(sheet(indicators=[BASE, RATIO]), {"基础": Fraction(60), **blank, **cells})
    message = f"“甲”的指标“{at}”是空白，其他指标已填"
    assert (score, told) == (None, [("indicator-blank", at, message, "训")])


@pytest.mark.parametrize(
    ("part", "whole", "at", "message"),
    [
        (25, 20, "参训", "“甲”的指标“参训”25 多于“应训”20"),
        (0, 0, "应训", "“甲”的指标“应训”是 0，比例算不出来"),
        (1, 0, "参训", "“甲”的指标“参训”1 多于“应训”0"),
    ],
)
def test_a_ratio_of_figures_that_cannot_both_be_true_is_an_error_at_the_one_to_look_at(
    part: int, whole: int, at: str, message: str
) -> None:
    cells = {"基础": Fraction(60), "参训": part, "应训": whole}
    told = [("indicator-at-odds", at, message, "训")]
    assert scored(sheet(indicators=[BASE, RATIO]), cells) == (None, told)


@pytest.mark.parametrize(
    ("cells", "at", "code", "message"),
    [
        ({"评定分/甲": "/"}, "评定分/甲", "no-score", "“甲”没有得分：评定分写的是“/”，等于没有填"),
        ({"自评分/甲": "无"}, "自评分/甲", "no-score", "“甲”没有得分：自评分写的是“无”，等于没有填"),
        (
            {"基础": Fraction(60), "参训": 1, "应训": "/"},
            "应训",
            "indicator-blank",
            "“甲”的指标“应训”写的是“/”，等于没有填，其他指标已填",
        ),
    ],
)
def test_a_word_for_nothing_in_place_of_a_score_is_told_as_it_is_written(
    cells: dict[str, Any], at: str, code: str, message: str
) -> None:
    odd = Odd(DOUBTS, organisation(more=dict.fromkeys(COLUMNS.own) | cells).row)
    read = {name: None if isinstance(cell, str) else cell for name, cell in cells.items()}
    of = sheet(indicators=[BASE, RATIO]) if "基础" in cells else sheet()
    assert of.score(read, odd) is None
    assert [(one.code, one.place.heading, one.message) for one in odd.found] == [(code, at, message)]


def test_every_blank_indicator_is_told_by_its_own_clause_or_the_goods() -> None:
    third = {"heading": "评价", "method": "given", "points": 0}
    _, told = scored(
        sheet(indicators=[BASE, RATIO, third]), {"基础": Fraction(60)} | {"参训": None, "评价": None}
    )
    assert [(at, clause) for _, at, _, clause in told] == [("参训", "训"), ("评价", "项")]


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"评定分/甲": 100}, []),
        ({}, []),
        ({"评定分/甲": "99.999"}, [("评定分/甲", "99.99")]),
        ({"评定分/甲": 0}, [("评定分/甲", "0.00")]),
    ],
)
def test_indicators_count_and_a_score_that_is_not_their_sum_is_told(own: dict[str, Any], told: Any) -> None:
    cells = FULL | {name: Fraction(score) for name, score in own.items()}
    score, found = scored(sheet(indicators=[BASE, RATIO]), cells)
    assert score.score == 100
    differs = [(at, f"“甲”所填 {said} 分，各项指标相加是 100.00 分，按指标计") for at, said in told]
    assert found == [("good-not-sum", *one, "项") for one in differs]


def test_the_own_score_beside_indicators_is_named_where_it_stands() -> None:
    _, found = scored(sheet(indicators=[BASE, RATIO]), FULL | {"评定分/甲": None, "自评分/甲": Fraction(90)})
    assert [(code, at) for code, at, *_ in found] == [
        ("other-score-used", "评定分/甲"),
        ("good-not-sum", "自评分/甲"),
    ]


@pytest.mark.parametrize(("at_most", "got"), [(None, 100), (105, 105), (110, 110), (120, 110)])
def test_indicators_with_a_bonus_give_no_more_than_the_good_can_give(at_most: int | None, got: int) -> None:
    extra = {"heading": "表彰", "method": "given", "points": 10, "bonus": True}
    score, _ = scored(sheet(indicators=[BASE, RATIO, extra], at_most=at_most), FULL | {"表彰": Fraction(10)})
    assert score.score == got


def test_a_type_is_scored_by_the_indicators_that_are_for_it_and_by_no_others() -> None:
    town = RATIO | {"heading": "入户", "of": "户数", "types": ["社区"]}
    village = RATIO | {"types": ["村"]}
    for kind, reads in (
        ("村", ("基础", "参训", "应训")),
        ("社区", ("基础", "入户", "户数")),
        ("机关", ("基础",)),
        ("", ("基础",)),
    ):
        of = sheet(kind=kind, indicators=[BASE, village, town])
        assert of.reads == reads
        assert of.by_indicators(dict.fromkeys(reads)) is False
        assert [of.by_indicators({name: 0}) for name in reads] == [True] * len(reads)


@pytest.mark.parametrize(
    ("values", "unread", "blank"),
    [
        ({}, (), True),
        ({"评定分/甲": None, "基础": None}, ("别处",), True),
        ({"评定分/甲": 0}, (), False), ({"自评分/甲": 0}, (), False), ({"基础": 0}, (), False), ({"应训": 0}, (), False),
        ({}, ("评定分/甲",), False), ({}, ("自评分/甲",), False), ({}, ("参训",), False),
    ],
)  # fmt: skip
def test_a_sheet_is_blank_where_none_of_its_cells_says_anything_at_all(
    values: dict[str, Any], unread: tuple[str, ...], blank: bool
) -> None:
    assert sheet(indicators=[BASE, RATIO]).blank(values, unread) is blank


def test_what_a_document_of_a_good_does_not_say() -> None:
    plain = a_good(passes=None)
    assert [plain.full, plain.most, plain.weighs, plain.bonus, plain.stars] == [100, 100, 100, False, 0]
    assert (plain.passes_as(""), plain.indicators) == (None, ())
    said = a_good(full=50, at_most=60, weight="0.3")
    assert [said.most, said.weighs] == [60, Fraction(3, 10)]


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"at_most": "99.5"}, "“甲”的 at_most 不应少于满分 100"),
        ({"full": "12.5", "at_most": 12}, "“甲”的 at_most 不应少于满分 12.5"),
        ({"bonus": True}, "“甲”是加分项，得几分就加几分，不写 passes、passes_for 和 weight"),
        ({"bonus": True, "passes": 0}, "“甲”是加分项，得几分就加几分，不写 passes、passes_for 和 weight"),
        (
            {"bonus": True, "passes": None, "weight": 1},
            "“甲”是加分项，得几分就加几分，不写 passes、passes_for 和 weight",
        ),
    ],
)
def test_a_good_that_cannot_be_meant_is_refused(says: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        a_good(**says)
    assert [one["msg"] for one in refused.value.errors()] == [f"Value error, {why}"]


@pytest.mark.parametrize("says", [{"full": 0}, {"weight": 0}, {"stars": 21}, {"stars": -1}])
def test_a_good_without_any_score_or_weight_or_with_too_many_stars_is_refused(says: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_good(**says)


def test_as_much_as_its_full_score_is_as_little_as_a_good_may_give() -> None:
    assert a_good(at_most=100).most == 100
    assert a_good(stars=20, bonus=True, passes=None).bonus


def test_a_roster_has_the_columns_of_a_good_by_each_of_its_names() -> None:
    named = a_good(
        name="甲好", heading="甲", full="12.5", passes=10, indicators=[BASE | {"points": 2}, RATIO]
    )
    assessed, own, *more = named.fields(COLUMNS)
    assert (assessed.heading, assessed.name, assessed.kind, assessed.maximum) == (
        *["评定分/甲"] * 2,
        Kind.SCORE,
        Fraction("12.5"),
    )
    assert assessed.aliases == ("甲", "甲好", "甲得分", "各项得分/甲", "各项得分/甲好")
    assert (own.heading, own.name, own.kind, own.maximum) == (
        *["自评分/甲"] * 2,
        Kind.SCORE,
        Fraction("12.5"),
    )
    assert own.aliases == ("甲自评分",)
    assert [field.name for field in more] == ["基础", "参训", "应训"]
    assert [field.asked for field in (assessed, own, *more)] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("goods", "scores", "total", "how"),
    [
        ([good()], [70], 70, "各项加权平均"),
        ([good(), good("乙")], [90, 50], 70, "各项加权平均"),
        ([good(full=50), good("乙", full=150)], [50, 75], 62.5, "各项加权平均"),
        ([good(weight=3), good("乙", weight=1)], [90, 50], 80, "各项加权平均"),
        ([good(), good("乙", bonus=True, passes=None)], [90, 5], 95, "各项加权平均，另加加分"),
        ([good("乙", bonus=True, passes=None, full=7), good()], [5, 90], 95, "各项加权平均，另加加分"),
    ],
)  # fmt: skip
def test_the_total_is_the_weighted_mean_in_hundredths_and_bonuses_on_top(
    goods: list[Any], scores: list[int], total: float, how: str
) -> None:
    of = Total([Good.model_validate(one) for one in goods])
    assert of.of([Fraction(one) for one in scores]) == Fraction(total)
    assert of.how == how


@pytest.mark.parametrize(
    ("stated", "told"),
    [(None, False), ("85", False), ("85.01", False), ("84.99", False), ("85.011", True), ("84.989", True), ("0", True)],
)  # fmt: skip
def test_a_printed_total_may_differ_by_a_hundredth(stated: str | None, told: bool) -> None:
    odd = Odd(DOUBTS, organisation(stated_total=0).row)
    differing(Fraction(85), None if stated is None else Fraction(stated), odd)
    assert [(one.code, one.place.heading, one.basis) for one in odd.found] == [
        ("total-differs", "stated_total", "综合得分＝各项得分的加权平均")
    ] * told
