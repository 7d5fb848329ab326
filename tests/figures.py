"""The figures of docs/quality.md, each block by the command that made it: `python -m tests.figures BLOCK [--write]`.

tests: the suite with branch coverage. corpus: workbooks of other people, where they lie beside the repository. Faults, oracles,
the fuzz campaign and the mutants put their own figures down with --write.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tools.blocks import put_down, table

ROOT = Path(__file__).resolve().parents[1]


def pytest(*words: str | Path, gate: bool = True, **environment: str) -> str:
    """The last line of a run of the suite. gate: stops where a test failed."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, words)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    lines = done.stdout.strip().splitlines()
    if done.returncode and gate:
        sys.exit("\n".join(lines[-40:]))
    return lines[-1].strip("= ")


COVERAGE = """
[run]
branch = true
source = sanchuang_cli
patch = subprocess, fork, _exit
parallel = true
data_file = {folder}/data
[paths]
source =
    src
    */src
"""
"""What commands take counts too, in processes of their own, in copies of a process, and from a copy of the package."""
ENOUGH = 95
"""Percent of the branches of a module of rules."""


def tests() -> str:
    """How many there are, and which branches they take; the modules of domain and programmes of which they take fewer than ENOUGH."""
    last = pytest("-n", "auto", "--dist", "loadfile")
    every = branches()
    rules = [one for one in every if one.module.startswith(("domain/", "programmes/"))]
    few = [one for one in rules if one.percent < ENOUGH]
    rows = [[f"`{one.module}`", str(one.taken), str(one.branches), f"{one.percent:.1f} %"] for one in few]
    said = (
        f"{last}. Taken: {_together(every)}; of `domain` and `programmes` {_together(rules)}. "
        f"Of {len(few)} of their {len(rules)} modules with branches fewer than {ENOUGH} % are taken:"
    )
    return f"{said}\n\n{table(['module', 'taken', 'branches', 'share'], rows)}"


class Taken(NamedTuple):
    """How many of a module's branches the suite takes."""

    module: str
    taken: int
    branches: int

    @property
    def percent(self) -> float:
        return 100 * self.taken / self.branches


def branches() -> list[Taken]:
    """Those of every module that has any."""
    with tempfile.TemporaryDirectory() as folder:
        config, report = Path(folder) / "coveragerc", Path(folder) / "coverage.json"
        config.write_text(COVERAGE.format(folder=folder), "utf-8")

        def coverage(*words: str | Path) -> None:
            command = [sys.executable, "-m", "coverage", words[0], f"--rcfile={config}", *map(str, words[1:])]
            subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=words[0] != "run")

        # Being traced takes twice as long, which the tests that look at the clock do not allow for: some may fail.
        coverage("run", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "auto", "--dist", "loadfile")
        coverage("combine")
        coverage("json", "-i", "-o", report)  # a programme made by a test is gone by now
        files = json.loads(report.read_text("utf-8"))["files"]
    counted = [
        Taken(
            name.removeprefix("src/sanchuang_cli/").removesuffix(".py"),
            found["summary"]["covered_branches"],
            found["summary"]["num_branches"],
        )
        for name, found in files.items()
    ]
    return [one for one in counted if one.branches]


def _together(modules: list[Taken]) -> str:
    all_of = Taken("", sum(one.taken for one in modules), sum(one.branches for one in modules))
    return f"{all_of.taken} of {all_of.branches} branches ({all_of.percent:.1f} %)"


def corpus() -> str:
    """Tables found exactly as a person described them, and files that other readers stumble on."""
    from tests.roster.test_corpus import WORKBOOKS, scored

    if not WORKBOOKS.is_dir():
        sys.exit("the workbooks of other people are not beside the repository")
    total, wrong = scored()
    nasty = len(list((WORKBOOKS / "nasty").iterdir()))
    last = pytest("tests/roster/test_nasty.py")
    return (
        f"{total - len(wrong)} of {total} tables of real workbooks are found exactly (headings, first and last row, "
        f"columns). {nasty} files from the test suites of other readers do what is expected of each: {last}."
    )


BLOCKS = {
    "tests": ("make quality-tests", tests),
    "corpus": ("make quality-corpus", corpus),
}

if __name__ == "__main__":
    for name in [word for word in sys.argv[1:] if word != "--write"]:
        made_by, figures = BLOCKS[name]
        told = figures()
        sys.stdout.write(f"{told}\n")
        if "--write" in sys.argv:
            put_down(name, made_by, told)
