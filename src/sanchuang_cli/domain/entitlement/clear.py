"""Tells quickly that a row surely does not contradict itself. It may read one row that has been judged, and
nothing else.

Nearly all rows are in order, and the thorough checks of consistency.py are slow. So this module may only
answer "surely in order" where none of those checks would find anything. Every other row is then checked
thoroughly.
"""

from sanchuang_cli.domain.contradictions import CHILDHOOD, JOINING_AGE
from sanchuang_cli.domain.entitlement.readings import Seen
from sanchuang_cli.domain.months import EVER, number
from sanchuang_cli.period import Spell


def clear(seen: Seen) -> bool:
    """Whether birth, sex and joining agree with the number, there is no death, and the spells are possible
    and agree with the leaving."""
    record, birth = seen.record, seen.born.day
    written, joined = record.born, seen.dates.get("joined")
    if record.died_on or record.years or (record.sex and record.sex != seen.born.sex):
        return False
    if written and not written[0] <= birth <= written[1]:
        return False
    if joined and joined[1].year <= birth.year + JOINING_AGE:
        return False
    return _dates_are(seen) and (not record.spells or _spells_are(seen, record.spells))


def _dates_are(seen: Seen) -> bool:
    """Whether all days are possible, and none says that an event has happened or that a suspension has
    ended."""
    record, birth, prepared, dates = seen.record, seen.born.day, seen.prepared, seen.dates
    never = seen.bounds.never
    for day in dates.values():
        if day[1] < birth or day[0] > never:
            return False
    for state in prepared.states:
        if state.day(record) is not None:
            return False
    return all(end not in dates for _, end in prepared.pauses) if prepared.pauses else True


def _spells_are(seen: Seen, spells: tuple[Spell, ...]) -> bool:
    """Whether the spells begin after childhood, end by now, each end later than the one before, and the last
    one is the post left."""
    record, (_, last, never) = seen.record, seen.bounds
    grown, ended = seen.born.day.year + CHILDHOOD, EVER
    for start, end, _ in spells:
        if start[0] > last or start[1].year < grown or end is None or end[1] < start[0] or end[0] > never:
            return False
        before, ended = ended, number(end[1])
        if ended <= before:
            return False
    left, spell = record.left, spells[-1]
    end, first = spell.end, spell.earliest_end
    agree = not left or (end is not None and first is not None and left[0] <= end[1] and first <= left[1])
    return agree and (not record.post or record.post == spell.post)
