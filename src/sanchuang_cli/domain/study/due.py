"""What is to be done by when: terms that are open, a year that is not over, and hours that end."""

from collections.abc import Iterator
from operator import itemgetter

from sanchuang_cli import deadlines
from sanchuang_cli.deadlines import DueDay, days_left
from sanchuang_cli.domain.study.policy import NOTHING_MORE, in_words
from sanchuang_cli.domain.study.records import MET, OUTSIDE, SHORT, Training
from sanchuang_cli.domain.study.shortfall import beyond_hours
from sanchuang_cli.judging import Whole
from sanchuang_cli.period import Period, VagueDate


def is_over(whole: Whole) -> bool:
    """Whether the year is over on the day of judgement."""
    return bool(whole.at.occasion.on >= whole.at.occasion.period.last)


def due(whole: Whole) -> list[DueDay]:
    """All of it, for each township by day."""
    rank = whole.at.occasion.rank
    made = [
        (rank(one.record.township), day.latest, day.what, day)
        for one in whole.of((MET, SHORT, OUTSIDE))
        for day in _due(one, whole)
    ]
    on = whole.at.occasion.on
    return [day._replace(left=days_left(day.latest, on)) for *_, day in sorted(made, key=itemgetter(0, 1, 2))]


def _due(one: Training, whole: Whole) -> Iterator[DueDay]:
    who, year, carried = one.record, whole.at.occasion.period, whole.at.policy.carried
    for each in one.terms:
        if not each.done:
            state = "逾期" if each.latest.latest < whole.at.occasion.on else "未参加"
            yield DueDay(
                who,
                each.term.name,
                latest=each.latest,
                responsible=who.township,
                state=state,
                basis=each.term.clause,
            )
    if one.part == SHORT and not is_over(whole) and one.standard:
        note = f"差 {in_words(one.lacking)} 学时" if one.lacking else beyond_hours(one, NOTHING_MORE)
        ends = VagueDate.on(year.last)
        yield DueDay(
            who,
            "补足学时",
            latest=ends,
            responsible=who.township,
            state=SHORT,
            basis=one.standard.clause,
            note=note,
        )
    if one.over and carried and is_over(whole):
        ends = VagueDate.on(Period.year(year.start.year + 1).last)
        note = f"{carried.said(one.over)}，过期不再计"
        yield DueDay(
            who,
            "结转学时到期",
            latest=ends,
            state=deadlines.BY_ITSELF,
            basis=carried.clause,
            note=note,
        )
