"""Declares columns of pages about payments, for a programme to build the layouts of its 花名册 from. Columns only, no pages.

A column that the roster of people declares needs only its name here. A row of a 花名册 is one line of payment: one
person's payments of one benefit.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

from sanchuang_cli.domain import people
from sanchuang_cli.domain.age import birthday
from sanchuang_cli.domain.entitlement.cases import years_between
from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.payroll.lines import PaymentLine
from sanchuang_cli.domain.payroll.wording import PER, joined, spells_text
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.page import Col
from sanchuang_cli.period import Month


def money(name: str, title: str, of: Callable[[Any], int] | None = None) -> Col:
    """A column of sums in fen, with a total."""
    return Col(name, title, Kind.MONEY, of, total=True)


def counted(name: str, title: str, of: Callable[[Any], int] | None = None) -> Col:
    """A column of numbers of people or of months, with a total."""
    return Col(name, title, Kind.COUNT, of, total=True)


def payer_columns(payers: Iterable[str], borne: Callable[[Any], Mapping[str, int]]) -> list[Col]:
    """经费分担, a column for each who bears a part of the money. borne: fen by who bears them, of a row."""
    return [
        money(f"payer{i}", f"经费分担/{payer}", partial(_part_of, payer, borne))
        for i, payer in enumerate(payers)
    ]


def _part_of(payer: str, borne: Callable[[Any], Mapping[str, int]], row: Any) -> int:
    return borne(row).get(payer, 0)


def age(line: PaymentLine) -> int:
    """Full years on the last day of the period."""
    return years_between(line.born.day, line.last + 1)


def _reached(line: PaymentLine) -> date | None:
    rule = line.verdict.benefit.age
    if rule is None:
        return None
    years = rule.male if line.born.sex == "男" else rule.female
    return birthday(line.born.day, years, rule.leap_day) if years else None


def _post(line: PaymentLine) -> str | None:
    verdict = line.verdict
    if verdict.history is None or verdict.benefit.service is None or not verdict.history.candidates:
        return None
    posts = verdict.benefit.service.posts
    return "、".join(posts[rank].name for rank in verdict.history.candidates)


def _of_standard(name: str, line: PaymentLine) -> Any:
    return getattr(line.standard, name) if line.standard else None


def _remarks(line: PaymentLine) -> str | None:
    """Notes, the months by sum where months differ in it, and what the roster says in 备注."""
    differ = len({payment.fen for payment in line.payments}) > 1
    if not (differ or line.notes):
        return line.record.remarks or None  # nearly everybody
    return joined((*map(str, line.notes), *(_sums(line) if differ else ()), line.record.remarks))


def _sums(line: PaymentLine) -> list[str]:
    """The months by sum. The next period reads these words back, month by month."""
    by_sum: dict[int, list[int]] = defaultdict(list)
    for payment in line.payments:
        by_sum[payment.fen].append(payment.month)
    return [f"{months_text(months)} 每月{yuan(fen)}元" for fen, months in by_sum.items()]


@lru_cache(maxsize=1024)
def _months(months: tuple[int, ...]) -> str:
    return months_text(months)


@lru_cache(maxsize=4096)
def _month(at: int) -> str | None:
    """A month as 2012-06; None for one that stands for "always", which has no first month."""
    return str(Month.at(at)) if at > 0 else None


def _paid_months(line: PaymentLine) -> str:
    return _months(tuple([payment.month for payment in line.payments]))


def _per(line: PaymentLine) -> str | None:
    return PER[line.standard.per] if line.standard else None


def _spells(line: PaymentLine) -> str | None:
    return spells_text(line.verdict.record.spells) or None


def _served(line: PaymentLine) -> int | None:
    return int(line.verdict.length.months) if line.verdict.length else None


def _years(line: PaymentLine) -> Any:
    return line.verdict.length.rounded if line.verdict.length else None


OF_TOWNSHIP = Col("township", of=lambda row: row.township or None)
"""For rows that are about a whole township."""
SEX = Col("sex", detail=True, of=lambda line: line.born.sex)
BORN = Col("born", detail=True, kind=Kind.DATE, private=True, of=lambda line: line.born.day)
AGE = Col("age", "年龄", Kind.COUNT, detail=True, of=age)
REACHED = Col("reached", "年满规定年龄日期", Kind.DATE, private=True, detail=True, of=_reached)
POST = Col("post", "计发职务", detail=True, of=_post)
SERVICE = (
    Col("spells", kind=Kind.TEXT, wide=True, detail=True, of=_spells),
    Col("served", "累计月数", Kind.COUNT, detail=True, of=_served),
    Col("years", "认定年限", detail=True, of=_years),
    POST,
)
"""Left out of the page of a benefit that does not depend on service."""
BENEFIT = people.BENEFIT
TIER = Col("tier", "档次", detail=True, of=partial(_of_standard, "label"))
STANDARD = replace(people.STANDARD, of=partial(_of_standard, "fen"))
AMOUNT = replace(people.AMOUNT, of=lambda line: line.fen)
PAYMENT = (
    STANDARD,
    Col("per", "标准单位", detail=True, of=_per),
    Col("since", "起发月", detail=True, of=lambda line: _month(line.verdict.first)),
    replace(people.MONTHS, detail=True, of=_paid_months),
    Col("count", "本期月数", Kind.COUNT, of=lambda line: line.months),
    replace(money("arrears", "补发"), if_any=True),
    replace(money("withheld", "扣发"), if_any=True),
    AMOUNT,
    Col("bank", detail=True),
    "account",
    Col("state", "状态", detail=True),
    Col("remarks", detail=True, wide=True, private=True, of=_remarks),
)
"""What every 花名册 ends with: the standard, the months, the sum and the account."""
