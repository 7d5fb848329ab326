"""星级评定: organisations rated by the five goods, graded, and the weak ones listed for 整顿.

Read rules.py for what is decided of one organisation, county.py for what is decided over all of them.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from sanchuang_cli.finding import Finding
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Occasion, Outcome, Programme, Rosters, Tally
from sanchuang_cli.programmes.rate import county, pages, statistics
from sanchuang_cli.programmes.rate.doubts import doubt_at
from sanchuang_cli.programmes.rate.notice import notices
from sanchuang_cli.programmes.rate.policy import AtLeast, Flagged, MonthsOver, RatePolicy
from sanchuang_cli.programmes.rate.roster import LastYear, Organisation
from sanchuang_cli.programmes.rate.rules import Rating, last_year_column, rating
from sanchuang_cli.programmes.rate.scores import assessed, self_assessed
from sanchuang_cli.record import Field, Roster, Wanted


def run(rosters: Rosters, policies: PolicyFile[RatePolicy], occasion: Occasion) -> Outcome:
    """Rate every organisation of the roster. Each row is rated, or not rated, or set aside, with the reason."""
    policy = policies.on(occasion.on)
    roster: Roster[Organisation] = rosters["organisations"]
    previous: dict[tuple[str, str], LastYear] = {
        last.key: last for last in rosters.get("previous", Roster()).records
    }
    organisations, findings = county.once_listed(roster.records)
    ratings: list[Rating] = []
    for organisation in organisations:
        last = previous.get(organisation.key)
        rated, odd = rating(organisation, last, policy, occasion)
        ratings += [rated] if rated else []
        findings += odd
    findings += gone(previous, roster.records)
    ratings = by_township(ratings)
    ratings, over = county.within_quotas(ratings, policy)
    weak, many = county.to_rectify(ratings, policy, occasion)
    proposed, vague = county.secretaries_to_adjust(ratings, policy, occasion)
    period = occasion.period
    judged = {r.key for r in ratings}
    compared = statistics.stars_compared(ratings, period)
    unrated = [r.unrated for r in ratings if r.unrated]
    return Outcome(
        tables=(
            pages.summary(ratings, policy, period),
            statistics.distribution(ratings, policy, period),
            statistics.stars_by_township(ratings, period),
            *((compared,) if compared else ()),
            pages.to_rectify_page(weak, policy, period),
            pages.promotions(ratings, period),
            pages.details(ratings, policy, period),
            pages.secretaries(proposed, policy, period),
        ),
        findings=tuple(dict.fromkeys((*findings, *over, *many, *vague))),
        tally=Tally(
            read=roster.rows_read,
            parts=(
                ("参评定级", len(ratings) - len(unrated)),
                *((f"只评分不定级（{why}）", unrated.count(why)) for why in dict.fromkeys(unrated)),
            ),
            set_aside=roster.rows_read - len(ratings),
        ),
        screen=statistics.screen(ratings, policy, period),
        set_aside=tuple(o.row for o in roster.records if o.key not in judged),
        notices=partial(notices, ratings, policy, period),
    )


def by_township(ratings: list[Rating]) -> list[Rating]:
    """The ratings with each township's together, townships and organisations in the order they came."""
    order = {
        township: i for i, township in enumerate(dict.fromkeys(r.organisation.township for r in ratings))
    }
    return sorted(ratings, key=lambda r: order[r.organisation.township])


def gone(
    previous: Mapping[tuple[str, str], LastYear], organisations: tuple[Organisation, ...]
) -> list[Finding]:
    """A warning for each organisation of last year's workbook that this year's roster does not list."""
    listed = {o.key for o in organisations}
    return [
        doubt_at(
            "gone-since-last-year",
            last.row.place("name"),
            f"上年汇总表有{township}“{name}”，今年名册里没有",
            "参评党组织不重不漏",
        )
        for (township, name), last in previous.items()
        if (township, name) not in listed
    ]


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
)
