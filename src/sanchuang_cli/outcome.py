"""What a run is asked and what it gives back: pages, findings, payees; plain values that writers and the ledger take."""

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
"""By the names that Programme.reads gives them."""


@dataclass(frozen=True)
class Outcome:
    """What a run found: pages, findings, where each row went, and the pages worth a look on the terminal.

    set_aside: the rows that the programme set aside, beside those that could not be read.
    front: what the first page says of the others. undrawn: the pages of details that nobody asked for.
    notices: what --notice posts. payments: what --bank pays, one table for each project (its `name`); every row has a
    name, an account and a sum above zero, in columns called name, account and amount; layouts use the others by name.
    papers: what people sign beside the pages. All are made when they are asked for: most runs want none.
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
    """What falls to one month. component: which part of the benefit (基本, 绩效), "" where it has none; parts are owed,
    paid and taken back each by itself. edition: the day from which the edition that says so is in force."""

    benefit: str
    component: str
    month: Month
    fen: int
    edition: str


class Settled(NamedTuple):
    """What the ledger remembers of a person: every month up to `through` was as it should be, in so many items, when
    the record and the policy had this sign. While they have it, those months need not be judged again."""

    sign: str
    through: Month
    items: int


class Payee(NamedTuple):
    """Who is paid, from the row of a roster to the bank's list and the ledger.

    key: a person's identity number, or an organisation's key (domain/payees.organisation). name, account: in whose name
    the account is. place: of the row that says so.
    """

    key: str
    name: str
    account: str
    bank: str
    township: str
    village: str
    place: Place


class Claimant(NamedTuple):
    """A payee on whom the rules have spoken, with all that is due to them; nothing, where they are refused.

    since: the first month that was judged; None: all of the period. sign: of the record and the policy, the same
    while both say the same; "" where it must not be remembered. waits: benefit, month and component of what is not known
    yet: it is neither paid nor asked back, whatever was paid for it.
    """

    payee: Payee
    due: tuple[Due, ...]
    since: Month | None = None
    sign: str = ""
    waits: frozenset[tuple[str, Month, str]] = frozenset()


class Instalments(NamedTuple):
    """How much is taken at a time of what was overpaid. share: of what falls due, at most; leave: fen that stay."""

    share: Fraction
    leave: int


@dataclass(frozen=True)
class Entitled:
    """What the ledger holds against what was paid. Whoever is doubtful is no claimant; the findings say why.

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
    """When a run is for: its period, and the day on which ages and vacancies are judged (--on).

    No rule reads the clock: what depends on a day depends on this one, so that the same books give the same pages.
    townships: in the order in which pages have them; others follow, by name.
    """

    period: Period
    on: date
    townships: tuple[str, ...] = ()

    def rank(self, township: str) -> tuple[int, str]:
        """Where a township stands among those of a page."""
        known = self.townships
        return (known.index(township) if township in known else len(known)), township


@dataclass(frozen=True)
class Subject:
    """A row as `explain` finds and shows it: whom or what it is about, what came of it, and why.

    identity: as written, "" where the roster has none. about: what else it may be found by (township, village …).
    pages: the verdict that the rules returned, drawn when it is asked for; none where the row could not be read.
    """

    row: Row
    name: str
    identity: str
    about: tuple[str, ...]
    outcome: str
    pages: Callable[[], tuple[Table, ...]]


@dataclass(frozen=True)
class Explained:
    """Every row of the main roster, those that could not be read among them, and what the programme found."""

    subjects: tuple[Subject, ...]
    findings: tuple[Finding, ...]
