"""`fund` beside its oracle: random loans with random events under random rules, judged by both."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from tests.compared.result import Compared
from tests.oracle import fund as oracle
from tests.programmes import borrowers
from tests.programmes.people import identity

FIRST, ON = date(2023, 1, 1), date(2026, 12, 31)


def rules(dice: Random) -> oracle.Rules:
    return oracle.Rules(
        count=dice.choice(("365", "360", "actual", "30/360", "term")),
        base=Fraction(dice.randrange(200, 700), 10_000),
        subsidy=dice.random() < 0.9,
        share=Fraction(dice.choice((100, 100, 50, 70, 33)), 100),
        largest=dice.choice((None, 50_000_00, 30_000_00, 0)),
        rate_cap=dice.choice((None, Fraction(1), Fraction(6, 5))),
        longest=dice.choice((None, 24, 12, 3)),
        at_most=dice.choice((None, None, 300_00)),
        on_time_only=dice.random() < 0.2,
        call=dice.choice((None, (30, Fraction(7, 10)), (1, Fraction(1, 2)))),
        every=dice.choice((0, 1, 3, 6)),
    )


def as_policy(rules: oracle.Rules) -> PolicyFile[Any]:
    """The default policy with these rules."""

    def change(edition: dict[str, Any]) -> None:
        edition["interest"] |= {
            "base": [{"effective": date(2012, 1, 1), "percent": rules.base * 100}],
            "every": rules.every,
        }
        edition["interest"]["day_count"] = rules.count
        said = {
            "percent": rules.share * 100,
            "principal_most": None if rules.largest is None else rules.largest // 100,
            "base_times": rules.rate_cap,
            "months_most": rules.longest,
            "most": None if rules.at_most is None else rules.at_most // 100,
            "paid": "on_time" if rules.on_time_only else "accrued",
        }
        edition["subsidy"] |= said
        if not rules.subsidy:
            del edition["subsidy"]
        if rules.call:
            edition["guarantee"] = {"clause": "代偿", "days": rules.call[0], "percent": rules.call[1] * 100}

    return borrowers.changed(change)


def loan(dice: Random) -> oracle.Loan:
    """A loan with what happened to it; of every sixth something cannot be."""
    lent = FIRST + timedelta(dice.randrange(1_300))
    if dice.random() < 0.15:
        lent = dice.choice((date(2023, 8, 31), date(2024, 2, 29), date(2024, 1, 31), date(2024, 12, 30)))
    months = dice.choice((1, 3, 6, 12, 12, 18, 24, 36))
    principal = dice.choice((30_000_00, 50_000_00, 80_000_00, 100_000_00, 33_333_33))
    rate = Fraction(dice.randrange(250, 900), 10_000)
    return oracle.Loan(principal, lent, months, rate, tuple(happenings(dice, principal, lent, months)))


def happenings(dice: Random, principal: int, lent: date, months: int) -> Iterator[oracle.Happening]:
    """At most one of a kind on a day, as the roster allows; in no order."""
    left, seen = principal, set[tuple[date, str]]()
    due = oracle.later(lent, months)
    span = (due - lent).days
    made: list[oracle.Happening] = []
    for day in sorted(
        lent + timedelta(dice.randrange(0, span * 3 // 2 + 2)) for _ in range(dice.randrange(0, 5))
    ):
        kind = dice.choice(("还本", "还本", "还本", "付息", "展期", "结清", "核销"))
        day = dice.choice((due, due + timedelta(1), day, day, day))
        if (day, kind) in seen:
            continue
        seen.add((day, kind))
        fen = (
            dice.choice((left // 3 + 1, 5_000_00, max(1, left), left + 1))
            if kind == "还本" and left
            else None
        )
        if kind == "付息":
            fen = dice.choice((300_00, 500_00, 300_00, None))
        if kind == "核销" and dice.random() < 0.5:
            fen = max(1, left // 2)
        left = max(0, left - (fen or 0)) if kind == "还本" else left
        made.append(
            oracle.Happening(day, kind, fen, dice.choice((3, 6, 6, None)) if kind == "展期" else None)
        )
    if made and dice.random() < 0.25:
        one = dice.choice(made)
        which = (
            (one.day, dice.choice((one.kind, "")))
            if dice.random() < 0.9
            else (one.day - timedelta(1), one.kind)
        )
        made.append(oracle.Happening(one.day + timedelta(dice.choice((0, 1, 9, -1))), "冲正", which=which))
    dice.shuffle(made)
    yield from made


def records(number: int, one: oracle.Loan) -> tuple[Any, list[Any]]:
    """The rows of the rosters that say so."""
    row = borrowers.loan(
        number, one.principal / 100, float(one.rate * 100), lent=one.lent.isoformat(), months=one.months
    )
    events = []
    for happened in one.happenings:
        more: dict[str, Any] = {"months": happened.months} if happened.months else {}
        if happened.which:
            more |= {"of_day": happened.which[0].isoformat(), "of_kind": happened.which[1]}
        yuan = None if happened.fen is None else happened.fen / 100
        events.append(borrowers.event(number, happened.day.isoformat(), happened.kind, yuan, **more))
    return row, events


@dataclass(frozen=True)
class Side:
    """What one of the two says of a loan; all sums are fen."""

    part: str = "待核实"
    sums: tuple[Any, ...] = ()
    by_month: tuple[tuple[str, int], ...] = ()


def of_oracle(one: oracle.Loan, rules: oracle.Rules, period: Any, on: date) -> Side:
    if one.lent > on:
        return Side("未发放")
    found = oracle.walked(one, rules, on)
    if found is None:
        return Side()

    before, through = period.first - oracle.DAY, min(period.last, on)
    interest = found.interest(through) - found.interest(before) if through >= period.first else 0
    months = [
        (str(month), found.subsidy(min(month.last, on)) - found.subsidy(month.first - oracle.DAY))
        for month in period.each_month()
        if month.first <= on
    ]
    sums = (
        found.balance, found.due, found.overdue, found.grade, found.repaid, found.lost, found.call,
        found.interest(on), interest, found.subsidy(before), found.next_interest,
    )  # fmt: skip
    return Side(found.part, sums, tuple(month for month in months if month[1]))


def of_package(found: Any) -> Side:
    if found is None:
        return Side()
    if found.part == "未发放":
        return Side(found.part)
    account = found.account
    interest_day = next((one.day for one in found.deadlines if one.matter == "付息"), None)
    sums = (
        account.balance, account.due, found.overdue, found.grade, account.repaid, account.written_off, found.call,
        found.accrued, found.interest, found.before, interest_day,
    )  # fmt: skip
    return Side(found.part, sums, tuple((str(one.month), one.fen) for one in found.due))


def drawn(dice: Random, count: int) -> Compared:
    """So many loans under one policy, by both."""
    settings = rules(dice)
    loans = [loan(dice) for _ in range(count)]
    pairs = [records(number, one) for number, one in enumerate(loans, 1)]
    period = dice.choice(("2024", "2025", "2025H1", "2026Q3", "2024-02"))
    on = dice.choice((None, None, ON))
    whole = borrowers.judged(
        (), [row for row, _ in pairs], [event for _, events in pairs for event in events],
        by=as_policy(settings), period=period, on=on or Period.parse(period).last,
    )  # fmt: skip
    occasion = whole.at.occasion
    found = {one.record.loan_number: one for one in whole.of((), "loans")}
    theirs = [of_package(found.get(f"L{number}")) for number in range(1, count + 1)]
    ours = [of_oracle(one, settings, occasion.period, occasion.on) for one in loans]
    apart = [
        (settings, loans[at], *pair)
        for at, pair in enumerate(zip(ours, theirs, strict=True))
        if pair[0] != pair[1]
    ]
    fen = max(
        (
            abs(sum(n for _, n in a.by_month) - sum(n for _, n in b.by_month))
            for a, b in zip(ours, theirs, strict=True)
        ),
        default=0,
    )
    paid = sum(bool(one.by_month) for one in ours)
    return Compared(count, paid, len(apart), fen, str(apart[0]) if apart else "")


def applicants(dice: Random, count: int) -> tuple[list[oracle.Asker], list[Any]]:
    """People who meet all conditions, some of one household, many of one rank; each as both have it."""
    askers, rows = [], []
    for number in range(1, count + 1):
        score, households, day = (
            dice.randrange(60, 64),
            dice.choice((5, 6)),
            date(2025, 10, dice.choice((8, 9))),
        )
        spouse = dice.randrange(1, count + 1) if dice.random() < 0.3 else 0
        scores: dict[str, Any] = dict(zip(borrowers.SCORES, (score - 40, 10, 10, 10, 10), strict=True))
        row = borrowers.applicant(
            number, asked=dice.choice((20_000, 50_000, 90_000)), households=households, day=day.isoformat(),
            spouse=identity("1980-01-01", number=spouse) if spouse not in (0, number) else "",
            **scores,
        )  # fmt: skip
        household = frozenset(filter(None, (row.identity, row.spouse)))
        askers.append(oracle.Asker((score, households, -day.toordinal()), row.asked, household))
        rows.append(row)
    return askers, rows
