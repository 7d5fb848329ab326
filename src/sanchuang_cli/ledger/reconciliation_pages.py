"""Draws a reconciliation (年度对账) as pages that add up to the fen. It is given one and reads no ledger.

Accounts are always masked: whoever needs the number finds it at its place in the statement.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.pages import facts_page, findings_page
from sanchuang_cli.ledger.reconciliation import Reconciliation
from sanchuang_cli.ledger.reconciling import IN, OUT, Agreement, BankMovement, BookedTransfer
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Month
from sanchuang_cli.table import Column, Table
from sanchuang_cli.tally import Input

SIGNERS = ("制表人", "审核人", "财务", "银行")
TIMING = "时间差"
"""What agrees, but not within one month: 7月送银行、8月扣款."""
_YEAR, _NAMED = 12, 2
_STARS = re.compile(r"\*+")
Item = BookedTransfer | BankMovement
Sums = dict[tuple[str, ...], Counter[str]]
"""By the words that a row begins with: the sums of the row, by the name of their column."""


def _money(name: str, title: str, formula: str = "") -> Column:
    return Column(name, title, Kind.MONEY, total=True, formula=formula)


def _count(name: str, title: str) -> Column:
    return Column(name, title, Kind.COUNT, total=True)


_MONTHS = (
    Column("month", "月份"),
    _count("count", "台账/笔数"),
    _money("booked", "台账/发放"),
    _money("back", "台账/退回"),
    _count("lines", "银行/笔数"),
    _money("paid", "银行/支出"),
    _money("received", "银行/退回"),
    _money("difference", "差额", "booked - back - paid + received"),
    _money("timing", f"差额中/{TIMING}"),
    _money("open", "差额中/未达"),
)
_OPEN = (
    Column("number", "序号", Kind.COUNT),
    Column("what", "类别"),
    Column("month", "月份"),
    Column("name", "户名", Kind.NAME),
    Column("account", "账号"),
    Column("list", "台账"),
    _money("booked", "台账金额"),
    Column("place", "对账单", wide=True),
    _money("moved", "银行金额"),
    _money("effect", "影响差额", "booked - moved"),
    Column("cleared", "处理情况", by_hand=True),
)
_BENEFITS = (
    Column("township", "乡镇", Kind.NAME),
    Column("benefit", "补贴项目"),
    _money("paid", "台账发放"),
    _money("agrees", "其中/对上"),
    _money("open", "其中/未对上"),
    _money("back", "台账退回"),
    _money("rest", "净发", "paid - back"),
)
_BANK = (
    Column("what", "银行收支"),
    _count("count", "笔数"),
    _money("received", "收入"),
    _money("paid", "支出"),
)
_OUTCOMES = (
    Column("what", "结果"),
    _count("count", "项数"),
    _money("booked", "台账净额"),
    _money("moved", "银行净额"),
)
_CELLS = {
    (BookedTransfer, OUT): ("count", "booked"),
    (BookedTransfer, IN): ("count", "back"),
    (BankMovement, OUT): ("lines", "paid"),
    (BankMovement, IN): ("lines", "received"),
}
"""The columns of 年度对账表 in which an item counts: how many, and how much."""


def pages(of: Reconciliation, inputs: Iterable[Input], ledger: str) -> list[Table]:
    """All pages of the workbook. Raises AssertionError when they do not add up."""
    months, lines = months_page(of), open_page(of)
    difference, explained = (sum(row[at] for row in page.rows) for page, at in ((months, 7), (lines, -2)))
    assert difference == explained, "the lines do not explain the difference"
    odd = replace(
        findings_page("", of.statement.findings), name="对账单疑点", title=f"{of.period.title}对账单疑点"
    )
    return [months, lines, _by_benefit(of), _bank_page(of), odd, _sources(of, inputs, ledger)]


def titled(of: Reconciliation) -> str:
    """What the reconciliation is called: 2026年度对账表, or 2026年7月对账表."""
    return f"{of.period.title}{'度' if of.period.months == _YEAR else ''}对账表"


def months_page(of: Reconciliation) -> Table:
    """年度对账表: by month what the ledger and what the bank moved, and what their difference is made of."""
    sums: Sums = {(str(month),): Counter() for month in of.period.each_month()}
    for group in of.groups:
        for item in filter(of.within, group.items):
            how_many, how_much = _CELLS[type(item), item.way]
            sums[(str(Month.of(item.day)),)].update({how_many: 1, how_much: item.fen})
        for month, fen in of.effects(group).items():
            part = "timing" if group.outcome.agrees else "open"
            sums[(str(month),)].update({"difference": fen, part: fen})
    notes = (
        f"差额＝台账净额－银行净额，逐笔见“未达账项”；台账按登记日，银行按交易日，送银行后 {of.days} 天以内扣款的算同一笔。",
        *_before(of),
    )
    return _signed("年度对账表", titled(of), _MONTHS, _rows(sums, _MONTHS), notes)


def _before(of: Reconciliation) -> Iterator[str]:
    """A note when the bank paid before the ledger began, of which the ledger knows nothing."""
    early = sum(move.day < of.since.first for group in of.open for move in group.moved)
    if early:
        yield f"台账从 {of.since} 起发放，那以前银行的 {early} 笔不在台账里；只对启用以后的，用 --period 写明期间。"


def open_page(of: Reconciliation) -> Table:
    """未达账项: all that adds to the difference of a month, the gravest first. What is only late is added up by list."""
    lines: dict[tuple[Any, ...], list[Item]] = defaultdict(list)
    gravity = list(Agreement)
    for number, group in enumerate(of.groups):
        effects = of.effects(group)
        for item in filter(of.within, group.items):
            month = Month.of(item.day)
            if not group.outcome.agrees:
                lines[gravity.index(group.outcome), month, number, group.outcome.value].append(item)
            elif effects[month]:
                lines[len(gravity), month, of.facts[group.booked[0].id].list, TIMING].append(item)
    ordered = sorted(lines.items(), key=lambda line: line[0][:3])
    rows = [
        (number, what, str(month), *_line(of, items), None)
        for number, ((_, month, _, what), items) in enumerate(ordered, 1)
    ]
    return _signed("未达账项", f"{of.period.title}未达账项", _OPEN, rows, group="what")


def _line(of: Reconciliation, items: Sequence[Item]) -> tuple[Any, ...]:
    """The cells of 未达账项 for some transfers and movements: whose they are, where they stand, how much they are."""
    booked = [item for item in items if isinstance(item, BookedTransfer)]
    moved = [item for item in items if isinstance(item, BankMovement)]
    lines = [of.lines[move.id] for move in moved]
    names = [*(of.facts[transfer.id].name for transfer in booked), *(line.name for line in lines)]
    accounts = [*(transfer.account for transfer in booked), *(line.account for line in lines)]
    lists = _few([of.facts[transfer.id].list for transfer in booked], "")
    return (
        _few(names, "个户名"),
        _few([_STARS.sub("*", mask(Kind.ACCOUNT, account)) for account in accounts], "个账号"),
        lists + (f" {len(booked)} 笔" if len(booked) > 1 else ""),
        _net(booked) if booked else None,
        _few([f"{line.place} {line.day} {line.text}".rstrip() for line in lines], "行"),
        _net(moved) if moved else None,
        _net(booked) - _net(moved),
    )


def _net(items: Iterable[Item]) -> int:
    """What went out less what came in."""
    return sum(item.fen if item.way == OUT else -item.fen for item in items)


def _few(words: Iterable[str], unit: str) -> str:
    """The words, each once. Of more than two only the first, and how many there are."""
    known = list(dict.fromkeys(filter(None, words)))
    return "、".join(known) if len(known) <= _NAMED else f"{known[0]} 等 {len(known)} {unit}"


def _by_benefit(of: Reconciliation) -> Table:
    """汇总, by township and benefit: what was paid, how much of it agrees, and what came back."""
    sums: Sums = defaultdict(Counter)
    for group in of.groups:
        agrees = "agrees" if group.outcome.agrees else "open"
        for transfer in filter(of.within, group.booked):
            facts = of.facts[transfer.id]
            for benefit, fen in facts.parts:
                paid, back = {"paid": fen, agrees: fen, "rest": fen}, {"back": fen, "rest": -fen}
                sums[facts.township, benefit].update(paid if transfer.way == OUT else back)
    rows = _rows(dict(sorted(sums.items())), _BENEFITS)
    return _signed("汇总", f"{of.period.title}对账汇总", _BENEFITS, rows, group="township")


def _bank_page(of: Reconciliation) -> Table:
    """银行收支: what the bank's lines of the period are, each in one row, so that they make the whole statement."""
    sums: Sums = defaultdict(Counter)
    moves = [(group, move) for group in of.groups for move in filter(of.within, group.moved)]
    moves.sort(key=lambda of_group: list(Agreement).index(of_group[0].outcome))
    for what, line in (*((group.outcome.value, of.lines[move.id]) for group, move in moves), *of.others):
        sums[(what,)].update({"count": 1, "received" if line.way == IN else "paid": line.fen})
    notes = tuple(_balances(of))
    return _signed("银行收支", f"{of.period.title}银行收支和余额", _BANK, _rows(sums, _BANK), notes)


def _balances(of: Reconciliation) -> Iterator[str]:
    """How the last balance follows from the first, for each sheet of the statement that has balances."""
    for sheet in of.statement.sheets:
        if sheet.opening is None or sheet.closing is None:
            continue
        due = sheet.opening + sheet.received - sheet.paid
        wrong = f"，与写的 {_yuan(sheet.closing)} 差 {_yuan(due - sheet.closing)}"
        yield (
            f"{sheet.place}（{sheet.first} 至 {sheet.last}）：期初余额 {_yuan(sheet.opening)} ＋ 收入 {_yuan(sheet.received)}"
            f" － 支出 {_yuan(sheet.paid)} ＝ 期末余额 {_yuan(due)}{'' if due == sheet.closing else wrong}。"
        )


def _yuan(fen: int) -> str:
    return f"{yuan(fen):,.2f}"


def outcome_page(of: Reconciliation) -> Table:
    """For the terminal: how many groups there are of each outcome, and how much on either side."""
    sums: Sums = defaultdict(Counter)
    for group in sorted(of.groups, key=lambda group: list(Agreement).index(group.outcome)):
        booked, moved = (_net(filter(of.within, side)) for side in (group.booked, group.moved))
        sums[(group.outcome.value,)].update({"count": 1, "booked": booked, "moved": moved})
    return Table("对账", titled(of), _OUTCOMES, _rows(sums, _OUTCOMES), grand_total=True, unit="元")


def _sources(of: Reconciliation, inputs: Iterable[Input], ledger: str) -> Table:
    rows = [("期间", of.period.title), ("台账", ledger), ("台账校验码", of.head)]
    rows += [("送银行后几天以内扣款的算同一笔", str(of.days)), ("对账单读不出的行", str(of.statement.lost))]
    for book in inputs:
        rows += [
            (f"{book.file} 行数", str(book.rows + book.set_aside)),
            (f"{book.file} SHA-256", book.sha256),
        ]
    return facts_page(titled(of), rows)


def _rows(sums: Mapping[tuple[str, ...], Counter[str]], columns: Sequence[Column]) -> list[tuple[Any, ...]]:
    """A row for each key: its words, then the sums that the other columns name."""
    return [(*key, *(row[column.name] for column in columns[len(key) :])) for key, row in sums.items()]


def _signed(
    name: str, title: str, columns: tuple[Column, ...], rows: list[tuple[Any, ...]], notes: tuple[str, ...] = (),
    group: str = "",
) -> Table:  # fmt: skip
    return Table(
        name, title, columns, rows, group=group, grand_total=True, unit="元", notes=notes, signed=True, signers=SIGNERS
    )  # fmt: skip
