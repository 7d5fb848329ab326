"""The runs of a desk: each is the command line in a process of its own, working in a folder of its own.

Nothing is known of a run but its process, its folder, and the words with which it was started. A password goes to the process
in its environment, and is written and kept nowhere.
"""

import contextlib
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from sanchuang_cli import starting
from sanchuang_cli.desk import told
from sanchuang_cli.desk.work import CHECK, PURPOSE, RETURNED, WORKS, Given, Work, words
from sanchuang_cli.finding import UserError

PRINTED = "检查结果.txt"
"""What `check` prints: every finding."""
_AT_ONCE = 3
"""How many runs may go on at the same time: each may take half a gigabyte."""
_PATIENCE = 10
"""Seconds that a process has to end."""
_PASSWORD = "SANCHUANG_PASSWORD"  # noqa: S105 - the name of a variable
_NOT_FOR_RUNS = ("SANCHUANG_PASSWORD_FILE", _PASSWORD)
"""Variables that the desk was started with and that no run gets: passwords are asked on the page."""


@dataclass
class Run:
    """One run. folder: in it lie `work`, where the command works, and beside it what the command says. stopped: somebody has
    ended it. locked: a password was given. clock: when it began."""

    id: str
    work: Work
    given: Given
    folder: Path
    locked: bool = False
    stopped: bool = False
    process: subprocess.Popen[bytes] | None = None
    began: float = field(default_factory=time.monotonic)
    clock: str = field(default_factory=lambda: time.strftime("%H:%M"))
    took: float = 0

    @property
    def title(self) -> str:
        """What is done, and by which programme's rules."""
        purpose = WORKS.get(self.given.texts.get(PURPOSE.name, ""))
        return f"{self.work.title}（按{purpose.title}）" if purpose else self.work.title

    @property
    def code(self) -> int | None:
        """The exit code, None while it goes on."""
        code = self.process.poll() if self.process else None
        if code is not None and not self.took:
            self.took = time.monotonic() - self.began
        return code

    @property
    def seconds(self) -> int:
        """How long it has been going on, or took."""
        return round(self.took or time.monotonic() - self.began)

    @property
    def told(self) -> told.Told:
        """What it has told so far."""
        return told.heard(self.folder / "told")

    @property
    def screen(self) -> str:
        """What stands on its standard error."""
        return (self.folder / "screen").read_text("utf-8", "replace")

    @property
    def files(self) -> list[Path]:
        """What it has written, results first; last the record of a fault of the program, which is meant for its maintainer.
        What a stopped run had begun is none of it."""
        if self.stopped:
            return []
        there = self.folder / "work"
        results, copies = sorted(there.glob("*")), sorted((there / RETURNED).glob("*"))
        found = [*results, *copies, *(self.folder / "tmp").glob("sanchuang-*.log")]
        return [path for path in found if path.is_file() and path.stat().st_size and path.name[0] != "."]

    @property
    def command(self) -> str:
        """The command line that does the same."""
        return " ".join(f'"{word}"' if " " in word else word for word in ("sanchuang", *self._words))

    @property
    def _words(self) -> Sequence[str]:
        return words(self.work, self.given)

    def start(self, password: str) -> None:
        """Start the process. password: one a line, "" for none."""
        environment = {name: said for name, said in os.environ.items() if name not in _NOT_FOR_RUNS}
        environment |= {
            told.FILE: str(self.folder / "told"),
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "100",
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.folder / "tmp")),
            **({_PASSWORD: password} if password else {}),
        }
        printed = self.folder / "work" / PRINTED if self.work is CHECK else Path(os.devnull)
        with (self.folder / "screen").open("wb") as screen, printed.open("wb") as out:
            self.process = subprocess.Popen(  # noqa: S603 - this program itself, with words made in work.py
                [*starting(), *self._words],
                cwd=self.folder / "work",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=screen,
            )

    def stop(self) -> None:
        """End the process if it goes on. It leaves no half result."""
        if self.process and self.code is None:
            self.stopped = True
            self.process.terminate()
            try:
                self.process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def packed(self) -> Path:
        """One file with everything that it has written, made when it is first asked for."""
        target = self.folder / "all.zip"
        if not target.exists():
            making = self.folder / f"{secrets.token_hex(8)}.zip"
            with ZipFile(making, "w", ZIP_STORED) as package:  # they are packed already
                for path in self.files:
                    package.write(path, path.name)
            making.replace(target)
        return target


class Runs(dict[str, Run]):
    """The runs since the desk began, by id. folder: where theirs are made."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    @property
    def going(self) -> list[Run]:
        """Those that go on."""
        return [run for run in list(self.values()) if run.code is None]

    @contextlib.contextmanager
    def room(self, work: Work) -> Iterator[Run]:
        """A run that has a folder and is not started; nothing is left of it if it cannot be. Raises UserError where too many
        go on."""
        if len(self.going) >= _AT_ONCE:
            raise UserError(f"已有 {_AT_ONCE} 项在算。请等其中一项算完，或把它停下，再开始。")
        name = secrets.token_hex(8)
        run = Run(name, work, Given(), self.folder / name)
        for part in ("work", "tmp"):
            (run.folder / part).mkdir(parents=True)
        try:
            yield run
        except BaseException:
            shutil.rmtree(run.folder, ignore_errors=True)
            raise

    def begin(self, run: Run, given: Given, password: str = "") -> Run:
        """Start a run with what was filled in, and remember it."""
        run.given, run.locked = given, bool(password)
        run.start(password)
        self[run.id] = run
        return run

    def end(self) -> None:
        """End all that go on."""
        for run in self.going:
            run.stop()


def lend(earlier: Run, run: Run, names: Sequence[str]) -> dict[str, Sequence[str]]:
    """Give the files of some fields of an earlier run to another one, under the same paths."""
    lent = {name: earlier.given.files[name] for name in names if earlier.given.files.get(name)}
    for path in (path for paths in lent.values() for path in paths):
        target = run.folder / "work" / path
        target.parent.mkdir(exist_ok=True)
        shutil.copy(earlier.folder / "work" / path, target)
    return lent
