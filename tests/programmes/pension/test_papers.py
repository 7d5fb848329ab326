"""What goes out: to the bank, to the ledger, to the wall, to the finance bureau; and the list of those who will miss fifteen years."""

from typing import Any

import pytest

from sanchuang_cli.papers import WrittenFor
from tests.programmes.insured import column, entitled, insured, outcome, receipt, told, village


def test_whoever_has_the_money_of_three_payers_is_one_who_has_several_items() -> None:
    people = [insured(number) for number in (1, 2, 3)]
    letter = outcome(*people, villages=[village()]).papers(WrittenFor()).request
    assert letter
    words = "".join(text for _, text in letter.paragraphs)
    assert words.count(" 3 人 ") == 3 + 1
    assert "领取几项的有 3 人，在总人数中只计一次。" in words


def test_without_an_account_nothing_goes_to_the_bank_and_the_sum_is_said_beside() -> None:
    run = outcome(insured(1), insured(2, account=""))
    assert told(run) == ["account"]
    lists = run.payments()
    assert [one.name for one in lists] == [f"养老保险补贴（{name}）" for name in ("村", "县", "自治区")]
    assert [one.besides for one in lists] == [(("无有效账户", 1, fen),) for fen in (24_000, 84_000, 36_000)]


def test_the_list_of_those_who_will_miss_fifteen_years() -> None:
    people = (
        insured(1, born="1966-06-30", months_paid=170),
        insured(2, born="1966-06-30", months_paid=174),
        insured(3, born="1966-06-30"),
        insured(4, born="1966-06-30", months_paid=0, insurance="职工养老"),
        insured(5, born="1966-06-30", months_paid=0, ended="2024-05-01"),
    )
    run = outcome(*people)
    names = ("name", "months_paid", "to_go", "lacks")
    lines = list(zip(*(column(run, "满十五年预警", name) for name in names), strict=True))
    assert lines == [("甲01", 170, 6, 4), ("甲05", 0, 6, 174)]
    (page,) = (table for table in run.tables if table.name == "满十五年预警")
    assert page.notes == ("另有 1 人没有填已缴月数，缴不缴得满不知道。",)


@pytest.mark.parametrize(
    ("fields", "counted"),
    [
        ({}, True),
        ({"disciplined": "2024-01-01"}, True),
        ({"insurance": "职工养老"}, False),
        ({"ended": "2024-05-01"}, False),
        ({"months_paid": 0}, False),
    ],
)
def test_whoever_pays_and_does_not_say_for_how_long_is_counted_beside_the_list(
    fields: dict[str, Any], counted: bool
) -> None:
    near = insured(2, born="1966-06-30", months_paid=0)
    every: list[dict[str, Any]] = [{}, {"receipts": [receipt(insured(2), 1)]}]
    for given in every:
        run = outcome(insured(1, **fields), near, **given)
        (page,) = (table for table in run.tables if table.name == "满十五年预警")
        note = "另有 1 人没有填已缴月数，缴不缴得满不知道。"
        assert page.notes == ((note,) if counted else ())


def test_a_notice_says_who_and_how_much_and_nothing_that_is_private() -> None:
    (notice,) = outcome(insured(1), insured(2, disciplined="2024-01-01")).notices()
    shown = [one.title for one in notice.table.columns if not one.private]
    assert shown == ["序号", "乡镇", "村", "姓名", "性别", "职务", "财政补贴"]
    assert [row[notice.table.index("name")] for row in notice.table.rows] == ["甲01"]


def test_the_ledger_gets_a_component_for_each_payer_and_month() -> None:
    (claimant,) = entitled(insured(started="2025-11-05")).claimants
    assert [(due.component, str(due.month), due.fen) for due in claimant.due] == [
        ("村", "2025-11", 2_000), ("县", "2025-11", 7_000), ("自治区", "2025-11", 3_000),
        ("村", "2025-12", 2_000), ("县", "2025-12", 7_000), ("自治区", "2025-12", 3_000),
    ]  # fmt: skip
    assert entitled(insured(village="外村")).claimants == ()
    assert {due.month.month for due in entitled(insured(), period="2025-03").claimants[0].due} == {3}
