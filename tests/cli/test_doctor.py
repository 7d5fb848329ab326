"""`doctor` finds each fault that it claims to find, says how to correct it, changes nothing, and sets the exit code."""

import io
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from sanchuang_cli.cli import doctor
from sanchuang_cli.cli.machine import Machine, this_machine
from sanchuang_cli.domain.workdays import unannounced
from sanchuang_cli.ledger.address import LedgerFile
from tests.cli.test_run_command import ROSTER, County, county
from tests.command import ROOT, Sanchuang
from tests.stages import Stages

__all__ = ["county"]

FONTS = frozenset({"方正小标宋简体", "SimHei", "FangSong", "仿宋_GB2312", "SimSun"})
SOUND = Machine("0.1.0", "3.13.1", (), FONTS, "utf-8", "utf-8", datetime(2026, 12, 1, 9), timedelta(hours=8))
PROFILE = """[county]
name = "望川县"
[telephones]
supervision = "0434-3120001"
[[township]]
name = "青禾镇"
"""
BANKS = ROOT / "src" / "sanchuang_cli" / "policies" / "banks"
Doctor = Callable[..., tuple[int, str]]


@pytest.fixture
def looked(county: County, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> Doctor:
    """Look at a county's working folder that is as it should be, on a machine that is; `facts` of it are others."""

    def as_it_should_be() -> None:
        Path("county.toml").write_text(PROFILE, "utf-8")
        for policy in Path("政策").glob("*.toml"):
            policy.write_text(policy.read_text("utf-8").replace("example = true", "example = false"), "utf-8")
        ROSTER.chmod(0o600)
        assert county("run", "jobs.toml").code == 0

    monkeypatch.chdir(stages.reach(f"as it should be {date.today()}", as_it_should_be))
    this_year = date.today().year
    # The holidays of a new year are known as soon as its release of the calendar is installed; all else is well before.
    monkeypatch.setattr(
        doctor,
        "unannounced",
        lambda first, last: [] if first.year == this_year else unannounced(first, last),
    )

    def look(folder: Path = Path(), ledger: Path | None = None, **facts: Any) -> tuple[int, str]:
        paper = io.StringIO()
        screen = Console(file=paper, width=200, highlight=False)
        machine = replace(SOUND, now=datetime.now() + timedelta(seconds=5))
        code = doctor.perform(
            screen, replace(machine, **facts), folder, LedgerFile(ledger) if ledger else None
        )
        return code, paper.getvalue()

    return look


def tree() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def test_where_all_is_well_it_says_so_ends_with_0_and_changes_nothing(looked: Doctor) -> None:
    before = tree()
    code, output = looked()
    assert code == 0, output
    assert "不行 0 项，注意 0 项" in output and "办法" not in output
    assert tree() == before


@pytest.mark.parametrize(
    ("facts", "code", "message", "mend"),
    [
        ({"fonts": FONTS - {"FangSong", "仿宋_GB2312"}}, 1, "注意 字体：没有 仿宋、仿宋_GB2312", "装上"),
        ({"fonts": None}, 1, "注意 字体：没有 fc-list", "打印的那台机器"),
        ({"lacking": ("没有 rich", "pandas 2.0，要 3.1 以上")}, 2, "pandas 2.0，要 3.1 以上", "重新安装"),
        ({"encoding": "ascii"}, 2, "不行 屏幕编码：ascii 写不出中文", "LANG"),
        ({"encoding": "no such"}, 2, "不行 屏幕编码", "LANG"),
        ({"encoding": "gbk"}, 0, "好　 屏幕编码：gbk", ""),
        ({"names": "ascii"}, 1, "注意 文件名编码：ascii", "LANG"),
        ({"now": datetime(2019, 1, 1)}, 2, "不行 时钟：现在是 2019-01-01 00:00，比程序写成还早", "校准"),
        ({"now": datetime(2026, 1, 1)}, 2, "运行记录里却有", "校准"),
        ({"now": datetime(2026, 1, 1)}, 2, "的时间：最后一条记录是", "校准"),
        ({"now": datetime(2099, 1, 1)}, 1, "注意 放假安排：不知道 2099 年", "holidays"),
        ({"offset": timedelta(0)}, 1, "注意 时区：比格林尼治早 0 小时", "Asia/Shanghai"),
    ],
)
def test_what_is_odd_about_the_machine_is_found(
    looked: Doctor, facts: dict[str, Any], code: int, message: str, mend: str
) -> None:
    ended, output = looked(**facts)
    assert ended == code, output
    assert message in output and mend in output


def test_a_folder_that_cannot_be_written_is_found(looked: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, *words: Any, **more: Any) -> None:
        raise PermissionError(13, "no", str(path))

    monkeypatch.setattr(Path, "touch", refused)
    code, output = looked()
    assert code == 2 and "写不进去，夜间任务运行不了" in output


def test_a_folder_that_is_none_is_found(looked: Doctor) -> None:
    code, output = looked(Path("没有"))
    assert code == 2 and "不行 文件夹：没有 没有" in output


def test_a_disk_that_is_nearly_full_is_found(looked: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5 << 20))
    code, output = looked()
    assert code == 1 and "注意 磁盘：只剩 5 MB" in output


def test_rosters_that_everybody_can_read_are_found(looked: Doctor) -> None:
    for path in (Path(), *ROSTER.parents, ROSTER):
        path.chmod(0o755)
    code, output = looked()
    assert code == 1 and "注意 权限：1 个名册谁都能读" in output and "chmod -R o-rwx" in output
    ROSTER.parent.chmod(0o700)
    assert looked()[0] == 0, "nobody gets past the folder"


def test_a_folder_without_jobs_and_jobs_that_cannot_be_read_are_told_apart(looked: Doctor) -> None:
    Path("jobs.toml").write_text('maker = "夜间"\nwrong = 1\n', "utf-8")
    code, output = looked()
    assert code == 2 and "不行 任务文件：" in output and "wrong" in output
    Path("jobs.toml").unlink()
    code, output = looked()
    assert code == 1 and "注意 任务文件：" in output and "sanchuang init" in output


def test_a_policy_that_is_still_the_example_or_cannot_be_read_is_found(looked: Doctor) -> None:
    policy = Path("政策/subsidies.toml")
    policy.write_text(policy.read_text("utf-8").replace("example = false", "example = true"), "utf-8")
    code, output = looked()
    assert code == 1 and "注意 政策（生活补贴）：subsidies.toml 是样本" in output
    policy.write_text("[[", "utf-8")
    code, output = looked()
    assert code == 2 and "不行 政策（生活补贴）" in output and "TOML" in output


def test_a_ledger_that_was_changed_by_hand_is_found_and_the_command_for_the_rest_told(looked: Doctor) -> None:
    with sqlite3.connect("台账.db") as book:
        book.execute("update batch set state = 'sent'")
    book.close()
    code, output = looked()
    assert (
        code == 2
        and "不行 台账 台账.db：有 " in output
        and "sanchuang ledger verify --ledger 台账.db" in output
    )


@pytest.mark.parametrize("content", [b"", b"no ledger at all"])
def test_a_file_that_is_no_ledger_is_found(looked: Doctor, content: bytes) -> None:
    Path("坏.db").write_bytes(content)
    code, output = looked(ledger=Path("坏.db"))
    assert code == 2 and "不行 台账 坏.db：" in output


def test_a_county_without_its_profile_and_a_profile_with_an_error_are_told_apart(looked: Doctor) -> None:
    Path("county.toml").write_text('[county]\nname = "望川县"\n', "utf-8")
    assert looked()[0] == 1 and "没有列出乡镇" in looked()[1]
    Path("county.toml").write_text("[county]\nnames = 1\n", "utf-8")
    code, output = looked()
    assert code == 2 and "不行 县的设置：" in output
    Path("county.toml").unlink()
    code, output = looked()
    assert code == 1 and "注意 县的设置：没有 county.toml" in output and "[[township]]" in output


def test_the_gravest_stands_first(looked: Doctor) -> None:
    _, output = looked(fonts=frozenset(), encoding="ascii")
    labels = [line[:2] for line in output.splitlines() if line[:2] in ("不行", "注意", "好　")]
    assert labels == sorted(labels, key=("不行", "注意", "好　").index) and labels[0] == "不行"


def test_this_machine_is_known_without_asking_anybody() -> None:
    machine = this_machine()
    assert machine.lacking == () and machine.version and machine.encoding
    assert machine.fonts is None or all(isinstance(name, str) for name in machine.fonts)


def test_the_command_looks_at_the_current_folder(sanchuang: Sanchuang) -> None:
    ran = sanchuang("doctor")
    assert ran.code == 1 and "不是工作文件夹" in ran.out and "什么都没有改动" in ran.out


@pytest.mark.parametrize(
    ("before", "after", "code", "message"),
    [
        ('"0434-3120001"', '""', 1, "没有监督电话"),
        ('"望川县"', '"____县"', 1, "公示的落款只能空着"),
        ("[county]", 'bank_format = "农商行.toml"\n[county]', 2, "不行 县的设置 bank_format“农商行.toml”"),
        ("[county]", 'bank_format = "generic"\n[county]', 0, "望川县，1 个乡镇"),
        (
            "[[township]]",
            '[[page]]\nname = "体检名测"\ncolumns = ["年龄"]\n[[township]]',
            1,
            "是不是“体检名册”",
        ),
        ("[[township]]", '[[page]]\nname = "两期对比"\ncolumns = ["年龄"]\n[[township]]', 0, "1 个乡镇"),
    ],
    ids=[
        "no telephone",
        "no name",
        "no such bank",
        "the common bank",
        "a slip in a page",
        "a page of some runs",
    ],
)
def test_what_a_profile_lacks_or_cannot_mean_is_found(
    looked: Doctor, before: str, after: str, code: int, message: str
) -> None:
    Path("county.toml").write_text(PROFILE.replace(before, after), "utf-8")
    ended, output = looked()
    assert (ended, message in output) == (code, True), output


def test_a_bank_format_beside_the_profile_is_read(looked: Doctor) -> None:
    shutil.copy(BANKS / "generic.toml", "农商行.toml")
    Path("county.toml").write_text(f'bank_format = "农商行.toml"\n{PROFILE}', "utf-8")
    code, output = looked()
    assert code == 0, output
    Path("农商行.toml").write_text("[[edition]]\n", "utf-8")
    assert looked()[0] == 2
