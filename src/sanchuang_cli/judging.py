"""Asks a programme's rule about each row, and gives the words in which a rule answers: Verdict, Reason and
Odd.

A rule may look at one row and at what it is judged by. Whatever is odd it gives to `Odd`, under a code of the
programme's table. A row that has an error is set aside, whatever else the rule says of it.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, Generic, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from msgspec import Struct

from sanchuang_cli.finding import Doubt, Doubts, Finding, Place, Severity
from sanchuang_cli.join import Join, Partners, Taken
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.record import Field, Keys, Record, Row, keyed
from sanchuang_cli.tally import Tally

P = TypeVar("P", bound=Policy)
R = TypeVar("R", bound=Record)

COMMON = Doubts({
    "listed-twice": Doubt(Severity.ERROR, "名册不重不漏", "请核实并只留一行，再重新运行。", "名册里重复列入"),
    "listed-alike": Doubt(Severity.WARNING, "名册不重不漏", "请删去重复的一行。"),
    "amount": Doubt(Severity.ERROR, "金额不是负数，也不会这样大", "请核对这一格：是不是填错了栏，或多写了位数。", "金额是负数，或大得不合常理"),
    "struck": Doubt(Severity.ERROR, "划了删除线的，是报送的人划掉的", "确应划掉的，请删去这一行；应保留的，请去掉删除线。", "划了删除线"),
    "not-yet": Doubt(Severity.ERROR, "只据已经发生的认定", "请核对日期；确实还没有发生的请留空，到期后再填。", "日期在判定日以后"),
    "before-period": Doubt(Severity.ERROR, "只据本期的认定", "请核对日期和 --period；往年的名册请换成本期的。", "日期在本期以前"),
    "several-editions": Doubt(Severity.WARNING, mend="请核对后一版从哪个时候算起；应按另一版的，把那一版单独存成一个文件，用 --policy 给出。"),
    "unread": Doubt(Severity.ERROR, "看不懂的不当作空白，也不据以下结论", "请核实后改成规定的写法（确实没有就留空），再重新运行。", "有一格读不懂"),
})  # fmt: skip
"""What can be odd about the rows of any programme. A programme's own table may word the same codes
differently."""


class Reason(NamedTuple):
    """One step on the way to a verdict.

    holds: whether the condition was met; None if the step is no condition. reads: the fields of the record
    that were looked at. rests_on: the rows of serving rosters, and the values from other results, on which it
    depends.
    """

    what: str
    said: str
    basis: str
    holds: bool | None = None
    reads: tuple[str, ...] = ()
    rests_on: tuple[Record | Taken, ...] = ()

    def cells(self, record: Record) -> list[str]:
        """Return the cells that it looked at: of the record, and of the results of other programmes."""
        taken = [one.place for one in self.rests_on if isinstance(one, Taken)]
        return [str(place) for place in (*map(record.row.place, self.reads), *taken)]


class Verdict(Struct, Generic[R], frozen=True, kw_only=True, eq=False):
    """What came of one row. It is made once and never changed. part: where the row goes, one of the
    programme's parts.

    A programme adds what stands on its pages as fields of a subclass.
    """

    record: R
    part: str
    reasons: tuple[Reason, ...] = ()


class Judged(Struct, frozen=True, gc=False, eq=False):
    """What came of one row by itself. verdict: None if nothing can be concluded; then an error says why."""

    record: Any
    verdict: Any
    findings: Sequence[Finding] = ()


class Told(NamedTuple):
    """A finding, and the row that it is about, if there is one. If the finding is an error, that row is set
    aside."""

    finding: Finding
    row: Row | None = None


class Odd:
    """What is odd about one row, in the order in which it was found."""

    __slots__ = ("doubts", "found", "row")

    def __init__(self, doubts: Doubts, row: Row) -> None:
        self.doubts, self.row = doubts, row
        self.found: list[Finding] = []

    def add(self, code: str, field: str, message: str, basis: str = "", mend: str = "") -> None:
        """Add a finding of the table, at the cell of `field`: the name of a field, or the heading of a column
        of the policy."""
        self.found.append(self.doubts.at(code, self.row.place(field), message, basis, mend))

    @property
    def grave(self) -> bool:
        """Whether there is an error, so that nothing may be concluded from the row."""
        return any(finding.severity is Severity.ERROR for finding in self.found)


@dataclass(frozen=True)
class At(Generic[P]):
    """What rows are judged by.

    policy: the edition in force on the day. editions: all of them. doubts: the programme's table. dropped:
    for each serving roster, the rows that nobody may use (unread, struck through, or doubles that differ).
    before: the page of the last period by its `keys`, if it was given. again: whether that page is of this
    same period, made earlier. ready: what the programme made of all this once, before the first row.
    """

    policy: P
    editions: PolicyFile[P]
    occasion: Occasion
    rosters: Rosters
    doubts: Doubts
    dropped: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    before: Mapping[Hashable, Mapping[str, Any]] | None = None
    again: bool = False
    keys: Keys = ()
    joins: tuple[Join, ...] = ()
    ready: Any = None

    def key_of(self, record: Record) -> Hashable:
        """Return the key that tells this record apart, on the page of the last period and on that of this
        one."""
        return keyed(lambda name: getattr(record, name), self.keys)

    def is_new(self, record: Record) -> bool:
        """Whether the page of the last period was given and does not have this record."""
        return self.before is not None and self.key_of(record) not in self.before

    def of_last(self, record: Record) -> Mapping[str, Any]:
        """Return what the page of the last period says of this record, by the names of its columns; nothing
        if it is not there."""
        return (self.before or {}).get(self.key_of(record), {})

    @cached_property
    def partners(self) -> Mapping[str, Partners]:
        """The lines that each join found; without joins of which no result was given."""
        known = (join for join in self.joins if join.name in self.rosters)
        return {join.name: Partners(join, self.rosters[join.name]) for join in known}

    def taken(self, name: str, record: Record, odd: Odd) -> Taken | None:
        """Return what the result of another programme has for the record, with its cell. If there is nothing,
        None, and an error says why."""
        partner = self.partners[name].of(record)
        if isinstance(partner, Taken):
            return partner
        odd.found.append(partner)
        return None


def several_editions(at: At[Any]) -> list[Told]:
    """A warning where one edition rules a whole period of which another ruled some days: nobody may have meant that."""
    held, on = at.editions.during(at.occasion.period), at.occasion.on
    if len(held) == 1:
        return []
    each = "、".join(f"{edition.effective} 起" for edition in held)
    later = f"（到判定日 {on} 还没有施行）" if at.policy.effective > on else ""
    said = f"{at.occasion.period.title}里先后有 {len(held)} 版（{each}），全部按 {at.policy.effective} 起的一版{later}判断"
    return [Told(at.doubts.at("several-editions", Place(at.editions.name), said, at.policy.document))]


Judge = Callable[[Any, At[Any], Odd], Any]
"""The rule for one row. It returns the verdict, or None if what is odd allows none."""
Judging = Callable[[Sequence[Any], At[Any]], Sequence[Judged]]
"""The one way to ask a rule. Whoever asks about one row asks about a list of one."""


@dataclass(frozen=True)
class each:  # noqa: N801 - reads as the verb that it is: each(judge)
    """Makes a rule for one row into a rule for a list of rows.

    Before the rule is asked, a row is set aside if something stands beside its fields, if a cell is unread, or
    if a day has not come yet or is before the period. record.Field says for which fields this is allowed.
    """

    judge: Judge

    def __call__(self, records: Sequence[Any], at: At[Any]) -> list[Judged]:
        return [_alone(record, self.judge, at) for record in records]

    @property
    def verdict(self) -> type | None:
        """The type of verdict that the rule declares; None if it declares none."""
        annotation = get_type_hints(self.judge).get("return")
        kinds = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
        (kind, *others) = [get_origin(kind_of) or kind_of for kind_of in kinds if kind_of is not NoneType]
        return kind if isinstance(kind, type) and not others else None


def _alone(record: Any, judge: Judge, at: At[Any]) -> Judged:
    odd = looked_over(record, at.doubts, at.occasion)
    verdict = None if odd.grave else judge(record, at, odd)
    return Judged(record, verdict, tuple(odd.found))


def looked_over(record: Record, doubts: Doubts, occasion: Occasion) -> Odd:
    """Find what is odd about a row before any rule is asked: remarks, struck-through or unread cells, days
    still to come, and days of another period."""
    odd = Odd(doubts, record.row)
    odd.found += record.said_beside()
    if type(record).said_beside is Record.said_beside:
        odd.found += struck_cells(record, doubts)
    _unread(record, odd)
    out_of_time(record, occasion, odd)
    _amounts(record, odd)
    return odd


def struck_cells(record: Record, doubts: Doubts) -> Iterator[Finding]:
    """Find the struck-through cells of a row of which one such cell leaves nothing to go by."""
    for place in map(record.row.at, record.row.beside.struck if record.row.source.beside else ()):
        yield doubts.at("struck", place, f"{record.called}：{place.cell} 划了删除线")


def _unread(record: Record, odd: Odd) -> None:
    fields = {field.name: field for field in record.declared()}
    # a column of the policy is withheld where fields of the record are
    withheld = [field.withheld for field in fields.values() if field.withheld] if record.row.unread else []
    for name in record.row.unread:
        field = fields.get(name) or Field(name, name=name, withheld=withheld[0] if withheld else "")
        written = record.row.illegible(field)
        if written and not field.idle:
            said = f"{field.heading}有一格" if field.withheld else f"写的“{written}”"
            place = field.cited(record.row.place(name))
            odd.found.append(odd.doubts.at("unread", place, f"{record.called}：{said}读不懂"))


def _amounts(record: Record, odd: Odd) -> None:
    for declared in record.declared():
        fen = getattr(record, declared.name) if declared.kind is Kind.MONEY else None
        if fen is not None and not (0 <= fen <= LARGEST):
            odd.add("amount", declared.name, f"{record.called}：{declared.heading} {yuan(fen)} 元")


LARGEST = 10**12
"""The most fen that a cell can mean. A larger number is a telephone, card or identity number in the wrong
column."""


def out_of_time(record: Record, occasion: Occasion, odd: Odd, more: Iterable[Field] = ()) -> None:
    """Add an error for each day that its field does not allow to lie after the day of judgement, or before the period.
    more: columns of the policy."""
    on, period = occasion.on, occasion.period
    for one in (*record.declared(), *more):
        day = getattr(record, one.name, None) or record.more.get(one.name) if one.kind is Kind.DATE else None
        if day and not one.ahead and day.earliest > on:
            said = f"{record.called}：{one.heading} {day} 在判定日 {on} 以后"
            # on the last day of a period, which may be long over, the day may have come
            over = on == period.last and odd.doubts["not-yet"] is COMMON["not-yet"]
            odd.add("not-yet", one.name, said, mend=_LATER if over else "")
        if day and one.of_period and day.latest < period.first:
            said = f"{one.heading} {day} 在{period.title}（{period.first} 起）以前"
            odd.add("before-period", one.name, f"{record.called}：{said}")


_LATER = "请核对日期；是本期以后才有的，请换成本期末的名册，或留空；还没有发生的请留空，到期后再填。"


def in_error(told: Iterable[Told]) -> frozenset[int]:
    """Return the rows, by id, that have an error. They are set aside, whoever found the error."""
    return frozenset(
        id(about.row) for about in told if about.row and about.finding.severity is Severity.ERROR
    )


@dataclass(frozen=True)
class Company:
    """All rows, each as it was judged by itself, by main roster, and what was found so far. A rule over all
    rows looks at this.

    merged: the rows that are counted with a double. unread: the rows that the reader set aside. order: gives,
    for a roster, where the township of a record stands among the others, and where the record stands in it.
    """

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
        """Return a finding of the programme's table at a serving row. It sets no row aside."""
        return Told(self.at.doubts.at(code, row.place(field), message, basis))

    def waiting(self, roster: str, further: Iterable[Told] = ()) -> list[Row]:
        """The rows of a roster that are set aside so far: those that could not be read, then those in error."""
        aside = in_error((*self.found, *further))
        rows = (judged.record.row for judged in self.judged[roster])
        return [*self.at.rosters[roster].set_aside, *(row for row in rows if id(row) in aside)]

    @property
    def aside(self) -> int:
        """How many rows are set aside so far, including those that could not be read."""
        return sum(len(self.waiting(roster)) for roster in self.judged)


class Joint(NamedTuple):
    """What a rule over all rows adds.

    verdicts: by main roster, where they changed. told: what is odd about rows together. apart: by part, the
    rows that stand there although no page lists a verdict of their own. more: what pages show besides the
    verdicts.
    """

    verdicts: Mapping[str, Sequence[Any]] = {}
    told: Sequence[Told] = ()
    apart: Mapping[str, Sequence[Row]] = {}
    more: Any = None


@dataclass(frozen=True)
class Whole:
    """What came of everything that was read.

    verdicts: by main roster, of the rows that are not set aside, in the order of pages. judged: every row
    that could be read, as it was judged by itself. aside: the rows that the programme set aside; rows that
    could not be read are not among them. more: see Joint.
    """

    at: At[Any]
    verdicts: Mapping[str, Sequence[Any]]
    judged: Mapping[str, Sequence[Judged]]
    aside: tuple[Row, ...]
    findings: tuple[Finding, ...]
    tally: Tally
    more: Any = None

    @property
    def title(self) -> str:
        """The beginning of the titles of pages."""
        return self.at.occasion.period.title

    def of(self, parts: tuple[str, ...] = (), roster: str = "") -> list[Any]:
        """Return the verdicts in these parts (in all of them by default), of the first main roster unless
        another is named."""
        assert not isinstance(parts, str), "parts are a tuple"
        own = self.verdicts[roster or next(iter(self.verdicts))]
        return [verdict for verdict in own if not parts or verdict.part in parts]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The note for a page of ranks, quotas or shares which says that somebody is left out."""
        if not self.tally.set_aside:
            return ()
        return (
            f"另有 {self.tally.set_aside} 个待核实，没有计入本表的名额、名次和比例；核实后重新运行，本表可能变动。",
        )


def grouped(verdicts: Iterable[Any], *fields: str) -> dict[tuple[Any, ...], list[Any]]:
    """Group the verdicts by what their records say in these fields, in the order in which they come."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for verdict in verdicts:
        groups.setdefault(tuple(getattr(verdict.record, name) for name in fields), []).append(verdict)
    return groups
