"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket of this machine, thrown away at the end.

Where there is no PostgreSQL or no driver, what needs one skips and says so.
"""

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from sanchuang_cli.ledger.address import LedgerServer

ROLES = ("maker", "checker")
"""Two desks. Both may do all that the role `desks` may, which owns every database."""
SECRET = "geheim-8f3a"
"""The password of the role `secret`."""
_running: list[tuple[int, "Cluster"]] = []
"""With the number of the process that started them."""
_NUMBERS = itertools.count(1)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, as Debian has it or as the path does; None where there are none."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def why_not() -> str:
    """Why there can be no server; "" where there can."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "the driver psycopg is not installed"
    if programs() is None:
        return "PostgreSQL is not installed (Debian: apt-get install postgresql)"
    if not hasattr(os, "fork"):
        return "the server is started as on Linux"
    return ""


class Cluster:
    """A running server. socket: the folder of its socket."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.bin = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.socket = self.folder / "socket"
        self.socket.mkdir()
        self.port = int(settings.get("port", 5432))
        if os.geteuid() == 0:  # the server refuses to run as root
            for path in (self.folder, self.socket):
                shutil.chown(path, "postgres")
            self.folder.chmod(0o711)
            self.socket.chmod(0o755)
        # The order of texts is that of Chinese here, so that a ledger that relied on it would be found out.
        how = ("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh")
        self._do("initdb", "-D", self.data, *how, "-U", "postgres", "--no-sync")
        socket = {"listen_addresses": "", "fsync": "off", "unix_socket_directories": str(self.socket)}
        for name, value in (socket | dict(settings)).items():
            self.set(name, value)
        (self.data / "pg_hba.conf").write_text(
            "local all secret scram-sha-256\nlocal all all trust\nhostssl all all all scram-sha-256\n",
            "utf-8",
        )
        self.start()
        try:
            self._make_roles()
        except BaseException:
            self.gone()
            raise

    def _make_roles(self) -> None:
        roles = ("create role desks nologin", *(f"create role {role} login in role desks" for role in ROLES))
        self.sql(
            *roles,
            "create role stranger login",
            f"create role secret login password '{SECRET}' in role desks",
        )

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def set(self, name: str, value: str) -> None:
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"{name} = '{value}'\n")

    def start(self) -> None:
        self._do("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "start")

    def stop(self, how: str = "immediate") -> None:
        """immediate: as a power failure would."""
        self._do("pg_ctl", "-D", self.data, "-w", "-m", how, "stop")

    def _do(self, program: str, *words: object) -> None:
        assert self.bin
        as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run(
            [*as_owner, str(self.bin / program), *map(str, words)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert done.returncode == 0, done.stdout.decode()

    def sql(self, *statements: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Do the statements as the administrator. Gives the rows of the last one."""
        import psycopg

        rows: list[tuple[object, ...]] = []
        with psycopg.connect(
            host=str(self.socket), port=self.port, user="postgres", dbname=database, autocommit=True
        ) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
                rows = cursor.fetchall() if cursor.description else []
        return rows

    def given_to_owner(self, path: Path) -> None:
        """Let the server read a file."""
        if os.geteuid() == 0:
            shutil.chown(path, "postgres")

    def database(self, name: str = "", like: str = "template0") -> str:
        """The name of a new database that the desks own: empty, or with all that another one has."""
        name = name or f"ledger{next(_NUMBERS)}_{os.getpid()}"
        self.sql(f"create database {name} owner desks template {like}")
        return name

    def server(self, database: str, role: str = "maker") -> LedgerServer:
        """Where a desk finds the database."""
        return LedgerServer(role, str(self.socket), self.port, database)

    def gone(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def started(**settings: str) -> Cluster:
    """A server with these settings, stopped when the tests of this process end."""
    made = Cluster(settings)
    _running.append((os.getpid(), made))
    return made


def stop_all() -> None:
    """Stop the servers that this process has started; copies of it have not."""
    while _running:
        process, made = _running.pop()
        if process == os.getpid():
            made.gone()


@cache
def _shared(of: int) -> Cluster:
    return started()


def cluster() -> Cluster:
    """The server that the tests of this process share. Skips where there can be none."""
    if why := why_not():
        pytest.skip(why)
    return _shared(os.getpid())
