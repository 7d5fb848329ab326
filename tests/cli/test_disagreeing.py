"""A batch that is not sent yet and that the rosters no longer agree with is told of before anybody signs it."""

from pathlib import Path

import pytest

from tests.cli.test_digest import line_of, page
from tests.cli.test_ledger_command import HEADINGS, Office, cadre, office
from tests.cli.test_run_command import ROSTER, County, county, log, proposed
from tests.cli.test_vanished import doubts
from tests.command import book
from tests.ledger.county import account, number

__all__ = ["county", "office", "proposed"]

NIGHT = ("run", "jobs.toml", "--only", "生活补贴")
DEAD = cadre(1, 离任原因="开除")
MOVED = cadre(0, 银行账号=account(0, 5))


@pytest.mark.parametrize(
    ("people", "what"),
    [
        ([cadre(0), DEAD], "数额不同的 1 人"),
        ([MOVED, cadre(1)], "账号不同的 1 人"),
        ([cadre(0)], "名册里没有的 1 人"),
        ([cadre(0), cadre(1, 任职经历="看不清")], "待核实的 1 人"),
    ],
)
def test_the_page_says_whom_a_waiting_batch_pays_otherwise_before_it_asks_for_a_signature(
    proposed: County, people: list[list[str]], what: str
) -> None:
    book(ROSTER, people, HEADINGS)
    ran = proposed(*NIGHT)
    assert ran.code == 1
    told = line_of("批次 1 先核对再办")
    assert f"其中 1 人和现在的名册对不上：{what}（清单序号" in told
    assert "sanchuang batch cancel 1 --note 原因 --ledger " in told
    text = page()
    assert text.index("批次 1 先核对再办") < text.index("请签字")
    assert text.index("批次 1 和现在的名册对不上，先核对再签字") < text.index("运行完毕")
    assert not [one for n in range(2) for one in (number(n), account(n), f"王{'甲乙'[n]}") if one in text]


def test_it_is_told_until_the_batch_is_cancelled_and_proposed_anew(proposed: County) -> None:
    book(ROSTER, [MOVED, cadre(1)], HEADINGS)
    for _ in range(2):
        proposed(*NIGHT)
        assert "批次 1 先核对再办" in page()
    proposed("batch", "approve", "1", "--by", "李四", "--ledger", "台账.db")
    proposed(*NIGHT)
    assert "批次 1 先核对再办" in page() and "送银行" in page()
    proposed("batch", "cancel", "1", "--note", "账号改了", "--ledger", "台账.db")
    assert "提请批次 2" in proposed(*NIGHT).err and "先核对再办" not in page()


def test_a_night_without_a_change_says_nothing_of_the_kind(proposed: County) -> None:
    assert proposed(*NIGHT, "--force").code == 0 and "先核对再办" not in page()
    assert log()[-1]["against"] == {}


def test_the_run_warns_of_an_account_that_a_waiting_batch_does_not_follow(office: Office) -> None:
    office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    book(Path("8月.xlsx"), [MOVED, cadre(1)], HEADINGS)
    asked = ("subsidies", "8月.xlsx", "--period", "2026-08", "--ledger", "county.db", "--out", "8.xlsx")
    assert office(*asked).code == 0
    (doubt,) = [row for row in doubts("8.xlsx") if row["代码"] == "ledger.other-account"]
    assert account(0)[-4:] in doubt["说明"] and account(0) not in str(doubt)


def test_who_is_in_a_waiting_batch_and_vanished_is_named_like_who_was_paid(office: Office) -> None:
    office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    book(Path("8月.xlsx"), [cadre(0)], HEADINGS)
    asked = ("subsidies", "8月.xlsx", "--period", "2026-08", "--ledger", "county.db", "--out", "8.xlsx")
    office(*asked)
    first, *_ = doubts("8.xlsx")
    assert first["代码"] == "ledger.absent" and "王乙：已列入批次 1，还没有送银行" in first["说明"]
    office("batch", "approve", "1", "--by", "李四")
    office("batch", "send", "1", "--bank", "银行")
    office(*asked)
    first, *_ = doubts("8.xlsx")
    assert "王乙：台账上已有发放" in first["说明"] and "cancel" not in str(first)


def test_a_payment_that_goes_out_again_to_a_mended_account_is_no_disagreement(office: Office) -> None:
    office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    office("batch", "approve", "1", "--by", "李四")
    office("batch", "send", "1", "--bank", "银行")
    heads = ("户名", "账号", "金额", "退票原因", "新账号")
    book(Path("退票.xlsx"), [["王甲", account(0), 505, "账户已销户", account(0, 5)]], heads)
    office("batch", "return", "1", "退票.xlsx")
    asked = ("subsidies", "7月.xlsx", "--period", "2026-07", "--ledger", "county.db", "--out", "7.xlsx")
    assert "ledger.other-account" not in office(*asked).err
