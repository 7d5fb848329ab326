"""The pages of a rating: what stands on each, from the ratings alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.rate.county import Listed
from sanchuang_cli.programmes.rate.policy import Good, RatePolicy
from sanchuang_cli.programmes.rate.rules import Rating
from sanchuang_cli.programmes.rate.scores import assessed, last_year_column, self_assessed
from sanchuang_cli.table import Column, Table, Value

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


def without(table: Table, aside: int) -> Table:
    """A page of ranks, quotas or shares, with the number of those whom it leaves out because they are set aside."""
    if not aside:
        return table
    note = f"另有 {aside} 个待核实，没有计入本表的名额、名次和比例；核实后重新运行，本表可能变动。"
    return replace(table, notes=(*table.notes, note))


def summary(ratings: Sequence[Rating], policy: RatePolicy, period: Period) -> Table:
    """分类定级汇总表: what next year reads as last year's result."""
    return Table(
        "分类定级汇总表",
        f"{period.title}基层党组织分类定级汇总表",
        _summary_columns(policy),
        [_summary_row(number, one, policy) for number, one in enumerate(ratings, 1)],
        notes=(f"依据：{policy.document}。综合得分为各项得分的加权平均，保留两位小数，只舍不入。",),
        signed=True,
    )


def _summary_columns(policy: RatePolicy) -> tuple[Column, ...]:
    return (
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


def _summary_row(number: int, r: Rating, policy: RatePolicy) -> tuple[Value, ...]:
    o = r.organisation
    return (
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


DETAIL = (
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
"""What `detail_lines` gives."""


def details(ratings: Sequence[Rating], policy: RatePolicy, period: Period) -> Table:
    """得分明细: each indicator as written with its points and clause, then how the stars and the grade came."""
    rows = [
        (r.organisation.township, r.organisation.name, *line)
        for r in ratings
        for line in detail_lines(r, policy)
    ]
    return Table("得分明细", f"{period.title}得分明细", (*WHO[:2], *DETAIL), rows)


def detail_lines(rating: Rating, policy: RatePolicy) -> Iterator[tuple[Value, ...]]:
    """A line for each thing that was read or decided, in the columns of DETAIL."""
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
