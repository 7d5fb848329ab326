"""The columns of pages that say who is paid what: a programme puts the layouts of its 花名册 together from these.

What the roster of people declares needs its name alone. A line of a 花名册 is one person's payments of one benefit.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

from sanchuang_cli.domain import people as roster
from sanchuang_cli.domain.age import birthday
from sanchuang_cli.domain.entitlement.cases import years_between
from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.payroll.lines import Line
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col
from sanchuang_cli.period import Month, Spell

PER = {"month": "月", "year": "年", "once": "一次性"}


def money(name: str, title: str, of: Callable[[Any], int] | None = None) -> Col:
    """A column of sums, which are added up."""
    return Col(name, title, Kind.MONEY, of, total=True)


def people(name: str, title: str, of: Callable[[Any], int] | None = None) -> Col:
    """A column of people, or of months, which are added up."""
    return Col(name, title, Kind.COUNT, of, total=True)


def spells_text(spells: Sequence[Spell]) -> str:
    """1984-05至1995-04 书记, a line for each spell."""
    return "\n".join(f"{s.start}至{s.end or '今'} {s.post}".strip() for s in spells)


def age(line: Line) -> int:
    """Full years on the period's last day."""
    return years_between(line.born.day, line.last + 1)


def _reached(line: Line) -> date | None:
    rule = line.verdict.benefit.age
    if rule is None:
        return None
    years = rule.male if line.born.sex == "男" else rule.female
    return birthday(line.born.day, years, rule.leap_day) if years else None


def _post(line: Line) -> str | None:
    verdict = line.verdict
    if verdict.history is None or verdict.benefit.service is None or not verdict.history.candidates:
        return None
    posts = verdict.benefit.service.posts
    return "、".join(posts[rank].name for rank in verdict.history.candidates)


def _of_standard(name: str, line: Line) -> Any:
    return getattr(line.standard, name) if line.standard else None


def _remarks(line: Line) -> str | None:
    notes = [str(note) for note in line.notes]
    if len({payment.fen for payment in line.payments}) > 1:
        by_sum: dict[int, list[int]] = defaultdict(list)
        for payment in line.payments:
            by_sum[payment.fen].append(payment.month)
        notes += [
            f"{months_text(months)} 每月{fen // 100}.{fen % 100:02d}元" for fen, months in by_sum.items()
        ]
    return "；".join(filter(None, (*notes, line.record.remarks))) or None


@lru_cache(maxsize=1024)
def _months(months: tuple[int, ...]) -> str:
    return months_text(months)


@lru_cache(maxsize=4096)
def _month(at: int) -> str | None:
    """A month in figures; None for one before all time: there is no first month."""
    return str(Month.at(at)) if at > 0 else None


def _length(of: Callable[[Any], Any], line: Line) -> Any:
    return of(line.verdict.length) if line.verdict.length else None


OF_TOWNSHIP = Col("township", of=lambda one: one.township or None)
"""Of a line on a whole township."""
SEX = Col("sex", detail=True, of=lambda line: line.born.sex)
BORN = Col("born", detail=True, kind=Kind.DATE, private=True, of=lambda line: line.born.day)
AGE = Col("age", "年龄", Kind.COUNT, detail=True, of=age)
REACHED = Col("reached", "年满规定年龄日期", Kind.DATE, private=True, detail=True, of=_reached)
POST = Col("post", "计发职务", detail=True, of=_post)
SERVICE = (
    Col(
        "spells",
        kind=Kind.TEXT,
        wide=True,
        detail=True,
        of=lambda line: spells_text(line.verdict.record.spells) or None,
    ),
    Col(
        "served", "累计月数", Kind.COUNT, detail=True, of=partial(_length, lambda length: int(length.months))
    ),
    Col("years", "认定年限", detail=True, of=partial(_length, lambda length: length.rounded)),
    POST,
)
"""Left out of the page of a benefit that does not go by service."""
BENEFIT = roster.BENEFIT
TIER = Col("tier", "档次", detail=True, of=partial(_of_standard, "label"))
STANDARD = replace(roster.STANDARD, of=partial(_of_standard, "fen"))
AMOUNT = replace(roster.AMOUNT, of=lambda line: line.fen)
PAYMENT = (
    STANDARD,
    Col("per", "标准单位", detail=True, of=lambda line: PER[line.standard.per] if line.standard else None),
    Col("since", "起发月", detail=True, of=lambda line: _month(line.verdict.first)),
    replace(roster.MONTHS, detail=True, of=lambda line: _months(tuple([p.month for p in line.payments]))),
    Col("count", "本期月数", Kind.COUNT, of=lambda line: line.months),
    replace(money("arrears", "补发"), if_any=True),
    replace(money("withheld", "扣发"), if_any=True),
    AMOUNT,
    Col("bank", detail=True),
    "account",
    Col("state", "状态", detail=True),
    Col("remarks", detail=True, wide=True, private=True, of=_remarks),
)
