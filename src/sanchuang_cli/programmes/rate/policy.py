"""What a document on classification and stars may say: the blocks of domain/rating, and what `rate` adds to them."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.numbers import plain
from sanchuang_cli.domain.rating.goods import Columns, Good
from sanchuang_cli.domain.rating.quotas import Quota
from sanchuang_cli.domain.rating.rules import NewOrganisations, Rules
from sanchuang_cli.domain.rating.steps import Grades, Ladder, StarRule
from sanchuang_cli.domain.rating.triggers import GoodMissed, Graded, Trigger
from sanchuang_cli.domain.rating.types import OrganisationType
from sanchuang_cli.domain.rating.veto import Veto
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Exact, Policy, Rule
from sanchuang_cli.posting import Posting
from sanchuang_cli.record import Field

KINDS = ("评定分", "自评分")
"""What a roster calls the scores of the committee, and those that an organisation gives itself."""


class Rectify(Rule):
    """整顿: who meets a criterion, then the lowest totals up to `share` of those rated; `warns_over` it is too many."""

    clause: str
    share: Annotated[Exact, Setting(ge=0, le=1)]
    warns_over: Annotated[Exact, Setting(ge=0, le=1)]
    criteria: tuple[Trigger, ...]


class Secretaries(Rule):
    """书记调整: situations in which the organisation's secretary is proposed for adjustment."""

    clause: str
    triggers: tuple[Trigger, ...]


class RatePolicy(Policy):
    """分类定级与星级评定办法.

    prefer: which score counts where both stand in the roster; the other one is used with a warning.
    """

    goods_title: str
    prefer: Literal["assessed", "self"]
    prefer_clause: str
    types: tuple[OrganisationType, ...]
    goods: tuple[Good, ...]
    grades: Grades
    stars: StarRule
    veto: Veto
    ladder: Ladder | None = None
    quotas: tuple[Quota, ...] = ()
    new_organisations: NewOrganisations
    rectify: Rectify
    secretaries: Secretaries
    notice: Posting | None = None

    @model_validator(mode="after")
    def _words_known(self) -> Self:
        types = {t.name for t in self.types}
        goods = {g.heading for g in self.goods}
        used = {t for g in self.goods for i in g.indicators for t in i.types}
        used |= {t for g in self.goods for t in g.passes_for} | {
            t for trigger in self.triggers for t in trigger.types
        }
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
        """Each type's sheet of a good that has indicators adds up to the good's full score, bonuses apart."""
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
        """The policy as its rules judge by it."""
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
    """The columns a policy adds: each good's scores and indicators, each criterion's column; last year's scores."""
    goods = [(good, policy.columns(good)) for good in policy.goods]
    own = [field for good, columns in goods for field in good.fields(columns)]
    own += [field for trigger in policy.triggers for field in trigger.columns()]
    before = [Field(columns.before, Kind.SCORE, name=columns.before) for _, columns in goods]
    return {"organisations": tuple({field.name: field for field in own}.values()), "previous": tuple(before)}
