"""Whatever goes wrong in a step that pays, the ledger is sound, and doing the step again comes to the same end.

The steps of a batch, of one that is returned and of one that is asked back, as they are run: with every file operation refused,
on a disk full from there on, killed at each, and on a disk that fills up at some byte, in the ledger's own file among them. One
point of each in `make test`; every one with SANCHUANG_FULL=1.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from sqlalchemy import select

from sanchuang_cli.ledger import proof
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.tables import batch, entry, held, identity
from tests.command import book, login_of
from tests.counts import FULL
from tests.faults import harness
from tests.faults.counted import counted
from tests.ledger.county import account, number

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork, which Windows lacks")

HEADINGS = (
    "乡镇", "村", "姓名", "身份证号", "任职经历", "离任职务", "离任原因", "审批日期", "银行账号", "健在情况", "死亡日期",
)  # fmt: skip
LEDGER = ("--ledger", "county.db")
CLERK, HEAD = ("--by", "张三", *LEDGER), ("--by", "李四", *LEDGER)
STEPS: dict[str, tuple[str, ...]] = {
    "import": ("ledger", "import", "6月.xlsx", *CLERK),
    "propose": ("batch", "propose", "subsidies", "7月.xlsx", "--period", "2026-07", *CLERK),
    "approve": ("batch", "approve", "2", *HEAD),
    "send": ("batch", "send", "2", "--bank", "银行", *CLERK),
    "return": ("batch", "return", "2", "退票.xlsx", *CLERK),
    "paid": ("batch", "paid", "2", *CLERK),
    "propose again": ("batch", "propose", "subsidies", "8月.xlsx", "--period", "2026-08", *CLERK),
    "cancel": ("batch", "cancel", "4", "--note", "重报", *CLERK),
    "approve what is asked back": ("batch", "approve", "5", *HEAD),
    "recovered": ("batch", "recovered", "5", *CLERK),
}
PAYING = [name for name in STEPS if name != "approve what is asked back"]
WRITING_FILES = ("import", "propose", "send", "return", "propose again")
"""The others write into the ledger alone."""
TODAY = datetime(2026, 8, 1, 9)
"""For files are named after the day, and a day may end while these tests run."""
Money = tuple[Any, ...]


def money(folder: Path) -> Money:
    """All of the ledger that is money: states of batches, what is reserved, what was posted."""
    ledger = opened(folder / "county.db")
    assert proof.troubles(ledger) == []
    with ledger.reading() as connection:
        numbers = {who: number for number, who in connection.execute(select(identity))}
        batches = connection.execute(select(batch.c.id, batch.c.purpose, batch.c.state)).all()
        reserved = connection.execute(select(held.c.person, held.c.month, held.c.batch)).all()
        of_entry = (entry.c.person, entry.c.benefit, entry.c.month, entry.c.kind, entry.c.fen, entry.c.batch)
        posted = connection.execute(select(*of_entry)).all()
    by_number = [sorted((numbers[who], *rest) for who, *rest in rows) for rows in (reserved, posted)]
    return sorted(map(tuple, batches)), *by_number


def run(
    folder: Path, words: Sequence[str], fault: harness.Fault | None = None, now: datetime = TODAY
) -> harness.Died:
    """A run at a moment of our choice."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return now

    class Day(date):
        @classmethod
        def today(cls) -> Any:
            return now.date()

    def begin() -> None:
        from sanchuang_cli.cli import batch_acts, login, spoken

        spoken.datetime, batch_acts.date = Clock, Day  # type: ignore[attr-defined]
        login.current = lambda: login_of(words)
        if fault:
            fault()

    return harness.run(folder, words, begin)


settled = cache(money)
"""For offices that no run is let into any more."""


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def bank(folder: Path) -> dict[str, bytes]:
    """The bank's files that anybody can see."""
    return {
        path.name: path.read_bytes() for path in (folder / "银行").glob("*") if not path.name.startswith(".")
    }


@dataclass(frozen=True)
class Step:
    """A step: the office before it, and what a run without fault makes of it."""

    words: Sequence[str]
    before: Path
    after: Path

    @property
    def said(self) -> str:
        """The command."""
        return " ".join(self.words[:2])

    def office(self, where: Path) -> Path:
        """A copy of the office before the step."""
        shutil.rmtree(where, ignore_errors=True)
        shutil.copytree(self.before, where)
        return where


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office after each step, in a folder of the step's name; before the first it is called 'new'."""
    home = tmp_path_factory.mktemp("offices")
    folder = home / "new"
    folder.mkdir()
    people = [
        ["青禾镇", "河西村", f"王{name}", number(i), "1980-01至1996-12 书记", "书记", "正常离任", "2015-01-10", account(i), "健在", ""]
        for i, name in enumerate("甲乙丙")
    ]  # fmt: skip
    book(folder / "7月.xlsx", people, HEADINGS)
    people[1][-2:] = "去世", "2026-06-20"
    book(folder / "8月.xlsx", people, HEADINGS)
    paid = [["王丙", number(2), "离任村干部生活补贴", "2026-06", 505]]
    book(folder / "6月.xlsx", paid, ("姓名", "身份证号", "补贴项目", "发放月份", "金额"), sheet="花名册")
    back = [["王甲", account(0), 505, "账户已销户", account(0, 5)]]
    book(folder / "退票.xlsx", back, ("户名", "账号", "金额", "退票原因", "新账号"))
    made = harness.run(folder, ("ledger", "init", "--paid-through", "2026-06", *LEDGER))
    assert made.code == 0, made.said
    for name, words in STEPS.items():
        shutil.copytree(folder, home / name)
        shutil.copytree(folder, home / f"{name}-today")
        harness.run(home / f"{name}-today", words)  # so that what the step loads is there for the others
        folder = home / name
        died = run(folder, words)
        assert died.code == 0, died.said
    return home


@pytest.fixture(params=PAYING)
def step(request: pytest.FixtureRequest, offices: Path) -> Step:
    names = ["new", *STEPS]
    before = names[names.index(request.param) - 1]
    return Step(STEPS[request.param], offices / before, offices / request.param)


def _done(died: harness.Died) -> bool:
    """Whether a step that had been done was done again without effect, or refused because it had been done."""
    return died.code == 0 or (died.code == 2 and "错误：" in died.said)


def holds(step: Step, folder: Path, died: harness.Died, where: str) -> None:
    """The promise of this file, after a step that a fault may have hit."""
    assert died.code != harness.CRASHED, f"{where}: {died.said}"
    old, new, now = settled(step.before), settled(step.after), money(folder)
    assert now in (old, new), f"{where}: half a step is in the ledger"
    seen, whole = bank(folder), bank(step.after)
    assert all(whole.get(name) == content for name, content in seen.items()), f"{where}: half a file"
    assert now == new or seen == bank(step.before), f"{where}: the bank got what was not posted"
    if died.code == 0:
        assert (now, seen) == (new, whole), f"{where}: said to be done, but was not"
    if died.code == 2:
        assert "错误：" in died.said, f"{where}: {died.said}"
    again = run(folder, step.words)
    assert _done(again) if now == new else again.code == 0, f"{where}, again: {again.said}"
    assert (money(folder), bank(folder)) == (new, whole), f"{where}: doing it again came to something else"
    assert files(folder) == files(step.after), f"{where}: left {files(folder) ^ files(step.after)}"


@pytest.mark.parametrize("what", ["full", "refused"])
@pytest.mark.parametrize("step", WRITING_FILES, indirect=True)
def test_a_fault_at_any_file_operation_of_a_paying_step_pays_once(
    step: Step, tmp_path: Path, what: Literal["full", "refused"]
) -> None:
    office = tmp_path / "office"
    count = harness.operations(step.office(office), step.words)
    assert count > 20, "the step was over before it wrote anything"
    for at in range(1, count + 1) if FULL else (count * (1 + harness.WHAT.index(what)) // 4,):
        died = run(step.office(office), step.words, harness.at(at, what))
        holds(step, office, died, f"{what} at {at}")
        counted(step.said, what)


def test_a_paying_step_killed_at_any_file_operation_or_statement_pays_once(
    step: Step, tmp_path: Path
) -> None:
    office = tmp_path / "office"
    steps = harness.steps(step.office(office), step.words)
    assert steps.count(harness.STATEMENT) > 5, "the step was over before it wrote into the ledger"
    for at in range(1, len(steps) + 1) if FULL else (len(steps) * 3 // 4,):
        died = run(step.office(office), step.words, harness.killed_at(at))
        holds(step, office, died, f"killed at {at}")
        counted(step.said, "killed")


@pytest.mark.parametrize("then", ["told", "killed"] if FULL else ["told"])
def test_a_disk_that_fills_up_in_a_paying_step_pays_once(
    step: Step, tmp_path: Path, then: Literal["told", "killed"]
) -> None:
    office, points = tmp_path / "office", 40
    largest = int((step.after / "county.db").stat().st_size * 1.1)
    for share in range(1, points + 1) if FULL else (points // 2,):
        size = largest * share // points
        died = run(step.office(office), step.words, harness.room(size, then))
        holds(step, office, died, f"room for {size}, {then}")
        counted(step.said, f"room, {then}")


def test_a_paying_step_done_twice_at_once_is_done_once(step: Step, tmp_path: Path) -> None:
    for round_ in range(20 if FULL else 1):
        office = step.office(tmp_path / str(round_))
        ends = harness.at_once(office, step.words, 2)
        assert any(died.code == 0 for died in ends) and all(map(_done, ends)), ends
        assert money(office) == settled(step.after)
        assert len(files(office)) == len(files(step.after)), "a copy more, or a file left"
        counted(step.said, "two at once")


def test_a_paying_step_with_the_clock_set_back_pays_the_same(step: Step, tmp_path: Path) -> None:
    office = step.office(tmp_path / "office")
    died = run(office, step.words, now=datetime(2020, 1, 1))
    assert died.code == 0, died.said
    assert money(office) == money(step.after)
    assert _done(run(office, step.words))
    assert money(office) == money(step.after)
    counted(step.said, "clock set back")


def test_the_harness_sees_half_a_step(step: Step, tmp_path: Path) -> None:
    """A test that could not fail would prove nothing."""
    office = step.office(tmp_path / "office")
    (office / "银行").mkdir(exist_ok=True)
    (office / "银行" / "1.xlsx").write_bytes(b"half")
    with pytest.raises(AssertionError, match="half a file"):
        holds(step, office, harness.Died(2, "错误："), "half")
