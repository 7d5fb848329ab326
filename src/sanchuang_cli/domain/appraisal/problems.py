"""Works out the 问题清单: what each unit promised to mend, who answers for it, what was closed, and by when it falls due."""

from collections.abc import Iterator
from typing import NamedTuple

from sanchuang_cli.deadlines import DueDay
from sanchuang_cli.domain.appraisal.policy import REPORT, AppraisePolicy
from sanchuang_cli.domain.appraisal.rosters import AppraisedUnit, Problem
from sanchuang_cli.domain.appraisal.sheets import PROBLEMS, UNITS
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.finding import ALL
from sanchuang_cli.judging import At, Company, Told, Whole
from sanchuang_cli.period import VagueDate
from sanchuang_cli.programme import PREVIOUS

LEDGER = "整改清单"
CLOSED, OPEN, OVERDUE = STATES = ("已销号", "未销号", "逾期")


class ProblemLine(NamedTuple):
    """A problem of a unit, as it stands on the day of judgement. fresh: raised in this period, not promised before it."""

    record: AppraisedUnit
    problem: Problem
    state: str
    left: int | None
    fresh: bool

    @property
    def late(self) -> int | None:
        """Days after the limit, of a problem that is open."""
        return -self.left if self.state == OVERDUE and self.left is not None else None


def lines_of(unit: AppraisedUnit, at: At[AppraisePolicy]) -> list[ProblemLine]:
    """The problems of a unit, in the order of the sheet."""
    return [_line(unit, problem, at) for problem in at.ready.sheets.about(PROBLEMS, unit)]


def _line(unit: AppraisedUnit, problem: Problem, at: At[AppraisePolicy]) -> ProblemLine:
    left = (problem.due.latest - at.occasion.on).days if problem.due else None
    fresh = problem.raised is not None and problem.raised.earliest >= at.occasion.period.first
    state = CLOSED if problem.closed else OVERDUE if left is not None and left < 0 else OPEN
    return ProblemLine(unit, problem, state, left, fresh)


def problem_lines(whole: Whole) -> list[ProblemLine]:
    """All problems of all units of the roster that could be read, those that wait too: what is promised stays promised."""
    if whole.at.policy.problems is None:
        return []
    units = sorted(
        (judged.record for judged in whole.judged[UNITS]),
        key=lambda unit: (*whole.at.occasion.rank(unit.township), unit.name),
    )
    once = {(unit.township, unit.name): unit for unit in units}
    return [line for unit in once.values() for line in lines_of(unit, whole.at)]


def open_days(whole: Whole) -> list[DueDay]:
    """What is not closed yet and has a limit, and reports that are not given yet; the next first."""
    rule, waiting = whole.at.policy.problems, (line for line in problem_lines(whole) if line.state != CLOSED)
    days = [
        DueDay(
            line.record,
            f"整改：{line.problem.problem}",
            latest=line.problem.due,
            left=line.left,
            responsible=line.problem.responsible,
            state=line.state,
            basis=rule.clause if rule else "",
        )
        for line in waiting
        if line.problem.due
    ]
    return sorted([*days, *_reports(whole)], key=lambda day: day.left or 0)


def _reports(whole: Whole) -> Iterator[DueDay]:
    """A day for each unit that has not reported."""
    rule, occasion = whole.at.policy.reports, whole.at.occasion
    units = [made.record for made in whole.of() if REPORT in made.lacking and not made.record.reported]
    for unit in units if rule else ():
        limit = rule.limit(occasion.period)
        left = (limit - occasion.on).days
        state = OVERDUE if left < 0 else "未述职"
        yield DueDay(
            unit,
            "述职",
            latest=VagueDate.on(limit),
            left=left,
            responsible=unit.secretary,
            state=state,
            basis=rule.clause,
        )


def told_of_problems(company: Company) -> Iterator[Told]:
    """Problems that were closed before they were raised, and those that stood open last year and are gone."""
    at = company.at
    if at.policy.problems is None:
        return
    for own in at.ready.sheets.of[PROBLEMS].values():
        for one in own:
            if one.closed and one.raised and one.closed.latest < one.raised.earliest:
                said = f"{one.called}：{one.raised} 提出，{one.closed} 销号"
                yield company.told("closed-early", one.row, "closed", said, at.policy.problems.clause)
    yield from _gone(at)


def _gone(at: At[AppraisePolicy]) -> Iterator[Told]:
    origin = at.rosters[PREVIOUS].origin if PREVIOUS in at.rosters else None
    listed = {
        (narrow(one.unit), narrow(one.problem))
        for own in at.ready.sheets.of[PROBLEMS].values()
        for one in own
    }
    for place, line in origin.lines(LEDGER) if origin else ():
        unit, problem = str(line.get("单位") or ""), str(line.get("问题") or "")
        if line.get("状态") != CLOSED and (narrow(unit), narrow(problem)) not in listed:
            said = f"{unit}“{problem}”：上年{line.get('状态')}，本年的问题清单里没有（见 {place}）"
            yield Told(at.doubts.at("problem-gone", ALL, said))
