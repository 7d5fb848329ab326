"""`catalogue` against an oracle that shares no code with it: every line, under drawn catalogues and registers."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from sanchuang_cli.domain.disclosing.records import Publication
from tests.counts import FULL
from tests.oracle import catalogue as oracle
from tests.programmes.publications import ON, TOWNS, catalogue, lines, row

COUNTIES, ROWS = (4_000 if FULL else 250), 24
PLACES = ("公开栏", "网站", "广播")
START = date(2025, 11, 3)


def items(random: Random) -> list[dict[str, Any]]:
    """Four items of all kinds."""
    drawn = []
    for at in range(4):
        kind = random.choice(("standing", "every", "within"))
        drawn.append(
            {
                "name": f"事项{'甲乙丙丁'[at]}",
                "every": random.choice((1, 3, 6, 12)) if kind == "every" else None,
                "within": random.choice((1, 3, 10)) if kind == "within" else None,
                "up": random.choice((None, 5)),
                "places": tuple(random.sample(PLACES, random.choice((1, 1, 2)))),
                "each": random.random() < 0.5,
            }
        )
    return drawn


def rows(random: Random, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A register of which some rows are not understood."""
    drawn = []
    for _ in range(ROWS):
        since = ON - timedelta(random.choice((0, 1, 4, 31, 92, 185, 300)) - (random.random() < 0.03))
        occurred = since - timedelta(random.choice((-1, 0, 1, 3, 4, 10, 11)))
        down = since + timedelta(random.choice((-1, 0, 5, 6, 60)))
        values: dict[str, Any] = {
            "item": random.choice(wanted)["name"] if random.random() < 0.95 else "招商",
            "township": random.choice((*TOWNS, *TOWNS, "")),
            "which": random.choice(("", "", "一", "二")),
            "occurred": random.choice((None, occurred)),
            "place": random.choice(("公开栏", "网站", "县公开栏、网站", "广播站", "")),
            "since": None if random.random() < 0.15 else since,
            "until": random.choice((None, None, since + timedelta(9))),
            "down": random.choice((None, None, down)),
        }
        if random.random() < 0.06:
            values["since"] = f"{since:%Y-%m}"
        drawn.append(values)
    return drawn


def record(number: int, values: Mapping[str, Any]) -> Publication:
    plain: dict[str, Any] = {
        name: str(value) if isinstance(value, date) else value for name, value in values.items()
    }
    return row(number, **plain)


def policy(wanted: list[dict[str, Any]]) -> Any:
    return catalogue(
        *(
            {
                "name": one["name"],
                "standing": not (one["every"] or one["within"]),
                "every_months": one["every"],
                "within_days": one["within"],
                "up_days": one["up"],
                "places": one["places"],
                "by": "township" if one["each"] else "county",
            }
            for one in wanted
        ),
        effective=str(START),
    )


def apart(seed: int) -> tuple[set[Any], set[str]]:
    """What only one of the two says of a county, and the states that were said."""
    random = Random(seed)
    wanted = items(random)
    register = rows(random, wanted)
    found = lines([record(n, one) for n, one in enumerate(register, 1)], policy(wanted))
    ours = {(one.item.name, one.township, one.which, one.state, one.due, one.lacking) for one in found}
    return ours ^ oracle.opinion(wanted, register, TOWNS, START, ON), {one.state for one in found}


def test_an_independent_oracle_agrees_on_every_line_of_every_county() -> None:
    states: set[str] = set()
    for seed in range(COUNTIES):
        differing, said = apart(seed)
        assert not differing, (seed, differing)
        states |= said
    assert states == {"逾期未公开", "待公开", "尚未公开", "已公开", "台账待核实", "台账没有记"}


@pytest.mark.parametrize("name", ["days_later", "short", "sound", "differing"])
def test_the_comparison_sees_another_rule(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    rule = getattr(oracle, name)
    others: dict[str, Any] = {
        "days_later": lambda day, many: rule(day, many + 1),
        "short": lambda one, item: False,
        "sound": lambda one, wanted, on: rule(one, wanted, on) or (one["since"] == ON and not one["place"]),
        "differing": lambda one, register, item: False,
    }
    monkeypatch.setattr(oracle, name, others[name])
    assert any(apart(seed)[0] for seed in range(60))
