"""Works out what changed since the last month, and why: a line for each person and reason, which add up to the difference of
the two months to the fen.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.wages.grounds import ruling
from sanchuang_cli.domain.wages.judging import KIND
from sanchuang_cli.domain.wages.policy import Wages
from sanchuang_cli.domain.wages.records import Cadre
from sanchuang_cli.domain.wages.verdict import (
    ALLOWANCE,
    BASE,
    BASE_ONLY,
    COMPONENTS,
    DUAL,
    PERFORMANCE,
    REWARD,
    MonthPay,
    Wage,
)
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.page import Col, Page, PageFrame
from sanchuang_cli.programme import PREVIOUS
from sanchuang_cli.table import Table

NEW, GONE, MOVED, RAISED, YEARS, PERFORMED, RESTS, WAITING, CORRECTED = REASONS = (
    "新任", "离任", "职务变动", "调标", "年限", "等次", "停职", "待核实", "更正",
)  # fmt: skip
"""Why somebody is paid another sum, in the order of pages. 等次: performance and rewards, which come once a year."""
Line = Mapping[str, Any]


class PayChange(NamedTuple):
    """One reason why somebody is paid otherwise. Sums are in fen."""

    reason: str
    township: str
    village: str
    name: str
    identity: str
    item: str
    before: int
    current: int
    said: str

    @property
    def more(self) -> int:
        """By how much more is paid; below nought where it is less."""
        return self.current - self.before


class PayStanding(NamedTuple):
    """One person: the lines of the last result, the rows of this one, and those of them that are paid."""

    before: Sequence[Line]
    rows: Sequence[Cadre]
    current: Sequence[Wage]


def changes(whole: Whole) -> list[PayChange]:
    """All changes; none where the last result was not given. Raises AssertionError where they do not add up."""
    roster = whole.at.rosters.get(PREVIOUS)
    if roster is None:
        return []
    people = _people(whole, [line.more for line in roster.records])
    told = [change for identity, person in people.items() for change in _of(identity, person, whole)]
    before = sum(line.more.get("fen") or 0 for line in roster.records)
    current = sum(wage.fen for wage in whole.of())
    assert before + sum(change.more for change in told) == current, "the changes do not add up"
    rank = whole.at.occasion.rank
    return sorted(
        told,
        key=lambda change: (
            REASONS.index(change.reason),
            rank(change.township),
            change.village,
            change.name,
            change.identity,
            change.item,
        ),
    )


def _people(whole: Whole, lines: Sequence[Line]) -> dict[str, PayStanding]:
    before, rows, current = defaultdict(list), defaultdict(list), defaultdict(list)
    for line in lines:
        before[str(line["identity"])].append(line)
    for judged in whole.judged["cadres"]:
        rows[judged.record.identity].append(judged.record)
    for wage in whole.of():
        current[wage.record.identity].append(wage)
    return {key: PayStanding(before[key], rows[key], current[key]) for key in dict.fromkeys((*before, *rows))}


def _of(identity: str, person: PayStanding, whole: Whole) -> Iterator[PayChange]:
    current = {name: sum(wage.component(name) for wage in person.current) for name in COMPONENTS}
    before = {name: sum(line.get(name) or 0 for line in person.before) for name in COMPONENTS}
    township, village, called = _who(person)
    for name, title in COMPONENTS.items():
        if current[name] != before[name]:
            reason, said = _why(name, person, whole)
            sums = before[name], current[name]
            yield PayChange(reason, township, village, called, identity, title, *sums, said)


def _who(person: PayStanding) -> tuple[str, str, str]:
    """Township, village and name: as this roster has them, else as the last result has."""
    if person.rows:
        record = person.current[0].record if person.current else person.rows[0]
        return record.township, record.village, record.name
    line = person.before[0]
    return str(line["township"]), str(line["village"]), str(line["name"])


def _why(name: str, person: PayStanding, whole: Whole) -> tuple[str, str]:
    """The reason of a difference in one component, and what there is to say about it."""
    if name in (PERFORMANCE, REWARD):
        return PERFORMED, _yearly(name, person)
    months = [
        month for wage in person.current for month in wage.months if month.fen and month.fen != {ALLOWANCE: 0}
    ]
    if not months:
        return _vanished(person)
    if not person.before:
        return _appeared(person, months, whole)
    return _otherwise(name, person, months, whole)


def _yearly(name: str, person: PayStanding) -> str:
    own = [year for wage in person.current for year in wage.years if year.component == name]
    said = "；".join(f"{year.year} 年 {year.coefficient.said}".rstrip() for year in own)
    return said or f"{COMPONENTS[name]}一年一次，上期发的"


def _vanished(person: PayStanding) -> tuple[str, str]:
    """Why somebody has no month that is paid any more."""
    if not person.rows:
        return GONE, "本期名册里没有这个号码，待核实"
    if len(person.current) < len(person.rows):
        return WAITING, "本期待核实，没有发放"
    failed = next(reason for wage in person.current for reason in wage.reasons if reason.holds is False)
    if failed.what == "停职":
        return RESTS, failed.said
    return (GONE if failed.what == "在任" else CORRECTED), failed.said


def _appeared(person: PayStanding, months: Sequence[MonthPay], whole: Whole) -> tuple[str, str]:
    """Why somebody is paid whom the last result does not show."""
    last, start = whole.at.occasion.period.before(), min(wage.record.started for wage in person.current)
    waited = months[0].edition.months.joining == "next" and start.latest >= last.first
    if start.latest > last.last or waited:
        return NEW, f"{start} 到任"
    rested = [row.suspended_to for row in person.rows if row.suspended_to]
    if any(day.latest >= last.first for day in rested):
        return RESTS, f"停职到 {max(rested)} 为止"
    return CORRECTED, f"{start} 起任职，上期没有发"


def _otherwise(name: str, person: PayStanding, months: Sequence[MonthPay], whole: Whole) -> tuple[str, str]:
    """Why somebody is paid another sum than before."""
    month, record = months[-1], person.current[-1].record
    if (ALLOWANCE in month.fen) != any(line.get(ALLOWANCE) for line in person.before):
        kind = next(reason for reason in person.current[-1].reasons if reason.what == KIND)
        return CORRECTED, kind.said
    posts = sorted({str(line["post_paid"]) for line in person.before})
    rested = any(line["part"] == BASE_ONLY for line in person.before)
    keeps = name == BASE and BASE in month.fen and any(line.get(BASE) for line in person.before)
    if month.suspended != rested and not keeps:  # a base that is paid all the time changes for another reason
        return RESTS, "本期整月停职" if month.suspended else "停职已经结束"
    if month.post.name not in posts:
        return MOVED, f"由{'、'.join(posts)}改任{month.post.name}"
    if any(paid.share != 1 for paid in months):
        return (GONE, f"{record.ended} 离任") if record.ended else (NEW, f"{record.started} 到任")
    if not rested and any(line.get("withheld") for line in person.before):
        return NEW, "上期不足整月，本期整月"
    return _by_standard(name, person, month, whole)


def _by_standard(name: str, person: PayStanding, month: MonthPay, whole: Whole) -> tuple[str, str]:
    """Why a whole month is paid otherwise than a whole month was before."""
    said = month.arithmetic(name) if name != DUAL else ""
    if name == DUAL and month.edition.dual:
        said = f"按 {plain(month.edition.dual.percent)}%"
    said = said or f"本期没有{COMPONENTS[name]}"
    last = whole.at.occasion.period.before()
    then, now = (ruling(period, whole.at.editions) for period in (last, whole.at.occasion.period))
    same = then == now and last.start.year == month.month.year
    if name == "seniority" and len({_rules(name, edition) for edition in (*then, *now)}) == 1:
        return YEARS, said
    if name == DUAL and same and (DUAL in month.fen) != any(line.get(DUAL) for line in person.before):
        return MOVED, "本期兼两职" if DUAL in month.fen else "本期不再兼两职"
    since = f"，上期自 {then[-1].effective} 起才按这一标准" if len(then) > 1 else ""
    return (CORRECTED, f"与上期同一标准：{said}") if same else (RAISED, said + since)


def _rules(name: str, edition: Wages) -> str:
    """All that an edition says of an item, without its clauses."""
    own = (part.model_dump_json(exclude={"clause"}) for part in edition.parts if part.item == name)
    return "\n".join(own)


class ChangePage(Page):
    """A page that is there where the last result was given, though nothing changed."""

    def tables(self, whole: Whole, on: PageFrame) -> Iterable[Table]:
        """The page, or nothing where the last result was not given."""
        return super().tables(whole, on) if whole.at.rosters.get(PREVIOUS) else ()


PAGE = ChangePage(
    "与上月对比",
    "报酬变动及原因",
    (
        Col("reason", "原因", of=attrgetter("reason")),
        *(Col(name, of=attrgetter(name)) for name in ("township", "village", "name")),
        Col("identity", of=attrgetter("identity"), detail=True),
        Col("item", "项目", of=attrgetter("item")),
        Col("before", "上期", Kind.MONEY, attrgetter("before"), total=True),
        Col("current", "本期", Kind.MONEY, attrgetter("current"), total=True),
        Col("more", "增减", Kind.MONEY, attrgetter("more"), total=True, formula="current - before"),
        Col("said", "说明", of=attrgetter("said"), wide=True, private=True),
    ),
    rows=changes,
    who=False,
    group="reason",
    unit="元",
    notes=lambda whole: (_balance(whole),),
)
"""A line for each reason: 上期合计 + 增减 = 本期合计."""


def _balance(whole: Whole) -> str:
    """From the sum of the last result to the sum of this one."""
    before = sum(line.more.get("fen") or 0 for line in whole.at.rosters[PREVIOUS].records)
    current = sum(wage.fen for wage in whole.of())
    sign = "＋" if current >= before else "−"
    return f"上期 {yuan(before)} {sign} {yuan(abs(current - before))} = 本期 {yuan(current)}（元）。只列有变动的项目。"
