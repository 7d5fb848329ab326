"""A roster drawn column by column: each cell with what is to be read from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made
from random import Random
from typing import Any

from sanchuang_cli.period import VagueDate
from tests.layouts.grid import Cell, Formula
from tests.layouts.shapes import PEOPLE, TOWNSHIPS, VILLAGES, Kind, Shape, day, identity


@dataclass
class Column:
    """A column of a roster with a cell for each record.

    field: the record's field that it is to be read into, "" for one that no field takes. truth: what is to be read.
    adds: its figures can be added up. group, top: headings that may be written above it.
    loose: records in which the field may stay blank, if a finding names the column or the row.
    hidden: in the sheet. told: a finding must name the column.
    """

    field: str
    heading: Cell
    cells: list[Cell]
    truth: list[Any]
    adds: bool = False
    group: str = ""
    top: str = ""
    loose: set[int] = made(default_factory=set)
    hidden: bool = False
    told: bool = False
    fixed: bool = False
    joined: bool = False
    """Its heading is merged over it from the column to the left."""
    down: bool = False
    """Equal cells of neighbouring rows are merged down."""
    serial: bool = False
    """It holds the running number."""
    over: bool = False
    """Each of its cells is merged over the column to the right."""


def drawn(shape: Shape, dice: Random, size: int, wide: bool) -> list[Column]:
    """The columns of a roster of `size` records, in an order that clerks use: a running number, then where and who."""
    share = 0.9 if wide else 0.35
    chosen = [kind for kind in shape.other if dice.random() < share]
    chosen += [kind for kind in shape.unread if dice.random() < 0.25]
    kinds = [*shape.first, *(replace(kind, sparse=True) for kind in chosen)]
    if dice.random() < 0.3 and shape is PEOPLE:
        kinds = [*kinds[2:4], *kinds[:2], *kinds[4:]]
    columns = [_column(kind, dice, size) for kind in kinds]
    _depending(columns, shape, dice, size)
    if dice.random() < 0.85:
        head = dice.choice(("序号", "序号", "编号"))
        columns.insert(0, Column("", head, _serial(dice, size), [None] * size, fixed=True, serial=True))
    return columns


def _serial(dice: Random, size: int) -> list[Cell]:
    """Running numbers: as numbers, as text, or worked out."""
    style, numbers = dice.random(), range(1, size + 1)
    if style < 0.8:
        return list(numbers)
    if style < 0.85:
        return [*numbers[:-1], None]  # somebody added the last one
    return [f"{n:03}" for n in numbers] if style < 0.95 else [Formula("=ROW()-3", n) for n in numbers]


def _column(kind: Kind, dice: Random, size: int) -> Column:
    style = dice.randrange(12)
    gaps = 0.3 if kind.sparse and dice.random() < 0.25 else 0
    pairs = [(None, None) if dice.random() < gaps else kind.draw(dice, style) for _ in range(size)]
    return Column(
        kind.field,
        dice.choice(kind.headings),
        [cell for cell, _ in pairs],
        [value for _, value in pairs],
        kind.adds,
        kind.group,
        kind.top,
    )


def _depending(columns: Sequence[Column], shape: Shape, dice: Random, size: int) -> None:
    """The cells that depend on others: townships and villages in order, birth days and sexes as in identity numbers."""
    by_field = {column.field: column for column in columns if column.field}
    towns = sorted(dice.sample(range(len(TOWNSHIPS)), dice.choice((1, 1, 2, 3))))
    at = sorted(dice.choice(towns) for _ in range(size))
    filled = {"township": [TOWNSHIPS[each] for each in at]}
    villages = [VILLAGES[(each * 3 + n * 3 // max(size, 1)) % len(VILLAGES)] for n, each in enumerate(at)]
    if shape is PEOPLE:
        filled["village"] = villages
        born = [day(dice, 1936, 1962) for _ in range(size)]
        women = [dice.random() < 0.3 for _ in range(size)]
        filled["identity"] = [identity(dice, b, w) for b, w in zip(born, women, strict=True)]
        filled["sex"] = ["女" if woman else "男" for woman in women]
        if "born" in by_field:
            by_field["born"].cells = [f"{each:%Y-%m-%d}" for each in born]
            by_field["born"].truth = [VagueDate.on(each) for each in born]
    else:
        names = (
            dice.sample(VILLAGES, size)
            if size <= len(VILLAGES)
            else [f"{v}第{n}" for n, v in enumerate(villages, 1)]
        )
        filled["name"] = [f"{name}党支部" for name in names]
    for name, values in filled.items():
        if name in by_field:
            by_field[name].cells, by_field[name].truth = list(values), list(values)
