"""The county's working folder and its commands, typed in this process at a moment of the simulated years.

A crash and two runs at once need a process that may die: those are forks (tests/faults/harness.py).
"""

import contextlib
import gc
import io
import shutil
import signal
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import time_machine

from sanchuang_cli.cli.app import main
from sanchuang_cli.cli.unforeseen import UNFORESEEN
from sanchuang_cli.outcome import ITEM
from tests.command import PYTHON, Ran, login_of
from tests.faults import harness
from tests.oracle.persons import YM

LEDGER = Path("台账.db")
TIDY = 30
"""After so many commands what they left behind is given back."""


class Broken(Exception):
    """A promise was broken. Its words say which, and of whom."""


@dataclass
class Office:
    """now: the moment at which commands are typed. typed: how many there were. said: what they printed since `said` was
    last emptied. listening: what is asked of each command when it has ended."""

    folder: Path
    now: datetime = datetime(2014, 1, 1, 9)
    typed: int = 0
    said: list[str] = field(default_factory=list)
    listening: list[Callable[[Sequence[str], Ran], None]] = field(default_factory=list)

    def run(self, *words: object) -> Ran:
        """`sanchuang WORDS…`, to its end."""
        told = [str(word) for word in words]
        (out, err), code = [io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2)], 0
        with self.at(told), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main()
            except SystemExit as ended:
                code = int(ended.code or 0)
        self.typed += 1
        if self.typed % TIDY == 0:
            gc.collect()  # a run switches the collector off, since its process usually ends with it
        ran = Ran(code, *(_printed(stream) for stream in (out, err)))
        self.said += [ran.out, ran.err]
        if ran.code == UNFORESEEN or "Traceback" in ran.err or PYTHON.search(ran.out + ran.err):
            raise Broken(
                f"a fault of the program: {told}: {ran.err[-2000:]}{PYTHON.search(ran.out + ran.err)}"
            )
        for asks in self.listening:
            asks(told, ran)
        return ran

    def does(self, *words: object, codes: Sequence[int] = (0,)) -> Ran:
        ran = self.run(*words)
        if ran.code not in codes:
            raise Broken(f"exit {ran.code}, not {codes}: {words}: {ran.err[-2000:]}")
        return ran

    @contextmanager
    def at(self, words: Sequence[str]) -> Iterator[None]:
        """The words, the login of whoever types them, and the clock."""
        with (
            patch("sys.argv", ["sanchuang", *words]),
            patch("sanchuang_cli.cli.login.current", lambda: login_of(words)),
            time_machine.travel(self.now, tick=False),
        ):
            yield

    def crashes(self, words: Sequence[str], dice: Random) -> None:
        """The same words in a process that is killed at one of its file operations or statements for the ledger. Which it makes
        is found in a copy of the folder, which is thrown away."""
        with tempfile.TemporaryDirectory() as home:
            copy = shutil.copytree(self.folder, Path(home) / self.folder.name)
            there = [word.replace(str(self.folder), str(copy)) for word in words]
            with self.at(there):
                steps = harness.steps(copy, there)
        kind = dice.choice(sorted(set(steps)))
        point = dice.choice([at for at, step in enumerate(steps, 1) if step == kind])
        with self.at(words):
            died = harness.run(self.folder, words, harness.killed_at(point))
        if died.code != -signal.SIGKILL:
            raise Broken(
                f"not killed at {point} of {len(steps)}: exit {died.code}: {words}: {died.said[-2000:]}"
            )

    def twice_at_once(self, words: Sequence[str]) -> list[harness.Died]:
        with self.at(words):
            return harness.at_once(self.folder, words, 2)

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What the ledger's file says, read without the package."""
        with contextlib.closing(sqlite3.connect(self.folder / LEDGER)) as connection:
            return connection.execute(sql, values).fetchall()

    def batches(self) -> dict[int, tuple[str, str, str]]:
        """Programme, purpose and state of every batch by its number."""
        rows = self.query("select id, programme, purpose, state from batch order by id")
        return {int(number): (programme, purpose, state) for number, programme, purpose, state in rows}

    def paid(self, programme: str) -> dict[str, dict[tuple[str, YM], int]]:
        """Fen by benefit, or component where there is one, and month, under every number that a person ever had. What is booked
        for each of several loans is added up."""
        rows = self.query(
            "select p.same_as, e.benefit, e.component, e.month, sum(e.fen) from entry e join person p on p.id = e.person"
            " where e.programme = ? group by 1, 2, 3, 4",
            programme,
        )
        found: dict[str, Counter[tuple[str, YM]]] = defaultdict(Counter)
        for who, benefit, component, month, fen in rows:
            if fen:
                what = benefit if component.startswith(ITEM) else component or benefit
                found[who][what, (int(month[:4]), int(month[5:]))] += fen
        numbers = self.query("select i.number, p.same_as from identity i join person p on p.id = i.person")
        return {number: found.get(who, {}) for number, who in numbers}


def _printed(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
