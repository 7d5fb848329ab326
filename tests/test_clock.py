"""No rule reads the clock: the day comes from the occasion, which the command line makes."""

import ast
import importlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import sanchuang_cli
from tests.command import GOODS, Sanchuang, book, typed
from tests.members import HEADINGS, people

PACKAGE = Path(sanchuang_cli.__file__).parent
MAY_ASK = {"cli", "desk"}
"""Who may know what time it is: the command line, and the desk, which says how long a run takes and for which period it will be."""

CLOCKS = {
    "today",
    "now",
    "utcnow",
    "fromtimestamp",
    "localtime",
    "gmtime",
    "getmtime",
    "st_mtime",
    "getctime",
}


def reads(source: str) -> Iterator[str]:
    """What in a module's source asks for the time of day."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            yield node.attr
        elif (isinstance(node, ast.Import) and "time" in {name.name for name in node.names}) or (
            isinstance(node, ast.ImportFrom) and node.module == "time"
        ):
            yield "time"


@cache
def asking() -> dict[str, list[str]]:
    """The modules of the package that ask for the time of day, and how."""
    found = {
        path.relative_to(PACKAGE).as_posix(): list(reads(path.read_text("utf-8")))
        for path in PACKAGE.rglob("*.py")
    }
    return {where: how for where, how in found.items() if how}


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import date\nday = date.today()",
        "import datetime as d\nnow = d.datetime.now()",
        "clock = datetime.now",
        "import time\ntime.time()",
        "from time import monotonic",
        "age = path.stat().st_mtime",
    ],
)
def test_a_clock_is_seen_however_it_is_asked(line: str) -> None:
    assert list(reads(line))


def test_times_of_a_cell_are_no_clock() -> None:
    assert not list(reads("from datetime import time\nvalue.time() == time()"))


def test_no_rule_no_reader_and_no_writer_reads_the_clock() -> None:
    may_not = {
        where: how for where, how in asking().items() if MAY_ASK.isdisjoint({where, where.partition("/")[0]})
    }
    assert may_not == {}
    assert asking()["cli/made.py"], "the test sees no clock at all"


class Faked(type):
    """Real days are instances of the faked class too."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, cls.__mro__[1])


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Set the day for every module of the package that asks for it."""

    def set_to(day: date) -> None:
        class Day(date, metaclass=Faked):
            @classmethod
            def today(cls) -> Any:
                return day

        class Moment(datetime, metaclass=Faked):
            @classmethod
            def now(cls, tz: Any = None) -> Any:
                return datetime(day.year, day.month, day.day, 9)

        for where in asking():
            name = ".".join((PACKAGE.name, *Path(where).with_suffix("").parts))
            module = importlib.import_module(name)
            for name, fake in (("date", Day), ("datetime", Moment)):
                if hasattr(module, name):
                    monkeypatch.setattr(module, name, fake)

    return set_to


DAYS = (date(2026, 7, 1), date(2026, 12, 24), date(2031, 2, 28))
ORGANISATIONS = ["乡镇", "党组织名称", "类型", "成立日期", *GOODS, "有效票", "满意票", "书记空缺起始日期"]


def roster(folder: Path) -> None:
    """The people of the goldens, the first four of whom die, or are said to, on days that some clocks have not reached."""
    deaths = dict(enumerate(("2026-08-15", "2027-02", "2030-01", "2062-05")))
    cells = [one | {"死亡日期": deaths.get(number, "")} for number, one in enumerate(people())]
    book(folder / "名册.xlsx", [[one.get(heading, "") for heading in HEADINGS] for one in cells], HEADINGS)


@pytest.mark.parametrize(
    ("programme", "period", "on"),
    [
        ("subsidies", "2026Q2", "2026-06-30"),
        ("subsidies", "2027Q1", "2027-01-31"),
        ("rate", "2026", "2026-06-30"),
        ("rate", "2027", "2027-12-31"),
    ],
)
def test_the_same_books_and_day_give_the_same_bytes_on_any_day(
    programme: str,
    period: str,
    on: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    clock: Callable[[date], None],
) -> None:
    monkeypatch.chdir(tmp_path)
    if programme == "rate":
        rows = [
            ["青禾镇", f"第{number}村党支部", "村", founded, 90, 90, 90, 90, 90, 50, 48, vacant]
            for number, (founded, vacant) in enumerate([("1995-07-01", ""), ("2026-01-15", "2026-05")], 1)
        ]
        book(tmp_path / "名册.xlsx", rows, ORGANISATIONS)
    else:
        roster(tmp_path)
    found = []
    for day in DAYS:
        clock(day)
        ran = typed(monkeypatch, capsys)(
            programme, "名册.xlsx", "--period", period, "--on", on, "--out", "结果.xlsx", "--json"
        )
        assert ran.code in (0, 1)
        found.append(((tmp_path / "结果.xlsx").read_bytes(), ran.out))
    assert found[0] == found[1] == found[2]


def test_a_day_of_judgement_before_the_period_is_refused(sanchuang: Sanchuang, tmp_path: Path) -> None:
    roster(tmp_path)
    words = ("subsidies", "名册.xlsx", "--period", "2026Q2", "--out", "结果.xlsx")
    ran = sanchuang(*words, "--on", "2026-03-31")
    assert ran.code == 2
    assert "--on 2026-03-31 早于2026年第二季度的第一天 2026-04-01" in ran.err
    assert not (tmp_path / "结果.xlsx").exists()
    assert sanchuang(*words, "--on", "2026-04-01").code == 1


def test_a_day_of_judgement_after_the_period_is_warned_of(sanchuang: Sanchuang, tmp_path: Path) -> None:
    roster(tmp_path)
    words = ("subsidies", "名册.xlsx", "--period", "2026Q2")
    assert "run.on-after-period" not in sanchuang(*words, "--on", "2026-06-30").err
    ran = sanchuang(*words, "--on", "2026-07-01")
    assert (ran.code, "判定日 2026-07-01 晚于2026年第二季度的最后一天 2026-06-30" in ran.err) == (1, True)


@pytest.mark.parametrize(("on", "ahead"), [("2026-05-31", "2026-06 起的 1 个月"), ("2026-06-01", "")])
def test_months_after_the_day_of_judgement_are_warned_of_where_they_are_paid(
    on: str, ahead: str, sanchuang: Sanchuang, tmp_path: Path
) -> None:
    roster(tmp_path)
    ran = sanchuang("subsidies", "名册.xlsx", "--period", "2026Q2", "--on", on, "--json")
    assert ("run.months-ahead" in ran.out, f"{ahead}在判定日 {on} 以后" in ran.out) == (
        bool(ahead),
        bool(ahead),
    )


@pytest.mark.parametrize("on", ["2025-11-30", "2026-06-30", "2027-01-31"])
def test_a_programme_that_judges_a_day_takes_any(on: str, sanchuang: Sanchuang, tmp_path: Path) -> None:
    rows = [["青禾镇", "第1村党支部", "村", "1995-07-01", 90, 90, 90, 90, 90, 50, 48, ""]]
    book(tmp_path / "名册.xlsx", rows, ORGANISATIONS)
    ran = sanchuang("rate", "名册.xlsx", "--period", "2026", "--on", on)
    assert (ran.code, "run.on-after-period" in ran.err) == (0, False)
    assert f"判定日 {on}" in ran.err


def test_without_a_day_it_is_today_or_the_day_of_the_period_nearest_to_it(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    clock: Callable[[date], None],
) -> None:
    monkeypatch.chdir(tmp_path)
    roster(tmp_path)
    for day, judged in (
        (date(2026, 2, 3), "2026-04-01"),
        (date(2026, 5, 4), "2026-05-04"),
        (date(2026, 9, 1), "2026-06-30"),
    ):
        clock(day)
        ran = typed(monkeypatch, capsys)("subsidies", "名册.xlsx", "--period", "2026Q2", "--json")
        assert f"判定日 {judged}" in ran.err
        assert ("run.not-begun" in ran.out) == (day < date(2026, 4, 1))
