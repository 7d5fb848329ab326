"""Judges one candidate: each condition, each opinion and the notice, with what is still missing. Nobody is ranked here."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from sanchuang_cli.domain.age import full_years
from sanchuang_cli.domain.leaders.policy import OVER, POSTED, Candidacy, LeaderPolicy
from sanchuang_cli.domain.leaders.records import Nominee
from sanchuang_cli.domain.leaders.requirements import NO_COLUMN
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.process.in_roster import dated, impossible
from sanchuang_cli.domain.process.telling import Steps, StepTrouble, troubles
from sanchuang_cli.domain.process.verdict import StepState
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.judging import At, Odd, Reason, Verdict

READY, LACKING, OBJECTED, UNFIT = PARTS = ("齐备", "待补", "有异议", "不符合")
NOTICE, TOWNSHIP, _STALE, _FULL, _PROBATION = "公示", "乡镇党委意见", "过期", "正式党员", 12
_AGAINST = re.compile(
    "(?:不|没有?|未)同意|不予|反对|否决|不宜|不推荐|不适合|不合适|未通过|没有通过|撤回|(?<!无)(?<!没有)异议|有意见(?<!没有意见)"
)
_FOR, _OPEN = (
    re.compile("同意|推荐|通过|无异议|没有异议|无意见|没有意见"),
    re.compile("待|拟同意|拟推荐|研究中|尚|暂"),
)
"""How a township's opinion reads: against, in favour, or not given yet."""
_SHORT = {StepState.EARLY: "不足", StepState.UNCLEAR: "说不准"}
"""What is said of a notice whose last day is, or may be, too early."""


class Nomination(Verdict[Nominee], frozen=True, kw_only=True, eq=False):
    """What came of one row. checks: by its name, what each condition came to. to_post: whether only the notice is lacking.
    age: on the day of judgement. place: by the scores that the policy names, among those of the village."""

    steps: Steps
    troubles: tuple[StepTrouble, ...]
    checks: Mapping[str, Reason]
    to_post: bool
    age: int
    place: int | None = None

    @property
    def missing(self) -> str:
        """What is not met or not there yet, in words."""
        return "；".join(
            f"{one.what}：{one.said}" for one in self.checks.values() if not one.holds and not _unasked(one)
        )


def _unasked(check: Reason) -> bool:
    """Whether the roster has no column for it."""
    return check.holds is None and NO_COLUMN in check.said


def shortly(check: Reason) -> str:
    """What is lacking of a condition of which nobody knows yet whether it is met."""
    if _unasked(check):
        return "名册无此栏，不问"
    return next((word for word in ("未满", _STALE, *_SHORT.values()) if check.said.endswith(word)), "缺")


def judge(who: Nominee, at: At[LeaderPolicy], odd: Odd) -> Nomination | None:
    """A condition that fails comes first, then an objection, then whatever is missing."""
    rule, on = at.policy.candidates, at.occasion.on
    impossible(who, rule.process, who.born, on, odd)
    conditions = [*_conditions(who, rule, at, odd)]
    since = months_after(on, -rule.valid_months) if rule.valid_months else date.min
    opinions = [*rule.review.reasons(who, who.called, on, odd, since)] if rule.review else []
    opinions += _of_township(who, rule, odd)
    _on_probation(who, on, odd)
    if odd.grave:
        return None
    steps = at.ready.candidacies.judged(dated(who, rule.process, {}), on)
    wrong = tuple(troubles(steps))
    notice = _notice(steps, at, since)
    _posted_early(who, steps, odd)
    checks = [*conditions, *opinions, notice]
    settled = all(one.holds or _unasked(one) for one in conditions) and all(one.holds for one in opinions)
    part = READY if settled and notice.holds else LACKING
    part = OBJECTED if any(one.holds is False for one in opinions) else part
    part = UNFIT if any(one.holds is False for one in conditions) else part
    return Nomination(
        record=who,
        part=part,
        reasons=tuple(checks),
        steps=steps,
        troubles=wrong,
        checks={one.what: one for one in checks},
        to_post=settled and not notice.holds,
        age=full_years(who.born, on),
    )


def _conditions(who: Nominee, rule: Candidacy, at: At[LeaderPolicy], odd: Odd) -> Iterator[Reason]:
    if rule.age:
        yield rule.age.reason(who, at.occasion.on)
    for one in rule.requirements:
        if not one.sources or who.source in one.sources:
            yield one.reason(who, who.called, odd)


def _of_township(who: Nominee, rule: Candidacy, odd: Odd) -> Iterator[Reason]:
    """What the township says, where it says anything: an objection is one, and what cannot be read is not there yet."""
    if not (said := narrow(who.township_said)):
        return
    holds = False if _AGAINST.search(said) else True if _FOR.search(said) and not _OPEN.search(said) else None
    if holds is None:
        odd.add("township-unclear", "township_said", f"{who.called}：{TOWNSHIP}“{said}”看不出同意没有")
    yield Reason(TOWNSHIP, f"“{said}”", rule.clause, holds, ("township_said",))


def _on_probation(who: Nominee, on: date, odd: Odd) -> None:
    """A full member of less than a year cannot be one: probation is a year."""
    over = months_after(who.joined.earliest, _PROBATION) if who.joined else date.min
    if who.category == _FULL and over > on:
        said = f"{who.called}：{who.joined} 入党，预备期一年，{over} 以前不是{_FULL}"
        odd.add("still-on-probation", "joined", said)


def _posted_early(who: Nominee, steps: Steps, odd: Odd) -> None:
    """A notice that went up before the last opinion was there."""
    posted, days = steps[POSTED].day, [day for name, day in who.more.items() if name.endswith("意见日期")]
    last = max((day.earliest for day in days if day), default=None)
    if posted and last and posted.latest < last:
        odd.add("posted-early", POSTED, f"{who.called}：{posted} 公示，联审意见到 {last} 才齐")


def _notice(steps: Steps, at: At[LeaderPolicy], since: date) -> Reason:
    """The notice is over on the day after its last day; one that was taken down before that day, or may have been, never is."""
    posted, over, on = steps[POSTED], steps[OVER], at.occasion.on
    clause = next((check.clause for check in over.checks), over.clause or at.policy.candidates.clause)
    if not posted.day or not over.day:
        return Reason(NOTICE, f"{POSTED}没有填", clause, None, (POSTED,))
    if posted.day.earliest < since:
        said = f"{posted.day} 起，{since} 以前的不作数，{_STALE}"
        return Reason(NOTICE, said, clause, None, (POSTED, OVER))
    asked = max((check.opens.latest for check in over.checks if check.opens), default=over.day.latest)
    if not over.derived and (short := [_SHORT[one.state] for one in over.checks if one.state in _SHORT]):
        said = f"{posted.day} 起，到 {over.day}；应到 {asked}，{short[0]}"
        return Reason(NOTICE, said, clause, None, (POSTED, OVER))
    check = next((check for check in over.checks if check.kind == "falls"), None)
    last = max(over.day.latest, asked)
    said = f"{posted.day} 起，到 {last}" + (f"；{check.sums}" if check and check.sums else "")
    if check and check.guessed:
        said += f"；{'、'.join(map(str, check.guessed))}年放假安排未公布，暂定"
    return Reason(
        NOTICE, f"{said}，{'已满' if on > last else '未满'}", clause, on > last or None, (POSTED, OVER)
    )
