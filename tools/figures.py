"""The figures of the source's shape, and the bounds they are held to: `python -m tools.figures`, part of `make lint`.

Prints each figure beside its bound and ends with 1 when one is over it. Lengths count a function's lines from `def` to
its last, without its docstring; circles and imports between modules are those that import-linter sees.
"""

import ast
import statistics
import sys
from collections.abc import Iterator, Mapping, Set
from math import inf
from pathlib import Path
from typing import NamedTuple

import grimp

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "sanchuang_cli"
ENGINES = (
    "entitlement",
    "payroll",
    "rating",
    "wages",
    "loans",
    "grants",
    "dues",
    "study",
    "process",
    "ballots",
    "contracts",
    "pairs",
    "visiting",
    "contributions",
    "disclosing",
    "appraisal",
    "reviews",
    "leaders",
    "awards",
    "stated",
)
"""What is built into programmes: how far they grow is told, and no programme's own."""
FOLDERS = ("cli", "ledger", "report", "roster", "programmes", "domain", "policies")
LARGEST, MOST_FILES = 300, 4
"""Lines of Python and source files of a programme, with the words that only it uses."""
EARLIER = {"rate": 693}
"""Programmes that were there before there was a bound: they may not grow."""
SHARED, GROWTH = 5_945, 1.45
"""Lines of the kernel and the words that programmes share (without the engines) when the third programme came, and what they
may be when the last one has: a tenth for what programmes will ask for; a tenth for the first page, the papers and the
meaning of every key; and three twentieths for what sets two documents beside each other, for what a document prints, for
deadlines, and for docstrings in whole sentences; and a twentieth for what commands over results and the last eight programmes asked
for: drafts of notices, cells that are withheld, optional joins and joins that add up, lines that may be cited; and three hundredths for
days in remarks as clerks write them, and for whom nobody can be paid without a guess; and two hundredths for what is said of
somebody in other fields, and for days and titles of another year. All of it came later, and every programme has it for nothing."""


class Function(NamedTuple):
    """A function of the source: where it stands, its lines and how many parameters it takes."""

    where: str
    lines: int
    parameters: int


class Figure(NamedTuple):
    """What was counted, the most it may be, and the worst of it."""

    name: str
    value: float
    most: float = inf
    worst: str = ""


def functions() -> Iterator[Function]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                asked = node.args
                count = len(asked.posonlyargs) + len(asked.args) + len(asked.kwonlyargs)
                where = f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}"
                length = (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring(node)
                yield Function(where, length, count)


def _docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function's docstring takes."""
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1 if ast.get_docstring(node) else 0


def imports() -> dict[str, set[str]]:
    """By module, the modules of the package that it imports."""
    graph = grimp.build_graph("sanchuang_cli")
    return {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}


def in_circles(imports: Mapping[str, Set[str]]) -> list[str]:
    """Modules that import themselves by way of others, and those on the way from one circle to another: what is left
    when modules that import nothing that is left, and then those that nothing left imports, are taken out."""
    left = _pruned(imports)
    return sorted(_pruned({one: {other for other in left if one in left[other]} for one in left}))


def _pruned(imports: Mapping[str, Set[str]]) -> dict[str, Set[str]]:
    left = dict(imports)
    while free := [module for module, others in left.items() if not others & left.keys()]:
        for module in free:
            del left[module]
    return left


def part(module: str) -> str:
    """Which part of the source a module belongs to: a programme (programmes.rate), an engine (domain.rating), the words that
    programmes share (domain), the kernel (the modules below domain), or another folder."""
    below = module.removeprefix("sanchuang_cli").removeprefix(".").split(".")
    if below[0] == "programmes":
        return ".".join(below[:2])
    if below[0] == "domain":
        return ".".join(below[:2]) if below[1:2] and below[1] in ENGINES else "domain"
    return "kernel" if len(below) == 1 and below[0] not in ("", "__main__", *FOLDERS) else below[0]


def lines(module: str) -> int:
    path = SOURCE.parent / module.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return len(file.read_text("utf-8").splitlines())


def of_programme(name: str, imports: Mapping[str, Set[str]]) -> set[str]:
    """The modules of a programme, and those words that only it imports."""
    own = {one for one in imports if part(one) == f"programmes.{name}"}
    words = {one for one in imports if part(one) == "domain"}
    while more := {one for one in words - own if _only_by(one, own, imports)}:
        own |= more
    return own


def _only_by(module: str, own: set[str], imports: Mapping[str, Set[str]]) -> bool:
    by = {one for one, others in imports.items() if module in others}
    return bool(by) and by <= own


def sizes(imports: Mapping[str, Set[str]]) -> Iterator[Figure]:
    """How long each programme is, and what they share."""
    names = sorted({part(one).removeprefix("programmes.") for one in imports if "programmes." in part(one)})
    for name in names:
        own = of_programme(name, imports)
        yield Figure(f"{name}, lines", sum(map(lines, own)), EARLIER.get(name, LARGEST))
        if name not in EARLIER:
            yield Figure(f"{name}, files", len(own), MOST_FILES)
    shared = sum(lines(one) for one in imports if part(one) in ("kernel", "domain"))
    yield Figure("kernel and shared words", shared, int(SHARED * GROWTH))
    for engine in ENGINES:
        yield Figure(
            f"engine {engine}", sum(lines(one) for one in imports if part(one) == f"domain.{engine}")
        )


def figures() -> Iterator[Figure]:
    every = list(functions())
    lengths = sorted(one.lines for one in every)
    longest = max(every, key=lambda one: one.lines)
    widest = max(every, key=lambda one: one.parameters)
    graph = imports()
    circles = in_circles(graph)
    yield Figure("function, median lines", statistics.median(lengths), 6)
    yield Figure("function, p90 lines", lengths[len(lengths) * 9 // 10], 18)
    yield Figure("function, most lines", longest.lines, 45, longest.where)
    yield Figure("function, most parameters", widest.parameters, 7, widest.where)
    tests = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in ROOT.glob("tests/**/*.py")
    }
    long = max(tests, key=tests.__getitem__)
    yield Figure("file of tests, most lines", tests[long], 400, long)
    yield Figure("modules in circles", len(circles), 0, "、".join(circles))
    yield from sizes(graph)


def main() -> int:
    found = list(figures())
    for one in found:
        over = "  OVER" if one.value > one.most else ""
        most = f"  at most {one.most:g}" if one.most < inf else ""
        sys.stdout.write(f"{one.name:28} {one.value:6g}{most}{over}  {one.worst}\n")
    return int(any(one.value > one.most for one in found))


if __name__ == "__main__":
    sys.exit(main())
