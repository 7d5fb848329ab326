"""Odd columns among known ones: periods as headings, headings merged over two columns or missing, helpers, hidden ones."""

from datetime import date
from random import Random
from typing import Any

from tests.layouts.draft import Draft
from tests.layouts.grid import Cell, Formula
from tests.layouts.rosters import Column

ODD: dict[str, tuple[Cell, ...]] = {
    "month in words": ("2026年4月", "2025年12月", "4月", "2026年4月份"),
    "month as a number": (202604, 202512),
    "year": (2025, 2026, "2025年", "2025"),
    "date": (date(2026, 4, 1), "2026-04-01", "2026.4"),
    "number": (1, 2, 10, "1"),
    "every month": (),
    "quarter": ("2026年第一季度", "一季度", "2026Q1"),
}
SHARED = ("bank and account", "standard by year", "standard by year, one heading")
BLANK = ("account", "running number", "helper between", "empty between", "numbers between")
HELPERS = ("visible", "hidden", "visible after a gap", "hidden after a gap")


def odd_heading(draft: Draft, variant: str, dice: Random) -> str:
    """A column whose heading is no word: a payment by month, a year's figures, a number of something."""
    at = (
        dice.randrange(max(2, draft.width - 3), draft.width + 1)
        if dice.random() < 0.6
        else dice.randrange(2, draft.width)
    )
    content = dice.choice(("figures", "figures", "ticks", "nothing"))
    found = [
        Column(
            "",
            heading,
            _content(draft, content, dice),
            _nothing(draft),
            content == "figures",
            told=True,
            fixed=True,
        )
        for heading in _odd(variant, dice)
    ]
    _insert(draft, at, *found)
    return content


def _odd(variant: str, dice: Random) -> list[Cell]:
    if variant == "every month":
        first, last = dice.choice(((1, 12), (1, 6), (4, 6), (10, 12)))
        return [f"{month}月" for month in range(first, last + 1)]
    headings = list(ODD[variant])
    return dice.sample(headings, 1) if dice.random() < 0.7 else headings[:2]


def note_with_colon(draft: Draft, variant: str, dice: Random) -> str | None:
    """备注： as a heading looks like the beginning of a note below a table."""
    at = draft.column("remarks")
    if at is None:
        return None
    draft.columns[at].heading = variant
    draft.columns[at].loose = set(range(len(draft.columns[at].cells)))
    return variant


def shared_heading(draft: Draft, variant: str, dice: Random) -> str | None:
    """One heading merged over two columns."""
    if variant == "bank and account":
        bank, account = draft.column("bank"), draft.column("account")
        if bank is None or account is None:
            return None
        second = draft.columns.pop(account)
        bank = draft.columns.index(draft.columns[bank - (account < bank)])
        first = draft.columns[bank]
        first.heading = dice.choice(("开户行及账号", "开户银行及账号", "开户行、账号"))
        first.group = first.top = second.group = second.top = ""
        first.loose = second.loose = set(range(len(first.cells)))
        second.joined = True
        second.heading = None
        draft.columns.insert(bank + 1, second)
        return variant
    at = dice.randrange(2, draft.width + 1)
    years = [dice.choice(("2025", "2025年", 2025)), dice.choice(("2026", "2026年", 2026))]
    heading = dice.choice(("补助标准", "月标准", "补贴标准"))
    pair = [
        Column("", year, _content(draft, "figures", dice), _nothing(draft), True, fixed=True)
        for year in years
    ]
    if variant == "standard by year, one heading" or draft.depth == 1:
        pair[0].heading, pair[1].heading, pair[1].joined = heading, None, True
        variant = "standard by year, one heading"
    for column in pair:
        column.group, column.top = ("", "") if pair[1].joined else (heading, heading)
    _insert(draft, at, *pair)
    return variant


def blank_heading(draft: Draft, variant: str, dice: Random) -> str | None:
    """A column without a heading between columns that have one."""
    if variant == "account":
        at = draft.column("account")
        if at is None or at + 1 == draft.width:
            return None
        draft.columns[at].heading = None
        draft.columns[at].group = draft.columns[at].top = ""
        draft.columns[at].loose = set(range(len(draft.columns[at].cells)))
        return variant
    if variant == "running number":
        if draft.serial is None:
            return None
        draft.columns[draft.serial].heading = None  # plainly a running number: nobody need be told
        return variant
    content = {"helper between": "ticks", "empty between": "nothing", "numbers between": "figures"}[variant]
    cells = _content(draft, content, dice)
    told = any(cell is not None for cell in cells)
    _insert(
        draft,
        dice.randrange(1, draft.width),
        Column("", None, cells, _nothing(draft), content == "figures", told=told, fixed=True),
    )
    return variant


def helper_columns(draft: Draft, variant: str, dice: Random) -> str:
    """Columns without headings to the right, where somebody worked something out."""
    if "gap" in variant:
        _insert(
            draft,
            draft.width,
            Column("", None, _content(draft, "nothing", dice), _nothing(draft), fixed=True),
        )
    kind = dice.choice(("ones", "marks", "lookups", "copies", "figures"))
    for _ in range(dice.choice((1, 1, 2, 3, 5))):
        cells = _content(draft, kind, dice)
        told = any(cell is not None for cell in cells)
        column = Column(
            "", None, cells, _nothing(draft), False, hidden="hidden" in variant, told=told, fixed=True
        )
        _insert(draft, draft.width, column)
    return kind


def hidden_column(draft: Draft, variant: str, dice: Random) -> str | None:
    """A column of the roster that is hidden counts as any other."""
    read = [column for column in draft.columns if column.field and column.field != "name"]
    other = [column for column in draft.columns if not column.field and not column.told]
    found = read if variant == "one that is read" else other
    if not found:
        return None
    column = dice.choice(found)
    column.hidden = True
    return column.field or "-"


def wrapped_headings(draft: Draft, variant: str, dice: Random) -> str:
    """Headings as they are set in narrow columns: with line breaks, blanks, a star for what must be filled."""
    for column in draft.columns:
        if (
            not isinstance(column.heading, str)
            or len(column.heading) < 2
            or column.fixed
            or dice.random() < 0.4
        ):
            continue
        middle = len(column.heading) // 2
        column.heading = {
            "line breaks": f"{column.heading[:middle]}\n{column.heading[middle:]}",
            "blanks": " ".join(column.heading) if len(column.heading) == 2 else f" {column.heading} ",
            "wide blanks": "\u3000".join(column.heading)
            if len(column.heading) == 2
            else f"{column.heading}\u3000",
            "stars": f"*{column.heading}",
        }[variant]
    return variant


def wide_cells(draft: Draft, variant: str, dice: Random) -> str | None:
    """A column that takes two of the sheet's, in its heading and in every row."""
    names = (
        ("remarks", "spells", "post", "cause", "bank")
        if variant == "long text"
        else ("name", "identity", "account")
    )
    found = [at for name in names if (at := draft.column(name)) is not None and not draft.columns[at].loose]
    found = [at for at in found if at + 1 == draft.width or not draft.columns[at + 1].joined]
    if not found or draft.columns[found[0]].heading is None:
        return None
    at = dice.choice(found)
    first = draft.columns[at]
    first.over = True
    second = Column(
        "", None, _nothing(draft), _nothing(draft), group=first.group, top=first.top, joined=True, fixed=True
    )
    draft.columns.insert(at + 1, second)
    return first.field


def side_label(draft: Draft, variant: str, dice: Random) -> str:
    """What all the rows are, written once at the left and merged down."""
    text = dice.choice(("离任村干部", "在册人员", "农村", "一般人员"))
    heading = None if variant == "without heading" else dice.choice(("分类", "人员分类"))
    draft.columns.insert(
        0, Column("", heading, [text] * len(draft.columns[0].cells), _nothing(draft), fixed=True, down=True)
    )
    return variant


def _insert(draft: Draft, at: int, *columns: Column) -> None:
    """Within a group they become part of it, as in Excel, or stand behind it where they are a group of their own; they
    never come between two columns that share a merged heading."""
    while 0 < at < draft.width and (
        draft.columns[at].joined
        or (columns[0].group and draft.columns[at - 1].group == draft.columns[at].group != "")
    ):
        at += 1
    if 0 < at < draft.width and draft.columns[at - 1].group == draft.columns[at].group:
        for column in columns:
            column.group, column.top = draft.columns[at].group, draft.columns[at].top
    draft.columns[at:at] = columns


def _nothing(draft: Draft) -> list[Any]:
    return [None] * len(draft.columns[0].cells)


def _content(draft: Draft, kind: str, dice: Random) -> list[Cell]:
    names = draft.columns[draft.column("name") or 0].cells
    drawn: dict[str, list[Cell]] = {
        "figures": [dice.choice((300, 450, 505, 1515)) for _ in names],
        "ticks": [dice.choice(("√", "√", None)) for _ in names],
        "nothing": [None for _ in names],
        "ones": [dice.choice((0, 1)) for _ in names],
        "marks": [dice.choice(("已核", "已核对", None, "缺照片")) for _ in names],
        "lookups": [
            Formula("=VLOOKUP({key}{row},$AA$1:$AB$9,2,0)", dice.choice(("#N/A", 505, 505))) for _ in names
        ],
        "copies": [Formula("={key}{row}", str(name)) for name in names],
    }
    return drawn[kind]
