"""Makes the page of --also: who stands on the lists of this county's document, and who would stand on those of another.

Nothing is judged here, and nobody is added to a list of this county.
"""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from sanchuang_cli.contrast import Contrast, Line, Standing, standings
from sanchuang_cli.judging import Whole
from sanchuang_cli.page import Col, Page, PageFrame
from sanchuang_cli.table import Table
from sanchuang_cli.tally import ASIDE

BOTH, OURS, THEIRS = "两份都列", "只有本县列", "只有另一份列"
_NOT_ASKED = ".not-asked"
"""The end of the code under which a programme tells of columns that a roster lacks, so that nobody is judged by them."""


class ListedBy(NamedTuple):
    """A row that stands on a list by one of the two documents. read_by_theirs: the same row as the other one reads it, with
    its own columns; where that reads none, as ours does."""

    record: Any
    ours: Standing
    theirs: Standing
    read_by_theirs: Any

    @property
    def by(self) -> str:
        """By which of them, in words; of a row that waits, that."""
        if ASIDE in (self.ours.part, self.theirs.part):
            return f"{'本县' if self.ours.part == ASIDE else '另一份'}待核实"
        return BOTH if self.ours.lists and self.theirs.lists else OURS if self.ours.lists else THEIRS


def table(contrast: Contrast, on: PageFrame, name: str) -> Table:
    """The page. contrast: this county's result, and what the other document makes of the same rows. name: the other file's."""
    rows = listed(contrast)
    columns = (
        Col("by", "由哪份列入", of=attrgetter("by")),
        Col("ours", "本县的情形", of=lambda one: _why(one.ours), wide=True, private=True),
        Col("theirs", "另一份的情形", of=lambda one: _why(one.theirs), wide=True, private=True),
        Col("cells", "单元格", of=_cells, wide=True, private=True),
    )
    frame = on._replace(who=tuple(one for one in on.who if not one.of))
    page = Page(
        f"另按{name}",
        f"另按“{name}”会列入的",
        columns,
        rows=partial(_given, rows),
        notes=notes(contrast, rows),
    )
    (made,) = page.tables(contrast.old, frame)
    return made


def listed(contrast: Contrast) -> list[ListedBy]:
    """Every row of the main rosters that stands on a list by one of them, in the order of pages."""
    ours, theirs = (standings(whole, contrast.compares) for whole in (contrast.old, contrast.new))
    records, again = (_records(whole) for whole in (contrast.old, contrast.new))
    known = again | records
    lines = [line for line in dict.fromkeys((*ours, *theirs)) if line in known]
    nowhere = Standing()
    found = (
        ListedBy(
            known[line], ours.get(line, nowhere), theirs.get(line, nowhere), again.get(line, known[line])
        )
        for line in lines
    )
    return [one for one in found if one.ours.lists or one.theirs.lists]


def notes(contrast: Contrast, rows: Sequence[ListedBy]) -> tuple[str, ...]:
    """The other document, how many stand on lists by either, and what the other document asks that no column says."""
    other = contrast.new.at.editions
    counts = "，".join(f"{by} {sum(one.by == by for one in rows)}" for by in (BOTH, OURS, THEIRS))
    edition = contrast.new.at.policy
    said = [
        f"另一份：《{edition.title}》，{edition.document}，{edition.effective} 起施行（{other.name}，SHA-256 {other.sha256[:12]}）。"
    ]
    said.append(f"{counts}。这一页只作比较：本县的名单以本县的文件为准，这里不作决定。")
    unasked: dict[str, list[str]] = {}
    for one in contrast.new.findings:
        if one.code.endswith(_NOT_ASKED):
            unasked.setdefault(one.message, []).append(one.place.sheet)
    return (*said, *(f"按另一份，{message}（{'、'.join(sheets)}）。" for message, sheets in unasked.items()))


def _records(whole: Whole) -> dict[Line, Any]:
    return {
        (roster, one.record.row.line): one.record for roster, judged in whole.judged.items() for one in judged
    }


def _given(rows: Sequence[ListedBy], whole: Whole) -> Sequence[ListedBy]:
    return rows


def _why(standing: Standing) -> str | None:
    if standing.part == ASIDE:
        return ASIDE
    return "；".join(f"{one.what}：{one.said}（{one.basis}）" for one in standing.listed) or None


def _cells(one: ListedBy) -> str | None:
    read = ((one.record, one.ours), (one.read_by_theirs, one.theirs))
    cells = (cell for record, standing in read for reason in standing.listed for cell in reason.cells(record))
    return "；".join(dict.fromkeys(cells)) or None
