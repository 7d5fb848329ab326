"""Random processes and records: the package beside the oracle, in years whose holidays no public calendar tells."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.process.days import Dated
from sanchuang_cli.domain.process.nodes import Process
from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.domain.process.verdict import StepState
from sanchuang_cli.period import Month, VagueDate
from tests.oracle import process as oracle

NAMES = tuple("甲乙丙丁戊")
BEGIN = date(2031, 1, 1)
DAYS = st.integers(0, 700).map(lambda n: BEGIN + timedelta(n))
Draw = Callable[[st.SearchStrategy[Any]], Any]


def span(draw: Draw, most: int = 14) -> oracle.Span:
    unit = draw(st.sampled_from(("months", "months", "days", "working_days")))
    if unit == "months":
        plus = draw(st.integers(0, 5)) == 0
        return oracle.Span(draw(st.integers(0, most)), unit, draw(st.booleans()), plus)
    return oracle.Span(draw(st.integers(1, 3 * most)), unit, draw(st.booleans()))


def exempt(draw: Draw) -> tuple[date, date] | None:
    if draw(st.integers(0, 3)):
        return None
    first = draw(DAYS)
    return first, first + timedelta(draw(st.integers(0, 200)))


def limit(draw: Draw, after: str) -> oracle.Limit:
    kind = draw(st.sampled_from(("deadline", "earliest", "window")))
    if kind == "earliest":
        return oracle.Limit(kind, after, opens=span(draw), exempt=exempt(draw))
    first = span(draw, 8)
    longer = oracle.Span(first.amount + draw(st.integers(1, 9)), first.unit, first.flag, first.plus)
    if kind == "window":
        return oracle.Limit(kind, after, opens=first, closes=longer, exempt=exempt(draw))
    return oracle.Limit(
        kind, after, closes=first, at_most=draw(st.sampled_from((None, longer))), exempt=exempt(draw)
    )


def step(draw: Draw, place: int, falls_after: str | None) -> oracle.Step:
    before = NAMES[:place]
    after = tuple(draw(st.lists(st.sampled_from(before), max_size=2, unique=True))) if before else ()
    bases = draw(st.lists(st.sampled_from(before), max_size=2, unique=True)) if before else []
    limits = tuple(limit(draw, one) for one in bases)
    falls = oracle.Limit("falls", falls_after, opens=span(draw), exempt=exempt(draw)) if falls_after else None
    kind = draw(st.sampled_from(("plain", "plain", "by hand", "optional")))
    by_hand, optional = kind == "by hand" and not falls, kind == "optional"
    longer = draw(st.booleans())
    return oracle.Step(NAMES[place], after, limits, falls, longer, by_hand, optional)


@st.composite
def rules(draw: Draw) -> list[oracle.Rules]:
    """One or two editions over the same steps; the second may let a step fall by itself as the first does, or not."""
    since = sorted({date(2030, 6, 1) if draw(st.booleans()) else draw(DAYS), draw(DAYS)})
    falling = draw(st.sampled_from((None, 1, 2, 3)))
    base = NAMES[draw(st.integers(0, falling - 1))] if falling else ""
    made = []
    for day in since:
        falls = base if draw(st.integers(0, 3)) else ""
        steps = [step(draw, n, falls if n == falling and falls else None) for n in range(len(NAMES))]
        holidays = tuple(draw(st.lists(DAYS, max_size=5)))
        made.append(oracle.Rules(day, tuple(steps), holidays))
    return made


def written(draw: Draw) -> tuple[date, date]:
    day = draw(DAYS)
    precision = draw(st.sampled_from(("day", "day", "day", "month", "month", "half")))
    if precision == "day":
        return day, day
    month = Month.of(day)
    return month.first, (month if precision == "month" else month.plus(draw(st.integers(1, 5)))).last


@st.composite
def people(draw: Draw) -> oracle.Person:
    dates: dict[str, tuple[date, date] | None] = {}
    unread = set()
    for name in NAMES:
        cell = draw(st.sampled_from(("date", "date", "date", "date", "blank", "absent", "unread")))
        if cell == "date":
            dates[name] = written(draw)
        elif cell == "blank":
            dates[name] = None
        elif cell == "unread":
            unread.add(name)
    if draw(st.integers(0, 9)) == 0:
        unread.add("months")
    return oracle.Person(dates, frozenset(unread), draw(st.sampled_from((None, 1, 7))))


def length(one: oracle.Span) -> dict[str, Any]:
    if one.unit == "months":
        more = {"plus": ["months"]} if one.plus else {}
        return {"months": one.amount, "month_end": "next_day" if one.flag else "last_day"} | more
    return {one.unit: one.amount, "first_day": "counted" if one.flag else "not-counted"}


def stretch(one: oracle.Limit) -> dict[str, Any]:
    return {"exempt": [{"first": one.exempt[0], "last": one.exempt[1]}]} if one.exempt else {}


def block(one: oracle.Limit) -> dict[str, Any]:
    said = {"kind": one.kind, "after": one.after, "clause": "第一条"} | stretch(one)
    keys = {
        "deadline": ("", "within", "at_most"),
        "earliest": ("wait", "", ""),
        "window": ("opens", "closes", ""),
    }
    spans = zip(keys[one.kind], (one.opens, one.closes, one.at_most), strict=True)
    return said | {key: length(span) for key, span in spans if span}


def node(one: oracle.Step) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": one.name,
        "after": list(one.after),
        "limits": [block(each) for each in one.limits],
        "by_hand": one.by_hand,
        "optional": one.optional,
    }
    if one.falls and one.falls.opens:
        fall = {"after": one.falls.after, "clause": "第二条", "length": length(one.falls.opens)}
        said["falls"] = [fall | {"longer": one.longer} | stretch(one.falls)]
    return said


def editions(made: list[oracle.Rules], backwards: bool = False) -> list[tuple[date, Process]]:
    order = -1 if backwards else 1
    return [
        (
            one.since,
            Process.model_validate(
                {
                    "nodes": [node(step) for step in one.steps][::order],
                    "numbers": ["months"],
                    "holidays": one.holidays,
                }
            ),
        )
        for one in made
    ]


def dated(person: oracle.Person) -> Dated:
    dates = {name: VagueDate(*days) if days else None for name, days in person.dates.items()}
    return Dated(dates, {"months": person.months}, person.unread)


@given(rules(), people(), DAYS)
def test_every_step_and_every_check_is_what_the_oracle_says(
    made: list[oracle.Rules], person: oracle.Person, on: date
) -> None:
    judged = Timetable(editions(made)).judged(dated(person), on)
    case = oracle.Case(made, person, on)
    for name, ours in judged.items():
        theirs = case.judged(name)
        said = {(one.kind, one.after): str(one.state) for one in ours.checks if one.kind != "missing"}
        if ours.derived:
            del said["falls", next(one.after for one in ours.checks if one.kind == "falls")]
        assert (name, str(ours.state), ours.day) == (name, theirs.state, theirs.days)
        assert said == {key: state for key, (state, _) in theirs.checks.items()}, name


@given(rules(), people(), DAYS)
def test_the_order_of_steps_in_the_file_makes_no_difference(
    made: list[oracle.Rules], person: oracle.Person, on: date
) -> None:
    def told(backwards: bool) -> Any:
        judged = Timetable(editions(made, backwards)).judged(dated(person), on)
        return {name: one._replace(checks=tuple(sorted(one.checks, key=str))) for name, one in judged.items()}

    assert told(backwards=False) == told(backwards=True)


@given(rules(), people(), DAYS, st.integers(1, 400), st.sampled_from(NAMES))
def test_a_later_deed_never_turns_late_into_on_time(
    made: list[oracle.Rules], person: oracle.Person, on: date, days: int, name: str
) -> None:
    """Under one set of rules, a step done later by so many days is late where it was late, by as many days more."""
    on, done = on + timedelta(1200), person.dates.get(name)
    if not done:
        return
    later = (done[0] + timedelta(days), done[1] + timedelta(days))
    moved = oracle.Person({**person.dates, name: later}, person.unread, person.months)
    table = Timetable(editions(made[:1]))
    before, after = (table.judged(dated(one), on)[name] for one in (person, moved))
    found = {(one.kind, one.after): one for one in after.checks}
    for one in before.checks:
        if one.state is StepState.LATE:
            now = found[one.kind, one.after]
            assert now.state is StepState.LATE
            assert now.days == (one.days[0] + days, one.days[1] + days)


@given(rules(), people(), DAYS, st.integers(1, 400))
def test_what_is_overdue_stays_overdue_as_days_pass(
    made: list[oracle.Rules], person: oracle.Person, on: date, days: int
) -> None:
    table = Timetable(editions(made[:1]))
    on = on + timedelta(1200)
    before, after = (table.judged(dated(person), day) for day in (on, on + timedelta(days)))
    for name, one in before.items():
        if one.state is StepState.OVERDUE:
            assert after[name].state is StepState.OVERDUE


@given(rules(), people(), DAYS)
def test_what_falls_due_is_not_done_and_lies_by_its_day(
    made: list[oracle.Rules], person: oracle.Person, on: date
) -> None:
    table = Timetable(editions(made))
    judged = table.judged(dated(person), on)
    items = table.deadlines(dated(person), on)
    assert [one.day for one in items] == sorted(one.day for one in items)
    assert len({one.step for one in items}) == len(items)
    for one in items:
        if one.ends:
            assert one.day == judged[one.step].day
            assert one.day.latest >= on
        else:
            assert judged[one.step].day is None
            if one.state in (StepState.OVERDUE, StepState.STRETCHED):
                assert (one.day.latest < on) == (one.left(on)[1] < 0)
            if one.state is StepState.NOT_DUE:
                assert one.day.earliest >= on
