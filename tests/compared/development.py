"""`development` beside its oracle: random files of 1985 to 2027, judged by the package and by the articles."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import chinese_calendar

from sanchuang_cli.domain.process.pages import stands_next
from sanchuang_cli.finding import Severity
from sanchuang_cli.programmes.development import OPEN
from tests.compared.result import Compared
from tests.oracle.development import ASIDE, FALLING, STEPS, Calendar, File, Opinion, Votes, opinion
from tests.programmes.candidates import candidate, whole

USUAL = {
    "谈话": 20, "积极分子": 90, "公示起": 365, "公示止": 6, "发展对象": 3, "备案": 10, "政审": 30, "培训起": 20, "培训止": 4, "预审": 20,
    "支部大会": 25, "党委审批": 60, "组织部备案": 10, "宣誓": 20, "转入": 100, "预备期止": 100, "转正申请": 5, "转正大会": 20,
    "转正审批": 40, "归档": 20,
}  # fmt: skip
"""Days from the step before, as they usually are."""


@cache
def calendar() -> Calendar:
    first, last = date(2004, 1, 1), date(2026, 12, 31)
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return Calendar(
        frozenset(day for day in days if not chinese_calendar.is_workday(day)), frozenset(range(2004, 2027))
    )


def drawn(random: Random) -> File:
    """A file as clerks keep them: most steps in a usual order, some blank, early, late, on the edge, or back to front."""
    day = date(random.randint(1985, 2026), random.choice((1, 2, 5, 8, 10, 12)), 1) + timedelta(
        random.randint(0, 60)
    )
    where = random.random()
    if where < 0.1:
        day = date(random.randint(1966, 1978), random.randint(1, 12), random.randint(1, 28))
    elif where < 0.5:  # so that some step is near the day on which a set begins, or runs past the calendar
        begins = random.choice(
            (date(1990, 8, 1), date(2014, 5, 28), date(2026, 5, 11), date(2026, 5, 14), date(2027, 1, 1))
        )
        day = begins - timedelta(random.randint(0, 1200))
    born = (day - timedelta(random.choice((6573, 6574, 6575, 6576, 7000, 9000, 12000, 16000)))).replace(
        day=random.randint(1, 28)
    )
    steps = {"申请": day}
    for step in STEPS[1 : random.randint(1, len(STEPS))]:
        usual = USUAL[step]
        gap = random.choice(
            (*([usual] * 6), usual - 1, usual + 1, usual * 2, usual // 2, 30, 31, 0, -3, 365, 366)
        )
        if step == "转正申请":
            gap = random.choice((250, 300, 330, 365, 366, 367, 548, 731))
        day += timedelta(gap)
        if random.random() < 0.85 and not (step in ("转入", *FALLING) and random.random() < 0.7):
            steps[step] = day
        if random.random() < 0.05:  # the last of a month
            day = day.replace(day=1) - timedelta(1)
    done = [known for step, known in steps.items() if step not in FALLING]
    on = max(done) + timedelta(random.choice((0, 1, 20, 31, 92, 184, 366, 400, 3000)))
    if random.random() < 0.02:
        on -= timedelta(random.randint(1, 900))
    return File(
        born,
        steps,
        on,
        random.choice((0, 0, 0, 0, 5, 6, 8, 12, 13)),
        random.choice((None, None, 2, 3, 4, 5)),
        random.choice((None, None, 20, 24, 39, 40)),
        (votes(random), votes(random)),
        on - timedelta(random.choice((0, 0, 30, 400, -1))) if random.random() < 0.1 else None,
    )


def votes(random: Random) -> Votes:
    """Figures as minutes have them: near a half, and now and then one that is blank or cannot be."""
    entitled = random.choice((1, 2, 10, 25, 26))
    present = random.choice((entitled, entitled - entitled // 5, entitled // 2, entitled // 2 + 1))
    yes = min(present, random.choice((present, present, entitled // 2, entitled // 2 + 1)))
    no = random.choice((0, present - yes))
    figures = [
        entitled,
        present,
        yes,
        no,
        present - yes - no,
        random.choice((0, 0, min(1, entitled - present))),
    ]
    for at in range(len(figures)):
        if random.random() < 0.01:
            figures[at] += 1
    kept = [None if random.random() < 0.06 else figure for figure in figures]
    return Votes(*kept) if random.random() < 0.9 else Votes()


def row(file: File, number: int) -> Any:
    cells: dict[str, Any] = {step: str(file.steps[step]) if step in file.steps else None for step in STEPS}
    cells |= {"延长月数": file.extended or None, "培训天数": file.days, "培训学时": file.hours}
    cells |= {"终止日期": str(file.ended)} if file.ended else {}
    for of, own in zip(("", "转正"), file.votes, strict=True):
        figures = (own.entitled, own.present, own.yes, own.no, own.abstained, own.written)
        heads = ("应到", "实到", "赞成", "反对", "弃权", "书面赞成")
        cells |= {of + head: figure for head, figure in zip(heads, figures, strict=True)}
    return candidate(number, born=f"{file.born:%Y%m%d}", **cells)


def differing(files: Sequence[File]) -> Iterator[tuple[File, Opinion]]:
    """The files on which the two disagree in anything, each with what the articles say of it."""
    by_day: dict[date, list[File]] = {}
    for file in files:
        by_day.setdefault(file.on, []).append(file)
    for on, of_day in by_day.items():
        told = _judged(of_day, on)
        for number, file in enumerate(of_day):
            own = opinion(file, calendar())
            said = (own.part, Counter(own.wrong), own.full, own.ahead)
            if told.get(number, (ASIDE, Counter(), None, {})) != said:
                yield file, own


def _judged(files: Sequence[File], on: date) -> dict[int, tuple[Any, ...]]:
    """What the programme says of files of one day, by number: part, what is wrong, the day of full membership, what is next.
    Those that are set aside are not among them."""
    judged = whole(*(row(file, number) for number, file in enumerate(files)), on=on)
    ahead: dict[int, dict[str, Any]] = {}
    for one in stands_next(judged, (*OPEN,)):
        days = tuple(day.earliest if day else None for day in (one.earliest, one.latest))
        ahead.setdefault(one.record.row.number - 3, {})[one.what] = days
    found = {}
    for verdict in judged.of():
        wrong = Counter(
            (
                one.code,
                "公示止" if one.code == "calendar" else one.step,
                one.days or 0,
                one.severity is Severity.ERROR,
            )
            for one in verdict.troubles
        )
        full = verdict.full.earliest if verdict.full else None
        number = verdict.record.row.number - 3
        found[number] = (verdict.part, wrong, full, ahead.get(number, {}))
    return found


def compared(random: Random, size: int) -> Compared:
    """So many random files; `paid` are those that are not set aside."""
    files = [drawn(random) for _ in range(size)]
    apart = [str(file) for file, _ in differing(files)]
    sound = sum(opinion(file, calendar()).part != ASIDE for file in files)
    return Compared(size, sound, len(apart), 0, apart[0] if apart else "")
