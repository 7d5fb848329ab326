"""What one person is owed in a period: the verdicts of every benefit, what they exclude, and arrears.

The only place where verdicts become payments.
"""

from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sanchuang_cli.domain.entitlement.cases import Born
from sanchuang_cli.domain.entitlement.conditions import Trouble
from sanchuang_cli.domain.entitlement.policy import Exclusive
from sanchuang_cli.domain.entitlement.prior import Prior
from sanchuang_cli.domain.entitlement.rulebook import EditionRules, Rulebook, months_text
from sanchuang_cli.domain.entitlement.rules import BenefitRule, Verdict
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.verdict import Clause, Said, never
from sanchuang_cli.money import yuan


class Payment(Struct, frozen=True, order=True, gc=False):
    """What is owed for one month. arrears: the month lies before the period (补发)."""

    benefit: str
    month: int
    fen: int
    arrears: bool


class Note(NamedTuple):
    """Why months of a benefit are not paid, or less, though all its own clauses hold. clause: that says so."""

    text: str
    clause: str

    def __str__(self) -> str:
        return f"{self.text}（{self.clause}）"


class Decision(Struct):
    """What the rules say of one person in one period. set_aside: doubtful, so nothing is paid. born: None where no
    benefit concerns the person, or the number does not say. notes: by benefit.

    prior: what was due for the months of the last period by the editions known then, by benefit, where --previous asks
    for it. risen: fen by which editions of later make it more; the ledger pays that. unclear: why nobody can tell what
    was due then.
    """

    record: Member
    born: Born | None = None
    verdicts: list[Verdict] = []
    payments: list[Payment] = []
    notes: dict[str, list[Note]] = {}
    set_aside: bool = False
    prior: dict[str, dict[int, int]] = {}
    risen: int = 0
    unclear: list[Trouble] = []

    @property
    def troubles(self) -> list[Trouble]:
        """Why nobody can tell what is owed; the row is set aside where there are any."""
        return list(dict.fromkeys(trouble for verdict in self.verdicts for trouble in verdict.troubles))

    @property
    def fen(self) -> int:
        return sum([payment.fen for payment in self.payments])

    @property
    def order(self) -> tuple[Any, ...]:
        """Where it stands on a page, whatever the order of the rows."""
        record, place = self.record, self.record.row
        source = place.source
        return (
            record.township,
            record.village,
            record.name,
            record.identity,
            source.book,
            source.sheet,
            place.number,
        )

    def refused(self) -> dict[str, list[Clause]]:
        """For each benefit that was asked for and not paid: the failing clauses, the first first."""
        paid = {payment.benefit for payment in self.payments}
        latest = {v.benefit.name: v for v in self.verdicts if v.benefit.name not in paid}
        return {name: verdict.failing for name, verdict in latest.items()}


def decided(book: Rulebook, record: Member, born: Born, before: Prior | None) -> Decision:
    """The whole decision on one record."""
    decision = Decision(record, born)
    for edition, part in _segments(book, record):
        _pay(book, decision, born, edition, part)
    if before is not None and not decision.troubles:
        _leave_out(decision, before)
        _pay_arrears(decision, born, before)
        if before.later:
            _tell_risen(book, decision, born, before)
    for verdict in decision.verdicts if decision.notes or book.reach else ():
        if not verdict.due and not verdict.failing:
            benefit = verdict.benefit
            notes = decision.notes.get(benefit.name) or [
                Note("各条成立，但本期没有应发的月份", benefit.clause)
            ]
            clauses = "、".join(dict.fromkeys(note.clause for note in notes))
            said = Said("；".join(note.text for note in notes))
            verdict.adds(never("本期应发", clauses, verdict.set_off, said))
    return decision


def _segments(book: Rulebook, record: Member) -> list[tuple[EditionRules, range]]:
    """The months to look at, by edition: those of the period, and those that an approval in it makes good."""
    if not book.reach:
        return book.asked_segments
    rules = {rule for edition, _ in book.asked_segments for rule in edition.concerned(record)}
    start = min((_asked(book, rule, record).start for rule in rules), default=book.asked.start)
    return book.segments(range(start, book.asked.stop))


def _asked(book: Rulebook, rule: BenefitRule, record: Member) -> range:
    """The months that this period can pay: its own, and before them those that an approval in it makes good."""
    limit = rule.benefit.payable.retroactive_limit
    approved = rule.approval.month(record) if limit else None
    if approved is None or approved not in book.asked:
        return book.asked
    return range(min(book.asked.start, approved - limit), book.asked.stop)


def _pay(book: Rulebook, decision: Decision, born: Born, edition: EditionRules, part: range) -> None:
    """Verdicts and payments under one edition. `part` may reach back beyond what a benefit can be paid for in this
    period: those months only tell which benefits exclude one another."""
    record = decision.record
    concerned = edition.concerned(record)
    owed = [rule.verdict(record, born, part, book.asked.stop) for rule in concerned]
    if len(owed) > 1:
        _exclude(decision, owed, edition.exclusive)
    now = book.asked.start
    for rule, verdict in zip(concerned, owed, strict=True):
        if book.reach:
            start = _asked(book, rule, record).start
            verdict.due = {at: fen for at, fen in verdict.due.items() if at >= start}
            verdict.asked = range(max(start, part.start), max(start, part.stop))
        if verdict.asked or verdict.troubles:
            decision.verdicts.append(verdict)
        if verdict.due:
            name = verdict.benefit.name
            if rule.sets_off and (told := _set_off(book, rule, verdict, born)):
                decision.notes.setdefault(name, []).append(told)
            decision.payments += [Payment(name, at, fen, at < now) for at, fen in verdict.due.items()]


def _leave_out(decision: Decision, before: Prior) -> None:
    """Takes out of what an approval makes good all that the last period's result shows paid."""
    if not any(payment.month in before.months for payment in decision.payments):
        return
    kept = []
    for payment in decision.payments:
        shown = before.paid.get((decision.record.identity, payment.benefit), {}).get(payment.month, 0)
        if payment.fen > shown:
            kept.append(replace(payment, fen=payment.fen - shown))
    decision.payments = kept


def _pay_arrears(decision: Decision, born: Born, before: Prior) -> None:
    """What was due in the months of the last period by the editions known then, and is not shown paid. Of an edition
    whose text has changed since, nobody knows what it said: a month that is shown was paid as it was due."""
    already = {(payment.benefit, payment.month) for payment in decision.payments}
    for rules, part in before.book.segments(before.months):
        for verdict in _due_in(before.book, decision.record, born, rules, part):
            name = verdict.benefit.name
            shown = before.paid.get((decision.record.identity, name), {})
            decision.unclear += verdict.troubles
            due = verdict.due
            if not before.knew(rules.edition):
                due = {at: shown.get(at, fen) for at, fen in due.items()}
            decision.prior.setdefault(name, {}).update(due)
            owed = {at: fen - shown.get(at, 0) for at, fen in due.items() if (name, at) not in already}
            arrears = [Payment(name, at, fen, True) for at, fen in owed.items() if fen > 0]
            if arrears and all(one.benefit.name != name for one in decision.verdicts):
                decision.verdicts.append(verdict)
            decision.payments += arrears


def _tell_risen(book: Rulebook, decision: Decision, born: Born, before: Prior) -> None:
    """By how much the editions of now owe more for the last period than was due then, or was shown."""
    for rules, part in book.segments(before.months):
        for verdict in _due_in(book, decision.record, born, rules, part):
            name = verdict.benefit.name
            shown = before.paid.get((decision.record.identity, name), {})
            then = decision.prior.get(name, {})
            for at, fen in verdict.due.items():
                decision.risen += max(0, fen - max(then.get(at, 0), shown.get(at, 0)))


def _due_in(book: Rulebook, record: Member, born: Born, rules: EditionRules, part: range) -> list[Verdict]:
    """What is due for months of one edition that are not the period's own, less what is set off."""
    owed = _owed_in(book, record, born, rules, part)
    for rule, verdict in owed:
        if rule.sets_off and verdict.due:
            _set_off(book, rule, verdict, born)
    return [verdict for _, verdict in owed]


def _owed_in(
    book: Rulebook, record: Member, born: Born, rules: EditionRules, part: range
) -> list[tuple[BenefitRule, Verdict]]:
    """What is owed for months of one edition that are not the period's own."""
    concerned = rules.concerned(record)
    owed = [rule.verdict(record, born, part, book.asked.stop) for rule in concerned]
    _exclude(Decision(record), owed, rules.exclusive)
    return list(zip(concerned, owed, strict=True))


def _set_off(book: Rulebook, rule: BenefitRule, verdict: Verdict, born: Born) -> Note | None:
    """Takes out of `due` what was received before and is not yet used up; says so, unless nothing is left of it."""
    start, record = min(verdict.due), verdict.record
    received = rule.received(record, start)
    before = 0
    if received:
        for edition, part in book.segments(range(rule.begins, start)):
            earlier = _owed_in(book, record, born, edition, part)
            before += sum(sum(v.due.values()) for r, v in earlier if r.benefit.name == rule.benefit.name)
    total = sum(fen for _, fen in received)
    left = open_ = max(0, total - before)
    taken = {}
    for at in sorted(verdict.due):
        taken[at] = min(left, verdict.due[at])
        left -= taken[at]
    verdict.due = {at: fen - taken[at] for at, fen in verdict.due.items() if fen > taken[at]}
    verdict.withheld += tuple((at, fen) for at, fen in taken.items() if fen)
    what = "、".join(once.name for once, _ in received)
    clauses = "、".join(dict.fromkeys(once.clause for once, _ in received))
    told = f"{what} {yuan(total)} 元，此前已抵 {yuan(total - open_)} 元，本期抵 {yuan(open_ - left)} 元，尚余 {yuan(left)} 元"
    verdict.set_off = rule.received_in(received) if open_ else ()
    return Note(told, clauses) if open_ else None


def _exclude(decision: Decision, owed: list[Verdict], groups: tuple[Exclusive, ...]) -> None:
    """Takes out of `due` what another benefit of the same month excludes."""
    by_name = {verdict.benefit.name: verdict for verdict in owed}
    for group in groups:
        rivals = [by_name[name] for name in group.benefits if name in by_name]
        lost: dict[tuple[str, str], list[int]] = {}
        for at in sorted({at for verdict in rivals for at in verdict.standards}):
            entitled = [verdict for verdict in rivals if _owed(verdict, at)]
            if len(entitled) < 2:  # noqa: PLR2004
                continue
            kept = entitled[0] if group.keep == "first" else max(entitled, key=lambda v: v.standards[at].rank)
            for loser in entitled:
                if loser is not kept:
                    loser.due.pop(at, None)
                    standard = loser.standards.pop(at)
                    why = f"与{kept.benefit.name}不重复享受"
                    if group.keep == "highest":
                        why += f"：本项 {standard}，那一项 {kept.standards[at]}"
                    lost.setdefault((loser.benefit.name, why), []).append(at)
        for (name, why), months in lost.items():
            decision.notes.setdefault(name, []).append(Note(f"{months_text(months)} {why}", group.clause))


def _owed(verdict: Verdict, at: int) -> bool:
    standard = verdict.standards.get(at)
    return standard is not None and standard.fen > 0 and (standard.per != "once" or at in verdict.due)
