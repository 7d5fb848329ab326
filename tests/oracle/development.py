"""A second opinion on the admission of members, written from the articles: file by file, day by day.

Imports nothing from the package. All days are known exactly. Where the articles leave a corner open, this is the reading:

- Four sets of rules: to 1990-07-31 only age, probation, order and missing days; 1990, 2014 (from 2014-05-28) and 2026 (from
  2026-05-11). A step is judged by the set of its own day, one that is not done by that of the day of judgement, one that is
  blank before others by that of the first of those; so are approval and oath before a transfer after their last day. Training goes by its last day, else by the review, else by the meeting.
- A month later is the same day, or the last of that month. In time on the last day, allowed on the first.
- A step follows others, in every set; it is out of order before the nearest of those that has a day, blanks looked past,
  unless a limit between the two already says that it came too early.
- A notice posted under the rules of 2026 ends after five working days, the day of posting counted; a day that is stated
  may be later. Listed on its last day is too early; listed in time by this count and not by the other, a warning. Days of
  years whose holidays nobody knows count from Monday to Friday, and each such year is told.
- Probation: a year from the meeting, and the months of the one extension, of six to twelve. None for those admitted from
  1969-04-01 to 1977-08-18: their transfer may be blank.
- Training of more days than lie between its first and its last, or of more than twelve lessons on each of them, is told.
- The transfer is normally discussed within three months of the end of probation, of those who moved in within six.
- More than half of those entitled must be present, and more than half of them in favour, written opinions among them.
- Whoever was ended is judged as on the day of the end. A step after it, but for the ends and the filing, contradicts it.
- What contradicts itself is set aside: a day before the birth or after the day of judgement (ends excepted), more present
  than entitled, more votes than people present, more present and writing than entitled.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

ONE = timedelta(1)
LATE, EARLY, ORDER, OVERDUE, MISSING = "late", "early", "order", "overdue", "missing"
STRETCHED, BETWEEN, CALENDAR, UNPUBLISHED = "stretched", "between", "calendar", "unpublished"
SHORT, SHORT_UNCLEAR, DAYS_BEYOND = "short", "short-unclear", "days-beyond"
VOTE, VOTE_MISSING, ASIDE = "vote", "vote-missing", "搁置"

STEPS = (
    "申请", "谈话", "积极分子", "公示起", "公示止", "发展对象", "备案", "政审", "培训起", "培训止", "预审", "支部大会",
    "党委审批", "组织部备案", "宣誓", "转入", "预备期止", "转正申请", "转正大会", "转正审批", "归档",
)  # fmt: skip
FALLING = ("公示止", "预备期止")
_FOLLOWS = {
    "申请": ("出生",), "谈话": ("申请",), "积极分子": ("谈话",), "公示起": ("积极分子",), "公示止": ("公示起",),
    "发展对象": ("积极分子",), "备案": ("发展对象",), "政审": ("发展对象",), "培训起": ("发展对象",), "培训止": ("培训起", "发展对象"),
    "预审": ("政审", "培训止"), "支部大会": ("预审",), "党委审批": ("支部大会",), "组织部备案": ("党委审批",), "宣誓": ("党委审批",),
    "转入": ("支部大会",), "预备期止": ("支部大会",), "转正申请": ("预备期止",), "转正大会": ("转正申请", "预备期止"),
    "转正审批": ("宣誓", "转正大会"), "归档": ("转正审批",), "出生": (),
}  # fmt: skip


@dataclass(frozen=True)
class Votes:
    """People; None is not given."""

    entitled: int | None = None
    present: int | None = None
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None
    written: int | None = None


@dataclass(frozen=True)
class File:
    """One person. steps: the days that the register has. extended: months. off: days on which nobody works, in the years
    `known`; votes: of the meeting and of that on the transfer."""

    born: date
    steps: dict[str, date]
    on: date
    extended: int = 0
    days: int | None = None
    hours: int | None = None
    votes: tuple[Votes, Votes] = (Votes(), Votes())
    ended: date | None = None


@dataclass
class Opinion:
    """wrong: code, step, days (0 where it is no matter of days) and whether it is grave. ahead: by step the first and the
    last day."""

    part: str
    wrong: list[tuple[str, str, int, bool]] = field(default_factory=list)
    ahead: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    full: date | None = None


@dataclass(frozen=True)
class Calendar:
    off: frozenset[date]
    known: frozenset[int]

    def works(self, day: date) -> bool:
        return day not in self.off if day.year in self.known else day.weekday() < 5

    def fifth(self, posted: date, counted: bool) -> date:
        """The fifth working day, from the day of posting or from the one after."""
        day, left = (posted if counted else posted + ONE), 5
        while True:
            left -= self.works(day)
            if not left:
                return day
            day += ONE


@lru_cache(maxsize=100_000)
def later(day: date, months: int) -> date:
    """So many months later: walk through that month as far as the day goes, and no farther than the month does."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    reached = date(year, month + 1, 1)
    while reached.day < day.day and reached.day < monthrange(year, month + 1)[1]:
        reached += ONE
    return reached


def unprobed(day: date) -> bool:
    """Whether whoever was admitted on a day was a full member at once."""
    return date(1969, 4, 1) <= day <= date(1977, 8, 18)


def era(day: date) -> int:
    begun = (date(1990, 8, 1), date(2014, 5, 28), date(2026, 5, 11))
    return sum(day >= first for first in begun)


def follows(step: str, rules: int) -> tuple[str, ...]:
    """What a step stands after under a set: listing also follows the end of the notice since 2026."""
    return (*_FOLLOWS[step], *(("公示止",) if step == "发展对象" and rules == 3 else ()))


def comes_before(step: str, other: str) -> bool:
    """Whether `step` comes before `other` under any set, however far."""
    return any(_reaches(other, step, rules) for rules in range(4))


@lru_cache(maxsize=10_000)
def _reaches(step: str, back_to: str, rules: int) -> bool:
    return any(one == back_to or _reaches(one, back_to, rules) for one in follows(step, rules))


AFTER = {step: tuple(one for one in STEPS if comes_before(step, one)) for step in STEPS}


def opinion(file: File, calendar: Calendar) -> Opinion:
    """All that is to be said of a file."""
    if (
        file.ended and file.steps.get("归档", file.ended) > file.ended
    ):  # it shows nothing of the steps before it
        file = replace(file, steps={step: day for step, day in file.steps.items() if step != "归档"})
    if aside(file):
        return Opinion(ASIDE)
    case = Case(file, calendar)
    wrong = [*case.limits(), *case.blanks(), *case.beside()]
    return Opinion(case.part(), wrong, dict(case.coming()), case.full())


def aside(file: File) -> bool:
    done = [day for step, day in file.steps.items() if step not in FALLING]
    last = min(file.on, file.ended or file.on)
    if file.born > file.on or (file.ended and file.ended > file.on) or any(day > last for day in done):
        return True
    return any(day < file.born for day in file.steps.values()) or any(map(contradicts, file.votes))


def contradicts(votes: Votes) -> bool:
    papers = sum(figure or 0 for figure in (votes.yes, votes.no, votes.abstained))
    if votes.entitled is not None and votes.present is not None and votes.present > votes.entitled:
        return True
    room = votes.present if votes.present is not None else votes.entitled
    if room is not None and papers > room:
        return True
    there = votes.present if votes.present is not None else papers
    return bool(votes.written and votes.entitled is not None and there + votes.written > votes.entitled)


class Case:
    """One file under the rules."""

    def __init__(self, file: File, calendar: Calendar) -> None:
        self.file, self.calendar, self.on = file, calendar, min(file.on, file.ended or file.on)
        met = file.steps.get("支部大会")
        self.exempt = met is not None and unprobed(met)
        self.known = {"出生": file.born, **file.steps}
        posted = file.steps.get("公示起")
        if posted and "公示止" not in file.steps and era(posted) == 3:
            self.known["公示止"] = calendar.fifth(posted, True)
        if met and not self.exempt and "预备期止" not in file.steps:
            self.known["预备期止"] = later(met, 12 + file.extended)

    def bounds(
        self, step: str, rules: int
    ) -> Iterator[tuple[str, date | None, date | None, date | None, bool]]:
        """Of the limits of a step under a set: from which step, first day, last day, last in special cases, and whether it
        is grave to break it. Nothing where there is no day to count from."""
        base, moved = self.known, "转入" in self.file.steps
        if step == "申请":
            yield "出生", later(base["出生"], 216), None, None, True
        if step == "谈话" and rules >= 2 and "申请" in base:
            yield "申请", None, later(base["申请"], 1), None, True
        if step == "发展对象" and rules >= 1 and "积极分子" in base:
            yield "积极分子", later(base["积极分子"], 12), None, None, True
        if step == "发展对象" and rules == 3 and "公示止" in base:
            yield "公示止", base["公示止"] + ONE, None, None, True
        if step == "支部大会" and rules >= 2 and "预审" in base:
            yield "预审", None, later(base["预审"], 1), None, rules == 3
        if step == "党委审批" and rules >= 1 and "支部大会" in base:
            yield "支部大会", None, later(base["支部大会"], 3), later(base["支部大会"], 6), True
        if step == "宣誓" and rules == 3 and "党委审批" in base and not unprobed(base["党委审批"]):
            yield "党委审批", None, later(base["党委审批"], 1), None, False
        if step == "转正大会" and "预备期止" in base:
            if not moved:
                yield "预备期止", None, later(base["预备期止"], 3), None, False
            elif rules >= 1:
                yield "预备期止", None, later(base["预备期止"], 6), None, True
        if step == "转正审批" and rules >= 1 and "转正大会" in base:
            yield "转正大会", None, later(base["转正大会"], 3), None, True
        if step in ("转正申请", "转正大会") and "预备期止" in base:
            yield "预备期止", base["预备期止"], None, None, True
        if step == "预备期止" and self.file.extended and "支部大会" in base and not self.exempt:
            yield "支部大会", later(base["支部大会"], 18), later(base["支部大会"], 24), None, True
        if step == "预备期止" and step in self.file.steps and "支部大会" in base and not self.exempt:
            ends = later(base["支部大会"], 12 + self.file.extended)
            yield "支部大会", ends, ends, None, True
        if step == "公示止" and step in self.file.steps and "公示起" in base and era(base["公示起"]) == 3:
            yield "公示起", self.calendar.fifth(base["公示起"], True), None, None, True

    def limits(self) -> Iterator[tuple[str, str, int, bool]]:
        """What is wrong with the steps that have a day."""
        for step in STEPS:
            if step not in self.known:
                continue
            day, too_early = self.known[step], set()
            for base, first, last, special, grave in self.bounds(step, era(day)):
                if first and day < first:
                    too_early.add(base)
                    yield EARLY, step, (first - day).days, grave
                elif last and day > (special or last):
                    yield LATE, step, (day - (special or last)).days, grave
                elif last and day > last:
                    yield STRETCHED, step, (day - last).days, False
                elif first and self.otherwise(step, base, day):
                    yield BETWEEN, step, 0, False
            if step in self.file.steps:
                for before in self.nearest(step, era(day)):
                    if day < self.known[before] and before not in too_early:
                        yield ORDER, step, (self.known[before] - day).days, step != "宣誓"

    def otherwise(self, step: str, base: str, day: date) -> bool:
        """Whether a day that is late enough by one count of the notice is too early by the other."""
        posted = self.file.steps.get("公示起")
        if posted is None:
            return False
        ends = self.calendar.fifth(posted, False)
        if step == "公示止":
            return day < ends
        stated = "公示止" in self.file.steps
        return step == "发展对象" and base == "公示止" and not stated and day < ends + ONE

    def nearest(self, step: str, rules: int) -> set[str]:
        found: set[str] = set()
        for one in follows(step, rules):
            found |= {one} if one in self.known else self.nearest(one, rules)
        return found

    def done_after(self, step: str) -> list[date]:
        done = ((one, day) for one, day in self.file.steps.items() if one not in FALLING)
        return sorted(day for one, day in done if one in AFTER[step] or self.implies(one, day, step))

    def implies(self, one: str, day: date, step: str) -> bool:
        met, approved = self.known.get("支部大会"), step == "宣誓" and self.known.get("党委审批")
        over = unprobed(approved) or day > later(approved, 1) if approved else not met or day > later(met, 6)
        return step in ("党委审批", "宣誓") and one in ("转正申请", "转正大会") and over

    def optional(self, step: str, rules: int) -> bool:
        return step == "转入" or (rules == 0 and step in ("公示起", "培训起", "培训止"))

    def excused(self, step: str) -> bool:
        """Whether a step may be blank because there was no probation: the transfer, and what only follows from it. The
        oath of those years is no matter of the rules of 2026, nor is what is blank after it."""
        if step in self.known or step == "出生":
            return False
        if step == "宣誓":
            done, approved = self.done_after(step), self.known.get("党委审批")
            return approved is not None and unprobed(approved) and era(done[0] if done else self.on) == 3
        if step in ("转正申请", "转正大会"):
            return self.exempt and "预备期止" not in self.known
        before = {"转正审批": ("宣誓", "转正大会"), "归档": ("转正审批",)}.get(step, ())
        return any(self.excused(one) for one in before)

    def blanks(self) -> Iterator[tuple[str, str, int, bool]]:
        """What is wrong with the steps that have none: missing before others, or overdue."""
        for step in (one for one in STEPS if one not in {*self.known, *FALLING} and not self.excused(one)):
            done = self.done_after(step)
            rules = era(done[0]) if done else era(self.on)
            if done:
                if not self.optional(step, rules):
                    yield MISSING, step, 0, step == "公示起" and rules == 3
                continue
            for _, _, last, special, grave in self.bounds(step, rules):
                if last and self.on > (special or last):
                    yield OVERDUE, step, (self.on - (special or last)).days, grave
                elif last and self.on > last:
                    yield STRETCHED, step, (self.on - last).days, False

    def beside(self) -> Iterator[tuple[str, str, int, bool]]:
        """The calendar, days before the rules were published, training and votes."""
        posted = self.file.steps.get("公示起")
        if posted and era(posted) == 3:
            fifth = self.calendar.fifth(posted, True)
            for year in range(posted.year, fifth.year + 1):
                if year not in self.calendar.known:
                    yield CALENDAR, "公示止", 0, False
        for step, day in self.file.steps.items():
            if date(2026, 5, 11) <= day < date(2026, 5, 18):
                yield UNPUBLISHED, step, 0, False
        yield from self.training()
        yield from self.crammed()
        for meeting, votes in zip(("支部大会", "转正大会"), self.file.votes, strict=True):
            if meeting in self.file.steps and era(self.file.steps[meeting]):
                yield from self.vote(meeting, votes)

    def training(self) -> Iterator[tuple[str, str, int, bool]]:
        days, hours, steps = self.file.days, self.file.hours, self.file.steps
        if days is None and hours is None and "培训止" not in steps:
            return
        judged = [steps[one] for one in ("培训止", "预审", "支部大会") if one in steps] or [self.on]
        least = {0: (0, 0), 1: (5, 40)}.get(era(judged[0]), (3, 24))
        if era(judged[0]) == 0 or (days or 0) >= least[0] or (hours or 0) >= least[1]:
            return
        sure = days is not None and hours is not None
        yield SHORT if sure else SHORT_UNCLEAR, "集中培训", 0, sure

    def crammed(self) -> Iterator[tuple[str, str, int, bool]]:
        """More days of training than there were from its first to its last, or more than twelve lessons on each of them."""
        first, last = self.file.steps.get("培训起"), self.file.steps.get("培训止")
        if first is None or last is None or last < first:
            return
        if (self.file.days or 0) > (room := (last - first).days + 1) or (self.file.hours or 0) > 12 * room:
            yield DAYS_BEYOND, "集中培训", 0, False

    def vote(self, meeting: str, votes: Votes) -> Iterator[tuple[str, str, int, bool]]:
        if not votes.entitled or votes.present is None:
            yield VOTE_MISSING, meeting, 0, False
        elif 2 * votes.present <= votes.entitled:
            yield VOTE, meeting, 0, True
        elif votes.yes is None:
            yield VOTE_MISSING, meeting, 0, False
        elif 2 * (votes.yes + (votes.written or 0)) <= votes.entitled:
            yield VOTE, meeting, 0, True

    def part(self) -> str:
        steps = self.file.steps
        if self.file.ended:
            return "已终止"
        if "转正审批" in steps or (
            self.exempt
            and "预备期止" not in steps
            and any(one in steps for one in ("党委审批", "转正大会", "归档"))
        ):
            return "正式党员"
        for step, part in (("党委审批", "预备党员"), ("发展对象", "发展对象"), ("积极分子", "积极分子")):
            if step in steps:
                return part
        return "申请人"

    def full(self) -> date | None:
        """The end of probation, unless the day that is stated is another one."""
        if self.part() != "正式党员":
            return None
        if self.exempt and "预备期止" not in self.file.steps:
            return self.file.steps["支部大会"]
        sound = not any(step == "预备期止" for _, step, _, _ in self.limits())
        return self.known.get("预备期止") if sound else None

    def coming(self) -> Iterator[tuple[str, tuple[date | None, date | None]]]:
        """What is not done and waits for no other, from which day and by which; and the ends that lie ahead."""
        for step in () if self.file.ended else STEPS:
            if step in FALLING and self.known.get(step, date.min) >= self.on:
                yield step, (self.known[step], self.known[step])
            if step in self.known or step in FALLING or step == "转入" or self.done_after(step):
                continue
            if self.excused(step) or self.optional(step, era(self.on)):
                continue
            bounds = list(self.bounds(step, era(self.on)))
            firsts = [first for _, first, _, _, _ in bounds if first]
            lasts = [
                special if special and self.on > last else last for _, _, last, special, _ in bounds if last
            ]
            running = bool(lasts) or any(self.on < first for first in firsts)
            if running or not any(self.waits(one) for one in follows(step, era(self.on))):
                yield step, (max(firsts, default=None), min(lasts, default=None))

    def waits(self, step: str) -> bool:
        if step in self.known:
            return False
        if step in FALLING:  # a notice that was posted before there was a rule of how long is not waited for
            return ("公示起" if step == "公示止" else "支部大会") not in self.known
        if self.optional(step, era(self.on)):
            return any(self.waits(one) for one in follows(step, era(self.on)))
        return True
