"""Prints what `sanchuang inspect` found in a file, from top to bottom as the sheets are: rows by role,
columns by field.

It may look at the answer of `inspect` only.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from sanchuang_cli.finding import Severity, column_letters
from sanchuang_cli.report import shown

_MOST_BANDS = 14
_HEADING = 28


def show(
    terminal: Console,
    file: Mapping[str, Any],
    titles: Mapping[str, str],
    why: Mapping[str, str],
    how: Mapping[str, str],
) -> None:
    """Print one entry of `inspect --json`. titles: of rosters. why, how: the words of the document in
    Chinese."""
    terminal.print(Text(file["file"], style="bold"), soft_wrap=True)
    if file["error"]:
        terminal.print(Text(f"  {file['error']}", style="bold red"), soft_wrap=True)
    for sheet in file["sheets"]:
        hidden = "（隐藏）" if sheet["hidden"] else ""
        none = "" if sheet["tables"] else "：没有表格"
        terminal.print(Text(f"  工作表“{sheet['sheet']}”{hidden}{none}"), soft_wrap=True)
        for table in sheet["tables"]:
            for line in (*_bands(table, why), *_columns(table, titles, how)):
                terminal.print(line, soft_wrap=True)
        for finding in sheet["findings"]:
            label = Severity(finding["severity"]).label
            terminal.print(
                Text(f"    {label}：{finding['message']}。{finding['mend']}", style="yellow"), soft_wrap=True
            )


def _bands(table: Mapping[str, Any], why: Mapping[str, str]) -> Iterator[Text]:
    """Return the rows of the table in order by what they are. If there are many stretches, only their number
    is told."""
    skipped = sorted((first, last, why.get(word, word)) for first, last, word in _skipped(table))
    head = (*table["header_rows"], "表头")
    data = [(first, last, "数据") for first, last in _data(table, skipped)]
    bands = sorted([*skipped, head, *data])
    unit = f"，单位：{table['unit']}" if table.get("unit") else ""
    yield Text(f"    表格：{table['records']} 条记录{unit}", style="bold")
    if len(bands) > _MOST_BANDS:
        yield Text(f"      {_rows(head)} 表头")
        if table["data_rows"]:
            yield Text(f"      {_rows((*table['data_rows'], ''))} 数据，其中没有读的：")
        for word in dict.fromkeys(word for _, _, word in skipped):
            runs = [run for run in skipped if run[2] == word]
            yield Text(
                f"        {word} {sum(b - a + 1 for a, b, _ in runs)} 行：{'、'.join(map(_rows, runs[:8]))}"
                + ("等" if len(runs) > 8 else "")
            )
        return
    for band in bands:
        style = {"数据": "green", "表头": "bold"}.get(band[2], "dim")
        yield Text(f"      {_padded(_rows(band), 14)} {band[2]}", style=style)


def _skipped(table: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
    for run in table["skipped"]:
        yield run["rows"][0], run["rows"][1], run["why"]


def _data(table: Mapping[str, Any], skipped: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Return what lies between the first and the last record and was not skipped."""
    if not table["data_rows"]:
        return
    at, last = table["data_rows"]
    for first, end, _ in skipped:
        if at < first <= last:
            yield at, first - 1
        if at <= end and first <= last:
            at = end + 1
    if at <= last:
        yield at, last


def _columns(table: Mapping[str, Any], titles: Mapping[str, str], how: Mapping[str, str]) -> Iterator[Text]:
    """Return each column with its field, and how sure that is if it is not obvious."""
    if "nearest" not in table:
        return
    if table["roster"]:
        yield Text(f"    按“{titles[table['roster']]}”读取", style="bold")
    elif "fits" in table:
        fits = "，还是".join(f"“{title}”" for title in table["fits"])
        yield Text(f"    分不清是{fits}，不读", style="yellow")
    elif table.get("paid_list"):
        yield Text(f"    是发放签领表，不是“{titles[table['nearest']]}”，不读", style="yellow")
    else:
        lacking = f"缺 {'、'.join(table['missing'])}" if table["missing"] else "没有一列能说明是它"
        yield Text(f"    不是名册：最接近“{titles[table['nearest']]}”，但{lacking}", style="yellow")
    matched = {match["column"]: match for match in table["matched"]}
    for column, heading in enumerate(table["columns"], 1):
        if match := matched.get(column):
            name = _padded(" ".join(heading.split()), _HEADING)
            sure = (
                ""
                if match["how"] in ("exact", "pinned")
                else f"（{how[match['how']]}，{match['confidence']:.0%}）"
            )
            yield Text(f"      {column_letters(column):<3} {name} -> {match['field']}{sure}")
    if unread := [
        f"{column_letters(column)} {' '.join(heading.split())}"
        for column, heading in enumerate(table["columns"], 1)
        if heading and column not in matched
    ]:
        yield Text(f"      没有对应的栏目，不读：{'、'.join(unread)}", style="dim")
    for doubt in table["doubts"]:
        yield Text(f"    {doubt['message']}。{doubt['mend']}", style="yellow")


def _rows(band: tuple[int, int, str]) -> str:
    first, last, _ = band
    return f"第{first}行" if first == last else f"第{first}至{last}行"


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - shown.width(text))
