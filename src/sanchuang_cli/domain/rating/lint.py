"""Finds faults that a rating's document shows by itself, and words that its lists and a roster do not share.

It reads the policy and records, and rates nobody. It asks for each block by name, because a document need not have it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, pairwise
from typing import Any

from sanchuang_cli.domain.exact_numbers import percent, plain
from sanchuang_cli.domain.rating.goods import Good
from sanchuang_cli.domain.rating.indicators import Banded
from sanchuang_cli.domain.rating.quotas import from_the_top
from sanchuang_cli.domain.rating.rules import NewOrganisations
from sanchuang_cli.domain.rating.steps import Grades, StarBand, StarRule
from sanchuang_cli.domain.rating.types import type_of
from sanchuang_cli.domain.rating.veto import NO_VETO
from sanchuang_cli.domain.words import YES, unstopped
from sanchuang_cli.linting import Lints
from sanchuang_cli.policy_errors import meant

_FULL = Fraction(100)
_LITTLE = Fraction(1, 10**6)
_FEW = 6
_A_SHARE_OF = 10
"""Of a good of so many points, a pass mark of 1 or less is likely meant as a share."""


def faults(edition: Any, records: Sequence[Any]) -> Iterator[str]:
    """Everything that is wrong with an edition; with records, its words too."""
    yield from chain.from_iterable((*_good(good), *_indicators(good)) for good in edition.goods)
    yield from _grades(edition)
    yield from _stars(edition)
    yield from _quotas(edition)
    yield from _triggers(edition)
    if records:
        yield from _words(edition, records)


def _good(good: Good) -> Iterator[str]:
    """A pass mark that nobody can miss, or reach."""
    own = [] if good.passes is None else [("", good.passes)]
    for kind, mark in (*own, *good.passes_for.items()):
        of = f"“{kind}”的" if kind else ""
        if mark > good.most:
            what = "满分" if good.at_most is None else "至多能得的"
            yield f"“{good.name}”（{good.clause}）{of}得星线 {plain(mark)} 高于{what} {plain(good.most)}，没有人够得到"
        if mark <= 0:
            yield f"“{good.name}”（{good.clause}）{of}得星线 {plain(mark)}，人人得星，从来决定不了什么"
        if 0 < mark <= 1 and good.full >= _A_SHARE_OF:
            share = plain(mark * good.full)
            yield f"“{good.name}”（{good.clause}）{of}得星线 {plain(mark)} 分，满分 {plain(good.full)} 分：写的是分数，{percent(mark)} 写 {share}"
        if kind and mark == good.passes:
            yield f"“{good.name}”（{good.clause}）passes_for 的“{kind}” {plain(mark)} 与 passes 一样，从来决定不了什么"


def _indicators(good: Good) -> Iterator[str]:
    """Bands of an indicator whose points fall: as it may be for what is bad, such as complaints, and seldom for anything else."""
    for one in good.indicators:
        for low, high in pairwise(one.bands if isinstance(one, Banded) else ()):
            if high.points <= low.points:
                yield (
                    f"“{good.name}”的指标“{one.heading}”{plain(low.at_least)} 以上得 {plain(low.points)} 分，"
                    f"{plain(high.at_least)} 以上{'也' if high.points == low.points else '反而'}得 {plain(high.points)} 分（{one.clause or good.clause}）：数越大得分越少的，不必改"
                )


def _grades(edition: Any) -> Iterator[str]:
    grades = getattr(edition, "grades", None)
    if not grades:
        return
    for band in grades.bands:
        if _out_of_reach(band.at_least, edition):
            yield f"等次“{band.name}”（{grades.clause}）要 {plain(band.at_least)} 分，综合得分最高 {plain(_FULL)}，没有人够得到"
    gate = getattr(grades, "gate", None)
    if gate is not None and gate <= 0:
        yield f"满意率底线 {plain(gate)}（{grades.gate_clause}）从来决定不了什么"
    best = grades.bands[0].name
    if gate is not None and grades.gated == best:
        yield f"满意率不够的最高定为“{best}”（{grades.gate_clause}），这是最好的等次，从来决定不了什么"
    if getattr(grades, "vetoed", None) == best:
        yield f"有否决情形的最高定为“{best}”（{grades.veto_clause}），这是最好的等次，从来决定不了什么"


def _out_of_reach(score: Fraction, edition: Any) -> bool:
    """Whether no total reaches a score. Bonuses, and goods of more than their full score, have no such end."""
    above = any(good.bonus or good.at_most is not None for good in edition.goods)
    return score > _FULL and not above


def _stars(edition: Any) -> Iterator[str]:
    stars = getattr(edition, "stars", None)
    if not stars:
        return
    for band in stars.bands:
        if _out_of_reach(band.at_least, edition):
            yield f"{band.stars} 星（{stars.clause}）要 {plain(band.at_least)} 分，综合得分最高 {plain(_FULL)}，没有人够得到"
    for higher, lower in pairwise(stars.bands):
        if higher.stars < lower.stars:
            yield f"{plain(higher.at_least)} 分以上 {higher.stars} 星，{plain(lower.at_least)} 分以上反而 {lower.stars} 星（{stars.clause}）"
        if higher.stars == lower.stars:
            yield f"{plain(higher.at_least)} 分和 {plain(lower.at_least)} 分都是 {lower.stars} 星（{stars.clause}），{plain(higher.at_least)} 分这条线从来决定不了什么"
    ladder = getattr(edition, "ladder", None)
    highest = stars.most(edition.goods)
    if ladder and ladder.step >= highest:
        yield f"一年至多升 {ladder.step} 星（{ladder.clause}）从来决定不了什么：最多只有 {highest} 星"


def _given(edition: Any) -> set[int]:
    """How many stars there may be: those that scores earn, and what is left where something takes stars away."""
    stars: StarRule | None = getattr(edition, "stars", None)
    most = stars.most(edition.goods) if stars else 0
    by_last_year = getattr(edition, "ladder", None) or (stars and stars.veto == "one-below-last-year")
    if stars is None or stars.model == "per-good" or by_last_year:
        return {*range(most + 1)}
    earned = {rule.stars for rule in (edition.goods if stars.model == "levels" else stars.bands)}
    earned |= {limit.at_most for limit in getattr(edition, "limits", ()) if limit.at_most < most}
    for quota in from_the_top(getattr(edition, "quotas", ())):
        if quota.beyond == "cap" and quota.stars in earned:
            earned.add(quota.stars - 1)
    return earned


def _quotas(edition: Any) -> Iterator[str]:
    known = _given(edition)
    measures: set[tuple[object, ...]] = set()
    for quota in getattr(edition, "quotas", ()):
        measure = (quota.stars, quota.types, quota.within, quota.share is None)
        if measure in measures:
            yield f"{quota.stars} 星的名额写了两条（{quota.clause}），范围一样：只有少的一条决定"
        measures.add(measure)
        if quota.stars not in known:
            yield f"{quota.stars} 星的名额（{quota.clause}）从来决定不了什么：没有评 {quota.stars} 星的"
        elif quota.share is not None and quota.share >= 1:
            yield f"{quota.stars} 星的名额 {percent(quota.share)}（{quota.clause}）从来决定不了什么"


def _triggers(edition: Any) -> Iterator[str]:
    seen: dict[tuple[Any, ...], Any] = {}
    for list_name in ("rectify", "secretaries"):
        block = getattr(edition, list_name, None)
        for trigger in (*getattr(block, "criteria", ()), *getattr(block, "triggers", ())):
            told = trigger.model_dump(exclude={"name", "clause"})
            key = (list_name, *map(str, told.items()))
            if key in seen:
                yield f"情形“{trigger.name}”（{trigger.clause}）与“{seen[key].name}”一样，从来决定不了什么"
            seen.setdefault(key, trigger)
        if block is not None and getattr(block, "share", 0) > getattr(block, "warns_over", 1):
            yield f"整顿名单补足到 {percent(block.share)}，超过 {percent(block.warns_over)} 就提示（{block.clause}）：照这样年年提示"


def _words(edition: Any, records: Sequence[Any]) -> Iterator[str]:
    """Types and vetoes: those written that are in no list, and those listed that nobody writes. A document without types asks
    for none."""
    types = Counter(record.type for record in records if record.type and edition.types)
    known = {word: type_of(edition.types, word) for word in types}
    names = [kind.name for kind in edition.types]
    if strange := [word for word, kind in known.items() if not kind]:
        told = "、".join(f"“{word}”（{types[word]} 行）{meant(word, names)}" for word in strange[:_FEW])
        yield f"“类型”里写的{told}不在 types 里"
    if silent := [name for name in names if name not in known.values()]:
        yield f"types 里的“{'”“'.join(silent)}”，“类型”里没有人写"
    veto = getattr(edition, "veto", None)
    if veto:
        cells = Counter(
            text for record in records if unstopped(text := (record.veto or "").strip()) not in NO_VETO | YES
        )
        if strange := [text for text in cells if not any(word in text for word in veto.situations)]:
            told = "、".join(f"“{text}”（{cells[text]} 行）" for text in strange[:_FEW])
            yield f"“否决情形”里写的{told}不在列举之内（{veto.clause}）"
        if silent := [word for word in veto.situations if not any(word in text for text in cells)]:
            yield f"否决情形（{veto.clause}）列举的“{'”“'.join(silent)}”，“否决情形”里没有人写"


def _band_tried(band: StarBand, edition: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield (
        f"{plain(band.at_least)} 分得 {band.stars} 星的一段，这一期没有影响一个",
        {"stars": band.stars + (1 if band.stars < 1 else -1)},
    )


def _renamed(grades: Grades, name: str) -> Mapping[str, Any]:
    """The grade under another name, wherever the block names it: whoever has it has another result then."""
    other = f"{name}（另名）"
    bands = [
        {"name": other if band.name == name else band.name, "at_least": band.at_least}
        for band in grades.bands
    ]
    limits = {key: other for key in ("gated", "vetoed") if getattr(grades, key) == name}
    return {"bands": bands, **limits}


def _grades_tried(grades: Grades, edition: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A grade whose line moves up to the next one's, so that whoever had it has a lower one; and no limits.

    Whoever a low satisfaction or a veto leaves the grade would keep it, and the lowest one those who have nothing: these grades
    are tried under another name.
    """
    bands = list(grades.bands)
    for i, band in enumerate(bands):
        said, lowest = f"等次“{band.name}”没有一个", i == len(bands) - 1
        if lowest or band.name in (grades.gated, grades.vetoed):
            yield said, _renamed(grades, band.name)
            continue
        moved = [one.model_dump() for one in bands]
        moved[i]["at_least"] = bands[i - 1].at_least - _LITTLE if i else band.at_least + 10**6
        yield said, {"bands": moved}
    if getattr(grades, "gate", None):
        yield f"满意率底线（{grades.gate_clause}）这一期没有用上", {"gate": Fraction(0)}
    if getattr(grades, "vetoed", None):
        yield f"否决后限制等次（{grades.veto_clause}）这一期没有用上", {"vetoed": bands[0].name}


def _good_tried(good: Good, edition: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A pass mark that everybody, or nobody, reaches; and those of a type."""
    if getattr(edition.stars, "model", "") == "per-good" and good.passes is not None:
        yield (
            f"人人得星，{plain(good.passes)} 分这条线这一期决定不了什么",
            {"passes": Fraction(0), "passes_for": {}},
        )
        yield (
            f"没有一个得星，{plain(good.passes)} 分这条线这一期决定不了什么",
            {"passes": good.most + 1, "passes_for": {}},
        )
        for kind in good.passes_for:
            others = {name: mark for name, mark in good.passes_for.items() if name != kind}
            yield f"“{kind}”另用的得星线这一期没有用上", {"passes_for": others}


def _young_tried(young: NewOrganisations, edition: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield f"成立不满 {young.years} 年的一个也没有，这一期没有用上", {"years": 0}


LINTS = Lints(
    faults,
    {
        StarBand: _band_tried,
        Grades: _grades_tried,
        Good: _good_tried,
        NewOrganisations: _young_tried,
    },
)
