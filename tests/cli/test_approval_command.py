"""The approval commands: two logins, signatures made on another machine, the ledger's head on every paper, upgrade."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanchuang_cli.ledger.chain import head
from sanchuang_cli.ledger.file import opened
from tests.cli.test_ledger_command import HEADINGS, Office, cadre, office
from tests.cli.test_run_command import County, county
from tests.command import Ran, book
from tests.ledger.test_upgrade import money, unpacked

__all__ = ["county", "office"]

PROPOSE = ("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", "--by", "张三")
APPROVE = ("batch", "approve", "1", "--by", "李四")


def now(path: str = "county.db") -> str:
    with opened(Path(path)).reading() as connection:
        return head(connection)


def text_of(workbook: Path) -> str:
    return "\n".join(str(cell) for sheet in load_workbook(workbook) for row in sheet.values for cell in row)


@pytest.fixture
def elsewhere(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """The same program on an approver's machine, where there is no ledger."""
    (tmp_path / "别处").mkdir()
    (tmp_path / "别处" / "密码.txt").write_text("李四自己知道的密码\n", "utf-8")

    def run(*words: str) -> Ran:
        with monkeypatch.context() as there:
            there.chdir(tmp_path / "别处")
            there.delenv("SANCHUANG_LEDGER")
            return office(*words)

    return run


def test_an_approval_is_signed_on_another_machine(
    office: Office, elsewhere: Callable[..., Ran], tmp_path: Path
) -> None:
    there = tmp_path / "别处"
    assert elsewhere("ledger", "approver", "key", "李四.key", "--password-file", "密码.txt").code == 0
    shutil.copy(there / "李四.key.pub", tmp_path)
    add = ("ledger", "approver", "add", "李四", "--public", "李四.key.pub", "--by", "李四")
    assert office(*add, "--note", "任命").code == 0
    assert "李四\t" in office("ledger", "approver", "list").out
    office(*PROPOSE)
    refused = office(*APPROVE)
    assert refused.code == 2 and "审批要签名" in refused.err

    assert office("batch", "paper", "1").code == 0
    assert now() in (tmp_path / "审批单-1.txt").read_text("utf-8")
    shutil.copy(tmp_path / "审批单-1.txt", there)
    (copy,) = (tmp_path / "county.db.batches").glob("*.xlsx")
    shutil.copy(copy, there / "批次.xlsx")
    shutil.copy(tmp_path / "7月.xlsx", there)
    sign = ("batch", "sign", "审批单-1.txt", "--key", "李四.key", "--password-file", "密码.txt")
    other = elsewhere(*sign, "--workbook", "7月.xlsx")
    assert other.code == 2 and "不是审批单上的那个工作簿" in other.err
    ran = elsewhere(*sign, "--workbook", "批次.xlsx")
    assert ran.code == 0 and "金额：1,010.00 元" in ran.err, "whoever signs sees what"

    shutil.copy(there / "审批单-1-已签名.txt", tmp_path)
    unsigned = office("batch", "approve", "1", "--signature", "审批单-1.txt")
    assert unsigned.code == 2 and "还没有签名" in unsigned.err
    assert office("batch", "approve", "1", "--signature", "审批单-1-已签名.txt").code == 0
    assert office("batch", "send", "1", "--bank", "银行").code == 0
    verified = office("ledger", "verify").err
    assert "审批 1 次，其中有签名的 1 次；在用的审批人：李四（" in verified


def test_an_approval_is_signed_where_ledger_and_key_are_at_hand(
    office: Office, elsewhere: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANCHUANG_PASSWORD", "李四自己知道的密码")
    elsewhere("ledger", "approver", "key", "李四.key", "--password-file", "密码.txt")
    public = ("--public", "别处/李四.key.pub", "--note", "任命")
    office("ledger", "approver", "add", "李四", *public, "--by", "李四")
    office(*PROPOSE)
    by_key = (*APPROVE, "--key", "别处/李四.key")
    refused = office(*by_key)
    assert refused.code == 2 and "私钥要有密码" in refused.err, "no environment gives it, and no job"
    assert office(*by_key, "--password-file", "别处/密码.txt").code == 0
    elsewhere("ledger", "approver", "key", "新.key", "--password-file", "密码.txt")
    new = ("--public", "别处/新.key.pub", "--note", "换")
    assert office("ledger", "approver", "replace", "李四", *new, "--by", "李四").code == 0
    assert office("ledger", "approver", "revoke", "李四", "--note", "离任", "--by", "李四").code == 0
    assert office("ledger", "verify").code == 0


def test_two_logins_approve_or_a_document_says_why_there_is_one(office: Office, tmp_path: Path) -> None:
    office(*PROPOSE)
    for name in ("", "  ", "—", "\u200b"):
        refused = office("batch", "approve", "1", "--by", name)
        assert refused.code == 2 and "写明经办人的姓名" in refused.err
    at_one_login = ("batch", "approve", "1", "--by", "赵六")
    refused = office(*at_one_login)
    assert refused.code == 2 and "sanchuang ledger rule one-login --by 姓名 --note 文号" in refused.err
    rule = ("ledger", "rule", "one-login", "--by", "张三", "--note")
    assert office(*rule, "").code == 2
    assert office(*rule, "组通字〔2026〕8号").code == 0
    assert office(*at_one_login).code == 0
    shown = office("batch", "show", "1").out
    assert "1001 zhangsan" in shown and "赵六" in shown
    book(tmp_path / "8月.xlsx", [cadre(0), cadre(1)], HEADINGS)
    office("batch", "propose", "subsidies", "8月.xlsx", "--period", "2026-08", "--by", "张三")
    newest = max((tmp_path / "county.db.batches").glob("*.xlsx"))
    assert "组通字〔2026〕8号" in text_of(newest)


def test_the_head_stands_on_the_paper_in_the_backup_and_in_the_export(office: Office, tmp_path: Path) -> None:
    before = now()
    office(*PROPOSE)
    (copy,) = (tmp_path / "county.db.batches").glob("*.xlsx")
    assert before in text_of(copy)
    office(*APPROVE)
    assert now() in office("ledger", "backup", "备份").err
    written = (tmp_path / "备份" / "台账校验码.txt").read_text("utf-8")
    assert now() in written
    office("batch", "send", "1", "--bank", "银行")
    verified = office("ledger", "verify", "--head", before)
    assert verified.code == 0 and "所给的校验码是第 1 条" in verified.err and now() in verified.err
    latest = now()
    shutil.copy(tmp_path / "备份" / "county.db", tmp_path / "county.db")
    assert office("ledger", "verify").code == 0
    refused = office("ledger", "verify", "--head", latest)
    assert refused.code == 2 and "换回了旧的台账文件" in refused.err
    office("ledger", "export", "--out", "全部.xlsx")
    names = load_workbook(tmp_path / "全部.xlsx").sheetnames
    assert names == ["分录", "运行", "批次", "审批和经过"]
    acts = list(load_workbook(tmp_path / "全部.xlsx")["审批和经过"].values)
    approval = next(row for row in acts if "已审批" in row)
    assert "李四" in approval and "1002 lisi" in approval and now() in approval


def test_the_page_of_the_morning_has_the_head(county: County) -> None:
    county("run", "jobs.toml")
    assert f"台账 台账.db 的校验码：{now('台账.db')}" in Path("夜间摘要.html").read_text("utf-8")


def test_jobs_propose_and_their_login_cannot_approve(county: County) -> None:
    assert county("run", "jobs.toml").code == 0
    refused = county("batch", "approve", "1", "--by", "赵六", "--ledger", "台账.db")
    assert refused.code == 2 and "另一个登录名" in refused.err
    jobs = Path("jobs.toml").read_text("utf-8")
    Path("jobs.toml").write_text(
        jobs.replace('programme = "subsidies"', 'programme = "batch approve"'), "utf-8"
    )
    assert county("run", "jobs.toml").code == 2
    assert county("batch", "approve", "1", "--by", "李四", "--ledger", "台账.db").code == 0


def test_an_old_ledger_is_upgraded_when_it_is_told_to_be_and_only_then(
    office: Office, tmp_path: Path
) -> None:
    path = unpacked("2", "open", tmp_path)
    before = path.read_bytes()
    words: tuple[tuple[str, ...], ...] = (
        ("ledger", "verify"),
        ("batch", "list"),
        PROPOSE,
        ("batch", "approve", "7", "--by", "李四"),
        ("subsidies", "7月.xlsx", "--period", "2026-07"),
    )
    for command in words:
        refused = office(*command, "--ledger", str(path))
        assert refused.code == 2 and "sanchuang ledger upgrade" in refused.err
        assert path.read_bytes() == before
    kept = money(path)
    upgraded = office("ledger", "upgrade", "--ledger", str(path))
    assert upgraded.code == 0 and "第2版备份" in upgraded.err
    assert money(path) == kept
    output = office("ledger", "verify", "--ledger", str(path)).err
    assert re.search(r"其中 \d+ 条是升级时接收的，升级以前没有台账链保护", output)
