"""工作报告: one page for leaders from the results of a folder, or of the folders of several counties, with the figures behind it.

Its rows are the files that were given, each of which goes into one part. Every figure is one that a result states; worked out
anew are only the difference from the period before, its percentage, and the share of what was budgeted or planned.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from sanchuang_cli.domain.stated import bases, judged_on
from sanchuang_cli.domain.stated.comparing import Compared, key_of
from sanchuang_cli.domain.stated.counties import CountyLine, copied, county_lines, periods_apart
from sanchuang_cli.domain.stated.given import (
    COUNTED,
    MOST,
    PARTS,
    WAITING,
    BudgetLine,
    Decision,
    GivenFile,
    PlanLine,
    decisions,
    figures,
    township_figures,
)
from sanchuang_cli.domain.stated.policy import ReportPolicy
from sanchuang_cli.finding import ALL, Doubt, Doubts, Severity
from sanchuang_cli.front import Figure, Figures, Line
from sanchuang_cli.judging import At, Company, Joint, Odd, Reason, Told, Verdict, Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Drawn, Page
from sanchuang_cli.period import Month, Period
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.programmes.report import counties
from sanchuang_cli.record import Wanted
from sanchuang_cli.table import Chart

HEAD = "要点"
DOUBTS = Doubts({
    "unchecked": Doubt(Severity.NOTE, "审批过的才作数", "要核对审批的，请加 --ledger 台账.db。"),
    "periods-differ": Doubt(Severity.WARNING, "同一期的才好放在一起看", "请核对各项工作的期间；缺的请补做。"),
    **judged_on.DOUBTS,
    **bases.DOUBTS,
    "counties-differ": Doubt(Severity.WARNING, "同一期的才能相加", "请各县补做同一期的结果；期间不同的分列，没有相加。"),
    "county-copied": Doubt(Severity.WARNING, "一份结果只属于一个县", "请核对各县的文件夹：多放的请取出，放错的换成本县的。"),
    "county-failed": Doubt(Severity.ERROR, "没有读成的县不当作没有", "请那个县照说明改好，再重新运行。", "这个县的结果没有读成"),
    "matches-nothing": Doubt(Severity.WARNING, "项目要和结果里的对得上", "请照各页“项目”一栏写，或只写工作的名称。"),
})  # fmt: skip


class Review(NamedTuple):
    """What is compared, and the decisions that are needed. counties: a line for each, where counties are put together."""

    lines: list[Compared]
    decisions: list[Decision]
    counties: list[CountyLine]


def judge(file: GivenFile, at: At[ReportPolicy], odd: Odd) -> Verdict[GivenFile] | None:
    """A file goes where the gathering of results saw that it belongs; one of a county that could not be read waits."""
    if file.failed:
        odd.add("county-failed", "", f"{file.county}：{file.failed}")
        return None
    why = Reason("归到哪里", file.why or file.part, "每个文件只归一处")
    return Verdict(record=file, part=file.part, reasons=(why,))


def together(company: Company) -> Joint:
    """Compare the periods, set budget and plan beside them, and see what needs a decision."""
    files, shown = [verdict.record for verdict in company.standing("files")], company.at.policy.shown
    on = company.at.occasion.on
    early = [*judged_on.told(judged_on.early(files, on), company), *bases.told(files, company)]
    waiting = decisions(files, shown, on)
    if of_counties := county_lines((judged.record for judged in company.judged["files"]), shown):
        told = [*_about_counties(company, files), *early]
        return Joint(told=told, more=Review([], waiting, of_counties))
    rosters = ((True, company.at.rosters["budget"]), (False, company.at.rosters["plan"]))
    targets = {key_of(line.item, money): line for money, roster in rosters for line in roster.records}
    values = {key: line.value for key, line in targets.items()}
    lines = [line.against(values) for line in figures(files, shown)]
    known = {key for line in lines for key in line.names}
    told = [
        company.told("matches-nothing", line.row, "item", f"“{line.item}”和哪一个数都对不上，没有用上")
        for key, line in targets.items()
        if key not in known
    ]
    return Joint(told=[*told, *_about(company, files), *early], more=Review(lines, waiting, []))


def _about(company: Company, files: Sequence[GivenFile]) -> Iterator[Told]:
    """What leaders must know of all figures together."""
    counted = [file for file in files if file.part == COUNTED and file.says]
    whens = dict.fromkeys((file.work, file.when) for file in counted)
    if counted and not any(file.state for file in files):
        yield company.told("unchecked", counted[0].row, "", "没有给台账，各份结果审批过没有，没有核对")
    if len({when for _, when in whens}) > 1:
        said = "；".join(map(" ".join, whens))
        yield company.told("periods-differ", counted[0].row, "", f"期间不一样：{said}")


def _about_counties(company: Company, files: Sequence[GivenFile]) -> Iterator[Told]:
    """Works whose periods differ between counties, and counties whose approvals nobody checked."""
    counted = [file for file in files if file.part == COUNTED and file.says]
    unchecked = dict.fromkeys(file.county for file in counted if not file.state)
    said = f"没有台账，各份结果审批过没有，没有核对：{'、'.join(unchecked)}"
    apart = [("counties-differ", f"各县期间不一样：{said}") for said in periods_apart(counted)]
    apart += [("county-copied", said) for said in copied(files)]
    for code, what in (*((("unchecked", said),) if unchecked else ()), *apart):
        yield Told(company.at.doubts.at(code, ALL, what))


def _page(section: str, of: Sequence[Compared]) -> Page:
    """The page of the sums, or of the numbers, of a section."""
    money = of[0].money
    kind, what, target = (Kind.MONEY, "金额", "预算") if money else (Kind.COUNT, "数量", "计划")
    name = f"{section}（{what}）"
    columns = (
        Col("short" if section == HEAD else "called", "项目", wide=True), Col("when", "期间"), Col("current", "本期", kind), Col("before", "上期", kind),
        Col("change", "增减", kind), Col("changed", "%"), Col("target", target, kind), Col("progress", "进度"),
        *(() if section == HEAD else (Col("place", "出处", wide=True, detail=True),)),
    )  # fmt: skip
    filled = [
        column for column in columns if any(getattr(line, column.name) not in (None, "") for line in of)
    ]
    drawn = tuple(column.name for column in filled if column.name in ("current", "before"))
    return Page(
        name, f"{section}：{what}", [replace(column, of=attrgetter(column.name)) for column in filled], rows=lambda whole: of,
        who=False, dated=False, unit="元" if money else "", chart=Chart(name, "short", drawn, "bar") if section == HEAD else None,
    )  # fmt: skip


def _by_kind(lines: Sequence[Compared]) -> list[list[Compared]]:
    """The sums and the numbers among some figures, each together."""
    return [own for kind in (True, False) if (own := [line for line in lines if line.money is kind])]


def _pages_of(whole: Whole) -> Iterator[tuple[str, Page, list[Compared]]]:
    """Each page of figures with its section and its lines."""
    for section, of_section in groupby(whole.more.lines, key=attrgetter("section")):
        yield from ((section, _page(section, own), own) for own in _by_kind([*of_section]))


def by_township(whole: Whole) -> Page:
    """A line for each township, with the headlines of every work; all of a work that has none."""
    cells = township_figures((verdict.record for verdict in whole.of()), whole.at.policy.shown)
    names = dict.fromkeys(township for of_figure in cells.values() for township in of_figure)
    order = [*names] if not whole.at.occasion.townships else sorted(names, key=whole.at.occasion.rank)
    shown = [
        Col(f"figure{i}", f"{work}/{heading.replace('/', '：')}", Kind.MONEY if money else Kind.COUNT, of_figure.get, total=True)
        for i, ((work, heading, money), of_figure) in enumerate(cells.items())
    ]  # fmt: skip
    return Page(
        "分乡镇", "各项工作分乡镇", (Col("township", "乡镇", of=str), *shown), rows=lambda whole: order, who=False,
        dated=False, unit="元", only_if_any=True,
    )  # fmt: skip


DECIDE = Page(
    "需要决定", "需要决定的三件事",
    (Col("kind", "种类", of=attrgetter("kind")), Col("said", "事情", of=attrgetter("said"), wide=True), Col("many", "多少", Kind.COUNT, attrgetter("many"))),
    rows=lambda whole: whole.more.decisions, who=False, dated=False,
    notes=lambda whole: () if whole.more.decisions[MOST - 1 :] else (f"能从结果里看出来的只有 {len(whole.more.decisions)} 件。",),
)  # fmt: skip
COUNTY = Col("county", "县", of=attrgetter("record.county"), if_any=True)
JUDGED = Col("judged", "判定日", Kind.DATE, attrgetter("record.judged"))
TO_SIGN = Page(WAITING, "等签字、审批的", (COUNTY, "work", "when", "state"), (WAITING,), dated=False, only_if_any=True)  # fmt: skip
FILES = Page("文件", "给出的文件各归哪里", (COUNTY, Col("part", "归到"), "work", "when", JUDGED, "state", Col("why", wide=True)), dated=False)  # fmt: skip


def _heads(whole: Whole) -> list[Page]:
    return [_page(HEAD, own) for own in _by_kind([line for line in whole.more.lines if line.headline])]


def pages(whole: Whole) -> Sequence[Drawn]:
    if whole.more.counties:
        return (DECIDE, TO_SIGN, *counties.pages(whole), FILES)
    figures = (*_heads(whole), *(page for _, page, _ in _pages_of(whole)))
    return (DECIDE, TO_SIGN, *figures, by_township(whole), FILES)


def front(whole: Whole) -> Iterator[Figures]:
    """The headlines of each section, what needs a decision, and what waits for a signature."""
    yield from counties.front(whole)
    for section, page, lines in _pages_of(whole):
        own = [(line.headed, _is("called", line.called)) for line in lines if line.headline]
        of = (None, itemgetter("current")) if lines[0].money else ("current", None)
        if own:
            yield Figures(section, (page.name,), tuple(Figure(*named, *of) for named in own))
    asked = tuple(Figure(waits.said, _is("said", waits.said), "many") for waits in whole.more.decisions)
    yield Figures(DECIDE.name, (DECIDE.name,), asked or (Figure("没有看出要决定的事", many=None),))
    files = [verdict.record for verdict in whole.of()]
    waiting = [
        f"{file.county}{file.work}（{file.when}）：{file.state}" for file in files if file.part == WAITING
    ]
    yield Figures(WAITING, (TO_SIGN.name,), tuple(Figure(said, many=None) for said in waiting))
    if not any(file.state for file in files):
        yield Figures(WAITING, (FILES.name,), (Figure("没有给台账，没有核对审批", many=None),))


def _is(column: str, value: str) -> Callable[[Line], bool]:
    return lambda line: line[column] == value


PROGRAMME = Programme(
    name="report",
    policy=ReportPolicy,
    default_period=lambda today: Period(Month.of(today), 1),
    judges_a_day=True,
    mains={"files": Main(Wanted(GivenFile, "文件"), each(judge), PARTS)},
    serving={
        "budget": Wanted(BudgetLine, "预算", optional=True, once=("item",)),
        "plan": Wanted(PlanLine, "计划", optional=True, once=("item",)),
    },
    doubts=DOUBTS,
    together=together,
    who=("name",),
    pages=pages,
    front=front,
    terminal_pages=lambda whole: (
        DECIDE,
        *_heads(whole),
        *(page for page in counties.pages(whole) if not page.detail),
        TO_SIGN,
    ),
)
