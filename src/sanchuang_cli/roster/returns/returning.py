"""退回修改: a copy of each sender's book in which every wrong cell is coloured and says what to do.

Promise: nothing is overwritten, the copy of a locked book has its password, and reading it gives the same records.
"""

import contextlib
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from sanchuang_cli.finding import Finding, Severity, UserError, reason
from sanchuang_cli.report import files
from sanchuang_cli.report.encryption import locked
from sanchuang_cli.roster.checks.audit import Audit, File
from sanchuang_cli.roster.grid import Book
from sanchuang_cli.roster.returns.copying import copy_of, keep_exactly, unlocked
from sanchuang_cli.roster.returns.losses import lost
from sanchuang_cli.roster.returns.marking import LIST, mark

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>")


@dataclass(frozen=True)
class Returned:
    """The copy for one sender. notes: what in it is different from the original."""

    name: str
    saved: files.Saved
    marked: int
    notes: tuple[str, ...]


def returned(
    audit: Audit, texts: Mapping[Finding, str], folder: Path, passwords: Sequence[str] = ()
) -> list[Returned]:
    """A copy in `folder` of each book that has an error or a warning. Raises UserError when it cannot be written."""
    try:
        return _copies(audit, texts, folder, passwords)
    except OSError as trouble:
        where = trouble.filename or folder
        raise UserError(
            f"退回修改表写不出来，{where}：{reason(trouble)}。请检查磁盘空间和文件夹权限，再运行一次。"
        ) from trouble


def _copies(
    audit: Audit, texts: Mapping[Finding, str], folder: Path, passwords: Sequence[str]
) -> list[Returned]:
    folder.mkdir(parents=True, exist_ok=True)
    inputs = [file.path for file in audit.files]
    result = []
    for file, stem in zip(audit.files, _stems(audit.files), strict=True):
        about = [f for f in audit.findings if f.place.book == file.name and f.severity is not Severity.NOTE]
        if file.book is not None and about:
            content, password = unlocked(file.path, passwords)
            marked = _marked(file.book, content, about, texts)
            package = locked(marked.package, password) if password else marked.package
            saved = _saved(folder / f"{stem}-{LIST}{marked.suffix}", package, inputs)
            result.append(Returned(file.name, saved, len(about), marked.notes))
    return result


def _saved(target: Path, package: bytes, inputs: Sequence[Path]) -> files.Saved:
    def write(path: Path) -> None:
        path.write_bytes(package)

    return files.save(target, write, inputs)


def _stems(books: Sequence[File]) -> list[str]:
    """A file name without ending for each copy, no two alike: 富路镇/名册.xlsx is 富路镇-名册."""
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
    package: bytes
    suffix: str
    notes: tuple[str, ...]


def _marked(book: Book, content: bytes, about: Sequence[Finding], texts: Mapping[Finding, str]) -> _Marked:
    """The marked copy. What it lost shows only once it is written: then it is made again, with that said on its list."""
    copy = copy_of(book, content)
    mark(copy, about, texts, copy.notes)
    package = _bytes(copy.workbook)
    missing = lost(content, package) if copy.own else []
    if not missing:
        return _Marked(package, copy.suffix, copy.notes)
    notes = (*copy.notes, f"这份副本没有保留：{'、'.join(missing)}。要用的请在原件上改。")
    copy = copy_of(book, content)
    mark(copy, about, texts, notes)
    return _Marked(_bytes(copy.workbook), copy.suffix, notes)


def _bytes(workbook: Workbook) -> bytes:
    """The package without a time of day, so that the same book gives the same bytes."""
    written, result = BytesIO(), BytesIO()
    keep_exactly(workbook)
    with files.workspace() as folder, _parts_in(folder):
        workbook.save(written)
    with zipfile.ZipFile(written) as package, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as fixed:
        for entry in package.infolist():
            content = package.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(b"", content)
            fixed.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()


@contextlib.contextmanager
def _parts_in(folder: str) -> Iterator[None]:
    """openpyxl leaves the parts of a book wherever Python's own are, under names that the next run does not know."""
    usual, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = usual
