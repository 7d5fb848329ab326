"""The pages of the desk and what their buttons do. They show what a run has told, and hand out what it has written.

A file is asked for by its number among those that a run has written, so no name from outside ever becomes a path.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sanchuang_cli.desk.guard import Guard, TooLarge
from sanchuang_cli.desk.runs import PRINTED, Run, Runs, lend
from sanchuang_cli.desk.uploads import put
from sanchuang_cli.desk.work import CHECK, PASSWORD, WORKS, Given, Work, asked_on_the_page, returning
from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.policy import packs
from sanchuang_cli.programmes import PROGRAMMES, listed
from sanchuang_cli.report.templates import template

MARKUP = "sanchuang_cli.desk"
_FOLDER = Path(__file__).parent / "markup"
_MOST_FILES = 2000
_STEPS = 4
"""The steps of a run that tells all of them, and its end."""
_ENDINGS = {0: "good", 1: "aside", 2: "bad", 3: "bad"}
_SAID = {
    0: "{done}。",
    1: "{done}，有的要核实。",
    2: "没有运行成，什么都没有写出。",
    3: "程序自己出错了，不是名册的毛病。",
}
_STOPPED = ("bad", "已经停下，什么都没有写出。")


class Desk:
    """The pages. limit: of a form, in MiB. fault: the message for an error of ours. end: ends the desk."""

    def __init__(
        self, runs: Runs, limit: int, fault: Callable[[BaseException], str], end: Callable[[], None]
    ) -> None:
        self.runs, self._limit, self._fault, self._end = runs, limit, fault, end

    def guarded(self, port: int, heard: Callable[[], None]) -> Guard:
        """The pages behind their guard."""
        guard = Guard(self._pages(lambda: guard), port, self._limit, _refused, heard)
        return guard

    def _pages(self, guard: Callable[[], Guard]) -> Starlette:
        routes = [
            Route("/", self.home),
            Route("/do/{name}", self.form),
            Route("/do/{name}", self.begin, methods=["POST"]),
            Route("/runs/{id}", self.run),
            Route("/runs/{id}/state", self.state),
            Route("/runs/{id}/stop", self.stop, methods=["POST"]),
            Route("/runs/{id}/return", self.send_back, methods=["POST"]),
            Route("/runs/{id}/files/{number:int}", self.file),
            Route("/runs/{id}/all", self.all_files),
            *(Route(path, _nothing) for path in ("/alive", "/favicon.ico")),
            Route("/end", self.leave),
            Route("/end", self.end, methods=["POST"]),
            *(Route(f"/{name}", _asset(name)) for name in ("desk.css", "desk.js")),
        ]
        handlers: dict[Any, Callable[[Request, Any], Response]] = {
            HTTPException: lambda request, trouble: _refused(
                HTTPStatus(trouble.status_code), _WHY.get(trouble.status_code, "这一步做不了。")
            ),
            UserError: lambda request, trouble: _refused(HTTPStatus.BAD_REQUEST, str(trouble)),
            TooLarge: lambda request, trouble: guard().too_large(),
            Exception: lambda request, trouble: _refused(
                HTTPStatus.INTERNAL_SERVER_ERROR, self._fault(trouble)
            ),
        }
        return Starlette(routes=routes, exception_handlers=handlers)

    def home(self, request: Request) -> Response:
        """What can be done, and what has been done since the desk began."""
        return _page("home.html", works=WORKS.values(), runs=list(self.runs.values())[::-1], ending=_ending)

    def form(self, request: Request) -> Response:
        """What a work asks for. again: the id of a run of which everything is kept that is not filled in anew."""
        work = _work(request)
        earlier = self.runs.get(request.query_params.get("again", ""))
        kept = earlier.given if earlier else Given()
        return _page(
            "form.html",
            work=work,
            kept=kept,
            more=any(kept.has(asking) for asking in work.asks if not asking.first),
            again=earlier.id if earlier else "",
            limit=self._limit,
            choices=_choices(work),
            period=_period(work),
        )

    async def begin(self, request: Request) -> Response:
        """Take in the files and start the run."""
        work = _work(request)
        try:
            async with request.form(max_files=_MOST_FILES) as form:
                return _to(await run_in_threadpool(self._begun, work, form))
        except OSError as trouble:
            raise UserError(f"文件没有收下：{reason(trouble)}。请清出临时文件夹所在的盘再试。") from trouble

    def _begun(self, work: Work, form: FormData) -> Run:
        with self.runs.room(work) as run:
            given = self._given(run, form)
            if not given.files["books"]:
                raise UserError(f"还没有放{work.books.label}。请返回，选好文件再开始。")
            return self.runs.begin(run, given, _text(form, PASSWORD.name))

    def _given(self, run: Run, form: FormData) -> Given:
        """What was filled in, with the files put into the run's folder; those that are not chosen anew are an earlier run's."""
        asks = [asking for asking in run.work.asks if not asking.folder and asking is not PASSWORD]
        files = {
            asking.name: put(run.folder / "work", asking, _files(form, asking.name))
            for asking in run.work.asks
            if asking.folder
        }
        if earlier := self.runs.get(_text(form, "again")):
            files |= lend(earlier, run, [name for name, paths in files.items() if not paths])
        return Given({asking.name: _text(form, asking.name) for asking in asks}, files)

    def run(self, request: Request) -> Response:
        """A run: how far it is, or what came of it."""
        run = self._of(request)
        if run.code is None:
            return _page("going.html", run=run, steps=_STEPS)
        way, said = _ending(run)
        return _page(
            "done.html",
            run=run,
            way=way,
            said=said,
            glance=run.told.glance,
            detailed=PRINTED if run.work is CHECK else "工作簿的“疑点”页",
            files=run.files,
            hints=asked_on_the_page(run.screen, run.work) if run.code > 1 else [],
            may_return=run.work.command in {entry.name for entry in PROGRAMMES} and run.code == 1,
        )

    def state(self, request: Request) -> Response:
        """How far a run is, for the page that shows it."""
        run = self._of(request)
        steps = run.told.steps
        return JSONResponse(
            {"done": run.code is not None, "step": len(steps), "said": steps[-1:], "seconds": run.seconds}
        )

    def stop(self, request: Request) -> Response:
        """End a run."""
        run = self._of(request)
        run.stop()
        return _to(run)

    async def send_back(self, request: Request) -> Response:
        """Check the books of a run by its rules, for the copies and letters that go back."""
        earlier = self._of(request)
        async with request.form() as form:
            password = _text(form, PASSWORD.name)
        return _to(await run_in_threadpool(self._returned, earlier, password))

    def _returned(self, earlier: Run, password: str) -> Run:
        given = returning(earlier.work, earlier.given)
        with self.runs.room(CHECK) as run:
            lend(earlier, run, list(given.files))
            return self.runs.begin(run, given, password)

    def file(self, request: Request) -> Response:
        """One of the files that a run has written."""
        files, number = self._of(request).files, request.path_params["number"]
        if number >= len(files):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return FileResponse(files[number], filename=files[number].name)

    def all_files(self, request: Request) -> Response:
        """All files that a run has written, in one."""
        run = self._of(request)
        if run.code is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return FileResponse(run.packed(), filename=f"{run.title}.zip")

    def leave(self, request: Request) -> Response:
        """Ask before everything is removed."""
        return _page("leave.html", runs=self.runs, going=self.runs.going)

    async def end(self, request: Request) -> Response:
        """Say good-bye, and end the desk."""
        self._end()
        return _page("end.html")

    def _of(self, request: Request) -> Run:
        run = self.runs.get(request.path_params["id"])
        if run is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return run


_WHY = {
    404: "没有这一页。",
    405: "没有这一页。",
    400: "表单没有送完整，没有收下。请返回再试一次。",
}


def _page(name: str, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> HTMLResponse:
    return HTMLResponse(template(name, MARKUP).render(**values), status)


def _refused(status: HTTPStatus, message: str) -> Response:
    """The page that says why not; without a message the one that leads in."""
    return _page("refused.html" if message else "enter.html", status, message=message)


def _ending(run: Run) -> tuple[str, str]:
    """How a run has ended: which kind of ending, and in words. ("", "…") while it goes on."""
    if run.code is None:
        return "", "正在算……"
    if run.stopped:
        return _STOPPED
    code = (
        run.code if run.code in _SAID else max(_SAID)
    )  # a process that the system has killed has another one
    return _ENDINGS[code], _SAID[code].format(done="查完了" if run.work is CHECK else "算好了")


def _nothing(request: Request) -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _asset(name: str) -> Callable[[Request], Awaitable[Response] | Response]:
    return lambda request: FileResponse(_FOLDER / name)


def _work(request: Request) -> Work:
    work = WORKS.get(request.path_params["name"])
    if work is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return work


def _choices(work: Work) -> dict[str, dict[str, str]]:
    """What may be chosen, by the name of the field: each word with what it means."""
    return {
        "purpose": {entry.name: entry.title for entry in PROGRAMMES},
        "pack": packs(work.command) if work.command in {entry.name for entry in PROGRAMMES} else {},
    }


def _period(work: Work) -> str:
    """The period without --period; for a check, whose depends."""
    if work is CHECK:
        return "那项工作缺省的"
    return listed(work.command).load().default_period(date.today()).title


def _text(form: FormData, name: str) -> str:
    said = form.get(name, "")
    return said.replace("\0", "").strip() if isinstance(said, str) else ""


def _files(form: FormData, name: str) -> list[tuple[str, Any]]:
    """The files of a field. A browser sends one without a name where nothing was chosen."""
    sent = [one for one in form.getlist(name) if isinstance(one, UploadFile)]
    return [(one.filename, one.file) for one in sent if one.filename]


def _to(run: Run) -> Response:
    return RedirectResponse(f"/runs/{run.id}", HTTPStatus.SEE_OTHER)
