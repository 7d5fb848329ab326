"""Finds page names in county.toml that no programme prints; it reads policies only."""

from collections.abc import Iterator, Mapping
from typing import Any

from sanchuang_cli.cli import clock
from sanchuang_cli.comparing import Last
from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.policy import PolicyFile, load, source
from sanchuang_cli.policy_errors import meant
from sanchuang_cli.programme import PREVIOUS, SCREEN, Programme
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.record import Origin, Roster
from sanchuang_cli.report.run import Run

_OF_THE_LEDGER = "台账比较"


def unknown_pages(run: Run) -> Iterator[Finding]:
    """A note on each page of county.toml that no programme prints, for it is probably misspelt."""
    printed = {table.name for table in run.outcome.tables}
    missing = [name for name in run.printing.columns if name not in printed]
    known = printed | page_names({run.name: run.policy}) if missing else printed
    for name in missing:
        if name not in known:
            yield Finding(
                "run.no-such-page",
                Severity.NOTE,
                f"县的设置里 [[page]] 的“{name}”没有这一页{meant(name, sorted(known))}，没有用上",
                Place("county.toml"),
                "[[page]] 的 name 是结果里工作表的名称",
                "照工作表的名称改；是别的程序按本县政策印的页，不用改",
            )


def page_names(policies: Mapping[str, PolicyFile[Any]]) -> set[str]:
    """The names of all pages. policies: by programme; for the others the policy that comes with the program is used."""
    names = {_OF_THE_LEDGER}
    for entry in PROGRAMMES:
        programme = entry.load()
        policy = policies.get(entry.name) or load(programme.policy, *source(entry.name, None))
        names |= set(_printed(programme, policy))
    return names


def _printed(programme: Programme, policy: PolicyFile[Any]) -> Iterator[str]:
    """The pages of one programme: those of a run on empty rosters, and those that are printed only where they have rows.

    Which pages there are follows from the policy. A run on empty rosters is the one way to ask for all of them.
    """
    period = programme.default_period(clock.today())
    period = period if policy.during(period) else type(period).year(policy.editions[-1].effective.year + 1)
    rosters = {name: Roster[Any]() for name in programme.reads if name != SCREEN}
    if PREVIOUS in rosters:
        rosters[PREVIOUS] = Roster(origin=Origin("", period.before(), policy.sha256, policy.marks))
    outcome = programme.run(rosters, policy, Occasion(period, period.last))
    yield from (table.name for table in outcome.tables)
    yield from () if callable(programme.pages) else (getattr(page, "name", "") for page in programme.pages)
    if isinstance(programme.previous, Last):
        yield programme.previous.name
