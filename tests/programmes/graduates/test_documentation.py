"""The document that docs/policies/graduates.md writes as a policy gives what the chapter says."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from sanchuang_cli.domain.contracts.policy import GraduatePolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.contracts import column, contract, ledger, outcome

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "graduates.md").read_text("utf-8")


@cache
def example() -> PolicyFile[GraduatePolicy]:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    return load(GraduatePolicy, "例子.toml", block.encode())


def test_the_example_pays_1000_a_month_and_3000_once_and_asks_half_back_in_the_seventh_month() -> None:
    gone: dict[str, Any] = {"left": "2026-07-01", "reason": "辞职"}
    run = outcome(contract(county_class="四类县"), contract(2, county_class="四类", **gone), by=example())
    sums = [ledger(run, name) for name in ("allowance", "settling", "back")]
    assert sums == [[1_200_000, 700_000], [300_000, 300_000], [0, 150_000]]
    assert [column(run, "分乡镇汇总表", f"payer{i}") for i in range(4)] == [
        [750_000],
        [1_000_000],
        [250_000],
        [500_000],
    ]


def test_the_example_proposes_no_renewal_of_whoever_is_hardly_fit_sixty_days_before() -> None:
    end: dict[str, Any] = {"started": "2024-01-01", "ended": "2026-12-30", "county_class": "四类"}
    given = (contract(1, grade="基本称职", **end), contract(2, grade="称职", **end))
    run = outcome(*given, period="2026-10", by=example())
    assert column(run, "期限", "left") == [60, 60]
    assert column(run, "期限", "note") == ["考核基本称职，不提续聘", "考核称职，建议续聘"]


def test_every_key_that_the_chapter_names_is_a_key_of_the_policy() -> None:
    keys = set(re.findall(r"`(\w{4,})`|`(\w+) = |edition\.(\w+)\]", CHAPTER))
    names = {name for found in keys for name in found if name} - {"graduates"}
    schema = str(GraduatePolicy.model_json_schema())
    assert len(names) > 8
    assert not [name for name in names if f"'{name}'" not in schema]
