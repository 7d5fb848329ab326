"""Puts the figures of several counties beside each other: a line for each county.

Figures are those that the report of each county has by itself. Only figures of one work and one period stand in one column, so
that nothing is added up that does not belong together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sanchuang_cli.domain.stated.comparing import Compared
from sanchuang_cli.domain.stated.given import COPY, COUNTED, WAITING, GivenFile, by_county, figures
from sanchuang_cli.domain.stated.policy import Shown
from sanchuang_cli.period import Period


class Column(NamedTuple):
    """A figure that counties have: the work, its period, what the figure is called, and whether it is money."""

    section: str
    work: str
    when: Period
    label: str
    money: bool

    def __str__(self) -> str:
        return f"{self.work} {self.label.replace('/', '：')}（{self.when}）"


class OfCounty(NamedTuple):
    """A figure of a county beside that of the period before."""

    county: str
    line: Compared


class CountyLine(NamedTuple):
    """A county with its figures. failed: why nothing of it could be read, "" where it was. blank: why it has no figure although
    it was read, "" where it has one or no result says any."""

    county: str
    lines: Sequence[Compared]
    values: Mapping[Column, int]
    failed: str = ""
    blank: str = ""

    @property
    def called(self) -> str:
        """How pages name it: one that could not be read, or whose results do not count, is never taken for one that has
        nothing."""
        why = "没有读成" if self.failed else self.blank
        return f"{self.county}（{why}）" if why else self.county


def county_lines(files: Iterable[GivenFile], shown: Shown) -> list[CountyLine]:
    """A line for each county, in the order in which the counties were given."""
    made = []
    counties = by_county(files)
    whose = {file.name: county for county, own in counties.items() for file in own}
    for county, own in counties.items():
        lines = list(figures([file for file in own if not file.failed], shown))
        values = {_column(line): line.current for line in lines if line.headline and line.current is not None}
        failed = next((file.failed for file in own if file.failed), "")
        made.append(CountyLine(county, lines, values, failed, "" if values else _blank(own, whose)))
    return [line for line in made if line.county]


def _blank(files: Sequence[GivenFile], whose: Mapping[str, str]) -> str:
    """Why the results of a county have no figure of it: another handed them in, or they wait for somebody to sign."""
    others = dict.fromkeys(whose[file.same_as] for file in files if file.same_as in whose)
    copies = [f"和{'、'.join(others)}的是同一份"] if others else []
    waiting = ["待签"] if any(file.part == WAITING for file in files) else []
    return "，".join(copies + waiting)


def _column(line: Compared) -> Column:
    return Column(line.section, line.work, line.when, line.label, line.money)


def columns(counties: Sequence[CountyLine], shown: Shown) -> list[Column]:
    """The figures that any county has, in the order of the sections and works, the newest period of a work first."""
    every = list(dict.fromkeys(column for county in counties for column in county.values))
    sections = [section.name for section in shown.sections]
    works = list(dict.fromkeys(column.work for column in every))

    def order(column: Column) -> tuple[int, int, int]:
        place = sections.index(column.section) if column.section in sections else len(sections)
        return place, works.index(column.work), -column.when.last.toordinal()

    return sorted(every, key=order)


def by_section(counties: Sequence[CountyLine], shown: Shown) -> Iterator[tuple[str, bool, list[Column]]]:
    """The figures of each section, the sums apart from the numbers."""
    for section, own in groupby(columns(counties, shown), key=attrgetter("section")):
        of_section = [*own]
        for money in (True, False):
            if of_kind := [column for column in of_section if column.money is money]:
                yield section, money, of_kind


def notes(counties: Sequence[CountyLine]) -> tuple[str, ...]:
    """What stands below a table of counties: what a blank means, and which counties are not in the sum."""
    failed = "、".join(line.county for line in counties if line.failed)
    named = (f"没有读成、没有加进合计的：{failed}，原因见待核实名单。",) if failed else ()
    if blank := "、".join(line.called for line in counties if line.blank and not line.failed):
        named = (*named, f"没有计入的数、没有加进合计的：{blank}。")
    return "空着的，是那个县没有这项工作这一期的结果；期间不同的分列，不相加。", *named


def copied(files: Iterable[GivenFile]) -> list[str]:
    """What a county handed in that another one had handed in already, each in words."""
    return [f"{file.county}的 {file.name} {file.why}" for file in files if file.part == COPY and file.says]


def periods_apart(files: Iterable[GivenFile]) -> list[str]:
    """The works of which counties have results of different periods, each in words."""
    by_work: dict[str, dict[str, list[str]]] = {}
    for file in files:
        if file.part == COUNTED and file.says:
            counties = by_work.setdefault(file.work, {}).setdefault(file.when, [])
            if file.county not in counties:
                counties.append(file.county)
    return [
        f"{work}：" + "，".join(f"{'、'.join(counties)} {when}" for when, counties in whens.items())
        for work, whens in by_work.items()
        if len(whens) > 1
    ]
