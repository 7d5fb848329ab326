"""The project's figures: whole processes side by side, as ratios. `python bench/compare.py [--rate ROWS…] [--subsidies ROWS…] [--write]`.

--write puts them into docs/performance.md, between its marks, with a chart of cost against rows beside it. Counties
are made once and kept in .bench/. Every pair runs in the same minutes, in turns; read ratios, not seconds.
"""

import argparse
import importlib.metadata
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from processes import Command, Pair, pair, side_by_side

import county

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
KEPT = ROOT / ".bench"
PAGE, CHART = ROOT / "docs" / "performance.md", ROOT / "docs" / "images" / "performance.png"
SANCHUANG = (sys.executable, "-m", "sanchuang_cli")
OF_RUN = {"rate": ("orgs", "2026", "--details"), "subsidies": ("members", "2026Q2")}
"""By programme its roster and period, and what else is asked for: `rate` with all of its pages."""
LARGE = 100_000
"""Rows of a county larger than any: what is held there is held by every one."""
LIMITS, MEBIBYTES, ROUNDS = {"rate": 2.4, "subsidies": 3.1}, 600, 5
"""Of LARGE: processor time as a ratio to F_io, the least of so many rounds of each; and the peak."""
LIBRARIES = ("pandas", "openpyxl", "python-calamine", "XlsxWriter", "typer", "rich", "pydantic")


@dataclass(frozen=True)
class Measure:
    """One line of the table. limit: what the ratio of wall times may be at most, or at least where `least`; that of the
    least processor times against F_io."""

    name: str
    rows: int
    against: str
    limit: float | None
    pair: Pair
    command: str
    least: bool = False

    @property
    def kept(self) -> str:
        if self.limit is None:
            return ""
        wall = self.pair.wall.median
        ratio = self.pair.least if self.against == "F_io" else 1 / wall if self.least else wall
        met = ratio >= self.limit if self.least else ratio <= self.limit
        told = f" ({ratio:.2f})" if self.against == "F_io" else ""
        return f"{'≥' if self.least else '≤'} {self.limit:g}: {'met' if met else 'missed'}{told}"


def python(script: str, *words: str | Path) -> Command:
    return (sys.executable, HERE / script, *words)


def shapes(workbook: Path) -> list[str]:
    """In a process of its own: a process that measures must stay small, for its children start with its memory."""
    told = subprocess.run(
        python("floor.py", "--shapes", workbook), check=True, capture_output=True, text=True
    )
    return told.stdout.split()


def book(roster: str, rows: int) -> Path:
    """The county's workbook, made when it is not there yet."""
    path = KEPT / f"{roster}-{rows}.xlsx"
    if not path.exists():
        KEPT.mkdir(exist_ok=True)
        county.write(roster, rows, path)
    return path


def helped(rounds: int) -> Measure:
    found = side_by_side({"ours": (*SANCHUANG, "--help"), "app": python("small_app.py", "--help")}, rounds)
    return Measure(
        "--help", 0, "a minimal typer app's --help", 1.5, pair(*found.values()), "sanchuang --help"
    )


def inspected(rows: int, rounds: int) -> Measure:
    path = book("members", rows)
    found = side_by_side({"ours": (*SANCHUANG, "inspect", path), "rows": python("exhaust.py", path)}, rounds)
    return Measure(
        "inspect", rows, "iter_rows() exhausted", 2.2, pair(*found.values()), f"sanchuang inspect {path.name}"
    )


def ran(programme: str, rows: int, rounds: int, by_hand: bool) -> list[Measure]:
    """A run against its F_io, and against what a user would write."""
    roster, period, *more = OF_RUN[programme]
    path, out = book(roster, rows), KEPT / f"{programme}-{rows}-out.xlsx"
    words = (programme, path, "--period", period, "--on", "2026-06-30", "--out", out, "--quiet", *more)
    out.unlink(missing_ok=True)
    side_by_side({"once": (*SANCHUANG, *words)}, 1)
    commands = {
        "ours": (*SANCHUANG, *words),
        "floor": python("floor.py", path, KEPT / "floor.xlsx", *shapes(out)),
    }
    if by_hand:
        commands["by hand"] = python("baseline.py", roster, path, KEPT / "baseline.xlsx")
    found = side_by_side(commands, rounds)
    told = " ".join((f"sanchuang {programme} {path.name} --period {period}", *more))
    limit = LIMITS[programme] if rows == LARGE else None
    measures = [Measure(programme, rows, "F_io", limit, pair(found["ours"], found["floor"]), told)]
    if by_hand:
        against = pair(found["ours"], found["by hand"])
        measures.append(Measure(programme, rows, "pandas and openpyxl", 10, against, told, least=True))
    return measures


def table(measures: Sequence[Measure]) -> str:
    lines = [
        "| command | rows | against | wall, ratio | CPU, ratio | wall s | peak MiB | target |",
        "|---|--:|---|--:|--:|--:|--:|---|",
    ]
    for one in measures:
        both = one.pair
        wall, cpu = both.wall, both.cpu
        ratio = (
            f"1/{1 / wall.median:.1f} (1/{1 / wall.least:.1f}–1/{1 / wall.most:.1f})"
            if one.least
            else str(wall)
        )
        share = f"1/{1 / cpu.median:.1f}" if one.least else str(cpu)
        seconds = f"{both.ours.wall:.2f} : {both.theirs.wall:.2f}"
        peaks = f"{both.ours.peak:.0f} : {both.theirs.peak:.0f}"
        target = one.kept
        if one.rows == LARGE and one.against == "F_io":
            held = "met" if both.ours.peak <= MEBIBYTES else "missed"
            target = "; ".join(filter(None, (target, f"peak ≤ {MEBIBYTES} MiB: {held}")))
        lines.append(
            f"| `{one.command}` | {one.rows or ''} | {one.against} | {ratio} | {share} | {seconds} | {peaks} | {target} |"
        )
    return "\n".join(lines)


def machine() -> str:
    model = "an unnamed processor"
    if Path("/proc/cpuinfo").exists():
        names = [
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ]
        model = names[0] if names else model
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    return (
        f"{date.today().isoformat()}, {model}, {os.cpu_count()} cores (load {busy:.1f} at the end), {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}; {versions}."
    )


def draw(measures: Sequence[Measure]) -> None:
    """Cost against rows, both axes by powers of ten."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.2), dpi=130)
    for programme, mark in (("rate", "o"), ("subsidies", "s")):
        own = [one for one in measures if one.name == programme and one.against == "F_io"]
        rows = [one.rows for one in own]
        axes.plot(rows, [one.pair.ours.wall for one in own], f"-{mark}", label=f"sanchuang {programme}")
        axes.plot(
            rows,
            [one.pair.theirs.wall for one in own],
            f":{mark}",
            color="grey",
            label=f"F_io of {programme}",
        )
        hand = [one for one in measures if one.name == programme and one.least]
        axes.plot([one.rows for one in hand], [one.pair.theirs.wall for one in hand], f"--{mark}", color="black",
                  label=f"pandas and openpyxl, {programme}")  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel="rows in the roster", ylabel="seconds, whole process")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    figure.tight_layout()
    CHART.parent.mkdir(exist_ok=True)
    figure.savefig(CHART)


def put_down(words: str) -> None:
    """The figures between the page's marks; what stands around them is written by hand."""
    before, mark, rest = PAGE.read_text("utf-8").partition("<!-- figures -->\n")
    _, end, after = rest.partition("<!-- end of figures -->")
    assert mark and end, f"{PAGE} lacks its marks"
    PAGE.write_text(f"{before}{mark}{words}\n{end}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for programme in OF_RUN:
        parser.add_argument(
            f"--{programme}", type=int, nargs="*", default=[1_000, 10_000, 100_000], metavar="ROWS"
        )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    measures = [helped(3 * asked.rounds), inspected(100_000, asked.rounds)]
    for programme in OF_RUN:
        for rows in getattr(asked, programme):
            rounds = asked.rounds if rows < LARGE else ROUNDS if rows == LARGE else 1
            found = ran(programme, rows, rounds, by_hand=rows == 10_000)
            print("\n".join(table(found).splitlines()[2:]), flush=True)
            measures += found
    words = (
        f"Ratios are medians (least–most) of {asked.rounds} rounds, {ROUNDS} at {LARGE:,} rows and one above; targets against "
        f"F_io go by the least processor time of each. {machine()}\n\n{table(measures)}\n"
    )
    print(words)
    if asked.write:
        put_down(words)
        draw(measures)


if __name__ == "__main__":
    main()
