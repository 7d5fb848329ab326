"""A whole roster in a period: every row is paid, refused, merged with its double, or set aside. None is lost.

What the pages, the bank list, the notice and `explain` are made from.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from msgspec.structs import asdict, replace

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.entitlement import Clause
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.period import Period, Spell
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Occasion, Rosters, Tally, filed
from sanchuang_cli.programmes.subsidies.cases import Born
from sanchuang_cli.programmes.subsidies.conditions import Trouble
from sanchuang_cli.programmes.subsidies.decisions import Decision, PaidMonths, decided
from sanchuang_cli.programmes.subsidies.doubts import disagreement, doubts, finding
from sanchuang_cli.programmes.subsidies.lines import Line, lines_by_benefit
from sanchuang_cli.programmes.subsidies.policy import Benefit, Subsidies
from sanchuang_cli.programmes.subsidies.records import Listed, Member, Paid, SpellRow
from sanchuang_cli.programmes.subsidies.rulebook import Rulebook, months_in
from sanchuang_cli.programmes.subsidies.unread import missing_columns, unread
from sanchuang_cli.record import Roster


@dataclass(frozen=True)
class Assessment:
    """paid and refused: in the order of pages (township, village, name, identity). outside: rows that no benefit
    concerns. doubles: rows merged into one. tally: where each row went. decisions: those of all rows that could be
    read, in their order. judged: everybody who is not set aside, those outside among them."""

    period: Period
    policy: PolicyFile[Subsidies]
    benefits: tuple[Benefit, ...]
    paid: tuple[Decision, ...]
    refused: tuple[Decision, ...]
    outside: int
    doubles: int
    set_aside: int
    tally: Tally
    findings: tuple[Finding, ...]
    previous: tuple[Paid, ...] | None
    decisions: tuple[Decision, ...]
    judged: tuple[Decision, ...]

    @cached_property
    def lines(self) -> Mapping[str, list[Line]]:
        """Who is paid each benefit."""
        return lines_by_benefit(self.paid, [b.name for b in self.benefits], self.period, self.previous)

    @cached_property
    def refusals(self) -> list[tuple[Decision, str, list[Clause]]]:
        """Each benefit that somebody asked for and is not paid, with the failing clauses, the first first."""
        return [(d, name, failing) for d in self.judged for name, failing in d.refused().items()]

    @property
    def fen(self) -> int:
        return sum(decision.fen for decision in self.paid)


def assessed(rosters: Rosters, policy: PolicyFile[Subsidies], occasion: Occasion) -> Assessment:
    """Judge every row. Raises UserError when the policy lacks a figure for the period."""
    book = Rulebook(policy, occasion.period, occasion.on)
    members: Roster[Member] = rosters["members"]
    previous = _previous(rosters, book)
    sheet = _spells(rosters.get("spells"))
    findings = [*book.old_bases(), *missing_columns(policy.editions, members.records)]
    decisions: list[Decision] = []
    for record in members.records:
        decision, doubtful = _judged(book, record, sheet, previous)
        decisions.append(decision)
        if doubtful:
            decision.set_aside = any(doubt.severity is Severity.ERROR for doubt in doubtful)
            findings += doubtful
    findings += _screened(decisions, rosters.get("screen"))
    kept, merged, double_findings = _without_doubles(decisions)
    findings += double_findings
    findings += _shared_accounts(kept)
    findings += _account_findings(kept)
    findings += _without_township(kept)
    good = sorted((d for d in kept if not d.set_aside), key=lambda d: d.order)
    paid = tuple(d for d in good if d.payments)
    refused = tuple(d for d in good if not d.payments and d.verdicts)
    outside = [d for d in good if not d.payments and not d.verdicts]
    rare = {"不属补贴对象": outside, "重复合并": merged}
    parts = {"发放": paid, "不予发放": refused, **{what: rows for what, rows in rare.items() if rows}}
    rows = {what: [d.record.row for d in found] for what, found in parts.items()}
    tally = filed(members, rows, [d.record.row for d in kept if d.set_aside], findings)
    return Assessment(
        period=occasion.period,
        policy=policy,
        benefits=tuple(book.benefits()),
        paid=paid,
        refused=refused,
        outside=len(outside),
        doubles=len(merged),
        set_aside=tally.set_aside,
        tally=tally,
        findings=tuple(findings),
        previous=rosters["previous"].records if previous is not None else None,
        decisions=tuple(decisions),
        judged=tuple(good),
    )


def _judged(
    book: Rulebook, record: Member, sheet: Mapping[str, tuple[Spell, ...]], previous: PaidMonths | None
) -> tuple[Decision, list[Finding]]:
    """The decision on one row and what is doubtful about it."""
    cell, told = record.spells, sheet.get(record.identity, ())
    if told:
        record = replace(record, spells=told)
    if not book.concerns(record):
        return Decision(record), []
    born = Born.of(record.identity)
    if born is None:
        unreadable = Trouble(
            "subsidies.identity",
            "identity",
            "身份证号不能识别",
            "年龄、性别以身份证号为准",
            "请核对身份证号。",
        )
        return Decision(record), [finding(record, Severity.ERROR, unreadable)]
    decision = decided(book, record, born, previous)
    troubles = [trouble for verdict in decision.verdicts for trouble in verdict.troubles]
    found = [finding(record, Severity.ERROR, trouble) for trouble in dict.fromkeys(troubles)]
    if not found:
        found += unread(decision)
        found += doubts(book, decision, born, lambda other, age: decided(book, other, age, previous))
    if told and cell and disagreement(cell, told):
        other = decided(book, replace(record, spells=cell), born, previous)
        changes = other.payments != decision.payments
        trouble = Trouble(
            "subsidies.spells-differ",
            "spells",
            "“任职经历”一格与任职经历表不一致" + ("，会改变本期金额" if changes else "，按任职经历表认定"),
            "任职时间以任职经历表为准",
            "请对照任免文件，改正写错的一处。",
        )
        found.append(finding(record, Severity.ERROR if changes else Severity.WARNING, trouble))
    return decision, found


def _previous(rosters: Rosters, book: Rulebook) -> PaidMonths | None:
    roster: Roster[Paid] | None = rosters.get("previous")
    if roster is None or not roster.rows_read:
        return None
    paid: dict[tuple[str, str], set[int]] = defaultdict(set)
    for line in roster.records:
        try:
            months = months_in(line.months) if line.months else set(book.prior)
        except ValueError:
            raise UserError(
                f"{line.row.place('months')}：发放月份“{line.months}”看不懂，应写成 2026-01至2026-03。"
            ) from None
        paid[line.identity, line.benefit] |= months
    if not any(months & set(book.prior) for months in paid.values()):
        raise UserError(
            f"--previous 给的花名册里没有 {book.period.before().title} 的发放月份，不是上一期的。请换成上一期的花名册。"
        )
    return paid


def _spells(roster: Roster[SpellRow] | None) -> dict[str, tuple[Spell, ...]]:
    """Spells of the 任职经历 sheet by identity number, in the order of time."""
    found: dict[str, list[Spell]] = defaultdict(list)
    for line in roster.records if roster else ():
        found[line.identity].append(Spell(line.start, line.end, line.post))
    return {who: tuple(sorted(spells, key=_in_time)) for who, spells in found.items()}


def _in_time(spell: Spell) -> tuple[Any, ...]:
    return spell.start, spell.end is None, spell.end or spell.start, spell.post


def _screened(decisions: list[Decision], roster: Roster[Listed] | None) -> Iterator[Finding]:
    """Hits on lists of the dead, the employed …: by identity number an error, by name alone a warning."""
    if roster is None:
        return
    by_identity = {line.identity: line for line in roster.records if line.identity}
    by_name = {line.name: line for line in roster.records if line.name}
    for decision in decisions:
        record = decision.record
        line, column, severity = by_identity.get(record.identity), "identity", Severity.ERROR
        then = "身份证号相同，不发放、待核实"
        if line is None:
            line, column, severity = by_name.get(record.name), "name", Severity.WARNING
            then = "只是姓名相同，请核对是否本人"
        if line is None or (severity is Severity.WARNING and not decision.verdicts):
            continue
        decision.set_aside = decision.set_aside or severity is Severity.ERROR
        message = f"在核查名单上（{line.kind or '核查名单'}，{line.row.place()}）：{then}"
        trouble = Trouble("subsidies.screened", column, message, "核查名单比对", "请核实本人情况。")
        yield finding(record, severity, trouble)


def _without_doubles(decisions: list[Decision]) -> tuple[list[Decision], list[Decision], list[Finding]]:
    """One decision a person, those merged into it, and what is odd. Rows with one identity number that disagree on the
    money are all set aside."""
    groups: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        groups[decision.record.identity].append(decision)
    kept: list[Decision] = []
    merged: list[Decision] = []
    findings: list[Finding] = []
    for rows in groups.values():
        if len(rows) == 1:
            kept += rows
            continue
        rows.sort(key=lambda row: (_content(row), row.order))
        agree = len({_bearing(row) for row in rows}) == 1 and not any(row.set_aside for row in rows)
        kept += rows[:1] if agree else rows
        merged += rows[1:] if agree else []
        for row in rows:
            row.set_aside = not agree
        findings += _double_findings(rows, agree)
    return kept, merged, findings


def _content(decision: Decision) -> str:
    """What a row says, wherever it stands."""
    return repr(sorted(item for item in asdict(decision.record).items() if item[0] != "row"))


def _double_findings(rows: list[Decision], agree: bool) -> Iterator[Finding]:
    severity = Severity.WARNING if agree else Severity.ERROR
    apart = "、".join(
        what
        for what, said in zip(
            ("姓名", "银行账号", "应发金额", "任职经历"), zip(*map(_bearing, rows), strict=True), strict=True
        )
        if len(set(said)) > 1
    )
    then = (
        "各处一致，只发一份"
        if agree
        else f"各处对金额有影响的内容不一致{f'（{apart}）' if apart else ''}，都不发放、待核实"
    )
    for row in rows:
        others = "；".join(str(other.record.row.place("identity")) for other in rows if other is not row)
        message = f"身份证号 {mask(Kind.IDENTITY, row.record.identity)} 还出现在 {others}：{then}"
        trouble = Trouble("subsidies.duplicate", "identity", message, "一人一份", "请删去重复的一行。")
        yield finding(row.record, severity, trouble)


def _bearing(decision: Decision) -> tuple[object, ...]:
    """All that bears on the money: who, where to, what; and the spells, which may pay alike and be worth more together."""
    record = decision.record
    return (
        record.name,
        record.account,
        tuple(sorted(decision.payments)),
        tuple(sorted(record.spells, key=_in_time)),
    )


def _shared_accounts(decisions: list[Decision]) -> Iterator[Finding]:
    """One account under two names: none of them is paid."""
    holders: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.record.account and decision.verdicts:
            holders[decision.record.account].append(decision)
    for account, rows in holders.items():
        if len({row.record.name for row in rows}) == 1:
            continue
        for row in rows:
            row.set_aside = True
            others = "；".join(str(other.record.row.place("account")) for other in rows if other is not row)
            message = f"银行账号 {mask(Kind.ACCOUNT, account)} 还写在别人名下：{others}；都不发放、待核实"
            trouble = Trouble(
                "subsidies.shared-account", "account", message, "一个账号一个户名", "请核对各人本人的账号。"
            )
            yield finding(row.record, Severity.ERROR, trouble)


def _account_findings(decisions: list[Decision]) -> Iterator[Finding]:
    for decision in decisions:
        flawed = flaw(decision.record.account) if decision.payments and not decision.set_aside else ""
        if flawed:
            message = f"{flawed}，留在花名册上，不进银行代发文件"
            trouble = Trouble(
                "subsidies.account", "account", message, "银行代发须有有效账号", "请补填或改正账号。"
            )
            yield finding(decision.record, Severity.WARNING, trouble)


def _without_township(decisions: list[Decision]) -> Iterator[Finding]:
    for decision in decisions:
        if decision.payments and not decision.set_aside and not decision.record.township:
            message, basis = "没有填写乡镇，在花名册和汇总表上单独成一组", "花名册和汇总表分乡镇"
            trouble = Trouble("subsidies.no-township", "township", message, basis, "请补填乡镇。")
            yield finding(decision.record, Severity.WARNING, trouble)
