"""Connects to the database of a ledger. It is the one module that knows SQLite and PostgreSQL, and in what they differ.

Everything else is the same SQL for both. What must not differ: one writer at a time, who sees all that was written before;
a reader sees one state; texts are compared byte by byte; a sum of fen is a whole number; what was committed is on the disk.
"""

import sqlite3
from collections.abc import Hashable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import (
    URL,
    BigInteger,
    Column,
    Connection,
    Dialect,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    inspect,
    text,
)
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool
from sqlalchemy.util import LRUCache

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.address import CHECKED, ROLE, LedgerFile, LedgerPlace, LedgerServer

PATIENCE = 120
"""Seconds to wait for another process that is writing."""
TEXT = String(collation="C").with_variant(String(), "sqlite")
"""Texts in the order of their bytes, as SQLite has them anyway: the order of a server's language would be another one."""
WHOLE = BigInteger().with_variant(Integer(), "sqlite")
"""Whole numbers of 64 bits, as SQLite's are: 32 bits would end at 21 million yuan."""

kept_file = Table(
    "kept_file",
    MetaData(),
    Column("name", TEXT, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""On a server: the copies of batches and the bank's files. What they must be, the chain says. Beside a file they lie in a folder."""


class Database(Protocol):
    """What a ledger needs of its database. keeps_files: whether copies are kept in it."""

    keeps_files: bool

    @property
    def reading(self) -> Engine:
        """Begins transactions that see one state and write nothing."""

    @property
    def writing(self) -> Engine:
        """Begins transactions that write, one at a time."""

    def complaint(self, trouble: DatabaseError) -> str:
        """What the trouble is, in Chinese."""

    def is_in_doubt(self, trouble: DatabaseError) -> bool:
        """Whether a commit that ended with this trouble may have happened."""


def database_of(place: LedgerPlace) -> Database:
    """The database at a place. It is not opened yet. Raises UserError where the driver is missing."""
    if isinstance(place, LedgerServer):
        return PostgreSQL(place)
    assert isinstance(place, LedgerFile)
    return SQLite(place.path)


_MET: dict[Hashable, Dialect] = {}
"""By library and server, what is to be known of them. It is told at the first connection."""
_WRITTEN: LRUCache[Any, Any] = LRUCache(1000)
"""Statements as each of them wants them. They are kept, since one takes longer to write than to do."""


def _engine_of(url: URL, arguments: Mapping[str, Any], server: Hashable = None) -> Engine:
    """As `create_engine` makes it, but for what the engines of a server share, also when they are of other databases."""
    which, options = (url.drivername, server), {"compiled_cache": _WRITTEN}
    dialect = _MET.get(which)
    if dialect is None:
        first = create_engine(url, poolclass=NullPool, connect_args=arguments, execution_options=options)
        # after SQLAlchemy's own listener, which has asked what there is to ask by then
        event.listen(first, "connect", lambda *_: _MET.setdefault(which, first.dialect))
        return first
    positional, named = dialect.create_connect_args(url)
    pool = NullPool(partial(dialect.connect, *positional, **{**named, **arguments}), dialect=dialect)
    if on_connect := dialect.on_connect_url(url):
        event.listen(pool, "connect", lambda raw, _: on_connect(raw))
    return Engine(pool, dialect, url, execution_options=options)


class SQLite:
    """A file."""

    keeps_files = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self.reading = _engine_of(URL.create("sqlite", database=str(path)), {"timeout": PATIENCE})
        event.listen(self.reading, "connect", _no_implicit_transactions)
        event.listen(self.reading, "begin", _begin)
        self.writing = self.reading.execution_options(writing=True)

    def complaint(self, trouble: DatabaseError) -> str:
        """By the words of the library, which has no codes for all of them."""
        words, path = str(trouble.orig), self._path
        if "locked" in words:
            return f"台账 {path} 正由另一个程序写入，等了 {PATIENCE} 秒没有等到。请稍后再试。"
        if "not a database" in words or "no such table" in words:
            return f"{path} 不是台账。请核对 --ledger 的路径。"
        if "malformed" in words:
            return f"台账 {path} 已损坏，什么都没有写入。请用最近一次备份（sanchuang ledger backup）恢复。"
        if "full" in words:
            return f"磁盘空间不够，台账 {path} 没有改动。请清出空间再运行。"
        if "readonly" in words or "read-only" in words:
            return (
                f"这个登录名不能写台账 {path}，没有改动。请由台账的主人放开写的权限（两个人共用的，交给同一个组，"
                "见 docs/ledger.zh-CN.md“建台账”）；磁盘只读的，请移到能写的地方。"
            )
        if "unable to open" in words:
            return f"台账 {path} 打不开，没有改动。请核对它和它所在文件夹的权限：这个登录名要能读、能写。"
        return f"台账 {path} 读写出错，没有改动：{words}"

    def is_in_doubt(self, trouble: DatabaseError) -> bool:
        """Never: what commits is this process."""
        return False

    def copy_to(self, path: Path) -> None:
        """Copy the file. The caller makes sure that nobody writes."""
        with closing(sqlite3.connect(path)) as copy, closing(sqlite3.connect(self._path)) as source:
            source.backup(copy)


def _no_implicit_transactions(raw: Any, record: object) -> None:
    raw.isolation_level = None  # the driver would begin its own, later and weaker
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA synchronous = EXTRA")


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: one that takes it only at its first write could be refused halfway.
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


_LOCK = 0x53414E43
"""The number of the lock of writers. A database has one ledger, and locks are of one database."""
_SESSION = {
    "search_path": "public",
    "lock_timeout": f"{PATIENCE}s",
    "synchronous_commit": "on",
    # A desk that loses its cable while it writes must not keep the others waiting for hours.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_CONNECTING = 15
"""Seconds."""
_NO_TABLE, _LOCKED, _FORBIDDEN, _READ_ONLY, _NO_SPACE = "42P01", "55P03", "42501", "25006", ("53100", "53200")
"""What the standard calls these errors, in any language of the server."""


class PostgreSQL:
    """A database on a server."""

    keeps_files = True

    def __init__(self, server: LedgerServer) -> None:
        self._server = server
        url = URL.create("postgresql+psycopg", server.user or None, database=server.database)
        try:
            engine = _engine_of(
                url, self._arguments(), (server.host, server.port, server.user, server.options)
            )
        except ImportError:
            raise UserError(
                f"没有装连接 PostgreSQL 的驱动，台账 {server} 打不开。请在程序的文件夹里运行："
                'python -m pip install -c requirements.txt -e ".[postgresql]"'
            ) from None
        event.listen(engine, "connect", _whole_sums)
        event.listen(engine, "begin", _one_writer)
        self.reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self.writing = engine.execution_options(isolation_level="READ COMMITTED", writing=True)

    def _arguments(self) -> dict[str, Any]:
        """Everything that says where to connect to is given, so that no PG… variable can lead elsewhere or encrypt less."""
        server = self._server
        mode = "prefer" if server.is_here else CHECKED
        session = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
        where = {"host": server.host, "hostaddr": "", "port": server.port}
        how = {
            "options": session,
            "gssencmode": "disable",
            "client_encoding": "utf8",
            "connect_timeout": _CONNECTING,
        }
        return {"sslmode": mode, **dict(server.options), **where, **how}

    def complaint(self, trouble: DatabaseError) -> str:
        """By the code of the error; where there is none, the connection failed, and the words say why."""
        code, place = getattr(trouble.orig, "sqlstate", None), self._server
        if code == _LOCKED:
            return f"台账 {place} 正由另一个程序写入，等了 {PATIENCE} 秒没有等到。请稍后再试。"
        if code == _NO_TABLE:
            return f"数据库 {place} 里没有台账。请核对 --ledger，或先用 sanchuang ledger init 建一个。"
        if code == _FORBIDDEN:
            return f"这个用户没有用台账 {place} 的权限，没有改动。请由管理员加入台账的角色，见 docs/ledger.zh-CN.md。"
        if code == _READ_ONLY:
            return f"服务器 {place} 是只读的（备用机？），台账没有改动。请连主服务器。"
        if code in _NO_SPACE:
            return f"服务器空间不够，台账 {place} 没有改动。请管理员清出空间再运行。"
        words = " ".join(str(trouble.orig).split())
        if trouble.connection_invalidated or (code is None and isinstance(trouble, OperationalError)):
            return (
                f"台账 {place} 连不上，或连接断了，没有改动：{words}。请核对地址、网络、证书和用户；"
                "口令写在口令文件 ~/.pgpass（Windows：%APPDATA%\\postgresql\\pgpass.conf）。"
            )
        return f"台账 {place} 读写出错，没有改动：{words}"

    def is_in_doubt(self, trouble: DatabaseError) -> bool:
        """Where the connection was lost: nobody here knows whether the server had committed before."""
        return trouble.connection_invalidated or getattr(trouble.orig, "sqlstate", None) is None


def _whole_sums(raw: Any, record: object) -> None:
    from psycopg.types.numeric import IntLoader

    raw.adapters.register_loader("numeric", IntLoader)  # the sum of whole numbers is a decimal otherwise


def _one_writer(connection: Connection) -> None:
    # Each statement after the lock sees what the writer before has committed, because the level is READ COMMITTED.
    if connection.get_execution_options().get("writing"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def has_ledger(connection: Connection) -> bool:
    """Whether a ledger was made in this database."""
    return inspect(connection).has_table("meta")


def prepare_server(connection: Connection, place: LedgerPlace) -> None:
    """Make ready a database that is to get a ledger: its tables belong to the role that owns the database, and so to all desks.

    Raises UserError where it has a ledger already, or cannot hold Chinese texts.
    """
    if has_ledger(connection):
        raise UserError(f"数据库 {place} 里已经有台账，没有改动它。请换一个库，或直接使用它。")
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise UserError(f"数据库 {place} 的编码是 {encoding}，台账要用 UTF8。请管理员另建一个库。")
    owner = "SELECT quote_ident(pg_get_userbyid(datdba)) FROM pg_database WHERE datname = current_database()"
    connection.exec_driver_sql(f"SET LOCAL ROLE {connection.execute(text(owner)).scalar_one()}")
    kept_file.create(connection)


def login(connection: Connection, own: str) -> str:
    """The login that stands behind a deed. own: that of the operating system, "" where nobody acts.

    Everybody calls it as `databases.login`, so that tests can replace it in one place. Of a file it is that one. On a server the role comes before it, under which the server let this desk in: users of
    two machines may have the same number, and one person may have two.
    """
    if not own or connection.dialect.name != "postgresql":
        return own
    role = str(connection.execute(text("SELECT session_user")).scalar_one())
    return f"{ROLE}{'_'.join(role.split())} {own}"


def unsafe_settings(connection: Connection) -> list[str]:
    """Settings of the server with which a power failure could lose what was committed, in words; none for a file."""
    if connection.dialect.name != "postgresql":
        return []
    shown = (
        (name, connection.execute(text(f"SHOW {name}")).scalar_one())
        for name in ("fsync", "full_page_writes")
    )
    return [f"{name} = {value}" for name, value in shown if value != "on"]
