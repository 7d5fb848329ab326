"""Dates, editions and judged steps for the tests of a process."""

from datetime import date

from sanchuang_cli.domain.process.verdict import Check, JudgedStep
from tests.domain.process.development import (
    TIMETABLE,
    record,
)

ON = date(2026, 6, 2)


def judged(name: str, on: date = ON, **dates: str) -> JudgedStep:
    return TIMETABLE.judged(record(dates), on)[name]


def only(one: JudgedStep, kind: str) -> Check:
    (found,) = (check for check in one.checks if check.kind == kind)
    return found
