"""What takes all rows together: one person on several rows, month by month and for the year; grades, pots, strays, who is gone."""

from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.wages.explain import figures
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.pay import PROGRAMME
from sanchuang_cli.record import Roster
from tests.programmes.cadres import (
    appraisal,
    cadre,
    column,
    outcome,
    paid,
    rosters,
    shipped,
    told,
    village,
    wages,
    whole,
    with_policy,
)

DAYS = with_policy(months={"joining": "days"}, performance=None)
THIRTIETHS = with_policy(months={"joining": "thirtieths"}, performance=None)
DUAL = with_policy(dual={"clause": "兼", "percent": 130}, performance=None)


def second(post: str, line: int = 9, **spell: Any) -> Any:
    """Another row of the first person, in the same village."""
    return cadre(1, post=post, line=line, **spell)


# ---------------------------------------------------------------- one person on several rows, in a month


@pytest.mark.parametrize(
    ("joining", "yuan"),
    [
        ("days", [46_500 * 21 // 31, 93_000 * 10 // 31]),
        ("thirtieths", [46_500 * 20 // 30, 93_000 * 10 // 30]),
        ("whole", [0, 93_000]),
        ("next", [46_500, 0]),
    ],
)
def test_a_higher_post_within_the_month_of_a_lower_one_takes_its_own_days(
    joining: str, yuan: list[int]
) -> None:
    """The lower post is held all of March; the higher from the 11th to the 20th, which leaves days before and after."""
    standard = {"item": "base", "clause": "条", "per": "month", "posts": {"书记": 93_000, "副主任": 46_500}}
    posts = [{"name": name, "percent": 100} for name in ("书记", "副主任")]
    by = with_policy(months={"joining": joining}, parts=[standard], posts=posts, performance=None)
    rows = cadre(1, post="副主任"), second("书记", started="2026-03-11", ended="2026-03-20")
    assert paid(*rows, by=by) == yuan


@pytest.mark.parametrize(("by", "yuan"), [(DAYS, 948.39), (THIRTIETHS, 933.33)], ids=["days", "thirtieths"])
def test_the_days_before_and_after_a_higher_post_are_one_sum_and_rounded_once(by: Any, yuan: float) -> None:
    """1400 by 21 of 31 days, not by 10 and by 11 each by itself."""
    rows = cadre(1, post="副主任"), second("书记", started="2026-03-11", ended="2026-03-20")
    lower, higher = wages(*rows, by=by)
    assert (lower.fen, lower.withheld) == (round(yuan * 100), 140_000 - round(yuan * 100))
    (first,), (other,) = lower.months, higher.months
    assert (first.stretch.runs, other.stretch.runs) == (((1, 10), (21, 31)), ((11, 20),))
    assert first.share + other.share == 1
    assert [*figures(lower)][-1].said.startswith("1 日至 10 日、21 日至 31 日在任，计 ")


def test_of_thirty_one_days_thirtieths_pay_no_more_than_one_month() -> None:
    rows = cadre(1, ended="2026-03-30"), second("副主任", started="2026-03-31")
    assert paid(*rows, by=THIRTIETHS) == [2000, 0]
    lower = cadre(1, post="副主任", ended="2026-03-30"), second("书记", started="2026-03-31")
    assert paid(*lower, by=THIRTIETHS) == [round(1400 * 29 / 30, 2), round(2000 / 30, 2)]


def test_three_rows_share_a_month_by_the_highest_first() -> None:
    rows = (
        cadre(1, post="副主任"),
        second("会计", line=8, started="2026-03-01", ended="2026-03-31"),
        second("书记", started="2026-03-22"),
    )
    by = with_policy(
        months={"joining": "days"},
        parts=[
            {
                "item": "base",
                "clause": "条",
                "per": "month",
                "posts": {"书记": 3100, "副主任": 310, "会计": 620},
            }
        ],
        posts=[{"name": name, "percent": 100} for name in ("书记", "副主任", "会计")],
        performance=None,
    )
    assert paid(*rows, by=by) == [0, 620 * 21 / 31, 3100 * 10 / 31]


@pytest.mark.parametrize(
    ("first", "other", "fen"),
    [
        ({}, {"started": "2026-03-05"}, [2000, 0]),
        ({"started": "2026-03-05"}, {}, [0, 2000]),
        ({}, {}, [2000, 0]),
    ],
    ids=["the longer", "the longer, second", "the earlier row"],
)
def test_of_two_posts_of_one_worth_the_longer_counts_and_then_the_earlier_row(
    first: dict[str, Any], other: dict[str, Any], fen: list[int]
) -> None:
    assert paid(cadre(1, **first), second("主任", **other)) == fen


def test_what_a_second_post_adds_counts_for_two_posts_and_not_for_one_after_the_other() -> None:
    both = cadre(1), second("会计")
    assert paid(*both, by=DUAL) == [2600, 0]
    moved = cadre(1, ended="2026-03-10"), second("书记", started="2026-03-11")
    assert paid(*moved, by=DUAL) == [0, 2000], "one post in two spells"
    promoted = cadre(1, post="会计", ended="2026-03-10"), second("书记", started="2026-03-10")
    assert paid(*promoted, by=DUAL) == [0, 2000], "never two posts at once but on the day of the handover"
    rests = cadre(1, suspended_from="2026-03-01"), second("会计", suspended_from="2026-03-01")
    assert paid(*rests, by=DUAL) == [2000, 0], "nothing is added while somebody rests"


@pytest.mark.parametrize("joining", ["days", "thirtieths"])
@pytest.mark.parametrize(
    ("ended", "yuan"),
    [(None, 2600), ("2026-03-10", 2000 + round(600 * 10 / 31, 2))],
    ids=["all month", "ten days"],
)
def test_by_days_a_second_post_adds_for_the_days_on_which_it_is_held_too(
    joining: str, ended: str | None, yuan: float
) -> None:
    by = with_policy(dual={"clause": "兼", "percent": 130}, months={"joining": joining}, performance=None)
    until: dict[str, Any] = {"ended": ended} if ended else {}
    first, other = wages(cadre(1), second("会计", **until), by=by)
    assert [round(first.fen / 100, 2), other.fen] == [yuan, 0]
    said = next(reason.said for reason in figures(first) if "兼职" in reason.said)
    assert ("同时任两职的日子占 10/31" in said) == bool(ended)


def test_whoever_rests_in_one_post_is_paid_by_the_higher_as_it_is() -> None:
    nothing = with_policy(suspension={"pays": "nothing"}, performance=None)
    rows = cadre(1, suspended_from="2026-03-01"), second("会计")
    first, other = wages(*rows, by=nothing)
    assert (first.fen, first.part, other.part) == (0, "不发", "不发")
    assert [reason.what for reason in other.reasons if reason.holds is False] == ["就高"]
    assert [reason.what for reason in first.reasons if reason.holds is False] == ["停职"]


def test_a_row_whose_month_counts_nowhere_falls_away_beside_one_that_counts() -> None:
    by = with_policy(months={"joining": "next"}, performance=None)
    rows = cadre(1, post="副主任", ended="2026-03-20"), second("书记", started="2026-03-21")
    assert paid(*rows, by=by) == [1400, 0]
    neither = second("副主任", started="2026-03-05", ended="2026-03-20"), rows[1]
    assert paid(*neither, by=by) == [0, 0]


# ---------------------------------------------------------------- and for the year


def test_a_year_in_several_rows_falls_to_whichever_held_a_post_last() -> None:
    rows = cadre(1, ended="2025-09-30"), second("副主任", started="2025-10-01", ended="2025-12-31")
    first, last = wages(*rows, month="2026-02", appraisals=[appraisal(1)])
    exact = (15_456 * 9 + Fraction(15_456 * 7, 10) * 3) / 12 * 100
    assert (first.component("performance"), Fraction(last.component("performance"))) == (0, exact)
    assert last.performance and last.performance.served == 12
    assert [month.stretch.month.month for month in last.performance.months] == list(range(1, 13))
    assert {month.post.name for month in last.performance.months[:9]} == {"书记"}


def test_a_month_of_the_year_in_two_posts_counts_once_or_by_days() -> None:
    rows = cadre(1, post="副主任", ended="2025-06-15"), second("书记", started="2025-06-16")
    given: dict[str, Any] = {"month": "2026-02", "appraisals": [appraisal(1)]}
    (_, whole_months) = wages(*rows, **given)
    assert Fraction(whole_months.component("performance")) == Fraction(
        (Fraction(15_456 * 7, 10) * 5 + 15_456 * 7) / 12 * 100
    )
    (_, by_days) = wages(*rows, by=with_policy(months={"joining": "days"}), **given)
    exact = (Fraction(15_456 * 7, 10) * Fraction(11, 2) + 15_456 * Fraction(13, 2)) / 12 * 100
    assert Fraction(by_days.component("performance")) == exact
    assert by_days.performance and by_days.performance.served == 12


def test_a_person_waits_for_the_year_by_whichever_row_waits() -> None:
    """The first row's month is graded by the same number; the grade is of the person, so both wait or none does."""
    rows = cadre(1, post="副主任", ended="2025-06-30"), second("书记", started="2025-07-01")
    waiting = wages(*rows, month="2026-02")
    assert [(bool(one.waits), one.component("performance")) for one in waiting] == [(False, 0), (True, 0)]


def test_rows_of_one_person_in_years_apart_have_each_their_own() -> None:
    rows = cadre(1, ended="2024-06-30"), second("会计", started="2025-07-01")
    given: dict[str, Any] = {"appraisals": [appraisal(1, year=2024, line=3), appraisal(1, year=2025)]}
    period = "2025-02"
    assert [one.component("performance") for one in wages(*rows, month=period, **given)] == [7_728_00, 0]
    late = wages(*rows, month="2026-02", **given)
    assert [one.component("performance") for one in late] == [0, Fraction(15_456_00 * 7, 10) / 2]


# ---------------------------------------------------------------- grades and pots


def graded(*grades: str, year: int = 2025) -> list[Any]:
    return [appraisal(n, grade, year=year) for n, grade in enumerate(grades, 1)]


def limited(over: str = "warn", percent: int = 30, **more: Any) -> Any:
    shares = {"clause": "三成", "over": over, "limits": [{"grades": ["优秀"], "percent": percent}]}
    return with_policy(performance={"clause": "绩效", "shares": shares, **more})


@pytest.mark.parametrize(
    ("grades", "most", "over"),
    [
        (["优秀"] * 3 + ["良好"] * 7, 3, 0),
        (["优秀"] * 3 + ["良好"] * 6, 2, 1),
        (["优秀"] * 3 + ["良好"] * 6 + ["看不懂"], 2, 1),
        (["优秀"] * 3 + ["良好"] * 6 + ["X"], 3, 0),
    ],
    ids=[
        "at the limit",
        "beyond",
        "what is not understood counts for nobody",
        "whoever is graded lowest counts",
    ],
)
def test_grades_are_counted_among_those_that_are_understood(grades: list[str], most: int, over: int) -> None:
    people = [cadre(n) for n in range(1, len(grades) + 1)]
    found = whole(*people, month="2026-02", by=limited(), appraisals=graded(*grades))
    lines = {line.grades: line for line in found.more.grades}
    assert (lines["优秀"].most, lines["优秀"].over) == (most, over)
    assert lines["良好"].most is None and lines["良好"].over == 0
    known = [grade for grade in grades if grade != "看不懂"]
    assert {line.graded for line in lines.values()} == {len(known)}
    assert {name: line.people for name, line in lines.items()} == {
        name: grades.count(name) for name in ("优秀", "良好", "一般", "X")
    }
    assert told(found).count("grades-over") == bool(over)


def test_grades_of_a_year_of_which_nothing_falls_due_are_neither_counted_nor_called_strays() -> None:
    rows = [*graded("优秀"), appraisal(9, "优秀", year=2024)]
    march = whole(cadre(1), by=limited(), appraisals=rows)
    assert (march.more.grades, told(march)) == ((), [])
    february = whole(cadre(1), month="2026-02", by=limited(percent=100), appraisals=rows)
    assert {line.graded for line in february.more.grades} == {1}
    assert told(february) == []


@pytest.mark.parametrize(("over", "waits"), [("warn", False), ("refuse", True)])
def test_grades_beyond_their_limit_are_paid_or_wait_as_the_document_says(over: str, waits: bool) -> None:
    people, by = [cadre(1), cadre(2)], limited(over)
    found = whole(*people, month="2026-02", by=by, appraisals=graded("优秀", "良好"))
    (message,) = [one.message for one in found.findings]
    assert message.endswith("绩效都等到改正以后再发" if waits else "照发")
    assert [bool(one.waits) for one in found.of()] == [waits] * 2
    known = [one.performance.coefficient.said for one in found.of()]
    assert known == [f"{said}{'；等次比例超过规定' if waits else ''}" for said in ("优秀 140%", "良好 100%")]
    assert [one.component("performance") for one in found.of()] == (
        [0, 0] if waits else [21_638_40, 15_456_00]
    )


@pytest.mark.parametrize(("percent", "codes"), [(120, []), (119, ["pot-over"])])
def test_a_pot_is_passed_by_more_than_its_share_of_all_bases(percent: int, codes: list[str]) -> None:
    """140 and 100 per cent of two equal bases are 120 of both."""
    by = with_policy(performance={"clause": "绩效", "shares": None, "pot": percent})
    given: dict[str, Any] = {"by": by, "appraisals": graded("优秀", "良好")}
    found = whole(cadre(1), cadre(2), month="2026-02", **given)
    assert told(found) == codes
    if codes:
        (one,) = found.findings
        most = 2 * 15_456 * percent / 100
        assert f"合计 37094.40 元，至多 {most:.2f} 元，多 {37_094.40 - most:.2f} 元" in one.message
    assert told(whole(cadre(1), cadre(2), **given)) == []


# ---------------------------------------------------------------- rows that wait, that were not read, and who is gone


def judged(*cadres: Any, unread: Any = (), last: Any = None) -> Whole:
    given = dict(rosters(cadres, last=last))
    given["cadres"] = Roster(given["cadres"].records, tuple(one.row for one in unread))
    period = Period.parse("2026-03")
    return PROGRAMME.judge(given, shipped(), Occasion(period, period.last))


def test_a_row_that_was_not_read_holds_back_the_other_rows_of_its_number_and_nobody_elses() -> None:
    found = judged(cadre(1), cadre(2), unread=[cadre(1, line=9, post="副主任"), cadre(3, identity="")])
    assert [(one.code, one.message) for one in found.findings] == [
        ("pay.other-row", "李秀英：本人另一行待核实，见 名册.xlsx Cadre 第12行，都不发放")
    ]
    assert [one.record.name for one in found.of()] == ["王志强"]


def test_a_row_that_was_not_read_is_of_its_number_however_that_is_typed() -> None:
    typed = f"{cadre(1).identity[:6]}-{cadre(1).identity[6:]}".lower()
    found = judged(cadre(1), unread=[cadre(1, line=9, post="副主任", identity=typed)])
    assert [one.code for one in found.findings] == ["pay.other-row"]


def test_whoever_the_last_result_paid_and_no_row_has_is_told_unless_the_row_was_not_read() -> None:
    last = outcome(*(cadre(n) for n in (1, 2, 3)), cadre(4, suspended_from="2026-01-01"), month="2026-02")
    gone = [
        one for one in judged(cadre(1), unread=[cadre(2)], last=last).findings if one.code == "pay.absent"
    ]
    assert [(one.message.partition("：")[0], one.vanished) for one in gone] == [
        ("赵桂兰", True),
        ("陈永福", True),
    ]
    assert [one.place.heading for one in gone] == [""] * 2
    nothing = with_policy(suspension={"pays": "nothing"})
    unpaid = outcome(cadre(1), cadre(4, suspended_from="2026-01-01"), month="2026-02", by=nothing)
    assert "absent" not in told(judged(cadre(1), last=unpaid))


def test_two_who_hold_one_post_are_told_though_one_of_them_waits_for_something_else() -> None:
    here: dict[str, Any] = {"village": "河西村"}
    found = whole(cadre(1, **here), cadre(2, kind="借调", **here))
    assert sorted(told(found)) == ["kind-unknown", "two-holders", "two-holders"]
    moved = [cadre(1, ended="2026-03-15", **here), cadre(2, kind="借调", started="2026-03-15", **here)]
    assert told(whole(*moved)) == ["kind-unknown"], "whoever is not paid hands nothing over"
    elsewhere = cadre(2, kind="选派", started="2026-03-15", **here)
    assert told(whole(moved[0], elsewhere)) == [], "no allowance is no pay"


def test_a_post_is_sole_in_the_village_of_its_township_by_the_policys_own_name() -> None:
    here: dict[str, Any] = {"village": "河西村"}
    same = cadre(1, post="村党支部书记", **here), cadre(2, post="书记", **here)
    assert told(whole(*same)) == ["two-holders"] * 2
    assert told(whole(same[0], cadre(2, post="书记", township="望河乡", **here))) == []
    assert told(whole(same[0], cadre(2, post="会计", **here))) == []
    free = with_policy(posts=[{"name": "书记", "words": ["村党支部书记"], "percent": 100}])
    assert told(whole(*same, by=free)) == []


def test_villages_of_which_the_standard_goes_by_people_are_priced_each_by_its_own() -> None:
    by = shipped("annual-parts")
    here = [village("第1村", people=1400), village("第2村", people=1401)]
    rows = [cadre(n, cadre_since="2021-12-20", chief_since="2021-12-20") for n in (1, 2)]
    run = outcome(*rows, by=by, villages=here)
    first, other = column(run, "报酬发放表", "fen")
    assert other > first
