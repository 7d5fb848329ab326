"""Makes the pages of a programme whose records have steps: what stands next, what is wrong, and the calendar of deadlines."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from sanchuang_cli import deadlines
from sanchuang_cli.deadlines import DueDay
from sanchuang_cli.domain.process.nodes import Node, Process
from sanchuang_cli.domain.process.telling import StepTrouble, coming
from sanchuang_cli.finding import Severity
from sanchuang_cli.front import Figure, Figures, having
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page
from sanchuang_cli.record import Record
from sanchuang_cli.usual_pages import TOWNSHIPS

TROUBLES = "存在问题"
ALL_NEXT = tuple(col for col in deadlines.COLUMNS if not isinstance(col, str) and col.name != "last")


class TroubleLine(NamedTuple):
    """One thing that is wrong with a record's steps."""

    record: Record
    trouble: StepTrouble


def nodes(process: Process) -> Mapping[str, Node]:
    """The steps of a process by name."""
    return {node.name: node for node in process.nodes}


def stands_next(whole: Whole, active: tuple[str, ...]) -> list[DueDay]:
    """What stands next for everybody in these parts, in the order of pages and of the steps. A verdict has `steps`."""
    at = whole.at
    made = partial(coming, nodes=nodes(at.policy.process), on=at.occasion.on)
    return [deadline for verdict in whole.of(active) for deadline in made(verdict.record, verdict.steps)]


def calendar(whole: Whole, active: tuple[str, ...], by: Sequence[str]) -> list[DueDay]:
    """The same with a latest day, for each township and whatever else is in `by` from the earliest day on."""
    place, rank = attrgetter("township", *by), whole.at.occasion.rank
    due = [(place(one.record), one.latest, one) for one in stands_next(whole, active) if one.latest]
    ordered = sorted(due, key=lambda item: (rank(item[0][0]), *item[0][1:], item[1]))
    return [deadline for _, _, deadline in ordered]


def next_page(title: str, active: tuple[str, ...]) -> Page:
    """What stands next, person by person, with or without a latest day."""
    rows = partial(_without_ends, active=active)
    return Page("下一步与最迟日", title, ALL_NEXT, rows=rows)


def _without_ends(whole: Whole, active: tuple[str, ...]) -> list[DueDay]:
    return [deadline for deadline in stands_next(whole, active) if deadline.state != deadlines.BY_ITSELF]


def calendar_page(title: str, active: tuple[str, ...], by: Sequence[str], key: Cols = ("identity",)) -> Page:
    """期限, by township and what else is in `by`: the calendar of whoever must act."""
    return deadlines.page(title, partial(calendar, active=active, by=by), key)


def trouble_lines(whole: Whole) -> list[TroubleLine]:
    """All that is wrong, in the order of pages. A verdict has `troubles`."""
    return [TroubleLine(verdict.record, one) for verdict in whole.of() for one in verdict.troubles]


def _col(name: str, title: str, kind: Kind = Kind.TEXT, *, wide: bool = False, detail: bool = False) -> Col:
    """A column of a trouble. What is wrong with somebody is never published, nor is how it was worked out."""
    of: Callable[[Any], Any] = attrgetter(f"trouble.{name}")
    return Col(name, title, kind, of=lambda line: of(line) or None, wide=wide, private=True, detail=detail)


def troubles_page(title: str, further: Cols = ()) -> Page:
    """存在问题: the step, what was read, how its limit was worked out, by how many days it is broken, and the clause."""
    columns: Cols = (
        _col("weight", "轻重"), _col("step", "步骤"), _col("read", "填的"), _col("limit", "期限怎样算", wide=True),
        _col("days", "差几天", Kind.COUNT), _col("said", "问题", wide=True), _col("basis", "依据", wide=True, detail=True),
        *further,
    )  # fmt: skip
    return Page(TROUBLES, title, columns, rows=trouble_lines)


def day_columns(process: Process, known: Mapping[str, object], printed: Collection[str]) -> tuple[Col, ...]:
    """A column for the day of each step, in the order of the process; those that are not `printed` stand at the right."""
    names = [node.name for node in process.nodes if node.name not in known]
    return tuple(day_column(name, detail=name not in printed) for name in names)


def day_column(name: str, detail: bool = False) -> Col:
    """The day of a step, as it is stated or worked out."""
    return Col(f"step-{name}", name, of=partial(_day, name=name), detail=detail)


def _day(verdict: Any, name: str) -> str | None:
    step = verdict.steps.get(name)
    return str(step.day) if step and step.day else None


_SOON = 30
"""Days within which a deadline is near."""


def front(whole: Whole) -> Iterator[Figures]:
    """For the first page: the parts by township, how much is wrong, and what is overdue or near."""
    yield Figures("合计", (TOWNSHIPS,))
    weights = (having("weight", word) for word in (Severity.ERROR.label, Severity.WARNING.label))
    yield Figures("存在问题", (TROUBLES,), tuple(weights))
    overdue = Figure("逾期未办", lambda line: line["left"] < 0)
    near = Figure(f"{_SOON} 天以内到期", lambda line: 0 <= line["left"] <= _SOON)
    yield Figures("期限", (deadlines.NAME,), (overdue, near))
