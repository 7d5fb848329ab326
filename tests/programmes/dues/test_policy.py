"""What a document on 党费 cannot mean is refused; and of a month that is not known nothing later is worked out."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.dues.owed import DuesMember, Unknown, owed
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from tests.programmes.payers import column, default, outcome, pay, payer, told, with_keys

FEN = 100


def category(**keys: Any) -> dict[str, Any]:
    return {"categories": [{"name": "在职", "clause": "按月", **keys}]}


def brackets(*tops: int | None) -> dict[str, Any]:
    return category(brackets=[{"percent": 1} | ({} if top is None else {"up_to": top}) for top in tops])


ORDER = "“在职”的 brackets 从低到高，只有最高一档不写 up_to"
WRONG: list[tuple[dict[str, Any], str]] = [
    (category(), "“在职”要写 amount（固定数）或 brackets（分档），也只能写一个"),
    (category(amount=1, brackets=[{"percent": 1}]), "“在职”要写 amount（固定数）或 brackets（分档），也只能写一个"),
    (brackets(3000), ORDER),
    (brackets(3000, 5000), ORDER),
    (brackets(None, 3000), ORDER),
    (brackets(None, None), ORDER),
    (brackets(5000, 3000, None), ORDER),
    (brackets(3000, 3000, None), ORDER),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "said"), WRONG)
def test_a_document_that_cannot_be_meant_is_refused(keys: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError) as refused:
        with_keys(**keys)
    assert said in str(refused.value)


@pytest.mark.parametrize("tops", [(None,), (3000, None), (3000, 5000, None)])
def test_bands_that_rise_to_an_open_one_are_accepted(tops: tuple[int | None, ...]) -> None:
    (made,) = with_keys(**brackets(*tops)).editions[0].categories
    assert [band.up_to for band in made.brackets] == list(tops)


def test_each_month_is_worked_out_or_not_by_itself() -> None:
    months = Period.year(2026).each_month()
    quarter = {"上年四季度净收入": 900_000, "二季度净收入": 900_000}
    each = list(owed(DuesMember("个体", None, quarter.get), months, default()))
    unknown = [(month, one.said) for month, one in each if isinstance(one, Unknown)]
    missing = [Month(2026, n) for n in (4, 5, 6, 10, 11, 12)]
    assert unknown == [(month, f"{month} 没有基数") for month in missing]


def test_a_base_beside_a_pay_file_that_a_later_document_does_not_know_is_still_told() -> None:
    """The member left in May; the document of July, which has no pay file, is in force at the end of the year."""
    later = with_keys(pay_file=None).editions[0].model_copy(update={"effective": date(2026, 7, 1)})
    by = PolicyFile("试.toml", "0" * 64, (with_keys().editions[0], later))
    who = payer(base=400_000, left="2026-05-31")
    run = outcome(who, pay=[pay({"岗位工资": 600_000})], by=by)
    assert told(run) == ["base-differs"]
    first = by.editions[0].pay_file
    assert first and [finding.basis for finding in run.findings] == [first.clause]
    assert column(run, "党费收缴表", "due") == [5 * 90 * FEN], "1.5 per cent of 6,000 yuan for five months"
    stays = outcome(payer(base=400_000), pay=[pay({"岗位工资": 600_000})], by=by)
    assert column(stays, "党费收缴表", "due") == [6 * 90 * FEN + 6 * 40 * FEN], "from July by the roster"
    assert told(stays) == []
