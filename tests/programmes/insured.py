"""Insured cadres for the tests of `pension`, built as the reader would build them, and runs over them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.contributions.policy import PensionPolicy
from sanchuang_cli.domain.contributions.records import ContributionReceipt, Honour, Insured, VillageIncome
from sanchuang_cli.domain.people import ScreenedPerson
from sanchuang_cli.outcome import Entitled, Occasion, Outcome
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.pension import PROGRAMME
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from tests.ledger.county import account
from tests.programmes.people import day, identity

_DATES = ("started", "ended", "died", "insured_since", "disciplined", "sentenced", "day")
_SUMS = ("grade", "amount")


def _made(record: type[Record], line: int, values: dict[str, Any], unread: Sequence[str] = ()) -> Any:
    """The record of a row whose dates are text and whose sums are in yuan."""
    headings = {field.name: field.heading for field in record.declared()}
    columns = {name: (at, headings.get(name, name)) for at, name in enumerate(values, 1)}
    cells = tuple("" if value is None else str(value) for value in values.values())
    values |= {name: day(values[name]) for name in _DATES if isinstance(values.get(name), str)}
    values |= {name: round(values[name] * 100) for name in _SUMS if values.get(name) is not None}
    row = Row(Source(f"{record.__name__}.xlsx", "表", columns), line + 3, cells, tuple(unread))
    return record(row=row, **values)


def insured(
    number: int = 1, born: str = "1980-05-06", sex: str = "男", line: int = 0, **fields: Any
) -> Insured:
    """A secretary in office since 2021, in a village with an income, unless told otherwise."""
    values: dict[str, Any] = {
        "township": "青禾镇",
        "village": "向阳村",
        "name": f"甲{number:02d}",
        "identity": identity(born, sex, number),
        "post": "书记",
        "started": "2021-03-10",
        "insurance": "城乡居民",
        "account": account(number),
        **fields,
    }
    made: Insured = _made(Insured, line or number, values)
    return made


def village(name: str = "向阳村", income: bool = True, township: str = "青禾镇") -> VillageIncome:
    made: VillageIncome = _made(VillageIncome, 1, {"township": township, "village": name, "income": income})
    return made


def honour(honoured: str | Insured, level: str, on: str | VagueDate, line: int = 1) -> Honour:
    """Of a village by its township and name, or of a person."""
    whom = honoured.identity if isinstance(honoured, Insured) else honoured
    made: Honour = _made(Honour, line, {"honoured": whom, "level": level, "day": on})
    return made


def receipt(
    who: Insured | str,
    amount: float,
    on: str | None = None,
    year: int = 2025,
    ticket: str = "001",
    **more: Any,
) -> ContributionReceipt:
    number = who.identity if isinstance(who, Insured) else who
    values = {"ticket": ticket, "identity": number, "year": year, "amount": amount, "day": on, **more}
    made: ContributionReceipt = _made(ContributionReceipt, int(ticket), values)
    return made


def screened(name: str = "", number: str = "", kind: str = "职工养老参保名单") -> ScreenedPerson:
    made: ScreenedPerson = _made(ScreenedPerson, 1, {"name": name, "identity": number, "kind": kind})
    return made


@cache
def default() -> PolicyFile[PensionPolicy]:
    return pack(None)


@cache
def pack(name: str | None) -> PolicyFile[PensionPolicy]:
    return policy.load(PensionPolicy, *policy.source("pension", name))


def changed(old: str, new: str, *more: tuple[str, str], of: str | None = None) -> PolicyFile[PensionPolicy]:
    """A shipped policy with other words."""
    text = policy.source("pension", of)[1].decode()
    for before, after in ((old, new), *more):
        assert before in text, before
        text = text.replace(before, after)
    return policy.load(PensionPolicy, "试.toml", text.encode())


def occasion(period: str, on: date | None = None) -> Occasion:
    months = Period.parse(period)
    return Occasion(months, on or months.last)


def rosters(
    people: Iterable[Insured],
    villages: Iterable[VillageIncome] | None = None,
    honours: Iterable[Honour] = (),
    receipts: Iterable[ContributionReceipt] = (),
    lost: Iterable[Row] = (),
    screen: Iterable[ScreenedPerson] | None = None,
) -> dict[str, Roster[Any]]:
    given: dict[str, Roster[Any]] = {
        "insured": Roster(tuple(people)),
        "villages": Roster(tuple(villages if villages is not None else (village(),))),
        "honours": Roster(tuple(honours)),
        "receipts": Roster(tuple(receipts), tuple(lost)),
    }
    return given if screen is None else given | {"screen": Roster(tuple(screen))}


def outcome(
    *people: Insured,
    period: str = "2025",
    on: date | None = None,
    by: PolicyFile[PensionPolicy] | None = None,
    unread: Sequence[Row] = (),
    last: Sequence[Mapping[str, Any]] | None = None,
    **others: Any,
) -> Outcome:
    """Judged on the last day of the period, unless told otherwise. others: rosters that serve. last: the lines of the result
    before, if given."""
    given, when = rosters(people, **others), occasion(period, on)
    given["insured"] = Roster(given["insured"].records, tuple(unread))
    if last is not None:
        lines = tuple(
            LastLine(row=Row(Source("上期.xlsx", "册", {}), n, ()), more=dict(line))
            for n, line in enumerate(last)
        )
        given["previous"] = Roster(lines, origin=Origin("上期.xlsx", when.period.before(), "", {}))
    return PROGRAMME.run(given, by or default(), when)


def entitled(
    *people: Insured, period: str = "2025", by: PolicyFile[PensionPolicy] | None = None, **others: Any
) -> Entitled:
    """What the ledger is told."""
    assert PROGRAMME.owes
    return PROGRAMME.owes(PROGRAMME.judge, rosters(people, **others), by or default(), occasion(period), {})


def column(run: Outcome, page: str, name: str) -> list[Any]:
    """What stands in a column of a page, line by line; nothing where there is no such page."""
    tables = [table for table in run.tables if table.name == page]
    return [row[table.index(name)] for table in tables for row in table.rows]


def borne(run: Outcome, *names: str) -> list[list[int]]:
    """What everybody on the roll bears and what is borne for them, in whole yuan where nothing else is asked: person, village,
    county, region."""
    columns = names or ("own", "released0", "released1", "released2")
    return [
        list(line) for line in zip(*(column(run, "参保补贴人员名册", name) for name in columns), strict=True)
    ]


def parts(run: Outcome) -> list[str]:
    """Where everybody on the roll or on no page stands, by name."""
    pages = ("参保补贴人员名册", "未列入名单")
    names = [
        (name, part)
        for page in pages
        for name, part in zip(column(run, page, "name"), column(run, page, "part"), strict=True)
    ]
    return [part for _, part in sorted(names)]


def told(run: Outcome) -> list[str]:
    """The codes of what is odd, without the programme's name."""
    return [finding.code.removeprefix("pension.") for finding in run.findings]
