"""Makes the pages that count units by what came of their people: how many did a step in a period against a plan, and which units had nobody for
years.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Annotated, Any, NamedTuple

from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.judging import Whole, grouped
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page, plain
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.record import Field

_YEAR = 12


class UnitPlan(Entry, frozen=True, kw_only=True):
    """How many of a unit are planned for the year; a line for every unit of the county."""

    township: Annotated[str, Field("乡镇", required=True, from_sender=True, example="示例镇")]
    branch: Annotated[str, Field("支部", required=True, aliases=("所在党支部",), example="示例村党支部")]
    planned: Annotated[
        int, Field("年度计划数", Kind.COUNT, required=True, aliases=("计划数", "发展计划", "计划发展数"))
    ]
    founded: Annotated[VagueDate | None, Field("成立日期", Kind.DATE)] = None


class UnitLine(NamedTuple):
    """A unit on a page. planned: None without a plan; left: what of it is not done yet. last: when somebody did it last.
    waiting: rows that are set aside. parts: how many people are in each part. idle: whether nobody did it for so many
    years, and the unit is older than that."""

    township: str
    branch: str
    planned: int | None
    done: int
    left: int | None
    last: VagueDate | None
    waiting: int
    parts: Counter[str]
    idle: bool


def within(day: VagueDate | None, period: Period) -> bool:
    """Whether a day certainly lies in a period."""
    return day is not None and period.first <= day.earliest and day.latest <= period.last


@dataclass(frozen=True)
class Plans:
    """The pages of units. did: the day on which somebody did what is planned, None where it is not done. years: of the
    policy, after how many a unit without anybody is listed. parts: those that are counted beside the plan. roster, plans:
    the rosters of the people and of the plan."""

    did: Callable[[Any], VagueDate | None]
    years: Callable[[Any], int]
    parts: tuple[str, ...]
    roster: str
    plans: str = "plans"

    def lines(self, whole: Whole) -> list[UnitLine]:
        """Every unit that the plan or the roster of people names, in the order of pages."""
        rank = whole.at.occasion.rank
        plans = {(plan.township, plan.branch): plan for plan in whole.at.rosters[self.plans].records}
        groups = grouped(whole.of(), "township", "branch")
        rows = (*whole.aside, *whole.at.rosters[self.roster].set_aside)
        waiting = Counter((row.written("township"), row.written("branch")) for row in rows)
        keys: list[tuple[str, str]] = sorted({*plans, *groups}, key=lambda key: (rank(key[0]), key[1]))
        return [self._line(whole, key, plans.get(key), groups.get(key, ()), waiting[key]) for key in keys]

    def _line(
        self, whole: Whole, key: tuple[str, str], plan: UnitPlan | None, people: Sequence[Any], waiting: int
    ) -> UnitLine:
        now = whole.at.occasion
        days = [day for one in people if (day := self.did(one))]
        last = max(days, key=attrgetter("latest"), default=None)
        since = months_after(now.on, -_YEAR * self.years(whole.at.policy))
        young = plan is not None and plan.founded is not None and plan.founded.latest > since
        return UnitLine(
            township=key[0],
            branch=key[1],
            planned=plan.planned if plan else None,
            done=(done := sum(within(day, now.period) for day in days)),
            left=plan.planned - done if plan else None,
            last=last,
            waiting=waiting,
            parts=Counter(one.part for one in people),
            idle=not young and (last is None or last.latest < since),
        )

    def against_plan(self, name: str, title: str, done: str) -> Page:
        """Plan against done, of units that have a plan. done: the heading of those who did it."""
        figures = (("planned", "年度计划"), ("done", done), ("left", "差额"))
        columns = (*_UNIT, *(_count(key, head) for key, head in figures), *self._parts)
        rows = partial(self._those, when=lambda line: line.planned is not None)
        notes = (f"差额是年度计划减去{done}，负数是超过计划。",)
        return Page(
            name, title, columns, rows=rows, who=False, group="township", only_if_any=True, notes=notes
        )

    def idle(self, name: str, title: str, last: str) -> Page:
        """The units that had nobody for so long. last: the heading of the last day."""
        day = Col("last", last, of=lambda line: plain(line.last))
        columns = (*_UNIT, day, *self._parts, _count("waiting", "待核实"))
        return Page(name, title, columns, rows=partial(self._those, when=attrgetter("idle")), who=False)

    def _those(self, whole: Whole, when: Callable[[UnitLine], bool]) -> list[UnitLine]:
        return [line for line in self.lines(whole) if when(line)]

    @property
    def _parts(self) -> list[Col]:
        return [
            Col(f"part{n}", part, Kind.COUNT, partial(_in_part, part=part), total=True)
            for n, part in enumerate(self.parts)
        ]


def _in_part(line: UnitLine, part: str) -> int:
    return line.parts[part]


def _count(name: str, title: str) -> Col:
    return Col(name, title, Kind.COUNT, attrgetter(name), total=True)


_UNIT: Cols = (
    Col("township", "乡镇", of=attrgetter("township")),
    Col("branch", "支部", of=attrgetter("branch")),
)
