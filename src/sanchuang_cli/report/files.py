"""Puts the file of a run in its place: whole or not at all, and never over anything that is not ours.

It may write files and nothing else; what is in them it does not know. A file of ours has a mark in its zip
comment, a digest over its entries. If somebody has saved the file since, or another program made it, the mark
is missing or wrong, and the file is left alone.
"""

import contextlib
import ctypes
import errno
import glob
import hashlib
import itertools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, is_zipfile

from sanchuang_cli.finding import UserError, reason

_MARK = b"sanchuang "
"""The mark in the zip comment of a file of ours begins so; the digest follows."""
written: list[Path] = []
"""The files that this process has put in their place, in that order."""
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""Names of devices. On Windows no file can have such a name, whatever its ending."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
UNFINISHED = "sanchuang-tmp"
"""It stands in the name of everything unfinished, after the number of the process that makes it."""
_WORKSPACE = "sanchuang"
_MAY_ASK, _STILL_ACTIVE, _DENIED = 0x1000, 259, 5
"""Of the Windows API: PROCESS_QUERY_LIMITED_INFORMATION, STILL_ACTIVE and ERROR_ACCESS_DENIED."""
_PIECE = 1 << 20
_OWNER_ONLY = 0o600
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True)
class Saved:
    """Where a file went. instead: says in Chinese why it has another name than the one asked for; "" if it
    has that name."""

    path: Path
    instead: str = ""


def named(words: str) -> str:
    """Return `words` as a file name, or its beginning, that every system accepts: without forbidden
    characters, and not the name of a device."""
    return _RESERVED.sub(r"\1_", _FORBIDDEN.sub("", words).strip(" ."), count=1)


def save(
    target: Path, write_to: Callable[[Path], object], inputs: Iterable[Path] = (), *, marked: bool = True
) -> Saved:
    """Let `write_to` fill a file and put it at `target`, or at name-2, name-3 … if a file that is not ours
    has that name.

    marked: the file says that it is ours, so that the next run may replace it. Without the mark it stays byte
    for byte as written. Only its owner can read the file. Whatever write_to raises, even KeyboardInterrupt,
    nothing is left behind. Raises UserError if the folder or the disk does not allow it.
    """
    kept = list(inputs)
    _remove_abandoned(target)
    unfinished = _unfinished(target)
    try:
        unfinished.touch(mode=_OWNER_ONLY, exist_ok=False)
        write_to(unfinished)
        if marked:
            _sign(unfinished)
        _on_the_disk(unfinished)
        saved = _placed(unfinished, target, kept)
        written.append(saved.path)
        return saved
    except OSError as trouble:
        raise UserError(_complaint(target, trouble)) from trouble
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def check_name(target: Path) -> None:
    """Raise UserError for a name that is too long for the disk, before anything is made for it."""
    try:
        _unfinished(target).exists()
    except OSError as trouble:
        raise UserError(_complaint(target, trouble)) from None


def _unfinished(target: Path) -> Path:
    return target.with_name(f".{target.stem}.{os.getpid()}.{UNFINISHED}{target.suffix}")


@contextlib.contextmanager
def workspace() -> Iterator[str]:
    """Give a folder for the parts of an unfinished file and remove it afterwards. Folders of killed runs are
    removed now."""
    with contextlib.suppress(OSError):
        for path in Path(tempfile.gettempdir()).glob(f"{_WORKSPACE}-*-*"):
            process = path.name.split("-")[1]
            if process != str(os.getpid()) and abandoned(process):
                shutil.rmtree(path, ignore_errors=True)
    mine = f"{_WORKSPACE}-{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=mine, ignore_cleanup_errors=True) as folder:
        yield folder


def _placed(unfinished: Path, target: Path, kept: list[Path]) -> Saved:
    instead = ""
    for number in itertools.count(1):
        path = target if number == 1 else target.with_name(f"{target.stem}-{number}{target.suffix}")
        reason = _reason_to_spare(path, kept)
        if _same(unfinished, path):
            return Saved(path, instead and f"{instead}，结果另存为 {path.name}")
        if not reason:
            try:
                unfinished.replace(path)
                return Saved(path, instead and f"{instead}，结果另存为 {path.name}")
            except PermissionError:
                # Windows: another program holds the file open
                if not path.exists():
                    raise
                reason = "正被其他程序打开"
        instead = instead or f"{path.name} {reason}"
    raise AssertionError("unreachable: itertools.count does not end")


def _same(unfinished: Path, path: Path) -> bool:
    """Whether `path` already holds the same bytes, so that it can stay."""
    with contextlib.suppress(OSError):
        if path.is_file() and path.stat().st_size == unfinished.stat().st_size:
            with path.open("rb") as old, unfinished.open("rb") as new:
                return all(a == b for a, b in itertools.zip_longest(_pieces(old), _pieces(new)))
    return False


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    return iter(partial(file.read, _PIECE), b"")


def _reason_to_spare(path: Path, kept: list[Path]) -> str:
    """Say why the file at `path` must not be replaced; "" if it may be, or there is none."""
    if path.exists() and any(book.exists() and path.samefile(book) for book in kept):
        return "是本次读入的名册"
    if path.with_name(f"~${path.name}").exists() or path.with_name(f".~lock.{path.name}#").exists():
        return "正被其他程序打开"
    if not (path.exists() or path.is_symlink()) or is_ours(path):
        return ""
    return "不是本程序写的，或写出后被人改过"


def _on_the_disk(path: Path) -> None:
    """Wait until the bytes are on the disk. Otherwise a power cut could leave the new name with nothing in
    it."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def is_ours(path: Path) -> bool:
    """Whether this program wrote the file and nobody has saved it since."""
    try:
        with ZipFile(path) as package:
            return package.comment == _mark(package)
    except (OSError, BadZipFile):
        return False


def _sign(path: Path) -> None:
    """Put the mark on a zip package. Other files get no mark and are never replaced.

    The file is opened here and given to zipfile open. By its name, zipfile would take a file that it cannot
    read for no package, and would empty a file that it cannot change.
    """
    with path.open("rb") as file:
        if not is_zipfile(file):  # zipfile would append an empty package to it
            return
    with path.open("r+b") as changed, ZipFile(changed, "a") as package:
        package.comment = _mark(package)


def _mark(package: ZipFile) -> bytes:
    entries = "\n".join(
        f"{entry.filename}\t{entry.CRC:08x}\t{entry.file_size}" for entry in package.infolist()
    )
    return _MARK + hashlib.sha256(entries.encode()).hexdigest().encode()


def _remove_abandoned(target: Path) -> None:
    """Delete what earlier runs for `target` left when they were killed."""
    with contextlib.suppress(OSError):
        for path in target.parent.iterdir():
            before, dot, rest = path.name.partition(f".{UNFINISHED}")
            stem, _, process = before.rpartition(".")
            if dot and stem == f".{target.stem}" and rest == target.suffix and abandoned(process):
                with contextlib.suppress(OSError):
                    path.unlink()


def in_the_making(target: Path) -> Path:
    """Return the name under which a file or folder is made before it gets its own. What killed runs left is
    removed."""
    remove_left(target)
    return target.with_name(f".{target.name}.{os.getpid()}.{UNFINISHED}")


def remove_left(target: Path) -> None:
    """Remove what runs that were killed while they made a file or folder left beside it. One that was killed right after it
    gave the file its name left another name of the same file."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*.{UNFINISHED}*"):
        if abandoned(left.name.removeprefix(f".{target.name}.").partition(".")[0]):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


@contextlib.contextmanager
def folder_made_whole(folder: Path) -> Iterator[Path]:
    """Give a new folder that gets its name, `folder`, when everything in it is done. Otherwise nothing is left of it."""
    unfinished = in_the_making(folder)
    try:
        unfinished.mkdir(mode=0o700, parents=True)
        yield unfinished
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def abandoned(process: str) -> bool:
    """Whether what has the number of this process in its name was left by a run that has ended. While any process
    has the number it stays, however old it is: nothing is ever taken from a run that goes on."""
    try:
        return int(process) == os.getpid() or not _runs(int(process))
    except (ValueError, OverflowError):
        return True


def _runs(process: int) -> bool:
    """Whether there is a process of this number. Windows is asked, since signal 0 would end the process there."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if handle := kernel.OpenProcess(_MAY_ASK, False, process):
            code = ctypes.c_ulong(_STILL_ACTIVE)  # if it cannot be told, the process goes on
            kernel.GetExitCodeProcess(handle, ctypes.byref(code))
            kernel.CloseHandle(handle)
            return code.value == _STILL_ACTIVE
        return ctypes.get_last_error() == _DENIED  # somebody else's
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _complaint(target: Path, trouble: OSError) -> str:
    folder = target.parent
    if trouble.errno in _NO_SPACE:
        return f"写 {target.name} 时磁盘空间不够，没有留下半个文件。请清出空间，或用 --out 换一个盘。"
    if trouble.errno in _NOT_ALLOWED:
        return f"文件夹 {folder} 不能写入，结果没有保存。请用 --out 换一个有权限的文件夹。"
    if isinstance(trouble, FileNotFoundError | NotADirectoryError):
        return f"没有文件夹 {folder}，结果没有保存。请先建好，或用 --out 换一个。"
    if trouble.errno == errno.ENAMETOOLONG:
        return f"文件名 {target.name} 太长，结果没有保存。请用 --out 换一个短些的名字。"
    return f"{target} 写不进去：{reason(trouble)}。请用 --out 换一个位置。"
