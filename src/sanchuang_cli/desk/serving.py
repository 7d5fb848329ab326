"""Opens the desk: a server on this machine alone, a browser in front of it, and one temporary folder that is gone at the end.

It writes no log; what it has to say stands on the pages.
"""

import contextlib
import logging
import signal
import socket
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Thread

import uvicorn

from sanchuang_cli.desk.guard import HOST
from sanchuang_cli.desk.own_folder import own_folder, temporary_in
from sanchuang_cli.desk.pages import Desk
from sanchuang_cli.desk.runs import Runs
from sanchuang_cli.finding import UserError, reason

_EVERY, _QUIET = 30, 60
"""Every so many seconds it is looked whether any window is open; after so many times without one the desk ends."""


@dataclass(frozen=True)
class Wanted:
    """How the desk is wanted. port: 0 for any that is free. limit: of the files of a form, in MiB."""

    port: int
    limit: int
    browser: bool


def serve(wanted: Wanted, say: Callable[[str], object], fault: Callable[[BaseException], str]) -> None:
    """Serve until somebody ends it. say: prints the address. fault: the message for an error of ours. Raises UserError."""
    with _listening(wanted.port) as listening, own_folder() as folder, temporary_in(folder):
        runs = Runs(folder)
        try:
            _serve(wanted, listening, runs, say, fault)
        finally:
            runs.end()


def _serve(
    wanted: Wanted,
    listening: socket.socket,
    runs: Runs,
    say: Callable[[str], object],
    fault: Callable[[BaseException], str],
) -> None:
    def recorded(trouble: BaseException) -> str:
        with temporary_in(
            None
        ):  # the record is for the maintainer, and must be there when the desk has ended
            return fault(trouble)

    idle = _Idle(runs)
    desk = Desk(runs, wanted.limit, recorded, idle.end)
    guard = desk.guarded(listening.getsockname()[1], idle.heard)
    server = _server(guard, idle)
    with _ended_by_signals(server), contextlib.suppress(KeyboardInterrupt):
        say(guard.address)
        if wanted.browser:
            Thread(
                target=webbrowser.open, args=[guard.address], daemon=True
            ).start()  # some browsers let wait
        server.run([listening])


class _Idle:
    """Ends the server when nobody has been there for a while and nothing is going on. It counts looks, not hours: a machine that
    sleeps is not looked at."""

    def __init__(self, runs: Runs) -> None:
        self.server: uvicorn.Server | None = None
        self._runs, self._looks = runs, 0

    def heard(self) -> None:
        self._looks = 0

    def end(self) -> None:
        assert self.server
        self.server.should_exit = True

    async def look(self) -> None:
        self._looks = 0 if self._runs.going else self._looks + 1
        if self._looks > _QUIET:
            self.end()


def _server(guard: object, idle: _Idle) -> uvicorn.Server:
    logging.getLogger("uvicorn").addHandler(logging.NullHandler())  # what goes wrong is told on the page
    logging.getLogger("uvicorn").propagate = False
    config = uvicorn.Config(
        guard,  # type: ignore[arg-type]
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        callback_notify=idle.look,
        timeout_notify=_EVERY,
        timeout_graceful_shutdown=2,
    )
    idle.server = uvicorn.Server(config)
    return idle.server


@contextlib.contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """A socket of this machine alone. Raises UserError where the port is not free."""
    with socket.socket() as made:
        try:
            made.bind((HOST, port))
            made.listen()
        except (OSError, OverflowError) as trouble:
            why = reason(trouble) if isinstance(trouble, OSError) else "没有这样的端口"
            raise UserError(
                f"端口 {port} 用不了（{why}）：也许另一个工作台正开着。请换一个 --port，或不写，由程序找一个空着的。"
            ) from None
        yield made


@contextlib.contextmanager
def _ended_by_signals(server: uvicorn.Server) -> Iterator[None]:
    """Let Ctrl+C, a closed terminal and a plain kill end the server, so that the folder is removed. Ctrl+C too: whoever starts the
    desk may have had it ignored, and until the server listens to it nobody would."""

    def end(number: int, frame: object) -> None:
        server.should_exit = True

    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
