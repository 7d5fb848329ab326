"""The rules of 在职报酬 one by one: what a figure that is missing leaves unpaid, and documents that begin within a year."""

from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.policy import PolicyFile
from tests.programmes.cadres import (
    appraisal,
    cadre,
    column,
    editions,
    outcome,
    paid,
    shipped,
    told,
    village,
    wages,
    whole,
    with_policy,
)

SCORES = [{"at_least": 60, "percent": 100}, {"at_least": 0, "percent": 0}]


def said(code: str, *cadres: Any, **how: Any) -> str:
    """The message of the one finding of a code."""
    (message,) = [one.message for one in whole(*cadres, **how).findings if one.code == f"pay.{code}"]
    return message


@pytest.mark.parametrize(
    ("score", "why"),
    [(None, "没有考核得分"), (Fraction(-1), "考核得分 -1 低于 0")],
    ids=["none", "below nought"],
)
def test_performance_by_score_waits_for_a_score_that_can_be(score: Fraction | None, why: str) -> None:
    by = with_policy(performance={"grades": (), "scores": SCORES, "shares": None})
    how: dict[str, Any] = {"month": "2026-02", "by": by, "appraisals": [appraisal(1, "", score=score)]}
    (one,) = wages(cadre(1), **how)
    assert (one.fen, bool(one.waits)) == (2000_00, True)
    assert why in said("grade-unknown", cadre(1), **how)


def test_a_reward_waits_for_the_net_income_of_the_village_and_the_month_is_paid() -> None:
    how: dict[str, Any] = {"month": "2026-02", "by": reward(), "villages": [village("第1村")]}
    (one,) = wages(cadre(1), **how)
    assert (one.fen, [component for _, _, component in one.waits]) == (2000_00, ["集体经济奖励"])
    assert "村情表里第1村没有填净收入，2025 年的奖励等着" in said("income-missing", cadre(1), **how)
    (whole_year,) = wages(cadre(1), **{**how, "villages": [village("第1村", income=0)]})
    assert (whole_year.fen, whole_year.waits) == (2000_00, ()), "nothing earned is a figure"


def reward() -> PolicyFile[Any]:
    steps = [{"every": 10_000, "yuan": 1000}]
    return with_policy(reward={"clause": "奖励", "month": 2, "steps": steps}, performance=None)


@pytest.mark.parametrize("before", [False, True], ids=["no document", "a document without performance"])
def test_performance_of_the_year_in_which_it_began_counts_the_months_since(before: bool) -> None:
    """Half of 15,456 yuan for the six months from July on."""
    since = with_policy(effective="2025-07-01")
    by = editions(with_policy(performance=None), since) if before else since
    (one,) = wages(cadre(1), month="2026-02", by=by, appraisals=[appraisal(1, "良好")])
    assert one.component("performance") == 15_456_00 // 2
    assert one.performance and one.performance.served == 6


@pytest.mark.parametrize("started", ["2026-03", "2026"])
def test_a_start_that_is_not_known_exactly_is_taken_where_the_end_leaves_one_sum(started: str) -> None:
    """Begun at the latest on the day of leaving: a month that counts whole is paid whole, whichever day it was."""
    who = cadre(1, started=started, ended="2026-03-10")
    assert (paid(who), told(whole(who))) == ([2000], [])


@pytest.mark.parametrize("joining", ["next", "days", "thirtieths"])
def test_a_start_known_by_the_month_of_leaving_sets_aside_where_the_month_is_paid_by_days(
    joining: str,
) -> None:
    who, by = cadre(1, started="2026-03", ended="2026-03-20"), with_policy(months={"joining": joining})
    assert (paid(who, by=by), told(whole(who, by=by))) == ([], ["times-vague"])


@pytest.mark.parametrize(
    ("who", "pays"),
    [
        ({"started": "2026", "ended": "2026-03-20"}, "base"),
        ({"suspended_from": "2026", "suspended_to": "2026-03-20"}, "nothing"),
        ({"started": "2026-02-20", "ended": "2026"}, "base"),
    ],
)
def test_a_day_known_by_its_year_sets_aside_where_the_exact_one_beside_it_leaves_two_sums(
    who: dict[str, Any], pays: str
) -> None:
    """Of the extreme days of the year one is on the wrong side of the other day: it is read as that day."""
    how: dict[str, Any] = {
        "month": "2026-02",
        "by": with_policy(suspension={"pays": pays}, months={"joining": "days"}),
    }
    assert (paid(cadre(1, **who), **how), told(whole(cadre(1, **who), **how))) == ([], ["times-vague"])


@pytest.mark.parametrize("month", ["2026-02", "2026-03"])
def test_a_suspension_known_by_its_month_that_can_fill_no_month_takes_nothing(month: str) -> None:
    who = cadre(1, suspended_from="2026-02", suspended_to="2026-02-10")
    (one,) = wages(who, month=month)
    assert (one.part, one.component("base")) == ("发放", 2000_00)


def test_a_part_for_some_posts_is_given_to_no_other() -> None:
    base = shipped().editions[0].model_dump()["parts"]
    more = {"item": "duty", "clause": "书记岗位补贴", "per": "month", "yuan": 300, "only": ["书记"]}
    by = with_policy(parts=[*base, more])
    assert paid(cadre(1), cadre(2, post="主任"), cadre(3, post="副书记"), by=by) == [2300, 2000, 1400]


def test_two_rows_of_one_village_that_differ_are_not_gone_by() -> None:
    by = shipped("danfeng-2011")
    two = [village("第1村", kind="大"), village("第1村", kind="小")]
    how: dict[str, Any] = {"by": by, "villages": [*two, village("第2村", kind="小")]}
    assert paid(cadre(1), cadre(2), **how) == [260]
    assert "第1村的一行待核实，不据以计算" in said("village-missing", cadre(1), cadre(2), **how)


def test_a_village_without_its_population_sets_aside_where_the_standard_goes_by_it() -> None:
    how: dict[str, Any] = {"by": shipped("annual-parts"), "villages": [village("第1村")]}
    assert paid(cadre(1), **how) == []
    assert "村情表里第1村没有填人口" in said("village-class", cadre(1), **how)


def served(**service: Any) -> PolicyFile[Any]:
    part = {"item": "seniority", "clause": "年限", "per": "month"}
    return with_policy(parts=[{**part, "service": {"since": "cadre", "yuan": 20, **service}}])


def test_service_since_a_day_known_by_its_year_is_taken_where_the_full_years_are_the_same() -> None:
    who = cadre(1, cadre_since="2016")
    assert paid(who, by=served(at_most=100)) == [100]
    assert paid(who, by=served()) == []
    message = said("since-vague", who, by=served())
    assert "2016年 起任职，到 2026-03 满几年说不准" in message
    assert paid(cadre(1, cadre_since="2016-03-01"), by=served()) == [200]
    assert paid(cadre(1, cadre_since="2016-03-02"), by=served()) == [180]


def test_a_blank_day_from_which_service_counts_is_that_of_the_post_and_is_told() -> None:
    who = cadre(1, started="2021-01-10")
    assert paid(who, by=served()) == [100]
    assert "按任职起始 2021-01-10 算" in said("since-blank", who, by=served())
    assert told(whole(cadre(1, cadre_since="2016-01-10"), by=served())) == []
    own = {"yuan": None, "service": {"since": "cadre", "yuan": 20}, "shares": None}
    assert told(whole(who, by=with_policy(performance=own))) == ["since-blank"]


def test_a_post_that_an_earlier_document_does_not_know_is_set_aside_where_its_months_are_paid() -> None:
    first = shipped().editions[0].model_dump()["posts"]
    early = with_policy(posts=[post for post in first if post["name"] != "委员"])
    by = editions(early, with_policy(effective="2026-03-01"))
    who = cadre(1, post="委员"), cadre(2)
    assert paid(*who, month="2026-03", by=by) == [1400, 2000]
    assert paid(*who, month="2026Q1", by=by, appraisals=[appraisal(2)]) == [6000 + 15_456]
    message = said("post-unknown", *who, month="2026Q1", by=by)
    assert "“委员”不在 2012-01-01 起的政策所列的职务之内" in message


def test_performance_by_the_class_of_the_village_sets_aside_whom_the_class_is_missing_of() -> None:
    """Only in the month in which performance falls due: no other month goes by it."""
    by = with_policy(performance={"yuan": None, "classes": {"大": 9000, "小": 6000}, "shares": None})
    how: dict[str, Any] = {"by": by, "appraisals": [appraisal(1, "良好"), appraisal(2, "良好")]}
    people, rows = (cadre(1), cadre(2)), [village("第2村", kind="小")]
    found = outcome(*people, month="2026-02", villages=rows, **how)
    assert (told(found), column(found, "报酬发放表", "performance")) == (["village-missing"], [6000_00])
    assert paid(*people, month="2026-03", villages=rows, **how) == [2000, 2000]
