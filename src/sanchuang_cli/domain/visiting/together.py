"""The log beside the pairs, and gifts beside money and goods: everything that only all rows together tell."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from sanchuang_cli.domain.visiting.doubts import DOUBTS
from sanchuang_cli.domain.visiting.giving import PotLine, allocated, reconciled
from sanchuang_cli.domain.visiting.log import (
    CONTACT,
    DOUBLE,
    Logged,
    PairVisits,
    ResultPairs,
    lacking,
    matched,
    visits_of_pair,
    without_doubles,
)
from sanchuang_cli.domain.visiting.policy import VisitPolicy
from sanchuang_cli.domain.visiting.records import PairLine
from sanchuang_cli.finding import ALL
from sanchuang_cli.join import Join, Partner
from sanchuang_cli.judging import At, Company, Joint, Told, in_error
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Period
from sanchuang_cli.record import Field, Record

VISITS, RECIPIENTS, SUPPLIES, PAIRS = "visits", "recipients", "supplies", "pairs"
PAIRED = Join(
    PAIRS,
    "pairing",
    "结对帮扶一览表",
    on={"township": "乡镇", "village": "村", "name": "姓名", "identity": "身份证号", "visitor": "帮扶人"},
    column=Field("结对日期", Kind.DATE),
    must=lambda edition: edition.result.must or "result",
    of=lambda period: Period.year(period.start.year),  # pairs that were kept stand in this year's result, too
    optional=True,
)


class Beside(NamedTuple):
    """What pages show besides the verdicts."""

    pairs: Sequence[PairVisits]
    pots: Sequence[PotLine]


def together(company: Company) -> Joint:
    """The rule over all rows; see the module."""
    at = company.at
    visits, told = without_doubles(company.standing(VISITS))
    pairs = _pairs(at)
    single = [visit for visit in visits if visit.part != DOUBLE]
    own, odd = matched(single, ResultPairs(pairs), at)
    told += odd
    if visits and not pairs:
        said = "没有给结对结果，各对走访的次数、期限和帮扶人没有核对"
        told.append(Told(at.doubts.at("no-result", ALL, said)))
    aside = in_error(told)
    visits = [
        replace(visit, helper=own[id(visit.record.row)].helper) if id(visit.record.row) in own else visit
        for visit in visits
        if id(visit.record.row) not in aside
    ]
    lines = _together(pairs, [visit for visit in visits if id(visit.record.row) in own], own, at)
    told += _late_and_few(lines, visits, own, at)
    gifts = company.standing(RECIPIENTS)
    waiting = company.waiting(RECIPIENTS)
    told += reconciled(gifts, at, whole=not waiting)
    pots, more = allocated(gifts, waiting, at)
    return Joint({VISITS: visits}, [*told, *more], more=Beside(lines, pots))


def _pairs(at: At[VisitPolicy]) -> list[PairLine]:
    """The pairs of the result, each with its day; the day of the result where a line says none."""
    roster = at.rosters.get(PAIRS)
    return [_pair(partner, at.occasion.period.first) for partner in roster.records] if roster else []


def _pair(partner: Partner, unknown: date) -> PairLine:
    said, day = partner.more.get, partner.more.get(PAIRED.column.heading)
    village, name, identity, helper = (said(head) or "" for head in ("村", "姓名", "身份证号", "帮扶人"))
    since = day.latest if day else unknown
    return PairLine(
        row=partner.row, township=partner.township, village=village, name=name, identity=identity, helper=helper, since=since
    )  # fmt: skip


def _together(
    pairs: Sequence[PairLine], visits: Sequence[Logged], own: dict[int, PairLine], at: At[VisitPolicy]
) -> list[PairVisits]:
    by_pair: dict[int, list[Logged]] = defaultdict(list)
    for visit in visits:
        by_pair[id(own[id(visit.record.row)])].append(visit)
    rank = at.occasion.rank
    lines = [visits_of_pair(pair, by_pair[id(pair)], at) for pair in pairs]
    return sorted(
        lines, key=lambda one: (rank(one.pair.township), one.pair.village, one.pair.name, one.pair.identity)
    )


def _late_and_few(
    lines: Sequence[PairVisits], visits: Sequence[Logged], own: dict[int, PairLine], at: At[VisitPolicy]
) -> Iterator[Told]:
    """Visits after their day, or before that of the pair, at their rows; and at the end of the year what it lacks, at the
    pair."""
    rows: dict[tuple[int, date], Logged] = {}
    for visit in sorted(visits, key=lambda one: one.record.row.line):
        if id(visit.record.row) in own:
            rows.setdefault((id(own[id(visit.record.row)]), visit.day), visit)
    for one in lines:
        for late in one.late:
            who = rows[id(one.pair), late.day].record
            said = f"{late.day} 才去，最迟 {late.due}，晚了 {late.days} 天"
            yield _told("visit-late", who, "day", f"{who.called}：{said}", at)
        if one.stood and at.policy.interval:
            who = rows[id(one.pair), one.stood].record
            said = f"{one.stood} 去过，结对结果上的结对日期是 {one.pair.since}；期限从这次算"
            yield _told("pair-later", who, "day", f"{who.called}：{said}", at)
        if at.occasion.on >= at.occasion.period.last:
            for what, done, least in lacking(one, at.policy, at.occasion):
                said = f"{one.pair.name}（帮扶人{one.pair.helper}）：全年{what} {done} 次，少于 {least} 次"
                yield _told("too-few", one.pair, "name", said, at)
    yield from _not_wanted(visits, own)


def _not_wanted(visits: Sequence[Logged], own: dict[int, PairLine]) -> Iterator[Told]:
    """Visits after the day on which somebody did not want any more."""
    since: dict[int, date] = {}
    given = sorted(visits, key=lambda one: (one.day, one.record.row.line))
    for visit in given:
        pair = own.get(id(visit.record.row))
        if pair and id(pair) in since and visit.day > since[id(pair)] and visit.way != CONTACT:
            said = f"{visit.record.called}：{since[id(pair)]} 已经写明不再走访"
            yield Told(DOUBTS.at("not-wanted", visit.record.row.place("day"), said), visit.record.row)
        if pair and visit.record.never:
            since.setdefault(id(pair), visit.day)


def _told(code: str, who: Record, field: str, said: str, at: At[VisitPolicy]) -> Told:
    """A finding at a row that it does not set aside."""
    rules = {"visit-late": at.policy.interval, "pair-later": at.policy.interval, "too-few": at.policy.yearly}
    rule = rules[code]
    return Told(DOUBTS.at(code, who.row.place(field), said, rule.clause if rule else ""), who.row)
