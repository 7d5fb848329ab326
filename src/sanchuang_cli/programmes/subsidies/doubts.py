"""Doubtful cells: dates known only vaguely, columns that contradict one another.

The promise: a doubt that could change the money sets the row aside; one that could not is a warning, or nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import product
from typing import NamedTuple

from msgspec.structs import replace

from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.tenure import stated_months
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.programmes.subsidies.cases import Born
from sanchuang_cli.programmes.subsidies.conditions import Trouble
from sanchuang_cli.programmes.subsidies.decisions import Decision
from sanchuang_cli.programmes.subsidies.records import Member
from sanchuang_cli.programmes.subsidies.rulebook import Rulebook

Decide = Callable[[Member, Born], Decision]
_YOUNGEST = 12
"""Nobody joins the Party or holds a post before the year of that birthday."""
_ALL_COMBINED = 5
"""Up to so many vague dates are tried in every combination; beyond it each is tried against the extremes."""


class Vague(NamedTuple):
    """A date that could make a difference: a field, or an end of the spell with an index."""

    field: str
    spell: int
    written: VagueDate


def finding(record: Member, severity: Severity, trouble: Trouble) -> Finding:
    """A trouble at its place."""
    place = record.row.place(trouble.column)
    return Finding(
        trouble.code, severity, f"{record.name}：{trouble.message}", place, trouble.basis, trouble.mend
    )


def doubts(book: Rulebook, decision: Decision, born: Born, decide: Decide) -> Iterator[Finding]:
    """What is doubtful about a record that `decision` has judged at its earliest dates."""
    record = decision.record
    vague = vague_dates(book, record)
    if vague:
        outcomes = {_money(decide(reading, born)) for reading in readings(record, vague)} | {_money(decision)}
        if len(outcomes) > 1:
            yield finding(record, Severity.ERROR, _vague_trouble(vague, outcomes))
    if not decision.verdicts:
        return
    yield from _contradictions(decision, born, book.until)
    written = record.born
    if (written and not written[0] <= born.day <= written[1]) or record.sex not in ("", born.sex):
        yield from _whose_age(decision, born, decide)
    if record.left and record.spells:
        yield from _leaving(decision, born, decide)
    yield from _statements(decision)


def _contradictions(decision: Decision, born: Born, until: date) -> Iterator[Finding]:
    """What cannot be: joining or serving as a child, a death before birth or later than `until`, of somebody alive."""
    record, grown = decision.record, born.day.year + _YOUNGEST
    joined, died = record.joined, record.died_on
    too_early = joined is not None and joined.latest.year < grown
    early = [spell.start for spell in record.spells if spell.start.latest.year < grown]
    if not (too_early or early or died):
        return  # nearly everybody
    benefits = [verdict.benefit for verdict in decision.verdicts]
    conditions = [test for benefit in benefits for test in (*benefit.claim, *benefit.condition)]
    looked_at = {test.column for test in conditions}
    looked_at |= {column for benefit in benefits for amount in benefit.amount for column in amount.columns}
    found = []
    if too_early and "入党日期" in looked_at:
        found.append(("joined", f"入党日期 {joined} 时不满 {_YOUNGEST} 岁"))
    if early and any(benefit.service for benefit in benefits):
        found.append(("spells", f"任职起点 {min(early)} 时不满 {_YOUNGEST} 岁"))
    if died and died.latest < born.day:
        found.append(("died_on", f"死亡日期 {died} 早于出生"))
    if died and died.earliest > until:
        found.append(("died_on", f"死亡日期 {died} 在 {until} 以后"))
    alive = {word for test in conditions if test.column == "健在情况" for word in test.accept}
    if died and record.health in alive:
        found.append(("health", f"健在情况写的是“{record.health}”，却填了死亡日期 {died}"))
    for column, said in found:
        trouble = Trouble(
            "subsidies.contradiction",
            column,
            f"{said}（身份证号上 {born.day} 出生）；先按所写的计算",
            "一行里的内容应当对得上",
            "请对照档案和证件，改正写错的一格。",
        )
        yield finding(record, Severity.WARNING, trouble)


def vague_dates(book: Rulebook, record: Member) -> list[Vague]:
    """The dates that the rules read and that are not known well enough: to the day, or to the month."""
    found = [Vague(name, -1, value) for name, value in book.vague_fields(record)]
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
    return [one for one in found if one.written.earliest != one.written.latest]


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
    """All of a decision that is money; a reading nobody can judge counts as another sum."""
    troubles = any(verdict.troubles for verdict in decision.verdicts)
    return (troubles, *sorted(decision.payments))


def _vague_trouble(vague: list[Vague], outcomes: set[tuple[object, ...]]) -> Trouble:
    sums = sorted({sum(p.fen for p in outcome[1:]) for outcome in outcomes})  # type: ignore[attr-defined]
    written = "、".join(dict.fromkeys(str(one.written) for one in vague))
    column = "spells" if vague[0].spell >= 0 else vague[0].field
    span = (
        f"{yuan(sums[0])} 元到 {yuan(sums[-1])} 元"
        if len(sums) > 1
        else f"都是 {yuan(sums[0])} 元，但发放月份不同"
    )
    return Trouble(
        "subsidies.vague-date",
        column,
        f"日期只写到“{written}”，本期金额因此可能是 {span}",
        "日期不确定而影响金额的，不发放、待核实",
        "请核实后写到月（或日）。",
    )


def _whose_age(decision: Decision, born: Born, decide: Decide) -> Iterator[Finding]:
    record = decision.record
    if record.born and not record.born.earliest <= born.day <= record.born.latest:
        others = {Born(record.born.earliest, born.sex), Born(record.born.latest, born.sex)}
        message = f"出生日期写的是 {record.born}，身份证号是 {born.day}"
        yield _differs(decision, decide, others, Trouble("subsidies.birth-differs", "born", message, "", ""))
    if record.sex and record.sex != born.sex:
        message = f"性别写的是“{record.sex}”，身份证号是“{born.sex}”"
        others = {Born(born.day, record.sex)}
        yield _differs(decision, decide, others, Trouble("subsidies.sex-differs", "sex", message, "", ""))


def _differs(decision: Decision, decide: Decide, others: set[Born], trouble: Trouble) -> Finding:
    changes = any(_money(decide(decision.record, other)) != _money(decision) for other in others)
    then = "，会改变本期金额" if changes else "，按身份证号认定，不影响本期金额"
    told = trouble._replace(
        message=trouble.message + then,
        basis="年龄、性别以身份证号为准",
        mend="请核对身份证，改正写错的一格。",
    )
    return finding(decision.record, Severity.ERROR if changes else Severity.WARNING, told)


def _leaving(decision: Decision, born: Born, decide: Decide) -> Iterator[Finding]:
    """离任日期 against the end of the last spell."""
    record, left = decision.record, decision.record.left
    ends = [spell.end for spell in record.spells if spell.end]
    if left is None or not ends or len(ends) < len(record.spells):
        return
    end = max(ends)
    last = ends.index(end)
    if number(left.earliest) <= number(end.latest) and number(end.earliest) <= number(left.latest):
        return
    spells = (
        *record.spells[:last],
        record.spells[last]._replace(end=VagueDate.on(left.earliest)),
        *record.spells[last + 1 :],
    )
    other = replace(record, spells=spells)
    changes = _money(decide(other, born)) != _money(decision)
    told = Trouble(
        "subsidies.left-differs",
        "left",
        f"离任日期写的是 {left}，最后一段任职到 {end} 止"
        + ("，会改变本期金额" if changes else "，不影响本期金额"),
        "离任时间以任职经历最后一段为准",
        "请对照任免文件，改正写错的一格。",
    )
    yield finding(record, Severity.ERROR if changes else Severity.WARNING, told)


def _statements(decision: Decision) -> Iterator[Finding]:
    """A stated length of service, a stated post, and posts the policy does not list."""
    record = decision.record
    for verdict in decision.verdicts:
        history, service = verdict.history, verdict.benefit.service
        if history is None or service is None:
            continue
        if history.unlisted:
            words = "、".join(dict.fromkeys(history.unlisted))
            yield finding(
                record,
                Severity.WARNING,
                Trouble(
                    "subsidies.unlisted-post",
                    "spells",
                    f"职务“{words}”不在政策所列职务里，这几段不计任职月数",
                    service.clause,
                    "职务写错的请改正；确应计入的，在政策文件 service.posts 的 words 里补上。",
                ),
            )
        if verdict.length and record.years and history.stated is None:
            stated = stated_months(record.years)
            counted = verdict.length.counted
            if stated is None or (
                stated // 12 != int(verdict.length.units)
                and str(stated) != counted
                and verdict.length.steps[-1].unit == "年"
            ):
                yield finding(
                    record,
                    Severity.WARNING,
                    Trouble(
                        "subsidies.years-differ",
                        "years",
                        f"任职年限写的是“{record.years}”，按任职经历算得 {counted} 个月",
                        service.clause,
                        "以任职经历为准；请核对哪一处写错。",
                    ),
                )
        return


def disagreement(cell: tuple[Spell, ...], sheet: tuple[Spell, ...]) -> bool:
    """Whether the cell and the 任职经历 sheet tell different spells (posts aside, which cells often leave out)."""
    return sorted((s.start, s.end or s.start) for s in cell) != sorted(
        (s.start, s.end or s.start) for s in sheet
    )
