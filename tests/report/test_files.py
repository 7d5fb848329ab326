"""Putting a file where it belongs: whole or not at all, and never over anybody else's work."""

import ctypes
import errno
import io
import os
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.report.files import abandoned, is_ours, named, save, workspace


def package(words: str = "内容") -> Callable[[Path], None]:
    """Writes a zip package that holds `words`."""

    def write_to(path: Path) -> None:
        with ZipFile(path, "w") as file:
            file.writestr(zipfile.ZipInfo("xl/workbook.xml"), words)

    return write_to


def content(path: Path) -> str:
    with ZipFile(path) as file:
        return file.read("xl/workbook.xml").decode()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_goes_where_it_was_asked_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    saved = save(tmp_path / "结果.xlsx", package())
    assert (saved.path, saved.instead) == (tmp_path / "结果.xlsx", "")
    assert content(saved.path) == "内容"
    assert names(tmp_path) == ["结果.xlsx"]
    if os.name != "nt":
        assert stat.S_IMODE(saved.path.stat().st_mode) == 0o600


def test_our_own_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    save(target, package("旧"))
    saved = save(target, package("新"))
    assert (saved.path, saved.instead, content(target)) == (target, "", "新")
    assert names(tmp_path) == ["结果.xlsx"]


def test_the_mark_does_not_change_from_run_to_run(tmp_path: Path) -> None:
    first = save(tmp_path / "a.xlsx", package()).path.read_bytes()
    assert save(tmp_path / "b.xlsx", package()).path.read_bytes() == first


def test_a_file_of_another_program_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    package("别人的")(target)
    saved = save(target, package("我们的"))
    assert saved.path == tmp_path / "结果-2.xlsx"
    assert saved.instead == "结果.xlsx 不是本程序写的，或写出后被人改过，结果另存为 结果-2.xlsx"
    assert (content(target), content(saved.path)) == ("别人的", "我们的")


def test_a_file_that_is_no_package_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    target.write_text("手写的")
    assert save(target, package()).path.name == "结果-2.xlsx"
    assert target.read_text() == "手写的"


def test_a_file_that_somebody_saved_since_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    book = openpyxl.Workbook()
    save(target, book.save)
    assert is_ours(target)
    edited = openpyxl.load_workbook(target)
    edited.worksheets[0]["A1"] = "批注"
    edited.save(target)
    assert not is_ours(target)
    assert save(target, book.save).path.name == "结果-2.xlsx"
    assert openpyxl.load_workbook(target).worksheets[0]["A1"].value == "批注"


def test_a_change_that_keeps_the_comment_is_still_seen(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    save(target, package())
    with ZipFile(target, "a") as file:
        file.writestr("xl/added.xml", "后加的")
    with ZipFile(target) as file:
        assert file.comment.startswith(b"sanchuang ")
    assert not is_ours(target)


def test_several_files_in_the_way_are_all_passed_over(tmp_path: Path) -> None:
    for name in ("结果.xlsx", "结果-2.xlsx", "结果-3.xlsx"):
        package("别人的")(tmp_path / name)
    saved = save(tmp_path / "结果.xlsx", package())
    assert saved.path.name == "结果-4.xlsx"
    assert saved.instead.startswith("结果.xlsx 不是")


def test_an_input_is_never_replaced_even_if_we_wrote_it(tmp_path: Path) -> None:
    target = tmp_path / "上期.xlsx"
    save(target, package("上期"))
    link = tmp_path / "别名.xlsx"
    link.symlink_to(target)
    for given in (target, link, tmp_path / "." / "上期.xlsx"):
        saved = save(target, package("本期"), [given])
        assert saved.path.name == "上期-2.xlsx"
        assert "是本次读入的名册" in saved.instead
    assert content(target) == "上期"


@pytest.mark.parametrize("lock", ["~$结果.xlsx", ".~lock.结果.xlsx#"])
def test_a_file_open_in_another_program_is_never_replaced(tmp_path: Path, lock: str) -> None:
    target = tmp_path / "结果.xlsx"
    save(target, package("开着的"))
    (tmp_path / lock).touch()
    saved = save(target, package("新的"))
    assert saved.path.name == "结果-2.xlsx"
    assert saved.instead == "结果.xlsx 正被其他程序打开，结果另存为 结果-2.xlsx"
    assert content(target) == "开着的"


def test_a_file_that_windows_will_not_let_go_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "结果.xlsx"
    save(target, package("开着的"))
    replace = Path.replace

    def held(self: Path, to: Path) -> Path:
        if to == target:
            raise PermissionError(errno.EACCES, "used by another process")
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", held)
    saved = save(target, package("新的"))
    assert (saved.path.name, content(saved.path)) == ("结果-2.xlsx", "新的")
    assert "正被其他程序打开" in saved.instead


@pytest.mark.parametrize("raised", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_whatever_stops_the_writing_leaves_nothing_behind(
    tmp_path: Path, raised: type[BaseException]
) -> None:
    target = tmp_path / "结果.xlsx"
    save(target, package("旧"))

    def stopped(path: Path) -> None:
        path.write_bytes(b"half")
        raise raised

    with pytest.raises(raised):
        save(target, stopped)
    assert names(tmp_path) == ["结果.xlsx"]
    assert content(target) == "旧"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "磁盘空间不够"),
        (errno.EACCES, "不能写入"),
        (errno.EROFS, "不能写入"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.EIO, "写不进去"),
    ],
)
def test_what_the_disk_refuses_is_said_with_its_mend(tmp_path: Path, code: int, said: str) -> None:
    target = tmp_path / "结果.xlsx"

    def refused(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(code, os.strerror(code))

    with pytest.raises(UserError, match=said) as told:
        save(target, refused)
    assert "--out" in str(told.value)
    assert names(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="没有 /dev/full：写满的磁盘没有试")
def test_a_disk_that_is_really_full_ends_the_run_with_one_message(tmp_path: Path) -> None:
    def onto_a_full_disk(path: Path) -> None:
        with Path("/dev/full").open("wb") as device:
            device.write(b"x" * 100_000)

    with pytest.raises(UserError, match="磁盘空间不够"):
        save(tmp_path / "结果.xlsx", onto_a_full_disk)
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有文件夹"):
        save(tmp_path / "没有" / "结果.xlsx", package())
    (tmp_path / "文件").touch()
    with pytest.raises(UserError, match="没有文件夹"):
        save(tmp_path / "文件" / "结果.xlsx", package())


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="管理员不受文件夹权限限制，没有试")
def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UserError, match="不能写入"):
            save(tmp_path / "结果.xlsx", package())
    finally:
        tmp_path.chmod(0o700)


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    script = (
        "import os, sys, pathlib\n"
        "from sanchuang_cli.report.files import save\n"
        "def killed(path):\n"
        "    path.write_bytes(b'half')\n"
        "    os._exit(9)\n"
        "save(pathlib.Path(sys.argv[1]), killed)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(target)], check=False).returncode == 9
    assert len(names(tmp_path)) == 1
    save(target, package())
    assert names(tmp_path) == ["结果.xlsx"]


@pytest.fixture
def living() -> Iterator[subprocess.Popen[str]]:
    """A second process, which holds a folder for the parts of its file for as long as it lives, and has said which."""
    script = (
        "import sys\n"
        "from sanchuang_cli.report.files import workspace\n"
        "with workspace() as folder:\n"
        "    print(folder, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        process.kill()


def test_what_another_run_is_still_writing_is_left_alone_however_old_it_is(
    living: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert living.stdout
    folder = Path(living.stdout.readline().strip())
    unfinished = tmp_path / f".结果.{living.pid}.sanchuang-tmp.xlsx"
    unfinished.touch()
    long_ago = time.time() - 400 * 86_400
    for path in (folder, unfinished):
        os.utime(path, (long_ago, long_ago))
    with workspace():
        save(tmp_path / "结果.xlsx", package())
        assert folder.exists() and unfinished.exists()
    living.kill()
    living.wait()
    with workspace():
        save(tmp_path / "结果.xlsx", package())
        assert not folder.exists() and not unfinished.exists()


@pytest.mark.parametrize(
    ("handle", "code", "error", "ended"),
    [(7, 259, 0, False), (7, 0, 0, True), (0, 0, 5, False), (0, 0, 87, True)],
)
def test_on_windows_the_system_is_asked_whether_a_process_lives(
    handle: int, code: int, error: int, ended: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answers are those that Microsoft documents; no signal is sent, which would end the process there."""

    class Kernel:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        OpenProcess = staticmethod(lambda *_: handle)
        CloseHandle = staticmethod(lambda _: 1)

        @staticmethod
        def GetExitCodeProcess(_: int, told: Any) -> int:
            told._obj.value = code
            return 1

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "WinDLL", Kernel, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: error, raising=False)
    monkeypatch.setattr(os, "kill", None)
    assert abandoned("4711") == ended


def test_other_peoples_hidden_files_are_left_alone(tmp_path: Path) -> None:
    others = [
        ".结果.xlsx",
        ".别的.99999999.sanchuang-tmp.xlsx",
        ".结果.sanchuang-tmp.docx",
        "结果.1.sanchuang-tmp.xlsx",
    ]
    for name in others:
        (tmp_path / name).touch()
    save(tmp_path / "结果.xlsx", package())
    assert names(tmp_path) == sorted([*others, "结果.xlsx"])


def test_a_file_that_is_no_package_is_put_there_as_it_was_written(tmp_path: Path) -> None:
    content = "列 = 栏目\n".encode()

    def write(path: Path) -> None:
        path.write_bytes(content)

    assert save(tmp_path / "列.toml", write).path.read_bytes() == content


@pytest.mark.parametrize(
    ("words", "name"),
    [("青山镇公示", "青山镇公示"), ("../青山/镇:公示?\x00", "青山镇公示"), (" 公示. ", "公示")],
)
def test_a_name_from_a_roster_leads_out_of_no_folder(words: str, name: str) -> None:
    assert named(words) == name


def holding(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def test_what_is_no_zip_package_is_kept_byte_for_byte_and_never_replaced(tmp_path: Path) -> None:
    for number, name in ((1, "a.csv"), (2, "a-2.csv")):
        content = f"户名,账号\n第{number}人,62\n".encode()
        saved = save(tmp_path / "a.csv", holding(content))
        assert (saved.path.name, saved.path.read_bytes()) == (name, content)


def test_the_same_bytes_again_stay_where_they_are(tmp_path: Path) -> None:
    for _ in range(2):
        saved = save(tmp_path / "a.csv", holding(b"1"))
        assert (saved.path.name, saved.instead) == ("a.csv", "")


@pytest.mark.parametrize("mode", ["rb", "r+b"])
def test_a_finished_file_that_cannot_be_opened_to_be_marked_is_told_and_never_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """zipfile would take one it cannot read for none of its own, and make a new one where it may not change it."""
    target, usual = tmp_path / "out.xlsx", io.open

    def write(path: Path) -> None:
        with ZipFile(path, "w") as package:
            package.writestr("a", "b")
        monkeypatch.setattr(io, "open", refusing)

    def refusing(file: Any, how: str = "r", *rest: Any, **more: Any) -> Any:
        if how == mode:
            raise PermissionError(errno.EACCES, "refused", str(file))
        return usual(file, how, *rest, **more)

    with pytest.raises(UserError, match="不能写入"):
        save(target, write)
    assert not list(tmp_path.iterdir())
