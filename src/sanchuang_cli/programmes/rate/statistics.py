"""Makes the pages of counts: grades and stars by type and by township, compared with last year, and the terminal's summary."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from operator import attrgetter, itemgetter

from sanchuang_cli.domain.rating.steps import stars_in_words
from sanchuang_cli.domain.rating.verdict import RATED
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Drawn, Page
from sanchuang_cli.programmes.rate.judging import Rated
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.summary import Measure, Section, Summary
from sanchuang_cli.table import Chart

_counts = partial(Summary, of=(RATED,), number=False)


def _graded(grade: str, rating: Rated) -> bool:
    return rating.grade == grade


def _starred(stars: int, rating: Rated) -> bool:
    return rating.stars == stars


def _of_grades(policy: RatePolicy, *, share: bool) -> Iterator[Measure]:
    """How many have each grade, and what share of all that is."""
    for i, grade in enumerate(policy.grades.names() if policy.grades else ()):
        yield Measure(f"grade{i}", grade, when=partial(_graded, grade), share=share)


def _of_stars(policy: RatePolicy, above: str = "") -> Iterator[Measure]:
    """How many have each number of stars, from the most down. above: the head over them."""
    for stars in policy.stars_down if policy.gives_stars else ():
        title = f"{above}{stars_in_words(stars)}"
        yield Measure(f"stars{stars}", title, when=partial(_starred, stars))


def counted(whole: Whole) -> Iterator[Drawn]:
    """The pages of counts that a policy's blocks give occasion to."""
    policy: RatePolicy = whole.at.policy
    yield distribution(policy)
    if policy.gives_stars:
        yield stars_by_township(policy)
        yield stars_compared(whole)


def distribution(policy: RatePolicy) -> Summary:
    """The page 等次分布统计表: counts and percentages of the county, by type and by township."""
    by_type = [Section("按类型", Col("type", of=attrgetter("type")))] if policy.types else []
    by_grade = ("比例按最大余数法取到 0.1%，每行合计为 100.0%。",) if policy.grades else ()
    name = "等次分布统计表" if policy.grades else "星级分布统计表"
    return _counts(
        name,
        f"{policy.about.title}{name}",
        (),
        (Measure("rated", "参评总数"), *_of_grades(policy, share=True), *_of_stars(policy, "星级/")),
        sections=(Section("全县"), *by_type, Section("按乡镇", "township")),
        notes=lambda whole: (*by_grade, *whole.left_out),
    )


def stars_by_township(policy: RatePolicy) -> Summary:
    """The page 星级分布."""
    measures = tuple(_of_stars(policy))
    return _counts(
        "星级分布",
        "各乡镇星级分布",
        ("township",),
        (*measures, Measure("rated", "合计")),
        chart=tuple(measure.name for measure in measures),
        notes=attrgetter("left_out"),
        signed=False,
    )


def stars_compared(whole: Whole) -> Page:
    """The page 两年星级对比: the stars of both years, over those that have both on record."""
    rated = whole.of((RATED,))
    both = [r for r in rated if r.stars is not None and r.last.stars is not None]
    before, now = Counter(r.last.stars for r in both), Counter(r.stars for r in both)
    title = "星级与上年对比"
    return Page(
        "两年星级对比",
        title,
        columns=(
            Col("stars", "星级", of=lambda years: stars_in_words(years[0])),
            Col("before", "上年数量", Kind.COUNT, of=itemgetter(1), total=True),
            Col("now", "本年数量", Kind.COUNT, of=itemgetter(2), total=True),
            Col("change", "增减", Kind.COUNT, of=itemgetter(3), total=True, formula="now - before"),
        ),
        rows=lambda whole: [
            (n, before[n], now[n], now[n] - before[n]) for n in whole.at.policy.stars_down if both
        ],
        notes=(
            f"只计两年都有星级的 {len(both)} 个；另有 {len(rated) - len(both)} 个上年没有星级记录，未计。",
        ),
        chart=Chart(f"{whole.title}{title}（个）", "stars", ("before", "now")),
        only_if_any=True,
        who=False,
        number=False,
        signed=False,
    )


def terminal_pages(whole: Whole) -> Iterator[Summary]:
    """What the terminal shows: stars as bars, townships, changes against last year."""
    policy: RatePolicy = whole.at.policy
    many = Measure("count", "数量")
    if policy.gives_stars:
        stars = Col("stars", "星级", of=lambda rating: stars_in_words(rating.stars))
        known = tuple(map(stars_in_words, policy.stars_down))
        yield _counts(
            "星级", "星级", (stars,), (many,), known=known, chart=("count",), drawn="bar", signed=False
        )
    mean = (
        () if policy.by_levels else (Measure("mean", "平均得分", kind=Kind.SCORE, mean=attrgetter("total")),)
    )
    townships = (Measure("rated", "参评"), *_of_grades(policy, share=False), *mean)
    yield _counts("各乡镇", "各乡镇情况", ("township",), townships, dated=False, signed=False)
    if policy.gives_stars:
        change, known = Col("change", "升降", of=_change), ("升星", "持平", "降星", "上年无记录")
        yield _counts(
            "升降",
            "与上年相比",
            (change,),
            (replace(many, total=False),),
            known=known,
            dated=False,
            signed=False,
        )


def _change(rating: Rated) -> str:
    now, last = rating.stars, rating.last.stars
    if last is None:
        return "上年无记录"
    assert now is not None, "a rated organisation has stars where a document gives stars"
    return "持平" if now == last else "升星" if now > last else "降星"
