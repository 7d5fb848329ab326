"""Records and rules by which tests look at single decisions."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.decisions import Decision, decided
from sanchuang_cli.domain.entitlement.prior import prior
from sanchuang_cli.domain.entitlement.rulebook import Rulebook
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.programmes.people import (
    CADRE,
    TWENTY,
    document,
    member,
    of_editions,
    only,
    paid_line,
    policies,
    result_of,
)

Change = Callable[[dict[str, Any]], object]
OLD = "1920-01-01"
PARTY = "1949-01-01"


def at(text: str) -> int:
    """2026-04 as a month's number."""
    return number(date.fromisoformat(f"{text}-01"))


def decision_on(
    record: Member,
    policy: PolicyFile[Subsidies] | None = None,
    period: str = "2026Q2",
    previous: Sequence[Paid] | None = None,
) -> Decision:
    file, when = policy or policies(), Period.parse(period)
    book = Rulebook(file, when)
    born = Born.of(record.identity)
    assert born
    before = None if previous is None else prior(result_of(previous, when.before(), file), book, "补贴项目")
    return decided(book, record, born, before)


def paid(decision: Decision) -> list[tuple[str, str, int, bool]]:
    """Benefit, month, yuan, whether arrears; in order."""
    return [
        (p.benefit, f"{p.month // 12}-{p.month % 12 + 1:02d}", p.fen // 100, p.arrears)
        for p in sorted(decision.payments)
    ]


def two(first: Change, second: Change, effective: date = date(2026, 5, 1)) -> PolicyFile[Subsidies]:
    """The rule for cadres alone in two editions."""
    editions = [document()["edition"][0] for _ in range(2)]
    for edition, change in zip(editions, (first, second), strict=True):
        edition["benefit"], edition["exclusive"] = edition["benefit"][:1], []
        change(edition["benefit"][0])
    editions[1]["effective"] = effective
    return of_editions(*editions)


def unchanged(benefit: dict[str, Any]) -> None:
    """Leaves a benefit as it is."""


def limited(limit: int) -> Change:
    return lambda benefit: benefit["payable"].update(start="fulfilled", retroactive_limit=limit)


def dearer(benefit: dict[str, Any]) -> None:
    benefit["amount"][0]["tier"] = [{"at_least": 10, "rate": 600}]


# ---------------------------------------------------------------- what excludes what


BOTH = member(spells=TWENTY, hardship=True)


# ---------------------------------------------------------------- what was received before


def set_off(*more: dict[str, Any], change: Change = unchanged) -> PolicyFile[Subsidies]:
    once = {"name": "一次性补助", "clause": "第六条", "column": "已领养老金"}

    def with_it(benefit: dict[str, Any]) -> None:
        benefit["amount"][0]["set_off"] = [once, *more]
        change(benefit)

    return only(CADRE, with_it)


# ---------------------------------------------------------------- months of the last period


def shown(record: Member, *months: str, benefit: str = CADRE) -> list[Paid]:
    return [paid_line(record, benefit, "、".join(months), 52_500 * len(months))] if months else []
