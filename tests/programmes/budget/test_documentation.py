"""The document that docs/policies/budget.md writes as a policy gives what the chapter says."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from sanchuang_cli.policy import PolicyFile, load
from sanchuang_cli.programmes.budget.policy import BudgetPolicy
from tests.programmes.bodies import body, column, granted, outcome

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "budget.md").read_text("utf-8")
VILLAGES = body("甲村", 党员数=30), body("乙村", 党员数=20)


@cache
def example() -> PolicyFile[BudgetPolicy]:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    return load(BudgetPolicy, "例子.toml", block.encode())


def test_the_two_villages_get_83000_and_62000_yuan() -> None:
    run = outcome(*VILLAGES, by=example())
    assert granted(run) == {"甲村": 8_300_000, "乙村": 6_200_000}
    borne = dict(zip(granted(run), column(run, "年度预算表", "borne0"), strict=True))
    assert borne == {"甲村": 7_610_000, "乙村": 5_540_000}


def test_each_instalment_is_a_half() -> None:
    (table,) = [
        table
        for table in outcome(*VILLAGES, by=example(), on=date(2026, 8, 31)).payments()
        if "工作" in table.name
    ]
    assert [row[table.index("amount")] for row in table.rows] == [1_000_000, 1_000_000]


def test_every_key_that_the_table_names_is_a_key_of_the_policy() -> None:
    keys = set(re.findall(r"`(\w+) = ", CHAPTER)) | {
        name for _, name in re.findall(r"`(\[+)edition\.(\w+)", CHAPTER)
    }
    schema = str(BudgetPolicy.model_json_schema())
    assert len(keys) > 15
    assert not [key for key in keys if f"'{key}'" not in schema]
