"""Says where a ledger is: in a file of this machine, or in a PostgreSQL database that several desks use. It opens nothing and
reads no file; the words come from --ledger, from SANCHUANG_LEDGER or from a jobs file.

An address never has a password: it would stand in the list of processes, in the shell's history, in jobs files and in logs.
Between machines the connection is encrypted and the server's certificate checked.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from sanchuang_cli.finding import UserError

SCHEME = "postgresql"
CHECKED = "verify-full"
"""The one way of encrypting that knows the server: with any other, whoever stands between could pretend to be it."""
_ANY_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:(?://|.*@)|postgres\w*:", re.IGNORECASE)
_KEYS = ("host", "sslmode", "sslrootcert", "sslcert", "sslkey")
"""What may stand after the question mark. Everything else could lead the connection elsewhere."""
_PORT = 5432
_COPIES = "台账副本"
ROLE = "postgresql:"
"""What stands before the name of a role in a login, as the chain has it."""


class LedgerPlace(ABC):
    """Where a ledger is. str() gives it as --ledger takes it."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The name of the ledger, for titles and messages."""

    @property
    def file(self) -> Path | None:
        """The ledger's file; None where it is on a server."""
        return None

    @property
    @abstractmethod
    def folder(self) -> Path:
        """The folder on this machine for copies of batches and the bank's files."""

    @abstractmethod
    def for_others(self) -> "LedgerPlace":
        """The same place, as it is named to others: in any current folder, and under a login of their own."""

    @property
    def beside(self) -> Path:
        """The folder in which files are looked for and written that belong to the ledger and have no path of their own."""
        return Path()


@dataclass(frozen=True)
class LedgerFile(LedgerPlace):
    """A file of SQLite. The folder with the copies lies beside it."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    @property
    def file(self) -> Path | None:
        """The file itself."""
        return self.path

    @property
    def folder(self) -> Path:
        """The folder beside the file."""
        return self.path.with_name(f"{self.path.name}.batches")

    def for_others(self) -> LedgerPlace:
        """The file with its whole path."""
        return LedgerFile(self.path.resolve())

    @property
    def beside(self) -> Path:
        """The folder that the file is in."""
        return self.path.parent


@dataclass(frozen=True)
class LedgerServer(LedgerPlace):
    """A database on a PostgreSQL server. host: "" or a folder for a socket of this machine. user: "" for the one that the
    system or PGUSER names. options: what stands after the question mark, but for the host."""

    user: str
    host: str
    port: int
    database: str
    options: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        user = f"{_escaped(self.user)}@" if self.user else ""
        port = "" if self.port == _PORT else f":{self.port}"
        on_socket = self.host.startswith("/")
        host = "" if on_socket else f"[{self.host}]" if ":" in self.host else self.host
        options = ((("host", self.host),) if on_socket else ()) + self.options
        more = "&".join(f"{key}={_escaped(value, '/')}" for key, value in options)
        return f"{SCHEME}://{user}{host}{port}/{self.database}" + (f"?{more}" if more else "")

    @property
    def name(self) -> str:
        """The name of the database."""
        return self.database

    @property
    def folder(self) -> Path:
        """A folder of this login: copies come from the database, and are kept here to be opened and printed."""
        host = re.sub(r"\W+", "_", self.host).strip("_") or "localhost"
        return Path.home() / _COPIES / f"{host}-{self.port}-{self.database}"

    def for_others(self) -> LedgerPlace:
        """The address without the user: everybody has a role of their own."""
        return replace(self, user="")

    @property
    def is_here(self) -> bool:
        """Whether the server is this machine, so that nothing leaves it."""
        if not self.host or self.host.startswith("/") or self.host == "localhost":
            return True
        import ipaddress

        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def _escaped(word: str, plain: str = "") -> str:
    """The word as a part of an address. plain: what may stand there as it is, besides letters and figures."""
    return re.sub(rf"[^\w.~{plain}-]", lambda sign: quote(sign[0], safe=""), word)


def placed(words: str | Path) -> LedgerPlace:
    """The place that the words name. Raises UserError for an address that cannot be used, of which it quotes nothing."""
    text = str(words)
    if not _ANY_ADDRESS.match(text):
        return LedgerFile(Path(words))
    if not text.lower().startswith(f"{SCHEME}://"):
        raise _wrong(f"写法不对，要以 {SCHEME}:// 开头")
    try:
        parts = urlsplit(text)
        port = parts.port or _PORT
    except ValueError:
        raise _wrong("写法不对") from None
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.password is not None or "password" in options:
        raise _wrong(_IN_THE_OPEN)
    if parts.fragment or options.keys() - set(_KEYS):
        raise _wrong(f"问号后面有用不着的，只能写 {'、'.join(_KEYS)}")
    database = unquote(parts.path.removeprefix("/"))
    if not re.fullmatch(r"\w+(-\w+)*", database):
        raise _wrong("要写库名，只用字母、数字、汉字、_ 和 -")
    host = options.pop("host", "") or unquote(parts.hostname or "")
    if not re.fullmatch(r"[\w.:-]*|/.*", host):
        raise _wrong("要写一台服务器的名字")
    user = unquote(parts.username or "")
    return _checked(LedgerServer(user, host, port, database, tuple(sorted(options.items()))))


_IN_THE_OPEN = (
    "里写了口令，没有连接；这个口令已经留在命令记录里，请改掉。口令写在口令文件里（Linux：~/.pgpass，权限 600；"
    "Windows：%APPDATA%\\postgresql\\pgpass.conf），一行：主机:端口:库名:用户:口令"
)


def _checked(server: LedgerServer) -> LedgerServer:
    """The same server. Raises UserError where another machine would be asked without knowing it by its certificate."""
    if not server.is_here and dict(server.options).get("sslmode", CHECKED) != CHECKED:
        raise _wrong(
            f"里的 sslmode 不行：别的机器上的台账，只用加密并核对服务器证书的连接（{CHECKED}，可以不写）；"
            "自己签的证书用 sslrootcert=文件 指明"
        )
    return server


def _wrong(why: str) -> UserError:
    """The message on an address. It has nothing of it: where a password is, can be told of a right address only."""
    return UserError(f"台账地址{why}。如：{SCHEME}://zhangsan@db.example.com/ledger。")


def within(folder: Path, words: str) -> LedgerPlace:
    """The place that a jobs file in `folder` names: paths start from the folder."""
    place = placed(words)
    return LedgerFile(folder / place.file) if place.file else place
