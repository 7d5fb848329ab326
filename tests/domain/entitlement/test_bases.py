"""Figures that a document refers to by name: within which bounds, of which month, and whose."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.bases import Base, DatedFigure
from sanchuang_cli.period import Month
from tests.domain.entitlement.test_blocks import refuses

WHOLE = {"name": "收入", "clause": "三"}
FROM, LATER = date(2025, 1, 1), date(2026, 5, 1)


def base(*figures: Any, **says: Any) -> dict[str, Any]:
    values = [{"effective": day, "amount": yuan} for day, yuan in zip((FROM, LATER), figures, strict=False)]
    return WHOLE | {"values": values} | says


BY: dict[str, Any] = WHOLE | {"by": ["乡镇", "村"], "values": [{"effective": FROM, "amounts": {"青禾镇河西村": 300, "青 禾镇河东村": 200}}]}  # fmt: skip
EITHER = "“收入”的 values：只有一个数的写 amount；各乡镇、各村、各类不同的写 by"
IN_ORDER = "“收入”的 values 应按 effective 先后排列，不重复"


@pytest.mark.parametrize(
    ("says", "said"),
    [
        (base(99, at_least=100), "“收入”为 99 元，应不低于 100 元（三）"), (base(101, at_most=100), "“收入”为 101 元，应不高于 100 元（三）"),
        (base(1, at_most=0), "“收入”为 1 元，应不高于 0 元（三）"), (base(100, 99, at_least=100, at_most=200), "“收入”为 99 元，应在 100 至 200 元之间（三）"),
        (base(100, "200.5", at_least=100, at_most=200), "“收入”为 200.5 元，应在 100 至 200 元之间（三）"), (BY | {"at_least": 201}, "“收入”为 200 元，应不低于 201 元（三）"),
        (BY | {"at_most": 299}, "“收入”为 300 元，应不高于 299 元（三）"), (BY | {"by": []}, EITHER), (base(1, by=["乡镇"]), EITHER),
        (base(None), EITHER), (BY | {"values": [BY["values"][0] | {"amount": 1}]}, EITHER), (WHOLE | {"values": [{"effective": FROM, "amount": 1, "amounts": {"甲": 1}}]}, EITHER),
        (WHOLE | {"values": [{"effective": LATER, "amount": 1}, {"effective": FROM, "amount": 1}]}, IN_ORDER),
        (WHOLE | {"values": [{"effective": FROM, "amount": 1}] * 2}, IN_ORDER),
    ],
)  # fmt: skip
def test_a_figure_out_of_its_bounds_or_that_leaves_open_whose_it_is_is_refused(
    says: dict[str, Any], said: str
) -> None:
    refuses(Base, says, said)


@pytest.mark.parametrize(
    "says",
    [
        WHOLE, base(0), base(100, at_least=100, at_most=100), base(0, at_most=0), base(100, 200, at_least=100, at_most=200), BY,
        BY | {"at_least": 200, "at_most": 300},
    ],
)  # fmt: skip
def test_a_figure_on_its_bounds_is_taken(says: dict[str, Any]) -> None:
    assert Base.model_validate(says)


@pytest.mark.parametrize(
    ("month", "yuan"),
    [(Month(2024, 12), None), (Month(2025, 1), 100), (Month(2026, 4), 100), (Month(2026, 5), 200), (Month(2030, 1), 200)],
)  # fmt: skip
def test_a_month_has_the_figure_in_force_on_its_first_day(month: Month, yuan: int | None) -> None:
    dated = Base.model_validate(base(100, 200))
    assert dated.figure(month) == yuan
    assert [value.amount for value in dated.begun(month)] == {None: [], 100: [100], 200: [100, 200]}[yuan]
    late = WHOLE | {"values": [{"effective": date(2025, 1, 2), "amount": 1}]}
    assert Base.model_validate(late).figure(Month(2025, 1)) is None
    assert Base.model_validate(late).figure(Month(2025, 2)) == 1


def test_a_figure_by_place_is_that_of_the_words_of_the_row_however_they_are_spaced() -> None:
    places, month = Base.model_validate(BY), Month(2025, 1)
    assert places.whose(["青禾镇", None, " 河 西村"]) == "青禾镇河西村"
    assert places.whose([None, None]) == ""
    assert places.figure(month, "青禾镇河西村") == 300
    assert places.figure(month, "青禾镇河东村") == 200
    assert places.figure(month, "青禾镇") is places.figure(Month(2024, 12), "青禾镇河西村") is None
    assert DatedFigure.model_validate({"effective": FROM, "amounts": {"甲": 1, "乙": 2}}).figures == [1, 2]
    assert DatedFigure.model_validate({"effective": FROM, "amount": 0}).figures == [0]


def test_why_there_is_no_figure_for_a_place_names_some_that_have_one() -> None:
    places, month = Base.model_validate(BY), Month(2025, 1)
    lacking = "基数“收入”里没有它的数（有 青禾镇河西村、青 禾镇河东村）"
    assert places.unknown(month, "青和镇") == f"“乡镇、村”是“青和镇”，{lacking}"
    assert places.unknown(month, "") == f"“乡镇、村”未填，{lacking}"
    many = BY | {"values": [{"effective": FROM, "amounts": dict.fromkeys("甲乙丙丁戊", 1)}]}
    assert Base.model_validate(many).unknown(month, "").endswith("（有 甲、乙、丙、丁）")
