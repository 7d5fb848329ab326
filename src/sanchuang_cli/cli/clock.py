"""Tells what day it is. It reads the clock, or gives the day that a run of the night, or one that is made again, was told."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import date

_stopped: ContextVar[date | None] = ContextVar("stopped", default=None)


def today() -> date:
    """Today, or the day on which the clock was stopped."""
    return _stopped.get() or date.today()


@contextlib.contextmanager
def stopped_on(day: date) -> Iterator[None]:
    """Let it be one day until the end, also past midnight: a job and its result made again later see the same day."""
    before = _stopped.set(day)
    try:
        yield
    finally:
        _stopped.reset(before)
