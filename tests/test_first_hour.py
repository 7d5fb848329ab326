"""A stranger with an empty HOME gets from a clone to the first workbook by the lines of the README, as they stand there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT
from tests.counts import FULL

READMES = ("README.md", "README.zh-CN.md")
POSIX = pytest.mark.skipif(os.name == "nt", reason="these lines are for a POSIX shell")


def blocks(readme: str, kind: str) -> list[list[str]]:
    """The code blocks of the first chapter, as lines."""
    chapter = re.split(r"(?m)^## ", (ROOT / readme).read_text("utf-8"))[1]
    return [block.strip().splitlines() for block in re.findall(rf"(?ms)^```{kind}$(.*?)^```$", chapter)]


def test_both_readmes_say_four_lines_and_the_same_for_windows() -> None:
    for kind in ("sh", "bat"):
        assert blocks(READMES[0], kind) == blocks(READMES[1], kind)
    linux, *_ = blocks(READMES[0], "sh")
    (windows,) = blocks(READMES[0], "bat")
    assert len(linux) == 4
    said = [line.replace("python3", "py").replace(".venv/bin/", ".venv/Scripts/") for line in linux]
    assert [line.replace("/", "\\") for line in said] == windows


def test_the_wheel_that_the_readme_names_is_of_this_version() -> None:
    (version,) = re.findall(r'(?m)^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    for readme in READMES:
        assert re.findall(r"sanchuang_cli-([\d.]+)-py3", (ROOT / readme).read_text("utf-8")) == [version]


def index_answers() -> bool:
    """Whether pip reaches its index on this machine, asked for what builds the wheel of this project."""
    asked = [f"{sys.base_prefix}/bin/python3", "-m", "pip", "index", "versions", "hatchling"]
    return subprocess.run(asked, capture_output=True, check=False, timeout=120).returncode == 0


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home folder with nothing but a clone of this repository, as it is now; its path has a space and Chinese."""
    if not (FULL or os.environ.get("SANCHUANG_FIRST_HOUR")):
        pytest.skip("make first-hour, which .ci/run does too: it installs the program twice")
    if not index_answers():
        pytest.skip("pip reaches no package index here: the lines of the README were not tried")
    folder = tmp_path_factory.mktemp("新 家")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (folder / "sanchuang" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / "sanchuang" / name)
    return folder


def typed(lines: list[str], folder: Path, home: Path, path: str = "") -> str:
    """What a shell prints that is given the lines, each of which must succeed; nothing of this environment is active."""
    kept = {
        name: text
        for name, text in os.environ.items()
        if not re.match("PYTHON|VIRTUAL_ENV|PYENV|LC_|LANG", name)
    }
    there = kept | {"HOME": str(home), "PATH": f"{path}{sys.base_prefix}/bin:/usr/bin:/bin"}
    ran = subprocess.run(
        ["/bin/sh", "-ec", "\n".join(lines)], cwd=folder, env=there, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False, timeout=1200,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


@POSIX
def test_a_stranger_gets_to_the_first_workbook_by_the_four_lines(home: Path) -> None:
    lines, *_ = blocks("README.md", "sh")
    said = typed(lines, home, home)
    clone = home / "sanchuang"
    (made,) = clone.glob("*.xlsx")
    assert made.name in said
    packages = {path.name for path in (clone / ".venv").glob("lib/*/site-packages/*")}
    assert "typer" in packages and not packages & {"pytest", "mypy", "ruff", "hypothesis"}


@POSIX
def test_without_a_network_a_folder_of_wheels_is_enough(home: Path) -> None:
    first, wheel, online, offline = blocks("README.md", "sh")
    clone, apart = home / "sanchuang", home / "别处"
    if not (clone / ".venv").exists():
        typed(first, home, home)
    typed(online, clone, home)
    shutil.copytree(clone / "wheels", apart / "wheels")
    nowhere = "export PIP_CONFIG_FILE=/dev/null PIP_INDEX_URL=http://127.0.0.1:9 PIP_FIND_LINKS="
    typed([nowhere, *offline], apart, home)
    assert wheel[0].startswith("pipx install sanchuang_cli-")
    said = typed(wheel[1:], apart, home, f"{apart}/.venv/bin:")
    (made,) = apart.glob("*.xlsx")
    assert made.name in said and len(list((apart / "samples").glob("*.xlsx"))) > 10
