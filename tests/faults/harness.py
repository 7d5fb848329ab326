"""A run with one thing going wrong: the n-th file operation fails or the process dies there, or the disk is full.

Each run is a fork of this process, which loads what the run before it had to load, so that the next one need not;
faults come through Python's audit hook, before the operation, and through the limit on the size of a file, in the
middle of one.
"""

import contextlib
import ctypes
import errno
import importlib
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Engine, event

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod")
CRASHED = 70
COUNTED = Path("operations.txt")
FILE, STATEMENT = "f", "s"
_CAPABILITIES, _PASSES_OVER_PERMISSIONS = 0x20080522, 0b1110
"""Linux: the version of the call, and the bits of CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH and CAP_FOWNER."""

WHAT: tuple[Literal["full", "refused", "killed"], ...] = ("full", "refused", "killed")

Fault = Callable[[], None]


@dataclass(frozen=True)
class Died:
    """How a run ended: its exit code, negative for a signal, and what it said."""

    code: int
    said: str


def run(folder: Path, words: Sequence[str | Path], fault: Fault | None = None) -> Died:
    """`sanchuang WORDS…` in `folder` with `fault` prepared; its temporary files go to folder/tmp."""
    (folder / "tmp").mkdir(exist_ok=True)
    said = folder.parent / f"{folder.name}.said"
    child = os.fork()
    if child == 0:
        _be_the_run(folder, said, [str(word) for word in words], fault)
    _, status = os.waitpid(child, 0)
    _load_what_it_loaded(said)
    return Died(os.waitstatus_to_exitcode(status), said.read_text("utf-8", "replace"))


def _load_what_it_loaded(said: Path) -> None:
    loaded = said.with_suffix(".modules")
    if loaded.exists():
        for name in loaded.read_text("utf-8").split("\n"):
            if name not in sys.modules:
                with contextlib.suppress(Exception):  # a module that only that process could load
                    importlib.import_module(name)
        loaded.unlink()


def _be_the_run(folder: Path, said: Path, words: list[str], fault: Fault | None) -> None:
    """Never returns."""
    code = CRASHED
    with contextlib.suppress(BaseException):
        os.chdir(folder)
        tempfile.tempdir = str(folder / "tmp")
        sys.dont_write_bytecode = True  # or the first run makes more operations than the next
        out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w", encoding="utf-8"), os.fdopen(2, "w", encoding="utf-8")
        before = set(sys.modules)
        code = _ended(words, fault)
        sys.stderr.flush()
        if fault is None and before < set(sys.modules):
            said.with_suffix(".modules").write_text("\n".join(set(sys.modules) - before), "utf-8")
    os._exit(code)


def _ended(words: list[str], fault: Fault | None) -> int:
    from sanchuang_cli.cli import main

    sys.argv = ["sanchuang", *words]
    try:
        if fault:
            fault()
        main()
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        import traceback

        traceback.print_exc()
    return CRASHED


def at_once(folder: Path, words: Sequence[str | Path], runs: int) -> list[Died]:
    """So many runs of the same words side by side."""
    (folder / "tmp").mkdir(exist_ok=True)
    children = []
    for n in range(runs):
        said = folder.parent / f"{folder.name}.{n}.said"
        child = os.fork()
        if child == 0:
            _be_the_run(folder, said, [str(word) for word in words], None)
        children.append((child, said))
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child, _ in children]
    return [
        Died(code, said.read_text("utf-8", "replace"))
        for code, (_, said) in zip(codes, children, strict=True)
    ]


def operations(folder: Path, words: Sequence[str | Path]) -> int:
    """How many file operations a run in `folder` makes when nothing goes wrong."""
    return steps(folder, words).count(FILE)


def steps(folder: Path, words: Sequence[str | Path]) -> str:
    """What a run in `folder` does when nothing goes wrong, a letter for each: a file operation, or a statement for a ledger."""
    counted = folder.parent / COUNTED

    def count() -> None:
        seen = os.open(counted, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        _watch(lambda step: os.write(seen, step.encode()))

    run(folder, words, count)
    return counted.read_text("ascii")


def killed_at(number: int) -> Fault:
    """The process dies at the `number`-th of its steps, from 1 on."""
    left = iter(range(number - 1))

    def strike(step: str) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    return lambda: _watch(strike)


def _watch(told: Callable[[str], object]) -> None:
    """Tell of each step before it is done."""

    def connected(connection: Any, _: object) -> None:
        connection.set_trace_callback(lambda statement: told(STATEMENT))

    event.listen(Engine, "connect", connected)
    sys.addaudithook(lambda name, args: told(FILE) and None if _touches(name, args) else None)


def at(number: int, what: Literal["full", "refused", "killed"]) -> Fault:
    """The fault that comes at the `number`-th file operation, from 1 on. full: this one and all writing after it."""
    state = {"left": number}

    def strike(event: str, args: tuple[Any, ...]) -> None:
        if not _touches(event, args):
            return
        state["left"] -= 1
        if what == "killed" and state["left"] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if what == "refused" and state["left"] == 0:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(args[0]))
        if what == "full" and state["left"] <= 0 and event == "open" and args[2] & WRITING:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[0]))

    return lambda: sys.addaudithook(strike)


def room(size: int, then: Literal["told", "killed"]) -> Fault:
    """No file may grow beyond `size` bytes: writing on is told so as on a full disk, or ends the process there."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN if then == "told" else signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def obeying_permissions() -> None:
    """The fault of a folder that refuses: root is refused as well, without the capabilities that see to it that it is not."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None)
    header, sets = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, sets) == 0
    for i in range(3):
        sets[i] &= ~_PASSES_OVER_PERMISSIONS
    assert libc.capset(header, sets) == 0


def _touches(event: str, args: tuple[Any, ...]) -> bool:
    """Whether an audited event changes the disk, or reads what the run was given."""
    if event in CHANGES:
        return True
    if event != "open" or isinstance(args[0], int):
        return False
    path = os.fsdecode(args[0])
    if path.startswith(os.devnull):
        return False
    return bool(args[2] & WRITING) or path.endswith((".xlsx", ".tmp"))
