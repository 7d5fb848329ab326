"""What a month costs with the ledger: `python -m bench.ledgers [PEOPLE] [MONTHS] [ROUNDS] [--write]`, by default 20,000, 50, 5.

The same monthly `sanchuang run`, in turns, in a folder whose ledger has PEOPLE × MONTHS entries and in one whose ledger
was just opened at the same month; each with its ledger in a file of SQLite and on a PostgreSQL server of its own. Both
folders are kept in .bench/; each run is of a copy, measured from start to exit.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from random import Random
from unittest.mock import patch

import xlsxwriter
from sqlalchemy import func, select
from tests import postgres

from bench.processes import KEPT as ALL_KEPT
from bench.processes import SANCHUANG, Cost, Costs, cost, kept, load, pair, tell
from sanchuang_cli.cli import folder as working
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import begun, made
from sanchuang_cli.cli.with_ledger import judged
from sanchuang_cli.domain.identity import check_digit, luhn_digit
from sanchuang_cli.ledger import batches, opening, sending
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.chain import Deed
from sanchuang_cli.ledger.file import Ledger, opened
from sanchuang_cli.ledger.tables import line
from sanchuang_cli.period import Month
from sanchuang_cli.programmes import listed
from sanchuang_cli.record import Row, Source
from sanchuang_cli.report.banklayout import BankColumn, BankLayout
from sanchuang_cli.report.run import Run

GIVEN = "建国志强凤英玉兰海春"
KEPT, FILE = ALL_KEPT / "ledgers", "台账.db"
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
    ledger = opened(place / FILE)
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
        one = judged(finished, ledger.place)
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


def lines(ledger: Path | LedgerPlace) -> int:
    with opened(ledger).reading() as connection:
        return int(connection.execute(select(func.count()).select_from(line)).scalar_one())


@dataclass(frozen=True)
class Case:
    """A folder with its ledger in a file, or in a database of a server, of which each turn gets a copy."""

    place: Path
    people: int
    server: postgres.Cluster | None = None
    database: str = ""

    def month(self) -> Cost:
        """The job on a copy: it must propose a line for everybody. What the server's processes need counts too."""
        copy = KEPT / "turn"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.place, copy)
        ledger: Path | LedgerPlace = copy / FILE
        if self.server:
            name = self.server.database()
            self.server.sql(f"drop database {name}", f"create database {name} template {self.database}")
            ledger = self.server.server(name)
            jobs = copy / "jobs.toml"
            jobs.write_text(
                jobs.read_text("utf-8").replace(
                    json.dumps(FILE, ensure_ascii=False), json.dumps(str(ledger))
                ),
                "utf-8",
            )
        before, of_server = lines(ledger), self._server_seconds()
        spent = cost((*SANCHUANG, "run", copy / "jobs.toml", "--only", "生活补贴"))
        of_server = self._server_seconds() - of_server
        assert lines(ledger) == before + self.people, f"{self.place}: not everybody was proposed"
        return replace(spent, cpu=spent.cpu + of_server)

    def _server_seconds(self) -> float:
        """Processor seconds of the server and of its processes that have ended, a moment after the last one has."""
        if not self.server:
            return 0.0
        time.sleep(0.5)
        number = (self.server.data / "postmaster.pid").read_text().split()[0]
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def cases(people: int, months: int) -> dict[str, Case]:
    """An old and a new ledger, in a file and on a server where there can be one."""
    places = {kind: KEPT / f"{kind}-{people}-{months}" for kind in ("old", "new")}
    if not (places["old"] / "ready").exists():
        with patch("sanchuang_cli.report.workbook.write", lambda path, *_, **__: path.write_text("x")):
            place = folder(places["old"].name, people, ASKED.plus(-months - 1))
            months_paid(place, ASKED.plus(-months), months)
        folder(places["new"].name, people, ASKED.plus(-1))
        (places["old"] / "ready").touch()
    found = {f"{kind}, SQLite": Case(place, people) for kind, place in places.items()}
    if postgres.why_not():
        sys.stderr.write(f"{postgres.why_not()}\n")
        return found
    server = postgres.started(fsync="on")
    for kind, place in places.items():
        database = server.database(kind)
        subprocess.run(
            [*SANCHUANG, "ledger", "copy", place / FILE, str(server.server(database))],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        found[f"{kind}, PostgreSQL"] = Case(place, people, server, database)
    return found


def measured(people: int, months: int, rounds: int) -> Costs:
    """The month of each case, in an order that turns about."""
    found = cases(people, months)
    costs: Costs = {name: [] for name in found}
    for turn in range(rounds):
        for name in found if turn % 2 == 0 else reversed(found):
            costs[name].append(found[name].month())
            sys.stderr.write(f"{name}: {costs[name][-1]}\n")
    return costs


def main() -> None:
    given = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    people, months, rounds = given + [20_000, 50, 5][len(given) :]
    try:
        costs = kept(f"ledgers-{people}-{months}", lambda: measured(people, months, rounds))
    finally:
        postgres.stop_all()
    first = costs["new, SQLite"]
    told = [
        "| ledger | CPU, ratio to new in SQLite | wall, ratio | CPU s | wall s |",
        "|---|--:|--:|--:|--:|",
    ]
    for name, own in costs.items():
        both = pair(own, first)
        told.append(f"| {name} | {both.cpu} | {both.wall} | {both.ours.cpu:.1f} | {both.ours.wall:.1f} |")
    said = (
        f"{people:,} people, all of them paid; old: {people * months:,} entries, new: opened the month before. Median "
        f"(least–most) of {rounds} turns. On PostgreSQL (on this machine, with fsync) the server's processor time counts too. {load()}"
    )
    tell("ledgers", "\n".join((said, "", *told)))


if __name__ == "__main__":
    main()
