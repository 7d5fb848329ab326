"""What a person's row says against itself, and the other ways to read it: a second judgement beside the product's.

A row is set aside where one of the other readings would be paid otherwise. Written from the rules alone:

- 财政供养 否 or 户籍状况 在册 beside the day on which it ended: the day is wrong, or the state is. A document that does
  not look at 户籍状况 takes nothing from it.
- A suspension that ends before it begins: the days have changed places, or the end is wrong. An end without a
  beginning: suspended since ever.
- A death before the end of what the dead did: the death is wrong.
- A joining before birth: on the day of birth, at the end of the period, never. Before the eighteenth birthday, since
  October 1956, or before the year of the twelfth whenever: on the eighteenth; as a child also at the end of the
  period, and never.
- A spell that begins before that year: from its first month on, or only in the spell's last month. One that has also
  ended before it, or begins after the period: it never was. One that ends more than twenty years after the period: it ended in its first month,
  two years before the period or in its last month.
- 离任日期 in another month than the end of the last spells, or beside spells that go on: those spells ended then.
- 离任职务 in none of the last spells, of all nor of those that count: those spells were served in it.
- 任职年限 in full years that neither all spells nor those that count make up: one of their starts lies elsewhere, so that the
  most that they can last is the least stated, or the least the most stated; but not before birth.

A year without month may be each of its months, in these readings as in the row itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from tests.oracle.people import later
from tests.oracle.persons import YM, Person, Stay, months_from_to, readings

Rank = Callable[[str], int | None]
"""Which posts are one and the same to a document; None for those that it does not list."""
GROWN, LATER = 12, 20


def others(person: Person, first: YM, last: YM, rank: Rank, *, by_household: bool = True) -> Iterator[Person]:
    """The other readings, for a run of the months from `first` to `last`. by_household: whether a document looks at
    户籍状况."""
    for one in (
        *_states(person, by_household=by_household),
        *_days(person, last),
        *_spells(person, first, last, rank),
    ):
        yield from readings(one)


def _from(month: YM) -> YM:
    return month[0], month[1] or 1


def _to(month: YM) -> YM:
    return month[0], month[1] or 12


def _states(person: Person, *, by_household: bool) -> Iterator[Person]:
    if person.employed is False and person.employed_on:
        yield replace(person, employed_on=None)
        yield replace(person, employed=True)
    if by_household and person.household == "在册" and person.moved_on:
        yield replace(person, moved_on=None)
        yield replace(person, household="迁出")


def _days(person: Person, last: YM) -> Iterator[Person]:
    began, ended = person.suspended_from, person.suspended_to
    if ended and not began:
        yield replace(person, suspended_from=(person.born.year, person.born.month))
    elif began and ended and ended < began:
        yield replace(person, suspended_from=ended, suspended_to=began)
        yield replace(person, suspended_to=None)
    done = [_from(stay.end or stay.start) for stay in person.stays]
    done += [person.left] if person.left else []
    if person.died_on and any(month > person.died_on for month in done):
        yield replace(person, died_on=None)
    yield from _joining(person, last)


def _joining(person: Person, last: YM) -> Iterator[Person]:
    joined, born = person.joined, person.born
    if joined is None:
        return
    child = joined.year < born.year + GROWN
    if joined < born:
        yield replace(person, joined=born)
    elif child or (joined >= date(1956, 10, 1) and joined < _eighteen(born)):
        yield replace(person, joined=_eighteen(born))
    if joined < born or child:
        yield replace(person, joined=joined.replace(*last, day=28))
        yield replace(person, joined=None)


def _eighteen(born: date) -> date:
    leap = (born.month, born.day) == (2, 29)
    return date(born.year + 18, born.month, 28 if leap and (born.year + 18) % 4 else born.day)


def _spells(person: Person, first: YM, last: YM, rank: Rank) -> Iterator[Person]:
    grown = person.born.year + GROWN
    for stay in person.stays:
        if stay.start[0] < grown and stay.end and stay.end[0] < grown:
            yield _instead(person, {stay: None})
        elif stay.start[0] < grown:
            latest = max(_to(stay.end) if stay.end else last, (grown, 1))
            for start in ((grown, 1), latest):
                yield _instead(person, {stay: stay._replace(start=start)})
        elif _from(stay.start) > last:
            yield _instead(person, {stay: None})
        elif stay.end and _from(stay.end) > (last[0] + LATER, 12):
            start = _from(stay.start)
            for end in (start, max(start, later(first, -24)), last):
                yield _instead(person, {stay: stay._replace(end=end)})
    if person.stays:
        yield from _left(person, last)
        yield from _post(person, rank)
        yield from _years(person, rank)


def _instead(person: Person, by: dict[Stay, Stay | None]) -> Person:
    stays = (by.get(stay, stay) for stay in person.stays)
    return replace(person, stays=tuple(stay for stay in stays if stay))


def _last(stays: tuple[Stay, ...]) -> list[Stay]:
    open_ = [stay for stay in stays if stay.end is None]
    latest = max((_to(stay.end) for stay in stays if stay.end), default=None)
    return open_ or [stay for stay in stays if stay.end and _to(stay.end) == latest]


def _left(person: Person, last: YM) -> Iterator[Person]:
    final, left = _last(person.stays), person.left
    end = final[0].end
    if left is None or (end is None and left > last) or (end and _from(end) <= left <= _to(end)):
        return
    yield _instead(
        person,
        {stay: stay._replace(end=left) if _from(stay.start) <= left else None for stay in final},
    )


def _post(person: Person, rank: Rank) -> Iterator[Person]:
    ways = [_last(person.stays), _last(tuple(s for s in person.stays if rank(s.post) is not None))]
    if not person.post:
        return
    for stay in (*ways[0], *ways[1]):
        if person.post == stay.post or rank(person.post) == rank(stay.post):
            return
    for way in ways:
        if way:
            yield _instead(person, {stay: stay._replace(post=person.post) for stay in way})


def _years(person: Person, rank: Rank) -> Iterator[Person]:
    listed = tuple(stay for stay in person.stays if rank(stay.post) is not None)
    if person.years is None or any(stay.end is None for stay in person.stays):
        return
    counts = [_months(stays) for stays in (person.stays, listed)]
    if any(least // 12 <= person.years <= most // 12 for least, most in counts):
        return
    least, most = counts[1]
    stated = person.years * 12
    longer = stated > most
    back = stated - most if longer else stated + 11 - least
    born = person.born.year, person.born.month
    for stay in listed:
        start = max(later(_from(stay.start) if longer else _to(stay.start), -back), born)
        if stay.end and start <= _to(stay.end):
            yield _instead(person, {stay: stay._replace(start=start)})


def _months(stays: tuple[Stay, ...]) -> tuple[int, int]:
    """Months served, at least and at most."""
    least = {m for s in stays if s.end for m in months_from_to(_to(s.start), _from(s.end))}
    most = {m for s in stays if s.end for m in months_from_to(_from(s.start), _to(s.end))}
    return len(least), len(most)
