"""The pages of a rating: what stands on each, from the ratings alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.goods import GoodScore, Total
from sanchuang_cli.domain.rating.shared import Shared
from sanchuang_cli.domain.rating.triggers import Listed
from sanchuang_cli.finding import Place, column_letters
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.rate.judging import Rated
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.record import Row
from sanchuang_cli.table import Column, MadeRows, Table, Value

WHO = (
    Column("township", "乡镇"),
    Column("name", "党组织名称"),
    Column("type", "类型"),
)


def who(rating: Rated) -> tuple[Value, ...]:
    return rating.record.township, rating.record.name, rating.type


def movement(rating: Rated) -> str:
    """升降 against last year's stars, "" when either year has none on record."""
    if rating.stars is None or rating.last.stars is None:
        return ""
    change = rating.stars - rating.last.stars
    return "持平" if change == 0 else f"{'升' if change > 0 else '降'}{abs(change)}星"


def mean(total: Total, scores: Sequence[Fraction | None]) -> Fraction | None:
    """The weighted mean of goods' scores, in the policy's order; None when one is missing."""
    known = [score for score in scores if score is not None]
    return total.of(known) if len(known) == len(scores) else None


def without(table: Table, aside: int) -> Table:
    """A page of ranks, quotas or shares, with the number of those whom it leaves out because they are set aside."""
    if not aside:
        return table
    note = f"另有 {aside} 个待核实，没有计入本表的名额、名次和比例；核实后重新运行，本表可能变动。"
    return replace(table, notes=(*table.notes, note))


def summary(ratings: Sequence[Rated], policy: RatePolicy, period: Period) -> Table:
    """分类定级汇总表: what next year reads as last year's result."""
    total = Total(policy.goods)
    assessed, own = zip(*(policy.columns(good).own for good in policy.goods), strict=True)

    def row(number: int, one: Rated) -> tuple[Value, ...]:
        given = one.record.more.get
        return _summary_row(
            number, one, mean(total, [*map(given, own)]), mean(total, [*map(given, assessed)])
        )

    return Table(
        "分类定级汇总表",
        f"{period.title}基层党组织分类定级汇总表",
        _summary_columns(policy),
        [row(number, one) for number, one in enumerate(ratings, 1)],
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
        *(Column(f"good{i}", policy.columns(good).before, Kind.SCORE) for i, good in enumerate(policy.goods)),
        Column("veto", "否决情形", wide=True),
        Column("last_grade", "上年等次"),
        Column("grade", "本年等次"),
        Column("last_stars", "上年星级", Kind.STARS),
        Column("stars", "星级", Kind.STARS),
        Column("movement", "升降"),
        Column("remarks", "备注", wide=True),
    )


def _summary_row(number: int, r: Rated, own: Fraction | None, assessed: Fraction | None) -> tuple[Value, ...]:
    """own, assessed: the means of the scores that it gave itself and that the committee gave."""
    o = r.record
    return (
        number,
        *who(r),
        o.secretary,
        o.members,
        own,
        assessed,
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


def to_rectify_page(listed: Sequence[Listed[Organisation]], policy: RatePolicy, period: Period) -> Table:
    """后进整顿台账: who is on it and why; what is to be done about it is left to be filled in."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        *WHO,
        Column("total", "综合得分", Kind.SCORE),
        Column("grade", "本年等次"),
        Column("reasons", "列入情形", wide=True),
        Column("clauses", "条款", wide=True),
        *(
            Column(name, title, wide=name in ("problems", "measures"), by_hand=True)
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


def reasons(entry: Listed[Organisation]) -> tuple[str, str]:
    """The situations that put it on the list, and their clauses."""
    return "；".join(why for why, _ in entry.reasons), "；".join(clause for _, clause in entry.reasons)


def promotions(ratings: Sequence[Rated], period: Period) -> Table:
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


def why_not_more(rating: Rated) -> str:
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
"""What `Details` gives."""


def details(ratings: Sequence[Rated], policy: RatePolicy, period: Period) -> Table:
    """得分明细: each indicator as written with its points and clause, then how the stars and the grade came.

    Nearly ten lines for each organisation: they are made when they are looked at, and never kept.
    """
    made = Details(policy)

    def lines(r: Rated) -> list[tuple[Value, ...]]:
        return list(made.lines(r, r.record.township, r.record.name))

    return Table("得分明细", f"{period.title}得分明细", (*WHO[:2], *DETAIL), MadeRows(ratings, lines))


class Details:
    """A line for each thing that was read or decided, in the columns of DETAIL. What organisations of equal score have
    alike is put together once."""

    def __init__(self, policy: RatePolicy) -> None:
        self._policy = policy
        self._scored = Shared(self._of_score)
        self._around = Shared(_around)

    def lines(self, rating: Rated, *who: Value) -> Iterator[tuple[Value, ...]]:
        """who: what stands in front of each line."""
        policy, row = self._policy, rating.record.row
        for score in rating.goods:
            for column, before, after in self._scored[(score,)]:
                if column:
                    yield *who, *before, row.written(column), *after, self._place(row, column)
                else:
                    yield *who, *before, None, *after, None
        yield (
            *who,
            "综合得分",
            None,
            None,
            rating.total,
            None,
            "各项加权平均",
            *NO_STAR,
            policy.document,
            None,
        )
        for step in rating.grade_steps:
            yield *who, "等次", step.result, None, None, None, step.why, *NO_STAR, step.clause, None
        for step in rating.star_steps:
            yield *who, "星级", f"{step.result} 星", None, None, None, step.why, *NO_STAR, step.clause, None
        if rating.unrated:
            clause = policy.new_organisations.clause
            yield *who, "不定级", None, None, None, None, rating.unrated, *NO_STAR, clause, None

    def _of_score(self, score: GoodScore) -> list[tuple[str, tuple[Value, ...], tuple[Value, ...]]]:
        """The lines of a good, and their sum where there are several, which has the star then: the column that each was
        read from, what stands before what is written there, and what after."""
        good, lines, star = score.good, score.lines, NO_STAR
        if self._policy.stars.model == "per-good":
            star = ("★" if score.passed else "—", score.missing)
        alone = star if len(lines) == 1 else NO_STAR
        found: list[tuple[str, tuple[Value, ...], tuple[Value, ...]]] = []
        for line in lines:
            points = line.points
            after = (points.got, points.full, points.how, *alone, line.clause)
            found.append((line.column, (good.name, line.what), after))
        if len(lines) > 1:
            after = (score.score, good.full, "各项指标相加", *star, good.clause)
            found.append(("", (good.name, "小计"), after))
        return found

    def _place(self, row: Row, column: str) -> str:
        """The same as str(row.place(column)), of which only the number differs between rows."""
        source = row.source
        before, behind = self._around[source.book, source.sheet, *source.columns.get(column, (0, ""))]
        return f"{before}{row.number}{behind}"


NO_STAR: tuple[Value, Value] = (None, None)
"""What stands in the columns of a good's star on a line that has none."""


def _around(book: str, sheet: str, column: int, heading: str) -> tuple[str, str]:
    """What stands before and behind the row's number where a place is spelt out."""
    before = " ".join(filter(None, (book, sheet, column_letters(column) or "第")))
    return before, str(Place(book, sheet, 1, column, heading)).removeprefix(f"{before}1")


def secretaries(listed: Sequence[Listed[Organisation]], policy: RatePolicy, period: Period) -> Table:
    """书记调整建议: it proposes, it decides nothing."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        *WHO,
        Column("secretary", "书记", Kind.NAME),
        Column("reasons", "触发情形", wide=True),
        Column("clauses", "条款", wide=True),
        Column("opinion", "乡镇党委意见", wide=True, by_hand=True),
        Column("review", "联审意见", wide=True, by_hand=True),
    )
    rows = [
        (i, *who(e.rating), e.rating.record.secretary, *reasons(e), None, None)
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
