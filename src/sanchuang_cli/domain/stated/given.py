"""The workbooks that were given for a report, and what stands out of all of them: the figures beside those of the period before, and
what waits for a decision.

It may look at what the results state, and at nothing else. Files may be of several counties; then each county stands by itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Annotated, NamedTuple

from sanchuang_cli.deadlines import days_left
from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.stated.comparing import Compared, compared
from sanchuang_cli.domain.stated.policy import LeadersSection, Shown
from sanchuang_cli.domain.stated.values import StatedResult
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Record
from sanchuang_cli.tally import ASIDE

COUNTED, WAITING, EARLIER, COPY, UNKNOWN = PARTS = ("计入", "待签", "较早的一期", "同一份", "未识别")
TownshipFigures = Mapping[tuple[str, str, bool], Counter[str]]
"""By work, heading, and whether it is money: the figure of each township."""
LATE, OVER, MOST = "逾期", "超限", 3


class GivenFile(Record, frozen=True, kw_only=True):
    """A workbook that was given. judged: the day of a result. county: whose it is, where counties are put together. state: how far its approval is, "" without a
    ledger. part: where it goes. same_as: the file of another county that is the same. failed: why nothing of its county could be read, "" where it was. says: None where it is no
    result. before: it is of the period before the newest."""

    name: Annotated[str, Field("文件", required=True)]
    work: Annotated[str, Field("工作")] = ""
    when: Annotated[str, Field("期间")] = ""
    state: Annotated[str, Field("审批")] = ""
    why: Annotated[str, Field("说明")] = ""
    judged: date | None = None
    county: str = ""
    part: str = UNKNOWN
    same_as: str = ""
    failed: str = ""
    before: bool = False
    says: StatedResult | None = None


class BudgetLine(Entry, frozen=True, kw_only=True):
    """A line of the budget."""

    item: Annotated[str, Field("项目", required=True)]
    value: Annotated[int, Field("金额", Kind.MONEY, required=True)]


class PlanLine(Entry, frozen=True, kw_only=True):
    """A line of the plan."""

    item: Annotated[str, Field("项目", required=True)]
    value: Annotated[int, Field("数", Kind.COUNT, required=True, aliases=("计划数",))]


def by_county(files: Iterable[GivenFile]) -> dict[str, list[GivenFile]]:
    """The files by county, in the order in which they were given; all under "" where no counties are put together."""
    counties: dict[str, list[GivenFile]] = {}
    for file in files:
        counties.setdefault(file.county, []).append(file)
    return counties


def by_work(files: Iterable[GivenFile], shown: Shown) -> list[tuple[LeadersSection, list[StatedResult]]]:
    """The results that count by work, in the order of the sections. A result may have come in parts by township."""
    results = [file.says for file in files if file.part == COUNTED and file.says]
    results.sort(key=lambda result: (shown.place(result.programme), result.programme))
    works = groupby(results, key=attrgetter("programme"))
    return [(shown.section(programme), list(own)) for programme, own in works]


def figures(files: Sequence[GivenFile], shown: Shown) -> Iterator[Compared]:
    """Every figure of the results that count beside that of the period before, by section."""
    earlier = [file.says for file in files if file.part == EARLIER and file.before and file.says]
    for section, own in by_work(files, shown):
        lines = list(compared(own, [one for one in earlier if one.programme == own[0].programme]))
        listed = any(line.item in section.headlines for line in lines)
        for line in lines:
            headline = line.current is not None and (not listed or line.item in section.headlines)
            yield replace(line, section=section.name, headline=headline)


def township_figures(files: Iterable[GivenFile], shown: Shown) -> TownshipFigures:
    """What every township has of the headlines of each work; of all figures of a work that has none."""
    cells: dict[tuple[str, str, bool], Counter[str]] = {}
    for section, own in by_work(files, shown):
        given = [figure for result in own for figure in result.townships]
        for figure in [figure for figure in given if figure.heading in section.headlines] or given:
            of_figure = cells.setdefault((own[0].title, figure.heading, figure.money), Counter())
            of_figure[figure.township] += figure.value
    return cells


class Decision(NamedTuple):
    """Something that waits for somebody to decide it. many: how many rows, days or findings."""

    kind: str
    many: int
    said: str


def decisions(files: Sequence[GivenFile], shown: Shown, on: date) -> list[Decision]:
    """The largest of each kind, then the next largest, three at most."""
    ranked = sorted(_undecided(files, shown, on), key=lambda waits: -waits.many)
    of_kinds = (next((waits for waits in ranked if waits.kind == kind), None) for kind in (ASIDE, LATE, OVER))
    first = [waits for waits in of_kinds if waits]
    return [*first, *(waits for waits in ranked if waits not in first)][:MOST]


def _undecided(files: Sequence[GivenFile], shown: Shown, on: date) -> Iterator[Decision]:
    """What waits in each work of each county, of each kind."""
    for county, of_county in by_county(files).items():
        for _, own in by_work(of_county, shown):
            late = [day for result in own for day in result.latest if (days_left(day, on) or 0) < 0]
            codes = [code.rpartition(".")[2] for result in own for code in result.codes]
            waiting = (
                (ASIDE, sum(result.set_aside for result in own), "行待核实，没有列入"),
                (LATE, len(late), "项逾期没有办"),
                (OVER, sum(code in shown.caps for code in codes), "条疑点说超过限额"),
            )
            whose = f"{county}{own[0].title}（{own[0].period}）"
            yield from (
                Decision(kind, many, f"{whose}有 {many} {said}") for kind, many, said in waiting if many
            )
