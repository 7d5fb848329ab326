"""Describes how the columns of a table were matched to a roster's fields: for `inspect --json` and for a --columns file.

No rows are read. Unlike reading, nothing is refused: a tie or a missing column is part of the answer.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sanchuang_cli.finding import Finding, column_letters
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.choosing import Choice, Stranger, ranked
from sanchuang_cli.roster.grid import Area
from sanchuang_cli.roster.rivals import Unsettled

HOW = {
    "pinned": "指定",
    "exact": "同名",
    "alias": "别名",
    "nested": "同名的下级",
    "part": "同名的上级",
    "trimmed": "去掉括号后同名",
    "general": "泛称",
    "fuzzy": "相近",
}
"""The values of Match.how, and what a clerk reads for each."""


def matched_columns(
    area: Area, book: str, wanted: Mapping[str, Wanted[Any]], pinned: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The keys that describe a table's columns in `inspect --json`.

    roster: null when the table is none. nearest: the most likely roster. paid_list: the table says who was paid what, so it
    is no roster. fits: the titles of several rosters when nobody can tell which one it is; otherwise the key is absent.
    """
    choice = ranked(area, book, wanted, pinned)
    matching = choice.matching
    several = (
        {"fits": [roster.wanted.title for roster in choice.rivals]} if isinstance(choice, Unsettled) else {}
    )
    doubts: list[Unsettled | Finding] = [choice] if isinstance(choice, Unsettled) else []
    return several | {
        "roster": choice.name if isinstance(choice, Choice) else None,
        "nearest": choice.name,
        "paid_list": isinstance(choice, Stranger) and choice.paid,
        "matched": [
            {
                "column": area.left + column.column,
                "heading": column.heading,
                "field": column.field.heading,
                "confidence": round(column.confidence, 2),
                "how": column.how,
            }
            for column in sorted(matching.matches.values(), key=lambda column: column.column)
        ],
        "missing": [field.heading for field in matching.missing],
        "unmatched": list(matching.unmatched),
        "doubts": [{"message": doubt.message, "mend": doubt.mend} for doubt in [*doubts, *matching.findings]],
    }


def columns_file(files: Sequence[Mapping[str, Any]]) -> str:
    """A --columns file that states what was matched, for a person to correct.

    A column without a field, and one whose heading has been written already, is put in as a comment.
    """
    named: set[str] = set()
    lines = [
        '# 列与栏目的对应。左边是表里的列标题，右边是栏目；写成 "" 就不读这一列。',
        "# 改好后用 --columns 指定本文件。",
    ]
    for file in files:
        for sheet in file["sheets"]:
            for table in sheet["tables"]:
                place = f"{_one_line(file['file'])} {_one_line(sheet['sheet'])}"
                alone = len(sheet["tables"]) == 1
                where = place if alone else f"{place} 第{table['header_rows'][1]}行"
                lines.append(f"\n# {place}")
                lines += (
                    _which_roster(where, table["fits"]) if "fits" in table else _table_lines(table, named)
                )
    return "\n".join(lines) + "\n"


def _which_roster(where: str, titles: Sequence[str]) -> Iterator[str]:
    """A line for each roster that the table may be, for a person to choose one."""
    yield "# 这张表分不清是哪一种名册。是哪一种，就去掉那一行前面的 #，再 inspect 一遍。"
    yield from (f"# {_quoted(where)} = {_quoted(title)}" for title in titles)


def _table_lines(table: Mapping[str, Any], named: set[str]) -> Iterator[str]:
    """A line for each column of a table. named: the headings written so far, because a file may name each only once."""
    fields = {matched["column"]: matched["field"] for matched in table["matched"]}
    for column, heading in enumerate(table["columns"], 1):
        if not heading:
            continue
        plain = "".join(heading.split())
        name = f"{column_letters(column)}列" if table["columns"].count(heading) > 1 else plain
        line = f"{_quoted(name)} = {_quoted(fields.get(column, ''))}"
        if column in fields and name not in named:
            named.add(name)
            yield line
        else:
            yield f"# {line}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
