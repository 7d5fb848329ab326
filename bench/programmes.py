"""What every programme costs: `python -m bench.programmes [ROWS…] [PROGRAMME…] [--write]`, by default all at 1,000, 10,000, 100,000.

Each has its own sample many times over (multiplied.py), as one book and as twenty, and runs in turns with its F_io. Books
are made when they are needed and kept in .bench/.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from bench.processes import KEPT, Costs, Pair, beside_the_floor, kept, load, pair, tell
from sanchuang_cli.programmes import PROGRAMMES

SIZES, BOOKS = (1_000, 10_000, 100_000), (1, 20)
ROUNDS = {1_000: 3, 10_000: 3}
"""Turns by rows; one of what is larger, and of what is in MOST."""
MOST = {"pairing": 10_000}
"""What looks for the best of all pairs asks what each helper is worth to each person: ten times the rows are a hundred
times the pairs, and 100,000 rows more than this machine's memory holds."""


def made(name: str, rows: int, books: int) -> tuple[Path, list[str]]:
    """A folder of books, made when it is not there yet; how many rows are read from it, and the words of its run. A process
    of its own makes it: one that measures must stay small."""
    folder = KEPT / "multiplied" / f"{name}-{rows}-{books}"
    told = folder.with_name(f"{folder.name}.txt")
    if not told.exists():
        shutil.rmtree(folder, ignore_errors=True)
        maker = (sys.executable, "-m", "bench.multiplied", name, str(rows), folder, str(books))
        done = subprocess.run(maker, check=True, capture_output=True, text=True)
        told.write_text(done.stdout, "utf-8")
    return folder, told.read_text("utf-8").split()


def measured(name: str, rows: int, books: int) -> Pair:
    """A run in turns with its F_io."""
    folder, (_, *words) = made(name, rows, books)
    rounds = 1 if name in MOST and rows > 1_000 else ROUNDS.get(rows, 1)

    def costs() -> Costs:
        out = KEPT / f"{name}-out.xlsx"
        return beside_the_floor((name, folder, *words), folder, out, rounds)

    found = kept(f"all-{name}-{rows}-{books}", costs)
    return pair(found["ours"], found["floor"])


def line(name: str, rows: int) -> str:
    """A programme at one size: by one book and by twenty."""
    if rows > MOST.get(name, rows):
        return f"| `{name}` | {rows:,} | not run | | | not run | | |"
    _, (read, *_) = made(name, rows, 1)
    cells = [f"`{name}`", f"{int(read):,}"]
    for books in BOOKS:
        both = measured(name, rows, books)
        seconds = f"{both.ours.wall:.1f} : {both.theirs.wall:.1f}"
        cells += [f"{both.least:.2f}", seconds, f"{both.ours.peak:.0f} : {both.theirs.peak:.0f}"]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:] if word.isdecimal()] or SIZES
    names = [entry.name for entry in PROGRAMMES]
    names = [name for name in names if name in sys.argv] or names
    lines = [
        "| programme | rows | one book: CPU, ratio | wall s | peak MiB | twenty books: CPU, ratio | wall s | peak MiB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for rows in sizes:
        for name in names:
            lines.append(line(name, rows))
            print(lines[-1], file=sys.stderr, flush=True)
    rounds = ", ".join(f"{times} of {rows:,} rows" for rows, times in ROUNDS.items())
    words = f"Least processor time of ours to the least of F_io; turns: {rounds}, one of more, and of {', '.join(MOST)} beyond 1,000. {load()}"
    tell("programmes", "\n".join((words, "", *lines)))


if __name__ == "__main__":
    main()
