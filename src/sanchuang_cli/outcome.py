"""Holds what a run is asked and what it returns: pages, findings, payees. These are plain values for writers
and the ledger.

It may import records, pages and findings; it computes nothing and writes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from sanchuang_cli.finding import Finding, Place
from sanchuang_cli.front import Figures
from sanchuang_cli.papers import Papers, WrittenFor
from sanchuang_cli.period import Month, Period
from sanchuang_cli.posting import Notice
from sanchuang_cli.record import Roster, Row
from sanchuang_cli.table import Table
from sanchuang_cli.tally import Tally

Rosters = Mapping[str, Roster[Any]]
"""The rosters, by the names that Programme.reads gives them."""
ITEM = "编号 "
"""How a component begins that is one item among several of a payee, such as a loan: its number follows."""


@dataclass(frozen=True)
class Outcome:
    """What a run returns: pages, findings, where each row went, and the pages that the terminal shows.

    set_aside: the rows that the programme set aside; those that could not be read come in addition. front:
    what the first page says of the others. undrawn: the pages of details that nobody asked for. notices: what
    --notice posts. payments: what --bank pays, one table for each project (its `name`); every row has a name,
    an account and a sum above zero, in the columns name, account and amount; bank layouts use the other
    columns by name. papers: what people sign. Notices, payments and papers are made only when somebody asks
    for them, because most runs need none.
    """

    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    tally: Tally
    on_terminal: tuple[Table, ...] = ()
    set_aside: tuple[Row, ...] = ()
    front: tuple[Figures, ...] = ()
    undrawn: tuple[str, ...] = ()
    notices: Callable[[], tuple[Notice, ...]] = tuple
    payments: Callable[[], tuple[Table, ...]] = tuple
    papers: Callable[[WrittenFor], Papers] = lambda whom: Papers()


class Due(NamedTuple):
    """What falls to one month.

    component: the part of the benefit (基本, 绩效), "" if it has none. Each part is owed, paid and taken back
    by itself. edition: the day from which the edition is in force that says so.
    """

    benefit: str
    component: str
    month: Month
    fen: int
    edition: str


class Settled(NamedTuple):
    """What the ledger remembers of a person: all months up to `through` were right, in so many items, with
    this sign.

    While the record and the policy have the same sign, those months need not be judged again.
    """

    sign: str
    through: Month
    items: int


class Payee(NamedTuple):
    """Who is paid, from the row of a roster to the bank's list and the ledger.

    key: the identity number of a person, or the key of an organisation (domain/payees.organisation). name,
    account: the name and number of the account. place: the row that says so.
    """

    key: str
    name: str
    account: str
    bank: str
    township: str
    village: str
    place: Place


class Claimant(NamedTuple):
    """A payee whom the rules have judged, with everything that is due to him; nothing if he is refused.

    since: the first month that was judged; None: all of the period. sign: of the record and the policy, the same
    while both say the same; "" where it must not be remembered. waits: benefit, month and component of what is not known
    yet: it is neither paid nor asked back, whatever was paid for it. items: the components of items (see ITEM) that the roster
    has; what was paid for another one is left as it is. died: the day, as the roster writes it, "" of the living.
    """

    payee: Payee
    due: tuple[Due, ...]
    since: Month | None = None
    sign: str = ""
    waits: frozenset[tuple[str, Month, str]] = frozenset()
    items: frozenset[str] = frozenset()
    died: str = ""


class Instalments(NamedTuple):
    """How much is taken at a time of what was overpaid. share: of what falls due, at most; leave: fen that stay."""

    share: Fraction
    leave: int


@dataclass(frozen=True)
class Entitled:
    """What the ledger compares with what was paid. A doubtful person is no claimant; the findings say why.

    deduct: what was overpaid is taken from later payments; otherwise it is asked back. instalments: so much of them at a
    time; None: as much as there is. firm: what is due up to this
    month stays so in later runs, while record and policy say the same; None: nobody knows. listed: the identity
    number of everybody on the roster, claimants or not. yearly: the run's rosters say nothing of the years before, whose
    months are left as they are.
    """

    claimants: tuple[Claimant, ...]
    findings: tuple[Finding, ...]
    deduct: bool
    firm: Month | None = None
    listed: frozenset[str] = frozenset()
    yearly: bool = False
    instalments: Instalments | None = None


@dataclass(frozen=True)
class Occasion:
    """What a run is for: its period, and the day on which ages and vacancies are judged (--on).

    No rule reads the clock. Everything that depends on a day depends on this one, so the same workbooks give
    the same pages. townships: in the order of pages; others follow by name. by_county: whether the county says that order, so
    that it does not depend on the rows. without: helpers who are supposed to leave (--without).
    """

    period: Period
    on: date
    townships: tuple[str, ...] = ()
    by_county: bool = False
    without: tuple[str, ...] = ()

    def rank(self, township: str) -> tuple[int, str]:
        """Return the position of a township on a page."""
        known = self.townships
        return (known.index(township) if township in known else len(known)), township


@dataclass(frozen=True)
class Subject:
    """A row as `explain` finds and shows it: whom it is about, what came of it, and why.

    identity: as written, "" if the roster has none. about: what else it can be found by, such as township and
    village. pages: the verdict of the rules, drawn only when asked for; there are none if the row could not
    be read.
    """

    row: Row
    name: str
    identity: str
    about: tuple[str, ...]
    outcome: str
    pages: Callable[[], tuple[Table, ...]]


@dataclass(frozen=True)
class Explained:
    """Every row of the main roster, also those that could not be read, and what the programme found."""

    subjects: tuple[Subject, ...]
    findings: tuple[Finding, ...]
