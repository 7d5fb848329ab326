"""Works out what the log says of a finished job: counts, sums and hashes, and no personal data. It reads a run and no file."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sanchuang_cli.cli import morning
from sanchuang_cli.cli.delivery import Performed
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.programmes import listed
from sanchuang_cli.report.run import Run

RESULTS, PAID, SAME = "results", "paid", "sha256"
_WHOM = ("identity", "code", "amount")
"""The columns of a bank's list that say who gets how much."""


def facts_of(made: Performed, folder: Path, besides: Sequence[Finding] = ()) -> dict[str, Any]:
    """What the log says of a job's run. folder: the working folder, from which results are named. besides: findings that are not
    the run's own."""
    run = made.run
    facts: dict[str, Any] = {
        "inputs": [{"file": book.file, "sha256": book.sha256, "rows": book.rows} for book in run.inputs],
        "policy": run.policy.sha256,
        "read": run.outcome.tally.read,
        "set_aside": run.outcome.tally.set_aside,
        "findings": {str(severity): run.count(severity) for severity in Severity},
        "look": morning.to_look_at((*run.outcome.findings, *besides)),
        "out": [path.name for path in made.saved],
    }
    if made.left:
        facts["left"] = made.left
    if "pays" in listed(run.name).can:
        facts[PAID] = paid(run)
    if made.proposed:
        comparison = made.proposed.comparison
        facts[RESULTS] = dict(zip((_within(folder, path) for path in made.saved), made.digests, strict=True))
        facts["batches"] = made.proposed.batches
        facts["against"] = {str(number): what for number, what in comparison.against.items()}
        facts["fen"] = {
            "pay": sum(c.fen for c in comparison.pay),
            "claim": sum(c.fen for c in comparison.claim),
        }
    return facts


def paid(run: Run) -> dict[str, Any]:
    """How many payments are due and their sum in fen: those that go to the bank, and those that lack an account; and a hash over
    whom they are due to, by which two runs with the same payments are known."""
    pages = run.outcome.payments()
    rows = [row[page.index("amount")] for page in pages for row in page.rows]
    lacking = [due for page in pages for due in page.besides]
    whom = [[page.name, sorted(_whom(page)), [list(due) for due in page.besides]] for page in pages]
    return {
        "lines": len(rows) + sum(lines for _, lines, _ in lacking),
        "fen": sum(rows) + sum(fen for _, _, fen in lacking),
        SAME: hashlib.sha256(json.dumps(whom, ensure_ascii=False).encode()).hexdigest(),
    }


def _whom(page: Any) -> Iterator[list[str]]:
    at = [j for j, column in enumerate(page.columns) if column.name in _WHOM]
    for row in page.rows:
        yield [str(row[j]) for j in at]


def _within(folder: Path, path: Path) -> str:
    """A path as it is named from the working folder."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
