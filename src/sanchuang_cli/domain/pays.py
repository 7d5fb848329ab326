"""Works out payments of a programme whose own rule says the sums: what the bank and the ledger get of its verdicts.

The bank's lists have everybody with a valid account. Everybody else is a finding, and the ledger keeps what is due to them
all the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import wraps
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from sanchuang_cli.contrast import Compares
from sanchuang_cli.domain import payees
from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.identity import as_written
from sanchuang_cli.domain.payroll import sure_payees
from sanchuang_cli.domain.payroll.sure_payees import PaidRow
from sanchuang_cli.domain.people import PAPER
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.finding import Doubt, Doubts, Finding, Severity
from sanchuang_cli.judging import At, Company, Joint, Judge, Judging, Odd, Told, Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Claimant, Due, Entitled, Instalments, Occasion, Payee, Rosters, Settled
from sanchuang_cli.page import Col, Page
from sanchuang_cli.papers import Line
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import PREVIOUS, Judgement
from sanchuang_cli.record import Record, Row
from sanchuang_cli.table import Table

DOUBTS = Doubts(
    {
        "account": Doubt(Severity.WARNING, "银行代发须有有效账号", "请补填或改正账号。"),
        "payee": Doubt(
            Severity.ERROR, "发给谁要认得准", "请补填或改正代码、名称，再重新运行。", "认不准发给谁"
        ),
        **sure_payees.DOUBTS,
    }
)


UNREACHED = "无有效账户"
"""Why somebody's sum is on no bank's list."""


class Sent(NamedTuple):
    """A sum in fen that goes to somebody's account."""

    payee: Payee
    fen: int


class PaidSum(NamedTuple):
    """All that one payee gets, whichever rows say so. due: one for each benefit, component and month. lines: of the rows.
    waits, items, died: see Claimant."""

    payee: Payee
    due: tuple[Due, ...]
    lines: tuple[Line, ...]
    waits: frozenset[tuple[str, Month, str]] = frozenset()
    items: frozenset[str] = frozenset()
    died: str = ""

    @property
    def fen(self) -> int:
        """The whole sum."""
        return sum(due.fen for due in self.due)

    def by_hand(self) -> bool:
        """Whether the bank cannot pay it."""
        return bool(flaw(self.payee.account))


def _of_payee(name: str) -> Callable[[Sent], str | None]:
    value = attrgetter(f"payee.{name}")
    return lambda sent: value(sent) or None


def _code(sent: Sent) -> str | None:
    return sent.payee.key if payees.is_organisation(sent.payee.key) else None


_WHERE = (
    Col("township", of=_of_payee("township")),
    Col("village", of=_of_payee("village")),
    Col("name", "户名", of=_of_payee("name")),
    Col("identity", of=lambda sent: None if _code(sent) else sent.payee.key),
)
_CODE = Col("code", "组织代码", of=_code)
_ACCOUNT = (
    Col("bank", of=_of_payee("bank")),
    Col("account", "账号", of=_of_payee("account")),
    Col("amount", "金额", Kind.MONEY, of=attrgetter("fen"), total=True),
)


def bank_list(project: str, sums: Iterable[Sent], whole: Whole) -> Table:
    """One line for each who can be paid through the bank; organisations have their keys in a column of their own. It says
    beside itself how much is due to the others."""
    due = list(sums)
    sent = [each for each in due if not flaw(each.payee.account)]
    page = Page(
        project,
        f"{project}银行代发名单",
        (*_WHERE, *((_CODE,) if any(map(_code, sent)) else ()), *_ACCOUNT),
        rows=lambda whole: sent,
        who=False,
        number=False,
        unit="元",
        signed=False,
    )
    (table,) = page.tables(whole, PAPER)
    if len(due) == len(sent):
        return table
    fen = sum(one.fen for one in due) - sum(one.fen for one in sent)
    return replace(table, besides=((UNREACHED, len(due) - len(sent), fen),))


def person(record: Any) -> Payee:
    """The person that the row of a record is about. Raises ValueError that says in Chinese why that is unknown."""
    if not record.identity:
        raise ValueError("没有身份证号，认不出是谁")
    return _payee(record, record.identity)


def organisation(record: Any) -> Payee:
    """The organisation that the row of a record is about, by its `code` or `county` code where it has one. Raises ValueError
    as `person` does."""
    code, county = getattr(record, "code", ""), getattr(record, "county", "")
    return _payee(record, payees.organisation(code, county, record.township, record.name))


def _payee(record: Any, key: str) -> Payee:
    bank, village = getattr(record, "bank", ""), getattr(record, "village", "")
    return Payee(key, record.name, record.account, bank, record.township, village, record.row.place())


def monthly(at: At[Any], benefit: str, fen: Callable[[Any], int], component: str = "") -> tuple[Due, ...]:
    """A sum for each month of the period, by the edition that is in force on the month's first day. fen: of an edition."""
    months = ((month, at.editions.on(month.first)) for month in at.occasion.period.each_month())
    return tuple(
        Due(benefit, component, month, fen(edition), edition.effective.isoformat())
        for month, edition in months
    )


@dataclass(frozen=True)
class Pays:
    """How a programme pays.

    due: what a verdict makes due, nothing where it refuses. What falls to a month must not depend on the period of the run,
    because the ledger would ask the difference back. payee: to whom, from the record; ValueError says in Chinese why that
    is unknown. deduct: whether what was overpaid is taken from later payments; otherwise it is asked back. of: the main
    roster whose rows are paid, the first by default. yearly: whether what is due follows from the rosters of one calendar year
    alone; the ledger then leaves the years before as they are. instalments: of an edition, how much of what was overpaid at a
    time. waits: what is not known yet of a verdict (see Claimant). barred: of a record, why the bank cannot pay to its account,
    sound as the number may be; "" where it can. item: of a record, which of the payee's items it
    is, as the ledger's component (see outcome.ITEM); the bank pays all items in one sum.
    """

    due: Callable[[Any], Sequence[Due]]
    payee: Callable[[Any], Payee] = person
    deduct: bool = False
    of: str = ""
    yearly: bool = False
    instalments: Callable[[Any], Instalments | None] = lambda edition: None
    waits: Callable[[Any], Iterable[tuple[str, Month, str]]] = lambda verdict: ()
    barred: Callable[[Any], str] = lambda record: ""
    item: Callable[[Any], str] | None = None

    def paid_to(self, record: Any) -> Payee:
        """Who is paid for a record; without an account where the bank cannot pay to it. Raises ValueError like `payee`."""
        payee = self.payee(record)
        return payee._replace(account="") if self.barred(record) else payee

    def judged(self, judge: Judge) -> Judging:
        """The rule of one row. A row with a verdict must say who is paid, and should have an account where money is due."""

        @wraps(judge)
        def asked(record: Any, at: At[Any], odd: Odd) -> Any:
            verdict = judge(record, at, odd)
            if verdict is not None:
                odd.found += self._odd(record, bool(self.due(verdict)))
            return verdict

        return each(asked)

    def together(
        self, rule: Callable[[Company], Joint] = lambda company: Joint()
    ) -> Callable[[Company], Joint]:
        """The rule over all rows. Rows by which nobody can be paid without a guess are set aside before it is asked."""

        @wraps(rule)
        def asked(company: Company) -> Joint:
            told = list(self._unsure(company))
            joint = rule(replace(company, found=(*company.found, *told)))
            return joint._replace(told=(*told, *joint.told))

        return asked

    def _unsure(self, company: Company) -> Iterator[Told]:
        merged = {id(row) for row in company.merged}
        rows = []
        for judged in company.judged[self.of or next(iter(company.judged))]:
            if id(judged.record.row) not in merged:
                with suppress(ValueError):
                    due = judged.verdict is not None and bool(self.due(judged.verdict))
                    rows.append(PaidRow(judged.record, self.payee(judged.record), due))
        return sure_payees.findings(rows)

    def _odd(self, record: Record, due: bool) -> Iterator[Finding]:
        try:
            barred = self.barred(record)
            flawed = barred or flaw(self.payee(record).account)
        except ValueError as why:
            place = record.row.place("identity" if hasattr(record, "identity") else "code")
            yield DOUBTS.at("payee", place, f"{record.called}：{why}")
            return
        if due and flawed:
            message = f"{record.called}：{flawed}，不进银行代发文件"
            mend = "请让本人去开户行办好，核实后改正名册。" if barred else ""
            yield DOUBTS.at("account", record.row.place("account"), message, mend=mend)

    @property
    def compares(self) -> Compares:
        """What `policy diff` sets side by side."""
        return Compares(sums=self._sums, of=self.of)

    def _sums(self, verdict: Any) -> Mapping[tuple[str, int], int]:
        sums: dict[tuple[str, int], int] = defaultdict(int)
        for part in self.due(verdict):
            sums[_project(part), int(part.month)] += part.fen
        return sums

    def payments(self, whole: Whole) -> tuple[Table, ...]:
        """What the bank gets: a list for each benefit, or for each component of one."""
        sent: dict[str, list[Sent]] = {}
        for paid in self.paid(whole):
            for project, fen in by_project(paid.due).items():
                sent.setdefault(project, []).append(Sent(paid.payee, fen))
        return tuple(bank_list(project, sums, whole) for project, sums in sent.items())

    def paid(self, whole: Whole) -> list[PaidSum]:
        """Everybody to whom something is due, in the order of pages."""
        return [paid for paid in self._of_everybody(whole) if paid.due]

    def _of_everybody(self, whole: Whole) -> list[PaidSum]:
        """What is due to everybody who is not set aside, nothing too. Somebody on several rows is paid once, all to where
        those say to which something is due."""
        rows: dict[str, list[Any]] = {}
        for verdict in whole.of((), self.of):
            rows.setdefault(self.payee(verdict.record).key, []).append(verdict)
        return [self._united(verdicts) for verdicts in rows.values()]

    def _united(self, verdicts: Sequence[Any]) -> PaidSum:
        paid_to = [self.paid_to(verdict.record) for verdict in verdicts]
        payee = next((one for one in paid_to if one.account), paid_to[0])
        # `together` has set aside rows that say two things; where nothing is due they were not compared
        payee = payee._replace(
            account=_only(one.account for one in paid_to), bank=_only(one.bank for one in paid_to)
        )
        due = chain.from_iterable(self.due(verdict) for verdict in verdicts)
        items = frozenset(self.item(verdict.record) for verdict in verdicts if self.item)
        lines = tuple(verdict.record.row.line for verdict in verdicts)
        waits = frozenset(wait for verdict in verdicts for wait in self.waits(verdict))
        died = next((str(one.record.died) for one in verdicts if getattr(one.record, "died", None)), "")
        return PaidSum(payee, tuple(_summed(due)), lines, waits, items, died)

    def owes(
        self,
        judgement: Judgement,
        rosters: Rosters,
        editions: PolicyFile[Any],
        occasion: Occasion,
        settled: Mapping[str, Settled],
    ) -> Entitled:
        """What is due to everybody of whom no row is set aside, month by month; nothing is taken as settled."""
        # without last period's result: a sum that depends on it would change when a month is judged again
        given = {name: roster for name, roster in rosters.items() if name != PREVIOUS}
        months, reviewed = occasion.period, occasion
        if self.yearly:
            reviewed = replace(occasion, period=Period.year(months.last.year))
        whole = judgement(given, editions, reviewed)
        aside = {id(row) for row in whole.aside}
        doubtful = {key for key, row in self._keys(whole) if id(row) in aside}
        unread = given[self.of or next(iter(whole.judged))].set_aside
        doubtful |= {as_written(row.written("identity")) for row in unread}
        claimants = tuple(
            Claimant(
                one.payee,
                tuple(self._of_the_year(one.due, months)),
                waits=one.waits,
                items=one.items,
                died=one.died,
            )
            for one in self._by_item._of_everybody(whole)
            if one.payee.key not in doubtful
        )
        return Entitled(
            claimants,
            whole.findings,
            self.deduct,
            listed=frozenset(key for key, _ in self._keys(whole)),
            yearly=self.yearly,
            instalments=self.instalments(whole.at.policy),
        )

    @property
    def _by_item(self) -> "Pays":
        """The same with each item's sums apart."""
        if self.item is None:
            return self
        due, item = self.due, self.item
        return replace(
            self, due=lambda verdict: [part._replace(component=item(verdict.record)) for part in due(verdict)]
        )

    def _of_the_year(self, due: Iterable[Due], months: Period) -> Iterable[Due]:
        """What a year's rosters make due in the months that the ledger reviews; of other rosters all of it."""
        return (part for part in due if part.month in months) if self.yearly else due

    def _keys(self, whole: Whole) -> Iterator[tuple[str, Row]]:
        """The key of everybody on the roster, with the row, but for those whose payee is unknown."""
        for judged in whole.judged[self.of or next(iter(whole.judged))]:
            with suppress(ValueError):
                yield self.payee(judged.record).key, judged.record.row


def _only(said: Iterable[str]) -> str:
    """What several rows say, if none says another thing; a blank says nothing."""
    several = {narrow(one): one for one in said if one}
    return next(iter(several.values())) if len(several) == 1 else ""


def _summed(due: Iterable[Due]) -> Iterator[Due]:
    """One for each benefit, component and month."""
    together: dict[tuple[str, str, int], Due] = {}
    for part in due:
        key = (part.benefit, part.component, part.month)
        together[key] = part._replace(fen=part.fen + together[key].fen) if key in together else part
    yield from together.values()


def by_project(due: Iterable[Due]) -> Mapping[str, int]:
    """Fen by benefit, or by component where it has any: 书记绩效, 书记报酬（绩效）."""
    sums: dict[str, int] = defaultdict(int)
    for part in due:
        sums[_project(part)] += part.fen
    return sums


def _project(part: Due) -> str:
    return f"{part.benefit}（{part.component}）" if part.component else part.benefit
