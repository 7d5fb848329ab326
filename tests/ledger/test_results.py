"""A result that pays nothing is approved in the chain, under the same two people and signatures as a batch."""

from dataclasses import replace
from pathlib import Path

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import approval_paper, approving, batches, copying, file, unpaid_results
from sanchuang_cli.ledger.authority import ONE_LOGIN
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.listing import acts_page, checked
from sanchuang_cli.ledger.proof import proved
from sanchuang_cli.ledger.unpaid_results import Stated
from tests.ledger import county
from tests.ledger.county import CHECKER, MAKER, claimant, entitled, propose, sound
from tests.ledger.signers import public, signed

pytestmark = pytest.mark.usefixtures("database")

DOCUMENT = replace(CHECKER, note="组通字〔2026〕8号")
STARS = Stated("a" * 64, "星级.xlsx", "rate", "星级评定（rate）", "2026", "rate", "0" * 64, "")
OTHER = STARS._replace(digest="b" * 64)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = county.new(tmp_path)
    unpaid_results.propose(made, STARS, MAKER)
    return made


def is_approved(ledger: Ledger, digest: str = STARS.digest) -> bool:
    return unpaid_results.standing(ledger, [STARS._replace(digest=digest)])[0].approved


def test_a_second_person_approves_a_result(ledger: Ledger) -> None:
    assert not is_approved(ledger)
    unpaid_results.approve(ledger, STARS, CHECKER)
    assert is_approved(ledger)
    sound(ledger)
    proof = proved(ledger)
    assert "提请的结果 1 个，其中已审批 1 个" in checked(proof)
    (row,) = unpaid_results.results_page(ledger).rows
    assert row == (
        "星级.xlsx",
        "星级评定（rate）",
        "2026",
        "",
        "已审批",
        "张三",
        MAKER.at,
        "李四",
        CHECKER.at,
        "a" * 16,
    )
    assert [(row[3], row[4], row[6]) for row in acts_page(ledger).rows[1:]] == [
        ("提请结果", "张三", "星级.xlsx"),
        ("审批结果", "李四", "星级.xlsx；同意"),
    ]


def test_what_nobody_approved_waits(ledger: Ledger) -> None:
    unpaid_results.propose(ledger, OTHER, MAKER)
    unpaid_results.approve(ledger, OTHER, CHECKER)
    assert [(waiting.book, waiting.who, waiting.at) for waiting in unpaid_results.waiting(ledger)] == [
        ("星级.xlsx", "张三", MAKER.at)
    ]
    assert [is_approved(ledger, digest) for digest in (STARS.digest, OTHER.digest, "c" * 64)] == [
        False,
        True,
        False,
    ]


def test_what_was_approved_of_the_same_after_it_is_told(ledger: Ledger) -> None:
    elsewhere = OTHER._replace(digest="c" * 64, part="别的镇（共 2 份）")
    last_year = OTHER._replace(digest="d" * 64, period="2025")
    for result in (OTHER, elsewhere, last_year):
        unpaid_results.propose(ledger, result, MAKER)
    for result in (STARS, elsewhere, last_year):
        unpaid_results.approve(ledger, result, CHECKER)
    asked = [STARS, OTHER, elsewhere]
    assert [result.newer for result in unpaid_results.standing(ledger, asked)] == [None, None, None]
    unpaid_results.approve(ledger, OTHER, CHECKER)
    assert [result.newer for result in unpaid_results.standing(ledger, asked)] == [OTHER, None, None]


@pytest.mark.parametrize("name", ["张三", " 张 三", "（张三）"])
def test_the_proposer_does_not_approve(ledger: Ledger, name: str) -> None:
    with pytest.raises(UserError, match=r"结果 星级\.xlsx 是 张三 提请的，审批须由另一个人"):
        unpaid_results.approve(ledger, STARS, replace(CHECKER, who=name))
    assert not is_approved(ledger)


def test_the_proposer_s_login_approves_only_where_the_office_has_one(ledger: Ledger) -> None:
    same = replace(CHECKER, login=MAKER.login)
    with pytest.raises(UserError, match=r"结果 星级\.xlsx 是登录名 1001 zhangsan 提请的"):
        unpaid_results.approve(ledger, STARS, same)
    approving.state_rule(ledger, ONE_LOGIN, DOCUMENT)
    assert DOCUMENT.note in approval_paper.text(unpaid_results.paper(ledger, STARS))
    unpaid_results.approve(ledger, STARS, same)
    sound(ledger)


def test_what_is_done_twice_is_refused_and_nothing_is_written(ledger: Ledger) -> None:
    with pytest.raises(UserError, match="已由 张三 提请"):
        unpaid_results.propose(ledger, STARS, replace(MAKER, who="王五"))
    with pytest.raises(UserError, match=r"还没有提请.*sanchuang ledger propose 星级\.xlsx --by"):
        unpaid_results.approve(ledger, OTHER, CHECKER)
    unpaid_results.approve(ledger, STARS, CHECKER)
    head = proved(ledger).history.head
    for again in (unpaid_results.approve, unpaid_results.propose):
        with pytest.raises(UserError, match="早已由 李四 审批"):
            again(ledger, STARS, replace(CHECKER, who="王五", login="1003 wangwu"))
    assert proved(ledger).history.head == head


def test_a_ledger_with_approvers_takes_no_unsigned_approval_of_a_result(ledger: Ledger) -> None:
    approving.add(ledger, "李四", public("李四"), DOCUMENT)
    with pytest.raises(
        UserError, match=r"结果 星级\.xlsx 的审批要签名：sanchuang ledger approve 星级\.xlsx --key"
    ):
        unpaid_results.approve(ledger, STARS, CHECKER)
    lines = unpaid_results.paper(ledger, STARS)
    good = signed(lines)
    for wrong, message in (
        (signed(lines, "王五"), "不是审批人 李四 登记在用的"),
        (good._replace(signature=signed(lines, "王五").signature), "签名与审批单不符"),
        (signed((*lines, ("附加", "一行"))), "请用 sanchuang ledger paper 重新写出"),
    ):
        with pytest.raises(UserError, match=message):
            unpaid_results.approve(ledger, STARS, CHECKER, wrong)
    unpaid_results.approve(ledger, STARS, CHECKER, good)
    assert proved(ledger).history.signatures == 1
    sound(ledger)


def test_a_signature_is_for_one_thing_of_one_ledger(ledger: Ledger, tmp_path: Path) -> None:
    approving.add(ledger, "李四", public("李四"), DOCUMENT)
    of_result = signed(unpaid_results.paper(ledger, STARS))
    unpaid_results.propose(ledger, OTHER, MAKER)
    number = propose(ledger, "2026-07", entitled(claimant(1, {"2026-07": 100_00}))).batches["payment"]
    with pytest.raises(UserError, match="与现在的不同（结果摘要、"):
        unpaid_results.approve(ledger, OTHER, CHECKER, of_result)
    with pytest.raises(UserError, match="与现在的不同（批次、"):
        batches.approve(ledger, number, CHECKER, of_result)
    with pytest.raises(UserError, match="与现在的不同（结果摘要、"):
        unpaid_results.approve(ledger, STARS, CHECKER, signed(batches.paper(ledger, number)))
    unpaid_results.approve(
        ledger, STARS, CHECKER, of_result
    )  # though the head has moved on since it was signed
    sound(ledger)


def test_a_result_s_paper_reads_back_as_it_was_written(ledger: Ledger, tmp_path: Path) -> None:
    lines = unpaid_results.paper(ledger, STARS)
    text = approval_paper.text(lines)
    assert text.startswith("结果审批单\n") and STARS.digest in text and proved(ledger).history.head in text
    (tmp_path / "审批单.txt").write_text(text, "utf-8")
    assert approval_paper.read(tmp_path / "审批单.txt") == lines


def test_a_result_that_pays_is_approved_with_its_batch_and_no_longer_when_that_is_cancelled(
    ledger: Ledger,
) -> None:
    due = {"2026-07": 100_00}
    two_people = entitled(claimant(1, due), claimant(2, due))
    made = batches.propose(
        ledger, county.run("2026-07"), two_people, MAKER, lambda comparison: ["c" * 64, "d" * 64]
    )
    number = made.batches["payment"]
    assert not is_approved(ledger, "c" * 64)
    batches.approve(ledger, number, CHECKER)
    assert is_approved(ledger, "c" * 64) and is_approved(ledger, "d" * 64)
    batches.cancel(ledger, number, MAKER)
    assert not is_approved(ledger, "c" * 64)
    sound(ledger)


def test_results_are_where_they_were_after_a_backup(ledger: Ledger, tmp_path: Path) -> None:
    unpaid_results.approve(ledger, STARS, CHECKER)
    copying.backup(ledger, tmp_path / "备份")
    (copied,) = (tmp_path / "备份").glob("*.db")
    assert is_approved(file.opened(copied))
