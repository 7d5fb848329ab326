"""Judges one person by one benefit, for the months of one edition: clauses, and the money that falls to each
month.

It may read the record and the rules of that edition only. So the same record under the same edition always
gets the same verdict.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.claims import Claims
from sanchuang_cli.domain.entitlement.conditions import Conditions, RuleColumns
from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements
from sanchuang_cli.domain.entitlement.pricing import Priced, PricedPerson, Pricing, payment_month
from sanchuang_cli.domain.entitlement.reasons import AmountReason, apart, missed
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble, trouble
from sanchuang_cli.domain.entitlement.service import CountedService, Posts, ServiceHistory
from sanchuang_cli.domain.entitlement.tariff import Standard
from sanchuang_cli.domain.entitlement.tenure import stated_months
from sanchuang_cli.domain.entitlement.timing import AgeRule, ApprovalRule, EventRule, SuspensionRule
from sanchuang_cli.domain.entitlement.unread import with_unreadable
from sanchuang_cli.domain.months import EVER, NEVER
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.verdict import NO_ENTRIES, Clause, Sentence, Step, always, failing
from sanchuang_cli.period import Month

_YEAR = 12


class BenefitVerdict(Struct, frozen=True, gc=False):
    """What one edition says of one person and benefit, for the months `asked`.

    troubles: why nobody can tell. due: fen by month. standards: by month. first: the first month in which
    anything is payable. withheld: fen of months of suspension, or set off; not part of `due`. looks: gives
    what the amount of the latest month looked at, put into words only when somebody asks. set_off: the fields
    in which the sums stand that were set off. lost: the standards of months that another benefit takes.
    """

    benefit: Benefit
    record: Member
    asked: range
    clauses: tuple[Clause, ...]
    troubles: tuple[RowTrouble, ...]
    history: ServiceHistory | None
    first: int = EVER
    due: Mapping[int, int] = NO_ENTRIES
    standards: Mapping[int, Standard] = NO_ENTRIES
    length: CountedService | None = None
    withheld: tuple[tuple[int, int], ...] = ()
    looks: Callable[[], list[AmountReason]] = list
    set_off: tuple[str, ...] = ()
    lost: Mapping[int, Standard] = NO_ENTRIES

    @property
    def shown(self) -> Mapping[int, Standard]:
        """The standards to show. For a person who is paid another benefit instead, they say what this one
        would have been."""
        return self.standards or self.lost

    @property
    def failing(self) -> list[Clause]:
        """The clauses that are not fulfilled in the months asked for, the most important first."""
        return failing(self.clauses, self.asked)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The arithmetic of the last month's standard."""
        tenure = self.length.steps if self.length else ()
        latest = self.shown[max(self.shown)] if self.shown else None
        return tenure + (latest.steps if latest else ())


class _Entitled(NamedTuple):
    """What the clauses alone say: from the month `first` to the month `last` all of them are fulfilled."""

    clauses: tuple[Clause, ...]
    troubles: list[RowTrouble]
    history: ServiceHistory | None
    first: int
    last: int

    def surely(self) -> "_Entitled":
        """Return the same by those clauses alone of which nobody doubts anything."""
        if not self.troubles:
            return self
        doubtful = {trouble.column for trouble in self.troubles}
        sure = [clause for clause in self.clauses if doubtful.isdisjoint(clause.columns)]
        first, last = [clause.first for clause in sure], [clause.last for clause in sure]
        return self._replace(first=max(first, default=EVER), last=min(last, default=NEVER))


class BenefitRule:
    """One benefit of one edition, ready to be asked of many people. begins: the first month that it can
    pay. since: the first month that it rules."""

    def __init__(
        self, benefit: Benefit, edition: Entitlements, begins: int, since: int, cells: RuleColumns
    ) -> None:
        self.benefit, self.begins, self.since = benefit, begins, since
        self._document = edition.document
        self._before: tuple[BenefitRule, int] | None = None
        self._known: dict[int, list[range]] = {}
        self._monthwise = benefit.service is not None and benefit.service.month_by_month
        self._varies = self._monthwise or len(benefit.amount) > 1
        self.approval = ApprovalRule(benefit.payable, cells)
        self._names = frozenset(map(cells.name, benefit.columns))
        self._no_line = _without_a_line(benefit, cells)
        served = benefit.service.columns if benefit.service else ()
        credited = benefit.service.credited_column if benefit.service else ""
        self._credited = cells.reader(credited) if credited else None
        self._credited_name = cells.name(credited) if credited else ""
        self._served_names = frozenset(map(cells.name, served))
        self.claims = Claims(benefit.claim, cells)
        self._conditions = Conditions(benefit.condition, cells)
        self._posts = Posts(benefit.service) if benefit.service else None
        self._age = AgeRule(benefit.age) if benefit.age else None
        self._events = [EventRule(event, cells) for event in benefit.payable.events]
        self._suspensions = [SuspensionRule(pause, cells) for pause in benefit.suspension]
        self.pricing = Pricing(benefit, edition, cells, self._posts)

    def follows(self, before: "BenefitRule", stop: int) -> None:
        """Make known which rules paid the benefit before these, until the month `stop`."""
        self._before = before, stop

    def missing(self, at: int) -> str:
        """Say which figure is missing for a month; "" if none is."""
        return "" if at < self.begins else self._no_line or self.pricing.missing(at)

    def standard_in(
        self, record: Member, born: Born, at: int
    ) -> tuple[Standard | None, tuple[RowTrouble, ...]]:
        """Return the standard of a person in a month, by post, service and amount alone, without the
        conditions.

        The second value says why nobody can tell.
        """
        month = range(at, at + 1)
        doubts: list[RowTrouble] = []
        history = self._history(record, month, doubts) if self._posts else None
        if troubles := with_unreadable(record, self._served_names, doubts):
            return None, tuple(troubles)
        priced = self.pricing.priced(PricedPerson(record, born, history, at), month)
        return priced.standards.get(at), priced.troubles

    def verdict(self, record: Member, born: Born, asked: range, until: int) -> BenefitVerdict:
        """Judge the months `asked`, in a run whose period ends before the month `until`."""
        found = self._entitled(record, born, asked, until)
        clauses, first = found.clauses, found.first
        if found.troubles:
            return BenefitVerdict(
                self.benefit, record, asked, clauses, tuple(found.troubles), found.history, first
            )
        if months := _within(asked, found):
            if self._before or self._varies:
                first, clauses = self._first(
                    found, PricedPerson(record, born, found.history, first), months, until
                )
            return self._priced(PricedPerson(record, born, found.history, first), clauses, asked, months)
        if not failing(clauses, asked):
            clauses += (apart(clauses, first, asked, self.benefit.clause),)
        return BenefitVerdict(self.benefit, record, asked, clauses, (), found.history, first)

    def _entitled(self, record: Member, born: Born, asked: range, until: int) -> _Entitled:
        stated = self._conditions.judged(record, born, asked.start)
        doubts = [*self.claims.troubles(record), *stated.troubles]
        history = self._history(record, asked, doubts) if self._posts else None
        own = self._own_clauses(record, born, asked, until, history, doubts)
        first, last = max(stated.first, self.begins), stated.last
        for clause in own:  # max() and min() over lists take three times as long
            first = clause.first if clause.first > first else first
            last = clause.last if clause.last < last else last
        troubles = with_unreadable(record, self._names, doubts)
        return _Entitled((*stated.clauses, *own), troubles, history, first, last)

    def _first(
        self, found: _Entitled, person: PricedPerson, months: range, until: int
    ) -> tuple[int, tuple[Clause, ...]]:
        """Return the first month that was payable by the rules of that month, and the clauses.

        Whoever is entitled by these rules alone is so from their first month on, and a clause says it. months:
        those that are judged and in which the conditions are fulfilled.
        """
        start = months.start if self._varies else self.since
        earlier = self._earlier(person.record, person.born, start, until, None if self._monthwise else found)
        if earlier is not None:
            return earlier, found.clauses
        first = max(start, found.first)
        if self._varies:
            first = self._payable(person, months) or first
        if first > self.since or found.first == first or not self._before:
            return first, found.clauses
        said = Sentence("自{!m}起按这一规定，按此前的规定不发", (first,))
        return first, (*found.clauses, Clause("施行", self._document, (), first, NEVER, said))

    def _earlier(
        self, record: Member, born: Born, stop: int, until: int, known: _Entitled | None = None
    ) -> int | None:
        """Return the first month before `stop` that was payable by the rules of that month; None if there was
        none.

        Where nobody can tell whether anything was, it counts as payable. known: what the clauses of these
        rules say, if that is known already.
        """
        if self._before:
            rule, ended = self._before
            earlier = rule._earlier(record, born, ended, until)
            if earlier is not None:
                return earlier
        for asked in self._stretches(record, born, stop, until) if stop > self.since else ():
            found = known or self._entitled(record, born, asked, until)
            months = _within(asked, found.surely())
            if months and found.troubles:
                return max(months[0], self.begins)
            at = self._payable(PricedPerson(record, born, found.history, found.first), months)
            if at is not None:
                return at
        return None

    def _payable(self, person: PricedPerson, months: range) -> int | None:
        """Return the first of the months that has a standard; the first of all where nobody can tell."""
        for part in (months[:1], months) if months else ():  # the first month tells it of nearly everybody
            priced = self.pricing.priced(person, part)
            paid = [at for at, standard in priced.standards.items() if standard.fen]
            if paid or priced.troubles:
                return min(paid, default=months[0])
        return None

    def _stretches(self, record: Member, born: Born, stop: int, until: int) -> list[range]:
        """Return the months of these rules before `stop` of which all figures are known, as they can be judged
        together. Where service grows, each stands alone, from the one on that the last of them names."""
        if stop not in self._known:
            lacking = [at for at in range(self.since, stop) if self.missing(at)]
            between = pairwise((self.since - 1, *lacking, stop))
            self._known[stop] = [range(at + 1, end) for at, end in between if at + 1 < end]
        known = self._known[stop]
        if not known or not self._monthwise:
            return known
        first = self._entitled(record, born, known[-1][-1:], until).first
        return [range(at, at + 1) for part in known for at in part if at >= first]

    def _priced(
        self, person: PricedPerson, clauses: tuple[Clause, ...], asked: range, entitled: range
    ) -> BenefitVerdict:
        """Return the verdict on a person who fulfils all conditions in the months `entitled`, apart from
        suspensions."""
        months: Sequence[int] = entitled
        for suspension in self._suspensions:
            months, clause = suspension.left(person.record, months)
            if clause:
                clauses += (clause,)
                person = replace(person, first=suspension.resumed(person.record, person.first))
        priced = self.pricing.priced(person, months)
        suspended = [at for at in entitled if at not in months] if len(months) < len(entitled) else []
        withheld = self.pricing.priced(person, suspended).due if suspended else NO_ENTRIES
        looks = priced.looks
        if months and not priced.due and not priced.troubles:
            if not priced.standards:
                looks = self.pricing.looked_at(person, months[-1])
            clauses += tuple(self._unpaid(person, priced, clauses, asked, months[-1]))
        return BenefitVerdict(
            self.benefit,
            person.record,
            asked,
            clauses,
            priced.troubles,
            person.history,
            person.first,
            priced.due,
            priced.standards,
            priced.length,
            tuple(withheld.items()),
            looks,
        )

    def _unpaid(
        self, person: PricedPerson, priced: Priced, clauses: tuple[Clause, ...], asked: range, at: int
    ) -> list[Clause]:
        """Say why nothing falls to the months in which everything else is fulfilled. `at` is the last of
        them."""
        if not priced.standards:
            return self.pricing.no_tier(person, at)
        if nothing := self.pricing.nothing(priced, person, asked, at):
            return nothing
        paid_in = payment_month(priced.standards[max(priced.standards)], asked)
        assert paid_in is not None, "the pricing has seen to it"
        pauses = [pause.left(person.record, (paid_in,)) for pause in self._suspensions]
        paused = [clause for left, clause in pauses if clause and not left]
        return missed((*clauses, *paused), paid_in, self.pricing.clause(at))

    def _own_clauses(
        self,
        record: Member,
        born: Born,
        asked: range,
        until: int,
        history: ServiceHistory | None,
        troubles: list[RowTrouble],
    ) -> list[Clause]:
        """Return the clauses that differ from person to person: service, age, events and approval."""
        found = []
        if history and self._posts:
            threshold, left = self._posts.threshold(history), self._posts.left(history, asked.stop - 1)
            found += self._credit(history)
            if threshold:
                found.append(threshold)
            if left:
                found.append(left)
        if self._age:
            found += self._age.clauses(born)
        for event in self._events:
            found.append(event.clause(record, troubles))
        found.append(self.approval.clause(record, until, troubles))
        return found

    def _history(self, record: Member, asked: range, troubles: list[RowTrouble]) -> ServiceHistory | None:
        posts = self._posts
        assert posts
        history = self._served(posts, record, asked, troubles)
        if self._credited is None or history is None:
            return history
        return replace(history, credited=_YEAR * (self._credited(record) or 0))

    def _credit(self, history: ServiceHistory) -> list[Clause]:
        """Return a clause for the cell of years that count in addition to the spells, if it says any."""
        service = self.benefit.service
        if not history.credited or service is None:
            return []
        said = Sentence("“{}”{} 年，计入累计", (service.credited_column, history.credited // _YEAR))
        return [always("视同任职年数", service.clause, (self._credited_name,), said)]

    def _served(
        self, posts: Posts, record: Member, asked: range, troubles: list[RowTrouble]
    ) -> ServiceHistory | None:
        if record.spells:
            return posts.history(record.spells, record.post, record.village, asked.stop - 1)
        if posts.rule.stated_years == "use" and record.years:
            months = stated_months(record.years)
            if months is not None:
                return posts.from_statement(months, record.post, record.left)
        cause = "没有任职经历，无法计算任职年限"
        troubles.append(trouble("no-spells", "spells", cause, posts.rule.clause))
        return None


def _within(asked: range, found: _Entitled) -> range:
    """Return the months asked for in which all clauses are fulfilled."""
    return range(max(found.first, asked.start), min(found.last + 1, asked.stop))


def _without_a_line(benefit: Benefit, cells: RuleColumns) -> str:
    """Say what is missing, where a condition compares with a base that has no value yet."""
    lacking = [
        f"“{benefit.name}”的条件要看的基数“{base.name}”还没有数，须由县里填写（{base.clause}）"
        for name in benefit.lines
        if not (base := cells.bases[name]).begun(Month.at(cells.at))
    ]
    return "；".join(lacking)
