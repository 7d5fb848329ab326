"""What exempts somebody, what ended and began again, and which test replaces which."""

from datetime import date
from typing import Any

import pytest

from tests.programmes.trainees import Sheet, column, enough, outcome, register, told, trainee
from tests.programmes.training.test_rules import SECRETARY


@pytest.mark.parametrize(
    "text",
    ["青组〔2026〕3号", "（2026）第3号", "2026年3月县委组织部批准", "支部大会同意免训", "免训", "是", "因病不能参加，已批准", "行动不便，准予免训", "本人申请，县委批准"],
)  # fmt: skip
def test_a_number_of_a_document_or_a_word_of_approval_exempts(text: str) -> None:
    run = outcome(trainee(exempt=text))
    assert (register(run, "part"), told(run)) == (["免训"], [])


@pytest.mark.parametrize("text", ["", "无", "—", "否", "没有", "无。", "否；"])
def test_no_decision_exempts_nobody(text: str) -> None:
    assert register(outcome(trainee(exempt=text), sheets=[enough()]), "part") == ["达标"]


@pytest.mark.parametrize(
    "text",
    ["未批准", "不同意免训", "申请中，待定", "待批准", "拟免训", "驳回", "不予免训", "青组〔2026〕3号未批准", "张书记说的", "2026年", "正在审批中", "不能免训"],
)  # fmt: skip
def test_what_denies_a_decision_or_leaves_it_open_sets_aside(text: str) -> None:
    run = outcome(trainee(exempt=text), trainee(2), sheets=[enough()])
    assert (told(run), run.tally.set_aside) == (["exempt-open"], 1)


def test_a_decision_for_another_year_sets_aside_and_one_of_another_year_is_asked_about() -> None:
    only = outcome(trainee(exempt="青组〔2019〕3号（2019年度）"))
    assert (told(only), only.tally.set_aside) == (["exempt-for-another-year"], 1)
    asked = outcome(trainee(exempt="青组〔2019〕3号"))
    assert (told(asked), register(asked, "part")) == (["exempt-of-another-year"], ["免训"])
    assert told(outcome(trainee(exempt="青组〔2025〕30号（2026年度）"))) == []


@pytest.mark.parametrize(
    ("fields", "part", "odd"),
    [
        ({"left": "2023-01-01", "came": "2025-01-01"}, "达标", []),
        ({"left": "2026-03-01", "came": "2026-08-01"}, "不考核", []),
        ({"left": "2026-08-01", "came": "2024-01-01"}, "不考核", []),
        ({**SECRETARY, "relieved": "2019-06-01"}, "未达标", ["appointed-again"]),
        (
            {**SECRETARY, "appointed": "2026-05-01", "relieved": "2024-06-01"},
            "不考核",
            ["appointed-again", "term-missed"],
        ),
        ({**SECRETARY, "relieved": "2026-05-01"}, "不考核", []),
        ({"relieved": "2024-06-01"}, "达标", []),
    ],
)
def test_what_began_again_after_it_ended_goes_on(fields: dict[str, Any], part: str, odd: list[str]) -> None:
    run = outcome(trainee(**fields), sheets=[enough()])
    assert (register(run, "part"), told(run)) == ([part], odd)


def test_whoever_was_relieved_before_the_year_is_no_secretary_of_that_year() -> None:
    run = outcome(trainee(**SECRETARY, relieved="2024-06-01"), sheets=[enough()])
    assert (told(run), run.tally.set_aside) == (["role-relieved"], 1)


@pytest.mark.parametrize(
    "fields", [{"left": "2024-06", "came": "2024"}, {**SECRETARY, "relieved": "2024", "appointed": "2024-05"}]
)
def test_days_that_do_not_tell_which_is_later_set_aside(fields: dict[str, Any]) -> None:
    run = outcome(trainee(**fields), sheets=[enough()])
    assert (told(run), run.tally.set_aside) == (["year-vague"], 1)


def test_what_ended_or_began_after_the_year_is_no_error_for_that_year() -> None:
    rows = [
        trainee(1, left="2027-03-01"),
        trainee(2, **{**SECRETARY, "appointed": "2027-03-01"}),
        trainee(3, relieved="2027-03-01"),
    ]
    run = outcome(*rows, sheets=[enough(1), enough(2), enough(3)])
    assert (register(run, "part"), told(run)) == (["达标", "不考核", "达标"], [])


def test_what_is_to_end_in_the_year_has_not_ended_yet() -> None:
    run = outcome(trainee(left="2026-09-01"), on=date(2026, 6, 30))
    assert (told(run), run.tally.set_aside) == (["not-yet"], 1)


def test_a_day_after_the_year_says_that_the_roster_is_a_later_one() -> None:
    (error,) = outcome(trainee(joined="2027-03-01")).findings
    assert "本期末的名册" in error.mend
    (early,) = outcome(trainee(joined="2027-03-01"), on=date(2026, 6, 30)).findings
    assert "本期末的名册" not in early.mend


@pytest.mark.parametrize(
    "name", ["党章测试补考", "党章测试（补考）", "党章测试（第二次补考）", "补考党章测试"]
)
@pytest.mark.parametrize("on", ["2026-06-01", "2026-09-01"])
def test_a_test_taken_again_replaces_the_one_that_was_failed(name: str, on: str) -> None:
    sheet = Sheet("网络").add(1, "门", "2026-06-01", course="党章测试", method="测试", score=50)
    sheet.add(1, "门", on, course=name, method="测试", score=70)
    run = outcome(trainee(), sheets=[enough(), sheet])
    assert (register(run, "part"), column(run, "考试成绩", "score")) == (["达标"], [70])


def test_another_test_replaces_none() -> None:
    sheet = Sheet("网络").add(1, "门", "2026-06-01", course="党章测试", method="测试", score=50)
    sheet.add(1, "门", "2026-09-01", course="党史测试补考", method="测试", score=70)
    assert register(outcome(trainee(), sheets=[enough(), sheet]), "part") == ["未达标"]
