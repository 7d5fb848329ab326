"""Which kinds of layout a seed draws, and the book that they give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from tests.layouts import around, books, columns, heads, lines, totals
from tests.layouts.draft import Draft, Truth, chance, place
from tests.layouts.grid import Grid
from tests.layouts.rosters import drawn
from tests.layouts.shapes import ORGS, PEOPLE

Change = Callable[[Draft, str, Random], str | None]
"""Gives a draft the kind of layout, in one variant of it; more words about what it did, None where it does not apply."""


@dataclass(frozen=True)
class Sort:
    """A kind of layout. odds: how often it is drawn."""

    name: str
    variants: tuple[str, ...]
    change: Change
    odds: float = 0.15


# In the order in which they are applied: columns before their heads, heads before lines, records before what sums
# them up, and at last what stands around.
SORTS = (
    Sort("odd heading", tuple(columns.ODD), columns.odd_heading),
    Sort("note with colon", ("备注：", "备注:"), columns.note_with_colon, 0.05),
    Sort("blank heading", columns.BLANK, columns.blank_heading, 0.12),
    Sort("wrapped headings", ("line breaks", "blanks", "wide blanks", "stars"), columns.wrapped_headings),
    Sort("depth", heads.DEPTHS, heads.depth, 0.3),
    Sort("shared heading", columns.SHARED, columns.shared_heading, 0.1),
    Sort("helper columns", columns.HELPERS, columns.helper_columns, 0.12),
    Sort("hidden column", ("one that is read", "one that is not"), columns.hidden_column, 0.1),
    Sort("wide cells", ("long text", "names and numbers"), columns.wide_cells, 0.06),
    Sort("side label", ("without heading", "with heading"), columns.side_label, 0.05),
    Sort("column numbers", heads.NUMBERS, heads.column_numbers, 0.08),
    Sort("township cells", lines.MERGED, lines.township_cells),
    Sort(
        "empty template",
        ("head only", "head only, signed", "lines", "numbered lines"),
        lines.empty_template,
        0.03,
    ),
    Sort("group rows", lines.GROUPS, lines.group_rows, 0.08),
    Sort("second block", around.BLOCKS, around.second_block, 0.04),
    Sort("totals", totals.WHERE, totals.totals, 0.45),
    Sort("prefilled", lines.PREFILLED, lines.prefilled, 0.12),
    Sort("totals below prefilled", ("end",), totals.totals, 0.04),
    Sort("blank rows", lines.BLANKS, lines.blank_rows, 0.1),
    Sort("repeated head", ("once", "with page number", "with title"), lines.repeated_head, 0.08),
    Sort("hidden rows", lines.HIDDEN, lines.hidden_rows, 0.08),
    Sort("title", heads.TITLES, heads.title, 0.6),
    Sort("note above", heads.NOTES, heads.note_above, 0.08),
    Sort("units", heads.UNITS, heads.units, 0.3),
    Sort("form line", heads.FORMS, heads.form_line, 0.06),
    Sort("side block", around.SIDES, around.side_block, 0.08),
    Sort("stray", around.STRAYS, around.stray, 0.05),
    Sort("opinion", around.OPINIONS, around.opinion, 0.06),
    Sort("notes", around.NOTES, around.notes, 0.15),
    Sort("signature", around.SIGNATURES, around.signature, 0.3),
    Sort("closing", around.CLOSINGS, around.closing, 0.12),
    Sort("named values", around.VALUES, around.named_values, 0.08),
)
BOOKS = (
    Sort("origin", books.ORIGINS, books.no_change, 0.12),
    Sort("second table", books.SECONDS, books.no_change, 0.1),
    Sort("other sheets", books.SHEETS, books.no_change, 0.15),
)
"""What concerns the sheet or the book rather than the table."""

Plan = Mapping[str, str]
"""The variant of each kind of layout that a seed draws."""


@dataclass
class Layout:
    """A book with its truth. kinds: each kind of layout with its variant and what was drawn of it."""

    seed: int
    plan: Plan
    programme: str
    roster: str
    grids: list[Grid]
    truth: Truth
    kinds: dict[str, str] = field(default_factory=dict)


def plan(seed: int) -> dict[str, str]:
    """The kinds of layout that a seed draws, each with dice of its own: a new kind leaves the others as they were."""
    drawn = {}
    for sort in (*SORTS, *BOOKS):
        dice = chance(seed, f"plan {sort.name}")
        if dice.random() < sort.odds:
            drawn[sort.name] = dice.choice(sort.variants)
    return drawn


def build(seed: int, chosen: Plan | None = None) -> Layout:
    """The layout of a seed, or with only some of its kinds: everything else stays as it was."""
    wanted = plan(seed) if chosen is None else chosen
    first = draft(seed, wanted)
    kinds = dict(first[1])
    table = first[0]
    truth, grids = Truth(), [Grid(chance(seed, "sheet").choice(("Sheet1", "名册", "花名册", "汇总表")))]
    origin = books.origin(wanted.get("origin", ""), chance(seed, "origin"))
    end = place(table, grids[0], *origin, truth)
    if "second table" in wanted:
        with_second = books.Asked(wanted["second table"], chance(seed, "second table"))
        books.second_table(with_second, table, (grids[0], origin, end), truth)
    if "other sheets" in wanted:
        asked = books.Asked(wanted["other sheets"], chance(seed, "other sheets"))
        grids = books.other_sheets(asked, table, grids, truth)
    kinds |= {name: wanted[name] for name in ("origin", "second table", "other sheets") if name in wanted}
    return Layout(seed, wanted, table.shape.programme, table.shape.name, grids, truth, kinds)


def draft(seed: int, wanted: Plan) -> tuple[Draft, dict[str, str]]:
    """The table of a layout, and what was drawn of each kind."""
    dice = chance(seed, "roster")
    shape = PEOPLE if dice.random() < 0.7 else ORGS
    size = dice.choice((2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 25))
    wide = dice.random() < 0.35
    town = "青禾镇"
    first = Draft(
        shape, drawn(shape, dice, size, wide), list(range(size)), f"{town}{dice.choice(shape.titles)}"
    )
    if dice.random() < 0.8:
        first.above = heads.plain_title(first)
    kinds = {}
    for sort in SORTS:
        if sort.name in wanted and _applies(sort.name, first, wanted):
            told = sort.change(first, wanted[sort.name], chance(seed, sort.name))
            if told is not None:
                kinds[sort.name] = (
                    wanted[sort.name] if told == wanted[sort.name] else f"{wanted[sort.name]}: {told}"
                )
    return first, kinds


def _applies(name: str, draft: Draft, wanted: Plan) -> bool:
    """Some kinds exclude one another: no reader could tell what is meant, or the one leaves nothing for the other."""
    if draft.block and name in ("side block", "stray", "totals", "prefilled", "totals below prefilled", "blank rows", "repeated head",
                                "hidden rows"):  # fmt: skip
        return False
    if name == "second block":
        return not any(column.down for column in draft.columns) and "helper columns" not in wanted
    if name in ("group rows", "totals", "totals below prefilled", "prefilled"):
        return "empty template" not in wanted
    if name in ("side block", "stray"):
        return "helper columns" not in wanted
    return True
