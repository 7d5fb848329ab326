"""Rates organisations, each by itself: by its row, last year's row, the rules and the day of judgement.

All questions go through `judged`, also those about a single organisation, which is a list of one. So an organisation gets
the same verdict alone or among others, and in any order. What only all rows decide is in quotas.py.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple, Self

from msgspec import structs

from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.goods import Good, GoodScore, differing
from sanchuang_cli.domain.rating.limits import limited
from sanchuang_cli.domain.rating.rules import NewOrganisations, Rules
from sanchuang_cli.domain.rating.satisfaction import satisfaction_of, shown_satisfaction
from sanchuang_cli.domain.rating.steps import Ladder, RatingStep, stars_in_words
from sanchuang_cli.domain.rating.triggers import MonthsOver, evidence
from sanchuang_cli.domain.rating.types import OTHERS
from sanchuang_cli.domain.rating.unread import cannot_be_read, freeing, illegible, looked_at
from sanchuang_cli.domain.rating.verdict import Before, LastRating, Rating, which
from sanchuang_cli.domain.rating.veto import NO_VETO
from sanchuang_cli.domain.words import EMPTY, NOTHING, VACANT, narrow, unstopped
from sanchuang_cli.judging import At, Judged, Odd, out_of_time
from sanchuang_cli.period import Period

_PUBLISHED = "上年已公示的评定结果"


class ReadyRating(NamedTuple):
    """What `At.ready` has for a rating: the rules, the lines of last year's result by the organisation (see `which`), and the
    goods of the edition that ruled last year by their headings. instead: from when the edition is in force that was taken
    in place of one, because none ruled last year; "" otherwise."""

    rules: Rules
    before: Mapping[Hashable, Sequence[Before]]
    goods_then: Mapping[str, Good]
    instead: str = ""

    @classmethod
    def of(
        cls, rules: Rules, last_year: Iterable[Before], goods_then: Sequence[Good] = (), instead: str = ""
    ) -> Self:
        """The rules with the lines of last year's result."""
        before: dict[Hashable, list[Before]] = defaultdict(list)
        for line in last_year:
            before[which(partial(getattr, line))].append(line)
        return cls(rules, dict(before), {good.heading: good for good in goods_then}, instead)

    def of_last(self, organisation: Organisation) -> Sequence[Before]:
        """The lines of an organisation in last year's result."""
        return self.before.get(which(partial(getattr, organisation)), ()) if self.before else ()


def judged(organisations: Sequence[Organisation], at: At[Any]) -> list[Judged]:
    """What comes of each of them, in their order: the rating before the quotas, and what is odd."""
    return [_judged(organisation, at) for organisation in organisations]


def _judged(organisation: Organisation, at: At[Any]) -> Judged:
    """What stands beside the row's fields is looked at first and days still to come, then the row. An error leaves no rating."""
    odd = Odd(at.doubts, organisation.row)
    odd.found += organisation.said_beside()
    out_of_time(organisation, at.occasion, odd, at.ready.rules.days)
    rating = None if odd.grave else _by_its_type(organisation, at, odd)
    return Judged(organisation, rating, tuple(odd.found))


def _by_its_type(organisation: Organisation, at: At[Any], odd: Odd) -> Rating[Organisation] | None:
    """The rating by the organisation's own type.

    A type that is blank or in no list counts as 其他, with a warning. A word in no list may mean one of the policy's types,
    so it is an error where the verdict under one of them would be another, or where quotas or shares go by the types;
    so is a blank there, which would stand outside them all.
    """
    rules: Rules = at.ready.rules
    kind = rules.type_of(organisation.type)
    rating = _rating(organisation, kind, at, odd)
    if kind or not rules.types or cannot_be_read(organisation.row, "type"):
        return rating
    written = f"“{organisation.type}”" if organisation.type else "空白"
    message = f"类型{written}不在政策所列类型之内"
    if rating is not None and rules.counted_by_type:
        odd.add("type-decides", "type", f"{message}，而名额、比例按类型算", rules.document)
        return None
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
    hits = evidence(at.ready.rules.listing, rating, at.occasion.on, odd)
    return rating.total, rating.stars, rating.grade, [trigger for trigger, _ in hits]


def _rating(organisation: Organisation, kind: str, at: At[Any], odd: Odd) -> Rating[Organisation] | None:
    """The rating as an organisation of `kind`, None where something odd is an error."""
    rules: Rules = at.ready.rules
    before = _before(organisation, at.ready, odd)
    veto = _veto(organisation, rules, odd)
    some_unread = organisation.row.unread or (before is not None and before.row.unread)
    # a row without an unread cell has nothing to look for, and most rows are such
    looked = looked_at(organisation, before, kind, rules, odd, vetoed=bool(veto)) if some_unread else ()
    if illegible(looked, rules, odd):
        return None
    if rules.of_secretaries and not organisation.secretary:
        odd.add("no-secretary", "secretary", "书记一栏空着，不知道评的是谁", rules.document)
    _vacancy(organisation, kind, rules, odd)
    scores = [score for _, score in rules.scored(kind, organisation.more, odd)]
    goods = tuple(score for score in scores if score is not None)
    if len(goods) < len(scores):
        return None
    return _by_scores(organisation, kind, goods, veto, before, at, odd)


def _vacancy(organisation: Organisation, kind: str, rules: Rules, odd: Odd) -> None:
    """Where the document asks how long the post has been vacant, whoever says that nobody holds it must say since when."""
    written = narrow(organisation.row.written("secretary"))
    if written not in (NOTHING - EMPTY) | VACANT:
        return
    for trigger in rules.triggers:
        if not (isinstance(trigger, MonthsOver) and trigger.of_vacancy and trigger.is_for(kind)):
            continue
        if organisation.more.get(trigger.column) is None:
            said = f"书记写的是“{written}”，而“{trigger.column}”空着，是不是“{trigger.name}”说不准"
            odd.add("vacancy-undated", "secretary", said, trigger.clause)
            return


def _before(organisation: Organisation, known: ReadyRating, odd: Odd) -> Before | None:
    """The result of the year before; where secretaries are rated, only that of the same person. Of several lines nobody knows
    which it is."""
    lines = known.of_last(organisation)
    if len(lines) > 1:
        places = "；".join(str(line.row.place("name")) for line in lines)
        message = f"{known.rules.last_result}里有 {len(lines)} 行是它（{places}），不知道哪一行算数"
        odd.add("last-year-twice", "name", message, _PUBLISHED)
    before = lines[0] if lines else None
    if before is not None and known.rules.of_secretaries and before.secretary != organisation.secretary:
        return None
    return before


def _veto(organisation: Organisation, rules: Rules, odd: Odd) -> str:
    """The veto as written, "" when there is none. One that the policy has no rule for is a warning."""
    if rules.veto is not None:
        return rules.veto.of(organisation.veto, odd)
    if organisation.veto and unstopped(organisation.veto) not in NO_VETO:
        message = f"名册填了否决情形“{organisation.veto}”，政策没有否决一节，没有据此处理"
        odd.add("veto-without-rule", "veto", message, rules.document)
    return ""


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
    total = None if rules.by_levels else rules.total.of([good.score for good in goods])
    if total is not None:
        differing(total, organisation.stated_total, odd)
    polled = rules.polled is not None
    rating = Rating(
        record=organisation,
        type=kind or (OTHERS if rules.types else organisation.type or ""),
        goods=goods,
        total=total,
        satisfaction=satisfaction_of(organisation, odd) if polled else shown_satisfaction(organisation),
        veto=veto,
        last=_last_year(organisation, before, at.ready, odd),
        unrated=_too_young(organisation, rules.young, at.occasion.on, odd),
    )
    if not rating.unrated:
        rating = _with_stars_and_grade(rating, at, odd)
    return None if odd.grave else rating


def _with_stars_and_grade(rating: Rating[Organisation], at: At[Any], odd: Odd) -> Rating[Organisation]:
    rules: Rules = at.ready.rules
    star_steps = _star_steps(rating, at, odd)
    stars = int(star_steps[-1].result) if star_steps else None
    grade_steps: tuple[RatingStep, ...] = ()
    if rules.grades is not None:
        grade_steps = rules.grades.steps(rating.total, stars, rating.satisfaction, rating.veto)
    return structs.replace(
        rating,
        stars=stars,
        grade=grade_steps[-1].result if grade_steps else None,
        star_steps=rules.shared(star_steps),
        grade_steps=rules.shared(grade_steps),
    )


def _star_steps(rating: Rating[Organisation], at: At[Any], odd: Odd) -> tuple[RatingStep, ...]:
    """What the scores earn, and what limits, a veto and the ladder leave of it; none where the policy gives no stars."""
    rules: Rules = at.ready.rules
    if rules.stars is None:
        return ()
    steps: tuple[RatingStep, ...] = (rules.stars.earned(rating.goods, rating.total),)
    steps += tuple(limited(int(steps[-1].result), rules.limits, rating, at.occasion.on, odd))
    _veto_below_nobody_knows_what(rating, int(steps[-1].result), at, odd)
    steps += rules.stars.after_veto(int(steps[-1].result), rating.veto, rating.last.stars)
    return _on_ladder(steps, rating.record, rating.last.stars, at, odd)


def _last_year(organisation: Organisation, before: Before | None, known: ReadyRating, odd: Odd) -> LastRating:
    """Last year's result: from the workbook of that year where it is given, otherwise from this roster's columns. Which stars
    its scores missed goes by the marks of last year's edition."""
    rules, stated = known.rules, organisation.last_stars
    if before is None:
        return LastRating(stated, organisation.last_grade)
    if stated is not None and stated != before.stars:
        result = rules.last_result
        message = (
            f"表上上年{stars_in_words(stated)}，{result}是{stars_in_words(before.stars)}，以{result}为准"
        )
        odd.add("last-year-differs", "last_stars", message, _PUBLISHED)
    kind = rules.type_of(organisation.type)
    then = known.goods_then
    scores = [
        (good, passes, before.more.get(columns.before))
        for good, columns in zip(rules.goods, rules.columns, strict=True)
        if good.heading in then and (passes := then[good.heading].passes_as(kind)) is not None
    ]
    told = all(score is not None for _, _, score in scores)
    missed = frozenset(good.heading for good, passes, score in scores if score is not None and score < passes)
    return LastRating(before.stars, before.grade, missed if told else None)


def _too_young(organisation: Organisation, rule: NewOrganisations | None, on: date, odd: Odd) -> str:
    """Why it is scored but not rated, "" when it is rated."""
    if rule is None:
        return ""
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
    if ladder is not None and ladder.stops(int(steps[-1].result), 0):
        _last_year_untold(organisation, ladder, at, odd)
    # without last year's stars nobody knows from where it rises: the ladder stops nobody, and the warning says so
    if ladder is None or last is None or not ladder.stops(int(steps[-1].result), last):
        return steps
    if illegible(freeing(organisation, ladder), at.ready.rules, odd):
        return steps
    if _exempt(organisation, ladder, at.occasion.period, odd):
        return *steps, ladder.step_past(steps[-1].result, str(organisation.honour))
    return *steps, ladder.step_down(last)


def _last_year_untold(organisation: Organisation, ladder: Ladder, at: At[Any], odd: Odd) -> None:
    """A warning where an organisation is older than this year and last year's result does not know it, or none was given and
    the roster leaves last year's stars blank, so that nothing tells how far it may rise. A roster without the column is
    told of once (`asked_of_nobody`)."""
    known: ReadyRating = at.ready
    if not _untold(organisation, at) or organisation.honour in ladder.honours:
        return
    stated, step = organisation.last_stars, f"一年至多升 {ladder.step} 星"
    if known.before:
        then = "没有限制" if stated is None else f"按表上上年{stars_in_words(stated)}限制"
        message = f"{known.rules.last_result}里没有它，{step}{then}"
        odd.add("not-in-last-year", "name", message, ladder.clause)
    elif stated is None and "last_stars" in organisation.row.source.columns:
        written = organisation.row.written("last_stars")
        blank = f"写的是“{written}”，等于没有填" if written else "没有填"
        odd.add("last-stars-blank", "last_stars", f"上年星级{blank}，{step}没有限制", ladder.clause)


def _untold(organisation: Organisation, at: At[Any]) -> bool:
    """Whether an organisation is no new one, and last year's result has no line of it."""
    founded = organisation.founded
    is_new = founded is not None and founded.earliest >= at.occasion.period.first
    return not (is_new or at.ready.of_last(organisation))


def _veto_below_nobody_knows_what(rating: Rating[Organisation], left: int, at: At[Any], odd: Odd) -> None:
    """An error where a veto leaves a star less than last year, and nobody says how many there were."""
    stars, record = at.ready.rules.stars, rating.record
    if stars is None or not rating.veto or stars.veto != "one-below-last-year" or not left:
        return
    if rating.last.stars is None and _untold(record, at):
        message = f"有否决情形“{rating.veto}”，应比上年降一星，而上年星级没有写"
        odd.add("veto-last-year", "last_stars", message, stars.veto_clause)


def _exempt(organisation: Organisation, ladder: Ladder, period: Period, odd: Odd) -> bool:
    """Whether an honour of a listed level, won within the period, frees it from the ladder. Where nobody can tell whether it
    was won within the period, that is an error."""
    if organisation.honour not in ladder.honours:
        return False
    won = organisation.honoured
    if won is not None and (won.latest < period.first or period.last < won.earliest):
        return False
    if won is not None and period.first <= won.earliest and won.latest <= period.last:
        return True
    when = "没有获得时间" if won is None else f"获得时间只写到“{won}”"
    message = f"有{organisation.honour}荣誉但{when}，是不是本期内获得说不准，不能据以认定能否破格"
    odd.add("honour-undated", "honoured", message, ladder.honours_clause)
    return False
