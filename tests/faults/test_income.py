"""Whatever goes wrong while income is booked, all of it is in the ledger or nothing, and doing it again comes to the same.

`ledger receive` as it is run: file operations refused, a full disk, killed, a disk that fills up at some byte, two at once.
One point of each in `make test`; every one with SANCHUANG_FULL=1.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sanchuang_cli.ledger import proof
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.tables import income
from tests.command import book
from tests.counts import FULL
from tests.faults import harness
from tests.faults.counted import counted
from tests.faults.test_paying import run
from tests.ledger.county import number

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork, which Windows lacks")

MEMBERS = ("上级党组织", "支部", "姓名", "身份证号", "缴费类别", "党费基数", "支部大会日期", "1月", "2月")
RECEIPTS = ("票号", "姓名", "支部", "身份证号", "交纳日期", "交纳金额")
LEDGER = ("--ledger", "county.db")
STEP = ("ledger", "receive", "党费.xlsx", "--by", "张三", *LEDGER)
FIRST: Sequence[tuple[str, ...]] = (
    ("ledger", "init", "--paid-through", "2025-12", *LEDGER),
    ("dues", "名册.xlsx", "收据.xlsx", "--period", "2026", "--on", "2026-02-28", "--out", "党费.xlsx", "-q"),
    ("ledger", "propose", "党费.xlsx", "--by", "张三", *LEDGER),
    ("ledger", "approve", "党费.xlsx", "--by", "李四", *LEDGER),
)


def booked(folder: Path) -> list[Any]:
    """All income, from a ledger that is sound."""
    ledger = opened(folder / "county.db")
    assert proof.troubles(ledger) == []
    columns = [column for column in income.c if column.name not in ("hash", "result")]
    with ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(income.c.id))]


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with an approved result, before (`old`) and after (`new`) the step."""
    home = tmp_path_factory.mktemp("income")
    office = home / "old"
    office.mkdir()
    names = ("张建国", "李秀英", "王志强")
    rows = [
        ["青禾镇", "机关党支部", name, number(who), "在职", 3000, "1990-05-03", 15, 15]
        for who, name in enumerate(names)
    ]
    rows[2][-2:] = ["", ""]
    book(office / "名册.xlsx", rows, MEMBERS, title="党费收缴名册")
    book(
        office / "收据.xlsx",
        [["001", names[2], "机关党支部", number(2), "2026-02-10", 30]],
        RECEIPTS,
        title="党费收据",
    )
    for words in FIRST:
        died = run(office, words)
        assert died.code == 0, died.said
    shutil.copytree(office, home / "new")
    assert run(home / "new", STEP).code == 0
    assert len(booked(home / "new")) == 6
    return home


def whole_or_nothing(offices: Path, office: Path, died: harness.Died, where: str) -> None:
    assert died.code != harness.CRASHED, f"{where}: {died.said}"
    old, new, now = booked(offices / "old"), booked(offices / "new"), booked(office)
    assert now in (old, new), f"{where}: half of it is booked"
    assert died.code != 0 or now == new, f"{where}: said to be done, but was not"
    assert died.code != 2 or "错误：" in died.said, f"{where}: {died.said}"
    again = run(office, STEP)
    assert again.code == 0 and booked(office) == new, f"{where}, again: {again.said}"


def anew(offices: Path, office: Path) -> Path:
    shutil.rmtree(office, ignore_errors=True)
    shutil.copytree(offices / "old", office)
    return office


@pytest.mark.parametrize("what", harness.WHAT)
def test_a_fault_at_any_file_operation_books_all_or_nothing(offices: Path, tmp_path: Path, what: Any) -> None:
    office = tmp_path / "office"
    count = harness.operations(anew(offices, office), STEP)
    assert count, "it opens the result; what SQLite writes is killed statement by statement in tests/ledger"
    for at in range(1, count + 1):
        died = run(anew(offices, office), STEP, harness.at(at, what))
        whole_or_nothing(offices, office, died, f"{what} at {at}")
        counted("ledger receive", what)


@pytest.mark.parametrize("then", ["told", "killed"] if FULL else ["killed"])
def test_a_disk_that_fills_up_books_all_or_nothing(offices: Path, tmp_path: Path, then: Any) -> None:
    office, points = tmp_path / "office", 40
    largest = int((offices / "new" / "county.db").stat().st_size * 1.1)
    for share in range(1, points + 1) if FULL else (points - 3,):
        size = largest * share // points
        died = run(anew(offices, office), STEP, harness.room(size, then))
        whole_or_nothing(offices, office, died, f"room for {size}, {then}")
        counted("ledger receive", f"room, {then}")


def test_booking_twice_at_once_books_once(offices: Path, tmp_path: Path) -> None:
    for round_ in range(20 if FULL else 1):
        office = anew(offices, tmp_path / str(round_))
        ends = harness.at_once(office, STEP, 2)
        assert {died.code for died in ends} == {0}, ends
        assert booked(office) == booked(offices / "new")
        counted("ledger receive", "two at once")
