"""Finds where a row contradicts itself. For each contradiction it gives the other ways in which the row can
be read.

All kinds of contradiction stand in one table here. Nothing is weighed in this module: doubts.py judges the
row once more for each other reading, and sets the row aside if the money would change.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sanchuang_cli.domain import contradictions
from sanchuang_cli.domain.age import birthday
from sanchuang_cli.domain.entitlement import inconsistent_spells
from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.clear import clear
from sanchuang_cli.domain.entitlement.conditions import RuleColumns
from sanchuang_cli.domain.entitlement.policy import Entitlements
from sanchuang_cli.domain.entitlement.readings import Against, OtherReading, PeriodBounds, Prepared, Seen
from sanchuang_cli.domain.entitlement.rules import BenefitVerdict
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.people import Member
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile

Found = Sequence[Against]
TOLD_TWICE = "spells-differ"
"""The code for a cell of spells that disagrees with the 任职经历 sheet. One row alone cannot show this."""


def _birth(seen: Seen) -> Found:
    written, born = seen.record.born, seen.born
    if not written or not contradictions.born(written, seen.record.identity):
        return []
    others = {Born(written.earliest, born.sex), Born(written.latest, born.sex)}
    message = f"出生日期写的是 {written}，身份证号是 {born.day}"
    return [Against("born", message, tuple(OtherReading(seen.record, other) for other in sorted(others)))]


def _sex(seen: Seen) -> Found:
    record, born = seen.record, seen.born
    if not record.sex or not contradictions.sex(record.sex, record.identity):
        return []
    message = f"性别写的是“{record.sex}”，身份证号是“{born.sex}”"
    return [Against("sex", message, (OtherReading(record, Born(born.day, record.sex)),))]


def _days(seen: Seen) -> Found:
    """Days before birth, and days long after the period. Such a day is wrong, so the true day is not known at
    all."""
    birth, last, found = seen.born.day, seen.bounds.never, []
    for name, day in seen.dates.items():
        if day.latest >= birth and day.earliest <= last:
            continue
        heading = seen.record.row.place(name).heading or name
        said = "还没有到" if day.earliest > last else "早于出生"
        days = (VagueDate.on(birth), VagueDate.on(seen.bounds.last), None)
        message = f"{heading} {day} {said}（身份证号上 {birth} 出生）"
        found.append(Against(name, message, tuple(seen.with_(**{name: other}) for other in days)))
    return found


def _joining(seen: Seen) -> Found:
    """A day of joining before the permitted age. In childhood the true day is not known at all; before
    eighteen it is read as the 18th birthday."""
    joined, birth = seen.dates.get("joined"), VagueDate.on(seen.born.day)
    if joined is None or joined.latest < birth.earliest:
        return []
    wrong = contradictions.joined(joined, birth)
    if not wrong:
        return []
    days: tuple[VagueDate | None, ...] = (
        VagueDate.on(birthday(birth.earliest, contradictions.JOINING_AGE, "february")),
    )
    if contradictions.is_child(joined, birth):
        days = (*days, VagueDate.on(seen.bounds.last), None)
    others = tuple(seen.with_(joined=day) for day in days)
    return [Against("joined", f"入党日期 {joined} {wrong.what}", others)]


def _death(seen: Seen) -> Found:
    """A death that is earlier than the end of something the person did."""
    died = seen.dates.get("died_on")
    if not died or died.latest < seen.born.day:
        return []
    later = [spell.end or spell.start for spell in seen.record.spells]
    later += [seen.record.left] if seen.record.left else []
    after = [day for day in later if number(day.earliest) > number(died.latest)]
    said = f"死亡日期 {died}，任职却到 {max(after)}" if after else ""
    return [Against("died_on", said, (seen.with_(died_on=None),))] if after else []


def _states(seen: Seen) -> Found:
    """A column which says that something has not happened, beside a column with the day on which it
    happened."""
    found = []
    for state in seen.prepared.states:
        day = state.day(seen.record)
        if day is None:
            continue
        value = state.read(seen.record)
        if state.denied(value):
            written = "否" if value is False else "是" if value is True else value
            heading = seen.record.row.place(state.since).heading or state.rule.since
            message = f"{state.rule.column}写的是“{written}”，却填了{heading} {day}"
            others = seen.with_(**{state.since: None}), seen.with_(**{state.name: state.happened()})
            found.append(Against(state.name, message, others))
    return found


def _pauses(seen: Seen) -> Found:
    """A suspension that ends before it begins, or of which only the end is filled in."""
    found = []
    for start, end in seen.prepared.pauses:
        began, ended = seen.dates.get(start), seen.dates.get(end)
        if ended and not began:
            readings = (seen.with_(**{start: VagueDate.on(seen.born.day)}),)
            found.append(Against(end, f"填了暂停的止期 {ended}，没有填起期", readings))
        elif began and ended and ended.latest < began.earliest:
            others = seen.with_(**{start: ended, end: began}), seen.with_(**{end: None})
            found.append(Against(end, f"暂停到 {ended} 止，早于起期 {began}", others))
    return found


class ContradictionKind(NamedTuple):
    """One kind of contradiction: the code of its finding, and the function that looks for it."""

    code: str
    find: Callable[[Seen], Found]


CHECKS = (
    ContradictionKind("birth-differs", _birth),
    ContradictionKind("sex-differs", _sex),
    ContradictionKind("contradiction", _days),
    ContradictionKind("contradiction", _joining),
    ContradictionKind("contradiction", _death),
    ContradictionKind("contradiction", _states),
    ContradictionKind("contradiction", _pauses),
    ContradictionKind("contradiction", inconsistent_spells.impossible_spells),
    ContradictionKind("left-differs", inconsistent_spells.leaving),
    ContradictionKind("post-differs", inconsistent_spells.post),
    ContradictionKind("years-differ", inconsistent_spells.years),
)
"""Every way in which a row can contradict itself."""


class Contradictions:
    """Looks for contradictions in rows, under one policy."""

    def __init__(self, policy: PolicyFile[Entitlements], period: Period) -> None:
        self.bounds = PeriodBounds.of(period)
        self._of = {
            id(benefit): Prepared.of(benefit, RuleColumns(edition.fields()))
            for edition in policy.editions
            for benefit in edition.benefit
        }
        self._together: dict[tuple[int, ...], Prepared] = {}

    def of(
        self, record: Member, born: Born, verdicts: Sequence[BenefitVerdict], dates: dict[str, VagueDate]
    ) -> list[tuple[str, Against]]:
        """Return each contradiction in a row. dates: the same as Seen.dates."""
        benefits = tuple([id(verdict.benefit) for verdict in verdicts])
        prepared = self._together.get(benefits)
        if prepared is None:
            prepared = Prepared.together(self._of[one] for one in dict.fromkeys(benefits))
            self._together[benefits] = prepared
        seen = Seen(record, born, verdicts, prepared, dates, self.bounds)
        return [] if clear(seen) else found_in(seen)


def found_in(seen: Seen) -> list[tuple[str, Against]]:
    """Return each contradiction in a row, without the quick look first."""
    return [(code, found) for code, find in CHECKS for found in find(seen)]
