"""Rows that sum up: of every word, in every place, with a running number, a township, or no label at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random

from tests.layouts.draft import Draft, Line
from tests.layouts.grid import Cell, Formula
from tests.layouts.shapes import ORGS

WHERE = (
    "end",
    "end",
    "first",
    "by township",
    "by township and end",
    "pages",
    "several",
    "in words",
    "records below",
)
WORDS: dict[str, tuple[str, ...]] = {
    "sum": (
        "合计",
        "总计",
        "合 计",
        "共计",
        "总合计",
        "合计：",
        "合  计",
        "总 计",
        "全镇合计",
        "合计（元）",
        "累计",
        "以上合计",
        "合计金额",
        "总 计：",
    ),
    "part": ("小计", "小 计", "{town}小计", "{town}合计", "小计：", "{town} 小计"),
    "page": ("本页合计", "本页小计", "本页共计", "本页小 计"),
    "mean": ("平均", "平均分", "平均值", "人均", "平均数", "{town}平均分", "全镇平均", "平均分："),
    "share": ("占比", "比例", "占比（%）", "百分比", "所占比例"),
    "extreme": ("最高分", "最低分", "最高", "最低"),
    "count": ("人数", "总人数", "合计人数", "合计", "共计"),
}
LABELS = (
    "first",
    "first",
    "key",
    "name",
    "third",
    "township",
    "after township",
    "merged",
    "none",
    "beside figures",
)


@dataclass(frozen=True)
class Style:
    """How one row sums up. sort: of WORDS. label: where the word stands. numbered: a running number stands before it.

    counted: how many rows there are is written too, as 12人.
    """

    sort: str
    word: str
    label: str
    numbered: bool
    counted: bool
    formulas: bool

    @property
    def told(self) -> str:
        return f"{self.word}/{self.label}{'/numbered' if self.numbered else ''}"


def style(draft: Draft, sort: str, dice: Random, town: str) -> Style:
    """Where there is nothing to add up, heads are counted."""
    figures = any(column.adds and column.heading is not None for column in draft.columns)
    if not figures and sort not in ("part", "page"):
        sort = "count"
    label = dice.choice(LABELS)
    summing = sort in ("sum", "part", "page")
    if label == "none" and not (summing and figures):
        label = "first"
    return Style(
        sort,
        dice.choice(WORDS[sort]).format(town=town),
        label,
        draft.serial is not None and label not in ("first", "merged", "none") and dice.random() < 0.4,
        not figures or (summing and dice.random() < 0.3),
        dice.random() < 0.5,
    )


def row(draft: Draft, records: Sequence[int], how: Style, dice: Random) -> Line:
    """A row that sums up these records."""
    cells: dict[int, Cell] = {}
    for n, column in enumerate(draft.columns):
        if column.adds and column.heading is not None:
            cells[n] = _figure(column.cells, records, how)
    at = _label_at(draft, how, cells)
    town = draft.column("township")
    if how.label == "after township" and town is not None and records:
        cells[town] = draft.columns[town].cells[records[0]]
    if how.numbered and draft.serial is not None:
        cells[draft.serial] = len(draft.records) + 1
    merges: tuple[tuple[int, int], ...] = ()
    if how.label != "none":
        cells[at] = how.word
        if how.counted:
            _count(draft, cells, at, len(records), dice)
        if how.label == "merged":
            free = next((n for n in range(1, draft.width) if n in cells), draft.width)
            merges = ((0, max(free - 1, 0)),)
    return Line(cells, merges)


def _label_at(draft: Draft, how: Style, cells: dict[int, Cell]) -> int:
    name, town = draft.column("name") or 0, draft.column("township")
    wanted = {
        "first": 0,
        "merged": 0,
        "key": draft.key,
        "name": name,
        "third": 2,
        "township": town if town is not None else 0,
        "after township": name,
        "beside figures": min(cells, default=1) - 1,
        "none": 0,
    }[how.label]
    return wanted if wanted >= 0 and wanted not in cells else 0


def _figure(cells: Sequence[Cell], records: Sequence[int], how: Style) -> Cell:
    figures = [_number(cells[n]) for n in records]
    if how.sort == "count":
        return len(figures)
    if how.sort == "extreme":
        return max(figures, default=0) if "高" in how.word else min(figures, default=0)
    total = round(sum(figures), 2)
    every = sum(_number(cell) for cell in cells) or 1
    value = {"mean": round(total / max(len(figures), 1), 2), "share": round(total / every, 4)}.get(
        how.sort, total
    )
    if how.sort == "share" and not how.formulas:
        return f"{value:.1%}"
    name = {"mean": "AVERAGE", "share": "SUM"}.get(how.sort, "SUM")
    return Formula(f"={name}({{col}}{{first}}:{{col}}{{row}})", value) if how.formulas else value


def _number(cell: Cell) -> float:
    cell = cell.value if isinstance(cell, Formula) else cell
    return cell if isinstance(cell, int | float) else 0


def _count(draft: Draft, cells: dict[int, Cell], at: int, size: int, dice: Random) -> None:
    free = next((n for n in range(at + 1, draft.width) if n not in cells), None)
    if free is not None and dice.random() < 0.7:
        cells[free] = f"{size}{'个' if draft.shape is ORGS else '人'}"
    else:
        cells[at] = f"{cells[at]}：{size}{'个' if draft.shape is ORGS else '人'}"


def totals(draft: Draft, where: str, dice: Random) -> str | None:
    """Rows that sum up, at the end, at the beginning, for each township, for each page."""
    records = draft.records
    if not records:
        return None
    town = _town(draft, records[0])
    if where == "in words":
        line = Line(
            {0: f"合计（大写）：人民币{dice.choice(('壹万零伍佰', '叁仟', '柒仟伍佰柒拾伍'))}元整"},
            ((0, draft.width - 1),),
        )
        draft.body.append(line)
        return where
    if where == "several":
        return _several(draft, dice, town)
    if where == "pages":
        return _pages(draft, dice, town)
    if where == "records below":
        return _records_below(draft, dice, town)
    told = []
    if where.startswith("by township"):
        how = style(draft, dice.choice(("part", "part", "mean", "sum")), dice, "{town}")
        draft.body = _after_towns(draft, how, dice)
        told.append(how.told)
    if where in ("end", "first") or where.endswith("end"):
        sort = (
            dice.choice(("sum", "sum", "sum", "mean", "count"))
            if where == "first"
            else dice.choice(("sum", "sum", "sum", "mean", "share", "count", "part", "extreme"))
        )
        how = style(draft, sort, dice, town)
        line = row(draft, records, how, dice)
        draft.body.insert(0 if where == "first" else len(draft.body), line)
        told.append(how.told)
    return " + ".join(told)


def _several(draft: Draft, dice: Random, town: str) -> str:
    """Two or three rows one after another: the sum, the mean, the share."""
    told = []
    for sort in dice.sample(("sum", "mean", "share", "page", "extreme"), dice.choice((2, 3))):
        how = style(draft, sort, dice, town)
        draft.body.append(row(draft, draft.records, how, dice))
        told.append(how.told)
    return " + ".join(told)


def _records_below(draft: Draft, dice: Random, town: str) -> str | None:
    """The sum, and below it those whom somebody added afterwards."""
    records = draft.records
    late = dice.choice((1, 2))
    if len(records) <= late + 1:
        return None
    how = style(draft, "sum", dice, town)
    at = draft.body.index(records[-late])
    draft.body.insert(at, row(draft, records[:-late], how, dice))
    return how.told


def _pages(draft: Draft, dice: Random, town: str) -> str:
    """本页合计 after every few records, then perhaps the head again."""
    how, size, again = style(draft, "page", dice, town), dice.choice((3, 5, 8)), dice.random() < 0.5
    records, body = draft.records, list[int | Line]()
    for start in range(0, len(records), size):
        page = records[start : start + size]
        body += [*page, row(draft, page, how, dice)]
        if again and start + size < len(records):
            body.append(Line(repeats_head=True))
    last = style(draft, "sum", dice, town)
    draft.body = [*body, row(draft, records, last, dice)]
    return f"{how.told} + {last.told}"


def _after_towns(draft: Draft, how: Style, dice: Random) -> list[int | Line]:
    body = list[int | Line]()
    for town, part in groupby(draft.records, key=lambda record: _town(draft, record)):
        records = list(part)
        named = Style(
            how.sort, how.word.format(town=town), how.label, how.numbered, how.counted, how.formulas
        )
        body += [*records, row(draft, records, named, dice)]
    return body


def _town(draft: Draft, record: int) -> str:
    at = draft.column("township")
    return str(draft.columns[at].truth[record]) if at is not None else "青禾镇"
