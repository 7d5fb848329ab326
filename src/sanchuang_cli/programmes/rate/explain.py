"""What `explain` says of one organisation: its stars and grade, and each line that led to them."""

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.details import DETAILS, TOLD, Detail, Details
from sanchuang_cli.domain.rating.steps import stars_in_words
from sanchuang_cli.judging import Whole
from sanchuang_cli.programmes.rate.judging import Rated
from sanchuang_cli.table import Table


def outcome(rating: Rated, whole: Whole) -> str:
    """What came of an organisation, in a few words."""
    if rating.unrated:
        return f"{rating.unrated}，只评分不定级"
    stars = "" if rating.stars is None else stars_in_words(rating.stars)
    return "，".join(filter(None, (stars, rating.grade))) or "只评分"


def explained(rating: Rated, whole: Whole) -> tuple[Table, ...]:
    """The lines of one organisation, with why it is on the list to rectify and its secretary proposed to be changed;
    nothing where it is set aside: its findings say why."""
    row = rating.record.row
    if any(row is one for one in whole.aside):
        return ()
    lines, who = Details(whole.at.ready.rules).lines(rating), rating.record.key
    for what, listed in (("整顿", whole.more.rectify), ("书记调整建议", whole.more.secretaries)):
        reasons = (reason for one in listed if one.record is rating.record for reason in one.reasons)
        lines += [Detail(*who, what, one.result, how=one.why, clause=one.clause) for one in reasons]
    columns = tuple(one.shown(Organisation).column for one in TOLD)
    told = [line[len(who) :] for line in lines]
    return (Table(DETAILS.name, f"{rating.record.name}：评定明细", columns, told),)
