"""Decides of attendance sheets which rows count, on which days their hours lie, and whose they are.

The same hour on two sheets counts once. A row that cannot be understood, or that contradicts another, counts nowhere, and
whoever it is about is marked.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import ceil
from typing import Annotated, Any, NamedTuple

from sanchuang_cli.domain import words
from sanchuang_cli.domain.beside import of_person, said_beside
from sanchuang_cli.domain.exact_numbers import plain, summed
from sanchuang_cli.domain.named import another_name, by_person, named_in
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.domain.study.policy import StudyMethod, StudyPolicy, in_words
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.finding import Doubt, Doubts, Finding, Severity
from sanchuang_cli.judging import At, Told
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record, Row

_E, _W = Severity.ERROR, Severity.WARNING
_AGAIN = "请核实改正后重新运行；这一行没有计入。"
_LONGEST = 366
_BEST = 100

DOUBTS = Doubts(
    {
        "amount-negative": Doubt(_E, "数量不是负数", _AGAIN, "数量是负数"),
        "unit-unknown": Doubt(_E, "", "请改成政策有折算的单位，或在政策的 hours 里加上；这一行没有计入。", "这种方式、单位没有折算"),
        "method-unknown": Doubt(_E, "", "请改成政策所列的方式，或在政策的 methods 里加上；这一行没有计入。", "方式不在政策所列之内"),
        "day-missing": Doubt(_E, "", "请填“日期”（几天的填起、止）；这一行没有计入。", "没有日期"),
        "days-odd": Doubt(_E, "止不早于起，一次培训不超过一年", _AGAIN, "起止说不通"),
        "days-vague": Doubt(_E, "跨年的按天数分到两年，同一次只计一次", "请把日期写到日；这一行没有计入。", "日期不详，学时说不准"),
        "end-missing": Doubt(_E, "跨年的按天数分到两年", "请填“止”，各年按天数分；这一行没有计入。", "跨年，没有填止"),
        "before-rules": Doubt(_E, "", "请核对日期；那时没有折算的规定，这一行没有计入。", "日期在第一版规定以前"),
        "absent": Doubt(_E, "", "没有参加的请删去这一行，参加了的请删改备注；这一行没有计入。", "备注说没有参加"),
        "remarked": Doubt(_W, mend="请核实：没有参加，或没有全程参加的，请删去这一行或改正数量；参加了的，可不理会。"),
        "score-outside": Doubt(_E, f"成绩是 0 至 {_BEST} 分", _AGAIN, "成绩不在 0 至 100 分"),
        "score-missing": Doubt(_W, "考试不合格的要看成绩", "请补填成绩；学时已经计入，合格不合格没有看。"),
        "name-differs": Doubt(_E, "身份证号和姓名是同一个人", _AGAIN, "身份证号与姓名对不上"),
        "twice-differs": Doubt(_E, "同一人、同一天、同一培训只有一个数", _AGAIN, "同一培训有两个不同的数"),
        "twice": Doubt(_W, "同一人、同一天、同一培训只计一次", "请删去重复的一行；上下午分开登记的，请合成一行或分写培训名称。"),
        "over-day": Doubt(_W, mend="请核对数量；几天的培训请填起、止。"),
        "person-unknown": Doubt(_W, mend="请核对姓名、支部、身份证号，或把人补进名册；这一行没有计入任何人。"),
    }
)  # fmt: skip


class Attendance(Record, frozen=True, kw_only=True):
    """A row of 学时登记: somebody at a course, on a day, or from one to another. township: tells namesakes apart."""

    heeds = frozenset({Matter.UNDONE})
    township: Annotated[str, Field("乡镇", asked=False)] = ""
    branch: Annotated[
        str, Field("支部", required=True, aliases=("党支部", "所在党支部"), example="示例村党支部")
    ]
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY)] = ""
    day: Annotated[
        VagueDate | None,
        Field(
            "日期", Kind.DATE, aliases=("培训日期", "培训时间", "参训日期"), note="一天的填；几天的填起、止"
        ),
    ] = None
    begins: Annotated[VagueDate | None, Field("起", Kind.DATE, aliases=("开始日期", "起始日期"))] = None
    end: Annotated[
        VagueDate | None,
        Field("止", Kind.DATE, aliases=("结束日期", "终止日期", "截止日期"), ahead=True, note="跨年的必填"),
    ] = None
    course: Annotated[
        str,
        Field(
            "培训名称", required=True, aliases=("培训班", "培训班次", "课程", "课程名称", "培训内容", "班次")
        ),
    ]
    method: Annotated[
        str, Field("方式", Kind.CHOICE, required=True, aliases=("培训方式", "学习方式", "培训形式"))
    ]
    amount: Annotated[
        Fraction, Field("数量", Kind.SCORE, required=True, aliases=("时长", "培训时长"), example="1")
    ]
    unit: Annotated[str, Field("单位", Kind.CHOICE, required=True, aliases=("计量单位", "时长单位"))]
    score: Annotated[
        Fraction | None, Field("成绩", Kind.SCORE, aliases=("考试成绩", "测试成绩"), maximum=_BEST)
    ] = None

    @property
    def called(self) -> str:
        return self.name

    @property
    def start(self) -> VagueDate:
        """The first day."""
        first = self.begins or self.day
        assert first, "a row without a day counts nowhere"
        return first

    @property
    def dated(self) -> str:
        """The field that says it."""
        return "begins" if self.begins else "day"

    @property
    def cited(self) -> Sequence[str]:
        return "day", "begins", "end", "course", "amount", "unit", "score"

    @property
    def days(self) -> str:
        """The day, or the first and the last."""
        return f"{self.start}至{self.end}" if self.end and self.end != self.start else str(self.start)

    def said_beside(self) -> Sequence[Finding]:
        """What the remarks say of the person, or that the row is void."""
        return of_person(self.row, self.name, lambda heading: None, heeds=self.heeds)


class Session(NamedTuple):
    """A row that counts. shares: its hours by the days on which they lie."""

    row: Attendance
    method: StudyMethod
    shares: Mapping[VagueDate, Fraction]

    @property
    def hours(self) -> Fraction:
        return summed(self.shares.values())

    def within(self, year: int, until: date) -> Fraction:
        """Those that lie in a year, up to a day."""
        return summed(hours for day, hours in self.shares.items() if counts(day, year, until))


class Wrong(NamedTuple):
    """Why a row does not count, or what is odd about one that does: a code, the field, and words that follow its name."""

    code: str
    row: Attendance
    field: str
    said: str
    basis: str = ""


class Studied(NamedTuple):
    """What one member did. sessions: each with its own days. days: hours by day and method, as far as a day may have them.
    scored: the rows with a score. waiting: how many rows do not count because something is wrong with them."""

    sessions: Sequence[Session] = ()
    days: Mapping[tuple[VagueDate, str], Fraction] = {}
    scored: Sequence[Attendance] = ()
    waiting: int = 0


class StrangeRow(NamedTuple):
    """A row that counts for nobody on the roster, and why. township: of its branch, "" where that is not told."""

    record: Attendance
    township: str
    hours: Fraction
    why: str


class Sheets(NamedTuple):
    """All sheets together. members: what each member did, by the row (its id) of the roster."""

    members: Mapping[int, Studied]
    strange: Sequence[StrangeRow]
    told: Sequence[Told]


def read(at: At[StudyPolicy], members: str, sheets: str) -> Sheets:
    """The sheets of a roster of attendance put to a roster of members."""
    rows, people = at.rosters[sheets].records, at.rosters[members]
    understood = {id(row): _understood(row, at) for row in rows}
    wrong = [each for each in understood.values() if isinstance(each, Wrong)]
    wrong += [odd for row in rows if isinstance(understood[id(row)], Session) for odd in _remarked(row)]
    sessions = {row: each for row, each in understood.items() if isinstance(each, Session)}
    named, strange = by_person(rows, people.records)
    waiting = _waiting(at.dropped.get(sheets, ()))
    studied = {}
    for person in people.records:
        own = _of_one(person, named.get(id(person.row), ()), sessions, wrong, at)
        more = waiting[person.identity] + waiting[_place_and_name(person)]
        studied[id(person.row)] = own._replace(waiting=own.waiting + more)
    unread, names = _waiting(people.set_aside), {person.name for person in people.records}
    towns: dict[str, set[str]] = defaultdict(set)
    for person in people.records:
        towns[person.branch].add(person.township)
    apart = [
        StrangeRow(
            row,
            row.township or _only(towns.get(row.branch, set())),
            sessions[id(row)].hours,
            _why(row, unread, names),
        )
        for row in strange
        if id(row) in sessions
    ]
    wrong += _of_strangers(apart)
    each_once = {(each.code, id(each.row), each.said): each for each in wrong}
    return Sheets(studied, apart, [_told(each, at) for each in each_once.values()])


def _only(towns: Set[str]) -> str:
    return next(iter(towns)) if len(towns) == 1 else ""


def _of_strangers(apart: Sequence[StrangeRow]) -> Iterator[Wrong]:
    """A warning for each stranger, at the first of his rows: the page lists them all."""
    whose: dict[tuple[str, str], list[StrangeRow]] = defaultdict(list)
    for each in sorted(apart, key=lambda each: each.record.row.line):
        whose[each.record.identity or _place_and_name(each.record), each.why].append(each)
    for (_, why), rows in whose.items():
        more = f"等 {len(rows)} 行" if rows[1:] else ""
        yield Wrong("person-unknown", rows[0].record, "name", f"{more}：{why}")


def _told(wrong: Wrong, at: At[StudyPolicy]) -> Told:
    place = wrong.row.row.place(wrong.field)
    return Told(
        at.doubts.at(wrong.code, place, f"{wrong.row.name}：“{wrong.row.course}”{wrong.said}", wrong.basis)
    )


def _waiting(rows: Iterable[Row]) -> Counter[str]:
    """How many rows that nobody could use name somebody: by number, or by branch and name where there is none."""
    return Counter(named_in(row) for row in rows)


def _place_and_name(who: Any) -> str:
    return f"{who.branch}/{who.name}"


def _why(row: Attendance, unread: Counter[str], names: Set[str]) -> str:
    """Why a row is nobody's."""
    if unread[row.identity or _place_and_name(row)]:
        return "本人在名册上的那一行没有读成"
    if not row.identity and row.name in names:
        return "没有身份证号，支部和姓名认不准是名册上的谁"
    return "名册上没有这个人"


def _understood(row: Attendance, at: At[StudyPolicy]) -> Session | Wrong:
    """The hours of a row by the document of its first day, on the days on which they lie."""
    if not (row.begins or row.day):
        return Wrong("day-missing", row, "day", "：没有日期")
    if row.start.earliest < at.editions.editions[0].effective:
        return Wrong("before-rules", row, row.dated, f"：{row.start} 还没有折算的规定")
    policy = at.editions.on(row.start.earliest)
    table, method = policy.hours, policy.by_method.get(row.method)
    conversion = table.conversion(row.method, row.unit)
    if method is None:
        return Wrong("method-unknown", row, "method", f"：方式“{row.method}”不在政策所列之内", policy.title)
    if conversion is None:
        return Wrong("unit-unknown", row, "unit", f"：{row.method}的“{row.unit}”没有折算", table.clause)
    if row.amount < 0:
        return Wrong("amount-negative", row, "amount", f"：数量 {plain(row.amount)}")
    if row.score is not None and not 0 <= row.score <= _BEST:
        return Wrong("score-outside", row, "score", f"：成绩 {plain(row.score)}")
    missed = _absent(table.absent)
    for said in said_beside(row.row, row.name):
        if missed.search(narrow(said.text)):
            return Wrong("absent", row, "name", f"：{said.where}写着“{said.text}”", table.clause)
    hours = conversion.of(row.amount)
    days = _days(row, 1 if table.day_at_most is None else ceil(hours / table.day_at_most))
    return days if isinstance(days, Wrong) else Session(row, method, dict.fromkeys(days, hours / len(days)))


@cache
def _absent(more: tuple[str, ...]) -> re.Pattern[str]:
    """What finds the usual words and `more`, which a document names, where nothing right before them denies it (无缺席)."""
    return re.compile(f"(?<!无)(?<!没有)(?:{'|'.join(map(re.escape, (*sorted(words.ABSENT), *more)))})")


def _remarked(row: Attendance) -> Iterator[Wrong]:
    """What stands beside a row that counts and that nobody understands."""
    for said in said_beside(row.row, row.name):
        if narrow(said.text) not in words.NOTHING:
            yield Wrong("remarked", row, "name", f"：{said.where}写着“{said.text}”，照所填的计入")


def _days(row: Attendance, needed: int) -> Sequence[VagueDate] | Wrong:
    """The days of a row, or the one stretch in which they lie where they are not known exactly. needed: how many days its
    hours take at least."""
    start, last = row.start, row.end or row.start
    if row.end is None and start.exact and needed > 1:
        end = start.earliest + timedelta(days=needed - 1)
        if end.year > start.earliest.year:
            return Wrong("end-missing", row, row.dated, f"：{start} 起至少 {needed} 天，跨年，没有填止")
    apart = row.day is not None and not (start.earliest <= row.day.latest and row.day.earliest <= last.latest)
    if apart or last.latest < start.earliest or (last.earliest - start.latest).days >= _LONGEST:
        return Wrong("days-odd", row, "end", f"：起止 {row.days}")
    if start.exact and last.exact:
        length = (last.latest - start.earliest).days + 1
        return [VagueDate.on(start.earliest + timedelta(days=n)) for n in range(length)]
    if start.earliest.year == last.latest.year:
        return [VagueDate(start.earliest, last.latest)]
    return Wrong("days-vague", row, row.dated, f"：起止 {row.days}，各年几天说不准")


def _of_one(
    person: Any,
    rows: Sequence[Attendance],
    sessions: Mapping[int, Session],
    wrong: list[Wrong],
    at: At[StudyPolicy],
) -> Studied:
    """What a member did, of the rows that name him; what is wrong with them is added to `wrong`."""
    others = [row for row in rows if another_name(row, person)]
    bad = [Wrong("name-differs", row, "name", f"：这个号码是名册上{person.name}的") for row in others]
    own = [sessions[id(row)] for row in rows if not another_name(row, person) and id(row) in sessions]
    by_day: dict[tuple[str, VagueDate], list[Session]] = defaultdict(list)
    for session in own:
        for day in session.shares:
            by_day[narrow(session.row.course), day].append(session)
    bad += [*_contradicting(by_day), *_perhaps_the_same(by_day)]
    out = {id(each.row) for each in bad}
    sound = [session for session in own if id(session.row) not in out]
    kept, doubles = _once(sound)
    days, over = _capped(kept, at)
    wrong += [*bad, *doubles, *over]
    scored = [session.row for session in sound if session.row.score is not None]
    known, first = {narrow(row.course) for row in scored}, at.occasion.period.first
    asked = [one for one in sound if one.row.start.latest >= first and at.policy.asks_score(one.method)]
    untold = [one for one in asked if narrow(one.row.course) not in known]
    wrong += [Wrong("score-missing", one.row, "score", f"：{one.method.name}没有填成绩") for one in untold]
    return Studied(kept, days, scored, len(rows) - len(sound))


def _contradicting(by_day: Mapping[tuple[str, VagueDate], Sequence[Session]]) -> list[Wrong]:
    """Rows about one course and day that do not say the same: nobody knows which is right, so none counts."""
    told: dict[int, Wrong] = {}
    for (_, day), same in by_day.items():
        said = {(one.method.name, one.shares[day]) for one in same}
        scores = {one.row.score for one in same} - {None}
        if len(said) > 1 or len(scores) > 1:
            words = "、".join(sorted({_amount(one.row) for one in same}))
            for one in same:
                told.setdefault(id(one.row), Wrong("twice-differs", one.row, "amount", f"：{day} 有 {words}"))
    return list(told.values())


def _perhaps_the_same(by_day: Mapping[tuple[str, VagueDate], Sequence[Session]]) -> Iterator[Wrong]:
    """Rows about one course of which one has no exact day: they may be the same hours twice, so neither counts."""
    unsure = [key for key in by_day if not key[1].exact]
    for at, (course, vague) in enumerate(unsure):
        for other, day in by_day:
            if (
                other == course
                and (day.exact or (other, day) in unsure[at + 1 :])
                and day.earliest <= vague.latest
                and vague.earliest <= day.latest
            ):
                for one in (*by_day[course, vague], *by_day[course, day]):
                    yield Wrong(
                        "days-vague", one.row, one.row.dated, f"：{vague} 和 {day} 是不是同一次说不准"
                    )


def _amount(row: Attendance) -> str:
    score = "" if row.score is None else f"{plain(row.score)}分"
    return f"{row.method}{plain(row.amount)}{row.unit}{score}"


def _once(sessions: Sequence[Session]) -> tuple[list[Session], list[Wrong]]:
    """Each course with the days that no row before it has; the earliest and longest first, whatever the order of rows. Of those
    that add no day, only a warning is left."""
    first: dict[tuple[str, VagueDate], Session] = {}
    kept, told = [], []
    for session in sorted(sessions, key=lambda one: (one.row.start, -len(one.shares), one.row.row.line)):
        course = narrow(session.row.course)
        new = {day: hours for day, hours in session.shares.items() if (course, day) not in first}
        if len(new) < len(session.shares):
            known = next(first[course, day] for day in session.shares if (course, day) in first)
            told.append(Wrong("twice", session.row, "course", f"：{known.row.row.place()} 也有，只计一次"))
        if new:
            kept.append(session._replace(shares=new))
        first |= {(course, day): session for day in new}
    return kept, told


def _capped(
    sessions: Sequence[Session], at: At[StudyPolicy]
) -> tuple[Mapping[tuple[VagueDate, str], Fraction], list[Wrong]]:
    """Hours by day and method, no day with more than it may have; what is cut off are the methods that the document lists
    last."""
    by_day: dict[VagueDate, list[Session]] = defaultdict(list)
    for session in sessions:
        for day in session.shares:
            by_day[day].append(session)
    hours: dict[tuple[VagueDate, str], Fraction] = defaultdict(Fraction)
    told = []
    for day, here in by_day.items():
        policy = at.editions.on(day.earliest)
        most, total = policy.hours.day_at_most, summed(session.shares[day] for session in here)
        length = (day.latest - day.earliest).days + 1
        left: Fraction = total if most is None else min(total, most * length)
        if left < total:
            said = f"：{day} 各表合计 {in_words(total)} 学时，按 {in_words(left)} 学时计"
            told.append(Wrong("over-day", here[-1].row, "amount", said, policy.hours.clause))
        for session in sorted(here, key=lambda one: policy.place(one.method.name)):
            part = min(left, session.shares[day])
            hours[day, session.method.name] += part
            left -= part
    return hours, told


def counts(day: VagueDate, year: int, until: date) -> bool:
    """Whether a day is of a year, and not after another."""
    return day.earliest.year == year and day.earliest <= until
