"""Writes copies into the folder beside the ledger, and gives them back only when they are unchanged.

A copy is written before the transaction that names it, and never changed after. A file that no transaction has named was
left behind by a run that was killed, and means nothing.
"""

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from sanchuang_cli.finding import UserError

_READ_ONLY, _GROUP_READS, _GROUP_WRITES = 0o400, 0o040, 0o020
_FOLDER, _FOLDER_OF_GROUP = 0o700, 0o2770
_UNFINISHED = "unfinished"


def keep(folder: Path, stem: str, suffix: str, write_to: Callable[[Path], object]) -> tuple[str, str]:
    """Let `write_to` fill a file and keep it as stem-hash+suffix. Gives its name and hash.

    The caller holds the ledger's lock, and no transaction has named a file of this stem. So whatever is there was left
    behind, and is deleted.
    """
    unfinished = folder / f".{stem}-{_UNFINISHED}{suffix}"
    for left in (unfinished, *folder.glob(f"{stem}-*{suffix}")):
        left.unlink(missing_ok=True)
    write_to(unfinished)
    digest = hash_of(unfinished)
    unfinished.chmod(_READ_ONLY)
    read_by_group(unfinished)
    on_disk(unfinished)
    name = f"{stem}-{digest[:12]}{suffix}"
    unfinished.replace(folder / name)
    on_disk(folder)
    return name, digest


def shared_folder(folder: Path, like: Path | None) -> None:
    """Make a folder for its owner only, or for the group when the group may write `like`; also one that stands there already."""
    of_group = like and like.stat().st_mode & _GROUP_WRITES
    folder.mkdir(mode=_FOLDER, exist_ok=True, parents=like is None)
    if of_group and not folder.stat().st_mode & _GROUP_WRITES:
        folder.chmod(_FOLDER_OF_GROUP)


def read_by_group(path: Path) -> None:
    """Let the group read a file when the group may write its folder."""
    if path.parent.stat().st_mode & _GROUP_WRITES:
        path.chmod(stat.S_IMODE(path.stat().st_mode) | _GROUP_READS)


def kept(folder: Path, name: str, digest: str) -> Path:
    """The path of a copy. Raises UserError when it is gone or was changed."""
    path = folder / name
    if not path.is_file():
        raise UserError(f"台账旁的副本 {path} 不见了，不能继续。请从备份里恢复这个文件。")
    if hash_of(path) != digest:
        raise UserError(
            f"台账旁的副本 {path} 被人改过，与提请时不同，不能继续。请从备份里恢复，或取消这个批次。"
        )
    return path


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def on_disk(path: Path) -> None:
    """Wait until the disk has the file or folder, so that a power failure cannot lose it. Windows cannot do this."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
