"""The log of visits: one row by itself, the same visit on several sheets, and what comes together for each pair."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from sanchuang_cli.deadlines import DueDay
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.visiting.doubts import DOUBTS
from sanchuang_cli.domain.visiting.policy import VisitPolicy, named
from sanchuang_cli.domain.visiting.records import PairLine, Visit
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.judging import At, Odd, Reason, Told, Verdict
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import VagueDate

COUNTED, DOUBLE, OUTSIDE = OF_VISITS = ("计入", "重复", "期外")
VISIT, CONTACT = "走访", "联系"
_YEAR = 12


class Logged(Verdict[Visit], frozen=True, kw_only=True, eq=False):
    """What came of a row of the log. kind: its word in the policy. helper: of the pair that it counts for."""

    kind: str
    helper: str = ""

    @property
    def way(self) -> str:
        return self.record.way or VISIT

    @property
    def day(self) -> date:
        return self.record.day.earliest


def ruling(day: date, at: At[VisitPolicy]) -> VisitPolicy:
    """The edition in force on a day; that of the period where none was yet."""
    return at.editions.in_force(day) or at.policy


def judge_visit(who: Visit, at: At[VisitPolicy], odd: Odd) -> Logged | None:
    """By the row alone: of which kind it is, and whether its day lies in the period."""
    rule, period = ruling(who.day.earliest, at).visiting, at.occasion.period
    kind = named(rule.kinds, who.kind.replace("凈", "净"))
    if kind is None:
        odd.add("kind-unknown", "kind", f"{who.called}：五心类型“{who.kind}”不在政策所列之内", rule.clause)
    if not who.day.exact:
        odd.add("day-vague", "day", f"{who.called}：日期只写到 {who.day}")
    if kind is None or not who.day.exact:
        return None
    day = who.day.earliest
    inside = period.first <= day <= period.last
    if not inside:
        odd.add("outside", "day", f"{who.called}：{day} 不在{period.title}，留存，不计入")
    late = (who.entered.earliest - day).days if who.entered else 0
    if rule.entry_days is not None and late > rule.entry_days:
        said = f"{who.called}：{day} 走访，{who.entered} 才登记，晚了 {late - rule.entry_days} 天"
        odd.add("entered-late", "entered", said, rule.clause)
    said = f"{kind.name}，{who.way or VISIT}，{day}"
    reasons = (Reason("走访", said, rule.clause, inside, ("day", "visitor", "name", "kind", "way")),)
    return Logged(record=who, part=COUNTED if inside else OUTSIDE, kind=kind.name, reasons=reasons)


def without_doubles(visits: Sequence[Logged]) -> tuple[list[Logged], list[Told]]:
    """The same visit on two sheets counts once, by the row that stands first."""
    kept: dict[tuple[Any, ...], list[Logged]] = defaultdict(list)
    parts: dict[int, Logged] = {}
    told: list[Told] = []
    for visit in sorted(visits, key=lambda one: one.record.row.line):
        who = visit.record
        same = kept[visit.day, narrow(who.visitor), narrow(who.name)]
        before = next((one for one in same if _one_village(one.record, who)), None)
        if before is None:
            same.append(visit)
            continue
        place = before.record.row.place("kind")
        said = f"与 {place} 是同一次走访，只计一次"
        reason = Reason("重复", said, DOUBTS["visit-twice"].basis, False)
        parts[id(who.row)] = replace(visit, part=DOUBLE, reasons=(*visit.reasons, reason))
        if before.kind != visit.kind:
            told.append(
                _told("kind-differs", who, "kind", f"写的是{visit.kind}，{place} 写的是{before.kind}")
            )
        else:
            told.append(_told("visit-twice", who, "day", said))
    return [parts.get(id(visit.record.row), visit) for visit in visits], told


def _one_village(one: Visit, other: Visit) -> bool:
    """Whether two rows may be about somebody of one village."""
    villages = {narrow(one.village), narrow(other.village)} - {""}
    return len(villages) < 2  # noqa: PLR2004


def _told(code: str, who: Visit, field: str, said: str, basis: str = "") -> Told:
    return Told(DOUBTS.at(code, who.row.place(field), f"{who.called}：{said}", basis), who.row)


class Late(NamedTuple):
    """A visit that came after its day: so many days."""

    day: date
    due: date
    days: int


class PairVisits(NamedTuple):
    """What comes together for a pair. visits, contacts: in the period. last, due: the last day, and by when the next. never:
    whether somebody does not want to be visited any more. over: the days by which
    the next visit is late. stood: a day on which the pair stood already, before that of the result."""

    pair: PairLine
    visits: int
    contacts: int
    last: date | None
    due: date | None
    late: tuple[Late, ...]
    never: bool
    over: int = 0
    stood: date | None = None


class ResultPairs:
    """The pairs of a result, and which of them a row of the log is about."""

    def __init__(self, pairs: Sequence[PairLine]) -> None:
        self.pairs = pairs
        self._by_name: dict[str, list[PairLine]] = defaultdict(list)
        for pair in pairs:
            self._by_name[narrow(pair.name)].append(pair)

    def of(self, who: Visit) -> list[PairLine]:
        """The pairs that a row may mean: by the name, and as far as that leaves several, by all that it says."""
        there = self._by_name.get(narrow(who.name), [])
        if who.village:
            there = [pair for pair in there if narrow(pair.village) == narrow(who.village)]
        for written, field in ((who.township, "township"), (who.visitor, "helper")):
            alike = [pair for pair in there if narrow(getattr(pair, field)) == narrow(written)]
            there = alike if len(there) > 1 and alike else there
        return there


def matched(
    visits: Sequence[Logged], pairs: ResultPairs, at: At[VisitPolicy]
) -> tuple[dict[int, PairLine], list[Told]]:
    """By row, the pair of each visit; and what is odd about it."""
    own: dict[int, PairLine] = {}
    told: list[Told] = []
    for visit in visits if pairs.pairs else ():
        who, there = visit.record, pairs.of(visit.record)
        if len(there) > 1:
            said = f"结对结果里有 {len(there)} 个叫{who.name}的，不知道是哪一个"
            told.append(_told("whom-vague", who, "name", said))
        elif not there:
            told.append(_told("no-pair", who, "name", "结对结果里没有这个对象"))
        else:
            (pair,) = there
            other, rule = narrow(pair.helper) != narrow(who.visitor), ruling(visit.day, at).visiting
            if other:
                said = f"{pair.name}的帮扶人是{pair.helper}"
                told.append(_told("other-visitor", who, "visitor", said, rule.clause))
            if not (other and rule.helper_only):
                own[id(who.row)] = pair
    return own, told


def visits_of_pair(pair: PairLine, visits: Iterable[Logged], at: At[VisitPolicy]) -> PairVisits:
    """What comes together for one pair. Visits of other periods only say when the last one was. A visit of the helper before
    the day of the pair shows that it stood then: a result that is made anew puts no deadline off."""
    occasion = at.occasion
    given = sorted(visits, key=lambda visit: visit.day)
    counted = [visit for visit in given if visit.part == COUNTED]
    before = [visit.day for visit in given if pair.since <= visit.day < occasion.period.first]
    days = [visit.day for visit in counted]
    own = [visit.day for visit in counted if narrow(visit.record.visitor) == narrow(pair.helper)]
    stood = min([pair.since, *own])
    since = max(stood, before[-1] if before else occasion.period.first)
    late, due = _chain(since, days, at)
    never = any(visit.record.never for visit in given)
    due = None if never else due
    return PairVisits(
        pair,
        sum(visit.way == VISIT for visit in counted),
        sum(visit.way == CONTACT for visit in counted),
        max([*days, *before], default=None),
        due,
        tuple(late),
        never,
        max(0, (occasion.on - due).days) if due else 0,
        stood if stood < pair.since else None,
    )


def _chain(since: date, days: Sequence[date], at: At[VisitPolicy]) -> tuple[list[Late], date | None]:
    """The visits that came too late, and the day of the next: each so many months after the one before, by the edition of
    that one's day."""
    last, late = since, list[Late]()
    for day in days:
        due = _next(last, at)
        if due and day > due:
            late.append(Late(day, due, (day - due).days))
        last = max(last, day)
    return late, _next(last, at)


def _next(last: date, at: At[VisitPolicy]) -> date | None:
    rule = ruling(last, at).interval
    return months_after(last, rule.months) if rule else None


def due_days(pairs: Sequence[PairVisits], policy: VisitPolicy, occasion: Occasion) -> Iterator[DueDay]:
    """What is still to be done for each pair: the next visit, and what the year lacks."""
    on, end = occasion.on, occasion.period.last
    for one in pairs:
        if one.never:
            continue
        who, responsible = one.pair, one.pair.helper
        if one.due:
            last = f"上次 {one.last}" if one.last else f"{who.since} 结对，还没有去过"
            yield DueDay(who, "走访或联系", latest=VagueDate.on(one.due), left=(one.due - on).days, responsible=responsible, state="逾期" if one.over else "待办", basis=policy.interval.clause if policy.interval else "", note=last)  # fmt: skip
        for what, done, least in lacking(one, policy, occasion):
            yield DueDay(who, f"一年{what} {least} 次", latest=VagueDate.on(end), left=(end - on).days, responsible=responsible, state=f"还差 {least - done} 次", basis=policy.yearly.clause if policy.yearly else "", note=f"已{what} {done} 次")  # fmt: skip


def lacking(one: PairVisits, policy: VisitPolicy, occasion: Occasion) -> Iterator[tuple[str, int, int]]:
    """What a year still lacks: what, how often it was done, and how often it must be. Parts of a year lack nothing yet."""
    if policy.yearly and not one.never and occasion.period.months == _YEAR:
        least = ((VISIT, one.visits, policy.yearly.visits), (CONTACT, one.contacts, policy.yearly.contacts))
        yield from (each for each in least if each[1] < each[2])
