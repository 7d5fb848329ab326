"""The figures of docs/quality.md, each block by the command that made it: `python -m tests.figures BLOCK [--write]`.

tests: the suite with branch coverage. faults: every fault of tests/faults, counted. corpus: workbooks of other people, where
they lie beside the repository. Oracles, the fuzz campaign and the mutants put their own figures down with --write.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tools.blocks import put_down

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


def tests() -> str:
    """How many there are, and which branches they take, those in processes of their own left out."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        coverage = ("--cov=sanchuang_cli", "--cov-branch", f"--cov-report=json:{report}")
        last = pytest("-n", "auto")
        # Being traced takes twice as long, which the tests that look at the clock do not allow for.
        pytest("-n", "auto", *coverage, gate=False, COVERAGE_FILE=f"{folder}/coverage")
        totals = json.loads(report.read_text())["totals"]
    branches = f"{totals['covered_branches']} of {totals['num_branches']} branches"
    share = 100 * totals["covered_branches"] / totals["num_branches"]
    return (
        f"{last}. Taken: {branches} ({share:.1f} %), {totals['covered_lines']} of {totals['num_statements']} "
        f"statements ({100 * totals['covered_lines'] / totals['num_statements']:.1f} %); reported, not a gate, and "
        "without what only commands in processes of their own reach."
    )


def faults() -> str:
    """Faults injected with the full counts, by command and kind; the run stops at the first that breaks a promise."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "faults"
        pytest("tests/faults", SANCHUANG_FULL="1", SANCHUANG_FAULTS=str(kept))
        injected = Counter(tuple(json.loads(line)) for line in kept.read_text("utf-8").splitlines())
    commands = dict.fromkeys(command for command, _ in injected)
    kinds = list(dict.fromkeys(kind for _, kind in injected))
    rows = [[f"`{command}`", *(str(injected[command, kind] or "") for kind in kinds)] for command in commands]
    sums = ["all", *(str(sum(injected[command, kind] for command in commands)) for kind in kinds)]
    return f"{_table(['command', *kinds], [*rows, sums])}\n\nIn all {injected.total()} faults, no promise broken."


def _table(headings: list[str], rows: list[list[str]]) -> str:
    lines = [headings, ["---", *("--:" for _ in headings[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


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
    "faults": ("make quality-faults", faults),
    "corpus": ("make quality-corpus", corpus),
}

if __name__ == "__main__":
    for name in [word for word in sys.argv[1:] if word != "--write"]:
        made_by, figures = BLOCKS[name]
        told = figures()
        sys.stdout.write(f"{told}\n")
        if "--write" in sys.argv:
            put_down(name, made_by, told)
