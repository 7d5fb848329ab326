"""Works out, for every item of a catalogue, what is public, what is overdue and what comes next.

It looks at rows that are wholly understood, and at the drafts of results. A row that waits makes nothing public; the item says
that it waits.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sanchuang_cli.domain.disclosing.judging import AWAITED, UP, Published
from sanchuang_cli.domain.disclosing.policy import CataloguePolicy, Item
from sanchuang_cli.domain.disclosing.records import Announced, Publication
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.judging import At, Company, Joint, Told

LATE, SOON, NEVER, DONE, UNSURE, NONE = STATES = (
    "逾期未公开", "待公开", "尚未公开", "已公开", "台账待核实", "台账没有记",
)  # fmt: skip

NEXT = "下一次"
OF_RESULT = "发生日期取结果的判定日"


class Line(NamedTuple):
    """An item of the catalogue on the day of judgement. due: by when it must be public next. public: since when it was public
    last. lacking: where it is not."""

    item: Item
    township: str
    state: str
    due: date | None
    public: date | None = None
    lacking: tuple[str, ...] = ()
    which: str = ""
    note: str = ""
    left: int | None = None

    @property
    def responsible(self) -> str:
        """Who must act."""
        return self.item.keeper or self.township


class Todo(NamedTuple):
    """A line of the page 期限, with what deadlines.COLUMNS asks for."""

    township: str
    item: str
    what: str
    latest: date
    left: int
    state: str
    responsible: str
    basis: str
    note: str = ""
    earliest: date | None = None
    last: date | None = None


class Review(NamedTuple):
    """The lines of the catalogue, and what is to be done by when."""

    lines: list[Line]
    todos: list[Todo]


class Case(NamedTuple):
    """One event that must be made public. occurred: its day, None where nobody says it. of_result: it is the day of judgement of
    a result, since the register does not say another."""

    which: str
    occurred: date | None
    rows: Sequence[Published]
    of_result: bool = False


def together(company: Company) -> Joint:
    """A line for every item of the catalogue and whoever must make it public, what is overdue first."""
    at, rows = company.at, company.standing("register")
    told = [*_differing(company, rows), *_odd_drafts(company, rows)]
    wrong = {id(one.row) for one in told if one.row}
    rows = [one for one in rows if id(one.record.row) not in wrong]
    by_unit: dict[tuple[str, str], list[Published]] = defaultdict(list)
    for one in rows:
        by_unit[one.item.name, _unit(one.item, one.record)].append(one)
    waiting = _waiting(company, {id(one.record.row) for one in rows})
    units = {
        "county": ("",),
        "township": at.occasion.townships or tuple({unit: None for _, unit in by_unit if unit}) or ("",),
    }
    lines = [
        _noted(line, waiting[item.name, unit])
        for item in at.policy.item
        for unit in units[item.by]
        for line in _lines(item, unit, by_unit[item.name, unit], at)
    ]
    lines.sort(key=_first)
    return Joint(told=told, more=Review(lines, [*_to_publish(lines), *_to_take_down(rows, at.occasion.on)]))


def _to_publish(lines: Iterable[Line]) -> Iterator[Todo]:
    for line in lines:
        if line.due is not None and line.left is not None:
            what = f"公开：{line.item.name}{line.which}"
            state, basis = NEXT if line.state == DONE else line.state, line.item.clause
            who, item = line.responsible, line.item.name
            yield Todo(line.township, item, what, line.due, line.left, state, who, basis, line.note)


def _to_take_down(rows: Iterable[Published], on: date) -> Iterator[Todo]:
    """What hangs until a day is taken down on the next one."""
    for one in rows:
        row, item = one.record, one.item
        if one.part == UP and row.until:
            day = row.until.earliest + timedelta(1)
            what = f"取下：{item.name}{row.which}（{row.place}）"
            who = row.by or item.keeper or row.township
            yield Todo(row.township, item.name, what, day, (day - on).days, one.part, who, item.clause)


def _key(one: Published) -> str:
    """What tells the events of an item apart: its 期次, else the day on which it happened."""
    return one.record.which or str(one.record.occurred or "")


def _differing(company: Company, rows: Iterable[Published]) -> Iterator[Told]:
    """The rows of one event that do not agree on its day."""
    together: dict[tuple[str, str, str], list[Published]] = defaultdict(list)
    for one in rows:
        if one.record.which and one.record.occurred and one.item.within_days:
            together[one.item.name, _unit(one.item, one.record), one.record.which].append(one)
    for own in together.values():
        days = sorted({str(one.record.occurred) for one in own})
        if len(days) > 1:
            said = f"{own[0].item.name}{own[0].record.which}的发生日期有 {'、'.join(days)}"
            for one in own:
                place = one.record.row.place("occurred")
                yield Told(company.at.doubts.at("events-differ", place, said), one.record.row)


def _odd_drafts(company: Company, rows: Iterable[Published]) -> Iterator[Told]:
    """The drafts that no item of the catalogue asks for, and rows that may mean several drafts of one period."""
    drafts = company.at.rosters["drafts"].records
    for draft in drafts:
        if not any(item.asks_for(draft.programme, draft.name) for item in company.at.policy.item):
            said = f"{draft.name}（{draft.title}）不在公开目录里"
            yield company.told("draft-unlisted", draft.row, "name", said)
    for one in rows:
        meant = [
            draft for draft in _asked(one.item, drafts) if one.record.which in (draft.which, draft.title)
        ]
        if len(meant) > 1:
            said = f"“{one.record.which}”有 {len(meant)} 份公示稿：{'、'.join(draft.name for draft in meant)}"
            yield company.told("which-unclear", one.record.row, "which", said)


def _unit(item: Item, row: Publication) -> str:
    return row.township if item.by == "township" else ""


def _first(line: Line) -> tuple[int, date]:
    return (0 if line.state == LATE else 1 if line.due else 2), line.due or date.max


def _noted(line: Line, waiting: int) -> Line:
    """The line with what the register says of it that waits. Where nothing else is known, nothing is concluded."""
    if not waiting:
        return line
    note = "；".join(filter(None, (line.note, f"台账另有 {waiting} 行待核实，没有算作公开")))
    return line._replace(note=note, state=UNSURE if line.state == NONE else line.state)


def _waiting(company: Company, used: set[int]) -> dict[tuple[str, str], int]:
    """How many rows of the register name an item and are not used, by item and by who must make it public."""
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for one in company.judged["register"]:
        item = company.at.policy.named(one.record.name)
        if item and id(one.record.row) not in used:
            counted[item.name, _unit(item, one.record)] += 1
    return counted


def _lines(item: Item, unit: str, rows: Sequence[Published], at: At[CataloguePolicy]) -> Iterator[Line]:
    """The lines of one item of one township: of an event one for each that is not public yet, else one."""
    on = at.occasion.on
    if item.within_days is None:
        yield _regular(item, unit, rows, at)
        return
    cases = _cases(item, rows, at.rosters["drafts"].records)
    lines = [(case, _of_case(item, unit, case, on)) for case in cases]
    opened = [line for _, line in lines if line.state != DONE]
    # Of several that were public last on one day, the latest to happen is told: not what the order of the rows makes first.
    last = max(
        (pair for pair in lines if pair[1].state == DONE),
        key=lambda pair: (pair[1].public or date.min, pair[0].occurred or date.min, pair[0].which),
        default=None,
    )
    done = last[1] if last else Line(item, unit, NONE, None)
    yield from opened or [done]


def _regular(item: Item, unit: str, rows: Sequence[Published], at: At[CataloguePolicy]) -> Line:
    """The line of what is standing, or comes again every so many months; counted from the catalogue's own day until the first
    time."""
    on, dues, last = at.occasion.on, {}, None
    for place in item.places:
        days = [day for one in rows if place in one.places and (day := one.day)]
        last = max((*days, *filter(None, [last])), default=None)
        if item.every_months:
            dues[place] = months_after(max(days, default=at.policy.effective), item.every_months)
        elif not any(place in one.places and one.part == UP for one in rows):
            dues[place] = max(
                (one.record.down.earliest for one in rows if place in one.places and one.record.down),
                default=at.policy.effective,
            )
    due = min(dues.values(), default=None)
    lacking = tuple(
        place
        for place, day in dues.items()
        if day < on or not any(place in one.places and one.day for one in rows)
    )
    state = LATE if due and due < on else DONE if not lacking else NEVER
    return _counted(Line(item, unit, state, due, last, lacking), on)


def _asked(item: Item, drafts: Iterable[Announced]) -> list[Announced]:
    return [draft for draft in drafts if item.asks_for(draft.programme, draft.name)]


def _cases(item: Item, rows: Sequence[Published], drafts: Iterable[Announced]) -> list[Case]:
    """The events of an item: what the register says, and the drafts of results, which have come too."""
    named = dict(_labelled(_asked(item, drafts)))
    by_which: dict[str, list[Published]] = defaultdict(list)
    labels = {word: label for label, (_, words) in named.items() for word in words}
    for one in rows:
        by_which[labels.get(one.record.which, _key(one))].append(one)
    cases = []
    for which in dict.fromkeys((*by_which, *named)):
        told = [one.record.occurred.earliest for one in by_which[which] if one.record.occurred]
        judged = named[which][0].occurred.earliest if which in named else None
        cases.append(Case(which, max(told, default=judged), by_which[which], not told and judged is not None))
    return cases


def _labelled(drafts: Sequence[Announced]) -> Iterator[tuple[str, tuple[Announced, tuple[str, ...]]]]:
    """What each draft is called, and the words that mean it in the register: its period, where no other draft has the same."""
    periods = Counter(draft.which for draft in drafts)
    for draft in drafts:
        whole = tuple(
            f"{draft.name}{gap}{period}" for gap in ("", " ") for period in (draft.which, draft.title)
        )
        alone = periods[draft.which] == 1
        words = (*whole, draft.which, draft.title) if alone else whole
        yield (draft.which if alone else whole[0]), (draft, words)


def _of_case(item: Item, unit: str, case: Case, on: date) -> Line:
    """The line of one event."""
    assert item.within_days, "only what follows an event has cases"
    due = item.term(item.within_days).end(case.occurred) if case.occurred else None
    first = {
        place: min((day for one in case.rows if place in one.places and (day := one.day)), default=None)
        for place in item.places
    }
    lacking = (*(place for place, day in first.items() if day is None), *_unposted(case.rows))
    days = [day for day in first.values() if day]
    last = max(days, default=None)
    if lacking:
        state, note = LATE if due and due < on else SOON, OF_RESULT if case.of_result else ""
        return _counted(Line(item, unit, state, due, last, lacking, case.which, note), on)
    return Line(item, unit, DONE, None, last, (), case.which, _in_time(due, last))


def _unposted(rows: Sequence[Published]) -> Iterator[str]:
    """The townships that are to post it, by the register, and have not."""
    done = {one.record.township for one in rows if one.day}
    waiting = dict.fromkeys(one.record.township for one in rows if one.part == AWAITED)
    yield from (township for township in waiting if township and township not in done)


def _in_time(due: date | None, public: date | None) -> str:
    """What is to be said of when it was made public; "" where that was in time."""
    if due is None:
        return "没有写发生日期，是否按时不知道"
    return f"晚了 {(public - due).days} 天" if public and public > due else ""


def _counted(line: Line, on: date) -> Line:
    return line._replace(left=(line.due - on).days if line.due else None)
