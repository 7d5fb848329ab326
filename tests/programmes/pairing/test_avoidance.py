"""Who may not help whom: oneself, relatives by number or by name alone, and people of one household."""

from typing import Any

import pytest

from tests.programmes.pairs import (
    changed,
    column,
    helper,
    member,
    moved,
    name,
    number,
    outcome,
    pairs,
    told,
)


@pytest.mark.parametrize(
    ("of_member", "of_helper", "why", "heading"),
    [
        ({"identity": number(501)}, {}, "本人", "身份证号"),
        ({"kin": number(501)}, {}, "亲属", "亲属身份证号"),
        ({}, {"kin": f"父亲{number(1)}"}, "亲属", "身份证号"),
        ({"household": "0007"}, {"household": "０００7"}, "同户", "户号"),
    ],
)
def test_nobody_is_helped_by_himself_a_relative_or_his_household(
    of_member: dict[str, Any], of_helper: dict[str, Any], why: str, heading: str
) -> None:
    by = helper(1, **{**of_helper, **({"name": name(1)} if "identity" in of_member else {})})
    run = outcome([member(1, had=1, **of_member)], [by])
    assert column(run, "未结对名单", "helps") == ["名册上的帮扶人都要回避，请另派帮扶人"]
    assert moved(run) == {1: f"须回避：{why}"}
    assert told(run) == ["related", "not-kept", "too-few-places"]
    assert run.findings[0].place.heading == heading


def test_the_son_of_the_helped_man_is_told_with_his_place_and_somebody_else_helps() -> None:
    run = outcome([member(1, had=1, kin=f"儿子{name(501)} {number(501)}")], [helper(1), helper(2)])
    note, warning = run.findings
    assert note.message == f"{name(1)}：须回避 {name(501)}（亲属），没有与其结对"
    assert (
        warning.message == f"{name(1)}：原帮扶人 {name(501)} 没有保留（须回避：亲属），改由 {name(502)} 帮扶"
    )
    assert note.place.cell and warning.place.cell and note.mend and warning.mend


def test_a_relative_by_name_alone_is_avoided_with_a_warning_unless_the_policy_says_otherwise() -> None:
    for by_member, by_helper, heading in (
        (f"儿子：{name(501)}", "", "亲属身份证号"),
        ("", f"{name(1)}（父）", "姓名"),
    ):
        given_rows = [member(1, kin=by_member)], [helper(1, kin=by_helper), helper(2)]
        run = outcome(*given_rows)
        assert (pairs(run), told(run)) == ({1: 2}, ["name-alike"])
        assert run.findings[0].place.heading == heading
        by = changed('同户的不结对"', '同户的不结对"\nnames = false')
        assert pairs(outcome(*given_rows, by=by)) == {1: 1}


def test_a_county_may_pair_people_of_one_household_number() -> None:
    rows = [member(1, household="7")], [helper(1, household="7")]
    assert pairs(outcome(*rows)) == {}
    by = changed('同户的不结对"', '同户的不结对"\nhousehold = false')
    assert pairs(outcome(*rows, by=by)) == {1: 1}
