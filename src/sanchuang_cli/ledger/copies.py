"""Keeps the copies of batches and the bank's files, and gives them back only when they are unchanged (kept.py says how).

Beside a ledger that is a file, the folder is all there is. On a server they are in the database, written by the same
transaction as what names them, so that every desk has them; the folder of a desk only holds what is opened or printed there.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import kept
from sanchuang_cli.ledger.databases import kept_file
from sanchuang_cli.report.files import in_the_making

_READ_ONLY = 0o400


class Copies:
    """The copies in a folder. A name may have the name of a folder before it: 000001-bank/1.xlsx."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(
        self, connection: Connection, stem: str, suffix: str, write_to: Callable[[Path], object]
    ) -> tuple[str, str]:
        """Let `write_to` fill a file and keep it. Gives its name and hash."""
        name, digest = kept.keep(self._folder, stem, suffix, write_to)
        self.stored(connection, [name])
        return name, digest

    def stored(self, connection: Connection, names: Iterable[str]) -> None:
        """Take note of files that were written into the folder."""

    def kept(self, connection: Connection, name: str, digest: str) -> Path:
        """The path of a copy. Raises UserError when it is gone or was changed."""
        return kept.kept(self._folder, name, digest)

    def put(self, connection: Connection, name: str, content: bytes) -> None:
        """Keep what another ledger had."""
        self._write(name, content)
        self.stored(connection, [name])

    def _write(self, name: str, content: bytes) -> None:
        """Write a file into the folder, under another name first: a command beside this one may be doing the same."""
        path = self._folder / name
        for folder in dict.fromkeys((self._folder, path.parent)):
            kept.shared_folder(folder, like=None)
        unfinished = in_the_making(path)
        unfinished.write_bytes(content)
        unfinished.chmod(_READ_ONLY)
        kept.on_disk(unfinished)
        unfinished.replace(path)


class CopiesInDatabase(Copies):
    """The copies in the database, and in a folder of this desk those that were needed here."""

    def stored(self, connection: Connection, names: Iterable[str]) -> None:
        """Write the files into the database."""
        for name in names:
            content = (self._folder / name).read_bytes()
            connection.execute(insert(kept_file).values(name=name, content=content))

    def kept(self, connection: Connection, name: str, digest: str) -> Path:
        """The path of a copy on this desk. What the database has is checked, and fetched unless it is here already."""
        row = kept_file.c.name == name
        there = select(func.encode(func.sha256(kept_file.c.content), "hex")).where(row)
        known = connection.execute(there).scalar()
        if known is None:
            raise UserError(f"台账里的副本 {name} 不见了，不能继续。请从备份里恢复数据库。")
        if known != digest:
            raise UserError(
                f"台账里的副本 {name} 被人改过，与提请时不同，不能继续。请从备份里恢复，或取消这个批次。"
            )
        path = self._folder / name
        if not path.is_file() or kept.hash_of(path) != digest:
            self._write(name, connection.execute(select(kept_file.c.content).where(row)).scalar_one())
        return path
