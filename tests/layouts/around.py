"""What stands below and beside a table: signatures, notes, the sender and the day, values by name, statistics, a second block."""

from datetime import date
from itertools import pairwise
from random import Random

from tests.layouts.draft import Block, Draft, Line, columns_of
from tests.layouts.grid import Cell
from tests.layouts.lines import DITTOS

SIGNATURES = ("one cell", "cells", "merged", "named", "name in the next cell", "two lines", "after blanks")
CLOSINGS = ("sender and day", "sender and day as a date", "day only", "one cell")
NOTES = ("one", "numbered", "merged", "after blanks", "one in the second column")
VALUES = ("two columns", "with colons", "one cell each")
SIDES = ("headed", "unheaded", "notes", "townships", "headed after two gaps")
BLOCKS = ("no gap", "gap", "wide gap", "three")
OPINIONS = ("one line", "several lines", "merged")
STRAYS = ("far right", "far below", "above right")


def signature(draft: Draft, variant: str, dice: Random) -> str:
    """负责人、审核人、填表人, blank or signed."""
    whose = dice.choice(
        (
            ("单位负责人", "审核人", "填表人", "联系电话"),
            ("负责人", "制表人"),
            ("审核", "经办", "制表"),
            ("填表人", "联系电话"),
        )
    )
    signed = {"联系电话": "0600-5512345"}
    names = [signed.get(who, "王德福") if "name" in variant or dice.random() < 0.3 else "" for who in whose]
    step = max(1, draft.width // len(whose))
    texts = [f"{who}：{name}" for who, name in zip(whose, names, strict=True)]
    lines = {
        "one cell": [Line({0: "      ".join(texts)})],
        "merged": [Line({0: "      ".join(texts)}, ((0, draft.width - 1),))],
        "two lines": [Line({0: text}) for text in texts[:2]],
    }.get(variant, [Line({n * step: text for n, text in enumerate(texts)})])
    if variant == "name in the next cell" and step > 1:
        cells: dict[int, Cell] = {}
        for n, (who, name) in enumerate(zip(whose, names, strict=True)):
            cells |= {n * step: f"{who}：", n * step + 1: name}
        lines = [Line(cells)]
    draft.below += [Line()] * dice.choice((1, 2)) + lines if variant == "after blanks" else lines
    return variant


def closing(draft: Draft, variant: str, dice: Random) -> str:
    """落款: the sender and the day at the lower right."""
    at, who = (
        draft.width - dice.choice((1, 2, 3)),
        dice.choice(("中共青禾镇委员会", "青禾镇人民政府", "青禾镇党委组织办")),
    )
    when = dice.choice(("2026年6月30日", "二〇二六年六月三十日", "2026.6.30"))
    lines = {
        "sender and day": [Line({at: who}), Line({at: when})],
        "sender and day as a date": [Line({at: who}), Line({at: date(2026, 6, 30)})],
        "day only": [Line({at: when})],
        "one cell": [Line({at: f"{who} {when}"})],
    }[variant]
    draft.below += [Line()] * dice.choice((0, 1, 2)) + lines
    return variant


def notes(draft: Draft, variant: str, dice: Random) -> str:
    """Notes below the table."""
    texts = dice.sample(
        (
            "注：本表一式两份。",
            "说明：银行账号均为本人一卡通账号。",
            "备注：以上人员均已公示，无异议。",
            "填表说明：离任日期填写到月。",
            "注：1.本表由乡镇填写；2.不得漏报。",
        ),
        1 if variant in ("one", "merged") else 2,
    )
    if variant == "numbered":
        texts = ["备注：", *(f"{n}.{text.split('：')[1]}" for n, text in enumerate(texts, 1))]
    at = 1 if "second" in variant else 0
    merges = ((0, draft.width - 1),) if variant == "merged" else ()
    draft.below += [Line()] * (2 if "blanks" in variant else 0) + [Line({at: text}, merges) for text in texts]
    return variant


def named_values(draft: Draft, variant: str, dice: Random) -> str:
    """Values by name below the table, after blank rows."""
    pairs: list[tuple[str, Cell]] = dice.sample(
        [
            ("总人数", len(draft.records)),
            ("发放总额", 7575),
            ("经办人", "王德福"),
            ("联系电话", "0600-5512345"),
            ("开户单位", "青禾镇财政所"),
            ("账户名称", "青禾镇离任村干部补贴专户"),
            ("填报日期", "2026-06-30"),
        ],
        dice.choice((2, 3, 4, 5)),
    )
    at = dice.choice((0, 0, 1))
    draft.below += [Line()] * dice.choice((1, 2, 3))
    for name, value in pairs:
        cells: dict[int, Cell] = {at: name, at + 1: value}
        if variant == "with colons":
            cells = {at: f"{name}：", at + 1: value}
        elif variant == "one cell each":
            cells = {at: f"{name}：{value}"}
        draft.below.append(Line(cells))
    return variant


def side_block(draft: Draft, variant: str, dice: Random) -> str:
    """Statistics or notes to the right of the table, with a gap between."""
    size = len(draft.records)
    lines: list[tuple[Cell, ...]] = [("健在", size), ("去世", 0), ("合计", size)]
    if variant.startswith("headed"):
        lines = [("类别", "人数"), *lines]
    elif variant == "unheaded":
        lines = [(), *lines]
    elif variant == "notes":
        lines = [("说明：",), ("红色为新增人员",), (), ("黄色为待核实人员",)]
    else:
        lines = [
            ("乡镇", "人数", "金额"),
            ("青禾镇", size, 505 * size),
            ("望河乡", 0, 0),
            ("合计", size, 505 * size),
        ]
    lines = [()] * dice.choice((0, 0, 1, 3)) + lines
    draft.beside.append(Block(tuple(lines), 2 if "two gaps" in variant else 1))
    return variant


def second_block(draft: Draft, variant: str, dice: Random) -> str | None:
    """The records in two blocks side by side, as clerks do to save paper."""
    records = [line for line in draft.body if isinstance(line, int)]
    if len(records) != len(draft.body) or len(records) < 4 or draft.beside:
        return None
    half = -(-len(records) // (3 if variant == "three" else 2))
    gap = {"no gap": 0, "gap": 1, "wide gap": 2, "three": dice.choice((0, 1))}[variant]
    parts = [records[n : n + half] for n in range(0, len(records), half)]
    blocks = [_block(draft, part) for part in parts[1:]]
    for left, right in pairwise([draft, *blocks]):
        left.block = right, gap
    draft.columns, draft.body, draft.hidden = columns_of(draft, parts[0]), list(range(half)), set()
    return variant


def _block(draft: Draft, records: list[int]) -> Draft:
    """Some of the records under the same head."""
    block = Draft(draft.shape, columns_of(draft, records), list(range(len(records))), "")
    for column in block.columns:
        if column.cells[0] in DITTOS:  # nothing stands above it that it could mean
            column.cells[0] = column.truth[0]
    block.depth, block.across, block.down, block.under = draft.depth, draft.across, draft.down, draft.under
    return block


def opinion(draft: Draft, variant: str, dice: Random) -> str:
    """乡镇党委意见, with room for a seal and the day."""
    who = dice.choice(("乡镇党委意见", "村党组织意见", "县委组织部意见", "审核意见"))
    texts = [f"{who}：", "（盖章）", "年    月    日"]
    last = draft.width - 1
    draft.below += {
        "one line": [Line({0: "            ".join(texts)})],
        "several lines": [Line({0: texts[0]}), Line({last: texts[1]}), Line({last: texts[2]})],
        "merged": [Line({0: "            ".join(texts)}, ((0, last),))],
    }[variant]
    return variant


def stray(draft: Draft, variant: str, dice: Random) -> str:
    """A word or figure that somebody left far from the table."""
    what: Cell = dice.choice(("核对完毕", "√", 7575, "已报", "草稿"))
    if variant == "far below":
        draft.below += [Line()] * dice.choice((4, 9, 20)) + [Line({dice.randrange(draft.width): what})]
    elif variant == "far right":
        draft.beside.append(Block(((),) * dice.randrange(1, 5) + ((what,),), dice.choice((3, 6))))
    else:
        draft.above.insert(0, Line({draft.width + 1: what}))
    return variant
