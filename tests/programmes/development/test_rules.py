"""What holds of every file: parts, contradictions, a county's additions, what stands next, and what moves nobody."""

from datetime import date
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.domain.process.national import meanwhile
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.programmes.development import PROGRAMME
from tests.programmes.candidates import (
    candidate,
    changed,
    day,
    lines,
    of_rows,
    only,
    outcome,
    told,
    whole,
)

ON = date(2026, 11, 28)
STAGES = ("申请", "积极分子", "发展对象", "支部大会", "党委审批", "转正大会", "转正审批")


def stages(upto: str, **more: Any) -> dict[str, Any]:
    """A file that came as far as this step, in an order and at times that break no limit."""
    days = ("2019-01-02", "2019-06-03", "2020-06-03", "2020-09-01", "2020-10-01", "2021-09-01", "2021-10-01")
    known = dict(zip(STAGES, days, strict=True))
    return {name: known[name] for name in STAGES[: STAGES.index(upto) + 1]} | more


@pytest.mark.parametrize(
    ("upto", "part"),
    [
        ("申请", "申请人"), ("积极分子", "积极分子"), ("发展对象", "发展对象"), ("支部大会", "发展对象"), ("党委审批", "预备党员"),
        ("转正大会", "预备党员"), ("转正审批", "正式党员"),
    ],
)  # fmt: skip
def test_the_part_is_the_last_stage_that_was_approved(upto: str, part: str) -> None:
    assert only(candidate(**stages(upto))).part == part


def test_no_finding_moves_anybody_or_sets_anybody_aside() -> None:
    late = candidate(**stages("转正审批", 谈话="2019-12-30", 党委审批="2021-08-01", 培训天数=1, 培训学时=2))
    found = outcome(late)
    assert {one.severity for one in of_rows(found)} >= {Severity.ERROR}
    assert (found.tally.set_aside, dict(found.tally.parts)["正式党员"]) == (0, 1)


def test_whoever_was_ended_is_in_a_part_of_his_own_and_nothing_stands_next() -> None:
    found = outcome(candidate(**stages("积极分子", 终止日期="2020-05-01", 谈话="2019-01-20")))
    assert dict(found.tally.parts)["已终止"] == 1
    assert not lines(found, "下一步与最迟日") and not lines(found, "期限")


def test_what_falls_due_after_the_end_is_not_overdue() -> None:
    assert told(outcome(candidate(申请="2020-01-02", 谈话=None, 终止日期="2020-01-20"))) == []
    assert told(outcome(candidate(申请="2020-01-02", 谈话=None, 终止日期="2020-03-01"))) == ["overdue"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"申请": "1989-12-31"}, "before-birth"),
        ({"转正大会": "1980"}, "before-birth"),
        ({"申请": "2026-11-29"}, "not-yet"),
        ({"支部大会": "2026-06-01", "应到": 10, "实到": 11}, "votes-wrong"),
        ({"支部大会": "2026-06-01", "应到": 10, "实到": 8, "赞成": 8, "反对": 1}, "votes-wrong"),
        ({"支部大会": "2026-06-01", "应到": 10, "实到": 8, "赞成": 5, "反对": 2, "弃权": 2}, "votes-wrong"),
        ({"支部大会": "2026-06-01", "应到": 10, "实到": 8, "赞成": 6, "书面赞成": 3}, "votes-wrong"),
        ({"转正应到": 10, "转正实到": 11}, "votes-wrong"),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_set_aside_with_its_place_and_nothing_is_concluded(
    cells: dict[str, Any], code: str
) -> None:
    found = outcome(candidate(**cells))
    (one,) = of_rows(found)
    assert (one.code, one.severity, found.tally.set_aside) == (f"development.{code}", Severity.ERROR, 1)
    assert one.place.column and one.mend and not lines(found, "存在问题") and not lines(found, "期限")


def test_a_day_that_nobody_can_read_sets_the_row_aside() -> None:
    found = outcome(candidate(申请="2.30", unread=("申请",)))
    assert (told(found), found.tally.set_aside) == (["unread"], 1)


def test_somebody_born_after_the_day_of_judgement_is_set_aside() -> None:
    assert told(outcome(candidate(born="20270101", 申请=None))) == ["before-birth"]


def test_the_ends_of_terms_may_lie_ahead() -> None:
    cells: dict[str, Any] = {"支部大会": "2026-10-10", "党委审批": "2026-11-01", "预备期止": "2027-10-10"}
    assert told(outcome(candidate(**cells))) == []
    assert told(outcome(candidate(**cells | {"预备期止": "2027-11-01"}))) == ["late"]


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ({"应到": None, "实到": 20, "赞成": 20}, ["vote-missing"]),
        ({"应到": 20, "实到": None, "赞成": 20}, ["vote-missing"]),
        ({"应到": 20, "实到": 20, "赞成": None}, ["vote-missing"]),
        ({"应到": 0, "实到": 0, "赞成": 0}, ["vote-missing"]),
        ({}, []),
    ],
)
def test_a_meeting_without_its_figures_is_told_at_the_cell_and_columns_that_are_absent_once(
    votes: dict[str, Any], said: list[str]
) -> None:
    found = outcome(candidate(支部大会="2026-06-01", **votes))
    assert (told(found), found.tally.set_aside) == (said, 0)
    assert all(one.severity is Severity.WARNING and one.mend for one in of_rows(found))


def test_who_is_not_counted_needs_a_reason_of_the_rules_and_makes_up_the_members() -> None:
    met: dict[str, Any] = {"支部大会": "2026-06-01", "应到": 23, "实到": 20, "赞成": 20, "反对": 0}
    known: dict[str, Any] = {"正式党员数": 25, "不计入应到": 2, "不计入原因": "卧床不能自理"}
    assert told(outcome(candidate(**met, **known))) == []
    assert told(outcome(candidate(**met, **known | {"不计入原因": "外出打工"}))) == ["excluded"]
    assert told(outcome(candidate(**met, **known | {"不计入应到": None}))) == ["entitled"]


def test_a_step_that_is_blank_before_others_is_missing_by_the_rules_of_the_first_of_them() -> None:
    found = whole(candidate(**stages("转正审批", 谈话=None, 政审=None, 转正申请=None)))
    assert told(found) == ["missing"] * 3
    assert {one.severity for one in of_rows(found)} == {Severity.WARNING}


def test_a_missing_day_says_before_which_step_it_was_to_be_and_not_that_the_other_has_none() -> None:
    (found,) = only(candidate(**stages("支部大会", 预审=None))).troubles
    assert (found.step, found.read, found.limit) == ("预审", "", "在“支部大会”之前")


@pytest.mark.parametrize(
    ("days", "hours", "holds", "said"),
    [
        (2, 20, False, "2 天、20 学时，应不少于 3 天或 24 学时"),
        (3, None, True, "3 天，应不少于 3 天或 24 学时"),
        (2, None, None, "2 天，没有填学时，应不少于 3 天或 24 学时"),
        (None, 20, None, "20 学时，没有填天数，应不少于 3 天或 24 学时"),
    ],
)
def test_training_of_which_one_figure_lacks_may_still_be_enough(
    days: int | None, hours: int | None, holds: bool | None, said: str
) -> None:
    reasons = only(candidate(培训止="2024-06-01", 培训天数=days, 培训学时=hours)).reasons
    assert [(one.said, one.holds) for one in reasons if one.what == "集中培训"] == [(said, holds)]


def test_training_without_any_figure_is_told_in_plain_words() -> None:
    (found,) = of_rows(whole(candidate(培训止="2024-06-01", 培训天数=None, 培训学时=None)))
    assert found.message == "张建二1：集中培训没有填天数、学时，应不少于 3 天或 24 学时"


def test_before_1990_only_age_probation_order_and_missing_days_are_looked_at() -> None:
    early: dict[str, Any] = {
        "申请": "1985-01-02",
        "谈话": "1985-09-01",
        "积极分子": "1985-09-02",
        "发展对象": "1985-09-03",
        "公示起": None,
    }
    votes: dict[str, Any] = {
        "应到": 10,
        "实到": 2,
        "赞成": 2,
        "培训天数": 1,
        "培训学时": 1,
        "培训止": "1985-10-01",
    }
    file = early | votes | {"支部大会": "1986-01-01", "党委审批": "1987-06-01", "转正大会": "1986-12-31"}
    assert told(outcome(candidate(born="19600101", **file))) == ["early"]
    assert "vote" in told(outcome(candidate(born="19600101", **file | {"支部大会": "1990-08-01"})))


@pytest.mark.parametrize(
    ("met", "moved", "said"),
    [
        ("2022-12-02", None, ["late"]),
        ("2022-12-02", "2022-03-01", []),
        ("2023-03-02", "2022-03-01", ["late"]),
    ],
)
def test_whoever_moved_in_may_wait_six_months_and_full_membership_still_runs_from_the_end(
    met: str, moved: str | None, said: list[str]
) -> None:
    file: dict[str, Any] = {
        "支部大会": "2021-09-01",
        "党委审批": "2021-10-01",
        "转入": moved,
        "转正大会": met,
    }
    found = whole(candidate(**file, 转正审批="2023-03-02"))
    assert told(found) == said
    assert found.of()[0].full == day("2022-09-01")


def test_what_was_done_between_issue_and_publication_is_a_note() -> None:
    for asked, said in (
        ("2026-05-10", []),
        ("2026-05-11", ["unpublished"]),
        ("2026-05-17", ["unpublished"]),
        ("2026-05-18", []),
    ):
        assert told(outcome(candidate(申请=asked))) == said
    (note,) = of_rows(outcome(candidate(申请="2026-05-11")))
    assert note.severity is Severity.NOTE


LOCAL = (
    'clause = "2026年细则第八条", after = ["谈话"], responsible = "党支部" }',
    'clause = "2026年细则第八条", after = ["谈话"], responsible = "党支部", '
    'limits = [{ kind = "earliest", after = "申请", clause = "本县办法第三条", level = "local", wait = { months = 6 } }] }',
)
STEP = (
    '  { name = "归档", clause = "2026年细则第三十六条"',
    '  { name = "党课结业", clause = "本县办法第五条", after = ["积极分子"], level = "local" },\n'
    '  { name = "归档", clause = "2026年细则第三十六条"',
)


def test_a_limit_that_a_county_adds_is_a_warning_beside_the_national_ones() -> None:
    one = candidate(申请="2026-06-01", 积极分子="2026-10-01")
    assert told(outcome(one)) == []
    (warning,) = of_rows(outcome(one, by=changed(LOCAL)))
    assert (warning.code, warning.severity) == ("development.early", Severity.WARNING)
    assert "本县办法第三条" in warning.basis


def test_a_step_that_a_county_adds_is_a_column_of_the_roster_and_of_the_register() -> None:
    by = changed(STEP)
    columns = PROGRAMME.policy_columns(by.editions[-1])["register"]
    assert "党课结业" in [field.heading for field in columns]
    found = outcome(candidate(申请="2026-06-01", 积极分子="2026-10-01", 党课结业="2026-10-20"), by=by)
    assert lines(found, "发展党员台账")[0]["党课结业"] == "2026-10-20"
    waits = outcome(candidate(申请="2026-06-01", 积极分子="2026-10-01", 党课结业=None), by=by)
    assert "党课结业" in [line["事项"] for line in lines(waits, "下一步与最迟日")]


REFUSED = {
    "a deadline made longer": ("within = { months = 3 }, at_most = { months = 6 }", "within = { months = 4 }, at_most = { months = 6 }"),
    "a deadline made shorter": ("within = { months = 3 }, at_most", "within = { months = 2 }, at_most"),
    "a wait made shorter": ("wait = { years = 1 } }, { kind", "wait = { months = 11 } }, { kind"),
    "a notice of fewer days": ("working_days = 5", "working_days = 4"),
    "an age made lower": ("wait = { years = 18 }", "wait = { years = 17 }"),
    "a step that need not come after another": ('after = ["政审", "培训止"], responsible = "乡镇党委", by_hand = true },', 'after = ["培训止"], responsible = "乡镇党委", by_hand = true },'),
    "a decision that comes by itself": ('responsible = "乡镇党委", by_hand = true },', 'responsible = "乡镇党委" },'),
    "a notice that may be left out": (", required = true }", " }"),
    "training of fewer days": ("days = 3\nhours = 24", "days = 2\nhours = 24"),
    "training of fewer hours": ("days = 3\nhours = 24", "days = 3\nhours = 20"),
    "a majority of half": ('needs = "more_than"\nshare = "1/2"', 'needs = "at_least"\nshare = "1/2"'),
    "a majority of those present": ('base = "entitled"', 'base = "present"'),
    "no quorum": ('quorum = { needs = "more_than", share = "1/2" }\n', ""),
}  # fmt: skip


@pytest.mark.parametrize("before, after", REFUSED.values(), ids=REFUSED)
def test_a_county_rule_that_falls_short_of_a_national_one_is_refused_with_both(
    before: str, after: str
) -> None:
    with pytest.raises(UserError, match="全国规定") as refused:
        changed((before, after), *((("quorum_clause", "# quorum_clause"),) if before.startswith("quorum") else ()),
                *((('counting = { written = "counted" }', "counting = {}"),) if "present" in after else ()))  # fmt: skip
    assert "什么都没有计算" in str(refused.value)


def test_a_county_may_ask_for_more() -> None:
    changed(("days = 3\nhours = 24", "days = 5\nhours = 40"), ("working_days = 5", "working_days = 7"))


def test_what_stands_next_says_from_when_and_by_when_and_who_acts() -> None:
    found = outcome(candidate(申请="2026-11-20", 谈话=None, 积极分子=None))
    (line,) = lines(found, "下一步与最迟日")
    assert {key: line[key] for key in ("事项", "最早", "最迟", "剩余天", "情况", "责任人")} == {
        "事项": "谈话", "最早": None, "最迟": "2026-12-20", "剩余天": 22, "情况": "未到期", "责任人": "党支部",
    }  # fmt: skip
    overdue = outcome(candidate(申请="2026-10-20", 谈话=None))
    assert lines(overdue, "期限")[0]["剩余天"] == -8


def test_the_end_of_probation_is_a_deadline_on_which_nobody_acts() -> None:
    found = outcome(candidate(**stages("发展对象"), 支部大会="2026-08-01", 党委审批="2026-09-01"))
    ends = next(line for line in lines(found, "期限") if line["事项"] == "预备期止")
    assert (ends["最早"], ends["最迟"], ends["责任人"], ends["情况"]) == (
        "2027-08-01",
        "2027-08-01",
        None,
        "自然到期",
    )


def test_a_preparation_says_from_when_on_that_can_be_done_for_which_it_is_one() -> None:
    found = outcome(candidate(积极分子="2026-10-01", 公示起=None, 发展对象=None))
    posting = next(line for line in lines(found, "下一步与最迟日") if line["事项"] == "公示起")
    assert posting["备注"] == "“发展对象”不早于 2027-10-01"


def test_rows_alike_count_once_and_rows_that_differ_are_all_set_aside() -> None:
    one = candidate(1, 申请="2026-11-02")
    again = structs.replace(one, row=candidate(2, 申请="2026-11-02").row)
    other = candidate(1, 申请="2026-11-03")
    assert outcome(one, again).tally.set_aside == 0
    assert outcome(one, structs.replace(other, row=again.row)).tally.set_aside == 2


@pytest.mark.parametrize(
    ("on", "met", "years"),
    [
        (date(2022, 8, 31), "2020-09-01", 0),
        (date(2022, 9, 1), "2020-09-01", 1),
        (date(2021, 9, 1), "2020-09-01", 0),
        (date(2021, 8, 31), "2020-09-01", None),
        (date(2022, 9, 1), "2020-09", None),
    ],
    ids=["the eve of a year", "a year", "the day", "before the day", "some day"],
)
def test_years_of_membership_are_full_ones_since_the_end_of_probation(
    on: date, met: str, years: int | None
) -> None:
    file = stages("转正审批", 支部大会=met, 转正大会="2021-08-20", 转正审批="2021-08-25")
    verdict = only(candidate(**file), on=on)
    assert (verdict.part, verdict.years) == ("正式党员", years)


TRAINING = "training（集中培训）低于全国规定：不少于 3 天或 24 学时"
VOTES = "vote（表决）低于全国规定：到会和赞成都应超过应到的 1/2"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("hours = 24", "hours = 23", [f"{TRAINING}（20{year}年细则第十七条）" for year in (14, 26)]),
        (
            'needs = "more_than"\nshare = "1/2"',
            'needs = "at_least"\nshare = "1/2"',
            [f"{VOTES}（试行细则：赞成超过应到会有表决权的正式党员的半数）", f"{VOTES}（2014年细则第二十一条）", f"{VOTES}（2026年细则第二十一条）"],
        ),
    ],
    ids=["training", "votes"],
)  # fmt: skip
def test_less_training_or_fewer_votes_are_refused_with_the_clause_of_each_edition(
    before: str, after: str, said: list[str]
) -> None:
    with pytest.raises(UserError) as refused:
        changed((before, after))
    assert [line.strip() for line in str(refused.value).splitlines()[1:]] == said


def test_a_county_edition_stands_beside_each_national_one_of_some_of_its_days() -> None:
    (*_, one) = changed().editions
    own, old, new = (
        one.model_copy(update={"effective": day})
        for day in (date(2020, 6, 30), date(2010, 1, 1), date(2020, 7, 1))
    )
    assert [floor for _, floor in meanwhile([own], [old, new])] == [old, new]
    assert [floor for _, floor in meanwhile([new], [old, new])] == [new]
