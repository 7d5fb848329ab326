"""Holds what is wrong and where: the findings about data, and the one error that stops a run. It may use no
other module but kind.

A Finding is collected and never raised. A UserError ends the run with exit code 2 and one message. Anything
else that is raised is a fault of ours and ends the run with exit code 3 (cli/unforeseen.py).
"""

import errno
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sanchuang_cli.kind import without_numbers


class Severity(StrEnum):
    """How serious a finding is. An error sets its record aside; a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return {"error": "错误", "warning": "警告", "note": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, a row or a sheet, named as the spreadsheet program shows it. Rows and columns count from 1; 0
    means the whole.

    sent: if the roster was merged from many, the same place in the sender's own workbook. People are told
    that one.
    """

    book: str
    sheet: str = ""
    row: int = 0
    column: int = 0
    heading: str = ""
    sent: "Place | None" = None

    @property
    def origin(self) -> "Place":
        """The place in the workbook of the sender; this place itself if the roster was not merged."""
        return self.sent or self

    @property
    def line(self) -> tuple[str, str, int]:
        """The row in which it lies: workbook, sheet and number."""
        return self.book, self.sheet, self.row

    @property
    def cell(self) -> str:
        """The cell in A1 notation; "" without a column."""
        return f"{column_letters(self.column)}{self.row}" if self.column and self.row else ""

    @property
    def spot(self) -> str:
        """The cell or the row; "" for a whole sheet."""
        return self.cell or (f"第{self.row}行" if self.row else "")

    def __str__(self) -> str:
        at = self.origin
        where = f"{at.spot}（{at.heading}）" if at.heading else at.spot
        return " ".join(part for part in (at.book, at.sheet, where) if part)


ALL = Place("全部名册")
"""Where something stands that is about all rows together."""


@dataclass(frozen=True, slots=True)
class Finding:
    """疑点: one thing that a clerk should look at.

    code: `<module>.<what>`, which never changes. message: in Chinese; long numbers in it are masked, whatever
    it quotes. basis: the rule and its clause. mend: what to do. brief: see `Doubt`. vanished: it names
    somebody who was paid and is no longer on the roster; such findings are told before all others.
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

    @property
    def of_every_row(self) -> bool:
        """Whether it concerns every row: it stands at the policy, at an option or at a whole workbook. A note
        concerns nobody."""
        return not self.place.sheet and self.place != ALL and self.severity is not Severity.NOTE


@dataclass(frozen=True)
class Doubt:
    """A kind of finding: how serious it is, by which rule, and what to do. "" means that each case says it
    itself.

    brief: what is wrong, in a few words that fit every row of the kind and name nobody. 首页 counts waiting
    rows by it.
    """

    severity: Severity
    basis: str = ""
    mend: str = ""
    brief: str = ""


class Doubts(dict[str, Doubt]):
    """The table of everything that a package may find doubtful, by code, so that it can be read in one
    place."""

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
        """Return a finding of a kind. It says what the table says, except what the caller says. Raises
        KeyError for an unknown code."""
        kind = self[code]
        return Finding(
            code, weight or kind.severity, message, place, basis or kind.basis, mend or kind.mend, kind.brief
        )


def in_general(message: str) -> str:
    """Return the beginning of a message without the words that it quotes. It is the brief of a kind that
    declares none."""
    return _NEXT.split(_QUOTED.sub("", message), maxsplit=1)[0].strip()


_QUOTED, _NEXT = re.compile("“[^”]*”"), re.compile("[：，；（。]")


class UserError(Exception):
    """The run cannot go on. The message is in Chinese and says what is wrong, where, and what to do."""


def chosen(written: str, known: Mapping[str, Sequence[str]], refusal: str) -> str:
    """Return the word of the command line that somebody means, who may write the word itself or its name in Chinese.

    known: the names of each word. Raises UserError that begins with the refusal and lists the words with their names: those
    in whose names it stands, if there are any.
    """
    for word, names in known.items():
        if written in (word, *names):
            return word
    near = {word: names for word, names in known.items() if any(written in name for name in names)}
    said = f"有“{written}”的是" if near else "可用的有"
    raise UserError(f"{refusal}。{said}：{listed_with_names(near or known)}。")


def listed_with_names(known: Mapping[str, Sequence[str]]) -> str:
    """Return words of the command line with their names in Chinese: subsidies（生活补贴）、pay（报酬）."""
    return "、".join(f"{word}（{'、'.join(dict.fromkeys(names))}）" for word, names in known.items())


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
    errno.EADDRINUSE: "已经有程序在用",
}


def reason(trouble: OSError) -> str:
    """Return in Chinese why the operating system refused, if it is one of the usual reasons."""
    return _REASONS.get(trouble.errno or 0) or trouble.strerror or str(trouble)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings in the order in which a clerk reads: who has vanished first, then by workbook,
    sheet, row, column and code."""
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
    """Return the findings by kind: who has vanished first, then what concerns every row, then errors, warnings
    and notes.

    Among equally serious kinds the most frequent comes first. The findings of a kind stand in the order of
    their places.
    """
    kinds: dict[tuple[bool, bool, int, str], list[Finding]] = {}
    weights = list(Severity)
    for finding in in_order(findings):
        weight = not finding.vanished, not finding.of_every_row, weights.index(finding.severity)
        kinds.setdefault((*weight, finding.code), []).append(finding)
    ordered = sorted(kinds.items(), key=lambda kind: (*kind[0][:-1], -len(kind[1]), kind[0][-1]))
    return [members for _, members in ordered]


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(column: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
