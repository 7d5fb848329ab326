"""年度对账 as pages: by month, what is open line by line, by township and benefit, the account's balances; adding up to
the fen. Accounts are masked: whoever needs one finds it at its place."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sanchuang_cli import __version__
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.pages import findings_page
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
_OPEN = (
    Column("number", "序号", Kind.COUNT),
    Column("what", "类别"),
    Column("month", "月份"),
    Column("name", "户名", Kind.NAME),
    Column("account", "账号"),
    Column("list", "台账"),
    Column("booked", "台账金额", Kind.MONEY, total=True),
    Column("place", "对账单", wide=True),
    Column("moved", "银行金额", Kind.MONEY, total=True),
    Column("effect", "影响差额", Kind.MONEY, total=True, formula="booked - moved"),
)
_BY_HAND = Column("cleared", "处理情况", by_hand=True)


def pages(of: Reconciliation, inputs: Iterable[Input], ledger: str) -> list[Table]:
    """The workbook's. Raises AssertionError where they would not add up."""
    months, lines = months_page(of), open_page(of)
    difference, explained = (sum(row[at] for row in page.rows) for page, at in ((months, 7), (lines, -2)))
    assert difference == explained, "the lines do not explain the difference"
    odd = findings_page("", of.statement.findings)
    odd = replace(odd, name="对账单疑点", title=f"{of.period.title}对账单疑点")
    return [
        months,
        lines,
        _by_benefit(of),
        _bank_page(of),
        odd,
        _sources(of, inputs, ledger),
    ]


def titled(of: Reconciliation) -> str:
    return f"{of.period.title}{'度' if of.period.months == _YEAR else ''}对账表"


def months_page(of: Reconciliation) -> Table:
    """By month, what the ledger and what the bank moved, and of what their difference is made."""
    columns = (
        Column("month", "月份"),
        Column("count", "台账/笔数", Kind.COUNT, total=True),
        _money("booked", "台账/发放"),
        _money("back", "台账/退回"),
        Column("lines", "银行/笔数", Kind.COUNT, total=True),
        _money("paid", "银行/支出"),
        _money("received", "银行/退回"),
        _money("difference", "差额", "booked - back - paid + received"),
        _money("timing", f"差额中/{TIMING}"),
        _money("open", "差额中/未达"),
    )
    sums: dict[Month, Counter[str]] = {month: Counter() for month in of.period.each_month()}
    for group in of.groups:
        for item in filter(of.within, group.items):
            for name in _CELLS[type(item), item.way]:
                sums[Month.of(item.day)][name] += 1 if name in ("count", "lines") else item.fen
        for month, fen in of.effects(group).items():
            sums[month].update({"difference": fen, "timing" if group.outcome.agrees else "open": fen})
    rows = [(str(month), *(of_month[one.name] for one in columns[1:])) for month, of_month in sums.items()]
    notes = (
        f"差额＝台账净额－银行净额，逐笔见“未达账项”；台账按登记日，银行按交易日，送银行后 {of.days} 天以内扣款的算同一笔。",
        *_before(of),
    )
    return _signed("年度对账表", titled(of), columns, rows, notes)


_CELLS = {
    (BookedTransfer, OUT): ("count", "booked"),
    (BookedTransfer, IN): ("count", "back"),
    (BankMovement, OUT): ("lines", "paid"),
    (BankMovement, IN): ("lines", "received"),
}


def _before(of: Reconciliation) -> Iterator[str]:
    """That the bank paid before the ledger began, of which nothing is known here."""
    early = sum(one.day < of.since.first for group in of.open for one in group.moved)
    if early:
        yield f"台账从 {of.since} 起发放，那以前银行的 {early} 笔不在台账里；只对启用以后的，用 --period 写明期间。"


def open_page(of: Reconciliation) -> Table:
    """未达账项: whatever adds to the difference of a month, the gravest first; what is only late is summed up by list."""
    rows: dict[tuple[Any, ...], list[BookedTransfer | BankMovement]] = defaultdict(list)
    order = list(Agreement)
    for number, group in enumerate(of.groups):
        effects = of.effects(group)
        for item in filter(of.within, group.items):
            month = Month.of(item.day)
            if not group.outcome.agrees:
                rows[order.index(group.outcome), month, number, group.outcome.value].append(item)
            elif effects[month]:
                first = of.facts[group.booked[0].id].list
                rows[len(order), month, first, TIMING].append(item)
    ordered = sorted(rows.items(), key=lambda row: row[0][:3])
    lines = [(at, key[-1], str(key[1]), *_line(of, own)) for at, (key, own) in enumerate(ordered, 1)]
    return _signed(
        "未达账项",
        f"{of.period.title}未达账项",
        (*_OPEN, _BY_HAND),
        [(*one, None) for one in lines],
        (),
        "what",
    )


def _line(of: Reconciliation, items: Sequence[BookedTransfer | BankMovement]) -> tuple[Any, ...]:
    """What stands of some transfers and movements in one line: whose, where, how much."""
    booked = [one for one in items if isinstance(one, BookedTransfer)]
    moved = [one for one in items if isinstance(one, BankMovement)]
    lines = [of.lines[one.id] for one in moved]
    names = [*(of.facts[one.id].name for one in booked), *(line.name for line in lines)]
    accounts = [*(one.account for one in booked), *(line.account for line in lines)]
    sums = [sum(one.fen if one.way == OUT else -one.fen for one in side) for side in (booked, moved)]
    places = [f"{line.place} {line.day} {line.text}".rstrip() for line in lines]
    return (
        _few(names, "个户名"),
        _few([_STARS.sub("*", mask(Kind.ACCOUNT, one)) for one in accounts], "个账号"),
        _few([of.facts[one.id].list for one in booked], "")
        + (f" {len(booked)} 笔" if len(booked) > 1 else ""),
        sums[0] if booked else None,
        _few(places, "行"),
        sums[1] if moved else None,
        sums[0] - sums[1],
    )


def _few(words: Iterable[str], unit: str) -> str:
    """The words, each once; of more than a few the first, and how many there are."""
    known = list(dict.fromkeys(filter(None, words)))
    return "、".join(known) if len(known) <= _NAMED else f"{known[0]} 等 {len(known)} {unit}"


def _by_benefit(of: Reconciliation) -> Table:
    """汇总, by township and benefit: what was paid, of that what agrees and what does not, what came back."""
    columns = (
        Column("township", "乡镇", Kind.NAME),
        Column("benefit", "补贴项目"),
        _money("paid", "台账发放"),
        _money("agrees", "其中/对上"),
        _money("open", "其中/未对上"),
        _money("back", "台账退回"),
        _money("rest", "净发", "paid - back"),
    )
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for group in of.groups:
        for item in filter(of.within, group.booked):
            facts = of.facts[item.id]
            for benefit, fen in facts.parts:
                said = sums[facts.township, benefit]
                if item.way == OUT:
                    said.update({"paid": fen, "agrees" if group.outcome.agrees else "open": fen, "rest": fen})
                else:
                    said.update({"back": fen, "rest": -fen})
    rows = [(*key, *(sums[key][one.name] for one in columns[2:])) for key in sorted(sums)]
    return _signed("汇总", f"{of.period.title}对账汇总", columns, rows, (), "township")


def _bank_page(of: Reconciliation) -> Table:
    """What the bank's lines of the period are: each in one row, so that they make the whole statement."""
    columns = (
        Column("what", "银行收支"),
        Column("count", "笔数", Kind.COUNT, total=True),
        _money("received", "收入"),
        _money("paid", "支出"),
    )
    sums: dict[str, Counter[str]] = {kind.value: Counter() for kind in Agreement}
    told = [
        (one.outcome.value, of.lines[move.id]) for one in of.groups for move in filter(of.within, one.moved)
    ]
    for what, line in (*told, *of.others):
        of_kind = sums.setdefault(what, Counter())
        of_kind.update({"count": 1, "received" if line.way == IN else "paid": line.fen})
    rows = [(what, *(one[column.name] for column in columns[1:])) for what, one in sums.items() if one]
    return _signed("银行收支", f"{of.period.title}银行收支和余额", columns, rows, tuple(_balances(of)))


def _balances(of: Reconciliation) -> Iterator[str]:
    """Of each sheet of the statement that has balances: how the last follows from the first."""
    for one in of.statement.sheets:
        if one.opening is None or one.closing is None:
            continue
        due = one.opening + one.received - one.paid
        apart = "" if due == one.closing else f"，与写的 {_yuan(one.closing)} 差 {_yuan(due - one.closing)}"
        yield (
            f"{one.place}（{one.first} 至 {one.last}）：期初余额 {_yuan(one.opening)} ＋ 收入 {_yuan(one.received)}"
            f" － 支出 {_yuan(one.paid)} ＝ 期末余额 {_yuan(due)}{apart}。"
        )


def _yuan(fen: int) -> str:
    return f"{yuan(fen):,.2f}"


def outcome_page(of: Reconciliation) -> Table:
    """For the terminal: how many groups there are of each kind, and how much on either side."""
    columns = (
        Column("what", "结果"),
        Column("count", "项数", Kind.COUNT, total=True),
        _money("booked", "台账净额"),
        _money("moved", "银行净额"),
    )
    rows = []
    for kind in Agreement:
        groups = [one for one in of.groups if one.outcome is kind]
        items = [item for one in groups for item in filter(of.within, one.items)]
        line = _line(of, items)
        if groups:
            rows.append((kind.value, len(groups), line[3] or 0, line[5] or 0))
    return Table("对账", titled(of), columns, rows, grand_total=True, unit="元")


def _sources(of: Reconciliation, inputs: Iterable[Input], ledger: str) -> Table:
    rows = [("期间", of.period.title), ("台账", ledger), ("台账校验码", of.head)]
    rows += [("送银行后几天以内扣款的算同一笔", str(of.days)), ("对账单读不出的行", str(of.statement.lost))]
    for one in inputs:
        rows += [(f"{one.file} 行数", str(one.rows + one.set_aside)), (f"{one.file} SHA-256", one.sha256)]
    rows.append(("程序版本", f"sanchuang {__version__}"))
    columns = (Column("item", "项目"), Column("value", "内容", wide=True))
    return Table("来源", f"{titled(of)}来源", columns, rows)


def _money(name: str, title: str, formula: str = "") -> Column:
    return Column(name, title, Kind.MONEY, total=True, formula=formula)


def _signed(
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: list[tuple[Any, ...]],
    notes: Sequence[str],
    group: str = "",
) -> Table:
    return Table(
        name, title, tuple(columns), rows, group=group, grand_total=True, unit="元", notes=tuple(notes),
        signed=True, signers=SIGNERS,
    )  # fmt: skip
