"""Which points are tried, and how many were: docs/quality.md prints the sums."""

import json
import os
from pathlib import Path

from tests.counts import FULL

POINTS, MOST = 4, 200
"""Of each run in `make test`; and elsewhere than in steps that pay, with the full counts."""


def sampled(count: int, most: int | None = None, full: bool = FULL) -> list[int]:
    """All of 1…count, or so many of them with both ends."""
    assert count > POINTS
    points = (most or count) if full else POINTS
    if points >= count:
        return list(range(1, count + 1))
    return sorted({1 + i * (count - 1) // (points - 1) for i in range(points)})


def counted(command: str, what: str) -> None:
    """One fault was injected and the promise held; noted where SANCHUANG_FAULTS names a file."""
    if kept := os.environ.get("SANCHUANG_FAULTS"):
        with Path(kept).open("a", encoding="utf-8") as file:
            file.write(json.dumps([command, what], ensure_ascii=False) + "\n")
