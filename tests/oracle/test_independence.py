"""The oracles are second opinions only as long as neither side can see the other."""

import ast
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src"


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_an_oracle_imports_nothing_but_the_standard_library_and_other_oracles() -> None:
    oracles = [path for path in HERE.glob("*.py") if not path.name.startswith("test_")]
    assert len(oracles) > 4
    names = {name for path in oracles for name in imported(path)}
    ours = {name for name in names if name.split(".")[0] in ("sanchuang_cli", "tests")}
    assert ours, "the test sees no imports"
    assert all(name.startswith("tests.oracle") for name in ours)
    assert not {name.split(".")[0] for name in names} & {"pandas", "pydantic", "hypothesis"}


def test_the_package_imports_no_oracle() -> None:
    modules = list(SOURCE.rglob("*.py"))
    assert len(modules) > 50
    assert not [path for path in modules for name in imported(path) if name.split(".")[0] == "tests"]
