"""Judges from when and until when something is paid: age, events, approval, suspension. Each becomes a clause
over months.

It may read date cells of the record, and nothing about amounts. Many people share the same clause, so each is
made once.
"""

from collections.abc import Iterator, Sequence

from sanchuang_cli.domain.age import OldEnough
from sanchuang_cli.domain.entitlement.blocks import Age, Event, Payable, Suspension
from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.conditions import RuleColumns
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble, trouble
from sanchuang_cli.domain.months import EVER, NEVER, effect, number
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.verdict import Clause, Sentence, always, never
from sanchuang_cli.period import VagueDate

_IDENTITY = ("identity",)


class AgeRule:
    """年满, and 未满 where payment stops at an age."""

    def __init__(self, rule: Age) -> None:
        self._rule = rule
        self._old_enough = OldEnough(rule.mode, rule.first, rule.leap_day, rule.as_of)
        self._too_old = OldEnough(rule.mode, rule.stop, rule.leap_day)
        self._known: dict[Born, tuple[Clause, ...]] = {}

    def clauses(self, born: Born) -> tuple[Clause, ...]:
        """Return the clauses for a birth and sex."""
        known = self._known.get(born)
        if known is None:
            known = self._known[born] = tuple(self._of(born))
        return known

    def _of(self, born: Born) -> Iterator[Clause]:
        rule, male = self._rule, born.sex == "男"
        years, until = (rule.male, rule.until_male) if male else (rule.female, rule.until_female)
        if years or until is None:
            yield self._reached(born, years)
        if until is not None:
            last = self._too_old.month(born.day, until) - 1
            said = Sentence("{}，{}生，到{!m}止", (born.sex, born.day, last))
            yield Clause(f"到{until}周岁为止", rule.clause, _IDENTITY, EVER, last, said)

    def _reached(self, born: Born, years: int) -> Clause:
        rule = self._rule
        first = self._old_enough.month(born.day, years)
        name = f"年满{years}周岁"
        if rule.mode == "as_of":
            make = always if first == EVER else never
            return make(
                name, rule.clause, _IDENTITY, Sentence("{}，{}生，截至{}", (born.sex, born.day, rule.as_of))
            )
        said = Sentence("{}，{}生，自{!m}起", (born.sex, born.day, first))
        return Clause(name, rule.clause, _IDENTITY, first, NEVER, said)


class EventRule:
    """An event whose day must have come."""

    def __init__(self, rule: Event, cells: RuleColumns) -> None:
        self._rule, self._read = rule, cells.reader(rule.column)
        self._columns = (cells.name(rule.column),)
        make = always if rule.blank == "accept" else never
        self._blank = make(rule.name, rule.clause, self._columns, Sentence("未填"))
        self._known: dict[VagueDate, Clause] = {}

    def clause(self, record: Member, troubles: list[RowTrouble]) -> Clause:
        """Return the clause for the day of the event. If nobody can tell, a trouble is added to
        `troubles`."""
        rule, day = self._rule, self._read(record)
        if day:
            known = self._known.get(day)
            if known is None:
                first = effect(number(day.earliest), rule.first)
                said = Sentence("{}，自{!m}起", (day, first))
                known = Clause(rule.name, rule.clause, self._columns, first, NEVER, said)
                self._known[day] = known
            return known
        if rule.blank == "set_aside":
            message, mend = f"“{rule.column}”未填，不知从何时起发", f"请补填“{rule.column}”。"
            troubles.append(trouble("unclear", self._columns[0], message, rule.clause, mend))
        return self._blank


class ApprovalRule:
    """审批: not before it; but up to the limit's months before it are made good when it comes."""

    def __init__(self, rule: Payable, cells: RuleColumns) -> None:
        self._rule, self._read = rule, cells.reader(rule.approval)
        self._columns = (cells.name(rule.approval),)
        make = always if rule.unapproved == "accept" else never
        self._blank = make("审批", rule.clause, self._columns, Sentence("未填"))
        self._known: dict[tuple[int, int], Clause] = {}

    def month(self, record: Member) -> int | None:
        """The month of approval, None where the column is blank."""
        day = self._read(record)
        return number(day.earliest) if day else None

    def clause(self, record: Member, until: int, troubles: list[RowTrouble]) -> Clause:
        """In a run whose period ends before the month `until`."""
        approved = self.month(record)
        if approved is not None:
            key = (approved, until)
            if key not in self._known:
                self._known[key] = self._of(approved, until)
            return self._known[key]
        if self._rule.unapproved == "set_aside":
            message, mend = f"“{self._rule.approval}”未填", f"请补填“{self._rule.approval}”。"
            troubles.append(trouble("unclear", self._columns[0], message, self._rule.clause, mend))
        return self._blank

    def _of(self, approved: int, until: int) -> Clause:
        limit = self._rule.retroactive_limit
        told = f"，最多补发此前 {limit} 个月" if limit else ""
        said = Sentence("{!m}审批" + (told if approved < until else "，在本期之后"), (approved,))
        first = approved - limit if approved < until else NEVER
        return Clause("审批", self._rule.clause, self._columns, first, NEVER, said)


class SuspensionRule:
    """A suspension (暂停) of payment."""

    def __init__(self, rule: Suspension, cells: RuleColumns) -> None:
        self._rule = rule
        self._start, self._end = cells.reader(rule.start), cells.reader(rule.end)
        self._columns = (cells.name(rule.start), cells.name(rule.end))

    def left(self, record: Member, months: Sequence[int]) -> tuple[Sequence[int], Clause | None]:
        """Return the months that are paid in spite of a suspension, and the clause that says so if there is a
        suspension."""
        rule, began, ended = self._rule, self._start(record), self._end(record)
        if not began:
            return months, None
        first, resumed = self._months(began, ended)
        paid = [at for at in months if not first <= at < resumed]
        told = ("，{!m}恢复", (first, resumed)) if ended else ("，尚未恢复", (first,))
        make = always if paid else never
        return paid, make(rule.name, rule.clause, self._columns, Sentence("自{!m}起暂停" + told[0], told[1]))

    def resumed(self, record: Member, at: int) -> int:
        """Return the month `at` itself, or, if it is suspended, the month in which payment resumes."""
        first, resumed = self._months(self._start(record), self._end(record))
        return resumed if first <= at < resumed else at

    def _months(self, began: VagueDate, ended: VagueDate | None) -> tuple[int, int]:
        rule = self._rule
        resumed = effect(number(ended.earliest), rule.resume) if ended else NEVER
        return effect(number(began.earliest), rule.first), resumed
