"""Makes a copy of a sender's book that can be marked: their own workbook if it is .xlsx or .xlsm, else a new one like it.

Works in memory and never writes to the original. Promise: reading the copy gives the same records as reading the original,
all that their own workbook has stays in it, and the notes say what a new one lacks.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sanchuang_cli.finding import UserError
from sanchuang_cli.report.workbook import sheet_names
from sanchuang_cli.roster.books.content import Format, content_format
from sanchuang_cli.roster.books.encryption import EXCELS_OWN, decrypted
from sanchuang_cli.roster.grid import Book
from sanchuang_cli.roster.returns.alike import alike, health_note
from sanchuang_cli.roster.returns.ooxml.emptying import Emptied, empty
from sanchuang_cli.roster.returns.ooxml.package import Package
from sanchuang_cli.roster.returns.ooxml.spans import UneditableError
from sanchuang_cli.roster.returns.ooxml.workbook import has_macros, settle_type, sheet_parts

_UNSIGNED = ("原件有数字签名；这份副本改过，签名已不作数，没有带过来。",)


@dataclass(frozen=True)
class Copy:
    """The workbook to mark. titles: the name of each sheet in the copy, by its name in the book. notes: what is different, in
    Chinese. told: a text about a cell as it may be told in the copy."""

    package: Package
    suffix: str
    titles: dict[str, str]
    notes: tuple[str, ...]
    told: Callable[[str], str] = str


def unlocked(path: Path, passwords: Sequence[str]) -> tuple[bytes, str]:
    """The bytes of the book without encryption, and the password that opened it, "" if it has none."""
    content = path.read_bytes()
    for password in chain((EXCELS_OWN,), passwords):
        try:
            plain = decrypted(path.name, content, () if password == EXCELS_OWN else [password])
        except UserError:
            continue
        return (content, "") if plain is None else (plain, password)
    return content, ""


def own_copy(book: Book, content: bytes) -> Copy:
    """The sender's own workbook to mark. content: its bytes without encryption. Raises anything where it cannot be edited."""
    if _kind(book, content) is not Format.XLSX:
        raise UneditableError("another format")
    package = Package(content)
    titles = {sheet.name: sheet.name for sheet in book.sheets}
    if not set(titles) <= set(sheet_parts(package)):
        raise UneditableError("the reader sees other sheets")
    settle_type(package)
    signed = package.drop("", "origin")
    suffix = ".xlsm" if has_macros(package) else ".xlsx"
    if not any(sheet.dropped for sheet in book.sheets):
        return Copy(package, suffix, titles, _UNSIGNED[:signed])
    emptied = empty(package, book.sheets)
    notes = (*_UNSIGNED[:signed], *_without_health(book, emptied))
    return Copy(package, suffix, titles, notes, emptied.gone.untold)


def _without_health(book: Book, emptied: Emptied) -> Iterator[str]:
    """Says that the columns about health are empty."""
    yield health_note(book)
    if emptied.results:
        yield f"用到这几列的公式（{emptied.results} 格）没有带结果；用 WPS 或 Excel 打开这份文件再保存，就重新算出来了。"


def new_copy(book: Book, content: bytes) -> Copy:
    """A new workbook like theirs to mark."""
    names = sheet_names([sheet.name for sheet in book.sheets])
    written, notes = alike(book, content, _kind(book, content), names)
    titles = {sheet.name: name for sheet, name in zip(book.sheets, names, strict=True)}
    return Copy(Package(written), ".xlsx", titles, notes)


def _kind(book: Book, content: bytes) -> Format:
    return Format.BIFF if content.startswith(b"\xd0\xcf") else content_format(book.name, content)
