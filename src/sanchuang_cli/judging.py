"""What comes of each row and why: the words in which a programme's rule answers, and the rows asked one by one.

A rule looks at one row and at what it is judged by. Whatever is odd goes to `Odd`, under a code of the programme's
table; a row with an error among its findings is set aside, whatever else the rule says of it.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, Generic, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from msgspec import Struct

from sanchuang_cli.finding import Doubt, Doubts, Finding, Severity
from sanchuang_cli.join import Join, Partners, Taken
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.record import Field, Keys, Record, Row, keyed
from sanchuang_cli.tally import Tally

P = TypeVar("P", bound=Policy)
R = TypeVar("R", bound=Record)

COMMON = Doubts(
    {
        "listed-twice": Doubt(
            Severity.ERROR, "名册不重不漏", "请核实并只留一行，再重新运行。", "名册里重复列入"
        ),
        "listed-alike": Doubt(Severity.WARNING, "名册不重不漏", "请删去重复的一行。"),
        "amount": Doubt(
            Severity.ERROR,
            "金额不是负数，也不会这样大",
            "请核对这一格：是不是填错了栏，或多写了位数。",
            "金额是负数，或大得不合常理",
        ),
        "struck": Doubt(
            Severity.ERROR,
            "划了删除线的，是报送的人划掉的",
            "确应划掉的，请删去这一行；应保留的，请去掉删除线。",
            "划了删除线",
        ),
        "not-yet": Doubt(
            Severity.ERROR,
            "只据已经发生的认定",
            "请核对日期；确实还没有发生的请留空，到期后再填。",
            "日期在判定日以后",
        ),
        "unread": Doubt(
            Severity.ERROR,
            "看不懂的不当作空白，也不据以下结论",
            "请核实后改成规定的写法（确实没有就留空），再重新运行。",
            "有一格读不懂",
        ),
    }
)
"""What the rows of any programme may have; a programme's own table may say the same codes otherwise."""


class Reason(NamedTuple):
    """One step to a verdict. holds: whether the condition was met; None where it is none. reads: the record's fields
    that were looked at. rests_on: rows of rosters that serve, and what was taken from other results, by which it went."""

    what: str
    said: str
    basis: str
    holds: bool | None = None
    reads: tuple[str, ...] = ()
    rests_on: tuple[Record | Taken, ...] = ()


class Verdict(Struct, Generic[R], frozen=True, kw_only=True, eq=False):
    """What came of one row, made once. part: where the row goes, one of the programme's parts. A programme adds what
    stands on its pages as fields of a subclass."""

    record: R
    part: str
    reasons: tuple[Reason, ...] = ()


class Judged(Struct, frozen=True, gc=False, eq=False):
    """What came of one row by itself. verdict: None where nothing can be concluded; an error says why."""

    record: Any
    verdict: Any
    findings: Sequence[Finding] = ()


class Told(NamedTuple):
    """A finding, and the row that it is about, if it is about one; an error sets that row aside."""

    finding: Finding
    row: Row | None = None


class Odd:
    """What is odd about one row, in the order in which it was found."""

    __slots__ = ("doubts", "found", "row")

    def __init__(self, doubts: Doubts, row: Row) -> None:
        self.doubts, self.row = doubts, row
        self.found: list[Finding] = []

    def add(self, code: str, field: str, message: str, basis: str = "", mend: str = "") -> None:
        """A finding of the table, at the cell of `field`: a field's name, or the heading of a policy's column."""
        self.found.append(self.doubts.at(code, self.row.place(field), message, basis, mend))

    @property
    def grave(self) -> bool:
        """Whether nothing may be concluded from the row."""
        return any(finding.severity is Severity.ERROR for finding in self.found)


@dataclass(frozen=True)
class At(Generic[P]):
    """By what rows are judged. policy: the edition in force on the day; editions: all of them. doubts: the programme's
    table. dropped: of the rosters that serve, the rows that none may go by (unread, struck through, doubles that differ).
    before: the last period's page by its `keys`, where it was given. ready: what the programme made of all this
    once, before the first row."""

    policy: P
    editions: PolicyFile[P]
    occasion: Occasion
    rosters: Rosters
    doubts: Doubts
    dropped: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    before: Mapping[Hashable, Mapping[str, Any]] | None = None
    keys: Keys = ()
    joins: tuple[Join, ...] = ()
    ready: Any = None

    def key_of(self, record: Record) -> Hashable:
        """What tells this record apart on the page of the last period and on that of this one."""
        return keyed(lambda name: getattr(record, name), self.keys)

    def is_new(self, record: Record) -> bool:
        """Whether the last period's page was given, and nothing on it is about the same one."""
        return self.before is not None and self.key_of(record) not in self.before

    def of_last(self, record: Record) -> Mapping[str, Any]:
        """What the last period's page says of the same one, by the names of its columns; nothing where it is not there."""
        return (self.before or {}).get(self.key_of(record), {})

    @cached_property
    def _partners(self) -> Mapping[str, Partners]:
        known = (join for join in self.joins if join.name in self.rosters)
        return {join.name: Partners(join, self.rosters[join.name]) for join in known}

    def taken(self, name: str, record: Record, odd: Odd) -> Taken | None:
        """What another programme's result has for the record, with its cell; None, with an error that says why not."""
        partner = self._partners[name].of(record)
        if isinstance(partner, Taken):
            return partner
        odd.found.append(partner)
        return None


Judge = Callable[[Any, At[Any], Odd], Any]
"""The rule of one row: its verdict; None where what is odd allows of none."""
Judging = Callable[[Sequence[Any], At[Any]], Sequence[Judged]]
"""The one entry to a rule: whoever asks about one row asks it about a list of one."""


@dataclass(frozen=True)
class each:  # noqa: N801 - reads as the verb that it is: each(judge)
    """The rule of one row, asked of each in a list. Before it is asked, a row is set aside by what is said beside its
    fields, by an unread cell, and by a day that has not come yet; see record.Field for those that may."""

    judge: Judge

    def __call__(self, records: Sequence[Any], at: At[Any]) -> list[Judged]:
        return [_alone(record, self.judge, at) for record in records]

    @property
    def verdict(self) -> type | None:
        """What the rule says that it gives; None where it does not say."""
        annotation = get_type_hints(self.judge).get("return")
        kinds = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
        (kind, *others) = [get_origin(kind_of) or kind_of for kind_of in kinds if kind_of is not NoneType]
        return kind if isinstance(kind, type) and not others else None


def _alone(record: Any, judge: Judge, at: At[Any]) -> Judged:
    odd = looked_over(record, at.doubts, at.occasion.on)
    verdict = None if odd.grave else judge(record, at, odd)
    return Judged(record, verdict, tuple(odd.found))


def looked_over(record: Record, doubts: Doubts, on: date) -> Odd:
    """What is odd about a row before any rule is asked: said beside its fields, struck through, unread, not come yet."""
    odd = Odd(doubts, record.row)
    odd.found += record.said_beside()
    if record.row.source.beside and type(record).said_beside is Record.said_beside:
        for column in record.row.beside.struck:
            place = record.row.at(column)
            odd.found.append(doubts.at("struck", place, f"{record.called}：{place.cell} 划了删除线"))
    _unread(record, odd)
    _not_yet(record, on, odd)
    _amounts(record, odd)
    return odd


def _unread(record: Record, odd: Odd) -> None:
    fields = {field.name: field for field in record.declared()}
    for name in record.row.unread:
        field = fields.get(name) or Field("", name=name)
        written = record.row.illegible(field)
        if written and not field.idle:
            odd.add("unread", name, f"{record.called}：写的“{written}”读不懂")


def _amounts(record: Record, odd: Odd) -> None:
    for declared in record.declared():
        fen = getattr(record, declared.name) if declared.kind is Kind.MONEY else None
        if fen is not None and not (0 <= fen <= _LARGEST):
            odd.add("amount", declared.name, f"{record.called}：{declared.heading} {yuan(fen)} 元")


_LARGEST = 10**12
"""Fen that a cell of a roster can mean: more is a telephone, a card or an identity number in the wrong column."""


def _not_yet(record: Record, on: date, odd: Odd) -> None:
    for declared in record.declared():
        day = getattr(record, declared.name) if declared.kind is Kind.DATE and not declared.ahead else None
        if day and day.earliest > on:
            odd.add("not-yet", declared.name, f"{record.called}：{declared.heading} {day} 在判定日 {on} 以后")


def in_error(told: Iterable[Told]) -> frozenset[int]:
    """The rows, by id, against which an error stands: whoever found it, they are set aside."""
    return frozenset(
        id(about.row) for about in told if about.row and about.finding.severity is Severity.ERROR
    )


@dataclass(frozen=True)
class Company:
    """All rows as each was judged by itself, by main roster, with what was found so far: what a rule over all of them
    looks at. merged: the rows that are counted with a double. unread: those that the reader set aside. order: of a roster,
    where the township of a record stands among the others, and where the record stands in it."""

    at: At[Any]
    judged: Mapping[str, Sequence[Judged]]
    found: Sequence[Told]
    merged: Sequence[Row]
    unread: Sequence[Row]
    order: Callable[[str, Record], tuple[Any, Any]]

    def standing(
        self, roster: str, further: Iterable[Told] = (), without: Set[int] = frozenset()
    ) -> list[Any]:
        """The verdicts of a roster's rows that no error sets aside, in the order of pages. without: further rows, by id,
        that do not stand."""
        aside = in_error((*self.found, *further)) | {id(row) for row in self.merged} | without
        by_township: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
        for judged in self.judged[roster]:
            record, verdict = judged.record, judged.verdict
            if verdict is not None and id(record.row) not in aside:
                township, place = self.order(roster, record)
                by_township[township].append((place, verdict))
        for placed in by_township.values():  # each by itself takes half the time of all together
            placed.sort(key=itemgetter(0))
        return [verdict for township in sorted(by_township) for _, verdict in by_township[township]]

    def told(self, code: str, row: Row, field: str, message: str, basis: str = "") -> Told:
        """A finding of the programme's table at a row that serves to judge others: it sets nobody aside."""
        return Told(self.at.doubts.at(code, row.place(field), message, basis))

    @property
    def aside(self) -> int:
        """How many rows are set aside by now, those among them that could not be read."""
        aside = in_error(self.found)
        judged = (row for rows in self.judged.values() for row in rows)
        return sum(id(row.record.row) in aside for row in judged) + len(self.unread)


class Joint(NamedTuple):
    """What a rule over all rows adds. verdicts: by main roster, where they changed. told: what is odd about the rows
    together. apart: by part, the rows that stand there although they have no verdict of their own on a page. more:
    what pages show beside the verdicts."""

    verdicts: Mapping[str, Sequence[Any]] = {}
    told: Sequence[Told] = ()
    apart: Mapping[str, Sequence[Row]] = {}
    more: Any = None


@dataclass(frozen=True)
class Whole:
    """What came of all that was read. verdicts: by main roster, of the rows that are not set aside, in the order of
    pages. judged: every row that could be read, as it was judged by itself. aside: the rows set aside by the programme,
    beside those that could not be read. more: see Joint."""

    at: At[Any]
    verdicts: Mapping[str, Sequence[Any]]
    judged: Mapping[str, Sequence[Judged]]
    aside: tuple[Row, ...]
    findings: tuple[Finding, ...]
    tally: Tally
    more: Any = None

    @property
    def title(self) -> str:
        """What titles of pages begin with."""
        return self.at.occasion.period.title

    def of(self, parts: tuple[str, ...] = (), roster: str = "") -> list[Any]:
        """The verdicts in these parts, in all of them by default; of the first main roster unless another is named."""
        assert not isinstance(parts, str), "parts are a tuple"
        own = self.verdicts[roster or next(iter(self.verdicts))]
        return [verdict for verdict in own if not parts or verdict.part in parts]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The note on a page of ranks, quotas or shares where somebody is left out of it."""
        if not self.tally.set_aside:
            return ()
        return (
            f"另有 {self.tally.set_aside} 个待核实，没有计入本表的名额、名次和比例；核实后重新运行，本表可能变动。",
        )


def grouped(verdicts: Iterable[Any], *fields: str) -> dict[tuple[Any, ...], list[Any]]:
    """The verdicts by what their records say in these fields: of a branch, of a village, in the order in which they come."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for verdict in verdicts:
        groups.setdefault(tuple(getattr(verdict.record, name) for name in fields), []).append(verdict)
    return groups
