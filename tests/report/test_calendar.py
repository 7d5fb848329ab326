"""The day of an event in a calendar of deadlines."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from sanchuang_cli.period import VagueDate
from sanchuang_cli.report import calendar
from sanchuang_cli.table import Column, Table

NAMES = ("matter", "what", "name", "township", "village", "latest", "who", "basis")
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def first_day(latest: VagueDate, folder: Path) -> date:
    """The day of the event of a deadline, as it stands in the file."""
    row = tuple("" if name != "latest" else str(latest) for name in NAMES)
    table = Table("到期一览", "到期一览", tuple(Column(name, name) for name in NAMES), (row,))
    calendar.write(folder / "期限.ics", table, date(2026, 11, 28), 7)
    (event,) = Calendar.from_ical((folder / "期限.ics").read_bytes()).walk("VEVENT")
    day = event.decoded("dtstart")
    assert isinstance(day, date)
    return day


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DAYS, DAYS)
def test_a_deadline_known_only_in_part_stands_on_its_first_day(
    tmp_path: Path, one: date, other: date
) -> None:
    assert first_day(VagueDate(min(one, other), max(one, other)), tmp_path) == min(one, other)


@pytest.mark.parametrize("latest", [VagueDate.within(2026), VagueDate.within(2026, 8)])
def test_a_month_or_a_year_begins_with_its_first_day(latest: VagueDate, tmp_path: Path) -> None:
    assert first_day(latest, tmp_path) == latest.earliest
