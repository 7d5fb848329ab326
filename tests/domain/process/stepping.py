"""Dates, editions and judged steps for the tests of a process."""

from collections.abc import Mapping
from datetime import date

from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.domain.process.verdict import Check, JudgedStep
from sanchuang_cli.period import VagueDate
from tests.domain.process.development import (
    TIMETABLE,
    record,
)

ON = date(2026, 6, 2)
LONG_AFTER = date(2030, 1, 1)
"""By this day every step of the worked cases is over or overdue."""

EXACT = VagueDate.on


def judged(name: str, on: date = ON, **dates: str) -> JudgedStep:
    return TIMETABLE.judged(record(dates), on)[name]


def only(one: JudgedStep, kind: str) -> Check:
    (found,) = (check for check in one.checks if check.kind == kind)
    return found


def step(
    name: str,
    dates: Mapping[str, str] | None = None,
    on: date = LONG_AFTER,
    table: Timetable = TIMETABLE,
    **more: str,
) -> JudgedStep:
    return table.judged(record(dates, **more), on)[name]


def check(judged: JudgedStep, kind: str, after: str = "") -> Check:
    (found,) = (one for one in judged.checks if one.kind == kind and after in ("", one.after))
    return found
