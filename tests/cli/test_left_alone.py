"""A result that a batch pays stays the batch's own over the nights, as long as what it pays does not change."""

from pathlib import Path

import pytest

from tests.cli.test_digest import line_of
from tests.cli.test_ledger_command import HEADINGS, cadre
from tests.cli.test_run_command import ROSTER, County, county, log, proposed
from tests.command import book
from tests.ledger.county import account

__all__ = ["county", "proposed"]

RESULT = Path("结果/subsidies-2026-07.xlsx")
NIGHT = ("run", "jobs.toml", "--only", "生活补贴")
LEDGER = ("--ledger", "台账.db")


def stage(county: County) -> str:
    """How far the result has come, as its notice says it."""
    ran = county("notice", RESULT, "--draft", *LEDGER)
    assert ran.code == 0, ran.err
    return ran.out + ran.err


def counted(county: County) -> str:
    return county("report", "结果", *LEDGER, "--out", "月报.xlsx").err


def test_the_night_after_the_approval_leaves_the_result_to_its_batch(proposed: County) -> None:
    before = RESULT.read_bytes()
    proposed("batch", "approve", "1", "--by", "李四", *LEDGER)
    ran = proposed(*NIGHT)
    assert (ran.code, RESULT.read_bytes()) == (0, before)
    assert "没有重写：要发的没有变，批次 1 已审批" in ran.err
    assert "结果没有重写：要发的没有变，批次 1 已审批" in line_of("生活补贴 2026-07")
    assert "批次 1 已审批" in stage(proposed) and "没有审批" not in counted(proposed)
    assert "没有变动，跳过" in proposed(*NIGHT).err


@pytest.mark.parametrize("acts", [("send",), ("send", "paid")])
def test_it_stays_so_after_the_batch_is_sent_and_closed(proposed: County, acts: tuple[str, ...]) -> None:
    before = RESULT.read_bytes()
    proposed("batch", "approve", "1", "--by", "李四", *LEDGER)
    for act in acts:
        proposed(*NIGHT)
        more = ("--bank", "银行") if act == "send" else ()
        assert proposed("batch", act, "1", *more, *LEDGER).code == 0
    proposed(*NIGHT)
    assert RESULT.read_bytes() == before and "批次 1 已" in stage(proposed)


def test_a_roster_that_changes_nothing_that_is_paid_leaves_it_too(proposed: County) -> None:
    before = RESULT.read_bytes()
    book(ROSTER, [cadre(0, 村="河东村"), cadre(1)], HEADINGS)
    proposed(*NIGHT, "--force")
    assert RESULT.read_bytes() == before and "批次 1 已提请" in stage(proposed)


def test_a_result_for_each_township_stays_too(county: County) -> None:
    jobs = Path("jobs.toml")
    plain, out = "结果/{programme}-{period}.xlsx", "结果/{township}/{period}.xlsx"
    jobs.write_text(jobs.read_text("utf-8").replace(plain, out, 1), "utf-8")
    book(ROSTER, [cadre(0), cadre(1, 乡镇="望河乡")], HEADINGS)
    county(*NIGHT)
    before = {path: path.read_bytes() for path in Path("结果").rglob("*.xlsx")}
    county("batch", "approve", "1", "--by", "李四", *LEDGER)
    assert "没有重写" in county(*NIGHT).err and len(before) == 2
    assert {path: path.read_bytes() for path in Path("结果").rglob("*.xlsx")} == before


def test_once_more_is_owed_the_result_is_written_anew_and_is_the_new_batch_s(proposed: County) -> None:
    proposed("batch", "approve", "1", "--by", "李四", *LEDGER)
    book(ROSTER, [cadre(0), cadre(1), cadre(2)], HEADINGS)
    ran = proposed(*NIGHT)
    assert "提请批次 2" in ran.err and "没有重写" not in ran.err and "批次 2 已提请" in stage(proposed)
    assert "没有重写：要发的没有变，批次 2 已提请" in proposed(*NIGHT, "--force").err


@pytest.mark.parametrize("why", ["cancelled", "changed", "gone", "due otherwise"])
def test_it_is_written_anew_where_it_is_no_batch_s_any_more(proposed: County, why: str) -> None:
    if why == "cancelled":
        assert proposed("batch", "cancel", "1", "--note", "名单有误", *LEDGER).code == 0
    elif why == "changed":
        proposed(
            "subsidies",
            ROSTER,
            "--period",
            "2026-07",
            "--out",
            RESULT,
            "-q",
            "--policy",
            "政策/subsidies.toml",
        )
    elif why == "gone":
        RESULT.unlink()
    else:
        book(ROSTER, [cadre(0), cadre(1, 离任原因="开除")], HEADINGS)
    ran = proposed(*NIGHT, "--force")
    assert "没有重写" not in ran.err and RESULT.is_file() and "left" not in log()[-1]


def test_the_log_knows_the_payments_by_a_hash_and_no_account(proposed: County) -> None:
    paid = log()[0]["paid"]
    assert isinstance(paid, dict) and len(paid["sha256"]) == 64
    assert account(0) not in Path("runs.jsonl").read_text("utf-8")
