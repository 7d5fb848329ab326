"""What can be changed in a rule module, one thing at a time, and how a change is put into the running package.

The changes are mutmut's: `<` into `<=`, a sum into a difference, an argument left out.
"""

import ast
import gc
import hashlib
import inspect
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import libcst
from libcst.metadata import MetadataWrapper, WhitespaceInclusivePositionProvider
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import get_ignored_lines

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "sanchuang_cli"


DECLARED = {"Col", "Cols", "Doubt", "Figures", "Page"}
"""What functions return that are called as the package loads, to declare columns, pages and findings: they decide nothing."""


class Mutant(NamedTuple):
    """One change: `new` in place of what stands from start to end. key: names it as long as its function stays as it is."""

    key: str
    path: str
    function: str
    line: int
    start: int
    end: int
    new: str


def engine(path: str) -> str:
    """What a module belongs to: a folder of domain/, all modules beside them, a programme, or money and the calendar."""
    folder, *rest = Path(path).relative_to(PACKAGE.relative_to(ROOT)).with_suffix("").parts
    if not rest:
        return "money, period"
    return f"{folder}/{rest[0]}" if folder == "programmes" or rest[1:] else folder


class _Visitor(MutationVisitor):
    """mutmut's changes, also in functions behind a decorator, such as properties: mutmut itself cannot put code into these."""

    def _skip_node_and_children(self, node: libcst.CSTNode) -> bool:
        if isinstance(node, libcst.Parameters):
            return True  # defaults are worked out as the module is loaded, before a change is put in
        if isinstance(node, libcst.FunctionDef) and _returned(node) in DECLARED:
            return True
        return not (isinstance(node, libcst.FunctionDef) and node.decorators) and bool(
            super()._skip_node_and_children(node)
        )


def _returned(node: libcst.FunctionDef) -> str:
    said = node.returns.annotation if node.returns else None
    return said.value if isinstance(said, libcst.Name) else ""


class Module:
    """A rule module: its text, its functions, and every change of one thing in them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.text = (ROOT / path).read_text("utf-8")
        self.name = ".".join(Path(path).with_suffix("").parts[1:]).removesuffix(".__init__")

    def place(self, line: int) -> str:
        """The line as counted from the first of its function, so that a change above it does not move it; or ""."""
        name = self.function_at(line)
        return f"{name}+{line - self.functions[name].lineno}" if name else ""

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """By name, as in Class.method; functions within functions belong to the outer one."""
        found: dict[str, ast.FunctionDef] = {}
        for node in ast.parse(self.text).body:
            of, inside = (f"{node.name}.", node.body) if isinstance(node, ast.ClassDef) else ("", [node])
            found |= {of + inner.name: inner for inner in inside if isinstance(inner, ast.FunctionDef)}
        return found

    def function_at(self, line: int) -> str:
        """The function that has the line; "" outside of all."""
        found = (name for name, of in self.functions.items() if of.lineno <= line <= (of.end_lineno or 0))
        return next(found, "")

    def mutants(self) -> Iterator[Mutant]:
        """Every change of one thing in a function."""
        wrapped = MetadataWrapper(libcst.parse_module(self.text))
        visitor = _Visitor(mutation_operators, get_ignored_lines(self.path, self.text, wrapped, None), None)
        wrapped.visit(visitor)
        places = wrapped.resolve(WhitespaceInclusivePositionProvider)
        begins = [0, *accumulate(len(line) for line in self.text.splitlines(keepends=True))]
        whole = {name: ast.unparse(node) for name, node in self.functions.items()}
        alike = Counter[str]()
        for change in visitor.mutations:
            place = places[change.original_node]
            start, end = (begins[at.line - 1] + at.column for at in (place.start, place.end))
            if name := self.function_at(place.start.line):
                new = wrapped.module.code_for_node(change.mutated_node)
                seen = "\0".join((self.path, name, whole[name], self.text[start:end], new))
                alike[seen] += 1
                key = digest(f"{seen}\0{alike[seen]}")
                yield Mutant(key, self.path, name, place.start.line, start, end, new)

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
        changed = next(inner for inner in _codes(code) if _names(inner, mutant.function, first))
        was, now = list(_codes(function.__code__)), list(_codes(changed))
        function.__code__ = changed
        if len(was) == len(now) > 1:  # functions that it made as the package was loaded run their own code
            gc.unfreeze()
            for old, new in zip(was, now, strict=True):
                for holder in gc.get_referrers(old):
                    if isinstance(holder, FunctionType) and old.co_freevars == new.co_freevars:
                        holder.__code__ = new

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


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def module(path: str) -> Module:
    return Module(path)
