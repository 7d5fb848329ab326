"""What a document on classification and stars may say: its figures and its named switches."""

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.numbers import plain
from sanchuang_cli.domain.scoring import Indicator
from sanchuang_cli.policy import Count, Exact, Policy, Rule
from sanchuang_cli.posting import Posting

Stars = Annotated[int, Setting(ge=0, le=5)]


class OrganisationType(Rule):
    """类型: its name, and the words in a roster that mean it."""

    name: str
    aliases: tuple[str, ...] = ()


class Good(Rule):
    """One of the goods: its columns, its weight in the total, and the score that earns its star.

    heading: the column's short name. full: its full score. passes_for: another pass mark for some types.
    """

    name: str
    heading: str
    full: Annotated[Exact, Setting(gt=0)]
    weight: Annotated[Exact, Setting(gt=0)]
    passes: Exact
    passes_for: dict[str, Exact] = Setting(default_factory=dict)
    clause: str
    indicators: tuple[Indicator, ...] = ()

    def sheet(self, organisation_type: str) -> tuple[Indicator, ...]:
        """The indicators for an organisation of that type."""
        return tuple(i for i in self.indicators if not i.types or organisation_type in i.types)


class Grade(Rule):
    """等次 `name` from a total of `at_least` on."""

    name: str
    at_least: Exact


class Grades(Rule):
    """等次 from the best down; `gated` and `vetoed` are the best grade left after the gate or a veto."""

    clause: str
    bands: tuple[Grade, ...]
    gate: Exact
    gate_clause: str
    gated: str
    vetoed: str
    veto_clause: str

    @model_validator(mode="after")
    def _complete(self) -> Self:
        edges = [band.at_least for band in self.bands]
        if edges != sorted(set(edges), reverse=True) or not edges[1:] or edges[-1] != 0:
            raise ValueError(
                "bands 应从高到低排列，至少两档，最后一档的 at_least 应为 0，否则有的得分没有等次"
            )
        for word in (self.gated, self.vetoed):
            if word not in [band.name for band in self.bands]:
                raise ValueError(f"等次“{word}”不在 bands 之内")
        return self

    def names(self) -> list[str]:
        return [band.name for band in self.bands]


class StarBand(Rule):
    """`stars` from a total of `at_least` on."""

    at_least: Exact
    stars: Stars


class StarRule(Rule):
    """How stars are earned: one for each good that passes, or by bands of the total.

    veto: what a veto leaves: no star, or one star fewer than last year (and never more than was earned).
    """

    clause: str
    model: Literal["per-good", "total-bands", "none"]
    bands: tuple[StarBand, ...] = ()
    veto: Literal["no-star", "one-below-last-year"]
    veto_clause: str

    @model_validator(mode="after")
    def _bands_belong_to_their_model(self) -> Self:
        if (self.model == "total-bands") != bool(self.bands):
            raise ValueError("model 为 total-bands 时要写 bands，其他 model 不写")
        edges = [band.at_least for band in self.bands]
        if edges != sorted(set(edges), reverse=True):
            raise ValueError("bands 应按 at_least 从高到低排列")
        return self


class Ladder(Rule):
    """晋级: at most `step` stars above last year's, unless the organisation holds one of `honours`."""

    clause: str
    step: Annotated[int, Setting(ge=1, le=5)]
    honours: tuple[Literal["国家级", "省级", "市级", "县级", "乡镇级"], ...]
    honours_clause: str


class Quota(Rule):
    """比例: at most floor(share × organisations rated) with `stars` stars; beyond it warn, or drop one star."""

    clause: str
    stars: Stars
    share: Annotated[Exact, Setting(ge=0, le=1)]
    beyond: Literal["warn", "cap"]


class _Trigger(Rule):
    """name: the situation in the document's words. types: organisation types it is for, all when empty."""

    name: str
    clause: str
    types: tuple[str, ...] = ()


class Flagged(_Trigger):
    """The roster says 是 in `column`."""

    test: Literal["yes"]
    column: str


class MonthsOver(_Trigger):
    """More than `months` months have passed since the date in `column`."""

    test: Literal["months-over"]
    column: str
    months: Count


class AtLeast(_Trigger):
    """The count in `column` is at least `count`."""

    test: Literal["at-least"]
    column: str
    count: Count


class SatisfactionBelow(_Trigger):
    """Satisfaction is below `share`."""

    test: Literal["satisfaction-below"]
    share: Exact


class Graded(_Trigger):
    """The grade is `grade`."""

    test: Literal["grade"]
    grade: str


class GoodMissed(_Trigger):
    """The star of `good` was missed `years` years running, this one among them (two at most are known)."""

    test: Literal["good-missed"]
    good: str
    years: Annotated[int, Setting(ge=1, le=2)]


Trigger = Annotated[
    Flagged | MonthsOver | AtLeast | SatisfactionBelow | Graded | GoodMissed, Setting(discriminator="test")
]


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


class NewOrganisations(Rule):
    """Scored but not rated while younger than `years` full years on the day of judgement."""

    clause: str
    years: Count


class Veto(Rule):
    """否决情形: the situations the document lists, by words that a cell naming one contains."""

    clause: str
    situations: tuple[str, ...]


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
        triggers = (*self.rectify.criteria, *self.secretaries.triggers)
        used = {t for g in self.goods for i in g.indicators for t in i.types}
        used |= {t for g in self.goods for t in g.passes_for} | {
            t for trigger in triggers for t in trigger.types
        }
        if unknown := sorted(used - types):
            raise ValueError(
                f"组织类型“{'、'.join(unknown)}”没有在 types 里列出（已列：{'、'.join(sorted(types))}）"
            )
        for trigger in triggers:
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

    def type_of(self, text: str | None) -> str:
        """The type a roster's word means, by name, then alias, then a word it contains; "" when none."""
        word = (text or "").strip()
        for kind in self.types:
            if word == kind.name or word in kind.aliases:
                return kind.name
        contained = [kind.name for kind in self.types for w in (kind.name, *kind.aliases) if w in word]
        return contained[0] if len(set(contained)) == 1 else ""
