"""Gives the desk its one folder, which only its owner can open, and removes it when the desk ends.

A lock in the folder says that its desk is there. What a desk left that was killed is removed by the next one.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

_BEGINS, _LOCK = "sanchuang_desk-", "in-use"


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """A folder of mode 0700 for as long as the desk is open."""
    _remove_left()
    with (
        tempfile.TemporaryDirectory(prefix=_BEGINS, ignore_cleanup_errors=True) as folder,
        FileLock(Path(folder) / _LOCK),
    ):
        yield Path(folder)


def _remove_left() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_BEGINS}*"):
        with contextlib.suppress(OSError):  # it is in use, or somebody else's
            lock = FileLock(folder / _LOCK, timeout=0)
            if (folder / _LOCK).exists():
                lock.acquire()
                lock.release()
                shutil.rmtree(folder)


@contextlib.contextmanager
def temporary_in(folder: Path | None) -> Iterator[None]:
    """Let everything temporary of this process lie in the folder, also what a form brings while it is read. None: where the
    system has it."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder) if folder else None
    try:
        yield
    finally:
        tempfile.tempdir = before
