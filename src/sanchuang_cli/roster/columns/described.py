"""How the columns of a found table were matched to a roster's fields, told before anything is read by it.

Unlike reading, nothing is refused: a tie or a missing column is part of the answer.
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
"""Match.how as a clerk reads it."""


def matched_columns(
    area: Area, book: str, wanted: Mapping[str, Wanted[Any]], pinned: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Keys for a table of `inspect --json`. roster: null when the table is none; nearest: the likeliest.

    paid_list: it says who was paid what, and is no roster for that. fits: the titles of those of which nobody can tell
    which one it is; there only where that is so.
    """
    choice = ranked(area, book, wanted, pinned)
    found = choice.matching
    several = {"fits": [one.wanted.title for one in choice.rivals]} if isinstance(choice, Unsettled) else {}
    doubts: list[Unsettled | Finding] = [choice] if isinstance(choice, Unsettled) else []
    return several | {
        "roster": choice.name if isinstance(choice, Choice) else None,
        "nearest": choice.name,
        "paid_list": isinstance(choice, Stranger) and choice.paid,
        "matched": [
            {
                "column": area.left + one.column,
                "heading": one.heading,
                "field": one.field.heading,
                "confidence": round(one.confidence, 2),
                "how": one.how,
            }
            for one in sorted(found.matches.values(), key=lambda one: one.column)
        ],
        "missing": [field.heading for field in found.missing],
        "unmatched": list(found.unmatched),
        "doubts": [{"message": f.message, "mend": f.mend} for f in [*doubts, *found.findings]],
    }


def columns_file(files: Sequence[Mapping[str, Any]]) -> str:
    """A --columns file that says what was matched, for a person to correct; columns without a field are remarks."""
    told: set[str] = set()
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
                lines += _which_roster(where, table["fits"]) if "fits" in table else _table_lines(table, told)
    return "\n".join(lines) + "\n"


def _which_roster(where: str, titles: Sequence[str]) -> Iterator[str]:
    """A line for each roster that the table may be, for a person to choose one."""
    yield "# 这张表分不清是哪一种名册。是哪一种，就去掉那一行前面的 #，再 inspect 一遍。"
    yield from (f"# {_quoted(where)} = {_quoted(title)}" for title in titles)


def _table_lines(table: Mapping[str, Any], told: set[str]) -> Iterator[str]:
    fields = {one["column"]: one["field"] for one in table["matched"]}
    for column, heading in enumerate(table["columns"], 1):
        if not heading:
            continue
        plain = "".join(heading.split())
        name = f"{column_letters(column)}列" if table["columns"].count(heading) > 1 else plain
        line = f"{_quoted(name)} = {_quoted(fields.get(column, ''))}"
        if column in fields and name not in told:
            told.add(name)
            yield line
        else:
            yield f"# {line}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
