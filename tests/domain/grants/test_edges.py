"""Standards, pots and instalments at their edges, and the arithmetic that they print."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.apportion import Sharing
from sanchuang_cli.domain.doubtful import Doubtful
from sanchuang_cli.domain.grants.allotments import Disbursement, SharedPot
from sanchuang_cli.domain.grants.granting import Grant
from sanchuang_cli.domain.grants.standards import Band, Granted, GrantStandard, GrantWhen, Lacking, columns
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Due
from sanchuang_cli.period import Month
from sanchuang_cli.record import Field
from tests.programmes.bodies import body

POOR, KIND, PEOPLE, INCOME = "是否贫困村", "规模", "人口", "集体收入"


def standard(**says: Any) -> GrantStandard:
    return GrantStandard(name="经费", clause="第三条", **says)


BANDS = (
    Band(at_least=Fraction(10), amount=Fraction(5)),
    Band(above=Fraction(20), amount=Fraction(7)),
    Band(at_least=Fraction(30)),
)


@pytest.mark.parametrize(
    ("says", "row", "fen", "said"),
    [
        ({"amount": Fraction("0.5")}, {}, 50, "每个 0.5 = 0.50 元"),
        ({"amount": Fraction(9), "at_most": Fraction(9)}, {}, 900, "每个 9 = 9.00 元"),
        ({"amount": Fraction("9.01"), "at_most": Fraction(9)}, {}, 900, "取小（每个 9.01，9） = 9.00 元"),
        ({"of": PEOPLE, "each": Fraction(3)}, {PEOPLE: 250}, 75_000, "人口 250 × 3 = 750.00 元"),
        ({"of": PEOPLE, "each": Fraction(3), "per": 100}, {PEOPLE: 250}, 600, "人口 250 ÷ 100 → 2 × 3 = 6.00 元"),
        ({"of": PEOPLE, "each": Fraction(3), "per": 100, "parts": "begun"}, {PEOPLE: 250}, 900, "人口 250 ÷ 100 → 3 × 3 = 9.00 元"),
        ({"of": PEOPLE, "each": Fraction(3), "per": 100, "parts": "begun"}, {PEOPLE: 300}, 900, "人口 300 ÷ 100 → 3 × 3 = 9.00 元"),
        ({"of": PEOPLE, "each": Fraction(3), "per": 100, "parts": "exact"}, {PEOPLE: 250}, 750, "人口 250 ÷ 100 → 2.5 × 3 = 7.50 元"),
        ({"of": INCOME, "percent": Fraction(1)}, {INCOME: 1_234_50}, 12_35, "集体收入 1234.5 × 1% = 12.35 元"),
        ({"of": INCOME, "of_is": "money", "each": Fraction(2)}, {INCOME: 3_50}, 6_00, "集体收入 3.5 × 2 = 6.00 元"),
        ({"of": PEOPLE, "bands": BANDS}, {PEOPLE: 9}, 0, "人口 9，不到最低一档 = 0.00 元"),
        ({"of": PEOPLE, "bands": BANDS}, {PEOPLE: 10}, 500, "人口 10，满 10 = 5.00 元"),
        ({"of": PEOPLE, "bands": BANDS}, {PEOPLE: 20}, 500, "人口 20，满 10 = 5.00 元"),
        ({"of": PEOPLE, "bands": BANDS}, {PEOPLE: 21}, 700, "人口 21，超过 20 = 7.00 元"),
        ({"of": PEOPLE, "each": Fraction(3)}, {PEOPLE: 0}, 0, "人口 0 × 3 = 0.00 元"),
    ],
)  # fmt: skip
def test_what_a_standard_grants_and_how_it_comes_to_that(
    says: Mapping[str, Any], row: Mapping[str, Any], fen: int, said: str
) -> None:
    found = standard(**says).granted(row.get)
    reads = (says["of"],) if "of" in says else ()
    assert found == Granted("经费", "第三条", fen, said, None, reads)


@pytest.mark.parametrize(
    ("when", "said", "met"),
    [
        (GrantWhen(column=POOR), True, True),
        (GrantWhen(column=POOR), False, False),
        (GrantWhen(column=POOR), None, False),
        (GrantWhen(column=POOR, must_be=False), True, False),
        (GrantWhen(column=POOR, must_be=False), None, True),
        (GrantWhen(column=KIND, words=("大", "中"), others=("小",)), "中", True),
        (GrantWhen(column=KIND, words=("大", "中"), others=("小",)), "小", False),
        (GrantWhen(column=KIND, words=("大",), must_be=False), "大", False),
        (GrantWhen(column=KIND, words=("大",), must_be=False), "小", True),
        (GrantWhen(column=KIND, words=("大",), must_be=False), None, None),
    ],
)
def test_to_whom_a_standard_applies(when: GrantWhen, said: Any, met: bool | None) -> None:
    """A blank where a word decides is asked for; a blank for yes or no is a no."""
    found = standard(amount=Fraction(1), when=when).granted({when.column: said}.get)
    expected = {True: Granted("经费", "第三条", 100, "每个 1 = 1.00 元", None, (when.column,)), False: None, None: Lacking(when.column)}  # fmt: skip
    assert found == expected[met]


def test_a_blank_and_a_band_without_a_sum_are_told_with_their_column() -> None:
    by_bands = standard(of=PEOPLE, bands=BANDS)
    nothing: dict[str, Any] = {}
    assert by_bands.granted(nothing.get) == Lacking(PEOPLE)
    assert by_bands.granted({PEOPLE: 30}.get) == Lacking(PEOPLE, "30，满 30的由县里定，政策还没有填")


def test_the_columns_that_a_document_asks_for_are_each_asked_for_once_with_all_words() -> None:
    asking = (
        standard(of=PEOPLE, each=Fraction(1)),
        standard(of=INCOME, percent=Fraction(1), when=GrantWhen(column=KIND, words=("大",), others=("小",))),
        standard(of=INCOME, of_is="money", each=Fraction(1), when=GrantWhen(column=KIND, words=("中",))),
        standard(of="村民组数", each=Fraction(1), when=GrantWhen(column=POOR)),
    )
    found = columns(asking, (Field(PEOPLE, Kind.COUNT),))
    assert [(one.heading, one.kind, tuple(one.choices)) for one in found] == [
        (INCOME, Kind.MONEY, ()),
        (KIND, Kind.CHOICE, ("大", "小", "中")),
        ("村民组数", Kind.COUNT, ()),
        (POOR, Kind.FLAG, ()),
    ]
    assert [one.name for one in found] == [one.heading for one in found]


def pot(amount: str, unit: str = "yuan", method: str = "largest_remainder") -> SharedPot:
    sharing = Sharing(clause="第五条", method=method)
    return SharedPot(
        name="活动经费", clause="第四条", amount=Fraction(amount), of="党员数", sharing=sharing, unit=unit
    )


def test_a_pot_is_cut_into_whole_yuan_or_fen_with_the_arithmetic_of_each_part() -> None:
    weights = {"甲村": 2, "乙村": 1}
    assert pot("10").shared(weights) == {
        "甲村": (700, "⌊10 × 2 ÷ 3⌋ + 1 = 7 元"),
        "乙村": (300, "⌊10 × 1 ÷ 3⌋ = 3 元"),
    }
    assert pot("0.1", "fen").shared(weights) == {
        "甲村": (7, "⌊10 × 2 ÷ 3⌋ + 1 = 7 分"),
        "乙村": (3, "⌊10 × 1 ÷ 3⌋ = 3 分"),
    }
    assert isinstance(pot("1", method="half_up").shared({"甲村": 1, "乙村": 1}), Doubtful)
    (column,) = pot("10").columns()
    assert (column.heading, column.kind, column.name) == ("党员数", Kind.COUNT, "党员数")


def test_a_pot_of_a_part_of_a_yuan_cannot_be_shared_out_in_whole_yuan() -> None:
    with pytest.raises(ValidationError, match="“活动经费”的总数不是整元，unit 要写 fen"):
        pot("10.5")


def paid(months: tuple[int, ...], unit: str = "yuan", **sharing: Any) -> Disbursement:
    how = Sharing(clause="第六条", **{"method": "cumulative", **sharing})
    return Disbursement(clause="第六条", benefit="补助", months=months, sharing=how, unit=unit)


def test_a_years_sum_is_cut_into_whole_yuan_and_the_rest_is_in_the_last_instalment() -> None:
    assert paid((3, 6, 9, 12)).cut(25_07) == {3: 600, 6: 600, 9: 600, 12: 707}
    assert paid((1, 12), "fen").cut(25_07) == {1: 1253, 12: 1254}
    assert paid((7,)).cut(99) == {7: 99}


@pytest.mark.parametrize(
    ("on", "months"), [("2026-02-28", []), ("2026-03-01", [3]), ("2026-11-30", [3]), ("2026-12-01", [3, 12])]
)
def test_an_instalment_is_due_from_the_first_day_of_its_month(on: str, months: list[int]) -> None:
    edition: Any = SimpleNamespace(effective=date(2020, 5, 6))
    found = paid((3, 12)).due({"经费": 10_00, "空项": 0}, edition, 2026, date.fromisoformat(on))
    assert list(found) == [Due("补助", "经费", Month(2026, month), 5_00, "2020-05-06") for month in months]


@pytest.mark.parametrize("months", [(0, 3), (3, 13), (6, 3), (3, 3)])
def test_months_of_instalments_are_those_of_a_year_in_their_order(months: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError, match="months 写1到12的月份，从早到晚，不能重复"):
        paid(months)
    assert paid((1, 12)).months == (1, 12)


@pytest.mark.parametrize(
    "sharing", [{"method": "half_up"}, {"tie": "ask"}, {"method": "dhondt", "minimum": 1}]
)
def test_instalments_can_be_cut_without_asking_anybody(sharing: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="各次要能自己分清"):
        paid((3, 6), **sharing)


@pytest.mark.parametrize(
    ("paid_out", "left"),
    [(0, [(3, 5), (6, 5), (9, 5)]), (4, [(3, 1), (6, 5), (9, 5)]), (5, [(6, 5), (9, 5)]), (12, [(9, 3)]), (15, []), (99, [])],
)  # fmt: skip
def test_what_was_paid_out_is_taken_for_the_earliest_months(
    paid_out: int, left: list[tuple[int, int]]
) -> None:
    due = tuple(Due("补助", "经费", Month(2026, month), 5, "") for month in (9, 3, 6))
    found: Grant[Any] = Grant(record=body(), part="核定", type="村", due=due, paid=paid_out)
    assert [(one.month.month, one.fen) for one in found.unpaid] == left


def test_shares_of_what_there_is_are_none_where_there_is_nothing() -> None:
    nothing: Grant[Any] = Grant(record=body(), part="无标准", type="村", paid=5)
    assert (nothing.paid_share, nothing.used_share) == (None, None)
    part = Granted("经费", "第三条", 300, "")
    some: Grant[Any] = Grant(record=body(), part="核定", type="村", granted=(part,), carried=100, paid=100)
    assert (some.standard, some.available, some.left) == (300, 400, 400)
    assert (some.paid_share, some.used_share) == (Fraction(1, 4), Fraction(0))
    assert some.by_name == {"经费": 300}
