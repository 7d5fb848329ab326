"""Members with their dues for the tests of `dues`, built as the reader would build them, and runs."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.dues.payer import Payer
from sanchuang_cli.domain.dues.policy import DuesPolicy, Pay
from sanchuang_cli.domain.dues.receipts import PaymentReceipt
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.dues import PROGRAMME
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from tests.programmes.examined import day, identity

ON = date(2026, 12, 31)
DATES = ("admitted", "left", "reduced_from", "reduced_to", "day", "month", "since", "gift_day")


def payer(number: int = 1, paid: Sequence[int] = (), **fields: Any) -> Payer:
    """A member in a post since 1990, unless told otherwise. paid: fen from January on. Further headings go to the row."""
    plain: dict[str, Any] = {"township": "青禾镇", "branch": "机关党支部", "name": f"甲{number}"}
    plain |= {"identity": identity(number), "category": "在职", "admitted": "1990-05-03", **fields}
    more = {f"{n}月": fen for n, fen in enumerate(paid, 1)}
    more |= {name: plain.pop(name) for name in [name for name in plain if not name.isascii()]}
    values: dict[str, Any] = {
        name: day(value) if name in DATES and isinstance(value, str) else value
        for name, value in plain.items()
    }
    return Payer(row=_row(Payer, number, {**values, **more}), more=more, **values)


def receipt(number: str, on: str, fen: int, who: int = 1, **fields: Any) -> PaymentReceipt:
    values: dict[str, Any] = {
        "ticket": number,
        "name": f"甲{who}",
        "identity": identity(who),
        "day": day(on),
        "amount": fen,
    }
    values |= {name: day(value) if name in DATES else value for name, value in fields.items()}
    return PaymentReceipt(row=_row(PaymentReceipt, sum(number.encode()), values), **values)


def pay(items: Mapping[str, Any], number: int = 1, since: str = "", contribution: int | None = None) -> Pay:
    """A row of the pay file; items in fen and rates by heading."""
    start: VagueDate | None = day(since) if since else None
    values: dict[str, Any] = {"identity": identity(number), "since": start, "contribution": contribution}
    return Pay(row=_row(Pay, number, {**values, **items}), more=items, **values)


def _row(record: type[Record], number: int, values: Mapping[str, Any]) -> Row:
    headings = {field.name: field.heading for field in record.declared()}
    columns = {name: (at, headings.get(name, name)) for at, name in enumerate(values, 1)}
    return Row(Source("册.xlsx", record.__name__, columns), number + 3, tuple(map(str, values.values())))


@cache
def default() -> PolicyFile[DuesPolicy]:
    return policy.load(DuesPolicy, *policy.source("dues", None))


@cache
def pack(name: str) -> PolicyFile[DuesPolicy]:
    """A document that is shipped."""
    return policy.load(DuesPolicy, *policy.source("dues", name))


def with_keys(**keys: Any) -> PolicyFile[DuesPolicy]:
    """The default policy in force since 2008 with other keys."""
    edition = default().editions[-1].model_dump() | keys
    return PolicyFile("试.toml", "0" * 64, (DuesPolicy.model_validate(edition),))


def outcome(
    *payers: Payer,
    receipts: Sequence[PaymentReceipt] = (),
    pay: Sequence[Pay] = (),
    by: PolicyFile[DuesPolicy] | None = None,
    on: date = ON,
    last: Sequence[Mapping[str, Any]] | None = None,
) -> Outcome:
    """The year of the day. last: the lines of the result of the year before, if given."""
    year = Period.year(on.year)
    rosters: Rosters = {
        "payers": Roster(payers),
        "receipts": Roster(tuple(receipts)),
        "pay": Roster(tuple(pay)),
    }
    if last is not None:
        lines = tuple(LastLine(row=_row(LastLine, n, line), more=dict(line)) for n, line in enumerate(last))
        origin = Origin("上期.xlsx", year.before(), "", {})
        rosters = {**rosters, "previous": Roster(lines, origin=origin)}
    return PROGRAMME.run(rosters, by or default(), Occasion(year, on))


def column(run: Outcome, page: str, name: str) -> list[Any]:
    """What stands in a column of a page, line by line; nothing where there is no such page."""
    tables = [table for table in run.tables if table.name == page]
    return [row[table.index(name)] for table in tables for row in table.rows]


def monthly(*payers: Payer, **how: Any) -> list[int | None]:
    """What each owes for the last month, in fen."""
    return column(outcome(*payers, **how), "党费收缴表", "monthly")


def told(run: Outcome) -> list[str]:
    """The codes of what is odd, without the programme's name."""
    return [finding.code.removeprefix("dues.") for finding in run.findings]
