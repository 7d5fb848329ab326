"""Works out what one member owes month by month, and of what base; nothing where the base is not known."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from sanchuang_cli.domain.dues.policy import QUARTERS, DuesPolicy, Pay, PayFile
from sanchuang_cli.domain.exact_numbers import operand, whole
from sanchuang_cli.money import fen, yuan
from sanchuang_cli.period import Month
from sanchuang_cli.policy import PolicyFile

_QUARTER = 3


class Owed(NamedTuple):
    """What is owed for a month, in fen, and how that comes. base: in fen, percent: of it; None for a fixed sum. reads: the
    fields of the roster from which it comes. pay: the row of the pay file that says the base, if one does."""

    fen: int
    said: str
    clause: str
    base: Fraction | None = None
    percent: Fraction | None = None
    reads: tuple[str, ...] = ("category",)
    pay: Pay | None = None


class Unknown(NamedTuple):
    """Why a month cannot be worked out: a code of the programme's table, and the field that it is about."""

    code: str
    field: str
    said: str
    clause: str


@dataclass(frozen=True)
class DuesMember:
    """What is asked about a member. category: as the roster writes it. base: the stated one, in fen. value_of: what the row
    has under a heading. pay: the rows of the pay file, the earliest first. waiting: where a row of it stands that nobody may use,
    "" where there is none."""

    category: str
    base: int | None
    value_of: Callable[[str], Any]
    pay: Sequence[Pay] = ()
    waiting: str = ""


def owed(
    who: DuesMember, months: Sequence[Month], editions: PolicyFile[DuesPolicy]
) -> Iterator[tuple[Month, Owed | Unknown]]:
    """Month by month by the document of the month."""
    for month in months:
        yield month, _of_month(who, month, months[0], editions.on(month.first))


def _of_month(who: DuesMember, month: Month, first: Month, policy: DuesPolicy) -> Owed | Unknown:
    category = policy.by_word.get(who.category)
    if category is None:
        return Unknown(
            "category-unknown", "category", f"缴费类别“{who.category}”不在政策所列之内", policy.title
        )
    if category.amount is not None:
        return Owed(fen(category.amount), f"每月 {operand(category.amount)}", category.clause)
    if who.waiting and policy.pay_file and category.base == "stated":
        return Unknown("base-waits", "base", f"{who.waiting} 待核实，不知道基数", policy.pay_file.clause)
    field = QUARTERS[(month.month - 1) // _QUARTER] if category.base == "quarter_before" else "base"
    base = _base(who, month if policy.fixed == "month" else first, field, policy)
    if base is None:
        return Unknown("base-unknown", field, f"{month} 没有基数", category.clause)
    if base.fen <= 0:  # nobody is free of dues by an empty pay: that needs a decision, or another category
        said = f"{month} 的基数是 {yuan(whole(base.fen, 'half_up'))} 元"
        return Unknown("base-nought", field, said, category.clause)
    percent = category.bracket(base.fen).percent
    due, said = policy.round(base.fen * percent / 100), f"{base.said} × {operand(percent)}%"
    reads = ("category",) if base.pay else ("category", field)
    return Owed(due, said, category.clause, base.fen, percent, reads, base.pay)


class _Base(NamedTuple):
    """A base in fen, how it comes, and the row of the pay file that says it, if one does."""

    fen: Fraction
    said: str
    pay: Pay | None = None


def _base(who: DuesMember, of: Month, field: str, policy: DuesPolicy) -> _Base | None:
    """of: the month whose pay counts. field: where the roster has it: the stated base, or the income of a quarter."""
    if field != "base":
        income = who.value_of(field)
        return (
            None
            if income is None
            else _Base(Fraction(income, _QUARTER), f"{field} {yuan(income)} ÷ {_QUARTER}")
        )
    rows = [row for row in who.pay if row.start <= of]
    if rows and policy.pay_file:
        rates = _rates(rows[-1], policy.pay_file)
        items = _items(rows[-1], policy.pay_file)
        said = f"{yuan(items)} × (1 − {operand(rates * 100)}%)"
        return _Base(Fraction(whole(items * (1 - rates), "half_up")), said, rows[-1])
    return None if who.base is None else _Base(Fraction(who.base), f"{yuan(who.base)}")


def _items(row: Pay, rule: PayFile) -> int:
    return sum(row.more.get(name) or 0 for name in rule.counted)


def _rates(row: Pay, rule: PayFile) -> Fraction:
    return sum((row.more.get(name) or Fraction(0) for name in rule.rates), Fraction(0))


def rates_as_amounts(rows: Sequence[Pay], policy: DuesPolicy) -> set[Fraction]:
    """The bases that come out where the rates are taken of the contribution base instead of the pay, as auditors found."""
    rule = policy.pay_file
    if rule is None:
        return set()
    return {
        Fraction(whole(_items(row, rule) - row.contribution * _rates(row, rule), "half_up"))
        for row in rows
        if row.contribution is not None
    }
