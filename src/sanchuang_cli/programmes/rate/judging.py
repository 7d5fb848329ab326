"""Decides what needs all rows of a rating: quotas, the lists of 后进整顿 and of secretaries to be changed, and who was rated last year
and is not there now."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from sanchuang_cli.domain.exact_numbers import percent
from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.judging import ReadyRating
from sanchuang_cli.domain.rating.quotas import filled_up, within_quotas
from sanchuang_cli.domain.rating.triggers import listed_by
from sanchuang_cli.domain.rating.unasked import asked_of_nobody
from sanchuang_cli.domain.rating.verdict import Rating, which
from sanchuang_cli.finding import ALL
from sanchuang_cli.judging import At, Company, Joint, Told
from sanchuang_cli.programme import PREVIOUS
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.record import Roster

Rated = Rating[Organisation]
ORGANISATIONS = "organisations"


class TriggeredLists(NamedTuple):
    """The organisations to be rectified, from the lowest total, and those whose secretary meets a trigger; with reasons."""

    rectify: list[Rated]
    secretaries: list[Rated]


def ready(at: At[RatePolicy]) -> ReadyRating:
    """The policy's rules made ready, and last year's results with the goods of the edition that ruled them."""
    previous = at.rosters.get(PREVIOUS, Roster())
    ended = previous.origin.period.last if previous.origin else at.occasion.period.first - timedelta(1)
    then, oldest = at.editions.in_force(ended), at.editions.editions[0]
    instead = "" if then else str(oldest.effective)
    return ReadyRating.of(at.policy.rules(), previous.records, (then or oldest).goods, instead)


def together(company: Company) -> Joint:
    """The ratings after the quotas, and the lists that follow from them."""
    at, aside = company.at, company.aside
    policy: RatePolicy = at.policy
    standing = company.standing(ORGANISATIONS)
    ratings, over = within_quotas(standing, policy.quotas, policy.grades, at.doubts, aside)
    weak, many = to_rectify(ratings, at, aside)
    triggers = policy.secretaries.triggers if policy.secretaries else ()
    proposed, vague = listed_by(ratings, triggers, at.occasion.on, at.doubts)
    unasked = asked_of_nobody(at.ready, at.rosters[ORGANISATIONS].records, at.doubts)
    told = [*gone(at), *unasked, *over, *many, *vague]
    return Joint({ORGANISATIONS: ratings}, told, more=TriggeredLists(weak, proposed))


def gone(at: At[RatePolicy]) -> list[Told]:
    """A warning for each organisation of last year's workbook that this year's roster does not list."""
    roster = at.rosters[ORGANISATIONS]
    listed = {which(partial(getattr, record)) for record in roster.records}
    # an organisation whose row is set aside is still there
    listed |= {which(row.written) for row in roster.set_aside}
    return [
        Told(
            at.doubts.at(
                "gone-since-last-year",
                last.row.place("name"),
                f"上年汇总表有{last.township}“{last.name}”，今年名册里没有",
            )
        )
        for key, lines in at.ready.before.items()
        for last in lines
        if key not in listed
    ]


def to_rectify(ratings: Sequence[Rated], at: At[RatePolicy], aside: int) -> tuple[list[Rated], list[Told]]:
    """The list 后进整顿: those who meet a criterion, then the lowest totals up to a portion of those rated, ties included."""
    rule = at.policy.rectify
    if rule is None:
        return [], []
    listed, told = listed_by(ratings, rule.criteria, at.occasion.on, at.doubts)
    for portion in rule.portions:
        listed = filled_up(listed, ratings, portion)
    rated = sum(not r.unrated for r in ratings)
    alone = len(listed) == 1 and rule.warns_over > 0  # of a few, one is not too many
    if rated and len(listed) > rule.warns_over * rated and not alone:
        message = f"整顿名单 {len(listed)} 个，超过参评 {rated} 个的 {percent(rule.warns_over)}"
        message += f"（另有 {aside} 个待核实未计入）" if aside else ""
        told.append(Told(at.doubts.at("many-to-rectify", ALL, message, rule.clause)))
    return sorted(listed, key=lambda rating: rating.total or 0), told
