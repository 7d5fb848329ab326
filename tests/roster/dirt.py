"""Dirty rosters with their ground truth: what a township sends, and what it must be read as. Seeded; no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Cell
from sanchuang_cli.roster.grid import Sheet
from tests.roster.dirty_cells import SHAPES

# --- rosters ---


@dataclass(frozen=True)
class Truth:
    """What one data row must give: values by field name, codes by field name, and the row it stands in."""

    row: int
    values: dict[str, Any]
    codes: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class DirtyRoster:
    sheet: Sheet
    truths: tuple[Truth, ...]


@dataclass(frozen=True)
class DirtyColumn:
    """A field by name and kind, and the headings it may stand under."""

    name: str
    kind: Kind
    headings: tuple[str, ...]


def messy_heading(heading: str, random: Random) -> str:
    """The heading as it stands on some form."""
    half = len(heading) // 2
    spaced = " ".join(heading) if len(heading) == 2 else heading
    forms = (
        spaced,
        f"{heading[:half]}\n{heading[half:]}",
        f"*{heading}",
        f" {heading} ",
        f"{heading}（必填）",
    )
    return random.choice((heading, heading, heading, *forms))


def dirty_roster(
    columns: Sequence[DirtyColumn], rows: int, random: Random, share: float = 0.2
) -> DirtyRoster:
    """A sheet as a township would send it: title, unit line, header anywhere, subtotals, total, signature.

    share: of cells that are in any shape but the first, clean one of their kind.
    """
    columns = random.sample(list(columns), len(columns))
    left = random.randrange(3)
    margin: tuple[Cell, ...] = ("",) * left
    width = len(columns) + 1
    grid: list[tuple[Cell, ...]] = []
    for line in ("离任村干部花名册", "填报单位：东河镇（盖章）    2012年6月2日"):
        if random.random() < 0.7:
            grid.append((*margin, line))
    header = (*margin, "序号", *(messy_heading(random.choice(c.headings), random) for c in columns))
    grid.append(header)
    truths = []
    for number in range(1, rows + 1):
        shapes = [SHAPES[column.kind] for column in columns]
        cells = [(random.choice(s) if random.random() < share else s[0])(random) for s in shapes]
        grid.append((*margin, float(number), *(cell.cell for cell in cells)))
        truths.append(
            Truth(
                len(grid),
                {column.name: cell.value for column, cell in zip(columns, cells, strict=True)},
                {column.name: cell.codes for column, cell in zip(columns, cells, strict=True)},
            )
        )
        if number % 10 == 0 and random.random() < 0.3:
            grid.append((*margin, "小计", *[""] * (width - 1)))
    if random.random() < 0.6:
        grid.append((*margin, "合计", *[""] * (width - 1)))
    if random.random() < 0.6:
        grid.append((*margin, "单位负责人：        审核人：        制表人：        联系电话："))
    return DirtyRoster(Sheet("花名册", tuple(grid)), tuple(truths))
