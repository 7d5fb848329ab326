"""Makes the conditions of a policy ready to be asked of many people: a record goes in, a Clause comes out.

It may read cells of the record. It knows no amount. A cell whose meaning nobody can tell is never taken for a
yes or a no: it becomes a RowTrouble, and the row is set aside.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from operator import attrgetter, not_, truth
from typing import Any

from msgspec import Struct

from sanchuang_cli.domain import exact_numbers
from sanchuang_cli.domain.age import OldEnough
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.blocks import Condition
from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble, trouble
from sanchuang_cli.domain.months import EVER, NEVER, effect, number
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.verdict import Clause, Sentence, always, never
from sanchuang_cli.domain.words import NO, NOTHING, narrow, unstopped
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Month, VagueDate
from sanchuang_cli.record import Field

QuickTest = tuple[Callable[[Member], Any], Callable[[Any], bool]]
"""What to read of a record, and whether what was read will do."""
_DENIES = re.compile("(?:[无未]|没有?)(?:受过?|有)?(?:任何)?")
_SIGNS = NO - {"错", "□", "不"}
"""What says no in a column of words too."""
_NOT_FILLED = NOTHING | NO
_STATES, _ANSWERS = {"健在情况", "户籍状况"}, {"无", "没有"}
"""In a column that asks for a state, a word for nothing is no blank: nobody can tell what there is none of."""
BETWEEN = re.compile(r"[、，,；;/\s]+")
_FEN = 100
_PERCENT = 100
_EXAMPLES = 4
_IDENTITY = "identity"


def _whose_age(record: Member) -> None:
    """Stands in the list of readers for the age of a person, because the age is not read from the record
    alone."""


@dataclass(frozen=True)
class RuleColumns:
    """The columns that rules may read, by heading.

    bases: the figures with which incomes are compared. at: a month, as a number, that tells which value of a
    base is meant.
    """

    fields: dict[str, Field]
    bases: Mapping[str, Base] = field(default_factory=dict)
    at: int = 0

    def reader(self, heading: str) -> Callable[[Member], Any]:
        """Return a function that reads the column from a record, whether the roster or a policy
        declares it."""
        name = self.fields[heading].name
        if name in Member.__struct_fields__:
            return attrgetter(name)
        return lambda record: record.more.get(name)

    def name(self, heading: str) -> str:
        """Return the name of the field under a heading."""
        return self.fields[heading].name

    def kind(self, heading: str) -> Kind:
        """Return what kind of value stands under a heading."""
        return self.fields[heading].kind


def _number(value: Any) -> str:
    """Return a fraction as a decimal number (144001/100 becomes 1440.01), and anything else as it is."""
    return exact_numbers.plain(value) if isinstance(value, Fraction) else str(value)


def measured(value: int | Fraction, kind: Kind) -> Fraction:
    """Return the number of a cell in the unit of the policy: yuan, per cent, or how many."""
    if kind is Kind.MONEY:
        return Fraction(value, _FEN)
    return Fraction(value) * (_PERCENT if kind is Kind.PERCENT else 1)


def _filled(value: Any) -> bool:
    return narrow(value).lower() not in _NOT_FILLED if isinstance(value, str) else value not in (None, (), 0)


@dataclass
class Test:
    """A condition together with the columns that it reads."""

    rule: Condition
    cells: RuleColumns

    def __post_init__(self) -> None:
        rule = self.rule
        self._columns: tuple[str, ...] = (_IDENTITY,)
        self._since: Callable[[Member], Any] | None = None
        self._read: Callable[[Member], Any] = _whose_age
        self._line = self.cells.bases.get(rule.line)
        self._classes = [self.cells.reader(heading) for heading in (self._line.by if self._line else ())]
        if rule.test == "age":
            return
        read = self._read = self.cells.reader(rule.column)
        self._since = self.cells.reader(rule.since) if rule.since else None
        by_class = self._line.by if self._line else ()
        names = [self.cells.name(heading) for heading in (rule.column, rule.since, *by_class) if heading]
        self._columns = tuple(names)
        self._kind = self.cells.kind(rule.column)
        if rule.test == "filled" and self._kind is Kind.SPELLS:
            self._read = lambda record: bool(read(record)) or None
        self._accept = frozenset(map(narrow, rule.accept))
        self._refuse = frozenset(map(narrow, rule.refuse))
        self._none = NOTHING - self._accept - self._refuse
        if rule.column in _STATES:
            self._none -= _ANSWERS
        self._dated = rule.test == "stop"

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that are read as they stand; "" for a value that must be worked out first."""
        worked_out = self.rule.test == "age" or (self.rule.test == "filled" and self._kind is Kind.SPELLS)
        return ("",) if worked_out else self._columns

    @property
    def reads(self) -> tuple[Callable[[Member], Any], ...]:
        """The readers of all that the answer depends on. If the condition asks whether there are spells, it
        depends only on that, and not on which spells."""
        return (self._read, self._since) if self._since else (self._read, *self._classes)

    @property
    def may_be_unclear(self) -> bool:
        """Whether there can be cells of which this condition cannot tell what they mean."""
        return self.rule.test == "words" or "set_aside" in (self.rule.blank, self.rule.undated)

    @property
    def fixed(self) -> bool:
        """Whether the answer is the same in every month."""
        return self.rule.stop is None and self.rule.test != "age"

    def judged(self, value: Any, *beside: Any) -> tuple[Clause, RowTrouble | None]:
        """Return the clause for these values of the cells, and a trouble if nobody can tell.

        beside: since when it is so, or the township, village or class that decides which limit is meant.
        """
        if self._line:
            return self._of_line(value, self._line, beside)
        since = beside[0] if beside else None
        if isinstance(value, Born):
            return self._of_age(value), None
        if not self._dated:
            return self._judged(value, since)
        if value:
            return self._until(value, f"{self.rule.column} "), None
        if self.rule.blank == "accept":
            return self._holds("未填，视为没有"), None
        return self._of_blank(since)

    def _judged(self, value: Any, since: VagueDate | None) -> tuple[Clause, RowTrouble | None]:
        rule = self.rule
        if rule.test == "filled":
            filled = _filled(value)
            seen = f"“{rule.column}”{'已填' if filled else '未填'}"
            return self._yes_or_no(filled == rule.filled, seen, since)
        if value is None or (isinstance(value, str) and self._said(value) in self._none):
            return self._of_blank(since)
        if rule.test == "words":
            return self._of_words(str(value), since)
        if rule.test == "must_be":
            seen = f"“{rule.column}”为“{'是' if value else '否'}”"
            return self._yes_or_no(value == rule.must_be, seen, since)
        within = self._in_range(value)
        return self._yes_or_no(within, self._shown(value), since)

    def _of_blank(self, since: VagueDate | None) -> tuple[Clause, RowTrouble | None]:
        if self.rule.blank == "set_aside":
            return self._unclear("未填，无法认定", "请补填这一格。")
        return self._yes_or_no(self.rule.blank == "accept", "未填", since)

    def words_in(self, record: Member) -> list[str]:
        """The words of a record's cell as the lists are asked for them; none where it says nothing."""
        value = self._read(record)
        text = "" if value is None else str(value)
        return [] if self._said(text) in self._none else self._split(text)

    def _said(self, text: str) -> str:
        """The cell as the lists have it: without a stop, and 否 for whatever says no where they take that."""
        said = narrow(text) if narrow(text) in self._accept | self._refuse else unstopped(text)
        known = self._none | self._accept | self._refuse
        no = "否" in self._accept and said not in known and says_no(said, self.rule.column)
        return "否" if no else said

    def _split(self, text: str) -> list[str]:
        """The cell as one word where a list has it, else its words."""
        words = [self._said(text)]
        if words[0] not in self._accept | self._refuse:
            words = [narrow(word) for word in BETWEEN.split(text.strip()) if word]
        return words

    def _of_words(self, text: str, since: VagueDate | None) -> tuple[Clause, RowTrouble | None]:
        words = self._split(text)
        unknown = [word for word in words if word not in self._accept and word not in self._refuse]
        if unknown or not words:
            some = "、".join((self.rule.accept or self.rule.refuse)[:_EXAMPLES])
            return self._unclear(
                f"写的是“{text}”，不在政策的词表里",
                f"请改成词表里的说法（如 {some}）；确应收入词表的，在政策文件这一条里补上。",
            )
        return self._yes_or_no(not any(word in self._refuse for word in words), f"“{text}”", since)

    def _in_range(self, value: Any) -> bool:
        value = value.earliest if isinstance(value, VagueDate) else measured(value, self._kind)
        low, high = self.rule.at_least, self.rule.below
        return (low is None or low <= value) and (high is None or value < high)

    def _shown(self, value: Any) -> str:
        low, high = self.rule.at_least, self.rule.below
        sign = "%" if self._kind is Kind.PERCENT else ""
        above, under = ("及以后", "以前") if self._kind is Kind.DATE else ("及以上", "以下")
        edges = [f"{_number(low)}{sign} {above}"] if low is not None else []
        edges += [f"{_number(high)}{sign} {under}（不含）"] if high is not None else []
        shown = value if isinstance(value, VagueDate) else measured(value, self._kind)
        return f"{self.rule.column} {_number(shown)}{sign}，应为 {'、'.join(edges)}"

    def _yes_or_no(self, holds: bool, seen: str, since: VagueDate | None) -> tuple[Clause, RowTrouble | None]:
        if holds:
            return self._holds(seen), None
        if self.rule.since:
            if since:
                return self._until(since, f"{seen}，{self.rule.since} "), None
            if self.rule.undated == "set_aside":
                return self._unclear(
                    f"为{seen}，但“{self.rule.since}”未填，不知从何时起停发", f"请补填“{self.rule.since}”。"
                )
        return never(self.rule.name, self.rule.clause, self._columns, Sentence(seen)), None

    def _holds(self, seen: str) -> Clause:
        return always(self.rule.name, self.rule.clause, self._columns, Sentence(seen))

    def _until(self, day: VagueDate, seen: str) -> Clause:
        assert self.rule.stop
        stopped = effect(number(day.earliest), self.rule.stop)
        said = Sentence("{}{}，自{!m}起停发", (seen, day, stopped))
        return Clause(self.rule.name, self.rule.clause, self._columns, EVER, stopped - 1, said)

    def _of_line(self, value: Any, line: Base, classes: Sequence[Any]) -> tuple[Clause, RowTrouble | None]:
        """Compare the value with so many times a base, at the base's value in this month."""
        if value is None:
            return self._of_blank(None)
        rule, at, whose = self.rule, Month.at(self.cells.at), line.whose(classes)
        figure = line.figure(at, whose)
        if figure is None:
            return self._unclear(
                f"要与“{line.name}”比：{line.unknown(at, whose)}", f"请核对“{'、'.join(line.by)}”。"
            )
        limit, seen = figure * rule.times, measured(value, self._kind)
        holds = seen < limit if rule.below_base else seen <= limit
        times = f" × {_number(rule.times)}" if rule.times != 1 else ""
        counted = f"{line.name}{_number(figure)}{times}"
        edge = f"{_number(limit)}{'' if not times else f'（{counted}）'} 以下" + (
            "（不含）" if rule.below_base else ""
        )
        said = (
            f"{rule.column} {_number(seen)}，应为 {edge}"
            if times
            else f"{rule.column} {_number(seen)}，应为{line.name} {edge}"
        )
        return self._yes_or_no(holds, said, None)

    def _of_age(self, born: Born) -> Clause:
        rule = self.rule
        years = rule.male if born.sex == "男" else rule.female
        assert years is not None
        first = OldEnough("birthday", rule.first, rule.leap_day).month(born.day, years)
        said = Sentence("{}，{}生，自{!m}起满{}周岁", (born.sex, born.day, first, years))
        return Clause(rule.name, rule.clause, self._columns, first, NEVER, said)

    def _unclear(self, message: str, mend: str) -> tuple[Clause, RowTrouble]:
        basis = f"{self.rule.name}（{self.rule.clause}）"
        told = trouble("unclear", self._columns[0], f"“{self.rule.column}”{message}", basis, mend)
        return never(self.rule.name, self.rule.clause, self._columns, Sentence(message)), told

    def may_hold(self) -> QuickTest:
        """Return a quick test whether the condition can be fulfilled on some day. It says yes where nobody
        can tell."""
        rule, read, since = self.rule, self._read, self._since
        if rule.stop is None and rule.test == "must_be":
            unfilled = rule.blank != "refuse"
            return read, cache(lambda value: unfilled if value is None else value == rule.must_be)
        if rule.stop is None and rule.test == "range" and self._kind is Kind.DATE and rule.blank == "refuse":
            low, high = rule.at_least or date.min, rule.below
            return (
                read,
                lambda value: value is not None and low <= value[0] and (high is None or value[0] < high),
            )
        if rule.stop is None and rule.test == "filled" and self._kind is Kind.SPELLS:
            return self.cells.reader(rule.column), truth if rule.filled else not_
        if since:
            return lambda record: (read(record), since(record)), cache(lambda key: self._may_hold(*key))
        return read, cache(self._may_hold)

    def _may_hold(self, value: Any, since: VagueDate | None = None) -> bool:
        clause, trouble = self.judged(value, since)
        return trouble is not None or clause.first <= clause.last


def _one_of_each_group(
    tests: Sequence[Test], found: Sequence[tuple[Clause, RowTrouble | None]], at: int
) -> list[tuple[Clause, RowTrouble | None]]:
    """Return the clauses, those of one `either` group joined into a single clause where the first of them
    stood."""
    groups: dict[str, list[tuple[Clause, RowTrouble | None]]] = {}
    for test, judged in zip(tests, found, strict=True):
        groups.setdefault(test.rule.either, []).append(judged)
    done: list[tuple[Clause, RowTrouble | None]] = []
    for test, judged in zip(tests, found, strict=True):
        group = test.rule.either
        if not group:
            done.append(judged)
        elif group in groups:
            done.append(_either(group, groups.pop(group), at))
    return done


def _either(
    group: str, judged: Sequence[tuple[Clause, RowTrouble | None]], at: int
) -> tuple[Clause, RowTrouble | None]:
    """Return one clause that is fulfilled where one of several is.

    It is doubtful only if the doubtful one would decide. It does not decide if another one is fulfilled from
    the month `at` on, which is the first month that is asked about.
    """
    clauses = [clause for clause, _ in judged]
    begun = [clause.first for clause in clauses if clause.first <= clause.last]
    said = Sentence("满足其一：{}", ("；".join(f"{clause.name}（{clause.said}）" for clause in clauses),))
    citation = "、".join(dict.fromkeys(clause.citation for clause in clauses))
    columns = tuple(dict.fromkeys(name for clause in clauses for name in clause.columns))
    settled = any(first <= at for first in begun)
    trouble = None if settled else next((trouble for _, trouble in judged if trouble), None)
    if not begun:
        return never(group, citation, columns, said), trouble
    return Clause(group, citation, columns, min(begun), NEVER, said), trouble


class JudgedConditions(Struct, frozen=True, gc=False):
    """What a group of conditions says of one record: the clauses, and the first and last month in which all
    of them are fulfilled."""

    clauses: tuple[Clause, ...]
    first: int
    last: int
    troubles: tuple[RowTrouble, ...]


def says_no(text: str, column: str) -> bool:
    """Whether a cell of words says no in a column such as 处分情况: ×, 0, 无处分, 未受过处分."""
    said = unstopped(text)
    before = said.removesuffix(column.removesuffix("情况"))
    return said in _SIGNS or (before != said and _DENIES.fullmatch(before) is not None)


class Conditions:
    """A group of conditions.

    Most people's cells say the same, so each answer is kept by the values of the cells and used again.
    """

    def __init__(self, rules: Iterable[Condition], cells: RuleColumns) -> None:
        self.tests = [Test(rule, cells) for rule in rules if rule.active]
        self._grouped = any(test.rule.either for test in self.tests)
        self._aged = any(test.rule.test == "age" for test in self.tests)
        self._reads = [read for test in self.tests for read in test.reads]
        names = [getter for test in self.tests for getter in test.names]
        self._key: Callable[[Member], tuple[Any, ...]]
        if len(names) > 1 and all(name in Member.__struct_fields__ for name in names):
            self._key = attrgetter(*names)
        else:
            self._key = lambda record: tuple([read(record) for read in self._reads])
        self._known: dict[tuple[Any, ...], JudgedConditions] = {}

    def judged(self, record: Member, born: Born | None = None, at: int = EVER) -> JudgedConditions:
        """Judge a record. at: the first month that is asked about. `born` matters only where a condition asks
        for the age."""
        if self._aged:
            return self._with_age(record, born, at)
        key = self._key(record)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._judge(key)
        return known

    def _with_age(self, record: Member, born: Born | None, at: int) -> JudgedConditions:
        key = tuple([born if read is _whose_age else read(record) for read in self._reads])
        known = self._known.get((at, *key))
        if known is None:
            known = self._known[at, *key] = self._judge(key, at)
        return known

    def _judge(self, key: tuple[Any, ...], at: int = EVER) -> JudgedConditions:
        values = iter(key)
        each = [test.judged(*(next(values) for _ in test.reads)) for test in self.tests]
        found = _one_of_each_group(self.tests, each, at) if self._grouped else each
        clauses = tuple(clause for clause, _ in found)
        troubles = tuple(trouble for _, trouble in found if trouble)
        return JudgedConditions(
            clauses,
            max((clause.first for clause in clauses), default=EVER),
            min((clause.last for clause in clauses), default=NEVER),
            troubles,
        )
