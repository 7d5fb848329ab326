"""The document that docs/policies/visits.md writes as a policy gives what the chapter says."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from sanchuang_cli.domain.visiting.policy import VisitPolicy
from sanchuang_cli.policy import PolicyFile, load
from tests.programmes.visited import column, contact, outcome, pair, recipient, told, visit

CHAPTER = (Path(__file__).parents[3] / "docs" / "policies" / "visits.md").read_text("utf-8")


@cache
def example() -> PolicyFile[VisitPolicy]:
    (block,) = re.findall(r"```toml\n(.*?)```", CHAPTER, re.DOTALL)
    return load(VisitPolicy, "例子.toml", block.encode())


def test_the_example_asks_four_visits_and_eight_contacts_two_months_apart_of_the_helper_himself() -> None:
    rows = [visit("2026-02-10", by=2), visit("2026-03-02"), contact("2026-05-02")]
    run = outcome(*rows, pairs=[pair()], by=example(), on="2026-05-02")
    assert (column(run, "结对走访情况", "visits"), column(run, "结对走访情况", "due")) == (
        [1],
        [date(2026, 7, 2)],
    )
    assert told(run) == ["other-visitor", "visit-late"]
    assert column(run, "期限", "state") == ["待办", "还差 3 次", "还差 7 次"]


def test_the_example_tells_entries_after_ten_days() -> None:
    rows = [visit("2026-02-10", entered="2026-02-20"), visit("2026-03-10", entered="2026-03-21")]
    assert told(outcome(*rows, by=example()), "no-result") == ["entered-late"]


def test_the_example_gives_by_two_holidays_and_shares_out_for_one() -> None:
    rows = [
        recipient(1, "建国前老党员", source="县党费"),
        recipient(1, "建国前老党员", "2026-06-30", holiday="七一", source="县党费"),
        recipient(2, "困难党员", township="望河乡"),
        recipient(3, "困难党员", holiday="七一", on=None),
    ]
    run = outcome(recipients=rows, by=example())
    assert sorted(column(run, "慰问发放表", "fen")) == [60_000, 60_000, 120_000]
    assert column(run, "资金分配表", "fen") == [5_000_000, 5_000_000]
    assert "不属对象 1" in str(run.tally)


def test_every_key_that_the_chapter_names_is_a_key_of_the_policy() -> None:
    keys = set(re.findall(r"`(\w{4,})`|`(\w+) = |edition\.(\w+)\]", CHAPTER))
    names = {name for found in keys for name in found if name} - {"visits"}
    schema = str(VisitPolicy.model_json_schema())
    assert len(names) > 8
    assert not [name for name in names if f"'{name}'" not in schema]
