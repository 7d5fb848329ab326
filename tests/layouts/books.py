"""Where the table stands in its sheet, what other tables stand there, and what other sheets the book has."""

from dataclasses import dataclass, replace
from random import Random

from tests.layouts.draft import Draft, Line, Truth, columns_of, place
from tests.layouts.grid import At, Cell, Grid
from tests.layouts.rosters import Column, drawn
from tests.layouts.shapes import ORGS, PEOPLE

ORIGINS = ("C5", "B2", "A4", "D1", "anywhere")
SECONDS = (
    "below, same headings",
    "below, fewer headings",
    "below, other headings",
    "below, same headings and no title",
    "below, statistics",
    "below, statistics and no title",
    "beside, same headings",
    "beside, statistics",
)
SHEETS = (
    "instructions",
    "statistics",
    "word lists",
    "empty",
    "second roster",
    "several",
    "hidden statistics first",
    "paid list",
    "form",
    "empty roster",
)


@dataclass(frozen=True)
class Asked:
    variant: str
    dice: Random


def no_change(draft: Draft, variant: str, dice: Random) -> str | None:
    """What concerns the sheet or the book changes nothing in the table."""
    return None


def origin(variant: str, dice: Random) -> At:
    """The corner of what is written, from 0."""
    fixed = {"C5": (4, 2), "B2": (1, 1), "A4": (3, 0), "D1": (0, 3)}
    if variant == "anywhere":
        return dice.randrange(8), dice.randrange(5)
    return fixed.get(variant, (0, 0))


def second_table(asked: Asked, first: Draft, where: tuple[Grid, At, int], truth: Truth) -> None:
    """Another table with a title of its own on the same sheet."""
    grid, (row, column), end = where
    dice = asked.dice
    untitled = "no title" in asked.variant
    below = "below" in asked.variant
    corner = (
        (end + dice.choice((1, 2, 3) if untitled else (0, 1, 2, 3)), column)
        if below
        else (row, max(column + first.width, grid.width) + dice.choice((1, 2)))
    )
    if "statistics" in asked.variant:
        _statistics(grid, corner, len(first.records), titled=not untitled)
        return
    second = _another(first, dice, asked.variant.rpartition(", ")[2].partition(" ")[0])
    if untitled:
        second.above = []
    place(second, grid, *corner, truth)


def _another(first: Draft, dice: Random, headings: str) -> Draft:
    """A second roster of the kind, with other records: with the same headings, with fewer, or with another clerk's."""
    size = dice.choice((2, 3, 5, 8))
    columns = drawn(first.shape, dice, size, True)
    for column in columns:
        if first.shape is ORGS and column.field == "name":  # never one that the first table has
            column.cells = [str(name).replace("党支部", "第二党支部") for name in column.cells]
            column.truth = list(column.cells)
    if headings != "other" and first.records:
        columns = _headed_alike(first, columns, size, headings == "same")
    second = Draft(first.shape, columns, list(range(size)), f"柳泉乡{dice.choice(first.shape.titles)}")
    if headings == "same" and first.records:
        second.depth, second.across, second.down = first.depth, first.across, first.down
    second.above = [Line({0: second.title}, ((0, second.width - 1),) if dice.random() < 0.4 else ())]
    return second


def _headed_alike(first: Draft, drawn_too: list[Column], size: int, every: bool) -> list[Column]:
    """The columns of the first table with the records of the second. every: those that nothing is read from, too."""
    named = {column.field: column for column in drawn_too if column.field}
    found = []
    for column in first.columns:
        plain = replace(
            column, loose=set(), hidden=False, told=False, cells=[None] * size, truth=[None] * size
        )
        sure = len(column.loose) < len(column.cells)
        if column.field in named and column.heading is not None and not column.joined and sure:
            other = named[column.field]
            found.append(replace(plain, cells=other.cells, truth=other.truth))
        elif column.serial:
            found.append(replace(plain, cells=list(range(1, size + 1))))
        elif every or column.field in first.shape.identifying:
            found.append(replace(plain, field=""))
    return found


def other_sheets(asked: Asked, first: Draft, grids: list[Grid], truth: Truth) -> list[Grid]:
    """Sheets before and behind the roster's."""
    dice, made = asked.dice, list[Grid]()
    variants = dice.sample(SHEETS[:5], 3) if asked.variant == "several" else [asked.variant]
    if asked.variant == "paid list" and (first.shape is not PEOPLE or first.block or not first.records):
        variants = ["instructions"]
    for variant in variants:
        if variant == "instructions":
            made.append(_instructions(dice))
        elif "statistics" in variant:
            sheet = Grid(dice.choice(("统计", "汇总", "分乡镇汇总")), hidden=variant.startswith("hidden"))
            _statistics(sheet, (0, 0), len(first.records), dice.random() < 0.5)
            made.append(sheet)
        elif variant == "word lists":
            made.append(_word_lists())
        elif variant == "paid list":
            made.append(_paid_list(first))
        elif variant == "form":
            made.append(_form())
        elif variant == "empty roster":
            made.append(_empty_roster(first))
        elif variant == "empty":
            made.append(Grid("Sheet3"))
        else:
            sheet = Grid("柳泉乡")
            place(_another(first, dice, dice.choice(("same", "fewer", "other"))), sheet, 0, 0, truth)
            made.append(sheet)
    if asked.variant == "hidden statistics first" or dice.random() < 0.4:
        return [*made, *grids]
    return [*grids, *made]


def _instructions(dice: Random) -> Grid:
    sheet = Grid("填表说明")
    for row, text in enumerate(
        (
            "填表说明",
            "一、姓名应与身份证一致。",
            "二、身份证号为18位，以文本格式填写。",
            "三、任职经历按“起—止 职务”填写，多段用分号隔开。",
            "四、本表于每季度末月20日前报县委组织部。",
        )
    ):
        sheet.put(row, 0, text)
    return sheet


def _statistics(sheet: Grid, corner: At, size: int, titled: bool) -> None:
    rows: list[tuple[Cell, ...]] = [
        *([("分乡镇统计表",)] if titled else []),
        ("乡镇", "人数", "金额（元）"),
        ("青禾镇", size, 505 * size),
        ("望河乡", 2, 1010),
        ("合计", size + 2, 505 * (size + 2)),
    ]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.put(corner[0] + row, corner[1] + column, cell)


def _word_lists() -> Grid:
    sheet = Grid("字典")
    for column, words in enumerate(
        (("性别", "男", "女"), ("是否", "是", "否"), ("健在情况", "健在", "去世"))
    ):
        for row, word in enumerate(words):
            sheet.put(row, column, word)
    return sheet


def _paid_list(first: Draft) -> Grid:
    """The same people once more, with what they were paid and where they sign: no roster."""
    sheet = Grid("发放签领表")
    named = {column.field: column for column in first.columns if column.field}
    rows: list[list[Cell]] = [
        ["2026年第二季度补贴发放签领表"],
        ["序号", "姓名", "身份证号", "补贴标准", "发放月数", "发放金额", "领款人签字"],
        *([n + 1, named["name"].truth[n], named["identity"].truth[n], 505, 3, 1515] for n in first.records),
        ["合计", None, None, None, None, 1515 * len(first.records)],
    ]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.put(row, column, cell)
    return sheet


def _form() -> Grid:
    """What one person fills in and others sign: it has names and numbers, and is no roster."""
    sheet = Grid("审批表")
    rows: list[list[Cell]] = [
        ["离任村干部生活补贴审批表"],
        ["姓名", "王德福", "性别", "男", "出生年月", "1945.06"],
        ["身份证号", "230299194506150137", None, None, "民族", "汉"],
        ["任职经历", "1984-05—1999-04 村支部书记"],
        ["村党组织意见", "（盖章）    年  月  日"],
        ["乡镇党委意见", "（盖章）    年  月  日"],
    ]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.put(row, column, cell)
    return sheet


def _empty_roster(first: Draft) -> Grid:
    """A blank copy of the roster."""
    sheet, blank = Grid("空表"), Draft(first.shape, columns_of(first, []), [], first.title)
    blank.above = [Line({0: first.title})]
    blank.depth, blank.across, blank.down = first.depth, first.across, first.down
    place(blank, sheet, 0, 0, Truth())
    return sheet
