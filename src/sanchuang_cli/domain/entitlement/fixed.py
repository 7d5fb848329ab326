"""What a tier's figure goes by and stands in a person's row: a rate that an authority has fixed, and whether it lies where it
may; the township, village or class by which a base goes."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from sanchuang_cli.domain.entitlement.amounts import Amount, Tier
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.conditions import Cells, measured
from sanchuang_cli.domain.entitlement.troubles import Trouble, trouble
from sanchuang_cli.domain.numbers import plain
from sanchuang_cli.domain.people import Member
from sanchuang_cli.period import Month


class Own(NamedTuple):
    """rate: of the tier. base: yuan of the base. troubles: why one of them is not known."""

    rate: Fraction | None = None
    base: Fraction | None = None
    troubles: tuple[Trouble, ...] = ()


class _ByClass(NamedTuple):
    """A base that has a figure for each township, village or class, and the columns that say which."""

    base: Base
    names: tuple[str, ...]
    reads: tuple[Callable[[Member], Any], ...]


class OwnFigures:
    """The rates of one amount that stand in rows, and its bases that go by what stands there."""

    def __init__(self, amount: Amount, cells: Cells, bases: Mapping[str, Base]) -> None:
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
        for one in self._bases.values():
            yield from one.names

    def of(self, record: Member, tier: Tier, at: int) -> Own:
        """What the row says for a tier in a month."""
        rate, unknown = self._rate(record, tier)
        base, unclear = self._base(record, tier, at)
        return Own(rate, base, unknown + unclear)

    def _base(self, record: Member, tier: Tier, at: int) -> tuple[Fraction | None, tuple[Trouble, ...]]:
        one = self._bases.get(tier.base or self._amount.base)
        if one is None or (tier.figures or self._amount.figures) == "yuan":
            return None, ()
        whose, month = one.base.whose(read(record) for read in one.reads), Month.at(at)
        yuan = one.base.figure(month, whose)
        if yuan is not None:
            return yuan, ()
        mend = f"请核对“{'、'.join(one.base.by)}”；确有这一类的，在政策文件的 amounts 里补上它的数。"
        what = one.base.unknown(month, whose)
        return None, (trouble("unclear", one.names[-1], what, one.base.clause, mend),)

    def _rate(self, record: Member, tier: Tier) -> tuple[Fraction | None, tuple[Trouble, ...]]:
        """What the column of a tier says; why it cannot be taken for its rate, if so."""
        heading = tier.rate_column
        if not heading:
            return None, ()
        name, kind, read = self._read[heading]
        value = read(record)
        rate = None if value is None else measured(value, kind)
        if rate is not None and _between(tier, rate):
            return rate, ()
        said = "未填" if rate is None else f"是 {plain(rate)}"
        what = f"“{heading}”{said}，应{'、'.join(_bounds(tier))}"
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
