"""What stands on pages where counties are put together: a line for each county and the sum, for the city or the province."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter, itemgetter

from sanchuang_cli.domain.stated.counties import Column, CountyLine, OfCounty, by_section, notes
from sanchuang_cli.front import Figure, Figures
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Page


def _name(section: str, money: bool) -> str:
    return f"各县{section}（{'金额' if money else '数量'}）"


def pages(whole: Whole) -> list[Page]:
    """A page for the sums and one for the numbers of each section, a line a county; then every figure of every county."""
    return [
        *(_page(whole, *section) for section in by_section(whole.more.counties, whole.at.policy.shown)),
        *(_details(whole.more.counties, money) for money in (True, False)),
    ]


def _page(whole: Whole, section: str, money: bool, own: Sequence[Column]) -> Page:
    kind = Kind.MONEY if money else Kind.COUNT
    shown = (Col(f"figure{i}", str(column), kind, _of(column), total=True) for i, column in enumerate(own))
    return Page(
        _name(section, money), f"各县{section}", (Col("county", "县", of=attrgetter("called")), *shown),
        rows=lambda whole: whole.more.counties, who=False, dated=False, unit="元" if money else "", notes=lambda whole: notes(whole.more.counties),
    )  # fmt: skip


def _of(column: Column) -> Callable[[CountyLine], int | None]:
    return lambda line: line.values.get(column)


def _details(counties: Sequence[CountyLine], money: bool) -> Page:
    kind = Kind.MONEY if money else Kind.COUNT
    rows = [OfCounty(one.county, line) for one in counties for line in one.lines if line.money is money]
    of_line = (("called", "项目"), ("when", "期间"))
    figures = (("current", "本期"), ("before", "上期"), ("change", "增减"))
    return Page(
        f"各县明细（{'金额' if money else '数量'}）", "各县各项工作",
        (
            Col("county", "县", of=attrgetter("county")),
            *(Col(name, title, of=attrgetter(f"line.{name}"), wide=name == "called") for name, title in of_line),
            *(Col(name, title, kind, attrgetter(f"line.{name}")) for name, title in figures),
            Col("changed", "%", of=attrgetter("line.changed")),
        ),
        rows=lambda whole: rows, who=False, dated=False, unit="元" if money else "", only_if_any=True, detail=True,
    )  # fmt: skip


def front(whole: Whole) -> Iterator[Figures]:
    """The sum of each figure over the counties that have it; and which counties could not be read."""
    failed = tuple(Figure(one.county, many=None) for one in whole.more.counties if one.failed)
    if failed:
        yield Figures("没有读成", ("文件",), failed)
    for section, money, own in by_section(whole.more.counties, whole.at.policy.shown):
        yield Figures(
            section,
            (_name(section, money),),
            tuple(_figure(whole, i, column) for i, column in enumerate(own)),
        )


def _figure(whole: Whole, i: int, column: Column) -> Figure:
    name, many = f"figure{i}", sum(column in line.values for line in whole.more.counties)
    said = f"{column}，{many} 个县"
    return Figure(said, None, None, itemgetter(name)) if column.money else Figure(said, None, name)
