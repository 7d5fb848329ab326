"""期限一览 says on which day each result was judged, and warns of one that is long past: what was done since is not in it."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.outcome import Occasion, Outcome
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.due import PROGRAMME, NotCounted
from sanchuang_cli.record import Roster
from tests.programmes.due.test_due import DAY, EDITIONS, deadline


def outcome(days: dict[str, date | None], waiting: dict[str, date]) -> Outcome:
    """A run on DAY over a deadline, or a row that waits, of each work, by the days on which their results were judged."""
    lines = [
        structs.replace(deadline(at, DAY), matter=work, judged=on)
        for at, (work, on) in enumerate(days.items(), 2)
    ]
    rows = [
        NotCounted(row=deadline(at, DAY).row, matter=work, judged=on, why="没有申请日期")
        for at, (work, on) in enumerate(waiting.items(), 2)
    ]
    rosters: dict[str, Roster[Any]] = {"deadlines": Roster(tuple(lines)), "waiting": Roster(tuple(rows))}
    return PROGRAMME.run(rosters, EDITIONS, Occasion(Period.parse("2026-11"), DAY))


def notes(run: Outcome) -> list[str]:
    (table,) = (table for table in run.tables if table.name == "到期一览")
    return [note for note in table.notes if "判定日" in note]


def test_below_the_list_stand_the_days_of_the_results_the_earliest_first() -> None:
    run = outcome(
        {"发展党员": DAY, "党费": date(2026, 11, 1), "免费体检": DAY}, {"大学生村官": date(2026, 10, 31)}
    )
    assert notes(run) == [
        "办没办、情况和备注照各份结果，它们的判定日："
        "2026-10-31（大学生村官）、2026-11-01（党费）、2026-11-28（发展党员、免费体检）。"
    ]
    assert run.findings == ()


def test_without_a_result_nothing_is_said_of_days() -> None:
    assert notes(outcome({}, {})) == [] and notes(outcome({"发展党员": None}, {})) == []


@pytest.mark.parametrize(("ago", "told"), [(30, False), (31, True), (-5, False)])
@pytest.mark.parametrize("waits", [False, True])
def test_a_result_that_was_judged_more_than_thirty_days_before_is_told(
    ago: int, told: bool, waits: bool
) -> None:
    old = {"党费": DAY - timedelta(ago)}
    run = outcome({"发展党员": DAY, **({} if waits else old)}, old if waits else {})
    said = [finding.message for finding in run.findings]
    assert [finding.code for finding in run.findings] == ["due.judged-early"] * told
    assert said == [f"有的结果判定得早，那以后办了的、改了的没有算入：{old['党费']}（党费）"] * told
