"""`pension` against an oracle that shares no code with it: every month of everybody, by the default and by every pack."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from sanchuang_cli.domain.contributions.policy import PensionPolicy
from sanchuang_cli.policy import PolicyFile
from tests.counts import FULL
from tests.oracle import pension as oracle
from tests.programmes.insured import changed, column, honour, insured, outcome, pack, receipt, village

BOOKS, PEOPLE = (200, 500) if FULL else (8, 60)
"""A hundred thousand people by the default."""
PACK_BOOKS, PACK_PEOPLE = (8, 250) if FULL else (2, 40)
PERIODS = {"2025": (1, 12), "2025H1": (1, 6), "2025Q3": (7, 9), "2025-02": (2, 2), "2025-12": (12, 12)}
ROLL = "参保补贴人员名册"
BASES = ("6000", "2345.67", "9999.99", "12345.68", "17.01")
DEFAULT = oracle.Rule(
    ("村", "县", "自治区"),
    (16, 4, 14, 6),
    village="县",
    county="县",
    continues=True,
    sanctions=True,
    waits=True,
)
PACKS = {
    "yixian": oracle.Rule(("县", "乡镇"), (8, 10, 10), back_years=15, back_from=(1996, 1)),
    "jieyang-2010": oracle.Rule(("单位",), (8, 17), helped=("城乡居民", "灵活就业", "职工养老")),
    "wenshang-2009": oracle.Rule(("财政",), (0, 0), sums=(1200,)),
    "mianxian-2010": oracle.Rule(("县",), (0, 0), sums=(100,), by_grade=True, helped=("城乡居民",)),
    "sinan-2015": oracle.Rule(("县",), (0, 100), by_grade=True, cap=2000, helped=("城乡居民",)),
}
VILLAGES = {"向阳村": True, "前进村": False, "光荣村": True, "太平村": False}


def by_default(base: str, sides: bool) -> tuple[PolicyFile[PensionPolicy], oracle.Rule]:
    words = [("2025 = 6000", f"2025 = {base}")]
    words += [] if sides else [('rounded = "sides"', 'rounded = "total"')]
    return changed(*words[0], *words[1:]), _of(DEFAULT, base=Fraction(base), sides=sides)


def by_pack(name: str, base: str) -> tuple[PolicyFile[PensionPolicy], oracle.Rule]:
    if name == "yixian":
        return changed("bases = {}", f"bases = {{ 2025 = {base} }}", of=name), _of(
            PACKS[name], base=Fraction(base)
        )
    if name == "jieyang-2010":
        by = changed("bases = { 2010 = 800 }", f"bases = {{ 2025 = {base} }}", of=name)
        return by, _of(PACKS[name], base=12 * Fraction(base))
    return pack(name), PACKS[name]


def _of(rule: oracle.Rule, **changes: Any) -> oracle.Rule:
    return oracle.Rule(**{**vars(rule), **changes})


def person(dice: Random, on: date) -> dict[str, Any]:
    """Somebody of any age to whom anything may have happened by `on`."""

    def perhaps(chance: float, since: date) -> date | None:
        day = since + timedelta(days=dice.randrange(1500))
        return day if dice.random() < chance and day <= on else None

    started = on - timedelta(days=dice.randrange(3000) - 60)
    ended = perhaps(0.25, started)
    return {
        "born": date(dice.randrange(1962, 1999), dice.randrange(1, 13), dice.randrange(1, 29)),
        "sex": dice.choice("男男女"),
        "started": started,
        "ended": ended,
        "continued": dice.random() < 0.5,
        "disciplined": perhaps(0.15, started),
        "sentenced": perhaps(0.07, started),
        "died": perhaps(0.07, started),
        "insured_since": dice.choice([None, None, date(2025, dice.randrange(1, 13), 1)]),
        "insurance": dice.choice(["城乡居民", "城乡居民", "灵活就业", "职工养老"]),
        "grade": dice.choice([60, 100, 500, 1500, 2000, 2345.67, 3000]),
        "village": dice.choice(list(VILLAGES)),
        "months_paid": dice.randrange(0, 200),
        "honours": [
            (dice.choice(list(oracle.OWN_HONOURS)), date(dice.randrange(2021, 2026), 5, 4))
            for _ in range(dice.choice([0, 0, 0, 1, 2]))
        ],
        "paid": dice.choice([None, 0, 8_000, 48_000, 96_000, 300_000]),
    }


def compared(seed: int, by: PolicyFile[PensionPolicy], rule: oracle.Rule, count: int) -> list[str]:
    """The people of one book on whom the two do not agree."""
    dice = Random(seed)
    period, receipts = dice.choice(list(PERIODS)), dice.random() < 0.5
    first, last = PERIODS[period]
    months = [(2025, month) for month in range(first, last + 1)]
    on = date(2025 + last // 12, last % 12 + 1, 1) - timedelta(days=1)
    if period == "2025":
        on = dice.choice([on, on, date(2025, 6, 30), date(2026, 2, 15)])
    honoured = {
        name: [("县级先进党组织", date(dice.randrange(2020, 2026), 7, 1))] for name in ("光荣村", "太平村")
    }
    people = {number: person(dice, on) for number in range(1, count + 1)}
    for one in people.values():
        one |= {"income": VILLAGES[one["village"]], "village_honours": honoured.get(one["village"], [])}
        one["paid"] = (one["paid"] or 0) if receipts else None
    rows = {number: _row(number, one) for number, one in people.items()}
    given: dict[str, Any] = {
        "villages": [village(name, income) for name, income in VILLAGES.items()],
        "honours": [
            honour(f"青禾镇{name}", level, str(day)) for name, own in honoured.items() for level, day in own
        ]
        + [
            honour(rows[n], level, str(day), line=10 * n + k)
            for n, one in people.items()
            for k, (level, day) in enumerate(one["honours"])
        ],
        "receipts": [
            receipt(rows[n], one["paid"] / 100, "2025-01-01", ticket=str(n))
            for n, one in people.items()
            if one["paid"]
        ],
    }
    if receipts and not given["receipts"]:
        return []
    shuffled = list(rows.values())
    dice.shuffle(shuffled)
    run = outcome(*shuffled, period=period, on=on, by=by, **given)
    assert not run.tally.set_aside, [str(finding) for finding in run.findings][:2]
    return _apart(seed, run, people, (months, on, rule))


def _row(number: int, one: dict[str, Any]) -> Any:
    days = ("started", "ended", "disciplined", "sentenced", "died", "insured_since")
    said: dict[str, Any] = {name: str(one[name]) if one[name] else None for name in days}
    plain = ("sex", "continued", "insurance", "village", "months_paid", "grade")
    return insured(
        number, born=str(one["born"]), name=f"张{number}", **said, **{name: one[name] for name in plain}
    )


def _apart(seed: int, run: Any, people: dict[int, dict[str, Any]], by: Any) -> list[str]:
    months, on, rule = by
    columns = ["own", *(f"released{i}" for i in range(len(rule.payers)))]
    listed = zip(*(column(run, ROLL, one) for one in ("name", "waiting", "part", *columns)), strict=True)
    mine = {name: {"sums": sums, "waiting": waiting, "part": part} for name, waiting, part, *sums in listed}
    others = zip(column(run, "未列入名单", "name"), column(run, "未列入名单", "part"), strict=True)
    mine |= {name: {"sums": [0] * len(columns), "waiting": 0, "part": part} for name, part in others}
    missing = dict(
        zip(column(run, "满十五年预警", "name"), column(run, "满十五年预警", "lacks"), strict=True)
    )
    apart = []
    for number, one in people.items():
        name = f"张{number}"
        if mine[name] != oracle.borne(one, months, on, rule):
            apart.append(f"{seed} {name} {mine[name]} {oracle.borne(one, months, on, rule)}")
        lacks = oracle.months_missing(one, on) if one["insurance"] in rule.helped and not one["died"] else 0
        if missing.get(name, 0) != lacks:
            apart.append(f"{seed} {name} 差 {missing.get(name, 0)} {lacks}")
    return apart


def test_an_independent_oracle_agrees_on_everybody_to_the_fen() -> None:
    apart = [
        who
        for seed in range(BOOKS)
        for who in compared(seed, *by_default(BASES[seed % len(BASES)], sides=seed % 3 != 0), PEOPLE)
    ]
    assert not apart, apart[:3]


@pytest.mark.parametrize("name", PACKS)
def test_the_oracle_agrees_by_every_pack(name: str) -> None:
    apart = [
        who
        for seed in range(PACK_BOOKS)
        for who in compared(1000 + seed, *by_pack(name, BASES[seed % len(BASES)]), PACK_PEOPLE)
    ]
    assert not apart, apart[:3]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("THIRD", Fraction(1, 2)),
        ("OWN_HONOURS", {"市": 5, "省": 12, "国家": 36}),
        ("half_up", lambda yuan: yuan),
    ],
)
def test_the_comparison_sees_another_rule(name: str, other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    monkeypatch.setattr(oracle, name, other)
    assert any(compared(seed, *by_default("2345.67", sides=True), 40) for seed in range(6))
