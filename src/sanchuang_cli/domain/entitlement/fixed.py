"""Finds the figures of an amount that depend on cells of a person's row.

They are the rate that an authority has fixed for the person, which must lie within a range, and the base of the person's
township, village or class.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from sanchuang_cli.domain.entitlement.amounts import Amount, Tier
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.conditions import RuleColumns, measured
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble, trouble
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.people import Member
from sanchuang_cli.period import Month


class Own(NamedTuple):
    """What a row says for a tier: the rate, the yuan of the base, and why one of them is not known."""

    rate: Fraction | None = None
    base: Fraction | None = None
    troubles: tuple[RowTrouble, ...] = ()


class _ByClass(NamedTuple):
    """A base that has a figure for each township, village or class, and the columns that say which."""

    base: Base
    names: tuple[str, ...]
    reads: tuple[Callable[[Member], Any], ...]


class OwnFigures:
    """The rates of one amount that stand in rows, and its bases that go by what stands there."""

    def __init__(self, amount: Amount, cells: RuleColumns, bases: Mapping[str, Base]) -> None:
        self._amount = amount
        self._bases = {
            name: _ByClass(
                bases[name], tuple(map(cells.name, bases[name].by)), tuple(map(cells.reader, bases[name].by))
            )
            for name in amount.bases
            if bases[name].by
        }
        self._clause = amount.clause
        headings = dict.fromkeys(tier.rate_column for tier in amount.tier if tier.rate_column)
        self._read = {
            heading: (cells.name(heading), cells.kind(heading), cells.reader(heading)) for heading in headings
        }

    def __bool__(self) -> bool:
        return bool(self._read or self._bases)

    @property
    def names(self) -> Iterator[str]:
        """The fields by which bases go."""
        for by_class in self._bases.values():
            yield from by_class.names

    def of(self, record: Member, tier: Tier, at: int) -> Own:
        """What the row says for a tier in a month."""
        rate, unknown = self._rate(record, tier)
        base, unclear = self._base(record, tier, at)
        return Own(rate, base, unknown + unclear)

    def _base(self, record: Member, tier: Tier, at: int) -> tuple[Fraction | None, tuple[RowTrouble, ...]]:
        by_class = self._bases.get(tier.base or self._amount.base)
        if by_class is None or (tier.figures or self._amount.figures) == "yuan":
            return None, ()
        whose, month = by_class.base.whose(read(record) for read in by_class.reads), Month.at(at)
        yuan = by_class.base.figure(month, whose)
        if yuan is not None:
            return yuan, ()
        mend = f"请核对“{'、'.join(by_class.base.by)}”；确有这一类的，在政策文件的 amounts 里补上它的数。"
        what = by_class.base.unknown(month, whose)
        return None, (trouble("unclear", by_class.names[-1], what, by_class.base.clause, mend),)

    def _rate(self, record: Member, tier: Tier) -> tuple[Fraction | None, tuple[RowTrouble, ...]]:
        """The rate in the column of a tier, and why what stands there cannot be its rate, if so."""
        heading = tier.rate_column
        if not heading:
            return None, ()
        name, kind, read = self._read[heading]
        value = read(record)
        rate = None if value is None else measured(value, kind)
        if rate is not None and _between(tier, rate):
            return rate, ()
        cell = "未填" if rate is None else f"是 {plain(rate)}"
        what = f"“{heading}”{cell}，应{'、'.join(_bounds(tier))}"
        mend = f"请核对、补填“{heading}”；核定的范围写在政策文件这一档的 rate_at_least、rate_at_most 里。"
        return None, (trouble("unclear", name, what, self._clause, mend),)


def _between(tier: Tier, rate: Fraction) -> bool:
    low, high = tier.rate_at_least, tier.rate_at_most
    return (low or 0) <= rate and (high is None or rate <= high)


def _bounds(tier: Tier) -> Iterator[str]:
    if tier.rate_at_least is not None:
        yield f"不低于 {plain(tier.rate_at_least)}"
    if tier.rate_at_most is not None:
        yield f"不高于 {plain(tier.rate_at_most)}"
