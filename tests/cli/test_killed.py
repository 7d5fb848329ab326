"""Commands that are killed (kill -9) while they write lose nothing, write nothing twice, and can be repeated.

A child process runs the command and is killed at its n-th write: a statement, a commit, or a file made, renamed or
removed. Then the command runs again, and everything must be as if it had never been killed.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sanchuang_cli.cli.app import main
from sanchuang_cli.ledger.entrylist import entries_page
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.listing import batches_page
from sanchuang_cli.ledger.proof import troubles
from tests.cli.test_ledger_command import HEADINGS, cadre
from tests.cli.test_run_command import shortened
from tests.command import book, login_of, typed
from tests.counts import FULL
from tests.faults.counted import MOST, counted, sampled
from tests.ledger.county import account, number
from tests.ledger.test_crashes import die_at
from tests.programmes.people import identity

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is tried with fork, which this system lacks"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]
POINTS_OF_A_RUN, POINTS = 2, 1
"""In `make test`; MOST with the full counts."""
NEW = identity("1930-03-15", "男", 400)


class Case(NamedTuple):
    """A command in a prepared folder. code: how it ends when nothing disturbs it. again: and when it had been done."""

    folder: str
    words: tuple[str, ...]
    again: int = 0


CASES = {
    "run": Case("fresh", ("run", "jobs.toml")),
    "run of a month with arrears and claims": Case("August", ("run", "jobs.toml")),
    "batch propose": Case("fresh", ("batch", "propose", "subsidies", "收件/人员/名册.xlsx", "--period", "2026-07", "--by", "张三")),
    "batch approve": Case("proposed", ("batch", "approve", "1", "--by", "李四"), 2),
    "batch paper": Case("proposed", ("batch", "paper", "1")),
    "batch cancel": Case("proposed", ("batch", "cancel", "1", "--note", "重报"), 2),
    "batch send": Case("approved", ("batch", "send", "1", "--bank", "银行")),
    "batch return": Case("sent", ("batch", "return", "1", "退票.xlsx")),
    "batch paid": Case("sent", ("batch", "paid", "1"), 2),
    "batch recovered": Case("claimed", ("batch", "recovered", "3"), 2),
    "ledger import": Case("fresh", ("ledger", "import", "已发.xlsx"), 2),
    "ledger same": Case("sent", ("ledger", "same", number(0), NEW, "--note", "换证"), 2),
    "ledger different": Case("sent", ("ledger", "different", NEW, "--note", "两个人"), 2),
    "ledger rule": Case("sent", ("ledger", "rule", "one-login", "--by", "张三", "--note", "文号")),
    "ledger export": Case("sent", ("ledger", "export", "--out", "分录.xlsx")),
    "ledger backup": Case("sent", ("ledger", "backup", "备份"), 2),
    "ledger init": Case("fresh", ("ledger", "init", "--ledger", "另一本.db", "--paid-through", "2026-06"), 2),
    "init": Case("fresh", ("init", "另一个县", "--paid-through", "2026-06"), 2),
}  # fmt: skip


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county's working folder at several stages of two months, by the stage's name."""
    place = tmp_path_factory.mktemp("stages")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setenv("SANCHUANG_LEDGER", "台账.db")

        def does(*words: str) -> None:
            patch.setattr("sys.argv", ["sanchuang", *words])
            patch.setattr("sanchuang_cli.cli.login.current", lambda: login_of(words))
            with pytest.raises(SystemExit) as ended:
                main()
            assert not ended.value.code, words

        does("init", "县", "--paid-through", "2026-06")
        patch.chdir(place / "县")
        jobs = Path("jobs.toml")
        jobs.write_text(shortened(jobs.read_text("utf-8")).replace('"last-month"', '"2026-07"'), "utf-8")
        book(Path("收件/人员/名册.xlsx"), [cadre(0), cadre(1)], HEADINGS)
        returned = [["王甲", account(0), 505, "账户已销户", account(0, 5)]]
        book(Path("退票.xlsx"), returned, ("户名", "账号", "金额", "退票原因", "新账号"))
        paid = [["王丁", number(3), "离任村干部生活补贴", "2026-05至2026-06", 1010]]
        book(Path("已发.xlsx"), paid, ("姓名", "身份证号", "补贴项目", "发放月份", "金额"), sheet="花名册")

        def stage(name: str) -> None:
            shutil.copytree(place / "县", place / name)

        stage("fresh")
        does("batch", "propose", "subsidies", "收件/人员/名册.xlsx", "--period", "2026-07", "--by", "张三")
        stage("proposed")
        does("batch", "approve", "1", "--by", "李四")
        stage("approved")
        does("batch", "send", "1", "--bank", "银行")
        stage("sent")
        does("batch", "paid", "1")
        people = [
            cadre(0, 任职经历="1980-01至1999-12 书记"),
            cadre(1, 离任原因="免职"),
            cadre(2, "2026-07-10"),
        ]
        book(Path("收件/人员/名册.xlsx"), people, HEADINGS)
        jobs.write_text(jobs.read_text("utf-8").replace('"2026-07"', '"2026-08"'), "utf-8")
        stage("August")
        does("batch", "propose", "subsidies", "收件/人员/名册.xlsx", "--period", "2026-08", "--by", "张三")
        does("batch", "approve", "3", "--by", "李四")
        stage("claimed")
    return place


def child(case: Case, write: int) -> tuple[int | None, int]:
    """Do the command in a child that is killed at that write; its exit code, None when killed, and writes counted."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        counted = die_at(write)
        code = 99
        try:
            code = quietly(case.words)
        finally:
            os.write(writer, str(counted()).encode())
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as report:
        writes = report.read()
    _, status = os.waitpid(process, 0)
    return (None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)), int(writes or 0)


def quietly(words: tuple[str, ...]) -> int:
    import sys

    from sanchuang_cli.cli import login

    sys.argv = ["sanchuang", *words]
    login.current = lambda: login_of(words)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def state(folder: Path) -> dict[str, Any]:
    """All that matters, by values: batches, entries, sums, and which files stand where."""
    ledger = opened(folder / "台账.db")
    assert troubles(ledger) == []
    files = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    assert not [path for path in files if "tmp" in path.name], "something unfinished was left"
    copies = [path for path in files if "台账.db.batches" in path.parts and "备份" not in path.parts]
    return {
        "batches": batches_page(ledger).rows,
        "entries": [(*row[:1], *row[2:]) for row in entries_page(ledger).rows],
        "files": [str(path) for path in files if path not in copies and path.suffix != ".jsonl"],
        "copies": [path.name[:6] for path in copies],
    }


@pytest.mark.parametrize("name", CASES)
def test_a_command_killed_anywhere_is_finished_by_giving_it_again(
    name: str,
    prepared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = CASES[name]
    monkeypatch.setenv("SANCHUANG_LEDGER", "台账.db")
    # a run removes what killed ones left in the system's place for such files: not that of other tests' runs
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fresh(to: str) -> Path:
        shutil.copytree(prepared / case.folder, tmp_path / to)
        monkeypatch.chdir(tmp_path / to)
        return tmp_path / to

    uninterrupted = fresh("whole")
    code, writes = child(case, 10**9)
    assert code == 0 and writes > 4
    expected = state(uninterrupted)
    points, start = POINTS_OF_A_RUN if name.startswith("run") else POINTS, 1 + len(name) % 7
    few = {min(writes, start + i * writes // points) for i in range(points)}
    for write in sampled(writes, MOST) if FULL else sorted(few):
        folder = fresh(str(write))
        code, _ = child(case, write)
        assert code is None
        if (folder / "台账.db").exists():
            assert troubles(opened(folder / "台账.db")) == []
        ran = typed(monkeypatch, capsys)(*case.words)
        assert ran.code in (0, case.again), (write, ran.err)
        assert state(folder) == expected, write
        counted(name, "killed")
        shutil.rmtree(folder)
