"""The office's month of a programme that pays: proposed, approved by another person, sent, returned, confirmed, recovered.

Mischief comes in between: a process that is killed at some write, and two of them at once. Whatever happened, doing it
again comes to the same end.
"""

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from openpyxl import load_workbook

from tests.command import book
from tests.simulated.office import LEDGER, Broken, Office
from tests.simulated.people import Registry

OF_LEDGER = ("--ledger", LEDGER)
Transfers = dict[tuple[str, str], int]


@dataclass
class Money:
    """What the bank moved, by programme. statement: day, fen, name and account of all of it. new_accounts: by person, those that
    the bank's lists had. mischief: which kinds there are in this county."""

    office: Office
    dice: Random
    registry: Registry
    mischief: frozenset[str]
    moved: dict[str, int] = field(default_factory=dict)
    recovered: dict[str, int] = field(default_factory=dict)
    new_accounts: dict[int, str] = field(default_factory=dict)
    statement: list[tuple[date, int, str, str]] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)

    def pays(self, programme: str, asked: Sequence[object]) -> list[int]:
        """A whole month of the programme; the batches that it made."""
        before = set(self.office.batches())
        self.writes("propose", programme, *asked, "--by", "张三", *OF_LEDGER, codes=(0, 1))
        made = [number for number in self.office.batches() if number not in before]
        purposes = [self.office.batches()[number][1] for number in made]
        if len(set(purposes)) != len(purposes):
            raise Broken(f"one proposal made {purposes}")
        for number in made:
            self.finish(programme, number)
        return made

    def writes(self, *words: object, codes: Sequence[int] = (0,)) -> None:
        """`sanchuang batch WORDS…`, now and then after one that was killed, or twice at the same time."""
        typed = ["batch", *map(str, words)]
        if "crashes" in self.mischief and self.dice.random() < 0.06:
            self.happened["killed at a write"] += 1
            self.office.crashes(typed, self.dice)
            self.office.does("ledger", "verify", *OF_LEDGER)
        if "two at once" in self.mischief and self.dice.random() < 0.02:
            self.happened["two runs at once"] += 1
            for died in self.office.twice_at_once(typed):
                if died.code not in (0, 1, 2):
                    raise Broken(f"two at once: exit {died.code}: {typed}: {died.said[-2000:]}")
            self.office.does("ledger", "verify", *OF_LEDGER)
        self.office.does(*typed, codes=(*codes, 2) if self._done_already(typed) else codes)

    def _done_already(self, words: Sequence[str]) -> bool:
        """Whether a step has been taken by a process that was killed after it, so that it is refused now."""
        states = {"approve": "approved", "paid": "paid", "recovered": "paid", "cancel": "cancelled"}
        wanted = states.get(words[1])
        return wanted is not None and self.office.batches()[int(words[2])][2] == wanted

    def finish(self, programme: str, number: int) -> None:
        """A batch that was proposed, to its end."""
        self.writes("approve", number, "--by", "李四", *OF_LEDGER)
        if self.office.batches()[number][1] == "recovery":
            self.writes("recovered", number, *OF_LEDGER)
            self.recovered[programme] = self.recovered.get(programme, 0) + self.lines_of(number)
            lines = self.office.query(
                "select account, name, -sum(fen) from line where batch = ? group by 1, 2", number
            )
            self.on_the_statement((card, name, fen) for card, name, fen in lines)
            return
        transfers = self.send(programme, number)
        again = self.takes_back(programme, number, transfers)
        self.writes("paid", number, *OF_LEDGER)
        if again:
            self.finish(programme, again)

    def send(self, programme: str, number: int) -> Transfers:
        folder = self.office.folder / "银行" / str(number)
        self.writes("send", number, "--bank", folder, *OF_LEDGER)
        transfers = read_transfers(folder)
        if sum(transfers.values()) != self.lines_of(number):
            raise Broken(
                f"batch {number}: the bank is asked for {sum(transfers.values())} fen, its lines say {self.lines_of(number)}"
            )
        self.moved[programme] = self.moved.get(programme, 0) + sum(transfers.values())
        self.on_the_statement((card, name, -fen) for (card, name), fen in transfers.items())
        shutil.rmtree(folder)
        return transfers

    def on_the_statement(self, lines: Iterable[tuple[str, str, int]]) -> None:
        self.statement += [(self.office.now.date(), fen, name, card) for card, name, fen in lines]

    def takes_back(self, programme: str, number: int, transfers: Transfers) -> int:
        """退票 of some, half of them with a new account: the batch that pays them again, 0 where nothing came back."""
        rows = []
        for (card, name), fen in transfers.items():
            if "returns" in self.mischief and self.dice.random() < 0.004:
                who = self.registry.holders[card]
                new = self.registry.account(who) if self.dice.random() < 0.5 else ""
                self.new_accounts |= {who: new} if new else {}
                rows.append([name, card, f"{fen / 100:.2f}", "账户已销户", new])
        if not rows:
            return 0
        self.happened["returned by the bank"] += len(rows)
        path = book(
            self.office.folder / "退票.xlsx",
            rows,
            ("户名", "账号", "金额", "退票原因", "新账号"),
            title="退票名单",
        )
        self.writes("return", number, path, *OF_LEDGER)
        self.on_the_statement((row[1], row[0], round(float(row[2]) * 100)) for row in rows)
        self.moved[programme] -= sum(round(float(row[2]) * 100) for row in rows)
        again = [
            n
            for n, (_, purpose, state) in self.office.batches().items()
            if (purpose, state) == ("reissue", "proposed")
        ]
        if len(again) != 1:
            raise Broken(f"returns of batch {number} made {again}")
        return again[0]

    def lines_of(self, number: int) -> int:
        """What a batch's lines come to, without their sign."""
        ((fen,),) = self.office.query("select coalesce(sum(fen), 0) from line where batch = ?", number)
        return abs(int(fen))


def read_transfers(folder: Path) -> Transfers:
    """Whom the bank's files pay: fen by account and name."""
    sent: Transfers = {}
    for path in sorted(folder.iterdir()):
        if "核对单" in path.name:
            continue
        heads, *rows = load_workbook(path, read_only=True).worksheets[0].values
        at = [heads.index(head) for head in ("收款账号", "收款账号名称", "金额")]
        for row in rows:
            card, name, yuan = (str(row[i]) for i in at)
            if (card, name) in sent:
                raise Broken(f"the bank is asked twice to pay {name}")
            sent[card, name] = round(float(yuan) * 100)
    return sent
