"""Whole processes measured side by side: wall time, processor time and peak memory, as ratios of one to the other."""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]

_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "COLUMNS": "100"
}
"""With modules compiled, as pip leaves them."""


@dataclass(frozen=True)
class Cost:
    """Of one process from start to exit: wall and processor seconds, peak resident MiB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Spread:
    """Several rounds as their median, least and most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(statistics.median(values), min(values), max(values))

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f}–{self.most:.2f})"


@dataclass(frozen=True)
class Pair:
    """ours and theirs: the medians. wall, cpu, peak: the spread of the rounds' ratios. least: the least processor time of
    ours to the least of theirs, for what else the machine does only adds to either."""

    ours: Cost
    theirs: Cost
    wall: Spread
    cpu: Spread
    peak: Spread
    least: float
    rounds: int


def cost(command: Command) -> Cost:
    """Run a command; exit codes 0 and 1 (rows set aside) are success. Raises RuntimeError for any other."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        env=_ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def side_by_side(commands: Mapping[str, Command], rounds: int) -> dict[str, list[Cost]]:
    """Each command once a round, in an order that turns about, so that a slow minute hits all alike."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds):
        names = list(commands)
        for name in names if number % 2 == 0 else reversed(names):
            found[name].append(cost(commands[name]))
    return found


def pair(ours: Sequence[Cost], theirs: Sequence[Cost]) -> Pair:
    """What ours costs as a ratio to theirs, round by round."""

    def ratio(what: str) -> Spread:
        return Spread.of([getattr(a, what) / getattr(b, what) for a, b in zip(ours, theirs, strict=True)])

    least = min(one.cpu for one in ours) / min(one.cpu for one in theirs)
    return Pair(middle(ours), middle(theirs), ratio("wall"), ratio("cpu"), ratio("peak"), least, len(ours))


def middle(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(getattr(one, what) for one in costs) for what in ("wall", "cpu", "peak")))
