"""Reads and writes 审批单, the paper that an approver signs: a few lines of text for people to read. Knows no ledger.

Line ends, a mark at the beginning of the file and blanks around a line may change on the way. So the words are signed,
not the bytes.
"""

from pathlib import Path
from typing import Any, NamedTuple

from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger.chain import plain_json

TITLE, TITLE_OF_RESULT = "批次审批单", "结果审批单"
_BETWEEN = "："
LEDGER, NUMBER, RESULT, PROPOSED, COPY, HEAD, KEY, SIGNATURE = (
    "台账编号",
    "批次",
    "结果摘要",
    "提请记录",
    "工作簿校验值",
    "台账校验码",
    "签名公钥",
    "签名",
)
_MOST = 100_000
"""The largest size of a paper in bytes. Anything longer is another file."""

Lines = tuple[tuple[str, str], ...]
"""Pairs of a label and the words after it."""


class Signed(NamedTuple):
    """A signed paper. key, signature: the public key and the signature below the lines, both in base64."""

    lines: Lines
    key: str
    signature: str

    def as_json(self) -> dict[str, Any]:
        """The form in which the chain records it."""
        return {"paper": [list(line) for line in self.lines], "key": self.key, "signature": self.signature}

    @classmethod
    def of_json(cls, given: dict[str, Any]) -> "Signed":
        """Read what `as_json` gave."""
        lines = tuple((label, words) for label, words in given["paper"])
        return cls(lines, given["key"], given["signature"])


def plain(lines: Lines) -> str:
    """The text that is signed."""
    return plain_json([list(line) for line in lines])


def value(lines: Lines, label: str) -> str:
    """The words after a label; "" when there is no such label."""
    return dict(lines).get(label, "")


def text(lines: Lines, signed: Signed | None = None) -> str:
    """The content of the paper's file."""
    more = ((KEY, signed.key), (SIGNATURE, signed.signature)) if signed else ()
    title = TITLE_OF_RESULT if value(lines, RESULT) else TITLE
    return "\n".join([title, *(f"{label}{_BETWEEN}{words}" for label, words in (*lines, *more)), ""])


def read(path: Path) -> Lines:
    """The lines of a paper, signed or not. Raises UserError when the file is none."""
    try:
        content = path.read_bytes() if path.stat().st_size <= _MOST else b"\xff"
        first, *rest = [
            line.strip() for line in content.decode("utf-8-sig").splitlines() if line.strip()
        ] or [""]
    except OSError as trouble:
        raise UserError(f"{path} 读不了：{reason(trouble)}。请核对文件名。") from None
    except UnicodeDecodeError:
        first, rest = "", []
    if first not in (TITLE, TITLE_OF_RESULT) or not all(_BETWEEN in line for line in rest):
        raise UserError(f"{path} 不是审批单。审批单用 sanchuang batch paper 批次号 写出。")
    parts = (line.partition(_BETWEEN) for line in rest)
    return tuple((label.strip(), words.strip()) for label, _, words in parts)


def read_signed(path: Path) -> Signed:
    """Read a signed paper. Raises UserError when it is not signed."""
    lines = read(path)
    if [label for label, _ in lines[-2:]] != [KEY, SIGNATURE]:
        raise UserError(f"{path} 还没有签名。签名用 sanchuang batch sign {path.name} --key 私钥文件。")
    return Signed(lines[:-2], lines[-2][1], lines[-1][1])


def unsigned(path: Path) -> Lines:
    """Read a paper that is not signed yet. Raises UserError when it is."""
    lines = read(path)
    if value(lines, SIGNATURE):
        raise UserError(f"{path} 已经签过名。要签的是 sanchuang batch paper 写出的审批单。")
    return lines


def words(given: object) -> str:
    """The text on one line, so that it reads back as it was written."""
    return " ".join(str(given).split())
