"""`budget` against an oracle that shares no code with it: every sum, every payer's part and every voucher."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from tests.counts import FULL
from tests.oracle import budget as oracle
from tests.programmes.bodies import body, by, column, outcome, voucher

DOCUMENTS = 2_500 if FULL else 40
BODIES = 40
TYPES = ("村", "社区", "非公企业", "社会组织")
COLUMNS = ("人口", "党员数", "组数", "转入党员数")
PAYERS = (("县级", 70), ("乡镇", 30)), (("省级", 50), ("县级", 33), ("乡镇", 17)), (("县级", 100),)


def drawn(dice: Random) -> dict[str, Any]:
    """A document as the oracle reads it."""
    standards = [_standard(dice, f"标准{n}") for n in range(dice.randint(1, 5))]
    pots = [
        {"name": f"资金{n}", "yuan": dice.randint(0, 90_000), "of": dice.choice(COLUMNS), "types": _types(dice),
         "method": dice.choice(["largest_remainder", "floor_first"])}
        for n in range(dice.choice([0, 0, 1, 2]))
    ]  # fmt: skip
    unfilled = dice.choice([[], dice.sample(TYPES, dice.randint(1, 3))])
    return {
        "types": TYPES, "standards": standards, "pots": pots, "shares": dice.choice(PAYERS), "unfilled": unfilled,
    }  # fmt: skip


def _types(dice: Random) -> list[str]:
    return dice.choice([[], [], dice.sample(TYPES, dice.randint(1, 3))])


def _standard(dice: Random, name: str) -> dict[str, Any]:
    how = dice.choice(["amount", "each", "bands", "percent"])
    starts = sorted(dice.sample(range(0, 60), dice.randint(1, 4)))
    return {
        "name": name,
        "how": how,
        "types": _types(dice),
        "when": dice.choice(
            [None, None, ("是否贫困村", ()), ("类别", ("山区",)), ("类别", ("平原", "丘陵"))]
        ),
        "yuan": dice.randint(0, 50_000),
        "of": "缴纳党费" if how == "percent" else dice.choice(COLUMNS),
        "per": dice.choice([1, 1, 7, 100]),
        "parts": dice.choice(["full", "begun", "exact"]),
        "bands": [(start, dice.choice([dice.randint(0, 20_000)] * 9 + [None])) for start in starts],
        "percent": dice.randint(0, 100),
        "at_most": dice.choice([None, None, dice.randint(0, 40_000)]),
        "shares": dice.choice([None, None, *PAYERS]),
    }


def as_toml(rules: dict[str, Any]) -> str:
    """The same document as a county writes it, without its head."""
    blocks = [f"unfilled = {rules['unfilled']}"]
    for each in rules["standards"]:
        lines = [
            "[[edition.standards]]",
            f'name = "{each["name"]}"',
            'clause = "条"',
            f"types = {each['types']}",
        ]
        if each["when"]:
            column, words = each["when"]
            others = [word for word in ("山区", "平原", "丘陵") if word not in words] if words else []
            lines.append(f'when = {{ column = "{column}", words = {list(words)}, others = {others} }}')
        if each["how"] != "amount":
            lines.append(f'of = "{each["of"]}"')
        if each["how"] == "each":
            lines += [f"each = {each['yuan']}", f"per = {each['per']}", f'parts = "{each["parts"]}"']
        elif each["how"] == "bands":
            bands = [
                f"{{ at_least = {start}{'' if yuan is None else f', amount = {yuan}'} }}"
                for start, yuan in each["bands"]
            ]
            lines.append(f"bands = [{', '.join(bands)}]")
        else:
            lines.append(f"{each['how']} = {each['yuan' if each['how'] == 'amount' else 'percent']}")
        lines += [] if each["at_most"] is None else [f"at_most = {each['at_most']}"]
        lines += [f"funding = {_shares(each['shares'])}"] if each["shares"] else []
        blocks.append("\n".join(lines))
    for pot in rules["pots"]:
        blocks.append(
            f'[[edition.pots]]\nname = "{pot["name"]}"\nclause = "条"\namount = {pot["yuan"]}\nof = "{pot["of"]}"\n'
            f'types = {pot["types"]}\nsharing = {{ clause = "条", method = "{pot["method"]}" }}'
        )
    return "\n".join(blocks)


def _shares(shares: Any) -> str:
    parts = ", ".join(f'{{ who = "{who}", percent = {percent} }}' for who, percent in shares)
    return f'{{ clause = "条", shares = [{parts}] }}'


def _row(dice: Random, n: int, complete: bool, unfilled: Sequence[str]) -> dict[str, Any]:
    blank = 0 if complete else 0.02
    row: dict[str, Any] = {
        "村": f"村{n}",
        "类型": dice.choice(TYPES) if complete or dice.random() > 0.01 else "街道",
    }
    for heading in COLUMNS:
        row[heading] = (
            None if dice.random() < blank else dice.choice([0, dice.randint(0, 60), dice.randint(0, 3000)])
        )
    row["缴纳党费"] = None if dice.random() < blank else dice.randint(0, 900_000)
    if dice.random() < 0.2 and (not complete or row["类型"] in unfilled):
        row |= dict.fromkeys((*COLUMNS, "缴纳党费"))
    row["是否贫困村"] = dice.choice([None, True, False])
    row["类别"] = None if dice.random() < blank else dice.choice(["山区", "平原", "丘陵"])
    return row


def compared(seed: int) -> tuple[int, list[str]]:
    """How many bodies were compared, and what the two do not agree on."""
    dice = Random(seed)
    rules = drawn(dice)
    policy = by(as_toml(rules).replace("'", '"') + "\n", funding=_shares(rules["shares"]))
    complete = dice.random() < 0.6
    rows = [_row(dice, n, complete, rules["unfilled"]) for n in range(BODIES)]
    bodies = [
        body(
            row["村"],
            kind=row["类型"],
            **{head: value for head, value in row.items() if head not in ("村", "类型")},
        )
        for row in rows
    ]
    run = outcome(*bodies, by=policy)
    expected = oracle.granted(rules, sorted(rows, key=lambda row: row["村"]))  # as on pages
    names = [each["name"] for each in (*rules["standards"], *rules["pots"])]
    listed: dict[str, dict[str, int]] = {name: {} for name in column(run, "年度预算表", "name")}
    apart = []
    for at, name in enumerate(names):
        for village, fen in zip(listed, column(run, "年度预算表", f"by_name{at}"), strict=True):
            listed[village][name] = fen
    for village, sums in expected.items():
        mine = {name: fen for name, fen in listed.pop(village, {}).items() if fen}
        if mine != {name: fen for name, fen in sums.items() if fen}:
            apart.append(f"{seed} {village}: {mine} {sums}")
    apart += [f"{seed} {village}: granted {sums}" for village, sums in listed.items()]
    who = list(
        dict.fromkeys(
            name
            for shares in [rules["shares"], *(each["shares"] or () for each in rules["standards"])]
            for name, _ in shares
        )
    )
    borne = [column(run, "年度预算表", f"borne{at}") for at in range(len(who))]
    for at, village in enumerate(column(run, "年度预算表", "name")):
        mine = {name: parts[at] for name, parts in zip(who, borne, strict=True) if parts[at]}
        if mine != oracle.borne(rules, expected.get(village, {})):
            apart.append(f"{seed} {village}: borne {mine}")
    return len(rows), apart


def test_an_independent_oracle_agrees_on_every_sum_under_any_document() -> None:
    total, apart = 0, list[str]()
    for seed in range(DOCUMENTS):
        count, wrong = compared(seed)
        total, apart = total + count, apart + wrong
    assert not apart, apart[0]
    assert total == DOCUMENTS * BODIES


@pytest.mark.parametrize(
    "other", [lambda fen: fen + 1, lambda fen: -fen], ids=["a fen more", "the other sign"]
)
def test_the_comparison_sees_another_rule(other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    capped = oracle._capped
    monkeypatch.setattr(oracle, "_capped", lambda each, fen: capped(each, other(fen)))
    assert any(compared(seed)[1] for seed in range(4))


def test_vouchers_beyond_the_limit_are_those_of_the_oracle() -> None:
    for seed in range(2_000 if FULL else 60):
        dice = Random(seed)
        given = []
        days = dice.randint(2, 28)
        for n in range(first := dice.randint(0, 10), first + dice.randint(1, 9)):
            fen = dice.randint(1, 1_500_000)
            on = f"2026-{dice.randint(1, 1 + days // 3):02d}-{dice.randint(1, days):02d}"
            given.append((on, f"{n}", fen))
            if dice.random() < 0.3:
                given.append((f"2026-11-{n + 1:02d}", f"{n}r", -dice.randint(1, fen)))
        vouchers = [
            voucher(number, on, abs(fen), reverses=number[:-1] if fen < 0 else "")
            for on, number, fen in given
        ]
        dice.shuffle(vouchers)
        run = outcome(body(), vouchers=vouchers)
        parts = zip(column(run, "使用明细", "voucher"), column(run, "使用明细", "part"), strict=True)
        assert {number for number, part in parts if part == "超支"} == oracle.beyond(4_000_000, given), seed
