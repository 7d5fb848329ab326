"""The document that docs/policies/appraise.md writes as a policy gives what the chapter says."""

import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from sanchuang_cli.domain.appraisal.policy import AppraisePolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.units import ballots, column, item, measured, outcome, told, unit

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "appraise.md").read_text("utf-8")
WORDS = ("优秀", "称职", "不称职")
GROUPS = ("县领导", "党员代表", "群众代表")


@cache
def example() -> PolicyFile[AppraisePolicy]:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    return load(AppraisePolicy, "例子.toml", block.encode())


def sheets(name: str, lost: int, line: int, *few: int) -> list[Any]:
    """Ten ballots of each group, and an inspection of both offices. few: the ballots of the first group, if others."""
    marks = (few or (5, 4, 1), (5, 4, 1), (5, 4, 1))
    voted = [
        ballots(own, group, name, line + n, WORDS)
        for n, (own, group) in enumerate(zip(marks, GROUPS, strict=True))
    ]
    offices = [("组织科", 35, lost), ("宣教科", 25, 0)]
    checked = [
        item("落实责任", off, 60, line + n, name, serial=str(n), office=office, part=part)
        for n, (office, part, off) in enumerate(offices)
    ]
    return [*voted, *checked, item("阵地建设", 4, 40, line + 5, name)]


def test_the_example_gives_a_score_of_its_three_parts() -> None:
    run = outcome(unit(daily=None), *sheets("向阳村党支部", 70, 0), by=example())
    assert told(run) == []
    assert measured(run, "score-日常") == [36], "60 is used up; 40 less 4"
    assert measured(run, "score-测评") == [89], "(5 × 100 + 4 × 85 + 50) ÷ 10"
    assert measured(run, "total") == [Fraction("68.2")], "0.4 × 36 + 0.2 × 91 + 0.4 × 89"
    assert column(run, "约谈调整建议", "proposals") == ["约谈书记"]


def test_the_example_shows_the_leaders_ballots_with_those_of_the_masses() -> None:
    run = outcome(unit(daily=None), *sheets("向阳村党支部", 0, 0, 1, 2, 0), by=example())
    assert column(run, "分组测评", "group") == ["党员代表", "县领导、群众代表（合并）"]
    assert column(run, "分组测评", "valid") == [10, 13]
    assert column(run, "分组测评", "weight") == [Fraction(3, 10), Fraction(7, 10)]


def test_the_example_gives_a_third_of_five_the_best_grade_and_three_of_them_points() -> None:
    names = [f"{name}村党支部" for name in "东西南北中"]
    units = [unit(name, n, daily=None, last_grade="好") for n, name in enumerate(names)]
    rows = [row for n, name in enumerate(names) for row in sheets(name, n, 10 * n)]
    run = outcome(units, *rows, by=example())
    assert measured(run, "grade").count("好") == 2, "5 ÷ 3, half up"
    assert column(run, "排名", "points") == [10, 8, 6, 0, 0]
    accident = outcome([unit(names[0], daily=None, accident=True), *units[1:]], *rows, by=example())
    assert dict(zip(measured(accident, "name"), measured(accident, "grade"), strict=True))[names[0]] == "一般"


def test_every_key_that_the_chapter_names_is_a_key_of_the_policy() -> None:
    keys = set(re.findall(r"`(\w{4,})`|`(\w+) = |edition\.(?:\w+\.)?(\w+)\]", CHAPTER))
    names = {name for found in keys for name in found if name} - {
        "appraise",
        "approve",
        "explain",
        "rate",
        "reviews",
        "skip",
        "dense",
        "mean",
    }
    schema = str(AppraisePolicy.model_json_schema())
    assert len(names) > 15
    assert not [name for name in names if f"'{name}'" not in schema]
