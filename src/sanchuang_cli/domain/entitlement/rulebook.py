"""Makes a policy file ready for one run: it knows which edition rules which month, and that no figure is
missing.

This is the only place where months meet editions. A month belongs to the edition that is in force on its
first day. It reads no record except to tell which benefits concern a person.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from sanchuang_cli.domain.entitlement.between import Between
from sanchuang_cli.domain.entitlement.conditions import RuleColumns
from sanchuang_cli.domain.entitlement.consistency import Contradictions
from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements, Exclusive
from sanchuang_cli.domain.entitlement.row_troubles import DOUBTS
from sanchuang_cli.domain.entitlement.rules import BenefitRule
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.months import NEVER, complete_month, number
from sanchuang_cli.domain.people import Member
from sanchuang_cli.finding import Finding, Place, UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Month, Period, VagueDate
from sanchuang_cli.policy import PolicyFile

_YEAR = 12


@dataclass
class EditionRules:
    """The benefits of one edition, ready to be asked.

    first: the first month that it rules. later: the same edition from each later month in which a base
    changes that conditions depend on.
    """

    edition: Entitlements
    first: int
    rules: tuple[BenefitRule, ...]
    exclusive: tuple[Exclusive, ...]
    later: tuple["EditionRules", ...] = ()
    _asked: tuple[Member | None, list[BenefitRule]] = (None, [])

    def __post_init__(self) -> None:
        self._clearly = [(rule, rule.claims.clearly) for rule in self.rules]

    def cut(self, part: range) -> list[tuple["EditionRules", range]]:
        """Cut months of the edition where a base changes that conditions depend on."""
        if not self.later:
            return [(self, part)]
        starts = [part.start, *(one.first for one in self.later)]
        stops = [*starts[1:], part.stop]
        found = [
            (one, range(max(part.start, start), min(part.stop, stop)))
            for one, start, stop in zip((self, *self.later), starts, stops, strict=True)
        ]
        return [(one, months) for one, months in found if months]

    def concerned(self, record: Member) -> list[BenefitRule]:
        """Return the benefits that concern a person. The last answer is kept, because the same record is
        asked about several times in a row."""
        if self._asked[0] is not record:
            if record.row.unread:
                found = [rule for rule in self.rules if rule.claims.may_hold(record)]
            else:  # it is so for nearly everybody, and half of them claim nothing: the quick test is enough
                found = [rule for rule, clearly in self._clearly if clearly(record)]
            self._asked = (record, found)
        return self._asked[1]


class Rulebook:
    """A policy file made ready for the months of one run.

    asked: the months of the run. policy, sha256, marks: of the policy file. until: the last day of which
    anything can be known: the day of judgement, or the last day of the period if that is later.
    """

    def __init__(self, policy: PolicyFile[Entitlements], period: Period, on: date | None = None) -> None:
        begin = period.start
        self.until = max(period.last, on or period.last)
        self.period, self.policy = period, policy.name
        self.sha256, self.marks = policy.sha256, policy.marks
        self.asked = range(begin, begin + period.months)
        self.editions = _following_each_other(tuple(_edition_rules(policy)))
        if self.editions[0].first not in self.asked:
            policy.on(period.first)
        self.reach = max(
            benefit.payable.retroactive_limit for edition in policy.editions for benefit in edition.benefit
        )
        every = [benefit for edition in policy.editions for benefit in edition.benefit]
        self.between = Between.of(every, self.asked.start, self.reach)
        self.looked_at = {
            test.column for one in every for test in (*one.claim, *one.condition) if test.active
        }
        """Headings that some condition goes by."""
        self.contradictions = Contradictions(policy, period)
        uses = _date_columns(policy)
        own = {name: use for name, use in uses.items() if name in Member.__struct_fields__}
        self._more_dates = [name for name in uses if name not in own]
        self._date_names, self._date_uses = (*own, *self._more_dates), uses
        self._dates = _values_of(list(own))
        claims = {
            RuleColumns(edition.fields()).name(claim.column)
            for edition in policy.editions
            for benefit in edition.benefit
            for claim in benefit.claim
        }
        dated = [name for name in own if name in claims]
        self._claim_uses = [own[name] for name in dated]
        self._claim_dates = _values_of(dated)
        self.day_spells = any(
            benefit.service and benefit.service.months == "days"
            for edition in policy.editions
            for benefit in edition.benefit
        )
        self._monthwise = any(
            benefit.service and benefit.service.month_by_month
            for edition in policy.editions
            for benefit in edition.benefit
        )
        self.asked_segments = self.segments(self.asked)
        self._refuse_gaps()

    def knowing(self, days: Container[str]) -> "Rulebook":
        """Return the same rulebook with only those editions that came into force on one of these days."""
        other = copy(self)
        other.editions = tuple(one for one in self.editions if str(one.edition.effective) in days)
        return other

    def segments(self, months: range) -> list[tuple[EditionRules, range]]:
        """Cut `months` where editions change. Months before the first edition belong to none.

        Where people who still serve are paid, their service grows every month, so each month stands alone.
        """
        stretches = [piece for rules, part in self._stretches(months) for piece in rules.cut(part)]
        if self._monthwise:
            return [(rules, range(at, at + 1)) for rules, part in stretches for at in part]
        return stretches

    def _stretches(self, months: range) -> list[tuple[EditionRules, range]]:
        if len(self.editions) == 1:
            start = max(months.start, self.editions[0].first)
            return [(self.editions[0], range(start, months.stop))] if start < months.stop else []
        found = []
        for i, rules in enumerate(self.editions):
            stop = self.editions[i + 1].first if i + 1 < len(self.editions) else months.stop
            part = range(max(months.start, rules.first), min(months.stop, stop))
            if part:
                found.append((rules, part))
        return found

    def dates(self, record: Member) -> dict[str, VagueDate]:
        """Return the dates, other than spells, that the rules look at and that are filled in, by field."""
        values = self._dates(record)
        if self._more_dates:
            values += tuple([record.more.get(name) for name in self._more_dates])
        named = zip(self._date_names, values, strict=True)
        return {name: value for name, value in named if value is not None}

    def too_vague(self, dates: dict[str, VagueDate]) -> list[tuple[str, VagueDate, frozenset[date]]]:
        """Those of a record's `dates` that are not known well enough for what the rules look at, each with the days of
        which it matters on which side it lies."""
        return [
            (name, value, self._date_uses[name].edges)
            for name, value in dates.items()
            if value[0] is not value[1] and self._date_uses[name].too_vague(value)
        ]

    def concerns(self, record: Member) -> bool:
        """Whether any benefit concerns the person, or would do so at another reading of a vague date."""
        for edition in self.editions:
            if edition.concerned(record):
                return True
        if not self._claim_uses:
            return False
        for use, value in zip(self._claim_uses, self._claim_dates(record), strict=True):
            if value is not None and value[0] is not value[1] and use.too_vague(value):
                return True
        return False

    def benefits(self) -> list[Benefit]:
        """Return the benefits of the editions in the period, each once, in the order of the latest
        edition."""
        latest = {b.name: b for rules, _ in self.segments(self.asked) for b in rules.edition.benefit}
        return list(latest.values())

    def begins_within(self) -> Iterator[Finding]:
        """Note that the first edition begins after the period has begun: nothing is paid for the months
        before it."""
        first = self.editions[0]
        if first.first > self.asked.start:
            said = (
                f"《{first.edition.title}》自 {first.edition.effective} 起施行，本期从 {Month.at(first.first)} 起发，"
                f"{months_text(range(self.asked.start, first.first))} 没有规定，不发"
            )
            yield DOUBTS.at("begins-within", Place(self.policy), said, first.edition.document)

    def old_bases(self) -> Iterator[Finding]:
        """Note bases whose figure is more than a year old. It may be a yearly figure that somebody forgot to
        fill in."""
        used = {
            (base.name, begun[-1].effective): (base, begun[-1])
            for rules, part in self.asked_segments
            for benefit in rules.edition.benefit
            if (amount := benefit.amount_in_force(Month.at(part[-1]).first))
            for base in rules.edition.base
            if base.name in (*amount.bases, *benefit.lines) and (begun := base.begun(Month.at(part[-1])))
        }
        for base, value in (used[key] for key in sorted(used)):
            if value.effective < Month.at(self.asked[-1]).plus(-_YEAR).first:
                told = "数" if value.amount is None else f"{plain(value.amount)} 元"
                said = f"基数“{base.name}”用的还是 {value.effective} 起的{' ' * (told != '数')}{told}"
                yield DOUBTS.at("old-base", Place(self.policy), said, base.clause)

    def _refuse_gaps(self) -> None:
        months = range(self.asked.start - self.reach, self.asked.stop)
        missing: dict[str, set[int]] = {}
        for rules, part in self.segments(months):
            for rule in rules.rules:
                for at in part:
                    if lacking := rule.missing(at):
                        missing.setdefault(lacking, set()).add(at)
        if missing:
            told = [f"{months_text(sorted(lacking))} {what}" for what, lacking in missing.items()]
            mend = "请换一个 --period，或在政策文件里补上这一时期的标准。"
            raise UserError("\n  ".join((f"政策 {self.policy} 缺标准，什么都没有计算：", *told, mend)))


def _values_of(names: list[str]) -> Callable[[Member], tuple[Any, ...]]:
    """Return a function that gives what a record holds in these fields."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple([getattr(record, name) for name in names])


def _edition_rules(policy: PolicyFile[Entitlements]) -> Iterator[EditionRules]:
    begins: dict[str, int] = {}
    for edition in policy.editions:
        first = complete_month(edition.effective)
        for benefit in edition.benefit:
            earliest = min(amount.effective or edition.effective for amount in benefit.amount)
            begins.setdefault(benefit.name, max(first, complete_month(earliest)))
        changes = sorted({at for day in edition.line_days if (at := complete_month(day)) > first})
        head, *later = [_rules_from(edition, at, begins) for at in (first, *changes)]
        yield replace(head, later=tuple(later))


def _following_each_other(editions: tuple[EditionRules, ...]) -> tuple[EditionRules, ...]:
    """Return the same editions; the rules of each benefit now know which rules paid it before, and until when."""
    ends = [edition.first for edition in editions[1:]] + [NEVER]
    pieces = [
        piece
        for edition, end in zip(editions, ends, strict=True)
        for piece in (edition, *edition.later)
        if piece.first < end
    ]
    before: dict[str, tuple[BenefitRule, int]] = {}
    for piece, stop in zip(pieces, (*(after.first for after in pieces[1:]), NEVER), strict=True):
        for rule in piece.rules:
            if rule.benefit.name in before:
                rule.follows(*before[rule.benefit.name])
            before[rule.benefit.name] = rule, stop
    return editions


def _rules_from(edition: Entitlements, first: int, begins: Mapping[str, int]) -> EditionRules:
    """Return the rules of an edition as they are from a month on."""
    cells = RuleColumns(edition.fields(), {base.name: base for base in edition.base}, first)
    rules = tuple(
        BenefitRule(benefit, edition, begins[benefit.name], first, cells) for benefit in edition.benefit
    )
    known = {rule.benefit.name: (rule.pricing, rule.standard_in) for rule in rules}
    for rule in rules:
        rule.pricing.refer(known)
    exclusive = tuple(group for group in edition.exclusive if group.keep != "all")
    return EditionRules(edition, first, rules, exclusive)


class DateUse(NamedTuple):
    """What the rules need to know of a date column: its month, or on which side of certain days it lies."""

    by_month: bool
    edges: frozenset[date]

    def too_vague(self, value: VagueDate) -> bool:
        """Whether a date is not exact enough for that."""
        first, last = value
        if first == last:
            return False
        if self.by_month and (first.month != last.month or first.year != last.year):
            return True
        return any(first < edge <= last for edge in self.edges)


def _date_columns(policy: PolicyFile[Entitlements]) -> dict[str, DateUse]:
    """Return the date fields that can change the money, each with what the rules need to know of it."""
    found: dict[str, DateUse] = {}
    for edition in policy.editions:
        cells = RuleColumns(edition.fields())
        for benefit in edition.benefit:
            for heading, edges in _dates_of(benefit):
                if heading and cells.kind(heading) is Kind.DATE:
                    name = cells.name(heading)
                    use = found.get(name, DateUse(False, frozenset()))
                    found[name] = DateUse(use.by_month or edges is None, use.edges | (edges or frozenset()))
    return found


def _dates_of(benefit: Benefit) -> Iterator[tuple[str, frozenset[date] | None]]:
    """Return the columns with the days that matter; None means that the month matters."""
    conditions = [*benefit.claim, *benefit.condition]
    for amount in benefit.amount:
        conditions += amount.conditions
        edges = frozenset(
            e for tier in amount.tier for e in (tier.at_least, tier.below) if isinstance(e, date)
        )
        yield amount.column, edges if amount.by == "column" else None
    for test in conditions:
        days = frozenset(edge for edge in (test.at_least, test.below) if isinstance(edge, date))
        yield test.column, None if test.stop else days
        yield test.since, None
    if (service := benefit.service) and service.stated_years == "use":
        yield "离任日期", None
        yield "离任日期", frozenset([service.left_before] if service.left_before else [])
    yield benefit.payable.approval, None
    yield from ((event.column, None) for event in benefit.payable.events)
    for pause in benefit.suspension:
        yield pause.start, None
        yield pause.end, None


def months_text(months: Iterable[int]) -> str:
    """Write months as text: 2026-04至2026-06、2026-08."""
    spans: list[list[int]] = []
    for at in months:
        if spans and at == spans[-1][1] + 1:
            spans[-1][1] = at
        else:
            spans.append([at, at])
    return "、".join(str(Month.at(a)) if a == b else f"{Month.at(a)}至{Month.at(b)}" for a, b in spans)


def months_in(text: str) -> set[int]:
    """Read the months from a text that `months_text` wrote. Raises ValueError if it is no such text."""
    found: set[int] = set()
    for span in filter(None, text.replace("，", "、").split("、")):
        first, _, last = span.strip().partition("至")
        start = number(date.fromisoformat(f"{first}-01"))
        found |= set(range(start, number(date.fromisoformat(f"{last}-01")) + 1 if last else start + 1))
    return found
