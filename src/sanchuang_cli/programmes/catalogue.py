"""党务公开: what a county's catalogue says must be made public, what was, when and where, what is overdue and what comes next.

What counts as public are the rows of 公开台账 that are wholly understood, and nothing else.
"""

from collections.abc import Callable
from operator import attrgetter

from sanchuang_cli import deadlines
from sanchuang_cli.domain.disclosing.judging import PARTS, judge, place_names
from sanchuang_cli.domain.disclosing.lines import LATE, STATES, Line, together
from sanchuang_cli.domain.disclosing.policy import CataloguePolicy
from sanchuang_cli.domain.disclosing.records import DOUBTS, Announced, Publication
from sanchuang_cli.front import Figures, having
from sanchuang_cli.judging import Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Page
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Wanted

NAME = "公开目录"


def lines(*states: str) -> Callable[[Whole], list[Line]]:
    """The lines of the catalogue in these states, in all where none is named."""
    return lambda whole: [line for line in whole.more.lines if line.state in states or not states]


def notes(whole: Whole) -> tuple[str, ...]:
    """What stands below the catalogue."""
    return (
        f"截至 {whole.at.occasion.on}；剩余 = 应公开日 - 截至日，负数是已经逾期的天数。",
        "定期的从上一次公开起算，还没有公开过的从目录施行日起算。待核实的行不算公开。",
    )


def _of_item(name: str, title: str, *, wide: bool = False, detail: bool = False) -> Col:
    return Col(name, title, of=attrgetter(f"item.{name}"), wide=wide, detail=detail)


_HEAD = (
    Col("township", "乡镇", of=lambda line: line.township, if_any=True),
    _of_item("name", "事项", wide=True),
    Col("which", "期次", of=attrgetter("which"), if_any=True),
    Col("due", "应公开日", Kind.DATE, of=attrgetter("due")),
    Col("left", "剩余天", Kind.COUNT, of=attrgetter("left")),
    Col("lacking", "还缺的地点", of=lambda line: "、".join(line.lacking), wide=True, if_any=True),
)
_STATE = Col("state", "情况", of=attrgetter("state"))
COLUMNS = (
    *_HEAD[:3],
    _STATE,
    *_HEAD[3:],
    Col("public", "最近公开", Kind.DATE, of=attrgetter("public")),
    _of_item("limit", "时限"),
    _of_item("clause", "依据", wide=True),
    Col("note", "备注", of=attrgetter("note"), wide=True, if_any=True),
    Col("responsible", "责任人", of=attrgetter("responsible"), detail=True),
    _of_item("scope", "向谁公开", detail=True),
    Col("places", "公开地点", of=lambda line: "、".join(line.item.places), detail=True),
    _of_item("kind", "类别", detail=True),
)
CATALOGUE = Page(NAME, "党务公开目录", COLUMNS, rows=lines(), who=False, dated=False, notes=notes)
OVERDUE = Page(
    LATE, "逾期未公开的", _HEAD, rows=lines(LATE), who=False, dated=False, only_if_any=True, detail=True
)
DUE = Page(
    deadlines.NAME,
    "党务公开期限",
    (
        Col("township", "乡镇", of=attrgetter("township")),
        Col("item", "对象", of=attrgetter("item")),
        *deadlines.COLUMNS,
    ),
    rows=lambda whole: whole.more.todos,
    who=False,
    dated=False,
)
PROGRAMME = Programme(
    name="catalogue",
    policy=CataloguePolicy,
    default_period=lambda today: Period.year(today.year),
    judges_a_day=True,
    mains={"register": Main(Wanted(Publication, "公开台账"), each(judge), PARTS)},
    serving={"drafts": Wanted(Announced, "公示稿", optional=True)},
    doubts=DOUBTS,
    ready=place_names,
    together=together,
    who=("township", "name", "which"),
    pages=(
        CATALOGUE,
        Page("公开台账", "党务公开台账", ("place", "occurred", "since", "until", "down", Col("part", "情况"), "by"), of=PARTS),
        DUE,
    ),
    front=lambda whole: (Figures(NAME, (NAME,), tuple(having("state", state) for state in STATES)),),
    terminal_pages=(OVERDUE,),
)  # fmt: skip
