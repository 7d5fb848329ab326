"""The rating of one organisation as a page: what was read, what it gave, and each step to the stars and the grade.

The lines are those of 得分明细, which the rating brings along; nothing is judged again.
"""

from functools import partial

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.steps import stars_in_words
from sanchuang_cli.domain.rating.triggers import Listed
from sanchuang_cli.outcome import Explained, Occasion, Rosters, Subject
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.rate.judging import Rated, whole
from sanchuang_cli.programmes.rate.pages import DETAIL, Details
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.record import Row
from sanchuang_cli.table import Table
from sanchuang_cli.tally import ASIDE


def explained(rosters: Rosters, policies: PolicyFile[RatePolicy], occasion: Occasion) -> Explained:
    """Every row of the roster with what came of it; a row that was set aside has no pages, its findings say why."""
    found = whole(rosters, policies, occasion)
    listed = {one.rating.record.key: one for one in found.weak}
    adjusted = {one.rating.record.key: one for one in found.proposed}
    judged = [
        _subject(one, found.policy, listed.get(one.record.key), adjusted.get(one.record.key))
        for one in found.ratings
    ]
    aside = [_set_aside(row) for row in (*found.set_aside, *rosters["organisations"].set_aside)]
    return Explained((*judged, *aside), found.findings)


def _subject(
    rating: Rated,
    policy: RatePolicy,
    weak: Listed[Organisation] | None,
    proposed: Listed[Organisation] | None,
) -> Subject:
    organisation = rating.record
    outcome = rating.unrated and f"{rating.unrated}，只评分不定级"
    about = (organisation.township, *filter(None, (organisation.secretary,)))
    pages = partial(_pages, rating, policy, weak, proposed)
    return Subject(organisation.row, organisation.name, "", about, outcome or _rated(rating), pages)


def _rated(rating: Rated) -> str:
    stars = [] if rating.stars is None else [stars_in_words(rating.stars)]
    return "，".join([*stars, *filter(None, (rating.grade,))]) or "只评分"


def _pages(
    rating: Rated,
    policy: RatePolicy,
    weak: Listed[Organisation] | None,
    proposed: Listed[Organisation] | None,
) -> tuple[Table, ...]:
    """The rating, with why the organisation is on the list to rectify and its secretary proposed to be changed."""
    rows = [*Details(policy).lines(rating)]
    for what, one in (("整顿", weak), ("书记调整建议", proposed)):
        for why, clause in one.reasons if one else ():
            rows.append((what, "列入", None, None, None, why, None, None, clause, None))
    return (Table("得分明细", f"{rating.record.name}：评定明细", DETAIL, rows),)


def _set_aside(row: Row) -> Subject:
    name, about = row.written("name"), (row.written("township"), row.written("secretary"))
    return Subject(row, name, "", tuple(filter(None, about)), f"{ASIDE}，不参评", tuple)
