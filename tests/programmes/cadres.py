"""Cadres for the tests of `pay`, built as the reader would build them, and runs over them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.identity import check_digit, luhn_digit
from sanchuang_cli.domain.people import ScreenedPerson
from sanchuang_cli.domain.wages.policy import Wages
from sanchuang_cli.domain.wages.records import Appraisal, Cadre, UnclaimedCard, Village
from sanchuang_cli.domain.wages.verdict import Wage
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.pay import PROGRAMME
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from sanchuang_cli.table import Table

NAMES = (
    "张建国",
    "李秀英",
    "王志强",
    "赵桂兰",
    "陈永福",
    "刘玉梅",
    "周长顺",
    "吴凤霞",
    "郑守义",
    "孙淑芬",
    "马春生",
    "朱爱华",
)
DATES = ("started", "ended", "cadre_since", "chief_since", "suspended_from", "suspended_to")


SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何"
GIVEN = (
    "德福",
    "长林",
    "宝山",
    "占军",
    "喜林",
    "永胜",
    "国栋",
    "文斌",
    "振东",
    "树森",
    "庆丰",
    "连生",
    "万才",
    "玉山",
    "景春",
    "殿臣",
    "广财",
    "凤山",
    "守义",
    "明远",
    "洪亮",
    "海涛",
    "立新",
)


def called(number: int) -> str:
    """The name of person `number`; two of one name are born on different days, or the ledger would ask whether they are one."""
    return (
        NAMES[number]
        if number < len(NAMES)
        else SURNAMES[number % len(SURNAMES)] + GIVEN[number % len(GIVEN)]
    )


def day(text: str) -> VagueDate:
    """2026, 2026-05 or 2026-05-12, as exact as it is written."""
    parts = [int(part) for part in text.split("-")]
    return VagueDate.on(date(*parts)) if len(parts) == 3 else VagueDate.within(*parts)


def identity(number: int = 1) -> str:
    """A number of nobody: 230299 was never assigned."""
    body = f"230299{1955 + number // 330 % 45}{1 + number % 12:02d}{1 + number % 28:02d}{number % 330 * 3 + 1:03d}"
    return body + check_digit(body)


def account(number: int = 1) -> str:
    body = f"621700{number:012d}"
    return body + luhn_digit(body)


def cadre(number: int = 1, line: int = 0, **fields: Any) -> Cadre:
    """The secretary of a village of his own since 2021, unless told otherwise. Dates are given as text. line: of the row."""
    plain = {
        "township": "青禾镇",
        "village": f"第{number}村",
        "name": called(number),
        "identity": identity(number),
        "post": "书记",
        "started": "2021-01-10",
        "document": "县组干〔2021〕3号",
        "account": account(number),
    }
    values = plain | fields
    values |= {name: day(values[name]) for name in DATES if isinstance(values.get(name), str)}
    return Cadre(row=_row(Cadre, line or number, values), **values)


def appraisal(number: int, grade: str = "良好", year: int = 2025, line: int = 0, **fields: Any) -> Appraisal:
    values: dict[str, Any] = {
        "name": called(number),
        "identity": identity(number),
        "year": year,
        "grade": grade,
    }
    values |= fields
    return Appraisal(row=_row(Appraisal, line or number, values), **values)


def village(name: str, **fields: Any) -> Village:
    """Income in yuan."""
    values: dict[str, Any] = {"township": "青禾镇", "village": name} | fields
    if values.get("income") is not None:
        values["income"] = round(values["income"] * 100)
    return Village(row=_row(Village, 1, values), **values)


def unclaimed(number: int) -> UnclaimedCard:
    values: dict[str, Any] = {"account": account(number)}
    return UnclaimedCard(row=_row(UnclaimedCard, number, values), **values)


def listed(number: int, kind: str = "财政供养") -> ScreenedPerson:
    values: dict[str, Any] = {"name": called(number), "identity": identity(number), "kind": kind}
    return ScreenedPerson(row=_row(ScreenedPerson, number, values), **values)


def _row(record: type[Record], number: int, values: Mapping[str, Any]) -> Row:
    headings = {field.name: field.heading for field in record.declared()}
    columns = {name: (at, headings.get(name, name)) for at, name in enumerate(values, 1)}
    source = Source("名册.xlsx", record.__name__, columns)
    return Row(source, number + 3, tuple(str(value) for value in values.values()))


@cache
def shipped(pack: str | None = None) -> PolicyFile[Wages]:
    return policy.load(Wages, *policy.source("pay", pack))


def with_policy(pack: str | None = None, /, **blocks: Any) -> PolicyFile[Wages]:
    """A shipped policy with other figures, by block: a mapping changes a block, anything else takes its place."""
    edition = shipped(pack).editions[0].model_dump()
    for name, block in blocks.items():
        edition[name] = edition[name] | block if isinstance(block, dict) and edition.get(name) else block
    return PolicyFile("试.toml", "0" * 64, (Wages.model_validate(edition),))


def editions(*of: PolicyFile[Wages]) -> PolicyFile[Wages]:
    """The first editions of several files in one."""
    return PolicyFile("试.toml", "0" * 64, tuple(one.editions[0] for one in of))


def rosters(
    cadres: Sequence[Cadre],
    villages: Sequence[Village] = (),
    appraisals: Sequence[Appraisal] = (),
    cards: Sequence[UnclaimedCard] = (),
    screen: Sequence[ScreenedPerson] = (),
    last: Outcome | None = None,
    month: str = "2026-03",
) -> Rosters:
    given: dict[str, Roster[Any]] = {
        "cadres": Roster(tuple(cadres)),
        "villages": Roster(tuple(villages)),
        "appraisals": Roster(tuple(appraisals)),
        "unclaimed": Roster(tuple(cards)),
    }
    if screen:
        given["screen"] = Roster(tuple(screen))
    if last is not None:
        given["previous"] = as_previous(last, Period.parse(month).before())
    return given


def as_previous(last: Outcome, period: Period) -> Roster[Any]:
    """The page that a run read back, without going through a workbook."""
    table = page(last, "报酬发放表")
    names = [column.name for column in table.columns]
    lines = [
        LastLine(
            row=Row(Source("上期.xlsx", "报酬发放表", {}), at, ()), more=dict(zip(names, row, strict=True))
        )
        for at, row in enumerate(table.rows, 4)
    ]
    return Roster(tuple(lines), origin=Origin("上期.xlsx", period, "", {}))


def outcome(
    *cadres: Cadre, month: str = "2026-03", by: PolicyFile[Wages] | None = None, **serving: Any
) -> Outcome:
    given = rosters(cadres, month=month, **serving)
    return PROGRAMME.run(given, by or shipped(), occasion(month))


def whole(
    *cadres: Cadre, month: str = "2026-03", by: PolicyFile[Wages] | None = None, **serving: Any
) -> Whole:
    return PROGRAMME.judge(rosters(cadres, month=month, **serving), by or shipped(), occasion(month))


def occasion(month: str) -> Occasion:
    period = Period.parse(month)
    return Occasion(period, period.last)


def wages(*cadres: Cadre, **how: Any) -> list[Wage]:
    """The verdicts by the order of the cadres given; those that are set aside are left out."""
    by_row = {id(one.record): one for one in whole(*cadres, **how).of()}
    return [by_row[id(one)] for one in cadres if id(one) in by_row]


def paid(*cadres: Cadre, **how: Any) -> list[float]:
    """Yuan of each who is not set aside."""
    return [one.fen / 100 for one in wages(*cadres, **how)]


def page(found: Outcome, name: str) -> Table:
    return next(one for one in found.tables if one.name == name)


def column(found: Outcome, sheet: str, name: str) -> list[Any]:
    """One column of a page, from the top."""
    table = page(found, sheet)
    return [row[table.index(name)] for row in table.rows]


def told(found: Outcome | Whole) -> list[str]:
    """The codes of all findings, without the programme's name."""
    return [one.code.rpartition(".")[2] for one in found.findings]


def year_fen(number: int, by: PolicyFile[Wages], *, village_of: Village | None = None, **fields: Any) -> int:
    """What a person is paid in twelve months of 2026, in fen, month by month."""
    own = cadre(number, **fields)
    given = (village_of,) if village_of else ()
    (one,) = wages(own, month="2026", by=by, villages=given)
    return one.fen
