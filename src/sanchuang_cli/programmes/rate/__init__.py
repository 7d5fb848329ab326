"""星级评定: organisations rated by the five goods, graded, and the weak ones listed for 整顿.

The rules are those of domain/rating. Read policy.py for how they are put together, judging.py for the order in which
they are asked, doubts.py for what is told.
"""

from dataclasses import replace
from functools import partial

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Programme
from sanchuang_cli.programmes.rate import pages, statistics
from sanchuang_cli.programmes.rate.explain import explained
from sanchuang_cli.programmes.rate.judging import whole
from sanchuang_cli.programmes.rate.notice import notices
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.programmes.rate.roster import LastYear
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
        assessed, own = policy.columns(good).own
        title = policy.goods_title
        names = (
            *(good.heading, good.name, f"{good.heading}得分"),
            *(f"{title}/{good.heading}", f"{title}/{good.name}"),
        )
        columns[assessed] = Field(assessed, Kind.SCORE, aliases=names, maximum=whole, name=assessed)
        also = (f"{good.heading}自评分",)
        columns[own] = Field(own, Kind.SCORE, aliases=also, maximum=whole, name=own)
        for indicator in good.indicators:
            columns |= {field.name: replace(field, asked=False) for field in indicator.columns()}
    for trigger in policy.triggers:
        columns |= {field.name: field for field in trigger.columns()}
    before = (policy.columns(good).before for good in policy.goods)
    last = tuple(Field(name, Kind.SCORE, name=name) for name in before)
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
