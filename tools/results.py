"""Writes a folder with a result of every programme's sample: `python -m tools.results FOLDER`, part of `make samples`.

The commands over results (`due`, `person`, `report`) are tried on it. Results name the version that made them and today's day,
so the folder is made anew and is in no commit.
"""

import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
TAKES = {"visits": ("结对帮扶",)}
"""By programme, the results of others that its sample is made for: without who helps whom, visits have no deadlines."""
FINE = (0, 1)
"""Exit codes of a run that wrote its result; with 1 some rows wait."""


def sample(entry: ListedProgramme) -> Path:
    """The sample of a programme: called after it, or after the roster that it shares with others."""
    own = SAMPLES / f"{entry.name}.xlsx"
    return own if own.exists() else SAMPLES / f"{entry.roster}.xlsx"


def anew(words: Sequence[str]) -> int:
    """Run `sanchuang WORDS…` in a process of its own; its exit code."""
    return subprocess.run([sys.executable, "-m", "sanchuang_cli", *words], check=False).returncode


def write(
    folder: Path,
    programmes: Iterable[ListedProgramme] = PROGRAMMES,
    run: Callable[[Sequence[str]], int] = anew,
) -> None:
    """Write the results. Raises CalledProcessError where a programme gives none."""
    folder.mkdir(parents=True, exist_ok=True)
    for entry in programmes:
        words = [entry.name, str(sample(entry)), "--quiet", "--out", str(folder / f"{entry.title}.xlsx")]
        taken = [folder / f"{title}.xlsx" for title in TAKES.get(entry.name, ())]
        words += [word for path in taken if path.exists() for word in ("--result", str(path))]
        if (code := run(words)) not in FINE:
            raise subprocess.CalledProcessError(code, words)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
