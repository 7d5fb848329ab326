"""Two people approve: by name, by login, and by signature where the ledger has approvers."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sanchuang_cli.cli import login
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import approval_paper, approving, batches, file, signing
from sanchuang_cli.ledger.approval_paper import Signed
from sanchuang_cli.ledger.authority import ONE_LOGIN, TWO_LOGINS
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.proof import proved, troubles
from tests.ledger import county, signers
from tests.ledger.county import CHECKER, MAKER, claimant, entitled, propose, sound
from tests.ledger.signers import public, signed

JULY = {"2026-07": 100_00}
DOCUMENT = replace(CHECKER, note="组通字〔2026〕8号")
SAME_LOGIN = replace(CHECKER, login=MAKER.login)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """With one proposed batch."""
    made = county.new(tmp_path)
    propose(made, "2026-07", entitled(claimant(1, JULY), claimant(2, JULY)))
    return made


@pytest.fixture
def signing_ledger(ledger: Ledger) -> Ledger:
    approving.add(ledger, "李四", public("李四"), DOCUMENT)
    return ledger


# -------------------------------------------------------------------- two people


@pytest.mark.parametrize("name", ["张三", " 张 三", "张\u200b三", "张三．", "（张三）"])
def test_the_proposer_does_not_approve_under_any_spelling(ledger: Ledger, name: str) -> None:
    with pytest.raises(UserError, match="须由另一个人"):
        batches.approve(ledger, 1, replace(CHECKER, who=name))


@pytest.mark.parametrize("renamed", [MAKER.login, "1001 another"])
def test_the_proposer_s_login_does_not_approve(ledger: Ledger, renamed: str) -> None:
    with pytest.raises(UserError, match="sanchuang ledger rule one-login --by 姓名 --note 文号"):
        batches.approve(ledger, 1, replace(CHECKER, login=renamed))
    batches.approve(ledger, 1, CHECKER)
    sound(ledger)


def test_an_office_with_one_login_says_so_first_and_every_later_paper_says_it_too(ledger: Ledger) -> None:
    before = approval_paper.text(batches.paper(ledger, 1))
    assert "提请和审批用两个登录名" in before
    approving.state_rule(ledger, ONE_LOGIN, DOCUMENT)
    later = approval_paper.text(batches.paper(ledger, 1))
    assert "单位只有一个登录名" in later and DOCUMENT.note in later
    batches.approve(ledger, 1, SAME_LOGIN)
    sound(ledger)
    workbook = propose(ledger, "2026-07", entitled(claimant(3, JULY))).batches["payment"]
    with ledger.reading() as connection:
        copy = ledger.folder / batches.batch_numbered(connection, workbook).copy
    assert DOCUMENT.note in copy.read_text("utf-8")


def test_the_rule_of_one_login_holds_from_the_day_it_is_stated_to_the_day_it_ends(ledger: Ledger) -> None:
    approving.state_rule(ledger, ONE_LOGIN, DOCUMENT)
    approving.state_rule(ledger, TWO_LOGINS, DOCUMENT)
    with pytest.raises(UserError, match="另一个登录名"):
        batches.approve(ledger, 1, SAME_LOGIN)
    with pytest.raises(UserError, match="没有“no-login”这条规定"):
        approving.state_rule(ledger, "no-login", DOCUMENT)
    with pytest.raises(UserError, match="依据"):
        approving.state_rule(ledger, ONE_LOGIN, replace(DOCUMENT, note=" "))


def test_one_name_is_not_two_people_under_any_rule(ledger: Ledger) -> None:
    approving.state_rule(ledger, ONE_LOGIN, DOCUMENT)
    with pytest.raises(UserError, match="须由另一个人"):
        batches.approve(ledger, 1, MAKER)


def test_the_login_is_the_real_user_s_and_no_variable_s(monkeypatch: pytest.MonkeyPatch) -> None:
    before = login.current()
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "lisi")
    assert login.current() == before
    if hasattr(os, "getuid"):
        assert before.partition(" ")[0] == str(os.getuid())


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder of a group, which another user can come to; pytest's own are the user's alone."""
    folder = Path(tempfile.mkdtemp())
    os.chown(folder, -1, 1)
    folder.chmod(0o2770)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become another user")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_two_logins_of_one_group_work_on_a_ledger_that_is_the_group_s(shared: Path) -> None:
    ledger = county.new(shared)
    ledger.path.chmod(0o660)
    os.chown(ledger.path, -1, 1)
    me = replace(MAKER, login=login.current())
    batches.propose(ledger, county.run("2026-07"), entitled(claimant(1, JULY)), me)
    troubles(ledger)  # so that all that the other needs is loaded
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setregid(1, 1)
            os.setreuid(12345, 12345)
            opened = file.opened(ledger.path)
            batches.approve(opened, 1, replace(CHECKER, login=login.current()))
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    county.sent(ledger, 1, shared / "out")
    with ledger.reading() as connection:
        assert [(link.what, link.login.partition(" ")[0]) for link in batches.events(connection, 1)] == [
            ("proposed", "0"),
            ("approved", "12345"),
            ("sent", "1001"),
        ]
    assert ledger.path.stat().st_mode & 0o777 == 0o660
    sound(ledger)


# -------------------------------------------------------------------- signatures


def test_a_ledger_with_approvers_takes_no_unsigned_approval(signing_ledger: Ledger) -> None:
    with pytest.raises(UserError, match="审批要签名"):
        batches.approve(signing_ledger, 1, CHECKER)
    signers.approve(signing_ledger, 1)
    assert proved(signing_ledger).history.signatures == 1
    sound(signing_ledger)


def test_a_revoked_approver_leaves_a_ledger_that_takes_only_signatures(signing_ledger: Ledger) -> None:
    approving.revoke(signing_ledger, "李 四", DOCUMENT)
    with pytest.raises(UserError, match="审批要签名"):
        batches.approve(signing_ledger, 1, CHECKER)
    with pytest.raises(UserError, match="不是审批人 李四 登记在用的"):
        signers.approve(signing_ledger, 1)
    with pytest.raises(UserError, match="登记过"):
        approving.add(signing_ledger, "李四", public("李四"), DOCUMENT)
    approving.add(signing_ledger, "李四", public("李四的新钥匙"), DOCUMENT)
    lines = batches.paper(signing_ledger, 1)
    batches.approve(signing_ledger, 1, CHECKER, signed(lines, "李四的新钥匙"))
    sound(signing_ledger)


def test_what_an_approver_signed_stays_good_when_the_key_is_replaced(signing_ledger: Ledger) -> None:
    signers.approve(signing_ledger, 1)
    approving.replace(signing_ledger, "李四", public("李四的新钥匙"), DOCUMENT)
    county.sent(signing_ledger, 1, signing_ledger.path.parent / "out")
    sound(signing_ledger)
    assert [approver.key for approver in approving.approvers(signing_ledger)] == [public("李四的新钥匙")]
    with pytest.raises(UserError, match="没有登记审批人 王五"):
        approving.replace(signing_ledger, "王五", public("王五"), DOCUMENT)
    with pytest.raises(UserError, match="已经登记"):
        approving.add(signing_ledger, "李四", public("李四的第三把"), DOCUMENT)


def test_a_signature_by_somebody_else_or_over_something_else_is_not_taken(signing_ledger: Ledger) -> None:
    lines = batches.paper(signing_ledger, 1)
    good = signed(lines)
    more = tuple((label, "9.00 元" if label == "金额" else words) for label, words in lines)
    for wrong, message in (
        (signed(lines, "王五"), "不是审批人 李四 登记在用的"),
        (good._replace(signature=signed(lines, "王五").signature), "签名与审批单不符"),
        (good._replace(signature="不是签名"), "签名与审批单不符"),
        (Signed(more, good.key, good.signature), "签名的审批单与现在的不同（金额）"),
        (signed(more), "签名的审批单与现在的不同（金额）"),
        (signed((*lines, ("附加", "一行"))), "多了或少了几行"),
    ):
        with pytest.raises(UserError, match=message):
            batches.approve(signing_ledger, 1, CHECKER, wrong)
    with pytest.raises(UserError, match="不是审批人 王五 登记在用的"):
        batches.approve(signing_ledger, 1, replace(CHECKER, who="王五"), good)
    batches.approve(signing_ledger, 1, CHECKER, good)


def test_a_signature_is_for_one_batch_of_one_ledger(signing_ledger: Ledger, tmp_path: Path) -> None:
    of_first = signed(batches.paper(signing_ledger, 1))
    propose(signing_ledger, "2026-07", entitled(claimant(3, JULY)))
    with pytest.raises(UserError, match="与现在的不同"):
        batches.approve(signing_ledger, 2, CHECKER, of_first)
    (tmp_path / "other").mkdir()
    other = county.new(tmp_path / "other")
    propose(other, "2026-07", entitled(claimant(1, JULY), claimant(2, JULY)))
    approving.add(other, "李四", public("李四"), DOCUMENT)
    with pytest.raises(UserError, match="台账编号"):
        batches.approve(other, 1, CHECKER, of_first)
    batches.approve(signing_ledger, 1, CHECKER, of_first)  # though the head has moved on since it was signed
    sound(signing_ledger)


def test_a_signature_that_the_proposer_hands_in_counts_when_another_login_registered_the_key(
    signing_ledger: Ledger,
) -> None:
    signers.approve(signing_ledger, 1, login=MAKER.login)
    approving.add(signing_ledger, "王五", public("王五"), replace(MAKER, note="任命"))
    number = propose(signing_ledger, "2026-07", entitled(claimant(3, JULY))).batches["payment"]
    with pytest.raises(UserError, match="另一个登录名"):
        signers.approve(signing_ledger, number, "王五", MAKER.login)
    sound(signing_ledger)


def test_a_paper_has_nothing_of_a_person_and_reads_back_as_it_was_written(
    ledger: Ledger, tmp_path: Path
) -> None:
    lines = batches.paper(ledger, 1)
    text = approval_paper.text(lines)
    assert "村民" not in text and county.number(1) not in text and "200.00 元" in text
    assert proved(ledger).history.head in text
    for n, content in enumerate((text, "\ufeff" + text.replace("\n", "\r\n"), text.replace("\n", "  \n\n"))):
        path = tmp_path / f"{n}.txt"
        path.write_bytes(content.encode())
        assert approval_paper.read(path) == lines
    for raw in (b"", b"\xff\xfe", "别的文件\n".encode(), text.encode() * 2, b"x" * 200_000):
        (tmp_path / "other.txt").write_bytes(raw)
        with pytest.raises(UserError, match="不是审批单"):
            approval_paper.read(tmp_path / "other.txt")


def test_a_private_key_lies_behind_a_password_in_a_file_of_its_owner_s(tmp_path: Path) -> None:
    path = tmp_path / "李四.key"
    made = signing.made(path, "八个字以上的密码")
    assert path.stat().st_mode & 0o777 == 0o600 or os.name == "nt"
    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert signing.public(tmp_path / "李四.key.pub") == made
    key = signing.private(path, "八个字以上的密码")
    assert signing.is_signed(made, "内容", signing.signature(key, "内容"))
    assert not signing.is_signed(made, "别的", signing.signature(key, "内容"))
    with pytest.raises(UserError, match="密码不对"):
        signing.private(path, "别的密码别的密码")
    with pytest.raises(UserError, match="换一个新的文件名"):
        signing.made(path, "八个字以上的密码")
    with pytest.raises(UserError, match="至少 8 个字符"):
        signing.made(tmp_path / "短.key", "短")
    with pytest.raises(UserError, match="不是公钥文件"):
        signing.public(path)


def test_a_key_without_a_password_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    path, pem = tmp_path / "key", Encoding.PEM
    path.write_bytes(signers.key("李四").private_bytes(pem, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(UserError, match="没有密码保护"):
        signing.private(path, "密码密码密码密码")
    other = X25519PrivateKey.generate()
    path.write_bytes(other.private_bytes(pem, PrivateFormat.PKCS8, BestAvailableEncryption(b"12345678")))
    with pytest.raises(UserError, match="不是 Ed25519 私钥"):
        signing.private(path, "12345678")
    path.write_bytes(other.public_key().public_bytes(pem, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(UserError, match="不是 Ed25519 公钥"):
        signing.public(path)
