"""Works out what a document gives for a post in a village in a month, as exact sums with the arithmetic. Knows no spell and
no grade.

A figure that is missing (a village's class, the income of a year) is a Gap: it says the cell or the key that is wanted,
and nothing is paid on it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from sanchuang_cli.domain.exact_numbers import plain, whole
from sanchuang_cli.domain.months import part_of_year
from sanchuang_cli.domain.wages.months import full_years
from sanchuang_cli.domain.wages.policy import Income, Measured, OfficePost, Part, Wages, WageService
from sanchuang_cli.domain.wages.records import Cadre, Village
from sanchuang_cli.period import Month, VagueDate
from sanchuang_cli.record import Record

_WHOLE = 100
SINCE = {"cadre": "cadre_since", "chief": "chief_since"}
"""The field from which service counts."""


class Gap(Exception):
    """What a sum would need and does not have. field: of the cadre's row, at which it is told."""

    def __init__(self, code: str, field: str, message: str, clause: str) -> None:
        super().__init__(message)
        self.code, self.field, self.message, self.clause = code, field, message, clause


class StandardSum(NamedTuple):
    """A sum in yuan, exact, with its arithmetic. reads: fields of the cadre that were looked at; rests_on: other rows."""

    yuan: Fraction
    said: str
    reads: tuple[str, ...] = ("post",)
    rests_on: tuple[Record, ...] = ()


class WageStandard(NamedTuple):
    """What a part of the pay is for a whole month. yuan: exact."""

    item: str
    clause: str
    sum: StandardSum
    yuan: Fraction


class WholeMonth(NamedTuple):
    """All parts of a whole month. yuan: exact, by item; fen: each of these rounded half up, once."""

    standards: tuple[WageStandard, ...]
    yuan: Mapping[str, Fraction]
    fen: Mapping[str, int]
    total: Fraction

    @classmethod
    def of(cls, standards: tuple[WageStandard, ...]) -> "WholeMonth":
        """Adds the parts up by item, and rounds each item once."""
        yuan: dict[str, Fraction] = {}
        for standard in standards:
            yuan[standard.item] = yuan.get(standard.item, Fraction(0)) + standard.yuan
        return cls(standards, yuan, rounded(yuan), sum(yuan.values(), Fraction(0)))


def rounded(yuan: Mapping[str, Fraction]) -> dict[str, int]:
    """Fen by item, half up."""
    return {item: whole(amount * 100, "half_up") for item, amount in yuan.items()}


class Standards:
    """The standards of all editions, each worked out once for a post and a village."""

    def __init__(self, villages: Mapping[tuple[str, str], Village | None]) -> None:
        """villages: by township and name; None for one whose row may not be gone by."""
        self._villages = villages
        self._sums: dict[tuple[Any, ...], StandardSum] = {}
        self._months: dict[tuple[Any, ...], WholeMonth] = {}

    def of_month(self, edition: Wages, post: OfficePost, who: Cadre, month: Month) -> WholeMonth:
        """Every part of a whole month. Raises Gap."""
        if any(part.service for part in edition.parts):
            return WholeMonth.of(tuple(self._parts(edition, post, who, month)))
        place = (who.township, who.village) if any(map(_by_village, edition.parts)) else ()
        key = (edition.effective, post.name, place, int(month))
        if key not in self._months:
            self._months[key] = WholeMonth.of(tuple(self._parts(edition, post, who, month)))
        return self._months[key]

    def _parts(self, edition: Wages, post: OfficePost, who: Cadre, month: Month) -> Iterator[WageStandard]:
        for part in edition.parts:
            if not part.only or post.name in part.only:
                yield _monthly(part, self.of(part, post, who, month), month)

    def of(self, measured: Measured, post: OfficePost, who: Cadre, month: Month) -> StandardSum:
        """The sum of a part, in yuan for its month or year. Raises Gap."""
        if measured.service:
            return _shared(_served(measured, measured.service, who, month), measured, post)
        place = (who.township, who.village) if _by_village(measured) else ()
        key = (id(measured), post.name, place, month.year if measured.income else 0)
        if key not in self._sums:
            self._sums[key] = _shared(self._plain(measured, post, who, month), measured, post)
        return self._sums[key]

    def _plain(self, measured: Measured, post: OfficePost, who: Cadre, month: Month) -> StandardSum:
        if measured.yuan is not None:
            return StandardSum(measured.yuan, f"{plain(measured.yuan)} 元")
        if measured.posts is not None:
            yuan = measured.posts[post.name]
            return StandardSum(yuan, f"{post.name} {plain(yuan)} 元")
        if measured.income:
            return _by_income(measured.income, month, measured.clause)
        village = self.village(who, measured.clause)
        return _by_class(measured, village) if measured.classes is not None else _by_people(measured, village)

    def village(self, who: Cadre, clause: str) -> Village:
        """The village's row. Raises Gap."""
        try:
            village = self._villages[who.township, who.village]
        except KeyError:
            message = f"村情表里没有{who.township}{who.village}"
            raise Gap("village-missing", "village", message, clause) from None
        if village is None:
            message = f"村情表里{who.township}{who.village}的一行待核实，不据以计算"
            raise Gap("village-missing", "village", message, clause)
        return village


def _by_village(measured: Measured) -> bool:
    return measured.classes is not None or measured.population is not None


def _monthly(part: Part, amount: StandardSum, month: Month) -> WageStandard:
    yuan = amount.yuan if part.per == "month" else Fraction(part_of_year(amount.yuan * 100, month), 100)
    if part.per == "year":
        k = month.month
        said = f"{amount.said}；按月：⌊{k}/12⌋ − ⌊{k - 1}/12⌋ = {plain(yuan)} 元"
        amount = amount._replace(said=said)
    return WageStandard(part.item, part.clause, amount, yuan)


def _shared(amount: StandardSum, measured: Measured, post: OfficePost) -> StandardSum:
    """The sum for a post that has a share of it."""
    if not measured.shared or measured.posts is not None or post.percent == _WHOLE:
        return amount
    yuan = amount.yuan * post.percent / _WHOLE
    said = f"{amount.said} × {post.name} {plain(post.percent)}% = {plain(yuan)} 元"
    return amount._replace(yuan=yuan, said=said)


def _by_income(rule: Income, month: Month, clause: str) -> StandardSum:
    year = month.year - 1
    figure = rule.figures.get(year)
    if figure is None:
        message = f"政策没有 {year} 年的收入数（{clause} 的 income.figures），{month} 的标准定不了"
        raise Gap("base-missing", "post", message, clause)
    yuan, said = rule.multiple * figure, f"{year} 年收入 {plain(figure)} × {plain(rule.multiple)}"
    if rule.floor is not None and yuan < rule.floor:
        yuan, said = rule.floor, f"{said} = {plain(yuan)}，低于 {plain(rule.floor)}，按 {plain(rule.floor)}"
    if rule.ceiling is not None and yuan > rule.ceiling:
        yuan, said = (
            rule.ceiling,
            f"{said} = {plain(yuan)}，高于 {plain(rule.ceiling)}，按 {plain(rule.ceiling)}",
        )
    return StandardSum(yuan, f"{said} 元")


def _by_class(measured: Measured, village: Village) -> StandardSum:
    classes = measured.classes or {}
    kind = village.kind.strip().removesuffix("型村").removesuffix("村")
    if kind not in classes:
        written = (
            f"村类型是“{village.kind}”，不在标准所列的{'、'.join(classes)}之内" if kind else "没有村类型"
        )
        raise Gap("village-class", "village", f"村情表里{village.village}{written}", measured.clause)
    return StandardSum(
        classes[kind], f"{kind}类村 {plain(classes[kind])} 元", ("post", "village"), (village,)
    )


def _by_people(measured: Measured, village: Village) -> StandardSum:
    if village.people is None:
        raise Gap("village-class", "village", f"村情表里{village.village}没有填人口", measured.clause)
    bands = measured.population or ()
    band = next(band for band in bands if band.to is None or village.people <= band.to)
    said = f"人口 {village.people}，{f'{band.to} 人以下' if band.to else '最高一档'}：{plain(band.yuan)} 元"
    return StandardSum(band.yuan, said, ("post", "village"), (village,))


def _served(measured: Measured, rule: WageService, who: Cadre, month: Month) -> StandardSum:
    field = SINCE[rule.since]
    said: VagueDate | None = getattr(who, field)
    since, reads = said or who.started, ("post", field if said else "started")
    sums = [_by_service(rule, day, month) for day in dict.fromkeys(since)]
    if sums[0].yuan != sums[-1].yuan:
        message = f"{since} 起任职，到 {month} 满几年说不准，{measured.clause}定不了"
        raise Gap("since-vague", reads[1], message, measured.clause)
    return sums[0]._replace(reads=reads)


def _by_service(rule: WageService, since: date, month: Month) -> StandardSum:
    if rule.each == "term":
        count = sum(since < day <= month.first for day in rule.elections) + rule.first_counts
        said = f"{since} 起任职，至 {month} {'任' if rule.first_counts else '连任'} {count} 届"
    else:
        count = full_years(since, month)
        said = f"{since} 起任职，至 {month.first} 满 {count} 年"
    if rule.yuan is None:
        yuan = next(band.yuan for band in reversed(rule.bands) if band.from_years <= count)
        said = f"{said}：{plain(yuan)} 元"
    else:
        yuan = rule.yuan * count
        said = f"{said} × {plain(rule.yuan)} = {plain(yuan)} 元"
    if rule.at_most is not None and yuan > rule.at_most:
        yuan, said = rule.at_most, f"{said}，至多 {plain(rule.at_most)} 元"
    return StandardSum(Fraction(yuan), said)
