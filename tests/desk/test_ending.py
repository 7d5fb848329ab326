"""However the desk ends, nothing of it is left; while it is open, only its owner can look into what it has."""

import asyncio
import signal
import sys
import time
from pathlib import Path

import pytest

from sanchuang_cli.desk import serving
from sanchuang_cli.desk.runs import Runs
from sanchuang_cli.desk.serving import _Idle
from tests.command import run_in
from tests.desk.serving import MEMBERS, ORGS, Desk, desk

if sys.platform == "win32":
    pytest.skip("signals are those of other systems", allow_module_level=True)


def started(opened: Desk) -> str:
    """A run that goes on for some seconds."""
    return opened.post_form("/do/subsidies", [("books", "a.xlsx", MEMBERS.read_bytes())]).headers["location"]


def left(opened: Desk) -> list[Path]:
    return sorted(opened.temporary.iterdir())


def processes_in(folder: Path) -> list[str]:
    """Those that work in the folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            there = str((process / "cwd").readlink())
        except OSError:
            continue
        if there.startswith(str(folder)):
            found.append(there)
    return found


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["Ctrl+C", "kill", "a closed terminal"]
)
def test_a_signal_ends_it_with_what_goes_on_and_leaves_nothing(fresh: Desk, number: int) -> None:
    fresh.enter()
    started(fresh)
    assert fresh.ended(number) == 0
    assert left(fresh) == []
    assert processes_in(fresh.temporary) == []


def test_the_button_ends_it_and_leaves_nothing(fresh: Desk) -> None:
    fresh.enter()
    started(fresh)
    answer = fresh.ask("POST", "/end")
    assert "工作台已结束" in answer.text
    assert fresh.process.wait(30) == 0
    assert left(fresh) == []
    assert processes_in(fresh.temporary) == []
    assert fresh.process.stdout
    assert fresh.process.stdout.read().endswith("工作台已结束，没有留下任何文件。\n")


def test_only_its_owner_can_open_its_folder(fresh: Desk) -> None:
    fresh.enter()
    fresh.done(started(fresh))
    (folder,) = left(fresh)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_everything_that_a_run_and_a_form_need_lies_in_that_folder(fresh: Desk, tmp_path: Path) -> None:
    fresh.enter()
    fresh.done(started(fresh))
    assert left(fresh) == [fresh.folder]
    assert sorted(tmp_path.iterdir()) == [fresh.temporary], "nothing in the folder in which it was started"


def test_what_a_killed_desk_left_is_removed_by_the_next_one_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    with desk(tmp_path) as killed, desk(tmp_path, temporary=killed.temporary) as there:
        killed.process.kill()
        killed.process.wait()
        assert len(left(there)) == 2
        with desk(tmp_path, temporary=killed.temporary) as third:
            assert len(left(there)) == 2, "that of the one that is open, and that of the third"
            assert third.ended() == 0
        assert len(left(there)) == 1
        assert there.enter().status == 200
        assert there.ended() == 0
        assert left(there) == []


def test_a_second_desk_is_one_of_its_own(entered: Desk, tmp_path: Path) -> None:
    with desk(tmp_path) as second:
        second.enter()
        assert second.own != entered.own
        assert second.ask("GET", "/", Cookie=entered.cookie).status == 403
        assert entered.ask("GET", "/", Cookie=f"{entered.cookie}; {second.cookie}").status == 200


def test_a_port_that_is_taken_is_said_and_nothing_is_left(entered: Desk, tmp_path: Path) -> None:
    port = entered.own.partition(":")[2]
    ran = run_in(tmp_path)("desk", "--no-browser", "--port", port)
    assert ran.code == 2
    assert f"端口 {port} 用不了" in ran.err
    assert "不写" in ran.err


@pytest.mark.parametrize("words", [("--port", "70000"), ("--port", "x"), ("--upload-limit", "0")])
def test_an_option_that_cannot_be_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = run_in(tmp_path)("desk", "--no-browser", *words)
    assert ran.code == 2
    assert words[0] in ran.err


def test_the_port_that_was_asked_for_is_the_one(tmp_path: Path) -> None:
    with desk(tmp_path) as other:
        port = other.own.partition(":")[2]
        other.ended()
    with desk(tmp_path, "--port", port) as opened:
        assert opened.own == f"127.0.0.1:{port}"


def test_a_client_that_hangs_up_in_the_middle_of_a_form_leaves_the_desk_as_it_was(fresh: Desk) -> None:
    import socket

    fresh.enter()
    host, _, port = fresh.own.partition(":")
    with socket.create_connection((host, int(port))) as wire:
        wire.sendall(
            f"POST /do/rate HTTP/1.1\r\nHost: {fresh.own}\r\nOrigin: {fresh.origin}\r\nCookie: {fresh.cookie}\r\n"
            'Content-Type: multipart/form-data; boundary=e\r\nContent-Length: 99999\r\n\r\n--e\r\nContent-Disposition: form-data; name="books"; filename="a.xlsx"\r\n\r\nhalf'.encode()
        )
    time.sleep(0.5)
    assert sorted(path.name for path in fresh.folder.iterdir()) == ["in-use"]
    page = fresh.done(
        fresh.post_form("/do/rate", [("books", "orgs.xlsx", ORGS.read_bytes())]).headers["location"]
    )
    assert "算好了" in page.text
    assert fresh.ended() == 0


class Server:
    should_exit = False


def test_after_a_while_without_any_window_it_ends_but_not_while_a_run_goes_on(tmp_path: Path) -> None:
    class Going(Runs):
        @property
        def going(self) -> list[object]:  # type: ignore[override]
            return busy

    busy: list[object] = [1]
    idle = _Idle(Going(tmp_path))
    idle.server = Server()  # type: ignore[assignment]

    def look(times: int) -> bool:
        for _ in range(times):
            asyncio.run(idle.look())
        return bool(idle.server and idle.server.should_exit)

    assert not look(serving._QUIET * 2)
    busy.clear()
    assert not look(serving._QUIET)
    idle.heard()
    assert not look(serving._QUIET)
    assert look(1)
