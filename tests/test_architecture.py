"""The gate of `make lint` has no holes: what must not be imported, or stands in no layer, breaks it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = Path("src/sanchuang_cli")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the sources and their contracts that a test may spoil."""
    shutil.copytree(ROOT / PACKAGE, tmp_path / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def verdict(tree: Path) -> tuple[int, str]:
    """Exit code and words of the contracts over a tree."""
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=tree,
        env={"PYTHONPATH": str(tree / "src"), "PYTHONUTF8": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return run.returncode, run.stdout + run.stderr


def test_the_tree_as_it_is_keeps_every_contract(tree: Path) -> None:
    code, said = verdict(tree)
    assert code == 0, said
    assert ", 0 broken" in said


STRAYS = {
    "a module that stands in no layer": ("helpers.py", "", "helpers"),
    "a folder that stands in no layer": ("common/__init__.py", "", "common"),
    "a programme that imports typer": ("programmes/stray.py", "import typer", "typer"),
    "a programme that imports a writer": (
        "programmes/stray.py",
        "from sanchuang_cli.report import worksheet",
        "report.worksheet",
    ),
    "a programme that imports another": (
        "programmes/stray.py",
        "from sanchuang_cli.programmes.rate import policy",
        "programmes.rate",
    ),
    "a domain module that imports a writer": (
        "domain/stray.py",
        "from sanchuang_cli.report import workbook",
        "report.workbook",
    ),
    "an entitlement that knows of the payroll": (
        "domain/entitlement/stray.py",
        "from sanchuang_cli.domain.payroll import lines",
        "payroll.lines",
    ),
    "a domain module that imports xlsxwriter": ("domain/stray.py", "import xlsxwriter", "xlsxwriter"),
    "a domain module that imports pandas": ("domain/stray.py", "import pandas", "pandas"),
    "a domain module that reads a book": (
        "domain/stray.py",
        "from sanchuang_cli.roster.books import book",
        "roster.books",
    ),
    "a writer that knows a programme": (
        "report/stray.py",
        "from sanchuang_cli.programmes import PROGRAMMES",
        "programmes",
    ),
    "a reader that knows a programme": (
        "roster/stray.py",
        "from sanchuang_cli.programmes import PROGRAMMES",
        "programmes",
    ),
    "a writer that knows the database": ("report/stray.py", "import sqlalchemy", "sqlalchemy"),
    "a command that handles keys itself": ("cli/stray.py", "import cryptography", "cryptography"),
    "a ledger that knows the command line": ("ledger/stray.py", "import typer", "typer"),
}


@pytest.mark.parametrize(("path", "line", "named"), STRAYS.values(), ids=list(STRAYS))
def test_the_gate_is_broken_by(tree: Path, path: str, line: str, named: str) -> None:
    stray = tree / PACKAGE / path
    stray.parent.mkdir(exist_ok=True)
    stray.write_text(line + "\n", "utf-8")
    code, said = verdict(tree)
    assert code == 1, said
    assert named in said
