"""`appraise` against an oracle that shares no code with it: ballots, composites, caps, places and proposals of random meetings."""

from collections import defaultdict
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.counts import FULL
from tests.oracle import appraise as oracle
from tests.programmes.units import ballots, changed, column, item, outcome, paper, unit

BOOKS, UNITS = (2000, 50) if FULL else (16, 25)
PAPER_BOOKS = 500 if FULL else 8
NAMES = tuple(f"{first}{second}村党支部" for first in "东西南北中上下前后新" for second in "山河湾沟岭")


def drawn(dice: Random) -> dict[str, Any]:
    """A unit of which any part may be missing and any group small; scores are often alike and near the lines."""
    sizes = (0, 1, 2, 4, 5, 9, 20)
    groups = {group: _marks(dice, dice.choice(sizes)) for group in oracle.GROUPS if dice.random() < 0.9}
    good = dice.choice((60, 80, 90, 95))
    full = dice.choice(([100], [60, 40], [30, 30, 40]))
    lost = [dice.choice((0, 0, 1, 5, 12, 60)) for _ in full]
    items = [(points, Fraction(off, 2)) for points, off in zip(full, lost, strict=True)]
    return {
        "kind": dice.choice(("村", "村", "村", "乡镇", "机关")),
        "groups": groups,
        "items": items if dice.random() < 0.5 else [],
        "daily": Fraction(good) if dice.random() < 0.9 else None,
        "report": Fraction(good + dice.choice((-2, -1, 0, 1, 2))) if dice.random() < 0.95 else None,
        "accident": dice.random() < 0.1,
        "last": dice.choice(("", "好", "较好", "一般", "差")),
    }


def _marks(dice: Random, many: int) -> list[int]:
    """So many ballots, most of them good."""
    own = [0, 0, 0, 0]
    for _ in range(many):
        own[dice.choice((0, 0, 0, 0, 1, 1, 2, 3))] += 1
    return own


def sheets(name: str, one: dict[str, Any], line: int) -> list[Any]:
    """The sheets about a unit; what one item lost may stand on two rows."""
    rows: list[Any] = [
        ballots(own, group, name, line + n, returned=sum(own) + 1, given_out=sum(own) + 2)
        for n, (group, own) in enumerate(one["groups"].items())
    ]
    for n, (full, lost) in enumerate(one["items"]):
        part = lost / 3
        rows += [item(f"第{n}项", str(part), full, line + 2 * n, name, serial="1"), item(f"第{n}项", str(lost - part), full, line + 2 * n + 1, name, serial="2")]  # fmt: skip
    return rows


def compared(seed: int, many: int = UNITS) -> list[str]:
    """The units of one county on which the two do not agree."""
    dice = Random(seed)
    county = {name: drawn(dice) for name in NAMES[:many]}
    units = [
        unit(name, n, type=one["kind"], daily=None if one["items"] else one["daily"], report_score=one["report"], accident=one["accident"], last_grade=one["last"])
        for n, (name, one) in enumerate(county.items(), 1)
    ]  # fmt: skip
    rows = [row for n, (name, one) in enumerate(county.items()) for row in sheets(name, one, 10 * n)]
    dice.shuffle(rows)
    run = outcome(units, *rows)
    assert not run.tally.set_aside, [str(finding) for finding in run.findings][:2]
    names = ("name", "total", "place", "grade", "proposals")
    mine = {name: said for name, *said in zip(*(column(run, "排名", each) for each in names), strict=True)}
    shown: dict[str, list[str]] = defaultdict(list)
    for name, group in zip(*(column(run, "分组测评", each) for each in ("name", "group")), strict=True):
        shown[name].append(group.removesuffix("（合并）"))
    expected = dict(zip(county, oracle.graded([*county.values()]), strict=True))
    return [
        f"{seed} {name}: {mine.get(name)} {expected[name]}"
        for name, one in county.items()
        if not _agree(mine.get(name), expected[name]) or (name in mine and shown[name] != _together(one))
    ]


def _agree(mine: list[Any] | None, expected: tuple[int, int, str, bool] | None) -> bool:
    if mine is None or expected is None:
        return mine is None and expected is None
    total, place, grade, proposals = mine
    return (total * 100, place, grade, bool(proposals)) == expected


def _together(one: dict[str, Any]) -> list[str]:
    score = oracle.poll(one["groups"])
    return ["、".join(names) for names in score[1]] if score else []


def test_an_independent_oracle_agrees_on_every_meeting() -> None:
    apart = [said for seed in range(BOOKS) for said in compared(seed)]
    assert not apart, apart[:5]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("WORTH", (100, 80, 60, 41)),
        ("FEWEST", 6),
        ("CAP", (1, 3)),
        ("GROUPS", ("群众", "上级", "同级", "下级")),
    ],
)
def test_the_comparison_sees_another_rule(name: str, other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    monkeypatch.setattr(oracle, name, other)
    assert any(compared(seed) for seed in range(8))


def papers_compared(seed: int) -> list[str]:
    """The units that get another mark of raters' papers by the oracle; some papers are void, and some groups small."""
    dice = Random(seed)
    names = NAMES[: dice.choice((4, 6, 9))]
    rows, valid = [], defaultdict(list)
    for at, group in enumerate(oracle.GROUPS):
        for n in range(dice.randint(0, 9)):
            marks = [dice.choice((60, 65, 69, 70, 80, 89, 90, 95)) for _ in names]
            rows += paper(group, str(n), dict(zip(names, marks, strict=True)), 1000 * at + 20 * n)
            if oracle.counts(marks):
                valid[group].append(marks)
    dice.shuffle(rows)
    run = outcome([unit(name, n) for n, name in enumerate(names)], *rows, by=changed(name="papers"))
    mine = dict(zip(column(run, "测评汇总表", "name"), column(run, "测评汇总表", "score-测评"), strict=True))
    wrong = []
    for at, name in enumerate(names):
        by_group = {group: [marks[at] for marks in own] for group, own in valid.items()}
        expected = oracle.of_marks(by_group)
        wrong += [] if mine.get(name) == expected else [f"{seed} {name} {mine.get(name)} {expected}"]
    return wrong


def test_an_independent_oracle_agrees_on_raters_papers() -> None:
    apart = [said for seed in range(PAPER_BOOKS) for said in papers_compared(seed)]
    assert not apart, apart[:5]
