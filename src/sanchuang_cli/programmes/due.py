"""期限一览: one list of what is late, due and coming, from the page 期限 of every result that was given.

Its rows are lines of results, so it concludes nothing about people: it counts the days and sorts them. Whoever is set aside
in a result with deadlines has none there that could be counted, and is named.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from operator import attrgetter
from typing import Annotated, Any, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli import deadlines
from sanchuang_cli.deadlines import AGENDA, BY_ITSELF, days_left
from sanchuang_cli.domain.stated.judged_on import DOUBTS, JudgedWork, in_words, long_before, told
from sanchuang_cli.front import Figure, Figures, Line
from sanchuang_cli.judging import At, Company, Joint, Judged, Odd, Reason, Verdict, Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Page
from sanchuang_cli.period import Month, Period, VagueDate
from sanchuang_cli.policy import Citation, Count, Number, Policy, Rule
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.summary import Measure, Summary

LATE, COME = "逾期", "已自然到期"
UNCOUNTED = "期限无法计算"


class Reminder(Rule, title="提醒"):
    """When a calendar reminds of a deadline."""

    decides = False

    clause: Citation
    days_before: Number = Setting(description="到期前几天提醒，自然日")


class Windows(Rule, title="时段"):
    """By how many days that are left the coming deadlines are put together."""

    decides = False

    clause: Citation
    days: tuple[Count, ...] = Setting(
        min_length=1, description="各时段到还剩几天为止，从近到远；再往后的只加 --details 时列出"
    )

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if list(self.days) != sorted(set(self.days)):
            raise ValueError("days 要从近到远，各不相同")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The windows, the nearest first."""
        spans = pairwise(self.days)
        return f"{self.days[0]}天内", *(f"{before + 1}至{most}天" for before, most in spans)

    @property
    def later(self) -> str:
        """What lies beyond all of them."""
        return f"{self.days[-1]}天以后"

    @property
    def shown(self) -> tuple[str, ...]:
        """The parts that the list has."""
        return LATE, *self.names

    def of(self, left: int, *, by_itself: bool) -> str:
        """The part of a deadline with so many days left. A day that comes by itself is never late."""
        if left < 0:
            return COME if by_itself else LATE
        return (*self.names, self.later)[bisect_left(self.days, left)]


MONTHS = Windows(clause="政策没有写时段的，按一个月、两个月、三个月（本工具定的）", days=(30, 60, 90))
"""What a document counts by that was made before there were windows."""


class DuePolicy(Policy, title="期限一览（一版）"):
    """What a document on reminders says."""

    reminder: Reminder = Setting(description="日历怎样提醒")
    windows: Windows = Setting(
        default=MONTHS, description="到期一览看到多少天以内，分哪几个时段；不写按 30、60、90 天"
    )

    @property
    def parts(self) -> tuple[str, ...]:
        """Where deadlines go."""
        return *self.windows.shown, self.windows.later, COME


class OfResult(Record, frozen=True, kw_only=True):
    """A line of a result. matter: the title of the programme that made it, and judged: on which day, which no column says."""

    matter: str = ""
    judged: date | None = None
    township: Annotated[str, Field("乡镇", from_sender=True)] = ""
    village: Annotated[str, Field("村", aliases=("支部", "单位", "党组织名称"))] = ""
    name: Annotated[str, Field("姓名", Kind.NAME, aliases=("党组织名称", "对象"))] = ""


class Deadline(OfResult, frozen=True, kw_only=True):
    """A line of the page 期限 of a result."""

    what: Annotated[str, Field("事项", required=True)]
    latest: Annotated[VagueDate, Field("最迟", Kind.DATE, required=True, ahead=True)]
    state: Annotated[str, Field("情况")] = ""
    responsible: Annotated[str, Field("责任人")] = ""
    basis: Annotated[str, Field("依据")] = ""
    note: Annotated[str, Field("备注")] = ""


class NotCounted(OfResult, frozen=True, kw_only=True):
    """A line of the page 待核实名单 of a result that has deadlines."""

    place: Annotated[str, Field("出处", headed=True)] = ""
    why: Annotated[str, Field("原因", required=True)]


class Upcoming(Verdict[Deadline], frozen=True, kw_only=True, eq=False):
    """A deadline on the day of judgement. left: the days until it, below 0 where it is late."""

    left: int

    @property
    def who(self) -> str:
        """Who must act; the township where the result names nobody."""
        return self.record.responsible or self.record.township


def judge(deadline: Deadline, at: At[DuePolicy], odd: Odd) -> Upcoming:
    """Count the days that are left, the fewest where the day is vague, and find the window."""
    left = days_left(deadline.latest, at.occasion.on)
    assert left is not None
    part = at.policy.windows.of(left, by_itself=deadline.state == BY_ITSELF)
    said = f"最迟 {deadline.latest}，判定日 {at.occasion.on}，剩余 {left} 天"
    return Upcoming(
        record=deadline, part=part, left=left, reasons=(Reason("剩余天数", said, deadline.basis),)
    )


def uncounted(row: NotCounted, at: At[DuePolicy], odd: Odd) -> Verdict[NotCounted]:
    """A row that its own programme set aside: no day of it can be counted before it is mended there."""
    reason = Reason(UNCOUNTED, f"{row.matter}：{row.why}", "待核实的行，期限也待核实")
    return Verdict(record=row, part=UNCOUNTED, reasons=(reason,))


def sources(judged: Mapping[str, Sequence[Judged]]) -> list[JudgedWork]:
    """The works of which lines were given, each with the day on which its result was judged."""
    records = (one.record for rows in judged.values() for one in rows)
    return [JudgedWork(record.matter, record.judged) for record in records if record.judged]


def together(company: Company) -> Joint:
    """Tell which results were judged long ago: what was done since is in none of them."""
    old = long_before(sources(company.judged), company.at.occasion.on)
    return Joint(told=told(old, company))


def agenda(whole: Whole, of: tuple[str, ...] = ()) -> list[Upcoming]:
    """What is late and what comes, by day, then by township, name and programme. of: the parts, all that are shown by default."""
    rank = whole.at.occasion.rank

    def order(one: Upcoming) -> tuple[Any, ...]:
        record = one.record
        return record.latest.earliest, rank(record.township), record.name, record.matter, record.what

    return sorted(whole.of(of or whole.at.policy.windows.shown), key=order)


def notes(whole: Whole) -> tuple[str, ...]:
    """What stands below the list: the day, how the days that are left are counted, and of which day the rest is."""
    days = in_words(sources(whole.judged))
    return (
        f"截至 {whole.at.occasion.on}；剩余 = 最迟日 - 截至日，负数是已经逾期的天数。",
        *([f"办没办、情况和备注照各份结果，它们的判定日：{days}。"] if days else ()),
    )


_MATTER = Col("matter", "工作", of=attrgetter("record.matter"))
_COLUMNS = (
    Col("latest", "最迟日"), Col("left", "剩余天", Kind.COUNT), Col("part", "时段"), _MATTER, "what",
    Col("who", "责任人"), Col("state", detail=True), Col("basis", wide=True, detail=True), Col("note", wide=True, detail=True),
)  # fmt: skip


def measures(whole: Whole) -> list[Measure]:
    """How many deadlines lie in each part."""
    return [Measure(f"part{i}", part, of=(part,)) for i, part in enumerate(whole.at.policy.parts)]


def later(whole: Whole) -> Page:
    """What lies beyond the windows."""
    name = whole.at.policy.windows.later
    return Page(
        name, f"{name}的", _COLUMNS, rows=lambda whole: agenda(whole, (name,)), dated=False, detail=True
    )


OVERDUE = Page(
    LATE, "逾期未办", _COLUMNS, rows=lambda whole: agenda(whole, (LATE,)), dated=False, only_if_any=True, notes=notes
)  # fmt: skip
BY_TOWNSHIP = Summary("分乡镇汇总表", "期限分乡镇汇总表", ("township",), measures, dated=False)


def pages(whole: Whole) -> tuple[Page | Summary, ...]:
    """All pages."""
    return (
        Page(AGENDA, "到期一览", _COLUMNS, rows=agenda, dated=False, notes=notes), OVERDUE,
        Page(UNCOUNTED, "期限无法计算的", (_MATTER, "place", "why"), (UNCOUNTED,), "waiting", dated=False, only_if_any=True),
        BY_TOWNSHIP, Summary("分工作汇总表", "期限分工作汇总表", (_MATTER,), measures, dated=False), later(whole),
    )  # fmt: skip


def front(whole: Whole) -> Iterator[Figures]:
    """What is late and what comes, by work."""
    listed = Counter((one.part, one.record.matter) for one in agenda(whole))
    for part in whole.at.policy.windows.shown:
        works = [matter for window, matter in listed if window == part]
        if works:
            yield Figures(
                part, (AGENDA,), tuple(Figure(work, partial(_stands, part, work)) for work in works)
            )


def _stands(part: str, matter: str, line: Line) -> bool:
    return (line["part"], line["matter"]) == (part, matter)


PROGRAMME = Programme(
    name="due",
    policy=DuePolicy,
    default_period=lambda today: Period(Month.of(today), 1),
    judges_a_day=True,
    mains={
        "deadlines": Main(
            Wanted(Deadline, "期限", sheet=deadlines.NAME, optional=True), each(judge), attrgetter("parts")
        ),
        "waiting": Main(
            Wanted(NotCounted, "待核实名单", sheet="待核实名单", optional=True), each(uncounted), (UNCOUNTED,)
        ),
    },
    doubts=DOUBTS,
    together=together,
    pages=pages,
    front=front,
    terminal_pages=(OVERDUE, BY_TOWNSHIP),
)  # fmt: skip
