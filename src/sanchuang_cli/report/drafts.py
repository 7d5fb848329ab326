"""Keeps the 公示稿 of a run in its workbook, on lines of 来源, so that a notice can be made of the result on any later day.

What stands there is what everybody may read: no number, account, birthday or cause. The digest of the result covers it, so
a draft that somebody changed is refused with the result.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.posting import Draft, Notice, Posting
from sanchuang_cli.report import notice, shown
from sanchuang_cli.report.digest import pieces
from sanchuang_cli.report.run import Run
from sanchuang_cli.table import Column, Table

ITEM = "公示稿"
"""How the lines of 来源 begin that hold a draft; the name of the notice follows."""
BESIDE = "在右边一栏，不打印；sanchuang notice 从这里写公示"
MOST = 20_000
"""So many lines a draft may have. A longer one would cost every run time and room; `--notice` writes it."""
REFUSED = "refused"
_PIECE = 30_000
"""The characters of one line. A cell holds a little more."""
_KEPT = (int, type(None))
_TEXTS = ("name", "title", "what", "standard", "period", "counted", "withheld")


def beside(sources: Table, run: Run) -> Table:
    """来源 with the drafts of a run in a further column, which is not printed; 来源 itself if there is none."""
    drafts = list(_lines(run))
    if not drafts:
        return sources
    column = Column("draft", "不打印", detail=True)
    rows = [*((*row, None) for row in sources.rows), *((item, BESIDE, piece) for item, piece in drafts)]
    return replace(sources, columns=(*sources.columns, column), rows=rows, beside=1)


def _lines(run: Run) -> Iterator[tuple[str, str]]:
    """The drafts in pieces; nothing in the workbook of one township, whose lists are the county's."""
    example = any(edition.example for edition in run.editions)
    for one in run.outcome.notices() if not run.part else ():
        if len(one.table.rows) <= MOST:
            text = json.dumps(_kept(one, example), ensure_ascii=False, separators=(",", ":"))
            yield from ((f"{ITEM}：{one.name}", piece) for piece in pieces(text, _PIECE))


def _kept(one: Notice, example: bool) -> dict[str, Any]:
    """What is kept of a notice: its draft, or why it is not fit to be posted."""
    try:
        return _plain(replace(notice.drafted(one), example=example))
    except UserError as refusal:
        return {"name": one.name, REFUSED: str(refusal)}


def names(facts: Iterable[str]) -> list[str]:
    """The names of the drafts that 来源 holds, also of those that are not fit to be posted. facts: its items."""
    return [item.partition("：")[2] for item in facts if item.startswith(f"{ITEM}：")]


def read(facts: Mapping[str, Sequence[str]]) -> list[Draft]:
    """The drafts that 来源 holds. facts: its lines by item. Raises UserError where one is not fit to be posted."""
    kept = [json.loads("".join(told)) for item, told in facts.items() if item.startswith(f"{ITEM}：")]
    for plain in kept:
        if REFUSED in plain:
            raise UserError(plain[REFUSED])
    return [_draft(plain) for plain in kept]


def _plain(draft: Draft) -> dict[str, Any]:
    return {
        **{name: getattr(draft, name) for name in _TEXTS},
        "basis": draft.basis,
        "posting": draft.posting.model_dump(mode="json", exclude_defaults=True),
        "alike": draft.alike,
        "example": draft.example,
        "table": _plain_table(draft.table),
    }


def _plain_table(table: Table) -> dict[str, Any]:
    """A table as its writers need it: figures that are added up stay figures, everything else is what is printed."""
    kinds = [column.kind for column in table.columns]
    return {
        "name": table.name,
        "title": table.title,
        "unit": table.unit,
        "group": table.group,
        "grand_total": table.grand_total,
        "notes": table.notes,
        "columns": [[c.name, c.title, c.kind.name, c.total, c.wide] for c in table.columns],
        "rows": [
            [
                value if type(value) in _KEPT else shown.text(kind, value)
                for kind, value in zip(kinds, row, strict=True)
            ]
            for row in table.rows
        ],
    }


def _draft(plain: Mapping[str, Any]) -> Draft:
    return Draft(
        **{name: plain[name] for name in _TEXTS},
        basis=tuple(plain["basis"]),
        posting=Posting.model_validate(plain["posting"]),
        table=_table(plain["table"]),
        example=plain["example"],
        alike=tuple((tuple(numbers), name) for numbers, name in plain["alike"]),
    )


def _table(plain: Mapping[str, Any]) -> Table:
    columns = tuple(
        Column(name, title, Kind[kind], total=total, wide=wide)
        for name, title, kind, total, wide in plain["columns"]
    )
    return Table(
        plain["name"],
        plain["title"],
        columns,
        [tuple(row) for row in plain["rows"]],
        group=plain["group"],
        grand_total=plain["grand_total"],
        unit=plain["unit"],
        notes=tuple(plain["notes"]),
    )
