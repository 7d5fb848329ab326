"""The rating of organisations, each judged by itself: by its row, last year's row, the rules and the day of judgement.

All questions go through `judged`, also those about a single organisation, which is a list of one. So an organisation gets
the same verdict alone or among others, and in any order. What only all rows decide is in quotas.py.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.goods import GoodScore, ScoreSheet, differing
from sanchuang_cli.domain.rating.rules import NewOrganisations, Rules
from sanchuang_cli.domain.rating.satisfaction import satisfaction_of
from sanchuang_cli.domain.rating.steps import Ladder, RatingStep, stars_in_words
from sanchuang_cli.domain.rating.triggers import evidence
from sanchuang_cli.domain.rating.types import OTHERS
from sanchuang_cli.domain.rating.unread import cannot_be_read, freeing, illegible, looked_at
from sanchuang_cli.domain.rating.verdict import Before, LastRating, Rating
from sanchuang_cli.judging import At, Judged, Odd
from sanchuang_cli.period import Period

Key = tuple[str, str]
"""Township and name."""
_PUBLISHED = "上年已公示的评定结果"


class ReadyRating(NamedTuple):
    """What `At.ready` has for a rating: the rules, and last year's results."""

    rules: Rules
    before: Mapping[Key, Before]


def judged(organisations: Sequence[Organisation], at: At[Any]) -> list[Judged]:
    """What comes of each of them, in their order: the rating before the quotas, and what is odd."""
    return [_judged(organisation, at) for organisation in organisations]


def _judged(organisation: Organisation, at: At[Any]) -> Judged:
    """What stands beside the row's fields is looked at first, then the row. An error leaves no rating."""
    odd = Odd(at.doubts, organisation.row)
    odd.found += organisation.said_beside()
    rating = None if odd.grave else _by_its_type(organisation, at, odd)
    return Judged(organisation, rating, tuple(odd.found))


def _by_its_type(organisation: Organisation, at: At[Any], odd: Odd) -> Rating[Organisation] | None:
    """The rating by the organisation's own type.

    A type that is blank or in no list counts as 其他, with a warning. A word in no list may mean one of the policy's types,
    so it is an error where the verdict under one of them would be another.
    """
    rules: Rules = at.ready.rules
    kind = rules.type_of(organisation.type)
    rating = _rating(organisation, kind, at, odd)
    if kind or cannot_be_read(organisation.row, "type"):
        return rating
    written = f"“{organisation.type}”" if organisation.type else "空白"
    message = f"类型{written}不在政策所列类型之内"
    if rating is not None and organisation.type:
        ours = _outcome(organisation, "", at)
        if apart := [
            listed.name for listed in rules.types if _outcome(organisation, listed.name, at) != ours
        ]:
            message = f"{message}，而按“{'”“'.join(apart)}”认定结果不同"
            odd.add("type-decides", "type", message, rules.document)
            return None
    odd.add("unknown-type", "type", f"{message}，按“{OTHERS}”统计", rules.document)
    return rating


def _outcome(organisation: Organisation, kind: str, at: At[Any]) -> object:
    """All that an organisation of `kind` would get: score, stars, grade, and the situations that put it on a list."""
    odd = Odd(at.doubts, organisation.row)
    rating = _rating(organisation, kind, at, odd)
    if rating is None:
        return None
    hits = evidence(at.ready.rules.triggers, rating, at.occasion.on, odd)
    return rating.total, rating.stars, rating.grade, [trigger for trigger, _ in hits]


def _rating(organisation: Organisation, kind: str, at: At[Any], odd: Odd) -> Rating[Organisation] | None:
    """The rating as an organisation of `kind`, None where something odd is an error."""
    rules: Rules = at.ready.rules
    before: Before | None = at.ready.before.get(organisation.key)
    veto = rules.veto.of(organisation.veto, odd)
    some_unread = organisation.row.unread or (before is not None and before.row.unread)
    # a row without an unread cell has nothing to look for, and most rows are such
    looked = looked_at(organisation, before, kind, rules, vetoed=bool(veto)) if some_unread else ()
    if illegible(looked, rules, odd):
        return None
    goods = _scores(rules.sheets[kind], organisation, odd)
    return None if goods is None else _by_scores(organisation, kind, goods, veto, before, at, odd)


def _by_scores(
    organisation: Organisation,
    kind: str,
    goods: tuple[GoodScore, ...],
    veto: str,
    before: Before | None,
    at: At[Any],
    odd: Odd,
) -> Rating[Organisation] | None:
    """What follows from the scores, the poll, a veto and last year's result; None where something odd is an error."""
    rules: Rules = at.ready.rules
    total = rules.total.of([good.score for good in goods])
    differing(total, organisation.stated_total, odd)
    satisfaction = satisfaction_of(organisation, odd)
    last = _last_year(organisation, before, rules, odd)
    unrated = _too_young(organisation, rules.young, at.occasion.on, odd)
    star_steps: tuple[RatingStep, ...] = ()
    grade_steps: tuple[RatingStep, ...] = ()
    if not unrated:
        earned = rules.stars.steps(goods, total, veto, last.stars)
        star_steps = _on_ladder(earned, organisation, last.stars, at, odd)
        grade_steps = rules.grades.steps(total, satisfaction, veto)
    if odd.grave:
        return None
    return Rating(
        record=organisation,
        type=kind or OTHERS,
        goods=goods,
        total=total,
        satisfaction=satisfaction,
        veto=veto,
        last=last,
        stars=int(star_steps[-1].result) if star_steps else None,
        grade=grade_steps[-1].result if grade_steps else None,
        star_steps=rules.shared(star_steps),
        grade_steps=rules.shared(grade_steps),
        unrated=unrated,
    )


def _scores(
    sheets: Sequence[ScoreSheet], organisation: Organisation, odd: Odd
) -> tuple[GoodScore, ...] | None:
    """The score of every good, None when one cannot be had; an error says why."""
    scores = [sheet.score(organisation.more, odd) for sheet in sheets]
    known = tuple(score for score in scores if score is not None)
    return known if len(known) == len(scores) else None


def _last_year(organisation: Organisation, before: Before | None, rules: Rules, odd: Odd) -> LastRating:
    """Last year's result: from the workbook of that year where it is given, otherwise from this roster's columns."""
    stated = organisation.last_stars
    if before is None:
        return LastRating(stated, organisation.last_grade)
    if stated is not None and stated != before.stars:
        result = rules.last_result
        message = (
            f"表上上年{stars_in_words(stated)}，{result}是{stars_in_words(before.stars)}，以{result}为准"
        )
        odd.add("last-year-differs", "last_stars", message, _PUBLISHED)
    kind = rules.type_of(organisation.type)
    scores = [before.more.get(columns.before) for columns in rules.columns]
    missed = frozenset(
        good.heading
        for good, score in zip(rules.goods, scores, strict=True)
        if score is not None and score < good.passes_as(kind)
    )
    return LastRating(before.stars, before.grade, None if None in scores else missed)


def _too_young(organisation: Organisation, rule: NewOrganisations, on: date, odd: Odd) -> str:
    """Why it is scored but not rated, "" when it is rated."""
    founded = organisation.founded
    if founded is None:
        odd.add("no-founding-date", "founded", "没有成立日期，按成立已满期限参评", rule.clause)
        return ""
    if on < months_after(founded.earliest, 12 * rule.years):
        return f"成立不满 {rule.years} 年"
    if on < months_after(founded.latest, 12 * rule.years):
        message = f"成立日期只写到“{founded}”，是否满 {rule.years} 年说不准，按已满参评"
        odd.add("founding-date-vague", "founded", message, rule.clause)
    return ""


def _on_ladder(
    steps: tuple[RatingStep, ...], organisation: Organisation, last: int | None, at: At[Any], odd: Odd
) -> tuple[RatingStep, ...]:
    """The steps, and one more where the stars would rise further than the ladder allows in a year."""
    ladder: Ladder | None = at.ready.rules.ladder
    # without last year's stars there is nothing to rise from, and the ladder does not apply
    if not steps or ladder is None or last is None or not ladder.stops(int(steps[-1].result), last):
        return steps
    illegible(freeing(organisation, ladder), at.ready.rules, odd)
    if _exempt(organisation, ladder, at.occasion.period, odd):
        return *steps, ladder.step_past(steps[-1].result, str(organisation.honour))
    return *steps, ladder.step_down(last)


def _exempt(organisation: Organisation, ladder: Ladder, period: Period, odd: Odd) -> bool:
    """Whether an honour of a listed level, won within the period, frees it from the ladder."""
    if organisation.honour not in ladder.honours:
        return False
    won = organisation.honoured
    if won is None:
        message = f"有{organisation.honour}荣誉但没有获得时间，按本期内获得处理"
        odd.add("honour-undated", "honoured", message, ladder.honours_clause)
        return True
    return period.first <= won.earliest and won.latest <= period.last
