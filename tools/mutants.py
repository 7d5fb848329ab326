"""Mutants of the rules: `python -m tools.mutants [--sample 40] [--seed 1] [--of domain/loans …] [--write]`, by `make mutants`.

A mutant is a rule module with one thing changed: `<` into `<=`, a sum into a difference, an argument left out. Which changes
are made is mutmut's, and which modules and tests pyproject says under [tool.mutmut]. Of each engine (a folder of domain/, a
programme) a sample is drawn by the seed, or all without --sample. A mutant that makes a test fail, or run far too long, is
killed. One that lives is a rule that no test holds, or a change without effect.

A process that has loaded the package and the tests copies itself for each mutant, and puts the changed code into the function
that all modules hold already. So a mutant costs the tests that run its line and no loading. Everything found out is kept in
.mutants/, and a run that was stopped goes on: which tests run a line is worked out again for test files that changed; those
that lived are tried again when any test changed, and a mutant of a changed function is a new one.
"""

import argparse
import gc
import json
import os
import pickle
import pkgutil
import resource
import signal
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from fnmatch import fnmatch
from functools import partial
from importlib import import_module
from itertools import accumulate, chain, zip_longest
from math import sqrt
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple, NoReturn, TypeVar
from unittest.mock import patch

import pytest
from coverage import Coverage
from mutmut.configuration import config
from tests.forked import become

import sanchuang_cli
from tools.blocks import put_down
from tools.mutating import PACKAGE, ROOT, Mutant, digest, engine, module

KEPT = ROOT / ".mutants"
PATIENCE = 10.0
"""Seconds of tests a mutant is given, the fastest first. What only slower ones would kill counts as lived."""
SLOWER, LOADING = 3, 10
"""How many times longer than without the change its tests may run, and how many seconds besides, before it counts as killed."""
KILLED, LIVED, UNREACHED = "killed", "lived", "no test reaches"
ANY = ""
AT_ONCE = int(os.environ.get("JOBS", os.cpu_count() or 1))
"""How many copies run at once."""
WRONG_WORDS, NO_TESTS, BROKEN = 4, 5, 70
"""Exit codes of pytest, and one for a fault of this module: no mutant does that."""

Job = TypeVar("Job")


class Fate(NamedTuple):
    """What came of a mutant. tests: the state of the tests that let it live; one that was killed stays killed."""

    name: str
    tests: str


def every(engines: Sequence[str]) -> dict[str, list[Mutant]]:
    """All mutants there are, by engine, of all or of these. The list of a module is kept until it or the settings change."""
    settings = str(config().do_not_mutate_patterns)
    paths = sorted(str(one.relative_to(ROOT)) for one in PACKAGE.rglob("*.py"))
    kept = {
        path: KEPT / "modules" / f"{digest(path + module(path).text + settings)}.json"
        for path in paths
        if config().should_mutate(path) and (not engines or engine(path) in engines)
    }
    for path, code in in_copies([path for path in kept if not kept[path].exists()], partial(_list, kept)):
        if code:
            sys.exit(f"no mutants can be made of {path}")
    found: dict[str, list[Mutant]] = defaultdict(list)
    for listed in kept.values():
        for one in map(Mutant._make, json.loads(listed.read_text("utf-8"))):
            found[engine(one.path)].append(one)
    return found


def _list(kept: Mapping[str, Path], path: str) -> int:
    _keep(kept[path], list(module(path).mutants()))
    return 0


def _keep(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(value), "utf-8")
    part.replace(path)


class Commands:
    """Runs the commands that tests run: in a copy of this process, so that they run the change, and their lines are noted."""

    def __init__(self, tracer: Coverage | None = None) -> None:
        self._tracer = tracer
        self.ran: list[dict[str, dict[int, list[str]]]] = []

    def run(
        self, words: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> tuple[int, bytes, bytes]:
        with tempfile.TemporaryDirectory() as own:
            printed = [str(Path(own, name)) for name in ("out", "err")]
            if not (child := os.fork()):
                if self._tracer:
                    patch("os._exit", partial(self._leave, Path(own, "ran"), os._exit)).start()
                os.umask(rights := os.umask(0))
                become(list(words), str(folder), dict(environment), printed, rights)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            if self._tracer and Path(own, "ran").exists():
                self.ran.append(pickle.loads(Path(own, "ran").read_bytes()))
            out, err = (Path(path).read_bytes() for path in printed)
            return code, out, err

    def _leave(self, ran: Path, leave: Callable[[int], NoReturn], code: int) -> NoReturn:
        assert self._tracer
        self._tracer.stop()
        ran.write_bytes(pickle.dumps(_lines(self._tracer)))
        leave(code)


def _lines(tracer: Coverage) -> dict[str, dict[int, list[str]]]:
    """By rule module and line, the tests that ran it."""
    data = tracer.get_data()
    return {name: data.contexts_by_lineno(name) for name in data.measured_files()}


class Reach:
    """A plugin for pytest: the seconds that each test takes, and the lines of rule modules that it runs."""

    def __init__(self) -> None:
        only = [str(ROOT / one) for one in config().only_mutate]
        self.tracer = Coverage(data_file=None, config_file=False, include=only)
        self.tracer.set_option(
            "run:disable_warnings", ["no-data-collected"]
        )  # a command that is refused runs no rule
        self.commands = Commands(self.tracer)
        self.took: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.tracer.switch_context(item.nodeid)
        began = sum(os.times()[:4])
        try:
            return (yield)
        finally:
            self.took[item.nodeid] = sum(os.times()[:4]) - began

    def found(self) -> dict[str, Any]:
        """The seconds by test; by module and line, the tests."""
        runs: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for lines in [_lines(self.tracer), *self.commands.ran]:
            for name in lines:
                of = module(str(Path(name).relative_to(ROOT)))
                for line, tests in lines[name].items():
                    if place := of.place(line):
                        runs[of.path][place] |= {test for test in tests if test}
        named = {path: {place: sorted(tests) for place, tests in of.items()} for path, of in runs.items()}
        return {"took": self.took, "runs": named}


def selected() -> dict[str, str]:
    """The files with tests that pyproject names for mutants, each with a digest of its text."""
    words = config().pytest_add_cli_args_test_selection
    ignored = [word.partition("=")[2] for word in words if word.startswith("--ignore-glob=")]
    paths = [ROOT / word for word in words if not word.startswith("-")]
    files = (
        file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("test_*.py")))
    )
    named = {str(file.relative_to(ROOT)): digest(file.read_text("utf-8")) for file in files}
    return {name: text for name, text in named.items() if not any(fnmatch(name, one) for one in ignored)}


def load(files: Collection[str]) -> None:
    """Have the whole package and these files with tests in this process, of which the copies are made."""
    for one in pkgutil.walk_packages(sanchuang_cli.__path__, "sanchuang_cli."):
        import_module(one.name)
    if files and run("--collect-only", "-q", "--no-summary", *files):
        sys.exit("the tests cannot be collected")
    gc.freeze()


def run(*words: str, plugins: Iterable[object] = (), commands: Commands | None = None) -> int:
    """pytest in this process, with pyproject's words for mutants."""
    with patch("tests.command.forking", lambda package, of: commands or Commands()):
        return int(pytest.main([*config().pytest_add_cli_args, *words], plugins=list(plugins)))


def in_copies(jobs: Iterable[Job], work: Callable[[Job], int]) -> Iterator[tuple[Job, int]]:
    """Each job in a copy of this process, AT_ONCE of them: the job with its exit code, as they end."""
    running: dict[int, Job] = {}
    try:
        for job in jobs:
            if len(running) == AT_ONCE:
                yield _ended(running)
            if not (child := os.fork()):
                _work(job, work)
            running[child] = job
        while running:
            yield _ended(running)
    finally:
        for child in running:
            os.kill(child, signal.SIGTERM)


def _ended(running: dict[int, Job]) -> tuple[Job, int]:
    child, status = os.wait()
    return running.pop(child), os.waitstatus_to_exitcode(status)


def _work(job: Job, work: Callable[[Job], int]) -> NoReturn:
    code = BROKEN
    with tempfile.TemporaryDirectory() as folder, Path(folder, "printed").open("w+") as printed:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder  # pytest's own folders go with it
        errors = os.dup(2)
        for stream in (1, 2):
            os.dup2(printed.fileno(), stream)
        try:
            code = work(job)
        except BaseException:
            os.dup2(errors, 2)
            traceback.print_exc()
        sys.stdout.flush()
    os._exit(code)


def reaching(files: Mapping[str, str]) -> dict[tuple[str, str], list[tuple[float, str]]]:
    """By rule module and line of a function, the tests that run it, with their seconds; `files` are those with tests."""
    kept = {name: KEPT / "reach" / f"{digest(name + text)}.json" for name, text in files.items()}

    def trace(name: str) -> int:
        noted = Reach()
        noted.tracer.start()
        code = run(name, plugins=[noted], commands=noted.commands)
        noted.tracer.stop()
        if code in (0, NO_TESTS):
            _keep(kept[name], noted.found())
        return code

    untraced = [name for name, path in kept.items() if not path.exists()]
    load(untraced)
    for name, code in in_copies(untraced, trace):
        done = code in (0, NO_TESTS)
        sys.stdout.write(f"traced {name}\n" if done else f"{name} fails here without any change: left out\n")
        sys.stdout.flush()
    found: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for path in filter(Path.exists, kept.values()):
        noted = json.loads(path.read_text("utf-8"))
        for of, places in noted["runs"].items():
            for place, tests in places.items():
                found[of, place] += ((noted["took"][test], test) for test in tests)
    return found


def known() -> dict[str, Fate]:
    """What earlier runs found out, by key."""
    notes = KEPT / "fates.jsonl"
    lines = notes.read_text("utf-8").splitlines() if notes.exists() else []
    return {key: Fate(*fate) for key, *fate in map(json.loads, lines)}


def judge(drawn: Iterable[Mutant], files: Mapping[str, str]) -> None:
    """Run those of the mutants whose fate is not known, and note it."""
    state, fates, reach = digest(str(sorted(files.items()))), known(), reaching(files)
    tests: dict[Mutant, list[tuple[float, str]]] = {}
    for one in drawn:
        if fates.get(one.key) not in (Fate(KILLED, ANY), Fate(LIVED, state), Fate(UNREACHED, state)):
            of = module(one.path)
            places = {of.place(line) for line in of.lines(one)}
            tests[one] = _fastest({test for place in places for test in reach.get((one.path, place), [])})

    def hit(one: Mutant) -> int:
        limit = int(process_time() + SLOWER * sum(seconds for seconds, _ in tests[one]) + LOADING)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        module(one.path).put_in(one)
        return run("-x", *(test for _, test in tests[one]))

    load({test.partition("::")[0] for chosen in tests.values() for _, test in chosen})
    began = process_times()
    for one, code in chain(
        ((one, 0) for one in tests if not tests[one]), in_copies(filter(tests.get, tests), hit)
    ):
        if code in (WRONG_WORDS, NO_TESTS, BROKEN):
            sys.stdout.write(f"cannot be tried: {one}\n")
            continue
        fate = Fate(KILLED, ANY) if code else Fate(LIVED if tests[one] else UNREACHED, state)
        with (KEPT / "fates.jsonl").open("a", encoding="utf-8") as notes:
            notes.write(json.dumps([one.key, *fate]) + "\n")
        sys.stdout.write(f"{fate.name}: {one.path}:{one.line} {one.function}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(tests)} tried in {process_times() - began:.0f} seconds of a processor\n")


def _fastest(tests: Iterable[tuple[float, str]]) -> list[tuple[float, str]]:
    """As many as PATIENCE allows, and one at least."""
    ordered = sorted(tests)
    spent = accumulate(seconds for seconds, _ in ordered)
    return ordered[: max(1, sum(seconds <= PATIENCE for seconds in spent))]


def process_times() -> float:
    """The seconds of a processor that copies took which ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(there: Mapping[str, list[Mutant]], drawn: Mapping[str, list[Mutant]]) -> str:
    """A line for each engine, and all of them."""
    fates = known()
    headings = f"engine,mutants,drawn,{KILLED},{LIVED},{UNREACHED},of those tried killed,95 % interval".split(
        ","
    )
    rows, whole, sums = [headings, ["---", *("--:" for _ in headings[1:])]], Counter[str](), [0, 0]
    for name, ones in drawn.items():
        counts = Counter(fates[one.key].name for one in ones if one.key in fates)
        rows.append(_row(name, len(there[name]), len(ones), counts))
        whole += counts
        sums = [sums[0] + len(there[name]), sums[1] + len(ones)]
    rows.append(_row("all", sums[0], sums[1], whole))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(name: str, there: int, drawn: int, counts: Counter[str]) -> list[str]:
    tried, killed = counts.total(), counts[KILLED]
    share = (
        [f"{100 * killed / tried:.1f} %", "{:.1f} to {:.1f}".format(*wilson(killed, tried))]
        if tried
        else ["", ""]
    )
    return [name, str(there), str(drawn), *(str(counts[fate]) for fate in (KILLED, LIVED, UNREACHED)), *share]


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Between which percentages the share of all lies in 95 cases of 100, where so many of a sample are hits (Wilson)."""
    z = 1.96
    middle = (hits + z * z / 2) / (of + z * z)
    reach = z / (of + z * z) * sqrt(hits * (of - hits) / of + z * z / 4)
    return 100 * max(0.0, middle - reach), 100 * min(1.0, middle + reach)


def lived(drawn: Iterable[Mutant]) -> Iterator[str]:
    """Each that was not killed, as a difference."""
    fates = known()
    for one in drawn:
        if (fate := fates.get(one.key)) and fate.name != KILLED:
            of = module(one.path)
            changes = unified_diff(of.text.splitlines(), of.text_of(one).splitlines(), n=1, lineterm="")
            yield "\n".join([f"{fate.name}: {one.path}:{one.line} {one.function}", *list(changes)[3:]])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sample", type=int, help="how many mutants of each engine; without it, all")
    asked.add_argument("--seed", default="1")
    asked.add_argument("--of", nargs="*", default=[], metavar="ENGINE", help="only these engines")
    asked.add_argument("--write", action="store_true", help="put the table into docs/quality.md")
    words = asked.parse_args()
    os.chdir(ROOT)
    there = every(words.of)
    drawn = {
        name: sorted(ones, key=lambda one: digest(f"{words.seed} {one.key}"))[: words.sample]
        for name, ones in sorted(there.items())
    }
    try:  # in turn, so that a run that is stopped has tried some of each engine
        judge(filter(None, chain.from_iterable(zip_longest(*drawn.values()))), selected())
    except KeyboardInterrupt:
        sys.stdout.write("stopped; run it again to go on\n")
    for ones in drawn.values():
        for told in lived(ones):
            sys.stdout.write(f"\n{told}\n")
    figures = table(there, drawn)
    sys.stdout.write(f"\n{figures}\n")
    if words.write:
        drawn_by = f" SAMPLE={words.sample} SEED={words.seed}" if words.sample else ""
        put_down("mutants", f"make mutants{drawn_by}", figures)


if __name__ == "__main__":
    main()
