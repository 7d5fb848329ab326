"""Applicants, loans and events for the tests of `fund`, built as the reader would build them, and runs over them."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.loans.applying import Application
from sanchuang_cli.domain.loans.lending import Lending
from sanchuang_cli.domain.loans.policy import LoanPolicy
from sanchuang_cli.domain.loans.rosters import Applicant, Loan, LoanEvent
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.fund import PROGRAMME
from sanchuang_cli.record import Record, Roster, Row, Source
from tests.programmes.people import day, identity

ON = date(2025, 12, 31)
SCORES = {"项目前景分": 25, "自有资金分": 15, "带动农户分": 15, "信用分": 12, "党性评议分": 13}
"""Eighty of a hundred."""


def row(record: type[Record], number: int, values: Mapping[str, Any], unread: Sequence[str] = ()) -> Row:
    """A line of a sheet that is called after the record; row n of it stands in line n + 3."""
    headings = {field.name: field.heading for field in record.declared()}
    columns = {name: (at, headings.get(name, name)) for at, name in enumerate(values, 1)}
    cells = tuple("" if value is None else str(value) for value in values.values())
    return Row(Source("基金.xlsx", record.__name__, columns), number + 3, cells, tuple(unread))


def applicant(number: int = 1, born: str = "1980-01-01", **fields: Any) -> Applicant:
    """Somebody who meets all conditions of the default policy. Sums are in yuan, days are text, scores by heading."""
    scores = {name: fields.pop(name, points) for name, points in SCORES.items()}
    values: dict[str, Any] = {
        "township": "青禾镇",
        "village": "河西村",
        "name": f"甲{number}",
        "identity": identity(born, number=number),
        "day": "2025-10-08",
        "category": "正式党员",
        "project": "肉牛养殖",
        "total": 100_000,
        "own": 40_000,
        "asked": 60_000,
        "months": 12,
        "opened": "2020-05-01",
        "households": 6,
        "credit": "良好",
        **fields,
    }
    values |= {name: round(values[name] * 100) for name in ("total", "own", "asked")}
    values |= {name: day(values[name]) for name in ("day", "opened")}
    more = {name: Fraction(points) for name, points in scores.items()}
    return Applicant(row=row(Applicant, number, values | scores), more=more, **values)


def loan(
    number: int = 1, principal: float = 50_000, rate: float = 4.35, unread: Sequence[str] = (), **fields: Any
) -> Loan:
    """A loan of a year lent on the first day of 2025. rate: per cent."""
    values: dict[str, Any] = {
        "loan_number": f"L{number}",
        "township": "青禾镇",
        "village": "河西村",
        "name": f"乙{number}",
        "identity": identity("1975-02-03", number=number),
        "principal": round(principal * 100),
        "lent": "2025-01-01",
        "months": 12,
        "rate": None if "rate" in unread else Fraction(str(rate)) / 100,
        **fields,
    }
    values["lent"] = day(values["lent"])
    return Loan(row=row(Loan, number, values, unread), **values)


_EVENTS = iter(range(1, 10**9))


def event(number: int, on: str, kind: str, yuan: float | None = None, **fields: Any) -> LoanEvent:
    """Something that happened to the loan of a number."""
    values: dict[str, Any] = {"loan_number": f"L{number}", "day": day(on), "kind": kind} | fields
    values["amount"] = None if yuan is None else round(yuan * 100)
    if "of_day" in values:
        values["of_day"] = day(values["of_day"])
    return LoanEvent(row=row(LoanEvent, next(_EVENTS), values), **values)


@cache
def policies(name: str | None = None) -> PolicyFile[LoanPolicy]:
    return policy.load(LoanPolicy, *policy.source("fund", name))


def changed(change: Callable[[dict[str, Any]], object], name: str | None = None) -> PolicyFile[LoanPolicy]:
    """A shipped policy after `change` has had its way with its first edition."""
    data = tomllib.loads(policy.source("fund", name)[1].decode(), parse_float=Decimal)["edition"][0]
    change(data)
    return PolicyFile("试.toml", "0" * 64, (LoanPolicy.model_validate(data),))


def switched(**blocks: dict[str, Any]) -> Any:
    """The default policy with other values in its blocks."""
    return changed(lambda edition: [edition[name].update(values) for name, values in blocks.items()])


def asked(
    applicants: Sequence[Applicant] = (),
    loans: Sequence[Loan] = (),
    events: Sequence[LoanEvent] = (),
    *,
    by: PolicyFile[LoanPolicy] | None = None,
    on: date = ON,
    period: str = "2025",
    unread: Sequence[Row] = (),
) -> tuple[Rosters, PolicyFile[LoanPolicy], Occasion]:
    """What is run. unread: the rows of the roster of loans that the reader set aside."""
    rosters: dict[str, Roster[Any]] = {
        "applications": Roster(tuple(applicants)),
        "loans": Roster(tuple(loans), tuple(unread)),
        "events": Roster(tuple(events)),
    }
    return rosters, by or policies(), Occasion(Period.parse(period), on)


def judged(
    applicants: Sequence[Applicant] = (),
    loans: Sequence[Loan] = (),
    events: Sequence[LoanEvent] = (),
    **how: Any,
) -> Whole:
    return PROGRAMME.judge(*asked(applicants, loans, events, **how))


def outcome(
    applicants: Sequence[Applicant] = (),
    loans: Sequence[Loan] = (),
    events: Sequence[LoanEvent] = (),
    **how: Any,
) -> Outcome:
    return PROGRAMME.run(*asked(applicants, loans, events, **how))


def lendings(whole: Whole) -> dict[str, Lending]:
    """By number, the loans that are not set aside."""
    return {one.record.loan_number: one for one in whole.of((), "loans")}


def lending(*events: LoanEvent, of: Loan | None = None, **how: Any) -> Lending:
    """What came of one loan."""
    (found,) = lendings(judged((), [of or loan()], events, **how)).values()
    return found


def applications(whole: Whole) -> dict[str, Application]:
    """By name, the applications that are not set aside."""
    return {one.record.name: one for one in whole.of()}


def application(who: Applicant, *loans: Loan, events: Sequence[LoanEvent] = (), **how: Any) -> Application:
    """What came of one application."""
    return applications(judged([who], loans, events, **how))[who.name]


def failed(found: Application) -> list[str]:
    """The names of the conditions that were not met."""
    return [reason.what for reason in found.failed]


def codes(whole: Whole) -> list[str]:
    """Of all findings, without the programme's name."""
    return sorted({one.code.rpartition(".")[2] for one in whole.findings})
