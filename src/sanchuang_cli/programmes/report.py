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
from sanchuang_cli.domain.stated import Compared, StatedFigure, TownshipFigure, compared
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.front import Figure, Figures, Line
from sanchuang_cli.judging import At, Company, Joint, Odd, Reason, Told, Verdict, Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Drawn, Page
from sanchuang_cli.period import Month, Period, VagueDate
from sanchuang_cli.policy import Citation, Policy, Rule
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.table import Chart
from sanchuang_cli.tally import ASIDE

COUNTED, WAITING, EARLIER, COPY, UNKNOWN = PARTS = ("计入", "待签", "较早的一期", "同一份", "未识别")
LATE, OVER = "逾期", "超限"
_MOST = 3
_LONG = frozenset({"before", "target", "place"})
"""What the screen has no room for."""
DOUBTS = Doubts(
    {
        "unchecked": Doubt(Severity.NOTE, "审批过的才作数", "要核对审批的，请加 --ledger 台账.db。"),
        "periods-differ": Doubt(Severity.WARNING, "同一期的才好放在一起看", "请核对各项工作的期间；缺的请补做。"),
        "matches-nothing": Doubt(
            Severity.WARNING, "预算、计划的项目要和结果里的对得上", "请照“本期”各页“项目”一栏写，或只写工作的名称。"
        ),
    }
)  # fmt: skip


class LeadersSection(Section, title="一类"):
    """Works that stand on one page. headlines: their figures that stand on 首页; where a work has none of them, all."""

    headlines: tuple[str, ...] = Setting(
        description="首页和分乡镇页只列哪几个数，写结果里的项目名；一项工作一个也没有的，全列"
    )


class Sections(Rule, title="各类的先后"):
    """The sections in their order; a work that none of them names stands last."""

    decides = False

    clause: Citation
    order: tuple[LeadersSection, ...] = Setting(description="各类，按印出来的先后")

    def of(self, programme: str) -> LeadersSection:
        """The section of a work."""
        return section_of(self.order, programme) or LeadersSection(name="其他", programmes=(), headlines=())

    def place(self, programme: str) -> int:
        """Where a work stands among all that the sections name."""
        named = [name for section in self.order for name in section.programmes]
        return named.index(programme) if programme in named else len(named)


class Caps(Rule, title="超过限额的疑点"):
    """Which findings of a result say that a cap was exceeded."""

    decides = False

    clause: Citation
    codes: tuple[str, ...] = Setting(description="疑点代码圆点后面的部分，如 over-quota")


class ReportPolicy(Policy, title="工作报告（一版）"):
    """What leaders want to see."""

    sections: Sections = Setting(description="各类的先后")
    caps: Caps = Setting(description="哪些疑点是超过限额")


class GivenFile(Record, frozen=True, kw_only=True):
    """A workbook that was given. part: where it goes. before: it is the period before the newest. codes: of its findings."""

    name: Annotated[str, Field("文件", required=True)]
    work: Annotated[str, Field("工作")] = ""
    when: Annotated[str, Field("期间")] = ""
    state: Annotated[str, Field("审批")] = ""
    why: Annotated[str, Field("说明")] = ""
    programme: str = ""
    period: Period | None = None
    part: str = UNKNOWN
    before: bool = False
    figures: tuple[StatedFigure, ...] = ()
    townships: tuple[TownshipFigure, ...] = ()
    set_aside: int = 0
    latest: tuple[VagueDate, ...] = ()
    codes: tuple[str, ...] = ()
    approval_checked: bool = False


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

    lines: tuple[Compared, ...]
    decisions: tuple[Decision, ...]


def judge(file: GivenFile, at: At[ReportPolicy], odd: Odd) -> Verdict[GivenFile]:
    """A file goes where the gathering of results saw that it belongs."""
    reason = Reason("归到哪里", file.why or file.part, "每个文件只归一处")
    return Verdict(record=file, part=file.part, reasons=(reason,))


def together(company: Company) -> Joint:
    """Compare the periods, set budget and plan beside them, and see what needs a decision."""
    files = [verdict.record for verdict in company.standing("files")]
    rosters = ((True, company.at.rosters["budget"]), (False, company.at.rosters["plan"]))
    targets = {(line.item, money): line for money, roster in rosters for line in roster.records}
    lines = [
        replace(line, target=next((targets[key].value for key in line.names if key in targets), None))
        for line in figures(files, company.at.policy)
    ]
    known = {key for line in lines for key in line.names}
    told = [
        company.told("matches-nothing", line.row, "item", f"“{line.item}”和哪一个数都对不上，没有用上")
        for key, line in targets.items()
        if key not in known
    ]
    review = Review(tuple(lines), tuple(decisions(files, company.at)))
    return Joint(told=[*told, *_about(_counted(files), company)], more=review)


def _counted(files: Iterable[GivenFile]) -> list[GivenFile]:
    """The results that count; a budget or a plan has no period."""
    return [file for file in files if file.part == COUNTED and file.period]


def _about(counted: Sequence[GivenFile], company: Company) -> Iterator[Told]:
    """What leaders must know of all figures together."""
    if counted and not any(file.approval_checked for file in counted):
        yield company.told("unchecked", counted[0].row, "", "没有给台账，各份结果审批过没有，没有核对")
    if len({file.period for file in counted}) > 1:
        whens = dict.fromkeys(f"{file.work} {file.when}" for file in counted)
        yield company.told("periods-differ", counted[0].row, "", f"期间不一样：{'；'.join(whens)}")


def figures(files: Sequence[GivenFile], policy: ReportPolicy) -> Iterator[Compared]:
    """Every figure of the results that count beside that of the period before, by section."""
    for programme, own in _by_work(_counted(files), policy):
        section = policy.sections.of(programme)
        now = [figure for file in own for figure in file.figures]
        before = [
            file for file in files if file.part == EARLIER and file.before and file.programme == programme
        ]
        listed = {figure.label for figure in now if figure.item in section.headlines}
        for line in compared(
            own[0].work, own[0].when, now, (figure for file in before for figure in file.figures)
        ):
            yield replace(line, section=section.name, headline=not listed or line.label in listed)


def _by_work(counted: Iterable[GivenFile], policy: ReportPolicy) -> Iterator[tuple[str, list[GivenFile]]]:
    """The results that count by work, in the order of the sections; a result may have come in parts by township."""
    by_place = sorted(counted, key=lambda file: (policy.sections.place(file.programme), file.programme))
    return ((name, list(own)) for name, own in groupby(by_place, key=attrgetter("programme")))


def decisions(files: Sequence[GivenFile], at: At[ReportPolicy]) -> list[Decision]:
    """The largest of each kind, then the next largest, three at most."""
    ranked = sorted(_undecided(files, at), key=lambda waits: -waits.many)
    of_kinds = (next((waits for waits in ranked if waits.kind == kind), None) for kind in (ASIDE, LATE, OVER))
    first = [waits for waits in of_kinds if waits]
    return [*first, *(waits for waits in ranked if waits not in first)][:_MOST]


def _undecided(files: Sequence[GivenFile], at: At[ReportPolicy]) -> Iterator[Decision]:
    """What waits in each work, of each kind."""
    for _, own in _by_work(_counted(files), at.policy):
        late = [day for file in own for day in file.latest if (days_left(day, at.occasion.on) or 0) < 0]
        codes = [code.rpartition(".")[2] for file in own for code in file.codes]
        waiting = (
            (ASIDE, sum(file.set_aside for file in own), "行待核实，没有列入"),
            (LATE, len(late), "项逾期没有办"),
            (OVER, sum(code in at.policy.caps.codes for code in codes), "条疑点说超过限额"),
        )
        whose = f"{own[0].work}（{own[0].when}）"
        yield from (Decision(kind, many, f"{whose}有 {many} {said}") for kind, many, said in waiting if many)


def _page(section: str, of: Sequence[Compared], brief: bool) -> Page:
    """The page of the sums, or of the numbers, of a section. brief: as it is shown on the screen."""
    money = of[0].money
    kind, what, target = (Kind.MONEY, "金额", "预算") if money else (Kind.COUNT, "数量", "计划")
    name = f"{section}（{what}）"
    columns = (
        Col("item", "项目", wide=True), Col("when", "期间"), Col("now", "本期", kind), Col("before", "上期", kind),
        Col("change", "增减", kind), Col("changed", "%"), Col("target", target, kind), Col("progress", "进度"),
        Col("place", "出处", wide=True, detail=True),
    )  # fmt: skip
    shown = [
        replace(column, of=attrgetter(column.name))
        for column in columns
        if not (brief and column.name in _LONG)
    ]
    drawn = ("now", "before") if any(line.before is not None for line in of) else ("now",)
    return Page(
        name, f"{section}：{what}", shown, rows=lambda whole: of, who=False, dated=False, unit="元" if money else "",
        chart=None if brief else Chart(name, "item", drawn, "bar"),
    )  # fmt: skip


def _pages_of(whole: Whole, brief: bool = False) -> Iterator[tuple[str, Page, list[Compared]]]:
    """Each page of figures with its section and its lines. brief: of the headlines alone."""
    for section, of_section in groupby(whole.more.lines, key=attrgetter("section")):
        lines = [line for line in of_section if line.headline or not brief]
        for money in (True, False):
            if own := [line for line in lines if line.money is money]:
                yield section, _page(section, own, brief), own


def by_township(whole: Whole) -> Page:
    """A line for each township, with the headlines of every work; all of a work that has none."""
    cells: dict[tuple[str, str, bool], Counter[str]] = defaultdict(Counter)
    works = _by_work(_counted(verdict.record for verdict in whole.of()), whole.at.policy)
    for file in (file for _, own in works for file in own):
        headlines = whole.at.policy.sections.of(file.programme).headlines
        listed = [figure for figure in file.townships if figure.heading in headlines]
        for figure in listed or file.townships:
            cells[file.work, figure.heading, figure.money][figure.township] += figure.value
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


def too_few(whole: Whole) -> tuple[str, ...]:
    missing = _MOST - len(whole.more.decisions)
    return (f"能从结果里看出来的只有 {_MOST - missing} 件。",) if missing else ()


DECIDE = Page(
    "需要决定", "需要决定的三件事",
    (Col("kind", "种类", of=attrgetter("kind")), Col("said", "事情", of=attrgetter("said"), wide=True), Col("many", "多少", Kind.COUNT, attrgetter("many"))),
    rows=lambda whole: whole.more.decisions, who=False, dated=False, notes=too_few,
)  # fmt: skip
_OF_FILE = ("work", "when", "state", Col("why", wide=True))
TO_SIGN = Page(WAITING, "等签字、审批的", _OF_FILE, (WAITING,), dated=False, only_if_any=True)
FILES = Page("文件", "给出的文件各归哪里", (Col("part", "归到"), *_OF_FILE), dated=False)


def pages(whole: Whole) -> Iterator[Drawn]:
    yield from (DECIDE, TO_SIGN)
    yield from (page for _, page, _ in _pages_of(whole))
    yield from (by_township(whole), FILES)


def front(whole: Whole) -> Iterator[Figures]:
    """The headlines of each section, what needs a decision, and what waits for a signature."""
    for section, page, lines in _pages_of(whole):
        if shown := tuple(_headline(line) for line in lines if line.headline and line.now is not None):
            yield Figures(section, (page.name,), shown)
    asked = tuple(Figure(waits.said, _is("said", waits.said), "many") for waits in whole.more.decisions)
    yield Figures(DECIDE.name, (DECIDE.name,), asked or (Figure("没有看出要决定的事", many=None),))
    waiting = [
        f"{one.work}（{one.when}）：{one.state}"
        for one in (verdict.record for verdict in whole.of((WAITING,)))
    ]
    yield Figures(WAITING, (TO_SIGN.name,), tuple(Figure(said, many=None) for said in waiting))
    if not any(verdict.record.approval_checked for verdict in whole.of()):
        yield Figures(WAITING, (FILES.name,), (Figure("没有给台账，没有核对审批过没有", many=None),))


def _headline(line: Compared) -> Figure:
    number, fen = (None, itemgetter("now")) if line.money else ("now", None)
    return Figure(line.headed, _is("item", line.item), number, fen)


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
    terminal_pages=lambda whole: (DECIDE, TO_SIGN, *(page for _, page, _ in _pages_of(whole, brief=True))),
)
