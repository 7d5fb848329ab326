"""Whether a row surely says nothing against itself: a quick look, for nearly all rows say nothing.

It may only say "surely": where it does, no check of consistency.py finds anything. All other rows are looked at closely.
"""

from sanchuang_cli.domain.contradictions import CHILDHOOD, JOINING_AGE
from sanchuang_cli.domain.entitlement.readings import Seen
from sanchuang_cli.domain.months import EVER, number
from sanchuang_cli.period import Spell


def clear(seen: Seen) -> bool:
    """Birth, sex and joining as the number has them, no death, and spells that can be and agree with the leaving."""
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
    """Days that can be, none of which says that something has happened or that a suspension has ended."""
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
    """Spells from no child's age to no later than now, each ending later than those before it, of which the last is the
    one that was left."""
    record, (_, last, never) = seen.record, seen.bounds
    grown, ended = seen.born.day.year + CHILDHOOD, EVER
    for start, end, _ in spells:
        if start[0] > last or start[1].year < grown or end is None or end[1] < start[0] or end[0] > never:
            return False
        before, ended = ended, number(end[1])
        if ended <= before:
            return False
    left, (_, end, post) = record.left, spells[-1]
    agree = not left or (end is not None and left[0] <= end[1] and end[0] <= left[1])
    return agree and (not record.post or record.post == post)
