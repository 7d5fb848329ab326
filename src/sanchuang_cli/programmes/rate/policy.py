"""The policy of a rating: the blocks of domain/rating put together, and the columns that a policy adds to the roster."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.rating.goods import Columns, Good
from sanchuang_cli.domain.rating.quotas import Quota
from sanchuang_cli.domain.rating.rules import NewOrganisations, Rules
from sanchuang_cli.domain.rating.steps import Grades, Ladder, StarRule
from sanchuang_cli.domain.rating.triggers import GoodMissed, Graded, Trigger
from sanchuang_cli.domain.rating.types import OrganisationType
from sanchuang_cli.domain.rating.veto import Veto
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Citation, Exact, Policy, Rule
from sanchuang_cli.posting import Posting
from sanchuang_cli.record import Field

KINDS = ("评定分", "自评分")
"""What a roster calls the scores that the committee gives, and those that an organisation gives itself."""


class Rectify(Rule, title="整顿名单"):
    """Who is listed to be rectified: those who meet a criterion, then the lowest totals."""

    clause: Citation
    share: Exact = Setting(
        ge=0, le=1, description="列入的不足参评总数的这个比例时，按得分从低到高补足，同分一并列入"
    )
    warns_over: Exact = Setting(ge=0, le=1, description="列入的超过参评总数的这个比例时，给出提示")
    criteria: tuple[Trigger, ...] = Setting(description="列入情形；符合一条就列入")


class Secretaries(Rule, title="书记调整建议"):
    """When the secretary of an organisation is proposed to be changed."""

    clause: Citation
    triggers: tuple[Trigger, ...] = Setting(description="调整情形；符合一条就列入建议")


class RatePolicy(Policy, title="星级评定办法（一版）"):
    """What a document on classification and stars says."""

    goods_title: str = Setting(description="结果里各项得分的总栏名，如“五项得分”")
    prefer: Literal["assessed", "self"] = Setting(
        description="名册里两种得分都有时先用哪个：assessed 评定分，self 自评分；只有另一个时用它并提示"
    )
    prefer_clause: str = Setting(description="先用哪个得分的依据")
    types: tuple[OrganisationType, ...] = Setting(description="组织类型和名册里的各种写法")
    goods: tuple[Good, ...] = Setting(description="评哪几项（几个好）")
    grades: Grades = Setting(description="怎样定等次")
    stars: StarRule = Setting(description="怎样评星级")
    veto: Veto = Setting(description="哪些是否决情形")
    ladder: Ladder | None = Setting(default=None, description="一年至多升几星；不写时不限制")
    quotas: tuple[Quota, ...] = Setting(default=(), description="各星级的名额；不写时没有名额")
    new_organisations: NewOrganisations = Setting(description="新成立的怎样办")
    rectify: Rectify = Setting(description="哪些列入整顿")
    secretaries: Secretaries = Setting(description="哪些建议调整书记")
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")

    @model_validator(mode="after")
    def _words_known(self) -> Self:
        types = {t.name for t in self.types}
        goods = {g.heading for g in self.goods}
        used = {t for g in self.goods for i in g.indicators for t in i.types}
        used |= {t for g in self.goods for t in g.passes_for}
        used |= {t for trigger in self.triggers for t in trigger.types}
        if unknown := sorted(used - types):
            raise ValueError(
                f"组织类型“{'、'.join(unknown)}”没有在 types 里列出（已列：{'、'.join(sorted(types))}）"
            )
        for trigger in self.triggers:
            if isinstance(trigger, GoodMissed) and trigger.good not in goods:
                raise ValueError(
                    f"“{trigger.name}”的 good“{trigger.good}”不是本政策的一项（有：{'、'.join(sorted(goods))}）"
                )
            if isinstance(trigger, Graded) and trigger.grade not in self.grades.names():
                raise ValueError(f"“{trigger.name}”的 grade“{trigger.grade}”不是本政策的等次")
        return self

    @model_validator(mode="after")
    def _sheets_worth_their_full_score(self) -> Self:
        """The indicators of a good add up to its full score for each type, not counting bonuses."""
        for good in self.goods:
            for kind in self.types if good.indicators else ():
                worth = sum((i.points for i in good.sheet(kind.name) if not i.bonus), Fraction(0))
                if worth != good.full:
                    raise ValueError(
                        f"“{good.name}”对“{kind.name}”的指标合计 {plain(worth)} 分，应为满分 {plain(good.full)} 分"
                    )
        return self

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """All situations, whichever list they put an organisation on."""
        return *self.rectify.criteria, *self.secretaries.triggers

    def columns(self, good: Good) -> Columns:
        """Where a roster has the good's scores."""
        own = tuple(f"{kind}/{good.heading}" for kind in KINDS)
        first = 0 if self.prefer == "assessed" else 1
        return Columns(own, first, f"{self.goods_title}/{good.heading}", self.prefer_clause)

    def rules(self) -> Rules:
        """The rules by which organisations are judged."""
        return Rules(
            document=self.document,
            types=self.types,
            goods=self.goods,
            columns=[self.columns(good) for good in self.goods],
            grades=self.grades,
            stars=self.stars,
            veto=self.veto,
            ladder=self.ladder,
            young=self.new_organisations,
            triggers=self.triggers,
            last_result="上年汇总表",
        )


def policy_columns(policy: RatePolicy) -> Mapping[str, tuple[Field, ...]]:
    """The columns that a policy adds to this year's roster (scores, indicators, situations) and to last year's (scores)."""
    goods = [(good, policy.columns(good)) for good in policy.goods]
    now = [field for good, columns in goods for field in good.fields(columns)]
    now += [field for trigger in policy.triggers for field in trigger.columns()]
    before = [Field(columns.before, Kind.SCORE, name=columns.before) for _, columns in goods]
    return {"organisations": tuple({field.name: field for field in now}.values()), "previous": tuple(before)}
