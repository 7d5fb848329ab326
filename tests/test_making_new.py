"""`make new` gives a programme that works: it runs on its own sample, explains every row, and is listed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT

KEPT = ("src", "tools", "data", "tests")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with one more programme."""
    folder = tmp_path_factory.mktemp("copy")
    for name in KEPT:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    made = python(folder, "-m", "tools.new", "errands", "代办事项")
    assert made.returncode == 0, made.stderr
    return folder


def python(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(map(str, (folder / "src", folder)))
    # A command that starts Python anew, as the full counts do, finds the installed package and not this copy.
    env = os.environ | {"PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8", "SANCHUANG_FULL": ""}
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_what_it_makes_runs_on_its_own_sample_and_explains_a_row(copy: Path) -> None:
    assert python(copy, "data/samples/make_samples.py").returncode == 0
    ran = python(copy, "-m", "sanchuang_cli", "errands", "data/samples/errands.xlsx", "--out", "结果.xlsx")
    assert ran.returncode == 0, ran.stderr
    assert "读取 24 = 列入 16 + 不列入 8 + 待核实 0" in ran.stderr + ran.stdout
    told = python(copy, "-m", "sanchuang_cli", "explain", "errands", "4", "data/samples/errands.xlsx")
    assert "列入" in told.stdout, told.stderr


def test_its_tests_pass_and_its_shape_is_within_bounds(copy: Path) -> None:
    ran = python(
        copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/programmes/errands/test_cases.py"
    )
    assert ran.returncode == 0, ran.stdout
    lines = (copy / "src/sanchuang_cli/programmes/errands.py").read_text("utf-8").splitlines()
    assert len(lines) < 100


def test_nothing_that_is_there_is_written_over(copy: Path) -> None:
    again = python(copy, "-m", "tools.new", "errands", "代办事项")
    assert again.returncode == 2
    assert "已经有了" in again.stderr
