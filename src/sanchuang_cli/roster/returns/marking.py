"""Marks a workbook that goes back to its sender: coloured cells, comments that say what to do, and a list with links.

Changes only the copy in memory. Promise: no value of the sender is changed, and marks of an earlier return are removed first.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from sanchuang_cli.finding import Finding, Severity, column_letters
from sanchuang_cli.report.cells import clean
from sanchuang_cli.roster.books.comments import RETURNED
from sanchuang_cli.roster.returns.copying import Copy, cells_in, cells_of

LIST = "退回修改"
_COLOURS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C"}
_FORMULA = "（这一格原是公式，这份副本里是公式当时的结果。）"
_COLUMNS = (
    ("序号", 6),
    ("级别", 7),
    ("工作表", 16),
    ("位置", 9),
    ("栏目", 14),
    ("原来填的", 24),
    ("问题", 52),
    ("依据", 34),
    ("怎么改", 40),
)
_NO_FILL = PatternFill()
_THIN = Side(style="thin", color="FFBFBFBF")
_LINES_FIT = 24
_LINE_HEIGHT = 19


def mark(copy: Copy, findings: Sequence[Finding], texts: Mapping[Finding, str], notes: Sequence[str]) -> None:
    """Marks the place of every finding and adds the list. texts: the content of each place, masked."""
    remove_marks(copy.workbook)
    places: dict[tuple[str, int, int], list[Finding]] = defaultdict(list)
    cells: dict[tuple[str, int, int], Cell] = {}
    targets: dict[Finding, str] = {}
    for finding in findings:
        title = copy.titles.get(finding.place.sheet, "")
        sheet = copy.workbook[title] if title else None
        cell = anchor(sheet, finding) if sheet is not None else None
        if cell is not None:
            targets[finding] = f"{_quoted(title)}!{cell.coordinate}"
            cells[title, cell.row, cell.column] = cell
            places[title, cell.row, cell.column].append(finding)
    for (title, row, column), about in places.items():
        formula = (row, column) in copy.formulas.get(title, ())
        _mark_cell(cells[title, row, column], about, formula)
    _append_list(copy, findings, texts, targets, notes)


def remove_marks(workbook: Workbook) -> None:
    """Removes what an earlier return added: the list, this tool's part of the comments, and the colours."""
    if LIST in workbook.sheetnames:
        workbook.remove(workbook[LIST])
    for sheet in workbook.worksheets:
        for cell in cells_of(sheet):
            comment = cell.comment if isinstance(cell, Cell) else None
            if comment is None:
                continue
            before, mark, _ = comment.text.partition(RETURNED)
            cell.comment = _sized(before.rstrip() if mark else comment.text, comment.author)
            if mark and cell.fill.fgColor.rgb in _COLOURS.values():
                cell.fill = _NO_FILL


def _sized(text: str, author: str) -> Comment | None:
    """A comment as large as its text needs, because openpyxl does not keep the size; None without a text."""
    if not text:
        return None
    lines = sum(1 + len(line) // _LINES_FIT for line in text.split("\n"))
    return Comment(clean(text), author, height=20 + _LINE_HEIGHT * lines, width=340)


def anchor(sheet: Worksheet, finding: Finding) -> Cell | None:
    """The cell that gets the mark: in a merged block its top left cell, and without a column the first filled cell of the
    row. None for a finding without a row."""
    row, column = finding.place.row, finding.place.column
    if not row:
        return None
    if not column:
        filled = (cell.column for cell in cells_in(sheet, row) if cell.value not in (None, ""))
        column = next(filled, 1)
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        around = next(merged for merged in sheet.merged_cells.ranges if cell.coordinate in merged)
        cell = sheet.cell(around.min_row, around.min_col)
    return cell if isinstance(cell, Cell) else None


def _mark_cell(cell: Cell, findings: Sequence[Finding], formula: bool) -> None:
    """Colours a cell by its worst finding and adds all of them to its comment, below the words of the clerk."""
    worst = min((finding.severity for finding in findings), key=list(Severity).index)
    cell.fill = PatternFill("solid", fgColor=_COLOURS[worst])
    words = "\n".join(
        f"{finding.severity.label}：{finding.message}。\n改法：{finding.mend}" for finding in findings
    )
    text = f"{RETURNED}\n{words}" + (f"\n{_FORMULA}" if formula else "")
    author = "sanchuang"
    if cell.comment is not None:
        text, author = f"{cell.comment.text.rstrip()}\n\n{text}", cell.comment.author
    cell.comment = _sized(text, author)


def _append_list(
    copy: Copy,
    findings: Sequence[Finding],
    texts: Mapping[Finding, str],
    targets: Mapping[Finding, str],
    notes: Sequence[str],
) -> None:
    """Adds the list of all findings as a sheet of its own and opens the workbook on it."""
    sheet = copy.workbook.create_sheet(LIST)
    counts = "、".join(
        f"{severity.label} {count} 处"
        for severity in _COLOURS
        if (count := sum(finding.severity is severity for finding in findings))
    )
    lines = [
        f"退回修改：{counts}",
        "红色格子是错误，不改这一行就不能采用；黄色格子是警告，请核对，确实没错的可以不改。"
        "点“位置”跳到那一格；改好后直接报送这份文件，本表不必删除。",
        *notes,
    ]
    for number, line in enumerate(lines, 1):
        _banner(sheet, number, line)
    head = len(lines) + 1
    for column, (title, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[column_letters(column)].width = width
        _styled(sheet.cell(head, column), title, bold=True)
    for number, finding in enumerate(findings, 1):
        _entry(sheet, head + number, number, finding, texts.get(finding, ""), targets.get(finding, ""))
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    sheet.auto_filter.ref = f"A{head}:{column_letters(len(_COLUMNS))}{head + len(findings)}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.fitToWidth = 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for other in copy.workbook.worksheets:
        other.sheet_view.tabSelected = False
    copy.workbook.active = copy.workbook.worksheets.index(sheet)


def _banner(sheet: Worksheet, row: int, line: str) -> None:
    """Writes a line over all columns of the list; the first one is the title."""
    cell = sheet.cell(row, 1, clean(line))
    cell.data_type = "s"
    cell.font = Font(name="黑体" if row == 1 else "仿宋", size=16 if row == 1 else 11)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_COLUMNS))
    room = sum(width for _, width in _COLUMNS) / 2
    sheet.row_dimensions[row].height = 28 if row == 1 else 18 * (1 + int(len(line) / room))


def _entry(sheet: Worksheet, row: int, number: int, finding: Finding, text: str, target: str) -> None:
    """Writes a finding as a row of the list. target: the cell to which its place is linked, "" for none."""
    place = finding.place
    where = place.spot or "整张表"
    values: tuple[str | int, ...] = (
        number,
        finding.severity.label,
        place.sheet,
        where,
        place.heading,
        text,
        finding.message,
        finding.basis,
        finding.mend,
    )
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        _styled(cell, value)
        if column == 2:
            cell.fill = PatternFill("solid", fgColor=_COLOURS[finding.severity])
        if column == 4 and target:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, display=where)
            cell.font = Font(name="仿宋", size=10.5, color="FF0563C1", underline="single")
    # A Chinese character is two characters wide; the double minus rounds up to whole lines.
    fullest = max(
        -(-2 * len(str(value)) // (width - 2)) for value, (_, width) in zip(values, _COLUMNS, strict=True)
    )
    sheet.row_dimensions[row].height = 16 * max(1, fullest)


def _styled(cell: Cell | MergedCell, value: str | int, bold: bool = False) -> None:
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type, cell.number_format = "s", "@"
    else:
        cell.value = value
    cell.font = Font(name="黑体" if bold else "仿宋", size=10.5, bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if bold else None)
    cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
    if bold:
        cell.fill = PatternFill("solid", fgColor="FFD9D9D9")


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"
