"""Who may be no such person, or another: every finding stands at its place, and nothing is paid on what is not clear."""

from typing import Any

import pytest

from sanchuang_cli.domain.people import ScreenedPerson
from sanchuang_cli.finding import Severity, UserError
from sanchuang_cli.record import Row, Source
from tests.programmes.cadres import (
    account,
    appraisal,
    cadre,
    called,
    column,
    listed,
    outcome,
    paid,
    told,
    unclaimed,
    village,
    wages,
    whole,
    with_policy,
)


def errors(*cadres: Any, **how: Any) -> list[str]:
    return sorted(
        one.code.rpartition(".")[2]
        for one in whole(*cadres, **how).findings
        if one.severity is Severity.ERROR
    )


def test_a_listed_cadre_with_document_account_and_spell_gives_no_finding() -> None:
    assert told(outcome(cadre(1), cadre(2, post="会计"))) == []


def test_an_appointment_without_a_document_is_a_warning_and_is_paid() -> None:
    found = outcome(cadre(1, document=""))
    assert told(found) == ["no-document"]
    assert found.findings[0].place.heading == "任职文件"
    assert column(found, "报酬发放表", "fen") == [200000]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"post": "护林员"}, "post-unknown"),
        ({"post": "、"}, "post-unknown"),
        ({"post": "河西村", "village": "河西村"}, "post-unknown"),
        ({"kind": "借调"}, "kind-unknown"),
        ({"ended": "2020-12-31"}, "ends-before-start"),
        ({"suspended_to": "2026-01-31"}, "suspension-odd"),
        ({"suspended_from": "2026-02-01", "suspended_to": "2026-01-31"}, "suspension-odd"),
    ],
)
def test_a_row_that_cannot_be_is_set_aside(wrong: dict[str, Any], code: str) -> None:
    found = outcome(cadre(1, **wrong), cadre(2))
    assert (told(found), found.tally.set_aside) == ([code], 1)
    assert column(found, "报酬发放表", "fen") == [200000]


def test_a_date_known_by_its_year_is_taken_where_the_sum_is_the_same_and_set_aside_where_not() -> None:
    assert paid(cadre(1, started="2019")) == [2000]
    assert paid(cadre(1, started="2026-03")) == [2000]
    assert errors(cadre(1, started="2026")) == ["times-vague"]
    by = with_policy(months={"joining": "days"})
    assert errors(cadre(1, started="2026-03"), by=by) == ["times-vague"]


def test_two_who_hold_one_post_of_a_village_are_both_set_aside() -> None:
    two = cadre(1, village="河西村"), cadre(2, village="河西村", started="2024-05-01")
    assert errors(*two) == ["two-holders", "two-holders"]
    assert errors(cadre(1, village="河西村", township="望河乡"), two[1]) == []
    assert errors(cadre(1, village="河西村", post="副主任"), cadre(2, village="河西村", post="副主任")) == []
    ended = cadre(1, village="河西村", ended="2024-05-01")
    assert errors(ended, two[1]) == [], "the same day is a handover"


def test_a_handover_within_the_month_is_told_and_both_are_paid() -> None:
    old = cadre(1, village="河西村", ended="2026-03-15")
    new = cadre(2, village="河西村", started="2026-03-15")
    found = outcome(old, new)
    assert told(found) == ["handover", "handover"]
    assert column(found, "报酬发放表", "fen") == [200000, 200000]
    assert told(outcome(old, new, month="2026-04")) == []


def test_one_person_in_two_villages_at_once_is_set_aside_and_one_after_the_other_is_paid() -> None:
    here, there = cadre(1), cadre(1, village="河西村", line=9, post="副主任")
    assert errors(here, there) == ["two-villages", "two-villages"]
    moved = cadre(1, ended="2024-05-01"), cadre(1, village="河西村", line=9, started="2024-05-01")
    assert errors(*moved) == [] and paid(*moved) == [0, 2000]


def test_a_persons_other_rows_wait_with_the_one_that_waits() -> None:
    spoilt = cadre(1, post="护林员", ended="2024-05-01"), cadre(1, started="2024-05-01", line=9)
    assert errors(*spoilt) == ["other-row", "post-unknown"]


def test_two_overlapping_spells_in_one_post_are_set_aside() -> None:
    assert errors(cadre(1), cadre(1, started="2023-01-01", line=9)) == ["spells-overlap"] * 2


def test_one_post_in_two_words_is_one_post_and_a_row_written_twice_counts_once() -> None:
    two = cadre(1), cadre(1, post="村党支部书记", started="2023-01-01", line=9)
    assert errors(*two) == ["spells-overlap"] * 2
    found = outcome(cadre(1), cadre(1, line=9))
    assert set(told(found)) == {"listed-alike"} and column(found, "报酬发放表", "fen") == [200000]


def test_an_account_of_two_people_and_a_number_under_two_names_are_set_aside() -> None:
    assert errors(cadre(1), cadre(2, account=account(1))) == ["shared-account"] * 2
    two = cadre(1), cadre(1, name="别人", post="副主任", line=9)
    assert errors(*two) == ["one-number", "one-number"]
    cards = cadre(1), cadre(1, post="副主任", account=account(7), line=9)
    assert errors(*cards) == ["accounts-differ", "accounts-differ"]


def test_a_telephone_of_two_people_is_a_warning() -> None:
    found = outcome(cadre(1, phone="13800000000"), cadre(2, phone="13800000000"))
    assert told(found) == ["shared-phone", "shared-phone"] and found.tally.set_aside == 0


def test_whoever_is_on_a_list_by_number_is_set_aside() -> None:
    assert errors(cadre(1), cadre(2), screen=[listed(2)]) == ["on-list"]


def test_a_line_of_a_list_with_neither_name_nor_number_is_an_error_of_the_list() -> None:
    broken = ScreenedPerson(row=Row(Source("名单.xlsx", "名单", {}), 5, ()), kind="财政供养")
    found = outcome(cadre(1), screen=[broken])
    assert told(found) == ["list-unread"] and column(found, "报酬发放表", "fen") == [200000]


def test_a_card_that_nobody_collected_sets_its_row_aside() -> None:
    found = outcome(cadre(1), cadre(2), cards=[unclaimed(2)])
    assert (told(found), found.tally.set_aside) == (["card-unclaimed"], 1)


@pytest.mark.parametrize("state", ["未激活", "注销"])
def test_a_card_that_cannot_be_used_is_paid_and_stays_out_of_the_banks_file(state: str) -> None:
    found = outcome(cadre(1, card=state), cadre(2))
    assert told(found) == ["account"] and "去开户行" in found.findings[0].mend
    assert column(found, "报酬发放表", "fen") == [200000, 200000]
    (table,) = found.payments()
    assert len(table.rows) == 1 and table.besides == (("无有效账户", 1, 200000),)


def test_a_village_without_a_row_or_a_class_is_set_aside_only_where_the_standard_asks_for_it() -> None:
    by = with_policy("danfeng-2011")
    assert errors(cadre(1), by=by, month="2012-01") == []  # not in office yet
    assert errors(cadre(1), by=by) == ["village-missing"]
    for kind in ("", "特大"):
        assert errors(cadre(1), by=by, villages=[village("第1村", kind=kind)]) == ["village-class"]
    assert errors(cadre(1)) == []


def test_an_income_that_was_not_renewed_for_the_year_sets_aside_and_names_the_key() -> None:
    (finding,) = whole(cadre(1), by=with_policy("hubei-2021")).findings
    assert finding.code == "pay.base-missing"
    assert "2025 年" in finding.message and "income.figures" in finding.message


def test_performance_waits_where_the_grade_is_missing_unknown_or_written_twice() -> None:
    people = [cadre(n) for n in (1, 2, 3)]
    graded = [appraisal(1, "良"), appraisal(2, "良好"), appraisal(2, "优秀", line=9)]
    given = wages(*people, month="2026-02", appraisals=graded)
    assert [(one.fen, bool(one.waits)) for one in given] == [(200000, True)] * 3
    codes = told(whole(*people, month="2026-02", appraisals=graded))
    assert sorted(codes) == [
        "grade-missing",
        "grade-unknown",
        "grade-unknown",
        "listed-twice",
        "listed-twice",
    ]


def test_an_appraisal_of_nobody_on_the_roster_is_told() -> None:
    found = outcome(cadre(1), month="2026-02", appraisals=[appraisal(1, "一般"), appraisal(9, "一般")])
    assert told(found) == ["appraisal-stray"]


def test_grades_beyond_their_shares_are_told_and_paid_by_default() -> None:
    people = [cadre(n) for n in range(1, 11)]
    graded = [appraisal(n, "优秀" if n <= 4 else "良好") for n in range(1, 11)]
    found = outcome(*people, month="2026-02", appraisals=graded)
    assert told(found) == ["grades-over", "grades-over"]
    assert column(found, "考核等次分布", "over") == [1, 0, 0, 0, 2]
    assert sum(column(found, "报酬发放表", "performance")) == 4 * 2163840 + 6 * 1545600


def test_performance_beyond_its_pot_is_told() -> None:
    by = with_policy(performance={"pot": 110})
    people = [cadre(n) for n in range(1, 4)]
    graded = [appraisal(1, "优秀"), appraisal(2, "良好"), appraisal(3, "一般")]
    assert "pot-over" not in told(outcome(*people, month="2026-02", by=by, appraisals=graded))
    graded[1] = appraisal(2, "优秀")
    assert "pot-over" in told(outcome(*people, month="2026-02", by=by, appraisals=graded))


def test_rewards_of_a_village_are_cut_to_its_cap_without_losing_a_fen() -> None:
    reward = {
        "clause": "奖励",
        "month": 2,
        "steps": [{"every": 10000, "yuan": 1000}],
        "at_most": 20,
    }
    by = with_policy(reward=reward, performance=None)
    here = village("河西村", income=70000)
    three = [cadre(1, village="河西村"), *(cadre(n, village="河西村", post="副主任") for n in (2, 3))]
    given = wages(*three, month="2026-02", by=by, villages=[here])
    assert sum(one.component("reward") for one in given) == 14_000_00
    assert all(one.component("reward") for one in given)
    lone = wages(cadre(1), month="2026-02", by=by)
    assert lone[0].waits and lone[0].fen == 200000


def test_last_months_result_of_another_county_stops_the_run() -> None:
    last = outcome(cadre(1, township="外县镇"), month="2026-02", appraisals=[appraisal(1)])
    with pytest.raises(UserError, match=r"上期\.xlsx 里的乡镇（外县镇）本期名册里一个也没有"):
        outcome(cadre(1), last=last)


def test_a_grade_with_somebodys_number_and_another_name_pays_nobody() -> None:
    given = [appraisal(1, "优秀", name=called(2)), appraisal(2, "优秀")]
    run = outcome(cadre(1), cadre(2), month="2026-02", appraisals=given)
    assert column(run, "绩效考核兑现表", "due") == [0, 21_638_40]
    assert told(run).count("grade-unknown") == 1
    assert column(run, "报酬发放表", "waits") == ["绩效待定", None]
