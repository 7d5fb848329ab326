"""A list of organisations, each judged by itself: its row, last year's, the rules and the day of judgement decide.

`judged` is the one entry: whoever asks about one organisation asks it about a list of one. Alone or in company, in
whatever order, an organisation gets the same verdict.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sanchuang_cli.domain.beside import of_organisation
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.doubts import Codes, Doubts
from sanchuang_cli.domain.rating.goods import GoodScore, Sheet, differing
from sanchuang_cli.domain.rating.rules import NewOrganisations, Rules
from sanchuang_cli.domain.rating.satisfaction import satisfaction_of
from sanchuang_cli.domain.rating.steps import Ladder, Step, stars_in_words
from sanchuang_cli.domain.rating.triggers import evidence
from sanchuang_cli.domain.rating.types import OTHERS
from sanchuang_cli.domain.rating.unread import cannot_be_read, freeing, illegible, looked_at
from sanchuang_cli.domain.rating.verdict import Before, Last, Rating
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.record import Row

Key = tuple[str, str]
"""Township and name."""
_PUBLISHED = "上年已公示的评定结果"


@dataclass(frozen=True)
class At:
    """By what organisations are judged. before: last year's results. spoilt: the rows of that result which could not be
    read; whoever stands there has a result that nobody knows."""

    rules: Rules
    occasion: Occasion
    before: Mapping[Key, Before]
    spoilt: Mapping[Key, Row]


class Judged(NamedTuple):
    """What came of one organisation: its rating before the quotas, and what is odd. No rating where that is an error: a
    cell that cannot be read, a missing score, figures that contradict each other."""

    organisation: Organisation
    rating: Rating[Organisation] | None
    findings: Sequence[Finding]


def judged(organisations: Sequence[Organisation], at: At) -> list[Judged]:
    """What comes of each of them, in their order."""
    return [Judged(one, *_judged(one, at)) for one in organisations]


Verdict = tuple[Rating[Organisation] | None, Sequence[Finding]]


def _judged(organisation: Organisation, at: At) -> Verdict:
    """By what stands beside the row's fields, then by last year's row, then by its own."""
    beside = of_organisation(organisation.row, organisation.name)
    if any(one.severity is Severity.ERROR for one in beside):
        return None, beside
    if spoilt := at.spoilt.get(organisation.key):
        doubts = Doubts(at.rules.codes, organisation.row)
        message = f"{at.rules.codes.before}里它的一行（{spoilt.place()}）不能读取，不能当作没有上年结果"
        doubts.add("last-year-unread", "name", message, _PUBLISHED)
        return None, [*beside, *doubts.found]
    found, odd = _by_its_type(organisation, at)
    return found, [*beside, *odd] if beside or odd else ()


def _by_its_type(organisation: Organisation, at: At) -> Verdict:
    """The rating by the organisation's own type, and what is odd.

    A type that is blank or in no list is 其他 with a warning. One that is written and in no list is an error where the
    verdict would be another under one of the policy's types: the word may mean that one.
    """
    rules, doubts = at.rules, Doubts(at.rules.codes, organisation.row)
    kind = rules.type_of(organisation.type)
    found, odd = _rating(organisation, kind, at)
    if kind or cannot_be_read(organisation.row, "type"):
        return found, odd
    written = f"“{organisation.type}”" if organisation.type else "空白"
    message = f"类型{written}不在政策所列类型之内"
    if found is not None and organisation.type:
        ours = _outcome(organisation, "", at)
        if apart := [one.name for one in rules.types if _outcome(organisation, one.name, at) != ours]:
            message = f"{message}，而按“{'”“'.join(apart)}”认定结果不同"
            doubts.add("type-decides", "type", message, rules.document)
            return None, [*odd, *doubts.found]
    doubts.add("unknown-type", "type", f"{message}，按“{OTHERS}”统计", rules.document)
    return found, [*doubts.found, *odd]


def _outcome(organisation: Organisation, kind: str, at: At) -> object:
    """All that an organisation of `kind` would get: score, stars, grade, and the situations that put it on a list."""
    found, _ = _rating(organisation, kind, at)
    if found is None:
        return None
    hits = evidence(at.rules.triggers, found, at.occasion.on, Doubts(at.rules.codes, organisation.row))
    return found.total, found.stars, found.grade, [trigger for trigger, _ in hits]


def _rating(organisation: Organisation, kind: str, at: At) -> Verdict:
    """The rating as an organisation of `kind`, and what is odd."""
    rules, before = at.rules, at.before.get(organisation.key)
    doubts = Doubts(rules.codes, organisation.row)
    veto = rules.veto.of(organisation.veto, doubts)
    some_unread = organisation.row.unread or (before is not None and before.row.unread)
    looked = looked_at(organisation, before, kind, rules, vetoed=bool(veto)) if some_unread else ()
    if illegible(looked, doubts):
        return None, doubts.found
    goods = _scores(rules.sheets[kind], organisation, doubts)
    if goods is None:
        return None, doubts.found
    total = rules.total.of([good.score for good in goods])
    differing(total, organisation.stated_total, doubts)
    satisfaction = satisfaction_of(organisation, doubts)
    last = _last_year(organisation, before, rules, doubts)
    unrated = _too_young(organisation, rules.young, at.occasion.on, doubts)
    star_steps: tuple[Step, ...] = ()
    grade_steps: tuple[Step, ...] = ()
    if not unrated:
        earned = rules.stars.steps(goods, total, veto, last.stars)
        star_steps = _on_ladder(earned, organisation, last.stars, at, doubts)
        grade_steps = rules.grades.steps(total, satisfaction, veto)
    if doubts.grave:
        return None, doubts.found
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
    ), doubts.found


def _scores(
    sheets: Sequence[Sheet], organisation: Organisation, doubts: Doubts
) -> tuple[GoodScore, ...] | None:
    """The score of every good; None when one cannot be had (an error is among the doubts)."""
    scores = [sheet.score(organisation.more, doubts) for sheet in sheets]
    known = tuple(score for score in scores if score is not None)
    return known if len(known) == len(scores) else None


def _last_year(organisation: Organisation, before: Before | None, rules: Rules, doubts: Doubts) -> Last:
    """Last year's result: from the workbook of that year where it is given, else from this roster's columns."""
    stated = organisation.last_stars
    if before is None:
        return Last(stated, organisation.last_grade)
    if stated is not None and stated != before.stars:
        result = rules.codes.before
        message = (
            f"表上上年{stars_in_words(stated)}，{result}是{stars_in_words(before.stars)}，以{result}为准"
        )
        doubts.add("last-year-differs", "last_stars", message, _PUBLISHED)
    kind = rules.type_of(organisation.type)
    scores = [before.more.get(columns.before) for columns in rules.columns]
    missed = frozenset(
        good.heading
        for good, score in zip(rules.goods, scores, strict=True)
        if score is not None and score < good.passes_as(kind)
    )
    return Last(before.stars, before.grade, None if None in scores else missed)


def _too_young(organisation: Organisation, rule: NewOrganisations, on: date, doubts: Doubts) -> str:
    """Why it is scored but not rated, "" when it is rated."""
    founded = organisation.founded
    if founded is None:
        doubts.add("no-founding-date", "founded", "没有成立日期，按成立已满期限参评", rule.clause)
        return ""
    if on < months_after(founded.earliest, 12 * rule.years):
        return f"成立不满 {rule.years} 年"
    if on < months_after(founded.latest, 12 * rule.years):
        message = f"成立日期只写到“{founded}”，是否满 {rule.years} 年说不准，按已满参评"
        doubts.add("founding-date-vague", "founded", message, rule.clause)
    return ""


def _on_ladder(
    steps: tuple[Step, ...], organisation: Organisation, last: int | None, at: At, doubts: Doubts
) -> tuple[Step, ...]:
    """The steps, and one more where they lead further up than the ladder goes in a year."""
    ladder = at.rules.ladder
    if not steps or ladder is None or last is None or not ladder.stops(int(steps[-1].result), last):
        return steps
    illegible(freeing(organisation, ladder), doubts)
    if _exempt(organisation, ladder, at.occasion.period, doubts):
        return *steps, ladder.step_past(steps[-1].result, str(organisation.honour))
    return *steps, ladder.step_down(last)


def _exempt(organisation: Organisation, ladder: Ladder, period: Period, doubts: Doubts) -> bool:
    """Whether an honour of a listed level, won within the period, frees it from the ladder."""
    if organisation.honour not in ladder.honours:
        return False
    won = organisation.honoured
    if won is None:
        message = f"有{organisation.honour}荣誉但没有获得时间，按本期内获得处理"
        doubts.add("honour-undated", "honoured", message, ladder.honours_clause)
        return True
    return period.first <= won.earliest and won.latest <= period.last


def once_listed(
    organisations: Sequence[Organisation], codes: Codes
) -> tuple[list[Organisation], list[Organisation], list[Finding]]:
    """The organisations listed once, all rows of those listed twice, and an error for each of the latter: none of
    them is rated."""
    rows: dict[Key, list[Organisation]] = {}
    for organisation in organisations:
        rows.setdefault(organisation.key, []).append(organisation)
    once = [found[0] for found in rows.values() if len(found) == 1]
    twice = [twin for found in rows.values() if len(found) > 1 for twin in found]
    return once, twice, [_listed_twice(twin, rows[twin.key], codes) for twin in twice]


def _listed_twice(twin: Organisation, twins: Sequence[Organisation], codes: Codes) -> Finding:
    others = "；".join(str(other.row.place()) for other in twins if other is not twin)
    message = f"{twin.township}“{twin.name}”出现 {len(twins)} 次，另见 {others}"
    return codes.at("listed-twice", twin.row.place("name"), message, "同一党组织只评一次")
