"""表彰推荐: who is proposed for which honour, by how many places a township has, and what the lists lack.

The rules are in domain/awards; this programme says what it reads and what stands on paper.
"""

from functools import partial
from operator import attrgetter
from typing import NamedTuple

from sanchuang_cli.domain.apportion import METHOD_NAMES
from sanchuang_cli.domain.awards.judging import DOUBTS, FIT, PARTS, Honor, ListShares, judge, together
from sanchuang_cli.domain.awards.places import allotted, digits
from sanchuang_cli.domain.awards.policy import Award, HonorPolicy, Recommended, TownshipBase, policy_columns
from sanchuang_cli.front import Figures, having
from sanchuang_cli.join import Join
from sanchuang_cli.judging import Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Page, Post
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Explains, Main, Programme
from sanchuang_cli.record import Field, Wanted

_taken = partial(
    Join,
    must=lambda edition: edition.results.must,
    of=lambda period: Period.year(period.start.year),
    optional=True,
)
GRADE = _taken(
    "grade",
    "reviews",
    "等次名册",
    on={"identity": "身份证号"},
    column=Field("等次"),
    wanted=lambda edition: any(category.reviewed for category in edition.categories),
)
STARS = _taken(
    "stars",
    "rate",
    "分类定级汇总表",
    on={"township": "乡镇", "name": "党组织名称"},
    column=Field("星级", Kind.STARS),
    wanted=lambda edition: any(category.starred for category in edition.categories),
)


class AwardLine(NamedTuple):
    """A line of 推荐汇总: an honour, its places in the county, who was recommended, and where they went."""

    category: Award
    places: int
    candidates: int
    came: dict[str, int]
    shares: ListShares | None


def lines(whole: Whole) -> list[AwardLine]:
    """A line for each honour, counted from the same verdicts as the lists."""
    made = []
    for category in whole.at.policy.categories:
        places = [place for place in whole.at.ready.places.values() if place.category is category]
        rows = [one for one in whole.of() if one.record.category == category.name]
        came = {part: sum(one.part == part for one in rows) for part in PARTS}
        shares = ListShares.of(category, [one for one in rows if one.part == FIT])
        numbers = (sum(place.part.number for place in places), sum(place.candidates for place in places))
        made.append(AwardLine(category, *numbers, came, shares))
    return made


def _count(name: str, title: str, of: str, *, if_any: bool = False) -> Col:
    return Col(name, title, Kind.COUNT, attrgetter(of), total=True, if_any=if_any)


def _part(number: int, part: str) -> Col:
    return Col(f"part{number}", part, Kind.COUNT, lambda line: line.came[part], total=True)


def _share(name: str, title: str) -> Col:
    return Col(name, title, Kind.COUNT, lambda line: getattr(line.shares, name) if line.shares else None)


def _structure(line: AwardLine) -> str | None:
    return line.shares.lacking or "符合" if line.shares and line.came[FIT] else None


def _opinions(honor: Honor) -> str:
    given = honor.record.more.items()
    return "、".join(f"{name.removesuffix('意见')}{said}" for name, said in given if said)


def _clauses(policy: HonorPolicy) -> str:
    """By what the names were chosen."""
    return "；".join(f"{category.name}：{category.clause}" for category in policy.categories) + "。"


def _method(whole: Whole) -> tuple[str, ...]:
    rule = whole.at.policy.sharing
    last = "算式里的除数是最末一个名额的均数。" if rule.method == "dhondt" else ""
    return (
        f"分配办法：{METHOD_NAMES[rule.method]}。{last}依据：{rule.clause}。",
        "商 = 全县名额 × 基数 ÷ 基数合计；整数、余数是商的整数部分和小数部分，算式里的 ⌊ ⌋ 是取整数部分。",
        *((_least(rule.minimum),) if rule.minimum else ()),
        *(f"{name}：{said}。" for name, said in whole.at.ready.by_order.items()),
    )


def _least(minimum: int) -> str:
    return (
        f"每个乡镇至少 {minimum} 个：按商不够的先给 {minimum} 个，算式只写这个数；"
        "其余乡镇的商、算式按余下的名额和这些乡镇的基数合计算。"
    )


RANK = attrgetter("rank")
ROSTER = Page(
    "推荐名册",
    "表彰推荐名册",
    (
        "unit", "front", "leader", Col("grade", "评议等次", if_any=True),
        Col("stars", "星级", Kind.STARS, if_any=True), Col("merits", wide=True),
        Col("opinions", "推荐意见", of=_opinions, wide=True), Col("order", detail=True), Col("identity", detail=True),
    ),
    (FIT,),
    order=RANK,
)  # fmt: skip
TOTALS = Page(
    "推荐汇总",
    "表彰推荐汇总",
    (
        Col("category", "类别", of=attrgetter("category.name")),
        _count("places", "名额", "places"),
        _count("candidates", "应推荐", "candidates", if_any=True),
        Col("recommended", "推荐", Kind.COUNT, lambda line: sum(line.came.values()), total=True),
        *(_part(i, part) for i, part in enumerate(PARTS)),
        *(_share("front", "一线/拟表彰"), _share("least", "一线/不少于")),
        *(_share("leaders", "领导/拟表彰"), _share("most", "领导/不超过")),
        Col("lacking", "结构", of=_structure, wide=True),
    ),
    rows=lines,
    who=False,
    notes=lambda whole: whole.left_out,
)  # fmt: skip
PLACES = Page(
    "名额分配表",
    "表彰名额分配表",
    (
        Col("category", "类别", of=attrgetter("category.name")),
        Col("township", "乡镇", of=attrgetter("base.township")),
        Col("base", "基数", Kind.COUNT, lambda place: int(place.part.weight)),
        Col("quotient", "商", of=lambda place: digits(place.part.exact)),
        Col("floor", "整数", Kind.COUNT, lambda place: int(place.part.exact)),
        Col("remainder", "余数", of=lambda place: digits(place.part.exact % 1)),
        _count("places", "名额", "part.number"),
        Col("open", "未定名额", Kind.COUNT, lambda place: place.most - place.part.number, if_any=True),
        _count("candidates", "应推荐", "candidates", if_any=True),
        Col("how", "算式", of=attrgetter("part.step.expression"), wide=True),
    ),
    rows=lambda whole: list(whole.at.ready.places.values()),
    who=False,
    group="category",
    notes=_method,
)  # fmt: skip


def front(whole: Whole) -> tuple[Figures, ...]:
    """What the first page says: the places of each honour, and the names for it."""
    names = [category.name for category in whole.at.policy.categories]
    places = tuple(having("category", name)._replace(many="places") for name in names)
    listed = tuple(having("category", name) for name in names)
    return Figures("名额", (TOTALS.name,), places), Figures(FIT, (ROSTER.name,), listed)


PROGRAMME = Programme(
    name="honors",
    policy=HonorPolicy,
    default_period=lambda today: Period.year(today.year - 1),
    mains={
        "recommended": Main(
            Wanted(
                Recommended,
                "推荐名册",
                whole=True,
                once=("category", "identity"),
                or_once=("category", "township", "name"),
            ),
            each(judge),
            PARTS,
            merges=False,
            order=lambda who: (who.category, who.order is None, who.order or 0, who.name, who.identity),
        )
    },
    serving={"bases": Wanted(TownshipBase, "名额基数", once=("township",))},
    policy_columns=policy_columns,
    doubts=DOUBTS,
    ready=allotted,
    together=together,
    who=("township", Col("name", "姓名或组织"), "category"),
    pages=(ROSTER, TOTALS, PLACES),
    front=front,
    notices=(
        Post(
            "表彰公示",
            "拟表彰对象",
            (FIT,),
            ("unit",),
            _clauses,
            ("unit",),
            counted="个",
            order=RANK,
        ),
    ),
    explains=Explains(about=("township", "category")),
    joins=(GRADE, STARS),
)
