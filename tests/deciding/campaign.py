"""The table of docs/quality.md that says of each policy which of its clauses are shown to decide:
`python -m tests.deciding.campaign [PROGRAMME|PACK…] [--kept] [--write]`, part of `make quality-decides`.

What came of a policy is kept in .decides/ until the policy, a rule or the code here changes, so that a run that was stopped
goes on. --kept: tells what is kept and runs nothing; a policy of which nothing is kept is named as not run.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import grimp
from tools.blocks import put_down

from sanchuang_cli import policy
from sanchuang_cli.programmes import PROGRAMMES
from tests.deciding.drawn import handed
from tests.deciding.listed import NotShown, listed
from tests.deciding.shown import told
from tests.figures import ROOT
from tests.test_contract import read

KEPT, TODAY = ROOT / ".decides", date(2026, 11, 28)
HEADINGS = ("policy", "clauses, edges, figures, words", "shown", "not shown")
Named = tuple[str, str]
"""A programme, and the name of one of its policies."""


def kept(of: Named) -> Path:
    """Where what came of a policy is kept."""
    digest = hashlib.sha256(policy.source(*of)[1] + _code(of[0])).hexdigest()[:12]
    return KEPT / f"{'-'.join(of)}-{digest}.json"


@cache
def _code(programme: str) -> bytes:
    """What decides in a programme, which is all that it imports, and what looks for pairs."""
    graph = grimp.build_graph("sanchuang_cli")
    entry = f"sanchuang_cli.programmes.{programme}"
    names = {
        entry,
        *graph.find_upstream_modules(entry, as_package=True),
        *(name for name in graph.modules if name.startswith(f"{entry}.")),
    }
    rules = [ROOT / "src" / name.replace(".", "/") for name in sorted(names)]
    own = sorted({*Path(__file__).parent.glob("[acds]*.py")} - {Path(__file__)})
    files = own + [path / "__init__.py" if path.is_dir() else path.with_suffix(".py") for path in rules]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()


def looked_for(of: Named) -> Named:
    """Look for the pairs of one policy, if nothing is kept of it: how many clauses are shown, and the others, with the reason."""
    if not kept(of).exists():
        entry = next(one for one in PROGRAMMES if one.name == of[0])
        programme, rosters, _, _ = read(entry)
        file = policy.load(programme.policy, *policy.source(*of))
        found = told(programme, rosters, file, TODAY, handed(programme, of[1]))
        missing = [(one.of.said, one.why) for one in found if one.pair is None]
        KEPT.mkdir(exist_ok=True)
        kept(of).write_text(json.dumps({"all": len(found), "not": missing}, ensure_ascii=False), "utf-8")
    return of


def row(of: Named) -> tuple[tuple[str, ...], list[NotShown]]:
    """A policy's line of the table, and its clauses that are not shown."""
    called = of[0] if of[0] == of[1] else ", ".join(of)
    if not kept(of).exists():
        return (called, "not run", "", ""), []
    came: dict[str, Any] = json.loads(kept(of).read_text("utf-8"))
    missing = [NotShown(called, said, why) for said, why in came["not"]]
    counts = came["all"], came["all"] - len(missing), len(missing)
    return (called, *map(str, counts)), missing


def main(names: Sequence[str], run: bool, write: bool) -> None:
    """Tell of the policies of these names, of all where there are none; the default ones first."""
    every = [(entry.name, name) for entry in PROGRAMMES for name in policy.packs(entry.name)]
    wanted = [of for of in sorted(every, key=lambda of: of[0] != of[1]) if not names or {*of} & {*names}]
    if run:
        with get_context("spawn").Pool() as pool:
            for of in pool.imap_unordered(looked_for, wanted):
                sys.stderr.write(" | ".join(row(of)[0]) + "\n")
    rows, missing = zip(*map(row, wanted), strict=True)
    lines = [HEADINGS, ("---", "--:", "--:", "--:"), *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    text = f"{table}\n\nNot shown:\n\n{listed(one for several in missing for one in several)}"
    if write:
        put_down("decides", "make quality-decides", text)
    else:
        sys.stdout.write(text + "\n")


if __name__ == "__main__":
    words = sys.argv[1:]
    main([word for word in words if not word.startswith("--")], "--kept" not in words, "--write" in words)
