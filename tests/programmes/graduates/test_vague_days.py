"""Days of contracts that are known loosely: what they leave open, and what no sum depends on."""

from typing import Any

import pytest

from sanchuang_cli.money import yuan
from sanchuang_cli.programmes.graduates import PROGRAMME
from tests.programmes.contracts import (
    asked,
    changed,
    column,
    contract,
    ledger,
    outcome,
    told,
)


def test_a_vague_day_that_changes_nothing_is_taken() -> None:
    run = outcome(contract(started="2026-03", ended="2029-02"), contract(2, "2020", "2029"))
    assert (told(run), ledger(run, "months")) == ([], [10, 12])


@pytest.mark.parametrize(
    ("fields", "nth", "percent", "back"),
    [
        ({"started": "2024", "reason": "死亡"}, "21至32", 0, 0),
        ({"started": "2024", "reason": "辞职"}, "21至32", 0, 0),
        ({"started": "2024-12", "reason": "辞职"}, "21", 0, 0),
        ({"started": "2025-09-01", "reason": "辞职"}, "12", 50, 100_000),
    ],
)
def test_the_month_of_leaving_is_told_as_far_as_it_is_known(
    fields: dict[str, Any], nth: str, percent: int, back: int
) -> None:
    who = contract(left="2026-08-20", ended="2027-11-30", **fields)
    run = outcome(who)
    assert (told(run), ledger(run, "months"), ledger(run, "back")) == ([], [8], [back])
    (verdict,) = PROGRAMME.judge(*asked(who)).verdicts["contracts"]
    said = f"在第 {nth} 个自然月离岗，退回 {percent}%，{yuan(back)} 元；不从生活补贴里扣"
    assert said in [reason.said for reason in verdict.reasons]


def test_a_month_of_leaving_that_is_a_span_is_blank_on_the_page_of_what_is_given_back() -> None:
    by = changed("{ through = 12, percent = 50 }", "{ through = 40, percent = 50 }")
    run = outcome(contract(started="2024", ended="2027-11-30", left="2026-08-20", reason="辞职"), by=by)
    assert (told(run), column(run, "应退安家费", "nth")) == ([], [None])
    assert column(run, "应退安家费", "back") == [100_000]


def test_a_month_between_the_ends_of_a_vague_start_may_give_something_back() -> None:
    by = changed(
        "give_back = [{ through = 6, percent = 100 }, { through = 12, percent = 50 }]",
        "give_back = [{ through = 21, percent = 0 }, { through = 30, percent = 50 }]",
    )
    who = contract(started="2024", left="2026-08-20", reason="辞职")
    assert told(outcome(who, by=by)) == ["date-vague"]


def test_a_day_that_only_the_first_contract_leaves_open_sets_all_of_the_person_aside() -> None:
    """In which month somebody leaves is counted from the first; by itself the second contract is clear."""
    first = contract(1, "2025", "2026-03-31", line=1)
    again = contract(1, "2026-04-01", "2029-03-31", line=2, left="2026-04-20", reason="辞职")
    run = outcome(first, again)
    assert [(finding.code, finding.place.row) for finding in run.findings] == [
        ("graduates.date-vague", 5),
        ("graduates.other-row", 4),
    ]
    assert run.tally.set_aside == 2
