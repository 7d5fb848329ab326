"""Makes the two lists that a clerk works through: 待核实名单, one line for each row set aside, and 疑点, all findings.

Both give tables and write no file. Each line says whom it is about, where that is in the sender's workbook,
what is wrong and what to do. Codes and clauses come last, since a clerk needs them least.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from sanchuang_cli.finding import Finding, Place, Severity, by_weight
from sanchuang_cli.kind import Kind
from sanchuang_cli.report.picked import Picked, picked
from sanchuang_cli.report.publishing import private
from sanchuang_cli.report.run import Run
from sanchuang_cli.report.whom import Named, Waiting, Whom
from sanchuang_cli.table import Column, Table

WAITING, DOUBTS = "待核实名单", "疑点"
_WHERE, _MEND = Column("place", "出处"), Column("mend", "处理办法", wide=True)


def pages(run: Run) -> list[Picked]:
    """The lists of a run: who is set aside, if anybody is, and what was found."""
    tables = [*([waiting(run)] if run.named.waiting else []), findings(run)]
    chosen, details = run.printing.columns, run.printing.details
    return [picked(table, chosen.get(table.name), details=details) for table in tables]


def about_people(run: Run) -> bool:
    """Whether a page has columns that are never published. Then the text of a finding may quote such a cell,
    too."""
    return any(private(column) for table in run.outcome.tables for column in table.columns)


def waiting(run: Run) -> Table:
    """待核实名单: every row that is set aside, in the order of townships."""
    personal = about_people(run)
    columns = (Column("number", "序号", Kind.COUNT), *who(run.named, personal), *reasons(personal))
    return listed(WAITING, f"{run.occasion.period.title}{run.title}待核实名单", columns, run.named.waiting)


def who(named: Named, personal: bool) -> tuple[Column, ...]:
    """The columns that say whom a line is about. personal: village and name must not be published."""
    village = Column("village", "村", private=personal)
    return Column("township", "乡镇"), village, Column("name", named.heading, Kind.NAME, private=personal)


def reasons(personal: bool) -> tuple[Column, ...]:
    """The columns of the place, the reason and the remedy. personal: the reason must not be published."""
    return _WHERE, Column("why", "原因", wide=True, private=personal), _MEND


def listed(name: str, title: str, columns: tuple[Column, ...], rows: Sequence[Waiting]) -> Table:
    """A table with a line for each row set aside. columns: the number and those of `who` and `reasons`."""
    places = [[error.place for error in each.errors] for each in rows]
    file = _only_file(place for of_row in places for place in of_row)
    lines = [
        (
            number,
            *entry.whom[:3],
            where(of_row, file),
            joined(entry.whom.said(error) for error in entry.errors),
            joined(error.mend for error in entry.errors),
        )
        for number, (entry, of_row) in enumerate(zip(rows, places, strict=True), 1)
    ]
    return Table(name, title, columns, lines, notes=tuple(_counts(rows)) + _in_file(file))


def _counts(rows: Sequence[Waiting]) -> list[str]:
    """The note below the list, such as 共 5 条：云岭乡 2、新垦乡 3。 Townships are left out where no row has one."""
    towns = Counter(entry.whom.township for entry in rows)
    each = "、".join(f"{town or '乡镇未填'} {count}" for town, count in towns.items())
    return [f"共 {len(rows)} 条{f'：{each}' if any(towns) else ''}。核实改正以前不列入。"]


def findings(run: Run) -> Table:
    """疑点: every finding, what concerns every row first, then the gravest."""
    ordered = [finding for group in by_weight(run.outcome.findings) for finding in group]
    file = _only_file(finding.place for finding in ordered if finding.place.row)
    rows = [
        (number, *_finding_cells(finding, run.named.of(finding), file))
        for number, finding in enumerate(ordered, 1)
    ]
    title = f"{run.title}疑点（{run.occasion.period.title}）"
    notes = (*_weights(run), *_in_file(file)) if rows else ()
    return Table(DOUBTS, title, _finding_columns(run), rows, notes=notes)


def _finding_columns(run: Run) -> tuple[Column, ...]:
    """The columns of 疑点, the number first."""
    personal = about_people(run)
    return (
        Column("number", "序号", Kind.COUNT),
        Column("severity", "级别", Kind.CHOICE),
        Column("township", "乡镇"),
        Column("name", run.named.heading, Kind.NAME, private=personal),
        _WHERE,
        Column("message", "说明", wide=True, private=personal),
        _MEND,
        Column("basis", "依据", wide=True, detail=True),
        Column("heading", "栏目", detail=True),
        Column("code", "代码", detail=True),
    )


def _finding_cells(finding: Finding, whom: Whom, file: str) -> tuple[str, ...]:
    """A finding as a row of 疑点, without its number. file: the workbook whose name is left out."""
    return (
        finding.severity.label,
        whom.township,
        whom.name,
        where([finding.place], file),
        whom.said(finding),
        finding.mend,
        finding.basis,
        finding.place.origin.heading,
        finding.code,
    )


def _weights(run: Run) -> list[str]:
    """What was found, in the order of the page. Most errors set their row aside; those that do not are not counted as if they did."""
    lines = {row.line for waits in run.named.waiting for row in (waits.row, *waits.row.joined)}
    errors = [found.place.line for found in run.outcome.findings if found.severity is Severity.ERROR]
    aside = sum(line in lines for line in errors)
    whose = "写在名册里的，" if aside == len(errors) else f"其中 {aside} 条"
    explanation = {Severity.ERROR: f"（{whose}所在的行待核实，没有列入）"}
    counts = ((severity, run.count(severity)) for severity in Severity)
    counted = "，".join(
        f"{severity.label} {count} 条{explanation.get(severity, '')}" for severity, count in counts if count
    )
    lighter = [found.of_every_row and found.severity is not Severity.ERROR for found in run.outcome.findings]
    first = "关系到每一行的在前，其余" * (bool(errors) and any(lighter))
    return [f"{first}从重到轻：{counted}。"]


def where(places: Iterable[Place], file: str = "") -> str:
    """The places in the sender's workbook, as words. file: the workbook whose name is left out, since a note
    names it."""
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
    """The workbook that has all the places, "" where there are several."""
    files = {place.origin.book for place in places}
    return files.pop() if len(files) == 1 else ""


def _in_file(file: str) -> tuple[str, ...]:
    return (f"出处没有写文件名的，都在 {file}。",) if file else ()


def joined(texts: Iterable[str]) -> str:
    """Several sentences as one, without repetitions."""
    return "；".join(dict.fromkeys(text.rstrip("。") for text in texts if text))
