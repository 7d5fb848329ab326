"""Works out what is owed: entitled − posted − reserved by open batches. Reads only.

A key that an open batch has reserved is left to that batch, whatever has changed since.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.payroll.wording import HEIRS
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.ledger.absent import absent, left_in, namesakes
from sanchuang_cli.ledger.contradicting import contradicting
from sanchuang_cli.ledger.disagreeing import (
    OTHER_ACCOUNT,
    OTHER_SUM,
    ByBatch,
    Disagreement,
    by_batch,
    with_another_account,
    with_another_sum,
)
from sanchuang_cli.ledger.entries import PAID, RECOVERED, Key, Sum, paid_months
from sanchuang_cli.ledger.file import month_of
from sanchuang_cli.ledger.held import KnownEntries, known
from sanchuang_cli.ledger.other_policy import other_policy, unknown_benefits
from sanchuang_cli.ledger.pages import NEVER_YET, called
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.ledger.sent_back import changed, of_another, sent_back
from sanchuang_cli.ledger.unpaid_returns import not_looked_at
from sanchuang_cli.money import yuan
from sanchuang_cli.outcome import ITEM, Claimant, Due, Entitled, Instalments, Payee, Settled
from sanchuang_cli.period import Month, Period
from sanchuang_cli.report.run import Run

CURRENT, LATE, RAISED, REPAID, CORRECTED, NEW_STANDARD = (
    "本期",
    "补发：迟报或迟批",
    "补发：更正后应多发",
    "补发：退票或追回后应发",
    "更正后应少发",
    "补发：新标准",
)


class BatchChange(NamedTuple):
    """A line that a batch would have for one key. fen: what is to be posted; below zero it is taken back. should: what is
    due; paid: what was paid; taken: what was taken back of that, below zero."""

    payee: Payee
    benefit: str
    month: str
    component: str
    kind: str
    fen: int
    reason: str
    edition: str
    should: int = 0
    paid: int = 0
    taken: int = 0


@dataclass(frozen=True)
class Comparison:
    """What a comparison found.

    pay: lines for the bank, deductions among them. claim: lines to be asked back. unchanged: how many keys are as they
    should be. waiting: how many keys open batches have reserved. settled: by person, what need not be judged again.
    against: whom open batches pay otherwise than is due now.
    """

    pay: tuple[BatchChange, ...]
    claim: tuple[BatchChange, ...]
    unchanged: int
    waiting: int
    findings: tuple[Finding, ...]
    settled: dict[str, Settled]
    against: ByBatch = field(default_factory=dict)


@dataclass
class _Standing:
    """How one person stands. same: the months of the keys that are as they should be. open_from: the first other month."""

    changes: list[BatchChange] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    reserved: int = 0
    odd: list[Finding] = field(default_factory=list)
    against: list[Disagreement] = field(default_factory=list)
    open_from: str = "9999-12"

    def is_open(self, month: str) -> None:
        """Note that something of this month is not as it should be."""
        self.open_from = min(self.open_from, month)

    def is_reserved(self, odd: Finding | None = None) -> None:
        """Note a key that is left as it is until a batch is closed."""
        self.reserved += 1
        self.odd += [odd] if odd else []

    def disagrees(self, who: str, batch: int, what: str, odd: Finding) -> None:
        """Note that an open batch pays somebody otherwise than is due. Of another account one finding is enough for all months."""
        one = Disagreement(batch, who, what)
        if one not in self.against or what == OTHER_SUM:
            self.odd.append(odd)
        self.against.append(one)


@dataclass
class _Compared:
    """What the claimants looked at so far come to. seen: whom the run mentions."""

    findings: list[Finding]
    seen: set[str]
    pay: list[BatchChange] = field(default_factory=list)
    claim: list[BatchChange] = field(default_factory=list)
    settled: dict[str, Settled] = field(default_factory=dict)
    against: list[Disagreement] = field(default_factory=list)
    unchanged: int = 0
    waiting: int = 0

    def take(
        self, claimant: Claimant, stands: _Standing, entitled: Entitled, start: Month, register: Register
    ) -> None:
        """Add how one claimant stands: what is paid, asked back and odd."""
        self.unchanged += len(stands.same)
        self.waiting += stands.reserved
        self.findings += stands.odd
        self.against += stands.against
        pay, claim, left = _shared_out(claimant, stands.changes, entitled, start)
        self.waiting += left
        if pay and (why := flaw(claimant.payee.account)):
            self.findings.append(_unreachable(claimant.payee, why))
            pay = []
        elif pay and register.is_of_another(claimant.payee.account, claimant.payee.key):
            self.findings.append(of_another(claimant.payee))
            pay = []
        # of a whole year nothing is paid before it is over, long after a death in it
        late = sum(change.fen for change in pay if entitled.yearly or change.month < str(start))
        if claimant.died and late > 0:
            self.findings.append(_to_heirs(claimant, "发放" if entitled.yearly else "补发", late))
        self.pay += pay
        self.claim += claim


def compared(connection: Connection, made: Run, entitled: Entitled, months: Period) -> Comparison:
    """Compare what claimants are entitled to with the ledger. months: all that are looked at.

    Raises UserError when another process changed the ledger in the meantime.
    """
    asked = made.occasion.period
    # what is due of the year's earlier months must meet what was paid for them, or it is paid again
    months = months.within(Period.year(asked.last.year)) if entitled.yearly else months
    book = known(connection, made.name, entitled.claimants, months)
    number_of = book.register.by_number
    doubts = namesakes(book, entitled.claimants, entitled.listed, months)
    doubts |= book.register.doubts(entitled.claimants)
    seen = {number_of.get(entitled.claimants[i].payee.key, "") for i in doubts}
    result = _Compared(list(doubts.values()), seen)
    for i, claimant in enumerate(entitled.claimants):
        if i in doubts:
            continue
        who = number_of.get(claimant.payee.key, "")
        result.seen.add(who)
        stands = _of_person(who, claimant, book, str(asked.start))
        result.take(claimant, stands, entitled, asked.start, book.register)
        before = book.settled[who].items if claimant.since else 0
        result.unchanged += before
        if who and claimant.sign and (now := _settled_through(claimant, stands, before, entitled.firm)):
            result.settled[who] = now
    payees = list(dict.fromkeys(change.payee for change in result.pay))
    again = [*sent_back(book, payees), *changed(book, payees)]
    gone = absent(book, result.seen, entitled.listed, months)
    forgotten = not_looked_at(book, result.seen, months)
    less = {change.payee.key for change in (*result.pay, *result.claim) if change.fen < 0}
    judged = {one.payee.key for one in entitled.claimants}
    policy = other_policy(connection, made, judged, less)
    strange = unknown_benefits(book, entitled.claimants)
    twice = contradicting(book, [change[:4] for change in result.pay if change.fen > 0])
    findings = (*policy, *strange, *result.findings, *gone, *forgotten, *again, *twice)
    pay = tuple(_never_yet(connection, book, result.pay))
    against = by_batch(book, (*result.against, *left_in(book, result.seen, entitled.listed)))
    return Comparison(
        pay, tuple(result.claim), result.unchanged, result.waiting, findings, result.settled, against
    )


def _of_person(who: str, claimant: Claimant, book: KnownEntries, start: str) -> _Standing:
    """How one person stands, from the first month that was judged. start: the first month of the period."""
    since = str(claimant.since or "")
    known_keys = book.keys_of.get(who, ()) if who else ()
    due = _as_booked(claimant, known_keys)
    left = _left_off(claimant, book, known_keys, due)
    renamed = _perhaps_renamed(claimant, book, known_keys, due)
    stands = _Standing(odd=[*_told_of(claimant, left), *_told_of_new(claimant, renamed)])
    stands.same += [key.month for key in left]
    others = (key for key in known_keys if key.month >= since and key not in left)
    keys = {(key.benefit, key.month, key.component) for key in others} | (
        set(due) - {key[2:] for key in left}
    )
    for what in sorted(keys, key=lambda key: (key[1], key[0], key[2])):
        key = Key(who, book.programme, *what)
        if what in renamed or (key.benefit, month_of(key.month), key.component) in claimant.waits:
            stands.is_open(key.month)
            stands.is_reserved()
            continue
        before, item = book.posted.get(key), due.get(what)
        owed = (item.fen if item else 0) - (before.fen if before else 0)
        if owed == 0 and key not in book.held:
            stands.same.append(key.month)
            continue
        stands.is_open(key.month)
        if key in book.held:
            reserved = book.held[key]
            stands.is_reserved()
            if owed != reserved.fen:
                stale = with_another_sum(claimant.payee, key, reserved.batch)
                stands.disagrees(who, reserved.batch, OTHER_SUM, stale)
            elif not reserved.agrees_with(claimant.payee.account):
                stale = with_another_account(claimant.payee, reserved)
                stands.disagrees(who, reserved.batch, OTHER_ACCOUNT, stale)
        elif owed < 0 and (number := book.unsettled(key)) is not None:
            stands.is_reserved(_too_early(claimant.payee, key, number))
        else:
            edition = item.edition if item else before.edition if before else ""
            reason = _reason(owed, key, start, before, edition)
            kind = PAID if owed > 0 else RECOVERED
            paid, taken = (before.fen - before.taken, before.taken) if before else (0, 0)
            sums = (item.fen if item else 0, paid, taken)
            stands.changes.append(BatchChange(claimant.payee, *what, kind, owed, reason, edition, *sums))
    return stands


def _as_booked(claimant: Claimant, known_keys: Collection[Key]) -> dict[tuple[str, str, str], Due]:
    """What is due by benefit, month and component. Where the ledger booked all items of a month in one sum, as it once did,
    so are they now."""
    in_one = (
        {(key.benefit, key.month) for key in known_keys if not key.component} if claimant.items else set()
    )
    due: dict[tuple[str, str, str], Due] = {}
    for item in claimant.due:
        at = item.benefit, str(item.month)
        what = (*at, "" if at in in_one else item.component)
        before = due[what].fen if what in due else 0
        due[what] = item._replace(component=what[2], fen=before + item.fen)
    return due


def _left_off(
    claimant: Claimant,
    book: KnownEntries,
    known_keys: Collection[Key],
    due: Mapping[tuple[str, str, str], Due],
) -> dict[Key, int]:
    """What was paid and is left as it is, with how much: for items that the roster does not have any more; and for items
    that were booked in one sum, where one of them may be missing."""
    left: dict[Key, int] = {}
    for key in known_keys if claimant.items else ():
        paid = book.posted[key].fen if key in book.posted else 0
        over = paid - (due[what].fen if (what := (key.benefit, key.month, key.component)) in due else 0)
        if over > 0 and key not in book.held and key.component not in claimant.items:
            left[key] = over
    return left


def _told_of(claimant: Claimant, left: Mapping[Key, int]) -> list[Finding]:
    """A finding for each item of whose sums some are left as they are."""
    told = []
    for benefit, component in dict.fromkeys((key.benefit, key.component) for key in left):
        own = {
            key.month: fen
            for key, fen in left.items()
            if (key.benefit, key.component) == (benefit, component)
        }
        what = "本次名册里没有这一笔" if component else "其中一笔可能不在本次名册里（当时没有分笔记账）"
        message = (
            f"{claimant.payee.name}：{called(benefit, component)} {_span(own)} 台账上已发、这次没有算出 "
            f"{yuan(sum(own.values()))} 元，{what}；没有重算，也不追缴"
        )
        told.append(Finding("ledger.left-off", Severity.WARNING, message, claimant.payee.place, "", _LISTED))
    return told


def _perhaps_renamed(
    claimant: Claimant, book: KnownEntries, known_keys: Collection[Key], due: Iterable[tuple[str, str, str]]
) -> dict[tuple[str, str, str], str]:
    """What is due for an item in months for which another was paid, or is going to be, that the roster does not have any more,
    with that other: it may be the same under a corrected number, and is not paid twice. Two that were paid for one month are two."""
    booked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key in known_keys if claimant.items else ():
        paid = book.posted[key].fen if key in book.posted else 0
        reserved = book.held[key].fen if key in book.held else 0
        if key.component and paid + reserved > 0:
            booked[key.benefit, key.month].add(key.component)
    renamed: dict[tuple[str, str, str], str] = {}
    for what in due:
        for other in sorted(booked.get(what[:2], set()) - claimant.items):
            if not any({what[2], other} <= together for together in booked.values()):
                renamed.setdefault(what, other)
    return renamed


def _told_of_new(claimant: Claimant, renamed: Mapping[tuple[str, str, str], str]) -> list[Finding]:
    months: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for (benefit, month, component), other in renamed.items():
        months[benefit, component, other].append(month)
    return [
        Finding(
            "ledger.item-unsure",
            Severity.ERROR,
            f"{claimant.payee.name}：{called(benefit, component)} {_span(own)} 已按名册里没有了的“{other}”记账，"
            "可能是同一笔改了编号；这些月份不发、待核实",
            claimant.payee.place,
            "一笔贷款一个编号，改了编号也是同一笔",
            "是同一笔的，这些月份不再发；确是两笔的，请把另一笔留在名册里。",
        )
        for (benefit, component, other), own in sorted(months.items())
    ]


def _span(months: Collection[str]) -> str:
    return f"{min(months)} 至 {max(months)}" if len(months) > 1 else min(months)


_LISTED = "结清的请在名册里保留一行；编号有误的请改正。确实多发的，请另行收回。"


def _settled_through(
    claimant: Claimant, stands: _Standing, before: int, firm: Month | None
) -> Settled | None:
    """What need not be judged again: the months before the first open one, up to the last firm month."""
    if firm is None:
        return None
    through = min(str(firm), str(month_of(stands.open_from).plus(-1)))
    if claimant.since and through < str(claimant.since.plus(-1)):
        return None
    return Settled(claimant.sign, month_of(through), before + sum(at <= through for at in stands.same))


def _reason(owed: int, key: Key, start: str, before: Sum | None, edition: str) -> str:
    if owed < 0:
        return f"{key.component}：{CORRECTED}" if key.component.startswith(ITEM) else CORRECTED
    if before is None:
        return CURRENT if key.month >= start else LATE
    if before.fen <= 0:
        return REPAID
    return NEW_STANDARD if edition != before.edition else RAISED


def _never_yet(connection: Connection, book: KnownEntries, pay: list[BatchChange]) -> list[BatchChange]:
    """The same changes, but with another reason where the ledger has paid nobody for that month yet."""
    late = {change.month for change in pay if change.reason == LATE}
    never = late - paid_months(connection, book.programme, late) - {key.month for key in book.held}
    return [
        change._replace(reason=NEVER_YET) if change.reason == LATE and change.month in never else change
        for change in pay
    ]


def _shared_out(
    claimant: Claimant, changes: list[BatchChange], entitled: Entitled, start: Month
) -> tuple[list[BatchChange], list[BatchChange], int]:
    """What goes into the payment, what is asked back, and how many keys are left to later payments.

    Deductions never take more than is paid, and no more than an instalment. When nothing is paid there is nothing to deduct
    from: it is asked back, or where instalments are declared and something is due in the period, which begins with `start`, it is left.
    """
    gains = [change for change in changes if change.fen > 0]
    losses = [change for change in changes if change.fen < 0]
    if not entitled.deduct:
        return gains, losses, 0
    if not gains:
        goes_on = entitled.instalments and any(item.month >= start for item in claimant.due)
        return (gains, [], len(losses)) if goes_on else (gains, losses, 0)
    left = _instalment(sum(change.fen for change in gains), entitled.instalments)
    taken = []
    for loss in losses:
        part = min(-loss.fen, left)
        if part:
            taken.append(loss._replace(fen=-part, reason=f"抵扣：{loss.reason}"))
            left -= part
    return gains + taken, [], 0


def _instalment(gained: int, rule: Instalments | None) -> int:
    """The most that may be taken of what is paid, in fen."""
    if rule is None:
        return gained
    return max(0, min(int(gained * rule.share), gained - rule.leave))


def _too_early(payee: Payee, key: Key, batch: int) -> Finding:
    return Finding(
        "ledger.unsettled",
        Severity.WARNING,
        f"{payee.name}：{called(key.benefit, key.component)} {key.month} 多发了，但批次 {batch} 的银行结果还没有登记，暂不追缴",
        payee.place,
        mend=f"银行结果出来后，用 sanchuang batch return 登记退票，再用 sanchuang batch paid {batch} 了结。",
    )


def _to_heirs(claimant: Claimant, paid: str, fen: int) -> Finding:
    said = f"{claimant.payee.name}：{claimant.died} 身故，{paid}身故以前的 {yuan(fen)} 元，发到本人账户"
    return Finding("ledger.to-heirs", Severity.WARNING, said, claimant.payee.place, mend=HEIRS)


def _unreachable(payee: Payee, why: str) -> Finding:
    return Finding(
        "ledger.account",
        Severity.WARNING,
        f"{payee.name}：{why}，不列入批次，台账上没有记；名册里留着这一行、账号补好后再提请，作补发",
        payee.place,
        "银行代发须有有效账号",
        "请补填或改正账号。",
    )
