"""The whole roster judged: each organisation by itself, then what only the county as a whole decides."""

from collections.abc import Sequence
from typing import NamedTuple

from sanchuang_cli.domain.beside import of_organisation
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Occasion, Rosters, Tally, filed
from sanchuang_cli.programmes.rate import county
from sanchuang_cli.programmes.rate.county import Listed
from sanchuang_cli.programmes.rate.doubts import doubt, doubt_at
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.programmes.rate.roster import LastYear, Organisation
from sanchuang_cli.programmes.rate.rules import Rating
from sanchuang_cli.programmes.rate.types import rated
from sanchuang_cli.record import Roster, Row


class Whole(NamedTuple):
    """What came of a roster. ratings: after the quotas, by township. weak: to be rectified. proposed: whose secretary
    meets a trigger. set_aside: beside the rows that could not be read. tally: where each row went."""

    policy: RatePolicy
    ratings: list[Rating]
    weak: list[Listed]
    proposed: list[Listed]
    set_aside: list[Row]
    tally: Tally
    findings: tuple[Finding, ...]


def whole(rosters: Rosters, policies: PolicyFile[RatePolicy], occasion: Occasion) -> Whole:
    """Rate every organisation of the roster. Each row is rated, or not rated, or set aside, with the reason."""
    policy = policies.on(occasion.on)
    roster: Roster[Organisation] = rosters["organisations"]
    ratings, set_aside, findings = judged(roster, rosters.get("previous", Roster()), policy, occasion)
    tally = filed(roster, parts(ratings), set_aside, findings)
    aside = tally.set_aside
    ratings, over = county.within_quotas(ratings, policy, aside)
    weak, many = county.to_rectify(ratings, policy, occasion, aside)
    proposed, vague = county.secretaries_to_adjust(ratings, policy, occasion)
    odd = tuple(dict.fromkeys((*findings, *over, *many, *vague)))
    return Whole(policy, ratings, weak, proposed, set_aside, tally, odd)


def parts(ratings: Sequence[Rating]) -> dict[str, list[Row]]:
    """Where the rows went that are not set aside: rated, or only scored, by the reason."""
    found: dict[str, list[Row]] = {"参评定级": []}
    for one in ratings:
        what = f"只评分不定级（{one.unrated}）" if one.unrated else "参评定级"
        found.setdefault(what, []).append(one.organisation.row)
    return found


def judged(
    roster: Roster[Organisation], previous: Roster[LastYear], policy: RatePolicy, occasion: Occasion
) -> tuple[list[Rating], list[Row], list[Finding]]:
    """The ratings of those that can be rated, by township, the rows of those that cannot, and what is odd, with an
    error for each of the latter."""
    last_year = {last.key: last for last in previous.records}
    spoilt = {named(row): row for row in previous.set_aside}
    organisations, twins, findings = county.once_listed(roster.records)
    set_aside = [twin.row for twin in twins]
    ratings: list[Rating] = []
    for organisation in organisations:
        beside = of_organisation(organisation.row, organisation.name)
        found: Rating | None = None
        if any(one.severity is Severity.ERROR for one in beside):
            odd: list[Finding] = []
        elif organisation.key in spoilt:
            odd = [last_year_spoilt(organisation, spoilt[organisation.key])]
        else:
            found, odd = rated(organisation, last_year.get(organisation.key), policy, occasion)
        ratings += [found] if found else []
        set_aside += [] if found else [organisation.row]
        findings += [*beside, *odd]
    listed = {o.key for o in roster.records} | {named(row) for row in roster.set_aside}
    findings += [gone(last) for key, last in last_year.items() if key not in listed]
    return by_township(ratings, occasion), set_aside, findings


def named(row: Row) -> tuple[str, str]:
    """Township and name as written in a row that could not be read."""
    return row.written("township"), row.written("name")


def last_year_spoilt(organisation: Organisation, row: Row) -> Finding:
    message = f"上年汇总表里它的一行（{row.place()}）不能读取，不能当作没有上年结果"
    return doubt("last-year-unread", organisation, "name", message, "上年已公示的评定结果")


def by_township(ratings: list[Rating], occasion: Occasion) -> list[Rating]:
    """The ratings with each township's together: townships as the occasion has them, else in the order they came, as
    organisations are."""
    came = dict.fromkeys(r.organisation.township for r in ratings)
    order = {township: i for i, township in enumerate(dict.fromkeys([*occasion.townships, *came]))}
    return sorted(ratings, key=lambda r: order[r.organisation.township])


def gone(last: LastYear) -> Finding:
    """A warning for an organisation of last year's workbook that this year's roster does not list."""
    return doubt_at(
        "gone-since-last-year",
        last.row.place("name"),
        f"上年汇总表有{last.township}“{last.name}”，今年名册里没有",
        "参评党组织不重不漏",
    )
