"""Declares the policy of a rating: the blocks of domain/rating put together, and the columns that a policy adds."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, NamedTuple, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.consistency import faults
from sanchuang_cli.domain.rating.goods import Columns, Good
from sanchuang_cli.domain.rating.limits import StarLimit
from sanchuang_cli.domain.rating.lists import Rectify, Secretaries
from sanchuang_cli.domain.rating.quotas import Quota
from sanchuang_cli.domain.rating.rules import NewOrganisations, Rules
from sanchuang_cli.domain.rating.steps import Grades, Ladder, StarRule
from sanchuang_cli.domain.rating.triggers import Trigger
from sanchuang_cli.domain.rating.types import OrganisationType
from sanchuang_cli.domain.rating.unread import asked
from sanchuang_cli.domain.rating.veto import Veto
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Policy
from sanchuang_cli.posting import Posting
from sanchuang_cli.record import Asks, Field

KINDS = ("评定分", "自评分")
"""What a roster calls the scores that the committee gives, and those that an organisation gives itself."""


class About(NamedTuple):
    """Who is rated, in the words of pages: in a title, on 首页, and as they are counted."""

    title: str
    rated: str
    counted: str


_ABOUT = {
    "organisations": About("基层党组织", "党组织", "个党组织"),
    "secretaries": About("党组织书记", "书记", "名书记"),
}


class RatePolicy(Policy, title="星级评定办法（一版）"):
    """What a document on classification and stars says; of the blocks it needs the goods, and grades or stars."""

    rates: Literal["organisations", "secretaries"] = Setting(
        default="organisations",
        description="评谁：organisations 党组织（不写就是它），secretaries 党组织书记（一个党组织一名，按书记一栏）",
    )
    goods_title: str = Setting(
        default="各项得分", description="结果里各项得分的总栏名，如“五项得分”；不写是“各项得分”"
    )
    prefer: Literal["assessed", "self"] = Setting(
        default="assessed",
        description="名册里两种得分都有时先用哪个：assessed 评定分（不写就是它），self 自评分；只有另一个时用它并提示",
    )
    prefer_clause: str = Setting(
        default="文件没有写先用哪个得分", description="先用哪个得分的依据；不写时说文件没有写"
    )
    types: tuple[OrganisationType, ...] = Setting(
        default=(), description="组织类型和名册里的各种写法；不写时不问类型"
    )
    goods: tuple[Good, ...] = Setting(min_length=1, description="评哪几项（几个好）")
    grades: Grades | None = Setting(default=None, description="怎样定等次；不写时不定等次")
    stars: StarRule | None = Setting(default=None, description="怎样评星级；不写时不评星")
    limits: tuple[StarLimit, ...] = Setting(
        default=(), description="哪些情形限制星级（某一项未得星、四无）；不写时不限制"
    )
    veto: Veto | None = Setting(default=None, description="哪些是否决情形；不写时没有一票否决")
    ladder: Ladder | None = Setting(default=None, description="一年至多升几星；不写时不限制")
    quotas: tuple[Quota, ...] = Setting(default=(), description="各星级的名额；不写时没有名额")
    new_organisations: NewOrganisations | None = Setting(
        default=None, description="新成立的怎样办；不写时同样评定"
    )
    rectify: Rectify | None = Setting(default=None, description="哪些列入整顿；不写时没有整顿台账")
    secretaries: Secretaries | None = Setting(default=None, description="哪些建议调整书记；不写时没有这张表")
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")

    @model_validator(mode="after")
    def _blocks_fit(self) -> Self:
        if wrong := list(faults(self)):
            raise ValueError("；".join(wrong))
        return self

    @property
    def about(self) -> About:
        """Who is rated, in words."""
        return _ABOUT[self.rates]

    @property
    def gives_stars(self) -> bool:
        """Whether there are stars."""
        return self.stars is not None and self.stars.model != "none"

    @property
    def by_levels(self) -> bool:
        """Whether levels are passed one after the other, and nothing is added up."""
        return self.stars is not None and self.stars.model == "levels"

    @property
    def stars_down(self) -> tuple[int, ...]:
        """The numbers of stars that there may be, from the most down to none."""
        most = self.stars.most(self.goods) if self.stars else 0
        return tuple(range(most, -1, -1))

    @property
    def listing(self) -> tuple[Trigger, ...]:
        """The situations that put an organisation on a list, whichever it is."""
        criteria = self.rectify.criteria if self.rectify else ()
        return *criteria, *(self.secretaries.triggers if self.secretaries else ())

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """All situations, those that limit the stars too."""
        return *self.listing, *(trigger for limit in self.limits for trigger in limit.when)

    def columns(self, good: Good) -> Columns:
        """Where a roster has the good's scores."""
        own = tuple(f"{kind}/{good.heading}" for kind in KINDS)
        first = 0 if self.prefer == "assessed" else 1
        return Columns(own, first, f"{self.goods_title}/{good.heading}", self.prefer_clause)

    def rules(self) -> Rules:
        """The rules by which organisations are judged."""
        portions = (*self.quotas, *(self.rectify.portions if self.rectify else ()))
        return Rules(
            document=self.document,
            types=self.types,
            goods=self.goods,
            columns=[self.columns(good) for good in self.goods],
            grades=self.grades,
            stars=self.stars if self.gives_stars else None,
            limits=self.limits,
            veto=self.veto,
            ladder=self.ladder,
            young=self.new_organisations,
            listing=self.listing,
            counted_by_type=any(portion.types or portion.within == "type" for portion in portions),
            last_result="上年汇总表",
            of_secretaries=self.rates == "secretaries",
        )


def asks(policy: RatePolicy) -> Mapping[str, Mapping[str, Asks]]:
    """The columns of a blank roster: those of an organisation at which the policy looks, and the goods' scores."""
    more = policy_columns(policy)["organisations"]
    own = asked(policy.rules())
    return {
        "organisations": own | {field.name: Asks() for field in more if field.asked and field.name not in own}
    }


def policy_columns(policy: RatePolicy) -> Mapping[str, tuple[Field, ...]]:
    """The columns that a policy adds to this year's roster (scores, indicators, situations) and to last year's (scores), and
    how many stars either may say."""
    goods = [(good, policy.columns(good)) for good in policy.goods]
    now = [field for good, columns in goods for field in good.fields(columns)]
    now += [field for trigger in policy.triggers for field in trigger.columns()]
    before = [Field(columns.before, Kind.SCORE, name=columns.before) for _, columns in goods]
    if policy.gives_stars:
        most = policy.stars_down[0]
        now += [replace(own, maximum=most) for own in Organisation.declared() if own.name == "last_stars"]
        before.append(Field("星级", Kind.STARS, name="stars", maximum=most))
    return {"organisations": tuple({field.name: field for field in now}.values()), "previous": tuple(before)}
