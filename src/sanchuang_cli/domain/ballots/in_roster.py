"""Declares the columns of a roster that hold the figures of a vote, and takes the vote from a record."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sanchuang_cli.domain.ballots.counts import ABSTAINED, WRITTEN, YES, Ballots
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col
from sanchuang_cli.record import Field

NO = "反对"
ENTITLED, PRESENT = "应到", "实到"
HEADINGS = (ENTITLED, PRESENT, YES, NO, ABSTAINED, WRITTEN)


def columns(of: str = "", meeting: str = "") -> tuple[Field, ...]:
    """A column for each figure. of: what stands before their headings, where a row has several votes (转正应到). meeting: the
    heading that may stand above them."""
    above = (meeting, f"{meeting}票数", f"{meeting}表决") if meeting else ()
    return tuple(
        Field(of + heading, Kind.COUNT, aliases=tuple(f"{one}/{heading}" for one in above), name=of + heading)
        for heading in HEADINGS
    )


def ballots(more: Mapping[str, Any], of: str = "") -> Ballots:
    """The figures of a vote; where no written opinion is stated, none was handed in."""
    entitled, present, yes, no, abstained, written = (more.get(of + heading) for heading in HEADINGS)
    return Ballots(
        entitled=entitled,
        present=present,
        marks={YES: yes, NO: no},
        abstained=abstained,
        written=written or 0,
    )


def shown(of: str = "") -> tuple[Col, ...]:
    """The same columns on a page, beside what is printed."""
    return tuple(
        Col(
            f"vote-{of}{heading}",
            of + heading,
            Kind.COUNT,
            partial(_figure, heading=of + heading),
            detail=True,
        )
        for heading in HEADINGS
    )


def _figure(verdict: Any, heading: str) -> int | None:
    number: int | None = verdict.record.more.get(heading)
    return number
