"""The document that docs/policies/dues.md writes as a policy gives what the chapter says."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from sanchuang_cli.domain.dues.payer import Payer, asks
from sanchuang_cli.domain.dues.policy import DuesPolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.payers import column, monthly, outcome, payer, receipt

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


def test_a_receipt_of_75_yuan_of_february_that_names_no_month_settles_february_to_june() -> None:
    given = [receipt("1", "2026-01-20", 1500, month="2026-01"), receipt("2", "2026-02-20", 7500)]
    run = outcome(payer(1, base=300_000), receipts=given, by=example(), on=date(2026, 6, 30))
    months = [month for month, ticket in zip(*(column(run, "收据登记", name) for name in ("month", "ticket")), strict=True) if ticket == "2"]  # fmt: skip
    assert months == [f"2026-{month:02d}" for month in range(2, 7)]


def test_the_columns_that_a_policy_asks_for_are_named() -> None:
    edition = example().editions[0].model_copy(update={"gift": ("一节",), "returned": "一节"})
    asked = {one.heading for one in Payer.declared() if one.name in asks(edition)["payers"] and not one.asked}
    assert asked == {"自愿多交", "自愿多交日期", "支部类型"}
    assert all(f"“{heading}”" in CHAPTER for heading in asked)
