"""A second opinion on free medical check-ups, from the words of the rules alone: row by row, reading by reading.

Imports nothing from the package. Where the rules leave a corner open, this is the plain reading it takes:

- A day is a span, first and last, of all the days that a cell may mean; "2024" is a year of them. Every combination of
  readings is judged. A day that has happened (last examination, this one) cannot be read as one after the day of
  judgement, and an end cannot lie before its start nor this examination on or before the last; readings that would are
  dropped, and if none is left the row is set aside. If the readings that are left differ in the part or in the money,
  the row is set aside too.
- Blank 是否参检: examined if there is a date of examination. Whoever was examined must have a date and a cost.
- Whether in post is asked on the day of the examination, of the absent on the day of judgement.
- First asked is whether somebody is a secretary in post, then whether due, then whether examined. Only those due get
  money: their cost, at most the cap of their sex. It is shared among the payers row by row.
- Rows of one number that agree in all that decides count once; else all of them are set aside, whatever else is wrong.
- A cell that nobody can read sets its row aside, wherever it stands: so do blanks of 乡镇, 村, 姓名, 身份证号, 职务 and
  任职起始, and words that no list has.
- A day at a hospital is too full if more people were examined there than it has places, due or not, in post or not; of
  rows set aside nothing is known. Two figures for one day: none is known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from tests.oracle.sharing import largest_remainder

Span = tuple[date, date]

DONE, MISSED, NOT_DUE, OTHERS, ASIDE = "已体检", "未体检", "本期不应检", "不属体检对象", "搁置"
NO_REASON, OTHER_SEX, ABOVE_CAP, UNDUE = "未写原因", "套餐不符", "超过标准", "不应检而检"
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
    reasons: frozenset[str]
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


def judged(rows: Sequence[Row], rules: Rules) -> list[Verdict]:
    """One verdict a row, in their order."""
    same = defaultdict(list)
    for at, row in enumerate(rows):
        same[row.number or f"row {at}"].append(row)
    found, seen = [], Counter[str]()
    for at, row in enumerate(rows):
        group = same[row.number or f"row {at}"]
        alike = len({tuple(getattr(one, name) for name in DECIDING) for one in group}) == 1
        seen[row.number] += 1
        verdict = alone(row, rules) if alike else Verdict(ASIDE)
        if len(group) > 1 and any(alone(one, rules).part == ASIDE for one in group):
            verdict = Verdict(ASIDE)
        found.append(
            replace(verdict, counts=verdict.part == ASIDE or not row.number or seen[row.number] == 1)
        )
    return found


def alone(row: Row, rules: Rules) -> Verdict:
    """What becomes of a row that stands for itself."""
    if not legible(row, rules) or not coherent(row, rules):
        return Verdict(ASIDE)
    found = {settled(reading, rules) for reading in readings(row, rules)}
    if len(found) != 1:
        return Verdict(ASIDE)
    verdict = found.pop()
    return replace(verdict, warnings=frozenset(warnings(row, verdict, rules)))


def legible(row: Row, rules: Rules) -> bool:
    required = (row.township, row.village, row.name, row.number, row.post)
    known = row.post in rules.posts | rules.others and row.package in ("", "男", "女")
    known = known and row.reason in rules.reasons | {""}
    return all(required) and row.start is not None and known and not row.unread


def examined(row: Row) -> bool:
    return row.day is not None if row.attended is None else row.attended


def coherent(row: Row, rules: Rules) -> bool:
    """None of the contradictions that are named."""
    if row.attended is False and row.day is not None:
        return False
    if examined(row) and (row.day is None or row.cost is None):
        return False
    return row.day is None or row.day[0].year == rules.year


def days(span: Span | None, others: Sequence[Span | None]) -> list[date | None]:
    """The days of a span that may make a difference: its ends, and around the ends of all other spans."""
    if span is None:
        return [None]
    ends = [edge + timedelta(days=step) for other in others if other for edge in other for step in (-1, 0, 1)]
    return sorted({*span, *(day for day in ends if span[0] <= day <= span[1])})


def readings(row: Row, rules: Rules) -> Iterator[Row]:
    """Every way of reading the days that is possible."""
    spans = (row.start, row.end, row.last, row.day)
    landmarks = (*spans, (rules.as_of, rules.as_of))
    for start, end, last, day in product(*(days(span, landmarks) for span in spans)):
        happened = all(one is None or one <= rules.as_of for one in (last, day))
        forward = (end is None or start is None or start <= end) and (
            day is None or last is None or last < day
        )
        if happened and forward:
            yield replace(
                row,
                start=start and (start, start),
                end=end and (end, end),
                last=last and (last, last),
                day=day and (day, day),
            )


def settled(row: Row, rules: Rules) -> Verdict:
    """Part and money of a row whose days are all known."""
    asked = row.day[0] if row.day else rules.as_of
    assert row.start is not None
    if row.post not in rules.posts or not row.start[0] <= asked or (row.end and asked > row.end[0]):
        return Verdict(OTHERS)
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
    if row.package not in ("", row.sex):
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
