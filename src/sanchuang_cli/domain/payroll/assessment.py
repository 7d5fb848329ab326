"""A whole roster in a period: every row is paid, refused, merged with its double, or set aside. None is lost.

What the pages, the bank list, the notice and `explain` are made from.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property

from msgspec.structs import asdict, replace

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.contradictions import repeated, shared
from sanchuang_cli.domain.entitlement.beside import Lines, beside_fields, lines_with_more
from sanchuang_cli.domain.entitlement.cases import Born
from sanchuang_cli.domain.entitlement.conditions import Trouble
from sanchuang_cli.domain.entitlement.consistency import TOLD_TWICE
from sanchuang_cli.domain.entitlement.decisions import Decision, decided
from sanchuang_cli.domain.entitlement.doubts import contradicted, disagreement, doubts, finding
from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements
from sanchuang_cli.domain.entitlement.prior import Prior, prior
from sanchuang_cli.domain.entitlement.readings import Against, Reading
from sanchuang_cli.domain.entitlement.rulebook import Rulebook
from sanchuang_cli.domain.entitlement.spell_sheet import SpellSheet, in_time
from sanchuang_cli.domain.entitlement.unread import missing_columns
from sanchuang_cli.domain.payroll.arrears import absent, set_apart, told
from sanchuang_cli.domain.payroll.lines import Line, lines_by_benefit
from sanchuang_cli.domain.payroll.scheme import ITEM, Scheme
from sanchuang_cli.domain.payroll.screening import screened
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Occasion, Rosters, Tally, filed
from sanchuang_cli.record import Roster


@dataclass(frozen=True)
class Assessment:
    """paid and refused: in the order of pages (township, village, name, identity). outside: rows that no benefit
    concerns. doubles: rows merged into one. aside: the lines against which an error stands. tally: where each row went. decisions: those of all rows that could be
    read, in their order. judged: everybody who is not set aside, those outside among them."""

    scheme: Scheme
    period: Period
    rank: Callable[[str], tuple[int, str]]
    policy: PolicyFile[Entitlements]
    benefits: tuple[Benefit, ...]
    paid: tuple[Decision, ...]
    refused: tuple[Decision, ...]
    outside: int
    doubles: int
    aside: Set[tuple[str, str, int]]
    tally: Tally
    findings: tuple[Finding, ...]
    previous: tuple[Paid, ...] | None
    before: Prior | None
    decisions: tuple[Decision, ...]
    judged: tuple[Decision, ...]

    @property
    def set_aside(self) -> int:
        """Rows that are set aside, those among them that could not be read."""
        return self.tally.set_aside

    def is_aside(self, decision: Decision) -> bool:
        """Whether an error stands against the row of a decision."""
        return decision.record.row.line in self.aside

    @property
    def title(self) -> str:
        """The period and what is paid in it, as titles of pages begin."""
        return f"{self.period.title}{self.scheme.matter}"

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


def assessed(
    scheme: Scheme, rosters: Rosters, policy: PolicyFile[Entitlements], occasion: Occasion
) -> Assessment:
    """Judge every row. Raises UserError when the policy lacks a figure for the period."""
    book = Rulebook(policy, occasion.period, occasion.on)
    members: Roster[Member] = rosters["members"]
    before = prior(rosters.get("previous"), book, scheme.headed(ITEM).title)
    decisions, doubtful = _each_judged(book, rosters, before)
    findings = [*book.old_bases(), *missing_columns(policy.editions, members.records), *doubtful]
    findings += screened(decisions, rosters.get("screen"))
    kept, merged, doubled = _without_doubles(decisions, _in_error(findings))
    findings += doubled
    findings += _shared_accounts(kept)
    if before:
        findings += set_apart(_left(kept, findings), before)
        findings += absent(kept, before)
        findings += told(_left(kept, findings), before, policy.name, scheme)
    left = _left(kept, findings)
    findings += _account_findings(left)
    findings += _without_township(left)
    rank = cache(occasion.rank)
    good = sorted(left, key=lambda d: (rank(d.record.township), d.order))
    paid = tuple(d for d in good if d.payments)
    refused = tuple(d for d in good if not d.payments and d.verdicts)
    outside = [d for d in good if not d.payments and not d.verdicts]
    rare = {f"不属{scheme.noun}对象": outside, "重复合并": merged}
    parts = {"发放": paid, "不予发放": refused, **{what: rows for what, rows in rare.items() if rows}}
    rows = {what: [d.record.row for d in found] for what, found in parts.items()}
    aside = _in_error(findings)
    tally = filed(members, rows, [d.record.row for d in kept if d.record.row.line in aside], findings)
    return Assessment(
        scheme=scheme,
        period=occasion.period,
        rank=rank,
        policy=policy,
        benefits=tuple(_benefits(book, good)),
        paid=paid,
        refused=refused,
        outside=len(outside),
        doubles=len(merged),
        aside=aside,
        tally=tally,
        findings=tuple([scheme.own(one) for one in findings]),
        previous=rosters["previous"].records if before else None,
        before=before,
        decisions=tuple(decisions),
        judged=tuple(good),
    )


def _each_judged(
    book: Rulebook, rosters: Rosters, before: Prior | None
) -> tuple[list[Decision], list[Finding]]:
    """The decision on each row by itself, and what is doubtful about them."""
    sheet = SpellSheet.of(rosters.get("spells"))
    lines = lines_with_more(rosters.get("spells"))
    decisions: list[Decision] = []
    findings: list[Finding] = []
    for record in rosters["members"].records:
        decision, doubtful = _judged(book, record, sheet, lines, before)
        decisions.append(decision)
        findings += doubtful
    return decisions, findings


def _in_error(findings: Iterable[Finding]) -> frozenset[tuple[str, str, int]]:
    """The rows against which an error stands: those are set aside, whoever found it."""
    return frozenset(one.place.line for one in findings if one.severity is Severity.ERROR)


def _left(decisions: Sequence[Decision], findings: Iterable[Finding]) -> list[Decision]:
    """Those that are not set aside by what was found so far."""
    aside = _in_error(findings)
    return [decision for decision in decisions if decision.record.row.line not in aside]


def _judged(
    book: Rulebook, record: Member, sheet: SpellSheet, lines: Lines, before: Prior | None
) -> tuple[Decision, list[Finding]]:
    """The decision on one row and what is doubtful about it."""
    cell, told = record.spells, sheet.spells.get(record.identity, ())
    if told:
        record = replace(record, spells=told)
    unknown_service = sheet.troubles.get(record.identity)
    if not book.concerns(record):
        found = [finding(record, Severity.ERROR, unknown_service)] if unknown_service else []
        return Decision(record), found
    beside = beside_fields(record, lines)
    born = Born.of(record.identity)
    if born is None:
        unreadable = Trouble(
            "identity",
            "identity",
            "身份证号不能识别",
            "年龄、性别以身份证号为准",
            "请核对身份证号。",
        )
        return Decision(record), [finding(record, Severity.ERROR, unreadable), *beside]

    def decide(other: Member, born: Born) -> Decision:
        return decided(book, other, born, before)

    decision = decide(record, born)
    troubles = decision.troubles
    if unknown_service and any(verdict.benefit.service for verdict in decision.verdicts):
        troubles = [*troubles, unknown_service]
    found = [finding(record, Severity.ERROR, trouble) for trouble in troubles]
    if not found:
        found += doubts(book, decision, born, decide)
    if told and cell and disagreement(cell, told):
        other = Reading(replace(record, spells=cell), born)
        against = Against("spells", "“任职经历”一格与任职经历表不一致", (other,))
        found += contradicted(decision, decide, TOLD_TWICE, against)
    return decision, found + beside


def _benefits(book: Rulebook, good: list[Decision]) -> list[Benefit]:
    """Those of the period, and those of the last one that somebody is still paid."""
    found = {benefit.name: benefit for benefit in book.benefits()}
    for decision in good:
        paid = {payment.benefit for payment in decision.payments} - found.keys()
        found |= {one.benefit.name: one.benefit for one in decision.verdicts if one.benefit.name in paid}
    return list(found.values())


def _without_doubles(
    decisions: list[Decision], aside: Set[tuple[str, str, int]]
) -> tuple[list[Decision], list[Decision], list[Finding]]:
    """One decision a person, those merged into it, and what is odd. Rows with one identity number that disagree on the
    money, or of which one is among `aside`, are all in error."""
    merged: list[Decision] = []
    findings: list[Finding] = []
    for rows in repeated(decisions, lambda decision: decision.record.identity):
        rows.sort(key=lambda row: (_content(row), row.order))
        agree = len({_bearing(row) for row in rows}) == 1 and aside.isdisjoint(
            row.record.row.line for row in rows
        )
        merged += rows[1:] if agree else []
        findings += _double_findings(rows, agree)
    gone = set(map(id, merged))
    return [decision for decision in decisions if id(decision) not in gone], merged, findings


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
        trouble = Trouble("duplicate", "identity", message, "一人一份", "请删去重复的一行。")
        yield finding(row.record, severity, trouble)


def _bearing(decision: Decision) -> tuple[object, ...]:
    """All that bears on the money: who, where to, what; and the spells, which may pay alike and be worth more together."""
    record = decision.record
    return (
        record.name,
        record.account,
        tuple(sorted(decision.payments)),
        tuple(sorted(record.spells, key=in_time)),
    )


def _shared_accounts(decisions: list[Decision]) -> Iterator[Finding]:
    """One account under two names: none of them is paid. Who is concerned by no benefit is no payee, but a name all the
    same."""
    for rows in shared(decisions, lambda one: one.record.account, lambda one: one.record.name):
        for row in rows:
            if not row.verdicts:
                continue
            others = "；".join(str(other.record.row.place("account")) for other in rows if other is not row)
            message = f"银行账号 {mask(Kind.ACCOUNT, row.record.account)} 还写在别人名下：{others}；都不发放、待核实"
            trouble = Trouble(
                "shared-account", "account", message, "一个账号一个户名", "请核对各人本人的账号。"
            )
            yield finding(row.record, Severity.ERROR, trouble)


def _account_findings(decisions: list[Decision]) -> Iterator[Finding]:
    for decision in decisions:
        flawed = flaw(decision.record.account) if decision.payments else ""
        if flawed:
            message = f"{flawed}，留在花名册上，不进银行代发文件"
            trouble = Trouble("account", "account", message, "银行代发须有有效账号", "请补填或改正账号。")
            yield finding(decision.record, Severity.WARNING, trouble)


def _without_township(decisions: list[Decision]) -> Iterator[Finding]:
    for decision in decisions:
        if decision.payments and not decision.record.township:
            message, basis = "没有填写乡镇，在花名册和汇总表上单独成一组", "花名册和汇总表分乡镇"
            trouble = Trouble("no-township", "township", message, basis, "请补填乡镇。")
            yield finding(decision.record, Severity.WARNING, trouble)
