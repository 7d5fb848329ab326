"""How a run has ended is said as it is, and a fault of the desk itself is told on a page, with its record."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sanchuang_cli.desk import told
from sanchuang_cli.desk.pages import Desk, _ending
from sanchuang_cli.desk.runs import Run, Runs
from sanchuang_cli.desk.work import CHECK, WORKS, Given
from sanchuang_cli.report.glance import of_findings
from sanchuang_cli.report.whom import Named
from sanchuang_cli.tally import Tally


def ended(folder: Path, code: int | None, *, stopped: bool = False, check: bool = False) -> tuple[str, str]:
    """How a run is said to have ended that ended with this code."""
    process: Any = SimpleNamespace(poll=lambda: code)
    work = CHECK if check else WORKS["rate"]
    return _ending(Run("x", work, Given(), folder, stopped=stopped, process=process))


@pytest.mark.parametrize(
    ("code", "way", "words"),
    [
        (0, "good", "算好了。"),
        (1, "aside", "有的要核实"),
        (2, "bad", "什么都没有写出"),
        (3, "bad", "程序自己出错了"),
        (-9, "bad", "程序自己出错了"),
        (130, "bad", "程序自己出错了"),
        (None, "", "正在算"),
    ],
)
def test_a_run_is_said_to_have_ended_as_its_exit_code_says(
    tmp_path: Path, code: int | None, way: str, words: str
) -> None:
    kind, said = ended(tmp_path, code)
    assert kind == way
    assert words in said


def test_a_run_that_somebody_has_stopped_is_no_fault(tmp_path: Path) -> None:
    assert ended(tmp_path, -15, stopped=True)[1] == "已经停下，什么都没有写出。"


def test_a_check_is_not_worked_out_but_looked_through(tmp_path: Path) -> None:
    assert ended(tmp_path, 0, check=True)[1] == "查完了。"


def test_a_fault_of_the_desk_is_told_on_a_page(tmp_path: Path) -> None:
    class Broken(Runs):
        def values(self) -> Any:
            raise RuntimeError("110101199003070000")

    desk = Desk(Broken(tmp_path), 1, lambda trouble: f"程序出错（{type(trouble).__name__}）", lambda: None)
    pages, sent = desk._pages(lambda: None), []  # type: ignore[arg-type, return-value]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "headers": [],
        "query_string": b"",
        "root_path": "",
    }
    with pytest.raises(RuntimeError):
        asyncio.run(pages(scope, receive, send))  # the server swallows it
    assert sent[0]["status"] == 500
    text = sent[1]["body"].decode("utf-8")
    assert "程序出错（RuntimeError）" in text
    assert "1990" not in text


def test_what_a_run_tells_is_heard_and_a_line_in_the_making_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "told"
    assert told.heard(path) == ((), {})
    monkeypatch.setenv(told.FILE, str(path))
    told.step("rate：读名册")
    told.glance(lambda: of_findings((), Named(), Tally(3, (("采用", 3),), 0)))
    with path.open("a", encoding="utf-8") as more:
        more.write('{"step": "半')
    heard = told.heard(path)
    assert heard.steps == ("rate：读名册",)
    assert heard.glance["many"] == 0
    assert heard.glance["tally"].startswith("读取 3")


def test_nothing_is_told_or_made_where_nobody_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(told.FILE, raising=False)
    monkeypatch.chdir(tmp_path)
    told.step("rate：读名册")
    told.glance(lambda: pytest.fail("nobody has asked"))
    assert list(tmp_path.iterdir()) == []


def test_a_run_does_not_fail_because_it_cannot_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(told.FILE, str(tmp_path / "no folder" / "told"))
    told.step("rate：读名册")
