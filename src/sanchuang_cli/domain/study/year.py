"""What a member's year came to: hours with what was carried over, courses, tests and terms. Nothing is concluded here."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from sanchuang_cli.domain.exact_numbers import summed
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.study.attendance import Attendance, Studied, counts
from sanchuang_cli.domain.study.policy import CarryOver, StudyPolicy
from sanchuang_cli.domain.study.records import ExamResult, TermOfOne, Trainee, Training
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.judging import At
from sanchuang_cli.period import Period, VagueDate


def year_of(who: Trainee, studied: Studied, at: At[StudyPolicy]) -> Training:
    """The year of a row of the roster. part: "" until somebody concludes it."""
    year, until = at.occasion.period.start.year, min(at.occasion.on, at.occasion.period.last)
    hours, last = of_year(studied, year, until, at.policy), at.of_last(who)
    held = sorted(one.row.start for one in studied.sessions if one.method.assembled and one.hours)
    held = [day for day in held if day.earliest <= at.occasion.on]
    before = [day for day in (last.get("last_course"),) if day]
    return Training(
        record=who,
        part="",
        hours=hours,
        carried=(last.get("over") or Fraction(0)) if at.policy.carried else Fraction(0),
        standard=at.policy.standard(who.kind, who.role),
        courses=sum(day.earliest.year == year and day.earliest <= until for day in held),
        tests=tuple(_tests(who, studied, at)),
        terms=tuple(_terms(who, [*before, *held], at)),
        ever=summed(hours.values()) + (_earlier(studied, at) if last.get("ever") is None else last["ever"]),
        last_course=max([*before, *held], default=None),
        waiting=studied.waiting,
    )


def of_year(studied: Studied, year: int, until: date, policy: StudyPolicy) -> Mapping[str, Fraction]:
    """The hours of a year by method, up to a day, as far as they count by the document of the year."""
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for (day, method), hours in studied.days.items():
        if counts(day, year, until):
            sums[method] += hours
    return {
        name: policy.counted(name, sums[name])
        for name in sorted(sums, key=lambda name: (policy.place(name), name))
    }


def _earlier(studied: Studied, at: At[StudyPolicy]) -> Fraction:
    """The hours of earlier years that the sheets have, each year by its own document."""
    years = sorted({day.earliest.year for day, _ in studied.days} - {at.occasion.period.start.year})
    past = [Period.year(year).last for year in years if year < at.occasion.period.start.year]
    return summed(
        hours for end in past for hours in of_year(studied, end.year, end, at.editions.on(end)).values()
    )


def _tests(who: Trainee, studied: Studied, at: At[StudyPolicy]) -> Iterator[ExamResult]:
    """The tests of the year; of one that was taken again, the attempt that the document has count."""
    rule, period = at.policy.tests, at.occasion.period
    by_course: dict[str, dict[tuple[VagueDate, bool], Attendance]] = {}
    for row in sorted(studied.scored, key=lambda row: (row.start.latest, _again(row), row.row.line)):
        if period.first <= row.start.earliest <= min(period.last, at.occasion.on):
            of_course = by_course.setdefault(_AGAIN.sub("", narrow(row.course)), {})
            of_course.setdefault((row.start, _again(row)), row)
    for taken in by_course.values():
        attempts = [*taken.values()]
        if rule and rule.again == "last":
            attempts = attempts[-1:]
        elif rule and rule.again == "best":
            attempts = [max(attempts, key=lambda row: row.score or 0)]
        for row in attempts:
            yield ExamResult(who, row, rule.grade(row.score or Fraction(0)) if rule else None)


_AGAIN = re.compile(r"[(\[【-]?(?:第[\d一二三四五]+次)?(?:补考|重考|补测)(?:第?[\d一二三四五]+次?)?[)\]】]?")
"""What the name of a test has beside that of the first attempt: 党章测试（补考）."""


def _again(row: Attendance) -> bool:
    return bool(_AGAIN.search(narrow(row.course)))


def _terms(who: Trainee, courses: Sequence[VagueDate], at: At[StudyPolicy]) -> Iterator[TermOfOne]:
    """By when a 集中培训 was or is due, as far as that is not before the year. courses: the days of those known."""
    since = {"appointed": who.appointed, "joined": who.joined, "course": max(courses, default=None)}
    for term in at.policy.terms:
        base = since[term.since]
        if base is None or (term.roles and who.role not in term.roles):
            continue
        latest = VagueDate(*(months_after(day, term.months) for day in base))
        opens = months_after(base.earliest, term.after)
        counted = [day for day in sorted(courses) if day.latest >= opens and term.since != "course"]
        if latest.latest >= at.occasion.period.first:
            yield TermOfOne(term, latest, next(iter(counted), None))


def carried_on(made: Training, rule: CarryOver | None) -> Fraction:
    """What of the year's own hours goes on to the next: what came from the year before is used first, and ends."""
    if rule is None or made.required is None:
        return Fraction(0)
    over = max(Fraction(0), min(made.own, made.total - made.required))
    return over if rule.at_most is None else min(over, rule.at_most)
