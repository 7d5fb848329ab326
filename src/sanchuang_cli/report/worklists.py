"""The two lists that a clerk works through: 待核实名单, who is set aside, a line each; 疑点, all findings with no cap.

Both say whom it is about, where that stands in the sender's own book, what is wrong in words and what to do. Codes and
clauses stand last.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from sanchuang_cli.finding import Place, Severity, by_weight
from sanchuang_cli.kind import Kind
from sanchuang_cli.report.picked import Picked, picked
from sanchuang_cli.report.publishing import private
from sanchuang_cli.report.run import Run
from sanchuang_cli.report.whom import Named, Waiting
from sanchuang_cli.table import Column, Table

WAITING, DOUBTS = "待核实名单", "疑点"
_WHERE, _MEND = Column("place", "出处"), Column("mend", "处理办法", wide=True)


def pages(run: Run) -> list[Picked]:
    """The lists of a run: who is set aside, if anybody is, and what was found."""
    tables = [*([waiting(run)] if run.named.waiting else []), findings(run)]
    chosen, details = run.printing.columns, run.printing.details
    return [picked(table, chosen.get(table.name), details=details) for table in tables]


def about_people(run: Run) -> bool:
    """Whether a page has what is never published: then what a finding says of a cell may tell it too."""
    return any(private(column) for table in run.outcome.tables for column in table.columns)


def waiting(run: Run) -> Table:
    """待核实名单: every row that is set aside, by township."""
    own = about_people(run)
    columns = (Column("number", "序号", Kind.COUNT), *who(run.named, own), *reasons(own))
    return listed(WAITING, f"{run.occasion.period.title}{run.title}待核实名单", columns, run.named.waiting)


def who(named: Named, own: bool) -> tuple[Column, ...]:
    """The columns that say whom a line is about. own: nobody else's business."""
    village = Column("village", "村", private=own)
    return Column("township", "乡镇"), village, Column("name", named.heading, Kind.NAME, private=own)


def reasons(own: bool) -> tuple[Column, ...]:
    return _WHERE, Column("why", "原因", wide=True, private=own), _MEND


def listed(name: str, title: str, columns: tuple[Column, ...], rows: Sequence[Waiting]) -> Table:
    """A line for each row set aside: its number, whom it is about, and `reasons`."""
    places = [[one.place for one in each.errors] for each in rows]
    file = _only_file(place for own in places for place in own)
    lines = [
        (
            number,
            *one.whom[:3],
            where(own, file),
            joined(one.whom.said(error) for error in one.errors),
            joined(error.mend for error in one.errors),
        )
        for number, (one, own) in enumerate(zip(rows, places, strict=True), 1)
    ]
    return Table(name, title, columns, lines, notes=tuple(_counts(rows)) + _in_file(file))


def _counts(rows: Sequence[Waiting]) -> list[str]:
    """共 5 条：云岭乡 2、新垦乡 3."""
    towns = Counter(one.whom.township or "乡镇未填" for one in rows)
    each = "、".join(f"{town} {count}" for town, count in towns.items())
    return [f"共 {len(rows)} 条：{each}。核实改正以前不列入。"]


def findings(run: Run) -> Table:
    """疑点: every finding, the gravest first."""
    own = about_people(run)
    columns = (
        Column("number", "序号", Kind.COUNT),
        Column("severity", "级别", Kind.CHOICE),
        Column("township", "乡镇"),
        Column("name", run.named.heading, Kind.NAME, private=own),
        _WHERE,
        Column("message", "说明", wide=True, private=own),
        _MEND,
        Column("basis", "依据", wide=True, detail=True),
        Column("heading", "栏目", detail=True),
        Column("code", "代码", detail=True),
    )
    ordered = [one for members in by_weight(run.outcome.findings) for one in members]
    file = _only_file(one.place for one in ordered if one.place.row)
    about = [(one, run.named.of(one)) for one in ordered]
    rows = [
        (
            number,
            one.severity.label,
            whom.township,
            whom.name,
            where([one.place], file),
            whom.said(one),
            one.mend,
            one.basis,
            one.place.origin.heading,
            one.code,
        )
        for number, (one, whom) in enumerate(about, 1)
    ]
    title = f"{run.title}疑点（{run.occasion.period.title}）"
    return Table(DOUBTS, title, columns, rows, notes=(*_weights(run), *_in_file(file)) if rows else ())


def _weights(run: Run) -> list[str]:
    said = {Severity.ERROR: "（写在名册里的，所在的行待核实，没有列入）"}
    counts = ((severity, run.count(severity)) for severity in Severity)
    told = "，".join(f"{one.label} {count} 条{said.get(one, '')}" for one, count in counts if count)
    return [f"从重到轻：{told}。"]


def where(places: Iterable[Place], file: str = "") -> str:
    """In which cells of the sender's own book. file: the one that needs not be said."""
    spots: dict[tuple[str, str], dict[str, None]] = {}
    for place in places:
        at = place.origin
        spots.setdefault((at.book, at.sheet), {})[at.spot] = None
    return "；".join(
        " ".join(
            filter(None, ("" if book == file and sheet else book, sheet, "、".join(filter(None, cells))))
        )
        for (book, sheet), cells in spots.items()
    )


def _only_file(places: Iterable[Place]) -> str:
    """The one file in which all of them lie, "" where there are several."""
    files = {place.origin.book for place in places}
    return files.pop() if len(files) == 1 else ""


def _in_file(file: str) -> tuple[str, ...]:
    return (f"出处没有写文件名的，都在 {file}。",) if file else ()


def joined(texts: Iterable[str]) -> str:
    """Several sentences as one, each once."""
    return "；".join(dict.fromkeys(text.rstrip("。") for text in texts if text))
