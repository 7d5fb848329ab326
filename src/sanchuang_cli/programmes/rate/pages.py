"""The pages of a rating: what stands on each, from the ratings alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from sanchuang_cli.kind import Kind
from sanchuang_cli.money import shares
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.rate.county import Listed, star_counts
from sanchuang_cli.programmes.rate.policy import Good, RatePolicy
from sanchuang_cli.programmes.rate.rules import (
    Rating,
    assessed,
    last_year_column,
    self_assessed,
    stars_in_words,
)
from sanchuang_cli.report.table import Chart, Column, Table, Value

STARS_DOWN = (5, 4, 3, 2, 1, 0)
WHO = (
    Column("township", "乡镇"),
    Column("name", "党组织名称"),
    Column("type", "类型"),
)


def who(rating: Rating) -> tuple[Value, ...]:
    return rating.organisation.township, rating.organisation.name, rating.type


def movement(rating: Rating) -> str:
    """升降 against last year's stars, "" when either year has none on record."""
    if rating.stars is None or rating.last.stars is None:
        return ""
    change = rating.stars - rating.last.stars
    return "持平" if change == 0 else f"{'升' if change > 0 else '降'}{abs(change)}星"


def mean(values: Iterable[tuple[Good, Fraction | None]]) -> Fraction | None:
    """The weighted mean of goods' scores in hundredths of their full score; None when one is missing."""
    pairs = [(good.weight, None if score is None else score / good.full * 100) for good, score in values]
    if any(score is None for _, score in pairs):
        return None
    return sum((weight * score for weight, score in pairs if score is not None), Fraction(0)) / sum(
        w for w, _ in pairs
    )


def summary(ratings: Sequence[Rating], policy: RatePolicy, period: Period) -> Table:
    """分类定级汇总表: what next year reads as last year's result."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        *WHO,
        Column("secretary", "书记", Kind.NAME),
        Column("members", "党员数", Kind.COUNT),
        Column("self", "自评分", Kind.SCORE),
        Column("assessed", "党委评分", Kind.SCORE),
        Column("ballots_sent", "民主测评/发出票", Kind.COUNT),
        Column("ballots_back", "民主测评/收回票", Kind.COUNT),
        Column("ballots_valid", "民主测评/有效票", Kind.COUNT),
        Column("ballots_satisfied", "民主测评/满意票", Kind.COUNT),
        Column("satisfaction", "民主测评/满意率", Kind.PERCENT),
        Column("total", "综合得分", Kind.SCORE),
        *(
            Column(f"good{i}", last_year_column(policy, good), Kind.SCORE)
            for i, good in enumerate(policy.goods)
        ),
        Column("veto", "否决情形", wide=True),
        Column("last_grade", "上年等次"),
        Column("grade", "本年等次"),
        Column("last_stars", "上年星级", Kind.STARS),
        Column("stars", "星级", Kind.STARS),
        Column("movement", "升降"),
        Column("remarks", "备注", wide=True),
    )
    rows = []
    for number, r in enumerate(ratings, 1):
        o = r.organisation
        rows.append(
            (
                number,
                *who(r),
                o.secretary,
                o.members,
                mean((g, o.more.get(self_assessed(g))) for g in policy.goods),
                mean((g, o.more.get(assessed(g))) for g in policy.goods),
                o.ballots_sent,
                o.ballots_back,
                o.ballots_valid,
                o.ballots_satisfied,
                r.satisfaction,
                r.total,
                *(g.score for g in r.goods),
                r.veto,
                r.last.grade,
                r.grade,
                r.last.stars,
                r.stars,
                movement(r),
                "；".join(part for part in (r.unrated and f"{r.unrated}，只评分不定级", o.remarks) if part),
            )
        )
    return Table(
        "分类定级汇总表",
        f"{period.title}基层党组织分类定级汇总表",
        columns,
        rows,
        notes=(f"依据：{policy.document}。综合得分为各项得分的加权平均，保留两位小数，只舍不入。",),
        signed=True,
    )


def distribution(ratings: Sequence[Rating], policy: RatePolicy, period: Period) -> Table:
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
    ratings: Sequence[Rating], where: str, grades: Sequence[str]
) -> Iterator[tuple[str, list[int], list[int]]]:
    """For each part of the rated, in the order they first appear: its name, how many of each grade, of each stars."""
    import pandas  # here, because no other run needs it

    frame = pandas.DataFrame(
        [("合计", r.type, r.organisation.township, r.grade, r.stars) for r in rated(ratings)],
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


def rated(ratings: Iterable[Rating]) -> list[Rating]:
    return [r for r in ratings if not r.unrated]


def parts(ratings: Sequence[Rating], by: Callable[[Rating], str]) -> list[tuple[str, list[Rating]]]:
    """The rated organisations in parts, in the order in which the parts first appear."""
    found: dict[str, list[Rating]] = {}
    for rating in rated(ratings):
        found.setdefault(by(rating), []).append(rating)
    return list(found.items())


def stars_by_township(ratings: Sequence[Rating], period: Period) -> Table:
    """星级分布: stars by township, with a picture."""
    columns = (
        Column("township", "乡镇"),
        *(Column(f"stars{n}", stars_in_words(n), Kind.COUNT, total=True) for n in STARS_DOWN),
        Column("rated", "合计", Kind.COUNT, total=True),
    )
    rows = []
    for township, chosen in parts(ratings, lambda r: r.organisation.township):
        counts = star_counts(chosen)
        rows.append((township, *(counts[n] for n in STARS_DOWN), sum(counts.values())))
    title = f"{period.title}各乡镇星级分布"
    chart = Chart(title, "township", tuple(f"stars{n}" for n in STARS_DOWN), "stacked")
    return Table("星级分布", title, columns, rows, grand_total=True, chart=chart)


def to_rectify_page(listed: Sequence[Listed], policy: RatePolicy, period: Period) -> Table:
    """后进整顿台账: who is on it and why; what is to be done about it is left to be filled in."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        *WHO,
        Column("total", "综合得分", Kind.SCORE),
        Column("grade", "本年等次"),
        Column("reasons", "列入情形", wide=True),
        Column("clauses", "条款", wide=True),
        *(
            Column(name, title, wide=name in ("problems", "measures"))
            for name, title in (
                ("problems", "主要问题"),
                ("measures", "整顿措施"),
                ("county_leader", "县级联系领导"),
                ("township_leader", "乡镇责任人"),
                ("resident", "驻村干部"),
                ("term", "起止时间"),
                ("turned", "转化情况"),
                ("accepted_on", "验收日期"),
                ("accepted", "验收结论"),
            )
        ),
    )
    rows = [
        (i, *who(e.rating), e.rating.total, e.rating.grade, *reasons(e), *[None] * 9)
        for i, e in enumerate(listed, 1)
    ]
    return Table(
        "后进整顿台账",
        f"{period.title}后进党组织整顿台账",
        columns,
        rows,
        notes=(policy.rectify.clause,),
        signed=True,
    )


def reasons(entry: Listed) -> tuple[str, str]:
    """The situations that put it on the list, and their clauses."""
    return "；".join(why for why, _ in entry.reasons), "；".join(clause for _, clause in entry.reasons)


def promotions(ratings: Sequence[Rating], period: Period) -> Table:
    """晋位升级对照表: last year against this, and what stood between an organisation and more."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        *WHO,
        Column("last_grade", "等次/上年"),
        Column("grade", "等次/本年"),
        Column("last_stars", "星级/上年", Kind.STARS),
        Column("stars", "星级/本年", Kind.STARS),
        Column("movement", "升降"),
        Column("why", "说明", wide=True),
    )
    rows = [
        (i, *who(r), r.last.grade, r.grade, r.last.stars, r.stars, movement(r), why_not_more(r))
        for i, r in enumerate(ratings, 1)
    ]
    return Table("晋位升级对照表", f"{period.title}基层党组织晋位升级对照表", columns, rows, signed=True)


def why_not_more(rating: Rating) -> str:
    """What changed the stars or the grade after they were first earned."""
    steps = (*rating.star_steps[1:], *rating.grade_steps[1:])
    return "；".join(dict.fromkeys(step.why for step in steps)) or rating.unrated


def details(ratings: Sequence[Rating], policy: RatePolicy, period: Period) -> Table:
    """得分明细: each indicator as written with its points and clause, then how the stars and the grade came."""
    columns = (
        *WHO[:2],
        Column("good", "项目"),
        Column("what", "指标"),
        Column("written", "表上所填"),
        Column("points", "得分", Kind.SCORE),
        Column("full", "满分", Kind.SCORE),
        Column("how", "算法", wide=True),
        Column("star", "得星"),
        Column("missing", "距得星还差", Kind.SCORE),
        Column("clause", "依据", wide=True),
        Column("place", "出处", wide=True),
    )
    rows = [
        (r.organisation.township, r.organisation.name, *line)
        for r in ratings
        for line in detail_lines(r, policy)
    ]
    return Table("得分明细", f"{period.title}得分明细", columns, rows)


def detail_lines(rating: Rating, policy: RatePolicy) -> Iterator[tuple[Value, ...]]:
    """项目, 指标, 表上所填, 得分, 满分, 算法, 得星, 距得星还差, 依据, 出处: a line for each thing that was read or decided."""
    row = rating.organisation.row
    for g in rating.goods:
        star: tuple[Value, Value] = (None, None)
        if policy.stars.model == "per-good":
            star = ("★" if g.passed else "—", g.missing)
        for line in g.lines:
            points, place = line.points, str(row.place(line.column))
            alone = star if len(g.lines) == 1 else (None, None)
            yield (g.good.name, line.what, row.written(line.column), points.got, points.full, points.how,
                   *alone, line.clause, place)  # fmt: skip
        if len(g.lines) > 1:
            yield (
                g.good.name,
                "小计",
                None,
                g.score,
                g.good.full,
                "各项指标相加",
                *star,
                g.good.clause,
                None,
            )
    yield "综合得分", None, None, rating.total, None, "各项加权平均", None, None, policy.document, None
    for step in rating.grade_steps:
        yield "等次", step.result, None, None, None, step.why, None, None, step.clause, None
    for step in rating.star_steps:
        yield "星级", f"{step.result} 星", None, None, None, step.why, None, None, step.clause, None
    if rating.unrated:
        yield (
            "不定级",
            None,
            None,
            None,
            None,
            rating.unrated,
            None,
            None,
            policy.new_organisations.clause,
            None,
        )


def secretaries(listed: Sequence[Listed], policy: RatePolicy, period: Period) -> Table:
    """书记调整建议: it proposes, it decides nothing."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        *WHO,
        Column("secretary", "书记", Kind.NAME),
        Column("reasons", "触发情形", wide=True),
        Column("clauses", "条款", wide=True),
        Column("opinion", "乡镇党委意见", wide=True),
        Column("review", "联审意见", wide=True),
    )
    rows = [
        (i, *who(e.rating), e.rating.organisation.secretary, *reasons(e), None, None)
        for i, e in enumerate(listed, 1)
    ]
    return Table(
        "书记调整建议",
        f"{period.title}党组织书记调整建议",
        columns,
        rows,
        notes=("本表只按政策所列情形提出建议，不作决定；是否调整由党委研究。", policy.secretaries.clause),
        signed=True,
    )


def screen(ratings: Sequence[Rating], policy: RatePolicy, period: Period) -> tuple[Table, ...]:
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


def townships(ratings: Sequence[Rating], policy: RatePolicy) -> Table:
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
            sum((r.total for r in chosen), Fraction(0)) / len(chosen),
        )
        for township, chosen in parts(ratings, lambda r: r.organisation.township)
    ]
    return Table("各乡镇", "各乡镇情况", columns, rows)
