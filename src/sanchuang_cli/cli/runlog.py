"""runs.jsonl: one line a job and night, for machines. A job's line with a key is what makes it done.

Nothing of a person is in it. A line that a killed run left unfinished is closed by the next and means nothing.
"""

import json
import os
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import UserError, reason

NAME = "runs.jsonl"

Record = dict[str, Any]


def finished(path: Path) -> dict[str, Record]:
    """The last finished run of each job, by the job's name."""
    found: dict[str, Record] = {}
    if not path.exists():
        return found
    for line in path.read_text("utf-8", errors="replace").splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and "key" in record:
            found[str(record.get("job"))] = record
    return found


def add(path: Path, record: Record) -> None:
    """Add a line, on disk when it returns. Raises UserError."""
    try:
        _add(path, record)
    except OSError as trouble:
        raise UserError(
            f"运行记录 {path} 写不进去（{reason(trouble)}），其余任务没有运行。请清出空间或核对权限，再运行一次。"
        ) from None


def _add(path: Path, record: Record) -> None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        end = file.seek(0, os.SEEK_END)
        torn = end > 0 and (file.seek(end - 1), file.read(1))[1] != b"\n"
        text = json.dumps(record, ensure_ascii=False)
        file.write((("\n" if torn else "") + text + "\n").encode())
        file.flush()
        os.fsync(file.fileno())
