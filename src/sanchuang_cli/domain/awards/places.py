"""How many places of each honour a township has, with the arithmetic."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from sanchuang_cli.domain.apportion import SharePart, Sharing, shared_out
from sanchuang_cli.domain.awards.policy import Award, HonorPolicy, TownshipBase
from sanchuang_cli.domain.doubtful import Doubtful
from sanchuang_cli.domain.exact_numbers import cut, plain
from sanchuang_cli.judging import At

_DIGITS = 6


class TownshipPlaces(NamedTuple):
    """A line of 名额分配表. most: the places with one that is left to be decided among townships that are tied."""

    category: Award
    base: TownshipBase
    part: SharePart
    most: int
    candidates: int

    def __str__(self) -> str:
        """The arithmetic of it, in words."""
        left = self.most - self.part.number
        return f"{self.part.step}" + (f"，另有 {left} 个与别的乡镇相持不下，没有定" if left else "")


class Allotted(NamedTuple):
    """places: by honour and township. troubles: why an honour has none, by its name. by_order: of an honour, which townships
    have a place only because they stand before others that have the same claim."""

    places: Mapping[tuple[str, str], TownshipPlaces]
    troubles: Mapping[str, str]
    townships: frozenset[str]
    by_order: Mapping[str, str] = {}


def allotted(at: At[HonorPolicy]) -> Allotted:
    """The places of all townships, in the county's order of them, so that the order of rows decides no tie."""
    bases = sorted(at.rosters["bases"].records, key=lambda base: at.occasion.rank(base.township))
    places, troubles, by_order = {}, {}, {}
    for category in at.policy.categories:
        weights = {base.township: getattr(base, category.of) for base in bases}
        whole = category.places(sum(weights.values()))
        shared = shared_out(whole or 0, weights, at.policy.sharing)
        if at.dropped.get("bases"):
            troubles[category.name] = f"名额基数有 {len(at.dropped['bases'])} 行待核实，名额还分不出来"
        elif isinstance(shared, Doubtful):
            troubles[category.name] = str(shared)
        elif whole is not None:
            got, without = settled_by_order(whole, weights, at.policy.sharing)
            if without:
                names = "、".join((*got, *without))
                by_order[category.name] = (
                    f"{names}分不出先后，最后 {len(got)} 个名额按乡镇先后给了{'、'.join(got)}"
                )
            for base, part in zip(bases, shared.parts, strict=True):
                most = part.number + (part.name in shared.tied)
                candidates = at.policy.candidates.of(most) if at.policy.candidates else 0
                places[category.name, base.township] = TownshipPlaces(category, base, part, most, candidates)
    return Allotted(places, troubles, frozenset(base.township for base in bases), by_order)


def settled_by_order(
    amount: int, weights: Mapping[str, Fraction | int], rule: Sharing
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who got what is left only because he stands first, and who did as well and got nothing: their claims and, where the
    larger goes first, their weights are the same."""
    shared, tied = (
        shared_out(amount, weights, rule.model_copy(update={"tie": tie})) for tie in (rule.tie, "ask")
    )
    if isinstance(shared, Doubtful) or isinstance(tied, Doubtful) or rule.tie == "ask":
        return (), ()
    got = {name for name in tied.tied if shared.numbers[name] > tied.numbers[name]}
    alike = {name: 0 if rule.tie == "order" else weights[name] for name in tied.tied}
    line = {alike[name] for name in got} & {alike[name] for name in tied.tied if name not in got}
    both = [name for name in tied.tied if alike[name] in line]
    return tuple(name for name in both if name in got), tuple(name for name in both if name not in got)


def digits(exact: Fraction) -> str:
    """A quotient as it is printed: whole where its decimals end soon, else cut, with a sign that more follow."""
    text = plain(exact)
    return text if "/" not in text and len(text.partition(".")[2]) <= _DIGITS else f"{cut(exact, _DIGITS)}…"
