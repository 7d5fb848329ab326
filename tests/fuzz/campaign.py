"""Odd inputs for so many minutes: `python -m tests.fuzz.campaign MINUTES [SEED] [--write]`, as `make fuzz` does.

Prints how many were tried of each kind. What crashes is kept in .fuzz/, with the seed that makes it again, and the
exit code is 1; it then becomes a test of tests/fuzz/test_found.py or of the part that crashed. --write puts the
figures into docs/quality.md.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tools.blocks import put_down

from tests.fuzz.targets import TARGETS

KEPT = Path(".fuzz")


def tried(target: str, seed: int, home: Path) -> str:
    """One input of a kind; "" or what went wrong, with the input kept."""
    folder = home / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    wrong = TARGETS[target](Random(f"{target} {seed}"), folder)
    if wrong:
        kept = KEPT / f"{target.replace(' ', '-')}-{seed}"
        shutil.copytree(folder, kept, dirs_exist_ok=True)
        (kept / "wrong.txt").write_text(wrong, "utf-8")
    return wrong


def main(minutes: float, seed: int) -> tuple[str, int]:
    """What was tried, and how many crashed."""
    ends = time.monotonic() + 60 * minutes
    counts = dict.fromkeys(TARGETS, 0)
    crashes = 0
    with tempfile.TemporaryDirectory() as home:
        while time.monotonic() < ends:
            for target in TARGETS:
                counts[target] += 1
                wrong = tried(target, seed + counts[target], Path(home))
                if wrong:
                    crashes += 1
                    sys.stdout.write(f"{target} {seed + counts[target]}: {wrong.strip().splitlines()[-1]}\n")
    told = ", ".join(f"{count} × {target}" for target, count in counts.items())
    return f"{minutes:g} minutes from seed {seed}: {told}; {crashes} crashes", crashes


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:] if word != "--write"]
    words, crashed = main(given[0], int(given[1]) if given[1:] else time.time_ns() // 10**9)
    sys.stdout.write(f"{words}\n")
    if "--write" in sys.argv:
        put_down("fuzz", f"make fuzz MINUTES={given[0]:g}", words)
    sys.exit(int(crashed > 0))
