"""What goes up, comes back, is given and is late in a year of several documents, against the oracle, which shares no code."""

from datetime import date
from random import Random
from typing import Any

import pytest

from sanchuang_cli.outcome import Outcome
from sanchuang_cli.policy import PolicyFile
from tests.counts import FULL
from tests.oracle import dues as oracle
from tests.programmes.payers import column, outcome, payer, receipt, with_keys

COUNTIES = 600 if FULL else 30
MEMBERS = 12
LEVELS, TOWNS, KINDS = ("县委", "市委"), ("青禾镇", "望河乡", "长岭乡"), ("村", "非公企业", "社会组织")
YEAR, DECEMBER = 2026, 12
GIFTS = (None, 50_000, 50_001, 100_000, 100_001)


def documents(dice: Random) -> list[dict[str, Any]]:
    """One from January on, and up to two more from any day of the year."""
    days = {(YEAR, 1, 1)} | {
        (YEAR, dice.randint(1, 12), dice.randint(1, 28)) for _ in range(dice.randint(0, 2))
    }
    return [
        {
            "since": day,
            "up": {to: dice.choice([5, 30, 40, 33]) for to in LEVELS if dice.random() < 0.7},
            "back": dict.fromkeys([kind for kind in KINDS[1:] if dice.random() < 0.6], dice.choice([100, 50, 33])),
            "gift": dice.choice([None, 50_000, 100_000]),
            "arrears": dice.randint(1, 6),
        }
        for day in sorted(days)
    ]  # fmt: skip


def as_policy(editions: list[dict[str, Any]]) -> PolicyFile[Any]:
    def keys(one: dict[str, Any]) -> dict[str, Any]:
        back = one["back"]
        return {
            "effective": date(*one["since"]),
            "upward": [{"clause": "三", "to": to, "percent": percent} for to, percent in one["up"].items()],
            "returned": {"clause": "六", "types": [*back], "percent": max(back.values())} if back else None,
            "gift": {"clause": "四", "to": "中央", "above": one["gift"] // 100} if one["gift"] else (),
            "arrears_months": one["arrears"],
        }

    return PolicyFile("试.toml", "0" * 64, tuple(with_keys(**keys(one)).editions[0] for one in editions))


def county(seed: int) -> tuple[Outcome, list[dict[str, Any]], list[dict[str, Any]]]:
    """A run, the documents, and what the oracle knows of each member."""
    dice = Random(seed)
    editions = documents(dice)
    end = dice.randint(1, 12)
    on = date(YEAR, 12, 31) if end == DECEMBER else date(YEAR, end, 28)
    months = [(YEAR, month) for month in range(1, end + (end == DECEMBER))]
    through = max(months, default=(YEAR - 1, DECEMBER))
    members, rows, receipts = [], list[Any](), list[Any]()
    for n in range(1, MEMBERS + 1):
        base = dice.randint(100_000, 1_200_000)
        owing = {month: oracle.owed("在职", base, month) or 0 for month in months}
        who: dict[str, Any] = {
            "township": dice.choice(TOWNS),
            "branch": dice.choice("甲乙"),
            "kind": dice.choice(KINDS),
        }
        day, gift = date(YEAR, dice.randint(1, end), dice.randint(1, 28)), dice.choice(GIFTS)
        fields: dict[str, Any] = {**who, "base": base, "gift": gift, "gift_day": day.isoformat()}
        paid = {
            month: fen + dice.choice([0, 0, 1, 99]) for month, fen in owing.items() if dice.random() < 0.8
        }
        late = 0
        if dice.random() < 0.4:
            own = [_receipt(dice, end, f"{n}-{k}") for k in range(1, dice.randint(2, 5))]
            receipts += [receipt(number, when, fen, n) for when, number, fen, _ in own]
            paid, late = oracle.allotted(owing, own, through), oracle.late(owing, own, editions, through)
        else:
            fields |= {f"{month}月": fen for (_, month), fen in paid.items()}
        rows.append(payer(n, **fields))
        line = oracle.of_day(editions, (day.year, day.month, day.day))["gift"]
        goes = "中央" if line and gift and gift > line else "留本级"
        members.append({**who, "name": f"甲{n}", "paid": paid, "late": late, "gift": gift, "goes": goes})
    return outcome(*rows, receipts=receipts, by=as_policy(editions), on=on), editions, members  # fmt: skip


def _receipt(dice: Random, end: int, number: str) -> tuple[str, str, int, oracle.Month | None]:
    day = date(YEAR, dice.randint(1, end), dice.randint(1, 28))
    return day.isoformat(), number, dice.randint(1, 20_000), None


def compared(seed: int) -> list[str]:
    """Where the two do not agree."""
    run, editions, members = county(seed)
    towns: dict[str, dict[Any, int]] = {}
    branches: dict[tuple[str, str], list[Any]] = {}
    for who in members:
        branches.setdefault((who["township"], who["branch"]), []).append((who["kind"], who["paid"]))
    order = list(
        dict.fromkeys(zip(*(column(run, "年度公示", name) for name in ("township", "branch")), strict=True))
    )
    for town, branch in order:
        for _, paid in branches[town, branch]:
            for month, fen in paid.items():
                towns.setdefault(town, {})[month] = towns.get(town, {}).get(month, 0) + fen
    expected: dict[Any, Any] = {key: oracle.returned(own, editions) for key, own in branches.items()}
    slips = list(
        zip(*(column(run, "季度上缴单", name) for name in ("township", "quarter", "to", "up")), strict=True)
    )
    for to in {to for _, _, to, _ in slips} | {
        to for one in editions if one["since"][2] == 1 for to in one["up"]
    }:
        for (town, number), fen in oracle.handed_up(towns, editions, to).items():
            expected[town, f"第{'一二三四'[number - 1]}季度", to] = fen
    expected |= {who["name"]: who["goes"] for who in members if who["gift"]}
    expected["late"] = sum(who["late"] for who in members)
    made: dict[Any, Any] = dict(zip(order, column(run, "年度公示", "back"), strict=True))
    made |= {(town, quarter, to): fen for town, quarter, to, fen in slips}
    made |= dict(zip(column(run, "大额党费", "name"), column(run, "大额党费", "to"), strict=True))
    made["late"] = sum(finding.code == "dues.late" for finding in run.findings)
    return [f"{seed} {key}: {made.get(key)} {expected.get(key)}" for key in {*made, *expected} if (made.get(key) or 0) != (expected.get(key) or 0)]  # fmt: skip


def test_an_independent_oracle_agrees_on_each_quarter_branch_gift_and_receipt_of_a_year_of_several_documents() -> (
    None
):
    apart = [wrong for seed in range(COUNTIES) for wrong in compared(seed)]
    assert not apart, apart[:3]


@pytest.mark.parametrize("other", ["year's end", "half of it"])
def test_the_comparison_sees_another_rule(other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    if other == "year's end":
        monkeypatch.setattr(oracle, "of_day", lambda editions, day: editions[-1])
    else:
        plain = oracle.returned
        monkeypatch.setattr(oracle, "returned", lambda paid, editions: plain(paid, editions) // 2)
    assert any(compared(seed) for seed in range(6))
