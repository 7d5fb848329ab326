"""Judges one secretary: in office or vacant, when the term ends, and the situations for which a change is proposed.

It proposes; people decide.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace as put
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from msgspec.structs import replace

from sanchuang_cli.deadlines import days_left
from sanchuang_cli.domain.age import full_years
from sanchuang_cli.domain.ballots.counts import Ballots, Counting, percentage, sound
from sanchuang_cli.domain.doubtful import Doubtful
from sanchuang_cli.domain.leaders.policy import (
    BEGAN,
    ELECTS,
    ENDS,
    EXTENDED,
    FILLED,
    LISTED,
    NO_COLUMNS,
    LeaderPolicy,
)
from sanchuang_cli.domain.leaders.records import VACATED, Secretary
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.process.days import Dated
from sanchuang_cli.domain.process.in_roster import dated, impossible
from sanchuang_cli.domain.process.telling import Steps, StepTrouble, reasons, troubles
from sanchuang_cli.domain.rating.triggers import evidence
from sanchuang_cli.domain.rating.verdict import LastRating, Rating
from sanchuang_cli.domain.verdict import NO_ENTRIES
from sanchuang_cli.join import Taken
from sanchuang_cli.judging import At, Odd, Reason, Verdict
from sanchuang_cli.period import VagueDate

IN_OFFICE, VACANT, PROPOSED, OUT = PARTS = ("在任", "出缺", "建议调整", "不在任")
WEAK, GRADE, STARS = "weak", "grade", "stars"
"""What is taken from the result of rate: that a village is on the list of the weak, its grade, and its stars."""


class Tenure(Verdict[Secretary], frozen=True, kw_only=True, eq=False):
    """What came of one row. hits: the situations for which a change is proposed. gone: whether the post is vacant. age,
    served, left: on the day of judgement, the age, how long in the post, and the days until the term ends. elected: the
    results of the village's elections, in words that the next period reads back."""

    steps: Steps = NO_ENTRIES
    troubles: tuple[StepTrouble, ...] = ()
    hits: tuple[Reason, ...] = ()
    gone: bool = False
    age: int | None = None
    served: str = ""
    left: int | None = None
    elected: str = ""

    @property
    def ends(self) -> VagueDate | None:
        """When the term ends, without an extension."""
        return self.steps[ENDS].day

    @property
    def until(self) -> VagueDate | None:
        """Until when it is extended, where an extension counts."""
        return self.steps[EXTENDED].day


class RatedVillage(NamedTuple):
    """What rate's result says of a village; nothing where no result is given, or it does not have the village."""

    listed: Taken | None = None
    grade: Taken | None = None
    stars: Taken | None = None


def judge(who: Secretary, at: At[LeaderPolicy], odd: Odd) -> Tenure | None:
    """The row by itself. Whether somebody else holds the post of its village, all rows together say."""
    on, vacated = at.occasion.on, who.vacated
    if not vacated and not (who.name and who.identity):
        blank = "identity" if who.name else "name"
        odd.add("unnamed", blank, f"{who.called}：姓名、身份证号没有填全，也没有填出缺日期")
    if not vacated and who.identity and who.born <= on and (young := who.minor(on)):
        odd.add("under-age", "identity", f"{who.called}：{young}")
    if vacated and vacated.earliest <= on < vacated.latest:
        message = f"{who.called}：出缺、免职只写到 {vacated}，{on} 是否出缺说不准"
        odd.add("vacated-vague", who.vacated_in, message)
    impossible(who, at.policy.process, who.born if who.identity else date.min, on, odd)
    satisfied = _satisfied(who, odd)
    if odd.grave:
        return None
    gone = vacated is not None and vacated.latest <= on
    if not gone and who.started and who.started.earliest > on:
        return Tenure(record=who, part=OUT, reasons=(_held(who, at, f"{who.started} 起才任职", False),))
    since_when = vacated if gone else None
    steps, wrong = _term(who, since_when, at, odd)
    hits = tuple(_hits(who, since_when, satisfied, at, odd))
    since = (
        f"{vacated} 起出缺" if gone else f"{who.started} 起在任" if who.started else "在任，任职时间没有填"
    )
    return Tenure(
        record=who,
        part=PROPOSED if hits else VACANT if gone else IN_OFFICE,
        reasons=(_held(who, at, since, not gone), *_told(steps, who), *hits),
        steps=steps,
        troubles=wrong,
        hits=hits,
        gone=gone,
        age=full_years(who.born, on) if who.identity else None,
        served="" if gone else served(who.started, on),
        left=days_left(steps[EXTENDED].day or steps[ENDS].day, on),
    )


def _held(who: Secretary, at: At[LeaderPolicy], said: str, holds: bool) -> Reason:
    reads = ("started", "removed", VACATED)
    return _where_stated(Reason("任职", said, f"《{at.policy.title}》", holds, reads), who)


def cells(who: Secretary) -> Mapping[str, str]:
    """Where steps are read whose day another column than their own says, as the day of removal may say that of a vacancy."""
    return {ELECTS: BEGAN, ENDS: BEGAN, FILLED: who.vacated_in, VACATED: who.vacated_in}


def _where_stated(one: Reason, who: Secretary) -> Reason:
    """The same, with the cells that say what it looks at, each once."""
    known = cells(who)
    return one._replace(reads=tuple(dict.fromkeys(known.get(name, name) for name in one.reads)))


def _told(steps: Steps, who: Secretary) -> Iterator[Reason]:
    """How the term was worked out; nothing of an extension or a vacancy where there is none."""
    idle = {EXTENDED: not steps[EXTENDED].day, FILLED: not steps[VACATED].day}
    for one in reasons({name: step for name, step in steps.items() if not idle.get(name)}, {}):
        yield _where_stated(one, who)


def _satisfied(who: Secretary, odd: Odd) -> Fraction | None:
    """The share of the valid papers that are satisfied, None where a figure is not given."""
    figures = sound(Ballots(marks={"满意": who.satisfied}, valid=who.valid, abstained=None), Counting())
    if isinstance(figures, Doubtful):
        message = f"{who.called}：满意票 {who.satisfied} 多于有效票 {who.valid}，满意率算不出来"
        odd.add("votes-wrong", "satisfied", message)
        return None
    share = percentage(figures, "满意", "valid")
    return None if isinstance(share, Doubtful) else share.exact


def _term(
    who: Secretary, vacated: VagueDate | None, at: At[LeaderPolicy], odd: Odd
) -> tuple[Steps, tuple[StepTrouble, ...]]:
    """The steps of the term. An extension counts once, with a document, and within its limit."""
    known: dict[str, VagueDate | None] = {**dict.fromkeys(NO_COLUMNS), VACATED: vacated}
    said = dated(who, at.policy.process, known)
    steps = at.ready.terms.judged(said, at.occasion.on)
    wrong = [*troubles(steps)]
    if BEGAN in who.row.source.columns and not who.more.get(BEGAN):
        odd.add("no-term", BEGAN, f"{who.called}：本届起没有填，不知任期哪天届满")
    until: VagueDate | None = who.more.get(EXTENDED)
    if until is None:
        return steps, tuple(wrong)
    if not who.document:
        odd.add("no-document", EXTENDED, f"{who.called}：延期至 {until}，没有填延期文件，不作数")
    before = at.of_last(who).get("until")
    if before and str(before) != str(until):
        odd.add("extended-again", EXTENDED, f"{who.called}：上期已延期至 {before}，本期又写 {until}")
    broken = [one for one in wrong if one.step == EXTENDED]
    if broken or not who.document:
        steps = at.ready.terms.judged(Dated({**said.dates, EXTENDED: None}, said.numbers), at.occasion.on)
        wrong = [*broken, *troubles(steps)]
    return steps, tuple(wrong)


def _hits(
    who: Secretary, vacated: VagueDate | None, satisfied: Fraction | None, at: At[LeaderPolicy], odd: Odd
) -> Iterator[Reason]:
    """The situations that it meets, each with the cells that say so."""
    rated = _rated(who, at, odd)
    more = {**who.more, VACATED: vacated} | ({LISTED: True} if rated.listed else {})
    rating = Rating(
        record=replace(who, more=more),
        type="",
        goods=(),
        total=None,
        satisfaction=satisfied,
        veto="",
        last=LastRating(),
        stars=rated.stars.value if rated.stars else None,
        grade=rated.grade.value if rated.grade else None,
    )
    told = Odd(odd.doubts, odd.row)
    for trigger, said in evidence(at.policy.triggers, rating, at.occasion.on, told):
        reads = tuple(field.name for field in trigger.columns()) or READS.get(trigger.test, ())
        rests_on: tuple[Taken, ...] = tuple(filter(None, (rated.grade, rated.stars))) if not reads else ()
        if LISTED in reads and rated.listed:
            said, reads, rests_on = f"列入情形：{rated.listed.value}", (), (rated.listed,)
        yield _where_stated(Reason(trigger.name, said, trigger.clause, None, reads, rests_on), who)
    blank, stated = who.row.place(VACATED), who.row.place(who.vacated_in)
    odd.found += (put(one, place=stated) if one.place == blank else one for one in told.found)


READS = {"satisfaction-below": ("satisfied", "valid")}
"""The fields that situations read whose columns are not the policy's."""


_NO_GRADE, _NOT_LISTED = "join.blank", "join.none"
"""The codes under which a result says that a village it has was not graded, and that a list does not have it."""


def _rated(who: Secretary, at: At[LeaderPolicy], odd: Odd) -> RatedVillage:
    """A village that is in the result and not on its list of the weak is not on it; of others nothing is known."""
    if GRADE not in at.rosters:
        return RatedVillage()
    unheard, unlisted = Odd(odd.doubts, odd.row), Odd(odd.doubts, odd.row)
    grade, stars = (at.taken(name, who, unheard) for name in (GRADE, STARS))
    listed = at.taken(WEAK, who, unlisted)
    lost = [one for one in unheard.found if one.code != _NO_GRADE]
    lost += [one for one in unlisted.found if one.code != _NOT_LISTED]
    for why in lost[:1]:
        odd.add("rate-missing", "branch", why.message.removesuffix("，待核实"), why.basis)
    return RatedVillage() if lost else RatedVillage(listed, grade, stars)


def served(start: VagueDate | None, on: date) -> str:
    """Full years and months in the post on a day, such as 3年2个月; of a vague start the fewest and the most."""
    if start is None or start.earliest > on:
        return ""
    fewest, most = (_months(day, on) for day in (min(start.latest, on), start.earliest))
    words = [f"{months // 12}年{months % 12}个月" for months in dict.fromkeys((fewest, most))]
    return "至".join(words)


def _months(start: date, on: date) -> int:
    return number(on) - number(start) - (on.day < start.day)
