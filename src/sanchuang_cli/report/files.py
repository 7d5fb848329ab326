"""Where a run's file goes and how it is put there: whole or not at all, and never over anything but our own work.

A file of ours carries a mark in its zip comment, a digest over its entries. A file that somebody has saved since, or
that another program made, does not have it or no longer agrees with it, and is left alone.
"""

import contextlib
import errno
import glob
import hashlib
import itertools
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, is_zipfile

from sanchuang_cli.finding import UserError, reason

_MARK = b"sanchuang "
"""How every zip package begins that has an entry."""
written: list[Path] = []
"""What this process has put in its place, in the order in which it did."""
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""Names of devices: no file on Windows can be called so, whatever its ending."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
UNFINISHED = "sanchuang-tmp"
"""Stands in the name of whatever is not finished, after the number of the process that makes it."""
_WORKSPACE = "sanchuang"
_DAY = 86_400
_PIECE = 1 << 20
_OWNER_ONLY = 0o600
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True)
class Saved:
    """Where a file went; `instead` says in Chinese why not to the name that was asked for, "" when it did."""

    path: Path
    instead: str = ""


def named(words: str) -> str:
    """`words` as the name of a file, or its beginning, on any system: without what it cannot hold, and no device's."""
    return _RESERVED.sub(r"\1_", _FORBIDDEN.sub("", words).strip(" ."), count=1)


def save(
    target: Path, write_to: Callable[[Path], object], inputs: Iterable[Path] = (), *, marked: bool = True
) -> Saved:
    """Have `write_to` fill a file and put it at `target`, or at name-2, name-3 … where that name is not ours to take.

    marked: the file says that it is ours, so that the next run may write over it; without, it stays byte for byte what was
    written. The file can be read by its owner alone. Whatever write_to raises, KeyboardInterrupt too, nothing is left behind.
    Raises UserError when the folder or the disk does not let it be written.
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
    """Raises UserError for a name that is too long for the disk, before anything is made for it."""
    try:
        _unfinished(target).exists()
    except OSError as trouble:
        raise UserError(_complaint(target, trouble)) from None


def _unfinished(target: Path) -> Path:
    return target.with_name(f".{target.stem}.{os.getpid()}.{UNFINISHED}{target.suffix}")


@contextlib.contextmanager
def workspace() -> Iterator[str]:
    """A folder for the parts of a file in the making, gone afterwards; those that killed runs left go now."""
    with contextlib.suppress(OSError):
        for path in Path(tempfile.gettempdir()).glob(f"{_WORKSPACE}-*-*"):
            process = path.name.split("-")[1]
            if process != str(os.getpid()) and abandoned(path, process):
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
    """Whether `path` already holds what was written, byte for byte, so that it can stay."""
    with contextlib.suppress(OSError):
        if path.is_file() and path.stat().st_size == unfinished.stat().st_size:
            with path.open("rb") as old, unfinished.open("rb") as new:
                return all(a == b for a, b in itertools.zip_longest(_pieces(old), _pieces(new)))
    return False


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    return iter(partial(file.read, _PIECE), b"")


def _reason_to_spare(path: Path, kept: list[Path]) -> str:
    """Why the file at `path` must not be replaced; "" when it may, or when there is none."""
    if path.exists() and any(book.exists() and path.samefile(book) for book in kept):
        return "是本次读入的名册"
    if path.with_name(f"~${path.name}").exists() or path.with_name(f".~lock.{path.name}#").exists():
        return "正被其他程序打开"
    if not (path.exists() or path.is_symlink()) or is_ours(path):
        return ""
    return "不是本程序写的，或写出后被人改过"


def _on_the_disk(path: Path) -> None:
    """Wait until the bytes are there, lest a power cut leave the new name with nothing in it."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def is_ours(path: Path) -> bool:
    """Whether this tool wrote the file and nobody has saved it since."""
    try:
        with ZipFile(path) as package:
            return package.comment == _mark(package)
    except (OSError, BadZipFile):
        return False


def _sign(path: Path) -> None:
    """Put the mark on a zip package; other files go without and are never replaced.

    The file is opened here: by its name, zipfile takes what it cannot read for no package, and empties what it cannot
    change.
    """
    with path.open("rb") as file:
        if not is_zipfile(file):  # it would get an empty package appended
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
            if dot and stem == f".{target.stem}" and rest == target.suffix and abandoned(path, process):
                with contextlib.suppress(OSError):
                    path.unlink()


def in_the_making(target: Path) -> Path:
    """Under what name a file or folder is made that is then given its own; what killed runs left so is gone."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*.{UNFINISHED}*"):
        if abandoned(left, left.name.removeprefix(f".{target.name}.").partition(".")[0]):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    return target.with_name(f".{target.name}.{os.getpid()}.{UNFINISHED}")


def abandoned(path: Path, process: str) -> bool:
    """Whether the run that made `path` is gone. Windows refuses to delete a file in use, so there it may be tried."""
    if os.name == "nt" or time.time() - path.stat().st_mtime > _DAY:
        return True
    try:
        os.kill(int(process), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return True
    except PermissionError:
        return False
    return int(process) == os.getpid()


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
