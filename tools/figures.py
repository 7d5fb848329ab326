"""The figures of the source's shape, and the bounds they are held to: `python -m tools.figures`, part of `make lint`.

Prints each figure beside its bound and ends with 1 when one is over it. Lengths count a function's lines from `def` to
its last; circles and imports between modules are those that import-linter sees.
"""

import ast
import statistics
import sys
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import NamedTuple

import grimp

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "sanchuang_cli"


class Function(NamedTuple):
    """A function of the source: where it stands, its lines and how many parameters it takes."""

    where: str
    lines: int
    parameters: int


class Figure(NamedTuple):
    """What was counted, the most it may be, and the worst of it."""

    name: str
    value: float
    most: float
    worst: str = ""


def functions() -> Iterator[Function]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                asked = node.args
                count = len(asked.posonlyargs) + len(asked.args) + len(asked.kwonlyargs)
                where = f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}"
                yield Function(where, (node.end_lineno or node.lineno) - node.lineno + 1, count)


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


def figures() -> Iterator[Figure]:
    every = list(functions())
    lengths = sorted(one.lines for one in every)
    longest = max(every, key=lambda one: one.lines)
    widest = max(every, key=lambda one: one.parameters)
    circles = in_circles(imports())
    yield Figure("function, median lines", statistics.median(lengths), 7)
    yield Figure("function, p90 lines", lengths[len(lengths) * 9 // 10], 19)
    yield Figure("function, most lines", longest.lines, 45, longest.where)
    yield Figure("function, most parameters", widest.parameters, 7, widest.where)
    yield Figure("modules in circles", len(circles), 0, "、".join(circles))


def main() -> int:
    found = list(figures())
    for one in found:
        over = "  OVER" if one.value > one.most else ""
        sys.stdout.write(f"{one.name:28} {one.value:6g}  at most {one.most:g}{over}  {one.worst}\n")
    return int(any(one.value > one.most for one in found))


if __name__ == "__main__":
    sys.exit(main())
