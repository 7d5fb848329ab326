"""A second opinion on free medical check-ups, from the words of the rules alone: row by row, reading by reading.

Imports nothing from the package. Where the rules leave a corner open, this is the plain reading it takes:

- A day is a span, first and last, of all the days that a cell may mean; "2024" is a year of them. Every combination of
  readings is judged. A day that has happened (last examination, this one) cannot be read as one after the day of
  judgement; of a secretary's row, an end cannot lie before its start, nor, while in post, the last examination on or
  after this one or after the period. Readings in which one does are dropped, and if none is left, of any possible time
  in post, the row is set aside. If the readings that are left differ in the part or in the money, so it is too.
- With the result of the year before, its last examination counts as well as the roster's: if by one of them somebody is
  due and by the other not, or one cannot be, the row is set aside.
- Blank 是否参检: examined if there is a date of examination. Whoever was examined must have a date and a cost; whoever
  was not can have neither, but for a cost of nought.
- Whether in post is asked on the day of the examination, of the absent on the day of judgement.
- First asked is whether somebody is a secretary in post, then whether due, then whether examined. Only those due get
  money: their cost, at most the cap of their sex. It is shared among the payers row by row.
- Rows of one number that agree in all that decides count once, by the first of them that has all that the others have of
  what pages print beside it (package, reason, day of another examination); where none has, or they do not agree, all of
  them are set aside, whatever else is wrong.
- No list of reasons for being absent is given: any word is one.
- A package is compared where the department pays for it. It decides nothing, nor does the day of another examination:
  where nobody can read them, the row stays in its part.
- Any other cell that nobody can read sets its row aside: so do blanks of 乡镇, 村, 姓名, 身份证号, 职务 and
  任职起始, and words that no list has.
- A day at a hospital is too full if more people were examined there than it has places, due or not, in post or not; of
  rows set aside nothing is known. Two figures for one day: none is known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from tests.oracle.sharing import largest_remainder

Span = tuple[date, date]

DONE, MISSED, NOT_DUE, OTHERS, ASIDE = "已体检", "未体检", "本期不应检", "不属体检对象", "搁置"
NO_REASON, OTHER_SEX, ABOVE_CAP, UNDUE = "未写原因", "套餐不符", "超过标准", "不应检而检"
PRINTED = ("package", "reason", "recheck")
DECIDING = ("township", "village", "name", "post", "start", "end", "last", "attended", "day", "cost")


@dataclass(frozen=True)
class Row:
    """One row of the roster. cost: fen. unread: the names of what cannot be read; what it might say stays blank."""

    township: str
    village: str
    name: str
    number: str
    sex: str
    post: str
    start: Span | None
    end: Span | None = None
    last: Span | None = None
    attended: bool | None = None
    day: Span | None = None
    place: str = ""
    package: str = ""
    cost: int | None = None
    reason: str = ""
    recheck: Span | None = None
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rules:
    """others: posts that are known and not examined. caps: fen by sex. payers: weights in the order of the policy."""

    year: int
    as_of: date
    posts: frozenset[str]
    others: frozenset[str]
    interval: int
    caps: dict[str, int]
    payers: tuple[int, ...] = (100,)


@dataclass(frozen=True)
class Verdict:
    """borne: fen by payer. own: fen that are the person's. counts: false for a row that another already counts for."""

    part: str
    borne: tuple[int, ...] = ()
    own: int = 0
    warnings: frozenset[str] = frozenset()
    counts: bool = True

    @property
    def money(self) -> int:
        return sum(self.borne)


Known = Mapping[str, date | None]
"""By number: the last examination that the result of the year before knows of."""
NOTHING: Known = {}


def judged(rows: Sequence[Row], rules: Rules, known: Known = NOTHING) -> list[Verdict]:
    """One verdict a row, in their order."""
    same = defaultdict(list)
    for at, row in enumerate(rows):
        same[row.number or f"row {at}"].append(row)
    found = []
    for at, row in enumerate(rows):
        group = same[row.number or f"row {at}"]
        full = fullest(group)
        verdict = alone(row, rules, known) if full else Verdict(ASIDE)
        if len(group) > 1 and any(alone(one, rules, known).part == ASIDE for one in group):
            verdict = Verdict(ASIDE)
        found.append(replace(verdict, counts=verdict.part == ASIDE or row is full))
    return found


def fullest(group: Sequence[Row]) -> Row | None:
    """The first row that says all that any of them says; None where there is none."""
    if len({tuple(getattr(one, name) for name in DECIDING) for one in group}) > 1:
        return None
    said = {(name, getattr(one, name)) for one in group for name in PRINTED if getattr(one, name)}
    full = (one for one in group if all(getattr(one, name) == value for name, value in said))
    return next(full, None)


def alone(row: Row, rules: Rules, known: Known = NOTHING) -> Verdict:
    """What becomes of a row that stands for itself."""
    if not legible(row, rules) or not coherent(row, rules) or in_childhood(row):
        return Verdict(ASIDE)
    lasts = {row.last, (before, before) if (before := known.get(row.number)) else row.last}
    lasts -= {None} if len(lasts) > 1 else set()
    found = {verdict for last in lasts for verdict in by_service(replace(row, last=last), rules)}
    verdict = found.pop() if len(found) == 1 else None
    if verdict is None:
        return Verdict(ASIDE)
    return replace(verdict, warnings=frozenset(warnings(row, verdict, rules)))


def in_childhood(row: Row) -> bool:
    """Whether the post began, even at the latest, before the year of the twelfth birthday."""
    return row.start is not None and row.start[1].year < int(row.number[6:10]) + 12


def legible(row: Row, rules: Rules) -> bool:
    required = (row.township, row.village, row.name, row.number, row.post)
    known = row.post in rules.posts | rules.others
    return all(required) and row.start is not None and known and not row.unread - {"package", "recheck"}


def examined(row: Row) -> bool:
    return row.day is not None if row.attended is None else row.attended


def coherent(row: Row, rules: Rules) -> bool:
    """None of the contradictions that are named."""
    if not examined(row) and (row.day is not None or row.cost):
        return False
    if examined(row) and (row.day is None or row.cost is None):
        return False
    if any(one is not None and one[0] > rules.as_of for one in (row.last, row.day)):
        return False
    return row.day is None or row.day[0].year == rules.year


def days(span: Span | None, others: Sequence[Span | None]) -> list[Span | None]:
    """The days of a span that may make a difference: its ends, and around the ends of all other spans."""
    if span is None:
        return [None]
    ends = [edge + timedelta(days=step) for other in others if other for edge in other for step in (-1, 0, 1)]
    found = sorted({*span, *(day for day in ends if span[0] <= day <= span[1])})
    return [(day, day) for day in found]


def by_service(row: Row, rules: Rules) -> Iterator[Verdict | None]:
    """What may come of a row, by every possible time in post; None where its check-ups contradict each other."""
    landmarks = (row.start, row.end, row.last, row.day, (rules.as_of, rules.as_of))
    lasts, exams = days(row.last, landmarks), days(row.day, landmarks)
    possible = [
        (last, day)
        for last, day in product(lasts, exams)
        if all(one is None or one[0] <= rules.as_of for one in (last, day))
    ]
    terms = list(product(days(row.start, landmarks), days(row.end, landmarks)))
    terms = [(start, end) for start, end in terms if start and (end is None or start <= end)]
    if not terms and row.post in rules.posts:
        yield None
    for start, end in terms or product((row.start,), (row.end,)):
        term = replace(row, start=start, end=end)
        found = {settled(replace(term, last=last, day=day), rules) for last, day in possible}
        yield from found - {None} or {None}


def settled(row: Row, rules: Rules) -> Verdict | None:
    """Part and money of a row whose days are all known; None where they contradict each other."""
    asked = row.day[0] if row.day else rules.as_of
    assert row.start is not None
    if row.post not in rules.posts:
        return Verdict(OTHERS)
    if not row.start[0] <= asked or (row.end and asked > row.end[0]):
        return Verdict(OTHERS)
    if row.last and row.last[0] >= (row.day[0] if row.day else date(rules.year + 1, 1, 1)):
        return None
    if row.last and rules.year - row.last[0].year < rules.interval:
        return Verdict(NOT_DUE)
    if not examined(row):
        return Verdict(MISSED)
    assert row.cost is not None
    borne = min(row.cost, rules.caps[row.sex])
    parts, _ = largest_remainder(borne, rules.payers, "larger_weight")
    return Verdict(DONE, tuple(parts), row.cost - borne)


def warnings(row: Row, verdict: Verdict, rules: Rules) -> Iterator[str]:
    if verdict.part == MISSED and not row.reason:
        yield NO_REASON
    if verdict.part == DONE and row.package not in ("", row.sex):
        yield OTHER_SEX
    if verdict.part == DONE and verdict.own:
        yield ABOVE_CAP
    if verdict.part == NOT_DUE and examined(row):
        yield UNDUE


def too_full(
    rows: Sequence[Row], verdicts: Sequence[Verdict], places: Sequence[tuple[str, date, int]]
) -> set[tuple[str, date]]:
    """The days at a hospital on which more people were examined than it had places."""
    went = Counter(
        (row.place, row.day[0])
        for row, verdict in zip(rows, verdicts, strict=True)
        if verdict.part != ASIDE and verdict.counts and row.place and row.day and row.day[0] == row.day[1]
    )
    quotas = defaultdict(set)
    for place, day, number in places:
        quotas[place, day].add(number)
    return {key for key, numbers in quotas.items() if len(numbers) == 1 and went[key] > min(numbers)}
