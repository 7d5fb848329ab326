"""星级评定: organisations rated by the five goods, graded, and the weak ones listed for 整顿.

Read rules.py for what is decided of one organisation, county.py for what is decided over all of them, judging.py for
how the one follows the other.
"""

from dataclasses import replace
from functools import partial

from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Occasion, Outcome, Programme, Rosters
from sanchuang_cli.programmes.rate import pages, statistics
from sanchuang_cli.programmes.rate.explain import explained
from sanchuang_cli.programmes.rate.judging import whole
from sanchuang_cli.programmes.rate.notice import notices
from sanchuang_cli.programmes.rate.policy import AtLeast, Flagged, MonthsOver, RatePolicy
from sanchuang_cli.programmes.rate.roster import LastYear, Organisation
from sanchuang_cli.programmes.rate.scores import assessed, last_year_column, self_assessed
from sanchuang_cli.record import Field, Wanted


def run(rosters: Rosters, policies: PolicyFile[RatePolicy], occasion: Occasion) -> Outcome:
    """All pages of a rating."""
    policy, ratings, weak, proposed, set_aside, tally, findings = whole(rosters, policies, occasion)
    aside = tally.set_aside
    period = occasion.period
    compared = statistics.stars_compared(ratings, period)
    ranked = (
        pages.summary(ratings, policy, period),
        statistics.distribution(ratings, policy, period),
        statistics.stars_by_township(ratings, period),
        pages.to_rectify_page(weak, policy, period),
    )
    summary, distribution, stars, rectified = (pages.without(page, aside) for page in ranked)
    return Outcome(
        tables=(
            summary,
            distribution,
            stars,
            *((compared,) if compared else ()),
            rectified,
            pages.promotions(ratings, period),
            pages.details(ratings, policy, period),
            pages.secretaries(proposed, policy, period),
        ),
        findings=findings,
        tally=tally,
        screen=statistics.screen(ratings, policy, period),
        set_aside=tuple(set_aside),
        notices=partial(notices, ratings, policy, period),
    )


def policy_columns(policy: RatePolicy) -> dict[str, tuple[Field, ...]]:
    """The columns a policy adds: each good's scores and indicators, each criterion's column."""
    columns: dict[str, Field] = {}
    for good in policy.goods:
        whole = int(good.full) if good.full.denominator == 1 else None
        title = policy.goods_title
        names = (
            *(good.heading, good.name, f"{good.heading}得分"),
            *(f"{title}/{good.heading}", f"{title}/{good.name}"),
        )
        columns[assessed(good)] = Field(
            assessed(good), Kind.SCORE, aliases=names, maximum=whole, name=assessed(good)
        )
        columns[self_assessed(good)] = Field(
            self_assessed(good),
            Kind.SCORE,
            aliases=(f"{good.heading}自评分",),
            maximum=whole,
            name=self_assessed(good),
        )
        for indicator in good.indicators:
            columns |= {field.name: replace(field, asked=False) for field in indicator.columns()}
    kinds = {Flagged: Kind.FLAG, AtLeast: Kind.COUNT, MonthsOver: Kind.DATE}
    for trigger in (*policy.rectify.criteria, *policy.secretaries.triggers):
        if isinstance(trigger, Flagged | AtLeast | MonthsOver):
            columns[trigger.column] = Field(trigger.column, kinds[type(trigger)], name=trigger.column)
    last = tuple(
        Field(last_year_column(policy, good), Kind.SCORE, name=last_year_column(policy, good))
        for good in policy.goods
    )
    return {"organisations": tuple(columns.values()), "previous": last}


PROGRAMME = Programme(
    name="rate",
    reads={
        "organisations": Wanted(Organisation, "党组织名册", sheet="分类定级汇总表", whole=True, reread=True),
        "previous": Wanted(LastYear, "上年分类定级汇总表", optional=True, sheet="分类定级汇总表"),
    },
    policy=RatePolicy,
    run=run,
    default_period=lambda today: Period.year(today.year),
    policy_columns=policy_columns,
    previous="previous",
    explain=explained,
    judges_a_day=True,
)
