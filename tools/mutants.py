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
import ast
import gc
import hashlib
import inspect
import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import unified_diff
from functools import cache, cached_property, partial
from importlib import import_module
from itertools import accumulate, chain, zip_longest
from math import sqrt
from pathlib import Path
from time import process_time
from types import CodeType, FunctionType
from typing import Any, NamedTuple, NoReturn, TypeVar

import libcst
import pytest
from coverage import Coverage
from libcst.metadata import MetadataWrapper, WhitespaceInclusivePositionProvider
from mutmut.configuration import config
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import get_ignored_lines

from tools.blocks import put_down

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "sanchuang_cli"
KEPT = ROOT / ".mutants"
PATIENCE = 10.0
"""Seconds of tests a mutant is given, the fastest first. What only slower ones would kill counts as lived."""
SLOWER = 10
"""How many times longer than without the change its tests may run, with as many seconds besides, before it is killed."""
KILLED, LIVED, UNREACHED = "killed", "lived", "no test reaches"
WRONG_WORDS, NO_TESTS, BROKEN = 4, 5, 70
"""Exit codes of pytest, and one for a fault of this module: no mutant does that."""

Job = TypeVar("Job")


class Mutant(NamedTuple):
    """One change: `new` in place of what stands from start to end. key: names it as long as its function stays as it is."""

    key: str
    path: str
    function: str
    line: int
    start: int
    end: int
    new: str

    @property
    def engine(self) -> str:
        folder, *rest = Path(self.path).relative_to(PACKAGE.relative_to(ROOT)).with_suffix("").parts
        return (
            f"{folder}/{rest[0]}"
            if folder == "programmes" or rest[1:]
            else folder
            if rest
            else "money, period"
        )


class Fate(NamedTuple):
    """What came of a mutant. tests: which state of the tests it was; seconds: what it cost."""

    name: str
    tests: str
    seconds: float


class _Visitor(MutationVisitor):
    """mutmut's changes, also in functions behind a decorator, such as properties: mutmut itself cannot put code into these."""

    def _skip_node_and_children(self, node: libcst.CSTNode) -> bool:
        if isinstance(node, libcst.Parameters):
            return (
                True  # what stands there is worked out when the module is loaded, before a change is put in
            )
        return not (isinstance(node, libcst.FunctionDef) and node.decorators) and bool(
            super()._skip_node_and_children(node)
        )


class Module:
    """A rule module: its text, its functions, and every change of one thing in them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.text = (ROOT / path).read_text("utf-8")
        self.name = ".".join(Path(path).with_suffix("").parts[1:]).removesuffix(".__init__")

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """By name, as in Class.method; functions within functions belong to the outer one."""
        found: dict[str, ast.FunctionDef] = {}
        for node in ast.parse(self.text).body:
            for inner in node.body if isinstance(node, ast.ClassDef) else [node]:
                if isinstance(inner, ast.FunctionDef):
                    found[f"{node.name}.{inner.name}" if isinstance(node, ast.ClassDef) else inner.name] = (
                        inner
                    )
        return found

    def function_at(self, line: int) -> str:
        """The function that has the line; "" outside of all."""
        inside = (
            name for name, node in self.functions.items() if node.lineno <= line <= (node.end_lineno or 0)
        )
        return next(inside, "")

    def mutants(self) -> Iterator[Mutant]:
        """Every change of one thing in a function."""
        wrapped = MetadataWrapper(libcst.parse_module(self.text))
        visitor = _Visitor(mutation_operators, get_ignored_lines(self.path, self.text, wrapped, None), None)
        wrapped.visit(visitor)
        places = wrapped.resolve(WhitespaceInclusivePositionProvider)
        begins = [0, *accumulate(len(line) for line in self.text.splitlines(keepends=True))]
        alike = Counter[str]()
        for change in visitor.mutations:
            place = places[change.original_node]
            start, end = (begins[at.line - 1] + at.column for at in (place.start, place.end))
            line = place.start.line
            if name := self.function_at(line):
                new = wrapped.module.code_for_node(change.mutated_node)
                whole = ast.unparse(self.functions[name])
                seen = "\0".join((self.path, name, whole, self.text[start:end], new))
                alike[seen] += 1
                yield Mutant(_digest(f"{seen}\0{alike[seen]}"), self.path, name, line, start, end, new)

    def text_of(self, mutant: Mutant) -> str:
        """The module with the change."""
        return self.text[: mutant.start] + mutant.new + self.text[mutant.end :]

    def put_in(self, mutant: Mutant) -> None:
        """Give the function its changed code. Whoever holds the function runs it from now on."""
        found: Any = import_module(self.name)
        for name in mutant.function.split("."):
            found = vars(found)[name]
        for within in ("__func__", "fget", "func"):
            found = getattr(found, within, found)
        function = inspect.unwrap(found)
        assert isinstance(function, FunctionType), mutant
        first = function.__code__.co_firstlineno
        code = compile(self.text_of(mutant), self.path, "exec")
        function.__code__ = next(inner for inner in _codes(code) if _names(inner, mutant.function, first))

    def lines(self, mutant: Mutant) -> Iterable[int]:
        """The lines of the innermost statement around the change: of a block, only what stands before its colon."""
        spans = [
            (node.lineno, _head_end(node))
            for node in ast.walk(self.functions[mutant.function])
            if isinstance(node, ast.stmt)
        ]
        within = [(first, last) for first, last in spans if first <= mutant.line <= last]
        first, last = max(within, default=(mutant.line, mutant.line))
        return range(first, last + 1)


def _head_end(node: ast.stmt) -> int:
    body = getattr(node, "body", None)
    return max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or node.lineno


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _names(code: CodeType, function: str, first: int) -> bool:
    return code.co_qualname == function and code.co_firstlineno == first


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def module(path: str) -> Module:
    return Module(path)


def every() -> dict[str, list[Mutant]]:
    """All mutants there are, by engine. The list of a module is kept until the module or mutmut's settings change."""
    settings = str(config().do_not_mutate_patterns)
    paths = sorted(str(one.relative_to(ROOT)) for one in PACKAGE.rglob("*.py"))
    kept = {
        path: KEPT / "modules" / f"{_digest(path + module(path).text + settings)}.json"
        for path in paths
        if config().should_mutate(path)
    }
    for path, code in in_copies([path for path in kept if not kept[path].exists()], partial(_list, kept)):
        if code:
            sys.exit(f"no mutants can be made of {path}")
    found: dict[str, list[Mutant]] = defaultdict(list)
    for listed in kept.values():
        for one in map(Mutant._make, json.loads(listed.read_text("utf-8"))):
            found[one.engine].append(one)
    return found


def _list(kept: Mapping[str, Path], path: str) -> int:
    _keep(kept[path], list(module(path).mutants()))
    return 0


def _keep(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(value), "utf-8")
    part.replace(path)


class Reach:
    """A plugin for pytest: the seconds that each test takes, and the lines of rule modules that it runs."""

    def __init__(self) -> None:
        self.tracer = Coverage(
            data_file=None, config_file=False, include=[str(ROOT / one) for one in config().only_mutate]
        )
        self.took: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.tracer.switch_context(item.nodeid)
        began = process_time()
        try:
            return (yield)
        finally:
            self.took[item.nodeid] = process_time() - began

    def found(self) -> dict[str, Any]:
        """Lines are counted from the first of their function, so that a change above it moves none."""
        runs: dict[str, dict[str, list[str]]] = {}
        data = self.tracer.get_data()
        for name in data.measured_files():
            path = str(Path(name).relative_to(ROOT))
            places = {line: _place(module(path), line) for line in data.contexts_by_lineno(name)}
            runs[path] = {
                places[line]: [test for test in tests if test]
                for line, tests in data.contexts_by_lineno(name).items()
                if places[line]
            }
        return {"took": self.took, "runs": runs}


def _place(of: Module, line: int) -> str:
    name = of.function_at(line)
    return f"{name}+{line - of.functions[name].lineno}" if name else ""


class Collected:
    """A plugin for pytest: the files with tests."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        paths = dict.fromkeys(item.path for item in session.items)
        self.files = {str(path.relative_to(ROOT)): _digest(path.read_text("utf-8")) for path in paths}


def run(*words: str, plugins: Iterable[object] = ()) -> int:
    """pytest in this process, with pyproject's words for mutants."""
    return int(pytest.main([*config().pytest_add_cli_args, *words], plugins=list(plugins)))


def in_copies(jobs: Iterable[Job], work: Callable[[Job], int]) -> Iterator[tuple[Job, int]]:
    """Each job in a copy of this process, as many at once as there are cores: the job with its exit code, as they end."""
    running: dict[int, Job] = {}
    try:
        for job in jobs:
            if len(running) == (os.cpu_count() or 1):
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
    kept = {name: KEPT / "reach" / f"{_digest(name + digest)}.json" for name, digest in files.items()}

    def trace(name: str) -> int:
        noted = Reach()
        noted.tracer.start()
        code = run(name, plugins=[noted])
        noted.tracer.stop()
        if code in (0, NO_TESTS):
            _keep(kept[name], noted.found())
        return code

    for name, code in in_copies([name for name, path in kept.items() if not path.exists()], trace):
        if code not in (0, NO_TESTS):
            sys.exit(f"{name} fails without any change: {code}")
        sys.stdout.write(f"traced {name}\n")
        sys.stdout.flush()
    found: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for path in kept.values():
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
    tests, fates, reach = _digest(str(sorted(files.items()))), known(), reaching(files)
    chosen: dict[Mutant, list[str]] = {}
    for one in drawn:
        fate = fates.get(one.key)
        if not fate or (fate.name != KILLED and fate.tests != tests):
            places = {_place(module(one.path), line) for line in module(one.path).lines(one)}
            chosen[one] = _fastest({found for place in places for found in reach.get((one.path, place), [])})

    def hit(one: Mutant) -> int:
        limit = int(process_time() + SLOWER * PATIENCE + SLOWER)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        module(one.path).put_in(one)
        return run("-x", *chosen[one])

    with (KEPT / "fates.jsonl").open("a", encoding="utf-8") as notes:

        def note(one: Mutant, name: str, seconds: float) -> None:
            notes.write(json.dumps([one.key, *Fate(name, tests, round(seconds, 1))]) + "\n")
            notes.flush()
            sys.stdout.write(f"{name}: {one.path}:{one.line} {one.function}\n")

        for one in chosen:
            if not chosen[one]:
                note(one, UNREACHED, 0)
        before = children()
        for one, code in in_copies([one for one in chosen if chosen[one]], hit):
            if code in (WRONG_WORDS, NO_TESTS, BROKEN):
                sys.exit(f"{one} cannot be tried: {code}")
            before, began = children(), before
            note(one, KILLED if code else LIVED, before - began)


def _fastest(tests: Iterable[tuple[float, str]]) -> list[str]:
    """As many as PATIENCE allows, and one at least."""
    chosen: list[str] = []
    spent = 0.0
    for seconds, test in sorted(tests):
        spent += seconds
        if chosen and spent > PATIENCE:
            break
        chosen.append(test)
    return chosen


def children() -> float:
    """The processor's seconds of all copies that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(there: Mapping[str, list[Mutant]], drawn: Mapping[str, list[Mutant]]) -> str:
    """A line for each engine, and all of them."""
    fates = known()
    headings = [
        "engine",
        "mutants",
        "drawn",
        KILLED,
        LIVED,
        UNREACHED,
        "killed, of those tried",
        "95 % interval",
    ]
    rows, whole, sums = [headings, ["---", *("--:" for _ in headings[1:])]], Counter[str](), [0, 0]
    for engine, ones in drawn.items():
        counts = Counter(fates[one.key].name for one in ones if one.key in fates)
        rows.append(_row(engine, len(there[engine]), len(ones), counts))
        whole += counts
        sums = [sums[0] + len(there[engine]), sums[1] + len(ones)]
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
    there = every()
    drawn = {
        engine: sorted(ones, key=lambda one: _digest(f"{words.seed} {one.key}"))[: words.sample]
        for engine, ones in sorted(there.items())
        if not words.of or engine in words.of
    }
    collected = Collected()
    if run("--collect-only", "-q", *config().pytest_add_cli_args_test_selection, plugins=[collected]):
        sys.exit("the tests cannot be collected")
    gc.freeze()
    try:
        in_turn = chain.from_iterable(
            zip_longest(*drawn.values())
        )  # so that a run that is stopped has tried some of each
        judge(filter(None, in_turn), collected.files)
    except KeyboardInterrupt:
        sys.stdout.write("stopped; run it again to go on\n")
    for ones in drawn.values():
        for told in lived(ones):
            sys.stdout.write(f"\n{told}\n")
    figures = table(there, drawn)
    sys.stdout.write(f"\n{figures}\n")
    if words.write:
        kind = (
            f"A sample of {words.sample} of each engine, drawn by seed {words.seed}"
            if words.sample
            else "All mutants"
        )
        put_down("mutants", "make mutants", f"{kind}:\n\n{figures}")


if __name__ == "__main__":
    main()
