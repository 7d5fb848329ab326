"""Works out the standard from a person's case: how many fen a month, a year or once, and the arithmetic that
shows it.

It may not read a record: everything stands in the Case. Nothing is rounded unless `round` in the policy says
so. If an amount is not a whole number of fen and the policy does not say how to round, the run stops.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from sanchuang_cli.domain.entitlement.amounts import Amount, Per, Rates, RoundAt, Tier
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.blocks import ServiceWay
from sanchuang_cli.domain.entitlement.service import Eras, named_way
from sanchuang_cli.domain.entitlement.tenure import Months
from sanchuang_cli.domain.exact_numbers import operand as _n
from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.domain.verdict import Step
from sanchuang_cli.finding import UserError
from sanchuang_cli.period import Month

_FEN = 100
_PERCENT = 100
_MONTHS = 12
_UNITS = {"fen": 1, "jiao": 10, "yuan": 100}
UNTIERED = "不分档"
"""The name of the only tier of an amount, where nothing distinguishes it from others."""
_PER = {"month": "元/月", "year": "元/年", "once": "元（一次性）"}


class Case(NamedTuple):
    """All that the standard depends on.

    units: years or terms of service. key: the value that decides the tier. times: how many times each
    supplement applies. instead: which fixed sum applies, -1 for none. others: other payments that are topped
    up, in fen a month. barred: the tiers whose own condition fails. base: the yuan of which figures are a
    percentage or a multiple. rate: what the row states as the rate of the tier. eras: units in each of the
    eras of a tier. ways: months by each way of serving that a tier asks for.
    """

    post: str = ""
    units: int | Fraction = 0
    key: int | Fraction | date | None = None
    times: tuple[int, ...] = ()
    instead: int = -1
    others: tuple[Fraction, ...] = ()
    barred: tuple[int, ...] = ()
    base: Fraction | None = None
    ways: tuple[tuple[ServiceWay, Months], ...] = ()
    rate: Fraction | None = None
    eras: Eras = ()


@dataclass(frozen=True, slots=True)
class Standard:
    """`fen` per month, per year or once. label: the tier as a page names it."""

    fen: int
    per: Per
    payment_month: int | None
    label: str
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return f"{_n(Fraction(self.fen, _FEN))} {_PER[self.per]}"

    def of_month(self, month: int, first: int) -> int:
        """Return what falls to one month. `first` is the first month in which anything is payable."""
        if self.per == "month":
            return self.fen
        if self.per == "once":
            return self.fen if month == first else 0
        k = month % _MONTHS + 1
        if self.payment_month is not None:
            return self.fen if k == self.payment_month else 0
        return self.fen * k // _MONTHS - self.fen * (k - 1) // _MONTHS

    @property
    def rank(self) -> tuple[bool, int]:
        """The value by which standards are compared: a repeated payment is higher than a single one;
        otherwise the sum of a year counts."""
        return self.per != "once", self.fen * (_MONTHS if self.per == "month" else 1)


@dataclass
class Tariff:
    """One amount block, with the bases that it refers to.

    unit: what its tiers count, 年 or 届. Standards are kept and used again, because there are few different
    cases.
    """

    benefit: str
    amount: Amount
    bases: dict[str, Base]
    unit: str = ""
    _known: dict[tuple[tuple[Case, ...], int], Standard | None] = field(default_factory=dict)
    dated: bool = False

    def __post_init__(self) -> None:
        self.dated = bool(self.amount.bases or self.amount.index)

    def standard(self, cases: tuple[Case, ...], month: int) -> Standard | None:
        """Return what one person gets for the posts of `cases` together. The cases differ in post, units and
        key only.

        The figures of their tiers are added; everything else that the amount says is worked out once, on the
        sum. None if no case lies in a tier. `month` matters only for bases and indices.
        """
        key = (cases, month if self.dated else 0)
        try:
            return self._known[key]
        except KeyError:
            found = self._known[key] = self._standard(cases, month)
            return found

    def goes_by_a_tier(self, cases: tuple[Case, ...]) -> bool:
        """Whether the figure of a tier is paid: no fixed sum is paid instead, and one of the cases lies in a
        tier."""
        return cases[0].instead < 0 and any(self.tier(case) for case in cases)

    def named(self, tier: Tier, case: Case) -> str:
        """Return the name of a tier as a page writes it."""
        return tier.label or _range(tier, case, self.unit)

    def has_base(self, name: str, month: int) -> bool:
        """Whether the policy has a value of a base in a month."""
        return bool(self.bases[name].begun(Month.at(month)))

    def based_on(self, tier: Tier) -> Base | None:
        """Return the named base on which the figures of a tier depend."""
        return self.bases.get(tier.base or self.amount.base)

    def _standard(self, cases: tuple[Case, ...], month: int) -> Standard | None:
        amount, person = self.amount, cases[0]
        if person.instead >= 0:
            other = amount.instead[person.instead]
            sum_ = _Sum(other.rate, [Step(other.name, *_same(other.rate), _PER[amount.per])])
            self._topped_up(sum_, person, amount.per)
            return self._whole(sum_, amount.per, other.name)
        found = [(tier, case) for case in cases if (tier := self.tier(case))]
        if not found:
            return None
        # Where several posts are added, the policy was checked: all tiers pay by the same unit of time.
        per = found[0][0].per or amount.per
        sum_ = _together([self._figure(tier, case, per, month) for tier, case in found])
        self._raised(sum_, person, month)
        # The policy refuses limits by post where several posts are added, so any of the posts will do.
        post = found[0][1].post
        sum_.at_most(_of(amount.cap, post))
        sum_.at_least(_of(amount.minimum, post))
        self._rounded(sum_, "before_top_up")
        self._topped_up(sum_, person, per)
        label = "、".join(self.named(tier, case) for tier, case in found)
        return self._whole(sum_, per, label)

    def tier(self, case: Case) -> Tier | None:
        """Return the tier in which a case lies."""
        fitting = (t for i, t in enumerate(self.amount.tier) if t.pays(case.post) and i not in case.barred)
        return next((t for t in fitting if reaches(t, case)), None)

    def _figure(self, tier: Tier, case: Case, per: Per, month: int) -> "_Sum":
        amount, unit = self.amount, _PER[per]
        rate = case.rate if tier.rate_column else _of(tier.rate, case.post)
        each = _of(tier.each, case.post)
        counted = case.units if amount.by in ("nothing", "tenure", "ways") else case.key
        parts = [_n(rate)] if rate is not None else []
        figure = rate or Fraction(0)
        if each is not None:
            assert isinstance(counted, int | Fraction)
            beyond = max(Fraction(counted) - tier.after, Fraction(0))
            shown = f"({_n(counted)} − {_n(tier.after)})" if tier.after and beyond else _n(beyond)
            if tier.every != 1:
                beyond, shown = Fraction(beyond // tier.every), f"⌊{shown} ÷ {_n(tier.every)}⌋"
            figure += each * beyond
            parts.append(f"{_n(each)} × {shown}")
        for era, served in zip(tier.eras, dict(case.eras).get(tier.era_ends, ()), strict=False):
            for_each = _of(era.each, case.post) or Fraction(0)
            figure += for_each * served
            parts.append(f"{_n(for_each)} × {_n(served)}")
        expression = " + ".join(parts)
        figures = tier.figures or amount.figures
        if figures != "yuan":
            named = self.based_on(tier)
            base = case.base if named is None or named.by else named.figure(Month.at(month))
            assert base is not None, "the rulebook has seen to it, or the reader of cases"
            divisor = " ÷ 100" if figures == "percent" else ""
            base, shown = (base, _n(base)) if named else self._own_base(base)
            expression = f"{shown} × " + (expression if len(parts) == 1 else f"({expression})") + divisor
            figure = figure * base / (_PERCENT if divisor else 1)
        sum_ = _Sum(
            figure,
            [Step(f"{self.named(tier, case)} 标准", expression, _n(figure), unit)],
        )
        sum_.at_most(_of(tier.cap, case.post))
        self._rounded(sum_, "tier")
        return sum_

    def _own_base(self, base: Fraction) -> tuple[Fraction, str]:
        """Return what stands in the person's row, kept within the limits of the document, and how it came
        about."""
        low, high = self.amount.base_at_least, self.amount.base_at_most
        if low is not None and base < low:
            return low, f"取大({_n(base)}, {_n(low)})"
        if high is not None and base > high:
            return high, f"取小({_n(base)}, {_n(high)})"
        return base, _n(base)

    def _raised(self, sum_: "_Sum", case: Case, month: int) -> None:
        """Add supplements first, then indices."""
        found = []
        for more, times in zip(self.amount.supplement, case.times, strict=False):
            if times:
                part = more.rate * times * (sum_.yuan / _PERCENT if more.figures == "percent" else 1)
                found.append((part if more.most is None else min(part, more.most), more))
        if found and self.amount.supplements == "highest":
            found = [max(found, key=lambda pair: pair[0])]
        for part, more in found:
            sign = "−" if part < 0 else "+"
            sum_.becomes(more.name, f"{_n(sum_.yuan)} {sign} {_n(abs(part))}", sum_.yuan + part)
        if sum_.yuan < 0:
            sum_.becomes("减至零", f"取大({_n(sum_.yuan)}, 0)", Fraction(0))
        for index in self.amount.index:
            if index.effective <= Month.at(month).first:
                raised = sum_.yuan * (_PERCENT + index.percent) / _PERCENT
                way, sign = ("下调", "−") if index.percent < 0 else ("上调", "+")
                share = _n(abs(index.percent))
                expression = f"{_n(sum_.yuan)} × (100 {sign} {share}) ÷ 100"
                sum_.becomes(f"自{index.effective}{way} {share}%", expression, raised)
                self._rounded(sum_, "index")

    def _topped_up(self, sum_: "_Sum", case: Case, per: Per) -> None:
        for other in case.others:
            already = other * (_MONTHS if per == "year" else 1) / _FEN
            if already:
                rest = max(sum_.yuan - already, Fraction(0))
                sum_.becomes("补差", f"取大({_n(sum_.yuan)} − {_n(already)}, 0)", rest)

    def _rounded(self, sum_: "_Sum", at: RoundAt) -> None:
        """Round as the policy says, if it says so at this point."""
        amount = self.amount
        unit = Fraction(_UNITS[amount.round_to], _FEN)
        parts = sum_.yuan / unit
        if at not in amount.round_at or amount.round == "exact" or parts.denominator == 1:
            return
        inner = {"down": "⌊{}⌋", "half_up": "⌊{} + 1/2⌋", "up": "(−⌊−{}⌋)"}[amount.round]
        sum_.becomes(
            "取整",
            inner.format(f"{_n(sum_.yuan)} ÷ {_n(unit)}") + f" × {_n(unit)}",
            whole(parts, amount.round) * unit,
        )

    def _whole(self, sum_: "_Sum", per: Per, label: str) -> Standard:
        """Return the sum in fen."""
        self._rounded(sum_, "end")
        if (sum_.yuan * _FEN).denominator != 1:
            mend = (
                '请在 amount 里写 round = "down"、"half_up" 或 "up"。'
                if self.amount.round == "exact"
                else '请在 round_at 里加上 "end"（最后取整）。'
            )
            raise UserError(
                f"“{self.benefit}”的标准算出 {_decimal(sum_.yuan)} 元，不是整分，而政策没有写怎样取整。{mend}"
            )
        payment_month = self.amount.payment_month if per == "year" else None
        return Standard(int(sum_.yuan * _FEN), per, payment_month, label, tuple(sum_.steps))


@dataclass
class _Sum:
    """A sum of yuan so far, and the steps by which it came about."""

    yuan: Fraction
    steps: list[Step]

    def becomes(self, what: str, expression: str, yuan: Fraction) -> None:
        self.steps.append(Step(what, expression, _n(yuan), self.steps[0].unit))
        self.yuan = yuan

    def at_most(self, cap: Fraction | None) -> None:
        if cap is not None and self.yuan > cap:
            self.becomes("封顶", f"取小({_n(self.yuan)}, {_n(cap)})", cap)

    def at_least(self, minimum: Fraction | None) -> None:
        if minimum is not None and self.yuan < minimum:
            self.becomes("保底", f"取大({_n(self.yuan)}, {_n(minimum)})", minimum)


def _together(sums: Sequence[_Sum]) -> _Sum:
    """Return the figures of several posts as one sum."""
    if len(sums) == 1:
        return sums[0]
    total = _Sum(Fraction(0), [step for one in sums for step in one.steps])
    yuan = sum((one.yuan for one in sums), Fraction(0))
    total.becomes("各职务合计", " + ".join(_n(one.yuan) for one in sums), yuan)
    return total


def within(tier: Tier, key: int | Fraction | date | None) -> bool:
    """Whether what the tiers go by lies between the tier's edges."""
    low, high = tier.at_least, tier.below
    if low is None and high is None:
        return True
    if key is None:
        return False
    return (low is None or low <= key) and (high is None or key < high)  # type: ignore[operator]


def reaches(tier: Tier, case: Case) -> bool:
    """Whether a case lies between the tier's edges, and has served long enough for it in one way."""
    if not tier.ways:
        return within(tier, case.key)
    served = dict(case.ways)
    return any(served[way] >= way.at_least_months for way in tier.ways)


def _of(rates: Rates | None, post: str) -> Fraction | None:
    return rates.get(post) if isinstance(rates, dict) else rates


def _range(tier: Tier, case: Case, unit: str) -> str:
    """The tier in words: 书记 满10年不满15年."""
    low, high = tier.at_least, tier.below
    words = "，".join(filter(None, (case.post, tier.mark)))
    if tier.ways:
        return f"{words} {'或'.join(map(_way, tier.ways))}".strip()
    if low is None and high is None:
        whose = "、".join(dict.fromkeys(test.either or test.name for test in tier.when))
        return "，".join(filter(None, (words, whose))) or UNTIERED
    if isinstance(low, date) or isinstance(high, date):
        span = (f"{low}起" if low else "") + (f"{high}前" if high else "")
    elif high is None:
        span = f"满{_count(low, unit)}以上" if low else ""
    else:
        span = (f"满{_count(low, unit)}" if low else "") + f"不满{_count(high, unit)}"
    return f"{words} {span}".strip() or UNTIERED


def _way(way: ServiceWay) -> str:
    """最长连续满6年; 累计（书记）满9年."""
    return f"{named_way(way)}满{_count(Fraction(way.at_least_months, _MONTHS), '年')}"


def _count(value: Fraction | None, unit: str) -> str:
    """Write 10年 or 3届; years that are not full become 9年1个月 where months express them exactly."""
    value = Fraction(value or 0)
    years, months = divmod(value * _MONTHS, _MONTHS)
    if unit == "年" and value.denominator != 1 and months.denominator == 1:
        return f"{years}年{months}个月" if years else f"{months}个月"
    return f"{_n(value)}{unit}"


def _same(value: Fraction) -> tuple[str, str]:
    return _n(value), _n(value)


def _decimal(value: Fraction) -> str:
    """Write a sum as a clerk writes it; 66.666… if the decimals do not end."""
    exact = _n(value)
    if not exact.startswith("("):
        return exact
    whole, rest = divmod(value * 1000 // 1, 1000)
    return f"{whole}.{rest:03d}…"
