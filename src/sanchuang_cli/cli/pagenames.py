"""Which pages there are: a county.toml that chooses the columns of a page that nobody prints has a slip of the pen."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

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
    """A note on each page that the county chooses columns of and that no programme prints."""
    own = {table.name for table in run.outcome.tables}
    missing = [name for name in run.printing.columns if name not in own]
    known = own | page_names({run.name: run.policy}) if missing else own
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
    """Of all pages that any programme may print, under the policies that are given by its name, else the shipped one."""
    found = {_OF_THE_LEDGER}
    for one in PROGRAMMES:
        programme = one.load()
        policy = policies.get(one.name) or load(programme.policy, *source(one.name, None))
        found |= set(_printed(programme, policy))
    return found


def _printed(programme: Programme, policy: PolicyFile[Any]) -> Iterator[str]:
    """As it judges empty rosters after an empty last period, with what is printed only where there is anything."""
    period = programme.default_period(date.today())
    period = period if policy.during(period) else type(period).year(policy.editions[-1].effective.year + 1)
    rosters = {name: Roster[Any]() for name in programme.reads if name != SCREEN}
    if PREVIOUS in rosters:
        rosters[PREVIOUS] = Roster(origin=Origin("", period.before(), policy.sha256, policy.marks))
    outcome = programme.run(rosters, policy, Occasion(period, period.last))
    yield from (table.name for table in outcome.tables)
    yield from () if callable(programme.pages) else (getattr(one, "name", "") for one in programme.pages)
    if isinstance(programme.previous, Last):
        yield programme.previous.name
