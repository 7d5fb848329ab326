"""Reads and writes runs.jsonl, the log of the jobs: one line for each job and run, for programs to read.

A job counts as done when it has a line with a key. The log has no personal data. A line that an interrupted run left
unfinished is ended by the next run and is ignored.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import UserError, reason

NAME = "runs.jsonl"

Record = dict[str, Any]
"""A line of the log."""


def finished(path: Path) -> dict[str, Record]:
    """The last finished run of each job, by the name of the job."""
    return {str(record.get("job")): record for record in _records(path) if "key" in record}


def last(path: Path) -> dict[str, Record]:
    """The last line of each job, also of one that was skipped or could not run, by the name of the job."""
    return {str(record.get("job")): record for record in _records(path)}


def _records(path: Path) -> Iterator[Record]:
    if not path.exists():
        return
    for line in path.read_text("utf-8", errors="replace").splitlines():
        with contextlib.suppress(ValueError):
            record = json.loads(line)
            if isinstance(record, dict):
                yield record


def add(path: Path, record: Record) -> None:
    """Add a line. It is safely on the disk when this returns. Raises UserError."""
    try:
        _add(path, record)
    except OSError as trouble:
        raise UserError(
            f"运行记录 {path} 写不进去（{reason(trouble)}），其余任务没有运行，夜间摘要也没有更新，还是上一次的。请清出空间或核对权限，再运行一次。"
        ) from None


def _add(path: Path, record: Record) -> None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        end = file.seek(0, os.SEEK_END)
        # A run that was killed may have left half a line: the new line must not continue it.
        torn = end > 0 and (file.seek(end - 1), file.read(1))[1] != b"\n"
        text = json.dumps(record, ensure_ascii=False)
        file.write((("\n" if torn else "") + text + "\n").encode())
        file.flush()
        os.fsync(file.fileno())  # a job counts as done by this line, so it must survive a power cut
