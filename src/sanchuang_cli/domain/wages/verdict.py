"""Declares what one row of the roster comes to: its months, its yearly sums, what is due. Plain values, made once.

Every sum of a month and every yearly sum is an exact fraction until it is due; there it is rounded half up, once for each
component.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from sanchuang_cli.domain.exact_numbers import operand, plain, summed, whole
from sanchuang_cli.domain.wages.months import Stretch
from sanchuang_cli.domain.wages.policy import OfficePost, Wages
from sanchuang_cli.domain.wages.records import Appraisal, Cadre
from sanchuang_cli.domain.wages.standards import StandardSum, WholeMonth, rounded
from sanchuang_cli.join import Taken
from sanchuang_cli.judging import Reason, Verdict
from sanchuang_cli.outcome import Due
from sanchuang_cli.period import Month

BENEFIT = "村干部报酬"
BASE, DUAL, ALLOWANCE, PERFORMANCE, REWARD = "base", "dual", "allowance", "performance", "reward"
COMPONENTS = {
    BASE: "基本报酬",
    "size": "规模补贴",
    "seniority": "年限补贴",
    "duty": "岗位补贴",
    DUAL: "兼职加发",
    ALLOWANCE: "选派补助",
    PERFORMANCE: "绩效",
    REWARD: "集体经济奖励",
}
"""What the parts of the pay are called on pages, in the ledger and at the bank; the ledger keeps each apart."""
PAID, BASE_ONLY, UNPAID = PARTS = ("发放", "只发基本", "不发")
_YEAR, _WHOLE = 12, 100


class PayPiece(NamedTuple):
    """A part of a month under one edition. share: how much of the month counts by it; of_whole: how much would of a whole
    month."""

    edition: Wages
    share: Fraction
    standards: WholeMonth
    of_whole: Fraction = Fraction(1)


class MonthPay(NamedTuple):
    """A month in one post. share: how much of the month counts. fen: what is paid, by item. twice: in how much of it another
    post was held too, where that adds something."""

    stretch: Stretch
    post: OfficePost
    share: Fraction
    suspended: bool
    pieces: tuple[PayPiece, ...]
    fen: Mapping[str, int]
    twice: Fraction = Fraction(1)

    @property
    def month(self) -> Month:
        """The month that is paid."""
        return self.stretch.month

    @property
    def edition(self) -> Wages:
        """The one in force on the month's first day."""
        return self.pieces[0].edition

    @property
    def worth(self) -> Fraction:
        """What the post is worth in a whole month, by which the higher of two is known."""
        return self.pieces[0].standards.total

    @property
    def total(self) -> int:
        """What is paid for it, in fen."""
        return sum(self.fen.values())

    @property
    def withheld(self) -> int:
        """What a whole month would be more; nothing where the month does not count at all."""
        if not self.share:
            return 0
        full = _fen([(piece.standards, piece.of_whole) for piece in self.pieces])
        return max(0, sum(full.values()) - self.total)

    def exact(self, item: str) -> Fraction:
        """What an item comes to, in yuan, before it is rounded."""
        none = Fraction(0)
        return sum((piece.standards.yuan.get(item, none) * piece.share for piece in self.pieces), none)

    def arithmetic(self, item: str) -> str:
        """The standards of an item, and how much of the month counts by each where that is not all of it; "" where there is
        none."""
        if item == DUAL:
            more = plain(self.edition.dual.percent - _WHOLE) if self.edition.dual else "0"
            part = "" if self.twice == 1 else f" × {operand(self.twice)}"
            return f"（{self.arithmetic(BASE)}）× {more}%{part}"
        counted: dict[str, Fraction] = {}
        for piece in self.pieces:
            own = [standard.sum.said for standard in piece.standards.standards if standard.item == item]
            if own and (piece.share or not self.share):
                said = "；".join(own)
                counted[said] = counted.get(said, Fraction(0)) + piece.share
        return " + ".join(
            said if share == 1 else f"{said} × {operand(share)} 个月" for said, share in counted.items()
        )


def _fen(parts: Sequence[tuple[WholeMonth, Fraction]]) -> Mapping[str, int]:
    """What so much of whole months comes to by item, each rounded once."""
    if len(parts) == 1 and parts[0][1] == 1:
        return parts[0][0].fen
    yuan: dict[str, Fraction] = {}
    for standards, share in parts:
        for item, amount in standards.yuan.items():
            yuan[item] = yuan.get(item, Fraction(0)) + amount * share
    return rounded(yuan)


def month_pay(stretch: Stretch, post: OfficePost, pieces: tuple[PayPiece, ...], suspended: bool) -> MonthPay:
    """A month as it is paid."""
    share = pieces[0].share if len(pieces) == 1 else sum((piece.share for piece in pieces), Fraction(0))
    fen = _fen([(piece.standards, piece.share) for piece in pieces]) if share else {}
    if suspended:
        base = fen.get(BASE, 0) if pieces[0].edition.suspension.pays == "base" else 0
        fen = {BASE: base} if base else {}
    return MonthPay(stretch, post, share, suspended, pieces, fen)


class YearMonth(NamedTuple):
    """A month of a year for which a yearly sum is paid. basis: of a whole year in that post, in yuan."""

    stretch: Stretch
    post: OfficePost
    share: Fraction
    edition: Wages
    basis: StandardSum

    @property
    def worth(self) -> Fraction:
        """The basis of a whole year in that post, in yuan."""
        return self.basis.yuan


class Coefficient(NamedTuple):
    """By how much the basis counts. value: None while it is not known, and the sum waits."""

    value: Fraction | None
    said: str
    grade: str = ""
    score: Fraction | None = None
    stars: int | None = None
    rests_on: tuple[Appraisal | Taken, ...] = ()


class YearPay(NamedTuple):
    """A yearly sum. component: performance or reward; paid: the month in which it falls due. served: the months that count;
    basis: yuan for them, before the coefficient. fen: what falls due, nothing while it waits; cut: where it is less, because
    the village's rewards pass their cap."""

    component: str
    clause: str
    edition: Wages
    year: int
    paid: Month
    months: tuple[YearMonth, ...]
    coefficient: Coefficient
    served: Fraction
    basis: Fraction
    fen: int
    cut: bool = False

    @property
    def waits(self) -> bool:
        """Whether the coefficient is not known, so that nothing is paid or asked back yet."""
        return self.coefficient.value is None

    def of(self, months: tuple[YearMonth, ...], coefficient: Coefficient) -> "YearPay":
        """The same sum for other months, by another coefficient."""
        served = summed([month.share for month in months])
        yuan = [month.basis.yuan * month.share if month.share != 1 else month.basis.yuan for month in months]
        basis = summed(yuan) / _YEAR
        fen = whole(basis * (coefficient.value or 0) * 100, "half_up")
        return self._replace(months=months, coefficient=coefficient, served=served, basis=basis, fen=fen)


def year_pay(
    component: str,
    clause: str,
    edition: Wages,
    paid: Month,
    months: tuple[YearMonth, ...],
    known: Coefficient,
) -> YearPay:
    """A yearly sum of the year before the month in which it is paid."""
    nothing = Fraction(0)
    empty = YearPay(component, clause, edition, paid.year - 1, paid, (), known, nothing, nothing, 0)
    return empty.of(months, known)


class Wage(Verdict[Cadre], frozen=True, kw_only=True, eq=False):
    """What came of a row. due: of the months that were judged; sums: the fen of them by component; waits: what is not known yet, and is neither paid nor
    asked back; unruled: what of it no edition says anything of."""

    months: tuple[MonthPay, ...] = ()
    years: tuple[YearPay, ...] = ()
    due: tuple[Due, ...] = ()
    sums: Mapping[str, int] = {}
    waits: tuple[tuple[str, Month, str], ...] = ()
    unruled: tuple[tuple[str, Month], ...] = ()

    def component(self, name: str) -> int:
        """Fen of a component."""
        return self.sums.get(COMPONENTS[name], 0)

    @property
    def fen(self) -> int:
        """What falls due in all, in fen."""
        return sum(self.sums.values())

    @property
    def withheld(self) -> int:
        """What whole months would have been more, in fen."""
        return sum(month.withheld for month in self.months)

    @property
    def post(self) -> str:
        """The post that is paid; as the row writes it where nothing is."""
        return self.months[-1].post.name if self.months else self.record.post

    @property
    def performance(self) -> YearPay | None:
        """The last year's performance, where it falls due."""
        return next((year for year in reversed(self.years) if year.component == PERFORMANCE), None)


def wage(
    record: Cadre,
    reasons: Sequence[Reason],
    months: Sequence[MonthPay],
    years: Sequence[YearPay],
    unruled: Sequence[tuple[str, Month]] = (),
) -> Wage:
    """The verdict on months and years that are settled. unruled: components of a year of which no edition says anything, each
    with the month in which it would be paid."""
    due = tuple(_dues(months, years))
    sums: dict[str, int] = {}
    for part in due:
        sums[part.component] = sums.get(part.component, 0) + part.fen
    waits = tuple((BENEFIT, year.paid, COMPONENTS[year.component]) for year in years if year.waits)
    waits += tuple((BENEFIT, month, COMPONENTS[component]) for component, month in unruled)
    resting = any(month.suspended and month.fen for month in months)
    yearly = any(year.fen for year in years)
    where = UNPAID if not due else BASE_ONLY if resting and not yearly else PAID
    return Wage(
        record=record,
        part=where,
        reasons=tuple(reasons),
        months=tuple(months),
        years=tuple(years),
        due=due,
        sums=sums,
        waits=waits,
        unruled=tuple(unruled),
    )


def _dues(months: Sequence[MonthPay], years: Sequence[YearPay]) -> Iterator[Due]:
    for month in months:
        effective = month.edition.effective.isoformat()
        for item, fen in month.fen.items():
            if fen:
                yield Due(BENEFIT, COMPONENTS[item], month.month, fen, effective)
    for year in years:
        if year.fen:
            effective = year.edition.effective.isoformat()
            yield Due(BENEFIT, COMPONENTS[year.component], year.paid, year.fen, effective)
