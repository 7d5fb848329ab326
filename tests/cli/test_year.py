"""Twelve monthly `sanchuang run`s over a county, each compared with the independent oracle: the difference is 0 fen.

The rosters are workbooks in the style of eight clerks. data/samples/year.py makes them and says what happens in the year.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.ledger.address import LedgerFile, LedgerPlace
from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.payee_ids import Register
from tests.command import SAMPLES, Ran, book, typed
from tests.compared.subsidies import DEFAULT, second_opinion
from tests.counts import FULL
from tests.oracle import subsidies as oracle
from tests.oracle.persons import YM, Person, Stay
from tests.programmes.people import HARDSHIP

PEOPLE = 20_000 if FULL else 80
NEW_RATE = 60
"""Yuan of 生活困难党员补贴 from July on; 50 before."""
POSTS = {
    title: post
    for post, titles in {
        "书记": ("大队书记", "村支部书记", "村党支部书记"),
        "主任": ("大队长", "村主任", "村委会主任"),
        "会计": ("大队会计", "村会计", "村文书"),
    }.items()
    for title in titles
}

Dues = dict[YM, int]


def opinion(who: Person, month: YM) -> dict[str, Fraction]:
    owed = oracle.default(who, month)
    if month >= (2026, 7) and owed[HARDSHIP]:
        owed = owed | {HARDSHIP: Fraction(NEW_RATE)}
    return owed


def month_of(day: date | None) -> YM | None:
    return (day.year, day.month) if day else None


def as_told(person: Any) -> Person:
    """What the roster says of somebody, as the oracle reads it."""
    paused, resumed = person.paused or (None, None)
    return Person(
        born=person.born,
        sex=person.sex,
        stays=tuple(Stay(start, end, POSTS[post]) for start, end, post in person.spells),
        post=POSTS.get(person.post, ""),
        household=person.household,
        hardship=person.hardship,
        ledger_on=person.ledger_on,
        joined=person.joined,
        veteran=person.veteran,
        retired=person.retired,
        suspended_from=paused,
        suspended_to=resumed,
        approved_on=person.approved_on,
        moved_on=month_of(person.moved_on),
        died_on=month_of(person.died_on),
    )


def two_editions(path: Path) -> None:
    """From July a new document is in force that pays members in hardship more."""
    text = path.read_text("utf-8")
    at = text.index("[[edition]]")
    later = re.sub(r"(?m)^effective = \S+", "effective = 2026-07-01", text[at:], count=1)
    old = 'tier = [{ rate = 50, label = "困难党员" }]'
    assert later.count(old) == 1
    path.write_text(text + "\n" + later.replace(old, old.replace("50", str(NEW_RATE))), "utf-8")


@dataclass
class Office:
    """The working folder of the county, the people of the samples' year, and the money that moved."""

    run: Callable[..., Ran]
    year: Any
    told: dict[int, tuple[Any, dict[YM, int | None]]] = field(default_factory=dict)
    ledger: LedgerPlace = field(default_factory=lambda: LedgerFile(Path("台账.db")))
    moved: int = 0
    came_back: int = 0
    recovered: int = 0

    def does(self, *words: object, code: int = 0) -> str:
        ran = self.run(*words)
        assert ran.code == code, (words, ran.err)
        return ran.err

    def works(self, month: int) -> None:
        """The clerks' month: rosters in, `sanchuang run`, a second person's approval, the bank, what it sends back."""
        Path("收件/人员/名册.xlsx").write_bytes(self.year.book())
        jobs = Path("jobs.toml").read_text("utf-8")
        Path("jobs.toml").write_text(
            re.sub(r'(?m)^period = "(last-month|2026-..)"', f'period = "2026-{month:02d}"', jobs), "utf-8"
        )
        assert self.run("run", "jobs.toml", "--only", "生活补贴").code in (0, 1)
        record = json.loads(Path("runs.jsonl").read_text("utf-8").splitlines()[-1])
        made = record["batches"]
        assert made.keys() <= {"payment", "recovery"} and "payment" in made
        if "recovery" in made:
            self.does("batch", "approve", made["recovery"], "--by", "李四")
            self.does("batch", "recovered", made["recovery"])
            self.recovered -= record["fen"]["claim"]
        transfers = self.sends(made["payment"])
        assert sum(transfers.values()) == record["fen"]["pay"]
        self.takes_back(made["payment"], transfers)
        self.does("batch", "paid", made["payment"])

    def sends(self, number: int) -> dict[tuple[str, str], int]:
        """Approve and send; fen by account and name, as they stand in the bank's files."""
        self.does("batch", "approve", number, "--by", "李四")
        self.does("batch", "send", number, "--bank", f"银行/{number}")
        sent: dict[tuple[str, str], int] = {}
        for path in Path(f"银行/{number}").iterdir():
            if "核对单" not in path.name:
                heads, *rows = load_workbook(path, read_only=True).worksheets[0].values
                at = [heads.index(head) for head in ("收款账号", "收款账号名称", "金额")]
                for row in rows:
                    account, name, yuan = (str(row[i]) for i in at)
                    assert (account, name) not in sent
                    sent[account, name] = round(float(yuan) * 100)
        self.moved += sum(sent.values())
        return sent

    def takes_back(self, number: int, transfers: dict[tuple[str, str], int]) -> None:
        """退票, and once more with the new account where the bank's list has one."""
        holders = {person.account: person.identity for person in self.year.reported.values()}
        bad = self.year.comes_back({holders[account] for account, _ in transfers})
        rows = [
            [name, account, f"{fen / 100:.2f}", "账户已销户", bad[holders[account]]]
            for (account, name), fen in transfers.items()
            if holders[account] in bad
        ]
        if not rows:
            return
        book(Path("退票.xlsx"), rows, ("户名", "账号", "金额", "退票原因", "新账号"), title="退票名单")
        output = self.does("batch", "return", number, "退票.xlsx")
        assert f"退票 {len(rows)} 笔" in output
        back = sum(round(float(row[2]) * 100) for row in rows)
        self.moved -= back
        (again,) = re.findall(r"批次 (\d+)：退票重发", output)
        assert sum(self.sends(int(again)).values()) == back
        self.does("batch", "paid", again)
        self.came_back += len(rows)

    def joins(self, corrected: dict[int, tuple[str, str]]) -> None:
        """The papers about numbers corrected in the month before have come. Of whom the ledger knew nothing, none."""
        known = self.paid()
        for old, new in corrected.values():
            if old in known:
                self.does("ledger", "same", old, new, "--note", "派出所证明", "--sure")

    def paid(self) -> dict[str, Dues]:
        """Fen by month, under every number of a person whom the ledger knows."""
        with opened(self.ledger).reading() as connection:
            sums, register = posted(connection, "subsidies"), Register(connection)
        by_person: dict[str, Dues] = defaultdict(lambda: defaultdict(int))
        for key, total in sums.items():
            if total.fen:
                by_person[key.person][int(key.month[:4]), int(key.month[5:])] += total.fen
        assert sum(total.fen for total in sums.values()) == self.moved - self.recovered
        return {number: dict(by_person[who]) for number, who in register.by_number.items()}

    def owed(self, n: int, month: int) -> Dues | None:
        """What the oracle says of all months until now; None when nobody can tell. Asked anew of whoever changed."""
        person = self.year.reported[n]
        before, known = self.told.get(n, (None, {}))
        if before is not person:
            known = {}
        roster_says = as_told(person)
        new: list[YM] = [(2026, m) for m in range(1, month + 1) if (2026, m) not in known or person.cells]
        due = second_opinion(roster_says, new, replace(DEFAULT, opinion=opinion))
        if due is None:
            return None
        known |= dict.fromkeys(new, 0)
        for (_, at), yuan in due.items():
            known[at] = (known[at] or 0) + int(yuan * 100)
        self.told[n] = person, known
        return {at: fen for at, fen in known.items() if fen}


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Office]:
    monkeypatch.syspath_prepend(SAMPLES)
    from year import Year

    monkeypatch.chdir(tmp_path)
    run = typed(monkeypatch, capsys)
    assert run("init", "县", "--paid-through", "2025-12").code == 0
    monkeypatch.chdir(tmp_path / "县")
    monkeypatch.setenv("SANCHUANG_LEDGER", "台账.db")
    yield Office(run, Year(PEOPLE))
    for name in ("year", "members", "people", "county", "oddities"):
        sys.modules.pop(name, None)


def test_after_every_month_of_a_year_everybody_was_paid_what_the_oracle_says(office: Office) -> None:
    before: dict[int, Dues] = {}
    corrected: dict[int, tuple[str, str]] = {}
    doubtful = 0
    for month in range(1, 13):
        if month == 7:
            two_editions(Path("政策/subsidies.toml"))
        office.year.live_through(month)
        office.joins(corrected)
        corrected = dict(office.year.corrected)
        known = office.paid()
        office.works(month)
        paid, now = office.paid(), {}
        for n, person in office.year.reported.items():
            old, _ = corrected.get(n, ("", ""))
            pending = old in known
            now[n] = paid.get(old if pending else person.identity, {})
            owed = None if pending else office.owed(n, month)
            doubtful += owed is None
            assert now[n] == (before.get(n, {}) if owed is None else owed), (month, person)
        before = now
    assert "核对无误" in office.does("ledger", "verify")
    assert doubtful and office.came_back and office.recovered
    assert all(
        office.year.counts[what] for what in ("died", "approved late", "tenure corrected", "number corrected")
    )
    if FULL:
        sys.stderr.write(
            f"{office.year.counts} 退票 {office.came_back} 发放 {office.moved} 追回 {office.recovered}\n"
        )
