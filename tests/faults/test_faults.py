"""Whatever goes wrong in a run, the old output stands or the new one: never half of one, and nothing is left for good.

A few points of each run in `make test`, 200 with SANCHUANG_FULL=1; steps that pay are in test_paying.py.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from xlsxwriter import Workbook

from sanchuang_cli.report.files import is_ours
from tests.command import book, row
from tests.counts import FULL
from tests.faults import harness
from tests.faults.counted import MOST, POINTS, counted, sampled
from tests.programmes.people import identity

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork, which Windows lacks")

MEMBERS = ("乡镇", "村", "姓名", "身份证号", "任职经历", "离任职务", "离任原因", "健在情况", "银行账号")


@dataclass(frozen=True)
class Case:
    """A command in a folder of its own, with what stood there before and what a run without fault writes."""

    folder: Path
    words: tuple[str, ...]
    old: bytes
    new: bytes

    @property
    def out(self) -> Path:
        return self.folder / "out.xlsx"

    @property
    def beside(self) -> Path:
        """Where the result goes when the old output cannot be looked into, or another program holds it open."""
        return self.folder / "out-2.xlsx"

    def restored(self) -> None:
        self.beside.unlink(missing_ok=True)
        self.out.write_bytes(self.old)

    @property
    def left_over(self) -> list[Path]:
        """Files that are neither the input nor the output."""
        mine = {"in.xlsx", self.out.name, self.beside.name, "tmp"}
        return [path for path in self.folder.iterdir() if path.name not in mine] + list(
            (self.folder / "tmp").iterdir()
        )


def orgs(path: Path, rows: int) -> None:
    book(path, [row(n) for n in range(1, rows + 1)])


def members(path: Path, rows: int) -> None:
    with Workbook(str(path)) as workbook:
        page = workbook.add_worksheet("花名册")
        page.write_row(0, 0, MEMBERS)
        for n in range(1, rows + 1):
            person = (
                f"村民{'甲乙丙丁戊己庚辛'[n % 8]}",
                identity("1950-03-15", number=n),
                "1984.5—1998.4 书记",
            )
            page.write_row(n, 0, ("青禾镇", "河西村", *person, "书记", "届满", "健在", ""))


PROGRAMMES = {"rate": (orgs, "2026"), "subsidies": (members, "2026Q2")}


@pytest.fixture(scope="module", params=PROGRAMMES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    roster, period = PROGRAMMES[request.param]
    folder = tmp_path_factory.mktemp(request.param) / "work"
    folder.mkdir()
    words = (
        request.param,
        "in.xlsx",
        "--period",
        period,
        "--on",
        "2026-06-30",
        "--out",
        "out.xlsx",
        "--quiet",
    )
    written = []
    for rows in (6, 9):
        roster(folder / "in.xlsx", rows)
        died = harness.run(folder, words)
        assert died.code in (0, 1), died.said
        written.append((folder / "out.xlsx").read_bytes())
    assert written[0] != written[1]
    found = Case(folder, words, written[0], written[1])
    assert not found.left_over
    yield found


def holds(case: Case, died: harness.Died, where: str) -> None:
    """The promise of this file, after a run that a fault may have hit."""
    assert died.code != harness.CRASHED, f"{where}: {died.said}"
    assert case.out.read_bytes() in (case.old, case.new), (
        f"{where}: the output is neither the old nor the new one"
    )
    if spared := case.beside.exists():
        assert died.code in (0, 1) and case.out.read_bytes() == case.old, where
        assert "另存为 out-2.xlsx" in died.said, f"{where}: {died.said}"
    if died.code in (0, 1):
        done = case.beside if spared else case.out
        assert done.read_bytes() == case.new, f"{where}: said to be done, but was not"
    if died.code == 2:
        assert case.out.read_bytes() == case.old, f"{where}: said to have failed, but wrote"
        assert "错误：" in died.said, where
    if died.code >= 0:
        assert not case.left_over, f"{where}: left {case.left_over}"
        return
    assert all("sanchuang-" in path.name for path in case.left_over), f"{where}: left {case.left_over}"
    again = harness.run(case.folder, case.words)
    assert again.code in (0, 1), again.said
    assert case.out.read_bytes() == case.new
    assert not case.left_over, f"{where}: the next run left {case.left_over}"


@pytest.mark.parametrize("what", harness.WHAT)
def test_a_fault_at_any_file_operation_leaves_the_old_output_or_the_new(
    case: Case, what: Literal["full", "refused", "killed"]
) -> None:
    case.restored()
    for number in sampled(harness.operations(case.folder, case.words), MOST):
        case.restored()
        holds(case, harness.run(case.folder, case.words, harness.at(number, what)), f"{what} at {number}")
        counted(case.words[0], what)


@pytest.mark.parametrize("then", ["told", "killed"])
def test_a_disk_that_fills_up_at_any_byte_leaves_the_old_output_or_the_new(
    case: Case, then: Literal["told", "killed"]
) -> None:
    largest = len(case.new) * 6  # sheets are bigger before they are packed
    for share in range(1, 41 if FULL else POINTS):
        size = largest * share // (40 if FULL else POINTS)
        case.restored()
        holds(
            case, harness.run(case.folder, case.words, harness.room(size, then)), f"room for {size}, {then}"
        )
        counted(case.words[0], f"room, {then}")


def test_an_output_folder_that_cannot_be_written_is_told_and_left_alone(case: Case, tmp_path: Path) -> None:
    if os.geteuid() == 0 and sys.platform != "linux":
        pytest.skip("root may write everywhere")
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    words = (*case.words[: case.words.index("--out") + 1], str(locked / "out.xlsx"), "--quiet")
    died = harness.run(case.folder, words, harness.obeying_permissions)
    assert died.code == 2
    assert "不能写入" in died.said
    assert not list(locked.iterdir())
    counted(case.words[0], "read-only folder")


def test_two_runs_at_once_on_one_output_both_end_and_one_of_them_stands(case: Case) -> None:
    case.restored()
    ends = harness.at_once(case.folder, case.words, 3)
    assert {died.code for died in ends} <= {0, 1}, ends
    counted(case.words[0], "three at once")
    assert case.out.read_bytes() == case.new
    assert not case.left_over


def test_a_clock_set_back_changes_nothing(case: Case) -> None:
    """The files of the run before seem to come from the future; so does a temporary file of a killed run."""
    case.restored()
    tomorrow = case.out.stat().st_mtime + 86_400 * 400
    killed = case.folder / f".out.{_dead_process()}.sanchuang-tmp.xlsx"
    killed.write_bytes(b"half")
    for path in (case.out, killed, case.folder / "in.xlsx"):
        os.utime(path, (tomorrow, tomorrow))
    died = harness.run(case.folder, case.words)
    assert died.code in (0, 1), died.said
    assert case.out.read_bytes() == case.new
    assert not case.left_over


def _dead_process() -> int:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child


def test_the_harness_sees_a_half_written_output(case: Case) -> None:
    """A test that could not fail would prove nothing."""
    case.out.write_bytes(case.new[: len(case.new) // 2])
    assert not is_ours(case.out)
    with pytest.raises(AssertionError, match="neither the old nor the new"):
        holds(case, harness.Died(0, ""), "half")
    case.restored()
