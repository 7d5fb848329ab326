"""Visits, recipients, money and pairs for the tests of `visits`, built as the reader would build them, and runs over them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.visiting.policy import VisitPolicy
from sanchuang_cli.domain.visiting.records import Recipient, Supply, Visit
from sanchuang_cli.join import Partner
from sanchuang_cli.outcome import Entitled, Occasion, Outcome, Rosters
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.visits import PROGRAMME
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from tests.programmes.pairs import name, number
from tests.programmes.people import day, identity

DATES = ("day", "entered", "joined")


def visit(on: str, whom: int = 1, by: int = 1, line: int = 0, sheet: str = "走访", **fields: Any) -> Visit:
    """The helper `by` visits the member `whom` of 向阳村; both are known by their numbers as in the tests of pairing."""
    values: dict[str, Any] = {"township": "青禾镇", "village": "向阳村", "name": name(whom)}
    values |= {"day": on, "visitor": name(500 + by), "kind": "交心", **fields}
    return Visit(row=_row(Visit, line or int(on.replace("-", "")[-4:]), values, sheet), **_days(values))


def contact(on: str, whom: int = 1, by: int = 1, **fields: Any) -> Visit:
    return visit(on, whom, by, way="联系", **fields)


def recipient(
    number_of: int = 1, category: str = "老党员", on: str | None = "2026-02-10", line: int = 0, **fields: Any
) -> Recipient:
    """Somebody who was visited before Spring Festival of 2026, paid from 县财政. Whoever is said to have joined before 1949 was
    old enough by then. Sums are in yuan. line: of the roster."""
    values: dict[str, Any] = {"township": "青禾镇", "village": "向阳村", "name": name(number_of)}
    old = identity("1925-05-01", number=number_of)
    values |= {
        "identity": old if "建国前" in category else number(number_of),
        "category": category,
        "day": on,
        "source": "县财政",
        **fields,
    }
    if values.get("amount") is not None:
        values["amount"] = round(values["amount"] * 100)
    return Recipient(row=_row(Recipient, line or number_of, values), **_days(values))


def supply(source: str = "县财政", yuan: int | None = None, line: int = 1, **fields: Any) -> Supply:
    values: dict[str, Any] = {"source": source, "amount": None if yuan is None else yuan * 100, **fields}
    if values.get("left") is not None:
        values["left"] = values["left"] * 100
    return Supply(row=_row(Supply, line, values), **values)


def pair(whom: int = 1, by: int = 1, since: str = "2026-01-01", **fields: str) -> Partner:
    """A line of the result of pairing."""
    told = {
        "乡镇": "青禾镇",
        "村": "向阳村",
        "姓名": name(whom),
        "身份证号": number(whom),
        "帮扶人": name(500 + by),
        **fields,
    }
    columns = {head: (at, head) for at, head in enumerate((*told, "结对日期"), 1)}
    source = Source("结对.xlsx", "结对帮扶一览表", {**columns, "name": columns["姓名"]})
    row = Row(source, whom + 3, (*told.values(), since))
    return Partner(row=row, township=told["乡镇"], more={**told, "结对日期": day(since) if since else None})


def _days(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, **{key: day(values[key]) for key in DATES if isinstance(values.get(key), str)}}


def _row(record: type[Record], line: int, values: Mapping[str, Any], sheet: str = "") -> Row:
    headings = {field.name: field.heading for field in record.declared()}
    columns = {name: (at, headings.get(name, name)) for at, name in enumerate(values, 1)}
    cells = tuple("" if value is None else str(value) for value in values.values())
    return Row(Source("名册.xlsx", sheet or record.__name__, columns), line + 3, cells)


@cache
def default() -> PolicyFile[VisitPolicy]:
    return policy.load(VisitPolicy, *policy.source("visits", None))


def changed(old: str, new: str, *more: tuple[str, str], pack: str | None = None) -> PolicyFile[VisitPolicy]:
    """The default policy, or a pack, with other words."""
    text = policy.source("visits", pack)[1].decode()
    for before, after in ((old, new), *more):
        assert before in text, before
        text = text.replace(before, after)
    return policy.load(VisitPolicy, "试.toml", text.encode())


def _rosters(
    visits: Sequence[Visit],
    recipients: Sequence[Recipient],
    supplies: Sequence[Supply],
    pairs: Sequence[Partner],
) -> dict[str, Roster[Any]]:
    rosters: dict[str, Roster[Any]] = {
        "visits": Roster(tuple(visits)),
        "recipients": Roster(tuple(recipients)),
        "supplies": Roster(tuple(supplies)),
    }
    origin = Origin("结对.xlsx", Period.year(2026), "", {})
    return rosters | ({"pairs": Roster(tuple(pairs), origin=origin)} if pairs else {})


def asked(
    *visits: Visit,
    recipients: Sequence[Recipient] = (),
    supplies: Sequence[Supply] = (),
    pairs: Sequence[Partner] = (),
    by: PolicyFile[VisitPolicy] | None = None,
    on: str = "2026-12-31",
    period: str = "2026",
) -> tuple[Rosters, PolicyFile[VisitPolicy], Occasion]:
    """What is run."""
    when = Occasion(Period.parse(period), date.fromisoformat(on))
    return _rosters(visits, recipients, supplies, pairs), by or default(), when


def outcome(*visits: Visit, **how: Any) -> Outcome:
    return PROGRAMME.run(*asked(*visits, **how))


def entitled(
    *recipients: Recipient, period: str = "2026", by: PolicyFile[VisitPolicy] | None = None
) -> Entitled:
    """What the ledger is told."""
    assert PROGRAMME.owes
    months = Period.parse(period)
    rosters = _rosters((), recipients, (), ())
    return PROGRAMME.owes(PROGRAMME.judge, rosters, by or default(), Occasion(months, months.last), {})


def column(run: Outcome, page: str, name: str) -> list[Any]:
    """What stands in a column of a page, line by line; nothing where there is no such page."""
    tables = [table for table in run.tables if table.name == page]
    return [row[table.index(name)] for table in tables for row in table.rows]


def told(run: Outcome, *leaving: str) -> list[str]:
    """The codes of what is odd, without the programme's name and those that are not asked for."""
    codes = [finding.code.removeprefix("visits.") for finding in run.findings]
    return [code for code in codes if code not in leaving]
