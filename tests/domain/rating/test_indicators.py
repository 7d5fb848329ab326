"""Each method of scoring: the points, their bounds, and the words by which a secretary can check them."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sanchuang_cli.domain.rating.indicators import Indicator, Points
from sanchuang_cli.kind import Kind

_INDICATOR: TypeAdapter[Any] = TypeAdapter(Indicator)


def scored(values: dict[str, Any], points: int = 20, **block: Any) -> Points | None:
    found: Points | None = indicator(points, **block).score(values)
    return found


def indicator(points: int = 20, **block: Any) -> Any:
    return _INDICATOR.validate_python({"heading": "项目", "points": points, **block})


BANDS = [{"at_least": 3, "points": 5}, {"at_least": 5, "points": 12}, {"at_least": 10, "points": 20}]
FAULTS = [{"heading": "缺课", "per": 2, "counted": True}, {"heading": "无计划", "per": "1/2"}]


@pytest.mark.parametrize(
    ("block", "value", "got", "how"),
    [
        ({"method": "given"}, Fraction(35, 2), Fraction(35, 2), "按所填得分"),
        ({"method": "given"}, Fraction(21), 20, "按所填得分"),
        ({"method": "given"}, Fraction(-1), 0, "按所填得分"),
        ({"method": "bands", "bands": BANDS}, Fraction(29, 10), 0, "低于最低一档 3"),
        ({"method": "bands", "bands": BANDS}, Fraction(3), 5, "达到 3 一档"),
        ({"method": "bands", "bands": BANDS}, Fraction(99, 10), 12, "达到 5 一档"),
        ({"method": "bands", "bands": BANDS}, Fraction(10), 20, "达到 10 一档"),
        ({"method": "each", "per": "5/2"}, 3, Fraction(15, 2), "3 × 2.5，至多 20"),
        ({"method": "each", "per": "5/2"}, 9, 20, "9 × 2.5，至多 20"),
        ({"method": "yes-no"}, True, 20, "是"),
        ({"method": "yes-no"}, False, 0, "否"),
    ],
)
def test_points_and_the_reason_for_them(block: dict[str, Any], value: Any, got: Any, how: str) -> None:
    assert scored({"项目": value}, **block) == Points(got, Fraction(20), how)


@pytest.mark.parametrize(
    "block",
    [
        {"method": "given"},
        {"method": "bands", "bands": BANDS},
        {"method": "each", "per": 1},
        {"method": "yes-no"},
    ],
)
def test_a_blank_cell_gives_no_points_and_not_zero(block: dict[str, Any]) -> None:
    assert scored({}, **block) is None


def test_a_blank_bonus_is_no_bonus() -> None:
    assert scored({}, method="each", per=1, bonus=True) == Points(Fraction(0), Fraction(20), "未填，不加分")


@pytest.mark.parametrize(
    ("part", "whole", "full_at", "got"),
    [(10, 40, 1, 5), (40, 40, 1, 20), (20, 40, "1/2", 20), (40, 40, "1/2", 20), (10, 40, "1/2", 10)],
)
def test_a_ratio_earns_full_points_from_its_mark_on(part: int, whole: int, full_at: Any, got: int) -> None:
    mark = "1" if full_at == 1 else "0.5"
    expected = Points(Fraction(got), Fraction(20), f"{part} ÷ {whole}，达到 {mark} 得满分")
    assert scored({"项目": part, "总数": whole}, method="ratio", of="总数", full_at=full_at) == expected


def test_a_part_that_is_more_than_its_whole_gives_nothing_unless_the_document_means_more_than_was_asked() -> (
    None
):
    more = {"项目": 41, "总数": 40}
    assert scored(more, method="ratio", of="总数") is None
    full = scored(more, method="ratio", of="总数", beyond="full")
    assert full is not None and full.got == 20


@pytest.mark.parametrize("values", [{"项目": 1}, {"总数": 3}, {"项目": 0, "总数": 0}, {}])
def test_a_ratio_without_both_its_numbers_is_none(values: dict[str, Any]) -> None:
    assert scored(values, method="ratio", of="总数") is None


@pytest.mark.parametrize(
    ("values", "got", "how"),
    [
        ({}, 20, "无扣分情形"),
        ({"缺课": 0, "无计划": False}, 20, "无扣分情形"),
        ({"缺课": 3}, 14, "满分 20 扣 6（缺课 3 × 2）"),
        ({"缺课": 3, "无计划": True}, Fraction(27, 2), "满分 20 扣 6.5（缺课 3 × 2、无计划 1 × 0.5）"),
        ({"缺课": 10}, 0, "满分 20 扣 20（缺课 10 × 2）"),
        ({"缺课": 11}, 0, "满分 20 扣 22（缺课 11 × 2），扣完为止"),
    ],
)
def test_faults_are_taken_off_until_nothing_is_left(values: dict[str, Any], got: Any, how: str) -> None:
    assert scored(values, method="deduct", faults=FAULTS) == Points(Fraction(got), Fraction(20), how)


def test_each_method_reads_the_columns_it_names_in_their_kinds() -> None:
    def read(**block: Any) -> list[tuple[str, str, Kind, int | Fraction | None]]:
        return [(c.name, c.heading, c.kind, c.maximum) for c in indicator(**block).columns()]

    assert read(method="given") == [("项目", "项目", Kind.SCORE, 20)]
    assert read(method="bands", bands=BANDS) == [("项目", "项目", Kind.SCORE, None)]
    assert read(method="each", per=1) == [("项目", "项目", Kind.COUNT, None)]
    assert read(method="yes-no") == [("项目", "项目", Kind.FLAG, None)]
    assert read(method="ratio", of="总数") == [
        ("项目", "项目", Kind.COUNT, None),
        ("总数", "总数", Kind.COUNT, None),
    ]
    assert read(method="deduct", faults=FAULTS) == [
        ("缺课", "缺课", Kind.COUNT, None),
        ("无计划", "无计划", Kind.FLAG, None),
    ]
    half = _INDICATOR.validate_python({"heading": "项目", "points": "5/2", "method": "given"})
    assert half.columns()[0].maximum == half.points, (
        "a full score that is not whole is a limit like any other"
    )


@pytest.mark.parametrize(
    ("bands", "says"),
    [
        ([{"at_least": 3, "points": 5}, {"at_least": 3, "points": 6}], "从小到大"),
        ([{"at_least": 5, "points": 5}, {"at_least": 3, "points": 6}], "从小到大"),
        ([{"at_least": 3, "points": 21}], "超过满分"),
    ],
)
def test_bands_that_make_no_sense_are_refused(bands: list[dict[str, int]], says: str) -> None:
    with pytest.raises(ValidationError, match=f"项目.*{says}"):
        indicator(method="bands", bands=bands)
