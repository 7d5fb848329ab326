"""`ledger propose`, `paper`, `approve` and `results` with a rating, which pays nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.unpaid_results import Stated, standing
from sanchuang_cli.roster import results
from tests.cli.test_approval_command import elsewhere
from tests.cli.test_ledger_command import Office, office
from tests.command import Ran, book, county

__all__ = ["elsewhere", "office"]

PROPOSE = ("ledger", "propose", "星级.xlsx", "--by", "张三")
APPROVE = ("ledger", "approve", "星级.xlsx", "--by", "李四")


@pytest.fixture
def rated(office: Office, tmp_path: Path) -> Office:
    """The office with a rating of twenty organisations, which no approver has seen."""
    book(tmp_path / "党组织.xlsx", county())
    ran = office("rate", "党组织.xlsx", "--period", "2025", "--on", "2025-12-31", "--out", "星级.xlsx", "-q")
    assert ran.code == 0, ran.err
    return office


def is_approved(path: str) -> bool:
    result = Stated.of(results.opened(Path(path), path))
    return standing(opened(Path("county.db")), [result])[0].approved


def saved(path: str, change: Callable[[Any], object] = lambda book: None) -> None:
    """What a spreadsheet program does to a workbook."""
    workbook = load_workbook(path)
    change(workbook)
    workbook.save(path)


def test_a_result_is_proposed_and_approved_by_two_people_though_it_was_saved_between(rated: Office) -> None:
    ran = rated(*PROPOSE)
    assert (ran.code, "sanchuang ledger approve 星级.xlsx --by 审批人姓名" in ran.err) == (0, True)
    saved("星级.xlsx")
    refused = rated("ledger", "approve", "星级.xlsx", "--by", "张三")
    assert (refused.code, "审批须由另一个人" in refused.err) == (2, True)
    unnamed = rated("ledger", "approve", "星级.xlsx")
    assert (unnamed.code, "--by 写明审批人的姓名" in unnamed.err) == (2, True)
    ran = rated(*APPROVE, "--note", "同意")
    assert (ran.code, "已审批：星级评定（rate） 2025" in ran.err) == (0, True), ran.err
    again = rated("ledger", "approve", "星级.xlsx", "--by", "王五")
    assert (again.code, "早已由 李四 审批" in again.err) == (2, True)
    lines = rated("ledger", "results").out.splitlines()
    assert lines[1].split("\t")[:6] == ["星级.xlsx", "星级评定（rate）", "2025", "", "已审批", "张三"]
    verified = rated("ledger", "verify").err
    assert "提请的结果 1 个，其中已审批 1 个" in verified and "审批 1 次，其中有签名的 0 次" in verified


def test_a_changed_value_is_refused_with_its_cell(rated: Office) -> None:
    rated(*PROPOSE)
    saved("星级.xlsx", lambda workbook: setattr(workbook["分类定级汇总表"]["C5"], "value", "改过的支部"))
    for words in (PROPOSE, APPROVE, ("ledger", "paper", "星级.xlsx")):
        ran = rated(*words)
        assert ran.code == 2
        assert "星级.xlsx：写出以后被改过，不能当作结果用：工作表“分类定级汇总表”C5 和写出时不一样" in ran.err


def test_what_is_no_result_or_pays_is_refused(rated: Office) -> None:
    for file, message in (
        ("党组织.xlsx", "这不是本程序写出的结果（没有“来源”页）。请给出本程序写出的结果工作簿"),
        ("没有.xlsx", "没有工作簿 没有.xlsx"),
    ):
        ran = rated("ledger", "propose", file, "--by", "张三")
        assert (ran.code, message in ran.err) == (2, True), ran.err
    rated("subsidies", "7月.xlsx", "--period", "2026-07", "--out", "补贴.xlsx", "-q")
    for words in (("propose", "补贴.xlsx", "--by", "张三"), ("approve", "补贴.xlsx", "--by", "李四")):
        ran = rated("ledger", *words)
        assert ran.code == 2
        assert "补贴.xlsx 是生活补贴（subsidies）的结果，要发钱，不在这里审批" in ran.err
        assert "sanchuang batch propose subsidies 名册 --period 2026-07 --by 经办人姓名" in ran.err


def test_what_nobody_proposed_is_not_approved(rated: Office) -> None:
    ran = rated(*APPROVE)
    assert (ran.code, "sanchuang ledger propose 星级.xlsx --by 经办人姓名" in ran.err) == (2, True)


def test_a_result_is_signed_on_another_machine(
    rated: Office, elsewhere: Callable[..., Ran], tmp_path: Path
) -> None:
    there = tmp_path / "别处"
    elsewhere("ledger", "approver", "key", "李四.key", "--password-file", "密码.txt")
    elsewhere("ledger", "approver", "key", "别人.key", "--password-file", "密码.txt")
    add = ("ledger", "approver", "add", "李四", "--public", "别处/李四.key.pub", "--by", "李四")
    assert rated(*add, "--note", "任命").code == 0
    rated(*PROPOSE)
    assert "审批要签名：sanchuang ledger approve 星级.xlsx --key" in rated(*APPROVE).err
    unknown = rated(*APPROVE, "--key", "别处/别人.key", "--password-file", "别处/密码.txt")
    assert (unknown.code, "不是审批人 李四 登记在用的" in unknown.err) == (2, True)

    assert rated("ledger", "paper", "星级.xlsx").code == 0
    for file in ("审批单-星级.txt", "星级.xlsx"):
        shutil.copy(file, there)
    saved(str(there / "星级.xlsx"))
    shutil.copy("党组织.xlsx", there)
    sign = ("batch", "sign", "审批单-星级.txt", "--key", "李四.key", "--password-file", "密码.txt")
    other = elsewhere(*sign, "--workbook", "党组织.xlsx")
    assert (other.code, "这不是本程序写出的结果" in other.err) == (2, True)
    ran = elsewhere(*sign, "--workbook", "星级.xlsx")
    assert (ran.code, "名称：星级评定（rate）" in ran.err) == (0, True), ran.err
    shutil.copy(there / "审批单-星级-已签名.txt", tmp_path)
    signed = rated("ledger", "approve", "星级.xlsx", "--signature", "审批单-星级-已签名.txt")
    assert signed.code == 0, signed.err
    assert "审批 1 次，其中有签名的 1 次" in rated("ledger", "verify").err


def test_a_result_is_signed_where_ledger_and_key_are_at_hand(
    rated: Office, elsewhere: Callable[..., Ran]
) -> None:
    elsewhere("ledger", "approver", "key", "李四.key", "--password-file", "密码.txt")
    rated(
        "ledger", "approver", "add", "李四", "--public", "别处/李四.key.pub", "--by", "李四", "--note", "任命"
    )
    rated(*PROPOSE)
    assert rated(*APPROVE, "--key", "别处/李四.key", "--password-file", "别处/密码.txt").code == 0


def test_a_locked_result_is_approved_with_its_password(
    rated: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANCHUANG_PASSWORD", "结果的密码")
    words = (
        "rate",
        "党组织.xlsx",
        "--period",
        "2025",
        "--on",
        "2025-12-31",
        "--out",
        "锁.xlsx",
        "-q",
        "--encrypt",
    )
    assert rated(*words).code == 0
    assert rated("ledger", "propose", "锁.xlsx", "--by", "张三").code == 0


@pytest.mark.parametrize("ledger", [(), ("--ledger", "county.db")], ids=["alone", "with the ledger"])
def test_a_result_that_pays_is_approved_with_the_batch_that_pays_it(
    office: Office, ledger: tuple[str, ...]
) -> None:
    office("subsidies", "7月.xlsx", "--period", "2026-07", "--out", "补贴.xlsx", "-q", *ledger)
    office("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
    assert not is_approved("补贴.xlsx")
    office("batch", "approve", "1", "--by", "李四")
    assert is_approved("补贴.xlsx")
