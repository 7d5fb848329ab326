"""Cases of 创业扶助基金 that the domain lists print, by their numbers, and its rules one by one."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from sanchuang_cli.domain.loans.account import LoanTerms, replayed
from sanchuang_cli.domain.loans.daycount import LoanTerm
from sanchuang_cli.domain.loans.interest import Bearing, earned
from sanchuang_cli.domain.loans.rosters import Applicant
from tests.programmes.borrowers import (
    applicant,
    application,
    applications,
    changed,
    codes,
    event,
    failed,
    judged,
    lending,
    loan,
    policies,
    switched,
)
from tests.programmes.people import identity
from tests.roster.parsing import read_cell


def a_year(rate: str, fen: int, **how: Any) -> int:
    """Interest in fen of a loan that is out for the 365 days from the first of January 2025."""
    account = replayed(LoanTerms(fen, Fraction(rate), LoanTerm(date(2025, 1, 1), 12)), (), date(2026, 1, 1))
    assert not isinstance(account, tuple)
    return earned(account, Bearing(Fraction(rate), **how), date(2025, 12, 31))


# --- the cases of the lists


def test_h15_100_000_at_a_base_of_6_and_a_fifth_more_bear_7_200_in_365_days() -> None:
    rule = switched(interest={"base": [{"effective": date(2012, 1, 1), "percent": 6}]}).editions[0].interest
    rate = rule.base_on(date(2025, 1, 1)) * rule.base_times
    assert rate == Fraction(72, 1000)
    assert a_year("0.072", 100_000_00, day_count="365") == 7_200_00


@pytest.mark.parametrize(("own", "part"), [(34_000, "不符合"), (35_000, "拟批")])
def test_h17_own_funds_of_34_per_cent_are_refused_and_of_35_accepted(own: int, part: str) -> None:
    found = application(applicant(own=own))
    assert found.part == part
    assert failed(found) == (["自有资金"] if part == "不符合" else [])


@pytest.mark.parametrize(("households", "yuan"), [(7, 140_000), (12, 200_000)])
def test_n87l_ningde_lends_20_000_for_each_household_led_and_200_000_at_most(
    households: int, yuan: int
) -> None:
    fund = {"pool": {"clause": "县里填", "total": [{"effective": date(2012, 1, 1), "yuan": 10**6}]}}
    by = changed(lambda edition: edition.update(fund), "ningde-2016")
    found = application(applicant(asked=500_000, households=households), by=by, on=date(2025, 12, 31))
    assert (found.part, found.granted) == ("拟批", yuan * 100)


THREE_YEARS: dict[str, Any] = {"lent": "2023-01-01", "months": 36}
"""Longer than the subsidy."""


@pytest.mark.parametrize(("month", "paid"), [("2024-12", True), ("2025-01", False)])
def test_n89l_month_24_is_subsidised_and_month_25_is_not(month: str, paid: bool) -> None:
    last = date(2024, 12, 31) if paid else date(2025, 1, 31)
    found = lending(of=loan(**THREE_YEARS), period=month, on=last)
    assert (found.subsidy > 0) is paid and found.interest > 0


def test_n89l_after_an_extension_nothing_is_subsidised_though_interest_runs() -> None:
    extended = event(1, "2025-12-20", "展期", months=6)
    found = lending(extended, period="2026-01", on=date(2026, 1, 31))
    assert (found.part, found.subsidy) == ("在贷", 0) and found.interest > 0


def test_n89l_while_a_loan_is_overdue_nothing_is_subsidised() -> None:
    found = lending(period="2026-01", on=date(2026, 1, 31))
    assert (found.part, found.overdue, found.subsidy) == ("逾期", 30, 0) and found.interest > 0


@pytest.mark.parametrize(("day_count", "fen"), [("365", 2_175_00), ("360", 2_205_21)])
def test_n91l_50_000_at_4_35_by_each_count_of_days(day_count: str, fen: int) -> None:
    assert a_year("0.0435", 50_000_00, day_count=day_count) == fen
    by = switched(interest={"day_count": day_count})
    assert lending(by=by).interest == fen


JINZHAI: dict[str, Any] = {"by": policies("jinzhai-2015")}
LATE = loan(lent="2025-03-01", rate=4.35)


@pytest.mark.parametrize(
    ("settled", "on", "subsidy", "call"),
    [
        ("2026-03-01", date(2026, 3, 1), 2_175_00, 0),
        (None, date(2026, 3, 30), 0, 0),
        (None, date(2026, 3, 31), 0, 36_522_50),
    ],
    ids=("on time", "29 days late", "30 days late"),
)
def test_n93l_jinzhai_pays_all_interest_of_who_is_on_time_and_the_fund_70_per_cent_of_who_is_30_days_late(
    settled: str | None, on: date, subsidy: int, call: int
) -> None:
    events = [event(1, settled, "结清")] if settled else []
    found = lending(*events, of=LATE, period="2026", on=on, **JINZHAI)
    assert (found.subsidy, found.call) == (subsidy, call)


@pytest.mark.parametrize(
    ("earlier", "asked", "months", "why"),
    [(0, 5_000, 12, []), (0, 5_001, 12, ["限额"]), (1, 10_000, 12, []), (1, 10_000, 13, ["期限"])],
)
def test_n95l_longxian_lends_5_000_first_10_000_then_and_for_12_months_at_most(
    earlier: int, asked: int, months: int, why: list[str]
) -> None:
    fund = {"pool": {"clause": "县里填", "total": [{"effective": date(2012, 1, 1), "yuan": 10**6}]}}
    by = changed(lambda edition: edition.update(fund), "longxian")
    who = applicant(asked=asked, months=months)
    before = [loan(n, 5_000, identity=who.identity, lent="2024-01-01") for n in range(1, earlier + 1)]
    back = [event(n, "2024-12-01", "结清") for n in range(1, earlier + 1)]
    assert failed(application(who, *before, events=back, by=by)) == why


def test_the_printed_example_comes_to_the_fen() -> None:
    """Section 5, point 5 of the default policies."""
    events = [event(1, "2025-07-01", "还本", 20_000), event(1, "2025-12-01", "结清")]
    whole, first, second = (
        lending(*events, period=period, on=date(2025, 12, 31)) for period in ("2025", "2025H1", "2025H2")
    )
    assert (whole.interest, first.interest, second.interest) == (1_625_59, 1_078_56, 547_03)
    assert (whole.subsidy, first.subsidy, second.subsidy) == (1_121_10, 743_84, 377_26)
    assert (first.before, second.before, whole.part) == (0, 743_84, "已结清")


# --- conditions


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"category": "预备党员"}, "人员类别"),
        ({"born": "2007-10-09"}, "年龄"),
        ({"born": "1964-10-08"}, "年龄"),
        ({"opened": "2023-10-09"}, "项目运行"),
        ({"households": 4}, "带动户数"),
        ({"credit": "不良"}, "信用"),
        ({"months": 13}, "期限"),
        ({"other": True}, "不重复贴息"),
        ({"项目前景分": 4}, "总分"),
        ({"asked": 0}, "限额"),
    ],
    ids=str,
)
def test_one_condition_that_is_not_met_refuses_with_its_clause(fields: dict[str, Any], why: str) -> None:
    found = application(applicant(**fields))
    assert (found.part, failed(found)) == ("不符合", [why])
    assert found.failed[0].basis


@pytest.mark.parametrize(
    "fields",
    [
        {"born": "2007-10-08"},
        {"born": "1964-10-09"},
        {"opened": "2023-10-08"},
        {"opened": "2023-09"},
        {"households": 5},
        {"项目前景分": 5},
    ],
    ids=str,
)
def test_a_condition_that_is_just_met_is_met(fields: dict[str, Any]) -> None:
    assert application(applicant(**fields)).part == "拟批"


def test_every_condition_that_fails_is_told_with_what_is_lacking() -> None:
    found = application(applicant(own=34_000, households=3, opened="2024-10-08"))
    said = {reason.what: reason.said for reason in found.failed}
    assert "还差 1000.00 元" in said["自有资金"] and "还差 2 户" in said["带动户数"]
    assert "2026-10-08 才满" in said["项目运行"]


def test_a_probationary_member_may_apply_where_the_policy_says_so() -> None:
    words = {"member": {"clause": "含预备党员", "accept": ["正式党员", "预备党员"]}}
    assert application(applicant(category="预备党员"), by=switched(conditions=words)).part == "拟批"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"category": "团员"}, "word-unknown"),
        ({"opened": "2023"}, "opened-vague"),
        ({"day": "2025-10"}, "day-vague"),
        ({"own": 120_000}, "own-over-total"),
        ({"spouse": identity("1980-01-01", number=1)}, "own-spouse"),
        ({"day": "2026-02-01"}, "not-yet"),
    ],
)
def test_what_is_not_understood_is_set_aside(fields: dict[str, Any], code: str) -> None:
    whole = judged([applicant(**fields)])
    assert (codes(whole), whole.tally.set_aside) == (sorted([code, "loans-none"]), 1)


@pytest.mark.parametrize(
    ("cell", "part"),
    [(cell, "拟批") for cell in ("无", "没有", "/", "未婚", "离异", "丧偶", "无配偶")]
    + [(cell, "") for cell in ("不详", "王秀英", "1101011")],
)
def test_that_there_is_no_spouse_is_an_answer_and_what_is_not_understood_is_none(
    cell: str, part: str
) -> None:
    (spouse,) = (one for one in Applicant.declared() if one.name == "spouse")
    read = read_cell(spouse, cell)
    who = applicant(spouse=cell)
    who = replace(who, spouse="", row=replace(who.row, unread=("spouse",)))
    assert ("".join(one.part for one in judged([who]).of()), bool(read.findings)) == (part, not part)
    if not part:
        message = next(one.message for one in judged([who]).findings if one.code == "fund.unread")
        assert (cell in message) is not any(map(str.isdigit, cell))


# --- the loans of a household


WIFE = identity("1982-03-04", "女", 7)


@pytest.mark.parametrize("whose", ["own", "spouse"])
@pytest.mark.parametrize(("back", "part"), [(False, "不符合"), (True, "拟批")])
def test_an_open_loan_of_oneself_or_of_the_spouse_rules_out_another(
    whose: str, back: bool, part: str
) -> None:
    who = applicant(spouse=WIFE)
    out = loan(1, lent="2025-03-01", identity=who.identity if whose == "own" else WIFE)
    found = application(who, out, events=[event(1, "2025-09-01", "结清")] if back else [])
    assert found.part == part
    assert failed(found) == ([] if back else ["名下贷款"])


def test_whoever_is_overdue_or_was_written_off_is_lent_nothing_more() -> None:
    who = applicant(spouse=WIFE, day="2025-12-08")
    two = {"open_loans": {"clause": "至多两笔", "most": 2}}
    late = loan(1, lent="2024-12-01", identity=WIFE)
    assert failed(application(who, late, by=switched(conditions=two))) == ["停贷"]
    lost = [event(1, "2025-06-01", "核销")]
    assert failed(application(who, late, events=lost, by=switched(conditions=two))) == ["停贷"]
    assert (
        failed(application(who, loan(1, lent="2025-11-01", identity=WIFE), by=switched(conditions=two))) == []
    )


def test_an_application_that_was_lent_on_is_not_lent_on_again() -> None:
    who = applicant()
    lent = loan(1, lent="2025-11-01", identity=who.identity)
    found = application(who, lent, events=[event(1, "2025-12-01", "结清")])
    assert failed(found) == ["没有发放过"]


def test_an_application_waits_for_a_loan_of_its_household_that_is_set_aside() -> None:
    who = applicant(spouse=WIFE)
    wrong = loan(1, identity=WIFE, lent="2025-03-01")
    whole = judged([who, applicant(2)], [wrong], [event(1, "2025-05-01", "还本", 60_000)])
    assert list(applications(whole)) == ["甲2"] and "loan-unsure" in codes(whole)


# --- ranks and the pot


def pot(yuan: int, **more: Any) -> Any:
    total = [{"effective": date(2012, 1, 1), "yuan": yuan}]
    return changed(lambda edition: (edition["pool"].update(total=total), edition.update(more)))


def outcomes(by: Any, *who: Any, **how: Any) -> dict[str, tuple[str, str]]:
    return {name: (one.part, one.why) for name, one in applications(judged(who, by=by, **how)).items()}


SHORT, TIED = "可贷资金不够，排在后面", "并列在能贷与不能贷之间，由人定"


def test_the_best_are_lent_to_first_and_the_first_that_does_not_fit_ends_the_list() -> None:
    found = outcomes(
        pot(150_000),
        applicant(1, 信用分=10, asked=30_000),
        applicant(2, asked=60_000),
        applicant(3, 信用分=11, asked=100_000),
        applicant(4, 信用分=15, asked=60_000),
    )
    assert found == {"甲4": ("拟批", ""), "甲2": ("拟批", ""), "甲3": ("候补", SHORT), "甲1": ("候补", SHORT)}


@pytest.mark.parametrize(
    ("yuan", "more", "told"),
    [
        (119_999, {}, True), (120_000, {}, False), (60_000, {"credit": "良好"}, False),
        (500_000, {"caps": {"clause": "限", "township_loans": 1}}, True),
    ],
)  # fmt: skip
def test_who_is_proposed_while_somebody_waits_who_may_come_before_is_told(
    yuan: int, more: dict[str, Any], told: bool
) -> None:
    """Two ask for 60,000 each; of the second nobody knows the credit, unless `more` says it."""
    waits = applicant(2, credit=more.get("credit", "一般般"), asked=60_000)
    blocks = {name: block for name, block in more.items() if name != "credit"}
    whole = judged([applicant(1, asked=60_000), waits], by=pot(yuan, **blocks))
    assert ("fund.may-be-passed" in {one.code for one in whole.findings}) is told
    assert [one.part for one in whole.of() if one.record.name == "甲1"] == [
        "拟批" if more.get("credit") is None else "候补"
    ]


def test_households_and_then_the_earlier_day_settle_a_tie_and_nothing_else_does() -> None:
    many, early = applicant(1, households=9), applicant(2, day="2025-10-07")
    found = outcomes(pot(120_000), many, early, applicant(3), applicant(4))
    assert [name for name, (part, _) in found.items() if part == "拟批"] == ["甲1", "甲2"]
    found = outcomes(pot(180_000), many, early, applicant(3), applicant(4))
    assert {name: why for name, (part, why) in found.items() if part == "候补"} == {"甲3": TIED, "甲4": TIED}


def test_of_two_spouses_who_apply_one_is_lent_to() -> None:
    better = applicant(1, spouse=identity("1985-05-05", number=2), 信用分=15)
    found = outcomes(None, better, applicant(2, born="1985-05-05"))
    assert found == {"甲1": ("拟批", ""), "甲2": ("候补", "本人或配偶另有一笔申请已列入拟批")}


def test_a_township_that_is_full_ends_nothing_for_the_others() -> None:
    caps = {"caps": {"clause": "每乡镇一笔", "township_loans": 1}}
    found = outcomes(
        pot(10**6, **caps), applicant(1, 信用分=15), applicant(2, 信用分=14), applicant(3, township="白石镇")
    )
    assert found["甲2"] == ("候补", "本乡镇本批的名额或金额已满")
    assert found["甲1"][0] == found["甲3"][0] == "拟批"


def test_what_was_lent_this_year_counts_against_the_cap_of_the_year() -> None:
    caps = {"caps": {"clause": "全年 10 万", "year": 100_000}}
    before = [loan(1, 30_000, lent="2025-02-01"), loan(2, 90_000, lent="2024-02-01")]
    whole = judged([applicant(1, 信用分=15), applicant(2)], before, by=pot(10**6, **caps))
    assert [one.part for one in applications(whole).values()] == ["拟批", "候补"]


def test_more_than_the_limit_is_cut_to_it_with_a_warning_or_refused_as_the_policy_says() -> None:
    whole = judged([applicant(asked=150_000)])
    assert [one.granted for one in applications(whole).values()] == [100_000_00]
    assert codes(whole) == ["loans-none", "over-cap"] and not whole.tally.set_aside
    assert failed(application(applicant(asked=150_000), by=switched(limit={"over": "refuse"}))) == ["限额"]


def test_a_loan_that_stands_twice_alike_is_one_loan_and_keeps_nobody_waiting() -> None:
    once = loan(1, identity=applicant().identity, lent="2024-01-01")
    again = replace(once, row=replace(once.row, number=9))
    back = [event(1, "2024-12-01", "结清")]
    found = judged([applicant()], [once, again], back)
    assert codes(found) == ["listed-alike", "rate-over"] and applications(found)["甲1"].part == "拟批"
    assert found.more.lines(0, 0)[10].many == 1


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({}, "候补"),
        ({"lent": "2024-12-31"}, "拟批"),
        ({"lent": "2024"}, "候补"),
        ({"principal": 40_000}, "拟批"),
        ({"principal": 40_000.01}, "候补"),
    ],
)
def test_the_cap_of_a_year_counts_loans_of_the_year_and_those_that_are_set_aside(
    fields: dict[str, Any], part: str
) -> None:
    capped = changed(lambda edition: edition.update(caps={"clause": "总量", "year": 100_000}))
    assert application(applicant(), loan(**fields), by=capped).part == part
