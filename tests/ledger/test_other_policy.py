"""A run with another policy file than the last batch's is told, and one that asks most people for money."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.ledger import batches
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.outcome import Claimant
from sanchuang_cli.policy import PolicyFile
from tests.ledger import county
from tests.ledger.county import MAKER, POLICY, claimant, entitled
from tests.ledger.test_returns import JULY, july

pytestmark = pytest.mark.usefixtures("database")

LESS = {"2026-07": 50_00}


def told(ledger: Ledger, policy: PolicyFile[Any], *people: Claimant) -> dict[str, str]:
    run = replace(county.run("2026-08"), policy=policy)
    made = batches.propose(ledger, run, entitled(*people), MAKER)
    for number in made.batches.values():
        batches.cancel(ledger, number, MAKER)
    return {one.code: one.message for one in made.comparison.findings}


def test_another_policy_file_than_that_of_the_last_batch_is_told(tmp_path: Path) -> None:
    ledger, _ = july(tmp_path)
    everybody = [claimant(who, JULY) for who in range(4)]
    assert told(ledger, POLICY, *everybody) == {}
    sample = POLICY.editions[0].model_copy(update={"example": True})
    other = replace(POLICY, name="默认.toml", sha256="2" * 64, editions=(sample,))
    said = told(ledger, other, *everybody)["ledger.other-policy"]
    assert said == "政策文件是 默认.toml，批次 1 用的是 县.toml，而且是示例政策"
    edited = replace(POLICY, sha256="2" * 64)
    assert told(ledger, edited, *everybody)["ledger.other-policy"] == "政策文件 县.toml 与批次 1 用的内容不同"


def test_most_people_asked_for_money_are_told(tmp_path: Path) -> None:
    ledger, _ = july(tmp_path, 10)
    batches.confirm(ledger, 1, MAKER)
    people = [claimant(who, LESS if who < 5 else JULY) for who in range(10)]
    assert "ledger.most-taken-back" not in told(ledger, POLICY, *people)
    people[5] = claimant(5, LESS)
    assert "10 人里，有 6 人要追缴或抵扣" in told(ledger, POLICY, *people)["ledger.most-taken-back"]
    few = [claimant(who, LESS) for who in range(4)]
    assert "ledger.most-taken-back" not in told(ledger, POLICY, *few)
