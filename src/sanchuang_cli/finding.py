"""What is wrong, and where: findings about data, and the one error that stops a run.

A Finding is collected, never raised. A UserError ends the run with exit 2 and one message.
Anything else that is raised is our bug and ends it with exit 3 (cli/unforeseen.py).
"""

import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sanchuang_cli.kind import without_numbers


class Severity(StrEnum):
    """How much a finding weighs: an error sets its record aside, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "警告", "note": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, a row or a sheet as the spreadsheet program shows it. Rows and columns count from 1; 0 = the whole.

    sent: of a roster that was merged from many, where the same stands in the sender's own book; that is what people are
    told.
    """

    book: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    heading: str = ""
    sent: "Place | None" = None

    @property
    def origin(self) -> "Place":
        """Where it stands in the book of whoever sent it."""
        return self.sent or self

    @property
    def line(self) -> tuple[str, str, int]:
        """The row that it lies in: its book, its sheet and its number."""
        return self.book, self.sheet, self.row

    @property
    def cell(self) -> str:
        """A1 notation, "" without a column."""
        return f"{column_letters(self.column)}{self.row}" if self.column and self.row else ""

    @property
    def spot(self) -> str:
        """The cell, or the row; "" of a whole sheet."""
        return self.cell or (f"第{self.row}行" if self.row else "")

    def __str__(self) -> str:
        at = self.origin
        where = f"{at.spot}（{at.heading}）" if at.heading else at.spot
        return " ".join(part for part in (at.book, at.sheet, where) if part)


ALL = Place("全部名册")
"""Where something stands that is about all rows together."""


@dataclass(frozen=True, slots=True)
class Finding:
    """疑点: one thing a clerk should look at.

    code: `<module>.<what>` in kebab case, stable. message: Chinese; long numbers in it are masked, whatever it quotes.
    basis: the rule and its clause. mend: what to do. brief: see `Doubt`. vanished: it names somebody who was paid and is
    not on the roster any more, which is told before anything else.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    basis: str = ""
    mend: str = ""
    brief: str = ""
    vanished: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", without_numbers(self.message))


@dataclass(frozen=True)
class Doubt:
    """A kind of finding: how much it weighs, the rule, and what to do. "" where each case says its own.

    brief: what is wrong, in a few words that fit every row and name none; 首页 counts the rows that wait under it.
    """

    severity: Severity
    basis: str = ""
    mend: str = ""
    brief: str = ""


class Doubts(dict[str, Doubt]):
    """The table of a package: all that it may find doubtful, by code, for whoever wants to look it over at once."""

    def at(
        self,
        code: str,
        place: Place,
        message: str,
        basis: str = "",
        mend: str = "",
        *,
        weight: Severity | None = None,
    ) -> Finding:
        """A finding of a kind, by the table but for what the case says itself. Raises KeyError for an unknown code."""
        kind = self[code]
        return Finding(
            code,
            weight or kind.severity,
            message,
            place,
            basis or kind.basis,
            mend or kind.mend,
            kind.brief,
        )


def in_general(message: str) -> str:
    """What a message says first, without the words that it quotes: the brief of a kind that declares none."""
    return _NEXT.split(_QUOTED.sub("", message), maxsplit=1)[0].strip()


_QUOTED, _NEXT = re.compile("“[^”]*”"), re.compile("[：，；（。]")


class UserError(Exception):
    """The run cannot go on. The message is Chinese and says what was wrong, where, and what to do."""


_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "只能读，不能写",
    errno.ENOSPC: "磁盘空间不够",
    errno.ENAMETOOLONG: "名字太长",
    errno.EBUSY: "正被别的程序使用",
    errno.EIO: "磁盘读写出错",
}


def reason(trouble: OSError) -> str:
    """Why the operating system would not, in Chinese where it is one of the usual reasons."""
    return _REASONS.get(trouble.errno or 0) or trouble.strerror or str(trouble)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Who vanished first; then by place (book, sheet, row, column) and code: the order of a clerk's reading."""
    return sorted(findings, key=_reading)


def _reading(finding: Finding) -> tuple[bool, str, str, int, int, str, str]:
    place = finding.place
    return (
        not finding.vanished,
        place.book,
        place.sheet,
        place.row,
        place.column,
        finding.code,
        finding.message,
    )


def by_weight(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings by kind: who vanished first, then errors before warnings before notes, and of each those of which there
    are most; those of a kind by place."""
    kinds: dict[tuple[bool, Severity, str], list[Finding]] = {}
    for finding in in_order(findings):
        kinds.setdefault((not finding.vanished, finding.severity, finding.code), []).append(finding)
    weights = list(Severity)
    ordered = sorted(
        kinds.items(), key=lambda kind: (kind[0][0], weights.index(kind[0][1]), -len(kind[1]), kind[0][2])
    )
    return [members for _, members in ordered]


def column_number(letters: str) -> int:
    """A -> 1, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(column: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
