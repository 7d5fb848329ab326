"""The command line in a process of its own that need not begin by loading its libraries and policies.

A short command takes ten times as long to load its libraries as to do its work. So one process loads them once, and the
shipped policies with them; for each command it makes a copy of itself (`os.fork`), which runs the command and ends. Nothing
a command changes is left for the next one. A package of tests that adds programmes to the shipped ones (its `register`) has
such a process of its own.
`SANCHUANG_FULL=1` and a system that cannot fork start Python anew each time, as a user does.
"""

import atexit
import gc
import json
import os
import pkgutil
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import NoReturn

ROOT = Path(__file__).parents[1]
FORKS = hasattr(os, "fork")


class Forking:
    """The process with the libraries, and how this one asks it to run a command."""

    def __init__(self, package: str) -> None:
        self._folder = Path(mkdtemp(prefix="forked-"))
        self._printed = [self._folder / name for name in ("out", "err")]
        self._of = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, package],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self._end)

    def run(
        self, words: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> tuple[int, bytes, bytes]:
        """Run `sanchuang WORDS…` in the folder; its exit code (negative: the signal), standard output and error."""
        assert self._process.stdin and self._process.stdout
        asked = [words, str(folder), dict(environment), [str(path) for path in self._printed], _rights_left()]
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        out, err = (path.read_bytes() for path in self._printed)
        return code, out, err

    def _end(self) -> None:
        if os.getpid() == self._of:  # and not a copy of this process, which has a copy of this object
            self._process.communicate()  # the end of its input is the end of its work
            shutil.rmtree(self._folder)


def serve(package: str) -> None:
    """Load all that `python -m PACKAGE` may use; then run, in a copy of this process, what each line of input asks for."""
    from sanchuang_cli.policy import load, source
    from sanchuang_cli.programmes import PROGRAMMES

    for entry in PROGRAMMES:
        load(entry.load().policy, *source(entry.name, None))
    register = getattr(import_module(package), "register", None)
    if register:
        register()
    import sanchuang_cli

    for module in pkgutil.walk_packages(sanchuang_cli.__path__, "sanchuang_cli."):
        import_module(module.name)
    import_module("sanchuang_cli.cli.app").built()
    gc.collect()
    gc.freeze()  # a copy that looked through the libraries for garbage would copy their memory
    for line in sys.stdin:
        child = os.fork()
        if not child:
            become(*json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201 - the answer


def _rights_left() -> int:
    """The rights that new files of this process do not get. To ask for them, the system has them set."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def become(
    words: list[str], folder: str, environment: dict[str, str], printed: list[str], mask: int
) -> NoReturn:
    """Be the process of this command: its words, folder, environment, streams and rights of new files, and its end."""
    from sanchuang_cli.__main__ import main

    os.umask(mask)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for number, path in enumerate([os.devnull, *printed]):
        os.dup2(os.open(path, writing if number else os.O_RDONLY, 0o600), number)
    encoding, _, errors = environment["PYTHONIOENCODING"].partition(":")
    sys.stdin = os.fdopen(0, encoding=encoding)
    sys.stdout = os.fdopen(1, "w", encoding=encoding, errors=errors or "strict")
    sys.stderr = os.fdopen(2, "w", encoding=encoding, errors="backslashreplace")
    sys.argv = ["sanchuang", *words]
    code = 1
    try:
        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    serve(sys.argv[1])
