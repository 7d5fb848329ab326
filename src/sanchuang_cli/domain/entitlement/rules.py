"""Judges one person by one benefit, for the months of one edition: clauses, and the money that falls to each
month.

It may read the record and the rules of that edition only. So the same record under the same edition always
gets the same verdict.
"""

from collections.abc import Callable, Mapping, Sequence

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
from sanchuang_cli.domain.months import EVER
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


class BenefitRule:
    """One benefit of one edition, ready to be asked of many people. begins: the first month that it can
    pay."""

    def __init__(self, benefit: Benefit, edition: Entitlements, begins: int, cells: RuleColumns) -> None:
        self.benefit, self.begins = benefit, begins
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
        stated = self._conditions.judged(record, born, asked.start)
        doubts = [*self.claims.troubles(record), *stated.troubles]
        history = self._history(record, asked, doubts) if self._posts else None
        own = self._own_clauses(record, born, asked, until, history, doubts)
        clauses = (*stated.clauses, *own)
        first, last = max(stated.first, self.begins), stated.last
        for clause in own:  # max() and min() over lists take three times as long
            first = clause.first if clause.first > first else first
            last = clause.last if clause.last < last else last
        troubles = with_unreadable(record, self._names, doubts)
        if troubles:
            return BenefitVerdict(self.benefit, record, asked, clauses, tuple(troubles), history, first)
        months = range(max(first, asked.start), min(last + 1, asked.stop))
        if months:
            return self._priced(PricedPerson(record, born, history, first), clauses, asked, months)
        if not failing(clauses, asked):
            clauses += (apart(clauses, first, asked, self.benefit.clause),)
        return BenefitVerdict(self.benefit, record, asked, clauses, (), history, first)

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


def _without_a_line(benefit: Benefit, cells: RuleColumns) -> str:
    """Say what is missing, where a condition compares with a base that has no value yet."""
    lacking = [
        f"“{benefit.name}”的条件要看的基数“{base.name}”还没有数，须由县里填写（{base.clause}）"
        for name in benefit.lines
        if not (base := cells.bases[name]).begun(Month.at(cells.at))
    ]
    return "；".join(lacking)
