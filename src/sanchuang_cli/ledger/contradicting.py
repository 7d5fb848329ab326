"""Finds people who would be paid for a month for which another programme paid them what contradicts it. Reads only.

Most things may stand beside each other (hardship beside pay, a share of a pension, a gift), so only what CONTRADICT names is told.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sanchuang_cli.domain.words import LEFT_POST
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.held import KnownEntries, reserved
from sanchuang_cli.money import yuan
from sanchuang_cli.outcome import Payee

Item = tuple[Payee, str, str, str]
"""What somebody is to be paid: benefit, month and component."""


class Paid(NamedTuple):
    """Some of what a programme pays. benefits: words of which a benefit's name has one; components: the names of those that count,
    all of them where none is named."""

    programme: str
    benefits: Collection[str]
    components: Collection[str]

    def has(self, benefit: str, component: str) -> bool:
        """Whether this benefit is of it."""
        counts = component in self.components or not self.components
        return counts and any(word in benefit for word in self.benefits)


FORMER = Paid("subsidies", LEFT_POST | {"老村干", "原村干", "原任", "曾任"}, ())
IN_OFFICE = Paid("pay", ("报酬",), ("基本报酬",))
"""The year's parts of the pay are no sign of a month in office: they are paid when the year is over."""
CONTRADICT = ((FORMER, IN_OFFICE),)
"""What nobody has for one month: who has left a post is not in it."""


def contradicting(book: KnownEntries, pay: Sequence[Item]) -> Iterator[Finding]:
    """A warning for each person who would be paid what contradicts another programme's payment for the month, or what an open
    batch of it is going to pay."""
    for own, other in (pair for one in CONTRADICT for pair in (one, one[::-1])):
        months: dict[tuple[Payee, str], list[str]] = defaultdict(list)
        for payee, benefit, month, component in pay if own.programme == book.programme else ():
            if own.has(benefit, component):
                months[payee, benefit].append(month)
        there = _paid(book, other, [month for of in months.values() for month in of])
        for (payee, benefit), of in months.items():
            who = book.register.by_number.get(payee.key, "")
            if both := {month: there[who, month] for month in sorted(of) if (who, month) in there}:
                yield _told(payee, benefit, both)


def _paid(book: KnownEntries, other: Paid, months: Collection[str]) -> dict[tuple[str, str], tuple[str, int]]:
    """By person and month, the other benefit and the fen of it that were paid or are going to be."""
    if not months:
        return {}
    asked = (book.connection, other.programme, min(months), max(months))
    sums: dict[tuple[str, str], tuple[str, int]] = {}
    for found in (posted(*asked), reserved(*asked)):
        for key, total in found.items():
            if other.has(key.benefit, key.component):
                before = sums.get((key.person, key.month), ("", 0))[1]
                sums[key.person, key.month] = key.benefit, before + total.fen
    return {key: of for key, of in sums.items() if of[1] > 0}


def _told(payee: Payee, benefit: str, both: dict[str, tuple[str, int]]) -> Finding:
    first, others = min(both), "、".join(dict.fromkeys(other for other, _ in both.values()))
    span = f"{first} 等 {len(both)} 个月" if len(both) > 1 else first
    fen = sum(of for _, of in both.values())
    return Finding(
        "ledger.contradicts",
        Severity.WARNING,
        f"{payee.name}：{benefit} {span}要发，台账上同月的 {others} 已发或已列入批次（{yuan(fen)} 元）；一个是在职的，一个是离任的",
        payee.place,
        "同一个月不会既在职又离任",
        "请核实任职起止，改正写错的那份名册，再提请；多发的由台账追回。政策允许两项都领的，不用改。",
    )
