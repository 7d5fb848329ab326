"""工作报告: one page for leaders from the results of a folder, with the figures behind it.

Its rows are the files that were given, each of which goes into one part. Every figure is one that a result states; worked out
anew are only the difference from the period before, its percentage, and the share of what was budgeted or planned.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Annotated, NamedTuple

from pydantic import Field as Setting

from sanchuang_cli.deadlines import days_left
from sanchuang_cli.domain.sections import Section, section_of
from sanchuang_cli.domain.stated.comparing import Compared, compared, key_of
from sanchuang_cli.domain.stated.values import StatedResult
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.front import Figure, Figures, Line
from sanchuang_cli.judging import At, Company, Joint, Odd, Reason, Told, Verdict, Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Drawn, Page
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import Citation, Policy, Rule
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.table import Chart
from sanchuang_cli.tally import ASIDE

COUNTED, WAITING, EARLIER, COPY, UNKNOWN = PARTS = ("计入", "待签", "较早的一期", "同一份", "未识别")
LATE, OVER, HEAD, _MOST = "逾期", "超限", "要点", 3
DOUBTS = Doubts({
    "unchecked": Doubt(Severity.NOTE, "审批过的才作数", "要核对审批的，请加 --ledger 台账.db。"),
    "periods-differ": Doubt(Severity.WARNING, "同一期的才好放在一起看", "请核对各项工作的期间；缺的请补做。"),
    "matches-nothing": Doubt(Severity.WARNING, "项目要和结果里的对得上", "请照各页“项目”一栏写，或只写工作的名称。"),
})  # fmt: skip


class LeadersSection(Section, title="报告的一类"):
    """Works that stand on one page. headlines: their figures that stand on 首页; where a work has none of them, all."""

    headlines: tuple[str, ...] = Setting(
        description="首页和分乡镇页只列哪几个数，写结果里的项目名；一项工作一个也没有的，全列"
    )


class Shown(Rule, title="列什么"):
    """What leaders see: the sections in their order, and which findings say that a cap was exceeded."""

    decides = False

    clause: Citation
    sections: tuple[LeadersSection, ...] = Setting(description="各类，按印出来的先后；没有列的工作归“其他”")
    caps: tuple[str, ...] = Setting(description="算作超过限额的疑点，写代码圆点后面的部分，如 over-quota")

    def section(self, programme: str) -> LeadersSection:
        """The section of a work."""
        return section_of(self.sections, programme) or LeadersSection(
            name="其他", programmes=(), headlines=()
        )

    def place(self, programme: str) -> int:
        """Where a work stands among all that the sections name."""
        named = [name for section in self.sections for name in section.programmes]
        return named.index(programme) if programme in named else len(named)


class ReportPolicy(Policy, title="工作报告（一版）"):
    """What a document on reports says."""

    shown: Shown = Setting(description="列什么")


class GivenFile(Record, frozen=True, kw_only=True):
    """A workbook that was given. state: how far its approval is, "" without a ledger. part: where it goes. says: None where it
    is no result. before: it is of the period before the newest."""

    name: Annotated[str, Field("文件", required=True)]
    work: Annotated[str, Field("工作")] = ""
    when: Annotated[str, Field("期间")] = ""
    state: Annotated[str, Field("审批")] = ""
    why: Annotated[str, Field("说明")] = ""
    part: str = UNKNOWN
    before: bool = False
    says: StatedResult | None = None


class BudgetLine(Record, frozen=True, kw_only=True):
    """A line of the budget."""

    item: Annotated[str, Field("项目", required=True)]
    value: Annotated[int, Field("金额", Kind.MONEY, required=True)]


class PlanLine(Record, frozen=True, kw_only=True):
    """A line of the plan."""

    item: Annotated[str, Field("项目", required=True)]
    value: Annotated[int, Field("数", Kind.COUNT, required=True, aliases=("计划数",))]


class Decision(NamedTuple):
    """Something that waits for somebody to decide it. many: how many rows, days or findings."""

    kind: str
    many: int
    said: str


class Review(NamedTuple):
    """What is compared, and the decisions that are needed."""

    lines: list[Compared]
    decisions: list[Decision]


def judge(file: GivenFile, at: At[ReportPolicy], odd: Odd) -> Verdict[GivenFile]:
    """A file goes where the gathering of results saw that it belongs."""
    why = Reason("归到哪里", file.why or file.part, "每个文件只归一处")
    return Verdict(record=file, part=file.part, reasons=(why,))


def together(company: Company) -> Joint:
    """Compare the periods, set budget and plan beside them, and see what needs a decision."""
    files = [verdict.record for verdict in company.standing("files")]
    rosters = ((True, company.at.rosters["budget"]), (False, company.at.rosters["plan"]))
    targets = {key_of(line.item, money): line for money, roster in rosters for line in roster.records}
    lines = [
        replace(line, target=next((targets[key].value for key in line.names if key in targets), None))
        for line in figures(files, company.at.policy.shown)
    ]
    known = {key for line in lines for key in line.names}
    told = [
        company.told("matches-nothing", line.row, "item", f"“{line.item}”和哪一个数都对不上，没有用上")
        for key, line in targets.items()
        if key not in known
    ]
    return Joint(told=[*told, *_about(company, files)], more=Review(lines, decisions(files, company.at)))


def _by_work(files: Iterable[GivenFile], shown: Shown) -> list[tuple[LeadersSection, list[StatedResult]]]:
    """The results that count by work, in the order of the sections. A result may have come in parts by township."""
    results = [file.says for file in files if file.part == COUNTED and file.says]
    results.sort(key=lambda result: (shown.place(result.programme), result.programme))
    works = groupby(results, key=attrgetter("programme"))
    return [(shown.section(programme), list(own)) for programme, own in works]


def _about(company: Company, files: Sequence[GivenFile]) -> Iterator[Told]:
    """What leaders must know of all figures together."""
    counted = [file for file in files if file.part == COUNTED and file.says]
    whens = dict.fromkeys((file.work, file.when) for file in counted)
    if counted and not any(file.state for file in files):
        yield company.told("unchecked", counted[0].row, "", "没有给台账，各份结果审批过没有，没有核对")
    if len({when for _, when in whens}) > 1:
        said = "；".join(map(" ".join, whens))
        yield company.told("periods-differ", counted[0].row, "", f"期间不一样：{said}")


def figures(files: Sequence[GivenFile], shown: Shown) -> Iterator[Compared]:
    """Every figure of the results that count beside that of the period before, by section."""
    earlier = [file.says for file in files if file.part == EARLIER and file.before and file.says]
    for section, own in _by_work(files, shown):
        lines = list(compared(own, [one for one in earlier if one.programme == own[0].programme]))
        listed = any(line.item in section.headlines for line in lines)
        for line in lines:
            headline = line.current is not None and (not listed or line.item in section.headlines)
            yield replace(line, section=section.name, headline=headline)


def decisions(files: Sequence[GivenFile], at: At[ReportPolicy]) -> list[Decision]:
    """The largest of each kind, then the next largest, three at most."""
    ranked = sorted(_undecided(files, at), key=lambda waits: -waits.many)
    of_kinds = (next((waits for waits in ranked if waits.kind == kind), None) for kind in (ASIDE, LATE, OVER))
    first = [waits for waits in of_kinds if waits]
    return [*first, *(waits for waits in ranked if waits not in first)][:_MOST]


def _undecided(files: Sequence[GivenFile], at: At[ReportPolicy]) -> Iterator[Decision]:
    """What waits in each work, of each kind."""
    for _, own in _by_work(files, at.policy.shown):
        late = [day for result in own for day in result.latest if (days_left(day, at.occasion.on) or 0) < 0]
        codes = [code.rpartition(".")[2] for result in own for code in result.codes]
        waiting = (
            (ASIDE, sum(result.set_aside for result in own), "行待核实，没有列入"),
            (LATE, len(late), "项逾期没有办"),
            (OVER, sum(code in at.policy.shown.caps for code in codes), "条疑点说超过限额"),
        )
        whose = f"{own[0].title}（{own[0].period}）"
        yield from (Decision(kind, many, f"{whose}有 {many} {said}") for kind, many, said in waiting if many)


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
    cells: dict[tuple[str, str, bool], Counter[str]] = defaultdict(Counter)
    for section, own in _by_work((verdict.record for verdict in whole.of()), whole.at.policy.shown):
        given = [figure for result in own for figure in result.townships]
        for figure in [figure for figure in given if figure.heading in section.headlines] or given:
            cells[own[0].title, figure.heading, figure.money][figure.township] += figure.value
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
    notes=lambda whole: () if whole.more.decisions[_MOST - 1 :] else (f"能从结果里看出来的只有 {len(whole.more.decisions)} 件。",),
)  # fmt: skip
TO_SIGN = Page(WAITING, "等签字、审批的", ("work", "when", "state"), (WAITING,), dated=False, only_if_any=True)  # fmt: skip
FILES = Page("文件", "给出的文件各归哪里", (Col("part", "归到"), "work", "when", "state", Col("why", wide=True)), dated=False)  # fmt: skip


def _heads(whole: Whole) -> list[Page]:
    return [_page(HEAD, own) for own in _by_kind([line for line in whole.more.lines if line.headline])]


def pages(whole: Whole) -> Sequence[Drawn]:
    figures = (*_heads(whole), *(page for _, page, _ in _pages_of(whole)))
    return (DECIDE, TO_SIGN, *figures, by_township(whole), FILES)


def front(whole: Whole) -> Iterator[Figures]:
    """The headlines of each section, what needs a decision, and what waits for a signature."""
    for section, page, lines in _pages_of(whole):
        own = [(line.headed, _is("called", line.called)) for line in lines if line.headline]
        of = (None, itemgetter("current")) if lines[0].money else ("current", None)
        if own:
            yield Figures(section, (page.name,), tuple(Figure(*named, *of) for named in own))
    asked = tuple(Figure(waits.said, _is("said", waits.said), "many") for waits in whole.more.decisions)
    yield Figures(DECIDE.name, (DECIDE.name,), asked or (Figure("没有看出要决定的事", many=None),))
    files = [verdict.record for verdict in whole.of()]
    waiting = [f"{file.work}（{file.when}）：{file.state}" for file in files if file.part == WAITING]
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
    terminal_pages=lambda whole: (DECIDE, *_heads(whole), TO_SIGN),
)
