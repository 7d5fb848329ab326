"""`rate` and `subsidies` beside their floor and beside what a user would write: `python -m bench.compare floor|million [ROUNDS] [--write]`.

floor: up to 100,000 rows, with a chart of cost against rows; million: 1,000,000 rows, once. Counties are made once and
kept in .bench/. Every pair runs in the same minutes, in turns; read ratios, not seconds.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import county
from bench.processes import (
    KEPT,
    PAGE,
    SANCHUANG,
    Command,
    Pair,
    beside_the_floor,
    kept,
    load,
    pair,
    python,
    side_by_side,
    tell,
)

CHART = PAGE.parent / "images" / "performance.png"
OF_RUN = {"rate": ("orgs", "2026", "--details"), "subsidies": ("members", "2026Q2")}
"""By programme its roster and period, and what else is asked for: `rate` with all of its pages."""
SMALL, MIDDLE, LARGE, MILLION = 1_000, 10_000, 100_000, 1_000_000
"""Rows: those of one county, of a few, of a county larger than any, and all that a sheet can have."""
LIMITS = {
    **{("rate", SMALL): 3.5, ("subsidies", SMALL): 3.5},
    **{("rate", LARGE): 2.1, ("subsidies", LARGE): 2.6},
}
"""Processor time as a ratio to F_io, the least of the rounds of each."""
MEBIBYTES = {"rate": 600, "subsidies": 400}
"""The peak at LARGE."""
FLOOR, BY_HAND = "F_io", "pandas and openpyxl"


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
        ratio = self.pair.least if self.against == FLOOR else 1 / wall if self.least else wall
        met = ratio >= self.limit if self.least else ratio <= self.limit
        told = f" ({ratio:.2f})" if self.against == FLOOR else ""
        return f"{'≥' if self.least else '≤'} {self.limit:g}: {'met' if met else 'missed'}{told}"


def book(roster: str, rows: int) -> Path:
    """The county's workbook, made when it is not there yet."""
    path = KEPT / f"{roster}-{rows}.xlsx"
    if not path.exists():
        KEPT.mkdir(exist_ok=True)
        county.write(roster, rows, path)
    return path


def helped(rounds: int) -> Measure:
    found = kept(
        "help",
        lambda: side_by_side(
            {"ours": (*SANCHUANG, "--help"), "app": python("small_app.py", "--help")}, rounds
        ),
    )
    return Measure(
        "--help", 0, "a minimal typer app's --help", 1.25, pair(*found.values()), "sanchuang --help"
    )


def inspected(rows: int, rounds: int) -> Measure:
    path = book("members", rows)
    found = kept(
        f"inspect-{rows}",
        lambda: side_by_side(
            {"ours": (*SANCHUANG, "inspect", path), "rows": python("exhaust.py", path)}, rounds
        ),
    )
    return Measure(
        "inspect", rows, "iter_rows() exhausted", 2.2, pair(*found.values()), f"sanchuang inspect {path.name}"
    )


def against_floor(programme: str, rows: int, rounds: int) -> Measure:
    roster, period, *more = OF_RUN[programme]
    path, out = book(roster, rows), KEPT / f"{programme}-{rows}-out.xlsx"
    words: Command = (programme, path, "--period", period, "--on", "2026-06-30", *more)
    found = kept(f"{programme}-{rows}", lambda: beside_the_floor(words, path, out, rounds))
    told = " ".join((f"sanchuang {programme} {path.name} --period {period}", *more))
    limit = LIMITS.get((programme, rows))
    return Measure(programme, rows, FLOOR, limit, pair(found["ours"], found["floor"]), told)


def against_hand(programme: str, rows: int, rounds: int) -> Measure:
    """The script of a user takes minutes: it has turns of its own."""
    roster, period, *more = OF_RUN[programme]
    path, out = book(roster, rows), KEPT / f"{programme}-{rows}-out.xlsx"
    words: Command = (
        programme,
        path,
        "--period",
        period,
        "--on",
        "2026-06-30",
        "--out",
        out,
        "--quiet",
        *more,
    )
    commands: dict[str, Command] = {
        "ours": (*SANCHUANG, *words),
        "by hand": python("baseline.py", roster, path, KEPT / "baseline.xlsx"),
    }
    found = kept(f"{programme}-{rows}-by-hand", lambda: side_by_side(commands, rounds))
    told = " ".join((f"sanchuang {programme} {path.name} --period {period}", *more))
    return Measure(programme, rows, BY_HAND, 12, pair(found["ours"], found["by hand"]), told, least=True)


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
        if one.rows == LARGE and one.against == FLOOR:
            most = MEBIBYTES[one.name]
            held = f"peak ≤ {most} MiB: {'met' if both.ours.peak <= most else 'missed'}"
            target = "; ".join(filter(None, (target, held)))
        lines.append(
            f"| `{one.command}` | {one.rows or ''} | {one.against} | {ratio} | {share} | {seconds} | {peaks} | {target} |"
        )
    return "\n".join(lines)


def draw(measures: Sequence[Measure]) -> None:
    """Cost against rows, both axes by powers of ten."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.2), dpi=130)
    for programme, mark in (("rate", "o"), ("subsidies", "s")):
        own = [one for one in measures if one.name == programme and one.against == FLOOR]
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


def floor(rounds: int) -> list[Measure]:
    measures = [helped(3 * rounds), inspected(LARGE, rounds)]
    for programme in OF_RUN:
        measures += [against_floor(programme, rows, rounds) for rows in (SMALL, MIDDLE, LARGE)]
        measures.append(against_hand(programme, MIDDLE, min(rounds, 2)))
    return measures


def million() -> list[Measure]:
    return [against_floor(programme, MILLION, 1) for programme in reversed(OF_RUN)]


def main() -> None:
    block, *words = sys.argv[1:]
    rounds = next((int(word) for word in words if word.isdecimal()), 5)
    measures = floor(rounds) if block == "floor" else million()
    said = f"Ratios are medians (least–most) of {rounds} rounds; targets against F_io go by the least processor time of each. "
    tell(block, f"{said if block == 'floor' else 'One round. '}{load()}\n\n{table(measures)}")
    if block == "floor" and "--write" in words:
        draw(measures)


if __name__ == "__main__":
    main()
