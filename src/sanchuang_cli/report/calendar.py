"""Writes a list of deadlines as an .ics file, which calendars of computers and telephones import.

It may look only at a table. Every line is an event of a whole day with a reminder. The same deadline keeps its number, so a
new file replaces what an older one said. No number of a person is in it, and no time of day: the same table gives the same
bytes.
"""

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from sanchuang_cli.front import Line, lines
from sanchuang_cli.report.publishing import scrubbed
from sanchuang_cli.table import Table

_KEY = ("matter", "township", "village", "name", "what")


def write(target: Path, table: Table, made_on: date, days_before: int) -> None:
    """Write the lines of a table with the columns matter, what, name, township, village, latest, who and basis.

    made_on: the day of judgement, the stamp of every event. days_before: when the calendar reminds. Raises OSError.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//sanchuang//due//ZH")
    calendar.add("version", "2.0")
    nth: Counter[tuple[str, ...]] = Counter()
    for line in lines(table):
        key = tuple(str(line[name] or "") for name in _KEY)
        calendar.add_component(_event(line, _number(key, nth[key]), made_on, days_before))
        nth[key] += 1
    target.write_bytes(calendar.to_ical())


def _event(line: Line, number: str, made_on: date, days_before: int) -> Event:
    event = Event()
    title = scrubbed(f"{line['what']} {line['name'] or line['village'] or ''}".strip())
    day = date.fromisoformat(_first_day(str(line["latest"])))
    event.add("uid", f"{number}@sanchuang")
    event.add("dtstamp", datetime.combine(made_on, time(), UTC))
    event.add("dtstart", day)
    event.add("summary", title)
    where = (line["matter"], line["township"], line["village"], line["who"], line["basis"])
    event.add("description", scrubbed("；".join(str(said) for said in where if said)))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-days_before))
    event.add_component(alarm)
    return event


def _first_day(written: str) -> str:
    """The first day of what may be a month, a year or the time between two days only: 2026-08 is 2026-08-01."""
    parts = re.findall(r"\d+", written)
    return "-".join((*parts, "01", "01")[:3])


def _number(key: tuple[str, ...], nth: int) -> str:
    """What tells the deadline apart from all others and stays with it. Several that say the same are counted."""
    return sha256("\0".join((*key, str(nth))).encode()).hexdigest()[:20]
