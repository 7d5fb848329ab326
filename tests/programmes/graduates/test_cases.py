"""Cases of 大学生村官 that the domain list prints, by their numbers; its worked example, and its rules one by one."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from sanchuang_cli.domain.contracts.policy import GraduatePolicy
from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Due
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile, load, source
from sanchuang_cli.record import Row
from tests.ledger.county import account
from tests.programmes.contracts import (
    changed,
    column,
    contract,
    default,
    entitled,
    ledger,
    outcome,
    told,
)

N10 = changed("amount = 2000", "amount = 3000")


@pytest.mark.parametrize(("month", "back"), [(6, 300_000), (7, 150_000), (12, 150_000), (13, 0)])
def test_n21b_settling_in_of_3000_is_given_back_by_the_month_of_leaving(month: int, back: int) -> None:
    left = f"{2025 + (month + 1) // 12}-{(month + 1) % 12 + 1:02d}-20"
    run = outcome(contract(started="2025-03-15", left=left, reason="辞职"), period=left[:4], by=N10)
    assert (ledger(run, "back"), column(run, "应退安家费", "nth")) == ([back], [month] if back else [])


def test_n23b_dissolved_on_10_may_the_allowance_stops_from_june() -> None:
    left = contract(started="2024-01-01", left="2026-05-10", reason="辞职")
    assert [ledger(outcome(left, period=f"2026-{month:02d}"), "months") for month in (5, 6)] == [[1], [0]]
    assert ledger(outcome(left), "months") == [5]


def test_n25b_twelve_new_officials_in_a_county_of_class_three_cost_120000() -> None:
    run = outcome(*(contract(number) for number in range(1, 13)))
    sums = [sum(column(run, "分乡镇汇总表", name)) for name in ("allowance", "settling", "fen")]
    assert sums == [9_600_000, 2_400_000, 12_000_000]


def test_n25b_every_one_of_the_six_classes_of_yunnan_has_its_sum() -> None:
    pack = load(GraduatePolicy, *source("graduates", "yunnan-six-classes"))
    every = [contract(n, county_class=f"{name}类") for n, name in enumerate("一二三四五六", 1)]
    run = outcome(*every, by=pack)
    assert [fen // 100 for fen in ledger(run, "allowance")] == [5000, 6000, 8000, 10000, 12000, 15000]
    assert ledger(run, "settling") == [200_000] * 6
    run = outcome(*(contract(n, county_class="三类") for n in range(1, 13)), by=pack)
    assert column(run, "分乡镇汇总表", "fen") == [12_000_000]


def test_the_worked_example_holds_to_the_fen() -> None:
    run = outcome(
        contract(1),
        contract(2, left="2026-07-10", reason="辞职"),
        contract(3, county_class="四类"),
    )
    assert ledger(run, "allowance") == [800_000, 466_666]
    assert ledger(run, "settling") == [200_000, 200_000]
    assert column(run, "分乡镇汇总表", "fen") == [1_666_666]
    assert column(run, "应退安家费", "back") == [100_000]
    assert (told(run), run.tally.set_aside) == (["no-figure"], 1)


def test_what_is_given_back_is_never_taken_from_the_allowance_or_asked_by_the_ledger() -> None:
    (claimant,) = entitled(contract(left="2026-02-10", reason="辞职")).claimants
    january, february, edition = Month(2026, 1), Month(2026, 2), "2008-01-01"
    assert claimant.due == (
        Due("大学生村官", "生活补贴", january, 66_666, edition),
        Due("大学生村官", "安家费", january, 200_000, edition),
        Due("大学生村官", "生活补贴", february, 66_667, edition),
    )


def test_nothing_is_given_back_after_death_or_by_whom_the_employer_dismissed() -> None:
    spared = ("死亡", "解聘", "单位解除", "辞职", "考录", "其他")
    run = outcome(*(contract(n, left="2026-03-31", reason=reason) for n, reason in enumerate(spared, 1)))
    assert ledger(run, "back") == [0, 0, 0, 200_000, 200_000, 200_000]


def test_what_was_really_paid_is_what_is_given_back() -> None:
    run = outcome(contract(left="2026-08-01", reason="辞职", settled=1234.55))
    assert ledger(run, "back") == [61_728], "half of 1,234.55, half up"
    less = changed("percent = 50", "percent = 30")
    run = outcome(contract(left="2026-08-01", reason="辞职", settled=1234.57), by=less)
    assert ledger(run, "back") == [37_037], (
        "30 % of 1,234.57 is 370.371, and a tenth of a fen is not made one"
    )


def test_settling_in_paid_before_the_first_edition_is_not_guessed() -> None:
    later = changed("effective = 2008-01-01", "effective = 2026-01-01")
    who: dict[str, Any] = {"started": "2025-12-01", "left": "2026-03-01", "reason": "辞职"}
    run = outcome(contract(1, **who), contract(2, **who, settled=3000), by=later)
    assert (told(run), ledger(run, "back")) == (["settled-unknown"], [300_000])


@pytest.mark.parametrize(
    ("on", "part"),
    [("2026-02-28", "未到岗"), ("2026-03-01", "在岗"), ("2026-09-30", "在岗"), ("2026-10-01", "期满")],
)
def test_the_first_and_the_last_day_of_a_contract_are_served(on: str, part: str) -> None:
    run = outcome(contract(started="2026-03-01", ended="2026-09-30"), on=date.fromisoformat(on))
    assert ledger(run, "part") == [part]


def test_dissolved_on_the_day_of_judgement_is_gone() -> None:
    run = outcome(contract(left="2026-06-30", reason="辞职"), period="2026-06")
    assert (ledger(run, "part"), ledger(run, "months")) == (["离岗"], [1])


def test_whoever_has_not_come_yet_is_no_error_and_is_paid_nothing() -> None:
    run = outcome(contract(started="2026-06-30"), period="2026-06", on=date(2026, 6, 29))
    assert (ledger(run, "part"), ledger(run, "settling"), told(run)) == (["未到岗"], [0], [])


RENEWED = (
    contract(1, "2023-03-10", "2026-03-09", line=1),
    contract(1, "2026-03-10", "2029-03-09", line=2),
)


def test_a_renewal_is_one_service_a_shared_month_counts_once_and_settling_in_never_again() -> None:
    run = outcome(*RENEWED)
    assert ledger(run, "months") == [3, 9]
    assert (ledger(run, "settling"), ledger(run, "term"), told(run)) == ([0, 0], [1, 2], [])
    assert sum(ledger(run, "allowance")) == 800_000
    assert column(run, "变更表", "change") == ["续聘"]


def test_leaving_a_renewed_contract_counts_the_months_from_the_first() -> None:
    short = contract(1, "2026-01-05", "2026-04-04", line=1)
    run = outcome(short, contract(1, "2026-04-05", "2027-04-04", line=2, left="2026-07-20", reason="辞职"))
    assert (ledger(run, "back"), column(run, "应退安家费", "nth")) == ([0, 100_000], [7])


def test_a_gap_is_told_and_paid_for_by_nobody() -> None:
    run = outcome(
        contract(1, "2025-01-01", "2026-03-31", line=1), contract(1, "2026-06-01", "2027-05-31", line=2)
    )
    assert (ledger(run, "months"), ledger(run, "settling"), told(run)) == ([3, 7], [0, 0], ["gap"])


def test_contracts_that_overlap_by_a_day_set_each_other_aside() -> None:
    run = outcome(
        contract(1, "2025-01-01", "2026-03-31", line=1), contract(1, "2026-03-31", "2027-03-30", line=2)
    )
    assert (told(run), run.tally.set_aside) == (["overlap", "overlap"], 2)


def test_the_roster_may_say_that_an_earlier_contract_is_on_no_roster() -> None:
    assert ledger(outcome(contract(term=2)), "settling") == [0]


def test_of_somebody_of_whom_a_contract_waits_nothing_is_paid() -> None:
    run = outcome(contract(1, "2023-01-01", "2022-12-31", line=1), contract(1, line=2))
    assert (told(run), run.tally.set_aside) == (["ends-before-start", "other-row"], 2)
    unread: Row = contract(1, "2020-01-01", "2022-12-31", line=2).row
    run = outcome(contract(1, line=1), contract(2, line=3), unread=[unread])
    assert (told(run), ledger(run, "months")) == (["other-row"], [12])


def test_what_was_paid_before_a_contract_that_is_not_the_first_is_left_where_the_former_is_not_listed() -> (
    None
):
    """The former was rightly paid; left off the roster, it would be asked back of whoever was renewed."""
    renewed: dict[str, Any] = {"started": "2026-01-01", "ended": "2028-12-31"}
    (claimant,) = entitled(contract(1, **renewed, term=2), period="2025H2").claimants
    months = [Month(2025, month) for month in range(7, 13)]
    parts = ("生活补贴", "安家费")
    assert claimant.waits == {("大学生村官", month, part) for month in months for part in parts}
    (first,) = entitled(contract(1, **renewed), period="2025H2").claimants
    assert not first.waits, "a first day that was put right makes what was paid before it too much"
    former = contract(1, "2023-01-01", "2025-12-31", line=2)
    (both,) = entitled(former, contract(1, **renewed, term=2), period="2025H2").claimants
    assert not both.waits and len(both.due) == 6
    (whole,) = entitled(contract(1, **renewed, term=2), period="2026H1").claimants
    assert not {month for _, month, part in whole.waits if part == "生活补贴"} & {
        due.month for due in whole.due
    }


def test_one_number_is_one_name_and_one_account() -> None:
    other: dict[str, Any] = {"started": "2026-03-10", "ended": "2029-03-09", "line": 2}
    first = RENEWED[0]
    assert told(outcome(first, contract(1, name="李保国", **other))) == ["one-number", "one-number"]
    run = outcome(first, contract(1, account=account(99), **other))
    assert (told(run), run.tally.set_aside, run.payments()) == (["accounts-differ"] * 2, 2, ())


def test_ends_within_90_and_30_days_are_deadlines_with_what_is_proposed() -> None:
    days = ("2026-10-31", "2026-11-30", "2026-12-01", "2027-01-29", "2027-01-30")
    grades = ("优秀", "不称职", "", "称职", "称职")
    given = [
        contract(n, "2024-01-01", end, grade=grade)
        for n, (end, grade) in enumerate(zip(days, grades, strict=True), 1)
    ]
    run = outcome(*given, period="2026-10")
    assert column(run, "期限", "left") == [0, 30, 31, 90, 91], "a later day may be asked about this result"
    assert column(run, "期限", "state") == ["0至30天", "0至30天", "31至90天", "31至90天", None]
    notes = ["考核优秀，建议续聘", "考核不称职，不提续聘", "考核等次未填，续聘待定", "考核称职，建议续聘"]
    assert column(run, "期限", "note") == [*notes, None]
    assert told(run) == ["grade-missing"]


def test_a_contract_that_another_follows_is_no_deadline() -> None:
    assert column(outcome(*RENEWED, period="2026-02"), "期限", "what") == []


def test_the_period_lists_who_came_left_and_served_to_the_end() -> None:
    run = outcome(
        contract(1, started="2026-10-08"),
        contract(2, "2024-01-01", left="2026-10-09", reason="考录"),
        contract(3, "2023-11-01", "2026-10-31"),
        contract(4, "2023-10-01", "2026-09-30"),
        contract(5, "2024-01-01"),
        period="2026-10",
    )
    assert column(run, "变更表", "change") == ["到岗", "离岗", "期满"]


def test_last_months_result_tells_what_changed() -> None:
    who = contract(1, "2024-01-01", left="2026-05-10", reason="辞职")
    before = {
        "identity": who.identity,
        "started": who.started,
        "name": who.name,
        "part": "离岗",
        "allowance": 66_667,
    }
    run = outcome(who, period="2026-06", last=[before])
    assert column(run, "与上期对比", "allowance_now") == [0]


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("ends-before-start", {"started": "2026-02-01", "ended": "2026-01-31"}),
        ("left-outside", {"left": "2025-12-31"}),
        ("left-outside", {"ended": "2026-03-31", "left": "2026-04-01"}),
        ("left-unclear", {"reason": "辞职"}),
        ("class-unknown", {"county_class": "七类"}),
        ("no-figure", {"county_class": "六类"}),
        ("not-yet", {"left": "2027-01-01", "reason": "辞职"}),
        ("date-vague", {"started": "2026"}),
        ("payee", {"identity": ""}),
        ("amount", {"settled": -1}),
    ],
)
def test_what_is_wrong_or_not_understood_is_set_aside_and_paid_nothing(
    code: str, fields: dict[str, Any]
) -> None:
    run = outcome(contract(**fields), contract(2))
    assert (told(run), run.tally.set_aside, ledger(run, "allowance")) == ([code], 1, [800_000])


def test_a_reason_that_is_not_given_is_told_and_the_sum_listed() -> None:
    run = outcome(contract(left="2026-03-01"))
    assert (told(run), ledger(run, "back")) == (["reason-missing"], [200_000])


def test_a_row_that_says_the_same_twice_counts_once_and_one_that_differs_waits() -> None:
    run = outcome(contract(1, line=1), contract(1, line=2))
    assert (sum(ledger(run, "allowance")), told(run)) == (800_000, ["listed-alike"] * 2)
    assert outcome(contract(1, line=1), contract(1, ended="2027-12-31", line=2)).tally.set_aside == 2


def test_a_period_before_every_edition_is_refused() -> None:
    with pytest.raises(UserError, match="没有该期标准"):
        outcome(contract(), period="2007")


def test_each_month_is_paid_by_the_edition_of_its_first_day() -> None:
    more = changed("yearly = 8000", "yearly = 12000").editions[0]
    both = PolicyFile(
        "试.toml", "0" * 64, (default().editions[0], more.model_copy(update={"effective": date(2026, 7, 2)}))
    )
    assert ledger(outcome(contract(), by=both), "allowance") == [466_666 + 500_000]


def test_the_document_may_start_and_stop_the_allowance_otherwise() -> None:
    by = changed("classes = [", 'starts = "month_after"\nstops = "month_of"\nclasses = [')
    run = outcome(contract(started="2026-02-10", left="2026-06-30", reason="死亡"), by=by)
    assert (ledger(run, "months"), ledger(run, "settling")) == ([3], [200_000])


def test_four_levels_bear_every_fen() -> None:
    run = outcome(*(contract(n, started=f"2026-{n:02d}-01") for n in range(1, 13)))
    borne = [sum(column(run, "分乡镇汇总表", f"payer{i}")) for i in range(4)]
    assert sum(borne) == sum(column(run, "分乡镇汇总表", "fen"))
    assert borne[0] > borne[1] > borne[3] > borne[2] > 0


@pytest.mark.parametrize("length", [1, 3, 6])
def test_periods_cut_anyhow_sum_to_the_year(length: int) -> None:
    """In each period the roster says what was known at its end."""
    dice = Random(length)
    cut = [Period(Month(2026, first), length) for first in range(1, 13, length)]
    for _ in range(6):
        start = date(2025, 1, 1) + timedelta(days=dice.randrange(700))
        left = start + timedelta(days=dice.randrange(730))

        def known(period: Period, start: date = start, left: date = left) -> tuple[int, ...]:
            gone: dict[str, Any] = {"left": str(left), "reason": "辞职"} if left <= period.last else {}
            run = outcome(contract(started=str(start), ended="2028-12-31", **gone), period=str(period))
            return tuple(sum(ledger(run, name)) for name in ("months", "allowance", "settling", "back"))

        parts = [sum(sums) for sums in zip(*map(known, cut), strict=True)]
        assert parts == list(known(Period.year(2026))), (start, left)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"解聘", "单位解除"', '"解聘", "开除"', "“开除”名册上没有"),
        ('refused = ["不称职"]', 'refused = ["差"]', "“差”名册上没有"),
        ("warn = [30, 90]", "warn = [90, 30]", "warn 要从小到大"),
        ("through = 12", "through = 6", "through 要从小到大"),
        ('also = ["二类县", "2类"]', 'also = ["一类县"]', "写法不能重复"),
    ],
)
def test_a_document_that_cannot_be_meant_is_refused_with_what_is_wrong(old: str, new: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        changed(old, new)


def test_a_document_without_settling_in_pays_none_and_asks_none_back() -> None:
    text = source("graduates", None)[1].decode()
    start, end = text.index("[edition.settling_in]"), text.index("[edition.funding]")
    by = load(GraduatePolicy, "试.toml", (text[:start] + text[end:]).encode())
    run = outcome(contract(left="2026-03-01", reason="辞职", settled=3000), by=by)
    assert (ledger(run, "settling"), ledger(run, "back"), ledger(run, "months")) == ([0], [0], [3])


def test_an_earlier_contract_of_which_the_roster_says_the_number_is_followed_by_the_next_number() -> None:
    run = outcome(
        contract(1, "2023-03-10", "2026-03-09", line=1, term=3),
        contract(1, "2026-03-10", "2029-03-09", line=2),
    )
    assert (ledger(run, "term"), ledger(run, "settling")) == ([3, 4], [0, 0])


@pytest.mark.parametrize(
    ("started", "change"), [("2026-10-15", ["到岗"]), ("2026-10-16", []), ("2026-09-30", [])]
)
def test_what_happened_in_the_period_is_told_up_to_the_day_of_judgement(
    started: str, change: list[str]
) -> None:
    run = outcome(contract(started=started), period="2026-10", on=date(2026, 10, 15))
    assert column(run, "变更表", "change") == change


def test_who_comes_and_leaves_in_one_period_did_both() -> None:
    run = outcome(contract(started="2026-10-05", left="2026-10-20", reason="辞职"), period="2026-10")
    assert column(run, "变更表", "change") == ["到岗、离岗"]


@pytest.mark.parametrize(("effective", "codes"), [("2025-12-01", []), ("2025-12-02", ["settled-unknown"])])
def test_settling_in_is_known_from_the_edition_of_the_first_day_of_the_month(
    effective: str, codes: list[str]
) -> None:
    by = changed("effective = 2008-01-01", f"effective = {effective}")
    run = outcome(contract(started="2025-12-15", left="2026-03-01", reason="辞职"), by=by)
    assert (told(run), ledger(run, "back")) == (codes, [200_000] if not codes else [])


def test_the_contract_left_outside_its_days_is_told_by_a_day() -> None:
    inside = [
        contract(n, "2026-02-10", "2026-09-30", left=day, reason="死亡")
        for n, day in ((1, "2026-02-10"), (2, "2026-09-30"))
    ]
    outside = [
        contract(n, "2026-02-10", "2026-09-30", left=day, reason="死亡")
        for n, day in ((3, "2026-02-09"), (4, "2026-10-01"))
    ]
    assert told(outcome(*inside)) == [] and told(outcome(*outside)) == ["left-outside"] * 2


def test_a_contract_of_one_day_is_one_month() -> None:
    assert ledger(outcome(contract(started="2026-05-31", ended="2026-05-31")), "months") == [1]


def test_who_came_under_a_document_without_settling_in_owes_none_under_one_with_it() -> None:
    text = source("graduates", None)[1].decode()
    start, end = text.index("[edition.settling_in]"), text.index("[edition.funding]")
    (before,) = load(GraduatePolicy, "试.toml", (text[:start] + text[end:]).encode()).editions
    after = default().editions[0].model_copy(update={"effective": date(2026, 1, 1)})
    both = PolicyFile("试.toml", "0" * 64, (before, after))
    run = outcome(contract(started="2025-12-15", left="2026-03-01", reason="辞职"), by=both)
    assert (told(run), ledger(run, "settling"), ledger(run, "back")) == ([], [0], [0])
