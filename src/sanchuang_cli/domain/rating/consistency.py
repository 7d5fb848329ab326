"""Finds what the blocks of a rating policy say that cannot all be meant, in the words of an error."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Protocol

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.goods import Good
from sanchuang_cli.domain.rating.limits import StarLimit
from sanchuang_cli.domain.rating.lists import Rectify
from sanchuang_cli.domain.rating.quotas import Quota
from sanchuang_cli.domain.rating.steps import Grades, StarRule
from sanchuang_cli.domain.rating.triggers import GoodMissed, Graded, StarsBelow, Trigger
from sanchuang_cli.domain.rating.types import OrganisationType
from sanchuang_cli.domain.rating.veto import Veto
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field


class Blocks(Protocol):
    """A policy of a rating, as far as its blocks depend on one another."""

    @property
    def types(self) -> Sequence[OrganisationType]: ...
    @property
    def goods(self) -> Sequence[Good]: ...
    @property
    def grades(self) -> Grades | None: ...
    @property
    def stars(self) -> StarRule | None: ...
    @property
    def gives_stars(self) -> bool: ...
    @property
    def limits(self) -> Sequence[StarLimit]: ...
    @property
    def veto(self) -> Veto | None: ...
    @property
    def quotas(self) -> Sequence[Quota]: ...
    @property
    def rectify(self) -> Rectify | None: ...
    @property
    def triggers(self) -> Sequence[Trigger]: ...


def faults(policy: Blocks) -> Iterator[str]:
    """All that is wrong between the blocks."""
    yield from _types_unknown(policy)
    yield from _columns(policy)
    yield from _situations(policy.triggers, policy)
    yield from _sheets(policy)
    yield from _without_stars(policy)
    yield from _vetoes(policy)
    if policy.stars and policy.stars.model == "per-good":
        if not any(good.earns for good in policy.goods):
            yield "一项一星的，至少有一项要写得星的分数线 passes"
    elif policy.stars and policy.stars.model == "levels":
        yield from _levels(policy)


def _columns(policy: Blocks) -> Iterator[str]:
    """A column of the policy that the roster has already, or that two blocks read in two ways."""
    own = {narrow(word): one.heading for one in Organisation.declared() for word in _headings(one)}
    for good in policy.goods:
        own |= dict.fromkeys(map(narrow, (good.heading, good.name)), f"{good.heading}的得分")
    read = (*policy.triggers, *(one for good in policy.goods for one in good.indicators))
    kinds: dict[str, set[Kind]] = {}
    for column in (column for block in read for column in block.columns()):
        kinds.setdefault(column.heading, set()).add(column.kind)
    for heading, of in kinds.items():
        if there := own.get(narrow(heading)):
            yield f"“{heading}”一栏名册本来就有（{there}），不能再作情形或指标的栏：换一个栏名"
        elif len(of) > 1:
            yield f"“{heading}”一栏有的地方填是否、有的地方填数或日期：换一个栏名"


def _headings(field: Field) -> tuple[str, ...]:
    return field.heading, field.heading.rpartition("/")[2], *field.aliases


def _types_unknown(policy: Blocks) -> Iterator[str]:
    types = {kind.name for kind in policy.types}
    portions = (*policy.quotas, *(policy.rectify.portions if policy.rectify else ()))
    used = {kind for good in policy.goods for own in good.indicators for kind in own.types}
    used |= {kind for good in policy.goods for kind in good.passes_for}
    used |= {kind for named in (*policy.triggers, *portions) for kind in named.types}
    if unknown := sorted(used - types):
        yield f"组织类型“{'、'.join(unknown)}”没有在 types 里列出（已列：{'、'.join(sorted(types))}）"


def _situations(situations: Iterable[Trigger], policy: Blocks) -> Iterator[str]:
    """Situations that name a good or a grade that there is not."""
    goods = {good.heading for good in policy.goods if good.earns}
    grades = policy.grades.names() if policy.grades else []
    for one in situations:
        if isinstance(one, GoodMissed) and one.good not in goods:
            listed = "、".join(sorted(goods))
            yield f"“{one.name}”的 good“{one.good}”不是本政策的一项，或者那一项不得星（得星的有：{listed}）"
        if isinstance(one, Graded) and one.grade not in grades:
            yield f"“{one.name}”的 grade“{one.grade}”不是本政策的等次"


def _sheets(policy: Blocks) -> Iterator[str]:
    """Each good has a heading of its own; its indicators add up to its full score for each type, not counting bonuses."""
    headings = [good.heading for good in policy.goods]
    if twice := sorted({heading for heading in headings if headings.count(heading) > 1}):
        yield f"有两项的 heading 都是“{'”“'.join(twice)}”：各项的栏名要不同"
    for good in policy.goods:
        for kind in [named.name for named in policy.types] or [""] if good.indicators else ():
            worth = sum((own.points for own in good.sheet(kind) if not own.bonus), Fraction(0))
            if worth != good.full:
                whose = f"对“{kind}”的" if kind else "的"
                yield f"“{good.name}”{whose}指标合计 {plain(worth)} 分，应为满分 {plain(good.full)} 分"


def _without_stars(policy: Blocks) -> Iterator[str]:
    """What goes by the stars where there are none, or before they are known."""
    for one in (situation for limit in policy.limits for situation in limit.when):
        if isinstance(one, Graded | StarsBelow):
            yield f"limits 里的“{one.name}”要等评出星级才知道，不能用来限制星级"
        if isinstance(one, GoodMissed) and one.years > 1:
            yield f"limits 里的“{one.name}”只能看本年（years = 1）：没有上年记录的说不准"
    if policy.gives_stars:
        return
    if policy.grades is None:
        yield "grades 和 stars 至少要有一节：等次和星级都不评，就没有可评的"
    needs: dict[str, Any] = {
        'grades 的 by = "stars"': policy.grades and policy.grades.by == "stars",
        "limits": policy.limits,
        "情形 stars-below": any(isinstance(one, StarsBelow) for one in policy.triggers),
    }
    yield from (f"不评星，就不能有 {key}" for key, said in needs.items() if said)


def _vetoes(policy: Blocks) -> Iterator[str]:
    """A veto that decides nothing, or that is gone by and nowhere said."""
    of_stars = policy.gives_stars and policy.stars is not None and policy.stars.veto != "nothing"
    decides = of_stars or (policy.grades is not None and bool(policy.grades.vetoed))
    if policy.veto and not decides:
        yield "有 veto 一节，stars 的 veto 和 grades 的 vetoed 却都没有写：否决了怎样办？"
    if decides and not policy.veto:
        yield "写了否决怎样办（stars 的 veto 或 grades 的 vetoed），还要有 veto 一节，列出否决情形"


def _levels(policy: Blocks) -> Iterator[str]:
    """What levels need, and what goes by a total, which they have not."""
    levels = [good.stars for good in policy.goods]
    if 0 in levels or levels != sorted(levels) or any(good.passes is None for good in policy.goods):
        yield "逐级达标的，每张评分表都要写 stars（从低到高排列）和达标的分数线 passes"
    ranks = any(quota.beyond == "cap" for quota in policy.quotas)
    fills = policy.rectify is not None and bool(policy.rectify.portions)
    if ranks or fills or (policy.grades and policy.grades.by == "total"):
        yield '逐级达标的没有综合得分：等次写 by = "stars"，名额只能提示（warn），整顿不能按得分补足'
