"""kill -9 at every write, and two processes at once: nothing lost, nothing twice, and the ledger sound after.

A child does one step and is killed at its n-th write: at a statement, before or after a commit, or as a file is made,
renamed or removed. The parent then does the step again, as the next run would.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches, file, sending, unpaid_results
from sanchuang_cli.ledger.file import Ledger
from tests.counts import FULL
from tests.ledger import county, plain
from tests.ledger.county import CHECKER, MAKER, ON, account, claimant, entitled, number, paid, propose, sound
from tests.ledger.test_results import STARS

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is tried with fork, which this system lacks"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]

STEP = 1 if FULL else 9
"""Every so many writes is tried; the start moves with the step, so that each kind of write is among them."""
TOGETHER = 200 if FULL else 6
WHOLE = entitled(claimant(1, {"2026-07": 100_00}), claimant(2, {"2026-07": 50_01}))
_WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "shutil.rmtree"}


def killed_at(write: int, step: Callable[[], object]) -> bool:
    """Do `step` in a child that is killed at its write number `write`; whether it came that far."""
    child = os.fork()
    if child == 0:
        die_at(write)
        try:
            step()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def die_at(write: int) -> Callable[[], int]:
    """Have this process killed at its write number `write`. Gives what counts them."""
    counted = 0

    def count(*_: object) -> None:
        nonlocal counted
        counted += 1
        if counted == write:
            os.kill(os.getpid(), signal.SIGKILL)

    def heard(name: str, arguments: tuple[object, ...]) -> None:
        if name in _WRITES or (name == "open" and arguments[1] and set("wax+") & set(str(arguments[1]))):
            count()

    sys.addaudithook(heard)
    event.listen(Connection, "before_cursor_execute", count)
    event.listen(Connection, "after_cursor_execute", count)
    event.listen(Connection, "commit", count)
    return lambda: counted


def every_write(start: int) -> Iterator[int]:
    yield from range(1 + start % STEP, 10_000, STEP)


def test_proposing_killed_at_any_write_is_all_or_nothing(tmp_path: Path) -> None:
    for write in every_write(0):
        folder = tmp_path / str(write)
        folder.mkdir()
        ledger = county.new(folder)
        killed = killed_at(write, lambda ledger=ledger: propose(ledger, "2026-07", WHOLE))  # type: ignore[misc]
        sound(ledger)
        propose(ledger, "2026-07", WHOLE)
        with ledger.reading() as connection:
            assert len(batches.lines_of(connection, 1)) == 2
            with pytest.raises(UserError):
                batches.batch_numbered(connection, 2)
        sound(ledger)
        assert len(list(ledger.folder.glob("*.xlsx"))) == 1
        if not killed:
            assert write > 20, "the step was over before it wrote anything"
            return
    raise AssertionError("never finished")


def test_a_result_s_proposal_and_approval_killed_at_any_write_are_all_or_nothing(tmp_path: Path) -> None:
    def do(ledger: Ledger, step: str) -> None:
        if step == "propose":
            unpaid_results.propose(ledger, STARS, MAKER)
        else:
            unpaid_results.approve(ledger, STARS, CHECKER)

    for write in range(1, 100):
        folder = tmp_path / str(write)
        folder.mkdir()
        ledger, killed = county.new(folder), []
        for step in ("propose", "approve"):
            killed.append(killed_at(write, partial(do, ledger, step)))
            sound(ledger)
            with contextlib.suppress(UserError):  # it was done before the kill
                do(ledger, step)
        assert unpaid_results.standing(ledger, [STARS])[0].approved
        sound(ledger)
        if not any(killed):
            assert write > 3, "the step was over before it wrote anything"
            return
    raise AssertionError("never finished")


def test_sending_killed_at_any_write_pays_once(tmp_path: Path) -> None:
    for write in every_write(1):
        folder = tmp_path / str(write)
        folder.mkdir()
        ledger, out = county.new(folder), folder / "out"
        batch = propose(ledger, "2026-07", WHOLE).batches["payment"]
        batches.approve(ledger, batch, CHECKER)

        def step(ledger: Ledger = ledger, batch: int = batch, out: Path = out) -> list[Path]:
            return sending.send(ledger, batch, plain.CSV, out, MAKER, ON)[0]

        killed = killed_at(write, step)
        sound(ledger)
        if out.exists() and any(
            path.suffix == ".csv" for path in out.iterdir() if not path.name.startswith(".")
        ):
            assert paid(ledger), "the bank got a file that was not posted"
        files = step()
        assert sorted(fen for _, _, fen in plain.transfers(files)) == [50_01, 100_00]
        assert plain.transfers([p for p in out.iterdir() if not p.name.startswith(".")]) == plain.transfers(
            files
        )
        assert sorted(paid(ledger).values()) == [50_01, 100_00]
        assert propose(ledger, "2026-07", WHOLE).batches == {}
        sound(ledger)
        if not killed:
            assert write > 20, "the step was over before it wrote anything"
            return
    raise AssertionError("never finished")


def test_a_return_killed_at_any_write_comes_back_once(tmp_path: Path) -> None:
    row = [("村民1", account(1), 100_00)]
    for write in every_write(2):
        folder = tmp_path / str(write)
        folder.mkdir()
        ledger = county.new(folder)
        batch = propose(ledger, "2026-07", WHOLE).batches["payment"]
        batches.approve(ledger, batch, CHECKER)
        sending.send(ledger, batch, plain.CSV, folder / "out", MAKER, ON)
        killed = killed_at(write, lambda ledger=ledger, batch=batch: county.returned(ledger, batch, row))  # type: ignore[misc]
        sound(ledger)
        county.returned(ledger, batch, row)
        assert paid(ledger) == {(number(2), "2026-07"): 50_01}
        batches.approve(ledger, 2, CHECKER)
        sending.send(ledger, 2, plain.CSV, folder / "again", MAKER, ON)
        assert sorted(paid(ledger).values()) == [50_01, 100_00]
        sound(ledger)
        if not killed:
            assert write > 20, "the step was over before it wrote anything"
            return
    raise AssertionError("never finished")


def test_a_ledger_killed_while_it_is_made_is_there_or_not(tmp_path: Path) -> None:
    for write in every_write(3):
        folder = tmp_path / str(write)
        folder.mkdir()
        place = county.new_place(folder)
        killed = killed_at(write, lambda place=place: county.new_at(place))  # type: ignore[misc]
        ledger = file.opened(place) if file.stands(place) else county.new_at(place)
        sound(ledger)
        if not killed:
            return
    raise AssertionError("never finished")


def test_killed_at_any_moment_of_a_month(tmp_path: Path) -> None:
    """By the clock, so that SQLite's own writes are among what is cut short."""
    for moment in range(200 if FULL else 10):
        folder = tmp_path / str(moment)
        folder.mkdir()
        ledger = county.new(folder)

        def month(ledger: Ledger = ledger, folder: Path = folder) -> None:
            made = propose(ledger, "2026-07", WHOLE)
            numbers = made.batches.values() or [1]
            for open_batch in numbers:
                with ledger.reading() as connection:
                    state = batches.batch_numbered(connection, open_batch).state
                if state == "proposed":
                    batches.approve(ledger, open_batch, CHECKER)
                sending.send(ledger, open_batch, plain.CSV, folder / "out", MAKER, ON)

        child = os.fork()
        if child == 0:
            try:
                month()
            finally:
                os._exit(0)
        time.sleep(0.004 * (moment % 50))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        sound(ledger)
        month()
        assert sorted(paid(ledger).values()) == [50_01, 100_00]
        sound(ledger)


def test_two_processes_on_one_ledger_pay_once(tmp_path: Path) -> None:
    for round_ in range(TOGETHER):
        folder = tmp_path / str(round_)
        folder.mkdir()
        ledger = county.new(folder)

        def both(ledger: Ledger = ledger, folder: Path = folder) -> None:
            propose(ledger, "2026-07", WHOLE)
            with contextlib.suppress(UserError):  # the other process may have been quicker
                batches.approve(ledger, 1, CHECKER)
            sending.send(ledger, 1, plain.CSV, folder / "out", MAKER, ON)

        children = []
        for _ in range(2):
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    both()
                    code = 0
                finally:
                    os._exit(code)
            children.append(child)
        assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
        assert sorted(paid(ledger).values()) == [50_01, 100_00]
        sound(ledger)
