"""The command line run as a user runs it: a process of its own, in a folder of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from sanchuang_cli.cli.unforeseen import UNFORESEEN
from sanchuang_cli.policy import source
from tests.counts import FULL
from tests.forked import FORKS, Forking

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "samples"
GOODS = ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")
HEADINGS = ("乡镇", "党组织名称", "类型", "成立日期", *GOODS, "有效票", "满意票", "上年星级")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Sanchuang = Callable[..., Ran]
PYTHON = re.compile(r"\b[A-Z][A-Za-z]+\([a-z_]+=|kind=<|'utf-8' codec|<[a-z_.]+ object at|\bNone\b(?!,)")
"""What Python prints of its own values: no message has it."""


@pytest.fixture
def sanchuang(tmp_path: Path) -> Sanchuang:
    """Run `sanchuang WORDS…` in the test's folder."""
    return run_in(tmp_path)


def run_in(folder: Path, package: str = "sanchuang_cli") -> Sanchuang:
    """Run `sanchuang WORDS…` in a folder; `package`: what Python runs as it, where tests add programmes of their own."""

    def run(*words: str | Path, **environment: str) -> Ran:
        asked = list(map(str, words))
        plain = {"COLUMNS": "200", "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
        there = os.environ | plain | environment
        if FULL or not FORKS:
            code, out, err = anew(package, asked, folder, there)
        else:
            code, out, err = forking(package, os.getpid()).run(asked, folder, there)
        encoding = environment.get("PYTHONIOENCODING", "utf-8")
        ran = Ran(code, out.decode(encoding), err.decode(encoding))
        assert "Traceback" not in ran.err and ran.code != UNFORESEEN, ran.err
        assert not PYTHON.search(ran.out + ran.err), PYTHON.search(ran.out + ran.err)
        return ran

    return run


def anew(
    package: str, words: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> tuple[int, bytes, bytes]:
    """Run `sanchuang WORDS…` as a user does, in a Python started for it."""
    done = subprocess.run(
        [sys.executable, "-m", package, *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@cache
def forking(package: str, of: int) -> Forking:
    """The process that has the libraries: one for all tests of process `of`, since a copy of it must not share its answers."""
    return Forking(package)


def own_policy(folder: Path, programme: str) -> str:
    """The shipped policy of a programme, as a county would make it its own; its name in `folder`."""
    said = source(programme, None)[1].decode("utf-8")
    own = "".join(line for line in said.splitlines(keepends=True) if not line.startswith("example ="))
    (folder / "本县办法.toml").write_text(own, "utf-8")
    return "本县办法.toml"


LOGINS = {"李四": "1002 lisi", "王五": "1003 wangwu"}
"""Who has a login of their own in tests; everybody else sits at the one of 1001 zhangsan."""


def login_of(words: Sequence[object]) -> str:
    """The login at which these words are typed, by the name behind --by."""
    told = [str(word) for word in words]
    who = told[told.index("--by") + 1] if "--by" in told else ""
    return LOGINS.get(who, "1001 zhangsan")


def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sanchuang:
    """Run `sanchuang WORDS…` in this process, to be quick, each at the login of whoever types them."""
    from sanchuang_cli.cli.app import main

    def run(*words: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["sanchuang", *map(str, words)])
        monkeypatch.setattr("sanchuang_cli.cli.login.current", lambda: login_of(words))
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        assert ended.value.code != UNFORESEEN, told.err
        return Ran(int(ended.value.code or 0), told.out, told.err)

    return run


def row(number: int = 1, **cells: Any) -> list[Any]:
    """A row of HEADINGS with three stars and no finding of its own; `cells` are by heading."""
    plain: dict[str, Any] = dict(zip(GOODS, (85, 85, 85, 70, 70), strict=True)) | {
        "乡镇": "青禾镇",
        "党组织名称": f"第{number}村党支部",
        "类型": "村",
        "成立日期": "1995-07-01",
        "有效票": 50,
        "满意票": 48,
        "上年星级": 3,
    }
    return [(plain | cells)[heading] for heading in HEADINGS]


def book(
    path: Path,
    rows: Sequence[Sequence[Any]],
    headings: Sequence[str] = HEADINGS,
    sheet: str = "名册",
    title: str = "党组织名册",
) -> Path:
    """A workbook with a title, the headings and the rows."""
    with Workbook(str(path)) as workbook:
        workbook.set_properties({"created": datetime(2026, 1, 1)})  # so that its hash is the same every time
        page = workbook.add_worksheet(sheet)
        page.write(0, 0, title)
        for i, cells in enumerate([headings, *rows], 1):
            page.write_row(i, 0, cells)
    return path


def county(**cells: Any) -> list[list[Any]]:
    """Twenty rows that rate without a finding; `cells` change the first."""
    return [row(1, 领导班子=80, **cells), *(row(n) for n in range(2, 21))]
