"""Subsidies: who is owed what, exactly, and why. From a roster of members and former cadres to payable lists.

Every yuan names its clause; every row that was read is paid, refused, or set aside.
"""

from datetime import date
from functools import partial

from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Occasion, Outcome, Programme, Rosters
from sanchuang_cli.programmes.subsidies import figures, summary, transfer
from sanchuang_cli.programmes.subsidies.assessment import assessed
from sanchuang_cli.programmes.subsidies.changes import change_page
from sanchuang_cli.programmes.subsidies.explain import explained
from sanchuang_cli.programmes.subsidies.owed import entitled
from sanchuang_cli.programmes.subsidies.pages import roster_page
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.programmes.subsidies.records import Listed, Member, Paid, SpellRow
from sanchuang_cli.record import Field, Wanted

_QUARTER = 3


def run(rosters: Rosters, policy: PolicyFile[Subsidies], occasion: Occasion) -> Outcome:
    """All pages of a period. Raises UserError when the policy lacks a figure for it."""
    assessment = assessed(rosters, policy, occasion)
    changes, comparison = change_page(assessment), figures.comparison_page(assessment)
    pages = [roster_page(assessment, benefit) for benefit in assessment.benefits]
    townships = summary.township_page(assessment)
    assert sum(sum(row[page.index("amount")] for row in page.rows) for page in pages) == assessment.fen
    return Outcome(
        tables=(
            *pages,
            townships,
            summary.tier_page(assessment),
            figures.age_page(assessment),
            *((comparison,) if comparison else ()),
            summary.refusal_page(assessment),
            *((changes,) if changes else ()),
            summary.without_account_page(assessment),
        ),
        findings=assessment.findings,
        tally=assessment.tally,
        screen=summary.screen(assessment, townships),
        set_aside=tuple(decision.record.row for decision in assessment.decisions if decision.set_aside),
        notices=partial(transfer.notices, assessment),
        payments=partial(transfer.payments, assessment),
    )


def last_full_quarter(today: date) -> Period:
    start = Month(today.year, (today.month - 1) // _QUARTER * _QUARTER + 1)
    return Period(start.plus(-_QUARTER), _QUARTER)


def policy_columns(edition: Subsidies) -> dict[str, tuple[Field, ...]]:
    """The columns that a document adds to the roster of people."""
    return {"members": tuple(column.field for column in edition.column)}


PROGRAMME = Programme(
    name="subsidies",
    reads={
        "members": Wanted(Member, "党员和离任村干部名册", sheet="花名册", whole=True),
        "spells": Wanted(SpellRow, "任职经历", optional=True),
        "previous": Wanted(Paid, "上期发放花名册", optional=True, sheet="花名册"),
        "screen": Wanted(Listed, "核查名单", optional=True),
    },
    policy=Subsidies,
    run=run,
    default_period=last_full_quarter,
    policy_columns=policy_columns,
    previous="previous",
    screen="screen",
    explain=explained,
    entitled=entitled,
)
