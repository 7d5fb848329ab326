"""What a cell is changed to, by the kind of its column and by the figures, days and words that stand in a policy: at each edge,
one before it and one after it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sanchuang_cli.domain.identity import check_digit
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Month, Spell, VagueDate
from sanchuang_cli.policy import Policy, Rule
from sanchuang_cli.record import Field
from tests.deciding.alterations import values

NOWHERE = "230299"
"""An address code that was never assigned: these numbers can belong to nobody."""
DAY = timedelta(days=1)
MOST_WORDS, LONGEST_WORD = 120, 16


class Cells:
    """The values for the cells of a roster under one edition, on a day. block: those alone that stand at the edges of one block."""

    def __init__(self, edition: Policy, when: Occasion, block: Rule | None = None) -> None:
        said = list(dict.fromkeys(values(block or edition)))
        self.period, self.on = when.period, when.on
        plain = [
            Fraction(one) for one in said if isinstance(one, int | Fraction) and not isinstance(one, bool)
        ]
        self.figures = sorted({one for one in plain if 0 <= one < 10**7})
        self.whole = sorted({int(one) for one in self.figures if one.denominator == 1 and one <= 2000})
        self.lengths = sorted({one for one in said if type(one) is int and 0 < one <= 480})
        self.days = sorted({one for one in said if isinstance(one, date)})
        self.words = [one for one in said if isinstance(one, str) and 0 < len(one) <= LONGEST_WORD][
            : MOST_WORDS * 5
        ]
        self.by_column = dict(_words_by_column(edition))

    def of(self, field: Field, now: Any) -> Iterator[Any]:
        """Other values of a cell, each once."""
        seen = {now}
        for value in self._of(field, now):
            if value not in seen and not (field.required and value in (None, "", ())):
                seen.add(value)
                yield value

    def _of(self, field: Field, now: Any) -> Iterable[Any]:
        if field.kind is Kind.FLAG:
            return (True, False, None)
        if field.kind is Kind.DATE:
            return (None, *(VagueDate.on(day) for day in self._near_days()))
        if field.kind is Kind.MONEY:
            return (
                None,
                *(
                    int(one * 100) + more
                    for one in self.figures
                    for more in (-1, 0, 1)
                    if one * 100 + more >= 0
                ),
            )
        if field.kind in (Kind.COUNT, Kind.STARS):
            return (None, *(one + more for one in self.whole for more in (-1, 0, 1) if one + more >= 0))
        if field.kind in (Kind.SCORE, Kind.PERCENT):
            return (None, *self._scores())
        if field.kind is Kind.SPELLS:
            return ((), *self._spells())
        if field.kind is Kind.IDENTITY:
            return self._births(now) if isinstance(now, str) and len(now) == 18 else ()
        if field.kind in (Kind.TEXT, Kind.CHOICE):
            return ("", *self._words(field))
        return ()

    def _words(self, field: Field) -> list[str]:
        if field.choices:
            return list(field.choices)  # any other word is unread
        own = self.by_column.get(field.heading, []) + self.by_column.get(field.name, [])
        return list(dict.fromkeys([*own, *field.choices, *(self.words[:MOST_WORDS] if not own else ())]))

    def _scores(self) -> Iterator[Fraction]:
        for one in self.figures:
            for scale in (Fraction(1), Fraction(1, 100)):
                yield from (
                    scale * (one + more)
                    for more in (Fraction(-1, 100), Fraction(0), Fraction(1, 100))
                    if one + more >= 0
                )

    def _near_days(self) -> list[date]:
        """Days beside the edges: of the period, of the policy, and so many days, months and years before them."""
        edges = [self.period.first, self.on + DAY, *self.days]
        found = {edge + DAY * more for edge in edges for more in (-32, -1, 0, 31)}
        for one in self.lengths:
            found |= {self.on - DAY * (one + more) for more in (-1, 0, 1)}
            for months in (one, one * 12):
                found |= {_back(self.on, months, more) for more in (-1, 0, 1) if months <= 1200}
        return sorted(day for day in found if day.year >= 1900 and day <= self.on)

    def _spells(self) -> Iterator[tuple[Spell, ...]]:
        lengths = {one * unit + more for one in self.lengths for unit in (1, 12) for more in (-1, 0, 1)}
        ends = [Month(2011, 12), Month.of(self.period.first).plus(-2), None]
        for post in self.words_of_posts:
            for length in sorted(length for length in lengths if 0 < length <= 480):
                for end in ends if length in self.lengths else ends[:1]:
                    last = end or Month.of(self.period.last)
                    yield (Spell(_month(last.plus(1 - length)), _month(end) if end else None, post),)

    @property
    def words_of_posts(self) -> list[str]:
        """The posts that an edition lists, by their own names."""
        return self.by_column.get("", [])[:6]

    def _births(self, now: str) -> Iterator[str]:
        """Numbers of both sexes: of the same birthday, and of those at each age."""
        for sex in (0, 1):
            yield numbered(date.fromisoformat(now[6:14]), sex, 7)
            for age in (one for one in self.lengths if 10 <= one <= 110):
                for edge in (self.period.first, self.period.last):
                    for more in (-1, 0, 1):
                        yield numbered(_back(edge, age * 12, more), sex, 7)


def _back(day: date, months: int, more: int) -> date:
    month = Month.of(day).plus(more - months)
    return date(max(month.year, 1), month.month, min(day.day, 28))


def _month(month: Month) -> VagueDate:
    return VagueDate.within(month.year, month.month)


def numbered(born: date, male: int, count: int) -> str:
    """An identity number of somebody born on a day; `count` tells people of one birthday and sex apart."""
    body = f"{NOWHERE}{born:%Y%m%d}{count * 2 % 998 + male:03d}"
    return body + check_digit(body)


def _words_by_column(block: Any) -> Iterator[tuple[str, list[str]]]:
    """The words that the rules know in a column, by its heading; the posts under ""."""
    found: dict[str, list[str]] = {}
    for one in _blocks(block):
        column = getattr(one, "column", "")
        if isinstance(column, str) and column:
            found.setdefault(column, []).extend(
                word for word in values(one) if isinstance(word, str) and word != column
            )
        for post in getattr(one, "posts", ()) or ():
            found.setdefault("", []).append(getattr(post, "name", post))
    yield from ((column, list(dict.fromkeys(words))) for column, words in found.items())


def _blocks(block: Any) -> Iterator[Any]:
    yield block
    for key in sorted(type(block).model_fields):
        value = getattr(block, key)
        for item in value if isinstance(value, tuple) else (value,):
            if hasattr(type(item), "model_fields"):
                yield from _blocks(item)
