"""Members with their votes for the tests of `reviews`, built as the reader would build them, and runs."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.reviews.policy import ReviewPolicy
from sanchuang_cli.domain.reviews.rosters import BallotSheet, Pledge, PointsRow, Reviewed
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.reviews import PROGRAMME
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from tests.programmes.examined import day, identity

ON = date(2025, 12, 31)
BRANCH = "河西村党支部"
NAMES = ("张建国", "李秀英", "王德福", "赵玉兰", "陈海涛", "刘凤英", "周志强", "吴桂芝", "孙长林", "马淑珍")
_DATES = ("decided", "handed", "proposed", "examined", "announced", "kept", "appraised")


def member(
    number: int = 1, grade: str = "合格", votes: Sequence[int | None] = (), line: int = 0, **fields: Any
) -> Reviewed:
    """A full member graded 合格 by ten of ten votes, unless told otherwise. votes: in the order of the grades. Further headings
    go to the row. line: of the sheet, if it is not by the number."""
    values: dict[str, Any] = {
        "township": "青禾镇", "branch": BRANCH, "name": NAMES[(number - 1) % 10] + "甲乙丙丁"[(number - 1) // 10 % 4] * (number > 10),
        "identity": identity(number), "category": "正式党员", "given_out": 12, "returned": 10, "abstained": None, "grade": grade, "last": "", **fields,
    }  # fmt: skip
    marks = dict(zip(("优秀票", "合格票", "基本合格票", "不合格票"), votes or (0, 10, 0, 0), strict=False))
    more = {**marks, **{name: values.pop(name) for name in list(values) if not name.isascii()}}
    values |= {name: day(values[name]) for name in _DATES if isinstance(values.get(name), str)}
    return Reviewed(row=_row(Reviewed, line or number, {**values, **more}), more=more, **values)


def probationer(number: int, grade: str = "", **fields: Any) -> Reviewed:
    """A member on probation, without votes or grade unless told otherwise."""
    none: dict[str, Any] = {"category": "预备党员", "given_out": None, "returned": None}
    return member(number, grade, (None, None, None, None), **{**none, **fields})


def sheet(ticket: str, rater: str, name: str, mark: str, **fields: Any) -> BallotSheet:
    values = {"branch": BRANCH, "ticket": ticket, "rater": rater, "name": name, "mark": mark, **fields}
    return BallotSheet(row=_row(BallotSheet, hash((ticket, name, mark)) % 10**6, values), **values)


def pledge(number: int, name: str, what: str, **fields: Any) -> Pledge:
    values: dict[str, Any] = {"township": "青禾镇", "branch": BRANCH, "name": name, "what": what, **fields}
    values |= {name: day(values[name]) for name in _DATES if isinstance(values.get(name), str)}
    return Pledge(row=_row(Pledge, number, values), **values)


def did(
    number: int, name: str, item: str, times: int, each: int, most: int | None = None, **fields: Any
) -> PointsRow:
    values: dict[str, Any] = {
        "branch": BRANCH,
        "name": name,
        "item": item,
        "times": times,
        "each": each,
        "most": most,
        **fields,
    }
    return PointsRow(row=_row(PointsRow, number, values), **values)


def _row(record: type[Record], number: int, values: Mapping[str, Any]) -> Row:
    headings = {field.name: field.heading for field in record.declared()}
    columns = {name: (at, headings.get(name, name)) for at, name in enumerate(values, 1)}
    cells = tuple("" if value is None else str(value) for value in values.values())
    return Row(Source("册.xlsx", record.__name__, columns), number + 3, cells)


@cache
def default(name: str | None = None) -> PolicyFile[ReviewPolicy]:
    return policy.load(ReviewPolicy, *policy.source("reviews", name))


def with_keys(**keys: Any) -> PolicyFile[ReviewPolicy]:
    """The default policy in force since 2015 with other keys; those of a block are laid over the block's."""
    edition = default().editions[-1].model_dump()
    laid = {
        key: {**(edition[key] or {}), **value} if isinstance(value, dict) else value
        for key, value in keys.items()
    }
    return PolicyFile("试.toml", "0" * 64, (ReviewPolicy.model_validate(edition | laid),))


def outcome(
    *members: Reviewed,
    by: PolicyFile[ReviewPolicy] | None = None,
    on: date = ON,
    year: int = 0,
    **others: Any,
) -> Outcome:
    """The pages of a year, by default of that of the day. others: as of `rosters`."""
    return PROGRAMME.run(
        rosters(*members, on=on, **others), by or default(), Occasion(Period.year(year or on.year), on)
    )


def whole(
    *members: Reviewed, by: PolicyFile[ReviewPolicy] | None = None, year: int = ON.year, **others: Any
) -> Whole:
    """What came of everybody on the last day of a year."""
    period = Period.year(year)
    return PROGRAMME.judge(
        rosters(*members, on=period.last, **others), by or default(), Occasion(period, period.last)
    )


def rosters(
    *members: Reviewed,
    papers: Sequence[BallotSheet] = (),
    pledges: Sequence[Pledge] = (),
    points: Sequence[PointsRow] = (),
    unread: Sequence[Reviewed] = (),
    on: date = ON,
    last: Sequence[Mapping[str, Any]] | None = None,
) -> Rosters:
    """unread: members whose rows nobody could read. last: lines of the result of the year before."""
    rosters: Rosters = {
        "reviewed": Roster(members, tuple(who.row for who in unread)),
        "papers": Roster(tuple(papers)),
        "pledges": Roster(tuple(pledges)),
        "points": Roster(tuple(points)),
    }
    if last is None:
        return rosters
    lines = tuple(LastLine(row=_row(LastLine, n, line), more=dict(line)) for n, line in enumerate(last))
    before = Period.year(on.year).before()
    return {**rosters, "previous": Roster(lines, origin=Origin("上期.xlsx", before, "", {}))}


def column(run: Outcome, page: str, name: str) -> list[Any]:
    """What stands in a column of a page, line by line; nothing where there is no such page."""
    tables = [table for table in run.tables if table.name == page]
    return [row[table.index(name)] for table in tables for row in table.rows]


def grades(run: Outcome) -> dict[str, str]:
    """Who was settled at what."""
    return dict(zip(column(run, "等次名册", "name"), column(run, "等次名册", "grade"), strict=True))


def told(run: Outcome) -> list[str]:
    """The codes of what is odd, without the programme's name."""
    return [finding.code.removeprefix("reviews.") for finding in run.findings]


def said(run: Outcome, code: str) -> str:
    """The message and the place of the one finding of a code."""
    (finding,) = [one for one in run.findings if one.code.removeprefix("reviews.") == code]
    return f"{finding.message}（{finding.place}）"
