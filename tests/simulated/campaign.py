"""Counties for years: `python -m tests.simulated.campaign [seed=1] [seeds=1] [years=12] [size=300] [step=N] [without=KIND,…] [write]`.

`make simulate` runs it. A county that lived to its end is written down in .simulated/, by commit, and not run again for
the same words. One that broke a promise is written down with its step; where it was the only one that was asked for, it is
tried again smaller (fewer years, people and kinds of mischief) while the same promise breaks. `make simulate SEED=… STEP=…`
lives through it up to that step and leaves the folder as it was then. write: the counts into docs/quality.md, with seeds=0 of what is kept alone.
"""

import gc
import json
import os
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import chdir
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tools.blocks import put_down, source

from tests.simulated.county import MISCHIEF, County

KEPT = Path(".simulated").resolve()
YEARS, SIZE = 12, 300
SMALLER = 4
"""How many times smaller a county may get, at the most, when one breaks a promise: each attempt costs what a county costs."""
MEMORY = Path("/dev/shm")
"""Where a folder costs no disk, on Linux."""


@dataclass(frozen=True)
class Asked:
    """A county: the same words, the same county."""

    seed: int
    years: int = YEARS
    size: int = SIZE
    without: frozenset[str] = frozenset()

    def __str__(self) -> str:
        less = f" WITHOUT={','.join(sorted(self.without)).replace(' ', '-')}" if self.without else ""
        return f"SEED={self.seed} YEARS={self.years} SIZE={self.size}{less}"


@dataclass(frozen=True)
class Lived:
    """What came of a county. step, name: where it ended. wrong: the promise that was broken, "" where none was."""

    steps: int
    name: str
    wrong: str
    commands: int
    seconds: float
    counts: dict[str, int]


def live(asked: Asked, folder: Path, until: int | None = None) -> Lived:
    """A county in `folder`, to its end or to the step that is asked for, or that breaks a promise."""
    began, at, name, wrong = time.monotonic(), 0, "", ""
    os.environ["COLUMNS"] = "200"
    folder.mkdir(parents=True, exist_ok=True)
    with chdir(folder):
        county = County(asked.seed, asked.size, folder, MISCHIEF - asked.without)
        for at, (called, step) in enumerate(county.steps(asked.years), 1):
            name = called
            try:
                step()
            except Exception as broken:
                wrong = f"{type(broken).__name__}: {broken}\n{traceback.format_exc(limit=-4)}"
                break
            if at == until:
                break
    counts = dict(county.world.counts + county.happened)
    return Lived(at, name, wrong, county.office.typed, time.monotonic() - began, counts)


def tried(asked: Asked) -> Lived:
    """A county in a folder that is taken away again."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as home:
        before, tempfile.tempdir = tempfile.tempdir, home
        try:
            return live(asked, Path(home) / "county")
        finally:
            tempfile.tempdir = before
            gc.collect()


def kind_of(wrong: str) -> str:
    """The promise that was broken, without whom and how much."""
    return re.sub(r"\d+", "0", wrong)[:30]


def smaller(asked: Asked) -> Iterable[Asked]:
    """Counties with less in them, the largest step first."""
    if asked.years > 1:
        yield replace(asked, years=asked.years // 2)
    if asked.size > 40:
        yield replace(asked, size=max(40, asked.size // 3))
    for kind in sorted(MISCHIEF - asked.without):
        yield replace(asked, without=asked.without | {kind})


def shrunk(asked: Asked, broken: Lived) -> tuple[Asked, Lived]:
    """The smallest county found that breaks the same promise."""
    asked = replace(
        asked, years=min(asked.years, int(broken.name[:4]) - 2013 if broken.name[:4].isdigit() else 1)
    )
    for _ in range(SMALLER):
        for less in smaller(asked):
            lived = tried(less)
            if lived.wrong and kind_of(lived.wrong) == kind_of(broken.wrong):
                asked, broken = less, lived
                break
        else:
            break
    return asked, broken


commit = cache(source)
"""The state of the package that the counties live on: as it is when first asked."""


def kept(asked: Asked, at: str) -> Path:
    less = f"-without-{len(asked.without)}" if asked.without else ""
    return KEPT / f"{at}-seed{asked.seed}-{asked.years}y-{asked.size}{less}.json"


def side_by_side(counties: Sequence[Asked]) -> list[bool]:
    """Of each county whether it kept its promises, as many at once as there are cores. An executor and no pool: what a pool starts may start
    no processes of its own, as some commands do."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as executor:
        return list(executor.map(partial(run, shrinks=False), counties))


def run(asked: Asked, shrinks: bool = True) -> bool:
    """Whether a county kept its promises; known from .simulated/ where it was tried on this commit before."""
    path = kept(asked, commit())
    if path.exists() and not json.loads(path.read_text("utf-8"))["wrong"]:
        say(f"{asked}: kept on this commit before")
        return True
    lived = tried(asked)
    write(path, asked, lived)
    say(f"{asked}: {lived.steps} steps, {lived.commands} commands, {lived.seconds:.0f} s")
    if not lived.wrong:
        return True
    say(
        f"step {lived.steps} ({lived.name}) broke a promise: make simulate {asked} STEP={lived.steps}\n{lived.wrong}"
    )
    if not shrinks:
        return False
    less, again = shrunk(asked, lived)
    write(path, less, again)
    say(f"the smallest that breaks it: make simulate {less} STEP={again.steps} ({again.name})\n{again.wrong}")
    return False


def write(path: Path, asked: Asked, lived: Lived) -> None:
    KEPT.mkdir(exist_ok=True)
    facts = (
        asdict(asked) | {"without": sorted(asked.without), "commit": path.name.split("-")[0]} | asdict(lived)
    )
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def kept_promises() -> list[dict[str, Any]]:
    """Every county in .simulated/ that lived to its end, at its last time, the oldest first."""
    paths = sorted(KEPT.glob("*.json"), key=lambda path: path.stat().st_mtime)
    found = [
        one for path in paths
        if not (one := json.loads(path.read_text("utf-8")))["wrong"] and not one["without"]
    ]  # fmt: skip
    newest: dict[tuple[int, ...], dict[str, Any]] = {}
    for one in reversed(found):
        newest.setdefault((one["seed"], one["years"], one["size"]), one)
    return list(reversed(newest.values()))


def figures(whole: Sequence[dict[str, Any]]) -> str:
    """Counties by commit, years and size; what happened in them."""
    groups: dict[tuple[str, int, int], list[dict[str, Any]]] = {}
    for one in whole:
        groups.setdefault((one["commit"], one["years"], one["size"]), []).append(one)
    lines = [
        "| commit | people | years | seeds | county-years | steps | commands |",
        "| --- | --: | --: | --- | --: | --: | --: |",
    ]
    happened: Counter[str] = Counter()
    for (at, years, size), counties in sorted(groups.items(), key=lambda group: (group[0][2], group[0])):
        seeds = ", ".join(map(str, sorted(one["seed"] for one in counties)))
        steps, commands = (sum(one[name] for one in counties) for name in ("steps", "commands"))
        lines.append(
            f"| {at} | {size} | {years} | {seeds} | {years * len(counties)} | {steps} | {commands} |"
        )
        for one in counties:
            happened.update(one["counts"])
    told = ", ".join(f"{count} × {what}" for what, count in happened.most_common())
    years = sum(one["years"] for one in whole)
    return "\n".join(
        [*lines, "", f"In all {years} county-years without a broken promise. What happened in them: {told}."]
    )


def main(words: list[str]) -> int:
    given = dict(word.partition("=")[::2] for word in words)
    without = frozenset(filter(None, given.get("without", "").replace("-", " ").split(",")))
    first = Asked(
        int(given.get("seed") or 1), int(given.get("years") or YEARS), int(given.get("size") or SIZE), without
    )
    if step := given.get("step"):
        folder = KEPT / f"seed{first.seed}-step{step}"
        shutil.rmtree(folder, ignore_errors=True)
        lived = live(first, folder, int(step))
        say(f"{first}: step {lived.steps} ({lived.name}); its folder is {folder}\n{lived.wrong}")
        return int(bool(lived.wrong))
    counties = [replace(first, seed=first.seed + n) for n in range(int(given.get("seeds") or 1))]
    stood = [run(first)] if len(counties) == 1 else side_by_side(counties)
    if "write" in given:
        whole = kept_promises()
        put_down("simulated", "make simulate", figures(whole), commit=whole[0]["commit"] if whole else "")
    return int(not all(stood))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
