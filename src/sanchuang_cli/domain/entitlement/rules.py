"""One person, one benefit, the months of one edition → a verdict: clauses, and what falls to each month.

Pure: the same record under the same edition always gets the same verdict.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from msgspec import Struct

from sanchuang_cli.domain.entitlement.amounts import Amount, Base, SetOff
from sanchuang_cli.domain.entitlement.cases import Born, CaseReader
from sanchuang_cli.domain.entitlement.claims import Claims
from sanchuang_cli.domain.entitlement.conditions import Cells, Conditions, Trouble
from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements
from sanchuang_cli.domain.entitlement.reasons import AmountReasons, Looked, apart, missed
from sanchuang_cli.domain.entitlement.service import History, Length, Posts, joined
from sanchuang_cli.domain.entitlement.tariff import Case, Standard, Tariff
from sanchuang_cli.domain.entitlement.timing import AgeRule, ApprovalRule, EventRule, SuspensionRule
from sanchuang_cli.domain.entitlement.unread import with_unreadable
from sanchuang_cli.domain.months import EVER, month, number
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.tenure import stated_months
from sanchuang_cli.domain.verdict import Clause, Said, Step, never
from sanchuang_cli.kind import Kind


class Verdict(Struct):
    """What one edition says of one person and benefit, for the months `asked`.

    due: fen by month; what another benefit excludes is taken out later. standards: by month. first: the first month
    in which anything is payable. withheld: fen that fall to months of suspension, or are set off; not in `due`.
    looks: what the amount of the latest month looked at, put into words when it is asked for. set_off: the fields in
    which stands what was set off.
    """

    benefit: Benefit
    record: Member
    asked: range
    clauses: tuple[Clause, ...]
    troubles: list[Trouble]
    history: History | None
    first: int = EVER
    due: dict[int, int] = {}
    standards: dict[int, Standard] = {}
    length: Length | None = None
    withheld: tuple[tuple[int, int], ...] = ()
    looks: Callable[[], list[Looked]] = list
    set_off: tuple[str, ...] = ()

    def adds(self, clause: Clause) -> None:
        """One more clause, found while the amount was worked out."""
        self.clauses = (*self.clauses, clause)

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

    def __init__(self, benefit: Benefit, edition: Entitlements, begins: int) -> None:
        self.benefit, self.begins = benefit, begins
        cells = self._cells = Cells(edition.fields())
        bases: dict[str, Base] = {base.name: base for base in edition.base}
        self.approval = ApprovalRule(benefit.payable, cells)
        self._names = frozenset(map(cells.name, benefit.columns))
        self._claims = Claims(benefit.claim, cells)
        self._conditions = Conditions(benefit.condition, cells)
        self._posts = Posts(benefit.service) if benefit.service else None
        self._age = AgeRule(benefit.age) if benefit.age else None
        self._events = [EventRule(event, cells) for event in benefit.payable.events]
        self._suspensions = [SuspensionRule(pause, cells) for pause in benefit.suspension]
        self._tariffs = {
            id(amount): Tariff(benefit.name, amount, bases, _unit(benefit, amount, cells))
            for amount in benefit.amount
        }
        self._received = {
            id(amount): [(once, cells.reader(once.column)) for once in amount.set_off]
            for amount in benefit.amount
        }
        self._readers = {id(amount): CaseReader(amount, cells) for amount in benefit.amount}
        self._reasons = {
            id(amount): AmountReasons(amount, cells, self._tariffs[id(amount)]) for amount in benefit.amount
        }
        self.sets_off = any(self._received.values())
        self._in_force: dict[int, Amount | None] = {}
        self._plain: dict[tuple[object, ...], Standard | None] = {}

    def concerns(self, record: Member) -> bool:
        """Whether the person asks for this benefit at all; yes where what would tell cannot be read."""
        return self._claims.may_hold(record)

    def amount_of(self, at: int) -> Amount | None:
        """The amount in force on the first day of a month."""
        if at not in self._in_force:
            self._in_force[at] = self.benefit.amount_in_force(month(at).first)
        return self._in_force[at]

    def received(self, record: Member, at: int) -> list[tuple[SetOff, int]]:
        """What is to be set off against the amount of a month, in fen."""
        amount = self.amount_of(at)
        return [
            (once, fen)
            for once, read in (self._received[id(amount)] if amount else ())
            if (fen := read(record))
        ]

    def received_in(self, received: Sequence[tuple[SetOff, int]]) -> tuple[str, ...]:
        """The fields in which what is set off stands."""
        return tuple(dict.fromkeys(self._cells.name(once.column) for once, _ in received))

    def missing(self, at: int) -> str:
        """What is lacking for a month, "" when all figures are there."""
        if at < self.begins:
            return ""
        amount = self.amount_of(at)
        if amount is None:
            return f"“{self.benefit.name}”没有该期标准"
        tariff = self._tariffs[id(amount)]
        unknown = [tariff.bases[name] for name in amount.bases if tariff.base_on(name, at) is None]
        return "；".join(
            f"“{self.benefit.name}”没有基数“{base.name}”，须由县里填写（{base.clause}）" for base in unknown
        )

    def verdict(self, record: Member, born: Born, asked: range, until: int) -> Verdict:
        """The months `asked`, in a run whose period ends before the month `until`."""
        stated = self._conditions.judged(record)
        troubles = [*self._claims.troubles(record), *stated.troubles]
        history = self._history(record, asked, troubles) if self._posts else None
        clauses = [*stated.clauses]
        first, last = stated.first, stated.last
        for clause in self._own_clauses(record, born, until, history, troubles):
            clauses.append(clause)
            if clause.first > first:
                first = clause.first
            if clause.last < last:
                last = clause.last
        first = max(first, self.begins)
        troubles = with_unreadable(record, self._names, troubles)
        verdict = Verdict(self.benefit, record, asked, tuple(clauses), troubles, history, first)
        if troubles:
            return verdict
        months: Sequence[int] = range(max(first, asked.start), min(last + 1, asked.stop))
        if months:
            entitled = months
            for suspension in self._suspensions:
                months, clause_ = suspension.left(record, months)
                if clause_:
                    verdict.adds(clause_)
                    verdict.first = suspension.resumed(record, verdict.first)
            self._price(verdict, born, months)
            if len(months) < len(entitled):
                verdict.withheld = self._withheld(verdict, born, entitled, months)
        elif all(clause.holds(asked) for clause in clauses):
            verdict.adds(apart(clauses, verdict.first, asked, self.benefit.clause))
        return verdict

    def _withheld(
        self, verdict: Verdict, born: Born, entitled: Sequence[int], paid: Sequence[int]
    ) -> tuple[tuple[int, int], ...]:
        """What would fall to the months in which only a suspension is in the way."""
        asked, first = verdict.asked, verdict.first
        would = Verdict(self.benefit, verdict.record, asked, (), [], verdict.history, first)
        self._price(would, born, [at for at in entitled if at not in paid])
        return tuple(would.due.items())

    def _own_clauses(
        self, record: Member, born: Born, until: int, history: History | None, troubles: list[Trouble]
    ) -> list[Clause]:
        """The clauses that differ from person to person: service, age, events, approval."""
        found = []
        if history and self._posts:
            threshold, left = self._posts.threshold(history), self._posts.left(history)
            if threshold:
                found.append(threshold)
            if left:
                found.append(left)
        if self._age:
            found.append(self._age.clause(born))
        for event in self._events:
            found.append(event.clause(record, troubles))
        found.append(self.approval.clause(record, until, troubles))
        return found

    def _history(self, record: Member, asked: range, troubles: list[Trouble]) -> History | None:
        posts = self._posts
        assert posts
        if record.spells:
            return posts.history(record.spells, record.post, record.village, asked.stop - 1)
        if posts.rule.stated_years == "use" and record.years:
            months = stated_months(record.years)
            if months is not None:
                left = number(record.left.earliest) if record.left else None
                return posts.from_statement(months, record.post, left)
        cause = "没有任职经历，无法计算任职年限"
        mend = "请在“任职经历”列或任职经历表里逐段填写起止年月和职务。"
        troubles.append(Trouble("no-spells", "spells", cause, posts.rule.clause, mend))
        return None

    def _price(self, verdict: Verdict, born: Born, months: Sequence[int]) -> None:
        """Fills in the standard of each month and what falls to it; a clause says why, when nothing does."""
        self._fill_in(verdict, born, months)
        if verdict.troubles:  # where nobody can tell the amount of one month, nothing falls to any
            verdict.due, verdict.standards = {}, {}
        elif months and not verdict.due:
            for clause in self._unpaid(verdict, born, months):
                verdict.adds(clause)

    def _fill_in(self, verdict: Verdict, born: Born, months: Sequence[int]) -> None:
        for amount, part in self._by_amount(months):
            reader = self._readers[id(amount)]
            if troubles := reader.troubles(verdict.record):
                verdict.troubles += troubles
                return
            steady = reader.fixed and not self._tariffs[id(amount)].dated
            for stretch in (part,) if steady else ((at,) for at in part):
                standard, verdict.length, cases = self._best(verdict, born, amount, stretch[0])
                if standard is None:
                    continue
                if cases or amount.set_off:
                    verdict.looks = partial(
                        self._reasons[id(amount)].looked_at, verdict.record, cases, standard
                    )
                verdict.standards |= dict.fromkeys(stretch, standard)
                if standard.per != "month":
                    owed = {at: standard.of_month(at, verdict.first) for at in stretch}
                    verdict.due |= {at: fen for at, fen in owed.items() if fen}
                elif standard.fen:
                    verdict.due |= dict.fromkeys(stretch, standard.fen)

    def _by_amount(self, months: Sequence[int]) -> list[tuple[Amount, Sequence[int]]]:
        """`months` cut where another amount comes into force; those without any left out."""
        if not months:
            return []
        first = self.amount_of(months[0])
        if first is self.amount_of(months[-1]):
            return [(first, months)] if first else []
        parts = [(amount, tuple(part)) for amount, part in groupby(months, self.amount_of)]
        return [(amount, part) for amount, part in parts if amount]

    def _unpaid(self, verdict: Verdict, born: Born, months: Sequence[int]) -> list[Clause]:
        """Why nothing falls to the months in which all else is fulfilled."""
        amount = self.amount_of(months[-1])
        assert amount, "the rulebook has seen to it"
        reasons = self._reasons[id(amount)]
        if not verdict.standards:
            held = self._held(verdict, born, amount, months[-1])
            verdict.looks = partial(reasons.looked_at, verdict.record, tuple(case for case, _ in held), None)
            return reasons.no_tier(verdict.record, held, months[-1])
        standard = verdict.standards[max(verdict.standards)]
        if standard.fen == 0:
            return reasons.nothing(standard, verdict.looks())
        if standard.per == "once":
            once = Said("一次性发放，应在首发月 {!m} 发", (verdict.first,))
            return [never("本期不是发放月", amount.clause, (), once)]
        paid_in = [at for at in verdict.asked if month(at).month == standard.payment_month]
        if not paid_in:
            yearly = Said("按年发放，{}月发", (standard.payment_month,))
            return [never("本期不是发放月", amount.clause, (), yearly)]
        pauses = [pause.left(verdict.record, paid_in[-1:]) for pause in self._suspensions]
        paused = [clause for left, clause in pauses if clause and not left]
        return missed((*verdict.clauses, *paused), paid_in[-1], amount.clause)

    def _held(
        self, verdict: Verdict, born: Born, amount: Amount, at: int
    ) -> list[tuple[Case, Length | None]]:
        """The case of each post whose rate may be paid, with the service that counts for it."""
        reader, history = self._readers[id(amount)], verdict.history
        if self._posts is None or history is None:
            return [(reader.case(verdict.record, born, at, "", None).case, None)]
        held = [(self._posts.names[post], self._posts.length(history, post)) for post in history.candidates]
        return [(reader.case(verdict.record, born, at, *one).case, one[1]) for one in held]

    def _best(
        self, verdict: Verdict, born: Born, amount: Amount, at: int
    ) -> tuple[Standard | None, Length | None, tuple[Case, ...]]:
        """The standard of a month: that of the post with the highest among those whose rate may be paid, or that of all
        of them together; with the service and the cases that it was priced by."""
        history = verdict.history
        if self._posts is None or history is None:
            standard, cases = self._standard(verdict, born, amount, at, (("", None),))
            return standard, None, cases
        held = [(self._posts.names[post], self._posts.length(history, post)) for post in history.candidates]
        together = self._posts.rule.rate_post == "each_post" and held
        found: list[tuple[Standard, Length, tuple[Case, ...]]] = []
        for way in [held] if together else zip(held, strict=True):
            standard, cases = self._standard(verdict, born, amount, at, way)
            if standard:
                found.append((standard, joined([length for _, length in way]), cases))
        return max(found, key=lambda one: one[0].rank) if found else (None, None, ())

    def _standard(
        self, verdict: Verdict, born: Born, amount: Amount, at: int, held: Sequence[tuple[str, Length | None]]
    ) -> tuple[Standard | None, tuple[Case, ...]]:
        """`held`: posts, each with the service that counts for it. The cases are not told where they say no more. None
        also where nobody can tell; the verdict then has the troubles."""
        tariff, reader = self._tariffs[id(amount)], self._readers[id(amount)]
        key = (id(amount), *[(post, length.units if length else 0) for post, length in held])
        plain = reader.plain and not tariff.dated
        if plain and key in self._plain:
            return self._plain[key], ()
        found = [reader.case(verdict.record, born, at, *one) for one in held]
        if troubles := [trouble for one in found for trouble in one.troubles]:
            verdict.troubles += troubles
            return None, ()
        cases = tuple([one.case for one in found])
        standard = tariff.standard(cases, at)
        if plain:
            self._plain[key] = standard
        return standard, () if reader.plain else cases


def _unit(benefit: Benefit, amount: Amount, cells: Cells) -> str:
    """What the edges of an amount's tiers count."""
    if amount.by == "tenure":
        return "届" if benefit.service and benefit.service.rounding == "terms" else "年"
    if amount.by == "column":
        return {Kind.MONEY: "元", Kind.PERCENT: "%"}.get(cells.kind(amount.column), "")
    return {"age": "周岁", "years_since": "年"}.get(amount.by, "")
