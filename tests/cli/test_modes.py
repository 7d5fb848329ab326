"""Whatever a command writes, only its owner can read: every command that writes is run at a login that lets others read.

What the programmes write is looked at in tests/test_contract.py.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.results import sample

from sanchuang_cli.cli.app import built
from sanchuang_cli.programmes import PROGRAMMES
from tests.cli.test_ledger_command import HEADINGS, cadre
from tests.command import Sanchuang, book, own_policy, run_in
from tests.ledger.county import account

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")

LETS_OTHERS_READ = 0o022
OTHERS = stat.S_IRWXG | stat.S_IRWXO
JULY = ("subsidies", "7月.xlsx", "--period", "2026-07", "--policy", "本县办法.toml")
DRAFT = ("--notice", "结果/公示", "--draft", "--html", "结果/网页.html", "--details")
PAPERS = (
    "--forms",
    "结果/审批表",
    "--who",
    "all",
    "--receipts",
    "结果/清册",
    "--request",
    "结果/申请",
    "--bank",
    "结果/银行",
)
LEDGER = ("--ledger", "台账.db")
DONE: dict[str, tuple[tuple[str, ...], ...]] = {
    "init": (("init", "县", "--paid-through", "2026-06"),),
    "template": (
        ("template", "subsidies", "--out", "空白.xlsx"),
        ("template", "--all", "空白"),
    ),
    "inspect": (("inspect", "7月.xlsx", "--as", "members", "--save-columns", "列.toml"),),
    "check": (("check", "错.xlsx", "--as", "members", "--return", "退回"),),
    "merge": (("merge", "7月.xlsx", "--as", "members", "--out", "合并.xlsx"),),
    "subsidies": (
        (*JULY, "--out", "结果.xlsx", *DRAFT, *PAPERS),
        (*JULY, "--by", "township", "--out", "结果/{township}/补贴.xlsx"),
        (*JULY, "--encrypt", "--password-file", "密码.txt", "--out", "加密.xlsx"),
    ),
    "notice": (("notice", "结果.xlsx", "--draft", "--out", "公示"),),
    "policy": (
        ("policy", "diff", "subsidies", "本县办法.toml", "subsidies", "7月.xlsx", "--out", "变动.xlsx"),
    ),
    "ledger": (
        ("ledger", "init", "--paid-through", "2026-06", *LEDGER),
        ("ledger", "rule", "one-login", "--by", "张三", "--note", "文号", *LEDGER),
        ("ledger", "propose", "星级.xlsx", "--by", "张三", *LEDGER),
        ("ledger", "paper", "星级.xlsx", *LEDGER),
        ("ledger", "approve", "星级.xlsx", "--by", "李四", *LEDGER),
    ),
    "batch": (
        ("batch", "propose", *JULY, "--by", "张三", "--out", "签字稿.xlsx", *LEDGER),
        ("batch", "paper", "1", *LEDGER),
        ("batch", "approve", "1", "--by", "李四", *LEDGER),
        ("batch", "send", "1", "--bank", "银行/七月", "--by", "张三", *LEDGER),
        ("batch", "return", "1", "退票.xlsx", "--by", "张三", *LEDGER),
        ("ledger", "export", "--out", "分录.xlsx", *LEDGER),
        ("ledger", "export", "--out", "分录.csv", *LEDGER),
        ("ledger", "reconcile", "对账单.xlsx", "--period", "2026", "--out", "对账.xlsx", *LEDGER),
        ("ledger", "backup", "备份", *LEDGER),
        ("ledger", "approver", "key", "李四.key", "--password-file", "密码.txt"),
        ("ledger", "approver", "add", "李四", "--public", "李四.key.pub", "--by", "李四", "--note", "任命", *LEDGER),
        ("batch", "propose", *JULY[:3], "2026-08", *JULY[4:], "--by", "张三", *LEDGER),
        ("batch", "paper", "3", *LEDGER),
        ("batch", "sign", "审批单-3.txt", "--key", "李四.key", "--password-file", "密码.txt"),
    ),
    "due": (("due", "结果.xlsx", "--out", "期限.xlsx", "--html", "期限.html"),),
    "person": (("person", "王甲", "7月.xlsx", "结果.xlsx", "--out", "一人.xlsx"),),
    "report": (("report", "结果.xlsx", "星级.xlsx", "--out", "报告.xlsx", "--html", "报告.html"),),
    "forget": (("forget", ".", "--older-than", "12", "--delete"),),
    "run": (("run", "县/jobs.toml"),),
    "province": (("province", "--new-key", "共用.key"),),
    "samples": (("samples", "样例"),),
}  # fmt: skip
WRITES_NOTHING = {"explain", "doctor"}
HAS_ITS_OWN = {"desk"}
"""What tests/desk looks at: a folder that is gone when the desk is closed."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Sanchuang]]:
    """A folder with what the commands read, and the command line at a login whose files all others may read."""
    folder = tmp_path_factory.mktemp("office")
    before = os.umask(LETS_OTHERS_READ)
    book(folder / "7月.xlsx", [cadre(0), cadre(1)], HEADINGS)
    book(folder / "错.xlsx", [cadre(0, 身份证号="123")], HEADINGS)
    book(folder / "退票.xlsx", [["王甲", account(0), 505, "销户"]], ("户名", "账号", "金额", "退票原因"))
    statement = ("交易日期", "借方发生额", "贷方发生额", "余额", "对方户名", "对方账号", "摘要")
    book(folder / "对账单.xlsx", [["2026-07-24", "", 500, 500, "财政局", "", "拨款"]], statement)
    (folder / "密码.txt").write_text("李四自己知道的密码\n", "utf-8")
    own_policy(folder, "subsidies")
    for made in ("结果", "银行"):
        (folder / made).mkdir()
    yield folder, run_in(folder)
    os.umask(before)


def wide(folder: Path, but: set[Path]) -> list[str]:
    """What others can read, beside what was there before."""
    there = [path for path in sorted(folder.rglob("*")) if path not in but]
    assert there, "nothing was written, so nothing is shown"
    return [
        f"{stat.S_IMODE(path.stat().st_mode):o} {path.relative_to(folder)}"
        for path in there
        if path.stat().st_mode & OTHERS
    ]


def test_every_command_that_writes_is_run_here() -> None:
    commands = set(built().commands)
    assert commands == DONE.keys() | WRITES_NOTHING | HAS_ITS_OWN | {entry.name for entry in PROGRAMMES}


def test_what_the_commands_write_only_their_owner_can_read(office: tuple[Path, Sanchuang]) -> None:
    folder, run = office
    given = set(folder.rglob("*"))
    assert run("rate", sample(PROGRAMMES[0]), "--out", "星级.xlsx", "-q").code == 0
    for command in (
        *list(DONE)[:7],
        "ledger",
        "batch",
        "due",
        "person",
        "report",
        "forget",
        "province",
        "samples",
    ):
        for words in DONE[command]:
            ran = run(*words)
            assert ran.code in (0, 1), f"{words}: {ran.err}"
    (folder / "县/收件/人员/7月.xlsx").write_bytes((folder / "7月.xlsx").read_bytes())
    given.add(folder / "县/收件/人员/7月.xlsx")
    assert run(*DONE["run"][0]).code in (0, 1)
    assert not (seen := wide(folder, given)), "\n".join(seen)
