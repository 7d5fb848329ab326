"""Says in words what an amount looked at in a record, cell by cell, and why it comes to nothing.

It may read cells to quote them. It decides nothing again: what applies was decided in the Case by which the
amount was worked out; here it only gets its words, its clause and its cells.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sanchuang_cli.domain.entitlement.amounts import Amount, Supplement, Tier
from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.conditions import Conditions, RuleColumns
from sanchuang_cli.domain.entitlement.service import CountedService, named_way
from sanchuang_cli.domain.entitlement.tariff import Case, Standard, Tariff, reaches
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.months import EVER, NEVER
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.verdict import Clause, Sentence, Step, failing, never
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Month

BY = {"tenure": ("spells",), "ways": ("spells",), "age": ("identity",)}
"""The fields by which tiers go, where they name no column."""
_CUT_OFF = "减至零"


class AmountReason(NamedTuple):
    """One thing that an amount looked at besides the measure of its tiers. applies: whether it changed the
    sum."""

    part: str
    applies: bool
    clause: Clause


class AmountReasons:
    """The words, clauses and cells of one amount. tariff: the one that works the amount out."""

    def __init__(self, amount: Amount, cells: RuleColumns, tariff: Tariff) -> None:
        self._amount, self._tariff, self._cells = amount, tariff, cells
        self._tiers = [Conditions(tier.when, cells) for tier in amount.tier]
        self._supplements = [
            (
                more,
                Conditions(more.when, cells),
                cells.name(more.times_column) if more.times_column else "",
                cells.reader(more.times_column) if more.times_column else None,
            )
            for more in amount.supplement
        ]
        self._rates = {
            tier.rate_column: (cells.name(tier.rate_column), cells.kind(tier.rate_column))
            for tier in amount.tier
            if tier.rate_column
        }
        self._instead = [Conditions(other.when, cells) for other in amount.instead]
        self._others = [(top, cells.name(top.column), cells.reader(top.column)) for top in amount.top_up]
        based = amount.base_column
        self._base = (cells.name(based), cells.reader(based)) if based else None
        self._received = [
            (once, cells.name(once.column), cells.reader(once.column)) for once in amount.set_off
        ]
        by_column = (cells.name(amount.column),) if amount.column else ()
        self._key_columns: tuple[str, ...] = BY.get(amount.by, by_column)

    # -------------------------------------------------------------- what was looked at

    def looked_at(
        self, record: Member, born: Born, cases: Sequence[Case], standard: Standard | None
    ) -> list[AmountReason]:
        """Return all that the amount looked at for the posts of `cases`, in the order in which it acts on the
        sum.

        standard: what came of it; None where no post lies in a tier.
        """
        person = cases[0] if cases else Case()
        found = [*self._based_on(record, person), *self._instead_of(record, born, person)]
        if person.instead < 0:
            found += [*self._served(person), *self._by_era(person)]
            found += dict.fromkeys(
                one for case in cases for one in self._conditions_of_tiers(record, born, case)
            )
        if person.instead < 0 and standard is not None:
            found += self._added(record, born, person, standard)
        return [*found, *self._topped_up(record), *self._set_off(record)]

    def _based_on(self, record: Member, case: Case) -> Iterator[AmountReason]:
        """The base by which the tier goes in which the case lies: one that it names, else that of the row."""
        tier = self._tariff.tier(case)
        base = self._tariff.based_on(tier) if tier else None
        if base is None and self._base:
            name, read = self._base
            said = _received(self._amount.base_column, read(record), "元")
            yield AmountReason("基数", True, Clause("基数", self._amount.clause, (name,), *_ever(True), said))
        if base and base.by and case.base is not None:
            names = tuple(self._cells.name(heading) for heading in base.by)
            whose = base.whose(self._cells.reader(heading)(record) for heading in base.by)
            said = Sentence("“{}”（{}）{} 元", (base.name, whose, plain(case.base)))
            yield AmountReason("基数", True, Clause("基数", base.clause, names, *_ever(True), said))
        if (name := self._amount.base_benefit) and case.base is not None:
            said = Sentence("“{}”按本人情况算出的标准 {} 元", (name, plain(case.base)))
            yield AmountReason("基数", True, Clause("基数", self._amount.clause, (), *_ever(True), said))

    def _instead_of(self, record: Member, born: Born, case: Case) -> Iterator[AmountReason]:
        for i, (other, test) in enumerate(zip(self._amount.instead, self._instead, strict=True)):
            applies = i == case.instead
            yield AmountReason(
                "改发定额", applies, _worded(test, record, born, applies, (other.name, other.clause))
            )
            if applies:
                return

    def _served(self, case: Case) -> Iterator[AmountReason]:
        """Say how long the person served, by each way that a tier asks for."""
        if case.ways:
            said = Sentence("{}", (_months_by_way(case),))
            yield AmountReason(
                "分档年限", True, Clause("分档年限", self._amount.clause, ("spells",), *_ever(True), said)
            )

    def _by_era(self, case: Case) -> Iterator[AmountReason]:
        """Say how long the person served before and after the days that a tier names."""
        for ends, served in case.eras:
            told = [f"{end} 前 {plain(units)}" for end, units in zip(ends, served, strict=False)]
            said = Sentence("{}", ("，".join([*told, f"以后 {plain(served[-1])}"]),))
            clause = Clause("分段年限", self._amount.clause, ("spells",), *_ever(True), said)
            yield AmountReason("分段年限", True, clause)

    def _conditions_of_tiers(self, record: Member, born: Born, case: Case) -> Iterator[AmountReason]:
        """Go through the tiers in which the measure lies, up to the one that is paid."""
        for i, (tier, test) in self._in_turn():
            if not (tier.pays(case.post) and reaches(tier, case)):
                continue
            applies = i not in case.barred
            if test.tests:
                yield AmountReason("分档条件", applies, _worded(test, record, born, applies))
            if applies:
                yield from self._fixed(tier, case)
                return

    def _fixed(self, tier: Tier, case: Case) -> Iterator[AmountReason]:
        """Quote the rate that stands in the row itself."""
        if tier.rate_column and case.rate is not None:
            name, kind = self._rates[tier.rate_column]
            sign = {Kind.MONEY: " 元", Kind.PERCENT: "%"}.get(kind, "")
            said = Sentence("“{}”{}{}", (tier.rate_column, plain(case.rate), sign))
            yield AmountReason(
                "核定标准", True, Clause("核定标准", self._amount.clause, (name,), *_ever(True), said)
            )

    def _in_turn(self) -> Iterator[tuple[int, tuple[Tier, Conditions]]]:
        """Return the tiers with their numbers, in the order in which they are tried."""
        numbered = list(enumerate(zip(self._amount.tier, self._tiers, strict=True)))
        yield from reversed(numbered) if self._amount.by == "ways" else numbered

    def _added(self, record: Member, born: Born, case: Case, standard: Standard) -> Iterator[AmountReason]:
        done = {step.what for step in standard.steps}
        for (more, test, name, counted), times in zip(self._supplements, case.times, strict=False):
            clause = _worded(test, record, born, bool(times), (more.name, more.clause))
            said, columns = [str(clause.said)] if test.tests else [], [*clause.columns]
            if more.age_at_least is not None:
                said.append(f"满 {more.age_at_least} 周岁的")
                columns.append("identity")
            if counted:
                said.append(f"“{more.times_column}”{_count(counted(record))}")
                columns.append(name)
            if times and more.name not in done and _CUT_OFF not in done:
                said.append("几项里只取最高的一项")
            part = "减发" if more.rate < 0 else "增发"
            words = Sentence("{}", ("；".join(said) or "人人适用",))
            yield AmountReason(
                part, bool(times), _clause(more, tuple(dict.fromkeys(columns)), words, bool(times))
            )

    def _topped_up(self, record: Member) -> Iterator[AmountReason]:
        for top, name, read in self._others:
            said = _received(top.column, read(record), "元/年" if top.per == "year" else "元/月")
            found = bool(read(record))
            yield AmountReason("补差", found, Clause("补差", top.clause, (name,), *_ever(found), said))

    def _set_off(self, record: Member) -> Iterator[AmountReason]:
        for once, name, read in self._received:
            found = bool(read(record))
            said = _received(once.column, read(record), "元")
            yield AmountReason("抵扣", found, Clause(once.name, once.clause, (name,), *_ever(found), said))

    # -------------------------------------------------------------- why it comes to nothing

    def no_tier(
        self, record: Member, born: Born, held: Sequence[tuple[Case, CountedService | None]], at: int
    ) -> list[Clause]:
        """Say why none of the posts lies in a tier in the month `at`.

        If the measure of a post does lie in one, its conditions are the cause. Otherwise the nearest tier of
        the first post is named, and its condition too if that fails as well.
        """
        for case, _ in held:
            fitting = [
                i for i, tier in enumerate(self._amount.tier) if tier.pays(case.post) and reaches(tier, case)
            ]
            if fitting:
                barring = [clause for i in fitting for clause in self._barring(record, born, i, at)]
                return barring or [self._no_base()]
        case, length = held[0] if held else (Case(), None)
        counted = f"认定 {length.rounded}，" if length else ""
        if case.ways:
            counted = f"{_months_by_way(case)}，"
        i = self._nearest(case)
        if i is None or not held:
            said = Sentence("{}不在任何一档", (counted,))
            return [never("未达最低档", self._amount.clause, self._key_columns, said)]
        tier = self._amount.tier[i]
        which = "最低一档" if i == self._first(case.post) else "最近一档"
        said = Sentence("{}不在任何一档；{}为{}", (counted, which, self._tariff.named(tier, case)))
        short = never("未达最低档", self._amount.clause, self._key_columns, said)
        return [short, *self._barring(record, born, i, at)]

    def _no_base(self) -> Clause:
        """Say why a tier that was reached gives nothing: the benefit whose standard it multiplies has no
        standard."""
        said = Sentence(
            "“{}”里没有本人的标准（任职没有到那一项的最低档），没有可以按它算的数",
            (self._amount.base_benefit,),
        )
        return never("没有基数", self._amount.clause, ("spells",), said)

    def _barring(self, record: Member, born: Born, i: int, at: int) -> list[Clause]:
        """Return the condition of a tier, if it is not fulfilled in the month `at`."""
        test = self._tiers[i]
        judged = test.judged(record, born)
        if not test.tests or judged.first <= at <= judged.last:
            return []
        return [_worded(test, record, born, False)]

    def _first(self, post: str) -> int | None:
        return next((i for i, tier in enumerate(self._amount.tier) if tier.pays(post)), None)

    def _nearest(self, case: Case) -> int | None:
        """Return the lowest tier that lies above the measure, or the last one if none does."""
        own = [(i, tier) for i, tier in enumerate(self._amount.tier) if tier.pays(case.post)]
        if self._amount.by == "ways":
            return own[0][0] if own else None
        above = [i for i, tier in own if _is_above(tier, case)]
        return above[0] if above else own[-1][0] if own else None

    def nothing(self, standard: Standard, looked: Sequence[AmountReason]) -> list[Clause]:
        """Say why a standard is zero: name the step of the arithmetic from which on it is zero, and what that
        step looked at."""
        zero = len(standard.steps) - 1
        while zero and standard.steps[zero - 1].result == "0":
            zero -= 1
        step = standard.steps[zero]
        before = {one.what for one in standard.steps[:zero]}
        applied = [one.clause for one in looked if one.applies and one.part in _PARTS_OF.get(step.what, ())]
        if step.what == "取整" and "补差" in before:
            step = standard.steps[-1]
            applied = [one.clause for one in looked if one.applies and one.part == "补差"]
        if not applied:
            applied = [one.clause for one in looked if one.applies and one.clause.name == step.what]
        name = "应补差额为零" if applied and applied[0].name == "补差" else "标准为零"
        if not applied:
            return [never(name, self._amount.clause, self._of_zero(step), Sentence("{}", (step,)))]
        citations = "、".join(dict.fromkeys(clause.citation for clause in applied))
        columns = tuple(dict.fromkeys(column for clause in applied for column in clause.columns))
        return [never(name, citations, columns, Sentence("{}", (step,)))]

    def _of_zero(self, step: Step) -> tuple[str, ...]:
        """Return the cells on which a tier's own figure depends."""
        return self._key_columns if step.what.endswith(" 标准") else ()


_PARTS_OF = {_CUT_OFF: ("减发",), "补差": ("补差",)}
"""For the name of a step, the parts that cause it. A supplement or a fixed sum has a step with its own
name."""


def _months_by_way(case: Case) -> str:
    """Give a text such as 最长连续 80 个月，累计 130 个月."""
    months = dict.fromkeys(f"{named_way(way)} {plain(served)} 个月" for way, served in case.ways)
    return "，".join(months)


def _is_above(tier: Tier, case: Case) -> bool:
    return case.key is not None and tier.at_least is not None and tier.at_least > case.key  # type: ignore[operator]


def _worded(
    test: Conditions, record: Member, born: Born, holds: bool, named: tuple[str, str] | None = None
) -> Clause:
    """Return a clause for the conditions of a part of an amount, as they were found to be fulfilled or not.

    named: the name and clause of the part itself.
    """
    judged = test.judged(record, born).clauses
    several = len(judged) > 1
    said = Sentence(
        "{}", ("；".join(f"{one.name}：{one.said}" if several else f"{one.said}" for one in judged),)
    )
    name, citation = named or (
        "、".join(one.name for one in judged),
        "、".join(dict.fromkeys(one.citation for one in judged)),
    )
    columns = tuple(dict.fromkeys(column for clause in judged for column in clause.columns))
    return Clause(name, citation, columns, *_ever(holds), said)


def _clause(more: Supplement, columns: tuple[str, ...], said: Sentence, holds: bool) -> Clause:
    return Clause(more.name, more.clause, columns, *_ever(holds), said)


def _ever(holds: bool) -> tuple[int, int]:
    return (EVER, NEVER) if holds else (NEVER, EVER)


def _count(value: Any) -> str:
    return f"为 {value}" if value is not None else "未填"


def _received(heading: str, fen: int | None, unit: str) -> Sentence:
    if fen is None:
        return Sentence("“{}”未填，按零计", (heading,))
    return Sentence("“{}”{} {}", (heading, yuan(fen), unit))


# ------------------------------------------------------------------ why no month is left


def apart(clauses: Sequence[Clause], first: int, asked: range, citation: str) -> Clause:
    """Say why no month is left of those `asked`, although each clause is fulfilled in some month.

    The clause that begins last (in the month `first`) and the clause that ends first are named. citation: the
    clause of the benefit, used if it is the benefit itself that begins in that month.
    """
    late = [clause for clause in clauses if clause.first == first][:1]
    ending = [clause for clause in clauses if clause.last < asked.stop - 1]
    early = [min(ending, key=lambda clause: clause.last)] if ending else []
    told = [f"自{Month.at(first)}起才有{'、'.join(one.name for one in late) or '这一项'}"]
    told += [f"{one.name}只到{Month.at(one.last)}" for one in early]
    citations = "、".join(dict.fromkeys(one.citation for one in (*late, *early))) or citation
    columns = tuple(dict.fromkeys(column for one in (*late, *early) for column in one.columns))
    return never(
        "各条同时成立", citations, columns, Sentence("本期没有一个月份各条都成立：{}", ("，".join(told),))
    )


def missed(clauses: Sequence[Clause], at: int, citation: str) -> list[Clause]:
    """Return the clauses that are not fulfilled in the month `at`, in which the sum of a year is paid.

    citation: the clause of the amount.
    """
    unmet = {clause.name: clause for clause in failing(clauses, range(at, at + 1))}
    said = "按年发放，{!m}发，那个月不成立：{}"
    if not unmet:
        return [never("本期不是发放月", citation, (), Sentence("按年发放，{!m}发，那个月还不能发", (at,)))]
    return [
        never(clause.name, clause.citation, clause.columns, Sentence(said, (at, clause.said)))
        for clause in unmet.values()
    ]
