"""The whole roster judged: each organisation by itself, then what only the county as a whole decides."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from sanchuang_cli.domain.numbers import plain
from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating import judging
from sanchuang_cli.domain.rating.judging import At, Judged, Key
from sanchuang_cli.domain.rating.quotas import filled_up, within_quotas
from sanchuang_cli.domain.rating.triggers import Listed, listed_by
from sanchuang_cli.domain.rating.verdict import Rating
from sanchuang_cli.finding import Finding
from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.rate.doubts import CODES
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.programmes.rate.roster import LastYear
from sanchuang_cli.record import Roster, Row
from sanchuang_cli.tally import Tally, filed

Rated = Rating[Organisation]


class Whole(NamedTuple):
    """What came of a roster. ratings: after the quotas, by township. weak: to be rectified. proposed: whose secretary
    meets a trigger. set_aside: beside the rows that could not be read. tally: where each row went."""

    policy: RatePolicy
    ratings: list[Rated]
    weak: list[Listed[Organisation]]
    proposed: list[Listed[Organisation]]
    set_aside: list[Row]
    tally: Tally
    findings: tuple[Finding, ...]


def whole(rosters: Rosters, policies: PolicyFile[RatePolicy], occasion: Occasion) -> Whole:
    """Rate every organisation of the roster. Each row is rated, or not rated, or set aside, with the reason."""
    policy = policies.on(occasion.on)
    roster: Roster[Organisation] = rosters["organisations"]
    previous: Roster[LastYear] = rosters.get("previous", Roster())
    once, twice, findings = judging.once_listed(roster.records, CODES)
    alone = judging.judged(once, at(policy, previous, occasion))
    findings += [odd for one in alone for odd in one.findings]
    findings += gone(roster, previous)
    set_aside = [*(twin.row for twin in twice), *(one.organisation.row for one in alone if not one.rating)]
    rated = by_township(alone, occasion)
    tally = filed(roster, parts(rated), set_aside, findings)
    aside = tally.set_aside
    ratings, over = within_quotas(rated, policy.quotas, CODES, aside)
    weak, many = to_rectify(ratings, policy, occasion, aside)
    proposed, vague = listed_by(ratings, policy.secretaries.triggers, occasion.on, CODES)
    odd = tuple(dict.fromkeys((*findings, *over, *many, *vague)))
    return Whole(policy, ratings, weak, proposed, set_aside, tally, odd)


def at(policy: RatePolicy, previous: Roster[LastYear], occasion: Occasion) -> At:
    """By what each organisation is judged."""
    before = {last.key: last for last in previous.records}
    return At(policy.rules(), occasion, before, {named(row): row for row in previous.set_aside})


def parts(ratings: Sequence[Rated]) -> dict[str, list[Row]]:
    """Where the rows went that are not set aside: rated, or only scored, by the reason."""
    found: dict[str, list[Row]] = {"参评定级": []}
    for one in ratings:
        what = f"只评分不定级（{one.unrated}）" if one.unrated else "参评定级"
        found.setdefault(what, []).append(one.record.row)
    return found


def named(row: Row) -> Key:
    """Township and name as written in a row that could not be read."""
    return row.written("township"), row.written("name")


def by_township(judged: Iterable[Judged], occasion: Occasion) -> list[Rated]:
    """The ratings with each township's together: townships as the occasion has them, else in the order they came, as
    organisations are."""
    ratings = [one.rating for one in judged if one.rating]
    came = dict.fromkeys(r.record.township for r in ratings)
    order = {township: i for i, township in enumerate(dict.fromkeys([*occasion.townships, *came]))}
    return sorted(ratings, key=lambda r: order[r.record.township])


def gone(roster: Roster[Organisation], previous: Roster[LastYear]) -> list[Finding]:
    """A warning for each organisation of last year's workbook that this year's roster does not list."""
    listed = {o.key for o in roster.records} | {named(row) for row in roster.set_aside}
    last_year = {last.key: last for last in previous.records}
    return [
        CODES.at(
            "gone-since-last-year",
            last.row.place("name"),
            f"上年汇总表有{last.township}“{last.name}”，今年名册里没有",
            "参评党组织不重不漏",
        )
        for key, last in last_year.items()
        if key not in listed
    ]


def to_rectify(
    ratings: Sequence[Rated], policy: RatePolicy, occasion: Occasion, aside: int = 0
) -> tuple[list[Listed[Organisation]], list[Finding]]:
    """后进整顿名单: who meets a criterion, then the lowest totals up to the share of those rated, ties included."""
    rule = policy.rectify
    met, findings = listed_by(ratings, rule.criteria, occasion.on, CODES)
    listed = filled_up(met, ratings, rule.share, rule.clause)
    rated = sum(not r.unrated for r in ratings)
    if rated and Fraction(len(listed), rated) > rule.warns_over:
        message = f"整顿名单 {len(listed)} 个，超过参评 {rated} 个的 {plain(rule.warns_over * 100)}%"
        message += f"（另有 {aside} 个待核实未计入）" if aside else ""
        findings.append(CODES.of_all("many-to-rectify", message, rule.clause))
    return listed, findings
