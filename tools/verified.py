"""What the full counts have come to so far, on the present state of the package: `python -m tools.verified [restore | --write]`.

`make verify` runs each file of tests in a process of its own, and leaves in .verify/COMMIT/ what it said and which faults it
injected. --write keeps that in docs/verified.json and puts the sums into two blocks of docs/quality.md, also when it was
stopped before the last. restore marks what is kept there as passed, so that it is not run again: of this package, by files
of tests that were not changed since. So the full counts, which take hours, may be run in turns, and on several machines.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tools.blocks import put_down, source, table

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "verified.json"
_SAID = re.compile(r"(\d+) (passed|skipped)|in ([\d.]+)s\b")
_WITH_FAULTS = re.compile(r"faults/|cli/test_killed$")
"""Files of tests that inject faults."""


class Part(NamedTuple):
    """What a file of tests came to. said: the last line. at: the commit on which it was kept. faults: how many, by command and
    kind."""

    said: str
    at: str
    faults: Counter[tuple[str, str]]

    def written(self) -> dict[str, Any]:
        return {"said": self.said, "at": self.at, "faults": [[*of, many] for of, many in self.faults.items()]}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Part":
        return cls(kept["said"], kept["at"], Counter({(of, kind): many for of, kind, many in kept["faults"]}))


def listed() -> list[str]:
    """All files of tests, without tests/ and .py."""
    return sorted(_named(path, ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py"))


def done(folder: Path, at: str) -> dict[str, Part]:
    """What has passed, by file, as it was left in the folder."""
    found = {}
    for path in sorted(folder.rglob("*.done")):
        faults = path.with_suffix(".faults")
        lines = faults.read_text("utf-8").splitlines() if faults.exists() else []
        said = path.read_text("utf-8").rstrip().splitlines()[-1]
        found[_named(path, folder)] = Part(said, at, Counter(tuple(json.loads(line)) for line in lines))
    return found


def kept(file: Path, package: str) -> dict[str, Part]:
    """What is kept in a file, if it is of this state of the package."""
    if not file.exists():
        return {}
    held = json.loads(file.read_text("utf-8"))
    return {name: Part.read(one) for name, one in held["parts"].items()} if held["package"] == package else {}


def keep(file: Path, package: str, parts: Mapping[str, Part]) -> None:
    """Put down what has passed, a file of tests on a line."""
    lines = (
        f"{json.dumps(name)}: {json.dumps(part.written(), ensure_ascii=False)}"
        for name, part in sorted(parts.items())
    )
    text = ",\n".join(lines)
    file.write_text(f'{{"package": "{package}", "parts": {{\n{text}\n}}}}\n', "utf-8")


def restore(folder: Path, parts: Mapping[str, Part]) -> None:
    """Mark in the folder what has passed before."""
    for name, part in parts.items():
        path = folder / f"{name}.done"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{json.dumps(of, ensure_ascii=False)}\n" * many for of, many in part.faults.items()]
        path.with_suffix(".faults").write_text("".join(lines), "utf-8")
        path.write_text(f"{part.said}\n", "utf-8")


def told(parts: Mapping[str, Part], every: int) -> str:
    """How many files of all have passed, how many of their tests passed and were skipped, and how long they took."""
    sums: Counter[str] = Counter()
    took = 0.0
    for part in parts.values():
        for many, what, seconds in _SAID.findall(part.said):
            sums[what] += int(many or 0)
            took += float(seconds or 0)
    return (
        f"{len(parts)} of {every} files of tests with their full counts, each in a process of its own: {sums['passed']} passed, "
        f"{sums['skipped']} skipped, none failed, in {took / 60:.0f} minutes of one after another."
    )


def told_of_faults(parts: Mapping[str, Part]) -> str:
    """Faults injected, by command and kind."""
    injected: Counter[tuple[str, str]] = Counter()
    for part in parts.values():
        injected += part.faults
    commands, kinds = (list(dict.fromkeys(of[at] for of in injected)) for at in (0, 1))
    rows = [[f"`{command}`", *(str(injected[command, kind] or "") for kind in kinds)] for command in commands]
    sums = ["all", *(str(sum(injected[command, kind] for command in commands)) for kind in kinds)]
    return (
        f"{table(['command', *kinds], [*rows, sums])}\n\nIn all {injected.total()} faults, no promise broken."
    )


def _named(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def still(parts: Mapping[str, Part]) -> Iterator[str]:
    """Those of which the file of tests is the same as when they were kept."""
    changed = {
        at: _git("diff", "--name-only", at, "--", "tests") for at in {part.at for part in parts.values()}
    }
    for name, part in parts.items():
        if f"tests/{name}.py" not in changed[part.at].split("\n"):
            yield name


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def main(words: list[str]) -> None:
    package, every = source(), listed()
    folder, held = ROOT / ".verify" / package, kept(KEPT, package)
    before = {name: held[name] for name in still(held) if name in every}
    if package.endswith("+"):
        sys.exit("the package was changed since its last commit: what passes now is of no commit")
    if words == ["restore"]:
        restore(folder, before)
        return
    now = done(folder, _git("rev-parse", "--short=8", "HEAD"))
    fresh = {name: part for name, part in now.items() if name not in before or part.said != before[name].said}
    parts = {name: part for name, part in (before | fresh).items() if name in every}
    sums = told(parts, len(every))
    sys.stdout.write(f"{sums}\n")
    if "--write" in words:
        keep(KEPT, package, parts)
        put_down("verify", "make verify", sums)
        with_faults = [name for name in every if _WITH_FAULTS.search(name)]
        if all(name in parts for name in with_faults):
            put_down(
                "faults", "make quality-faults", told_of_faults({name: parts[name] for name in with_faults})
            )


if __name__ == "__main__":
    main(sys.argv[1:])
