"""Commands that write several files, or one that no run wrote before: each file is there whole, or is not there.

A few points of each run in `make test`, 200 with SANCHUANG_FULL=1.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pytest

from sanchuang_cli.report.files import is_ours
from tests import members
from tests.counts import FULL
from tests.faults import harness
from tests.faults.counted import MOST, counted, sampled

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork, which Windows lacks")

RUN = ("subsidies", "名册.xlsx", "--period", "2026Q2", "--on", "2026-06-30", "--quiet", "--out")
BESIDE = (
    "--bank",
    "代发",
    "--notice",
    "公示",
    "--draft",
    "--notice-from",
    "2026-07-08",
    "--html",
    "page.html",
)
ROSTER: dict[str, Sequence[str]] = {
    "subsidies --bank --notice --html": (*RUN, "out.xlsx", *BESIDE),
    "merge": ("merge", "名册.xlsx", "--as", "members", "--out", "all.xlsx"),
    "check --return": ("check", "名册.xlsx", "--return", "退回"),
}
"""What reads a roster."""
ON = ("--on", "2026-07-01", "--quiet")
COMMANDS: dict[str, Sequence[str]] = ROSTER | {
    "template": ("template", "subsidies", "--out", "blank.xlsx"),
    "notice": ("notice", "结果.xlsx", "--from", "2026-07-08", "--draft"),
    "due": ("due", "结果.xlsx", "--out", "due.xlsx", "--html", "due.html", "--ics", "due.ics", *ON),
    "report": ("report", "结果.xlsx", "--out", "report.xlsx", "--html", "report.html", *ON),
    "person": ("person", "张建国", ".", "--out", "one.xlsx", *ON[:2]),
}
UNREAD = "没有读成"
"""What `person` says of a file that could not be read; it goes on with the others."""


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a roster and its result."""
    folder = tmp_path_factory.mktemp("office") / "office"
    folder.mkdir()
    members.roster(folder)
    died = harness.run(folder, (*RUN, "结果.xlsx"))
    assert died.code in (0, 1), died.said
    return folder


@pytest.fixture(scope="module", params=COMMANDS)
def whole(
    request: pytest.FixtureRequest, office: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """A command's name, and a folder in which it ran without fault."""
    folder = _fresh(office, tmp_path_factory.mktemp("whole") / "whole")
    died = harness.run(folder, COMMANDS[request.param])
    assert died.code in (0, 1), died.said
    assert len(content(folder)) > len(content(office))
    return request.param, folder


def holds(whole: Path, folder: Path, died: harness.Died, words: Sequence[str], where: str) -> None:
    """The promise of this file, after a run that a fault may have hit."""
    assert died.code != harness.CRASHED, f"{where}: {died.said}"
    wanted, seen = content(whole), content(folder)
    strange = {name for name, bytes_ in seen.items() if wanted.get(name) != bytes_}
    if UNREAD in died.said:
        assert died.code == 1, f"{where}: {died.said}"
        assert strange and all(is_ours(folder / name) for name in strange), f"{where}: {strange} not whole"
        strange = set()
    left = {name for name in strange if "sanchuang-" in name}
    assert strange == left, f"{where}: half a file, or one of an unknown name: {strange - left}"
    assert not left or died.code < 0, f"{where}: left {left}"
    if died.code in (0, 1) and UNREAD not in died.said:
        assert seen == wanted, f"{where}: said to be done, but was not"
    if died.code == 2:
        assert "错误：" in died.said, f"{where}: {died.said}"
    again = harness.run(folder, words)
    assert again.code in (0, 1), f"{where}, again: {again.said}"
    assert content(folder) == wanted, f"{where}: the next run came to something else"


@pytest.mark.parametrize("what", harness.WHAT)
def test_a_fault_at_any_file_operation_leaves_whole_files_or_none(
    whole: tuple[str, Path], office: Path, tmp_path: Path, what: Literal["full", "refused", "killed"]
) -> None:
    name, complete = whole
    folder, words = tmp_path / "folder", COMMANDS[name]
    count = harness.operations(_fresh(office, folder), words)
    for at in sampled(count, MOST) if FULL else (count * (2 + harness.WHAT.index(what)) // 5,):
        died = harness.run(_fresh(office, folder), words, harness.at(at, what))
        holds(complete, folder, died, words, f"{name}, {what} at {at}")
        counted(name, what)


def test_a_book_that_cannot_be_read_to_its_end_is_refused(tmp_path: Path) -> None:
    """Memory of a process gives an input/output error when it is read from its beginning, as a bad disk does."""
    if not Path("/proc/self/mem").exists():
        pytest.skip("needs a file whose reading fails")
    for name, words in ROSTER.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "名册.xlsx").symlink_to("/proc/self/mem")
        died = harness.run(folder, words)
        assert died.code == 2 and "错误：" in died.said, f"{name}: {died.said}"
        assert [path.name for path in folder.iterdir()] in (["tmp", "名册.xlsx"], ["名册.xlsx", "tmp"])
        counted(name, "read error")


def _fresh(office: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(office, folder)
    return folder
