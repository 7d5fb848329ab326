"""What passed with the full counts is kept, so that it is run once on each state of the package, and every file that has not passed is missed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tools import verified

LEFT = {
    "a": "....\n12 passed, 1 skipped in 75.32s (0:01:15)\n",
    "b/c": "SKIPPED [1] b/test_c.py:9: no\n1 skipped in 0.28s\n",
    "b/d": "3 passed, 2 warnings in 44.40s\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where three files of tests passed, one of them with three faults, and a fourth failed."""
    (tmp_path / "b").mkdir()
    for name, said in LEFT.items():
        (tmp_path / f"{name}.done").write_text(said, "utf-8")
    (tmp_path / "e.said").write_text("1 failed in 0.10s\n", "utf-8")
    (tmp_path / "a.faults").write_text('["rate", "full"]\n' * 2 + '["batch send", "killed"]\n', "utf-8")
    return tmp_path


def test_the_sums_are_added_up_from_the_last_line_of_each_file(folder: Path) -> None:
    words = verified.told(verified.done(folder, "0123abcd"), 4)
    assert words.startswith("3 of 4 files of tests")
    assert "15 passed, 2 skipped, none failed, in 2 minutes" in words


def test_faults_are_counted_by_command_and_kind(folder: Path) -> None:
    words = verified.told_of_faults(verified.done(folder, "0123abcd"))
    assert words.splitlines() == [
        "| command | full | killed |",
        "| --- | --: | --: |",
        "| `rate` | 2 |  |",
        "| `batch send` |  | 1 |",
        "| all | 2 | 1 |",
        "",
        "In all 3 faults, no promise broken.",
    ]


def test_what_is_kept_is_restored_as_it_was_left_and_on_another_package_nothing(folder: Path) -> None:
    parts = verified.done(folder, "0123abcd")
    verified.keep(folder / "kept.json", "89abcdef", parts)
    again = verified.kept(folder / "kept.json", "89abcdef")
    assert again == parts and set(parts) == {"a", "b/c", "b/d"}
    verified.restore(folder / "elsewhere", again)
    assert verified.done(folder / "elsewhere", "0123abcd") == parts
    assert verified.kept(folder / "kept.json", "fedcba98") == {}
    assert verified.kept(folder / "none.json", "89abcdef") == {}


def test_a_file_of_tests_that_was_changed_since_is_run_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*words: str) -> str:
        said = ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words]
        return subprocess.run(said, cwd=home, capture_output=True, text=True, check=True).stdout.strip()

    home = folder / "home"
    for path in ("tests/test_a.py", "tests/b/test_c.py", "tests/b/test_d.py"):
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text("", "utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "all")
    monkeypatch.setattr(verified, "ROOT", home)
    old = verified.done(folder, git("rev-parse", "HEAD"))
    parts = {
        name.replace("/", "/test_") if "/" in name else f"test_{name}": part for name, part in old.items()
    }
    (home / "tests/b/test_d.py").write_text("# other", "utf-8")
    assert [*verified.still(parts)] == ["test_a", "b/test_c"]
    git("commit", "-qam", "changed")
    assert [*verified.still(parts)] == ["test_a", "b/test_c"]


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_verify_runs_every_file_of_tests() -> None:
    said = ["make", "--dry-run", "--print-data-base", "help"]
    made = subprocess.run(said, cwd=verified.ROOT, capture_output=True, text=True, check=True).stdout
    parts = next(line for line in made.splitlines() if line.startswith("PARTS := ")).split()[2:]
    assert sorted(re.sub(r"^\.verify/\w*/(.+)\.done$", r"\1", part) for part in parts) == verified.listed()
