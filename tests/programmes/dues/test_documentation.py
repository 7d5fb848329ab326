"""The document that docs/policies/dues.md writes as a policy gives what the chapter says."""

import re
from functools import cache
from pathlib import Path

from sanchuang_cli.domain.dues.policy import DuesPolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.payers import column, monthly, outcome, payer

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "dues.md").read_text("utf-8")


@cache
def example() -> PolicyFile[DuesPolicy]:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    return load(DuesPolicy, "例子.toml", block.encode())


def test_a_base_of_3000_owes_15_and_a_fen_more_owes_30() -> None:
    assert monthly(payer(1, base=300_000), payer(2, base=300_001), by=example()) == [1500, 3000]


def test_thirty_per_cent_of_186_yuan_is_handed_up() -> None:
    who = [payer(1, base=300_000, paid=[1500] * 12), payer(2, category="农民", paid=[50] * 12)]
    assert column(outcome(*who, by=example()), "年度公示", "up") == [5580]


def test_every_key_that_the_table_names_is_a_key_of_the_policy() -> None:
    keys = {name for pair in re.findall(r"`(\w+) = |`\[+edition\.(\w+)", CHAPTER) for name in pair if name}
    schema = str(DuesPolicy.model_json_schema())
    assert len(keys) > 8
    assert not [key for key in keys if f"'{key}'" not in schema]
