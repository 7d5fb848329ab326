"""Turns a record and a month into a Case: everything that the tariff needs to find the person's standard.

This is the only place where a money column of the roster is read for an amount. It reads and judges
conditions; it does not work out a sum (tariff.py does).
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from sanchuang_cli.domain.entitlement.amounts import Amount, TopUp
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.conditions import Conditions, RuleColumns, measured
from sanchuang_cli.domain.entitlement.fixed import Own, OwnFigures
from sanchuang_cli.domain.entitlement.reasons import BY
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble, trouble
from sanchuang_cli.domain.entitlement.service import CountedService
from sanchuang_cli.domain.entitlement.tariff import Case, reaches
from sanchuang_cli.domain.entitlement.unread import with_unreadable
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.people import Member
from sanchuang_cli.kind import Kind

_MONTHS = 12
_FEN = 100
Key = int | Fraction | date | None
"""The value that decides which tier applies: years, terms, an age, a date or a number."""


class _Read(NamedTuple):
    """A column that an amount is worked out from.

    needed: without a value there is no amount. money: the value is a sum of money, so it must not be below
    zero.
    """

    heading: str
    name: str
    value: Callable[[Member], Any]
    needed: bool
    money: bool

    @classmethod
    def of(cls, heading: str, cells: RuleColumns, needed: bool) -> "_Read":
        return cls(
            heading, cells.name(heading), cells.reader(heading), needed, cells.kind(heading) is Kind.MONEY
        )


class FoundCase(NamedTuple):
    """The case of a record in a month. If there are troubles, nobody can tell which case it is, and nothing
    may be priced."""

    case: Case
    troubles: tuple[RowTrouble, ...] = ()


class CaseReader:
    """Reads from a record what the tiers, supplements and top-ups of one amount depend on."""

    def __init__(self, amount: Amount, cells: RuleColumns, bases: Mapping[str, Base]) -> None:
        self._amount = amount
        self._column = cells.reader(amount.column) if amount.column else None
        self._kind = cells.kind(amount.column) if amount.column else Kind.TEXT
        self._key_field = (BY.get(amount.by) or (cells.name(amount.column) if amount.column else "",))[0]
        self._supplements = [
            (
                more,
                Conditions(more.when, cells) if more.when else None,
                cells.reader(more.times_column) if more.times_column else None,
            )
            for more in amount.supplement
        ]
        self._tiers = [(i, tier, Conditions(tier.when, cells)) for i, tier in enumerate(amount.tier)]
        if amount.by == "ways":  # the highest that is reached, not the first
            self._tiers.reverse()
        self._barring = amount.by == "ways" or any(tier.when for tier in amount.tier)
        self._instead = [Conditions(other.when, cells) for other in amount.instead]
        self._others: list[tuple[TopUp, Callable[[Member], Any]]] = [
            (t, cells.reader(t.column)) for t in amount.top_up
        ]
        self._own = OwnFigures(amount, cells, bases)
        self._names = frozenset((*map(cells.name, amount.columns), *self._own.names))
        self._base = cells.reader(amount.base_column) if amount.base_column else None
        self._columns = _columns(amount, cells)
        groups = (
            [test for _, _, test in self._tiers] + self._instead + [t for _, t, _ in self._supplements if t]
        )
        tests = [test for group in groups for test in group.tests]
        self.fixed = (
            amount.by not in ("age", "years_since")
            and all(more.age_at_least is None for more in amount.supplement)
            and all(test.fixed for test in tests)
        )
        """Whether a person's case is the same in every month."""
        self.plain = amount.by in ("nothing", "tenure") and not (
            tests
            or amount.supplement
            or amount.top_up
            or amount.base_column
            or self._own
            or any(tier.eras for tier in amount.tier)
        )
        """Whether the post and the length of service decide everything, so that people alike in these can
        share one answer."""

    @property
    def _unknown_above(self) -> RowTrouble:
        name = self._key_field
        what = "在最高一档以上，文件没有写怎样发"
        return trouble(
            "unclear", name, what, self._amount.clause, "请先核实；问清以后在政策文件里补上这一档。"
        )

    def troubles(self, record: Member) -> list[RowTrouble]:
        """Return a trouble for each column that cannot be read, that is blank although the amount needs it,
        or whose sum is below zero."""
        found: list[RowTrouble] = []
        for column in self._columns:
            value = column.value(record)
            if value is None and column.needed:
                said, mend = "未填", "补填"
            elif value is not None and column.money and value < 0:
                said, mend = "是负数", "核对"
            else:
                continue
            what, mend = f"“{column.heading}”{said}，无法确定标准", f"请{mend}“{column.heading}”。"
            found.append(trouble("unclear", column.name, what, self._amount.clause, mend))
        return with_unreadable(record, self._names, found)

    def case(
        self, record: Member, born: Born, at: int, post: str, length: CountedService | None
    ) -> FoundCase:
        """Return the case of a person in the month `at`, for one post and the service that counts for it.

        A condition that nobody can judge is a trouble only where it can change the sum. It does not count in
        a tier of another post, nor where a fixed sum is paid instead.
        """
        units = length.units if length else 0
        others = tuple(
            Fraction(paid, _MONTHS if top.per == "year" else 1)
            for top, read in self._others
            if (paid := read(record))
        )
        key = self._key(record, born, at, units)
        base = Fraction(self._base(record), _FEN) if self._base else None
        for i, test in enumerate(self._instead):
            judged = test.judged(record, born, at)
            if judged.troubles or judged.first <= at <= judged.last:
                return FoundCase(Case(post, units, key, (), i, others, base=base), judged.troubles)
        if self._amount.above_top == "set_aside" and self._above(post, key):
            return FoundCase(Case(post, units, key), (self._unknown_above,))
        place = Case(post, units, key)
        if length and (length.ways or length.eras):
            place = place._replace(ways=length.ways, eras=length.eras)
        barred, doubtful = self._barred(record, born, at, place) if self._barring else ((), ())
        own = self._figures(record, at, place, barred) if self._own else Own()
        if own.troubles and not doubtful:
            return FoundCase(place, own.troubles)
        times, more = self._times(record, born, at)
        if more and not doubtful and not self._in_a_tier(place, barred):
            more = ()
        based = base if own.base is None else own.base
        priced = place._replace(times=times, others=others, barred=barred, base=based, rate=own.rate)
        return FoundCase(priced, doubtful + more)

    def _barred(
        self, record: Member, born: Born, at: int, place: Case
    ) -> tuple[tuple[int, ...], tuple[RowTrouble, ...]]:
        """Return the tiers before the paid one whose own conditions fail, and the troubles if nobody can tell
        which tier is paid."""
        barred: list[int] = []
        reached = [
            (i, test) for i, tier, test in self._tiers if tier.pays(place.post) and reaches(tier, place)
        ]
        for at_, (i, test) in enumerate(reached):
            judged = test.judged(record, born, at)
            if judged.troubles or judged.first <= at <= judged.last:
                lower = [j for j, _ in reached[at_ + 1 :] if j < i]
                return (*barred, *lower), judged.troubles
            barred.append(i)
        return tuple(barred), ()

    def _figures(self, record: Member, at: int, place: Case, barred: tuple[int, ...]) -> Own:
        """Return the figures that the row itself states for the tier that is paid."""
        tiers = (tier for i, tier, _ in self._tiers if i not in barred)
        tier = next((one for one in tiers if one.pays(place.post) and reaches(one, place)), None)
        return self._own.of(record, tier, at) if tier else Own()

    def _above(self, post: str, key: Key) -> bool:
        """Whether the measured value lies above every tier of the post."""
        own = [tier for _, tier, _ in self._tiers if tier.pays(post)]
        return key is not None and all(tier.below is not None and tier.below <= key for tier in own)  # type: ignore[operator]

    def _in_a_tier(self, place: Case, barred: tuple[int, ...]) -> bool:
        return any(
            tier.pays(place.post) and reaches(tier, place) for i, tier, _ in self._tiers if i not in barred
        )

    def _key(self, record: Member, born: Born, at: int, units: int | Fraction) -> Key:
        by = self._amount.by
        if by == "tenure":
            return units
        if by == "age":
            return years_between(born.day, at)
        if self._column is None:
            return None
        value = self._column(record)
        if value is None:
            return None
        if by == "years_since":
            return years_between(value.earliest, at)
        if self._kind is Kind.DATE:
            day: date = value.earliest
            return day
        return measured(value, self._kind)

    def _times(self, record: Member, born: Born, at: int) -> tuple[tuple[int, ...], tuple[RowTrouble, ...]]:
        """Return how many times each supplement applies, and the troubles if nobody can tell."""
        times: list[int] = []
        troubles: tuple[RowTrouble, ...] = ()
        for more, test, counted in self._supplements:
            applies = more.age_at_least is None or years_between(born.day, at) >= more.age_at_least
            if applies and test:
                judged = test.judged(record, born, at)
                troubles += judged.troubles
                applies = judged.first <= at <= judged.last
            times.append((int(counted(record) or 0) if counted else 1) if applies else 0)
        return tuple(times), troubles


def _columns(amount: Amount, cells: RuleColumns) -> list[_Read]:
    """Return the columns of figures that an amount is worked out from."""
    needed = {
        amount.column,
        amount.base_column,
        *(top.column for top in amount.top_up if top.blank == "set_aside"),
    }
    others = [*(top.column for top in amount.top_up), *(once.column for once in amount.set_off)]
    headings = dict.fromkeys(filter(None, (amount.column, amount.base_column, *others)))
    return [_Read.of(heading, cells, heading in needed) for heading in headings]


def years_between(since: date, at: int) -> int:
    """Return the full years from a day to a month. A year is full from the month after the anniversary."""
    years = (at - 1 - number(since)) // _MONTHS
    return max(years, 0)
