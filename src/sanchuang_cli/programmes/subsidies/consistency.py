"""What a row says against itself: each contradiction, with the other ways in which the row may be read.

One table for all of them. Nothing is weighed here: doubts.py judges the row again by each other reading, and what
changes the money sets the row aside. No clock is read: whether a day can be is held against the birth in the identity
number and the period.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from sanchuang_cli.domain.months import NEVER, month, number
from sanchuang_cli.domain.tenure import stated_months
from sanchuang_cli.period import Period, Spell, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.blocks import Condition
from sanchuang_cli.programmes.subsidies.cases import Born
from sanchuang_cli.programmes.subsidies.conditions import NOTHING, Cells, plain
from sanchuang_cli.programmes.subsidies.policy import Benefit, Subsidies
from sanchuang_cli.programmes.subsidies.records import Member
from sanchuang_cli.programmes.subsidies.rules import Verdict
from sanchuang_cli.programmes.subsidies.service import Posts

_YEAR = 12
_YOUNGEST = 12
"""Nobody joins the Party or holds a post before the year of that birthday."""
_LATER = 20
"""A period may be worked out with a roster of later years, but hardly of so many: what lies beyond has not happened."""
_LONG_BEFORE = 24
"""So many months before a period, whatever ended then has had its effect."""
_ANY_POST = frozenset(
    {"村干部", "离任村干部", "村组干部", "干部", "两委", "村两委", "两委干部", "两委成员", "村两委成员"}
)
"""Words for a post that leave open which."""


_DAY_OF = {
    "财政供养": "录用日期",
    "户籍状况": "户籍迁出日期",
    "健在情况": "死亡日期",
    "处分情况": "处分日期",
    "刑罚情况": "判决日期",
}
"""Columns of the roster, each with the one that says when, also where a policy does not go by it."""
_DENYING = frozenset({"户籍状况", "健在情况"})
"""Columns whose accepted words say that nothing has happened."""


class Reading(NamedTuple):
    """Another way to read a row."""

    record: Member
    born: Born


class Against(NamedTuple):
    """One thing that a row says against itself. column: the field at which it is told. others: the other readings.
    quiet: not worth telling where the money is the same by all of them."""

    column: str
    message: str
    others: tuple[Reading, ...]
    quiet: bool = False


class State(NamedTuple):
    """A column that says whether something has happened, and the one beside it that says when. denying: the words that
    say that it has not, of a column of words."""

    rule: Condition
    read: Callable[[Member], Any]
    name: str
    day: Callable[[Member], VagueDate | None]
    since: str
    denying: frozenset[str]

    @classmethod
    def of(cls, rule: Condition, cells: Cells, denies: bool) -> "State | None":
        """None where the rule says nothing that could have happened, or nothing says when. denies: the words that it
        accepts say that it has not happened; elsewhere they may say that it was of little weight."""
        since = rule.since or _DAY_OF.get(rule.column, "")
        if not since or not rule.active or (rule.must_be is None and not rule.refuse):
            return None
        name, dated = cells.name(rule.column), cells.name(since)
        accepted, refused = frozenset(map(plain, rule.accept)), frozenset(map(plain, rule.refuse))
        denying = (NOTHING - {""} - accepted - refused) | (accepted if denies else frozenset())
        return cls(rule, cells.reader(rule.column), name, cells.reader(since), dated, denying)

    def denied(self, value: Any) -> bool:
        """Whether the state says that it has not happened; a blank cell says nothing."""
        if self.rule.must_be is not None:
            return bool(value is self.rule.must_be)
        return bool(value) and plain(value) in self.denying

    def happened(self) -> Any:
        """What stands there when it has happened."""
        return not self.rule.must_be if self.rule.must_be is not None else self.rule.refuse[0]


class Bounds(NamedTuple):
    """The first and the last day of the period, and one later than which nothing can have happened that a roster tells."""

    first: date
    last: date
    never: date

    @classmethod
    def of(cls, period: Period) -> "Bounds":
        last = period.last
        return cls(period.first, last, date(min(last.year + _LATER, date.max.year), 12, 31))


class Prepared(NamedTuple):
    """What the contradictions of some benefits go by. pauses: fields of the first and the last day of a suspension.
    posts: of the first benefit that goes by service."""

    posts: Posts | None
    states: tuple[State, ...]
    pauses: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, benefit: Benefit, cells: Cells) -> "Prepared":
        stops = {test.column for test in benefit.condition if test.active and test.test == "stop"}
        found = (
            State.of(rule, cells, rule.since in stops or rule.column in _DENYING)
            for rule in benefit.condition
        )
        states = tuple(filter(None, found))
        pauses = tuple((cells.name(pause.start), cells.name(pause.end)) for pause in benefit.suspension)
        return cls(Posts(benefit.service) if benefit.service else None, states, pauses)

    @classmethod
    def together(cls, some: Iterable["Prepared"]) -> "Prepared":
        """Those of several benefits, each once."""
        found = list(some)
        states = dict.fromkeys(state for one in found for state in one.states)
        pauses = dict.fromkeys(pause for one in found for pause in one.pauses)
        return cls(next((one.posts for one in found if one.posts), None), tuple(states), tuple(pauses))


class Seen(NamedTuple):
    """A row that has been judged. dates: the fields of dates that the rules go by and that are filled in."""

    record: Member
    born: Born
    verdicts: list[Verdict]
    prepared: Prepared
    dates: dict[str, VagueDate]
    bounds: Bounds

    def with_(self, **fields: Any) -> Reading:
        return Reading(with_fields(self.record, fields), self.born)


class Check(NamedTuple):
    """A kind of contradiction: how it is found, the rule and how to mend it."""

    code: str
    find: Callable[[Seen], Iterator[Against]]
    basis: str
    mend: str


def with_fields(record: Member, fields: dict[str, Any]) -> Member:
    """The record with other values in some fields, its own and those that a policy adds."""
    own = {name: value for name, value in fields.items() if name in Member.__struct_fields__}
    more = {name: value for name, value in fields.items() if name not in own}
    return replace(record, **own, **({"more": {**record.more, **more}} if more else {}))


# ------------------------------------------------------------------ birth and sex


def _birth(seen: Seen) -> Iterator[Against]:
    written, born = seen.record.born, seen.born
    if written and not written.earliest <= born.day <= written.latest:
        others = {Born(written.earliest, born.sex), Born(written.latest, born.sex)}
        message = f"出生日期写的是 {written}，身份证号是 {born.day}"
        yield Against("born", message, tuple(Reading(seen.record, other) for other in sorted(others)))


def _sex(seen: Seen) -> Iterator[Against]:
    record, born = seen.record, seen.born
    if record.sex not in ("", born.sex):
        message = f"性别写的是“{record.sex}”，身份证号是“{born.sex}”"
        yield Against("sex", message, (Reading(record, Born(born.day, record.sex)),))


# ------------------------------------------------------------------ days that cannot be


def _days(seen: Seen) -> Iterator[Against]:
    """A day before birth, a joining as a child, a day far after the period: it is not known at all."""
    birth, last = seen.born.day, seen.bounds.never
    grown = date(birth.year + _YOUNGEST, 1, 1)
    for name, day in seen.dates.items():
        first = grown if name == "joined" else birth
        if first <= day.latest and day.earliest <= last:
            continue
        heading = seen.record.row.place(name).heading or name
        if day.earliest > last:
            said = "还没有到"
        else:
            said = "早于出生" if day.latest < birth else f"时不满 {_YOUNGEST} 岁"
        days = (VagueDate.on(first), VagueDate.on(seen.bounds.last), None)
        message = f"{heading} {day} {said}（身份证号上 {birth} 出生）"
        yield Against(name, message, tuple(seen.with_(**{name: other}) for other in days))


def _death(seen: Seen) -> Iterator[Against]:
    """A death before the end of what the dead did."""
    died = seen.dates.get("died_on")
    if not died or died.latest < seen.born.day:
        return
    later = [spell.end or spell.start for spell in seen.record.spells]
    later += [seen.record.left] if seen.record.left else []
    after = [day for day in later if number(day.earliest) > number(died.latest)]
    if after:
        yield Against("died_on", f"死亡日期 {died}，任职却到 {max(after)}", (seen.with_(died_on=None),))


# ------------------------------------------------------------------ spells of service


def _spells(seen: Seen) -> Iterator[Against]:
    """Spells that begin as a child, after the period, or after they end, or end long after it."""
    if not seen.prepared.posts:
        return
    first, (_, last, never) = seen.born.day.year + _YOUNGEST, seen.bounds
    for at, spell in enumerate(seen.record.spells):
        start, end = spell.start, spell.end
        if end and end.latest < start.earliest:
            others = [_replaced(seen, at, spell._replace(start=end, end=start))]
            said = f"任职起点 {start} 晚于止点 {end}"
        elif start.latest.year < first:
            latest = end.latest if end else last
            days: tuple[date, ...] = date(first, 1, 1), max(latest, date(first, 1, 1))
            others = [_replaced(seen, at, spell._replace(start=VagueDate.on(day))) for day in days]
            said = f"任职起点 {start} 时不满 {_YOUNGEST} 岁（身份证号上 {seen.born.day} 出生）"
        elif start.earliest > last:
            others = [_replaced(seen, at)]
            said = f"任职起点 {start} 在本期之后"
        elif end and end.earliest > never:
            before = month(number(seen.bounds.first) - _LONG_BEFORE).first
            days = start.earliest, max(start.earliest, before), last
            others = [_replaced(seen, at, spell._replace(end=VagueDate.on(day))) for day in days]
            said = f"任职止点 {end} 还没有到"
        else:
            continue
        yield Against("spells", said, tuple(others))


def _replaced(seen: Seen, at: int, *spells: Spell) -> Reading:
    """The row with other spells, or none, in the place of one."""
    old = seen.record.spells
    return seen.with_(spells=(*old[:at], *spells, *old[at + 1 :]))


def _ended_last(spells: tuple[Spell, ...]) -> list[int]:
    """The spells that go on, or where all have ended, those that ended last."""
    ends = [number(spell.end.latest) if spell.end else NEVER for spell in spells]
    latest = max(ends)
    return [at for at, end in enumerate(ends) if end == latest]


def _leaving(seen: Seen) -> Iterator[Against]:
    """离任日期 against the end of the last spell."""
    left, spells = seen.record.left, seen.record.spells
    if not left or not spells:
        return
    last = _ended_last(spells)
    end = spells[last[0]].end
    if end is None:
        if left.earliest > seen.bounds.last:
            return
        said = f"离任日期写的是 {left}，任职经历里却写至今"
    elif number(left.earliest) <= number(end.latest) and number(end.earliest) <= number(left.latest):
        return
    else:
        said = f"离任日期写的是 {left}，最后一段任职到 {end} 止"
    ended = VagueDate.on(left.earliest)
    others = tuple(
        spell._replace(end=ended) if at in last else spell
        for at, spell in enumerate(spells)
        if at not in last or number(spell.start.earliest) <= number(left.earliest)
    )
    yield Against("left", said, (seen.with_(spells=others),))


def _post(seen: Seen) -> Iterator[Against]:
    """离任职务 against the post of the last spell, of all and of those that count."""
    record, posts = seen.record, seen.prepared.posts
    if not posts or not record.post or not record.spells:
        return
    spells, last = record.spells, _ended_last(record.spells)
    if _one_post(posts, record, last) or plain(record.post) in _ANY_POST:
        return
    counted = [at for at, spell in enumerate(spells) if posts.listed(spell.post, record.village)]
    counted_last = [counted[at] for at in _ended_last(tuple(spells[at] for at in counted))] if counted else []
    if _one_post(posts, record, counted_last):
        return
    said = f"离任职务写的是“{record.post}”，最后一段任职的职务是“{'、'.join(dict.fromkeys(spells[at].post for at in last))}”"
    ways = dict.fromkeys((tuple(last), tuple(counted_last)))
    yield Against("post", said, tuple(_in_post(seen, way) for way in ways if way))


def _one_post(posts: Posts, record: Member, which: list[int]) -> bool:
    """Whether 离任职务 may mean the post of one of some spells: the same words, one listed post in both, none in either,
    or a spell without any."""
    village, ours = record.village, record.post
    ranks = posts.listed(ours, village)
    for at in which:
        theirs = record.spells[at].post
        others = posts.listed(theirs, village) if theirs else ranks
        if ours == theirs or ranks == others or not set(ranks).isdisjoint(others):
            return True
    return False


def _in_post(seen: Seen, which: tuple[int, ...]) -> Reading:
    spells = enumerate(seen.record.spells)
    return seen.with_(
        spells=tuple(s._replace(post=seen.record.post) if at in which else s for at, s in spells)
    )


def _years(seen: Seen) -> Iterator[Against]:
    """任职年限 against the spells, of all posts and of those that count. The other readings move one start each."""
    record, posts = seen.record, seen.prepared.posts
    if not record.years or not record.spells or not posts:
        return
    verdict = next((one for one in seen.verdicts if one.length), None)
    length = verdict.length if verdict else None
    listed = tuple(s for s in record.spells if posts.listed(s.post or record.post, record.village))
    stated = stated_months(record.years)
    if stated is not None and any(_agrees(stated, *_months(some)) for some in (record.spells, listed)):
        return
    counted = length.counted if length else str(_months(listed)[0])
    message = f"任职年限写的是“{record.years}”，按任职经历算得 {counted} 个月"
    if stated is None:
        yield Against("years", message, ())
        return
    rounded = length is not None and length.steps[-1].unit == "年" and length.units == stated // _YEAR
    yield Against("years", message, tuple(_lasting(seen, listed, stated)), quiet=rounded)


def _months(spells: tuple[Spell, ...]) -> tuple[int, int]:
    """Months in which somebody served, at least and at most; of those who still serve, nobody knows."""
    if any(spell.end is None for spell in spells):
        return 0, _YEAR * 100
    shortest: set[int] = set()
    longest: set[int] = set()
    for start, end, _ in spells:
        assert end
        shortest |= set(range(number(start.latest), number(end.earliest) + 1))
        longest |= set(range(number(start.earliest), number(end.latest) + 1))
    return len(shortest), len(longest)


def _agrees(stated: int, least: int, most: int) -> bool:
    """Whether a statement fits so many months: whole years are full ones."""
    if stated % _YEAR == 0:
        return least // _YEAR <= stated // _YEAR <= most // _YEAR
    return least <= stated <= most


def _lasting(seen: Seen, listed: tuple[Spell, ...], stated: int) -> Iterator[Reading]:
    """The spells with the start of one of them moved so that together they last as long as was stated."""
    least, most = _months(listed)
    full = stated + _YEAR - 1 if stated % _YEAR == 0 else stated
    off = stated - most if stated > most else full - least
    for at, spell in enumerate(seen.record.spells):
        start = month(number(spell.start.earliest) - off)
        if spell in listed and spell.end and number(start.first) <= number(spell.end.latest):
            yield _replaced(seen, at, spell._replace(start=VagueDate.on(start.first)))


# ------------------------------------------------------------------ states and their days


def _states(seen: Seen) -> Iterator[Against]:
    """A state that says that nothing has happened, beside the day on which it did."""
    for state in seen.prepared.states:
        day = state.day(seen.record)
        if day is None:
            continue
        value = state.read(seen.record)
        if state.denied(value):
            written = "否" if value is False else "是" if value is True else value
            heading = seen.record.row.place(state.since).heading or state.rule.since
            message = f"{state.rule.column}写的是“{written}”，却填了{heading} {day}"
            others = seen.with_(**{state.since: None}), seen.with_(**{state.name: state.happened()})
            yield Against(state.name, message, others)


def _pauses(seen: Seen) -> Iterator[Against]:
    """A suspension that ends before it begins, or of which only the end is known."""
    for start, end in seen.prepared.pauses:
        began, ended = seen.dates.get(start), seen.dates.get(end)
        if ended and not began:
            first = VagueDate.on(seen.born.day)
            yield Against(end, f"填了暂停的止期 {ended}，没有填起期", (seen.with_(**{start: first}),))
        elif began and ended and ended.latest < began.earliest:
            others = seen.with_(**{start: ended, end: began}), seen.with_(**{end: None})
            yield Against(end, f"暂停到 {ended} 止，早于起期 {began}", others)


_ARCHIVES = "请对照档案和证件，改正写错的一格。"
_APPOINTMENTS = "请对照任免文件，改正写错的一格。"
_IN_ONE_ROW = "一行里的内容应当对得上"
_BY_IDENTITY = "年龄、性别以身份证号为准"
TOLD_TWICE = Check(
    "subsidies.spells-differ",
    lambda seen: iter(()),
    "任职时间以任职经历表为准",
    "请对照任免文件，改正写错的一处。",
)
"""A cell of spells against the 任职经历 sheet, which a row alone does not show."""
CHECKS = (
    Check("subsidies.birth-differs", _birth, _BY_IDENTITY, "请核对身份证，改正写错的一格。"),
    Check("subsidies.sex-differs", _sex, _BY_IDENTITY, "请核对身份证，改正写错的一格。"),
    Check("subsidies.contradiction", _days, _IN_ONE_ROW, _ARCHIVES),
    Check("subsidies.contradiction", _death, _IN_ONE_ROW, _ARCHIVES),
    Check("subsidies.contradiction", _states, _IN_ONE_ROW, _ARCHIVES),
    Check("subsidies.contradiction", _pauses, _IN_ONE_ROW, _ARCHIVES),
    Check("subsidies.contradiction", _spells, _IN_ONE_ROW, _ARCHIVES),
    Check("subsidies.left-differs", _leaving, "离任时间以任职经历最后一段为准", _APPOINTMENTS),
    Check("subsidies.post-differs", _post, "离任职务以任职经历最后一段为准", _APPOINTMENTS),
    Check("subsidies.years-differ", _years, "任职年限以任职经历为准", _APPOINTMENTS),
)
"""Every way in which a row can say something against itself."""


class Contradictions:
    """What rows say against themselves under a policy."""

    def __init__(self, policy: PolicyFile[Subsidies], period: Period) -> None:
        self.bounds = Bounds.of(period)
        self._of = {
            id(benefit): Prepared.of(benefit, Cells(edition.fields()))
            for edition in policy.editions
            for benefit in edition.benefit
        }
        self._together: dict[tuple[int, ...], Prepared] = {}

    def of(
        self, record: Member, born: Born, verdicts: list[Verdict], dates: dict[str, VagueDate]
    ) -> Iterator[tuple[Check, Against]]:
        """Each contradiction in a row. dates: as Seen has them."""
        benefits = tuple([id(verdict.benefit) for verdict in verdicts])
        if benefits not in self._together:
            self._together[benefits] = Prepared.together(self._of[one] for one in dict.fromkeys(benefits))
        seen = Seen(record, born, verdicts, self._together[benefits], dates, self.bounds)
        for check in CHECKS:
            for found in check.find(seen):
                yield check, found
