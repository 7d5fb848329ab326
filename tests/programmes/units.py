"""Units for the tests of `appraise` with the sheets about them, built as the reader would build them, and runs over them."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.appraisal import yearly
from sanchuang_cli.domain.appraisal.policy import AppraisePolicy
from sanchuang_cli.domain.appraisal.rosters import (
    AppraisedUnit,
    GroupBallots,
    InspectionRow,
    Problem,
    RaterMark,
)
from sanchuang_cli.join import Partner
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Explained, Occasion, Outcome, Rosters
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.appraise import PROGRAMME
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from tests.programmes.examined import day
from tests.programmes.nominees import result

WORDS = ("好", "较好", "一般", "差")
H23 = (18, 10, 4, 1)
DATES = ("reported", "raised", "due", "closed")
SHEETS = {GroupBallots: "ballots", RaterMark: "papers", InspectionRow: "items", Problem: "problems"}
Results = Mapping[str, Roster[Partner]]
Sheet = GroupBallots | RaterMark | InspectionRow | Problem


def made(record: type[Any], line: int, values: Mapping[str, Any], **more: Any) -> Any:
    """A record with the row from which the reader would make it."""
    known = {name: _typed(name, value) for name, value in values.items()}
    headings = {field.name: field.heading for field in record.declared()}
    written = {**known, **more}
    columns = {name: (at, headings.get(name, name)) for at, name in enumerate(written, 1)}
    cells = tuple("" if value is None else str(value) for value in written.values())
    row = Row(Source("全县.xlsx", record.__name__, columns), line + 3, cells)
    return record(row=row, more=more, **known) if more else record(row=row, **known)


def _typed(name: str, value: Any) -> Any:
    if name in DATES and isinstance(value, str):
        return day(value)
    exact = name in ("report_score", "daily", "yearly", "full", "lost", "part") and value is not None
    return Fraction(str(value)) if exact else value


def unit(name: str = "向阳村党支部", line: int = 1, **fields: Any) -> AppraisedUnit:
    """A village of H-23: 88 for the daily work, 91 for the report."""
    values: dict[str, Any] = {"township": "青禾镇", "name": name, "type": "村", "secretary": "杨兴华"}
    values |= {"report_score": 91, "daily": 88, "reported": "2025-12-20", **fields}
    unit: AppraisedUnit = made(AppraisedUnit, line, values)
    return unit


def ballots(
    marks: Sequence[int | None] = H23,
    group: str = "群众",
    name: str = "向阳村党支部",
    line: int = 1,
    words: Sequence[str] = WORDS,
    **papers: int | None,
) -> GroupBallots:
    """The ballots of one group; as many came back as are valid, unless told otherwise."""
    valid = papers.get("valid", sum(number or 0 for number in marks))
    counts = {"given_out": valid, "returned": valid, "valid": valid, **papers}
    row: GroupBallots = made(
        GroupBallots, line, {"unit": name, "group": group, **counts}, **dict(zip(words, marks, strict=True))
    )
    return row


def item(
    name: str,
    lost: float | str = 0,
    full: float | str = 100,
    line: int = 1,
    of: str = "向阳村党支部",
    **fields: Any,
) -> InspectionRow:
    """A row of an inspection."""
    values = {"unit": of, "item": name, "full": full, "lost": lost, **fields}
    row: InspectionRow = made(InspectionRow, line, values)
    return row


def problem(
    text: str = "后备干部储备不足", line: int = 1, of: str = "向阳村党支部", **fields: Any
) -> Problem:
    """A problem that is open."""
    row: Problem = made(Problem, line, {"unit": of, "problem": text, **fields})
    return row


def paper(
    group: str, number: str, marks: Mapping[str, Any] | Sequence[Any], line: int = 1
) -> list[RaterMark]:
    """The marks of one paper, by unit; a plain list is about units that nobody knows by name."""
    by_unit = (
        marks if isinstance(marks, Mapping) else {f"第{n}村党支部": mark for n, mark in enumerate(marks, 1)}
    )
    return [
        made(RaterMark, line + n, {"group": group, "paper": number, "unit": name, "mark": str(mark)})
        for n, (name, mark) in enumerate(by_unit.items())
    ]


@cache
def default(name: str | None = None) -> PolicyFile[AppraisePolicy]:
    return policy.load(AppraisePolicy, *policy.source("appraise", name))


def changed(*pairs: tuple[str, str], name: str | None = None) -> PolicyFile[AppraisePolicy]:
    """A shipped policy with other words."""
    text = policy.source("appraise", name)[1].decode()
    for before, after in pairs:
        assert before in text, before
        text = text.replace(before, after)
    return policy.load(AppraisePolicy, "试.toml", text.encode())


def occasion(period: str = "2025", on: str | None = None) -> Occasion:
    months = Period.parse(period)
    return Occasion(months, date.fromisoformat(on) if on else months.last)


def rosters(
    units: Sequence[AppraisedUnit],
    sheets: Sequence[Sheet] = (),
    last: Sequence[Mapping[str, Any]] | None = None,
    results: Mapping[str, Roster[Partner]] = {},
) -> Rosters:
    """What was read. last: the lines of last year's 通报. results: the pages of other programmes, by the name of the join."""
    read: dict[str, Roster[Any]] = {"units": Roster(tuple(units)), **results}
    for record, name in SHEETS.items():
        if own := tuple(sheet for sheet in sheets if isinstance(sheet, record)):
            read[name] = Roster(own)
    if last is not None:
        lines = tuple(LastLine(row=_last_row(n, line), more=dict(line)) for n, line in enumerate(last))
        read["previous"] = Roster(lines, origin=Origin("上年.xlsx", Period.year(2024), "", {}))
    return read


def stars(of: Mapping[str, int | None], township: str = "青禾镇") -> Results:
    """The result of a rating: how many stars each organisation has."""
    lines = [(township, name, many) for name, many in of.items()]
    return {yearly.STARS: result("分类定级汇总表", ("乡镇", "党组织名称", "星级"), lines)}


def reviewed(grades: Mapping[str, str]) -> Results:
    """The result of the review of members: the grade of each number."""
    return {yearly.REVIEW: result("等次名册", ("身份证号", "等次"), [*grades.items()])}


def honored(*lines: tuple[str, str], township: str = "青禾镇") -> Results:
    """The result of the honours: names and categories."""
    rows = [(township, name, category) for name, category in lines]
    return {yearly.HONORS: result("推荐名册", ("乡镇", "姓名或组织", "类别"), rows)}


def _last_row(n: int, line: Mapping[str, Any]) -> Row:
    columns = {name: (at, name) for at, name in enumerate(line, 1)}
    return Row(Source("上年.xlsx", "通报", columns), n + 4, tuple(map(str, line.values())))


def outcome(
    units: AppraisedUnit | Sequence[AppraisedUnit],
    *sheets: Sheet,
    by: PolicyFile[AppraisePolicy] | None = None,
    period: str = "2025",
    on: str | None = None,
    last: Sequence[Mapping[str, Any]] | None = None,
    results: Mapping[str, Roster[Partner]] = {},
) -> Outcome:
    """Judged on the last day of 2025, unless told otherwise."""
    every = [units] if isinstance(units, Record) else units
    return PROGRAMME.run(rosters(every, sheets, last, results), by or default(), occasion(period, on))


def whole(
    units: AppraisedUnit | Sequence[AppraisedUnit],
    *sheets: Sheet,
    by: PolicyFile[AppraisePolicy] | None = None,
    on: str | None = None,
    last: Sequence[Mapping[str, Any]] | None = None,
    results: Mapping[str, Roster[Partner]] = {},
) -> Whole:
    """What came of all units on the last day of 2025, unless told otherwise."""
    every = [units] if isinstance(units, Record) else units
    return PROGRAMME.judge(rosters(every, sheets, last, results), by or default(), occasion(on=on))


def explained(
    units: Sequence[AppraisedUnit],
    *sheets: Sheet,
    by: PolicyFile[AppraisePolicy] | None = None,
    results: Mapping[str, Roster[Partner]] = {},
) -> Explained:
    """What explain finds."""
    return PROGRAMME.explain(rosters(units, sheets, results=results), by or default(), occasion())


def column(run: Outcome, page: str, name: str) -> list[Any]:
    """What stands in a column of a page, line by line; nothing where there is no such page."""
    tables = [table for table in run.tables if table.name == page]
    return [row[table.index(name)] for table in tables for row in table.rows]


def measured(run: Outcome, name: str) -> list[Any]:
    """A column of 测评汇总表."""
    return column(run, "测评汇总表", name)


def told(run: Outcome) -> list[str]:
    """The codes of what is odd, without the programme's name."""
    return [finding.code.removeprefix("appraise.") for finding in run.findings]
