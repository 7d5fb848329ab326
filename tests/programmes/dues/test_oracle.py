"""`dues` against an oracle that shares no code with it: every month of every member up to a day, and where each stands."""

from datetime import date
from random import Random
from typing import Any

import pytest

from tests.counts import FULL
from tests.oracle import dues as oracle
from tests.programmes.payers import column, outcome, payer, receipt

YEARS = 1_000 if FULL else 24
MEMBERS = 100
CATEGORIES = ("在职", "在职", "在职", "离退休", "农民", "学生", "个体", "低保", "聘用")
QUARTERS = ("上年四季度净收入", "一季度净收入", "二季度净收入", "三季度净收入")
END = 31
"""The day of December on which the year is over."""
EDGES = (40_000, 60_000, 80_000, 150_000, 300_000, 500_000, 1_000_000)


def member(dice: Random, year: int, end: int) -> dict[str, Any]:
    """Who came, left and was let off by the month `end` of the year."""
    first = (year - dice.choice([0, 1, 9, 9, 9]), dice.randint(1, end))
    last = None if dice.random() < 0.85 else (year, dice.randint(first[1] if first[0] == year else 1, end))
    if last and first[0] < year - 1 and dice.random() < 0.2:
        last = (year - 1, 12)
    base = (
        None
        if dice.random() < 0.03
        else dice.choice([dice.randint(0, 1_500_000), dice.choice(EDGES) + dice.choice([0, 1])])
    )
    if dice.random() < 0.03:
        base = 0
    relief = None
    if dice.random() < 0.1:
        start = dice.randint(1, end)
        relief = (dice.choice([0, dice.randint(0, 5_000)]), (year, start), (year, dice.randint(start, 12)))
    quarters = [None if dice.random() < 0.02 else dice.randint(0, 4_000_000) for _ in range(4)]
    return {
        "category": dice.choice(CATEGORIES), "base": base, "first": first, "last": last, "relief": relief, "quarters": quarters,
    }  # fmt: skip


def paid_for(dice: Random, owing: dict[Any, int], year: int, end: int) -> dict[Any, int]:
    """As people pay: in full, not at all for a while, too much, or something else."""
    paid = {month: fen for month, fen in owing.items() if fen}
    if dice.random() < 0.3:
        since = dice.randint(1, 12)
        paid = {month: fen for month, fen in paid.items() if month[1] < since}
    if dice.random() < 0.3:
        paid[year, dice.randint(1, end)] = dice.randint(1, 20_000)
    return paid


def compared(seed: int) -> tuple[int, list[str]]:
    """How many members were compared, and those on whom the two do not agree."""
    dice = Random(seed)
    year = dice.choice([2005, 2008, 2015, 2026])
    on = dice.choice([date(year, 12, 31), date(year, dice.randint(1, 12), dice.randint(1, 27))])
    months = [(year, month) for month in range(1, on.month + (on.day == END))]
    through = max(months, default=(year, 0))
    rows, receipts, expected = [], [], {}
    for n in range(1, MEMBERS + 1):
        who = member(dice, year, on.month)
        owing = oracle.year(who, months)
        name = f"甲{n}"
        paid = paid_for(dice, owing or {}, year, on.month)
        if owing and dice.random() < 0.3:
            own = [_receipt(dice, on, f"{n}-{k}") for k in range(8, 8 + dice.randint(1, 6))]
            receipts += [
                receipt(number, day, fen, n, **({"month": f"{year}-{month[1]:02d}"} if month else {}))
                for day, number, fen, month in own
            ]
            paid = oracle.allotted(owing, own, through)
            rows.append(_payer(n, who, {}))
        else:
            rows.append(_payer(n, who, paid))
        if owing is not None:
            stands = oracle.standing(owing, paid, who["last"], through)
            expected[name] = (sum(owing.values()), sum(paid.values()), stands, oracle.silent(owing, paid))
    run = outcome(*rows, receipts=receipts, on=on)
    silent = set(column(run, "六个月未交", "name"))
    columns = [column(run, "党费收缴表", name) for name in ("name", "due", "got", "part")]
    mine = {name: (due, got, part, name in silent) for name, due, got, part in zip(*columns, strict=True)}
    apart = [
        f"{seed} {name}: {mine.get(name)} {expected.get(name)}"
        for name in {*mine, *expected}
        if mine.get(name) != expected.get(name)
    ]
    return MEMBERS, apart


def _receipt(dice: Random, on: date, number: str) -> tuple[str, str, int, Any]:
    """Paid by the day, for any month of the year where one is named."""
    day = date(on.year, dice.randint(1, on.month), dice.randint(1, min(on.day, 28))).isoformat()
    month = (on.year, dice.randint(1, 12)) if dice.random() < 0.3 else None
    return day, number, dice.randint(1, 40_000), month


def _payer(n: int, who: dict[str, Any], paid: dict[Any, int]) -> Any:
    fields: dict[str, Any] = {
        "category": who["category"],
        "base": who["base"],
        "admitted": "{}-{:02d}".format(*who["first"]),
    }
    if who["last"]:
        fields["left"] = "{}-{:02d}".format(*who["last"])
    if who["relief"]:
        fen, first, last = who["relief"]
        span = {"reduced_from": "{}-{:02d}".format(*first), "reduced_to": "{}-{:02d}".format(*last)}
        fields |= {"reduced": fen, "decision": "某发1号", **span}
    fields |= {head: fen for head, fen in zip(QUARTERS, who["quarters"], strict=True) if fen is not None}
    fields |= {f"{month}月": fen for (_, month), fen in paid.items()}
    return payer(n, **fields)


def test_an_independent_oracle_agrees_on_every_month_of_every_member() -> None:
    total, apart = 0, list[str]()
    for seed in range(YEARS):
        count, wrong = compared(seed)
        total, apart = total + count, apart + wrong
    assert not apart, apart[:3]
    assert total == YEARS * MEMBERS


@pytest.mark.parametrize(
    "other", [{"new": ((300_000, 6), (None, 20))}, {"new": ((300_001, 5), (None, 20))}], ids=["rate", "edge"]
)
def test_the_comparison_sees_another_rule(other: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    monkeypatch.setattr(oracle, "_2008", other["new"])
    assert any(compared(seed)[1] for seed in range(6))
