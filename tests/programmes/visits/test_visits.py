"""Cases of 走访 and 连五心 that the domain list prints, by their numbers; its worked example, and the rules of the log."""

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanchuang_cli.finding import UserError
from tests.programmes.pairs import name
from tests.programmes.visited import changed, column, contact, outcome, pair, told, visit

OF_PAIRS, DUE = "结对走访情况", "期限"


def test_n101v_contact_at_least_monthly_the_second_in_time_the_third_six_days_late() -> None:
    run = outcome(
        visit("2026-01-05"), contact("2026-02-04"), contact("2026-03-10"), pairs=[pair()], on="2026-03-11"
    )
    assert column(run, OF_PAIRS, "late") == ["2026-03-10 应于 2026-03-04 前，晚 6 天"]
    (late,) = [finding for finding in run.findings if finding.code.endswith("visit-late")]
    assert late.message.endswith("2026-03-10 才去，最迟 2026-03-04，晚了 6 天")
    assert late.place.cell and late.mend


@pytest.mark.parametrize(
    ("visits", "contacts", "few"),
    [(5, 6, []), (4, 6, ["too-few"]), (5, 5, ["too-few"]), (4, 5, ["too-few"] * 2)],
)
def test_h25_five_visits_and_six_contacts_by_the_end_of_the_year(
    visits: int, contacts: int, few: list[str]
) -> None:
    rows = [visit(f"2026-{n + 1:02d}-08") for n in range(visits)]
    rows += [contact(f"2026-{n + 6:02d}-09") for n in range(contacts)]
    run = outcome(*rows, pairs=[pair()])
    assert told(run, "visit-late") == few
    assert (column(run, OF_PAIRS, "visits"), column(run, OF_PAIRS, "contacts")) == ([visits], [contacts])
    assert "too-few" not in told(outcome(*rows, pairs=[pair()], on="2026-12-30"))


def test_the_worked_example() -> None:
    """01-05, 02-04, 03-10: in time, 6 days late, the next by 04-10; 3 of 5 visits."""
    run = outcome(
        *(visit(f"2026-{day}") for day in ("01-05", "02-04", "03-10")), pairs=[pair()], on="2026-03-10"
    )
    assert column(run, OF_PAIRS, "due") == [date(2026, 4, 10)]
    assert column(run, OF_PAIRS, "visits") == [3]
    assert column(run, DUE, "what") == ["走访或联系", "一年走访 5 次", "一年联系 6 次"]
    assert column(run, DUE, "state") == ["待办", "还差 2 次", "还差 6 次"]
    assert column(run, DUE, "left") == [31, 296, 296]
    assert set(column(run, DUE, "responsible")) == {name(501)}


def test_the_first_is_due_a_month_after_the_day_of_the_pair_and_late_days_are_counted_to_the_day() -> None:
    late = outcome(pairs=[pair(since="2026-01-31")], on="2026-03-03")
    assert (column(late, OF_PAIRS, "due"), column(late, OF_PAIRS, "over")) == ([date(2026, 2, 28)], [3])
    assert outcome(visit("2026-02-28"), pairs=[pair(since="2026-01-31")], on="2026-03-01").findings == ()
    one_more = outcome(visit("2026-03-01"), pairs=[pair(since="2026-01-31")], on="2026-03-01")
    assert told(one_more) == ["visit-late"]


def test_a_pair_of_years_ago_begins_with_the_period_or_with_a_visit_just_before_it() -> None:
    old = pair(since="2023-05-01")
    assert column(outcome(pairs=[old], on="2026-01-20"), OF_PAIRS, "due") == [date(2026, 2, 1)]
    run = outcome(visit("2025-12-20"), pairs=[old], on="2026-01-20")
    assert column(run, OF_PAIRS, "due") == [date(2026, 1, 20)]
    assert (column(run, OF_PAIRS, "visits"), told(run)) == ([0], ["outside"])
    unknown = outcome(pairs=[pair(since="")], on="2026-01-20")
    assert column(unknown, OF_PAIRS, "since") == [date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("since", "by", "due", "codes"),
    [
        ("2026-01-05", 1, date(2026, 2, 20), []),
        ("2026-01-20", 1, date(2026, 2, 20), []),
        ("2026-03-15", 1, date(2026, 2, 20), ["pair-later"]),
        ("2026-03-15", 2, date(2026, 4, 15), ["other-visitor"]),
    ],
)
def test_a_result_of_pairing_that_is_made_anew_puts_no_deadline_off(
    since: str, by: int, due: date, codes: list[str]
) -> None:
    """The helper went on 20 January, so that the pair stood then; another who went says nothing of it."""
    run = outcome(visit("2026-01-20", by=by), pairs=[pair(since=since)], on="2026-03-15")
    assert (column(run, OF_PAIRS, "due"), told(run)) == ([due], codes)
    assert column(run, OF_PAIRS, "over") == [max(0, (date(2026, 3, 15) - due).days)]


def test_a_visit_after_the_interval_is_late_though_the_pair_was_dated_anew_since() -> None:
    rows = [visit("2026-01-20"), visit("2026-03-10")]
    run = outcome(*rows, pairs=[pair(since="2026-03-15")], on="2026-03-15")
    assert (sorted(told(run)), column(run, OF_PAIRS, "due")) == (
        ["pair-later", "visit-late"],
        [date(2026, 4, 10)],
    )


def test_a_document_may_leave_out_either_rule_and_ask_other_numbers() -> None:
    rows = [visit("2026-03-10")]
    by = changed('[edition.interval]\nclause = "间隔不得超过一个月"\nmonths = 1', "")
    assert "visit-late" not in told(outcome(*rows, pairs=[pair()], by=by))
    by = changed(
        '[edition.yearly]\nclause = "每对一年走访不少于5次，联系不少于6次"\nvisits = 5\ncontacts = 6', ""
    )
    assert "too-few" not in told(outcome(*rows, pairs=[pair()], by=by))
    by = changed("months = 1", "months = 3", ("visits = 5", "visits = 1"), ("contacts = 6", "contacts = 0"))
    assert told(outcome(*rows, pairs=[pair()], by=by)) == []


def test_part_of_a_year_lacks_nothing() -> None:
    run = outcome(visit("2026-03-10"), pairs=[pair(since="2026-03-01")], period="2026-03", on="2026-03-31")
    assert (told(run), column(run, DUE, "what")) == ([], ["走访或联系"])


@pytest.mark.parametrize("written", ["凈心", "净心", "送学净心", " 净 心 "])
def test_a_kind_is_known_by_every_way_of_writing_it(written: str) -> None:
    run = outcome(visit("2026-03-01", kind=written))
    assert column(run, "连五心记录", "kind") == ["净心"]


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("kind-unknown", visit("2026-03-01", kind="爱心")),
        ("not-yet", visit("2027-01-01")),
        ("day-vague", visit("2026-03")),
    ],
)
def test_what_is_wrong_is_set_aside_with_its_place_and_mend(code: str, row: Any) -> None:
    run = outcome(row, visit("2026-05-05"))
    (error,) = [finding for finding in run.findings if finding.code.endswith(code)]
    assert (run.tally.set_aside, error.place.cell != "", error.mend != "") == (1, True, True)
    assert column(run, "连五心记录", "part") == ["计入"]


def test_the_same_visit_on_two_sheets_counts_once() -> None:
    first, second = visit("2026-03-01", line=5), visit("2026-03-01", line=5, sheet="走访二")
    run = outcome(second, first, pairs=[pair(since="2026-02-15")], on="2026-03-02")
    assert sorted(column(run, "连五心记录", "part")) == ["计入", "重复"]
    assert (column(run, OF_PAIRS, "visits"), told(run)) == ([1], ["visit-twice"])
    assert run.tally.read == 2 == run.tally.used


def test_of_two_kinds_of_one_visit_the_first_stays_with_a_warning() -> None:
    rows = visit("2026-03-01", line=9, kind="暖心"), visit("2026-03-01", line=4, kind="顺心")
    run = outcome(*rows)
    lines = zip(column(run, "连五心记录", "kind"), column(run, "连五心记录", "part"), strict=True)
    assert (sorted(lines), told(run)) == (
        [("暖心", "重复"), ("顺心", "计入")],
        ["no-result", "kind-differs"][::-1],
    )


def test_two_people_of_one_name_in_two_villages_are_two_visits() -> None:
    run = outcome(visit("2026-03-01"), visit("2026-03-01", village="东湾村", line=2))
    assert column(run, "连五心记录", "part") == ["计入", "计入"]
    blank = outcome(visit("2026-03-01"), visit("2026-03-01", village="", line=2))
    assert sorted(column(blank, "连五心记录", "part")) == ["计入", "重复"]


def test_a_visit_outside_the_period_is_kept_and_told_and_counts_for_nothing() -> None:
    run = outcome(visit("2025-03-01"), pairs=[pair()], on="2026-01-20")
    assert (column(run, "连五心记录", "part"), told(run)) == (["期外"], ["outside"])
    assert (column(run, OF_PAIRS, "visits"), column(run, OF_PAIRS, "last")) == ([0], [None])


def test_a_late_entry_is_kept_and_told_where_the_policy_says_how_late() -> None:
    by = changed('clause = "定期走访', 'entry_days = 7\nclause = "定期走访')
    in_time = visit("2026-03-01", entered="2026-03-08")
    late = visit("2026-03-02", whom=2, entered="2026-03-10")
    run = outcome(in_time, late, by=by)
    assert told(run, "no-result") == ["entered-late"]
    assert column(run, "连五心记录", "part") == ["计入", "计入"]
    assert told(outcome(late), "no-result") == []


def test_somebody_else_than_the_helper_is_told_and_counts_unless_the_policy_says_otherwise() -> None:
    run = outcome(visit("2026-01-20", by=2), pairs=[pair()], on="2026-01-21")
    assert (told(run), column(run, OF_PAIRS, "visits")) == (["other-visitor"], [1])
    by = changed('clause = "定期走访', 'helper_only = true\nclause = "定期走访')
    assert column(outcome(visit("2026-01-20", by=2), pairs=[pair()], by=by), OF_PAIRS, "visits") == [0]


def test_people_are_found_by_name_and_then_by_all_that_a_row_says() -> None:
    here, there = pair(), pair(2, 2, 姓名=name(1), 村="东湾村")
    run = outcome(visit("2026-01-20", village=""), pairs=[here, there], on="2026-01-21")
    assert sorted(column(run, OF_PAIRS, "visits")) == [0, 1]
    vague = outcome(visit("2026-01-20", village="", by=3), pairs=[here, there], on="2026-01-21")
    assert (told(vague), vague.tally.set_aside) == (["whom-vague"], 1)
    stranger = outcome(visit("2026-01-20", whom=9), pairs=[here], on="2026-01-21")
    assert (told(stranger), column(stranger, "连五心记录", "part")) == (["no-pair"], ["计入"])


def test_whoever_does_not_want_to_be_visited_any_more_falls_due_no_more() -> None:
    rows = [visit("2026-02-01", never=True), contact("2026-02-20"), visit("2026-03-01")]
    run = outcome(*rows, pairs=[pair()], on="2026-12-31")
    assert told(run) == ["not-wanted"]
    assert (column(run, DUE, "what"), column(run, OF_PAIRS, "never")) == ([], ["是"])


def test_who_was_not_visited_stands_on_the_page_of_the_pairs() -> None:
    run = outcome(visit("2026-01-10"), pairs=[pair(), pair(2)], on="2026-03-05")
    lines = zip(column(run, OF_PAIRS, "last"), column(run, OF_PAIRS, "over"), strict=True)
    assert set(lines) == {(date(2026, 1, 10), 23), (None, 32)}


def test_without_the_result_of_pairing_the_log_is_read_all_the_same() -> None:
    run = outcome(visit("2026-03-01"))
    assert (told(run), column(run, OF_PAIRS, "name")) == (["no-result"], [])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('lunar = "01-01"', 'lunar = "01-01", solar = "02-01"', "只写一个"),
        ('lunar = "01-01"', 'lunar = "01-31"', "没有 01-31 这一天"),
        ('lunar = "01-01"', 'solar = "02-30"', "没有 02-30 这一天"),
        ('{ "元旦春节" = 1000 }, joined', '{ "中秋" = 1000 }, joined', "“中秋”不在 holidays 里"),
        ("[edition.notice]", '[[edition.allocations]]\nclause = "分"\nmethod = "half_up"\nholiday = "国庆"\namount = 1\n[edition.notice]', "“国庆”不在 giving"),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_meant_is_refused_with_what_is_wrong(old: str, new: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        changed(old, new)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_rows_changes_nothing_and_every_row_is_somewhere(seed: int) -> None:
    dice = Random(seed)
    rows = [
        visit(f"2026-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}", dice.randint(1, 3), line=n, kind=dice.choice(("交心", "暖心")))
        for n in range(1, 12)
    ]  # fmt: skip
    rows += [visit(str(row.day), 1, line=100 + n) for n, row in enumerate(rows[:4])]
    pairs = [pair(n) for n in (1, 2, 3)]
    straight = outcome(*rows, pairs=pairs)
    dice.shuffle(rows)
    turned = outcome(*rows, pairs=pairs[::-1])
    assert [table.rows for table in straight.tables] == [table.rows for table in turned.tables]
    assert straight.tally.read == len(rows) == straight.tally.used + straight.tally.set_aside


def test_a_visit_on_the_first_day_of_the_period_is_of_it_and_late_after_one_before() -> None:
    rows = [visit("2025-11-15"), visit("2026-01-01")]
    run = outcome(*rows, pairs=[pair(since="2023-05-01")], on="2026-01-20")
    assert column(run, OF_PAIRS, "late") == ["2026-01-01 应于 2025-12-15 前，晚 17 天"]
    assert (column(run, OF_PAIRS, "visits"), column(run, OF_PAIRS, "last")) == ([1], [date(2026, 1, 1)])


def test_of_two_visits_before_the_period_the_later_one_counts_and_none_before_the_pair() -> None:
    rows = [visit("2025-12-20"), visit("2025-11-01"), visit("2026-01-25")]
    run = outcome(*rows, pairs=[pair(since="2023-05-01")], on="2026-01-26")
    assert column(run, OF_PAIRS, "late") == ["2026-01-25 应于 2026-01-20 前，晚 5 天"]
    younger = outcome(*rows, pairs=[pair(since="2026-01-02")], on="2026-01-26")
    assert column(younger, OF_PAIRS, "late") == [""]
    assert column(younger, OF_PAIRS, "last") == [date(2026, 1, 25)]


@pytest.mark.parametrize(
    ("day", "part"),
    [("2025-12-31", "期外"), ("2026-01-01", "计入"), ("2026-12-31", "计入"), ("2027-01-01", "期外")],
)
def test_the_first_and_the_last_day_of_the_period_are_of_it(day: str, part: str) -> None:
    run = outcome(visit(day), on="2027-01-01")
    assert column(run, "连五心记录", "part") == [part]


def test_an_entry_on_the_last_day_is_in_time_and_one_without_a_day_too() -> None:
    by = changed('clause = "定期走访', 'entry_days = 0\nclause = "定期走访')
    rows = [
        visit("2026-03-01", entered="2026-03-01"),
        visit("2026-03-02"),
        visit("2026-03-03", entered="2026-03-04"),
    ]
    assert told(outcome(*rows, by=by), "no-result") == ["entered-late"]


def test_a_row_is_about_the_pair_of_its_village_and_of_all_that_fit_the_one_that_it_names() -> None:
    here, there = pair(), pair(2, 2, 姓名=name(1), 乡镇="望河乡")
    for row, counts in (
        (visit("2026-01-20"), [1, 0]),
        (visit("2026-01-20", township="望河乡", by=9), [0, 1]),
        (visit("2026-01-20", township="", by=2), [0, 1]),
        (visit("2026-01-20", village="东湾村"), [0, 0]),
    ):
        run = outcome(row, pairs=[here, there], on="2026-01-21")
        lines = zip(column(run, OF_PAIRS, "township"), column(run, OF_PAIRS, "visits"), strict=True)
        assert sorted(lines) == sorted(zip(("青禾镇", "望河乡"), counts, strict=True)), row


def test_who_does_not_want_visits_may_be_called_and_a_visit_of_that_very_day_is_none_too_many() -> None:
    rows = [
        visit("2026-02-01", never=True, line=1),
        visit("2026-02-01", kind="暖心", by=2, line=2),
        contact("2026-02-20"),
        visit("2026-03-02", line=3),
        visit("2026-03-03", line=4, never=True),
        visit("2026-03-04", line=5),
    ]
    run = outcome(*rows, pairs=[pair()], on="2026-03-05")
    found = [
        (finding.place.row, finding.message)
        for finding in run.findings
        if finding.code.endswith("not-wanted")
    ]
    assert [line for line, _ in found] == [6, 7, 8]
    assert {message.rpartition("：")[2] for _, message in found} == {"2026-02-01 已经写明不再走访"}
