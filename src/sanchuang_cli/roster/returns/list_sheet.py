"""Writes the sheet 退回修改 of a returned copy: a line for each finding, linked to the cell that it is about.

Values only: findings in, the XML of a sheet out. Promise: texts stay texts, whatever they look like.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sanchuang_cli.finding import Finding, Severity, column_letters
from sanchuang_cli.roster.returns.ooxml.spans import quoted
from sanchuang_cli.roster.returns.ooxml.styles import Styles

LIST = "退回修改"
COLOURS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C"}
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
_LEVEL, _PLACE = 2, 4
"""The columns of how grave a finding is, and of the link to its cell."""
_TEXT = 49
"""The number of the format for text."""
_GREY = "FFD9D9D9"
_THIN = "".join(
    f'<{side} style="thin"><color rgb="FFBFBFBF"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_WRAPPED = 'vertical="center" wrapText="1"'


class _Looks:
    """The styles of the list, as numbers."""

    def __init__(self, styles: Styles) -> None:
        def font(name: str, size: float, more: str = "") -> int:
            return styles.font(
                f'{"<b/>" if more == "b" else ""}{"<u/>" if more == "u" else ""}<sz val="{size:g}"/>'
                f'{_BLUE if more == "u" else ""}<name val="{name}"/>'
            )

        lines, plain = styles.border(f"{_THIN}<diagonal/>"), font("仿宋", 10.5)
        fills = {severity: styles.fill(colour) for severity, colour in COLOURS.items()}
        self.title = styles.style(font("黑体", 16), 0, 0, _WRAPPED)
        self.banner = styles.style(font("仿宋", 11), 0, 0, _WRAPPED)
        self.head = styles.style(
            font("黑体", 10.5, "b"), styles.fill(_GREY), lines, f'horizontal="center" {_WRAPPED}', _TEXT
        )
        self.number = styles.style(plain, 0, lines, _WRAPPED)
        self.text = styles.style(plain, 0, lines, _WRAPPED, _TEXT)
        self.link = styles.style(font("仿宋", 10.5, "u"), 0, lines, _WRAPPED, _TEXT)
        self.level = {
            severity: styles.style(plain, fill, lines, _WRAPPED, _TEXT) for severity, fill in fills.items()
        }


_BLUE = '<color rgb="FF0563C1"/>'


@dataclass(frozen=True)
class Entry:
    """A line of the list. text: what stands in the cell, masked. target: the cell to which its place is linked, "" for none."""

    finding: Finding
    text: str
    target: str


def list_sheet(
    entries: Sequence[Entry], notes: Sequence[str], styles: Styles, space: str, views: int
) -> bytes:
    """The XML of the list. space: the main namespace of the book. views: in how many windows the book is shown."""
    looks = _Looks(styles)
    lines = list(_banner(entries, notes))
    head = len(lines) + 1
    rows = [_banner_row(number, line, looks) for number, line in enumerate(lines, 1)]
    rows.append(_row(head, 0, [(title, looks.head) for title, _ in _COLUMNS]))
    rows += [_entry_row(head + number, number, entry, looks) for number, entry in enumerate(entries, 1)]
    return "".join(_sheet(entries, rows, head, space, views)).encode()


def _banner(entries: Sequence[Entry], notes: Sequence[str]) -> Iterator[str]:
    """The lines over the list."""
    counts = "、".join(
        f"{severity.label} {count} 处"
        for severity in COLOURS
        if (count := sum(entry.finding.severity is severity for entry in entries))
    )
    yield f"{LIST}：{counts}"
    yield (
        "红色格子是错误，不改这一行就不能采用；黄色格子是警告，请核对，确实没错的可以不改。"
        "点“位置”跳到那一格；改好后直接报送这份文件，本表不必删除。"
    )
    yield from notes


def _sheet(entries: Sequence[Entry], rows: Sequence[str], head: int, space: str, views: int) -> Iterator[str]:
    """The parts of the sheet in their order (ECMA-376 part 1, 18.3.1.99)."""
    last, below = column_letters(len(_COLUMNS)), head + 1
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{space}">'
    yield '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
    pane = f'<pane ySplit="{head}" topLeftCell="A{below}" activePane="bottomLeft" state="frozen"/>'
    for view in range(views):
        yield f'<sheetView tabSelected="1" workbookViewId="{view}">{pane}<selection pane="bottomLeft"/></sheetView>'
    yield '</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>'
    for column, (_, width) in enumerate(_COLUMNS, 1):
        yield f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield from rows
    yield f'</sheetData><autoFilter ref="A{head}:{last}{head + len(entries)}"/><mergeCells count="{head - 1}">'
    for number in range(1, head):
        yield f'<mergeCell ref="A{number}:{last}{number}"/>'
    yield "</mergeCells>"
    yield from _links(entries, head)
    yield '<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'


def _links(entries: Sequence[Entry], head: int) -> Iterator[str]:
    linked = [(head + number, entry) for number, entry in enumerate(entries, 1) if entry.target]
    if linked:
        yield "<hyperlinks>"
        for row, entry in linked:
            where = f'location="{quoted(entry.target)}" display="{quoted(_where(entry.finding))}"'
            yield f'<hyperlink ref="{column_letters(_PLACE)}{row}" {where}/>'
        yield "</hyperlinks>"


def _banner_row(number: int, line: str, looks: _Looks) -> str:
    """A line over all columns of the list; the first one is the title."""
    room = sum(width for _, width in _COLUMNS) / 2
    height = 28 if number == 1 else 18 * (1 + int(len(line) / room))
    return _row(number, height, [(line, looks.title if number == 1 else looks.banner)])


def _entry_row(row: int, number: int, entry: Entry, looks: _Looks) -> str:
    """A finding as a row of the list."""
    finding, place = entry.finding, entry.finding.place
    texts = [
        finding.severity.label,
        place.sheet,
        _where(finding),
        place.heading,
        entry.text,
        finding.message,
        finding.basis,
        finding.mend,
    ]
    styles = [looks.text] * (len(_COLUMNS) + 1)
    styles[_LEVEL] = looks.level[finding.severity]
    styles[_PLACE] = looks.link if entry.target else looks.text
    values: list[tuple[str | int, int]] = [(number, looks.number), *zip(texts, styles[_LEVEL:], strict=False)]
    # A Chinese character is two characters wide; the double minus rounds up to whole lines.
    fullest = max(
        -(-2 * len(str(value)) // (width - 2))
        for (value, _), (_, width) in zip(values, _COLUMNS, strict=True)
    )
    return _row(row, 16 * max(1, fullest), values)


def _where(finding: Finding) -> str:
    return finding.place.spot or "整张表"


def _row(number: int, height: int, values: Sequence[tuple[str | int, int]]) -> str:
    """A row of the sheet. height: 0 for the usual one."""
    tall = f' ht="{height}" customHeight="1"' if height else ""
    cells = (
        _cell(f"{column_letters(at)}{number}", value, style) for at, (value, style) in enumerate(values, 1)
    )
    return f'<row r="{number}"{tall}>{"".join(cells)}</row>'


def _cell(reference: str, value: str | int, style: int) -> str:
    if isinstance(value, int):
        return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'
    if not value:
        return f'<c r="{reference}" s="{style}"/>'
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{quoted(value)}</t></is></c>'
