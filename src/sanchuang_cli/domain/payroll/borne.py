"""Makes the columns of a summary on who bears the money."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from operator import attrgetter
from typing import Any

from sanchuang_cli.domain.funding import Funding
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.summary import Measure


def payer_measures(
    rules: Iterable[Funding], borne: Callable[[str, Any], int], title: str = "经费分担"
) -> list[Measure]:
    """A column for each who bears something by any of the documents. borne: fen of a verdict, by the name."""
    names = dict.fromkeys(share.who for rule in rules for share in rule.shares)
    return [
        Measure(f"payer{i}", f"{title}/{name}", sum=partial(borne, name), kind=Kind.MONEY)
        for i, name in enumerate(names)
    ]


def of_dues(whole: Whole) -> list[Measure]:
    """The same of verdicts that make sums due: each sum is split by the edition that says it."""
    period, editions = whole.at.occasion.period, whole.at.editions
    due = attrgetter("due")
    used = {part.edition for verdict in whole.of() for part in due(verdict)}
    used |= {str(edition.effective) for edition in editions.during(period)}
    rules = {day: one.funding for one in editions.editions if (day := str(one.effective)) in used}

    @cache
    def split(edition: str, fen: int) -> Mapping[str, int]:
        shared: Mapping[str, int] = rules[edition].by_payer(fen)
        return shared

    def borne(name: str, verdict: Any) -> int:
        return sum(split(part.edition, part.fen).get(name, 0) for part in due(verdict))

    return payer_measures(rules.values(), borne)
