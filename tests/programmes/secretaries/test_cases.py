"""The cases of `secretaries` by their ids, under the default policy unless a case names another switch."""

from datetime import date, timedelta

import pytest

from sanchuang_cli.domain.ballots.election import PAPERS, paper
from sanchuang_cli.domain.leaders.tenures import IN_OFFICE, PROPOSED, VACANT
from tests.programmes.incumbents import (
    changed,
    default,
    election,
    fates,
    hits,
    lines,
    nomination,
    nominee,
    outcome,
    pack,
    round_lines,
    secretary,
    tenure,
    vacancy,
    votes,
)


@pytest.mark.parametrize(
    ("on", "part"),
    [(date(2012, 6, 2), PROPOSED), (date(2012, 5, 20), VACANT), (date(2012, 5, 21), PROPOSED)],
)
def test_G_15_vacant_for_more_than_three_months(on: date, part: str) -> None:
    found = tenure(vacancy(since="2012-02-20", 本届起="2011-03-01"), on=on)
    assert found.part == part
    assert [hit.what for hit in found.hits] == ["书记出缺超过三个月"] * (part == PROPOSED)


@pytest.mark.parametrize(("years", "part"), [(1, IN_OFFICE), (2, PROPOSED), (3, PROPOSED)])
def test_G_16_two_years_without_a_candidate_for_membership(years: int, part: str) -> None:
    assert tenure(secretary(连续未列发展对象年数=years)).part == part


@pytest.mark.parametrize(
    ("satisfied", "valid", "part"), [(599, 1000, PROPOSED), (600, 1000, IN_OFFICE), (3, 5, IN_OFFICE)]
)
def test_G_17_satisfaction_below_60_per_cent(satisfied: int, valid: int, part: str) -> None:
    assert tenure(secretary(满意票=satisfied, 有效票=valid)).part == part


@pytest.mark.parametrize(
    ("first", "second", "part"),
    [(True, True, PROPOSED), (True, False, IN_OFFICE), (None, True, IN_OFFICE), (False, False, IN_OFFICE)],
)
def test_G_19_last_in_both_halves_of_a_year(first: bool | None, second: bool | None, part: str) -> None:
    for by in (default(), pack("linzhang-2016")):
        assert tenure(secretary(by=by, 上半年末位=first, 下半年末位=second), by=by).part == part


@pytest.mark.parametrize(("needs", "fate"), [("at_least", "当选"), ("more_than", "选举无效")])
def test_N_41Q_32_of_40_came(needs: str, fate: str) -> None:
    by = changed(
        (
            f'needs = "{"more_than" if needs == "at_least" else "at_least"}", share = "4/5"',
            f'needs = "{needs}", share = "4/5"',
        )
    )
    assert fates(election(应选=1), *votes(张建国=25), by=by) == {"张建国": fate}


def test_N_41Q_an_election_is_judged_by_the_rules_of_its_own_day() -> None:
    asked = [election(应选=1, 选举日期=day) for day in ("2020-07-12", "2020-07-13")]
    assert [fates(one, *votes(张建国=25))["张建国"] for one in asked] == ["选举无效", "当选"]


@pytest.mark.parametrize(
    ("names", "marked", "kind"),
    [(6, False, "无效票"), (5, False, "有效票"), (4, False, "有效票"), (5, True, "废票")],
)
def test_N_43Q_five_to_choose(names: int, marked: bool, kind: str) -> None:
    assert PAPERS[paper(names, 5, marked=marked)] == kind


def test_N_43Q_void_papers_are_no_votes() -> None:
    """Thirty papers came back, of which one names six and one bears a number: 28 are left."""
    round_one = election(应到=30, 实到=30, 发出=30, 收回=30, 有效=28, 无效=2, 应选=5)
    assert fates(round_one, *votes(张建国=28, 李秀英=16)) == {"张建国": "当选", "李秀英": "当选"}
    assert set(fates(round_one, *votes(张建国=29)).values()) == {"待核实"}


def test_N_45Q_the_two_with_18_are_voted_on_again() -> None:
    round_one = election(应到=30, 实到=30, 发出=30, 收回=30)
    found = fates(round_one, *votes(张建国=25, 李秀英=22, 王志强=18, 赵敏=18))
    assert found == {"张建国": "当选", "李秀英": "当选", "王志强": "并列再选", "赵敏": "并列再选"}


def test_N_47Q_four_are_elected_and_the_fifth_seat_is_never_filled_from_below_half() -> None:
    named = votes(张建国=29, 李秀英=28, 王志强=27, 赵敏=26, 钱伟=15)
    for consent, said in ((None, "另行选举，或经多数同意空着"), (True, "经多数同意空着")):
        found = round_lines(election(应到=30, 实到=30, 发出=30, 收回=30, 应选=5, 同意空额=consent), *named)
        assert [line.fate for line in found] == ["当选"] * 4 + ["未过半"]
        assert found[0].seats == f"1 个名额没有选出：{said}"


@pytest.mark.parametrize(("members", "fate"), [(499, "选举无效"), (500, "当选"), (None, "待核实")])
def test_N_49Q_delegates_may_elect_from_500_members_on(members: int | None, fate: str) -> None:
    round_one = election(会议="代表大会", 应选=1, 党员数=members)
    assert fates(round_one, *votes(张建国=30)) == {"张建国": fate}


def _terms(began: date, until: date, since: str) -> int:
    """How many terms are full by a day, each beginning on the day after the one before."""
    by = changed(("effective = 2018-07-12", f"effective = {since}"))
    full = 0
    while True:
        ends = tenure(secretary(本届起=f"{began:%Y-%m-%d}"), by=by).ends
        assert ends and ends.exact
        if ends.latest > until:
            return full
        full, began = full + 1, ends.latest + timedelta(1)


@pytest.mark.parametrize(("since", "full"), [("2018-07-12", 2), ("2018-01-01", 1)])
def test_T_11_two_terms_of_three_years_or_one_and_a_part_of_five(since: str, full: int) -> None:
    """2015-01…2020-12: the second term began on 2018-01-01, before terms of five years, or with them."""
    assert _terms(date(2015, 1, 1), date(2020, 12, 31), since) == full


def test_the_example_of_defaults_32_of_40_and_three_seats() -> None:
    found = round_lines(election(), *votes(张建国=25, 李秀英=22, 王志强=18, 赵敏=18))
    assert [line.fate for line in found] == ["当选", "当选", "并列再选", "并列再选"]
    assert found[0].why == "得票应超过实到的 1/2：实到 32，至少 17 票"
    assert found[0].seats == "1 个名额并列，再选"


def test_a_proposal_has_its_clause_and_its_cell() -> None:
    (line,) = lines(outcome(vacancy(since="2026-08-20")), "调整建议表")
    assert line["依据"] == "软弱涣散的情形：书记出缺三个月以上"
    assert line["单元格"] == "名册.xlsx 名册 G4（出缺日期）"
    assert line["情况"] == "出缺"


def test_a_candidate_of_whom_nothing_lacks_is_ready() -> None:
    assert nomination(vacancy(), nominee()).part == "齐备"
    assert not hits(vacancy(since="2026-10-01"))
