"""动态变更表: whom this period pays otherwise than the last one did, why, and what was paid for months that were not due;
and, benefit by benefit, how the last period's sum becomes this one's.

Promise: the last sum, and what each sort of change adds or takes, come to this period's sum, to the fen.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.prior import Key
from sanchuang_cli.domain.entitlement.rulebook import months_in, months_text
from sanchuang_cli.domain.months import EVER
from sanchuang_cli.domain.payroll.doubts import errors_by_row
from sanchuang_cli.domain.payroll.layouts import BENEFIT, money, people
from sanchuang_cli.domain.payroll.lines import Line, of_death
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.people import WHO, Member, Paid
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.judging import Whole
from sanchuang_cli.money import yuan
from sanchuang_cli.page import Col, Page
from sanchuang_cli.period import Month
from sanchuang_cli.record import Row
from sanchuang_cli.table import Table

NAME, BALANCE = "动态变更表", "动态变更汇总表"
NEW, STOPPED, DEAD, WAITING, ENDING, OTHERWISE, MOVED, ALIKE = CHANGES = (
    "新增",
    "停发",
    "死亡",
    "待核实",
    "本期止发",
    "变动",
    "迁移",
    "变更",
)
"""How somebody is paid otherwise. The second to the fourth are paid nothing any more; the fifth for the last time; of the
last two the sum is the same."""


class Why(NamedTuple):
    """What sort of change it is, and what it follows from. since: the month from which it is so."""

    change: str
    said: str
    basis: str = ""
    since: int | None = None

    @property
    def told(self) -> str:
        return f"{self.said}（{self.basis}）" if self.basis else self.said


class Over(NamedTuple):
    """Months that were paid and were not due, or not so much; and the fen of it."""

    months: Sequence[int] = ()
    fen: int = 0

    @classmethod
    def of(cls, by_month: Mapping[int, int]) -> "Over":
        """By the fen of each month; what is not above nought is none."""
        months = sorted(at for at, fen in by_month.items() if fen > 0)
        return cls(months, sum(by_month[at] for at in months))

    @property
    def told(self) -> str | None:
        return f"{months_text(self.months)}（{len(self.months)}个月）" if self.months else None


class Change(NamedTuple):
    """One person and benefit, paid otherwise than in the last period. before, now: fen."""

    why: Why
    record: Member | Paid
    benefit: str
    before: int
    now: int
    over: Over

    @property
    def order(self) -> tuple[object, ...]:
        who = self.record
        return CHANGES.index(self.why.change), who.township, who.village, who.name, who.identity, self.benefit

    @property
    def more(self) -> int:
        return self.now - self.before

    @property
    def since(self) -> str | None:
        return str(Month.at(self.why.since)) if self.why.since else None


def change_page(compared: "Compared") -> Page:
    """动态变更表."""
    payroll = compared.payroll
    return Page(
        NAME,
        f"{payroll.scheme.matter}动态变更表",
        (
            Col("change", "变动", of=attrgetter("why.change")),
            *WHO,
            payroll.scheme.headed(BENEFIT),
            money("before", "上期金额"),
            money("now", "本期金额"),
            replace(money("more", "增减"), formula="now - before"),
            Col("since", "起停月"),
            Col("reason", "原因和依据", of=attrgetter("why.told"), wide=True, private=True),
            *(_OVERPAID if any(one.over.fen for one in compared.changes) else ()),
        ),
        rows=lambda whole: compared.changes,
        who=False,
        group="change",
        unit="元",
        notes=(f"上期为{compared.period}，取自上期花名册。", _OF_THE_LAST),
    )


def with_owed_back(page: Table, owed: Mapping[Key, Mapping[int, int]]) -> Table:
    """The page with what a ledger says is owed back, of all its months: fen by month, by identity number and benefit."""
    ours = [one.shown(Member).column for one in _OVERPAID]
    kept = [j for j, column in enumerate(page.columns) if column not in ours]
    who, what = page.index("identity"), page.index("benefit")
    overs = [Over.of(owed.get((row[who], row[what]), {})) for row in page.rows]
    shown = any(one.fen for one in overs)
    rows = [
        (*(row[j] for j in kept), *((over.told, over.fen, None) if shown else ()))
        for row, over in zip(page.rows, overs, strict=True)
    ]
    notes = tuple(note for note in page.notes if note != _OF_THE_LAST)
    columns = (*(page.columns[j] for j in kept), *(ours if shown else ()))
    return replace(page, columns=columns, rows=rows, notes=(*notes, _OF_THE_LEDGER))


_OF_THE_LAST = "应收回的是上期发了、按现在所知不应发的，更早月份的不在内；用 --ledger 时以台账为准。"
_OF_THE_LEDGER = "应收回的取自台账：台账启用以来发了、按现在所知不应发，这次要追缴或抵扣的。"
_OVERPAID = (
    Col("months", "多发月份", of=attrgetter("over.told")),
    money("owed_back", "应收回", of=attrgetter("over.fen")),
    Col("recovered", "已收回", of=lambda one: None, by_hand=True),
)


class Balance(NamedTuple):
    """How the last period's sum of a benefit becomes this one's. The fen and the people of each sort of change."""

    benefit: str
    people_before: int
    before: int
    by: Mapping[str, Sequence[Change]]
    people: int
    now: int

    def count(self, change: str) -> int:
        return len(self.by.get(change, ()))

    def fen(self, *changes: str) -> int:
        """What they add, below nought where they take."""
        return sum(one.more for change in changes for one in self.by.get(change, ()))

    @property
    def adds_up(self) -> bool:
        gone = sum(map(self.count, (STOPPED, DEAD, WAITING)))
        people = self.people_before + self.count(NEW) - gone
        return (people, self.before + self.fen(*CHANGES)) == (self.people, self.now)


def balance_page(compared: "Compared") -> Page:
    """动态变更汇总表."""
    payroll = compared.payroll
    less = (("stopped", STOPPED), ("dead", DEAD), ("waiting", WAITING))
    return Page(
        BALANCE,
        f"{payroll.scheme.matter}动态变更汇总表",
        (
            payroll.scheme.headed(BENEFIT),
            people("people_before", "上期/人数"),
            money("before", "上期/金额"),
            people("people_joined", "新增/人数", lambda one: one.count(NEW)),
            money("joined", "新增/金额", lambda one: one.fen(NEW)),
            *(column for name, change in less for column in _less(name, change)),
            people("people_other", "增减变动/人数", lambda one: one.count(ENDING) + one.count(OTHERWISE)),
            money("other", "增减变动/金额", lambda one: one.fen(ENDING, OTHERWISE)),
            replace(
                people("people", "本期/人数"),
                formula="people_before + people_joined - people_stopped - people_dead - people_waiting",
            ),
            replace(money("now", "本期/金额"), formula="before + joined - stopped - dead - waiting + other"),
        ),
        rows=lambda whole: compared.balances,
        who=False,
        unit="元",
        notes=(
            "上期 + 新增 − 停发 − 死亡 − 待核实 + 增减变动 = 本期；逐人见动态变更表。领取两项的，每项各计一人。",
        ),
    )


def _less(name: str, change: str) -> tuple[Col, Col]:
    """Who is paid no more, and what they were paid."""
    return (
        people(f"people_{name}", f"{change}/人数", lambda one: one.count(change)),
        money(name, f"{change}/金额", lambda one: -one.fen(change)),
    )


class Compared:
    """A period beside the last one, which was given."""

    def __init__(self, whole: Whole) -> None:
        self.payroll: Payroll = whole.more
        self._errors = errors_by_row(whole.findings)
        prior = self.payroll.before
        assert prior, "there is nothing to compare with"
        self._prior, self.period = prior, prior.period.title
        self._start = whole.at.occasion.period.start
        self._decisions = {
            one.record.identity: one for one in self.payroll.standing if one.payments or one.verdicts
        }
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for one in whole.at.rosters["members"].records:
            self._rows[one.identity].append(one.row)
        self._paid: dict[Key, list[Paid]] = defaultdict(list)
        for last in self.payroll.previous or ():
            self._paid[last.identity, last.benefit].append(last)
        self._lines = {
            (line.record.identity, name): line for name, own in self.payroll.lines.items() for line in own
        }

    @cached_property
    def changes(self) -> list[Change]:
        """In the order of the page."""
        found = [self._change(key) for key in self._paid.keys() | self._lines.keys()]
        return sorted(filter(None, found), key=lambda change: change.order)

    @cached_property
    def balances(self) -> list[Balance]:
        """Of each benefit that this period pays or the last one did."""
        last = [benefit for _, benefit in self._paid]
        found = [self._balance(name) for name in dict.fromkeys([*self.payroll.lines, *sorted(last)])]
        assert all(one.adds_up for one in found), "what changed does not explain the sums"
        return found

    def _balance(self, benefit: str) -> Balance:
        by: dict[str, list[Change]] = defaultdict(list)
        for change in self.changes:
            if change.benefit == benefit:
                by[change.why.change].append(change)
        before = [sum(one.amount for one in own) for (_, name), own in self._paid.items() if name == benefit]
        lines = self.payroll.lines.get(benefit, ())
        return Balance(benefit, len(before), sum(before), by, len(lines), sum(one.fen for one in lines))

    def _change(self, key: Key) -> Change | None:
        paid, line = self._paid.get(key, []), self._lines.get(key)
        was, now = sum(one.amount for one in paid), line.fen if line else 0
        over = self._over(key)
        if line is None:
            why = self._gone(key)
        elif not paid:
            months = months_text([payment.month for payment in line.payments])
            said = f"发放月份 {months}" + (f"，含补发 {yuan(line.arrears)} 元" if line.arrears else "")
            why = Why(NEW, said, line.verdict.benefit.clause, min(p.month for p in line.payments))
        else:
            why = _otherwise(paid, line, over, now - was)
        if not why.said:
            return None
        return Change(why, line.record if line else paid[-1], key[1], was, now, over)

    def _gone(self, key: Key) -> Why:
        """Why somebody is paid a benefit no more."""
        identity, benefit = key
        decision = self._decisions.get(identity)
        if decision is None:
            return self._not_judged(identity)
        failing = decision.refused().get(benefit)
        if not failing:
            return Why(STOPPED, "本期不再属于这一项的对象", since=self._start)
        dead = [clause for clause in failing if of_death([clause])]
        first = (dead or failing)[0]
        return Why(DEAD if dead else STOPPED, _said(first), first.citation, self._ends(first))

    def _ends(self, clause: Clause) -> int:
        """The first month in which a clause holds no more; of one that never did, this period's first."""
        return clause.last + 1 if EVER < clause.last < self._start else self._start

    def _not_judged(self, identity: str) -> Why:
        """Of somebody who is on no roster, whom nothing that is paid concerns any more, or whose row is set aside."""
        rows = self._rows.get(identity)
        if rows is None:
            return Why(STOPPED, "本期名册里没有这个号码（或号码没有读成）", since=self._start)
        odd = [error for row in rows for error in self._errors.get(row.line, ())]
        if not odd:
            return Why(STOPPED, "本期不再属于任何一项的对象", since=self._start)
        return Why(WAITING, odd[0].message, odd[0].basis, self._start)

    def _over(self, key: Key) -> Over:
        """What the last period paid and, as is known now, was not due then."""
        decision: Decision | None = self._decisions.get(key[0])
        if decision is None or key[1] not in decision.prior:
            return Over()
        due = decision.prior[key[1]]
        return Over.of({at: fen - due.get(at, 0) for at, fen in self._prior.paid.get(key, {}).items()})


def _said(clause: Clause) -> str:
    return f"{clause.name}：{clause.said}"


def _otherwise(paid: Sequence[Paid], line: Line, over: Over, more: int) -> Why:
    """What is otherwise for somebody who was paid and is; nothing said where nothing is."""
    last, now = paid[-1], line.record
    clause = line.verdict.benefit.clause
    moved = _moved(last, now)
    said = [one for one in (moved, _other_account(last, now)) if one]
    said += [f"上期多发 {yuan(over.fen)} 元"] * bool(over.fen)
    if line.over:
        ends = min(line.over, key=lambda one: one.last)
        until = months_text([max(payment.month for payment in line.payments)])
        return Why(
            ENDING, "；".join([_said(ends) + f"；本期发至 {until}", *said]), ends.citation, ends.last + 1
        )
    said = [*_of_the_sum(paid, line, more), *said]
    change = OTHERWISE if more else MOVED if moved else ALIKE
    return Why(change, "；".join(said), clause if said else "")


def _of_the_sum(paid: Sequence[Paid], line: Line, more: int) -> list[str]:
    """What makes the sum another one; that it is, where none of it is known."""
    said = []
    standard, last = line.standard.fen if line.standard else None, paid[-1].standard
    if last is not None and standard is not None and last != standard:
        said.append(f"标准由 {yuan(last)} 元变为 {yuan(standard)} 元")
    before, now = sum(len(months_in(one.months)) for one in paid), len(line.payments)
    if more and before != now:
        said.append(f"上期发 {before} 个月，本期发 {now} 个月")
    if more and line.arrears:
        said.append(f"含补发 {yuan(line.arrears)} 元")
    if more and line.withheld:
        said.append(f"扣发 {yuan(line.withheld)} 元")
    return said or [f"金额{'增加' if more > 0 else '减少'} {yuan(abs(more))} 元"] * bool(more)


def _moved(last: Paid, now: Member) -> str:
    """Where somebody was and is; "" where that is the same, or nobody knows where."""
    was, here = f"{last.township}{last.village}", f"{now.township}{now.village}"
    return f"由{was}转到{here}" if was and here != was else ""


def _other_account(last: Paid, now: Member) -> str:
    return "银行账号变更" if last.account and last.account != now.account else ""
