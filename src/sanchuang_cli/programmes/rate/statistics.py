"""Counts over a county: grades and stars by type and township, and what the terminal shows of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from sanchuang_cli.domain.numbers import summed
from sanchuang_cli.domain.rating.steps import stars_in_words
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import shares
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.rate.judging import Rated
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.table import Chart, Column, Table

STARS_DOWN = (5, 4, 3, 2, 1, 0)


def distribution(ratings: Sequence[Rated], policy: RatePolicy, period: Period) -> Table:
    """等次分布统计表: counts and percentages, for the county, by type and by township."""
    grades = policy.grades.names()
    columns = (
        Column("by", "统计口径"),
        Column("what", "名称"),
        Column("rated", "参评总数", Kind.COUNT),
        *(
            column
            for i, grade in enumerate(grades)
            for column in (
                Column(f"grade{i}", f"{grade}/数量", Kind.COUNT),
                Column(f"share{i}", f"{grade}/比例", Kind.PERCENT),
            )
        ),
        *(Column(f"stars{n}", f"星级/{stars_in_words(n)}", Kind.COUNT) for n in STARS_DOWN),
    )
    rows = []
    for by, where in (("全县", "county"), ("按类型", "type"), ("按乡镇", "township")):
        for what, counts, stars in cross_counts(ratings, where, grades):
            shares_of_row = zip(counts, percentages(counts), strict=True)
            rows.append((by, what, sum(counts), *(cell for pair in shares_of_row for cell in pair), *stars))
    return Table(
        "等次分布统计表",
        f"{period.title}基层党组织等次分布统计表",
        columns,
        rows,
        notes=("比例按最大余数法取到 0.1%，每行合计为 100.0%。",),
        signed=True,
    )


def cross_counts(
    ratings: Sequence[Rated], where: str, grades: Sequence[str]
) -> Iterator[tuple[str, list[int], list[int]]]:
    """For each part of the rated, in the order they first appear: its name, how many of each grade, of each stars."""
    import pandas  # here, because no other run needs it

    frame = pandas.DataFrame(
        [("合计", r.type, r.record.township, r.grade, r.stars) for r in rated(ratings)],
        columns=["county", "type", "township", "grade", "stars"],
    )
    order = list(dict.fromkeys(frame[where]))
    by_grade = pandas.crosstab(frame[where], frame["grade"]).reindex(
        order, columns=list(grades), fill_value=0
    )
    by_stars = pandas.crosstab(frame[where], frame["stars"]).reindex(
        order, columns=list(STARS_DOWN), fill_value=0
    )
    for what in order:
        yield what, [int(n) for n in by_grade.loc[what]], [int(n) for n in by_stars.loc[what]]


def percentages(counts: Sequence[int]) -> list[Fraction | None]:
    """Shares to a tenth of a per cent that sum to 100.0 % by largest remainder; None for all when all are zero."""
    if not sum(counts):
        return [None] * len(counts)
    return [Fraction(part, 1000) for part in shares(1000, counts)]


def rated(ratings: Iterable[Rated]) -> list[Rated]:
    return [r for r in ratings if not r.unrated]


def star_counts(ratings: Sequence[Rated]) -> Counter[int]:
    """How many organisations have each number of stars, the unrated left out."""
    return Counter(r.stars for r in ratings if r.stars is not None)


def parts(ratings: Sequence[Rated], by: Callable[[Rated], str]) -> list[tuple[str, list[Rated]]]:
    """The rated organisations in parts, in the order in which the parts first appear."""
    found: dict[str, list[Rated]] = {}
    for rating in rated(ratings):
        found.setdefault(by(rating), []).append(rating)
    return list(found.items())


def stars_by_township(ratings: Sequence[Rated], period: Period) -> Table:
    """星级分布: stars by township, with a picture."""
    columns = (
        Column("township", "乡镇"),
        *(Column(f"stars{n}", stars_in_words(n), Kind.COUNT, total=True) for n in STARS_DOWN),
        Column("rated", "合计", Kind.COUNT, total=True),
    )
    rows = []
    for township, chosen in parts(ratings, lambda r: r.record.township):
        counts = star_counts(chosen)
        rows.append((township, *(counts[n] for n in STARS_DOWN), sum(counts.values())))
    title = f"{period.title}各乡镇星级分布"
    chart = Chart(title, "township", tuple(f"stars{n}" for n in STARS_DOWN), "stacked")
    return Table("星级分布", title, columns, rows, grand_total=True, chart=chart)


def stars_compared(ratings: Sequence[Rated], period: Period) -> Table | None:
    """两年星级对比: stars of last year and of this, over those that have both on record; None where none has."""
    both = [r for r in rated(ratings) if r.stars is not None and r.last.stars is not None]
    if not both:
        return None
    before, now = Counter(r.last.stars for r in both), Counter(r.stars for r in both)
    columns = (
        Column("stars", "星级"),
        Column("before", "上年数量", Kind.COUNT, total=True),
        Column("now", "本年数量", Kind.COUNT, total=True),
        Column("change", "增减", Kind.COUNT, total=True, formula="now - before"),
    )
    rows = [(stars_in_words(n), before[n], now[n], now[n] - before[n]) for n in STARS_DOWN]
    title = f"{period.title}星级与上年对比"
    without = len(rated(ratings)) - len(both)
    return Table(
        "两年星级对比",
        title,
        columns,
        rows,
        grand_total=True,
        notes=(f"只计两年都有星级的 {len(both)} 个；另有 {without} 个上年没有星级记录，未计。",),
        chart=Chart(f"{title}（个）", "stars", ("before", "now")),
    )


def screen(ratings: Sequence[Rated], policy: RatePolicy, period: Period) -> tuple[Table, ...]:
    """What the terminal shows: stars as bars, townships, changes against last year."""
    counts = star_counts(ratings)
    stars = Table(
        "星级",
        f"{period.title}星级",
        (Column("stars", "星级"), Column("count", "数量", Kind.COUNT)),
        [(stars_in_words(n), counts[n]) for n in STARS_DOWN],
        chart=Chart("星级", "stars", ("count",), "bar"),
    )
    changes = Table(
        "升降",
        "与上年相比",
        (Column("change", "升降"), Column("count", "数量", Kind.COUNT)),
        [
            (what, sum(of(r) for r in rated(ratings)))
            for what, of in (
                (
                    "升星",
                    lambda r: r.last.stars is not None and r.stars is not None and r.stars > r.last.stars,
                ),
                ("持平", lambda r: r.last.stars is not None and r.stars == r.last.stars),
                (
                    "降星",
                    lambda r: r.last.stars is not None and r.stars is not None and r.stars < r.last.stars,
                ),
                ("上年无记录", lambda r: r.last.stars is None),
            )
        ],
    )
    return stars, townships(ratings, policy), changes


def townships(ratings: Sequence[Rated], policy: RatePolicy) -> Table:
    """各乡镇: how many were rated, their grades, and their mean total."""
    grades = policy.grades.names()
    columns = (
        Column("township", "乡镇"),
        Column("rated", "参评", Kind.COUNT),
        *(Column(f"grade{i}", grade, Kind.COUNT) for i, grade in enumerate(grades)),
        Column("mean", "平均得分", Kind.SCORE),
    )
    rows = [
        (
            township,
            len(chosen),
            *(sum(r.grade == grade for r in chosen) for grade in grades),
            summed(r.total for r in chosen) / len(chosen),
        )
        for township, chosen in parts(ratings, lambda r: r.record.township)
    ]
    return Table("各乡镇", "各乡镇情况", columns, rows)
