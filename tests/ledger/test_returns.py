"""What the bank says came back: what counts as returned, what does not, and how a wrong return is taken back."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches
from sanchuang_cli.ledger.chain import Deed
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.listing import balance_page, batches_page, closed_line
from sanchuang_cli.ledger.restoring import Restored, restore
from sanchuang_cli.ledger.return_list import ReturnRow
from sanchuang_cli.ledger.returns import take_back
from sanchuang_cli.record import Row, Source
from tests.ledger import county
from tests.ledger.county import (
    MAKER,
    account,
    claimant,
    entitled,
    number,
    paid,
    propose,
    returned,
    send,
    sound,
)

pytestmark = pytest.mark.usefixtures("database")

JULY = {"2026-07": 100_00}
WHY = Deed("张三", "银行到账证明", MAKER.at, MAKER.login)


def row(who: int, status: str | None = None, heading: str = "处理结果", **facts: Any) -> ReturnRow:
    """A row of a list; with a status, the list has a column of results, without one it is called a list of returns."""
    columns = {} if status is None else {"status": (4, heading)}
    return ReturnRow(
        row=Row(Source("退票.xlsx" if status is None else "结果.xlsx", "Sheet1", columns), who + 2, ()),
        name=f"村民{who}",
        account=account(who),
        amount=100_00,
        status=status or "",
        **facts,
    )


def july(tmp_path: Path, people: int = 4) -> tuple[Ledger, int]:
    """A ledger of which July is on its way to the bank."""
    ledger = county.new(tmp_path)
    everybody = entitled(*(claimant(who, JULY) for who in range(people)))
    batch = propose(ledger, "2026-07", everybody).batches["payment"]
    send(ledger, batch, tmp_path / "out")
    return ledger, batch


def arrived(ledger: Ledger, batch: int, *rows: ReturnRow) -> Restored:
    return restore(ledger, batch, rows, WHY)


def test_of_a_list_of_results_only_what_failed_came_back(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    words = ("成功", "交易成功", "失败", "退票")
    made = take_back(ledger, batch, [row(who, word) for who, word in enumerate(words)], MAKER)
    assert (made.persons, made.fen, made.arrived) == (2, 200_00, 2)
    assert paid(ledger) == {(number(who), "2026-07"): 100_00 for who in (0, 1)}
    sound(ledger)


@pytest.mark.parametrize(
    ("heading", "word", "is_back"),
    [
        ("处理结果", "已入账", False),
        ("处理结果", "付款成功", False),
        ("处理结果", "退票成功", True),
        ("处理结果", "未成功", True),
        ("处理结果", "失败（户名不符）", True),
        ("成功标志", "Y", False),
        ("是否成功", "否", True),
    ],
)
def test_the_usual_words_for_a_result_are_understood(
    tmp_path: Path, heading: str, word: str, is_back: bool
) -> None:
    ledger, batch = july(tmp_path)
    made = take_back(ledger, batch, [row(0, word, heading)], MAKER)
    assert (made.persons, made.arrived) == (int(is_back), int(not is_back))


@pytest.mark.parametrize(
    "unclear",
    [
        row(1, "处理中"),
        row(1, ""),
        row(1, "0", "成功标志"),
        row(1, "Y"),
        row(1, "部分成功"),
        row(1, "成功（非退票）"),
        row(1, "成功", reason="户名不符"),
        row(1, "失败", reason="交易成功"),
        row(1, reason="处理完成"),
    ],
)
def test_a_result_that_is_not_understood_refuses_the_whole_list_with_its_place(
    tmp_path: Path, unclear: ReturnRow
) -> None:
    ledger, batch = july(tmp_path)
    before = county.content(ledger)
    with pytest.raises(UserError, match=r"\.xlsx Sheet1 (D3|第3行)") as refusal:
        take_back(ledger, batch, [row(0, "失败"), unclear], MAKER)
    assert "什么都没有登记" in str(refusal.value)
    assert county.content(ledger) == before


def test_a_reason_that_says_success_is_no_return(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    made = take_back(ledger, batch, [row(0, reason="交易成功"), row(1, reason="户名不符")], MAKER)
    assert (made.persons, made.arrived) == (1, 1)
    with pytest.raises(UserError, match=r"第4行：没有写结果，名单里别的行写了"):
        take_back(ledger, batch, [row(0, reason="交易成功"), row(2)], MAKER)


def beside(who: int, *cells: str) -> ReturnRow:
    """A row with cells under headings that nobody knows, after those of name, account and amount."""
    columns = {"name": (1, "户名"), "account": (2, "账号"), "amount": (3, "金额")}
    source = Source("结果.xlsx", "Sheet1", columns)
    return structs.replace(row(who), row=Row(source, who + 2, ("", "", "", *cells)))


def test_results_under_a_heading_that_nobody_knows_are_results(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    made = take_back(ledger, batch, [beside(0, "甲", "成功"), beside(1, "乙", "失败")], MAKER)
    assert (made.persons, made.arrived) == (1, 1)
    for unclear in ("", "处理中"):
        with pytest.raises(UserError, match=r"结果\.xlsx Sheet1 E4"):
            take_back(ledger, batch, [beside(0, "", "成功"), beside(2, "甲", unclear)], MAKER)


def test_a_list_without_results_of_more_than_half_the_batch_needs_somebody_to_say_so(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    with pytest.raises(UserError, match="--all-returned"):
        take_back(ledger, batch, [row(0), row(1), row(2)], MAKER)
    assert take_back(ledger, batch, [row(0), row(1)], MAKER).persons == 2
    assert take_back(ledger, batch, [row(2), row(3)], MAKER, all_returned=True).persons == 2


def test_a_file_that_we_wrote_ourselves_is_no_list_of_returns(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    with ledger.reading() as connection:
        names = batches.names_of_copies(batches.batch_numbered(connection, batch))
    for _, digest in names:
        own = Deed("张三", "", MAKER.at, MAKER.login, digest)
        with pytest.raises(UserError, match="批次 1 自己的文件"):
            take_back(ledger, batch, [row(0)], own)


def test_a_return_that_comes_after_the_batch_was_closed_is_booked_and_sent_again(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    batches.confirm(ledger, batch, MAKER)
    made = returned(ledger, batch, [("村民1", account(1), 100_00)])
    assert (made.persons, made.reissue) == (1, 2)
    assert (number(1), "2026-07") not in paid(ledger)
    sound(ledger)
    send(ledger, 2, tmp_path / "again")
    batches.confirm(ledger, batch, MAKER)
    assert len(paid(ledger)) == 4
    sound(ledger)


def test_money_that_is_about_to_be_asked_back_comes_back_only_after_that_is_cancelled(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path, 1)
    batches.confirm(ledger, batch, MAKER)
    claim = propose(ledger, "2026-07", entitled(claimant(0, {}))).batches["recovery"]
    with pytest.raises(UserError, match=f"先取消批次 {claim}"):
        returned(ledger, batch, [("村民0", account(0), 100_00)])
    batches.cancel(ledger, claim, MAKER)
    assert returned(ledger, batch, [("村民0", account(0), 100_00)]).owed_again == 0
    sound(ledger)


def test_only_a_batch_that_went_to_the_bank_has_returns(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path, 1)
    batches.confirm(ledger, batch, MAKER)
    claim = propose(ledger, "2026-07", entitled(claimant(0, {}))).batches["recovery"]
    with pytest.raises(UserError, match="没有送银行"):
        returned(ledger, claim, [("村民0", account(0), 100_00)])


def test_a_wrong_return_is_taken_back_with_who_and_why_and_may_come_back_later(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    take_back(ledger, batch, [row(0), row(1)], MAKER)
    wrong = [row(0, "成功"), row(1, "失败"), row(2, "成功")]
    with pytest.raises(UserError, match="sanchuang batch cancel 2"):
        arrived(ledger, batch, *wrong)
    batches.cancel(ledger, 2, MAKER)
    with pytest.raises(UserError, match="依据"):
        restore(ledger, batch, wrong, MAKER)
    assert arrived(ledger, batch, *wrong) == Restored(1, 100_00, 1, 1)
    before = county.content(ledger)
    assert arrived(ledger, batch, *wrong) == Restored(0, 0, 2, 1)
    assert county.content(ledger) == before
    with ledger.reading() as connection:
        last = batches.events(connection, batch)[-1]
    assert (last.what, last.who, last.note) == ("return-undone", "张三", "银行到账证明")
    owed = propose(ledger, "2026-07", entitled(*(claimant(who, JULY) for who in range(4))))
    assert [(change.payee.name, change.fen) for change in owed.comparison.pay] == [("村民1", 100_00)]
    sound(ledger)
    assert returned(ledger, batch, [("村民0", account(0), 100_00)]).persons == 1
    assert (number(0), "2026-07") not in paid(ledger)
    sound(ledger)


def test_a_return_that_was_sent_again_and_then_taken_back_was_paid_twice(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    made = take_back(ledger, batch, [row(0)], MAKER)
    send(ledger, made.reissue, tmp_path / "again")
    arrived(ledger, batch, row(0, "成功"))
    assert paid(ledger)[number(0), "2026-07"] == 200_00
    for sent in (batch, made.reissue):
        batches.confirm(ledger, sent, MAKER)
    claim = propose(ledger, "2026-07", entitled(claimant(0, JULY))).comparison.claim
    assert [change.fen for change in claim] == [-100_00]
    sound(ledger)


@pytest.mark.parametrize("of_whom", [1, 2])
def test_a_new_account_of_another_payee_stops_the_list(tmp_path: Path, of_whom: int) -> None:
    ledger, batch = july(tmp_path)
    before = county.content(ledger)
    new = account(1) if of_whom == 1 else account(0, 9)
    rows = [row(0, new_account=new)] if of_whom == 1 else [row(0, new_account=new), row(1, new_account=new)]
    with pytest.raises(UserError, match="属于另一个收款人" if of_whom == 1 else "几行写的是同一个"):
        take_back(ledger, batch, rows, MAKER)
    assert county.content(ledger) == before


def test_a_changed_account_is_told_where_the_batch_is_signed(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path)
    take_back(ledger, batch, [row(0, new_account=account(0, 9)), row(1)], MAKER)
    (paper,) = ledger.folder.glob("000002-*")
    told = paper.read_text("utf-8").partition("台账疑点")[2].partition("来源")[0]
    assert "村民0：退票名单写了新账号" in told and account(0, 9)[-4:] in told and "村民1" not in told
    assert account(0, 9) not in told
    with ledger.reading() as connection:
        reasons = {line.name: line.reason for line in batches.lines_of(connection, 2)}
    assert reasons == {"村民0": "退票重发，改用新账号", "村民1": "退票重发"}


def test_the_list_names_every_batch_that_sends_again_and_nothing_that_came_back_is_called_paid(
    tmp_path: Path,
) -> None:
    ledger, batch = july(tmp_path, 3)
    for who in range(3):
        take_back(ledger, batch, [row(who, reason="户名不符")], MAKER)
    batches.confirm(ledger, batch, MAKER)
    assert closed_line(ledger, batch) == "批次 1：已了结，全部退回 3 人，300.00 元，没有发放。"
    first = batches_page(ledger).rows[-1]
    assert first[2:7] == ("已了结，全部退回", 3, 300_00, 300_00, "2、3、4")
    send(ledger, 2, tmp_path / "again")
    assert balance_page(ledger, ["month"]).rows == [("2026-07", 1, 100_00)]


def test_a_batch_of_which_some_came_back_says_how_much_was_paid(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path, 3)
    take_back(ledger, batch, [row(0)], MAKER)
    batches.confirm(ledger, batch, MAKER)
    assert closed_line(ledger, batch) == "批次 1：已发放 2 人，200.00 元；退回 1 人，100.00 元。"


def test_returns_that_were_taken_back_are_none_on_the_list(tmp_path: Path) -> None:
    ledger, batch = july(tmp_path, 3)
    take_back(ledger, batch, [row(0)], MAKER)
    batches.cancel(ledger, 2, MAKER)
    arrived(ledger, batch, row(0, "成功"))
    assert batches_page(ledger).rows[-1][2:7] == ("已送银行（退票已撤销）", 3, 300_00, None, "")
