"""Figures that stand in the row itself: a rate within its range, and the base of the place; what cannot be one is told."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.amounts import Amount
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.fixed import Own, OwnFigures
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble
from tests.programmes.people import member
from tests.programmes.subsidies.serving import at
from tests.programmes.subsidies.tariffs import WAGE
from tests.programmes.subsidies.test_conditions import CELLS

RATE = {"rate_column": "地方定补标准"}
PLACES = Base.model_validate(
    {
        "name": "收入", "clause": "三", "by": ["乡镇", "村"],
        "values": [{"effective": date(2026, 1, 1), "amounts": {"青禾镇河西村": 300}}, {"effective": date(2026, 5, 1), "amounts": {"青禾镇河西村": 400}}],
    }
)  # fmt: skip
OF_PLACE = {"figures": "percent", "base": "收入"}


def own(tier: dict[str, Any], month: str = "2026-04", row: Any = None, **amount: Any) -> Own:
    whole = {"clause": "六", "per": "month", "by": "age", "tier": [tier], **amount}
    said = Amount.model_validate(whole)
    figures = OwnFigures(said, CELLS, {PLACES.name: PLACES, WAGE.name: WAGE})
    return figures.of(member(**(row or {})), said.tier[0], at(month))


@pytest.mark.parametrize(
    ("limits", "fen", "said"),
    [
        ({"rate_at_least": 200, "rate_at_most": "300.5"}, 200_00, None), ({"rate_at_least": 200, "rate_at_most": "300.5"}, 300_50, None),
        ({"rate_at_least": 200, "rate_at_most": "300.5"}, 199_99, "是 199.99，应不低于 200、不高于 300.5"),
        ({"rate_at_least": 200, "rate_at_most": "300.5"}, 300_51, "是 300.51，应不低于 200、不高于 300.5"),
        ({"rate_at_least": 200}, 999_00, None), ({"rate_at_least": 200}, 199_00, "是 199，应不低于 200"), ({"rate_at_least": 200}, None, "未填，应不低于 200"),
        ({"rate_at_most": 300}, 0, None), ({"rate_at_most": 300}, 300_00, None), ({"rate_at_most": 300}, 301_00, "是 301，应不高于 300"),
        ({"rate_at_most": 300}, -1, "是 -0.01，应不高于 300"), ({"rate_at_most": 0}, 0, None), ({"rate_at_most": 0}, None, "未填，应不高于 0"),
    ],
)  # fmt: skip
def test_a_rate_of_the_row_counts_within_its_range_and_is_told_beyond_it(
    limits: dict[str, Any], fen: int | None, said: str | None
) -> None:
    found = own(RATE | limits, row={"local": fen})
    if said is None:
        assert fen is not None
        assert found == Own(Fraction(fen, 100))
        return
    mend = "请核对、补填“地方定补标准”；核定的范围写在政策文件这一档的 rate_at_least、rate_at_most 里。"
    assert found == Own(troubles=(RowTrouble("unclear", "local", f"“地方定补标准”{said}", "六", mend),))


def test_a_rate_is_read_in_the_unit_of_its_column() -> None:
    share = {"rate_column": "伤残比例", "rate_at_least": 10, "rate_at_most": 30}
    assert own(share, row={"more": {"伤残比例": Fraction(1, 4)}}).rate == 25
    assert own({"rate_column": "户数", "rate_at_least": 1}, row={"more": {"户数": 3}}).rate == 3


@pytest.mark.parametrize(("month", "yuan"), [("2026-01", 300), ("2026-04", 300), ("2026-05", 400)])
def test_the_base_of_the_place_is_that_of_the_month(month: str, yuan: int) -> None:
    assert own({"rate": 1}, month, **OF_PLACE) == Own(base=Fraction(yuan))
    assert own({"rate": 1, "base": "收入"}, month, figures="percent", base=WAGE.name) == Own(
        base=Fraction(yuan)
    )


@pytest.mark.parametrize(
    ("tier", "amount"),
    [
        ({"rate": 1}, {}), ({"rate": 1, "figures": "yuan"}, OF_PLACE), ({"rate": 1}, {"figures": "percent", "base": WAGE.name}),
        ({"rate": 1, "figures": "percent", "base": WAGE.name}, OF_PLACE),
    ],
)  # fmt: skip
def test_a_tier_that_takes_no_share_of_the_base_of_a_place_has_no_figure_of_the_row(
    tier: dict[str, Any], amount: dict[str, Any]
) -> None:
    assert own(tier, row={"village": "河东村"}, **amount) == Own()


def test_a_place_without_a_figure_is_told_at_the_last_of_its_cells() -> None:
    mend = "请核对“乡镇、村”；确有这一类的，在政策文件的 amounts 里补上它的数。"
    said = "“乡镇、村”是“青禾镇河东村”，基数“收入”里没有它的数（有 青禾镇河西村）"
    found = own({"rate": 1}, row={"village": "河东村"}, **OF_PLACE)
    assert found == Own(troubles=(RowTrouble("unclear", "village", said, "三", mend),))


def test_both_a_rate_and_a_base_that_are_not_known_are_told() -> None:
    found = own(RATE | {"rate_at_least": 1}, row={"village": "河东村"}, **OF_PLACE)
    assert [(one.column, one.basis) for one in found.troubles] == [("local", "六"), ("village", "三")]
    assert (found.rate, found.base) == (None, None)


@pytest.mark.parametrize(
    ("tier", "amount", "some", "names"),
    [
        ({"rate": 1}, {}, False, []), (RATE | {"rate_at_least": 1}, {}, True, []), ({"rate": 1}, OF_PLACE, True, ["township", "village"]),
        ({"rate": 1}, {"figures": "percent", "base": WAGE.name}, False, []),
    ],
)  # fmt: skip
def test_an_amount_knows_whether_figures_of_the_row_bear_on_it_and_by_which_cells_bases_go(
    tier: dict[str, Any], amount: dict[str, Any], some: bool, names: list[str]
) -> None:
    said = Amount.model_validate({"clause": "六", "per": "month", "by": "age", "tier": [tier], **amount})
    figures = OwnFigures(said, CELLS, {PLACES.name: PLACES, WAGE.name: WAGE})
    assert (bool(figures), [*figures.names]) == (some, names)
