"""A province beside DuckDB: `python -m bench.province [COUNTIES] [PEOPLE] [--write]`, by default 100 counties of 20,000.

`sanchuang province` runs the month of July in each county's working folder, all counties at once on this machine.
DuckDB gets the same cells as Parquet, which is made before and not counted, and does what SQL can do of it (duck.py).
"""

import contextlib
import csv
import io
import shutil
import sys
from pathlib import Path
from random import Random

import duckdb
from openpyxl import load_workbook

from bench import county
from bench.processes import KEPT, SANCHUANG, Cost, Costs, cost, kept, load, pair, python, tell
from sanchuang_cli.cli import folder as working

KEY = b"k" * 32


def made(counties: int, people: int) -> Path:
    """A working folder with its job for each county, and its members as Parquet beside them."""
    place = KEPT / f"province-{counties}-{people}"
    (place / "parquet").mkdir(parents=True, exist_ok=True)
    for at in range(counties):
        folder, cells = place / f"县{at:02}", place / "parquet" / f"县{at:02}.parquet"
        if not cells.exists():
            shutil.rmtree(folder, ignore_errors=True)
            one_county(folder, people, at)
            as_parquet(cells, people, at)
    return place


def one_county(folder: Path, people: int, at: int) -> None:
    with contextlib.redirect_stderr(io.StringIO()):
        working.laid_out(folder, "2026-06")
    jobs = folder / "jobs.toml"
    first = "[[job]]".join(jobs.read_text("utf-8").split("[[job]]")[:2])
    jobs.write_text(first.replace('"last-month"', '"2026-07"'), "utf-8")
    county.write("members", people, folder / "收件" / "人员" / "名册.xlsx", at, at * people)
    (folder / "共用.key").write_bytes(KEY)


def as_parquet(path: Path, people: int, at: int) -> None:
    text = path.with_suffix(".csv")
    with text.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(county.MEMBER)
        lines.writerows(county.members(people, Random(at), at * people))
    with duckdb.connect() as database:
        database.execute(
            f"copy (from read_csv('{text}', all_varchar = true)) to '{path}.new' (format parquet)"
        )
    Path(f"{path}.new").rename(path)
    text.unlink()


def measured(place: Path) -> Costs:
    folders = sorted(place.glob("县*"))
    turn = place / "turn"
    shutil.rmtree(turn, ignore_errors=True)
    for folder in folders:
        shutil.copytree(folder, turn / folder.name)
    ours = cost((*SANCHUANG, "province", *sorted(turn.glob("县*")), "--out", place / "汇总.xlsx"))
    theirs = cost(python("duck.py", place / "parquet", place / "duckdb"), fine=(0,))
    return {"ours": [ours], "duckdb": [theirs]}


def sums(place: Path) -> tuple[int, int, int, int]:
    """Rows read and set aside, payments and fen, of all counties together."""
    page = load_workbook(place / "汇总.xlsx", data_only=True)["各县"]
    lines = [row for row in page.iter_rows(values_only=True) if row[1] and isinstance(row[3], int)]
    read, aside, paid, yuan = (sum(float(str(row[at] or 0)) for row in lines) for at in (3, 4, 5, 6))
    return int(read), int(aside), int(paid), round(yuan * 100)


def main() -> None:
    given = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    counties, people = given + [100, 20_000][len(given) :]
    place = made(counties, people)
    costs = kept(f"province-{counties}-{people}", lambda: measured(place))
    read, aside, paid, fen = sums(place)
    assert read == counties * people, f"{read} of {counties * people} were read"
    rows, by_sql, yuan, twice = (place / "duckdb" / "said.txt").read_text("utf-8").split()
    lines = [
        "| what | wall s | CPU s | largest process MiB | rows | set aside | paid | yuan |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
        f"| `sanchuang province` | {_cells(costs['ours'][0])} | {read:,} | {aside:,} | {paid:,} | {fen / 100:,.2f} |",
        f"| DuckDB {duckdb.__version__} | {_cells(costs['duckdb'][0])} | {int(rows):,} | | {int(by_sql):,} | {int(yuan):,}.00 |",
    ]
    both = pair(costs["ours"], costs["duckdb"])
    said = (
        f"{counties} counties of {people:,} people, once. Ratio: wall {both.wall.median:.0f}, CPU {both.cpu.median:.0f}. "
        f"People in two counties, by DuckDB: {twice}. {load()}"
    )
    tell("province", "\n".join((said, "", *lines)))


def _cells(spent: Cost) -> str:
    return f"{spent.wall:.1f} | {spent.cpu:.1f} | {spent.peak:.0f}"


if __name__ == "__main__":
    main()
