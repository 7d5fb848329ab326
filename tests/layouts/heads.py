"""What stands above the rows: headings of several levels, numbers of columns, titles, units, forms, notes."""

from random import Random

from tests.layouts.draft import Draft, Line, upper
from tests.layouts.grid import Cell
from tests.layouts.shapes import PEOPLE

DEPTHS = (
    "two, merged",
    "two, top",
    "two, low",
    "two, nothing merged",
    "three, merged",
    "three, top",
    "three, low",
)
NUMBERS = ("brackets", "plain", "stems", "musts", "formulas")
TITLES = ("none", "merged", "two", "two merged", "annex", "centred", "blank below", "two and blank")
UNITS = ("one cell", "three cells", "merged", "right", "unit only", "date only", "sender only")
FORMS = ("cells", "one cell", "cells below title", "one cell below title", "cells below", "one cell below")
NOTES = ("one long", "several", "merged")


def depth(draft: Draft, variant: str, dice: Random) -> str | None:
    """Headings of two or three levels."""
    draft.depth = 2 if variant.startswith("two") else 3
    draft.across = "nothing" not in variant
    draft.down = (
        "top" if "top" in variant or "nothing" in variant else "low" if "low" in variant else "merged"
    )
    if not any(upper(draft, column) for column in draft.columns):
        draft.depth, draft.across, draft.down = 1, True, "merged"
        return None
    for column in draft.columns:
        if column.field.startswith("more:"):
            column.heading = column.field.partition("/")[2]
    return variant


def column_numbers(draft: Draft, variant: str, dice: Random) -> str:
    """The row of column numbers that statistical returns have below their headings, or what must be filled."""
    cells: dict[int, Cell] = {}
    for n, column in enumerate(draft.columns):
        wide = column.joined and n > 0 and draft.columns[n - 1].over
        if (column.heading is not None or column.joined) and not wide:
            must = column.field in (*draft.shape.identifying, "township")
            cells[n] = _number(variant, len(cells) + 1, column.adds, must)
    draft.under.append(Line(cells))
    return variant


def _number(variant: str, number: int, adds: bool, must: bool) -> Cell:
    if variant == "musts":
        return "必填" if must else "选填"
    if variant == "stems":
        return "甲乙丙"[number - 1] if number <= 3 else number - 3
    if variant == "formulas" and adds and number > 2:
        return f"({number})=({number - 1})+({number - 2})"
    return number if variant == "plain" else f"({number})" if variant == "formulas" else f"（{number}）"


def title(draft: Draft, variant: str, dice: Random) -> str:
    """Replaces the plain title in the first cell."""
    last = draft.width - 1
    first, second = (
        draft.title,
        dice.choice(("（2026年第二季度）", "2026年6月30日", "（审定稿）", "—— 2026年度")),
    )
    lines = {
        "none": [],
        "merged": [Line({0: first}, ((0, last),))],
        "two": [Line({0: first}), Line({0: second})],
        "two merged": [Line({0: first}, ((0, last),)), Line({0: second}, ((0, last),))],
        "annex": [Line({0: dice.choice(("附件1", "附件2：", "附表一"))}), Line({0: first}, ((0, last),))],
        "centred": [Line({draft.width // 2: first})],
        "blank below": [Line({0: first}), Line()],
        "two and blank": [Line({0: first}, ((0, last),)), Line({draft.width // 3: second}), Line()],
    }[variant]
    draft.above = lines
    return variant


def units(draft: Draft, variant: str, dice: Random) -> str:
    """填报单位, the day, and the unit of money, above the head."""
    town = draft.columns[draft.column("township") or 0].cells
    sender = f"{dice.choice(('填报单位（盖章）：', '填报单位：', '单位名称：', '编制单位：'))}{town[0] if town else '青禾镇'}{dice.choice(('', '人民政府', '党委'))}"
    when = dice.choice(
        ("填报时间：2026年6月30日", "填报日期：2026-06-30", "2026年6月30日", "填报时间：    年  月  日")
    )
    unit = (
        dice.choice(("单位：元", "单位：人、元", "金额单位：元"))
        if draft.shape is PEOPLE
        else dice.choice(("单位：分", "单位：分、人"))
    )
    middle, last = draft.width // 2, draft.width - 1
    drawn: dict[str, Line] = {
        "one cell": Line({0: f"{sender}      {when}      {unit}"}),
        "three cells": Line({0: sender, middle: when, last: unit}),
        "merged": Line({0: sender, middle: when}, ((0, middle - 1), (middle, last))),
        "right": Line({0: sender, last: unit}),
        "unit only": Line({last: unit}),
        "date only": Line({middle: when}),
        "sender only": Line({0: sender}),
    }
    draft.above.append(drawn[variant])
    return variant


def form_line(draft: Draft, variant: str, dice: Random) -> str:
    """A line to be filled in by hand: it heads no table."""
    what = dice.choice(("检查时间", "填报时间", "核查时间", "会议时间"))
    cells: dict[int, Cell] = dict(enumerate((what, *"年月日时分")))
    if variant.startswith("one cell"):
        cells = {0: f"{what}：    年    月    日    时    分"}
    elif dice.random() < 0.5:
        cells = {0: f"{what}：", **{2 * n + 2: part for n, part in enumerate("年月日时分")}}
    if variant.endswith("below"):
        draft.below.append(Line(cells))
    else:
        draft.above.insert(1 if "title" in variant and draft.above else 0, Line(cells))
    return variant


def note_above(draft: Draft, variant: str, dice: Random) -> str:
    """How to fill the table in, above it."""
    texts = dice.sample(
        (
            "填表说明：1.姓名与身份证一致；2.银行账号填写一卡通账号；3.请于6月30日前报县委组织部。",
            "说明：本表由乡镇党委填写，一式两份，乡镇党委和县委组织部各留存一份。",
            "请各乡镇认真核对，确保不重不漏。",
            "要求：日期写到日，不清楚的写到月。",
        ),
        1 if variant == "one long" else 2,
    )
    merges = ((0, draft.width - 1),) if variant == "merged" else ()
    draft.above += [Line({0: text}, merges) for text in texts]
    return variant


def plain_title(draft: Draft) -> list[Line]:
    """A title in the first cell."""
    return [Line({0: draft.title})]
