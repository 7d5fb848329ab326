"""Pages of counts: grades and stars by type and by township, compared with last year, and the terminal's summary."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from operator import attrgetter, methodcaller
from typing import Any, NamedTuple

from sanchuang_cli.domain.exact_numbers import summed
from sanchuang_cli.domain.rating.steps import stars_in_words
from sanchuang_cli.domain.rating.verdict import RATED
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import shares
from sanchuang_cli.page import Col, Measure, Page, Summary
from sanchuang_cli.programmes.rate.judging import Rated
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.table import Chart

STARS_DOWN = (5, 4, 3, 2, 1, 0)
_IN_WORDS = Col("stars", "星级", of=lambda counts: stars_in_words(counts.stars))
_plain = partial(Page, who=False, number=False, signed=False)
"""A page of figures: its lines are not about organisations."""


def _has(stars: int, rating: Rated) -> bool:
    return rating.stars == stars


STARS_BY_TOWNSHIP = Summary(
    "星级分布",
    "各乡镇星级分布",
    by=("township",),
    of=(RATED,),
    measures=(
        *(Measure(f"stars{n}", stars_in_words(n), when=partial(_has, n)) for n in STARS_DOWN),
        Measure("rated", "合计", when=lambda rating: rating.stars is not None),
    ),
    chart=tuple(f"stars{n}" for n in STARS_DOWN),
    number=False,
    notes=attrgetter("left_out"),
    signed=False,
)


class Counted(NamedTuple):
    """Of a part of those rated, how many have each grade, and how many each number of stars from five down."""

    by: str
    what: str
    grades: list[int]
    stars: list[int]

    @property
    def shares(self) -> list[Fraction | None]:
        """The grades as shares of the part."""
        return percentages(self.grades)


def percentages(counts: Sequence[int]) -> list[Fraction | None]:
    """Shares to a tenth of a per cent that sum to 100.0 % by largest remainder; all None when all counts are 0."""
    if not sum(counts):
        return [None] * len(counts)
    return [Fraction(part, 1000) for part in shares(1000, counts)]


def distribution(policy: RatePolicy) -> Page:
    """The page 等次分布统计表: counts and percentages of the county, by type and by township."""
    grades = policy.grades.names()
    columns = [Col("by", "统计口径"), Col("what", "名称")]
    columns.append(Col("rated", "参评总数", Kind.COUNT, of=lambda counts: sum(counts.grades)))
    for i, grade in enumerate(grades):
        columns.append(Col(f"grade{i}", f"{grade}/数量", Kind.COUNT, of=_nth("grades", i)))
        columns.append(Col(f"share{i}", f"{grade}/比例", Kind.PERCENT, of=_nth("shares", i)))
    for i, n in enumerate(STARS_DOWN):
        columns.append(Col(f"stars{n}", f"星级/{stars_in_words(n)}", Kind.COUNT, of=_nth("stars", i)))
    return _plain(
        "等次分布统计表",
        "基层党组织等次分布统计表",
        columns,
        rows=lambda whole: list(counted(whole.of((RATED,)), grades)),
        notes=lambda whole: ("比例按最大余数法取到 0.1%，每行合计为 100.0%。", *whole.left_out),
        signed=True,
    )


def _nth(name: str, number: int) -> Callable[[Any], Any]:
    return lambda item: getattr(item, name)[number]


def counted(rated: Iterable[Rated], grades: Sequence[str]) -> Iterator[Counted]:
    """The county, then each type and each township in the order in which they first appear."""
    import pandas  # here, because it takes long to load and no other page needs it

    rows = [("合计", r.type, r.record.township, r.grade, r.stars) for r in rated]
    frame = pandas.DataFrame(rows, columns=["全县", "按类型", "按乡镇", "grade", "stars"])
    for by in ("全县", "按类型", "按乡镇"):
        order = list(dict.fromkeys(frame[by]))
        by_grade, by_stars = (
            pandas.crosstab(frame[by], frame[what]).reindex(order, columns=list(values), fill_value=0)
            for what, values in (("grade", grades), ("stars", STARS_DOWN))
        )
        for what in order:
            yield Counted(by, what, [*map(int, by_grade.loc[what])], [*map(int, by_stars.loc[what])])


class Years(NamedTuple):
    """How many organisations had so many stars last year, and how many have them now."""

    stars: int
    before: int
    this: int

    @property
    def change(self) -> int:
        """How many more there are now."""
        return self.this - self.before


def stars_compared(whole: Whole) -> Page:
    """The page 两年星级对比: the stars of both years, over those that have both on record."""
    rated = whole.of((RATED,))
    both = [r for r in rated if r.stars is not None and r.last.stars is not None]
    before, now = Counter(r.last.stars for r in both), Counter(r.stars for r in both)
    title = "星级与上年对比"
    return _plain(
        "两年星级对比",
        title,
        columns=(
            _IN_WORDS,
            Col("before", "上年数量", Kind.COUNT, total=True),
            Col("now", "本年数量", Kind.COUNT, of=attrgetter("this"), total=True),
            Col("change", "增减", Kind.COUNT, total=True, formula="now - before"),
        ),
        rows=lambda whole: [Years(n, before[n], now[n]) for n in STARS_DOWN if both],
        notes=(
            f"只计两年都有星级的 {len(both)} 个；另有 {len(rated) - len(both)} 个上年没有星级记录，未计。",
        ),
        chart=Chart(f"{whole.title}{title}（个）", "stars", ("before", "now")),
        only_if_any=True,
    )


class Tallied(NamedTuple):
    """How many of those rated have something in common."""

    what: Any
    many: int


class RatedTownship(NamedTuple):
    """The rated organisations of a township."""

    township: str
    ratings: list[Rated]

    def graded(self, grade: str) -> int:
        """How many have a grade."""
        return sum(rating.grade == grade for rating in self.ratings)

    @property
    def mean(self) -> Fraction:
        """The mean of their totals."""
        return summed(rating.total for rating in self.ratings) / len(self.ratings)


def terminal_pages(whole: Whole) -> tuple[Page, ...]:
    """What the terminal shows: stars as bars, townships, changes against last year."""
    many = Col("count", "数量", Kind.COUNT, of=attrgetter("many"))
    stars = _plain(
        "星级",
        "星级",
        (Col("stars", "星级", of=lambda tally: stars_in_words(tally.what)), replace(many, total=True)),
        rows=lambda whole: _tallied(whole, attrgetter("stars"), STARS_DOWN),
        chart=Chart("星级", "stars", ("count",), "bar"),
    )
    changes = _plain(
        "升降",
        "与上年相比",
        (Col("change", "升降", of=attrgetter("what")), many),
        rows=lambda whole: _tallied(whole, _change, ("升星", "持平", "降星", "上年无记录")),
        dated=False,
    )
    return stars, _townships(whole.at.policy), changes


def _tallied(whole: Whole, of: Callable[[Rated], Any], known: Iterable[Any]) -> list[Tallied]:
    counts = Counter(map(of, whole.of((RATED,))))
    return [Tallied(what, counts[what]) for what in known]


def _change(rating: Rated) -> str:
    now, last = rating.stars, rating.last.stars
    if last is None:
        return "上年无记录"
    if now is None:
        return ""
    return "持平" if now == last else "升星" if now > last else "降星"


def _townships(policy: RatePolicy) -> Page:
    """The table 各乡镇: how many were rated, their grades, and their mean total."""
    columns = [
        Col("township", of=attrgetter("township")),
        Col("rated", "参评", Kind.COUNT, of=lambda township: len(township.ratings), total=True),
    ]
    for i, grade in enumerate(policy.grades.names()):
        columns.append(Col(f"grade{i}", grade, Kind.COUNT, of=methodcaller("graded", grade), total=True))
    columns.append(Col("mean", "平均得分", Kind.SCORE))
    return _plain("各乡镇", "各乡镇情况", columns, rows=_by_township, dated=False)


def _by_township(whole: Whole) -> list[RatedTownship]:
    ratings: dict[str, list[Rated]] = {}
    for rating in whole.of((RATED,)):
        ratings.setdefault(rating.record.township, []).append(rating)
    return [RatedTownship(*item) for item in ratings.items()]
