"""Decides what one person is owed in a period: the verdicts on all benefits, what excludes what, and arrears.

This is the only place where verdicts become payments. It may ask the rulebook and the last period. Every
object is made once and never written to afterwards.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.policy import Exclusive
from sanchuang_cli.domain.entitlement.prior import Prior
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble
from sanchuang_cli.domain.entitlement.rulebook import EditionRules, Rulebook, months_text
from sanchuang_cli.domain.entitlement.rules import BenefitRule, BenefitVerdict
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.verdict import NO_ENTRIES, Clause, Sentence, never
from sanchuang_cli.money import yuan


class Payment(Struct, frozen=True, order=True, gc=False):
    """What is owed for one month, in fen. arrears: the month lies before the period (补发)."""

    benefit: str
    month: int
    fen: int
    arrears: bool


class Note(NamedTuple):
    """Why months of a benefit are not paid, are paid in part, or are made good, although all its own clauses
    are fulfilled.

    clause: the clause of the document that says so.
    """

    text: str
    clause: str

    def __str__(self) -> str:
        return f"{self.text}（{self.clause}）"


PAID, REFUSED = "发放", "不予发放"
Noted = tuple[str, Note]
"""The name of a benefit, and a note on it."""


class Decision(Struct, frozen=True, gc=False):
    """What the rules say of one person in one period.

    born: None where no benefit concerns the person, or the identity number cannot be read. notes: by benefit.
    prior: where --previous is given, what was due for the months of the last period by the editions known
    then, by benefit. made_good: what is paid of that now, by benefit, and why it was not paid then. risen:
    fen by which later editions make it more; the ledger pays that. unclear: why nobody can tell what was due
    then.
    """

    record: Member
    born: Born | None = None
    verdicts: tuple[BenefitVerdict, ...] = ()
    payments: tuple[Payment, ...] = ()
    notes: Mapping[str, Sequence[Note]] = NO_ENTRIES
    prior: Mapping[str, Mapping[int, int]] = NO_ENTRIES
    made_good: Mapping[str, str] = NO_ENTRIES
    risen: int = 0
    unclear: tuple[RowTrouble, ...] = ()

    @property
    def troubles(self) -> list[RowTrouble]:
        """Why nobody can tell what is owed. If there are any, the row is set aside."""
        found = [trouble for verdict in self.verdicts for trouble in verdict.troubles]
        return list(dict.fromkeys(found)) if found else found

    @property
    def fen(self) -> int:
        """The sum of all payments, in fen."""
        return sum([payment.fen for payment in self.payments])

    @property
    def part(self) -> str:
        """The part of the result in which this row stands."""
        return PAID if self.payments else REFUSED

    def refused(self) -> dict[str, list[Clause]]:
        """Return, for each benefit that was asked for and not paid, the clauses that fail. The most important
        one is first."""
        if not self.verdicts:
            return {}
        if len(self.verdicts) == 1 and not self.payments:  # nearly everybody
            return {self.verdicts[0].benefit.name: self.verdicts[0].failing}
        paid = {payment.benefit for payment in self.payments}
        latest = {v.benefit.name: v for v in self.verdicts if v.benefit.name not in paid}
        return {name: verdict.failing for name, verdict in latest.items()}


def decided(book: Rulebook, record: Member, born: Born, before: Prior | None) -> Decision:
    """Return the whole decision on one record."""
    owed = _Owed([], [], [])
    for edition, part in _segments(book, record):
        owed.add(book, record, born, edition, part)
    verdicts, payments, notes = tuple(owed.verdicts), tuple(owed.payments), owed.notes
    if before is None or any(verdict.troubles for verdict in verdicts):
        return Decision(record, born, _explained(book, verdicts, notes), payments, _by_benefit(notes))
    payments = _left_out(record, payments, before)
    then = _then(record, born, payments, before)
    verdicts += tuple(
        one for one in then.verdicts if all(one.benefit.name != own.benefit.name for own in verdicts)
    )
    payments += then.payments
    why = _why_made_good(record, payments, before)
    verdicts = _explained(book, verdicts, notes)
    clauses = {one.benefit.name: one.benefit.clause for one in reversed(verdicts)}
    notes += [(name, Note(f"补发：{said}", clauses[name])) for name, said in why.items()]
    risen = _risen(book, record, born, then.due, before) if before.later else 0
    return Decision(record, born, verdicts, payments, _by_benefit(notes), then.due, why, risen, then.unclear)


def _by_benefit(notes: Sequence[Noted]) -> Mapping[str, Sequence[Note]]:
    if not notes:
        return NO_ENTRIES
    found: dict[str, list[Note]] = {}
    for name, note in notes:
        found.setdefault(name, []).append(note)
    return found


def _explained(
    book: Rulebook, verdicts: tuple[BenefitVerdict, ...], notes: list[Noted]
) -> tuple[BenefitVerdict, ...]:
    """Return the verdicts. Where nothing is due although no clause fails, a clause is added that says why,
    from the notes."""
    if not notes and not book.reach:
        return verdicts
    told = _by_benefit(notes)
    return tuple([_told(one, told.get(one.benefit.name, ())) for one in verdicts])


def _told(verdict: BenefitVerdict, notes: Sequence[Note]) -> BenefitVerdict:
    if verdict.due or verdict.failing:
        return verdict
    notes = notes or [Note("各条成立，但本期没有应发的月份", verdict.benefit.clause)]
    clauses = "、".join(dict.fromkeys(note.clause for note in notes))
    said = Sentence("；".join(note.text for note in notes))
    why = never("本期应发", clauses, verdict.set_off, said)
    return replace(verdict, clauses=(*verdict.clauses, why))


def _segments(book: Rulebook, record: Member) -> list[tuple[EditionRules, range]]:
    """Return the months to look at, by edition: the months of the period, and the months that an approval in
    the period makes good."""
    if not book.reach:
        return book.asked_segments
    rules = {rule for edition, _ in book.asked_segments for rule in edition.concerned(record)}
    start = min((_asked(book, rule, record).start for rule in rules), default=book.asked.start)
    return book.segments(range(start, book.asked.stop))


def _asked(book: Rulebook, rule: BenefitRule, record: Member) -> range:
    """Return the months that can be paid in this period: its own, and before them those that an approval in
    it makes good."""
    limit = rule.benefit.payable.retroactive_limit
    approved = rule.approval.month(record) if limit else None
    if approved is None or approved not in book.asked:
        return book.asked
    return range(min(book.asked.start, approved - limit), book.asked.stop)


# ------------------------------------------------------------------------------ one edition


class _Owed(Struct, frozen=True, gc=False):
    """Collects what the editions owe a person in this period, one edition after the other."""

    verdicts: list[BenefitVerdict]
    payments: list[Payment]
    notes: list[Noted]

    def add(self, book: Rulebook, record: Member, born: Born, edition: EditionRules, part: range) -> None:
        """Add what one edition owes for the months `part`.

        `part` may begin earlier than a benefit can be paid for in this period. Those earlier months only tell
        which benefits exclude one another.
        """
        verdicts, notes = _judged(book, record, born, edition, part)
        self.notes.extend(notes)
        for rule, judged in zip(edition.concerned(record), verdicts, strict=True):
            verdict = _within_reach(book, rule, judged, part) if book.reach else judged
            name, now = verdict.benefit.name, book.asked.start
            if rule.pricing.sets_off and verdict.due:
                verdict, told = _set_off(book, rule, verdict, born)
                self.notes.extend([(name, told)] if told else [])
            if verdict.asked or verdict.troubles:
                self.verdicts.append(verdict)
            if verdict.due:
                self.payments.extend([Payment(name, at, fen, at < now) for at, fen in verdict.due.items()])


def _within_reach(book: Rulebook, rule: BenefitRule, verdict: BenefitVerdict, part: range) -> BenefitVerdict:
    """Return the verdict, limited to the months that this period can pay."""
    start = _asked(book, rule, verdict.record).start
    due = {at: fen for at, fen in verdict.due.items() if at >= start}
    return replace(verdict, due=due, asked=range(max(start, part.start), max(start, part.stop)))


def _judged(
    book: Rulebook, record: Member, born: Born, rules: EditionRules, part: range
) -> tuple[list[BenefitVerdict], list[Noted]]:
    """Return the verdicts on some months of an edition, one for each benefit that concerns the person, after
    benefits that exclude one another."""
    verdicts = [rule.verdict(record, born, part, book.asked.stop) for rule in rules.concerned(record)]
    notes: list[Noted] = []
    for group in rules.exclusive if len(verdicts) > 1 else ():
        verdicts, lost = _excluded(verdicts, group)
        notes += lost
    return verdicts, notes


def _excluded(verdicts: list[BenefitVerdict], group: Exclusive) -> tuple[list[BenefitVerdict], list[Noted]]:
    """The verdicts without the months that another benefit of the group takes, and a note on each that loses
    some."""
    rivals = sorted(
        (one for one in verdicts if one.benefit.name in group.benefits),
        key=lambda one: group.benefits.index(one.benefit.name),
    )
    lost: dict[tuple[str, str], list[int]] = {}
    for at in sorted({at for verdict in rivals for at in verdict.standards}):
        entitled = [verdict for verdict in rivals if _has(verdict, at)]
        if len(entitled) < 2:  # noqa: PLR2004
            continue
        kept = entitled[0] if group.keep == "first" else max(entitled, key=lambda v: v.standards[at].rank)
        for loser in entitled:
            if loser is not kept:
                why = f"与{kept.benefit.name}不重复享受"
                if group.keep == "highest":
                    why += f"：本项 {loser.standards[at]}，那一项 {kept.standards[at]}"
                lost.setdefault((loser.benefit.name, why), []).append(at)
    gone: dict[str, set[int]] = {}
    for (name, _), months in lost.items():
        gone.setdefault(name, set()).update(months)
    left = [_without(one, gone[one.benefit.name]) if one.benefit.name in gone else one for one in verdicts]
    return left, [
        (name, Note(f"{months_text(months)} {why}", group.clause)) for (name, why), months in lost.items()
    ]


def _has(verdict: BenefitVerdict, at: int) -> bool:
    """Whether a month has a standard of the benefit from which something is paid some day."""
    standard = verdict.standards.get(at)
    return standard is not None and standard.fen > 0 and (standard.per != "once" or at in verdict.due)


def _without(verdict: BenefitVerdict, months: set[int]) -> BenefitVerdict:
    due = {at: fen for at, fen in verdict.due.items() if at not in months}
    standards = {at: standard for at, standard in verdict.standards.items() if at not in months}
    lost = {at: standard for at, standard in verdict.standards.items() if at in months}
    return replace(verdict, due=due, standards=standards, lost={**verdict.lost, **lost})


def _set_off(
    book: Rulebook, rule: BenefitRule, verdict: BenefitVerdict, born: Born
) -> tuple[BenefitVerdict, Note | None]:
    """Return the verdict less what the person received before and has not used up yet, and a note unless
    everything was used up before."""
    start, record = min(verdict.due), verdict.record
    received = rule.pricing.received(record, start)
    before = 0
    if received:
        for edition, part in book.segments(range(rule.begins, start)):
            earlier, _ = _judged(book, record, born, edition, part)
            before += sum(sum(v.due.values()) for v in earlier if v.benefit.name == rule.benefit.name)
    total = sum(fen for _, fen, _ in received)
    left = open_ = max(0, total - before)
    taken = {}
    for at in sorted(verdict.due):
        taken[at] = min(left, verdict.due[at])
        left -= taken[at]
    changed = replace(
        verdict,
        due={at: fen - taken[at] for at, fen in verdict.due.items() if fen > taken[at]},
        withheld=verdict.withheld + tuple((at, fen) for at, fen in taken.items() if fen),
        set_off=tuple(dict.fromkeys(name for _, _, name in received)) if open_ else (),
    )
    what = "、".join(once.name for once, _, _ in received)
    clauses = "、".join(dict.fromkeys(once.clause for once, _, _ in received))
    told = f"{what} {yuan(total)} 元，此前已抵 {yuan(total - open_)} 元，本期抵 {yuan(open_ - left)} 元，尚余 {yuan(left)} 元"
    return changed, Note(told, clauses) if open_ else None


# -------------------------------------------------------------------------- the last period


class _Then(NamedTuple):
    """What was due in the last period by the editions known then.

    payments: the part of it that the last result does not show. verdicts: of the benefits of which something
    is paid now.
    """

    due: Mapping[str, Mapping[int, int]]
    payments: tuple[Payment, ...]
    verdicts: tuple[BenefitVerdict, ...]
    unclear: tuple[RowTrouble, ...]


def _left_out(record: Member, payments: tuple[Payment, ...], before: Prior) -> tuple[Payment, ...]:
    """Return the payments that an approval makes good, less all that the last result shows as paid."""
    if not any(payment.month in before.months for payment in payments):
        return payments
    shown = [
        before.paid.get((record.identity, payment.benefit), {}).get(payment.month, 0) for payment in payments
    ]
    return tuple(
        replace(payment, fen=payment.fen - fen)
        for payment, fen in zip(payments, shown, strict=True)
        if payment.fen > fen
    )


def _then(record: Member, born: Born, paid: tuple[Payment, ...], before: Prior) -> _Then:
    """Return what was due in the last period.

    Of an edition whose text has changed since, nobody knows what it said then. So a month that the result
    shows counts as paid in full. paid: what this period pays already.
    """
    already = {(payment.benefit, payment.month) for payment in paid}
    due: dict[str, dict[int, int]] = {}
    payments: list[Payment] = []
    verdicts: dict[str, BenefitVerdict] = {}
    unclear: list[RowTrouble] = []
    for rules, part in before.book.segments(before.months):
        for verdict in _due_in(before.book, record, born, rules, part):
            name = verdict.benefit.name
            shown = before.paid.get((record.identity, name), {})
            unclear += verdict.troubles
            months = verdict.due
            if not before.knew(rules.edition):
                months = {at: shown.get(at, fen) for at, fen in months.items()}
            due.setdefault(name, {}).update(months)
            owed = {at: fen - shown.get(at, 0) for at, fen in months.items() if (name, at) not in already}
            arrears = [Payment(name, at, fen, True) for at, fen in owed.items() if fen > 0]
            if arrears:
                verdicts.setdefault(name, verdict)
            payments += arrears
    return _Then(due, tuple(payments), tuple(verdicts.values()), tuple(unclear))


def _why_made_good(record: Member, payments: tuple[Payment, ...], before: Prior) -> dict[str, str]:
    """Return, for each benefit of which months of the last period are paid now, why they were not paid
    then."""
    names = dict.fromkeys(payment.benefit for payment in payments if payment.month in before.months)
    return {name: before.why_unpaid(record.identity, record.name, name) for name in names}


def _risen(
    book: Rulebook, record: Member, born: Born, then: Mapping[str, Mapping[int, int]], before: Prior
) -> int:
    """Return by how many fen today's editions owe more for the last period than was due then, or was
    shown."""
    risen = 0
    for rules, part in book.segments(before.months):
        for verdict in _due_in(book, record, born, rules, part):
            name = verdict.benefit.name
            shown, due = before.paid.get((record.identity, name), {}), then.get(name, {})
            risen += sum(
                max(0, fen - max(due.get(at, 0), shown.get(at, 0))) for at, fen in verdict.due.items()
            )
    return risen


def _due_in(
    book: Rulebook, record: Member, born: Born, rules: EditionRules, part: range
) -> list[BenefitVerdict]:
    """Return what is due for months of one edition that are not the period's own, less what is set off."""
    verdicts, _ = _judged(book, record, born, rules, part)
    return [
        _set_off(book, rule, one, born)[0] if rule.pricing.sets_off and one.due else one
        for rule, one in zip(rules.concerned(record), verdicts, strict=True)
    ]
