"""Many layouts read and judged, with figures per kind: `python -m tests.layouts.campaign N [SEED]`.

    python -m tests.layouts.campaign 2000           # a new seed, which is printed
    python -m tests.layouts.campaign 2000 38        # the layouts of seed 38 again
    python -m tests.layouts.campaign --show 380017  # one layout: its sheets, what was expected, what was read
    python -m tests.layouts.campaign --show 380017 --out layout.xlsx   # and the workbook to open
    python -m tests.layouts.campaign 2000 --without "township cells"   # leaving a kind out

A layout has a number of its own, SEED * 1,000,000 + n. Each one that fails is made smaller: kinds are taken out of it
while it still fails, so that the kinds that are left are those to blame. Exit code 1 when the promise is broken.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.layouts.grid import shown, write
from tests.layouts.judging import Verdict, judged
from tests.layouts.layout import Layout, Plan, build, plan

SPAN = 1_000_000
"""Layouts of one seed; their numbers do not meet those of the next."""
AT_ONCE = 50
EXACT = 0.995
"""The share that must be read exactly."""
SHOWN = 40


@dataclass(frozen=True)
class Failure:
    """A layout that was misread. blamed: the kinds that it still fails with."""

    number: int
    silent: bool
    blamed: Plan
    kinds: dict[str, str]
    what: tuple[str, ...]


@dataclass
class Tally:
    """kinds: of each kind of layout and variant, how many were tried, misread, silent, and are to blame."""

    tried: int = 0
    failures: list[Failure] = field(default_factory=list)
    kinds: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def __iadd__(self, other: "Tally") -> "Tally":
        self.tried += other.tried
        self.failures += other.failures
        self.kinds += other.kinds
        return self

    @property
    def silent(self) -> list[Failure]:
        return [failure for failure in self.failures if failure.silent]

    @property
    def exact(self) -> float:
        return 1 - len(self.failures) / max(self.tried, 1)

    @property
    def kept(self) -> bool:
        """The promise: nearly all exact, and none of the rest silent."""
        return self.exact >= EXACT and not self.silent


def tried(numbers: Sequence[int], without: Sequence[str] = (), smaller: bool = True) -> Tally:
    """These layouts, one after another. without: kinds to leave out. smaller: find the kinds to blame."""
    tally = Tally()
    with TemporaryDirectory() as folder:
        for number in numbers:
            chosen = {name: variant for name, variant in plan(number).items() if name not in without}
            layout = build(number, chosen)
            verdict = judged(layout, Path(folder))
            tally.tried += 1
            _count(tally, layout, verdict)
            if not verdict.exact:
                tally.failures.append(_failure(layout, verdict, Path(folder), smaller))
    for failure in tally.failures:
        for name, variant in failure.blamed.items():
            tally.kinds[name, variant, "blamed"] += 1
    return tally


def _count(tally: Tally, layout: Layout, verdict: Verdict) -> None:
    for name in layout.kinds or {"plain": ""}:
        key = name, layout.plan.get(name, "")
        tally.kinds[*key, "tried"] += 1
        tally.kinds[*key, "misread"] += not verdict.exact
        tally.kinds[*key, "silent"] += bool(verdict.silent)


def _failure(layout: Layout, verdict: Verdict, folder: Path, smaller: bool) -> Failure:
    blamed = blamed_in(layout, folder, bool(verdict.silent)) if smaller else layout.plan
    what = [each.what for each in (verdict.silent or verdict.differences)]
    return Failure(layout.seed, bool(verdict.silent), blamed, layout.kinds, tuple(what[:3]))


def blamed_in(layout: Layout, folder: Path, silent: bool) -> Plan:
    """The kinds of a layout without which it would be read rightly, or not silently."""
    left = {name: variant for name, variant in layout.plan.items() if name in layout.kinds}
    for name in list(left):
        fewer = {other: variant for other, variant in left.items() if other != name}
        verdict = judged(build(layout.seed, fewer), folder)
        if verdict.silent if silent else not verdict.exact:
            left = fewer
    return left


def many(count: int, seed: int, without: Sequence[str] = ()) -> Tally:
    """So many layouts of a seed, on all cores."""
    first, total = seed * SPAN, Tally()
    parts = [range(n, min(n + AT_ONCE, first + count)) for n in range(first, first + count, AT_ONCE)]
    with get_context("spawn").Pool(os.cpu_count()) as pool:
        for part in pool.imap_unordered(partial(tried, without=without), parts):
            total += part
    return total


def told(tally: Tally, limit: int = SHOWN) -> Iterator[str]:
    """What is to be said: the failures, each with the kinds to blame, then figures per kind."""
    by_blame: dict[tuple[str, ...], list[Failure]] = {}
    for failure in sorted(tally.failures, key=lambda each: (not each.silent, each.number)):
        blame = tuple(f"{name}={variant}" for name, variant in failure.blamed.items()) or ("plain",)
        by_blame.setdefault(blame, []).append(failure)
    for blame, failures in sorted(by_blame.items(), key=lambda each: -len(each[1]))[:limit]:
        silent = sum(failure.silent for failure in failures)
        yield f"{len(failures)} 错（{silent} 无声） {' + '.join(blame)}：{'、'.join(str(f.number) for f in failures[:5])}"
        for what in failures[0].what[:2]:
            yield f"      {what.strip().splitlines()[-1] if 'Traceback' in what else what[:160]}"
    yield f"{'布局':<48}{'试':>7}{'错':>7}{'无声':>6}{'归因':>6}"
    for name, variant in sorted({(name, variant) for name, variant, _ in tally.kinds}):
        figures = [tally.kinds[name, variant, what] for what in ("tried", "misread", "silent", "blamed")]
        yield f"{f'{name}: {variant}':<48}{figures[0]:>8}{figures[1]:>8}{figures[2]:>8}{figures[3]:>8}"
    yield (
        f"共 {tally.tried} 种布局，全对 {tally.tried - len(tally.failures)}（{tally.exact:.2%}），"
        f"错 {len(tally.failures)}，其中无声 {len(tally.silent)}"
    )


def described(number: int, only: Sequence[str], out: Path | None = None) -> Iterator[str]:
    """One layout with these of its kinds: its sheets, its truth and how it was read."""
    chosen = {name: variant for name, variant in plan(number).items() if name in only}
    layout = build(number, chosen)
    yield f"{number}：{layout.programme} {layout.kinds}"
    for grid in layout.grids:
        yield from shown(grid)
    if out:
        write(out, layout.grids)
        yield f"写到 {out}"
    with TemporaryDirectory() as folder:
        verdict = judged(layout, Path(folder))
    expected = [*layout.truth.records, *layout.truth.other]
    yield f"应读 {len(expected)} 条：{[(one.sheet, one.row, one.key) for one in expected]}"
    yield f"应说的列：{layout.truth.told}"
    yield "全对" if verdict.exact else "错："
    for each in verdict.differences:
        yield f"  {'（无声）' if each in verdict.silent else ''}{each.what}"
    yield from (f"  疑点 {f.severity} {f.code} {f.place}：{f.message}" for f in verdict.findings)
    if verdict.refused:
        yield f"  拒绝：{verdict.refused}"


def main(words: Sequence[str]) -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("count", type=int, nargs="?", default=1000, help="how many layouts")
    options.add_argument("seed", type=int, nargs="?", help="the seed; without, a new one")
    options.add_argument(
        "--without", action="append", default=[], metavar="KIND", help="leave a kind out; may be given again"
    )
    options.add_argument(
        "--show", type=int, metavar="NUMBER", help="one layout, how it should be read and how it was"
    )
    options.add_argument(
        "--only", action="append", default=[], metavar="KIND", help="with --show: these kinds alone"
    )
    options.add_argument("--out", type=Path, help="with --show: write its workbook here")
    given = options.parse_args(words)
    if given.show is not None:
        names = given.only or [name for name in plan(given.show) if name not in given.without]
        sys.stdout.writelines(f"{line}\n" for line in described(given.show, names, given.out))
        return 0
    seed = time.time_ns() // 10**6 % 10**6 if given.seed is None else given.seed
    sys.stdout.write(f"seed {seed}\n")
    begun = time.monotonic()
    tally = many(given.count, seed, given.without)
    sys.stdout.writelines(f"{line}\n" for line in told(tally))
    sys.stdout.write(f"{given.count / (time.monotonic() - begun):.0f} 种每秒（连同缩小失败的）\n")
    return not tally.kept


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
