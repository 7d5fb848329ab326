"""`sanchuang province`: many counties at once are each county by itself, and together their sums; nobody is lost or paid twice.

A process that ends in the middle costs nothing but the time to run its county again.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.cli.province import of_two_counties
from tests.cli.test_ledger_command import HEADINGS, cadre
from tests.command import ROOT, SAMPLES, Sanchuang, book, run_in
from tests.counts import FULL
from tests.ledger.county import account
from tests.programmes.people import identity

pytest.importorskip("distributed", reason="province 的库没有装")

COUNTIES, PEOPLE = (100, 20_000) if FULL else (4, 500)
BOTH = 7
"""The person of the first county who also stands in the second."""
TIMEOUT = 60 * 60 if FULL else 300


def person(n: int) -> list[str]:
    """The n-th former cadre of the province."""
    born = f"{1930 + n % 27}-{1 + n // 27 % 12:02d}-{1 + n // 324 % 28:02d}"
    name = f"王{chr(ord('一') + n % 5000)}"
    return cadre(0, 姓名=name, 身份证号=identity(born, number=1 + n // 9072), 银行账号=account(n))


def county(folder: Path, at: int, people: int = PEOPLE, key: bytes = b"k" * 32) -> Path:
    """A working folder with a roster of its own people; the second county also has one of the first."""
    assert run_in(folder.parent)("init", folder.name, "--paid-through", "2026-06").code == 0
    jobs = folder / "jobs.toml"
    maker, subsidies = jobs.read_text("utf-8").split("[[job]]")[:2]
    jobs.write_text(f"{maker}[[job]]{subsidies}".replace('"last-month"', '"2026-07"'), "utf-8")
    rows = [person(at * people + n) for n in range(people)] + [person(BOTH)] * (at == 1)
    book(folder / "收件" / "人员" / "名册.xlsx", rows, HEADINGS)
    if key:
        (folder / "共用.key").write_bytes(key)
    return folder


def province(folder: Path, *words: str) -> subprocess.Popen[str]:
    """`sanchuang province WORDS…` in a process of its own, as Dask needs it."""
    return subprocess.Popen(
        [sys.executable, "-m", "sanchuang_cli", "province", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def pages(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet, without headings, subtotals and the like."""
    sheets = load_workbook(path, data_only=True).worksheets
    return {sheet.title: [row for row in sheet.iter_rows(values_only=True) if row[1]] for sheet in sheets}


def kill_whoever_runs(county: Path) -> None:
    """End the process that runs a county's jobs, as soon as it says in the folder that it does."""
    holder, until = county / ".sanchuang.holder", time.monotonic() + TIMEOUT
    while time.monotonic() < until:
        said = holder.read_text("utf-8") if holder.exists() else ""
        if "进程 " in said:
            os.kill(int(said.split("进程 ")[1].split("，")[0]), signal.SIGKILL)
            return
        time.sleep(0.002)
    raise AssertionError("nobody ran the county")


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("各县")
    for at in range(COUNTIES):
        county(folder / f"县{at}", at)
    return folder


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_counties_at_once_are_each_by_itself_although_a_process_is_killed(counties: Path) -> None:
    names = [f"县{at}" for at in range(COUNTIES)]
    alone = counties.parent / "各算各的"
    shutil.copytree(counties, alone)
    running = province(counties, *names, "--out", "汇总.xlsx")
    kill_whoever_runs(counties / "县2")
    said = running.communicate(timeout=TIMEOUT)[1]
    assert running.returncode == 0, said
    for name in names[1:3]:  # with whoever stands in two counties, and whose process was killed
        assert run_in(alone / name)("run", "jobs.toml").code == 0
        for result in (alone / name / "结果").iterdir():
            assert (counties / name / "结果" / result.name).read_bytes() == result.read_bytes(), result

    made = pages(counties / "汇总.xlsx")
    lines = [row for row in made["各县"] if row[0] == "生活补贴" or row[1] in names]
    assert [row[1] for row in lines] == names
    assert sum(row[3] for row in lines) == COUNTIES * PEOPLE + 1
    paid = sum(row[5] for row in lines)
    assert paid + sum(row[4] for row in lines) == COUNTIES * PEOPLE + 1
    assert sum(row[6] for row in lines) == 505 * paid
    assert made["两县都有的人"][1:] == [
        ("县0", f"名册.xlsx 名册 第{3 + BOTH}行", "县1", f"名册.xlsx 名册 第{3 + PEOPLE}行")
    ]
    assert "没有完成的" not in made
    assert person(BOTH)[HEADINGS.index("身份证号")] not in said


def with_the_samples(folder: Path) -> None:
    """A working folder that rates and pays the samples."""
    assert run_in(folder.parent)("init", folder.name, "--paid-through", "2026-06").code == 0
    jobs = folder / "jobs.toml"
    maker, *all_jobs = jobs.read_text("utf-8").split("[[job]]")
    both = [job for job in all_jobs if '"rate"' in job or '"subsidies"' in job]
    assert len(both) == 2
    jobs.write_text("[[job]]".join((maker, *both)).replace('"last-month"', '"2026-07"'), "utf-8")
    shutil.copy(SAMPLES / "orgs.xlsx", folder / "收件" / "党组织")
    shutil.copy(SAMPLES / "members.xlsx", folder / "收件" / "人员")


def test_one_process_or_two_write_the_bytes_that_run_writes(tmp_path: Path) -> None:
    """Of both samples, and of a made-up county (of 20,000 people in `make verify`)."""
    first, *others = (tmp_path / how for how in ("run", "1", "2"))
    first.mkdir()
    with_the_samples(first / "样例")
    county(first / "一县", 0)
    for other in others:
        shutil.copytree(first, other)
        running = province(other, "样例", "一县", "--workers", other.name, "--out", "汇总.xlsx")
        said = running.communicate(timeout=TIMEOUT)[1]
        assert running.returncode == 1, said
    names = set()
    for one in ("样例", "一县"):
        assert run_in(first / one)("run", "jobs.toml").code in (0, 1)
        for result in (first / one / "结果").iterdir():
            names.add(result.name.partition("-")[0])
            assert {(other / one / "结果" / result.name).read_bytes() for other in others} == {
                result.read_bytes()
            }, result
    assert {"rate", "subsidies"} <= names
    assert others[0].joinpath("汇总.xlsx").read_bytes() == others[1].joinpath("汇总.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("counties", "without", "told"),
    [
        (2, [], "两县都有的 0 人次"),
        (2, ["乙县"], "两县都有的人没有核对：乙县 没有共用密钥，或密钥不同"),
        (1, [], "只有一个县，没有核对两县都有的人"),
    ],
)
def test_nobody_is_said_to_stand_in_two_counties_that_were_not_compared(
    counties: int, without: list[str], told: str
) -> None:
    assert of_two_counties(counties, 0, without) == told


def test_who_cannot_run_or_be_compared_is_told_and_the_others_run(tmp_path: Path) -> None:
    for at, (name, key) in enumerate(
        {"甲县": b"a" * 32, "乙县": b"a" * 32, "丙县": b"b" * 32, "坏县": b""}.items()
    ):
        county(tmp_path / name, at, 3, key)
    (tmp_path / "坏县" / "jobs.toml").write_text("maker = 3", "utf-8")
    with (tmp_path / "丙县" / "jobs.toml").open("a", encoding="utf-8") as jobs:
        jobs.write(
            '\n[[job]]\nname = "期限一览"\nprogramme = "due"\ninputs = ["结果"]\nperiod = "2026-07"\nout = "结果/期限.xlsx"\npolicy = "没有.toml"\n'
        )
    running = province(tmp_path, "甲县", "乙县", "丙县", "坏县", "没有的县", "--out", "汇总.xlsx")
    said = running.communicate(timeout=TIMEOUT)[1]
    assert running.returncode == 2 and "没有完成的 3 个" in said
    lines = {
        name: line
        for line in said.splitlines()
        for name in ("坏县", "没有的县", "丙县")
        if f"）{name}：" in line
    }
    assert "jobs.toml" in lines["坏县"] and "jobs.toml" in lines["没有的县"] and "没有.toml" in lines["丙县"]
    made = {
        sheet.title: [str(row[0]) for row in sheet.iter_rows(values_only=True)]
        for sheet in load_workbook(tmp_path / "汇总.xlsx").worksheets
    }
    assert made["没有完成的"][-3:] == ["坏县", "没有的县", "丙县"]
    assert "不含补发" in said and "两县都有的 0 人次（没有核对 丙县、坏县、没有的县：" in said
    assert any("没有核对的县" in note and "丙县、坏县、没有的县" in note for note in made["两县都有的人"])
    assert [row[1] for row in pages(tmp_path / "汇总.xlsx")["各县"] if row[0] == "生活补贴"] == [
        "甲县",
        "乙县",
        "丙县",
    ]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("tcp://10.0.0.5:8786", "只走 tls://"),
        ("http://localhost:1", "只走 tls://"),
        ("10.0.0.5:8786", "只走 tls://"),
    ],
)
def test_no_other_machine_is_asked_over_an_open_line(
    sanchuang: Sanchuang, tmp_path: Path, address: str, says: str
) -> None:
    ran = sanchuang("province", "县", "--scheduler", address)
    assert ran.code == 2 and says in ran.err
    assert not list(tmp_path.iterdir())


def test_a_key_is_written_for_its_owner_alone_and_never_twice(sanchuang: Sanchuang, tmp_path: Path) -> None:
    assert sanchuang("province", "--new-key", "共用.key").code == 0
    key = tmp_path / "共用.key"
    before = key.read_bytes()
    assert len(before) == 32 and (os.name == "nt" or key.stat().st_mode & 0o777 == 0o600)
    ran = sanchuang("province", "--new-key", "共用.key")
    assert ran.code == 2 and "没有改动" in ran.err and key.read_bytes() == before


def test_what_is_missing_is_said(sanchuang: Sanchuang) -> None:
    assert "请写明各县的工作文件夹" in sanchuang("province").err
    assert "写了两次" in sanchuang("province", "县", "./县").err
