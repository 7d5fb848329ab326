"""Draws the lines of a batch as pages: sums, the list that is signed, every line, doubts and sources. It is given them and
reads no ledger.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, NamedTuple

from sanchuang_cli import __version__
from sanchuang_cli.domain.payees import is_organisation
from sanchuang_cli.finding import Finding, in_order
from sanchuang_cli.kind import Kind
from sanchuang_cli.ledger.entries import RECOVERED, TITLES, Key
from sanchuang_cli.money import yuan
from sanchuang_cli.outcome import ITEM
from sanchuang_cli.table import Column, Table

PAYMENT, REISSUE, RECOVERY, IMPORT = "payment", "reissue", "recovery", "opening"
PURPOSES = {PAYMENT: "发放", REISSUE: "退票重发", RECOVERY: "追缴", IMPORT: "期初"}
"""What a batch can be for, with the word that its pages have for it."""
CURRENT = "本期"
"""The reason of a line that pays the period itself. All other lines are arrears or deductions."""
NEVER_YET = "补发：台账启用后这个月还没有发过"
"""The reason of a line for an earlier month for which the ledger, since it was begun, knows of no payment at all."""

_LINES = (
    Column("number", "序号", Kind.COUNT),
    Column("township", "乡镇", Kind.NAME),
    Column("village", "村", Kind.NAME),
    Column("name", "姓名", Kind.NAME),
    Column("identity", "身份证号", Kind.IDENTITY),
    Column("benefit", "补贴项目"),
    Column("month", "月份"),
    Column("kind", "种类"),
    Column("amount", "金额", Kind.MONEY, total=True),
    Column("reason", "原因", wide=True),
    Column("edition", "政策版本"),
    Column("place", "名册位置", wide=True),
)
_WHO = (
    Column("number", "序号", Kind.COUNT),
    Column("township", "乡镇", Kind.NAME),
    Column("village", "村", Kind.NAME),
    Column("name", "户名", Kind.NAME),
    Column("identity", "身份证号", Kind.IDENTITY),
    Column("bank", "开户行"),
    Column("account", "账号", Kind.ACCOUNT),
)
_SUMS = (
    Column("current", "本期", Kind.MONEY, total=True),
    Column("arrears", "补发", Kind.MONEY, total=True),
    Column("withheld", "抵扣", Kind.MONEY, total=True),
    Column("amount", "实发金额", Kind.MONEY, total=True, formula="current + arrears - withheld"),
)
_CLAIMED = Column("amount", "追缴金额", Kind.MONEY, total=True)


class LedgerLine(NamedTuple):
    """A row of the table `line`, as pages need it. fen: below zero what is deducted or asked back."""

    person: str
    identity: str
    name: str
    account: str
    bank: str
    township: str
    village: str
    benefit: str
    month: str
    component: str
    kind: str
    fen: int
    reason: str
    edition: str
    place: str

    def key(self, programme: str) -> Key:
        """The key that the line is about."""
        return Key(self.person, programme, self.benefit, self.month, self.component)


def called(benefit: str, component: str) -> str:
    """The name of a benefit with its component, if any: 书记报酬（绩效）."""
    return f"{benefit}（{component}）" if component else benefit


def with_codes(table: Table, at: str = "identity") -> Table:
    """The table with the keys of organisations, if there are any, moved into a column 组织代码 of their own."""
    j = table.index(at)
    if not any(row[j] and is_organisation(row[j]) for row in table.rows):
        return table
    columns = (*table.columns[: j + 1], Column("code", "组织代码"), *table.columns[j + 1 :])
    rows = []
    for row in table.rows:
        cells = (None, row[j]) if row[j] and is_organisation(row[j]) else (row[j], None)
        rows.append((*row[:j], *cells, *row[j + 1 :]))
    return replace(table, columns=columns, rows=rows)


def by_person(lines: Iterable[LedgerLine]) -> list[list[LedgerLine]]:
    """The lines of each person, in the order of the page."""
    groups: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in lines:
        groups[line.person].append(line)
    place = attrgetter("township", "village", "name", "identity")
    return sorted(groups.values(), key=lambda of_person: place(of_person[0]))


def sums_page(purpose: str, title: str, lines: Sequence[LedgerLine]) -> Table:
    """汇总, the first page of a batch: by township people and sums, of each benefit and in all."""
    benefits = list(dict.fromkeys(line.benefit for line in lines))
    townships: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in lines:
        townships[line.township].append(line)
    sign = -1 if purpose == RECOVERY else 1
    rows = [
        (name or None, _heads(here), *_by_benefit(here, benefits, sign), *_in_all(purpose, here))
        for name, here in sorted(townships.items())
    ]
    columns = [Column("township", "乡镇", Kind.NAME), _total("people", "人数", Kind.COUNT)]
    for i, benefit in enumerate(benefits):
        columns.append(_total(f"people{i}", f"{benefit}/人数", Kind.COUNT))
        columns.append(_total(f"amount{i}", f"{benefit}/金额", Kind.MONEY))
    columns += (_CLAIMED,) if purpose == RECOVERY else _SUMS
    now = _heads(line for line in lines if line.reason == CURRENT)
    late = late_only(now, _heads(lines)) if purpose != RECOVERY else ""
    never_paid = never_yet((line.month, line.fen, line.reason) for line in lines)
    notes = tuple(filter(None, (_counted_once(rows, len(benefits)), late, never_paid)))
    return _signed(f"{PURPOSES[purpose]}汇总", f"{title}汇总", tuple(columns), rows, notes=notes)


def _counted_once(rows: Iterable[tuple[Any, ...]], benefits: int) -> str:
    """A note when some people get several benefits, so that the columns count more people than there are; else ""."""
    people = apart = 0
    for row in rows:
        people += row[1]
        apart += sum(row[2 : 2 + 2 * benefits : 2])
    return (
        f"领几项的人只计一次：各项相加 {apart} 人次 - 多计 {apart - people} 人次 = {people} 人。"
        if apart != people
        else ""
    )


def late_only(now: int, people: int) -> str:
    """How many of the people are paid for this period, "" where all are. The others have arrears or deductions alone."""
    return f"有本期的 {now} 人 + 只有补发或抵扣的 {people - now} 人 = {people} 人。" if now != people else ""


def _heads(lines: Iterable[LedgerLine]) -> int:
    return len({line.person for line in lines})


def _by_benefit(lines: Sequence[LedgerLine], benefits: Sequence[str], sign: int) -> Iterator[int]:
    """People and fen of each benefit in turn."""
    for benefit in benefits:
        of_benefit = [line for line in lines if line.benefit == benefit]
        yield _heads(of_benefit)
        yield sign * sum(line.fen for line in of_benefit)


def _in_all(purpose: str, lines: Iterable[LedgerLine]) -> tuple[int, ...]:
    """The sums of a row: what is asked back; or what is paid for the period, in arrears, deducted, and in all."""
    items = list(lines)
    total = sum(line.fen for line in items)
    if purpose == RECOVERY:
        return (-total,)
    current = sum(line.fen for line in items if line.fen > 0 and line.reason == CURRENT)
    withheld = -sum(line.fen for line in items if line.fen < 0)
    return current, total + withheld - current, withheld, total


def never_yet(items: Iterable[tuple[str, int, str]]) -> str:
    """A note when arrears are due only because the ledger is new; else "". items: month, fen, reason."""
    late = [(month, fen) for month, fen, reason in items if reason == NEVER_YET]
    if not late:
        return ""
    first, last = min(late)[0], max(late)[0]
    span = first if first == last else f"{first}至{last}"
    return (
        f"补发里有 {yuan(sum(fen for _, fen in late)):,.2f} 元是 {span} 的：台账启用以来这几个月一笔也没有发过。"
        "在台账以外发过的，先取消这个批次，用 sanchuang ledger import --paid-outside 记作期初，再提请。"
    )


def list_page(purpose: str, title: str, lines: Sequence[LedgerLine]) -> Table:
    """The list that is signed, one row a person: paid for the period, in arrears, deducted, and what the bank gets."""
    components = list(dict.fromkeys(_part(line) for line in lines))
    parts = components if any(components) else []
    split = [_total(f"part{i}", f"其中/{part or '其他'}", Kind.MONEY) for i, part in enumerate(parts)]
    claimed = purpose == RECOVERY
    rows: list[tuple[Any, ...]] = []
    for number, of_person in enumerate(by_person(lines), 1):
        first = of_person[0]
        account = () if claimed else (first.bank or None, first.account)
        of_parts = [sum(line.fen for line in of_person if _part(line) == part) for part in parts]
        sums = (*_in_all(purpose, of_person), *([] if claimed else of_parts))
        rows.append((*_who(number, first), *account, *sums))
    columns = (*_WHO[:5], _CLAIMED) if claimed else (*_WHO, *_SUMS, *split)
    return with_codes(_signed(f"{PURPOSES[purpose]}清单", title, columns, rows, group="township"))


def _part(line: LedgerLine) -> str:
    """The component of a line, where pages add up by it: nobody adds up by the number of an item."""
    return "" if line.component.startswith(ITEM) else line.component


def _total(name: str, title: str, kind: Kind) -> Column:
    return Column(name, title, kind, total=True)


def _who(number: int, line: LedgerLine) -> tuple[Any, ...]:
    """The cells of the first five columns of _WHO."""
    return number, line.township, line.village, line.name, line.identity


def _signed(
    name: str, title: str, columns: tuple[Column, ...], rows: list[tuple[Any, ...]], **how: Any
) -> Table:
    return Table(name, title, columns, rows, grand_total=True, unit="元", signed=True, **how)


def lines_page(title: str, lines: Sequence[LedgerLine]) -> Table:
    """Every line of the batch, with its month, benefit and reason."""
    rows = [
        (
            number,
            line.township,
            line.village,
            line.name,
            line.identity,
            called(line.benefit, line.component),
            line.month,
            TITLES[line.kind],
            line.fen,
            line.reason,
            line.edition,
            line.place,
        )
        for number, line in enumerate((line for of_person in by_person(lines) for line in of_person), 1)
    ]
    return with_codes(Table("批次明细", f"{title}明细", _LINES, rows, grand_total=True, unit="元"))


def comparison_page(title: str, changes: Sequence[tuple[Any, ...]], unchanged: int, waiting: int) -> Table:
    """What the ledger would change. changes: (township, village, name, identity, benefit, month, fen, reason)."""
    columns = (*_LINES[:7], _LINES[8], _LINES[9])
    notes: tuple[str, ...] = (
        f"无变动 {unchanged} 项；已在未了结的批次里或这次说不准、留待以后比较的 {waiting} 项。",
    )
    if not changes:
        notes = ("没有要补发、追缴或发放的：与台账一致。", *notes)
    rows = [(number, *change) for number, change in enumerate(changes, 1)]
    table = Table("台账比较", f"{title}与台账比较", columns, rows, grand_total=True, unit="元", notes=notes)
    return with_codes(table)


def corrections_page(title: str, rows: Sequence[tuple[Any, ...]]) -> Table | None:
    """补发扣发明细: what was due, paid and taken back, month by month, and what the run adds or takes. rows: the first seven cells
    of _LINES without the number, then the sums in fen. None where there is nothing but the period's own."""
    if not rows:
        return None
    columns = (
        *_LINES[:7],
        _total("should", "应发", Kind.MONEY),
        _total("paid", "已发", Kind.MONEY),
        _total("corrected", "已更正", Kind.MONEY),
        _total("amount", "本次补（扣）", Kind.MONEY),
        Column("left", "尚待扣回", Kind.MONEY, total=True, formula="paid + corrected + amount - should"),
        _LINES[9],
    )
    numbered = [(number, *row) for number, row in enumerate(rows, 1)]
    note = "应发 − 已发 − 已更正 = 应补（扣）；扣的分次扣时，没有扣完的列在“尚待扣回”。已更正的负数是已经扣回、追回的。"
    table = Table(
        "补发扣发明细", f"{title}补发扣发明细", columns, numbered, grand_total=True, unit="元", notes=(note,)
    )
    return with_codes(table)


def summary_page(changes: Sequence[tuple[Any, ...]], unchanged: int, waiting: int) -> Table:
    """The changes in a few lines for the terminal: number and sum by reason."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for *_, fen, reason in changes:
        sums[reason][0] += 1
        sums[reason][1] += fen
    columns = (
        Column("what", "与台账比较"),
        Column("count", "项数", Kind.COUNT),
        Column("amount", "金额", Kind.MONEY),
    )
    rows = [
        (reason, *sums[reason]) for reason in sorted(sums, key=lambda reason: (reason != CURRENT, reason))
    ]
    rest = [("无变动", unchanged, None)] + ([("留待以后比较", waiting, None)] if waiting else [])
    return Table("台账摘要", "与台账比较", columns, [*rows, *rest], unit="元")


def findings_page(title: str, findings: Iterable[Finding]) -> Table:
    """The findings of a comparison."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        Column("severity", "级别", Kind.CHOICE),
        Column("place", "位置"),
        Column("message", "说明", wide=True),
        Column("mend", "处理办法", wide=True),
    )
    rows = [
        (number, finding.severity.label, str(finding.place), finding.message, finding.mend)
        for number, finding in enumerate(in_order(findings), 1)
    ]
    return Table("台账疑点", f"{title}台账疑点", columns, rows)


def sources_page(
    title: str, number: int, run: dict[str, str], origin: int | None, more: Iterable[tuple[str, str]]
) -> Table:
    """What the batch was made from: policy and inputs with their hashes. origin: the batch that it sends again. more: the
    ledger's own lines."""
    rows = [("批次", str(number)), *([("原批次", str(origin))] if origin else [])]
    rows += [("期间", run["period"]), ("政策文件", run["policy"]), ("政策文件 SHA-256", run["policy_sha256"])]
    rows += [(f"{since} 起施行", document) for since, document in json.loads(run["documents"]).items()]
    rows += [(f"{file} SHA-256", digest) for file, digest in json.loads(run["inputs"])]
    return facts_page(title, [*rows, *more])


def facts_page(title: str, rows: Sequence[tuple[str, str]]) -> Table:
    """来源: what a workbook was made from, and by which version of this program."""
    columns = (Column("item", "项目"), Column("value", "内容", wide=True))
    return Table("来源", f"{title}来源", columns, [*rows, ("程序版本", f"sanchuang {__version__}")])


def bank_page(title: str, lines: Sequence[LedgerLine]) -> Table | None:
    """What the bank pays, one row a person. None when everything was deducted."""
    columns = (*_WHO, _total("amount", "金额", Kind.MONEY), Column("remark", "备注"))
    rows: list[tuple[Any, ...]] = []
    for of_person in by_person(lines):
        first, total = of_person[0], sum(line.fen for line in of_person)
        assert total >= 0, "more is deducted than paid"
        if total:
            paid = (called(line.benefit, _part(line)) for line in of_person if line.kind != RECOVERED)
            benefits = "、".join(dict.fromkeys(paid))
            rows.append((*_who(len(rows) + 1, first), first.bank, first.account, total, benefits))
    if not rows:
        return None
    nothing = len(by_person(lines)) - len(rows)
    return with_codes(
        Table(
            title,
            f"{title}银行代发",
            columns,
            rows,
            grand_total=True,
            unit="元",
            besides=(("全部抵扣", nothing, 0),) if nothing else (),
        )
    )
