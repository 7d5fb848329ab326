"""Doubtful cells: dates known only vaguely, columns that contradict one another.

The promise: a doubt that could change the money sets the row aside; one that could not is a warning, or nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import product
from typing import NamedTuple

from msgspec.structs import replace

from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.entitlement.readings import Against
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble, finding, trouble
from sanchuang_cli.domain.entitlement.rulebook import Rulebook
from sanchuang_cli.domain.people import Member
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Spell, VagueDate

Decide = Callable[[Member, Born], Decision]
_ALL_COMBINED = 5
"""Up to so many vague dates are tried in every combination; beyond it each is tried against the extremes."""


class Vague(NamedTuple):
    """A date that could make a difference: a field, or an end of the spell with an index."""

    field: str
    spell: int
    written: VagueDate


def doubts(book: Rulebook, decision: Decision, born: Born, decide: Decide) -> Iterator[Finding]:
    """What is doubtful about a record that `decision` has judged at its earliest dates."""
    record = decision.record
    dates = book.dates(record)
    vague = vague_dates(book, record, dates)
    if vague:
        outcomes = {_money(decide(reading, born)) for reading in readings(record, vague)} | {_money(decision)}
        if len(outcomes) > 1:
            yield finding(record, _vague_trouble(vague, outcomes))
    if not decision.verdicts:
        return
    for code, against in book.contradictions.of(record, born, decision.verdicts, dates):
        yield from contradicted(decision, decide, code, against)
    if record.died_on:
        yield from _not_yet_dead(decision, record.died_on, book)
    yield from _unlisted(decision)


def contradicted(decision: Decision, decide: Decide, code: str, against: Against) -> Iterator[Finding]:
    """What comes of a contradiction: an error where another reading gives other money, else a warning."""
    money = _money(decision)
    changes = any(_money(decide(other.record, other.born)) != money for other in against.others)
    if against.quiet and not changes:
        return
    then = "会改变本期金额" if changes else "不影响本期金额"
    told = trouble(code, against.column, f"{against.message}，{then}")
    yield finding(decision.record, told, Severity.ERROR if changes else Severity.WARNING)


def _not_yet_dead(decision: Decision, died: VagueDate, book: Rulebook) -> Iterator[Finding]:
    """A death later than anybody can know of; one so late that the day cannot be is a contradiction."""
    if book.until < died.earliest <= book.contradictions.bounds.never:
        told = trouble("contradiction", "died_on", f"死亡日期 {died} 还没有到，不影响本期金额")
        yield finding(decision.record, told, Severity.WARNING)


def _unlisted(decision: Decision) -> list[Finding]:
    """Posts that none of the benefits lists which go by service, with the benefits."""
    served: list[tuple[Benefit, tuple[str, ...]]] = []
    for verdict in decision.verdicts:
        if verdict.history:
            if not verdict.history.unlisted:
                return []  # nearly everybody
            served.append((verdict.benefit, verdict.history.unlisted))
    if not served:
        return []
    words = [word for word in dict.fromkeys(served[0][1]) if all(word in unlisted for _, unlisted in served)]
    if not words:
        return []
    names = "、".join(dict.fromkeys(f"“{benefit.name}”" for benefit, _ in served))
    said = f"职务“{'、'.join(words)}”不在{names}所列职务里，这几段不计任职月数"
    clauses = "、".join(dict.fromkeys(benefit.service.clause for benefit, _ in served if benefit.service))
    return [finding(decision.record, trouble("unlisted-post", "spells", said, clauses))]


def vague_dates(book: Rulebook, record: Member, dates: dict[str, VagueDate]) -> list[Vague]:
    """The dates that the rules read and that are not known well enough: to the day, or to the month. dates: those of
    the record beside its spells."""
    found = [Vague(name, -1, value) for name, value in book.too_vague(dates)]
    by_day = book.day_spells
    for i, (start, end, _) in enumerate(record.spells):
        first, last = start
        if first is not last and (first.month != last.month or first.year != last.year or by_day):
            found.append(Vague("start", i, start))
        if end is None:
            continue
        first, last = end
        if first is not last and (first.month != last.month or first.year != last.year or by_day):
            found.append(Vague("end", i, end))
    return [one for one in found if one.written.earliest != one.written.latest] if found else found


def readings(record: Member, vague: list[Vague]) -> Iterator[Member]:
    """The record with each vague date at one end of what it can be."""
    ends = [(one.written.earliest, one.written.latest) for one in vague]
    if len(vague) <= _ALL_COMBINED:
        for days in product(*ends):
            yield _with(record, vague, days)
        return
    widest = [days[0] if one.field == "start" else days[1] for one, days in zip(vague, ends, strict=True)]
    narrowest = [days[1] if one.field == "start" else days[0] for one, days in zip(vague, ends, strict=True)]
    for extreme in (widest, narrowest):
        yield _with(record, vague, extreme)
        for i, days in enumerate(ends):
            for day in days:
                yield _with(record, vague, [*extreme[:i], day, *extreme[i + 1 :]])


def _with(record: Member, vague: list[Vague], days: Iterable[date]) -> Member:
    update: dict[str, object] = {}
    more = dict(record.more)
    spells = list(record.spells)
    for one, day in zip(vague, days, strict=True):
        exact = VagueDate.on(day)
        if one.spell >= 0:
            spell = spells[one.spell]
            spells[one.spell] = (
                spell._replace(start=exact) if one.field == "start" else spell._replace(end=exact)
            )
        elif one.field in more:
            more[one.field] = exact
        else:
            update[one.field] = exact
    return replace(record, **{**update, "more": more, "spells": tuple(spells)})


def _money(decision: Decision) -> tuple[object, ...]:
    """All of a decision that is money; a reading nobody can judge counts as another sum. What was due in the last period
    counts too: at two readings the same may be left of it, and more at one between them."""
    prior = [(name, at, fen) for name, due in decision.prior.items() for at, fen in due.items()]
    return ((bool(decision.troubles), *sorted(prior)), *sorted(decision.payments))


def _vague_trouble(vague: list[Vague], outcomes: set[tuple[object, ...]]) -> RowTrouble:
    sums = sorted({sum(p.fen for p in outcome[1:]) for outcome in outcomes})  # type: ignore[attr-defined]
    written = "、".join(dict.fromkeys(str(one.written) for one in vague))
    column = "spells" if vague[0].spell >= 0 else vague[0].field
    apart = "发放月份" if len({outcome[1:] for outcome in outcomes}) > 1 else "上期应发的"
    span = (
        f"{yuan(sums[0])} 元到 {yuan(sums[-1])} 元"
        if len(sums) > 1
        else f"都是 {yuan(sums[0])} 元，但{apart}不同"
    )
    return trouble("vague-date", column, f"日期只写到“{written}”，本期金额因此可能是 {span}")


def disagreement(cell: tuple[Spell, ...], sheet: tuple[Spell, ...]) -> bool:
    """Whether the cell and the 任职经历 sheet tell different spells (posts aside, which cells often leave out)."""
    return sorted((s.start, s.end or s.start) for s in cell) != sorted(
        (s.start, s.end or s.start) for s in sheet
    )
