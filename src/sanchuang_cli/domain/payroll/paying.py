"""A programme that pays, made from its scheme and its policy: what it reads, and all that it gives back."""

from collections.abc import Callable
from datetime import date
from functools import partial

from sanchuang_cli.domain.entitlement.policy import Entitlements
from sanchuang_cli.domain.payroll import figures, summary, transfer
from sanchuang_cli.domain.payroll.assessment import assessed
from sanchuang_cli.domain.payroll.changes import change_page
from sanchuang_cli.domain.payroll.explain import explained
from sanchuang_cli.domain.payroll.owed import entitled
from sanchuang_cli.domain.payroll.pages import roster_page
from sanchuang_cli.domain.payroll.scheme import Scheme
from sanchuang_cli.domain.people import Listed, Member, Paid, SpellRow
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Programme
from sanchuang_cli.record import Field, Wanted

_QUARTER = 3


def paying(
    scheme: Scheme, policy: type[Entitlements], roster: str, default_period: Callable[[date], Period]
) -> Programme:
    """The programme of a scheme. roster: what its main roster is called."""
    return Programme(
        name=scheme.name,
        reads={
            "members": Wanted(Member, roster, sheet="花名册", whole=True),
            "spells": Wanted(SpellRow, "任职经历", optional=True),
            "previous": Wanted(Paid, "上期发放花名册", optional=True, sheet="花名册", called=scheme.called),
            "screen": Wanted(Listed, "核查名单", optional=True),
        },
        policy=policy,
        run=partial(run, scheme),
        default_period=default_period,
        policy_columns=policy_columns,
        previous="previous",
        screen="screen",
        explain=partial(explained, scheme),
        entitled=partial(entitled, scheme),
    )


def run(scheme: Scheme, rosters: Rosters, policy: PolicyFile[Entitlements], occasion: Occasion) -> Outcome:
    """All pages of a period. Raises UserError when the policy lacks a figure for it."""
    assessment = assessed(scheme, rosters, policy, occasion)
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
        set_aside=tuple(
            decision.record.row for decision in assessment.decisions if decision in assessment.aside
        ),
        notices=partial(transfer.notices, assessment),
        payments=partial(transfer.payments, assessment),
    )


def last_full_quarter(today: date) -> Period:
    """The quarter before the one of `today`."""
    start = Month(today.year, (today.month - 1) // _QUARTER * _QUARTER + 1)
    return Period(start.plus(-_QUARTER), _QUARTER)


def policy_columns(edition: Entitlements) -> dict[str, tuple[Field, ...]]:
    """The columns that a document adds to the roster of people."""
    return {"members": tuple(column.field for column in edition.column)}
