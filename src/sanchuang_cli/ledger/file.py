"""Creates, opens, locks and backs up a ledger, which is a file or a database on a server (databases.py knows which).

In a folder beside the file, or of this login, lie the copies of batches. One change of state is one transaction; what is not
committed never happened.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger import chain
from sanchuang_cli.ledger.address import LedgerFile, LedgerPlace
from sanchuang_cli.ledger.chain import OPENED, Deed, Done
from sanchuang_cli.ledger.copies import Copies, CopiesInDatabase
from sanchuang_cli.ledger.databases import database_of, has_ledger, prepare_server
from sanchuang_cli.ledger.kept import shared_folder
from sanchuang_cli.ledger.shares import share_of
from sanchuang_cli.ledger.tables import OLDER, VERSION, meta, metadata
from sanchuang_cli.period import Month, Period
from sanchuang_cli.report.files import in_the_making

_OWNER_ONLY = 0o600
_GROUP_WRITES, _OF_THE_GROUP, _OTHERS = 0o020, 0o660, 0o077
"""A file that the group may write was made so on purpose, for two logins of one office. It keeps these rights."""


class Ledger:
    """An open ledger. folder: where this machine has copies of batches and the bank's files. copies: writes and reads them."""

    def __init__(self, place: LedgerPlace) -> None:
        self.place = place
        self.folder = place.folder
        self._database = database_of(place)
        self.copies = (CopiesInDatabase if self._database.keeps_files else Copies)(self.folder)

    @property
    def path(self) -> Path:
        """The file of a ledger that is one."""
        assert self.place.file, "a ledger on a server has no file"
        return self.place.file

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger."""
        with (
            self._in_plain_words(),
            self._database.reading.connect() as connection,
            connection.begin(),
        ):
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write. Other writers wait. It is committed at the end, or nothing of it stays."""
        with self._committed() as connection:
            is_new = not self.folder.exists()
            shared_folder(self.folder, like=self.place.file)
            try:
                yield connection
            except BaseException:
                with contextlib.suppress(
                    OSError
                ):  # an empty one beside a copied ledger would hide that the copies are missing
                    if is_new:
                        self.folder.rmdir()
                raise

    @contextlib.contextmanager
    def _committed(self) -> Iterator[Connection]:
        with self._in_plain_words(), self._database.writing.connect() as connection:
            transaction = connection.begin()
            yield connection
            try:
                transaction.commit()
            except DatabaseError as trouble:
                if self._database.is_in_doubt(trouble):
                    raise UserError(_IN_DOUBT.format(self.place)) from trouble
                raise

    @contextlib.contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        """Turn errors of the database and the disk into UserError."""
        try:
            yield
        except IntegrityError:
            raise  # a rule of ours broken by ourselves
        except DatabaseError as trouble:
            raise UserError(self._database.complaint(trouble)) from trouble
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


def create(where: LedgerPlace | Path, paid_through: Month, reach: int | None, deed: Deed) -> Ledger:
    """Create a ledger. Raises UserError when there is one already.

    paid_through: the last month that counts as settled. reach: how many months before a period are looked at again;
    None: all since paid_through.
    """
    values = {
        "schema": VERSION,
        "paid-through": str(paid_through),
        "reach": "" if reach is None else str(reach),
    }
    rows = [{"name": name, "value": value} for name, value in values.items()]
    number = {"ledger": secrets.token_hex(8)}
    with made_whole(as_place(where)) as (_, connection):
        chain.add(connection, Done(OPENED, new={"meta": rows}, more=number), deed)
    made = Ledger(as_place(where))
    if made.place.file:  # now, so that it can be given to a group together with the file
        shared_folder(made.folder, like=made.place.file)
    return made


def as_place(where: LedgerPlace | Path) -> LedgerPlace:
    """The place of a ledger, also where only a path is given."""
    return LedgerFile(where) if isinstance(where, Path) else where


@contextlib.contextmanager
def made_whole(place: LedgerPlace) -> Iterator[tuple[Ledger, Connection]]:
    """Give a ledger with empty tables, and a transaction to fill it. At the end it stands there whole, or not at all.

    Raises UserError where there is one already.
    """
    if place.file:
        with _made_whole_file(place.file) as made, made._committed() as connection:
            metadata.create_all(connection)
            yield made, connection
        return
    made = Ledger(place)
    with made._committed() as connection:
        prepare_server(connection, place)
        metadata.create_all(connection)
        yield made, connection


@contextlib.contextmanager
def _made_whole_file(path: Path) -> Iterator[Ledger]:
    _refuse_share(path)
    unfinished = in_the_making(path)
    if path.exists():
        raise UserError(_TAKEN.format(path))
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    except OSError as trouble:
        raise UserError(f"台账 {path} 建不了：{reason(trouble)}。请核对文件夹。") from None
    # Made under another name, so that a run that is killed leaves no half ledger under this one.
    made = Ledger(LedgerFile(unfinished))
    try:
        yield made
        if made.folder.exists():
            made.folder.rename(LedgerFile(path).folder)
        _named(unfinished, path)
    except FileExistsError:
        raise UserError(_TAKEN.format(path)) from None
    finally:
        unfinished.unlink(missing_ok=True)
        shutil.rmtree(made.folder, ignore_errors=True)


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


def opened(where: LedgerPlace | Path) -> Ledger:
    """The ledger at a place. Raises UserError when there is none, or when this version cannot read it."""
    ledger = present(as_place(where))
    version, place = version_of(ledger), ledger.place
    if version in OLDER:
        raise UserError(
            f"台账 {place} 是第 {version} 版格式，没有打开，也没有改动。"
            "请先升级，会先做备份：sanchuang ledger upgrade --ledger 台账。"
        )
    if version != VERSION:
        raise UserError(
            f"台账 {place} 是第 {version} 版格式，本程序只认第 {VERSION} 版，没有打开。请换用相应版本的程序。"
        )
    return ledger


def stands(place: LedgerPlace) -> bool:
    """Whether there is a ledger at a place, of whatever version. Raises UserError where the server cannot be reached."""
    if place.file:
        return place.file.exists()
    with Ledger(place).reading() as connection:
        return has_ledger(connection)


def present(place: LedgerPlace) -> Ledger:
    """The ledger at a place, of whatever version. Raises UserError when there is none, or when it lies on a network share."""
    if place.file:
        if not place.file.is_file():
            raise UserError(
                f"没有台账 {place}。请核对 --ledger 的路径，或先用 sanchuang ledger init 建一个。"
            )
        _refuse_share(place.file)
        _closed_to_others(place.file)
    return Ledger(place)


def _refuse_share(path: Path) -> None:
    if kind := share_of(path):
        raise UserError(
            f"台账 {path} 在网络共享（{kind}）上，没有打开：共享上的文件锁靠不住，两台机器会同时写进去，一个月就可能发两次。"
            f"请把它连同旁边的 {LedgerFile(path).folder.name} 移到本机的硬盘；"
            "几台机器要用同一本台账的，用数据库：sanchuang ledger copy，见 docs/ledger.zh-CN.md“几张办公桌一本台账”。"
        )


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


_TAKEN = "{} 已经有了，没有改动它。请换一个文件名，或直接使用它。"
_IN_DOUBT = (
    "记账的时候，与台账 {} 的连接断了，这一笔记上没有还不知道：要么整笔记上，要么没有记。"
    "请连上以后用 sanchuang batch list 看，再做一次也不会重复发放。"
)
_EDITED = "台账的设置“{}”被人改过，读不懂。请运行 sanchuang ledger verify，用最近一次备份恢复。"
