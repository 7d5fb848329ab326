"""What is paid to whom, as the bank and the ledger take it: a programme whose own rule says the sums declares it here.

The bank's lists have everybody with a valid account; all others are told, and the ledger claims for them all the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import wraps
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from sanchuang_cli.domain import payees
from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.people import PAPER
from sanchuang_cli.finding import Doubt, Doubts, Finding, Severity
from sanchuang_cli.judging import At, Judge, Judging, Odd, Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Claimant, Due, Entitled, Occasion, Payee, Rosters, Settled
from sanchuang_cli.page import Col, Page
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import PREVIOUS, Judgement
from sanchuang_cli.record import Record
from sanchuang_cli.table import Table

DOUBTS = Doubts(
    {
        "account": Doubt(Severity.WARNING, "银行代发须有有效账号", "请补填或改正账号。"),
        "payee": Doubt(
            Severity.ERROR, "发给谁要认得准", "请补填或改正代码、名称，再重新运行。", "认不准发给谁"
        ),
    }
)


UNREACHED = "无有效账户"
"""Why somebody's sum is on no bank's list."""


class Sent(NamedTuple):
    """A sum that goes to somebody's account."""

    payee: Payee
    fen: int


def _of_payee(name: str) -> Callable[[Sent], str | None]:
    found = attrgetter(f"payee.{name}")
    return lambda sent: found(sent) or None


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
    sent = [one for one in due if not flaw(one.payee.account)]
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
    """Whoever the row of a record is about. Raises ValueError that says in Chinese why nobody can tell."""
    if not record.identity:
        raise ValueError("没有身份证号，认不出是谁")
    return _payee(record, record.identity)


def organisation(record: Any) -> Payee:
    """The organisation that the row of a record is about, by its `code` or `county` code where it has any. Raises
    ValueError, too."""
    code, county = getattr(record, "code", ""), getattr(record, "county", "")
    return _payee(record, payees.organisation(code, county, record.township, record.name))


def _payee(record: Any, key: str) -> Payee:
    bank, village = getattr(record, "bank", ""), getattr(record, "village", "")
    return Payee(key, record.name, record.account, bank, record.township, village, record.row.place())


def monthly(at: At[Any], benefit: str, fen: Callable[[Any], int], component: str = "") -> tuple[Due, ...]:
    """A sum in each month of the period, as the edition says that is in force on the month's first day."""
    months = ((month, at.editions.on(month.first)) for month in at.occasion.period.each_month())
    return tuple(
        Due(benefit, component, month, fen(edition), edition.effective.isoformat())
        for month, edition in months
    )


@dataclass(frozen=True)
class Pays:
    """due: what a verdict makes due, nothing where it refuses; what falls to a month is the same whatever the period of
    the run, or the ledger asks it back. payee: to whom, from the record; ValueError says in Chinese why nobody can tell.
    deduct: what was overpaid is taken from later payments; otherwise it is asked back."""

    due: Callable[[Any], Sequence[Due]]
    payee: Callable[[Any], Payee] = person
    deduct: bool = False

    def judged(self, judge: Judge) -> Judging:
        """The rule of one row; a row with a verdict must say who is paid, and should have an account where money is due."""

        @wraps(judge)
        def asked(record: Any, at: At[Any], odd: Odd) -> Any:
            verdict = judge(record, at, odd)
            if verdict is not None:
                odd.found += self._odd(record, bool(self.due(verdict)))
            return verdict

        return each(asked)

    def _odd(self, record: Record, due: bool) -> Iterator[Finding]:
        try:
            flawed = flaw(self.payee(record).account)
        except ValueError as why:
            place = record.row.place("identity" if hasattr(record, "identity") else "code")
            yield DOUBTS.at("payee", place, f"{record.called}：{why}")
            return
        if due and flawed:
            said = f"{record.called}：{flawed}，不进银行代发文件"
            yield DOUBTS.at("account", record.row.place("account"), said)

    def payments(self, whole: Whole) -> tuple[Table, ...]:
        """What the bank gets: a list for each benefit, or for each component of one."""
        found: dict[str, list[Sent]] = {}
        for verdict in verdicts(whole):
            for project, fen in by_project(self.due(verdict)).items():
                found.setdefault(project, []).append(Sent(self.payee(verdict.record), fen))
        return tuple(bank_list(project, sums, whole) for project, sums in found.items())

    def owes(
        self,
        judgement: Judgement,
        rosters: Rosters,
        editions: PolicyFile[Any],
        occasion: Occasion,
        settled: Mapping[str, Settled],
    ) -> Entitled:
        """What is due to everybody who is not set aside, month by month; nothing is taken as settled."""
        own = {name: roster for name, roster in rosters.items() if name != PREVIOUS}
        whole = judgement(own, editions, occasion)
        claimants = [Claimant(self.payee(one.record), tuple(self.due(one))) for one in verdicts(whole)]
        listed = frozenset(self._keys(whole))
        return Entitled(tuple(claimants), whole.findings, self.deduct, listed=listed)

    def _keys(self, whole: Whole) -> Iterator[str]:
        """Of everybody on the rosters, but for those of whom nobody can tell who they are."""
        for one in chain.from_iterable(whole.judged.values()):
            with suppress(ValueError):
                yield self.payee(one.record).key


def verdicts(whole: Whole) -> Iterator[Any]:
    return chain.from_iterable(whole.verdicts.values())


def by_project(due: Iterable[Due]) -> Mapping[str, int]:
    """Fen by benefit, or by component where it has any: 书记绩效, 书记报酬（绩效）."""
    found: dict[str, int] = defaultdict(int)
    for one in due:
        found[f"{one.benefit}（{one.component}）" if one.component else one.benefit] += one.fen
    return found
