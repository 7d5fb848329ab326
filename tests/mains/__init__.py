"""A programme made for tests that has two main rosters, those who are helped and those who help. It is not shipped.

`python -m tests.mains WORDS…` is `sanchuang WORDS…` with it.
"""

import sys
from types import ModuleType
from typing import Annotated, Any

from sanchuang_cli import programmes
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Period
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.programme import Explained, Occasion, Outcome, Programme, Rosters, Subject, Tally, filed
from sanchuang_cli.programmes import Listed
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.table import Column, Table


class Helped(Record, frozen=True, kw_only=True):
    """Somebody who is helped."""

    township: Annotated[str, Field("乡镇", from_sender=True)] = ""
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    hardship: Annotated[str, Field("困难程度")] = ""
    phone: Annotated[str, Field("联系电话", Kind.PHONE)] = ""


class Helper(Record, frozen=True, kw_only=True):
    """Somebody who helps."""

    township: Annotated[str, Field("乡镇", from_sender=True)] = ""
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    unit: Annotated[str, Field("帮扶单位")] = ""


class Visit(Record, frozen=True, kw_only=True):
    """A visit, beside them."""

    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    what: Annotated[str, Field("走访内容", required=True)]


class Paired(Policy):
    """Nothing that it could say otherwise."""


HELPED, HELPERS = Wanted(Helped, "困难党员名册"), Wanted(Helper, "帮扶人名册")
MAINS: dict[str, Wanted[Any]] = {"helped": HELPED, "helpers": HELPERS}
COLUMNS = (Column("township", "乡镇"), Column("name", "姓名", Kind.NAME))


def run(rosters: Rosters, policies: PolicyFile[Paired], occasion: Occasion) -> Outcome:
    """A page for each main roster: its people, by township."""
    rosters = {name: rosters[name] for name in MAINS}
    tallies = [filed(one, {"列入": [r.row for r in one.records]}, (), ()) for one in rosters.values()]
    parts = (("列入", sum(one.used for one in tallies)),)
    whole = Tally(sum(one.read for one in tallies), parts, sum(one.set_aside for one in tallies))
    pages = tuple(page(MAINS[name].title, list(one.records), occasion) for name, one in rosters.items())
    return Outcome(pages, (), whole)


def page(title: str, people: list[Any], occasion: Occasion) -> Table:
    """One page."""
    people.sort(key=lambda one: (occasion.rank(one.township), one.name))
    return Table(title, title, COLUMNS, [(one.township, one.name) for one in people])


def explained(rosters: Rosters, policies: PolicyFile[Paired], occasion: Occasion) -> Explained:
    """Everybody of both."""
    people = [one for name in MAINS for one in rosters[name].records]
    subjects = (
        Subject(one.row, one.name, one.identity, (one.township,), "列入", lambda: ()) for one in people
    )
    return Explained(tuple(subjects), ())


PROGRAMME = Programme(
    name="pairs",
    reads={**MAINS, "visits": Wanted(Visit, "走访记录", optional=True)},
    mains=tuple(MAINS),
    policy=Paired,
    run=run,
    default_period=lambda today: Period.year(today.year),
    explain=explained,
)


def register() -> None:
    """Put it beside those that are shipped, in this process; before the command line is imported."""
    one = Listed("pairs", "结对帮扶", "结对帮扶", "helped", frozenset(), "收件", "this-year")
    programmes.PROGRAMMES = (*programmes.PROGRAMMES, one)  # type: ignore[assignment]
    module = ModuleType("sanchuang_cli.programmes.pairs")
    module.PROGRAMME = PROGRAMME  # type: ignore[attr-defined]
    sys.modules[module.__name__] = module
