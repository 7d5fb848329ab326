"""Makes the pages of `policy diff`: one for whoever decides, by township and by tier, and one for the desk with a line for
each.

The figures of all of them are counted over the same changes. Nothing is judged here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from sanchuang_cli.contrast import CHANGES, DOUBTED, Change, Contrast, Standing
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Page, PageFrame
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.table import Column, Table, Value
from sanchuang_cli.tally import ASIDE

K = TypeVar("K")
LEADER, TOWNSHIPS, TIERS, DESK = "政策变动一览", "分乡镇变动", "分档变动", "逐行变动"
_MOST, _LONGEST = 6, 90
"""Clauses that are said one by one on the leader's page, and the characters of each: it is one sheet of paper."""


class ContrastSum(NamedTuple):
    """Rows, and the fen by which they change: in the last month of the period, and in all of it."""

    many: int
    month: int | None = None
    year: int | None = None

    @classmethod
    def of(cls, changes: Sequence[Change], last: int) -> "ContrastSum":
        """Rows that wait by one of the documents are counted, and no money: it is not known."""
        known = [change for change in changes if ASIDE not in (change.old.part, change.new.part)]
        if not known:
            return cls(len(changes))
        month = sum(change.new.fen(last) - change.old.fen(last) for change in known)
        return cls(len(changes), month, sum(change.new.fen() - change.old.fen() for change in known))


class Pages:
    """The pages of a contrast. on: what pages of the programme have alike. title: of the programme."""

    def __init__(self, contrast: Contrast, on: PageFrame, title: str) -> None:
        self.contrast, self.on = contrast, on
        occasion = contrast.new.at.occasion
        self.last = int(occasion.period.start.plus(occasion.period.months - 1))
        self.title = f"{occasion.period.title}{title}"
        self.year = "全年" if occasion.period.months == 12 else "本期"
        self.rank = occasion.rank
        both = (standing for change in contrast.changes for standing in (change.old, change.new))
        self.pays = any(standing.sums for standing in both)

    def tables(self) -> tuple[Table, ...]:
        """All pages: the leader's first."""
        return (self.leader(), self.townships(), self.tiers(), *self.desk())

    def leader(self) -> Table:
        """The sums and what decides, on one page."""
        rows: list[tuple[Value, ...]] = []
        for block, items in (("变动", self._kinds()), ("由什么决定", self._clauses())):
            for number, (item, total) in enumerate(items):
                rows.append((block if number == 0 else None, item, *self._cells(total)))
        columns = (Column("block", "类别"), Column("item", "项目", wide=True), *self._columns())
        return Table(
            LEADER,
            f"{self.title}{LEADER}",
            columns,
            rows,
            unit=self._unit,
            notes=self.notes(),
            signed=True,
            glance=True,
        )

    def _kinds(self) -> Iterator[tuple[str, ContrastSum]]:
        changes = self.contrast.changes
        for kind, own in _grouped(changes, lambda change: change.kind, CHANGES).items():
            yield kind, ContrastSum.of(own, self.last)
        yield "有变动的合计", ContrastSum.of(changes, self.last)
        waiting = self.contrast.waiting
        yield "没有变动", ContrastSum(self.contrast.rows - len(changes) - waiting)
        if waiting:
            yield "两份文件下都待核实，变不变还不知道", ContrastSum(waiting)

    def _clauses(self) -> Iterator[tuple[str, ContrastSum]]:
        """The clauses that decide, those of most rows first; the others together."""
        groups = sorted(
            _grouped(self.contrast.changes, self.contrast.clause).items(), key=lambda one: -len(one[1])
        )
        for clause, changes in groups[:_MOST]:
            yield (
                clause if len(clause) <= _LONGEST else f"{clause[:_LONGEST]}……",
                ContrastSum.of(changes, self.last),
            )
        if rest := [change for _, changes in groups[_MOST:] for change in changes]:
            yield f"其他 {len(groups) - _MOST} 处", ContrastSum.of(rest, self.last)

    def townships(self) -> Table:
        """How many rows of each township change in which way, and by how much."""
        groups = _grouped(
            self.contrast.changes, lambda change: getattr(change.record, "township", "") or "未填"
        )
        kinds = [kind for kind in CHANGES if any(change.kind == kind for change in self.contrast.changes)]
        rows = []
        for township in sorted(groups, key=self.rank):
            of_kinds = _grouped(groups[township], lambda change: change.kind)
            counts = (len(of_kinds.get(kind, ())) for kind in kinds)
            rows.append((township, *counts, *self._cells(ContrastSum.of(groups[township], self.last))[1:]))
        columns = (
            Column("township", "乡镇"),
            *(Column(f"kind{i}", kind, Kind.COUNT, total=True) for i, kind in enumerate(kinds)),
            *self._columns()[1:],
        )
        return self._table(TOWNSHIPS, columns, rows)

    def tiers(self) -> Table:
        """From which tier to which, how many rows, and by how much."""
        of = self.contrast.compares.tier

        def tiers(change: Change) -> tuple[str, str]:
            before, after = (
                (of(one.verdict) if one.verdict else "") or one.part or "不涉及"
                for one in (change.old, change.new)
            )
            return before, after

        groups = sorted(_grouped(self.contrast.changes, tiers).items())
        rows = [(*tier, *self._cells(ContrastSum.of(changes, self.last))) for tier, changes in groups]
        columns = (
            Column("old", "原档次", wide=True),
            Column("new", "新档次", wide=True),
            *self._columns(total=True),
        )
        return self._table(TIERS, columns, rows)

    def desk(self) -> Iterator[Table]:
        """A line for each row that changes, by main roster. What each document pays stands beside what is printed."""
        tier, last = self.contrast.compares.tier, self.last
        money = Kind.MONEY
        paid = (
            Col("month", "每月增减", money, lambda c: c.new.fen(last) - c.old.fen(last), total=True),
            Col("year", f"{self.year}增减", money, lambda c: c.new.fen() - c.old.fen(), total=True),
        )
        beside = (
            Col("old_month", "每月/原", money, lambda c: c.old.fen(last)),
            Col("new_month", "每月/新", money, lambda c: c.new.fen(last)),
            Col("old_year", f"{self.year}/原", money, lambda c: c.old.fen()),
            Col("new_year", f"{self.year}/新", money, lambda c: c.new.fen()),
        )
        columns = (
            Col("change", "变动", of=lambda c: c.kind),
            Col("old", "原结果", of=lambda c: _result(c.old, tier), wide=True),
            Col("new", "新结果", of=lambda c: _result(c.new, tier), wide=True),
            *(paid if self.pays else ()),
            Col("why", "由哪一条决定", of=self.contrast.why, wide=True, private=True),
            *(beside if self.pays else ()),
        )
        for roster in self.contrast.new.verdicts:
            own = [change for change in self.contrast.changes if change.roster == roster and change.record]
            name = DESK if roster == next(iter(self.contrast.new.verdicts)) else f"{DESK}（{roster}）"
            title = f"{self.title}逐行表"
            frame = self.on._replace(who=tuple(one for one in self.on.who if not one.of))
            page = Page(
                name, title, columns, roster=roster, rows=partial(_given, own), dated=False, unit=self._unit
            )
            unprinted = {column.name for column in beside}
            yield from (table.arranged(set(), unprinted) for table in page.tables(self.contrast.new, frame))

    def notes(self) -> tuple[str, ...]:
        """The documents that are compared, and what the figures mean."""
        said = [
            *_documents("原", self.contrast.old.at.editions),
            *_documents("新", self.contrast.new.at.editions),
        ]
        if self.pays:
            said.append(f"每月是本期最后一个月的增减；{self.year}是本期各月相加的增减，含补发。")
        if any(change.kind == DOUBTED or change.old.part == ASIDE for change in self.contrast.changes):
            said.append("有一份文件下待核实的，只计行数，不计金额：核实以前不知道。")
        return tuple(said)

    @property
    def _unit(self) -> str:
        return "元" if self.pays else ""

    def _columns(self, *, total: bool = True) -> tuple[Column, ...]:
        many = Column("many", "数量", Kind.COUNT, total)
        month, year = (
            Column("month", "每月增减", Kind.MONEY, total),
            Column("year", f"{self.year}增减", Kind.MONEY, total),
        )
        return (many, month, year) if self.pays else (many,)

    def _cells(self, total: ContrastSum) -> tuple[Value, ...]:
        return tuple(total) if self.pays else (total.many,)

    def _table(self, name: str, columns: tuple[Column, ...], rows: list[tuple[Value, ...]]) -> Table:
        return Table(
            name, f"{self.title}{name}", columns, rows, grand_total=True, unit=self._unit, signed=True
        )


def _given(changes: Sequence[Change], whole: Whole) -> Sequence[Change]:
    return changes


def _grouped(
    changes: Iterable[Change], key: Callable[[Change], K], order: Sequence[K] = ()
) -> dict[K, list[Change]]:
    """The changes by what `key` says of them, in `order` and then as they come; none without any."""
    groups: dict[K, list[Change]] = {one: [] for one in order}
    for change in changes:
        groups.setdefault(key(change), []).append(change)
    return {one: own for one, own in groups.items() if own}


def _result(standing: Standing, tier: Callable[[object], str]) -> str:
    words = [standing.part or "不涉及", tier(standing.verdict) if standing.verdict else "", *standing.lists]
    return "，".join(dict.fromkeys(filter(None, words)))


def _documents(which: str, file: PolicyFile[Policy]) -> Iterator[str]:
    for edition in file.editions[-2:]:
        yield f"{which}文件：《{edition.title}》，{edition.document}，{edition.effective} 起施行（{file.name}，SHA-256 {file.sha256[:12]}）。"
