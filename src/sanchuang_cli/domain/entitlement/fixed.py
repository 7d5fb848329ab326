"""Rates that stand in a person's row because an authority has fixed them, and whether they lie where they may."""

from collections.abc import Iterator
from fractions import Fraction

from sanchuang_cli.domain.entitlement.amounts import Amount, Tier
from sanchuang_cli.domain.entitlement.conditions import Cells, measured
from sanchuang_cli.domain.entitlement.troubles import Trouble, trouble
from sanchuang_cli.domain.numbers import plain
from sanchuang_cli.domain.people import Member


class FixedRates:
    """The rates of one amount that stand in rows."""

    def __init__(self, amount: Amount, cells: Cells) -> None:
        self._clause = amount.clause
        headings = dict.fromkeys(tier.rate_column for tier in amount.tier if tier.rate_column)
        self._read = {
            heading: (cells.name(heading), cells.kind(heading), cells.reader(heading)) for heading in headings
        }

    def __bool__(self) -> bool:
        return bool(self._read)

    def of(self, record: Member, tier: Tier) -> tuple[Fraction | None, tuple[Trouble, ...]]:
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
