"""Makes what `explain` says of an organisation: its stars and grade, and each line that led to them."""

from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.domain.rating.details import COLUMNS, DETAILS, Detail, Details
from sanchuang_cli.domain.rating.steps import stars_in_words
from sanchuang_cli.judging import Whole
from sanchuang_cli.programmes.rate.judging import Rated
from sanchuang_cli.table import Table


def outcome(rating: Rated, whole: Whole) -> str:
    """The result of an organisation in a few words."""
    if rating.unrated:
        return f"{rating.unrated}，只评分不定级"
    stars = "" if rating.stars is None else stars_in_words(rating.stars)
    return "，".join(filter(None, (stars, rating.grade))) or "只评分"


def explained(rating: Rated, whole: Whole) -> tuple[Table, ...]:
    """The lines of an organisation, with the reasons for which it is on a list. There are none where it is set aside,
    because its findings say why."""
    row = rating.record.row
    if any(row is aside for aside in whole.aside):
        return ()
    lines, who = Details(whole.at.ready.rules).lines(rating), rating.record.key
    for what, listed in (("整顿", whole.more.rectify), ("书记调整建议", whole.more.secretaries)):
        steps = (step for each in listed if each.record is rating.record for step in each.reasons)
        lines += [Detail(*who, what, step.result, how=step.why, clause=step.clause) for step in steps]
    columns = tuple(col.shown(Organisation).column for col in COLUMNS)
    shown = [line[len(who) :] for line in lines]
    return (Table(DETAILS.name, f"{rating.record.name}：评定明细", columns, shown),)
