"""`subsidies` beside its oracle where the last period's result is given: each month of both periods, to the fen."""

import contextlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from random import Random

from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.compared import subsidies
from tests.compared.result import Compared
from tests.compared.subsidies import COLUMNS, Owed, as_member, by_service
from tests.oracle import arrears, contradictions, documents
from tests.oracle import people as generator
from tests.oracle import subsidies as oracle
from tests.oracle.arrears import Two
from tests.oracle.subsidies import YM, Aside, Person
from tests.programmes.people import CADRE, of_editions, paid_line, result_of, run

Rules = tuple[documents.Document, documents.Document]


def drawn_with_last(dice: Random, count: int) -> Compared:
    """So many random people under two random documents, the second in force from some month near two random periods."""
    rules, times = (documents.document(dice), documents.document(dice)), arrears.two(dice)
    people = [generator.person(dice, 2026) for _ in range(count)]
    found = compared(dice, people, rules, times)
    return Compared(
        found.counted, found.paid, found.apart, found.fen, found.first and f"{rules}\n{times}\n{found.first}"
    )


def compared(dice: Random, people: Sequence[Person], rules: Rules, times: Two) -> Compared:
    members: dict[str, tuple[Person, Member]] = {}
    for i, who in enumerate(people):
        record = as_member(who, i)
        members.setdefault(record.identity, (who, record))
    shown = {identity: _shown(dice, who, rules, times) for identity, (who, _) in members.items()}
    lines = [line for who, (_, record) in members.items() for line in _lines(record, shown[who])]
    policy = _policy(rules, times)
    known = [str(edition.effective) for edition in policy.editions[: 2 if times.known else 1]]
    result = run(
        *(record for _, record in members.values()),
        period=str(_period(times.asked)),
        policy=policy,
        previous=result_of(lines, _period(times.before), policy, known),
    )
    found: dict[str, Owed] = {decision.record.identity: {} for decision in result.judged}
    for decision in result.paid:
        found[decision.record.identity] = {
            (p.benefit, (p.month // 12, p.month % 12 + 1)): Fraction(p.fen, 100) for p in decision.payments
        }
    total = Compared(paid=sum(any(month in times.before for _, month in owed) for owed in found.values()))
    for identity, (who, _) in members.items():
        expected, owed = second_opinion(who, rules, times, shown[identity]), found.get(identity)
        agree = owed == expected
        total += Compared(1) if agree else subsidies.apart(who, f"shown {shown[identity]}", owed, expected)
    return total


def second_opinion(who: Person, rules: Rules, times: Two, shown: Owed) -> Owed | None:
    """What is owed for both periods, None when nobody can tell; nor what was due in the last one, whatever is left of
    it."""
    outcomes = [_outcome(reading, rules, times, shown) for reading in oracle.readings(who)]
    first, last = times.asked[0], times.asked[-1]
    if outcomes[0] is not None:
        others = contradictions.others(who, first, last, oracle.RANKS.get, by_household=False)
        outcomes += [_outcome(other, rules, times, shown) for other in others]
    return outcomes[0][0] if outcomes[0] and all(one == outcomes[0] for one in outcomes) else None


def _outcome(who: Person, rules: Rules, times: Two, shown: Owed) -> tuple[Owed, Owed] | None:
    """What is owed for both periods, and what was due in the last one; None when nobody can tell the first."""
    try:
        owed = dict(_owed(who, rules, times, times.asked, then=False))
    except Aside:
        return None
    due = _due_then(who, rules, times)
    return owed | arrears.made_good(due, shown, times.before), due


def _due_then(who: Person, rules: Rules, times: Two) -> Owed:
    """What was due in the last period; nothing in the months of a document that cannot tell it for one of them."""
    due: dict[tuple[str, YM], Fraction] = {}
    for at in (0, 1):
        with contextlib.suppress(Aside):
            months = [month for month in times.before if times.ruling(month, then=True) == at]
            due |= _owed(who, rules, times, months, then=True)
    return due


def _owed(who: Person, rules: Rules, times: Two, months: Sequence[YM], *, then: bool) -> Owed:
    owed = {
        (CADRE, month): documents.owed(rules[times.ruling(month, then=then)], who, month) for month in months
    }
    return {key: yuan for key, yuan in owed.items() if yuan}


def _shown(dice: Random, who: Person, rules: Rules, times: Two) -> Owed:
    """What the last result shows of somebody."""
    known = arrears.as_known_then(dice, who)
    if known is None:
        return {}
    try:
        paid = _owed(next(iter(oracle.readings(known))), rules, times, times.before, then=True)
    except Aside:
        return {}
    return dict(arrears.shown(dice, paid))


def _lines(record: Member, shown: Owed) -> list[Paid]:
    """As the page of a result has them."""
    by_benefit: dict[str, dict[int, int]] = defaultdict(dict)
    for (benefit, (year, month)), yuan in shown.items():
        by_benefit[benefit][year * 12 + month - 1] = int(yuan * 100)
    return [_line(record, benefit, fen) for benefit, fen in by_benefit.items()]


def _line(record: Member, benefit: str, fen: Mapping[int, int]) -> Paid:
    told = "；".join(
        f"{months_text([at])} 每月{sum_ // 100}.{sum_ % 100:02d}元" for at, sum_ in sorted(fen.items())
    )
    alike = len(set(fen.values())) == 1
    return paid_line(
        record, benefit, months_text(sorted(fen)), sum(fen.values()), remarks="" if alike else told
    )


def _policy(rules: Rules, times: Two) -> PolicyFile[Subsidies]:
    first, second = (
        {"title": "试", "document": "试", "effective": day, "column": COLUMNS, "benefit": [by_service(one)]}
        for one, day in zip(rules, (date(1990, 1, 1), date(*times.since, 1)), strict=True)
    )
    return of_editions(first, second)


def _period(months: Sequence[YM]) -> Period:
    return Period(Month(*months[0]), len(months))
