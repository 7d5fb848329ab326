"""A record in a month → the Case that a tariff prices: what its tiers, supplements and offsets look at.

The only place that reads money columns for an amount.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from sanchuang_cli.domain import identity
from sanchuang_cli.domain.months import number
from sanchuang_cli.kind import Kind
from sanchuang_cli.programmes.subsidies.amounts import Amount, TopUp
from sanchuang_cli.programmes.subsidies.conditions import Cells, Conditions, Trouble, measured
from sanchuang_cli.programmes.subsidies.records import Member
from sanchuang_cli.programmes.subsidies.service import Length
from sanchuang_cli.programmes.subsidies.tariff import Case

_MONTHS = 12


class Born(NamedTuple):
    """Whose age: by default what the identity number says."""

    day: date
    sex: str

    @classmethod
    def of(cls, number: str) -> "Born | None":
        """None when the number is none, or holds no date."""
        day = identity.birth(number) if identity.is_well_formed(number) else None
        return cls(day, identity.sex(number)) if day else None


class _Read(NamedTuple):
    """A column that an amount goes by. needed: blank, it leaves no amount. money: its sums are not below nought."""

    heading: str
    name: str
    value: Callable[[Member], Any]
    needed: bool
    money: bool

    @classmethod
    def of(cls, heading: str, cells: Cells, needed: bool) -> "_Read":
        return cls(
            heading, cells.name(heading), cells.reader(heading), needed, cells.kind(heading) is Kind.MONEY
        )


class CaseReader:
    """What an amount's tiers, supplements and offsets look at in a record."""

    def __init__(self, amount: Amount, cells: Cells) -> None:
        self._amount = amount
        self._column = cells.reader(amount.column) if amount.column else None
        self._kind = cells.kind(amount.column) if amount.column else Kind.TEXT
        self._supplements = [
            (
                more,
                Conditions([more.when], cells) if more.when else None,
                cells.reader(more.times_column) if more.times_column else None,
            )
            for more in amount.supplement
        ]
        self._tiers = [(i, Conditions([tier.when], cells)) for i, tier in enumerate(amount.tier) if tier.when]
        self._instead = [Conditions([other.when], cells) for other in amount.instead]
        self._others: list[tuple[TopUp, Callable[[Member], Any]]] = [
            (t, cells.reader(t.column)) for t in amount.top_up
        ]
        needed = {amount.column, *(top.column for top in amount.top_up if top.blank == "set_aside")}
        others = [*(top.column for top in amount.top_up), *(once.column for once in amount.set_off)]
        headings = dict.fromkeys(filter(None, (amount.column, *others)))
        self._columns = [_Read.of(heading, cells, heading in needed) for heading in headings]
        groups = [test for _, test in self._tiers] + self._instead + [t for _, t, _ in self._supplements if t]
        self.fixed = (
            amount.by not in ("age", "years_since")
            and all(more.age_at_least is None for more in amount.supplement)
            and all(test.fixed for group in groups for test in group.tests)
        )
        """Whether a person's case is the same in every month."""
        self.plain = amount.by in ("nothing", "tenure") and not (groups or amount.supplement or amount.top_up)
        """Whether post and length of service say all."""

    def troubles(self, record: Member) -> list[Trouble]:
        """Columns that are blank without which there is no amount, and sums of money below nought."""
        found = []
        for column in self._columns:
            value = column.value(record)
            if value is None and column.needed:
                said, mend = "未填", "补填"
            elif value is not None and column.money and value < 0:
                said, mend = "是负数", "核对"
            else:
                continue
            what, mend = f"“{column.heading}”{said}，无法确定标准", f"请{mend}“{column.heading}”。"
            found.append(Trouble("subsidies.unclear", column.name, what, self._amount.clause, mend))
        return found

    def case(self, record: Member, born: Born, at: int, post: str, length: Length | None) -> Case:
        units = length.units if length else 0
        instead = next((i for i, test in enumerate(self._instead) if _in_month(test, record, at)), -1)
        others = tuple(
            Fraction(paid, _MONTHS if top.per == "year" else 1)
            for top, read in self._others
            if (paid := read(record))
        )
        barred = tuple(i for i, test in self._tiers if not _in_month(test, record, at))
        key, times = self._key(record, born, at, units), self._times(record, born, at)
        return Case(post, units, key, times, instead, others, barred)

    def _key(
        self, record: Member, born: Born, at: int, units: int | Fraction
    ) -> int | Fraction | date | None:
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

    def _times(self, record: Member, born: Born, at: int) -> tuple[int, ...]:
        return tuple(
            self._applies(more, test, record, born, at) and (int(counted(record) or 0) if counted else 1)
            for more, test, counted in self._supplements
        )

    def _applies(self, more: Any, test: Conditions | None, record: Member, born: Born, at: int) -> int:
        if more.age_at_least is not None and years_between(born.day, at) < more.age_at_least:
            return 0
        return int(test is None or _in_month(test, record, at))


def _in_month(test: Conditions, record: Member, at: int) -> bool:
    judged = test.judged(record)
    return judged.first <= at <= judged.last


def years_between(since: date, at: int) -> int:
    """Full years from a day to a month, as they stand from the month after the anniversary."""
    years = (at - 1 - number(since)) // _MONTHS
    return max(years, 0)
