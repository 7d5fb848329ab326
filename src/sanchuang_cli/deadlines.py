"""Draws 期限, the page on which a result says what is to be done, from when and by when, and who must act.

Every programme with deadlines draws it by `page`, so that another command reads them from any result without knowing the
programme: the sheet is called NAME, and its columns are those of COLUMNS after those that say whom a line is about.
"""

from collections.abc import Callable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page, plain
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Record

NAME = "期限"
AGENDA = "到期一览"
"""The page on which `due` says all of them, from which a calendar is made."""
BY_ITSELF = "自然到期"
"""The state of a day that comes by itself, on which nobody has to act."""


class DueDay(NamedTuple):
    """One thing to be done about one row, or a day that comes by itself.

    what: stable, so that with the row it tells deadlines apart. basis: the clause, or who else has set the day. earliest, latest: the days from which and by which, None
    where there is none. last: by which at most in special cases. left: days until `latest`, below 0 where it is overdue.
    responsible: who must act; "" where the day comes by itself. state: in a few words. note: what makes the day doubtful.
    """

    record: Record
    what: str
    basis: str
    earliest: VagueDate | None = None
    latest: VagueDate | None = None
    last: VagueDate | None = None
    left: int | None = None
    responsible: str = ""
    state: str = ""
    note: str = ""


def days_left(latest: VagueDate | None, on: date) -> int | None:
    """The days from `on` until a day, the fewest where it is vague; None without one."""
    return (latest.earliest - on).days if latest else None


def coming(field: str, what: str, basis: str, responsible: str, whole: Whole) -> list[DueDay]:
    """The deadlines of the days that stand in a field of the records and are still to come, the next first."""
    on = whole.at.occasion.on
    days = [
        (day, one.record) for one in whole.of() if (day := getattr(one.record, field)) and day.latest >= on
    ]
    return [
        DueDay(record, what, basis, latest=day, left=days_left(day, on), responsible=responsible)
        for day, record in sorted(days, key=itemgetter(0))
    ]


def _col(name: str, title: str, kind: Kind = Kind.TEXT, *, wide: bool = False, detail: bool = False) -> Col:
    return Col(name, title, kind, of=lambda item: plain(getattr(item, name)), wide=wide, detail=detail)


COLUMNS: Cols = (
    _col("what", "事项"),
    _col("earliest", "最早"),
    _col("latest", "最迟"),
    _col("last", "特殊情况最迟", detail=True),
    _col("left", "剩余天", Kind.COUNT),
    _col("state", "情况"),
    _col("responsible", "责任人"),
    _col("basis", "依据", wide=True, detail=True),
    _col("note", "备注", wide=True),
)


def page(title: str, made: Callable[[Whole], Sequence[Any]], key: Cols = ("identity",)) -> Page:
    """The page of all deadlines that have a latest day. made: gives a DueDay each, or what has all that one has. key: the
    columns of the record that tell whom a line is about, not printed; and further columns, which are."""
    known = [Col(name, detail=True) if isinstance(name, str) else name for name in key]
    return Page(
        NAME,
        title,
        (*COLUMNS, *known),
        rows=lambda whole: [deadline for deadline in made(whole) if deadline.latest],
    )
