"""People on the register of admissions for the tests of `development`, built as the reader would build them, and runs over them."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.identity import check_digit
from sanchuang_cli.domain.process.plans import UnitPlan
from sanchuang_cli.finding import Finding
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.development import PROGRAMME
from sanchuang_cli.programmes.development.judging import Admission, Candidate, DevelopmentPolicy
from sanchuang_cli.record import Record, Roster, Row, Source
from sanchuang_cli.table import Table

ON = date(2026, 11, 28)
_OWN = {field.heading: field.name for field in Candidate.declared()}


def day(text: str) -> VagueDate:
    """2026, 2026-05 or 2026-05-12, as exact as it is written."""
    parts = [int(part) for part in text.split("-")]
    return VagueDate.on(date(*parts)) if len(parts) == 3 else VagueDate.within(*parts)


def identity(number: int = 1, sex: str = "男", born: str = "19900115") -> str:
    """A number of nobody: 230299 was never assigned."""
    body = f"230299{born}{number * 2 % 998 + (sex == '男'):03d}"
    return body + check_digit(body)


def _read(heading: str, value: Any) -> Any:
    """A cell as the reader would give it: dates of text, amounts exact."""
    if heading in ("培训天数", "培训学时") and value is not None:
        return Fraction(str(value))
    if isinstance(value, str) and value[:4].isdecimal() and heading != "身份证号":
        return day(value)
    return value


def candidate(
    number: int = 1, born: str = "19900115", sex: str = "男", unread: Sequence[str] = (), **cells: Any
) -> Candidate:
    """Somebody by the headings of a register. A heading that is not named is absent; None is a blank cell."""
    named = {
        "乡镇": "青禾镇",
        "支部": "向阳村党支部",
        "姓名": f"张建{'一二三四五六七八九'[number % 9]}{number}",
    }
    named |= {"身份证号": identity(number, sex, born), **cells}
    values = {heading: _read(heading, value) for heading, value in named.items()}
    row = _row("台账", number, {_OWN.get(heading, heading): heading for heading in named}, named, unread)
    own = {_OWN[heading]: value for heading, value in values.items() if heading in _OWN and value is not None}
    more = {heading: value for heading, value in values.items() if heading not in _OWN}
    return Candidate(row=row, more=more, **own)


def plan(number: int, branch: str, planned: int, township: str = "青禾镇", founded: str = "") -> UnitPlan:
    values: dict[str, Any] = {"township": township, "branch": branch, "planned": planned}
    row = _row("计划", number, {name: name for name in values}, values, ())
    return UnitPlan(row=row, founded=day(founded) if founded else None, **values)


def _row(
    sheet: str, number: int, headings: Mapping[str, str], values: Mapping[str, Any], unread: Sequence[str]
) -> Row:
    columns = {name: (at, heading) for at, (name, heading) in enumerate(headings.items(), 1)}
    cells = tuple("" if value is None else str(value) for value in values.values())
    return Row(Source("名册.xlsx", sheet, columns), number + 3, cells, tuple(unread))


@cache
def default() -> PolicyFile[DevelopmentPolicy]:
    return policy.load(DevelopmentPolicy, *policy.source("development", None))


def changed(*changes: tuple[str, str]) -> PolicyFile[DevelopmentPolicy]:
    """The default policy with other words in its file; each must stand there. Raises UserError where it is refused."""
    text = policy.source("development", None)[1].decode("utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return policy.load(DevelopmentPolicy, "本县.toml", text.encode())


def rosters(people: Sequence[Record], plans: Sequence[UnitPlan] = ()) -> Rosters:
    return {"register": Roster(tuple(people)), "plans": Roster(tuple(plans))}


def whole(
    *people: Candidate,
    plans: Sequence[UnitPlan] = (),
    by: PolicyFile[DevelopmentPolicy] | None = None,
    on: date = ON,
) -> Whole:
    return PROGRAMME.judge(rosters(people, plans), by or default(), Occasion(Period.year(on.year), on))


def outcome(
    *people: Candidate,
    plans: Sequence[UnitPlan] = (),
    by: PolicyFile[DevelopmentPolicy] | None = None,
    on: date = ON,
) -> Outcome:
    return PROGRAMME.run(rosters(people, plans), by or default(), Occasion(Period.year(on.year), on))


def only(*people: Candidate, by: PolicyFile[DevelopmentPolicy] | None = None, on: date = ON) -> Admission:
    """What came of the one person who is not set aside."""
    (verdict,) = whole(*people, by=by, on=on).of()
    assert isinstance(verdict, Admission)
    return verdict


def told(found: Outcome | Whole) -> list[str]:
    """The codes of all findings on rows, without the programme's name."""
    return [one.code.partition(".")[2] for one in of_rows(found)]


def of_rows(found: Outcome | Whole) -> list[Finding]:
    return [one for one in found.findings if one.place.row]


def page(found: Outcome, name: str) -> Table:
    return next(one for one in found.tables if one.name == name)


def lines(found: Outcome, name: str) -> list[dict[str, Any]]:
    """A page's lines by the headings of its columns."""
    table = page(found, name)
    heads = [column.title for column in table.columns]
    return [dict(zip(heads, row, strict=True)) for row in table.rows]
