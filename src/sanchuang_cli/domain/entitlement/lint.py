"""Finds faults in a policy of payments without any roster: rules that decide nothing, tiers that nobody reaches, rates that fall,
months without a figure.

It reads the policy and judges nobody. A fault is a sentence; nothing is said where all is well.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain, combinations, pairwise
from typing import Any

from sanchuang_cli.domain.entitlement.amounts import Amount, Supplement, Tier
from sanchuang_cli.domain.entitlement.blocks import Age, Condition, Service, ServiceWay
from sanchuang_cli.domain.entitlement.bounds import of_rates, of_tier
from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements
from sanchuang_cli.domain.entitlement.service import named_way
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.words import narrow

_YEAR = 12
_NOBODY = 150
"""An age that nobody reaches: the policy says 999 where a sex has nothing."""


def faults(edition: Entitlements) -> Iterator[str]:
    """Everything that is wrong with an edition, benefit by benefit."""
    for benefit in edition.benefit:
        found: list[Iterable[str]] = [_conditions(benefit), _ages(benefit), _service(benefit)]
        for amount in benefit.amount:
            found += [_tiers(benefit, amount), _rates(benefit, amount), _limits(amount, edition)]
            found += [_within(benefit, amount)]
        found += [_months(benefit, edition)]
        yield from (f"“{benefit.name}”{fault}" for fault in chain.from_iterable(found))
    yield from _unused(edition)


def _unused(edition: Entitlements) -> Iterator[str]:
    """Columns and bases that no rule looks at."""
    needed = edition.columns_needed()
    for column in edition.column:
        by_class = any(column.heading in base.by for base in edition.base)
        if column.heading not in needed and not column.page and not by_class:
            yield f"列“{column.heading}”没有哪一条看它，也不印在花名册上"
    used = {
        name
        for benefit in edition.benefit
        for amount in benefit.amount
        for name in (*amount.bases, *benefit.lines)
    }
    for base in edition.base:
        if base.name not in used:
            yield f"基数“{base.name}”（{base.clause}）没有哪一条用它，从来决定不了什么"


# ------------------------------------------------------------------------------ conditions


def _plain(tests: Iterable[Condition]) -> list[Condition]:
    """Those that hold or do not in every month, and each for itself."""
    return [test for test in tests if test.active and not test.either and test.stop is None and not test.line]


def _asked(benefit: Benefit) -> list[Condition]:
    """What everybody who is paid fulfils: the conditions, and the claim where there is only one."""
    active = [claim for claim in benefit.claim if claim.active]
    return [*(_plain(active) if len(active) == 1 else ()), *_plain(benefit.condition)]


def _conditions(benefit: Benefit) -> Iterator[str]:
    """Conditions on one column that cannot hold together, and those that follow from another."""
    for test in (
        *benefit.claim,
        *benefit.condition,
        *(when for a in benefit.amount for when in a.conditions),
    ):
        if _is_empty(test):
            yield f"的条件“{test.name}”（{test.clause}）：at_least 不小于 below，没有一个数能满足"
    tests = _asked(benefit)
    for one, other in combinations(tests, 2):
        if not _alike(one, other):
            continue
        if _excludes(one, other):
            yield f"的条件“{one.name}”（{one.clause}）和“{other.name}”（{other.clause}）不能同时满足，没有人能领"
            continue
        both = ((one, other), (other, one))
        idle = next((weak for strong, weak in both if _follows(weak, strong)), None)
        if idle:
            strong = other if idle is one else one
            yield (
                f"的条件“{idle.name}”（{idle.clause}）从来决定不了什么：满足“{strong.name}”（{strong.clause}）的都满足它"
            )


def _within(benefit: Benefit, amount: Amount) -> Iterator[str]:
    """Conditions within an amount that nobody, or everybody, fulfils who fulfils those of the benefit."""
    for some in amount.whens:
        for when in _plain(some):
            for test in _asked(benefit):
                if not _alike(test, when):
                    continue
                if _excludes(test, when):
                    yield f"标准里的“{when.name}”（{when.clause}）没有人能满足：条件“{test.name}”（{test.clause}）要求的正相反"
                elif _follows(when, test):
                    yield f"标准里的“{when.name}”（{when.clause}）人人都满足，从来决定不了什么：条件“{test.name}”（{test.clause}）已经要求了"


def _is_empty(test: Condition) -> bool:
    low, high = test.at_least, test.below
    return low is not None and high is not None and type(low) is type(high) and low >= high  # type: ignore[operator]


def _alike(one: Condition, other: Condition) -> bool:
    """Whether both look at one column in one way."""
    return one.test == other.test and one.column == other.column and one.test in _EXCLUDE


def _span(test: Condition) -> tuple[Any, Any]:
    numbers = [edge for edge in (test.at_least, test.below) if edge is not None]
    dated = any(isinstance(edge, date) for edge in numbers)
    low = test.at_least if test.at_least is not None else date.min if dated else Fraction(-(10**15))
    high = test.below if test.below is not None else date.max if dated else Fraction(10**15)
    return low, high


def _apart(one: Condition, other: Condition) -> bool:
    (low, high), (least, most) = _span(one), _span(other)
    return type(low) is type(least) and (low >= most or least >= high)


def _accepted(test: Condition) -> set[str]:
    return set(map(narrow, test.accept))


_EXCLUDE: Mapping[str, Any] = {
    "words": lambda one, other: (
        bool(_accepted(one) and _accepted(other)) and not _accepted(one) & _accepted(other)
    ),
    "must_be": lambda one, other: one.must_be != other.must_be,
    "filled": lambda one, other: one.filled != other.filled,
    "range": _apart,
    "age": lambda one, other: False,
}


def _excludes(one: Condition, other: Condition) -> bool:
    return bool(_EXCLUDE[one.test](one, other))


def _follows(weak: Condition, strong: Condition) -> bool:
    """Whether whoever fulfils `strong` fulfils `weak`: a blank too."""
    order = ("refuse", "set_aside", "accept")
    if weak.test != "age" and order.index(weak.blank) < order.index(strong.blank):
        return False
    if weak.test == "words":
        # a word in neither list waits, so that what one list knows the other must know as well
        known = {*map(narrow, (*weak.accept, *weak.refuse))}
        return (
            bool(strong.accept)
            and _accepted(strong) <= _accepted(weak)
            and known <= {*map(narrow, (*strong.accept, *strong.refuse))}
        )
    if weak.test == "age":
        return weak.first == strong.first and weak.male <= strong.male and weak.female <= strong.female  # type: ignore[operator]
    if weak.test == "range":
        (low, high), (least, most) = _span(weak), _span(strong)
        return type(low) is type(least) and low <= least and most <= high
    return not _EXCLUDE[weak.test](weak, strong)


# ------------------------------------------------------------------------------------ ages


def _least(age: Age) -> int:
    """From which age somebody is paid, of the sex that is first."""
    return min(age.male, age.female)


def _until(age: Age) -> int | None:
    """By which age everybody has stopped, None without a limit."""
    both = [
        until
        for until, first in ((age.until_male, age.male), (age.until_female, age.female))
        if first < _NOBODY
    ]
    return None if None in both or not both else max(filter(None, both))


def _asked_age(benefit: Benefit) -> tuple[int, str]:
    """From which age anybody is paid, and what asks for it."""
    asked = [(_least(benefit.age), f"年龄（{benefit.age.clause}）")] if benefit.age else []
    asked += [
        (min(test.male or 0, test.female or 0), f"条件“{test.name}”（{test.clause}）")
        for test in _plain(benefit.condition)
        if test.test == "age"
    ]
    return max(asked, default=(0, ""))


def _ages(benefit: Benefit) -> Iterator[str]:
    age = benefit.age
    if age is None:
        return
    if _least(age) >= _NOBODY:
        yield f"的年龄（{age.clause}）男女都写 {_least(age)}，没有人能领"
    for test in benefit.condition:
        if (
            test.active
            and test.test == "age"
            and not test.either
            and age.mode == "birthday"
            and test.first == age.first
        ):
            male, female = test.male or 0, test.female or 0
            if male <= age.male and female <= age.female:
                yield f"的条件“{test.name}”（{test.clause}）从来决定不了什么：年龄（{age.clause}）已经要求满 {_least(age)} 周岁"
            elif male >= age.male and female >= age.female:
                yield f"的年龄（{age.clause}）从来决定不了什么：条件“{test.name}”（{test.clause}）要求的年龄更高"


def _service(benefit: Benefit) -> Iterator[str]:
    """Ways of having served long enough, of which one follows from another."""
    service = benefit.service
    if service is None:
        return
    for one, other in combinations(service.ways, 2):
        for weak, strong in ((one, other), (other, one)):
            if weak is not strong and _easier(weak, strong):
                yield (
                    f"的任职年限（{service.clause}）里“{named_way(strong)}满 {strong.at_least_months} 个月”从来决定不了什么："
                    f"够它的都够“{named_way(weak)}满 {weak.at_least_months} 个月”"
                )
                break


_STRICTER = ("union", "longest", "continuous")


def _easier(weak: ServiceWay, strong: ServiceWay) -> bool:
    """Whether whoever has served as `strong` asks has served as `weak` asks."""
    looser = _STRICTER.index(weak.count) <= _STRICTER.index(strong.count)
    posts = not weak.posts or (bool(strong.posts) and set(strong.posts) <= set(weak.posts))
    return (
        looser
        and posts
        and weak.discounted == strong.discounted
        and weak.at_least_months <= strong.at_least_months
    )


# ----------------------------------------------------------------------------------- tiers


def called(tier: Tier) -> str:
    """A tier by its label, else by its edges."""
    if tier.label:
        return f"“{tier.label}”"
    low, high = (_edge(edge) for edge in (tier.at_least, tier.below))
    words = [f"{low} 起"] * bool(low) + [f"不满 {high}"] * bool(high)
    return f"“{'、'.join(words) or '不分档'}”"


def _edge(edge: Any) -> str:
    return "" if edge is None else plain(edge) if isinstance(edge, Fraction) else str(edge)


def _tiers(benefit: Benefit, amount: Amount) -> Iterator[str]:
    """Tiers that nobody can reach who fulfils the conditions, and tiers that give the same."""
    for tier in amount.tier:
        if why := _out_of_reach(tier, benefit, amount):
            yield f"的一档{called(tier)}（{amount.clause}）没有人够得到：{why}"
    for before, after in pairwise(amount.tier):
        same = all(
            getattr(before, key) == getattr(after, key)
            for key in (
                "rate",
                "rate_column",
                "each",
                "eras",
                "after",
                "cap",
                "per",
                "figures",
                "base",
                "when",
                "posts",
            )
        )
        if same and before.at_least != after.at_least:
            yield f"的两档{called(before)}、{called(after)}（{amount.clause}）一样多，中间这条线从来决定不了什么"


def _out_of_reach(tier: Tier, benefit: Benefit, amount: Amount) -> str:
    if amount.by == "age":
        first, clause = _asked_age(benefit)
        until = _until(benefit.age) if benefit.age else None
        if isinstance(tier.below, Fraction) and tier.below <= first:
            return f"{clause}要满 {first} 周岁"
        if benefit.age and until and isinstance(tier.at_least, Fraction) and tier.at_least >= until:
            return f"年龄（{benefit.age.clause}）到 {until} 周岁为止"
    if amount.by == "tenure" and benefit.service and isinstance(tier.below, Fraction):
        least = _least_units(benefit.service)
        if least is not None and tier.below <= least:
            return f"任职年限（{benefit.service.clause}）已经要求不少于 {plain(least)}"
    if amount.by == "column":
        for test in _asked(benefit):
            if test.test == "range" and test.column == amount.column and _beyond(tier, test):
                return f"条件“{test.name}”（{test.clause}）已经把它排除"
    return ""


def _beyond(tier: Tier, test: Condition) -> bool:
    low, high = _span(test)
    try:
        below_all = tier.below is not None and tier.below <= low
        return below_all or (tier.at_least is not None and tier.at_least >= high)
    except TypeError:  # dates beside numbers, which the reader has refused already
        return False


def _least_units(service: Service) -> Fraction | None:
    """Years or terms that everybody has who is paid; None where the ways do not tell."""
    plainly = not any(way.posts or way.discounted for way in service.ways)
    alike = all(post.discount == 1 for post in service.posts) and service.rate_post != "each_post"
    counted = service.accumulate == "union" or all(way.count == service.accumulate for way in service.ways)
    if not service.ways or not (plainly and alike and counted) or len(service.terms) > 1:
        return None
    unit = service.terms[0].months if service.terms else _YEAR
    least = Fraction(min(way.at_least_months for way in service.ways), unit)
    return least if service.rounding == "pro_rata" else Fraction(least // 1)


def _rates(benefit: Benefit, amount: Amount) -> Iterator[str]:
    """Figures that fall where they should rise: from tier to tier, or from a higher post to a lower."""
    posts = [post.name for post in benefit.service.posts] if benefit.service else [""]
    table = [tier for tier in amount.tier if not tier.when and not tier.posts and tier.rate is not None]
    if amount.by in ("tenure", "ways", "age", "years_since"):
        for before, after in pairwise(table):
            for post in posts:
                low, high = (of_rates(tier.rate, [post] if post else ()) for tier in (before, after))
                plainly = before.figures == after.figures and before.per == after.per and not before.each
                if plainly and low and high and low[0] > high[0]:
                    of = f"，{post}" if isinstance(after.rate, dict) else ""
                    yield f"的一档{called(after)}{of}（{amount.clause}）{plain(high[0])}，比低一档的 {plain(low[0])} 还少"
                    break
    for tier in table:
        if isinstance(tier.rate, dict):
            known = [
                (post, tier.rate[post]) for post in posts if tier.rate.get(post)
            ]  # 0 is counted and not paid
            for (higher, more), (lower, less) in pairwise(known):
                if more < less:
                    yield f"的一档{called(tier)}（{amount.clause}）{higher} {plain(more)}，比{lower}的 {plain(less)} 还少"


def _limits(amount: Amount, edition: Entitlements) -> Iterator[str]:
    """Caps and minimums that always decide, or never; and supplements whose limit is above what they add."""
    bases = {base.name: base for base in edition.base}
    both = [of_tier(tier, amount, bases) for tier in amount.tier]
    low = min(low for low, _ in both)
    highs = [high for _, high in both]
    high = None if None in highs or amount.index else max(filter(None, highs), default=None)
    adds = any(more.rate > 0 for more in amount.supplement)
    takes = any(more.rate < 0 for more in amount.supplement)
    caps, least = of_rates(amount.cap), of_rates(amount.minimum)
    if caps and least and min(least) > min(caps):
        yield f"的保底 {plain(min(least))}（{amount.clause}）高于封顶 {plain(min(caps))}"
    elif caps and max(caps) < low and not takes:
        yield f"的封顶 {plain(max(caps))}（{amount.clause}）不高于最低一档的 {plain(low)}：人人都按封顶发，各档从来决定不了什么"
    elif caps and high is not None and min(caps) > high and not adds:
        yield f"的封顶 {plain(min(caps))}（{amount.clause}）从来用不上：最高只有 {plain(high)}"
    if least and not takes and max(least) < low:
        yield f"的保底 {plain(max(least))}（{amount.clause}）从来用不上：最低也有 {plain(low)}"
    elif least and high is not None and not adds and min(least) >= high and not caps:
        yield f"的保底 {plain(min(least))}（{amount.clause}）不低于最高一档的 {plain(high)}：人人都按保底发，各档从来决定不了什么"
    for tier in amount.tier:
        tops, rates = of_rates(tier.cap), of_rates(tier.rate)
        if (
            tops
            and rates
            and max(tops) <= min(rates)
            and (tier.each or tier.eras)
            and tier.figures in (None, "yuan")
        ):
            yield f"的一档{called(tier)}的最高 {plain(max(tops))} 不高于它的标准 {plain(min(rates))}，每年加的从来用不上"
    for more in amount.supplement:
        if (
            more.most is not None
            and not more.times_column
            and more.figures == "yuan"
            and more.most >= more.rate
        ):
            yield f"的“{more.name}”（{more.clause}）最多 {plain(more.most)} 从来用不上：只加 {plain(more.rate)}"


def _aged(benefit: Benefit, more: Supplement) -> str:
    first, until = _asked_age(benefit)[0], _until(benefit.age) if benefit.age else None
    if more.age_at_least is not None and more.age_at_least <= first:
        return f"满 {more.age_at_least} 周岁人人都满足，从来决定不了什么：能领的都满 {first} 周岁"
    if more.age_at_least is not None and until and more.age_at_least >= until:
        return f"满 {more.age_at_least} 周岁没有人够得到：到 {until} 周岁就不发了"
    return ""


# ---------------------------------------------------------------------------------- months


def _months(benefit: Benefit, edition: Entitlements) -> Iterator[str]:
    """Months without a figure: before the first amount, between two, and before a base has one; raises that come too late."""
    amounts = sorted(benefit.amount, key=lambda amount: amount.effective or date.min)
    first = amounts[0].effective
    if first and first > edition.effective:
        yield f"{edition.effective} 至 {first - _DAY} 没有标准：文件 {edition.effective} 起施行，第一个标准 {first} 起"
    for before, after in pairwise(amounts):
        if before.until and after.effective and before.until + _DAY < after.effective:
            yield f"{before.until + _DAY} 至 {after.effective - _DAY} 没有标准：上一个（{before.clause}）到 {before.until} 止，下一个（{after.clause}）从 {after.effective} 起"
    last = amounts[-1]
    if last.until and "once" not in last.all_per:
        yield f"{last.until + _DAY} 以后没有标准：最后一个（{last.clause}）到 {last.until} 止"
    for amount in amounts:
        begins = amount.effective or edition.effective
        for base in edition.base:
            if (
                base.name in (*amount.bases, *benefit.lines)
                and base.values
                and base.values[0].effective > begins
            ):
                yield f"{begins} 至 {base.values[0].effective - _DAY} 没有标准：基数“{base.name}”（{base.clause}）从 {base.values[0].effective} 才有数"
        for index in amount.index:
            if amount.until and index.effective > amount.until:
                yield f"的上调（{index.clause}）{index.effective} 起，标准到 {amount.until} 就止了，从来用不上"
        for more in amount.supplement:
            if why := _aged(benefit, more):
                yield f"的“{more.name}”（{more.clause}）{why}"
    used = {name for amount in amounts for name in (*amount.bases, *benefit.lines)}
    for base in (base for base in edition.base if base.name in used):
        for older, newer in pairwise(base.values):
            if gone := sorted(older.amounts.keys() - newer.amounts.keys()):
                yield f"基数“{base.name}”（{base.clause}）{newer.effective} 起没有“{'、'.join(gone)}”的数，从那时起没有标准"


_DAY = timedelta(days=1)
