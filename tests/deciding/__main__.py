"""The table of docs/quality.md that says of each policy which of its clauses are shown to decide:
`python -m tests.deciding [PROGRAMME|PACK…] [--kept] [--write]`, part of `make quality-decides`.

What came of a policy is kept in .decides/ until the policy or the code here changes, so that a run that was stopped goes on.
--kept: tells what is kept and runs nothing; a policy of which nothing is kept is named as not run.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tools.blocks import put_down

from sanchuang_cli import policy
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme
from tests.deciding.shown import Told, told
from tests.figures import ROOT
from tests.test_contract import read

KEPT, TODAY = ROOT / ".decides", date(2026, 11, 28)
HEADINGS = ("policy", "clauses, edges, figures, words", "shown", "not shown")


def kept(entry: ListedProgramme, name: str, run: bool) -> dict[str, Any] | None:
    """What came of a policy: how many of its clauses are shown, and the others by name, with the reason. run: look for it
    where nothing is kept."""
    content = policy.source(entry.name, name)[1]
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("[acs]*.py")))
    file = KEPT / f"{entry.name}-{name}-{hashlib.sha256(content + code).hexdigest()[:12]}.json"
    if not file.exists() and run:
        KEPT.mkdir(exist_ok=True)
        came = json.dumps(_of(entry, name, content), ensure_ascii=False)
        file.write_text(came, "utf-8")
    known: dict[str, Any] | None = json.loads(file.read_text("utf-8")) if file.exists() else None
    return known


def _of(entry: ListedProgramme, name: str, content: bytes) -> dict[str, Any]:
    programme, rosters, _, _ = read(entry)
    found = told(programme, rosters, policy.load(programme.policy, name, content), TODAY)
    return {
        "all": len(found),
        "shown": sum(one.pair is not None for one in found),
        "not": list(_not_shown(found)),
    }


def _not_shown(found: Sequence[Told]) -> Iterator[tuple[str, str]]:
    yield from dict.fromkeys((one.of.said, one.why) for one in found if one.pair is None)


def main(names: Sequence[str], run: bool, write: bool) -> None:
    """Tell of the policies of these names, of all where there are none; the default ones first."""
    rows, by_name = [], []
    every = [(entry, name) for entry in PROGRAMMES for name in policy.packs(entry.name)]
    for entry, name in sorted(every, key=lambda one: one[0].name != one[1]):
        called = entry.name if name == entry.name else f"{entry.name}, {name}"
        if names and not {entry.name, name} & set(names):
            continue
        came = kept(entry, name, run)
        if came is None:
            rows.append((called, "not run", "", ""))
            continue
        rows.append((called, str(came["all"]), str(came["shown"]), str(came["all"] - came["shown"])))
        by_name += [f"- {called}: {said}: {why}" for said, why in came["not"]]
        sys.stdout.write(" | ".join(rows[-1]) + "\n")
        sys.stdout.flush()
    lines = [HEADINGS, ("---", "--:", "--:", "--:"), *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    text = f"{table}\n\nNot shown, by name:\n\n" + "\n".join(by_name)
    if write:
        put_down("decides", "make quality-decides", text)
    else:
        sys.stdout.write(text + "\n")


if __name__ == "__main__":
    words = sys.argv[1:]
    main([word for word in words if not word.startswith("--")], "--kept" not in words, "--write" in words)
