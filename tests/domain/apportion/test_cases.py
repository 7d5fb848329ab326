"""The worked cases of the documents on sharing out, by their ids: parts G and H."""

from typing import Any

import pytest

from sanchuang_cli.domain.apportion import Shared, Sharing, shared_out


def shared(amount: int, weights: dict[str, int], method: str, **more: Any) -> list[int]:
    found = shared_out(amount, weights, Sharing.model_validate({"clause": "例", "method": method, **more}))
    assert isinstance(found, Shared), str(found)
    return list(found.numbers.values())


def test_G_11_percentages_of_533_sum_to_100() -> None:
    tenths = shared(1000, {"好": 54, "较好": 323, "一般": 107, "差": 49}, "largest_remainder")
    assert tenths == [101, 606, 201, 92]


def test_H_21_half_and_half() -> None:
    assert shared(200_000_00, {"市": 50, "县": 50}, "largest_remainder") == [100_000_00, 100_000_00]


POPULATION = dict(zip("甲乙丙丁戊己", (47_000, 16_000, 15_800, 12_000, 6_100, 3_100), strict=True))


def test_N_79H_ten_places_by_largest_remainder() -> None:
    assert shared(10, POPULATION, "largest_remainder") == [5, 2, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("method", "quarters"), [("cumulative", [6, 6, 6, 7]), ("floor_first", [7, 6, 6, 6])]
)
def test_N_81H_twenty_five_over_four_quarters(method: str, quarters: list[int]) -> None:
    assert shared(25, dict.fromkeys("一二三四", 1), method) == quarters
