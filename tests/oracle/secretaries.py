"""A second opinion on terms of secretaries, proposals and elections: plain Python from the words of the rules.

A term of three years, or of five where it begins on 2018-07-12 or later, ends on the eve of the day on which the next one
would begin; of terms begun before 1990-06-27 no rule is known. An extension counts with a document, if it ends after the
term and at most twelve months after it; of a term whose end is not known it counts as its document says. A change is proposed where the post has been vacant for more than three months,
nobody was listed for two years, fewer than 60 of 100 are satisfied, both halves of a year were the last, or the list of
the weak says so.

Of an election: figures that cannot be true wait, then too few people or too many papers make it void. Whoever has more than
half of those present is elected from the top, but for a tie that would take more seats than there are. Rounds of one meeting
that lie before the one before them, or that together elect more than there are seats, all wait.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FIVE_YEARS, RULED = date(2018, 7, 12), date(1990, 6, 27)
FOUR_FIFTHS = date(2020, 7, 13)
"""From this day on four fifths are enough; before, more had to come."""


@dataclass(frozen=True)
class Village:
    """A row of the roster; None is a blank cell."""

    began: date | None = None
    until: date | None = None
    document: bool = False
    vacated: date | None = None
    idle: int | None = None
    halves: tuple[bool | None, bool | None] = (None, None)
    satisfied: int | None = None
    valid: int | None = None
    listed: bool | None = None


@dataclass(frozen=True)
class Opinion:
    """What comes of it. waits: it cannot be judged."""

    part: str = ""
    ends: date | None = None
    until: date | None = None
    late: frozenset[str] = frozenset()
    hits: frozenset[str] = frozenset()


def moved(day: date, months: int) -> date:
    """The same day so many months later; the last of that month where it has no such day."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def end_of_term(began: date) -> date | None:
    if began < RULED:
        return None
    years = 3 if began < FIVE_YEARS else 5
    return moved(began, years * 12) - timedelta(1)


def opinion(row: Village, on: date) -> Opinion:
    if row.satisfied is not None and row.valid is not None and row.satisfied > row.valid:
        return Opinion("待核实")
    vacant = row.vacated is not None and row.vacated <= on
    ends = end_of_term(row.began) if row.began else None
    until = None
    if row.until and row.document and (ends is None or ends < row.until <= moved(ends, 12)):
        until = row.until
    late = set()
    last = until or ends
    if last and last < on:
        late.add("换届选举")
    over = bool(vacant and row.vacated and on > moved(row.vacated, 3))
    if over:
        late.add("配齐书记")
    asked = {
        "书记出缺超过三个月": over,
        "连续两年没有发展对象": (row.idle or 0) >= 2,
        "群众满意率低": bool(row.valid)
        and row.satisfied is not None
        and 100 * row.satisfied < 60 * (row.valid or 0),
        "一年两次考核末位": row.halves == (True, True),
        "列入整顿名单": row.listed is True,
    }
    hits = frozenset(name for name, met in asked.items() if met)
    part = "建议调整" if hits else "出缺" if vacant else "在任"
    return Opinion(part, ends, until, frozenset(late), hits)


@dataclass(frozen=True)
class Round:
    """An election. members: None is a blank cell. by_delegates: whether delegates hold it."""

    day: date
    entitled: int
    present: int
    given: int
    returned: int
    seats: int
    votes: Mapping[str, int]
    valid: int | None = None
    members: int | None = None
    by_delegates: bool = False


def fates(held: Round) -> dict[str, str]:
    """What comes of each candidate."""

    def all_of(word: str) -> dict[str, str]:
        return dict.fromkeys(held.votes, word)

    if held.by_delegates and held.members is None:
        return all_of("待核实")
    if held.by_delegates and (held.members or 0) < 500:
        return all_of("选举无效")
    if held.present > held.entitled or held.given > held.present or held.entitled == 0:
        return all_of("待核实")
    if held.valid is not None and held.valid > held.returned:
        return all_of("待核实")
    came = 5 * held.present - 4 * held.entitled
    if came < 0 or (came == 0 and held.day < FOUR_FIFTHS) or held.returned > held.given:
        return all_of("选举无效")
    papers = held.returned if held.valid is None else held.valid
    if max(held.votes.values()) > papers or sum(held.votes.values()) > papers * held.seats:
        return all_of("待核实")
    found = {}
    for name, number in held.votes.items():
        better = sum(other > number for other in held.votes.values())
        level = sum(other == number for other in held.votes.values())
        if 2 * number <= held.present:
            found[name] = "未过半"
        elif better >= held.seats:
            found[name] = "得票较少，未当选"
        else:
            found[name] = "当选" if better + level <= held.seats else "并列再选"
    return found


def of_meeting(rounds: Sequence[Round]) -> list[dict[str, str]]:
    """What comes of each candidate in each round, none of which was revoked."""
    each = [fates(one) for one in rounds]
    wait = {m for n in range(1, len(rounds)) if rounds[n].day < rounds[n - 1].day for m in (n - 1, n)}
    elected = {n: list(found.values()).count("当选") for n, found in enumerate(each)}
    filling = [n for n in elected if elected[n]]
    if len(filling) > 1 and sum(elected.values()) > max(one.seats for one in rounds):
        wait |= {*filling}
    return [dict.fromkeys(found, "待核实") if n in wait else found for n, found in enumerate(each)]
