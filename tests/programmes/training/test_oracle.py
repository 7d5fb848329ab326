"""`training` against an oracle that shares no code with it: each member's hours by method, part and shortfall."""

from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.counts import FULL
from tests.oracle import training as oracle
from tests.programmes.trainees import Sheet, column, lines, name, outcome, trainee

COUNTIES = 480 if FULL else 8
"""The full count has 100,000 rows of attendance and more."""
MEMBERS, ROWS = 20, 20
YEARS = (2009, 2012, 2013, 2015, 2018, 2019, 2026)
KINDS = ("村社区", "学校", "两新", "机关")
ROLES = ("领导", "书记", "委员", "普通", "普通", "普通")
DAYS = ("joined", "came", "left", "appointed", "relieved")
METHODS = ("集中培训", "三会一课", "远程", "自学")


def member(dice: Random, year: int) -> dict[str, Any]:
    first = date(year, 1, 1).toordinal()
    near = [first - 4000, first - 4000, first - 4000, first - 1, first, first + 1, first + 200]
    rare = [0] * 12 + [first - 3000, first - 1, first, first + 364, first + 500, *near]
    ends = {"came": dice.choice([0, *rare]), "left": dice.choice(rare), "relieved": dice.choice(rare)}
    return {"kind": dice.choice(KINDS), "role": dice.choice(ROLES), "joined": dice.choice(near), "appointed": dice.choice([0, *near]), **ends}  # fmt: skip


def row(dice: Random, year: int) -> dict[str, Any]:
    """As people register: mostly a day, now and then longer, over New Year, twice, or with something wrong."""
    start = date(year, 1, 1).toordinal() + dice.choice([dice.randrange(365), dice.randrange(40), dice.randrange(355, 365), -dice.randrange(9)])  # fmt: skip
    unit = dice.choice(["天", "天", "半天", "小时", "学时", "分钟", "门"])
    method = dice.choice([*oracle.OF_A_COURSE] if unit == "门" and dice.random() < 0.9 else METHODS)
    length = dice.choice([0, 0, 0, 0, 1, 2, 3, 5, 7, -1, 30])
    most = {"天": 5, "半天": 3, "分钟": 300}.get(unit, 9)
    amount = Fraction(dice.randint(1, 4 * most), dice.choice([1, 4, 4])) if unit != "分钟" else Fraction(dice.randint(1, most))  # fmt: skip
    return {
        "course": f"班{dice.randrange(60)}" + "补考" * (method == "测试" and dice.random() < 0.2), "method": method, "unit": unit, "start": start, "end": start + length if length else 0,
        "amount": -amount if dice.random() < 0.02 else amount, "score": dice.choice([None, None, None, Fraction(dice.randint(110, 200), 2)]) if method == "测试" else None,
    }  # fmt: skip


def compared(seed: int) -> tuple[int, list[str]]:
    """How many rows were compared, and the members on whom the two do not agree."""
    dice = Random(seed)
    year = dice.choice(YEARS)
    people, expected, rows = [], {}, 0
    sheets = [Sheet(called) for called in ("党校", "乡镇", "网络")]
    for n in range(1, MEMBERS + 1):
        who = member(dice, year)
        own = [row(dice, year) for _ in range(dice.randrange(ROWS + 1))]
        own += [dict(dice.choice(own)) for _ in range(dice.randrange(4)) if own]
        own += [{**dice.choice(own), "amount": Fraction(3)} for _ in range(dice.random() < 0.3) if own]
        for one in own:
            _add(dice.choice(sheets), one, n)
        rows += len(own)
        days = {key: date.fromordinal(who[key]).isoformat() if who[key] else None for key in DAYS}
        people.append(trainee(n, kind=who["kind"], role=who["role"], **days))
        until = date(year, 12, 31).toordinal()
        by_method = {key: part / 60 for key, part in oracle.by_method(own, year, until).items()}
        expected[name(n)] = (*oracle.judged(who, own, year), by_method)
    run = outcome(*people, sheets=sheets, year=year, on=date(year + 1, 12, 31))
    mine = {
        line["name"]: (line["total"], line["part"], {key: line[f"hours{i}"] for i, key in enumerate(oracle.ORDER)})
        for line in lines(run)
    }  # fmt: skip
    short = dict(zip(column(run, "未达标名单", "name"), column(run, "未达标名单", "lacking"), strict=True))
    apart = []
    for called, (hours, part, lacking, by_method) in expected.items():
        if part == "待核实":
            apart += [f"{seed} {year} {called} waits"] if called in mine else []
        elif mine[called] != (hours, part, by_method) or short.get(called, lacking) != lacking:
            apart.append(f"{seed} {year} {called}: {mine[called]} {expected[called]}")
    return rows, apart


def _add(sheet: Sheet, one: dict[str, Any], who: int) -> None:
    start, end = date.fromordinal(one["start"]).isoformat(), one["end"]
    fields = {key: one[key] for key in ("course", "method", "score")}
    if end:
        fields["end"] = date.fromordinal(end).isoformat()
    sheet.add(one["amount"], one["unit"], start, who, **fields)


def test_an_independent_oracle_agrees_on_every_member() -> None:
    total, apart = 0, list[str]()
    for seed in range(COUNTIES):
        count, wrong = compared(seed)
        total, apart = total + count, apart + wrong
    assert not apart, apart[:3]
    assert total > (100_000 if FULL else 1_000), total


@pytest.mark.parametrize(("what", "other"), [("MOST", 479), ("OF_A_COURSE", {"长课": 60, "中课": 30, "短课": 20, "测试": 30}), ("MINUTES", {**oracle.MINUTES, "半天": 210})], ids=["day", "course", "half a day"])  # fmt: skip
def test_the_comparison_sees_another_rule(what: str, other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    monkeypatch.setattr(oracle, what, other)
    assert any(compared(seed)[1] for seed in range(6))
