"""Writes a copy of each sender's book in which every wrong cell is coloured and says what to do (退回修改).

It writes files only into the folder it is given. Promise: no file of the senders is overwritten, the copy of a book with a
password has the same password, and reading the copy gives the same records.
"""

import contextlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sanchuang_cli.finding import Finding, Severity, UserError, reason
from sanchuang_cli.report import files
from sanchuang_cli.report.locking import locked
from sanchuang_cli.roster.checks.audit import Audit, File
from sanchuang_cli.roster.grid import Book
from sanchuang_cli.roster.returns.copying import Copy, new_copy, own_copy, unlocked
from sanchuang_cli.roster.returns.list_sheet import LIST
from sanchuang_cli.roster.returns.marking import mark


@dataclass(frozen=True)
class ReturnedCopy:
    """The copy for one sender. name: of the book. marked: how many findings are marked. notes: what differs from the original."""

    name: str
    saved: files.Saved
    marked: int
    notes: tuple[str, ...]


def returned(
    audit: Audit, texts: Mapping[Finding, str], folder: Path, passwords: Sequence[str] = ()
) -> list[ReturnedCopy]:
    """Writes a copy of each book that has an error or a warning. Raises UserError if it cannot be written."""
    try:
        return _copies(audit, texts, folder, passwords)
    except OSError as trouble:
        where = trouble.filename or folder
        raise UserError(
            f"退回修改表写不出来，{where}：{reason(trouble)}。请检查磁盘空间和文件夹权限，再运行一次。"
        ) from trouble


def _copies(
    audit: Audit, texts: Mapping[Finding, str], folder: Path, passwords: Sequence[str]
) -> list[ReturnedCopy]:
    folder.mkdir(parents=True, exist_ok=True)
    inputs = [file.path for file in audit.files]
    result = []
    for file, stem in zip(audit.files, _stems(audit.files), strict=True):
        of_book = [finding for finding in audit.findings if finding.place.book == file.name]
        about = [finding for finding in of_book if finding.severity is not Severity.NOTE]
        if file.book is not None and about:
            content, password = unlocked(file.path, passwords)
            marked = _marked(file.book, content, about, texts)
            package = locked(marked.package, password) if password else marked.package
            saved = _saved(folder / f"{stem}-{LIST}{marked.suffix}", package, inputs)
            result.append(ReturnedCopy(file.name, saved, len(about), marked.notes))
    return result


def _saved(target: Path, package: bytes, inputs: Sequence[Path]) -> files.Saved:
    def write(path: Path) -> None:
        path.write_bytes(package)

    return files.save(target, write, inputs)


def _stems(books: Sequence[File]) -> list[str]:
    """A unique name without ending for each copy: 富路镇-名册 for 富路镇/名册.xlsx.

    Names that differ only in capitals count as the same, because some disks do not tell them apart.
    """
    stems = [file.name.rpartition(".")[0].replace("/", "-") or file.name for file in books]
    seen: Counter[str] = Counter()
    names = []
    for stem, file in zip(stems, books, strict=True):
        suffix = file.path.suffix.lstrip(".")
        name = stem if stems.count(stem) == 1 else f"{stem}-{suffix}"
        seen[name.lower()] += 1
        names.append(name if seen[name.lower()] == 1 else f"{name}-{seen[name.lower()]}")
    return names


class _Marked(NamedTuple):
    """The bytes of a marked copy, the ending of its name, and its notes."""

    package: bytes
    suffix: str
    notes: tuple[str, ...]


def _marked(book: Book, content: bytes, about: Sequence[Finding], texts: Mapping[Finding, str]) -> _Marked:
    """The marked copy: their own workbook, or a new one where theirs cannot be edited."""
    with contextlib.suppress(Exception):  # what other programs wrote may be wrong in any way
        return _written(own_copy(book, content), book, about, texts)
    return _written(new_copy(book, content), book, about, texts)


def _written(copy: Copy, book: Book, about: Sequence[Finding], texts: Mapping[Finding, str]) -> _Marked:
    mark(copy, book, about, texts)
    return _Marked(copy.package.packed(), copy.suffix, copy.notes)
