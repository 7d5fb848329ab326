"""What an old ledger costs: `python bench/ledgers.py [PEOPLE] [MONTHS] [ROUNDS]`, by default 20,000 people, 50 months, 5.

The same monthly `sanchuang run`, in turns, in a folder whose ledger has PEOPLE × MONTHS entries and in one whose ledger
was just opened at the same month. Both folders are kept in .bench/; each run is of a copy, measured from start to exit.
"""

import resource
import shutil
import statistics
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from random import Random
from unittest.mock import patch

import xlsxwriter
from sqlalchemy import func, select

from sanchuang_cli.cli import folder as working
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import begun, made
from sanchuang_cli.cli.with_ledger import judged
from sanchuang_cli.domain.identity import check_digit, luhn_digit
from sanchuang_cli.ledger import batches, opening, sending
from sanchuang_cli.ledger.chain import Deed
from sanchuang_cli.ledger.file import Ledger, opened
from sanchuang_cli.ledger.tables import entry
from sanchuang_cli.period import Month
from sanchuang_cli.programmes import listed
from sanchuang_cli.record import Row, Source
from sanchuang_cli.report.banklayout import BankColumn, BankLayout
from sanchuang_cli.report.run import Run

GIVEN = "建国志强凤英玉兰海春"
KEPT = Path(".bench") / "ledgers"
ASKED = Month(2026, 7)
MAKER = Deed("甲", "", "2026-08-01T09:00:00", "1001 jia")
CHECKER = Deed("乙", "", "2026-08-01T10:00:00", "1002 yi")
CSV = BankLayout(
    title="行", document="", effective=date(2000, 1, 1), format="csv", encoding="utf-8", headings=False,
    most_rows=5000, amount="fen",
    columns=tuple(BankColumn(heading=name, shows=name) for name in ("account", "name", "amount")),
)  # fmt: skip
HEADINGS = ("乡镇", "村", "姓名", "身份证号", "任职经历", "离任职务", "离任原因", "困难台账", "列入台账日期", "审批日期", "银行账号")  # fmt: skip


def roster(path: Path, people: int) -> None:
    """Everybody is paid: half of them former secretaries, half in hardship."""
    chance = Random(7)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})
        sheet = book.add_worksheet("名册")
        sheet.write_row(0, 0, ("党员名册",))
        sheet.write_row(1, 0, HEADINGS)
        for n in range(people):
            body = f"230299{1935 + n % 15}{n // 15 % 12 + 1:02}{n // 180 % 28 + 1:02}{n // 5040 * 2 + 101:03}"
            card = f"621700{n:012}"
            served = ("1980.1-1996.12 书记", "书记", "正常离任") if n % 2 else ("", "", "")
            poor = ("", "") if n % 2 else ("是", "2015.1.1")
            where = f"{'青白石云柳'[n * 5 // people]}禾镇", f"{'东西南北'[n % 4]}河村"
            who = (
                f"{'王李张刘陈赵周吴'[n // 5040]}{chance.choice(GIVEN)}{chance.choice(GIVEN)}",
                body + check_digit(body),
            )
            sheet.write_row(n + 2, 0, (*where, *who, *served, *poor, "2015.1.10", card + luhn_digit(card)))


def folder(name: str, people: int, paid_through: Month) -> Path:
    """A working folder with the roster and a job for July."""
    place = KEPT / name
    shutil.rmtree(place, ignore_errors=True)
    working.laid_out(place, str(paid_through))
    jobs = place / "jobs.toml"
    jobs.write_text(jobs.read_text("utf-8").replace('"last-month"', f'"{ASKED}"'), "utf-8")
    roster(place / "收件/人员/名册.xlsx", people)
    return place


def months_paid(place: Path, first: Month, months: int) -> None:
    """`months` months from `first` in the ledger: all but the last two taken over from paid lists, those two run."""
    ledger = opened(place / "台账.db")
    for n in range(months - 2, months):
        asked = Asked(
            books=[str(place / "收件/人员/名册.xlsx")],
            period=str(first.plus(n)),
            policy=str(place / "政策/subsidies.toml"),
            quiet=True,
        )
        finished = made(begun(listed("subsidies"), asked), asked)
        if n == months - 2:
            taken_over(ledger, finished.run, first, months - 2)
        one = judged(finished, ledger.path)
        (number,) = batches.propose(ledger, one.run, one.entitled, MAKER).batches.values()
        batches.approve(ledger, number, CHECKER)
        sending.send(ledger, number, CSV, place / "银行", MAKER, date(2026, 8, 1))
        batches.confirm(ledger, number, MAKER)


def taken_over(ledger: Ledger, run: Run, first: Month, months: int) -> None:
    pages = [table for table in run.outcome.tables if table.name.endswith("花名册")]
    lines = [
        dict(zip((c.name for c in page.columns), row, strict=True)) for page in pages for row in page.rows
    ]
    source = Source("已发.xlsx", "花名册", {})
    for start in range(0, months, 12):
        length = min(12, months - start)
        span = f"{first.plus(start)}至{first.plus(start + length - 1)}"
        rows = [
            opening.PaidRow(
                row=Row(source, i, ()), township=one["township"], village=one["village"], name=one["name"],
                identity=one["identity"], benefit=one["benefit"], months=span, account=one["account"],
                amount=one["amount"] * length,
            )
            for i, one in enumerate(lines, 4)
        ]  # fmt: skip
        opening.take_over(ledger, "subsidies", rows, f'[["已发.xlsx", "{start}"]]', MAKER)


def entries(place: Path) -> int:
    with opened(place / "台账.db").reading() as connection:
        return int(connection.execute(select(func.count()).select_from(entry)).scalar_one())


def measured(place: Path, turn: str) -> tuple[float, float]:
    """Wall and processor seconds of the job on a copy."""
    copy = KEPT / f"turn-{turn}"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(place, copy)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "sanchuang_cli", "run", str(copy / "jobs.toml"), "--only", "生活补贴"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert ran.returncode == 0 and "提请批次" in ran.stderr, ran.stderr
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    people, months, rounds = given + [20_000, 50, 5][len(given) :]
    names = [f"{kind}-{people}-{months}" for kind in ("old", "new")]
    old, new = (KEPT / name for name in names)
    if not (old / "ready").exists():
        with patch("sanchuang_cli.report.workbook.write", lambda path, *_, **__: path.write_text("x")):
            place = folder(names[0], people, ASKED.plus(-months - 1))
            months_paid(place, ASKED.plus(-months), months)
        folder(names[1], people, ASKED.plus(-1))
        (old / "ready").touch()
    print(f"{people} people; entries: old {entries(old)}, new {entries(new)}")
    walls, cpus = [], []
    for turn in range(rounds):
        first, second = (old, new) if turn % 2 else (new, old)
        times = {first: measured(first, "a"), second: measured(second, "b")}
        walls.append(times[old][0] / times[new][0])
        cpus.append(times[old][1] / times[new][1])
        print(f"  old {times[old][0]:.2f} s, new {times[new][0]:.2f} s: {walls[-1]:.2f}", flush=True)
    spread = f"{min(walls):.2f}–{max(walls):.2f}"
    print(
        f"ratio, median (least–most): wall {statistics.median(walls):.2f} ({spread}), CPU {statistics.median(cpus):.2f}"
    )


if __name__ == "__main__":
    main()
