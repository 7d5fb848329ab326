"""Writes the one file with the findings of check-ups: a workbook that is encrypted before any of it reaches a
disk.

It may look only at what it is given. Health data must never stand readable on a disk, not even for a moment.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.report import workbook
from sanchuang_cli.report.locking import locked
from sanchuang_cli.table import Column, Table

TITLE = "体检发现"
_NOTE = "本表含个人健康信息，只交体检机构和本人。"


def page(
    who: Sequence[Column], headings: Sequence[str], people: Sequence[tuple[Sequence[str], Sequence[str]]]
) -> Table:
    """Return the table of whom and what was found, one person on a line. people: words of `who`, then words
    of `headings`."""
    given = [Column(f"found{at}", heading, wide=True) for at, heading in enumerate(headings)]
    rows = [(at, *words, *told) for at, (words, told) in enumerate(people, 1)]
    return Table(TITLE, TITLE, (Column("serial", "序号", Kind.COUNT), *who, *given), rows, notes=(_NOTE,))


def write(target: Path, table: Table, password: str, *, on: date) -> None:
    """Write the table to `target`, encrypted. Raises OSError, and UserError if it cannot be encrypted; then
    no byte of it is on the disk."""
    package = workbook.in_memory([table], on=on)
    try:
        content = locked(package, password)
    except Exception as trouble:  # whatever the error is, health data must not stay on the disk readable
        raise UserError(
            f"文件加密不成（{type(trouble).__name__}），什么都没有写出。请换一个密码再运行一次。"
        ) from trouble
    target.write_bytes(content)
