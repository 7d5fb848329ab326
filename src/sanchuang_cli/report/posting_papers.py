"""Makes 张贴证明, 异议登记表 and the lines for 公开台账, the papers that go with a 公示, as values that official.py and
workbook.py draw.

The notice says the end by the count of its policy. The proof says both counts, with and without the day of posting, and
nobody takes a notice down before the later one is over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sanchuang_cli.kind import Kind
from sanchuang_cli.posting import Draft, Posting
from sanchuang_cli.report.notice import Posted, ends, official, term
from sanchuang_cli.table import Column, Table

_LINES = 12
"""Blank lines of a register."""
_TOWNSHIP = "township"


@dataclass(frozen=True)
class Term:
    """How long a notice hangs. last: its last day by the policy's count. other: by the other count. guessed: the years whose
    holidays are not announced yet."""

    since: date
    last: date
    other: date
    counted: bool
    guessed: tuple[int, ...]

    @classmethod
    def of(cls, posting: Posting, since: date) -> "Term":
        """The term of a posting that begins on a day."""
        last, other = ends(posting, since)
        return cls(since, last, other, posting.posting_day == "counted", term(posting, since)[1])

    @property
    def down(self) -> date:
        """The day on which it is taken down: after the later of both counts."""
        return max(self.last, self.other) + timedelta(1)

    @property
    def said(self) -> str:
        """The sentence that says all of this."""
        counted, others = (self.last, self.other) if self.counted else (self.other, self.last)
        provisional = "（放假安排还没有公布，暂定）" if self.guessed else ""
        return (
            f"{self.since} 张贴；张贴当日计算在内的，到 {counted} 止，不计算在内的，到 {others} 止{provisional}；"
            f"{self.down} 取下"
        )


def proof(draft: Draft, posted: Posted, hangs: Term | None, objections: int | None, stage: str) -> Posted:
    """The paper on which those who posted it and saw it posted sign, a line for each place.

    objections: how many the register has, None where none was given; then it is left open. stage: how far the result has
    come.
    """
    days = _days(hangs)
    received = "____件" if objections is None else f"{objections}件"
    told = f"（{stage}）" if stage else ""
    paragraphs = (
        ("", f"兹证明《{draft.title}》{told}已按下表张贴，{draft.counted}，与公示的名单一致。"),
        ("一、张贴时间：", days),
        ("二、异议：", f"公示期间收到异议{received}，处理情况见异议登记表。"),
        ("三、照片：", "每处张贴时、取下时各拍一张，注明日期，附后。"),
    )
    return replace(
        posted,
        name=f"张贴证明-{draft.name}",
        title="公示张贴证明",
        paragraphs=paragraphs,
        table=_places(draft),
        dated=official(None),
    )


def _days(hangs: Term | None) -> str:
    if hangs is None:
        return "自____年__月__日张贴，至____年__月__日取下。"
    count = "计算在内" if hangs.counted else "不计算在内"
    return (
        f"自{official(hangs.since)}张贴，公示到{official(hangs.last)}止（张贴当日{count}；按另一种算法到{official(hangs.other)}止），"
        f"{official(hangs.down)}取下。"
    )


def _places(draft: Draft) -> Table:
    """A line for each township of the list, with room for who posted it where."""
    columns = (
        Column("township", "乡镇"),
        Column("lines", "名单行数", Kind.COUNT),
        Column("place", "张贴地点", wide=True, by_hand=True),
        Column("by", "张贴人", by_hand=True, signed=True),
        Column("witness", "见证人", by_hand=True, signed=True),
        Column("photo", "照片编号", by_hand=True),
    )
    rows = [(township, count, None, None, None, None) for township, count in _townships(draft.table)]
    return Table("张贴地点", "张贴地点", columns, rows)


def _townships(table: Table) -> Iterator[tuple[str, int]]:
    """The townships of a list in its order, each with the number of its lines; one line without a name if it has none."""
    at = next((j for j, column in enumerate(table.columns) if column.name == _TOWNSHIP), None)
    if at is None:
        yield "", len(table.rows)
        return
    counted: dict[str, int] = {}
    for row in table.rows:
        counted[str(row[at] or "")] = counted.get(str(row[at] or ""), 0) + 1
    yield from counted.items()


def objections_page(draft: Draft, hangs: Term | None) -> Table:
    """The blank register. The one who objects need not be named on it."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        Column("day", "日期", by_hand=True),
        Column("how", "方式", by_hand=True),
        Column("said", "内容", wide=True, by_hand=True),
        Column("by", "承办人", by_hand=True),
        Column("outcome", "处理结果", wide=True, by_hand=True),
        Column("answered", "答复日期", by_hand=True),
    )
    notes = (
        "处理结果写“成立”或“不成立”，再写理由；成立的，改正后重新公示。反映人的姓名可以不写，写了的要保密。",
        *((f"{hangs.said}。",) if hangs else ()),
    )
    rows = [(number, *[None] * 6) for number in range(1, _LINES + 1)]
    return Table("异议登记", f"{draft.title}异议登记表", columns, rows, notes=notes, signed=True)


def register_page(draft: Draft, which: str, occurred: date, hangs: Term | None) -> Table:
    """The lines for 公开台账, one for each township. Where and when it was posted is left open: until somebody has written that,
    it is not public. which: the event, as the register tells it from others."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        Column("township", "乡镇"),
        Column("item", "事项", wide=True),
        Column("which", "期次"),
        Column("occurred", "发生日期", Kind.DATE),
        Column("place", "公开地点", wide=True, by_hand=True),
        Column("since", "公开日期", by_hand=True),
        Column("down", "取下日期", by_hand=True),
        Column("by", "责任人", by_hand=True),
    )
    rows = [
        (number, township, draft.name, which, occurred, *[None] * 4)
        for number, (township, _) in enumerate(_townships(draft.table), 1)
    ]
    notes = (
        "照张贴证明填公开地点、公开日期、取下日期；没有填的不算公开。",
        *((f"{hangs.said}。",) if hangs else ()),
    )
    return Table("公开台账", f"{draft.title}公开台账", columns, rows, notes=notes)
