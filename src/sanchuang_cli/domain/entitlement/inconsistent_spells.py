"""Finds where a row contradicts itself about service: impossible spells, and 离任日期, 离任职务 or 任职年限
that disagree.

It may read one row that has been judged. It only lists the contradictions and the other readings of the row;
doubts.py judges those.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sanchuang_cli.domain.contradictions import CHILDHOOD
from sanchuang_cli.domain.entitlement.readings import Against, OtherReading, Seen
from sanchuang_cli.domain.entitlement.service import Posts
from sanchuang_cli.domain.entitlement.tenure import stated_months
from sanchuang_cli.domain.months import NEVER, number
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.period import Month, Spell, VagueDate

_YEAR = 12
_LONG_BEFORE = 24
"""What ended so many months before a period has no effect on it any more."""
_ANY_POST = frozenset(
    {"村干部", "离任村干部", "村组干部", "干部", "两委", "村两委", "两委干部", "两委成员", "村两委成员"}
)
"""Words for a post that do not say which post it was."""


def impossible_spells(seen: Seen) -> Sequence[Against]:
    """Spells that begin in childhood or after the period, that end before they begin, or that end long after
    the period."""
    found: list[Against] = []
    if not seen.prepared.posts:
        return found
    first, (_, last, never) = seen.born.day.year + CHILDHOOD, seen.bounds
    for at, spell in enumerate(seen.record.spells):
        start, end = spell.start, spell.end
        if end and end.latest < start.earliest:
            others = [_replaced(seen, at, spell._replace(start=end, end=start))]
            said = f"任职起点 {start} 晚于止点 {end}"
        elif start.latest.year < first:
            grown, latest = date(first, 1, 1), end.latest if end else last
            days: tuple[date, ...] = grown, max(latest, grown)
            others = [_replaced(seen, at, spell._replace(start=VagueDate.on(day))) for day in days]
            if end and latest < grown:
                others = [_replaced(seen, at)]  # as a child only: it never was
            said = f"任职起点 {start} 时不满 {CHILDHOOD} 岁（身份证号上 {seen.born.day} 出生）"
        elif start.earliest > last:
            others = [_replaced(seen, at)]
            said = f"任职起点 {start} 在本期之后"
        elif end and end.earliest > never:
            before = Month.at(number(seen.bounds.first) - _LONG_BEFORE).first
            days = start.earliest, max(start.earliest, before), last
            others = [_replaced(seen, at, spell._replace(end=VagueDate.on(day))) for day in days]
            said = f"任职止点 {end} 还没有到"
        else:
            continue
        found.append(Against("spells", said, tuple(others)))
    return found


def leaving(seen: Seen) -> Sequence[Against]:
    """Compare 离任日期 with the end of the last spell."""
    left, spells = seen.record.left, seen.record.spells
    if not left or not spells:
        return []
    last = _ended_last(spells)
    end, first = spells[last[0]].end, spells[last[0]].earliest_end
    if end is None or first is None:
        if left.earliest > seen.bounds.last:
            return []
        said = f"离任日期写的是 {left}，任职经历里却写至今"
    elif number(left.earliest) <= number(end.latest) and number(first) <= number(left.latest):
        return []
    else:
        said = f"离任日期写的是 {left}，最后一段任职到 {end} 止"
    ended = VagueDate.on(left.earliest)
    others = tuple(
        spell._replace(end=ended) if at in last else spell
        for at, spell in enumerate(spells)
        if at not in last or number(spell.start.earliest) <= number(left.earliest)
    )
    return [Against("left", said, (seen.with_(spells=others),))]


def post(seen: Seen) -> Sequence[Against]:
    """Compare 离任职务 with the post of the last spell: of all spells, and of those that count."""
    record, posts = seen.record, seen.prepared.posts
    if not posts or not record.post or not record.spells:
        return []
    spells, last = record.spells, _ended_last(record.spells)
    if _one_post(posts, record, last) or narrow(record.post) in _ANY_POST:
        return []
    counted = [at for at, spell in enumerate(spells) if posts.listed(spell.post, record.village)]
    counted_last = [counted[at] for at in _ended_last(tuple(spells[at] for at in counted))] if counted else []
    if _one_post(posts, record, counted_last):
        return []
    said = f"离任职务写的是“{record.post}”，最后一段任职的职务是“{'、'.join(dict.fromkeys(spells[at].post for at in last))}”"
    ways = dict.fromkeys((tuple(last), tuple(counted_last)))
    return [Against("post", said, tuple(_in_post(seen, way) for way in ways if way))]


def years(seen: Seen) -> Sequence[Against]:
    """Compare 任职年限 with the spells: all of them, and those of posts that count.

    For each other reading, the start of one spell is moved.
    """
    record, posts = seen.record, seen.prepared.posts
    if not record.years or not record.spells or not posts:
        return []
    verdict = next((one for one in seen.verdicts if one.length), None)
    length = verdict.length if verdict else None
    listed = tuple(s for s in record.spells if posts.listed(s.post or record.post, record.village))
    stated = stated_months(record.years)
    if stated is not None and any(_agrees(stated, *_months(some)) for some in (record.spells, listed)):
        return []
    counted = length.counted if length else str(_months(listed)[0])
    message = f"任职年限写的是“{record.years}”，按任职经历算得 {counted} 个月"
    if stated is None:
        return [Against("years", message, ())]
    rounded = length is not None and length.steps[-1].unit == "年" and length.units == stated // _YEAR
    return [Against("years", message, tuple(_lasting(seen, listed, stated)), quiet=rounded)]


def _replaced(seen: Seen, at: int, *spells: Spell) -> OtherReading:
    """Return the row in which other spells, or none, stand in the place of one spell."""
    old = seen.record.spells
    return seen.with_(spells=(*old[:at], *spells, *old[at + 1 :]))


def _ended_last(spells: tuple[Spell, ...]) -> list[int]:
    """Return the spells that still go on, or, if all have ended, the ones that ended last."""
    if len(spells) == 1:
        return [0]
    ends = [number(spell.end.latest) if spell.end else NEVER for spell in spells]
    latest = max(ends)
    return [at for at, end in enumerate(ends) if end == latest]


def _one_post(posts: Posts, record: Member, which: list[int]) -> bool:
    """Whether 离任职务 can mean the post of one of these spells.

    It can if the words are the same, if both name one listed post, if neither names a listed one, or if a
    spell names none.
    """
    village, ours = record.village, record.post
    if any(record.spells[at].post == ours for at in which):
        return True  # it is so for nearly everybody, and what follows is slow
    ranks = posts.listed(ours, village)
    for at in which:
        theirs = record.spells[at].post
        others = posts.listed(theirs, village) if theirs else ranks
        if ranks == others or not set(ranks).isdisjoint(others):
            return True
    return False


def _in_post(seen: Seen, which: tuple[int, ...]) -> OtherReading:
    spells = enumerate(seen.record.spells)
    return seen.with_(
        spells=tuple(s._replace(post=seen.record.post) if at in which else s for at, s in spells)
    )


def _months(spells: tuple[Spell, ...]) -> tuple[int, int]:
    """Return how many months somebody served, at least and at most. While the person still serves, nobody
    knows."""
    if any(spell.end is None for spell in spells):
        return 0, _YEAR * 100
    shortest: set[int] = set()
    longest: set[int] = set()
    for start, end, _ in spells:
        assert end
        shortest |= set(range(number(start.latest), number(end.earliest) + 1))
        longest |= set(range(number(start.earliest), number(end.latest) + 1))
    return len(shortest), len(longest)


def _agrees(stated: int, least: int, most: int) -> bool:
    """Whether a stated length agrees with so many months. A statement in whole years means full years."""
    if stated % _YEAR == 0:
        return least // _YEAR <= stated // _YEAR <= most // _YEAR
    return least <= stated <= most


def _lasting(seen: Seen, listed: tuple[Spell, ...], stated: int) -> Iterator[OtherReading]:
    """Return readings in which the start of one spell is moved, so that all spells together last as long as
    was stated: from its first day for the most that they last, from its last day for the least."""
    least, most = _months(listed)
    full = stated + _YEAR - 1 if stated % _YEAR == 0 else stated
    longer = stated > most
    off = stated - most if longer else full - least
    for at, spell in enumerate(seen.record.spells):
        begun = number(spell.start.earliest if longer else spell.start.latest)
        start = Month.at(max(begun - off, number(seen.born.day)))
        if spell in listed and spell.end and number(start.first) <= number(spell.end.latest):
            yield _replaced(seen, at, spell._replace(start=VagueDate.on(start.first)))
