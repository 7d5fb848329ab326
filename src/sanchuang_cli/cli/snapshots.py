"""Keeps what the night read and wrote, each file once by its hash, and the list of which result was made from what. It reads
and writes the folder of snapshots, and nothing else.

Only their owner can read the files; with a password they are locked too. The list has no personal data. Each of its lines has
a hash over itself and the line before it. A file whose bytes do not have the hash of its name is never used.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from sanchuang_cli.cli.known_rosters import passwords
from sanchuang_cli.cli.unmasking import sealed
from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger.kept import on_disk
from sanchuang_cli.ledger.locked_bytes import Lock, WrongPasswordError, lock_of, new_lock
from sanchuang_cli.report.files import UNFINISHED

INDEX, LOCKED = "目录.jsonl", "加密.json"
_OWNER_ONLY, _FOLDER = 0o600, 0o700
_QUICKLY = 1
"""The level of zlib: a ledger shrinks to a third, and a workbook, which is packed already, costs no time."""


class Snapshots(BaseModel):
    """The table [snapshots] of a jobs file. folder: where they are kept. keep_days: how many days, None for always; nothing is
    deleted by `run`. password_file: its first line locks them; without it they are only closed to other logins."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: str = Field(default="快照", min_length=1)
    keep_days: int | None = Field(default=None, ge=1)
    password_file: str | None = None


Entry = dict[str, Any]
"""A line of the list: what a job was made from and what it wrote, with `at`, `day`, `job`, `period` and `program`."""


@dataclass(frozen=True)
class Kept:
    """A file that is kept. first, last: the days of the first and the last result that it was read for or is. what: the names
    of the jobs."""

    path: Path
    sha256: str
    size: int
    first: date
    last: date
    what: tuple[str, ...]


@dataclass(frozen=True)
class Store:
    """An open folder of snapshots. lock: None where it is not locked."""

    folder: Path
    lock: Lock | None

    def keep(self, content: bytes) -> str:
        """Keep bytes, unless they are kept already and unharmed. Gives their SHA-256. Raises UserError."""
        name = hashlib.sha256(content).hexdigest()
        path = self.folder / name
        if not path.is_file() or self._unpacked(name, path.read_bytes()) != content:
            packed = zlib.compress(content, _QUICKLY)
            _write(path, self.lock.locked(name, packed) if self.lock else packed)
        return name

    def keep_file(self, path: Path) -> str:
        """Keep a file. Gives its SHA-256. Raises UserError."""
        try:
            return self.keep(path.read_bytes())
        except OSError as trouble:
            raise UserError(f"{path} 打不开（{reason(trouble)}），没有留快照。请核对后再运行一次。") from None

    def read(self, name: str, what: str) -> bytes:
        """The bytes of a hash. what: the file that they were. Raises UserError where they are gone or were changed."""
        path = self.folder / name
        try:
            content = self._unpacked(name, path.read_bytes())
        except OSError as trouble:
            why = "已经没有了" if isinstance(trouble, FileNotFoundError) else reason(trouble)
            raise UserError(
                f"快照不全：{what}（{path}）{why}，不能重做。请从备份里恢复这个文件；过了保存期删去的，只能换一天。"
            ) from None
        if content is None:
            raise UserError(
                f"快照被改过：{what}（{path}）和当时的 SHA-256 不同，不能重做。请从备份里恢复这个文件。"
            )
        return content

    def _unpacked(self, name: str, packed: bytes) -> bytes | None:
        """What a kept file holds, None where it is not what its name says."""
        try:
            content = zlib.decompress(self.lock.unlocked(name, packed) if self.lock else packed)
        except (zlib.error, WrongPasswordError):
            return None
        return content if hashlib.sha256(content).hexdigest() == name else None

    def add(self, entry: Entry) -> None:
        """Add a line to the list; it is on the disk when this returns. Raises UserError."""
        path = self.folder / INDEX
        try:
            lines = _whole_lines(path)
            line = json.dumps(entry | {"hash": sealed(lines[-1] if lines else "", entry)}, ensure_ascii=False)
            handle = os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
            with os.fdopen(handle, "r+b") as file:
                # A run that was killed may have left half a line. It was never whole, so nothing rests on it.
                file.truncate(len("".join(f"{each}\n" for each in lines).encode()))
                file.seek(0, os.SEEK_END)
                file.write(f"{line}\n".encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as trouble:
            raise UserError(_unwritable(path, trouble)) from None


def store(folder: Path, told: Snapshots) -> Store:
    """The folder of snapshots of a jobs file, made where there is none. folder: that of the jobs file. Raises UserError."""
    place = folder / told.folder
    try:
        place.mkdir(mode=_FOLDER, exist_ok=True)
        place.chmod(_FOLDER)
    except OSError as trouble:
        raise UserError(_unwritable(place, trouble)) from None
    password = password_of(folder / told.password_file) if told.password_file else ""
    if password and not (place / LOCKED).exists():
        if any(place.iterdir()):
            raise UserError(
                f"{place} 里已有没有加密的快照，没有运行。请换一个 folder，或去掉 password_file。"
            )
        _write(place / LOCKED, json.dumps(new_lock(password).told).encode())
    return opened(place, password)


def opened(place: Path, password: str) -> Store:
    """A folder of snapshots that is there. password: "" where it has none. Raises UserError."""
    path = place / LOCKED
    if not path.exists():
        return Store(place, None)
    if not password:
        raise UserError(
            f"快照 {place} 是加了密的：请在 [snapshots] 里写 password_file（或给出 --password-file）。"
        )
    try:
        return Store(place, lock_of(password, json.loads(path.read_text("utf-8"))))
    except WrongPasswordError:
        raise UserError(f"快照 {place} 的密码不对。请核对密码文件。") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError(f"{path} 读不懂，快照打不开。请从备份里恢复这个文件。") from None


def password_of(path: Path) -> str:
    """The first line of a file of passwords. Raises UserError where there is none."""
    if found := next(iter(passwords(path)), ""):
        return found
    raise UserError(f"密码文件 {path} 是空的。请在第一行写快照的密码。")


def entries(place: Path) -> list[Entry]:
    """The lines of the list, in the order in which they were made. Raises UserError where one was changed or taken out."""
    path, before, found = place / INDEX, "", []
    for number, line in enumerate(_whole_lines(path), 1):
        try:
            entry = json.loads(line)
            seal = entry.pop("hash")
        except (ValueError, AttributeError, KeyError):
            seal, entry = "", {}
        if seal != sealed(before, entry):
            raise UserError(f"快照的目录 {path} 第 {number} 行被改过，不能重做。请从备份里恢复这个文件。")
        found.append(entry)
        before = line
    return found


def kept(place: Path) -> list[Kept]:
    """Every file that is kept and listed: what it is, how large, and from which day to which day results rest on it.

    Raises UserError where the list was changed.
    """
    used: dict[str, _Use] = {}
    for entry in entries(place):
        for _, name in files_of(entry):
            used.setdefault(name, _Use()).add(date.fromisoformat(entry["day"]), entry["job"]["name"])
    there = ((place / name, name, use) for name, use in used.items() if (place / name).is_file())
    return [
        Kept(path, name, path.stat().st_size, min(use.days), max(use.days), tuple(use.jobs))
        for path, name, use in there
    ]


@dataclass
class _Use:
    """For which results a file was used."""

    days: list[date] = field(default_factory=list)
    jobs: dict[str, None] = field(default_factory=dict)

    def add(self, day: date, job: str) -> None:
        """One more result."""
        self.days.append(day)
        self.jobs[job] = None


def files_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """The path or name and the hash of every file that a line names: what was read, the policy, then what was written."""
    yield from ((path, name) for path, name in entry["read"])
    yield entry["policy"]["name"], entry["policy"]["sha256"]
    yield from ((path, name) for path, name in entry["wrote"])


def _whole_lines(path: Path) -> list[str]:
    """The lines of the list, without the half line that a run left that was killed."""
    try:
        return path.read_text("utf-8", errors="replace").split("\n")[:-1]
    except FileNotFoundError:
        return []


def _write(path: Path, content: bytes) -> None:
    """Write a file under another name first, so that none is ever half written. Raises UserError."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{UNFINISHED}")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        on_disk(path.parent)
    except OSError as trouble:
        unfinished.unlink(missing_ok=True)
        raise UserError(_unwritable(path, trouble)) from None


def _unwritable(path: Path, trouble: OSError) -> str:
    return f"快照 {path} 写不进去（{reason(trouble)}），这次没有留下。请清出空间或核对权限，再运行一次。"
