"""One person, one benefit, the months of one edition → a verdict: clauses, and what falls to each month.

Pure: the same record under the same edition always gets the same verdict.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sanchuang_cli.domain.age import OldEnough
from sanchuang_cli.domain.entitlement import Clause, Said, Step, always, common_months, never
from sanchuang_cli.domain.months import EVER, NEVER, effect, month, number
from sanchuang_cli.domain.tenure import stated_months
from sanchuang_cli.programmes.subsidies.cases import Born, CaseReader
from sanchuang_cli.programmes.subsidies.conditions import Cells, Conditions, Trouble
from sanchuang_cli.programmes.subsidies.policy import Amount, Base, Benefit, Subsidies
from sanchuang_cli.programmes.subsidies.records import Member
from sanchuang_cli.programmes.subsidies.service import History, Length, Posts
from sanchuang_cli.programmes.subsidies.tariff import Standard, Tariff

_FEN = 100
_MONTHS = 12
_IDENTITY = ("identity",)


@dataclass(slots=True)
class Verdict:
    """What one edition says of one person and benefit, for the months `asked`.

    due: fen by month, before benefits that exclude one another are sorted out. standards: by month.
    """

    benefit: Benefit
    record: Member
    asked: range
    clauses: tuple[Clause, ...]
    troubles: list[Trouble]
    history: History | None = None
    due: dict[int, int] = field(default_factory=dict)
    standards: dict[int, Standard] = field(default_factory=dict)
    length: Length | None = None
    first: int = EVER

    @property
    def failing(self) -> list[Clause]:
        return [clause for clause in self.clauses if not clause.holds(self.asked)]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The arithmetic of the last month's standard."""
        tenure = self.length.steps if self.length else ()
        latest = self.standards[max(self.standards)] if self.standards else None
        return tenure + (latest.steps if latest else ())


class BenefitRule:
    """One benefit of one edition, ready to be asked of many people. begins: the first month it can be paid for."""

    def __init__(self, benefit: Benefit, edition: Subsidies, begins: int) -> None:
        self.benefit, self.begins = benefit, begins
        cells = self._cells = Cells(edition.fields())
        bases: dict[str, Base] = {base.name: base for base in edition.base}
        self._claims = Conditions(benefit.claim, cells)
        self._tests = Conditions(benefit.condition, cells)
        self._posts = Posts(benefit.service) if benefit.service else None
        age = benefit.age
        self._old_enough = OldEnough(age.mode, age.first, age.leap_day, age.as_of) if age else None
        self._tariffs = {id(amount): Tariff(benefit.name, amount, bases) for amount in benefit.amount}
        self._keys = {id(amount): CaseReader(amount, cells) for amount in benefit.amount}
        self._steady = {k: self._keys[k].fixed and not tariff.dated for k, tariff in self._tariffs.items()}
        self._in_force: dict[int, Amount | None] = {}
        self._approval = cells.reader(benefit.payable.approval)
        column = (cells.name(benefit.payable.approval),)
        make = always if benefit.payable.unapproved == "accept" else never
        self._unapproved = make("审批", benefit.payable.clause, column, Said("未填"))
        self._approvals: dict[int, Clause] = {}
        self._events = [
            (event, cells.reader(event.column), cells.name(event.column)) for event in benefit.payable.events
        ]
        self._pauses = [
            (pause, cells.reader(pause.start), cells.reader(pause.end)) for pause in benefit.suspension
        ]

    def concerns(self, record: Member) -> bool:
        """Whether the person asks for this benefit at all."""
        return not self._claims.tests or self._claims.judged(record).ever

    def amount_of(self, at: int) -> Amount | None:
        """The amount in force on the first day of a month."""
        if at not in self._in_force:
            self._in_force[at] = self.benefit.amount_in_force(month(at).first)
        return self._in_force[at]

    def missing(self, at: int) -> str:
        """Why nothing can be paid for a month, "" when all figures are there."""
        if at < self.begins:
            return ""
        amount = self.amount_of(at)
        if amount is None:
            return f"“{self.benefit.name}”{month(at)} 没有该期标准"
        tariff = self._tariffs[id(amount)]
        unknown = [tariff.bases[name] for name in amount.bases if tariff.base_on(name, at) is None]
        return "；".join(
            f"“{self.benefit.name}”{month(at)} 没有基数“{base.name}”，须由县里填写（{base.clause}）"
            for base in unknown
        )

    def approved(self, record: Member) -> int | None:
        """The month of approval, None where the column is blank."""
        day = self._approval(record)
        return number(day.earliest) if day else None

    def verdict(self, record: Member, born: Born, asked: range, until: int) -> Verdict:
        """The months `asked`, in a run whose period ends before the month `until`."""
        stated = self._tests.judged(record)
        troubles = list(stated.troubles)
        history = self._history(record, asked, troubles)
        own: list[Clause] = []
        if history and self._posts:
            own += [c for c in (self._posts.threshold(history), self._posts.left(history)) if c]
        if self._old_enough:
            own.append(self._age(born))
        for event, read, name in self._events:
            own.append(self._event(record, event, read, name, troubles))
        own.append(self._approved(record, until, troubles))
        verdict = Verdict(self.benefit, record, asked, (), troubles, history)
        months = common_months(own, range(max(asked.start, stated.first), min(asked.stop, stated.last + 1)))
        clauses = [*stated.clauses, *own]
        if months and not troubles:
            verdict.first = max(stated.first, self.begins, *(clause.first for clause in own))
            clauses += self._priced(verdict, born, self._unsuspended(record, months, clauses))
        elif not troubles and all(clause.holds(asked) for clause in clauses):
            clauses.append(never("各条同时成立", self.benefit.clause, (), Said("本期没有一个月份各条都成立")))
        verdict.clauses = tuple(clauses)
        return verdict

    def _history(self, record: Member, asked: range, troubles: list[Trouble]) -> History | None:
        posts = self._posts
        if posts is None:
            return None
        if record.spells:
            return posts.history(record.spells, record.post, record.village, asked.stop - 1)
        if posts.rule.stated_years == "use" and record.years:
            months = stated_months(record.years)
            if months is not None:
                return posts.from_statement(
                    months, record.post, number(record.left.earliest) if record.left else None
                )
        cause, mend = (
            "没有任职经历，无法计算任职年限",
            "请在“任职经历”列或任职经历表里逐段填写起止年月和职务。",
        )
        troubles.append(Trouble("subsidies.no-spells", "spells", cause, posts.rule.clause, mend))
        return None

    def _age(self, born: Born) -> Clause:
        rule = self.benefit.age
        assert rule and self._old_enough
        years = rule.male if born.sex == "男" else rule.female
        first = self._old_enough.month(born.day, years)
        name = f"年满{years}周岁"
        if rule.mode == "as_of":
            make = always if first == EVER else never
            return make(
                name, rule.clause, _IDENTITY, Said("{}，{}生，截至{}", (born.sex, born.day, rule.as_of))
            )
        said = Said("{}，{}生，自{!m}起", (born.sex, born.day, first))
        return Clause(name, rule.clause, _IDENTITY, first, NEVER, said)

    def _event(
        self, record: Member, event: Any, read: Callable[[Member], Any], column: str, troubles: list[Trouble]
    ) -> Clause:
        day = read(record)
        if day:
            first = effect(number(day.earliest), event.first)
            return Clause(
                event.name, event.clause, (column,), first, NEVER, Said("{}，自{!m}起", (day, first))
            )
        if event.blank == "set_aside":
            message = f"“{event.column}”未填，不知从何时起发"
            troubles.append(
                Trouble("subsidies.unclear", column, message, event.clause, f"请补填“{event.column}”。")
            )
        make = always if event.blank == "accept" else never
        return make(event.name, event.clause, (column,), Said("未填"))

    def _approved(self, record: Member, until: int, troubles: list[Trouble]) -> Clause:
        """Not before approval; but up to the limit's months before it are made good when it comes."""
        approved = self.approved(record)
        if approved is not None:
            known = self._approvals.get(approved)
            if known is None:
                known = self._approvals[approved] = self._approved_in(approved, until)
            return known
        rule = self.benefit.payable
        if rule.unapproved == "set_aside":
            message, mend = f"“{rule.approval}”未填", f"请补填“{rule.approval}”。"
            troubles.append(
                Trouble("subsidies.unclear", self._unapproved.columns[0], message, rule.clause, mend)
            )
        return self._unapproved

    def _approved_in(self, approved: int, until: int) -> Clause:
        rule = self.benefit.payable
        limit = f"，最多补发此前 {rule.retroactive_limit} 个月" if rule.retroactive_limit else ""
        said = Said("{!m}审批" + limit, (approved,))
        first = approved - rule.retroactive_limit if approved < until else NEVER
        return Clause("审批", rule.clause, self._unapproved.columns, first, NEVER, said)

    def _unsuspended(self, record: Member, months: range, clauses: list[Clause]) -> Sequence[int]:
        paid: Sequence[int] = months
        for pause, start, end in self._pauses:
            began, ended = start(record), end(record)
            if not began:
                continue
            first = effect(number(began.earliest), pause.first)
            resumed = effect(number(ended.earliest), pause.resume) if ended else NEVER
            paid = [m for m in paid if not first <= m < resumed]
            columns = (self._cells.name(pause.start), self._cells.name(pause.end))
            until = "{!m}恢复" if ended else "尚未恢复"
            said = Said("自{!m}起暂停，" + until, (first, resumed) if ended else (first,))
            make = always if paid else never
            clauses.append(make(pause.name, pause.clause, columns, said))
        return paid

    def _priced(self, verdict: Verdict, born: Born, months: Sequence[int]) -> list[Clause]:
        """Fills in what falls to each month; a clause when there is no tier for the person."""
        amount: Amount | None = None
        standard: Standard | None = None
        for at in months:
            before, amount = amount, self.amount_of(at)
            if amount is None or at < self.begins:
                continue
            if amount is not before or not self._steady[id(amount)]:
                blanks = self._keys[id(amount)].blanks(verdict.record)
                if blanks:
                    verdict.troubles += blanks
                    return []
                standard, verdict.length = self._best(verdict, born, amount, at)
            if standard is None:
                continue
            verdict.standards[at] = standard
            fen = standard.of_month(at, verdict.first)
            if fen:
                verdict.due[at] = fen
        return self._unpaid(verdict, months)

    def _unpaid(self, verdict: Verdict, months: Sequence[int]) -> list[Clause]:
        if verdict.due or not months:
            return []
        name, clause = self.benefit.name, self.benefit.clause
        if not verdict.standards:
            length = (
                self._posts.length(verdict.history, verdict.history.candidates[0])
                if (self._posts and verdict.history and verdict.history.candidates)
                else None
            )
            seen = f"认定 {length.units} {length.steps[-1].unit}，" if length else ""
            return [never("未达最低档", clause, ("spells",), Said(f"{seen}“{name}”各档均不适用"))]
        standard = verdict.standards[max(verdict.standards)]
        if standard.fen == 0:
            return [never("应补差额为零", clause, (), Said("已有待遇不低于本项标准"))]
        when = (
            "一次性发放，首发月不在本期"
            if standard.per == "once"
            else f"按年发放，{standard.payment_month}月发"
        )
        return [never("本期不是发放月", clause, (), Said(when))]

    def _best(
        self, verdict: Verdict, born: Born, amount: Amount, at: int
    ) -> tuple[Standard | None, Length | None]:
        """The standard of a month: that of the post with the highest among those whose rate may be paid."""
        tariff, reader, history = self._tariffs[id(amount)], self._keys[id(amount)], verdict.history
        if self._posts is None or history is None:
            return tariff.standard(reader.case(verdict.record, born, at, "", None), at), None
        best: tuple[Standard | None, Length | None] = (None, None)
        for candidate in history.candidates:
            length = self._posts.length(history, candidate)
            case = reader.case(verdict.record, born, at, self._posts.names[candidate], length)
            standard = tariff.standard(case, at)
            if standard and (best[0] is None or standard.rank > best[0].rank):
                best = standard, length
        return best
