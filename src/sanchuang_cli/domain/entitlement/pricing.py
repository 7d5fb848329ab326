"""Finds the standard of each month in which all conditions are fulfilled, and the money that falls to that
month.

It may ask the tariff and read the columns that the amounts depend on. People who are alike in all of that get
the same answer, so it is worked out once for all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import groupby
from typing import NamedTuple, cast

from msgspec import Struct

from sanchuang_cli.domain.entitlement.amounts import Amount, SetOff
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.cases import CaseReader
from sanchuang_cli.domain.entitlement.conditions import RuleColumns
from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements
from sanchuang_cli.domain.entitlement.reasons import AmountReason, AmountReasons
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble
from sanchuang_cli.domain.entitlement.service import CountedService, Posts, ServiceHistory, joined
from sanchuang_cli.domain.entitlement.tariff import Case, Standard, Tariff
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.verdict import NO_ENTRIES, Clause, Sentence, never
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Month

_FEN = 100
OtherStandard = Callable[[Member, Born, int], tuple[Standard | None, tuple[RowTrouble, ...]]]
"""The standard of another benefit for a person in a month (None if there is none), and why nobody can tell
it."""
Held = Sequence[tuple[str, CountedService | None]]
"""The posts that can be paid for, each with the service that counts for it. Without service, there is one
post without a name."""


class PricedPerson(Struct, frozen=True, gc=False):
    """Whom an amount is worked out for: the record, birth and sex, the spells, and the first month in which
    anything is payable."""

    record: Member
    born: Born
    history: ServiceHistory | None
    first: int


class Priced(Struct, frozen=True, gc=False):
    """What falls to the months of one person.

    due: fen by month. standards: by month. length: the service that counted in the latest month. looks: gives
    what the amount looked at, put into words only when somebody asks. troubles: why nobody can tell; if there
    are any, nothing is due.
    """

    due: Mapping[int, int] = NO_ENTRIES
    standards: Mapping[int, Standard] = NO_ENTRIES
    length: CountedService | None = None
    looks: Callable[[], list[AmountReason]] = list
    troubles: tuple[RowTrouble, ...] = ()


class _Worked(NamedTuple):
    """The part of a Priced that people who are priced alike can share; the service of each one is added
    later.

    way: the way of counting posts that the latest month goes by, -1 for none.
    """

    due: Mapping[int, int]
    standards: Mapping[int, Standard]
    way: int
    looks: Callable[[], list[AmountReason]]
    troubles: tuple[RowTrouble, ...]


class Best(NamedTuple):
    """The best standard of a month, the way of counting posts that gives it, and its cases.

    standard: None where no post lies in a tier.
    """

    standard: Standard | None = None
    way: int = -1
    cases: tuple[Case, ...] = ()
    troubles: tuple[RowTrouble, ...] = ()


class AmountRule:
    """One amount of a benefit, ready to be asked: its tariff, the reader of its columns, and its words."""

    def __init__(self, benefit: Benefit, amount: Amount, edition: Entitlements, cells: RuleColumns) -> None:
        self.amount = amount
        bases: dict[str, Base] = {base.name: base for base in edition.base}
        self.tariff = Tariff(benefit.name, amount, bases, _unit(benefit, amount, cells))
        self.reader = CaseReader(amount, cells, bases)
        self.reasons = AmountReasons(amount, cells, self.tariff)
        self.set_off = [(once, cells.reader(once.column), cells.name(once.column)) for once in amount.set_off]
        self.steady = self.reader.fixed and not self.tariff.dated and not amount.base_benefit
        """Whether its standard is the same in every month."""
        self.plain = self.reader.plain and not amount.set_off and not amount.base_benefit
        """Whether the post, the length of service and the month decide everything."""
        self.other: OtherStandard | None = None
        """The standard of another benefit, if this amount is a multiple or a share of it."""

    def standard(self, person: PricedPerson, held: Held, at: int) -> Best:
        """Return what is paid in a month for these posts together. The cases are left out where they tell
        nothing more."""
        found = [self.reader.case(person.record, person.born, at, *one) for one in held]
        if troubles := tuple([trouble for one in found for trouble in one.troubles]):
            return Best(troubles=troubles)
        cases = tuple([one.case for one in found])
        if self.other and self.tariff.goes_by_a_tier(cases):
            based, troubles = self.other(person.record, person.born, at)
            if based is None or troubles:
                return Best(troubles=troubles)
            cases = tuple([case._replace(base=Fraction(based.fen, _FEN)) for case in cases])
        standard = self.tariff.standard(cases, at)
        return Best(standard, 0, () if self.plain else cases)


class Pricing:
    """The amounts of one benefit of one edition."""

    def __init__(
        self, benefit: Benefit, edition: Entitlements, cells: RuleColumns, posts: Posts | None
    ) -> None:
        self.benefit, self._posts = benefit, posts
        self._rules = {id(one): AmountRule(benefit, one, edition, cells) for one in benefit.amount}
        self._together = posts is not None and posts.rule.rate_post == "each_post"
        self._tier_ways = [
            *dict.fromkeys(way for amount in benefit.amount for tier in amount.tier for way in tier.ways)
        ]
        self._eras = [
            *dict.fromkeys(tier.era_ends for one in benefit.amount for tier in one.tier if tier.eras)
        ]
        self._plain = all(rule.plain for rule in self._rules.values())
        self._once = any("once" in (one.per, *(tier.per for tier in one.tier)) for one in benefit.amount)
        self._in_force: dict[int, AmountRule | None] = {}
        self._alike: dict[tuple[object, ...], _Worked] = {}
        self._short: dict[tuple[object, ...], list[Clause]] = {}
        self._others: dict[str, Pricing] = {}
        self.sets_off = any(rule.set_off for rule in self._rules.values())

    def refer(self, others: Mapping[str, tuple["Pricing", OtherStandard]]) -> None:
        """Make known the benefits of whose standards this one's amounts are multiples."""
        for rule in self._rules.values():
            if name := rule.amount.base_benefit:
                self._others[name], rule.other = others[name]

    def of(self, at: int) -> AmountRule | None:
        """The amount in force on the first day of a month."""
        if at not in self._in_force:
            amount = self.benefit.amount_in_force(Month.at(at).first)
            self._in_force[at] = self._rules[id(amount)] if amount else None
        return self._in_force[at]

    def missing(self, at: int) -> str:
        """What is lacking for a month, "" when all figures are there."""
        rule = self.of(at)
        if rule is None:
            return f"“{self.benefit.name}”没有该期标准"
        if rule.amount.base_benefit and (lacking := self._others[rule.amount.base_benefit].missing(at)):
            return lacking
        unknown = [
            rule.tariff.bases[name] for name in rule.amount.bases if not rule.tariff.has_base(name, at)
        ]
        return "；".join(
            f"“{self.benefit.name}”没有基数“{base.name}”，须由县里填写（{base.clause}）" for base in unknown
        )

    def received(self, record: Member, at: int) -> list[tuple[SetOff, int, str]]:
        """What is to be set off against the amount of a month: by what rule, how many fen, and the field that
        says so."""
        rule = self.of(at)
        found = [(once, read(record), name) for once, read, name in (rule.set_off if rule else ())]
        return [(once, fen, name) for once, fen, name in found if fen]

    def priced(self, person: PricedPerson, months: Sequence[int]) -> Priced:
        """The standard of each month and what falls to it; nothing at all where nobody can tell that of
        one."""
        held = self._held(person.history)
        ways = self._ways(held)
        due, standards, way, looks, troubles = self._worked(person, held, ways, months)
        return Priced(due, standards, _length(ways[way]) if way >= 0 else None, looks, troubles)

    def _worked(self, person: PricedPerson, held: Held, ways: list[Held], months: Sequence[int]) -> _Worked:
        """Work it out, once for all people who are alike in posts, length of service and months."""
        if not self._plain or not isinstance(months, range):
            return self._work_out(person, ways, months)
        key = (months, person.first if self._once else 0, *_counted(held))
        known = self._alike.get(key)
        if known is None:
            known = self._alike[key] = self._work_out(person, ways, months)
        return known

    def _held(self, history: ServiceHistory | None) -> Held:
        posts = self._posts
        if posts is None or history is None:
            return (("", None),)
        held = [(posts.names[post], posts.length(history, post)) for post in history.candidates]
        if not self._tier_ways and not self._eras:
            return held
        by_way = tuple([(way, posts.months_by(history, way)) for way in self._tier_ways])
        eras = [
            tuple([(ends, posts.eras(history, post, ends)) for ends in self._eras])
            for post in history.candidates
        ]
        return [
            (post, length._replace(ways=by_way, eras=own))
            for (post, length), own in zip(held, eras, strict=True)
        ]

    def _ways(self, held: Held) -> list[Held]:
        """Return the posts whose figures are added as one way, or each post as a way of its own."""
        return [held] if self._together and held else [[one] for one in held]

    def _work_out(self, person: PricedPerson, ways: list[Held], months: Sequence[int]) -> _Worked:
        due: dict[int, int] = {}
        standards: dict[int, Standard] = {}
        troubles: list[RowTrouble] = []
        way, looks = -1, cast(Callable[[], list[AmountReason]], list)
        for rule, part in (
            self._by_amount(months) if ways else ()
        ):  # without a post, no column bears on the sum
            if missing := rule.reader.troubles(person.record):
                troubles += missing
                break
            for stretch in (part,) if rule.steady else ((at,) for at in part):
                standard, way, cases, doubts = self._best(rule, person, ways, stretch[0])
                troubles += doubts
                if standard is None:
                    continue
                if cases or rule.set_off:
                    looks = partial(rule.reasons.looked_at, person.record, person.born, cases, standard)
                standards |= dict.fromkeys(stretch, standard)
                due |= _falling(standard, stretch, person.first)
        if troubles:  # where nobody can tell the amount of one month, nothing falls to any
            due, standards = {}, {}
        return _Worked(due, standards, way, looks, tuple(troubles))

    def _best(self, rule: AmountRule, person: PricedPerson, ways: list[Held], at: int) -> Best:
        """Return the way of counting posts that has the highest standard."""
        best = Best()
        troubles: list[RowTrouble] = []
        for i, way in enumerate(ways):
            found = rule.standard(person, way, at)
            troubles += found.troubles
            if found.standard and (best.standard is None or found.standard.rank > best.standard.rank):
                best = found._replace(way=i)
        return best._replace(troubles=tuple(troubles)) if troubles else best

    def _by_amount(self, months: Sequence[int]) -> list[tuple[AmountRule, Sequence[int]]]:
        """Return the months, cut where another amount comes into force. Months without an amount are left
        out."""
        if not months:
            return []
        first = self.of(months[0])
        if first is self.of(months[-1]):
            return [(first, months)] if first else []
        parts = [(rule, tuple(part)) for rule, part in groupby(months, self.of)]
        return [(rule, part) for rule, part in parts if rule]

    # ---------------------------------------------------------------------- why nothing is due

    def looked_at(self, person: PricedPerson, at: int) -> Callable[[], list[AmountReason]]:
        """Return what the amount of a month looked at, for a person of whose posts none lies in a tier."""
        rule = self._in(at)
        if rule.plain:
            return list
        held = self._held(person.history)
        cases = tuple(rule.reader.case(person.record, person.born, at, *one).case for one in held)
        return partial(rule.reasons.looked_at, person.record, person.born, cases, None)

    def no_tier(self, person: PricedPerson, at: int) -> list[Clause]:
        """Return why no post lies in a tier. It is worked out once for all people with the same posts and
        length of service."""
        rule, held = self._in(at), self._held(person.history)
        key = (at, *_counted(held)) if rule.plain else ()
        known = self._short.get(key)
        if known is None:
            cases = [(rule.reader.case(person.record, person.born, at, *one).case, one[1]) for one in held]
            known = rule.reasons.no_tier(person.record, person.born, cases, at)
            if key:
                self._short[key] = known
        return known

    def nothing(self, priced: Priced, person: PricedPerson, asked: range, at: int) -> list[Clause]:
        """Return why nothing falls to months that have a standard, as far as the amount is the cause.

        Either the standard comes to zero, or it is paid in another month. The list is empty where the paying
        month is asked for.
        """
        rule = self._in(at)
        standard = priced.standards[max(priced.standards)]
        if standard.fen == 0:
            return rule.reasons.nothing(standard, priced.looks())
        if standard.per == "once":
            once = Sentence("一次性发放，应在首发月 {!m} 发", (person.first,))
            return [never("本期不是发放月", rule.amount.clause, (), once)]
        if payment_month(standard, asked) is None:
            yearly = Sentence("按年发放，{}月发", (standard.payment_month,))
            return [never("本期不是发放月", rule.amount.clause, (), yearly)]
        return []

    def clause(self, at: int) -> str:
        """Return the clause of the amount that is in force in a month."""
        return self._in(at).amount.clause

    def _in(self, at: int) -> AmountRule:
        rule = self.of(at)
        assert rule, "the rulebook has seen to it"
        return rule


def payment_month(standard: Standard, asked: range) -> int | None:
    """Return the last of the months asked for in which the sum of a year is paid; None if there is none."""
    return next((at for at in reversed(asked) if Month.at(at).month == standard.payment_month), None)


def _counted(held: Held) -> list[tuple[str, int | Fraction]]:
    """Return the posts, each with the years or terms that count for it."""
    return [(post, length.units if length else 0) for post, length in held]


def _falling(standard: Standard, months: Sequence[int], first: int) -> dict[int, int]:
    """Return what falls to each of these months. Months to which nothing falls are left out."""
    if standard.per == "month":
        return dict.fromkeys(months, standard.fen) if standard.fen else {}
    owed = {at: standard.of_month(at, first) for at in months}
    return {at: fen for at, fen in owed.items() if fen}


def _length(way: Held) -> CountedService | None:
    lengths = [length for _, length in way if length]
    return joined(lengths) if lengths else None


def _unit(benefit: Benefit, amount: Amount, cells: RuleColumns) -> str:
    """Return the unit in which the edges of an amount's tiers count."""
    if amount.by == "tenure":
        return "届" if benefit.service and benefit.service.rounding == "terms" else "年"
    if amount.by == "column":
        return {Kind.MONEY: "元", Kind.PERCENT: "%"}.get(cells.kind(amount.column), "")
    return {"age": "周岁", "years_since": "年"}.get(amount.by, "")
