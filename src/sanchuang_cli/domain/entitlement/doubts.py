"""Finds doubtful cells of a row: dates that are known only vaguely, and columns that contradict one another.

It judges the row again for every way in which it can be read. The promise: a doubt that could change the
money sets the row aside; a doubt that could not is a warning, or is not told at all.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from math import prod

from msgspec.structs import replace

from sanchuang_cli.domain.entitlement.between import Between, Vague
from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.entitlement.readings import Against, OtherReading
from sanchuang_cli.domain.entitlement.row_troubles import RowTrouble, finding, trouble
from sanchuang_cli.domain.entitlement.rulebook import Rulebook
from sanchuang_cli.domain.months import EVER, number
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.words import dead, narrow
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Spell, VagueDate

Decide = Callable[[Member, Born], Decision]
_ALL_COMBINED = 300
"""Up to so many combinations of vague dates are all tried; beyond it the days of each are tried against the extremes."""


def doubts(book: Rulebook, decision: Decision, born: Born, decide: Decide) -> Iterator[Finding]:
    """Find everything doubtful about a record that `decision` has judged with the earliest possible dates."""
    record = decision.record
    dates = book.dates(record)
    vague = vague_dates(book, record, dates)
    if vague:
        tried = readings(record, vague, book.between)
        outcomes = {_money(decide(reading, born)) for reading in tried} | {_money(decision)}
        if len(outcomes) > 1:
            yield finding(record, _vague_trouble(vague, outcomes))
    if not decision.verdicts:
        return
    for code, against in book.contradictions.of(record, born, decision.verdicts, dates):
        others = tuple(_each_reading(book, against.others)) if vague else against.others
        yield from contradicted(decision, decide, code, against._replace(others=others))
    yield from _dead_and_paid(decision, book)
    if record.died_on:
        yield from _not_yet_dead(decision, record.died_on, book)
    yield from _unlisted(decision, born, decide)


def _each_reading(book: Rulebook, others: Iterable[OtherReading]) -> Iterator[OtherReading]:
    """The other readings of a row, each on every day that its vague dates may be."""
    for other in others:
        vague = vague_dates(book, other.record, book.dates(other.record))
        for record in readings(other.record, vague, book.between):
            yield OtherReading(record, other.born)


def contradicted(decision: Decision, decide: Decide, code: str, against: Against) -> Iterator[Finding]:
    """Return an error where another reading of the row gives other money, and otherwise a warning or
    nothing."""
    money = _money(decision)
    changes = any(_money(decide(other.record, other.born)) != money for other in against.others)
    if against.quiet and not changes:
        return
    then = "会改变本期金额" if changes else "不影响本期金额"
    told = trouble(code, against.column, f"{against.message}，{then}")
    yield finding(decision.record, told, Severity.ERROR if changes else Severity.WARNING)


def _dead_and_paid(decision: Decision, book: Rulebook) -> Iterator[Finding]:
    """Somebody whom the row says to be dead and who would be paid, because no condition looks at where it says so."""
    record = decision.record
    if record.died_on:
        last, column, name, cell = number(record.died_on.earliest), "死亡日期", "died_on", str(record.died_on)
    elif record.health and dead(record.health):
        last, column, name, cell = EVER, "健在情况", "health", record.health
    else:
        return
    if column not in book.looked_at and any(payment.month > last for payment in decision.payments):
        said = f"“{column}”写的是“{cell}”，政策里没有看这一列的条件，照发了"
        mend = "请核实；确已去世的，补填死亡日期，并在政策文件里写上“健在”的条件（健在情况、死亡日期两列）。"
        yield finding(record, trouble("unclear", name, said, "已去世的，不能没有依据就发", mend))


def _not_yet_dead(decision: Decision, died: VagueDate, book: Rulebook) -> Iterator[Finding]:
    """Warn of a death that lies in the future. A death so far in the future that it is impossible is a
    contradiction instead."""
    if book.until < died.earliest <= book.contradictions.bounds.never:
        told = trouble("contradiction", "died_on", f"死亡日期 {died} 还没有到，不影响本期金额")
        yield finding(decision.record, told, Severity.WARNING)


def _unlisted(decision: Decision, born: Born, decide: Decide) -> Iterator[Finding]:
    """Tell of posts that no benefit lists, of those benefits that go by service; the benefits are named. An error where a post
    seems to be a listed one of some village, and counting it as that changes the money."""
    served: list[tuple[Benefit, tuple[str, ...]]] = []
    for verdict in decision.verdicts:
        if verdict.history:
            if not verdict.history.unlisted:
                return  # nearly everybody
            served.append((verdict.benefit, verdict.history.unlisted))
    words = (
        [word for word in dict.fromkeys(served[0][1]) if all(word in one for _, one in served)]
        if served
        else []
    )
    if not words:
        return
    rules = [benefit.service for benefit, _ in served if benefit.service]
    clauses = "、".join(dict.fromkeys(rule.clause for rule in rules))
    known = {narrow(word) for rule in rules for post in rule.posts for word in (post.name, *post.words)}
    if meant := {word: listed for word in words if (listed := _listed_in(word, known))}:
        spells = tuple(spell._replace(post=_put_in(spell.post, meant)) for spell in decision.record.spells)
        if _money(decide(replace(decision.record, spells=spells), born)) != _money(decision):
            like = "、".join(f"“{word}”像是所列的“{listed}”" for word, listed in meant.items())
            said = f"职务{like}，照它计任职月数会改变本期金额"
            yield finding(decision.record, trouble("unlisted-post", "spells", said, clauses), Severity.ERROR)
            return
    names = "、".join(dict.fromkeys(f"“{benefit.name}”" for benefit, _ in served))
    said = f"职务“{'、'.join(words)}”不在{names}所列职务里，这几段不计任职月数"
    yield finding(decision.record, trouble("unlisted-post", "spells", said, clauses))


_OF_A_PLACE, _SAID_OF_IT = re.compile(".+(?:大队|村|社区|居委会|管理区)"), re.compile(r"\([^()]*\)?")
"""What stands before a listed post where it was held, and what may be said behind it: 红星大队支部书记, 书记(代理)."""


def _listed_in(word: str, known: Collection[str]) -> str:
    """The listed post that a word names with its place, or with something said of it; "" where there is none."""
    for listed in sorted(known, key=lambda one: -len(one)):
        before, after = word.removesuffix(listed), word.removeprefix(listed)
        if (before != word and _OF_A_PLACE.fullmatch(before)) or (
            after != word and _SAID_OF_IT.fullmatch(after)
        ):
            return listed
    return ""


def _put_in(post: str, meant: Mapping[str, str]) -> str:
    """The posts of a spell, with the listed ones in place of what they seem to be called."""
    text = narrow(post)
    for word, listed in meant.items():
        text = text.replace(word, listed)
    return text


def vague_dates(book: Rulebook, record: Member, dates: dict[str, VagueDate]) -> list[Vague]:
    """Return the dates that the rules read and that are not exact enough: to the day, to the month, or to which side of a day
    they lie.

    dates: the dates of the record other than its spells.
    """
    found = [Vague(name, -1, value, edges) for name, value, edges in book.too_vague(dates)]
    by_day = book.day_spells
    for i, (start, end, _) in enumerate(record.spells):
        first, last = start
        if first is not last and (first.month != last.month or first.year != last.year or by_day):
            found.append(Vague("start", i, start))
        if end is None:
            continue
        first, last = end
        if first is not last and (
            first.month != last.month
            or first.year != last.year
            or by_day
            or any(first < edge <= last for edge in book.between.edges)
        ):
            found.append(Vague("end", i, end))
    return [one for one in found if one.written.earliest != one.written.latest] if found else found


def readings(record: Member, vague: list[Vague], between: Between) -> Iterator[Member]:
    """The record with each vague date on one of the days that it can be, as far as they may give other money. No spell
    ends before it begins, unless it is written so."""
    for days in _days_of(record, vague, between):
        reading = _with(record, vague, days)
        if all(
            _in_order(one) or not _in_order(old)
            for one, old in zip(reading.spells, record.spells, strict=True)
        ):
            yield reading


def _in_order(spell: Spell) -> bool:
    return spell.end is None or spell.start.earliest <= spell.end.latest


def _days_of(record: Member, vague: list[Vague], between: Between) -> Iterator[Sequence[date]]:
    """A day for each vague date."""
    tried = [between.days(record, one) for one in vague]
    if prod(map(len, tried)) <= _ALL_COMBINED:
        yield from product(*tried)
        return
    ends = [(one.written.earliest, one.written.latest) for one in vague]
    widest = [days[0] if one.field == "start" else days[1] for one, days in zip(vague, ends, strict=True)]
    narrowest = [days[1] if one.field == "start" else days[0] for one, days in zip(vague, ends, strict=True)]
    for extreme in (widest, narrowest):
        yield extreme
        for i, days in enumerate(tried):
            for day in days:
                yield [*extreme[:i], day, *extreme[i + 1 :]]


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
    """Return all of a decision that is money, to be compared with that of another reading.

    A reading that nobody can judge counts as another sum. What was due in the last period counts too: two
    readings can leave the same of it, while a reading between them leaves more.
    """
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
    """Whether the cell and the 任职经历 sheet tell different spells. Posts are not compared, because cells
    often leave them out."""
    return sorted((s.start, s.end or s.start) for s in cell) != sorted(
        (s.start, s.end or s.start) for s in sheet
    )
