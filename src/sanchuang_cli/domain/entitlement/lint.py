"""Finds faults in a policy of payments without any roster: rules that decide nothing, tiers that nobody reaches, rates that fall,
months without a figure.

It reads the policy and judges nobody. A fault is a sentence; nothing is said where all is well.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain, combinations, pairwise
from typing import Any, NamedTuple

from sanchuang_cli.domain.entitlement.amounts import Amount, Supplement, Tier
from sanchuang_cli.domain.entitlement.blocks import Age, Condition, Service, ServiceWay
from sanchuang_cli.domain.entitlement.bounds import before_limits, for_all, of_post, of_rates, of_tiers
from sanchuang_cli.domain.entitlement.conditions import BETWEEN
from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements
from sanchuang_cli.domain.entitlement.service import named_way
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.words import NOTHING, narrow

_YEAR = 12
_NOBODY, _NONE, _OLDEST = 150, 999, 110
"""An age that nobody reaches, what the policy says where a sex has nothing, and the last age that may be meant as one."""


def faults(edition: Entitlements) -> Iterator[str]:
    """Everything that is wrong with an edition, benefit by benefit."""
    for benefit in edition.benefit:
        found: list[Iterable[str]] = [_conditions(benefit), _ages(benefit), _service(benefit)]
        for amount in benefit.amount:
            found += [_tiers(benefit, amount), _rates(benefit, amount), _limits(benefit, amount, edition)]
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
    for one, other in combinations(_asked(benefit), 2):
        if not _alike(one, other):
            continue
        if _excludes(one, other):
            yield f"的条件“{one.name}”（{one.clause}）和“{other.name}”（{other.clause}）不能同时满足，没有人能领"
            continue
        both = ((one, other), (other, one))
        # a claim says who is listed as not paid, and so decides something in any case
        idle = next(
            (weak for strong, weak in both if weak not in benefit.claim and _follows(weak, strong)), None
        )
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


_COMPARED = ("words", "must_be", "filled", "range", "age")
"""Tests of which two on one thing can be held against each other."""


def _alike(one: Condition, other: Condition) -> bool:
    """Whether both look at one column in one way."""
    return one.test == other.test and one.column == other.column and one.test in _COMPARED


def _span(test: Condition) -> tuple[Any, Any]:
    numbers = [edge for edge in (test.at_least, test.below) if edge is not None]
    dated = any(isinstance(edge, date) for edge in numbers)
    low = test.at_least if test.at_least is not None else date.min if dated else Fraction(-(10**15))
    high = test.below if test.below is not None else date.max if dated else Fraction(10**15)
    return low, high


def _apart(one: Condition, other: Condition) -> bool:
    (low, high), (least, most) = _span(one), _span(other)
    return type(low) is type(least) and (low >= most or least >= high)


def _known(test: Condition) -> set[str]:
    return set(map(narrow, (*test.accept, *test.refuse)))


def _accepted(test: Condition) -> set[str]:
    return set(map(narrow, test.accept))


def _passing(test: Condition) -> set[str]:
    """Cells that fulfil a condition on words: those of its list, and where a blank does, those that say nothing."""
    blank = {"", *map(narrow, NOTHING)} - _known(test) if test.blank == "accept" else set()
    return _accepted(test) | blank


def _no_words(one: Condition, other: Condition) -> bool:
    """Whether no cell fulfils both. A phrase of one list may be several words of the other."""
    phrases = any(BETWEEN.search(word) for word in (*one.accept, *other.accept))
    return bool(one.accept and other.accept) and not phrases and _passing(one).isdisjoint(_passing(other))


def _excludes(one: Condition, other: Condition) -> bool:
    """Whether nobody fulfils both. A blank cell fulfils both where both accept it."""
    if one.test == "words":
        return _no_words(one, other)
    if one.test == "filled":
        return one.filled != other.filled
    if one.blank == other.blank == "accept":
        return False
    return (
        one.must_be != other.must_be if one.test == "must_be" else one.test == "range" and _apart(one, other)
    )


def _follows(weak: Condition, strong: Condition) -> bool:
    """Whether whoever fulfils `strong` fulfils `weak`, and no row waits for `weak` alone."""
    if weak.test not in ("age", "filled") and weak.blank not in ("accept", strong.blank):
        return False
    if weak.test == "words":
        # a word in neither list waits, also where the other condition refuses it: both must know the same
        return bool(strong.accept) and _accepted(strong) <= _accepted(weak) and _known(weak) == _known(strong)
    if weak.test == "age":
        alike = weak.first == strong.first and weak.leap_day == strong.leap_day
        return alike and weak.male <= strong.male and weak.female <= strong.female  # type: ignore[operator]
    if weak.test == "range":
        (low, high), (least, most) = _span(weak), _span(strong)
        return type(low) is type(least) and low <= least and most <= high
    return weak.must_be == strong.must_be and weak.filled == strong.filled


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


class _FromAge(NamedTuple):
    """From which age on people are paid. years: as the document asks for it. full: what everybody has who is paid, in the
    full years by which tiers go."""

    full: int
    years: int
    clause: str


def _from_age(benefit: Benefit) -> _FromAge:
    """The highest that anything asks of everybody; an age is full in the month after the birthday."""
    age = benefit.age
    found = [_FromAge(0, 0, "")]
    if age and age.mode != "as_of":  # who has it on that day is paid for months before it, too
        early = age.mode == "year_difference" or age.first == "month_of"
        found.append(_FromAge(_least(age) - early, _least(age), f"年龄（{age.clause}）"))
    for test in _plain(benefit.condition):
        if test.test == "age":
            years = min(test.male or 0, test.female or 0)
            early = test.first == "month_of"
            found.append(_FromAge(years - early, years, f"条件“{test.name}”（{test.clause}）"))
    return max(found)


def _from_no_age(benefit: Benefit) -> int | None:
    """The full years that nobody has who is paid, None without a limit.

    Who stops in the month of the birthday, or in the next, has not been paid in a month of that age. Somebody born on
    29 February whose birthday is in March has.
    """
    age = benefit.age
    until = _until(age) if age else None
    if age is None or until is None:
        return None
    at_once = age.stop == "month_of" or (age.stop == "month_after" and age.leap_day == "february")
    return until + (not at_once)


def _ages(benefit: Benefit) -> Iterator[str]:
    age = benefit.age
    if age is None:
        return
    if _least(age) >= _NOBODY:
        yield f"的年龄（{age.clause}）男女都写 {_least(age)}，没有人能领"
    elif odd := [years for years in (age.male, age.female) if _OLDEST < years != _NONE]:
        yield f"的年龄（{age.clause}）写了 {odd[0]} 周岁，没有人到这个岁数：这一性别没有的写 {_NONE}"
    elif 0 < age.male < age.female < _NOBODY:
        yield f"的年龄（{age.clause}）女 {age.female} 周岁，男 {age.male} 周岁，女的反而晚：是不是写反了"
    for test in benefit.condition:
        if (
            test.active
            and test.test == "age"
            and not test.either
            and age.mode == "birthday"
            and test.first == age.first
            and test.leap_day == age.leap_day
        ):
            male, female = test.male or 0, test.female or 0
            if male <= age.male and female <= age.female:
                yield f"的条件“{test.name}”（{test.clause}）从来决定不了什么：年龄（{age.clause}）已经要求满 {_least(age)} 周岁"
            elif male >= age.male and female >= age.female and age.until_male is age.until_female is None:
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
        line = after.at_least
        drawn = [
            edge
            for tier in amount.tier
            if tier.posts == before.posts
            for edge in (tier.at_least, tier.below)
            if edge == line
        ]
        same = before.below == line and _of_the_sum(before) == _of_the_sum(after)
        if line is not None and same and len(drawn) == 2:  # noqa: PLR2004 -- a line between others, too, divides them
            yield f"的两档{called(before)}、{called(after)}（{amount.clause}）一样多，中间这条线从来决定不了什么"


def _of_the_sum(tier: Tier, *but: str) -> dict[str, Any]:
    """All that a tier says but who reaches it, and what it is called."""
    return tier.model_dump(exclude={"at_least", "below", "ways", "label", "mark", *but})


def _out_of_reach(tier: Tier, benefit: Benefit, amount: Amount) -> str:
    if amount.by == "age":
        first, nobody = _from_age(benefit), _from_no_age(benefit)
        if isinstance(tier.below, Fraction) and tier.below <= first.full:
            return f"{first.clause}要满 {first.years} 周岁"
        low = tier.at_least
        if benefit.age and nobody is not None and isinstance(low, Fraction) and low > nobody - 1:
            return f"年龄（{benefit.age.clause}）到 {_until(benefit.age)} 周岁为止"
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
    # the years between two dates may be fewer than the months make, and none for each of several short spells
    told = service.rounding != "year_difference" and len(service.terms) <= 1
    if not service.ways or not (plainly and alike and counted and told):
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
                alike = _of_the_sum(before, "rate") == _of_the_sum(after, "rate")
                plainly = alike and not (before.each or before.eras)
                if plainly and low and high and low[0] > high[0]:
                    of = f"，{post}" if isinstance(after.rate, dict) else ""
                    yield f"的一档{called(after)}{of}（{amount.clause}）{plain(high[0])}，比低一档的 {plain(low[0])} 还少"
                    break
    for tier in table:
        if isinstance(tier.rate, dict) and not isinstance(tier.each, dict) and not tier.eras:
            known = [
                (post, tier.rate[post]) for post in posts if tier.rate.get(post)
            ]  # 0 is counted and not paid
            for (higher, more), (lower, less) in pairwise(known):
                if more < less:
                    yield f"的一档{called(tier)}（{amount.clause}）{higher} {plain(more)}，比{lower}的 {plain(less)} 还少"


def _limits(benefit: Benefit, amount: Amount, edition: Entitlements) -> Iterator[str]:
    """Caps and minimums that always decide, or never; and supplements whose limit is above what they add. A limit that is the
    only figure itself does neither: it says the same twice."""
    bases = {base.name: base for base in edition.base}
    posts = [post.name for post in benefit.service.posts] if benefit.service else [""]
    lowest, highest = of_tiers(amount, bases, benefit.service)
    low, high = before_limits(amount, bases, benefit.service)
    some_caps, minimums = of_rates(amount.cap), of_rates(amount.minimum)
    caps, least = for_all(amount.cap, posts), for_all(amount.minimum, posts)
    # what is paid instead, and what is left of a sum of which some is paid already, knows no limits
    everybody = not (amount.instead or amount.top_up or amount.set_off)
    above = [
        (minimum, cap)
        for minimum, cap in ((of_post(amount.minimum, post), of_post(amount.cap, post)) for post in posts)
        if minimum is not None and cap is not None and minimum > cap
    ]
    if above:
        minimum, cap = above[0]
        yield f"的保底 {plain(minimum)}（{amount.clause}）高于封顶 {plain(cap)}"
    elif caps and everybody and max(caps) <= low == lowest and (high is None or min(caps) < high):
        yield f"的封顶 {plain(max(caps))}（{amount.clause}）不高于最低一档的 {plain(low)}：人人都按封顶发，各档从来决定不了什么"
    elif some_caps and everybody and high is not None and min(some_caps) > high == highest:
        yield f"的封顶 {plain(min(some_caps))}（{amount.clause}）从来用不上：最高只有 {plain(high)}"
    low = min(low, *some_caps) if some_caps else low
    if minimums and everybody and max(minimums) < low:
        yield f"的保底 {plain(max(minimums))}（{amount.clause}）从来用不上：最低也有 {plain(low)}"
    elif (
        least
        and everybody
        and not caps
        and high is not None
        and min(least) >= high == highest
        and max(least) > low
    ):
        yield f"的保底 {plain(min(least))}（{amount.clause}）不低于最高一档的 {plain(high)}：人人都按保底发，各档从来决定不了什么"
    yield from _tops(amount, posts)
    yield from _supplements(amount)


def _tops(amount: Amount, posts: list[str]) -> Iterator[str]:
    """Tiers of which the most is reached without what is added for the years. A most is in yuan, whatever the figures."""
    for tier in amount.tier:
        tops, rates = for_all(tier.cap, tier.posts or posts), of_rates(tier.rate, tier.posts)
        in_yuan = (tier.figures or amount.figures) == "yuan"
        if in_yuan and tops and rates and max(tops) <= min(rates) and (tier.each or tier.eras):
            yield f"的一档{called(tier)}的最高 {plain(max(tops))} 不高于它的标准 {plain(min(rates))}，每年加的从来用不上"


def _supplements(amount: Amount) -> Iterator[str]:
    for more in amount.supplement:
        if (
            more.most is not None
            and not more.times_column
            and more.figures == "yuan"
            and more.most >= more.rate
        ):
            yield f"的“{more.name}”（{more.clause}）最多 {plain(more.most)} 从来用不上：只加 {plain(more.rate)}"


def _aged(benefit: Benefit, more: Supplement) -> str:
    if more.age_at_least is None:
        return ""
    first, nobody = _from_age(benefit).full, _from_no_age(benefit)
    if more.age_at_least <= first:
        return f"满 {more.age_at_least} 周岁人人都满足，从来决定不了什么：能领的都满 {first} 周岁"
    if benefit.age and nobody is not None and more.age_at_least >= nobody:
        return f"满 {more.age_at_least} 周岁没有人够得到：年龄（{benefit.age.clause}）到 {_until(benefit.age)} 周岁为止"
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
    for amount, following in zip(amounts, [*amounts[1:], None], strict=True):
        begins = max(amount.effective or edition.effective, edition.effective)
        stops = following.effective - _DAY if following and following.effective else date.max
        stops = min(stops, amount.until or date.max)
        for base in edition.base:
            if (
                base.name in (*amount.bases, *benefit.lines)
                and base.values
                and begins < base.values[0].effective
                and begins <= stops
            ):
                ends = min(base.values[0].effective - _DAY, stops)
                yield f"{begins} 至 {ends} 没有标准：基数“{base.name}”（{base.clause}）从 {base.values[0].effective} 才有数"
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
