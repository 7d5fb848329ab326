"""Judges one row: which months somebody is in office, what each is worth, and the yearly sums that fall due.

It looks at the row alone; whoever has several is put together in `together`.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from sanchuang_cli.domain.exact_numbers import plain, whole
from sanchuang_cli.domain.posts import words_of
from sanchuang_cli.domain.wages.grading import coefficient, reward
from sanchuang_cli.domain.wages.grounds import PayGrounds
from sanchuang_cli.domain.wages.months import ONE, Stretch, Times, readings, share
from sanchuang_cli.domain.wages.policy import Dual, OfficePost, Wages
from sanchuang_cli.domain.wages.records import Cadre
from sanchuang_cli.domain.wages.standards import SINCE, Gap, StandardSum, WageStandard, WholeMonth
from sanchuang_cli.domain.wages.verdict import (
    ALLOWANCE,
    BASE,
    DUAL,
    PERFORMANCE,
    REWARD,
    Coefficient,
    MonthPay,
    PayPiece,
    Wage,
    YearMonth,
    YearPay,
    month_pay,
    wage,
    year_pay,
)
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.judging import At, Odd, Reason
from sanchuang_cli.period import Month, VagueDate

KIND = "身份类别"
"""The condition that says who is paid here."""
_OURS = ("", "本村", "本村干部", "村干部")
_WHOLE = 100


class Owing(NamedTuple):
    """A yearly sum that is paid in a month of the run, before its coefficient. gap: what is missing to know it."""

    component: str
    year: int
    paid: Month
    months: tuple[YearMonth, ...]
    gap: str = ""


def judge(who: Cadre, at: At[Wages], odd: Odd) -> Wage | None:
    """Asked in turn: a listed post, paid here, in office, the standard of each month, and what falls due for a year."""
    asked = _asked(who, at)
    reasons = [_post(who, asked[-1], odd), _kind(who, asked, odd)]
    _beside(who, at.ready, odd)
    _since(who, asked[-1], odd)
    held, suspended = (who.started, who.ended), _suspended(who, odd)
    if who.ended and who.ended.latest < who.started.earliest:
        odd.add("ends-before-start", "ended", f"{who.called}：任职终止早于任职起始（{who.until}）")
    if odd.grave:
        return None
    paid_here = bool(reasons[1].holds)
    try:
        months, years = _one_reading(who, list(readings(held, suspended)), at, paid_here, odd)
    except Gap as gap:
        odd.add(gap.code, gap.field, f"{who.called}：{gap.message}", gap.clause)
        return None
    if odd.grave:
        return None
    reasons.append(_in_office(who, at, months))
    unruled = tuple(_unruled(who, at)) if paid_here else ()
    return wage(who, reasons, months, [_year(who, year, at, odd) for year in years], unruled)


def _asked(who: Cadre, at: At[Wages]) -> list[Wages]:
    """The editions of the months of the run in which the row may be in office, the oldest first; the last one where there is
    none."""
    first, last = Month.of(who.started.earliest), Month.of(who.ended.latest) if who.ended else None
    months = [
        month
        for month in at.occasion.period.each_month()
        if first <= month and (last is None or month <= last)
    ]
    asked = {edition.effective: edition for edition in map(at.ready.edition, months)}
    return [*asked.values()] or [at.policy]


def _post(who: Cadre, rule: Wages, odd: Odd) -> Reason:
    posts = rule.by_word
    unknown = [word for word in _words(who, rule) if word not in posts]
    if unknown:
        odd.add("post-unknown", "post", f"{who.called}：职务“{'、'.join(unknown)}”不在政策所列的职务之内")
    return Reason("职务", f"职务“{who.post}”在政策所列的职务之内", rule.title, not unknown, ("post",))


def _words(who: Cadre, rule: Wages) -> list[str]:
    return words_of(who.post, rule.by_word, (who.township, who.village))


def _kind(who: Cadre, asked: Sequence[Wages], odd: Odd) -> Reason:
    kind = narrow(who.kind)
    named = [kind in map(narrow, rule.outsiders.kinds) for rule in asked]
    outside = any(named)
    if kind not in _OURS and not all(named):
        odd.add("kind-unknown", "kind", f"{who.called}：身份类别“{who.kind}”认不得")
    return Reason(
        KIND,
        f"身份类别“{who.kind}”" if who.kind else "本村（没有填）",
        asked[-1].outsiders.clause,
        not outside,
        ("kind",),
    )


def _suspended(who: Cadre, odd: Odd) -> tuple[VagueDate, VagueDate | None] | None:
    start, end = who.suspended_from, who.suspended_to
    if start is None:
        if end:
            odd.add("suspension-odd", "suspended_to", f"{who.called}：有停职止 {end}，没有停职起")
        return None
    if end and end.latest < start.earliest:
        odd.add("suspension-odd", "suspended_to", f"{who.called}：停职止 {end} 早于停职起 {start}")
    return start, end


def _beside(who: Cadre, grounds: PayGrounds, odd: Odd) -> None:
    """What makes one ask whether there is such a person."""
    if not who.document:
        odd.add("no-document", "document", f"{who.called}：没有任职文件")
    card = grounds.unclaimed.get(who.account) or grounds.unclaimed.get(who.identity)
    if card:
        odd.add(
            "card-unclaimed", "account", f"{who.called}：在银行的未领卡名单上（{card.row.place('account')}）"
        )


def _since(who: Cadre, rule: Wages, odd: Odd) -> None:
    """Where service counts from another day than this row's, and the row does not say from which."""
    for field in {SINCE[since] for since in rule.counted_since}:
        if getattr(who, field) is None:
            odd.add("since-blank", field, f"{who.called}：年限从哪天算没有填，按任职起始 {who.started} 算")


def _one_reading(
    who: Cadre, times: Sequence[Times], at: At[Wages], paid_here: bool, odd: Odd
) -> tuple[list[MonthPay], tuple[Owing, ...]]:
    """The months and years by every reading of the dates; an error where they come to different sums."""
    made = [_by(who, reading, at, paid_here) for reading in times]
    sums = [_sums(months, years) for months, years in made] if len(made) > 1 else []
    if len(set(sums)) > 1:
        field = _deciding(times, sums)
        said = f"停职 {who.resting}" if field in _DAYS[2:] else f"任职 {who.until}"
        odd.add("times-vague", field, f"{who.called}：{said}，发多少说不准")
    return made[0]


_DAYS = ("started", "ended", "suspended_from", "suspended_to")


def _deciding(times: Sequence[Times], sums: Sequence[object]) -> str:
    """The first of the days by which alone readings come to different sums. There is one: from any reading one comes to any
    other by a day at a time."""
    read = [(*one.held, *(one.suspended or (None, None))) for one in times]

    def decides(at: int) -> bool:
        others = [(*days[:at], *days[at + 1 :]) for days in read]
        return len(set(zip(others, sums, strict=True))) > len(set(others))

    return next(field for at, field in enumerate(_DAYS) if decides(at))


def _sums(months: Sequence[MonthPay], years: tuple[Owing, ...]) -> tuple[object, ...]:
    of_months = tuple((month.month, *sorted(month.fen.items())) for month in months)
    of_years = tuple(
        (owing.component, owing.year, tuple((month.share, month.basis.yuan) for month in owing.months))
        for owing in years
    )
    return of_months, of_years


def _by(who: Cadre, times: Times, at: At[Wages], paid_here: bool) -> tuple[list[MonthPay], tuple[Owing, ...]]:
    period, grounds = at.occasion.period, at.ready
    stretches = [stretch for month in period.each_month() if (stretch := times.stretch(month))]
    if not paid_here:
        return [_allowed(who, stretch, at) for stretch in stretches], ()
    months = [_month(who, stretch, times, grounds) for stretch in stretches]
    return months, tuple(_years(who, times, at))


def _month(who: Cadre, stretch: Stretch, times: Times, grounds: PayGrounds) -> MonthPay:
    edition = grounds.edition(stretch.month)
    posts = _posts(who, edition, grounds)
    of_post = [(grounds.standards.of_month(edition, post, who, stretch.month), post) for post in posts]
    _, post = max(of_post, key=lambda priced: priced[0].total)
    counted = share(stretch, edition.months.joining)
    pieces = _pieces(who, stretch, counted, post, grounds)
    pay = month_pay(stretch, post, pieces, times.rests(stretch.month))
    return with_dual(pay, edition.dual) if len(posts) > 1 else pay


def shortened(who: Cadre, pay: MonthPay, left: Stretch, counted: Fraction, grounds: PayGrounds) -> MonthPay:
    """The same month, of which only the days of `left` go to this row and so much counts."""
    pieces = _pieces(who, left, counted, pay.post, grounds)
    if ALLOWANCE in pay.pieces[0].standards.yuan:
        pieces = tuple(piece._replace(share=counted) for piece in pay.pieces)
    made = month_pay(left, pay.post, pieces, pay.suspended)
    return with_dual(made, made.edition.dual) if DUAL in pay.fen else made


def with_dual(pay: MonthPay, rule: Dual | None, part: Fraction = ONE) -> MonthPay:
    """The month of somebody who holds two posts in so much of it: so much more of the base of the higher."""
    base = pay.fen.get(BASE, 0)
    if rule is None or rule.percent == _WHOLE or not base or not part or pay.suspended or DUAL in pay.fen:
        return pay
    more = pay.exact(BASE) * (rule.percent - _WHOLE) / _WHOLE * part
    return pay._replace(fen={**pay.fen, DUAL: whole(more * 100, "half_up")}, twice=part)


def _posts(who: Cadre, edition: Wages, grounds: PayGrounds) -> list[OfficePost]:
    """The posts of a row by an edition. Raises Gap."""
    key = edition.effective, who.post, who.township, who.village
    if key not in grounds.posts:
        posts, words = edition.by_word, _words(who, edition)
        if unknown := [word for word in words if word not in posts]:
            message = f"职务“{'、'.join(unknown)}”不在 {edition.effective} 起的政策所列的职务之内"
            raise Gap("post-unknown", "post", message, edition.title)
        grounds.posts[key] = list(dict.fromkeys(posts[word] for word in words))
    return grounds.posts[key]


def _pieces(
    who: Cadre, stretch: Stretch, counted: Fraction, post: OfficePost, grounds: PayGrounds
) -> tuple[PayPiece, ...]:
    """The month, of which so much counts, cut where a new edition begins that counts by days."""
    spans, month = grounds.spans[stretch.month], stretch.month
    if spans[0].edition.months.joining in ("whole", "next"):
        stretch = Stretch.all(month)
    return tuple(
        PayPiece(
            span.edition,
            counted if len(spans) == 1 else counted * span.within(stretch.days) / len(stretch.days),
            grounds.standards.of_month(span.edition, post, who, month),
            ONE if len(spans) == 1 else Fraction(span.last - span.first + 1, spans[-1].last),
        )
        for span in spans
    )


def _allowed(who: Cadre, stretch: Stretch, at: At[Wages]) -> MonthPay:
    """A month of somebody who is paid elsewhere."""
    edition = at.ready.edition(stretch.month)
    counted = share(stretch, edition.months.joining)
    rule = edition.outsiders
    amount = StandardSum(rule.allowance, f"{plain(rule.allowance)} 元", ("kind",))
    standard = WageStandard(ALLOWANCE, rule.clause, amount, rule.allowance)
    piece = PayPiece(edition, counted, WholeMonth.of((standard,)))
    return month_pay(stretch, _posts(who, edition, at.ready)[0], (piece,), suspended=False)


def _years(who: Cadre, times: Times, at: At[Wages]) -> Iterator[Owing]:
    """The yearly sums that are paid in a month of the run."""
    grounds = at.ready
    for month in at.occasion.period.each_month():
        year = month.year - 1
        rule = grounds.ruled[year]
        for component, block in ((PERFORMANCE, rule.performance), (REWARD, rule.reward)) if rule else ():
            if block and block.month == month.month:
                yield from _owing(who, component, Owing(component, year, month, ()), times, grounds)


def _unruled(who: Cadre, at: At[Wages]) -> Iterator[tuple[str, Month]]:
    """The yearly sums of a year in which somebody was in office and that no edition rules: nobody knows what they are."""
    for month in at.occasion.period.each_month():
        year, edition = month.year - 1, at.ready.edition(month)
        served = who.started.earliest.year <= year and (who.ended is None or who.ended.latest.year >= year)
        for component, block in ((PERFORMANCE, edition.performance), (REWARD, edition.reward)):
            if served and at.ready.ruled[year] is None and block and block.month == month.month:
                yield component, month


def _owing(who: Cadre, component: str, empty: Owing, times: Times, grounds: PayGrounds) -> Iterator[Owing]:
    try:
        months = tuple(_year_months(who, component, empty.year, times, grounds))
    except Gap as gap:
        if component == PERFORMANCE:
            raise
        yield empty._replace(gap=gap.message)
        return
    if months:
        yield empty._replace(months=months)


def _year_months(
    who: Cadre, component: str, year: int, times: Times, grounds: PayGrounds
) -> Iterator[YearMonth]:
    """The months of a year that count. Within a year a basis changes only with the edition, unless it goes by service."""
    known: dict[int, tuple[StandardSum, OfficePost] | None] = {}
    for month, edition in grounds.years[year]:
        stretch = times.stretch(month)
        if stretch is None or times.rests(month):
            continue
        personal = component == PERFORMANCE and edition.performance and edition.performance.service
        if personal or id(edition) not in known:
            known[id(edition)] = _basis(who, component, month, edition, grounds)
        best, counted = known[id(edition)], share(stretch, edition.months.joining)
        if best and counted:
            yield YearMonth(stretch, best[1], counted, edition, best[0])


def _basis(
    who: Cadre, component: str, month: Month, edition: Wages, grounds: PayGrounds
) -> tuple[StandardSum, OfficePost] | None:
    """The yearly sum of the highest of the posts; None where the edition of the month knows none."""
    if component == REWARD:
        rule = grounds.ruled[month.year]
        posts = _posts(who, edition, grounds)
        assert rule and rule.reward, "a reward is owed only for a year whose document has one"
        return max(
            ((reward(rule.reward, post, who, grounds), post) for post in posts), key=lambda s: s[0].yuan
        )
    measured = edition.performance
    if measured is None:
        return None
    priced = [
        (grounds.standards.of(measured, post, who, month), post) for post in _posts(who, edition, grounds)
    ]
    return max(priced, key=lambda s: s[0].yuan)


def _year(who: Cadre, owing: Owing, at: At[Wages], odd: Odd) -> YearPay:
    edition = at.ready.ruled[owing.year]
    if owing.component == PERFORMANCE:
        clause = edition.performance.clause
        known = coefficient(who, owing.year, edition.performance, at, odd)
    else:
        clause = edition.reward.clause
        known = Coefficient(None if owing.gap else Fraction(1), owing.gap)
    if owing.gap:
        odd.add("income-missing", "village", f"{who.called}：{owing.gap}，{owing.year} 年的奖励等着", clause)
    return year_pay(owing.component, clause, edition, owing.paid, owing.months, known)


def _in_office(who: Cadre, at: At[Wages], months: Sequence[MonthPay]) -> Reason:
    """Whether a month of the run counts; where none does, why."""
    title, clause = at.occasion.period.title, at.policy.months.clause
    said, counts = f"任职 {who.until}", any(month.share for month in months)
    if not months:
        said += f"，{title}不在任"
    elif not counts:
        said += "，到任的当月不计"
    elif all(month.suspended for month in months):
        said, clause = f"停职 {who.resting}", at.policy.suspension.clause
        return Reason("停职", said, clause, bool(months[0].fen), ("suspended_from", "suspended_to"))
    return Reason("在任", said, clause, counts, ("started", "ended"))
