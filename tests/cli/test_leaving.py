"""The process ends at once without freeing its memory, but after everything that was registered for its end."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.command import Sanchuang, book, county

TOLD, LATE = "told", "late"
STARTED = f"""
import sys
from sanchuang_cli import __main__
{{before}}
import atexit, pathlib, tempfile
class Late:
    def __del__(self, write=pathlib.Path("{LATE}").write_text): write("taken apart")
kept = Late()
atexit.register(pathlib.Path("{TOLD}").write_text, "had its turn")
folder = tempfile.TemporaryDirectory(dir=".")
__main__.main()
"""
"""What begins with the program's own module, as both ways of starting it do, and then registers something of its own."""


def started(folder: Path, words: Sequence[object], before: str = "") -> subprocess.CompletedProcess[bytes]:
    script = STARTED.format(before=before)
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        cwd=folder,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "code"), [(["--version"], 0), (["nothing"], 2), (["inspect", "没有.xlsx"], 2)]
)
def test_whatever_was_registered_for_the_end_has_its_turn(
    tmp_path: Path, words: list[str], code: int
) -> None:
    done = started(tmp_path, words)
    assert (done.returncode, (tmp_path / TOLD).read_text()) == (code, "had its turn")
    assert [path.name for path in tmp_path.iterdir()] == [TOLD], (
        "a temporary folder is left, or memory was given back"
    )


def test_a_process_that_coverage_measures_ends_as_ever(tmp_path: Path) -> None:
    """What coverage writes last was registered before the program began."""
    done = started(tmp_path, ["--version"], before="sys.modules['coverage'] = sys")
    assert done.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [LATE, TOLD]


def test_all_that_is_written_to_a_pipe_arrives(sanchuang: Sanchuang, tmp_path: Path) -> None:
    orgs = book(tmp_path / "册.xlsx", county())
    ran = sanchuang("rate", orgs, "--period", "2026", "--out", tmp_path / "果.xlsx", "--json", "--quiet")
    assert ran.code == 0
    assert json.loads(ran.out)


def test_a_run_leaves_its_result_and_nothing_else(sanchuang: Sanchuang, tmp_path: Path) -> None:
    orgs = book(tmp_path / "册.xlsx", county())
    for _ in range(2):
        assert sanchuang("rate", orgs, "--period", "2026", "--out", tmp_path / "果.xlsx").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["册.xlsx", "果.xlsx"]
