"""A programme: what it reads, what its policy looks like, and the pure function that turns both into pages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.join import Join, Must
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.posting import Notice
from sanchuang_cli.record import Field, Roster, Row, Wanted
from sanchuang_cli.table import Table

Rosters = Mapping[str, Roster[Any]]
"""By the names that Programme.reads gives them."""

ASIDE = "待核实"
"""What a row that is set aside is called."""
JOINED = "同一人的其余行"
"""What the rows are called that were read together with the one above them."""


@dataclass(frozen=True)
class Input:
    """A book that was read. file: its name without the folder. rows: data rows read, those set aside among them."""

    file: str
    sha256: str
    rows: int
    set_aside: int


class Sort(StrEnum):
    """What a book that was given is: exactly one of these."""

    USED = "采用"
    BLANK = "空白"
    OTHER = "其他"
    NOT_UNDERSTOOD = "没有读懂"


@dataclass(frozen=True)
class Books:
    """守恒 of books: every one that was given is of exactly one sort. sorts: each one's name, its sort, and what it is
    where that is another known sheet."""

    given: int = 0
    sorts: tuple[tuple[str, Sort, str], ...] = ()

    def __post_init__(self) -> None:
        names = {name for name, _, _ in self.sorts}
        assert self.given == len(self.sorts) == len(names), f"books were lost: {self.given}, {self.sorts}"

    def count(self, sort: Sort) -> int:
        return sum(one is sort for _, one, _ in self.sorts)

    def __str__(self) -> str:
        """文件 12 = 采用 9 + 空白 1 + 其他 1 + 没有读懂 1."""
        return f"文件 {self.given} = " + " + ".join(f"{sort} {self.count(sort)}" for sort in Sort)

    @property
    def lines(self) -> list[str]:
        """What is said of them: nothing, where one book was given and is used."""
        if self.given == self.count(Sort.USED) <= 1:
            return []
        unused = [sort for sort in Sort if sort is not Sort.USED and self.count(sort)]
        return [str(self), *(f"  {sort}：{'、'.join(self._named(sort))}" for sort in unused)]

    def _named(self, sort: Sort) -> list[str]:
        return [f"{name}（{what}）" if what else name for name, one, what in self.sorts if one is sort]


@dataclass(frozen=True)
class Tally:
    """守恒: every row that was read is in exactly one part. `parts` are (what, how many), set-aside rows apart."""

    read: int
    parts: tuple[tuple[str, int], ...]
    set_aside: int

    def __post_init__(self) -> None:
        assert self.read == self.set_aside + sum(count for _, count in self.parts), f"rows were lost: {self}"

    @property
    def used(self) -> int:
        """The rows in the parts together: all that were not set aside."""
        return sum(count for _, count in self.parts)

    def __str__(self) -> str:
        parts = "".join(f" + {what} {count}" for what, count in (*self.parts, (ASIDE, self.set_aside)))
        return f"读取 {self.read} = {parts[3:]}"


def filed(
    roster: Roster[Any],
    parts: Mapping[str, Iterable[Row]],
    set_aside: Iterable[Row],
    findings: Iterable[Finding],
) -> Tally:
    """The tally of a roster whose rows a programme has put into `parts` or set aside, beside those that the reader did.

    Each row is looked for by itself; nothing is found by subtraction. Raises AssertionError, which is our mistake and
    names the row: one that was lost, filed twice or never read, one set aside without an error finding at its place.
    """
    aside = tuple(set_aside)
    told(aside, findings)
    files = {what: tuple(rows) for what, rows in parts.items()}
    files |= {JOINED: roster.joined} if roster.joined else {}
    found: dict[int, str] = {}
    for what, rows in (*files.items(), (ASIDE, (*aside, *roster.set_aside))):
        for row in rows:
            if id(row) in found:
                raise AssertionError(f"{row.place()} was filed twice: {found[id(row)]}, {what}")
            found[id(row)] = what
    read = (*(record.row for record in roster.records), *roster.set_aside, *roster.joined)
    for row in read:
        if found.pop(id(row), None) is None:
            raise AssertionError(f"{row.place()} was lost")
    if found:
        raise AssertionError(f"rows were filed that nobody read: {found}")
    counts = tuple((what, len(rows)) for what, rows in files.items())
    return Tally(len(read), counts, len(aside) + len(roster.set_aside))


def told(set_aside: Iterable[Row], findings: Iterable[Finding]) -> None:
    """Raises AssertionError for a row that is set aside while no error finding stands at its place."""
    lines = {f.place.line for f in findings if f.severity is Severity.ERROR}
    for row in set_aside:
        if row.line not in lines:
            raise AssertionError(f"{row.place()} was set aside without an error finding")


@dataclass(frozen=True)
class Outcome:
    """What a run found: pages, findings, where each row went, and the pages worth a look on the terminal.

    set_aside: the rows that the programme set aside, beside those that could not be read.
    notices: what --notice posts. payments: what --bank pays, one table for each project (its `name`); every row has a
    name, an account and a sum above zero, in columns called name, account and amount; layouts use the others by name.
    Both are made when they are asked for: most runs want neither.
    """

    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    tally: Tally
    screen: tuple[Table, ...] = ()
    set_aside: tuple[Row, ...] = ()
    notices: Callable[[], tuple[Notice, ...]] = tuple
    payments: Callable[[], tuple[Table, ...]] = tuple


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
    while both say the same; "" where it must not be remembered.
    """

    payee: Payee
    due: tuple[Due, ...]
    since: Month | None = None
    sign: str = ""


@dataclass(frozen=True)
class Entitled:
    """What the ledger holds against what was paid. Whoever is doubtful is no claimant; the findings say why.

    deduct: what was overpaid is taken from later payments; otherwise it is asked back. firm: what is due up to this
    month stays so in later runs, while record and policy say the same; None: nobody knows. listed: the identity
    number of everybody on the roster, claimants or not.
    """

    claimants: tuple[Claimant, ...]
    findings: tuple[Finding, ...]
    deduct: bool
    firm: Month | None = None
    listed: frozenset[str] = frozenset()


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


@dataclass(frozen=True)
class Programme:
    """One subcommand.

    reads: the rosters, the main ones first. mains: the names of those of which every row is judged, the chief one first;
    none named: the first of `reads`. previous, screen: the names of the rosters that --previous and --screen
    fill, if any; the others are looked for in the books.
    policy_columns: the columns that a policy adds to each roster, by the roster's name.
    run: pure: no Excel, no terminal, no clock. May raise UserError. It gets the policy's editions, and
    picks those in force in its months.
    explain: the same judgement, row by row; None where there is nothing to explain.
    entitled: what `run` pays, month by month, over a period of any length; what a ledger needs. It gets, by identity
    number, what is settled and need not be judged again. None: pays nothing.
    judges_a_day: its rules look at one day and not at months, so that --on may be any day; otherwise it lies in the
    period, or after it, with a warning.
    joins: what it takes from other programmes' results; `run` finds each among the rosters by the join's name, where
    the edition in force asks for it.
    """

    name: str
    reads: Mapping[str, Wanted[Any]]
    policy: type[Policy]
    run: Callable[[Rosters, PolicyFile[Any], Occasion], Outcome]
    default_period: Callable[[date], Period]
    policy_columns: Callable[[Any], Mapping[str, tuple[Field, ...]]] = lambda edition: {}
    previous: str | None = None
    screen: str | None = None
    explain: Callable[[Rosters, PolicyFile[Any], Occasion], Explained] | None = None
    entitled: Callable[[Rosters, PolicyFile[Any], Occasion, Mapping[str, Settled]], Entitled] | None = None
    judges_a_day: bool = False
    joins: tuple[Join, ...] = ()
    mains: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "mains", self.mains or (next(iter(self.reads)),))

    def must(self, join: Join, edition: Any) -> Must:
        """What the result of a join must be: as the edition says, and approved where money follows."""
        return join.must(edition) or ("approved" if self.entitled else "result")
