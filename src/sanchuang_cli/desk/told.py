"""How a run tells the desk how far it is and what came of it: one file of JSON lines, which the run writes and the desk reads.

The desk names the file in an environment variable; without that nothing is written.
"""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

FILE = "SANCHUANG_TOLD"
"""The environment variable with the path of the file."""
_STEP, _GLANCE = "step", "glance"


class Told(NamedTuple):
    """What a run has told so far. steps: what it has begun, in that order. glance: what came of it, once that is known."""

    steps: tuple[str, ...]
    glance: Mapping[str, Any]


def step(what: str) -> None:
    """Tell what the run does now."""
    _add(lambda: {_STEP: what})


def glance(make: Callable[[], Mapping[str, Any]]) -> None:
    """Tell what came of the run. `make` is only asked if somebody listens."""
    _add(lambda: {_GLANCE: make()})


def heard(path: Path) -> Told:
    """Read what a run has told so far."""
    lines = list(_lines(path))
    steps = tuple(line[_STEP] for line in lines if _STEP in line)
    return Told(steps, next((line[_GLANCE] for line in lines if _GLANCE in line), {}))


def _add(make: Callable[[], Mapping[str, Any]]) -> None:
    if path := os.environ.get(FILE):
        import json  # most runs tell nobody, and every command imports this module

        said = json.dumps(make(), ensure_ascii=False) + "\n"
        with contextlib.suppress(OSError), Path(path).open("a", encoding="utf-8") as told:
            told.write(said)  # a run does not fail because nobody can hear it


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines that are whole: the last one may be in the making."""
    import json

    if path.exists():
        for line in path.read_text("utf-8").splitlines(keepends=True):
            if line.endswith("\n"):
                yield json.loads(line)
