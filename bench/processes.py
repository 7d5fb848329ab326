"""Whole processes measured side by side: wall time, processor time and peak memory, as ratios of one to the other.

What was measured is kept in .bench/, so that a bench that was stopped goes on where it was.
"""

import importlib.metadata
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from tools.blocks import put_down, source

HERE = Path(__file__).resolve().parent
KEPT = HERE.parent / ".bench"
PAGE = HERE.parent / "docs" / "performance.md"
SANCHUANG = (sys.executable, "-m", "sanchuang_cli")
LIBRARIES = ("pandas", "openpyxl", "python-calamine", "XlsxWriter", "typer", "rich", "pydantic")
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


Costs = dict[str, list[Cost]]


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


def cost(command: Command, fine: Sequence[int] = (0, 1)) -> Cost:
    """Run a command. fine: the exit codes of success; with 1 rows were set aside. Raises RuntimeError for any other."""
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
    if process.returncode not in fine:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def side_by_side(commands: Mapping[str, Command], rounds: int) -> Costs:
    """Each command once a round, in an order that turns about, so that a slow minute hits all alike."""
    found: Costs = {name: [] for name in commands}
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


def kept(name: str, measured: Callable[[], Costs]) -> Costs:
    """What was measured under this name on this state of the package; it is measured now if it never was."""
    path = KEPT / "measured" / source() / f"{name}.json"
    if path.exists():
        found = json.loads(path.read_text("utf-8"))
        return {who: [Cost(*cost) for cost in costs] for who, costs in found.items()}
    new = measured()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({who: [astuple(cost) for cost in costs] for who, costs in new.items()}), "utf-8"
    )
    return new


def python(script: str, *words: str | Path) -> Command:
    """A script of this folder, in a process of its own."""
    return (sys.executable, HERE / script, *words)


def shapes(workbook: Path) -> list[str]:
    """In a process of its own: a process that measures must stay small, for its children start with its memory."""
    told = subprocess.run(
        python("floor.py", "--shapes", workbook), check=True, capture_output=True, text=True
    )
    return told.stdout.split()


def beside_the_floor(words: Sequence[str | Path], source: Path, out: Path, rounds: int) -> Costs:
    """`sanchuang WORDS… --out OUT --quiet` in turns with its F_io. source: the workbook, or the folder of those, that it reads.

    What F_io writes is known once ours has written, so the first run counts only where there is one round.
    """
    ours = (*SANCHUANG, *words, "--out", out, "--quiet")
    out.unlink(missing_ok=True)
    first = cost(ours)
    floor = python("floor.py", source, out.with_name(f"floor-{out.name}"), *shapes(out))
    if rounds == 1:
        return {"ours": [first], "floor": [cost(floor)]}
    return side_by_side({"ours": ours, "floor": floor}, rounds)


def load() -> str:
    """With which versions, and how busy the machine is."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    busy = f"load {os.getloadavg()[0]:.1f} at the end; " if hasattr(os, "getloadavg") else ""
    return f"{busy}{versions}."


def tell(block: str, words: str) -> None:
    """Print a block of figures; with --write put it down in docs/performance.md under the words that were typed."""
    sys.stdout.write(f"{words}\n")
    if "--write" in sys.argv:
        typed = [word for word in sys.argv[1:] if word != "--write"]
        put_down(block, " ".join(("python -m", f"bench.{Path(sys.argv[0]).stem}", *typed)), words, PAGE)
