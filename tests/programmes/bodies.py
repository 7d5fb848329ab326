"""Villages, companies, vouchers and payments for the tests of `budget`, built as the reader would build them, and runs."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.grants.spending import PaidOut, Voucher
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.budget import PROGRAMME
from sanchuang_cli.programmes.budget.policy import BudgetPolicy, FundedBody
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from tests.programmes.examined import day

ON = date(2026, 11, 28)
ACCOUNT = "6222021234567890128"
_LAST_YEAR = Origin("上期.xlsx", Period.year(2025), "", {})
WHOLE = '{ clause = "第九条", shares = [{ who = "县级", percent = 100 }] }'
HEAD = """[[edition]]
title = "办法"
document = "县字1号"
effective = 2000-01-01
types = [{ name = "村" }, { name = "社区" }, { name = "非公企业" }, { name = "社会组织" }]
"""


def body(name: str = "向阳村", township: str = "青禾镇", kind: str = "村", **columns: Any) -> FundedBody:
    """A village, unless told otherwise. Columns of the policy by heading; 工资总额, 管理费支出, 核定金额 in fen."""
    own = {field.heading: field.name for field in FundedBody.declared()}
    values = {own[heading]: value for heading, value in columns.items() if heading in own}
    more = {heading: value for heading, value in columns.items() if heading not in own}
    values |= {"township": township, "name": name, "type": kind}
    values |= {"account": values.get("account", ACCOUNT)}
    return FundedBody(row=_row(FundedBody, name, {**values, **more}), more=more, **values)


def voucher(number: str, on: str, fen: int, name: str = "向阳村", **fields: Any) -> Voucher:
    values: dict[str, Any] = {
        "township": "青禾镇",
        "name": name,
        "voucher": number,
        "day": day(on),
        "amount": fen,
    }
    values |= {"use": "学习教育"} | fields
    return Voucher(row=_row(Voucher, number, values), **values)


def payment(on: str, fen: int, name: str = "向阳村", township: str = "青禾镇") -> PaidOut:
    values: dict[str, Any] = {"township": township, "name": name, "day": day(on), "amount": fen}
    return PaidOut(row=_row(PaidOut, f"{name}{on}", values), **values)


def _row(record: type[Record], key: str, values: Mapping[str, Any]) -> Row:
    headings = {field.name: field.heading for field in record.declared()}
    columns = {name: (at, headings.get(name, name)) for at, name in enumerate(values, 1)}
    number = sum(key.encode()) % 5000 + 4
    return Row(Source("册.xlsx", record.__name__, columns), number, tuple(map(str, values.values())))


@cache
def by(text: str, funding: str = WHOLE) -> PolicyFile[BudgetPolicy]:
    """A policy of one edition: its blocks after the usual head."""
    return policy.load(BudgetPolicy, "试.toml", f"{HEAD}funding = {funding}\n{text}".encode())


@cache
def pack(name: str | None = None) -> PolicyFile[BudgetPolicy]:
    """One that is shipped; the default without a name."""
    return policy.load(BudgetPolicy, *policy.source("budget", name))


def asked(
    *bodies: FundedBody,
    vouchers: Sequence[Voucher] = (),
    payments: Sequence[PaidOut] = (),
    by: PolicyFile[BudgetPolicy] | None = None,
    on: date = ON,
    year: int = 2026,
    unread: Sequence[Row] = (),
    last: Sequence[Mapping[str, Any]] | None = None,
) -> tuple[Rosters, PolicyFile[BudgetPolicy], Occasion]:
    """What is run. unread: rows of the bodies that the reader set aside. last: the lines of the result of the year before, if given."""
    rosters: Rosters = {
        "bodies": Roster(bodies, tuple(unread)),
        "vouchers": Roster(tuple(vouchers)),
        "payments": Roster(tuple(payments)),
    }
    if last is not None:
        lines = tuple(LastLine(row=_row(LastLine, str(line), line), more=dict(line)) for line in last)
        rosters = {**rosters, "previous": Roster(lines, origin=_LAST_YEAR)}
    return rosters, by or pack(), Occasion(Period.year(year), on)


def outcome(*bodies: FundedBody, **how: Any) -> Outcome:
    return PROGRAMME.run(*asked(*bodies, **how))


def column(run: Outcome, page: str, name: str) -> list[Any]:
    """What stands in a column of a page, line by line."""
    (table,) = [table for table in run.tables if table.name == page]
    at = table.index(name)
    return [row[at] for row in table.rows]


def granted(run: Outcome) -> dict[str, int]:
    """What each body is granted, in fen."""
    return dict(zip(column(run, "年度预算表", "name"), column(run, "年度预算表", "standard"), strict=True))


def told(run: Outcome) -> list[str]:
    """The codes of what is odd, without the programme's name."""
    return [finding.code.removeprefix("budget.") for finding in run.findings]
