"""Members and attendance for the tests of `training`, built as the reader would build them, and runs."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from operator import itemgetter
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.study.attendance import Attendance
from sanchuang_cli.domain.study.policy import StudyPolicy
from sanchuang_cli.domain.study.records import Trainee
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.training import PROGRAMME
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from tests.programmes.examined import day, identity

DATES = ("joined", "came", "left", "appointed", "relieved", "reported", "day", "begins", "end")
_SURNAMES, _GIVEN = (
    "张王李赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施",
    ("建国", "秀英", "文斌", "玉兰", "国栋"),
)


def name(number: int) -> str:
    return _SURNAMES[number % len(_SURNAMES)] + _GIVEN[number // len(_SURNAMES) % len(_GIVEN)]


def trainee(number: int = 1, **fields: Any) -> Trainee:
    """An ordinary member of a village, unless told otherwise."""
    plain: dict[str, Any] = {"township": "青禾镇", "branch": "向阳村党支部", "name": name(number)}
    plain |= {"identity": identity(number), "kind": "村社区", "role": "普通", **fields}
    values = _dated(plain)
    return Trainee(row=_row(Trainee, number, values), **values)


def _dated(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {key: day(value) if key in DATES and value else value for key, value in plain.items()}


class Sheet:
    """An attendance sheet of one sender: its rows in turn."""

    def __init__(self, called: str = "党校") -> None:
        self.called, self.rows = called, list[Attendance]()

    def add(
        self, amount: Any, unit: str, start: str, who: int = 1, remark: str = "", **fields: Any
    ) -> "Sheet":
        """A row of somebody, by default a meeting of the branch under a name of its own; where it has an end, `start` begins it."""
        plain: dict[str, Any] = {"branch": "向阳村党支部", "name": name(who), "identity": identity(who)}
        plain |= {
            "begins" if fields.get("end") else "day": start,
            "course": f"{self.called}学习{len(self.rows)}",
            "method": "三会一课",
            **fields,
        }
        plain |= {"amount": Fraction(amount), "unit": unit}
        if plain.get("score") is not None:
            plain["score"] = Fraction(plain["score"])
        values = _dated(plain)
        row = _row(Attendance, len(self.rows), values, self.called, remark)
        self.rows.append(Attendance(row=row, **values))
        return self

    def days(
        self, count: int, amount: Any, unit: str, month: int = 1, year: int = 2026, **fields: Any
    ) -> "Sheet":
        """So many rows, each on a day of its own from the first of a month on."""
        for n in range(count):
            at = date.fromordinal(date(year, month, 1).toordinal() + n)
            self.add(amount, unit, at.isoformat(), **fields)
        return self


def _row(
    record: type[Record], number: int, values: Mapping[str, Any], sheet: str = "", remark: str = ""
) -> Row:
    headings = {field.name: field.heading for field in record.declared()}
    columns = {key: (at, headings.get(key, key)) for at, key in enumerate(values, 1)}
    source = Source("册.xlsx", sheet or record.__name__, columns, ((len(values) + 1, "备注"),))
    return Row(source, number + 4, (*map(str, values.values()), remark))


@cache
def default() -> PolicyFile[StudyPolicy]:
    return policy.load(StudyPolicy, *policy.source("training", None))


@cache
def pack(called: str) -> PolicyFile[StudyPolicy]:
    return policy.load(StudyPolicy, *policy.source("training", called))


def with_keys(base: PolicyFile[StudyPolicy] | None = None, **keys: Any) -> PolicyFile[StudyPolicy]:
    """A policy of one edition, in force since 2009, with other keys; by default the last of the default policy."""
    edition = (base or default()).editions[-1].model_dump() | {"effective": date(2009, 1, 1)} | keys
    return PolicyFile("试.toml", "0" * 64, (StudyPolicy.model_validate(edition),))


def outcome(
    *trainees: Trainee,
    sheets: Sequence[Sheet] = (),
    year: int = 2026,
    on: date | None = None,
    by: PolicyFile[StudyPolicy] | None = None,
    last: Sequence[Mapping[str, Any]] | None = None,
    unread: Sequence[Row] = (),
) -> Outcome:
    """A year, judged on its last day unless told otherwise. last: the lines of the register of the year before."""
    rosters, occasion = asked(*trainees, sheets=sheets, year=year, on=on, last=last, unread=unread)
    return PROGRAMME.run(rosters, by or default(), occasion)


def whole(*trainees: Trainee, by: PolicyFile[StudyPolicy] | None = None, **how: Any) -> Whole:
    """What came of everybody; `how` as of `asked`."""
    rosters, occasion = asked(*trainees, **how)
    return PROGRAMME.judge(rosters, by or default(), occasion)


def asked(
    *trainees: Trainee,
    sheets: Sequence[Sheet] = (),
    year: int = 2026,
    on: date | None = None,
    last: Sequence[Mapping[str, Any]] | None = None,
    unread: Sequence[Row] = (),
    lost: Sequence[Row] = (),
) -> tuple[Rosters, Occasion]:
    """unread: rows of attendance that nobody could read. lost: such rows of members."""
    period = Period.year(year)
    rows = tuple(row for sheet in sheets for row in sheet.rows)
    rosters: Rosters = {"trainees": Roster(trainees, tuple(lost)), "attendance": Roster(rows, tuple(unread))}
    if last is not None:
        lines = tuple(LastLine(row=_row(LastLine, n, line), more=dict(line)) for n, line in enumerate(last))
        rosters = {**rosters, "previous": Roster(lines, origin=Origin("上期.xlsx", period.before(), "", {}))}
    return rosters, Occasion(period, on or period.last)


def column(run: Outcome, page: str, called: str) -> list[Any]:
    """What stands in a column of a page, line by line; nothing where there is no such page."""
    tables = [table for table in run.tables if table.name == page]
    return [row[table.index(called)] for table in tables for row in table.rows]


def register(run: Outcome, called: str) -> list[Any]:
    """A column of the register, in the order of the members' numbers."""
    who = column(run, "学时登记册", "identity")
    return [
        value
        for _, value in sorted(zip(who, column(run, "学时登记册", called), strict=True), key=itemgetter(0))
    ]


def lines(run: Outcome) -> list[dict[str, Any]]:
    """The register as the next year reads it back."""
    (table,) = [table for table in run.tables if table.name == "学时登记册"]
    names = [one.name for one in table.columns]
    every = [dict(zip(names, row, strict=True)) for row in table.rows]
    days = [VagueDate.on(line["last_course"]) if line["last_course"] else None for line in every]
    return [{**line, "last_course": on} for line, on in zip(every, days, strict=True)]


def hours(*sheets: Sheet, **how: Any) -> Fraction:
    """What the first member's year came to."""
    (total,) = register(outcome(trainee(), sheets=sheets, **how), "total")
    return Fraction(total)


def told(run: Outcome) -> list[str]:
    """The codes of what is odd, without the programme's name."""
    return [finding.code.removeprefix("training.") for finding in run.findings]


def enough(who: int = 1, branch: str = "向阳村党支部", amount: int = 4) -> Sheet:
    """So many days of study: four are enough for an ordinary member."""
    return Sheet(f"表{who}").add(amount, "天", "2026-03-02", who, end=f"2026-03-0{amount + 1}", branch=branch)
