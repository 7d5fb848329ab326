"""Pages over all benefits: 分乡镇汇总表, 分档人数, 不予发放名单, and those who cannot be paid through the bank."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.payroll.assessment import Assessment
from sanchuang_cli.domain.payroll.lines import Line
from sanchuang_cli.domain.payroll.scheme import ITEM
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import shares
from sanchuang_cli.table import Chart, Column, Table

_NUMBER = Column("number", "序号", Kind.COUNT)
_WHO = (
    Column("township", "乡镇"),
    Column("village", "村"),
    Column("name", "姓名", Kind.NAME),
    Column("identity", "身份证号", Kind.IDENTITY),
)


def who(decision: Decision) -> tuple[str | None, ...]:
    record = decision.record
    return record.township or None, record.village or None, record.name, record.identity


def township_page(assessment: Assessment) -> Table:
    """分乡镇汇总表: people and money of each benefit, and who bears it."""
    benefits = assessment.benefits
    payers = list(dict.fromkeys(s.who for b in benefits if b.funding for s in b.funding.shares))
    columns = [
        _NUMBER,
        Column("township", "乡镇"),
        Column("people", "人数", Kind.COUNT, total=True),
    ]
    for i, benefit in enumerate(benefits):
        columns.append(Column(f"people{i}", f"{benefit.name}/人数", Kind.COUNT, total=True))
        columns.append(Column(f"amount{i}", f"{benefit.name}/金额", Kind.MONEY, total=True))
    columns.append(Column("amount", "金额合计", Kind.MONEY, total=True))
    columns += [
        Column(f"payer{i}", f"经费分担/{payer}", Kind.MONEY, total=True) for i, payer in enumerate(payers)
    ]
    groups: dict[str, list[Decision]] = defaultdict(list)
    for decision in assessment.paid:
        groups[decision.record.township].append(decision)
    paid = {benefit.name: _paid_by_township(assessment.lines[benefit.name]) for benefit in benefits}
    rows: list[tuple[Any, ...]] = []
    for number, township in enumerate(sorted(groups, key=assessment.rank), 1):
        decisions = groups[township]
        cells: list[Any] = [number, township or None, len(decisions)]
        for benefit in benefits:
            cells += paid[benefit.name].get(township, (0, 0))
        cells.append(sum([d.fen for d in decisions]))
        borne = funding(assessment, decisions)
        rows.append((*cells, *(borne.get(payer, 0) for payer in payers)))
    total = columns[-1 - len(payers)].name
    table = Table(
        "分乡镇汇总表",
        f"{assessment.title}分乡镇汇总表",
        tuple(columns),
        rows,
        grand_total=True,
        unit="元",
        notes=_notes(assessment),
        signed=True,
        chart=Chart("各乡镇发放金额（元）", "township", (total,)) if rows else None,
    )
    assert sum(row[table.index("amount")] for row in rows) == assessment.fen, "townships do not add up"
    return table


def _paid_by_township(lines: Iterable[Line]) -> dict[str, tuple[int, int]]:
    """People and fen of one benefit."""
    found: dict[str, tuple[int, int]] = {}
    for line in lines:
        people, fen = found.get(line.decision.record.township, (0, 0))
        found[line.decision.record.township] = people + 1, fen + line.fen
    return found


def funding(assessment: Assessment, decisions: Iterable[Decision]) -> dict[str, int]:
    """Who bears how many fen: split person by person and month by month, then added up."""
    splits = {b.name: b.funding.shares for b in assessment.benefits if b.funding}
    borne: dict[str, int] = defaultdict(int)
    known: dict[tuple[str, int], list[int]] = {}
    for decision in decisions:
        for payment in decision.payments:
            parts = splits.get(payment.benefit)
            if parts is None:
                continue
            key = (payment.benefit, payment.fen)
            if key not in known:
                known[key] = shares(payment.fen, [part.percent for part in parts])
            for part, fen in zip(parts, known[key], strict=True):
                borne[part.who] += fen
    return borne


def tier_page(assessment: Assessment) -> Table:
    """分档人数: how many people stand in each tier, and what they get."""
    columns = (
        _NUMBER,
        assessment.scheme.headed(ITEM),
        Column("tier", "档次"),
        Column("people", "人数", Kind.COUNT, total=True),
        Column("amount", "本期金额", Kind.MONEY, total=True),
    )
    found: dict[tuple[int, str], list[int]] = {}
    posts: dict[tuple[int, str], tuple[int, ...]] = {}
    for i, benefit in enumerate(assessment.benefits):
        for line in assessment.lines[benefit.name]:
            key = i, line.standard.label if line.standard else "（补发以前月份）"
            sums = found.setdefault(key, [0, 0])
            sums[0] += 1
            sums[1] += line.fen
            own = line.verdict.history.candidates if line.verdict.history else ()
            posts[key] = min(posts.get(key, own), own)
    rows = [
        (number, assessment.benefits[i].name, label, *found[i, label])
        for number, (i, label) in enumerate(sorted(found, key=lambda k: (k[0], posts[k], _digits(k[1]))), 1)
    ]
    return Table(
        "分档人数",
        f"{assessment.title}分档人数",
        columns,
        rows,
        group="benefit",
        grand_total=True,
        unit="元",
    )


def _digits(label: str) -> str:
    """A label by which tiers sort from low to high: 满5年 before 满10年."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(9), label)


def refusal_page(assessment: Assessment) -> Table:
    """不予发放名单: for each benefit asked for and not paid, the first failing clause and all others."""
    columns = (
        _NUMBER,
        *_WHO,
        assessment.scheme.headed(ITEM),
        Column("reason", "不予发放原因", wide=True, private=True),
        Column("basis", "依据", wide=True, private=True),
        Column("others", "其他不符合的条件", wide=True, private=True),
    )
    rows: list[tuple[Any, ...]] = []
    for number, (decision, name, (first, *others)) in enumerate(assessment.refusals, 1):
        rest = "；".join([f"{clause.name}（{clause.said}）" for clause in others])
        reason = f"{first.name}：{first.said}"
        rows.append((number, *who(decision), name, reason, first.citation, rest or None))
    outside = (
        f"另有 {assessment.outside} 人不属于本政策任何一项{assessment.scheme.noun}的对象，未列。"
        if assessment.outside
        else ""
    )
    return Table(
        "不予发放名单",
        f"{assessment.title}不予发放名单",
        columns,
        rows,
        notes=tuple(filter(None, (outside,))),
        signed=True,
    )


def without_account_page(assessment: Assessment) -> Table:
    """Those who are paid and cannot be reached through the bank: no account, or one that fails its check."""
    columns = (*_WHO, Column("amount", "金额", Kind.MONEY, total=True), Column("reason", "原因"))
    flawed = ((decision, flaw(decision.record.account)) for decision in assessment.paid)
    without = ((decision, reason) for decision, reason in flawed if reason)
    rows = [(i, *who(decision), decision.fen, reason) for i, (decision, reason) in enumerate(without, 1)]
    return Table(
        "无有效账户名单",
        f"{assessment.title}无有效账户名单",
        (_NUMBER, *columns),
        rows,
        group="township",
        grand_total=True,
        unit="元",
        notes=("以上人员留在花名册上，未列入银行代发文件，请补填账号后另行发放。",),
    )


def screen(assessment: Assessment, townships: Table) -> tuple[Table, ...]:
    """What the terminal shows: people and money by benefit, and by township as on the page `townships`."""
    columns = (
        assessment.scheme.headed(ITEM),
        Column("people", "人数", Kind.COUNT),
        Column("months", "人月", Kind.COUNT, total=True),
        Column("arrears", "其中补发", Kind.MONEY, total=True),
        Column("amount", "金额", Kind.MONEY, total=True),
        Column("refused", "不予发放", Kind.COUNT),
    )
    refused = Counter(name for _, name, _ in assessment.refusals)
    rows = []
    for benefit in assessment.benefits:
        found = assessment.lines[benefit.name]
        months = sum(len(line.payments) for line in found)
        arrears, fen = sum(line.arrears for line in found), sum(line.fen for line in found)
        rows.append((benefit.name, len(found), months, arrears, fen, refused[benefit.name]))
    assert sum(row[4] for row in rows) == assessment.fen, "benefits do not add up"
    summary = Table("概要", f"{assessment.title}", columns, rows, grand_total=True, unit="元")
    return summary, _townships_in_brief(townships)


def _townships_in_brief(whole: Table) -> Table:
    kept = [whole.index(name) for name in ("township", "people", "amount")]
    rows = [tuple(row[j] for j in kept) for row in whole.rows]
    columns = tuple(whole.columns[j] for j in kept)
    return Table("各乡镇", "各乡镇发放", columns, rows, grand_total=True, unit="元")


def _notes(assessment: Assessment) -> tuple[str, ...]:
    edition = assessment.policy.on(assessment.period.last)
    return (f"依据：{edition.title}。{edition.document}。",)
