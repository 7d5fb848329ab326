"""Makes a whole programme from a scheme and a policy: the rosters it reads, its pages, bank lists, notices and papers."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from sanchuang_cli.domain.entitlement import row_troubles
from sanchuang_cli.domain.entitlement.decisions import PAID, REFUSED
from sanchuang_cli.domain.entitlement.lint_roster import LINTS
from sanchuang_cli.domain.entitlement.policy import Entitlements
from sanchuang_cli.domain.payroll import doubts, explain, figures, summary, transfer
from sanchuang_cli.domain.payroll.change_pages import balance_page, change_page
from sanchuang_cli.domain.payroll.changes import Compared
from sanchuang_cli.domain.payroll.company import place
from sanchuang_cli.domain.payroll.contrasted import COMPARES
from sanchuang_cli.domain.payroll.front import front
from sanchuang_cli.domain.payroll.months_due import entitled
from sanchuang_cli.domain.payroll.pages import roster_page
from sanchuang_cli.domain.payroll.papers import papers
from sanchuang_cli.domain.payroll.scheme import Scheme
from sanchuang_cli.domain.payroll.together import Payroll, judged, ready, together
from sanchuang_cli.domain.people import WHO, Member, Paid, ScreenedPerson, SpellRow
from sanchuang_cli.finding import Doubts
from sanchuang_cli.judging import Whole
from sanchuang_cli.page import Page
from sanchuang_cli.period import Month, Period
from sanchuang_cli.programme import Explains, Main, Programme
from sanchuang_cli.record import Asks, Field, Wanted

_QUARTER = 3
_PAID_TO = {"bank": Asks(), "account": Asks(), "remarks": Asks(rare=True)}
"""The columns on payment that every blank roster has."""


def paying(
    scheme: Scheme, policy: type[Entitlements], roster: str, default_period: Callable[[date], Period]
) -> Programme:
    """The programme of a scheme. roster: the name of its main roster, in Chinese."""
    wanted = Wanted(Member, roster, sheet="花名册", whole=True)
    last = Wanted(Paid, "上期发放花名册", optional=True, sheet="花名册", called=scheme.called)
    return Programme(
        name=scheme.name,
        policy=policy,
        default_period=default_period,
        mains={"members": Main(wanted, judged, (PAID, REFUSED), order=place)},
        serving={"spells": Wanted(SpellRow, "任职经历", optional=True)},
        looks_itself=("spells",),
        previous=last,
        screen=Wanted(ScreenedPerson, "核查名单", optional=True),
        policy_columns=policy_columns,
        asks=asks,
        by_month=True,
        doubts=Doubts({**row_troubles.DOUBTS, **doubts.DOUBTS}),
        ready=partial(ready, scheme),
        together=partial(together, scheme),
        who=WHO,
        pages=pages,
        front=front,
        terminal_pages=terminal_pages,
        notices=transfer.notices,
        payments=transfer.payments,
        papers=papers,
        explains=Explains(explain.outcome, explain.pages, aside="不发放"),
        compares=COMPARES,
        lints=LINTS,
        owes=entitled,
    )


def pages(whole: Whole) -> Iterator[Page]:
    """All pages of a period."""
    payroll: Payroll = whole.more
    yield from (roster_page(payroll, benefit) for benefit in payroll.benefits)
    yield summary.township_page(payroll)
    yield summary.tier_page(payroll)
    yield figures.age_page(payroll)
    if payroll.before:
        yield figures.comparison_page(payroll)
    yield summary.refusal_page(payroll)
    if payroll.before:
        compared = Compared(whole)
        yield balance_page(compared)
        yield change_page(compared)
    yield summary.without_account_page(payroll)


def terminal_pages(whole: Whole) -> tuple[Page, ...]:
    """What the terminal shows: people and money by benefit, and by township."""
    return summary.benefits_in_brief(whole.more), summary.townships_in_brief(whole.more)


def last_full_quarter(today: date) -> Period:
    """The quarter before the one that `today` lies in."""
    start = Month(today.year, (today.month - 1) // _QUARTER * _QUARTER + 1)
    return Period(start.plus(-_QUARTER), _QUARTER)


def policy_columns(edition: Entitlements) -> dict[str, tuple[Field, ...]]:
    """The columns that a document adds to the roster of people."""
    return {"members": tuple(column.field for column in edition.column)}


def asks(edition: Entitlements) -> dict[str, dict[str, Asks]]:
    """The columns of a blank roster: the person, what the document asks about, and where the money goes."""
    looked_at = edition.asked()
    posts = Asks(edition.posts)
    if "post" in looked_at:
        looked_at["post"] = posts
    plain = [*WHO, *(field.name for field in SpellRow.declared())]
    return {
        "members": {**dict.fromkeys(WHO, Asks()), **looked_at, **_PAID_TO},
        "spells": {**dict.fromkeys(plain, Asks()), "post": posts},
    }
