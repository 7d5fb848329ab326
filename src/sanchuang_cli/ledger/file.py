"""Creates, opens, locks and backs up the file of a ledger. It is the only module that knows SQLite.

Beside the file lies a folder with the copies of batches. One change of state is one transaction; what is not committed
never happened.
"""

import contextlib
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, select
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.pool import NullPool

from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger import chain
from sanchuang_cli.ledger.chain import OPENED, Deed, Done
from sanchuang_cli.ledger.kept import shared_folder
from sanchuang_cli.ledger.tables import OLDER, VERSION, meta, metadata
from sanchuang_cli.period import Month, Period
from sanchuang_cli.report.files import folder_made_whole, in_the_making

_OWNER_ONLY = 0o600
_GROUP_WRITES, _OF_THE_GROUP, _OTHERS = 0o020, 0o660, 0o077
"""A file that the group may write was made so on purpose, for two logins of one office. It keeps these rights."""
HEAD_FILE = "台账校验码.txt"
_PATIENCE = 120
"""Seconds to wait for another process that is writing."""


class Ledger:
    """An open ledger. folder: where copies of batches and the bank's files are kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder = path.with_name(f"{path.name}.batches")
        self._engine = create_engine(
            f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": _PATIENCE}
        )
        event.listen(self._engine, "connect", _no_implicit_transactions)
        event.listen(self._engine, "begin", _begin)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger."""
        with self._in_plain_words(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write. Other writers wait. It is committed at the end, or nothing of it stays."""
        engine = self._engine.execution_options(writing=True)
        with self._in_plain_words(), engine.begin() as connection:
            if not self.folder.exists():
                shared_folder(self.folder, like=self.path)
            yield connection

    @contextlib.contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        """Turn errors of the database and the disk into UserError."""
        try:
            yield
        except IntegrityError:
            raise  # a rule of ours broken by ourselves
        except DatabaseError as trouble:
            raise UserError(_complaint(self.path, trouble)) from trouble
        except OSError as trouble:
            what = f"{trouble.filename or self.folder} 读写出错：{reason(trouble)}"
            raise UserError(f"{what}。台账没有改动；请检查磁盘空间和文件夹权限，再运行一次。") from trouble

    def settled(self) -> Month:
        """The last month that was paid before the ledger began."""
        with self.reading() as connection:
            return _paid_through(connection)

    def open_period(self, period: Period) -> Period:
        """The months that a period looks at: from the first open month, or `reach` months back, to the period's end.

        Raises UserError when all of them were settled before the ledger began.
        """
        with self.reading() as connection:
            first = _paid_through(connection).plus(1)
            reach = _value(connection, "reach")
        if reach:
            first = max(first, period.start.plus(-_months(reach)))
        end = period.start.plus(period.months)
        if end <= first:
            raise UserError(
                f"{period.title}在台账启用之前已经结清（{first.plus(-1)} 及以前），不再计算。请换一个 --period。"
            )
        return Period(first, end - first)

    def backup(self, folder: Path) -> str:
        """Copy the file and the folder beside it into a new folder, wholly or not at all.

        Gives the head of the chain, which is also written into the backup. Raises UserError.
        """
        if folder.exists():
            raise UserError(f"备份文件夹 {folder} 已经有了，没有改动它。请换一个新的名字。")
        try:
            with folder_made_whole(folder) as unfinished:
                with self.writing() as connection:  # nobody else writes meanwhile
                    copied(self, unfinished)
                    head = chain.head(connection)
                (unfinished / HEAD_FILE).write_text(
                    f"{self.path.name} 备份时的台账校验码：\n{head}\n", "utf-8"
                )
            return head
        except OSError as trouble:
            raise UserError(f"备份文件夹 {folder} 建不了：{reason(trouble)}。请换一个新的名字。") from None


def copied(ledger: Ledger, folder: Path) -> None:
    """Copy the file and the folder beside it. The caller makes sure that nobody writes."""
    copied_file(ledger, folder / ledger.path.name)
    shutil.copytree(ledger.folder, folder / ledger.folder.name)


def copied_file(ledger: Ledger, target: Path) -> None:
    """Copy the file alone, one state of it, into a file that is not there yet."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    copy = sqlite3.connect(target)
    with contextlib.closing(copy), contextlib.closing(sqlite3.connect(ledger.path)) as source:
        source.backup(copy)


def create(path: Path, paid_through: Month, reach: int | None, deed: Deed) -> Ledger:
    """Create a ledger. Raises UserError when the file is already there.

    paid_through: the last month that counts as settled. reach: how many months before a period are looked at again;
    None: all since paid_through.
    """
    unfinished = in_the_making(path)
    if path.exists():
        raise UserError(f"{path} 已经有了，没有改动它。请换一个文件名，或直接使用它。")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    except OSError as trouble:
        raise UserError(f"台账 {path} 建不了：{reason(trouble)}。请核对文件夹。") from None
    # Made under another name, so that a run that is killed leaves no half ledger under this one.
    made = create_engine(f"sqlite:///{unfinished}", poolclass=NullPool)
    values = {
        "schema": VERSION,
        "paid-through": str(paid_through),
        "reach": "" if reach is None else str(reach),
    }
    with made.begin() as connection:
        metadata.create_all(connection)
        rows = [{"name": name, "value": value} for name, value in values.items()]
        number = {"ledger": secrets.token_hex(8)}
        chain.add(connection, Done(OPENED, new={"meta": rows}, more=number), deed)
    try:
        _named(unfinished, path)
    except FileExistsError:
        raise UserError(f"{path} 已经有了，没有改动它。请换一个文件名，或直接使用它。") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return Ledger(path)


def _named(unfinished: Path, path: Path) -> None:
    """Give the file its name. Raises FileExistsError when another file has it.

    A link fails where the name is taken, and renaming would not: two processes must not both create the ledger.
    """
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, as memory sticks are
        if path.exists():
            raise FileExistsError(path) from None
        unfinished.rename(path)


def opened(path: Path) -> Ledger:
    """The ledger at `path`. Raises UserError when there is none, or when this version cannot read it."""
    if not path.is_file():
        raise UserError(f"没有台账 {path}。请核对 --ledger 的路径，或先用 sanchuang ledger init 建一个。")
    _closed_to_others(path)
    ledger = Ledger(path)
    version = version_of(ledger)
    if version in OLDER:
        raise UserError(
            f"台账 {path} 是第 {version} 版格式，没有打开，也没有改动。"
            "请先升级，会先做备份：sanchuang ledger upgrade --ledger 台账。"
        )
    if version != VERSION:
        raise UserError(
            f"台账 {path} 是第 {version} 版格式，本程序只认第 {VERSION} 版，没有打开。请换用相应版本的程序。"
        )
    return ledger


def _closed_to_others(path: Path) -> None:
    """Take away the rights of other logins, but for those of a group that may write."""
    mode = path.stat().st_mode
    wanted = _OF_THE_GROUP if mode & _GROUP_WRITES else _OWNER_ONLY
    if os.name != "nt" and mode & _OTHERS & ~wanted:
        with contextlib.suppress(PermissionError):  # only the owner can, and does, as soon as they open it
            path.chmod(wanted)


def version_of(ledger: Ledger) -> str:
    """The schema version of a ledger. Raises UserError when it has none."""
    with ledger.reading() as connection:
        return _value(connection, "schema")


def month_of(text: str) -> Month:
    """2026-07 as a month. Raises ValueError."""
    year, _, month = text.partition("-")
    return Month(int(year), int(month))


def _value(connection: Connection, name: str) -> str:
    value = connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
    if value is None:
        raise UserError(
            f"台账里缺少“{name}”一项，被人改过。请用最近一次备份（sanchuang ledger backup）恢复。"
        )
    return str(value)


def _paid_through(connection: Connection) -> Month:
    value = _value(connection, "paid-through")
    try:
        return month_of(value)
    except ValueError:
        raise UserError(_EDITED.format(value)) from None


def _months(reach: str) -> int:
    if not reach.isdecimal():
        raise UserError(_EDITED.format(reach))
    return int(reach)


_EDITED = "台账的设置“{}”被人改过，读不懂。请运行 sanchuang ledger verify，用最近一次备份恢复。"


def _no_implicit_transactions(raw: Any, record: object) -> None:
    raw.isolation_level = None  # the driver would begin its own, later and weaker
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA synchronous = EXTRA")


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: one that takes it only at its first write could be refused halfway.
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _complaint(path: Path, trouble: DatabaseError) -> str:
    words = str(trouble.orig)
    if "locked" in words:
        return f"台账 {path} 正由另一个程序写入，等了 {_PATIENCE} 秒没有等到。请稍后再试。"
    if "not a database" in words or "no such table" in words:
        return f"{path} 不是台账。请核对 --ledger 的路径。"
    if "malformed" in words:
        return f"台账 {path} 已损坏，什么都没有写入。请用最近一次备份（sanchuang ledger backup）恢复。"
    if "full" in words:
        return f"磁盘空间不够，台账 {path} 没有改动。请清出空间再运行。"
    return f"台账 {path} 读写出错，没有改动：{words}"
