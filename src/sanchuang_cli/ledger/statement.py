"""Understands the rows of a bank's statement of the paying account (银行对账单), whatever the bank calls its columns. It opens no
file and knows no ledger.

Promise: a row whose day, amount or direction cannot be read becomes a finding, and is never passed over.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, pairwise
from operator import attrgetter
from typing import Annotated, NamedTuple

from sanchuang_cli.finding import Finding, Place, Severity, UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.ledger.reconciling import IN, OUT
from sanchuang_cli.money import yuan
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record, Roster

_SIGNS = {
    "借": ("借方", "支", "支出", "付", "付款", "付出", "支取", "转出", "往账", "出", "D", "DR"),
    "贷": ("贷方", "收", "收入", "收款", "存入", "转入", "来账", "入", "进", "C", "CR"),
}


class StatementRow(Record, frozen=True, kw_only=True):
    """A row of a bank's statement. 借 is what goes out, because the bank books the account as its own debt."""

    day: Annotated[VagueDate | None, Field("交易日期", Kind.DATE, headed=True, ahead=True, aliases=("日期",))] = None  # fmt: skip
    paid: Annotated[int | None, Field("借方发生额", Kind.MONEY, aliases=("借方金额", "借方", "借方发生额(支取)", "借方发生额(支出)", "支出", "支出金额", "支取金额", "转出金额", "付款金额", "付方发生额"))] = None  # fmt: skip
    received: Annotated[int | None, Field("贷方发生额", Kind.MONEY, aliases=("贷方金额", "贷方", "贷方发生额(收入)", "贷方发生额(存入)", "收入", "收入金额", "存入金额", "转入金额", "收款金额", "收方发生额"))] = None  # fmt: skip
    amount: Annotated[int | None, Field("发生额", Kind.MONEY, aliases=("交易金额", "金额", "交易额"))] = None
    sign: Annotated[str, Field("借贷标志", Kind.CHOICE, choices=_SIGNS, aliases=("借贷方向", "借贷标识", "借贷", "收付标志", "收支标志", "收支方向", "收付", "收支", "交易方向", "方向"))] = ""  # fmt: skip
    name: Annotated[str, Field("对方户名", aliases=("对方名称", "对方账户名称", "对方账户名", "对方单位", "交易对方", "对方姓名", "对方单位名称", "对手户名", "收(付)方名称", "收付方名称"))] = ""  # fmt: skip
    account: Annotated[str, Field("对方账号", Kind.ACCOUNT, aliases=("对方帐号", "对方账户", "对方卡号", "对手账号", "收(付)方账号", "收付方账号", "交易对方账号"))] = ""  # fmt: skip
    summary: Annotated[str, Field("摘要", aliases=("交易摘要", "业务摘要", "交易类型"))] = ""
    purpose: Annotated[str, Field("用途", aliases=("交易用途", "附言", "交易附言", "款项用途"))] = ""
    balance: Annotated[
        int | None, Field("余额", Kind.MONEY, aliases=("账户余额", "本次余额", "联机余额"))
    ] = None
    serial: Annotated[str, Field("流水号", aliases=("交易流水号", "交易流水", "柜员流水号", "日志号"))] = ""  # fmt: skip


COLUMNS_OF_BANKS = {"交易日": "交易日期"}
"""Headings that are preferred to similar ones: a bank with 交易日 has 交易时间 for the hour."""


class StatementLine(NamedTuple):
    """What a row says. account: the digits, perhaps with the bank's asterisks; "" for none. text: 摘要, 用途 and 备注."""

    place: Place
    day: date
    way: str
    fen: int
    name: str
    account: str
    text: str
    balance: int | None
    serial: str

    @property
    def net(self) -> int:
        """Fen, below zero for what goes out."""
        return self.fen if self.way == IN else -self.fen


class BalanceCheck(NamedTuple):
    """The balances of one sheet.

    opening, closing: before its first line and after its last; None when the sheet has no balances. breaks: lines whose
    balance does not follow from the one before, each with what it should be.
    """

    place: Place
    first: date
    last: date
    opening: int | None
    received: int
    paid: int
    closing: int | None
    breaks: tuple[tuple[StatementLine, int], ...] = ()


@dataclass
class Statement:
    """A whole statement. lines: each movement once. findings: what could not be read or is odd. lost: how many rows are in
    no line."""

    lines: list[StatementLine] = field(default_factory=list)
    sheets: list[BalanceCheck] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lost: int = 0

    @property
    def is_broken(self) -> bool:
        """Whether lines may be missing: a balance or the bank's own total does not fit, or a row may be no total."""
        return any(finding.code in _MISSING for finding in self.findings)


_BALANCE, _GAP = "statement.balance", "statement.gap"
_MISSING = {_BALANCE, _GAP, "layout.sum-row", "layout.not-accounted", "totals.differ"}


def statement(roster: Roster[StatementRow], of_reader: Iterable[Finding] = ()) -> Statement:
    """The rows of all books as one statement. of_reader: what was odd in reading them.

    Raises UserError when a book is the county's own and not the bank's.
    """
    made = Statement(lost=len(roster.set_aside))
    sheets: dict[tuple[str, str], list[StatementRow]] = defaultdict(list)
    for row in roster.records:
        sheets[row.row.source.book, row.row.source.sheet].append(row)
    of_books: dict[str, list[StatementLine]] = defaultdict(list)
    for (book, _), rows in sheets.items():
        lines = _lines(rows, made)
        if lines:
            made.sheets.append(_checked(lines))
            of_books[book] += lines
    made.lines, repeated = _once(of_books.values())
    made.findings += _gaps(made.sheets)
    made.findings += _counted(repeated, "笔在几份对账单里都有（流水号、余额等都相同），只计一次")
    starred = sum("account" in row.row.unread for row in roster.records)
    made.findings += _counted(starred, "个对方账号打了星号或读不出，按户名和露出的几位对")
    columns = [rows[0].row.source.columns for rows in sheets.values()]
    headings = {of_sheet.get(name, (0, ""))[1] for of_sheet in columns for name in _SIDES}
    made.findings += [finding for finding in of_reader if not _is_usual(finding, headings)]
    return made


def _lines(rows: Sequence[StatementRow], made: Statement) -> list[StatementLine]:
    """The lines of a sheet. Rows that cannot be read go into the statement's findings."""
    signed = any((row.amount or 0) < 0 for row in rows)
    lines: list[StatementLine] = []
    for row in rows:
        line = _line(row, signed)
        if isinstance(line, StatementLine):
            lines.append(line)
        elif line:
            made.findings.append(_odd("statement.unread", row.row.place(), line, Severity.ERROR))
            made.lost += 1
    return lines


_SIDES = ("paid", "received")
_USUAL = ("account.", "date.serial", "columns.fuzzy")


def _is_usual(finding: Finding, totals: Set[str]) -> bool:
    """Whether a finding is odd in a roster only: in a bank's file accounts of companies and days as numbers are usual.

    So is a total of other columns than income and expense: the balance stands in the same line.
    """
    return finding.code.startswith(_USUAL) or (
        finding.code == "totals.differ" and finding.place.heading not in totals
    )


def _counted(count: int, what: str) -> list[Finding]:
    return [_odd("statement.note", Place("对账单"), f"有 {count} {what}", Severity.NOTE)] if count else []


def _line(row: StatementRow, signed: bool) -> StatementLine | str:
    """The row as a line, or why it is none: "" for a row that moves nothing, such as 承前页."""
    unread = {"day", "paid", "received", "amount", "sign"}.intersection(row.row.unread)
    if unread:
        return f"{'、'.join(row.row.source.columns[name][1] for name in sorted(unread))}读不出"
    both = row.paid and row.received
    if row.amount and (not row.paid and not row.received) and not row.sign and not signed:
        return "看不出是收是付：没有借贷标志，也没有正负号"
    net = (row.received or 0) - (row.paid or 0)
    if not net and not both:
        net = (row.amount or 0) * (-1 if row.sign == "借" else 1)
    if both or (net and not (row.day and row.day.exact)):
        return "借方和贷方都有金额" if both else "没有交易日期，或写不到日"
    if not net or row.day is None:
        known = {"paid", "received", "amount"} & row.row.source.columns.keys()
        return "" if known else "没有金额这一列"
    account = row.account or (
        shown if "*" in (shown := row.row.written("account").replace("＊", "*")) else ""
    )
    text = " ".join(filter(None, (row.summary, row.purpose, *(words for _, _, words in row.row.remarks))))
    way, name = (IN if net > 0 else OUT), "".join(row.name.replace("＊", "*").split())
    return StatementLine(row.row.place(), row.day.earliest, way, abs(net), name, account, text, row.balance, row.serial)  # fmt: skip


def _once(books: Iterable[Sequence[StatementLine]]) -> tuple[list[StatementLine], int]:
    """The lines of all books, and how many were left out because several books have them.

    Lines of several books that are alike in everything, serial number or balance included, are one movement: the bank was
    asked for days that overlap. Lines with neither of these count each.
    """
    kept: dict[tuple[object, ...], list[StatementLine]] = {}
    repeated = 0
    for number, lines in enumerate(books):
        of_book: dict[tuple[object, ...], list[StatementLine]] = defaultdict(list)
        for line in lines:
            of_book[line[1:] if line.serial or line.balance is not None else (number, line)].append(line)
        for key, alike in of_book.items():
            before = kept.get(key, [])
            repeated += min(len(before), len(alike))
            kept[key] = max(before, alike, key=len)
    lines = sorted(chain.from_iterable(kept.values()), key=lambda line: (line.day, line.place.line))
    return lines, repeated


def _checked(lines: Sequence[StatementLine]) -> BalanceCheck:
    """The balances of a sheet. Raises UserError when they grow with 借, as in the county's own books."""
    place = Place(lines[0].place.book, lines[0].place.sheet)
    opening, closing, breaks = _followed(lines)
    turned = _followed([line._replace(way=OUT if line.way == IN else IN) for line in lines])[2]
    if breaks and not turned:
        raise UserError(
            f"{place}：余额随借方增加、随贷方减少，这是本单位的账，不是银行的对账单。请给出银行的对账单。"
        )
    days = sorted(line.day for line in lines)
    received, paid = (sum(line.fen for line in lines if line.way == way) for way in (IN, OUT))
    return BalanceCheck(place, days[0], days[-1], opening, received, paid, closing, tuple(breaks))


def _followed(
    lines: Sequence[StatementLine],
) -> tuple[int | None, int | None, list[tuple[StatementLine, int]]]:
    """The balances before and after the lines, and the lines whose balance does not follow from the one before.

    Banks list the oldest line first or the newest. Where all lines have one day, the order with fewer breaks counts.
    """
    ways = [lines] * (lines[0].day <= lines[-1].day) + [lines[::-1]] * (lines[0].day >= lines[-1].day)
    return min(map(_in_order, ways), key=lambda balances: len(balances[2]))


def _in_order(
    lines: Sequence[StatementLine],
) -> tuple[int | None, int | None, list[tuple[StatementLine, int]]]:
    opening: int | None = None
    at, since, breaks = 0, 0, []
    for line in lines:
        since += line.net
        if line.balance is None:
            continue
        if opening is None:
            opening = line.balance - since
        elif at + since != line.balance:
            breaks.append((line, at + since))
        at, since = line.balance, 0
    return opening, None if opening is None else at + since, breaks


def _gaps(sheets: Sequence[BalanceCheck]) -> Iterator[Finding]:
    """Where a balance does not follow from the one before, in a sheet or from one sheet to the next."""
    for sheet in sheets:
        for line, due in sheet.breaks:
            message = f"余额接不上：按上一行应为 {yuan(due):,} 元，写的是 {yuan(line.balance or 0):,} 元，中间可能缺行"
            yield _odd(_BALANCE, line.place, message, Severity.WARNING)
    with_balance = [sheet for sheet in sheets if sheet.closing is not None]
    for before, after in pairwise(sorted(with_balance, key=attrgetter("first", "last"))):
        if after.first > before.last and after.opening != before.closing:
            message = f"期初余额 {yuan(after.opening or 0):,} 元与 {before.place} 的期末余额 {yuan(before.closing or 0):,} 元接不上，中间可能缺一份"
            yield _odd(_GAP, after.place, message, Severity.WARNING)


def _odd(code: str, place: Place, message: str, severity: Severity) -> Finding:
    mend = "请对照银行打印的对账单；缺的请银行补出，读不出的请改好再对。"
    return Finding(code, severity, message, place, "对账单逐笔连续，余额逐笔相接", mend)


OTHERS = {
    "手续费": re.compile("手续费|工本费|账户管理费|年费|短信费|汇划费|汇费"),
    "利息": re.compile("利息|结息"),
    "拨入": re.compile("拨款|拨付|拨入|下拨|财政|国库|零余额|支付中心|预算|经费"),
}
"""What a paying account has beside payments, and the words that say so."""
_BACK = re.compile("退|冲|失败|不成功")
_BULK = re.compile("代发|代付|批量|批扣|批次|发放|工资|补贴|补助|报酬")
_INTERNAL = re.compile("银行|信用社|分行|支行|营业部|代发|代付|批量|过渡|待|清算|结算|内部|专户")
"""Names beside a movement that stands for a whole list: the bank's own, never a person's."""
_NAMED = re.compile(r"批次号?[:：]?\s*0*([1-9]\d{0,3})(?![\d年月./-])")
"""A batch of ours. A longer number is one that the bank gave, or a day."""


def other(line: StatementLine) -> str:
    """What a line is that has nothing to do with payments (手续费, 利息, 拨入); else ""."""
    for what, words in OTHERS.items():
        if words.search(f"{line.name} {line.text}") and (what != "拨入" or (line.way == IN and not _BACK.search(line.text))):  # fmt: skip
            return what
    return ""


def may_be_a_list(line: StatementLine) -> bool:
    """Whether a line may stand for many payees: it has no name but the bank's, and with an account it must say so."""
    bulk = _BULK.search(line.text + line.name) or (line.way == IN and _BACK.search(line.text))
    return (not line.name or bool(_INTERNAL.search(line.name))) and bool(not line.account or bulk)


def batches_named(line: StatementLine) -> set[int]:
    """The numbers of batches that the line names: 批次3."""
    return batches_in(line.text)


def batches_in(text: str) -> set[int]:
    """The numbers of batches that a text names."""
    return {int(number) for number in _NAMED.findall(text)}


class Payees:
    """The payees of the ledger, to find out which of them a line is about.

    pairs: account and name. sums: direction, account and amount of each transfer.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], sums: Iterable[tuple[str, str, int]]) -> None:
        self.sums = set(sums)
        self.accounts: set[str] = set()
        self.by_name: dict[str, set[str]] = defaultdict(set)
        for account, name in pairs:
            self.accounts.add(account)
            self.by_name[name].add(account)

    def account_of(self, line: StatementLine) -> str:
        """The payee's account, "" when the line is no payee's or it cannot be told whose.

        A written account decides. When the bank has put asterisks or left it out, the account must fit the name and the
        legible digits; of several that do, the one with such a transfer counts.
        """
        if line.account and "*" not in line.account:
            return line.account if line.account in self.accounts else ""
        if not line.name.strip("*"):
            return ""
        front, back = line.account.partition("*")[0], line.account.rpartition("*")[2]
        fits = {
            account
            for account in self._named(line.name)
            if account.startswith(front) and account.endswith(back)
        }
        if len(fits) > 1:
            fits = {account for account in fits if (line.way, account, line.fen) in self.sums}
        return fits.pop() if len(fits) == 1 else ""

    def _named(self, name: str) -> set[str]:
        """The accounts of the people with this name; a bank may have put asterisks for some of its characters."""
        if "*" not in name:
            return self.by_name.get(name, set())
        fits = re.compile(re.escape(name).replace(r"\*", "."))
        return {
            account
            for known, accounts in self.by_name.items()
            if fits.fullmatch(known)
            for account in accounts
        }
