"""What a row says against itself: steps after the end, training of more days than there were, and words that are no nation."""

from typing import Any

import pytest

from sanchuang_cli.finding import Severity
from tests.programmes.candidates import candidate, lines, of_rows, outcome, told
from tests.programmes.development.test_pages import ADMITTED
from tests.programmes.development.test_rules import stages


@pytest.mark.parametrize(
    "cells",
    [
        stages("转正审批", 终止日期="2019-12-01"),
        stages("党委审批", 终止日期="2020-09-30"),
        {"申请": "2020-01-02", "谈话": "2020-03-01", "终止日期": "2020-02"},
    ],
)
def test_whoever_went_on_after_the_end_is_set_aside_at_the_day_of_the_end(cells: dict[str, Any]) -> None:
    found = outcome(candidate(**cells))
    (wrong,) = [one for one in of_rows(found) if one.severity is Severity.ERROR]
    assert (wrong.code, found.tally.set_aside) == ("development.after-end", 1)
    assert "终止日期" in wrong.message and wrong.place.cell


@pytest.mark.parametrize(
    "cells",
    [
        stages("党委审批", 终止日期="2020-10-01"),
        stages("党委审批", 终止日期="2020-10"),
        stages("党委审批", 终止日期="2021-05-01", 预备期止="2021-09-01", 归档="2021-06-01"),
    ],
)
def test_whoever_was_ended_on_the_day_of_the_last_step_or_later_is_no_contradiction(
    cells: dict[str, Any],
) -> None:
    found = outcome(candidate(**cells))
    assert dict(found.tally.parts)["已终止"] == 1 and "after-end" not in told(found)


@pytest.mark.parametrize(
    ("training", "field"),
    [
        ({"培训起": "2024-10-21", "培训止": "2024-10-21", "培训天数": 3, "培训学时": 24}, "天"),
        ({"培训起": "2024-10-21", "培训止": "2024-10-23", "培训天数": 30, "培训学时": 240}, "天"),
        ({"培训起": "2024-10-21", "培训止": "2024-10-21", "培训天数": None, "培训学时": 24}, "学时"),
        ({"培训起": "2024-09", "培训止": "2024-10-01", "培训天数": 32, "培训学时": 24}, "天"),
    ],
)
def test_training_of_more_days_or_lessons_than_the_days_can_hold_is_warned_of(
    training: dict[str, Any], field: str
) -> None:
    (wrong,) = [one for one in of_rows(outcome(candidate(**training))) if one.code.endswith("days-beyond")]
    assert wrong.severity is Severity.WARNING and f" {field}，从 2024-" in wrong.message


@pytest.mark.parametrize(
    "training",
    [
        {"培训起": "2024-10-21", "培训止": "2024-10-23", "培训天数": 3, "培训学时": 24},
        {"培训起": "2024-10-21", "培训止": "2024-10-22", "培训天数": None, "培训学时": 24},
        {"培训起": "2024-09", "培训止": "2024-10-01", "培训天数": 31, "培训学时": 240},
        {"培训起": None, "培训止": "2024-10-01", "培训天数": 31, "培训学时": 240},
        {"培训起": "2024-10-21", "培训止": "2024-11-21", "培训天数": 3, "培训学时": 24},
    ],
)
def test_training_that_the_days_can_hold_is_not(training: dict[str, Any]) -> None:
    assert "days-beyond" not in told(outcome(candidate(**training)))


@pytest.mark.parametrize(
    ("written", "other", "unclear"),
    [("汉", 0, 0), ("汉族", 0, 0), ("满", 1, 0), ("否", 0, 1), ("待定", 0, 1), (None, 0, 1)],
)
def test_only_a_nation_that_there_is_counts_as_one(written: str | None, other: int, unclear: int) -> None:
    found = outcome(candidate(1, 民族=written, 学历="大专", 职业="农民", **ADMITTED))
    (line,) = lines(found, "结构分析")
    assert (line["少数民族"], line["情况不详"]) == (other, unclear)
