"""Which batch a bank's list is of, and what of it does not fit what is booked already."""

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches
from sanchuang_cli.ledger.chain import Deed
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.restoring import Restored
from sanchuang_cli.ledger.return_list import ReturnRow
from sanchuang_cli.ledger.returns import take_back
from sanchuang_cli.record import Row, Source
from tests.ledger import county
from tests.ledger.county import MAKER, account, claimant, entitled, propose, returned, send, sound
from tests.ledger.test_returns import WHY, arrived, july, row

pytestmark = pytest.mark.usefixtures("database")

BOTH = {"2026-07": 100_00, "2026-08": 100_00}


def told(who: int, *, reason: str = "户名不符", **cells: str) -> ReturnRow:
    """A row that says why the money came back, with cells under further headings."""
    headings = ("户名", "账号", "金额", *cells)
    columns = {"name": (1, "户名"), "account": (2, "账号"), "amount": (3, "金额")}
    source = Source("表.xlsx", "Sheet1", columns, headings=dict(enumerate(headings, 1)))
    at = Row(source, who + 2, ("", "", "", *cells.values()))
    return structs.replace(row(who, reason=reason), row=at)


def test_a_list_is_registered_for_one_batch_only(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    first = replace(MAKER, file_sha256="7" * 64)
    made = take_back(ledger, batch, [row(0, reason="户名不符")], first)
    send(ledger, made.reissue, tmp_path / "again")
    before = county.content(ledger)
    with pytest.raises(UserError, match=f"是批次 {batch} 的"):
        take_back(ledger, made.reissue, [row(0, reason="户名不符")], first)
    assert county.content(ledger) == before
    assert take_back(ledger, batch, [row(0, reason="户名不符")], first).before == 1
    arrived(ledger, batch, row(0, "成功"))
    assert take_back(ledger, made.reissue, [row(0, reason="户名不符")], first).persons == 1


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"汇款用途": "2026年7月生活补贴退票重发批次2"}, "sanchuang batch return 2 "),
        ({"交易日期": "2026-07-10"}, "在批次 1 送银行以前"),
        ({"退票时间": "20260710 10:00"}, "在批次 1 送银行以前"),
    ],
)
def test_rows_of_another_batch_or_of_a_day_before_it_was_sent_stop_the_list(
    tmp_path: Path, cells: dict[str, str], why: str
) -> None:
    ledger, batch = july(tmp_path)
    send(ledger, take_back(ledger, batch, [row(0)], MAKER).reissue, tmp_path / "again")
    before = county.content(ledger)
    for does in (take_back, arrived_with):
        with pytest.raises(UserError, match=why):
            does(ledger, batch, [told(1, **cells)], WHY)
    assert county.content(ledger) == before


def arrived_with(ledger: Ledger, batch: int, rows: list[ReturnRow], deed: Deed) -> Restored:
    return arrived(ledger, batch, *rows)


@pytest.mark.parametrize(
    "cells",
    [
        {"汇款用途": "2026年7月生活补贴发放批次1"},
        {"汇款用途": "代发批次9"},
        {"交易日期": "2026-08-01"},
        {"出生日期": "1950-01-01"},
        {"交易日期": "见附件"},
    ],
)
def test_rows_of_the_batch_itself_are_registered(tmp_path: Path, cells: dict[str, str]) -> None:
    ledger, batch = july(tmp_path)
    assert take_back(ledger, batch, [told(1, **cells)], MAKER).persons == 1


def test_a_payment_that_succeeded_must_be_one_of_the_batch(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    before = county.content(ledger)
    with pytest.raises(UserError, match=r"第11行.*批次里没有这一笔"):
        take_back(ledger, batch, [row(0, "失败"), row(9, "成功")], MAKER)
    with pytest.raises(UserError, match="名单里写了两次"):
        take_back(ledger, batch, [row(0, "失败"), row(0, "成功")], MAKER)
    assert county.content(ledger) == before


def test_a_payment_that_succeeded_and_is_booked_as_returned_is_told(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    assert take_back(ledger, batch, [row(0)], MAKER).doubts == ()
    (doubt,) = take_back(ledger, batch, [row(0, "成功"), row(1, "失败")], MAKER).doubts
    assert "村民0" in doubt and f"sanchuang batch arrived {batch}" in doubt
    (doubt,) = take_back(ledger, batch, [row(0, "成功")], MAKER).doubts
    assert "村民0" in doubt


def test_only_what_says_that_it_arrived_is_taken_back(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path, 8)
    take_back(ledger, batch, [row(who) for who in (1, 2, 3)], MAKER)
    batches.cancel(ledger, 2, MAKER)
    before = county.content(ledger)
    for rows in ([told(1), told(2)], [row(1)], [row(1, "失败")]):
        with pytest.raises(UserError, match="没有一笔写明成功"):
            arrived(ledger, batch, *rows)
    assert county.content(ledger) == before
    receipt = [told(who, reason="", 回执=said) for who, said in ((1, "成功"), (2, "失败"), (3, "失败"))]
    assert arrived(ledger, batch, *receipt) == Restored(1, 100_00, 0, 2)
    sound(ledger)


def test_half_of_the_batch_is_counted_over_all_its_lists(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path, 7)
    take_back(ledger, batch, [row(0), row(1)], MAKER)
    with pytest.raises(UserError, match=r"早先登记了 2 笔退票，名单里有 2 笔.*--all-returned"):
        take_back(ledger, batch, [row(2), row(3)], MAKER)
    assert take_back(ledger, batch, [row(2, reason="销户"), row(3, reason="销户")], MAKER).persons == 2


def test_new_accounts_that_come_after_the_return_are_told(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    take_back(ledger, batch, [row(0), row(1)], MAKER)
    late = row(0, new_account=account(0, 9))
    (doubt,) = take_back(ledger, batch, [late, row(1)], MAKER).doubts
    assert "1 个新账号没有用上，批次 2 仍发到原账号" in doubt and "sanchuang batch cancel 2" in doubt
    batches.cancel(ledger, 2, MAKER)
    (doubt,) = take_back(ledger, batch, [late, row(1)], MAKER).doubts
    assert "1 个新账号没有用上" in doubt and "改好名册" in doubt


def test_what_was_sent_again_and_came_back_is_registered_with_the_batch_that_sent_it(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    send(ledger, take_back(ledger, batch, [row(0), row(1)], MAKER).reissue, tmp_path / "again")
    (doubt,) = take_back(ledger, batch, [row(0, reason="销户")], MAKER).doubts
    assert "已在批次 2 重发" in doubt and "sanchuang batch return 2" in doubt
    assert returned(ledger, 2, [("村民0", account(0), 100_00)]).persons == 1


def test_another_month_of_the_same_people_is_another_list(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    august = propose(ledger, "2026-08", entitled(*(claimant(who, BOTH) for who in range(4))))
    send(ledger, august.batches["payment"], tmp_path / "august")
    with pytest.raises(UserError, match=f"写的是批次 {batch}"):
        take_back(ledger, 2, [told(0, 汇款用途="2026年7月生活补贴发放批次1")], MAKER)
    assert take_back(ledger, 2, [told(0, 汇款用途="2026年8月生活补贴发放批次2")], MAKER).persons == 1
